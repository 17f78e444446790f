//! A column that may speak of a child's safety and is not understood: what it may be, and how a person is asked.
//!
//! The answer is a word of [`super::Answers::columns`], the same that can be given on the command line.

use std::collections::BTreeMap;
use std::path::Path;

use crate::texts::{Lang, import as t};

use super::cells::read_phone;
use super::header::key;
use super::headings::{meaning, normal};
use super::read::ReadError;
use super::words::{cell, harmless};

/// What such a column may hold.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Allergy, illness.
    Health,
    /// Who must not collect.
    Barred,
    /// Who may collect.
    Collector,
    /// A collector's phone.
    CollectorPhone,
    /// The mother's phone.
    MotherPhone,
    /// The father's phone.
    FatherPhone,
    /// Somebody to call in an emergency.
    Emergency,
    /// That person's phone.
    EmergencyPhone,
    /// The child's own phone.
    ChildPhone,
    /// Card number.
    Card,
    /// How the child goes home.
    LeaveBy,
    /// Note.
    Note,
    /// It is not wanted.
    NotRead,
}

impl Kind {
    /// All, in the order in which they are offered when nothing speaks for one of them.
    pub const ALL: [Self; 13] = [
        Self::Health,
        Self::Barred,
        Self::Collector,
        Self::CollectorPhone,
        Self::MotherPhone,
        Self::FatherPhone,
        Self::EmergencyPhone,
        Self::Emergency,
        Self::ChildPhone,
        Self::Card,
        Self::LeaveBy,
        Self::Note,
        Self::NotRead,
    ];

    /// The heading by which the kind is understood.
    #[must_use]
    pub fn word(self, lang: Lang) -> String {
        match self {
            Self::Health => t::kind_health(lang),
            Self::Barred => t::kind_barred(lang),
            Self::Collector => t::kind_collector(lang),
            Self::CollectorPhone => t::kind_collector_phone(lang),
            Self::MotherPhone => t::kind_mother_phone(lang),
            Self::FatherPhone => t::kind_father_phone(lang),
            Self::Emergency => t::kind_emergency(lang),
            Self::EmergencyPhone => t::kind_emergency_phone(lang),
            Self::ChildPhone => t::kind_child_phone(lang),
            Self::Card => t::kind_card(lang),
            Self::LeaveBy => t::kind_leave_by(lang),
            Self::Note => t::kind_note(lang),
            Self::NotRead => t::kind_not_read(lang),
        }
    }
}

/// What a column may hold, the likeliest first; that it is not wanted comes last.
#[must_use]
pub fn likely(heading: &str, values: &[String]) -> Vec<Kind> {
    let plain = normal(heading);
    let has = |words: &[&str]| words.iter().any(|word| plain.contains(word));
    let phones = !values.is_empty() && values.iter().all(|value| read_phone(value).is_some());
    let mut first = Vec::new();
    if phones || has(&["电话", "手机", "phone"]) {
        first.extend([Kind::CollectorPhone, Kind::EmergencyPhone, Kind::ChildPhone, Kind::MotherPhone, Kind::FatherPhone]);
    }
    if has(&["过敏", "病", "忌", "allerg", "medical"]) {
        first.extend([Kind::Health, Kind::Note]);
    }
    if has(&["不得", "不能", "不可", "不准", "不许", "禁", "限制", "notallowed", "barred"]) {
        first.extend([Kind::Barred, Kind::Health, Kind::Note]);
    }
    if has(&["卡", "card"]) {
        first.push(Kind::Card);
    }
    if has(&["接", "pickup", "collect"]) {
        first.extend([Kind::Collector, Kind::Barred, Kind::LeaveBy, Kind::Note]);
    }
    let mut list = Vec::new();
    for kind in first.into_iter().chain(Kind::ALL) {
        if !list.contains(&kind) {
            list.push(kind);
        }
    }
    list
}

