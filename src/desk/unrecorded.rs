//! What could not be recorded: why, and the list of requests that wait until they are recorded or dropped by name.
//!
//! Nobody who was brought while the store was locked, or the disk full, is forgotten: every request stands with its time,
//! Enter tries the first again, and what is recorded late is recorded with the time at which it happened.

use std::collections::BTreeSet;

use crate::domain::day::Presence;
use crate::domain::fact::{Account, Draft, Entry, Fact, Incident, OfficeFact, Seq};
use crate::domain::people::{ChildId, CollectorId};
use crate::domain::time::Moment;
use crate::domain::trouble::{FileFault, Gap};
use crate::rules::access::{Carrier, Demand, demand};
use crate::rules::collect::Vouch;
use crate::rules::pass::changes_presence;
use crate::rules::{Act, Pass, Request, Verdict, decide};

use super::question::{Label, Prompt, Question};
use super::record::{Job, comes, goes, holds};
use super::said::{Hint, Said};
use super::{Dialog, Effect, Model};

/// Why something could not be recorded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cause {
    /// The disk is full.
    Full,
    /// The disk is read-only.
    ReadOnly,
    /// This account may not write.
    NoPermission,
    /// Another desk holds the store.
    Busy,
    /// Input/output error.
    Disk,
    /// The files are not the ones that this desk works with.
    Apart(FileFault),
    /// Entries that were acknowledged are missing.
    Missing(Gap),
    /// The store is damaged.
    Damaged,
    /// It contradicts what is on record.
    Conflict,
    /// Nobody has said yet what time it is.
    Clock,
    /// Anything else.
    Other,
}

impl Cause {
    /// Whether nothing can be recorded any more until somebody has mended it: the desk stands still and says so.
    #[must_use]
    pub fn is_for_good(&self) -> bool {
        match self {
            Self::Apart(_) | Self::Missing(_) | Self::Damaged => true,
            Self::Full | Self::ReadOnly | Self::NoPermission | Self::Busy | Self::Disk | Self::Conflict | Self::Clock | Self::Other => false,
        }
    }
}

/// Nothing can be recorded: shown in red until it can.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Halt {
    /// Why.
    pub cause: Cause,
    /// Where what is known was saved; `None` where it was not, or there was no need.
    pub saved: Option<String>,
}

impl Halt {
    /// Whether this desk may be the only one that still knows what is on record.
    #[must_use]
    pub fn wants_saving(&self) -> bool {
        self.cause.is_for_good() && !matches!(self.cause, Cause::Missing(_))
    }
}

/// A request that could not be recorded.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unrecorded {
    /// The request and the facts that it came to.
    pub job: Job,
    /// When it was wanted.
    pub at: Moment,
    /// Why it was not recorded.
    pub cause: Cause,
}

/// A scan, or a request, that is decided once what waits was tried before it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Deferred {
    pub(super) request: Request,
    /// The form in front came to it.
    of_form: bool,
    /// The last entry when it came: a later one says that something was recorded.
    head: Seq,
}

/// The children whom a job holds back.
pub(super) fn held_back(job: &Job) -> impl Iterator<Item = ChildId> {
    job.drafts.iter().filter_map(|draft| if let Fact::HeldBack { child } = draft.fact { Some(child) } else { None })
}

/// The child of whom a job only reports that somebody asked for it who may not: that naming was stopped, or that a hold came too late.
pub(super) fn reported_for(job: &Job) -> Option<ChildId> {
    #[allow(clippy::wildcard_enum_match_arm)] // the reports
    let report = |fact: &Fact| match fact {
        Fact::Account(Account::Incident { child, kind: Incident::NamingStopped | Incident::HoldTooLate }) => Some(*child),
        _ => None,
    };
    job.drafts.iter().find_map(|draft| report(&draft.fact))
}

/// Whether it keeps a child here, or counts against somebody who asked for it. Nobody's PIN is asked for that, and nobody drops it: the
/// desk itself tries it again.
pub(super) fn keeps_safe(job: &Job) -> bool {
    job.pin.is_none() && (held_back(job).next().is_some() || reported_for(job).is_some() || wrong_phrase_for(job).is_some())
}

