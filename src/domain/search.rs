//! Search keys for names: pinyin, initials, 汉字; polyphones, surnames with readings of their own, and the usual
//! confusions of sounds (N07, N08).
//!
//! Keys are made once for each child; a key press is a linear scan over them without allocation. Absent: ranking. Hits
//! keep the order of the list that is searched.

use std::collections::HashMap;
use std::sync::OnceLock;

use pinyin::{ToPinyin, ToPinyinMulti};

/// The search keys of one name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Keys {
    /// The name without spaces and dots.
    plain: Box<str>,
    /// Readings as they are: syllables separated by `|`, the readings of one by `,`.
    exact: Box<str>,
    /// The same with every confusable spelling.
    loose: Box<str>,
    marks: Marks,
}

/// What can be ruled out at a glance: a name without one of the letters or characters searched for is none of the hits.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
struct Marks {
    /// Letters with which the first syllable can begin, a bit each.
    first: u32,
    /// All letters of all spellings.
    letters: u32,
    /// All characters, 64 kinds of them.
    characters: u64,
}

impl Marks {
    fn letters(text: &str) -> u32 {
        text.bytes().filter(u8::is_ascii_lowercase).fold(0, |bits, b| bits | 1 << (b - b'a'))
    }

    fn characters(text: &str) -> u64 {
        text.chars().fold(0, |bits, c| bits | 1 << (u32::from(c) % 64))
    }

    /// Of a name, from its loose spellings and its characters.
    fn of(loose: &str, plain: &str) -> Self {
        let first = loose.split('|').next().unwrap_or_default();
        let first = first.split(',').filter_map(|reading| reading.get(..1)).fold(0, |bits, letter| bits | Self::letters(letter));
        Self { first, letters: Self::letters(loose), characters: Self::characters(plain) }
    }
}

/// What is searched for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Query {
    text: Box<str>,
    /// Letters: pinyin, initials or both; else characters of the name.
    spelt: bool,
    marks: Marks,
}

impl Query {
    /// Reads a query; spaces, dots and apostrophes do not count.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let plain: String = text.chars().filter(|c| !is_separator(*c) && *c != '\'').flat_map(char::to_lowercase).collect();
        let plain = plain.replace('ü', "v");
        let first = Marks::letters(plain.get(..1).unwrap_or_default());
        let marks = Marks { first, letters: Marks::letters(&plain), characters: Marks::characters(&plain) };
        Self { spelt: plain.is_ascii(), text: plain.into(), marks }
    }
}

impl Keys {
    /// The keys of a name. A character without a known reading is found as itself only.
    #[must_use]
    pub fn of(name: &str) -> Self {
        let plain: String = name.chars().filter(|c| !is_separator(*c)).flat_map(char::to_lowercase).collect();
        let syllables = syllables(name);
        let join = |spell: &dyn Fn(&str) -> Vec<String>| {
            let one = |readings: &Vec<String>| {
                let mut all: Vec<String> = readings.iter().flat_map(|r| spell(r)).collect();
                all.sort_unstable();
                all.dedup();
                all.join(",")
            };
            syllables.iter().map(one).collect::<Vec<_>>().join("|").into_boxed_str()
        };
        let loose = join(&confusable);
        Self { marks: Marks::of(&loose, &plain), plain: plain.into(), exact: join(&|r| vec![r.to_owned()]), loose }
    }

    /// Whether the name is among those that are meant.
    #[must_use]
    pub fn matches(&self, query: &Query) -> bool {
        let (own, wanted) = (self.marks, query.marks);
        if query.spelt {
            let possible = own.first & wanted.first == wanted.first && own.letters & wanted.letters == wanted.letters;
            possible && !query.text.is_empty() && spells(self.loose.as_bytes(), query.text.as_bytes())
        } else {
            own.characters & wanted.characters == wanted.characters && self.plain.contains(&*query.text)
        }
    }

    /// First and last syllable in every reading, with the number of syllables: names that sound the same have one in common.
    #[must_use]
    pub fn rough_sounds(&self) -> Vec<String> {
        let count = self.exact.split('|').count();
        let first = self.exact.split('|').next().unwrap_or_default();
        let last = self.exact.rsplit('|').next().unwrap_or_default();
        first.split(',').flat_map(|f| last.split(',').map(move |l| format!("{count} {f} {l}"))).collect()
    }
}

/// Whether two names sound the same, tones aside: the same number of syllables, each with a reading in common.
#[must_use]
pub fn sounds_like(a: &Keys, b: &Keys) -> bool {
    let (mut left, mut right) = (a.exact.split('|'), b.exact.split('|'));
    loop {
        match (left.next(), right.next()) {
            (None, None) => return true,
            (Some(x), Some(y)) if !x.is_empty() && x.split(',').any(|r| y.split(',').any(|s| r == s)) => {}
            _ => return false,
        }
    }
}

