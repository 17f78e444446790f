//! Cells that hold people: one or several, each with relation and number as far as the cell tells them.
//!
//! Between people stand `、`, `/`, a line break, a blank, `和`. A blank may also stand inside a name (`张 三`), and `和` may be
//! part of one (`李和平`): such a sign parts only what begins with a family name on both sides. What could be read in two ways
//! is refused, for a person too few may be one who must not collect.

use std::collections::HashSet;
use std::sync::OnceLock;

use crate::domain::likeness::is_own_name;

use super::cells::{is_any_relation, is_hostile, join_hanzi, read_phone, relation, tidy, tidy_code};
use super::nobody::{is_nothing, names_nobody};
use super::roster::Reason;
use super::row::person_name;
use super::spoken::is_more_than_a_name;

/// Somebody whom a cell names.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Person {
    /// Name; empty when only the relation is told.
    pub(super) name: String,
    /// Relation; may be empty.
    pub(super) relation: String,
    /// Number.
    pub(super) phone: Option<String>,
}

/// Words for relations; longer ones before those that they begin with.
const RELATIONS: [&str; 47] = [
    "外祖父",
    "外祖母",
    "监护人",
    "父亲",
    "母亲",
    "爸爸",
    "妈妈",
    "爷爷",
    "奶奶",
    "外公",
    "外婆",
    "姥爷",
    "姥姥",
    "祖父",
    "祖母",
    "叔叔",
    "伯伯",
    "伯父",
    "伯母",
    "大伯",
    "婶婶",
    "姑姑",
    "姑妈",
    "姑父",
    "姑丈",
    "姨妈",
    "姨父",
    "阿姨",
    "小姨",
    "大姨",
    "舅舅",
    "舅妈",
    "舅父",
    "哥哥",
    "姐姐",
    "弟弟",
    "妹妹",
    "保姆",
    "司机",
    "邻居",
    "继父",
    "继母",
    "养父",
    "养母",
    "生父",
    "生母",
    "家长",
];
/// The same in one character, or in English: understood where they stand alone or in brackets.
const SHORT: [&str; 18] = [
    "父",
    "母",
    "爸",
    "妈",
    "爷",
    "奶",
    "father",
    "mother",
    "dad",
    "mum",
    "mom",
    "grandfather",
    "grandmother",
    "grandpa",
    "grandma",
    "uncle",
    "aunt",
    "nanny",
];

/// Whether a word names a relative of whom a child has few, or somebody who works for the family.
pub(super) fn is_kin(word: &str) -> bool {
    const VAGUE: [&str; 7] = ["监护人", "家长", "继父", "继母", "养父", "养母", "阿姨"];
    RELATIONS.contains(&word) && !VAGUE.contains(&word)
}

/// Words that say who may come without naming anybody.
fn is_parents(text: &str) -> bool {
    ["父母", "父母亲", "爸妈", "爸爸妈妈", "父亲母亲", "双亲", "父母双方", "parents"].contains(&tidy_code(text).to_lowercase().as_str())
}

/// The people of a cell of collectors; `child` is the name of the child of the row.
pub(super) fn collectors(text: &str, child: &str) -> Result<Vec<Person>, Reason> {
    if is_parents(text) { Ok(Vec::new()) } else { people(text, child) }
}

