//! The full screen: all pending input is taken, then one frame is drawn. The terminal is given back on every way out.

use std::io::Write;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::mpsc::RecvTimeoutError;
use std::time::{Duration, Instant};

use chrono::Timelike;

use super::backup::itself::ByItself;
use super::clock::Clock;
use super::glass::Glass;
use super::keys::Key;
#[cfg(feature = "photo")]
use super::photos::Photos;
use super::session::{Session, Setup};
#[cfg(unix)]
use super::tty;
#[cfg(not(unix))]
use super::tty_windows as tty;
use super::typing::{Typed, Typing};
use super::wall::Wall;
use super::window::Window;
use crate::desk::Msg;
use crate::desk::appearance::Appearance;
use crate::desk::said::Notice;
use crate::desk::welcome::{Answers, Found, RosterProblem, Welcome, Wish};
use crate::store::{Store, StoreError};
use crate::texts::{self, backup as t};
use crate::view;
use crate::view::theme::Theme;

use tty::Input;

/// Other desks' entries are looked for at least so often where nothing tells us of them.
const LOOK_ROUND: Duration = Duration::from_secs(1);
/// A terminal that takes nothing is tried again after so long.
const BLOCKED: Duration = Duration::from_millis(50);
/// While a roster is read, how far it is is drawn so often.
const MEANWHILE: Duration = Duration::from_millis(100);
/// All pending input is taken before a frame, but a stuck key does not keep the frame away for ever.
const LONGEST_ROUND: Duration = Duration::from_millis(50);

/// The terminal and everything that comes from it.
pub struct Screen {
    outside: tty::Outside,
    glass: Glass,
    backups: Option<ByItself>,
}

/// Why the full screen ended badly.
#[derive(Debug)]
pub enum ScreenError {
    /// The terminal cannot be used.
    Terminal(std::io::Error),
    /// The store cannot be read.
    Store(StoreError),
}

impl From<std::io::Error> for ScreenError {
    fn from(error: std::io::Error) -> Self {
        Self::Terminal(error)
    }
}

/// Reads a roster with that reader, and says how much of it has been read, percent.
pub type ReadRoster<'r> = dyn Fn(&str, &Answers, &Wall, &AtomicU8) -> ReadRosterResult + Sync + 'r;

/// What a roster would change, a line each, and whether it can be written; or why it cannot be shown.
pub type ReadRosterResult = Result<(Vec<String>, Found), RosterProblem>;

/// How an input was taken.
enum Taken {
    GoOn,
    End,
}

impl Screen {
    /// Takes the terminal.
    ///
    /// # Errors
    /// When it is none.
    pub fn take() -> std::io::Result<Self> {
        Ok(Self { outside: tty::listen()?, glass: Glass::take()?, backups: None })
    }

    /// The same with backups that the desk makes by itself.
    #[must_use]
    pub fn with_backups(self, backups: ByItself) -> Self {
        Self { backups: Some(backups), ..self }
    }

    /// Opens the desk and runs it until somebody quits or the program is asked to end. `prepare` is called before the first
    /// key is taken.
    ///
    /// The first frame is drawn from a glance at the store; no input is taken before everything is read.
    ///
    /// # Errors
    /// When the terminal or the store cannot be used.
    pub fn run(mut self, store: Store, clock: Clock, setup: Setup, prepare: impl FnOnce(&mut Session)) -> Result<(), ScreenError> {
        let panic_at = std::env::var("CAREDESK_PANIC_AT").ok().and_then(|n| n.parse().ok());
        let mut window = Window::new(panic_at);
        if store.file().is_some() {
            let glance = Session::glance(&store, clock, &setup).map_err(ScreenError::Store)?;
            let look = view::Look {
                theme: Theme::of(glance.appearance),
                typed: String::new(),
                secret: false,
                cursor: 0,
                page: 0,
                panel_page: 0,
                #[cfg(feature = "photo")]
                photo: None,
            };
            self.glass.draw(|area, buf| view::draw(&glance, &look, area, buf))?;
        }
        let mut session = Session::start(store, clock, setup).map_err(ScreenError::Store)?;
        let watched = session.store_file().is_none_or(|file| self.outside.watch(file));
        prepare(&mut session);
        let ended = self.desk(&mut session, &mut window, watched);
        drop(self.glass);
        let (lang, has_quit) = (session.model.lang, session.has_quit());
        session.close();
        ended?;
        // Who asks the program to end does not wait for it; somebody who quits does.
        if let Some(backups) = self.backups.filter(|_| has_quit) {
            let _ = writeln!(std::io::stderr(), "{}", t::at_the_end(lang));
            if let Some(why) = backups.at_the_end() {
                let _ = writeln!(std::io::stderr(), "{}", t::by_itself_failed(lang, if why.is_empty() { t::no_answer(lang) } else { why }));
            }
        }
        Ok(())
    }

