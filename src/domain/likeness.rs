//! Whether two descriptions may be of one person: names folded to what is meant, father and mother in any word, the number
//! with its digits alone, the staff record (F030, N14).
//!
//! A person is not a spelling. `赵  强`, `趙強`, `赵强（爸）`, `父亲赵强`, `小满爸爸赵强`, `赵强 Zhao Qiang` and `Mr Qiang Zhao` are one name here;
//! what stands around a name is taken off in `parts`, what is a name at all is in `names`, and what somebody is only called in
//! `called`. What follows from a likeness is a rule and stands in `rules::barred`. Absent: guesses from sounds; homophones are
//! other people.

use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::people::{Collector, Staff, StaffId};
use super::search::{compound_surname, readings, syllables};

mod called;
mod folded;
mod kin;
mod names;
mod numbers;
mod parts;
mod whole;

pub use called::{called_alike, names_differ};
use folded::Folded;
pub use names::{is_any_guardian, is_own_name, is_unnamed};
use numbers::numbers;

/// What is known of somebody. Any of it may be missing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Described<'a> {
    /// Full name as somebody wrote it; may hold relation, brackets or a number as well.
    pub name: &'a str,
    /// Relation to the child, in any words.
    pub relation: &'a str,
    /// Number to dial.
    pub phone: Option<&'a str>,
    /// The staff record.
    pub staff: Option<StaffId>,
}

impl<'a> From<&'a Collector> for Described<'a> {
    fn from(c: &'a Collector) -> Self {
        Self { name: &c.name, relation: &c.relation, phone: c.phone.as_deref(), staff: c.staff }
    }
}

impl<'a> From<&'a Staff> for Described<'a> {
    fn from(s: &'a Staff) -> Self {
        Self { name: &s.name, relation: "", phone: s.phone.as_deref(), staff: Some(s.id) }
    }
}

/// By what two descriptions are alike, the surest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Likeness {
    /// One name.
    Name,
    /// One staff record.
    Staff,
    /// Both the father, or both the mother, of the child.
    Parent,
    /// One number.
    Number,
}

/// A parent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Parent {
    /// The father.
    Father,
    /// The mother.
    Mother,
}

const FATHER: [&str; 22] = [
    "前夫", "父亲", "男方", "爹地", "爸爸", "生父", "老爸", "爸比", "爸", "父", "爹爹", "老爹", "爹", "阿爸", "老豆", "家父", "father", "dad",
    "daddy", "papa", "pa", "父爸",
];
const MOTHER: [&str; 21] = [
    "前妻", "母亲", "女方", "妈妈", "生母", "老妈", "妈咪", "妈", "母", "娘", "阿妈", "阿娘", "家母", "老母", "mother", "mom", "mum", "mummy",
    "mommy", "mama", "ma",
];
/// What may stand before a relation without making it another one.
const BEFORE: [&str; 34] = [
    "孩子他",
    "孩子的",
    "孩子",
    "孩儿",
    "小孩",
    "孩",
    "宝宝",
    "宝",
    "娃儿",
    "娃",
    "学生的",
    "学生",
    "他",
    "她",
    "其",
    "的",
    "亲生",
    "亲",
    "生物学",
    "非抚养方",
    "离异",
    "离婚",
    "再婚",
    "前夫",
    "前妻",
    "原",
    "前",
    "已",
    "biological",
    "birth",
    "natural",
    "his",
    "her",
    "the",
];
/// What may stand behind it: 父亲-离异.
const AFTER: [&str; 6] = ["已离异", "已离婚", "离异", "离婚", "再婚", "分居"];
/// Forms of address at an end of a name.
const ADDRESS: [&str; 19] = [
    "先生",
    "女士",
    "小姐",
    "师傅",
    "本人",
    "同学",
    "老师",
    "主任",
    "教练",
    "校长",
    "园长",
    "院长",
    "医生",
    "大夫",
    "律师",
    "经理",
    "总监",
    "家长",
    "监护人",
];

