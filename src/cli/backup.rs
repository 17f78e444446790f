//! `caredesk backup`: an encrypted copy of the store that was opened again before it counts.
//!
//! It goes the way of every file that leaves the desk: a leader agrees, the copy is made and checked, that is written down in the
//! journal, and only then the copy gets its name. Old backups go last. The desk makes one by itself, too
//! ([`crate::shell::backup::itself`]): with the passphrase that a leader has written down before, and only where something is new.

use std::fs;
use std::path::{Path, PathBuf};

use super::leader::Leader;
use super::{Agreed, Desk, Failure};
use crate::domain::fact::{Draft, Fact, OfficeFact};
use crate::domain::time::Moment;
use crate::print::file::Prepared;
use crate::shell::backup::{self, BackupError, Workroom, keep};
use crate::shell::pin;
use crate::store::{End, Kind, Store};
use crate::texts::{backup as t, faults};

/// The folder for backups inside the data folder, when no other is named.
pub(super) const FOLDER: &str = "backups";
/// The file of the passphrase in the folder of the configuration.
const PASSPHRASE: &str = "backup-passphrase";
/// The ending of that name while nobody has seen it: it does not count yet, but there may be a backup under it.
const UNSEEN: &str = "-unseen";

/// What `backup` takes.
#[derive(clap::Args, Debug)]
pub(super) struct BackupWanted {
    /// Folder for the backups, a second disk say (without it: backups/ in the data folder) / 备份目录
    #[arg(long, value_name = "DIR")]
    to: Option<PathBuf>,
    /// One JSON object
    #[arg(long)]
    json: bool,
    /// As the desk makes it: nobody is asked, and nothing is made that is not new
    #[arg(long, hide = true, conflicts_with_all = ["to", "json", "whose", "pin_stdin"])]
    by_itself: bool,
    #[command(flatten)]
    leader: Leader,
}

impl BackupWanted {
    /// Whether the desk makes it.
    pub(super) fn is_by_itself(&self) -> bool {
        self.by_itself
    }
}

/// The passphrase of the backups.
struct Passphrase {
    words: String,
    /// The file in which it lies until it was shown.
    unseen: Option<PathBuf>,
    /// What puts it there when it is new.
    new: Option<Prepared>,
}

impl Desk {
    pub(super) fn backup(&self, wanted: &BackupWanted) -> Result<(), Failure> {
        let (mut store, leader, now) = if wanted.by_itself {
            let (store, now) = self.open_either()?;
            (store, None, now)
        } else {
            let Agreed { store, loaded: _, leader, now } = self.agreed(&wanted.leader)?;
            (store, leader, now)
        };
        let data = self.data.as_path();
        let folder = self.backup_folder(wanted)?;
        let kept_at = self.passphrase_file()?;
        let kind = store.kind();
        if wanted.by_itself {
            if fs::metadata(&kept_at).is_err_and(|e| e.kind() == std::io::ErrorKind::NotFound) {
                return Err(Failure::refused(t::no_passphrase_yet(self.lang)));
            }
            let until = store.end().map_err(|e| self.store_failure(&e))?.entered_at.map(Moment::local);
            if nothing_new(&folder, kind, until) {
                return Ok(());
            }
        }
        let work = match Workroom::inside(data) {
            // Another desk of the store is at it.
            Err(BackupError::Running) if wanted.by_itself => return Ok(()),
            other => other.map_err(|e| self.backup_failure(data, &e))?,
        };
        make_folder(&folder).map_err(|e| self.unwritable(&folder, &e))?;
        self.not_beside(&folder, &kept_at)?;
        let Passphrase { words, unseen, new } = self.passphrase(&kept_at)?;

        let to = folder.join(keep::name(kind, now.local()));
        let failed = |e: BackupError| self.backup_failure(&to, &e);
        let plain = work.room("plain").map_err(failed)?;
        let end = store.copy_into(&plain).map_err(|e| self.store_failure(&e))?;
        for left in backups(&folder, kind, ".part") {
            let _ = fs::remove_file(left); // of a run that was killed: this one is alone
        }
        let part = backup::seal(&plain, &to, &words).map_err(failed)?;
        let again = work.room("again").map_err(failed)?;
        backup::unseal(part.path(), &words, &again).map_err(failed)?;
        if !is_as_copied(&again, kind, &end) {
            return Err(Failure::refused(t::not_verified(self.lang, to.display())));
        }

        let rows = u32::try_from(end.seq.0).unwrap_or(u32::MAX);
        let fact = Fact::Office(OfficeFact::Exported { what: "backup".to_owned(), rows, child: None });
        let head = store.head().map_err(|e| self.store_failure(&e))?; // desks are at work meanwhile, and nothing rests on what they did
        self.write(&mut store, head, &[Draft::from(fact)], leader, now)?;
        if let Some(new) = new {
            new.publish().map_err(|e| self.file_failure(&e))?;
        }
        backup::publish(part, &to).map_err(failed)?;
        let _ = store.close();
        let removed = remove_old(&folder, kind, now.local());
        if wanted.by_itself {
            return Ok(());
        }
        self.tell_backup(wanted.json, &to, &end, unseen.is_some().then_some((words.as_str(), kept_at.as_path())), &removed)?;
        unseen.map_or(Ok(()), |unseen| fs::rename(unseen, &kept_at).map_err(|e| self.unwritable(&kept_at, &e)))
    }