    fn desk(&mut self, session: &mut Session, window: &mut Window, watched: bool) -> std::io::Result<()> {
        let mut dirty = true;
        #[cfg(feature = "photo")]
        let mut photos = Photos::start(session.store_file(), |name| std::env::var(name).ok(), Wall::default());
        let mut prepared = false;
        loop {
            if dirty || self.glass.is_blocked() {
                session.send(Msg::Tick);
                let look = window.look(session);
                #[cfg(feature = "photo")]
                let look = view::Look { photo: photos.of(&session.model), ..look };
                self.glass.draw(|area, buf| view::draw(&session.model, &look, area, buf))?;
                session.model.is_in_sight();
                if !self.glass.is_blocked() {
                    window.drawn(session, Instant::now());
                }
            }
            if !std::mem::replace(&mut prepared, true) {
                session.model.names.prepare(&session.model.register);
            }
            let rest = session.patience(patience(session, watched));
            #[cfg(feature = "photo")]
            let rest = photos.patience(rest);
            let (today, at) = (session.model.now.date(), Instant::now());
            if let Some(why) = self.backups.as_mut().and_then(|backups| backups.look(today, at)) {
                session.model.notice(Notice::BackupFailed(why));
                dirty = true;
                continue;
            }
            let rest = self.backups.as_ref().and_then(|backups| backups.patience(today, at)).map_or(rest, |soon| rest.min(soon));
            let first = match self.outside.inputs.recv_timeout(if self.glass.is_blocked() { rest.min(BLOCKED) } else { rest }) {
                Ok(input) => Some(input),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
            };
            let before = (session.model.now.time().minute(), session.model.head, session.model.next_deadline());
            let unsound = session.model.unsound.clone();
            session.catch_up();
            session.send(Msg::Tick);
            dirty = false;
            let started = Instant::now();
            let mut next = first;
            while let Some(input) = next {
                dirty |= !matches!(input, Input::Written);
                if let Taken::End = self.take_input(session, window, input)? {
                    return Ok(());
                }
                next = if started.elapsed() < LONGEST_ROUND { self.outside.inputs.try_recv().ok() } else { None };
            }
            dirty |= unsound != session.model.unsound;
            dirty |= before != (session.model.now.time().minute(), session.model.head, session.model.next_deadline());
            #[cfg(feature = "photo")]
            {
                dirty |= photos.arrived();
            }
        }
    }

    fn take_input(&mut self, session: &mut Session, window: &mut Window, input: Input) -> std::io::Result<Taken> {
        match input {
            Input::Keys(keys, at) => {
                for key in keys {
                    window.key(session, key, at);
                    if session.has_quit() {
                        return Ok(Taken::End);
                    }
                }
            }
            Input::Written => {}
            Input::Redraw => self.glass.anew()?,
            Input::Terminate | Input::HangUp => return Ok(Taken::End),
        }
        Ok(Taken::GoOn)
    }

    /// Asks what to do without a store, until there is a wish that ends it. `read` reads a roster without writing anything.
    ///
    /// # Errors
    /// When the terminal cannot be used.
    pub fn welcome(&mut self, welcome: &mut Welcome, appearance: Appearance, read: &ReadRoster<'_>) -> std::io::Result<Wish> {
        let theme = Theme::of(appearance);
        let mut typing = Typing::default();
        loop {
            let Some(keys) = self.welcome_keys(welcome, &theme, &typing, None)? else { return Ok(Wish::Leave) };
            for (key, at) in keys {
                match welcome_key(welcome, &mut typing, &key, at) {
                    Wish::Stay => {}
                    Wish::Read(file) => match self.read_beside(welcome, &theme, &file, read)? {
                        Some(Ok((lines, found))) => welcome.read(lines, found),
                        Some(Err(RosterProblem::PinIsCard)) => welcome.pin_is_a_card(),
                        Some(Err(RosterProblem::GivenUp)) => {}
                        Some(Err(RosterProblem::Unreadable(sentence))) => welcome.unreadable(sentence),
                        None => return Ok(Wish::Leave),
                    },
                    wish @ (Wish::Practise | Wish::Finish | Wish::Open | Wish::Leave) => return Ok(wish),
                }
            }
        }
    }

