//! The room as this desk knows it: register and day as they would stand if what waits to be recorded were on record.
//!
//! What is decided otherwise in it than in the room on record waits until that is recorded; the lists and alarms of closing, and
//! what a PIN or a pass phrase is compared with, are read from it. By nothing that waits does a child leave: who was to go is here
//! until that is on record.

use chrono::NaiveDate;

use crate::domain::day::{Day, Presence};
use crate::domain::fact::{Entry, Fact, Seq};
use crate::domain::people::{ChildId, CollectorId};
use crate::domain::register::Register;
use crate::rules::collect::takers;
use crate::rules::pass::Answers;
use crate::rules::{Pass, Request, Room, decide};

use super::Model;
use super::unrecorded::Unrecorded;

/// What this desk knows although it is not on record.
#[derive(Clone, Debug)]
pub struct Known {
    register: Register,
    day: Day,
    /// Of what it was made: the last entry, the day, and what waited.
    of: (Seq, NaiveDate, Vec<Unrecorded>),
}

impl Known {
    /// Folds one in that waits. One by which a child that is in would leave is left out.
    fn fold(&mut self, waiting: &Unrecorded, desk: &str) {
        let mut day = self.day.clone();
        let entries = self.as_entries(waiting, desk);
        for entry in &entries {
            day.apply(entry);
        }
        let stays = |(child, _): (ChildId, _)| !is_in(&self.day, child) || is_in(&day, child);
        if !self.day.state().children().all(stays) {
            return;
        }
        for entry in &entries {
            self.register.apply_with(entry, |seq| self.day.entry(seq));
        }
        self.day = day;
    }

    /// The facts of one that waits, as the entries that they would be: a hold is on who is here, and what is taken back was entered.
    fn as_entries(&self, waiting: &Unrecorded, desk: &str) -> Vec<Entry> {
        let first = self.day.entries().last().map_or(0, |last| last.seq.0).max(self.of.0.0) + 1;
        let comes = |child| waiting.job.drafts.iter().any(|d| matches!(d.fact, Fact::Arrived { child: c, .. } if c == child));
        #[allow(clippy::wildcard_enum_match_arm)] // what rests on something that may not be so
        let applies = |fact: &&Fact| match fact {
            Fact::HeldBack { child } => self.day.state().presence(*child).is_here() || comes(*child),
            Fact::Undone { seq, .. } => self.day.entry(*seq).is_some() && !self.day.is_undone(*seq),
            _ => true,
        };
        let entry = |(n, fact): (i64, &Fact)| Entry {
            seq: Seq(n),
            act: Seq(first),
            day: waiting.at.date(),
            at: waiting.at,
            entered_at: waiting.at,
            desk: desk.to_owned(),
            staff: None,
            fact: self.with_own_number(fact),
        };
        (first..).zip(waiting.job.drafts.iter().map(|draft| &draft.fact).filter(applies)).map(entry).collect()
    }

    /// Two who are new on lists while nothing can be recorded were given the same number: each is somebody.
    fn with_own_number(&self, fact: &Fact) -> Fact {
        let mut fact = fact.clone();
        if let Fact::CollectorSet { was: None, now } = &mut fact
            && self.register.collector(now.id).is_some()
        {
            now.id = self.register.next_ids().collector();
        }
        fact
    }
}

fn is_in(day: &Day, child: ChildId) -> bool {
    matches!(day.state().presence(child), Presence::In(_))
}

/// To whom a child may be given today.
fn may_take(room: Room<'_>, child: ChildId) -> Vec<CollectorId> {
    takers(room, child, room.day.date()).into_iter().map(|c| c.id).collect()
}

