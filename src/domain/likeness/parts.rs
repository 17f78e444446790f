//! What a field says of somebody, taken apart: the names that stand in it, in characters and in letters, and the words for a relation or
//! a form of address between them.
//!
//! `小满爸爸赵强`, `周国平 Zhou Guoping` and `Uncle Guoping Zhou` each hold one name that is whole; what stands beside it is set aside.

use std::collections::HashSet;
use std::sync::OnceLock;

use super::{ADDRESS, FAMILIES, FATHER, MOTHER, Parent, kin, outside_brackets, parent_of, spells, whole, without_relation};
use crate::domain::search::readings;

/// Words of English that are no part of a name: forms of address and relations.
const TITLES: [&str; 27] = [
    "mr",
    "mrs",
    "ms",
    "miss",
    "sir",
    "madam",
    "dr",
    "teacher",
    "coach",
    "uncle",
    "auntie",
    "aunty",
    "aunt",
    "grandpa",
    "grandma",
    "grandfather",
    "grandmother",
    "father",
    "mother",
    "dad",
    "daddy",
    "mum",
    "mom",
    "mummy",
    "mommy",
    "papa",
    "mama",
];
/// What stands between two people in one field.
const BETWEEN: [char; 8] = ['、', ',', ';', '/', '|', '&', '+', ':'];

/// A word of so many letters, alone, is as often a given name of another language as a whole name: Anna, Lili.
const GIVEN: usize = 5;
/// Whose parent somebody is who stands beside a word for one, and no child of this family.
const OTHER_CHILD: &str = "同学";

/// A word directly behind a name, or behind the word for another child.
pub(super) struct Behind {
    /// The name.
    pub name: String,
    /// The word for the relation.
    pub word: String,
    /// The parent that the word means: of the one who is named.
    pub parent: Option<Parent>,
}

/// The names and words of a field.
#[derive(Default)]
pub(super) struct Parts {
    /// The name in characters: the last where several stand there. What is only called something (`赵叔叔`) stays as it is written.
    pub name: String,
    /// Names beside it: in front of a relation, in brackets, of somebody else.
    pub aside: Vec<String>,
    /// The words of a name in letters, without forms of address.
    pub letters: Vec<String>,
    /// All letters, as they stand there.
    written: String,
    /// The first word directly behind a name: `王子涵爸爸` and `王子涵奶奶` are two people, and `李子轩爸爸` is the father of 李子轩.
    pub behind: Option<Behind>,
    /// The parent that is meant, by a word that stands behind no name.
    pub parent: Option<Parent>,
    /// The characters of each field without what stands between them.
    pub runs: Vec<String>,
    /// All words for relations that stand there.
    pub relations: Vec<String>,
    /// What stands there where it is nothing but a relation.
    only: String,
}

impl Parts {
    /// Takes apart what is narrow already.
    pub fn of(text: &str) -> Self {
        let (outside, inside) = outside_brackets(text);
        let mut parts = Self::default();
        for field in outside.split(BETWEEN).filter(|field| field.chars().any(char::is_alphabetic)) {
            let before = parts.parent;
            parts.take(field);
            // Somebody known by a parent is no parent: 妈妈的男朋友.
            if whole::speaks_by_another(field, "") {
                parts.parent = before;
            }
        }
        let mut within = Self::default();
        within.take(&inside);
        if parts.name.is_empty() && parts.letters.is_empty() {
            within.parent = within.parent.or(parts.parent);
            within.behind = within.behind.or(parts.behind);
            within.runs.extend(parts.runs);
            within.relations.extend(parts.relations);
            within.only = if within.name.is_empty() { parts.only } else { String::new() };
            parts = within;
        } else {
            let name = Some(within.name).filter(|name| name.chars().count() > 1);
            parts.aside.extend(name.into_iter().chain(within.aside));
            parts.runs.extend(within.runs);
            parts.parent = parts.parent.or(within.parent);
            if parts.letters.is_empty() {
                parts.letters = within.letters;
            }
        }
        parts
    }

