//! What you answer is what you saw. A numbered list is a snapshot of things until it is closed: what it shows as n stays n,
//! what has gone is struck through and refuses, what is new comes at its end under a new number.
//!
//! The question that was shown last is kept. The same question as it is now takes its numbers from there. Another question
//! that stands in front by itself (time passed, another desk was at work) is shown before anything answers it.

use super::forms::Kind;
use super::office::{self, Screen, people, staff};
use super::question::{Asks, Choice, Label, Prompt, Question};
use super::said::{Hint, LastNotice, Said};
use super::{Attention, Dialog, How, Model, Msg};
use crate::domain::people::{ChildId, HouseholdId};
use crate::domain::trouble::Doubt;
use crate::rules::duty::plan;
use crate::rules::{Verdict, closing, undo};

/// What was in sight when the desk was last asked.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sight {
    /// The question that was shown last.
    pub(super) shown: Option<Shown>,
    /// The last line was a scan in the middle of an answer.
    interrupted: bool,
}

/// A question as it was shown.
#[derive(Clone, Debug)]
pub(super) struct Shown {
    front: Front,
    question: Option<Question>,
}

impl Shown {
    /// Nothing was in sight: whatever stands in front now is shown before anything answers it.
    pub(super) fn nothing() -> Self {
        Self { front: Front { of: Of::Nobody, prompt: None }, question: None }
    }
}

/// What a number or Enter would answer now: to be compared with what it would have answered before.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Standing {
    clock: Option<Doubt>,
    front: Front,
    alert: Option<ChildId>,
}

impl Standing {
    /// Whether nothing is there to be answered.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.clock.is_none() && self.alert.is_none() && self.front.of == Of::Nobody && self.front.prompt.is_none()
    }
}

/// Which question stands in front, whatever can be chosen in it just now.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Front {
    of: Of,
    prompt: Option<(Prompt, Asks)>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum Of {
    List(Dialog),
    Form(Kind, usize),
    Group(HouseholdId, Vec<ChildId>, Verdict),
    Arrived(ChildId),
    Gone(ChildId),
    Nobody,
}

/// Why a number is not answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Stale {
    /// There is no such number.
    NoSuch,
    /// What stood there has gone.
    Gone,
    /// What stands there means something else now.
    Changed,
}

impl Label {
    /// Whether both stand for the same thing, however it stands just now.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Taker { collector, .. }, Self::Taker { collector: other, .. }) => collector == other,
            (Self::Tick { child, .. }, Self::Tick { child: other, .. }) => child == other,
            (Self::Office(office::Pick::Staff(one)), Self::Office(office::Pick::Staff(other))) => match (one, other) {
                (staff::Pick::Plan { date, staff, .. }, staff::Pick::Plan { date: day, staff: other, .. }) => (date, staff) == (day, other),
                (one, other) => one == other,
            },
            (one, other) => one == other,
        }
    }

    /// The same without its tick.
    fn unticked(&self) -> Self {
        if let Self::Tick { child, .. } = self { Self::Tick { child: *child, on: false } } else { self.clone() }
    }

    /// Whether choosing it turns it into its opposite.
    fn is_switch(&self) -> bool {
        matches!(self, Self::Tick { .. } | Self::Office(office::Pick::Staff(staff::Pick::Plan { .. })))
    }
}

