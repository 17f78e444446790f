//! The tables `child` (with `enrolment` and `early_day`) and `collector`.

use std::collections::HashMap;

use rusqlite::{Connection, Row, params};

use crate::domain::people::{Child, ChildId, Collector, CollectorId, Consent, EarlyDay, Enrolment, HouseholdId, Right, StaffId};
use crate::domain::time::Weekdays;

use super::error::StoreError;
use super::sql::{self, unreadable, word, yes};

const CHILDREN: &str = "SELECT id, name, grade, class_no, seat, student_no, household, health, note, weekdays, consent, self_leave, enrolled, \
    own_school, calm, snack, letter, guest_on, withdrawn_on, buddy FROM child ORDER BY id";
const CHILDREN_AT_A_GLANCE: &str = "SELECT id, name, grade, class_no, seat, household, health, weekdays, enrolled, guest_on FROM child";
const PUT_CHILD: &str = "INSERT INTO child \
    (id, name, grade, class_no, seat, student_no, household, health, note, weekdays, consent, self_leave, enrolled, \
    own_school, calm, snack, letter, guest_on, withdrawn_on, buddy) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20) \
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, grade = excluded.grade, class_no = excluded.class_no, seat = excluded.seat, \
    student_no = excluded.student_no, household = excluded.household, health = excluded.health, note = excluded.note, \
    weekdays = excluded.weekdays, consent = excluded.consent, self_leave = excluded.self_leave, enrolled = excluded.enrolled, \
    own_school = excluded.own_school, calm = excluded.calm, snack = excluded.snack, letter = excluded.letter, \
    guest_on = excluded.guest_on, withdrawn_on = excluded.withdrawn_on, buddy = excluded.buddy";
const REMOVE_CHILD: &str = "DELETE FROM child WHERE id = $1";
const ENROLMENTS: &str = "SELECT child, term, weekdays, consent, signed_on, signed_by, source, reference FROM enrolment ORDER BY child, position";
const PUT_ENROLMENT: &str = "INSERT INTO enrolment (child, position, term, weekdays, consent, signed_on, signed_by, source, reference) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
const FORGET_ENROLMENTS: &str = "DELETE FROM enrolment WHERE child = $1";
const EARLY_DAYS: &str = "SELECT child, weekday, at, reason FROM early_day ORDER BY child, position";
const PUT_EARLY_DAY: &str = "INSERT INTO early_day (child, position, weekday, at, reason) VALUES ($1, $2, $3, $4, $5)";
const FORGET_EARLY_DAYS: &str = "DELETE FROM early_day WHERE child = $1";
const COLLECTORS: &str = "SELECT id, child, rank, name, relation, phone, may_collect, one_day, confirmed, staff, \
    phrase, minor, valid_from, valid_until, paper, looks FROM collector ORDER BY id";
const BARRED: &str = "SELECT id, child, rank, name, relation, phone, may_collect, one_day, confirmed, staff, \
    phrase, minor, valid_from, valid_until, paper, looks FROM collector WHERE may_collect = 'barred'";
const PUT_COLLECTOR: &str = "INSERT INTO collector (id, child, rank, name, relation, phone, may_collect, one_day, confirmed, staff, \
    phrase, minor, valid_from, valid_until, paper, looks) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) \
    ON CONFLICT (id) DO UPDATE SET child = excluded.child, rank = excluded.rank, name = excluded.name, relation = excluded.relation, \
    phone = excluded.phone, may_collect = excluded.may_collect, one_day = excluded.one_day, confirmed = excluded.confirmed, \
    staff = excluded.staff, phrase = excluded.phrase, minor = excluded.minor, valid_from = excluded.valid_from, \
    valid_until = excluded.valid_until, paper = excluded.paper, looks = excluded.looks";
const REMOVE_COLLECTOR: &str = "DELETE FROM collector WHERE id = $1";

#[cfg(test)]
pub(super) const STATEMENTS: [&str; 14] = [
    CHILDREN,
    CHILDREN_AT_A_GLANCE,
    PUT_CHILD,
    REMOVE_CHILD,
    ENROLMENTS,
    PUT_ENROLMENT,
    FORGET_ENROLMENTS,
    EARLY_DAYS,
    PUT_EARLY_DAY,
    FORGET_EARLY_DAYS,
    COLLECTORS,
    BARRED,
    PUT_COLLECTOR,
    REMOVE_COLLECTOR,
];

