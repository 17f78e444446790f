//! Days of the week and dates.

use chrono::NaiveDate;

use super::tidy_code;
use crate::domain::time::Weekdays;
use crate::import::read::Cell;

/// Days of the week: `一三五`, `周一、周三`, `1,3,5`, `周一至周五`, `Mon Wed`.
pub(in crate::import) fn weekdays(text: &str) -> Option<Weekdays> {
    const NAMES: [(&str, &str, &str); 7] = [
        ("monday", "mon", "1"),
        ("tuesday", "tue", "2"),
        ("wednesday", "wed", "3"),
        ("thursday", "thu", "4"),
        ("friday", "fri", "5"),
        ("saturday", "sat", "6"),
        ("sunday", "sun", "7"),
    ];
    let trimmed = text.trim().trim_end_matches(['.', '。']);
    if ["每天", "每日", "天天", "全周", "every day", "everyday", "daily", "all days", "all week"].contains(&trimmed.to_lowercase().as_str()) {
        return Some(Weekdays(0b1_1111));
    }
    if ["M/W/F", "MWF"].contains(&trimmed) {
        return Some(Weekdays(0b1_0101));
    }
    // The school days but some: 除周三外.
    if let Some(but) = trimmed.strip_prefix('除').and_then(|rest| ["以外", "之外", "外"].iter().find_map(|end| rest.strip_suffix(end))) {
        return weekdays(but).map(|days| Weekdays(0b1_1111 & !days.0)).filter(|days| days.0 != 0);
    }
    let only = trimmed.strip_prefix(['仅', '只']).or_else(|| trimmed.strip_suffix(" only")).unwrap_or(trimmed);
    let mut text = std::borrow::Cow::Borrowed(only);
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
            '周' | '星' | '期' | '、' | ',' | '，' | ' ' | '/' | ';' | '；' | '|' | '┋' => continue,
            '至' | '到' | '-' | '~' | '～' | '—' | '–' | '－' if last.is_some() && !range => {
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

/// A date in any of the spellings of forms, or as a spreadsheet counts it.
pub(in crate::import) fn read_date(cell: &Cell) -> Option<NaiveDate> {
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
pub(in crate::import) fn serial(days: f64) -> Option<NaiveDate> {
    #[allow(clippy::cast_possible_truncation)] // a day of this millennium
    let days = days.trunc() as i64;
    NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_signed(chrono::TimeDelta::try_days(days)?)
}

#[cfg(test)]
mod tests {
    use super::*;

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
            ("每天", Some(0b1_1111)),
            ("Every day", Some(0b1_1111)),
            ("M/W/F", Some(0b1_0101)),
            ("Mon–Fri", Some(0b1_1111)),
            ("Fri only", Some(0b1_0000)),
            ("除周三外", Some(0b1_1011)),
            ("仅周五", Some(0b1_0000)),
            ("双周五", None),
            ("周末不来", None),
            ("除", None),
            ("周", None),
        ] {
            assert_eq!(weekdays(text).map(|d| d.0), want, "{text}");
        }
    }
}
