//! People, cards and staff as they stand: the fold of the facts that outlive a day.
//!
//! The register tables of the store are written in the same transaction as the journal and always equal this fold.
//! Custody of cards lives here, for it outlives the day.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::card::CardNumber;
use super::custody::{Card, CardCount, CardState};
use super::fact::{CardsOf, Entry, Fact, MonthCount, OfficeFact, RecoveryFact, Seq};
use super::people::{Child, ChildId, Collector, CollectorId, HouseholdId, Right, Staff, StaffId};
use super::time::Moment;

mod cards;
mod office;

use cards::Cards;
pub use office::Office;

/// People, cards and staff as they stand.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Register {
    // Boxed: the nodes of a map that grows in order are half empty, and of 100,000 families that would be 60 MB.
    children: BTreeMap<ChildId, Box<Child>>,
    collectors: BTreeMap<CollectorId, Box<Collector>>,
    cards: Cards,
    staff: BTreeMap<StaffId, Staff>,
    pins: BTreeMap<StaffId, PinTries>,
    recovery: BTreeMap<StaffId, Recovery>,
    no_card: BTreeMap<ChildId, MonthCount>,
    office: Office,
    by_child: BTreeSet<(ChildId, u8, CollectorId)>,
    barred: BTreeSet<CollectorId>,
    by_household: BTreeSet<(HouseholdId, ChildId)>,
    in_doubt: BTreeSet<ChildId>,
    given: Given,
}

/// The highest numbers that were given as far as this register has seen: what was taken back, or erased, gives its number to nobody
/// else while somebody may still have it in sight. It is no part of what the register says.
#[derive(Clone, Copy, Debug, Default)]
struct Given {
    child: i64,
    collector: i64,
    staff: i64,
}

impl PartialEq for Given {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Given {}

/// Wrong tries of one person's PIN since the last right one.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct PinTries {
    /// How many.
    pub count: u32,
    /// When the last one was made, milliseconds since 1970.
    pub last_ms: i64,
}

/// A recovery code on file: by it a leader who is locked out sets a new PIN, once.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Recovery {
    /// Argon2id hash of the code in PHC form.
    pub hash: String,
    /// Wrong tries of the code.
    pub tries: PinTries,
}

impl PinTries {
    /// Wrong tries that are free.
    pub const FREE: u32 = 5;

    /// One more, before the comparison.
    fn count(&mut self, at: Moment) {
        self.count += 1;
        self.last_ms = at.ms;
    }

    /// Until when no further try is taken: 30 s after the fifth, doubling, one hour at most.
    #[must_use]
    pub fn locked_until(&self, offset_min: i32) -> Option<Moment> {
        let over = self.count.checked_sub(Self::FREE)?;
        let seconds = (30_i64 << over.min(7)).min(3600);
        Some(Moment { ms: self.last_ms.saturating_add(seconds * 1000), offset_min })
    }
}

impl Register {
    /// A register that is read as a whole: these people and cards, and nothing else yet. Its maps are packed, which those that
    /// grow one by one are not: of 100,000 families this saves 20 MB.
    #[must_use]
    #[allow(clippy::vec_box)] // boxed as the maps keep them
    pub fn packed(children: Vec<Box<Child>>, collectors: Vec<Box<Collector>>, cards: Vec<Card>) -> Self {
        Self {
            by_household: children.iter().map(|c| (c.household, c.id)).collect(),
            by_child: collectors.iter().map(|c| (c.child, c.rank, c.id)).collect(),
            barred: collectors.iter().filter(|c| c.right == Right::Barred).map(|c| c.id).collect(),
            children: children.into_iter().map(|c| (c.id, c)).collect(),
            collectors: collectors.into_iter().map(|c| (c.id, c)).collect(),
            cards: Cards::packed(cards),
            ..Self::default()
        }
    }

    /// Children about whom what is read here is not what was entered: somebody changed a table or the journal behind the desk's back.
    #[must_use]
    pub fn in_doubt(&self) -> &BTreeSet<ChildId> {
        &self.in_doubt
    }

    /// Says about whom it is not.
    pub fn put_in_doubt(&mut self, children: BTreeSet<ChildId>) {
        self.in_doubt = children;
    }

