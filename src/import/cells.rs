//! What a single cell says: names, classes, phones, dates, yes and no, in the spellings that schools write.
//!
//! Nothing here repairs: a text is read as exactly one thing or as nothing.

use chrono::NaiveDate;

use crate::domain::staff::Employment;
use crate::domain::time::Weekdays;

use super::read::Cell;

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

/// The grade of `三年级`, `小学三年级`, `3`, `03`, `Grade 3`.
pub(super) fn read_grade(text: &str) -> Option<u8> {
    let lower = text.to_lowercase();
    let plain = lower.trim_start_matches("小学").trim_start_matches("grade").trim_end_matches("年级").trim_end_matches(['级', '年']);
    read_number(plain.trim())
}

/// Grade and class of `三年级(1)班`, `四(2)班`, `3.1`, `三年级一班`, `三一班`, `3年1班`, `301`, `1班`, `三年级`.
pub(super) fn read_class(text: &str) -> (Option<u8>, Option<u8>) {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let plain = plain.trim_start_matches("小学").trim_end_matches('班');
    if plain.len() == 3 && plain.bytes().all(|b| b.is_ascii_digit()) {
        return (plain.get(..1).and_then(read_number), plain.get(1..).and_then(read_number));
    }
    let split = plain.split_once("年级").or_else(|| plain.split_once('年')).or_else(|| plain.split_once('(')).or_else(|| plain.split_once('.'));
    match split {
        Some((grade, "")) => (read_number(grade), None),
        Some(("", class)) => (None, read_number(class.trim_matches(['(', ')']))),
        Some((grade, class)) => match (read_number(grade), read_number(class.trim_matches(['(', ')', '-', '.']).trim_end_matches('班'))) {
            // Half of a class is no class.
            (Some(grade), Some(class)) => (Some(grade), Some(class)),
            _ => (None, None),
        },
        None => {
            let mut chars = plain.chars();
            let first = chars.next().filter(|c| !c.is_ascii()).and_then(|c| read_number(&c.to_string())).filter(|g| *g <= 6);
            match (first, read_number(chars.as_str())) {
                (Some(grade), Some(class)) => (Some(grade), Some(class)),
                _ => (None, read_number(plain.trim_matches(['(', ')']))),
            }
        }
    }
}

/// Days of the week: `一三五`, `周一、周三`, `1,3,5`, `周一至周五`, `Mon Wed`.
pub(super) fn weekdays(text: &str) -> Option<Weekdays> {
    const NAMES: [(&str, &str, &str); 7] = [
        ("monday", "mon", "1"),
        ("tuesday", "tue", "2"),
        ("wednesday", "wed", "3"),
        ("thursday", "thu", "4"),
        ("friday", "fri", "5"),
        ("saturday", "sat", "6"),
        ("sunday", "sun", "7"),
    ];
    let mut text = std::borrow::Cow::Borrowed(text);
    if text.bytes().any(|b| b.is_ascii_alphabetic()) {
        let lower = text.to_lowercase();
        text = NAMES.iter().fold(lower, |text, (long, short, digit)| text.replace(long, digit).replace(short, digit)).into();
    }
    let (mut bits, mut last, mut range) = (0_u8, None, false);
    for c in text.chars() {
        let day = match c {
            '一' | '1' => 0,
            '二' | '2' => 1,
            '三' | '3' => 2,
            '四' | '4' => 3,
            '五' | '5' => 4,
            '六' | '6' => 5,
            '日' | '天' | '7' => 6,
            '周' | '星' | '期' | '、' | ',' | '，' | ' ' | '/' | ';' | '；' => continue,
            '至' | '到' | '-' | '~' | '～' | '—' if last.is_some() && !range => {
                range = true;
                continue;
            }
            _ => return None,
        };
        let from = last.filter(|_| std::mem::take(&mut range)).unwrap_or(day);
        if from > day {
            return None;
        }
        bits |= (from..=day).fold(0, |bits, d| bits | (1 << d));
        last = Some(day);
    }
    (bits != 0 && !range).then_some(Weekdays(bits))
}

/// What is not well with a child: a code before it and the words for "well" are left out.
pub(super) fn illness(text: &str) -> Option<String> {
    let words = without_code(text);
    let well = ["健康", "良好", "健康或良好", "正常", "无", "没有", "否", "无过敏", "无特殊", "none", "no"].contains(&words.to_lowercase().as_str());
    (!well && !words.is_empty()).then(|| words.to_owned())
}

