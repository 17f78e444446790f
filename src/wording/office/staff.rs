//! What the screen about staff: capacity, papers, vetting, duty plan says.

use crate::desk::office::staff::{Ask, Pick, View};
use crate::rules::office::staff::{Hindrance, StaffAct};
use crate::texts::staff as t;
use crate::wording::Words;
use crate::wording::panels::PanelLine;

impl Words<'_> {
    /// The panel: its title and lines.
    pub(super) fn staff_panel(self, _view: &View) -> (String, Vec<PanelLine>) {
        (t::title(self.lang), Vec::new())
    }

    pub(super) fn staff_prompt(self, ask: &Ask) -> String {
        match ask {
            Ask::What => t::title(self.lang),
        }
    }

    pub(super) fn staff_pick(self, pick: &Pick) -> String {
        match *pick {}
    }

    pub(super) fn staff_done(self, act: &StaffAct) -> String {
        match *act {}
    }

    pub(super) fn staff_hindrance(self, hindrance: &Hindrance) -> String {
        match *hindrance {}
    }
}
