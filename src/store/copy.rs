//! A store as a whole: a consistent copy of it for a backup, and a copy put in the place of the present one (S13, S15).
//!
//! Whoever is killed in between finds the old store or the new one: the present files first get second names, and the one
//! rename of the database is what changes the store. Nothing is ever deleted that has no other name.
//!
//! Absent: encryption, and which copies are kept.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};

use crate::domain::fact::Seq;
use crate::domain::time::Moment;

use super::again::Gate;
use super::end::EndFile;
use super::error::{OpenError, StoreError};
use super::journal::{self, Head};
use super::{guard, open, rescue, sql};

/// The names of the files of a store, as endings of [`super::FILE`]: the database, its log, the log's index, its head file.
const ENDINGS: [&str; 4] = ["", "-wal", "-shm", "-head"];
/// What moves the whole log into the file; only while nobody else has the store open.
pub(super) const EMPTY_LOG: &str = "PRAGMA wal_checkpoint(TRUNCATE)";
pub(super) const ALONE: &str = "PRAGMA locking_mode = EXCLUSIVE";

/// Where a journal ends.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct End {
    /// The number of the last entry; 0 while there is none.
    pub seq: Seq,
    /// Its hash, hex; empty while there is none.
    pub hash: String,
    /// When it was entered.
    pub entered_at: Option<Moment>,
}

impl From<Head> for End {
    fn from(head: Head) -> Self {
        Self { seq: head.seq, hash: head.hash, entered_at: head.entered_at }
    }
}

/// Copies everything that `conn` sees at one moment, with a head file, into a private folder that has no store yet.
pub(super) fn whole(conn: &Connection, folder: &Path) -> Result<End, StoreError> {
    let to = folder.join(open::FILE);
    let Some(name) = to.to_str() else { return Err(StoreError::Other("the path is no Unicode".to_owned())) };
    open::private_file(&to).map_err(|e| input_output(&e))?;
    sql::run(conn, rescue::COPY, [name])?;
    let (head, _) = guard::file_alone(&to, Seq(0))?;
    if !knows(conn, head.seq, &head.hash)? {
        return Err(StoreError::Damaged("the copy does not end as the store".to_owned()));
    }
    let noted = EndFile::beside(&to).ok_or_else(|| StoreError::Io("no head file".to_owned()))?;
    noted.note(&head, None).map_err(|e| input_output(&e))?;
    Ok(head.into())
}

/// Whether an entry of this number and hash stands in the journal; nothing stands in every journal.
pub(super) fn knows(conn: &Connection, seq: Seq, hash: &str) -> Result<bool, StoreError> {
    Ok(seq == Seq(0) || journal::hash_of(conn, seq)?.as_deref() == Some(hash))
}

fn input_output(error: &io::Error) -> StoreError {
    StoreError::Io(error.to_string())
}

/// One thing that is done to names.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Step {
    /// A second name for a file; a copy where the file system has no links.
    Keep(PathBuf, PathBuf),
    /// A name is taken from a file that has another.
    Unname(PathBuf),
    /// A file gets the name, whatever had it.
    Place(PathBuf, PathBuf),
    /// The names are on the disk.
    Sync(PathBuf),
}

/// Whether a file system has no second names for a file (FAT, some shares).
fn has_no_links(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::Unsupported | io::ErrorKind::TooManyLinks)
}

impl Step {
    fn take(&self) -> io::Result<()> {
        match self {
            Self::Keep(from, to) => match fs::hard_link(from, to) {
                // Of a file system without links a copy is kept: the live file never loses its name for it.
                Err(e) if has_no_links(&e) => {
                    fs::copy(from, to)?;
                    File::open(to)?.sync_all()
                }
                other => other,
            },
            Self::Unname(path) => match fs::remove_file(path) {
                Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
                other => other,
            },
            Self::Place(from, to) => fs::rename(from, to),
            Self::Sync(folder) => open::sync_folder(folder),
        }
    }
}

