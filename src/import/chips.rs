//! Two codes of one roster that may be the same chip, as two readers spell it: two children would have one card.
//!
//! Every code is read as the chips it may stand for; codes that agree share their low 24 bits, so only those are compared.
//! Absent: the same code twice ([`super::repeats`]) and cards on file ([`super::enrol`]).

use std::collections::HashMap;

use crate::domain::face::{agree, chips};

use super::roster::{RosterCard, RosterChild};

/// For each row whose card may be the card of another row: which row that is.
pub(super) fn shared(children: &[RosterChild]) -> HashMap<usize, usize> {
    let code = |index: usize| match children.get(index).and_then(|c| c.card.as_ref()) {
        Some(RosterCard::Code(code)) => Some(code.as_str()),
        Some(RosterCard::Number(_)) | None => None,
    };
    let mut low: Vec<(u32, u32)> = Vec::with_capacity(children.len());
    for index in 0..children.len() {
        let Some(code) = code(index) else { continue };
        let index = u32::try_from(index).unwrap_or(u32::MAX);
        low.extend(chips(code).iter().map(|chip| (chip.low24(), index)));
    }
    low.sort_unstable();
    low.dedup();
    let mut found = HashMap::new();
    for run in low.chunk_by(|a, b| a.0 == b.0).filter(|run| run.len() > 1) {
        let rows: Vec<(usize, &str)> = run.iter().filter_map(|(_, at)| Some((*at as usize, code(*at as usize)?))).collect();
        for (n, (one, mine)) in rows.iter().enumerate() {
            for (other, theirs) in rows.iter().skip(n + 1) {
                if mine != theirs && agree(&chips(mine), &chips(theirs)) {
                    found.entry(*one).or_insert(*other);
                    found.entry(*other).or_insert(*one);
                }
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
        // The same low 24 bits, and yet two chips.
        assert!(shared(&[row("0007302202"), row("0024079418")]).is_empty());
    }
}