/// What puts back what a change of the register changed.
fn changed_back(fact: &Fact) -> Option<Fact> {
    #[allow(clippy::wildcard_enum_match_arm)] // the changes of something that was on file before
    Some(match fact.clone() {
        Fact::ChildSet { was: Some(was), now } => Fact::ChildSet { was: Some(now), now: was },
        Fact::CollectorSet { was: Some(was), now } => Fact::CollectorSet { was: Some(now), now: was },
        Fact::CardSet { was: Some(was), now } => Fact::CardSet { was: Some(now), now: was },
        Fact::StaffSet { was: Some(was), now } => Fact::StaffSet { was: Some(now), now: was },
        _ => return None,
    })
}

/// The child for whom a job counts a wrong pass phrase.
pub(super) fn wrong_phrase_for(job: &Job) -> Option<ChildId> {
    let tried = |fact: &Fact| if let Fact::Office(OfficeFact::PhraseTried { child, right: false, .. }) = fact { Some(*child) } else { None };
    job.drafts.iter().find_map(|draft| tried(&draft.fact))
}

/// Whether a leader agreed to it, or stood in for a call, with a PIN.
fn has_a_leaders_word(act: &Act) -> bool {
    #[allow(clippy::wildcard_enum_match_arm)] // what a leader's PIN goes with, beside the acts that are a leader's
    match act {
        Act::Authorise { call, approver, .. } => approver.is_some() || matches!(call, Some(Vouch::Leader(_))),
        Act::CallBack { call, approver, .. } => approver.is_some() || matches!(call, Vouch::Leader(_)),
        _ => false,
    }
}

/// Where the list of what was not recorded stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Waiting {
    /// All of them.
    List,
    /// One of them, counted from 0.
    One(usize),
}

/// Whether this says where a child is: what a later entry can say as well.
fn is_passing(fact: &Fact) -> bool {
    matches!(fact, Fact::Arrived { .. } | Fact::Released { .. } | Fact::SteppedOut { .. } | Fact::CameBack { .. })
}

/// Whether both want the same: the same entries, or the same children to go.
fn is_same(one: &Job, other: &Job) -> bool {
    let children = |job: &Job| match &job.request {
        Request::Passes(passes) => passes.iter().map(|p| p.child).collect::<Vec<_>>(),
        Request::Act(_) | Request::Undo { .. } => Vec::new(),
    };
    one.drafts == other.drafts || (goes(&one.drafts) && goes(&other.drafts) && children(one) == children(other))
}

impl Model {
    /// The store could not record: the child counts as it did before, the request stands in the list.
    pub(super) fn failed(&mut self, cause: Cause) -> Vec<Effect> {
        self.refused = Some(cause);
        let Some(job) = self.on_its_way.take() else {
            self.said = Some(Said::Verdict { children: Vec::new(), verdict: Verdict::NotRecorded });
            return Vec::new();
        };
        if let Request::Act(Act::Look { child }) = job.request {
            self.unseen = Some(child);
            return Vec::new(); // whoever looks is not kept from it; the header says that nothing can be recorded
        }
        if job.quiet {
            self.keep(job, cause);
            return Vec::new();
        }
        if job.of_form && matches!(self.dialog, Some(Dialog::Form(_))) {
            self.close_dialog(); // everything was said: it stands in the list, or has to be said anew
        }
        if matches!((&job.request, &self.dialog), (Request::Undo { .. }, Some(Dialog::Undo))) {
            self.close_dialog(); // it was answered: an Enter is no answer to it any more
        }
        for child in held_back(&job) {
            self.queue.remove(child); // who was to be held is not asked about meanwhile: the next Enter holds it
        }
        let children = match &job.request {
            Request::Passes(passes) => passes.iter().map(|p| (p.child, Verdict::NotRecorded)).collect(),
            Request::Act(_) | Request::Undo { .. } => Vec::new(),
        };
        let stands = match &job.request {
            // What keeps a child here holds whoever said it.
            _ if keeps_safe(&job) => true,
            Request::Act(Act::Refused { .. } | Act::RefusedAgain { .. } | Act::TryPin { .. } | Act::ProvePin { .. } | Act::Look { .. }) => false,
            // What somebody's PIN stands for is that person's to say again: an Enter is nobody's PIN.
            Request::Act(act) => job.pin.is_none() && !matches!(demand::of_act(self.room(), act).of, Carrier::Person(_)) && !has_a_leaders_word(act),
            Request::Passes(_) | Request::Undo { .. } => job.pin.is_none(),
        };
        if stands {
            self.keep(job, cause);
        }
        self.explained = Some((None, Verdict::NotRecorded));
        self.said = Some(Said::Verdict { children, verdict: Verdict::NotRecorded });
        Vec::new()
    }

