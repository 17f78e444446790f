//! A point in time as the desk sees it: milliseconds since 1970 UTC, with the local offset of that moment.
//!
//! Absent: reading the clock. Time is an argument everywhere but in the shell.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Weekday};
use serde::{Deserialize, Serialize};

/// A moment: when it was, and what the clock on the wall said.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Moment {
    /// Milliseconds since 1970-01-01 00:00 UTC.
    pub ms: i64,
    /// Minutes that local time is ahead of UTC at that moment (China: 480).
    pub offset_min: i32,
}

impl Moment {
    /// The moment at which clocks with this offset (minutes) show `local`.
    #[must_use]
    pub fn from_local(local: NaiveDateTime, offset_min: i32) -> Self {
        let ms = local.and_utc().timestamp_millis() - i64::from(offset_min) * 60_000;
        Self { ms, offset_min }
    }

    /// Date and time on the wall; a moment outside the calendar (year 262,000) shows as 1970.
    #[must_use]
    pub fn local(self) -> NaiveDateTime {
        DateTime::from_timestamp_millis(self.ms.saturating_add(i64::from(self.offset_min) * 60_000))
            .map_or(NaiveDateTime::default(), |t| t.naive_utc())
    }

    /// The local date.
    #[must_use]
    pub fn date(self) -> NaiveDate {
        self.local().date()
    }

    /// The local time of day.
    #[must_use]
    pub fn time(self) -> NaiveTime {
        self.local().time()
    }

    /// The local day of the week.
    #[must_use]
    pub fn weekday(self) -> Weekday {
        self.date().weekday()
    }

    /// The moment on the same local date (and offset) at which the wall clock shows `time`.
    #[must_use]
    pub fn at_time(self, time: NaiveTime) -> Self {
        Self::from_local(self.date().and_time(time), self.offset_min)
    }

    /// The first moment of the local date.
    #[must_use]
    pub fn start_of_day(self) -> Self {
        self.at_time(NaiveTime::MIN)
    }

    /// The moment so many seconds later (earlier when negative).
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Self {
        self.plus_ms(seconds.saturating_mul(1000))
    }

    /// The moment so many milliseconds later (earlier when negative).
    #[must_use]
    pub fn plus_ms(self, ms: i64) -> Self {
        Self { ms: self.ms.saturating_add(ms), ..self }
    }

    /// Whole minutes from `earlier` to this moment, rounded down; negative when this moment is earlier.
    #[must_use]
    pub fn minutes_since(self, earlier: Self) -> i64 {
        (self.ms - earlier.ms).div_euclid(60_000)
    }

    /// `HH:MM` on the wall.
    #[must_use]
    pub fn hhmm(self) -> String {
        let t = self.time();
        format!("{:02}:{:02}", t.hour(), t.minute())
    }

    /// `HH:MM:SS` on the wall.
    #[must_use]
    pub fn hhmmss(self) -> String {
        let t = self.time();
        format!("{:02}:{:02}:{:02}", t.hour(), t.minute(), t.second())
    }
}

/// Reads a time of day as people type it: `1725`, `17:25`, `17：25`, `725`, with optional seconds after a second colon.
#[must_use]
pub fn time_of_day(text: &str) -> Option<NaiveTime> {
    let text = text.trim().replace('：', ":");
    let parts: Vec<&str> = if text.contains(':') {
        text.split(':').collect()
    } else {
        match text.len() {
            3 => vec![text.get(..1)?, text.get(1..)?],
            4 => vec![text.get(..2)?, text.get(2..)?],
            _ => return None,
        }
    };
    let mut numbers = Vec::with_capacity(3);
    for part in &parts {
        if part.is_empty() || part.len() > 2 || !part.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        numbers.push(part.parse::<u32>().ok()?);
    }
    match numbers[..] {
        [h, m] => NaiveTime::from_hms_opt(h, m, 0),
        [h, m, s] => NaiveTime::from_hms_opt(h, m, s),
        _ => None,
    }
}

