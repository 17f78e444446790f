//! The terminal while it is ours: frames go out as differences, and writing never waits. While the terminal takes nothing
//! (Ctrl-S, a frozen connection), frames are dropped and children go on being recorded; then the newest frame is drawn.

use std::cell::RefCell;
use std::io::Write;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::queue;
use crossterm::style::{Attribute, ResetColor, SetAttribute};
use crossterm::terminal::{BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen};
use ratatui::backend::{Backend, CrosstermBackend};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

#[cfg(unix)]
use super::tty;
#[cfg(not(unix))]
use super::tty_windows as tty;

/// How long the terminal is given to take its modes back.
const FAREWELL: Duration = Duration::from_millis(300);

/// Whether there is something on the terminal that has to go: once it is given back, what a panic says stays to be read.
static OURS: AtomicBool = AtomicBool::new(false);

/// The terminal while it is ours. It is given back when this goes, and by the panic hook.
pub struct Glass {
    shown: Buffer,
    next: Buffer,
    backend: CrosstermBackend<Bytes>,
    bytes: Bytes,
    sent: usize,
    outlet: tty::Outlet,
    _hushed: tty::Hushed,
}

/// Bytes on their way to the terminal.
#[derive(Clone, Default)]
struct Bytes(Rc<RefCell<Vec<u8>>>);

impl Write for Bytes {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Glass {
    /// Takes the terminal.
    ///
    /// # Errors
    /// When it is none.
    pub fn take() -> std::io::Result<Self> {
        tty::raw()?;
        OURS.store(true, Ordering::SeqCst);
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            give_back(&tty::Outlet::open());
            tty::speak();
            usual(panic);
        }));
        let bytes = Bytes::default();
        let mut glass = Self {
            shown: Buffer::empty(Rect::ZERO),
            next: Buffer::empty(Rect::ZERO),
            backend: CrosstermBackend::new(bytes.clone()),
            bytes,
            sent: 0,
            outlet: tty::Outlet::open(),
            _hushed: tty::Hushed::start(),
        };
        queue!(glass.bytes, EnterAlternateScreen)?;
        glass.anew()?;
        Ok(glass)
    }

    /// Draws a frame, if the terminal has taken the last one.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn draw(&mut self, picture: impl FnOnce(Rect, &mut Buffer) -> Option<(u16, u16)>) -> std::io::Result<()> {
        self.push()?;
        if self.is_blocked() {
            return Ok(());
        }
        OURS.store(true, Ordering::SeqCst);
        let (columns, rows) = tty::size();
        let area = Rect::new(0, 0, columns.min(1000), rows.min(500));
        if area != self.shown.area {
            self.anew()?;
            self.shown = Buffer::empty(area);
        }
        self.next.resize(area);
        self.next.reset();
        let cursor = picture(area, &mut self.next);
        queue!(self.bytes, BeginSynchronizedUpdate)?;
        self.backend.draw(self.shown.diff_iter(&self.next))?;
        match cursor {
            Some((x, y)) => queue!(self.bytes, MoveTo(x, y), Show)?,
            None => queue!(self.bytes, Hide)?,
        }
        queue!(self.bytes, EndSynchronizedUpdate)?;
        std::mem::swap(&mut self.shown, &mut self.next);
        self.push()
    }

    /// Everything is drawn anew with the next frame: the window changed, or somebody else wrote on it. The terminal is
    /// asked to mark what is pasted; one that does not know the mode leaves it out.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn anew(&mut self) -> std::io::Result<()> {
        tty::raw()?;
        self.shown.reset();
        queue!(self.bytes, SetAttribute(Attribute::Reset), Clear(ClearType::All), Hide, EnableBracketedPaste)
    }

    /// Whether the terminal has not taken everything yet.
    #[must_use]
    pub fn is_blocked(&self) -> bool {
        self.sent < self.bytes.0.borrow().len()
    }

    /// Sends what the terminal takes.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn push(&mut self) -> std::io::Result<()> {
        let mut bytes = self.bytes.0.borrow_mut();
        while let Some(rest) = bytes.get(self.sent..).filter(|rest| !rest.is_empty()) {
            match self.outlet.write(rest)? {
                0 => return Ok(()),
                n => self.sent += n,
            }
        }
        bytes.clear();
        self.sent = 0;
        Ok(())
    }
}

impl Drop for Glass {
    fn drop(&mut self) {
        give_back(&self.outlet);
    }
}

/// Gives the terminal back: its screen, its cursor, its modes. Errors are of no use to anybody then.
fn give_back(outlet: &tty::Outlet) {
    if !OURS.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut farewell = Vec::new();
    let _ = queue!(
        farewell,
        DisableBracketedPaste,
        EndSynchronizedUpdate,
        ResetColor,
        SetAttribute(Attribute::Reset),
        Clear(ClearType::All),
        Clear(ClearType::Purge), // what scrolled off it, where the terminal has no other screen
        LeaveAlternateScreen,
        Show
    );
    let (started, mut sent) = (Instant::now(), 0);
    while let Some(rest) = farewell.get(sent..).filter(|rest| !rest.is_empty() && started.elapsed() < FAREWELL) {
        match outlet.write(rest) {
            Ok(0) => std::thread::sleep(Duration::from_millis(5)),
            Ok(n) => sent += n,
            Err(_) => break,
        }
    }
    tty::cooked();
}
