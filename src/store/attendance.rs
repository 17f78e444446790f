//! The stays of many days, one day at a time: what a register of attendance is written from, however long the time is.
//!
//! A day's facts are read together, by the index of days. A stay that was not over on its day, as of a child that was left open
//! over night, is read anew from its child's own entries.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use chrono::NaiveDate;
use rusqlite::{Connection, Params, Row};

use crate::domain::attended::Attended;
use crate::domain::fact::{Entry, Fact, Seq};
use crate::domain::people::{ChildId, StaffId};
use crate::domain::time::Moment;

use super::error::StoreError;
use super::forgotten::gone;
use super::{body, sql};

const FIRST_DAY_SINCE: &str = "SELECT (SELECT min(day) FROM journal WHERE day >= $1), (SELECT min(day) FROM redated WHERE day >= $1)";
const OF_DAY: &str = concat!(
    "SELECT j.seq, j.act, j.at, j.entered_at, j.offset_min, j.desk, j.staff, j.body FROM dated j \
    WHERE j.day = $1 AND j.kind IN ('arrived', 'holder_named', 'stepped_out', 'came_back', 'released') \
    AND NOT EXISTS (SELECT 1 FROM undone u WHERE u.seq = j.seq) \
    AND (j.body IS NOT NULL OR ",
    gone!(),
    " IS NULL)"
);
const OF_CHILD_AFTER: &str = concat!(
    "SELECT j.seq, j.act, coalesce(d.at, j.at), coalesce(d.entered_at, j.entered_at), \
    j.offset_min, j.desk, j.staff, j.body, coalesce(d.day, j.day) FROM journal j LEFT JOIN redated d ON d.seq = j.seq \
    WHERE j.child = $1 AND j.seq > $2 AND j.kind IN ('arrived', 'holder_named', 'stepped_out', 'came_back', 'released') \
    AND NOT EXISTS (SELECT 1 FROM undone u WHERE u.seq = j.seq) \
    AND (j.body IS NOT NULL OR ",
    gone!(),
    " IS NULL) ORDER BY j.seq"
);
const RELEASE_OF: &str = "SELECT j.seq, j.act, coalesce(d.at, j.at), coalesce(d.entered_at, j.entered_at), \
    j.offset_min, j.desk, j.staff, j.body, coalesce(d.day, j.day) FROM stay s JOIN journal j ON j.seq = s.released_seq LEFT JOIN redated d ON d.seq = j.seq \
    WHERE s.arrival_seq = $1";

#[cfg(test)]
pub(super) const STATEMENTS: [&str; 4] = [FIRST_DAY_SINCE, OF_DAY, OF_CHILD_AFTER, RELEASE_OF];

/// Gives away the stays that began on each of the days, a day at a time and in the order in which they began, until `put` wants
/// no more. What was taken back is no part of them, nor is what happened after the last day, but for a release.
pub(super) fn each_day(conn: &Connection, days: &RangeInclusive<NaiveDate>, put: &mut dyn FnMut(Vec<Attended>) -> bool) -> Result<(), StoreError> {
    let moment = conn.unchecked_transaction()?;
    let mut from = Some(*days.start());
    while let Some(day) = from.map(|from| first_day_since(&moment, from)).transpose()?.flatten().filter(|day| days.contains(day)) {
        if !put(of_day(&moment, day, days)?) {
            break;
        }
        from = day.succ_opt();
    }
    Ok(())
}

fn first_day_since(conn: &Connection, day: NaiveDate) -> Result<Option<NaiveDate>, StoreError> {
    let found = sql::one(conn, FIRST_DAY_SINCE, [day.to_string()], |row| Ok([sql::parsed(row, 0)?, sql::parsed(row, 1)?]))?;
    Ok(found.into_iter().flatten().flatten().min())
}

