//! `caredesk erase --cards`: whose cards are due, what is asked, and what is said of them.

use caredesk::domain::card::CardNumber;
use caredesk::domain::custody::{Card, CardState};
use caredesk::domain::fact::{Draft, Fact};
use caredesk::domain::people::{Child, ChildId, HouseholdId, Role, Staff, StaffId};
use caredesk::domain::time::Moment;
use caredesk::shell::clock::Clock;
use caredesk::shell::pin;
use caredesk::store::{Kind, Recorded, Stamp, Store};

use super::{PIN, PathBuf, Value, erase, folder, holds, one_sentence, run, run_with};

const DAY: i64 = 86_400;
/// Of the three children: who left 91 days ago, who left 90 days ago, who comes; and of staff.
const CARDS: [&str; 3] = ["30405060", "31415926", "27182818"];
const OF_STAFF: [&str; 2] = ["66001122", "77001133"];

fn add(store: &mut Store, drafts: &[Draft], now: Moment) {
    let seen = store.head().unwrap();
    let stamp = Stamp { now, desk: "desk-1".into(), staff: None };
    assert!(matches!(store.record(seen, drafts, &stamp).unwrap(), Recorded::Done(_)));
}

fn staff(id: i64, name: &str, card: Option<&str>) -> Staff {
    Staff { card: card.map(CardNumber::new), ..Staff::new(StaffId(id), name, Role::Duty) }
}

fn set(was: Option<&Staff>, now: &Staff) -> Draft {
    Fact::StaffSet { was: was.cloned().map(Box::new), now: Box::new(now.clone()) }.into()
}

/// Children with a school's own cards, and two of staff who left on the same days as two of them.
fn lived() -> (tempfile::TempDir, PathBuf) {
    let (dir, data) = folder();
    let noon = Clock::Wall.now().start_of_day().plus_seconds(DAY / 2);
    let before = |days: i64| noon.plus_seconds(-days * DAY);
    let mut store = Store::open(&data, Kind::Real, true).unwrap();
    let leader = Staff { pin: Some(pin::hash("572406").unwrap()), role: Role::Leader, ..staff(1, "何主任", None) };
    let (long, late) = (staff(2, "方早", Some(OF_STAFF[0])), staff(3, "丁晚", Some(OF_STAFF[1])));
    add(&mut store, &[set(None, &leader), set(None, &long), set(None, &late)], before(200));
    let child = |n: i64| Child::new(ChildId(n), ["甲早离", "乙晚离", "丙在册"][usize::try_from(n - 1).unwrap()], 4, HouseholdId(n));
    let card = |n: i64| Card::new(CardNumber::new(CARDS[usize::try_from(n - 1).unwrap()]), ChildId(n), false);
    let changed = |was: Option<Child>, now: Child| -> Draft { Fact::ChildSet { was: was.map(Box::new), now: Box::new(now) }.into() };
    for n in 1..=3 {
        let given = Fact::CardSet { was: None, now: Box::new(card(n)) };
        add(&mut store, &[changed(None, child(n)), given.into()], before(150));
    }
    for (n, person, days) in [(1, &long, 91), (2, &late, 90)] {
        let gone = Child { enrolled: false, withdrawn_on: Some(before(days).date()), ..child(n) };
        let dead = Card { state: CardState::Expired { at: before(days) }, ..card(n) };
        let expires = Fact::CardSet { was: Some(Box::new(card(n))), now: Box::new(dead) };
        let leaves = set(Some(person), &Staff { active: false, ..person.clone() });
        add(&mut store, &[changed(Some(child(n)), gone), expires.into(), leaves], before(days));
    }
    for (days, was, note) in [(60, None, "一"), (20, Some("一"), "二")] {
        let noted = |note: Option<&str>| Child { note: note.map(str::to_owned), ..child(3) };
        add(&mut store, &[changed(Some(noted(was)), noted(Some(note)))], before(days));
    }
    store.close().unwrap();
    (dir, data)
}

