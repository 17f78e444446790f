//! What the screen about when there is care says.

use crate::desk::office::calendar::{Ask, Pick, View};
use crate::rules::office::calendar::{CalendarAct, Hindrance};
use crate::texts::calendar as t;
use crate::wording::Words;
use crate::wording::panels::PanelLine;

impl Words<'_> {
    /// The panel: its title and lines.
    pub(super) fn calendar_panel(self, _view: &View) -> (String, Vec<PanelLine>) {
        (t::title(self.lang), Vec::new())
    }

    pub(super) fn calendar_prompt(self, ask: &Ask) -> String {
        match ask {
            Ask::What => t::title(self.lang),
        }
    }

    pub(super) fn calendar_pick(self, pick: &Pick) -> String {
        match *pick {}
    }

    pub(super) fn calendar_done(self, act: &CalendarAct) -> String {
        match *act {}
    }

    pub(super) fn calendar_hindrance(self, hindrance: &Hindrance) -> String {
        match *hindrance {}
    }
}
