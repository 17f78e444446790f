//! Numbers of our own, drawn at random and away from everything that is a number already.

use std::collections::BTreeSet;

use crate::domain::card::{Allotment, CardNumber, Spacing};
use crate::domain::register::Register;

/// Draws so many numbers for the register's cards: three edits (N01) from every card, live or dead, from staff cards and from
/// one another, and never what a reader might take for a school's own card. Where short numbers no longer keep three edits,
/// because many cards are dead, longer ones go on. Numbers that merely differ come when a register is too large for that, or
/// holds a school's own cards, whose codes eight digits could be; fewer when no number is left. `random` gives 64 random bits
/// a call; at a real desk it has to be the system's.
#[must_use]
pub fn allot(register: &Register, wanted: usize, random: &mut dyn FnMut() -> u64) -> Vec<(CardNumber, Spacing)> {
    let mut allotment = Allotment::for_cards(register.child_count());
    for card in register.cards() {
        allotment.keep_away_from(card.number.as_str());
    }
    for number in &register.office().spent {
        allotment.keep_away_from(number.as_str());
    }
    for card in register.staff().filter_map(|s| s.card.as_ref()) {
        allotment.keep_away_from(card.as_str());
    }
    let only_own = register.cards().all(|c| c.own);
    let mut drawn = Vec::with_capacity(wanted);
    while drawn.len() < wanted {
        let draw = allotment.draw(random);
        if !matches!(draw, Some((_, Spacing::ThreeEdits)))
            && let Some(longer) = allotment.longer().filter(|_| only_own)
        {
            allotment = longer;
            continue;
        }
        let Some((number, spacing)) = draw else { break };
        if register.cards_by_face(number.as_str()).is_empty() && !register.is_spent(&number) {
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
