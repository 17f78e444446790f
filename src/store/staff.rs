//! The tables `staff` and `credential`.

use std::collections::HashMap;

use rusqlite::{Connection, Row, params};

use crate::domain::staff::{Capacity, Credential, Employment, Role, Staff, StaffId, Vetting};

use super::cards;
use super::error::StoreError;
use super::sql::{self, unreadable, word, yes};

const STAFF: &str = "SELECT id, name, role, kind, card, pin, active, capacity, employment, vetting, vetted_on, load, phone FROM staff ORDER BY id";
const PUT_STAFF: &str = "INSERT INTO staff (id, name, role, kind, card, pin, active, capacity, employment, vetting, vetted_on, load, phone) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) \
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, role = excluded.role, kind = excluded.kind, card = excluded.card, \
    pin = excluded.pin, active = excluded.active, capacity = excluded.capacity, employment = excluded.employment, \
    vetting = excluded.vetting, vetted_on = excluded.vetted_on, load = excluded.load, phone = excluded.phone";
const REMOVE_STAFF: &str = "DELETE FROM staff WHERE id = $1";
const CREDENTIALS: &str = "SELECT staff, name, until FROM credential ORDER BY staff, position";
const PUT_CREDENTIAL: &str = "INSERT INTO credential (staff, position, name, until) VALUES ($1, $2, $3, $4)";
const FORGET_CREDENTIALS: &str = "DELETE FROM credential WHERE staff = $1";

#[cfg(test)]
pub(super) const STATEMENTS: [&str; 6] = [STAFF, PUT_STAFF, REMOVE_STAFF, CREDENTIALS, PUT_CREDENTIAL, FORGET_CREDENTIALS];

pub(super) fn all(conn: &Connection, mut put: impl FnMut(Staff)) -> Result<(), StoreError> {
    let mut credentials: HashMap<StaffId, Vec<Credential>> = HashMap::new();
    sql::each(conn, CREDENTIALS, credential_from_row, |(staff, credential)| credentials.entry(staff).or_default().push(credential))?;
    sql::each(conn, STAFF, staff_from_row, |staff| {
        let credentials = credentials.remove(&staff.id).unwrap_or_default();
        put(Staff { credentials, ..staff });
    })
}

pub(super) fn put(conn: &Connection, staff: &Staff) -> Result<(), StoreError> {
    let Staff { id, name, role, kind, card, pin, active, capacity, employment, vetting, credentials, load, phone } = staff;
    let card = card.as_ref().map(crate::domain::card::CardNumber::as_str);
    let (vetting, vetted_on) = match vetting {
        Vetting::Unknown => ("unknown", None),
        Vetting::Clear { on } => ("clear", Some(on.to_string())),
        Vetting::Barred => ("barred", None),
    };
    let employment = employment.map(Employment::key);
    let values = params![id.0, name, role.key(), kind, card, pin, i64::from(*active), capacity.key(), employment, vetting, vetted_on, load, phone];
    sql::run(conn, PUT_STAFF, values)?;
    sql::run(conn, FORGET_CREDENTIALS, [id.0])?;
    for (position, Credential { name, until }) in credentials.iter().enumerate() {
        let (position, until) = (i64::try_from(position).unwrap_or(i64::MAX), until.map(|day| day.to_string()));
        sql::run(conn, PUT_CREDENTIAL, params![id.0, position, name, until])?;
    }
    Ok(())
}

pub(super) fn remove(conn: &Connection, id: StaffId) -> Result<(), StoreError> {
    sql::run(conn, FORGET_CREDENTIALS, [id.0])?;
    sql::run(conn, REMOVE_STAFF, [id.0]).map(|_| ())
}

fn credential_from_row(row: &Row<'_>) -> rusqlite::Result<(StaffId, Credential)> {
    Ok((StaffId(row.get(0)?), Credential { name: row.get(1)?, until: sql::parsed(row, 2)? }))
}

fn staff_from_row(row: &Row<'_>) -> rusqlite::Result<Staff> {
    let vetting = match row.get_ref(9)?.as_str()? {
        "unknown" => Vetting::Unknown,
        "clear" => Vetting::Clear { on: sql::parsed_always(row, 10)? },
        "barred" => Vetting::Barred,
        other => return Err(unreadable(9, other)),
    };
    let employment: Option<String> = row.get(8)?;
    let employment = employment.map(|_| word(row, 8, Employment::ALL, Employment::key)).transpose()?;
    Ok(Staff {
        id: StaffId(row.get(0)?),
        name: row.get(1)?,
        role: word(row, 2, Role::ALL, Role::key)?,
        kind: row.get(3)?,
        card: row.get::<_, Option<String>>(4)?.map(|text| cards::number(4, text)).transpose()?,
        pin: row.get(5)?,
        active: yes(row, 6)?,
        capacity: word(row, 7, Capacity::ALL, Capacity::key)?,
        employment,
        vetting,
        credentials: Vec::new(),
        load: row.get(11)?,
        phone: row.get(12)?,
    })
}
