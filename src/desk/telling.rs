//! What is told beside the answer when something is on record: whom a bar reaches, whose time has passed already, whom a leader
//! is told of.

use std::collections::BTreeSet;

use crate::domain::fact::{Account, Entry, Fact, Ground};
use crate::domain::likeness::Described;
use crate::domain::people::{ChildId, Collector, CollectorId, Right};
use crate::rules::{barred, closing, groups};

use super::Model;
use super::said::Notice;

/// Whether a fact is about this collector's record.
fn is_about(fact: &Fact, collector: CollectorId) -> bool {
    matches!(fact, Fact::CollectorSet { now, .. } if now.id == collector)
}

/// Who is barred by this fact and was not before, or not by this name or number.
fn new_bar(fact: &Fact) -> Option<&Collector> {
    let Fact::CollectorSet { was, now } = fact else { return None };
    let is_it = |was: &Collector| was.right == Right::Barred && Described::from(was) == Described::from(&**now);
    (now.right == Right::Barred && !was.as_deref().is_some_and(is_it)).then_some(&**now)
}

impl Model {
    /// What is told beside the answer when these were recorded.
    pub(super) fn tell(&mut self, entries: &[Entry]) {
        let new_bars: Vec<&Collector> = entries.iter().filter_map(|e| new_bar(&e.fact)).collect();
        let changed = |id: CollectorId| {
            matches!(entries.iter().find(|e| is_about(&e.fact, id)), Some(Entry { fact: Fact::CollectorSet { was: Some(_), .. }, .. }))
        };
        let first = entries.iter().find(|e| matches!(e.fact, Fact::CollectorSet { .. })).map(|e| e.seq);
        let is_first = |id: CollectorId| entries.iter().any(|e| Some(e.seq) == first && is_about(&e.fact, id));
        let along: Vec<CollectorId> = new_bars.iter().map(|bar| bar.id).filter(|id| changed(*id) && !is_first(*id)).collect();
        let with_number: BTreeSet<CollectorId> = new_bars.iter().flat_map(|bar| barred::of_the_number(&self.register, bar)).map(|c| c.id).collect();
        let siblings: BTreeSet<CollectorId> = new_bars.iter().flat_map(|bar| barred::of_siblings(&self.register, bar)).map(|c| c.id).collect();
        for collector in siblings {
            self.notice(Notice::OnSiblingsList(collector));
        }
        for collector in along {
            self.notice(Notice::AlsoBarred(collector));
        }
        for collector in with_number {
            self.notice(Notice::HasNumberOfBarred(collector));
        }
        self.tell_of_other_hands(entries);
        for entry in entries {
            #[allow(clippy::wildcard_enum_match_arm)] // only these are told besides
            match &entry.fact {
                Fact::Account(Account::Incident { child, kind }) => {
                    self.notice(Notice::IncidentOpened(*child, *kind));
                    self.notice(Notice::LeaderTold(*child));
                }
                // One that is entered late may be overdue already: its time will not come any more.
                Fact::SteppedOut { child, .. } if closing::is_overdue(self.room(), *child, self.now) => {
                    self.notice(Notice::Alarm(closing::Alarm::NotBack(*child)));
                }
                // So is a call that is entered late.
                Fact::Account(Account::Chased { child, about, .. })
                    if entry.at.ms < entry.entered_at.ms && closing::is_due_again(self.room(), *child, *about, self.now) =>
                {
                    self.notice(Notice::Alarm(closing::Alarm::CallAgain(*child)));
                }
                Fact::NoCardCounted { child, now, .. } => self.notice(Notice::NoCardThisMonth(*child, now.count)),
                Fact::Released { child, ground: Ground::LeftOpen, .. } => {
                    self.notice(Notice::LeftOpenCounted(*child, entry.at.date()));
                    self.notice(Notice::LeaderTold(*child));
                }
                _ => {}
            }
        }
    }

    /// Somebody was barred, here, at another desk or by an import: whoever is with such a person just now, under whatever record of the
    /// name, is told of.
    pub(super) fn tell_of_other_hands(&mut self, entries: &[Entry]) {
        let bar = |e: &Entry| if let Fact::CollectorSet { now, .. } = &e.fact { Some(now.id).filter(|_| now.right == Right::Barred) } else { None };
        let bars: Vec<CollectorId> = entries.iter().filter_map(bar).collect();
        if bars.is_empty() {
            return;
        }
        let (room, on) = (self.room(), self.day.date());
        let is_meant = |child: ChildId| barred::of_the_name(&self.register, child, on).any(|bar| bars.contains(&bar.id));
        let children: Vec<ChildId> = self.day.state().children().map(|(id, _)| id).collect();
        let told: Vec<ChildId> = children.into_iter().filter(|id| is_meant(*id) && groups::is_in_barred_hands(room, *id)).collect();
        for child in told {
            self.notice(Notice::OtherHands(child));
            self.notice(Notice::LeaderTold(child));
        }
    }
}
