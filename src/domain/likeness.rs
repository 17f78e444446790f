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
use super::search::{compound_surname, syllables};

mod called;
mod names;
mod numbers;
mod parts;

pub use called::{called_alike, names_differ};
pub use names::{is_any_guardian, is_own_name, is_unnamed};
use numbers::numbers;
use parts::Parts;

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

const FATHER: [&str; 21] = [
    "父亲", "男方", "爹地", "爸爸", "生父", "老爸", "爸比", "爸", "父", "爹爹", "老爹", "爹", "阿爸", "老豆", "家父", "father", "dad", "daddy",
    "papa", "pa", "父爸",
];
const MOTHER: [&str; 20] = [
    "母亲", "女方", "妈妈", "生母", "老妈", "妈咪", "妈", "母", "娘", "阿妈", "阿娘", "家母", "老母", "mother", "mom", "mum", "mummy", "mommy",
    "mama", "ma",
];
/// What may stand before a relation without making it another one.
const BEFORE: [&str; 26] = [
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
    "离异",
    "前夫",
    "biological",
    "birth",
    "natural",
    "his",
    "her",
    "the",
];
/// Relations of other people that end like a parent's.
const OTHERS: [&str; 15] =
    ["祖父", "外祖父", "继父", "养父", "岳父", "伯父", "叔父", "舅父", "姑父", "姨父", "祖母", "外祖母", "继母", "养母", "舅母"];
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
/// Relations of others than parents, at an end of a name.
const RELATIONS: [&str; 40] = [
    "叔叔", "伯伯", "舅舅", "姑父", "姨父", "姑丈", "姨丈", "阿姨", "姑姑", "姨妈", "舅妈", "婶婶", "哥哥", "姐姐", "弟弟", "妹妹", "爷爷", "奶奶",
    "外公", "外婆", "姥姥", "姥爷", "大爷", "叔父", "伯父", "伯母", "舅父", "舅母", "姑妈", "姑母", "姑夫", "姨母", "姨夫", "婶子", "嫂子", "表哥",
    "表姐", "保姆", "司机", "邻居",
];

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
    if x.parent.is_some() && x.parent == y.parent {
        return Some(Likeness::Parent);
    }
    x.has_number_of(&y).then_some(Likeness::Number)
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
                let kin = RELATIONS.iter().chain(&FATHER).chain(&MOTHER).any(|word| !word.is_ascii() && plain.starts_with(word));
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
    if words().any(|word| OTHERS.contains(&word) || RELATIONS.contains(&word)) {
        return None;
    }
    let mut parents = words().filter_map(parent_of);
    parents.next().filter(|first| parents.all(|other| other == *first))
}

fn parent_of(word: &str) -> Option<Parent> {
    if OTHERS.contains(&word) {
        return None;
    }
    if FATHER.contains(&word) {
        return Some(Parent::Father);
    }
    if MOTHER.contains(&word) {
        return Some(Parent::Mother);
    }
    BEFORE.iter().find_map(|before| word.strip_prefix(before).filter(|rest| !rest.is_empty())).and_then(parent_of)
}

/// A description in the form in which two are compared.
struct Folded {
    parts: Parts,
    parent: Option<Parent>,
    numbers: Vec<String>,
}

impl Folded {
    fn of(who: Described<'_>) -> Self {
        let narrowed = narrow(who.name);
        let parts = Parts::of(&narrowed);
        let (outside, inside) = outside_brackets(&narrowed);
        let numbers = [who.phone.unwrap_or_default(), &outside, &inside].into_iter().flat_map(numbers).collect();
        Self { parent: parent(who.relation).or(parts.parent), parts, numbers }
    }

    /// What is said of the name; empty where nothing is, or only whose parent it is.
    fn name(&self) -> &str {
        self.parts.called()
    }

    fn has_number_of(&self, other: &Self) -> bool {
        self.numbers.iter().any(|n| other.numbers.contains(n))
    }

    fn same_name(&self, other: &Self) -> bool {
        // The leader decides about whoever is not surely the same: a number that both have says more than the words.
        let differ = self.parts.relation.as_ref().zip(other.parts.relation.as_ref()).is_some_and(|(a, b)| a != b);
        let two_parents = self.parent.zip(other.parent).is_some_and(|(a, b)| a != b);
        let two_people = differ && (two_parents || !self.has_number_of(other));
        !two_people && self.parts.has_name_of(&other.parts)
    }
}

