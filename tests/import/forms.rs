//! Clean files, odd files, the layouts of other systems.

use std::collections::HashMap;

use caredesk::domain::people::{Child, Right};
use caredesk::domain::register::Register;
use caredesk::import::roster::Reason;
use caredesk::import::{Answers, plan};
use serde_json::Value;

use crate::support::{after, data, planned, refusal, said, truth};

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
    assert!(plan(&both, (&register, &|_| Vec::new()), &Answers::default(), &crate::support::reader(), &mut |_| ()).unwrap().drafts.is_empty());
}

#[test]
fn one_changed_cell_changes_one_child() {
    let register = whole("n22", "roster_utf8.csv", &[]);
    let dir = tempfile::tempdir().unwrap();
    let text = std::fs::read_to_string(data("n22").join("roster_utf8.csv")).unwrap().replace("13800130002", "13911112222");
    let file = dir.path().join("changed.csv");
    std::fs::write(&file, text).unwrap();
    let plan = planned(&file, &register);
    assert_eq!((plan.added.len(), plan.changed.len(), plan.unchanged), (0, 1, 21));
    assert_eq!(plan.changed[0].name, "陈尹浩");
    assert!(said(&plan).contains("~ 陈尹浩 3(1)班：电话（父亲陈霖驰） 13800130002 → 13911112222\n"), "{}", said(&plan));
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
        told("layouts/L01_全国学籍系统导入模板_71列.xlsx", true, false, None, members, false),
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
        let said = refusal(&path, &Register::default());
        assert!(wants.iter().all(|want| said.contains(want)) && !said.contains('\n'), "{file}: {said}");
    }
    // The columns are there and empty: every row is refused at its place.
    let plan = planned(&data("n22").join("layouts/L10_学校年级班级_学籍副号.xlsx"), &Register::default());
    assert_eq!((plan.added.len(), plan.refused.len()), (0, 22));
    assert!(plan.refused.iter().zip(2..).all(|(r, row)| r.reason == Reason::NoReachableAdult && (r.place.row, r.column) == (row, 6)));
}
