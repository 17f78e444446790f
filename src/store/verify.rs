//! Whether the store is what it should be: the file whole, the schema ours, the chain unbroken, the tables the fold of the
//! journal.
//!
//! That nobody rewrote everything from some entry on, only a key that is not in the store can say (`seal`), and the head of the chain on
//! the printed day sheets.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::{Connection, OpenFlags};

use crate::domain::fact::Seq;
use crate::domain::people::ChildId;
use crate::domain::time::Moment;
use crate::domain::trouble::Gap;

use super::end::Noted;
use super::error::{OpenError, StoreError};
use super::journal;
use super::schema::{self, Kind};
use super::seal::Sealed;
use super::{open, sql};

use fold::Fold;

mod fold;
mod walk;

const MOST: usize = 20;
const INTEGRITY: &str = "PRAGMA integrity_check(20)";
const QUICK: &str = "PRAGMA quick_check(20)";
const FOREIGN_KEYS: &str = "PRAGMA foreign_key_check";
/// The check at the start holds ended stays against the journal only where they began in the last so many days.
const LAST_DAYS: i64 = 14;

/// What was found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Report {
    /// Real or practice.
    pub kind: Kind,
    /// How many entries were read.
    pub entries: i64,
    /// When the last of them was entered.
    pub last: Option<Moment>,
    /// The first 8 characters of the chain's head, as the day sheets have it; empty while there is no entry.
    pub head8: String,
    /// Whether the end was held against the head file; not where there is none that can be read.
    pub compared: bool,
    /// What the seal says of the end.
    pub sealed: Sealed,
    /// What is wrong, at most a few of each sort; nothing if all is well.
    pub problems: Vec<Problem>,
    /// All children about whom a table says something else than the journal, or the journal something else than was entered.
    pub in_doubt: BTreeSet<ChildId>,
}

/// Something that is wrong.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Problem {
    /// `SQLite` finds the file damaged.
    File(String),
    /// A table, index, trigger or view is missing, foreign, or not as it was made.
    Schema(String),
    /// The first entry that is not as it was entered.
    Entry {
        /// Its number.
        seq: Seq,
        /// What is wrong with it.
        flaw: Flaw,
    },
    /// Entries that were acknowledged are missing at the end: the head file knows them.
    Missing(Gap),
    /// The entry that the head file knows by number is another one.
    OtherEnd(Seq),
    /// Entries were rewritten or cut off, every hash computed anew, or were entered without the key of the seal.
    Seal {
        /// The last entry that is known to be as it was.
        after: Seq,
        /// The first end that is known not to be.
        by: Seq,
    },
    /// A table is not the fold of the journal.
    Table {
        /// The table.
        table: &'static str,
        /// The key of the row.
        key: String,
        /// Whether it is about a child.
        of_child: bool,
    },
}

/// What can be wrong with an entry.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Flaw {
    /// It is missing.
    Missing,
    /// It cannot be read.
    Unreadable,
    /// The text is not the one that was entered.
    Body,
    /// Something beside the text, or an entry before it, was changed.
    Chain,
    /// Its times, day, act or kind contradict its text or the entry before it.
    Order,
}

impl Report {
    /// Whether all is well.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.problems.is_empty()
    }
}

/// How much is looked at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Depth {
    /// Everything, on as many cores as there are.
    Whole,
    /// What a desk looks at beside its work, in the one thread that it has for that: everything but the order of the indexes and the
    /// stays that ended long ago.
    Start,
}

/// `noted` is what the head file said before `conn` began to read. Ends early, with what was found by then, once `stop` is set. The
/// pages of a store with a `path` are looked through beside the journal, by a connection of their own: each takes about as long.
pub(super) fn verify(
    conn: &Connection,
    kind: Kind,
    (noted, sealed): (Option<&Noted>, Sealed),
    (depth, path): (Depth, Option<&Path>),
    stop: &AtomicBool,
) -> Report {
    let (head8, compared) = (String::new(), noted.is_some());
    let mut report = Report { kind, entries: 0, last: None, head8, compared, sealed, problems: Vec::new(), in_doubt: BTreeSet::new() };
    let of_pages = std::thread::scope(|scope| {
        let beside = path.map(|path| scope.spawn(move || file(&open::connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?, depth)));
        if let Err(error) = examine(conn, noted, depth, stop, &mut report) {
            report.problems.push(Problem::File(error.to_string()));
        }
        beside.and_then(|pages| pages.join().ok()?.ok())
    });
    if of_pages.is_none() && stop.load(Ordering::Relaxed) {
        return report;
    }
    // In memory, or where the file cannot be opened twice.
    let of_pages = of_pages.map_or_else(|| file(conn, depth), Ok).unwrap_or_else(|error| vec![Problem::File(error.to_string())]);
    report.problems.splice(0..0, of_pages);
    report
}