impl Model {
    /// The room as this desk knows it; that on record while nothing waits.
    #[must_use]
    pub fn known_room(&self) -> Room<'_> {
        self.known.as_ref().map_or_else(|| self.room(), |known| self.room_of(known))
    }

    fn room_of<'a>(&'a self, known: &'a Known) -> Room<'a> {
        Room { register: &known.register, day: &known.day, ..self.room() }
    }

    /// Makes what is known fit what is on record and what waits. Nothing is done while nothing waits, or nothing has changed.
    pub(super) fn know(&mut self) {
        if self.unrecorded.is_empty() {
            self.known = None;
            return;
        }
        let fits = |known: &Known| known.of.0 == self.head && known.of.1 == self.day.date() && known.of.2 == self.unrecorded;
        if !self.known.as_deref().is_some_and(fits) {
            self.known = Some(Box::new(self.known_of_first(self.unrecorded.len())));
        }
    }

    /// What would be known if only so many of the first waited.
    fn known_of_first(&self, count: usize) -> Known {
        let of = (self.head, self.day.date(), self.unrecorded.clone());
        let mut known = Known { register: self.register.clone(), day: self.day.clone(), of };
        let counts = |waiting: &&Unrecorded| !waiting.job.overtaken && !self.is_of_another_day(waiting);
        for waiting in self.unrecorded.iter().take(count).filter(counts) {
            known.fold(waiting, &self.desk);
        }
        known
    }

    /// Where the first stands in the list with which something is `otherwise` than in the room on record.
    fn known_otherwise(&self, otherwise: impl Fn(Room<'_>) -> bool) -> Option<usize> {
        let known = self.known.as_ref()?;
        if !otherwise(self.room_of(known)) {
            return None;
        }
        (0..self.unrecorded.len()).find(|at| otherwise(self.room_of(&self.known_of_first(at + 1))))
    }

    /// Where the first stands in the list that has to be on record before a child comes, goes, or is asked about: by it this would be
    /// decided otherwise, or others could take the child.
    pub(super) fn first_for_pass(&self, pass: &Pass) -> Option<usize> {
        self.known.as_ref()?;
        // Some of it is asked only of who is told to go.
        let go = Pass { answers: Answers { go: true, ..pass.answers.clone() }, ..pass.clone() };
        let requests = [pass.clone(), go].map(|pass| Request::Passes(vec![pass]));
        let with = |room: Room<'_>| {
            let takers = room.state().presence(pass.child).is_here().then(|| may_take(room, pass.child));
            (requests.each_ref().map(|request| decide(room, request, self.now)), takers)
        };
        let decided = with(self.room());
        self.known_otherwise(|room| with(room) != decided)
    }

    /// Where the first stands in the list on whose record something would not be entered that is entered without it, or the other way.
    pub(super) fn first_for(&self, request: &Request) -> Option<usize> {
        self.known.as_ref()?;
        let stands = |room: Room<'_>| {
            let decision = decide(room, request, self.now);
            decision.objection.is_none() && decision.stopped().is_none()
        };
        let stood = stands(self.room());
        self.known_otherwise(|room| stands(room) != stood)
    }

    /// Where the first stands in the list by which a secret would be another: what is typed is compared with none that was changed.
    pub(super) fn first_for_secret(&self, hash: impl Fn(&Register) -> Option<String>) -> Option<usize> {
        let on_file = hash(&self.register);
        self.known_otherwise(|room| hash(room.register) != on_file)
    }

    /// Whether the arrival of a child, or its return, waits to be recorded.
    #[must_use]
    pub fn waits_to_be_recorded(&self, child: ChildId) -> bool {
        let known = self.known.as_ref().map(|known| known.day.state().presence(child));
        known.is_some_and(|known| known.is_here() && std::mem::discriminant(&known) != std::mem::discriminant(&self.day.state().presence(child)))
    }

    /// The children whose arrival, or return, waits to be recorded, by number.
    #[must_use]
    pub fn arrivals_that_wait(&self) -> Vec<ChildId> {
        let children = self.known.as_ref().map(|known| known.day.state().children().map(|(id, _)| id).collect::<Vec<_>>());
        children.unwrap_or_default().into_iter().filter(|child| self.waits_to_be_recorded(*child)).collect()
    }

    /// Whether an undo that waits would take a child away that is in: whoever is scanned since is here.
    pub(super) fn would_take_away(&self, waiting: &Unrecorded, child: ChildId) -> bool {
        let mut day = self.day.clone();
        let known = Known { register: Register::default(), day: self.day.clone(), of: (self.head, self.day.date(), Vec::new()) };
        for entry in known.as_entries(waiting, &self.desk) {
            day.apply(&entry);
        }
        is_in(&self.day, child) && !is_in(&day, child)
    }
}
