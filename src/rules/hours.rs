//! Early, late, and whether a child is due today.

use chrono::NaiveDate;

use super::{Room, enrolment};
use crate::domain::closing::Extended;
use crate::domain::day::Visit;
use crate::domain::fact::Doubt;
use crate::domain::people::{Child, Consent};
use crate::domain::settings::Settings;
use crate::domain::time::Moment;

/// Whether a child is expected on a date: enrolled, a care day, and one of its days (F006).
#[must_use]
pub fn is_due(settings: &Settings, child: &Child, on: NaiveDate) -> bool {
    settings.session.is_on(on) && enrolment::comes_on(child, &settings.terms, on)
}

/// What speaks against an arrival today: leave, then the day, then consent. One question covers it.
#[must_use]
pub fn doubt(room: Room<'_>, child: &Child, on: NaiveDate) -> Option<Doubt> {
    if room.state().child(child.id).is_some_and(|c| c.leave.is_some() && c.visits.is_empty()) {
        return Some(Doubt::OnLeave);
    }
    if !is_due(room.settings, child, on) {
        return Some(Doubt::NotToday);
    }
    let missing = match enrolment::consent_on(child, &room.settings.terms, on) {
        Consent::Given => false,
        Consent::Missing => true,
        Consent::Unknown => room.settings.require_consent,
    };
    missing.then_some(Doubt::NoConsent)
}

/// Whether a release at that moment is before ordinary pickup of the day on which the child arrived.
#[must_use]
pub fn is_early(settings: &Settings, visit: &Visit, at: Moment) -> bool {
    let day = visit.arrived.date();
    settings.session.is_on(day) && at.date() == day && at.time() < settings.session.pickup_from
}

/// Whole minutes by which a release at that moment is after the end of the session of its arrival; `None` when it is not,
/// or when extended care was approved for longer (S2.14). Minutes count from the standard end and are never billed (F070).
#[must_use]
pub fn minutes_late(settings: &Settings, visit: &Visit, extended: Option<Extended>, at: Moment) -> Option<i64> {
    if !settings.session.is_on(visit.arrived.date()) {
        return None;
    }
    let end = visit.arrived.at_time(settings.session.end);
    let approved = extended.map_or(end, |e| visit.arrived.at_time(e.until).max(end));
    (at.ms > approved.ms && visit.arrived.ms < end.ms).then(|| at.minutes_since(end))
}
