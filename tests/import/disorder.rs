//! Workbooks in disorder: titles, two rows of headings, merged cells, examples, sums, signatures, headings again, numbers as
//! floats, cards without their zeros, rows that stand twice. What the manifest does not call lossy arrives as it is meant.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use caredesk::domain::people::Child;
use caredesk::domain::register::Register;
use caredesk::import::roster::{LeftOut, Reason, Remark};
use caredesk::import::{Answers, Plan};
use serde_json::Value;

use crate::support::{after, asked, data, planned, truth};

/// The answer to the question about cards that were stored as numbers.
fn ten_digits() -> Answers {
    Answers { card_digits: Some(10), ..Answers::default() }
}

/// What every row of a workbook is.
fn rows(room: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(data(room).join("messy_rows.jsonl")).unwrap();
    text.lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

fn of_kind<'v>(rows: &'v [Value], kind: &str) -> Vec<&'v Value> {
    rows.iter().filter(|r| r["kind"] == kind).collect()
}

fn has(row: &Value, mess: &str) -> bool {
    row["mess"].as_array().is_some_and(|m| m.iter().any(|x| x == mess))
}

fn place(row: &Value) -> (String, usize) {
    (row["sheet"].as_str().unwrap().to_owned(), usize::try_from(row["row"].as_u64().unwrap()).unwrap())
}

fn left_out(plan: &Plan, kind: LeftOut) -> BTreeSet<(String, usize)> {
    plan.left_out.iter().filter(|(_, k)| *k == kind).map(|(p, _)| (p.sheet.to_string(), p.row)).collect()
}

/// Imports a workbook with all questions answered and compares every child with the truth.
fn whole(room: &str, file: &str) {
    let (rows, truth) = (rows(room), truth(room));
    let plan = asked(&data(room).join(file), &Register::default(), &ten_digits()).unwrap();
    let at = format!("{room}/{file}");

    // Twice with other content: both rows are refused, each with the place of the other.
    let changed: BTreeSet<&str> = of_kind(&rows, "duplicate_changed").iter().map(|r| r["child"].as_str().unwrap()).collect();
    let both: BTreeSet<(String, usize)> = rows.iter().filter(|r| r["child"].as_str().is_some_and(|c| changed.contains(c))).map(place).collect();
    let refused: BTreeSet<(String, usize)> = plan.refused.iter().map(|r| (r.place.sheet.to_string(), r.place.row)).collect();
    assert_eq!(refused, both, "{at}: {:?}", plan.refused);
    for refused in &plan.refused {
        let Reason::ChildTwice(other) = &refused.reason else { panic!("{at}: {:?}", refused.reason) };
        assert!(both.contains(&(other.sheet.to_string(), other.row)) && other.row != refused.place.row && refused.column == 3, "{at}: {refused:?}");
    }
    // Nothing is left out but what holds no child.
    for (kind, name) in [(LeftOut::Example, "example"), (LeftOut::Headings, "repeat_header"), (LeftOut::Repeated, "duplicate_exact")] {
        assert_eq!(left_out(&plan, kind), of_kind(&rows, name).into_iter().map(place).collect(), "{at}: {name}");
    }
    let footers = ["total", "signature"].iter().flat_map(|k| of_kind(&rows, k)).map(place).collect::<BTreeSet<_>>();
    assert!(left_out(&plan, LeftOut::Footer).is_subset(&footers), "{at}");
    // An identity number that lost its digits is named with its cell and not used.
    let lost: BTreeSet<(String, usize)> = rows.iter().filter(|r| has(r, "id_float_lossy")).map(place).collect();
    let named = plan.remarks.iter().filter_map(|r| match r {
        Remark::IdentityLost { place, column: 7 } => Some((place.sheet.to_string(), place.row)),
        _ => None,
    });
    assert_eq!(named.collect::<BTreeSet<_>>(), lost, "{at}");

    let register = after(&plan, Register::default());
    let by_card: HashMap<&str, &Child> = register.cards().map(|c| (c.number.as_str(), register.child(c.child).unwrap())).collect();
    let mut seen = 0;
    for want in &truth {
        let child = by_card.get(want["card10"].as_str().unwrap());
        if changed.contains(want["id"].as_str().unwrap()) {
            assert!(child.is_none(), "{at}: {} is refused", want["name"]);
            continue;
        }
        compare(&register, child.unwrap_or_else(|| panic!("{at}: {} is missing", want["name"])), want, &at);
        seen += 1;
    }
    assert_eq!((register.children().count(), seen), (truth.len() - changed.len(), truth.len() - changed.len()), "{at}");
    let again = asked(&data(room).join(file), &register, &ten_digits()).unwrap();
    assert!(again.drafts.is_empty(), "{at}: the same file again changes nothing, but {:?}", again.changed);
}

