//! The questions of the forms about staff, one after another.
//!
//! An answer that cannot be taken (a name that somebody has, a card that belongs to somebody, two PINs that differ) is passed
//! over and asked again; what was answered before it stays.

use std::slice::Iter;

use chrono::NaiveDate;

use super::{Ask, CardProblem, Field, Pick, Task, code};
use crate::desk::forms::{self, Form, Mistake, Step, Value};
use crate::desk::grammar::{Reader, parse};
use crate::desk::office;
use crate::desk::question::{Asks, Label, Prompt, Question, Secret};
use crate::domain::card::CardNumber;
use crate::domain::people::{Role, Staff, StaffId};
use crate::domain::staff::{Capacity, Credential, Employment, Vetting};
use crate::domain::time::Moment;
use crate::rules::duty::plan;
use crate::rules::office::OfficeAct;
use crate::rules::office::staff::{Change, Hindrance, LONGEST_NAME, MOST_LOAD, StaffAct, card_problem, name_is_taken};
use crate::rules::{Act, Room};
use crate::texts;

/// The next question of a form, or what it comes to.
#[must_use]
pub fn step(task: &Task, form: &Form, room: Room<'_>, now: Moment) -> Step {
    let mut given = form.values.iter();
    let act = match task {
        Task::Add => add(&mut given, room),
        Task::Change(staff, field) => match room.register.staff_member(*staff) {
            Some(person) => changes(&mut given, room, person, *field, now).map(|changes| StaffAct::Change { staff: *staff, changes }),
            None => Err(Step::Nothing),
        },
        Task::Plan { date, staff, on } => Ok(StaffAct::Plan { date: *date, staff: *staff, on: *on }),
        Task::Substitute(date) => substitute(&mut given, room, *date),
        Task::MakeCode(staff) => Err(code::make(&mut given, *staff)),
        Task::UseCode(staff) => code::take(&mut given, room, *staff),
    };
    match act {
        Ok(act) => forms::act(Act::Office(OfficeAct::Staff(act))),
        Err(step) => step,
    }
}

/// Reads a typed answer where a form asks for more than some text; `None` for the usual reading.
#[must_use]
pub fn read(ask: &Ask, text: &str) -> Option<Result<Value, Mistake>> {
    match ask {
        Ask::Name { .. } if text.trim().chars().count() > LONGEST_NAME => Some(Err(Mistake::TooLong)),
        Ask::Card(_) => Some(card_number(text).map(Value::Text)),
        Ask::Phone if text.chars().filter(char::is_ascii_digit).count() < 7 => Some(Err(Mistake::NotAPhone)),
        Ask::Load => Some(match text.trim().trim_end_matches('%').parse() {
            Ok(n) if n <= u32::from(MOST_LOAD) => Ok(Value::Number(n)),
            Ok(_) | Err(_) => Err(Mistake::NotANumber),
        }),
        Ask::What
        | Ask::Name { .. }
        | Ask::Role
        | Ask::Capacity
        | Ask::Employment
        | Ask::Pin { .. }
        | Ask::PinAgain
        | Ask::Phone
        | Ask::Paper
        | Ask::WhichPaper
        | Ask::Until(_)
        | Ask::Vetting
        | Ask::VettedOn { .. }
        | Ask::Retire(_)
        | Ask::Return(_)
        | Ask::MakeCode(_)
        | Ask::Code { .. }
        | Ask::WhoIsAway(_)
        | Ask::WhoComes(..) => None,
    }
}

/// The number of a card as a reader or a hand gives it.
fn card_number(text: &str) -> Result<String, Mistake> {
    parse(text, &Reader::default()).typed.into_card().and_then(|card| card.into_iter().next()).ok_or(Mistake::NotACard)
}

type Given<'a> = Iter<'a, Value>;

/// Name → role → capacity → card → PIN, twice.
fn add(given: &mut Given<'_>, room: Room<'_>) -> Result<StaffAct, Step> {
    let name = name(given, room, None)?;
    let role = role(given)?;
    let capacity = capacity(given)?;
    let card = card(given, room, None)?;
    let pin = pin(given, role)?;
    let card = card.map(|c| Change::Card(Some(c)));
    Ok(StaffAct::Add { name, role, changes: [Change::Capacity(capacity), Change::Pin(pin)].into_iter().chain(card).collect() })
}

