//! Settings that the register holds for every desk of the room, by key.
//!
//! A value is filed as a word or a number, the same in every language. What this program does not know is passed over.

use std::collections::BTreeMap;

use super::{CardMode, Place, ReleaseOn, Settings};
use crate::domain::time::time_of_day;

/// A setting.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Key {
    /// Name of the care room.
    School,
    /// Where it is.
    Room,
    /// The number for complaints.
    ComplaintPhone,
    /// `claim` or `held`.
    CardMode,
    /// `enter` or `scan`.
    ReleaseOn,
    /// `yes` or `no`: ask at the scan when no consent is on file.
    RequireConsent,
    /// Places in which children can be, one a line; the room is always there.
    Places,
    /// Minutes before the end at which the board of who is left comes up.
    BoardMinutes,
    /// Minutes after the start at which those who have not come are named.
    MissingAfter,
    /// Minutes after a promised time at which it is reminded of.
    GraceMinutes,
    /// Minutes after the end at which the leader should be told.
    LeaderAfter,
    /// Minutes after the end at which it has to be decided how the last children stay.
    DecideAfter,
    /// Usual end of extended care, `HH:MM`.
    ExtendedUntil,
    /// For how many children the room is made; empty for no number. It warns and never refuses (F007).
    Capacity,
    /// `yes` or `no`: a child may have two cards (F104).
    SecondCard,
    /// For how many months it is kept who was here and what was done on a day (F172, PIPL art. 19); without a number, or with 0, for
    /// good. Nothing goes by itself.
    KeepMonths,
}

/// What a value looks like.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    /// Some words.
    Text,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A list of words, one a line.
    List,
    /// A whole number of minutes.
    Minutes,
    /// How many; without a value no number is set.
    Count,
    /// A whole number of months; without one, or with 0, there is no end.
    Months,
    /// A time of day.
    Time,
}

/// Longest value that is some words, characters.
pub const LONGEST_TEXT: usize = 40;

/// Most minutes before or after something.
pub const MOST_MINUTES: i64 = 240;

/// Most months for which days are kept: a hundred years.
pub const MOST_MONTHS: u32 = 1200;

/// Most places, the room not counted.
pub const MOST_PLACES: usize = 16;

/// Longest name of a place, characters.
pub const LONGEST_PLACE: usize = 10;

impl Key {
    /// All, in the order of their numbers from 1.
    pub const ALL: [Self; 16] = [
        Self::School,
        Self::Room,
        Self::ComplaintPhone,
        Self::CardMode,
        Self::ReleaseOn,
        Self::RequireConsent,
        Self::SecondCard,
        Self::Capacity,
        Self::Places,
        Self::BoardMinutes,
        Self::MissingAfter,
        Self::GraceMinutes,
        Self::LeaderAfter,
        Self::DecideAfter,
        Self::ExtendedUntil,
        Self::KeepMonths,
    ];

