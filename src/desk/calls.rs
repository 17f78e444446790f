//! Calls about children who are missed or not fetched, extended care, and how the last ones stay: the questions of their
//! forms, the list of whom to call, and what the desk reminds of by itself.

use chrono::NaiveTime;

use crate::domain::closing::{ExtendReason, Matter, Outcome, Stay};
use crate::domain::people::{ChildId, CollectorId, StaffId};
use crate::domain::time::Moment;
use crate::rules::access::Right;
use crate::rules::closing::{self, AccountAct, Stage};
use crate::rules::duty::{self, plan};
use crate::rules::{Act, Room, missing};

use super::forms::{Form, Kind, Step, Value, agreed};
use super::question::{Asks, Label, Prompt, Question};
use super::said::Notice;
use super::{Dialog, Effect, Model};

/// Whom to call: every number of every child about whom somebody should be called; then extended care when it is time.
#[must_use]
pub fn call_list(room: Room<'_>, now: Moment) -> Question {
    let mut labels = Vec::new();
    for (child, _) in closing::to_call(room, now) {
        labels.extend(closing::numbers(room, child, now).into_iter().map(|c| Label::Dial { child, collector: c.id }));
    }
    if closing::stage(room, now) >= Stage::Soon && !closing::here(room, now).is_empty() {
        labels.push(Label::ExtendCare);
    }
    Question::choose(Prompt::WhomToCall, labels)
}

fn done(act: AccountAct) -> Step {
    super::forms::act(Act::Account(act))
}

/// The result → where the child is, if it has not come → by when.
pub(super) fn chase(form: &Form, (child, collector, about): (ChildId, CollectorId, Matter)) -> Step {
    let arrival = about == Matter::Arrival;
    let outcome = match form.chosen(0) {
        None => {
            let labels = [Label::Reached, Label::Unanswered, Label::WrongNumber];
            return Step::Ask(Question::choose(Prompt::CallOutcome(child, collector), labels));
        }
        Some(Label::Unanswered) => Outcome::NoAnswer,
        Some(Label::WrongNumber) => Outcome::WrongNumber,
        Some(_) => {
            let note = match form.values.get(1).filter(|_| arrival) {
                None if arrival => return Step::Ask(Question::choose(Prompt::CallNote(child), [Label::Nothing]).default_to(1).taking(Asks::Named)),
                Some(Value::Text(note)) => Some(note.clone()),
                Some(_) | None => None,
            };
            match form.time(if arrival { 2 } else { 1 }) {
                None => return Step::Ask(Question::ask(Asks::Time, Prompt::CallTime(child))),
                Some(by) => Outcome::Promised { by, note },
            }
        }
    };
    done(AccountAct::Chase { child, collector, about, outcome })
}

/// By whom a missing child was seen → where. Neither has a default.
pub(super) fn seen(form: &Form, room: Room<'_>, child: ChildId) -> Step {
    match (form.chosen(0), form.chosen(1)) {
        (None, _) => Step::Ask(Question::choose(Prompt::SeenBy(child), missing::witnesses(room).into_iter().map(Label::Staff))),
        (Some(_), None) => Step::Ask(Question::choose(Prompt::SeenAt(child), missing::places(room, child).into_iter().map(Label::Place))),
        (Some(Label::Staff(by)), Some(Label::Place(place))) => done(AccountAct::Seen { child, by: *by, place: place.clone() }),
        (Some(_), Some(_)) => Step::Nothing,
    }
}

/// Who → why → until when → which leader → the leader's PIN.
pub(super) fn extend(form: &Form, room: Room<'_>, now: Moment) -> Step {
    let usual = room.settings.extended_until_on(room.day.date());
    let Some(Value::Ticked(children)) = form.values.first() else {
        let labels = closing::here(room, now).into_iter().map(|child| Label::Tick { child, on: form.ticked.contains(&child) });
        return Step::Ask(Question::choose(Prompt::WhoStays, labels).taking(Asks::Ticks));
    };
    let Some(Label::Extend(reason)) = form.chosen(1) else {
        return Step::Ask(Question::choose(Prompt::ExtendWhy, ExtendReason::ALL.map(Label::Extend)).default_to(1));
    };
    let until = match form.values.get(2) {
        Some(Value::Time(until)) => *until,
        Some(_) => usual,
        None => {
            let usual = Label::Title(usual.format("%H:%M").to_string());
            return Step::Ask(Question::choose(Prompt::ExtendUntil, [usual]).default_to(1).taking(Asks::Time));
        }
    };
    match agreed(form, 3, Right::ExtendCare, room) {
        Ok(approver) => done(AccountAct::Extend { children: children.clone(), until, reason: *reason, approver }),
        Err(step) => step,
    }
}

