//! What an import says: the dry run, the refusals with their place, the JSON at the end.

use std::path::Path;

use crate::texts::{self as t, Lang};

use super::enrol::Plan;
use super::headings::Missing;
use super::read::ReadError;
use super::roster::{Reason, Refused};

/// Why a file cannot be read: what, where, what to do.
#[must_use]
pub fn read_error(lang: Lang, file: &Path, error: &ReadError) -> String {
    let file = file.display();
    match error {
        ReadError::NotFound => t::file_not_found(lang, file),
        ReadError::NotAFile => t::file_not_a_file(lang, file),
        ReadError::Empty => t::file_empty(lang, file),
        ReadError::TooLarge => t::file_too_large(lang, file),
        ReadError::NotText | ReadError::NotATable => t::file_not_a_table(lang, file),
        ReadError::DamagedWorkbook(_) => t::file_damaged(lang, file),
        ReadError::NoHeadings => t::file_no_headings(lang, file),
        ReadError::NoColumn { sheet, row, what } => {
            let sheet = if sheet.is_empty() { String::new() } else { format!(" [{sheet}]") };
            match what {
                Missing::Class => t::file_no_class(lang, format!("{file}{sheet}"), row),
                Missing::Phone => t::file_no_phone(lang, format!("{file}{sheet}"), row),
            }
        }
        ReadError::Io(e) => t::file_io(lang, file, e),
    }
}

/// Why a row is refused.
#[must_use]
pub fn reason(lang: Lang, reason: &Reason) -> String {
    match reason {
        Reason::NoName => t::row_no_name(lang),
        Reason::DamagedName => t::row_damaged_name(lang),
        Reason::HostileText => t::row_hostile(lang),
        Reason::TooLong => t::row_too_long(lang),
        Reason::UnknownGrade(text) => t::row_grade(lang, text),
        Reason::CardTwice(row) => t::row_card_twice(lang, row),
        Reason::CardInUse => t::row_card_in_use(lang),
        Reason::CardLostZeros => t::row_card_lossy(lang),
        Reason::NoReachableAdult => t::row_no_adult(lang),
        Reason::BadPhone(text) => t::row_phone(lang, text),
        Reason::BadWeekdays(text) => t::row_weekdays(lang, text),
        Reason::ChildTwice(row) => t::row_child_twice(lang, row),
        Reason::SeveralNamesakes => t::row_namesakes(lang),
    }
}

fn place(lang: Lang, refused: &Refused) -> String {
    let sheet = if refused.place.sheet.is_empty() { String::new() } else { format!(" [{}]", refused.place.sheet) };
    let file = format!("{}{sheet}", refused.place.file);
    match refused.column {
        0 => t::row_place(lang, file, refused.place.row),
        column => t::cell_place(lang, file, refused.place.row, column),
    }
}

impl Plan {
    /// The plan in lines for a person.
    #[must_use]
    pub fn text(&self, lang: Lang, dry_run: bool, stopped: bool) -> String {
        let mut lines = Vec::new();
        for (sign, names) in [("+", &self.added), ("~", &self.changed)] {
            lines.extend(names.iter().map(|n| format!("{sign} {n}")));
        }
        lines.extend(self.one_number.iter().map(|n| t::one_number(lang, n)));
        lines.extend(self.refused.iter().map(|r| format!("! {}{}", place(lang, r), reason(lang, &r.reason))));
        let counts = t::import_counts(lang, self.added.len(), self.changed.len(), self.unchanged, self.refused.len());
        lines.push(match (dry_run, stopped) {
            (true, _) => t::import_dry(lang, counts),
            (false, true) => t::import_stopped(lang, counts),
            (false, false) => counts,
        });
        lines.push(String::new());
        lines.join("\n")
    }

    /// The plan as one JSON object.
    #[must_use]
    pub fn json(&self, lang: Lang) -> String {
        let refused: Vec<_> = self
            .refused
            .iter()
            .map(|r| {
                serde_json::json!({
                    "file": r.place.file, "sheet": r.place.sheet, "row": r.place.row, "column": r.column,
                    "reason": reason(lang, &r.reason),
                })
            })
            .collect();
        serde_json::json!({
            "added": self.added.len(), "changed": self.changed.len(), "unchanged": self.unchanged,
            "one_number": self.one_number.len(), "refused": refused,
        })
        .to_string()
    }
}