/// Puts a store that nobody has open (`staged`, on the same disk) in the place of the one in `dir`, whose files are kept as
/// `caredesk.db.before-N`, each with its ending. `is_sound`: the present store could be opened, so its log may be moved into it;
/// `ready` then hears where it ends, before anything changes and while nobody else has it. Gives N, if there was anything to keep.
pub(super) fn put_in_place(
    staged: &Path,
    dir: &Path,
    is_sound: bool,
    ready: impl FnOnce(Option<&End>) -> Result<(), OpenError>,
) -> Result<Option<u32>, OpenError> {
    let (dir, staged) = (std::path::absolute(dir)?, std::path::absolute(staged)?);
    let path = dir.join(open::FILE);
    // Closing a store does not say that its log could not be moved into it.
    if open::has_log(&staged.join(open::FILE)) {
        return Err(StoreError::Io("the copy could not be written whole".to_owned()).into());
    }
    // Whoever opens the store now waits, and finds the new one.
    let gate = Gate::of(&path, true)?;
    let held = alone(&path)?;
    let mut present = None;
    if let Some(conn) = held.as_ref().filter(|_| is_sound) {
        sql::all(conn, EMPTY_LOG, [], |_| Ok(()))?;
        present = Some(journal::head(conn)?.into());
    }
    ready(present.as_ref())?;
    let (steps, number) = steps(&staged, &dir);
    for step in steps {
        step.take()?;
    }
    drop((held, gate));
    Ok(number)
}

/// The lock of a store that is there and that nobody else has open.
fn alone(path: &Path) -> Result<Option<Connection>, OpenError> {
    if open::is_missing(path)? {
        return Ok(None);
    }
    let held = open::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(OpenError::from).and_then(|conn| {
        sql::all(&conn, ALONE, [], |_| Ok(()))?;
        conn.execute_batch("BEGIN EXCLUSIVE; COMMIT")?;
        Ok(conn)
    });
    match held {
        Ok(conn) => Ok(Some(conn)),
        Err(OpenError::NotADatabase | OpenError::Damaged(_)) => Ok(None),
        Err(other) => Err(other),
    }
}

