//! What the screen about how this room works says.

use crate::desk::office::settings::{Ask, Pick, View};
use crate::rules::office::settings::{Hindrance, SettingsAct};
use crate::texts::settings as t;
use crate::wording::Words;
use crate::wording::panels::PanelLine;

impl Words<'_> {
    /// The panel: its title and lines.
    pub(super) fn settings_panel(self, _view: &View) -> (String, Vec<PanelLine>) {
        (t::title(self.lang), Vec::new())
    }

    pub(super) fn settings_prompt(self, ask: &Ask) -> String {
        match ask {
            Ask::What => t::title(self.lang),
        }
    }

    pub(super) fn settings_pick(self, pick: &Pick) -> String {
        match *pick {}
    }

    pub(super) fn settings_done(self, act: &SettingsAct) -> String {
        match *act {}
    }

    pub(super) fn settings_hindrance(self, hindrance: &Hindrance) -> String {
        match *hindrance {}
    }
}
