//! The table `card`.

use chrono::NaiveDate;
use rusqlite::{Connection, Row, params};

use crate::domain::card::CardNumber;
use crate::domain::custody::{Card, CardCount, CardKind, CardState, Custody};
use crate::domain::people::ChildId;
use crate::domain::time::Moment;

use super::error::StoreError;
use super::sql::{self, unreadable, word, yes};

const CARDS: &str = "SELECT number, child, state, state_at, state_offset, custody, own, kind, until, astray FROM card";
const COUNT: &str = "SELECT state, custody, count(*) FROM card GROUP BY state, custody";
const COUNT_LAPSED: &str = "SELECT state, custody, count(*) FROM card WHERE until < $1 AND state = 'live' GROUP BY state, custody";
const PUT: &str = "INSERT INTO card (number, child, state, state_at, state_offset, custody, own, kind, until, astray) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
    ON CONFLICT (number) DO UPDATE SET child = excluded.child, state = excluded.state, state_at = excluded.state_at, \
    state_offset = excluded.state_offset, custody = excluded.custody, own = excluded.own, kind = excluded.kind, until = excluded.until, \
    astray = excluded.astray";
const MOVE: &str = "UPDATE card SET custody = $1, astray = $2 WHERE number = $3";
const REDATE_LOST: &str = "UPDATE card SET state_at = $1 WHERE number = $2 AND state = 'lost' AND state_at = $3";
const REMOVE: &str = "DELETE FROM card WHERE number = $1";

#[cfg(test)]
pub(super) const STATEMENTS: [&str; 7] = [CARDS, COUNT, COUNT_LAPSED, PUT, MOVE, REDATE_LOST, REMOVE];

pub(super) fn all(conn: &Connection, put: impl FnMut(Card)) -> Result<(), StoreError> {
    sql::each(conn, CARDS, from_row, put)
}

/// How many are where on a day, without reading them one by one; cards whose last day is past do not count.
pub(super) fn count(conn: &Connection, on: NaiveDate) -> Result<CardCount, StoreError> {
    let row = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    let all = counted(sql::all(conn, COUNT, [], row)?);
    Ok(all.without(counted(sql::all(conn, COUNT_LAPSED, [on.to_string()], row)?)))
}

fn counted(rows: Vec<(String, String, i64)>) -> CardCount {
    let mut n = CardCount::default();
    for (state, custody, many) in rows {
        let slot = match (state.as_str(), custody.as_str()) {
            ("live", "rack") => &mut n.rack,
            ("live", "holder") => &mut n.holder,
            ("live", "away") => &mut n.away,
            ("lost", _) => &mut n.lost,
            _ => continue,
        };
        let many = usize::try_from(many).unwrap_or(0);
        *slot += many;
        n.issued += many;
    }
    n
}

pub(super) fn put(conn: &Connection, card: &Card) -> Result<(), StoreError> {
    let Card { number, child, state, custody, own, kind, until } = card;
    let (state, since) = match state {
        CardState::Live => ("live", None),
        CardState::Lost { at } => ("lost", Some(at)),
        CardState::Replaced { at } => ("replaced", Some(at)),
        CardState::Expired { at } => ("expired", Some(at)),
    };
    let (at, offset) = (since.map(|at| at.ms), since.map(|at| at.offset_min));
    let until = until.map(|day| day.to_string());
    let astray = i64::from(*custody == Custody::Astray);
    let values = params![number.as_str(), child.0, state, at, offset, custody_word(*custody), i64::from(*own), kind.key(), until, astray];
    sql::run(conn, PUT, values).map(|_| ())
}

pub(super) fn move_to(conn: &Connection, number: &CardNumber, custody: Custody) -> Result<(), StoreError> {
    sql::run(conn, MOVE, params![custody_word(custody), i64::from(custody == Custody::Astray), number.as_str()]).map(|_| ())
}

pub(super) fn remove(conn: &Connection, number: &CardNumber) -> Result<(), StoreError> {
    sql::run(conn, REMOVE, [number.as_str()]).map(|_| ())
}

/// A card number as some column holds it.
pub(super) fn number(column: usize, text: String) -> rusqlite::Result<CardNumber> {
    if text.is_empty() {
        return Err(unreadable(column, "an empty card number"));
    }
    Ok(CardNumber::new(text))
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Card> {
    let since = || Ok::<_, rusqlite::Error>(Moment { ms: row.get(3)?, offset_min: row.get(4)? });
    let state = match row.get_ref(2)?.as_str()? {
        "live" => CardState::Live,
        "lost" => CardState::Lost { at: since()? },
        "replaced" => CardState::Replaced { at: since()? },
        "expired" => CardState::Expired { at: since()? },
        other => return Err(unreadable(2, other)),
    };
    Ok(Card {
        number: number(0, row.get(0)?)?,
        child: ChildId(row.get(1)?),
        state,
        custody: if yes(row, 9)? { Custody::Astray } else { word(row, 5, [Custody::Rack, Custody::Holder, Custody::Away], custody_word)? },
        own: yes(row, 6)?,
        kind: word(row, 7, CardKind::ALL, CardKind::key)?,
        until: sql::parsed(row, 8)?,
    })
}

/// A card that was lost at one time was lost at another: the clock was wrong.
pub(super) fn redate_lost(conn: &Connection, number: &CardNumber, was: Moment, now: Moment) -> Result<(), StoreError> {
    sql::run(conn, REDATE_LOST, params![now.ms, number.as_str(), was.ms]).map(|_| ())
}

/// What the table says; a card that is astray is away, with a mark.
fn custody_word(custody: Custody) -> &'static str {
    match custody {
        Custody::Rack => "rack",
        Custody::Holder => "holder",
        Custody::Away | Custody::Astray => "away",
    }
}