/// The people of a cell of those who must not collect; the words that only say so fall away.
pub(super) fn barred(text: &str, child: &str) -> Result<Vec<Person>, Reason> {
    const SAID: [&str; 8] = ["不能", "不得", "不可", "不准", "不许", "不让", "不要", "禁止"];
    // Whoever is left out of a bar is not barred by it, and who is meant besides is not said.
    if ["除", "以外", "之外", "未经"].iter().any(|word| text.contains(word)) {
        return Err(unclear(text));
    }
    let mut plain = text.to_owned();
    if SAID.iter().any(|words| text.contains(words)) {
        for words in SAID.into_iter().chain(["来接送", "接送", "来接", "接走", "接"]) {
            plain = plain.replace(words, " ");
        }
    }
    let list = people(&plain, child).map_err(|reason| if matches!(reason, Reason::UnclearPeople(_)) { unclear(text) } else { reason })?;
    // A sign for yes, and both parents, name nobody who could be held back; nor do the parents of somebody.
    let nobody = |p: &Person| {
        let both = |one: [char; 2], other: [char; 2]| p.name.contains(one) && p.name.contains(other);
        if both(['爸', '父'], ['妈', '母']) || both(['爷', '公'], ['奶', '婆']) {
            return true;
        }
        let one = p.name.chars().count() == 1 || matches!(p.name.as_str(), "所有人" | "其他人" | "任何人" | "不详" | "不明" | "父母" | "爸妈");
        p.relation.is_empty() && one || is_parents(&p.name)
    };
    // The number of a court's paper is nobody either, nor is a remark part of a name.
    let paper = |p: &Person| p.name.chars().any(|c| c.is_ascii_digit() || matches!(c, '(' | ')')) || p.name.ends_with('号') || p.name.contains(" - ");
    if list.iter().any(|p| nobody(p) || paper(p)) || (list.is_empty() && !is_nothing(text)) || is_parents(&plain) {
        Err(unclear(text))
    } else {
        Ok(list)
    }
}

/// Whether a note that somebody must not collect speaks of nobody but these, who are barred already: name and relation of each. It
/// names none of the `others`, who may.
pub(super) fn tells_only_of<'b>(note: &str, barred: impl Iterator<Item = (&'b str, &'b str)>, mut others: impl Iterator<Item = &'b str>) -> bool {
    let (mut rest, mut found) = (note.to_owned(), false);
    for (name, said) in barred {
        let words = RELATIONS.iter().chain(&SHORT).filter(|word| !said.is_empty() && relation(word) == relation(said));
        for word in std::iter::once(&name).chain(words).filter(|word| !word.is_empty()) {
            if rest.contains(*word) {
                (rest, found) = (rest.replace(*word, ""), true);
            }
        }
    }
    found && !RELATIONS.iter().any(|word| rest.contains(word)) && !others.any(|name| !name.is_empty() && rest.contains(name))
}

fn unclear(text: &str) -> Reason {
    Reason::UnclearPeople(tidy(text).chars().take(40).collect())
}

fn people(text: &str, child: &str) -> Result<Vec<Person>, Reason> {
    if text.chars().any(|c| is_hostile(c) && !matches!(c, '\n' | '\r' | '\t')) {
        return Err(Reason::HostileText);
    }
    if is_nothing(text) {
        return Ok(Vec::new());
    }
    let in_letters = text.chars().any(|c| c.is_ascii_alphabetic()) && !text.chars().any(is_hanzi);
    let strong: &[char] =
        if in_letters { &['、', ';', '；', '|', '\n', '\r', '&'] } else { &['、', '，', ',', ';', '；', '/', '|', '&', '＆', '＋', '\\'] };
    let mut list: Vec<Person> = Vec::new();
    for piece in outside_brackets(text, strong) {
        let piece = tidy(&piece);
        if is_nothing(&piece) {
            continue;
        }
        for part in parts(&piece, in_letters).ok_or_else(|| unclear(text))? {
            let person = person(&part, child).filter(|p| !names_nobody(&p.name)).ok_or_else(|| unclear(text))?;
            // A cross or a tick is no name that lost its characters.
            if !person.name.is_empty() && !person.name.chars().any(|c| c.is_alphanumeric() || c == '?' || c == '？' || c == '\u{fffd}') {
                return Err(unclear(text));
            }
            let name = if person.name.is_empty() { String::new() } else { person_name(&person.name)? };
            if is_more_than_a_name(&name) {
                return Err(Reason::CellSaysMore(tidy(text).chars().take(40).collect()));
            }
            let person = Person { name, ..person };
            if !list.contains(&person) {
                list.push(person);
            }
        }
    }
    Ok(list)
}

