//! A whole name among other words: `妈妈的朋友赵强` and `赵强警官` are 赵强, `赵强国` is somebody else, and `赵强妈妈` is his mother.

use super::called::address_after_surname;
use super::kin::{self, Sex};
use super::{ADDRESS, FAMILIES, FATHER, MOTHER, Parent, narrow, parent_of};
use crate::domain::search::compound_surname;

/// What stands behind a name of one who is that one's, and not that one.
const OF_THAT_ONE: [&str; 20] = [
    "的", "之", "家属", "家人", "爱人", "老婆", "妻子", "太太", "夫人", "媳妇", "老公", "丈夫", "儿子", "女儿", "子", "女", "孩子", "公司", "单位",
    "秘书",
];
/// What of one character may stand behind a name without being a part of it: `赵强叔`, `赵强总`.
const BEHIND: [char; 16] = ['叔', '哥', '姐', '爸', '妈', '总', '代', '姨', '伯', '婶', '爷', '奶', '某', '嫂', '舅', '姑'];

/// Whether this is a whole name in characters: a family's and a given one, and not a family's with a form of address.
pub(super) fn is_whole(name: &str) -> bool {
    let mut characters = name.chars();
    let is_family = characters.next().is_some_and(|first| FAMILIES.contains(first));
    is_family && characters.next().is_some() && address_after_surname(name).is_none()
}

/// Whether a whole name stands at an end of a run of characters, and the rest is no part of a longer name.
pub(super) fn stands_in(name: &str, run: &str) -> bool {
    if run == name {
        return true;
    }
    let behind = run.strip_prefix(name).is_some_and(|rest| match single(rest) {
        Some(one) => BEHIND.contains(&one),
        None => !is_of_that_one(rest),
    });
    // In front of a name stands a name only where it is a family's.
    let is_family = |rest: &str| single(rest).is_some_and(|one| FAMILIES.contains(one)) || compound_surname(rest).is_some_and(|two| two == rest);
    behind || run.strip_suffix(name).is_some_and(|rest| !is_family(rest))
}

fn single(rest: &str) -> Option<char> {
    let mut characters = rest.chars();
    characters.next().filter(|_| characters.next().is_none())
}

fn is_of_that_one(rest: &str) -> bool {
    !ADDRESS.contains(&rest) && OF_THAT_ONE.iter().any(|word| rest.starts_with(word))
}

/// Whether a run of characters names a relative of somebody who is called so, by the word behind the name: one that is the other sex's, or
/// fits the relation which that relative has to the child.
pub(super) fn is_relative(name: &str, sex: Option<Sex>, run: &str, relation: &str) -> bool {
    let Some(behind) = run.strip_prefix(name).filter(|behind| !behind.is_empty()) else { return false };
    let other_sex = sex_of(behind).zip(sex).is_some_and(|(a, b)| a != b);
    is_of_that_one(behind) || other_sex || kin::is_relative(behind, relation)
}

/// What stands behind somebody in words that speak of another by that one: `妈妈的男朋友`, `王磊前妻`.
const BY_THAT_ONE: [&str; 22] = [
    "的",
    "男友",
    "女友",
    "男朋友",
    "女朋友",
    "前男友",
    "前女友",
    "朋友",
    "同事",
    "前夫",
    "前妻",
    "老公",
    "老婆",
    "丈夫",
    "妻子",
    "对象",
    "闺蜜",
    "同学",
    "邻居",
    "司机",
    "单位",
    "家",
];
/// Who is left out by these means anybody else.
const BUT_THAT_ONE: [&str; 6] = ["除", "以外", "之外", "任何", "所有", "其他人"];

/// Whether words speak of somebody by another: by a parent, or by whoever is called `name`, with a relation behind that one, or by leaving
/// that one out. `王军父亲` is the father of 王军, unless he is called that himself: whoever reads it has to say.
pub(super) fn speaks_by_another(text: &str, name: &str) -> bool {
    const SHORTEST: usize = 4;
    if text.chars().nth(SHORTEST - 1).is_none() {
        return false;
    }
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let is_english = [" of ", "'s ", "’s "].iter().any(|word| text.contains(word));
    let parents = FATHER.into_iter().chain(MOTHER).filter(|word| !word.is_ascii() && word.chars().nth(1).is_some());
    let behind = |word: &str| {
        let rest = plain.split_once(word).map(|(_, rest)| rest).unwrap_or_default();
        BY_THAT_ONE.iter().any(|by| rest.starts_with(by)) || begins_with_kin(rest)
    };
    is_english || BUT_THAT_ONE.iter().any(|word| plain.contains(word)) || parents.into_iter().any(behind) || (!name.is_empty() && behind(name))
}

fn begins_with_kin(rest: &str) -> bool {
    let parents = FATHER.into_iter().chain(MOTHER).filter(|word| !word.is_ascii());
    kin::long_words().chain(parents).any(|word| rest.starts_with(word))
}

/// Whether this is a whole name and nothing else: a family's and one or two characters, or two words of letters; no `赵某某`, no `姓赵的`.
pub(super) fn is_plainly_whole(name: &str) -> bool {
    let plain = narrow(name);
    let count = plain.chars().count();
    let family = compound_surname(&plain).map_or(1, |family| family.chars().count());
    let of_nobody = plain.contains('某') || ['的', '者', '友', '人', '员', '主'].iter().any(|last| plain.ends_with(*last));
    let words: Vec<&str> = plain.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
    let in_letters = plain.is_ascii() && words.len() > 1 && words.iter().all(|word| word.len() > 1);
    let joined = plain.contains('·') && words.iter().all(|word| word.chars().nth(1).is_some());
    let in_characters = plain.chars().all(|c| c.is_alphabetic() && !c.is_ascii()) && is_whole(&plain) && (family + 1..=family + 2).contains(&count);
    !of_nobody && !speaks_by_another(name, "") && (in_letters || joined || in_characters)
}

/// Whether only a man or only a woman is called by this word.
pub(super) fn sex_of(word: &str) -> Option<Sex> {
    match parent_of(word) {
        Some(Parent::Father) => Some(Sex::Man),
        Some(Parent::Mother) => Some(Sex::Woman),
        None => kin::sex(word),
    }
}
