//! Cells that say several things in one line, as the export of the children writes them and a person may:
//!
//! - terms: `2026秋：周一、周三，已签，2026-09-01，签字 王芳，来源 纸质，编号 KH-17；2027春：每个托管日`. What is not said stays as it is.
//! - early days: `周二 17:10 钢琴课；周四 16:30`.
//! - how long somebody is listed: `2026-09-01至2027-01-20`, `2026-09-01起`, `至2027-01-20`.
//!
//! A text that holds one of the signs between the parts stands in `"`, with a `"` inside written twice. Nothing is guessed:
//! what is not understood is the error.

use chrono::{NaiveDate, NaiveTime};

use crate::domain::enrolment::{Consent, EarlyDay};
use crate::domain::time::time_of_day;

use super::cells::{is_hostile, read_date, tidy, tidy_code, weekdays};
use super::read::Cell;
use super::roster::{Reason, RosterTerm};
use super::row::safe;

/// Between the things of a cell.
const ITEMS: [char; 4] = ['；', ';', '\n', '\r'];
/// Between the parts of a thing.
const PARTS: [char; 2] = ['，', ','];
/// Behind the name of a term.
const NAMED: [char; 2] = ['：', ':'];

/// The terms of a cell; the error is the first thing that is none, or a text that may not be kept.
pub(super) fn terms(text: &str) -> Result<Vec<RosterTerm>, Reason> {
    let mut list: Vec<RosterTerm> = Vec::new();
    for item in items(text, Reason::BadTerm)? {
        let term = term(item)?.ok_or_else(|| Reason::BadTerm(shown(item)))?;
        if list.iter().any(|other| other.term == term.term) {
            return Err(Reason::BadTerm(shown(item)));
        }
        list.push(term);
    }
    Ok(list)
}

/// The days of a cell on which a child leaves early.
pub(super) fn early_days(text: &str) -> Result<Vec<EarlyDay>, Reason> {
    let mut list = Vec::new();
    for item in items(text, Reason::BadEarly)? {
        let bad = || Reason::BadEarly(shown(item));
        let (days, rest) = item.split_once(char::is_whitespace).ok_or_else(bad)?;
        let days = weekdays(&tidy_code(days)).ok_or_else(bad)?;
        let (at, reason) = rest.trim_start().split_once(char::is_whitespace).unwrap_or((rest.trim(), ""));
        let at: NaiveTime = time_of_day(&tidy_code(at)).ok_or_else(bad)?;
        let reason = plain(reason.trim()).ok_or_else(bad)?;
        safe(&reason)?;
        list.extend(days.iter().map(|weekday| EarlyDay { weekday, at, reason: reason.clone() }));
    }
    Ok(list)
}

/// First and last day of `2026-09-01至2027-01-20`, `2026-09-01起`, `至2027-01-20`; `None` when it says nothing of the kind.
pub(super) fn validity(text: &str) -> Option<(Option<NaiveDate>, Option<NaiveDate>)> {
    let plain = tidy_code(text).to_lowercase();
    let date = |text: &str| {
        let text = text.trim().trim_start_matches(['自', '从']).trim_start_matches("from").trim_end_matches('起').trim();
        if text.is_empty() { Some(None) } else { read_date(&Cell::Text(text.to_owned())).map(Some) }
    };
    let bounds = ["至", "到", "~", "—", "until", " to ", " - "].iter().find_map(|sign| plain.split_once(sign));
    let (from, until) = match bounds {
        Some((from, until)) => (date(from)?, date(until)?),
        // One date alone says neither.
        None if plain.ends_with('起') || plain.starts_with("from") || plain.starts_with(['自', '从']) => (date(&plain)?, None),
        None => return None,
    };
    let ordered = from.zip(until).is_none_or(|(from, until)| from <= until);
    (ordered && (from.is_some() || until.is_some())).then_some((from, until))
}

/// `Ok(None)` when the item is no term.
fn term(item: &str) -> Result<Option<RosterTerm>, Reason> {
    let Some((name, rest)) = cut(item) else { return Ok(None) };
    let Some(name) = plain(name).filter(|name| !name.is_empty()) else { return Ok(None) };
    safe(&name)?;
    let mut term = RosterTerm { term: name, ..RosterTerm::default() };
    let mut said = 0;
    for part in split(rest, &PARTS).unwrap_or_default().into_iter().filter(|part| !part.is_empty()) {
        if !said_of(&mut term, part)? {
            return Ok(None);
        }
        said += 1;
    }
    Ok((said > 0).then_some(term))
}