    /// Folds one entry in. An [`Fact::Undone`] needs the entry it takes back: see [`Register::apply_with`].
    pub fn apply(&mut self, entry: &Entry) {
        let at = entry.entered_at;
        self.was_given(&entry.fact);
        match &entry.fact {
            Fact::ChildSet { now, .. } => self.put_child((**now).clone()),
            Fact::CollectorSet { now, .. } => self.put_collector((**now).clone()),
            Fact::CardSet { now, .. } => self.put_card((**now).clone()),
            Fact::CardLost { was, .. } => self.put_card(Card { state: CardState::Lost { at: entry.at }, ..(**was).clone() }),
            Fact::CardMoved { number, now, .. } => self.cards.move_to(number, *now),
            Fact::StaffSet { now, .. } => {
                self.staff.insert(now.id, (**now).clone());
            }
            Fact::PinTried { staff } => {
                self.pins.entry(*staff).or_default().count(at);
            }
            Fact::PinProved { staff } => {
                self.pins.remove(staff);
            }
            Fact::Recovery(step) => self.recover(step, at),
            Fact::NoCardCounted { child, now, .. } => {
                self.no_card.insert(*child, *now);
            }
            Fact::Office(OfficeFact::Erased { child, spent }) => self.erase(*child, spent, entry.seq),
            Fact::Office(OfficeFact::CardsForgotten { of, spent }) => self.forget_cards(*of, spent),
            Fact::Office(OfficeFact::DaysForgotten { until }) => {
                self.office.forgotten.insert(entry.seq, *until);
            }
            Fact::Office(step) => self.office.apply(step),
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
            | Fact::HoldDecided { .. }
            | Fact::Group(_)
            | Fact::Account(_)
            | Fact::Refused { .. }
            | Fact::ClockSet { .. }
            | Fact::Redated { .. }
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

    /// A card that was lost at one time was lost at another: the clock was wrong.
    pub fn redate_lost(&mut self, number: &CardNumber, was: Moment, now: Moment) {
        if let Some(card) = self.card(number).filter(|card| matches!(card.state, CardState::Lost { at } if at.ms == was.ms)) {
            self.put_card(Card { state: CardState::Lost { at: now }, ..card.clone() });
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
                None => self.cards.remove(&now.number),
            },
            Fact::CardLost { was, .. } => self.put_card((**was).clone()),
            Fact::CardMoved { number, was, .. } => self.cards.move_to(number, *was),
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
            Fact::Office(step) => self.office.take_back(step),
            Fact::PinTried { .. }
            | Fact::PinProved { .. }
            | Fact::Recovery(_)
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
            | Fact::HoldDecided { .. }
            | Fact::Group(_)
            | Fact::Account(_)
            | Fact::Refused { .. }
            | Fact::ClockSet { .. }
            | Fact::Redated { .. }
            | Fact::RefusedAgain { .. }
            | Fact::Undone { .. } => {}
        }
    }

    /// A child.
    #[must_use]
    pub fn child(&self, id: ChildId) -> Option<&Child> {
        self.children.get(&id).map(|child| &**child)
    }

    /// All children, by number.
    pub fn children(&self) -> impl Iterator<Item = &Child> {
        self.children.values().map(|child| &**child)
    }

    /// How many children there are, enrolled or not.
    #[must_use]
    pub fn child_count(&self) -> usize {
        self.children.len()
    }

    /// Children of one household, by number.
    pub fn household(&self, id: HouseholdId) -> impl Iterator<Item = ChildId> + '_ {
        self.by_household.range((id, ChildId(i64::MIN))..=(id, ChildId(i64::MAX))).map(|(_, child)| *child)
    }

    /// Everybody ever listed for a child, by rank.
    pub fn collectors(&self, child: ChildId) -> impl Iterator<Item = &Collector> {
        let all = (child, 0, CollectorId(i64::MIN))..=(child, u8::MAX, CollectorId(i64::MAX));
        self.by_child.range(all).filter_map(|(_, _, id)| self.collector(*id))
    }

    /// All collectors, by number.
    pub fn all_collectors(&self) -> impl Iterator<Item = &Collector> {
        self.collectors.values().map(|collector| &**collector)
    }

