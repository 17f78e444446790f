//! When there is care: terms, timetables by date range and weekday, and days that are not like others (S1.12, S2.10, S2.13).
//!
//! The records are here; what they come to on a date is in [`care`], and the published notices of holidays and make-up
//! workdays in [`notice`].

pub mod care;
pub mod notice;

use chrono::{NaiveDate, NaiveTime, Weekday};
use serde::{Deserialize, Serialize};

use super::time::Weekdays;

/// A school term; consent and enrolment go by it (F006).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Term {
    /// Its name, unique: `2026秋`.
    pub name: String,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub until: NaiveDate,
}

/// Number of a timetable in this store, from 1.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct TimetableId(pub i64);

/// What a session is (S2.12, S2.14, S2.16).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionKind {
    /// The ordinary session, as a rule not later than 18:00.
    Standard,
    /// Extended care after it.
    Extended,
    /// Evening study: two hours at most, not later than 20:30.
    Evening,
}

impl SessionKind {
    /// All, in the order of their numbers from 1.
    pub const ALL: [Self; 3] = [Self::Standard, Self::Extended, Self::Evening];

    /// The word in files and tables.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Extended => "extended",
            Self::Evening => "evening",
        }
    }
}

/// Hours of a session on some days of the week, from one date to another.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Timetable {
    /// Its number.
    pub id: TimetableId,
    /// Its name: 夏令时, 冬令时, 周三早放 …
    pub name: String,
    /// First day on which it holds.
    pub from: NaiveDate,
    /// Last day; `None` until another takes its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
    /// Days of the week on which it holds.
    pub days: Weekdays,
    /// What session it is.
    pub kind: SessionKind,
    /// Doors open.
    pub start: NaiveTime,
    /// The session ends.
    pub end: NaiveTime,
    /// Ordinary pickup starts.
    pub pickup_from: NaiveTime,
    /// No sound before this time, for classes are still on (S1.09).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quiet_until: Option<NaiveTime>,
}

impl Timetable {
    /// Whether its hours make sense; one that does not never holds.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.start < self.end && (self.start..=self.end).contains(&self.pickup_from)
    }

    /// Whether it holds on that date for that day of the week.
    #[must_use]
    pub fn holds(&self, date: NaiveDate, weekday: Weekday) -> bool {
        self.from <= date && self.until.is_none_or(|until| date <= until) && self.days.contains(weekday) && self.is_sound()
    }
}

/// What a day that is not like others is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpecialKind {
    /// No care: a holiday, or the school closes.
    Closed,
    /// Care on a day that has none as a rule: a make-up workday (调休).
    Care,
    /// A half day: care with hours of its own.
    Half,
}

impl SpecialKind {
    /// All, in the order of their numbers from 1.
    pub const ALL: [Self; 3] = [Self::Closed, Self::Care, Self::Half];

    /// The word in files and tables.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Care => "care",
            Self::Half => "half",
        }
    }
}

/// A day that is not like others, as the school has decided. It stands above the published notice and the weekday.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SpecialDay {
    /// The day.
    pub date: NaiveDate,
    /// What it is.
    pub kind: SpecialKind,
    /// Why: 运动会, 台风停课 …
    pub name: String,
    /// Whose weekday's plan it follows; `None` for its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follows: Option<Weekday>,
    /// Doors open, where it differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<NaiveTime>,
    /// The session ends, where it differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<NaiveTime>,
    /// Ordinary pickup starts, where it differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pickup_from: Option<NaiveTime>,
}
