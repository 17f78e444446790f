//! Numbers of our own, drawn at random and away from everything that is a number already.

use std::collections::BTreeSet;

use crate::domain::card::{Allotment, CardNumber, Spacing};
use crate::domain::register::Register;

/// Draws so many numbers for the register's cards: three edits (N01) from every card, live or dead, from staff cards and from
/// one another while there is room, and never what a reader might take for a school's own card. Fewer when no number is
/// left. `random` gives 64 random bits a call; at a real desk it has to be the system's.
#[must_use]
pub fn allot(register: &Register, wanted: usize, random: &mut dyn FnMut() -> u64) -> Vec<(CardNumber, Spacing)> {
    let mut allotment = Allotment::for_cards(register.child_count());
    for card in register.cards() {
        allotment.keep_away_from(card.number.as_str());
    }
    for card in register.staff().filter_map(|s| s.card.as_ref()) {
        allotment.keep_away_from(card.as_str());
    }
    let mut drawn = Vec::with_capacity(wanted);
    while drawn.len() < wanted {
        let Some((number, spacing)) = allotment.draw(random) else { break };
        if register.cards_by_face(number.as_str()).is_empty() {
            drawn.push((number, spacing));
        }
    }
    drawn
}

/// Of drawn numbers, how many are three edits from all others.
#[must_use]
pub fn well_spaced(drawn: &[(CardNumber, Spacing)]) -> usize {
    drawn.iter().filter(|(_, spacing)| *spacing == Spacing::ThreeEdits).count()
}

/// Whether all numbers differ from one another.
#[must_use]
pub fn all_differ(drawn: &[(CardNumber, Spacing)]) -> bool {
    drawn.iter().map(|(number, _)| number).collect::<BTreeSet<_>>().len() == drawn.len()
}