/// The leader: the only one without asking, else a choice.
fn leader(chosen: Option<&Value>, room: Room<'_>) -> Result<StaffId, Step> {
    if let Some(Value::Chosen(Label::Staff(staff))) = chosen {
        return Ok(*staff);
    }
    let leaders: Vec<StaffId> = room.register.staff().filter(|s| duty::is_leader(s)).map(|s| s.id).collect();
    match leaders[..] {
        [] => Err(Step::Nothing),
        [only] => Ok(only),
        _ => Err(Step::Ask(Question::choose(Prompt::WhichLeader, leaders.into_iter().map(Label::Staff)))),
    }
}

pub(super) fn tell_leader(form: &Form, room: Room<'_>) -> Step {
    match leader(form.values.first(), room) {
        Ok(leader) => done(AccountAct::TellLeader { leader }),
        Err(step) => step,
    }
}

/// The guard's name; or which two adults, where more are on duty, then why.
pub(super) fn stay(form: &Form, room: Room<'_>, (guard, children): (bool, &[ChildId]), now: Moment) -> Step {
    let said = |how| done(AccountAct::Stay { children: children.to_vec(), how });
    let text = form.values.iter().find_map(|v| if let Value::Text(text) = v { Some(text.clone()) } else { None });
    if guard {
        return match text {
            None => Step::Ask(Question::ask(Asks::Text, Prompt::GuardName)),
            Some(signed) => said(Stay::Guard { signed }),
        };
    }
    let here = duty::able_on_duty(room, now);
    let named: Vec<StaffId> =
        form.values.iter().filter_map(|v| if let Value::Chosen(Label::Staff(staff)) = v { Some(*staff) } else { None }).collect();
    let adults = match (&named[..], &here[..]) {
        ([_, _, ..], _) => named,
        // Fewer than two: the rules say what is missing.
        ([], [_, _] | [_] | []) => here,
        (named, here) => {
            let others = here.iter().filter(|s| !named.contains(s)).map(|s| Label::Staff(*s));
            return Step::Ask(Question::choose(Prompt::WhoStaysBehind(named.len() + 1), others));
        }
    };
    match (text, &adults[..]) {
        (None, [one, other]) => Step::Ask(Question::ask(Asks::Text, Prompt::WhyTheyStay(*one, *other))),
        (reason, _) => said(Stay::TwoAdults { reason: reason.unwrap_or_default(), adults }),
    }
}

/// A time that can be promised: not before now.
#[must_use]
pub(super) fn is_ahead(time: NaiveTime, now: Moment) -> bool {
    time > now.time()
}

impl Model {
    /// F5: with a child in front its numbers; else whom to call.
    pub(super) fn calls(&mut self) -> Vec<Effect> {
        if self.child_in_front().is_some() {
            return self.show_phones();
        }
        self.open(Dialog::Calls);
        Vec::new()
    }

    /// What the desk reminds of by itself between two moments. Nobody is released by it (F062, I10).
    pub(super) fn ring(&mut self, after: Moment, until: Moment) {
        let alarms = closing::alarms(self.known_room(), after, until).into_iter().map(|(at, alarm)| (at, Notice::Alarm(alarm)));
        let absences = plan::absences(self.room(), after, until).map(|(at, remark)| (at, Notice::Duty(remark)));
        let mut list: Vec<(Moment, Notice)> = alarms.chain(absences).collect();
        list.sort_by_key(|(at, _)| *at);
        for (at, notice) in list {
            self.notice_at(at, notice);
        }
    }

    /// How the last children stay has to be said: the question that stands in front when nothing else does.
    pub(super) fn stay_question(&self) -> Option<Question> {
        let open = !closing::undecided(self.known_room(), self.now).is_empty();
        open.then(|| Question::choose(Prompt::HowTheyStay, [Label::WithGuard, Label::WithTwoAdults]))
    }

    pub(super) fn answer_stay(&mut self, n: u32) -> Option<Vec<Effect>> {
        let question = self.stay_question()?;
        let guard = question.choice(n)?.label == Label::WithGuard;
        let children = closing::undecided(self.known_room(), self.now);
        Some(self.open_form(Kind::Stay { guard, children }))
    }
}
