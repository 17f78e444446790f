//! What is exported and imported into an empty store is the same register.

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use caredesk::domain::enrolment::{Consent, EarlyDay, Enrolment};
use caredesk::domain::people::{Child, ChildId, Collector, CollectorId, Right};
use caredesk::domain::register::Register;
use caredesk::domain::time::Weekdays;
use caredesk::import::roster::Remark;
use caredesk::print::register as tables;
use caredesk::print::table::{Form, Table};
use caredesk::shell::wall::Wall;
use caredesk::store::Store;
use caredesk::texts::Lang;
use chrono::{NaiveDate, NaiveTime, Weekday};

use crate::world::{now, register};

/// The program itself reads, as it does at school.
fn reader() -> Wall {
    Wall::of(env!("CARGO_BIN_EXE_caredesk").into())
}

/// A register as a roster can tell it, without the numbers that a store gives.
#[derive(PartialEq, Debug)]
struct Told {
    child: Child,
    collectors: Vec<Collector>,
    card: Option<String>,
    siblings: Vec<String>,
    buddy: Option<String>,
}

fn told(register: &Register) -> Vec<Told> {
    let mut children: Vec<&Child> = register.children().collect();
    children.sort_by_key(|c| (c.seat, c.id));
    (1..)
        .zip(children)
        .map(|(place, child)| {
            let zero =
                |c: &Collector| Collector { id: caredesk::domain::people::CollectorId(0), child: caredesk::domain::people::ChildId(0), ..c.clone() };
            let mut siblings: Vec<String> = register.household(child.household).filter_map(|c| register.child(c)).map(|c| c.name.clone()).collect();
            siblings.sort();
            Told {
                collectors: register.collectors(child.id).filter(|c| matches!(c.right, Right::Standing | Right::Barred)).map(zero).collect(),
                card: register.live_card(child.id).map(|c| format!("{} {}", c.number, c.own)),
                siblings,
                buddy: child.buddy.and_then(|id| register.child(id)).map(|c| format!("{} {} {:?}", c.name, c.grade, c.class_no)),
                child: Child {
                    buddy: None,
                    id: caredesk::domain::people::ChildId(0),
                    household: caredesk::domain::people::HouseholdId(0),
                    seat: place,
                    ..child.clone()
                },
            }
        })
        .collect()
}

fn same(back: &Register, register: &Register, what: &str) {
    let (back, register) = (told(back), told(register));
    assert_eq!(back.len(), register.len(), "{what}");
    for (back, child) in back.iter().zip(&register) {
        assert_eq!(back, child, "{what}");
    }
}

fn written(dir: &Path, name: &str, table: &Table) -> PathBuf {
    let file = dir.join(name);
    std::fs::write(&file, table.bytes(Form::of(&file).unwrap(), now()).unwrap()).unwrap();
    file
}

/// What a store holds after nothing but this import; what was said when the file was refused.
fn tried(file: &Path, arguments: &[&str]) -> Result<Register, String> {
    let dir = tempfile::tempdir().unwrap();
    let mut command = Command::cargo_bin("caredesk").unwrap();
    command
        .args(["import", file.to_str().unwrap()])
        .args(arguments)
        .env("CAREDESK_DATA", dir.path())
        .env_remove("CAREDESK_CONFIG")
        .env("HOME", dir.path());
    let output = command.env_remove("XDG_CONFIG_HOME").output().unwrap();
    let said = || String::from_utf8_lossy(&[output.stdout.clone(), output.stderr.clone()].concat()).into_owned();
    if output.status.success() { Ok(Store::open_read_only(dir.path()).unwrap().load(now()).unwrap().register) } else { Err(said()) }
}

fn imported(file: &Path) -> Register {
    imported_with(file, &[])
}

/// The same with further arguments.
fn imported_with(file: &Path, arguments: &[&str]) -> Register {
    tried(file, arguments).unwrap()
}

#[test]
fn children_come_back_as_they_were_in_both_languages_and_both_forms() {
    let dir = tempfile::tempdir().unwrap();
    let register = register();
    for (lang, tag) in [(Lang::Zh, "zh"), (Lang::En, "en")] {
        let table = tables::children(lang, &register, "监督电话 0571");
        assert_eq!(table.left_out, 0);
        for form in ["csv", "xlsx"] {
            let back = imported(&written(dir.path(), &format!("{tag}.{form}"), &table));
            same(&back, &register, &format!("{tag}.{form}"));
            let again = tables::children(lang, &back, "监督电话 0571");
            assert_eq!(again.rows, table.rows, "exported again it is the same table");
        }
    }
}

