//! Start-up equals the live desk, over days, with things taken back; and time travel.

use std::collections::BTreeSet;

use caredesk::domain::custody::{Card, CardState, Custody};
use caredesk::domain::day::{Day, Presence};
use caredesk::domain::fact::{Draft, Entry, Fact, HoldAnswer, Holder, LeaveReason, OfficeFact, Seq};
use caredesk::domain::people::{Child, ChildId, CollectorId, StaffId};
use caredesk::domain::register::Register;
use caredesk::domain::settings::Place;
use caredesk::store::{Recorded, Store};

use super::world::*;

fn of_register(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::ChildSet { .. }
            | Fact::CollectorSet { .. }
            | Fact::CardSet { .. }
            | Fact::CardLost { .. }
            | Fact::CardMoved { .. }
            | Fact::StaffSet { .. }
    )
}

const DAY: i64 = 86_400;

/// Numbers that look random and are the same every time.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, sides: i64) -> i64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        i64::try_from(self.0 >> 33).unwrap() % sides
    }
}

/// A desk that never stops: it folds what it records.
struct Live {
    register: Register,
    day: Day,
    journal: Vec<Entry>,
}

impl Live {
    fn apply(&mut self, entries: Vec<Entry>) {
        for entry in entries {
            self.register.apply_with(&entry, |seq| self.journal.iter().find(|e| e.seq == seq));
            self.day.apply(&entry);
            self.journal.push(entry);
        }
    }

    fn something(&self, dice: &mut Dice) -> Vec<Draft> {
        let id = 1 + dice.roll(5);
        let child = ChildId(id);
        let open = match self.day.state().presence(child) {
            Presence::In(visit) | Presence::Out(visit, _) => Some(visit.arrival),
            Presence::NotHere | Presence::Gone(..) => None,
        };
        let place = Place::new(["room", "field", "library"][usize::try_from(dice.roll(3)).unwrap()]);
        let custody = [Custody::Rack, Custody::Holder][usize::try_from(dice.roll(2)).unwrap()];
        let was = self.register.card(&card(id).number).unwrap().clone();
        let moved = Fact::CardMoved { number: was.number.clone(), child, was: was.custody, now: custody }.into();
        let held = self.day.state().child(child).is_some_and(|day| day.held.is_some());
        match (dice.roll(13), open) {
            (11, _) if was.state == CardState::Live => {
                vec![Fact::CardLost { number: was.number.clone(), child, was: Box::new(was) }.into()]
            }
            (11, _) => {
                let now = Card { state: CardState::Live, custody, ..was.clone() };
                vec![Fact::CardSet { was: Some(Box::new(was)), now: Box::new(now) }.into()]
            }
            (12, _) if was.state == CardState::Live => vec![moved],
            (0..2, Some(_)) if held => vec![Fact::HoldDecided { child, how: HoldAnswer::Left, approver: StaffId(1) }.into()],
            (10, _) => vec![Fact::HeldBack { child }.into()],
            (0..4, None) => std::iter::once(arrived(id)).chain((was.state == CardState::Live).then_some(moved)).collect(),
            (0..2, Some(arrival)) => (was.state == CardState::Live).then_some(moved).into_iter().chain([released(id, arrival)]).collect(),
            (2, Some(_)) => vec![Fact::SteppedOut { child, taker: CollectorId(id), back_by: None, ground: None, early: None, late: None }.into()],
            (3, Some(_)) => vec![Fact::CameBack { child }.into()],
            (4, Some(_)) => vec![Fact::Moved { child, was: Place::room(), now: place }.into()],
            (5, Some(_)) => vec![Fact::HolderNamed { child, was: Holder::Nobody, now: Holder::Escort("丁".into()) }.into()],
            (6, _) => vec![Fact::LeaveTaken { child, reason: LeaveReason::Ill }.into(), Fact::SignedOn { staff: StaffId(1) }.into()],
            (7, _) => {
                let was = self.register.child(child).unwrap().clone();
                let now =
                    Child { note: Some(format!("{}", dice.roll(9))), household: caredesk::domain::people::HouseholdId(dice.roll(3)), ..was.clone() };
                vec![Fact::ChildSet { was: Some(Box::new(was)), now: Box::new(now) }.into()]
            }
            (8, _) => self.take_back_last().unwrap_or_default(),
            _ => vec![Fact::PinTried { staff: StaffId(1) }.into()],
        }
    }

