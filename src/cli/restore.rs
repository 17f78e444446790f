//! `caredesk restore`: a backup takes the place of the store, once it was decrypted, brought up to date and verified as a copy.
//!
//! Over a store with a leader the leader agrees, as for an import. Where there is no store, or none that can be opened, there is
//! nobody to ask; the passphrase is the proof then.

use std::fs;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use super::backup::make_folder;
use super::leader::Leader;
use super::seal::{NoKey, lay_ready};
use super::{Desk, Failure, problem, read_secret};
use crate::domain::fact::Seq;
use crate::domain::time::Moment;
use crate::print::file::Prepared;
use crate::shell::backup::{BackupError, Workroom, unseal};
use crate::shell::clock::Clock;
use crate::shell::pin;
use crate::store::{End, FILE, Kind, OpenError, SealKey, Sealed, Store, StoreError};
use crate::texts::{backup as t, faults};

/// What `restore` takes.
#[derive(clap::Args, Debug)]
pub(super) struct RestoreWanted {
    /// The backup / 备份文件
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Read the passphrase from this file / 从文件读口令
    #[arg(long, value_name = "F")]
    passphrase_file: Option<PathBuf>,
    /// Do not ask whether the present store shall be replaced / 不再询问
    #[arg(long)]
    yes: bool,
    /// One JSON object at the end
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    leader: Leader,
}

/// What is in the data folder.
enum Present {
    Nothing,
    /// A store that cannot be opened, and why.
    Broken(String),
    Sound(Box<Store>, Moment),
}

/// What is to take the place of the store.
struct Coming {
    kind: Kind,
    end: End,
    key: Option<Prepared>,
}

/// The store that is replaced, as it was when that was agreed.
struct Going {
    end: End,
    /// Its key, where the seal fits.
    key: Option<(PathBuf, SealKey)>,
}

/// What the present store has beyond a backup.
enum Beyond {
    Nothing,
    Entries(i64, Option<Moment>),
    /// It is not the same record.
    Another(End),
}

impl Desk {
    pub(super) fn restore(&self, wanted: &RestoreWanted) -> Result<(), Failure> {
        let (data, file) = (self.data.as_path(), wanted.file.as_path());
        fs::metadata(file).map_err(|e| self.unwritable(file, &e))?;
        let was_there = data.exists();
        make_folder(data).map_err(|e| self.unwritable(data, &e))?;
        let done = Workroom::inside(data).map_err(|e| self.backup_failure(data, &e)).and_then(|work| self.restore_in(&work, wanted));
        if done.is_err() && !was_there {
            Workroom::leave(data);
            let _ = fs::remove_dir(data); // only if it is empty
        }
        done
    }