    /// The word under which it is filed.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::School => "school",
            Self::Room => "room",
            Self::ComplaintPhone => "complaint_phone",
            Self::CardMode => "card_mode",
            Self::ReleaseOn => "release_on",
            Self::RequireConsent => "require_consent",
            Self::Places => "places",
            Self::BoardMinutes => "board_minutes",
            Self::MissingAfter => "missing_after",
            Self::GraceMinutes => "grace_minutes",
            Self::LeaderAfter => "leader_after",
            Self::DecideAfter => "decide_after",
            Self::ExtendedUntil => "extended_until",
            Self::Capacity => "capacity",
            Self::SecondCard => "second_card",
            Self::KeepMonths => "keep_months",
        }
    }

    /// What its value looks like.
    #[must_use]
    pub fn shape(self) -> Shape {
        match self {
            Self::School | Self::Room | Self::ComplaintPhone => Shape::Text,
            Self::CardMode => Shape::Word(&["claim", "held"]),
            Self::ReleaseOn => Shape::Word(&["enter", "scan"]),
            Self::RequireConsent | Self::SecondCard => Shape::Word(&["yes", "no"]),
            Self::Places => Shape::List,
            Self::BoardMinutes | Self::MissingAfter | Self::GraceMinutes | Self::LeaderAfter | Self::DecideAfter => Shape::Minutes,
            Self::Capacity => Shape::Count,
            Self::KeepMonths => Shape::Months,
            Self::ExtendedUntil => Shape::Time,
        }
    }

    /// Puts a value into the settings; says whether it makes sense. One that does not changes nothing.
    pub fn put(self, settings: &mut Settings, value: &str) -> bool {
        match (self, value) {
            (Self::School, text) => return put_text(&mut settings.school, text),
            (Self::Room, text) => return put_text(&mut settings.room, text),
            (Self::ComplaintPhone, text) => return put_text(&mut settings.complaint_phone, text),
            (Self::CardMode, "claim") => settings.card_mode = CardMode::Claim,
            (Self::CardMode, "held") => settings.card_mode = CardMode::Held,
            (Self::ReleaseOn, "enter") => settings.release_on = ReleaseOn::Enter,
            (Self::ReleaseOn, "scan") => settings.release_on = ReleaseOn::Scan,
            (Self::RequireConsent, "yes") => settings.require_consent = true,
            (Self::RequireConsent, "no") => settings.require_consent = false,
            (Self::SecondCard, "yes") => settings.second_card = true,
            (Self::SecondCard, "no") => settings.second_card = false,
            (Self::Capacity, "") => settings.capacity = None,
            (Self::Capacity, text) => match text.parse() {
                Ok(places) => settings.capacity = Some(places),
                Err(_) => return false,
            },
            (Self::KeepMonths, "") => settings.keep_months = 0,
            (Self::KeepMonths, text) => match text.parse() {
                Ok(months) if months <= MOST_MONTHS => settings.keep_months = months,
                Ok(_) | Err(_) => return false,
            },
            (Self::Places, list) => return put_places(settings, list),
            (Self::BoardMinutes, text) => return put_minutes(&mut settings.closing.board_minutes, text),
            (Self::MissingAfter, text) => return put_minutes(&mut settings.closing.missing_after, text),
            (Self::GraceMinutes, text) => return put_minutes(&mut settings.closing.grace_minutes, text),
            (Self::LeaderAfter, text) => return put_minutes(&mut settings.closing.leader_after, text),
            (Self::DecideAfter, text) => return put_minutes(&mut settings.closing.decide_after, text),
            (Self::ExtendedUntil, text) => match time_of_day(text) {
                Some(time) => settings.closing.extended_until = time,
                None => return false,
            },
            (Self::CardMode | Self::ReleaseOn | Self::RequireConsent | Self::SecondCard, _) => return false,
        }
        true
    }

    /// The value that the settings have, as it would be filed.
    #[must_use]
    pub fn value(self, settings: &Settings) -> String {
        let word = |first: bool| match self.shape() {
            Shape::Word(words) => words.get(usize::from(!first)).copied().unwrap_or_default().to_owned(),
            Shape::Text | Shape::List | Shape::Minutes | Shape::Count | Shape::Months | Shape::Time => String::new(),
        };
        match self {
            Self::School => settings.school.clone(),
            Self::Room => settings.room.clone(),
            Self::ComplaintPhone => settings.complaint_phone.clone(),
            Self::CardMode => word(settings.card_mode == CardMode::Claim),
            Self::ReleaseOn => word(settings.release_on == ReleaseOn::Enter),
            Self::RequireConsent => word(settings.require_consent),
            Self::SecondCard => word(settings.second_card),
            Self::Capacity => settings.capacity.map_or_else(String::new, |n| n.to_string()),
            Self::KeepMonths => settings.keep_months.to_string(),
            Self::Places => settings.places.iter().filter(|p| !p.is_room()).map(Place::as_str).collect::<Vec<_>>().join("\n"),
            Self::BoardMinutes => settings.closing.board_minutes.to_string(),
            Self::MissingAfter => settings.closing.missing_after.to_string(),
            Self::GraceMinutes => settings.closing.grace_minutes.to_string(),
            Self::LeaderAfter => settings.closing.leader_after.to_string(),
            Self::DecideAfter => settings.closing.decide_after.to_string(),
            Self::ExtendedUntil => settings.closing.extended_until.format("%H:%M").to_string(),
        }
    }
}

