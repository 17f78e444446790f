//! The journal and the register tables, on disk: one `SQLite` file in the data folder.
//!
//! Reading order: `schema` (what the file is made of), `open` (from a folder to a connection that can be trusted) with `again` (files written anew first),
//! `guard` with `end`, `seal` and `disk` (whether the files are still the ones that were opened, what a disk refuses, and the room kept for a full one), `journal`
//! with `body` and `chain` (facts, each bound to the one before), `tables` with `people`, `cards`, `counts`, `stays` and `redated` (their
//! fold, written in the same transaction), `read` (start-up and time travel), `attendance` and `extracts` (what papers need), `erased` and `forgotten` (what is not kept), `verify` (whether all of that is true), `copy`
//! (a store as a whole: backup and restore).
//!
//! What is recorded is on the disk before [`Store::record`] returns. Every desk decides on what it has seen and says how
//! far that was; if the journal has moved on since, nothing is written and the desk is told what it missed. That is all of
//! the concurrency there is.
//!
//! Deliberately absent: rules about children, the clock (time is an argument), sentences for people, PIN hashing, repair.
//! Nothing outside this room knows that `SQLite` exists.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use chrono::NaiveDate;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, TransactionBehavior};

use crate::domain::attended::Attended;
use crate::domain::day::State;
use crate::domain::fact::{Draft, Entry, Fact, Seq};
use crate::domain::people::{ChildId, StaffId};
use crate::domain::redating::Stretch;
use crate::domain::register::Register;
use crate::domain::time::Moment;
use crate::domain::trouble::FileFault;

use ballast::Ballast;
use journal::Head;
use open::Opened;
use verify::Depth;

mod again;
mod attendance;
mod ballast;
mod body;
mod cards;
mod chain;
mod copy;
mod counts;
mod disk;
mod end;
mod erased;
mod error;
mod extracts;
mod forgotten;
mod guard;
mod journal;
mod office;
mod open;
mod people;
mod read;
mod redated;
mod rescue;
mod schema;
mod seal;
mod sql;
mod staff;
mod stays;
mod tables;
mod verify;

pub use copy::End;
pub use error::{OpenError, StoreError};
pub use extracts::ChildHistory;
pub use forgotten::DaysDue;
pub use open::FILE;
pub use read::{Loaded, Past};
pub use schema::Kind;
pub use seal::{SealKey, Sealed, UnreadKey};
pub use verify::{Flaw, Problem, Report};

/// An open store.
#[derive(Debug)]
pub struct Store {
    conn: Connection,
    kind: Kind,
    key: String,
    file: Option<PathBuf>,
    seen_version: i64,
    guard: guard::Guard,
    noted: Option<end::Noted>,
    only_read: Option<OpenError>,
    ballast: Option<Ballast>,
    key_of_seal: Option<SealKey>,
    sealed: Sealed,
    seal_is_new: bool,
    unread_key: Option<UnreadKey>,
    /// What it is read from instead of its own folder; gone with it.
    _copied: Option<tempfile::TempDir>,
}

/// Ends what a store is being asked: see [`Store::interrupt`].
pub struct Interrupt(rusqlite::InterruptHandle);

impl Interrupt {
    /// Ends it now.
    pub fn now(&self) {
        self.0.interrupt();
    }
}

/// When, where and by whom something is entered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stamp {
    /// The time on the desk's clock.
    pub now: Moment,
    /// The desk.
    pub desk: String,
    /// Who is acting.
    pub staff: Option<StaffId>,
}

/// An act, and what was entered after it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ActAndLater {
    /// Its entries.
    pub act: Vec<Entry>,
    /// All entries after it.
    pub later: Vec<Entry>,
}

/// What became of an act.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Recorded {
    /// It is on the disk; these are its entries.
    Done(Vec<Entry>),
    /// Nothing was written: the journal had moved on, and these entries were missed.
    Behind(Vec<Entry>),
}