/// What is done, in order: after any of the steps the store is the old one or the new one.
fn steps(staged: &Path, dir: &Path) -> (Vec<Step>, Option<u32>) {
    let (old, new) = (dir.join(open::FILE), staged.join(open::FILE));
    let is_there = |path: &Path| fs::symlink_metadata(path).is_ok();
    let present: Vec<&str> = ENDINGS.into_iter().filter(|ending| is_there(&open::beside(&old, ending))).collect();
    let kept = |n: u32, ending: &str| open::beside(&old, &format!(".before-{n}{ending}"));
    let number = (1..=u32::MAX).find(|n| !ENDINGS.iter().any(|ending| is_there(&kept(*n, ending)))).filter(|_| !present.is_empty());
    let mut steps = Vec::new();
    if let Some(n) = number {
        steps.extend(present.iter().map(|ending| Step::Keep(open::beside(&old, ending), kept(n, ending))));
        steps.push(Step::Sync(dir.to_owned()));
    }
    // A store without its head file is only not compared; with another's it is refused.
    steps.extend(ENDINGS.into_iter().filter(|ending| !ending.is_empty()).map(|ending| Step::Unname(open::beside(&old, ending))));
    steps.push(Step::Place(new.clone(), old.clone()));
    steps.push(Step::Sync(dir.to_owned()));
    if is_there(&open::beside(&new, "-head")) {
        steps.push(Step::Place(open::beside(&new, "-head"), open::beside(&old, "-head")));
        steps.push(Step::Sync(dir.to_owned()));
    }
    (steps, number)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::domain::fact::{Draft, Fact};
    use crate::domain::people::{Role, Staff, StaffId};
    use crate::store::{Kind, Stamp, Store};

    fn store(dir: &Path, entries: i64) -> End {
        let mut store = Store::open(dir, Kind::Real, true).unwrap();
        for n in 0..entries {
            let staff = Staff::new(StaffId(n + 1), format!("方{n}"), Role::Duty);
            let draft = Draft::from(Fact::StaffSet { was: None, now: Box::new(staff) });
            let stamp = Stamp { now: Moment { ms: 1_788_000_000_000 + n * 1000, offset_min: 480 }, desk: "a".to_owned(), staff: None };
            store.record(Seq(n), &[draft], &stamp).unwrap();
        }
        let end = store.end().unwrap();
        store.close().unwrap();
        end
    }

    #[test]
    fn whoever_is_killed_after_any_step_finds_the_old_store_or_the_new_one() {
        let mut seen = [0, 0];
        for killed_after in 0.. {
            let dir = tempfile::tempdir().unwrap();
            let staged = tempfile::tempdir_in(dir.path()).unwrap();
            let (old, new) = (store(dir.path(), 7), store(staged.path(), 4));
            let (steps, number) = steps(staged.path(), dir.path());
            assert_eq!(number, Some(1));
            steps.iter().take(killed_after).for_each(|step| step.take().unwrap());
            let found = Store::open(dir.path(), Kind::Real, false).unwrap_or_else(|e| panic!("after {killed_after}: {e:?}"));
            assert!(found.verify().is_sound(), "after {killed_after}: {:?}", found.verify());
            let end = found.end().unwrap();
            assert!(end == old || end == new, "after {killed_after}: {end:?}");
            seen[usize::from(end == new)] += 1;
            // The run that comes after finds a free number, and keeps what was kept.
            drop(found);
            if killed_after == steps.len() {
                assert_eq!(end, new);
                break;
            }
        }
        assert!(seen.iter().all(|n| *n >= 2), "{seen:?}");
    }

    #[test]
    fn what_was_there_is_kept_whole_under_the_next_number() {
        let dir = tempfile::tempdir().unwrap();
        let mut ends = vec![store(dir.path(), 9)];
        for n in 1..=3 {
            let staged = tempfile::tempdir_in(dir.path()).unwrap();
            ends.push(store(staged.path(), n));
            assert_eq!(put_in_place(staged.path(), dir.path(), true, |_| Ok(())).unwrap(), u32::try_from(n).ok());
        }
        for (n, end) in ends.iter().enumerate().take(3) {
            let apart = tempfile::tempdir().unwrap();
            for ending in ENDINGS {
                let from = dir.path().join(format!("{}.before-{}{ending}", open::FILE, n + 1));
                let _ = fs::copy(from, apart.path().join(format!("{}{ending}", open::FILE)));
            }
            let kept = Store::open_read_only(apart.path()).unwrap();
            assert_eq!((&kept.end().unwrap(), kept.verify().problems), (end, vec![]), "before-{}", n + 1);
        }
    }

    #[test]
    fn a_store_that_somebody_has_open_is_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        let staged = tempfile::tempdir_in(dir.path()).unwrap();
        let (old, _) = (store(dir.path(), 5), store(staged.path(), 2));
        for writes in [true, false] {
            let desk = if writes { Store::open(dir.path(), Kind::Real, false) } else { Store::open_read_only(dir.path()) }.unwrap();
            assert!(matches!(put_in_place(staged.path(), dir.path(), true, |_| Ok(())), Err(OpenError::Busy)), "writes: {writes}");
            assert_eq!(desk.end().unwrap(), old);
        }
        assert_eq!(put_in_place(staged.path(), dir.path(), true, |_| Ok(())).unwrap(), Some(1));
    }

    #[test]
    fn what_lies_in_a_log_beside_it_never_takes_the_place_of_a_store_without_it() {
        let dir = tempfile::tempdir().unwrap();
        let staged = tempfile::tempdir_in(dir.path()).unwrap();
        let old = store(dir.path(), 5);
        store(staged.path(), 2);
        let open = Store::open(staged.path(), Kind::Real, false).unwrap();
        open.mark_restored().unwrap();
        drop(open); // as where closing it could not move its log into it
        let refused = put_in_place(staged.path(), dir.path(), true, |_| panic!("nothing is made ready"));
        assert!(matches!(refused, Err(OpenError::Other(StoreError::Io(_)))), "{refused:?}");
        assert_eq!(Store::open_read_only(dir.path()).unwrap().end().unwrap(), old);
    }

    #[test]
    fn a_copy_ends_as_the_store_and_has_its_head_file() {
        let (dir, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let end = store(dir.path(), 6);
        let from = Store::open(dir.path(), Kind::Real, false).unwrap();
        assert_eq!(from.copy_into(to.path()).unwrap(), end);
        let copy = Store::open_read_only(to.path()).unwrap();
        let report = copy.verify();
        assert!(report.is_sound() && report.compared, "{report:?}");
        assert!(from.knows(&end).unwrap());
        assert!(!from.knows(&End { hash: "0".repeat(64), ..end }).unwrap());
    }
}
