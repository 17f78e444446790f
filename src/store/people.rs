//! The tables `child`, `collector` and `staff`.

use rusqlite::{Connection, Row, params};

use crate::domain::people::{Child, ChildId, Collector, CollectorId, Consent, HouseholdId, Right, Role, Staff, StaffId};
use crate::domain::time::Weekdays;

use super::cards;
use super::error::StoreError;
use super::sql::{self, unreadable, word, yes};

const CHILDREN: &str = "SELECT id, name, grade, class_no, seat, student_no, household, health, note, weekdays, consent, self_leave, enrolled \
    FROM child ORDER BY id";
const CHILDREN_AT_A_GLANCE: &str = "SELECT id, name, grade, class_no, seat, household, health, weekdays, enrolled FROM child";
const PUT_CHILD: &str = "INSERT INTO child \
    (id, name, grade, class_no, seat, student_no, household, health, note, weekdays, consent, self_leave, enrolled) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) \
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, grade = excluded.grade, class_no = excluded.class_no, seat = excluded.seat, \
    student_no = excluded.student_no, household = excluded.household, health = excluded.health, note = excluded.note, \
    weekdays = excluded.weekdays, consent = excluded.consent, self_leave = excluded.self_leave, enrolled = excluded.enrolled";
const REMOVE_CHILD: &str = "DELETE FROM child WHERE id = $1";
const COLLECTORS: &str = "SELECT id, child, rank, name, relation, phone, may_collect, one_day, confirmed, staff FROM collector ORDER BY id";
const BARRED: &str = "SELECT id, child, rank, name, relation, phone, may_collect, one_day, confirmed, staff FROM collector \
    WHERE may_collect = 'barred'";
const PUT_COLLECTOR: &str = "INSERT INTO collector (id, child, rank, name, relation, phone, may_collect, one_day, confirmed, staff) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
    ON CONFLICT (id) DO UPDATE SET child = excluded.child, rank = excluded.rank, name = excluded.name, relation = excluded.relation, \
    phone = excluded.phone, may_collect = excluded.may_collect, one_day = excluded.one_day, confirmed = excluded.confirmed, \
    staff = excluded.staff";
const REMOVE_COLLECTOR: &str = "DELETE FROM collector WHERE id = $1";
const STAFF: &str = "SELECT id, name, role, kind, card, pin, active FROM staff ORDER BY id";
const PUT_STAFF: &str = "INSERT INTO staff (id, name, role, kind, card, pin, active) VALUES ($1, $2, $3, $4, $5, $6, $7) \
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, role = excluded.role, kind = excluded.kind, card = excluded.card, \
    pin = excluded.pin, active = excluded.active";
const REMOVE_STAFF: &str = "DELETE FROM staff WHERE id = $1";

#[cfg(test)]
pub(super) const STATEMENTS: [&str; 11] =
    [CHILDREN, CHILDREN_AT_A_GLANCE, PUT_CHILD, REMOVE_CHILD, COLLECTORS, BARRED, PUT_COLLECTOR, REMOVE_COLLECTOR, STAFF, PUT_STAFF, REMOVE_STAFF];

pub(super) fn children(conn: &Connection, put: impl FnMut(Child)) -> Result<(), StoreError> {
    sql::each(conn, CHILDREN, child_from_row, put)
}

/// Children without what only their cards show.
pub(super) fn children_at_a_glance(conn: &Connection, put: impl FnMut(Child)) -> Result<(), StoreError> {
    sql::each(conn, CHILDREN_AT_A_GLANCE, child_at_a_glance, put)
}

pub(super) fn put_child(conn: &Connection, child: &Child) -> Result<(), StoreError> {
    let Child { id, name, grade, class_no, seat, student_no, household, health, note, weekdays, consent, self_leave, enrolled } = child;
    let days = weekdays.map(|days| days.0);
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
        days,
        consent_word(*consent),
        i64::from(*self_leave),
        i64::from(*enrolled)
    ];
    sql::run(conn, PUT_CHILD, values).map(|_| ())
}

