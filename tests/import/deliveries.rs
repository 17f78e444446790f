//! `OneRoster` and School Data Sync: folders and zips, whole lists and changes.

use std::io::Write;
use std::path::{Path, PathBuf};

use caredesk::domain::people::Child;
use caredesk::domain::register::Register;
use caredesk::import::Plan;
use caredesk::import::roster::Reason;

use crate::support::{after, data, planned, refusal, said, truth};

/// Children of a zip are those of the truth: name, grade, class, number, guardians' names and phones, siblings.
fn whole(room: &str) -> Register {
    let plan = planned(&data(room).join("oneroster_v1p1.zip"), &Register::default());
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
        let plan = planned(&delivered, &Register::default());
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
