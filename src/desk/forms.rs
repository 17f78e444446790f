//! Forms: one question after another until there is something to enter.
//!
//! A form is a value: what it is for, and what was answered so far. [`step`] gives its next question or what it comes to,
//! so that ticks, scans and the closing board go on while it is open.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate, NaiveTime};

use crate::domain::activity::{ContentRule, GroupId};
use crate::domain::card::CardNumber;
use crate::domain::day::{Presence, Visit};
use crate::domain::fact::{CallResult, LeaveReason, Seq};
use crate::domain::people::{ChildId, Collector, CollectorId, Right, Role, StaffId};
use crate::domain::settings::keys::Key;
use crate::domain::time::Moment;
use crate::rules::collect::{SOMEBODY_ELSE, default_taker, holder, takers};
use crate::rules::content::{self, Content};
use crate::rules::duty::{WeakPin, second_adults};
use crate::rules::pass::{LeftOpen, NoCard, OnSite, Proof};
use crate::rules::{Act, Pass, Request, Room};
use crate::texts::{self, Lang};

use super::question::{Asks, Label, Prompt, Question, Secret};
use super::{calls, groups, office};

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
    /// A card is lost.
    LoseCard(ChildId),
    /// A release without a card.
    NoCard(ChildId),
    /// Somebody may collect today.
    Authorise(ChildId),
    /// Another call about somebody named for today.
    CallBack(ChildId),
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
    Chase(ChildId, CollectorId),
    /// Extended care for those who are left.
    Extend,
    /// The leader is told of them.
    TellLeader,
    /// They wait with the guard, or stay with two adults.
    Stay {
        /// With the guard.
        guard: bool,
    },
    /// Something on a screen of the register.
    Office(office::Task),
    /// A leader agrees first.
    Unlock(office::Task),
    /// A leader agrees that an act which changed the register is taken back.
    UnlockUndo(Seq),
    /// Leaving the program.
    Quit,
}

impl Kind {
    /// The child that it is about, if it is about one.
    #[must_use]
    pub fn child(&self) -> Option<ChildId> {
        match self {
            Self::Leave(child)
            | Self::Note(child)
            | Self::Move(child)
            | Self::StepOut(child)
            | Self::LoseCard(child)
            | Self::NoCard(child)
            | Self::Authorise(child)
            | Self::CallBack(child)
            | Self::Chase(child, _) => Some(*child),
            Self::LeftOpen(pass) | Self::OnSite(pass) => Some(pass.child),
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
            | Self::Unlock(_)
            | Self::UnlockUndo(_)
            | Self::Quit => None,
        }
    }
}

/// An answer in a form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Value {
    /// A choice.
    Chosen(Label),
    /// A text.
    Text(String),
    /// A time of day.
    Time(NaiveTime),
    /// A child, by card or name.
    Child(Box<Pass>),
    /// A number.
    Number(u32),
    /// A staff card.
    StaffCard(StaffId),
    /// This person's PIN was right.
    Proved(StaffId),
    /// Yes.
    Confirmed,
    /// These children.
    Ticked(Vec<ChildId>),
    /// A date.
    Date(NaiveDate),
    /// The hash of a secret that was typed.
    Hash(String),
    /// Whether the secret was the one on file.
    Matched(bool),
    /// Card numbers that were drawn.
    Drawn(Vec<CardNumber>),
}

/// Why a PIN is not taken, in words: forms, the set-up and the command line say the same.
#[must_use]
pub fn weak_pin(lang: Lang, weak: WeakPin) -> String {
    match weak {
        WeakPin::NotDigits => texts::pin_not_digits(lang),
        WeakPin::TooShort(n) => texts::pin_short(lang, n),
        WeakPin::TooLong => texts::pin_long(lang),
        WeakPin::LooksLikeCard => texts::pin_card(lang),
    }
}

