//! What a collector is called whom the school listed without a name; a leader agrees where somebody is barred from a child.

use super::{Form, Step, agreed};
use crate::desk::question::{Asks, Prompt, Question};
use crate::domain::people::CollectorId;
use crate::domain::time::Moment;
use crate::rules::access::Right;
use crate::rules::barred::Naming;
use crate::rules::unnamed::{Called, naming};
use crate::rules::{Pass, Room};

pub(super) fn step(form: &Form, room: Room<'_>, passes: &[(Pass, CollectorId)], now: Moment) -> Step {
    let Some((_, first)) = passes.first() else { return Step::Nothing };
    let Some(name) = form.text(0) else {
        let children = passes.iter().filter_map(|(pass, _)| room.register.child(pass.child)).map(|c| c.name.clone()).collect();
        return Step::Ask(Question::ask(Asks::Text, Prompt::TakerName(*first, children)));
    };
    let listed = || passes.iter().filter_map(|(_, id)| room.register.collector(*id));
    let namings: Vec<Naming> = listed().map(|c| naming(room, c, name, now)).collect();
    // Whom a bar fits is stopped without a word; nobody is asked for a PIN before.
    let approver = if namings.contains(&Naming::Leader) && !namings.contains(&Naming::Stopped) {
        match agreed(form, 1, Right::NameForRestricted, room) {
            Ok(leader) => Some(leader),
            Err(step) => return step,
        }
    } else {
        None
    };
    let called = |(pass, collector): &(Pass, CollectorId)| {
        let mut pass = pass.clone();
        pass.answers.called = Some(Called { collector: *collector, name: name.clone(), approver });
        (pass.answers.taker, pass.answers.go) = (Some(*collector), true);
        pass
    };
    Step::Decide(passes.iter().map(called).collect())
}
