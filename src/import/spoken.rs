//! What a text says of the people around a child: that somebody must not have it, that only somebody may, or nothing of the kind.
//!
//! One question is asked of every text of a file, wherever it stands, and it is asked the safe way round. Nobody can list all the
//! words by which a family keeps somebody away from a child; so a text that names a person is harmless only when all of it is known
//! to be (`assets/harmless.txt`). Of a text that names nobody a few words decide: those of courts, and "not" before "collect".

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::domain::likeness::{Described, Likeness, likeness};

use super::cells::{is_any_relation, without_code};
use super::nobody::is_nothing;

/// What a text may say about who has the child.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Restriction {
    /// Somebody must not (`爸爸不能接`), or it is not understood what is said of somebody.
    Somebody,
    /// Nobody but one who is named may (`只能由母亲接`).
    AllOthers,
}

/// Words that name a person wherever they stand in a Chinese text.
const PEOPLE: [&str; 44] = [
    "父",
    "母",
    "爸",
    "妈",
    "爹",
    "爷",
    "奶奶",
    "爷奶",
    "外公",
    "外婆",
    "姥",
    "舅",
    "姨",
    "姑",
    "叔",
    "伯",
    "婶",
    "哥哥",
    "姐姐",
    "表哥",
    "表姐",
    "堂哥",
    "堂姐",
    "姐夫",
    "前夫",
    "前妻",
    "男友",
    "女友",
    "男朋友",
    "女朋友",
    "男方",
    "女方",
    "老公",
    "老婆",
    "丈夫",
    "他人",
    "别人",
    "任何人",
    "其他人",
    "陌生人",
    "此人",
    "谁",
    "亲戚",
    "家属",
];
/// The same in English, as words; a plural or a genitive is the same word.
const PEOPLE_IN_LETTERS: [&str; 29] = [
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
    "grandpa",
    "grandma",
    "grandfather",
    "grandmother",
    "grandparent",
    "grandad",
    "granny",
    "aunt",
    "auntie",
    "uncle",
    "parent",
    "stepfather",
    "stepmother",
    "stepdad",
    "stepmom",
    "boyfriend",
    "girlfriend",
    "husband",
    "nobody",
];
/// Of courts and of what they decide.
const LAW: [&str; 42] = [
    "法院",
    "法庭",
    "法官",
    "判决",
    "判给",
    "裁定",
    "诉讼",
    "保护令",
    "禁止令",
    "限制令",
    "监护权",
    "抚养权",
    "探视",
    "探望权",
    "家暴",
    "暴力",
    "服刑",
    "出狱",
    "坐牢",
    "黑名单",
    "禁接",
    "勿接",
    "拒接",
    "别接",
    "不得接近",
    "不准接近",
    "不得靠近",
    "限制接触",
    "禁止接触",
    "详见协议",
    "见协议",
    "离婚协议",
    "见附件",
    "见判",
    "court order",
    "custody",
    "restraining",
    "injunction",
    "unsupervised",
    "no contact",
    "not be released",
    "blacklist",
];
/// Said of nobody, after somebody was named.
const DOUBT: [&str; 27] = [
    "不行",
    "不可",
    "不准",
    "不许",
    "不让",
    "不放",
    "不给",
    "不得",
    "不交",
    "不能接",
    "不再",
    "不认",
    "禁",
    "拒",
    "勿",
    "停",
    "取消",
    "撤",
    "无权",
    "除外",
    "拦",
    "报警",
    "免谈",
    "作废",
    "×",
    "✗",
    "❌",
];