impl Question {
    /// The same list as it is `now`, under the numbers that were shown. `is_there` says of what the list shows no more
    /// whether it was only pushed off its end.
    #[must_use]
    pub fn kept(&self, mut now: Self, is_there: impl Fn(&Label) -> bool) -> Self {
        let same = self.choices.len() == now.choices.len() && self.choices.iter().zip(&now.choices).all(|(a, b)| a.label.is_same(&b.label));
        if same {
            for (choice, shown) in now.choices.iter_mut().zip(&self.choices) {
                choice.n = shown.n;
            }
            return now;
        }
        let mut left: Vec<Option<Choice>> = std::mem::take(&mut now.choices).into_iter().map(Some).collect();
        let mut from = 0;
        let mut free = 0;
        for shown in &self.choices {
            free = free.max(shown.n + 1);
            let is_it = |choice: &Option<Choice>| choice.as_ref().is_some_and(|c| c.label.is_same(&shown.label));
            // Lists mostly keep their order: what comes next is looked at first.
            let at = (from..left.len()).chain(0..from).find(|at| left.get(*at).is_some_and(is_it));
            now.choices.push(match at.and_then(|at| left.get_mut(at).and_then(Option::take)) {
                Some(choice) => {
                    from = at.map_or(from, |at| at + 1);
                    Choice { n: shown.n, ..choice }
                }
                None => Choice { default: false, gone: !is_there(&shown.label), n: shown.n, label: shown.label.unticked() },
            });
        }
        let new = left.into_iter().flatten().zip(free..).map(|(choice, n)| Choice { n, ..choice });
        now.choices.extend(new);
        now
    }
}

impl Model {
    /// The question that the next line answers, if one stands in front, under the numbers that were shown.
    #[must_use]
    pub fn question(&self) -> Option<Question> {
        if let Some(time) = self.time_question() {
            return Some(time);
        }
        let now = self.asked_now()?;
        let front = self.front(Some(&now));
        Some(self.numbered(now, &front)).filter(|q| !q.choices.is_empty() || !matches!(front.of, Of::List(Dialog::Office(_) | Dialog::Roll)))
    }

    fn numbered(&self, now: Question, front: &Front) -> Question {
        match self.sight.shown.as_ref().filter(|s| s.front == *front).and_then(|s| s.question.as_ref()) {
            Some(shown) => shown.kept(now, |label| self.is_there(label)),
            None => now,
        }
    }

    /// What a number or Enter would answer now.
    #[must_use]
    pub fn standing(&self) -> Standing {
        let front = self.front(self.asked_now().as_ref());
        Standing { clock: self.doubted.as_ref().map(|doubted| doubted.doubt), front, alert: self.alerts().first().copied() }
    }

    /// Which question stands in front.
    fn front(&self, asked: Option<&Question>) -> Front {
        let of = match (&self.dialog, self.queue.focus(), &self.last_notice) {
            (Some(Dialog::Form(form)), ..) if self.keyboard() == Attention::Dialog => Of::Form(form.kind.clone(), form.values.len()),
            (Some(list), ..) if self.keyboard() == Attention::Dialog => Of::List(list.clone()),
            (_, Some(group), _) => {
                let children = group.same_question().map(|w| w.pass.child).collect();
                group.asking().map_or(Of::Nobody, |asking| Of::Group(group.household, children, without_minutes(&asking.verdict)))
            }
            (_, None, Some(LastNotice::Arrived(child, _))) => Of::Arrived(*child),
            (_, None, Some(LastNotice::Repeat(pass))) => Of::Gone(pass.child),
            (_, None, None) => Of::Nobody,
        };
        Front { of, prompt: asked.map(|q| (q.prompt.clone(), q.asks)) }
    }

    /// Whether something that a list shows no more can be had all the same: it was only pushed off its end.
    fn is_there(&self, label: &Label) -> bool {
        let room = self.room();
        match (&self.dialog, label) {
            (Some(Dialog::Undo), Label::Undo(act)) => undo::is_candidate(room, *act),
            (Some(Dialog::Calls), Label::Dial { child, collector }) => {
                let room = self.known_room();
                let is_called = closing::to_call(room, self.now).iter().any(|(other, _)| other == child);
                is_called && closing::numbers(room, *child, self.now).iter().any(|c| c.id == *collector)
            }
            (Some(Dialog::Office(Screen::People(people::View::List(list, _)))), Label::Office(office::Pick::People(people::Pick::Child(child)))) => {
                people::children(list, room).contains(child)
            }
            (
                Some(Dialog::Office(Screen::Staff(staff::View::List { find, .. }))),
                Label::Office(office::Pick::Staff(staff::Pick::Person(person))),
            ) => staff::found(room, find).contains(person),
            (Some(Dialog::Office(Screen::Staff(staff::View::Day(_)))), Label::Office(office::Pick::Staff(staff::Pick::Plan { date, staff, on }))) => {
                if *on {
                    plan::planned(room, *date).contains(staff)
                } else {
                    plan::proposals(room, *date).iter().any(|p| p.staff == *staff)
                }
            }
            (_, _) => false,
        }
    }

