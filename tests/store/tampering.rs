//! Whoever changes the file behind caredesk's back is found out.

use std::path::Path;

use caredesk::domain::fact::{Fact, Seq};
use caredesk::domain::people::ChildId;
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
        Problem::File(_) | Problem::Schema(_) | Problem::Table { .. } | Problem::Missing(_) | Problem::OtherEnd(_) | Problem::Seal { .. } => None,
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

/// About whom a table, or the journal, was changed, whatever else was: found by `verify` and by what a desk asks beside its work.
#[test]
fn whoever_a_change_is_about_is_in_doubt_and_nobody_else() {
    let dir = made();
    for (sql, children) in [
        ("UPDATE child SET name = 'x' WHERE id = 3", &[3][..]),
        ("DELETE FROM child WHERE id = 5", &[5]),
        ("UPDATE collector SET may_collect = 'standing' WHERE id = 3", &[3]),
        ("UPDATE collector SET child = 4 WHERE id = 3", &[3, 4]),
        ("DELETE FROM collector", &[1, 2, 3, 4, 5]),
        ("UPDATE card SET custody = 'away' WHERE child = 1", &[1]),
        ("UPDATE card SET child = 2 WHERE child = 1", &[1, 2]),
        ("INSERT INTO no_card_count VALUES (1, 2026, 9, 1)", &[1]),
        ("UPDATE stay SET released_seq = NULL", &[1]),
        ("DELETE FROM stay", &[1]),
        ("DELETE FROM undone", &[2]),
        ("UPDATE staff SET role = 'leader'", &[]),
        ("CREATE TABLE more (x)", &[]),
        // In the journal alone: who stands in the entry that was changed, or is gone.
        ("UPDATE journal SET body = replace(body, 'barred', 'standing') WHERE seq = 9", &[3]),
        ("UPDATE journal SET at = at - 1 WHERE seq = 8", &[3]),
        ("DELETE FROM journal WHERE seq = 9", &[3]),
        // In both: the table is as the changed journal would have it.
        (
            "UPDATE journal SET body = replace(body, 'barred', 'standing') WHERE seq = 9; UPDATE collector SET may_collect = 'standing' WHERE id = 3",
            &[3],
        ),
        // Entries that are wrong hide nothing about others.
        ("UPDATE journal SET desk = 'x' WHERE seq = 1; UPDATE collector SET may_collect = 'standing' WHERE id = 3", &[3]),
    ] {
        let path = dir.path().join(FILE);
        let whole = std::fs::read(&path).unwrap();
        let found = after(dir.path(), sql);
        let wanted: Vec<i64> = children.to_vec();
        assert_eq!(found.in_doubt.iter().map(|c| c.0).collect::<Vec<_>>(), wanted, "{sql}: {:?}", found.problems);
        let conn = Connection::open(&path).unwrap();
        conn.execute_batch(&format!("{UNLOCK} {sql}")).unwrap();
        conn.close().unwrap();
        let beside = Store::open_read_only(dir.path()).unwrap().verify_at_start(&std::sync::atomic::AtomicBool::new(false));
        assert_eq!(beside, found, "{sql}");
        std::fs::write(path, whole).unwrap();
    }
    assert!(report(dir.path()).in_doubt.is_empty());
}

/// What a desk asks beside its work leaves out old stays that ended, and finds an old one that was opened, closed or taken away.
#[test]
fn old_stays_are_compared_while_they_are_open() {
    const DAY: i64 = 86_400;
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::open(dir.path(), Kind::Real, true).unwrap();
    add(&mut store, &roster(), 0);
    let old = add(&mut store, &[arrived(1)], 1);
    let first = add(&mut store, &[released(1, old)], 2);
    add(&mut store, &[arrived(2)], 3); // still open
    let taken_back = add(&mut store, &[arrived(3)], 4);
    let release = add(&mut store, &[released(3, taken_back)], 5);
    add(&mut store, &[arrived(4)], 30 * DAY);
    add(&mut store, &[undone(release.0)], 30 * DAY + 1); // open again
    store.close().unwrap();
    let stop = std::sync::atomic::AtomicBool::new(false);
    let path = dir.path().join(FILE);
    let whole = std::fs::read(&path).unwrap();
    assert!(Store::open_read_only(dir.path()).unwrap().verify_at_start(&stop).is_sound());
    for (sql, child) in [
        ("UPDATE stay SET released_seq = NULL WHERE child = 1", 1),
        ("UPDATE stay SET released_seq = 18 WHERE child = 2", 2),
        ("DELETE FROM stay WHERE child = 3", 3),
        ("UPDATE stay SET released_seq = 21 WHERE child = 3", 3),
        ("DELETE FROM stay WHERE child = 4", 4),
    ] {
        let conn = Connection::open(&path).unwrap();
        conn.execute_batch(&format!("{UNLOCK} UPDATE stay SET released_seq = NULL WHERE released_seq = 18 AND {child} = 2; {sql}")).unwrap();
        conn.close().unwrap();
        let found = Store::open_read_only(dir.path()).unwrap().verify_at_start(&stop);
        assert!(found.in_doubt.iter().any(|c| c.0 == child), "{sql}: {found:?}");
        std::fs::write(&path, &whole).unwrap();
    }
    // A check that is told to end ends.
    stop.store(true, std::sync::atomic::Ordering::Relaxed);
    assert_eq!((Store::open_read_only(dir.path()).unwrap().verify_at_start(&stop).entries, first), (0, Seq(18)));
}

/// Rows are held against the chain some hundred at a time, and by another thread: the first flaw is named wherever it stands.
#[test]
fn the_first_flaw_of_a_long_journal() {
    const NOTES: i64 = 1500;
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::open(dir.path(), Kind::Real, true).unwrap();
    let seen = add(&mut store, &roster(), 0);
    let notes = (0..NOTES).map(|n| Fact::NoteLeft { child: ChildId(1 + n % 5), text: n.to_string() }.into()).collect();
    assert!(store.record_all(seen, notes, &stamp(at(1)), &mut |_| {}).unwrap());
    store.close().unwrap();
    let last = seen.0 + NOTES;
    let at_start = || Store::open_read_only(dir.path()).unwrap().verify_at_start(&std::sync::atomic::AtomicBool::new(false));
    for found in [report(dir.path()), at_start()] {
        assert_eq!((found.problems, found.entries, found.head8.len()), (vec![], last, 8));
    }
    let whole = std::fs::read(dir.path().join(FILE)).unwrap();
    for seq in [17, 255, 256, 257, 258, 512, 513, 1024, 1025, 1281, last - 1, last] {
        for (change, flaw) in [
            ("UPDATE journal SET desk = 'x' WHERE seq = $", Flaw::Chain),
            ("UPDATE journal SET body = 'x' WHERE seq = $", Flaw::Body),
            ("DELETE FROM journal WHERE seq = $ - 1", Flaw::Missing),
        ] {
            let conn = Connection::open(dir.path().join(FILE)).unwrap();
            conn.execute_batch(&format!("{UNLOCK} {}", change.replace('$', &seq.to_string()))).unwrap();
            conn.close().unwrap();
            let expected = if flaw == Flaw::Missing { seq - 1 } else { seq };
            for found in [report(dir.path()), at_start()] {
                assert_eq!(first_bad(&found), Some((expected, flaw)), "{change} {seq}");
                assert_eq!((found.entries, found.head8.as_str()), (expected - 1, ""), "{change} {seq}");
            }
            std::fs::write(dir.path().join(FILE), &whole).unwrap();
        }
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