/// Takes one part of a term; whether it is understood and said once only.
fn said_of(term: &mut RosterTerm, part: &str) -> Result<bool, Reason> {
    let labelled = [
        (&mut term.signed_by, ["签字人", "签字", "signed by"]),
        (&mut term.source, ["来源", "方式", "source"]),
        (&mut term.reference, ["编号", "文号", "number"]),
    ];
    for (slot, labels) in labelled {
        let Some(value) = labels.iter().find_map(|label| part.strip_prefix(label)) else { continue };
        let value = value.trim_start_matches(|c: char| c.is_whitespace() || NAMED.contains(&c));
        let Some(value) = plain(value).filter(|value| !value.is_empty()) else { return Ok(false) };
        safe(&value)?;
        return Ok(slot.replace(value).is_none());
    }
    let word = tidy(part).to_lowercase();
    Ok(match (word.as_str(), weekdays(&word), read_date(&Cell::Text(word.clone()))) {
        ("每个托管日" | "每天" | "每日" | "every care day" | "every day", _, _) => term.weekdays.replace(None).is_none(),
        ("已签" | "同意" | "signed", _, _) => term.consent.replace(Consent::Given).is_none(),
        ("未签" | "不同意" | "not signed", _, _) => term.consent.replace(Consent::Missing).is_none(),
        (_, Some(days), _) => term.weekdays.replace(Some(days)).is_none(),
        (_, None, Some(date)) => term.signed_on.replace(date).is_none(),
        (_, None, None) => false,
    })
}

fn items(text: &str, bad: fn(String) -> Reason) -> Result<Vec<&str>, Reason> {
    if text.chars().any(|c| is_hostile(c) && !matches!(c, '\n' | '\r' | '\t')) {
        return Err(Reason::HostileText);
    }
    let items = split(text, &ITEMS).ok_or_else(|| bad(shown(text)))?;
    Ok(items.into_iter().filter(|item| !item.is_empty()).collect())
}

/// What stands between these signs, unless they are in quotation marks; `None` when such a mark is not closed.
fn split<'t>(text: &'t str, signs: &[char]) -> Option<Vec<&'t str>> {
    let mut quoted = false;
    let list = text.split(|c: char| {
        quoted ^= c == '"';
        !quoted && signs.contains(&c)
    });
    let list: Vec<&str> = list.map(str::trim).collect();
    text.matches('"').count().is_multiple_of(2).then_some(list)
}

/// What stands before and behind the first colon that is not in quotation marks.
fn cut(item: &str) -> Option<(&str, &str)> {
    let mut quoted = false;
    let mut parts = item.splitn(2, |c: char| {
        quoted ^= c == '"';
        !quoted && NAMED.contains(&c)
    });
    Some((parts.next()?.trim(), parts.next()?.trim()))
}

/// A text without the marks round it; `None` when they do not fit.
fn plain(text: &str) -> Option<String> {
    let Some(rest) = text.strip_prefix('"') else { return (!text.contains('"')).then(|| text.to_owned()) };
    let inner = rest.strip_suffix('"')?;
    (!inner.replace("\"\"", "").contains('"')).then(|| inner.replace("\"\"", "\""))
}

