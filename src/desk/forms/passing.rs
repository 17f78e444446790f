//! Forms by which a child leaves, goes out or comes otherwise than with a card in the hand: who takes it, and with what
//! evidence.

use chrono::Days;

use super::unnamed::called;
use super::{Form, Step, Value, act, agreed, agreed_to_name};
use crate::desk::actions::Action;
use crate::desk::question::{Asks, HoldWay, Label, Prompt, Question, Secret};
use crate::desk::queue::call_labels;
use crate::domain::day::{Presence, Visit};
use crate::domain::fact::{CallResult, HoldAnswer, Taker};
use crate::domain::likeness::Described;
use crate::domain::people::{ChildId, Collector, CollectorId, Right, StaffId};
use crate::domain::time::Moment;
use crate::rules::access::Right as Access;
use crate::rules::barred::{self, Naming};
use crate::rules::collect::{SOMEBODY_ELSE, Vouch, callable, holder, takers};
use crate::rules::duty::{self, seconds_for};
use crate::rules::pass::{LeftOpen, NoCard, OnSite, Proof, expected_taker, wants_word, went_out_with};
use crate::rules::unnamed::{self, Called};
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
        Some(_) => return hold(child, None),
        None => {
            let question = Question::choose(Prompt::NotBackWho(child), taker_labels(room, child, now));
            return Step::Ask(question.and(SOMEBODY_ELSE, Label::SomebodyElse));
        }
    };
    let listed = room.register.collector(collector);
    let has_it = here(room, child).is_some_and(|visit| went_out_with(visit, collector));
    if has_it && listed.is_some_and(|c| c.phone.is_some()) {
        return match form.call(1) {
            None => Step::Ask(Question::choose(Prompt::CallBackResult(collector), CallResult::ALL.map(Label::Call))),
            Some(call) => release_now(Pass::new(child, Proof::NotBack { collector, vouch: Vouch::Called(collector, call) })),
        };
    }
    match vouch_steps(form, 1, room, child, listed.map(Described::from), now) {
        Ok((vouch, _)) => release_now(Pass::new(child, Proof::NotBack { collector, vouch })),
        Err(step) => step,
    }
}

/// The leader takes over: somebody who is not on the list, or evidence that does not hold, and what was said when somebody
/// was called. Nothing was shown for the child.
fn hold(child: ChildId, call: Option<Vouch>) -> Step {
    let mut pass = Pass::new(child, Proof::Name);
    (pass.answers.somebody_else, pass.answers.call) = (true, call);
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
        Some(_) => return hold(child, None),
        None => {
            let question = Question::choose(Prompt::NoCardTaker(child), taker_labels(room, child, now));
            return Step::Ask(question.and(SOMEBODY_ELSE, Label::SomebodyElse));
        }
    };
    let Some(id_tail) = form.text(1) else {
        return Step::Ask(Question::ask(Asks::Text, Prompt::IdTail(child)));
    };
    let about = room.register.collector(collector).map(Described::from);
    let (vouch, next) = match vouch_steps(form, 2, room, child, about, now) {
        Ok(vouched) => vouched,
        Err(step) => return step,
    };
    if vouch.result() == Some(CallResult::No) {
        return hold(child, Some(vouch));
    }
    match form.chosen(next) {
        Some(Label::Knows(true)) => {}
        Some(_) => return hold(child, Some(vouch)),
        None => return Step::Ask(Question::choose(Prompt::Recognised(child), [Label::Knows(true), Label::Knows(false)])),
    }
    let second = match (second_adult(form, next + 1, room, child, (about, vouch), now), form.values.last()) {
        (_, Some(Value::Proved(staff))) if form.values.len() > next + 1 => *staff,
        (Ok(staff), _) => return Step::Ask(Question::ask(Asks::Pin, Prompt::Pin(staff))),
        (Err(step), _) => return step,
    };
    let evidence = NoCard { collector, id_tail: id_tail.clone(), vouch, recognised: true, second };
    release_now(Pass { proof: Proof::NoCard(evidence), ..pass })
}

/// The last answer of the evidence is the confirmation.
fn release_now(mut pass: Pass) -> Step {
    pass.answers.go = true;
    Step::Decide(vec![pass])
}