impl Store {
    /// Opens the store in a folder, or makes it there if there is none and `create` says so. A store of the other kind, of a
    /// newer caredesk, damaged, or of another program is refused and left as it is.
    ///
    /// # Errors
    /// Why it could not be opened.
    pub fn open(dir: &Path, kind: Kind, create: bool) -> Result<Self, OpenError> {
        let Opened { conn, kind, path, head, filed, noted, copied: _ } = match open::read_write(dir, kind, create) {
            Err(OpenError::Full) if ballast::give_up_beside(&dir.join(FILE)) => open::read_write(dir, kind, create),
            other => other,
        }?;
        let guard = guard::Guard::of(&conn, &path, head, filed, noted.as_ref().is_some_and(|noted| noted.seal.is_some()))?;
        let ballast = Some(Ballast::beside(&path));
        Ok(Self { ballast, ..Self::new(conn, kind, Some(path), guard, noted)? })
    }

    /// Opens the store in a folder for reading, of whichever kind it is.
    ///
    /// # Errors
    /// Why it could not be opened.
    pub fn open_read_only(dir: &Path) -> Result<Self, OpenError> {
        let Opened { conn, kind, path, head, filed: _, noted, copied } = open::read_only(dir)?;
        Ok(Self { _copied: copied, ..Self::new(conn, kind, Some(path), guard::Guard::idle(head), noted)? })
    }

    /// Opens the store in a folder as [`Store::open`] does; where it can be read but not written, or must not be, for reading.
    /// [`Store::why_only_read`] says why then.
    ///
    /// # Errors
    /// Why it could not even be read.
    pub fn open_or_read(dir: &Path, kind: Kind) -> Result<Self, OpenError> {
        match Self::open(dir, kind, false) {
            Err(why) if why.leaves_it_readable() => match Self::open_read_only(dir) {
                Ok(store) if store.kind == kind => Ok(Self { only_read: Some(why), ..store }),
                Ok(_) | Err(_) => Err(why),
            },
            other => other,
        }
    }

    /// Why the store was opened for reading where it should be written, if it was.
    #[must_use]
    pub fn why_only_read(&self) -> Option<&OpenError> {
        self.only_read.as_ref()
    }

    /// A practice store that is gone when the program ends.
    ///
    /// # Errors
    /// Why it could not be made.
    pub fn memory() -> Result<Self, OpenError> {
        Self::new(open::memory()?, Kind::Practice, None, guard::Guard::default(), None)
    }

    fn new(conn: Connection, kind: Kind, file: Option<PathBuf>, guard: guard::Guard, noted: Option<end::Noted>) -> Result<Self, OpenError> {
        let key = schema::key(&conn)?;
        let seen_version = schema::pragma(&conn, "data_version")?;
        Ok(Self {
            conn,
            kind,
            key,
            file,
            seen_version,
            guard,
            noted,
            only_read: None,
            ballast: None,
            key_of_seal: None,
            sealed: Sealed::Unchecked,
            seal_is_new: false,
            unread_key: None,
            _copied: None,
        })
    }

    /// The same with the key of its seal: what was sealed is held against the journal, and what is entered from now on is sealed too,
    /// but where it does not fit; then nothing covers that up. A key that is new (`is_new`) covers what stands now.
    ///
    /// # Errors
    /// Why the journal could not be read.
    pub fn sealed_with(mut self, key: SealKey, is_new: bool) -> Result<Self, StoreError> {
        let noted = self.noted.as_ref().filter(|_| !is_new);
        self.sealed = key.check(&self.conn, noted)?;
        if matches!(self.sealed, Sealed::Fits { .. }) {
            self.guard.seal(key.clone());
        }
        self.key_of_seal = Some(key);
        self.seal_is_new = is_new;
        Ok(self)
    }

    /// The key of the seal, if this store was given one.
    #[must_use]
    pub fn key_of_seal(&self) -> Option<&SealKey> {
        self.key_of_seal.as_ref()
    }

    /// The same whose key is there and cannot be read: what is sealed stays as it is, and the head file behind until it can be.
    #[must_use]
    pub fn with_unread_key(mut self, unread: UnreadKey) -> Self {
        self.guard.leave_sealed();
        self.unread_key = Some(unread);
        self
    }