#[test]
fn a_roster_of_five_hundred_comes_back() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let dir = tempfile::tempdir().unwrap();
    for room in ["n22/roster_utf8_bom.csv", "n500/roster_utf8_bom.csv"] {
        let register = imported(&data.join(room));
        let table = tables::children(Lang::Zh, &register, "");
        assert_eq!((table.rows.len(), table.left_out), (register.child_count(), 0));
        for form in ["csv", "xlsx"] {
            let back = imported(&written(dir.path(), &format!("room.{form}"), &table));
            same(&back, &register, &format!("{room} as {form}"));
        }
    }
}

#[test]
fn the_other_tables_are_never_taken_for_a_list_of_children() {
    let dir = tempfile::tempdir().unwrap();
    let register = register();
    for lang in [Lang::Zh, Lang::En] {
        for table in
            [tables::collectors(lang, &register, ""), tables::cards(lang, &register, ""), caredesk::print::attendance::attendance(lang, "", None)]
        {
            let back = tried(&written(dir.path(), &format!("{}.csv", table.keys[0]), &table), &[]);
            assert!(!back.is_ok_and(|r| r.child_count() > 0), "{}", table.name);
        }
    }
}

/// A register with everything that the table of children can say: terms, early days, guests, who left, pairs, and collectors of
/// every kind.
fn full() -> Register {
    let mut register = register();
    let day = |text: &str| text.parse::<NaiveDate>().ok();
    let text = |text: &str| Some(text.to_owned());
    let term = |term: &str, days: Option<u8>, consent| Enrolment {
        term: term.to_owned(),
        weekdays: days.map(Weekdays),
        consent,
        signed_on: None,
        signed_by: None,
        source: None,
        reference: None,
    };
    let early = |weekday, hour, reason: &str| EarlyDay { weekday, at: NaiveTime::from_hms_opt(hour, 10, 0).unwrap(), reason: reason.to_owned() };
    let mut change = |id, with: &dyn Fn(&mut Child)| {
        let mut child = register.child(ChildId(id)).unwrap().clone();
        with(&mut child);
        register.put_child(child);
    };
    change(1, &|c| {
        let signed = Enrolment {
            signed_on: day("2026-09-01"),
            signed_by: text("林静"),
            source: text("纸质，\"原件\"；存档"),
            reference: text("KH-17"),
            ..term("2026秋", Some(0b1_0101), Consent::Given)
        };
        c.terms = vec![signed, term("2027春：下", None, Consent::Unknown)];
        c.early = vec![early(Weekday::Thu, 16, "书法；素描"), early(Weekday::Tue, 17, "钢琴课")];
        c.buddy = Some(ChildId(5));
    });
    change(2, &|c| {
        c.terms = vec![term("2026秋", Some(0b10), Consent::Missing)];
        c.early = vec![early(Weekday::Fri, 16, "")];
        c.buddy = Some(ChildId(1));
    });
    change(3, &|c| c.guest_on = day("2026-09-07"));
    change(4, &|c| {
        c.withdrawn_on = day("2026-09-04");
        c.buddy = Some(ChildId(7));
    });
    change(5, &|c| c.buddy = Some(ChildId(4)));
    for (id, name) in [(6, "李小"), (7, "李小")] {
        let mut child = crate::world::child(id, name, 4, Some(2));
        child.buddy = Some(ChildId(if id == 6 { 3 } else { 6 }));
        child.household = caredesk::domain::people::HouseholdId(id - 1);
        register.put_child(child);
    }
    let person = |id, child, rank, name, relation, phone, right| crate::world::collector(id, child, rank, name, relation, phone, right);
    let barred = Right::Barred;
    for who in [
        Collector { from: day("2026-09-01"), until: day("2027-01-20"), ..person(101, 6, 1, "李大伟", "父亲", "13922220001", Right::Standing) },
        Collector { looks: text("戴眼镜，穿红衣"), ..person(102, 6, 2, "吴芳", "母亲", "13922220002", Right::Standing) },
        Collector { minor: true, ..person(103, 6, 3, "李小静", "姐姐", "", Right::Standing) },
        Collector { from: day("2026-09-01"), ..person(104, 6, 4, "", "生父", "", barred) },
        Collector { until: day("2027-06-30"), looks: text("高个子"), ..person(105, 6, 5, "", "舅舅", "13922220001", barred) },
        person(106, 6, 6, "钱一", "", "", barred),
        Collector { until: day("2026-12-31"), ..person(107, 6, 7, "钱二", "", "", barred) },
        person(108, 6, 8, "钱三", "", "", barred),
        person(109, 7, 1, "李叔", "叔叔", "13922220003", Right::Standing),
    ] {
        register.put_collector(who);
    }
    register
}

