//! What this desk knows although it could not be recorded: who was barred, put off a list, or let go from the staff, and which card
//! was lost. While such a request waits in the list, whatever would be decided otherwise by it waits for it.

use crate::domain::fact::{Entry, Fact, Seq};
use crate::domain::people::{ChildId, CollectorId};
use crate::domain::register::Register;
use crate::rules::access::demand;
use crate::rules::collect::takers;
use crate::rules::hold::narrows;
use crate::rules::pass::Answers;
use crate::rules::{Pass, Request, Room, decide};

use super::Model;
use super::unrecorded::Unrecorded;

/// To whom a child may be given today.
fn may_take(room: Room<'_>, child: ChildId) -> Vec<CollectorId> {
    takers(room, child, room.day.date()).into_iter().map(|c| c.id).collect()
}

impl Model {
    /// The facts of one that waits, as the entries that they would be.
    fn as_entries(&self, waiting: &Unrecorded) -> Vec<Entry> {
        let (first, at) = (self.head.0 + 1, waiting.at);
        let entry = |(n, fact): (i64, &Fact)| Entry {
            seq: Seq(n),
            act: Seq(first),
            day: at.date(),
            at,
            entered_at: at,
            desk: self.desk.clone(),
            staff: None,
            fact: fact.clone(),
        };
        (first..).zip(waiting.job.drafts.iter().map(|draft| &draft.fact)).map(entry).collect()
    }

    /// The register as it would be if one that waits were on record; `None` where that takes nothing from anybody.
    fn register_with(&self, waiting: &Unrecorded) -> Option<Register> {
        if !waiting.job.drafts.iter().any(|draft| narrows(&draft.fact)) {
            return None;
        }
        let mut register = self.register.clone();
        for entry in self.as_entries(waiting) {
            register.apply(&entry);
        }
        Some(register)
    }

    /// Where the first stands in the list with which something is `otherwise` than in the room as it stands.
    fn known_otherwise(&self, otherwise: impl Fn(Room<'_>) -> bool) -> Option<usize> {
        self.unrecorded.iter().position(|waiting| {
            let register = self.register_with(waiting);
            register.is_some_and(|register| otherwise(Room { register: &register, ..self.room() }))
        })
    }

    /// Where the first stands in the list that has to be on record before a child that is here goes, or is asked about: by it this would
    /// be decided otherwise, or others could take the child.
    pub(super) fn first_for_pass(&self, pass: &Pass) -> Option<usize> {
        if self.unrecorded.is_empty() || !self.day.state().presence(pass.child).is_here() {
            return None;
        }
        // Some of it is asked only of who is told to go.
        let go = Pass { answers: Answers { go: true, ..pass.answers.clone() }, ..pass.clone() };
        let requests = [pass.clone(), go].map(|pass| Request::Passes(vec![pass]));
        let with = |room: Room<'_>| (requests.each_ref().map(|request| decide(room, request, self.now)), may_take(room, pass.child));
        let decided = with(self.room());
        self.known_otherwise(|room| with(room) != decided)
    }

    /// Where the first stands in the list on whose record something would not be entered that is entered without it.
    pub(super) fn first_against(&self, request: &Request) -> Option<usize> {
        if self.unrecorded.is_empty() {
            return None;
        }
        let stands = |room: Room<'_>| {
            let decision = decide(room, request, self.now);
            decision.objection.is_none() && decision.stopped().is_none()
        };
        stands(self.room()).then(|| self.known_otherwise(|room| !stands(room))).flatten()
    }

    /// Whether one that waits takes something from somebody, and whoever is here now could not take that back.
    pub(super) fn is_not_theirs_to_drop(&self, waiting: &Unrecorded) -> bool {
        let entries = self.as_entries(waiting);
        let entries: Vec<&Entry> = entries.iter().filter(|entry| narrows(&entry.fact)).collect();
        !entries.is_empty() && demand::of_undoing(self.room(), &entries).is_met(self.room(), self.now).is_err()
    }
}
