//! `OneRoster` and School Data Sync: folders and zips, whole lists and changes.

use std::io::Write;
use std::path::{Path, PathBuf};

use caredesk::domain::people::Child;
use caredesk::domain::people::Right;
use caredesk::domain::register::Register;
use caredesk::domain::time::Moment;
use caredesk::import::roster::{Reason, Remark};
use caredesk::import::{Answers, Outcome, Plan};
use chrono::{NaiveDate, TimeDelta};

use crate::support::{after, asked, data, planned, refusal, said, truth};

/// A delivery whose relatives collect as well.
fn with_relatives(file: &Path, register: &Register) -> Plan {
    asked(file, register, &Answers { also: vec!["Relative".to_owned()], ..Answers::default() }).unwrap()
}

/// Children of a zip are those of the truth: name, grade, class, number, guardians' names and phones, siblings.
fn whole(room: &str) -> Register {
    let plan = with_relatives(&data(room).join("oneroster_v1p1.zip"), &Register::default());
    assert!(plan.refused.is_empty(), "{:?}", plan.refused);
    let register = after(&plan, Register::default());
    let truth = truth(room);
    let find = |number: &serde_json::Value| register.children().find(|c| c.student_no.as_deref() == number.as_str()).cloned();
    assert_eq!(register.children().count(), truth.len());
    for want in &truth {
        let child: Child = find(&want["student_no"]).unwrap_or_else(|| panic!("{} is missing", want["name"]));
        assert_eq!(Some(child.name.as_str()), want["name"].as_str());
        assert_eq!((Some(u64::from(child.grade)), child.class_no.map(u64::from)), (want["grade"].as_u64(), want["class_no"].as_u64()));
        let listed: Vec<_> = register.collectors(child.id).map(|c| (c.name.clone(), c.phone.clone().unwrap())).collect();
        let text = |v: &serde_json::Value| v.as_str().unwrap().to_owned();
        let told: Vec<_> = want["guardians"].as_array().unwrap().iter().map(|g| (text(&g["name"]), text(&g["phone"]))).collect();
        assert_eq!(listed, told, "{}", want["name"]);
        assert!(!format!("{child:?}").contains(want["id_no"].as_str().unwrap()), "no identity number is kept");
        if let Some(sibling) = want["sibling_of"].as_str() {
            let other = truth.iter().find(|t| t["id"] == sibling).and_then(|t| find(&t["student_no"])).unwrap();
            assert_eq!(child.household, other.household, "{}", want["name"]);
        }
    }
    register
}

#[test]
fn a_zip_is_the_roster() {
    for room in ["n22", "n500"] {
        let register = whole(room);
        let again = planned(&data(room).join("oneroster_v1p1.zip"), &register);
        assert!(again.drafts.is_empty() && again.missing.is_empty(), "{room}: the same again changes nothing");
        // After the clean workbook it changes nothing either: it knows less of everybody.
        let clean = after(&planned(&data(room).join("roster_clean.xlsx"), &Register::default()), Register::default());
        let plan = planned(&data(room).join("oneroster_v1p1.zip"), &clean);
        assert!(plan.drafts.is_empty() && plan.refused.is_empty(), "{room}: {}", said(&plan));
    }
}

