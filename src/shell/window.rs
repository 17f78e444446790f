//! Keys become messages: the text in the box, lists and pages, and the two rules that know about time: a burst never answers
//! the verdict that it caused, and an answer for a focus that nobody has looked at only shows it.

use std::time::Instant;

use super::keys::Key;
use super::session::Session;
use super::typing::{Typed, Typing};
use crate::desk::commands::Command;
use crate::desk::grammar::{self, Reader, parse};
use crate::desk::question::Asks;
use crate::desk::said::{Hint, Notice, Said};
use crate::desk::{Attention, Msg};
use crate::domain::people::HouseholdId;
use crate::view::panel::{self, Panel};
use crate::view::theme::Theme;
use crate::view::{Look, roster};

/// What the person at the keyboard has in hand.
#[derive(Debug, Default)]
pub struct Window {
    typing: Typing,
    page: usize,
    panel_page: usize,
    lines: u32,
    /// The household that was in focus at the last line that did not answer the focus.
    focus: Option<HouseholdId>,
    /// `CAREDESK_PANIC_AT=n`: panic at the n-th line, to show that the terminal is given back all the same.
    panic_at: Option<u32>,
}

impl Window {
    /// An empty box. With `panic_at` the program panics at that line, on purpose.
    #[must_use]
    pub fn new(panic_at: Option<u32>) -> Self {
        Self { panic_at, ..Self::default() }
    }

    /// How the screen looks now.
    #[must_use]
    pub fn look(&self, session: &Session) -> Look {
        Look {
            theme: Theme::of(session.model.appearance),
            typed: self.typing.text().to_owned(),
            cursor: self.typing.cursor(),
            page: self.page,
            panel_page: self.panel_page,
            #[cfg(feature = "photo")]
            photo: None,
        }
    }

    /// Takes a key that came at a time.
    #[allow(clippy::needless_pass_by_value)] // a key is taken
    pub fn key(&mut self, session: &mut Session, key: Key, at: Instant) {
        let ticks = || session.model.keyboard() == Attention::Dialog && session.model.question().is_some_and(|q| q.asks == Asks::Ticks);
        if key == Key::Char(' ') && self.typing.text().is_empty() && ticks() {
            session.send(Msg::Toggle);
            return;
        }
        match self.typing.key(&key, at) {
            Typed::Edited => self.first_pages(),
            Typed::Line(text, how) => {
                self.first_pages();
                self.lines += 1;
                let focus = || session.model.queue.focus().map(|g| g.household);
                let is_answer = matches!(parse(&text, &Reader::default()).typed, grammar::Typed::Empty | grammar::Typed::Choice(_));
                let answers_focus = is_answer && session.model.keyboard() == Attention::Queue && focus().is_some();
                if answers_focus && focus() != self.focus {
                    // The focus is not the one that was there at the last scan: the first answer only shows its names again.
                    self.focus = focus();
                    session.model.said = Some(Said::Hint(Hint::Next));
                    return;
                }
                assert!(self.panic_at != Some(self.lines), "asked to panic at line {}", self.lines);
                session.send(Msg::Line { text, how });
                if !answers_focus {
                    self.focus = session.model.queue.focus().map(|g| g.household);
                }
            }
            Typed::Dropped => session.model.notice(Notice::Doubled),
            Typed::NotPasted(why) => session.model.said = Some(Said::Hint(Hint::NotPasted(why))),
            Typed::NotMine => self.command_key(session, &key),
        }
    }

    fn command_key(&mut self, session: &mut Session, key: &Key) {
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
            Key::Down | Key::Up => {
                let down = *key == Key::Down;
                if session.model.question().is_some_and(|q| !q.choices.is_empty()) {
                    session.send(Msg::Mark { down });
                } else {
                    self.turn(session, down);
                }
            }
            Key::PageDown | Key::PageUp => self.turn(session, *key == Key::PageDown),
            Key::F(n) => {
                if let Some(command) = Command::ALL.into_iter().find(|c| c.function_key() == Some(*n)) {
                    session.send(Msg::Command(command));
                    self.first_pages();
                }
            }
            Key::Ctrl('z') => session.send(Msg::Command(Command::Undo)),
            Key::Ctrl(_)
            | Key::Char(_)
            | Key::Enter
            | Key::Backspace
            | Key::Delete
            | Key::Left
            | Key::Right
            | Key::Home
            | Key::End
            | Key::Pasted(_)
            | Key::NotPasted(_) => {}
        }
    }

    fn first_pages(&mut self) {
        self.page = 0;
        self.panel_page = 0;
    }

    /// Turns the page of what can be turned: the list of commands if it is open, else the roster.
    fn turn(&mut self, session: &Session, down: bool) {
        let look = self.look(session);
        let page = match panel::of(&session.model, &look) {
            Panel::Commands { .. } | Panel::Office(_) | Panel::Roll | Panel::Child(_) => &mut self.panel_page,
            Panel::Board | Panel::Left | Panel::Log => {
                // Beyond the last page there is nothing: a row a page at least.
                let (rows, _) = session.model.roster(&roster::query(&look.typed), 0, 0);
                self.page = self.page.min(rows);
                &mut self.page
            }
        };
        *page = if down { page.saturating_add(1) } else { page.saturating_sub(1) };
    }
}
