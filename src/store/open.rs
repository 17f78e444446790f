//! From a folder to a connection that can be trusted.
//!
//! A file that is not ours is left as it is: it is first looked at without locks, log or shared memory, and only what looks
//! like a store is opened in earnest. A new store is made under another name and takes its own when it is whole.
//!
//! Absent: repair. A damaged file is refused; nothing is ever deleted or made anew to get going.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, MAIN_DB, OpenFlags};
use tempfile::TempDir;

use crate::domain::fact::Seq;
use crate::domain::trouble::FileFault;

use super::again::{self, Gate};
use super::chain;
use super::disk;
use super::end::{self, Noted};
use super::error::{OpenError, StoreError};
use super::guard;
use super::journal::{self, Head};
use super::schema::{self, Kind, Mark, pragma};

/// Name of the file inside the folder of a store.
pub const FILE: &str = "caredesk.db";

const OLDEST_SQLITE: i32 = 3_051_003; // before it, two desks could lose commits to a checkpoint race
pub(super) const WAIT: Duration = Duration::from_millis(800);
const LOG_BYTES: i64 = 4 << 20;

/// A connection that can be trusted, and what was learnt on the way to it.
pub(super) struct Opened {
    pub(super) conn: Connection,
    pub(super) kind: Kind,
    pub(super) path: PathBuf,
    /// Where the journal ends.
    pub(super) head: Head,
    /// Where it ends in the file alone, without its log.
    pub(super) filed: Head,
    /// What the head file said before the journal was read; the journal can only have grown since.
    pub(super) noted: Option<Noted>,
    /// Where it is read from instead, for as long as it is open: a disk that is full or cannot be written has no room for the index of a log.
    pub(super) copied: Option<TempDir>,
}

/// Opens the store in a folder for reading and writing; makes it first if `create`. Until it is accepted nothing is moved,
/// and the log stays where it is.
pub(super) fn read_write(dir: &Path, kind: Kind, create: bool) -> Result<Opened, OpenError> {
    trust_sqlite()?;
    let path = std::path::absolute(dir)?.join(FILE);
    if is_missing(&path)? {
        nothing_is_left(&path)?;
        if create {
            make(&path, kind)?;
        }
    }
    if let Some(mark) = glance(&path)? {
        mark.expect(kind)?;
    }
    let gate = Gate::of(&path, true)?;
    let mut accepted = accepted_now(&path, kind).map_err(|e| cause(&path, e))?;
    // Only what is whole and ours is written anew.
    if again::is_wanted(&path) {
        drop(accepted);
        again::rewrite(&path, &gate)?;
        accepted = accepted_now(&path, kind)?;
    }
    let (mut conn, head, filed, noted) = accepted;
    log_ahead(&conn).map_err(|e| cause(&path, e))?;
    schema::migrate(&mut conn, kind)?;
    drop(gate);
    Ok(Opened { conn, kind, path, head, filed, noted, copied: None })
}

/// A connection to a store of ours that ends as the head file knows.
fn accepted_now(path: &Path, kind: Kind) -> Result<(Connection, Head, Head, Option<Noted>), OpenError> {
    let noted = end::noted_beside(path);
    let conn = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(|e| cause(path, e))?;
    if conn.is_readonly(MAIN_DB)? {
        return Err(cause(path, OpenError::ReadOnly));
    }
    Mark::read(&conn)?.expect(kind)?;
    schema::objects(&conn)?;
    let (head, filed) = ends(&conn, path)?;
    if let Some(noted) = &noted {
        if let Some(gap) = noted.gap(&head) {
            return Err(OpenError::Missing(gap));
        }
        if journal::hash_of(&conn, noted.seq)?.as_ref() != Some(&noted.hash) {
            return Err(OpenError::Apart(FileFault::End));
        }
    }
    Ok((conn, head, filed, noted))
}

/// Opens the store in a folder for reading, of whichever kind it is.
pub(super) fn read_only(dir: &Path) -> Result<Opened, OpenError> {
    trust_sqlite()?;
    let path = std::path::absolute(dir)?.join(FILE);
    if is_missing(&path)? {
        nothing_is_left(&path)?;
    }
    let gate = Gate::of(&path, false)?;
    let noted = end::noted_beside(&path);
    if let Some(mark) = glance(&path)? {
        mark.kind()?;
    }
    let looked_at = |path: &Path| connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY).and_then(|conn| Mark::read(&conn).map(|_| conn));
    let disk_refuses = |e: &rusqlite::Error| {
        matches!(e.sqlite_error_code(), Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::SystemIoFailure | ErrorCode::DiskFull))
    };
    let mut copied = None;
    let conn = match looked_at(&path) {
        // A folder that cannot be written, or a full disk: without a log beside it, the file alone is the whole store.
        Err(e) if disk_refuses(&e) && !has_log(&path) => still(&path)?,
        // The log needs an index, and there is no room for one: both are read from a copy.
        Err(e) if disk_refuses(&e) => match copy_elsewhere(&path) {
            Ok(folder) => {
                let conn = connect(&folder.path().join(FILE), OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(|_| cause(&path, e))?;
                copied = Some(folder);
                conn
            }
            Err(_) => return Err(cause(&path, e)),
        },
        other => other.map_err(|e| cause(&path, e))?,
    };
    let mark = Mark::read(&conn)?;
    let kind = mark.kind()?;
    if mark.version < schema::newest() {
        return Err(OpenError::Older { found: mark.version, known: schema::newest() });
    }
    schema::objects(&conn)?;
    let (head, filed) = ends(&conn, &path)?;
    drop(gate);
    Ok(Opened { conn, kind, path, head, filed, noted, copied })
}