    /// Where backups go: as the command says, as the configuration says, else inside the data folder. One that the configuration names
    /// is another medium, and has to be there: what would be made in its place lay on this disk.
    fn backup_folder(&self, wanted: &BackupWanted) -> Result<PathBuf, Failure> {
        match (&wanted.to, &self.config.backup_folder) {
            (Some(to), _) => Ok(to.clone()),
            (None, Some(folder)) if folder.is_dir() => Ok(folder.clone()),
            (None, Some(folder)) => Err(Failure::refused(t::medium_missing(self.lang, folder.display()))),
            (None, None) => Ok(self.data.join(FOLDER)),
        }
    }

    fn tell_backup(
        &self,
        json: bool,
        to: &Path,
        end: &End,
        new: Option<(&str, &Path)>,
        removed: &[(PathBuf, Result<(), std::io::Error>)],
    ) -> Result<(), Failure> {
        if json {
            let gone: Vec<String> = removed.iter().filter(|(_, r)| r.is_ok()).map(|(p, _)| p.display().to_string()).collect();
            let mut said = serde_json::json!({ "file": to.display().to_string(), "entries": end.seq.0, "hash": end.hash, "removed": gone });
            if let (Some((words, at)), Some(said)) = (new, said.as_object_mut()) {
                said.insert("new_passphrase".to_owned(), words.into());
                said.insert("passphrase_file".to_owned(), at.display().to_string().into());
            }
            return self.print_seen([said.to_string()]);
        }
        let mut lines = vec![match end.entered_at {
            Some(until) => t::done(self.lang, to.display(), end.seq.0, faults::when(until)),
            None => t::done_empty(self.lang, to.display()),
        }];
        if let Some((words, at)) = new {
            lines.push(t::passphrase(self.lang, words));
            lines.push(t::passphrase_at(self.lang, at.display()));
        }
        lines.extend(removed.iter().map(|(path, result)| match result {
            Ok(()) => t::removed(self.lang, path.display()),
            Err(e) => t::not_removed(self.lang, path.display(), e),
        }));
        self.print_seen(lines)
    }

    /// Where the passphrase lies: in the folder of the configuration.
    pub(super) fn passphrase_file(&self) -> Result<PathBuf, Failure> {
        let folder = self.config_folder.as_ref().ok_or_else(|| Failure::usage(t::no_config_folder(self.lang)))?;
        std::path::absolute(folder.join(PASSPHRASE)).map_err(|e| self.unwritable(folder, &e))
    }

    /// The passphrase on file, be it seen or not.
    pub(super) fn words_on_file(&self) -> Option<String> {
        let file = self.passphrase_file().ok()?;
        fs::read_to_string(&file).or_else(|_| fs::read_to_string(unseen(&file))).ok()
    }

