//! What is read for papers that leave the room: one child's history, earlier exports.
//!
//! Nothing here is asked for while the desk works.

use std::collections::BTreeMap;

use rusqlite::Connection;

use crate::domain::fact::{Entry, Fact, Seq};
use crate::domain::people::ChildId;
use crate::domain::time::Moment;

use super::error::StoreError;
use super::journal::{self, entries, entries_of};
use super::{redated, sql};

const OF_CHILD: &str = entries_of!("dated j WHERE j.child = $1 ORDER BY j.seq");
const TAKEN_BACK: &str = "SELECT u.seq, u.by_seq FROM journal j JOIN undone u ON u.seq = j.seq WHERE j.child = $1 ORDER BY u.seq";
const GROUPS_OF_CHILD: &str = entries_of!(
    "dated j WHERE j.kind = 'group_made' AND j.day IN (SELECT c.day FROM dated c WHERE c.child = $1 AND c.kind = 'group_joined') ORDER BY j.seq"
);

const SET_OF_CHILD: &str = entries_of!(
    "journal j WHERE j.child = $1 AND j.kind IN ('child_set', 'collector_set') \
     AND NOT EXISTS (SELECT 1 FROM undone WHERE undone.seq = j.seq) ORDER BY j.seq"
);
const IS_IMPORT: &str = "SELECT kind = 'imported' FROM journal WHERE seq = $1";

/// Reads the whole journal once.
pub(super) const EXPORTS: &str = entries_of!("dated j WHERE j.kind = 'exported' ORDER BY j.seq");

#[cfg(test)]
pub(super) const STATEMENTS: [&str; 5] = [OF_CHILD, TAKEN_BACK, GROUPS_OF_CHILD, SET_OF_CHILD, IS_IMPORT];

/// Every entry about a child with the entry that took it back, and the groups made on days on which it joined one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ChildHistory {
    /// Every entry, in the order of the journal.
    pub entries: Vec<(Entry, Option<Entry>)>,
    /// Entries that made a group.
    pub groups: Vec<Entry>,
    /// Of entries whose time was set right: when they had happened as they were written.
    pub written: BTreeMap<Seq, Moment>,
    /// The journal's last number.
    pub head: Seq,
}

/// The history of a child.
pub(super) fn of_child(conn: &Connection, child: ChildId) -> Result<ChildHistory, StoreError> {
    let moment = conn.unchecked_transaction()?;
    let mut taken_back = sql::all(&moment, TAKEN_BACK, [child.0], |row| Ok((Seq(row.get(0)?), Seq(row.get(1)?))))?.into_iter().peekable();
    let mut history = Vec::new();
    for entry in entries(&moment, OF_CHILD, [child.0])? {
        while taken_back.next_if(|(seq, _)| *seq < entry.seq).is_some() {} // of entries whose text went
        let by = taken_back.next_if(|(seq, _)| *seq == entry.seq).map(|(_, by)| journal::entry(&moment, by)).transpose()?.flatten();
        history.push((entry, by));
    }
    let groups = entries(&moment, GROUPS_OF_CHILD, [child.0])?;
    let written = redated::written_of_child(&moment, child)?;
    Ok(ChildHistory { entries: history, groups, written, head: journal::head(&moment)?.seq })
}

/// The facts that made a child and its collectors what they are, each with whether an import set it: then that heads the act.
pub(super) fn set_of_child(conn: &Connection, child: ChildId) -> Result<Vec<(Fact, bool)>, StoreError> {
    let mut facts = Vec::new();
    for entry in entries(conn, SET_OF_CHILD, [child.0])? {
        let by_import = sql::one(conn, IS_IMPORT, [entry.act.0], |row| row.get(0))?;
        facts.push((entry.fact, by_import.unwrap_or(false)));
    }
    Ok(facts)
}

/// Everything that was ever written to a file.
pub(super) fn exports(conn: &Connection) -> Result<Vec<Entry>, StoreError> {
    entries(conn, EXPORTS, [])
}