    fn keep(&mut self, mut job: Job, cause: Cause) {
        job.quiet = false;
        let at = *job.since.get_or_insert(self.now);
        // Asked for once more, it is still one request, of the time at which it was wanted first.
        if let Some(same) = self.unrecorded.iter_mut().find(|u| u.at.date() == at.date() && is_same(&u.job, &job)) {
            job.since = Some(same.at);
            (same.job, same.cause) = (job, cause);
        } else {
            let place = self.unrecorded.iter().position(|u| u.at > at).unwrap_or(self.unrecorded.len());
            self.unrecorded.insert(place, Unrecorded { job, at, cause });
        }
        self.know();
    }

    /// Keeps a part of what is tried for later.
    pub(super) fn keep_for_later(&mut self, job: Job) {
        let cause = self.refused.unwrap_or(Cause::Other);
        self.keep(job, cause);
    }

    /// What was recorded is waited for no longer, whoever recorded it.
    pub(super) fn settle_unrecorded(&mut self, entries: &[Entry]) {
        if self.unrecorded.is_empty() {
            return;
        }
        let before = self.unrecorded.len();
        // A release is of one stay: settling yesterday's says nothing of who came today.
        let of_stay = |fact: &Fact| if let Fact::Released { arrival, .. } = fact { Some(*arrival) } else { None };
        let is_it = |e: &Entry, fact: &Fact| e.fact.kind() == fact.kind() && e.fact.child() == fact.child() && of_stay(&e.fact) == of_stay(fact);
        // Nor does who came today say who came yesterday.
        let of_its_day = |fact: &Fact| matches!(fact, Fact::Arrived { .. } | Fact::SteppedOut { .. });
        self.unrecorded.retain_mut(|waiting| {
            let day = waiting.at.date();
            let says = |fact: &Fact| entries.iter().any(|e| is_it(e, fact) && (!of_its_day(fact) || e.at.date() == day));
            let job = &mut waiting.job;
            let Request::Passes(passes) = &mut job.request else {
                return !job.drafts.iter().all(|d| entries.iter().any(|e| e.fact == d.fact));
            };
            let met = |child: ChildId| {
                let mut passing = job.drafts.iter().filter(|d| is_passing(&d.fact) && d.fact.child() == Some(child)).peekable();
                passing.peek().is_some() && passing.all(|d| says(&d.fact))
            };
            let met: Vec<ChildId> = passes.iter().map(|p| p.child).filter(|c| met(*c)).collect();
            passes.retain(|p| !met.contains(&p.child));
            job.verdicts.retain(|(child, _)| !met.contains(child));
            job.drafts.retain(|d| d.fact.child().is_none_or(|child| !met.contains(&child)));
            !passes.is_empty()
        });
        // Its numbers are places: with one gone they mean others.
        if self.unrecorded.len() != before && matches!(self.dialog, Some(Dialog::Unrecorded(_))) {
            self.dialog = None;
            self.said = Some(Said::Hint(Hint::Changed));
        }
        if self.unrecorded.is_empty() && self.halt.is_none() {
            self.refused = None;
        }
        self.know();
    }

    /// Whether a child came, so that a hold on it is entered, or told as one that came too late.
    fn has_come(&self, child: ChildId) -> bool {
        self.day.state().presence(child) != Presence::NotHere
    }

    /// Where a hold on a child stands in the list, if one does.
    pub(super) fn unrecorded_hold(&self, child: ChildId) -> Option<usize> {
        self.unrecorded.iter().position(|waiting| held_back(&waiting.job).any(|held| held == child)).filter(|_| self.has_come(child))
    }

    /// Where the first hold on a child that came stands in the list.
    pub(super) fn first_unrecorded_hold(&self) -> Option<usize> {
        self.unrecorded.iter().position(|waiting| held_back(&waiting.job).any(|child| self.has_come(child)))
    }

