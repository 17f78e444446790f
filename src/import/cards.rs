//! The cards of a roster: which number a cell means, and that no card could ever be taken for another one's.
//!
//! A school's card is read as the chips its code may stand for (see [`crate::domain::face`]): two codes may be one card when
//! they agree in as many low bits as both tell. Numbers of ours are only themselves, and a school's card that is a slip away
//! from one of them is not taken on (N01). The desk holds a card to the same rules when it is enrolled there.

use std::collections::HashMap;

use crate::domain::card::{CardNumber, has_our_form, slips};
use crate::domain::face::{Chip, Faces, chips, is_short};
use crate::domain::people::ChildId;
use crate::domain::register::Register;

use super::Answers;
use super::known::Known;
use super::roster::{Place, Reason, RosterCard, bare};

/// Whether caredesk made a card, where the roster does not say: six digits are ours where most of its six digits have our
/// form; of a school's own numbers it is one in ten.
pub(super) fn six_are_ours<'n>(unsaid: impl Iterator<Item = &'n CardNumber>) -> bool {
    let (mut all, mut ours) = (0_usize, 0_usize);
    for number in unsaid.filter(|n| n.as_str().len() == 6) {
        all += 1;
        ours += usize::from(has_our_form(number.as_str()));
    }
    ours * 2 >= all
}

/// Whether caredesk made this card, by what the row says or by its form.
pub(super) fn is_ours(number: &CardNumber, said: Option<bool>, six_are_ours: bool) -> bool {
    said.unwrap_or(six_are_ours && number.as_str().len() == 6) && has_our_form(number.as_str())
}

/// The cards of the staff, by every code that can be one of them; of who has left the staff too when `all`.
pub(super) fn of_staff(register: &Register, all: bool) -> Faces {
    Faces::of(register.staff().filter(|s| all || s.active).filter_map(|s| s.card.as_ref()).map(CardNumber::as_str))
}

/// A card with all its zeros: one that was stored as a number is the one on file, or as long as the answer says. `length` is
/// that of the others.
pub(super) fn with_zeros(
    card: Option<&RosterCard>,
    on_file: Option<&CardNumber>,
    answers: &Answers,
    length: Option<usize>,
) -> Result<Option<String>, Reason> {
    match card {
        None => Ok(None),
        Some(RosterCard::Code(code)) => Ok(Some(code.clone())),
        Some(RosterCard::Number(digits)) => match (on_file.filter(|n| bare(n.as_str()) == bare(digits)), answers.card_digits) {
            (Some(own), _) => Ok(Some(own.as_str().to_owned())),
            (None, Some(n)) if digits.len() <= n && n <= 32 => Ok(Some(format!("{digits:0>n$}"))),
            (None, _) => Err(Reason::CardLostZeros(length)),
        },
    }
}

/// The card of a row with all its zeros. One that was stored as a number is the child's own card of the register, or as long
/// as the answer says; otherwise it is asked for. A card of somebody else is refused; one that the child has, or had, in
/// another spelling is nothing new.
pub(super) fn of_row(
    (register, known): (&Register, &Known<'_>),
    of_staff: &Faces,
    answers: &Answers,
    child: Option<ChildId>,
    card: Option<&RosterCard>,
    length: Option<usize>,
) -> Result<Option<CardNumber>, Reason> {
    let cards = child.map(|id| register.cards_of(id)).unwrap_or_default();
    let own = cards.iter().map(|c| &c.number).find(|n| card.is_some_and(|card| bare(n.as_str()) == card.bare()));
    let Some(number) = with_zeros(card, own, answers, length)? else { return Ok(None) };
    let number = CardNumber::new(number);
    let on_file = register.card(&number);
    let is_same = |other: &CardNumber| bare(other.as_str()) == bare(number.as_str());
    let owners = known.owners_of(number.as_str());
    let of_another = on_file.is_some_and(|c| Some(c.child) != child) || owners.iter().any(|owner| Some(*owner) != child);
    let of_staff_too = register.staff().filter_map(|s| s.card.as_ref()).any(is_same);
    if of_another || of_staff_too || of_staff.can_be(number.as_str()) || register.is_spent(&number) {
        return Err(Reason::CardInUse);
    }
    if on_file.is_some() {
        return Ok(Some(number));
    }
    if !owners.is_empty() {
        return Ok(None);
    }
    let spelt = register.cards_by_face(number.as_str());
    match spelt[..] {
        [] => Ok(Some(number)),
        _ if spelt.iter().any(|c| Some(c.child) != child) => Err(Reason::CardInUse),
        _ => Ok(None),
    }
}

/// A card that is held against others.
#[derive(Clone, Copy)]
pub(super) struct Held<'n> {
    /// The row that brings it; `None` when it is on file.
    pub(super) row: Option<usize>,
    /// Its number.
    pub(super) number: &'n CardNumber,
    /// Whether caredesk made it.
    pub(super) ours: bool,
}