fn changes(given: &mut Given<'_>, room: Room<'_>, person: &Staff, field: Field, now: Moment) -> Result<Vec<Change>, Step> {
    Ok(match field {
        Field::Role => {
            let role = role(given)?;
            let promoted = role == Role::Leader && person.role != Role::Leader;
            let pin = if promoted { Some(Change::Pin(pin(given, role)?)) } else { None };
            [Change::Role(role)].into_iter().chain(pin).collect()
        }
        Field::Capacity => vec![Change::Capacity(capacity(given)?)],
        Field::Employment => {
            let labels = Employment::ALL.into_iter().map(Some).chain([None]).map(Pick::Employment);
            let Pick::Employment(employment) = choice(given, Ask::Employment, labels)? else { return Err(Step::Nothing) };
            vec![Change::Employment(employment)]
        }
        Field::Vetting => vec![Change::Vetting(vetting(given, now)?)],
        Field::AddPaper => {
            let name = match given.next() {
                Some(Value::Text(name)) => name.clone(),
                Some(Value::Chosen(Label::Office(office::Pick::Staff(Pick::UsualPaper(n))))) => texts::staff::usual_paper(*n).to_owned(),
                Some(_) => return Err(Step::Nothing),
                None => {
                    let usual = (0..texts::staff::USUAL_PAPERS.len()).map(Pick::UsualPaper);
                    return Err(Step::Ask(choices(Ask::Paper, usual).taking(Asks::Named)));
                }
            };
            let until = until(given, &name)?;
            vec![Change::Paper(Credential { name, until })]
        }
        Field::RenewPaper => {
            let name = paper(given, person)?;
            let until = until(given, &name)?;
            vec![Change::Paper(Credential { name, until })]
        }
        Field::RemovePaper => vec![Change::RemovePaper(paper(given, person)?)],
        Field::Pin => vec![Change::Pin(pin(given, person.role)?)],
        Field::Card => vec![Change::Card(card(given, room, Some(person.id))?)],
        Field::Phone => match given.next() {
            None => return Err(Step::Ask(choices(Ask::Phone, [Pick::NoPhone]).taking(Asks::Named))),
            Some(Value::Text(phone)) => vec![Change::Phone(Some(phone.clone()))],
            Some(_) => vec![Change::Phone(None)],
        },
        Field::Load => match given.next() {
            Some(Value::Number(n)) => vec![Change::Load(u8::try_from(*n).ok())],
            Some(_) => return Err(Step::Nothing),
            None => return Err(ask(Asks::Number, Ask::Load)),
        },
        Field::Name => vec![Change::Name(name(given, room, Some(person.id))?)],
        Field::Retire | Field::Return => {
            let back = field == Field::Return;
            let sure = if back { Ask::Return(person.id) } else { Ask::Retire(person.id) };
            given.next().ok_or_else(|| ask(Asks::Confirm, sure))?;
            vec![Change::Active(back)]
        }
    })
}

/// Who does not come → who comes instead.
fn substitute(given: &mut Given<'_>, room: Room<'_>, date: NaiveDate) -> Result<StaffAct, Step> {
    let planned = plan::planned(room, date).iter().copied().map(Pick::Person);
    let Pick::Person(gone) = choice(given, Ask::WhoIsAway(date), planned)? else { return Err(Step::Nothing) };
    let others = plan::proposals(room, date).into_iter().map(|p| Pick::Person(p.staff));
    let Pick::Person(comes) = choice(given, Ask::WhoComes(date, gone), others)? else { return Err(Step::Nothing) };
    Ok(StaffAct::Substitute { date, gone, comes })
}

fn name(given: &mut Given<'_>, room: Room<'_>, own: Option<StaffId>) -> Result<String, Step> {
    let mut taken = false;
    for value in given {
        if let Value::Text(name) = value
            && !name_is_taken(room, own, name)
        {
            return Ok(name.clone());
        }
        taken = true;
    }
    Err(ask(Asks::Text, Ask::Name { taken }))
}

