//! What is changed in the register from its screens: one file for each screen.
//!
//! [`people`] (children, households, collectors), [`cards`], [`calendar`], [`staff`], [`settings`].

pub mod calendar;
pub mod cards;
pub mod people;
pub mod settings;
pub mod staff;

use super::{Objection, Room, barred};
use crate::domain::fact::Fact;
use crate::domain::people::StaffId;
use crate::domain::time::Moment;

/// Something that is changed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum OfficeAct {
    /// On the screen `people`.
    People(Box<people::PeopleAct>),
    /// On the screen `cards`.
    Cards(cards::CardsAct),
    /// On the screen `calendar`.
    Calendar(calendar::CalendarAct),
    /// On the screen `staff`.
    Staff(staff::StaffAct),
    /// On the screen `settings`.
    Settings(settings::SettingsAct),
}

/// What stands against it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Hindrance {
    /// On the screen `people`.
    People(people::Hindrance),
    /// On the screen `cards`.
    Cards(cards::Hindrance),
    /// On the screen `calendar`.
    Calendar(calendar::Hindrance),
    /// On the screen `staff`.
    Staff(staff::Hindrance),
    /// On the screen `settings`.
    Settings(settings::Hindrance),
}

pub(super) fn facts(room: Room<'_>, act: &OfficeAct, now: Moment) -> Result<Vec<Fact>, Objection> {
    match act {
        OfficeAct::People(act) => people::facts(room, act, now),
        OfficeAct::Cards(act) => cards::facts(room, act, now),
        OfficeAct::Calendar(act) => calendar::facts(room, act, now),
        OfficeAct::Staff(act) => staff::facts(room, act, now),
        OfficeAct::Settings(act) => settings::facts(room, act, now),
    }
}

/// Whether this is the own matter of somebody on the staff: who is barred from the child of whom it speaks, or would be let in by
/// it. Of the staff's records the facts are asked, not the act.
pub(super) fn is_own_matter(room: Room<'_>, act: &OfficeAct, who: StaffId, now: Moment) -> bool {
    match act {
        OfficeAct::People(act) => people::is_own_matter(room, act, who, now),
        OfficeAct::Cards(act) => cards::receivers(room, act).into_iter().any(|child| barred::is_of_staff(room.register, child, who, now.date())),
        OfficeAct::Staff(_) | OfficeAct::Calendar(_) | OfficeAct::Settings(_) => false,
    }
}