    /// The last act, if it is of today and takes nothing back itself.
    fn take_back_last(&self) -> Option<Vec<Draft>> {
        let act = self.day.entries().last()?.act;
        let entries: Vec<_> = self.journal.iter().filter(|e| e.act == act).collect();
        let stays = |fact: &Fact| matches!(fact, Fact::Undone { .. } | Fact::HeldBack { .. } | Fact::HoldDecided { .. });
        let plain = act.0 > ROSTER.0 && !entries.iter().any(|e| stays(&e.fact));
        plain.then(|| entries.iter().map(|e| undone(e.seq.0)).collect())
    }
}

#[test]
fn start_up_equals_the_desk_that_never_stopped() {
    for seed in 1..40 {
        let mut dice = Dice(0x9E37_79B9_7F4A_7C15_u64.wrapping_mul(seed));
        let mut store = Store::memory().unwrap();
        let mut live = Live { register: Register::default(), day: Day::new(at(0).date(), vec![]), journal: vec![] };
        let Recorded::Done(entries) = store.record(Seq(0), &roster(), &stamp(at(0))).unwrap() else { panic!() };
        live.apply(entries);
        for day in 0..4 {
            live.day = if day == 0 { live.day } else { live.day.next(at(day * DAY).date()) };
            for minute in 0..40 {
                let now = at(day * DAY + minute * 60);
                let mut drafts = live.something(&mut dice);
                // What says nothing of where a child is may be entered some minutes late.
                let lates = |draft: &Draft| matches!(draft.fact, Fact::ChildSet { .. } | Fact::CardMoved { .. });
                if minute > 10 && drafts.iter().all(lates) && dice.roll(3) == 0 {
                    let late = at(day * DAY + (minute - dice.roll(9)) * 60);
                    for draft in &mut drafts {
                        draft.at = Some(late);
                    }
                }
                let Recorded::Done(entries) = store.record(store.head().unwrap(), &drafts, &stamp(now)).unwrap() else { panic!() };
                live.apply(entries);
                if minute % 13 == 0 {
                    let loaded = store.load(now).unwrap();
                    assert_eq!(loaded.day.entries(), live.day.entries(), "seed {seed}");
                    assert_eq!(loaded.day.state(), live.day.state(), "seed {seed} day {day} minute {minute}");
                    assert_eq!(loaded.register, live.register, "seed {seed}");
                    assert_eq!(loaded.head, live.journal.last().unwrap().seq);
                    assert_eq!(store.state_at(now).unwrap(), loaded.day.at(now), "seed {seed}");
                }
            }
        }
        assert_eq!(store.verify().problems, []);
        assert_eq!(store.load(at(4 * DAY)).unwrap().day, live.day.next(at(4 * DAY).date()), "seed {seed}");
        // So is the register of any moment: all that was entered since taken back one by one, and what had happened by then entered anew.
        let undone: BTreeSet<Seq> =
            live.journal.iter().filter_map(|e| if let Fact::Undone { seq, .. } = e.fact { Some(seq) } else { None }).collect();
        let standing: Vec<&Entry> = live.journal.iter().filter(|e| !undone.contains(&e.seq) && !matches!(e.fact, Fact::Undone { .. })).collect();
        for _ in 0..25 {
            let then = at(dice.roll(4 * DAY));
            let since = |moment: i64| live.journal.iter().find(|e| e.entered_at.ms >= moment).map_or(Seq(i64::MAX), |e| e.seq);
            let mut from = since(then.ms + 1);
            loop {
                let late = standing.iter().filter(|e| e.seq >= from && e.at.ms <= then.ms && of_register(&e.fact)).map(|e| e.at.ms).min();
                match late.map(since).filter(|first| *first < from) {
                    Some(first) => from = first,
                    None => break,
                }
            }
            let mut register = live.register.clone();
            for entry in standing.iter().rev().filter(|e| e.seq >= from) {
                register.take_back(&entry.fact);
            }
            let mut kept: Vec<&&Entry> = standing.iter().filter(|e| e.seq >= from && e.at.ms <= then.ms && of_register(&e.fact)).collect();
            kept.sort_by_key(|e| (e.at.ms, e.seq));
            for entry in kept {
                register.apply(entry);
            }
            assert_eq!(store.past_at(then, None).unwrap().register, register, "seed {seed} at {then:?}");
        }
        // The past is the same when it is asked for later.
        let noon = at(2 * DAY + 20 * 60);
        let then = store.state_at(noon).unwrap();
        for id in 1..=5 {
            let open = then.open_visits().iter().any(|(child, _)| child.0 == id);
            let (mut inside, taken_back) = (false, |seq| live.journal.iter().any(|e| matches!(e.fact, Fact::Undone { seq: s, .. } if s == seq)));
            for entry in live.journal.iter().filter(|e| e.at.ms <= noon.ms && e.fact.child() == Some(ChildId(id)) && !taken_back(e.seq)) {
                inside = matches!(entry.fact, Fact::Arrived { .. }) || inside && !matches!(entry.fact, Fact::Released { .. });
            }
            assert_eq!(open, inside, "seed {seed} child {id}");
        }
        // Whatever days are kept no more, the desk and the days after them are as they were.
        let moments: Vec<_> = (0..25).map(|_| at(dice.roll(4 * DAY))).collect();
        let before: Vec<_> = moments.iter().map(|then| store.past_at(*then, None).unwrap()).collect();
        let asked = at(dice.roll(4) * DAY).date();
        let until = store.days_due(asked).unwrap().until.unwrap();
        assert!(until <= asked);
        let opening = store.load(at(4 * DAY)).unwrap().day;
        let forget = Fact::Office(OfficeFact::DaysForgotten { until });
        let Recorded::Done(_) = store.record(store.head().unwrap(), &[forget.into()], &stamp(at(4 * DAY))).unwrap() else { panic!() };
        assert_eq!(store.verify().problems, [], "seed {seed} until {until}");
        assert_eq!(store.load(at(4 * DAY)).unwrap().day.state(), opening.state(), "seed {seed} until {until}");
        for (then, was) in moments.into_iter().zip(before) {
            let is = store.past_at(then, None).unwrap();
            assert!(is.register.children().eq(was.register.children()) && is.register.cards().eq(was.register.cards()), "seed {seed} at {then:?}");
            assert!(then.date() <= until || is.state == was.state, "seed {seed} at {then:?}, until {until}");
        }
    }
}