/// Why an answer was not taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mistake {
    /// Not one of the numbers offered.
    NoSuchChoice,
    /// No time of day.
    NotATime,
    /// No number.
    NotANumber,
    /// Nothing was typed.
    Empty,
    /// Longer than allowed.
    TooLong,
    /// The PIN is wrong; so many tries are left before a pause.
    WrongPin(u32),
    /// No tries are taken before then.
    Locked(Moment),
    /// The count does not match the cards.
    CountDiffers,
    /// No such card, or not a child's.
    NotAChild,
    /// This child is in the batch already, is here, or needs a question of its own.
    NotForBatch,
    /// Too short to identify anybody.
    TooShort,
    /// Not understood as a phone number.
    NotAPhone,
    /// Control characters or foreign digits.
    Garbled,
    /// Several fit what was typed.
    SeveralFit,
    /// The content guard refuses it: the rule that it breaks.
    Content(ContentRule),
    /// A time that has passed.
    TimeIsPast,
    /// No date.
    NotADate,
    /// A PIN that cannot be set.
    WeakPin(WeakPin),
    /// A pass phrase that is too easy to guess.
    WeakPhrase,
    /// Not understood as a card number.
    NotACard,
    /// Not as the calendar takes it.
    Calendar(office::calendar::Wrong),
    /// No value for this setting.
    Setting(Key),
    /// Ticks on the hooks of the rack that do not come to the count.
    HooksDiffer,
}

/// What a form comes to next.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Step {
    /// This question.
    Ask(Question),
    /// This is entered.
    Enter(Request),
    /// This child is decided further, with what was answered.
    Decide(Vec<Pass>),
    /// So many card numbers are drawn.
    Draw(usize),
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
        Self { kind, values: Vec::new(), ticked: BTreeSet::new(), error: None, back: None }
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
        Kind::StepOut(child) => step_out(form, room, *child, now),
        Kind::LoseCard(child) => match form.values.first() {
            None => Step::Ask(Question::ask(Asks::Confirm, Prompt::LoseCard(*child))),
            Some(_) => act(Act::LoseCard { child: *child }),
        },
        Kind::NoCard(child) => no_card(form, room, *child, now),
        Kind::Authorise(child) => authorise(form, room, *child),
        Kind::CallBack(child) => call_back(form, room, *child),
        Kind::Duty => duty(form, room),
        Kind::BackFill => back_fill(form, room, now),
        Kind::Batch(_) => batch(form),
        Kind::LeftOpen(pass) => left_open(form, room, pass),
        Kind::OnSite(pass) => on_site(form, pass, now),
        Kind::UndoReason(undo) => match form.text(0) {
            None => Step::Ask(Question::ask(Asks::Text, Prompt::UndoReason)),
            Some(reason) => Step::Enter(Request::Undo { act: *undo, reason: Some(reason.clone()) }),
        },
        Kind::NewGroup => groups::new_group(form, room),
        Kind::Members(group) => groups::members(form, room, *group),
        Kind::GoOut(group) => groups::go_out(form, room, *group),
        Kind::ComeBack(group) => groups::come_back(form, room, *group),
        Kind::Lead(group) => groups::lead(form, room, *group),
        Kind::Chase(child, collector) => calls::chase(form, room, *child, *collector),
        Kind::Extend => calls::extend(form, room),
        Kind::TellLeader => calls::tell_leader(form, room),
        Kind::Stay { guard } => calls::stay(form, *guard),
        Kind::Office(task) => office::step(task, form, room, now),
        Kind::Unlock(task) => office::unlock(task, form, room),
        Kind::UnlockUndo(act) => office::unlock_undo(*act, form, room),
        Kind::Quit => match form.chosen(0) {
            None => Step::Ask(Question::choose(Prompt::Quit, [Label::Quit])),
            Some(_) => Step::Quit,
        },
    }
}

pub(super) fn act(act: Act) -> Step {
    Step::Enter(Request::Act(act))
}

fn here(room: Room<'_>, child: ChildId) -> Option<&Visit> {
    match room.day.state().presence(child) {
        Presence::In(visit) | Presence::Out(visit, _) => Some(visit),
        Presence::NotHere | Presence::Gone(..) => None,
    }
}

fn taker_labels(room: Room<'_>, child: ChildId, now: Moment) -> Vec<Label> {
    let held = here(room, child).and_then(holder);
    takers(room, child, now.date()).into_iter().map(|c| Label::Taker { collector: c.id, holds: held == Some(c.id) }).collect()
}

fn step_out(form: &Form, room: Room<'_>, child: ChildId, now: Moment) -> Step {
    let Some(taker) = form.taker(0) else {
        if form.chosen(0) == Some(&Label::SomebodyElse) {
            return hold(child);
        }
        let question = Question::choose(Prompt::OutWith(child), taker_labels(room, child, now));
        return Step::Ask(question.and(SOMEBODY_ELSE, Label::SomebodyElse));
    };
    match form.time(1) {
        None => Step::Ask(Question::ask(Asks::Time, Prompt::BackBy(child))),
        Some(back) => act(Act::StepOut { child, taker, back_by: Some(back) }),
    }
}

