//! What could not be recorded: why, and the list of requests that wait until they are recorded or dropped by name.
//!
//! Nobody who was brought while the store was locked, or the disk full, is forgotten: every request stands with its time,
//! Enter tries the first again, and what is recorded late is recorded with the time at which it happened.

use std::collections::BTreeSet;

use crate::domain::fact::{Account, Draft, Entry, Fact, Incident, OfficeFact};
use crate::domain::people::{ChildId, CollectorId};
use crate::domain::time::Moment;
use crate::domain::trouble::{FileFault, Gap};
use crate::rules::access::{Carrier, demand};
use crate::rules::collect::Vouch;
use crate::rules::pass::changes_presence;
use crate::rules::{Act, Request, Verdict, decide};

use super::question::{Label, Prompt, Question};
use super::record::{Job, goes, holds};
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

impl Unrecorded {
    /// The children whom it would hold back.
    fn held(&self) -> impl Iterator<Item = ChildId> {
        held_back(&self.job)
    }
}

/// The children whom a job holds back.
pub(super) fn held_back(job: &Job) -> impl Iterator<Item = ChildId> {
    job.drafts.iter().filter_map(|draft| if let Fact::HeldBack { child } = draft.fact { Some(child) } else { None })
}

/// The child for whom a job enters that naming somebody was stopped.
fn stopped_for(job: &Job) -> Option<ChildId> {
    let stop = |fact: &Fact| if let Fact::Account(Account::Incident { child, kind: Incident::NamingStopped }) = fact { Some(*child) } else { None };
    job.drafts.iter().find_map(|draft| stop(&draft.fact))
}

