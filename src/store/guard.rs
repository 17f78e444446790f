//! Whether the files at their paths are the ones that this desk works with, and the journal ends as it knows (S19, S12).
//!
//! A file that is deleted, renamed or replaced goes on taking writes through the handle that is open; a log that was cut
//! grows a hole. Neither gives an error. So before and after every commit three names are looked up, the end of the log is
//! read back, and within the transaction the head of the journal is held against what this desk and the head file know.
//! Nothing of it syncs anything.
//!
//! While a connection is open it holds the files' inodes, so that a number that is the same means the same file. The store
//! itself is read through `SQLite` only: closing another handle to it would drop the locks of this process.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;

use crate::domain::fact::Seq;
use crate::domain::trouble::FileFault;

use super::end::{self, EndFile};
use super::error::StoreError;
use super::journal::{self, Head};
use super::seal::SealKey;
use super::{open, schema, sql};

pub(super) const FRAMES: &str = "PRAGMA wal_checkpoint(NOOP)";
pub(super) const CHECKPOINT: &str = "PRAGMA wal_checkpoint(PASSIVE)";

const LOG_HEADER: usize = 32;
const FRAME_HEADER: usize = 24;
const LOG_MAGIC: [[u8; 4]; 2] = [[0x37, 0x7f, 0x06, 0x82], [0x37, 0x7f, 0x06, 0x83]];
/// Another desk may be moving its log into the file just now: it is read again after so many milliseconds.
const PAUSES: [u64; 4] = [0, 20, 60, 200];

/// What a name stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Found {
    device: u64,
    inode: u64,
    size: u64,
    changed: (i64, i64),
}

impl Found {
    fn at(path: &Path) -> std::io::Result<Self> {
        let found = fs::symlink_metadata(path)?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt;
            Ok(Self { device: found.dev(), inode: found.ino(), size: found.size(), changed: (found.mtime(), found.mtime_nsec()) })
        }
        #[cfg(windows)]
        {
            use std::os::windows::fs::MetadataExt;
            let changed = i64::try_from(found.last_write_time()).unwrap_or(i64::MAX);
            Ok(Self { device: 0, inode: 0, size: found.file_size(), changed: (changed, 0) })
        }
    }

    fn is(&self, other: &Self) -> bool {
        (self.device, self.inode) == (other.device, other.inode)
    }
}

/// The end of the log as it was read last.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Mark {
    frames: u64,
    header: [u8; LOG_HEADER],
    frame: [u8; FRAME_HEADER],
}

/// The three files of a store that is open for writing.
#[derive(Debug)]
struct Files {
    paths: [PathBuf; 3],
    store: Found,
    log: Found,
    index: Found,
    read_log: File,
    page: u64,
    /// The end of the journal in the file alone, without its log: it never goes back.
    filed: Head,
    mark: Option<Mark>,
}

/// How much of the log stands in the file as well.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Moved {
    Nothing,
    InPart,
    All,
}

impl Moved {
    fn of(conn: &Connection) -> Self {
        match sql::one(conn, FRAMES, [], |row| Ok((row.get::<_, i64>(1)?, row.get::<_, i64>(2)?))) {
            Ok(Some((frames, moved))) if 0 < moved && moved < frames => Self::InPart,
            Ok(Some((frames, 0))) if frames > 0 => Self::Nothing,
            Ok(_) | Err(_) => Self::All,
        }
    }
}

/// Watches over one open store.
#[derive(Debug, Default)]
pub(super) struct Guard {
    files: Option<Files>,
    end: Option<EndFile>,
    last: Head,
    fault: Option<FileFault>,
    key: Option<SealKey>,
    /// Whether the head file stays as it is.
    is_left: bool,
}

