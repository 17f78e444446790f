//! The journal: one row for each fact, each bound to the one before by its hash.

use chrono::NaiveDate;
use rusqlite::{Connection, Row, params};

use crate::domain::fact::{Entry, Fact, Seq};
use crate::domain::people::StaffId;
use crate::domain::time::Moment;

use super::body;
use super::chain;
use super::error::StoreError;
use super::{forgotten, sql};

/// All that an entry is made of, from a table, view or join that calls it `j`.
macro_rules! entries_of {
    ($($rest:literal),+) => {
        concat!(
            "SELECT j.seq, j.act, j.day, j.at, j.entered_at, j.offset_min, j.desk, j.staff, j.child, j.kind, j.body, j.body_hash, j.hash, \
             CASE WHEN j.body IS NULL THEN ",
            $crate::store::forgotten::gone!(),
            " END FROM ",
            $($rest),+
        )
    };
}
pub(super) use entries_of;

/// Entries under the times as they were set right.
macro_rules! select {
    ($rest:literal) => {
        entries_of!("dated j ", $rest)
    };
}

/// Entries as they were written.
macro_rules! written {
    ($rest:literal) => {
        entries_of!("journal j ", $rest)
    };
}

const HEAD: &str = "SELECT seq, entered_at, offset_min, hash FROM journal ORDER BY seq DESC LIMIT 1";
const HASH_OF: &str = "SELECT hash FROM journal WHERE seq = $1";
const INSERT: &str = "INSERT INTO journal (seq, act, day, at, entered_at, offset_min, desk, staff, child, kind, body, body_hash, hash) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
const BETWEEN: &str = select!("WHERE seq >= $1 AND seq <= $2 ORDER BY seq");
const OF_CARE: &str = select!(
    "WHERE seq >= $1 AND seq <= $2 AND (kind = 'imported' OR act NOT IN \
    (SELECT act FROM journal WHERE seq >= $1 AND seq <= $2 AND kind = 'imported')) ORDER BY seq"
);
const OF_DAYS: &str = select!("WHERE day >= $1 AND day <= $2 ORDER BY seq");
const STANDING_OF_DAY: &str = select!("WHERE day = $1 AND at <= $2 AND NOT EXISTS (SELECT 1 FROM undone WHERE undone.seq = j.seq) ORDER BY at, seq");
const STANDING_OF_CHILD: &str =
    select!("WHERE child = $1 AND seq >= $2 AND seq < $3 AND NOT EXISTS (SELECT 1 FROM undone WHERE undone.seq = j.seq) ORDER BY seq");
const STANDING_OF_CHILD_BEFORE: &str =
    select!("WHERE child = $1 AND seq >= $2 AND at < $3 AND NOT EXISTS (SELECT 1 FROM undone WHERE undone.seq = j.seq) ORDER BY at, seq");
/// What changes the register and can be taken back.
const EARLIEST_OF_REGISTER: &str = "SELECT min(at) FROM dated WHERE seq >= $1 AND seq < $2 AND at <= $3 AND kind IN ('child_set', 'collector_set', \
    'card_set', 'card_lost', 'card_moved', 'staff_set', 'no_card_counted', 'setting_set', 'term_set', 'timetable_set', 'day_set', 'duty_planned') \
    AND NOT EXISTS (SELECT 1 FROM undone WHERE undone.seq = dated.seq)";
const OF_REGISTER: &str = select!(
    "WHERE seq >= $1 AND seq < $2 AND kind IN ('child_set', 'collector_set', \
    'card_set', 'card_lost', 'card_moved', 'staff_set', 'no_card_counted', 'setting_set', 'term_set', 'timetable_set', 'day_set', 'duty_planned') \
    AND NOT EXISTS (SELECT 1 FROM undone WHERE undone.seq = j.seq) ORDER BY seq DESC"
);
/// The same without the ways of cards, which are most of it: they are few, and have an index, whose own words these are.
pub(super) const LATER_OF_REGISTER: &str = written!(
    "WHERE seq >= $1 AND (kind = 'child_set' OR kind = 'collector_set' OR kind = 'card_set' OR kind = 'card_lost' OR kind = 'staff_set' \
    OR kind = 'no_card_counted' OR kind = 'setting_set' OR kind = 'term_set' OR kind = 'timetable_set' OR kind = 'day_set' OR kind = 'duty_planned') \
    AND NOT EXISTS (SELECT 1 FROM undone WHERE undone.seq = j.seq) ORDER BY seq DESC"
);
const MOVES_OF_CHILD: &str =
    written!("WHERE child = $1 AND seq >= $2 AND kind = 'card_moved' AND NOT EXISTS (SELECT 1 FROM undone WHERE undone.seq = j.seq) ORDER BY seq");
