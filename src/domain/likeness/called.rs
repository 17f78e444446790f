//! What somebody is called who is not named in full: a surname with a form of address or a relation (`赵叔叔`, `Mr Zhao`),
//! `小赵`, or whose father it is (`王子涵爸爸`).
//!
//! Nobody can tell whether 赵叔叔 is 赵强; so the two are not two names, and what else is known of them decides.

use super::{ADDRESS, BEFORE, Described, FATHER, Folded, MOTHER, kin, narrow, outside_brackets, parent_of, reads, whole};
use crate::domain::search::{compound_surname, syllables};

/// Relations and forms of address of one character, behind a surname.
const SHORT: [&str; 14] = ["叔", "姨", "姐", "哥", "伯", "婶", "爷", "奶", "公", "婆", "总", "工", "某", "嫂"];
/// What stands before one character of a name.
const BEFORE_ONE: [&str; 4] = ["小", "老", "阿", "大"];
/// Forms of address in English, alone with a name.
const ENGLISH: [&str; 10] = ["mrs", "mr", "miss", "ms", "uncle", "auntie", "aunt", "grandpa", "grandma", "teacher"];

/// Whether both have a name and the names are two, or one is the father and the other the mother.
#[must_use]
pub fn names_differ(a: Described<'_>, b: Described<'_>) -> bool {
    let (x, y) = (Folded::of(a), Folded::of(b));
    let (called_x, called_y) = (Called::of(a, &x), Called::of(b, &y));
    let two_parents = x.parent.zip(y.parent).is_some_and(|(a, b)| a != b);
    let one = !two_parents && (called_x.may_be(&called_y) || called_y.may_be(&called_x));
    two_parents || (!x.name().is_empty() && !y.name().is_empty() && !x.same_name(&y) && !one)
}

/// Whether two may be one because one of them is only called something that fits the name of the other, or nothing at all, with the
/// same word for the relation, and no number speaks against it.
#[must_use]
pub fn called_alike(a: Described<'_>, b: Described<'_>) -> bool {
    let (x, y) = (Folded::of(a), Folded::of(b));
    let (called_x, called_y) = (Called::of(a, &x), Called::of(b, &y));
    let two_numbers = !x.numbers.is_empty() && !y.numbers.is_empty() && !x.numbers.iter().any(|n| y.numbers.contains(n));
    let related = called_x.words.iter().any(|word| called_y.words.iter().any(|other| kin::is_one(word, other)));
    let unnamed = called_x.name.is_empty() || called_y.name.is_empty();
    let is_part = called_x.is_part_of(&called_y) || called_y.is_part_of(&called_x);
    // Two people of one given name in the same relation are hardly two.
    let is_given = called_x.is_given_name_of(&called_y) || called_y.is_given_name_of(&called_x);
    related && (is_given || (!two_numbers && (unnamed || is_part)))
}

/// What a description calls somebody.
struct Called {
    /// The name as far as it is one, or the surname or the one character that is all that is said of it.
    name: String,
    /// No more is said of the name than that.
    is_part: bool,
    /// Only whose parent it is: the name may be the child's.
    is_parent_of: bool,
    /// Words for the relation, in the name or beside it.
    words: Vec<String>,
}

impl Called {
    fn of(who: Described<'_>, folded: &Folded) -> Self {
        let plain = |text: &str| outside_brackets(&narrow(text)).0.chars().filter(|c| c.is_alphabetic()).collect::<String>();
        let written = plain(who.name);
        let relation = narrow(who.relation);
        let (outside, inside) = outside_brackets(&relation);
        let alphabetic = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
        let mut words = Vec::from([alphabetic(&outside), alphabetic(&inside)]);
        let mut name = folded.name().to_owned();
        let mut is_part = name.chars().count() == 1;
        let before = BEFORE_ONE.iter().find_map(|word| name.strip_prefix(word)).filter(|rest| rest.chars().count() == 1);
        if let Some(rest) = before {
            (name, is_part) = (rest.to_owned(), true);
        } else if let Some((rest, word)) = address_after_surname(&name) {
            words.push(word.to_owned());
            (name, is_part) = (rest.to_owned(), true);
        } else if compound_surname(&name).is_some_and(|surname| surname == name) {
            is_part = true;
        }
        words.extend(folded.parts.relations.iter().cloned());
        words.retain(|word| !word.is_empty() && !super::is_any_guardian(word));
        let bare = |word: String| {
            BEFORE.iter().find_map(|before| word.strip_prefix(before).filter(|rest| kin::is_word(rest))).map_or(word.clone(), str::to_owned)
        };
        let words = words.into_iter().map(bare).collect();
        let whose = FATHER.iter().chain(&MOTHER).filter(|word| word.chars().count() > 1 || matches!(**word, "爸" | "妈"));
        let is_parent_of =
            written != name && whose.into_iter().any(|word| !word.is_ascii() && (written.starts_with(word) || written.ends_with(word)));
        Self { name, is_part, is_parent_of: is_parent_of && parent_of(&written).is_none(), words }
    }

    /// Whether this may be the person of that name, for nothing said of the name speaks against it. A parent is no grandparent
    /// and no aunt.
    fn may_be(&self, other: &Self) -> bool {
        let is_other_kin = other.words.iter().any(|word| parent_of(word).is_none());
        (self.is_parent_of && !is_other_kin) || self.is_part_of(other) || self.is_given_name_of(other)
    }

