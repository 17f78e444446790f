//! The first start, as a value: practise, or set this room up. The set-up asks one thing after another; every answer can be
//! gone back to, and nothing is written before the last Enter. What reads files and writes is the shell's work.

use chrono::{NaiveDate, NaiveTime};

use crate::desk::Pin;
use crate::desk::grammar::{Reader, Typed, parse};
use crate::domain::calendar::{SessionKind, Timetable, TimetableId};
use crate::domain::day::Day;
use crate::domain::fact::{Fact, OfficeFact};
use crate::domain::people::{Role, Staff, StaffId};
use crate::domain::register::Register;
use crate::domain::settings::keys::Key;
use crate::domain::settings::{Session, Settings};
use crate::domain::time::{Weekdays, time_of_day};
use crate::rules::Room;
use crate::rules::duty::{WeakPin, check_new_pin};
use crate::texts::settings as t;
use crate::texts::{self, Lang};

/// Longest name of a person, characters.
const LONGEST_NAME: usize = 32;

/// The first start.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Welcome {
    /// Language.
    pub lang: Lang,
    /// The folder in which the store will be.
    pub data: String,
    /// How far it has come.
    pub stage: Stage,
    /// What was answered so far.
    pub answers: Answers,
    /// The choice on which the arrows stand, from 1.
    pub marked: u32,
    /// What was wrong with the last answer.
    pub error: Option<String>,
}

/// How far a first start has come.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Stage {
    /// What to do?
    Choose,
    /// The set-up asks this.
    Ask(Field),
    /// Which file?
    File,
    /// A roster was read; nothing is written yet.
    Preview {
        /// What would change, a line each.
        lines: Vec<String>,
        /// Whether it can be written.
        good: bool,
    },
    /// Everything is answered; Enter writes it.
    Review,
}

/// What the set-up asks, in its order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Field {
    /// Name of the school.
    School,
    /// Where the room is.
    Room,
    /// Doors open.
    Start,
    /// The session ends.
    End,
    /// Ordinary pickup starts.
    Pickup,
    /// How cards travel.
    Cards,
    /// The leader's name.
    Leader,
    /// The leader's PIN.
    Pin,
    /// The same once more.
    PinAgain,
    /// The number for complaints.
    Phone,
    /// Import a roster, or start empty.
    Roster,
}

impl Field {
    /// All, in the order in which they are asked.
    pub const ALL: [Self; 11] = [
        Self::School,
        Self::Room,
        Self::Start,
        Self::End,
        Self::Pickup,
        Self::Cards,
        Self::Leader,
        Self::Pin,
        Self::PinAgain,
        Self::Phone,
        Self::Roster,
    ];

    fn next(self) -> Option<Self> {
        let at = Self::ALL.iter().position(|f| *f == self)?;
        Self::ALL.get(at + 1).copied()
    }

    fn before(self) -> Option<Self> {
        let at = Self::ALL.iter().position(|f| *f == self)?;
        // A PIN is always asked from its beginning.
        Self::ALL.get(at.checked_sub(1)?).copied().map(|f| if f == Self::PinAgain { Self::Pin } else { f })
    }
}

/// What the set-up was told.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answers {
    /// Name of the school.
    pub school: String,
    /// Where the room is; may be empty.
    pub room: String,
    /// The session, Monday to Friday.
    pub session: Session,
    /// `claim` or `held`.
    pub cards: &'static str,
    /// The leader's name.
    pub leader: String,
    /// The leader's PIN; never shown.
    pub pin: Option<Pin>,
    /// The number for complaints; may be empty.
    pub phone: String,
    /// The roster to import, as its path was typed.
    pub roster: Option<String>,
}

impl Default for Answers {
    fn default() -> Self {
        let empty = String::new;
        let session = Session::default();
        Self { school: empty(), room: empty(), session, cards: "claim", leader: empty(), pin: None, phone: empty(), roster: None }
    }
}

