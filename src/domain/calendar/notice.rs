//! Published notices of holidays and make-up workdays (调休), a file a year, in the form of the public project holiday-cn.
//!
//! Some years are built in; a school may put files of its own beside the store, which stand in their place. A year without a
//! notice is unknown: nothing here guesses what it will say.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

/// The years that are built in.
const BUILT_IN: [&str; 2] = [include_str!("../../../assets/calendar/2024.json"), include_str!("../../../assets/calendar/2025.json")];

/// Most days that a notice arranges; more are no notice.
const MOST_DAYS: usize = 400;

/// Longest name of a holiday, characters.
const LONGEST_NAME: usize = 16;

/// A day that a notice arranges.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NoticeDay {
    /// The holiday that it belongs to: 国庆节.
    pub name: String,
    /// A day off; else a make-up workday.
    pub off: bool,
}

/// All notices that are known.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Notices {
    years: BTreeMap<i32, BTreeMap<NaiveDate, NoticeDay>>,
    /// Files of the school that were not understood: their names, and what is wrong. The built-in year holds instead.
    pub refused: Vec<(String, NoticeError)>,
}

/// What is wrong with a notice's file.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum NoticeError {
    /// It cannot be read.
    Unreadable,
    /// It is not of the form: the line (from 1).
    Form(usize),
    /// It is the notice of another year.
    OtherYear(i32),
    /// This day lies in another year, or stands twice.
    Day(NaiveDate),
    /// More days than a year has, or a name too long for a holiday.
    TooMuch,
}

/// A notice as its file says it, not yet looked through.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct File {
    year: i32,
    #[serde(default)]
    days: Vec<Line>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Line {
    name: String,
    date: NaiveDate,
    #[serde(rename = "isOffDay")]
    off: bool,
}

/// What the text of a notice's file says.
///
/// # Errors
/// When it is not of the form.
pub fn read(text: &str) -> Result<File, NoticeError> {
    serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|e| NoticeError::Form(e.line()))
}

impl Notices {
    /// The years that are built in.
    #[must_use]
    pub fn built_in() -> Arc<Self> {
        static NOTICES: LazyLock<Arc<Notices>> = LazyLock::new(|| {
            let mut notices = Notices::default();
            for text in BUILT_IN {
                // The files are checked by a test.
                if let Ok(file) = read(text) {
                    let _ = notices.put_days(file.year, file.days);
                }
            }
            Arc::new(notices)
        });
        NOTICES.clone()
    }

    /// Puts a year's file in the place of what was known of that year. A file without days says that nothing is published.
    ///
    /// # Errors
    /// What is wrong with the file; nothing is changed then.
    pub fn put(&mut self, year: i32, file: File) -> Result<(), NoticeError> {
        if file.year != year {
            return Err(NoticeError::OtherYear(file.year));
        }
        self.put_days(year, file.days)
    }

    fn put_days(&mut self, year: i32, lines: Vec<Line>) -> Result<(), NoticeError> {
        if lines.len() > MOST_DAYS {
            return Err(NoticeError::TooMuch);
        }
        let mut days = BTreeMap::new();
        for Line { name, date, off } in lines {
            let name = name.trim().to_owned();
            if name.is_empty() || name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
                return Err(NoticeError::TooMuch);
            }
            // A notice may arrange the last days of the year before: the eve of a new year's holiday.
            if !(year - 1..=year + 1).contains(&date.year()) || days.insert(date, NoticeDay { name, off }).is_some() {
                return Err(NoticeError::Day(date));
            }
        }
        self.years.insert(year, days);
        Ok(())
    }

    /// Whether the notice of a year is known.
    #[must_use]
    pub fn knows(&self, year: i32) -> bool {
        self.years.get(&year).is_some_and(|days| !days.is_empty())
    }

    /// How a notice arranges a day, if one does; the notice of its own year comes first.
    #[must_use]
    pub fn day(&self, date: NaiveDate) -> Option<&NoticeDay> {
        let year = date.year();
        [year, year + 1, year - 1].into_iter().find_map(|y| self.years.get(&y)?.get(&date))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const SMALL: &str = r#"{"year": 2026, "days": [{"name": "国庆节", "date": "2026-10-01", "isOffDay": true}]}"#;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_built_in_years_are_whole() {
        let notices = Notices::built_in();
        assert_eq!(BUILT_IN.len(), notices.years.len());
        assert!(notices.knows(2024) && notices.knows(2025) && !notices.knows(2026) && !notices.knows(2027));
        assert_eq!(notices.day(date("2025-01-26")), Some(&NoticeDay { name: "春节".to_owned(), off: false }));
        assert!(notices.day(date("2024-10-01")).unwrap().off);
        assert_eq!(notices.day(date("2026-10-01")), None);
    }

    #[test]
    fn a_file_takes_the_place_of_a_year_or_is_refused_whole() {
        let mut notices = (*Notices::built_in()).clone();
        notices.put(2026, read(SMALL).unwrap()).unwrap();
        assert!(notices.knows(2026) && notices.day(date("2026-10-01")).unwrap().off);
        let before = notices.clone();
        let refused = |notices: &mut Notices, year, text: &str| read(text).and_then(|file| notices.put(year, file)).unwrap_err();
        assert_eq!(refused(&mut notices, 2026, "{\n\"year\": 2026,\n \"days\": [}"), NoticeError::Form(3));
        assert_eq!(refused(&mut notices, 2025, SMALL), NoticeError::OtherYear(2026));
        let other = SMALL.replace("2026-10-01", "2029-10-01");
        assert_eq!(refused(&mut notices, 2026, &other), NoticeError::Day(date("2029-10-01")));
        assert_eq!(refused(&mut notices, 2026, &SMALL.replace("国庆节", &"国".repeat(40))), NoticeError::TooMuch);
        assert!(matches!(refused(&mut notices, 2026, &SMALL.replace("10-01", "13-01")), NoticeError::Form(_)));
        assert_eq!(notices, before);
        notices.put(2025, read(r#"{"year": 2025, "days": []}"#).unwrap()).unwrap();
        assert!(!notices.knows(2025), "a file without days says that nothing is published");
    }
}
