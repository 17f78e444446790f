//! A description in the form in which two are compared, and what makes two of them one name.

use unicode_normalization::UnicodeNormalization;

use super::numbers::numbers;
use super::parts::{Parts, is_one_in_letters};
use super::{Described, Parent, is_any_guardian, kin, narrow, outside_brackets, parent, parent_of, whole};

/// A description in the form in which two are compared.
pub(super) struct Folded {
    pub parts: Parts,
    /// What stands in the relation where that is more than a word for one: a name may stand there.
    beside: Option<Parts>,
    /// The relation, narrow.
    relation: String,
    pub parent: Option<Parent>,
    /// The parent is meant by the relation, or by a word that stands behind no name.
    pub is_surely_parent: bool,
    pub numbers: Vec<String>,
    /// The words in letters with each umlaut in two: Mueller for Müller. Empty where none stands there.
    umlauts: Vec<String>,
}

impl Folded {
    pub fn of(who: Described<'_>) -> Self {
        let narrowed = narrow(who.name);
        let parts = Parts::of(&narrowed);
        let (outside, inside) = outside_brackets(&narrowed);
        let numbers = [who.phone.unwrap_or_default(), &outside, &inside].into_iter().flat_map(numbers).collect();
        let surely = parent(who.relation).or(parts.parent);
        // Where the relation says nothing, the word behind a name may be meant of this child.
        let behind = || parts.behind.as_ref().and_then(|behind| behind.parent).filter(|_| is_any_guardian(who.relation));
        let relation = narrow(who.relation);
        let is_word = relation.is_empty() || surely.is_some() && parent_of(&relation).is_some() || kin::is_word(&relation);
        let beside = (!is_word).then(|| Parts::of(&relation));
        Self { parent: surely.or_else(behind), is_surely_parent: surely.is_some(), beside, relation, numbers, umlauts: umlauts(who.name), parts }
    }

    /// What is said of the name; empty where nothing is, or only whose parent it is.
    pub fn name(&self) -> &str {
        self.parts.called()
    }

    /// The name behind which a word for a parent stands, and the parent.
    pub fn behind(&self) -> Option<(&str, Parent)> {
        self.parts.behind.as_ref().and_then(|behind| Some((behind.name.as_str(), behind.parent?)))
    }

    /// Whether a parent's word stands behind what may be the family's name of the other: `赵爸爸`.
    pub fn is_named_like_the_family_of(&self, other: &Self) -> bool {
        self.behind().is_some_and(|(name, _)| name != other.name() && other.name().starts_with(name))
    }

    pub fn is_parent_like(&self, other: &Self) -> bool {
        let by_family = |a: &Self, b: &Self| a.is_named_like_the_family_of(b) && a.behind().map(|(_, parent)| parent) == b.parent;
        (self.parent.is_some() && self.parent == other.parent) || by_family(self, other) || by_family(other, self)
    }

    pub fn has_number_of(&self, other: &Self) -> bool {
        self.numbers.iter().any(|n| other.numbers.contains(n))
    }

    pub fn same_name(&self, other: &Self) -> bool {
        // The leader decides about whoever is not surely the same: a number that both have says more than the words.
        let differ = self.parts.behind.as_ref().zip(other.parts.behind.as_ref()).is_some_and(|(a, b)| kin::rough(&a.word) != kin::rough(&b.word));
        let two_parents = self.parent.zip(other.parent).is_some_and(|(a, b)| a != b);
        let two_people = differ && (two_parents || !self.has_number_of(other));
        let one = || {
            self.parts.has_name_of(&other.parts)
                || is_one_in_letters(&self.umlauts, &other.parts.letters)
                || is_one_in_letters(&self.parts.letters, &other.umlauts)
                || self.holds_name_of(other)
                || other.holds_name_of(self)
        };
        !two_people && !self.is_relative_of(other) && !other.is_relative_of(self) && one()
    }

    /// Whether a whole name of the other stands here, whatever words stand round it and in whichever of the fields.
    fn holds_name_of(&self, other: &Self) -> bool {
        let stands = |name: &str, parts: &Parts| parts.runs.iter().any(|run| whole::stands_in(name, run));
        // In letters it is whole words, or a name in characters spelt in them.
        let in_letters = |beside: &Parts, names: &Parts| {
            is_one_in_letters(&beside.letters, &names.letters) && names.letters.len() > 1 || whole::is_whole(&names.name) && beside.spells(names)
        };
        let spelt = |beside: &Parts| std::iter::once(&other.parts).chain(&other.beside).any(|names| in_letters(beside, names));
        let in_relation = |name: &str, beside: &Parts| stands(name, beside) && !self.is_other_than(beside, name);
        other.whole_names().any(|name| stands(name, &self.parts) || self.beside.as_ref().is_some_and(|beside| in_relation(name, beside)))
            || self.beside.as_ref().is_some_and(spelt)
    }

    /// The names in characters that are whole: those of the name, and of the relation where they are not only whose relative this is.
    fn whole_names(&self) -> impl Iterator<Item = &str> {
        let beside = self.beside.iter().flat_map(|beside| beside.names().filter(|name| !self.is_other_than(beside, name)));
        self.parts.names().chain(beside).filter(|name| whole::is_whole(name))
    }

    /// Whether somebody has another name than the one that stands in the relation, with more behind it: `赵敏`, `赵强妹妹`.
    fn is_other_than(&self, beside: &Parts, name: &str) -> bool {
        whole::is_whole(&self.parts.name) && !beside.runs.iter().any(|run| run.ends_with(name))
    }

    /// Whether the name here is the other's with a word for that one's own relative behind it: `赵强妈妈`, who is no 赵强.
    fn is_relative_of(&self, other: &Self) -> bool {
        let words = || std::iter::once(other.relation.as_str()).chain(other.parts.relations.iter().map(String::as_str));
        let sex = match other.parent {
            Some(Parent::Father) => Some(kin::Sex::Man),
            Some(Parent::Mother) => Some(kin::Sex::Woman),
            None => words().find_map(whole::sex_of),
        };
        other.whole_names().any(|name| self.parts.runs.iter().any(|run| whole::is_relative(name, sex, run, &self.relation)))
    }
}

/// Words in letters with ä, ö and ü in two letters, as those write who have no such keys.
fn umlauts(name: &str) -> Vec<String> {
    let composed: String = name.nfc().flat_map(char::to_lowercase).collect();
    let apart = composed.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue");
    if apart == composed { Vec::new() } else { Parts::of(&narrow(&apart)).letters }
}
