//! Who acts, whose PIN may be tried, and who can be the second adult (F042, F087, F168).

use super::{Objection, Room};
use crate::domain::card::checks;
use crate::domain::people::{Role, Staff, StaffId};
use crate::domain::time::Moment;

/// Whether this person may go on duty.
///
/// # Errors
/// [`Objection::WrongStaff`] when they left, only inspect, or have no PIN.
pub fn may_sign_on(room: Room<'_>, staff: StaffId) -> Result<(), Objection> {
    let fit = room.register.staff_member(staff).is_some_and(|s| s.active && s.role != Role::Inspector && s.pin.is_some());
    if fit { Ok(()) } else { Err(Objection::WrongStaff) }
}

/// Whether a try of this person's PIN is taken now.
///
/// # Errors
/// [`Objection::WrongStaff`] when they have no PIN; [`Objection::WrongTime`] while locked.
pub fn may_try_pin(room: Room<'_>, staff: StaffId, now: Moment) -> Result<(), Objection> {
    if room.register.staff_member(staff).is_none_or(|s| s.pin.is_none() || !s.active) {
        return Err(Objection::WrongStaff);
    }
    match locked_until(room, staff, now) {
        Some(_) => Err(Objection::WrongTime),
        None => Ok(()),
    }
}

/// Until when this person's PIN is locked, if it is.
#[must_use]
pub fn locked_until(room: Room<'_>, staff: StaffId, now: Moment) -> Option<Moment> {
    room.register.pin_tries(staff).locked_until(now.offset_min).filter(|until| until.ms > now.ms)
}

/// Who can be the second adult: others on duty first, then leaders. Never the one who acts.
#[must_use]
pub fn second_adults<'a>(room: Room<'a>) -> Vec<&'a Staff> {
    let actor = room.actor();
    let others = room.state().duty().iter().map(|d| d.staff).filter(|s| Some(*s) != actor);
    let mut list: Vec<&'a Staff> = others.filter_map(|s| room.register.staff_member(s)).filter(|s| s.active && s.pin.is_some()).collect();
    for leader in room.register.staff().filter(|s| s.role == Role::Leader && s.active && s.pin.is_some()) {
        if Some(leader.id) != actor && !list.iter().any(|s| s.id == leader.id) {
            list.push(leader);
        }
    }
    list
}

/// Why a PIN cannot be set.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WeakPin {
    /// Not digits only.
    NotDigits,
    /// Shorter than four digits, or six for a leader.
    TooShort(usize),
    /// Longer than twelve digits.
    TooLong,
    /// It is a card's number, or could be one.
    LooksLikeCard,
}

/// Whether a PIN may be set: digits, long enough for the role, and nothing that a scanner could type as a card.
///
/// # Errors
/// What is wrong with it.
pub fn check_new_pin(room: Room<'_>, role: Role, pin: &str) -> Result<(), WeakPin> {
    use crate::domain::card::{CardNumber, own_length};
    let least = if role == Role::Leader { 6 } else { 4 };
    if !pin.bytes().all(|b| b.is_ascii_digit()) {
        return Err(WeakPin::NotDigits);
    }
    if pin.len() < least {
        return Err(WeakPin::TooShort(least));
    }
    if pin.len() > 12 {
        return Err(WeakPin::TooLong);
    }
    let number = CardNumber::new(pin);
    let is_card = room.register.card(&number).is_some() || room.register.staff_by_card(&number).is_some();
    let could_be = [6, own_length(room.register.child_count())].contains(&pin.len()) && checks(pin);
    if is_card || could_be { Err(WeakPin::LooksLikeCard) } else { Ok(()) }
}
