//! Which column is what: the row whose cells are headings that are known, wherever it stands.

use std::collections::BTreeMap;

use super::read::{Cell, Sheet};

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Field {
    /// The school's own number of the child.
    StudentNo,
    /// The child's name.
    Name,
    /// Grade.
    Grade,
    /// Class, often with the grade.
    Class,
    /// Card number.
    Card,
    /// Allergy, illness.
    Health,
    /// Days of the week.
    Weekdays,
    /// Whether the child takes part.
    Care,
    /// How the child goes home.
    LeaveBy,
    /// Who must not collect.
    Barred,
    /// Note.
    Note,
    /// Consent.
    Consent,
    /// Number of the household.
    Household,
    /// Name of a collector: which one, from 1.
    GuardianName(u8),
    /// Relation of a collector.
    GuardianRelation(u8),
    /// Phone of a collector.
    GuardianPhone(u8),
    /// Name and phone of the father and of the mother, where they have columns of their own.
    FatherName,
    /// See above.
    FatherPhone,
    /// See above.
    MotherName,
    /// See above.
    MotherPhone,
}

/// The columns of a sheet, and the row (index into its rows) in which their headings stand.
#[derive(Debug)]
pub struct Columns {
    /// Index of the heading row.
    pub header: usize,
    /// Which column holds what, from 0.
    pub fields: BTreeMap<Field, usize>,
}

/// Finds the heading row: the first of the first thirty that names a child and knows three columns in all.
#[must_use]
pub fn find(sheet: &Sheet, own: &BTreeMap<String, String>) -> Option<Columns> {
    sheet.rows.iter().take(30).enumerate().find_map(|(header, (_, cells))| {
        let fields = fields(cells, own);
        (fields.contains_key(&Field::Name) && fields.len() >= 3).then_some(Columns { header, fields })
    })
}

fn fields(cells: &[Cell], own: &BTreeMap<String, String>) -> BTreeMap<Field, usize> {
    let mut fields = BTreeMap::new();
    for (column, cell) in cells.iter().enumerate() {
        let heading = normal(&cell.text());
        if heading.is_empty() {
            continue;
        }
        let mapped = own.iter().find(|(h, _)| normal(h) == heading).and_then(|(_, field)| field_of(field, 1));
        let Some(mut field) = mapped.or_else(|| known(&heading)) else { continue };
        // Columns that repeat without a number (several "phone" columns) belong to the next collector.
        while fields.contains_key(&field) {
            #[allow(clippy::wildcard_enum_match_arm)] // only these come several times
            match field {
                Field::GuardianName(n) if n < 9 => field = Field::GuardianName(n + 1),
                Field::GuardianRelation(n) if n < 9 => field = Field::GuardianRelation(n + 1),
                Field::GuardianPhone(n) if n < 9 => field = Field::GuardianPhone(n + 1),
                _ => break,
            }
        }
        fields.entry(field).or_insert(column);
    }
    fields
}

/// A heading without what does not matter: spaces, stars, colons, brackets and what is in them, width, case.
fn normal(text: &str) -> String {
    let mut depth = 0_u32;
    let mut out = String::new();
    for c in text.chars() {
        let c = match c {
            '\u{ff01}'..='\u{ff5e}' => u32::from(c).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(c),
            other => other,
        };
        match c {
            '(' | '[' | '【' | '〔' => depth += 1,
            ')' | ']' | '】' | '〕' => depth = depth.saturating_sub(1),
            _ if depth > 0 || c.is_whitespace() || matches!(c, '*' | ':' | '★' | '#' | '\u{feff}' | '_' | '-') => {}
            _ => out.extend(c.to_lowercase()),
        }
    }
    out
}

fn known(heading: &str) -> Option<Field> {
    const NUMBERS: [(u8, [&str; 2]); 4] = [(1, ["1", "一"]), (2, ["2", "二"]), (3, ["3", "三"]), (4, ["4", "四"])];
    for line in include_str!("../../assets/headings.tsv").lines().filter(|l| !l.starts_with('#')) {
        let Some((field, aliases)) = line.split_once('\t') else { continue };
        for alias in aliases.split('|').map(|a| normal(&a.replace("{n}", "\u{1}"))) {
            if alias == heading {
                return field_of(field, 1);
            }
            if alias.contains('\u{1}') {
                let hit = NUMBERS.iter().find(|(_, spellings)| spellings.iter().any(|s| alias.replace('\u{1}', s) == heading));
                if let Some((n, _)) = hit {
                    return field_of(field, *n);
                }
            }
        }
    }
    None
}

fn field_of(key: &str, n: u8) -> Option<Field> {
    Some(match key {
        "student_no" => Field::StudentNo,
        "name" => Field::Name,
        "grade" => Field::Grade,
        "class" => Field::Class,
        "card" => Field::Card,
        "health" => Field::Health,
        "weekdays" => Field::Weekdays,
        "care" => Field::Care,
        "leave_by" => Field::LeaveBy,
        "barred" => Field::Barred,
        "note" => Field::Note,
        "consent" => Field::Consent,
        "household" => Field::Household,
        "guardian_name" => Field::GuardianName(n),
        "guardian_relation" => Field::GuardianRelation(n),
        "guardian_phone" => Field::GuardianPhone(n),
        "father_name" => Field::FatherName,
        "father_phone" => Field::FatherPhone,
        "mother_name" => Field::MotherName,
        "mother_phone" => Field::MotherPhone,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_found_in_any_dress() {
        for (heading, field) in [
            ("姓 名", Field::Name),
            ("*学生姓名（必填）", Field::Name),
            ("监护人２电话", Field::GuardianPhone(2)),
            ("家长一", Field::GuardianName(1)),
            ("接送卡号", Field::Card),
            ("Class", Field::Class),
        ] {
            assert_eq!(known(&normal(heading)), Some(field), "{heading}");
        }
        assert_eq!(known(&normal("家庭住址")), None);
    }
}
