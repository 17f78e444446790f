//! What the commands do.

use crate::domain::day::State;
use crate::domain::people::ChildId;
use crate::domain::redating::Stretch;
use crate::domain::time::{Moment, moment};
use crate::rules::privacy::{self, Asked};
use crate::rules::{Verdict, undo, why};

use crate::texts::narrowing_answers;

use super::appearance::Colours;
use super::commands::Command;
use super::forms::Kind;
use super::office::{self, Screen};
use super::question::Prompt;
use super::said::{Hint, Said};
use super::{Attention, Dialog, Effect, Model};

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
            Command::Roster => self.narrow(rest),
            Command::Board => {
                self.open(Dialog::Board);
                self.hint(Hint::Board)
            }
            Command::Roll => {
                self.open(Dialog::Roll);
                self.hint(Hint::Roll)
            }
            Command::Calls => self.calls(),
            Command::Log => self.show_log(),
            Command::Leader => self.open_form(Kind::TellLeader),
            Command::Duty => self.open_form(Kind::Duty),
            Command::Undo => {
                if undo::candidates(self.room()).is_empty() {
                    return self.hint(Hint::NothingToUndo);
                }
                self.open(Dialog::Undo);
                Vec::new()
            }
            Command::Unrecorded => self.show_unrecorded(),
            Command::Why => self.explain(),
            Command::Next => self.step_focus(),
            Command::Batch => self.open_form(Kind::Batch(rest.trim().chars().take(20).collect())),
            Command::BackFill => self.open_form(Kind::BackFill),
            Command::Redate if self.doubted.is_some() => self.hint(Hint::TimeFirst),
            Command::Redate => vec![Effect::Stretches],
            Command::People => self.open_screen(Screen::People(office::people::open(self, rest))),
            Command::Cards => self.open_screen(Screen::Cards(office::cards::open(self, rest))),
            Command::Rack => self.count_rack(rest),
            Command::Found => self.card_found(rest),
            Command::Calendar => self.open_screen(Screen::Calendar(office::calendar::open(self, rest))),
            Command::Staff => self.open_screen(Screen::Staff(office::staff::open(self, rest))),
            Command::Settings => self.open_screen(Screen::Settings(office::settings::open(self, rest))),
            Command::Lock => {
                self.lock();
                self.hint(Hint::Locked)
            }
            Command::Language => {
                self.lang = self.lang.other();
                self.hint(Hint::Language)
            }
            Command::Theme => {
                self.appearance.colours = Colours::from_word(rest).unwrap_or_else(|| self.appearance.colours.next());
                self.hint(Hint::Theme(self.appearance.colours))
            }
            Command::Guide if self.practice => {
                self.toggle_guide();
                self.hint(Hint::Guide(self.guide.is_some()))
            }
            Command::Guide => self.hint(Hint::OnlyInPractice),
            Command::Clock => self.set_clock(rest),
            // Who was scanned into a batch is recorded, or given up by name, before the desk is closed.
            Command::Quit if !self.in_batches().is_empty() => self.hint(Hint::BatchFirst(self.in_batches().len())),
            // Whose card is held stands on no record: the desk stays open until the time is known, and names them.
            Command::Quit if !self.held.is_empty() => self.hint(Hint::HeldScansFirst),
            Command::Quit => self.quit_or_stay(),
        }
    }

    /// F2: the next narrowing of the roster; with a word the one that is meant, with a time the register of then.
    fn narrow(&mut self, rest: &str) -> Vec<Effect> {
        if let Some(time) = rest.strip_prefix('@').or_else(|| rest.starts_with(|c: char| c.is_ascii_digit()).then_some(rest)) {
            return self.travel(time);
        }
        let list = self.narrowings();
        self.narrowed = if rest.is_empty() {
            let was_past = self.past.take().is_some();
            let at = list.iter().position(|n| *n == self.narrowed).unwrap_or(0);
            let next = if was_past || self.put_away() { at } else { at + 1 };
            list.get(next).cloned().unwrap_or_default()
        } else {
            match list.into_iter().find(|n| narrowing_answers(n, rest)) {
                Some(narrowed) => narrowed,
                None => return self.hint(Hint::NoSuchList),
            }
        };
        self.hint(Hint::Narrowed)
    }

    /// F5: the phone numbers of the child in front, for as long as a call takes to dial.
    pub(super) fn show_phones(&mut self) -> Vec<Effect> {
        match self.child_in_front() {
            Some(child) => {
                let asked = Asked::at(child, self.now);
                self.phones = Some((child, asked.until));
                self.show_numbers(child)
            }
            None => self.hint(Hint::PhonesOfWhom),
        }
    }

    /// The numbers of this child stand in full for a while.
    pub(super) fn show_numbers(&mut self, child: ChildId) -> Vec<Effect> {
        self.numbers = Some(Asked::at(child, self.now));
        self.hint(Hint::Phones(child))
    }

    /// A question by which somebody is called asks for the numbers when it comes up: no key more is needed.
    pub(super) fn ask_for_numbers(&mut self) {
        let dialled = self.question().and_then(|question| Some((self.called_about(&question.prompt)?, question.prompt)));
        if dialled != self.dialled {
            self.numbers = dialled.as_ref().map(|(child, _)| Asked::at(*child, self.now)).or(self.numbers);
            self.dialled = dialled;
        }
    }

    /// The child about whom the question in front has somebody called.
    fn called_about(&self, prompt: &Prompt) -> Option<ChildId> {
        if let Prompt::OnSiteCall(child) | Prompt::CallOutcome(child, _) = prompt {
            return Some(*child);
        }
        if let Prompt::CallBackResult(collector) = prompt {
            return self.register.collector(*collector).map(|c| c.child);
        }
        let asking = self.queue.focus().filter(|_| *prompt == Prompt::Focus)?.asking()?;
        matches!(asking.verdict, Verdict::WhoCall { .. }).then_some(asking.pass.child)
    }

    /// The child that a form, a list or the verdict in focus is about.
    pub(super) fn child_in_front(&self) -> Option<ChildId> {
        let child = match &self.dialog {
            Some(Dialog::Actions(child)) => Some(*child),
            Some(Dialog::Form(form)) => form.kind.child(),
            Some(
                Dialog::Hits { .. }
                | Dialog::Undo
                | Dialog::Unrecorded(_)
                | Dialog::Commands
                | Dialog::Board
                | Dialog::Group(_)
                | Dialog::Calls
                | Dialog::Roll
                | Dialog::Log
                | Dialog::Office(_),
            )
            | None => None,
        };
        child.or_else(|| self.queue.focus().and_then(|g| g.asking()).map(|w| w.pass.child))
    }

    /// The last runs of entries came: which stands under a wrong time?
    pub(super) fn show_stretches(&mut self, stretches: Vec<Stretch>) -> Vec<Effect> {
        if stretches.is_empty() {
            return self.hint(Hint::NothingToChoose);
        }
        self.open_form(Kind::Redate(stretches))
    }

    /// F8: the day as pictures; the days of the week before today are read once.
    fn show_log(&mut self) -> Vec<Effect> {
        use chrono::Datelike;
        self.open(Dialog::Log);
        let midnight = self.now.start_of_day();
        let before = i64::from(self.now.date().weekday().num_days_from_monday());
        let ends = (1..=before).rev().map(|days| midnight.plus_seconds(-86_400 * days + 86_399)).collect();
        self.said = Some(Said::Hint(Hint::Log));
        vec![Effect::Look(ends)]
    }

    /// States of past moments came: of the week before today for the pictures.
    pub(super) fn looked(&mut self, states: Vec<(Moment, State)>) {
        if self.dialog == Some(Dialog::Log) {
            self.week = states;
        }
    }

    pub(super) fn set_clock(&mut self, text: &str) -> Vec<Effect> {
        if !self.practice {
            return self.hint(Hint::OnlyInPractice);
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
        let forgotten = self.register.office().forgotten_until();
        match moment(text, self.now) {
            Some(when) if forgotten.is_some_and(|until| when.date() <= until) => self.hint(Hint::NotKept(forgotten.unwrap_or_default())),
            Some(when) if when.ms <= self.now.ms => {
                self.put_away();
                self.said = Some(Said::Hint(Hint::RosterAt));
                vec![Effect::LookBack(when)]
            }
            _ => self.hint(Hint::NotATime),
        }
    }

    pub(super) fn explain(&mut self) -> Vec<Effect> {
        if let Some(Dialog::Actions(child)) = self.dialog.as_ref().filter(|_| self.keyboard() == Attention::Dialog)
            && let Some(notes) = privacy::behind_why(self.room(), *child)
        {
            self.said = Some(Said::Why(vec![notes]));
            return Vec::new();
        }
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