/// The leader takes over: somebody who is not on the list, or evidence that does not hold.
fn hold(child: ChildId) -> Step {
    let mut pass = Pass::new(child, Proof::CardUnread);
    pass.answers.somebody_else = true;
    Step::Decide(vec![pass])
}

/// Who collects → identity document → call → recognised → second adult (F034, F042, F046). A staff card at the first
/// question takes the short way of a parent who works here.
fn no_card(form: &Form, room: Room<'_>, child: ChildId, now: Moment) -> Step {
    if let Some(Value::StaffCard(staff)) = form.values.first() {
        return match form.values.get(1) {
            Some(Value::Proved(_)) => release_now(child, Proof::StaffParent(*staff)),
            _ => Step::Ask(Question::ask(Asks::Pin, Prompt::Pin(*staff))),
        };
    }
    let collector = match form.chosen(0) {
        Some(Label::Taker { collector, .. }) => *collector,
        Some(_) => return hold(child),
        None => {
            let question = Question::choose(Prompt::NoCardTaker(child), taker_labels(room, child, now));
            return Step::Ask(question.and(SOMEBODY_ELSE, Label::SomebodyElse));
        }
    };
    let Some(id_tail) = form.text(1) else {
        return Step::Ask(Question::ask(Asks::Text, Prompt::IdTail(child)));
    };
    let call = match form.call(2) {
        Some(CallResult::Yes) => CallResult::Yes,
        Some(CallResult::No | CallResult::NoAnswer) => return hold(child),
        None => return Step::Ask(Question::choose(Prompt::NoCardCall(child), CallResult::ALL.map(Label::Call))),
    };
    match form.chosen(3) {
        Some(Label::Knows(true)) => {}
        Some(_) => return hold(child),
        None => {
            let labels = [Label::Knows(true), Label::Knows(false)];
            return Step::Ask(Question::choose(Prompt::Recognised(child), labels).default_to(1));
        }
    }
    let second = match (second_adult(form.values.get(4), room), form.values.last()) {
        (_, Some(Value::Proved(staff))) => *staff,
        (Ok(staff), _) => return Step::Ask(Question::ask(Asks::Pin, Prompt::Pin(staff))),
        (Err(step), _) => return step,
    };
    let evidence = NoCard { collector, id_tail: id_tail.clone(), call, recognised: true, second };
    release_now(child, Proof::NoCard(evidence))
}

/// The last answer of the evidence is the confirmation.
fn release_now(child: ChildId, proof: Proof) -> Step {
    let mut pass = Pass::new(child, proof);
    pass.answers.go = true;
    Step::Decide(vec![pass])
}

/// The second adult: the only other person on duty without asking, else a choice; a leader when nobody else is there.
fn second_adult(chosen: Option<&Value>, room: Room<'_>) -> Result<StaffId, Step> {
    if let Some(Value::Chosen(Label::Staff(staff))) = chosen {
        return Ok(*staff);
    }
    let all = second_adults(room);
    let on_duty: Vec<StaffId> = all.iter().map(|s| s.id).filter(|s| room.state().is_on_duty(*s)).collect();
    match (&on_duty[..], &all[..]) {
        ([only], _) => Ok(*only),
        ([], [only]) => Ok(only.id),
        (_, []) => Err(Step::Nothing),
        (_, all) => Err(Step::Ask(Question::choose(Prompt::SecondAdult, all.iter().map(|s| Label::Staff(s.id))))),
    }
}

fn registered(room: Room<'_>, child: ChildId) -> impl Iterator<Item = &Collector> {
    let today = room.day.date();
    room.register.collectors(child).filter(move |c| c.right == Right::Standing && c.may_collect(today) && c.phone.is_some())
}

fn call_back_steps(form: &Form, room: Room<'_>, child: ChildId, from: usize) -> Result<(CollectorId, CallResult), Step> {
    let Some(called) = form.taker(from) else {
        let labels: Vec<Label> = registered(room, child).map(|c| Label::Taker { collector: c.id, holds: false }).collect();
        if labels.is_empty() {
            return Err(Step::Nothing);
        }
        return Err(Step::Ask(Question::choose(Prompt::CallBackTo(child), labels).default_to(1)));
    };
    match form.call(from + 1) {
        None => Err(Step::Ask(Question::choose(Prompt::CallBackResult(called), CallResult::ALL.map(Label::Call)))),
        Some(result) => Ok((called, result)),
    }
}

