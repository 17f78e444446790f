//! What an import says: the dry run field by field, the refusals with their place, the JSON at the end.

use std::io::Write;
use std::path::Path;

use serde_json::json;

use crate::texts::{Lang, cards, import as t, items};

use super::cells::is_hostile;
use super::diff::{class, differences, of_fact, of_new, shown, words};
use super::enrol::{Leaving, Outcome, Plan};
use super::header::key;
use super::headings::Missing;
use super::read::{Cap, ReadError};
use super::roster::{LeftOut, Place, Reason, Remark};

/// So many sheets, and so many rows of each, that were left out are named; of the others only how many there are.
const NAMED: usize = 6;

/// What a file has too much of.
fn over(lang: Lang, file: &str, cap: Cap) -> String {
    match cap {
        Cap::File(mb) => t::file_over_size(lang, file, mb),
        Cap::Files(most) => t::file_over_files(lang, file, most),
        Cap::Rows(most) => t::file_over_rows(lang, file, most),
        Cap::Columns(most) => t::file_over_columns(lang, file, most),
        Cap::Merged(most) => t::file_over_merged(lang, file, most),
        Cap::Row(mb) => t::file_over_row(lang, file, mb),
        Cap::Sheets(mb) => t::file_over_sheets(lang, file, mb),
        Cap::Parts(mb) => t::file_over_parts(lang, file, mb),
        Cap::Packed(times) => t::file_over_packed(lang, file, times),
    }
}

