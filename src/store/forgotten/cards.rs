//! What goes with the cards of somebody who has left: their rows, and of a child's the text of what was entered about them.
//!
//! The entry that says so keeps its own text when the child is erased later: it has numbers that are given to nobody again.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};

use crate::domain::card::CardNumber;
use crate::domain::fact::{CardsOf, Entry, Fact, Seq};
use crate::domain::people::{ChildId, StaffId};
use crate::domain::time::Moment;
use crate::store::error::StoreError;
use crate::store::journal::{entries, entries_of};
use crate::store::{erased, sql};

/// The kinds of entries that are about a card of a child: [`Fact::OF_CARDS`].
macro_rules! of_cards {
    () => {
        "('card_set', 'card_lost', 'card_moved')"
    };
}
pub(in crate::store) use of_cards;

const TEXTS: &str = concat!("UPDATE journal SET body = NULL WHERE child = $1 AND seq < $2 AND body IS NOT NULL AND kind IN ", of_cards!());
const ROWS: &str = "DELETE FROM card WHERE child = $1";
const OF_STAFF: &str = "UPDATE staff SET card = NULL WHERE id = $1";
const DUE: &str = concat!("SELECT count(*), max(at) FROM dated WHERE child = $1 AND body IS NOT NULL AND kind IN ", of_cards!());
const STAFF_SET: &str =
    entries_of!("dated j WHERE j.kind = 'staff_set' AND NOT EXISTS (SELECT 1 FROM undone WHERE undone.seq = j.seq) ORDER BY j.seq");

#[cfg(test)]
pub(in crate::store) const STATEMENTS: [&str; 5] = [TEXTS, ROWS, OF_STAFF, DUE, STAFF_SET];

/// They are not kept any more; `by` is the entry that says so.
pub(in crate::store) fn apply(conn: &Connection, by: Seq, of: CardsOf, spent: &[CardNumber]) -> Result<(), StoreError> {
    match of {
        CardsOf::Child(child) => {
            sql::run(conn, TEXTS, params![child.0, by.0])?;
            sql::run(conn, ROWS, [child.0])?;
        }
        CardsOf::Staff(staff) => {
            sql::run(conn, OF_STAFF, [staff.0])?;
        }
    }
    erased::spend(conn, spent)?;
    erased::to_be_wiped(conn)
}

/// How many entries about cards of a child have their text, and when the last of them happened, milliseconds since 1970.
pub(in crate::store) fn due(conn: &Connection, child: ChildId) -> Result<(u64, Option<i64>), StoreError> {
    let row = sql::one(conn, DUE, [child.0], |row| Ok((row.get::<_, i64>(0)?, row.get(1)?)))?;
    Ok(row.map_or((0, None), |(n, last)| (u64::try_from(n).unwrap_or_default(), last)))
}

/// When each of those who work here no more ceased to, the last time.
pub(in crate::store) fn staff_left(conn: &Connection) -> Result<BTreeMap<StaffId, Moment>, StoreError> {
    let mut left = BTreeMap::new();
    for Entry { fact, at, .. } in entries(conn, STAFF_SET, [])? {
        let Fact::StaffSet { was, now } = fact else { continue };
        if now.active {
            left.remove(&now.id);
        } else if was.is_none_or(|was| was.active) {
            left.insert(now.id, at);
        }
    }
    Ok(left)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kinds_are_those_of_the_facts() {
        let listed: Vec<&str> = of_cards!().trim_matches(['(', ')']).split(", ").map(|word| word.trim_matches('\'')).collect();
        assert_eq!(listed, Fact::OF_CARDS);
    }
}