    /// The key that is there and cannot be read.
    #[must_use]
    pub fn unread_key(&self) -> Option<&UnreadKey> {
        self.unread_key.as_ref()
    }

    /// Whether that key was made just now.
    #[must_use]
    pub fn seal_is_new(&self) -> bool {
        self.seal_is_new
    }

    /// What the seal said when the key was given.
    #[must_use]
    pub fn sealed(&self) -> Sealed {
        self.sealed
    }

    /// What tells this store from others, for the name of a file: 16 characters that tell nothing else.
    #[must_use]
    pub fn name(&self) -> String {
        self.keyed_digest("name of the store")
    }

    /// Real or practice.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The file, unless the store is in memory.
    #[must_use]
    pub fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// Records an act, if nothing was recorded after `seen`. It is on the disk when this returns, or wholly absent; only where
    /// the files were taken away while it was written ([`StoreError::Apart`]) may it stand in what is no longer the store.
    ///
    /// On a full disk the room that is kept for that is given up first.
    ///
    /// # Errors
    /// Why nothing was recorded. The store stays usable.
    pub fn record(&mut self, seen: Seq, drafts: &[Draft], stamp: &Stamp) -> Result<Recorded, StoreError> {
        let recorded = match self.record_once(seen, drafts, stamp) {
            Err(StoreError::Full) if self.ballast.as_mut().is_some_and(Ballast::give_up) => self.record_once(seen, drafts, stamp),
            other => other,
        };
        if recorded.is_ok() && self.is_in_last_room() {
            // What is in the log goes into the file, so that the next entry needs no more room.
            let _ = sql::all(&self.conn, guard::CHECKPOINT, [], |_| Ok(()));
        }
        recorded
    }

    /// Whether the disk is so full that the room kept for that was given up.
    #[must_use]
    pub fn is_in_last_room(&self) -> bool {
        self.ballast.as_ref().is_some_and(Ballast::is_given_up)
    }

    fn record_once(&mut self, seen: Seq, drafts: &[Draft], stamp: &Stamp) -> Result<Recorded, StoreError> {
        let mut entries = Vec::with_capacity(drafts.len());
        let sets_clock = matches!(drafts, [Draft { fact: Fact::ClockSet { .. }, .. }, ..]);
        let written = self.write(seen, |step, mut head, act| {
            let entered_at = if sets_clock { stamp.now } else { not_before(&head, stamp.now) };
            for draft in drafts {
                let entry = entered(&head, act, draft.clone(), entered_at, stamp);
                head = journal::append(step, &head, &entry)?;
                entries.push(entry);
            }
            tables::apply_act(step, &entries)?;
            Ok(head)
        })?;
        Ok(written.map_or(Recorded::Done(entries), Recorded::Behind))
    }

    /// Records an act of any length in one transaction, as [`Store::record`] does, but keeps no copy of it; `share` hears how far
    /// it is. `false` when something was recorded after `seen`, and nothing was written. Not for acts that take others back.
    ///
    /// # Errors
    /// Why nothing was recorded. The store stays usable.
    pub fn record_all(&mut self, seen: Seq, drafts: Vec<Draft>, stamp: &Stamp, share: &mut dyn FnMut(f32)) -> Result<bool, StoreError> {
        const AT_ONCE: usize = 1000;
        let written = self.write(seen, |step, mut head, act| {
            let entered_at = not_before(&head, stamp.now);
            let all = drafts.len();
            let mut part = Vec::with_capacity(AT_ONCE.min(all));
            for (index, draft) in drafts.into_iter().enumerate() {
                let entry = entered(&head, act, draft, entered_at, stamp);
                head = journal::append(step, &head, &entry)?;
                part.push(entry);
                if part.len() == AT_ONCE || index + 1 == all {
                    tables::apply_act(step, &part)?;
                    part.clear();
                    #[allow(clippy::cast_precision_loss)] // for a bar
                    share(index as f32 / all as f32);
                }
            }
            Ok(head)
        })?;
        Ok(written.is_none())
    }

