//! What a field says of somebody, taken apart: the names that stand in it, in characters and in letters, and the words for a relation or
//! a form of address between them.
//!
//! `小满爸爸赵强`, `周国平 Zhou Guoping` and `Uncle Guoping Zhou` each hold one name that is whole; what stands beside it is set aside.

use super::{ADDRESS, FATHER, MOTHER, Parent, RELATIONS, kin, outside_brackets, parent_of, spells, without_relation};

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

/// Which of several stands in front of a relation: 大舅, 二叔, 表姑.
const ORDER: [char; 11] = ['大', '二', '三', '四', '五', '六', '小', '老', '幺', '表', '堂'];
/// Relations of one character, behind one of these.
const SINGLE: [&str; 6] = ["舅", "叔", "姑", "姨", "伯", "婶"];

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
    /// The relation that stands there, as one word: `王子涵爸爸` and `王子涵奶奶` are two people.
    pub relation: Option<String>,
    /// The parent that is meant.
    pub parent: Option<Parent>,
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
            parts.take(field);
        }
        let mut within = Self::default();
        within.take(&inside);
        if parts.name.is_empty() && parts.letters.is_empty() {
            within.parent = within.parent.or(parts.parent);
            within.relation = within.relation.or(parts.relation);
            within.relations.extend(parts.relations);
            within.only = if within.name.is_empty() { parts.only } else { String::new() };
            parts = within;
        } else {
            let name = Some(within.name).filter(|name| name.chars().count() > 1);
            parts.aside.extend(name.into_iter().chain(within.aside));
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
        if let Some(parent) = parent_of(&joined).or_else(|| parent_of(&words.concat()).filter(|_| joined.is_empty())) {
            self.parent = self.parent.or(Some(parent));
            self.relation.get_or_insert_with(|| format!("{parent:?}"));
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
        let mut rest = joined;
        let (mut name, mut is_only_words) = (String::new(), true);
        let is_name = |name: &str| name.chars().count() > 1;
        while let Some(c) = rest.chars().next() {
            if let Some(word) = word_at(rest) {
                self.relate(word);
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
        let (bare, parent, word) = without_relation(&last);
        self.parent = self.parent.or(parent);
        if self.relation.is_none() {
            self.relation = word;
        }
        Some(bare)
    }

    fn relate(&mut self, word: &str) {
        let parent = parent_of(word);
        self.parent = self.parent.or(parent);
        self.relations.extend(Some(word.to_owned()).filter(|word| parent.is_none() && !ADDRESS.contains(&word.as_str())));
        if self.relation.is_none() && !ADDRESS.contains(&word) {
            self.relation = Some(parent.map_or_else(|| kin(word).to_owned(), |parent| format!("{parent:?}")));
        }
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

    fn spells_itself(&self) -> bool {
        self.letters.is_empty() || self.reads_as(self)
    }

    /// Whether letters here are the pinyin of a name there, some of the words or all.
    fn reads_as(&self, other: &Self) -> bool {
        let all = self.letters.len();
        let runs = (0..all).flat_map(|from| (from + 1..=all).map(move |to| from..to));
        let runs: Vec<String> = runs.filter_map(|run| self.letters.get(run)).map(<[String]>::concat).collect();
        let names: Vec<&String> = std::iter::once(&other.name).chain(&other.aside).filter(|name| !name.is_empty()).collect();
        runs.iter().any(|letters| names.iter().any(|name| spells(letters, name)))
    }
}

/// A relation or form of address of two characters or more with which a text begins, the longest: 舅舅, 大舅, 小姨夫.
fn word_at(text: &str) -> Option<&str> {
    let base = |text: &str, words: &mut dyn Iterator<Item = &str>| words.filter(|word| text.starts_with(*word)).map(str::len).max();
    let long = || RELATIONS.into_iter().chain(ADDRESS).chain(FATHER).chain(MOTHER).filter(|word| !word.is_ascii() && word.chars().count() > 1);
    let plain = base(text, &mut long());
    let first = text.chars().next().filter(|c| ORDER.contains(c)).map_or(0, char::len_utf8);
    let numbered = text.get(first..).filter(|_| first > 0).and_then(|rest| base(rest, &mut RELATIONS.into_iter().chain(SINGLE)));
    let length = plain.max(numbered.map(|length| length + first))?;
    text.get(..length)
}

/// Whether two names in letters may be one: the same words in any order, or those of one among those of the other, two at least; or
/// written in one word here and in several there.
fn is_one_in_letters(a: &[String], b: &[String]) -> bool {
    let (few, many) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let among = !few.is_empty() && few.iter().all(|word| many.contains(word));
    let in_one = |word: &str| many.len() <= 4 && is_made_of(word, many);
    (among && (few.len() > 1 || many.len() == 1)) || (few.len() == 1 && few.first().is_some_and(|word| in_one(word)))
}

/// Whether a word is these words, each once, in some order.
fn is_made_of(word: &str, words: &[String]) -> bool {
    if words.is_empty() {
        return word.is_empty();
    }
    (0..words.len()).any(|n| {
        let (Some(first), others) = (words.get(n), words.iter().enumerate().filter(|(m, _)| *m != n).map(|(_, w)| w.clone())) else { return false };
        word.strip_prefix(first.as_str()).is_some_and(|rest| is_made_of(rest, &others.collect::<Vec<_>>()))
    })
}
