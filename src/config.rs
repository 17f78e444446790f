//! This desk's configuration: a TOML file beside the store. What it does not say stands in the defaults.

use std::path::Path;

use chrono::NaiveTime;
use serde::Deserialize;

use crate::desk::appearance::{Appearance, Colours};
use crate::domain::activity::Category;
use crate::domain::settings::{CardMode, Closing, Place, ReleaseOn, Session, Settings};
use crate::domain::time::{Weekdays, time_of_day};

/// What a config file can say. Unknown keys are refused, so that a typing error does not pass for a setting.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// The name of this desk; entries carry it.
    pub desk: Option<String>,
    /// `zh` or `en`.
    pub lang: Option<String>,
    /// Colours: `terminal`, `dark`, `light`, `contrast` or `none`.
    pub theme: Option<String>,
    /// Only signs that every terminal has.
    pub ascii: Option<bool>,
    /// Name of the care room.
    pub school: Option<String>,
    /// Where it is.
    pub room: Option<String>,
    /// Number for complaints.
    pub complaint_phone: Option<String>,
    /// `claim` or `held`.
    pub card_mode: Option<CardMode>,
    /// `enter` or `scan`.
    pub release_on: Option<ReleaseOn>,
    /// Ask at the scan when no consent is on file.
    pub require_consent: Option<bool>,
    /// Places in which children can be; the room is always there.
    pub places: Option<Vec<String>>,
    /// The session.
    pub session: Option<SessionLines>,
    /// Before and after the end of the session.
    pub closing: Option<ClosingLines>,
    /// The school's own activities: lists of titles by category.
    pub activities: std::collections::BTreeMap<String, Vec<String>>,
    /// What the reader types round a number.
    pub reader: Option<ReaderLines>,
    /// The folder for backups, on another disk; it has to be there.
    pub backup_folder: Option<std::path::PathBuf>,
    /// Further headings of rosters: `heading = "field"`.
    pub headings: std::collections::BTreeMap<String, String>,
}

/// The session in a config file.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SessionLines {
    /// Days, Monday 1 to Sunday 7.
    pub days: Option<Vec<u8>>,
    /// `HH:MM`.
    pub start: Option<String>,
    /// `HH:MM`.
    pub end: Option<String>,
    /// `HH:MM`.
    pub pickup_from: Option<String>,
}

/// What happens before and after the end, in a config file: minutes, and one time of day.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ClosingLines {
    /// The board of who is left comes up so long before the end.
    pub board_minutes: Option<u16>,
    /// Those who have not come are named so long after the start.
    pub missing_after: Option<u16>,
    /// A promise is reminded of so long after its time.
    pub grace_minutes: Option<u16>,
    /// The leader should be told so long after the end.
    pub leader_after: Option<u16>,
    /// How the last children stay has to be said so long after the end.
    pub decide_after: Option<u16>,
    /// Usual end of extended care, `HH:MM`.
    pub extended_until: Option<String>,
}

/// The reader in a config file.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ReaderLines {
    /// Typed before a number.
    pub prefix: String,
    /// Typed after a number.
    pub suffix: String,
}

/// What is wrong with a config file.
#[derive(Debug)]
pub enum ConfigError {
    /// It cannot be read.
    Unreadable(std::io::Error),
    /// It is not TOML, or has a key that is not known: line (from 1) and what the parser says.
    Syntax(usize, String),
    /// A value makes no sense: its key.
    Value(&'static str),
}

impl Config {
    /// Reads a config file; a missing one is empty unless it was asked for by name.
    ///
    /// # Errors
    /// When it cannot be read or understood.
    pub fn read(path: &Path, must_exist: bool) -> Result<Self, ConfigError> {
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound && !must_exist => return Ok(Self::default()),
            Err(e) => return Err(ConfigError::Unreadable(e)),
        };
        toml::from_str(&text).map_err(|e| {
            let before = e.span().and_then(|s| text.get(..s.start)).unwrap_or_default();
            ConfigError::Syntax(before.matches('\n').count() + 1, e.message().to_owned())
        })
    }

    /// How the screen looks.
    ///
    /// # Errors
    /// The key whose value makes no sense.
    pub fn appearance(&self) -> Result<Appearance, ConfigError> {
        let colours = match &self.theme {
            None => Colours::default(),
            Some(word) => Colours::from_word(word).ok_or(ConfigError::Value("theme"))?,
        };
        Ok(Appearance { colours, ascii: self.ascii.unwrap_or(false) })
    }