pub(super) fn children(conn: &Connection, mut put: impl FnMut(Child)) -> Result<(), StoreError> {
    let (mut terms, mut early) = (enrolments(conn)?, early_days(conn)?);
    sql::each(conn, CHILDREN, child_from_row, |child| {
        let (terms, early) = (terms.remove(&child.id).unwrap_or_default(), early.remove(&child.id).unwrap_or_default());
        put(Child { terms, early, ..child });
    })
}

/// Children without what only their cards show.
pub(super) fn children_at_a_glance(conn: &Connection, mut put: impl FnMut(Child)) -> Result<(), StoreError> {
    let mut terms = enrolments(conn)?;
    sql::each(conn, CHILDREN_AT_A_GLANCE, child_at_a_glance, |child| {
        let terms = terms.remove(&child.id).unwrap_or_default();
        put(Child { terms, ..child });
    })
}

pub(super) fn put_child(conn: &Connection, child: &Child) -> Result<(), StoreError> {
    let Child { id, name, grade, class_no, seat, student_no, household, health, note, weekdays, consent, self_leave, enrolled, .. } = child;
    let Child { own_school, calm, snack, letter, guest_on, withdrawn_on, buddy, terms, early, .. } = child;
    let day = |day: &Option<chrono::NaiveDate>| day.map(|d| d.to_string());
    let values = params![
        id.0,
        name,
        grade,
        class_no,
        seat,
        student_no,
        household.0,
        health,
        note,
        weekdays.map(|days| days.0),
        consent_word(*consent),
        i64::from(*self_leave),
        i64::from(*enrolled),
        own_school,
        calm,
        snack,
        letter,
        day(guest_on),
        day(withdrawn_on),
        buddy.map(|b| b.0)
    ];
    sql::run(conn, PUT_CHILD, values)?;
    forget_lists(conn, *id)?;
    for (position, term) in terms.iter().enumerate() {
        let Enrolment { term, weekdays, consent, signed_on, signed_by, source, reference } = term;
        let (position, weekdays) = (i64::try_from(position).unwrap_or(i64::MAX), weekdays.map(|d| d.0));
        let values = params![id.0, position, term, weekdays, consent_word(*consent), day(signed_on), signed_by, source, reference];
        sql::run(conn, PUT_ENROLMENT, values)?;
    }
    for (position, EarlyDay { weekday, at, reason }) in early.iter().enumerate() {
        let position = i64::try_from(position).unwrap_or(i64::MAX);
        sql::run(conn, PUT_EARLY_DAY, params![id.0, position, weekday.num_days_from_monday(), at.to_string(), reason])?;
    }
    Ok(())
}

fn forget_lists(conn: &Connection, id: ChildId) -> Result<(), StoreError> {
    sql::run(conn, FORGET_ENROLMENTS, [id.0])?;
    sql::run(conn, FORGET_EARLY_DAYS, [id.0]).map(|_| ())
}

fn enrolments(conn: &Connection) -> Result<HashMap<ChildId, Vec<Enrolment>>, StoreError> {
    let mut all: HashMap<ChildId, Vec<Enrolment>> = HashMap::new();
    sql::each(
        conn,
        ENROLMENTS,
        |row| Ok((ChildId(row.get(0)?), enrolment_from_row(row)?)),
        |(child, term)| all.entry(child).or_default().push(term),
    )?;
    Ok(all)
}

fn early_days(conn: &Connection) -> Result<HashMap<ChildId, Vec<EarlyDay>>, StoreError> {
    let mut all: HashMap<ChildId, Vec<EarlyDay>> = HashMap::new();
    sql::each(conn, EARLY_DAYS, |row| Ok((ChildId(row.get(0)?), early_day_from_row(row)?)), |(child, day)| all.entry(child).or_default().push(day))?;
    Ok(all)
}

pub(super) fn remove_child(conn: &Connection, id: ChildId) -> Result<(), StoreError> {
    forget_lists(conn, id)?;
    sql::run(conn, REMOVE_CHILD, [id.0]).map(|_| ())
}

pub(super) fn collectors(conn: &Connection, put: impl FnMut(Collector)) -> Result<(), StoreError> {
    sql::each(conn, COLLECTORS, collector_from_row, put)
}

pub(super) fn barred(conn: &Connection, put: impl FnMut(Collector)) -> Result<(), StoreError> {
    sql::each(conn, BARRED, collector_from_row, put)
}

