//! A wrong time that is set right: what is folded is what would be folded had the clock been right.

use caredesk::domain::closing::{Matter, Outcome, next_try};
use caredesk::domain::custody::CardState;
use caredesk::domain::day::Presence;
use caredesk::domain::fact::{Account, Draft, Entry, Fact, Seq};
use caredesk::domain::people::{ChildId, CollectorId, StaffId};
use caredesk::domain::settings::Place;
use caredesk::domain::time::Moment;
use caredesk::store::{Recorded, Store, StoreError};

use super::attended::stays;
use super::folding::Dice;
use super::world::*;

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

/// Every step of a clock, seconds: a bit, a day, a year, a flat battery (2000-01-01).
const STEPS: [i64; 11] = [HOUR, -HOUR, 2 * HOUR, DAY, -DAY, 3 * DAY, -3 * DAY, 365 * DAY, -365 * DAY, 69 * DAY, -9_746 * DAY];

fn enter(store: &mut Store, drafts: &[Draft], now: Moment) -> Result<Vec<Entry>, StoreError> {
    let seen = store.head().unwrap();
    match store.record(seen, drafts, &stamp(now))? {
        Recorded::Done(entries) => Ok(entries),
        Recorded::Behind(_) => panic!("behind"),
    }
}

fn redated(from: Seq, to: Seq, by: i64) -> Draft {
    Fact::Redated { from, to, by_ms: by * 1000, reason: "电池没电".into(), approver: StaffId(1) }.into()
}

fn set(to: Moment) -> Draft {
    Fact::ClockSet { wall: to, counted: None }.into()
}

/// The next act that the room allows, by the dice: who comes, goes, moves, steps out, comes back, loses the card.
fn next(store: &Store, now: Moment, dice: &mut Dice) -> Draft {
    let loaded = store.load(now).unwrap();
    let id = dice.roll(5) + 1;
    let child = ChildId(id);
    match loaded.day.state().presence(child) {
        Presence::NotHere | Presence::Gone(..) => arrived(id),
        Presence::Out(..) => Fact::CameBack { child }.into(),
        Presence::In(visit) => match dice.roll(6) {
            0 => Fact::Moved { child, was: visit.place.clone(), now: Place::new("field") },
            1 => Fact::SteppedOut { child, taker: CollectorId(id), back_by: None, ground: None, early: None, late: None },
            2 => Fact::CardLost { number: card(id).number, child, was: Box::new(card(id)) },
            3 => Fact::HeldBack { child },
            4 => Fact::CalledOver { child },
            _ => return released(id, visit.arrival),
        }
        .into(),
    }
}