impl Answers {
    /// What is entered, as one act: settings, timetable, leader. `hash` is that of the PIN.
    #[must_use]
    pub fn facts(&self, lang: Lang, hash: String, today: NaiveDate) -> Vec<Fact> {
        let set = [(Key::School, self.school.as_str()), (Key::Room, &self.room), (Key::CardMode, self.cards), (Key::ComplaintPhone, &self.phone)];
        let set = set.into_iter().filter(|(_, value)| !value.is_empty());
        let set = set.map(|(key, value)| OfficeFact::SettingSet { key: key.key().to_owned(), was: None, now: Some(value.to_owned()) });
        let Session { start, end, pickup_from, .. } = self.session;
        let table = Timetable {
            id: TimetableId(1),
            name: texts::calendar::usual_name(lang),
            from: today,
            until: None,
            days: Weekdays::WORKDAYS,
            kind: SessionKind::Standard,
            start,
            end,
            pickup_from,
            quiet_until: None,
        };
        let table = OfficeFact::TimetableSet { was: None, now: Some(Box::new(table)) };
        let leader = Staff { pin: Some(hash), ..Staff::new(StaffId(1), &self.leader, Role::Leader) };
        let leader = Fact::StaffSet { was: None, now: Box::new(leader) };
        set.chain([table]).map(Fact::Office).chain([leader]).collect()
    }
}

/// What the shell has to do next.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Wish {
    /// Nothing: draw again.
    Stay,
    /// A room with invented children.
    Practise,
    /// Read this roster and show what would change.
    Read(String),
    /// Write what was answered, import the roster if there is one, and open the desk.
    Finish,
    /// End.
    Leave,
}

impl Welcome {
    /// The beginning.
    #[must_use]
    pub fn new(lang: Lang, data: String) -> Self {
        Self { lang, data, stage: Stage::Choose, answers: Answers::default(), marked: 1, error: None }
    }

    /// How many numbered choices there are, if there are any.
    #[must_use]
    pub fn choices(&self) -> u32 {
        match &self.stage {
            Stage::Choose | Stage::Ask(Field::Cards | Field::Roster) => 2,
            Stage::Ask(_) | Stage::File | Stage::Preview { .. } | Stage::Review => 0,
        }
    }

    /// Whether what is typed is a secret.
    #[must_use]
    pub fn is_secret(&self) -> bool {
        matches!(self.stage, Stage::Ask(Field::Pin | Field::PinAgain))
    }

    /// An arrow.
    pub fn mark(&mut self, down: bool) {
        let last = self.choices().max(1);
        self.marked = match (self.marked, down) {
            (n, true) if n >= last => 1,
            (n, true) => n + 1,
            (1, false) => last,
            (n, false) => n - 1,
        };
    }

    /// A submitted line.
    pub fn line(&mut self, text: &str) -> Wish {
        self.error = None;
        let parsed = parse(text, &Reader::default());
        // A file's path stays as it was typed.
        let is_file = self.stage == Stage::File;
        if !is_file && matches!(parsed.typed, Typed::Refused(_)) {
            return self.wrong(texts::garbled(self.lang));
        }
        let text = if is_file { text.trim() } else { parsed.text.as_str() };
        match &self.stage {
            Stage::Choose => match self.number(text) {
                Some(1) => Wish::Practise,
                Some(2) => self.go(Stage::Ask(Field::School)),
                _ => self.wrong(texts::welcome_choose(self.lang)),
            },
            Stage::Ask(field) => self.answer(*field, text),
            // A file dropped into the window comes in quotes, or with an escaped blank.
            Stage::File if text.is_empty() => Wish::Stay,
            Stage::File => {
                let path = text.trim_matches(['\'', '"']).replace("\\ ", " ");
                self.answers.roster = Some(path.clone());
                Wish::Read(path)
            }
            Stage::Preview { good: true, .. } if text.is_empty() => self.go(Stage::Review),
            Stage::Review if text.is_empty() => Wish::Finish,
            Stage::Preview { .. } | Stage::Review => Wish::Stay,
        }
    }