/// Why a file cannot be read: what, where, what to do.
#[must_use]
pub fn read_error(lang: Lang, file: &Path, error: &ReadError) -> String {
    let shown = harmless(&file.display().to_string());
    match error {
        ReadError::NotFound => t::file_not_found(lang, shown),
        ReadError::NotAFile => t::file_not_a_file(lang, shown),
        ReadError::NotAFolderOfRosters => t::file_not_rosters(lang, shown),
        ReadError::Empty => t::file_empty(lang, shown),
        ReadError::TooLarge(cap) => over(lang, &shown, *cap),
        ReadError::TooManyParts(most) => t::file_too_many_parts(lang, shown, most),
        ReadError::NotText | ReadError::NotATable => t::file_not_a_table(lang, shown),
        ReadError::Password => t::file_password(lang, shown),
        ReadError::DamagedWorkbook(_) => t::file_damaged(lang, shown),
        ReadError::Heading { sheet, row, column, heading, others, .. } => {
            let sheet = if sheet.is_empty() { String::new() } else { format!(" [{}]", harmless(sheet)) };
            let first = t::file_heading(lang, format!("{shown}{sheet}"), cell(*column, *row), harmless(heading), key(heading));
            let others: Vec<String> = others.0.iter().map(|other| harmless(other)).collect();
            if others.is_empty() { first } else { first + &t::file_headings_more(lang, others.join(lang.pick("、", ", "))) }
        }
        ReadError::SideBySide { sheet, row, column } => {
            let sheet = if sheet.is_empty() { String::new() } else { format!(" [{}]", harmless(sheet)) };
            t::file_side_by_side(lang, format!("{shown}{sheet}"), cell(*column, *row))
        }
        ReadError::SheetUnread { sheet, row, column, text } => {
            let sheet = if sheet.is_empty() { String::new() } else { format!(" [{}]", harmless(sheet)) };
            t::file_sheet_unread(lang, format!("{shown}{sheet}"), cell(*column, *row), harmless(text))
        }
        ReadError::OldFormat => t::file_old_format(lang, shown),
        ReadError::OddValue(value) => t::file_odd_value(lang, shown, value),
        ReadError::OpenQuote(row) => t::file_open_quote(lang, shown, row),
        ReadError::OnlyHidden(sheet) => t::file_only_hidden(lang, format!("{shown} [{}]", harmless(sheet))),
        ReadError::NoHeadings => t::file_no_headings(lang, shown),
        ReadError::NoColumn { sheet, row, what } => {
            let sheet = if sheet.is_empty() { String::new() } else { format!(" [{}]", harmless(sheet)) };
            match what {
                Missing::Class => t::file_no_class(lang, format!("{shown}{sheet}"), row),
                Missing::Phone => t::file_no_phone(lang, format!("{shown}{sheet}"), row),
            }
        }
        ReadError::NoPart(part) => t::file_no_part(lang, shown, harmless(part)),
        ReadError::NoPartColumn { part, what } => t::file_no_part_column(lang, shown, harmless(part), what),
        ReadError::Part(part, error) => read_error(lang, &file.join(part), error),
        ReadError::Io(e) => t::file_io(lang, shown, e),
        ReadError::Broke { memory, seconds } => t::file_broke(lang, shown, memory, seconds),
        ReadError::Silent(seconds) => t::file_silent(lang, shown, seconds),
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
        Reason::UnknownGrade(text) if text.is_empty() => t::row_no_grade(lang),
        Reason::UnknownGrade(text) => t::row_grade(lang, text),
        Reason::GradesDiffer(one, other) => t::row_grades_differ(lang, one, other),
        Reason::UnclearPeople(text) => t::row_people(lang, text),
        Reason::PeopleDoNotFit(text) => t::row_people_unfit(lang, text),
        Reason::BadClass(text) => t::row_class(lang, text),
        Reason::ClassLostZero(text) => t::row_class_zero(lang, text),
        Reason::WesternText(text) => t::row_western(lang, text),
        Reason::ErrorCell(text) => t::row_error_cell(lang, text),
        Reason::NoteRestricts(text) => t::row_note_restricts(lang, text),
        Reason::CommentRestricts(text) => t::row_comment_restricts(lang, text),
        Reason::Struck => t::row_struck(lang),
        Reason::MayHaveLeft(text) => t::row_may_have_left(lang, text),
        Reason::NoteOnCard(text) => t::row_note_on_card(lang, text),
        Reason::BadCardState(text) => t::row_card_state(lang, text),
        Reason::BarUnclear(text) => t::row_bar_unclear(lang, text),
        Reason::CellSaysMore(text) => t::row_cell_says_more(lang, text),
        Reason::Ditto(text) => t::row_ditto(lang, text),
        Reason::NumberLostDigits => t::row_number_lossy(lang),
        Reason::NumberInUse(name) => t::row_number_in_use(lang, name),
        Reason::CardTwice(other) => t::row_card_twice(lang, place(lang, other, 0)),
        Reason::CardInUse => t::row_card_in_use(lang),
        Reason::CardSharesFace(other) => cards::shares_face(lang, other.tail()),
        Reason::CardTooClose(other) => cards::too_close(lang, other.tail()),
        Reason::CardShort => cards::short_face(lang),
        Reason::BadCard(text) => t::row_card(lang, text),
        Reason::CardLostZeros(Some(digits)) => t::row_card_short(lang, digits),
        Reason::CardLostZeros(None) => t::row_card_lossy(lang),
        Reason::NoReachableAdult => t::row_no_adult(lang),
        Reason::BadPhone(text) => t::row_phone(lang, text),
        Reason::ListsBarred(name) => t::row_lists_barred(lang, name),
        Reason::BadWeekdays(text) => t::row_weekdays(lang, text),
        Reason::TooYoungToLeave => t::row_too_young(lang),
        Reason::LetterUnnamed => t::row_letter_unnamed(lang),
        Reason::BadEmployment(text) => t::row_employment(lang, text),
        Reason::BadTerm(text) => items::bad_term(lang, text),
        Reason::BadEarly(text) => items::bad_early(lang, text),
        Reason::BadSpan(text) => items::bad_span(lang, text),
        Reason::BadDate(text) => items::bad_date(lang, text),
        Reason::NoSuchBuddy(text) => items::no_such_buddy(lang, text),
        Reason::SeveralBuddies(text) => items::several_buddies(lang, text),
        Reason::WithdrawnYetHere => items::withdrawn_yet_here(lang),
        Reason::BadYesNo(text) => t::row_yes_no(lang, text),
        Reason::ChildTwice(other) => t::row_child_twice(lang, place(lang, other, 0)),
        Reason::SeveralNamesakes => t::row_namesakes(lang),
        Reason::FormerName(now) => t::row_former_name(lang, now),
        Reason::StillHere => t::row_still_here(lang),
        Reason::OneChip(other) => t::row_one_chip(lang, place(lang, other, 0)),
        Reason::NobodyToWithdraw => t::row_nobody_to_withdraw(lang),
        Reason::StaffTwice => t::row_staff_twice(lang),
        Reason::TwoClasses(one, other) => {
            let named = |(grade, class_no): &(u8, u8)| class(lang, *grade, Some(*class_no));
            t::row_two_classes(lang, named(one), named(other))
        }
    }
}