/// Whether a text may say that somebody must not have the child, or that only somebody may. `names` are those of the row's people
/// who may collect, `child` the name of the child.
pub(super) fn restriction<'n>(text: &str, names: impl Iterator<Item = &'n str> + Clone, child: &str) -> Option<Restriction> {
    if !may_speak(text) && !names.clone().any(|name| is_name(name) && text.contains(name)) {
        return None;
    }
    let plain = words().nobodys.iter().fold(plain(text), |rest, word| rest.replace(word, " "));
    if LAW.iter().any(|word| plain.contains(word)) || forbids(&plain) {
        return Some(Restriction::Somebody);
    }
    let spelt = names.clone().filter_map(|name| spelt_in(&plain, name)).collect::<Vec<_>>();
    let names: Vec<String> = names.filter(|name| is_name(name)).map(self::plain).chain(spelt).collect();
    let known: Vec<String> = names.iter().cloned().chain([self::plain(child)]).collect();
    let speaks = |clause: &str| names_somebody(clause, &names);
    let (mut only, mut open) = (only_some(&plain), String::new());
    for clause in plain.split(ENDS).map(str::trim).filter(|clause| !clause.is_empty()) {
        // A bare name is what the next words are about: `赵强，拒`.
        let whole = format!("{open}{clause}");
        if !speaks(&whole) {
            if speaks(&plain) && DOUBT.iter().any(|word| clause.contains(word)) {
                return Some(Restriction::Somebody);
            }
            continue;
        }
        if !covered(&whole, &known, &Kind::ALL) {
            return Some(Restriction::Somebody);
        }
        only |= !covered(&whole, &known, &Kind::HARMLESS);
        open = if covered(&whole, &known, &Kind::OF_PEOPLE) { whole + " " } else { String::new() };
    }
    only.then_some(Restriction::AllOthers)
}

/// Whether a text that may name anybody, such as a title, says that somebody must not have a child.
pub(super) fn forbids_somebody(text: &str) -> bool {
    // How a form is to be filled in is about nobody: `父母信息不可漏填`.
    const FORM: [&str; 10] = ["填", "表头", "空格", "空缺", "留空", "修改", "删除", "格式", "栏", "单元格"];
    if !may_speak(text) {
        return false;
    }
    let plain = plain(text);
    let is_not = |text: &str| {
        text.split(|c: char| !c.is_ascii_alphabetic() && c != '\'').any(|word| ["no", "not", "never", "don't", "cannot"].contains(&word))
    };
    let doubts = |clause: &&str| is_not(clause) || DOUBT.iter().any(|word| clause.contains(word));
    let mut clauses = plain.split(ENDS).filter(doubts).filter(|clause| !FORM.iter().any(|word| clause.contains(word)));
    LAW.iter().any(|word| plain.contains(word)) || forbids(&plain) || clauses.any(|clause| names_somebody(clause, &[]))
}

/// Whether a word for a relation is understood to its end: nothing stands in it but words for relatives and others who collect
/// children, which of them, and brackets or signs between.
pub(super) fn is_relation(text: &str) -> bool {
    let plain = plain(without_code(text));
    is_nothing(&plain) || is_any_relation(&plain) || covered(&plain, &[], &[Kind::People, Kind::Which])
}

/// Whether a name holds what is no name: a word that keeps somebody away, a sign, or a letter behind Chinese characters.
pub(super) fn is_more_than_a_name(name: &str) -> bool {
    const WORDS: [&str; 36] = [
        "禁",
        "拒",
        "勿",
        "停用",
        "停接",
        "暂停",
        "取消",
        "撤销",
        "不可",
        "不能",
        "不得",
        "不准",
        "不许",
        "不让",
        "不行",
        "不接",
        "无权",
        "离异",
        "离婚",
        "已离",
        "已故",
        "亡故",
        "去世",
        "病故",
        "过世",
        "已亡",
        "失联",
        "失踪",
        "服刑",
        "出狱",
        "限制",
        "除外",
        "作废",
        "注销",
        "黑名单",
        "法院",
    ];
    const LETTERS: [&str; 14] = ["no", "not", "x", "xx", "n", "ban", "banned", "barred", "stop", "removed", "deceased", "dead", "left", "never"];
    let plain = plain(name);
    let is_sign =
        |c: char| matches!(c, '×' | '✗' | '✘' | '✕' | '╳' | '❌' | '*' | '~' | '#' | '!' | '！' | '=' | '+' | '<' | '>' | '%' | '^' | '_' | '√');
    let letters = || plain.split(|c: char| !c.is_ascii_alphabetic()).any(|word| LETTERS.contains(&word));
    WORDS.iter().any(|word| plain.contains(word)) || plain.contains(is_sign) || (plain.chars().any(is_hanzi) && letters())
}

/// What ends a clause.
const ENDS: [char; 11] = ['，', ',', '。', ';', '；', '.', '!', '！', '?', '？', '\n'];

