//! Cards of who has left are not kept any more: in no byte of the files, and the record stays whole (F172, PIPL art. 19).

use std::fs;
use std::path::Path;

use caredesk::domain::custody::{Card, CardState, Custody};
use caredesk::domain::fact::{CardsOf, Draft, Fact, OfficeFact, Seq};
use caredesk::domain::people::{Child, ChildId, Role, Staff, StaffId};
use caredesk::store::{Kind, Store};

use super::world::*;

const DAY: i64 = 86_400;
/// A school's own cards: of child 1, first of child 1 and then of child 2, of child 2.
const OF_ONE: &str = "30405060";
const GIVEN_ON: &str = "31415926";
const OF_TWO: &str = "27182818";

fn forgotten(of: CardsOf, spent: &[&str]) -> Draft {
    Fact::Office(OfficeFact::CardsForgotten { of, spent: spent.iter().map(|n| number(n)).collect() }).into()
}

fn of(child: i64) -> CardsOf {
    CardsOf::Child(ChildId(child))
}

fn set(was: Option<&Card>, now: &Card) -> Draft {
    Fact::CardSet { was: was.cloned().map(Box::new), now: Box::new(now.clone()) }.into()
}

fn school(text: &str, child: i64) -> Card {
    Card::new(number(text), ChildId(child), false)
}

fn over(card: &Card, seconds: i64) -> Card {
    Card { state: CardState::Expired { at: at(seconds) }, ..card.clone() }
}

/// Child 1 loses its card, under a clock an hour wrong, gets another one that goes about and is taken back once, and has a school's own
/// card; another of these goes to child 2. Then it leaves.
fn lived(dir: &Path) -> Store {
    let mut store = Store::open(dir, Kind::Real, true).unwrap();
    add(&mut store, &roster(), 0);
    let lost = Fact::CardLost { number: number(CARDS[0]), child: ChildId(1), was: Box::new(card(1)) };
    let lost = add(&mut store, &[lost.into()], DAY);
    let by = Fact::Redated { from: lost, to: lost, by_ms: -3_600_000, reason: "快一小时".into(), approver: StaffId(1) };
    add(&mut store, &[by.into()], DAY + 10);
    let mine = add(&mut store, &[set(None, &school(OF_ONE, 1))], DAY + 20);
    add(&mut store, &[undone(mine.0)], DAY + 21);
    add(&mut store, &[set(None, &school(OF_ONE, 1))], DAY + 22);
    for (was, now) in [(Custody::Rack, Custody::Holder), (Custody::Holder, Custody::Rack)] {
        add(&mut store, &[Fact::CardMoved { number: number(OF_ONE), child: ChildId(1), was, now }.into()], DAY + 30);
    }
    let other = school(GIVEN_ON, 1);
    add(&mut store, &[set(None, &other)], DAY + 40);
    add(&mut store, &[set(Some(&other), &over(&other, DAY + 41))], DAY + 41);
    add(&mut store, &[set(Some(&over(&other, DAY + 41)), &school(GIVEN_ON, 2))], DAY + 42);
    add(&mut store, &[set(None, &school(OF_TWO, 2))], DAY + 43);
    leaves(&mut store, 1, 2 * DAY);
    store
}

fn leaves(store: &mut Store, id: i64, seconds: i64) {
    let gone = Child { enrolled: false, withdrawn_on: Some(at(seconds).date()), ..child(id) };
    add(store, &[Fact::ChildSet { was: Some(Box::new(child(id))), now: Box::new(gone) }.into()], seconds);
}

fn holds(dir: &Path, text: &str) -> bool {
    let mut files = fs::read_dir(dir).unwrap().map(|f| f.unwrap().path()).filter(|path| path.is_file());
    files.any(|path| fs::read(path).unwrap().windows(text.len()).any(|w| w == text.as_bytes()))
}