    /// Says what was wrong, and stays.
    pub fn wrong(&mut self, sentence: String) -> Wish {
        self.error = Some(sentence);
        Wish::Stay
    }

    /// A roster was read.
    pub fn read(&mut self, lines: Vec<String>, good: bool) {
        self.stage = Stage::Preview { lines, good };
    }

    /// A roster was read in which a card has the leader's PIN for its number: the PIN is asked anew.
    pub fn pin_is_a_card(&mut self) {
        self.answers.pin = None;
        self.go(Stage::Ask(Field::Pin));
        self.wrong(t::setup_pin_in_roster(self.lang));
    }

    /// Back; what was answered stays.
    pub fn escape(&mut self) -> Wish {
        self.error = None;
        let back = match &self.stage {
            Stage::Choose => return Wish::Leave,
            Stage::Ask(field) => field.before().map_or(Stage::Choose, Stage::Ask),
            Stage::Preview { .. } => Stage::File,
            Stage::Review if self.answers.roster.is_some() => Stage::File,
            Stage::Review | Stage::File => Stage::Ask(Field::Roster),
        };
        self.go(back)
    }

    fn go(&mut self, stage: Stage) -> Wish {
        let held = stage == Stage::Ask(Field::Cards) && self.answers.cards == "held";
        self.marked = if held { 2 } else { 1 };
        self.stage = stage;
        Wish::Stay
    }

    fn number(&self, text: &str) -> Option<u32> {
        if text.is_empty() { Some(self.marked) } else { text.parse().ok().filter(|n| (1..=self.choices()).contains(n)) }
    }

    /// An answer of the set-up; Enter alone keeps what stands there.
    fn answer(&mut self, field: Field, text: &str) -> Wish {
        let taken = match field {
            Field::School if text.is_empty() && self.answers.school.is_empty() => Err(t::setup_school_wanted(self.lang)),
            Field::School => self.text(Key::School, text, |a| &mut a.school),
            Field::Room => self.text(Key::Room, text, |a| &mut a.room),
            Field::Phone => self.text(Key::ComplaintPhone, text, |a| &mut a.phone),
            Field::Start | Field::End | Field::Pickup => self.time(field, text),
            Field::Cards => match self.number(text) {
                Some(n) => {
                    self.answers.cards = if n == 1 { "claim" } else { "held" };
                    Ok(())
                }
                None => Err(t::setup_one_or_two(self.lang)),
            },
            Field::Leader if text.is_empty() && self.answers.leader.is_empty() => Err(t::setup_leader_wanted(self.lang)),
            Field::Leader if text.is_empty() => Ok(()),
            Field::Leader if text.chars().count() > LONGEST_NAME => Err(texts::staff_name(self.lang)),
            Field::Leader => {
                text.clone_into(&mut self.answers.leader);
                Ok(())
            }
            Field::Pin if text.is_empty() && self.answers.pin.is_some() => return self.go(Stage::Ask(Field::Phone)),
            Field::Pin => match weak(text) {
                None => {
                    self.answers.pin = Some(Pin(text.to_owned()));
                    Ok(())
                }
                Some(weak) => Err(weak_pin(self.lang, weak)),
            },
            Field::PinAgain if self.answers.pin.as_ref().is_some_and(|pin| pin.0 == text) => Ok(()),
            Field::PinAgain => {
                self.answers.pin = None;
                self.go(Stage::Ask(Field::Pin));
                return self.wrong(t::setup_pins_differ(self.lang));
            }
            Field::Roster => match self.number(text) {
                Some(1) => return self.go(Stage::File),
                Some(_) => {
                    self.answers.roster = None;
                    return self.go(Stage::Review);
                }
                None => Err(t::setup_one_or_two(self.lang)),
            },
        };
        match taken {
            Ok(()) => self.go(field.next().map_or(Stage::Review, Stage::Ask)),
            Err(sentence) => self.wrong(sentence),
        }
    }