pub(super) fn remove_child(conn: &Connection, id: ChildId) -> Result<(), StoreError> {
    sql::run(conn, REMOVE_CHILD, [id.0]).map(|_| ())
}

pub(super) fn collectors(conn: &Connection, put: impl FnMut(Collector)) -> Result<(), StoreError> {
    sql::each(conn, COLLECTORS, collector_from_row, put)
}

pub(super) fn barred(conn: &Connection, put: impl FnMut(Collector)) -> Result<(), StoreError> {
    sql::each(conn, BARRED, collector_from_row, put)
}

pub(super) fn put_collector(conn: &Connection, collector: &Collector) -> Result<(), StoreError> {
    let Collector { id, child, rank, name, relation, phone, right, staff } = collector;
    let (may_collect, one_day, confirmed) = match right {
        Right::Standing => ("standing", None, None),
        Right::Barred => ("barred", None, None),
        Right::OneDay { day, confirmed } => ("one_day", Some(day.to_string()), Some(i64::from(*confirmed))),
        Right::Ended => ("ended", None, None),
    };
    let staff = staff.map(|staff| staff.0);
    sql::run(conn, PUT_COLLECTOR, params![id.0, child.0, rank, name, relation, phone, may_collect, one_day, confirmed, staff]).map(|_| ())
}

pub(super) fn remove_collector(conn: &Connection, id: CollectorId) -> Result<(), StoreError> {
    sql::run(conn, REMOVE_COLLECTOR, [id.0]).map(|_| ())
}

pub(super) fn staff(conn: &Connection, put: impl FnMut(Staff)) -> Result<(), StoreError> {
    sql::each(conn, STAFF, staff_from_row, put)
}

pub(super) fn put_staff(conn: &Connection, staff: &Staff) -> Result<(), StoreError> {
    let Staff { id, name, role, kind, card, pin, active } = staff;
    let card = card.as_ref().map(crate::domain::card::CardNumber::as_str);
    sql::run(conn, PUT_STAFF, params![id.0, name, role_word(*role), kind, card, pin, i64::from(*active)]).map(|_| ())
}

pub(super) fn remove_staff(conn: &Connection, id: StaffId) -> Result<(), StoreError> {
    sql::run(conn, REMOVE_STAFF, [id.0]).map(|_| ())
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
    })
}

fn child_at_a_glance(row: &Row<'_>) -> rusqlite::Result<Child> {
    Ok(Child {
        id: ChildId(row.get(0)?),
        name: row.get(1)?,
        grade: row.get(2)?,
        class_no: row.get(3)?,
        seat: row.get(4)?,
        student_no: None,
        household: HouseholdId(row.get(5)?),
        health: row.get(6)?,
        note: None,
        weekdays: row.get::<_, Option<u8>>(7)?.map(Weekdays),
        consent: Consent::Unknown,
        self_leave: false,
        enrolled: yes(row, 8)?,
    })
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
    })
}

fn staff_from_row(row: &Row<'_>) -> rusqlite::Result<Staff> {
    Ok(Staff {
        id: StaffId(row.get(0)?),
        name: row.get(1)?,
        role: word(row, 2, [Role::Duty, Role::Leader, Role::Office, Role::Inspector], role_word)?,
        kind: row.get(3)?,
        card: row.get::<_, Option<String>>(4)?.map(|text| cards::number(4, text)).transpose()?,
        pin: row.get(5)?,
        active: yes(row, 6)?,
    })
}

fn consent_word(consent: Consent) -> &'static str {
    match consent {
        Consent::Unknown => "unknown",
        Consent::Given => "given",
        Consent::Missing => "missing",
    }
}

fn role_word(role: Role) -> &'static str {
    match role {
        Role::Duty => "duty",
        Role::Leader => "leader",
        Role::Office => "office",
        Role::Inspector => "inspector",
    }
}