/// Whether words speak of somebody by another: by a parent of the child or by whoever is called `name`. `妈妈的男朋友` is no mother, and
/// `王磊前妻` is not 王磊.
#[must_use]
pub fn speaks_by_another(text: &str, name: &str) -> bool {
    whole::speaks_by_another(text, name)
}

/// Whether this is a whole name and nothing else, so that another whole name is another person's.
#[must_use]
pub fn is_plainly_whole(name: &str) -> bool {
    whole::is_plainly_whole(name)
}

/// By what two descriptions may be of one person; the surest likeness, `None` when nothing speaks for it.
#[must_use]
pub fn likeness(a: Described<'_>, b: Described<'_>) -> Option<Likeness> {
    let (x, y) = (Folded::of(a), Folded::of(b));
    if x.same_name(&y) {
        return Some(Likeness::Name);
    }
    if a.staff.is_some() && a.staff == b.staff {
        return Some(Likeness::Staff);
    }
    if x.is_parent_like(&y) {
        return Some(Likeness::Parent);
    }
    x.has_number_of(&y).then_some(Likeness::Number)
}

/// Whether what is written of somebody calls the parent of a child that is named there, and says nothing of whose: `李子轩爸爸` is the father
/// of 李子轩, and of no other child as far as anybody knows, unless the name may be that of the other description.
#[must_use]
pub fn is_parent_of_named(who: Described<'_>, other: Described<'_>) -> bool {
    let (x, y) = (Folded::of(who), Folded::of(other));
    !x.is_surely_parent && x.behind().is_some() && !x.is_named_like_the_family_of(&y)
}

/// Whether two descriptions say one relation to a child, in any word for it; whoever is only a guardian, or nothing, is in none.
#[must_use]
pub fn is_one_relation(a: Described<'_>, b: Described<'_>) -> bool {
    let (x, y) = (narrow(a.relation), narrow(b.relation));
    let parents = parent(a.relation).is_some() && parent(a.relation) == parent(b.relation);
    parents || (!is_any_guardian(a.relation) && kin::is_one(&x, &y))
}

/// Whether two descriptions have a word for the same parent, in whatever place and whoever's parent is meant.
#[must_use]
pub fn say_one_parent(a: Described<'_>, b: Described<'_>) -> bool {
    let said = |folded: Folded| folded.parent.or_else(|| folded.behind().map(|(_, parent)| parent));
    said(Folded::of(a)).is_some_and(|parent| said(Folded::of(b)) == Some(parent))
}

/// Whether two names may be one at all, at a glance: both have two characters in common, or one where there is only one; a name in
/// letters may spell any other. [`likeness`] says whether they are; this is for looking through many.
#[must_use]
pub fn may_be_one_name(a: &str, b: &str) -> bool {
    let han = |text: &str| text.chars().filter(|c| !c.is_ascii() && c.is_alphabetic()).count();
    let letters = |text: &str| narrow_chars(text).any(|c| c.is_ascii_alphabetic());
    if letters(a) || letters(b) {
        return true;
    }
    let common = narrow_chars(a).filter(|c| !c.is_ascii() && narrow_chars(b).any(|d| d == *c)).count();
    common >= 2.min(han(a)).min(han(b))
}

/// What is said of somebody, without the child's own name in front of the relation: `小满爸爸` is the father of 赵小满, and nobody of that
/// name.
#[must_use]
pub fn of_child<'a>(who: Described<'a>, child: &str) -> Described<'a> {
    Described { name: without_child(who.name, child), relation: without_child(who.relation, child), ..who }
}