/// A place in words: file, sheet, row, and the cell when a column (from 1) is named.
#[must_use]
pub fn place(lang: Lang, place: &Place, column: usize) -> String {
    match column {
        0 => t::row_place(lang, sheet_name(place), place.row),
        column => t::cell_place(lang, sheet_name(place), place.row, column, cell(column, place.row)),
    }
}

/// The columns that were not read, by sheet: letter and heading. `which`: those that are known to be nobody's who collects.
fn columns_not_read(remarks: &[Remark], which: bool) -> Vec<(String, Vec<String>)> {
    let mut sheets: Vec<(String, Vec<String>)> = Vec::new();
    for remark in remarks {
        if let Remark::ColumnNotRead { place, column, heading, aside } = remark
            && *aside == which
        {
            let (sheet, said) = (sheet_name(place), format!("{} {}", letters(*column), harmless(heading)));
            match sheets.last_mut() {
                Some((last, columns)) if *last == sheet => columns.push(said),
                Some(_) | None => sheets.push((sheet, vec![said])),
            }
        }
    }
    sheets
}

/// The name by which a spreadsheet calls a cell: `O9`.
pub(super) fn cell(column: usize, row: usize) -> String {
    letters(column) + &row.to_string()
}

/// The name by which a spreadsheet calls a column: `O`.
pub(super) fn letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    while rest > 0 {
        letters.push(char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap_or(0)));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// Names of files and sheets may hold anything: what hides or turns is shown as a dot.
pub(crate) fn harmless(text: &str) -> String {
    text.chars().map(|c| if is_hostile(c) { '·' } else { c }).collect()
}

fn why(lang: Lang, why: LeftOut) -> String {
    match why {
        LeftOut::Example => t::why_example(lang),
        LeftOut::Footer => t::why_footer(lang),
        LeftOut::Headings => t::why_headings(lang),
        LeftOut::Repeated => t::why_repeated(lang),
    }
}

