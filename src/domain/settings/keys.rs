//! Settings that the register holds for every desk of the room, by key.

use std::collections::BTreeMap;

use super::{CardMode, ReleaseOn, Settings};

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
    /// `yes` or `no`: a child may have two cards (F104).
    SecondCard,
}

impl Key {
    /// All, in the order of their numbers from 1.
    pub const ALL: [Self; 7] =
        [Self::School, Self::Room, Self::ComplaintPhone, Self::CardMode, Self::ReleaseOn, Self::RequireConsent, Self::SecondCard];

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
            Self::SecondCard => "second_card",
        }
    }

    /// Puts a value into the settings; says whether it makes sense.
    pub fn put(self, settings: &mut Settings, value: &str) -> bool {
        match (self, value) {
            (Self::School, text) => text.clone_into(&mut settings.school),
            (Self::Room, text) => text.clone_into(&mut settings.room),
            (Self::ComplaintPhone, text) => text.clone_into(&mut settings.complaint_phone),
            (Self::CardMode, "claim") => settings.card_mode = CardMode::Claim,
            (Self::CardMode, "held") => settings.card_mode = CardMode::Held,
            (Self::ReleaseOn, "enter") => settings.release_on = ReleaseOn::Enter,
            (Self::ReleaseOn, "scan") => settings.release_on = ReleaseOn::Scan,
            (Self::RequireConsent, "yes") => settings.require_consent = true,
            (Self::RequireConsent, "no") => settings.require_consent = false,
            (Self::SecondCard, "yes") => settings.second_card = true,
            (Self::SecondCard, "no") => settings.second_card = false,
            (Self::CardMode | Self::ReleaseOn | Self::RequireConsent | Self::SecondCard, _) => return false,
        }
        true
    }
}

/// Puts all values in; a key or value that this program does not know is passed over.
pub(super) fn overlay(settings: &mut Settings, values: &BTreeMap<String, String>) {
    for key in Key::ALL {
        if let Some(value) = values.get(key.key()) {
            key.put(settings, value);
        }
    }
}
