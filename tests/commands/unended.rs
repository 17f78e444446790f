//! Whoever is killed between an erasure and the writing anew of the file has not erased it yet: the next `caredesk erase` ends it.

use caredesk::domain::card::CardNumber;
use caredesk::domain::custody::{Card, CardState};
use caredesk::domain::fact::{CardsOf, Draft, Fact, OfficeFact};
use caredesk::domain::people::{Child, ChildId, HouseholdId, Role, Staff, StaffId};
use caredesk::domain::time::Moment;
use caredesk::shell::clock::Clock;
use caredesk::shell::pin;
use caredesk::store::{Kind, Recorded, Stamp, Store};

use super::{PathBuf, Value, erase, folder, holds, run};

const DAY: i64 = 86_400;
const CHILD: ChildId = ChildId(1);
/// The child's name, a note of a day, a school's own card.
const SAID: [&str; 3] = ["擦除甲", "擦除便条", "30405060"];

fn add(store: &mut Store, drafts: &[Draft], now: Moment) {
    let seen = store.head().unwrap();
    let stamp = Stamp { now, desk: "desk-1".into(), staff: None };
    assert!(matches!(store.record(seen, drafts, &stamp).unwrap(), Recorded::Done(_)));
}

/// A store as somebody leaves it who is killed right after that was recorded.
fn killed_after(erasing: OfficeFact) -> (tempfile::TempDir, PathBuf) {
    let (dir, data) = folder();
    let before = |days: i64| Clock::Wall.now().plus_seconds(-days * DAY);
    let mut store = Store::open(&data, Kind::Real, true).unwrap();
    let leader = Staff { pin: Some(pin::hash("572406").unwrap()), ..Staff::new(StaffId(1), "何主任", Role::Leader) };
    add(&mut store, &[Fact::StaffSet { was: None, now: Box::new(leader) }.into()], before(60));
    let gone = Child { enrolled: false, withdrawn_on: Some(before(60).date()), ..Child::new(CHILD, SAID[0], 4, HouseholdId(1)) };
    let card = Card { state: CardState::Expired { at: before(60) }, ..Card::new(CardNumber::new(SAID[2]), CHILD, false) };
    let there = Fact::ChildSet { was: None, now: Box::new(gone) };
    add(&mut store, &[there.into(), Fact::CardSet { was: None, now: Box::new(card) }.into()], before(60));
    add(&mut store, &[Fact::NoteLeft { child: CHILD, text: SAID[1].into() }.into()], before(50));
    store.close().unwrap();
    let mut store = Store::open(&data, Kind::Real, false).unwrap();
    assert!(!store.is_to_be_wiped().unwrap());
    add(&mut store, &[Fact::Office(erasing).into()], before(0));
    assert!(store.is_to_be_wiped().unwrap());
    store.close().unwrap();
    (dir, data)
}

#[test]
fn the_next_erase_of_whatever_sort_ends_what_was_not_ended() {
    let until = Clock::Wall.now().plus_seconds(-40 * DAY).date();
    for (erasing, goes) in [
        (OfficeFact::Erased { child: CHILD, spent: vec![] }, &SAID[..]),
        (OfficeFact::DaysForgotten { until }, &SAID[1..2]),
        (OfficeFact::CardsForgotten { of: CardsOf::Child(CHILD), spent: vec![] }, &SAID[2..]),
    ] {
        for next in [&["--due", "--yes"][..], &["--days", "--yes"], &["--cards", "--yes"], &["没有这个人", "--yes"], &["--wipe"]] {
            let (_dir, data) = killed_after(erasing.clone());
            // It is said where somebody looks, and a list changes nothing.
            let list = erase(&data, &["--due", "--dry-run"]);
            assert!(list.out.contains("caredesk erase --wipe"), "{erasing:?} {next:?}: {}", list.out);
            let health = run(&data, &["doctor"]).out;
            assert!(health.lines().any(|line| line.starts_with("NOT") && line.contains("caredesk erase --wipe")), "{health}");
            let ran = erase(&data, next);
            assert!(ran.out.contains("重写"), "{erasing:?} {next:?}: {} {}", ran.out, ran.err);
            for text in SAID {
                assert_eq!(holds(&data, text), !goes.contains(&text), "{erasing:?} {next:?}: {text}");
            }
            let report: Value = serde_json::from_str(&run(&data, &["verify", "--json"]).out).unwrap();
            assert_eq!(report["ok"], true, "{report}");
            assert!(!erase(&data, &["--due", "--dry-run"]).out.contains("--wipe"), "{erasing:?} {next:?}");
            let health = run(&data, &["doctor"]).out;
            assert!(!health.lines().any(|line| line.starts_with("NOT") && line.contains("caredesk erase --wipe")), "{health}");
        }
    }
}
