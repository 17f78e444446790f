//! What may be changed about cards: issued, replaced, lost, recovered, ended, hung back, counted, found.
//!
//! A child has one main card; a second one where the school allows it (F104); and at most one card for the day (F103), which
//! touches neither. New numbers come from outside, drawn by [`allot`] or read from a school's own card ([`enrol`]); here they
//! are checked. Absent: what a number means when it is shown (see [`crate::rules::card`]).

pub mod allot;
pub mod enrol;
pub mod rack;

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::domain::card::{CardNumber, checks};
use crate::domain::custody::{Card, CardKind, CardState, Custody};
use crate::domain::day::Presence;
use crate::domain::fact::{Fact, OfficeFact};
use crate::domain::people::ChildId;
use crate::domain::settings::CardMode;
use crate::domain::time::Moment;
use crate::rules::clock::NOW;
use crate::rules::pass::shown::is_just_brought;
use crate::rules::{Objection, Room};

/// A card that is to be given out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewCard {
    /// To whom.
    pub child: ChildId,
    /// Its number.
    pub number: CardNumber,
    /// Whether the number is one of ours; else it is a school's own card.
    pub own: bool,
    /// What sort of card it is.
    pub kind: CardKind,
}

/// Something that is changed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CardsAct {
    /// Cards are given out, one act for all.
    Issue(Vec<NewCard>),
    /// A card is replaced by another: the child keeps, the old card dies (P13).
    Replace {
        /// The old one.
        old: CardNumber,
        /// The new one.
        new: NewCard,
    },
    /// A card is lost: dead from this second (F102).
    Lose(CardNumber),
    /// A lost card was found and is good again.
    Revive(CardNumber),
    /// A card is taken out of use.
    Void(CardNumber),
    /// A card's last day (F105).
    End {
        /// Which.
        number: CardNumber,
        /// The last day on which it is good.
        until: NaiveDate,
    },
    /// The last day of all cards in use, those for a day excepted.
    EndAll {
        /// The last day on which they are good.
        until: NaiveDate,
    },
    /// A card that was out of the room hangs on its hook again.
    Hang(CardNumber),
    /// The cards on the rack were counted (F101).
    Count {
        /// How many hang there.
        counted: u32,
        /// Which are missing, when there are fewer than there should be.
        missing: Vec<CardNumber>,
        /// Why it goes on all the same, when the count differs.
        reason: Option<String>,
    },
    /// A card was found and handed in (F107).
    Find(CardNumber),
}

/// What stands against it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Hindrance {
    /// The number stands for something already: whose tail this is.
    Taken(CardNumber),
    /// It is a staff card.
    StaffCard,
    /// It is the same card as this one, in another spelling.
    SameCard(CardNumber),
    /// A reader could take it for this card.
    SharesFace(CardNumber),
    /// A wrong digit could turn this card of ours into it (N01).
    TooClose(CardNumber),
    /// Five digits: 16 bits of the chip only.
    Short,
    /// It is no number of ours.
    NotOwn,
    /// The child has a card (F097).
    HasCard(ChildId),
    /// The child has a second card, or one is not allowed (F104).
    NoSecondCard,
    /// The child has a card for today already.
    HasDayCard(ChildId),
    /// Everybody has a card.
    NobodyWithout,
    /// The card was replaced, or its child has another: it stays dead.
    StaysDead,
    /// The card is not in use any more.
    NotInUse,
    /// The card is on the rack, or with the child's holder.
    NotAway,
    /// The day has passed already.
    DayIsPast,
    /// No card's last day would change.
    NothingToChange,
    /// Families keep their cards: there is no rack.
    NoRack,
    /// Fewer were counted: which are missing does not come to the same.
    CountChanged,
    /// A count that differs wants a reason.
    WantsReason,
    /// No such card.
    NoSuchCard,
    /// The system gives no random numbers, or no number is left.
    NoNumbers,
}

