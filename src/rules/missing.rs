//! Children who did not come back with their group: the clock that no move stops (F060, N36).
//!
//! A child is missing from the count that it did not answer until somebody says either that it was *seen* (by whom, where), or
//! that it was *collected* (by whom). Until then nobody is moved, called over, put into a group, sent out or let go as if it were
//! there. A time that the family promised pauses the clock; when that has passed, the desk asks again (A21).

use super::closing::last_chase;
use super::{Objection, Room, barred, duty};
use crate::domain::closing::{Found, Matter, Outcome};
use crate::domain::day::{Presence, State, Visit};
use crate::domain::fact::{Account, Fact, Incident};
use crate::domain::people::{ChildId, StaffId};
use crate::domain::settings::Place;
use crate::domain::time::Moment;

/// The stay of a child that is here, and not missing.
///
/// # Errors
/// That it is not here, or that nobody knows where it is.
pub(super) fn at_hand(state: &State, child: ChildId) -> Result<&Visit, Objection> {
    match state.presence(child) {
        Presence::In(visit) if visit.missing.is_some() => Err(Objection::Missing(child)),
        Presence::In(visit) => Ok(visit),
        Presence::NotHere | Presence::Out(..) | Presence::Gone(..) => Err(Objection::NotHere(child)),
    }
}

/// Until when the clock of a missing child pauses: what the family promised, and the grace after it. The promise has to be
/// younger than the clock.
#[must_use]
pub fn paused_until(room: Room<'_>, child: ChildId, now: Moment) -> Option<Moment> {
    room.day.state().missing_child(child)?;
    let last = last_chase(room, child, Matter::Missing).filter(|c| matches!(c.outcome, Outcome::Promised { .. }))?;
    last.again.filter(|again| again.ms > now.ms)
}

/// By whom a missing child can have been seen: everybody who works here, who is on duty first.
#[must_use]
pub fn witnesses(room: Room<'_>) -> Vec<StaffId> {
    let mut list: Vec<StaffId> = room.register.staff().filter(|s| duty::works_here(s)).map(|s| s.id).collect();
    list.sort_by_key(|id| (!room.state().is_on_duty(*id), *id));
    list
}

/// Where it can have been seen: the room's places, where it was last, and the guard's room.
#[must_use]
pub fn places(room: Room<'_>, child: ChildId) -> Vec<Place> {
    let mut list = room.settings.places.clone();
    let last_place = room.state().missing_child(child).map(|m| m.place.clone());
    for place in last_place.into_iter().chain([Place::new(Place::GUARD)]) {
        if !list.contains(&place) {
            list.push(place);
        }
    }
    list
}

/// The clock ends: somebody has seen the child, who is at that place now.
pub(super) fn seen(room: Room<'_>, child: ChildId, by: StaffId, place: &Place) -> Result<Vec<Fact>, Objection> {
    let Presence::In(visit) = room.state().presence(child) else { return Err(Objection::NotHere(child)) };
    if visit.missing.is_none() {
        return Err(Objection::AlreadyHere(child));
    }
    if !room.register.staff_member(by).is_some_and(duty::works_here) {
        return Err(Objection::WrongStaff);
    }
    let barred = |staff| barred::is_of_staff(room.register, child, staff, room.day.date());
    if barred(by) || room.actor().is_some_and(barred) {
        return Err(Objection::WrongStaff);
    }
    let mut facts = vec![Fact::Account(Account::Found { child, how: Found::Seen { by, place: place.clone() } })];
    if visit.place != *place {
        facts.push(Fact::Moved { child, was: visit.place.clone(), now: place.clone() });
    }
    Ok(facts)
}

/// The clock ends because the family has the child, as the release says that is entered with it: it was given away without the
/// desk, and that is an incident (A41). Nothing for a child that is not missing.
pub(super) fn collected(state: &State, child: ChildId) -> Vec<Fact> {
    if state.missing_child(child).is_none() {
        return Vec::new();
    }
    let found = Account::Found { child, how: Found::WithFamily };
    [found, Account::Incident { child, kind: Incident::ReleasedUnseen }].into_iter().map(Fact::Account).collect()
}