/// Copies a store and its log into a private folder in memory, or else where files of no account go.
fn copy_elsewhere(path: &Path) -> io::Result<TempDir> {
    let in_memory = Path::new("/dev/shm");
    let copy = |folder: io::Result<TempDir>| {
        let folder = folder?;
        for ending in ["", "-wal"] {
            fs::copy(beside(path, ending), beside(&folder.path().join(FILE), ending))?;
        }
        Ok(folder)
    };
    copy(tempfile::Builder::new().prefix("caredesk-").tempdir_in(in_memory)).or_else(|_: io::Error| copy(tempfile::tempdir()))
}

/// Where the journal ends, with its log and without. The log goes on from the file, or it is another file's.
fn ends(conn: &Connection, path: &Path) -> Result<(Head, Head), OpenError> {
    let filed = guard::file_alone(path, Seq(0)).map(|(head, _)| head).unwrap_or_default(); // only its log makes sense of it
    let head = journal::head(conn)?;
    let goes_on = filed.seq == Seq(0) || journal::hash_of(conn, filed.seq)?.as_ref() == Some(&filed.hash);
    if goes_on { Ok((head, filed)) } else { Err(OpenError::Apart(FileFault::Log)) }
}

/// Where there is no store, a log without its file, or the head of a store that was, says that there should be one.
fn nothing_is_left(path: &Path) -> Result<(), OpenError> {
    let has_content = |path: PathBuf| fs::symlink_metadata(path).is_ok_and(|found| found.len() > 0);
    if has_content(beside(path, "-wal")) || has_content(beside(path, "-shm")) {
        return Err(OpenError::Orphan);
    }
    match end::noted_beside(path) {
        Some(noted) => Err(OpenError::Lost { entries: noted.seq, until: noted.entered_at }),
        None => Ok(()),
    }
}

/// Why a store cannot be opened or written, where `SQLite` says only that it cannot.
fn cause(path: &Path, error: impl Into<OpenError>) -> OpenError {
    let error = error.into();
    if !matches!(error, OpenError::ReadOnly | OpenError::Other(StoreError::Io(_))) {
        return error;
    }
    disk::refusal(path).map_or(error, OpenError::from)
}

/// Another file of a store, by its ending.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// Whether a file has the mark of a store of ours, be it whole or not.
pub(super) fn is_ours(path: &Path) -> bool {
    // With this setting `SQLite` reads the mark also where the file is shorter than it says itself: its log has the rest.
    let opened = still(path).and_then(|conn| conn.pragma_update(None, "writable_schema", true).map(|()| conn));
    opened.is_ok_and(|conn| Mark::read(&conn).is_ok_and(|mark| mark.kind().is_ok()))
}

/// A practice store in memory.
pub(super) fn memory() -> Result<Connection, OpenError> {
    trust_sqlite()?;
    let mut conn = Connection::open_in_memory()?;
    settle(&conn)?;
    schema::migrate(&mut conn, Kind::Practice)?;
    Ok(conn)
}

fn trust_sqlite() -> Result<(), OpenError> {
    match rusqlite::version_number() {
        version if version < OLDEST_SQLITE => Err(OpenError::SqliteTooOld(version)),
        _ => Ok(()),
    }
}

/// Makes a whole new store and only then gives it its name. If another desk was faster, its store stands.
fn make(path: &Path, kind: Kind) -> Result<(), OpenError> {
    let dir = path.parent().unwrap_or(Path::new("."));
    make_folder(dir)?;
    let draft = dir.join(format!("{FILE}.new-{}", chain::random::<8>()?));
    let made = fill(&draft, kind).and_then(|()| give_name(&draft, path));
    let _ = fs::remove_file(&draft); // gone already if it was renamed
    made?;
    sync_folder(dir)?;
    Ok(())
}

