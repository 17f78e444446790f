//! The full screen: all pending keys are taken, then one frame is drawn. The terminal is given back on every way out.

use std::io::{Stdout, Write, stdout};
use std::mem::ManuallyDrop;
use std::sync::mpsc::RecvTimeoutError;
use std::time::{Duration, Instant};

use chrono::Timelike;
use crossterm::cursor::Show;
use crossterm::execute;
use crossterm::terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;

use super::keys::Key;
use super::session::Session;
#[cfg(unix)]
use super::tty;
#[cfg(not(unix))]
use super::tty_windows as tty;
use super::typing::{Typed, Typing};
use crate::desk::Msg;
use crate::desk::commands::Command;
use crate::desk::said::{Hint, Notice, Said};
use crate::domain::people::HouseholdId;
use crate::texts::{self, Lang};
use crate::view::theme::Theme;
use crate::view::{Look, draw};

/// What somebody wants who starts caredesk without a store.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FirstStart {
    /// Practise with invented children.
    Practise,
    /// See how a roster is imported.
    Import,
    /// Start with an empty store.
    StartEmpty,
    /// Nothing.
    Leave,
}

/// Other desks' entries are looked for at least so often.
const LOOK_ROUND: Duration = Duration::from_secs(1);

/// Runs the desk on the screen until somebody quits or the program is asked to end.
///
/// # Errors
/// When the terminal cannot be used.
pub fn run(session: &mut Session) -> std::io::Result<()> {
    let inputs = tty::listen()?;
    let mut glass = Glass::take()?;
    let panic_at = std::env::var("CAREDESK_PANIC_AT").ok().and_then(|n| n.parse().ok());
    let mut screen = Screen { typing: Typing::default(), theme: theme(), page: 0, lines: 0, focus: None, panic_at };
    let mut dirty = true;
    loop {
        if dirty {
            session.send(Msg::Tick);
            glass.draw(session, &screen)?;
        }
        let first = match inputs.recv_timeout(patience(session)) {
            Ok(input) => Some(input),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => return Ok(()),
        };
        let minute = session.model.now.time().minute();
        let head = session.model.head;
        session.catch_up();
        session.send(Msg::Tick);
        dirty = session.model.now.time().minute() != minute || session.model.head != head || first.is_some();
        // Everything that waits is taken before one frame is drawn; a stuck key does not keep the frame away for ever.
        let started = Instant::now();
        let mut next = first;
        while let Some(input) = next {
            match input {
                tty::Input::Keys(keys, at) => {
                    for key in keys {
                        screen.key(session, key, at);
                    }
                }
                tty::Input::Redraw => glass.redraw()?,
                tty::Input::Terminate => return Ok(()),
                tty::Input::HangUp => {
                    // Nobody is there any more: no word, no panic on a dead terminal.
                    glass.give_back();
                    std::process::exit(0);
                }
            }
            if session.has_quit() {
                return Ok(());
            }
            next = if started.elapsed() < Duration::from_millis(50) { inputs.try_recv().ok() } else { None };
        }
    }
}

/// How long nothing has to change on the screen by itself.
fn patience(session: &Session) -> Duration {
    let now = session.now();
    let seconds = i64::from(60 - now.time().second());
    let minute = session.clock().until(now.plus_seconds(seconds));
    let deadline = session.model.next_deadline().map_or(minute, |at| session.clock().until(at));
    let rest = minute.min(deadline).max(Duration::from_millis(20));
    if session.is_shared() { rest.min(LOOK_ROUND) } else { rest }
}

struct Screen {
    typing: Typing,
    theme: Theme,
    page: usize,
    lines: u32,
    /// The household that was in focus at the last line that was no Enter.
    focus: Option<HouseholdId>,
    /// `CAREDESK_PANIC_AT=n`: panic at the n-th line, to show that the terminal is given back all the same.
    panic_at: Option<u32>,
}

impl Screen {
    fn key(&mut self, session: &mut Session, key: Key, at: Instant) {
        match self.typing.key(key, at) {
            Typed::Edited => self.page = 0,
            Typed::Line(text, how) => {
                self.page = 0;
                self.lines += 1;
                let focus = || session.model.queue.focus().map(|g| g.household);
                if text.is_empty() && session.model.dialog.is_none() && focus().is_some() && focus() != self.focus {
                    // The focus is not the one that was there at the last scan: the first Enter only shows its names again.
                    self.focus = focus();
                    session.model.said = Some(Said::Hint(Hint::Next));
                    return;
                }
                assert!(self.panic_at != Some(self.lines), "asked to panic at line {}", self.lines);
                let enter = text.is_empty();
                session.send(Msg::Line { text, how });
                if !enter {
                    self.focus = session.model.queue.focus().map(|g| g.household);
                }
            }
            Typed::Dropped => session.model.notice(Notice::Doubled),
            Typed::NotMine => self.command_key(session, key),
        }
    }

