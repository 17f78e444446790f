//! What may be changed about when there is care: timetables, terms, special days.
//!
//! Days of the past may be declared too: the calendar is judged as it stands, and every change is a fact.

use chrono::{NaiveDate, NaiveTime, TimeDelta};

use crate::domain::calendar::{SessionKind, SpecialDay, SpecialKind, Term, Timetable, TimetableId};
use crate::domain::fact::{Fact, OfficeFact};
use crate::domain::time::Moment;
use crate::rules::acts::text_of;
use crate::rules::{Objection, Room, office};

/// Evening study lasts so many minutes at most (S2.16).
pub const LONGEST_EVENING: i64 = 120;

/// So many days from today lie the first and the last day that can be named.
const FARTHEST_DAYS: i64 = 3660;

/// Something that is changed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CalendarAct {
    /// A new timetable; its number is found when it is entered.
    Add(Box<Timetable>),
    /// Another content for a timetable, by its number.
    Change(Box<Timetable>),
    /// This is a timetable's last day; one that has not begun by then goes altogether.
    End {
        /// Which.
        id: TimetableId,
        /// Its name, for what is said of it.
        name: String,
        /// Its last day.
        last: NaiveDate,
    },
    /// A term, new or changed; terms go by their names.
    Term(Term),
    /// A term goes.
    RemoveTerm {
        /// Its name.
        name: String,
    },
    /// A day is declared special.
    Day(Box<SpecialDay>),
    /// A day is ordinary again.
    Ordinary {
        /// Which.
        date: NaiveDate,
    },
}

/// What stands against it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Hindrance {
    /// The end is not after the start, or pickup is not between them.
    Hours,
    /// No day of the week.
    NoDays,
    /// The last day is before the first.
    Span,
    /// Evening study of more than two hours (S2.16).
    EveningLong,
    /// Evening study after 20:30 (S2.16).
    EveningLate,
    /// There is no such timetable.
    NoTable,
    /// It is over already.
    Ended(String),
    /// It overlaps this term.
    Overlaps(String),
    /// There is no such term.
    NoTerm,
    /// The day is not declared special.
    IsOrdinary(NaiveDate),
    /// Nothing would change.
    Unchanged,
    /// A half day without start or end.
    HalfHours,
    /// Years away from today.
    TooFar,
}

/// By then evening study is over everywhere (S2.16).
#[must_use]
pub fn latest_evening() -> NaiveTime {
    NaiveTime::from_hms_opt(20, 30, 0).unwrap_or_default()
}

/// As a rule the standard session ends by then (S2.12).
#[must_use]
pub fn ends_late(kind: SessionKind, end: NaiveTime) -> bool {
    kind == SessionKind::Standard && NaiveTime::from_hms_opt(18, 0, 0).is_some_and(|limit| end > limit)
}

pub(super) fn facts(room: Room<'_>, act: &CalendarAct, now: Moment) -> Result<Vec<Fact>, Objection> {
    let office = room.register.office();
    let today = now.date();
    let change =
        |was: Option<&Timetable>, now: Option<Timetable>| OfficeFact::TimetableSet { was: was.cloned().map(Box::new), now: now.map(Box::new) };
    let facts = match act {
        CalendarAct::Add(table) => {
            let mut table = checked(table, today)?;
            let next = office.timetables.keys().next_back().map_or(1, |id| id.0 + 1);
            let usual = usual_goes_on(room, &table, next);
            table.id = TimetableId(next + i64::from(usual.is_some()));
            usual.into_iter().chain([table]).map(|t| change(None, Some(t))).collect()
        }
        CalendarAct::Change(table) => {
            let table = checked(table, today)?;
            let was = office.timetables.get(&table.id).ok_or_else(|| stands(Hindrance::NoTable))?;
            differ(was, &table)?;
            vec![change(Some(was), Some(table))]
        }
        CalendarAct::End { id, last, .. } => {
            let was = office.timetables.get(id).ok_or_else(|| stands(Hindrance::NoTable))?;
            near(today, *last)?;
            if was.until.is_some_and(|until| until < today && until <= *last) {
                return Err(stands(Hindrance::Ended(was.name.clone())));
            }
            let ended = Timetable { until: Some(*last), ..was.clone() };
            differ(was, &ended)?;
            vec![change(Some(was), (*last >= was.from).then_some(ended))]
        }
        CalendarAct::Term(term) => {
            let term = Term { name: text_of(&term.name)?, ..term.clone() };
            near(today, term.from)?;
            near(today, term.until)?;
            if term.until < term.from {
                return Err(stands(Hindrance::Span));
            }
            let overlaps = |other: &&Term| other.name != term.name && other.from <= term.until && term.from <= other.until;
            if let Some(other) = office.terms.values().find(overlaps) {
                return Err(stands(Hindrance::Overlaps(other.name.clone())));
            }
            let was = office.terms.get(&term.name).cloned();
            if was.as_ref() == Some(&term) {
                return Err(stands(Hindrance::Unchanged));
            }
            vec![OfficeFact::TermSet { was, now: Some(term) }]
        }
        CalendarAct::RemoveTerm { name } => {
            let was = office.terms.get(name).cloned().ok_or_else(|| stands(Hindrance::NoTerm))?;
            vec![OfficeFact::TermSet { was: Some(was), now: None }]
        }
        CalendarAct::Day(day) => {
            let day = checked_day(day, today)?;
            let was = office.days.get(&day.date);
            if was == Some(&day) {
                return Err(stands(Hindrance::Unchanged));
            }
            vec![OfficeFact::DaySet { date: day.date, was: was.cloned().map(Box::new), now: Some(Box::new(day)) }]
        }
        CalendarAct::Ordinary { date } => {
            let was = office.days.get(date).cloned().ok_or_else(|| stands(Hindrance::IsOrdinary(*date)))?;
            vec![OfficeFact::DaySet { date: *date, was: Some(Box::new(was)), now: None }]
        }
    };
    Ok(facts.into_iter().map(Fact::Office).collect())
}