    /// One act at the end of the journal: `append` gets the transaction, the head and the number of the act, and gives the new
    /// head. Gives the entries that were missed instead, when something was recorded after `seen`.
    fn write(
        &mut self,
        seen: Seq,
        append: impl FnOnce(&Connection, Head, Seq) -> Result<Head, StoreError>,
    ) -> Result<Option<Vec<Entry>>, StoreError> {
        self.check().map_err(StoreError::Apart)?;
        let written = self.write_checked(seen, append);
        written.map_err(|error| self.failed(error))
    }

    /// What a failed write means: the disk may not have what the system takes for written.
    fn failed(&self, error: StoreError) -> StoreError {
        if let (StoreError::Io(_), Some(file)) = (&error, self.file.as_deref()) {
            again::suspect(file);
        }
        disk::cause(self.file.as_deref(), error)
    }

    fn write_checked(
        &mut self,
        seen: Seq,
        append: impl FnOnce(&Connection, Head, Seq) -> Result<Head, StoreError>,
    ) -> Result<Option<Vec<Entry>>, StoreError> {
        if !self.conn.is_autocommit() {
            self.conn.execute_batch("ROLLBACK")?; // what an earlier failure could not roll back
        }
        let step = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let head = journal::head(&step)?;
        self.guard.check_end(&step, &head)?;
        if head.seq < seen {
            return Err(StoreError::Damaged(format!("the journal ends at {}, not at {}", head.seq.0, seen.0)));
        }
        if head.seq > seen {
            return Ok(Some(journal::between(&step, Seq(seen.0 + 1), head.seq)?));
        }
        let head = append(&step, head, Seq(seen.0 + 1))?;
        step.commit()?;
        self.guard.committed(&self.conn, head).map_err(StoreError::Apart)?;
        Ok(None)
    }

    /// Whether the files at their paths are the ones that were opened; asked before anything is recorded, and in quiet moments.
    /// What was moved away and put back is in order again; everything else stays wrong until the store is opened anew.
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn check(&mut self) -> Result<(), FileFault> {
        if let Some(ballast) = &mut self.ballast {
            ballast.make_again();
        }
        self.guard.check(&self.conn)
    }

    /// The register, and the day of `now` (or of the last entry, if the clock is behind it).
    ///
    /// # Errors
    /// Why it could not be read.
    pub fn load(&self, now: Moment) -> Result<Loaded, StoreError> {
        read::load(&self.conn, now)
    }

    /// The same with as much of the register as a first frame shows: no phone numbers, no cards, of collectors only those who
    /// must not. Nothing may be decided on it about children; who leads, and with which PIN, it knows.
    ///
    /// # Errors
    /// Why it could not be read.
    pub fn glance(&self, now: Moment) -> Result<Loaded, StoreError> {
        read::glance(&self.conn, now)
    }

    /// The state at any moment, past or present, of the day of that moment.
    ///
    /// # Errors
    /// Why it could not be read.
    pub fn state_at(&self, when: Moment) -> Result<State, StoreError> {
        read::state_at(&self.conn, when)
    }

    /// Any moment as a whole: the register as it was and the state of its day. `known` is a register with the number of its last
    /// entry: nothing is read anew while that is the last of the journal. The cost grows with what was entered since that moment.
    ///
    /// # Errors
    /// Why it could not be read.
    pub fn past_at(&self, when: Moment, known: Option<(Seq, &Register)>) -> Result<Past, StoreError> {
        read::past_at(&self.conn, when, known)
    }

    /// Entries after `seen`.
    ///
    /// # Errors
    /// Why they could not be read.
    pub fn news(&mut self, seen: Seq) -> Result<Vec<Entry>, StoreError> {
        journal::between(&self.conn, Seq(seen.0 + 1), Seq(i64::MAX))
    }

    /// Entries from one number to another, both included.
    ///
    /// # Errors
    /// Why they could not be read.
    pub fn entries_between(&self, from: Seq, to: Seq) -> Result<Vec<Entry>, StoreError> {
        journal::between(&self.conn, from, to)
    }

