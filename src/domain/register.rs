//! People, cards and staff as they stand: the fold of the facts that outlive a day.
//!
//! The register tables of the store are written in the same transaction as the journal and always equal this fold.
//! Custody of cards lives here, for it outlives the day.

use std::collections::{BTreeMap, HashMap};

use super::card::CardNumber;
use super::custody::{Card, CardCount, CardState, Custody};
use super::fact::{Entry, Fact, MonthCount, Seq};
use super::people::{Child, ChildId, Collector, CollectorId, HouseholdId, Staff, StaffId};
use super::time::Moment;

/// People, cards and staff as they stand.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Register {
    children: BTreeMap<ChildId, Child>,
    collectors: BTreeMap<CollectorId, Collector>,
    cards: BTreeMap<CardNumber, Card>,
    staff: BTreeMap<StaffId, Staff>,
    pins: BTreeMap<StaffId, PinTries>,
    no_card: BTreeMap<ChildId, MonthCount>,
    by_child: HashMap<ChildId, Vec<CollectorId>>,
    by_household: HashMap<HouseholdId, Vec<ChildId>>,
    card_of: HashMap<ChildId, Vec<CardNumber>>,
}

/// Wrong tries of one person's PIN since the last right one.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct PinTries {
    /// How many.
    pub count: u32,
    /// When the last one was made, milliseconds since 1970.
    pub last_ms: i64,
}

impl PinTries {
    /// Wrong tries that are free.
    pub const FREE: u32 = 5;

    /// Until when no further try is taken: 30 s after the fifth, doubling, one hour at most.
    #[must_use]
    pub fn locked_until(&self, offset_min: i32) -> Option<Moment> {
        let over = self.count.checked_sub(Self::FREE)?;
        let seconds = (30_i64 << over.min(7)).min(3600);
        Some(Moment { ms: self.last_ms.saturating_add(seconds * 1000), offset_min })
    }
}

impl Register {
    /// Folds one entry in. An [`Fact::Undone`] needs the entry it takes back: see [`Register::apply_with`].
    pub fn apply(&mut self, entry: &Entry) {
        let at = entry.entered_at;
        match &entry.fact {
            Fact::ChildSet { now, .. } => self.put_child((**now).clone()),
            Fact::CollectorSet { now, .. } => self.put_collector((**now).clone()),
            Fact::CardSet { now, .. } => self.put_card((**now).clone()),
            Fact::CardLost { was, .. } => self.put_card(Card { state: CardState::Lost { at: entry.at }, ..(**was).clone() }),
            Fact::CardMoved { number, now, .. } => self.move_card(number, *now),
            Fact::StaffSet { now, .. } => {
                self.staff.insert(now.id, (**now).clone());
            }
            Fact::PinTried { staff } => {
                let tries = self.pins.entry(*staff).or_default();
                tries.count += 1;
                tries.last_ms = at.ms;
            }
            Fact::PinProved { staff } => {
                self.pins.remove(staff);
            }
            Fact::NoCardCounted { child, now, .. } => {
                self.no_card.insert(*child, *now);
            }
            Fact::Imported { .. }
            | Fact::SignedOn { .. }
            | Fact::SignedOff { .. }
            | Fact::ActorChosen { .. }
            | Fact::Arrived { .. }
            | Fact::HolderNamed { .. }
            | Fact::AlertAcknowledged { .. }
            | Fact::Released { .. }
            | Fact::SteppedOut { .. }
            | Fact::CameBack { .. }
            | Fact::Moved { .. }
            | Fact::CalledOver { .. }
            | Fact::LeaveTaken { .. }
            | Fact::NoteLeft { .. }
            | Fact::Called { .. }
            | Fact::HeldBack { .. }
            | Fact::Refused { .. }
            | Fact::RefusedAgain { .. }
            | Fact::Undone { .. } => {}
        }
    }

