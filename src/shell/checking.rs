//! Whether the record is what was entered, looked at beside the desk's work (C6).
//!
//! A thread with a connection of its own reads pages, schema, chain and tables while the desk serves: no scan waits for it. It looks
//! after the start, after everything was read anew, on every new day, and once more when something is recorded while anything is
//! found wrong, for that may have set it right. What it finds stands in red, and nobody releases a child in doubt.
//!
//! Absent: what is compared with what (`store`), and what follows from it (`rules`).

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use chrono::NaiveDate;

use crate::domain::trouble::Unsound;
use crate::store::{Interrupt, Problem, Report, SealKey, Store};

/// While a check runs, whether it has ended is looked for so often.
const LOOK: Duration = Duration::from_millis(100);
/// A store that could not be opened for a check is tried again after so long.
const TRY_AGAIN: Duration = Duration::from_mins(1);

/// The checks of one desk.
pub struct Checking {
    folder: Option<PathBuf>,
    key: Option<SealKey>,
    running: Option<Running>,
    /// When the next one begins, if one is wanted.
    due: Option<Instant>,
    /// The day of the last one.
    day: Option<NaiveDate>,
}

struct Running {
    stop: Arc<AtomicBool>,
    interrupt: Arc<Mutex<Option<Interrupt>>>,
    thread: JoinHandle<Option<Report>>,
}

impl Checking {
    /// For this store; one in memory needs none.
    #[must_use]
    pub fn of(store: &Store) -> Self {
        let folder = store.file().and_then(Path::parent).map(Path::to_owned);
        Self { folder, key: store.key_of_seal().cloned(), running: None, due: Some(Instant::now()), day: None }
    }

    /// Another one is wanted: what was read has changed.
    pub fn again(&mut self) {
        self.due = Some(Instant::now());
    }

    /// Whether one is at work, or has ended and was not looked at.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.running.is_some()
    }

    /// Begins what is wanted, and gives what the last one found once it has ended: `Some(None)` where all is well. Never waits.
    ///
    /// `is_ours`: whether the file at the path is the one that the desk works with. Where another one was put there, a second connection of
    /// this process would make the index anew that the desk's own still reads, and the process would end by that.
    pub fn look(&mut self, today: NaiveDate, is_ours: impl FnOnce() -> bool) -> Option<Option<Unsound>> {
        if self.running.as_ref().is_some_and(|running| running.thread.is_finished()) {
            let ended = self.running.take().and_then(|running| running.thread.join().ok()).flatten();
            match ended {
                Some(report) => return Some(unsound(&report)),
                None => self.due = Some(Instant::now() + TRY_AGAIN),
            }
        }
        let is_due = self.day != Some(today) || self.due.is_some_and(|due| due <= Instant::now());
        if let Some(folder) = self.folder.as_ref().filter(|_| is_due && self.running.is_none() && is_ours()) {
            (self.day, self.due) = (Some(today), None);
            self.running = begin(folder.clone(), self.key.clone());
        }
        None
    }

    /// Waits for the one that runs, but not longer than that.
    pub fn wait(&self, most: Duration) {
        let until = Instant::now() + most;
        while self.running.as_ref().is_some_and(|running| !running.thread.is_finished()) && Instant::now() < until {
            thread::sleep(Duration::from_millis(1));
        }
    }

    /// After how long there is something to look for.
    #[must_use]
    pub fn patience(&self, rest: Duration) -> Duration {
        let due = self.due.map(|due| due.saturating_duration_since(Instant::now()).max(LOOK));
        match (&self.running, due) {
            (Some(_), _) => rest.min(LOOK),
            (None, Some(due)) if self.folder.is_some() => rest.min(due),
            (None, _) => rest,
        }
    }
}

impl Drop for Checking {
    fn drop(&mut self) {
        if let Some(Running { stop, interrupt, thread }) = self.running.take() {
            stop.store(true, Ordering::Relaxed);
            if let Some(interrupt) = interrupt.lock().unwrap_or_else(PoisonError::into_inner).as_ref() {
                interrupt.now();
            }
            let _ = thread.join(); // nobody asks for what it found
        }
    }
}

fn begin(folder: PathBuf, key: Option<SealKey>) -> Option<Running> {
    let (stop, interrupt) = (Arc::new(AtomicBool::new(false)), Arc::new(Mutex::new(None)));
    let (its_stop, its_interrupt) = (Arc::clone(&stop), Arc::clone(&interrupt));
    let work = move || {
        let store = Store::open_read_only(&folder).ok()?;
        let store = match key {
            Some(key) => store.sealed_with(key, false).ok()?,
            None => store,
        };
        *its_interrupt.lock().unwrap_or_else(PoisonError::into_inner) = Some(store.interrupt());
        let report = store.verify_at_start(&its_stop);
        *its_interrupt.lock().unwrap_or_else(PoisonError::into_inner) = None; // before the connection goes
        Some(report)
    };
    let thread = thread::Builder::new().name("check".to_owned()).spawn(work).ok()?;
    Some(Running { stop, interrupt, thread })
}

/// What of a report a desk says and acts upon; `None` where all is well.
#[must_use]
pub fn unsound(report: &Report) -> Option<Unsound> {
    let mut unsound = Unsound { children: report.in_doubt.clone(), ..Unsound::default() };
    for problem in &report.problems {
        match problem {
            Problem::File(_) => unsound.file = true,
            Problem::Schema(name) => unsound.schema.push(name.clone()),
            Problem::Entry { seq, .. } | Problem::OtherEnd(seq) => unsound.entry = unsound.entry.or(Some(*seq)),
            Problem::Seal { after, by } => unsound.seal = Some((*after, *by)),
            Problem::Missing(gap) => unsound.entry = unsound.entry.or(Some(gap.first)),
            Problem::Table { of_child: true, .. } => {}
            Problem::Table { table, .. } if unsound.tables.contains(table) => {}
            Problem::Table { table, .. } => unsound.tables.push(*table),
        }
    }
    (unsound != Unsound::default()).then_some(unsound)
}
