//! Files that are written anew before they are used: after a failed write or sync, and after a stop that was not clean (S7).
//!
//! After a failed sync the system takes the pages for written that the disk never got. The next process reads them from memory,
//! builds on them, and no later sync writes them: a power cut then loses what was acknowledged. So whoever opens a store that was
//! not closed, or on which a write failed, copies the database and its log into new files first, byte by byte, syncs these,
//! and gives them the names. Each of the steps leaves the same content under the names.
//!
//! That is done only while nobody else has the store open; what is newly opened waits at the gate meanwhile. A log that is still
//! there is the sign of a stop that was not clean: the last one to close a store takes it away.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rusqlite::OpenFlags;

use super::copy::ALONE;
use super::error::{OpenError, StoreError};
use super::{chain, open, sql};

const GATE: &str = "-gate";
const SUSPECT: &str = "-suspect";
const AGAIN: &str = ".again-";
/// What is left free beside the copies.
#[cfg(unix)]
const MARGIN: u64 = 4 << 20;

/// Held while somebody opens a store: the files under the names change only while it is.
#[derive(Debug)]
pub(super) struct Gate {
    held: Option<File>,
}

impl Gate {
    /// Waits until nobody else is at it. Where there is none (`makes` makes one), nobody writes files anew.
    pub(super) fn of(store: &Path, makes: bool) -> Result<Self, OpenError> {
        let path = open::beside(store, GATE);
        let mut options = File::options();
        options.read(true).write(makes).create(makes).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let Ok(file) = options.open(&path).or_else(|_| File::open(&path)) else { return Ok(Self { held: None }) };
        let until = Instant::now() + open::WAIT;
        while matches!(file.try_lock(), Err(fs::TryLockError::WouldBlock)) {
            if Instant::now() > until {
                return Err(OpenError::Busy);
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        Ok(Self { held: Some(file) })
    }
}

/// Notes that a write or sync of a store failed: whoever opens it next writes its files anew.
pub(super) fn suspect(store: &Path) {
    let path = open::beside(store, SUSPECT);
    if let Ok(()) = open::private_file(&path) {
        // The disk is what is in doubt: where this cannot be synced, the log that is left says the same.
        let _ = File::open(&path).and_then(|file| file.sync_all());
        let _ = open::sync_folder(store.parent().unwrap_or(Path::new(".")));
    }
}

/// Whether a write failed, or the last stop was not clean, as far as can be seen from outside.
pub(super) fn is_wanted(store: &Path) -> bool {
    open::has_log(store) || is_suspect(store)
}

fn is_suspect(store: &Path) -> bool {
    fs::symlink_metadata(open::beside(store, SUSPECT)).is_ok()
}

/// Writes the files of a store anew, if nobody has it open; whoever calls it has not either.
///
/// Where there is no room, or the files cannot be read, a stop that was not clean is left at that; after a failed write it is an error.
pub(super) fn rewrite(store: &Path, gate: &Gate) -> Result<(), OpenError> {
    if gate.held.is_none() {
        return Ok(());
    }
    let Some(alone) = alone(store)? else { return Ok(()) };
    match write_anew(store, alone) {
        Err(error) if is_suspect(store) => Err(super::disk::cause(Some(store), StoreError::Io(error.to_string())).into()),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// The lock of a store that nobody else has open; `None` while anybody has.
fn alone(store: &Path) -> Result<Option<rusqlite::Connection>, OpenError> {
    let conn = open::connect(store, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    conn.busy_timeout(Duration::ZERO)?;
    let held = sql::all(&conn, ALONE, [], |_| Ok(())).and_then(|_| Ok(conn.execute_batch("BEGIN EXCLUSIVE; COMMIT")?));
    match held {
        Ok(()) => Ok(Some(conn)),
        Err(StoreError::Busy) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn write_anew(store: &Path, alone: rusqlite::Connection) -> io::Result<()> {
    let mut alone = Some(alone);
    let folder = store.parent().unwrap_or(Path::new("."));
    clear_away(store, folder);
    let log = open::beside(store, "-wal");
    let files: Vec<&Path> = [store, &log].into_iter().filter(|file| fs::symlink_metadata(file).is_ok()).collect();
    has_room(folder, &files)?;
    let mut made = Vec::new();
    for file in files {
        let to = open::beside(store, &format!("{AGAIN}{}", chain::random::<8>()?));
        let copied = copy(file, &to);
        made.push((to, file));
        if let Err(error) = copied {
            for (to, _) in &made {
                let _ = fs::remove_file(to);
            }
            return Err(error);
        }
    }
    if cfg!(windows) {
        drop(alone.take()); // there a file that is open keeps its name; at the gate nobody passes
    }
    for (to, file) in made {
        fs::rename(to, file)?;
    }
    open::sync_folder(folder)?;
    drop(alone);
    match fs::remove_file(open::beside(store, SUSPECT)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Byte by byte: a copy that shares blocks with the original would share what the disk did not get.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    let mut source = File::open(from)?;
    open::private_file(to)?;
    let mut target = File::options().write(true).open(to)?;
    fs::set_permissions(to, source.metadata()?.permissions())?;
    let mut piece = vec![0; 1 << 18];
    loop {
        match source.read(&mut piece) {
            Ok(0) => break,
            Ok(read) => target.write_all(piece.get(..read).unwrap_or_default())?,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    target.sync_all()
}

/// What a run left that was killed while it copied.
fn clear_away(store: &Path, folder: &Path) {
    let Some(name) = store.file_name() else { return };
    let left = |path: &PathBuf| path.file_name().is_some_and(|n| n.to_string_lossy().starts_with(&format!("{}{AGAIN}", name.to_string_lossy())));
    let inside = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    inside.filter(left).for_each(|path| _ = fs::remove_file(path));
}

#[cfg(unix)]
fn has_room(folder: &Path, files: &[&Path]) -> io::Result<()> {
    let disk = rustix::fs::statvfs(folder)?;
    let wanted: u64 = files.iter().filter_map(|file| fs::metadata(file).ok()).map(|found| found.len()).sum();
    let is_enough = disk.f_bavail.saturating_mul(disk.f_frsize) >= wanted.saturating_add(MARGIN.min(wanted));
    if is_enough { Ok(()) } else { Err(io::ErrorKind::StorageFull.into()) }
}

#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps)] // where the system says how much room there is, there may be too little
fn has_room(_: &Path, _: &[&Path]) -> io::Result<()> {
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::os::unix::fs::{MetadataExt, PermissionsExt};

    use super::*;
    use crate::domain::fact::{Draft, Fact, Seq};
    use crate::domain::people::{Role, Staff, StaffId};
    use crate::domain::time::Moment;
    use crate::store::{Kind, Stamp, Store};

    fn add(store: &mut Store, id: i64) {
        let staff = Staff::new(StaffId(id), format!("Fang {id}"), Role::Duty);
        let draft = Draft::from(Fact::StaffSet { was: None, now: Box::new(staff) });
        let stamp = Stamp { now: Moment { ms: 1_788_000_000_000 + id * 1000, offset_min: 480 }, desk: "a".to_owned(), staff: None };
        store.record(Seq(id - 1), &[draft], &stamp).unwrap();
    }

    fn open(dir: &Path) -> Store {
        Store::open(dir, Kind::Real, true).unwrap()
    }

    fn file(dir: &Path, ending: &str) -> PathBuf {
        dir.join(format!("{}{ending}", open::FILE))
    }

    fn inodes(dir: &Path) -> Vec<u64> {
        ["", "-wal"].iter().filter_map(|e| fs::metadata(file(dir, e)).ok()).map(|found| found.ino()).collect()
    }

    fn left(dir: &Path) -> Vec<String> {
        let names = fs::read_dir(dir).unwrap().map(|e| e.unwrap().file_name().to_string_lossy().into_owned());
        names.filter(|name| name.contains(AGAIN) || name.ends_with(SUSPECT)).collect()
    }

    #[test]
    fn a_store_that_was_not_closed_is_written_anew_and_one_that_was_is_not() {
        for (what, ends, suspected, wanted) in [
            ("closed", true, false, false),
            ("closed after a failed write", true, true, true),
            ("not closed", false, false, true),
            ("not closed after a failed write", false, true, true),
        ] {
            let dir = tempfile::tempdir().unwrap();
            let mut store = open(dir.path());
            (1..=5).for_each(|id| add(&mut store, id));
            // A second name keeps the inode from being given to the copy.
            fs::hard_link(file(dir.path(), ""), dir.path().join("kept")).unwrap();
            fs::set_permissions(file(dir.path(), ""), fs::Permissions::from_mode(0o640)).unwrap();
            if suspected {
                let said = store.failed(StoreError::Io("a sync".to_owned()));
                assert!(matches!(said, StoreError::Io(_)));
            }
            if ends {
                store.close().unwrap();
            } else {
                drop(store);
            }
            let before = fs::read(file(dir.path(), "")).unwrap();
            let was = inodes(dir.path());
            fs::write(file(dir.path(), &format!("{AGAIN}killed")), b"half").unwrap();
            let store = open(dir.path());
            assert_eq!(store.end().unwrap().seq, Seq(5), "{what}");
            assert!(store.verify().is_sound(), "{what}");
            let is = inodes(dir.path());
            assert_eq!(is.first() != was.first(), wanted, "{what}");
            assert_eq!(fs::read(file(dir.path(), "")).unwrap(), before, "{what}");
            assert_eq!(fs::metadata(file(dir.path(), "")).unwrap().permissions().mode() & 0o777, 0o640);
            if wanted {
                assert_eq!(left(dir.path()), [""; 0], "{what}");
            }
        }
    }

    #[test]
    fn only_what_may_have_failed_on_the_disk_is_suspect() {
        for (error, wanted) in [
            (StoreError::Io("x".to_owned()), true),
            (StoreError::Full, false),
            (StoreError::ReadOnly, false),
            (StoreError::NoPermission, false),
            (StoreError::Busy, false),
            (StoreError::Conflict("x".to_owned()), false),
            (StoreError::Damaged("x".to_owned()), false),
        ] {
            let dir = tempfile::tempdir().unwrap();
            let store = open(dir.path());
            let text = error.to_string();
            let _ = store.failed(error);
            assert_eq!(is_suspect(&file(dir.path(), "")), wanted, "{text}");
        }
    }

    #[test]
    fn a_store_that_somebody_has_open_is_left_as_it_is() {
        for writes in [true, false] {
            let dir = tempfile::tempdir().unwrap();
            let mut store = open(dir.path());
            add(&mut store, 1);
            drop(store);
            let other = if writes { Store::open(dir.path(), Kind::Real, false) } else { Store::open_read_only(dir.path()) }.unwrap();
            let was = inodes(dir.path());
            suspect(&file(dir.path(), ""));
            let mut store = open(dir.path());
            assert_eq!(inodes(dir.path()), was);
            assert!(is_suspect(&file(dir.path(), "")), "it is still to be done");
            add(&mut store, 2);
            assert_eq!(other.end().unwrap().seq, Seq(2), "both have the same files");
        }
    }

    #[test]
    fn whoever_comes_while_files_change_waits_at_the_gate() {
        let dir = tempfile::tempdir().unwrap();
        open(dir.path()).close().unwrap();
        let gate = Gate::of(&file(dir.path(), ""), true).unwrap();
        assert!(matches!(Store::open(dir.path(), Kind::Real, false), Err(OpenError::Busy)));
        assert!(matches!(Store::open_read_only(dir.path()), Err(OpenError::Busy)));
        let path = dir.path().to_owned();
        let waiting = std::thread::spawn(move || Store::open_read_only(&path).is_ok());
        std::thread::sleep(Duration::from_millis(100));
        drop(gate);
        assert!(waiting.join().unwrap());
    }
}
