//! What a disk refuses, and why, where `SQLite` says only that it does.

use std::path::Path;

use super::error::StoreError;

/// A failure with its cause: an input/output error of a disk that is full or was mounted read-only is that.
pub(super) fn cause(store: Option<&Path>, error: StoreError) -> StoreError {
    match (&error, store) {
        (StoreError::Io(_), Some(path)) => refusal(path).unwrap_or(error),
        _ => error,
    }
}

/// Why nothing can be written to a file and beside it, if something stands in the way that lasts.
#[cfg(unix)]
pub(super) fn refusal(path: &Path) -> Option<StoreError> {
    use rustix::fs::{Access, StatVfsMountFlags, access, statvfs};
    use rustix::io::Errno;
    let folder = path.parent().unwrap_or(Path::new("."));
    for (place, wanted) in [(folder, Access::WRITE_OK | Access::EXEC_OK), (path, Access::READ_OK | Access::WRITE_OK)] {
        match access(place, wanted) {
            Err(Errno::ROFS) => return Some(StoreError::ReadOnly),
            Err(Errno::ACCESS | Errno::PERM) => return Some(StoreError::NoPermission),
            Ok(()) | Err(_) => {}
        }
    }
    let disk = statvfs(folder).ok()?;
    if disk.f_flag.contains(StatVfsMountFlags::RDONLY) {
        return Some(StoreError::ReadOnly);
    }
    (disk.f_bavail.saturating_mul(disk.f_frsize) < ROOM).then_some(StoreError::Full)
}

/// How many bytes are left on the disk of a file; `None` where that is not said.
#[cfg(unix)]
pub(super) fn room(path: &Path) -> Option<u64> {
    let disk = rustix::fs::statvfs(path.parent().unwrap_or(Path::new("."))).ok()?;
    Some(disk.f_bavail.saturating_mul(disk.f_frsize))
}

#[cfg(not(unix))]
pub(super) fn room(_: &Path) -> Option<u64> {
    None
}

#[cfg(not(unix))]
pub(super) fn refusal(path: &Path) -> Option<StoreError> {
    std::fs::metadata(path).is_ok_and(|found| found.permissions().readonly()).then_some(StoreError::ReadOnly)
}

/// Less than this much room holds neither a log nor its index.
#[cfg(unix)]
const ROOM: u64 = 64 << 10;