impl Plan {
    /// The plan in lines for a person: what is new, what changes field by field, what is left to the reader, the counts.
    #[must_use]
    pub fn text(&self, lang: Lang, dry_run: bool, stopped: bool) -> String {
        let mut bytes = Vec::new();
        // Writing to memory does not fail.
        let _ = self.write(lang, dry_run, stopped, &mut bytes);
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// The same, line by line, for plans of any length.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, lang: Lang, dry_run: bool, stopped: bool, out: &mut dyn Write) -> std::io::Result<()> {
        for (name, facts) in self.added.iter().zip(&self.added_facts) {
            writeln!(out, "{}", t::added_line(lang, name))?;
            if dry_run {
                let list = of_new(lang, self.drafts.get(facts.0..facts.1).unwrap_or_default());
                let list: Vec<String> = list.iter().map(|d| t::new_value(lang, &d.what, &d.now)).collect();
                writeln!(out, "    {}", list.join(&t::between_differences(lang)))?;
            }
        }
        for name in &self.staff {
            writeln!(out, "{}", t::added_staff(lang, name))?;
        }
        for changed in &self.changed {
            let facts = self.drafts.get(changed.facts.0..changed.facts.1).unwrap_or_default();
            let list: Vec<String> = differences(lang, facts).iter().map(|d| words(lang, d)).collect();
            let name = format!("{} {}", changed.name, class(lang, changed.class.0, changed.class.1));
            writeln!(out, "{}", t::changed_line(lang, name, list.join(&t::between_differences(lang))))?;
        }
        for name in &self.one_number {
            writeln!(out, "{}", t::one_number(lang, name))?;
        }
        for name in &self.missing {
            writeln!(out, "{}", t::missing_line(lang, name))?;
        }
        for leaving in &self.leaving {
            writeln!(out, "{}", leaving_line(lang, leaving))?;
        }
        let lost = self.remarks.iter().filter_map(|r| if let Remark::IdentityLost { place, column } = r { Some((place, *column)) } else { None });
        for (sheet, cells) in by_sheet(lost) {
            let cells: Vec<String> = cells.iter().map(|(row, column)| cell(*column, *row)).collect();
            writeln!(out, "{}", t::identity_lost(lang, sheet, cells.join(lang.pick("、", ", "))))?;
        }
        // Those two are told by sheet.
        let alone = |r: &&Remark| !matches!(r, Remark::IdentityLost { .. } | Remark::ColumnNotRead { .. });
        for remark in self.remarks.iter().filter(alone) {
            writeln!(out, "{}", sentence(lang, remark).2)?;
        }
        for (sheet, columns) in columns_not_read(&self.remarks, true) {
            writeln!(out, "{}", t::columns_aside(lang, sheet, columns.join(lang.pick("、", ", "))))?;
        }
        for (sheet, columns) in columns_not_read(&self.remarks, false) {
            writeln!(out, "{}", t::columns_not_read(lang, sheet, columns.join(lang.pick("、", ", "))))?;
        }
        for kind in [LeftOut::Example, LeftOut::Footer, LeftOut::Headings, LeftOut::Repeated] {
            let sheets = by_sheet(self.left_out.iter().filter(|(_, k)| *k == kind).map(|(p, _)| (p, 0)));
            let all: usize = sheets.iter().map(|(_, rows)| rows.len()).sum();
            if all > 0 {
                let named = sheets.iter().take(NAMED).map(|(sheet, rows)| {
                    let rows: Vec<String> = rows.iter().take(NAMED).map(|(row, _)| row.to_string()).collect();
                    t::row_place(lang, sheet, rows.join(lang.pick("、", ", ")))
                });
                let named = named.collect::<Vec<_>>().join(lang.pick("；", "; "));
                let named = if sheets.len() > NAMED { t::left_out_more(lang, named) } else { named };
                writeln!(out, "{}", t::left_out_line(lang, why(lang, kind), all, named))?;
            }
        }
        for refused in &self.refused {
            writeln!(out, "{}", t::refused_line(lang, place(lang, &refused.place, refused.column), reason(lang, &refused.reason)))?;
        }
        let mut who: Vec<&str> = self.refused.iter().map(|r| r.who.as_str()).filter(|who| !who.is_empty()).collect();
        who.sort_unstable();
        who.dedup();
        if !who.is_empty() {
            writeln!(out, "{}", t::refused_whom(lang, who.join(lang.pick("、", ", "))))?;
        }
        let counts = t::import_counts(lang, self.added.len(), self.changed.len(), self.unchanged, self.refused.len());
        let sum = match (dry_run, stopped) {
            (true, _) => t::import_dry(lang, counts),
            (false, true) => t::import_stopped(lang, counts),
            (false, false) => counts,
        };
        writeln!(out, "{sum}")
    }

