//! A log that is lost, cut, bent or older, and what lies about without its store: start and `verify` name what is missing.

use std::fs;
use std::path::{Path, PathBuf};

use caredesk::domain::fact::{Fact, Seq};
use caredesk::domain::people::ChildId;
use caredesk::store::{FILE, Kind, OpenError, Problem, Store};

use super::world::*;

/// A frame of the log: its head and a page, bytes.
const FRAME: usize = 24 + 4096;

const HEAD: &str = "caredesk.db-head";

fn log(dir: &Path) -> PathBuf {
    dir.join(format!("{FILE}-wal"))
}

fn note(text: &str) -> caredesk::domain::fact::Draft {
    Fact::NoteLeft { child: ChildId(1), text: text.to_owned() }.into()
}

fn copy(from: &Path) -> tempfile::TempDir {
    let to = tempfile::tempdir().unwrap();
    for file in fs::read_dir(from).unwrap().map(|f| f.unwrap()) {
        if !file.file_name().to_string_lossy().ends_with("-shm") {
            fs::copy(file.path(), to.path().join(file.file_name())).unwrap();
        }
    }
    to
}

/// A desk that was killed in mid-afternoon: twenty entries in the file, ten more in the log; and the same store some acts
/// before that.
fn killed() -> (tempfile::TempDir, tempfile::TempDir) {
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::open(dir.path(), Kind::Real, true).unwrap();
    add(&mut store, &roster(), 0);
    (1..5).for_each(|n| _ = add(&mut store, &[note("a")], n));
    store.checkpoint().unwrap();
    (5..10).for_each(|n| _ = add(&mut store, &[note("b")], n));
    let earlier = copy(dir.path());
    (10..15).for_each(|n| _ = add(&mut store, &[note("c")], n));
    (copy(dir.path()), earlier)
}

/// What is missing by the start and by `verify`, which must agree: the first number and the last.
fn missing(dir: &Path, what: &str) -> Option<(i64, i64)> {
    let found = Store::open_read_only(dir).unwrap_or_else(|e| panic!("{what}: {e:?}")).verify().problems;
    let by_verify = found.iter().find_map(|p| if let Problem::Missing(gap) = p { Some((gap.first.0, gap.last.0)) } else { None });
    let before: Vec<_> = fs::read(dir.join(FILE)).unwrap();
    let by_start = match Store::open(dir, Kind::Real, true) {
        Err(OpenError::Missing(gap)) => Some((gap.first.0, gap.last.0)),
        Err(e) => panic!("{what}: {e:?}"),
        Ok(_) => None,
    };
    if by_start.is_some() {
        assert_eq!(fs::read(dir.join(FILE)).unwrap(), before, "{what}: left as it is");
    }
    assert_eq!(by_start, by_verify, "{what}");
    assert_eq!(by_verify.is_some(), !found.is_empty(), "{what}: {found:?}");
    by_verify
}

#[test]
fn a_log_that_is_gone_or_older_is_missed() {
    let (dir, earlier) = killed();
    assert_eq!(missing(copy(dir.path()).path(), "untouched"), None);
    let gone = copy(dir.path());
    fs::remove_file(log(gone.path())).unwrap();
    assert_eq!(missing(gone.path(), "gone"), Some((21, 30)));
    let older = copy(dir.path());
    fs::copy(log(earlier.path()), log(older.path())).unwrap();
    assert_eq!(missing(older.path(), "older"), Some((26, 30)));
    let whole_older = copy(dir.path());
    for name in [FILE.to_owned(), format!("{FILE}-wal")] {
        fs::copy(earlier.path().join(&name), whole_older.path().join(&name)).unwrap();
    }
    assert_eq!(missing(whole_older.path(), "store and log older"), Some((26, 30)));
    // The file alone, put back from the morning, and a day that grew past it: another entry bears the number.
    let (other, head) = (copy(earlier.path()), dir.path().join(HEAD));
    let mut store = Store::open(other.path(), Kind::Real, false).unwrap();
    (20..40).for_each(|n| _ = add(&mut store, &[note("d")], n));
    store.close().unwrap();
    fs::copy(head, other.path().join(HEAD)).unwrap();
    assert!(matches!(Store::open(other.path(), Kind::Real, false), Err(OpenError::Apart(_))));
    let found = Store::open_read_only(other.path()).unwrap().verify().problems;
    assert!(found.contains(&Problem::OtherEnd(Seq(30))), "{found:?}");
}

