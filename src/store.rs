//! The journal and the register tables, on disk: one `SQLite` file in the data folder.
//!
//! Reading order: `schema` (what the file is made of), `open` (from a folder to a connection that can be trusted),
//! `journal` and `chain` (facts, each bound to the one before), `tables` with `people`, `cards`, `counts` and `stays` (their
//! fold, written in the same transaction), `read` (start-up and time travel), `verify` (whether all of that is true).
//!
//! What is recorded is on the disk before [`Store::record`] returns. Every desk decides on what it has seen and says how
//! far that was; if the journal has moved on since, nothing is written and the desk is told what it missed. That is all of
//! the concurrency there is.
//!
//! Deliberately absent: rules about children, the clock (time is an argument), sentences for people, PIN hashing, repair.
//! Nothing outside this room knows that `SQLite` exists.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use rusqlite::{Connection, TransactionBehavior};

use crate::domain::day::State;
use crate::domain::fact::{Draft, Entry, Seq};
use crate::domain::people::{ChildId, StaffId};
use crate::domain::register::Register;
use crate::domain::time::Moment;

mod cards;
mod chain;
mod counts;
mod error;
mod extracts;
mod journal;
mod office;
mod open;
mod people;
mod read;
mod schema;
mod sql;
mod staff;
mod stays;
mod tables;
mod verify;

pub use error::{OpenError, StoreError};
pub use extracts::ChildHistory;
pub use open::FILE;
pub use read::{Loaded, Past};
pub use schema::Kind;
pub use verify::{Flaw, Problem, Report};

/// An open store.
#[derive(Debug)]
pub struct Store {
    conn: Connection,
    kind: Kind,
    key: String,
    file: Option<PathBuf>,
    seen_version: i64,
}

/// When, where and by whom something is entered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stamp {
    /// The time on the desk's clock.
    pub now: Moment,
    /// The desk.
    pub desk: String,
    /// Who is acting.
    pub staff: Option<StaffId>,
}

/// An act, and what was entered after it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ActAndLater {
    /// Its entries.
    pub act: Vec<Entry>,
    /// All entries after it.
    pub later: Vec<Entry>,
}

/// What became of an act.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Recorded {
    /// It is on the disk; these are its entries.
    Done(Vec<Entry>),
    /// Nothing was written: the journal had moved on, and these entries were missed.
    Behind(Vec<Entry>),
}

impl Store {
    /// Opens the store in a folder, or makes it there if there is none and `create` says so. A store of the other kind, of a
    /// newer caredesk, damaged, or of another program is refused and left as it is.
    ///
    /// # Errors
    /// Why it could not be opened.
    pub fn open(dir: &Path, kind: Kind, create: bool) -> Result<Self, OpenError> {
        Self::new(open::read_write(dir, kind, create)?, kind, Some(dir.join(FILE)))
    }

    /// Opens the store in a folder for reading, of whichever kind it is.
    ///
    /// # Errors
    /// Why it could not be opened.
    pub fn open_read_only(dir: &Path) -> Result<Self, OpenError> {
        let (conn, kind) = open::read_only(dir)?;
        Self::new(conn, kind, Some(dir.join(FILE)))
    }

    /// A practice store that is gone when the program ends.
    ///
    /// # Errors
    /// Why it could not be made.
    pub fn memory() -> Result<Self, OpenError> {
        Self::new(open::memory()?, Kind::Practice, None)
    }

    fn new(conn: Connection, kind: Kind, file: Option<PathBuf>) -> Result<Self, OpenError> {
        let key = schema::key(&conn)?;
        let seen_version = schema::pragma(&conn, "data_version")?;
        Ok(Self { conn, kind, key, file, seen_version })
    }

