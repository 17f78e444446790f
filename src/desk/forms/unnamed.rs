//! What a collector is called whom the school listed without a name; a leader agrees where somebody is barred from a child.

use super::{Form, Step, agreed_to_name};
use crate::desk::question::{Asks, Prompt, Question};
use crate::domain::likeness::Described;
use crate::domain::people::{Collector, CollectorId, StaffId};
use crate::domain::time::Moment;
use crate::rules::barred::{Naming, is_near};
use crate::rules::unnamed::{Called, naming};
use crate::rules::{Pass, Room};

pub(super) fn step(form: &Form, room: Room<'_>, passes: &[(Pass, CollectorId)], now: Moment) -> Step {
    if passes.is_empty() {
        return Step::Nothing;
    }
    let collectors: Vec<CollectorId> = passes.iter().map(|(_, collector)| *collector).collect();
    let (name, approver) = match called(form, 0, room, &collectors, now) {
        Ok(called) => called,
        Err(step) => return step,
    };
    let called = |(pass, collector): &(Pass, CollectorId)| {
        let mut pass = pass.clone();
        pass.answers.called = Some(Called { collector: *collector, name: name.clone(), approver });
        (pass.answers.taker, pass.answers.go) = (Some(*collector), true);
        pass
    };
    Step::Decide(passes.iter().map(called).collect())
}

/// What one person is called who stands on the lists of several children, each time under one of these records, and the leader who
/// agreed. The answers stand from `from` on.
pub(super) fn called(form: &Form, from: usize, room: Room<'_>, collectors: &[CollectorId], now: Moment) -> Result<(String, Option<StaffId>), Step> {
    let listed: Vec<&Collector> = collectors.iter().filter_map(|id| room.register.collector(*id)).collect();
    let Some(first) = listed.first() else { return Err(Step::Nothing) };
    let Some(name) = form.text(from) else {
        let children = listed.iter().filter_map(|c| room.register.child(c.child)).map(|c| c.name.clone()).collect();
        return Err(Step::Ask(Question::ask(Asks::Text, Prompt::TakerName(first.id, children))));
    };
    let namings: Vec<Naming> = listed.iter().map(|c| naming(room, c, name, now)).collect();
    // Whom a bar fits is stopped without a word; nobody is asked for a PIN before.
    let asked = namings.contains(&Naming::Leader) && !namings.contains(&Naming::Stopped);
    let near = listed.iter().any(|c| is_near(room.register, c.child, Described { name, ..Described::from(*c) }, now.date()));
    let approver = if asked { Some(agreed_to_name(form, from + 1, room, near)?) } else { None };
    Ok((name.clone(), approver))
}