#[test]
fn whose_cards_are_due_is_listed_first_and_they_go_when_a_leader_agrees() {
    let (_dir, data) = lived();
    // It is said where somebody looks, and nothing has gone.
    let due = erase(&data, &["--due"]);
    assert!(due.status == 0 && due.out.contains("2 人") && due.out.contains("caredesk erase --cards"), "{} {}", due.out, due.err);
    let health = run(&data, &["doctor"]).out;
    assert!(health.lines().any(|line| line.starts_with("NOT") && line.contains("caredesk erase --cards")), "{health}");
    let refused = run(&data, &["erase", "--cards"]);
    assert_eq!(refused.status, 1);
    one_sentence(&refused);
    let list = erase(&data, &["--cards", "--dry-run", "--yes"]);
    assert_eq!(list.status, 0, "{}", list.err);
    assert!(list.out.contains("甲早离（编号 1）") && list.out.contains("1 张卡，2 条") && list.out.contains("方早（教职工）"), "{}", list.out);
    assert!(["乙晚离", "丙在册", "丁晚"].iter().all(|name| !list.out.contains(name)), "{}", list.out);
    let asked = erase(&data, &["--cards"]);
    assert!(asked.status == 1 && asked.err.contains("--yes"), "{}", asked.err);
    assert!(CARDS.iter().all(|number| holds(&data, number)), "nothing has gone");
    std::fs::create_dir(data.join("backups")).unwrap();
    std::fs::write(data.join("backups/caredesk-20260101-180000.age"), "x").unwrap();
    let done = erase(&data, &["--cards", "--yes"]);
    assert!(done.status == 0 && done.out.contains("已删除 2 人的卡") && done.out.contains("1 份更早的备份"), "{} {}", done.out, done.err);
    assert!(!holds(&data, CARDS[0]) && holds(&data, CARDS[1]) && holds(&data, CARDS[2]) && holds(&data, "甲早离"));
    let shown = run_with(&data, &["staff", "list", "--pin-stdin"], PIN);
    assert!(!shown.out.contains(OF_STAFF[0]), "{} {}", shown.out, shown.err);
    let report: Value = serde_json::from_str(&run(&data, &["verify", "--json"]).out).unwrap();
    assert_eq!(report["ok"], true, "{report}");
    let none = erase(&data, &["--cards", "--yes"]);
    assert!(none.status == 0 && none.out.contains("没有离开满 90 天"), "{}", none.out);
    assert!(!erase(&data, &["--due"]).out.contains("--cards"));
    let health = run(&data, &["doctor"]).out;
    assert!(health.lines().any(|line| line.starts_with("OK") && line.contains("没有超过保存期")), "{health}");
    // One child's record says so, on paper and for programs.
    for file in ["r.html", "r.json"] {
        let at = data.join(file).to_string_lossy().into_owned();
        assert_eq!(run_with(&data, &["export", "child", "甲早离", "--out", &at, "--pin-stdin"], PIN).status, 0);
        let text = std::fs::read_to_string(&at).unwrap();
        assert!(text.contains("cards_forgotten") || text.contains("不再保存离开者的卡"), "{file}: {text}");
        assert!(!text.contains(CARDS[0]), "{file}: {text}");
    }
    let english = run_with(&data, &["--lang", "en", "erase", "--cards", "--dry-run", "--pin-stdin"], PIN);
    assert!(english.out.contains("more than 90 days ago"), "{}", english.out);
}

/// Who was erased has no cards that are due.
#[test]
fn who_was_erased_has_no_cards_that_are_due() {
    let (_dir, data) = lived();
    assert!(erase(&data, &["--due"]).out.contains("2 人"));
    let one = erase(&data, &["甲早离", "--yes"]);
    assert_eq!(one.status, 0, "{}", one.err);
    assert!(erase(&data, &["--due"]).out.contains("1 人"));
}
