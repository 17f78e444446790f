//! What the screen about children, collectors and households says.

use crate::desk::office::people::{Ask, Pick, View};
use crate::rules::office::people::{Hindrance, PeopleAct};
use crate::texts::people as t;
use crate::wording::Words;
use crate::wording::panels::PanelLine;

impl Words<'_> {
    /// The panel: its title and lines.
    pub(super) fn people_panel(self, _view: &View) -> (String, Vec<PanelLine>) {
        (t::title(self.lang), Vec::new())
    }

    pub(super) fn people_prompt(self, ask: &Ask) -> String {
        match ask {
            Ask::What => t::title(self.lang),
        }
    }

    pub(super) fn people_pick(self, pick: &Pick) -> String {
        match *pick {}
    }

    pub(super) fn people_done(self, act: &PeopleAct) -> String {
        match *act {}
    }

    pub(super) fn people_hindrance(self, hindrance: &Hindrance) -> String {
        match *hindrance {}
    }
}
