//! Whether the store is what it should be: the file whole, the schema ours, the chain unbroken, the tables the fold of the
//! journal.
//!
//! Absent: proof that nobody rewrote everything from some entry on. For that the head of the chain stands on the printed
//! day sheets.

use std::collections::{BTreeMap, HashMap};

use rusqlite::Connection;

use crate::domain::fact::{Entry, Fact, Seq};
use crate::domain::people::ChildId;
use crate::domain::redating::Shift;
use crate::domain::register::Register;
use crate::domain::time::Moment;
use crate::domain::trouble::Gap;

use super::end::Noted;
use super::error::{OpenError, StoreError};
use super::journal::{self, Raw};
use super::schema::{self, Kind};
use super::stays::{self, Stay};
use super::{chain, open, redated, sql, tables};

const MOST: usize = 20;
const INTEGRITY: &str = "PRAGMA integrity_check(20)";
const FOREIGN_KEYS: &str = "PRAGMA foreign_key_check";

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
    /// What is wrong, at most a few of each sort; nothing if all is well.
    pub problems: Vec<Problem>,
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
    /// A table is not the fold of the journal.
    Table {
        /// The table.
        table: &'static str,
        /// The key of the row.
        key: String,
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

/// `noted` is what the head file said before `conn` began to read.
pub(super) fn verify(conn: &Connection, kind: Kind, noted: Option<&Noted>) -> Report {
    let mut report = Report { kind, entries: 0, last: None, head8: String::new(), compared: noted.is_some(), problems: Vec::new() };
    if let Err(error) = examine(conn, noted, &mut report) {
        report.problems.push(Problem::File(error.to_string()));
    }
    report
}

fn examine(conn: &Connection, noted: Option<&Noted>, report: &mut Report) -> Result<(), StoreError> {
    let moment = conn.unchecked_transaction()?;
    if let Some(noted) = noted {
        report.problems.extend(end(&moment, noted)?);
    }
    let whole = file(&moment).and_then(|found| {
        report.problems.extend(found);
        report.problems.extend(schema_as_made(&moment)?);
        Ok(())
    });
    if let Err(error) = whole {
        report.problems.push(Problem::File(error.to_string()));
    }
    let mut fold = Fold::default();
    let flawed = walk(&moment, report, &mut fold)?;
    if !flawed {
        report.problems.extend(fold.compare(&moment)?);
    }
    Ok(())
}

fn file(conn: &Connection) -> Result<Vec<Problem>, StoreError> {
    let lines = sql::all(conn, INTEGRITY, [], |row| row.get::<_, String>(0))?;
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
    let (ours, found) = (schema::objects(&made)?, schema::objects(conn)?);
    let differing = ours.iter().filter(|o| !found.contains(o)).chain(found.iter().filter(|o| !ours.contains(o)));
    let mut names: Vec<String> = differing.map(|(_, name, _, _)| name.clone()).collect();
    names.sort();
    names.dedup();
    Ok(names.into_iter().take(MOST).map(Problem::Schema).collect())
}

/// Reads the journal from its beginning to the first flaw. Says whether there was one.
fn walk(conn: &Connection, report: &mut Report, fold: &mut Fold) -> Result<bool, StoreError> {
    let mut statement = sql::prepared(conn, journal::EVERY)?;
    let mut rows = statement.query([])?;
    let mut hash = String::new();
    let mut before: Option<Entry> = None;
    loop {
        let expected = Seq(report.entries + 1);
        let checked = match rows.next() {
            Ok(None) => break,
            Ok(Some(row)) => Raw::from_row(row).map_err(|_| Flaw::Unreadable).and_then(|row| {
                let checked = check(expected, &hash, row, before.as_ref());
                checked.map(|(entry, next)| {
                    hash = next;
                    entry
                })
            }),
            Err(_) => Err(Flaw::Unreadable),
        };
        match checked {
            Ok(entry) => {
                fold.apply(conn, &entry)?;
                report.entries = entry.seq.0;
                report.last = Some(entry.entered_at);
                before = Some(entry);
            }
            Err(flaw) => {
                report.problems.push(Problem::Entry { seq: expected, flaw });
                return Ok(true);
            }
        }
    }
    report.head8 = hash.chars().take(8).collect();
    Ok(false)
}

fn check(expected: Seq, previous: &str, row: Raw, before: Option<&Entry>) -> Result<(Entry, String), Flaw> {
    if row.seq != expected.0 {
        return Err(Flaw::Missing);
    }
    if row.body.as_deref().map(|body| chain::sha256(body.as_bytes())).as_ref() != Some(&row.body_hash) {
        return Err(Flaw::Body);
    }
    if chain::link(previous, &row) != row.hash {
        return Err(Flaw::Chain);
    }
    let (kind, child, hash) = (row.kind.clone(), row.child, row.hash.clone());
    let entry = row.entry().map_err(|_| Flaw::Unreadable)?;
    let in_order = entry.at.ms <= entry.entered_at.ms
        && entry.day == entry.at.date()
        && kind == entry.fact.kind()
        && child == entry.fact.child().map(|c| c.0)
        && (entry.act == entry.seq || before.is_some_and(|b| b.act == entry.act))
        && (matches!(entry.fact, Fact::ClockSet { .. }) || before.is_none_or(|b| b.entered_at.ms <= entry.entered_at.ms));
    if in_order { Ok((entry, hash)) } else { Err(Flaw::Order) }
}

/// What the tables should be.
#[derive(Default)]
struct Fold {
    register: Register,
    stays: BTreeMap<Seq, (ChildId, Option<Seq>)>,
    ended_by: HashMap<Seq, Seq>,
    undone: BTreeMap<Seq, Seq>,
    redated: BTreeMap<Seq, (Seq, i64, i64)>,
}

impl Fold {
    fn apply(&mut self, conn: &Connection, entry: &Entry) -> Result<(), StoreError> {
        if let Fact::Undone { seq, .. } = entry.fact {
            let undone = journal::entry(conn, seq)?;
            self.register.apply_with(entry, |_| undone.as_ref());
            self.undone.insert(seq, entry.seq);
            self.stays.remove(&seq);
            if let Some((_, released)) = self.ended_by.get(&seq).and_then(|arrival| self.stays.get_mut(arrival)) {
                *released = None;
            }
            return Ok(());
        }
        if let Fact::Redated { from, to, by_ms, .. } = entry.fact {
            self.redate(conn, entry.seq, (from, to), by_ms)?;
        }
        self.register.apply(entry);
        if let Fact::Arrived { child, .. } = entry.fact {
            self.stays.insert(entry.seq, (child, None));
        } else if let Fact::Released { arrival, .. } = entry.fact {
            self.ended_by.insert(entry.seq, arrival);
            if let Some((_, released)) = self.stays.get_mut(&arrival) {
                *released = Some(entry.seq);
            }
        }
        Ok(())
    }

    /// Sets entries right as [`super::redated`] does, from what was written and what was set right before.
    fn redate(&mut self, conn: &Connection, by: Seq, (from, to): (Seq, Seq), by_ms: i64) -> Result<(), StoreError> {
        let mut entries = journal::written(conn, Seq(from.0 - 1), to)?;
        for entry in &mut entries {
            if let Some((_, at, entered_at)) = self.redated.get(&entry.seq) {
                (entry.at.ms, entry.entered_at.ms) = (*at, *entered_at);
            }
        }
        let before = if entries.first().is_some_and(|e| e.seq < from) { Some(entries.remove(0).entered_at) } else { None };
        let Some(first) = entries.first() else { return Ok(()) };
        let goes_back = |before: &Moment| matches!(first.fact, Fact::ClockSet { .. }) && before.ms > first.entered_at.ms;
        let shift = Shift { first: first.entered_at, before: before.filter(|before| !goes_back(before)), by_ms };
        for entry in &entries {
            let (at, entered_at) = shift.of(entry.at, entry.entered_at);
            self.redated.insert(entry.seq, (by, at.ms, entered_at.ms));
            if let Fact::CardLost { number, .. } = &entry.fact {
                self.register.redate_lost(number, entry.at, at);
            }
        }
        Ok(())
    }

    fn compare(&self, conn: &Connection) -> Result<Vec<Problem>, StoreError> {
        let (ours, found) = (&self.register, &tables::register(conn)?);
        let mut problems = Vec::new();
        let mut differ = |table, keys: Vec<String>| problems.extend(keys.into_iter().take(MOST).map(|key| Problem::Table { table, key }));
        differ("child", unlike(ours.children(), found.children(), |c| c.id.0.to_string()));
        differ("collector", unlike(ours.all_collectors(), found.all_collectors(), |c| c.id.0.to_string()));
        differ("card", unlike(ours.cards(), found.cards(), |c| c.number.as_str().to_owned()));
        differ("staff", unlike(ours.staff(), found.staff(), |s| s.id.0.to_string()));
        differ("pin_tries", unlike(ours.all_pin_tries(), found.all_pin_tries(), |(staff, _)| staff.0.to_string()));
        differ("recovery", unlike(ours.all_recovery(), found.all_recovery(), |(staff, _)| staff.0.to_string()));
        differ("no_card_count", unlike(ours.all_no_card_counts(), found.all_no_card_counts(), |(child, _)| child.0.to_string()));
        let (mine, theirs) = (ours.office(), found.office());
        differ("setting", unlike(mine.settings.iter(), theirs.settings.iter(), |(name, _)| (*name).clone()));
        differ("term", unlike(mine.terms.values(), theirs.terms.values(), |t| t.name.clone()));
        differ("timetable", unlike(mine.timetables.values(), theirs.timetables.values(), |t| t.id.0.to_string()));
        differ("special_day", unlike(mine.days.values(), theirs.days.values(), |d| d.date.to_string()));
        differ("duty_plan", unlike(mine.duty.iter(), theirs.duty.iter(), |(day, _)| day.to_string()));
        differ("refused_care", unlike(mine.refused.values(), theirs.refused.values(), |r| r.id.to_string()));
        let stays = sql::all(conn, stays::EVERY, [], Stay::from_row)?;
        let stays = stays.into_iter().map(|s| (s.arrival, (s.child, s.released)));
        differ("stay", unlike(self.stays.iter().map(|(arrival, stay)| (*arrival, *stay)), stays, |(arrival, _)| arrival.0.to_string()));
        let undone = sql::all(conn, stays::EVERY_UNDONE, [], |row| Ok((Seq(row.get(0)?), Seq(row.get(1)?))))?;
        differ("undone", unlike(self.undone.iter().map(|(seq, by)| (*seq, *by)), undone.into_iter(), |(seq, _)| seq.0.to_string()));
        let redated = sql::all(conn, redated::EVERY, [], |row| Ok((Seq(row.get(0)?), (Seq(row.get(1)?), row.get(2)?, row.get(3)?))))?;
        differ("redated", unlike(self.redated.iter().map(|(seq, at)| (*seq, *at)), redated.into_iter(), |(seq, _)| seq.0.to_string()));
        Ok(problems)
    }
}

/// Keys of what is in one list and not, or not the same, in the other.
fn unlike<T: PartialEq>(ours: impl Iterator<Item = T>, found: impl Iterator<Item = T>, key: impl Fn(&T) -> String) -> Vec<String> {
    let mut left: BTreeMap<String, T> = ours.map(|item| (key(&item), item)).collect();
    let mut keys = Vec::new();
    for item in found {
        let name = key(&item);
        if left.remove(&name).is_none_or(|mine| mine != item) {
            keys.push(name);
        }
    }
    keys.extend(left.into_keys());
    keys
}