fn authorise(form: &Form, room: Room<'_>, child: ChildId) -> Step {
    let prompts = [Prompt::NamedName(child), Prompt::NamedRelation(child), Prompt::NamedPhone(child)];
    for (index, prompt) in prompts.into_iter().enumerate() {
        if form.text(index).is_none() {
            return Step::Ask(Question::ask(Asks::Text, prompt));
        }
    }
    let text = |index: usize| form.text(index).cloned().unwrap_or_default();
    let phrase = match form.values.get(3) {
        None => {
            let question = Question::choose(Prompt::NamedPhrase(child), [Label::NoPhrase]).default_to(1);
            return Step::Ask(question.taking(Asks::Secret(Secret::NewPhrase)));
        }
        Some(Value::Hash(hash)) => Some(hash.as_str().into()),
        Some(_) => None,
    };
    match call_back_steps(form, room, child, 4) {
        Err(step) => step,
        Ok(call) => act(Act::Authorise { child, name: text(0), relation: text(1), phone: text(2), phrase, call }),
    }
}

fn call_back(form: &Form, room: Room<'_>, child: ChildId) -> Step {
    let waiting = Right::OneDay { day: room.day.date(), confirmed: false };
    let Some(named) = room.register.collectors(child).find(|c| c.right == waiting).map(|c| c.id) else {
        return Step::Nothing;
    };
    match call_back_steps(form, room, child, 0) {
        Err(step) => step,
        Ok(call) => act(Act::CallBack { named, call }),
    }
}

fn duty(form: &Form, room: Room<'_>) -> Step {
    let staff = match form.values.first() {
        Some(Value::StaffCard(staff) | Value::Chosen(Label::Staff(staff))) => *staff,
        Some(_) => return Step::Nothing,
        None => {
            let active = room.register.staff().filter(|s| s.active && s.pin.is_some() && s.role != Role::Inspector);
            return Step::Ask(Question::choose(Prompt::SignOnWho, active.map(|s| Label::Staff(s.id))));
        }
    };
    if room.state().is_on_duty(staff) && !matches!(form.values.last(), Some(Value::Proved(_))) {
        return match form.chosen(1) {
            None => Step::Ask(Question::choose(Prompt::OnDuty(staff), [Label::Act(staff), Label::SignOff(staff)]).default_to(1)),
            Some(Label::SignOff(_)) => act(Act::SignOff { staff }),
            Some(_) => act(Act::Choose { staff }),
        };
    }
    match form.values.get(1) {
        Some(Value::Proved(_)) => act(Act::SignOn { staff }),
        _ => Step::Ask(Question::ask(Asks::Pin, Prompt::Pin(staff))),
    }
}

fn back_fill(form: &Form, room: Room<'_>, now: Moment) -> Step {
    let Some(Value::Child(pass)) = form.values.first() else {
        return Step::Ask(Question::ask(Asks::Card, Prompt::BackFillChild));
    };
    let Some(time) = form.time(1) else {
        return Step::Ask(Question::ask(Asks::Time, Prompt::BackFillTime(pass.child)));
    };
    let mut pass = (**pass).clone();
    pass.at = Some(now.at_time(time));
    if pass.proof == Proof::Name && matches!(room.day.at(now.at_time(time)).presence(pass.child), Presence::In(_)) {
        pass.proof = Proof::CardUnread;
    }
    Step::Decide(vec![pass])
}

fn batch(form: &Form) -> Step {
    let passes: Vec<Pass> = form.values.iter().filter_map(|v| if let Value::Child(pass) = v { Some((**pass).clone()) } else { None }).collect();
    match form.values.last() {
        Some(Value::Number(_)) => Step::Decide(passes),
        _ => Step::Ask(Question::ask(Asks::Number, Prompt::BatchCards(passes.len()))),
    }
}

