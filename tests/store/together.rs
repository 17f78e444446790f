//! Desks that start at the same instant over what a killed one left: the files are written anew by one of them, at a gate.

use caredesk::domain::fact::Seq;
use caredesk::store::{Kind, OpenError, Recorded, Store, StoreError};

use super::world::*;

/// A store of an afternoon whose desk was killed: nothing of it ends as it should, as far as the disk is concerned.
fn killed() -> tempfile::TempDir {
    let (there, dir) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut store = Store::open(there.path(), Kind::Real, true).unwrap();
    add(&mut store, &roster(), 0);
    add(&mut store, &[arrived(1)], 1);
    for file in std::fs::read_dir(there.path()).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), dir.path().join(file.file_name())).unwrap();
    }
    dir
}

/// Desks that start at the same instant over what a killed one left: one writes the files anew, and nobody goes on in the old ones.
#[test]
fn desks_that_start_together_after_a_kill_all_record_in_the_same_file() {
    for round in 0..12 {
        let dir = killed();
        let record = |n: i64| {
            let mut store = loop {
                match Store::open(dir.path(), Kind::Real, false) {
                    Err(OpenError::Busy) => {}
                    other => break other.unwrap(),
                }
            };
            loop {
                let seen = store.head().unwrap();
                match store.record(seen, &[arrived(n)], &stamp(at(10 + n))) {
                    Ok(Recorded::Done(entries)) => return entries[0].seq,
                    Ok(Recorded::Behind(_)) | Err(StoreError::Busy) => {}
                    Err(other) => panic!("round {round}: {other:?}"),
                }
            }
        };
        let recorded: Vec<Seq> = std::thread::scope(|scope| {
            let desks: Vec<_> = (2..=5).map(|n| scope.spawn(move || record(n))).collect();
            desks.into_iter().map(|desk| desk.join().unwrap()).collect()
        });
        let report = Store::open_read_only(dir.path()).unwrap().verify();
        assert!(report.is_sound(), "round {round}: {:?}", report.problems);
        assert_eq!(report.entries, 5 + ROSTER.0, "round {round}: {recorded:?}");
    }
}