/// What stands between these signs outside of brackets.
fn outside_brackets(text: &str, signs: &[char]) -> Vec<String> {
    let (mut list, mut depth) = (vec![String::new()], 0_u32);
    for c in text.chars() {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            _ if depth == 0 && signs.contains(&c) => {
                list.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(last) = list.last_mut() {
            last.push(c);
        }
    }
    list
}

/// The people of a piece between whom only blanks or `和` stand; `None` when that can be read in two ways.
fn parts(piece: &str, in_letters: bool) -> Option<Vec<String>> {
    if in_letters {
        return Some(piece.split(" and ").map(str::to_owned).collect());
    }
    if piece.chars().any(|c| c.is_ascii_alphabetic()) {
        return Some(vec![piece.to_owned()]);
    }
    let mut tokens: Vec<String> = Vec::new();
    for token in outside_brackets(piece, &[' ']).into_iter().filter(|t| !t.is_empty()) {
        match tokens.last_mut() {
            Some(last) if token.starts_with('(') || token.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '+')) => last.push_str(&token),
            Some(_) | None => tokens.push(token),
        }
    }
    // A number and whose it is.
    if let [number, name] = &tokens[..]
        && number.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '+'))
    {
        return Some(vec![format!("{number} {name}")]);
    }
    let length = |t: &String| t.chars().count();
    let all: usize = tokens.iter().map(length).sum();
    if tokens.len() > 1 && tokens.iter().all(|t| t.chars().all(is_name_sign)) && tokens.iter().any(|t| length(t) == 1) {
        let relation = tokens.iter().any(|t| is_relation(t));
        return (!relation && all <= 4 && tokens.len() <= 3).then(|| vec![tokens.concat()]);
    }
    if tokens.len() > 1 {
        tokens = with_relations(tokens)?;
    }
    if tokens.len() > 1 && !tokens.iter().all(|t| begins_as_person(t)) {
        return None;
    }
    let mut list = Vec::new();
    for token in tokens {
        list.extend(apart(&token));
    }
    Some(list)
}

/// `爷爷 陈国强 奶奶 何秀英`: a relation belongs to the name behind it, where each name has one; else it is a person of its own
/// only where nothing but relations stands.
fn with_relations(tokens: Vec<String>) -> Option<Vec<String>> {
    let loose = tokens.iter().filter(|t| is_relation(t)).count();
    if loose == 0 || loose == tokens.len() {
        return Some(tokens);
    }
    let pairs: Vec<&[String]> = tokens.chunks(2).collect();
    let paired = pairs.iter().all(|pair| matches!(pair, [one, other] if is_relation(one) && !is_relation(other)));
    paired.then(|| pairs.iter().map(|pair| pair.concat()).collect())
}

/// `李强和李勇` are two, `李和平` is one.
fn apart(token: &str) -> Vec<String> {
    for (at, sign) in token.char_indices().filter(|(_, c)| matches!(c, '和' | '与' | '及' | '跟')) {
        let (one, other) = token.split_at(at);
        let other = other.strip_prefix(sign).unwrap_or(other);
        if begins_as_person(one) && begins_as_person(other) {
            let mut list = vec![one.to_owned()];
            list.extend(apart(other));
            return list;
        }
    }
    vec![token.to_owned()]
}

