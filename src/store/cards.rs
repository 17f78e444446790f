//! The table `card`.

use rusqlite::{Connection, Row, params};

use crate::domain::card::CardNumber;
use crate::domain::custody::{Card, CardState, Custody};
use crate::domain::people::ChildId;
use crate::domain::time::Moment;

use super::error::StoreError;
use super::sql::{self, unreadable, word, yes};

const CARDS: &str = "SELECT number, child, state, state_at, state_offset, custody, own FROM card ORDER BY number";
const PUT: &str = "INSERT INTO card (number, child, state, state_at, state_offset, custody, own) VALUES ($1, $2, $3, $4, $5, $6, $7) \
    ON CONFLICT (number) DO UPDATE SET child = excluded.child, state = excluded.state, state_at = excluded.state_at, \
    state_offset = excluded.state_offset, custody = excluded.custody, own = excluded.own";
const MOVE: &str = "UPDATE card SET custody = $1 WHERE number = $2";
const REMOVE: &str = "DELETE FROM card WHERE number = $1";

#[cfg(test)]
pub(super) const STATEMENTS: [&str; 4] = [CARDS, PUT, MOVE, REMOVE];

pub(super) fn all(conn: &Connection) -> Result<Vec<Card>, StoreError> {
    sql::all(conn, CARDS, [], from_row)
}

pub(super) fn put(conn: &Connection, card: &Card) -> Result<(), StoreError> {
    let Card { number, child, state, custody, own } = card;
    let (state, since) = match state {
        CardState::Live => ("live", None),
        CardState::Lost { at } => ("lost", Some(at)),
        CardState::Replaced { at } => ("replaced", Some(at)),
        CardState::Expired { at } => ("expired", Some(at)),
    };
    let (at, offset) = (since.map(|at| at.ms), since.map(|at| at.offset_min));
    sql::run(conn, PUT, params![number.as_str(), child.0, state, at, offset, custody_word(*custody), i64::from(*own)]).map(|_| ())
}

pub(super) fn move_to(conn: &Connection, number: &CardNumber, custody: Custody) -> Result<(), StoreError> {
    sql::run(conn, MOVE, params![custody_word(custody), number.as_str()]).map(|_| ())
}

pub(super) fn remove(conn: &Connection, number: &CardNumber) -> Result<(), StoreError> {
    sql::run(conn, REMOVE, [number.as_str()]).map(|_| ())
}

/// A card number as some column holds it.
pub(super) fn number(column: usize, text: String) -> rusqlite::Result<CardNumber> {
    serde_json::from_value(serde_json::Value::String(text)).map_err(|e| unreadable(column, e))
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
        custody: word(row, 5, [Custody::Rack, Custody::Holder, Custody::Away], custody_word)?,
        own: yes(row, 6)?,
    })
}

fn custody_word(custody: Custody) -> &'static str {
    match custody {
        Custody::Rack => "rack",
        Custody::Holder => "holder",
        Custody::Away => "away",
    }
}
