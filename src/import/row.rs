//! One row of a list becomes a child or a member of staff, or is refused at the cell that is wrong.

mod listed;

use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::people::{Consent, MOST_LISTED};
use crate::domain::time::Weekdays;

use super::cells::{
    LOSSY, card_is_used, employment, identity, illness, is_damage, is_error, is_hostile, is_western, join_hanzi, read_class, read_date, read_grade,
    tidy, tidy_code, weekdays, yes_no,
};
use super::header::{Columns, NotRead, Unread};
use super::headings::{Field, numbered};
use super::items;
use super::nobody::{is_ditto, is_nothing};
use super::read::Cell;
use super::roster::{Asked, AskedOf, Place, Reason, Remark, RosterCard, RosterChild, RosterCollector, RosterStaff, Spots};
use super::sheet::tells_of_safety;
use super::spoken::{forbids_somebody, may_speak, restriction};

/// Where in the row something is wrong (column from 1), and what.
pub(super) type Wrong = (usize, Reason);

/// A row under its columns.
pub(super) struct Row<'r> {
    pub(super) cells: &'r [Cell],
    pub(super) columns: &'r Columns,
    /// [`Columns::spots`], one for all rows of a sheet.
    pub(super) spots: &'r Arc<Spots>,
    pub(super) sheet_name: &'r str,
}

/// A text that may be kept: no marks that hide or turn, and not too long.
pub(super) fn safe(text: &str) -> Result<(), Reason> {
    if text.chars().any(is_hostile) {
        return Err(Reason::HostileText);
    }
    if text.len() > 256 || text.chars().count() > 64 { Err(Reason::TooLong) } else { Ok(()) }
}

/// A person's name as it is kept.
pub(super) fn person_name(text: &str) -> Result<String, Reason> {
    let name = join_hanzi(&tidy(text));
    safe(&name)?;
    if is_western(&name) {
        return Err(Reason::WesternText(name));
    }
    let combining = name.chars().filter(|c| matches!(c, '\u{300}'..='\u{36f}')).count();
    if name.chars().any(is_damage) || combining > 4 || !name.chars().any(char::is_alphabetic) { Err(Reason::DamagedName) } else { Ok(name) }
}