/// Whether a name is somebody's own and whole: a family name that is known and a given name, two to four characters of Chinese, or
/// several names in letters or with dots between. What somebody is called (`赵强哥`, `赵某`, `强强`, `强子`) is no such name.
pub(super) fn is_whole_name(name: &str, child: &str) -> bool {
    const CALLED: [char; 21] =
        ['哥', '叔', '总', '姐', '爷', '姨', '伯', '婶', '嫂', '某', '爸', '妈', '爹', '娘', '奶', '姥', '舅', '姑', '弟', '妹', '父'];
    if !is_own_name(name, child) || is_more_than_a_name(name) {
        return false;
    }
    if !name.chars().any(is_hanzi) {
        return name.split([' ', ',', '-']).filter(|word| word.chars().filter(|c| c.is_alphabetic()).nth(1).is_some()).nth(1).is_some();
    }
    let length = name.chars().count();
    let called = length == 2 && (name.chars().next() == name.chars().last() || name.ends_with('子'));
    let related = RELATIONS.iter().any(|word| name.contains(word)) || name.ends_with(CALLED);
    let family = name.chars().next().is_some_and(|c| families().contains(&c)) || is_compound(name);
    name.chars().all(is_name_sign) && !related && !called && (name.contains(['·', '•']) || (family && (2..=4).contains(&length)))
}

fn is_hanzi(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

fn is_name_sign(c: char) -> bool {
    is_hanzi(c) || matches!(c, '·' | '•')
}

fn is_relation(text: &str) -> bool {
    RELATIONS.contains(&text) || SHORT.contains(&text.to_lowercase().as_str())
}

/// Whether a text begins with a family name or a relation and is long enough for a person.
fn begins_as_person(text: &str) -> bool {
    let hanzi = text.chars().take_while(|c| is_name_sign(*c)).count();
    (hanzi >= 2 && text.chars().next().is_some_and(|c| families().contains(&c))) || RELATIONS.iter().any(|r| text.starts_with(r)) || is_relation(text)
}

/// Characters by which family names begin.
fn families() -> &'static HashSet<char> {
    static NAMES: OnceLock<HashSet<char>> = OnceLock::new();
    NAMES.get_or_init(|| include_str!("../../assets/family-names.txt").chars().filter(|c| is_hanzi(*c)).collect())
}

fn is_compound(name: &str) -> bool {
    include_str!("../../assets/family-names.txt").lines().nth(1).is_some_and(|l| l.split(' ').any(|family| name.starts_with(family)))
}

/// One person: name, with relation before it or in brackets behind it, and a number at the end.
fn person(text: &str, child: &str) -> Option<Person> {
    let mut person = Person::default();
    let mut rest = text.trim().to_owned();
    // Relation in brackets and number, one before the other or the other before the one.
    loop {
        if let Some((before, inner)) = rest.strip_suffix(')').and_then(|r| r.rsplit_once('(')) {
            let inner = inner.trim();
            if is_relation(inner) && person.relation.is_empty() {
                person.relation = relation(inner);
            } else if let (Some(phone), None) = (read_phone(inner), &person.phone) {
                person.phone = Some(phone);
            } else {
                return None;
            }
            rest = before.trim().to_owned();
            continue;
        }
        let digits = rest.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | ' ')).len();
        let (before, number) = rest.split_at(digits);
        if number.trim().is_empty() {
            break;
        }
        let phone = read_phone(number.trim())?;
        if person.phone.replace(phone).is_some() {
            return None;
        }
        rest = before.trim().to_owned();
    }
    // The number may stand in front: 13900000001 何老师.
    let behind = rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | ' '));
    if !behind.is_empty() && behind.len() < rest.len() && person.phone.is_none() {
        person.phone = Some(read_phone(rest.strip_suffix(behind).unwrap_or_default().trim())?);
        rest = behind.to_owned();
    }
    let name = rest.as_str();
    let name = name.trim().trim_end_matches(['(', ':', '：', '-']).trim();
    if is_relation(name) {
        return with_relation(person, name, "");
    }
    // 钱父, 李妈妈: a parent by the family's name, of whom nothing else is told.
    if let Some(word) = parent_behind_surname(name) {
        return with_relation(person, word, name);
    }
    if let Some((word, rest)) = RELATIONS.iter().find_map(|r| Some((*r, name.strip_prefix(r)?))) {
        let rest = rest.trim_start_matches([':', '：', ' ', '-']);
        let named = rest.chars().count() >= 2 && !RELATIONS.iter().any(|r| rest.contains(r));
        return if named { with_relation(person, word, &join_hanzi(rest)) } else { None };
    }
    if let Some((whose, word)) = RELATIONS.iter().find_map(|r| Some((name.strip_suffix(r)?, *r))) {
        let whose = whose.trim_end_matches('的');
        if !whose.is_empty() && child.ends_with(whose) {
            return with_relation(person, word, "");
        }
        // A word for no relation in particular may be how somebody is called.
        if !is_any_relation(word) {
            return None;
        }
    }
    let joined = join_hanzi(name);
    let (length, third) = (joined.chars().count(), joined.chars().nth(2));
    let plain = joined.chars().all(is_hanzi);
    let family = joined.chars().next().is_some_and(|c| families().contains(&c)) && !is_compound(&joined);
    // Two names without anything between them.
    let run_on = plain && family && (length > 4 || (length == 4 && third.is_some_and(|c| families().contains(&c))));
    if run_on || (joined.is_empty() && person.phone.is_none() && person.relation.is_empty()) {
        return None;
    }
    person.name = joined;
    Some(person)
}