    /// Whether this is the name of the other without the family's.
    fn is_given_name_of(&self, other: &Self) -> bool {
        let family = compound_surname(&other.name).map_or(1, |family| family.chars().count());
        !self.is_part && whole::is_whole(&other.name) && self.name.chars().nth(1).is_some() && other.name.chars().skip(family).eq(self.name.chars())
    }

    /// Whether no more is said of the name than what is a part of the other.
    fn is_part_of(&self, other: &Self) -> bool {
        let in_letters = || {
            let syllables = syllables(&other.name);
            self.name.is_ascii() && syllables.iter().any(|one| reads(&self.name, &[one.as_slice()]))
        };
        self.is_part && (other.name.starts_with(&self.name) || other.name.ends_with(&self.name) || in_letters())
    }
}

/// A surname with a form of address or a relation behind it, or before it.
pub(super) fn address_after_surname(name: &str) -> Option<(&str, &'static str)> {
    let words = kin::long_words().chain(ADDRESS).chain(FATHER).chain(MOTHER).chain(SHORT).filter(|w| !w.is_ascii());
    let is_surname = |rest: &&str| rest.chars().count() == 1 || compound_surname(rest).is_some_and(|surname| surname == *rest);
    let chinese = words.into_iter().find_map(|word| Some((name.strip_suffix(word).or_else(|| name.strip_prefix(word)).filter(is_surname)?, word)));
    let english = || ENGLISH.iter().find_map(|word| Some((name.strip_prefix(word).filter(|rest| rest.len() > 1)?, *word)));
    chinese.or_else(english)
}

/// Whether two characters are what somebody is only called, a family's name and a word: `陈总`, `王哥`, `小赵`. 李公 and 王娘 may be names.
pub(super) fn is_only_called(name: &str) -> bool {
    const NAMES: [&str; 6] = ["工", "公", "伯", "婆", "娘", "爹"];
    let mut characters = name.chars();
    let is_two = characters.by_ref().take(2).all(|c| !c.is_ascii()) && characters.next().is_none();
    let is_behind_one = BEFORE_ONE.iter().any(|before| name.starts_with(before));
    is_two && (is_behind_one || address_after_surname(name).is_some_and(|(_, word)| !NAMES.contains(&word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn who<'a>(name: &'a str, relation: &'a str) -> Described<'a> {
        Described { name, relation, ..Described::default() }
    }

    #[test]
    fn what_is_only_a_part_of_a_name_is_no_other_name() {
        let one = [
            ("赵叔叔", "赵强"),
            ("赵强", "赵先生"),
            ("小赵", "赵强"),
            ("老赵", "趙強"),
            ("阿强", "赵强"),
            ("赵", "赵强"),
            ("叔叔赵", "赵强"),
            ("赵叔", "赵强"),
            ("赵某", "赵强"),
            ("赵老师", "赵强"),
            ("欧阳叔叔", "欧阳强"),
            ("欧阳", "欧阳强"),
            ("Mr Zhao", "赵强"),
            ("Uncle Zhao", "赵强"),
            ("赵叔叔", "赵先生"),
            ("王子涵爸爸", "赵强"),
            ("爸爸", "赵强"),
            ("涵妈", "林静"),
        ];
        let two = [
            ("李叔叔", "赵强"),
            ("小李", "赵强"),
            ("赵强", "李强"),
            ("赵强", "赵刚"),
            ("赵强强", "赵刚"),
            ("欧阳叔叔", "欧强"),
            ("Mr Wang", "赵强"),
            ("王子涵奶奶", "赵强"),
        ];
        for (pairs, differ) in [(&one[..], false), (&two[..], true)] {
            for (a, b) in pairs {
                assert_eq!(names_differ(who(a, ""), who(b, "")), differ, "{a} {b}");
                assert_eq!(names_differ(who(b, ""), who(a, "")), differ, "{b} {a}");
            }
        }
    }

    #[test]
    fn one_parent_is_not_the_other_and_no_grandparent() {
        for (name, relation) in [("林静", "母亲"), ("王秀英", "奶奶"), ("王建国", "外公")] {
            assert!(names_differ(who("王子涵爸爸", "父亲"), who(name, relation)), "{name} {relation}");
        }
        assert!(!names_differ(who("王子涵爸爸", "父亲"), who("赵强", "父亲")));
        assert!(names_differ(who("", "母亲"), who("赵强", "父亲")), "a household's number does not make the mother the father");
        assert!(!names_differ(who("", "监护人"), who("赵强", "父亲")));
    }

    #[test]
    fn a_surname_and_the_same_relation_are_alike_unless_the_numbers_are_two() {
        let at = |name, relation, phone| Described { name, relation, phone: Some(phone), ..Described::default() };
        for (a, b, alike) in [
            (who("赵叔叔", ""), who("赵强", "叔叔"), true),
            (who("赵叔叔", "亲戚"), who("赵强", "叔叔"), true),
            (who("小赵", "舅舅"), who("赵强", "舅舅"), true),
            (who("赵叔叔", ""), who("赵强", "舅舅"), false),
            (who("小赵", ""), who("赵强", ""), false),
            (who("小赵", "家长"), who("赵强", "家长"), false),
            (who("李叔叔", ""), who("赵强", "叔叔"), false),
            (who("赵刚", "叔叔"), who("赵强", "叔叔"), false),
            (at("赵叔叔", "", "13900000011"), at("赵强", "叔叔", "13900000012"), false),
            (at("赵叔叔", "", "13900000011"), at("赵强", "叔叔", "139 0000 0011"), true),
        ] {
            assert_eq!(called_alike(a, b), alike, "{a:?} {b:?}");
            assert_eq!(called_alike(b, a), alike, "{b:?} {a:?}");
        }
    }
}