const CLOCK_SINCE: &str = "SELECT seq FROM journal WHERE seq >= $1 AND kind IN ('clock_set', 'redated') ORDER BY seq LIMIT 1";
const LAST_LATE: &str = "SELECT seq FROM journal WHERE seq >= $1 AND at < entered_at AND at <= $2 ORDER BY seq DESC LIMIT 1";
const LAST_BY: &str = "SELECT max(seq) FROM dated WHERE seq >= $1 AND at <= $2";
const ENTERED_SINCE: &str = "SELECT seq, entered_at FROM dated WHERE entered_at >= $1 ORDER BY entered_at, seq LIMIT 1";
const LAST_BEFORE: &str = "SELECT seq FROM dated WHERE +entered_at < $1 AND seq < $2 ORDER BY seq DESC LIMIT 1"; // from the end, not by the index
const LAST_SET: &str =
    "SELECT seq FROM journal WHERE seq <= $1 AND kind IN ('clock_set', 'redated') AND +kind = 'clock_set' ORDER BY seq DESC LIMIT 1";
const LAST_IMPORT: &str =
    "SELECT act FROM journal WHERE kind = 'imported' AND NOT EXISTS (SELECT 1 FROM undone WHERE undone.seq = journal.seq) ORDER BY seq DESC LIMIT 1";
pub(super) const EVERY: &str = written!("ORDER BY seq");
const WRITTEN: &str = written!("WHERE seq >= $1 AND seq <= $2 ORDER BY seq");

#[cfg(test)]
pub(super) const STATEMENTS: [&str; 22] = [
    HEAD,
    HASH_OF,
    INSERT,
    BETWEEN,
    OF_CARE,
    OF_DAYS,
    STANDING_OF_DAY,
    STANDING_OF_CHILD,
    STANDING_OF_CHILD_BEFORE,
    EARLIEST_OF_REGISTER,
    OF_REGISTER,
    LATER_OF_REGISTER,
    MOVES_OF_CHILD,
    CLOCK_SINCE,
    LAST_LATE,
    LAST_BY,
    ENTERED_SINCE,
    LAST_BEFORE,
    LAST_SET,
    LAST_IMPORT,
    EVERY,
    WRITTEN,
];

/// A row as it is stored, read where it lies.
pub(super) struct Raw<'r> {
    pub(super) seq: i64,
    pub(super) act: i64,
    pub(super) day: &'r str,
    pub(super) at: i64,
    pub(super) entered_at: i64,
    pub(super) offset_min: i64,
    pub(super) desk: &'r str,
    pub(super) staff: Option<i64>,
    pub(super) child: Option<i64>,
    pub(super) kind: &'r str,
    pub(super) body: Option<&'r str>,
    pub(super) body_hash: &'r str,
    pub(super) hash: &'r str,
    /// The entry with which its text went.
    pub(super) erased_by: Option<i64>,
}

impl<'r> Raw<'r> {
    pub(super) fn from_row(row: &'r Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            seq: row.get(0)?,
            act: row.get(1)?,
            day: row.get_ref(2)?.as_str()?,
            at: row.get(3)?,
            entered_at: row.get(4)?,
            offset_min: row.get(5)?,
            desk: row.get_ref(6)?.as_str()?,
            staff: row.get(7)?,
            child: row.get(8)?,
            kind: row.get_ref(9)?.as_str()?,
            body: row.get_ref(10)?.as_str_or_null()?,
            body_hash: row.get_ref(11)?.as_str()?,
            hash: row.get_ref(12)?.as_str()?,
            erased_by: row.get(13)?,
        })
    }

    /// The entry that the row stands for; `None` where it was erased.
    pub(super) fn entry(&self) -> Result<Option<Entry>, StoreError> {
        if self.body.is_none() && self.erased_by.is_some() {
            return Ok(None);
        }
        let seq = self.seq;
        let damaged = |what: &dyn std::fmt::Display| StoreError::Damaged(format!("entry {seq}: {what}"));
        let fact = body::read(seq, self.body)?;
        let day = sql::date(self.day).map_err(|e| damaged(&e))?;
        let offset_min = i32::try_from(self.offset_min).map_err(|e| damaged(&e))?;
        let moment = |ms| Moment { ms, offset_min };
        Ok(Some(Entry {
            seq: Seq(seq),
            act: Seq(self.act),
            day,
            at: moment(self.at),
            entered_at: moment(self.entered_at),
            desk: self.desk.to_owned(),
            staff: self.staff.map(StaffId),
            fact,
        }))
    }
}

