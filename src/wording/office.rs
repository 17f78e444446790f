//! What the screens of the register say: one file for each screen.

mod calendar;
pub(super) mod cards;
mod people;
mod settings;
pub mod staff;

pub use calendar::care_day;

use super::Words;
use super::panels::PanelLine;
use crate::desk::office::{Ask, Pick, Screen};
use crate::rules::office::{Hindrance, OfficeAct};

impl Words<'_> {
    /// The panel of a screen: its title and lines.
    #[must_use]
    pub fn office_panel(self, screen: &Screen) -> (String, Vec<PanelLine>) {
        match screen {
            Screen::People(view) => self.people_panel(view),
            Screen::Cards(view) => self.cards_panel(view),
            Screen::Calendar(view) => self.calendar_panel(view),
            Screen::Staff(view) => self.staff_panel(view),
            Screen::Settings(view) => self.settings_panel(view),
        }
    }

    pub(super) fn office_prompt(self, ask: &Ask) -> String {
        match ask {
            Ask::People(ask) => self.people_prompt(ask),
            Ask::Cards(ask) => self.cards_prompt(ask),
            Ask::Calendar(ask) => self.calendar_prompt(ask),
            Ask::Staff(ask) => self.staff_prompt(ask),
            Ask::Settings(ask) => self.settings_prompt(ask),
        }
    }

    pub(super) fn office_pick(self, pick: &Pick) -> String {
        match pick {
            Pick::People(pick) => self.people_pick(pick),
            Pick::Cards(pick) => self.cards_pick(pick),
            Pick::Calendar(pick) => self.calendar_pick(pick),
            Pick::Staff(pick) => self.staff_pick(pick),
            Pick::Settings(pick) => self.settings_pick(pick),
        }
    }

    pub(super) fn office_done(self, act: &OfficeAct) -> String {
        match act {
            OfficeAct::People(act) => self.people_done(act),
            OfficeAct::Cards(act) => self.cards_done(act),
            OfficeAct::Calendar(act) => self.calendar_done(act),
            OfficeAct::Staff(act) => self.staff_done(act),
            OfficeAct::Settings(act) => self.settings_done(act),
        }
    }

    pub(super) fn office_hindrance(self, hindrance: &Hindrance) -> String {
        match hindrance {
            Hindrance::People(hindrance) => self.people_hindrance(hindrance),
            Hindrance::Cards(hindrance) => self.cards_hindrance(hindrance),
            Hindrance::Calendar(hindrance) => self.calendar_hindrance(hindrance),
            Hindrance::Staff(hindrance) => self.staff_hindrance(hindrance),
            Hindrance::Settings(hindrance) => self.settings_hindrance(hindrance),
        }
    }
}