/// The initials by which a name is found: the first letter of the likeliest reading of each syllable.
#[must_use]
pub fn initials(name: &str) -> String {
    syllables(name).iter().filter_map(|readings| readings.first()?.chars().next()).collect()
}

/// The positions, counted in characters, at which `a` differs from `b`.
#[must_use]
pub fn differing(a: &str, b: &str) -> Vec<usize> {
    let mut other = b.chars();
    a.chars().enumerate().filter(|(_, c)| other.next() != Some(*c)).map(|(i, _)| i).collect()
}

fn is_separator(c: char) -> bool {
    c.is_whitespace() || matches!(c, '·' | '•' | '・' | '.' | '．' | '-')
}

/// The readings of each syllable of a name, the surname's own first.
pub(crate) fn syllables(name: &str) -> Vec<Vec<String>> {
    let mut list: Vec<Vec<String>> = Vec::new();
    let chars: Vec<char> = name.chars().collect();
    let mut rest = &chars[..];
    let surname = [2, 1].into_iter().find_map(|n| {
        let head: String = chars.get(..n)?.iter().collect();
        Some((n, surnames().get(head.as_str())?)).filter(|_| chars.len() > n)
    });
    if let Some((n, readings)) = surname {
        for position in 0..n {
            list.push(readings.iter().filter_map(|r| r.split(' ').nth(position)).map(str::to_owned).collect());
        }
        rest = &chars[n..];
    }
    let mut latin = String::new();
    for c in rest.iter().copied().chain([' ']) {
        if c.is_ascii_alphanumeric() {
            latin.push(c.to_ascii_lowercase());
            continue;
        }
        if !latin.is_empty() {
            list.push(vec![std::mem::take(&mut latin)]);
        }
        if !is_separator(c) {
            list.push(readings(c));
        }
    }
    list
}

/// The readings of a character, as it stands anywhere in a name.
pub(super) fn readings(c: char) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    if let Some(multi) = c.to_pinyin_multi() {
        all.extend(multi.into_iter().map(|p| p.plain().to_owned()));
    } else if let Some(one) = c.to_pinyin() {
        all.push(one.plain().to_owned());
    }
    for reading in &mut all {
        *reading = reading.replace('ü', "v");
    }
    all
}

/// Surnames whose reading is not their character's usual one, and compound surnames. Every sourced reading is accepted.
fn surnames() -> &'static HashMap<&'static str, Vec<&'static str>> {
    static TABLE: OnceLock<HashMap<&'static str, Vec<&'static str>>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let lines = include_str!("../../assets/surnames.tsv").lines().filter(|l| !l.starts_with('#'));
        lines.filter_map(|l| l.split_once('\t')).map(|(name, readings)| (name, readings.split(',').collect())).collect()
    })
}

/// The surname of two characters with which a name begins.
#[must_use]
pub fn compound_surname(name: &str) -> Option<&'static str> {
    static ALL: OnceLock<Vec<&'static str>> = OnceLock::new();
    let all = ALL.get_or_init(|| surnames().keys().copied().filter(|surname| surname.chars().count() == 2).collect());
    all.iter().find(|surname| name.starts_with(**surname)).copied()
}

/// Every spelling that people use for a reading: z/zh c/ch s/sh, n/l, an/ang en/eng in/ing, v/u.
fn confusable(reading: &str) -> Vec<String> {
    let mut heads = vec![reading.to_owned()];
    for (long, short) in [("zh", "z"), ("ch", "c"), ("sh", "s")] {
        if let Some(rest) = reading.strip_prefix(long) {
            heads.push(format!("{short}{rest}"));
        } else if let Some(rest) = reading.strip_prefix(short) {
            heads.push(format!("{long}{rest}"));
        }
    }
    if let Some(rest) = reading.strip_prefix('n') {
        heads.push(format!("l{rest}"));
    } else if let Some(rest) = reading.strip_prefix('l') {
        heads.push(format!("n{rest}"));
    }
    let mut all = Vec::with_capacity(heads.len() * 3);
    for head in heads {
        if ["an", "en", "in"].iter().any(|end| head.ends_with(end)) {
            all.push(format!("{head}g"));
        } else if let Some(short) = head.strip_suffix('g').filter(|s| ["an", "en", "in"].iter().any(|end| s.ends_with(end))) {
            all.push(short.to_owned());
        }
        if head.contains('v') {
            all.push(head.replace('v', "u"));
            all.push(head.replace('v', "yu"));
        }
        all.push(head);
    }
    all
}