/// The stays that began on a day, in the order in which they began.
fn of_day(conn: &Connection, day: NaiveDate, days: &RangeInclusive<NaiveDate>) -> Result<Vec<Attended>, StoreError> {
    let mut entries = Vec::new();
    each(conn, OF_DAY, [day.to_string()], Some(day), |entry| {
        entries.push(entry);
        true
    })?;
    entries.sort_unstable_by_key(|entry| entry.seq);
    let (mut stays, beyond): (Vec<_>, Vec<_>) = folded(entries).into_iter().partition(|stay| is_over_on(stay, day));
    for stay in beyond {
        stays.extend(beyond_its_day(conn, stay.arrival, days)?);
    }
    stays.sort_unstable_by_key(|stay| (stay.arrival.at, stay.arrival.seq));
    Ok(stays)
}

/// Whether all of a stay stands among the entries of its day. A release that was entered on a later day may follow what happened then.
fn is_over_on(stay: &Attended, day: NaiveDate) -> bool {
    stay.release.as_ref().is_some_and(|release| release.entered_at.date() == day)
}

/// The stays that entries of one day tell of, those of one child after the other.
fn folded(entries: Vec<Entry>) -> Vec<Attended> {
    let mut stays: Vec<Attended> = Vec::with_capacity(entries.len() / 2);
    let mut latest: HashMap<ChildId, usize> = HashMap::new();
    for entry in entries {
        let of = match (&entry.fact, entry.fact.child()) {
            (Fact::Arrived { child, .. }, _) => {
                latest.insert(*child, stays.len());
                stays.extend(Attended::begun(entry));
                continue;
            }
            (Fact::Released { arrival, .. }, _) => stays.binary_search_by_key(arrival, |stay| stay.arrival.seq).ok(),
            (_, child) => child.and_then(|child| latest.get(&child).copied()),
        };
        if let Some(stay) = of.and_then(|of| stays.get_mut(of)) {
            stay.follow(entry);
        }
    }
    stays
}

/// A stay that was not over on its day: all of it that its child's entries say, up to the next arrival, and the release on whatever day.
fn beyond_its_day(conn: &Connection, arrival: Entry, days: &RangeInclusive<NaiveDate>) -> Result<Option<Attended>, StoreError> {
    let seq = arrival.seq;
    let Some(mut stay) = Attended::begun(arrival) else { return Ok(None) };
    each(conn, OF_CHILD_AFTER, [stay.child.0, seq.0], None, |entry| {
        let is_next = matches!(entry.fact, Fact::Arrived { .. });
        if days.contains(&entry.day) && !is_next {
            stay.follow(entry);
        }
        !is_next
    })?;
    if stay.release.is_none() {
        each(conn, RELEASE_OF, [seq.0], None, |entry| {
            stay.follow(entry);
            true
        })?;
    }
    Ok(Some(stay))
}

/// Gives every entry away as it is read, until `put` wants no more. Where the day is not known the last column has it.
fn each(conn: &Connection, text: &str, params: impl Params, day: Option<NaiveDate>, mut put: impl FnMut(Entry) -> bool) -> Result<(), StoreError> {
    let mut statement = sql::prepared(conn, text)?;
    let mut rows = statement.query(params)?;
    while let Some(row) = rows.next()? {
        if !put(entry(row, day)?) {
            break;
        }
    }
    Ok(())
}

fn entry(row: &Row<'_>, day: Option<NaiveDate>) -> Result<Entry, StoreError> {
    let seq = row.get(0)?;
    let offset_min = row.get(4)?;
    let moment = |ms| Moment { ms, offset_min };
    Ok(Entry {
        seq: Seq(seq),
        act: Seq(row.get(1)?),
        day: day.map_or_else(|| sql::parsed_always(row, 8), Ok)?,
        at: moment(row.get(2)?),
        entered_at: moment(row.get(3)?),
        desk: row.get(5)?,
        staff: row.get::<_, Option<i64>>(6)?.map(StaffId),
        fact: body::read(seq, row.get_ref(7)?.as_str_or_null().map_err(rusqlite::Error::from)?)?,
    })
}