/// The end of the journal.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(super) struct Head {
    pub(super) seq: Seq,
    pub(super) entered_at: Option<Moment>,
    pub(super) hash: String,
}

/// Where the journal ends.
pub(super) fn head(conn: &Connection) -> Result<Head, StoreError> {
    let head = sql::one(conn, HEAD, [], |row| {
        let entered_at = Moment { ms: row.get(1)?, offset_min: row.get(2)? };
        Ok(Head { seq: Seq(row.get(0)?), entered_at: Some(entered_at), hash: row.get(3)? })
    })?;
    Ok(head.unwrap_or_default())
}

/// The hash of one entry.
pub(super) fn hash_of(conn: &Connection, seq: Seq) -> Result<Option<String>, StoreError> {
    sql::one(conn, HASH_OF, [seq.0], |row| row.get(0))
}

/// Writes an entry after `head` and gives the new head.
pub(super) fn append(conn: &Connection, head: &Head, entry: &Entry) -> Result<Head, StoreError> {
    debug_assert!(forgotten::is_filed_right(&entry.fact), "{}", entry.fact.kind());
    let salt = chain::random::<16>().map_err(|e| StoreError::Io(e.to_string()))?;
    let body = body::written(&entry.fact, &salt)?;
    let (day, body_hash) = (entry.day.to_string(), chain::sha256(body.as_bytes()));
    let row = Raw {
        seq: entry.seq.0,
        act: entry.act.0,
        day: &day,
        at: entry.at.ms,
        entered_at: entry.entered_at.ms,
        offset_min: i64::from(entry.entered_at.offset_min),
        desk: &entry.desk,
        staff: entry.staff.map(|s| s.0),
        child: entry.fact.child().map(|c| c.0),
        kind: entry.fact.kind(),
        body: Some(&body),
        body_hash: &body_hash,
        hash: "",
        erased_by: None,
    };
    let hash = chain::link(&head.hash, &row);
    let values = params![
        row.seq,
        row.act,
        row.day,
        row.at,
        row.entered_at,
        row.offset_min,
        row.desk,
        row.staff,
        row.child,
        row.kind,
        row.body,
        row.body_hash,
        hash
    ];
    sql::run(conn, INSERT, values)?;
    Ok(Head { seq: entry.seq, entered_at: Some(entry.entered_at), hash })
}

/// Entries from one number to another, both included.
pub(super) fn between(conn: &Connection, from: Seq, to: Seq) -> Result<Vec<Entry>, StoreError> {
    entries(conn, BETWEEN, params![from.0, to.0])
}

/// When an entry happened and was entered, and what it says; nothing any more where it was erased.
pub(super) struct Timed {
    pub(super) seq: Seq,
    pub(super) at: Moment,
    pub(super) entered_at: Moment,
    pub(super) fact: Option<Fact>,
}

fn timed(conn: &Connection, text: &str, from: Seq, to: Seq) -> Result<Vec<Timed>, StoreError> {
    let mut statement = sql::prepared(conn, text)?;
    let mut rows = statement.query(params![from.0, to.0])?;
    let mut times = Vec::new();
    while let Some(row) = rows.next()? {
        let row = Raw::from_row(row)?;
        let offset_min = i32::try_from(row.offset_min).map_err(|e| StoreError::Damaged(format!("entry {}: {e}", row.seq)))?;
        let moment = |ms| Moment { ms, offset_min };
        let fact = row.entry()?.map(|entry| entry.fact);
        times.push(Timed { seq: Seq(row.seq), at: moment(row.at), entered_at: moment(row.entered_at), fact });
    }
    Ok(times)
}

