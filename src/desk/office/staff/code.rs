//! Recovery codes at the desk: made by a leader and shown once; typed by one who is locked out, for a new PIN.

use std::slice::Iter;

use super::form::pin;
use super::{Ask, Pick, Task};
use crate::desk::forms::{Form, Kind, Mistake, Step, Value};
use crate::desk::office;
use crate::desk::question::{Asks, Prompt, Question, Secret};
use crate::desk::record::Job;
use crate::desk::said::{Hint, Said};
use crate::desk::{Dialog, Effect, Model, Pin};
use crate::domain::people::StaffId;
use crate::rules::duty::{is_leader, recovery};
use crate::rules::office::OfficeAct;
use crate::rules::office::staff::StaffAct;
use crate::rules::{Act, Request, Room, decide};

/// A code stays on the screen so long, seconds, while somebody writes it down.
const SHOWN_SECONDS: i64 = 120;

/// What can be done with somebody's code.
pub(super) fn offered(room: Room<'_>, staff: StaffId) -> impl Iterator<Item = Pick> {
    let leads = room.register.staff_member(staff).is_some_and(is_leader);
    let make = leads.then_some(Pick::MakeCode);
    make.into_iter().chain(recovery::has_code(room, staff).then_some(Pick::UseCode))
}

/// Sure, then a code is drawn.
pub(super) fn make(given: &mut Iter<'_, Value>, staff: StaffId) -> Step {
    match given.next() {
        None => Step::Ask(Question::ask(Asks::Confirm, prompt(Ask::MakeCode(staff)))),
        Some(_) => Step::DrawCode,
    }
}

/// The code, until it is the right one; then the new PIN, twice.
pub(super) fn take(given: &mut Iter<'_, Value>, room: Room<'_>, staff: StaffId) -> Result<StaffAct, Step> {
    let person = room.register.staff_member(staff).filter(|_| recovery::has_code(room, staff)).ok_or(Step::Nothing)?;
    let mut wrong = false;
    loop {
        match given.next() {
            None => return Err(Step::Ask(Question::ask(Asks::Secret(Secret::Recovery(staff)), prompt(Ask::Code { staff, wrong })))),
            Some(Value::Matched(true)) => return pin(given, person.role).map(|pin| StaffAct::UseCode { staff, pin }),
            Some(_) => wrong = true,
        }
    }
}

fn prompt(asked: Ask) -> Prompt {
    Prompt::Office(office::Ask::Staff(asked))
}

impl Model {
    /// A recovery code was typed: the try is recorded, and only then it is compared.
    pub(in crate::desk) fn code_line(&mut self, staff: StaffId, typed: &str) -> Vec<Effect> {
        if let Some(until) = recovery::locked_until(self.room(), staff, self.now) {
            return self.mistake(Mistake::CodeLocked(until));
        }
        if let Some(at) = self.first_for_secret(|register| Some(register.recovery(staff)?.hash.clone())) {
            return self.try_unrecorded(at);
        }
        let Some(hash) = self.register.recovery(staff).map(|r| r.hash.clone()) else {
            return self.mistake(Mistake::NoSuchChoice);
        };
        let request = Request::Act(Act::Office(OfficeAct::Staff(StaffAct::TryCode { staff })));
        let decision = decide(self.room(), &request, self.now);
        if let Some(objection) = decision.objection {
            self.said = Some(Said::Objection(objection));
            return Vec::new();
        }
        self.record(Job { pin: Some((Pin(recovery::normal(typed)), hash)), ..Job::new(request, decision.drafts) })
    }

    /// A code was drawn: its hash is recorded, and then the code is shown, once.
    pub(in crate::desk) fn code_drawn(&mut self, drawn: Option<(Pin, String)>) -> Vec<Effect> {
        let Some(Dialog::Form(Form { kind: Kind::Office(office::Task::Staff(Task::MakeCode(staff))), .. })) = self.dialog else {
            return Vec::new();
        };
        let Some((code, hash)) = drawn else {
            self.close_dialog();
            return self.hint(Hint::NoCode);
        };
        let request = Request::Act(Act::Office(OfficeAct::Staff(StaffAct::MakeCode { staff, hash })));
        let decision = decide(self.room(), &request, self.now);
        if let Some(objection) = decision.objection {
            self.close_dialog();
            self.said = Some(Said::Objection(objection));
            return Vec::new();
        }
        let said = Some(Said::Hint(Hint::RecoveryCode { staff, code, until: self.now.plus_seconds(SHOWN_SECONDS) }));
        self.record(Job { said, ..Job::new(request, decision.drafts) })
    }
}