    /// Whether what a message leaves in front is shown by it. What time or another desk does is not, nor what a scan does
    /// that came in the middle of an answer.
    pub(super) fn shows(&mut self, msg: &Msg) -> bool {
        match msg {
            Msg::Tick | Msg::News(_) => false,
            Msg::Line { how, .. } => {
                self.sight.interrupted = *how == How::Lifted;
                !self.sight.interrupted
            }
            Msg::Held(_) | Msg::Escape | Msg::Next | Msg::Mark { .. } | Msg::Command(_) | Msg::Toggle => {
                self.sight.interrupted = false;
                true
            }
            Msg::Recorded(_)
            | Msg::Behind(_)
            | Msg::Failed(_)
            | Msg::Looked(_)
            | Msg::LookedBack(..)
            | Msg::Stretches(_)
            | Msg::SecretDone(_)
            | Msg::CodeDrawn(_)
            | Msg::Drawn(_)
            | Msg::PinChecked { .. } => !self.sight.interrupted,
        }
    }

    /// Keeps what stands in front: everything when it is shown now, else only what is new at the end of the same list. A
    /// mark goes with its question.
    pub(super) fn keep_shown(&mut self, shown_now: bool) {
        let asked = self.asked_now();
        let front = self.front(asked.as_ref());
        let same = self.sight.shown.as_ref().map(|s| s.front == front);
        let nothing = front.of == Of::Nobody && asked.is_none();
        if nothing || same == Some(false) {
            self.marked = None;
        }
        let question = asked.map(|now| self.numbered(now, &front));
        match same {
            _ if nothing => self.sight.shown = self.sight.shown.take().filter(|_| !shown_now),
            _ if shown_now => self.sight.shown = Some(Shown { front, question }),
            Some(true) => {
                let shown = self.sight.shown.as_mut().and_then(|s| s.question.as_mut());
                if let (Some(shown), Some(now)) = (shown, question) {
                    let known = shown.choices.len();
                    shown.choices.extend(now.choices.into_iter().skip(known));
                }
            }
            // The scan came in the middle of an answer to nothing.
            None if self.sight.interrupted => self.sight.shown = Some(Shown::nothing()),
            Some(false) | None => {}
        }
    }

    /// Whether another question stands in front than was shown, by itself: then it is shown, and nothing is answered.
    pub(super) fn looks_again(&mut self) -> bool {
        let asked = self.asked_now();
        let front = self.front(asked.as_ref());
        let changed = self.sight.shown.as_ref().is_some_and(|s| s.front != front) && (asked.is_some() || front.of != Of::Nobody);
        if changed {
            self.said = Some(Said::Hint(Hint::Changed));
        }
        changed
    }

    /// Whether Enter alone would take something else than was shown: then that is shown, and nothing is answered.
    pub(super) fn default_changed(&mut self) -> bool {
        let shown = self.sight.shown.as_ref().and_then(|s| s.question.as_ref()).and_then(Question::default).map(|c| c.label.clone());
        let now = self.question();
        let changed = self.sight.shown.is_some()
            && match (shown, now.as_ref().and_then(Question::default)) {
                (Some(shown), Some(now)) => !shown.is_same(&now.label),
                (Some(_), None) | (None, Some(_)) => true,
                (None, None) => false,
            };
        if changed {
            self.said = Some(Said::Hint(Hint::Changed));
        }
        changed
    }

    /// What number `n` of the question in front stands for.
    pub(super) fn stands_for(&self, n: u32) -> Result<Label, Stale> {
        let question = self.question();
        let choice = question.as_ref().and_then(|q| q.choice(n)).ok_or(Stale::NoSuch)?;
        if choice.gone {
            return Err(Stale::Gone);
        }
        let shown = self.sight.shown.as_ref().and_then(|s| s.question.as_ref()).and_then(|q| q.choice(n));
        let turned = shown.is_some_and(|shown| choice.label.is_switch() && shown.label != choice.label);
        if turned { Err(Stale::Changed) } else { Ok(choice.label.clone()) }
    }

