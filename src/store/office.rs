//! The tables `setting`, `term`, `timetable`, `special_day`, `duty_plan` and `refused_care`.

use chrono::NaiveDate;
use rusqlite::{Connection, Row, params};

use crate::domain::calendar::{SessionKind, SpecialDay, SpecialKind, Term, Timetable, TimetableId};
use crate::domain::enrolment::RefusedCare;
use crate::domain::fact::OfficeFact;
use crate::domain::register::Office;
use crate::domain::staff::StaffId;
use crate::domain::time::Weekdays;

use super::error::StoreError;
use super::sql::{self, word};
use super::{erased, forgotten};

const SETTINGS: &str = "SELECT name, value FROM setting";
const PUT_SETTING: &str = "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
const REMOVE_SETTING: &str = "DELETE FROM setting WHERE name = $1";
const TERMS: &str = "SELECT name, from_day, until_day FROM term";
const PUT_TERM: &str = "INSERT INTO term (name, from_day, until_day) VALUES ($1, $2, $3) \
    ON CONFLICT (name) DO UPDATE SET from_day = excluded.from_day, until_day = excluded.until_day";
const REMOVE_TERM: &str = "DELETE FROM term WHERE name = $1";
const TIMETABLES: &str = "SELECT id, name, from_day, until_day, days, kind, start_at, end_at, pickup_from, quiet_until FROM timetable";
const PUT_TIMETABLE: &str = "INSERT INTO timetable (id, name, from_day, until_day, days, kind, start_at, end_at, pickup_from, quiet_until) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, from_day = excluded.from_day, until_day = excluded.until_day, \
    days = excluded.days, kind = excluded.kind, start_at = excluded.start_at, end_at = excluded.end_at, \
    pickup_from = excluded.pickup_from, quiet_until = excluded.quiet_until";
const REMOVE_TIMETABLE: &str = "DELETE FROM timetable WHERE id = $1";
const DAYS: &str = "SELECT day, kind, name, follows, start_at, end_at, pickup_from FROM special_day";
const PUT_DAY: &str = "INSERT INTO special_day (day, kind, name, follows, start_at, end_at, pickup_from) VALUES ($1, $2, $3, $4, $5, $6, $7) \
    ON CONFLICT (day) DO UPDATE SET kind = excluded.kind, name = excluded.name, follows = excluded.follows, \
    start_at = excluded.start_at, end_at = excluded.end_at, pickup_from = excluded.pickup_from";
const REMOVE_DAY: &str = "DELETE FROM special_day WHERE day = $1";
const DUTY: &str = "SELECT day, staff FROM duty_plan ORDER BY day, position";
const PUT_DUTY: &str = "INSERT INTO duty_plan (day, position, staff) VALUES ($1, $2, $3)";
const FORGET_DUTY: &str = "DELETE FROM duty_plan WHERE day = $1";
const REFUSED: &str = "SELECT id, name, grade, asked_on, reason FROM refused_care";
const PUT_REFUSED: &str = "INSERT INTO refused_care (id, name, grade, asked_on, reason) VALUES ($1, $2, $3, $4, $5)";

#[cfg(test)]
pub(super) const STATEMENTS: [&str; 17] = [
    SETTINGS,
    PUT_SETTING,
    REMOVE_SETTING,
    TERMS,
    PUT_TERM,
    REMOVE_TERM,
    TIMETABLES,
    PUT_TIMETABLE,
    REMOVE_TIMETABLE,
    DAYS,
    PUT_DAY,
    REMOVE_DAY,
    DUTY,
    PUT_DUTY,
    FORGET_DUTY,
    REFUSED,
    PUT_REFUSED,
];