/// The word for a parent behind a family name that is all there is before it.
fn parent_behind_surname(name: &str) -> Option<&'static str> {
    ["父亲", "母亲", "爸爸", "妈妈", "爸", "妈", "父", "母"].into_iter().find(|word| {
        let surname = name.strip_suffix(word).unwrap_or_default();
        let mut signs = surname.chars();
        (signs.next().is_some_and(|c| families().contains(&c)) && signs.next().is_none()) || (surname.chars().count() == 2 && is_compound(surname))
    })
}

fn with_relation(mut person: Person, word: &str, name: &str) -> Option<Person> {
    let word = relation(word);
    if !person.relation.is_empty() && person.relation != word {
        return None;
    }
    person.relation = word;
    name.clone_into(&mut person.name);
    Some(person)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `relation:name:phone`, one behind the other; `?` when it is refused.
    fn said(read: Result<Vec<Person>, Reason>) -> String {
        let one = |p: &Person| format!("{}:{}:{}", p.relation, p.name, p.phone.clone().unwrap_or_default());
        read.map_or("?".to_owned(), |list| list.iter().map(one).collect::<Vec<_>>().join("|"))
    }

    #[test]
    fn cells_of_collectors() {
        for (cell, want) in [
            ("林静", ":林静:"),
            ("林 静", ":林静:"),
            ("林　静", ":林静:"),
            ("欧 阳 静", ":欧阳静:"),
            ("欧阳 静", ":欧阳静:"),
            ("欧阳静好", ":欧阳静好:"),
            ("陈大明、林静", ":陈大明:|:林静:"),
            ("陈大明,林静", ":陈大明:|:林静:"),
            ("陈大明，林静", ":陈大明:|:林静:"),
            ("陈大明；林静", ":陈大明:|:林静:"),
            ("陈大明/林静", ":陈大明:|:林静:"),
            ("陈大明|林静", ":陈大明:|:林静:"),
            ("陈大明&林静", ":陈大明:|:林静:"),
            ("陈大明\n林静", ":陈大明:|:林静:"),
            ("陈大明\r\n林静\r\n", ":陈大明:|:林静:"),
            ("李强 周芳", ":李强:|:周芳:"),
            ("李强　周芳", ":李强:|:周芳:"),
            ("李强 周芳 何秀英", ":李强:|:周芳:|:何秀英:"),
            ("李强和李勇", ":李强:|:李勇:"),
            ("李强与李勇", ":李强:|:李勇:"),
            ("李强及李勇和王芳", ":李强:|:李勇:|:王芳:"),
            ("李和平", ":李和平:"),
            ("李和平和王芳", ":李和平:|:王芳:"),
            ("爷爷陈国强、奶奶何秀英", "爷爷:陈国强:|奶奶:何秀英:"),
            ("爷爷 陈国强 奶奶 何秀英", "爷爷:陈国强:|奶奶:何秀英:"),
            ("爷爷：陈国强", "爷爷:陈国强:"),
            ("父亲刘军", "父亲:刘军:"),
            ("父亲", "父亲::"),
            ("爸", "父亲::"),
            ("爷爷、奶奶", "爷爷::|奶奶::"),
            ("爷爷 奶奶", "爷爷::|奶奶::"),
            ("王刚（父）", "父亲:王刚:"),
            ("王刚(父亲)", "父亲:王刚:"),
            ("王刚 (爸爸)", "父亲:王刚:"),
            ("王刚（父）、林静（母）", "父亲:王刚:|母亲:林静:"),
            ("吴娟13800130009", ":吴娟:13800130009"),
            ("吴娟 13800130009", ":吴娟:13800130009"),
            ("吴娟(13800130009)", ":吴娟:13800130009"),
            ("母亲吴娟13800130009", "母亲:吴娟:13800130009"),
            ("小安妈妈", "母亲::"),
            ("陈小安的妈妈", "母亲::"),
            ("Anna Klein", ":Anna Klein:"),
            ("Anna Klein and Ben Klein", ":Anna Klein:|:Ben Klein:"),
            ("Anna Klein (mother)", "mother:Anna Klein:"),
            ("买买提·艾力", ":买买提·艾力:"),
            ("无", ""),
            ("没有", ""),
            ("暂无", ""),
            ("/", ""),
            ("-", ""),
            ("N/A", ""),
            ("n/a", ""),
            ("父母", ""),
            ("爸爸妈妈", ""),
            ("林静、无", ":林静:"),
            ("李强周芳", "?"),
            ("陈大明林静", "?"),
            ("李 强 周 芳", "?"),
            ("新家长", ":新家长:"),
            ("小安家长", "家长::"),
            ("林静妈妈", "?"),
            ("陈国强 奶奶", "?"),
            ("林静（已离异）", "?"),
            ("王刚（父）（母）", "?"),
            ("林\u{202e}静", "?"),
        ] {
            assert_eq!(said(collectors(cell, "陈小安")), want, "{cell:?}");
        }
    }

    #[test]
    fn cells_of_those_who_must_not_collect() {
        for (cell, want) in [
            ("无", ""),
            ("暂无", ""),
            ("否", ""),
            ("", ""),
            ("—", ""),
            ("陈大明 陈二虎", ":陈大明:|:陈二虎:"),
            ("何涛\n何海", ":何涛:|:何海:"),
            ("李强和李勇", ":李强:|:李勇:"),
            ("父亲", "父亲::"),
            ("爸爸不能接", "父亲::"),
            ("禁止父亲陈大明接送", "父亲:陈大明:"),
            ("不让爸爸来接", "父亲::"),
            ("不准陈大明、陈二虎接送", ":陈大明:|:陈二虎:"),
            ("不能接", "?"),
            ("父亲陈大明不得接送", "父亲:陈大明:"),
            ("不让爸爸", "父亲::"),
            ("父母", "?"),
            ("有", "?"),
            ("是", "?"),
            ("所有人", "?"),
            ("陈大明 爷爷", "?"),
            ("陈大明（生父），(2026)民初字第118号", "?"),
            ("陈大明，民初字第一一八号", "?"),
            ("Thomas Klein (father) - court order", "?"),
            ("Thomas Klein - court order", "?"),
            ("Thomas Klein (father)", "father:Thomas Klein:"),
            ("Anna Smith-Klein", ":Anna Smith-Klein:"),
            ("陈大明（生父）", "生父:陈大明:"),
        ] {
            assert_eq!(said(barred(cell, "陈小安")), want, "{cell:?}");
        }
    }
}
