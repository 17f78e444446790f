//! Who acts, whose PIN may be tried, who may go on duty with what papers, and who can be the second adult (F042, F087,
//! F091, F168).
//!
//! How many adults there have to be, and who can be the second one, stands in [`adults`]; which PINs may be set in [`pins`]; how
//! a leader who is locked out comes back in [`recovery`]; the plan of who is to come in [`plan`]. A person who is not planned is
//! told so and never refused (F088).

pub mod adults;
pub mod pins;
pub mod plan;
pub mod recovery;

pub use adults::{able_on_duty, acted_since, is_person, leaves_alone, may_witness, second_adults, seconds_for};

use chrono::{Days, NaiveDate};

use super::access::{Right, may};
use super::clock::{NOW, passed};
use super::office::Hindrance as OfficeHindrance;
use super::office::staff::Hindrance;
use super::{Objection, Room};
use crate::domain::fact::{Entry, Fact};
use crate::domain::people::{Role, Staff, StaffId};
use crate::domain::register::{PinTries, Register};
use crate::domain::staff::{Employment, Vetting};
use crate::domain::time::Moment;

pub use pins::{WeakPin, check_new_pin, is_card_among};

/// From so many days before its last valid day on, the desk says that a paper runs out.
pub const WARNED_DAYS: u64 = 30;

/// What somebody lacks who may not go on duty (S2.32, S2.63).
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Lack {
    /// The person must not work with children.
    Barred,
    /// The person has left the school (S2.29).
    Left,
    /// The record has not been checked.
    Vetting,
    /// No paper is on file.
    Credential,
    /// A paper has expired.
    Expired {
        /// Its name.
        name: String,
        /// Its last valid day.
        until: NaiveDate,
    },
}

/// What the desk says beside somebody's going on duty, or about somebody's not coming.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Remark {
    /// A paper of one of the school's own people has expired.
    Expired {
        /// Whose.
        staff: StaffId,
        /// Its name.
        name: String,
        /// Its last valid day.
        until: NaiveDate,
    },
    /// A paper expires before long.
    Expires {
        /// Whose.
        staff: StaffId,
        /// Its name.
        name: String,
        /// Its last valid day.
        until: NaiveDate,
    },
    /// Others are planned for today, and this person is not.
    NotPlanned(StaffId),
    /// They are planned for today and have not signed on.
    NotCome(Vec<StaffId>),
}

/// What somebody lacks on a day, all of it; empty when nothing stands against duty. The school's own people need no paper
/// at the desk, and nobody who is barred is let on duty in any capacity.
#[must_use]
pub fn lacks(staff: &Staff, on: NaiveDate) -> Vec<Lack> {
    if staff.vetting == Vetting::Barred {
        return vec![Lack::Barred];
    }
    let left = (staff.employment == Some(Employment::Left)).then_some(Lack::Left);
    if !staff.capacity.is_outside() {
        return left.into_iter().collect();
    }
    let vetted = matches!(staff.vetting, Vetting::Clear { on: checked } if checked <= on);
    let unvetted = (!vetted).then_some(Lack::Vetting);
    let none = staff.credentials.is_empty().then_some(Lack::Credential);
    let expired = expired(staff, on).map(|(name, until)| Lack::Expired { name, until });
    left.into_iter().chain(unvetted).chain(none).chain(expired).collect()
}

fn expired(staff: &Staff, on: NaiveDate) -> impl Iterator<Item = (String, NaiveDate)> {
    staff.credentials.iter().filter(move |c| !c.is_valid(on)).filter_map(|c| Some((c.name.clone(), c.until?)))
}

/// Whether this person may go on duty.
///
/// # Errors
/// [`Hindrance::Papers`] with everything that they lack. Whether they are able to act at all is asked before.
pub fn may_sign_on(room: Room<'_>, staff: StaffId, now: Moment) -> Result<(), Objection> {
    let person = room.register.staff_member(staff).ok_or(Objection::WrongStaff)?;
    let lacks = lacks(person, now.date());
    if lacks.is_empty() { Ok(()) } else { Err(Objection::Office(OfficeHindrance::Staff(Hindrance::Papers { staff, lacks }))) }
}

