//! What a record turns into when something of it is changed. Pure: record and change in, record out.

use super::{Bar, Change, Field, Hindrance, Line, Person, is_phone};
use crate::domain::people::{Child, ChildId, Collector, CollectorId, Enrolment, Right};
use crate::rules::Objection;
use crate::rules::acts::text_of;

/// Fills a field of a child, or empties it.
pub(super) fn set(child: &mut Child, field: Field, value: Option<String>) -> Result<(), Objection> {
    match field {
        Field::Name => child.name = value.ok_or(Objection::Empty)?,
        Field::Grade => child.grade = value.and_then(|v| v.parse().ok()).filter(|g| (1..=6).contains(g)).ok_or(Hindrance::NotAGrade)?,
        Field::Class => {
            let class = value.map(|v| v.parse::<u8>().ok().filter(|n| (1..=99).contains(n)).ok_or(Hindrance::NotAClass));
            child.class_no = class.transpose()?;
        }
        Field::StudentNo => child.student_no = value,
        Field::OwnSchool => child.own_school = value,
        Field::Health => child.health = value,
        Field::Calm => child.calm = value,
        Field::Snack => child.snack = value,
        Field::Note => child.note = value,
    }
    Ok(())
}

/// Somebody who is listed anew: with a relation or a name, and a number that can be dialled, if any.
pub(super) fn collector(id: CollectorId, child: ChildId, rank: u8, person: &Person, right: Right) -> Result<Collector, Objection> {
    let relation = text_of(&person.relation).unwrap_or_default();
    let name = text_of(&person.name).unwrap_or_default();
    if relation.is_empty() && name.is_empty() {
        return Err(Objection::Empty);
    }
    let phone = person.phone.as_deref().map(phone).transpose()?;
    Ok(Collector { phone, minor: person.minor, ..Collector::new(id, child, rank, name, relation, right) })
}

/// A collector after a change of it alone.
pub(super) fn changed(was: &Collector, change: &Change) -> Result<Collector, Objection> {
    let mut now = was.clone();
    match change {
        Change::Line(line, value) => {
            let value = value.as_deref().map(text_of).transpose()?;
            match line {
                Line::Name => now.name = value.unwrap_or_default(),
                Line::Relation => now.relation = value.unwrap_or_default(),
                Line::Phone => now.phone = value.as_deref().map(phone).transpose()?,
                Line::Looks => now.looks = value,
            }
            if now.name.is_empty() && now.relation.is_empty() {
                return Err(Objection::Empty);
            }
        }
        Change::Phrase(hash) => now.phrase.clone_from(hash),
        Change::Minor(minor) => now.minor = *minor,
        Change::Staff(staff) => now.staff = *staff,
        Change::Bar(bar) => return barred(was, bar),
        Change::Lift if was.right != Right::Barred => {}
        Change::Lift | Change::End => (now.right, now.from, now.until) = (Right::Ended, None, None),
        Change::List => (now.right, now.from, now.until) = (Right::Standing, None, None),
        Change::First => {}
    }
    Ok(now)
}

/// The same person, who must not collect now.
pub(super) fn barred(was: &Collector, bar: &Bar) -> Result<Collector, Objection> {
    if let (Some(from), Some(until)) = (bar.from, bar.until)
        && until < from
    {
        return Err(Hindrance::EndsBeforeItBegins.into());
    }
    let paper = bar.paper.as_deref().map(text_of).transpose()?;
    Ok(Collector { right: Right::Barred, from: bar.from, until: bar.until, paper, ..was.clone() })
}

/// An enrolment with its words trimmed.
pub(super) fn clean(enrolment: &Enrolment) -> Enrolment {
    let clean = |text: &Option<String>| text.as_deref().and_then(|t| text_of(t).ok());
    let Enrolment { signed_by, source, reference, .. } = enrolment;
    Enrolment { signed_by: clean(signed_by), source: clean(source), reference: clean(reference), ..enrolment.clone() }
}

fn phone(text: &str) -> Result<String, Objection> {
    let text = text_of(text)?;
    if is_phone(&text) { Ok(text) } else { Err(Hindrance::NotAPhone.into()) }
}
