//! The key under which the end of the record is sealed: one a store, in the folder of the configuration, never beside the store.
//!
//! It is made when the store is, or by the next desk that finds none; that desk says from which entry on it holds. Where it cannot be
//! kept the desk works without, and `verify` says that nothing was checked.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::{Desk, Failure};
use crate::print::file::Prepared;
use crate::store::{Kind, OpenError, SealKey, Sealed, Store};

/// The beginning of the name of a key's file; the name of its store follows.
const KEY: &str = "record-key-";

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
        let found = read(&file);
        let end = store.end()?;
        let makes = match without {
            NoKey::Leave => false,
            NoKey::MakeForNew => end.seq.0 == 0,
            NoKey::Make => true,
        };
        let (key, is_new) = match found {
            Some(key) => (Some(key), false),
            None if makes && !file.exists() && store.why_only_read().is_none() => (made(&file, &end), true),
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

    /// Makes a new key for a store that was put in the place of another. What it held is on the word of the backup.
    pub(super) fn seal_anew(&self, store: &Store) -> Result<(), Failure> {
        let Some(file) = self.key_of_seal(store) else { return Ok(()) };
        let end = store.end().map_err(|e| self.store_failure(&e))?;
        let folder = file.parent().unwrap_or(Path::new("."));
        super::backup::make_folder(folder).map_err(|e| self.unwritable(folder, &e))?;
        let key = SealKey::new(&end).map_err(|e| self.unwritable(&file, &e))?;
        let prepared = Prepared::one(&file, key.text().as_bytes(), true).map_err(|e| self.file_failure(&e))?;
        prepared.publish().map_err(|e| self.file_failure(&e))
    }
}

fn read(file: &Path) -> Option<SealKey> {
    SealKey::parse(&std::fs::read_to_string(file).ok()?)
}

/// A new key on file; the one of another desk that was faster.
fn made(file: &Path, end: &crate::store::End) -> Option<SealKey> {
    super::backup::make_folder(file.parent()?).ok()?;
    let key = SealKey::new(end).ok()?;
    match Prepared::one(file, key.text().as_bytes(), false).and_then(Prepared::publish) {
        Ok(()) => Some(key),
        Err(_) => read(file),
    }
}
