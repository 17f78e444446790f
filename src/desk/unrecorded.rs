//! What could not be recorded: why, and the list of requests that wait until they are recorded or dropped by name.
//!
//! Nobody who was brought while the store was locked, or the disk full, is forgotten: every request stands with its time,
//! Enter tries the first again, and what is recorded late is recorded with the time at which it happened.

use crate::domain::fact::{Entry, Fact, OfficeFact};
use crate::domain::people::{ChildId, CollectorId};
use crate::domain::time::Moment;
use crate::domain::trouble::{FileFault, Gap};
use crate::rules::{Act, Request, Verdict, decide};

use super::question::{Label, Prompt, Question};
use super::record::{Job, goes};
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
fn held_back(job: &Job) -> impl Iterator<Item = ChildId> {
    job.drafts.iter().filter_map(|draft| if let Fact::HeldBack { child } = draft.fact { Some(child) } else { None })
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
        let Some(job) = self.jobs.pop_front() else {
            self.said = Some(Said::Verdict { children: Vec::new(), verdict: Verdict::NotRecorded });
            return Vec::new();
        };
        for child in held_back(&job) {
            self.queue.remove(child); // who was to be held is not asked about meanwhile: the next Enter holds it
        }
        let children = match &job.request {
            Request::Passes(passes) => passes.iter().map(|p| (p.child, Verdict::NotRecorded)).collect(),
            Request::Act(_) | Request::Undo { .. } => Vec::new(),
        };
        let stands = match &job.request {
            // A leader decides about the hold that stands then, with a PIN: later it may be another.
            Request::Act(Act::DecideHold { .. } | Act::Refused { .. } | Act::RefusedAgain { .. } | Act::TryPin { .. } | Act::ProvePin { .. }) => {
                false
            }
            Request::Act(_) | Request::Passes(_) | Request::Undo { .. } => job.pin.is_none(),
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
        let says = |fact: &Fact| entries.iter().any(|e| e.fact.kind() == fact.kind() && e.fact.child() == fact.child());
        self.unrecorded.retain_mut(|waiting| {
            let job = &mut waiting.job;
            let Request::Passes(passes) = &mut job.request else {
                return !job.drafts.iter().all(|d| entries.iter().any(|e| e.fact == d.fact));
            };
            let met = |child: ChildId| job.drafts.iter().any(|d| is_passing(&d.fact) && d.fact.child() == Some(child) && says(&d.fact));
            let met: Vec<ChildId> = passes.iter().map(|p| p.child).filter(|c| met(*c)).collect();
            passes.retain(|p| !met.contains(&p.child));
            job.verdicts.retain(|(child, _)| !met.contains(child));
            job.drafts.retain(|d| d.fact.child().is_none_or(|child| !met.contains(&child)));
            !passes.is_empty()
        });
        if self.unrecorded.is_empty() && self.halt.is_none() {
            self.refused = None;
        }
    }

    /// Where a hold on a child stands in the list, if one does.
    pub(super) fn unrecorded_hold(&self, child: ChildId) -> Option<usize> {
        self.unrecorded.iter().position(|waiting| waiting.held().any(|held| held == child))
    }

    /// Where a wrong pass phrase for this collector's child stands in the list, if one does: it is not counted yet.
    pub(super) fn uncounted_phrase(&self, collector: CollectorId) -> Option<usize> {
        let child = self.register.collector(collector)?.child;
        let tried = |fact: &Fact| matches!(fact, Fact::Office(OfficeFact::PhraseTried { child: of, right: false, .. }) if *of == child);
        self.unrecorded.iter().position(|waiting| waiting.job.drafts.iter().any(|draft| tried(&draft.fact)))
    }

    fn is_hold(&self, at: usize) -> bool {
        self.unrecorded.get(at).is_some_and(|waiting| waiting.held().next().is_some())
    }

    /// Tries one of them again, in the room as it stands now.
    pub(super) fn try_unrecorded(&mut self, at: usize) -> Vec<Effect> {
        let Some(waiting) = self.unrecorded.get(at).cloned() else { return self.hint(Hint::NothingUnrecorded) };
        let job = waiting.job;
        let stands = match &job.request {
            // It stands in the list until it is recorded, or dropped by name: the question may be left again.
            Request::Passes(passes) if goes(&job.drafts) => {
                self.ask_again(passes.clone(), waiting.at);
                return Vec::new();
            }
            // By now it may be another question: it stands until that is answered, or it is dropped.
            Request::Passes(_) => {
                let decision = decide(self.room(), &job.request, self.now);
                decision.objection.is_some() || decision.drafts != job.drafts
            }
            Request::Act(_) | Request::Undo { .. } => decide(self.room(), &job.request, self.now).objection.is_some(),
        };
        if !stands {
            self.unrecorded.remove(at);
        }
        self.again(job)
    }

    /// The list, or what to do with one of it.
    pub(super) fn unrecorded_question(&self, waiting: Waiting) -> Question {
        match waiting {
            Waiting::List => Question::choose(Prompt::WhichUnrecorded, (0..self.unrecorded.len()).map(Label::Unrecorded)),
            Waiting::One(at) => Question::choose(Prompt::WithUnrecorded(at), {
                // A hold is lifted by a leader, not dropped.
                let drop = (!self.is_hold(at)).then_some(Label::DropUnrecorded(at));
                std::iter::once(Label::TryAgain(at)).chain(drop)
            }),
        }
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
        if at >= self.unrecorded.len() || self.is_hold(at) {
            return self.hint(Hint::NothingUnrecorded);
        }
        let dropped = self.unrecorded.remove(at);
        self.hint(Hint::Dropped(dropped.job.drafts.into_iter().map(|d| d.fact).collect()))
    }
}