    fn take(&mut self, field: &str) {
        let characters = |text: &str| text.chars().filter(|c| c.is_alphabetic() && !c.is_ascii()).collect::<String>();
        let joined = characters(field);
        let words = field.split(|c: char| !c.is_ascii_alphabetic() && c != '\'').map(|word| word.replace('\'', "")).filter(|word| !word.is_empty());
        let words: Vec<String> = words.collect();
        self.written.push_str(&words.concat());
        self.runs.extend(Some(joined.clone()).filter(|joined| !joined.is_empty()));
        if let Some(parent) = parent_of(&joined).or_else(|| parent_of(&words.concat()).filter(|_| joined.is_empty())) {
            self.parent = self.parent.or(Some(parent));
            return;
        }
        self.parent = self.parent.or_else(|| words.iter().filter(|word| word.len() > 2).find_map(|word| parent_of(word)));
        self.letters.extend(words.into_iter().filter(|word| word.len() > 1 && !TITLES.contains(&word.as_str())));
        if joined.is_empty() {
            return;
        }
        // Of several names with blanks between them each is one.
        let apart: Vec<String> = field.split_whitespace().map(characters).filter(|piece| !piece.is_empty()).collect();
        if apart.len() > 1 && apart.iter().all(|piece| piece.chars().count() > 1) {
            for piece in &apart {
                let name = self.named(piece);
                self.aside.extend(name.into_iter().filter(|name| name.chars().count() > 1));
            }
        }
        if let Some(name) = self.named(&joined) {
            let before = std::mem::replace(&mut self.name, name);
            self.aside.extend(Some(before).filter(|before| before.chars().count() > 1));
        }
    }

    /// The name that is meant in characters without blanks; what else is named in it is set aside.
    fn named(&mut self, joined: &str) -> Option<String> {
        let mut names: Vec<String> = Vec::new();
        let (mut rest, mut before) = (joined, "");
        let (mut name, mut is_only_words) = (String::new(), true);
        let is_name = |name: &str| name.chars().count() > 1;
        while let Some(c) = rest.chars().next() {
            if let Some(word) = word_at(rest) {
                self.relate(word, if name.is_empty() && before == OTHER_CHILD { before } else { &name });
                before = word;
                names.extend(Some(std::mem::take(&mut name)).filter(|name| is_name(name)));
                rest = rest.strip_prefix(word).unwrap_or_default();
            } else {
                name.push(c);
                is_only_words = false;
                rest = rest.strip_prefix(c).unwrap_or_default();
            }
        }
        names.extend(Some(name).filter(|name| is_name(name)));
        let Some(last) = names.pop() else {
            joined.clone_into(if is_only_words { &mut self.only } else { return Some(joined.to_owned()) });
            return None;
        };
        self.aside.extend(names);
        // One character at an end: 爸 and 妈, and nothing else.
        let (bare, word) = without_relation(&last);
        if let Some(word) = word {
            self.relate(word, if last.starts_with(&bare) { &bare } else { "" });
        }
        Some(bare)
    }

    /// A word for a relation, behind a name or behind none.
    fn relate(&mut self, word: &str, name: &str) {
        let parent = parent_of(word);
        if ADDRESS.contains(&word) {
            return;
        }
        self.relations.extend(Some(word.to_owned()).filter(|_| parent.is_none()));
        if name.is_empty() {
            self.parent = self.parent.or(parent);
        } else if self.behind.is_none() {
            self.behind = Some(Behind { name: name.to_owned(), word: word.to_owned(), parent });
        }
    }