    fn text(&mut self, key: Key, text: &str, place: impl Fn(&mut Answers) -> &mut String) -> Result<(), String> {
        if text.is_empty() {
            return Ok(());
        }
        if !key.put(&mut Settings::default(), text) {
            return Err(t::wrong(self.lang, key));
        }
        text.clone_into(place(&mut self.answers));
        Ok(())
    }

    fn time(&mut self, field: Field, text: &str) -> Result<(), String> {
        let mut session = self.answers.session;
        let old = session;
        let place = if field == Field::Start {
            &mut session.start
        } else if field == Field::End {
            &mut session.end
        } else {
            &mut session.pickup_from
        };
        if !text.is_empty() {
            *place = time_of_day(text).ok_or_else(|| texts::mistake_time(self.lang))?;
        }
        if session.start >= session.end {
            if field == Field::End {
                return Err(t::setup_end(self.lang, texts::calendar::hhmm(session.start)));
            }
            // What comes later is suggested anew, as long before the end as it was.
            session.end = later(session.start, old.end - old.start);
        }
        let fits = (session.start..=session.end).contains(&session.pickup_from);
        if !fits && field == Field::Pickup {
            return Err(t::setup_pickup(self.lang, texts::calendar::hhmm(session.start), texts::calendar::hhmm(session.end)));
        }
        if field == Field::End && session.end != old.end || !fits {
            let before_end = (old.end - old.pickup_from).max(chrono::TimeDelta::zero());
            session.pickup_from = session.end.overflowing_sub_signed(before_end).0.clamp(session.start, session.end);
        }
        self.answers.session = session;
        Ok(())
    }
}

/// The time so much later, but not over midnight.
fn later(time: NaiveTime, by: chrono::TimeDelta) -> NaiveTime {
    let last = NaiveTime::from_hms_opt(23, 59, 0).unwrap_or(time);
    match time.overflowing_add_signed(by) {
        (then, 0) => then,
        (_, _) => last,
    }
}

/// What is wrong with a PIN for the leader of a room with nobody in it yet.
fn weak(pin: &str) -> Option<WeakPin> {
    let (register, day, settings) = (Register::default(), Day::new(NaiveDate::default(), Vec::new()), Settings::default());
    check_new_pin(Room { register: &register, day: &day, settings: &settings, desk: "" }, Role::Leader, pin).err()
}

fn weak_pin(lang: Lang, weak: WeakPin) -> String {
    match weak {
        WeakPin::NotDigits => texts::pin_not_digits(lang),
        WeakPin::TooShort(n) => texts::pin_short(lang, n),
        WeakPin::TooLong => texts::pin_long(lang),
        WeakPin::LooksLikeCard => texts::pin_card(lang),
    }
}

