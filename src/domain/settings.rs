//! How this care room works: school, session, card mode, complaint phone.
//!
//! They stand as defaults here; the desk's config may say otherwise, and what the register says holds above both ([`keys`]).
//! When there is care on a date is asked of [`Settings::session_on`] and [`Settings::calendar`], never of the hours of a
//! single day.

use std::sync::Arc;

use chrono::{Months, NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::activity::Category;
use super::calendar::SessionKind;
use super::calendar::Term;
use super::calendar::care::{Calendar, Entered};
use super::calendar::notice::Notices;
use super::register::Office;
use super::time::{Moment, Weekdays};

pub mod keys;

/// Months of a school year: so long days are kept where nothing else is said.
pub const SCHOOL_YEAR: u32 = 12;

/// The settings that rules and screens read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Settings {
    /// Name of the school's care room.
    pub school: String,
    /// Where the room is (S1.07).
    pub room: String,
    /// The usual session: it holds until the school has entered a timetable. What holds on a date says
    /// [`Settings::session_on`].
    pub session: Session,
    /// How cards travel.
    pub card_mode: CardMode,
    /// Whether a release takes one Enter after the scan.
    pub release_on: ReleaseOn,
    /// Ask at the scan when no consent is on file (S2.05).
    pub require_consent: bool,
    /// Whether a child may have two cards (F104).
    pub second_card: bool,
    /// The number for complaints (S2.43).
    pub complaint_phone: String,
    /// Places in which a child can be, the room first.
    pub places: Vec<Place>,
    /// What happens before and after the end of the session.
    pub closing: Closing,
    /// The school's own activities, each under its category (S2.23).
    pub activities: Vec<(Category, String)>,
    /// What this reader types before a number, if anything.
    pub reader_prefix: String,
    /// What this reader types after a number, if anything.
    pub reader_suffix: String,
    /// What the school has entered about its calendar.
    pub entered: Entered,
    /// Published notices of holidays and make-up workdays.
    pub notices: Arc<Notices>,
    /// For how many children the room is made: more are taken in all the same, with a word of it (S2.07, F007).
    pub capacity: Option<u32>,
    /// For how many months it is kept who was here and what was done on a day; 0 for good (F172). A school year is twelve.
    pub keep_months: u32,
    /// The school's terms, as the register has them; enrolment and consent go by them (F006).
    pub terms: Vec<Term>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            school: String::new(),
            room: String::new(),
            session: Session::default(),
            card_mode: CardMode::Claim,
            release_on: ReleaseOn::Enter,
            require_consent: false,
            second_card: false,
            complaint_phone: String::new(),
            places: [Place::ROOM, "field", "library", "sickbay", "toilet"].into_iter().map(Place::new).collect(),
            closing: Closing::default(),
            activities: Vec::new(),
            reader_prefix: String::new(),
            reader_suffix: String::new(),
            entered: Entered::default(),
            notices: Notices::built_in(),
            capacity: None,
            keep_months: SCHOOL_YEAR,
            terms: Vec::new(),
        }
    }
}

impl Settings {
    /// The same, with what the register says of the room above it: it holds for every desk of the room.
    #[must_use]
    pub fn overlaid(&self, office: &Office) -> Self {
        let mut settings = self.clone();
        keys::overlay(&mut settings, &office.settings);
        settings.entered = Entered::of(office);
        settings.terms = office.terms.values().cloned().collect();
        settings
    }

    /// The calendar as it stands.
    #[must_use]
    pub fn calendar(&self) -> Calendar<'_> {
        Calendar { usual: self.session, entered: &self.entered, notices: &self.notices }
    }

    /// The session of a date; `None` when there is no care on it.
    #[must_use]
    pub fn session_on(&self, date: NaiveDate) -> Option<Session> {
        self.calendar().care(date).map(|care| care.session)
    }

    /// Until when extended care is usually approved on a date: the end of that day's extended session, else the usual time,
    /// and always after the end of the session.
    #[must_use]
    pub fn extended_until_on(&self, date: NaiveDate) -> NaiveTime {
        let day = self.calendar().day(date);
        let of_table = day.further.iter().find(|f| f.kind == SessionKind::Extended).map(|f| f.end);
        let until = of_table.unwrap_or(self.closing.extended_until);
        match day.session().map(|s| s.end) {
            Some(end) if until <= end => end.overflowing_add_signed(chrono::TimeDelta::minutes(30)).0.max(end),
            Some(_) | None => until,
        }
    }

    /// The last day that is older than days are kept; `None` where they are kept for good.
    #[must_use]
    pub fn kept_before(&self, today: NaiveDate) -> Option<NaiveDate> {
        (self.keep_months > 0).then(|| today.checked_sub_months(Months::new(self.keep_months))?.pred_opt()).flatten()
    }

    /// Whether nothing may sound now, because classes are still on (S1.09). Whatever rings asks here first.
    #[must_use]
    pub fn is_quiet(&self, now: Moment) -> bool {
        self.calendar().care(now.date()).is_some_and(|care| now.time() < care.quiet_until)
    }
}