    /// The names in characters.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.name).chain(&self.aside).map(String::as_str)
    }

    /// The name for what is only called something: the characters, else the letters with the forms of address.
    pub fn called(&self) -> &str {
        if self.name.is_empty() { &self.written } else { &self.name }
    }

    /// Whether one name stands in both.
    pub fn has_name_of(&self, other: &Self) -> bool {
        if !self.only.is_empty() && self.only == other.only {
            return true;
        }
        if self.name.is_empty() || other.name.is_empty() {
            return self.reads_as(other) || other.reads_as(self) || is_one_in_letters(&self.letters, &other.letters);
        }
        let in_characters = self.name == other.name || self.aside.contains(&other.name) || other.aside.contains(&self.name);
        // Letters that only spell the characters beside them say nothing more.
        in_characters || (!self.spells_itself() && self.reads_as(other)) || (!other.spells_itself() && other.reads_as(self))
    }

    /// Whether a name there is spelt in letters here.
    pub fn spells(&self, other: &Self) -> bool {
        self.reads_as(other)
    }

    fn spells_itself(&self) -> bool {
        self.letters.is_empty() || self.reads_as(self)
    }

    /// Whether letters here are the pinyin of a name there, some of the words or all.
    fn reads_as(&self, other: &Self) -> bool {
        let all = self.letters.len();
        let runs = (0..all).flat_map(|from| (from + 1..=all).map(move |to| from..to));
        let names: Vec<&String> = std::iter::once(&other.name).chain(&other.aside).filter(|name| !name.is_empty()).collect();
        runs.into_iter().any(|run| {
            let is_word = run.len() == 1;
            let letters = self.letters.get(run).map(<[String]>::concat).unwrap_or_default();
            names.iter().any(|name| spells(&letters, name) && (!is_word || name.chars().nth(1).is_none() || self.is_name_in_one_word(&letters, name)))
        })
    }

    /// Whether a word that spells a name is meant as that name: the family's stands beside it, or it is too long for a given name and nobody
    /// else's family stands there.
    fn is_name_in_one_word(&self, word: &str, name: &str) -> bool {
        let mut beside = self.letters.iter().filter(|other| *other != word);
        let of_family = |other: &&String| name.chars().next().is_some_and(|family| readings(family).contains(other));
        beside.clone().any(|other| of_family(&other)) || (word.len() > GIVEN && !beside.any(|other| is_family_in_letters(other)))
    }
}

fn is_family_in_letters(word: &str) -> bool {
    static ALL: OnceLock<HashSet<String>> = OnceLock::new();
    ALL.get_or_init(|| FAMILIES.chars().filter(|c| c.is_alphabetic()).flat_map(readings).collect()).contains(word)
}

/// A relation or form of address of two characters or more with which a text begins, the longest: 舅舅, 大舅, 小姨夫.
fn word_at(text: &str) -> Option<&str> {
    let base = |text: &str, words: &mut dyn Iterator<Item = &str>| words.filter(|word| text.starts_with(*word)).map(str::len).max();
    let parents = || FATHER.into_iter().chain(MOTHER).filter(|word| !word.is_ascii() && word.chars().count() > 1);
    let plain = base(text, &mut kin::long_words().chain(ADDRESS).chain(parents()));
    let first = text.chars().next().filter(|c| kin::ORDER.contains(c)).map_or(0, char::len_utf8);
    let numbered = text.get(first..).filter(|_| first > 0).and_then(|rest| base(rest, &mut kin::long_words().chain(kin::SINGLE)));
    let length = plain.max(numbered.map(|length| length + first))?;
    text.get(..length)
}

/// Whether two names in letters may be one: the same words in any order, or those of one among those of the other, two at least; or
/// written in one word here and in several there.
pub(super) fn is_one_in_letters(a: &[String], b: &[String]) -> bool {
    const MANY: usize = 5;
    let (few, many) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let Some(rest) = Some(many).filter(|many| !few.is_empty() && many.len() <= MANY).and_then(|many| without_words(few, many.to_vec())) else {
        return false;
    };
    few.len() > 1 || rest.is_empty()
}

/// What is left of some words when each of these is made of some of them.
fn without_words(words: &[String], mut of: Vec<String>) -> Option<Vec<String>> {
    for word in words {
        of = match of.iter().position(|other| other == word) {
            Some(at) => {
                of.remove(at);
                of
            }
            None => without_pieces(word, of)?,
        };
    }
    Some(of)
}

/// The same of one word: several of them one behind another, in any order.
fn without_pieces(word: &str, of: Vec<String>) -> Option<Vec<String>> {
    if word.is_empty() {
        return Some(of);
    }
    (0..of.len()).find_map(|n| {
        let mut others = of.clone();
        let first = others.remove(n);
        without_pieces(word.strip_prefix(first.as_str())?, others)
    })
}
