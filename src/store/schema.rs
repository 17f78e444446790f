//! What a store's file is made of: its mark, its version, and the migrations that lead there.
//!
//! Migrations are a list that only grows; a new file and an old one take the same path.

use rusqlite::{Connection, TransactionBehavior};

use super::chain;
use super::error::{OpenError, StoreError};
use super::sql;

/// What a store is for. One kind never opens as the other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Children of flesh and blood.
    Real,
    /// Invented children.
    Practice,
}

const REAL: i64 = 0x4344_534b;
const PRACTICE: i64 = 0x4344_5052;
const MIGRATIONS: [&str; 12] = [
    include_str!("../../assets/schema/0001.sql"),
    include_str!("../../assets/schema/0002.sql"),
    include_str!("../../assets/schema/0003.sql"),
    include_str!("../../assets/schema/0004.sql"),
    include_str!("../../assets/schema/0005.sql"),
    include_str!("../../assets/schema/0006.sql"),
    include_str!("../../assets/schema/0007.sql"),
    include_str!("../../assets/schema/0008.sql"),
    include_str!("../../assets/schema/0009.sql"),
    include_str!("../../assets/schema/0010.sql"),
    include_str!("../../assets/schema/0011.sql"),
    include_str!("../../assets/schema/0012.sql"),
];
const KEY: &str = "SELECT value FROM meta WHERE name = 'key'";
const NEW_KEY: &str = "INSERT INTO meta (name, value) VALUES ('key', $1)";
const MARK: &str = "SELECT value FROM meta WHERE name = 'restored'";
const NEW_MARK: &str = "INSERT INTO meta (name, value) VALUES ('restored', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
const OBJECTS: &str = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name";

#[cfg(test)]
pub(super) const STATEMENTS: [&str; 5] = [KEY, NEW_KEY, MARK, NEW_MARK, OBJECTS];

impl Kind {
    pub(super) fn application_id(self) -> i64 {
        match self {
            Self::Real => REAL,
            Self::Practice => PRACTICE,
        }
    }

    fn of(application_id: i64) -> Option<Self> {
        [Self::Real, Self::Practice].into_iter().find(|kind| kind.application_id() == application_id)
    }
}

/// The schema that this program writes.
pub(super) fn newest() -> i64 {
    i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX)
}

/// Whose file it is and of which version.
pub(super) struct Mark {
    application_id: i64,
    pub(super) version: i64,
}

impl Mark {
    pub(super) fn read(conn: &Connection) -> Result<Self, rusqlite::Error> {
        Ok(Self { application_id: pragma(conn, "application_id")?, version: pragma(conn, "user_version")? })
    }

    /// The kind, if the file is one of ours and not from the future.
    pub(super) fn kind(&self) -> Result<Kind, OpenError> {
        let kind = Kind::of(self.application_id).ok_or(OpenError::Foreign)?;
        match self.version {
            v if v > newest() => Err(OpenError::Newer { found: v, known: newest() }),
            v if v < 1 => Err(OpenError::Foreign),
            _ => Ok(kind),
        }
    }

    /// The same, where only one kind will do.
    pub(super) fn expect(&self, wanted: Kind) -> Result<(), OpenError> {
        match self.kind()? {
            found if found != wanted => Err(OpenError::OtherKind { found }),
            Kind::Real | Kind::Practice => Ok(()),
        }
    }
}

/// Reads a setting that is a number.
pub(super) fn pragma(conn: &Connection, name: &str) -> Result<i64, rusqlite::Error> {
    conn.pragma_query_value(None, name, |row| row.get(0))
}

/// Brings the file up to date.
pub(super) fn migrate(conn: &mut Connection, kind: Kind) -> Result<(), OpenError> {
    while pragma(conn, "user_version")? < newest() {
        let step = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let done = pragma(&step, "user_version")?; // once more: another desk may have been faster
        let Some(sql) = usize::try_from(done).ok().and_then(|done| MIGRATIONS.get(done)) else { break };
        step.execute_batch(sql)?;
        if sql::one(&step, KEY, [], |_| Ok(()))?.is_none() {
            sql::run(&step, NEW_KEY, [chain::random::<32>()?])?;
        }
        step.pragma_update(None, "application_id", kind.application_id())?;
        step.pragma_update(None, "user_version", done + 1)?;
        if step.prepare("PRAGMA foreign_key_check")?.exists([])? {
            return Err(OpenError::Damaged("foreign keys do not hold".to_owned()));
        }
        step.commit()?;
    }
    Ok(())
}

/// What a file of that version is made of, as a store in memory.
pub(super) fn as_of(version: i64) -> Result<Connection, OpenError> {
    let made = Connection::open_in_memory()?;
    for sql in MIGRATIONS.iter().take(usize::try_from(version).unwrap_or_default()) {
        made.execute_batch(sql)?;
    }
    Ok(made)
}

/// The random key of this store, hex.
pub(super) fn key(conn: &Connection) -> Result<String, StoreError> {
    sql::one(conn, KEY, [], |row| row.get(0))?.ok_or_else(|| StoreError::Damaged("no key".to_owned()))
}

/// By what a store that was put in the place of another is told from that one, if it ever was.
pub(super) fn restored_as(conn: &Connection) -> Result<Option<String>, StoreError> {
    sql::one(conn, MARK, [], |row| row.get(0))
}

/// Marks a store that is to take the place of another; gives the mark: 32 random characters, hex.
pub(super) fn mark_restored(conn: &Connection) -> Result<String, StoreError> {
    let mark = chain::random::<16>().map_err(|e| StoreError::Io(e.to_string()))?;
    sql::run(conn, NEW_MARK, [&mark])?;
    Ok(mark)
}

/// A table, an index, a trigger or a view: type, name, table, text.
pub(super) type Object = (String, String, String, Option<String>);

/// Everything that the file is made of.
pub(super) fn objects(conn: &Connection) -> Result<Vec<Object>, StoreError> {
    sql::all(conn, OBJECTS, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
}
