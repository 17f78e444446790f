//! Taking back an import as one (F043, F152): all of it, or nothing while something later rests on any of it.
//!
//! An import may hold thousands of entries and may lie days back, so it is not among the acts that a desk lists; a leader takes
//! the last one back from the command line.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::{barred, card_changed, made, rests_on};
use crate::domain::card::CardNumber;
use crate::domain::fact::{Draft, Entry, Fact, Seq, Thing};
use crate::domain::people::ChildId;
use crate::domain::register::Register;

/// The facts that take an import back on that day, the last first, and after them the bars that do not end with it
/// ([`barred::kept_in_undoing`]); `act` are its entries, `later` all entries after it. `Err` is the first later entry that rests on it.
///
/// # Errors
/// While something rests on it.
pub fn take_back(register: &Register, act: &[Entry], later: &[Entry], on: NaiveDate) -> Result<Vec<Draft>, Seq> {
    let undone: HashSet<Seq> = later.iter().filter_map(|l| if let Fact::Undone { seq, .. } = l.fact { Some(seq) } else { None }).collect();
    let brought: HashSet<Thing<'_>> = act.iter().filter_map(|e| made(&e.fact)).collect();
    let mut of_child: HashMap<ChildId, Vec<&Entry>> = HashMap::new();
    let mut of_card: HashMap<&CardNumber, Vec<&Entry>> = HashMap::new();
    let mut of_staff: Vec<&Entry> = Vec::new();
    for entry in act {
        if let Some(child) = entry.fact.child() {
            of_child.entry(child).or_default().push(entry);
        }
        if let Some(card) = card_changed(&entry.fact) {
            of_card.entry(card).or_default().push(entry);
        }
        if matches!(entry.fact, Fact::StaffSet { .. }) {
            of_staff.push(entry);
        }
    }
    for entry in later.iter().filter(|l| !undone.contains(&l.seq)) {
        if entry.things().iter().any(|thing| brought.contains(thing)) {
            return Err(entry.seq);
        }
        let child = entry.fact.child().and_then(|c| of_child.get(&c)).into_iter().flatten();
        let card = card_changed(&entry.fact).and_then(|c| of_card.get(c)).into_iter().flatten();
        if child.chain(card).chain(&of_staff).any(|earlier| rests_on(entry, earlier)) {
            return Err(entry.seq);
        }
    }
    let facts: Vec<&Fact> = act.iter().rev().map(|e| &e.fact).collect();
    let kept = barred::kept_in_undoing(register, &facts, on);
    Ok(act.iter().rev().map(|e| Fact::Undone { seq: e.seq, reason: None }).chain(kept).map(Draft::from).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::closing::{Matter, Outcome};
    use crate::domain::custody::Card;
    use crate::domain::fact::OfficeFact;
    use crate::domain::fact::{Account, CallPurpose, CallResult, Ground, Holder, Means, Taker};
    use crate::domain::people::{Child, Collector, CollectorId, HouseholdId, Right};
    use crate::domain::settings::Place;
    use crate::domain::staff::{Role, Staff, StaffId};
    use crate::domain::time::Moment;

    fn entry(seq: i64, fact: Fact) -> Entry {
        let at = Moment { ms: seq, offset_min: 480 };
        Entry { seq: Seq(seq), act: Seq(1), day: at.date(), at, entered_at: at, desk: String::new(), staff: None, fact }
    }

    fn child(id: i64, note: Option<&str>) -> Child {
        Child { note: note.map(str::to_owned), ..Child::new(ChildId(id), "张三", 3, HouseholdId(1)) }
    }

    /// A card that an act took out of use does not come back beside the one that took its place.
    #[test]
    fn a_card_does_not_come_back_beside_its_successor() {
        let card = |number: &str, child: i64| Card::new(CardNumber::new(number), ChildId(child), true);
        let live = card("453841", 1);
        let lost = Fact::CardLost { number: live.number.clone(), child: live.child, was: Box::new(live.clone()) };
        let at = Moment { ms: 0, offset_min: 480 };
        let void = Fact::CardSet { was: Some(Box::new(live.clone())), now: Box::new(live.expired(at)) };
        let brings = |card: Card| Fact::CardSet { was: None, now: Box::new(card) };
        for gone in [lost, void] {
            let gone = entry(1, gone);
            assert!(rests_on(&entry(2, brings(card("693691", 1))), &gone));
            assert!(!rests_on(&entry(2, brings(card("693691", 2))), &gone));
            assert!(!rests_on(&entry(2, brings(Card { kind: crate::domain::custody::CardKind::Day, ..card("693691", 1) })), &gone));
        }
    }

    /// One chip in another spelling is the card that would come back to who left the staff.
    #[test]
    fn who_left_does_not_come_back_to_a_card_that_another_has() {
        let was = Staff { card: Some(CardNumber::new("0007302202")), ..Staff::new(StaffId(7), "陈", Role::Duty) };
        let left = entry(1, Fact::StaffSet { was: Some(Box::new(was.clone())), now: Box::new(Staff { active: false, ..was }) });
        let other = |card: &str| Staff { card: Some(CardNumber::new(card)), ..Staff::new(StaffId(8), "林", Role::Duty) };
        for (card, rests) in [("0007302202", true), ("07302202", true), ("006F6C3A", true), ("0007302203", false)] {
            let joined = entry(2, Fact::StaffSet { was: None, now: Box::new(other(card)) });
            assert_eq!(rests_on(&joined, &left), rests, "{card}");
            let given = entry(2, Fact::CardSet { was: None, now: Box::new(Card::new(CardNumber::new(card), ChildId(1), false)) });
            assert_eq!(rests_on(&given, &left), rests, "{card}");
        }
    }

    /// A desk that was started after an import knows only its head: what the register was before is not taken back over it.
    #[test]
    fn an_act_of_the_register_rests_under_an_import_of_which_only_the_head_is_known() {
        let set = |n: i64, was: Option<&str>, now: Option<&str>| {
            let fact = Fact::ChildSet { was: Some(Box::new(child(n, was))), now: Box::new(child(n, now)) };
            Entry { act: Seq(2), ..entry(2, fact) }
        };
        let head = Entry { act: Seq(3), ..entry(3, Fact::Imported { file: "a.csv".to_owned(), added: 0, changed: 1 }) };
        let body = Entry { act: Seq(3), ..set(5, None, Some("z")) };
        let body = Entry { seq: Seq(4), ..body };
        let taken_back = Entry { act: Seq(5), ..entry(5, Fact::Undone { seq: Seq(3), reason: None }) };
        let register = crate::domain::register::Register::default();
        let settings = crate::domain::settings::Settings::default();
        let decided = |entries: &[&Entry]| {
            let mut day = crate::domain::day::Day::new(head.day, Vec::new());
            for entry in entries {
                day.apply(entry);
            }
            let room = crate::rules::Room { register: &register, day: &day, settings: &settings, desk: "", keeper: None };
            super::super::decide(room, Seq(2), None, head.at).objection
        };
        let changed = set(1, None, Some("x"));
        assert_eq!(decided(&[&changed]), None);
        assert_eq!(decided(&[&changed, &head]), Some(crate::rules::Objection::RestsOn(Seq(3))));
        assert_eq!(decided(&[&changed, &head, &body]), None, "a desk that saw all of it knows better");
        assert_eq!(decided(&[&changed, &head, &taken_back]), None);
    }

    #[test]
    fn all_of_an_import_or_nothing() {
        let added = Fact::ChildSet { was: None, now: Box::new(child(1, None)) };
        let changed = Fact::ChildSet { was: Some(Box::new(child(2, None))), now: Box::new(child(2, Some("x"))) };
        let staff = Fact::StaffSet { was: None, now: Box::new(Staff::new(StaffId(7), "陈", Role::Duty)) };
        let head = Fact::Imported { file: "a.csv".to_owned(), added: 1, changed: 1 };
        let mother = Collector::new(CollectorId(4), ChildId(2), 1, "李".to_owned(), "母亲".to_owned(), Right::Standing);
        let mother = Fact::CollectorSet { was: None, now: Box::new(mother) };
        let number = CardNumber::new("0004835001");
        let card = Fact::CardSet { was: None, now: Box::new(Card::new(number.clone(), ChildId(2), false)) };
        let act: Vec<Entry> = (1..).zip([head, added, changed, staff, mother, card]).map(|(n, f)| entry(n, f)).collect();
        let planned = |now: Vec<i64>| {
            let now = now.into_iter().map(StaffId).collect();
            Fact::Office(OfficeFact::DutyPlanned { date: Moment { ms: 0, offset_min: 480 }.date(), was: Vec::new(), now })
        };
        let listed = |staff: i64| {
            let person = Collector::new(CollectorId(9), ChildId(3), 1, "陈".to_owned(), "母亲".to_owned(), Right::Standing);
            Fact::CollectorSet { was: None, now: Box::new(Collector { staff: Some(StaffId(staff)), ..person }) }
        };
        let note = |child: i64| Fact::NoteLeft { child: ChildId(child), text: "y".to_owned() };
        let buddy_of = |id: i64, buddy: Option<i64>| {
            let was = child(id, None);
            Fact::ChildSet { now: Box::new(Child { buddy: buddy.map(ChildId), ..was.clone() }), was: Some(Box::new(was)) }
        };
        let place = Place::room;
        let arrived = |id: i64, card: Option<&CardNumber>, holder: Holder| Fact::Arrived {
            child: ChildId(id),
            card: card.cloned(),
            means: Means::Scanned,
            holder,
            place: place(),
            despite: None,
        };
        // A child that was on the register before, released to somebody who was as well.
        let released = |ground: Ground, taker: Taker| Fact::Released { child: ChildId(3), arrival: Seq(0), ground, taker, early: None, late: None };
        let called = |collector: i64| Fact::Called {
            child: ChildId(3),
            collector: CollectorId(collector),
            purpose: CallPurpose::Collector,
            result: CallResult::Yes,
            number: None,
        };
        let chased = |collector: i64| {
            let collector = CollectorId(collector);
            Fact::Account(Account::Chased { child: ChildId(3), collector, about: Matter::Pickup, outcome: Outcome::NoAnswer, again: None })
        };
        let cases = [
            (vec![], Ok(6)),
            (vec![entry(7, note(3))], Ok(6)),
            (vec![entry(7, note(2))], Ok(6)),
            (vec![entry(7, note(1))], Err(Seq(7))),
            (vec![entry(7, note(1)), entry(8, Fact::Undone { seq: Seq(7), reason: None })], Ok(6)),
            (vec![entry(7, Fact::PinTried { staff: StaffId(7) })], Err(Seq(7))),
            (vec![entry(7, planned(vec![6, 7]))], Err(Seq(7))),
            (vec![entry(7, planned(vec![6]))], Ok(6)),
            (vec![entry(7, listed(7))], Err(Seq(7))),
            (vec![entry(7, listed(6))], Ok(6)),
            (vec![Entry { staff: Some(StaffId(7)), ..entry(7, note(3)) }], Err(Seq(7))),
            (vec![entry(7, buddy_of(3, Some(1)))], Err(Seq(7))),
            (vec![entry(7, buddy_of(3, Some(2)))], Ok(6)),
            (vec![entry(7, arrived(2, Some(&number), Holder::Nobody))], Err(Seq(7))),
            (vec![entry(7, arrived(2, None, Holder::Named(CollectorId(4))))], Err(Seq(7))),
            (vec![entry(7, released(Ground::Card { number: number.clone() }, Taker::Itself))], Err(Seq(7))),
            (
                vec![entry(7, released(Ground::OnSite { place: place(), card: Some(number.clone()), call: Some(CallResult::Yes) }, Taker::Itself))],
                Err(Seq(7)),
            ),
            (vec![entry(7, released(Ground::StaffParent { staff: StaffId(7) }, Taker::Itself))], Err(Seq(7))),
            (vec![entry(7, Fact::Office(OfficeFact::CardFound { number: number.clone() }))], Err(Seq(7))),
            (
                vec![entry(7, Fact::Office(OfficeFact::RackCounted { counted: 1, expected: 2, missing: vec![number.clone()], reason: None }))],
                Err(Seq(7)),
            ),
            (vec![entry(7, Fact::Office(OfficeFact::RackCounted { counted: 2, expected: 2, missing: vec![], reason: None }))], Ok(6)),
            (vec![entry(7, called(4))], Err(Seq(7))),
            (vec![entry(7, called(5))], Ok(6)),
            (vec![entry(7, chased(4))], Err(Seq(7))),
            (vec![entry(7, Fact::Office(OfficeFact::PhraseTried { child: ChildId(2), collector: CollectorId(4), right: true }))], Err(Seq(7))),
            (vec![entry(7, Fact::ChildSet { was: Some(Box::new(child(2, Some("x")))), now: Box::new(child(2, None)) })], Err(Seq(7))),
        ];
        for (later, want) in cases {
            assert_eq!(take_back(&Register::default(), &act, &later, act[0].day).map(|d| d.len()), want, "{later:?}");
        }
        let drafts = take_back(&Register::default(), &act, &[], act[0].day).unwrap_or_default();
        assert_eq!(drafts[0].fact, Fact::Undone { seq: Seq(6), reason: None }, "the last comes first");
    }
}
