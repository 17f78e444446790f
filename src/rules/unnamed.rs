//! A collector whom the school listed without a name, as a guardian or by a number alone, and on a restricted child's list whoever
//! has no whole name of his own: asked for it before the child goes with that person for the first time (N14, F029).
//!
//! The name is a *naming* (see [`super::barred`]): whom a bar fits is stopped and the child is held; for a child of whom somebody
//! is barred a leader agrees first. It is entered with the release, in one act, and taken back with it.

use super::acts::{named, stopped, text_of};
use super::barred::{self, Naming};
use super::verdict::Verdict;
use super::{Decision, Objection, Pass, Room};
use crate::domain::fact::{Fact, Taker};
use crate::domain::likeness::{Described, is_own_name, is_unnamed};
use crate::domain::people::{Collector, CollectorId, StaffId};
use crate::domain::time::Moment;

/// What a collector is called who had no name, as it was said at the desk.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Called {
    /// Who.
    pub collector: CollectorId,
    /// The name.
    pub name: String,
    /// The leader who agreed, with a PIN; asked for where somebody is barred from the child.
    pub approver: Option<StaffId>,
}

/// The collector to whom a child would go, if nobody knows what the person is called.
#[must_use]
pub fn of(room: Room<'_>, taker: Taker) -> Option<&Collector> {
    let Taker::Collector(id) = taker else { return None };
    room.register.collector(id).filter(|c| lacks_a_name(room, c))
}

/// Whether nobody knows what somebody is called; where somebody is barred from the child, `父亲` and `陈总` are no names either.
#[must_use]
pub fn lacks_a_name(room: Room<'_>, collector: &Collector) -> bool {
    let child = || room.register.child(collector.child).map_or("", |child| child.name.as_str());
    let restricted = || barred::is_restricted(room.register, collector.child, room.day.date());
    is_unnamed(collector.into()) || (collector.staff.is_none() && !is_own_name(&collector.name, child()) && restricted())
}

/// What calling a collector so asks for: held against the bars of today and those that begin later, for the name stays.
#[must_use]
pub fn naming(room: Room<'_>, collector: &Collector, name: &str, now: Moment) -> Naming {
    let who = Described { name, ..collector.into() };
    match barred::naming(room.register, collector.child, who, now.date()) {
        Naming::Stopped => Naming::Stopped,
        Naming::Free | Naming::Leader => barred::naming_for_good(room.register, collector.child, who, now.date()),
    }
}

/// When a bar fits a name that was said: the child is held and the leader is told. Its siblings are asked about again, for the
/// same person stands there.
pub(super) fn stops(room: Room<'_>, passes: &[Pass], now: Moment) -> Option<Decision> {
    let is_stopped = |pass: &Pass| {
        let called = pass.answers.called.as_ref().filter(|_| room.state().presence(pass.child).is_here());
        called.is_some_and(|called| {
            let collector = of(room, Taker::Collector(called.collector)).filter(|c| c.child == pass.child);
            collector.is_some_and(|c| naming(room, c, &called.name, now) == Naming::Stopped)
        })
    };
    let held: Vec<_> = passes.iter().filter(|p| is_stopped(p)).map(|p| p.child).collect();
    if held.is_empty() {
        return None;
    }
    let asked = |pass: &Pass| pass.answers.called.as_ref().map_or(Verdict::Who, |called| Verdict::Unnamed { collector: called.collector });
    let verdict = |pass: &Pass| if held.contains(&pass.child) { Verdict::Hold } else { asked(pass) };
    let facts = held.iter().flat_map(|child| stopped(*child).into_iter().chain([Fact::HeldBack { child: *child }]));
    Some(Decision { verdicts: passes.iter().map(|p| (p.child, verdict(p))).collect(), objection: None, drafts: facts.map(Into::into).collect() })
}

/// What is entered with a release to somebody who had no name: a leader's agreement where one is asked for, and the name.
/// Nothing where there was a name.
pub(super) fn learned(room: Room<'_>, taker: Taker, called: Option<&Called>, now: Moment) -> Result<Vec<Fact>, Objection> {
    let Some(was) = of(room, taker) else { return Ok(Vec::new()) };
    let called = called.filter(|called| called.collector == was.id).ok_or(Objection::Evidence)?;
    let name = text_of(&called.name)?;
    let child = room.register.child(was.child).map_or("", |c| &c.name);
    if !is_own_name(&name, child) {
        return Err(Objection::Evidence);
    }
    let naming = naming(room, was, &name, now);
    let who = Described { name: &name, ..was.into() };
    let mut facts = named(room, was.child, (who, naming), called.approver, now)?.ok_or(Objection::LeaderNeeded(was.child))?;
    let now = Collector { name, ..was.clone() };
    facts.push(Fact::CollectorSet { was: Some(Box::new(was.clone())), now: Box::new(now) });
    Ok(facts)
}
