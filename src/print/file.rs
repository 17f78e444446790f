//! A file gets its name only when it is whole: written under another name beside it, synced, then renamed.
//!
//! Only its owner may read it. An existing file is never overwritten unless that was asked for.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// Why a file could not be written.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// There is a file, or a folder with something in it, of that name.
    #[error("{} exists", .0.display())]
    Exists(PathBuf),
    /// The system refused.
    #[error("{}: {}", .0.display(), .1)]
    Io(PathBuf, std::io::Error),
}

/// A file that is being written, and has no name yet. Dropped, it is gone.
#[derive(Debug)]
pub struct Begun {
    file: NamedTempFile,
    path: PathBuf,
    overwrite: bool,
}

impl Begun {
    /// Begins a file that is to have that name.
    ///
    /// # Errors
    /// Why it cannot be begun.
    pub fn new(path: &Path, overwrite: bool) -> Result<Self, FileError> {
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
        if path.is_dir() || (!overwrite && path.symlink_metadata().is_ok()) {
            return Err(FileError::Exists(path.to_owned()));
        }
        // Mode 0600 on Unix: the library's promise, and a test's below.
        let file = tempfile::Builder::new().prefix(".caredesk-").tempfile_in(folder);
        let file = file.map_err(|e| FileError::Io(path.to_owned(), e))?;
        Ok(Self { file, path: path.to_owned(), overwrite })
    }

    /// The name that it is to have.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What is written to.
    pub fn file(&mut self) -> &mut File {
        self.file.as_file_mut()
    }

    /// It is whole: what was written is on the disk.
    ///
    /// # Errors
    /// Why it is not; nothing of it is left.
    pub fn finish(self) -> Result<Prepared, FileError> {
        self.file.as_file().sync_all().map_err(|e| self.failed(e))?;
        Ok(Prepared { files: vec![(self.file, self.path)], overwrite: self.overwrite })
    }

    fn failed(&self, error: std::io::Error) -> FileError {
        FileError::Io(self.path.clone(), error)
    }
}

/// Files that are written and synced, but do not have their names yet. Dropped, they are gone.
#[derive(Debug)]
pub struct Prepared {
    files: Vec<(NamedTempFile, PathBuf)>,
    overwrite: bool,
}

impl Prepared {
    /// Prepares one file.
    ///
    /// # Errors
    /// Why it could not be prepared; nothing of it is left.
    pub fn one(path: &Path, bytes: &[u8], overwrite: bool) -> Result<Self, FileError> {
        let mut begun = Begun::new(path, overwrite)?;
        begun.file.write_all(bytes).map_err(|e| begun.failed(e))?;
        begun.finish()
    }

    /// Prepares the files of a folder, which is made if there is none. One with something in it is left alone.
    ///
    /// # Errors
    /// Why they could not be prepared.
    pub fn folder(folder: &Path, files: &[(&str, Vec<u8>)], overwrite: bool) -> Result<Self, FileError> {
        let failed = |e: std::io::Error| FileError::Io(folder.to_owned(), e);
        if folder.symlink_metadata().is_ok() {
            let mut inside = std::fs::read_dir(folder).map_err(failed)?;
            if !overwrite && inside.next().is_some() {
                return Err(FileError::Exists(folder.to_owned()));
            }
        } else {
            make_folder(folder).map_err(failed)?;
        }
        let mut all = Self { files: Vec::with_capacity(files.len()), overwrite };
        for (name, bytes) in files {
            all.files.extend(Self::one(&folder.join(name), bytes, overwrite)?.files);
        }
        Ok(all)
    }

    /// Gives the files their names.
    ///
    /// # Errors
    /// Which file could not get its name; those before it have theirs.
    pub fn publish(self) -> Result<(), FileError> {
        for (file, path) in self.files {
            let named = if self.overwrite { file.persist(&path) } else { file.persist_noclobber(&path) };
            named.map_err(|e| {
                let taken = e.error.kind() == std::io::ErrorKind::AlreadyExists;
                if taken { FileError::Exists(path.clone()) } else { FileError::Io(path.clone(), e.error) }
            })?;
            sync_folder(&path);
        }
        Ok(())
    }
}

fn make_folder(folder: &Path) -> std::io::Result<()> {
    #[cfg_attr(not(unix), allow(unused_mut))]
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// The new name is on the disk too; where a folder cannot be opened (Windows) the system sees to that.
fn sync_folder(path: &Path) {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    if let Ok(folder) = std::fs::File::open(folder) {
        let _ = folder.sync_all();
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_file_is_there_whole_or_not_at_all() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("卡.html");
        drop(Prepared::one(&path, b"one", false).unwrap());
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0, "nothing is left of what was not published");
        let first = Prepared::one(&path, b"one", false).unwrap();
        assert!(!path.exists());
        first.publish().unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"one");
        assert!(matches!(Prepared::one(&path, b"two", false), Err(FileError::Exists(_))));
        Prepared::one(&path, b"two", true).unwrap().publish().unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"two");
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
        assert!(matches!(Prepared::one(dir.path(), b"x", true), Err(FileError::Exists(_))), "a folder is never overwritten");
        assert!(matches!(Prepared::one(&dir.path().join("no/x"), b"x", true), Err(FileError::Io(..))));
    }

    #[test]
    fn a_name_that_was_taken_meanwhile_is_not_overwritten() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.csv");
        let late = Prepared::one(&path, b"late", false).unwrap();
        std::fs::write(&path, b"other").unwrap();
        assert!(matches!(late.publish(), Err(FileError::Exists(_))));
        assert_eq!(std::fs::read(&path).unwrap(), b"other");
    }

    #[test]
    fn a_folder_is_filled_once() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("oneroster");
        Prepared::folder(&folder, &[("a.csv", b"1".to_vec()), ("b.csv", b"2".to_vec())], false).unwrap().publish().unwrap();
        assert!(matches!(Prepared::folder(&folder, &[("a.csv", b"3".to_vec())], false), Err(FileError::Exists(_))));
        std::fs::write(folder.join("own.txt"), b"mine").unwrap();
        Prepared::folder(&folder, &[("a.csv", b"3".to_vec())], true).unwrap().publish().unwrap();
        assert_eq!(std::fs::read(folder.join("a.csv")).unwrap(), b"3");
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 3, "what others put there stays");
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_may_read_it() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.csv");
        Prepared::one(&path, b"x", false).unwrap().publish().unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