pub(super) fn facts(room: Room<'_>, act: &CardsAct, now: Moment) -> Result<Vec<Fact>, Objection> {
    let facts = match act {
        CardsAct::Issue(cards) => issue(room, cards, now),
        CardsAct::Replace { old, new } => replace(room, old, new, now),
        CardsAct::Lose(number) => in_use(room, number).map(|card| vec![lost(card)]),
        CardsAct::Revive(number) => revive(room, number).map(|fact| vec![fact]),
        CardsAct::Void(number) => in_use(room, number).map(|card| vec![changed(card, |c| c.state = CardState::Expired { at: now })]),
        CardsAct::End { number, until } => end(room, number, *until).map(|fact| vec![fact]),
        CardsAct::EndAll { until } => end_all(room, *until),
        CardsAct::Hang(number) => hang(room, number).map(|fact| vec![fact]),
        CardsAct::Count { counted, missing, reason } => rack::count(room, *counted, missing, reason.as_deref()),
        CardsAct::Find(number) => known(room, number).map(|card| found(room, card)),
    };
    facts.map_err(|hindrance| Objection::Office(super::Hindrance::Cards(hindrance)))
}

/// Children who are enrolled and have no main card that is good today, in the order of their numbers.
#[must_use]
pub fn without_card(room: Room<'_>) -> Vec<ChildId> {
    let today = room.day.date();
    let has = |child| room.register.valid_cards(child, today).iter().any(|c| c.kind == CardKind::Main);
    room.register.children().filter(|c| c.enrolled && !has(c.id)).map(|c| c.id).collect()
}

/// Whether a lost or voided card can be used again: nothing took its place.
#[must_use]
pub fn may_revive(room: Room<'_>, card: &Card) -> bool {
    let dead = matches!(card.state, CardState::Lost { .. } | CardState::Expired { .. });
    let today = room.day.date();
    let good = Card { state: CardState::Live, ..card.clone() }.is_valid_on(today);
    dead && good && !room.register.valid_cards(card.child, today).iter().any(|c| c.kind == card.kind)
}

fn known<'r>(room: Room<'r>, number: &CardNumber) -> Result<&'r Card, Hindrance> {
    room.register.card(number).ok_or(Hindrance::NoSuchCard)
}

fn in_use<'r>(room: Room<'r>, number: &CardNumber) -> Result<&'r Card, Hindrance> {
    known(room, number).and_then(|card| if card.state == CardState::Live { Ok(card) } else { Err(Hindrance::NotInUse) })
}

fn lost(card: &Card) -> Fact {
    Fact::CardLost { number: card.number.clone(), child: card.child, was: Box::new(card.clone()) }
}

fn changed(was: &Card, change: impl FnOnce(&mut Card)) -> Fact {
    let mut now = was.clone();
    change(&mut now);
    Fact::CardSet { was: Some(Box::new(was.clone())), now: Box::new(now) }
}

fn issue(room: Room<'_>, cards: &[NewCard], now: Moment) -> Result<Vec<Fact>, Hindrance> {
    if cards.is_empty() {
        return Err(Hindrance::NobodyWithout);
    }
    let end = common_end(room);
    let (mut numbers, mut children) = (BTreeSet::new(), BTreeSet::new());
    let mut facts = Vec::with_capacity(cards.len());
    for card in cards {
        if !numbers.insert(&card.number) || !children.insert((card.child, card.kind)) {
            return Err(Hindrance::Taken(card.number.clone()));
        }
        facts.extend(issue_one(room, card, end, now)?);
    }
    Ok(facts)
}