impl Guard {
    /// For a store whose journal ends at `last`, of which the file alone held `filed`. What the head file says under a seal is left
    /// as it is until the key is there.
    pub(super) fn of(conn: &Connection, path: &Path, last: Head, filed: Head, is_sealed: bool) -> Result<Self, StoreError> {
        let paths = [path.to_owned(), open::beside(path, "-wal"), open::beside(path, "-shm")];
        let look_up = |at: &Path| Found::at(at).map_err(|e| StoreError::Io(e.to_string()));
        let [store, log, index] = [look_up(&paths[0])?, look_up(&paths[1])?, look_up(&paths[2])?];
        let read_log = File::open(&paths[1]).map_err(|e| StoreError::Io(e.to_string()))?;
        let page = u64::try_from(schema::pragma(conn, "page_size")?).unwrap_or(4096);
        let end = EndFile::beside(path);
        let watched = Files { paths, store, log, index, read_log, page, filed, mark: None };
        let guard = Self { files: Some(watched), end, last, fault: None, key: None, is_left: false };
        if !is_sealed {
            guard.note();
        }
        Ok(guard)
    }

    /// For a store that is only read, or has no file.
    pub(super) fn idle(last: Head) -> Self {
        Self { last, ..Self::default() }
    }

    /// Seals the end from now on.
    pub(super) fn seal(&mut self, key: SealKey) {
        self.key = Some(key);
        self.note();
    }

    /// Leaves the head file as it is from now on: the key for it is there, but not at hand.
    pub(super) fn leave_sealed(&mut self) {
        self.is_left = true;
    }

    /// The end of the journal as this desk knows it.
    pub(super) fn last(&self) -> &Head {
        &self.last
    }

    /// Whether the files are the ones that were opened. What was put back where it was is in order again.
    pub(super) fn check(&mut self, conn: &Connection) -> Result<(), FileFault> {
        match self.fault {
            None | Some(FileFault::Gone | FileFault::Replaced) => {}
            Some(fault) => return Err(fault),
        }
        let last = self.last.seq;
        let found = self.files.as_mut().map_or(Ok(()), |files| files.check(conn, last));
        self.fault = found.err();
        found
    }

    /// Whether the journal ends as this desk and the head file know it; asked within the transaction that will write.
    pub(super) fn check_end(&mut self, step: &Connection, head: &Head) -> Result<(), StoreError> {
        let known = match self.last.seq {
            Seq(0) => true,
            last if last == head.seq => head.hash == self.last.hash,
            last => last < head.seq && journal::hash_of(step, last)?.as_ref() == Some(&self.last.hash),
        };
        let noted = self.end.as_ref().and_then(EndFile::noted);
        let fits = noted.is_none_or(|noted| noted.seq < head.seq || (noted.seq == head.seq && noted.hash == head.hash));
        if known && fits {
            return Ok(());
        }
        self.fault = Some(FileFault::End);
        Err(StoreError::Apart(FileFault::End))
    }

    /// After a commit: whether it went into the files at their paths. Then the new end is noted.
    pub(super) fn committed(&mut self, conn: &Connection, head: Head) -> Result<(), FileFault> {
        if let Some(files) = &mut self.files
            && let Err(fault) = files.committed(conn)
        {
            self.fault = Some(fault);
            return Err(fault);
        }
        self.last = head;
        self.note();
        Ok(())
    }

    /// Notes the end in the head file. That it cannot be written is no reason to refuse anything: behind is normal.
    fn note(&self) {
        if let Some(end) = self.end.as_ref().filter(|_| !self.is_left) {
            let _ = end.note(&self.last, self.key.as_ref());
        }
    }
}

impl Files {
    fn check(&mut self, conn: &Connection, last: Seq) -> Result<(), FileFault> {
        self.names()?;
        let store = Found::at(&self.paths[0]).map_err(|_| FileFault::Gone)?;
        if store != self.store {
            self.read_file(conn, store)?;
        }
        let alone = journal::head(conn).is_ok_and(|head| head.seq == last);
        self.log_end(conn, alone).map(|_| ())
    }

    fn names(&self) -> Result<(), FileFault> {
        let [store, log, index] = &self.paths;
        let is = |path: &Path, opened: &Found, gone, other| match Found::at(path) {
            Ok(found) if found.is(opened) => Ok(()),
            Ok(_) => Err(other),
            Err(_) => Err(gone),
        };
        is(store, &self.store, FileFault::Gone, FileFault::Replaced)?;
        is(log, &self.log, FileFault::Log, FileFault::Log)?;
        is(index, &self.index, FileFault::Index, FileFault::Index)
    }