    /// The plan as one JSON object.
    #[must_use]
    pub fn json(&self, lang: Lang) -> String {
        let at = |p: &Place| json!({ "file": harmless(&p.file), "sheet": harmless(&p.sheet), "row": p.row });
        let refused: Vec<_> = self
            .refused
            .iter()
            .map(|r| {
                let cell = if r.column == 0 { String::new() } else { cell(r.column, r.place.row) };
                json!({
                    "file": harmless(&r.place.file), "sheet": harmless(&r.place.sheet), "row": r.place.row, "column": r.column, "cell": cell, "who": r.who,
                    "reason": reason(lang, &r.reason),
                })
            })
            .collect();
        let changes: Vec<_> = self
            .changed
            .iter()
            .map(|c| {
                let facts = self.drafts.get(c.facts.0..c.facts.1).unwrap_or_default();
                let fields: Vec<_> = differences(lang, facts)
                    .into_iter()
                    .map(|d| json!({ "field": d.field, "what": d.what.trim(), "was": d.was, "now": d.now }))
                    .collect();
                json!({ "name": c.name, "class": class(lang, c.class.0, c.class.1), "fields": fields })
            })
            .collect();
        let new: Vec<_> = self
            .added
            .iter()
            .zip(&self.added_facts)
            .map(|(name, facts)| {
                let list = of_new(lang, self.drafts.get(facts.0..facts.1).unwrap_or_default());
                let fields: Vec<_> = list.into_iter().map(|d| json!({ "field": d.field, "what": d.what, "now": d.now })).collect();
                json!({ "name": name, "fields": fields })
            })
            .collect();
        let left_out: Vec<_> = self.left_out.iter().map(|(p, kind)| json!({ "place": at(p), "why": why(lang, *kind) })).collect();
        let remarks: Vec<_> = self.remarks.iter().map(|r| remark(lang, r)).collect();
        let leaving: Vec<_> = self
            .leaving
            .iter()
            .map(|l| {
                let why = if l.marked { "marked" } else { "missing" };
                let outcome = match l.outcome {
                    Outcome::Stays => "stays",
                    Outcome::Ends => "ends",
                    Outcome::Last => "last",
                };
                json!({
                    "child": l.child, "class": class(lang, l.class.0, l.class.1), "relation": l.relation, "name": l.name, "why": why,
                    "outcome": outcome, "what": leaving_line(lang, l).trim_start_matches("? ").trim_start_matches("- "),
                })
            })
            .collect();
        json!({
            "leaving": leaving, "added": self.added.len(), "new": new, "changed": self.changed.len(), "unchanged": self.unchanged, "refused": refused,
            "staff": self.staff.len(), "one_number": self.one_number.len(), "missing": self.missing, "changes": changes,
            "left_out": left_out, "remarks": remarks,
        })
        .to_string()
    }
}

fn leaving_line(lang: Lang, leaving: &Leaving) -> String {
    let child = format!("{} {}", leaving.child, class(lang, leaving.class.0, leaving.class.1));
    let who = t::collector_of(lang, &leaving.relation, &leaving.name).trim().to_owned();
    let why = if leaving.marked { t::leaving_marked(lang) } else { t::leaving_missing(lang) };
    match leaving.outcome {
        Outcome::Stays => t::leaving_stays(lang, child, who, why),
        Outcome::Ends => t::leaving_ends(lang, child, who, why),
        Outcome::Last => t::leaving_last(lang, child, who, why),
    }
}

fn not_guardian(lang: Lang, child: &str, name: &str, role: &str) -> String {
    let who = match (name.is_empty(), role.is_empty()) {
        (false, false) => t::person_with_role(lang, name, role),
        (false, true) => name.to_owned(),
        (true, _) => role.to_owned(),
    };
    if role.is_empty() { t::no_role(lang, child, who) } else { t::not_guardian(lang, child, who, role) }
}