pub(super) fn put_collector(conn: &Connection, collector: &Collector) -> Result<(), StoreError> {
    let Collector { id, child, rank, name, relation, phone, right, staff, phrase, minor, from, until, paper, looks } = collector;
    let (may_collect, one_day, confirmed) = match right {
        Right::Standing => ("standing", None, None),
        Right::Barred => ("barred", None, None),
        Right::OneDay { day, confirmed } => ("one_day", Some(day.to_string()), Some(i64::from(*confirmed))),
        Right::Ended => ("ended", None, None),
    };
    let staff = staff.map(|staff| staff.0);
    let (from, until) = (from.map(|d| d.to_string()), until.map(|d| d.to_string()));
    let values = params![
        id.0,
        child.0,
        rank,
        name,
        relation,
        phone,
        may_collect,
        one_day,
        confirmed,
        staff,
        phrase,
        i64::from(*minor),
        from,
        until,
        paper,
        looks
    ];
    sql::run(conn, PUT_COLLECTOR, values).map(|_| ())
}

pub(super) fn remove_collector(conn: &Connection, id: CollectorId) -> Result<(), StoreError> {
    sql::run(conn, REMOVE_COLLECTOR, [id.0]).map(|_| ())
}

fn child_from_row(row: &Row<'_>) -> rusqlite::Result<Child> {
    Ok(Child {
        id: ChildId(row.get(0)?),
        name: row.get(1)?,
        grade: row.get(2)?,
        class_no: row.get(3)?,
        seat: row.get(4)?,
        student_no: row.get(5)?,
        household: HouseholdId(row.get(6)?),
        health: row.get(7)?,
        note: row.get(8)?,
        weekdays: row.get::<_, Option<u8>>(9)?.map(Weekdays),
        consent: word(row, 10, [Consent::Unknown, Consent::Given, Consent::Missing], consent_word)?,
        self_leave: yes(row, 11)?,
        enrolled: yes(row, 12)?,
        own_school: row.get(13)?,
        calm: row.get(14)?,
        snack: row.get(15)?,
        letter: row.get(16)?,
        guest_on: sql::parsed(row, 17)?,
        withdrawn_on: sql::parsed(row, 18)?,
        buddy: row.get::<_, Option<i64>>(19)?.map(ChildId),
        terms: Vec::new(),
        early: Vec::new(),
    })
}

fn child_at_a_glance(row: &Row<'_>) -> rusqlite::Result<Child> {
    let mut child = Child::new(ChildId(row.get(0)?), row.get::<_, String>(1)?, row.get(2)?, HouseholdId(row.get(5)?));
    child.class_no = row.get(3)?;
    child.seat = row.get(4)?;
    child.health = row.get(6)?;
    child.weekdays = row.get::<_, Option<u8>>(7)?.map(Weekdays);
    child.enrolled = yes(row, 8)?;
    child.guest_on = sql::parsed(row, 9)?;
    Ok(child)
}

fn enrolment_from_row(row: &Row<'_>) -> rusqlite::Result<Enrolment> {
    Ok(Enrolment {
        term: row.get(1)?,
        weekdays: row.get::<_, Option<u8>>(2)?.map(Weekdays),
        consent: word(row, 3, [Consent::Unknown, Consent::Given, Consent::Missing], consent_word)?,
        signed_on: sql::parsed(row, 4)?,
        signed_by: row.get(5)?,
        source: row.get(6)?,
        reference: row.get(7)?,
    })
}

fn early_day_from_row(row: &Row<'_>) -> rusqlite::Result<EarlyDay> {
    let weekday = sql::weekday(row, 1)?.ok_or_else(|| unreadable(1, "no weekday"))?;
    Ok(EarlyDay { weekday, at: sql::parsed_always(row, 2)?, reason: row.get(3)? })
}

fn collector_from_row(row: &Row<'_>) -> rusqlite::Result<Collector> {
    let right = match row.get_ref(6)?.as_str()? {
        "standing" => Right::Standing,
        "barred" => Right::Barred,
        "one_day" => {
            let day = row.get_ref(7)?.as_str()?.parse().map_err(|e| unreadable(7, e))?;
            Right::OneDay { day, confirmed: yes(row, 8)? }
        }
        "ended" => Right::Ended,
        other => return Err(unreadable(6, other)),
    };
    Ok(Collector {
        id: CollectorId(row.get(0)?),
        child: ChildId(row.get(1)?),
        rank: row.get(2)?,
        name: row.get(3)?,
        relation: row.get(4)?,
        phone: row.get(5)?,
        right,
        staff: row.get::<_, Option<i64>>(9)?.map(StaffId),
        phrase: row.get(10)?,
        minor: yes(row, 11)?,
        from: sql::parsed(row, 12)?,
        until: sql::parsed(row, 13)?,
        paper: row.get(14)?,
        looks: row.get(15)?,
    })
}

fn consent_word(consent: Consent) -> &'static str {
    match consent {
        Consent::Unknown => "unknown",
        Consent::Given => "given",
        Consent::Missing => "missing",
    }
}
