//! What keeps a child safe and could not be recorded: a hold, that somebody was stopped, a wrong pass phrase.
//!
//! Nobody's PIN is asked for it, so the desk itself tries it again: at once after anything else was recorded, and every few seconds. It is
//! not closed before, unless nothing can be recorded for good.

use std::collections::BTreeSet;

use crate::domain::day::Presence;
use crate::domain::fact::{Account, Fact, Incident};
use crate::domain::people::ChildId;
use crate::domain::time::Moment;
use crate::rules::{Verdict, closing, decide};

use super::forms::Kind;
use super::record::Job;
use super::said::{Hint, Said};
use super::unrecorded::{held_back, keeps_safe, reported_for, wrong_phrase_for};
use super::{Effect, Model};

/// When what keeps a child safe is tried again by the desk itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Retry {
    /// It is time.
    pub(crate) due: bool,
    /// When it was tried last.
    pub(crate) last: Moment,
    /// Somebody wants to close the desk after it.
    pub(crate) quits: bool,
}

impl Model {
    /// What keeps a child safe and can be entered now: the desk does not wait for anybody to ask for it.
    fn first_to_retry(&self) -> Option<usize> {
        self.unrecorded.iter().position(|waiting| {
            let is_same = || decide(self.room(), &waiting.job.request, self.now).drafts == waiting.job.drafts;
            let is_settled = reported_for(&waiting.job).is_some() || held_back(&waiting.job).next().is_some();
            keeps_safe(&waiting.job) && self.can_be_entered(waiting) && (is_settled || is_same())
        })
    }

    /// Tries again what keeps a child safe: at once after something else was recorded, else every few seconds. Nothing else is said.
    pub(super) fn retry_what_stays(&mut self, time_passes: bool) -> Vec<Effect> {
        const SECONDS: i64 = 5;
        self.retry.due |= time_passes && self.retry.last.plus_seconds(SECONDS).ms <= self.now.ms;
        let can = self.on_its_way.is_none() && self.jobs.is_empty() && self.doubted.is_none() && self.halt.is_none();
        if !can || !std::mem::take(&mut self.retry.due) {
            return Vec::new();
        }
        let Some(at) = self.first_to_retry() else { return Vec::new() };
        self.retry.last = self.now;
        let job = self.unrecorded.remove(at).job;
        self.know();
        self.again(Job { quiet: true, ..job })
    }

    /// Somebody wants to close the desk: what keeps a child safe is tried first, and while it stands the desk stays open. Where nothing
    /// can be recorded for good it stands on paper.
    pub(super) fn quit_or_stay(&mut self) -> Vec<Effect> {
        (self.retry.due, self.retry.quits) = (true, true);
        Vec::new()
    }

    /// Goes on with closing the desk once what waits was tried.
    pub(super) fn go_on_quitting(&mut self) -> Vec<Effect> {
        if self.on_its_way.is_some() || !self.jobs.is_empty() || !std::mem::take(&mut self.retry.quits) {
            return Vec::new();
        }
        // Whoever takes no part any more can be taken in by nobody.
        let takes_part = |child: &ChildId| self.register.child(*child).is_some_and(|c| c.enrolled);
        let at_door: Vec<ChildId> = closing::at_door(self.room()).into_iter().filter(takes_part).collect();
        match self.who_must_be_held() {
            children if !children.is_empty() => self.hint(Hint::HeldFirst(children)),
            _ if !at_door.is_empty() => self.hint(Hint::AtDoorFirst(at_door)),
            _ => self.open_form(Kind::Quit),
        }
    }

    /// Children for whom something waits that must not be lost with this desk.
    pub(super) fn who_must_be_held(&self) -> Vec<ChildId> {
        if self.halt.as_ref().is_some_and(|halt| halt.cause.is_for_good()) {
            return Vec::new();
        }
        let known = self.known_room();
        let is_here = |child: &ChildId| known.state().presence(*child) != Presence::NotHere;
        let safe = self.unrecorded.iter().filter(|waiting| keeps_safe(&waiting.job));
        let children = safe.flat_map(|w| held_back(&w.job).filter(is_here).chain(reported_for(&w.job)).chain(wrong_phrase_for(&w.job)));
        children.collect::<BTreeSet<ChildId>>().into_iter().collect()
    }

    /// Holds children who are still here, with what was said about them. Who is held already is held by nothing more; who has gone
    /// meanwhile was let go by another desk, and the leader is told; who is not here yet is held once it is.
    pub(super) fn hold_again(&mut self, job: &Job) -> Vec<Effect> {
        let state = self.day.state();
        let of = |is_so: fn(Presence<'_>) -> bool| held_back(job).filter(|child| is_so(state.presence(*child))).collect::<Vec<ChildId>>();
        let gone = of(|presence| matches!(presence, Presence::Gone(..)));
        let absent = of(|presence| presence == Presence::NotHere);
        let mut held = of(|presence| matches!(presence, Presence::In(_) | Presence::Out(..)));
        held.retain(|child| state.child(*child).is_none_or(|day| day.held.is_none()));
        if !absent.is_empty() {
            self.keep_for_later(job.part(&absent));
        }
        if held.is_empty() && gone.is_empty() {
            return if job.quiet { Vec::new() } else { self.hint(Hint::Changed) };
        }
        let mut effects = Vec::new();
        if !held.is_empty() {
            let verdicts = held.iter().map(|child| (*child, Verdict::Hold)).collect();
            effects.extend(self.record(Job { verdicts, ..job.part(&held) }));
        }
        if !gone.is_empty() {
            let late = |child: &ChildId| Fact::Account(Account::Incident { child: *child, kind: Incident::HoldTooLate }).into();
            let said = Some(Said::Hint(Hint::HoldTooLate(gone.clone())));
            effects.extend(self.record(Job { drafts: gone.iter().map(late).collect(), said, ..job.part(&gone) }));
        }
        effects
    }
}
