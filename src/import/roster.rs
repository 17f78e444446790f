//! A row becomes a child, or is refused with its place and reason. Nothing lossy is guessed at.

use std::collections::HashMap;

use crate::domain::people::Consent;
use crate::domain::time::Weekdays;

use super::headings::{Columns, Field};
use super::read::{Cell, Sheet};

/// A child as a roster tells it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RosterChild {
    /// Where it stands.
    pub place: Place,
    /// The school's own number.
    pub student_no: Option<String>,
    /// Full name.
    pub name: String,
    /// Grade, 1 to 6.
    pub grade: u8,
    /// Class within the grade.
    pub class_no: Option<u8>,
    /// Card, with its leading zeros.
    pub card: Option<String>,
    /// Household, where the roster numbers them.
    pub household: Option<String>,
    /// Collectors in the order of the columns.
    pub collectors: Vec<RosterCollector>,
    /// Allergy or illness.
    pub health: Option<String>,
    /// Whether the child takes part; `None` when the roster does not say.
    pub care: Option<bool>,
    /// Its days; `None` when the roster does not say.
    pub weekdays: Option<Weekdays>,
    /// Consent.
    pub consent: Consent,
    /// Note.
    pub note: Option<String>,
}

/// A collector as a roster tells it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RosterCollector {
    /// Name; may be empty.
    pub name: String,
    /// Relation; may be empty.
    pub relation: String,
    /// Phone.
    pub phone: Option<String>,
    /// Must not collect.
    pub barred: bool,
}

/// Where something stands in a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    /// Name of the file, without its folder.
    pub file: String,
    /// Sheet; empty for text files.
    pub sheet: String,
    /// Row, from 1.
    pub row: usize,
}

/// A row that is not imported.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refused {
    /// Where.
    pub place: Place,
    /// Column, from 1; 0 when it is about the whole row.
    pub column: usize,
    /// Why.
    pub reason: Reason,
}

/// Why a row is not imported.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reason {
    /// No name.
    NoName,
    /// The name holds a `?` where a character was lost, or a replacement character.
    DamagedName,
    /// Control characters, invisible characters, marks that turn the writing round.
    HostileText,
    /// Longer than 64 characters or 256 bytes.
    TooLong,
    /// The grade is not one of 1 to 6.
    UnknownGrade(String),
    /// The card stands in row so and so as well.
    CardTwice(usize),
    /// The card is in use by somebody else.
    CardInUse,
    /// The card is stored as a number: it has lost its leading zeros or its last digits.
    CardLostZeros,
    /// Nobody with a phone is listed: no reachable adult (F002).
    NoReachableAdult,
    /// Not a phone number.
    BadPhone(String),
    /// Not days of the week.
    BadWeekdays(String),
    /// The same child stands in row so and so, with other content.
    ChildTwice(usize),
    /// Several children of this class bear the name, and nothing tells which is meant.
    SeveralNamesakes,
}

/// Reads the children of a sheet.
pub fn children(file: &str, sheet: &Sheet, columns: &Columns, children: &mut Vec<RosterChild>, refused: &mut Vec<Refused>) {
    for (row, cells) in sheet.rows.iter().skip(columns.header + 1) {
        if cells.iter().all(|c| c.text().trim().is_empty()) {
            continue;
        }
        let place = Place { file: file.to_owned(), sheet: sheet.name.clone(), row: *row };
        let row = Row { cells, columns, sheet };
        match row.child(&place) {
            Ok(child) => children.push(child),
            Err((column, reason)) => refused.push(Refused { place, column, reason }),
        }
    }
}

/// Refuses every row whose card stands twice, and later rows of the same child that say something else.
pub fn refuse_repeated_cards(children: &mut Vec<RosterChild>, refused: &mut Vec<Refused>) {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut twice: Vec<(usize, usize)> = Vec::new();
    for (index, child) in children.iter().enumerate() {
        let Some(card) = &child.card else { continue };
        if let Some(first) = seen.get(card) {
            twice.push((index, *first));
        } else {
            seen.insert(card.clone(), index);
        }
    }
    let mut out = Vec::new();
    for (index, first) in twice {
        let same = children.get(index).zip(children.get(first)).is_some_and(|(a, b)| RosterChild { place: b.place.clone(), ..a.clone() } == *b);
        if same {
            out.push(index);
        } else {
            for (one, other) in [(index, first), (first, index)] {
                let row = children.get(other).map_or(0, |c| c.place.row);
                if let Some(child) = children.get(one) {
                    refused.push(Refused { place: child.place.clone(), column: 0, reason: Reason::CardTwice(row) });
                }
                out.push(one);
            }
        }
    }
    let mut index = 0;
    children.retain(|_| {
        index += 1;
        !out.contains(&(index - 1))
    });
    refused.dedup();
}

