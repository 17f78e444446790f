//! The cards of a roster: which number a cell means, and that no card goes to two people in two spellings.
//!
//! Every code is read as the chips it may stand for (see [`crate::domain::face`]); two rows may have one chip when their codes
//! agree in as many low bits as both tell. Absent: the same code twice ([`super::repeats`]).

use std::collections::HashMap;

use crate::domain::card::CardNumber;
use crate::domain::custody::Card;
use crate::domain::face::{Chip, agree, chips};
use crate::domain::people::ChildId;
use crate::domain::register::Register;

use super::Answers;
use super::roster::{Reason, RosterCard, RosterChild, bare};

/// The card of a row with all its zeros. One that was stored as a number is the child's own card of the register, or as long
/// as the answer says; otherwise it is asked for. A card of somebody else is refused.
pub(super) fn of_row(
    register: &Register,
    answers: &Answers,
    child: Option<ChildId>,
    card: Option<&RosterCard>,
    length: Option<usize>,
) -> Result<Option<CardNumber>, Reason> {
    let number = match card {
        None => return Ok(None),
        Some(RosterCard::Code(code)) => code.clone(),
        Some(RosterCard::Number(digits)) => {
            let own = child.and_then(|id| register.live_card(id)).filter(|c| bare(c.number.as_str()) == digits.as_str());
            match (own, answers.card_digits) {
                (Some(own), _) => own.number.as_str().to_owned(),
                (None, Some(n)) if digits.len() <= n && n <= 32 => format!("{digits:0>n$}"),
                (None, _) => return Err(Reason::CardLostZeros(length)),
            }
        }
    };
    let number = CardNumber::new(number);
    if register.card(&number).is_some_and(|c| Some(c.child) != child) || register.staff_by_card(&number).is_some() {
        return Err(Reason::CardInUse);
    }
    if is_spelled_otherwise(register, child, &number) { Err(Reason::CardInUse) } else { Ok(Some(number)) }
}

/// Whether a card on file, of somebody else, may be this one as another reader spells it.
fn is_spelled_otherwise(register: &Register, child: Option<ChildId>, number: &CardNumber) -> bool {
    let of_another = |card: &Card| Some(card.child) != child && card.number != *number;
    if register.cards_by_face(number.as_str()).into_iter().any(of_another) {
        return true;
    }
    let mine = chips(number.as_str());
    register.staff().filter_map(|s| s.card.as_ref()).any(|card| agree(&mine, &chips(card.as_str())))
}

/// For each row whose card may be the card of another row: which row that is.
pub(super) fn shared(children: &[RosterChild]) -> HashMap<usize, usize> {
    let code = |index: usize| match children.get(index).and_then(|c| c.card.as_ref()) {
        Some(RosterCard::Code(code)) => Some(code.as_str()),
        Some(RosterCard::Number(_)) | None => None,
    };
    let mut found = HashMap::new();
    // Two chips agree when one of them tells so many bits and no more, and the other has the same: all rows with those bits
    // are held against such a one, not against each other, for a roster may be made to have very many of them.
    for known in Chip::KNOWN {
        let mut rows: Vec<(u64, bool, usize)> = Vec::with_capacity(children.len());
        for index in 0..children.len() {
            let read = code(index).map(chips).unwrap_or_default();
            rows.extend(read.iter().filter_map(|chip| Some((chip.low(known)?, chip.known() != known, index))));
        }
        rows.sort_unstable(); // those that tell no more come first
        for group in rows.chunk_by(|a, b| a.0 == b.0) {
            let Some((_, false, one)) = group.first() else { continue };
            let Some((_, _, other)) = group.iter().find(|(_, _, row)| code(*row) != code(*one)) else { continue };
            for (_, _, row) in group {
                found.entry(*row).or_insert(if code(*row) == code(*one) { *other } else { *one });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_chip_in_two_spellings_and_neighbours_that_are_two() {
        let row = |code: &str| RosterChild { card: Some(RosterCard::Code(code.to_owned())), ..RosterChild::default() };
        // 0007302202 = 006F6C3A hex = facility 111, 27706 = the low 24 bits 07302202.
        let same = ["0007302202", "11127706", "07302202", "111,27706", "006F6C3A"];
        for (one, other) in same.iter().flat_map(|a| same.iter().map(move |b| (*a, *b))).filter(|(a, b)| a != b) {
            let found = shared(&[row(one), row("0004835001"), row(other)]);
            assert_eq!((found.get(&0), found.get(&1), found.get(&2)), (Some(&2), None, Some(&0)), "{one} {other}");
        }
        assert!(shared(&[row("0007302202"), row("0007302203"), row("453841"), row("693691"), row("0007302202")]).is_empty());
        // All that agree are found, whichever way their codes stand to one another.
        let many: Vec<RosterChild> = (0..4000_u32).map(|n| row(&format!("{:010X}", (u64::from(n) << 24) | 0x006F_6C3A))).collect();
        assert!(shared(&many).is_empty(), "the same low 24 bits, and every one of 40 another");
        let found = shared(&many.iter().cloned().chain([row("07302202")]).collect::<Vec<_>>());
        assert_eq!((found.len(), found.get(&7), found.get(&4000)), (4001, Some(&4000), Some(&0)), "24 bits agree with each of them");
        // The same low 24 bits, and yet two chips.
        assert!(shared(&[row("0007302202"), row("0024079418")]).is_empty());
    }
}