#[test]
fn the_cards_of_who_left_are_in_no_byte_of_the_files_and_the_record_stays_whole() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = lived(dir.path());
    let before = store.entries_between(Seq(1), Seq(9999)).unwrap();
    let (due, last) = store.cards_due(ChildId(1)).unwrap();
    assert_eq!((due, last), (8, Some(at(DAY + 41).ms)));
    let said = store.entries_about(ChildId(1)).unwrap();
    add(&mut store, &[forgotten(of(1), &[CARDS[0]])], 99 * DAY);
    assert!(store.wipe().unwrap());
    assert!(!holds(dir.path(), OF_ONE) && holds(dir.path(), OF_TWO) && holds(dir.path(), GIVEN_ON));
    // Nothing else of the child has gone, and nothing of anybody else.
    let mut after = store.entries_between(Seq(1), Seq(9999)).unwrap();
    assert_eq!(after.pop().unwrap().fact.child(), Some(ChildId(1)));
    let is_gone = |fact: &Fact| fact.is_of_cards() && fact.child() == Some(ChildId(1));
    assert_eq!(after, before.into_iter().filter(|e| !is_gone(&e.fact)).collect::<Vec<_>>());
    assert_eq!(store.cards_due(ChildId(1)).unwrap(), (0, None));
    // That it was done is no reason to keep the child for longer.
    assert!(said.1.unwrap().1 >= store.entries_about(ChildId(1)).unwrap().1.unwrap().1);
    assert_eq!(store.verify().problems, []);
    store.close().unwrap();
    let mut store = Store::open(dir.path(), Kind::Real, false).unwrap();
    let register = store.load(at(99 * DAY + 5)).unwrap().register;
    assert!(register.cards_of(ChildId(1)).is_empty() && register.child(ChildId(1)).is_some());
    assert_eq!(register.cards_of(ChildId(2)).len(), 3);
    assert!(register.is_spent(&number(CARDS[0])) && !register.is_spent(&number(OF_ONE)));
    // Of an earlier moment everybody else has the cards of then, and what was given on stands with whom it went to.
    let then = store.past_at(at(DAY + 41), None).unwrap().register;
    let numbers = |child| then.cards_of(ChildId(child)).iter().map(|card| card.number.clone()).collect::<Vec<_>>();
    assert_eq!((numbers(1), numbers(2)), (vec![number(GIVEN_ON)], vec![number(CARDS[1])]));
    // It comes back, gets the school's card once more, leaves again, and is erased in the end.
    add(
        &mut store,
        &[Fact::ChildSet { was: Some(Box::new(register.child(ChildId(1)).unwrap().clone())), now: Box::new(child(1)) }.into()],
        100 * DAY,
    );
    add(&mut store, &[set(None, &school(OF_ONE, 1))], 100 * DAY + 1);
    assert_eq!((store.verify().problems, store.cards_due(ChildId(1)).unwrap().0), (vec![], 1));
    leaves(&mut store, 1, 101 * DAY);
    add(&mut store, &[forgotten(of(1), &[])], 200 * DAY);
    assert!(store.wipe().unwrap() && !holds(dir.path(), OF_ONE));
    assert_eq!(store.verify().problems, []);
    add(&mut store, &[Fact::Office(OfficeFact::Erased { child: ChildId(1), spent: vec![] }).into()], 200 * DAY + 1);
    assert_eq!(store.verify().problems, []);
    assert!(store.load(at(201 * DAY)).unwrap().register.is_spent(&number(CARDS[0])));
    let copy = tempfile::tempdir().unwrap();
    store.copy_into(copy.path()).unwrap();
    assert_eq!(Store::open_read_only(copy.path()).unwrap().verify().problems, []);
}