fn left_open(form: &Form, room: Room<'_>, pass: &Pass) -> Step {
    let Some(visit) = here(room, pass.child) else { return Step::Nothing };
    let then = visit.arrived;
    let Some(taker) = form.taker(0) else {
        let list = room.register.collectors(pass.child).filter(|c| c.may_collect(then.date())).take(8);
        let labels = list.map(|c| Label::Taker { collector: c.id, holds: holder(visit) == Some(c.id) });
        return Step::Ask(Question::choose(Prompt::LeftOpenTaker(pass.child), labels));
    };
    let Some(time) = form.time(1) else {
        return Step::Ask(Question::ask(Asks::Time, Prompt::LeftOpenTime(pass.child)));
    };
    let mut at = then.at_time(time);
    if at.ms < then.ms {
        at = then.date().checked_add_days(Days::new(1)).map_or(at, |next| Moment::from_local(next.and_time(time), then.offset_min));
    }
    let mut pass = pass.clone();
    pass.answers.left_open = Some(LeftOpen::Collected { taker, at });
    Step::Decide(vec![pass])
}

fn on_site(form: &Form, pass: &Pass, now: Moment) -> Step {
    let Some(time) = form.time(0) else {
        return Step::Ask(Question::ask(Asks::Time, Prompt::OnSiteTime(pass.child)));
    };
    let Some(call) = form.call(1) else {
        return Step::Ask(Question::choose(Prompt::OnSiteCall(pass.child), CallResult::ALL.map(Label::Call)).default_to(1));
    };
    let mut pass = pass.clone();
    pass.answers.on_site = Some(OnSite { at: now.at_time(time), call });
    Step::Decide(vec![pass])
}

/// Whether this staff card answers the no-card form's first question: the member of staff is one of the collectors.
#[must_use]
pub fn is_staff_parent(room: Room<'_>, child: ChildId, staff: StaffId, now: Moment) -> bool {
    takers(room, child, now.date()).iter().any(|c| c.staff == Some(staff))
}

/// Who would take the child on Enter, for the line that names the holder.
#[must_use]
pub fn presumed(room: Room<'_>, child: ChildId, now: Moment) -> Option<CollectorId> {
    default_taker(room, child, here(room, child)?, now.date())
}

/// Reads an answer of the form's question as a value.
///
/// # Errors
/// What is wrong with it.
pub fn read(question: &Question, text: &str, now: Moment) -> Result<Value, Mistake> {
    if let Prompt::Office(ask) = &question.prompt
        && let Some(read) = office::read(ask, text)
    {
        return read;
    }
    match question.asks {
        Asks::Confirm if text.is_empty() => Ok(Value::Confirmed),
        Asks::Confirm | Asks::Choice | Asks::Pin | Asks::Secret(_) | Asks::Card | Asks::Ticks => Err(Mistake::NoSuchChoice),
        Asks::Number => text.parse().map(Value::Number).map_err(|_| Mistake::NotANumber),
        Asks::Time => crate::domain::time::time_of_day(text).map(Value::Time).ok_or(Mistake::NotATime),
        Asks::Date => crate::domain::time::date(text, now.date()).map(Value::Date).ok_or(Mistake::NotADate),
        Asks::Text | Asks::Named => text_value(&question.prompt, text),
    }
}

fn text_value(prompt: &Prompt, text: &str) -> Result<Value, Mistake> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Mistake::Empty);
    }
    if text.chars().count() > crate::rules::acts::LONGEST_TEXT {
        return Err(Mistake::TooLong);
    }
    let digits = text.chars().filter(char::is_ascii_digit).count();
    #[allow(clippy::wildcard_enum_match_arm)] // these ask for more than some text
    match prompt {
        Prompt::IdTail(_) if text.chars().count() < 4 => Err(Mistake::TooShort),
        Prompt::NamedPhone(_) if digits < 7 => Err(Mistake::NotAPhone),
        Prompt::WhatActivity | Prompt::WhatTitle(_) => match content::judge(text) {
            Content::Forbidden(rule) => Err(Mistake::Content(rule)),
            Content::Welcome | Content::Help => Ok(Value::Text(text.to_owned())),
        },
        _ => Ok(Value::Text(text.to_owned())),
    }
}

/// The card number that a scanned child was identified by, if it was.
#[must_use]
pub fn card_of(pass: &Pass) -> Option<&CardNumber> {
    match &pass.proof {
        Proof::Card { number, .. } => Some(number),
        Proof::CardUnread | Proof::Name | Proof::Escort(_) | Proof::NoCard(_) | Proof::StaffParent(_) | Proof::SelfLeave => None,
    }
}
