//! The words for what somebody is to a child: one table, each row one relation in all its words, Chinese and English.
//!
//! A word may stand in several rows: a grandfather is either of two, an uncle any of five. Whoever looks for a word for a relation,
//! asks whether two are one, or takes one off a name, asks here.

use std::sync::OnceLock;

use super::parent_of;

/// Man or woman.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Sex {
    Man,
    Woman,
}

/// One relation.
#[derive(PartialEq, Eq, Debug)]
pub(super) struct Kin {
    /// All words for it, narrow and small, the usual one first.
    pub words: &'static [&'static str],
    /// Whether it is a man's or a woman's, where only one of them can be it.
    pub sex: Option<Sex>,
    /// What 大, 二 or 小 before the word makes of it: the same relation, one of several. Before a grandparent it is that one's brother or
    /// sister.
    is_one_of_several: bool,
}

const fn man(words: &'static [&'static str]) -> Kin {
    Kin { words, sex: Some(Sex::Man), is_one_of_several: true }
}

const fn woman(words: &'static [&'static str]) -> Kin {
    Kin { words, sex: Some(Sex::Woman), is_one_of_several: true }
}

const fn grandparent(sex: Sex, words: &'static [&'static str]) -> Kin {
    Kin { words, sex: Some(sex), is_one_of_several: false }
}

const fn anybody(words: &'static [&'static str]) -> Kin {
    Kin { words, sex: None, is_one_of_several: false }
}

/// Relations of others than parents.
static KIN: [Kin; 43] = [
    grandparent(Sex::Man, &["爷爷", "祖父", "阿公", "阿爷", "爷", "grandfather", "grandpa", "granddad", "grandad"]),
    grandparent(Sex::Man, &["外公", "姥爷", "外祖父", "外爷", "公", "grandfather", "grandpa", "granddad", "grandad"]),
    grandparent(Sex::Woman, &["奶奶", "祖母", "阿嬷", "阿婆", "嬷嬷", "奶", "grandmother", "grandma", "granny", "nana"]),
    grandparent(Sex::Woman, &["外婆", "姥姥", "外祖母", "阿婆", "婆", "grandmother", "grandma", "granny", "nana"]),
    man(&["舅舅", "舅父", "舅", "uncle"]),
    man(&["叔叔", "叔父", "叔", "uncle"]),
    man(&["伯父", "伯伯", "伯", "uncle"]),
    man(&["姑父", "姑丈", "姑夫", "uncle"]),
    man(&["姨父", "姨丈", "姨夫", "uncle"]),
    man(&["大爷"]),
    woman(&["姑姑", "姑妈", "姑母", "姑", "aunt", "auntie", "aunty"]),
    woman(&["阿姨", "姨妈", "姨母", "姨", "aunt", "auntie", "aunty"]),
    woman(&["舅妈", "舅母", "aunt", "auntie", "aunty"]),
    woman(&["婶婶", "婶子", "婶娘", "婶", "aunt", "auntie", "aunty"]),
    woman(&["伯母", "aunt", "auntie", "aunty"]),
    man(&["哥哥", "哥", "brother"]),
    man(&["弟弟", "弟", "brother"]),
    woman(&["姐姐", "姐", "sister"]),
    woman(&["妹妹", "妹", "sister"]),
    man(&["表哥", "cousin"]),
    man(&["表弟", "cousin"]),
    woman(&["表姐", "cousin"]),
    woman(&["表妹", "cousin"]),
    man(&["堂哥", "cousin"]),
    man(&["堂弟", "cousin"]),
    woman(&["堂姐", "cousin"]),
    woman(&["堂妹", "cousin"]),
    man(&["姐夫"]),
    man(&["妹夫"]),
    woman(&["嫂子", "嫂嫂", "嫂"]),
    man(&["继父", "后爸", "后爹", "后父", "stepfather", "stepdad"]),
    woman(&["继母", "后妈", "后娘", "后母", "stepmother", "stepmom", "stepmum"]),
    man(&["养父"]),
    woman(&["养母"]),
    man(&["干爹", "干爸", "义父", "godfather"]),
    woman(&["干妈", "干娘", "义母", "godmother"]),
    man(&["岳父"]),
    grandparent(Sex::Man, &["公公"]),
    grandparent(Sex::Man, &["舅公"]),
    grandparent(Sex::Man, &["曾祖父", "太爷爷"]),
    anybody(&["保姆", "nanny", "babysitter", "sitter"]),
    anybody(&["司机", "driver"]),
    anybody(&["邻居", "neighbour", "neighbor"]),
];