fn put_text(place: &mut String, text: &str) -> bool {
    let fit = text.trim() == text && text.chars().count() <= LONGEST_TEXT && !text.chars().any(char::is_control);
    if fit {
        text.clone_into(place);
    }
    fit
}

fn put_minutes(place: &mut i64, text: &str) -> bool {
    match text.parse::<i64>() {
        Ok(minutes) if (0..=MOST_MINUTES).contains(&minutes) => {
            *place = minutes;
            true
        }
        Ok(_) | Err(_) => false,
    }
}

fn put_places(settings: &mut Settings, list: &str) -> bool {
    let names: Vec<&str> = list.split('\n').filter(|name| !name.is_empty()).collect();
    let fit = |name: &&str| name.trim() == *name && name.chars().count() <= LONGEST_PLACE && !name.chars().any(char::is_control);
    let twice = names.iter().enumerate().any(|(n, name)| *name == Place::ROOM || names.iter().skip(n + 1).any(|other| other == name));
    if names.len() > MOST_PLACES || twice || !names.iter().all(fit) {
        return false;
    }
    settings.places = std::iter::once(Place::room()).chain(names.into_iter().map(Place::new)).collect();
    true
}

/// Puts all values in; a key or value that this program does not know is passed over.
pub(super) fn overlay(settings: &mut Settings, values: &BTreeMap<String, String>) {
    for key in Key::ALL {
        if let Some(value) = values.get(key.key()) {
            key.put(settings, value);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_value_comes_back_as_it_was_filed() {
        let (before, mut settings) = (Settings::default(), Settings::default());
        for key in Key::ALL {
            let value = match key.shape() {
                Shape::Text if key == Key::ComplaintPhone => "0571-8000",
                Shape::Text => "向阳小学",
                Shape::Word(words) => words.iter().find(|word| **word != key.value(&before)).unwrap(),
                Shape::List => "field\n三楼",
                Shape::Minutes | Shape::Count => "12",
                Shape::Months => "24",
                Shape::Time => "19:00",
            };
            assert!(key.put(&mut settings, value), "{key:?}");
            assert_eq!(key.value(&settings), value, "{key:?}");
            let mut again = settings.clone();
            assert!(key.put(&mut again, &key.value(&before)), "{key:?}: the default can be filed");
            assert_eq!(key.value(&again), key.value(&before));
        }
    }

    #[test]
    fn nonsense_changes_nothing() {
        let long = "长".repeat(LONGEST_TEXT + 1);
        for (key, value) in [
            (Key::School, long.as_str()),
            (Key::Room, "a\u{7}b"),
            (Key::CardMode, "both"),
            (Key::ReleaseOn, ""),
            (Key::RequireConsent, "maybe"),
            (Key::Places, "field\nfield"),
            (Key::Places, "room"),
            (Key::BoardMinutes, "-1"),
            (Key::DecideAfter, "241"),
            (Key::LeaderAfter, "ten"),
            (Key::ExtendedUntil, "25:00"),
            (Key::KeepMonths, "1201"),
            (Key::KeepMonths, "-1"),
            (Key::KeepMonths, "a year"),
        ] {
            let mut settings = Settings::default();
            assert!(!key.put(&mut settings, value), "{key:?} {value:?}");
            assert_eq!(settings, Settings::default());
        }
    }
}