/// The same acts under the right clock and under one that was wrong for a while and set right: entry for entry the same.
fn both(step: i64, asked: bool, seed: u64) -> (Store, Store, Moment) {
    let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let (mut right, mut wrong) = (furnished(), furnished());
    let (begins, ends) = (4 + dice.roll(6), 10 + dice.roll(8));
    let mut off = 0;
    let mut first = Seq(0);
    // Yesterday's child was left here.
    let mut time = -DAY;
    for n in 0..22 {
        time += 20 + dice.roll(150);
        if n == 2 {
            time = time.max(0);
        }
        if n == begins {
            if asked {
                enter(&mut right, &[Fact::RefusedAgain { count: 1 }.into()], at(time)).unwrap();
                enter(&mut wrong, &[set(at(time + step))], at(time + step)).unwrap();
            }
            first = Seq(right.head().unwrap().0 + i64::from(!asked));
            off = step;
        }
        if n == ends {
            off = 0;
            let last = wrong.head().unwrap();
            enter(&mut right, &[Fact::RefusedAgain { count: 1 }.into()], at(time)).unwrap();
            enter(&mut wrong, &[set(at(time))], at(time)).unwrap();
            // Set right by a minute too little first, where that fits: what is said last holds.
            for by in [-step - 60, -step] {
                time += 5;
                if enter(&mut wrong, &[redated(first, last, by)], at(time)).is_ok() {
                    enter(&mut right, &[Fact::RefusedAgain { count: 1 }.into()], at(time)).unwrap();
                    if by != -step {
                        enter(&mut wrong, &[redated(first, last, 60)], at(time)).unwrap();
                        enter(&mut right, &[Fact::RefusedAgain { count: 1 }.into()], at(time)).unwrap();
                        break;
                    }
                }
            }
        }
        if n % 5 == 3 {
            // The family says a time on the clock; whoever did not answer is tried again a few minutes after the call.
            let (by, child) = (at(time + 2400).time(), ChildId(dice.roll(5) + 1));
            let promised = dice.roll(2) == 0;
            let call = |now: Moment| {
                let (outcome, again) = if promised {
                    (Outcome::Promised { by, note: None }, now.at_time(by).plus_seconds(300))
                } else {
                    (Outcome::NoAnswer, next_try(now))
                };
                let about = Matter::Pickup;
                Draft::from(Fact::Account(Account::Chased { child, collector: CollectorId(child.0), about, outcome, again: Some(again) }))
            };
            enter(&mut right, &[call(at(time))], at(time)).unwrap();
            enter(&mut wrong, &[call(at(time + off))], at(time + off)).unwrap();
        }
        let draft = next(&right, at(time), &mut dice);
        // Now and then what happened a minute ago.
        let back = (dice.roll(4) == 0 && off == 0).then(|| at(time - 10));
        enter(&mut right, &[Draft { at: back, ..draft.clone() }], at(time)).unwrap();
        enter(&mut wrong, &[Draft { at: back, ..draft }], at(time + off)).unwrap();
    }
    (right, wrong, at(time + 60))
}

#[test]
fn what_is_folded_after_a_time_was_set_right_is_what_the_right_clock_gives() {
    let mut compared = 0;
    for step in STEPS {
        for asked in [true, false] {
            if !asked && step < 0 {
                continue; // a clock that goes back is always asked about
            }
            for seed in 1..=4 {
                let (right, wrong, now) = both(step, asked, seed);
                let name = format!("step {step} asked {asked} seed {seed}");
                let (mine, theirs) = (right.load(now).unwrap(), wrong.load(now).unwrap());
                assert_eq!(mine.day.state(), theirs.day.state(), "{name}");
                assert_eq!((mine.day.date(), mine.head), (theirs.day.date(), theirs.head), "{name}");
                assert_eq!(mine.register, theirs.register, "{name}");
                for then in [-DAY + 200, 0, 300, 600, 900, 1200, 1500, 2000] {
                    assert_eq!(right.state_at(at(then)).unwrap(), wrong.state_at(at(then)).unwrap(), "{name} at {then}");
                    assert_eq!(right.past_at(at(then), None).unwrap().register, wrong.past_at(at(then), None).unwrap().register, "{name} at {then}");
                }
                let (yesterday, today) = (at(-DAY).date(), at(0).date());
                let times = |store: &Store| -> Vec<(Seq, Moment, Moment)> {
                    let stays = stays(store, &(yesterday..=today));
                    stays.into_iter().flat_map(|stay| [Some(stay.arrival), stay.release]).flatten().map(|e| (e.seq, e.at, e.entered_at)).collect()
                };
                assert_eq!(times(&right), times(&wrong), "{name}");
                compared += times(&wrong).len();
                let all = wrong.entries_between(Seq(1), Seq(i64::MAX)).unwrap();
                for pair in all.windows(2) {
                    let goes_on = pair[0].entered_at.ms <= pair[1].entered_at.ms || matches!(pair[1].fact, Fact::ClockSet { .. });
                    assert!(goes_on && pair[1].at.ms <= pair[1].entered_at.ms && pair[1].day == pair[1].at.date(), "{name}: {pair:?}");
                }
                assert_eq!(wrong.verify().problems, [], "{name}");
            }
        }
    }
    assert!(compared > 300, "{compared}");
}

