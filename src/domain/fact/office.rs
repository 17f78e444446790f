//! Facts about what the register keeps beside people and cards: settings, calendar, duty plan, counts of the rack, and what
//! went out of the house.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::calendar::{SpecialDay, Term, Timetable};
use crate::domain::card::CardNumber;
use crate::domain::enrolment::RefusedCare;
use crate::domain::people::{ChildId, CollectorId};
use crate::domain::staff::StaffId;

/// What happens to the register beside people and cards. What can be undone carries what was and what is now.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum OfficeFact {
    /// A setting was changed (`domain::settings::Key` has the keys).
    SettingSet {
        /// Its key.
        key: String,
        /// Its value before; `None` when it stood at its default.
        was: Option<String>,
        /// Its value from now on; `None` puts the default back.
        now: Option<String>,
    },
    /// A term was entered, changed or removed; terms go by their names.
    TermSet {
        /// The term before.
        was: Option<Term>,
        /// The term from now on.
        now: Option<Term>,
    },
    /// A timetable was entered, changed or removed (S1.12).
    TimetableSet {
        /// The timetable before.
        was: Option<Box<Timetable>>,
        /// The timetable from now on.
        now: Option<Box<Timetable>>,
    },
    /// A day was declared special, or ordinary again.
    DaySet {
        /// The day.
        date: NaiveDate,
        /// What it was declared before.
        was: Option<Box<SpecialDay>>,
        /// What it is declared now.
        now: Option<Box<SpecialDay>>,
    },
    /// Who is planned for duty on a day (F088).
    DutyPlanned {
        /// The day.
        date: NaiveDate,
        /// Who was planned.
        was: Vec<StaffId>,
        /// Who is planned now.
        now: Vec<StaffId>,
    },
    /// Care was asked for and not given (S2.07); stands for ever.
    CareRefused {
        /// For whom and why.
        refused: RefusedCare,
    },
    /// The cards on the rack were counted (F101).
    RackCounted {
        /// How many were counted.
        counted: u32,
        /// How many should hang there.
        expected: u32,
        /// Which were missing, when the count was short and somebody looked.
        missing: Vec<CardNumber>,
        /// Why the room opens all the same.
        reason: Option<String>,
    },
    /// A card was found and handed in (F107); whose it is stands with the card, not here.
    CardFound {
        /// Which.
        number: CardNumber,
    },
    /// A pass phrase was said and compared (F033). The phrase itself is nowhere.
    PhraseTried {
        /// The child to be collected.
        child: ChildId,
        /// Who said it.
        collector: CollectorId,
        /// Whether it was right.
        right: bool,
    },
    /// Something was written to a file: cards to print, lists, one child's record.
    Exported {
        /// What.
        what: String,
        /// How many rows or cards.
        rows: u32,
        /// The child, when it is one child's record.
        child: Option<ChildId>,
    },
    /// Somebody looked at everything that is on file about a child (F172); once a day for each who does.
    Looked {
        /// The child.
        child: ChildId,
    },
    /// Everything about a child was erased that stood in the journal before this entry, and its rows in the tables (PIPL art. 47).
    Erased {
        /// The child; its number is given to no other.
        child: ChildId,
        /// Numbers of its cards that were ours: somebody may still have one, so they are given to nobody again.
        spent: Vec<CardNumber>,
    },
    /// Cards of somebody who has left are not kept any more: their rows, and of a child's the text of what was entered about them before
    /// this entry ([`super::Fact::is_of_cards`]; PIPL art. 19).
    CardsForgotten {
        /// Whose they were.
        of: CardsOf,
        /// Their numbers that were ours: somebody may still have one, so they are given to nobody again.
        spent: Vec<CardNumber>,
    },
    /// What was about these days alone is not kept any more: the text of its entries from before this one, and its stays
    /// ([`super::Fact::is_of_its_day`]; PIPL art. 19).
    DaysForgotten {
        /// The last of these days.
        until: NaiveDate,
    },
}

/// Whose cards they are.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CardsOf {
    /// A child.
    Child(ChildId),
    /// A member of staff.
    Staff(StaffId),
}

impl OfficeFact {
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::SettingSet { .. } => "setting_set",
            Self::TermSet { .. } => "term_set",
            Self::TimetableSet { .. } => "timetable_set",
            Self::DaySet { .. } => "day_set",
            Self::DutyPlanned { .. } => "duty_planned",
            Self::CareRefused { .. } => "care_refused",
            Self::RackCounted { .. } => "rack_counted",
            Self::CardFound { .. } => "card_found",
            Self::PhraseTried { .. } => "phrase_tried",
            Self::Exported { .. } => "exported",
            Self::Looked { .. } => "looked",
            Self::Erased { .. } => "erased",
            Self::CardsForgotten { .. } => "cards_forgotten",
            Self::DaysForgotten { .. } => "days_forgotten",
        }
    }

    pub(super) fn child(&self) -> Option<ChildId> {
        match self {
            Self::PhraseTried { child, .. }
            | Self::Looked { child }
            | Self::Erased { child, .. }
            | Self::CardsForgotten { of: CardsOf::Child(child), .. } => Some(*child),
            Self::Exported { child, .. } => *child,
            Self::SettingSet { .. }
            | Self::TermSet { .. }
            | Self::TimetableSet { .. }
            | Self::DaySet { .. }
            | Self::DutyPlanned { .. }
            | Self::CareRefused { .. }
            | Self::CardFound { .. }
            | Self::RackCounted { .. }
            | Self::CardsForgotten { of: CardsOf::Staff(_), .. }
            | Self::DaysForgotten { .. } => None,
        }
    }

    /// Whether hours, rules or plans are other ones by it.
    #[must_use]
    pub fn changes_settings(&self) -> bool {
        match self {
            Self::SettingSet { .. } | Self::TermSet { .. } | Self::TimetableSet { .. } | Self::DaySet { .. } | Self::DutyPlanned { .. } => true,
            Self::CareRefused { .. }
            | Self::RackCounted { .. }
            | Self::CardFound { .. }
            | Self::PhraseTried { .. }
            | Self::Exported { .. }
            | Self::Looked { .. }
            | Self::Erased { .. }
            | Self::CardsForgotten { .. }
            | Self::DaysForgotten { .. } => false,
        }
    }

    /// Whether somebody at the desk may take it back.
    #[must_use]
    pub fn can_be_undone(&self) -> bool {
        // A phrase that was right goes with the release that it was said for.
        if let Self::PhraseTried { right, .. } = self { *right } else { self.changes_settings() }
    }

    /// Whether it is about the very thing that `other` is about, so that one rests on the other.
    #[must_use]
    pub fn is_of_the_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::SettingSet { key: a, .. }, Self::SettingSet { key: b, .. }) => a == b,
            (Self::TermSet { was, now }, Self::TermSet { was: w, now: n }) => {
                let name = |was: &Option<Term>, now: &Option<Term>| now.as_ref().or(was.as_ref()).map(|t| t.name.clone());
                name(was, now) == name(w, n)
            }
            (Self::TimetableSet { was, now }, Self::TimetableSet { was: w, now: n }) => {
                let id = |was: &Option<Box<Timetable>>, now: &Option<Box<Timetable>>| now.as_ref().or(was.as_ref()).map(|t| t.id);
                id(was, now) == id(w, n)
            }
            (Self::DaySet { date: a, .. }, Self::DaySet { date: b, .. }) | (Self::DutyPlanned { date: a, .. }, Self::DutyPlanned { date: b, .. }) => {
                a == b
            }
            _ => false,
        }
    }
}
