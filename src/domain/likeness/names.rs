//! What is a name of somebody's own, and what only says "a guardian".

use super::{ADDRESS, BEFORE, Described, FATHER, MOTHER, called::is_only_called, kin, narrow, outside_brackets, parent_of};

/// Relations that fit anybody of a family, and others.
const GUARDIANS: [&str; 24] = [
    "监护人",
    "法定监护人",
    "家长",
    "学生家长",
    "孩子家长",
    "父母",
    "亲属",
    "亲戚",
    "家属",
    "家人",
    "接送人",
    "联系人",
    "其他",
    "其它",
    "guardian",
    "legalguardian",
    "guardians",
    "parent",
    "parents",
    "relative",
    "relatives",
    "family",
    "contact",
    "other",
];
/// Words of English for others than parents, beside those of a relation.
const ENGLISH: [&str; 3] = ["grandparent", "grandparents", "friend"];

/// Whether a word for a relation names nobody in particular: 监护人, 家长, Guardian …, or nothing at all.
#[must_use]
pub fn is_any_guardian(relation: &str) -> bool {
    let plain: String = outside_brackets(&narrow(relation)).0.chars().filter(|c| c.is_alphabetic()).collect();
    let bare = BEFORE.iter().find_map(|before| plain.strip_prefix(before)).unwrap_or(&plain);
    plain.is_empty() || GUARDIANS.contains(&plain.as_str()) || GUARDIANS.contains(&bare)
}

/// Whether somebody is known by a relation that fits anybody, or by a number alone: neither a name nor whose father, mother or
/// aunt it is. A name of one character, or a surname with a form of address, is little but something.
#[must_use]
pub fn is_unnamed(who: Described<'_>) -> bool {
    who.staff.is_none() && is_any_guardian(who.name) && is_any_guardian(who.relation)
}

/// Whether this is a name of somebody's own: two Chinese characters or two letters at least, no digits, no relation or form of
/// address, alone or behind a surname, no `小赵`, and not the child's name with or without one.
#[must_use]
pub fn is_own_name(text: &str, child: &str) -> bool {
    let plain = narrow(text);
    let joins = |c: char| c.is_whitespace() || matches!(c, '·' | '•' | '・' | '\'' | '’' | '-' | '.');
    let written = plain.chars().all(|c| c.is_alphabetic() || joins(c));
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
    let (name, child) = (letters(&plain), letters(&narrow(child)));
    let is_word = |word: &str| parent_of(word).is_some() || is_any_guardian(word) || others().any(|other| other == word);
    let words = plain.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let ends_in_word = others()
        .chain(FATHER)
        .chain(MOTHER)
        .chain(GUARDIANS)
        .filter(|word| !word.is_ascii() && (word.chars().count() > 1 || matches!(*word, "爸" | "妈")))
        .filter_map(|word| name.strip_prefix(word).or_else(|| name.strip_suffix(word)))
        .any(|rest| rest.chars().count() < 2 || rest == child);
    let of_others = is_word(&name) || words.into_iter().any(|word| word.is_ascii() && is_word(word));
    written && name.chars().count() >= 2 && name != child && !of_others && !ends_in_word && !is_only_called(&name)
}

/// Words for other people than parents, and forms of address.
fn others() -> impl Iterator<Item = &'static str> {
    kin::words().chain(ADDRESS).chain(ENGLISH)
}