    /// Where a hold on a child or another of its household stands in the list: whoever was refused may stand there still.
    pub(super) fn unrecorded_hold_of_family(&self, child: ChildId) -> Option<usize> {
        let household = self.register.child(child).map(|c| c.household);
        // Who comes is taken in all the same.
        let household = household.filter(|_| self.day.state().presence(child).is_here());
        let siblings = household.map(|h| self.register.household(h).collect::<Vec<_>>()).unwrap_or_default();
        self.unrecorded_hold(child).or_else(|| siblings.into_iter().find_map(|sibling| self.unrecorded_hold(sibling)))
    }

    /// Where it stands in the list that naming somebody for a child was stopped: it does not go home alone meanwhile.
    pub(super) fn unrecorded_stop(&self, child: ChildId) -> Option<usize> {
        self.unrecorded.iter().position(|waiting| reported_for(&waiting.job) == Some(child))
    }

    /// Where a wrong pass phrase for this collector's child stands in the list, if one does: it is not counted yet.
    pub(super) fn uncounted_phrase(&self, collector: CollectorId) -> Option<usize> {
        let child = self.register.collector(collector)?.child;
        self.unrecorded.iter().position(|waiting| wrong_phrase_for(&waiting.job) == Some(child))
    }

    /// What taking it back would ask for, as if it were on record; of an undo, what it takes back and what it puts back.
    fn demand_of_dropping(&self, waiting: &Unrecorded) -> Demand {
        let undone = |fact: &Fact| if let Fact::Undone { seq, .. } = fact { self.day.entry(*seq).map(|e| e.fact.clone()) } else { None };
        let says = waiting.job.drafts.iter().flat_map(|draft| match undone(&draft.fact) {
            Some(fact) => changed_back(&fact).into_iter().chain([fact]).collect(),
            None => vec![draft.fact.clone()],
        });
        let (seq, at) = (self.head, waiting.at);
        let entry = |fact| Entry { seq, act: seq, day: at.date(), at, entered_at: at, desk: self.desk.clone(), staff: None, fact };
        let entries: Vec<Entry> = says.map(entry).collect();
        demand::of_undoing(self.room(), &entries.iter().collect::<Vec<_>>())
    }

    /// Whether nobody here may drop it: what keeps a child safe is dropped by nobody, anything else by whoever could take it back.
    fn must_stay(&self, at: usize) -> bool {
        let Some(waiting) = self.unrecorded.get(at) else { return false };
        let may_drop = || self.is_of_another_day(waiting) || self.demand_of_dropping(waiting).is_met(self.room(), self.now).is_ok();
        keeps_safe(&waiting.job) || !may_drop()
    }

    /// Whether it was wanted on another day, and neither says where a child was nor changes the register: then it is done anew, or
    /// dropped by name.
    pub(super) fn is_of_another_day(&self, waiting: &Unrecorded) -> bool {
        let job = &waiting.job;
        let another = waiting.at.date() != self.now.date() && !matches!(job.request, Request::Passes(_)) && !keeps_safe(job);
        another && self.demand_of_dropping(waiting).of != Carrier::Keeper
    }

    /// Whether an Enter can enter it now, or ask about it. An undo is answered by its number only.
    pub(super) fn can_be_entered(&self, waiting: &Unrecorded) -> bool {
        let job = &waiting.job;
        let state = self.day.state();
        let stands = || decide(self.room(), &job.request, self.now).objection.is_none();
        match &job.request {
            _ if reported_for(job).is_some() => true,
            _ if holds(&job.drafts) => held_back(job).any(|child| self.has_come(child)),
            Request::Passes(passes) if goes(&job.drafts) => passes.iter().any(|pass| matches!(state.presence(pass.child), Presence::In(_))),
            Request::Passes(passes) if comes(&job.drafts) => {
                passes.iter().any(|pass| !matches!(state.presence(pass.child), Presence::In(_))) && stands()
            }
            Request::Passes(_) => stands(),
            Request::Act(_) => !self.is_of_another_day(waiting) && !self.is_overtaken(job, waiting.at) && stands(),
            Request::Undo { .. } => false,
        }
    }