fn without_child<'a>(text: &'a str, child: &str) -> &'a str {
    let full: String = narrow(child).chars().filter(|c| c.is_alphabetic()).collect();
    let family = compound_surname(&full).map_or(1, |family| family.chars().count());
    let given: String = full.chars().skip(family).collect();
    for own in [full, given].iter().filter(|own| own.chars().count() > 1) {
        // Character by character, as somebody wrote it.
        let mut left = own.chars().peekable();
        for (at, c) in text.char_indices() {
            if left.peek().is_none() {
                let rest = text.get(at..).unwrap_or_default();
                let plain: String = narrow(rest).chars().filter(|c| c.is_alphabetic()).collect();
                let plain = plain.trim_start_matches(['的', '家', '他', '她']);
                let kin = kin::long_words().chain(FATHER).chain(MOTHER).any(|word| !word.is_ascii() && plain.starts_with(word));
                if kin {
                    return rest;
                }
                break;
            }
            let mut plain = narrow_chars_of(c).filter(|c| c.is_alphabetic());
            if plain.any(|c| left.next() != Some(c)) {
                break;
            }
        }
    }
    text
}

/// Whether a name is only the given name of another, which is whole: it may be one child.
#[must_use]
pub fn is_given_name_of(short: &str, name: &str) -> bool {
    let letters = |text: &str| narrow(text).chars().filter(|c| c.is_alphabetic()).collect::<String>();
    let (short, name) = (letters(short), letters(name));
    let family = compound_surname(&name).map_or(1, |family| family.chars().count());
    let is_whole = |c: char| FAMILIES.contains(c);
    short.chars().count() > 1
        && !short.is_ascii()
        && short.chars().next().is_some_and(|c| !is_whole(c))
        && name.chars().skip(family).eq(short.chars())
}

/// The families of one character, and two lines of others; of a name that begins with none only the given name was written.
const FAMILIES: &str = include_str!("../../assets/family-names.txt");

/// Whether two fields hold a number that reaches one person: the same digits, with or without the country.
#[must_use]
pub fn same_number(a: &str, b: &str) -> bool {
    let others: Vec<String> = numbers(b).collect();
    numbers(a).any(|number| others.contains(&number))
}

/// Whether two descriptions have a number in common, in whatever field it stands.
#[must_use]
pub fn have_one_number(a: Described<'_>, b: Described<'_>) -> bool {
    Folded::of(a).has_number_of(&Folded::of(b))
}

/// Which parent a relation means, in any word; step-parents and grandparents are other people.
#[must_use]
pub fn parent(relation: &str) -> Option<Parent> {
    let text = narrow(relation);
    let plain: String = outside_brackets(&text).0.chars().filter(|c| c.is_alphabetic()).collect();
    parent_of(&plain).or_else(|| parent_among(&text))
}

/// Of several words, in brackets or beside one another, the one that is a parent, unless another is somebody else.
fn parent_among(text: &str) -> Option<Parent> {
    let words = || text.split(['(', ')', '[', ']', '【', '】', '〔', '〕', '/', '、', ',', ';', '|', '+', '&', ':']).map(str::trim);
    if words().any(kin::is_word) {
        return None;
    }
    let mut parents = words().filter_map(parent_of);
    parents.next().filter(|first| parents.all(|other| other == *first))
}

fn parent_of(word: &str) -> Option<Parent> {
    let word = AFTER.iter().find_map(|after| word.strip_suffix(after)).filter(|rest| !rest.is_empty()).unwrap_or(word);
    if FATHER.contains(&word) {
        return Some(Parent::Father);
    }
    if MOTHER.contains(&word) {
        return Some(Parent::Mother);
    }
    BEFORE.iter().find_map(|before| word.strip_prefix(before).filter(|rest| !rest.is_empty())).and_then(parent_of)
}

/// A name without the relation or the form of address at one of its ends, and that word. Two characters at least stay.
fn without_relation(name: &str) -> (String, Option<&'static str>) {
    // One character alone is as often a part of the name: 娘, 爹 and 母 stand in names, 爸 and 妈 do not.
    let parents = FATHER.into_iter().chain(MOTHER).filter(|w| !w.is_ascii() && (w.chars().count() > 1 || matches!(*w, "爸" | "妈")));
    // 姨妈 and 舅妈 end like a mother: the longer word is looked for first.
    let long_enough = |rest: &&str| rest.chars().count() >= 2;
    for word in kin::long_words().chain(ADDRESS).chain(parents) {
        if let Some(rest) = name.strip_prefix(word).or_else(|| name.strip_suffix(word)).filter(long_enough) {
            return (rest.to_owned(), Some(word));
        }
    }
    (name.to_owned(), None)
}

