//! Who comes through the door: an arrival, somebody who is here already or has gone, somebody who was out.

use super::{Proof, Purpose, Step, shown};
use crate::domain::card::CardNumber;
use crate::domain::custody::{Card, Custody};
use crate::domain::day::{Outing, Visit};
use crate::domain::fact::{Account, Fact, Holder, Means, Taker};
use crate::domain::settings::Place;
use crate::domain::time::Moment;
use crate::rules::collect::presumed_holder;
use crate::rules::hours::doubt;
use crate::rules::verdict::Verdict;
use crate::rules::{Decision, Objection};

impl Step<'_> {
    pub(super) fn arrival(self) -> Decision {
        if self.pass.answers.somebody_else {
            return Decision::refuse(Objection::NotHere(self.child.id)); // it left, or its arrival was taken back, meanwhile
        }
        let (card, means, holder) = match &self.pass.proof {
            Proof::Card { .. } if self.could_be_another() => return self.ask(Verdict::TypedSchoolCard),
            Proof::Card { number, means, .. } => (Some(number.clone()), *means, presumed_holder(self.room, self.child.id, self.at.date())),
            Proof::Name => {
                // What is entered afterwards moves no card: nobody says that it was handed over then, and it hangs there.
                let hangs = |c: &&Card| self.pass.at.is_none() && c.custody == Custody::Rack;
                let card = self.cards().into_iter().find(hangs).map(|c| c.number.clone());
                (card, Means::Name, presumed_holder(self.room, self.child.id, self.at.date()))
            }
            Proof::Escort(name) => {
                let handed = |cards: &[&Card]| cards.iter().find(|c| Some(&c.number) == self.pass.handed.as_ref()).map(|c| c.number.clone());
                let cards = self.cards();
                let known = || cards.iter().find(|c| c.custody != Custody::Astray).map(|c| c.number.clone());
                let card = handed(&cards).or_else(known);
                (card, Means::Batch, Holder::Escort(name.clone()))
            }
            Proof::CardUnread | Proof::NoCard(_) | Proof::StaffParent(_) | Proof::SelfLeave | Proof::NotBack { .. } => {
                return Decision::refuse(Objection::NotHere(self.child.id));
            }
        };
        let doubt = if self.pass.answers.again { None } else { doubt(self.room, self.child, self.at.date()) };
        if doubt.is_some() && !self.pass.answers.despite_doubt {
            return doubt.map_or_else(Decision::default, |d| self.at_the_door(Verdict::Doubt(d)));
        }
        let mut facts = vec![Fact::Arrived { child: self.child.id, card: card.clone(), means, holder, place: Place::room(), despite: doubt }];
        // Long after it came nobody hands a card from its hook to whoever brought it.
        let late = self.pass.at.is_some() && !shown::is_at_the_door(self.at, self.now);
        if let Some(number) = card.filter(|number| !(late && self.is_where(number, Custody::Rack))) {
            facts.extend(self.move_card(&number, Custody::Holder));
        }
        let verdict = if self.child.health.is_some() { Verdict::InAlert } else { Verdict::InOk };
        self.record(verdict, facts)
    }

    /// Whoever is shown and not taken in at once stands at the door: that is on record while the question waits, so that no list and no
    /// next start leaves the child out. What is entered afterwards is only asked about.
    fn at_the_door(self, verdict: Verdict) -> Decision {
        let is_known = self.state.child(self.child.id).is_some_and(|day| day.at_door.is_some());
        if is_known || self.pass.at.is_some() {
            return self.ask(verdict);
        }
        self.record(verdict, vec![Fact::Account(Account::AtDoor { child: self.child.id })])
    }

    /// A number typed by hand on a school's own card has no check digit: it may be another child's.
    fn could_be_another(self) -> bool {
        let unsure = matches!(self.pass.proof, Proof::Card { means: Means::Typed, own: false, .. });
        unsure && !self.pass.answers.is_this_child
    }

    pub(super) fn repeat(self, _visit: &Visit, taker: Taker, at: Moment) -> Decision {
        let facts: Vec<Fact> = match &self.pass.proof {
            // One that is astray comes back by the hands of the staff alone: that it was read does not say that it was taken.
            Proof::Card { number, .. } if self.is_where(number, Custody::Astray) => Vec::new(),
            Proof::Card { number, .. } => self.move_card(number, Custody::Rack).into_iter().collect(),
            Proof::Name
            | Proof::CardUnread
            | Proof::Escort(_)
            | Proof::NoCard(_)
            | Proof::StaffParent(_)
            | Proof::SelfLeave
            | Proof::NotBack { .. } => vec![],
        };
        self.record(Verdict::Repeat { taker, at, returned: !facts.is_empty() }, facts)
    }

    pub(super) fn inside(self, visit: &Visit) -> Decision {
        if self.pass.answers.somebody_else {
            return self.hold_back(self.called());
        }
        if self.pass.answers.again {
            return Decision::refuse(Objection::AlreadyHere(self.child.id)); // another desk has taken it in again
        }
        if let Some(decision) = self.of_an_earlier_day(visit) {
            return decision;
        }
        let by_name = matches!(self.pass.proof, Proof::Name | Proof::Escort(_) | Proof::NotBack { .. });
        let decision = if self.is_held() {
            self.ask(Verdict::Hold)
        } else if by_name {
            Decision::refuse(Objection::AlreadyHere(self.child.id))
        } else {
            self.pickup(visit)
        };
        self.still_here(visit, decision)
    }

    /// Out for a while: it comes back, or stays out by a person's decision. A return is no arrival, and nothing else is a return.
    pub(super) fn outside(self, visit: &Visit, outing: &Outing) -> Decision {
        if self.pass.answers.somebody_else {
            return self.hold_back(self.called());
        }
        if self.pass.purpose == Purpose::Outing {
            return Decision::refuse(Objection::IsOut(self.child.id));
        }
        if let Some(decision) = self.of_an_earlier_day(visit) {
            return decision;
        }
        let decision = match &self.pass.proof {
            Proof::Card { .. } if self.could_be_another() => self.ask(Verdict::TypedSchoolCard),
            Proof::Card { number, .. } if !self.is_the_card_of(outing, number) => Decision::refuse(Objection::IsOut(self.child.id)),
            Proof::Card { .. } if self.was_read_twice((outing.since, outing.seq)) => match outing.back_by {
                Some(back_by) => self.ask(Verdict::SteppedOut { taker: outing.taker, back_by }),
                None => Decision::refuse(Objection::IsOut(self.child.id)),
            },
            Proof::Card { number, .. } => self.back(Some(number.clone())),
            Proof::Name => self.back(self.card_on_its_hook(outing)),
            Proof::NotBack { .. } if self.is_held() => self.ask(Verdict::Hold),
            Proof::NotBack { .. } => self.pickup(visit),
            Proof::CardUnread | Proof::Escort(_) | Proof::NoCard(_) | Proof::StaffParent(_) | Proof::SelfLeave => {
                Decision::refuse(Objection::IsOut(self.child.id))
            }
        };
        self.still_here(visit, decision)
    }

    /// The child is here again, and the card goes out to its holder. One that was astray stays so: it says that the child is back, not
    /// who has it.
    fn back(self, card: Option<CardNumber>) -> Decision {
        let moved = card.filter(|number| !self.is_where(number, Custody::Astray)).and_then(|number| self.move_card(&number, Custody::Holder));
        self.record(Verdict::Back, std::iter::once(Fact::CameBack { child: self.child.id }).chain(moved).collect())
    }

    /// Whether a card means that the child is back: the one that was shown when it went, or its successor. Another card says nothing of
    /// where the child is; where none was shown, whoever has one is not who has the child, and somebody says that it is back.
    fn is_the_card_of(self, outing: &Outing, number: &CardNumber) -> bool {
        match outing.card() {
            Some(shown) if self.cards().iter().any(|c| c.number == *shown) => shown == number,
            Some(_) => self.cards().first().is_some_and(|c| c.number == *number),
            None => false,
        }
    }

    /// The card that was shown when the child went, or the one that took its place.
    fn card_on_its_hook(self, outing: &Outing) -> Option<CardNumber> {
        let shown = outing.card()?;
        let cards = self.cards();
        let card = cards.iter().find(|c| c.number == *shown).or_else(|| cards.first())?;
        (card.custody == Custody::Rack).then(|| card.number.clone())
    }
}
