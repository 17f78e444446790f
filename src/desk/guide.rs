//! The guided round of practice: take one in, release one, take that back, find one by name. It watches what is recorded
//! and steps on by itself; nothing is locked while it stands there.

use crate::domain::fact::{Entry, Fact};
use crate::domain::people::ChildId;
use crate::rules::pass::Proof;
use crate::rules::{Pass, Request, Verdict, decide};

use super::Model;
use super::roster::{Row, Standing};
use crate::domain::fact::Means;

/// What is to be tried next.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lesson {
    /// Sign on: nobody is on duty.
    SignOn,
    /// Take a child in.
    TakeIn,
    /// Release a child.
    Release,
    /// Take the release back.
    TakeBack,
    /// Find a child by name.
    Find,
    /// Everything was tried.
    Done,
}

impl Lesson {
    /// Its number, from 1, and how many there are; none for the end.
    #[must_use]
    pub fn number(self) -> Option<(usize, usize)> {
        let at = match self {
            Self::SignOn | Self::TakeIn => 1,
            Self::Release => 2,
            Self::TakeBack => 3,
            Self::Find => 4,
            Self::Done => return None,
        };
        Some((at, 4))
    }
}

impl Model {
    /// Begins the guided round.
    pub fn begin_guide(&mut self) {
        self.guide = Some(if self.day.state().duty().is_empty() { Lesson::SignOn } else { Lesson::TakeIn });
    }

    /// Begins the guided round, or ends it.
    pub(super) fn toggle_guide(&mut self) {
        if self.guide.take().is_none() {
            self.begin_guide();
        }
    }

    /// The guide sees what this desk recorded.
    pub(super) fn guide_sees(&mut self, entries: &[Entry]) {
        for entry in entries {
            #[allow(clippy::wildcard_enum_match_arm)] // a lesson waits for its own fact and no other
            let next = match (self.guide, &entry.fact) {
                (Some(Lesson::SignOn), Fact::SignedOn { .. }) => Lesson::TakeIn,
                (Some(Lesson::TakeIn), Fact::Arrived { .. }) => Lesson::Release,
                (Some(Lesson::Release), Fact::Released { .. }) => Lesson::TakeBack,
                (Some(Lesson::TakeBack), Fact::Undone { .. }) => Lesson::Find,
                (Some(Lesson::Done), _) => {
                    self.guide = None;
                    return;
                }
                _ => continue,
            };
            self.guide = Some(next);
        }
    }

    /// The guide sees that a child was found by name.
    pub(super) fn guide_sees_found(&mut self) {
        if self.guide == Some(Lesson::Find) {
            self.guide = Some(Lesson::Done);
        }
    }

    /// A child to try the lesson on, as the room stands now.
    #[must_use]
    pub fn guide_child(&self) -> Option<ChildId> {
        let rows = || self.table.rows().iter();
        let with_card = |row: &&Row| self.register.live_card(row.child).is_some();
        match self.guide? {
            Lesson::TakeIn => rows().filter(with_card).find(|r| r.standing == Standing::Expected).map(|r| r.child),
            Lesson::Release => rows().filter(with_card).filter(|r| r.standing == Standing::In).find(|r| self.just_goes(r.child)).map(|r| r.child),
            Lesson::Find => rows().filter(|r| r.standing == Standing::In).nth(2).map(|r| r.child),
            Lesson::SignOn | Lesson::TakeBack | Lesson::Done => None,
        }
    }

    /// Whether a scan of its card would end in one Enter, with no sibling beside it.
    fn just_goes(&self, child: ChildId) -> bool {
        let Some(card) = self.register.live_card(child) else { return false };
        let alone = self.register.child(child).is_some_and(|c| self.register.household(c.household).count() == 1);
        let proof = Proof::Card { number: card.number.clone(), means: Means::Scanned, own: true };
        let decision = decide(self.room(), &Request::Passes(vec![Pass::new(child, proof)]), self.now);
        alone && decision.verdicts.iter().all(|(_, v)| *v == Verdict::Out)
    }
}
