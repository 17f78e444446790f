//! Nobody lets himself in (F030, I14): a change of the register, or taking one back, is refused where it is the own matter of
//! anybody who has a hand in it.
//!
//! Two have: who opened the register with a PIN, and who acts at this desk, for that may be the one at the keyboard while the PIN
//! holds. Both are asked here and nowhere else.

use super::access::demand::{self, Carrier, Demand};
use super::{Act, Decision, Objection, Room, barred, duty, office};
use crate::domain::fact::{Entry, Fact};
use crate::domain::people::{Collector, Right, StaffId};
use crate::domain::time::Moment;

/// Who has a hand in what asks for this, each with what is said where it is that person's own matter.
fn hands(room: Room<'_>, demand: Demand) -> [Option<(StaffId, Objection)>; 2] {
    let of_actor = if demand.of == Carrier::Keeper { Objection::OtherActorNeeded } else { Objection::WrongStaff };
    [room.keeper.map(|keeper| (keeper, Objection::WrongStaff)), room.actor().map(|actor| (actor, of_actor))]
}

/// What was decided of an act, unless it is the own matter of somebody who has a hand in it.
pub(super) fn unless_own(room: Room<'_>, act: &Act, decision: Decision, now: Moment) -> Decision {
    let Act::Office(change) = act else { return decision };
    let demand = demand::of_act(room, act);
    let opens = |who| decision.drafts.iter().any(|draft| barred::opens_a_way(room.register, &draft.fact, who, now.date()).is_some());
    let [keeper, actor] = hands(room, demand);
    // Whoever acts has no hand in what is anybody's, as a leader's coming back by the recovery code.
    let asked = [keeper, actor.filter(|_| demand.of == Carrier::Keeper)];
    let own = asked.into_iter().flatten().find(|(who, _)| office::is_own_matter(room, change, *who, now) || opens(*who));
    own.map_or(decision, |(_, objection)| Decision::refuse(objection))
}

/// What stands against taking these entries back: they speak of a child from whom one of those is barred who have a hand in it, would
/// put that person on a list that is restricted, or would let the person be, or act as, somebody else.
pub(super) fn of_undoing(room: Room<'_>, entries: &[&Entry], demand: Demand, now: Moment) -> Option<Objection> {
    let on = now.date();
    let opens = |fact: &Fact, who| {
        let back = reversed(fact);
        std::iter::once(fact).chain(&back).any(|fact| barred::opens_a_way(room.register, fact, who, on).is_some())
    };
    let lists = |fact: &Fact, who| {
        let Some(Fact::CollectorSet { now: listed, .. }) = reversed(fact).filter(|_| demand.of == Carrier::Keeper) else { return false };
        lists_in_restricted(room, &listed, who, now)
    };
    let is_own = |fact: &Fact, who: StaffId| {
        let barred = fact.child().is_some_and(|child| barred::is_of_staff(room.register, child, who, on));
        barred || opens(fact, who) || lists(fact, who)
    };
    let own = hands(room, demand).into_iter().flatten().find(|(who, _)| entries.iter().any(|entry| is_own(&entry.fact, *who)));
    own.map(|(_, objection)| objection)
}

/// The change of a record the other way round.
#[allow(clippy::wildcard_enum_match_arm)] // the facts by which somebody is let in
fn reversed(fact: &Fact) -> Option<Fact> {
    match fact {
        Fact::StaffSet { was: Some(was), now } => Some(Fact::StaffSet { was: Some(now.clone()), now: was.clone() }),
        Fact::CollectorSet { was: Some(was), now } => Some(Fact::CollectorSet { was: Some(now.clone()), now: was.clone() }),
        _ => None,
    }
}

/// Whether somebody who has a hand in it would stand on the list of a child from whom somebody is barred.
fn lists_in_restricted(room: Room<'_>, listed: &Collector, who: StaffId, now: Moment) -> bool {
    let is_listed = matches!(listed.right, Right::Standing | Right::OneDay { .. });
    let is_the_person = || room.register.staff_member(who).is_some_and(|staff| duty::is_person(staff, listed.into()));
    is_listed && barred::is_restricted(room.register, listed.child, now.date()) && is_the_person()
}
