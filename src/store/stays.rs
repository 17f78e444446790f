//! The tables `stay` and `undone`: the last line of defence against a second release.
//!
//! What the rules decide is decided before anything is written. These tables refuse what no rule may let through: a child
//! that arrives while it is in, a release that ends no open stay, an entry that is taken back twice.

use rusqlite::{Connection, Row, params};

use crate::domain::fact::Seq;
use crate::domain::people::ChildId;
use crate::domain::time::Moment;

use super::error::StoreError;
use super::sql;

const ARRIVE: &str = "INSERT INTO stay (arrival_seq, child) VALUES ($1, $2)";
const RELEASE: &str = "UPDATE stay SET released_seq = $1 WHERE arrival_seq = $2 AND child = $3 AND released_seq IS NULL";
const UNDO_ARRIVAL: &str = "DELETE FROM stay WHERE arrival_seq = $1 RETURNING arrival_seq, child, released_seq";
const UNDO_RELEASE: &str = "UPDATE stay SET released_seq = NULL WHERE released_seq = $1";
const UNDO: &str = "INSERT INTO undone (seq, by_seq) VALUES ($1, $2)";
const IS_UNDONE: &str = "SELECT by_seq FROM undone WHERE seq = $1";
const OPEN_STILL: &str = "SELECT arrival_seq, child, released_seq FROM stay WHERE released_seq IS NULL AND arrival_seq < $1";
const ENDED_SINCE: &str = "SELECT arrival_seq, child, released_seq FROM stay WHERE released_seq >= $1 AND +arrival_seq < $1"; // by the index of releases: what ended lately is little
/// A child's stays that began before an entry, the last first, with when they began and ended as it stands.
const OF_CHILD_BEFORE: &str = "SELECT s.arrival_seq, s.child, s.released_seq, coalesce(ad.at, a.at), coalesce(rd.at, r.at) FROM stay s \
    JOIN journal a ON a.seq = s.arrival_seq LEFT JOIN redated ad ON ad.seq = s.arrival_seq \
    LEFT JOIN journal r ON r.seq = s.released_seq LEFT JOIN redated rd ON rd.seq = s.released_seq \
    WHERE s.child = $1 AND s.arrival_seq < $2 ORDER BY s.arrival_seq DESC";
pub(super) const CHILDREN: &str = "SELECT id FROM child ORDER BY id";
pub(super) const EVERY: &str = "SELECT arrival_seq, child, released_seq FROM stay ORDER BY arrival_seq";
pub(super) const EVERY_UNDONE: &str = "SELECT seq, by_seq FROM undone ORDER BY seq";

#[cfg(test)]
pub(super) const STATEMENTS: [&str; 12] =
    [ARRIVE, RELEASE, UNDO_ARRIVAL, UNDO_RELEASE, UNDO, IS_UNDONE, OPEN_STILL, ENDED_SINCE, OF_CHILD_BEFORE, CHILDREN, EVERY, EVERY_UNDONE];

/// One row.
pub(super) struct Stay {
    pub(super) arrival: Seq,
    pub(super) child: ChildId,
    pub(super) released: Option<Seq>,
}

impl Stay {
    pub(super) fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self { arrival: Seq(row.get(0)?), child: ChildId(row.get(1)?), released: row.get::<_, Option<i64>>(2)?.map(Seq) })
    }
}

/// Opens a stay.
pub(super) fn arrive(conn: &Connection, arrival: Seq, child: ChildId) -> Result<(), StoreError> {
    sql::run(conn, ARRIVE, params![arrival.0, child.0]).map(|_| ())
}

/// Ends an open stay; anything but exactly one is a conflict.
pub(super) fn release(conn: &Connection, released: Seq, arrival: Seq, child: ChildId) -> Result<(), StoreError> {
    match sql::run(conn, RELEASE, params![released.0, arrival.0, child.0])? {
        1 => Ok(()),
        _ => Err(StoreError::Conflict(format!("entry {} ends no open stay of child {}", released.0, child.0))),
    }
}

/// Notes that an entry was taken back. Taking it back twice is a conflict.
pub(super) fn undo(conn: &Connection, seq: Seq, by: Seq) -> Result<(), StoreError> {
    sql::run(conn, UNDO, params![seq.0, by.0]).map(|_| ())
}

/// Whether an entry was taken back.
pub(super) fn is_undone(conn: &Connection, seq: Seq) -> Result<bool, StoreError> {
    Ok(sql::one(conn, IS_UNDONE, [seq.0], |_| Ok(()))?.is_some())
}

/// Drops the stay of an arrival that is taken back. A release that it still had is given back: by the end of the act it
/// must have been taken back as well.
pub(super) fn undo_arrival(conn: &Connection, arrival: Seq) -> Result<Option<Seq>, StoreError> {
    match sql::one(conn, UNDO_ARRIVAL, [arrival.0], Stay::from_row)? {
        Some(stay) => Ok(stay.released),
        None => Err(StoreError::Conflict(format!("arrival {} has no stay", arrival.0))),
    }
}

/// Opens the stay again whose release is taken back, unless its arrival is taken back as well.
pub(super) fn undo_release(conn: &Connection, released: Seq, arrival: Seq) -> Result<(), StoreError> {
    if sql::run(conn, UNDO_RELEASE, [released.0])? == 1 || is_undone(conn, arrival)? {
        return Ok(());
    }
    Err(StoreError::Conflict(format!("release {} ended no stay", released.0)))
}

/// Stays that were open just before an entry, by child.
pub(super) fn open_before(conn: &Connection, first: Seq) -> Result<Vec<Stay>, StoreError> {
    let open = sql::all(conn, OPEN_STILL, [first.0], Stay::from_row)?;
    Ok(by_child(open, sql::all(conn, ENDED_SINCE, [first.0], Stay::from_row)?))
}

/// Stays that were open at a moment, by child: of each the last that had begun, if it had not ended. From entry `later` on nothing
/// had happened by then.
pub(super) fn open_at(conn: &Connection, moment: Moment, later: Seq) -> Result<Vec<Stay>, StoreError> {
    let mut open = Vec::new();
    let mut statement = sql::prepared(conn, OF_CHILD_BEFORE)?;
    for child in sql::all(conn, CHILDREN, [], |row| row.get::<_, i64>(0))? {
        let mut rows = statement.query([child, later.0])?;
        while let Some(row) = rows.next()? {
            let (began, ended): (i64, Option<i64>) = (row.get(3)?, row.get(4)?);
            if began < moment.ms {
                if ended.is_none_or(|ended| ended >= moment.ms) {
                    open.push(Stay::from_row(row)?);
                }
                break;
            }
        }
    }
    Ok(open)
}

fn by_child(mut open: Vec<Stay>, ended: Vec<Stay>) -> Vec<Stay> {
    open.extend(ended);
    open.sort_by_key(|stay| (stay.child, stay.arrival));
    open
}
