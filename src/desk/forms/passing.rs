//! Forms by which a child leaves, goes out or comes otherwise than with a card in the hand: who takes it, and with what
//! evidence.

use chrono::Days;

use super::{Form, Step, Value, act, agreed};
use crate::desk::actions::Action;
use crate::desk::question::{Asks, HoldWay, Label, Prompt, Question, Secret};
use crate::domain::day::{Presence, Visit};
use crate::domain::fact::{CallResult, HoldAnswer};
use crate::domain::people::{ChildId, Collector, CollectorId, Right, StaffId};
use crate::domain::time::Moment;
use crate::rules::access::Right as Access;
use crate::rules::collect::{SOMEBODY_ELSE, holder, takers};
use crate::rules::duty::second_adults;
use crate::rules::pass::{LeftOpen, NoCard, OnSite, Proof};
use crate::rules::{Act, Pass, Room};

pub(super) fn here(room: Room<'_>, child: ChildId) -> Option<&Visit> {
    match room.day.state().presence(child) {
        Presence::In(visit) | Presence::Out(visit, _) => Some(visit),
        Presence::NotHere | Presence::Gone(..) => None,
    }
}

fn taker_labels(room: Room<'_>, child: ChildId, now: Moment) -> Vec<Label> {
    let held = here(room, child).and_then(holder);
    takers(room, child, now.date()).into_iter().map(|c| Label::Taker { collector: c.id, holds: held == Some(c.id) }).collect()
}

/// Stepping out begins with what is shown: the card is scanned, or one of these.
pub(super) fn step_out(room: Room<'_>, child: ChildId) -> Step {
    let unread = (!room.register.valid_cards(child, room.day.date()).is_empty()).then_some(Action::CardUnread);
    Step::Ask(Question::choose(Prompt::OutProof(child), unread.into_iter().chain([Action::NoCard]).map(Label::Action)))
}

/// Who has the child that does not come back, and what was said.
pub(super) fn not_back(form: &Form, room: Room<'_>, child: ChildId, now: Moment) -> Step {
    let collector = match form.chosen(0) {
        Some(Label::Taker { collector, .. }) => *collector,
        Some(_) => return hold(child),
        None => {
            let question = Question::choose(Prompt::NotBackWho(child), taker_labels(room, child, now));
            return Step::Ask(question.and(SOMEBODY_ELSE, Label::SomebodyElse));
        }
    };
    match form.call(1) {
        None => Step::Ask(Question::choose(Prompt::CallBackResult(collector), CallResult::ALL.map(Label::Call))),
        Some(call) => release_now(Pass::new(child, Proof::NotBack { collector, call })),
    }
}

/// The leader takes over: somebody who is not on the list, or evidence that does not hold. Nothing was shown for the child.
fn hold(child: ChildId) -> Step {
    let mut pass = Pass::new(child, Proof::Name);
    pass.answers.somebody_else = true;
    Step::Decide(vec![pass])
}

/// What becomes of a hold, the note if it is one, and the leader's PIN (N14).
pub(super) fn lift_hold(form: &Form, room: Room<'_>, child: ChildId) -> Step {
    let (how, from) = match (form.chosen(0), form.text(1)) {
        (Some(Label::Hold(HoldWay::Left)), _) => (HoldAnswer::Left, 1),
        (Some(Label::Hold(HoldWay::Listed)), _) => (HoldAnswer::Listed, 1),
        (Some(Label::Hold(HoldWay::Note)), Some(text)) => (HoldAnswer::Noted { text: text.clone() }, 2),
        (Some(Label::Hold(HoldWay::Note)), None) => return Step::Ask(Question::ask(Asks::Text, Prompt::HoldNote(child))),
        (Some(_), _) => return Step::Nothing,
        (None, _) => return Step::Ask(Question::choose(Prompt::HoldHow(child), HoldWay::ALL.map(Label::Hold))),
    };
    match agreed(form, from, Access::LiftHold, room) {
        Ok(approver) => act(Act::DecideHold { child, how, approver }),
        Err(step) => step,
    }
}

