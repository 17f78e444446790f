//! Recovery codes: a leader who is locked out, or has forgotten the PIN, sets a new one by a code that was written down before.
//!
//! A code is sixteen characters of 32, so that guessing is hopeless; wrong ones are counted all the same, apart from the PIN:
//! a PIN that is paused does not keep its leader from the code. What is typed is forgiven capitals, hyphens, blanks, and the
//! letters that look like digits. Only hashes of [`normal`] forms are kept.

use crate::domain::fact::{Fact, RecoveryFact};
use crate::domain::people::{Staff, StaffId};
use crate::domain::register::Recovery;
use crate::domain::time::Moment;
use crate::rules::{Objection, Room};

use super::is_leader;

/// The characters of a code: digits and capitals without I, L, O and U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const GROUPS: usize = 4;
const GROUP: usize = 4;

/// A new code in groups of four, by random numbers: `K7QM-3XTD-9FHR-2WPA`.
#[must_use]
pub fn draw(random: &mut impl FnMut() -> u64) -> String {
    draw_groups(GROUPS, random)
}

/// So many groups of four, drawn in the same way; each has 20 bits.
#[must_use]
pub fn draw_groups(groups: usize, random: &mut impl FnMut() -> u64) -> String {
    let mut character = || {
        let n = usize::try_from(random() >> 59).unwrap_or_default();
        ALPHABET.get(n).copied().map_or('0', char::from)
    };
    let mut group = || (0..GROUP).map(|_| character()).collect::<String>();
    (0..groups).map(|_| group()).collect::<Vec<_>>().join("-")
}

/// What of a typed code counts: capitals and digits, with the letters that look like digits taken for them.
#[must_use]
pub fn normal(typed: &str) -> String {
    let same = |c: char| match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    typed.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '－' | '—' | '–')).map(same).collect()
}

/// A leader who could use a code, and the one on file.
///
/// # Errors
/// [`Objection::WrongStaff`] when it is no leader who works here, or none is on file.
fn of_leader(room: Room<'_>, staff: StaffId) -> Result<(&Staff, &Recovery), Objection> {
    let person = room.register.staff_member(staff).filter(|s| is_leader(s));
    person.zip(room.register.recovery(staff)).ok_or(Objection::WrongStaff)
}

/// Whether this person has a code that would be taken, now or after a pause.
#[must_use]
pub fn has_code(room: Room<'_>, staff: StaffId) -> bool {
    of_leader(room, staff).is_ok()
}

/// Until when no code of this person is taken, if wrong ones have paused it.
#[must_use]
pub fn locked_until(room: Room<'_>, staff: StaffId, now: Moment) -> Option<Moment> {
    let tries = room.register.recovery(staff)?.tries;
    super::still_locked(room, tries, |fact| *fact == Fact::Recovery(RecoveryFact::Tried { staff }), now)
}

/// A new code for a leader.
///
/// # Errors
/// [`Objection::WrongStaff`] when it is no leader who works here.
pub(in crate::rules) fn made(room: Room<'_>, staff: StaffId, hash: &str) -> Result<Vec<Fact>, Objection> {
    room.register.staff_member(staff).filter(|s| is_leader(s)).ok_or(Objection::WrongStaff)?;
    Ok(vec![Fact::Recovery(RecoveryFact::Made { staff, hash: hash.to_owned() })])
}

/// A code is about to be compared.
///
/// # Errors
/// [`Objection::WrongStaff`] when there is none; [`Objection::WrongTime`] while it is paused.
pub(in crate::rules) fn tried(room: Room<'_>, staff: StaffId, now: Moment) -> Result<Vec<Fact>, Objection> {
    of_leader(room, staff)?;
    match locked_until(room, staff, now) {
        Some(_) => Err(Objection::WrongTime),
        None => Ok(vec![Fact::Recovery(RecoveryFact::Tried { staff })]),
    }
}

/// The code was right: it is used up, and the PIN is new. Only after a try that was counted.
///
/// # Errors
/// [`Objection::WrongStaff`] when there is no code (any more); [`Objection::Evidence`] when none was tried.
pub(in crate::rules) fn used(room: Room<'_>, staff: StaffId, pin: &str) -> Result<Vec<Fact>, Objection> {
    let (was, recovery) = of_leader(room, staff)?;
    if recovery.tries.count == 0 {
        return Err(Objection::Evidence);
    }
    let now = Staff { pin: Some(pin.to_owned()), ..was.clone() };
    Ok(vec![Fact::Recovery(RecoveryFact::Used { staff }), Fact::StaffSet { was: Some(Box::new(was.clone())), now: Box::new(now) }])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_drawn_from_all_characters_and_read_as_hands_write_it() {
        let mut n = 0_u64;
        let mut next = || {
            n = n.wrapping_add(0x0800_0000_0000_0001); // the upper five bits, one after another
            n
        };
        let codes: Vec<String> = (0..4).map(|_| draw(&mut next)).collect();
        let drawn: std::collections::BTreeSet<char> = codes.iter().flat_map(|c| c.chars()).filter(|c| *c != '-').collect();
        assert_eq!(drawn.len(), 32, "{codes:?}");
        for code in &codes {
            assert_eq!((code.len(), code.matches('-').count()), (19, 3), "{code}");
            let plain = normal(code);
            assert_eq!(plain.len(), 16);
            let by_hand = plain.to_ascii_lowercase().replace('0', "o").replace('1', "l");
            for typed in [code.to_ascii_lowercase(), by_hand, format!(" {} ", code.replace('-', " ")), code.replace('-', "－")] {
                assert_eq!(normal(&typed), plain, "{typed}");
            }
        }
    }
}