/// The kinds of harmless words.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    /// A person.
    People,
    /// Which of several, or whose.
    Which,
    /// When something is done, and whatever else joins words.
    When,
    /// What somebody does, how somebody is, what is to be thought of.
    Said,
    /// Only.
    Only,
}

impl Kind {
    const ALL: [Self; 5] = [Self::People, Self::Which, Self::When, Self::Said, Self::Only];
    const HARMLESS: [Self; 4] = [Self::People, Self::Which, Self::When, Self::Said];
    const OF_PEOPLE: [Self; 3] = [Self::People, Self::Which, Self::When];

    fn of(key: &str) -> Option<Self> {
        match key {
            "people" => Some(Self::People),
            "which" => Some(Self::Which),
            "when" => Some(Self::When),
            "do" | "state" | "note" => Some(Self::Said),
            "only" => Some(Self::Only),
            _ => None,
        }
    }
}

/// The words of `assets/harmless.txt`.
struct Words {
    by_first: HashMap<char, Vec<(Kind, &'static str)>>,
    /// What holds a word for a person and names none.
    nobodys: Vec<&'static str>,
    /// Characters below U+10000 by which a text may speak of a person or of collecting.
    begins: Vec<bool>,
}

fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| {
        let mut words = Words { by_first: HashMap::new(), nobodys: Vec::new(), begins: vec![false; 0x1_0000] };
        let lines = include_str!("../../assets/harmless.txt").lines().filter(|line| !line.starts_with('#'));
        for (key, list) in lines.filter_map(|line| line.split_once('\t')) {
            for word in list.split('|').filter(|word| !word.is_empty()) {
                match (Kind::of(key), word.chars().next()) {
                    (Some(kind), Some(first)) => words.by_first.entry(first).or_default().push((kind, word)),
                    _ => words.nobodys.push(word),
                }
            }
        }
        for first in PEOPLE.iter().chain(&LAW).filter_map(|word| word.chars().next()).chain(['接']).filter(|c| !c.is_ascii()) {
            if let Some(slot) = words.begins.get_mut(first as usize) {
                *slot = true;
            }
        }
        words
    })
}

/// Whether a text holds a character, or enough letters, by which it may speak of somebody.
pub(super) fn may_speak(text: &str) -> bool {
    let begins = &words().begins;
    let mut letters = 0;
    text.chars().any(|c| {
        letters = if c.is_ascii_alphabetic() { letters + 1 } else { 0 };
        letters == 3 || begins.get(c as usize).is_some_and(|begins| *begins)
    })
}

/// Narrow characters and small letters.
fn plain(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' if !matches!(c, '，' | '；' | '！' | '？') => {
            u32::from(c).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(c)
        }
        '\u{3000}' => ' ',
        other => other,
    };
    text.chars().map(narrow).flat_map(char::to_lowercase).collect()
}

/// Whether a name of a list is long enough to be looked for in a text.
fn is_name(name: &str) -> bool {
    name.chars().filter(|c| c.is_alphabetic()).nth(1).is_some()
}

fn is_hanzi(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

fn names_somebody(text: &str, names: &[String]) -> bool {
    let word = |word: &str| PEOPLE_IN_LETTERS.contains(&word) || word.strip_suffix('s').is_some_and(|one| PEOPLE_IN_LETTERS.contains(&one));
    names.iter().any(|name| text.contains(name.as_str()))
        || PEOPLE.iter().any(|word| text.contains(word))
        || text.split(|c: char| !c.is_ascii_alphabetic()).any(word)
}

fn named(name: &str) -> Described<'_> {
    Described { name, ..Described::default() }
}

/// The words of a text in letters that spell a Chinese name, family name first or last.
fn spelt_in(plain: &str, name: &str) -> Option<String> {
    if !plain.contains(' ') || !name.contains(is_hanzi) || !plain.contains(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let words: Vec<&str> = plain.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty()).collect();
    let of = |count: usize| words.windows(count).map(|words| words.join(" "));
    let spells = |letters: &String| likeness(named(letters), named(name)) == Some(Likeness::Name);
    of(2).chain(of(1)).chain(of(3)).find(spells)
}

