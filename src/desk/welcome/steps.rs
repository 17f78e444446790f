//! What the set-up asks, one thing after another, and what it takes for an answer. Nothing is entered here.

use chrono::{NaiveDate, NaiveTime};

use super::{Answers, Stage, Welcome, Wish};
use crate::desk::Pin;
use crate::desk::forms::weak_pin;
use crate::domain::day::Day;
use crate::domain::people::Role;
use crate::domain::register::Register;
use crate::domain::settings::Settings;
use crate::domain::settings::keys::Key;
use crate::domain::time::time_of_day;
use crate::rules::Room;
use crate::rules::duty::{WeakPin, check_new_pin};
use crate::texts;
use crate::texts::settings as t;

/// Longest name of a person, characters.
const LONGEST_NAME: usize = 32;

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

    pub(super) fn next(self) -> Option<Self> {
        let at = Self::ALL.iter().position(|f| *f == self)?;
        Self::ALL.get(at + 1).copied()
    }

    pub(super) fn before(self) -> Option<Self> {
        let at = Self::ALL.iter().position(|f| *f == self)?;
        // A PIN is always asked from its beginning.
        Self::ALL.get(at.checked_sub(1)?).copied().map(|f| if f == Self::PinAgain { Self::Pin } else { f })
    }
}

impl Welcome {
    /// An answer of the set-up; Enter alone keeps what stands there.
    pub(super) fn answer(&mut self, field: Field, text: &str) -> Wish {
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
    check_new_pin(Room { register: &register, day: &day, settings: &settings, desk: "", keeper: None }, Role::Leader, pin).err()
}
