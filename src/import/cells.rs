//! What a single cell says: names, classes, phones, dates, yes and no, in the spellings that schools write.
//!
//! Nothing here repairs: a text is read as exactly one thing or as nothing.

mod classes;
mod dates;
mod notes;
mod phones;

pub(super) use classes::{read_class, read_grade};
pub(super) use dates::{read_date, serial, weekdays};
pub(super) use notes::{card_is_used, illness, name_says_left, says_left, tells_of_card};
pub(super) use phones::{phone_is_whole, read_phone};

use crate::domain::likeness;
use crate::domain::staff::Employment;

/// From here on a number no longer holds all its digits.
pub(super) const LOSSY: f64 = 1e15;

/// Full-width characters narrow (but Chinese punctuation stays), every kind of blank and line break to one blank, ends
/// trimmed.
pub(super) fn tidy(text: &str) -> String {
    let folded: String = text
        .chars()
        .map(|c| match c {
            '\u{ff10}'..='\u{ff19}' | '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}' | '（' | '）' => narrow(c),
            '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{3000}' | '\n' | '\r' | '\t' => ' ',
            other => other,
        })
        .collect();
    folded.split(' ').filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A number or code: all full-width signs narrow, and without the apostrophe by which a spreadsheet marks text.
pub(super) fn tidy_code(text: &str) -> String {
    let narrowed: String = text.chars().map(|c| if matches!(c, '\u{ff01}'..='\u{ff5e}') { narrow(c) } else { c }).collect();
    let tidied = tidy(&narrowed);
    tidied.trim_start_matches(['\'', '\u{2018}', '`']).trim_start().to_owned()
}

fn narrow(c: char) -> char {
    u32::from(c).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(c)
}

/// `张 三` is written `张三` and the dot within a name is one dot; names in letters keep their blanks.
pub(super) fn join_hanzi(name: &str) -> String {
    if name.chars().any(|c| c.is_ascii_alphabetic()) {
        return name.to_owned();
    }
    let dot = |c| if matches!(c, '•' | '・' | '‧' | '∙' | '.' | '．' | '●') { '·' } else { c };
    name.chars().filter(|c| *c != ' ').map(dot).collect()
}

/// Marks that show nothing or turn the writing round.
pub(super) fn is_hostile(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}' | '\u{200b}'..='\u{200f}')
        || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}')
        || matches!(c, '\u{e0000}'..='\u{e007f}' | '\u{fffe}' | '\u{ffff}')
}

/// A character that stands where another was meant: lost, private to a font, or a radical that only looks like one.
pub(super) fn is_damage(c: char) -> bool {
    matches!(c, '?' | '？' | '\u{fffd}' | '\u{25a1}' | '\u{e000}'..='\u{f8ff}' | '\u{2e80}'..='\u{2fdf}' | '\u{f0000}'..)
}

/// Whether a Chinese character beside a letter is one that two letters of a western encoding look like (`M黮ler` is `Müller`):
/// in GBK its second byte is a letter, as that of no common character is.
pub(super) fn is_western(text: &str) -> bool {
    let rare = |c: char| {
        let mut utf8 = [0_u8; 4];
        let (bytes, _, lost) = encoding_rs::GBK.encode(c.encode_utf8(&mut utf8));
        matches!(c, '\u{3400}'..='\u{9fff}') && !lost && matches!(*bytes, [0x81..=0xfe, second] if second.is_ascii_alphabetic())
    };
    if text.is_ascii() || !text.bytes().any(|b| b.is_ascii_alphabetic()) {
        return false;
    }
    let chars: Vec<char> = text.chars().collect();
    chars.windows(2).any(|pair| match pair {
        [a, b] => (a.is_ascii_alphabetic() && rare(*b)) || (b.is_ascii_alphabetic() && rare(*a)),
        _ => false,
    })
}

/// A small number in figures or Chinese numerals, up to 99.
pub(super) fn read_number(text: &str) -> Option<u8> {
    const DIGITS: [char; 10] = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
    let text = text.trim();
    if let Ok(n) = text.parse() {
        return Some(n);
    }
    let digit = |c: &char| DIGITS.iter().take(9).position(|d| d == c).and_then(|i| u8::try_from(i + 1).ok());
    match &text.chars().collect::<Vec<_>>()[..] {
        ['十'] => Some(10),
        [one] => digit(one),
        ['十', one] => Some(10 + digit(one)?),
        [ten, '十'] => Some(10 * digit(ten)?),
        [ten, '十', one] => Some(10 * digit(ten)? + digit(one)?),
        _ => None,
    }
}

/// Whether a text is what a spreadsheet shows where a formula failed.
pub(super) fn is_error(text: &str) -> bool {
    let plain = text.trim();
    let known = ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#CALC!", "#SPILL!", "#GETTING_DATA", "#FIELD!", "#BLOCKED!"];
    known.iter().any(|e| plain.eq_ignore_ascii_case(e))
        || plain.strip_prefix("Err:").is_some_and(|n| n.len() == 3 && n.bytes().all(|b| b.is_ascii_digit()))
}

