//! The screens of the register: people, cards, calendar, staff, settings. Each opens over the board with a panel, numbered
//! choices and forms; scans, ticks and the closing board go on meanwhile.
//!
//! A screen may be looked at by whoever is at the desk. What changes the register asks for a PIN; how long that holds is
//! in [`super::keeper`] (F167, F168).

pub mod calendar;
pub mod cards;
pub mod people;
pub mod settings;
pub mod staff;

use super::forms::{self, Form, Mistake, Step, Value};
use super::question::Question;
use super::record::Job;
use super::{Dialog, Effect, Model};
use crate::domain::fact::{Entry, Fact, OfficeFact, Seq};
use crate::domain::time::Moment;
use crate::rules::access::Right;
use crate::rules::access::demand::{self, Demand};
use crate::rules::office::OfficeAct;
use crate::rules::{Act, Request, Room, decide};

/// A screen, with what of it is shown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Screen {
    /// See [`people`].
    People(people::View),
    /// See [`cards`].
    Cards(cards::View),
    /// See [`calendar`].
    Calendar(calendar::View),
    /// See [`staff`].
    Staff(staff::View),
    /// See [`settings`].
    Settings(settings::View),
}

/// Something that is entered in a form of a screen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Task {
    /// See [`people`].
    People(people::Task),
    /// See [`cards`].
    Cards(cards::Task),
    /// See [`calendar`].
    Calendar(calendar::Task),
    /// See [`staff`].
    Staff(staff::Task),
    /// See [`settings`].
    Settings(settings::Task),
}

/// What a screen or its form asks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Ask {
    /// See [`people`].
    People(people::Ask),
    /// See [`cards`].
    Cards(cards::Ask),
    /// See [`calendar`].
    Calendar(calendar::Ask),
    /// See [`staff`].
    Staff(staff::Ask),
    /// See [`settings`].
    Settings(settings::Ask),
}

/// Something to pick on a screen or in its form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Pick {
    /// See [`people`].
    People(people::Pick),
    /// See [`cards`].
    Cards(cards::Pick),
    /// See [`calendar`].
    Calendar(calendar::Pick),
    /// See [`staff`].
    Staff(staff::Pick),
    /// See [`settings`].
    Settings(settings::Pick),
}

/// The choices on a screen.
#[must_use]
pub fn question(screen: &Screen, room: Room<'_>, now: Moment) -> Question {
    match screen {
        Screen::People(view) => people::question(view, room, now),
        Screen::Cards(view) => cards::question(view, room, now),
        Screen::Calendar(view) => calendar::question(view, room, now),
        Screen::Staff(view) => staff::question(view, room, now),
        Screen::Settings(view) => settings::question(view, room, now),
    }
}

/// The next question of a task, or what it comes to.
#[must_use]
pub fn step(task: &Task, form: &Form, room: Room<'_>, now: Moment) -> Step {
    match task {
        Task::People(task) => people::step(task, form, room, now),
        Task::Cards(task) => cards::step(task, form, room, now),
        Task::Calendar(task) => calendar::step(task, form, room, now),
        Task::Staff(task) => staff::step(task, form, room, now),
        Task::Settings(task) => settings::step(task, form, room, now),
    }
}

/// Reads a typed answer where a task asks for more than some text.
#[must_use]
pub fn read(ask: &Ask, text: &str) -> Option<Result<Value, Mistake>> {
    match ask {
        Ask::People(ask) => people::read(ask, text),
        Ask::Cards(ask) => cards::read(ask, text),
        Ask::Calendar(ask) => calendar::read(ask, text),
        Ask::Staff(ask) => staff::read(ask, text),
        Ask::Settings(ask) => settings::read(ask, text),
    }
}

/// Who opens the register for what takes this right, then the PIN: a leader, or the office for what the office keeps (F167).
#[must_use]
pub fn unlock(task: &Task, right: Right, form: &Form, room: Room<'_>) -> Step {
    match forms::agreed(form, 0, right, room) {
        Ok(staff) => Step::Unlocked(staff, Box::new(task.clone())),
        Err(step) => step,
    }
}

/// Who agrees that a change of the register is taken back, then the PIN.
#[must_use]
pub fn unlock_undo(act: Seq, form: &Form, room: Room<'_>) -> Step {
    let entries: Vec<&Entry> = room.day.entries().iter().filter(|e| e.act == act).collect();
    match forms::agreed(form, 0, demand::of_undoing(room, &entries).right, room) {
        Ok(staff) => Step::UndoUnlocked(staff, act),
        Err(step) => step,
    }
}

