//! Who may collect a child, in which order, who is announced, and whether a restriction exists (F029, F030, N26).

use chrono::NaiveDate;

use super::Room;
use crate::domain::day::Visit;
use crate::domain::fact::Holder;
use crate::domain::people::{Child, ChildId, Collector, CollectorId, Right};

/// The number under which "somebody else" is always found.
pub const SOMEBODY_ELSE: u32 = 9;

/// Everybody to whom the child may be released that day, in the order of their numbers from 1: standing collectors by
/// rank, then those named for the day. At most eight, so that nine is always somebody else.
#[must_use]
pub fn takers(room: Room<'_>, child: ChildId, on: NaiveDate) -> Vec<&Collector> {
    let standing = room.register.collectors(child).filter(|c| c.right == Right::Standing);
    let named = room.register.collectors(child).filter(|c| matches!(c.right, Right::OneDay { .. }) && c.may_collect(on));
    standing.chain(named).take(8).collect()
}

/// Whether somebody is barred from collecting this child: then Enter alone never releases it (I14).
#[must_use]
pub fn is_restricted(room: Room<'_>, child: ChildId) -> bool {
    room.register.collectors(child).any(|c| c.right == Right::Barred)
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