    /// The file was written to: by a desk that moved its log into it, or by somebody who had no business to.
    ///
    /// While somebody reads for long, of the log only those pages are moved that have not changed since that reader began, so
    /// the file alone is of several moments and makes no sense. It is judged when the log has been moved whole; until then it
    /// is only known that it has our mark and did not get shorter.
    fn read_file(&mut self, conn: &Connection, found: Found) -> Result<(), FileFault> {
        let mut fault = FileFault::Overwritten;
        for pause in PAUSES {
            std::thread::sleep(Duration::from_millis(pause));
            let moved = Moved::of(conn);
            fault = match file_alone(&self.paths[0], self.filed.seq) {
                Ok((head, known)) if head.seq >= self.filed.seq && known.as_ref().is_none_or(|hash| *hash == self.filed.hash) => {
                    self.filed = head;
                    self.store = found;
                    return Ok(());
                }
                Ok(_) => FileFault::Older,
                Err(_) => FileFault::Overwritten,
            };
            let may_be_half_moved = moved == Moved::InPart || (moved == Moved::Nothing && fault == FileFault::Overwritten);
            if may_be_half_moved && found.size >= self.store.size && open::is_ours(&self.paths[0]) {
                // Some desk may have been killed while it moved the log: that is finished here.
                // A disk that is full takes half of it: the log has all, and the file alone is looked at once it can be finished.
                if let Err(StoreError::Full | StoreError::Io(_)) = sql::all(conn, CHECKPOINT, [], |_| Ok(())) {
                    return Ok(());
                }
                if Moved::of(conn) == Moved::InPart {
                    return Ok(());
                }
            }
        }
        Err(fault)
    }

    /// The end of the log, if it holds anything: of one piece with its beginning, and as it was read last.
    /// `alone`: nobody else has written since.
    fn log_end(&self, conn: &Connection, alone: bool) -> Result<Option<Mark>, FileFault> {
        // Between the two another desk may have begun the log anew after moving it into the file.
        self.read_log_end(conn, alone).or_else(|_| self.read_log_end(conn, alone))
    }

    fn read_log_end(&self, conn: &Connection, alone: bool) -> Result<Option<Mark>, FileFault> {
        let frames = sql::one(conn, FRAMES, [], |row| row.get::<_, i64>(1)).ok().flatten().and_then(|n| u64::try_from(n).ok()).unwrap_or(0);
        if frames == 0 {
            return Ok(None);
        }
        let (mut header, mut frame) = ([0; LOG_HEADER], [0; FRAME_HEADER]);
        self.read_exactly(&mut header, 0)?;
        self.read_exactly(&mut frame, self.place(frames))?;
        let of_one_piece = LOG_MAGIC.iter().any(|magic| header.starts_with(magic)) && header.get(16..24) == frame.get(8..16);
        if !of_one_piece || Found::at(&self.paths[1]).map_or(0, |log| log.size) < self.place(frames + 1) {
            return Err(FileFault::Log);
        }
        if let Some(mark) = self.mark.as_ref().filter(|_| alone) {
            let mut then = [0; FRAME_HEADER];
            self.read_exactly(&mut then, self.place(mark.frames))?;
            if header != mark.header || then != mark.frame {
                return Err(FileFault::Log);
            }
        }
        Ok(Some(Mark { frames, header, frame }))
    }

    fn committed(&mut self, conn: &Connection) -> Result<(), FileFault> {
        self.mark = self.log_end(conn, false)?;
        self.names()
    }

    /// Where the n-th frame begins, counted from 1.
    fn place(&self, frame: u64) -> u64 {
        LOG_HEADER as u64 + (frame - 1) * (FRAME_HEADER as u64 + self.page)
    }

    fn read_exactly(&self, into: &mut [u8], at: u64) -> Result<(), FileFault> {
        match end::read_at(&self.read_log, into, at) {
            Ok(read) if read == into.len() => Ok(()),
            Ok(_) | Err(_) => Err(FileFault::Log),
        }
    }
}

/// The end of the journal in the file as it lies there, without its log, and the hash of one of its entries.
pub(super) fn file_alone(path: &Path, entry: Seq) -> Result<(Head, Option<String>), StoreError> {
    let conn = open::still(path)?;
    Ok((journal::head(&conn)?, journal::hash_of(&conn, entry)?))
}
