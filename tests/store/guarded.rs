//! The files under a running desk: whatever somebody does to them, what was acknowledged is in the store at its path.

use std::fs;
use std::path::{Path, PathBuf};

use caredesk::domain::fact::{Draft, Fact, Seq};
use caredesk::domain::people::ChildId;
use caredesk::store::{FILE, Kind, Recorded, Store};

use super::world::*;

fn beside(dir: &Path, ending: &str) -> PathBuf {
    dir.join(format!("{FILE}{ending}"))
}

/// Writes over a file in its place, so that it stays the same file.
fn write_over(path: &Path, bytes: &[u8]) {
    use std::io::Write;
    let mut file = fs::OpenOptions::new().write(true).truncate(true).open(path).unwrap();
    file.write_all(bytes).unwrap();
}

fn note(text: &str) -> Draft {
    Fact::NoteLeft { child: ChildId(1), text: text.repeat(20) }.into()
}

/// What somebody does to the files; `old` holds a copy of all of them from earlier that day.
type Harm = (&'static str, fn(dir: &Path, old: &Path));

const HARMS: [Harm; 18] = [
    ("the file deleted", |dir, _| fs::remove_file(dir.join(FILE)).unwrap()),
    ("the file renamed", |dir, _| fs::rename(dir.join(FILE), dir.join("x.db")).unwrap()),
    ("the folder renamed", |dir, _| fs::rename(dir, dir.with_extension("moved")).unwrap()),
    ("the file filled with zeros", |dir, _| {
        let length = fs::metadata(dir.join(FILE)).unwrap().len();
        write_over(&dir.join(FILE), &vec![0; usize::try_from(length).unwrap()]);
    }),
    ("the file emptied", |dir, _| write_over(&dir.join(FILE), &[])),
    ("the file cut to a page", |dir, _| fs::OpenOptions::new().write(true).open(dir.join(FILE)).unwrap().set_len(4096).unwrap()),
    ("the file cut by half", |dir, _| {
        let file = fs::OpenOptions::new().write(true).open(dir.join(FILE)).unwrap();
        file.set_len(file.metadata().unwrap().len() / 8192 * 4096).unwrap();
    }),
    ("text written over the file", |dir, _| write_over(&dir.join(FILE), &"学号,姓名\n".repeat(40_000).into_bytes())),
    ("an older copy moved into its place", |dir, old| {
        fs::copy(old.join(FILE), dir.join("copy")).unwrap();
        fs::rename(dir.join("copy"), dir.join(FILE)).unwrap();
    }),
    ("an older copy written into it", |dir, old| write_over(&dir.join(FILE), &fs::read(old.join(FILE)).unwrap())),
    ("the file and its log deleted", |dir, _| ["", "-wal", "-shm"].iter().for_each(|e| fs::remove_file(beside(dir, e)).unwrap())),
    ("all files put back as they were", |dir, old| {
        for ending in ["", "-wal", "-shm"] {
            fs::remove_file(beside(dir, ending)).unwrap();
            let _ = fs::copy(beside(old, ending), beside(dir, ending)); // the copy may have no log
        }
    }),
    ("the log deleted", |dir, _| fs::remove_file(beside(dir, "-wal")).unwrap()),
    ("the log emptied", |dir, _| write_over(&beside(dir, "-wal"), &[])),
    ("the log filled with zeros", |dir, _| {
        let length = fs::metadata(beside(dir, "-wal")).unwrap().len();
        write_over(&beside(dir, "-wal"), &vec![0; usize::try_from(length).unwrap()]);
    }),
    ("the log cut", |dir, _| {
        let log = fs::OpenOptions::new().write(true).open(beside(dir, "-wal")).unwrap();
        log.set_len(log.metadata().unwrap().len().saturating_sub(4120)).unwrap();
    }),
    ("an older log written into it", |dir, old| write_over(&beside(dir, "-wal"), &fs::read(beside(old, "-wal")).unwrap_or_default())),
    ("the index deleted", |dir, _| fs::remove_file(beside(dir, "-shm")).unwrap()),
];

/// How far the day has come when it happens.
type Instant = (&'static str, fn(&mut Store));

const INSTANTS: [Instant; 6] = [
    ("nothing was recorded yet", |_| {}),
    ("one thing was recorded", |store| {
        add(store, &[arrived(1)], 10);
    }),
    ("everything was moved into the file", |store| {
        add(store, &[arrived(1)], 10);
        store.checkpoint().unwrap();
    }),
    ("the log began anew", |store| {
        add(store, &[arrived(1)], 10);
        store.checkpoint().unwrap();
        add(store, &[arrived(2)], 11);
    }),
    ("a long day", |store| (10..150).for_each(|n| _ = add(store, &[note("晚些来"), note("带伞")], n))),
    ("a long day beside somebody who reads all the while", |store| {
        // It is never let go of: the log cannot be moved further than what it reads.
        std::mem::forget(reading(store.file().unwrap()));
        (10..150).for_each(|n| _ = add(store, &vec![note("晚些来"); 30], n));
    }),
];

/// Somebody who reads the store as it is now, as a check or a backup does, for as long as the value stands.
fn reading(path: &Path) -> rusqlite::Connection {
    let reader = rusqlite::Connection::open(path).unwrap();
    reader.execute_batch("BEGIN; SELECT count(*) FROM journal").unwrap();
    reader
}

/// A store with a roster, a copy of it, and some more of the day.
fn day(root: &Path, come_so_far: fn(&mut Store)) -> (Store, PathBuf, PathBuf) {
    let (dir, old) = (root.join("store"), root.join("old"));
    let mut store = Store::open(&dir, Kind::Real, true).unwrap();
    add(&mut store, &roster(), 0);
    add(&mut store, &[note("早晨")], 1);
    fs::create_dir(&old).unwrap();
    for file in fs::read_dir(&dir).unwrap().map(|f| f.unwrap().path()) {
        fs::copy(&file, old.join(file.file_name().unwrap())).unwrap();
    }
    // Here the desk is started.
    store.close().unwrap();
    let mut store = Store::open(&dir, Kind::Real, false).unwrap();
    come_so_far(&mut store);
    (store, dir, old)
}

#[test]
fn nothing_is_acknowledged_that_is_not_in_the_store_at_its_path() {
    for (instant, come_so_far) in INSTANTS {
        for (what, harm) in HARMS {
            let root = tempfile::tempdir().unwrap();
            let (mut store, dir, old) = day(root.path(), come_so_far);
            let mut seen = store.head().unwrap();
            harm(&dir, &old);
            let mut acknowledged = Vec::new();
            for second in 200..320 {
                match store.record(seen, &[note("没有伞")], &stamp(at(second))) {
                    Ok(Recorded::Done(entries)) => {
                        seen = entries[0].seq;
                        acknowledged.extend(entries);
                    }
                    Ok(Recorded::Behind(_)) | Err(_) => break,
                }
            }
            let _ = store.close();
            let found = Store::open_read_only(&dir).ok();
            let sound = found.as_ref().is_some_and(|store| store.verify().is_sound());
            let there = found.and_then(|store| store.entries_between(Seq(1), Seq(9999)).ok()).unwrap_or_default();
            let lost: Vec<_> = acknowledged.iter().filter(|e| !there.contains(e)).map(|e| e.seq).collect();
            assert!(lost.is_empty() && (acknowledged.is_empty() || sound), "{what} when {instant}: acknowledged and lost {lost:?}, sound {sound}");
        }
    }
}

#[test]
fn what_is_wrong_is_named_and_what_is_known_is_saved_beside_it() {
    for (what, named, whole) in [
        ("the file deleted", "Gone", true),
        ("the file renamed", "Gone", true),
        ("the folder renamed", "Gone", true),
        ("the file filled with zeros", "Overwritten", false),
        ("the file emptied", "Overwritten", false),
        ("the file cut by half", "Overwritten", false),
        ("text written over the file", "Overwritten", false),
        ("an older copy moved into its place", "Replaced", true),
        ("an older copy written into it", "Older", false),
        ("the log deleted", "Log", true),
        ("the log emptied", "Log", false),
        ("the log filled with zeros", "Log", false),
        ("the index deleted", "Index", true),
    ] {
        let harm = HARMS.iter().find(|(name, _)| *name == what).unwrap().1;
        let root = tempfile::tempdir().unwrap();
        let (mut store, dir, old) = day(root.path(), INSTANTS[3].1);
        let head = store.head().unwrap();
        harm(&dir, &old);
        let fault = store.check().expect_err(what);
        assert_eq!(format!("{fault:?}"), named, "{what}");
        let error = store.record(head, &[note("没有伞")], &stamp(at(99))).expect_err(what);
        assert_eq!(format!("{error:?}"), format!("Apart({named})"), "{what}");
        let saved = store.save_beside(at(100));
        assert!(saved.is_ok() || !whole, "{what}: {saved:?}");
        if let Ok(saved) = saved {
            let put_back = root.path().join("put back");
            fs::create_dir(&put_back).unwrap();
            fs::rename(&saved, put_back.join(FILE)).unwrap();
            let again = Store::open(&put_back, Kind::Real, false).unwrap();
            assert_eq!((again.head().unwrap(), again.verify().problems), (head, vec![]), "{what}");
        }
        drop(store);
        for file in fs::read_dir(root.path()).unwrap().chain(fs::read_dir(&dir).into_iter().flatten()) {
            let name = file.unwrap().file_name().into_string().unwrap();
            assert!(!name.contains("saved"), "{what}: {name} was left behind");
        }
    }
}

#[test]
fn who_reads_for_long_beside_a_desk_is_no_fault_of_the_files() {
    for (instant, come_so_far) in INSTANTS {
        let root = tempfile::tempdir().unwrap();
        let (mut store, dir, _) = day(root.path(), come_so_far);
        let mut reader = reading(&dir.join(FILE));
        for second in 200..800 {
            // Not at the same place of the log each time, and of all tables.
            if second % 97 == 0 {
                reader = reading(&dir.join(FILE));
            }
            let child = Fact::ChildSet { was: None, now: Box::new(child(second)) };
            let notes = (0..second % 7).map(|_| note("接力"));
            add(&mut store, &notes.chain([child.into()]).collect::<Vec<_>>(), second);
            store.check().unwrap_or_else(|e| panic!("{e:?} when {instant}"));
            if second % 100 == 0 {
                let mut other = Store::open(&dir, Kind::Real, false).unwrap();
                add(&mut other, &[note("另一台")], second);
                other.check().unwrap_or_else(|e| panic!("{e:?} at the other desk, when {instant}"));
                other.close().unwrap();
                // A power cut now.
                let copy = tempfile::tempdir().unwrap();
                for ending in ["", "-wal", "-head"] {
                    fs::copy(beside(&dir, ending), beside(copy.path(), ending)).unwrap();
                }
                let again = Store::open(copy.path(), Kind::Real, false).unwrap();
                assert_eq!((again.head().unwrap(), again.verify().problems), (store.head().unwrap(), vec![]), "{instant}");
            }
        }
        drop(reader);
        add(&mut store, &[note("接力")], 900);
        store.check().unwrap();
        assert!(store.verify().is_sound(), "{instant}");
    }
}

#[test]
fn what_was_moved_away_and_put_back_is_in_order_again() {
    let root = tempfile::tempdir().unwrap();
    let (mut store, dir, _) = day(root.path(), INSTANTS[1].1);
    let (path, away) = (dir.join(FILE), dir.join("away.db"));
    fs::rename(&path, &away).unwrap();
    assert!(store.check().is_err());
    fs::rename(&away, &path).unwrap();
    store.check().unwrap();
    add(&mut store, &[arrived(2)], 20);
    // A log that was gone has lost what was in it, even if somebody puts a log back.
    let (log, away) = (beside(&dir, "-wal"), dir.join("away-wal"));
    fs::rename(&log, &away).unwrap();
    assert!(store.check().is_err());
    fs::rename(&away, &log).unwrap();
    assert!(store.check().is_err());
}

#[test]
fn a_log_that_somebody_put_there_is_not_deleted_by_the_desk_that_closes() {
    let root = tempfile::tempdir().unwrap();
    let (store, dir, old) = day(root.path(), INSTANTS[1].1);
    fs::rename(beside(&dir, "-wal"), dir.join("away")).unwrap();
    fs::copy(beside(&old, "-wal"), beside(&dir, "-wal")).unwrap();
    let log = fs::read(beside(&dir, "-wal")).unwrap();
    store.close().unwrap();
    assert!(fs::read(beside(&dir, "-wal")).is_ok_and(|found| found == log));
}

#[test]
fn desks_that_work_side_by_side_find_nothing_wrong() {
    let root = tempfile::tempdir().unwrap();
    let (mut one, dir, _) = day(root.path(), INSTANTS[4].1);
    let mut two = Store::open(&dir, Kind::Real, false).unwrap();
    for second in 0..400 {
        let (desk, other) = if second % 3 == 0 { (&mut one, &two) } else { (&mut two, &one) };
        add(desk, &[note("接力"), note("有伞")], 500 + second);
        other.quick_check().unwrap();
        if second % 50 == 0 {
            desk.checkpoint().unwrap();
        }
        one.check().unwrap();
        two.check().unwrap();
    }
    two.close().unwrap();
    one.check().unwrap();
    assert!(one.verify().is_sound());
}
