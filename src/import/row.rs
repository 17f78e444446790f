//! One row of a list becomes a child or a member of staff, or is refused at the cell that is wrong.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::likeness::{Described, Likeness, likeness, names_differ};
use crate::domain::people::{Consent, MOST_LISTED};
use crate::domain::time::Weekdays;

use super::cells::{
    LOSSY, employment, identity, illness, is_damage, is_hostile, join_hanzi, phone_is_whole, read_class, read_date, read_grade, read_phone, relation,
    tidy, tidy_code, weekdays, yes_no,
};
use super::header::Columns;
use super::headings::Field;
use super::items;
use super::read::Cell;
use super::roster::{Place, Reason, Remark, RosterCard, RosterChild, RosterCollector, RosterStaff, Spots};

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

    /// A cell's text: folded, trimmed, safe; `None` when blank.
    fn text(&self, field: Field) -> Result<Option<String>, Wrong> {
        let Some((column, cell)) = self.cell(field) else { return Ok(None) };
        let text = tidy(&cell.text());
        safe(&text).map_err(|reason| (column, reason))?;
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
        let name = self.name(Field::Name)?.ok_or((columns.name, Reason::NoName))?;
        let (grade, class_no) = self.grade_and_class()?;
        let (numbers, identity) = self.numbers(place, remarks)?;
        let note = self.text(Field::Note)?;
        let (health, note) = match (self.text(Field::Health)?.and_then(|text| illness(&text)), note) {
            (None, Some(note)) if note.contains("过敏") => (Some(note), None),
            both => both,
        };
        let consent = self.yes_no_or_date(Field::Consent)?.map(|given| if given { Consent::Given } else { Consent::Missing });
        let (care, withdrawn_on) = (self.yes_no(Field::Care)?, self.date(Field::WithdrawnOn)?);
        if care == Some(true) && withdrawn_on.is_some() {
            return Err((self.spot(Field::WithdrawnOn), Reason::WithdrawnYetHere));
        }
        Ok(RosterChild {
            place: place.clone(),
            columns,
            numbers,
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
            own_school: self.text(Field::OwnSchool)?,
            calm: self.text(Field::Calm)?,
            snack: self.text(Field::Snack)?,
            letter: self.letter()?,
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
        })
    }

    /// Who of the family works at the school: names, one or several. A bare yes, or how somebody is employed, names nobody,
    /// which is said.
    fn works_here(&self, place: &Place, remarks: &mut Vec<Remark>) -> Result<Vec<String>, Wrong> {
        let unnamed = |text: &str| yes_no(text) == Some(true) || employment(text).is_some();
        let text = self.text(Field::StaffName)?.filter(|text| yes_no(text) != Some(false)).unwrap_or_default();
        let listed = text.split(['、', '/', ';', '；', ',', '，']).map(str::trim).filter(|name| !name.is_empty() && !unnamed(name));
        let names: Result<Vec<String>, Wrong> =
            listed.map(|name| person_name(name).map_err(|reason| (self.spot(Field::StaffName), reason))).collect();
        let names = names?;
        let employed = self.text(Field::StaffEmployment)?.is_some_and(|text| unnamed(&text));
        let column = if text.is_empty() && employed { self.spot(Field::StaffEmployment) } else { self.spot(Field::StaffName) };
        let linked = (1..=MOST_LISTED).any(|n| !self.is_blank(Field::GuardianStaff(n)));
        if names.is_empty() && !linked && (employed || !text.is_empty()) {
            remarks.push(Remark::StaffUnnamed { place: place.clone(), column });
        }
        Ok(names)
    }

    /// The name by which the staff knows the collector with this number, with its column; a bare yes means the same name.
    fn staff_name(&self, n: u8, name: Option<&str>) -> Result<Option<Box<(usize, String)>>, Wrong> {
        let column = self.spot(Field::GuardianStaff(n));
        let Some(text) = self.text(Field::GuardianStaff(n))?.filter(|text| yes_no(text) != Some(false)) else { return Ok(None) };
        let same = yes_no(&text).is_some() || employment(&text).is_some();
        let staff = if same { Ok(name.unwrap_or_default().to_owned()) } else { person_name(&text) };
        staff.map(|staff| Some(Box::new((column, staff)))).map_err(|reason| (column, reason))
    }

    /// The member of staff of the row.
    pub(super) fn staff(&self, place: &Place) -> Result<RosterStaff, Wrong> {
        let name = self.name(Field::StaffName)?.ok_or((self.spot(Field::StaffName), Reason::NoName))?;
        let employment =
            self.text(Field::StaffEmployment)?.map(|text| employment(&text).ok_or((self.spot(Field::StaffEmployment), Reason::BadEmployment(text))));
        let (kind, employment) = (self.text(Field::StaffKind)?, employment.transpose()?);
        Ok(RosterStaff { place: place.clone(), name, kind, employment, card: self.card()?, card_column: self.spot(Field::Card) })
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
        let grade_text = self.text(Field::Grade)?.unwrap_or_default();
        let spot = if self.column(Field::Grade).is_some() { self.spot(Field::Grade) } else { self.spot(Field::Class) };
        // One sheet for each class: then its name says it.
        let (by_class, class_no) = if class_text.is_empty() { read_class(&tidy(self.sheet_name)) } else { read_class(&class_text) };
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
        let shown = if grade_text.is_empty() { class_text } else { grade_text };
        let grade = by_grade.or(by_class).filter(|g| (1..=6).contains(g));
        grade.map(|g| (Some(g), class_no)).ok_or((spot, Reason::UnknownGrade(shown)))
    }

    fn card(&self) -> Result<Option<RosterCard>, Wrong> {
        let Some((column, cell)) = self.cell(Field::Card) else { return Ok(None) };
        let text: String = tidy_code(&cell.text()).chars().filter(|c| !c.is_whitespace()).collect();
        safe(&text).map_err(|reason| (column, reason))?;
        if text.is_empty() {
            return Ok(None);
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

    /// The number of this person, and further ones of the cell, which reach somebody of the family.
    fn phones(&self, field: Field) -> Result<(Option<String>, Vec<String>), Wrong> {
        let Some((column, cell)) = self.cell(field) else { return Ok((None, Vec::new())) };
        let text = tidy_code(&cell.text());
        safe(&text).map_err(|reason| (column, reason))?;
        if matches!(cell, Cell::Number(n) if !phone_is_whole(*n)) {
            return Err((column, Reason::BadPhone(text)));
        }
        let parts = text.split(['|', '/', '、', ';', '；', ',', '，']).map(str::trim).filter(|p| !p.is_empty());
        let mut numbers = Vec::new();
        for part in parts {
            numbers.push(read_phone(part).ok_or_else(|| (column, Reason::BadPhone(text.clone())))?);
        }
        let mut numbers = numbers.into_iter();
        Ok((numbers.next(), numbers.collect()))
    }

    /// First and last day of somebody's right or restriction.
    #[allow(clippy::type_complexity)] // not said, or from a day, until a day
    fn validity(&self, field: Field) -> Result<Option<(Option<NaiveDate>, Option<NaiveDate>)>, Wrong> {
        let Some(text) = self.text(field)? else { return Ok(None) };
        items::validity(&text).map(Some).ok_or((self.spot(field), Reason::BadSpan(text)))
    }

    fn collectors(&self) -> Result<Vec<RosterCollector>, Wrong> {
        let mut list: Vec<RosterCollector> = Vec::new();
        let mut others: Vec<String> = Vec::new();
        let parents = [(Field::MotherName, Field::MotherPhone, "母亲"), (Field::FatherName, Field::FatherPhone, "父亲")];
        for (name, number, relation) in parents {
            let name = self.name(name)?;
            let (phone, more) = self.phones(number)?;
            others.extend(more);
            if name.is_some() || phone.is_some() {
                list.push(RosterCollector { name: name.unwrap_or_default(), relation: relation.to_owned(), phone, ..RosterCollector::default() });
            }
        }
        for n in 1..=MOST_LISTED {
            let name = self.name(Field::GuardianName(n))?;
            let relation = self.text(Field::GuardianRelation(n))?.map(|r| relation(&r)).unwrap_or_default();
            let (phone, more) = self.phones(Field::GuardianPhone(n))?;
            others.extend(more);
            let barred = self.yes_no(Field::GuardianBarred(n))?.unwrap_or(false);
            let validity = self.validity(Field::GuardianValid(n))?;
            let (looks, minor) = (self.text(Field::GuardianLooks(n))?, self.yes_no(Field::GuardianMinor(n))?);
            let works_here = self.staff_name(n, name.as_deref())?;
            // Of somebody who must not collect the relation may be all that is known.
            if name.is_none() && phone.is_none() && (!barred || relation.is_empty()) {
                continue;
            }
            let known = list.iter_mut().find(|c| {
                let same = c.phone == phone && (name.is_none() || name.as_deref() == Some(&c.name));
                same && phone.is_some() && barred == c.barred
            });
            if let Some(known) = known {
                // A parent who stands in the list once more may be told more of there.
                known.validity = known.validity.or(validity);
                known.looks = known.looks.take().or(looks);
                known.minor = known.minor.or(minor);
                known.works_here = known.works_here.take().or(works_here);
            } else {
                list.push(RosterCollector { name: name.unwrap_or_default(), relation, phone, barred, validity, looks, minor, works_here });
            }
        }
        for other in others {
            if !list.iter().any(|c| c.phone.as_ref() == Some(&other)) {
                list.push(RosterCollector { phone: Some(other), ..RosterCollector::default() });
            }
        }
        let barred = self.text(Field::Barred)?.unwrap_or_default();
        for name in barred.split(['、', ',', '，', ';', '；', '/']).map(str::trim).filter(|n| !n.is_empty()) {
            let name = person_name(name).map_err(|reason| (self.spot(Field::Barred), reason))?;
            // A bar is against the person, however the list spells the name, and under each record of it.
            let who = Described { name: &name, ..Described::default() };
            let fits = |c: &RosterCollector| match likeness(who, c.described()) {
                Some(Likeness::Name) => true,
                Some(Likeness::Parent) => !names_differ(who, c.described()),
                Some(Likeness::Staff | Likeness::Number) | None => false,
            };
            let mut fitting = list.iter_mut().filter(|c| fits(c)).peekable();
            if fitting.peek().is_some() {
                fitting.for_each(|c| c.barred = true);
            } else {
                list.push(RosterCollector { name, barred: true, ..RosterCollector::default() });
            }
        }
        list.shrink_to_fit();
        Ok(list)
    }
}

/// `1.3800138E+10`: how a spreadsheet writes a long number into text, with its last digits lost.
fn is_scientific(text: &str) -> bool {
    let upper = text.to_uppercase();
    upper.contains("E+") && upper.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'E' | b'+'))
}