/// `1-健康`, `51-父亲`: the words without the code of the national systems.
pub(super) fn without_code(text: &str) -> &str {
    match text.split_once('-') {
        Some((code, words)) if !code.is_empty() && code.bytes().all(|b| b.is_ascii_digit()) => words.trim(),
        _ => text,
    }
}

/// Yes or no, in the signs that forms use; `None` for anything else.
pub(super) fn yes_no(text: &str) -> Option<bool> {
    match without_code(text).to_lowercase().as_str() {
        "是" | "√" | "✓" | "✔" | "参加" | "要" | "有" | "同意" | "已签" | "需要" | "y" | "yes" | "true" | "1" => Some(true),
        "否" | "×" | "✗" | "✘" | "x" | "不参加" | "未参加" | "不" | "无" | "不同意" | "未签" | "不需要" | "退出" | "n" | "no" | "false" | "0"
        | "2" => Some(false),
        _ => None,
    }
}

/// How somebody is employed.
pub(super) fn employment(text: &str) -> Option<Employment> {
    match without_code(text).to_lowercase().as_str() {
        "在编" | "是" | "编内" | "正式" | "permanent" => Some(Employment::Permanent),
        "临聘" | "否" | "编外" | "聘用" | "外聘" | "合同制" | "temporary" => Some(Employment::Temporary),
        "离职" | "left" => Some(Employment::Left),
        _ => None,
    }
}

/// The relation of somebody of whom nothing else is said.
pub(super) const ANY_RELATION: &str = "监护人";

/// Whether a word for a relation names none in particular; empty ones do not.
pub(super) fn is_any_relation(text: &str) -> bool {
    likeness::is_any_guardian(text)
}

/// One word for each relation.
pub(super) fn relation(text: &str) -> String {
    let plain = without_code(text);
    match plain.to_lowercase().as_str() {
        "爸爸" | "爸" | "父" | "父子" | "父女" => "父亲",
        "妈妈" | "妈" | "母" | "母女" | "母子" => "母亲",
        "姥爷" | "外祖父" => "外公",
        "姥姥" | "外祖母" => "外婆",
        "祖父" => "爷爷",
        "祖母" => "奶奶",
        _ => plain,
    }
    .to_owned()
}

/// An identity number in capitals: fifteen or eighteen characters; also behind the letter of a national school number.
pub(super) fn identity(text: &str) -> Option<String> {
    let code = tidy_code(text).to_uppercase();
    let plain = code.strip_prefix(|c: char| c.is_ascii_uppercase() && c != 'X').unwrap_or(&code);
    let (digits, last) = plain.split_at_checked(plain.len().saturating_sub(1))?;
    let is_number = matches!(plain.len(), 15 | 18) && digits.bytes().all(|b| b.is_ascii_digit());
    (is_number && last.bytes().all(|b| b.is_ascii_digit() || b == b'X')).then(|| plain.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_forms() {
        assert_eq!(
            ["√", "Y", "1", "1-是", "×", "2", "不参加", "待定"].map(yes_no),
            [Some(true), Some(true), Some(true), Some(true), Some(false), Some(false), Some(false), None]
        );
        assert_eq!(["爸爸", "51-父亲", "姥姥", "保姆", "guardian"].map(relation), ["父亲", "父亲", "外婆", "保姆", "guardian"]);
        assert_eq!(["监护人", "Parent", "", "母亲"].map(is_any_relation), [true, true, true, false]);
        assert_eq!(illness("1-健康或良好"), None);
        assert_eq!(illness("花生过敏").as_deref(), Some("花生过敏"));
        assert_eq!(identity("g99000020180630002x").as_deref(), Some("99000020180630002X"));
        assert_eq!(identity("'990000201806300021").as_deref(), Some("990000201806300021"));
        assert_eq!(identity("202410101"), None);
    }

    #[test]
    fn phones_and_names_are_tidied() {
        for (text, want) in [
            ("138-0013 0000", Some("13800130000")),
            ("+8613800130000", Some("13800130000")),
            ("+86 13800130000", Some("13800130000")),
            ("8613800130000", Some("13800130000")),
            ("13800130000.0", Some("13800130000")),
            ("010-12345678", Some("01012345678")),
            ("+11234567890", Some("+11234567890")),
            ("1.38E+10", None),
            ("没有", None),
            ("12345", None),
        ] {
            assert_eq!(read_phone(text).as_deref(), want, "{text}");
        }
        assert_eq!(read_phone(&tidy_code("１３８－００１３－００００")).as_deref(), Some("13800130000"));
        assert_eq!([13_800_130_000.0, 12_345_678.0, 1_012_345_678.0, 1.38e12].map(phone_is_whole), [true, true, false, false]);
        assert_eq!(join_hanzi(&tidy(" 张　三\u{a0}\n")), "张三");
        assert_eq!(join_hanzi("买买提•艾力"), "买买提·艾力");
        assert_eq!(join_hanzi("Ora Klein"), "Ora Klein");
    }
}
