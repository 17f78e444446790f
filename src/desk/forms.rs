//! Forms: one question after another until there is something to enter.
//!
//! A form is a value: what it is for, and what was answered so far. [`step`] gives its next question or what it comes to,
//! so that ticks, scans and the closing board go on while it is open.

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveTime};

use crate::domain::activity::GroupId;
use crate::domain::card::CardNumber;
use crate::domain::closing::Matter;
use crate::domain::fact::{CallResult, LeaveReason, Seq};
use crate::domain::people::{ChildId, CollectorId, StaffId};
use crate::domain::redating::Stretch;
use crate::domain::time::Moment;
use crate::rules::access::{Demand, Right};
use crate::rules::collect::default_taker;
use crate::rules::duty::keepers;
use crate::rules::pass::Proof;
use crate::rules::{Act, Pass, Request, Room};

use super::keeper::Agreed;
use super::question::{Asks, Label, Prompt, Question};
use super::{Pin, calls, groups, office};

mod answers;
mod duty;
mod passing;
mod redating;
mod unnamed;

pub use crate::rules::pass::Purpose;
pub use answers::{Mistake, Value, read, weak_pin};
pub use passing::is_staff_parent;
pub(super) use passing::only_unconfirmed;
use passing::{authorise, back_fill, batch, call_back, here, left_open, lift_hold, no_card, not_back, on_site, step_out, vouch};

/// A form in front of the teacher.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Form {
    /// What it is for.
    pub kind: Kind,
    /// What was answered so far.
    pub values: Vec<Value>,
    /// Children that are ticked for the question in front.
    pub ticked: BTreeSet<ChildId>,
    /// Why the last answer was not taken.
    pub error: Option<Mistake>,
    /// The screen to which it goes back.
    pub back: Option<Box<office::Screen>>,
    /// What it was agreed to with, where it changes the register.
    pub agreed: Agreed,
    /// What was answered before a PIN had to be typed anew, which it asks for.
    pub filled: Vec<Value>,
    /// What was typed first and looks like a PIN: neither stored nor shown before it is asked about.
    pub suspect: Option<Pin>,
    /// The last entry before its child came up at this desk; see [`Pass::since`].
    pub since: Seq,
}

/// What a form is for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A child stays away.
    Leave(ChildId),
    /// A note for today.
    Note(ChildId),
    /// A child is at another place.
    Move(ChildId),
    /// A child goes out for a while.
    StepOut(ChildId),
    /// A leader decides about a child that is held back.
    Hold(ChildId),
    /// A card is lost.
    LoseCard(ChildId),
    /// A release without a card, or stepping out without one.
    NoCard(ChildId, Purpose),
    /// Who is out does not come back.
    NotBack(ChildId),
    /// Somebody may collect today.
    Authorise(ChildId),
    /// Another call about somebody named for today.
    CallBack(ChildId, Option<CollectorId>),
    /// Somebody goes on duty, off duty, or acts from now on.
    Duty,
    /// Something that was not entered in time.
    BackFill,
    /// Several children brought by an escort; the name may be empty.
    Batch(String),
    /// A stay left open was ended on an earlier day.
    LeftOpen(Box<Pass>),
    /// A release at another place.
    OnSite(Box<Pass>),
    /// A leader stands for a collector about whom nobody can be called.
    Vouch(Box<Pass>),
    /// What a collector is called whom nobody knows by name: who it is on the list of each of these children.
    NameTaker(Vec<(Pass, CollectorId)>),
    /// A missing child was seen.
    Seen(ChildId),
    /// Taking back an old release.
    UndoReason(Seq),
    /// A group is made.
    NewGroup,
    /// Children go into a group.
    Members(GroupId),
    /// A group, or one that is made with it, goes to another place.
    GoOut(Option<GroupId>),
    /// A group comes back.
    ComeBack(GroupId),
    /// Somebody else leads a group.
    Lead(GroupId),
    /// A call about a child that is missed or not fetched.
    Chase(ChildId, CollectorId, Matter),
    /// Extended care for those who are left.
    Extend,
    /// The leader is told of them.
    TellLeader,
    /// They wait with the guard, or stay with two adults.
    Stay {
        /// With the guard.
        guard: bool,
        /// Of whom it is said, as they were in sight.
        children: Vec<ChildId>,
    },
    /// Something on a screen of the register.
    Office(office::Task),
    /// Somebody with this right agrees first.
    Unlock(office::Task, Right),
    /// A leader agrees that an act which changed the register is taken back.
    UnlockUndo(Seq),
    /// A leader sets right what was entered under a wrong time: in one of these, the latest first.
    Redate(Vec<Stretch>),
    /// Leaving the program.
    Quit,
}

