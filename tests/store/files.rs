//! Which files are opened, and that the others are left as they are.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use caredesk::domain::fact::{Fact, Seq};
use caredesk::domain::people::ChildId;
use caredesk::store::{FILE, Kind, OpenError, Store, StoreError};

use super::world::*;

/// Every file of the folder but the index that readers share: name, content, time of the last change.
fn files(dir: &Path) -> Vec<(String, String, SystemTime)> {
    let mut all: Vec<_> = fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_type().unwrap().is_file())
        .map(|entry| {
            (entry.file_name().into_string().unwrap(), digest(&fs::read(entry.path()).unwrap()), entry.metadata().unwrap().modified().unwrap())
        })
        .filter(|(name, _, _)| !name.ends_with("-shm"))
        .collect();
    all.sort();
    all
}

fn digest(bytes: &[u8]) -> String {
    use sha2::Digest;
    format!("{} bytes {:?}", bytes.len(), sha2::Sha256::digest(bytes))
}

/// What a power cut would leave of a store that is open.
fn cut_off(dir: &Path) -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    for (name, _, _) in files(dir) {
        fs::copy(dir.join(&name), copy.path().join(name)).unwrap();
    }
    copy
}

fn real(dir: &Path) -> Store {
    let mut store = Store::open(dir, Kind::Real, true).unwrap();
    add(&mut store, &roster(), 0);
    store
}

/// Runs SQL on the file as some other program would.
fn meddle(dir: &Path, sql: &str) {
    let conn = rusqlite::Connection::open(dir.join(FILE)).unwrap();
    conn.execute_batch(sql).unwrap();
    conn.close().unwrap();
}

fn refused(dir: &Path, kind: Kind, right: impl Fn(&OpenError) -> bool) {
    let path = dir.join(FILE);
    if path.is_file() {
        let old = SystemTime::now() - Duration::from_hours(1);
        fs::File::options().write(true).open(&path).unwrap().set_modified(old).unwrap();
    }
    let before = files(dir);
    for create in [false, true] {
        let error = Store::open(dir, kind, create).unwrap_err();
        assert!(right(&error), "{error:?}");
    }
    assert_eq!(before, files(dir), "untouched");
}

/// What a closed store leaves: the room for a full disk, the gate, and the head.
const CLOSED: [&str; 4] = ["caredesk.db", "caredesk.db-ballast", "caredesk.db-gate", "caredesk.db-head"];

fn names(dir: &Path) -> Vec<String> {
    let mut all: Vec<String> = fs::read_dir(dir).unwrap().map(|f| f.unwrap().file_name().into_string().unwrap()).collect();
    all.sort();
    all
}

#[test]
fn a_store_is_made_only_where_that_is_asked_for() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().join("a b#?%/数据");
    assert!(matches!(Store::open(&home, Kind::Real, false), Err(OpenError::NotFound)));
    assert!(matches!(Store::open_read_only(&home), Err(OpenError::NotFound)));
    assert!(!home.exists());
    let store = real(&home);
    assert_eq!((store.kind(), store.file()), (Kind::Real, Some(home.join(FILE).as_path())));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&home).unwrap().permissions().mode() & 0o777, 0o700);
        for entry in fs::read_dir(&home).unwrap() {
            assert_eq!(entry.unwrap().metadata().unwrap().permissions().mode() & 0o777, 0o600);
        }
    }
    store.close().unwrap();
    assert_eq!(names(&home), CLOSED, "one file, and what stands beside it");
    let again = Store::open(&home, Kind::Real, true).unwrap();
    assert_eq!(again.head().unwrap(), ROSTER);
    assert!(again.quick_check().unwrap());
    again.checkpoint().unwrap();
}

#[test]
fn one_kind_is_never_opened_as_the_other() {
    let dir = tempfile::tempdir().unwrap();
    real(dir.path()).close().unwrap();
    refused(dir.path(), Kind::Practice, |e| matches!(e, OpenError::OtherKind { found: Kind::Real }));
    let mut reader = Store::open_read_only(dir.path()).unwrap();
    assert_eq!(reader.kind(), Kind::Real);
    assert_eq!(reader.head().unwrap(), ROSTER);
    assert!(reader.verify().is_sound());
    assert!(matches!(reader.record(ROSTER, &[arrived(1)], &stamp(at(1))), Err(StoreError::ReadOnly)));
}

#[test]
fn a_newer_store_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    real(dir.path()).close().unwrap();
    meddle(dir.path(), "PRAGMA user_version = 99");
    refused(dir.path(), Kind::Real, |e| matches!(e, OpenError::Newer { found: 99, .. }));
    assert!(matches!(Store::open_read_only(dir.path()), Err(OpenError::Newer { .. })));
}

#[test]
fn a_newer_version_that_stands_in_the_log_only_is_refused_as_well() {
    let dir = tempfile::tempdir().unwrap();
    real(dir.path()).close().unwrap();
    let conn = rusqlite::Connection::open(dir.path().join(FILE)).unwrap();
    conn.execute_batch("PRAGMA wal_autocheckpoint = 0; PRAGMA user_version = 99").unwrap();
    let copy = cut_off(dir.path());
    refused(copy.path(), Kind::Real, |e| matches!(e, OpenError::Newer { found: 99, .. }));
}