/// What a task asks for: that of the act to which it comes, as far as that is known before its questions are answered.
pub(super) fn asked(task: &Task, room: Room<'_>) -> Demand {
    match task {
        Task::People(task) => Demand::keeper(people::right(task, room)),
        Task::Cards(task) => cards::demand(task),
        Task::Calendar(_) => Demand::keeper(Right::ChangeCalendar),
        Task::Staff(task) => staff::demand(task),
        Task::Settings(_) => Demand::keeper(Right::ChangeSettings),
    }
}

impl Model {
    /// Closes the dialog in front: a form of a screen goes back to its screen. Says whether there was one.
    pub(crate) fn close_dialog(&mut self) -> bool {
        match self.dialog.take() {
            Some(Dialog::Form(Form { back: Some(screen), .. })) => {
                self.dialog = Some(Dialog::Office(*screen));
                true
            }
            Some(_) => true,
            None => false,
        }
    }

    /// Who was added stands on the screen at once: a child, or somebody of the staff.
    pub(super) fn open_what_is_new(&mut self, act: &Act, entries: &[Entry]) {
        let Act::Office(OfficeAct::People(_) | OfficeAct::Staff(_)) = act else { return };
        if !matches!(self.dialog, Some(Dialog::Office(Screen::People(people::View::Overview) | Screen::Staff(staff::View::List { .. })))) {
            return;
        }
        #[allow(clippy::wildcard_enum_match_arm)] // the facts by which somebody is new
        let new = entries.iter().find_map(|e| match &e.fact {
            Fact::ChildSet { was: None, now } => Some(Screen::People(people::View::Child(now.id))),
            Fact::StaffSet { was: None, now } => Some(Screen::Staff(staff::View::One(now.id))),
            _ => None,
        });
        if let Some(screen) = new {
            self.dialog = Some(Dialog::Office(screen));
        }
    }

    /// Whoever opens everything that is on file about a child is on record with it, once a day (F172).
    pub(crate) fn note_look(&mut self) -> Vec<Effect> {
        let Some(Dialog::Office(Screen::People(view))) = &self.dialog else { return Vec::new() };
        let Some(child) = view.child(&self.register).filter(|_| self.past.is_none()) else { return Vec::new() };
        let request = Request::Act(Act::Look { child });
        let who = self.enters(&request);
        let is_it =
            |e: &Entry| matches!(e.fact, Fact::Office(OfficeFact::Looked { child: seen }) if seen == child) && e.staff == who && e.desk == self.desk;
        let failed = self.unseen == Some(child) || self.halt.is_some();
        if failed || self.day.entries().iter().any(is_it) || self.is_on_its_way(&request) {
            return Vec::new();
        }
        let drafts = decide(self.room(), &request, self.now).drafts;
        self.record(Job::new(request, drafts))
    }

    pub(crate) fn open_screen(&mut self, screen: Screen) -> Vec<Effect> {
        self.open(Dialog::Office(screen));
        Vec::new()
    }

    /// A choice on the open screen was taken.
    pub(super) fn screen_picked(&mut self, pick: &Pick) -> Vec<Effect> {
        let Some(Dialog::Office(screen)) = self.dialog.clone() else { return Vec::new() };
        match (&screen, pick) {
            (Screen::People(view), Pick::People(pick)) => people::picked(self, view, pick),
            (Screen::Cards(view), Pick::Cards(pick)) => cards::picked(self, view, pick),
            (Screen::Calendar(view), Pick::Calendar(pick)) => calendar::picked(self, view, pick),
            (Screen::Staff(view), Pick::Staff(pick)) => staff::picked(self, view, pick),
            (Screen::Settings(view), Pick::Settings(pick)) => settings::picked(self, view, pick),
            (_, _) => Vec::new(),
        }
    }

    /// A text was typed on the open screen that is no choice of it.
    pub(super) fn screen_typed(&mut self, text: &str) -> Option<Vec<Effect>> {
        let Some(Dialog::Office(screen)) = self.dialog.clone() else { return None };
        match &screen {
            Screen::People(view) => people::typed(self, view, text),
            Screen::Cards(view) => cards::typed(self, view, text),
            Screen::Calendar(view) => calendar::typed(self, view, text),
            Screen::Staff(view) => staff::typed(self, view, text),
            Screen::Settings(view) => settings::typed(self, view, text),
        }
    }
}
