//! The count of the rack (点卡, F101): how many hooks are taken, and which card is not where it should be.

use std::collections::BTreeSet;

use super::Hindrance;
use crate::domain::card::CardNumber;
use crate::domain::custody::{Card, Custody};
use crate::domain::fact::{Fact, OfficeFact};
use crate::domain::people::ChildId;
use crate::domain::settings::CardMode;
use crate::rules::{Room, acts};

/// The cards that should hang on the rack, by number.
#[must_use]
pub fn hanging(room: Room<'_>) -> Vec<&Card> {
    let today = room.day.date();
    room.register.cards().filter(|c| c.custody == Custody::Rack && c.is_valid_on(today)).collect()
}

/// How many should hang there (I4).
#[must_use]
pub fn expected(room: Room<'_>) -> usize {
    room.register.card_count_on(room.day.date()).rack
}

/// Cards of which one may hang there when more were counted than should: those that are away, and those whose time is over.
#[must_use]
pub fn surplus(room: Room<'_>) -> Vec<&Card> {
    let today = room.day.date();
    let lapsed = |c: &Card| c.custody == Custody::Rack && c.state == crate::domain::custody::CardState::Live && !c.is_valid_on(today);
    room.register.cards().filter(|c| (matches!(c.custody, Custody::Away | Custody::Astray) && c.is_valid_on(today)) || lapsed(c)).collect()
}

/// The cards that may be missing when only these children's hooks were found in order.
#[must_use]
pub fn not_there(room: Room<'_>, there: &[ChildId]) -> Vec<CardNumber> {
    let there: BTreeSet<ChildId> = there.iter().copied().collect();
    hanging(room).into_iter().filter(|c| !there.contains(&c.child)).map(|c| c.number.clone()).collect()
}

/// Whether so many missing cards can be those of the children whose hooks were not ticked: each misses one at least.
#[must_use]
pub fn fits(room: Room<'_>, there: &[ChildId], short: usize) -> bool {
    let missing = not_there(room, there);
    let children: BTreeSet<ChildId> = missing.iter().filter_map(|n| room.register.card(n)).map(|c| c.child).collect();
    (children.len()..=missing.len()).contains(&short)
}

pub(super) fn count(room: Room<'_>, counted: u32, missing: &[CardNumber], reason: Option<&str>) -> Result<Vec<Fact>, Hindrance> {
    if room.settings.card_mode == CardMode::Held {
        return Err(Hindrance::NoRack);
    }
    let expected = u32::try_from(expected(room)).unwrap_or(u32::MAX);
    let named: BTreeSet<&CardNumber> = missing.iter().collect();
    let hang: BTreeSet<&CardNumber> = hanging(room).into_iter().map(|c| &c.number).collect();
    let short = usize::try_from(expected.saturating_sub(counted)).unwrap_or(usize::MAX);
    if named.len() != short || named.len() != missing.len() || !named.is_subset(&hang) {
        return Err(Hindrance::CountChanged);
    }
    let reason = reason.and_then(|text| acts::text_of(text).ok());
    if counted != expected && reason.is_none() {
        return Err(Hindrance::WantsReason);
    }
    let counted = OfficeFact::RackCounted { counted, expected, missing: missing.to_vec(), reason: reason.filter(|_| counted != expected) };
    // What is not on its hook is with nobody knows whom: it comes back by being read when its child comes, or is hung back.
    let away = missing.iter().filter_map(|n| room.register.card(n)).map(|card| Fact::CardMoved {
        number: card.number.clone(),
        child: card.child,
        was: card.custody,
        now: Custody::Astray,
    });
    Ok(std::iter::once(Fact::Office(counted)).chain(away).collect())
}
