//! The key under which the end of the record is sealed: one a store, in the folder of the configuration, never beside the store.
//!
//! It is made when the store is, or by the next desk that finds none; that desk says from which entry on it holds. Where it cannot be
//! kept the desk works without, and `verify` says that nothing was checked. One that is there and cannot be read is not none: nothing
//! is made in its place, and the end that is sealed stays so until it can be read again.
//!
//! A restore changes store and key, which lie in two folders. So it lays the new key beside the present one first, with the mark of
//! the store that it is for; which of the two stands says which key counts, and whoever opens the store next ends what was begun.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{Desk, Failure};
use crate::print::file::{FileError, Prepared};
use crate::store::{End, Kind, OpenError, SealKey, Sealed, Store, StoreError, UnreadKey};
use crate::texts::{Lang, faults as t};

/// The beginning of the name of a key's file; the name of its store follows.
const KEY: &str = "record-key-";
/// The ending of the name of a key whose store is about to take its place.
const NEXT: &str = "-next";
/// The line, in the file of such a key, with the mark of its store.
const FOR: &str = "for ";

/// What is done where a store has no key yet.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum NoKey {
    /// Nothing: it is left unchecked.
    Leave,
    /// One is made if nothing was entered yet.
    MakeForNew,
    /// One is made.
    Make,
}

impl Desk {
    /// A store with the key of its seal. A desk that is about to work (`NoKey::Make`) leaves an anchor with the key.
    pub(super) fn sealed(&self, store: Store, without: NoKey) -> Result<Store, OpenError> {
        let Some(file) = self.key_of_seal(&store) else { return Ok(store) };
        let file = that_counts(&store, file)?;
        let found = match read(&file) {
            Ok(found) => found,
            Err(unread) => return Ok(store.with_unread_key(unread)),
        };
        let end = store.end()?;
        let makes = match without {
            NoKey::Leave => false,
            NoKey::MakeForNew => end.seq.0 == 0,
            NoKey::Make => true,
        };
        let (key, is_new) = match found {
            Some(key) => (Some(key), false),
            None if makes && store.why_only_read().is_none() => (made(&file, &end), true),
            None => (None, false),
        };
        let Some(mut key) = key else { return Ok(store) };
        let anchor = key.clone().anchor(&end);
        let store = store.sealed_with(key.clone(), is_new)?;
        if without == NoKey::Make
            && matches!(store.sealed(), Sealed::Fits { .. })
            && let Some(line) = anchor
        {
            let _ = key.anchor(&end);
            let _ = File::options().append(true).open(&file).and_then(|mut file| file.write_all(line.as_bytes())); // one less
        }
        Ok(store)
    }

    /// Where the key of a store lies, or would; `None` for practice, and where there is no folder for it.
    pub(super) fn key_of_seal(&self, store: &Store) -> Option<PathBuf> {
        let folder = self.config_folder.as_ref().filter(|_| store.kind() == Kind::Real)?;
        std::path::absolute(folder.join(format!("{KEY}{}", store.name()))).ok()
    }

    /// Makes the key of a closed store that is to take the place of another, but gives it no name yet. What that store holds is on
    /// the word of the backup.
    pub(super) fn next_key(&self, store: &Store) -> Result<Option<Prepared>, Failure> {
        let mark = store.mark_restored().map_err(|e| self.store_failure(&e))?;
        let Some(file) = self.key_of_seal(store) else { return Ok(None) };
        if let Err(unread) = read(&file)
            && file.is_dir()
        {
            return Err(Failure::refused(said_of(self.lang, &unread))); // no file can get its name
        }
        let end = store.end().map_err(|e| self.store_failure(&e))?;
        let folder = file.parent().unwrap_or(Path::new("."));
        super::backup::make_folder(folder).map_err(|e| self.unwritable(folder, &e))?;
        let key = SealKey::new(&end).map_err(|e| self.unwritable(&file, &e))?;
        let text = format!("{}{FOR}{mark}\n", key.text());
        Prepared::one(&next(&file), text.as_bytes(), true).map(Some).map_err(|e| self.file_failure(&e))
    }

    /// Gives the key of the store that stands now its name, after a restore.
    pub(super) fn key_is_in_place(&self, store: &Store) -> Result<(), Failure> {
        let Some(file) = self.key_of_seal(store) else { return Ok(()) };
        let counts = that_counts(store, file.clone()).map_err(|e| self.store_failure(&e))?;
        if counts == file { Ok(()) } else { Err(self.unwritable(&file, &io::ErrorKind::Other.into())) }
    }
}

/// What a restore does to the keys just before the store changes: the present end becomes an anchor of the present key, for the head
/// file goes first, and the next key is laid ready.
pub(super) fn lay_ready(present: Option<(PathBuf, SealKey)>, end: Option<&End>, next: Option<Prepared>) -> Result<(), OpenError> {
    if let (Some((file, mut key)), Some(end)) = (present, end)
        && key.anchor(end).is_some()
    {
        Prepared::one(&file, key.text().as_bytes(), true).and_then(Prepared::publish).map_err(unwritten)?;
    }
    next.map_or(Ok(()), |next| next.publish().map_err(unwritten))
}

fn unwritten(error: FileError) -> OpenError {
    match error {
        FileError::Exists(_) => io::Error::from(io::ErrorKind::AlreadyExists).into(),
        FileError::Io(_, error) => error.into(),
    }
}

fn next(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(NEXT);
    name.into()
}

/// Ends what a restore began: the key that was laid ready gets its name if its store stands, and goes if it does not. Gives the file of
/// the key that counts, which is still the other one where it cannot be renamed.
fn that_counts(store: &Store, file: PathBuf) -> Result<PathBuf, StoreError> {
    let next = next(&file);
    let text = match fs::read_to_string(&next) {
        Ok(text) => text,
        Err(e) if matches!(e.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => return Ok(file),
        // Whose it is cannot be said; where the store that stands is a restored one, it may be this one's.
        Err(_) => return Ok(if store.restored_as()?.is_some() { next } else { file }),
    };
    let mark = text.lines().find_map(|line| line.strip_prefix(FOR));
    if mark.is_none() || mark != store.restored_as()?.as_deref() {
        let _ = fs::remove_file(&next); // nothing rests on it
        return Ok(file);
    }
    match fs::rename(&next, &file) {
        Err(_) if next.exists() => Ok(next),
        Ok(()) | Err(_) => Ok(file),
    }
}

/// The key on file; `None` where there is none.
fn read(file: &Path) -> Result<Option<SealKey>, UnreadKey> {
    let unread = |why: Option<String>| UnreadKey { at: file.display().to_string(), why };
    match fs::read(file) {
        Ok(bytes) => std::str::from_utf8(&bytes).ok().and_then(SealKey::parse).map(Some).ok_or_else(|| unread(None)),
        Err(e) if matches!(e.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
        Err(e) => Err(unread(Some(e.to_string()))),
    }
}

/// A new key on file; the one of another desk that was faster.
fn made(file: &Path, end: &End) -> Option<SealKey> {
    super::backup::make_folder(file.parent()?).ok()?;
    let key = SealKey::new(end).ok()?;
    match Prepared::one(file, key.text().as_bytes(), false).and_then(Prepared::publish) {
        Ok(()) => Some(key),
        Err(_) => read(file).ok().flatten(),
    }
}

/// That a key cannot be read, why, and what to do.
pub(super) fn said_of(lang: Lang, unread: &UnreadKey) -> String {
    t::key_unread(lang, &unread.at, unread.why.clone().unwrap_or_else(|| t::no_key_in_it(lang)))
}
