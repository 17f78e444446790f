//! What may be changed about children, collectors and households: every change is a fact with what was and what is now
//! (F001–F010, F029–F036, F080). What a record turns into is in `records`, what a bar brings with it in
//! `bars`.

mod bars;
pub mod gone;
mod records;

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveTime, Weekday};

use crate::domain::day::Presence;
use crate::domain::enrolment::RefusedCare;
use crate::domain::fact::{CardsOf, Fact, OfficeFact};
use crate::domain::people::{Child, ChildId, Collector, CollectorId, Consent, EarlyDay, Enrolment, HouseholdId, Right, StaffId};
use crate::domain::time::{Moment, Weekdays};
use crate::rules::acts::text_of;
use crate::rules::{Objection, Room};
use crate::rules::{barred, duty, office};

/// So many different numbers a child needs to be taken in (F001, F002).
pub const NUMBERS: usize = 2;

/// A field of a child's record that is filled with words or a number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Field {
    /// Full name.
    Name,
    /// Grade, 1 to 6.
    Grade,
    /// Class within the grade.
    Class,
    /// The school's own number.
    StudentNo,
    /// Its own school, when it is another one (S1.05).
    OwnSchool,
    /// Allergy or illness (F108).
    Health,
    /// What calms it (F114).
    Calm,
    /// What it may eat of its own (S1.23).
    Snack,
    /// Standing note (S1.24).
    Note,
}

impl Field {
    /// All, in the order of their numbers from 1.
    pub const ALL: [Self; 9] =
        [Self::Name, Self::Grade, Self::Class, Self::StudentNo, Self::OwnSchool, Self::Health, Self::Calm, Self::Snack, Self::Note];

    /// Whether it may stay empty.
    #[must_use]
    pub fn is_optional(self) -> bool {
        !matches!(self, Self::Name | Self::Grade)
    }
}

/// A field of a collector's record that is filled with words.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Line {
    /// Full name.
    Name,
    /// Relation to the child.
    Relation,
    /// Number to dial.
    Phone,
    /// By what the person is recognised (F011).
    Looks,
}

/// Somebody who is listed anew.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Person {
    /// Relation to the child.
    pub relation: String,
    /// Full name; may be empty.
    pub name: String,
    /// Number to dial.
    pub phone: Option<String>,
    /// Under age (F036).
    pub minor: bool,
}

/// What is changed about a collector.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Change {
    /// A field; `None` empties it.
    Line(Line, Option<String>),
    /// Becomes collector 1, who is usually expected.
    First,
    /// Hash of the pass phrase, or none any more (F033).
    Phrase(Option<String>),
    /// Under age, or of age (F036).
    Minor(bool),
    /// The record as member of staff, or none (F004).
    Staff(Option<StaffId>),
    /// Must not collect (F030).
    Bar(Bar),
    /// The restriction ends; the person is no longer listed.
    Lift,
    /// No longer listed.
    End,
    /// Listed again.
    List,
}

/// A restriction.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Bar {
    /// First day; `None` since ever.
    pub from: Option<NaiveDate>,
    /// Last day; `None` until it is lifted.
    pub until: Option<NaiveDate>,
    /// The paper behind it, for leaders' eyes only (F031).
    pub paper: Option<String>,
}

