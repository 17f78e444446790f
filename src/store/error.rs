//! What can go wrong with a store, sorted by what the desk can do about it.
//!
//! Absent: sentences for teachers. These texts are for logs and tests; the screen has its own words for each kind.

use rusqlite::ErrorCode;

use crate::domain::fact::Seq;
use crate::domain::time::Moment;
use crate::domain::trouble::{FileFault, Gap};

use super::schema::Kind;

/// Why a store could not be opened. The file was left as it was.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// There is no store in that folder.
    #[error("no store there")]
    NotFound,
    /// The name is taken by something that is not a regular file.
    #[error("not a regular file")]
    NotAFile,
    /// The file is empty.
    #[error("the file is empty")]
    Empty,
    /// The file is not an `SQLite` database.
    #[error("not a database")]
    NotADatabase,
    /// A database, but of another program.
    #[error("a database of another program")]
    Foreign,
    /// A practice store where a real one was asked for, or the other way round.
    #[error("a store of the other kind ({found:?})")]
    OtherKind {
        /// What it is.
        found: Kind,
    },
    /// Written by a newer caredesk.
    #[error("schema {found} is newer than {known}")]
    Newer {
        /// Its schema.
        found: i64,
        /// The newest schema that this program knows.
        known: i64,
    },
    /// Written by an older caredesk; a reader may not bring it up to date.
    #[error("schema {found} is older than {known}")]
    Older {
        /// Its schema.
        found: i64,
        /// The newest schema that this program knows.
        known: i64,
    },
    /// The file is damaged.
    #[error("damaged: {0}")]
    Damaged(String),
    /// The file or its folder cannot be written.
    #[error("cannot be written")]
    ReadOnly,
    /// This account may not read or write the file or its folder.
    #[error("no permission")]
    NoPermission,
    /// The disk is full.
    #[error("the disk is full")]
    Full,
    /// A log (`-wal`, `-shm`) without the file that it belongs to: a new store beside it would be damaged at once.
    #[error("a log without its file")]
    Orphan,
    /// The head file tells of a store that is not there.
    #[error("a store of {entries:?} entries is gone")]
    Lost {
        /// How many entries it had.
        entries: Seq,
        /// When the last of them was entered.
        until: Moment,
    },
    /// Entries that were acknowledged are not in the journal.
    #[error("entries {first:?} to {last:?} are missing", first = .0.first, last = .0.last)]
    Missing(Gap),
    /// The journal and the files beside it are not of one store.
    #[error("not of one store: {0:?}")]
    Apart(FileFault),
    /// Somebody else held it for too long.
    #[error("busy")]
    Busy,
    /// A setting on which durability rests did not take.
    #[error("{0} did not take")]
    Setting(&'static str),
    /// This build has an `SQLite` that is too old to be trusted with a write-ahead log.
    #[error("SQLite {0} is too old")]
    SqliteTooOld(i32),
    /// The folder or the file could not be made or reached.
    #[error("{0}")]
    Access(#[from] std::io::Error),
    /// Anything else.
    #[error("{0}")]
    Other(StoreError),
}

impl OpenError {
    /// Whether the store may be looked at all the same: it cannot be written, or lost its end.
    pub(super) fn leaves_it_readable(&self) -> bool {
        match self {
            Self::ReadOnly | Self::NoPermission | Self::Full | Self::Busy | Self::Missing(_) | Self::Apart(_) => true,
            Self::Other(error) => matches!(error, StoreError::Io(_)),
            Self::NotFound
            | Self::NotAFile
            | Self::Empty
            | Self::NotADatabase
            | Self::Foreign
            | Self::OtherKind { .. }
            | Self::Newer { .. }
            | Self::Older { .. }
            | Self::Damaged(_)
            | Self::Orphan
            | Self::Lost { .. }
            | Self::Setting(_)
            | Self::SqliteTooOld(_)
            | Self::Access(_) => false,
        }
    }
}

/// Why something could not be recorded or read. What was to be recorded is wholly absent.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The disk is full.
    #[error("the disk is full")]
    Full,
    /// The file or the disk is read-only.
    #[error("read-only")]
    ReadOnly,
    /// This account may not write it.
    #[error("no permission")]
    NoPermission,
    /// Another desk held the store for too long.
    #[error("busy")]
    Busy,
    /// The files at their paths are not the ones that were opened, or the journal does not end as it did.
    #[error("the files are not the ones that were opened: {0:?}")]
    Apart(FileFault),
    /// Reading or writing failed.
    #[error("input/output: {0}")]
    Io(String),
    /// The file does not say what it should.
    #[error("damaged: {0}")]
    Damaged(String),
    /// It contradicts what the store holds: the last line of defence against a second release.
    #[error("conflict: {0}")]
    Conflict(String),
    /// Anything else.
    #[error("{0}")]
    Other(String),
}

impl StoreError {
    /// Whether the same request may succeed later without anything being decided anew.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Full | Self::ReadOnly | Self::NoPermission | Self::Busy | Self::Io(_) => true,
            Self::Apart(_) | Self::Damaged(_) | Self::Conflict(_) | Self::Other(_) => false,
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        // A damaged file may put anything into it.
        let text = error.to_string().replace(char::is_control, "·");
        let Some(code) = error.sqlite_error_code() else {
            return if is_unreadable(&error) { Self::Damaged(text) } else { Self::Other(text) };
        };
        let is = |codes: &[ErrorCode]| codes.contains(&code);
        if is(&[ErrorCode::DiskFull]) {
            Self::Full
        } else if is(&[ErrorCode::ReadOnly]) {
            Self::ReadOnly
        } else if is(&[ErrorCode::DatabaseBusy, ErrorCode::DatabaseLocked]) {
            Self::Busy
        } else if is(&[ErrorCode::PermissionDenied]) {
            Self::NoPermission
        } else if is(&[ErrorCode::SystemIoFailure, ErrorCode::CannotOpen, ErrorCode::FileLockingProtocolFailed]) {
            Self::Io(text)
        } else if is(&[ErrorCode::DatabaseCorrupt, ErrorCode::NotADatabase]) {
            Self::Damaged(text)
        } else if is(&[ErrorCode::ConstraintViolation]) {
            Self::Conflict(text)
        } else {
            Self::Other(text)
        }
    }
}

impl From<StoreError> for OpenError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Busy => Self::Busy,
            StoreError::ReadOnly => Self::ReadOnly,
            StoreError::NoPermission => Self::NoPermission,
            StoreError::Full => Self::Full,
            StoreError::Apart(fault) => Self::Apart(fault),
            StoreError::Damaged(what) => Self::Damaged(what),
            StoreError::Io(_) | StoreError::Conflict(_) | StoreError::Other(_) => Self::Other(error),
        }
    }
}

impl From<rusqlite::Error> for OpenError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Self::NotADatabase,
            _ => StoreError::from(error).into(),
        }
    }
}

/// A value that no fact could have put there.
fn is_unreadable(error: &rusqlite::Error) -> bool {
    use rusqlite::Error as E;
    matches!(error, E::FromSqlConversionFailure(..) | E::IntegralValueOutOfRange(..) | E::InvalidColumnType(..) | E::Utf8Error(..))
}