/// Writes parts into a folder, and the same into a zip within a folder of its own.
fn delivery(dir: &Path, name: &str, parts: &[(&str, &str)]) -> [PathBuf; 2] {
    let folder = dir.join(name);
    std::fs::create_dir_all(&folder).unwrap();
    let packed = dir.join(format!("{name}.zip"));
    let mut zip = zip::ZipWriter::new(std::fs::File::create(&packed).unwrap());
    for (part, text) in parts {
        std::fs::write(folder.join(part), text).unwrap();
        zip.start_file(format!("export/{part}"), zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap();
    [folder, packed]
}

const CLASSES: &str = "sourcedId,status,dateLastModified,title,grades,classType\nc1,,,三年级1班,03,homeroom\nc2,,,Football,03,scheduled\n";
const ENROLLMENTS: &str = "sourcedId,status,classSourcedId,userSourcedId,role\ne1,,c2,s1,student\ne2,,c1,s1,student\ne3,,c1,s2,student\n";
const USERS: &str = "sourcedId,status,role,username,givenName,familyName,identifier,sms,phone,agentSourcedIds,grades\n\
    s1,,student,zhang,三,张,2024001,,,\"g1,g2\",03\n\
    s2,,student,li,四,李,2024002,,,,03\n\
    g1,,parent,g1,大山,张,,13800130000,13800130000,s1,\n\
    g2,,relative,g2,奶奶,王,,,01012345678,s1,\n\
    g3,,guardian,g3,五,李,,13800130002,,s2,\n\
    t1,,teacher,t1,老师,陈,,,,,\n";

#[test]
fn a_folder_and_a_zip_say_the_same_and_changes_are_changes() {
    let dir = tempfile::tempdir().unwrap();
    let bulk = [
        ("manifest.csv", "propertyName,value\noneroster.version,1.2\nfile.users,bulk\nfile.enrollments,bulk\nfile.demographics,absent\n"),
        ("classes.csv", CLASSES),
        ("enrollments.csv", ENROLLMENTS),
        ("users.csv", USERS),
        ("demographics.csv", "nothing that could be read"),
    ];
    let mut register = Register::default();
    for delivered in delivery(dir.path(), "bulk", &bulk) {
        let unasked = after(&planned(&delivered, &Register::default()), Register::default());
        assert!(unasked.all_collectors().all(|c| c.name != "王奶奶"), "a relative collects when somebody says so");
        let plan = with_relatives(&delivered, &Register::default());
        assert_eq!((plan.added.clone(), plan.refused.len()), (vec!["张三".to_owned(), "李四".to_owned()], 0), "{}", said(&plan));
        register = after(&plan, Register::default());
        let phones = |name: &str| {
            let child = register.children().find(|c| c.name == name).unwrap();
            assert_eq!((child.grade, child.class_no), (3, Some(1)));
            register.collectors(child.id).map(|c| (c.name.clone(), c.phone.clone().unwrap())).collect::<Vec<_>>()
        };
        assert_eq!(phones("张三"), [("张大山".to_owned(), "13800130000".to_owned()), ("王奶奶".to_owned(), "01012345678".to_owned())]);
        // A guardian who names a child reaches it, although the child does not name the guardian.
        assert_eq!(phones("李四"), [("李五".to_owned(), "13800130002".to_owned())]);
    }
    // A change: one leaves, one gets another phone. Nobody else is spoken of, and nobody is missed.
    let delta = [
        ("manifest.csv", "propertyName,value\nfile.users,delta\n"),
        (
            "users.csv",
            "sourcedId,status,role,username,givenName,familyName,identifier,sms,phone,agentSourcedIds,grades\n\
             s1,tobedeleted,student,zhang,,,2024001,,,,\ns2,active,student,li,四,李,2024002,,,g3,03\ng3,active,guardian,g3,五,李,,13900139000,,s2,\n",
        ),
    ];
    for delivered in delivery(dir.path(), "delta", &delta) {
        let plan = planned(&delivered, &register);
        assert_eq!((plan.added.len(), plan.changed.len(), plan.refused.len(), plan.missing.len()), (0, 2, 0, 0), "{}", said(&plan));
        let said = said(&plan);
        assert!(said.contains("~ 张三 3(1)班：托管 参加 → 不参加"), "{said}");
        assert!(said.contains("~ 李四 3(1)班：电话（监护人李五） 13800130002 → 13900139000"), "{said}");
        let changed = after(&plan, register.clone());
        let gone = changed.children().find(|c| c.name == "张三").unwrap();
        assert!(!gone.enrolled && changed.collectors(gone.id).count() == 2, "withdrawn, with everything that is known");
        assert!(planned(&delivered, &changed).drafts.is_empty());
    }
    // A whole list that leaves somebody out removes nobody and says so.
    let [less, _] = delivery(dir.path(), "less", &[("users.csv", &USERS.replace("s2,,student,li,四,李,2024002,,,,03\n", ""))]);
    let plan = planned(&less, &register);
    assert!(plan.drafts.is_empty(), "{}", said(&plan));
    assert_eq!(plan.missing, ["李四"]);
    assert!(said(&plan).contains("? 李四：不在这份全体名单里，未作改动"));
    // Who is not on the register cannot leave it.
    let [unknown, _] = delivery(dir.path(), "unknown", &delta);
    let plan = planned(&unknown, &Register::default());
    assert!(plan.refused.iter().any(|r| r.reason == Reason::NobodyToWithdraw && r.place.row == 2), "{}", said(&plan));
}

fn places(plan: &Plan) -> Vec<(String, usize, usize)> {
    plan.refused.iter().map(|r| (r.place.file.to_string(), r.place.row, r.column)).collect()
}

#[test]
fn samples_of_school_data_sync_are_read_and_their_grades_refused() {
    let plan = planned(&data("deliveries/sds_v1"), &Register::default());
    assert_eq!((plan.added.len(), plan.refused.len()), (0, 22), "{}", said(&plan));
    assert!(plan.refused.iter().all(|r| matches!(&r.reason, Reason::UnknownGrade(g) if ["9", "10", "11", "12"].contains(&g.as_str()))));
    assert_eq!(places(&plan)[0], ("sds_v1/Student.csv".to_owned(), 2, 11));
    let plan = planned(&data("deliveries/sds_v2.1"), &Register::default());
    assert_eq!((plan.added.len(), plan.refused.len()), (0, 4), "{}", said(&plan));
    assert!(plan.refused.iter().all(|r| matches!(&r.reason, Reason::UnknownGrade(g) if g == "10" || g == "ps1")));
    assert_eq!(places(&plan)[0].0, "sds_v2.1/users.csv");
}

#[test]
fn school_data_sync_for_a_primary_school() {
    let dir = tempfile::tempdir().unwrap();
    let users = "sourcedId,username,givenName,familyName,phone,sms\n1,a@x.org,Jack,Craig,,\n2,b@x.org,Jean,Craig,+11234567890,+11234567890\n";
    let parts = [
        ("users.csv", users),
        ("roles.csv", "userSourcedId,orgSourcedId,role,sessionSourcedId,grade\n1,o,student,s,04\n"),
        ("relationships.csv", "userSourcedId,relationshipUserSourcedId,relationshipRole\n1,2,guardian\n"),
        ("orgs.csv", "sourcedId,name,type\no,School,school\n"),
    ];
    for delivered in delivery(dir.path(), "v21", &parts) {
        let plan = planned(&delivered, &Register::default());
        let register = after(&plan, Register::default());
        let child = register.children().next().unwrap();
        assert_eq!((child.name.as_str(), child.grade, child.class_no, child.student_no.as_deref()), ("Jack Craig", 4, None, Some("1")));
        let guardian = register.all_collectors().next().unwrap();
        assert_eq!((guardian.name.as_str(), guardian.phone.as_deref()), ("Jean Craig", Some("+11234567890")));
        // The older form knows the same child by its number, and nobody who could be reached, which is known already.
        let old = [("Student.csv", "SIS ID,School SIS ID,First Name,Last Name,Student Number,Grade,Status\n1,o,Jack,Craig,1,4,Active\n")];
        let [folder, _] = delivery(dir.path(), "v1", &old);
        assert!(planned(&folder, &register).drafts.is_empty());
        let plan = planned(&folder, &Register::default());
        assert_eq!(plan.refused.iter().map(|r| &r.reason).collect::<Vec<_>>(), [&Reason::NoReachableAdult]);
        let left = [("Student.csv", "SIS ID,First Name,Last Name,Student Number,Grade,Status\n1,Jack,Craig,1,4,Deleted\n")];
        let [folder, _] = delivery(dir.path(), "left", &left);
        assert!(!after(&planned(&folder, &register), register.clone()).children().next().unwrap().enrolled);
    }
}

#[test]
fn folders_that_are_no_delivery_are_refused_in_one_sentence() {
    let dir = tempfile::tempdir().unwrap();
    let empty = dir.path().join("empty");
    std::fs::create_dir(&empty).unwrap();
    for (folder, wants) in [(empty, "users.csv"), (data("deliveries/bergerb"), "users.csv")] {
        let said = refusal(&folder, &Register::default());
        assert!(said.contains(wants) && !said.contains('\n'), "{said}");
    }
    let [only, packed] = delivery(dir.path(), "only", &[("manifest.csv", "propertyName,value\nfile.users,absent\n"), ("users.csv", USERS)]);
    for delivered in [only, packed] {
        assert!(refusal(&delivered, &Register::default()).contains("users.csv"));
    }
    let [short, _] = delivery(dir.path(), "short", &[("users.csv", "sourcedId,role,givenName\ns1,student,三\n")]);
    assert!(refusal(&short, &Register::default()).contains("familyname"));
    // Parts in other encodings and with a mark, one by one.
    for part in std::fs::read_dir(data("deliveries/bergerb")).unwrap() {
        let said = refusal(&part.unwrap().path(), &Register::default());
        assert!(said.contains("表头") && !said.contains('\n'), "{said}");
    }
}

#[test]
fn grades_outside_one_to_six_and_bad_phones_are_refused_at_their_line() {
    let dir = tempfile::tempdir().unwrap();
    let users = USERS.replace("2024002,,,,03", "2024002,,,,KG").replace("13800130000,13800130000", "call me,");
    let [folder, _] = delivery(dir.path(), "wrong", &[("users.csv", &users)]);
    let plan = planned(&folder, &Register::default());
    let reasons: Vec<_> = plan.refused.iter().map(|r| (r.place.row, r.column, r.reason.clone())).collect();
    assert_eq!(reasons, [(3, 11, Reason::UnknownGrade("KG".to_owned())), (4, 0, Reason::BadPhone("call me".to_owned()))]);
}

/// One child of a delivery of either kind with a person tied to it: by the person's own role, or by what it is to the child.
fn tied(dir: &Path, role: &str, how: usize) -> PathBuf {
    let child = "s1,,student,zhang,三,张,2024001,,,{agents},03\n";
    let head = "sourcedId,status,role,username,givenName,familyName,identifier,sms,phone,agentSourcedIds,grades\n";
    let parent = "g1,,parent,g1,大山,张,,13800130000,,s1,\n";
    let (users, more): (String, Vec<(&str, String)>) = match how {
        // OneRoster 1.1: the child names the person; the person names the child; both.
        0 => (format!("{head}{}{parent}p,,{role},p,强,陈,,13900139000,,,\n", child.replace("{agents}", "\"g1,p\"")), vec![]),
        1 => (format!("{head}{}{parent}p,,{role},p,强,陈,,13900139000,,s1,\n", child.replace("{agents}", "g1")), vec![]),
        // 1.2: the role stands in a part of its own.
        2 => (
            format!("{head}{}{}p,,,p,强,陈,,13900139000,,s1,\n", child.replace("{agents}", "\"g1,p\""), parent),
            vec![("roles.csv", format!("sourcedId,status,userSourcedId,roleType,role\nr1,,s1,primary,student\nr2,,p,primary,{role}\n"))],
        ),
        // School Data Sync: what somebody is to the child says more than what somebody is.
        _ => (
            "sourcedId,username,givenName,familyName,phone,sms\ns1,a,三,张,,\ng1,b,大山,张,13800130000,\np,c,强,陈,13900139000,\n".to_owned(),
            vec![
                ("roles.csv", "userSourcedId,role,grade\ns1,student,03\np,guardian,\n".to_owned()),
                ("relationships.csv", format!("userSourcedId,relationshipUserSourcedId,relationshipRole\ns1,g1,parent\ns1,p,{role}\n")),
            ],
        ),
    };
    let parts: Vec<(&str, &str)> = [("users.csv", users.as_str())].into_iter().chain(more.iter().map(|(n, t)| (*n, t.as_str()))).collect();
    let [folder, _] = delivery(dir, &format!("tied-{role}-{how}"), &parts);
    folder
}

#[test]
fn only_parents_and_guardians_collect_unless_somebody_says_so() {
    let dir = tempfile::tempdir().unwrap();
    for (role, collects) in [
        ("parent", true),
        ("guardian", true),
        ("Guardian", true),
        ("mother", true),
        ("relative", false),
        ("doctor", false),
        ("other", false),
        ("emergencyContact", false),
        ("aide", false),
        ("teacher", false),
        ("child", false),
        ("奶奶", false),
    ] {
        for how in 0..4 {
            let file = tied(dir.path(), role, how);
            let listed = |also: &[&str]| {
                let answers = Answers { also: also.iter().map(|a| (*a).to_owned()).collect(), ..Answers::default() };
                let plan = asked(&file, &Register::default(), &answers).unwrap();
                let register = after(&plan, Register::default());
                (register.all_collectors().any(|c| c.name == "陈强"), register.all_collectors().any(|c| c.name == "张大山"), plan)
            };
            let (tied, parent, plan) = listed(&[]);
            assert!(parent && tied == collects, "{role} {how}: {}", said(&plan));
            let named = plan.remarks.iter().any(|r| matches!(r, Remark::NotGuardian { name, child, .. } if name == "陈强" && child == "张三"));
            assert_eq!(named, !collects, "{role} {how}");
            let line = said(&plan).lines().any(|l| l.starts_with("? 张三：陈强") && l.contains("--also"));
            assert_eq!(line, !collects, "{role} {how}: {}", said(&plan));
            assert_eq!(plan.json(caredesk::texts::Lang::En).contains("is neither parent nor guardian"), !collects);
            assert!(listed(&["DOCTOR", role]).0, "{role} {how}: somebody said so");
        }
    }
}

#[test]
fn who_has_no_role_at_all_does_not_collect() {
    let dir = tempfile::tempdir().unwrap();
    let plan = planned(&tied(dir.path(), "", 0), &Register::default());
    assert!(!after(&plan, Register::default()).all_collectors().any(|c| c.name == "陈强"), "{}", said(&plan));
    assert!(said(&plan).contains("没有说 陈强 是不是家长"), "{}", said(&plan));
    let [nobody, _] = delivery(dir.path(), "nobody", &[("users.csv", &USERS.replace("g1,g2", "g1,g9"))]);
    assert!(said(&planned(&nobody, &Register::default())).contains("提到的 g9 不在 users.csv 里"));
}

#[test]
fn who_is_deleted_or_gone_from_a_whole_list_is_named_and_ends_when_somebody_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let manifest = |how: &str| format!("propertyName,value\nfile.users,{how}\n");
    let head = "sourcedId,status,role,username,givenName,familyName,identifier,sms,phone,agentSourcedIds,grades\n";
    let s1 = "s1,,student,zhang,三,张,2024001,,,,03\n";
    let s2 = "s2,,student,li,四,李,2024002,,,,03\n";
    let [g1, g2, g3] =
        ["g1,,parent,g1,大山,张,,13800130000,,s1,\n", "g2,,guardian,g2,芳,王,,13800130001,,s1,\n", "g3,,parent,g3,五,李,,13800130002,,s2,\n"];
    let file = |name: &str, how: &str, users: &[&str]| {
        let (manifest, users) = (manifest(how), format!("{head}{}", users.concat()));
        let parts = [("manifest.csv", manifest.as_str()), ("classes.csv", CLASSES), ("enrollments.csv", ENROLLMENTS), ("users.csv", users.as_str())];
        let [folder, _] = delivery(dir.path(), name, &parts);
        folder
    };
    let register = after(&planned(&file("all", "bulk", &[s1, s2, g1, g2, g3]), &Register::default()), Register::default());
    assert_eq!(register.all_collectors().count(), 3);
    let marked = "g2,tobedeleted,guardian,g2,芳,王,,13800130001,,s1,\n";
    #[allow(clippy::type_complexity)] // name, how, the lines, who leaves
    let cases: [(&str, &str, Vec<&str>, Vec<(&str, bool, Outcome)>); 10] = [
        ("marked", "bulk", vec![s1, s2, g1, marked, g3], vec![("王芳", true, Outcome::Ends)]),
        ("marked in changes", "delta", vec![s1, marked], vec![("王芳", true, Outcome::Ends)]),
        ("missing", "bulk", vec![s1, s2, g1, g3], vec![("王芳", false, Outcome::Ends)]),
        ("missing in changes is nothing", "delta", vec![s1, s2, g1, g3], vec![]),
        ("of a child that is not there", "bulk", vec![s2, g3], vec![]),
        ("the last who can be reached", "bulk", vec![s1, s2, g1, g2], vec![("李五", false, Outcome::Last)]),
        ("the last, marked", "bulk", vec![s1, s2, g1, g2, "g3,tobedeleted,parent,g3,五,李,,13800130002,,s2,\n"], vec![("李五", true, Outcome::Ends)]),
        ("another number is the same person", "bulk", vec![s1, s2, g1, "g2,,guardian,g2,芳,王,,13900139001,,s1,\n", g3], vec![]),
        ("who is only a relative now is still there", "bulk", vec![s1, s2, g1, "g2,,relative,g2,芳,王,,13800130001,,s1,\n", g3], vec![]),
        ("nobody is a guardian in the file", "bulk", vec![s1, s2], vec![]),
    ];
    for (name, how, users, want) in cases {
        let file = file(name, how, &users);
        let plan = planned(&file, &register);
        let stays = |outcome: Outcome| if outcome == Outcome::Ends { Outcome::Stays } else { outcome };
        let found = |plan: &Plan| plan.leaving.iter().map(|l| (l.name.clone(), l.marked, l.outcome)).collect::<Vec<_>>();
        let list = |f: &dyn Fn(Outcome) -> Outcome| want.iter().map(|(n, m, o)| ((*n).to_owned(), *m, f(*o))).collect::<Vec<_>>();
        assert_eq!(found(&plan), list(&stays), "{name}: {}", said(&plan));
        let standing = |plan: &Plan| after(plan, register.clone()).all_collectors().filter(|c| c.right == Right::Standing).count();
        assert_eq!(standing(&plan), 3, "{name}: unasked nobody loses anything");
        let answers = Answers { end_missing: true, ..Answers::default() };
        let ended = asked(&file, &register, &answers).unwrap();
        assert_eq!(found(&ended), list(&|o| o), "{name}");
        let ends = want.iter().filter(|(_, _, o)| *o == Outcome::Ends).count();
        assert_eq!(standing(&ended), 3 - ends, "{name}: {}", said(&ended));
        for (who, _, outcome) in &want {
            let [dry, now] = [&plan, &ended].map(said);
            assert!(dry.contains(&format!("{who} ")) && (*outcome == Outcome::Last || dry.contains("--end-missing")), "{dry}");
            assert!(*outcome == Outcome::Last || (now.contains("不再可接") && now.contains("可接 → 已停用")), "{now}");
            let json: serde_json::Value = serde_json::from_str(&ended.json(caredesk::texts::Lang::En)).unwrap();
            assert_eq!(json["leaving"][0]["name"].as_str(), Some(*who));
        }
        let again = asked(&file, &after(&ended, register.clone()), &answers).unwrap();
        assert!(again.leaving.iter().all(|l| l.outcome == Outcome::Last), "{name}: the same again ends nobody else");
    }
    // A guardian who is deleted, and of which child is not said.
    let unclear = file("unclear", "delta", &["g2,tobedeleted,guardian,g2,芳,王,,13800130001,,,\n", s2]);
    assert!(said(&planned(&unclear, &register)).contains("王芳 标为删除，但看不出是哪个孩子"));
}

#[test]
fn the_enrolment_of_today_decides_the_class() {
    let dir = tempfile::tempdir().unwrap();
    let today: NaiveDate = "2026-11-28".parse().unwrap();
    let at = |days: i64| (today + TimeDelta::days(days)).to_string();
    let [before, yesterday, now, tomorrow, later] = [-90, -1, 0, 1, 90].map(at);
    let classes = "sourcedId,title,grades,classType\nc1,三年级1班,03,homeroom\nc2,三年级2班,03,homeroom\nm,三年级数学,03,\n";
    let users = "sourcedId,status,role,username,givenName,familyName,identifier,sms,phone,agentSourcedIds,grades\n\
        s1,,student,zhang,三,张,2024001,,,g1,03\ng1,,parent,g1,大山,张,,13800130000,,s1,\n";
    let read = |name: &str, lines: &[[&str; 4]]| {
        let lines: Vec<String> = lines.iter().map(|[class, primary, first, last]| format!("{class},s1,student,{primary},{first},{last}\n")).collect();
        let lines = lines.concat();
        let enrollments = format!("classSourcedId,userSourcedId,role,primary,beginDate,endDate\n{lines}");
        let [folder, _] = delivery(dir.path(), name, &[("classes.csv", classes), ("enrollments.csv", &enrollments), ("users.csv", users)]);
        let moment = Moment { ms: today.and_hms_opt(4, 0, 0).unwrap().and_utc().timestamp_millis(), offset_min: 480 };
        asked(&folder, &Register::default(), &Answers { now: Some(moment), ..Answers::default() }).unwrap()
    };
    let table: [(&[[&str; 4]], Option<u8>); 13] = [
        (&[["c1", "", "", ""]], Some(1)),
        (&[["c1", "", &before, &later]], Some(1)),
        (&[["c1", "", &now, &later]], Some(1)),
        (&[["c1", "", &tomorrow, &later]], None),
        (&[["c1", "", &before, &tomorrow]], Some(1)),
        (&[["c1", "", &before, &now]], None),
        (&[["c1", "", &before, &yesterday]], None),
        (&[["c1", "", &before, &now], ["c2", "", &now, &later]], Some(2)),
        (&[["c2", "", &tomorrow, ""], ["c1", "", "", &tomorrow]], Some(1)),
        (&[["c1", "false", "", ""], ["c2", "true", "", ""]], Some(2)),
        (&[["c1", "true", &before, &now], ["c2", "false", "", ""]], Some(2)),
        (&[["m", "", "", ""], ["c2", "", "", ""]], Some(2)),
        (&[["c2", "", "", ""], ["c2", "", &before, ""]], Some(2)),
    ];
    for (n, (lines, class)) in table.into_iter().enumerate() {
        let plan = read(&format!("e{n}"), lines);
        assert!(plan.refused.is_empty(), "{lines:?}: {}", said(&plan));
        let register = after(&plan, Register::default());
        let child = register.children().next().unwrap();
        assert_eq!((child.grade, child.class_no), (3, class), "{lines:?}");
    }
    let two = read("two", &[["c1", "", "", ""], ["c2", "", "", ""]]);
    assert_eq!(two.refused.iter().map(|r| &r.reason).collect::<Vec<_>>(), [&Reason::TwoClasses((3, 1), (3, 2))], "{}", said(&two));
    let bad = read("bad", &[["c1", "", "soon", ""]]);
    assert_eq!(bad.refused.iter().map(|r| (r.place.row, r.column, &r.reason)).collect::<Vec<_>>(), [(2, 5, &Reason::BadDate("soon".to_owned()))]);
}
