//! For which days a child is enrolled, whether a guardian has consented, and when it leaves early as a rule (F005, F006,
//! S2.05, S3.07); who works here, or did, of the parents of a child (F004); how full the room is (F007).
//!
//! Where the calendar has a term on a day and the child an enrolment by term at all, the enrolment for that term decides: a
//! child without one is not enrolled then. Otherwise the days and the consent that stand in the child's record hold always.

use chrono::{Datelike, NaiveDate, Weekday};

use super::Room;
use crate::domain::calendar::Term;
use crate::domain::people::{Child, Collector, Consent, EarlyDay, Enrolment, Right, Staff};
use crate::domain::settings::Settings;
use crate::domain::staff::Employment;
use crate::domain::time::{Moment, Weekdays};

/// What was agreed for a child on a day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Plan {
    /// Withdrawn, a guest of another day, or not enrolled for this term.
    NotEnrolled,
    /// Enrolled.
    Enrolled {
        /// On these days; `None` means on every care day.
        weekdays: Option<Weekdays>,
        /// With this consent.
        consent: Consent,
    },
}

/// The term on a day; where terms overlap, the one that began last.
#[must_use]
pub fn term_on(terms: &[Term], on: NaiveDate) -> Option<&Term> {
    terms.iter().filter(|t| t.from <= on && on <= t.until).max_by_key(|t| t.from)
}

/// What was agreed for a child on a day.
#[must_use]
pub fn plan_on(child: &Child, terms: &[Term], on: NaiveDate) -> Plan {
    if !child.enrolled || child.guest_on.is_some_and(|day| day != on) {
        return Plan::NotEnrolled;
    }
    if child.guest_on.is_some() {
        return Plan::Enrolled { weekdays: None, consent: child.consent };
    }
    match term_on(terms, on).filter(|_| !child.terms.is_empty()) {
        None => Plan::Enrolled { weekdays: child.weekdays, consent: child.consent },
        Some(term) => match enrolment_for(child, &term.name) {
            Some(enrolment) => Plan::Enrolled { weekdays: enrolment.weekdays, consent: enrolment.consent },
            None => Plan::NotEnrolled,
        },
    }
}

/// The child's enrolment for a term.
#[must_use]
pub fn enrolment_for<'c>(child: &'c Child, term: &str) -> Option<&'c Enrolment> {
    child.terms.iter().find(|e| e.term == term)
}

/// Whether a child comes on a day by what was agreed; `plan` is the day of the week whose plan it follows, `None` on a day
/// on which everybody is expected who is enrolled.
#[must_use]
pub fn comes_on(child: &Child, terms: &[Term], on: NaiveDate, plan: Option<Weekday>) -> bool {
    match plan_on(child, terms, on) {
        Plan::NotEnrolled => false,
        Plan::Enrolled { weekdays, .. } => plan.is_none_or(|day| weekdays.is_none_or(|days| days.contains(day))),
    }
}

/// The consent that holds on a day; what nobody agreed on is unknown.
#[must_use]
pub fn consent_on(child: &Child, terms: &[Term], on: NaiveDate) -> Consent {
    match plan_on(child, terms, on) {
        Plan::NotEnrolled => Consent::Unknown,
        Plan::Enrolled { consent, .. } => consent,
    }
}

/// Children of the room on a day, without guests of other days.
pub fn enrolled_on(room: Room<'_>, on: NaiveDate) -> impl Iterator<Item = &Child> {
    let terms = &room.settings.terms;
    room.register.children().filter(move |c| plan_on(c, terms, on) != Plan::NotEnrolled)
}

/// Those without a guardian's consent on a day, in the order grade, class, seat (S2.05).
#[must_use]
pub fn without_consent(room: Room<'_>, on: NaiveDate) -> Vec<&Child> {
    let mut list: Vec<&Child> = enrolled_on(room, on).filter(|c| consent_on(c, &room.settings.terms, on) != Consent::Given).collect();
    list.sort_by_key(|c| (c.grade, c.class_no, c.seat, c.id));
    list
}

/// The standing early departure of a day of the week, if there is one (S3.07).
#[must_use]
pub fn early_day(child: &Child, on: NaiveDate) -> Option<&EarlyDay> {
    child.early.iter().find(|e| e.weekday == on.weekday())
}

/// Whether a departure at that moment was agreed on for every such day of the week: then it is not early (S3.07, F044).
#[must_use]
pub fn leaves_early_as_agreed(child: &Child, at: Moment) -> bool {
    early_day(child, at.date()).is_some_and(|e| at.time() >= e.at)
}

/// By how many children the room is over its capacity; `None` when it is not, or has none. It only warns (S2.07).
#[must_use]
pub fn over_capacity(room: Room<'_>, on: NaiveDate) -> Option<(usize, usize)> {
    let places = usize::try_from(room.settings.capacity?).ok()?;
    let children = enrolled_on(room, on).count();
    (children > places).then_some((children, places))
}

