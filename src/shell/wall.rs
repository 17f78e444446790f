//! The wall against files: what somebody hands in is read by a process of its own, and what it read comes back over a pipe.
//!
//! A file can be made, or happen, to break whoever reads it: to take memory without end, never to come to an end, to end the
//! program. No library that reads workbooks or pictures is free of that, and catching panics is no wall. So the same program
//! is started once more, as a reader, for one file: it is fed the file's bytes, opens nothing itself, and tells what it read.
//! It may have [`inside::MOST_MEMORY`] bytes; and when it neither took a byte nor told anything for [`PATIENCE`] it is ended.
//! Whatever happens to it, the desk has lost nothing but that file.
//!
//! Reading order: here, who starts the reader, feeds it and listens; `frames`, how both speak; [`inside`], what the reader
//! does, with its limits; in a program that is being developed `trial`, a reader that misbehaves on purpose.
//!
//! Limits are the system's on Unix. Where it is not Linux the heap is capped as well, for macOS does not hold a process to
//! its memory limit and Windows has none. That half was never tried on those systems.

mod frames;
pub mod inside;
#[cfg(debug_assertions)]
mod trial;

use std::ffi::OsString;
use std::fs::File;
use std::io::{BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde::de::DeserializeOwned;

use crate::import::ReadError;
use crate::import::told::{Handed, Hearer, Reader};

use frames::Kind;

/// How long a reader may neither take a byte nor tell anything.
pub const PATIENCE: Duration = Duration::from_secs(5);
/// The command by which the program becomes a reader.
pub const COMMAND: &str = "read-handed-in";

/// How often the reader is looked after.
const TICK: Duration = Duration::from_millis(100);
/// So many bytes are fed at once.
const BITE: usize = 64 * 1024;

/// What a reader is to read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum What {
    /// A roster, or a delivery in a zip.
    Roster,
    /// The parts of a delivery.
    Folder,
    /// A year's notice of holidays.
    Notice,
    /// A photo.
    Photo,
}

impl What {
    const ALL: [(Self, &'static str); 4] = [(Self::Roster, "roster"), (Self::Folder, "folder"), (Self::Notice, "notice"), (Self::Photo, "photo")];

    fn word(self) -> &'static str {
        Self::ALL.iter().find(|(what, _)| *what == self).map_or("", |(_, word)| word)
    }

    /// What is called so on the command line.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, w)| *w == word).map(|(what, _)| *what)
    }
}

/// Who reads files behind the wall.
#[derive(Clone, Debug)]
pub struct Wall {
    program: PathBuf,
    environment: Vec<(OsString, OsString)>,
    patience: Duration,
    given_up: Arc<AtomicBool>,
}

/// Why nothing, or not everything, was told.
#[derive(Debug)]
pub enum Fault<E> {
    /// No reader could be started.
    NotStarted(std::io::Error),
    /// A file could not be fed to it: its name, and why.
    File(String, std::io::Error),
    /// It ended, or told what nobody understands.
    Broke,
    /// It did nothing for too long and was ended: after so long.
    Silent(Duration),
    /// It said why the file cannot be read, or the hearer refused.
    Said(E),
}

impl Default for Wall {
    /// This program is its own reader.
    fn default() -> Self {
        // By this name the program is found even after its file was replaced by a newer one.
        let itself = Path::new("/proc/self/exe");
        let program = if itself.exists() { Some(itself.to_owned()) } else { std::env::current_exe().ok() };
        Self::of(program.unwrap_or_else(|| PathBuf::from("caredesk")))
    }
}

impl Wall {
    /// This program reads.
    #[must_use]
    pub fn of(program: PathBuf) -> Self {
        Self { program, environment: Vec::new(), patience: PATIENCE, given_up: Arc::default() }
    }

    /// With a variable in the reader's environment.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.into(), value.into()));
        self
    }

    /// With another patience.
    #[must_use]
    pub fn patient(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Ends what is being read, and what would be, as soon as this is set.
    #[must_use]
    pub fn give_up(&self) -> Arc<AtomicBool> {
        self.given_up.clone()
    }

    /// Has files read, and hears what is told of them.
    ///
    /// # Errors
    /// Why they were not read to their end.
    pub fn ask<T: DeserializeOwned, E: DeserializeOwned>(
        &self,
        what: What,
        files: &[(String, PathBuf)],
        hear: &mut dyn FnMut(T) -> Result<(), E>,
    ) -> Result<(), Fault<E>> {
        let mut command = Command::new(&self.program);
        command.args([COMMAND, what.word()]).envs(self.environment.iter().map(|(name, value)| (name, value)));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().map_err(Fault::NotStarted)?;
        let (fed, told) = (child.stdin.take(), child.stdout.take());
        let child = Mutex::new(child);
        let pace = Pace::default();
        let (over, ends) = channel::<()>();
        let (heard, feeding) = std::thread::scope(|scope| {
            let feeder = scope.spawn(|| fed.map_or(Ok(()), |pipe| feed(pipe, files, &pace)));
            let (reader, pace) = (&child, &pace);
            scope.spawn(move || self.look_after(reader, pace, &ends));
            let heard = told.map_or(Err(Fault::Broke), |pipe| listen(pipe, pace, hear));
            // Whatever it still wanted to say nobody hears: the pipes close, and it is ended.
            end(&child);
            drop(over);
            (heard, feeder.join().unwrap_or(Ok(())))
        });
        match (heard, feeding) {
            (Ok(()), _) => Ok(()),
            (Err(Fault::Broke), Err((name, error))) => Err(Fault::File(name, error)),
            (Err(Fault::Broke), Ok(())) if pace.silent.load(Ordering::Relaxed) => Err(Fault::Silent(self.patience)),
            (Err(fault), _) => Err(fault),
        }
    }

    /// Ends the reader when it does nothing for too long, until it is over. What counts is how often it was looked after, not
    /// the clock: a program that was stopped with its reader and goes on later has not lost its patience meanwhile.
    fn look_after(&self, child: &Mutex<Child>, pace: &Pace, over: &Receiver<()>) {
        let (mut before, mut idle) = (pace.done(), Duration::ZERO);
        while let Err(RecvTimeoutError::Timeout) = over.recv_timeout(TICK) {
            let now = pace.done();
            idle = if now == before && pace.is_its_turn() { idle + TICK } else { Duration::ZERO };
            before = now;
            let given_up = self.given_up.load(Ordering::Relaxed);
            if idle >= self.patience || given_up {
                pace.silent.store(!given_up, Ordering::Relaxed);
                end(child);
                return;
            }
        }
    }
}