    /// Entries of care days, the first and the last included, in the order of the journal.
    ///
    /// # Errors
    /// Why they could not be read.
    pub fn entries_of_days(&self, from: NaiveDate, to: NaiveDate) -> Result<Vec<Entry>, StoreError> {
        read::of_days(&self.conn, from, to)
    }

    /// The last import that was not taken back: its entries, and all entries after it.
    ///
    /// # Errors
    /// Why they could not be read.
    pub fn last_import(&self) -> Result<Option<ActAndLater>, StoreError> {
        let Some(act) = journal::last_import(&self.conn)? else { return Ok(None) };
        let entries = journal::between(&self.conn, act, Seq(i64::MAX))?;
        let (of_act, later) = entries.into_iter().partition(|e| e.act == act);
        Ok(Some(ActAndLater { act: of_act, later }))
    }

    /// Gives away the stays that began on these days, a day at a time and in the order in which they began, until `put` wants no
    /// more. What is held in memory does not grow with the days.
    ///
    /// # Errors
    /// Why they could not be read.
    pub fn attendance(&self, days: &RangeInclusive<NaiveDate>, put: &mut dyn FnMut(Vec<Attended>) -> bool) -> Result<(), StoreError> {
        attendance::each_day(&self.conn, days, put)
    }

    /// Everything that was ever written to a file: the entries that say so.
    ///
    /// # Errors
    /// Why they could not be read.
    pub fn exports(&self) -> Result<Vec<Entry>, StoreError> {
        extracts::exports(&self.conn)
    }

    /// Every entry about a child, also those taken back.
    ///
    /// # Errors
    /// Why they could not be read.
    pub fn history_of(&self, child: ChildId) -> Result<ChildHistory, StoreError> {
        extracts::of_child(&self.conn, child)
    }

    /// The facts by which a child and its collectors came to be what they are and that were never taken back, the first first, each
    /// with whether an import set it.
    ///
    /// # Errors
    /// Why they could not be read.
    pub fn past_of(&self, child: ChildId) -> Result<Vec<(Fact, bool)>, StoreError> {
        extracts::set_of_child(&self.conn, child)
    }

    /// How many entries say something about a child, and when the first and the last of them happened, milliseconds since 1970.
    ///
    /// # Errors
    /// Why they could not be read.
    pub fn entries_about(&self, child: ChildId) -> Result<(i64, Option<(i64, i64)>), StoreError> {
        erased::entries_of(&self.conn, child)
    }

    /// How many entries about cards of a child would lose their text if these were not kept any more, and when the last of them
    /// happened, milliseconds since 1970.
    ///
    /// # Errors
    /// Why they could not be read.
    pub fn cards_due(&self, child: ChildId) -> Result<(u64, Option<i64>), StoreError> {
        forgotten::cards::due(&self.conn, child)
    }

    /// When each of those who work here no more ceased to, the last time.
    ///
    /// # Errors
    /// Why it could not be read.
    pub fn staff_left(&self) -> Result<BTreeMap<StaffId, Moment>, StoreError> {
        forgotten::cards::staff_left(&self.conn)
    }

    /// What would go if days up to this one were not kept any more.
    ///
    /// # Errors
    /// Why it could not be read.
    pub fn days_due(&self, until: NaiveDate) -> Result<DaysDue, StoreError> {
        forgotten::due(&self.conn, until)
    }

    /// Whether there is room to write the file anew beside itself; where the disk does not say, it is tried.
    #[must_use]
    pub fn has_room_to_wipe(&self) -> bool {
        let Some(file) = &self.file else { return true };
        let size = std::fs::metadata(file).map_or(0, |found| found.len());
        disk::room(file).is_none_or(|room| room > size.saturating_mul(3).saturating_add(4 << 20))
    }

    /// Writes the file anew, so that nothing lies in it that was erased. Says no where somebody else reads meanwhile: then the log may
    /// still hold it.
    ///
    /// # Errors
    /// Why it could not be done; nothing is lost by that.
    pub fn wipe(&mut self) -> Result<bool, StoreError> {
        let is_done = erased::wipe(&self.conn).map_err(|error| self.failed(error))?;
        // The log is another one from here on.
        let head = journal::head(&self.conn)?;
        self.guard.committed(&self.conn, head).map_err(StoreError::Apart)?;
        Ok(is_done)
    }

