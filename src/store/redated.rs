//! The table `redated`: entries whose time a leader set right, under the time that holds now.
//!
//! The view `dated` is the journal under these times; what reads days, stays and registers of then reads that. The last line of
//! defence here refuses what no rule may let through: entry times that would run backwards, a child that would go before it came.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};

use crate::domain::fact::{Fact, Seq};
use crate::domain::people::ChildId;
use crate::domain::redating::{ClockEnd, PAUSE_MS, Shift, Stretch};
use crate::domain::time::Moment;

use super::error::StoreError;
use super::journal::Timed;
use super::{cards, journal, sql};

const PUT: &str = "INSERT INTO redated (seq, by_seq, day, at, entered_at) VALUES ($1, $2, $3, $4, $5) \
    ON CONFLICT (seq) DO UPDATE SET by_seq = excluded.by_seq, day = excluded.day, at = excluded.at, entered_at = excluded.entered_at";
const GONE_BEFORE_IT_CAME: &str = "SELECT s.arrival_seq FROM stay s \
    JOIN journal a ON a.seq = s.arrival_seq LEFT JOIN redated ad ON ad.seq = a.seq \
    JOIN journal r ON r.seq = s.released_seq LEFT JOIN redated rd ON rd.seq = r.seq \
    WHERE (s.arrival_seq BETWEEN $1 AND $2 OR s.released_seq BETWEEN $1 AND $2) AND coalesce(rd.at, r.at) < coalesce(ad.at, a.at)";
const BACKWARDS: &str = "SELECT seq, entered_at, offset_min, kind, \
    CASE WHEN kind = 'clock_set' THEN json_extract(body, '$.counted.ms') END FROM dated ORDER BY seq DESC";
const WRITTEN_OF_CHILD: &str = "SELECT d.seq, j.at, j.offset_min FROM redated d JOIN journal j ON j.seq = d.seq WHERE j.child = $1";
pub(super) const EVERY: &str = "SELECT seq, by_seq, at, entered_at FROM redated ORDER BY seq";

#[cfg(test)]
pub(super) const STATEMENTS: [&str; 5] = [PUT, GONE_BEFORE_IT_CAME, BACKWARDS, WRITTEN_OF_CHILD, EVERY];

/// Sets entries right, from one number to another, both included; `by` is the entry that says so.
pub(super) fn apply(conn: &Connection, by: Seq, (from, to): (Seq, Seq), by_ms: i64) -> Result<(), StoreError> {
    let refused = |what: &str| StoreError::Conflict(format!("entries {} to {}: {what}", from.0, to.0));
    let entries = journal::times(conn, from, to)?;
    let (Some(first), Some(last)) = (entries.first().filter(|e| e.seq == from), entries.last().filter(|e| e.seq == to && to < by)) else {
        return Err(refused("there are none to set right"));
    };
    let entered = |seq: i64| Ok::<_, StoreError>(journal::times(conn, Seq(seq), Seq(seq))?.first().map(|e| e.entered_at));
    let before = entered(from.0 - 1)?;
    let goes_back = matches!(first.fact, Some(Fact::ClockSet { .. }));
    let shift = Shift { first: first.entered_at, before: before.filter(|before| !goes_back || before.ms <= first.entered_at.ms), by_ms };
    let moved = |entry: &Timed| shift.of(entry.at, entry.entered_at).1;
    if !goes_back && before.is_some_and(|before| moved(first).ms < before.ms) {
        return Err(refused("they would stand before the entry before them"));
    }
    if entered(to.0 + 1)?.is_some_and(|after| moved(last).ms > after.ms) {
        return Err(refused("they would stand after the entry after them"));
    }
    for entry in &entries {
        let (at, entered_at) = shift.of(entry.at, entry.entered_at);
        sql::run(conn, PUT, params![entry.seq.0, by.0, at.date().to_string(), at.ms, entered_at.ms])?;
        if let Some(Fact::CardLost { number, .. }) = &entry.fact {
            cards::redate_lost(conn, number, entry.at, at)?;
        }
    }
    match sql::one(conn, GONE_BEFORE_IT_CAME, params![from.0, to.0], |row| row.get::<_, i64>(0))? {
        Some(arrival) => Err(refused(&format!("the stay of entry {arrival} would end before it began"))),
        None => Ok(()),
    }
}

/// When entries about a child that were set right had happened as they were written.
pub(super) fn written_of_child(conn: &Connection, child: ChildId) -> Result<BTreeMap<Seq, Moment>, StoreError> {
    let row = |row: &rusqlite::Row<'_>| Ok((Seq(row.get(0)?), Moment { ms: row.get(1)?, offset_min: row.get(2)? }));
    Ok(sql::all(conn, WRITTEN_OF_CHILD, [child.0], row)?.into_iter().collect())
}

/// A row of the journal, read from its end.
struct Row {
    seq: Seq,
    entered_at: Moment,
    sets_clock: bool,
    counted_ms: Option<i64>,
}

/// The last stretches of the journal, at most so many, the latest first.
pub(super) fn stretches(conn: &Connection, most: usize) -> Result<Vec<Stretch>, StoreError> {
    let mut statement = sql::prepared(conn, BACKWARDS)?;
    let mut rows = statement.query([])?;
    let mut found: Vec<Stretch> = Vec::new();
    let mut end: Option<ClockEnd> = None;
    let mut later: Option<Row> = None;
    while let Some(row) = rows.next()? {
        let row = Row {
            seq: Seq(row.get(0)?),
            entered_at: Moment { ms: row.get(1)?, offset_min: row.get(2)? },
            sets_clock: row.get::<_, String>(3)? == "clock_set",
            counted_ms: row.get(4)?,
        };
        let parted = later.as_ref().is_none_or(|later| {
            let pause = later.entered_at.ms - row.entered_at.ms;
            later.sets_clock || !(0..PAUSE_MS).contains(&pause) || later.entered_at.date() != row.entered_at.date()
        });
        if parted {
            if let (Some(stretch), Some(later)) = (found.last_mut(), &later) {
                let goes_back = later.sets_clock && later.entered_at.ms < row.entered_at.ms;
                stretch.before = Some(row.entered_at).filter(|_| !goes_back);
            }
            if found.len() == most {
                break;
            }
            if let Some(later) = later.as_ref().filter(|later| later.sets_clock) {
                let by_ms = later.counted_ms.map(|counted| later.entered_at.ms - counted);
                end = Some(ClockEnd { seq: later.seq, to: later.entered_at, by_ms });
            }
            let after = later.as_ref().map(|later| later.entered_at);
            found.push(Stretch { from: row.seq, to: row.seq, first: row.entered_at, last: row.entered_at, before: None, after, end });
        } else if let Some(stretch) = found.last_mut() {
            (stretch.from, stretch.first) = (row.seq, row.entered_at);
        }
        later = Some(row);
    }
    Ok(found)
}
