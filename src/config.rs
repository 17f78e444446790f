//! This desk's configuration: a TOML file beside the store. What it does not say stands in the defaults.

use std::io::Read;
use std::path::Path;

use chrono::NaiveTime;
use serde::Deserialize;

use crate::desk::appearance::{Appearance, Colours};
use crate::desk::said::Misread;
use crate::domain::activity::Category;
use crate::domain::settings::{CardMode, Closing, Place, ReleaseOn, Session, Settings};
use crate::domain::time::{Weekdays, time_of_day};

/// A longer config file is none.
const LARGEST: u64 = 64 * 1024;
/// Where more lines than these are not understood, none is taken.
const MOST_LEFT_OUT: usize = 20;
/// So many of them are named on the screen.
const NAMED: usize = 3;

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
        let bytes = content(path, must_exist).map_err(ConfigError::Unreadable)?;
        let text = String::from_utf8(bytes).map_err(|e| ConfigError::Unreadable(std::io::Error::new(std::io::ErrorKind::InvalidData, e)))?;
        toml::from_str(&text).map_err(|e| {
            let line = line_of(&text, &e);
            ConfigError::Syntax(line + 1, e.message().to_owned())
        })
    }

    /// Reads as much of a config file as can be understood: what cannot be is left out and told, and the defaults stand there. A
    /// typing error does not keep a desk closed (P12).
    #[must_use]
    pub fn read_for_desk(path: &Path, must_exist: bool) -> (Self, Vec<Misread>) {
        match content(path, must_exist) {
            Ok(bytes) => {
                let (config, mut misread) = understood(&bytes);
                let config = config.without_nonsense(&mut misread);
                (config, in_short(misread))
            }
            Err(e) => (Self::default(), vec![Misread::File(e.to_string())]),
        }
    }

    /// The same without the values that make no sense.
    fn without_nonsense(mut self, misread: &mut Vec<Misread>) -> Self {
        while let Err(ConfigError::Value(key)) = self.settings().map(drop).and_then(|()| self.appearance().map(drop)) {
            misread.push(Misread::Value(key));
            let session = self.session.get_or_insert_default();
            match key {
                "theme" => self.theme = None,
                "session.start" => session.start = None,
                "session.end" => session.end = None,
                "session.pickup_from" => session.pickup_from = None,
                "session.days" => session.days = None,
                "session" => self.session = None,
                "closing.extended_until" => self.closing.get_or_insert_default().extended_until = None,
                "activities" => self.activities.retain(|key, _| Category::of_key(key).is_some()),
                _ => return Self::default(),
            }
        }
        self
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

/// What stands in a config file; nothing in a missing one, unless it was asked for by name.
fn content(path: &Path, must_exist: bool) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    match std::fs::File::open(path) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound && !must_exist => return Ok(bytes),
        opened => opened?.take(LARGEST + 1).read_to_end(&mut bytes)?,
    };
    if bytes.len() as u64 > LARGEST { Err(std::io::ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
}

/// The line, from 0, at which a parser stopped.
fn line_of(text: &str, error: &toml::de::Error) -> usize {
    let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
    before.matches('\n').count()
}

/// What can be understood once the lines that cannot be are left out, one after the other.
fn understood(bytes: &[u8]) -> (Config, Vec<Misread>) {
    let mut misread = Vec::new();
    let mut lines = Vec::new();
    for (n, line) in bytes.split(|b| *b == b'\n').enumerate() {
        let line = std::str::from_utf8(line);
        misread.extend(line.is_err().then_some(Misread::Line(n + 1)));
        lines.push(line.unwrap_or_default());
    }
    while misread.len() <= MOST_LEFT_OUT {
        let text = lines.join("\n");
        let stopped = match toml::from_str(&text) {
            Ok(config) => return (config, misread),
            Err(e) => line_of(&text, &e),
        };
        let n = at_fault(&lines, stopped);
        match lines.get_mut(n) {
            Some(line) if !line.trim().is_empty() => *line = "",
            _ => break,
        }
        misread.push(Misread::Line(n + 1));
    }
    (Config::default(), misread)
}

/// The line at which it began to go wrong, where a parser stopped at another: before it everything was sound. A bracket that is
/// never closed is noticed lines later.
fn at_fault(lines: &[&str], stopped: usize) -> usize {
    const BACK: usize = 30;
    let is_sound = |n: &usize| lines.get(..*n).is_some_and(|before| toml::from_str::<toml::Table>(&before.join("\n")).is_ok());
    (0..=stopped).rev().take(BACK).find(is_sound).unwrap_or(stopped)
}

/// The first of what was not understood, and how much more there is.
fn in_short(mut misread: Vec<Misread>) -> Vec<Misread> {
    let more = misread.len().saturating_sub(NAMED);
    misread.truncate(NAMED);
    misread.extend((more > 0).then_some(Misread::More(more)));
    misread
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

    const WHOLE: &str = "desk = \"前台\"\nschool = \"向阳\"\ncard_mode = \"held\"\ntheme = \"dark\"\nplaces = [\"field\", \"三楼\"]\n\n[session]\ndays = [1, 2]\nend = \"18:30\"\n\n[reader]\nprefix = \";\"\n\n[activities]\nart = [\"做风筝\"]\n";

    fn for_desk(bytes: &[u8]) -> (Config, Vec<Misread>) {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("c"), bytes).unwrap();
        Config::read_for_desk(&dir.path().join("c"), true)
    }

    #[test]
    fn a_desk_takes_what_it_understands_and_tells_the_rest() {
        let (config, misread) = for_desk(WHOLE.as_bytes());
        assert_eq!((config.school.as_deref(), misread), (Some("向阳"), vec![]));
        for (from, to, told) in [
            ("theme = \"dark\"", "theme = \"dark", Misread::Line(4)),
            ("theme = \"dark\"", "thème = dark", Misread::Line(4)),
            ("theme = \"dark\"", "theme = 5", Misread::Line(4)),
            ("theme = \"dark\"", "school = \"乙\"", Misread::Line(4)),
            ("theme = \"dark\"", "theme = \"pink\"", Misread::Value("theme")),
            ("18:30", "28:30", Misread::Value("session.end")),
            ("[1, 2]", "[1, 2", Misread::Line(8)),
            ("[1, 2]", "[8]", Misread::Value("session.days")),
            ("art", "arts", Misread::Value("activities")),
        ] {
            let (config, misread) = for_desk(WHOLE.replacen(from, to, 1).as_bytes());
            assert_eq!(misread.first(), Some(&told), "{to}: {misread:?}");
            let settings = config.settings().unwrap();
            assert_eq!((settings.school.as_str(), settings.card_mode, settings.reader_prefix.as_str()), ("向阳", CardMode::Held, ";"), "{to}");
        }
        // Written by an editor that knows no UTF-8: the line with the name goes, the others stay.
        let (gbk, _, _) = encoding_rs::GBK.encode(WHOLE);
        let (config, misread) = for_desk(&gbk);
        assert_eq!((config.school, config.card_mode, misread.len()), (None, Some(CardMode::Held), 3), "{misread:?}");
    }

    #[test]
    fn no_config_file_keeps_a_desk_closed() {
        let whole = WHOLE.as_bytes();
        let cut = (0..whole.len()).map(|at| whole[..at].to_vec());
        let bent = (0..whole.len()).flat_map(|at| {
            [0x01, 0x20, 0x80].map(|bit| {
                let mut bytes = whole.to_vec();
                bytes[at] ^= bit;
                bytes
            })
        });
        let odd = [vec![0; 4096], vec![0xff; 4096], vec![b'['; 60_000], vec![b'x'; 100_000], b"a.".repeat(30_000), b"a\n".repeat(30_000)];
        for bytes in cut.chain(bent).chain(odd) {
            let (config, _) = understood(&bytes);
            let mut misread = Vec::new();
            let config = config.without_nonsense(&mut misread);
            assert!(config.settings().is_ok() && config.appearance().is_ok());
        }
        let dir = tempfile::tempdir().unwrap();
        for path in [dir.path().to_owned(), dir.path().join("missing")] {
            let (config, misread) = Config::read_for_desk(&path, true);
            assert!(config.settings().is_ok() && matches!(misread.as_slice(), [Misread::File(_)]), "{misread:?}");
        }
        assert!(matches!(for_desk(&vec![b'#'; 70_000]).1.as_slice(), [Misread::File(_)]));
    }

    #[test]
    fn the_end_and_the_activities_are_as_the_school_says() {
        let config: Config = toml::from_str("[closing]\nboard_minutes = 15\ndecide_after = 45\n[activities]\nart = [\"做风筝\", \" \"]").unwrap();
        let settings = config.settings().unwrap();
        assert_eq!((settings.closing.board_minutes, settings.closing.decide_after, settings.closing.leader_after), (15, 45, 20));
        assert_eq!(settings.activities, [(Category::Art, "做风筝".to_owned())]);
    }
}
