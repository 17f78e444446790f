//! What is known is saved to a new file when the old one can no longer be trusted.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::domain::time::Moment;

use super::error::StoreError;
use super::journal::Head;
use super::{guard, open, sql};

pub(super) const COPY: &str = "VACUUM INTO $1";

/// Copies everything that `conn` can read into a new store beside `store`, or, where nothing can be made there, into the
/// folder for temporary files. Only a copy that is whole and ends with `last` counts.
pub(super) fn save(conn: &Connection, store: &Path, last: &Head, now: Moment) -> Result<PathBuf, StoreError> {
    let name = format!("caredesk.saved-{}.db", now.local().format("%Y%m%d-%H%M%S"));
    let beside = store.with_file_name(&name);
    copy(conn, &beside, last).or_else(|_| copy(conn, &std::env::temp_dir().join(&name), last))
}

fn copy(conn: &Connection, to: &Path, last: &Head) -> Result<PathBuf, StoreError> {
    open::private_file(to).map_err(|e| StoreError::Io(e.to_string()))?;
    let made = sql::run(conn, COPY, [to.to_string_lossy()]).and_then(|_| is_whole(to, last));
    match made {
        Ok(true) => Ok(to.to_owned()),
        Ok(false) => {
            let _ = fs::remove_file(to);
            Err(StoreError::Damaged("the copy is not whole".to_owned()))
        }
        Err(error) => {
            let _ = fs::remove_file(to);
            Err(error)
        }
    }
}

fn is_whole(path: &Path, last: &Head) -> Result<bool, StoreError> {
    let (head, _) = guard::file_alone(path, last.seq)?;
    Ok(head.seq == last.seq && head.hash == last.hash && super::pages_fit(&open::still(path)?)?)
}
