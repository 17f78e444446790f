//! What kind of day a date is, and when there is care on it: one answer for every date.
//!
//! In this order: what the school declared for the day, a published holiday, the time between two terms, a published make-up
//! workday, the day of the week in the timetable that holds. Of several timetables of a kind that hold on a day the one that
//! began last counts. While none has begun, the usual session of the desk's configuration holds. Hours are times on the wall;
//! clocks that are put forward or back change nothing.
//!
//! The calendar is the calendar as it stands: a day of the past is judged by what is known of it today, not by what was known
//! then. Where the notice of a year is not published, the days of the week hold and [`CareDay::known`] says that this is all.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};

use super::notice::Notices;
use super::{SessionKind, SpecialDay, SpecialKind, Term, Timetable, TimetableId};
use crate::domain::register::Office;
use crate::domain::settings::Session;

/// What kind of day it is. Every date is exactly one of these.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum DayKind {
    /// An ordinary day with care.
    School,
    /// A day with care that has none as a rule: a make-up workday (调休).
    MakeUp,
    /// A half day, with hours of its own.
    Half,
    /// A published holiday.
    Holiday,
    /// The school has closed it.
    Closed,
    /// Between two terms.
    Vacation,
    /// A day of the week without care.
    Off,
}

impl DayKind {
    /// All.
    pub const ALL: [Self; 7] = [Self::School, Self::MakeUp, Self::Half, Self::Holiday, Self::Closed, Self::Vacation, Self::Off];

    /// The word in files.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::School => "school",
            Self::MakeUp => "make_up",
            Self::Half => "half",
            Self::Holiday => "holiday",
            Self::Closed => "closed",
            Self::Vacation => "vacation",
            Self::Off => "off",
        }
    }
}

/// Whose plan children follow on a day with care.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Plan {
    /// That of this day of the week.
    Of(Weekday),
    /// A make-up workday for which no day of the week was named: everybody is expected.
    Everybody,
}

/// When there is care on a day, and who is expected.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Care {
    /// The session: the standard one, where there is one.
    pub session: Session,
    /// No sound before this time, for classes are still on (S1.09).
    pub quiet_until: NaiveTime,
    /// Whose plan the children follow.
    pub plan: Plan,
}

/// Hours of a further session on a day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Further {
    /// Which.
    pub kind: SessionKind,
    /// It begins.
    pub start: NaiveTime,
    /// It ends.
    pub end: NaiveTime,
}

/// A day as the calendar has it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CareDay {
    /// The day.
    pub date: NaiveDate,
    /// What kind of day it is.
    pub kind: DayKind,
    /// Its name: of the holiday, or why it is special; empty for an ordinary day.
    pub name: String,
    /// When there is care, if there is.
    pub care: Option<Care>,
    /// Extended care or evening study after it, by timetable (S2.14, S2.16).
    pub further: Vec<Further>,
    /// The term in which it lies.
    pub term: Option<String>,
    /// Whether the notice of its year is published, or the school has said what the day is. Else the day of the week is all
    /// that is known.
    pub known: bool,
}

impl CareDay {
    /// The session, if there is care.
    #[must_use]
    pub fn session(&self) -> Option<Session> {
        self.care.map(|c| c.session)
    }

    /// The other day of the week whose plan it follows.
    #[must_use]
    pub fn follows(&self) -> Option<Weekday> {
        match self.care?.plan {
            Plan::Of(day) if day != self.date.weekday() => Some(day),
            Plan::Of(_) | Plan::Everybody => None,
        }
    }
}

/// What the school has entered about its calendar.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Entered {
    /// Terms, by name.
    pub terms: BTreeMap<String, Term>,
    /// Timetables, by number.
    pub timetables: BTreeMap<TimetableId, Timetable>,
    /// Special days.
    pub days: BTreeMap<NaiveDate, SpecialDay>,
}

impl Entered {
    /// What the register holds.
    #[must_use]
    pub fn of(office: &Office) -> Self {
        Self { terms: office.terms.clone(), timetables: office.timetables.clone(), days: office.days.clone() }
    }
}

/// The calendar: everything from which the answer for a date follows.
#[derive(Clone, Copy, Debug)]
pub struct Calendar<'a> {
    /// The session of the desk's configuration.
    pub usual: Session,
    /// What the school has entered.
    pub entered: &'a Entered,
    /// What was published.
    pub notices: &'a Notices,
}

impl<'a> Calendar<'a> {
    /// What a date is.
    #[must_use]
    pub fn day(self, date: NaiveDate) -> CareDay {
        let (kind, name) = self.kind(date);
        let special = self.entered.days.contains_key(&date);
        CareDay {
            date,
            kind,
            name: name.to_owned(),
            care: self.care(date),
            further: self.further(date),
            term: self.term(date).map(|t| t.name.clone()),
            known: special || self.notices.knows(date.year()),
        }
    }

    /// When there is care on a date, and who is expected; `None` on a day without.
    #[must_use]
    pub fn care(self, date: NaiveDate) -> Option<Care> {
        let own = date.weekday();
        let special = self.entered.days.get(&date);
        match self.kind(date).0 {
            DayKind::Holiday | DayKind::Closed | DayKind::Vacation | DayKind::Off => None,
            DayKind::School | DayKind::MakeUp | DayKind::Half => {
                let named = special.and_then(|day| day.follows);
                let base = self.hours(date, named.unwrap_or(own));
                let plan = match (named, base) {
                    (Some(day), _) => Plan::Of(day),
                    (None, Some(_)) => Plan::Of(own),
                    (None, None) => Plan::Everybody,
                };
                let base = base.unwrap_or_else(|| self.some_hours(date));
                Some(Care { plan, ..special.map_or(base, |day| with_own_hours(base, day)) })
            }
        }
    }