    /// The settings that it comes to.
    ///
    /// # Errors
    /// The key whose value makes no sense.
    pub fn settings(&self) -> Result<Settings, ConfigError> {
        let mut settings = Settings::default();
        let text = |value: &Option<String>, default: String| value.clone().unwrap_or(default);
        settings.school = text(&self.school, settings.school);
        settings.room = text(&self.room, settings.room);
        settings.complaint_phone = text(&self.complaint_phone, settings.complaint_phone);
        settings.card_mode = self.card_mode.unwrap_or(settings.card_mode);
        settings.release_on = self.release_on.unwrap_or(settings.release_on);
        settings.require_consent = self.require_consent.unwrap_or(settings.require_consent);
        if let Some(places) = &self.places {
            let own = places.iter().filter(|p| !p.trim().is_empty() && p.as_str() != Place::ROOM).map(|p| Place::new(p.trim()));
            settings.places = std::iter::once(Place::room()).chain(own).collect();
        }
        if let Some(lines) = &self.session {
            settings.session = session(lines, settings.session)?;
        }
        if let Some(lines) = &self.closing {
            settings.closing = closing(lines, settings.closing, settings.session)?;
        }
        for (key, titles) in &self.activities {
            let category = Category::of_key(key).ok_or(ConfigError::Value("activities"))?;
            settings.activities.extend(titles.iter().map(|title| (category, title.trim().to_owned())).filter(|(_, title)| !title.is_empty()));
        }
        if let Some(reader) = &self.reader {
            settings.reader_prefix.clone_from(&reader.prefix);
            settings.reader_suffix.clone_from(&reader.suffix);
        }
        Ok(settings)
    }
}

fn closing(lines: &ClosingLines, default: Closing, session: Session) -> Result<Closing, ConfigError> {
    let minutes = |value: Option<u16>, default: i64| value.map_or(default, i64::from);
    let extended_until = match &lines.extended_until {
        None => default.extended_until.max(session.end),
        Some(text) => time_of_day(text).filter(|t| *t > session.end).ok_or(ConfigError::Value("closing.extended_until"))?,
    };
    Ok(Closing {
        board_minutes: minutes(lines.board_minutes, default.board_minutes),
        missing_after: minutes(lines.missing_after, default.missing_after),
        grace_minutes: minutes(lines.grace_minutes, default.grace_minutes),
        leader_after: minutes(lines.leader_after, default.leader_after),
        decide_after: minutes(lines.decide_after, default.decide_after),
        extended_until,
    })
}

fn session(lines: &SessionLines, default: Session) -> Result<Session, ConfigError> {
    let time = |text: &Option<String>, key: &'static str, default: NaiveTime| match text {
        None => Ok(default),
        Some(text) => time_of_day(text).ok_or(ConfigError::Value(key)),
    };
    let mut session = Session {
        days: default.days,
        start: time(&lines.start, "session.start", default.start)?,
        end: time(&lines.end, "session.end", default.end)?,
        pickup_from: time(&lines.pickup_from, "session.pickup_from", default.pickup_from)?,
    };
    if let Some(days) = &lines.days {
        if days.iter().any(|d| !(1..=7).contains(d)) {
            return Err(ConfigError::Value("session.days"));
        }
        session.days = Weekdays(days.iter().fold(0, |bits, d| bits | (1 << (d - 1))));
    }
    if session.start >= session.end || session.pickup_from > session.end {
        return Err(ConfigError::Value("session"));
    }
    Ok(session)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_config_changes_what_it_says_and_nothing_else() {
        let config: Config =
            toml::from_str("school = \"向阳\"\ncard_mode = \"held\"\nplaces = [\"三楼\"]\n[session]\nend = \"18:30\"\ndays = [1, 2]").unwrap();
        let settings = config.settings().unwrap();
        assert_eq!(settings.school, "向阳");
        assert_eq!(settings.card_mode, CardMode::Held);
        assert_eq!(settings.session.days, Weekdays(0b11));
        assert_eq!(settings.session.end, time_of_day("18:30").unwrap());
        assert_eq!(settings.session.start, Session::default().start);
        assert_eq!(settings.places.len(), 2);
    }

    #[test]
    fn nonsense_is_refused_with_its_place() {
        assert!(toml::from_str::<Config>("scool = \"x\"").is_err());
        let bad = |text: &str| toml::from_str::<Config>(text).unwrap().settings();
        assert!(matches!(bad("[session]\nend = \"25:00\""), Err(ConfigError::Value("session.end"))));
        assert!(matches!(bad("[session]\ndays = [8]"), Err(ConfigError::Value("session.days"))));
        assert!(matches!(bad("[session]\nstart = \"19:00\""), Err(ConfigError::Value("session"))));
        assert!(matches!(bad("[closing]\nextended_until = \"17:00\""), Err(ConfigError::Value("closing.extended_until"))));
        assert!(matches!(bad("[activities]\nmaths = [\"x\"]"), Err(ConfigError::Value("activities"))));
    }

    #[test]
    fn the_end_and_the_activities_are_as_the_school_says() {
        let config: Config = toml::from_str("[closing]\nboard_minutes = 15\ndecide_after = 45\n[activities]\nart = [\"做风筝\", \" \"]").unwrap();
        let settings = config.settings().unwrap();
        assert_eq!((settings.closing.board_minutes, settings.closing.decide_after, settings.closing.leader_after), (15, 45, 20));
        assert_eq!(settings.activities, [(Category::Art, "做风筝".to_owned())]);
    }
}
