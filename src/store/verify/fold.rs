//! What the tables should be by the journal, and in which rows they are not.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rusqlite::Connection;

use crate::domain::card::CardNumber;
use crate::domain::custody::{Card, CardState};
use crate::domain::fact::{Entry, Fact, OfficeFact, Seq};
use crate::domain::people::ChildId;
use crate::domain::redating::Shift;
use crate::domain::register::Register;
use crate::domain::time::Moment;
use crate::store::error::StoreError;
use crate::store::stays::{self, Stay};
use crate::store::{journal, redated, sql, tables};

use super::{MOST, Problem};

/// What the tables should be.
#[derive(Default)]
pub(super) struct Fold {
    register: Register,
    /// Stays that began before that entry are kept only while they are open.
    since: Seq,
    stays: BTreeMap<Seq, (ChildId, Option<Seq>)>,
    ended_by: HashMap<Seq, Seq>,
    undone: BTreeMap<Seq, Seq>,
    redated: BTreeMap<Seq, (Seq, i64, i64)>,
    /// A school's own cards that had their time, each with the entry by which they last had.
    returned: HashMap<CardNumber, Seq>,
    /// Children with an entry that gave them a card and whose text went: the last one of each.
    given: BTreeMap<ChildId, Seq>,
}

impl Fold {
    /// Ended stays are compared only where they began with that entry or later; open ones always.
    pub(super) fn stays_since(&mut self, since: Seq) {
        self.since = since;
    }

    /// An entry gave a child a card, and its text went: whose card it had been before cannot be said any more.
    pub(super) fn was_given_a_card(&mut self, child: ChildId, by: Seq) {
        self.given.insert(child, by);
    }

    /// Whether a card may have been given on to a child whose entries about it went, and have gone with that one: no row is right then.
    fn may_be_given_on(&self, card: &Card) -> bool {
        let since = self.returned.get(&card.number).filter(|_| !card.own && matches!(card.state, CardState::Expired { .. }));
        since.is_some_and(|since| self.given.iter().any(|(child, by)| *child != card.child && by > since))
    }

    pub(super) fn apply(&mut self, conn: &Connection, entry: &Entry) -> Result<(), StoreError> {
        if let Fact::Undone { seq, .. } = entry.fact {
            let undone = journal::entry(conn, seq)?;
            self.register.apply_with(entry, |_| undone.as_ref());
            self.undone.insert(seq, entry.seq);
            self.stays.remove(&seq);
            if let Some((_, released)) = self.ended_by.get(&seq).and_then(|arrival| self.stays.get_mut(arrival)) {
                *released = None;
            }
            if let Some(Fact::Released { child, arrival, .. }) = undone.map(|entry| entry.fact)
                && arrival < self.since
            {
                self.stays.insert(arrival, (child, None));
            }
            return Ok(());
        }
        if let Fact::Office(OfficeFact::Erased { child, .. }) = entry.fact {
            self.stays.retain(|_, (of, released)| *of != child || released.is_none());
        }
        if let Fact::Redated { from, to, by_ms, .. } = entry.fact {
            self.redate(conn, entry.seq, (from, to), by_ms)?;
        }
        if let Fact::CardSet { now, .. } = &entry.fact
            && !now.own
            && matches!(now.state, CardState::Expired { .. })
        {
            self.returned.insert(now.number.clone(), entry.seq);
        }
        self.register.apply(entry);
        if let Fact::Arrived { child, .. } = entry.fact {
            self.stays.insert(entry.seq, (child, None));
        } else if let Fact::Released { arrival, .. } = entry.fact {
            if arrival < self.since {
                self.stays.remove(&arrival);
                return Ok(());
            }
            self.ended_by.insert(entry.seq, arrival);
            if let Some((_, released)) = self.stays.get_mut(&arrival) {
                *released = Some(entry.seq);
            }
        }
        Ok(())
    }

