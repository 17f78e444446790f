//! What a scanned or typed number stands for: a child's valid card, a staff card, or a refusal that names nobody.
//!
//! A number that is on file stands for itself. Only when no reading of it is, it may be another spelling of a school's own
//! card (see [`crate::domain::face`]); it is taken when it can be one card and no other. A number that looks like one of ours
//! is never taken for a spelling: a wrong digit of a printed number passes nowhere (N01).

use super::Room;
use super::verdict::Verdict;
use crate::domain::card::{CardNumber, checks, own_length};
use crate::domain::custody::{Card, CardState};
use crate::domain::face;
use crate::domain::fact::Refusal;
use crate::domain::people::{ChildId, StaffId};

/// What a number stands for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Meaning {
    /// A child's valid card.
    Child {
        /// The child.
        child: ChildId,
        /// The card, as it is on file.
        number: CardNumber,
        /// Made by caredesk, with a check digit.
        own: bool,
    },
    /// A staff card.
    Staff(StaffId),
    /// Refused.
    Refused(Verdict, Refusal),
}

/// Looks a number up: each reading in turn (an exact match is tried first), the first that means something wins; else the
/// first reading's refusal.
#[must_use]
pub fn look_up<'t>(room: Room<'_>, readings: impl IntoIterator<Item = &'t str>) -> Meaning {
    let readings: Vec<&str> = readings.into_iter().collect();
    let on_file = readings.iter().find_map(|reading| {
        let number = CardNumber::new(*reading);
        let card = room.register.card(&number).map(|card| meaning(room, card));
        card.or_else(|| room.register.staff_by_card(&number).map(|staff| Meaning::Staff(staff.id)))
    });
    let spelt = || readings.iter().find_map(|reading| only_face(room, reading)).map(|card| meaning(room, card));
    on_file.or_else(spelt).unwrap_or_else(|| {
        let (verdict, why) = refusal(room, readings.iter().copied());
        Meaning::Refused(verdict, why)
    })
}

/// The card that a number is, or is a spelling of; whatever its state.
#[must_use]
pub fn on_file<'r, 't>(room: Room<'r>, readings: impl IntoIterator<Item = &'t str> + Clone) -> Option<&'r Card> {
    let exact = readings.clone().into_iter().find_map(|reading| room.register.card(&CardNumber::new(reading)));
    exact.or_else(|| readings.into_iter().find_map(|reading| only_face(room, reading)))
}

/// Why a number that is on nobody's file is refused.
#[must_use]
pub fn refusal<'t>(room: Room<'_>, readings: impl IntoIterator<Item = &'t str>) -> (Verdict, Refusal) {
    match readings.into_iter().next() {
        Some(reading) if room.register.is_spent(&CardNumber::new(reading)) => (Verdict::Expired, Refusal::Expired),
        Some(reading) if looks_own(room, reading) && !checks(reading) => (Verdict::BadDigit, Refusal::BadDigit),
        Some(_) | None => (Verdict::NoCard, Refusal::NoCard),
    }
}

/// What a card on file means today.
fn meaning(room: Room<'_>, card: &Card) -> Meaning {
    match card.state {
        CardState::Live if card.is_valid_on(room.day.date()) => Meaning::Child { child: card.child, number: card.number.clone(), own: card.own },
        CardState::Live | CardState::Expired { .. } => Meaning::Refused(Verdict::Expired, Refusal::Expired),
        CardState::Lost { at } => Meaning::Refused(Verdict::Lost { at }, Refusal::Lost),
        CardState::Replaced { .. } => Meaning::Refused(Verdict::Replaced, Refusal::Replaced),
    }
}

/// The one card that this reading is a spelling of; `None` when it is of none or could be of several.
fn only_face<'r>(room: Room<'r>, reading: &str) -> Option<&'r Card> {
    if looks_own(room, reading) || may_be_staff_card(room, reading) {
        return None;
    }
    match room.register.cards_by_face(reading)[..] {
        [only] => Some(only),
        _ => None,
    }
}

/// Whether a staff card could be spelt so: it must never pass for a child's.
fn may_be_staff_card(room: Room<'_>, reading: &str) -> bool {
    let read = face::chips(reading);
    let cards = room.register.staff().filter_map(|s| s.card.as_ref());
    !read.is_empty() && cards.into_iter().any(|card| face::agree(&read, &face::chips(card.as_str())))
}

/// Why a number that was refused as unknown may be a school's card all the same.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unclear {
    /// Five digits: the reader gives 16 bits of the chip, which tells too little.
    Short,
    /// It could be several cards.
    Several,
}

/// What is unclear about a number that is not on file, in a room that uses a school's own cards.
#[must_use]
pub fn unclear(room: Room<'_>, reading: &str) -> Option<Unclear> {
    let known = room.register.card(&CardNumber::new(reading)).is_some();
    match room.register.cards_by_face(reading)[..] {
        _ if known || looks_own(room, reading) => None,
        [_, _, ..] => Some(Unclear::Several),
        [] if face::is_short(reading) && room.register.cards().any(|c| !c.own) => Some(Unclear::Short),
        _ => None,
    }
}

/// Whether a number has the form of this store's own cards. In a room that uses only the school's cards none has, and a
/// wrong number can only be unknown.
fn looks_own(room: Room<'_>, reading: &str) -> bool {
    let digits = reading.bytes().all(|b| b.is_ascii_digit());
    let usual = reading.len() == own_length(room.register.child_count()) && room.register.has_own_numbers();
    digits && (usual || room.register.has_own_numbers_of(reading.len()))
}