/// Something that is changed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PeopleAct {
    /// A child comes into the register with those who collect it; `guest_on` for one day only (F010).
    Add {
        /// Full name.
        name: String,
        /// Grade, 1 to 6.
        grade: u8,
        /// Class within the grade.
        class_no: Option<u8>,
        /// The only day on which it comes.
        guest_on: Option<NaiveDate>,
        /// Who collects it, the usual one first.
        people: Vec<Person>,
    },
    /// A field of a child; `None` empties it.
    Set(ChildId, Field, Option<String>),
    /// Somebody is listed for a child.
    List(ChildId, Person),
    /// Somebody who is not listed must not collect a child (F030).
    BarNew(ChildId, Person, Bar),
    /// Somebody who is listed must not collect the child, and is known by these words too (F030).
    BarListed(CollectorId, Person, Bar),
    /// Something about a collector.
    Change(CollectorId, Change),
    /// A child belongs to the household of another, or to one of its own.
    Household(ChildId, Option<ChildId>),
    /// Two children walk together, or one with nobody (F080).
    Buddy(ChildId, Option<ChildId>),
    /// May go home alone, with this letter, or no longer (F009).
    SelfLeave(ChildId, Option<String>),
    /// The family withdraws its child (F008, S2.06).
    Withdraw(ChildId),
    /// Everything about a child that has left is erased, for ever (PIPL art. 47).
    Erase(ChildId),
    /// What was about the days up to this one alone is kept no more.
    ForgetDays(NaiveDate),
    /// The cards of somebody who left on that day are kept no more.
    ForgetCards(CardsOf, NaiveDate),
    /// A child that was withdrawn comes again.
    Enrol(ChildId),
    /// Enrolment for a term (F005, F006).
    Term(ChildId, Enrolment),
    /// Days and consent that hold whatever the term.
    Always(ChildId, Option<Weekdays>, Consent),
    /// A standing early departure, or none on that day any more (S3.07).
    Early(ChildId, Weekday, Option<(NaiveTime, String)>),
    /// Care was asked for and not given (S2.07).
    RefuseCare {
        /// For whom.
        name: String,
        /// The child's grade, if it was said.
        grade: Option<u8>,
        /// Why not.
        reason: String,
    },
}

/// What stands against it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Hindrance {
    /// Two different numbers are needed; so many were given (F002).
    TwoNumbers(usize),
    /// Without this person the child would have fewer than two numbers (F002).
    LastNumber(CollectorId),
    /// Grades 1 and 2 never go home alone (I9).
    Young(ChildId),
    /// The child is in the room: it has to be collected first.
    IsHere(ChildId),
    /// It stands so already.
    Unchanged,
    /// No grade from 1 to 6.
    NotAGrade,
    /// No class number.
    NotAClass,
    /// Not understood as a phone number.
    NotAPhone,
    /// A child cannot be paired with itself.
    Itself,
    /// This number is another child's.
    StudentNoOf(ChildId),
    /// The last day is before the first.
    EndsBeforeItBegins,
    /// Somebody under age collects nobody (F036).
    Minor(CollectorId),
    /// Only who was withdrawn is erased.
    IsEnrolled(ChildId),
    /// Cards of somebody who has left are kept until this day.
    CardsKept(NaiveDate),
    /// The card of who works here is kept.
    WorksHere(StaffId),
    /// Something about the child was entered today: it is erased from tomorrow on, when no list of the day has it.
    OnTheDay(ChildId),
}

impl From<Hindrance> for Objection {
    fn from(hindrance: Hindrance) -> Self {
        Self::Office(office::Hindrance::People(hindrance))
    }
}

/// The different numbers at which somebody can be reached who may collect the child as a rule. Two people with one number
/// are one; one person with two numbers has to be listed with each.
#[must_use]
pub fn numbers(room: Room<'_>, child: ChildId) -> BTreeSet<String> {
    let listed = room.register.collectors(child).filter(|c| c.right == Right::Standing && !c.minor);
    listed.filter_map(|c| c.phone.as_deref()).map(digits).filter(|d| is_phone(d)).collect()
}

/// Whether a text is a number that can be dialled: seven digits at least.
#[must_use]
pub fn is_phone(text: &str) -> bool {
    text.chars().filter(char::is_ascii_digit).count() >= 7
}

/// The digits of a phone number, by which two are compared.
#[must_use]
pub fn digits(phone: &str) -> String {
    phone.chars().filter(char::is_ascii_digit).collect()
}

