//! The stays that are given away day by day are those of a plain fold over everything: nights, late entries, what was taken back.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use caredesk::domain::attended::Attended;
use caredesk::domain::day::Presence;
use caredesk::domain::fact::{Draft, Entry, Fact, Holder, Seq};
use caredesk::domain::people::{ChildId, CollectorId};
use caredesk::store::Store;
use chrono::{Days, NaiveDate};

use super::folding::Dice;
use super::world::*;

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

/// Everything in the store that speaks of these days, day by day.
pub fn stays(store: &Store, days: &RangeInclusive<NaiveDate>) -> Vec<Attended> {
    let mut all = Vec::new();
    store
        .attendance(days, &mut |of_day| {
            all.extend(of_day);
            true
        })
        .unwrap();
    all
}

/// The same, all at once: every fact goes to the last arrival of its child, a release to the arrival that it names.
fn plain(journal: &[Entry], days: &RangeInclusive<NaiveDate>) -> Vec<Attended> {
    let undone: BTreeSet<Seq> = journal.iter().filter_map(|e| if let Fact::Undone { seq, .. } = e.fact { Some(seq) } else { None }).collect();
    let mut stays: BTreeMap<Seq, Attended> = BTreeMap::new();
    let mut latest: BTreeMap<ChildId, Seq> = BTreeMap::new();
    for entry in journal.iter().filter(|e| !undone.contains(&e.seq)) {
        if let Fact::Arrived { child, .. } = &entry.fact {
            latest.insert(*child, entry.seq);
            stays.extend(Attended::begun(entry.clone()).map(|stay| (entry.seq, stay)));
            continue;
        }
        let of = match (&entry.fact, entry.fact.child()) {
            (Fact::Released { arrival, .. }, _) => Some(*arrival),
            (_, child) => child.filter(|_| days.contains(&entry.day)).and_then(|child| latest.get(&child).copied()),
        };
        if let Some(stay) = of.and_then(|arrival| stays.get_mut(&arrival)) {
            stay.follow(entry.clone());
        }
    }
    let mut stays: Vec<Attended> = stays.into_values().filter(|stay| days.contains(&stay.arrival.day)).collect();
    stays.sort_by_key(|stay| (stay.arrival.day, stay.arrival.at, stay.arrival.seq));
    stays
}

/// What somebody does next, by the dice, with what happens to it at once.
fn next(store: &Store, second: i64, dice: &mut Dice) -> Draft {
    let loaded = store.load(at(second)).unwrap();
    let id = dice.roll(5) + 1;
    let (child, taker) = (ChildId(id), CollectorId(id));
    let draft = match loaded.day.state().presence(child) {
        Presence::NotHere | Presence::Gone(..) => arrived(id),
        Presence::Out(..) => Fact::CameBack { child }.into(),
        Presence::In(visit) => match dice.roll(4) {
            0 => Fact::SteppedOut { child, taker, back_by: None, ground: None, early: None, late: None }.into(),
            1 => Fact::HolderNamed { child, was: visit.holder.clone(), now: Holder::Named(taker) }.into(),
            _ => released(id, visit.arrival),
        },
    };
    // Now and then somebody came or went earlier, be it yesterday.
    let ago = [0, 0, 0, 5 * 60, 20 * HOUR][usize::try_from(dice.roll(5)).unwrap()];
    let may_be_late = matches!(draft.fact, Fact::Arrived { .. } | Fact::Released { .. });
    Draft { at: (may_be_late && ago > 0).then(|| at(second - ago)), ..draft }
}

#[test]
fn stays_of_any_days_are_those_of_a_plain_fold() {
    let (mut compared, mut over_night, mut with_outings) = (0, 0, 0);
    for seed in 1..=30 {
        let mut dice = Dice(0x9E37_79B9_7F4A_7C15_u64.wrapping_mul(seed) | 1);
        let mut store = furnished();
        let mut second = 0;
        for _ in 0..70 {
            second += [60, 600, HOUR, 9 * HOUR][usize::try_from(dice.roll(4)).unwrap()];
            let draft = next(&store, second, &mut dice);
            let recorded = add(&mut store, &[draft], second);
            if dice.roll(7) == 0 {
                let before = recorded.0 - dice.roll(2);
                let undo = [undone(before)];
                let seen = store.head().unwrap();
                let _ = store.record(seen, &undo, &stamp(at(second))); // not everything can be taken back
            }
        }
        let journal = store.entries_between(Seq(1), Seq(i64::MAX)).unwrap();
        let (first, last) = (at(-DAY).date(), at(second).date());
        for from in first.iter_days().take_while(|day| *day <= last) {
            for length in [0, 1, 2, 30] {
                let days = from..=from.checked_add_days(Days::new(length)).unwrap();
                let found = stays(&store, &days);
                assert!(found == plain(&journal, &days), "seed {seed}, {days:?}");
                compared += found.len();
                over_night += found.iter().filter(|stay| stay.release.as_ref().is_some_and(|release| release.day > stay.arrival.day)).count();
                with_outings += found.iter().filter(|stay| stay.outings.iter().any(|(_, back)| back.is_some())).count();
            }
        }
    }
    assert!(compared > 1000 && over_night > 200 && with_outings > 200, "{compared} {over_night} {with_outings}");
}

#[test]
fn who_wants_no_more_days_gets_no_more() {
    let mut store = furnished();
    for day in 0..3 {
        let arrival = add(&mut store, &[arrived(1)], day * DAY);
        add(&mut store, &[released(1, arrival)], day * DAY + HOUR);
    }
    let mut asked = 0;
    store
        .attendance(&(at(0).date()..=at(9 * DAY).date()), &mut |of_day| {
            assert_eq!(of_day.len(), 1);
            asked += 1;
            asked < 2
        })
        .unwrap();
    assert_eq!(asked, 2);
    let never = NaiveDate::MIN..=NaiveDate::MAX;
    assert_eq!(stays(&store, &never).len(), 3);
}