/// What the cards that rows bring would be confused with, beside schools' cards on file ([`of_row`]): for each row that cannot
/// have its card, why. `place` is where a row stands.
pub(super) fn confused(register: &Register, new: &[Held<'_>], place: impl Fn(usize) -> Place) -> HashMap<usize, Reason> {
    let mut found: HashMap<usize, Reason> = HashMap::new();
    let mut refuse = |row: Option<usize>, reason: Reason| {
        if let Some(row) = row {
            found.entry(row).or_insert(reason);
        }
    };
    let (mine, schools): (Vec<Held<'_>>, Vec<Held<'_>>) = new.iter().partition(|c| c.ours);
    let on_file = |ours: bool| register.cards().filter(move |c| c.own == ours).map(move |c| Held { row: None, number: &c.number, ours });
    let mut first: HashMap<&str, Held<'_>> = HashMap::new();
    for card in new {
        if let Some(other) = first.insert(bare(card.number.as_str()), *card) {
            refuse(card.row, Reason::CardTwice(other.row.map(&place).unwrap_or_default()));
            refuse(other.row, Reason::CardTwice(card.row.map(&place).unwrap_or_default()));
        }
    }
    for card in schools.iter().filter(|c| is_short(c.number.as_str())) {
        refuse(card.row, Reason::CardShort);
    }
    let mut spelt = new.to_vec();
    if !schools.is_empty() {
        let faces = Faces::of(schools.iter().map(|c| c.number.as_str()));
        spelt.extend(on_file(true).filter(|c| faces.can_be(c.number.as_str())));
    }
    for (card, other) in shared(&spelt) {
        let reason = other.row.map_or_else(|| Reason::CardSharesFace(other.number.clone()), |row| Reason::OneChip(place(row)));
        refuse(card.row, reason);
    }
    // Of a pair in one file the school's card is refused; ours may be in many hands already.
    if !schools.is_empty() {
        let ours: Vec<Held<'_>> = on_file(true).chain(mine.iter().copied()).collect();
        close(&ours, &schools).for_each(|(card, other)| refuse(card.row, Reason::CardTooClose(other.number.clone())));
    }
    if !mine.is_empty() {
        let theirs: Vec<Held<'_>> = on_file(false).collect();
        close(&theirs, &mine).for_each(|(card, other)| refuse(card.row, Reason::CardTooClose(other.number.clone())));
    }
    found
}

/// Of the new cards those that are a slip away from a known one, each with it.
fn close<'h, 'n>(known: &'h [Held<'n>], new: &'h [Held<'n>]) -> impl Iterator<Item = (Held<'n>, Held<'n>)> + 'h {
    let texts = |list: &[Held<'n>]| list.iter().map(|c| c.number.as_str()).collect::<Vec<&'n str>>();
    slips(&texts(known), &texts(new)).into_iter().filter_map(|(n, k)| Some((*new.get(n)?, *known.get(k)?)))
}