/// A grandparent in one word; every other relation is one kind, for the same man is an uncle on either side.
fn kin(word: &str) -> &str {
    match word {
        "姥爷" | "外公" => "外公",
        "姥姥" | "外婆" => "外婆",
        "爷爷" | "奶奶" => word,
        _ => "",
    }
}

/// A name without the relation or the form of address at one of its ends. Two characters at least stay.
/// Given back are the rest, the parent that was meant, and the relation as one word; a form of address is none.
fn without_relation(name: &str) -> (String, Option<Parent>, Option<String>) {
    let words = FATHER.iter().map(|w| (*w, Some(Parent::Father))).chain(MOTHER.iter().map(|w| (*w, Some(Parent::Mother))));
    // One character alone is as often a part of the name: 娘, 爹 and 母 stand in names, 爸 and 妈 do not.
    let words = words.filter(|(w, _)| w.chars().count() > 1 || matches!(*w, "爸" | "妈"));
    // 姨妈 and 舅妈 end like a mother: the longer word is looked for first.
    let words = RELATIONS.iter().chain(&ADDRESS).map(|w| (*w, None)).chain(words).filter(|(w, _)| !w.is_ascii());
    let long_enough = |rest: &&str| rest.chars().count() >= 2;
    for (word, parent) in words {
        if let Some(rest) = name.strip_prefix(word).or_else(|| name.strip_suffix(word)).filter(long_enough) {
            let relation = parent.map(|p| format!("{p:?}")).or_else(|| RELATIONS.contains(&word).then(|| kin(word).to_owned()));
            return (rest.to_owned(), parent, relation);
        }
    }
    (name.to_owned(), None, None)
}

/// Whether letters are the pinyin of a name, surname first or last.
fn spells(letters: &str, name: &str) -> bool {
    if !letters.is_ascii() || name.is_ascii() || letters.len() < 3 {
        return false;
    }
    let syllables = syllables(name);
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
    text.chars().map(width).nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).map(simplified)
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
mod tests {
    use super::*;