/// The second adult: the only other person on duty without asking, else a choice; a leader when nobody else is there.
fn second_adult(
    form: &Form,
    at: usize,
    room: Room<'_>,
    child: ChildId,
    (collector, vouch): (Option<Described<'_>>, Vouch),
    now: Moment,
) -> Result<StaffId, Step> {
    if let Some(Value::Chosen(Label::Staff(staff))) = form.values.get(at) {
        return Ok(*staff);
    }
    let all = seconds_for(room, form.since, child, (collector, vouch), now);
    let on_duty: Vec<StaffId> = all.iter().map(|s| s.id).filter(|s| room.state().is_on_duty(*s)).collect();
    match (&on_duty[..], &all[..]) {
        ([only], _) => Ok(*only),
        ([], [only]) => Ok(only.id),
        (_, []) => Err(Step::Nothing),
        (_, all) => Err(Step::Ask(Question::choose(Prompt::SecondAdult, all.iter().map(|s| Label::Staff(s.id))))),
    }
}

/// Who vouches for somebody: whom a call reaches, then what was said (asked again while nobody answers); a leader's PIN where
/// nobody can be called. The answers stand from `from` on; given with where the next ones stand.
fn vouch_steps(form: &Form, from: usize, room: Room<'_>, child: ChildId, about: Option<Described<'_>>, now: Moment) -> Result<(Vouch, usize), Step> {
    let list = callable(room, child, about, now.date());
    if list.is_empty() {
        let leader = agreed(form, from, Access::StandInForCall, room)?;
        let proved = form.values.iter().skip(from).position(|v| *v == Value::Proved(leader)).unwrap_or(0);
        return Ok((Vouch::Leader(leader), from + proved + 1));
    }
    let Some(called) = form.taker(from) else {
        let labels = list.iter().map(|c| Label::Taker { collector: c.id, holds: false });
        return Err(Step::Ask(Question::choose(Prompt::CallBackTo(child), labels).default_to(1)));
    };
    match form.call(from + 1) {
        None => Err(Step::Ask(Question::choose(Prompt::CallBackResult(called), CallResult::ALL.map(Label::Call)))),
        Some(result) => Ok((Vouch::Called(called, result), from + 2)),
    }
}

/// A leader's agreement to naming somebody for a child of whom somebody is barred. Where the family has said no nobody is named, and
/// nobody is waited for.
fn approver(
    form: &Form,
    (call, from): (Vouch, usize),
    room: Room<'_>,
    child: ChildId,
    who: Described<'_>,
    now: Moment,
) -> Result<Option<StaffId>, Step> {
    if call.result() == Some(CallResult::No) {
        return Ok(None);
    }
    match barred::naming(room.register, child, who, now.date()) {
        Naming::Leader => agreed_to_name(form, from, room, barred::is_near(room.register, child, who, now.date())).map(Some),
        Naming::Free | Naming::Stopped => Ok(None),
    }
}

pub(super) fn authorise(form: &Form, room: Room<'_>, child: ChildId, now: Moment) -> Step {
    let prompts = [Prompt::NamedName(child), Prompt::NamedRelation(child), Prompt::NamedPhone(child)];
    for (index, prompt) in prompts.into_iter().enumerate() {
        if form.text(index).is_none() {
            return Step::Ask(Question::ask(Asks::Text, prompt));
        }
    }
    let text = |index: usize| form.text(index).cloned().unwrap_or_default();
    let [name, relation, phone] = [text(0), text(1), text(2)];
    let who = Described { name: &name, relation: &relation, phone: Some(&phone), staff: None };
    let enter = |phrase, call, approver| {
        let [name, relation, phone] = [name.clone(), relation.clone(), phone.clone()];
        act(Act::Authorise { child, name, relation, phone, phrase, call, approver })
    };
    if barred::naming(room.register, child, who, now.date()) == Naming::Stopped {
        return enter(None, None, None);
    }
    let phrase = match form.values.get(3) {
        None => {
            let question = Question::choose(Prompt::NamedPhrase(child), [Label::NoPhrase]).default_to(1);
            return Step::Ask(question.taking(Asks::Secret(Secret::NewPhrase)));
        }
        Some(Value::Hash(hash)) => Some(hash.as_str().into()),
        Some(_) => None,
    };
    let vouched = vouch_steps(form, 4, room, child, Some(who), now);
    match vouched.and_then(|(call, next)| Ok((call, approver(form, (call, next), room, child, who, now)?))) {
        Err(step) => step,
        Ok((call, approver)) => enter(phrase, Some(call), approver),
    }
}

/// Who is named for today and waits for the family's yes.
fn unconfirmed(room: Room<'_>, child: ChildId) -> impl Iterator<Item = &Collector> {
    let waiting = Right::OneDay { day: room.day.date(), confirmed: false };
    room.register.collectors(child).filter(move |c| c.right == waiting)
}

/// About whom is called, where it is one person alone: so it stays whomever another desk names meanwhile.
pub(in crate::desk) fn only_unconfirmed(room: Room<'_>, child: ChildId) -> Option<CollectorId> {
    let mut named = unconfirmed(room, child);
    named.next().map(|c| c.id).filter(|_| named.next().is_none())
}

/// Of several it is said first of whom: a yes about one is none about another.
pub(super) fn call_back(form: &Form, room: Room<'_>, child: ChildId, only: Option<CollectorId>, now: Moment) -> Step {
    let (about, from) = match (only, form.taker(0)) {
        (Some(only), _) => (only, 0),
        (None, Some(chosen)) => (chosen, 1),
        (None, None) => {
            let labels: Vec<Label> = unconfirmed(room, child).map(|c| Label::Taker { collector: c.id, holds: false }).collect();
            return if labels.is_empty() { Step::Nothing } else { Step::Ask(Question::choose(Prompt::CallBackAbout(child), labels)) };
        }
    };
    let Some(named) = unconfirmed(room, child).find(|c| c.id == about) else { return Step::Nothing };
    let vouched = vouch_steps(form, from, room, child, Some(named.into()), now);
    match vouched.and_then(|(call, next)| Ok((call, approver(form, (call, next), room, child, named.into(), now)?))) {
        Err(step) => step,
        Ok((call, approver)) => act(Act::CallBack { named: named.id, call, approver }),
    }
}

/// A leader stands for a collector about whom nobody can be called.
pub(super) fn vouch(form: &Form, room: Room<'_>, pass: &Pass) -> Step {
    match agreed(form, 0, Access::StandInForCall, room) {
        Err(step) => step,
        Ok(leader) => {
            let mut pass = pass.clone();
            pass.answers.call = Some(Vouch::Leader(leader));
            Step::Decide(vec![pass])
        }
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
        return settled(form, 3, room, pass, visit, taker, now);
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

pub(super) fn left_open(form: &Form, room: Room<'_>, pass: &Pass, now: Moment) -> Step {
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
    settled(form, 2, room, pass, visit, taker, now)
}

/// The last questions about who collected a child on an earlier day: what the family says of who was out or looked for, and what
/// somebody is called whom nobody knows by name. The answers stand from `from` on.
fn settled(form: &Form, from: usize, room: Room<'_>, mut pass: Pass, visit: &Visit, taker: CollectorId, now: Moment) -> Step {
    let mut next = from;
    if wants_word(&pass, visit) {
        let listed = room.register.collector(taker);
        // With whom it went out may speak for itself, at its own number.
        let vouched = if went_out_with(visit, taker) && listed.is_some_and(|c| c.phone.is_some()) {
            match form.call(from) {
                None => Err(Step::Ask(Question::choose(Prompt::CallBackResult(taker), CallResult::ALL.map(Label::Call)))),
                Some(result) => Ok((Vouch::Called(taker, result), from + 1)),
            }
        } else {
            vouch_steps(form, from, room, pass.child, listed.map(Described::from), now)
        };
        match vouched {
            Ok((vouch, after)) => (pass.answers.call, next) = (Some(vouch), after),
            Err(step) => return step,
        }
    }
    if unnamed::of(room, Taker::Collector(taker)).is_some() && pass.answers.call.is_none_or(Vouch::agrees) {
        match called(form, next, room, &[taker], now) {
            Ok((name, approver)) => pass.answers.called = Some(Called { collector: taker, name, approver }),
            Err(step) => return step,
        }
    }
    Step::Decide(vec![pass])
}

/// Who could collect on the day that left the stay open.
fn takers_then(room: Room<'_>, child: ChildId, visit: &Visit) -> Step {
    let labels = takers(room, child, visit.arrived.date()).into_iter().map(|c| Label::Taker { collector: c.id, holds: holder(visit) == Some(c.id) });
    Step::Ask(Question::choose(Prompt::LeftOpenTaker(child), labels))
}

pub(super) fn on_site(form: &Form, room: Room<'_>, pass: &Pass, now: Moment) -> Step {
    let Some(time) = form.time(0) else {
        return Step::Ask(Question::ask(Asks::Time, Prompt::OnSiteTime(pass.child)));
    };
    let call = match form.chosen(1) {
        Some(Label::CallOf { whom, result }) => Vouch::Called(*whom, *result),
        Some(_) => match agreed(form, 2, Access::StandInForCall, room) {
            Ok(leader) => Vouch::Leader(leader),
            Err(step) => return step,
        },
        None => {
            return Step::Ask(Question::choose(
                Prompt::OnSiteCall(pass.child),
                call_labels(room, pass.child, expected_taker(room, pass, now.date()), now),
            ));
        }
    };
    let mut pass = pass.clone();
    pass.answers.on_site = Some(OnSite { at: now.at_time(time), about: expected_taker(room, &pass, now.date()), call });
    Step::Decide(vec![pass])
}

/// Whether this staff card answers the no-card form's first question: the member of staff is one of the collectors, and able
/// to prove it.
#[must_use]
pub fn is_staff_parent(room: Room<'_>, child: ChildId, staff: StaffId, now: Moment) -> bool {
    duty::is_able(room, staff, now) && takers(room, child, now.date()).iter().any(|c| c.staff == Some(staff))
}