    /// Folds one entry in; `find` gives the entry that an [`Fact::Undone`] takes back.
    pub fn apply_with<'a>(&mut self, entry: &Entry, find: impl Fn(Seq) -> Option<&'a Entry>) {
        if let Fact::Undone { seq, .. } = entry.fact {
            if let Some(undone) = find(seq) {
                self.take_back(&undone.fact);
            }
        } else {
            self.apply(entry);
        }
    }

    /// Puts back what was before this fact. Correct only while nothing later rests on it, which the rules see to.
    pub fn take_back(&mut self, fact: &Fact) {
        match fact {
            Fact::ChildSet { was, now } => match was {
                Some(was) => self.put_child((**was).clone()),
                None => self.remove_child(now.id),
            },
            Fact::CollectorSet { was, now } => match was {
                Some(was) => self.put_collector((**was).clone()),
                None => self.remove_collector(now.id),
            },
            Fact::CardSet { was, now } => match was {
                Some(was) => self.put_card((**was).clone()),
                None => self.remove_card(&now.number),
            },
            Fact::CardLost { was, .. } => self.put_card((**was).clone()),
            Fact::CardMoved { number, was, .. } => self.move_card(number, *was),
            Fact::StaffSet { was, now } => match was {
                Some(was) => {
                    self.staff.insert(was.id, (**was).clone());
                }
                None => {
                    self.staff.remove(&now.id);
                }
            },
            Fact::NoCardCounted { child, was, .. } => match was {
                Some(was) => {
                    self.no_card.insert(*child, *was);
                }
                None => {
                    self.no_card.remove(child);
                }
            },
            Fact::PinTried { .. }
            | Fact::PinProved { .. }
            | Fact::Imported { .. }
            | Fact::SignedOn { .. }
            | Fact::SignedOff { .. }
            | Fact::ActorChosen { .. }
            | Fact::Arrived { .. }
            | Fact::HolderNamed { .. }
            | Fact::AlertAcknowledged { .. }
            | Fact::Released { .. }
            | Fact::SteppedOut { .. }
            | Fact::CameBack { .. }
            | Fact::Moved { .. }
            | Fact::CalledOver { .. }
            | Fact::LeaveTaken { .. }
            | Fact::NoteLeft { .. }
            | Fact::Called { .. }
            | Fact::HeldBack { .. }
            | Fact::Refused { .. }
            | Fact::RefusedAgain { .. }
            | Fact::Undone { .. } => {}
        }
    }

    /// A child.
    #[must_use]
    pub fn child(&self, id: ChildId) -> Option<&Child> {
        self.children.get(&id)
    }

    /// All children, by number.
    pub fn children(&self) -> impl Iterator<Item = &Child> {
        self.children.values()
    }

    /// How many children there are, enrolled or not.
    #[must_use]
    pub fn child_count(&self) -> usize {
        self.children.len()
    }

    /// Children of one household, by number.
    #[must_use]
    pub fn household(&self, id: HouseholdId) -> &[ChildId] {
        self.by_household.get(&id).map_or(&[], Vec::as_slice)
    }

    /// Everybody ever listed for a child, by rank.
    pub fn collectors(&self, child: ChildId) -> impl Iterator<Item = &Collector> {
        self.by_child.get(&child).into_iter().flatten().filter_map(|id| self.collectors.get(id))
    }

    /// All collectors, by number.
    pub fn all_collectors(&self) -> impl Iterator<Item = &Collector> {
        self.collectors.values()
    }

    /// One collector.
    #[must_use]
    pub fn collector(&self, id: CollectorId) -> Option<&Collector> {
        self.collectors.get(&id)
    }

    /// A card by its number.
    #[must_use]
    pub fn card(&self, number: &CardNumber) -> Option<&Card> {
        self.cards.get(number)
    }

    /// All cards, by number.
    pub fn cards(&self) -> impl Iterator<Item = &Card> {
        self.cards.values()
    }

    /// The child's live card, if it has one.
    #[must_use]
    pub fn live_card(&self, child: ChildId) -> Option<&Card> {
        self.card_of.get(&child)?.iter().filter_map(|n| self.cards.get(n)).find(|c| c.state == CardState::Live)
    }

    /// A member of staff.
    #[must_use]
    pub fn staff_member(&self, id: StaffId) -> Option<&Staff> {
        self.staff.get(&id)
    }

    /// Everybody on the staff, by number.
    pub fn staff(&self) -> impl Iterator<Item = &Staff> {
        self.staff.values()
    }

    /// Whose staff card this is.
    #[must_use]
    pub fn staff_by_card(&self, number: &CardNumber) -> Option<&Staff> {
        self.staff.values().find(|s| s.active && s.card.as_ref() == Some(number))
    }

    /// Wrong PIN tries of this person since the last right one.
    #[must_use]
    pub fn pin_tries(&self, staff: StaffId) -> PinTries {
        self.pins.get(&staff).copied().unwrap_or_default()
    }

    /// All counts of wrong PIN tries, by person.
    pub fn all_pin_tries(&self) -> impl Iterator<Item = (StaffId, PinTries)> + '_ {
        self.pins.iter().map(|(s, t)| (*s, *t))
    }

    /// No-card releases of this child, in the last month that had one.
    #[must_use]
    pub fn no_card_count(&self, child: ChildId) -> Option<MonthCount> {
        self.no_card.get(&child).copied()
    }

    /// All no-card counts, by child.
    pub fn all_no_card_counts(&self) -> impl Iterator<Item = (ChildId, MonthCount)> + '_ {
        self.no_card.iter().map(|(c, n)| (*c, *n))
    }

    /// How many cards are where (I4).
    #[must_use]
    pub fn card_count(&self) -> CardCount {
        let mut n = CardCount::default();
        for card in self.cards.values() {
            let slot = match (card.state, card.custody) {
                (CardState::Live, Custody::Rack) => &mut n.rack,
                (CardState::Live, Custody::Holder) => &mut n.holder,
                (CardState::Live, Custody::Away) => &mut n.away,
                (CardState::Lost { .. }, _) => &mut n.lost,
                (CardState::Replaced { .. } | CardState::Expired { .. }, _) => continue,
            };
            *slot += 1;
            n.issued += 1;
        }
        n
    }

    /// The next free numbers for a child, a collector, a member of staff and a household.
    #[must_use]
    pub fn next_ids(&self) -> NextIds {
        NextIds {
            child: self.children.keys().next_back().map_or(1, |i| i.0 + 1),
            collector: self.collectors.keys().next_back().map_or(1, |i| i.0 + 1),
            staff: self.staff.keys().next_back().map_or(1, |i| i.0 + 1),
            household: self.children.values().map(|c| c.household.0).max().unwrap_or(0) + 1,
        }
    }

    /// Puts a count of wrong PIN tries in place, as the store reads it back.
    pub fn put_pin_tries(&mut self, staff: StaffId, tries: PinTries) {
        self.pins.insert(staff, tries);
    }

    /// Puts a no-card count in place, as the store reads it back.
    pub fn put_no_card_count(&mut self, child: ChildId, count: MonthCount) {
        self.no_card.insert(child, count);
    }

    /// Puts a member of staff in place, as the store reads it back.
    pub fn put_staff(&mut self, staff: Staff) {
        self.staff.insert(staff.id, staff);
    }

    /// Puts a child in place, as a fact says or as the store reads it back.
    pub fn put_child(&mut self, child: Child) {
        if self.children.get(&child.id).is_none_or(|old| old.household != child.household) {
            self.remove_child(child.id);
            let siblings = self.by_household.entry(child.household).or_default();
            let place = siblings.partition_point(|id| *id < child.id);
            siblings.insert(place, child.id);
        }
        self.children.insert(child.id, child);
    }

    /// Puts a collector in place, as a fact says or as the store reads it back.
    pub fn put_collector(&mut self, collector: Collector) {
        self.remove_collector(collector.id);
        let key = (collector.rank, collector.id);
        let collectors = &self.collectors;
        let list = self.by_child.entry(collector.child).or_default();
        let place = list.partition_point(|id| collectors.get(id).is_some_and(|c| (c.rank, c.id) < key));
        list.insert(place, collector.id);
        self.collectors.insert(collector.id, collector);
    }

    /// Puts a card in place, as a fact says or as the store reads it back.
    pub fn put_card(&mut self, card: Card) {
        if self.cards.get(&card.number).is_none_or(|old| old.child != card.child) {
            self.remove_card(&card.number);
            let list = self.card_of.entry(card.child).or_default();
            let place = list.partition_point(|n| *n < card.number);
            list.insert(place, card.number.clone());
        }
        self.cards.insert(card.number.clone(), card);
    }

    fn move_card(&mut self, number: &CardNumber, to: Custody) {
        if let Some(card) = self.cards.get_mut(number) {
            card.custody = to;
        }
    }

    fn remove_child(&mut self, id: ChildId) {
        if let Some(old) = self.children.remove(&id) {
            forget(&mut self.by_household, &old.household, &id);
        }
    }

    fn remove_collector(&mut self, id: CollectorId) {
        if let Some(old) = self.collectors.remove(&id) {
            forget(&mut self.by_child, &old.child, &id);
        }
    }

    fn remove_card(&mut self, number: &CardNumber) {
        if let Some(old) = self.cards.remove(number) {
            forget(&mut self.card_of, &old.child, number);
        }
    }
}

