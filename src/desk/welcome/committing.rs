//! What the set-up was told, and the facts that it comes to: settings, timetable, leader, entered as one act.

use chrono::NaiveDate;

use crate::desk::Pin;
use crate::domain::calendar::{SessionKind, Timetable, TimetableId};
use crate::domain::fact::{Fact, OfficeFact, RecoveryFact};
use crate::domain::people::{Role, Staff, StaffId};
use crate::domain::settings::Session;
use crate::domain::settings::keys::Key;
use crate::domain::time::Weekdays;
use crate::texts::{self, Lang};

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
    /// How many digits its cards have, where a spreadsheet took their zeros.
    pub card_digits: Option<usize>,
}

impl Default for Answers {
    fn default() -> Self {
        let empty = String::new;
        let session = Session::default();
        Self { school: empty(), room: empty(), session, cards: "claim", leader: empty(), pin: None, phone: empty(), roster: None, card_digits: None }
    }
}

impl Answers {
    /// What is entered, as one act: settings, timetable, leader. `hash` is that of the PIN, `code` that of the recovery code.
    #[must_use]
    pub fn facts(&self, lang: Lang, hash: String, code: String, today: NaiveDate) -> Vec<Fact> {
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
        let code = Fact::Recovery(RecoveryFact::Made { staff: StaffId(1), hash: code });
        set.chain([table]).map(Fact::Office).chain([leader, code]).collect()
    }
}
