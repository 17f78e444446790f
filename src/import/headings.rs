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
    /// A phone of which the heading does not say whose it is.
    FamilyPhone(u8),
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

impl Columns {
    /// What a roster cannot do without and these columns do not have: where the child belongs, or whom to call.
    #[must_use]
    pub fn missing(&self, sheet: &Sheet) -> Option<Missing> {
        let has = |f: Field| self.fields.contains_key(&f);
        let class = has(Field::Grade) || has(Field::Class) || super::roster::read_class(&sheet.name).0.is_some();
        let phone = has(Field::FatherPhone) || has(Field::MotherPhone) || (1..=9).any(|n| has(Field::GuardianPhone(n)));
        match (class, phone) {
            (false, _) => Some(Missing::Class),
            (true, false) => Some(Missing::Phone),
            (true, true) => None,
        }
    }
}

/// A column that is not there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Missing {
    /// Grade or class.
    Class,
    /// A phone of anybody.
    Phone,
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
    let mut without_number = Vec::new();
    for (column, cell) in cells.iter().enumerate() {
        let heading = normal(&cell.text());
        if heading.is_empty() {
            continue;
        }
        let mapped = own.iter().find(|(h, _)| normal(h) == heading).and_then(|(_, field)| field_of(field, 1));
        let named = parent_in_brackets(&cell.text());
        match mapped.map(|field| (field, true)).or_else(|| known(&named.unwrap_or(heading))) {
            Some((field, true)) if !fields.contains_key(&field) => {
                fields.insert(field, column);
            }
            Some((field, _)) => without_number.push((field, column)),
            None => {}
        }
    }
    // Columns without a number, and those that repeat, belong to the next collector that has none of the kind.
    for (field, column) in without_number {
        let free = (1..=9).map(|n| numbered(field, n)).find(|f| !fields.contains_key(f)).unwrap_or(field);
        fields.entry(free).or_insert(column);
    }
    give_family_phones(&mut fields);
    fields
}

/// The same field of the n-th collector; others are what they are.
fn numbered(field: Field, n: u8) -> Field {
    #[allow(clippy::wildcard_enum_match_arm)] // only these come several times
    match field {
        Field::GuardianName(_) => Field::GuardianName(n),
        Field::GuardianRelation(_) => Field::GuardianRelation(n),
        Field::GuardianPhone(_) => Field::GuardianPhone(n),
        Field::FamilyPhone(_) => Field::FamilyPhone(n),
        other => other,
    }
}

/// A phone of the family is that of the first collector who has a name and none of its own, else of one more.
fn give_family_phones(fields: &mut BTreeMap<Field, usize>) {
    for n in 1..=9 {
        let Some(column) = fields.remove(&Field::FamilyPhone(n)) else { continue };
        let without = |m: &u8| fields.contains_key(&Field::GuardianName(*m)) && !fields.contains_key(&Field::GuardianPhone(*m));
        let unused = |m: &u8| !fields.contains_key(&Field::GuardianName(*m)) && !fields.contains_key(&Field::GuardianPhone(*m));
        if let Some(m) = (1..=9).find(without).or_else(|| (1..=9).find(unused)) {
            fields.insert(Field::GuardianPhone(m), column);
        }
    }
}

/// `监护人(父亲)电话` is the father's, although brackets are left out of headings otherwise.
fn parent_in_brackets(heading: &str) -> Option<String> {
    let plain: String = heading.chars().filter(|c| !matches!(c, '(' | ')' | '（' | '）')).collect();
    let in_brackets = ["(父亲)", "(母亲)", "（父亲）", "（母亲）"].iter().any(|p| heading.contains(p));
    in_brackets.then(|| normal(&plain))
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

/// The field of a heading, and whether it says which one: by its number, or because there is only one of the kind.
fn known(heading: &str) -> Option<(Field, bool)> {
    const NUMBERS: [(u8, [&str; 2]); 4] = [(1, ["1", "一"]), (2, ["2", "二"]), (3, ["3", "三"]), (4, ["4", "四"])];
    for line in include_str!("../../assets/headings.tsv").lines().filter(|l| !l.starts_with('#')) {
        let Some((key, aliases)) = line.split_once('\t') else { continue };
        for alias in aliases.split('|').map(|a| normal(&a.replace("{n}", "\u{1}"))) {
            if alias == heading {
                let field = field_of(key, 1)?;
                return Some((field, numbered(field, 2) == field));
            }
            if alias.contains('\u{1}') {
                let hit = NUMBERS.iter().find(|(_, spellings)| spellings.iter().any(|s| alias.replace('\u{1}', s) == heading));
                if let Some((n, _)) = hit {
                    return Some((field_of(key, *n)?, true));
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
        "family_phone" => Field::FamilyPhone(n),
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
            assert_eq!(known(&normal(heading)).map(|(f, _)| f), Some(field), "{heading}");
        }
        assert_eq!(known(&normal("家庭住址")), None);
    }

    #[test]
    fn a_phone_goes_to_whom_it_belongs() {
        let of = |line: &str| fields(&line.split(',').map(|c| Cell::Text(c.to_owned())).collect::<Vec<_>>(), &BTreeMap::new());
        let plain = of("姓名,年级,家长姓名,关系,联系电话");
        assert_eq!((plain[&Field::GuardianName(1)], plain[&Field::GuardianPhone(1)]), (2, 4));
        // The family's phone comes first in the line, but the members have phones of their own.
        let members = of("姓名,班号,联系电话,成员1姓名,成员1关系,成员1联系电话,成员2姓名,成员2联系电话");
        assert_eq!([1, 2, 3].map(|n| members.get(&Field::GuardianPhone(n)).copied()), [Some(5), Some(7), Some(2)]);
        let twice = of("姓名,班级,家长姓名,电话,家长姓名,电话");
        assert_eq!([1, 2].map(|n| (twice[&Field::GuardianName(n)], twice[&Field::GuardianPhone(n)])), [(2, 3), (4, 5)]);
        let parents = of("姓名,班级,监护人(父亲),监护人(母亲),监护人(父亲)电话,监护人(母亲)电话");
        assert_eq!([Field::FatherName, Field::MotherName, Field::FatherPhone, Field::MotherPhone].map(|f| parents[&f]), [2, 3, 4, 5]);
    }
}
