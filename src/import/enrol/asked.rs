//! What a row says that only a person can settle: it refuses the row, unless it is on file already.

use super::Planner;
use crate::domain::likeness::{Described, Likeness, Parent, is_unnamed, likeness, names_differ, of_child, parent};
use crate::domain::people::{Child, Collector, Right};
use crate::domain::search::{compound_surname, syllables};
use crate::domain::time::Moment;
use crate::import::cells::{is_any_relation, relation};
use crate::import::persons::{is_kin, is_whole_name};
use crate::import::roster::{Asked, AskedOf, Reason, Remark, RosterChild};
use crate::rules::barred::is_person;

impl Planner<'_> {
    /// The first thing of a row that has to be settled: its column, and what it is. Of a bar by name that needs nothing it is said.
    pub(super) fn asked(&mut self, row: &RosterChild, was: Option<&Child>) -> Option<(usize, Reason)> {
        let shown = |text: &str| text.chars().take(40).collect::<String>();
        let is_open = |asked: &&Asked| match asked.of {
            AskedOf::Words => !self.has_words(was, &asked.text),
            AskedOf::Relation => !self.has_relation(was, &asked.text),
            AskedOf::Bar => self.bar_is_unclear(row, was, &asked.text),
        };
        let found = row.asked.iter().find(is_open).map(|asked| match asked.of {
            AskedOf::Words => (asked.column, Reason::NoteRestricts(shown(&asked.text))),
            AskedOf::Relation => (asked.column, Reason::CellSaysMore(shown(&asked.text))),
            AskedOf::Bar => (asked.column, Reason::BarUnclear(shown(&asked.text))),
        });
        if found.is_none() {
            let bars = row.asked.iter().filter(|asked| asked.of == AskedOf::Bar);
            let remark = |a: &Asked| Remark::BarredByName { place: row.place.clone(), column: a.column, name: a.text.clone() };
            self.plan.remarks.extend(bars.map(remark));
        }
        found
    }

    fn on_file<'c>(&'c self, was: Option<&Child>) -> impl Iterator<Item = &'c Collector> + use<'c> {
        was.map(|was| was.id).into_iter().flat_map(|id| self.register.collectors(id))
    }

    /// Whether the register has these words of a child: what the desk has written may stand in a file that comes back.
    fn has_words(&self, was: Option<&Child>, text: &str) -> bool {
        let child =
            was.is_some_and(|c| [&c.note, &c.calm, &c.snack, &c.own_school, &c.letter].into_iter().any(|known| known.as_deref() == Some(text)));
        child || self.on_file(was).any(|c| c.looks.as_deref() == Some(text))
    }

    fn has_relation(&self, was: Option<&Child>, text: &str) -> bool {
        self.on_file(was).any(|c| c.relation == relation(text))
    }

    /// Whether a bar against nobody of the list may be against one of them all the same. It is not where it stands on file, where it is
    /// against somebody on file, and where every collector is surely another person.
    fn bar_is_unclear(&self, row: &RosterChild, was: Option<&Child>, text: &str) -> bool {
        let today = self.answers.now.map(Moment::date);
        let said = row.collectors.iter().filter(|c| c.barred).find(|c| c.name == text || (c.name.is_empty() && c.relation == text));
        let Some(bar) = said.map(|c| c.described()) else { return false };
        let holds = |c: &Collector| c.right == Right::Barred && c.until.zip(today).is_none_or(|(until, today)| until >= today);
        let is_it = |c: &Collector| if c.name.is_empty() { c.relation == text } else { c.name == text };
        let along = |c: &Collector| c.right == Right::Standing && is_person(self.register, c, bar);
        if self.on_file(was).any(|c| (holds(c) && is_it(c)) || along(c)) {
            return false;
        }
        let of_row = row.collectors.iter().filter(|c| !c.barred).map(|c| c.described());
        let standing = self.on_file(was).filter(|c| c.right == Right::Standing).map(Described::from);
        of_row.chain(standing).any(|listed| !is_surely_another(bar, listed, &row.name))
    }
}

/// Whether two descriptions are surely of two people: two whole names, or two relations of which a child has one or few. Whoever is
/// listed without a name or relation is asked for the name at the desk before the child is handed over.
fn is_surely_another(bar: Described<'_>, listed: Described<'_>, child: &str) -> bool {
    let (bar, listed) = (of_child(bar, child), of_child(listed, child));
    let whole = |who: Described<'_>| is_whole_name(who.name, child);
    let within = !bar.name.is_empty() && !listed.name.is_empty() && (bar.name.contains(listed.name) || listed.name.contains(bar.name));
    let two_names = whole(bar) && whole(listed) && !spelt_alike(bar.name, listed.name) && names_differ(bar, listed);
    let alone = |who: Described<'_>| is_kin(&relation(who.relation)) && !is_any_relation(who.relation);
    let few = is_one_of_two(bar.relation) || is_one_of_two(listed.relation);
    let two_relations = few && alone(bar) && alone(listed) && relation(bar.relation) != relation(listed.relation);
    let unlike = likeness(bar, listed).is_none_or(|by| by == Likeness::Number);
    (is_unnamed(listed) && whole(bar)) || (unlike && !within && (two_names || (two_relations && two_parents_at_most(bar, listed))))
}

/// Whether a child has one such relative, or a grandfather and a grandmother of each side.
fn is_one_of_two(word: &str) -> bool {
    parent(word).is_some() || ["爷爷", "奶奶", "外公", "外婆"].contains(&relation(word).as_str())
}

/// Not both the father, or both the mother, in whatever words.
fn two_parents_at_most(bar: Described<'_>, listed: Described<'_>) -> bool {
    let one = |who: Described<'_>| parent(who.relation);
    one(bar).zip(one(listed)).is_none_or(|(a, b): (Parent, Parent)| a != b)
}

/// Whether one name is in Chinese and the other in letters with the same family name: whether they are one nobody can say.
fn spelt_alike(a: &str, b: &str) -> bool {
    let spells = |letters: &str, name: &str| {
        let family = compound_surname(name).map_or(1, |family| family.chars().count());
        let lower = letters.to_lowercase();
        let read: Vec<Vec<String>> = syllables(name).into_iter().take(family).collect();
        letters.is_ascii()
            && !name.is_ascii()
            && read.first().is_some_and(|one| one.iter().any(|s| lower.split(|c: char| !c.is_ascii_alphabetic()).any(|w| w == s)))
    };
    spells(a, b) || spells(b, a)
}
