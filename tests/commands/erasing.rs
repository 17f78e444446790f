//! `caredesk erase`: who is due, who is not, what is asked, and what remains to be said.

use caredesk::domain::card::CardNumber;
use caredesk::domain::custody::{Card, CardState};
use caredesk::domain::fact::{Draft, Fact};
use caredesk::domain::people::{Child, ChildId, Collector, CollectorId, HouseholdId, Right, Role, Staff, StaffId};
use caredesk::domain::time::Moment;
use caredesk::shell::clock::Clock;
use caredesk::shell::pin;
use caredesk::store::{Kind, Recorded, Stamp, Store};

use super::{PIN, PathBuf, Value, erase, folder, holds, one_sentence, run, run_with};

const DAY: i64 = 86_400;

fn add(store: &mut Store, drafts: &[Draft], now: Moment) {
    let seen = store.head().unwrap();
    let stamp = Stamp { now, desk: "desk-1".into(), staff: None };
    assert!(matches!(store.record(seen, drafts, &stamp).unwrap(), Recorded::Done(_)));
}

fn set(was: Option<Child>, now: Child) -> Draft {
    Fact::ChildSet { was: was.map(Box::new), now: Box::new(now) }.into()
}

/// Three children: 甲去年 left four years ago, 乙上月 last month, 丙在册 is enrolled.
fn lived() -> (tempfile::TempDir, PathBuf) {
    let (dir, data) = folder();
    let now = Clock::Wall.now();
    let before = |days: i64| now.plus_seconds(-days * DAY);
    let mut store = Store::open(&data, Kind::Real, true).unwrap();
    let leader = Staff { pin: Some(pin::hash("572406").unwrap()), ..Staff::new(StaffId(1), "何主任", Role::Leader) };
    add(&mut store, &[Fact::StaffSet { was: None, now: Box::new(leader) }.into()], before(1800));
    for (n, name, left) in [(1, "甲去年", Some(1500)), (2, "乙上月", Some(30)), (3, "丙在册", None)] {
        let child = Child::new(ChildId(n), name, 4, HouseholdId(n));
        let phone = Some(format!("1397777000{n}"));
        let mother = Collector { phone, ..Collector::new(CollectorId(n), ChildId(n), 1, format!("{name}妈"), "母亲", Right::Standing) };
        let card = Card::new(CardNumber::new(["453841", "693691", "779093"][usize::try_from(n - 1).unwrap()]), ChildId(n), true);
        let at = before(left.unwrap_or(20) + 5);
        let at = if n == 1 { at } else { at.max(before(60)) };
        add(&mut store, &[set(None, child.clone()), Fact::CollectorSet { was: None, now: Box::new(mother) }.into()], at);
        add(&mut store, &[Fact::CardSet { was: None, now: Box::new(card.clone()) }.into()], at);
        if let Some(left) = left {
            let gone = Child { enrolled: false, withdrawn_on: Some(before(left).date()), ..child.clone() };
            let dead = Card { state: CardState::Expired { at: before(left) }, ..card.clone() };
            add(&mut store, &[set(Some(child), gone), Fact::CardSet { was: Some(Box::new(card)), now: Box::new(dead) }.into()], before(left));
        }
    }
    store.close().unwrap();
    (dir, data)
}

#[test]
fn whose_record_is_due_is_listed_first_and_erased_when_a_leader_agrees() {
    let (_dir, data) = lived();
    let refused = run(&data, &["erase", "--due"]);
    assert_eq!(refused.status, 1, "{}", refused.err);
    one_sentence(&refused);
    let list = erase(&data, &["--due", "--dry-run"]);
    assert_eq!(list.status, 0, "{}", list.err);
    assert!(!list.out.contains("--cards"), "whose cards go with the record needs no word about them: {}", list.out);
    assert!(list.out.contains("甲去年") && !list.out.contains("乙上月") && !list.out.contains("丙在册"), "{}", list.out);
    let asked = erase(&data, &["--due"]);
    assert_eq!(asked.status, 1);
    assert!(asked.err.contains("--yes"), "{}", asked.err);
    assert!(holds(&data, "甲去年") && holds(&data, "13977770001"));
    std::fs::write(data.join("caredesk.db.before-1"), "x").unwrap();
    std::fs::create_dir(data.join("backups")).unwrap();
    std::fs::write(data.join("backups/caredesk-20260101-180000.age"), "x").unwrap();
    let done = erase(&data, &["--due", "--yes"]);
    assert_eq!(done.status, 0, "{}", done.err);
    assert!(done.out.contains("caredesk.db.before-1") && done.out.contains("1 份更早的备份"), "{}", done.out);
    assert!(!holds(&data, "甲去年") && !holds(&data, "13977770001") && holds(&data, "乙上月"));
    let report: Value = serde_json::from_str(&run(&data, &["verify", "--json"]).out).unwrap();
    assert_eq!(report["ok"], true, "{report}");
    let none = erase(&data, &["--due", "--yes"]);
    assert_eq!(none.status, 0);
    assert!(none.out.contains("没有"), "{}", none.out);
    // The month that the school keeps records is its own.
    assert!(erase(&data, &["--due", "--years", "1", "--dry-run"]).out.contains("没有"));
    assert_eq!(erase(&data, &["--wipe"]).status, 0);
}

#[test]
fn one_child_is_named_and_who_is_enrolled_is_not_erased() {
    let (_dir, data) = lived();
    for (who, says) in [("丙在册", "先退出"), ("丁没有", "丁没有"), ("", "")] {
        let refused = erase(&data, &[who, "--yes"]);
        assert_eq!(refused.status, 1, "{who}: {}", refused.out);
        one_sentence(&refused);
        assert!(refused.err.contains(says), "{who}: {}", refused.err);
    }
    let done = erase(&data, &["乙上月", "--yes"]);
    assert_eq!(done.status, 0, "{}", done.err);
    assert!(!holds(&data, "乙上月") && !holds(&data, "13977770002") && holds(&data, "甲去年"));
    // The card may be in a drawer: its number is given to nobody.
    let given = run_with(&data, &["cards", "issue", "丙在册", "--pin-stdin"], PIN);
    assert!(!given.out.contains("693691"), "{}", given.out);
    let english = run_with(&data, &["--lang", "en", "erase", "甲去年", "--dry-run", "--pin-stdin"], PIN);
    assert!(english.out.contains("What stays"), "{}", english.out);
}