/// The workbook has no columns for the school's number, days, way home and bars; of guardians it has two.
fn compare(register: &Register, child: &Child, want: &Value, at: &str) {
    let at = format!("{at}: {}", want["name"]);
    assert_eq!(Some(child.name.as_str()), want["name"].as_str(), "{at}");
    assert_eq!((Some(u64::from(child.grade)), child.class_no.map(u64::from)), (want["grade"].as_u64(), want["class_no"].as_u64()), "{at}");
    assert_eq!(child.enrolled, want["care"] == "是", "{at}");
    let note = want["note"].as_str().unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
    let (health, note) = if note.contains("过敏") { (Some(note), None) } else { (None, Some(note).filter(|n| !n.is_empty())) };
    assert_eq!((&child.health, &child.note), (&health, &note), "{at}");
    assert_eq!(child.student_no, None, "{at}: a school number that is an identity number is not kept");
    let listed: Vec<Value> =
        register.collectors(child.id).map(|c| serde_json::json!({ "name": c.name, "relation": c.relation, "phone": c.phone })).collect();
    let told: Vec<Value> = want["guardians"]
        .as_array()
        .unwrap()
        .iter()
        .take(2)
        .map(|g| serde_json::json!({ "name": g["name"], "relation": g["relation"], "phone": g["phone"] }))
        .collect();
    assert_eq!(listed, told, "{at}");
}

#[test]
fn twenty_two_children_in_disorder() {
    for file in ["roster_messy.xlsx", "roster_messy_nocache.xlsx", "roster_messy.xls"] {
        whole("n22", file);
    }
}

#[test]
fn five_hundred_children_in_disorder() {
    for file in ["roster_messy.xlsx", "roster_messy_nocache.xlsx", "roster_messy.xls"] {
        whole("n500", file);
    }
}

#[test]
fn ten_further_rooms_in_disorder() {
    for seed in 2..12 {
        let room = format!("seeds/s{seed}");
        whole(&room, "roster_messy.xlsx");
        whole(&room, "roster_messy.xls");
        let clean = planned(&data(&room).join("roster_gbk.csv"), &Register::default());
        let lost = clean.refused.len();
        assert_eq!(clean.added.len() + lost, 12, "{room}");
        assert!(clean.refused.iter().all(|r| r.reason == Reason::DamagedName && r.column == 2), "{room}: {:?}", clean.refused);
    }
}

#[test]
fn cards_without_their_zeros_are_asked_about_cell_by_cell() {
    for room in ["n22", "n500"] {
        let rows = rows(room);
        let plan = planned(&data(room).join("roster_messy.xlsx"), &Register::default());
        let asked: BTreeSet<(String, usize)> = plan
            .refused
            .iter()
            .filter(|r| r.reason == Reason::CardLostZeros(Some(10)))
            .inspect(|r| assert_eq!(r.column, 15))
            .map(|r| (r.place.sheet.to_string(), r.place.row))
            .collect();
        let changed: BTreeSet<&str> = of_kind(&rows, "duplicate_changed").iter().map(|r| r["child"].as_str().unwrap()).collect();
        let lost = of_kind(&rows, "child").into_iter().filter(|r| has(r, "card_number_leading_zeros_lost"));
        let lost: BTreeSet<_> = lost.filter(|r| !changed.contains(r["child"].as_str().unwrap())).map(place).collect();
        assert_eq!(asked, lost, "{room}");
        let said = plan.text(caredesk::texts::Lang::Zh, true, true);
        assert!(said.contains("（O9）：卡号存成了数字") && said.contains("--card-digits 10"), "{said}");
    }
}

