//! Start-up and time travel: the tables as they stand, and one day folded over the stays that were open before it.
//!
//! Absent: the whole journal. What is read here does not grow with the years.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;
use rusqlite::Connection;

use crate::domain::card::CardNumber;
use crate::domain::custody::CardState;
use crate::domain::day::{Day, Open, State, Visit};
use crate::domain::fact::{Entry, Fact, Seq};
use crate::domain::people::ChildId;
use crate::domain::register::Register;
use crate::domain::time::Moment;

use super::error::StoreError;
use super::stays::Stay;
use super::{journal, stays, tables};

/// What a desk starts from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Loaded {
    /// People, cards and staff.
    pub register: Register,
    /// Today, by the clock or by the last entry, whichever is later.
    pub day: Day,
    /// The journal's last number.
    pub head: Seq,
    /// When the last entry was entered; the desk's clock is never before it.
    pub last: Option<Moment>,
}

/// The register and the day of `now`, or of the last entry if that is later.
pub(super) fn load(conn: &Connection, now: Moment) -> Result<Loaded, StoreError> {
    loaded(conn, now, tables::register)
}

/// The same with as much of the register as a first frame shows. Nothing may be decided on it.
pub(super) fn glance(conn: &Connection, now: Moment) -> Result<Loaded, StoreError> {
    loaded(conn, now, |conn| tables::register_at_a_glance(conn, now.date()))
}

fn loaded(conn: &Connection, now: Moment, register: impl FnOnce(&Connection) -> Result<Register, StoreError>) -> Result<Loaded, StoreError> {
    let moment = conn.unchecked_transaction()?;
    let head = journal::head(&moment)?;
    let now = Moment { ms: head.entered_at.map_or(now.ms, |last| last.ms.max(now.ms)), ..now };
    let first = journal::first_of_day(&moment, now.start_of_day())?;
    let opening = opening(stays::open_before(&moment, first)?, |stay| {
        journal::standing_of_child(&moment, stay.child.0, start_of_its_day(&moment, stay, head.seq)?, first)
    })?;
    let mut day = Day::new(now.date(), opening);
    for entry in journal::of_care(&moment, first, head.seq)? {
        day.apply(&entry);
    }
    let mut register = register(&moment)?;
    // What was taken back today gives its number to nobody else.
    for entry in day.entries() {
        register.was_given(&entry.fact);
    }
    Ok(Loaded { register, day, head: head.seq, last: head.entered_at })
}

/// A past moment as a whole: people, cards and staff as they were, and the day of that moment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Past {
    /// People, cards, staff and calendar.
    pub register: Register,
    /// Who was where.
    pub state: State,
}

/// A moment as it was: the fold of the entries that had happened by then, in the order in which they happened, without what was
/// ever taken back. `known` is the register after some entry; after the last it need not be read. What is read are the entries
/// since that moment, and never those of the years before it.
pub(super) fn past_at(conn: &Connection, when: Moment, known: Option<(Seq, &Register)>) -> Result<Past, StoreError> {
    let moment = conn.unchecked_transaction()?;
    let head = journal::head(&moment)?.seq;
    let register = match known {
        Some((seq, register)) if seq == head => register.clone(),
        Some(_) | None => tables::register(&moment)?,
    };
    Ok(Past { register: register_then(&moment, register, when, head)?, state: state_of(&moment, when)? })
}

/// What was entered after a moment is taken back from the register, the last first. Of that, what is back-filled to before it is
/// folded in again in the order of its time, after whatever it may have to stand before. From where on nothing is back-filled so far
/// back, the years after it, only the first change of each thing is read.
fn register_then(conn: &Connection, mut register: Register, when: Moment, head: Seq) -> Result<Register, StoreError> {
    let mut from = journal::entered_since(conn, Moment { ms: when.ms + 1, ..when }, head)?;
    let later = journal::first_later(conn, from, when)?;
    take_back_from(conn, &mut register, later)?;
    while let Some(at) = journal::earliest_of_register(conn, from, later, when)? {
        let first = journal::entered_since(conn, at, head)?;
        if first >= from {
            break;
        }
        from = first;
    }
    let mut kept = Vec::new();
    journal::of_register(conn, from, later, |entry| {
        register.take_back(&entry.fact);
        if entry.at.ms <= when.ms {
            kept.push(entry);
        }
    })?;
    kept.sort_by_key(|e| (e.at.ms, e.seq));
    for entry in &kept {
        register.apply(entry);
    }
    Ok(register)
}