impl Row<'_> {
    fn column(&self, field: Field) -> Option<usize> {
        self.columns.fields.get(&field).copied()
    }

    /// The column of a field from 1; 0 when there is none.
    fn spot(&self, field: Field) -> usize {
        self.columns.spot(field)
    }

    fn cell(&self, field: Field) -> Option<(usize, &Cell)> {
        let column = self.column(field)?;
        Some((column + 1, self.cells.get(column)?))
    }

    /// Whether nothing stands in the cell of a field.
    pub(super) fn is_blank(&self, field: Field) -> bool {
        self.cell(field).is_none_or(|(_, cell)| cell.is_blank())
    }

    /// The name of whom the row is about, as it stands.
    pub(super) fn who(&self) -> String {
        let name = self.cell(Field::Name).or_else(|| self.cell(Field::StaffName));
        name.map(|(_, cell)| tidy(&cell.text()).chars().filter(|c| !is_hostile(*c)).take(64).collect()).unwrap_or_default()
    }

    /// Whether nothing stands in any cell that is read.
    pub(super) fn says_nothing(&self) -> bool {
        self.columns.fields.keys().all(|f| self.is_blank(*f))
    }

    /// Whether a name and a class, a phone or a number stand in the row: then it is about a child, whatever else it says.
    pub(super) fn is_about_somebody(&self) -> bool {
        let known = |f: &&Field| {
            matches!(f, Field::Grade | Field::Class | Field::StudentNo | Field::NationalNo | Field::Card | Field::FatherPhone | Field::MotherPhone)
                || matches!(f, Field::GuardianPhone(_) | Field::StaffNo)
        };
        self.columns.fields.keys().filter(known).any(|f| !self.is_blank(*f))
    }

    /// Whether no phone or card stands in the row.
    pub(super) fn has_nobodys_phone(&self) -> bool {
        let known = |f: &&Field| matches!(f, Field::FatherPhone | Field::MotherPhone | Field::Card) || matches!(f, Field::GuardianPhone(_));
        let read = self.columns.fields.keys().filter(known).filter_map(|f| self.cell(*f));
        read.into_iter().all(|(_, cell)| tidy_code(&cell.text()).chars().filter(char::is_ascii_digit).count() < 7)
    }

    /// A cell's text: folded, trimmed, safe; `None` when blank.
    fn text(&self, field: Field) -> Result<Option<String>, Wrong> {
        let Some((column, cell)) = self.cell(field) else { return Ok(None) };
        let text = tidy(&cell.text());
        safe(&text).map_err(|reason| (column, reason))?;
        if is_western(&text) {
            return Err((column, Reason::WesternText(text)));
        }
        Ok((!text.is_empty()).then_some(text))
    }

    /// A number or code; refused when it was stored as a float that cannot hold all its digits.
    fn code(&self, field: Field) -> Result<Option<String>, Wrong> {
        let Some((column, cell)) = self.cell(field) else { return Ok(None) };
        if matches!(cell, Cell::Number(n) if n.abs() >= LOSSY || n.fract() != 0.0) {
            return Err((column, Reason::NumberLostDigits));
        }
        let text = tidy_code(&cell.text());
        safe(&text).map_err(|reason| (column, reason))?;
        if is_scientific(&text) {
            return Err((column, Reason::NumberLostDigits));
        }
        Ok((!text.is_empty()).then_some(text))
    }

    fn name(&self, field: Field) -> Result<Option<String>, Wrong> {
        let Some((column, cell)) = self.cell(field) else { return Ok(None) };
        if cell.is_blank() {
            return Ok(None);
        }
        person_name(&cell.text()).map(Some).map_err(|reason| (column, reason))
    }

    fn yes_no(&self, field: Field) -> Result<Option<bool>, Wrong> {
        let Some(text) = self.text(field)? else { return Ok(None) };
        yes_no(&text).map(Some).ok_or((self.spot(field), Reason::BadYesNo(text)))
    }

    /// The child of the row; what cannot be used and is not needed goes to the remarks.
    pub(super) fn child(&self, place: &Place, remarks: &mut Vec<Remark>) -> Result<RosterChild, Wrong> {
        let columns = self.spots.clone();
        if let Some(wrong) = self.error_cell() {
            return Err(wrong);
        }
        if let Some(wrong) = self.ditto_cell() {
            return Err(wrong);
        }
        let name = self.name(Field::Name)?.ok_or((columns.name, Reason::NoName))?;
        let (grade, class_no) = self.grade_and_class()?;
        let (numbers, identity) = self.numbers(place, remarks)?;
        let note = self.texts(Field::Note(1), |text| Some(text.to_owned()))?;
        let (health, note) = match (self.health()?, note) {
            (None, Some(note)) if note.contains("过敏") && illness(&note).is_some() => (Some(note), None),
            both => both,
        };
        let consent = self.yes_no_or_date(Field::Consent)?.map(|given| if given { Consent::Given } else { Consent::Missing });
        let (care, withdrawn_on) = (self.yes_no(Field::Care)?, self.date(Field::WithdrawnOn)?);
        if care == Some(true) && withdrawn_on.is_some() {
            return Err((self.spot(Field::WithdrawnOn), Reason::WithdrawnYetHere));
        }
        let mut asked = Vec::new();
        let collectors = self.collectors(&name, place, remarks, &mut asked)?;
        self.words_asked(&name, &collectors, &mut asked);
        Ok(RosterChild {
            place: place.clone(),
            family: None,
            columns,
            numbers,
            collectors,
            name,
            grade,
            class_no,
            card: self.used_card(place, remarks)?,
            household: self.text(Field::Household)?,
            health,
            care,
            weekdays: self.weekdays()?,
            consent,
            note: self.with_leave_by(note)?,
            own_school: self.text(Field::OwnSchool)?,
            calm: self.text(Field::Calm)?,
            snack: self.text(Field::Snack)?,
            letter: self.letter_asked(place, remarks)?,
            terms: self.listed(Field::Terms, items::terms)?,
            early: self.listed(Field::Early, items::early_days)?,
            guest_on: self.date(Field::GuestOn)?,
            withdrawn_on,
            buddy: self.text(Field::Buddy)?,
            works_here: self.works_here(place, remarks)?,
            own_card: self.yes_no(Field::OwnCard)?,
            identity,
            birth: self.cell(Field::Birth).and_then(|(_, cell)| read_date(cell)),
            withdrawn: false,
            lacking: None,
            asked,
        })
    }

    /// Whether a cell of a column that is not read may say that somebody must not collect, or tells of an allergy. Where a column is
    /// known to name people who are no collectors, names alone are no question.
    pub(super) fn is_unsafe(&self, column: &NotRead) -> bool {
        let Some(Cell::Text(text)) = self.cells.get(column.column).filter(|_| column.why != Unread::Unwanted) else { return false };
        // Two characters are no more than a name.
        if text.len() <= 6 && !may_speak(text) && !text.contains("过敏") {
            return false;
        }
        if tells_of_safety(text) {
            return true;
        }
        let fields = &self.columns.fields;
        let parents = [Field::FatherName, Field::MotherName].into_iter().filter_map(|field| fields.get(&field));
        let columns = fields.range(Field::GuardianName(0)..=Field::People(u8::MAX)).map(|(_, column)| column).chain(parents);
        let names = columns.filter_map(|column| match self.cells.get(*column) {
            Some(Cell::Text(text)) => Some(text.trim()),
            Some(Cell::Number(_) | Cell::Date(_)) | None => None,
        });
        let child = match self.cell(Field::Name) {
            Some((_, Cell::Text(name))) => name.as_str(),
            Some((_, Cell::Number(_) | Cell::Date(_))) | None => "",
        };
        column.why == Unread::Unknown && restriction(text, names, child).is_some()
    }

    /// Asks about the words of cells that are read for something else, or only known, and may say that somebody must not collect.
    /// What is read as a text is asked about where it is known what is on file.
    fn words_asked(&self, child: &str, collectors: &[RosterCollector], asked: &mut Vec<Asked>) {
        for (field, column) in &self.columns.fields {
            let Some(says) = how_free(*field) else { continue };
            let Some(Cell::Text(text)) = self.cells.get(*column) else { continue };
            let names = collectors.iter().filter(|c| !c.barred).map(|c| c.name.as_str());
            let found = match says {
                Free::Words => restriction(text, names, child).is_some(),
                Free::Names => forbids_somebody(text),
            };
            if found {
                asked.push(Asked { column: column + 1, text: tidy(text), of: AskedOf::Words });
            }
        }
    }

    /// The member of staff of the row.
    pub(super) fn staff(&self, place: &Place, remarks: &mut Vec<Remark>) -> Result<RosterStaff, Wrong> {
        if let Some(wrong) = self.error_cell() {
            return Err(wrong);
        }
        let name = self.name(Field::StaffName)?.ok_or((self.spot(Field::StaffName), Reason::NoName))?;
        let employment =
            self.text(Field::StaffEmployment)?.map(|text| employment(&text).ok_or((self.spot(Field::StaffEmployment), Reason::BadEmployment(text))));
        let (kind, employment) = (self.text(Field::StaffKind)?, employment.transpose()?);
        Ok(RosterStaff { place: place.clone(), name, kind, employment, card: self.card(place, remarks)?, card_column: self.spot(Field::Card) })
    }

    /// The numbers by which the child is recognised, and its identity number, which is never kept, not even inside a
    /// national school number.
    fn numbers(&self, place: &Place, remarks: &mut Vec<Remark>) -> Result<(Vec<String>, Option<String>), Wrong> {
        let mut numbers: Vec<String> = self.code(Field::StudentNo)?.into_iter().filter(|n| identity(n).is_none()).collect();
        let mut known = None;
        for field in [Field::Identity, Field::NationalNo] {
            let Some((column, cell)) = self.cell(field).filter(|(_, c)| !c.is_blank()) else { continue };
            match cell {
                Cell::Number(n) if n.abs() >= LOSSY => remarks.push(Remark::IdentityLost { place: place.clone(), column }),
                Cell::Text(text) if is_scientific(&tidy_code(text)) => remarks.push(Remark::IdentityLost { place: place.clone(), column }),
                Cell::Text(_) | Cell::Number(_) | Cell::Date(_) => match identity(&cell.text()) {
                    Some(number) => known = known.or(Some(number)),
                    None if field == Field::NationalNo => numbers.extend(self.code(field)?),
                    None => {}
                },
            }
        }
        numbers.dedup();
        numbers.shrink_to_fit();
        Ok((numbers, known))
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

    fn grade_and_class(&self) -> Result<(Option<u8>, Option<u8>), Wrong> {
        let class_text = self.text(Field::Class)?.unwrap_or_default();
        // A number has lost the zero of 3.10, which is another class than 3.1.
        if matches!(self.cell(Field::Class), Some((_, Cell::Number(_)))) && class_text.ends_with(".1") {
            return Err((self.spot(Field::Class), Reason::ClassLostZero(class_text)));
        }
        let grade_text = self.text(Field::Grade)?.unwrap_or_default();
        let spot = if self.column(Field::Grade).is_some() { self.spot(Field::Grade) } else { self.spot(Field::Class) };
        // One sheet for each class: then its name says it.
        let (by_class, class_no) = if class_text.is_empty() { read_class(&tidy(self.sheet_name)) } else { read_class(&class_text) };
        let class_no = class_no.filter(|class| *class > 0);
        let by_grade =
            if grade_text.is_empty() { None } else { Some(read_grade(&grade_text).ok_or((spot, Reason::UnknownGrade(grade_text.clone())))?) };
        if let (Some(one), Some(other)) = (by_grade, by_class)
            && one != other
        {
            return Err((self.spot(Field::Class), Reason::GradesDiffer(one, other)));
        }
        // Where nobody asks for a class the child may be known already.
        if spot == 0 && by_class.is_none() {
            return Ok((None, None));
        }
        let says_grade_only = by_class.is_some() && by_class == read_grade(&class_text);
        let lost = !class_text.is_empty() && class_no.is_none() && !says_grade_only;
        let shown = if grade_text.is_empty() { &class_text } else { &grade_text };
        let grade = by_grade.or(by_class).filter(|g| (1..=6).contains(g)).ok_or_else(|| (spot, Reason::UnknownGrade(shown.clone())))?;
        if lost { Err((self.spot(Field::Class), Reason::BadClass(class_text))) } else { Ok((Some(grade), class_no)) }
    }

    /// The card, if it is used.
    fn used_card(&self, place: &Place, remarks: &mut Vec<Remark>) -> Result<Option<RosterCard>, Wrong> {
        let state = self.text(Field::CardState)?.unwrap_or_default();
        let used = card_is_used(&state).ok_or_else(|| (self.spot(Field::CardState), Reason::BadCardState(state.clone())));
        match self.card(place, remarks)? {
            Some(card) if used? => Ok(Some(card)),
            Some(_) => {
                remarks.push(Remark::CardNotUsed { place: place.clone(), column: self.spot(Field::CardState), text: state });
                Ok(None)
            }
            None => Ok(None),
        }
    }

    /// The card; where the two spellings that are printed on many cards differ a little, the number counts, which is said.
    fn card(&self, place: &Place, remarks: &mut Vec<Remark>) -> Result<Option<RosterCard>, Wrong> {
        let Some((column, cell)) = self.cell(Field::Card) else { return Ok(None) };
        let both = tidy_code(&cell.text());
        let text: String = both.chars().filter(|c| !c.is_whitespace()).collect();
        safe(&text).map_err(|reason| (column, reason))?;
        if is_nothing(&both) {
            return Ok(None);
        }
        // What is printed on many cards: one number in both spellings.
        if let Some((whole, split)) = both.split_once(' ')
            && let Some((high, low)) = split.split_once(',')
        {
            let number = |text: &str| text.trim().parse::<u64>().ok().filter(|_| text.trim().bytes().all(|b| b.is_ascii_digit()));
            let (whole_number, high, low) = (number(whole), number(high), number(low).filter(|low| *low < 65_536));
            if low.is_none() || high.is_none() || whole_number.map(|n| n / 65_536) != high {
                return Err((column, Reason::BadCard(both)));
            }
            if whole_number.map(|n| n % 65_536) != low {
                remarks.push(Remark::CardSpellings { place: place.clone(), column, text: both.clone() });
            }
            return Ok(Some(RosterCard::Code(whole.to_owned())));
        }
        let long = both.split_whitespace().filter(|part| part.len() >= 8 && part.bytes().all(|b| b.is_ascii_digit())).count();
        if long > 1 {
            return Err((column, Reason::BadCard(both)));
        }
        let code = text.len() >= 4 && text.len() <= 32 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b',' || b == b'-');
        match cell {
            Cell::Number(n) if n.abs() >= LOSSY || n.fract() != 0.0 || *n < 1.0 => Err((column, Reason::NumberLostDigits)),
            Cell::Number(_) => Ok(Some(RosterCard::Number(text))),
            Cell::Text(_) if is_scientific(&text) => Err((column, Reason::NumberLostDigits)),
            Cell::Text(_) if code && text.bytes().any(|b| b.is_ascii_digit()) => Ok(Some(RosterCard::Code(text))),
            Cell::Text(_) if text.len() < 4 && text.bytes().all(|b| b.is_ascii_digit()) => Ok(Some(RosterCard::Number(text))),
            Cell::Text(_) | Cell::Date(_) => Err((column, Reason::BadCard(text))),
        }
    }

    /// The letter by which the child may go home alone; that it may is said of no child that has none (F009).
    fn letter_asked(&self, place: &Place, remarks: &mut Vec<Remark>) -> Result<Option<String>, Wrong> {
        let letter = self.letter()?;
        let text = self.text(Field::SelfLeave)?;
        let says_yes = text.is_some_and(|text| yes_no(&text) == Some(true) || text.starts_with("同意") || text.starts_with("可以"));
        if letter.is_none() && says_yes {
            remarks.push(Remark::LetterWanted { place: place.clone(), column: self.spot(Field::SelfLeave), name: self.who() });
        }
        Ok(letter)
    }

    /// Date or number of the letter; a bare yes is no paper that could be found again.
    fn letter(&self) -> Result<Option<String>, Wrong> {
        let Some(text) = self.text(Field::Letter)? else { return Ok(None) };
        match yes_no(&text) {
            Some(false) => Ok(None),
            Some(true) => Err((self.spot(Field::Letter), Reason::LetterUnnamed)),
            None => Ok(Some(self.cell(Field::Letter).and_then(|(_, cell)| read_date(cell)).map_or(text, |date| date.to_string()))),
        }
    }

    /// A cell that says several things, each read as it stands.
    fn listed<T>(&self, field: Field, read: fn(&str) -> Result<Vec<T>, Reason>) -> Result<Vec<T>, Wrong> {
        let Some((column, cell)) = self.cell(field) else { return Ok(Vec::new()) };
        read(&cell.text()).map_err(|reason| (column, reason))
    }

    fn date(&self, field: Field) -> Result<Option<NaiveDate>, Wrong> {
        let Some(text) = self.text(field)? else { return Ok(None) };
        let date = self.cell(field).and_then(|(_, cell)| read_date(cell));
        date.map(Some).ok_or((self.spot(field), Reason::BadDate(text)))
    }

    fn yes_no_or_date(&self, field: Field) -> Result<Option<bool>, Wrong> {
        match self.cell(field) {
            Some((_, cell)) if read_date(cell).is_some() => Ok(Some(true)),
            Some(_) | None => self.yes_no(field),
        }
    }

    fn weekdays(&self) -> Result<Option<Weekdays>, Wrong> {
        let Some(text) = self.text(Field::Weekdays)? else { return Ok(None) };
        weekdays(&text).map(Some).ok_or((self.spot(Field::Weekdays), Reason::BadWeekdays(text)))
    }

    /// What is not well, of all columns that tell of it; a yes alone says what the heading says.
    fn health(&self) -> Result<Option<String>, Wrong> {
        let mut list: Vec<String> = Vec::new();
        for n in 1..=MOST_LISTED {
            let field = Field::Health(n);
            let Some(text) = self.text(field)? else { continue };
            let words = self.column(field).and_then(|column| self.columns.yes.get(&column));
            let told = match (words, yes_no(&text)) {
                (Some(words), Some(true)) => Some(words.clone()),
                (Some(_), Some(false)) => None,
                _ => illness(&text),
            };
            list.extend(told.filter(|told| !list.contains(told)));
        }
        Ok((!list.is_empty()).then(|| list.join("；")))
    }

    /// The texts of several columns of one kind, those left out that say nothing.
    fn texts(&self, field: Field, keep: fn(&str) -> Option<String>) -> Result<Option<String>, Wrong> {
        let mut list: Vec<String> = Vec::new();
        for n in 1..=MOST_LISTED {
            if let Some(text) = self.text(numbered(field, n))?.and_then(|text| keep(&text))
                && !list.contains(&text)
            {
                list.push(text);
            }
        }
        Ok((!list.is_empty()).then(|| list.join("；")))
    }

    /// A cell that only says that it is what stands above it: of a child nothing is taken over from another.
    fn ditto_cell(&self) -> Option<Wrong> {
        let dittos = self.columns.fields.values().filter_map(|column| match self.cells.get(*column) {
            Some(Cell::Text(text)) if is_ditto(text) => Some((column + 1, Reason::Ditto(tidy(text)))),
            Some(Cell::Text(_) | Cell::Number(_) | Cell::Date(_)) | None => None,
        });
        dittos.min_by_key(|(column, _)| *column)
    }

    /// A cell that shows that a formula failed.
    fn error_cell(&self) -> Option<Wrong> {
        let is_read = |field: &Field| !matches!(field, Field::Identity | Field::Birth | Field::Gender | Field::StaffNo);
        let columns = self.columns.fields.iter().filter(|(field, _)| is_read(field)).map(|(_, column)| *column);
        let found = columns.filter_map(|column| match self.cells.get(column) {
            Some(Cell::Text(text)) if is_error(text) => Some((column + 1, Reason::ErrorCell(text.trim().to_owned()))),
            Some(Cell::Text(_) | Cell::Number(_) | Cell::Date(_)) | None => None,
        });
        found.min_by_key(|(column, _)| *column)
    }
}