/// Where a remark belongs, its column (0 when it is about more than a cell), and its sentence.
fn sentence(lang: Lang, remark: &Remark) -> (&Place, usize, String) {
    match remark {
        Remark::IdentityLost { place, column } => (place, *column, t::identity_lost(lang, sheet_name(place), cell(*column, place.row))),
        Remark::NotOnStaff { place: at, column, name } => (at, *column, t::not_on_staff(lang, place(lang, at, *column), name)),
        Remark::StaffUnnamed { place: at, column } => (at, *column, t::staff_unnamed(lang, place(lang, at, *column))),
        Remark::BuddyLeftOut { place: at, column } => (at, *column, items::buddy_left_out(lang, place(lang, at, *column))),
        Remark::NotGuardian { place: at, child, name, role } => (at, 0, not_guardian(lang, child, name, role)),
        Remark::RemovedUnclear { place: at, name } => (at, 0, t::removed_unclear(lang, place(lang, at, 0), name)),
        Remark::NamesNobody { place: at, column, id } => (at, *column, t::names_nobody(lang, place(lang, at, *column), id)),
        Remark::SheetHidden { place } => (place, 0, t::sheet_hidden(lang, sheet_name(place))),
        Remark::EndedBefore { place: at, name } => (at, 0, t::ended_before(lang, place(lang, at, 0), name)),
        Remark::DecidedAtDesk { place: at, child, refused } => {
            let kept = of_fact(lang, refused).into_iter().map(|d| t::kept_field(lang, d.what.trim(), shown(lang, &d.was), shown(lang, &d.now)));
            (at, 0, t::decided_at_desk(lang, place(lang, at, 0), child, kept.collect::<Vec<_>>().join(&t::between_differences(lang))))
        }
        Remark::HasNumberOfBarred { place: at, name } => (at, 0, t::has_number_of_barred(lang, place(lang, at, 0), name)),
        Remark::StaffTakenOff { place: at, name } => (at, 0, t::staff_taken_off(lang, place(lang, at, 0), name)),
        Remark::NamedInDoubt { place: at, name } => (at, 0, t::named_in_doubt(lang, place(lang, at, 0), name)),
        Remark::BarredByName { place: at, column, name } => (at, *column, t::barred_by_name(lang, place(lang, at, *column), name)),
        Remark::SaidNoGuardian { place: at, column, child, name } => (at, *column, t::said_no_guardian(lang, place(lang, at, *column), child, name)),
        Remark::CardNotUsed { place: at, column, text } => (at, *column, t::card_not_used(lang, place(lang, at, *column), text)),
        Remark::LetterWanted { place: at, column, name } => (at, *column, t::letter_wanted(lang, place(lang, at, *column), name)),
        Remark::NobodyMayCollect { place: at, name } => (at, 0, t::nobody_may_collect(lang, place(lang, at, 0), name)),
        Remark::SaidBelow { place: at, column, text } => (at, *column, t::said_below(lang, place(lang, at, *column), text)),
        Remark::NumberShared { place: at, column, phone, name, other } => {
            (at, *column, t::number_shared(lang, place(lang, at, *column), phone, name, place(lang, other, 0)))
        }
        Remark::NoteNamesWhoMay { place: at, column, text } => (at, *column, t::note_names_who_may(lang, place(lang, at, *column), text)),
        Remark::NamesakeInClass { place: at, column, name, other } => {
            (at, *column, t::namesake_in_class(lang, place(lang, at, *column), name, place(lang, other, 0)))
        }
        Remark::CardSpellings { place: at, column, text } => (at, *column, t::card_spellings(lang, place(lang, at, *column), text)),
        Remark::ColumnNotRead { place, column, heading, aside } => {
            let say = if *aside { t::columns_aside } else { t::columns_not_read };
            (place, *column, say(lang, sheet_name(place), format!("{} {}", letters(*column), harmless(heading))))
        }
        Remark::CommentNotRead { place: at, column, text } => (at, *column, t::comment_not_read(lang, place(lang, at, *column), text)),
        Remark::SheetNotRead { place } => (place, 0, t::sheet_not_read(lang, sheet_name(place))),
    }
}

fn remark(lang: Lang, remark: &Remark) -> serde_json::Value {
    let (at, column, what) = sentence(lang, remark);
    json!({ "file": harmless(&at.file), "sheet": harmless(&at.sheet), "row": at.row, "column": column, "what": what.trim_start_matches("? ") })
}

/// File and sheet of a place.
fn sheet_name(place: &Place) -> String {
    if place.sheet.is_empty() { harmless(&place.file) } else { format!("{} [{}]", harmless(&place.file), harmless(&place.sheet)) }
}

/// Rows and columns by sheet, in the order in which the sheets come.
fn by_sheet<'p>(places: impl Iterator<Item = (&'p Place, usize)>) -> Vec<(String, Vec<(usize, usize)>)> {
    let mut sheets: Vec<(String, Vec<(usize, usize)>)> = Vec::new();
    for (place, column) in places {
        let name = sheet_name(place);
        match sheets.last_mut() {
            Some((last, rows)) if *last == name => rows.push((place.row, column)),
            Some(_) | None => sheets.push((name, vec![(place.row, column)])),
        }
    }
    sheets
}