/// Takes back from the register all that was entered from one number on. Where a card was is what its first way since then says,
/// unless something else became of it before; one that was not in use went nowhere.
fn take_back_from(conn: &Connection, register: &mut Register, from: Seq) -> Result<(), StoreError> {
    let mut changed: HashMap<CardNumber, Seq> = HashMap::new();
    journal::later_of_register(conn, from, |entry| {
        if let Fact::CardSet { now, .. } = &entry.fact {
            changed.insert(now.number.clone(), entry.seq);
        } else if let Fact::CardLost { number, .. } = &entry.fact {
            changed.insert(number.clone(), entry.seq);
        }
        register.take_back(&entry.fact);
    })?;
    let mut of_child: BTreeMap<ChildId, HashSet<CardNumber>> = BTreeMap::new();
    for card in register.cards().filter(|card| card.state == CardState::Live) {
        of_child.entry(card.child).or_default().insert(card.number.clone());
    }
    for (child, mut cards) in of_child {
        journal::moves_of_child(conn, child.0, from, |entry| {
            if let Fact::CardMoved { number, .. } = &entry.fact
                && cards.remove(number)
                && changed.get(number).is_none_or(|change| entry.seq < *change)
            {
                register.take_back(&entry.fact);
            }
            cards.is_empty()
        })?;
    }
    Ok(())
}

/// The state of the day of `when` at that moment: what had happened by then, in the order in which it happened, without
/// what was ever taken back.
pub(super) fn state_at(conn: &Connection, when: Moment) -> Result<State, StoreError> {
    state_of(&*conn.unchecked_transaction()?, when)
}

fn state_of(moment: &Connection, when: Moment) -> Result<State, StoreError> {
    let midnight = when.start_of_day();
    let first = journal::entered_since(moment, midnight, journal::head(moment)?.seq)?;
    let later = journal::first_later(moment, first, Moment { ms: midnight.ms - 1, ..midnight })?;
    let opening = opening(stays::open_at(moment, midnight, later)?, |stay| {
        journal::standing_of_child_before(moment, stay.child.0, start_of_its_day(moment, stay, first)?, midnight)
    })?;
    let mut state = Day::new(when.date(), opening).state().clone();
    for entry in journal::standing_of_day(moment, when.date(), when)? {
        state.apply(&entry);
    }
    Ok(state)
}

/// Entries of care days, the first and the last included.
pub(super) fn of_days(conn: &Connection, from: NaiveDate, to: NaiveDate) -> Result<Vec<Entry>, StoreError> {
    journal::of_days(conn, from, to)
}

/// The first entry of the day on which a stay began. A hold is of the child's day: it may be older than the stay.
fn start_of_its_day(conn: &Connection, stay: &Stay, head: Seq) -> Result<Seq, StoreError> {
    match journal::entry(conn, stay.arrival)? {
        // Where the clock was set back, the day of an arrival may begin after it.
        Some(arrival) => Ok(journal::entered_since(conn, arrival.entered_at.start_of_day(), head)?.min(stay.arrival)),
        None => Ok(stay.arrival),
    }
}

/// Stays as they stood, each rebuilt from its child's own entries, with the hold that stood on the child.
fn opening(stays: Vec<Stay>, entries: impl Fn(&Stay) -> Result<Vec<Entry>, StoreError>) -> Result<Vec<Open>, StoreError> {
    let mut all = Vec::with_capacity(stays.len());
    for stay in stays {
        let mut state = State::default();
        for entry in entries(&stay)? {
            state.apply(&entry);
        }
        let day = state.child(stay.child);
        let visit = day.and_then(|day| day.visits.iter().find(|visit| visit.arrival == stay.arrival));
        let visit = visit.ok_or_else(|| StoreError::Damaged(format!("stay {} has no arrival", stay.arrival.0)))?;
        let held = day.and_then(|day| day.held.clone());
        all.push(Open { child: stay.child, visit: Visit { release: None, ..visit.clone() }, held });
    }
    Ok(all)
}