/// Whether somebody is forbidden to collect, whoever it is: "not" a few characters before "collect".
fn forbids(plain: &str) -> bool {
    const NOT: [&str; 15] = ["不能", "不得", "不可", "不准", "不许", "不让", "不要", "不给", "禁止", "别让", "勿让", "不允许", "严禁", "不应", "禁"];
    const NOT_IN_LETTERS: [&str; 10] = ["not allowed", "must not", "may not", "cannot", "can't", "do not", "don't", "not to ", "never", "not be"];
    says_of_collecting(plain, &NOT) || (collects(plain) && NOT_IN_LETTERS.iter().any(|word| plain.contains(word)))
}

/// Whether only somebody may collect, whoever it is.
fn only_some(plain: &str) -> bool {
    const ONLY: [&str; 7] = ["只能", "只准", "只许", "只让", "仅限", "仅由", "只由"];
    says_of_collecting(plain, &ONLY) || (collects(plain) && plain.contains("only"))
}

/// Whether one of these words stands a few characters before "collect"; `不能接触花生` does not say so.
fn says_of_collecting(plain: &str, words: &[&str]) -> bool {
    const OTHERS: [&str; 10] = ["接触", "接受", "接种", "接近", "接电话", "直接", "间接", "接力", "接听", "接水"];
    if !plain.contains('接') {
        return false;
    }
    let plain = OTHERS.iter().fold(plain.to_owned(), |rest, word| rest.replace(word, ""));
    words.iter().any(|word| plain.split(word).skip(1).any(|after| after.chars().take(8).any(|c| c == '接')))
}

fn collects(plain: &str) -> bool {
    ["pick up", "picks up", "pickup", "pick-up", "pick him up", "pick her up", "collect", "release"].iter().any(|word| plain.contains(word))
}

/// Whether a text is made of nothing but words of these kinds, names, figures and signs between.
fn covered(text: &str, names: &[String], kinds: &[Kind]) -> bool {
    let mut reached = vec![false; text.len() + 1];
    if let Some(first) = reached.first_mut() {
        *first = true;
    }
    for (at, c) in text.char_indices() {
        if !reached.get(at).is_some_and(|reached| *reached) {
            continue;
        }
        let rest = text.get(at..).unwrap_or_default();
        let mut reach = |length: usize| {
            if let Some(slot) = reached.get_mut(at + length) {
                *slot = true;
            }
        };
        if c.is_ascii_digit() || is_joint(c) {
            reach(c.len_utf8());
        }
        if kinds.contains(&Kind::Said) && tells_of_food(rest, names) {
            return true;
        }
        for name in names.iter().filter(|name| !name.is_empty() && rest.starts_with(name.as_str())) {
            reach(name.len());
        }
        let inside_word = c.is_ascii_alphabetic() && text.get(..at).is_some_and(|before| before.ends_with(|c: char| c.is_ascii_alphabetic()));
        for (_, word) in words().by_first.get(&c).into_iter().flatten().filter(|(kind, word)| kinds.contains(kind) && rest.starts_with(word)) {
            let goes_on = word.is_ascii() && rest.get(word.len()..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()));
            if !inside_word && !goes_on {
                reach(word.len());
            }
        }
    }
    reached.last().is_some_and(|reached| *reached)
}

/// What may stand between words.
fn is_joint(c: char) -> bool {
    c.is_whitespace() || matches!(c, '、' | ':' | '：' | '(' | ')' | '/' | '&' | '+' | '-' | '—' | '~' | '\'' | '’' | '"' | '“' | '”' | '|' | '┋')
}

/// What somebody shall not, or shall, eat or drink, up to the end: `不给吃花生`. Nobody is named in it, nor anything about collecting.
fn tells_of_food(rest: &str, names: &[String]) -> bool {
    const NOT: [&str; 13] = ["不给", "不让", "不要", "不能", "不可以", "不可", "别给", "勿", "别", "不", "少", "多", ""];
    const FOOD: [char; 3] = ['吃', '喝', '食'];
    let tail = NOT.iter().find_map(|not| rest.strip_prefix(not)?.strip_prefix(FOOD));
    tail.is_some_and(|tail| !names_somebody(tail, names) && !tail.contains(['接', '送', '交', '领', '带', '放', '跟', '见', '她', '他', '人']))
}
