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

/// Relation and phone.
type Guardians = Vec<(Option<String>, String)>;

/// What a file of another system can tell of each child: the truth of those columns, and nothing beside it.
struct Told {
    file: &'static str,
    class: bool,
    card: bool,
    /// The student number: a key of the truth.
    number: Option<&'static str>,
    /// Relations and phones of the truth's guardians that the file has; by their phones alone where it has no relations.
    guardians: fn(&Value) -> Guardians,
    /// Whether children who do not take part are told from the others.
    care: bool,
}

fn guardians(want: &Value, keep: impl Fn(usize, &str) -> bool, relations: bool) -> Guardians {
    let all = want["guardians"].as_array().unwrap().iter().enumerate();
    let kept = all.filter(|(n, g)| keep(*n, g["relation"].as_str().unwrap()));
    kept.map(|(_, g)| (relations.then(|| g["relation"].as_str().unwrap().to_owned()), g["phone"].as_str().unwrap().to_owned())).collect()
}

#[test]
fn the_same_children_in_odd_files_and_in_the_layouts_of_other_systems() {
    let all: fn(&Value) -> _ = |want| guardians(want, |_, _| true, false);
    let first: fn(&Value) -> _ = |want| guardians(want, |n, _| n == 0, false);
    let members: fn(&Value) -> _ = |want| guardians(want, |n, _| n < 2, true);
    let parents: fn(&Value) -> _ = |want| guardians(want, |_, relation| matches!(relation, "父亲" | "母亲"), true);
    let told = |file, class, card, number, guardians, care| Told { file, class, card, number, guardians, care };
    for told in [
        told("odd/comment_lines_bom.csv", true, true, None, all, false),
        told("odd/html_named.xls", true, true, None, all, false),
        told("odd/semicolon.csv", true, true, None, all, false),
        told("layouts/L01_全国学籍系统导入模板_71列.xlsx", true, false, Some("xueji_no"), members, false),
        told("layouts/L03_校宝学员导出.csv", false, false, Some("student_no"), parents, false),
        told("layouts/L04_营养餐系统_星号必填.xlsx", true, false, Some("student_no"), first, false),
        told("layouts/L05_卡片ID_父母监护人.csv", true, true, None, parents, false),
        told("layouts/L07_每班一个工作表_班级名如4.1.xlsx", true, false, None, first, true),
        told("layouts/L09_中小学电子学籍_广州式.xlsx", true, false, Some("student_no"), parents, false),
    ] {
        let plan = planned(&data("n22").join(told.file), &Register::default());
        assert!(plan.refused.is_empty(), "{}: {:?}", told.file, plan.refused);
        let register = after(&plan, Register::default());
        let mut children: Vec<&Child> = register.children().collect();
        children.sort_by_key(|c| c.id);
        let truth = truth("n22");
        assert_eq!(children.len(), truth.len(), "{}", told.file);
        for (child, want) in children.iter().zip(&truth) {
            let at = format!("{}: {}", told.file, want["name"]);
            assert_eq!(Some(child.name.as_str()), want["name"].as_str(), "{at}");
            assert_eq!(Some(u64::from(child.grade)), want["grade"].as_u64(), "{at}");
            assert_eq!(child.class_no.map(u64::from), want["class_no"].as_u64().filter(|_| told.class), "{at}");
            assert_eq!(register.live_card(child.id).map(|c| c.number.as_str()), want["card10"].as_str().filter(|_| told.card), "{at}");
            assert_eq!(child.student_no.as_deref(), told.number.and_then(|key| want[key].as_str()), "{at}");
            assert_eq!(child.enrolled, !told.care || want["care"] == "是", "{at}");
            let has: Vec<(String, String)> =
                register.collectors(child.id).map(|c| (c.relation.clone(), c.phone.clone().unwrap_or_default())).collect();
            for (relation, phone) in (told.guardians)(want) {
                let known = has.iter().any(|(r, p)| *p == phone && relation.as_ref().is_none_or(|relation| r == relation));
                assert!(known, "{at}: {relation:?} {phone} is not among {has:?}");
            }
            let known = guardians(want, |_, _| true, false);
            assert!(has.iter().all(|(_, p)| known.iter().any(|(_, phone)| phone == p)), "{at}: {has:?} holds somebody else's phone");
            assert!(child.health.is_none() || want["note"].as_str().unwrap().contains("过敏"), "{at}: {:?}", child.health);
        }
        let again = planned(&data("n22").join(told.file), &register);
        assert!(again.drafts.is_empty(), "{}: the same file again changes nothing", told.file);
    }
}