#[test]
fn another_form_of_the_same_roster_changes_nothing() {
    for room in ["n22", "n500"] {
        let clean = data(room).join("roster_clean.xlsx");
        let register = after(&planned(&clean, &Register::default()), Register::default());
        for file in ["roster_messy.xlsx", "roster_messy_nocache.xlsx", "roster_messy.xls"] {
            // Without an answer: a card without its zeros is the one that the register has.
            let plan = planned(&data(room).join(file), &register);
            assert!(plan.drafts.is_empty() && plan.added.is_empty(), "{room}/{file}: {:?}", said(&plan));
            assert!(plan.refused.iter().all(|r| matches!(r.reason, Reason::ChildTwice(_))), "{room}/{file}: {:?}", plan.refused);
        }
    }
    let register = after(&planned(&data("n22").join("roster_utf8.csv"), &Register::default()), Register::default());
    let mut others: Vec<_> =
        ["odd", "layouts"].iter().flat_map(|d| std::fs::read_dir(data("n22").join(d)).unwrap()).map(|e| e.unwrap().path()).collect();
    others.sort();
    for file in others {
        if file.to_string_lossy().contains("only_names") || file.to_string_lossy().contains("tsv_named") || file.to_string_lossy().contains("utf16le")
        {
            continue; // names alone are no roster; the last is asked about below
        }
        let plan = planned(&file, &register);
        assert!(plan.drafts.is_empty(), "{}: {}", file.display(), said(&plan));
        // Two children of the class have one name: a form that has neither numbers nor phones cannot tell which is which.
        let namesakes = plan.refused.iter().filter(|r| r.reason == Reason::SeveralNamesakes).count();
        let tells = !["L02", "L06", "L10"].iter().any(|l| file.to_string_lossy().contains(l));
        assert_eq!((plan.unchanged + namesakes, plan.refused.len()), (22, namesakes), "{}: {}", file.display(), said(&plan));
        assert!(namesakes == 0 || (namesakes == 2 && !tells), "{}: {}", file.display(), said(&plan));
    }
}

fn said(plan: &Plan) -> String {
    crate::support::said(plan)
}

#[test]
fn a_file_without_headings_is_asked_about() {
    let file = data("n22").join("odd/utf16le_tab.txt");
    let columns = ["姓名", "卡号", "年级", "班级", "家长姓名", "家长电话", ""].map(str::to_owned).to_vec();
    let plan = asked(&file, &Register::default(), &Answers { columns, ..Answers::default() }).unwrap();
    assert!(plan.refused.is_empty(), "{:?}", plan.refused);
    let register = after(&plan, Register::default());
    let by_card: BTreeMap<&str, &Child> = register.cards().map(|c| (c.number.as_str(), register.child(c.child).unwrap())).collect();
    for want in truth("n22") {
        let child = by_card[want["card10"].as_str().unwrap()];
        assert_eq!((Some(child.name.as_str()), Some(u64::from(child.grade))), (want["name"].as_str(), want["grade"].as_u64()));
        let phones: Vec<_> = register.collectors(child.id).map(|c| c.phone.clone().unwrap()).collect();
        let told: Vec<_> = want["guardians"].as_array().unwrap().iter().map(|g| g["phone"].as_str().unwrap().to_owned()).collect();
        assert_eq!(phones, told, "{}", want["name"]);
    }
}

#[test]
fn the_bytes_say_what_a_file_is() {
    let dir = tempfile::tempdir().unwrap();
    for (name, like) in [("workbook.csv", "roster_messy.xlsx"), ("old.xlsx", "roster_messy.xls"), ("text.xls", "roster_gbk.csv")] {
        let copy = dir.path().join(name);
        std::fs::copy(data("n22").join(like), &copy).unwrap();
        let names = |file: &Path| asked(file, &Register::default(), &ten_digits()).unwrap().added;
        assert_eq!(names(&copy), names(&data("n22").join(like)), "{name}");
    }
}