fn stands(hindrance: Hindrance) -> Objection {
    Objection::Office(office::Hindrance::Calendar(hindrance))
}

fn differ(was: &Timetable, now: &Timetable) -> Result<(), Objection> {
    if was == now { Err(stands(Hindrance::Unchanged)) } else { Ok(()) }
}

fn near(today: NaiveDate, date: NaiveDate) -> Result<(), Objection> {
    if (date - today).num_days().abs() > FARTHEST_DAYS { Err(stands(Hindrance::TooFar)) } else { Ok(()) }
}

/// A timetable as it may stand in a fact.
fn checked(table: &Timetable, today: NaiveDate) -> Result<Timetable, Objection> {
    let table = Timetable { name: text_of(&table.name)?, ..table.clone() };
    near(today, table.from)?;
    table.until.map_or(Ok(()), |until| near(today, until))?;
    let evening = table.kind == SessionKind::Evening;
    let wrong = if table.days.iter().next().is_none() {
        Some(Hindrance::NoDays)
    } else if table.until.is_some_and(|until| until < table.from) {
        Some(Hindrance::Span)
    } else if !table.is_sound() {
        Some(Hindrance::Hours)
    } else if evening && table.end > latest_evening() {
        Some(Hindrance::EveningLate)
    } else if evening && table.end - table.start > TimeDelta::minutes(LONGEST_EVENING) {
        Some(Hindrance::EveningLong)
    } else {
        None
    };
    wrong.map_or(Ok(table), |wrong| Err(stands(wrong)))
}

/// The first timetable of a school takes the place of the usual session from its first day on. Where it covers only some of
/// its days, the usual hours of the others are entered with it: nothing closes by itself.
fn usual_goes_on(room: Room<'_>, table: &Timetable, id: i64) -> Option<Timetable> {
    let calendar = room.settings.calendar();
    let usual = calendar.usual;
    let covered = usual.days.0 & !table.days.0 == 0;
    if table.kind != SessionKind::Standard || covered || !calendar.is_usual(table.from) {
        return None;
    }
    // Those that come later take its place as ever.
    Some(Timetable {
        id: TimetableId(id),
        name: String::new(),
        from: table.from,
        until: None,
        days: usual.days,
        kind: SessionKind::Standard,
        start: usual.start,
        end: usual.end,
        pickup_from: usual.pickup_from,
        quiet_until: None,
    })
}

fn checked_day(day: &SpecialDay, today: NaiveDate) -> Result<SpecialDay, Objection> {
    let day = SpecialDay { name: text_of(&day.name)?, ..day.clone() };
    near(today, day.date)?;
    let sound = match (day.start, day.end) {
        (Some(start), Some(end)) => start < end && day.pickup_from.is_none_or(|pickup| (start..=end).contains(&pickup)),
        (Some(_) | None, Some(_) | None) => day.kind != SpecialKind::Half,
    };
    match (day.kind, day.start.zip(day.end)) {
        (SpecialKind::Half, None) => Err(stands(Hindrance::HalfHours)),
        (SpecialKind::Closed | SpecialKind::Care | SpecialKind::Half, _) if !sound => Err(stands(Hindrance::Hours)),
        (SpecialKind::Closed | SpecialKind::Care | SpecialKind::Half, _) => Ok(day),
    }
}

#[cfg(test)]
mod tests;