    /// The term in which a date lies.
    #[must_use]
    pub fn term(self, date: NaiveDate) -> Option<&'a Term> {
        self.entered.terms.values().find(|t| (t.from..=t.until).contains(&date))
    }

    /// The timetable of a kind that holds on a date for a day of the week.
    #[must_use]
    pub fn in_force(self, date: NaiveDate, weekday: Weekday, kind: SessionKind) -> Option<&'a Timetable> {
        self.entered.timetables.values().filter(|t| t.kind == kind && t.holds(date, weekday)).max_by_key(|t| (t.from, t.id))
    }

    /// Whether the session of the desk's configuration still holds: no standard timetable has begun.
    #[must_use]
    pub fn is_usual(self, date: NaiveDate) -> bool {
        !self.entered.timetables.values().any(|t| t.kind == SessionKind::Standard && t.from <= date)
    }

    /// What kind of day it is, and its name.
    fn kind(self, date: NaiveDate) -> (DayKind, &'a str) {
        let has_hours = || self.hours(date, date.weekday()).is_some();
        if let Some(day) = self.entered.days.get(&date) {
            let kind = match day.kind {
                SpecialKind::Closed => DayKind::Closed,
                SpecialKind::Half => DayKind::Half,
                SpecialKind::Care if day.follows.is_none() && has_hours() => DayKind::School,
                SpecialKind::Care => DayKind::MakeUp,
            };
            return (kind, &day.name);
        }
        match self.notices.day(date) {
            Some(day) if day.off => (DayKind::Holiday, &day.name),
            _ if self.is_vacation(date) => (DayKind::Vacation, ""),
            Some(day) if has_hours() => (DayKind::School, &day.name),
            Some(day) => (DayKind::MakeUp, &day.name),
            None if has_hours() => (DayKind::School, ""),
            None => (DayKind::Off, ""),
        }
    }

    /// Between the end of a term and the beginning of the next: both have to be entered, so that a term that nobody has
    /// entered yet does not close the room.
    fn is_vacation(self, date: NaiveDate) -> bool {
        let mut terms = self.entered.terms.values();
        let (mut before, mut after) = (false, false);
        let inside = terms.any(|t| {
            before |= t.until < date;
            after |= date < t.from;
            (t.from..=t.until).contains(&date)
        });
        before && after && !inside
    }

    /// The session of a day of the week in what holds on a date: the standard one, else the first of the others.
    fn hours(self, date: NaiveDate, weekday: Weekday) -> Option<Care> {
        let plan = Plan::Of(weekday);
        let days = self.usual.days;
        let of = |t: &Timetable| Care {
            session: Session { days, start: t.start, end: t.end, pickup_from: t.pickup_from },
            quiet_until: t.quiet_until.unwrap_or(t.start),
            plan,
        };
        if let Some(standard) = self.in_force(date, weekday, SessionKind::Standard) {
            return Some(of(standard));
        }
        if self.is_usual(date) && days.contains(weekday) {
            return Some(Care { session: self.usual, quiet_until: self.usual.start, plan });
        }
        [SessionKind::Extended, SessionKind::Evening].into_iter().find_map(|kind| self.in_force(date, weekday, kind)).map(of)
    }

    /// The hours of a day whose own day of the week has none: those of the first day of the week that has.
    fn some_hours(self, date: NaiveDate) -> Care {
        let monday_first = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];
        let found = monday_first.into_iter().find_map(|day| self.hours(date, day));
        found.unwrap_or(Care { session: self.usual, quiet_until: self.usual.start, plan: Plan::Everybody })
    }

    fn further(self, date: NaiveDate) -> Vec<Further> {
        let Some(care) = self.care(date) else { return Vec::new() };
        let weekday = match care.plan {
            Plan::Of(day) => day,
            Plan::Everybody => date.weekday(),
        };
        let kinds = [SessionKind::Extended, SessionKind::Evening].into_iter();
        let tables = kinds.filter_map(|kind| self.in_force(date, weekday, kind)).filter(|t| t.start >= care.session.end);
        tables.map(|t| Further { kind: t.kind, start: t.start, end: t.end }).collect()
    }
}

/// The hours that a special day has of its own, put over those of its plan; hours that make no sense are passed over.
fn with_own_hours(base: Care, day: &SpecialDay) -> Care {
    let Session { days, start, end, pickup_from } = base.session;
    let before_end = end - pickup_from;
    let (start, end) = (day.start.unwrap_or(start), day.end.unwrap_or(end));
    if start >= end {
        return base;
    }
    let usual = if day.start.is_some() || day.end.is_some() { end.overflowing_sub_signed(before_end).0.min(end) } else { pickup_from };
    let pickup_from = day.pickup_from.unwrap_or(usual).clamp(start, end);
    let quiet_until = if day.start.is_some() { start } else { base.quiet_until };
    Care { session: Session { days, start, end, pickup_from }, quiet_until, ..base }
}

#[cfg(test)]
mod tests;