/// The times of entries from one number to another, both included, of erased ones too.
pub(super) fn times(conn: &Connection, from: Seq, to: Seq) -> Result<Vec<Timed>, StoreError> {
    timed(conn, BETWEEN, from, to)
}

/// The same as they were written, whatever was set right since.
pub(super) fn written_times(conn: &Connection, from: Seq, to: Seq) -> Result<Vec<Timed>, StoreError> {
    timed(conn, WRITTEN, from, to)
}

/// Entries from one number to another without what an import entered: thousands of entries that say nothing about the day.
pub(super) fn of_care(conn: &Connection, from: Seq, to: Seq) -> Result<Vec<Entry>, StoreError> {
    entries(conn, OF_CARE, params![from.0, to.0])
}

/// The act of the last import that was not taken back.
pub(super) fn last_import(conn: &Connection) -> Result<Option<Seq>, StoreError> {
    Ok(sql::one(conn, LAST_IMPORT, [], |row| row.get(0))?.map(Seq))
}

/// One entry.
pub(super) fn entry(conn: &Connection, seq: Seq) -> Result<Option<Entry>, StoreError> {
    Ok(between(conn, seq, seq)?.pop())
}

/// Entries of care days, the first and the last included, in the order of the journal.
pub(super) fn of_days(conn: &Connection, from: NaiveDate, to: NaiveDate) -> Result<Vec<Entry>, StoreError> {
    entries(conn, OF_DAYS, params![from.to_string(), to.to_string()])
}

/// Entries of a care day that had happened by then and were never taken back, in the order in which they happened.
pub(super) fn standing_of_day(conn: &Connection, day: NaiveDate, by: Moment) -> Result<Vec<Entry>, StoreError> {
    entries(conn, STANDING_OF_DAY, params![day.to_string(), by.ms])
}

/// Entries of a child from one number to before another that were never taken back, in the order of the journal.
pub(super) fn standing_of_child(conn: &Connection, child: i64, from: Seq, before: Seq) -> Result<Vec<Entry>, StoreError> {
    entries(conn, STANDING_OF_CHILD, params![child, from.0, before.0])
}

/// Entries of a child from one number on that had happened before a moment and were never taken back.
pub(super) fn standing_of_child_before(conn: &Connection, child: i64, from: Seq, before: Moment) -> Result<Vec<Entry>, StoreError> {
    entries(conn, STANDING_OF_CHILD_BEFORE, params![child, from.0, before.ms])
}

/// When the earliest of the entries from one number to before another happened that change the register, had happened by then and
/// were never taken back.
pub(super) fn earliest_of_register(conn: &Connection, from: Seq, before: Seq, by: Moment) -> Result<Option<Moment>, StoreError> {
    let at: Option<i64> = sql::one(conn, EARLIEST_OF_REGISTER, params![from.0, before.0, by.ms], |row| row.get(0))?.flatten();
    Ok(at.map(|ms| Moment { ms, ..by }))
}

/// The first entry, `from` that one on, from which on nothing had happened by `by`: what was entered late or under a wrong clock may
/// have.
pub(super) fn first_later(conn: &Connection, from: Seq, by: Moment) -> Result<Seq, StoreError> {
    let clock: Option<i64> = sql::one(conn, CLOCK_SINCE, [from.0], |row| row.get(0))?;
    let last: Option<i64> = match clock {
        None => sql::one(conn, LAST_LATE, params![from.0, by.ms], |row| row.get(0))?,
        Some(_) => sql::one(conn, LAST_BY, params![from.0, by.ms], |row| row.get::<_, Option<i64>>(0))?.flatten(),
    };
    Ok(last.map_or(from, |last| Seq(last + 1)))
}

/// Gives away the entries from one number on that change the register, but the ways of cards, and were never taken back, the last
/// first.
pub(super) fn later_of_register(conn: &Connection, from: Seq, mut put: impl FnMut(Entry)) -> Result<(), StoreError> {
    let mut statement = sql::prepared(conn, LATER_OF_REGISTER)?;
    let mut rows = statement.query([from.0])?;
    while let Some(row) = rows.next()? {
        if let Some(entry) = Raw::from_row(row)?.entry()? {
            put(entry);
        }
    }
    Ok(())
}

