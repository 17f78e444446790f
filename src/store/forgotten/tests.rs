//! What goes is what its kind says, for every kind there is.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::store::Store;

/// Kinds that outlive their day.
const LASTING: [&str; 26] = [
    "imported",
    "child_set",
    "collector_set",
    "card_set",
    "card_lost",
    "card_moved",
    "staff_set",
    "pin_tried",
    "pin_proved",
    "recovery_made",
    "recovery_tried",
    "recovery_used",
    "no_card_counted",
    "clock_set",
    "redated",
    "setting_set",
    "term_set",
    "timetable_set",
    "day_set",
    "duty_planned",
    "care_refused",
    "exported",
    "looked",
    "erased",
    "cards_forgotten",
    "days_forgotten",
];

fn day(n: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 9, n).unwrap()
}

/// An entry of that kind, of child 1.
fn enter(conn: &Connection, day: NaiveDate, kind: &str) -> i64 {
    let seq: i64 = conn.query_row("SELECT coalesce(max(seq), 0) + 1 FROM journal", [], |row| row.get(0)).unwrap();
    conn.execute(
        "INSERT INTO journal (seq, act, day, at, entered_at, offset_min, desk, staff, child, kind, body, body_hash, hash) \
         VALUES ($1, $1, $2, $1, $1, 480, 'x', NULL, 1, $3, '{}', $4, $4)",
        params![seq, day.to_string(), kind, "0".repeat(64)],
    )
    .unwrap();
    seq
}

/// As the entry does that says so.
fn forget(conn: &Connection, until: NaiveDate) {
    let by = enter(conn, day(9), "days_forgotten");
    apply(conn, (Seq(by), day(9)), until).unwrap();
}

fn gone(conn: &Connection) -> Vec<(String, String)> {
    let mut rows = conn.prepare("SELECT day, kind FROM journal WHERE body IS NULL ORDER BY seq").unwrap();
    let rows = rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    rows.map(Result::unwrap).collect()
}

#[test]
fn the_kinds_are_those_of_the_facts() {
    let listed: Vec<&str> = of_its_day!().trim_matches(['(', ')']).split(", ").map(|word| word.trim_matches('\'')).collect();
    assert_eq!(listed, Fact::OF_ITS_DAY);
}

/// Of these days every kind that is of its day, and no other; of later days nothing. As many go as the list says.
#[test]
fn every_kind_that_is_of_its_day_goes_with_it_and_no_other() {
    let store = Store::memory().unwrap();
    for n in 1..=3 {
        for kind in Fact::OF_ITS_DAY.into_iter().chain(LASTING) {
            enter(&store.conn, day(n), kind);
        }
    }
    let listed = due(&store.conn, day(2)).unwrap();
    forget(&store.conn, day(2));
    let of_day = |n| Fact::OF_ITS_DAY.map(|kind| (day(n).to_string(), kind.to_owned()));
    assert_eq!(gone(&store.conn), [of_day(1), of_day(2)].concat());
    assert_eq!(listed.entries(), 2 * Fact::OF_ITS_DAY.len() as u64);
    // The next time only what is left is listed.
    let next = due(&store.conn, day(3)).unwrap();
    assert_eq!((next.entries(), next.span), (Fact::OF_ITS_DAY.len() as u64, Some((day(3), day(3)))));
}

/// What took back an entry goes with it, and with it only.
#[test]
fn an_undo_goes_with_what_it_took_back() {
    for (kind, goes) in Fact::OF_ITS_DAY.map(|kind| (kind, true)).into_iter().chain(LASTING.map(|kind| (kind, false))) {
        let store = Store::memory().unwrap();
        let seq = enter(&store.conn, day(1), kind);
        let by = enter(&store.conn, day(1), "undone");
        store.conn.execute("INSERT INTO undone (seq, by_seq) VALUES ($1, $2)", [seq, by]).unwrap();
        forget(&store.conn, day(1));
        let wanted: &[&str] = if goes { &[kind, "undone"] } else { &[] };
        assert_eq!(gone(&store.conn).iter().map(|(_, kind)| kind.as_str()).collect::<Vec<_>>(), wanted, "{kind}");
        let left: i64 = store.conn.query_row("SELECT count(*) FROM undone", [], |row| row.get(0)).unwrap();
        assert_eq!(left, i64::from(!goes), "{kind}");
    }
}
