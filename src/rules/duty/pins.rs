//! Which PINs may be set: digits, long enough for the role, no row that everybody tries first, and nothing that a scanner could
//! type as a card. It is asked when a PIN is set; one that is on file already goes on working.

use crate::domain::card::{CardNumber, has_our_form};
use crate::domain::fact::Fact;
use crate::domain::people::Role;
use crate::rules::Room;

/// Most digits of a PIN.
pub const MOST_DIGITS: usize = 12;

/// Fewest digits of a PIN, of whatever role.
pub const FEWEST_DIGITS: usize = 4;

/// Fewest digits of a leader's PIN.
const FEWEST_OF_LEADER: usize = 6;

/// Why a PIN cannot be set.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WeakPin {
    /// Not digits only.
    NotDigits,
    /// Shorter than four digits, or six for a leader.
    TooShort(usize),
    /// Longer than twelve digits.
    TooLong,
    /// All digits equal, or each one more (or one less) than the last.
    Row,
    /// It is a card's number, or could be one.
    LooksLikeCard,
}

/// Whether a PIN may be set.
///
/// # Errors
/// What is wrong with it.
pub fn check_new_pin(room: Room<'_>, role: Role, pin: &str) -> Result<(), WeakPin> {
    let fewest = if role == Role::Leader { FEWEST_OF_LEADER } else { FEWEST_DIGITS };
    if !pin.bytes().all(|b| b.is_ascii_digit()) {
        return Err(WeakPin::NotDigits);
    }
    if pin.len() < fewest {
        return Err(WeakPin::TooShort(fewest));
    }
    if pin.len() > MOST_DIGITS {
        return Err(WeakPin::TooLong);
    }
    if is_row(pin) {
        return Err(WeakPin::Row);
    }
    let number = CardNumber::new(pin);
    let is_card = room.register.card(&number).is_some() || room.register.staff_by_card(&number).is_some();
    if is_card || has_our_form(pin) { Err(WeakPin::LooksLikeCard) } else { Ok(()) }
}

/// Whether something that was typed has the form of a PIN: only digits, and as many as one may have.
#[must_use]
pub fn has_form_of_pin(text: &str) -> bool {
    (FEWEST_DIGITS..=MOST_DIGITS).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

/// Whether each digit differs from the last by the same: none, one more, one less. 0 stands beside 9, as on a keyboard and
/// where a row goes round: 7890, 3210987.
fn is_row(pin: &str) -> bool {
    let digits = pin.as_bytes();
    [0, 1, 9].into_iter().any(|step| digits.windows(2).all(|pair| matches!(pair, [a, b] if (a - b'0' + step) % 10 == b - b'0')))
}

/// Whether a PIN is, or could be, a card once these facts are entered: the number of a card that they bring, or one that
/// the desk may allot. Longer numbers are allotted where short ones are used up, whatever the size of the room.
#[must_use]
pub fn is_card_among<'f>(pin: &str, facts: impl IntoIterator<Item = &'f Fact>) -> bool {
    let number = CardNumber::new(pin);
    #[allow(clippy::wildcard_enum_match_arm)] // only these bring cards
    let is_card = |fact: &Fact| match fact {
        Fact::CardSet { now, .. } => now.number == number,
        Fact::StaffSet { now, .. } => now.card.as_ref() == Some(&number),
        _ => false,
    };
    facts.into_iter().any(is_card) || has_our_form(pin)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::custody::Card;
    use crate::domain::day::Day;
    use crate::domain::people::{ChildId, Staff, StaffId};
    use crate::domain::register::Register;
    use crate::domain::settings::Settings;
    use chrono::NaiveDate;

    fn check(role: Role, pin: &str) -> Result<(), WeakPin> {
        let (register, day, settings) = (Register::default(), Day::new(NaiveDate::default(), Vec::new()), Settings::default());
        check_new_pin(Room { register: &register, day: &day, settings: &settings, desk: "", keeper: None }, role, pin)
    }

    /// The row that begins with a digit: so many digits, each so much more than the last.
    fn row(first: u8, step: u8, length: usize) -> String {
        (0..length).scan(first, |digit, _| Some(char::from(b'0' + std::mem::replace(digit, (*digit + step) % 10)))).collect()
    }

    #[test]
    fn no_row_of_any_length_is_a_pin() {
        for (role, fewest) in [(Role::Duty, 4), (Role::Office, 4), (Role::Inspector, 4), (Role::Leader, 6)] {
            for (length, first, step) in (fewest..=12).flat_map(|l| (0..10).flat_map(move |f| [0, 1, 9].map(|s| (l, f, s)))) {
                let pin = row(first, step, length);
                assert_eq!(check(role, &pin), Err(WeakPin::Row), "{role:?} {pin}");
                // One digit of it changed is no row any more.
                let other: String = pin.chars().take(length - 1).chain([char::from(b'0' + (pin.as_bytes()[length - 1] - b'0' + 5) % 10)]).collect();
                assert_ne!(check(role, &other), Err(WeakPin::Row), "{role:?} {other}");
            }
        }
        for pin in ["1234", "987654", "111111", "7890", "0987", "890123"] {
            assert!(check(Role::Duty, pin) == Err(WeakPin::Row), "{pin}");
        }
        for pin in ["2468", "1357", "1233", "1122", "1324", "9754", "123321"] {
            assert_ne!(check(Role::Duty, pin), Err(WeakPin::Row), "{pin}");
        }
        assert_eq!(check(Role::Duty, "2468"), Ok(()));
    }

    #[test]
    fn every_other_fault_has_its_own_word() {
        let cases =
            [("12", WeakPin::TooShort(6)), ("24a6", WeakPin::NotDigits), ("13579", WeakPin::TooShort(6)), ("1357913579135", WeakPin::TooLong)];
        for (pin, weak) in cases {
            assert_eq!(check(Role::Leader, pin), Err(weak), "{pin}");
        }
        assert_eq!(check(Role::Duty, "453841"), Err(WeakPin::LooksLikeCard));
    }

    #[test]
    fn a_pin_is_compared_with_the_cards_that_a_roster_brings() {
        let card = Fact::CardSet { was: None, now: Box::new(Card::new(CardNumber::new("0135790246"), ChildId(1), true)) };
        let staff = Staff { card: Some(CardNumber::new("77001122")), ..Staff::new(StaffId(2), "乙", Role::Duty) };
        let facts = [card, Fact::StaffSet { was: None, now: Box::new(staff) }];
        for (pin, want) in [("0135790246", true), ("77001122", true), ("453841", true), ("135790", false), ("77001123", false)] {
            assert_eq!(is_card_among(pin, &facts), want, "{pin}");
        }
    }
}