/// What is said to somebody who has gone on duty: papers that have expired or soon will, and that others are planned.
#[must_use]
pub fn remarks(room: Room<'_>, staff: StaffId, now: Moment) -> Vec<Remark> {
    let (Some(person), today) = (room.register.staff_member(staff), now.date()) else { return Vec::new() };
    let soon = today.checked_add_days(Days::new(WARNED_DAYS)).unwrap_or(today);
    let mut list: Vec<Remark> = expired(person, today).map(|(name, until)| Remark::Expired { staff, name, until }).collect();
    let running_out = person.credentials.iter().filter(|c| c.is_valid(today)).filter_map(|c| Some((c, c.until.filter(|until| *until <= soon)?)));
    list.extend(running_out.map(|(c, until)| Remark::Expires { staff, name: c.name.clone(), until }));
    let planned = plan::planned(room, today);
    if !planned.is_empty() && !planned.contains(&staff) {
        list.push(Remark::NotPlanned(staff));
    }
    list
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
    still_locked(room, room.register.pin_tries(staff), |fact| *fact == Fact::PinTried { staff }, now)
}

/// Until when wrong tries lock, the last of which `is_try` finds: for the time that goes by, whatever the clock is set to meanwhile. Of a
/// try of an earlier day only the date is known.
fn still_locked(room: Room<'_>, tries: PinTries, is_try: impl Fn(&Fact) -> bool, now: Moment) -> Option<Moment> {
    let until = tries.locked_until(now.offset_min)?;
    let last = room.day.entries().iter().rev().find(|e| is_try(&e.fact));
    let left_ms = |e: &Entry| until.ms - tries.last_ms - passed(room.day, (e.at, e.seq), (now, NOW)).least_ms;
    let until = last.map_or(until, |e| now.plus_ms(left_ms(e)));
    Some(until).filter(|until| until.ms > now.ms)
}

/// Whether somebody works here, and is not barred.
#[must_use]
pub fn works_here(staff: &Staff) -> bool {
    staff.active && staff.employment != Some(Employment::Left) && staff.vetting != Vetting::Barred
}

/// Whether somebody works here, is not barred, and has a PIN to give.
#[must_use]
pub fn can_prove(staff: &Staff) -> bool {
    works_here(staff) && staff.pin.is_some()
}

/// Whether somebody can act at all: works here, is not barred, has a PIN to give, and is not locked out by wrong ones.
#[must_use]
pub fn is_able(room: Room<'_>, staff: StaffId, now: Moment) -> bool {
    room.register.staff_member(staff).is_some_and(can_prove) && locked_until(room, staff, now).is_none()
}

/// Whether this person, whose PIN was right, may agree to what takes this right.
///
/// # Errors
/// [`Objection::WrongStaff`] when they cannot act, or their role does not have the right.
pub fn may_agree(room: Room<'_>, staff: StaffId, right: Right, now: Moment) -> Result<(), Objection> {
    let role = room.register.staff_member(staff).map(|s| s.role);
    if role.is_some_and(|role| may(role, right)) && is_able(room, staff, now) { Ok(()) } else { Err(Objection::WrongStaff) }
}

/// Whether this person may open the register for what takes this right. Where no leader is left who works here, one of those
/// who led may, as on the command line (see [`leaders`]).
#[must_use]
pub fn may_keep(room: Room<'_>, staff: StaffId, right: Right, now: Moment) -> bool {
    let last = || leaders(room.register).iter().any(|l| l.id == staff && may(l.role, right)) && locked_until(room, staff, now).is_none();
    may_agree(room, staff, right, now).is_ok() || last()
}

/// Who may open the register for a change that asks for this right, by number (F167).
#[must_use]
pub fn keepers(room: Room<'_>, right: Right) -> Vec<StaffId> {
    room.register.staff().filter(|s| may(s.role, right) && can_prove(s)).map(|s| s.id).collect()
}

/// Whether somebody answers for this desk, or did: while nobody ever led, nobody is asked for a PIN.
#[must_use]
pub fn has_leader(room: Room<'_>) -> bool {
    !leaders(room.register).is_empty()
}

/// Whether this is a leader who can be asked.
#[must_use]
pub fn is_leader(staff: &Staff) -> bool {
    staff.role == Role::Leader && can_prove(staff)
}