    /// Whether something was erased, and the file not written anew since: somebody was killed in between, or another desk was reading.
    ///
    /// # Errors
    /// Why it could not be read.
    pub fn is_to_be_wiped(&self) -> Result<bool, StoreError> {
        erased::is_to_be_wiped(&self.conn)
    }

    /// The last stretches of entries that one clock dated, at most so many, the latest first.
    ///
    /// # Errors
    /// Why they could not be read.
    pub fn stretches(&self, most: usize) -> Result<Vec<Stretch>, StoreError> {
        redated::stretches(&self.conn, most)
    }

    /// When the last entry was entered.
    ///
    /// # Errors
    /// Why it could not be read.
    pub fn last_entered(&self) -> Result<Option<Moment>, StoreError> {
        Ok(journal::head(&self.conn)?.entered_at)
    }

    /// The journal's last number.
    ///
    /// # Errors
    /// Why it could not be read.
    pub fn head(&self) -> Result<Seq, StoreError> {
        Ok(journal::head(&self.conn)?.seq)
    }

    /// Whether another desk or program has written since this was last asked.
    ///
    /// # Errors
    /// Why it could not be found out.
    pub fn changed_elsewhere(&mut self) -> Result<bool, StoreError> {
        let version = sql::one(&self.conn, DATA_VERSION, [], |row| row.get(0))?.unwrap_or(self.seen_version);
        Ok(std::mem::replace(&mut self.seen_version, version) != version)
    }

    /// What a store that lies closed in a folder is made of beside its own tables, indexes and triggers, or without them; found before
    /// it is opened, so that nothing in it runs.
    ///
    /// # Errors
    /// Why its schema cannot be read, or is none of ours.
    pub fn not_as_made(dir: &Path) -> Result<Vec<Problem>, OpenError> {
        verify::schema_as_made_then(dir)
    }

    /// Whether the file is whole, the chain unbroken, and every table the fold of the journal.
    #[must_use]
    pub fn verify(&self) -> Report {
        verify::verify(&self.conn, self.kind, (self.noted.as_ref(), self.sealed), (Depth::Whole, self.file.as_deref()), &AtomicBool::new(false))
    }

    /// The same as a desk asks it beside its work: without the order of the indexes and the stays that ended weeks ago, so that what
    /// it holds in memory does not grow with the years. It ends early, of no use then, once `stop` is set.
    #[must_use]
    pub fn verify_at_start(&self, stop: &AtomicBool) -> Report {
        verify::verify(&self.conn, self.kind, (self.noted.as_ref(), self.sealed), (Depth::Start, None), stop)
    }

    /// What ends a long question to this store from another thread.
    #[must_use]
    pub fn interrupt(&self) -> Interrupt {
        Interrupt(self.conn.get_interrupt_handle())
    }

    /// Whether the pages of the file are in order: quicker than [`Store::verify`], for after the first frame.
    ///
    /// # Errors
    /// Why it could not be found out.
    pub fn quick_check(&self) -> Result<bool, StoreError> {
        pages_fit(&self.conn)
    }

    /// Saves everything that can still be read as a new store, `caredesk.saved-…db`, beside the file or, where nothing can be
    /// made there, in the folder for temporary files; gives its path.
    ///
    /// # Errors
    /// Why it could not be saved whole.
    pub fn save_beside(&self, now: Moment) -> Result<PathBuf, StoreError> {
        let file = self.file.as_deref().ok_or_else(|| StoreError::Other("a store in memory has no file".to_owned()))?;
        rescue::save(&self.conn, file, self.guard.last(), now)
    }

    /// Where the journal ends.
    ///
    /// # Errors
    /// Why it could not be read.
    pub fn end(&self) -> Result<End, StoreError> {
        Ok(journal::head(&self.conn)?.into())
    }