fn issue_one(room: Room<'_>, new: &NewCard, end: Option<NaiveDate>, now: Moment) -> Result<Vec<Fact>, Hindrance> {
    if room.register.child(new.child).is_none() {
        return Err(Hindrance::NoSuchCard);
    }
    let today = room.day.date();
    let valid = room.register.valid_cards(new.child, today);
    let has = |kind: CardKind| valid.iter().any(|c| c.kind == kind);
    match new.kind {
        CardKind::Main if has(CardKind::Main) => return Err(Hindrance::HasCard(new.child)),
        CardKind::Second if !room.settings.second_card || has(CardKind::Second) || !has(CardKind::Main) => return Err(Hindrance::NoSecondCard),
        CardKind::Day if has(CardKind::Day) => return Err(Hindrance::HasDayCard(new.child)),
        CardKind::Main | CardKind::Second | CardKind::Day => {}
    }
    // What lapsed makes room: else a later last day for all would wake it beside its successor.
    let lapsed = room.register.cards_of(new.child).into_iter().filter(|c| c.state == CardState::Live && c.kind == new.kind);
    let mut facts: Vec<Fact> = lapsed.map(|card| changed(card, |c| c.state = CardState::Expired { at: now })).collect();
    facts.push(given(room, new, end, now)?);
    Ok(facts)
}

/// The card as it comes into being. It hangs on its hook; a card for today goes to whoever has just brought the child. Where there
/// are no hooks one that is given while the child is here has been with nobody yet.
fn given(room: Room<'_>, new: &NewCard, until: Option<NaiveDate>, now: Moment) -> Result<Fact, Hindrance> {
    let was = check_number(room, new)?;
    let brought = matches!(room.state().presence(new.child), Presence::In(visit) if is_just_brought(room, new.child, visit, (now, NOW)));
    // Whoever has another card of the child needs none.
    let brought = brought && !room.register.valid_cards(new.child, room.day.date()).iter().any(|c| c.custody == Custody::Holder);
    let in_hand = new.kind == CardKind::Day && brought;
    let now = Card {
        kind: new.kind,
        until: if new.kind == CardKind::Day { Some(room.day.date()) } else { until },
        custody: match room.settings.card_mode {
            CardMode::Claim if in_hand => Custody::Holder,
            CardMode::Held if new.kind != CardKind::Day && room.state().presence(new.child).is_here() => Custody::Astray,
            CardMode::Claim | CardMode::Held => Custody::Rack,
        },
        ..Card::new(new.number.clone(), new.child, new.own)
    };
    Ok(Fact::CardSet { was: was.cloned().map(Box::new), now: Box::new(now) })
}

/// Whether a number may be given out; a school's card that had its time before may be used again, and is returned.
fn check_number<'r>(room: Room<'r>, new: &NewCard) -> Result<Option<&'r Card>, Hindrance> {
    if !new.own {
        return enrol::check(room, &new.number);
    }
    let text = new.number.as_str();
    if !checks(text) {
        return Err(Hindrance::NotOwn);
    }
    if room.register.staff().any(|s| s.card.as_ref() == Some(&new.number)) {
        return Err(Hindrance::StaffCard);
    }
    match room.register.card(&new.number).or_else(|| room.register.cards_by_face(text).first().copied()) {
        Some(other) => Err(Hindrance::Taken(other.number.clone())),
        None if room.register.is_spent(&new.number) => Err(Hindrance::Taken(new.number.clone())),
        None => Ok(None),
    }
}

/// The children whom an act gives a card that can be shown at the desk, or for whom it makes one good again.
pub(super) fn receivers(room: Room<'_>, act: &CardsAct) -> Vec<ChildId> {
    let of = |number| room.register.card(number).map(|card| card.child);
    let has_lapsed = |card: &Card| card.state == CardState::Live && !card.is_valid_on(room.day.date());
    match act {
        // One for the day is the desk's to give.
        CardsAct::Issue(cards) => cards.iter().filter(|c| c.kind != CardKind::Day).map(|c| c.child).collect(),
        CardsAct::Replace { new, .. } => vec![new.child],
        CardsAct::Revive(number) => of(number).into_iter().collect(),
        // Another last day wakes a card whose own has passed.
        CardsAct::End { number, .. } => room.register.card(number).filter(|c| has_lapsed(c)).map(|c| c.child).into_iter().collect(),
        CardsAct::EndAll { .. } => room.register.cards().filter(|c| has_lapsed(c)).map(|c| c.child).collect(),
        CardsAct::Lose(_) | CardsAct::Void(_) | CardsAct::Hang(_) | CardsAct::Count { .. } | CardsAct::Find(_) => Vec::new(),
    }
}

