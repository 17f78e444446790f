//! The terminal on Unix: threads that read keys with the time at which they came, signals, and changes of the store; raw
//! mode; writing that never waits. What is Unix-only lies here, and its twin for Windows beside it.
//!
//! We read descriptor 0 ourselves: the usual readers leave bursts unread or can be deafened by an unfinished sequence.

use std::os::fd::OwnedFd;
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, OnceLock};
use std::time::Instant;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{Mode, OFlags};
use rustix::io::{Errno, read, write};
use rustix::termios::{InputModes, OptionalActions, Termios, tcgetattr, tcgetwinsize, tcsetattr, ttyname};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};

use super::keys::{Key, Parser};

/// What comes from outside.
#[derive(Debug)]
pub enum Input {
    /// Keys that came together, and when.
    Keys(Vec<Key>, Instant),
    /// The window changed, or the program was stopped and goes on: everything is drawn anew.
    Redraw,
    /// Somebody wrote to the store: perhaps another desk.
    Written,
    /// The program is asked to end.
    Terminate,
    /// The terminal is gone.
    HangUp,
}

/// Everything from outside comes through here.
pub struct Outside {
    /// Keys, signals, changes.
    pub inputs: Receiver<Input>,
    sender: SyncSender<Input>,
}

static COOKED: OnceLock<Termios> = OnceLock::new();

/// Raw mode: every key comes as it is typed, Ctrl-S and Ctrl-Z included.
///
/// # Errors
/// When descriptor 0 is no terminal.
pub fn raw() -> std::io::Result<()> {
    let stdin = rustix::stdio::stdin();
    let now = tcgetattr(stdin)?;
    let mut raw = COOKED.get_or_init(|| now).clone();
    raw.make_raw();
    raw.input_modes.remove(InputModes::IXON | InputModes::IXOFF);
    Ok(tcsetattr(stdin, OptionalActions::Now, &raw)?)
}

/// Puts the terminal's modes back as they were found. Errors are of no use to anybody then.
pub fn cooked() {
    if let Some(cooked) = COOKED.get() {
        let _ = tcsetattr(rustix::stdio::stdin(), OptionalActions::Now, cooked);
    }
}

/// Shows what is typed no longer, until [`cooked`].
pub fn quiet() {
    let stdin = rustix::stdio::stdin();
    if let Ok(now) = tcgetattr(stdin) {
        let mut quiet = COOKED.get_or_init(|| now).clone();
        quiet.local_modes.remove(rustix::termios::LocalModes::ECHO);
        let _ = tcsetattr(stdin, OptionalActions::Now, &quiet);
    }
}

/// The window's columns and rows.
#[must_use]
pub fn size() -> (u16, u16) {
    tcgetwinsize(rustix::stdio::stdout()).map_or((80, 24), |size| (size.ws_col, size.ws_row))
}

/// A way to write to the terminal that never waits: a blocked terminal must not keep anybody from being recorded.
///
/// The terminal is opened once more for it, so that our not waiting is nobody else's business.
pub struct Outlet(Option<OwnedFd>);

impl Outlet {
    /// Opens the terminal once more; if that cannot be done, writing waits.
    #[must_use]
    pub fn open() -> Self {
        let name = ttyname(rustix::stdio::stdout(), Vec::new());
        Self(name.and_then(|name| rustix::fs::open(name, OFlags::WRONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC, Mode::empty())).ok())
    }

    /// Writes as much as the terminal takes now; 0 if it takes nothing.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn write(&self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = match &self.0 {
            Some(own) => write(own, bytes),
            None => write(rustix::stdio::stdout(), bytes),
        };
        match written {
            Err(Errno::AGAIN | Errno::INTR) => Ok(0),
            other => Ok(other?),
        }
    }
}

/// Standard error while the screen is ours: what a library might say goes nowhere, not across the screen and not to a dead
/// terminal. Dropping it puts the old one back.
pub struct Hushed;

/// Standard error as it was, while it is hushed.
static VOICE: Mutex<Option<OwnedFd>> = Mutex::new(None);

impl Hushed {
    /// Hushes standard error.
    #[must_use]
    pub fn start() -> Self {
        let old = rustix::io::fcntl_dupfd_cloexec(rustix::stdio::stderr(), 3).ok();
        let null = rustix::fs::open("/dev/null", OFlags::WRONLY | OFlags::CLOEXEC, Mode::empty());
        if let (Some(_), Ok(null)) = (&old, null) {
            let _ = rustix::stdio::dup2_stderr(null);
        }
        if let Ok(mut voice) = VOICE.lock() {
            *voice = old;
        }
        Self
    }
}