#[test]
fn what_is_not_a_store_is_refused_and_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(FILE);
    fs::write(&path, b"").unwrap();
    refused(dir.path(), Kind::Real, |e| matches!(e, OpenError::Empty));
    fs::write(&path, "学号,姓名\n1,陈一诺\n".repeat(100)).unwrap();
    refused(dir.path(), Kind::Real, |e| matches!(e, OpenError::NotADatabase));
    fs::write(&path, [7; 3]).unwrap();
    refused(dir.path(), Kind::Real, |e| matches!(e, OpenError::NotADatabase));
    fs::remove_file(&path).unwrap();
    meddle(dir.path(), "CREATE TABLE journal (seq INTEGER)");
    refused(dir.path(), Kind::Real, |e| matches!(e, OpenError::Foreign));
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    refused(dir.path(), Kind::Real, |e| matches!(e, OpenError::NotAFile));
}

#[test]
fn a_damaged_store_is_refused_and_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    real(dir.path()).close().unwrap();
    let path = dir.path().join(FILE);
    let whole = fs::read(&path).unwrap();
    for length in [100, 512, 4096, whole.len() / 2, whole.len() - 4096] {
        fs::write(&path, &whole[..length]).unwrap();
        refused(dir.path(), Kind::Real, |e| matches!(e, OpenError::Damaged(_) | OpenError::NotADatabase));
    }
    let mut bent = whole.clone();
    bent[100..4096].fill(0xAA);
    fs::write(&path, bent).unwrap();
    refused(dir.path(), Kind::Real, |e| matches!(e, OpenError::Damaged(_)));
    fs::write(&path, whole).unwrap();
    assert_eq!(Store::open(dir.path(), Kind::Real, false).unwrap().head().unwrap(), ROSTER);
}

#[test]
fn a_store_that_was_killed_goes_on_from_its_log() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = real(dir.path());
    for second in 0..9 {
        let note = || Fact::NoteLeft { child: ChildId(1), text: "晚些来".repeat(20) }.into();
        add(&mut store, &[note(), note(), note()], second);
    }
    let copy = cut_off(dir.path());
    drop(store);
    assert!(fs::metadata(copy.path().join("caredesk.db-wal")).unwrap().len() > 0);
    assert!(Store::open_read_only(copy.path()).unwrap().verify().is_sound());
    let path = copy.path().join(FILE);
    let mut bytes = fs::read(&path).unwrap();
    bytes[..4096].fill(0x11);
    fs::write(path, bytes).unwrap(); // moving the log into the file was cut off in the middle of a page
    let again = Store::open(copy.path(), Kind::Real, false).unwrap();
    assert_eq!(again.head().unwrap(), Seq(ROSTER.0 + 27));
    assert!(again.verify().is_sound());
}

#[test]
fn many_desks_may_make_the_store_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().join("store");
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| Store::open(&home, Kind::Practice, true).unwrap());
        }
    });
    let store = Store::open(&home, Kind::Practice, false).unwrap();
    assert!(store.verify().is_sound());
    store.close().unwrap();
    assert_eq!(names(&home), CLOSED);
}

#[test]
fn people_can_read_the_file_in_a_browser() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = real(dir.path());
    let arrival = add(&mut store, &[arrived(1), arrived(2)], 0);
    add(&mut store, &[released(2, arrival)], 60);
    store.close().unwrap();
    let conn = rusqlite::Connection::open(dir.path().join(FILE)).unwrap();
    conn.pragma_update(None, "trusted_schema", false).unwrap();
    let text = |sql: &str| conn.query_row(sql, [], |row| row.get::<_, String>(0)).unwrap();
    assert_eq!(text("SELECT child FROM present"), "陈1");
    assert_eq!(
        text("SELECT arrived || ' ' || released || ' ' || taker FROM visits WHERE child = '陈2'"),
        "2026-09-07 16:30:00 2026-09-07 16:31:00 林2"
    );
    assert_eq!(text("SELECT count(*) || custody FROM custody"), "5rack");
    assert_eq!(text("SELECT count(*) || kind FROM activity_log WHERE child = '陈2' AND kind = 'released'"), "1released");
    for sql in
        ["DELETE FROM journal", "UPDATE journal SET desk = 'x'", "UPDATE journal SET body = '{}'", "REPLACE INTO journal SELECT * FROM journal"]
    {
        assert!(conn.execute_batch(sql).is_err(), "{sql}");
    }
    conn.execute_batch("UPDATE journal SET body = NULL WHERE seq = 1").unwrap();
}

/// Where there is no room for the index of a log, on a disk that is full or can only be read, the store and its log are read from a copy:
/// whoever is here is shown, and nothing beside the files is touched.
#[cfg(unix)]
#[test]
fn a_log_without_room_for_its_index_is_read_all_the_same() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = real(dir.path());
    store.checkpoint().unwrap();
    add(&mut store, &[arrived(1)], 10);
    let head = store.head().unwrap();
    let copy = cut_off(dir.path());
    assert!(fs::metadata(copy.path().join(format!("{FILE}-wal"))).unwrap().len() > 0);
    // Nothing can be made under that name, and nothing is there to be read.
    std::os::unix::fs::symlink("/nowhere/at all", copy.path().join(format!("{FILE}-shm"))).unwrap();
    let before = files(copy.path());
    let reader = Store::open_read_only(copy.path()).unwrap();
    assert_eq!((reader.head().unwrap(), reader.verify().problems), (head, vec![]));
    assert!(reader.load(at(20)).unwrap().day.state().presence(ChildId(1)).is_here());
    drop(reader);
    assert_eq!(before, files(copy.path()), "untouched");
}