struct Row<'r> {
    cells: &'r [Cell],
    columns: &'r Columns,
    sheet: &'r Sheet,
}

type Wrong = (usize, Reason);

impl Row<'_> {
    fn column(&self, field: Field) -> Option<usize> {
        self.columns.fields.get(&field).copied()
    }

    fn cell(&self, field: Field) -> Option<(usize, &Cell)> {
        let column = self.column(field)?;
        Some((column + 1, self.cells.get(column)?))
    }

    /// A cell's text: folded, trimmed, safe; `None` when blank.
    fn text(&self, field: Field) -> Result<Option<String>, Wrong> {
        let Some((column, cell)) = self.cell(field) else { return Ok(None) };
        let text = tidy(&cell.text());
        if text.chars().any(is_hostile) {
            return Err((column, Reason::HostileText));
        }
        if text.len() > 256 || text.chars().count() > 64 {
            return Err((column, Reason::TooLong));
        }
        Ok((!text.is_empty()).then_some(text))
    }

    fn child(&self, place: &Place) -> Result<RosterChild, Wrong> {
        let name_column = self.column(Field::Name).map_or(0, |c| c + 1);
        let name = self.text(Field::Name)?.ok_or((name_column, Reason::NoName))?;
        let name = join_hanzi(&name);
        let lost = self.sheet.lossy_encoding && name.contains(['?', '？']);
        if lost || name.contains('\u{fffd}') || !name.chars().any(char::is_alphabetic) {
            return Err((name_column, Reason::DamagedName));
        }
        let (grade, class_no) = self.grade_and_class()?;
        let note = self.text(Field::Note)?;
        let (health, note) = match (self.text(Field::Health)?.and_then(|text| illness(&text)), note) {
            (None, Some(note)) if note.contains("过敏") => (Some(note), None),
            both => both,
        };
        let care = self.text(Field::Care)?.map(|t| !matches!(t.as_str(), "否" | "不" | "无" | "no" | "n" | "0"));
        let consent = match self.text(Field::Consent)?.as_deref() {
            None => Consent::Unknown,
            Some("否" | "未签" | "无" | "no" | "n" | "0") => Consent::Missing,
            Some(_) => Consent::Given,
        };
        Ok(RosterChild {
            place: place.clone(),
            student_no: self.text(Field::StudentNo)?,
            name,
            grade,
            class_no,
            card: self.card()?,
            household: self.text(Field::Household)?,
            collectors: self.collectors()?,
            health,
            care,
            weekdays: self.weekdays()?,
            consent,
            note: self.with_leave_by(note)?,
        })
    }

    /// How the child goes home is a remark for the carers until a signed letter says that it may go alone (F009).
    fn with_leave_by(&self, note: Option<String>) -> Result<Option<String>, Wrong> {
        let leave_by = self.text(Field::LeaveBy)?.filter(|l| !l.contains("家长"));
        Ok(match (note, leave_by) {
            (Some(note), Some(leave)) if !note.contains(&leave) => Some(format!("{leave}；{note}")),
            (None, Some(leave)) => Some(leave),
            (note, _) => note,
        })
    }

    fn grade_and_class(&self) -> Result<(u8, Option<u8>), Wrong> {
        let class_text = self.text(Field::Class)?.unwrap_or_default();
        let grade_text = self.text(Field::Grade)?.unwrap_or_default();
        let column = self.column(Field::Grade).or(self.column(Field::Class)).map_or(0, |c| c + 1);
        // One sheet for each class: then its name says it.
        let (from_class, class_no) = if class_text.is_empty() { read_class(&self.sheet.name) } else { read_class(&class_text) };
        let grade = if grade_text.is_empty() { from_class } else { read_number(grade_text.trim_end_matches("年级").trim_end_matches('级')) };
        let grade = grade.filter(|g| (1..=6).contains(g));
        let shown = if grade_text.is_empty() { class_text } else { grade_text };
        grade.map(|g| (g, class_no)).ok_or((column, Reason::UnknownGrade(shown)))
    }

    fn card(&self) -> Result<Option<String>, Wrong> {
        let Some((column, cell)) = self.cell(Field::Card) else { return Ok(None) };
        if matches!(cell, Cell::Number(_)) {
            return Err((column, Reason::CardLostZeros));
        }
        let text: String = self.text(Field::Card)?.unwrap_or_default().chars().filter(|c| !c.is_whitespace()).collect();
        if text.is_empty() {
            return Ok(None);
        }
        let code = text.len() >= 4 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b',' || b == b'-');
        if code && text.bytes().any(|b| b.is_ascii_digit()) && !text.to_ascii_uppercase().contains("E+") {
            Ok(Some(text))
        } else {
            Err((column, Reason::CardLostZeros))
        }
    }

    fn weekdays(&self) -> Result<Option<Weekdays>, Wrong> {
        let Some(text) = self.text(Field::Weekdays)? else { return Ok(None) };
        let column = self.column(Field::Weekdays).map_or(0, |c| c + 1);
        let mut bits = 0_u8;
        for c in text.chars() {
            bits |= match c {
                '一' | '1' => 1,
                '二' | '2' => 2,
                '三' | '3' => 4,
                '四' | '4' => 8,
                '五' | '5' => 16,
                '六' | '6' => 32,
                '日' | '天' | '7' => 64,
                '周' | '星' | '期' | '、' | ',' | '，' | ' ' | '/' | ';' | '；' => 0,
                _ => return Err((column, Reason::BadWeekdays(text))),
            };
        }
        Ok(Some(Weekdays(bits)))
    }

    fn collectors(&self) -> Result<Vec<RosterCollector>, Wrong> {
        let mut list: Vec<RosterCollector> = Vec::new();
        // A cell may hold several numbers: the first is this person's, the others reach somebody of the family.
        let mut others: Vec<String> = Vec::new();
        let mut phone = |field: Field| -> Result<Option<String>, Wrong> {
            let column = self.column(field).map_or(0, |c| c + 1);
            let Some(text) = self.text(field)? else { return Ok(None) };
            let parts = text.split(['|', '/', '、', ';', '；', ',', '，']).map(str::trim).filter(|p| !p.is_empty());
            let mut numbers = parts.map(|part| read_phone(part).ok_or_else(|| (column, Reason::BadPhone(text.clone()))));
            let first = numbers.next().transpose()?;
            others.extend(numbers.collect::<Result<Vec<_>, Wrong>>()?);
            Ok(first)
        };
        let parents = [(Field::MotherName, Field::MotherPhone, "母亲"), (Field::FatherName, Field::FatherPhone, "父亲")];
        for (name, number, relation) in parents {
            let (name, phone) = (self.text(name)?.map(|n| join_hanzi(&n)), phone(number)?);
            if name.is_some() || phone.is_some() {
                list.push(RosterCollector { name: name.unwrap_or_default(), relation: relation.to_owned(), phone, barred: false });
            }
        }
        for n in 1..=9 {
            let name = self.text(Field::GuardianName(n))?.map(|n| join_hanzi(&n));
            let relation = self.text(Field::GuardianRelation(n))?;
            let phone = phone(Field::GuardianPhone(n))?;
            if name.is_none() && phone.is_none() {
                continue;
            }
            let known = list.iter().any(|c| phone.is_some() && c.phone == phone && (name.is_none() || name.as_deref() == Some(&c.name)));
            if known {
                continue;
            }
            let relation = relation.unwrap_or_else(|| "监护人".to_owned());
            list.push(RosterCollector { name: name.unwrap_or_default(), relation, phone, barred: false });
        }
        for other in others {
            if !list.iter().any(|c| c.phone.as_ref() == Some(&other)) {
                list.push(RosterCollector { name: String::new(), relation: "监护人".to_owned(), phone: Some(other), barred: false });
            }
        }
        for name in self.text(Field::Barred)?.unwrap_or_default().split(['、', ',', '，', ';', '；', '/']).map(str::trim).filter(|n| !n.is_empty())
        {
            let name = join_hanzi(name);
            match list.iter_mut().find(|c| c.name == name) {
                Some(collector) => collector.barred = true,
                None => list.push(RosterCollector { name, relation: String::new(), phone: None, barred: true }),
            }
        }
        // A parent who must not collect can still be reached.
        if list.iter().any(|c| c.phone.is_some()) {
            return Ok(list);
        }
        let phones = [Field::GuardianPhone(1), Field::MotherPhone, Field::FatherPhone];
        let column = phones.into_iter().find_map(|f| self.column(f)).map_or(0, |c| c + 1);
        Err((column, Reason::NoReachableAdult))
    }
}

