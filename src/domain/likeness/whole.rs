//! A whole name among other words: `妈妈的朋友赵强` and `赵强警官` are 赵强, `赵强国` is somebody else, and `赵强妈妈` is his mother.

use super::called::address_after_surname;
use super::kin::{self, Sex};
use super::{ADDRESS, FAMILIES, Parent, parent_of};
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

/// Whether only a man or only a woman is called by this word.
pub(super) fn sex_of(word: &str) -> Option<Sex> {
    match parent_of(word) {
        Some(Parent::Father) => Some(Sex::Man),
        Some(Parent::Mother) => Some(Sex::Woman),
        None => kin::sex(word),
    }
}