/// What a cell of a field may hold beside what is read of it.
enum Free {
    /// Any words.
    Words,
    /// Names of people whom the list does not name.
    Names,
}

/// How free the words of a field are that is neither people nor kept as a text about the child; `None` where they are asked about
/// elsewhere, or only a code, a day or a yes is understood.
fn how_free(field: Field) -> Option<Free> {
    #[allow(clippy::wildcard_enum_match_arm)] // the fields of free words
    match field {
        Field::Household
        | Field::Gender
        | Field::Identity
        | Field::Birth
        | Field::LeaveBy
        | Field::Snack
        | Field::SelfLeave
        | Field::StaffKind
        | Field::GuardianLooks(_) => Some(Free::Words),
        Field::OwnSchool
        | Field::Letter
        | Field::Terms
        | Field::Early
        | Field::Buddy
        | Field::ChildPhone
        | Field::StaffName
        | Field::StaffNo
        | Field::StudentNo
        | Field::NationalNo
        | Field::EmergencyName(_)
        | Field::EmergencyPhone(_) => Some(Free::Names),
        _ => None,
    }
}

/// `1.3800138E+10`: how a spreadsheet writes a long number into text, with its last digits lost.
fn is_scientific(text: &str) -> bool {
    let upper = text.to_uppercase();
    upper.contains("E+") && upper.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'E' | b'+'))
}