    fn restore_in(&self, work: &Workroom, wanted: &RestoreWanted) -> Result<(), Failure> {
        let (data, file) = (self.data.as_path(), wanted.file.as_path());
        let staged = self.decrypted(work, wanted)?;
        let Coming { kind, end, key: next } = self.brought_up_to_date(&staged, file)?;
        let mut said = vec![match end.entered_at {
            Some(until) => t::ends(self.lang, file.display(), end.seq.0, faults::when(until)),
            None => t::ends_empty(self.lang, file.display()),
        }];
        if kind == Kind::Practice {
            said.push(t::practice(self.lang));
        }
        let mut beyond = Beyond::Nothing;
        let mut going = None;
        match self.present()? {
            Present::Nothing => said.push(t::nothing_here(self.lang, data.display())),
            Present::Broken(why) => said.push(t::unreadable(self.lang, why)),
            Present::Sound(mut store, now) => {
                if store.kind() != kind {
                    return Err(Failure::refused(t::other_kind(self.lang, file.display())));
                }
                // Before the PIN: its try is an entry too, but none that anybody would miss.
                beyond = beyond_of(&store, &end).map_err(|e| self.store_failure(&e))?;
                self.leader_agrees(&mut store, &wanted.leader, now)?;
                going = Some(self.going(&store)?);
                let _ = store.close();
                said.push(match &beyond {
                    Beyond::Nothing => t::nothing_beyond(self.lang),
                    Beyond::Entries(n, since) => t::beyond(self.lang, n, since.map(faults::when).unwrap_or_default()),
                    Beyond::Another(end) => t::another(self.lang, end.seq.0, end.entered_at.map(faults::when).unwrap_or_default()),
                });
            }
        }
        self.confirmed(wanted, &said)?;
        let placing = Store::put_in_place(&staged, data, going.is_some(), |present| match (going, present) {
            // Somebody was at work since: what was agreed is not what would be replaced.
            (Some(going), Some(present)) if going.end != *present => Err(OpenError::Busy),
            (going, present) => lay_ready(going.and_then(|going| going.key), present, next),
        });
        let before =
            placing.map_err(|e| if matches!(e, OpenError::Busy) { Failure::refused(t::in_use(self.lang)) } else { self.open_failure(&e) })?;
        let placed = Store::open_read_only(data).map_err(|e| self.open_failure(&e))?;
        if placed.end().map_err(|e| self.store_failure(&e))? != end {
            return Err(Failure::refused(t::not_sound(self.lang, file.display(), "end")));
        }
        self.key_is_in_place(&placed)?;
        let kept = before.map(|n| data.join(format!("{FILE}.before-{n}")));
        self.print_lines(if wanted.json {
            let (n, since) = match &beyond {
                Beyond::Nothing => (0, None),
                Beyond::Entries(n, since) => (*n, *since),
                Beyond::Another(end) => (end.seq.0, None),
            };
            let said = serde_json::json!({ "restored": file.display().to_string(), "entries": end.seq.0, "hash": end.hash,
                "until": end.entered_at.map(faults::to_the_second), "beyond": n, "since": since.map(faults::to_the_second),
                "same_record": !matches!(beyond, Beyond::Another(_)), "kept": kept.as_ref().map(|k| k.display().to_string()) });
            vec![said.to_string()]
        } else {
            let kept = kept.map(|kept| t::kept(self.lang, kept.display()));
            let sealed = self.key_of_seal(&placed).map(|_| faults::sealed_anew(self.lang, end.seq.0));
            let before = if wanted.yes { said } else { Vec::new() }; // else they were said with the question
            before.into_iter().chain([t::restored(self.lang, file.display(), end.seq.0)]).chain(kept).chain(sealed).collect()
        })
    }

    fn going(&self, store: &Store) -> Result<Going, Failure> {
        let end = store.end().map_err(|e| self.store_failure(&e))?;
        let key = store.key_of_seal().filter(|_| matches!(store.sealed(), Sealed::Fits { .. }));
        Ok(Going { end, key: self.key_of_seal(store).zip(key.cloned()) })
    }

    /// The backup as a plain store in a private folder: by the passphrase that is named, the one on file, or one that is typed.
    fn decrypted(&self, work: &Workroom, wanted: &RestoreWanted) -> Result<PathBuf, Failure> {
        let file = wanted.file.as_path();
        let failed = |e: &BackupError| self.backup_failure(file, e);
        let attempt = |name: &str, words: &str| {
            let room = work.room(name).map_err(|e| failed(&e))?;
            match unseal(file, &pin::as_drawn(words), &room) {
                Ok(()) => Ok(Some(room)),
                Err(BackupError::Passphrase) => Ok(None),
                Err(e) => Err(failed(&e)),
            }
        };
        let wrong = || failed(&BackupError::Passphrase);
        if let Some(named) = &wanted.passphrase_file {
            let words = fs::read_to_string(named).map_err(|e| self.unwritable(named, &e))?;
            return attempt("named", &words)?.ok_or_else(wrong);
        }
        let on_file = self.words_on_file();
        if let Some(room) = attempt("on-file", on_file.as_deref().unwrap_or_default())? {
            return Ok(room);
        }
        if wanted.leader.reads_standard_input() || !std::io::stdin().is_terminal() {
            return Err(if on_file.is_some() { wrong() } else { Failure::refused(t::passphrase_needed(self.lang, file.display())) });
        }
        let words = read_secret(&t::ask_passphrase(self.lang))?;
        attempt("typed", &words)?.ok_or_else(wrong)
    }

