//! The terminal where there is no Unix: crossterm reads the keys. Written against its documentation; not run here.

use std::io::{Write, stdout};
use std::path::Path;
use std::sync::mpsc::{Receiver, sync_channel};
use std::time::Instant;

use crossterm::event::{Event, KeyCode, KeyEventKind, KeyModifiers, read};

use super::keys::Key;
use super::paste;

/// What comes from outside.
#[derive(Debug)]
pub enum Input {
    /// Keys that came together, and when.
    Keys(Vec<Key>, Instant),
    /// The window changed: everything is drawn anew.
    Redraw,
    /// Somebody wrote to the store. Never said here: nothing watches.
    Written,
    /// The program is asked to end.
    Terminate,
    /// The terminal is gone.
    HangUp,
}

/// Everything from outside comes through here.
pub struct Outside {
    /// Keys, changes of the window.
    pub inputs: Receiver<Input>,
}

impl Outside {
    /// Watches a store: not here, so somebody has to look now and then.
    #[must_use]
    pub fn watch(&self, _: &Path) -> bool {
        false
    }
}

/// The window's columns and rows.
#[must_use]
pub fn size() -> (u16, u16) {
    crossterm::terminal::size().unwrap_or((80, 24))
}

/// A way to write to the terminal; here it waits for it.
pub struct Outlet;

impl Outlet {
    /// Standard output.
    #[must_use]
    pub fn open() -> Self {
        Self
    }

    /// Writes everything.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn write(&self, bytes: &[u8]) -> std::io::Result<usize> {
        let mut out = stdout().lock();
        out.write_all(bytes)?;
        out.flush()?;
        Ok(bytes.len())
    }
}

/// Standard error stays as it is here.
pub struct Hushed;

impl Hushed {
    /// Nothing to do.
    #[must_use]
    pub fn start() -> Self {
        Self
    }
}

/// Nothing to put back.
pub fn speak() {}

/// Raw mode.
///
/// # Errors
/// When there is no terminal.
pub fn raw() -> std::io::Result<()> {
    crossterm::terminal::enable_raw_mode()
}

/// Puts the terminal's modes back.
pub fn cooked() {
    let _ = crossterm::terminal::disable_raw_mode();
}

/// A console shows what is typed here; there is no portable way to hide it without raw mode.
pub fn quiet() {}

/// Starts reading keys.
///
/// # Errors
/// When no thread can be started.
pub fn listen() -> std::io::Result<Outside> {
    let (to_desk, from_outside) = sync_channel(4096);
    std::thread::Builder::new().name("keys".into()).spawn(move || {
        loop {
            let input = match read() {
                Err(_) => Input::HangUp,
                Ok(Event::Resize(..)) => Input::Redraw,
                Ok(Event::Key(key)) if key.kind != KeyEventKind::Release => match key_of(key.code, key.modifiers) {
                    Some(key) => Input::Keys(vec![key], Instant::now()),
                    None => continue,
                },
                Ok(Event::Paste(text)) => match paste::key_of(&text, false) {
                    Some(key) => Input::Keys(vec![key], Instant::now()),
                    None => continue,
                },
                Ok(_) => continue,
            };
            let over = matches!(input, Input::HangUp);
            if to_desk.send(input).is_err() || over {
                return;
            }
        }
    })?;
    Ok(Outside { inputs: from_outside })
}

fn key_of(code: KeyCode, modifiers: KeyModifiers) -> Option<Key> {
    Some(match code {
        KeyCode::Char(c) if modifiers.contains(KeyModifiers::CONTROL) => Key::Ctrl(c.to_ascii_lowercase()),
        KeyCode::Char(c) => Key::Char(c),
        KeyCode::Enter => Key::Enter,
        KeyCode::Tab => Key::Tab,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Delete => Key::Delete,
        KeyCode::Esc => Key::Esc,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        KeyCode::F(n) => Key::F(n),
        _ => return None,
    })
}