#[test]
fn both_times_are_kept_and_nothing_is_set_right_out_of_order() {
    let mut store = furnished();
    let arrival = add(&mut store, &[arrived(1)], 60);
    let loses = Fact::CardLost { number: card(2).number, child: ChildId(2), was: Box::new(card(2)) };
    add(&mut store, &[arrived(2), loses.into()], DAY + 120);
    let last = add(&mut store, &[released(1, arrival)], DAY + 180);
    enter(&mut store, &[set(at(240))], at(240)).unwrap();
    let first = Seq(arrival.0 + 1);
    for (from, to, by, why) in [
        (first, last, -DAY - 61, "before the entry before them"),
        (first, last, -DAY + 61, "after the entry after them"),
        (first, Seq(last.0 + 1), DAY, "none to set right"),
        (first, Seq(last.0 + 5), DAY, "none to set right"),
        (last, first, DAY, "none to set right"),
        (Seq(0), last, 0, "none to set right"),
    ] {
        let refused = match (to == Seq(last.0 + 1), enter(&mut store, &[redated(from, to, by)], at(300))) {
            (true, Err(e)) => e.to_string(), // a day from now
            (_, Err(StoreError::Conflict(what))) => what,
            (_, other) => panic!("{from:?} {to:?} {by}: {other:?}"),
        };
        assert!(refused.contains(why) || to == Seq(last.0 + 1), "{from:?} {to:?} {by}: {refused}");
        assert_eq!(store.head().unwrap(), Seq(last.0 + 1));
    }
    let written = store.entries_between(first, last).unwrap();
    enter(&mut store, &[redated(first, last, -DAY)], at(300)).unwrap();
    let now = store.entries_between(first, last).unwrap();
    for (was, is) in written.iter().zip(&now) {
        assert_eq!((is.at, is.entered_at, &is.fact), (was.at.plus_seconds(-DAY), was.entered_at.plus_seconds(-DAY), &was.fact));
    }
    assert_eq!(store.history_of(ChildId(1)).unwrap().written, [(last, at(DAY + 180))].into());
    assert_eq!(store.load(at(400)).unwrap().register.card(&card(2).number).unwrap().state, CardState::Lost { at: at(120) });
    assert!(store.verify().is_sound());
    // The other way about, and again: every saying stands in the journal, the last one holds.
    assert!(enter(&mut store, &[redated(first, last, DAY)], at(310)).is_err(), "nothing is set right into the future");
    enter(&mut store, &[redated(first, last, 10)], at(310)).unwrap();
    assert_eq!(store.entries_between(last, last).unwrap()[0].at, at(190));
    assert_eq!(store.history_of(ChildId(1)).unwrap().written, [(last, at(DAY + 180))].into(), "what was written is what was written");
    assert!(store.verify().is_sound());
}

#[test]
fn the_runs_of_entries_end_where_the_clock_was_set_at_midnight_and_at_a_pause() {
    let mut store = furnished(); // 16 entries
    add(&mut store, &[arrived(1)], 60);
    add(&mut store, &[arrived(2)], HOUR);
    add(&mut store, &[arrived(3)], DAY);
    add(&mut store, &[arrived(4)], DAY + 60);
    let counted = Fact::ClockSet { wall: at(4000), counted: Some(at(DAY + 4000)) };
    enter(&mut store, &[counted.into()], at(4000)).unwrap();
    add(&mut store, &[arrived(5)], 4060);
    let found = store.stretches(9).unwrap();
    let runs: Vec<(i64, i64)> = found.iter().map(|s| (s.from.0, s.to.0)).collect();
    assert_eq!(runs, [(21, 22), (19, 20), (18, 18), (1, 17)]);
    let ends: Vec<_> = found.iter().map(|s| s.end.map(|end| (end.seq.0, end.to, end.by_ms))).collect();
    assert_eq!(
        ends,
        [None, Some((21, at(4000), Some(-DAY * 1000))), Some((21, at(4000), Some(-DAY * 1000))), Some((21, at(4000), Some(-DAY * 1000)))]
    );
    let beside: Vec<_> = found.iter().map(|s| (s.before, s.after)).collect();
    assert_eq!(beside, [(None, None), (Some(at(HOUR)), Some(at(4000))), (Some(at(60)), Some(at(DAY))), (None, Some(at(HOUR)))]);
    assert_eq!(store.stretches(2).unwrap(), found[..2]);
    assert_eq!(Store::memory().unwrap().stretches(9).unwrap(), []);
}