pub(super) fn facts(room: Room<'_>, act: &PeopleAct, now: Moment) -> Result<Vec<Fact>, Objection> {
    match act {
        PeopleAct::Add { name, grade, class_no, guest_on, people } => add(room, name, (*grade, *class_no), *guest_on, people, now),
        PeopleAct::Set(id, field, value) => {
            let value = value.as_deref().map(text_of).transpose()?;
            if let (Field::StudentNo, Some(number)) = (field, &value)
                && let Some(other) = room.register.children().find(|c| c.id != *id && c.student_no.as_ref() == Some(number))
            {
                return Err(Hindrance::StudentNoOf(other.id).into());
            }
            let facts = change_child(room, *id, |child| records::set(child, *field, value.clone()))?;
            // Another name may make it a second record of a child from whom somebody of its list is barred.
            let bars = barred::all(room.register, now.date());
            let listed = room.register.collectors(*id).filter(|c| matches!(c.right, Right::Standing | Right::OneDay { .. }));
            let of = |name| barred::Record { id: Some(*id), name, class: None };
            let fits = |name, person: &Collector| barred::barred_of_namesake(room.register, &bars, of(name), person.into(), now.date());
            let renamed = value.as_deref().filter(|_| *field == Field::Name);
            let barred = renamed.and_then(|name| listed.into_iter().find_map(|person| fits(name, person)));
            // Nor does it end a bar that counts only because two records have one name.
            let carried = renamed
                .map(|name| barred::carried_over(room.register, *id, Some(name), now.date(), &mut room.register.next_ids()))
                .unwrap_or_default();
            Ok(barred.map_or_else(|| facts.into_iter().chain(carried).collect(), crate::rules::acts::stopped))
        }
        PeopleAct::List(child, person) => {
            let id = room.register.next_ids().collector();
            let person = records::collector(id, *child, rank_after(room, *child), person, Right::Standing)?;
            Ok(unless_stopped(room, &person, now).unwrap_or_else(|| vec![listed(room, person.clone())]))
        }
        PeopleAct::BarNew(child, person, bar) => {
            let id = room.register.next_ids().collector();
            let person = records::collector(id, *child, rank_after(room, *child), person, Right::Barred)?;
            bars::barring(room, records::barred(&person, bar)?, bar)
        }
        PeopleAct::BarListed(id, person, bar) => bars::listed_as_well(room, *id, person, bar),
        PeopleAct::Change(id, change) => change_collector(room, *id, change, now),
        PeopleAct::Household(child, with) => {
            let household = match with.and_then(|other| room.register.child(other)) {
                Some(other) if other.id == *child => return Err(Hindrance::Itself.into()),
                Some(other) => other.household,
                None => room.register.next_ids().household(),
            };
            if with.is_none() && room.register.child(*child).is_some_and(|c| room.register.household(c.household).count() < 2) {
                return Err(Hindrance::Unchanged.into());
            }
            change_child(room, *child, |child| {
                child.household = household;
                Ok(())
            })
        }
        PeopleAct::Buddy(child, with) => buddies(room, *child, *with),
        PeopleAct::SelfLeave(id, letter) => {
            let letter = letter.as_deref().map(text_of).transpose()?;
            change_child(room, *id, |child| {
                if letter.is_some() && child.is_young() {
                    return Err(Hindrance::Young(child.id).into());
                }
                child.self_leave = letter.is_some();
                child.letter = letter;
                Ok(())
            })
        }
        PeopleAct::Withdraw(child) => withdraw(room, *child, now),
        PeopleAct::Erase(child) => gone::erase(room, *child, now),
        PeopleAct::ForgetDays(until) => gone::forget_days(room, *until, now),
        PeopleAct::ForgetCards(of, left) => gone::forget_cards(room, *of, *left, now),
        PeopleAct::Enrol(id) => change_child(room, *id, |child| {
            (child.enrolled, child.withdrawn_on, child.guest_on) = (true, None, None);
            Ok(())
        }),
        PeopleAct::Term(id, enrolment) => {
            let enrolment = records::clean(enrolment);
            change_child(room, *id, |child| {
                child.terms.retain(|e| e.term != enrolment.term);
                child.terms.push(enrolment);
                Ok(())
            })
        }
        PeopleAct::Always(id, weekdays, consent) => change_child(room, *id, |child| {
            (child.weekdays, child.consent) = (*weekdays, *consent);
            Ok(())
        }),
        PeopleAct::Early(id, weekday, at) => {
            let day = match at {
                Some((at, reason)) => Some(EarlyDay { weekday: *weekday, at: *at, reason: text_of(reason)? }),
                None => None,
            };
            change_child(room, *id, |child| {
                child.early.retain(|e| e.weekday != *weekday);
                child.early.extend(day);
                child.early.sort_by_key(|e| e.weekday.num_days_from_monday());
                Ok(())
            })
        }
        PeopleAct::RefuseCare { name, grade, reason } => {
            let id = room.register.office().refused.keys().max().unwrap_or(&0) + 1;
            let refused = RefusedCare { id, name: text_of(name)?, grade: *grade, asked_on: now.date(), reason: text_of(reason)? };
            Ok(vec![Fact::Office(OfficeFact::CareRefused { refused })])
        }
    }
}

