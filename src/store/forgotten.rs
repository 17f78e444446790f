//! The table `forgotten`, and what of the journal goes when days are not kept any more (F172, PIPL art. 19).
//!
//! What was about such a day alone ([`Fact::is_of_its_day`]) loses its text, and an entry that took it back goes with it; the stays of
//! these days have no rows any more. A day counts as it was written and as it was set right: what either says is later stays. No stay
//! is torn: those that reach beyond the last day, or are open, are the last line of defence here.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rusqlite::{Connection, params};

use crate::domain::fact::{Fact, Seq};

use super::error::StoreError;
use super::{erased, sql};

pub(super) mod cards;

/// The kinds of entries that are about their day alone: [`Fact::OF_ITS_DAY`].
macro_rules! of_its_day {
    () => {
        "('signed_on', 'signed_off', 'actor_chosen', 'arrived', 'holder_named', 'alert_acknowledged', 'released', 'stepped_out', \
         'came_back', 'moved', 'called_over', 'leave_taken', 'note_left', 'called', 'held_back', 'hold_decided', 'refused', \
         'refused_again', 'group_made', 'group_started', 'group_led', 'group_joined', 'group_went', 'group_returned', 'group_ended', \
         'missed', 'found', 'chased', 'extended', 'leader_told', 'stays', 'leader_agreed', 'still_here', 'incident', 'at_door', 'not_taken_in', 'rack_counted', \
         'card_found', 'phrase_tried')"
    };
}

/// The entry by which the text of `j` may be gone; nothing where none says so.
macro_rules! gone {
    () => {
        concat!(
            "coalesce((SELECT x.by_seq FROM erased x WHERE x.child = j.child AND x.by_seq > j.seq), \
             (SELECT f.by_seq FROM forgotten f WHERE f.by_seq > j.seq AND f.until_day >= (SELECT w.day FROM journal w WHERE w.seq = j.seq) \
             AND (j.kind = 'undone' OR j.kind IN ",
            $crate::store::forgotten::of_its_day!(),
            ") AND NOT EXISTS (SELECT 1 FROM redated d WHERE d.seq = j.seq AND d.by_seq < f.by_seq AND d.day > f.until_day) \
             ORDER BY f.by_seq LIMIT 1), \
             (SELECT f.seq FROM journal f WHERE f.kind = 'cards_forgotten' AND f.child = j.child AND f.seq > j.seq AND j.kind IN ",
            $crate::store::forgotten::cards::of_cards!(),
            " ORDER BY f.seq LIMIT 1))"
        )
    };
}
pub(super) use {gone, of_its_day};

const ALL: &str = "SELECT by_seq, until_day FROM forgotten ORDER BY by_seq";
const PUT: &str = "INSERT INTO forgotten (by_seq, until_day) VALUES ($1, $2)";
/// Stays of which one end would go and the other stay, or that are open: the days of both ends as written and as set right.
const TORN: &str = "SELECT a.day, ad.day, r.day, rd.day FROM stay s \
    JOIN journal a ON a.seq = s.arrival_seq LEFT JOIN redated ad ON ad.seq = s.arrival_seq \
    LEFT JOIN journal r ON r.seq = s.released_seq LEFT JOIN redated rd ON rd.seq = s.released_seq \
    WHERE (a.day <= $1 AND coalesce(ad.day, a.day) <= $1) <> (r.seq IS NOT NULL AND r.day <= $1 AND coalesce(rd.day, r.day) <= $1)";
const TEXTS: &str = concat!(
    "UPDATE journal SET body = NULL WHERE seq < $1 AND day <= $2 AND body IS NOT NULL AND kind IN ",
    of_its_day!(),
    " AND NOT EXISTS (SELECT 1 FROM redated d WHERE d.seq = journal.seq AND d.day > $2)"
);
const TAKEN_BACK: &str = concat!(
    "UPDATE journal SET body = NULL WHERE seq < $1 AND day <= $2 AND body IS NOT NULL AND kind = 'undone' \
     AND NOT EXISTS (SELECT 1 FROM redated d WHERE d.seq = journal.seq AND d.day > $2) \
     AND EXISTS (SELECT 1 FROM undone u JOIN journal t ON t.seq = u.seq WHERE u.by_seq = journal.seq AND t.body IS NULL AND t.kind IN ",
    of_its_day!(),
    ")"
);
const UNDONE: &str = "DELETE FROM undone WHERE by_seq IN \
    (SELECT u.by_seq FROM undone u JOIN journal j ON j.seq = u.by_seq WHERE j.body IS NULL AND j.kind = 'undone')";
