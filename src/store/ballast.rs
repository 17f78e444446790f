//! Room that is kept for a full disk: a file beside the store that is given up when nothing can be written any more, so that the
//! day can be ended, and made again when there is room (C5).

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::{disk, open};

const ENDING: &str = "-ballast";
/// Hundreds of entries, with the index of the log.
const BYTES: usize = 512 << 10;
/// It is made only where so much is left beside it.
const ROOM: u64 = 8 << 20;
/// Whether there is room again is looked for so often.
const LOOK: Duration = Duration::from_secs(10);

/// The room kept for one store.
#[derive(Debug)]
pub(super) struct Ballast {
    path: PathBuf,
    given_up: bool,
    looked: Instant,
}

impl Ballast {
    /// Makes it beside a store where there is room for it.
    pub(super) fn beside(store: &Path) -> Self {
        let mut ballast = Self { path: open::beside(store, ENDING), given_up: false, looked: Instant::now() };
        ballast.given_up = !ballast.is_there() && ballast.make().is_err();
        ballast
    }

    /// Gives it up, if it is there: then there is room for a while.
    pub(super) fn give_up(&mut self) -> bool {
        self.given_up = true;
        self.looked = Instant::now();
        give_up(&self.path)
    }

    /// Whether it is not there: what is written now is written into the last room, or there is none.
    pub(super) fn is_given_up(&self) -> bool {
        self.given_up
    }

    /// Makes it again once there is room, which it looks for now and then.
    pub(super) fn make_again(&mut self) {
        if self.given_up && self.looked.elapsed() >= LOOK {
            self.looked = Instant::now();
            self.given_up = self.make().is_err();
        }
    }

    fn is_there(&self) -> bool {
        fs::metadata(&self.path).is_ok_and(|found| found.len() >= BYTES as u64)
    }

    fn make(&self) -> io::Result<()> {
        if disk::room(&self.path).is_some_and(|room| room < ROOM) {
            return Err(io::ErrorKind::StorageFull.into());
        }
        let mut options = File::options();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        // No zeros, which a file system may not keep.
        let made = options.open(&self.path).and_then(|mut file| file.write_all(&vec![0xca; BYTES]));
        if made.is_err() {
            let _ = fs::remove_file(&self.path); // half of it is none
        }
        made
    }
}

/// Gives up the room that is kept for a store, if there is any.
pub(super) fn give_up_beside(store: &Path) -> bool {
    give_up(&open::beside(store, ENDING))
}

fn give_up(path: &Path) -> bool {
    // Cut first: whoever has it open still gives its room back.
    let cut = File::options().write(true).truncate(true).open(path).is_ok();
    fs::remove_file(path).is_ok() && cut
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::domain::fact::{Draft, Fact, Seq};
    use crate::domain::people::{Role, Staff, StaffId};
    use crate::domain::time::Moment;
    use crate::store::{Kind, Recorded, Stamp, Store, StoreError};

    fn draft(id: i64) -> Draft {
        Draft::from(Fact::StaffSet { was: None, now: Box::new(Staff::new(StaffId(id), "x".repeat(60_000), Role::Duty)) })
    }

    #[test]
    fn a_full_disk_takes_the_room_that_is_kept_and_it_is_made_again_later() {
        let dir = tempfile::tempdir().unwrap();
        let mut store = Store::open(dir.path(), Kind::Real, true).unwrap();
        let kept = open::beside(&dir.path().join(open::FILE), ENDING);
        assert_eq!(fs::metadata(&kept).unwrap().len(), BYTES as u64);
        assert!(!store.is_in_last_room());
        let stamp = Stamp { now: Moment { ms: 1_788_000_000_000, offset_min: 480 }, desk: "a".to_owned(), staff: None };
        // A store that may not grow is what SQLite calls full.
        let pages: i64 = store.conn.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
        let may_have = |store: &Store, n: i64| store.conn.query_row(&format!("PRAGMA max_page_count = {n}"), [], |_| Ok(())).unwrap();
        may_have(&store, pages);
        assert!(matches!(store.record(Seq(0), &[draft(1)], &stamp), Err(StoreError::Full)));
        assert!(!kept.exists() && store.is_in_last_room(), "given up, and tried once more");
        assert_eq!(store.head().unwrap(), Seq(0), "nothing is half recorded");
        may_have(&store, pages + 1000);
        assert!(matches!(store.record(Seq(0), &[draft(1)], &stamp).unwrap(), Recorded::Done(entries) if entries.len() == 1));
        store.check().unwrap();
        assert!(!kept.exists(), "it is looked for now and then only");
        if let Some(ballast) = &mut store.ballast {
            ballast.looked = Instant::now().checked_sub(LOOK).unwrap();
        }
        store.check().unwrap();
        assert!(kept.exists() && !store.is_in_last_room());
        store.close().unwrap();
        assert!(give_up_beside(&dir.path().join(open::FILE)) && !give_up_beside(&dir.path().join(open::FILE)));
    }
}