/// The cards that may be the card of another one on the list, each with that one. Two numbers of ours never are.
fn shared<'n>(list: &[Held<'n>]) -> Vec<(Held<'n>, Held<'n>)> {
    let mut found = Vec::new();
    // Two chips agree when one of them tells so many bits and no more, and the other has the same: all cards with those bits
    // are held against such a one, not against each other, for a roster may be made to have very many of them.
    for known in Chip::KNOWN {
        let mut rows: Vec<(u64, bool, usize)> = Vec::with_capacity(list.len());
        for (index, card) in list.iter().enumerate() {
            rows.extend(chips(card.number.as_str()).iter().filter_map(|chip| Some((chip.low(known)?, chip.known() != known, index))));
        }
        rows.sort_unstable(); // those that tell no more come first
        for group in rows.chunk_by(|a, b| a.0 == b.0) {
            let short = group.partition_point(|(_, more, _)| !more);
            let (these, more) = group.split_at(short);
            let (few, many) = (few(list, these), few(list, more));
            for (_, tells_more, index) in group {
                let Some(card) = list.get(*index) else { continue };
                let others = few.iter().chain(many.iter().filter(|_| !tells_more));
                let other = others.copied().find(|other| other.number != card.number && !(other.ours && card.ours));
                found.extend(other.map(|other| (*card, other)));
            }
        }
    }
    found
}

/// Enough of some cards to hold every other one against: two numbers of a school and one of ours.
fn few<'n>(list: &[Held<'n>], rows: &[(u64, bool, usize)]) -> Vec<Held<'n>> {
    let cards = || rows.iter().filter_map(|(_, _, index)| list.get(*index)).copied();
    let first = cards().find(|c| !c.ours);
    let second = first.and_then(|first| cards().find(|c| !c.ours && c.number != first.number));
    first.into_iter().chain(second).chain(cards().find(|c| c.ours)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The indexes of the cards that are refused as one chip, with the other one's.
    fn pairs(codes: &[&str], ours: &[&str]) -> HashMap<usize, usize> {
        let numbers: Vec<CardNumber> = codes.iter().chain(ours).map(|code| CardNumber::new(*code)).collect();
        let list: Vec<Held<'_>> = numbers.iter().enumerate().map(|(row, number)| Held { row: Some(row), number, ours: row >= codes.len() }).collect();
        let mut found = HashMap::new();
        for (card, other) in shared(&list) {
            if let (Some(card), Some(other)) = (card.row, other.row) {
                found.entry(card).or_insert(other);
            }
        }
        found
    }

    #[test]
    fn one_chip_in_two_spellings_and_neighbours_that_are_two() {
        // 0007302202 = 006F6C3A hex = facility 111, 27706 = the low 24 bits 07302202.
        let same = ["0007302202", "11127706", "07302202", "111,27706", "006F6C3A"];
        for (one, other) in same.iter().flat_map(|a| same.iter().map(move |b| (*a, *b))).filter(|(a, b)| a != b) {
            let found = pairs(&[one, "0004835001", other], &[]);
            assert_eq!((found.get(&0), found.get(&1), found.get(&2)), (Some(&2), None, Some(&0)), "{one} {other}");
        }
        assert!(pairs(&["0007302202", "0007302203", "453841", "693691", "0007302202"], &[]).is_empty());
        // All that agree are found, whichever way their codes stand to one another.
        let many: Vec<String> = (0..4000_u32).map(|n| format!("{:010X}", (u64::from(n) << 24) | 0x006F_6C3A)).collect();
        let mut codes: Vec<&str> = many.iter().map(String::as_str).collect();
        assert!(pairs(&codes, &[]).is_empty(), "the same low 24 bits, and every one of 40 another");
        codes.push("07302202");
        let found = pairs(&codes, &[]);
        assert_eq!((found.len(), found.get(&7), found.get(&4000)), (4001, Some(&4000), Some(&0)), "24 bits agree with each of them");
        // The same low 24 bits, and yet two chips.
        assert!(pairs(&["0007302202", "0024079418"], &[]).is_empty());
    }

    #[test]
    fn numbers_of_ours_are_only_themselves_and_yet_no_spelling_of_a_schools_card() {
        assert!(pairs(&[], &["11127706", "07302202"]).is_empty());
        assert_eq!(pairs(&["0007302202"], &["11127706", "07302202"]), HashMap::from([(0, 1), (1, 0), (2, 0)]));
        assert_eq!(pairs(&["07302202"], &["11127706"]), HashMap::from([(0, 1), (1, 0)]));
    }
}