    fn named(name: &str) -> Described<'_> {
        Described { name, ..Described::default() }
    }

    #[test]
    fn one_person_in_many_spellings() {
        for spelt in [
            "赵强",
            "赵  强",
            "趙強",
            "趙强",
            "赵·强",
            "赵强（爸）",
            "赵强(爸爸)",
            "（父亲）赵强",
            "父亲赵强",
            "赵强爸爸",
            "爸爸：赵强",
            "赵强先生",
            "赵强 13900000011",
            "赵强[备注]",
            "　赵强　",
            "赵\u{200b}强",
            "赵\n强",
            "ZHAO QIANG",
            "zhaoqiang",
            "Qiang Zhao",
            "ＺｈａｏＱｉａｎｇ",
            "赵强，父亲",
            "赵强本人",
            "赵强叔叔",
            "叔叔赵强",
            "赵强老师",
            "赵强舅舅",
            "赵强哥哥",
        ] {
            assert_eq!(likeness(named(spelt), named("赵强")), Some(Likeness::Name), "{spelt}");
            assert_eq!(likeness(named("赵强"), named(spelt)), Some(Likeness::Name), "{spelt}");
        }
    }

    /// A name that is whole is the name, whatever stands around it: a relation, a form of address, its pinyin, the child's name.
    #[test]
    fn what_stands_around_a_name_hides_it_not() {
        let bar = named("赵强");
        for spelt in [
            "赵强 Zhao Qiang",
            "Zhao Qiang 赵强",
            "Mr Zhao Qiang",
            "Mr. Qiang Zhao",
            "Uncle Zhao Qiang",
            "Zhào Qiáng",
            "QIÁNG ZHÀO",
            "Kevin Zhao Qiang",
            "Kevin 赵强",
            "小满爸爸赵强",
            "赵小满爸爸赵强",
            "大舅赵强",
            "二叔赵强",
            "小姨夫赵强",
            "赵强主任",
            "赵强教练",
            "家长赵强",
            "监护人：赵强",
            "赵强、林静",
            "林静 赵强",
            "赵强/爸爸",
            "豆豆（赵强）",
            "豆豆 Zhao Qiang",
        ] {
            assert_eq!(likeness(named(spelt), bar), Some(Likeness::Name), "{spelt}");
            assert_eq!(likeness(bar, named(spelt)), Some(Likeness::Name), "{spelt}");
            assert!(!names_differ(named(spelt), bar), "{spelt}");
        }
        for (a, b) in [
            ("John Smith", "SMITH John"),
            ("José Pérez", "Jose Perez"),
            ("John William Smith", "Smith, John"),
            ("Mary O'Neil", "ONEIL Mary"),
            ("ZhaoQiang", "Qiang Zhao"),
            ("吕布", "Lü Bu"),
            ("吕布", "Lv Bu"),
            ("吕布", "LYU BU"),
        ] {
            assert_eq!(likeness(named(a), named(b)), Some(Likeness::Name), "{a} {b}");
            assert_eq!(likeness(named(b), named(a)), Some(Likeness::Name), "{b} {a}");
        }
        for (a, b) in [
            ("赵蔷 Zhao Qiang", "赵强"),
            ("小满爸爸赵强", "小满舅舅李伟"),
            ("王芳（班主任）", "李强（班主任）"),
            ("John Smith", "John Miller"),
            ("Mr Smith", "Mr Miller"),
            ("Zhao Gang", "赵强"),
            ("赵强 Zhao Qiang", "李强 Li Qiang"),
            ("大舅李伟", "大舅赵强"),
        ] {
            assert_ne!(likeness(named(a), named(b)), Some(Likeness::Name), "{a} {b}");
            assert_ne!(likeness(named(b), named(a)), Some(Likeness::Name), "{b} {a}");
        }
    }

    /// Whoever is written as the child's father is the father, and has no name by it; which uncle it is may be said.
    #[test]
    fn the_childs_own_name_is_nobody_elses() {
        let who = |name, relation| Described { name, relation, ..Described::default() };
        for (name, relation, left) in [
            ("小满爸爸", "", "爸爸"),
            ("赵小满的爸爸", "", "的爸爸"),
            ("趙小滿爸爸赵强", "", "爸爸赵强"),
            ("小满", "", "小满"),
            ("小满意", "", "小满意"),
            ("满爸爸", "", "满爸爸"),
        ] {
            assert_eq!(of_child(who(name, relation), "赵小满").name, left, "{name}");
        }
        assert_eq!(parent(of_child(who("老赵", "小满爸爸"), "赵小满").relation), Some(Parent::Father));
        let alike = |a: (&'static str, &'static str), b: (&'static str, &'static str)| {
            called_alike(of_child(who(a.0, a.1), "李沐辰"), of_child(who(b.0, b.1), "李沐辰"))
        };
        for (a, b, same) in [
            (("沐辰舅舅", ""), ("周国平", "舅舅"), true),
            (("周国平", "舅舅"), ("", "大舅"), true),
            (("大舅", ""), ("周国平", "舅舅"), true),
            (("周国平", "二舅"), ("", "大舅"), false),
            (("周国平", "姑姑"), ("", "大舅"), false),
        ] {
            assert_eq!((alike(a, b), alike(b, a)), (same, same), "{a:?} {b:?}");
        }
    }

    #[test]
    fn a_given_name_may_be_the_childs_whose_name_is_whole() {
        for (short, name, may) in [
            ("小满", "赵小满", true),
            ("子涵", "王子涵", true),
            ("小满", "欧阳小满", true),
            ("高明", "李高明", false),
            ("满", "赵小满", false),
            ("小满", "赵小米", false),
        ] {
            assert_eq!(is_given_name_of(short, name), may, "{short} {name}");
        }
    }

    /// Families write whose they are: the child's name and a relation. Each word is another person.
    #[test]
    fn one_name_with_two_relations_is_two_people() {
        let family = ["爸爸", "妈妈", "爷爷", "奶奶", "外公", "外婆", "叔叔"].map(|word| format!("王子涵{word}"));
        for (n, one) in family.iter().enumerate() {
            for (m, other) in family.iter().enumerate() {
                assert_eq!(likeness(named(one), named(other)) == Some(Likeness::Name), n == m, "{one} {other}");
            }
        }
        assert_eq!(likeness(named("王子涵爸爸"), named("父亲王子涵")), Some(Likeness::Name));
        for (one, other) in [("赵强叔叔", "赵强舅舅"), ("王子涵外公", "王子涵姥爷"), ("王子涵外婆", "王子涵姥姥"), ("李芳阿姨", "李芳姨妈")]
        {
            assert_eq!(likeness(named(one), named(other)), Some(Likeness::Name), "{one} {other}");
        }
        let at = |name, phone| Described { name, phone: Some(phone), ..Described::default() };
        assert_eq!(likeness(at("赵强叔叔", "13900000011"), at("赵强爷爷", "13900000011")), Some(Likeness::Name), "one number");
        assert_ne!(likeness(at("王子涵爸爸", "13900000011"), at("王子涵妈妈", "13900000011")), Some(Likeness::Name), "a household's number");
        assert_eq!(likeness(named("赵强老师"), named("赵强先生")), Some(Likeness::Name), "a form of address is no relation");
    }

    #[test]
    fn other_people_stay_other_people() {
        for other in ["赵强明", "赵墙", "李强", "强", "赵", "", "爸爸", "小赵", "zhao", "qiang", "zq", "父亲", "奶奶"] {
            assert_eq!(likeness(named(other), named("赵强")), None, "{other}");
        }
        assert_eq!(likeness(named(""), named("")), None);
        assert_eq!(likeness(named("王娘"), named("王")), None, "a character of the name is no relation");
    }

    #[test]
    fn traditional_surnames_and_given_names_are_the_simplified_ones() {
        let (traditional, simple) = (
            "趙陳張劉楊黃吳孫馬鄭謝馮蕭鄧許葉蘇呂蔣盧陸鍾譚賈鄒閻韓顏錢湯賴龐龔嚴萬強偉麗華麟鳳龍國興",
            "赵陈张刘杨黄吴孙马郑谢冯萧邓许叶苏吕蒋卢陆钟谭贾邹阎韩颜钱汤赖庞龚严万强伟丽华麟凤龙国兴",
        );
        assert_eq!(traditional.chars().map(simplified).collect::<String>(), simple);
        for (t, s) in traditional.chars().zip(simple.chars()) {
            assert_eq!(likeness(named(&format!("{t}小明")), named(&format!("{s}小明"))), Some(Likeness::Name));
        }
    }

    #[test]
    fn father_and_mother_in_any_word() {
        for word in [
            "父亲",
            "爸爸",
            "爸",
            "生父",
            "孩子他爸",
            "孩子的父亲",
            "学生父亲",
            "其父",
            "亲生父亲",
            "父親",
            "父亲（离异）",
            "爸 爸",
            "Father",
            "DAD",
            "離異父親",
            "亲爹",
            "监护人（父亲）",
            "监护人(爸爸)",
            "家长：父亲",
            "父亲/爸爸",
            "监护人、父亲",
            "Guardian (father)",
            "父亲（舅舅）",
            "父亲（叔叔代接）",
        ] {
            assert_eq!(parent(word), Some(Parent::Father), "{word}");
        }
        for word in ["母亲", "妈妈", "媽媽", "妈", "生母", "孩子妈妈", "Mother", "mum", "母亲(再婚)", "亲妈"] {
            assert_eq!(parent(word), Some(Parent::Mother), "{word}");
        }
        for word in [
            "祖父",
            "外祖父",
            "爷爷",
            "继父",
            "养父",
            "岳父",
            "舅舅",
            "叔叔",
            "祖母",
            "继母",
            "姨妈",
            "姑妈",
            "舅妈",
            "干爹",
            "后爸",
            "",
            "监护人",
            "家长",
            "grandfather",
            "父母",
            "父亲/母亲",
            "监护人（父母）",
            "爷爷（父亲）",
            "舅舅/妈妈",
            "继父（爸爸）",
            "爸爸的朋友",
            "father's friend",
            "mother-in-law",
        ] {
            assert_eq!(parent(word), None, "{word}");
        }
    }

    #[test]
    fn relation_number_and_staff_record_speak_where_the_name_does_not() {
        let barred = Described { name: "赵强", relation: "父亲", phone: Some("139 0000 0011"), staff: Some(StaffId(3)) };
        for (who, by) in [
            (Described { name: "小赵", relation: "叔叔", phone: Some("+86-13900000011"), staff: None }, Some(Likeness::Number)),
            (Described { name: "小赵", relation: "叔叔", phone: Some("１３９００００００１１"), staff: None }, Some(Likeness::Number)),
            (Described { name: "小赵 13900000011", relation: "叔叔", ..Described::default() }, Some(Likeness::Number)),
            (Described { name: "小赵", relation: "爸", phone: Some("13900000099"), staff: None }, Some(Likeness::Parent)),
            (Described { name: "孩子爸爸", relation: "家长", ..Described::default() }, Some(Likeness::Parent)),
            (Described { name: "赵老师", relation: "老师", phone: None, staff: Some(StaffId(3)) }, Some(Likeness::Staff)),
            (Described { name: "王明", relation: "继父", phone: Some("13900000012"), staff: Some(StaffId(4)) }, None),
            (Described { name: "王明", relation: "舅舅", phone: Some("900000011"), staff: None }, None),
            (Described { name: "王明", relation: "舅舅", phone: Some(""), staff: None }, None),
        ] {
            assert_eq!(likeness(who, barred), by, "{who:?}");
            assert_eq!(likeness(barred, who), by, "{who:?}");
        }
    }
}
