//! Whoever changes the file behind caredesk's back is found out.

use std::path::Path;

use caredesk::domain::fact::Seq;
use caredesk::store::{FILE, Flaw, Kind, Problem, Report, Store};
use rusqlite::Connection;

use super::world::*;

const UNLOCK: &str = "DROP TRIGGER journal_keeps; DROP TRIGGER journal_stays; DROP TRIGGER journal_follows; PRAGMA ignore_check_constraints = ON; \
    PRAGMA foreign_keys = OFF;";

fn made() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::open(dir.path(), Kind::Real, true).unwrap();
    add(&mut store, &roster(), 0);
    let arrival = add(&mut store, &[arrived(1)], 1);
    add(&mut store, &[arrived(2)], 2);
    add(&mut store, &[released(1, arrival)], 3);
    add(&mut store, &[undone(18)], 4);
    store.close().unwrap();
    dir
}

fn report(dir: &Path) -> Report {
    Store::open_read_only(dir).unwrap().verify()
}

/// Does something to the file with its guards off, looks, and puts the file back.
fn after(dir: &Path, sql: &str) -> Report {
    let path = dir.join(FILE);
    let whole = std::fs::read(&path).unwrap();
    let conn = Connection::open(&path).unwrap();
    conn.execute_batch(UNLOCK).unwrap();
    conn.execute_batch(sql).unwrap_or_else(|e| panic!("{sql}: {e}"));
    conn.close().unwrap();
    let found = report(dir);
    std::fs::write(path, whole).unwrap();
    found
}

fn first_bad(report: &Report) -> Option<(i64, Flaw)> {
    report.problems.iter().find_map(|p| match p {
        Problem::Entry { seq, flaw } => Some((seq.0, *flaw)),
        Problem::File(_) | Problem::Schema(_) | Problem::Table { .. } | Problem::Missing(_) | Problem::OtherEnd(_) => None,
    })
}

#[test]
fn an_untouched_store_is_sound() {
    let dir = made();
    let report = report(dir.path());
    assert_eq!(report.problems, []);
    assert_eq!((report.entries, report.last, report.head8.len()), (20, Some(at(4)), 8));
    let empty = Store::memory().unwrap().verify();
    assert!(empty.is_sound());
    assert_eq!((empty.entries, empty.head8.as_str(), empty.kind), (0, "", Kind::Practice));
}

#[test]
fn any_column_of_any_entry() {
    let dir = made();
    let numbers = ["act", "at", "entered_at", "offset_min", "staff", "child"];
    let words = ["day", "desk", "kind", "body_hash", "hash"];
    let changes = numbers.map(|c| format!("{c} = coalesce({c}, 0) - 1")).into_iter().chain(words.map(|c| format!("{c} = {c} || 'x'")));
    let changes: Vec<_> = changes.chain(["body = replace(body, 'salt', 'sa1t')".into(), "body = NULL".into(), "staff = NULL".into()]).collect();
    for seq in [1, 2, 9, 17, 20] {
        for change in &changes {
            let found = after(dir.path(), &format!("UPDATE journal SET {change} WHERE seq = {seq}"));
            assert_eq!(first_bad(&found).map(|(seq, _)| seq), Some(seq), "{change}: {:?}", found.problems);
        }
        let gone = after(dir.path(), &format!("DELETE FROM journal WHERE seq = {seq}"));
        let expected = if seq == 20 { None } else { Some((seq, Flaw::Missing)) };
        assert_eq!(first_bad(&gone), expected);
        assert!(!gone.is_sound(), "the tables still tell of an end that was cut off");
    }
    assert_eq!(report(dir.path()).problems, []);
}

#[test]
fn any_byte_of_any_body() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::open(dir.path(), Kind::Real, true).unwrap();
    add(&mut store, &roster(), 0);
    let conn = Connection::open(dir.path().join(FILE)).unwrap();
    conn.execute_batch(UNLOCK).unwrap();
    for seq in [1_i64, 5, 16] {
        let body: String = conn.query_row("SELECT body FROM journal WHERE seq = ?1", [seq], |row| row.get(0)).unwrap();
        for place in 0..body.len() {
            let mut bytes = body.clone().into_bytes();
            bytes[place] ^= 1;
            conn.execute("UPDATE journal SET body = CAST(?1 AS TEXT) WHERE seq = ?2", (bytes, seq)).unwrap();
            let (bad, flaw) = first_bad(&store.verify()).unwrap();
            assert!(bad == seq && matches!(flaw, Flaw::Body | Flaw::Unreadable), "{seq} byte {place}: {bad} {flaw:?}");
        }
        conn.execute("UPDATE journal SET body = ?1 WHERE seq = ?2", (body, seq)).unwrap();
    }
}

#[test]
fn any_table_beside_the_journal() {
    let dir = made();
    for (table, sql) in [
        ("child", "UPDATE child SET name = 'x' WHERE id = 3"),
        ("child", "DELETE FROM child WHERE id = 5"),
        ("collector", "UPDATE collector SET may_collect = 'standing' WHERE id = 3"),
        ("card", "UPDATE card SET custody = 'away' WHERE child = 1"),
        ("staff", "UPDATE staff SET role = 'leader'"),
        ("pin_tries", "INSERT INTO pin_tries VALUES (1, 3, 0)"),
        ("recovery", "INSERT INTO recovery VALUES (1, 'x', 0, 0)"),
        ("no_card_count", "INSERT INTO no_card_count VALUES (1, 2026, 9, 1)"),
        ("stay", "UPDATE stay SET released_seq = NULL"),
        ("undone", "DELETE FROM undone"),
        ("redated", "INSERT INTO redated VALUES (17, 18, '2026-09-07', 0, 0)"),
    ] {
        let found = after(dir.path(), sql).problems;
        assert!(found.iter().any(|p| matches!(p, Problem::Table { table: t, .. } if *t == table)), "{sql}: {found:?}");
    }
    let dropped = after(dir.path(), "CREATE TRIGGER more AFTER INSERT ON stay BEGIN SELECT 1; END").problems;
    for name in ["journal_keeps", "journal_stays", "more"] {
        assert!(dropped.contains(&Problem::Schema(name.into())), "{dropped:?}");
    }
}

#[test]
fn any_page_of_the_file() {
    let dir = made();
    let path = dir.path().join(FILE);
    let whole = std::fs::read(&path).unwrap();
    for page in 1..whole.len() / 4096 {
        let mut bent = whole.clone();
        bent[page * 4096..page * 4096 + 64].fill(0x5A);
        std::fs::write(&path, bent).unwrap();
        let sound = Store::open_read_only(dir.path()).is_ok_and(|store| store.verify().is_sound());
        assert!(!sound, "page {page}");
    }
    std::fs::write(path, whole).unwrap();
    assert_eq!(report(dir.path()).entries, Seq(20).0);
}