    /// Sets entries right as [`crate::store::redated`] does, from what was written and what was set right before.
    fn redate(&mut self, conn: &Connection, by: Seq, (from, to): (Seq, Seq), by_ms: i64) -> Result<(), StoreError> {
        let mut entries = journal::written_times(conn, Seq(from.0 - 1), to)?;
        for entry in &mut entries {
            if let Some((_, at, entered_at)) = self.redated.get(&entry.seq) {
                (entry.at.ms, entry.entered_at.ms) = (*at, *entered_at);
            }
        }
        let before = if entries.first().is_some_and(|e| e.seq < from) { Some(entries.remove(0).entered_at) } else { None };
        let Some(first) = entries.first() else { return Ok(()) };
        let goes_back = |before: &Moment| matches!(first.fact, Some(Fact::ClockSet { .. })) && before.ms > first.entered_at.ms;
        let shift = Shift { first: first.entered_at, before: before.filter(|before| !goes_back(before)), by_ms };
        for entry in &entries {
            let (at, entered_at) = shift.of(entry.at, entry.entered_at);
            self.redated.insert(entry.seq, (by, at.ms, entered_at.ms));
            if let Some(Fact::CardLost { number, .. }) = &entry.fact {
                self.register.redate_lost(number, entry.at, at);
            }
        }
        Ok(())
    }

    /// Where the tables say something else, a few rows of each; and all children about whom they do.
    pub(super) fn compare(&self, conn: &Connection) -> Result<(Vec<Problem>, BTreeSet<ChildId>), StoreError> {
        let (ours, found) = (&self.register, &tables::register(conn)?);
        let (mut problems, mut children) = (Vec::new(), BTreeSet::new());
        let mut differ = |table, unlike: Unlike| {
            let of_child = !unlike.children.is_empty();
            problems.extend(unlike.keys.into_iter().take(MOST).map(|key| Problem::Table { table, key, of_child }));
            children.extend(unlike.children);
        };
        differ("child", unlike(ours.children(), found.children(), |c| c.id.0.to_string(), |c| Some(c.id)));
        differ("collector", unlike(ours.all_collectors(), found.all_collectors(), |c| c.id.0.to_string(), |c| Some(c.child)));
        let cards = ours.cards().filter(|card| found.card(&card.number).is_some() || !self.may_be_given_on(card));
        differ("card", unlike(cards, found.cards(), |c| c.number.as_str().to_owned(), |c| Some(c.child)));
        differ("staff", unlike(ours.staff(), found.staff(), |s| s.id.0.to_string(), |_| None));
        differ("pin_tries", unlike(ours.all_pin_tries(), found.all_pin_tries(), |(staff, _)| staff.0.to_string(), |_| None));
        differ("recovery", unlike(ours.all_recovery(), found.all_recovery(), |(staff, _)| staff.0.to_string(), |_| None));
        let counts = (ours.all_no_card_counts(), found.all_no_card_counts());
        differ("no_card_count", unlike(counts.0, counts.1, |(child, _)| child.0.to_string(), |(child, _)| Some(*child)));
        let (mine, theirs) = (ours.office(), found.office());
        differ("setting", unlike(mine.settings.iter(), theirs.settings.iter(), |(name, _)| (*name).clone(), |_| None));
        differ("term", unlike(mine.terms.values(), theirs.terms.values(), |t| t.name.clone(), |_| None));
        differ("timetable", unlike(mine.timetables.values(), theirs.timetables.values(), |t| t.id.0.to_string(), |_| None));
        differ("special_day", unlike(mine.days.values(), theirs.days.values(), |d| d.date.to_string(), |_| None));
        differ("duty_plan", unlike(mine.duty.iter(), theirs.duty.iter(), |(day, _)| day.to_string(), |_| None));
        differ("refused_care", unlike(mine.refused.values(), theirs.refused.values(), |r| r.id.to_string(), |_| None));
        differ("erased", unlike(mine.erased.iter(), theirs.erased.iter(), |(child, _)| child.0.to_string(), |(child, _)| Some(**child)));
        differ("forgotten", unlike(mine.forgotten.iter(), theirs.forgotten.iter(), |(by, _)| by.0.to_string(), |_| None));
        differ("spent_card", unlike(mine.spent.iter(), theirs.spent.iter(), |number| number.as_str().to_owned(), |_| None));
        differ("stay", self.unlike_stays(conn)?);
        let undone = sql::all(conn, stays::EVERY_UNDONE, [], |row| Ok((Seq(row.get(0)?), Seq(row.get(1)?))))?;
        let mine = self.undone.iter().map(|(seq, by)| (*seq, *by));
        let whose = |(seq, _): &(Seq, Seq)| journal::entry(conn, *seq).ok().flatten().and_then(|entry| entry.fact.child());
        differ("undone", unlike(mine, undone.into_iter(), |(seq, _)| seq.0.to_string(), whose));
        let redated = sql::all(conn, redated::EVERY, [], |row| Ok((Seq(row.get(0)?), (Seq(row.get(1)?), row.get(2)?, row.get(3)?))))?;
        let mine = self.redated.iter().map(|(seq, at)| (*seq, *at));
        let whose = |(seq, _): &(Seq, (Seq, i64, i64))| journal::entry(conn, *seq).ok().flatten().and_then(|entry| entry.fact.child());
        differ("redated", unlike(mine, redated.into_iter(), |(seq, _)| seq.0.to_string(), whose));
        Ok((problems, children))
    }
}