/// Gives away the ways of a child's cards from one number on that were never taken back, the first first, until `put` has enough.
pub(super) fn moves_of_child(conn: &Connection, child: i64, from: Seq, mut put: impl FnMut(Entry) -> bool) -> Result<(), StoreError> {
    let mut statement = sql::prepared(conn, MOVES_OF_CHILD)?;
    let mut rows = statement.query([child, from.0])?;
    while let Some(row) = rows.next()? {
        if Raw::from_row(row)?.entry()?.is_some_and(&mut put) {
            break;
        }
    }
    Ok(())
}

/// Gives away the entries from one number to before another that change the register and were never taken back, the last first.
pub(super) fn of_register(conn: &Connection, from: Seq, before: Seq, mut put: impl FnMut(Entry)) -> Result<(), StoreError> {
    let mut statement = sql::prepared(conn, OF_REGISTER)?;
    let mut rows = statement.query([from.0, before.0])?;
    while let Some(row) = rows.next()? {
        if let Some(entry) = Raw::from_row(row)?.entry()? {
            put(entry);
        }
    }
    Ok(())
}

/// The first entry that was entered at that moment or later; the one to come if there is none.
pub(super) fn entered_since(conn: &Connection, moment: Moment, head: Seq) -> Result<Seq, StoreError> {
    let first = sql::one(conn, ENTERED_SINCE, [moment.ms], |row| row.get(0))?;
    Ok(Seq(first.unwrap_or(head.0 + 1)))
}

/// The first entry of the day that began at `midnight`; the one to come if there is none. It is the first since the clock stood before
/// that last. Where the clock was set back, what was entered before that under a later time is not of it; but what was entered of the
/// day before somebody took it for an earlier one, and put that right, is.
pub(super) fn first_of_day(conn: &Connection, midnight: Moment) -> Result<Seq, StoreError> {
    let mut below = Seq(i64::MAX);
    loop {
        let last = sql::one(conn, LAST_BEFORE, params![midnight.ms, below.0], |row| row.get::<_, i64>(0))?.map_or(Seq(0), Seq);
        match taken_back_from(conn, last, midnight)? {
            Some(set) => below = set,
            None => return Ok(Seq(last.0 + 1)),
        }
    }
}

/// Where the clock was set back from the day that began at `midnight`, if what was entered from there up to `last` was entered while a
/// desk at work was taken to be in an earlier day: until it was put right, and for less than a day.
fn taken_back_from(conn: &Connection, last: Seq, midnight: Moment) -> Result<Option<Seq>, StoreError> {
    const MOST_MS: i64 = 86_400_000;
    let is_before = |counted: Option<Moment>| counted.is_some_and(|counted| counted.ms < midnight.ms);
    let put_right = entry(conn, Seq(last.0 + 1))?.is_some_and(|e| matches!(e.fact, Fact::ClockSet { counted, .. } if is_before(counted)));
    let entered_ms = |seq: Seq| Ok::<_, StoreError>(times(conn, seq, seq)?.first().map(|e| e.entered_at.ms));
    let (mut to, mut run_ms) = (last, 0_i64);
    while put_right && to > Seq(0) {
        let Some(set) = sql::one(conn, LAST_SET, [to.0], |row| row.get(0))?.map(Seq) else { break };
        let Some((began, ended)) = entered_ms(set)?.zip(entered_ms(to)?) else { break };
        run_ms = run_ms.saturating_add(ended.saturating_sub(began));
        if !(0..MOST_MS).contains(&run_ms) {
            break;
        }
        to = Seq(set.0 - 1);
        if entered_ms(to)?.is_some_and(|before| before >= midnight.ms) {
            return Ok(Some(set));
        }
    }
    Ok(None)
}

/// The entries that a statement with all columns gives.
pub(super) fn entries(conn: &Connection, text: &str, params: impl rusqlite::Params) -> Result<Vec<Entry>, StoreError> {
    let mut statement = sql::prepared(conn, text)?;
    let mut rows = statement.query(params)?;
    let mut entries = Vec::new();
    while let Some(row) = rows.next()? {
        entries.extend(Raw::from_row(row)?.entry()?);
    }
    Ok(entries)
}