    /// The number under which the list as it is now has what was shown as `n`.
    pub(super) fn number_now(&self, n: u32) -> Result<u32, Stale> {
        let label = self.stands_for(n)?;
        let now = self.asked_now().and_then(|q| q.choices.into_iter().find(|c| c.label.is_same(&label)));
        now.map(|c| c.n).ok_or(Stale::Gone)
    }
}

/// A verdict whose question does not change by the minute.
fn without_minutes(verdict: &Verdict) -> Verdict {
    if let Verdict::Late { .. } = verdict { Verdict::Late { minutes: 0 } } else { verdict.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fact::Seq;
    use proptest::prelude::*;

    fn list(things: &[i64]) -> Question {
        Question::choose(Prompt::WhichUndo, things.iter().map(|n| Label::Undo(Seq(*n))))
    }

    #[test]
    fn a_list_keeps_its_numbers_strikes_what_has_gone_and_adds_at_its_end() {
        let shown = list(&[30, 20, 10]);
        let now = shown.kept(list(&[40, 30, 10]), |_| false);
        let rows: Vec<(u32, &Label, bool)> = now.choices.iter().map(|c| (c.n, &c.label, c.gone)).collect();
        let undo = |n| Label::Undo(Seq(n));
        assert_eq!(rows, [(1, &undo(30), false), (2, &undo(20), true), (3, &undo(10), false), (4, &undo(40), false)]);
        let back = now.kept(list(&[20, 10]), |_| false);
        assert_eq!(back.choices.iter().map(|c| c.gone).collect::<Vec<_>>(), [true, false, false, true], "what is back is no longer struck");
        let pushed = shown.kept(list(&[40, 30, 20]), |_| true);
        assert!(pushed.choices.iter().all(|c| !c.gone), "what was only pushed off the end can still be had");
    }

    #[test]
    fn a_choice_with_a_number_of_its_own_keeps_it() {
        let shown = list(&[1, 2]).and(9, Label::SomebodyElse);
        let now = shown.kept(list(&[2, 3]).and(9, Label::SomebodyElse), |_| false);
        assert_eq!(now.choices.iter().map(|c| c.n).collect::<Vec<_>>(), [1, 2, 9, 10]);
        assert_eq!(now.choice(9).map(|c| &c.label), Some(&Label::SomebodyElse));
    }

    proptest! {
        /// Whatever a list becomes, again and again: a number never stands for another thing, what is there is not struck, what
        /// is not there is, everything that is there has one number, and Enter takes what it would take in a fresh list.
        #[test]
        fn a_number_stands_for_one_thing(lists in proptest::collection::vec(proptest::collection::btree_set(0_i64..12, 0..9), 1..8), order in any::<u64>()) {
            let mut shown: Option<Question> = None;
            for (round, things) in lists.into_iter().enumerate() {
                let mut things: Vec<i64> = things.into_iter().collect();
                let by = usize::try_from(order >> (round % 32)).unwrap_or(0) % things.len().max(1);
                things.rotate_left(by);
                let now = list(&things).default_to(1);
                let next = shown.as_ref().map_or_else(|| now.clone(), |s| s.kept(now.clone(), |_| false));
                for old in shown.iter().flat_map(|s| &s.choices) {
                    prop_assert_eq!(next.choice(old.n).map(|c| &c.label), Some(&old.label));
                }
                for choice in &next.choices {
                    prop_assert_eq!(choice.gone, !now.choices.iter().any(|c| c.label == choice.label));
                    prop_assert_eq!(next.choices.iter().filter(|c| c.n == choice.n || c.label == choice.label).count(), 1);
                }
                prop_assert!(now.choices.iter().all(|c| next.choices.iter().any(|n| n.label == c.label)));
                prop_assert_eq!(next.default().map(|c| &c.label), now.default().map(|c| &c.label));
                shown = Some(next);
            }
        }
    }
}