impl Fold {
    /// The stays that the table has otherwise. Both lists come in order, so that neither is copied: there are hundreds of thousands.
    fn unlike_stays(&self, conn: &Connection) -> Result<Unlike, StoreError> {
        let (mut ours, mut unlike) = (self.stays.iter().peekable(), Unlike::default());
        sql::each(conn, stays::EVERY, Stay::from_row, |found| {
            if found.arrival < self.since && found.released.is_some() {
                return;
            }
            while let Some((arrival, (child, _))) = ours.next_if(|(arrival, _)| **arrival < found.arrival) {
                unlike.put(arrival.0, [Some(*child), None]);
            }
            let mine = ours.next_if(|(arrival, _)| **arrival == found.arrival).map(|(_, stay)| *stay);
            if mine != Some((found.child, found.released)) {
                unlike.put(found.arrival.0, [mine.map(|(child, _)| child), Some(found.child)]);
            }
        })?;
        for (arrival, (child, _)) in ours {
            unlike.put(arrival.0, [Some(*child), None]);
        }
        Ok(unlike)
    }
}

/// Rows that are in one list and not, or not the same, in the other: their keys, and the children whom they are about.
#[derive(Default)]
struct Unlike {
    keys: Vec<String>,
    children: BTreeSet<ChildId>,
}

impl Unlike {
    fn put(&mut self, key: i64, children: [Option<ChildId>; 2]) {
        self.keys.push(key.to_string());
        self.children.extend(children.into_iter().flatten());
    }
}

fn unlike<T: PartialEq>(
    ours: impl Iterator<Item = T>,
    found: impl Iterator<Item = T>,
    key: impl Fn(&T) -> String,
    child: impl Fn(&T) -> Option<ChildId>,
) -> Unlike {
    let mut left: BTreeMap<String, T> = ours.map(|item| (key(&item), item)).collect();
    let mut unlike = Unlike::default();
    for item in found {
        let name = key(&item);
        match left.remove(&name) {
            Some(mine) if mine == item => {}
            mine => {
                unlike.children.extend(mine.as_ref().and_then(&child).into_iter().chain(child(&item)));
                unlike.keys.push(name);
            }
        }
    }
    for (name, mine) in left {
        unlike.children.extend(child(&mine));
        unlike.keys.push(name);
    }
    unlike
}