impl Reader for Wall {
    fn read(&self, handed: &Handed, hear: &mut Hearer<'_>) -> Result<(), ReadError> {
        let what = if handed.folder { What::Folder } else { What::Roster };
        self.ask(what, &handed.files, hear).map_err(|fault| match fault {
            Fault::Said(error) => error,
            Fault::File(name, error) if handed.folder => ReadError::Part(name, Box::new(ReadError::io(&error))),
            Fault::NotStarted(error) | Fault::File(_, error) => ReadError::Io(error.to_string()),
            Fault::Broke => inside::broke(),
            Fault::Silent(patience) => ReadError::Silent(patience.as_secs()),
        })
    }
}

/// What the reader has done, and whose turn it is.
#[derive(Default)]
struct Pace {
    fed: AtomicU64,
    told: AtomicU64,
    /// A file is being read from the disk to be fed: that may be slow, and is not the reader's doing.
    from_disk: AtomicBool,
    /// Somebody listens.
    listening: AtomicBool,
    /// It was ended for having done nothing.
    silent: AtomicBool,
}

impl Pace {
    fn done(&self) -> (u64, u64) {
        (self.fed.load(Ordering::Relaxed), self.told.load(Ordering::Relaxed))
    }

    fn is_its_turn(&self) -> bool {
        self.listening.load(Ordering::Relaxed) && !self.from_disk.load(Ordering::Relaxed)
    }
}

fn end(child: &Mutex<Child>) {
    if let Ok(mut child) = child.lock() {
        let _ = child.kill(); // one that has ended already needs no ending
        let _ = child.wait();
    }
}

/// Feeds the files to the reader. One that has stopped taking them has said why, or has ended.
fn feed(mut pipe: ChildStdin, files: &[(String, PathBuf)], pace: &Pace) -> Result<(), (String, std::io::Error)> {
    let mut bite = vec![0; BITE];
    for (name, path) in files {
        let failed = |error| (name.clone(), error);
        if frames::put(&mut pipe, Kind::Name, name.as_bytes()).is_err() {
            return Ok(());
        }
        pace.from_disk.store(true, Ordering::Relaxed);
        let file = File::open(path).map_err(failed)?;
        let mut file = file.take(crate::import::read::LARGEST + 1);
        loop {
            pace.from_disk.store(true, Ordering::Relaxed);
            let count = file.read(&mut bite).map_err(failed)?;
            pace.from_disk.store(false, Ordering::Relaxed);
            let Some(content) = bite.get(..count).filter(|content| !content.is_empty()) else { break };
            if frames::put(&mut pipe, Kind::Bytes, content).is_err() {
                return Ok(());
            }
            pace.fed.fetch_add(1, Ordering::Relaxed);
        }
    }
    let _ = frames::put(&mut pipe, Kind::End, &[]).and_then(|()| pipe.flush());
    Ok(())
}

/// Hears what the reader tells.
fn listen<T: DeserializeOwned, E: DeserializeOwned>(pipe: impl Read, pace: &Pace, hear: &mut dyn FnMut(T) -> Result<(), E>) -> Result<(), Fault<E>> {
    let mut pipe = BufReader::with_capacity(BITE, pipe);
    let mut content = Vec::new();
    loop {
        pace.listening.store(true, Ordering::Relaxed);
        let kind = frames::take(&mut pipe, &mut content);
        pace.listening.store(false, Ordering::Relaxed);
        pace.told.fetch_add(1, Ordering::Relaxed);
        match kind.map_err(|_| Fault::Broke)? {
            Kind::Told => hear(postcard::from_bytes(&content).map_err(|_| Fault::Broke)?).map_err(Fault::Said)?,
            Kind::Failed => return Err(postcard::from_bytes(&content).map_or(Fault::Broke, Fault::Said)),
            Kind::End => return Ok(()),
            Kind::Name | Kind::Bytes => return Err(Fault::Broke),
        }
    }
}