    /// Has a roster read and goes on drawing meanwhile; Esc ends it. `None` when the program is asked to end.
    fn read_beside(&mut self, welcome: &mut Welcome, theme: &Theme, file: &str, read: &ReadRoster<'_>) -> std::io::Result<Option<ReadRosterResult>> {
        let wall = Wall::default();
        let give_up = wall.give_up();
        let percent = AtomicU8::new(0);
        let answers = welcome.answers.clone();
        let typing = Typing::default();
        std::thread::scope(|scope| {
            let reading = scope.spawn(|| read(file, &answers, &wall, &percent));
            let mut ended = Ok(true);
            let mut left = false;
            while !reading.is_finished() {
                if !left {
                    welcome.reading(percent.load(Ordering::Relaxed));
                }
                match self.welcome_keys(welcome, theme, &typing, Some(MEANWHILE)) {
                    Ok(Some(keys)) if !left && keys.iter().any(|(key, _)| *key == Key::Esc) => {
                        left = true;
                        welcome.escape();
                        give_up.store(true, Ordering::Relaxed);
                    }
                    Ok(Some(_)) => {}
                    other => {
                        ended = other.map(|keys| keys.is_some());
                        give_up.store(true, Ordering::Relaxed);
                        break;
                    }
                }
            }
            let read = reading.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            // What was given up was not read badly.
            let read = if left { Err(RosterProblem::GivenUp) } else { read };
            Ok(ended?.then_some(read))
        })
    }

    /// Draws the first start and takes what is pending: the keys, or `None` when the program is asked to end. It waits for
    /// input, but not longer than `most`.
    fn welcome_keys(
        &mut self,
        welcome: &Welcome,
        theme: &Theme,
        typing: &Typing,
        most: Option<Duration>,
    ) -> std::io::Result<Option<Vec<(Key, Instant)>>> {
        let (typed, cursor) = (typing.text().to_owned(), typing.cursor());
        self.glass.draw(|area, buf| view::welcome::draw(welcome, theme, &typed, cursor, area, buf))?;
        let most = if self.glass.is_blocked() { Some(most.unwrap_or(BLOCKED).min(BLOCKED)) } else { most };
        let input = match most {
            Some(most) => self.outside.inputs.recv_timeout(most),
            None => self.outside.inputs.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        Ok(match input {
            Ok(Input::Keys(keys, at)) => Some(keys.into_iter().map(|key| (key, at)).collect()),
            Ok(Input::Redraw) => {
                self.glass.anew()?;
                Some(Vec::new())
            }
            Ok(Input::Written) | Err(RecvTimeoutError::Timeout) => Some(Vec::new()),
            Ok(Input::Terminate | Input::HangUp) | Err(RecvTimeoutError::Disconnected) => None,
        })
    }
}

fn welcome_key(welcome: &mut Welcome, typing: &mut Typing, key: &Key, at: Instant) -> Wish {
    match typing.key(key, at) {
        Typed::Line(line) => {
            // Nothing is scanned here: what came fast, or twice, is an answer all the same.
            let text = typing.text().to_owned() + &line.text;
            *typing = Typing::default();
            welcome.line(&text)
        }
        Typed::Edited | Typed::Dropped | Typed::TooEarly | Typed::InBurst => Wish::Stay,
        Typed::NotPasted(why) => {
            welcome.wrong(texts::words::not_pasted(welcome.lang, why));
            Wish::Stay
        }
        Typed::NotMine => match key {
            Key::Esc if typing.clear() => Wish::Stay,
            Key::Esc => welcome.escape(),
            Key::Down | Key::Up => {
                welcome.mark(*key == Key::Down);
                Wish::Stay
            }
            Key::Tab
            | Key::PageDown
            | Key::PageUp
            | Key::F(_)
            | Key::Ctrl(_)
            | Key::Char(_)
            | Key::Enter
            | Key::Backspace
            | Key::Delete
            | Key::Left
            | Key::Right
            | Key::Home
            | Key::End
            | Key::Pasted(_)
            | Key::NotPasted(_) => Wish::Stay,
        },
    }
}

/// How long nothing has to change on the screen by itself.
fn patience(session: &Session, watched: bool) -> Duration {
    let now = session.now();
    let seconds = i64::from(60 - now.time().second());
    let minute = session.clock().until(now.plus_seconds(seconds));
    let deadline = session.model.next_deadline().map_or(minute, |at| session.clock().until(at));
    let rest = minute.min(deadline).max(Duration::from_millis(20));
    if watched { rest } else { rest.min(LOOK_ROUND) }
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