    /// Whether a journal that ends so is the beginning of this one.
    ///
    /// # Errors
    /// Why it could not be read.
    pub fn knows(&self, end: &End) -> Result<bool, StoreError> {
        copy::knows(&self.conn, end.seq, &end.hash)
    }

    /// Copies everything recorded up to now, with a head file, into a private folder; gives where the copy ends.
    ///
    /// # Errors
    /// Why there is no whole copy. What there is of it is left to whoever made the folder.
    pub fn copy_into(&self, folder: &Path) -> Result<End, StoreError> {
        copy::whole(&self.conn, folder)
    }

    /// Marks a store that is to take the place of another, so that it is told from that one whatever else they share; gives the
    /// mark (32 characters).
    ///
    /// # Errors
    /// Why it could not be marked.
    pub fn mark_restored(&self) -> Result<String, StoreError> {
        schema::mark_restored(&self.conn)
    }

    /// The mark with which this store took the place of another, if it ever did.
    ///
    /// # Errors
    /// Why it could not be read.
    pub fn restored_as(&self) -> Result<Option<String>, StoreError> {
        schema::restored_as(&self.conn)
    }

    /// Puts a closed store (`staged`, on the same disk) in the place of the one in `dir`, whose files are kept under new names,
    /// `caredesk.db.before-N` and so on; gives N if there were any. `is_sound`: the present one could be opened. `ready` is done
    /// before anything changes, while nobody else has the store; it hears where the present one ends, if that is sound.
    ///
    /// # Errors
    /// [`OpenError::Busy`] while anybody has the present store open; else why it could not be done.
    pub fn put_in_place(
        staged: &Path,
        dir: &Path,
        is_sound: bool,
        ready: impl FnOnce(Option<&End>) -> Result<(), OpenError>,
    ) -> Result<Option<u32>, OpenError> {
        copy::put_in_place(staged, dir, is_sound, ready)
    }

    /// A short hash, keyed for this store, of something that must not be kept as it was typed.
    #[must_use]
    pub fn keyed_digest(&self, text: &str) -> String {
        chain::keyed(&self.key, text)
    }

    /// Moves what the log holds into the file, as far as nobody is in the way. For quiet moments.
    ///
    /// # Errors
    /// Why it could not be done; nothing is lost by that.
    pub fn checkpoint(&self) -> Result<(), StoreError> {
        sql::all(&self.conn, guard::CHECKPOINT, [], |_| Ok(())).map(|_| ()).map_err(|error| self.failed(error))
    }

    /// Closes the store. The last one to close it leaves no log; whoever only drops it leaves the log for the next. Where the
    /// files are not the ones that were opened, nothing is moved and nothing deleted: by now the names may be another store's.
    ///
    /// # Errors
    /// Why it could not be closed cleanly; nothing is lost by that.
    pub fn close(mut self) -> Result<(), StoreError> {
        if self.check().is_ok() {
            self.conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
        }
        self.conn.close().map_err(|(_, e)| e.into())
    }
}

const DATA_VERSION: &str = "PRAGMA data_version";
const QUICK_CHECK: &str = "PRAGMA quick_check(1)";

#[cfg(test)]
mod tests;

fn pages_fit(conn: &Connection) -> Result<bool, StoreError> {
    Ok(sql::one(conn, QUICK_CHECK, [], |row| row.get::<_, String>(0))?.is_some_and(|answer| answer == "ok"))
}

/// Entry times never decrease, but where the clock is set.
fn not_before(head: &Head, now: Moment) -> Moment {
    Moment { ms: head.entered_at.map_or(now.ms, |last| last.ms.max(now.ms)), ..now }
}

/// The entry after `head` that a draft becomes; what happened did not happen later than it is entered (I8).
fn entered(head: &journal::Head, act: Seq, draft: Draft, entered_at: Moment, stamp: &Stamp) -> Entry {
    let at = Moment { ms: draft.at.map_or(entered_at.ms, |at| at.ms.min(entered_at.ms)), ..entered_at };
    let desk = stamp.desk.clone();
    Entry { seq: Seq(head.seq.0 + 1), act, day: at.date(), at, entered_at, desk, staff: stamp.staff, fact: draft.fact }
}