fn examine(conn: &Connection, noted: Option<&Noted>, depth: Depth, stop: &AtomicBool, report: &mut Report) -> Result<(), StoreError> {
    let moment = conn.unchecked_transaction()?;
    if let Some(noted) = noted {
        report.problems.extend(end(&moment, noted)?);
    }
    if let Sealed::Broken { after, by } = report.sealed {
        report.problems.push(Problem::Seal { after, by });
    }
    match schema_as_made(&moment) {
        Ok(found) => report.problems.extend(found),
        Err(error) => report.problems.push(Problem::File(error.to_string())),
    }
    let mut fold = Fold::default();
    if depth == Depth::Start {
        let last = journal::head(&moment)?.entered_at.unwrap_or(Moment { ms: 0, offset_min: 0 });
        fold.stays_since(journal::first_of_day(&moment, last.plus_seconds(-LAST_DAYS * 86_400).start_of_day())?);
    }
    let flawed = walk::walk(&moment, depth == Depth::Whole, stop, report, &mut fold)?;
    if stop.load(Ordering::Relaxed) {
        return Ok(());
    }
    let (problems, children) = fold.compare(&moment)?;
    report.in_doubt.extend(children);
    if !flawed {
        report.problems.extend(problems);
    }
    Ok(())
}

fn file(conn: &Connection, depth: Depth) -> Result<Vec<Problem>, StoreError> {
    let check = match depth {
        Depth::Whole => INTEGRITY,
        Depth::Start => QUICK,
    };
    let lines = sql::all(conn, check, [], |row| row.get::<_, String>(0))?;
    let mut found: Vec<_> = lines.into_iter().filter(|line| line != "ok").map(Problem::File).collect();
    let dangling = sql::all(conn, FOREIGN_KEYS, [], |row| row.get::<_, String>(0))?;
    found.extend(dangling.into_iter().take(MOST).map(|table| Problem::File(format!("{table} refers to a row that is not there"))));
    Ok(found)
}

/// Whether the journal reaches as far as the head file knows, and by the same entry.
fn end(conn: &Connection, noted: &Noted) -> Result<Option<Problem>, StoreError> {
    if let Some(gap) = noted.gap(&journal::head(conn)?) {
        return Ok(Some(Problem::Missing(gap)));
    }
    let is_same = journal::hash_of(conn, noted.seq)?.as_ref() == Some(&noted.hash);
    Ok((!is_same).then_some(Problem::OtherEnd(noted.seq)))
}

/// Compares what the file is made of with what the migrations make.
fn schema_as_made(conn: &Connection) -> Result<Vec<Problem>, StoreError> {
    let made = open::memory().map_err(|e: OpenError| StoreError::Other(e.to_string()))?;
    differences(&made, conn)
}

/// The same for a file that nobody has open and that may be of an older version, before anything of its own can run: bringing it up
/// to date would fire its triggers (T14).
pub(super) fn schema_as_made_then(dir: &Path) -> Result<Vec<Problem>, OpenError> {
    let found = open::still(&std::path::absolute(dir)?.join(open::FILE))?;
    let mark = schema::Mark::read(&found)?;
    mark.kind()?;
    Ok(differences(&schema::as_of(mark.version)?, &found)?)
}

fn differences(made: &Connection, conn: &Connection) -> Result<Vec<Problem>, StoreError> {
    let (ours, found) = (schema::objects(made)?, schema::objects(conn)?);
    let differing = ours.iter().filter(|o| !found.contains(o)).chain(found.iter().filter(|o| !ours.contains(o)));
    let mut names: Vec<String> = differing.map(|(_, name, _, _)| name.clone()).collect();
    names.sort();
    names.dedup();
    Ok(names.into_iter().take(MOST).map(Problem::Schema).collect())
}