fn role(given: &mut Given<'_>) -> Result<Role, Step> {
    if let Pick::Role(role) = choice(given, Ask::Role, Role::ALL.map(Pick::Role))? { Ok(role) } else { Err(Step::Nothing) }
}

fn capacity(given: &mut Given<'_>) -> Result<Capacity, Step> {
    if let Pick::Capacity(capacity) = choice(given, Ask::Capacity, Capacity::ALL.map(Pick::Capacity))? { Ok(capacity) } else { Err(Step::Nothing) }
}

fn card(given: &mut Given<'_>, room: Room<'_>, own: Option<StaffId>) -> Result<Option<CardNumber>, Step> {
    let mut problem = CardProblem::None;
    for value in given {
        let Value::Text(number) = value else { return Ok(None) };
        let number = CardNumber::new(number.as_str());
        match card_problem(room, own, &number) {
            None => return Ok(Some(number)),
            Some(Hindrance::CardDigit) => problem = CardProblem::Digit,
            Some(_) => problem = CardProblem::Taken,
        }
    }
    Err(Step::Ask(choices(Ask::Card(problem), [Pick::NoCard]).default_to(1).taking(Asks::Named)))
}

/// A new PIN, typed twice; gives its hash.
pub(super) fn pin(given: &mut Given<'_>, role: Role) -> Result<String, Step> {
    let mut differed = false;
    loop {
        let Some(Value::Hash(hash)) = given.next() else {
            return Err(ask(Asks::Secret(Secret::NewPin(role)), Ask::Pin { differed }));
        };
        match given.next() {
            None => return Err(ask(Asks::Secret(Secret::Again), Ask::PinAgain)),
            Some(Value::Matched(true)) => return Ok(hash.clone()),
            Some(_) => differed = true,
        }
    }
}

fn paper(given: &mut Given<'_>, person: &Staff) -> Result<String, Step> {
    let papers = person.credentials.iter().map(|c| Pick::Paper(c.name.clone()));
    if let Pick::Paper(name) = choice(given, Ask::WhichPaper, papers)? { Ok(name) } else { Err(Step::Nothing) }
}

fn until(given: &mut Given<'_>, paper: &str) -> Result<Option<NaiveDate>, Step> {
    match given.next() {
        Some(Value::Date(date)) => Ok(Some(*date)),
        Some(_) => Ok(None),
        None => Err(Step::Ask(choices(Ask::Until(paper.to_owned()), [Pick::NoExpiry]).taking(Asks::Date))),
    }
}

fn vetting(given: &mut Given<'_>, now: Moment) -> Result<Vetting, Step> {
    let said = choice(given, Ask::Vetting, [Pick::Clear, Pick::Barred, Pick::NotVetted])?;
    if said != Pick::Clear {
        return Ok(if said == Pick::Barred { Vetting::Barred } else { Vetting::Unknown });
    }
    let today = now.date();
    let mut ahead = false;
    for value in given {
        let on = if let Value::Date(on) = value { *on } else { today };
        if on <= today {
            return Ok(Vetting::Clear { on });
        }
        ahead = true;
    }
    Err(Step::Ask(choices(Ask::VettedOn { ahead }, [Pick::Today(today)]).default_to(1).taking(Asks::Date)))
}

/// The pick that was chosen, or the question for it.
fn choice(given: &mut Given<'_>, asked: Ask, picks: impl IntoIterator<Item = Pick>) -> Result<Pick, Step> {
    match given.next() {
        Some(Value::Chosen(Label::Office(office::Pick::Staff(pick)))) => Ok(pick.clone()),
        Some(_) => Err(Step::Nothing),
        None => Err(Step::Ask(choices(asked, picks))),
    }
}

fn choices(asked: Ask, picks: impl IntoIterator<Item = Pick>) -> Question {
    Question::choose(prompt(asked), picks.into_iter().map(super::label))
}

fn ask(asks: Asks, asked: Ask) -> Step {
    Step::Ask(Question::ask(asks, prompt(asked)))
}

fn prompt(asked: Ask) -> Prompt {
    Prompt::Office(office::Ask::Staff(asked))
}
