//! What the screen about how this room works says.

use unicode_width::UnicodeWidthStr;

use crate::desk::office::settings::{Ask, Pick, View, origin};
use crate::domain::settings::keys::{Key, Shape};
use crate::rules::office::settings::{Hindrance, SettingsAct};
use crate::texts::settings as t;
use crate::wording::Words;
use crate::wording::panels::PanelLine;

/// Columns of the longest name of a setting.
const NAME_COLUMNS: usize = 18;

impl Words<'_> {
    /// The panel: its title and lines.
    pub(super) fn settings_panel(self, _view: &View) -> (String, Vec<PanelLine>) {
        let lang = self.lang;
        let line = |(n, key): (usize, Key)| {
            let value = t::value(lang, key, &key.value(&self.model.settings));
            let name = t::name(lang, key);
            let name = format!("{name}{}", " ".repeat(NAME_COLUMNS.saturating_sub(name.width())));
            PanelLine::plain(t::line(lang, format!("{n:>2}"), name, value, t::origin(lang, origin(self.model, key))))
        };
        let mut lines: Vec<PanelLine> = (1..).zip(Key::ALL).map(line).collect();
        lines.push(PanelLine::plain(String::new()));
        lines.push(PanelLine::plain(t::session_elsewhere(lang)));
        lines.push(PanelLine::plain(t::only_here(lang)));
        (t::title(lang), lines)
    }

    pub(super) fn settings_prompt(self, ask: &Ask) -> String {
        match ask {
            Ask::What => String::new(),
            Ask::Value(key) => {
                let text = t::ask(self.lang, *key);
                let typed = !matches!(key.shape(), Shape::Word(_));
                let filed = self.model.register.office().settings.contains_key(key.key());
                if typed && filed { t::or_default(self.lang, text) } else { text }
            }
        }
    }

    pub(super) fn settings_pick(self, pick: &Pick) -> String {
        t::choice(self.lang, pick)
    }

    pub(super) fn settings_done(self, act: &SettingsAct) -> String {
        let SettingsAct::Set { key, value } = act;
        let name = t::name(self.lang, *key);
        let now = t::value(self.lang, *key, &key.value(&self.model.settings));
        match value {
            Some(_) => t::did(self.lang, name, now),
            None => t::did_default(self.lang, name, now),
        }
    }

    pub(super) fn settings_hindrance(self, hindrance: &Hindrance) -> String {
        let lang = self.lang;
        match hindrance {
            Hindrance::Value(key) => t::wrong(lang, *key),
            Hindrance::Unchanged => t::unchanged(lang),
            Hindrance::CardsOut { children, cards } => t::cards_out(lang, children, cards),
            Hindrance::ChildrenThere(place) => t::children_there(lang, self.place(place)),
            Hindrance::ExtendedEarly => t::extended_early(lang),
        }
    }
}