    /// Real or practice.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The file, unless the store is in memory.
    #[must_use]
    pub fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// Records an act, if nothing was recorded after `seen`. It is on the disk when this returns, or wholly absent.
    ///
    /// # Errors
    /// Why nothing was recorded. The store stays usable.
    pub fn record(&mut self, seen: Seq, drafts: &[Draft], stamp: &Stamp) -> Result<Recorded, StoreError> {
        if !self.conn.is_autocommit() {
            self.conn.execute_batch("ROLLBACK")?; // what an earlier failure could not roll back
        }
        let step = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut head = journal::head(&step)?;
        if head.seq < seen {
            return Err(StoreError::Damaged(format!("the journal ends at {}, not at {}", head.seq.0, seen.0)));
        }
        if head.seq > seen {
            return Ok(Recorded::Behind(journal::between(&step, Seq(seen.0 + 1), head.seq)?));
        }
        let act = Seq(seen.0 + 1);
        let last = head.entered_at.map_or(stamp.now.ms, |last| last.ms.max(stamp.now.ms));
        let entered_at = Moment { ms: last, ..stamp.now };
        let mut entries = Vec::with_capacity(drafts.len());
        for draft in drafts {
            let entry = entered(&head, act, draft.clone(), entered_at, stamp);
            head = journal::append(&step, &head, &entry)?;
            entries.push(entry);
        }
        tables::apply_act(&step, &entries)?;
        step.commit()?;
        Ok(Recorded::Done(entries))
    }

    /// Records an act of any length in one transaction, as [`Store::record`] does, but keeps no copy of it; `share` hears how far
    /// it is. `false` when something was recorded after `seen`, and nothing was written. Not for acts that take others back.
    ///
    /// # Errors
    /// Why nothing was recorded. The store stays usable.
    pub fn record_all(&mut self, seen: Seq, drafts: Vec<Draft>, stamp: &Stamp, share: &mut dyn FnMut(f32)) -> Result<bool, StoreError> {
        const AT_ONCE: usize = 1000;
        if !self.conn.is_autocommit() {
            self.conn.execute_batch("ROLLBACK")?; // what an earlier failure could not roll back
        }
        let step = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut head = journal::head(&step)?;
        if head.seq != seen {
            return Ok(false);
        }
        let act = Seq(seen.0 + 1);
        let last = head.entered_at.map_or(stamp.now.ms, |last| last.ms.max(stamp.now.ms));
        let entered_at = Moment { ms: last, ..stamp.now };
        let all = drafts.len();
        let mut part = Vec::with_capacity(AT_ONCE.min(all));
        for (index, draft) in drafts.into_iter().enumerate() {
            let entry = entered(&head, act, draft, entered_at, stamp);
            head = journal::append(&step, &head, &entry)?;
            part.push(entry);
            if part.len() == AT_ONCE || index + 1 == all {
                tables::apply_act(&step, &part)?;
                part.clear();
                #[allow(clippy::cast_precision_loss)] // for a bar
                share(index as f32 / all as f32);
            }
        }
        step.commit()?;
        Ok(true)
    }

    /// The register, and the day of `now` (or of the last entry, if the clock is behind it).
    ///
    /// # Errors
    /// Why it could not be read.
    pub fn load(&self, now: Moment) -> Result<Loaded, StoreError> {
        read::load(&self.conn, now)
    }

    /// The same with as much of the register as a first frame shows: no phone numbers, no cards, of collectors only those who
    /// must not. Nothing may be decided on it about children; who leads, and with which PIN, it knows.
    ///
    /// # Errors
    /// Why it could not be read.
    pub fn glance(&self, now: Moment) -> Result<Loaded, StoreError> {
        read::glance(&self.conn, now)
    }

    /// The state at any moment, past or present, of the day of that moment.
    ///
    /// # Errors
    /// Why it could not be read.
    pub fn state_at(&self, when: Moment) -> Result<State, StoreError> {
        read::state_at(&self.conn, when)
    }

    /// Any moment as a whole: the register as it was and the state of its day. `known` is a register with the number of its last
    /// entry: nothing is read anew while that is the last of the journal. The cost grows with what was entered since that moment.
    ///
    /// # Errors
    /// Why it could not be read.
    pub fn past_at(&self, when: Moment, known: Option<(Seq, &Register)>) -> Result<Past, StoreError> {
        read::past_at(&self.conn, when, known)
    }

    /// Entries after `seen`.
    ///
    /// # Errors
    /// Why they could not be read.
    pub fn news(&mut self, seen: Seq) -> Result<Vec<Entry>, StoreError> {
        journal::between(&self.conn, Seq(seen.0 + 1), Seq(i64::MAX))
    }

    /// Entries from one number to another, both included.
    ///
    /// # Errors
    /// Why they could not be read.
    pub fn entries_between(&self, from: Seq, to: Seq) -> Result<Vec<Entry>, StoreError> {
        journal::between(&self.conn, from, to)
    }

    /// Entries of care days, the first and the last included, in the order of the journal.
    ///
    /// # Errors
    /// Why they could not be read.
    pub fn entries_of_days(&self, from: NaiveDate, to: NaiveDate) -> Result<Vec<Entry>, StoreError> {
        read::of_days(&self.conn, from, to)
    }