impl Kind {
    /// Whether it comes to who takes this child, or to what becomes of a hold on it.
    #[must_use]
    pub fn lets_go(&self, child: ChildId) -> bool {
        let of_one = matches!(
            self,
            Self::Hold(_) | Self::NoCard(..) | Self::NotBack(_) | Self::StepOut(_) | Self::LeftOpen(_) | Self::OnSite(_) | Self::Vouch(_)
        );
        let of_siblings = matches!(self, Self::NameTaker(passes) if passes.iter().any(|(pass, _)| pass.child == child));
        (of_one && self.child() == Some(child)) || of_siblings
    }

    /// The child that it is about, if it is about one.
    #[must_use]
    pub fn child(&self) -> Option<ChildId> {
        match self {
            Self::Leave(child)
            | Self::Note(child)
            | Self::Move(child)
            | Self::StepOut(child)
            | Self::Hold(child)
            | Self::LoseCard(child)
            | Self::NoCard(child, _)
            | Self::NotBack(child)
            | Self::Authorise(child)
            | Self::CallBack(child, _)
            | Self::Seen(child)
            | Self::Chase(child, ..) => Some(*child),
            Self::LeftOpen(pass) | Self::OnSite(pass) | Self::Vouch(pass) => Some(pass.child),
            Self::NameTaker(passes) => passes.first().map(|(pass, _)| pass.child),
            Self::Duty
            | Self::BackFill
            | Self::Batch(_)
            | Self::UndoReason(_)
            | Self::NewGroup
            | Self::Members(_)
            | Self::GoOut(_)
            | Self::ComeBack(_)
            | Self::Lead(_)
            | Self::Extend
            | Self::TellLeader
            | Self::Stay { .. }
            | Self::Office(_)
            | Self::Unlock(..)
            | Self::UnlockUndo(_)
            | Self::Redate(_)
            | Self::Quit => None,
        }
    }
}

impl Kind {
    /// What the act asks for to which the form comes, where that can be said before: nobody answers five questions only to
    /// hear that somebody has to sign on. A child who comes or goes waits with its question instead.
    #[must_use]
    pub(super) fn demand(&self, room: Room<'_>) -> Option<Demand> {
        match self {
            Self::Leave(_)
            | Self::Note(_)
            | Self::Move(_)
            | Self::StepOut(_)
            | Self::UndoReason(_)
            | Self::NewGroup
            | Self::Members(_)
            | Self::GoOut(_)
            | Self::ComeBack(_)
            | Self::Lead(_)
            | Self::Chase(..)
            | Self::Seen(_)
            | Self::TellLeader
            | Self::Stay { .. } => Some(Demand::actor(Right::Release)),
            Self::Authorise(_) | Self::CallBack(..) => Some(Demand::actor(Right::NameForToday)),
            Self::Office(task) => Some(office::asked(task, room)),
            Self::LoseCard(_)
            | Self::NoCard(..)
            | Self::NotBack(_)
            | Self::Hold(_)
            | Self::Vouch(_)
            | Self::NameTaker(_)
            | Self::Duty
            | Self::BackFill
            | Self::Batch(_)
            | Self::LeftOpen(_)
            | Self::OnSite(_)
            | Self::Extend
            | Self::Unlock(..)
            | Self::UnlockUndo(_)
            | Self::Redate(_)
            | Self::Quit => None,
        }
    }
}

/// What a form comes to next.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Step {
    /// This question.
    Ask(Question),
    /// This is entered.
    Enter(Box<Request>),
    /// This child is decided further, with what was answered.
    Decide(Vec<Pass>),
    /// So many card numbers are drawn.
    Draw(usize),
    /// A recovery code is drawn.
    DrawCode,
    /// A screen opens.
    Screen(office::Screen),
    /// A leader's PIN was right: the task goes on.
    Unlocked(StaffId, Box<office::Task>),
    /// A leader's PIN was right: the act is taken back.
    UndoUnlocked(StaffId, Seq),
    /// The program ends.
    Quit,
    /// There is nothing to ask (somebody left, nothing to choose from).
    Nothing,
}