#[test]
fn stays_are_carried_over_the_night_and_may_be_ended_or_taken_back_later() {
    let mut store = furnished();
    add(&mut store, &[arrived(1), arrived(2), arrived(3), arrived(4)], 0);
    add(&mut store, &[Fact::Moved { child: ChildId(1), was: Place::room(), now: Place::new("field") }.into()], 60);
    add(&mut store, &[released(4, Seq(20))], 70);
    let opening = store.load(at(DAY)).unwrap().day;
    assert!(opening.entries().is_empty());
    assert_eq!(opening.state().open_visits().len(), 3);
    let Presence::In(visit) = opening.state().presence(ChildId(1)) else { panic!() };
    assert_eq!((visit.place.as_str(), visit.arrived), ("field", at(0)));
    let entered_next_morning = Draft { at: Some(at(3600)), ..released(2, Seq(18)) };
    add(&mut store, &[entered_next_morning, undone(19)], DAY);
    let mut day = opening;
    store.news(Seq(22)).unwrap().iter().for_each(|entry| day.apply(entry));
    let loaded = store.load(at(DAY)).unwrap();
    assert_eq!(loaded.day.state(), day.state());
    assert_eq!(loaded.day.state().presence(ChildId(3)), Presence::NotHere);
    assert_eq!(store.state_at(at(100)).unwrap().open_visits().len(), 2, "then, as is known now");
    assert_eq!(store.state_at(at(3700)).unwrap().open_visits().len(), 1);
    assert_eq!(store.state_at(at(DAY)).unwrap().open_visits().len(), 1);
    assert_eq!(store.state_at(at(-10)).unwrap().open_visits().len(), 0);
    assert!(matches!(store.state_at(at(3700)).unwrap().presence(ChildId(2)), Presence::Gone(..)));
}