const STAYS: &str = "DELETE FROM stay WHERE arrival_seq IN \
    (SELECT s.arrival_seq FROM stay s JOIN journal j ON j.seq = s.arrival_seq WHERE j.body IS NULL AND j.day <= $1)";
/// What would go, by month of its day.
const DUE: &str = concat!(
    "SELECT substr(day, 1, 7), count(*), min(day), max(day) FROM journal WHERE day <= $1 AND body IS NOT NULL AND kind IN ",
    of_its_day!(),
    " AND NOT EXISTS (SELECT 1 FROM redated d WHERE d.seq = journal.seq AND d.day > $1) GROUP BY substr(day, 1, 7) ORDER BY 1"
);

#[cfg(test)]
pub(super) const STATEMENTS: [&str; 8] = [ALL, PUT, TORN, TEXTS, TAKEN_BACK, UNDONE, STAYS, DUE];

/// What would go of the journal.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct DaysDue {
    /// How many entries, by month (`2026-09`).
    pub months: Vec<(String, u64)>,
    /// The first and the last day of which something would go.
    pub span: Option<(NaiveDate, NaiveDate)>,
    /// The last day that goes: earlier than was asked for where a stay reaches beyond it, or is open.
    pub until: Option<NaiveDate>,
}

impl DaysDue {
    /// How many entries would go.
    #[must_use]
    pub fn entries(&self) -> u64 {
        self.months.iter().map(|(_, n)| n).sum()
    }
}

/// Up to which days what was about them alone is not kept, each by the entry that says so.
pub(super) fn all(conn: &Connection) -> Result<BTreeMap<Seq, NaiveDate>, StoreError> {
    Ok(sql::all(conn, ALL, [], |row| Ok((Seq(row.get(0)?), sql::parsed_always(row, 1)?)))?.into_iter().collect())
}

/// What would go up to a day.
pub(super) fn due(conn: &Connection, until: NaiveDate) -> Result<DaysDue, StoreError> {
    let moment = conn.unchecked_transaction()?;
    let mut until = until;
    while let Some(first) = first_torn(&moment, until)? {
        let Some(before) = first.pred_opt() else { return Ok(DaysDue::default()) };
        until = before;
    }
    let rows = sql::all(&moment, DUE, [until.to_string()], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?, sql::parsed_always(row, 2)?, sql::parsed_always(row, 3)?))
    })?;
    let span = rows.iter().map(|row| row.2).min().zip(rows.iter().map(|row| row.3).max());
    let months = rows.into_iter().map(|(month, n, _, _): (_, _, NaiveDate, NaiveDate)| (month, u64::try_from(n).unwrap_or_default())).collect();
    Ok(DaysDue { months, span, until: Some(until) })
}

/// The day from which on everything has to stay, so that no stay is torn.
fn first_torn(conn: &Connection, until: NaiveDate) -> Result<Option<NaiveDate>, StoreError> {
    let ends = sql::all(conn, TORN, [until.to_string()], |row| {
        let later = |written: Option<NaiveDate>, right: Option<NaiveDate>| written.max(right);
        let came = later(sql::parsed(row, 0)?, sql::parsed(row, 1)?);
        let went = later(sql::parsed(row, 2)?, sql::parsed(row, 3)?);
        Ok(came.into_iter().chain(went).min())
    })?;
    Ok(ends.into_iter().flatten().min())
}

/// Days up to `until` are not kept any more; `by` is the entry that says so, of the day `today`.
pub(super) fn apply(conn: &Connection, (by, today): (Seq, NaiveDate), until: NaiveDate) -> Result<(), StoreError> {
    if until >= today {
        return Err(StoreError::Conflict(format!("{until} is not over")));
    }
    if let Some(day) = first_torn(conn, until)? {
        return Err(StoreError::Conflict(format!("a stay of {day} is not over by {until}")));
    }
    let day = until.to_string();
    sql::run(conn, TEXTS, params![by.0, day])?;
    sql::run(conn, TAKEN_BACK, params![by.0, day])?;
    sql::run(conn, UNDONE, [])?;
    sql::run(conn, STAYS, [&day])?;
    sql::run(conn, PUT, params![by.0, day])?;
    erased::to_be_wiped(conn)
}

/// Whether the kind under which a fact is filed says the same as the fact.
pub(super) fn is_filed_right(fact: &Fact) -> bool {
    fact.is_of_its_day() == Fact::OF_ITS_DAY.contains(&fact.kind()) && fact.is_of_cards() == Fact::OF_CARDS.contains(&fact.kind())
}

#[cfg(test)]
mod tests;