impl Form {
    /// A form at its beginning.
    #[must_use]
    pub fn new(kind: Kind) -> Self {
        Self {
            kind,
            values: Vec::new(),
            ticked: BTreeSet::new(),
            error: None,
            back: None,
            agreed: Agreed::Here,
            filled: Vec::new(),
            suspect: None,
            since: Seq(0),
        }
    }

    /// Whatever was shown for a child and came into it.
    #[allow(clippy::wildcard_enum_match_arm)] // the forms that a verdict in front opens
    pub(super) fn passes_mut(&mut self) -> impl Iterator<Item = &mut Pass> {
        let (one, several): (Option<&mut Pass>, &mut [(Pass, CollectorId)]) = match &mut self.kind {
            Kind::LeftOpen(pass) | Kind::OnSite(pass) | Kind::Vouch(pass) => (Some(pass), &mut []),
            Kind::NameTaker(passes) => (None, passes),
            _ => (None, &mut []),
        };
        let of_values = self.values.iter_mut().filter_map(|value| if let Value::Child(pass) = value { Some(&mut **pass) } else { None });
        one.into_iter().chain(several.iter_mut().map(|(pass, _)| pass)).chain(of_values)
    }

    pub(super) fn chosen(&self, index: usize) -> Option<&Label> {
        match self.values.get(index) {
            Some(Value::Chosen(label)) => Some(label),
            _ => None,
        }
    }

    pub(super) fn text(&self, index: usize) -> Option<&String> {
        match self.values.get(index) {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        }
    }

    pub(super) fn time(&self, index: usize) -> Option<NaiveTime> {
        match self.values.get(index) {
            Some(Value::Time(time)) => Some(*time),
            _ => None,
        }
    }

    pub(super) fn date(&self, index: usize) -> Option<NaiveDate> {
        match self.values.get(index) {
            Some(Value::Date(date)) => Some(*date),
            _ => None,
        }
    }

    fn taker(&self, index: usize) -> Option<CollectorId> {
        match self.chosen(index) {
            Some(Label::Taker { collector, .. }) => Some(*collector),
            _ => None,
        }
    }

    fn call(&self, index: usize) -> Option<CallResult> {
        match self.chosen(index) {
            Some(Label::Call(result)) => Some(*result),
            _ => None,
        }
    }
}

/// The next question of a form, or what it comes to.
#[must_use]
pub fn step(form: &Form, room: Room<'_>, now: Moment) -> Step {
    match (next(form, room, now), &form.suspect) {
        (Step::Ask(question), Some(_)) => {
            let prompt = Prompt::LooksLikePin(Box::new(question.prompt));
            Step::Ask(Question::choose(prompt, [Label::TypeAgain, Label::StoreAsAnswer]).default_to(1))
        }
        (step, _) => step,
    }
}

