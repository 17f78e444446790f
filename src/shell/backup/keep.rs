//! Which backups are kept: all of seven days, the last of each week for eight weeks, the last of each month for twelve.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime};

use crate::store::Kind;

const DAYS: i64 = 7;
const WEEKS: i64 = 8;
const MONTHS: i64 = 12;
const ENDING: &str = ".age";
const TIME: &str = "%Y%m%d-%H%M%S";

/// The name of a backup; those of a practice store have another beginning, so that the two never count as one row.
#[must_use]
pub fn name(kind: Kind, made: NaiveDateTime) -> String {
    format!("{}{}{ENDING}", beginning(kind), made.format(TIME))
}

/// When a backup of this kind was made, by its name; `None` for every other file.
#[must_use]
pub fn made(kind: Kind, name: &str) -> Option<NaiveDateTime> {
    let time = name.strip_prefix(beginning(kind))?.strip_suffix(ENDING)?;
    // By digits and length: the parser alone takes shorter numbers too.
    let is_time = time.len() == 15 && time.bytes().enumerate().all(|(n, b)| if n == 8 { b == b'-' } else { b.is_ascii_digit() });
    is_time.then(|| NaiveDateTime::parse_from_str(time, TIME).ok()).flatten()
}

fn beginning(kind: Kind) -> &'static str {
    match kind {
        Kind::Real => "caredesk-",
        Kind::Practice => "caredesk-practice-",
    }
}

/// Which of the backups can go once there is one of `newest`. Whatever is as new or newer stays: a clock may have been wrong.
#[must_use]
pub fn too_many(backups: &[NaiveDateTime], newest: NaiveDateTime) -> Vec<NaiveDateTime> {
    let mut sorted = backups.to_vec();
    sorted.sort_unstable();
    let (mut weeks, mut months, mut go) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
    for at in sorted.into_iter().rev() {
        let last_of_week = weeks.insert(monday(at.date()));
        let last_of_month = months.insert(month(at.date()));
        let days = (newest.date() - at.date()).num_days();
        let in_weeks = (monday(newest.date()) - monday(at.date())).num_days() <= 7 * WEEKS;
        let in_months = month(newest.date()) - month(at.date()) <= MONTHS;
        if !(at >= newest || days < DAYS || (last_of_week && in_weeks) || (last_of_month && in_months)) {
            go.push(at);
        }
    }
    go.reverse();
    go
}

fn monday(date: NaiveDate) -> NaiveDate {
    date.checked_sub_days(Days::new(date.weekday().num_days_from_monday().into())).unwrap_or(date)
}

fn month(date: NaiveDate) -> i64 {
    i64::from(date.year()) * 12 + i64::from(date.month0())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn at(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
    }

    #[test]
    fn what_goes_and_what_stays() {
        // 2026-09-30 is a Wednesday.
        let newest = at("2026-09-30 18:00");
        let cases: [(&[&str], &[&str]); 10] = [
            (&["2026-09-30 18:00"], &[]),
            (&["2026-09-30 08:00", "2026-09-30 12:00", "2026-09-24 08:00", "2026-09-24 09:00"], &[]), // seven days: all
            (&["2026-09-23 08:00", "2026-09-23 18:00"], &["2026-09-23 08:00"]),                       // the eighth: one a week
            (&["2026-09-21 08:00", "2026-09-27 08:00"], &["2026-09-21 08:00"]),
            (&["2026-09-20 08:00", "2026-09-21 08:00"], &[]), // Sunday and Monday: two weeks
            (&["2026-08-03 08:00", "2026-08-09 08:00", "2026-08-31 08:00"], &["2026-08-03 08:00"]), // the eighth week
            (&["2026-07-29 08:00", "2026-07-31 08:00"], &["2026-07-29 08:00"]), // beyond: one a month
            (&["2025-09-01 08:00", "2025-09-30 08:00"], &["2025-09-01 08:00"]),
            (&["2025-08-31 08:00"], &["2025-08-31 08:00"]), // the thirteenth month back
            (&["2026-09-30 18:01", "2027-01-01 08:00", "2027-01-01 09:00"], &[]), // from a clock that was ahead
        ];
        for (backups, go) in cases {
            let all: Vec<_> = backups.iter().map(|t| at(t)).collect();
            let expected: Vec<_> = go.iter().map(|t| at(t)).collect();
            assert_eq!(too_many(&all, newest), expected, "{backups:?}");
        }
        assert_eq!(too_many(&[], newest), []);
    }

    #[test]
    fn a_backup_a_day_for_three_years_leaves_a_bounded_row_without_holes() {
        let (mut kept, first) = (Vec::new(), at("2024-01-01 18:00"));
        for day in 0..1096 {
            let now = first + chrono::Duration::days(day);
            kept.push(now);
            let go = too_many(&kept, now);
            assert!(!go.contains(&now));
            kept.retain(|at| !go.contains(at));
        }
        assert!((20..=30).contains(&kept.len()), "{}", kept.len());
        let newest = *kept.last().unwrap();
        for back in 0..365 {
            let then = newest - chrono::Duration::days(back);
            let gap = kept.iter().filter(|at| **at <= then).map(|at| then - *at).min().unwrap_or(chrono::Duration::days(999));
            assert!(
                gap.num_days()
                    < if back < 7 {
                        1
                    } else if back < 50 {
                        8
                    } else {
                        32
                    },
                "{back} days back: {gap}"
            );
        }
    }

    #[test]
    fn only_names_of_the_kind_count() {
        let when = at("2026-09-30 18:00");
        for kind in [Kind::Real, Kind::Practice] {
            assert_eq!(made(kind, &name(kind, when)), Some(when));
        }
        assert_eq!(made(Kind::Real, &name(Kind::Practice, when)), None);
        assert_eq!(made(Kind::Practice, &name(Kind::Real, when)), None);
        for other in ["caredesk-20260930-180000.age.part", "caredesk-2026930-180000.age", "caredesk-20261330-180000.age", "mine.age", "caredesk-.age"]
        {
            assert_eq!(made(Kind::Real, other), None, "{other}");
        }
    }
}