/// Everything in these tables.
pub(super) fn read(conn: &Connection) -> Result<Office, StoreError> {
    let mut office = Office::default();
    sql::each(
        conn,
        SETTINGS,
        |row| Ok((row.get(0)?, row.get(1)?)),
        |(name, value)| {
            office.settings.insert(name, value);
        },
    )?;
    sql::each(conn, TERMS, term_from_row, |term| {
        office.terms.insert(term.name.clone(), term);
    })?;
    sql::each(conn, TIMETABLES, timetable_from_row, |timetable| {
        office.timetables.insert(timetable.id, timetable);
    })?;
    sql::each(conn, DAYS, day_from_row, |day| {
        office.days.insert(day.date, day);
    })?;
    let duty = |row: &Row<'_>| Ok((sql::parsed_always::<NaiveDate>(row, 0)?, StaffId(row.get(1)?)));
    sql::each(conn, DUTY, duty, |(day, staff)| office.duty.entry(day).or_default().push(staff))?;
    sql::each(conn, REFUSED, refused_from_row, |refused| {
        office.refused.insert(refused.id, refused);
    })?;
    (office.erased, office.spent) = (erased::all(conn)?, erased::spent(conn)?);
    office.forgotten = forgotten::all(conn)?;
    Ok(office)
}

/// Folds one fact into the tables: the same as [`Office::apply`], line by line.
pub(super) fn apply(conn: &Connection, fact: &OfficeFact) -> Result<(), StoreError> {
    match fact {
        OfficeFact::SettingSet { key, now, .. } => setting(conn, key, now.as_deref()),
        OfficeFact::TermSet { was, now } => term(conn, was.as_ref(), now.as_ref()),
        OfficeFact::TimetableSet { was, now } => timetable(conn, was.as_deref(), now.as_deref()),
        OfficeFact::DaySet { date, now, .. } => day(conn, *date, now.as_deref()),
        OfficeFact::DutyPlanned { date, now, .. } => plan(conn, *date, now),
        OfficeFact::CareRefused { refused } => {
            let RefusedCare { id, name, grade, asked_on, reason } = refused;
            sql::run(conn, PUT_REFUSED, params![id, name, grade, asked_on.to_string(), reason]).map(|_| ())
        }
        OfficeFact::RackCounted { .. }
        | OfficeFact::CardFound { .. }
        | OfficeFact::PhraseTried { .. }
        | OfficeFact::Exported { .. }
        | OfficeFact::Looked { .. }
        | OfficeFact::Erased { .. }
        | OfficeFact::CardsForgotten { .. }
        | OfficeFact::DaysForgotten { .. } => Ok(()),
    }
}

/// Takes one fact back: the same as [`Office::take_back`], line by line.
pub(super) fn take_back(conn: &Connection, fact: &OfficeFact) -> Result<(), StoreError> {
    match fact {
        OfficeFact::SettingSet { key, was, .. } => setting(conn, key, was.as_deref()),
        OfficeFact::TermSet { was, now } => term(conn, now.as_ref(), was.as_ref()),
        OfficeFact::TimetableSet { was, now } => timetable(conn, now.as_deref(), was.as_deref()),
        OfficeFact::DaySet { date, was, .. } => day(conn, *date, was.as_deref()),
        OfficeFact::DutyPlanned { date, was, .. } => plan(conn, *date, was),
        OfficeFact::CareRefused { .. }
        | OfficeFact::RackCounted { .. }
        | OfficeFact::CardFound { .. }
        | OfficeFact::PhraseTried { .. }
        | OfficeFact::Exported { .. }
        | OfficeFact::Looked { .. }
        | OfficeFact::Erased { .. }
        | OfficeFact::CardsForgotten { .. }
        | OfficeFact::DaysForgotten { .. } => Ok(()),
    }
}

fn setting(conn: &Connection, key: &str, value: Option<&str>) -> Result<(), StoreError> {
    match value {
        Some(value) => sql::run(conn, PUT_SETTING, params![key, value]).map(|_| ()),
        None => sql::run(conn, REMOVE_SETTING, [key]).map(|_| ()),
    }
}

