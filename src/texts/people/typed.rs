//! Words that people type on the screen about people, and words that are offered to them.

use chrono::Weekday;

use crate::desk::office::people::{List, View};
use crate::domain::time::Weekdays;

/// Relations that are offered; any other word may be typed.
pub const RELATIONS: [&str; 6] = ["母亲", "父亲", "奶奶", "爷爷", "外婆", "外公"];

/// Ways in which a consent reaches the school; any other word may be typed.
pub const SOURCES: [&str; 3] = ["纸质", "家长群", "平台"];

/// The page that a word after the command opens, if it is one of theirs.
#[must_use]
pub fn page(word: &str) -> Option<View> {
    match word.trim().to_lowercase().as_str() {
        "" => Some(View::Overview),
        "consent" | "同意书" => Some(View::List(List::NoConsent, 0)),
        "refused" | "未接收" => Some(View::Refused),
        "all" | "全部" => Some(View::List(List::All, 0)),
        _ => None,
    }
}

/// The sign that may stand behind a class number.
#[must_use]
pub fn is_class_sign(sign: char) -> bool {
    sign == '班'
}

/// Whether a typed word says that a field stays empty.
#[must_use]
pub fn is_empty_word(text: &str) -> bool {
    matches!(text.trim().to_lowercase().as_str(), "-" | "—" | "无" | "没有" | "none")
}

/// Days of the week as people type them: `135`, `一三五`, `周一 周三`, `mon wed`; `None` when nothing of it is a day.
#[must_use]
pub fn days(text: &str) -> Option<Weekdays> {
    const NAMES: [(&str, Weekday); 7] = [
        ("mon", Weekday::Mon),
        ("tue", Weekday::Tue),
        ("wed", Weekday::Wed),
        ("thu", Weekday::Thu),
        ("fri", Weekday::Fri),
        ("sat", Weekday::Sat),
        ("sun", Weekday::Sun),
    ];
    const SIGNS: [[char; 2]; 7] = [['1', '一'], ['2', '二'], ['3', '三'], ['4', '四'], ['5', '五'], ['6', '六'], ['7', '日']];
    let text = text.trim().to_lowercase();
    let mut bits = 0_u8;
    let letters = text.chars().any(|c| c.is_ascii_alphabetic());
    if letters {
        for part in text.split(|c: char| !c.is_ascii_alphabetic()).filter(|p| !p.is_empty()) {
            let (_, day) = NAMES.iter().find(|(name, _)| part.starts_with(name))?;
            bits |= 1 << day.num_days_from_monday();
        }
    } else {
        for sign in text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '周' | '、' | ',' | '，' | '/' | '.')) {
            let index = SIGNS.iter().position(|s| s.contains(&sign) || (sign == '天' && s[1] == '日'))?;
            bits |= 1 << index;
        }
    }
    (bits != 0).then_some(Weekdays(bits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_as_people_type_them() {
        for (text, want) in [
            ("135", Some(0b1_0101)),
            ("一三五", Some(0b1_0101)),
            ("周一、周三", Some(0b101)),
            ("周日", Some(0b100_0000)),
            ("mon, Wed", Some(0b101)),
            ("Monday fri", Some(0b1_0001)),
            ("2", Some(0b10)),
            ("8", None),
            ("明天", None),
            ("mon xyz", None),
            ("", None),
        ] {
            assert_eq!(days(text), want.map(Weekdays), "{text}");
        }
    }
}
