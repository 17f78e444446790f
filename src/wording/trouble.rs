//! What stands in red when something, or nothing, can be recorded.

use crate::desk::Dialog;
use crate::desk::unrecorded::Unrecorded;
use crate::domain::fact::Fact;
use crate::domain::trouble::Unsound;
use crate::texts::{self as t, faults};

use super::Words;

/// So many of what was not recorded are named on the screen; the list has all.
const NAMED: usize = 3;

impl Words<'_> {
    /// Why the last request was not recorded, and what to do.
    pub(super) fn not_recorded(self) -> String {
        match &self.model.refused {
            None => t::not_recorded(self.lang),
            Some(cause) if cause.is_for_good() => faults::not_recorded_apart(self.lang, faults::cause(self.lang, cause)),
            Some(cause) => faults::not_recorded(self.lang, faults::cause(self.lang, cause)),
        }
    }

    /// Whose cards are held until the time is known, by name; none while none is.
    #[must_use]
    pub fn held_scans(self) -> Option<String> {
        let (children, others) = self.model.held_children();
        let others = (others > 0).then(|| faults::held_others(self.lang, others));
        let named: Vec<String> = children.into_iter().map(|c| self.name_and_class(c)).chain(others).collect();
        (!named.is_empty()).then(|| faults::held_by_name(self.lang, self.join(named)))
    }

    /// The red lines that stand while nothing can be recorded, or something was not; none while all is well.
    #[must_use]
    pub fn trouble(self) -> Vec<String> {
        let lang = self.lang;
        let mut lines = Vec::new();
        if let Some(doubted) = &self.model.doubted {
            lines.push(faults::doubted(lang, faults::to_the_second(doubted.wall), faults::doubt(lang, &doubted.doubt)));
            lines.push(faults::what_time(lang));
            lines.extend(self.held_scans());
        }
        if let Some(halt) = &self.model.halt {
            lines.push(faults::halted(lang, faults::cause(lang, &halt.cause)));
            lines.push(if halt.cause.is_for_good() { faults::halted_paper(lang) } else { faults::heals(lang) });
            match (&halt.saved, halt.wants_saving()) {
                (Some(at), _) => lines.push(faults::saved(lang, at)),
                (None, true) => lines.push(faults::not_saved(lang)),
                (None, false) => {}
            }
        }
        if self.model.in_last_room && self.model.halt.is_none() {
            lines.push(faults::last_room(lang));
        }
        if let Some(unsound) = &self.model.unsound {
            lines.extend(self.unsound(unsound));
        }
        let waiting = &self.model.unrecorded;
        if !waiting.is_empty() {
            lines.push(faults::waiting(lang, waiting.len()));
            // In the list itself they stand by number.
            let named = if matches!(self.model.dialog, Some(Dialog::Unrecorded(_))) { waiting.len() } else { NAMED };
            lines.extend(waiting.iter().take(NAMED).filter(|_| named == NAMED).map(|u| self.unrecorded(u)));
            let more = waiting.len().saturating_sub(named);
            lines.extend((more > 0).then(|| faults::more(lang, more)));
        }
        lines
    }

    /// What is not as it was entered, and what to do.
    fn unsound(self, unsound: &Unsound) -> Vec<String> {
        let lang = self.lang;
        let Unsound { file, schema, entry, seal, tables, children } = unsound;
        let mut lines = Vec::new();
        if !children.is_empty() {
            let more = children.len().saturating_sub(NAMED);
            let named = children.iter().take(NAMED).map(|child| self.name_and_class(*child));
            lines.push(faults::unsound_children(lang, self.join(named.chain((more > 0).then(|| faults::more(lang, more))))));
            lines.push(faults::unsound_children_do(lang));
        }
        let before = lines.len();
        lines.extend(file.then(|| faults::unsound_file(lang)));
        lines.extend(entry.map(|seq| faults::unsound_entry(lang, seq.0)));
        lines.extend(seal.map(|(after, by)| faults::unsound_seal(lang, after.0 + 1, by.0)));
        lines.extend((!schema.is_empty()).then(|| faults::unsound_schema(lang, self.join(schema.iter().take(NAMED).cloned()))));
        lines.extend((!tables.is_empty()).then(|| faults::unsound_tables(lang, self.join(tables.iter().map(|t| (*t).to_owned())))));
        if lines.len() > before {
            lines.push(faults::unsound_do(lang));
        }
        lines
    }

    /// One request that was not recorded: when, what, why.
    #[must_use]
    pub fn unrecorded(self, waiting: &Unrecorded) -> String {
        faults::item_because(self.lang, self.wanted(waiting), faults::cause(self.lang, &waiting.cause))
    }

    /// When and what it was; of another day with the date.
    #[must_use]
    pub fn wanted(self, waiting: &Unrecorded) -> String {
        let facts: Vec<Fact> = waiting.job.drafts.iter().map(|d| d.fact.clone()).collect();
        let today = waiting.at.date() == self.model.now.date();
        let when = if today { waiting.at.hhmm() } else { waiting.at.local().format("%m-%d %H:%M").to_string() };
        faults::item(self.lang, when, self.facts(&facts))
    }

    /// Facts in a few words each.
    pub(super) fn facts(self, facts: &[Fact]) -> String {
        self.join(facts.iter().filter_map(|fact| self.fact(fact)))
    }
}