fn term(conn: &Connection, was: Option<&Term>, now: Option<&Term>) -> Result<(), StoreError> {
    if let Some(was) = was {
        sql::run(conn, REMOVE_TERM, [&was.name])?;
    }
    let Some(Term { name, from, until }) = now else { return Ok(()) };
    sql::run(conn, PUT_TERM, params![name, from.to_string(), until.to_string()]).map(|_| ())
}

fn timetable(conn: &Connection, was: Option<&Timetable>, now: Option<&Timetable>) -> Result<(), StoreError> {
    if let Some(was) = was {
        sql::run(conn, REMOVE_TIMETABLE, [was.id.0])?;
    }
    let Some(Timetable { id, name, from, until, days, kind, start, end, pickup_from, quiet_until }) = now else { return Ok(()) };
    let (from, until, quiet) = (from.to_string(), until.map(|d| d.to_string()), quiet_until.map(|t| t.to_string()));
    let values = params![id.0, name, from, until, days.0, kind.key(), start.to_string(), end.to_string(), pickup_from.to_string(), quiet];
    sql::run(conn, PUT_TIMETABLE, values).map(|_| ())
}

fn day(conn: &Connection, date: NaiveDate, now: Option<&SpecialDay>) -> Result<(), StoreError> {
    let Some(SpecialDay { date: _, kind, name, follows, start, end, pickup_from }) = now else {
        return sql::run(conn, REMOVE_DAY, [date.to_string()]).map(|_| ());
    };
    let time = |time: &Option<chrono::NaiveTime>| time.map(|t| t.to_string());
    let follows = follows.map(|d| d.num_days_from_monday());
    let values = params![date.to_string(), kind.key(), name, follows, time(start), time(end), time(pickup_from)];
    sql::run(conn, PUT_DAY, values).map(|_| ())
}

fn plan(conn: &Connection, date: NaiveDate, staff: &[StaffId]) -> Result<(), StoreError> {
    sql::run(conn, FORGET_DUTY, [date.to_string()])?;
    for (position, staff) in staff.iter().enumerate() {
        let position = i64::try_from(position).unwrap_or(i64::MAX);
        sql::run(conn, PUT_DUTY, params![date.to_string(), position, staff.0])?;
    }
    Ok(())
}

fn term_from_row(row: &Row<'_>) -> rusqlite::Result<Term> {
    Ok(Term { name: row.get(0)?, from: sql::parsed_always(row, 1)?, until: sql::parsed_always(row, 2)? })
}

fn timetable_from_row(row: &Row<'_>) -> rusqlite::Result<Timetable> {
    Ok(Timetable {
        id: TimetableId(row.get(0)?),
        name: row.get(1)?,
        from: sql::parsed_always(row, 2)?,
        until: sql::parsed(row, 3)?,
        days: Weekdays(row.get(4)?),
        kind: word(row, 5, SessionKind::ALL, SessionKind::key)?,
        start: sql::parsed_always(row, 6)?,
        end: sql::parsed_always(row, 7)?,
        pickup_from: sql::parsed_always(row, 8)?,
        quiet_until: sql::parsed(row, 9)?,
    })
}

fn day_from_row(row: &Row<'_>) -> rusqlite::Result<SpecialDay> {
    Ok(SpecialDay {
        date: sql::parsed_always(row, 0)?,
        kind: word(row, 1, SpecialKind::ALL, SpecialKind::key)?,
        name: row.get(2)?,
        follows: sql::weekday(row, 3)?,
        start: sql::parsed(row, 4)?,
        end: sql::parsed(row, 5)?,
        pickup_from: sql::parsed(row, 6)?,
    })
}

fn refused_from_row(row: &Row<'_>) -> rusqlite::Result<RefusedCare> {
    Ok(RefusedCare { id: row.get(0)?, name: row.get(1)?, grade: row.get(2)?, asked_on: sql::parsed_always(row, 3)?, reason: row.get(4)? })
}