/// Reads `17:55`, `1755` (on the date of `base`), `2026-09-07T17:55[:30]`, `09-07 17:55` (of the year of `base`), or a date
/// alone: its last second.
#[must_use]
pub fn moment(text: &str, base: Moment) -> Option<Moment> {
    let text = text.trim();
    let (date, time) = match text.split_once(['T', ' ']) {
        Some((day, time)) => (date(day, base.date())?, time_of_day(time)?),
        None => match time_of_day(text) {
            Some(time) => return Some(base.at_time(time)),
            None => (date(text, base.date())?, NaiveTime::from_hms_opt(23, 59, 59)?),
        },
    };
    Some(Moment::from_local(date.and_time(time), base.offset_min))
}

/// Reads a date as people type it: `2026-09-07`, `20260907`, `9-7`, `0907`, `9.7`, `2026/9/7`, `2026年9月7日`; without a year it is that of `base`.
#[must_use]
pub fn date(text: &str, base: NaiveDate) -> Option<NaiveDate> {
    let plain: String = text.trim().chars().map(|c| if matches!(c, '年' | '月' | '/' | '.' | '．' | '－') { '-' } else { c }).collect();
    let plain = plain.trim_end_matches(['日', '号']);
    let digits = plain.bytes().all(|b| b.is_ascii_digit());
    let parts: Vec<&str> = match (digits, plain.len()) {
        (true, 8) => vec![plain.get(..4)?, plain.get(4..6)?, plain.get(6..)?],
        (true, 4) => vec![plain.get(..2)?, plain.get(2..)?],
        _ => plain.split('-').collect(),
    };
    let number =
        |part: &str| (!part.is_empty() && part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse::<u32>().ok()).flatten();
    let numbers = parts.iter().map(|part| number(part)).collect::<Option<Vec<_>>>()?;
    match numbers[..] {
        [month, day] => NaiveDate::from_ymd_opt(base.year(), month, day),
        [year @ 1900..=9999, month, day] => NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day),
        _ => None,
    }
}

/// Reads a month as people type it: `2026-10`, `2026年10月`, `10月`, `10`; its first day. Without a year it is that of `base`.
#[must_use]
pub fn month(text: &str, base: NaiveDate) -> Option<NaiveDate> {
    let plain: String = text.trim().chars().map(|c| if matches!(c, '年' | '/' | '.') { '-' } else { c }).collect();
    let plain = plain.trim_end_matches('月');
    match plain.split('-').map(|part| part.parse::<u32>().ok()).collect::<Option<Vec<_>>>()?[..] {
        [month] => NaiveDate::from_ymd_opt(base.year(), month, 1),
        [year @ 1900..=9999, month] => NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, 1),
        _ => None,
    }
}

/// Reads when something happened that is entered afterwards: a time of today, or an earlier day and a time, `0904 1725`,
/// `9月4日 17:25`, `昨日 1725`. A day without a year is the last one that has passed.
#[must_use]
pub fn past_moment(text: &str, now: Moment) -> Option<Moment> {
    let text = text.trim();
    if let Some(time) = time_of_day(text) {
        return Some(now.at_time(time));
    }
    let yesterday = ["昨日", "昨天", "yesterday"].into_iter().find_map(|word| text.strip_prefix(word));
    let (day, time) = if let Some(time) = yesterday {
        (now.date().pred_opt()?, time.trim_start())
    } else {
        let (day, time) = text.split_once(['T', ' '])?;
        let read = date(day, now.date())?;
        (if read > now.date() { date(day, now.date().with_year(now.date().year() - 1)?)? } else { read }, time)
    };
    Some(Moment::from_local(day.and_time(time_of_day(time)?), now.offset_min))
}

/// Days of the week on which a child comes, Monday first.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Weekdays(
    /// Bit 0 is Monday, bit 6 Sunday.
    pub u8,
);

impl Weekdays {
    /// Monday to Friday.
    pub const WORKDAYS: Self = Self(0b001_1111);

    /// Whether the day is among them.
    #[must_use]
    pub fn contains(self, day: Weekday) -> bool {
        self.0 & (1 << day.num_days_from_monday()) != 0
    }

    /// The days among them, Monday first.
    pub fn iter(self) -> impl Iterator<Item = Weekday> {
        [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun]
            .into_iter()
            .filter(move |d| self.contains(*d))
    }
}