/// `1-健康`, `51-父亲`: the words without the code of the national systems.
fn without_code(text: &str) -> &str {
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
    matches!(text.to_lowercase().as_str(), "" | ANY_RELATION | "家长" | "parent" | "guardian" | "relative")
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

/// A number to dial: mobile or landline in any punctuation, or with a country's `+`.
pub(super) fn read_phone(text: &str) -> Option<String> {
    let text = text.strip_suffix(".0").unwrap_or(text);
    let plain: String = text.chars().filter(|c| !matches!(c, ' ' | '-' | '(' | ')' | '.' | '—' | '–')).collect();
    let body = plain.strip_prefix("+86").or_else(|| plain.strip_prefix("0086")).unwrap_or(&plain);
    let body = body.strip_prefix("86").filter(|b| b.len() == 11 && b.starts_with('1')).unwrap_or(body);
    let (digits, most) = body.strip_prefix('+').map_or((body, 12), |abroad| (abroad, 15));
    (digits.bytes().all(|b| b.is_ascii_digit()) && (7..=most).contains(&digits.len())).then(|| body.to_owned())
}

/// Whether a phone that was stored as a number still has all its digits: mobile, local or service number, but no landline
/// that lost the 0 of its area code.
pub(super) fn phone_is_whole(number: f64) -> bool {
    (13e9..2e10).contains(&number) || (1e6..1e8).contains(&number) || (4e9..4.01e9).contains(&number) || (8e9..8.01e9).contains(&number)
}

/// A date in any of the spellings of forms, or as a spreadsheet counts it.
pub(super) fn read_date(cell: &Cell) -> Option<NaiveDate> {
    match cell {
        Cell::Date(date) => Some(*date),
        Cell::Number(n) if (19_000_101.0..21_001_231.0).contains(n) => eight_digits(&n.to_string()),
        Cell::Number(n) if (10_000.0..80_000.0).contains(n) => serial(*n),
        Cell::Number(_) => None,
        Cell::Text(text) => {
            let text = tidy_code(text);
            let text = text.split_once([' ', 'T']).filter(|(_, time)| time.contains(':')).map_or(text.as_str(), |(date, _)| date);
            if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
                return eight_digits(text);
            }
            if text.len() == 5 && text.bytes().all(|b| b.is_ascii_digit()) {
                return text.parse().ok().and_then(serial);
            }
            let parts: Vec<u32> = text
                .split(['-', '/', '.', '年', '月', '日'])
                .map(str::trim)
                .filter(|p| !p.is_empty())
                .map(str::parse)
                .collect::<Result<_, _>>()
                .ok()?;
            match parts[..] {
                [year, month, day] if year > 1900 => NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day),
                _ => None,
            }
        }
    }
}

fn eight_digits(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text, "%Y%m%d").ok()
}

/// Days since 1899-12-30, as spreadsheets count from 1900-03-01 on.
pub(super) fn serial(days: f64) -> Option<NaiveDate> {
    #[allow(clippy::cast_possible_truncation)] // a day of this millennium
    let days = days.trunc() as i64;
    NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_signed(chrono::TimeDelta::try_days(days)?)
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
    fn classes_in_any_spelling() {
        for (text, want) in [
            ("三年级(1)班", (Some(3), Some(1))),
            ("四(2)班", (Some(4), Some(2))),
            ("三年级一班", (Some(3), Some(1))),
            ("三年级十二班", (Some(3), Some(12))),
            ("三十二班", (Some(3), Some(12))),
            ("三一班", (Some(3), Some(1))),
            ("三年级", (Some(3), None)),
            ("3年1班", (Some(3), Some(1))),
            ("3.1", (Some(3), Some(1))),
            ("301", (Some(3), Some(1))),
            ("612班", (Some(6), Some(12))),
            ("12班", (None, Some(12))),
            ("十二班", (None, Some(12))),
            ("(2)班", (None, Some(2))),
            ("高一1班", (None, None)),
            ("2024级", (None, None)),
            ("", (None, None)),
        ] {
            assert_eq!(read_class(text), want, "{text}");
        }
        assert_eq!(["三年级", "小学六年级", "Grade 3", "04", "2024级"].map(read_grade), [Some(3), Some(6), Some(3), Some(4), None]);
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

    #[test]
    fn dates_in_any_spelling() {
        let want = NaiveDate::from_ymd_opt(2018, 5, 6);
        for text in ["2018-05-06", "2018.5.6", "2018/5/6", "2018年5月6日", "20180506", "２０１８-０５-０６", "43226", "2018-05-06 00:00:00"]
        {
            assert_eq!(read_date(&Cell::Text(text.to_owned())), want, "{text}");
        }
        assert_eq!(read_date(&Cell::Number(43_226.0)), want);
        assert_eq!(read_date(&Cell::Number(20_180_506.0)), want);
        assert_eq!(read_date(&Cell::Text("5/6".to_owned())), None);
        assert_eq!(read_date(&Cell::Text("2018-02-30".to_owned())), None);
    }

    #[test]
    fn days_of_the_week_in_any_spelling() {
        for (text, want) in [
            ("一三五", Some(0b1_0101)),
            ("周一、周三", Some(0b101)),
            ("1,3,5", Some(0b1_0101)),
            ("周一至周五", Some(0b1_1111)),
            ("1-3、星期五", Some(0b1_0111)),
            ("Mon Wed Fri", Some(0b1_0101)),
            ("Monday-Friday", Some(0b1_1111)),
            ("Money", None),
            ("五至一", None),
            ("周一至", None),
            ("每天", None),
            ("周", None),
        ] {
            assert_eq!(weekdays(text).map(|d| d.0), want, "{text}");
        }
    }

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
}
