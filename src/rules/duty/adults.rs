//! Two adults are two people (F042, F068): who has acted at a desk, who can witness what is done there, and when children
//! would be left with too few.

use std::collections::BTreeSet;

use super::{is_able, may_agree};
use crate::domain::closing::Stay;
use crate::domain::day::{ChildDay, Presence};
use crate::domain::fact::{Fact, Seq};
use crate::domain::likeness::{Described, likeness};
use crate::domain::people::{ChildId, Staff, StaffId};
use crate::domain::time::Moment;
use crate::rules::access::Right;
use crate::rules::collect::Vouch;
use crate::rules::{Room, barred};

/// Whether somebody who goes off duty leaves children behind with fewer adults than there have to be: nobody else is on
/// duty, or this is one of the two who stay with them (F068).
#[must_use]
pub fn leaves_alone(room: Room<'_>, staff: StaffId) -> bool {
    let stays = |day: &ChildDay| matches!(&day.stays, Some((_, Stay::TwoAdults { adults, .. })) if adults.contains(&staff));
    let last = !room.state().duty().iter().any(|d| d.staff != staff);
    let here = |day: &ChildDay| matches!(day.presence(), Presence::In(_) | Presence::Out(..));
    room.state().is_on_duty(staff) && room.state().children().any(|(_, day)| here(day) && (last || stays(day)))
}

/// Who is on duty and able to act, in the order of signing on.
#[must_use]
pub fn able_on_duty(room: Room<'_>, now: Moment) -> Vec<StaffId> {
    room.state().duty().iter().map(|d| d.staff).filter(|staff| is_able(room, *staff, now)).collect()
}

/// Everybody who has acted at this desk since an entry: who acts now, who entered something, who signed on or was chosen
/// here, and who went off duty meanwhile. What was taken back was done all the same.
#[must_use]
pub fn acted_since(room: Room<'_>, since: Seq) -> BTreeSet<StaffId> {
    let mut who: BTreeSet<StaffId> = room.actor().into_iter().collect();
    for entry in room.day.entries().iter().rev().take_while(|e| e.seq > since) {
        let here = entry.desk == room.desk;
        who.extend(entry.staff.filter(|_| here));
        #[allow(clippy::wildcard_enum_match_arm)] // the facts by which it changes who acts
        match entry.fact {
            Fact::SignedOn { staff } | Fact::ActorChosen { staff } if here => drop(who.insert(staff)),
            Fact::SignedOff { staff, .. } => drop(who.insert(staff)),
            _ => {}
        }
    }
    who
}

/// Whether somebody can be the second adult for a child that came up after an entry: on duty or a leader, and nobody who has
/// acted at this desk since (F042).
#[must_use]
pub fn may_witness(room: Room<'_>, staff: StaffId, since: Seq, now: Moment) -> bool {
    let there = room.state().is_on_duty(staff) || may_agree(room, staff, Right::SecondAdult, now).is_ok();
    there && is_able(room, staff, now) && !acted_since(room, since).contains(&staff)
}

/// Whether a member of staff is the person described, under whatever record.
#[must_use]
pub fn is_person(staff: &Staff, who: Described<'_>) -> bool {
    likeness(staff.into(), who).is_some()
}

/// Who can be the second adult where this person collects a child and that one vouches: whoever collects, or is barred from the
/// child, is no witness, and who vouches as a leader only where nobody else is there.
#[must_use]
pub fn seconds_for<'r>(room: Room<'r>, since: Seq, child: ChildId, taken: (Option<Described<'_>>, Vouch), now: Moment) -> Vec<&'r Staff> {
    let (collector, vouch) = taken;
    let others = second_adults(room, since, now).into_iter().filter(|s| collector.is_none_or(|who| !is_person(s, who)));
    let others = others.filter(|s| !barred::is_of_staff(room.register, child, s.id, now.date()));
    let all: Vec<&Staff> = others.collect();
    let apart: Vec<&Staff> = all.iter().copied().filter(|s| vouch != Vouch::Leader(s.id)).collect();
    if apart.is_empty() { all } else { apart }
}

/// Who can be the second adult for a child that came up after an entry: those on duty first, then leaders.
#[must_use]
pub fn second_adults(room: Room<'_>, since: Seq, now: Moment) -> Vec<&Staff> {
    let on_duty = room.register.staff().filter(|s| room.state().is_on_duty(s.id));
    let others = room.register.staff().filter(|s| !room.state().is_on_duty(s.id));
    on_duty.chain(others).filter(|s| may_witness(room, s.id, since, now)).collect()
}
