//! The cards of the register: by number, by child, by the chip of a school's card; and how many are where.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::domain::card::CardNumber;
use crate::domain::custody::{Card, CardCount, CardState, Custody};
use crate::domain::face::{agree, chips};
use crate::domain::people::ChildId;

/// All cards, with what is looked up in them kept beside.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Cards {
    by_number: BTreeMap<CardNumber, Card>,
    of_child: BTreeSet<(ChildId, CardNumber)>,
    /// Schools' own cards by the low 24 bits that their numbers may stand for.
    by_chip: BTreeSet<(u32, CardNumber)>,
    /// How many numbers of ours there are, by length.
    own: BTreeMap<usize, usize>,
    count: CardCount,
    /// Of the live cards those with a last day, counted by that day.
    until: BTreeMap<NaiveDate, CardCount>,
}

impl Cards {
    /// All these, packed.
    pub(super) fn packed(cards: Vec<Card>) -> Self {
        let mut all = Self::default();
        for card in &cards {
            all.tally(card, true);
            if card.own {
                *all.own.entry(card.number.as_str().len()).or_default() += 1;
            }
        }
        let schools = cards.iter().filter(|c| !c.own);
        all.by_chip = schools.flat_map(|c| chips(c.number.as_str()).into_iter().map(|chip| (chip.low24(), c.number.clone()))).collect();
        all.of_child = cards.iter().map(|c| (c.child, c.number.clone())).collect();
        all.by_number = cards.into_iter().map(|c| (c.number.clone(), c)).collect();
        all
    }

    pub(super) fn get(&self, number: &CardNumber) -> Option<&Card> {
        self.by_number.get(number)
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Card> {
        self.by_number.values()
    }

    pub(super) fn of(&self, child: ChildId) -> impl Iterator<Item = &Card> {
        let own = self.of_child.range((child, CardNumber::new(""))..).take_while(move |(of, _)| *of == child);
        own.filter_map(|(_, number)| self.by_number.get(number))
    }

    /// A school's cards that this code may be a spelling of, live or not.
    pub(super) fn by_face(&self, code: &str) -> Vec<&Card> {
        let read = chips(code);
        let lows: BTreeSet<u32> = read.iter().map(|c| c.low24()).collect();
        let numbers: BTreeSet<&CardNumber> = lows
            .into_iter()
            .flat_map(|low| self.by_chip.range((low, CardNumber::new(""))..).take_while(move |(l, _)| *l == low))
            .map(|(_, number)| number)
            .filter(|number| agree(&read, &chips(number.as_str())))
            .collect();
        numbers.into_iter().filter_map(|number| self.by_number.get(number)).collect()
    }

    pub(super) fn has_own(&self) -> bool {
        !self.own.is_empty()
    }

    /// Whether numbers of ours have this length.
    pub(super) fn has_own_of_length(&self, length: usize) -> bool {
        self.own.contains_key(&length)
    }

    pub(super) fn count(&self) -> CardCount {
        self.count
    }

    /// The count without cards whose last day is before this one.
    pub(super) fn count_on(&self, date: NaiveDate) -> CardCount {
        self.until.range(..date).fold(self.count, |all, (_, lapsed)| all.without(*lapsed))
    }

    pub(super) fn put_count(&mut self, count: CardCount) {
        self.count = count;
    }

    pub(super) fn put(&mut self, card: Card) {
        self.remove(&card.number.clone());
        self.tally(&card, true);
        self.of_child.insert((card.child, card.number.clone()));
        if card.own {
            *self.own.entry(card.number.as_str().len()).or_default() += 1;
        } else {
            self.by_chip.extend(chips(card.number.as_str()).into_iter().map(|chip| (chip.low24(), card.number.clone())));
        }
        self.by_number.insert(card.number.clone(), card);
    }

    pub(super) fn remove(&mut self, number: &CardNumber) {
        let Some(old) = self.by_number.remove(number) else { return };
        self.tally(&old, false);
        self.of_child.remove(&(old.child, number.clone()));
        if old.own {
            let length = number.as_str().len();
            let left = self.own.get(&length).copied().unwrap_or(0).saturating_sub(1);
            if left == 0 {
                self.own.remove(&length);
            } else {
                self.own.insert(length, left);
            }
        } else {
            for chip in chips(number.as_str()) {
                self.by_chip.remove(&(chip.low24(), number.clone()));
            }
        }
    }

    pub(super) fn move_to(&mut self, number: &CardNumber, to: Custody) {
        let Some(old) = self.by_number.get(number).cloned() else { return };
        self.tally(&old, false);
        let now = Card { custody: to, ..old };
        self.tally(&now, true);
        self.by_number.insert(number.clone(), now);
    }

    fn tally(&mut self, card: &Card, add: bool) {
        let step = |count: &mut CardCount| if add { count.add(card) } else { count.take(card) };
        step(&mut self.count);
        if let (CardState::Live, Some(until)) = (card.state, card.until) {
            step(self.until.entry(until).or_default());
            self.until.retain(|_, count| count.issued > 0);
        }
    }
}