/// So much of a text as a sentence has room for.
fn shown(text: &str) -> String {
    tidy(text).chars().take(40).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::domain::enrolment::Enrolment;
    use crate::domain::time::Weekdays;
    use crate::texts::{Lang, items as words};

    fn day(text: &str) -> Option<NaiveDate> {
        text.parse().ok()
    }

    #[test]
    fn terms_as_people_write_them() {
        let text = |t: &str| Some(t.to_owned());
        let whole = RosterTerm {
            term: "2026秋".to_owned(),
            weekdays: Some(Some(Weekdays(0b1_0101))),
            consent: Some(Consent::Given),
            signed_on: day("2026-09-01"),
            signed_by: text("王芳"),
            source: text("纸质"),
            reference: text("KH-17"),
        };
        for cell in [
            "2026秋：周一、周三、周五，已签，2026-09-01，签字 王芳，来源 纸质，编号 KH-17",
            "2026秋:一三五,已签,2026年9月1日,签字人：王芳,方式 纸质,文号 KH-17；",
            "\"2026秋\"：Mon Wed Fri, signed, signed by 王芳, source 纸质, number \"KH-17\", 2026-09-01",
        ] {
            assert_eq!(terms(cell).unwrap(), std::slice::from_ref(&whole), "{cell}");
        }
        let two = terms("2026秋：每天\n2027春：未签").unwrap();
        assert_eq!(two.iter().map(|t| (t.weekdays, t.consent)).collect::<Vec<_>>(), [(Some(None), None), (None, Some(Consent::Missing))]);
        for (cell, bad) in [
            ("一三五 已签", "一三五 已签"),
            ("2026秋：", "2026秋："),
            ("：已签", "：已签"),
            ("2026秋：已签；2027春：也许", "2027春：也许"),
            ("2026秋：已签，未签", "2026秋：已签，未签"),
            ("2026秋：签字", "2026秋：签字"),
            ("2026秋：2026-02-30", "2026秋：2026-02-30"),
            ("2026秋：已签；2026秋：周一", "2026秋：周一"),
            ("2026秋：来源 \"纸", "2026秋：来源 \"纸"),
        ] {
            assert_eq!(terms(cell), Err(Reason::BadTerm(bad.to_owned())), "{cell}");
        }
        assert_eq!(terms("2026\u{202e}秋：已签"), Err(Reason::HostileText));
        assert_eq!(terms(&format!("{}：已签", "长".repeat(65))), Err(Reason::TooLong));
    }

    #[test]
    fn early_days_as_people_write_them() {
        let five = |weekday| EarlyDay { weekday, at: NaiveTime::from_hms_opt(17, 10, 0).unwrap(), reason: "钢琴课".to_owned() };
        for cell in ["周二 17:10 钢琴课", "二　17：10 钢琴课；", "Tue 1710 \"钢琴课\""] {
            assert_eq!(early_days(cell).unwrap(), [five(chrono::Weekday::Tue)], "{cell}");
        }
        assert_eq!(early_days("二四 17:10 钢琴课").unwrap(), [five(chrono::Weekday::Tue), five(chrono::Weekday::Thu)]);
        assert_eq!(early_days("周五 16:30").unwrap().first().unwrap().reason, "");
        for (cell, bad) in [("周二", "周二"), ("17:10 钢琴", "17:10 钢琴"), ("周二 25:10", "周二 25:10"), ("周二 17:10；某天 16:00", "某天 16:00")]
        {
            assert_eq!(early_days(cell), Err(Reason::BadEarly(bad.to_owned())), "{cell}");
        }
    }

    #[test]
    fn spans_as_people_write_them() {
        let (first, last) = (day("2026-09-01"), day("2027-01-20"));
        for (cell, want) in [
            ("2026-09-01至2027-01-20", Some((first, last))),
            ("自2026年9月1日起至2027年1月20日", Some((first, last))),
            ("2026/9/1～2027/1/20", Some((first, last))),
            ("2026-09-01 to 2027-01-20", Some((first, last))),
            ("2026-09-01起", Some((first, None))),
            ("from 2026-09-01", Some((first, None))),
            ("至2027-01-20", Some((None, last))),
            ("until 2027-01-20", Some((None, last))),
            ("2027-01-20", None),
            ("2027-01-20至2026-09-01", None),
            ("至", None),
            ("长期", None),
        ] {
            assert_eq!(validity(cell), want, "{cell}");
        }
    }

    #[test]
    fn what_is_written_is_read_again_whatever_the_texts_hold() {
        let odd = ["纸质", "a，b", "签字：\"x\"；y", "编号 5", "\"", "每天", ":", "O'Neil, Ann"];
        for (one, other) in odd.iter().flat_map(|a| odd.map(|b| (*a, b))) {
            let text = |t: &str| Some(t.to_owned());
            let known = Enrolment {
                term: one.to_owned(),
                weekdays: Some(Weekdays(0b10)),
                consent: Consent::Missing,
                signed_on: day("2026-09-01"),
                signed_by: text(other),
                source: text(one),
                reference: text(other),
            };
            let early = EarlyDay { weekday: chrono::Weekday::Sun, at: NaiveTime::from_hms_opt(8, 5, 0).unwrap(), reason: one.to_owned() };
            for lang in [Lang::Zh, Lang::En] {
                let back = terms(&words::terms(lang, std::slice::from_ref(&known))).unwrap();
                assert_eq!(back.iter().map(RosterTerm::alone).collect::<Vec<_>>(), std::slice::from_ref(&known));
                assert_eq!(early_days(&words::early_days(lang, std::slice::from_ref(&early))).unwrap(), std::slice::from_ref(&early));
            }
        }
    }
}