fn add(
    room: Room<'_>,
    name: &str,
    (grade, class_no): (u8, Option<u8>),
    guest_on: Option<NaiveDate>,
    people: &[Person],
    now: Moment,
) -> Result<Vec<Fact>, Objection> {
    if !(1..=6).contains(&grade) {
        return Err(Hindrance::NotAGrade.into());
    }
    let given: BTreeSet<String> = people.iter().filter(|p| !p.minor).filter_map(|p| p.phone.as_deref()).filter(|p| is_phone(p)).map(digits).collect();
    if given.len() < NUMBERS {
        return Err(Hindrance::TwoNumbers(given.len()).into());
    }
    let mut ids = room.register.next_ids();
    let id = ids.child();
    let seat = room.register.children().filter(|c| (c.grade, c.class_no) == (grade, class_no)).map(|c| c.seat).max().unwrap_or(0);
    let child = Child { class_no, seat: seat.saturating_add(1), guest_on, ..Child::new(id, text_of(name)?, grade, ids.household()) };
    let mut facts = vec![Fact::ChildSet { was: None, now: Box::new(child) }];
    let bars = barred::all(room.register, now.date());
    let of = barred::Record { id: None, name, class: Some((grade, class_no)) };
    for (person, rank) in people.iter().zip(ranks()) {
        let person = records::collector(ids.collector(), id, rank, person, Right::Standing)?;
        // A second record of a child is no way round a bar of the first.
        if let Some(child) = barred::barred_of_namesake(room.register, &bars, of, (&person).into(), now.date()) {
            return Ok(crate::rules::acts::stopped(child));
        }
        facts.push(listed(room, person));
    }
    Ok(facts)
}

fn change_child(room: Room<'_>, id: ChildId, change: impl FnOnce(&mut Child) -> Result<(), Objection>) -> Result<Vec<Fact>, Objection> {
    let was = room.register.child(id).ok_or(Objection::Empty)?;
    let mut now = was.clone();
    change(&mut now)?;
    if now.is_young() {
        now.self_leave = false; // whatever the letter says (I9)
    }
    if *was == now {
        return Err(Hindrance::Unchanged.into());
    }
    Ok(vec![Fact::ChildSet { was: Some(Box::new(was.clone())), now: Box::new(now) }])
}

/// Whether somebody on the staff is barred from the child whose list is to change, or would be put on the list of a child from whom
/// somebody is barred: nobody lets himself in, by a second record of the child neither.
pub(super) fn is_own_matter(room: Room<'_>, act: &PeopleAct, staff: StaffId, now: Moment) -> bool {
    let name = if let PeopleAct::Add { name, .. } | PeopleAct::Set(_, Field::Name, Some(name)) = act { Some(name) } else { None };
    let is_namesake = name.is_some_and(|name| barred::namesake(room.register, name, staff, now.date()).is_some());
    is_namesake || (!matches!(act, PeopleAct::Add { .. }) && changes_own_matter(room, act, staff, now))
}

