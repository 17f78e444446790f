//! Whether two descriptions may be of one person: names folded to what is meant, father and mother in any word, the number
//! with its digits alone, the staff record (F030, N14).
//!
//! A person is not a spelling. `赵  强`, `趙強`, `赵强（爸）`, `父亲赵强` and `zhaoqiang` are one name here; what is a name at all is
//! in `names`. What follows from a likeness is a rule and stands in `rules::barred`. Absent: guesses from sounds; homophones are
//! other people.

use std::sync::OnceLock;

use super::people::{Collector, Staff, StaffId};
use super::search::syllables;

mod called;
mod names;

pub use called::{called_alike, names_differ};
pub use names::{is_any_guardian, is_own_name, is_unnamed};

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

/// So many digits a number has that can be dialled.
const SHORTEST_NUMBER: usize = 7;

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

const FATHER: [&str; 19] = [
    "父亲", "爸爸", "生父", "老爸", "爸比", "爸", "父", "爹爹", "老爹", "爹", "阿爸", "老豆", "家父", "father", "dad", "daddy", "papa", "pa", "父爸",
];
const MOTHER: [&str; 19] = [
    "母亲", "妈妈", "生母", "老妈", "妈咪", "妈", "母", "娘", "阿妈", "阿娘", "家母", "老母", "mother", "mom", "mum", "mummy", "mommy", "mama", "ma",
];
/// What may stand before a relation without making it another one.
const BEFORE: [&str; 13] = ["孩子他", "孩子的", "孩子", "学生的", "学生", "他", "她", "其", "的", "亲生", "亲", "离异", "前夫"];
/// Relations of other people that end like a parent's.
const OTHERS: [&str; 15] =
    ["祖父", "外祖父", "继父", "养父", "岳父", "伯父", "叔父", "舅父", "姑父", "姨父", "祖母", "外祖母", "继母", "养母", "舅母"];
/// Forms of address at an end of a name.
const ADDRESS: [&str; 7] = ["先生", "女士", "小姐", "师傅", "本人", "同学", "老师"];
/// Relations of others than parents, at an end of a name.
const RELATIONS: [&str; 21] = [
    "叔叔", "伯伯", "舅舅", "姑父", "姨父", "姑丈", "姨丈", "阿姨", "姑姑", "姨妈", "舅妈", "婶婶", "哥哥", "姐姐", "爷爷", "奶奶", "外公", "外婆",
    "姥姥", "姥爷", "大爷",
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
    name: String,
    /// The relation that stood in the name, as one word: `王子涵爸爸` and `王子涵奶奶` are two people.
    relation: Option<String>,
    parent: Option<Parent>,
    numbers: Vec<String>,
}

impl Folded {
    fn of(who: Described<'_>) -> Self {
        let narrowed = narrow(who.name);
        let (outside, inside) = outside_brackets(&narrowed);
        let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
        let (mut name, within) = (letters(&outside), letters(&inside));
        if name.is_empty() {
            name.clone_from(&within);
        }
        let (mut of_name, mut relation) = (parent_of(&within), None);
        if let Some(found) = parent_of(&name) {
            (of_name, name) = (Some(found), String::new());
        }
        loop {
            let before = name.len();
            let (rest, found, word) = without_relation(&name);
            of_name = of_name.or(found);
            relation = relation.or(word);
            name = rest;
            if name.len() == before {
                break;
            }
        }
        let numbers = [who.phone.unwrap_or_default(), &outside, &inside].into_iter().flat_map(numbers).collect();
        Self { name, relation, parent: parent(who.relation).or(of_name), numbers }
    }

    fn has_number_of(&self, other: &Self) -> bool {
        self.numbers.iter().any(|n| other.numbers.contains(n))
    }

    fn same_name(&self, other: &Self) -> bool {
        let (a, b) = (&self.name, &other.name);
        // The leader decides about whoever is not surely the same: a number that both have says more than the words.
        let differ = self.relation.as_ref().zip(other.relation.as_ref()).is_some_and(|(a, b)| a != b);
        let two_parents = self.parent.zip(other.parent).is_some_and(|(a, b)| a != b);
        let two_people = differ && (two_parents || !self.has_number_of(other));
        !two_people && !a.is_empty() && !b.is_empty() && (a == b || spells(a, b) || spells(b, a))
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
    first.iter().any(|reading| letters.strip_prefix(reading.as_str()).is_some_and(|left| reads(left, rest)))
}

/// The numbers that stand in a field: one, or several with something between them.
fn numbers(text: &str) -> impl Iterator<Item = String> + use<> {
    const BETWEEN: [char; 9] = ['/', '、', ',', ';', '|', '\\', '\n', '或', '和'];
    let narrowed = narrow(text);
    let parts: Vec<String> = narrowed.split(BETWEEN).map(|part| part.chars().filter(char::is_ascii_digit).collect()).collect();
    // What stands on both sides of a mark may be one number all the same: 010/1234567.
    let whole = parts.iter().any(|p| !p.is_empty() && p.len() < SHORTEST_NUMBER).then(|| parts.concat());
    let mobiles = |digits: &str| match digits.split_at_checked(11) {
        Some((one, other)) if other.len() == 11 && one.starts_with('1') && other.starts_with('1') => vec![one.to_owned(), other.to_owned()],
        Some(_) | None => vec![digits.to_owned()],
    };
    let all: Vec<String> = parts.iter().chain(&whole).flat_map(|digits| mobiles(digits)).collect();
    all.into_iter().filter_map(|digits| number(&digits))
}

/// The digits of a number that can be dialled, without the country's: seven at least.
fn number(digits: &str) -> Option<String> {
    let digits = digits.strip_prefix("0086").or_else(|| digits.strip_prefix("86").filter(|rest| rest.len() == 11)).unwrap_or(digits);
    (digits.len() >= SHORTEST_NUMBER).then(|| digits.to_owned())
}

/// Narrow characters, small letters, simplified characters.
fn narrow(text: &str) -> String {
    narrow_chars(text).collect()
}

fn narrow_chars(text: &str) -> impl Iterator<Item = char> + '_ {
    let width = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => u32::from(c).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(c),
        '\u{3000}' => ' ',
        other => other,
    };
    text.chars().map(width).flat_map(char::to_lowercase).map(simplified)
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