/// The length of a whole number of minutes.
#[must_use]
pub fn minutes(n: i64) -> TimeDelta {
    TimeDelta::minutes(n)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn times_as_people_type_them() {
        let t = |h, m, s| NaiveTime::from_hms_opt(h, m, s);
        for (text, want) in [
            ("1725", t(17, 25, 0)),
            ("17:25", t(17, 25, 0)),
            ("17：25", t(17, 25, 0)),
            ("725", t(7, 25, 0)),
            ("17:25:30", t(17, 25, 30)),
            ("2460", None),
            ("17:5x", None),
            ("", None),
            ("1", None),
            ("12345", None),
            ("::", None),
        ] {
            assert_eq!(time_of_day(text), want, "{text}");
        }
    }

    #[test]
    fn dates_as_people_type_them() {
        let base = NaiveDate::from_ymd_opt(2026, 9, 7).unwrap();
        let d = NaiveDate::from_ymd_opt;
        for (text, want) in [
            ("2026-12-01", d(2026, 12, 1)),
            ("20261201", d(2026, 12, 1)),
            ("2026/12/1", d(2026, 12, 1)),
            ("2026年12月1日", d(2026, 12, 1)),
            ("12-1", d(2026, 12, 1)),
            ("1201", d(2026, 12, 1)),
            ("12.1", d(2026, 12, 1)),
            ("13-1", None),
            ("2026-02-30", None),
            ("12", None),
            ("", None),
            ("--", None),
            ("99-1-1", None),
        ] {
            assert_eq!(date(text, base), want, "{text}");
        }
    }

    #[test]
    fn moments_of_earlier_days_as_people_type_them() {
        let at = |text: &str| NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
        let now = Moment::from_local(at("2026-09-07 17:30"), 480);
        for (text, want) in [
            ("1725", Some("2026-09-07 17:25")),
            ("0904 1725", Some("2026-09-04 17:25")),
            ("9-4 17:25", Some("2026-09-04 17:25")),
            ("9月4日 17：25", Some("2026-09-04 17:25")),
            ("2026-09-04T17:25", Some("2026-09-04 17:25")),
            ("昨日 1725", Some("2026-09-06 17:25")),
            ("昨天1725", Some("2026-09-06 17:25")),
            ("yesterday 1725", Some("2026-09-06 17:25")),
            ("1231 1725", Some("2025-12-31 17:25")),
            ("0904", Some("2026-09-07 09:04")),
            ("9-4", None),
            ("0904 9999", None),
            ("1345 1725", None),
            ("", None),
        ] {
            assert_eq!(past_moment(text, now).map(Moment::local), want.map(at), "{text}");
        }
        let leap = Moment::from_local(at("2028-02-29 10:00"), 480);
        assert_eq!(past_moment("0301 1725", leap), None, "a leap day has no twin a year before");
        assert_eq!(moment("0904 1708", now).map(Moment::local), Some(at("2026-09-04 17:08")));
    }

    #[test]
    fn months_as_people_type_them() {
        let base = NaiveDate::from_ymd_opt(2026, 9, 7).unwrap();
        let first = |year, month| NaiveDate::from_ymd_opt(year, month, 1);
        for (text, want) in [
            ("2026-10", first(2026, 10)),
            ("2027年1月", first(2027, 1)),
            ("10月", first(2026, 10)),
            ("3", first(2026, 3)),
            ("2026-13", None),
            ("10-01", None),
            ("", None),
            ("下月", None),
        ] {
            assert_eq!(month(text, base), want, "{text}");
        }
    }

    #[test]
    fn a_moment_keeps_its_wall_clock() {
        let local = NaiveDate::from_ymd_opt(2026, 9, 7).unwrap().and_hms_opt(17, 36, 5).unwrap();
        let m = Moment::from_local(local, 480);
        assert_eq!(m.local(), local);
        assert_eq!(m.hhmmss(), "17:36:05");
        assert_eq!(m.start_of_day().hhmm(), "00:00");
        assert_eq!(m.minutes_since(m.at_time(NaiveTime::from_hms_opt(17, 0, 0).unwrap())), 36);
        assert_eq!(moment("2026-09-08T08:00", m).unwrap().date().day(), 8);
        assert!(Weekdays::WORKDAYS.contains(m.weekday()));
    }
}