    /// Opens the copy, once it is seen to be made as we make them, as every store is opened, which brings its schema up to date, and verifies all of it.
    fn brought_up_to_date(&self, staged: &Path, file: &Path) -> Result<Coming, Failure> {
        let not_sound = |what: String| Failure::refused(t::not_sound(self.lang, file.display(), what));
        // Before it is opened, or what does not belong there would run. A file whose schema cannot be read cannot be opened either.
        if let Some(found) = Store::not_as_made(staged).unwrap_or_default().first() {
            return Err(not_sound(problem(self.lang, found)));
        }
        let opened = match Store::open(staged, Kind::Real, false) {
            Err(OpenError::OtherKind { found }) => Store::open(staged, found, false),
            other => other,
        };
        let store = opened.map_err(|e| not_sound(e.to_string()))?;
        if let Some(found) = store.verify().problems.first() {
            return Err(not_sound(problem(self.lang, found)));
        }
        let end = store.end().map_err(|e| not_sound(e.to_string()))?;
        let coming = Coming { kind: store.kind(), end, key: self.next_key(&store)? };
        store.close().map_err(|e| not_sound(e.to_string()))?;
        // What the migration wrote is on the disk before it gets its name.
        fs::File::open(staged.join(FILE)).and_then(|f| f.sync_all()).map_err(|e| self.unwritable(staged, &e))?;
        Ok(coming)
    }

    fn present(&self) -> Result<Present, Failure> {
        let kind = match Store::open_read_only(&self.data) {
            Ok(store) => store.kind(),
            Err(OpenError::Older { .. }) => Kind::Real,
            Err(e) => return self.without_store(&e),
        };
        // The tries of the PIN are sealed as everything else.
        match Store::open(&self.data, kind, false).and_then(|store| self.sealed(store, NoKey::Leave)) {
            Err(e) => self.without_store(&e),
            Ok(store) => match store.glance(Clock::Wall.now()) {
                Err(e @ StoreError::Damaged(_)) => self.without_store(&e.into()),
                Err(e) => Err(self.store_failure(&e)),
                Ok(loaded) => {
                    let now = if kind == Kind::Practice { loaded.last.unwrap_or(Clock::Wall.now()) } else { Clock::Wall.now() };
                    Ok(Present::Sound(Box::new(store), now))
                }
            },
        }
    }

    /// Whether a store that cannot be opened is one that a backup may replace.
    fn without_store(&self, error: &OpenError) -> Result<Present, Failure> {
        match error {
            OpenError::NotFound => Ok(Present::Nothing),
            OpenError::Empty
            | OpenError::NotADatabase
            | OpenError::Damaged(_)
            | OpenError::Orphan
            | OpenError::Lost { .. }
            | OpenError::Missing(_)
            | OpenError::Apart(_) => Ok(Present::Broken(self.open_failure(error).sentence)),
            OpenError::NotAFile
            | OpenError::Foreign
            | OpenError::OtherKind { .. }
            | OpenError::Newer { .. }
            | OpenError::Older { .. }
            | OpenError::ReadOnly
            | OpenError::NoPermission
            | OpenError::Full
            | OpenError::Busy
            | OpenError::Setting(_)
            | OpenError::SqliteTooOld(_)
            | OpenError::Access(_)
            | OpenError::Other(_) => Err(self.open_failure(error)),
        }
    }

    /// Whether somebody wants it, having read what will be lost.
    fn confirmed(&self, wanted: &RestoreWanted, said: &[String]) -> Result<(), Failure> {
        if wanted.yes {
            return Ok(());
        }
        let mut out = std::io::stderr();
        for line in said {
            let _ = writeln!(out, "{line}");
        }
        let not_confirmed = || Failure::refused(t::not_confirmed(self.lang));
        if !std::io::stdin().is_terminal() {
            return Err(not_confirmed());
        }
        let _ = write!(out, "{} ", t::question(self.lang));
        let _ = out.flush();
        let mut line = String::new();
        std::io::stdin().read_line(&mut line).map_err(|e| Failure::refused(e.to_string()))?;
        if line.trim().eq_ignore_ascii_case("y") { Ok(()) } else { Err(not_confirmed()) }
    }
}

fn beyond_of(store: &Store, end: &End) -> Result<Beyond, StoreError> {
    let present = store.end()?;
    if present.seq < end.seq || !store.knows(end)? {
        return Ok(if present.seq == Seq(0) { Beyond::Nothing } else { Beyond::Another(present) });
    }
    if present.seq == end.seq {
        return Ok(Beyond::Nothing);
    }
    let next = Seq(end.seq.0 + 1);
    let since = store.entries_between(next, next)?.first().map(|entry| entry.entered_at);
    Ok(Beyond::Entries(present.seq.0 - end.seq.0, since))
}