/// Whether letters are the pinyin of a name, surname first or last.
fn spells(letters: &str, name: &str) -> bool {
    if !letters.is_ascii() || name.is_ascii() || letters.len() < 3 {
        return false;
    }
    let mut syllables = syllables(name);
    // A family's name may be read as the character is read elsewhere.
    for (spelt, family) in syllables.iter_mut().zip(name.chars()).take(1) {
        spelt.extend(readings(family));
    }
    (0..=2.min(syllables.len().saturating_sub(1))).any(|n| {
        let turned: Vec<&[String]> = syllables.iter().skip(n).chain(syllables.iter().take(n)).map(Vec::as_slice).collect();
        reads(letters, &turned)
    })
}

fn reads(letters: &str, syllables: &[&[String]]) -> bool {
    let Some((first, rest)) = syllables.split_first() else { return letters.is_empty() };
    // 吕 is Lv, Lu or Lyu.
    let spelt = |reading: &String| [reading.clone(), reading.replace('v', "u"), reading.replace('v', "yu")];
    first.iter().flat_map(spelt).any(|reading| letters.strip_prefix(reading.as_str()).is_some_and(|left| reads(left, rest)))
}

/// Narrow characters, small letters, simplified characters.
fn narrow(text: &str) -> String {
    narrow_chars(text).collect()
}

fn narrow_chars_of(c: char) -> impl Iterator<Item = char> {
    let mut buffer = [0; 4];
    narrow(c.encode_utf8(&mut buffer)).chars().collect::<Vec<_>>().into_iter()
}

fn narrow_chars(text: &str) -> impl Iterator<Item = char> + '_ {
    let width = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => u32::from(c).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(c),
        '\u{3000}' => ' ',
        other => other,
    };
    // A letter with a mark is the letter: Zhào is Zhao, José is Jose.
    text.chars().map(width).nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).flat_map(plain).map(simplified)
}

/// A letter that no mark is taken off, as those write it who have no such key.
fn plain(letter: char) -> impl Iterator<Item = char> {
    let (one, two) = match letter {
        'æ' => ('a', Some('e')),
        'œ' => ('o', Some('e')),
        'ß' => ('s', Some('s')),
        'ø' => ('o', None),
        'ł' => ('l', None),
        'đ' | 'ð' => ('d', None),
        other => (other, None),
    };
    std::iter::once(one).chain(two)
}

/// What stands outside brackets, and what stands inside.
fn outside_brackets(text: &str) -> (String, String) {
    let (mut depth, mut outside, mut inside) = (0_u32, String::new(), String::new());
    for c in text.chars() {
        match c {
            '(' | '[' | '{' | '<' | '〔' | '【' | '《' | '〈' | '「' | '『' => depth += 1,
            ')' | ']' | '}' | '>' | '〕' | '】' | '》' | '〉' | '」' | '』' => depth = depth.saturating_sub(1),
            _ if depth == 0 => outside.push(c),
            _ => inside.push(c),
        }
    }
    (outside, inside)
}

/// The simplified form of a traditional character.
fn simplified(c: char) -> char {
    static TABLE: OnceLock<Vec<(char, char)>> = OnceLock::new();
    let read = || {
        let lines = include_str!("../../assets/traditional.txt").lines().filter(|l| !l.starts_with('#'));
        let pair = |pair: &str| {
            let mut two = pair.chars();
            Some((two.next()?, two.next()?))
        };
        lines.flat_map(|l| l.split(' ')).filter_map(pair).collect()
    };
    let table = TABLE.get_or_init(read);
    table.binary_search_by_key(&c, |(from, _)| *from).ok().and_then(|at| table.get(at)).map_or(c, |(_, to)| *to)
}

#[cfg(test)]
mod tests;
