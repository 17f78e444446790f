//! Who may collect a child, in which order, who is announced, and whether a restriction exists (F029, F030, N26).

use chrono::NaiveDate;

use super::Room;
use crate::domain::day::Visit;
use crate::domain::fact::{Fact, Holder, OfficeFact};
use crate::domain::people::{Child, ChildId, Collector, CollectorId, Right};

/// The number under which "somebody else" is always found.
pub const SOMEBODY_ELSE: u32 = 9;

/// Everybody to whom the child may be released that day, in the order of their numbers from 1: standing collectors by
/// rank, then those named for the day. At most eight, so that nine is always somebody else.
#[must_use]
pub fn takers(room: Room<'_>, child: ChildId, on: NaiveDate) -> Vec<&Collector> {
    let standing = room.register.collectors(child).filter(|c| c.right == Right::Standing && c.may_collect(on));
    let named = room.register.collectors(child).filter(|c| matches!(c.right, Right::OneDay { .. }) && c.may_collect(on));
    standing.chain(named).take(8).collect()
}

/// Whether somebody is barred from collecting this child today: then Enter alone never releases it (I14).
#[must_use]
pub fn is_restricted(room: Room<'_>, child: ChildId) -> bool {
    let today = room.day.date();
    room.register.collectors(child).any(|c| c.is_barred(today))
}

/// To whom Enter alone would release: the card's holder if still entitled, else the first of the list; nobody for a
/// restricted child.
#[must_use]
pub fn default_taker(room: Room<'_>, child: ChildId, visit: &Visit, on: NaiveDate) -> Option<CollectorId> {
    if is_restricted(room, child) {
        return None;
    }
    let takers = takers(room, child, on);
    let held = holder(visit).filter(|id| takers.iter().any(|c| c.id == *id));
    held.or_else(|| takers.first().map(|c| c.id))
}

/// Whether the desk expects this collector: the recorded or presumed holder, collector 1, or somebody named for today.
#[must_use]
pub fn is_announced(room: Room<'_>, child: ChildId, visit: &Visit, collector: CollectorId, on: NaiveDate) -> bool {
    let first = takers(room, child, on).first().map(|c| c.id);
    let named = room.register.collector(collector).is_some_and(|c| matches!(c.right, Right::OneDay { .. }) && c.may_collect(on));
    holder(visit) == Some(collector) || first == Some(collector) || named
}

/// Whether the family has to be called before this collector takes this child: young and not announced (N26).
#[must_use]
pub fn needs_call(room: Room<'_>, child: &Child, visit: &Visit, collector: CollectorId, on: NaiveDate) -> bool {
    child.is_young() && !is_announced(room, child.id, visit, collector, on)
}

/// Whether this collector's pass phrase is asked for: one is agreed on, and the desk does not expect the person as one of
/// the family; somebody named for the day is always asked (F033).
#[must_use]
pub fn wants_phrase(room: Room<'_>, child: ChildId, visit: &Visit, collector: CollectorId, on: NaiveDate) -> bool {
    let Some(record) = room.register.collector(collector).filter(|c| c.phrase.is_some()) else { return false };
    matches!(record.right, Right::OneDay { .. }) || !is_announced(room, child, visit, collector, on)
}

/// So many wrong pass phrases in a day are enough: then it is not asked any more, the leader takes over (F033).
pub const WRONG_PHRASES: usize = 5;

/// How often a wrong phrase was said for this collector today.
#[must_use]
pub fn wrong_phrases(room: Room<'_>, collector: CollectorId) -> usize {
    let wrong = |fact: &Fact| matches!(fact, Fact::Office(OfficeFact::PhraseTried { collector: c, right: false, .. }) if *c == collector);
    room.day.entries().iter().filter(|e| wrong(&e.fact)).count()
}

/// Who is presumed to hold the card when nobody says otherwise: the first standing collector.
#[must_use]
pub fn presumed_holder(room: Room<'_>, child: ChildId, on: NaiveDate) -> Holder {
    takers(room, child, on).first().map_or(Holder::Nobody, |c| Holder::Presumed(c.id))
}

/// The collector who holds the card; an escort is never one.
#[must_use]
pub fn holder(visit: &Visit) -> Option<CollectorId> {
    match visit.holder {
        Holder::Presumed(id) | Holder::Named(id) => Some(id),
        Holder::Escort(_) | Holder::Nobody => None,
    }
}