    /// All who are barred from a child, whenever that holds, by number.
    pub fn all_barred(&self) -> impl Iterator<Item = &Collector> {
        self.barred.iter().filter_map(|id| self.collector(*id))
    }

    /// One collector.
    #[must_use]
    pub fn collector(&self, id: CollectorId) -> Option<&Collector> {
        self.collectors.get(&id).map(|collector| &**collector)
    }

    /// A card by its number.
    #[must_use]
    pub fn card(&self, number: &CardNumber) -> Option<&Card> {
        self.cards.get(number)
    }

    /// All cards, by number.
    pub fn cards(&self) -> impl Iterator<Item = &Card> {
        self.cards.all()
    }

    /// All cards that a child ever had, live or not: the main ones first, then second ones, then those for a day.
    #[must_use]
    pub fn cards_of(&self, child: ChildId) -> Vec<&Card> {
        let mut list: Vec<&Card> = self.cards.of(child).collect();
        list.sort_by_key(|c| c.kind);
        list
    }

    /// The child's live cards, by number.
    pub fn live_cards(&self, child: ChildId) -> impl Iterator<Item = &Card> {
        self.cards.of(child).filter(|c| c.state == CardState::Live)
    }

    /// The child's live card, if it has one; of several the main one. It may be past its last day: see
    /// [`Register::valid_cards`].
    #[must_use]
    pub fn live_card(&self, child: ChildId) -> Option<&Card> {
        self.live_cards(child).min_by_key(|c| c.kind)
    }

    /// The child's cards that are good on that day, the main one first.
    #[must_use]
    pub fn valid_cards(&self, child: ChildId, on: NaiveDate) -> Vec<&Card> {
        let mut list: Vec<&Card> = self.cards.of(child).filter(|c| c.is_valid_on(on)).collect();
        list.sort_by_key(|c| c.kind);
        list
    }

    /// The schools' own cards that this code may be another spelling of, live or not (see [`super::face`]).
    #[must_use]
    pub fn cards_by_face(&self, code: &str) -> Vec<&Card> {
        self.cards.by_face(code)
    }

    /// Whether there are numbers of our own.
    #[must_use]
    pub fn has_own_numbers(&self) -> bool {
        self.cards.has_own()
    }