/// The question about such a column: where it stands, its heading, some of its values, what it may be. `None` for other errors.
#[must_use]
pub fn question(lang: Lang, file: &Path, error: &ReadError, kinds: &[Kind]) -> Option<String> {
    const LONGEST: usize = 24;
    let ReadError::Heading { sheet, row, column, heading, values, .. } = error else { return None };
    if key(heading).is_empty() {
        return None;
    }
    let short = |value: &String| {
        let cut: String = harmless(value).chars().take(LONGEST).collect();
        if value.chars().count() > LONGEST { cut + "…" } else { cut }
    };
    let file = harmless(&file.display().to_string());
    let place = if sheet.is_empty() { file } else { format!("{file} [{}]", harmless(sheet)) };
    let values: Vec<String> = values.iter().map(short).collect();
    let values = if values.is_empty() { t::nothing_there(lang) } else { values.join(lang.pick("；", "; ")) };
    let choices = (1..).zip(kinds).map(|(n, kind)| {
        let what = if *kind == Kind::NotRead { t::kind_unwanted(lang) } else { kind.word(lang) };
        t::column_choice(lang, n, what)
    });
    let lines = std::iter::once(t::column_question(lang, place, cell(*column, *row), harmless(heading), values)).chain(choices);
    Some(lines.collect::<Vec<_>>().join("\n"))
}

/// What an answer says of a heading, as a word of [`super::Answers::columns`]: a number of the list, or any name of a column.
#[must_use]
pub fn answered(lang: Lang, heading: &str, kinds: &[Kind], typed: &str) -> Option<String> {
    let of_list = typed.parse::<usize>().ok().and_then(|n| kinds.get(n.checked_sub(1)?)).map(|kind| kind.word(lang));
    let named = || meaning(typed, &BTreeMap::new()).is_some() && !typed.contains(['=', ',']);
    let word = of_list.or_else(|| named().then(|| typed.to_owned()))?;
    Some(format!("{}={word}", key(heading)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_a_heading_that_is_understood_in_both_languages() {
        for kind in Kind::ALL {
            let [zh, en] = [Lang::Zh, Lang::En].map(|lang| meaning(&kind.word(lang), &BTreeMap::new()).map(|(field, _)| field));
            assert!(zh.is_some() && zh == en, "{kind:?} {zh:?} {en:?}");
        }
    }

    #[test]
    fn the_likeliest_comes_first_and_every_kind_is_offered_once() {
        for (heading, values, first) in [
            ("爷爷的电话", &["13800130001"][..], Kind::CollectorPhone),
            ("禁止来访", &["陈大明"], Kind::Barred),
            ("谁来接", &["13800130001", "0571-88880000"], Kind::CollectorPhone),
            ("过敏登记", &["花生"], Kind::Health),
            ("禁忌", &["海鲜"], Kind::Health),
            ("蓝卡", &["0004835001"], Kind::Card),
            ("接送备注", &["奶奶接"], Kind::Collector),
            ("Pick-up notes", &[], Kind::Collector),
            ("Medical plan no.", &[], Kind::Health),
            ("其他", &["花生过敏"], Kind::Health),
        ] {
            let values: Vec<String> = values.iter().map(|v| (*v).to_owned()).collect();
            let list = likely(heading, &values);
            assert_eq!((list.first(), list.last(), list.len()), (Some(&first), Some(&Kind::NotRead), Kind::ALL.len()), "{heading}");
        }
    }

    #[test]
    fn an_answer_is_a_number_of_the_list_or_a_name() {
        let kinds = likely("爷爷的电话", &[]);
        for (typed, word) in [
            ("1", Some("爷爷的电话=家长电话")),
            ("13", Some("爷爷的电话=不读")),
            ("监护人3电话", Some("爷爷的电话=监护人3电话")),
            ("0", None),
            ("14", None),
            ("y", None),
            ("1,2", None),
            ("不知道", None),
        ] {
            assert_eq!(answered(Lang::Zh, "爷爷的（电话）", &kinds, typed).as_deref(), word, "{typed}");
        }
    }
}