/// Takes one value out of a list in an index, and the list when it is empty, so that equal registers have equal indexes.
fn forget<K: std::hash::Hash + Eq, V: PartialEq>(index: &mut HashMap<K, Vec<V>>, key: &K, value: &V) {
    if let Some(list) = index.get_mut(key) {
        list.retain(|v| v != value);
        if list.is_empty() {
            index.remove(key);
        }
    }
}

/// The next free numbers.
#[derive(Clone, Copy, Debug)]
pub struct NextIds {
    /// For a child.
    pub child: i64,
    /// For a collector.
    pub collector: i64,
    /// For a member of staff.
    pub staff: i64,
    /// For a household.
    pub household: i64,
}

impl NextIds {
    /// Takes a number for a child.
    pub fn child(&mut self) -> ChildId {
        self.child += 1;
        ChildId(self.child - 1)
    }

    /// Takes a number for a collector.
    pub fn collector(&mut self) -> CollectorId {
        self.collector += 1;
        CollectorId(self.collector - 1)
    }

    /// Takes a number for a member of staff.
    pub fn staff(&mut self) -> StaffId {
        self.staff += 1;
        StaffId(self.staff - 1)
    }

    /// Takes a number for a household.
    pub fn household(&mut self) -> HouseholdId {
        self.household += 1;
        HouseholdId(self.household - 1)
    }
}
