//! Whose PIN opened the register for changes, for how long, and for whom.
//!
//! A PIN holds for [`OPEN_SECONDS`] from when it was typed; no change makes it hold longer. It holds for whoever acted at the desk
//! then: once somebody else acts, or nobody, the register is closed, unless that is the one who opened it. What only a leader may
//! takes a PIN of its own; after a PIN for such a change, others of that kind need none for [`ALONE_SECONDS`]. What was answered
//! before a PIN had to be typed anew stays answered.

use super::forms::{Form, Kind, Step};
use super::office::{self, Screen, Task};
use super::said::Notice;
use super::{Dialog, Effect, Model};
use crate::domain::fact::Seq;
use crate::domain::people::StaffId;
use crate::domain::time::Moment;
use crate::rules::access::Right;
use crate::rules::access::demand::{self, Carrier, Demand};
use crate::rules::{Request, duty};

/// How long a PIN opens the register for changes, seconds.
pub const OPEN_SECONDS: i64 = 300;

/// How long a PIN for what only a leader may is one for more of that kind, seconds.
pub const ALONE_SECONDS: i64 = 60;

/// Who opened the register for changes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Keeper {
    /// Whose PIN it was.
    pub staff: StaffId,
    /// When it was right.
    pub at: Moment,
    /// It was typed for what only a leader may.
    pub alone: bool,
}

impl Keeper {
    fn until(self) -> Moment {
        self.at.plus_seconds(OPEN_SECONDS)
    }
}

/// Whether a form's change of the register was agreed to, as far as a PIN was asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Agreed {
    /// A PIN was typed for this form, or none is wanted.
    #[default]
    Here,
    /// A PIN that still holds was typed before, for the same kind of change.
    Before,
    /// A PIN that still holds was typed before, and is none for what only a leader may.
    BeforeForLess,
}

impl Model {
    /// Who opened the register for changes, while it is open.
    #[must_use]
    pub fn keeper(&self) -> Option<StaffId> {
        self.keeper.filter(|keeper| self.now.ms < keeper.until().ms).map(|keeper| keeper.staff)
    }

    /// How many minutes the register is still open for changes, the begun one counted; `None` when it is not.
    #[must_use]
    pub fn open_minutes(&self) -> Option<i64> {
        let left = self.keeper.map(|keeper| keeper.until().ms - self.now.ms)?;
        (left > 0).then_some((left + 59_999) / 60_000)
    }

    /// When these minutes are one less.
    pub(super) fn next_keeper_minute(&self) -> Option<Moment> {
        let until = self.keeper?.until();
        self.open_minutes().map(|minutes| until.plus_seconds(-60 * (minutes - 1)))
    }

    /// Whether a PIN was typed a moment ago for what only a leader may.
    fn agreed_alone(&self) -> bool {
        self.keeper.is_some_and(|keeper| keeper.alone && self.now.ms < keeper.at.plus_seconds(ALONE_SECONDS).ms)
    }

    /// Whether somebody has to give a PIN before what asks for this.
    pub(super) fn wants_pin(&self, demand: Demand) -> bool {
        let room = self.room();
        demand.of == Carrier::Keeper
            && (demand.is_met(room, self.now).is_err() || (demand.is_leaders_alone() && duty::has_leader(room) && !self.agreed_alone()))
    }

    /// Opens a task's form; the PIN is asked first where somebody has to agree. While nobody leads yet, nobody is asked.
    pub(crate) fn open_task(&mut self, task: Task) -> Vec<Effect> {
        let back = self.screen_behind();
        // What has lapsed stays closed.
        self.keeper = self.keeper.filter(|keeper| self.now.ms < keeper.until().ms);
        let demand = office::asked(&task, self.room());
        if self.wants_pin(demand) {
            return self.open_task_form(Form { back, ..Form::new(Kind::Unlock(task, demand.right)) });
        }
        let agreed = match (demand.of == Carrier::Keeper && self.keeper.is_some(), demand.is_leaders_alone()) {
            (false, _) => Agreed::Here,
            (true, true) => Agreed::Before,
            (true, false) => Agreed::BeforeForLess,
        };
        self.open_task_form(Form { back, agreed, ..Form::new(Kind::Office(task)) })
    }