    /// Enter: the first that can be entered now; what cannot is shown by name.
    pub(super) fn enter_unrecorded(&mut self) -> Vec<Effect> {
        match self.unrecorded.iter().position(|waiting| self.can_be_entered(waiting)) {
            Some(at) => self.try_unrecorded(at),
            None => self.show_one_unrecorded(0),
        }
    }

    fn show_one_unrecorded(&mut self, at: usize) -> Vec<Effect> {
        self.open(Dialog::Unrecorded(Waiting::One(at)));
        self.say_why_it_stays(at);
        Vec::new()
    }

    /// Tries one of them again, in the room as it stands now.
    pub(super) fn try_unrecorded(&mut self, at: usize) -> Vec<Effect> {
        let Some(waiting) = self.unrecorded.get(at).cloned() else { return self.hint(Hint::NothingUnrecorded) };
        if self.is_of_another_day(&waiting) {
            return self.show_one_unrecorded(at);
        }
        let job = waiting.job;
        let stands = match &job.request {
            _ if reported_for(&job).is_some() => false,
            // It stands in the list until it is recorded, or dropped by name: the question may be left again.
            Request::Passes(passes) if goes(&job.drafts) => {
                self.ask_again(passes.clone(), waiting.at);
                return Vec::new();
            }
            Request::Passes(_) if holds(&job.drafts) => false,
            // By now it may be another question: it stands until that is answered, or it is dropped.
            Request::Passes(_) => {
                let decision = decide(self.room(), &job.request, self.now);
                decision.objection.is_some() || decision.drafts != job.drafts
            }
            Request::Act(_) | Request::Undo { .. } => {
                if self.is_overtaken(&job, waiting.at) {
                    self.open(Dialog::Unrecorded(Waiting::One(at)));
                    return self.hint(Hint::Changed);
                }
                decide(self.room(), &job.request, job.decided_at(self.now)).objection.is_some()
            }
        };
        if !stands {
            self.unrecorded.remove(at);
            self.know();
        }
        // It is tried itself, whatever else waits.
        self.whatever_waits(|model| model.again(job))
    }

    /// Tries what has to be on record first; what came after it is decided once that is.
    pub(super) fn try_first(&mut self, at: usize, request: Request, of_form: bool) -> Vec<Effect> {
        self.deferred.push_back(Deferred { request, of_form, head: self.head });
        self.try_unrecorded(at)
    }

    /// Decides what waited until something else was tried. Where that could not be recorded only who is not here yet is taken in.
    pub(super) fn decide_deferred(&mut self) -> Vec<Effect> {
        let mut effects = Vec::new();
        while self.on_its_way.is_none()
            && self.jobs.is_empty()
            && let Some(Deferred { request, of_form, head }) = self.deferred.pop_front()
        {
            let is_recorded = self.head > head;
            effects.extend(match request {
                Request::Passes(mut passes) => {
                    for pass in &mut passes {
                        pass.answers.go = false;
                    }
                    if is_recorded { self.of_before(self.now, |model| model.decide_passes(passes)) } else { self.take_in_all_the_same(passes) }
                }
                request if is_recorded => self.enter_from(request, of_form),
                Request::Act(_) | Request::Undo { .. } => Vec::new(),
            });
        }
        effects
    }

    /// An arrival is never kept out by what waits.
    fn take_in_all_the_same(&mut self, mut passes: Vec<Pass>) -> Vec<Effect> {
        passes.retain(|pass| !self.has_come(pass.child) && !self.waits_to_be_recorded(pass.child));
        if passes.is_empty() {
            return Vec::new();
        }
        self.whatever_waits(|model| model.decide_passes(passes))
    }

    fn whatever_waits<T>(&mut self, decides: impl FnOnce(&mut Self) -> T) -> T {
        let before = std::mem::replace(&mut self.in_any_case, true);
        let outcome = decides(self);
        self.in_any_case = before;
        outcome
    }

    /// A child was scanned: an undo that waits, by which it would not be here, is overtaken.
    pub(super) fn overtake_undoing(&mut self, child: ChildId) {
        let is_undo = |waiting: &Unrecorded| matches!(waiting.job.request, Request::Undo { .. });
        let overtaken: Vec<bool> = self.unrecorded.iter().map(|waiting| is_undo(waiting) && self.would_take_away(waiting, child)).collect();
        for (waiting, overtaken) in self.unrecorded.iter_mut().zip(overtaken) {
            waiting.job.overtaken |= overtaken;
        }
        self.know();
    }