fn changes_own_matter(room: Room<'_>, act: &PeopleAct, staff: StaffId, now: Moment) -> bool {
    // The child of whom the act speaks, and who of its list: as the record is, and as it would be.
    let (child, who): (Option<ChildId>, Vec<Collector>) = match act {
        PeopleAct::Change(id, change) => match room.register.collector(*id) {
            Some(was) => (Some(was.child), vec![was.clone(), changed(was, change)]),
            None => return false,
        },
        PeopleAct::List(child, person) => {
            let new = Collector::new(CollectorId(0), *child, 0, &person.name, &person.relation, Right::Standing);
            (Some(*child), vec![Collector { phone: person.phone.clone(), ..new }])
        }
        PeopleAct::Set(child, ..) | PeopleAct::Household(child, _) | PeopleAct::SelfLeave(child, _) | PeopleAct::Early(child, ..) => {
            (Some(*child), Vec::new())
        }
        PeopleAct::Add { .. }
        | PeopleAct::BarNew(..)
        | PeopleAct::BarListed(..)
        | PeopleAct::Buddy(..)
        | PeopleAct::Withdraw(_)
        | PeopleAct::ForgetDays(_)
        | PeopleAct::ForgetCards(..)
        | PeopleAct::Enrol(_)
        | PeopleAct::Term(..)
        | PeopleAct::Always(..)
        | PeopleAct::RefuseCare { .. } => (None, Vec::new()),
        // Its list goes with the child.
        PeopleAct::Erase(child) => (Some(*child), Vec::new()),
    };
    let is_listed = || room.register.staff_member(staff).is_some_and(|staff| who.iter().any(|who| duty::is_person(staff, who.into())));
    child.is_some_and(|child| {
        let restricted = barred::is_restricted(room.register, child, now.date());
        barred::is_of_staff(room.register, child, staff, now.date()) || (restricted && is_listed())
    })
}

/// Who a collector would be after a change.
fn changed(collector: &Collector, change: &Change) -> Collector {
    let mut now = collector.clone();
    match change {
        Change::Line(Line::Name, text) => now.name = text.clone().unwrap_or_default(),
        Change::Line(Line::Relation, text) => now.relation = text.clone().unwrap_or_default(),
        Change::Line(Line::Phone, text) => now.phone.clone_from(text),
        Change::Staff(staff) => now.staff = *staff,
        Change::Line(Line::Looks, _)
        | Change::First
        | Change::Phrase(_)
        | Change::Minor(_)
        | Change::Bar(_)
        | Change::Lift
        | Change::End
        | Change::List => {}
    }
    now
}

/// What is entered instead, when a bar fits somebody who is to be on the list: that the leader has to look.
fn unless_stopped(room: Room<'_>, person: &Collector, now: Moment) -> Option<Vec<Fact>> {
    let naming = if matches!(person.right, Right::OneDay { .. }) { barred::naming } else { barred::naming_for_good };
    let stopped = naming(room.register, person.child, person.into(), now.date()) == barred::Naming::Stopped;
    stopped.then(|| crate::rules::acts::stopped(person.child))
}

fn change_collector(room: Room<'_>, id: CollectorId, change: &Change, at: Moment) -> Result<Vec<Fact>, Objection> {
    let was = room.register.collector(id).ok_or(Objection::Empty)?;
    if *change == Change::First {
        return first(room, was);
    }
    let now = records::changed(was, change)?;
    if now == *was {
        return Err(Hindrance::Unchanged.into());
    }
    if let Change::Bar(bar) = change {
        return bars::barring(room, now, bar);
    }
    // A bar of which more is known reaches whom it fits now.
    if now.right == Right::Barred {
        let bar = Bar { from: now.from, until: now.until, paper: now.paper.clone() };
        return bars::barring(room, now, &bar);
    }
    let on_list = |c: &Collector| matches!(c.right, Right::Standing | Right::OneDay { .. });
    let before = if on_list(was) { unless_stopped(room, was, at) } else { None };
    if let (true, None, Some(stopped)) = (on_list(&now), before, unless_stopped(room, &now, at)) {
        return Ok(stopped);
    }
    // A restriction, and a person who turns out to be under age, are never refused for want of numbers: safety first.
    let keeps_number = matches!(change, Change::Bar(_) | Change::Minor(_));
    if !keeps_number && was.right == Right::Standing && !was.minor {
        let others = room.register.collectors(was.child).filter(|c| c.id != id && c.right == Right::Standing && !c.minor);
        let own = Some(&now).filter(|c| c.right == Right::Standing);
        let left: BTreeSet<String> = others.chain(own).filter_map(|c| c.phone.as_deref()).filter(|p| is_phone(p)).map(digits).collect();
        if left.len() < NUMBERS && left.len() < numbers(room, was.child).len() {
            return Err(Hindrance::LastNumber(id).into());
        }
    }
    Ok(vec![listed(room, now)])
}