fn next(form: &Form, room: Room<'_>, now: Moment) -> Step {
    match &form.kind {
        Kind::Leave(child) => match form.chosen(0) {
            None => Step::Ask(Question::choose(Prompt::LeaveReason(*child), LeaveReason::ALL.map(Label::Leave))),
            Some(Label::Leave(reason)) => act(Act::Leave { child: *child, reason: *reason }),
            Some(_) => Step::Nothing,
        },
        Kind::Note(child) => match form.text(0) {
            None => Step::Ask(Question::ask(Asks::Text, Prompt::Note(*child))),
            Some(text) => act(Act::Note { child: *child, text: text.clone() }),
        },
        Kind::Move(child) => match form.chosen(0) {
            None => {
                let here = here(room, *child).map(|v| &v.place);
                let places = room.settings.places.iter().filter(|p| Some(*p) != here).cloned().map(Label::Place);
                Step::Ask(Question::choose(Prompt::WhichPlace(*child), places))
            }
            Some(Label::Place(to)) => act(Act::Move { child: *child, to: to.clone() }),
            Some(_) => Step::Nothing,
        },
        Kind::StepOut(child) => step_out(room, *child),
        Kind::NotBack(child) => not_back(form, room, *child, now),
        Kind::Hold(child) => lift_hold(form, room, *child),
        Kind::LoseCard(child) => match form.values.first() {
            None => Step::Ask(Question::ask(Asks::Confirm, Prompt::LoseCard(*child))),
            Some(_) => act(Act::LoseCard { child: *child }),
        },
        Kind::NoCard(child, purpose) => {
            let pass = Pass { purpose: *purpose, since: form.since, ..Pass::new(*child, Proof::Name) };
            no_card(form, room, pass, now)
        }
        Kind::Authorise(child) => authorise(form, room, *child, now),
        Kind::CallBack(child, only) => call_back(form, room, *child, *only, now),
        Kind::Duty => duty::on_duty(form, room),
        Kind::BackFill => back_fill(form, room, now),
        Kind::Batch(_) => batch(form),
        Kind::LeftOpen(pass) => left_open(form, room, pass, now),
        Kind::OnSite(pass) => on_site(form, room, pass, now),
        Kind::Vouch(pass) => vouch(form, room, pass),
        Kind::NameTaker(passes) => unnamed::step(form, room, passes, now),
        Kind::Seen(child) => calls::seen(form, room, *child),
        Kind::UndoReason(undo) => match form.text(0) {
            None => Step::Ask(Question::ask(Asks::Text, Prompt::UndoReason)),
            Some(reason) => Step::Enter(Box::new(Request::Undo { act: *undo, reason: Some(reason.clone()) })),
        },
        Kind::NewGroup => groups::new_group(form, room),
        Kind::Members(group) => groups::members(form, room, *group),
        Kind::GoOut(group) => groups::go_out(form, room, *group),
        Kind::ComeBack(group) => groups::come_back(form, room, *group),
        Kind::Lead(group) => groups::lead(form, room, *group),
        Kind::Chase(child, collector, about) => calls::chase(form, (*child, *collector, *about)),
        Kind::Extend => calls::extend(form, room, now),
        Kind::TellLeader => calls::tell_leader(form, room),
        Kind::Stay { guard, children } => calls::stay(form, room, (*guard, children), now),
        Kind::Office(task) => office::step(task, form, room, now),
        Kind::Unlock(task, right) => office::unlock(task, *right, form, room),
        Kind::UnlockUndo(act) => office::unlock_undo(*act, form, room),
        Kind::Redate(stretches) => redating::step(form, stretches, room),
        Kind::Quit => match form.chosen(0) {
            None => Step::Ask(Question::choose(Prompt::Quit, [Label::Quit])),
            Some(_) => Step::Quit,
        },
    }
}

/// Somebody with this right agrees: who, where there are several, then the PIN. The answers stand from `from` on.
///
/// # Errors
/// The step that is still to be taken; [`Step::Nothing`] when there is nobody who could agree.
pub(super) fn agreed(form: &Form, from: usize, right: Right, room: Room<'_>) -> Result<StaffId, Step> {
    agreed_when_asked(form, from, right, room, Prompt::Pin)
}

/// A leader's agreement to somebody for a child of whom somebody is barred; `near` is whether a bar nearly fits.
fn agreed_to_name(form: &Form, from: usize, room: Room<'_>, near: bool) -> Result<StaffId, Step> {
    agreed_when_asked(form, from, Right::NameForRestricted, room, |leader| Prompt::PinToName { leader, near })
}

fn agreed_when_asked(form: &Form, from: usize, right: Right, room: Room<'_>, prompt: impl FnOnce(StaffId) -> Prompt) -> Result<StaffId, Step> {
    let keepers = keepers(room, right);
    let who = match (form.chosen(from), &keepers[..]) {
        (Some(Label::Staff(staff)), _) => *staff,
        (_, [only]) => *only,
        (_, []) => return Err(Step::Nothing),
        (_, [_, ..]) => return Err(Step::Ask(Question::choose(Prompt::WhichLeader, keepers.into_iter().map(Label::Staff)))),
    };
    let proved = form.values.iter().skip(from).any(|v| *v == Value::Proved(who));
    if proved { Ok(who) } else { Err(Step::Ask(Question::ask(Asks::Pin, prompt(who)))) }
}

pub(super) fn act(act: Act) -> Step {
    Step::Enter(Box::new(Request::Act(act)))
}

/// Who would take the child on Enter, for the line that names the holder.
#[must_use]
pub fn presumed(room: Room<'_>, child: ChildId, now: Moment) -> Option<CollectorId> {
    default_taker(room, child, here(room, child)?, now.date())
}

/// The card number that a scanned child was identified by, if it was.
#[must_use]
pub fn card_of(pass: &Pass) -> Option<&CardNumber> {
    match &pass.proof {
        Proof::Card { number, .. } => Some(number),
        Proof::CardUnread | Proof::Name | Proof::Escort(_) | Proof::NoCard(_) | Proof::StaffParent(_) | Proof::SelfLeave | Proof::NotBack { .. } => {
            None
        }
    }
}
