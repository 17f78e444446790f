//! Taking back what was changed about staff (F043, F167): what rests on a record, and what would stand wrong without it.

use crate::domain::card::CardNumber;
use crate::domain::face::may_be_one;
use crate::domain::fact::{Entry, Fact, OfficeFact};
use crate::domain::people::{Staff, StaffId};
use crate::rules::office::Hindrance as OfficeHindrance;
use crate::rules::office::staff::Hindrance;
use crate::rules::{Objection, Room, duty};

/// Whether `later` rests on what was changed about somebody: the person came on duty, gave a PIN, was planned or listed with
/// it, or took the name or the card that would come back. For a new record see [`super::made`].
#[allow(clippy::wildcard_enum_match_arm)] // the facts in which somebody of the staff is named
pub(super) fn rests_on(later: &Entry, was: Option<&Staff>, now: &Staff) -> bool {
    let Some(was) = was else { return false };
    let id = now.id;
    // One chip in another spelling is the same card.
    let comes_back = |card: &CardNumber| was.card.as_ref().is_some_and(|own| may_be_one(own.as_str(), card.as_str()));
    let opens = (was.role, &was.pin) != (now.role, &now.pin);
    match &later.fact {
        Fact::StaffSet { now: other, .. } if other.id == id => true,
        Fact::StaffSet { now: other, .. } => (was.active && other.active && was.name == other.name) || other.card.as_ref().is_some_and(comes_back),
        Fact::CardSet { now: card, .. } => comes_back(&card.number),
        Fact::SignedOn { staff } => *staff == id,
        Fact::PinTried { staff } | Fact::PinProved { staff } => opens && *staff == id,
        Fact::Recovery(step) => opens && step.staff() == id,
        Fact::CollectorSet { was: before, now: listed } => listed.staff == Some(id) && before.as_ref().and_then(|b| b.staff) != Some(id),
        Fact::Office(OfficeFact::DutyPlanned { was: before, now: list, .. }) => list.contains(&id) && !before.contains(&id),
        _ => false,
    }
}

/// Whether an act changes somebody's record, so that who went off duty with it comes back with it.
pub(super) fn takes_off_duty<'a>(act: impl IntoIterator<Item = &'a Entry>, staff: StaffId) -> bool {
    act.into_iter().any(|e| matches!(&e.fact, Fact::StaffSet { now, .. } if now.id == staff))
}

/// What stands against the record that would come back: nobody would lead, or somebody unfit would be on duty.
pub(super) fn stands_against(room: Room<'_>, act: &[&Entry]) -> Option<Objection> {
    let hindered = |hindrance| Some(Objection::Office(OfficeHindrance::Staff(hindrance)));
    #[allow(clippy::wildcard_enum_match_arm)] // the facts about records
    act.iter().find_map(|entry| match &entry.fact {
        Fact::StaffSet { was, now } => {
            let (was, id) = (was.as_deref(), now.id);
            let led = room.register.staff_member(id).is_some_and(duty::is_leader);
            let others = room.register.staff().any(|s| s.id != id && duty::is_leader(s));
            if led && !was.is_some_and(duty::is_leader) && !others {
                return hindered(Hindrance::LastLeader(id));
            }
            let fit = |s: &Staff| s.pin.is_some() && duty::plan::can_be_planned(s, room.day.date());
            let comes_back = act.iter().any(|e| matches!(e.fact, Fact::SignedOff { staff, .. } if staff == id));
            let on_duty = comes_back || room.state().is_on_duty(id);
            if on_duty && !was.is_some_and(fit) { hindered(Hindrance::OnDuty(id)) } else { None }
        }
        _ => None,
    })
}
