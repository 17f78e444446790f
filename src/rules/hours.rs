//! Early, late, and whether a child is due today: each by the calendar of the day that it is about.

use chrono::NaiveDate;

use super::{Room, enrolment};
use crate::domain::calendar::care::Plan;
use crate::domain::closing::Extended;
use crate::domain::day::Visit;
use crate::domain::fact::Doubt;
use crate::domain::people::{Child, Consent};
use crate::domain::settings::Settings;
use crate::domain::time::Moment;

/// Whether a child is expected on a date: enrolled, a care day, and one of its days (F006). On a make-up workday that
/// follows another day of the week the days of that one count.
#[must_use]
pub fn is_due(settings: &Settings, child: &Child, on: NaiveDate) -> bool {
    DueOn::new(settings, on).has(child)
}

/// Who is due on a date. The calendar is asked once; whoever goes through all children makes this first.
#[derive(Clone, Copy, Debug)]
pub struct DueOn<'a> {
    settings: &'a Settings,
    on: NaiveDate,
    plan: Option<Plan>,
}

impl<'a> DueOn<'a> {
    /// Who is due on that date, by the calendar as it stands.
    #[must_use]
    pub fn new(settings: &'a Settings, on: NaiveDate) -> Self {
        Self { settings, on, plan: settings.calendar().care(on).map(|care| care.plan) }
    }

    /// Whether this child is.
    #[must_use]
    pub fn has(&self, child: &Child) -> bool {
        match self.plan {
            Some(Plan::Of(weekday)) => enrolment::comes_on(child, &self.settings.terms, self.on, Some(weekday)),
            Some(Plan::Everybody) => enrolment::comes_on(child, &self.settings.terms, self.on, None),
            None => false,
        }
    }
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
    at.date() == day && settings.session_on(day).is_some_and(|session| at.time() < session.pickup_from)
}

/// Whole minutes by which a release at that moment is after the end of the session of its arrival; `None` when it is not,
/// or when extended care was approved for longer (S2.14). Minutes count from the standard end and are never billed (F070). A day
/// that was declared closed while children were in ends by the usual hours, as its boards do.
#[must_use]
pub fn minutes_late(settings: &Settings, visit: &Visit, extended: Option<Extended>, at: Moment) -> Option<i64> {
    let session = settings.session_on(visit.arrived.date()).unwrap_or(settings.session);
    let end = visit.arrived.at_time(session.end);
    let approved = extended.map_or(end, |e| visit.arrived.at_time(e.until).max(end));
    (at.ms > approved.ms && visit.arrived.ms < end.ms).then(|| at.minutes_since(end))
}

#[cfg(test)]
mod tests;