impl Drop for Hushed {
    fn drop(&mut self) {
        speak();
    }
}

/// Puts standard error back, if it is hushed.
pub fn speak() {
    if let Some(old) = VOICE.try_lock().ok().and_then(|mut voice| voice.take()) {
        let _ = rustix::stdio::dup2_stderr(old);
    }
}

/// Starts reading keys and signals.
///
/// # Errors
/// When signals cannot be watched.
pub fn listen() -> std::io::Result<Outside> {
    let (sender, inputs) = sync_channel(4096);
    let mut signals = signal_hook::iterator::Signals::new([SIGTERM, SIGINT, SIGQUIT, SIGHUP, SIGWINCH, SIGTSTP, SIGCONT])?;
    let for_signals = sender.clone();
    std::thread::Builder::new().name("signals".into()).stack_size(STACK).spawn(move || {
        for signal in signals.forever() {
            let input = match signal {
                SIGTERM | SIGINT | SIGQUIT => Input::Terminate,
                SIGHUP => Input::HangUp,
                SIGWINCH | SIGCONT => Input::Redraw,
                _ => continue, // a stop from the keyboard is not for a kiosk
            };
            if for_signals.send(input).is_err() {
                return;
            }
        }
    })?;
    let for_keys = sender.clone();
    std::thread::Builder::new().name("keys".into()).stack_size(STACK).spawn(move || read_keys(&for_keys))?;
    Ok(Outside { inputs, sender })
}

const STACK: usize = 128 * 1024;

impl Outside {
    /// Watches the log of a store: an [`Input::Written`] comes when anybody writes to it, this desk included. Says whether it
    /// is watched; if not, somebody has to look now and then.
    #[must_use]
    pub fn watch(&self, store: &Path) -> bool {
        watch(store, self.sender.clone()).is_ok()
    }
}

#[cfg(target_os = "linux")]
fn watch(store: &Path, sender: SyncSender<Input>) -> std::io::Result<()> {
    use rustix::fs::inotify::{CreateFlags, Reader, WatchFlags, add_watch, init};
    let mut log = store.file_name().unwrap_or_default().to_owned();
    log.push("-wal");
    let folder = store.parent().unwrap_or(Path::new("."));
    let watch = init(CreateFlags::CLOEXEC)?;
    add_watch(&watch, folder, WatchFlags::MODIFY)?;
    std::thread::Builder::new().name("store".into()).stack_size(STACK).spawn(move || {
        let mut buffer = [std::mem::MaybeUninit::uninit(); 1024];
        let mut events = Reader::new(&watch, &mut buffer);
        loop {
            match events.next() {
                Ok(event) if event.file_name().is_some_and(|name| name.to_bytes() == log.as_encoded_bytes()) => {
                    // A full queue has plenty to wake the desk already.
                    if matches!(sender.try_send(Input::Written), Err(std::sync::mpsc::TrySendError::Disconnected(_))) {
                        return;
                    }
                }
                Ok(_) | Err(Errno::INTR) => {}
                Err(_) => return,
            }
        }
    })?;
    Ok(())
}

#[cfg(not(target_os = "linux"))]
fn watch(_: &Path, _: SyncSender<Input>) -> std::io::Result<()> {
    Err(std::io::ErrorKind::Unsupported.into())
}

fn read_keys(to_desk: &SyncSender<Input>) {
    let stdin = rustix::stdio::stdin();
    let patience = Timespec { tv_sec: 0, tv_nsec: 50_000_000 };
    let mut parser = Parser::default();
    let mut buffer = [0_u8; 4096];
    loop {
        let mut descriptor = [PollFd::new(&stdin, PollFlags::IN)];
        let ready = poll(&mut descriptor, parser.is_open().then_some(&patience));
        let mut keys = Vec::new();
        match ready {
            Err(Errno::INTR) => continue,
            Err(_) => break,
            Ok(0) => parser.silence(&mut keys),
            Ok(_) => match read(stdin, &mut buffer) {
                Err(Errno::INTR | Errno::AGAIN) => continue,
                Err(_) | Ok(0) => break,
                Ok(n) => buffer.iter().take(n).for_each(|byte| parser.byte(*byte, &mut keys)),
            },
        }
        if !keys.is_empty() && to_desk.send(Input::Keys(keys, Instant::now())).is_err() {
            return;
        }
    }
    let _ = to_desk.send(Input::HangUp);
}