/// The last day of the main cards, when all have the same that is still to come: a new card ends with them.
fn common_end(room: Room<'_>) -> Option<NaiveDate> {
    let mut ends = room.register.cards().filter(|c| c.state == CardState::Live && c.kind == CardKind::Main).map(|c| c.until);
    let first = ends.next().flatten().filter(|until| *until >= room.day.date())?;
    ends.all(|until| until == Some(first)).then_some(first)
}

fn replace(room: Room<'_>, old: &CardNumber, new: &NewCard, now: Moment) -> Result<Vec<Fact>, Hindrance> {
    let old = in_use(room, old)?;
    if new.child != old.child || new.kind != old.kind {
        return Err(Hindrance::NoSuchCard);
    }
    let until = old.until.filter(|until| *until >= room.day.date());
    Ok(vec![changed(old, |c| c.state = CardState::Replaced { at: now }), given(room, new, until, now)?])
}

/// A card that was handed in: it is the desk's again, and hangs on its hook; where there are none nobody is known to have it.
fn found(room: Room<'_>, card: &Card) -> Vec<Fact> {
    let now = at_the_desk(room);
    let goes = card.state == CardState::Live && card.custody != now;
    let moved = goes.then(|| Fact::CardMoved { number: card.number.clone(), child: card.child, was: card.custody, now });
    std::iter::once(Fact::Office(OfficeFact::CardFound { number: card.number.clone() })).chain(moved).collect()
}

/// Where a card is that lies at the desk.
fn at_the_desk(room: Room<'_>) -> Custody {
    match room.settings.card_mode {
        CardMode::Claim => Custody::Rack,
        CardMode::Held => Custody::Astray,
    }
}

fn revive(room: Room<'_>, number: &CardNumber) -> Result<Fact, Hindrance> {
    let card = known(room, number)?;
    if !may_revive(room, card) {
        return Err(Hindrance::StaysDead);
    }
    Ok(changed(card, |c| {
        c.state = CardState::Live;
        c.custody = at_the_desk(room);
    }))
}

fn end(room: Room<'_>, number: &CardNumber, until: NaiveDate) -> Result<Fact, Hindrance> {
    let card = in_use(room, number)?;
    match card.kind {
        _ if until < room.day.date() => Err(Hindrance::DayIsPast),
        CardKind::Day => Err(Hindrance::NothingToChange),
        CardKind::Main | CardKind::Second if card.until == Some(until) => Err(Hindrance::NothingToChange),
        CardKind::Main | CardKind::Second => Ok(changed(card, |c| c.until = Some(until))),
    }
}

fn end_all(room: Room<'_>, until: NaiveDate) -> Result<Vec<Fact>, Hindrance> {
    if until < room.day.date() {
        return Err(Hindrance::DayIsPast);
    }
    let lasting = room.register.cards().filter(|c| c.state == CardState::Live && c.kind != CardKind::Day && c.until != Some(until));
    let facts: Vec<Fact> = lasting.map(|card| changed(card, |c| c.until = Some(until))).collect();
    if facts.is_empty() { Err(Hindrance::NothingToChange) } else { Ok(facts) }
}

fn hang(room: Room<'_>, number: &CardNumber) -> Result<Fact, Hindrance> {
    let card = in_use(room, number)?;
    if room.settings.card_mode == CardMode::Held {
        return Err(Hindrance::NoRack);
    }
    if !matches!(card.custody, Custody::Away | Custody::Astray) {
        return Err(Hindrance::NotAway);
    }
    Ok(Fact::CardMoved { number: number.clone(), child: card.child, was: card.custody, now: Custody::Rack })
}

#[cfg(test)]
mod tests;
