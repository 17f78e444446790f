//! What the screen about cards: allotted, issued, lost, replaced, recovered, counted says.

use crate::desk::office::cards::{Ask, Pick, View};
use crate::rules::office::cards::{CardsAct, Hindrance};
use crate::texts::cards as t;
use crate::wording::Words;
use crate::wording::panels::PanelLine;

impl Words<'_> {
    /// The panel: its title and lines.
    pub(super) fn cards_panel(self, _view: &View) -> (String, Vec<PanelLine>) {
        (t::title(self.lang), Vec::new())
    }

    pub(super) fn cards_prompt(self, ask: &Ask) -> String {
        match ask {
            Ask::What => t::title(self.lang),
        }
    }

    pub(super) fn cards_pick(self, pick: &Pick) -> String {
        match *pick {}
    }

    pub(super) fn cards_done(self, act: &CardsAct) -> String {
        match *act {}
    }

    pub(super) fn cards_hindrance(self, hindrance: &Hindrance) -> String {
        match *hindrance {}
    }
}