/// Full-width characters narrow (but Chinese punctuation stays), line breaks to blanks, ends trimmed.
fn tidy(text: &str) -> String {
    let folded: String = text
        .chars()
        .map(|c| match c {
            '\u{ff10}'..='\u{ff19}' | '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}' | '（' | '）' => {
                u32::from(c).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(c)
            }
            '\u{3000}' | '\n' | '\r' | '\t' => ' ',
            other => other,
        })
        .collect();
    folded.split(' ').filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" ")
}

/// `张 三` is written `张三`; names in letters keep their blanks.
fn join_hanzi(name: &str) -> String {
    if name.chars().any(|c| c.is_ascii_alphabetic()) { name.to_owned() } else { name.replace(' ', "") }
}

fn is_hostile(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{3164}' | '\u{115f}' | '\u{1160}' | '\u{e0000}'..='\u{e007f}')
}

fn read_number(text: &str) -> Option<u8> {
    const DIGITS: [char; 10] = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
    let text = text.trim();
    if let Ok(n) = text.parse() {
        return Some(n);
    }
    let chars: Vec<char> = text.chars().collect();
    let digit = |c: &char| DIGITS.iter().position(|d| d == c).and_then(|i| u8::try_from(i + 1).ok());
    match &chars[..] {
        [one] => digit(one),
        ['十', one] => Some(10 + digit(one)?),
        _ => None,
    }
}

