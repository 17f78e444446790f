//! The tables `erased` and `spent_card`, and what erasing a child does to all others and to the journal (PIPL art. 47, trust H6).
//!
//! A body that is erased leaves its hash, so the chain stays whole; what remains of an entry is its number, its times, its kind, where it
//! was entered, and the number of the child. That nothing of it is left in the file itself is seen to by `secure_delete` and by
//! writing the file anew ([`wipe`]).

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, params};

use crate::domain::card::CardNumber;
use crate::domain::fact::Seq;
use crate::domain::people::ChildId;

use super::error::StoreError;
use super::sql;

const ERASED: &str = "SELECT child, by_seq FROM erased ORDER BY child";
const PUT: &str = "INSERT INTO erased (child, by_seq) VALUES ($1, $2)";
const SPENT: &str = "SELECT number FROM spent_card";
const SPEND: &str = "INSERT INTO spent_card (number) VALUES ($1) ON CONFLICT (number) DO NOTHING";
const BODIES: &str = "UPDATE journal SET body = NULL WHERE child = $1 AND seq < $2 AND body IS NOT NULL AND kind <> 'cards_forgotten'";
const STAYS: &str = "DELETE FROM stay WHERE child = $1 AND released_seq IS NOT NULL";
const ENROLMENTS: &str = "DELETE FROM enrolment WHERE child = $1";
const EARLY_DAYS: &str = "DELETE FROM early_day WHERE child = $1";
const COLLECTORS: &str = "DELETE FROM collector WHERE child = $1";
const CARDS: &str = "DELETE FROM card WHERE child = $1";
const NO_CARD: &str = "DELETE FROM no_card_count WHERE child = $1";
const CHILD: &str = "DELETE FROM child WHERE id = $1";
const OF_CHILD: &str = "SELECT count(*), min(at), max(at) FROM dated WHERE child = $1 AND body IS NOT NULL AND kind <> 'cards_forgotten'";
/// That something was erased, and the file not written anew since.
const OUTSTANDING: &str = "INSERT INTO meta (name, value) VALUES ('unwiped', '1') ON CONFLICT (name) DO NOTHING";
const IS_OUTSTANDING: &str = "SELECT 1 FROM meta WHERE name = 'unwiped'";
const SETTLED: &str = "DELETE FROM meta WHERE name = 'unwiped'";
/// Writes the file anew, without whatever lies in it between the rows.
const ANEW: &str = "VACUUM";
const EMPTY_LOG: &str = "PRAGMA wal_checkpoint(TRUNCATE)";

#[cfg(test)]
pub(super) const STATEMENTS: [&str; 16] = [
    ERASED,
    PUT,
    SPENT,
    SPEND,
    BODIES,
    STAYS,
    ENROLMENTS,
    EARLY_DAYS,
    COLLECTORS,
    CARDS,
    NO_CARD,
    CHILD,
    OF_CHILD,
    OUTSTANDING,
    IS_OUTSTANDING,
    SETTLED,
];

/// Who was erased, each with the entry that says so.
pub(super) fn all(conn: &Connection) -> Result<BTreeMap<ChildId, Seq>, StoreError> {
    Ok(sql::all(conn, ERASED, [], |row| Ok((ChildId(row.get(0)?), Seq(row.get(1)?))))?.into_iter().collect())
}

/// Numbers that are given to nobody again.
pub(super) fn spent(conn: &Connection) -> Result<BTreeSet<CardNumber>, StoreError> {
    let numbers: Vec<String> = sql::all(conn, SPENT, [], |row| row.get(0))?;
    Ok(numbers.into_iter().map(CardNumber::new).collect())
}

/// Erases a child: the texts of its entries before `by`, and its rows. A stay that is open has somebody in the room: that is a
/// conflict.
pub(super) fn apply(conn: &Connection, by: Seq, child: ChildId, spent: &[CardNumber]) -> Result<(), StoreError> {
    sql::run(conn, BODIES, params![child.0, by.0])?;
    for text in [STAYS, ENROLMENTS, EARLY_DAYS, COLLECTORS, CARDS, NO_CARD] {
        sql::run(conn, text, [child.0])?;
    }
    if sql::run(conn, CHILD, [child.0])? != 1 {
        return Err(StoreError::Conflict(format!("there is no child {} to erase", child.0)));
    }
    sql::run(conn, PUT, params![child.0, by.0])?;
    spend(conn, spent)?;
    to_be_wiped(conn)
}

/// Notes, in the transaction that erases, that the file is to be written anew: whoever is killed in between has not erased it yet.
pub(super) fn to_be_wiped(conn: &Connection) -> Result<(), StoreError> {
    sql::run(conn, OUTSTANDING, []).map(|_| ())
}

/// Whether something was erased, and the file not written anew since.
pub(super) fn is_to_be_wiped(conn: &Connection) -> Result<bool, StoreError> {
    Ok(sql::one(conn, IS_OUTSTANDING, [], |_| Ok(()))?.is_some())
}

/// These numbers are given to nobody again.
pub(super) fn spend(conn: &Connection, numbers: &[CardNumber]) -> Result<(), StoreError> {
    for number in numbers {
        sql::run(conn, SPEND, [number.as_str()])?;
    }
    Ok(())
}

/// How many entries say something about a child, and when the first and the last of them happened, milliseconds since 1970.
pub(super) fn entries_of(conn: &Connection, child: ChildId) -> Result<(i64, Option<(i64, i64)>), StoreError> {
    let row = sql::one(conn, OF_CHILD, [child.0], |row| Ok((row.get(0)?, row.get::<_, Option<i64>>(1)?.zip(row.get(2)?))))?;
    Ok(row.unwrap_or((0, None)))
}

/// Sees to it that what was erased lies nowhere in the files any more. Says no while somebody else reads: then the log cannot be
/// emptied.
pub(super) fn wipe(conn: &Connection) -> Result<bool, StoreError> {
    conn.execute_batch(ANEW)?;
    let is_done = sql::one(conn, EMPTY_LOG, [], |row| row.get::<_, i64>(0))? == Some(0);
    if is_done {
        sql::run(conn, SETTLED, [])?;
    }
    Ok(is_done)
}
