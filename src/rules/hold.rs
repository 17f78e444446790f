//! A child that is held back: somebody asked for it who may not, or evidence did not hold (N14).
//!
//! A hold belongs to the child's day. While it stands nobody releases the child, on whatever evidence, at whatever desk; only a
//! leader's PIN lifts it, and that opens nothing else. Overnight it stands as long as the stay is open.

use super::access::Right as Access;
use super::acts::text_of;
use super::{Objection, Room, barred, collect, duty};
use crate::domain::day::{ChildDay, Held, Presence};
use crate::domain::fact::{Fact, HoldAnswer, Incident};
use crate::domain::people::{ChildId, StaffId};
use crate::domain::time::Moment;

/// The hold on a child, if one stands now. What is entered for an earlier time is held as well.
#[must_use]
pub fn held(room: Room<'_>, child: ChildId) -> Option<&Held> {
    room.day.state().child(child)?.held.as_ref()
}

/// Whether somebody has to name the collector of this child: one is barred, from it or from a sibling on whose list here the person
/// stands, the child was held back today, or a child of its household is held now, for one person stands there. Then Enter alone never releases it (I14).
#[must_use]
pub fn names_first(room: Room<'_>, child: ChildId) -> bool {
    let household = room.register.child(child).map(|c| c.household);
    let sibling_held = || household.is_some_and(|h| room.register.household(h).any(|sibling| sibling != child && held(room, sibling).is_some()));
    let siblings_bar = || barred::siblings_bar(room.register, child, room.day.date()).is_some();
    collect::is_restricted(room, child) || was_held(room, child) || sibling_held() || siblings_bar()
}

/// Whether a child is, or was, held back today.
#[must_use]
pub fn was_held(room: Room<'_>, child: ChildId) -> bool {
    room.state().child(child).is_some_and(|day| day.held.is_some() || day.held_back > 0 || day.hold_lifted.is_some())
}

/// Whether somebody asked today, who may not, for this child or another of its household: whoever it was may stand there still. Then
/// it does not go home alone.
#[must_use]
pub fn family_was_asked_for(room: Room<'_>, child: ChildId) -> bool {
    let household = room.register.child(child).map(|c| c.household);
    was_asked_for(room, child) || household.is_some_and(|h| room.register.household(h).any(|sibling| was_asked_for(room, sibling)))
}

/// Whether somebody asked for this child today who may not: it was held back, or naming somebody for it was stopped.
fn was_asked_for(room: Room<'_>, child: ChildId) -> bool {
    let asked = |kind: &Incident| matches!(kind, Incident::NamingStopped | Incident::HoldTooLate);
    let stopped = |day: &ChildDay| day.incidents.iter().any(|(_, kind)| asked(kind));
    was_held(room, child) || room.state().child(child).is_some_and(stopped)
}

/// Children in the room's charge, or out for a while, who are held back; the longest first.
#[must_use]
pub fn all_held(room: Room<'_>) -> Vec<ChildId> {
    let here = |presence: Presence<'_>| matches!(presence, Presence::In(_) | Presence::Out(..));
    let held = room.state().children().filter(|(_, day)| here(day.presence()));
    let mut list: Vec<(Moment, ChildId)> = held.filter_map(|(id, day)| Some((day.held.as_ref()?.since, id))).collect();
    list.sort_unstable();
    list.into_iter().map(|(_, id)| id).collect()
}

pub(super) fn facts(room: Room<'_>, child: ChildId, how: &HoldAnswer, approver: StaffId, now: Moment) -> Result<Vec<Fact>, Objection> {
    if held(room, child).is_none() {
        return Err(Objection::NotHeld(child));
    }
    duty::may_agree(room, approver, Access::LiftHold, now)?;
    if barred::is_of_staff(room.register, child, approver, now.date()) {
        return Err(Objection::WrongStaff);
    }
    let how = match how {
        HoldAnswer::Left | HoldAnswer::Listed => how.clone(),
        HoldAnswer::Noted { text } => HoldAnswer::Noted { text: text_of(text)? },
    };
    Ok(vec![Fact::HoldDecided { child, how, approver }])
}