/// Which of several stands in front of a relation: 大舅, 二叔, 表姑.
pub(super) const ORDER: [char; 11] = ['大', '二', '三', '四', '五', '六', '小', '老', '幺', '表', '堂'];
/// Which of several, and no cousin.
const NUMBERED: [char; 9] = ['大', '二', '三', '四', '五', '六', '小', '老', '幺'];
/// Relations of one character that stand behind one of these: 大舅, 小姨.
pub(super) const SINGLE: [&str; 6] = ["舅", "叔", "姑", "姨", "伯", "婶"];

/// All words for relations of others than parents.
pub(super) fn words() -> impl Iterator<Item = &'static str> {
    KIN.iter().flat_map(|kin| kin.words).copied()
}

/// Those words in characters that stand for themselves: two at least.
pub(super) fn long_words() -> impl Iterator<Item = &'static str> {
    static ALL: OnceLock<Vec<&'static str>> = OnceLock::new();
    ALL.get_or_init(|| words().filter(|word| !word.is_ascii() && word.chars().nth(1).is_some()).collect()).iter().copied()
}

/// Whether this is such a word.
pub(super) fn is_word(word: &str) -> bool {
    words().any(|other| other == word)
}

/// The rows a word stands in, and which of several it says: 大舅 is a 舅舅 and no 二舅.
fn rows(word: &str) -> (Vec<&'static Kin>, Option<char>) {
    let found = |word: &str| KIN.iter().filter(|kin| kin.words.contains(&word)).collect::<Vec<_>>();
    let plain = found(word);
    if !plain.is_empty() {
        return (plain, None);
    }
    let order = word.chars().next().filter(|c| NUMBERED.contains(c));
    let rest = order.and_then(|c| word.strip_prefix(c)).unwrap_or_default();
    (found(rest).into_iter().filter(|kin| kin.is_one_of_several).collect(), order)
}

/// Whether two words may be one relation.
pub(super) fn is_one(a: &str, b: &str) -> bool {
    let ((x, order_x), (y, order_y)) = (rows(a), rows(b));
    let is_one_row = x.iter().any(|kin| y.contains(kin)) && order_x.zip(order_y).is_none_or(|(a, b)| a == b);
    a == b || is_one_row
}

/// Whether only a man or only a woman is called so; nothing where both are, or where it is no word for a relation.
pub(super) fn sex(word: &str) -> Option<Sex> {
    let (kin, _) = rows(word);
    let first = kin.first()?.sex?;
    kin.iter().all(|kin| kin.sex == Some(first)).then_some(first)
}

/// What the relation of somebody is to a child whose own relative is called so: of the barred man's elder brother, an uncle of the child.
/// Each line has the words behind the name and what such a person may be to the child.
const FROM: [(&[&str], &[&str]); 5] = [
    (&["爸爸", "父亲", "爸", "老爸", "爹"], &["爷爷", "外公", "曾祖父", "太爷爷", "岳父", "公公"]),
    (&["妈妈", "母亲", "妈", "老妈", "娘"], &["奶奶", "外婆"]),
    (&["哥哥", "弟弟", "哥", "弟", "大哥"], &["伯父", "叔叔", "舅舅"]),
    (&["姐姐", "妹妹", "姐", "妹", "大姐"], &["姑姑", "阿姨"]),
    (&["爷爷", "外公", "舅舅", "叔叔", "伯父"], &["曾祖父", "太爷爷", "舅公"]),
];

/// Whether somebody called by another's name with this word behind it is that one's relative: `赵强爸爸` is the father of 赵强 where the
/// relation is 爷爷.
pub(super) fn is_relative(behind: &str, relation: &str) -> bool {
    let is = |words: &[&str], word: &str| words.iter().any(|other| is_one(other, word));
    FROM.iter().any(|(words, become_)| is(words, behind) && is(become_, relation))
}

/// A parent or grandparent in one word; every other relation is one kind, for the same man is an uncle on either side.
pub(super) fn rough(word: &str) -> String {
    if let Some(parent) = parent_of(word) {
        return format!("{parent:?}");
    }
    ["爷爷", "奶奶", "外公", "外婆"].into_iter().find(|usual| is_one(word, usual)).unwrap_or_default().to_owned()
}