/// Whether letters spell the beginning of a name: each syllable by any prefix of a reading, at least one letter.
fn spells(mut key: &[u8], query: &[u8]) -> bool {
    if query.is_empty() {
        return true;
    }
    let end = key.iter().position(|b| *b == b'|').unwrap_or(key.len());
    let (syllable, rest) = key.split_at(end);
    key = rest.get(1..).unwrap_or_default();
    let mut tried = 0_u32; // one bit for each number of letters that was tried already
    for reading in syllable.split(|b| *b == b',') {
        let common = reading.iter().zip(query).take_while(|(a, b)| a == b).count();
        for taken in (1..=common).rev() {
            let bit = 1 << taken.min(31);
            if tried & bit == 0 {
                tried |= bit;
                if query.get(taken..).is_some_and(|after| spells(key, after)) {
                    return true;
                }
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(name: &str, query: &str) -> bool {
        Keys::of(name).matches(&Query::of(query))
    }

    #[test]
    fn a_name_is_found_by_its_sounds_and_characters() {
        for query in ["zhangxiao", "zhang xiao", "zx", "zhxm", "zxm", "ZXM", "zangxiaomin", "zhangxm", "张小", "小明", "小", "张 小"] {
            assert!(finds("张小明", query), "{query}");
        }
        for query in ["zmx", "xm", "lx", "张明", "zhangxiaomingg", "zhu"] {
            assert!(!finds("张小明", query), "{query}");
        }
    }

    #[test]
    fn surnames_have_their_own_readings() {
        for (name, right, wrong) in [
            ("单雄信", "shan", "dan"),
            ("曾国强", "zeng", "ceng"),
            ("仇英", "qiu", "chou"),
            ("解缙", "xie", "jie"),
            ("万俟炫玉", "moqi", "wan"),
            ("尉迟恭", "yuchi", "wei"),
            ("区小红", "ou", "qu"),
        ] {
            assert!(finds(name, right), "{name} {right}");
            assert!(!finds(name, wrong), "{name} {wrong}");
        }
        assert!(finds("乐嘉", "yj") && finds("乐嘉", "lj"));
    }

    #[test]
    fn polyphones_are_found_by_each_reading() {
        assert!(finds("何乐怡", "hly") && finds("何乐怡", "hyy"));
        assert!(finds("吕梁", "lv") && finds("吕梁", "lu") && finds("吕梁", "lyu"));
    }

    #[test]
    fn rare_and_foreign_names_do_no_harm() {
        assert!(finds("曾𬭊", "𬭊") && finds("曾𬭊", "z") && !finds("曾𬭊", "zy"));
        assert!(finds("阿依古丽·吐尔逊", "aygl") && finds("阿依古丽·吐尔逊", "古丽吐"));
        assert!(finds("Anna Li", "anna") && finds("Anna Li", "al"));
        for odd in ["", " ", "·", "\u{1F469}\u{200D}\u{1F467}", "李"] {
            let _ = Keys::of(odd).matches(&Query::of("l"));
        }
    }

    #[test]
    fn the_afternoon_is_reached_with_three_letters_and_one_digit() {
        let room: Vec<(&str, &str)> =
            "陈一诺 cyn 陈一鸣 cym 王梓涵 wzh 王子涵 wzh 李沐辰 lmc 赵小满 zxm 张雨桐 zyt 刘思远 lsy 周子墨 zzm 吴昊天 wht \
            孙嘉禾 sjh 郑明轩 zmx 冯可心 fkx 何乐怡 hly 许子昂 xza 高语晨 gyc 林书瑶 lsy 马浩然 mhr 罗欣怡 lxy 梁博文 lbw 宋雅琪 syq 唐逸飞 tyf"
                .split_whitespace()
                .collect::<Vec<_>>()
                .chunks(2)
                .map(|c| (c[0], c[1]))
                .collect();
        let keys: Vec<Keys> = room.iter().map(|(n, _)| Keys::of(n)).collect();
        for (name, initials) in &room {
            let hits: Vec<&str> = room.iter().zip(&keys).filter(|(_, k)| k.matches(&Query::of(initials))).map(|((n, _), _)| *n).collect();
            assert!(hits.contains(name) && hits.len() <= 9, "{name} {hits:?}");
        }
        let hits = |q: &str| keys.iter().filter(|k| k.matches(&Query::of(q))).count();
        assert_eq!((hits("wzh"), hits("lsy"), hits("mhr"), hits("zzm"), hits("syq"), hits("sjh"), hits("hyy")), (2, 2, 1, 1, 1, 1, 1));
    }

    #[test]
    fn homophones_are_told_apart() {
        let (a, b) = (Keys::of("王梓涵"), Keys::of("王子涵"));
        assert!(sounds_like(&a, &b) && !sounds_like(&a, &Keys::of("王子")) && !sounds_like(&a, &Keys::of("王紫晗婷")));
        assert_eq!(differing("王梓涵", "王子涵"), vec![1]);
        assert_eq!(differing("雷浚钰", "雷浚钰"), Vec::<usize>::new());
    }
}
