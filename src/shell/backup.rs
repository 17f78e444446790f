//! The file of a backup: a zip of `caredesk.db` and its head file, encrypted with a passphrase in the age format (v1, scrypt).
//!
//! `age -d` opens one without caredesk. Plain data lies only in a private folder inside the data folder, beside the store
//! that is plain itself, never on the medium that takes the backup; what a killed run left there goes at the next one.
//!
//! Absent: which backups are kept ([`keep`]), who may make one, and what a store is.

use std::borrow::Cow;
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::iter;
use std::path::{Path, PathBuf};

use age::secrecy::SecretString;
use age::{DecryptError, Decryptor, Encryptor, scrypt};
use tempfile::{NamedTempFile, TempDir};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::store::FILE;

pub mod itself;
pub mod keep;

/// The files inside, in this order; the second is missing while nothing was entered.
const INSIDE: [&str; 2] = [FILE, "caredesk.db-head"];
/// scrypt with N = 2^14 (16 MiB, some tens of milliseconds). A slow key is for passphrases that people think up; ours has 120
/// random bits, out of reach of guessing at any speed, and a small desk should not wait for it.
const WORK: u8 = 14;
/// What a file may ask for at most: 2^16, 64 MiB. One that asks for more was not made by caredesk.
const MOST_WORK: u8 = 16;
const PRIVATE: &str = ".caredesk-private-";
const LOCK: &str = ".caredesk-backup.lock";

/// Why a backup could not be made or read.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The passphrase does not fit.
    #[error("wrong passphrase")]
    Passphrase,
    /// No file of the age format with a passphrase, or its beginning is damaged.
    #[error("no backup")]
    NotOne,
    /// It was changed, or its end is missing.
    #[error("damaged: {0}")]
    Damaged(String),
    /// Another backup or restore is at work on this store.
    #[error("another one is running")]
    Running,
    /// The system refused.
    #[error("{}: {}", .0.display(), .1)]
    Io(PathBuf, io::Error),
}

/// A private folder in the data folder for plain data; gone when dropped. One at a time.
#[derive(Debug)]
pub struct Workroom {
    folder: TempDir,
    _lock: File,
}

impl Workroom {
    /// Makes one, and clears away what killed runs left.
    ///
    /// # Errors
    /// [`BackupError::Running`] while there is another; else why it could not be made.
    pub fn inside(data: &Path) -> Result<Self, BackupError> {
        let failed = |e| BackupError::Io(data.to_owned(), e);
        let mut options = File::options();
        options.write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let lock = options.open(data.join(LOCK)).map_err(failed)?;
        if matches!(lock.try_lock(), Err(fs::TryLockError::WouldBlock)) {
            return Err(BackupError::Running);
        }
        for left in fs::read_dir(data).map_err(failed)?.flatten() {
            if left.file_name().to_string_lossy().starts_with(PRIVATE) {
                fs::remove_dir_all(left.path()).map_err(failed)?;
            }
        }
        let mut builder = tempfile::Builder::new();
        builder.prefix(PRIVATE);
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
        Ok(Self { folder: builder.tempdir_in(data).map_err(failed)?, _lock: lock })
    }

    /// Takes away what marks a folder as one in which there was a workroom.
    pub fn leave(data: &Path) {
        let _ = fs::remove_file(data.join(LOCK));
    }

    /// A new folder in it.
    ///
    /// # Errors
    /// Why it could not be made.
    pub fn room(&self, name: &str) -> Result<PathBuf, BackupError> {
        let path = self.folder.path().join(name);
        fs::create_dir(&path).map_err(|e| BackupError::Io(path.clone(), e))?;
        Ok(path)
    }
}

/// Encrypts the copy of a store in `from` into `to` + `.part`, synced. It gets its name by [`publish`], or is gone when dropped.
///
/// # Errors
/// Why it could not be written.
pub fn seal(from: &Path, to: &Path, passphrase: &str) -> Result<NamedTempFile, BackupError> {
    let failed = |e| BackupError::Io(to.to_owned(), e);
    let folder = to.parent().unwrap_or(Path::new("."));
    let name = to.file_name().unwrap_or_default();
    // Mode 0600 on Unix: the library's promise, and a test's.
    let mut part = tempfile::Builder::new().prefix(name).suffix(".part").rand_bytes(0).tempfile_in(folder).map_err(failed)?;
    let mut recipient = scrypt::Recipient::new(SecretString::from(passphrase.to_owned()));
    recipient.set_work_factor(WORK);
    let encryptor = Encryptor::with_recipients(iter::once(&recipient as _)).map_err(|e| failed(io::Error::other(e)))?;
    let sealed = write_sealed(from, encryptor, part.as_file_mut());
    sealed.and_then(|()| part.as_file().sync_all()).map_err(failed)?;
    Ok(part)
}