#[test]
fn everything_that_a_child_and_its_people_are_comes_back() {
    let dir = tempfile::tempdir().unwrap();
    let register = full();
    for (lang, tag) in [(Lang::Zh, "zh"), (Lang::En, "en")] {
        let table = tables::children(lang, &register, "");
        assert_eq!(table.left_out, 0);
        for form in ["csv", "xlsx"] {
            let file = written(dir.path(), &format!("full_{tag}.{form}"), &table);
            let back = imported(&file);
            same(&back, &register, &format!("{tag}.{form}"));
            assert_eq!(tables::children(lang, &back, "").rows, table.rows, "exported again it is the same table");
            let again =
                caredesk::import::plan(&[file], (&back, &|_| Vec::new()), &caredesk::import::Answers::default(), &reader(), &mut |_| ()).unwrap();
            assert!(again.drafts.is_empty() && again.refused.is_empty(), "imported again nothing changes: {}", again.text(Lang::Zh, true, false));
        }
    }
}

#[test]
fn what_must_not_go_out_does_not() {
    let mut register = full();
    let mut father = register.all_collectors().find(|c| c.name == "赵强").unwrap().clone();
    (father.paper, father.phrase) = (Some("民终字第 88 号".to_owned()), Some("$argon2id$secret".to_owned()));
    register.put_collector(father);
    let table = tables::children(Lang::Zh, &register, "");
    assert!(table.rows.iter().flatten().all(|cell| !cell.contains("88 号") && !cell.contains("argon2")));
    let dir = tempfile::tempdir().unwrap();
    let back = imported(&written(dir.path(), "secrets.xlsx", &table));
    let father = back.all_collectors().find(|c| c.name == "赵强").unwrap();
    assert_eq!((father.right, father.paper.as_ref(), father.phrase.as_ref()), (Right::Barred, None, None), "the restriction holds without its paper");
}

/// Children of staff (F004, S1.17): the marks come back once the staff is there, whatever the family calls the person.
#[test]
fn who_works_here_comes_back_with_the_staff() {
    use caredesk::domain::staff::{Role, Staff, StaffId};
    let mut register = full();
    for (id, name) in [(1, "林静"), (2, "方老师"), (3, "丁老师")] {
        register.put_staff(Staff { active: id != 3, ..Staff::new(StaffId(id), name, Role::Duty) });
    }
    // By the name that the staff knows, by another one, one of two of one name, and one who has left the school.
    let mut mark = |id: i64, staff: i64, name: Option<&str>| {
        let mut person = register.collector(CollectorId(id)).unwrap().clone();
        person.staff = Some(StaffId(staff));
        person.name = name.map_or(person.name, str::to_owned);
        register.put_collector(person);
    };
    mark(101, 1, Some("林静"));
    mark(102, 2, Some("林静"));
    mark(109, 2, None);
    mark(103, 3, None);
    let dir = tempfile::tempdir().unwrap();
    let staff_names = |r: &Register| {
        let name = |c: &Collector| c.staff.and_then(|s| r.staff_member(s)).filter(|s| s.active).map(|s| s.name.clone());
        let mut list: Vec<_> = r.all_collectors().filter_map(|c| Some((c.phone.clone(), name(c)?))).collect();
        list.sort();
        list
    };
    assert_eq!(staff_names(&register).len(), 3);
    for (lang, tag) in [(Lang::Zh, "zh"), (Lang::En, "en")] {
        let children = written(dir.path(), &format!("children_{tag}.csv"), &tables::children(lang, &register, ""));
        let mut only_active = register.clone();
        only_active.put_staff(Staff::new(StaffId(3), "丁老师", Role::Duty));
        let staff = written(dir.path(), &format!("staff_{tag}.csv"), &tables::staff(lang, &only_active, ""));
        let files = [children, staff];
        let nothing = caredesk::import::Answers::default();
        let plan = caredesk::import::plan(&files, (&Register::default(), &|_| Vec::new()), &nothing, &reader(), &mut |_| ()).unwrap();
        // What is not read of the columns, who is barred by name alone, and the two of one name and class, is said; of who works
        // here nothing is in vain.
        let said = |r: &Remark| matches!(r, Remark::ColumnNotRead { .. } | Remark::BarredByName { .. } | Remark::NamesakeInClass { .. });
        assert!(plan.remarks.iter().all(said) && plan.refused.is_empty(), "{}", plan.text(Lang::Zh, true, false));
        let mut back = Register::default();
        for (n, draft) in (1..).zip(plan.drafts) {
            back.apply(&caredesk::domain::fact::Entry {
                seq: caredesk::domain::fact::Seq(n),
                act: caredesk::domain::fact::Seq(1),
                day: now().date(),
                at: now(),
                entered_at: now(),
                desk: String::new(),
                staff: None,
                fact: draft.fact,
            });
        }
        assert_eq!(staff_names(&back), staff_names(&register), "{tag}");
        assert!(
            caredesk::import::plan(&files, (&back, &|_| Vec::new()), &nothing, &reader(), &mut |_| ()).unwrap().drafts.is_empty(),
            "{tag}: again nothing changes"
        );
    }
}