#[test]
fn files_that_lack_something_are_refused_with_file_row_and_column() {
    for (file, wants) in [
        ("odd/only_names.txt", &["only_names.txt", "第 1 至 30 行", "姓名"][..]),
        ("odd/tsv_named.xlsx", &["tsv_named.xlsx", "第 1 至 30 行", "班级"]),
        ("odd/utf16le_tab.txt", &["utf16le_tab.txt", "第 1 至 30 行", "表头"]),
        ("layouts/L02_体测上报模板.xlsx", &["L02", "[Sheet1] 第 1 行", "电话列"]),
        ("layouts/L06_幼儿园式_标题行合并.xlsx", &["L06", "[Sheet1] 第 2 行", "电话列"]),
        ("layouts/L08_家长通信簿.xlsx", &["L08", "[Sheet1] 第 1 行", "年级或班级列"]),
    ] {
        let path = data("n22").join(file);
        let (at, error) = plan(&[path], &Register::default(), &BTreeMap::new()).unwrap_err();
        let said = caredesk::import::words::read_error(caredesk::texts::Lang::Zh, &at, &error);
        assert!(wants.iter().all(|want| said.contains(want)) && !said.contains('\n'), "{file}: {said}");
    }
    // The columns are there and empty: every row is refused at its place.
    let plan = planned(&data("n22").join("layouts/L10_学校年级班级_学籍副号.xlsx"), &Register::default());
    assert_eq!((plan.added.len(), plan.refused.len()), (0, 22));
    assert!(plan.refused.iter().zip(2..).all(|(r, row)| r.reason == Reason::NoReachableAdult && (r.place.row, r.column) == (row, 6)));
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
        ("张三,三年级,1班,0004835004,李四,母亲,,一", 7, "adult"),
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
fn namesakes_are_told_apart_by_a_phone_and_by_nothing_less() {
    let dir = tempfile::tempdir().unwrap();
    let roster = |name: &str, rows: &str| {
        let file = dir.path().join(name);
        std::fs::write(&file, format!("姓名,班级,学号,家长姓名,家长电话\n{rows}\n")).unwrap();
        file
    };
    let both = roster("both.csv", "张三,三年级1班,,李四,13800130000\n张三,三年级1班,,王五,13800130001");
    let register = after(&planned(&both, &Register::default()), Register::default());
    assert_eq!(register.children().count(), 2);
    assert!(planned(&both, &register).drafts.is_empty(), "the same file again adds nobody");
    // Another name at a number that is known is the same family; a number that is not known could be either.
    let plan = planned(&roster("again.csv", "张三,三年级1班,,李四,13800130009"), &register);
    assert_eq!(plan.refused.iter().map(|r| (r.place.row, &r.reason)).collect::<Vec<_>>(), [(2, &Reason::SeveralNamesakes)]);
    // A number learnt later belongs to the one whose family can be reached there.
    let plan = planned(&roster("numbered.csv", "张三,三年级1班,S2,王五,13800130001"), &register);
    assert_eq!((plan.added.len(), plan.changed.len()), (0, 1));
    // A number and a family of its own: a third child.
    let plan = planned(&roster("third.csv", "张三,三年级1班,S3,赵六,13800130002"), &register);
    assert_eq!((plan.added.len(), plan.changed.len()), (1, 0));
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
    assert!(matches!(check(&write("one.txt", "只有一列\n没有分隔".as_bytes())), Err(ReadError::NoHeadings)));
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
