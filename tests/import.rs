//! Rosters in the forms that schools hand in come to the register as they are meant; what is lossy is refused with its
//! place.
#![allow(clippy::unwrap_used, clippy::wildcard_enum_match_arm, clippy::similar_names)]

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use caredesk::domain::day::Day;
use caredesk::domain::fact::{Entry, Seq};
use caredesk::domain::people::{Child, Right};
use caredesk::domain::register::Register;
use caredesk::domain::time::Moment;
use caredesk::import::roster::Reason;
use caredesk::import::{Plan, ReadError, check, plan};
use serde_json::Value;

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)
}

fn truth(room: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(data(room).join("truth_children.jsonl")).unwrap();
    text.lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

fn planned(file: &Path, register: &Register) -> Plan {
    plan(&[file.to_owned()], register, &BTreeMap::new()).unwrap()
}

/// The register after a plan was recorded.
fn after(plan: &Plan, mut register: Register) -> Register {
    let at = Moment { ms: 0, offset_min: 480 };
    for (n, draft) in (1..).zip(&plan.drafts) {
        let entry =
            Entry { seq: Seq(n), act: Seq(1), day: at.date(), at, entered_at: at, desk: String::new(), staff: None, fact: draft.fact.clone() };
        register.apply(&entry);
    }
    let _ = Day::new(at.date(), Vec::new());
    register
}

fn compare(register: &Register, child: &Child, want: &Value) {
    let name = want["name"].as_str().unwrap();
    assert_eq!(child.name, name);
    assert_eq!(u64::from(child.grade), want["grade"].as_u64().unwrap(), "{name}");
    assert_eq!(child.class_no.map(u64::from), want["class_no"].as_u64(), "{name}");
    assert_eq!(register.live_card(child.id).map(|c| c.number.as_str()), want["card10"].as_str(), "{name}");
    assert_eq!(child.enrolled, want["care"] == "是", "{name}");
    let days: u8 = want["care_days"].as_str().unwrap().chars().map(|c| 1 << "一二三四五".chars().position(|d| d == c).unwrap()).sum();
    assert_eq!(child.weekdays.map_or(0, |d| d.0), days, "{name}");
    let note = want["note"].as_str().unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
    if note.contains("过敏") {
        assert_eq!(child.health.as_deref(), Some(&*note), "{name}");
    } else {
        assert!(child.health.is_none() && child.note.clone().unwrap_or_default().ends_with(&note), "{name} {:?} {note}", child.note);
    }
    let collectors: Vec<Value> = register
        .collectors(child.id)
        .map(|c| serde_json::json!({ "name": c.name, "relation": c.relation, "phone": c.phone, "may_pick_up": c.right == Right::Standing }))
        .collect();
    assert_eq!(Value::from(collectors), want["guardians"], "{name}");
}

fn whole(room: &str, file: &str, lossy: &[&str]) -> Register {
    let plan = planned(&data(room).join(file), &Register::default());
    let truth = truth(room);
    let register = after(&plan, Register::default());
    let by_number: HashMap<&str, &Child> = register.children().filter_map(|c| Some((c.student_no.as_deref()?, c))).collect();
    let lost: Vec<&str> =
        truth.iter().filter(|t| !by_number.contains_key(t["student_no"].as_str().unwrap())).map(|t| t["id"].as_str().unwrap()).collect();
    assert_eq!(lost, lossy, "{file}");
    assert_eq!(plan.refused.len(), lossy.len(), "{:?}", plan.refused);
    assert!(plan.refused.iter().all(|r| r.reason == Reason::DamagedName && r.column == 2 && r.place.row > 1), "{:?}", plan.refused);
    for want in truth.iter().filter(|t| !lossy.contains(&t["id"].as_str().unwrap())) {
        compare(&register, by_number[want["student_no"].as_str().unwrap()], want);
    }
    let of = |id: &str| truth.iter().find(|t| t["id"] == id).and_then(|t| by_number.get(t["student_no"].as_str().unwrap())).map(|c| c.household);
    for want in truth.iter().filter(|t| !t["sibling_of"].is_null()) {
        let (one, other) = (of(want["id"].as_str().unwrap()), of(want["sibling_of"].as_str().unwrap()));
        if one.is_some() && other.is_some() {
            assert_eq!(one, other, "siblings are one household: {}", want["name"]);
        }
    }
    register
}

#[test]
fn twenty_two_children_in_every_clean_form() {
    for (file, lossy) in [
        ("roster_utf8.csv", &[][..]),
        ("roster_utf8_bom.csv", &[]),
        ("roster_gbk.csv", &["S000007"]),
        ("roster_gb18030.csv", &[]),
        ("roster_clean.xlsx", &[]),
    ] {
        whole("n22", file, lossy);
    }
}

#[test]
fn five_hundred_children() {
    whole("n500", "roster_utf8_bom.csv", &[]);
    whole("n500", "roster_gbk.csv", &["S000007", "S000089"]);
    whole("n500", "roster_clean.xlsx", &[]);
}

#[test]
fn importing_again_changes_nothing_in_whatever_form() {
    let register = whole("n22", "roster_utf8.csv", &[]);
    for file in ["roster_utf8.csv", "roster_gb18030.csv", "roster_clean.xlsx"] {
        let again = planned(&data("n22").join(file), &register);
        assert!(again.drafts.is_empty(), "{file}: {:?}", again.changed);
        assert_eq!(again.unchanged, 22, "{file}");
    }
    // The order of the files' rows and of two files at once does not matter either.
    let both = [data("n22").join("roster_utf8.csv"), data("n22").join("roster_clean.xlsx")];
    assert!(plan(&both, &register, &BTreeMap::new()).unwrap().drafts.is_empty());
}

#[test]
fn one_changed_cell_changes_one_child() {
    let register = whole("n22", "roster_utf8.csv", &[]);
    let dir = tempfile::tempdir().unwrap();
    let text = std::fs::read_to_string(data("n22").join("roster_utf8.csv")).unwrap().replace("13800130002", "13911112222");
    let file = dir.path().join("changed.csv");
    std::fs::write(&file, text).unwrap();
    let plan = planned(&file, &register);
    assert_eq!((plan.added.len(), &plan.changed[..], plan.unchanged), (0, &["陈尹浩".to_owned()][..], 21));
    let register = after(&plan, register);
    assert!(register.all_collectors().any(|c| c.phone.as_deref() == Some("13911112222")));
}

/// A roster of one row under the usual headings.
fn row(cells: &str) -> Plan {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("one.csv");
    std::fs::write(&file, format!("姓名,年级,班级,卡号,监护人1姓名,监护人1关系,监护人1电话,课后服务星期\n{cells}\n")).unwrap();
    planned(&file, &Register::default())
}

#[test]
fn bad_rows_are_refused_with_their_place() {
    for (cells, column, fits) in [
        ("张三,七年级,1班,0004835004,李四,母亲,13800130000,一", 2, "grade"),
        ("张三,三年级,1班,0004835004,李四,母亲,,一", 0, "adult"),
        ("张三,三年级,1班,0004835004,李四,母亲,电话没有,一", 7, "phone"),
        ("张三,三年级,1班,4.835E+06,李四,母亲,13800130000,一", 4, "zeros"),
        ("张三,三年级,1班,0004835004,李四,母亲,13800130000,每天", 8, "days"),
        (",三年级,1班,0004835004,李四,母亲,13800130000,一", 1, "name"),
        ("张\u{202e}三,三年级,1班,0004835004,李四,母亲,13800130000,一", 1, "hostile"),
        ("张\u{1b}[31m,三年级,1班,0004835004,李四,母亲,13800130000,一", 1, "hostile"),
        ("\u{200b}\u{200b},三年级,1班,0004835004,李四,母亲,13800130000,一", 1, "hostile"),
    ] {
        let plan = row(cells);
        assert!(plan.added.is_empty() && plan.drafts.is_empty(), "{cells}");
        let [refused] = &plan.refused[..] else { panic!("{cells}: {:?}", plan.refused) };
        assert_eq!((refused.place.row, refused.column), (2, column), "{fits}: {:?}", refused.reason);
    }
    assert_eq!(row("张　三,３,３（１）班,0004835004,李 四,母亲,138-0013-0000,周一、周三").added, ["张三"]);
}

#[test]
fn a_card_that_stands_twice_refuses_both_rows() {
    let plan = row("张三,三年级,1班,0004835004,李四,母亲,13800130000,一\n王五,三年级,1班,0004835004,赵六,母亲,13800130001,一");
    assert!(plan.added.is_empty());
    let rows: Vec<usize> = plan.refused.iter().map(|r| r.place.row).collect();
    assert!(rows.contains(&2) && rows.contains(&3), "{rows:?}");
    assert!(plan.refused.iter().all(|r| matches!(r.reason, Reason::CardTwice(_))));
}

#[test]
fn files_that_are_no_rosters_are_refused_quickly() {
    let dir = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| {
        let file = dir.path().join(name);
        std::fs::write(&file, bytes).unwrap();
        file
    };
    let mut noise = vec![0_u8; 3_000_000];
    let mut state = 7_u32;
    for byte in &mut noise {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        *byte = state.to_le_bytes()[3];
    }
    assert!(matches!(check(&dir.path().join("missing.csv")), Err(ReadError::NotFound)));
    assert!(matches!(check(dir.path()), Err(ReadError::NotAFile)));
    assert!(matches!(check(&write("empty.csv", b"")), Err(ReadError::Empty)));
    assert!(matches!(check(&write("noise.xlsx", &noise)), Err(ReadError::NotText)));
    assert!(matches!(check(&write("zip.xlsx", b"PK\x03\x04nothing")), Err(ReadError::DamagedWorkbook(_))));
    assert!(matches!(check(&write("one.txt", "只有一列\n没有分隔".as_bytes())), Err(ReadError::NotATable)));
    let table = write("table.csv", b"a,b,c\n1,2,3\n");
    assert!(matches!(plan(&[table], &Register::default(), &BTreeMap::new()), Err((_, ReadError::NoHeadings))));
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { failure_persistence: None, cases: 128, ..Default::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..2000), zip in proptest::prelude::any::<bool>()) {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("x");
        let mut content = if zip { b"PK\x03\x04".to_vec() } else { Vec::new() };
        content.extend(bytes);
        std::fs::write(&file, content).unwrap();
        let _ = plan(&[file], &Register::default(), &BTreeMap::new());
    }

    #[test]
    fn a_damaged_roster_is_read_or_refused(at in 0_usize..6000, byte in proptest::prelude::any::<u8>(), cut in 0_usize..6000) {
        let mut bytes = std::fs::read(data("n22").join("roster_utf8.csv")).unwrap();
        if let Some(b) = bytes.get_mut(at) { *b = byte; }
        bytes.truncate(bytes.len().saturating_sub(cut));
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("x.csv");
        std::fs::write(&file, bytes).unwrap();
        let _ = plan(&[file], &Register::default(), &BTreeMap::new());
    }
}