/// Why a roster cannot be shown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RosterProblem {
    /// A card in it has the leader's PIN for its number, or could have.
    PinIsCard,
    /// It cannot be read: the sentence that says why.
    Unreadable(String),
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::wildcard_enum_match_arm)]
    use super::*;

    fn say(lines: &[&str]) -> (Welcome, Wish) {
        let mut welcome = Welcome::new(Lang::Zh, String::new());
        let mut wish = Wish::Stay;
        for line in lines {
            wish = if *line == "esc" { welcome.escape() } else { welcome.line(line) };
        }
        (welcome, wish)
    }

    const ALL: [&str; 13] = ["2", "向阳小学", "一楼", "", "18:30", "", "2", "何主任", "135790", "135790", "0571-8000", "2", ""];

    #[test]
    fn every_question_in_its_order_and_one_act_at_the_end() {
        let (welcome, wish) = say(&ALL);
        assert_eq!(wish, Wish::Finish);
        let today = NaiveDate::from_ymd_opt(2026, 9, 1).unwrap();
        let facts = welcome.answers.facts(Lang::Zh, "hash".to_owned(), today);
        let mut register = Register::default();
        let mut settings = Settings::default();
        for fact in &facts {
            match fact {
                Fact::Office(OfficeFact::SettingSet { key, now, .. }) => {
                    let key = Key::ALL.into_iter().find(|k| k.key() == key).unwrap();
                    assert!(key.put(&mut settings, now.as_deref().unwrap()));
                }
                Fact::Office(OfficeFact::TimetableSet { now, .. }) => {
                    let table = now.clone().unwrap();
                    settings.entered.timetables.insert(table.id, *table);
                }
                Fact::StaffSet { now, .. } => register.put_staff((**now).clone()),
                other => panic!("{other:?}"),
            }
        }
        assert_eq!((settings.school.as_str(), settings.room.as_str(), settings.complaint_phone.as_str()), ("向阳小学", "一楼", "0571-8000"));
        assert_eq!(Key::CardMode.value(&settings), "held");
        let session = settings.session_on(today).unwrap();
        assert_eq!((session.end, session.pickup_from), (time_of_day("18:30").unwrap(), time_of_day("17:45").unwrap()));
        assert_eq!(register.staff_member(StaffId(1)).unwrap().role, Role::Leader);
        assert!(!format!("{welcome:?}").contains("135790"), "a PIN is never printed");
    }

    #[test]
    fn every_step_can_be_gone_back_and_nothing_is_forgotten() {
        for steps in 1..ALL.len() - 1 {
            let (mut welcome, _) = say(&ALL[..steps]);
            let before = welcome.clone();
            for _ in 0..steps {
                welcome.escape();
            }
            assert_eq!(welcome.stage, Stage::Choose, "{steps}");
            assert_eq!(welcome.answers, before.answers, "{steps}");
            assert_eq!(welcome.escape(), Wish::Leave);
        }
        let (mut welcome, _) = say(&ALL[..4]);
        welcome.escape();
        welcome.escape();
        assert_eq!(welcome.stage, Stage::Ask(Field::Room));
        welcome.line("");
        assert_eq!((welcome.stage, welcome.answers.room.as_str()), (Stage::Ask(Field::Start), "一楼"));
    }

    #[test]
    fn a_pin_that_is_a_card_of_the_roster_is_asked_anew() {
        let (mut welcome, wish) = say(&["2", "校", "", "", "", "", "", "何", "135790", "135790", "", "1", "a.csv"]);
        assert_eq!(wish, Wish::Read("a.csv".to_owned()));
        welcome.pin_is_a_card();
        assert_eq!((&welcome.stage, &welcome.answers.pin), (&Stage::Ask(Field::Pin), &None));
        assert!(welcome.error.is_some());
        for line in ["246802", "246802", "", "1"] {
            welcome.line(line);
        }
        assert_eq!(welcome.line("a.csv"), Wish::Read("a.csv".to_owned()), "the roster is read again with the new one");
    }

    #[test]
    fn what_does_not_fit_is_said_and_asked_again() {
        for (lines, stays) in [
            (&["3"][..], Stage::Choose),
            (&["2", ""], Stage::Ask(Field::School)),
            (&["2", "向\u{202e}阳"], Stage::Ask(Field::School)),
            (&["2", "校", "", "半点"], Stage::Ask(Field::Start)),
            (&["2", "校", "", "17:00", "16:00"], Stage::Ask(Field::End)),
            (&["2", "校", "", "", "", "15:00"], Stage::Ask(Field::Pickup)),
            (&["2", "校", "", "", "", "", "3"], Stage::Ask(Field::Cards)),
            (&["2", "校", "", "", "", "", "", ""], Stage::Ask(Field::Leader)),
            (&["2", "校", "", "", "", "", "", "何", "1234"], Stage::Ask(Field::Pin)),
            (&["2", "校", "", "", "", "", "", "何", "453841"], Stage::Ask(Field::Pin)),
            (&["2", "校", "", "", "", "", "", "何", "135790", "135791"], Stage::Ask(Field::Pin)),
        ] {
            let (welcome, wish) = say(lines);
            assert_eq!((welcome.stage, wish), (stays, Wish::Stay), "{lines:?}");
            assert!(welcome.error.is_some(), "{lines:?}");
        }
    }
}
