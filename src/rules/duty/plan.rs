//! Who is to come on which day: the duty plan, whom it proposes first, and who has not come (F088, F093, S1.26).
//!
//! The ledger counts planned days, from the register alone; days really served stand in the journal and are not counted
//! here.

use chrono::{Datelike, Days, NaiveDate};

use super::super::Room;
use super::super::access::{Right, may};
use super::{Remark, lacks};
use crate::domain::calendar::Term;
use crate::domain::fact::Fact;
use crate::domain::people::{Staff, StaffId};
use crate::domain::time::Moment;

/// So many minutes after the session began, the desk says who is planned and has not come.
pub const AWAITED_MINUTES: i64 = 15;

/// A full teaching load, per cent; who has less is proposed first.
pub const FULL_LOAD: u8 = 100;

/// Somebody who can be planned for a day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Proposal {
    /// Who.
    pub staff: StaffId,
    /// Weekly teaching load in per cent, where it is known.
    pub load: Option<u8>,
    /// Days of this term for which the person is planned.
    pub days: usize,
}

/// Who is planned for a day, in the order in which they were entered.
#[must_use]
pub fn planned(room: Room<'_>, date: NaiveDate) -> &[StaffId] {
    room.register.office().duty.get(&date).map_or(&[], Vec::as_slice)
}

/// Whether somebody can be planned for a day: works here, may be on duty, and has the papers on that day.
#[must_use]
pub fn can_be_planned(staff: &Staff, date: NaiveDate) -> bool {
    staff.active && may(staff.role, Right::Release) && lacks(staff, date).is_empty()
}

/// Who can be planned for a day and is not yet: those with less than a full load first, the least first; then who has the
/// fewest days this term (S1.26, F093).
#[must_use]
pub fn proposals(room: Room<'_>, date: NaiveDate) -> Vec<Proposal> {
    let already = planned(room, date);
    let fit = room.register.staff().filter(|s| can_be_planned(s, date) && !already.contains(&s.id));
    let mut list: Vec<Proposal> = fit.map(|s| Proposal { staff: s.id, load: s.load, days: days(room, s.id, date) }).collect();
    list.sort_by_key(|p| (p.load.unwrap_or(FULL_LOAD).min(FULL_LOAD), p.days, p.staff));
    list
}

/// How often everybody is planned in the term of a day, the most often first; those who are not at all are left out.
#[must_use]
pub fn ledger(room: Room<'_>, date: NaiveDate) -> Vec<(StaffId, usize)> {
    let all = room.register.staff().map(|s| (s.id, days(room, s.id, date)));
    let mut list: Vec<(StaffId, usize)> = all.filter(|(_, days)| *days > 0).collect();
    list.sort_by_key(|(staff, days)| (std::cmp::Reverse(*days), *staff));
    list
}

/// Days for which somebody is planned in the term of a day; of the whole plan when no term is entered for it.
#[must_use]
pub fn days(room: Room<'_>, staff: StaffId, date: NaiveDate) -> usize {
    let term = term(room, date);
    let counts = |day: &NaiveDate| term.is_none_or(|t| t.from <= *day && *day <= t.until);
    room.register.office().duty.iter().filter(|(day, list)| counts(day) && list.contains(&staff)).count()
}

/// The term of a day, if one is entered.
#[must_use]
pub fn term(room: Room<'_>, date: NaiveDate) -> Option<&Term> {
    room.register.office().terms.values().find(|t| t.from <= date && date <= t.until)
}

/// The Monday of a day's week.
#[must_use]
pub fn monday(date: NaiveDate) -> NaiveDate {
    date.checked_sub_days(Days::new(u64::from(date.weekday().num_days_from_monday()))).unwrap_or(date)
}

/// The days of a week on which there is care, or for which somebody is planned.
#[must_use]
pub fn week(room: Room<'_>, monday: NaiveDate) -> Vec<NaiveDate> {
    let days = (0..7).filter_map(|n| monday.checked_add_days(Days::new(n)));
    days.filter(|day| room.settings.session_on(*day).is_some() || !planned(room, *day).is_empty()).collect()
}

/// Who is planned for today and has not signed on, whatever came after.
#[must_use]
pub fn not_come(room: Room<'_>) -> Vec<StaffId> {
    let came = |staff: StaffId| room.day.entries().iter().any(|e| matches!(e.fact, Fact::SignedOn { staff: s } if s == staff));
    let active = |staff: StaffId| room.register.staff_member(staff).is_some_and(|s| s.active);
    planned(room, room.day.date()).iter().copied().filter(|s| active(*s) && !came(*s)).collect()
}

/// What the desk says by itself after one moment and not after another: who has not come to duty.
#[must_use]
pub fn absences(room: Room<'_>, after: Moment, until: Moment) -> Option<(Moment, Remark)> {
    let at = awaited(room, until)?;
    let due = after.ms < at.ms && at.ms <= until.ms && until.date() == room.day.date();
    let missing = if due { not_come(room) } else { Vec::new() };
    (!missing.is_empty()).then_some((at, Remark::NotCome(missing)))
}

/// When it is said who has not come, if that is still ahead today.
#[must_use]
pub fn next_absence(room: Room<'_>, now: Moment) -> Option<Moment> {
    awaited(room, now).filter(|at| at.ms > now.ms && !planned(room, now.date()).is_empty())
}

fn awaited(room: Room<'_>, on: Moment) -> Option<Moment> {
    let session = room.settings.session_on(on.date())?;
    Some(on.at_time(session.start).plus_seconds(60 * AWAITED_MINUTES))
}