    /// The last import that was not taken back: its entries, and all entries after it.
    ///
    /// # Errors
    /// Why they could not be read.
    pub fn last_import(&self) -> Result<Option<ActAndLater>, StoreError> {
        let Some(act) = journal::last_import(&self.conn)? else { return Ok(None) };
        let entries = journal::between(&self.conn, act, Seq(i64::MAX))?;
        let (of_act, later) = entries.into_iter().partition(|e| e.act == act);
        Ok(Some(ActAndLater { act: of_act, later }))
    }

    /// Arrivals, corrected holders, outings and releases of care days that were not taken back, in the order of the journal.
    ///
    /// # Errors
    /// Why they could not be read.
    pub fn attendance(&self, from: NaiveDate, to: NaiveDate) -> Result<Vec<Entry>, StoreError> {
        extracts::attendance(&self.conn, from, to)
    }

    /// Everything that was ever written to a file: the entries that say so.
    ///
    /// # Errors
    /// Why they could not be read.
    pub fn exports(&self) -> Result<Vec<Entry>, StoreError> {
        extracts::exports(&self.conn)
    }

    /// Every entry about a child, also those taken back.
    ///
    /// # Errors
    /// Why they could not be read.
    pub fn history_of(&self, child: ChildId) -> Result<ChildHistory, StoreError> {
        extracts::of_child(&self.conn, child)
    }

    /// The journal's last number.
    ///
    /// # Errors
    /// Why it could not be read.
    pub fn head(&self) -> Result<Seq, StoreError> {
        Ok(journal::head(&self.conn)?.seq)
    }

    /// Whether another desk or program has written since this was last asked.
    ///
    /// # Errors
    /// Why it could not be found out.
    pub fn changed_elsewhere(&mut self) -> Result<bool, StoreError> {
        let version = sql::one(&self.conn, DATA_VERSION, [], |row| row.get(0))?.unwrap_or(self.seen_version);
        Ok(std::mem::replace(&mut self.seen_version, version) != version)
    }

    /// Whether the file is whole, the chain unbroken, and every table the fold of the journal.
    #[must_use]
    pub fn verify(&self) -> Report {
        verify::verify(&self.conn, self.kind)
    }

    /// Whether the pages of the file are in order: quicker than [`Store::verify`], for after the first frame.
    ///
    /// # Errors
    /// Why it could not be found out.
    pub fn quick_check(&self) -> Result<bool, StoreError> {
        Ok(sql::one(&self.conn, QUICK_CHECK, [], |row| row.get::<_, String>(0))?.is_some_and(|answer| answer == "ok"))
    }

    /// A short hash, keyed for this store, of something that must not be kept as it was typed.
    #[must_use]
    pub fn keyed_digest(&self, text: &str) -> String {
        chain::keyed(&self.key, text)
    }

    /// Moves what the log holds into the file, as far as nobody is in the way. For quiet moments.
    ///
    /// # Errors
    /// Why it could not be done; nothing is lost by that.
    pub fn checkpoint(&self) -> Result<(), StoreError> {
        sql::all(&self.conn, CHECKPOINT, [], |_| Ok(())).map(|_| ())
    }

    /// Closes the store. The last one to close it leaves a single file.
    ///
    /// # Errors
    /// Why it could not be closed cleanly; nothing is lost by that.
    pub fn close(self) -> Result<(), StoreError> {
        self.conn.close().map_err(|(_, e)| e.into())
    }
}

const DATA_VERSION: &str = "PRAGMA data_version";
const QUICK_CHECK: &str = "PRAGMA quick_check(1)";
const CHECKPOINT: &str = "PRAGMA wal_checkpoint(PASSIVE)";

#[cfg(test)]
mod tests;

/// The entry after `head` that a draft becomes; what happened did not happen later than it is entered (I8).
fn entered(head: &journal::Head, act: Seq, draft: Draft, entered_at: Moment, stamp: &Stamp) -> Entry {
    let at = Moment { ms: draft.at.map_or(entered_at.ms, |at| at.ms.min(entered_at.ms)), ..entered_at };
    let desk = stamp.desk.clone();
    Entry { seq: Seq(head.seq.0 + 1), act, day: at.date(), at, entered_at, desk, staff: stamp.staff, fact: draft.fact }
}