    fn command_key(&mut self, session: &mut Session, key: Key) {
        match key {
            Key::Esc => {
                if !self.typing.clear() {
                    session.send(Msg::Escape);
                }
            }
            Key::Tab => {
                session.send(Msg::Next);
                self.focus = session.model.queue.focus().map(|g| g.household);
            }
            Key::PageDown | Key::Down => self.page += 1,
            Key::PageUp | Key::Up => self.page = self.page.saturating_sub(1),
            Key::F(n) => {
                if let Some(command) = Command::ALL.into_iter().find(|c| c.function_key() == Some(n)) {
                    session.send(Msg::Command(command));
                }
            }
            Key::Ctrl('z') => session.send(Msg::Command(Command::Undo)),
            Key::Ctrl(_) | Key::Char(_) | Key::Enter | Key::Backspace | Key::Delete | Key::Left | Key::Right | Key::Home | Key::End => {}
        }
    }
}

/// Colours as the environment allows them.
fn theme() -> Theme {
    let set = |name: &str| std::env::var_os(name).is_some_and(|v| !v.is_empty());
    let plain = set("NO_COLOR") || std::env::var("TERM").is_ok_and(|t| t == "dumb");
    let theme = if plain { Theme::plain() } else { Theme::colour() };
    if set("CAREDESK_ASCII") { theme.ascii() } else { theme }
}

/// The terminal while it is ours. It is given back when this goes, and by the panic hook.
struct Glass {
    // Dropping ratatui's terminal writes to standard error when the terminal is dead, which would panic.
    terminal: ManuallyDrop<Terminal<CrosstermBackend<Stdout>>>,
    given_back: bool,
}

impl Glass {
    fn take() -> std::io::Result<Self> {
        tty::raw()?;
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            give_back();
            usual(panic);
        }));
        execute!(stdout(), EnterAlternateScreen)?;
        let terminal = Terminal::new(CrosstermBackend::new(stdout()))?;
        Ok(Self { terminal: ManuallyDrop::new(terminal), given_back: false })
    }

    fn draw(&mut self, session: &Session, screen: &Screen) -> std::io::Result<()> {
        let look = Look { theme: screen.theme, typed: screen.typing.text().to_owned(), cursor: screen.typing.cursor(), page: screen.page };
        execute!(stdout(), BeginSynchronizedUpdate)?;
        self.terminal.draw(|frame| {
            let area = frame.area();
            if let Some((x, y)) = draw(&session.model, &look, area, frame.buffer_mut()) {
                frame.set_cursor_position((x, y));
            }
        })?;
        execute!(stdout(), EndSynchronizedUpdate)
    }

    fn redraw(&mut self) -> std::io::Result<()> {
        tty::raw()?;
        self.terminal.autoresize()?;
        self.terminal.clear()
    }

    fn give_back(&mut self) {
        if !self.given_back {
            self.given_back = true;
            give_back();
        }
    }
}

impl Drop for Glass {
    fn drop(&mut self) {
        self.give_back();
    }
}

/// Gives the terminal back: its screen, its cursor, its modes. Errors are of no use to anybody then.
fn give_back() {
    let _ = execute!(stdout(), LeaveAlternateScreen, Show);
    let _ = stdout().flush();
    tty::cooked();
}

/// Asks what to do without a store.
///
/// # Errors
/// When the terminal cannot be used.
pub fn first_start(lang: Lang) -> std::io::Result<FirstStart> {
    let mut out = stdout().lock();
    writeln!(out, "caredesk\n\n{}\n", texts::first_start_title(lang))?;
    let choices = [texts::first_start_practise(lang), texts::first_start_import(lang), texts::first_start_empty(lang)];
    for (n, choice) in (1..).zip(choices) {
        writeln!(out, "  {n}  {choice}")?;
    }
    writeln!(out, "\n{}", texts::first_start_keys(lang))?;
    out.flush()?;
    let mut line = String::new();
    std::io::stdin().read_line(&mut line)?;
    Ok(match line.trim() {
        "1" => FirstStart::Practise,
        "2" => FirstStart::Import,
        "3" => FirstStart::StartEmpty,
        _ => FirstStart::Leave,
    })
}

/// What is typed is not shown while this lives: for PINs on the command line.
pub struct Quiet;

impl Quiet {
    /// Hides what is typed.
    #[must_use]
    pub fn start() -> Self {
        tty::quiet();
        Self
    }
}

impl Drop for Quiet {
    fn drop(&mut self) {
        tty::cooked();
    }
}