/// Collector 1; the others follow in the order in which they stood.
fn first(room: Room<'_>, collector: &Collector) -> Result<Vec<Fact>, Objection> {
    if collector.minor {
        return Err(Hindrance::Minor(collector.id).into());
    }
    let others = room.register.collectors(collector.child).filter(|c| c.id != collector.id);
    let ranked = std::iter::once(collector).chain(others).zip(ranks());
    let facts: Vec<Fact> = ranked.filter(|(c, rank)| c.rank != *rank).map(|(c, rank)| listed(room, Collector { rank, ..c.clone() })).collect();
    if facts.is_empty() { Err(Hindrance::Unchanged.into()) } else { Ok(facts) }
}

/// 1, 2, 3 … and no further than a rank goes.
fn ranks() -> impl Iterator<Item = u8> {
    (1..u8::MAX).chain(std::iter::repeat(u8::MAX))
}

fn listed(room: Room<'_>, now: Collector) -> Fact {
    Fact::CollectorSet { was: room.register.collector(now.id).cloned().map(Box::new), now: Box::new(now) }
}

fn rank_after(room: Room<'_>, child: ChildId) -> u8 {
    room.register.collectors(child).map(|c| c.rank).max().unwrap_or(0).saturating_add(1)
}

/// Both ways, and whoever was paired with one of them is free again.
fn buddies(room: Room<'_>, child: ChildId, with: Option<ChildId>) -> Result<Vec<Fact>, Objection> {
    if with == Some(child) {
        return Err(Hindrance::Itself.into());
    }
    let pair = [Some(child), with].into_iter().flatten().filter_map(|id| room.register.child(id));
    let left = pair.clone().filter_map(|c| c.buddy).filter(|b| *b != child && Some(*b) != with).filter_map(|b| room.register.child(b));
    let mut facts = Vec::new();
    for was in pair.chain(left.collect::<Vec<_>>()) {
        let buddy = if was.id == child { with } else { Some(child).filter(|_| Some(was.id) == with) };
        if was.buddy != buddy {
            facts.push(Fact::ChildSet { was: Some(Box::new(was.clone())), now: Box::new(Child { buddy, ..was.clone() }) });
        }
    }
    if facts.is_empty() { Err(Hindrance::Unchanged.into()) } else { Ok(facts) }
}

/// History stays; the card is void from now on and expected back; the buddy is free again.
fn withdraw(room: Room<'_>, id: ChildId, now: Moment) -> Result<Vec<Fact>, Objection> {
    if matches!(room.state().presence(id), Presence::In(_) | Presence::Out(..)) {
        return Err(Hindrance::IsHere(id).into());
    }
    let mut facts = change_child(room, id, |child| {
        (child.enrolled, child.buddy) = (false, None);
        child.withdrawn_on = child.withdrawn_on.or(Some(now.date()));
        Ok(())
    })?;
    let buddies = room.register.children().filter(|c| c.buddy == Some(id));
    facts.extend(buddies.map(|was| Fact::ChildSet { was: Some(Box::new(was.clone())), now: Box::new(Child { buddy: None, ..was.clone() }) }));
    let live = room.register.live_cards(id);
    facts.extend(live.map(|was| Fact::CardSet { was: Some(Box::new(was.clone())), now: Box::new(was.expired(now)) }));
    Ok(facts)
}

/// Whether a household has more than one child.
#[must_use]
pub fn has_siblings(room: Room<'_>, household: HouseholdId) -> bool {
    room.register.household(household).count() > 1
}

#[cfg(test)]
mod tests;