/// A collector who is on the school's staff.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct StaffParent<'r> {
    /// The collector.
    pub collector: &'r Collector,
    /// The record as member of staff.
    pub staff: &'r Staff,
    /// Whether the employment that makes the child eligible (在编 or 临聘) still holds (S1.04). A child never falls out by
    /// itself when it does not.
    pub employed: bool,
}

/// The parents of a child who are, or were, on the school's staff (F004).
#[must_use]
pub fn staff_parents<'r>(room: Room<'r>, child: &Child) -> Vec<StaffParent<'r>> {
    let linked = room.register.collectors(child.id).filter(|c| c.right == Right::Standing);
    let parents = linked.filter_map(|collector| {
        let staff = room.register.staff_member(collector.staff?)?;
        let employed = match staff.employment {
            Some(Employment::Permanent | Employment::Temporary) | None => staff.active,
            Some(Employment::Left) => false,
        };
        Some(StaffParent { collector, staff, employed })
    });
    parents.collect()
}

/// Whether the terms of a room leave a child without days and consent: enrolled for other terms only.
#[must_use]
pub fn lacks_this_term(settings: &Settings, child: &Child, on: NaiveDate) -> bool {
    child.enrolled && child.guest_on.is_none() && plan_on(child, &settings.terms, on) == Plan::NotEnrolled
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::people::{ChildId, HouseholdId};
    use chrono::{NaiveTime, Weekday};

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap_or_default()
    }

    fn terms() -> Vec<Term> {
        let term = |name: &str, from: &str, until: &str| Term { name: name.into(), from: date(from), until: date(until) };
        vec![term("2026春", "2026-02-23", "2026-07-03"), term("2026秋", "2026-09-01", "2027-01-22")]
    }

    fn child() -> Child {
        Child { weekdays: Some(Weekdays(0b1)), consent: Consent::Missing, ..Child::new(ChildId(1), "王子涵", 3, HouseholdId(1)) }
    }

    fn enrolment(term: &str) -> Enrolment {
        Enrolment {
            term: term.into(),
            weekdays: Some(Weekdays(0b10)),
            consent: Consent::Given,
            signed_on: None,
            signed_by: None,
            source: None,
            reference: None,
        }
    }

    #[test]
    fn the_term_decides_where_there_is_one() {
        let of = |text: &str| term_on(&terms(), date(text)).map(|t| t.name.clone());
        assert_eq!(of("2026-09-07").as_deref(), Some("2026秋"));
        assert_eq!(of("2026-07-03").as_deref(), Some("2026春"));
        assert_eq!(of("2026-08-01"), None);
        let (monday, tuesday, summer) = (date("2026-09-07"), date("2026-09-08"), date("2026-08-03"));
        type Change = fn(&mut Child);
        // (what is changed, terms in the calendar, day, whether it comes, consent)
        let cases: [(Change, bool, NaiveDate, bool, Consent); 9] = [
            (|_| (), true, monday, true, Consent::Missing),
            (|_| (), true, tuesday, false, Consent::Missing),
            (|c| c.terms.push(enrolment("2026秋")), true, monday, false, Consent::Given),
            (|c| c.terms.push(enrolment("2026秋")), true, tuesday, true, Consent::Given),
            (|c| c.terms.push(enrolment("2026秋")), false, monday, true, Consent::Missing),
            (|c| c.terms.push(enrolment("2026秋")), true, summer, true, Consent::Missing),
            (|c| c.terms.push(enrolment("2026春")), true, monday, false, Consent::Unknown),
            (|c| c.enrolled = false, true, monday, false, Consent::Unknown),
            (|c| c.guest_on = Some(date("2026-09-08")), true, monday, false, Consent::Unknown),
        ];
        for (n, (change, calendar, on, comes, consent)) in cases.into_iter().enumerate() {
            let mut child = child();
            change(&mut child);
            let terms = if calendar { terms() } else { Vec::new() };
            assert_eq!((comes_on(&child, &terms, on, Some(on.weekday())), consent_on(&child, &terms, on)), (comes, consent), "case {n}");
        }
        let guest = Child { guest_on: Some(tuesday), ..child() };
        assert!(comes_on(&guest, &terms(), tuesday, Some(tuesday.weekday())), "a guest comes on its day, whatever the weekday");
    }

    #[test]
    fn an_agreed_early_day_is_of_its_weekday_and_from_its_time_on() {
        let at = NaiveTime::from_hms_opt(16, 50, 0).unwrap_or_default();
        let child = Child { early: vec![EarlyDay { weekday: Weekday::Tue, at, reason: "钢琴课".into() }], ..child() };
        let moment = |text: &str| Moment::from_local(format!("{text}:00").parse().unwrap_or_default(), 480);
        for (text, want) in [
            ("2026-09-08T16:49", false),
            ("2026-09-08T16:50", true),
            ("2026-09-08T17:30", true),
            ("2026-09-07T16:55", false),
            ("2026-09-09T17:00", false),
        ] {
            assert_eq!(leaves_early_as_agreed(&child, moment(text)), want, "{text}");
        }
    }
}