fn write_sealed(from: &Path, encryptor: Encryptor, into: &mut File) -> io::Result<()> {
    let mut archive = ZipWriter::new_stream(encryptor.wrap_output(BufWriter::new(into))?);
    for inside in INSIDE {
        let mut plain = match File::open(from.join(inside)) {
            Err(e) if e.kind() == io::ErrorKind::NotFound && inside != FILE => continue,
            other => other?,
        };
        archive.start_file(inside, SimpleFileOptions::default().large_file(true)).map_err(io::Error::other)?;
        io::copy(&mut plain, &mut archive)?;
    }
    archive.finish().map_err(io::Error::other)?.into_inner().finish()?.flush()
}

/// Gives a sealed backup its name.
///
/// # Errors
/// Why it could not get it; the backup is gone then.
pub fn publish(part: NamedTempFile, to: &Path) -> Result<(), BackupError> {
    let failed = |e| BackupError::Io(to.to_owned(), e);
    part.persist_noclobber(to).map_err(|e| failed(e.error))?;
    #[cfg(unix)]
    File::open(to.parent().unwrap_or(Path::new("."))).and_then(|folder| folder.sync_all()).map_err(failed)?;
    Ok(())
}

/// Decrypts a backup into a folder that has no store yet: a store with its head file, synced.
///
/// # Errors
/// Why it could not be read. What lies in the folder then is of no use.
pub fn unseal(backup: &Path, passphrase: &str, into: &Path) -> Result<(), BackupError> {
    let failed = |e| BackupError::Io(backup.to_owned(), e);
    let file = File::open(backup).map_err(failed)?;
    if !file.metadata().map_err(failed)?.is_file() {
        return Err(BackupError::NotOne);
    }
    let sealed = Decryptor::new_buffered(BufReader::new(file)).map_err(|e| opening(backup, e))?;
    if !sealed.is_scrypt() {
        return Err(BackupError::NotOne);
    }
    let mut identity = scrypt::Identity::new(SecretString::from(passphrase.to_owned()));
    identity.set_max_work_factor(MOST_WORK);
    let plain = sealed.decrypt(iter::once(&identity as _)).map_err(|e| opening(backup, e))?;
    let mut archive = ZipArchive::new(plain).map_err(|e| BackupError::Damaged(e.to_string()))?;
    let names: Result<Vec<String>, _> = archive.file_names().map(|name| name.map(Cow::into_owned)).collect();
    let mut names = names.map_err(|e| BackupError::Damaged(e.to_string()))?;
    names.sort_unstable();
    if names.is_empty() || INSIDE.get(..names.len()).is_none_or(|inside| names != inside) {
        return Err(BackupError::NotOne);
    }
    for inside in INSIDE.into_iter().take(archive.len()) {
        let mut from = archive.by_name(inside).map_err(|e| BackupError::Damaged(e.to_string()))?;
        copy_out(&mut from, &into.join(inside))?;
    }
    Ok(())
}

/// What is read is authenticated or an error: the format sees to that piece by piece, to the last one.
fn copy_out(from: &mut impl Read, to: &Path) -> Result<(), BackupError> {
    let failed = |e| BackupError::Io(to.to_owned(), e);
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(to).map_err(failed)?;
    let mut piece = vec![0; 1 << 16];
    loop {
        let read = match from.read(&mut piece) {
            Ok(0) => break,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            other => other.map_err(|e| BackupError::Damaged(e.to_string()))?,
        };
        file.write_all(piece.get(..read).unwrap_or_default()).map_err(failed)?;
    }
    file.sync_all().map_err(failed)
}

fn opening(backup: &Path, error: DecryptError) -> BackupError {
    if matches!(error, DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed | DecryptError::NoMatchingKeys) {
        return BackupError::Passphrase;
    }
    if matches!(error, DecryptError::InvalidMac) {
        return BackupError::Damaged("header".to_owned());
    }
    if let DecryptError::Io(e) = error
        && !matches!(e.kind(), io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidData)
    {
        return BackupError::Io(backup.to_owned(), e);
    }
    BackupError::NotOne
}