    /// Whether something has happened since to the children of whom it says something, or it would say it of others by now: it is done
    /// anew, or dropped.
    fn is_overtaken(&self, job: &Job, since: Moment) -> bool {
        if job.overtaken {
            return true;
        }
        let decision = decide(self.room(), &job.request, job.decided_at(self.now));
        let undone = |fact: &Fact| if let Fact::Undone { seq, .. } = fact { self.day.entry(*seq)?.fact.child() } else { None };
        let of = |drafts: &[Draft]| drafts.iter().filter_map(|d| d.fact.child().or_else(|| undone(&d.fact))).collect::<BTreeSet<ChildId>>();
        let children = of(&job.drafts);
        let is_where = |fact: &Fact| changes_presence(fact) || matches!(fact, Fact::Account(Account::Missed { .. } | Account::Found { .. }));
        let later = self.day.entries().iter().rev().take_while(|e| e.entered_at.ms >= since.ms);
        let later = later.filter(|e| !job.drafts.iter().any(|d| matches!(d.fact, Fact::Undone { seq, .. } if seq == e.seq)));
        let group = |fact: &Fact| if let Fact::Group(step) = fact { step.group() } else { None };
        let is_of_the_same = |fact: &Fact| group(fact).is_some_and(|id| job.drafts.iter().any(|d| group(&d.fact) == Some(id)));
        let is_of_them = |fact: &Fact| is_where(fact) && fact.child().is_some_and(|child| children.contains(&child));
        let happened = later.into_iter().any(|e| is_of_them(&e.fact) || is_of_the_same(&e.fact));
        // A call, a search, an undo, or who stays is about where the child was; what changes the register is not.
        let about_where = match job.request {
            Request::Act(Act::Account(_) | Act::Group(_) | Act::Move { .. } | Act::CallOver { .. }) | Request::Undo { .. } => true,
            Request::Act(_) | Request::Passes(_) => false,
        };
        about_where && (happened || (decision.objection.is_none() && of(&decision.drafts) != children))
    }

    /// The list, or what to do with one of it.
    pub(super) fn unrecorded_question(&self, waiting: Waiting) -> Question {
        match waiting {
            Waiting::List => Question::choose(Prompt::WhichUnrecorded, (0..self.unrecorded.len()).map(Label::Unrecorded)),
            Waiting::One(at) => Question::choose(Prompt::WithUnrecorded(at), {
                // A hold is lifted by a leader, not dropped.
                let drop = (!self.must_stay(at)).then_some(Label::DropUnrecorded(at));
                let is_over = self.unrecorded.get(at).is_some_and(|waiting| self.is_of_another_day(waiting));
                let again = (!is_over).then_some(Label::TryAgain(at));
                again.into_iter().chain(drop)
            }),
        }
    }

    /// Says why one of the list is not entered any more, or not dropped here.
    pub(super) fn say_why_it_stays(&mut self, at: usize) {
        let Some(waiting) = self.unrecorded.get(at) else { return };
        let why = match (self.is_of_another_day(waiting), keeps_safe(&waiting.job)) {
            (true, _) => Some(Hint::OfAnotherDay(waiting.at)),
            (false, true) => Some(Hint::KeptForSafety),
            (false, false) => self.must_stay(at).then_some(Hint::NotYoursToDrop),
        };
        self.said = why.map(Said::Hint).or(self.said.take());
    }

    /// The command: the list, if there is one.
    pub(super) fn show_unrecorded(&mut self) -> Vec<Effect> {
        if self.unrecorded.is_empty() {
            return self.hint(Hint::NothingUnrecorded);
        }
        self.open(Dialog::Unrecorded(Waiting::List));
        Vec::new()
    }

    /// Somebody says that it is not wanted any more.
    pub(super) fn drop_unrecorded(&mut self, at: usize) -> Vec<Effect> {
        self.dialog = None;
        if at >= self.unrecorded.len() || self.must_stay(at) {
            return self.hint(Hint::NothingUnrecorded);
        }
        let dropped = self.unrecorded.remove(at);
        self.know();
        self.hint(Hint::Dropped(dropped.job.drafts.into_iter().map(|d| d.fact).collect()))
    }
}
