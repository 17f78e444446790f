//! Keys become messages: the text in the box, lists and pages, and the rules that know about time: a burst is a card and answers
//! nothing, what answers was begun when its question had been in sight for a while, and an answer for a focus that nobody has
//! looked at only shows it.

use std::time::Instant;

use super::keys::Key;
use super::session::Session;
use super::sight::Sight;
use super::typing::{Line, Typed, Typing};
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
    sight: Sight,
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
            secret: session.model.asks_secret() || (!self.typing.text().is_empty() && self.sight.is_secret()),
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
        if self.typing.text().is_empty() {
            self.sight.begins(&session.model, at);
        }
        if key == Key::Char(' ') && self.typing.text().is_empty() && ticks() {
            if self.typing.ticks(at) {
                self.send(session, Msg::Toggle);
            } else {
                session.model.said = Some(Said::Hint(Hint::TooEarly));
            }
            return;
        }
        match self.typing.key(&key, at) {
            Typed::Edited => self.first_pages(),
            Typed::Line(line) => self.line(session, line, at),
            Typed::Dropped => session.model.notice(Notice::Doubled),
            Typed::TooEarly if session.model.standing().is_nothing() => {}
            Typed::TooEarly => session.model.said = Some(Said::Hint(Hint::TooEarly)),
            Typed::InBurst => only_a_card(session),
            Typed::NotPasted(why) => session.model.said = Some(Said::Hint(Hint::NotPasted(why))),
            Typed::NotMine => self.command_key(session, &key),
        }
    }

    /// A frame was drawn at that time: whoever sits here can look at what it asks from now on.
    pub fn drawn(&mut self, session: &Session, at: Instant) {
        self.sight.drawn(&session.model, at);
    }

    fn send(&mut self, session: &mut Session, msg: Msg) {
        self.sight.acts();
        session.send(msg);
    }

    fn line(&mut self, session: &mut Session, line: Line, at: Instant) {
        self.first_pages();
        self.lines += 1;
        assert!(self.panic_at != Some(self.lines), "asked to panic at line {}", self.lines);
        let reader = Reader { prefix: &session.model.settings.reader_prefix, suffix: &session.model.settings.reader_suffix };
        let typed = parse(&line.text, &reader).typed;
        if line.how.is_of_reader() && typed.clone().into_card().is_none() {
            return only_a_card(session);
        }
        if !line.how.is_of_reader() && self.sight.is_secret_of_another(&session.model) {
            session.model.said = Some(Said::Hint(Hint::SecretDropped));
            return;
        }
        let focus = |session: &Session| session.model.queue.focus().map(|g| g.household);
        let is_answer = matches!(typed, grammar::Typed::Empty | grammar::Typed::Choice(_));
        if is_answer && let Some(hint) = self.sight.not_seen(&session.model, &line, at) {
            session.model.said = Some(Said::Hint(hint));
            return;
        }
        let answers_focus = is_answer && session.model.keyboard() == Attention::Queue && focus(session).is_some();
        if answers_focus && focus(session) != self.focus {
            // The focus is not the one that was there at the last scan: the first answer only shows its names again.
            self.focus = focus(session);
            session.model.said = Some(Said::Hint(Hint::Next));
            return;
        }
        self.send(session, Msg::Line { text: line.text, how: line.how });
        if !answers_focus {
            self.focus = focus(session);
        }
    }

    fn command_key(&mut self, session: &mut Session, key: &Key) {
        match key {
            Key::Esc => {
                if !self.typing.clear() {
                    self.send(session, Msg::Escape);
                }
            }
            Key::Tab => {
                self.send(session, Msg::Next);
                self.focus = session.model.queue.focus().map(|g| g.household);
            }
            Key::Down | Key::Up => {
                let down = *key == Key::Down;
                if session.model.question().is_some_and(|q| !q.choices.is_empty()) {
                    self.send(session, Msg::Mark { down });
                } else {
                    self.turn(session, down);
                }
            }
            Key::PageDown | Key::PageUp => self.turn(session, *key == Key::PageDown),
            Key::F(n) => {
                if let Some(command) = Command::ALL.into_iter().find(|c| c.function_key() == Some(*n)) {
                    self.send(session, Msg::Command(command));
                    self.first_pages();
                }
            }
            Key::Ctrl('z') => self.send(session, Msg::Command(Command::Undo)),
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

/// What came with a card, or instead of one, faster than any hand: nothing of it is taken. What the card did stays in sight.
fn only_a_card(session: &mut Session) {
    let model = &mut session.model;
    if !matches!(model.said, Some(Said::Verdict { .. })) {
        model.said = Some(Said::Hint(Hint::OnlyACard));
    } else if model.notices.last().is_none_or(|(_, last)| *last != Notice::OnlyACard) {
        model.notice(Notice::OnlyACard);
    }
}