/// The hours of care (S1.11, S2.10, S2.12).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Session {
    /// Days on which there is care.
    pub days: Weekdays,
    /// Doors open.
    pub start: NaiveTime,
    /// The standard session ends.
    pub end: NaiveTime,
    /// Ordinary pickup starts; before it a release is early.
    pub pickup_from: NaiveTime,
}

impl Default for Session {
    fn default() -> Self {
        let t = |h, m| NaiveTime::from_hms_opt(h, m, 0).unwrap_or_default();
        Self { days: Weekdays::WORKDAYS, start: t(16, 30), end: t(18, 0), pickup_from: t(17, 15) }
    }
}

/// Before and after the end of the session: when the desk reminds of what (F019, F063–F067). Minutes and times of day; the
/// defaults are those of local rules.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Closing {
    /// So many minutes before the end the board of who is left comes up.
    pub board_minutes: i64,
    /// So many minutes after the start the desk reminds of those who have not come.
    pub missing_after: i64,
    /// So many minutes after a promised time it reminds again.
    pub grace_minutes: i64,
    /// So many minutes after the end the leader should be told.
    pub leader_after: i64,
    /// So many minutes after the end it has to be decided how the last children stay.
    pub decide_after: i64,
    /// Until when extended care is approved when nothing else is said.
    pub extended_until: NaiveTime,
}

impl Default for Closing {
    fn default() -> Self {
        let extended_until = NaiveTime::from_hms_opt(18, 30, 0).unwrap_or_default();
        Self { board_minutes: 10, missing_after: 15, grace_minutes: 5, leader_after: 20, decide_after: 30, extended_until }
    }
}

/// How cards travel (X1).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CardMode {
    /// The card is handed over at drop-off and comes back at release.
    Claim,
    /// The family keeps the card; there is no rack.
    Held,
}

/// What completes a release.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReleaseOn {
    /// The scan and one Enter.
    Enter,
    /// The scan alone, where the verdict is plain green.
    Scan,
}

/// A place in which children are counted (F050): a known key (`room`, `field`, `library`, `sickbay`, `toilet`) or the
/// school's own word.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Place(String);

impl Place {
    /// Key of the care room itself.
    pub const ROOM: &'static str = "room";
    /// Key of the guard's room, where the last child may wait (F069).
    pub const GUARD: &'static str = "guard";

    /// A place by key or name.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self(name.to_owned())
    }

    /// The care room.
    #[must_use]
    pub fn room() -> Self {
        Self::new(Self::ROOM)
    }

    /// Key or name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a child there is at the desk's door.
    #[must_use]
    pub fn is_room(&self) -> bool {
        self.0 == Self::ROOM
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// A day goes when it is older than so many months: the day before the same day of that month, or before its last one.
    #[test]
    fn the_last_day_that_is_not_kept() {
        for (months, today, last) in [
            (12, "2026-11-29", Some("2025-11-28")),
            (12, "2026-03-01", Some("2025-02-28")),
            (12, "2028-02-29", Some("2027-02-27")),
            (1, "2026-03-31", Some("2026-02-27")),
            (1, "2026-01-01", Some("2025-11-30")),
            (3, "2026-12-31", Some("2026-09-29")),
            (1200, "2026-11-29", Some("1926-11-28")),
            (0, "2026-11-29", None),
            (u32::MAX, "2026-11-29", None),
        ] {
            let settings = Settings { keep_months: months, ..Settings::default() };
            let last = last.map(|day| day.parse().unwrap());
            assert_eq!(settings.kept_before(today.parse().unwrap()), last, "{months} {today}");
        }
    }
}
