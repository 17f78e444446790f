//! A stay that an earlier day left open: what is asked about it first, and how it is settled (`LEFT_OPEN`).

use super::{LeftOpen, Pass, Proof, Step};
use crate::domain::custody::Custody;
use crate::domain::day::Visit;
use crate::domain::fact::{Account, CallPurpose, CallResult, Draft, Fact, Ground, Taker};
use crate::domain::people::CollectorId;
use crate::domain::time::Moment;
use crate::rules::closing::is_unsettled;
use crate::rules::collect::takers;
use crate::rules::verdict::Verdict;
use crate::rules::{Decision, Objection, missing, unnamed};

/// Whether it takes the family's word, or a leader's where nobody can be called, to settle by whom a child was collected on an
/// earlier day: it was out, or looked for, and does not come again now with its card.
#[must_use]
pub fn wants_word(pass: &Pass, visit: &Visit) -> bool {
    let comes_again = matches!((&pass.proof, &pass.answers.left_open), (Proof::Card { .. }, Some(LeftOpen::Collected { .. })));
    (visit.out.is_some() || visit.missing.is_some()) && !comes_again
}

impl Step<'_> {
    /// What is asked first about a stay of an earlier day, once a day; or what follows from its having ended then.
    pub(super) fn of_an_earlier_day(self, visit: &Visit) -> Option<Decision> {
        if visit.arrived.date() >= self.at.date() {
            return None;
        }
        match self.pass.answers.left_open {
            None if is_unsettled(visit, self.at) => Some(self.ask(Verdict::LeftOpen { since: visit.arrived.date() })),
            // Somebody has said today that the child is here: then it was not collected before.
            Some(LeftOpen::Collected { .. } | LeftOpen::Settled { .. }) if !is_unsettled(visit, self.now) => {
                Some(Decision::refuse(Objection::NotOpenThen(self.child.id)))
            }
            Some(LeftOpen::Collected { .. } | LeftOpen::Settled { .. }) if self.is_held() => Some(self.ask(Verdict::Hold)),
            Some(LeftOpen::Collected { taker, at }) if matches!(self.pass.proof, Proof::Card { .. }) => {
                Some(self.left_open(visit, taker, at, self.arrival()))
            }
            Some(LeftOpen::Collected { taker, at } | LeftOpen::Settled { taker, at }) => {
                let shown = if let Proof::Card { number, .. } = &self.pass.proof { Some(number.clone()) } else { None };
                let hung = shown.iter().filter_map(|number| self.move_card(number, Custody::Rack)).collect::<Vec<_>>();
                let settled = Decision {
                    drafts: hung.into_iter().chain(self.others_away(shown)).map(Draft::from).collect(),
                    ..self.ask(Verdict::OutOk { taker: Taker::Collector(taker), at })
                };
                Some(self.left_open(visit, taker, at, settled))
            }
            None | Some(LeftOpen::StillHere) => None,
        }
    }

    /// That a child left open is still here is entered with what follows from it.
    pub(super) fn still_here(self, visit: &Visit, mut decision: Decision) -> Decision {
        let said = self.pass.answers.left_open == Some(LeftOpen::StillHere) && is_unsettled(visit, self.at);
        if said && decision.objection.is_none() {
            decision.drafts.insert(0, Fact::Account(Account::StillHere { child: self.child.id }).into());
        }
        decision
    }

    /// The stay of an earlier day ended then; what follows from it is entered in the same act: today's arrival by card, or nothing
    /// but where its card is. Who was found by name is not here because of that.
    fn left_open(self, visit: &Visit, taker: CollectorId, at: Moment, mut then: Decision) -> Decision {
        let entitled = self.room.register.collector(taker).is_some_and(|c| c.child == self.child.id && c.may_collect(at.date()));
        let entitled = entitled && takers(self.room, self.child.id, at.date()).iter().any(|c| c.id == taker);
        if !entitled {
            return Decision::refuse(Objection::Evidence);
        }
        // Whoever went out, or to another place, then was still here.
        let least = visit.out.as_ref().map_or(visit.place_since, |out| out.since).max(visit.place_since);
        // Nor was it collected before it was missed.
        let least = visit.missing.as_ref().map_or(least, |missing| missing.since.max(least));
        if at.ms < least.ms || at.date() >= self.at.date() {
            return Decision::refuse(Objection::WrongTime);
        }
        // Who was out, or looked for, and is not in front of the desk now is with whom the family says.
        let said = self.pass.answers.call.filter(|_| wants_word(self.pass, visit));
        if wants_word(self.pass, visit) {
            let Some(vouch) = said else { return Decision::refuse(Objection::Evidence) };
            if !self.speaks_for_itself(visit, taker, vouch)
                && let Err(objection) = self.may_vouch(taker, vouch)
            {
                return Decision::refuse(objection);
            }
            match vouch.result() {
                None | Some(CallResult::Yes) => {}
                Some(CallResult::No) => return self.hold_back(Some(vouch.call(self.room, self.child.id, CallPurpose::Collector))),
                Some(CallResult::NoAnswer) => return Decision::refuse(Objection::Evidence),
            }
        }
        let learned = match unnamed::learned(self.room, Taker::Collector(taker), self.pass.answers.called.as_ref(), self.now) {
            Ok(learned) => learned,
            Err(objection) => return Decision::refuse(objection),
        };
        // An arrival that asks first (on leave, not due) settles nothing yet.
        if then.objection.is_some() || then.verdicts.iter().any(|(_, verdict)| verdict.waits()) {
            return then;
        }
        let fact = Fact::Released {
            child: self.child.id,
            arrival: visit.arrival,
            ground: Ground::LeftOpen,
            taker: Taker::Collector(taker),
            early: None,
            late: None,
        };
        let call = said.map(|vouch| vouch.call(self.room, self.child.id, CallPurpose::Collector));
        let before = call.into_iter().chain(learned).map(Draft::from).chain([Draft { at: Some(at), fact }]);
        then.drafts.splice(0..0, before);
        then.drafts.extend(missing::collected(self.state, self.child.id).into_iter().map(Draft::from));
        then
    }
}