    /// The passphrase on file, else the one that nobody has seen, else a new one that is not on file yet.
    fn passphrase(&self, file: &Path) -> Result<Passphrase, Failure> {
        match fs::read_to_string(file) {
            Ok(text) if text.trim().is_empty() => return Err(Failure::refused(t::passphrase_empty(self.lang, file.display()))),
            Ok(text) => return Ok(Passphrase { words: pin::as_drawn(text.trim()), unseen: None, new: None }),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {}
            Err(e) => return Err(self.unwritable(file, &e)),
        }
        let unseen = unseen(file);
        match fs::read_to_string(&unseen) {
            Ok(text) if !text.trim().is_empty() => Ok(Passphrase { words: pin::as_drawn(text.trim()), unseen: Some(unseen), new: None }),
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(self.unwritable(&unseen, &e)),
            Ok(_) | Err(_) => {
                let words = pin::passphrase().map_err(Failure::refused)?;
                if let Some(folder) = file.parent() {
                    make_folder(folder).map_err(|e| self.unwritable(folder, &e))?;
                }
                let new = Prepared::one(&unseen, format!("{words}\n").as_bytes(), true).map_err(|e| self.file_failure(&e))?;
                Ok(Passphrase { words, unseen: Some(unseen), new: Some(new) })
            }
        }
    }

    /// A key that is copied along with what it opens protects nothing.
    fn not_beside(&self, folder: &Path, kept_at: &Path) -> Result<(), Failure> {
        let keys = kept_at.parent().unwrap_or(Path::new("."));
        let same = fs::canonicalize(folder).ok().zip(fs::canonicalize(keys).ok()).is_some_and(|(backups, keys)| backups.starts_with(keys));
        if same { Err(Failure::usage(t::same_folder(self.lang, kept_at.display()))) } else { Ok(()) }
    }

    pub(super) fn backup_failure(&self, at: &Path, error: &BackupError) -> Failure {
        Failure::refused(match error {
            BackupError::Passphrase => t::wrong_passphrase(self.lang, at.display()),
            BackupError::NotOne => t::not_one(self.lang, at.display()),
            BackupError::Damaged(_) => t::damaged(self.lang, at.display()),
            BackupError::Running => t::running(self.lang),
            BackupError::Io(path, e) => t::failed(self.lang, path.display(), e),
        })
    }

    pub(super) fn unwritable(&self, at: &Path, error: &std::io::Error) -> Failure {
        Failure::refused(t::failed(self.lang, at.display(), error))
    }
}

fn unseen(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(UNSEEN);
    name.into()
}

/// Whether what was decrypted opens, has its pages in order, and ends where the store ended when it was copied.
fn is_as_copied(folder: &Path, kind: Kind, end: &End) -> bool {
    Store::open_read_only(folder)
        .is_ok_and(|store| store.kind() == kind && store.quick_check().is_ok_and(|sound| sound) && store.end().is_ok_and(|found| found == *end))
}

/// Whether the newest backup was made when nothing had been entered that is not in it. Its name has no parts of a second.
fn nothing_new(folder: &Path, kind: Kind, until: Option<chrono::NaiveDateTime>) -> bool {
    let newest = backups(folder, kind, "").iter().filter_map(|path| made(path, kind, "")).max();
    newest.is_some_and(|newest| until.is_none_or(|until| until < newest + chrono::Duration::seconds(1)))
}

/// Backups of a kind in a folder, whose names go on with `more`.
pub(super) fn backups(folder: &Path, kind: Kind, more: &str) -> Vec<PathBuf> {
    let found = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    found.filter(|path| made(path, kind, more).is_some()).collect()
}

fn made(path: &Path, kind: Kind, more: &str) -> Option<chrono::NaiveDateTime> {
    keep::made(kind, path.file_name()?.to_str()?.strip_suffix(more)?)
}

/// Removes what the rule of ages no longer keeps.
fn remove_old(folder: &Path, kind: Kind, newest: chrono::NaiveDateTime) -> Vec<(PathBuf, Result<(), std::io::Error>)> {
    let mut all = backups(folder, kind, "");
    all.sort();
    let go = keep::too_many(&all.iter().filter_map(|path| made(path, kind, "")).collect::<Vec<_>>(), newest);
    let old = all.into_iter().filter(|path| made(path, kind, "").is_some_and(|at| go.contains(&at)));
    old.map(|path| (path.clone(), fs::remove_file(&path))).collect()
}

/// Makes a folder that only its owner may read, with those above it.
pub(super) fn make_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)
}