/// Grade and class of `三年级(1)班`, `四(2)班`, `3.1`, `三年级一班`, `301`, `1班`.
pub(super) fn read_class(text: &str) -> (Option<u8>, Option<u8>) {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let plain = plain.trim_end_matches('班');
    if plain.len() == 3 && plain.bytes().all(|b| b.is_ascii_digit()) {
        return (plain.get(..1).and_then(read_number), plain.get(1..).and_then(read_number));
    }
    let split = plain.split_once("年级").or_else(|| plain.split_once('(')).or_else(|| plain.split_once('.'));
    match split {
        Some((grade, class)) => (read_number(grade), read_number(class.trim_matches(['(', ')']).trim_end_matches('班'))),
        None => (None, read_number(plain.trim_matches(['(', ')']))),
    }
}

/// What is not well with a child: a code before it and the words for "well" are left out.
fn illness(text: &str) -> Option<String> {
    let words = text.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches('-').trim();
    let well = ["健康", "良好", "健康或良好", "正常", "无", "没有", "否", "无过敏", "none", "no"].contains(&words.to_lowercase().as_str());
    (!well && !words.is_empty()).then(|| words.to_owned())
}

fn read_phone(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(|c| !matches!(c, ' ' | '-' | '(' | ')')).collect();
    let body = digits.strip_prefix("+86").unwrap_or(&digits);
    (body.bytes().all(|b| b.is_ascii_digit()) && (7..=12).contains(&body.len())).then(|| body.to_owned())
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
            ("3.1", (Some(3), Some(1))),
            ("301", (Some(3), Some(1))),
            ("612班", (Some(6), Some(12))),
            ("12班", (None, Some(12))),
            ("2024级", (None, None)),
            ("", (None, None)),
        ] {
            assert_eq!(read_class(text), want, "{text}");
        }
    }

    #[test]
    fn phones_and_names_are_tidied() {
        assert_eq!(read_phone("138-0013 0000").as_deref(), Some("13800130000"));
        assert_eq!(read_phone("+8613800130000").as_deref(), Some("13800130000"));
        assert_eq!(read_phone("1.38E+10"), None);
        assert_eq!(join_hanzi(&tidy(" 张　三 ")), "张三");
    }
}