/// The child for whom a job counts a wrong pass phrase.
fn wrong_phrase_for(job: &Job) -> Option<ChildId> {
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
        if job.of_form && matches!(self.dialog, Some(Dialog::Form(_))) {
            self.close_dialog(); // everything was said: it stands in the list, or has to be said anew
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
            _ if job.pin.is_none() && (held_back(&job).next().is_some() || stopped_for(&job).is_some()) => true,
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
        let at = *job.since.get_or_insert(self.now);
        // Asked for once more, it is still one request.
        if let Some(same) = self.unrecorded.iter_mut().find(|u| is_same(&u.job, &job)) {
            (same.job, same.cause) = (job, cause);
            return;
        }
        let place = self.unrecorded.iter().position(|u| u.at > at).unwrap_or(self.unrecorded.len());
        self.unrecorded.insert(place, Unrecorded { job, at, cause });
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
        let says = |fact: &Fact| entries.iter().any(|e| is_it(e, fact));
        self.unrecorded.retain_mut(|waiting| {
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
    }

    /// Where a hold on a child stands in the list, if one does.
    pub(super) fn unrecorded_hold(&self, child: ChildId) -> Option<usize> {
        let is_here = self.day.state().presence(child).is_here();
        self.unrecorded.iter().position(|waiting| waiting.held().any(|held| held == child)).filter(|_| is_here)
    }

    /// Where the first hold on a child that is here stands in the list.
    pub(super) fn first_unrecorded_hold(&self) -> Option<usize> {
        let is_here = |child| self.day.state().presence(child).is_here();
        self.unrecorded.iter().position(|waiting| waiting.held().any(is_here))
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
        self.unrecorded.iter().position(|waiting| stopped_for(&waiting.job) == Some(child))
    }

    /// Where a wrong pass phrase for this collector's child stands in the list, if one does: it is not counted yet.
    pub(super) fn uncounted_phrase(&self, collector: CollectorId) -> Option<usize> {
        let child = self.register.collector(collector)?.child;
        self.unrecorded.iter().position(|waiting| wrong_phrase_for(&waiting.job) == Some(child))
    }

    /// Whether it holds a child, says that somebody was stopped, or counts a wrong pass phrase: nobody drops that. A bar or a lost card is
    /// dropped by whoever could take it back.
    fn must_stay(&self, at: usize) -> bool {
        // Whoever has gone is held by nothing any more.
        let is_here = |child| self.day.state().presence(child).is_here();
        self.unrecorded
            .get(at)
            .is_some_and(|waiting| waiting.held().chain(stopped_for(&waiting.job)).any(is_here) || wrong_phrase_for(&waiting.job).is_some())
            || self.unrecorded.get(at).is_some_and(|waiting| self.is_not_theirs_to_drop(waiting))
    }

    /// Whether it was wanted on another day and is nothing that says where a child was: then it is done anew, or dropped by name.
    fn is_of_another_day(&self, at: usize) -> bool {
        let another = |waiting: &Unrecorded| waiting.at.date() != self.now.date() && !matches!(waiting.job.request, Request::Passes(_));
        self.unrecorded.get(at).is_some_and(another) && !self.must_stay(at)
    }

    /// Tries one of them again, in the room as it stands now.
    pub(super) fn try_unrecorded(&mut self, at: usize) -> Vec<Effect> {
        let Some(waiting) = self.unrecorded.get(at).cloned() else { return self.hint(Hint::NothingUnrecorded) };
        if self.is_of_another_day(at) {
            self.open(Dialog::Unrecorded(Waiting::One(at)));
            self.say_another_day(at);
            return Vec::new();
        }
        let job = waiting.job;
        let stands = match &job.request {
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
                decide(self.room(), &job.request, self.now).objection.is_some()
            }
        };
        if !stands {
            self.unrecorded.remove(at);
        }
        self.again(job)
    }

    /// Whether something has happened since to the children of whom it says something, or it would say it of others by now: it is done
    /// anew, or dropped.
    fn is_overtaken(&self, job: &Job, since: Moment) -> bool {
        let decision = decide(self.room(), &job.request, self.now);
        let of = |drafts: &[Draft]| drafts.iter().filter_map(|d| d.fact.child()).collect::<BTreeSet<ChildId>>();
        let children = of(&job.drafts);
        let is_where = |fact: &Fact| changes_presence(fact) || matches!(fact, Fact::Account(Account::Missed { .. } | Account::Found { .. }));
        let later = self.day.entries().iter().rev().take_while(|e| e.entered_at.ms >= since.ms);
        let group = |fact: &Fact| if let Fact::Group(step) = fact { step.group() } else { None };
        let is_of_the_same = |fact: &Fact| group(fact).is_some_and(|id| job.drafts.iter().any(|d| group(&d.fact) == Some(id)));
        let is_of_them = |fact: &Fact| is_where(fact) && fact.child().is_some_and(|child| children.contains(&child));
        let happened = later.into_iter().any(|e| is_of_them(&e.fact) || is_of_the_same(&e.fact));
        // A call, a search, or who stays is about where the child was; what changes the register is not.
        let about_where = matches!(job.request, Request::Act(Act::Account(_) | Act::Group(_) | Act::Move { .. } | Act::CallOver { .. }));
        about_where && (happened || (decision.objection.is_none() && of(&decision.drafts) != children))
    }

    /// The list, or what to do with one of it.
    pub(super) fn unrecorded_question(&self, waiting: Waiting) -> Question {
        match waiting {
            Waiting::List => Question::choose(Prompt::WhichUnrecorded, (0..self.unrecorded.len()).map(Label::Unrecorded)),
            Waiting::One(at) => Question::choose(Prompt::WithUnrecorded(at), {
                // A hold is lifted by a leader, not dropped.
                let drop = (!self.must_stay(at)).then_some(Label::DropUnrecorded(at));
                let again = (!self.is_of_another_day(at)).then_some(Label::TryAgain(at));
                again.into_iter().chain(drop)
            }),
        }
    }

    /// Says of what was wanted on another day that it is not entered any more.
    pub(super) fn say_another_day(&mut self, at: usize) {
        let when = self.unrecorded.get(at).map(|waiting| waiting.at).filter(|_| self.is_of_another_day(at));
        self.said = when.map(|when| Said::Hint(Hint::OfAnotherDay(when))).or(self.said.take());
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
        self.hint(Hint::Dropped(dropped.job.drafts.into_iter().map(|d| d.fact).collect()))
    }
}