    /// The PIN was right: the register is open for a while, and the task goes on with what was answered before.
    pub(super) fn unlocked(&mut self, staff: StaffId, task: Task) -> Vec<Effect> {
        let back = self.screen_behind();
        let Some(Dialog::Form(Form { kind: Kind::Unlock(_, right), filled, .. })) = self.dialog.take() else { return Vec::new() };
        self.opened_by(staff, right);
        self.open_task_form(Form { back, values: filled, ..Form::new(Kind::Office(task)) })
    }

    /// The PIN was right: an act which changed the register is taken back.
    pub(super) fn undo_unlocked(&mut self, staff: StaffId, act: Seq) -> Vec<Effect> {
        self.opened_by(staff, self.demand_of_undoing(act).right);
        self.enter_request(Request::Undo { act, reason: None })
    }

    fn opened_by(&mut self, staff: StaffId, right: Right) {
        for form in &mut self.behind {
            form.agreed = Agreed::BeforeForLess; // this PIN was typed for another one
        }
        self.keeper = Some(Keeper { staff, at: self.now, alone: Demand::keeper(right).is_leaders_alone() });
    }

    /// For which right the form in front wants a PIN anew before what it comes to is entered: the time is over, `.lock` was typed,
    /// somebody else acts by now, or what it comes to is a leader's and the PIN was typed for something else.
    pub(super) fn right_to_agree_to(&self, form: &Form, step: &Step) -> Option<Right> {
        let Kind::Office(task) = &form.kind else { return None };
        #[allow(clippy::wildcard_enum_match_arm)] // by the others nothing is entered yet
        let demand = match step {
            Step::Enter(request) => match &**request {
                Request::Act(act) => demand::of_act(self.room(), act),
                Request::Passes(_) | Request::Undo { .. } => return None,
            },
            Step::Draw(_) | Step::DrawCode => office::asked(task, self.room()),
            _ => return None,
        };
        let agreed = form.agreed != Agreed::BeforeForLess || !demand.is_leaders_alone();
        let stands = if agreed { demand.of != Carrier::Keeper || demand.is_met(self.room(), self.now).is_ok() } else { !self.wants_pin(demand) };
        (!stands).then_some(demand.right)
    }

    /// Asks for the PIN with which the form in front goes on.
    pub(super) fn ask_pin_again(&mut self, right: Right) -> Vec<Effect> {
        let back = self.screen_behind();
        let Some(Dialog::Form(Form { kind: Kind::Office(task), values, .. })) = self.dialog.take() else { return Vec::new() };
        self.open_task_form(Form { back, filled: values, ..Form::new(Kind::Unlock(task, right)) })
    }

    /// Closes the register for changes: a form that would change it goes with it, and numbers are covered.
    pub(super) fn lock(&mut self) {
        self.keeper = None;
        (self.phones, self.numbers) = (None, None);
        if matches!(&self.dialog, Some(Dialog::Form(Form { kind: Kind::Office(_) | Kind::Unlock(..) | Kind::UnlockUndo(_), .. }))) {
            self.close_dialog();
        }
    }

    /// Closes the register where somebody else acts at this desk than `before`, and says so. To whoever opened it, it stays open.
    pub(super) fn close_to_others(&mut self, before: Option<StaffId>) {
        let actor = self.room().actor();
        if let Some(keeper) = self.keeper().filter(|keeper| actor != before && actor != Some(*keeper)) {
            self.keeper = None;
            self.notice(Notice::ClosedToOthers(keeper));
        }
    }

    fn open_task_form(&mut self, form: Form) -> Vec<Effect> {
        if self.waits_for_sign_on(&form.kind) {
            return Vec::new();
        }
        self.open(Dialog::Form(form));
        self.go_on_with_form()
    }

    /// The screen that is open, or to which the open form goes back.
    fn screen_behind(&self) -> Option<Box<Screen>> {
        match &self.dialog {
            Some(Dialog::Office(screen)) => Some(Box::new(screen.clone())),
            Some(Dialog::Form(form)) => form.back.clone(),
            Some(_) | None => None,
        }
    }
}