fn fill(draft: &Path, kind: Kind) -> Result<(), OpenError> {
    private_file(draft)?;
    let mut conn = connect(draft, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    conn.pragma_update(None, "synchronous", "FULL")?;
    schema::migrate(&mut conn, kind)?;
    log_ahead(&conn)?;
    conn.close().map_err(|(_, e)| e)?;
    fs::File::open(draft)?.sync_all()?;
    Ok(())
}

fn give_name(draft: &Path, path: &Path) -> Result<(), OpenError> {
    if fs::hard_link(draft, path).is_err() && is_missing(path)? {
        fs::rename(draft, path)?; // a file system without links
    }
    Ok(())
}

/// The mark of the file, read without locks or log; `None` when only the log beside it can make sense of the file.
fn glance(path: &Path) -> Result<Option<Mark>, OpenError> {
    let found = match fs::symlink_metadata(path) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Err(OpenError::NotFound),
        other => other?,
    };
    if !found.is_file() {
        return Err(OpenError::NotAFile);
    }
    if found.len() == 0 {
        return Err(OpenError::Empty);
    }
    let seen = still(path).map_err(OpenError::from).and_then(|conn| {
        let mark = Mark::read(&conn)?;
        mark.kind()?; // before the rest: a newer file may hold what this program cannot read
        schema::objects(&conn)?;
        Ok(mark)
    });
    match seen {
        Err(_) if has_log(path) => Ok(None),
        other => other.map(Some),
    }
}

pub(super) fn is_missing(path: &Path) -> io::Result<bool> {
    match fs::symlink_metadata(path) {
        Ok(_) => Ok(false),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(e) => Err(e),
    }
}

pub(super) fn has_log(path: &Path) -> bool {
    fs::metadata(beside(path, "-wal")).is_ok_and(|found| found.len() > 0)
}

pub(super) fn connect(path: &Path, mode: OpenFlags) -> Result<Connection, rusqlite::Error> {
    let conn = Connection::open_with_flags(path, mode | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    // Until the file is accepted, closing it must not move its log into it.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    settle(&conn)?;
    Ok(conn)
}

/// The file as it lies there: `SQLite` is told that nobody changes it, so it takes no lock and makes no file.
///
/// It is not read with the standard library: closing such a handle would drop the locks of every connection in this process.
pub(super) fn still(path: &Path) -> Result<Connection, rusqlite::Error> {
    let mut uri = String::from(if cfg!(windows) { "file:///" } else { "file:" });
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'\\' if cfg!(windows) => uri.push('/'),
            b':' if cfg!(windows) => uri.push(':'),
            b'/' | b'.' | b'-' | b'_' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => uri.push(char::from(*byte)),
            byte => _ = write!(uri, "%{byte:02X}"),
        }
    }
    uri.push_str("?immutable=1");
    Connection::open_with_flags(uri, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX)
}

/// Settings that touch no file.
fn settle(conn: &Connection) -> Result<(), rusqlite::Error> {
    conn.busy_timeout(WAIT)?;
    conn.set_prepared_statement_cache_capacity(96);
    for (config, on) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true), // or cached statements are planned anew for every value
        (DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DDL, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, true),
    ] {
        conn.set_db_config(config, on)?;
    }
    conn.pragma_update(None, "cell_size_check", true)?;
    conn.pragma_update(None, "secure_delete", true)?; // what is erased is overwritten (trust H6)
    conn.pragma_update(None, "temp_store", "MEMORY")?;
    conn.pragma_update(None, "mmap_size", 0)
}

/// A write-ahead log that is synced at every commit. Each setting is read back: `SQLite` may refuse one without an error.
fn log_ahead(conn: &Connection) -> Result<(), OpenError> {
    let mut statement = conn.prepare("PRAGMA journal_mode = WAL")?;
    let mut rows = statement.query([])?;
    while rows.next()?.is_some() {} // to the very end: an error may come after the first row
    drop(rows);
    let mode: String = conn.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
    if mode != "wal" {
        return Err(OpenError::Setting("journal_mode"));
    }
    conn.pragma_update(None, "synchronous", "FULL")?;
    conn.pragma_update(None, "fullfsync", true)?; // where fsync stops at the drive's cache (macOS)
    conn.pragma_update(None, "wal_autocheckpoint", 1000)?;
    conn.pragma_update(None, "journal_size_limit", LOG_BYTES)?;
    for (name, value) in [("synchronous", 2), ("foreign_keys", 1), ("trusted_schema", 0), ("cell_size_check", 1)] {
        if pragma(conn, name)? != value {
            return Err(OpenError::Setting(name));
        }
    }
    Ok(())
}

#[cfg(unix)]
fn make_folder(dir: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(dir)
}

#[cfg(not(unix))]
fn make_folder(dir: &Path) -> io::Result<()> {
    fs::create_dir_all(dir)
}

/// An empty file that only its owner may read; the log and its index take the same rights.
pub(super) fn private_file(path: &Path) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path).map(drop)
}

#[cfg(unix)]
pub(super) fn sync_folder(dir: &Path) -> io::Result<()> {
    fs::File::open(dir)?.sync_all()
}

#[cfg(not(unix))]
pub(super) fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}