/// A card that went from one to the other goes with whoever had it last, in whichever order they go.
#[test]
fn a_card_that_was_given_on_goes_with_who_had_it_last() {
    for order in [vec![1], vec![2], vec![1, 2], vec![2, 1]] {
        let dir = tempfile::tempdir().unwrap();
        let mut store = lived(dir.path());
        leaves(&mut store, 2, 3 * DAY);
        for child in &order {
            add(&mut store, &[forgotten(of(*child), &[])], 99 * DAY);
            assert_eq!(store.verify().problems, [], "{order:?}");
        }
        assert!(store.wipe().unwrap());
        let whose = store.load(at(99 * DAY + 5)).unwrap().register.card(&number(GIVEN_ON)).map(|card| card.child);
        assert_eq!(whose, (order == [1]).then_some(ChildId(2)), "{order:?}");
        assert_eq!(holds(dir.path(), GIVEN_ON), order.len() == 1, "{order:?}");
    }
}

/// A text about a card that is gone without an entry that covers it is damage: of another child, of another kind, entered afterwards.
#[test]
fn a_text_about_a_card_that_no_entry_lets_go_is_missing() {
    for (sql, sound) in [
        ("UPDATE journal SET body = NULL WHERE seq = (SELECT max(seq) FROM journal WHERE kind = 'card_set' AND child = 2)", false),
        ("UPDATE journal SET body = NULL WHERE seq = (SELECT min(seq) FROM journal WHERE kind = 'collector_set' AND child = 1)", false),
        ("UPDATE journal SET body = NULL WHERE seq = (SELECT max(seq) FROM journal WHERE kind = 'card_set')", false),
        ("UPDATE journal SET body = NULL WHERE kind = 'cards_forgotten'", false),
        ("DELETE FROM spent_card", false),
        ("SELECT 1", true),
    ] {
        let dir = tempfile::tempdir().unwrap();
        let mut store = lived(dir.path());
        add(&mut store, &[forgotten(of(1), &[CARDS[0]])], 99 * DAY);
        add(&mut store, &[set(None, &school(OF_ONE, 1))], 100 * DAY);
        store.close().unwrap();
        let conn = rusqlite::Connection::open(dir.path().join(caredesk::store::FILE)).unwrap();
        conn.execute_batch(sql).unwrap();
        conn.close().unwrap();
        let report = Store::open_read_only(dir.path()).unwrap().verify();
        assert_eq!(report.is_sound(), sound, "{sql}: {report:?}");
    }
}

/// Of staff the card goes from the record, and when they left is when they last ceased to work here.
#[test]
fn of_staff_the_card_goes_and_the_record_says_when_they_left() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::open(dir.path(), Kind::Real, true).unwrap();
    add(&mut store, &roster(), 0);
    let active = |id: i64, active| Staff {
        active,
        card: Some(number(["989123", "770011", "660022"][usize::try_from(id - 1).unwrap()])),
        ..Staff::new(StaffId(id), "方", Role::Duty)
    };
    let staff = |id, was: Option<bool>, now| -> Draft {
        Fact::StaffSet { was: was.map(|was| Box::new(active(id, was))), now: Box::new(active(id, now)) }.into()
    };
    add(&mut store, &[staff(2, None, true), staff(3, None, false)], DAY);
    for (seconds, was, now) in [(2, true, false), (3, false, false), (4, false, true), (5, true, false), (6, false, false)] {
        add(&mut store, &[staff(2, Some(was), now)], seconds * DAY);
    }
    let left = add(&mut store, &[staff(1, Some(true), false)], 7 * DAY);
    add(&mut store, &[undone(left.0)], 7 * DAY + 1);
    let left = store.staff_left().unwrap();
    assert_eq!(left.into_iter().map(|(id, at)| (id.0, at.ms)).collect::<Vec<_>>(), [(2, at(5 * DAY).ms), (3, at(DAY).ms)]);
    add(&mut store, &[staff(3, Some(false), true)], 8 * DAY);
    assert_eq!(store.staff_left().unwrap().into_keys().collect::<Vec<_>>(), [StaffId(2)], "who came back works here");
    add(&mut store, &[forgotten(CardsOf::Staff(StaffId(2)), &[])], 99 * DAY);
    let register = store.load(at(99 * DAY + 1)).unwrap().register;
    assert_eq!(register.staff().map(|s| s.card.is_some()).collect::<Vec<_>>(), [true, false, true]);
    assert_eq!(store.verify().problems, []);
}