#[test]
fn a_log_cut_anywhere_or_bent_in_any_page_is_missed() {
    let (dir, _) = killed();
    let whole = fs::read(log(dir.path())).unwrap();
    let head = Store::open_read_only(copy(dir.path()).path()).unwrap().head().unwrap();
    assert_eq!(head, Seq(30));
    let frames = (whole.len() - 32) / FRAME;
    // Where the log is cut, or a byte in it is turned over: its header, each part of each frame, in steps through all bytes.
    let places = (0..32).chain((0..frames).flat_map(|n| [0, 8, 23, FRAME - 1].map(|at| 32 + n * FRAME + at)));
    let places: Vec<usize> = places.chain((0..whole.len()).step_by(8209)).filter(|at| *at < whole.len()).collect();
    let mut seen = std::collections::BTreeSet::new();
    for at in places {
        for (what, bytes) in [
            ("cut", whole[..at].to_vec()),
            ("bent", {
                let mut bent = whole.clone();
                bent[at] ^= 0x40;
                bent
            }),
        ] {
            let hurt = copy(dir.path());
            fs::write(log(hurt.path()), bytes).unwrap();
            let gap = missing(hurt.path(), &format!("{what} at {at}"));
            let left = Store::open_read_only(hurt.path()).unwrap().head().unwrap();
            assert_eq!(gap, (left < head).then_some((left.0 + 1, head.0)), "{what} at {at}");
            seen.insert(left);
        }
    }
    assert!(seen.len() > 9, "the log ended after each of its entries: {seen:?}");
}

#[test]
fn nothing_is_made_beside_what_is_left_of_a_store() {
    let (dir, _) = killed();
    for (what, left) in [("a log", "-wal"), ("a head", "-head"), ("an index", "-shm")] {
        let orphaned = tempfile::tempdir().unwrap();
        let name = format!("{FILE}{left}");
        match left {
            "-shm" => fs::write(orphaned.path().join(&name), vec![7; 32_768]).unwrap(),
            _ => _ = fs::copy(dir.path().join(&name), orphaned.path().join(&name)).unwrap(),
        }
        for create in [true, false] {
            for kind in [Kind::Real, Kind::Practice] {
                let error = Store::open(orphaned.path(), kind, create).expect_err(what);
                let named =
                    if left == "-head" { matches!(error, OpenError::Lost { entries: Seq(30), .. }) } else { matches!(error, OpenError::Orphan) };
                assert!(named, "{what}: {error:?}");
            }
        }
        assert!(Store::open_read_only(orphaned.path()).is_err());
        assert_eq!(fs::read_dir(orphaned.path()).unwrap().count(), 1, "{what}: nothing was made");
        // Once somebody has moved it away, a store can be made.
        fs::remove_file(orphaned.path().join(&name)).unwrap();
        Store::open(orphaned.path(), Kind::Real, true).unwrap();
    }
}

#[test]
fn a_log_of_another_store_is_not_taken_for_its_own() {
    let (dir, _) = killed();
    let (other, _) = killed();
    fs::copy(log(other.path()), log(dir.path())).unwrap();
    let opened = Store::open(dir.path(), Kind::Real, false);
    assert!(opened.is_err(), "a foreign log was taken in");
    assert!(Store::open_read_only(dir.path()).map_or(true, |store| !store.verify().is_sound()));
}

#[test]
fn a_head_file_that_is_behind_or_not_there_is_no_alarm() {
    let (dir, earlier) = killed();
    let behind = copy(dir.path());
    fs::copy(earlier.path().join(HEAD), behind.path().join(HEAD)).unwrap();
    assert_eq!(missing(behind.path(), "behind"), None);
    for bytes in [None, Some(Vec::new()), Some(vec![0; 1024]), Some(b"x".repeat(700))] {
        let without = copy(dir.path());
        let head = without.path().join(HEAD);
        match &bytes {
            None => fs::remove_file(&head).unwrap(),
            Some(bytes) => fs::write(&head, bytes).unwrap(),
        }
        let report = Store::open_read_only(without.path()).unwrap().verify();
        assert!(report.is_sound() && !report.compared, "{bytes:?}");
        drop(Store::open(without.path(), Kind::Real, false).unwrap());
        let report = Store::open_read_only(without.path()).unwrap().verify();
        assert!(report.is_sound() && report.compared, "the next start notes the end again");
    }
}