    /// Whether there are numbers of our own with this many digits.
    #[must_use]
    pub fn has_own_numbers_of(&self, length: usize) -> bool {
        self.cards.has_own_of_length(length)
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

    /// The recovery code that this person has on file.
    #[must_use]
    pub fn recovery(&self, staff: StaffId) -> Option<&Recovery> {
        self.recovery.get(&staff)
    }

    /// All recovery codes on file, by person.
    pub fn all_recovery(&self) -> impl Iterator<Item = (StaffId, &Recovery)> {
        self.recovery.iter().map(|(s, r)| (*s, r))
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

    /// How many cards are where (I4), whatever their last day.
    #[must_use]
    pub fn card_count(&self) -> CardCount {
        self.cards.count()
    }

    /// How many cards are where on a day (I4): without those whose last day is past.
    #[must_use]
    pub fn card_count_on(&self, date: NaiveDate) -> CardCount {
        self.cards.count_on(date)
    }

    /// The next free numbers for a child, a collector, a member of staff and a household.
    #[must_use]
    pub fn next_ids(&self) -> NextIds {
        NextIds {
            // An erased child's number stands in the journal for ever: it is nobody else's.
            child: self.children.keys().next_back().max(self.office.erased.keys().next_back()).map_or(0, |i| i.0).max(self.given.child) + 1,
            collector: self.collectors.keys().next_back().map_or(0, |i| i.0).max(self.given.collector) + 1,
            staff: self.staff.keys().next_back().map_or(0, |i| i.0).max(self.given.staff) + 1,
            household: self.children.values().map(|c| c.household.0).max().unwrap_or(0) + 1,
        }
    }

    /// Settings, calendar, duty plan, refused care.
    #[must_use]
    pub fn office(&self) -> &Office {
        &self.office
    }

    /// Puts settings, calendar, duty plan and refused care in place, as the store reads them back.
    pub fn put_office(&mut self, office: Office) {
        self.office = office;
    }

    /// Puts a count of wrong PIN tries in place, as the store reads it back.
    pub fn put_pin_tries(&mut self, staff: StaffId, tries: PinTries) {
        self.pins.insert(staff, tries);
    }

    /// Puts a recovery code in place, as the store reads it back.
    pub fn put_recovery(&mut self, staff: StaffId, recovery: Recovery) {
        self.recovery.insert(staff, recovery);
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
        let (id, household) = (child.id, child.household);
        if let Some(old) = self.children.insert(id, Box::new(child)) {
            self.by_household.remove(&(old.household, id));
        }
        self.by_household.insert((household, id));
    }

    /// Puts a collector in place, as a fact says or as the store reads it back.
    pub fn put_collector(&mut self, collector: Collector) {
        let (child, rank, id) = (collector.child, collector.rank, collector.id);
        if collector.right == Right::Barred {
            self.barred.insert(id);
        } else {
            self.barred.remove(&id);
        }
        if let Some(old) = self.collectors.insert(id, Box::new(collector)) {
            self.by_child.remove(&(old.child, old.rank, id));
        }
        self.by_child.insert((child, rank, id));
    }

    /// Puts a card in place, as a fact says or as the store reads it back.
    pub fn put_card(&mut self, card: Card) {
        self.cards.put(card);
    }

    /// Sets how many cards are where, for a register without its cards: a first frame.
    pub fn put_card_count(&mut self, count: CardCount) {
        self.cards.put_count(count);
    }

    fn recover(&mut self, step: &RecoveryFact, at: Moment) {
        match step {
            RecoveryFact::Made { staff, hash } => self.put_recovery(*staff, Recovery { hash: hash.clone(), tries: PinTries::default() }),
            RecoveryFact::Tried { staff } => {
                if let Some(recovery) = self.recovery.get_mut(staff) {
                    recovery.tries.count(at);
                }
            }
            RecoveryFact::Used { staff } => {
                self.recovery.remove(staff);
                self.pins.remove(staff);
            }
        }
    }

    /// Takes out a child with everything that is about it alone.
    fn erase(&mut self, id: ChildId, spent: &[CardNumber], by: Seq) {
        let collectors: Vec<CollectorId> = self.all_collectors().filter(|c| c.child == id).map(|c| c.id).collect();
        for collector in collectors {
            self.remove_collector(collector);
        }
        self.forget_cards(CardsOf::Child(id), spent);
        self.no_card.remove(&id);
        self.remove_child(id);
        self.office.erased.insert(id, by);
    }

    /// Takes out the cards of somebody who has left.
    fn forget_cards(&mut self, of: CardsOf, spent: &[CardNumber]) {
        match of {
            CardsOf::Child(child) => {
                let numbers: Vec<CardNumber> = self.cards_of(child).into_iter().map(|c| c.number.clone()).collect();
                for number in &numbers {
                    self.cards.remove(number);
                }
            }
            CardsOf::Staff(staff) => {
                if let Some(staff) = self.staff.get_mut(&staff) {
                    staff.card = None;
                }
            }
        }
        self.office.spent.extend(spent.iter().cloned());
    }

    /// Whether a number was that of a card of ours that is not on file any more: somebody may have it still.
    #[must_use]
    pub fn is_spent(&self, number: &CardNumber) -> bool {
        self.office.spent.contains(number)
    }

    /// A number that an entry of the day gave, whatever became of it since.
    pub fn was_given(&mut self, fact: &Fact) {
        #[allow(clippy::wildcard_enum_match_arm)] // the facts by which somebody is new
        match fact {
            Fact::ChildSet { now, .. } => self.given.child = self.given.child.max(now.id.0),
            Fact::CollectorSet { now, .. } => self.given.collector = self.given.collector.max(now.id.0),
            Fact::StaffSet { now, .. } => self.given.staff = self.given.staff.max(now.id.0),
            _ => {}
        }
    }

    fn remove_child(&mut self, id: ChildId) {
        if let Some(old) = self.children.remove(&id) {
            self.by_household.remove(&(old.household, id));
        }
    }

    fn remove_collector(&mut self, id: CollectorId) {
        self.given.collector = self.given.collector.max(id.0);
        self.barred.remove(&id);
        if let Some(old) = self.collectors.remove(&id) {
            self.by_child.remove(&(old.child, old.rank, id));
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
