//! F7: who goes on duty, acts from now on, or goes; each step with a PIN.

use super::{Form, Step, Value, act, agreed};
use crate::desk::question::{Asks, Label, Prompt, Question};
use crate::domain::people::StaffId;
use crate::rules::access::{Right, may};
use crate::rules::{Act, Room, duty};

/// Who, by card or number, then the PIN. Who is on duty already acts from now on or goes, each with their own PIN; a leader
/// signs somebody off with a PIN of their own, and says why where children stay behind with too few adults (F068).
pub(super) fn on_duty(form: &Form, room: Room<'_>) -> Step {
    let staff = match form.values.first() {
        Some(Value::StaffCard(staff) | Value::Chosen(Label::Staff(staff))) => *staff,
        Some(_) => return Step::Nothing,
        None => {
            let able = room.register.staff().filter(|s| duty::can_prove(s) && may(s.role, Right::Release));
            return Step::Ask(Question::choose(Prompt::SignOnWho, able.map(|s| Label::Staff(s.id))));
        }
    };
    let pin = |then: Act| {
        if form.values.last() == Some(&Value::Proved(staff)) { act(then) } else { Step::Ask(Question::ask(Asks::Pin, Prompt::Pin(staff))) }
    };
    match form.values.get(1) {
        Some(Value::Proved(_)) => pin(Act::SignOn { staff }),
        _ if !room.state().is_on_duty(staff) => pin(Act::SignOn { staff }),
        Some(Value::Chosen(Label::Act(_))) => pin(Act::Choose { staff }),
        Some(Value::Chosen(Label::SignOff(_))) if !duty::leaves_alone(room, staff) => pin(Act::SignOff { staff, by: staff, reason: None }),
        Some(_) => signed_off_by_leader(form, room, staff),
        None => {
            let choices = [Label::Act(staff), Label::SignOff(staff), Label::SignOffBy(staff)];
            Step::Ask(Question::choose(Prompt::OnDuty(staff), choices).default_to(1))
        }
    }
}

fn signed_off_by_leader(form: &Form, room: Room<'_>, staff: StaffId) -> Step {
    let by = match agreed(form, 2, Right::SignOffOthers, room) {
        Ok(leader) => leader,
        Err(step) => return step,
    };
    match form.values.last() {
        Some(Value::Text(reason)) => act(Act::SignOff { staff, by, reason: Some(reason.clone()) }),
        _ if duty::leaves_alone(room, staff) => Step::Ask(Question::ask(Asks::Text, Prompt::WhyOff(staff))),
        _ => act(Act::SignOff { staff, by, reason: None }),
    }
}