#[test]
fn who_has_no_place_is_left_out_and_counted() {
    let mut register = register();
    for n in 0..16 {
        register.put_collector(crate::world::collector(100 + i64::from(n), 5, 7 + n, "某人", "亲戚", "13911110000", Right::Standing));
    }
    let table = tables::children(Lang::Zh, &register, "");
    assert_eq!(table.left_out, 2);
    assert_eq!(tables::collectors(Lang::Zh, &register, "").rows.iter().filter(|row| row.contains(&"13911110000".to_owned())).count(), 16);
}

/// What `OneRoster` can say of a child.
#[derive(PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Delivered {
    name: String,
    class: (u8, Option<u8>),
    enrolled: bool,
    number: Option<String>,
    people: Vec<(String, Option<String>)>,
    siblings: Vec<String>,
}

fn as_delivered(register: &Register) -> Vec<Delivered> {
    let mut list: Vec<_> = told(register)
        .into_iter()
        .map(|t| {
            // Somebody without a name is called by the relation there.
            let name = |c: &Collector| if c.name.is_empty() { c.relation.clone() } else { c.name.clone() };
            let people = t.collectors.iter().filter(|c| c.right == Right::Standing).map(|c| (name(c), c.phone.clone())).collect();
            let number = t.child.student_no.filter(|n| !n.starts_with("child-"));
            let class = (t.child.grade, t.child.class_no);
            Delivered { name: t.child.name, class, enrolled: t.child.enrolled, number, people, siblings: t.siblings }
        })
        .collect();
    list.sort();
    list
}

#[test]
fn a_delivery_of_one_roster_comes_back_as_far_as_it_can_say() {
    let dir = tempfile::tempdir().unwrap();
    let reached = |r: &Register, c: &Child| c.enrolled && r.collectors(c.id).any(|p| p.right == Right::Standing && p.phone.is_some());
    for whole in [register(), imported(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/n500/roster_utf8_bom.csv"))] {
        // Who takes no part is not delivered. Whose only number belongs to somebody who is barred cannot be delivered so; the command says how many.
        let (_, counts) = caredesk::print::oneroster::files(Lang::Zh, &whole, "", now().date(), false).unwrap();
        let mut room = Register::default();
        whole.children().filter(|c| reached(&whole, c)).for_each(|c| room.put_child(c.clone()));
        for person in whole.all_collectors() {
            if room.child(person.child).is_some() {
                room.put_collector(person.clone());
            }
        }
        assert_eq!(counts.pupils - room.child_count(), counts.unreachable);
        let (files, _) = caredesk::print::oneroster::files(Lang::Zh, &room, "向阳小学", now().date(), false).unwrap();
        let zip = dir.path().join("delivery.zip");
        std::fs::write(&zip, caredesk::print::oneroster::archive(&files).unwrap()).unwrap();
        let folder = tempfile::tempdir_in(dir.path()).unwrap();
        for (name, bytes) in &files {
            std::fs::write(folder.path().join(name), bytes).unwrap();
        }
        // Grandparents go out as relatives, who collect when somebody says so.
        for back in [zip.as_path(), folder.path()].map(|file| imported_with(file, &["--also", "relative"])) {
            let (back, want) = (as_delivered(&back), as_delivered(&room));
            assert_eq!(back.len(), want.len());
            for (back, want) in back.iter().zip(&want) {
                assert_eq!(back, want);
            }
        }
    }
}

#[test]
fn staff_come_back_with_what_a_list_of_staff_can_say() {
    use caredesk::domain::staff::{Employment, Role, Staff, StaffId};
    let dir = tempfile::tempdir().unwrap();
    let mut register = Register::default();
    let card = caredesk::domain::card::CardNumber::new("526014");
    register.put_staff(Staff {
        kind: Some("班主任".to_owned()),
        employment: Some(Employment::Permanent),
        card: Some(card),
        pin: Some("$argon2id$secret".to_owned()),
        ..Staff::new(StaffId(1), "方老师", Role::Duty)
    });
    register.put_staff(Staff { employment: Some(Employment::Temporary), ..Staff::new(StaffId(2), "丁老师", Role::Duty) });
    for (lang, name) in [(Lang::Zh, "zh.csv"), (Lang::En, "en.xlsx")] {
        let table = tables::staff(lang, &register, "");
        assert!(table.rows.iter().flatten().all(|cell| !cell.contains("argon2")), "no PIN leaves the store");
        let file = written(dir.path(), name, &table);
        let back = imported(&file);
        let told = |r: &Register| r.staff().map(|s| (s.name.clone(), s.kind.clone(), s.employment, s.card.clone(), s.active)).collect::<Vec<_>>();
        assert_eq!(told(&back), told(&register), "{name}");
    }
}
