//! When the record cannot be kept: why, in the desk's words, and what is known saved elsewhere.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::desk::Model;
use crate::desk::unrecorded::Cause;
use crate::store::{OpenError, Store, StoreError};
use crate::wording::Words;

use super::status::Report;

/// Why something could not be recorded.
#[must_use]
pub fn cause(error: &StoreError) -> Cause {
    match error {
        StoreError::Full => Cause::Full,
        StoreError::ReadOnly => Cause::ReadOnly,
        StoreError::NoPermission => Cause::NoPermission,
        StoreError::Busy => Cause::Busy,
        StoreError::Apart(fault) => Cause::Apart(*fault),
        StoreError::Io(_) => Cause::Disk,
        StoreError::Damaged(_) => Cause::Damaged,
        StoreError::Conflict(_) => Cause::Conflict,
        StoreError::Other(_) => Cause::Other,
    }
}

/// Why a store was opened for reading only.
#[must_use]
pub fn cause_of_opening(error: &OpenError) -> Cause {
    match error {
        OpenError::Full => Cause::Full,
        OpenError::ReadOnly => Cause::ReadOnly,
        OpenError::NoPermission => Cause::NoPermission,
        OpenError::Busy => Cause::Busy,
        OpenError::Missing(gap) => Cause::Missing(*gap),
        OpenError::Apart(fault) => Cause::Apart(*fault),
        OpenError::Other(error) => cause(error),
        OpenError::Damaged(_) => Cause::Damaged,
        OpenError::Access(_) => Cause::Disk,
        OpenError::NotFound
        | OpenError::NotAFile
        | OpenError::Empty
        | OpenError::NotADatabase
        | OpenError::Foreign
        | OpenError::OtherKind { .. }
        | OpenError::Newer { .. }
        | OpenError::Older { .. }
        | OpenError::Orphan
        | OpenError::Lost { .. }
        | OpenError::Setting(_)
        | OpenError::SqliteTooOld(_) => Cause::Other,
    }
}

/// Saves what is known: the store as far as it can be read, and who is where in plain text, with what could not be recorded.
/// Gives the path of the better of the two; `None` where neither could be written.
#[must_use]
pub fn save(store: &Store, model: &Model) -> Option<String> {
    let copy = store.save_beside(model.now).ok();
    let folder = store.file().and_then(Path::parent);
    let list = save_list(model, folder).ok();
    copy.or(list).map(|path| path.display().to_string())
}

/// Who is where, what could not be recorded, and whose cards are held until the time is known, as a text beside the store or in the folder for temporary files.
///
/// # Errors
/// Why it could not be written in either.
pub fn save_list(model: &Model, folder: Option<&Path>) -> io::Result<PathBuf> {
    let report = Report::of(&model.register, &model.settings, model.day.state(), model.now, model.practice);
    let mut lines = vec![report.text(model.lang)];
    lines.extend(model.unrecorded.iter().map(|u| Words::of(model).unrecorded(u)));
    lines.extend(Words::of(model).held_scans());
    lines.push(String::new());
    let name = format!("caredesk.saved-{}.txt", model.now.local().format("%Y%m%d-%H%M%S"));
    let text = lines.join("\n");
    let write = |folder: &Path| {
        let path = folder.join(&name);
        private(&path)?;
        fs::write(&path, &text).map(|()| path)
    };
    folder.map_or_else(|| Err(io::ErrorKind::NotFound.into()), write).or_else(|_| write(&std::env::temp_dir()))
}

/// A file that only its owner may read.
fn private(path: &Path) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path).map(drop)
}