/// Whose PIN opens the register on the command line: the leaders who can be asked. Where none is left who works here, those who
/// have a PIN at all: a store is not open to everybody because its only leader has left.
#[must_use]
pub fn leaders(register: &Register) -> Vec<&Staff> {
    let who = |wanted: fn(&Staff) -> bool| register.staff().filter(|s| wanted(s)).collect::<Vec<&Staff>>();
    let here = who(is_leader);
    if here.is_empty() { who(|s| s.role == Role::Leader && s.pin.is_some()) } else { here }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::domain::staff::{Capacity, Credential};

    fn day(n: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 9, n).unwrap()
    }

    fn paper(until: Option<u32>) -> Credential {
        Credential { name: format!("证{until:?}"), until: until.map(day) }
    }

    /// A leader who works here is asked; one who has left only where there is no other; and nobody where nobody ever led.
    #[test]
    fn a_store_that_had_a_leader_is_never_open_to_everybody() {
        let leader = |id: i64, employment: Option<Employment>| {
            let pin = Some("hash".to_owned());
            Staff { pin, employment, ..Staff::new(StaffId(id), "甲", Role::Leader) }
        };
        let asked = |register: &Register| leaders(register).into_iter().map(|s| s.id.0).collect::<Vec<_>>();
        let mut register = Register::default();
        register.put_staff(Staff { pin: Some("hash".to_owned()), ..Staff::new(StaffId(1), "乙", Role::Duty) });
        assert!(asked(&register).is_empty());
        register.put_staff(leader(2, Some(Employment::Left)));
        assert_eq!(asked(&register), [2]);
        register.put_staff(leader(3, None));
        assert_eq!(asked(&register), [3]);
    }

    /// Who left the school comes on duty in no capacity; everything else that is missing stands beside it.
    #[test]
    fn nobody_who_left_is_fit_for_duty() {
        let employments = [None, Some(Employment::Permanent), Some(Employment::Temporary), Some(Employment::Left)];
        for (capacity, employment) in Capacity::ALL.into_iter().flat_map(|c| employments.map(|e| (c, e))) {
            let staff = Staff { capacity, employment, vetting: Vetting::Clear { on: day(1) }, ..Staff::new(StaffId(1), "甲", Role::Duty) };
            let lacks = lacks(&staff, day(7));
            assert_eq!(lacks.contains(&Lack::Left), employment == Some(Employment::Left), "{capacity:?} {employment:?}");
            assert_eq!(lacks.contains(&Lack::Credential), capacity.is_outside(), "{capacity:?} {employment:?}");
            let leader = Staff { role: Role::Leader, pin: Some("hash".to_owned()), ..staff };
            assert_eq!(is_leader(&leader), employment != Some(Employment::Left), "nor does a leader's PIN open anything any more");
        }
    }

    /// On 7 September: every capacity, every vetting, every state of papers.
    #[test]
    fn papers_by_capacity_vetting_and_credentials() {
        let vettings =
            [(Vetting::Unknown, true), (Vetting::Clear { on: day(7) }, false), (Vetting::Clear { on: day(8) }, true), (Vetting::Barred, true)];
        let papers: [(&[Option<u32>], usize); 6] =
            [(&[], 1), (&[None], 0), (&[Some(7)], 0), (&[Some(6)], 1), (&[None, Some(6)], 1), (&[Some(5), Some(30), Some(6)], 2)];
        for capacity in Capacity::ALL {
            for (vetting, unvetted) in vettings {
                for (list, missing) in papers {
                    let credentials = list.iter().map(|until| paper(*until)).collect();
                    let staff = Staff { capacity, vetting, credentials, ..Staff::new(StaffId(1), "甲", Role::Duty) };
                    let lacks = lacks(&staff, day(7));
                    let expected = match (vetting, capacity.is_outside()) {
                        (Vetting::Barred, _) => 1,
                        (_, false) => 0,
                        (_, true) => usize::from(unvetted) + missing,
                    };
                    assert_eq!(lacks.len(), expected, "{capacity:?} {vetting:?} {list:?}: {lacks:?}");
                    assert_eq!(lacks.contains(&Lack::Barred), vetting == Vetting::Barred);
                    if list == [Some(6)] && expected > 0 && vetting != Vetting::Barred {
                        assert!(lacks.contains(&Lack::Expired { name: paper(Some(6)).name, until: day(6) }), "the document is named");
                    }
                }
            }
        }
    }
}