/// Who collects → identity document → call → recognised → second adult (F034, F042, F046). A staff card at the first
/// question takes the short way of a parent who works here.
pub(super) fn no_card(form: &Form, room: Room<'_>, pass: Pass, now: Moment) -> Step {
    let child = pass.child;
    if let Some(Value::StaffCard(staff)) = form.values.first() {
        return match form.values.get(1) {
            Some(Value::Proved(_)) => release_now(Pass { proof: Proof::StaffParent(*staff), ..pass }),
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
        Some(CallResult::No) => return hold(child),
        Some(CallResult::NoAnswer) | None => return Step::Ask(Question::choose(Prompt::NoCardCall(child), CallResult::ALL.map(Label::Call))),
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
    release_now(Pass { proof: Proof::NoCard(evidence), ..pass })
}

/// The last answer of the evidence is the confirmation.
fn release_now(mut pass: Pass) -> Step {
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

pub(super) fn authorise(form: &Form, room: Room<'_>, child: ChildId) -> Step {
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

pub(super) fn call_back(form: &Form, room: Room<'_>, child: ChildId) -> Step {
    let waiting = Right::OneDay { day: room.day.date(), confirmed: false };
    let Some(named) = room.register.collectors(child).find(|c| c.right == waiting).map(|c| c.id) else {
        return Step::Nothing;
    };
    match call_back_steps(form, room, child, 0) {
        Err(step) => step,
        Ok(call) => act(Act::CallBack { named, call }),
    }
}

pub(super) fn back_fill(form: &Form, room: Room<'_>, now: Moment) -> Step {
    let Some(Value::Child(pass)) = form.values.first() else {
        return Step::Ask(Question::ask(Asks::Card, Prompt::BackFillChild));
    };
    let Some(Value::Past(at)) = form.values.get(1).cloned() else {
        return Step::Ask(Question::ask(Asks::Time, Prompt::BackFillTime(pass.child)));
    };
    let mut pass = (**pass).clone();
    if at.date() < now.date()
        && let Some(visit) = here(room, pass.child).filter(|visit| visit.arrived.date() < now.date())
    {
        let Some(taker) = form.taker(2) else { return takers_then(room, pass.child, visit) };
        pass.answers.left_open = Some(LeftOpen::Settled { taker, at });
        return Step::Decide(vec![pass]);
    }
    pass.at = Some(at);
    if pass.proof == Proof::Name && matches!(room.day.at(at).presence(pass.child), Presence::In(_)) {
        pass.proof = Proof::CardUnread;
    }
    Step::Decide(vec![pass])
}

pub(super) fn batch(form: &Form) -> Step {
    let passes: Vec<Pass> = form.values.iter().filter_map(|v| if let Value::Child(pass) = v { Some((**pass).clone()) } else { None }).collect();
    match form.values.last() {
        Some(Value::Number(_)) => Step::Decide(passes),
        _ => Step::Ask(Question::ask(Asks::Number, Prompt::BatchCards(passes.len()))),
    }
}

pub(super) fn left_open(form: &Form, room: Room<'_>, pass: &Pass) -> Step {
    let Some(visit) = here(room, pass.child) else { return Step::Nothing };
    let then = visit.arrived;
    let Some(taker) = form.taker(0) else { return takers_then(room, pass.child, visit) };
    let Some(time) = form.time(1) else {
        return Step::Ask(Question::ask(Asks::Time, Prompt::LeftOpenTime(pass.child)));
    };
    let mut at = then.at_time(time);
    if at.ms < then.ms {
        at = then.date().checked_add_days(Days::new(1)).map_or(at, |next| Moment::from_local(next.and_time(time), then.offset_min));
    }
    let mut pass = pass.clone();
    // A card in front of the reader means that the child comes again today; a name settles that day and nothing else.
    pass.answers.left_open = Some(match pass.proof {
        Proof::Card { .. } => LeftOpen::Collected { taker, at },
        Proof::CardUnread | Proof::Name | Proof::Escort(_) | Proof::NoCard(_) | Proof::StaffParent(_) | Proof::SelfLeave | Proof::NotBack { .. } => {
            LeftOpen::Settled { taker, at }
        }
    });
    Step::Decide(vec![pass])
}

/// Who could collect on the day that left the stay open.
fn takers_then(room: Room<'_>, child: ChildId, visit: &Visit) -> Step {
    let list = room.register.collectors(child).filter(|c| c.may_collect(visit.arrived.date())).take(8);
    let labels = list.map(|c| Label::Taker { collector: c.id, holds: holder(visit) == Some(c.id) });
    Step::Ask(Question::choose(Prompt::LeftOpenTaker(child), labels))
}

pub(super) fn on_site(form: &Form, pass: &Pass, now: Moment) -> Step {
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
