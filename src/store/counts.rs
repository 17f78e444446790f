//! The tables `pin_tries`, `recovery` and `no_card_count`.

use rusqlite::{Connection, params};

use crate::domain::fact::{MonthCount, RecoveryFact};
use crate::domain::people::{ChildId, StaffId};
use crate::domain::register::{PinTries, Recovery};

use super::error::StoreError;
use super::sql;

const PIN_TRIES: &str = "SELECT staff, count, last_ms FROM pin_tries ORDER BY staff";
const COUNT_TRY: &str = "INSERT INTO pin_tries (staff, count, last_ms) VALUES ($1, 1, $2) \
    ON CONFLICT (staff) DO UPDATE SET count = pin_tries.count + 1, last_ms = excluded.last_ms";
const FORGET_TRIES: &str = "DELETE FROM pin_tries WHERE staff = $1";
const RECOVERY: &str = "SELECT staff, hash, count, last_ms FROM recovery ORDER BY staff";
const MAKE_RECOVERY: &str = "INSERT INTO recovery (staff, hash, count, last_ms) VALUES ($1, $2, 0, 0) \
    ON CONFLICT (staff) DO UPDATE SET hash = excluded.hash, count = 0, last_ms = 0";
const TRY_RECOVERY: &str = "UPDATE recovery SET last_ms = $1, count = count + 1 WHERE staff = $2";
const USE_RECOVERY: &str = "DELETE FROM recovery WHERE staff = $1";
const NO_CARD: &str = "SELECT child, year, month, count FROM no_card_count ORDER BY child";
const PUT_NO_CARD: &str = "INSERT INTO no_card_count (child, year, month, count) VALUES ($1, $2, $3, $4) \
    ON CONFLICT (child) DO UPDATE SET year = excluded.year, month = excluded.month, count = excluded.count";
const REMOVE_NO_CARD: &str = "DELETE FROM no_card_count WHERE child = $1";

#[cfg(test)]
pub(super) const STATEMENTS: [&str; 10] =
    [PIN_TRIES, COUNT_TRY, FORGET_TRIES, RECOVERY, MAKE_RECOVERY, TRY_RECOVERY, USE_RECOVERY, NO_CARD, PUT_NO_CARD, REMOVE_NO_CARD];

pub(super) fn pin_tries(conn: &Connection) -> Result<Vec<(StaffId, PinTries)>, StoreError> {
    sql::all(conn, PIN_TRIES, [], |row| Ok((StaffId(row.get(0)?), PinTries { count: row.get(1)?, last_ms: row.get(2)? })))
}

pub(super) fn count_try(conn: &Connection, staff: StaffId, ms: i64) -> Result<(), StoreError> {
    sql::run(conn, COUNT_TRY, params![staff.0, ms]).map(|_| ())
}

pub(super) fn forget_tries(conn: &Connection, staff: StaffId) -> Result<(), StoreError> {
    sql::run(conn, FORGET_TRIES, [staff.0]).map(|_| ())
}

pub(super) fn recovery(conn: &Connection) -> Result<Vec<(StaffId, Recovery)>, StoreError> {
    sql::all(conn, RECOVERY, [], |row| {
        let tries = PinTries { count: row.get(2)?, last_ms: row.get(3)? };
        Ok((StaffId(row.get(0)?), Recovery { hash: row.get(1)?, tries }))
    })
}

/// Folds what happened to a recovery code into the tables.
pub(super) fn recover(conn: &Connection, step: &RecoveryFact, ms: i64) -> Result<(), StoreError> {
    match step {
        RecoveryFact::Made { staff, hash } => sql::run(conn, MAKE_RECOVERY, params![staff.0, hash]).map(|_| ()),
        RecoveryFact::Tried { staff } => sql::run(conn, TRY_RECOVERY, params![ms, staff.0]).map(|_| ()),
        RecoveryFact::Used { staff } => {
            sql::run(conn, USE_RECOVERY, [staff.0])?;
            forget_tries(conn, *staff)
        }
    }
}

pub(super) fn no_card_counts(conn: &Connection) -> Result<Vec<(ChildId, MonthCount)>, StoreError> {
    sql::all(conn, NO_CARD, [], |row| Ok((ChildId(row.get(0)?), MonthCount { year: row.get(1)?, month: row.get(2)?, count: row.get(3)? })))
}

pub(super) fn put_no_card(conn: &Connection, child: ChildId, count: MonthCount) -> Result<(), StoreError> {
    let MonthCount { year, month, count } = count;
    sql::run(conn, PUT_NO_CARD, params![child.0, year, month, count]).map(|_| ())
}

pub(super) fn remove_no_card(conn: &Connection, child: ChildId) -> Result<(), StoreError> {
    sql::run(conn, REMOVE_NO_CARD, [child.0]).map(|_| ())
}
