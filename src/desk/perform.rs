//! What the commands do.

use crate::domain::people::ChildId;
use crate::domain::time::moment;
use crate::rules::{Verdict, undo, why};

use super::commands::Command;
use super::forms::Kind;
use super::said::{Hint, Said};
use super::{Dialog, Effect, Model};

impl Model {
    pub(super) fn command_word(&mut self, word: &str, rest: &str) -> Vec<Effect> {
        if word.is_empty() {
            self.open(Dialog::Commands);
            return self.hint(Hint::Commands);
        }
        match Command::from_word(word) {
            Some(command) => self.command(command, rest),
            None => self.hint(Hint::NoSuchCommand),
        }
    }

    pub(super) fn command(&mut self, command: Command, rest: &str) -> Vec<Effect> {
        match command {
            Command::Help => {
                self.open(Dialog::Commands);
                self.hint(Hint::Help)
            }
            Command::Roster => {
                if rest.is_empty() {
                    self.past = None;
                    self.hint(Hint::RosterAt(None))
                } else {
                    self.travel(rest.trim_start_matches('@'))
                }
            }
            Command::Duty => self.open_form(Kind::Duty),
            Command::Undo => {
                if undo::candidates(self.room()).is_empty() {
                    return self.hint(Hint::NothingToUndo);
                }
                self.open(Dialog::Undo);
                Vec::new()
            }
            Command::Why => self.explain(),
            Command::Next => self.step_focus(),
            Command::Batch => self.open_form(Kind::Batch(rest.trim().chars().take(20).collect())),
            Command::BackFill => self.open_form(Kind::BackFill),
            Command::Language => {
                self.lang = self.lang.other();
                self.hint(Hint::Language)
            }
            Command::Clock => self.set_clock(rest),
            Command::Quit => self.open_form(Kind::Quit),
        }
    }

    pub(super) fn set_clock(&mut self, text: &str) -> Vec<Effect> {
        if !self.practice {
            return self.hint(Hint::ClockOnlyInPractice);
        }
        match moment(text, self.now) {
            None => self.hint(Hint::NotATime),
            Some(to) if to.ms < self.now.ms => self.hint(Hint::ClockNotBack(self.now)),
            Some(to) => {
                self.pass_time(to);
                self.said = Some(Said::Hint(Hint::ClockSet(to)));
                vec![Effect::SetClock(to)]
            }
        }
    }

    pub(super) fn travel(&mut self, text: &str) -> Vec<Effect> {
        match moment(text, self.now) {
            Some(when) if when.ms <= self.now.ms && when.date() == self.day.date() => {
                self.past = Some(when);
                self.hint(Hint::RosterAt(Some(when)))
            }
            _ => self.hint(Hint::NotATime),
        }
    }

    pub(super) fn explain(&mut self) -> Vec<Effect> {
        let focus = self.queue.focus().and_then(|g| g.asking().cloned());
        let lines = match (&focus, &self.last_verdict()) {
            (Some(waiting), _) => why::explain(self.room(), Some(waiting.pass.child), Some(&waiting.pass), &waiting.verdict),
            (None, Some((child, verdict))) => why::explain(self.room(), *child, None, verdict),
            (None, None) => return self.hint(Hint::NothingToExplain),
        };
        self.said = Some(Said::Why(lines));
        Vec::new()
    }

    pub(super) fn last_verdict(&self) -> Option<(Option<ChildId>, Verdict)> {
        self.explained.clone()
    }
}
