//! The terminal on Unix: a thread that reads keys with the time at which they came, signals, raw mode.
//!
//! We read descriptor 0 ourselves: the usual readers leave bursts unread or can be deafened by an unfinished sequence.

use std::sync::OnceLock;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::Instant;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::{Errno, read};
use rustix::termios::{InputModes, OptionalActions, Termios, tcgetattr, tcsetattr};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};

use super::keys::{Key, Parser};

/// What comes from outside.
#[derive(Debug)]
pub enum Input {
    /// Keys that came together, and when.
    Keys(Vec<Key>, Instant),
    /// The window changed, or the program was stopped and goes on: everything is drawn anew.
    Redraw,
    /// The program is asked to end.
    Terminate,
    /// The terminal is gone.
    HangUp,
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

/// Starts reading keys and signals.
///
/// # Errors
/// When signals cannot be watched.
pub fn listen() -> std::io::Result<Receiver<Input>> {
    let (to_desk, from_outside) = sync_channel(4096);
    let mut signals = signal_hook::iterator::Signals::new([SIGTERM, SIGINT, SIGQUIT, SIGHUP, SIGWINCH, SIGTSTP, SIGCONT])?;
    let for_signals = to_desk.clone();
    std::thread::Builder::new().name("signals".into()).spawn(move || {
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
    std::thread::Builder::new().name("keys".into()).spawn(move || read_keys(&to_desk))?;
    Ok(from_outside)
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
            Ok(0) => keys.extend(parser.silence()),
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
