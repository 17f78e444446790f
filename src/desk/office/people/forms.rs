//! The questions of the forms about people, one after another, and how their answers are read.
#![allow(clippy::match_same_arms)] // which fields may stay empty is listed once for each form
#![allow(clippy::wildcard_enum_match_arm)] // an answer of another kind than was asked for answers nothing

use chrono::{NaiveDate, Weekday};

use super::{Ask, Pick, Task, Tie};
use crate::desk::forms::{Form, Mistake, Step, Value, act};
use crate::desk::office;
use crate::desk::question::{Asks, Label, Prompt, Question, Secret};
use crate::domain::likeness::Described;
use crate::domain::people::{Child, ChildId, CollectorId, Consent, Enrolment, Right};
use crate::domain::time::{Moment, Weekdays};
use crate::rules::office::OfficeAct;
use crate::rules::office::people::{Bar, Change, Field, Line, PeopleAct, Person, digits, is_phone};
use crate::rules::{Act, Room, barred};
use crate::texts::people::typed::{RELATIONS, SOURCES, days, is_class_sign, is_empty_word};

/// So many of a list are numbered.
const MOST_LISTED: usize = 8;

/// The answers of a form, one after another; where one is missing its question is the next step.
struct Answers<'f> {
    form: &'f Form,
    at: usize,
}

impl<'f> Answers<'f> {
    fn next(&mut self, question: impl FnOnce() -> Question) -> Result<&'f Value, Step> {
        let value = self.form.values.get(self.at);
        self.at += 1;
        value.ok_or_else(|| Step::Ask(question()))
    }

    fn pick(&mut self, question: impl FnOnce() -> Question) -> Result<&'f Pick, Step> {
        match self.next(question)? {
            Value::Chosen(Label::Office(office::Pick::People(pick))) => Ok(pick),
            _ => Err(Step::Nothing),
        }
    }

    /// Words, typed or picked; empty where nothing was wanted.
    fn words(&mut self, room: Room<'_>, question: impl FnOnce() -> Question) -> Result<String, Step> {
        match self.next(question)? {
            Value::Text(text) => Ok(text.clone()),
            Value::Chosen(Label::Office(office::Pick::People(Pick::Word(word)))) => Ok((*word).to_owned()),
            Value::Chosen(Label::Office(office::Pick::People(Pick::Guardian(id)))) => {
                Ok(room.register.collector(*id).map_or_else(String::new, |c| format!("{} {}", c.relation, c.name).trim().to_owned()))
            }
            Value::Chosen(Label::Office(office::Pick::People(Pick::None))) => Ok(String::new()),
            _ => Err(Step::Nothing),
        }
    }

    fn date(&mut self, otherwise: Option<NaiveDate>, question: impl FnOnce() -> Question) -> Result<Option<NaiveDate>, Step> {
        match self.next(question)? {
            Value::Date(date) => Ok(Some(*date)),
            _ => Ok(otherwise),
        }
    }

    fn sure(&mut self, task: &Task) -> Result<(), Step> {
        self.next(|| ask(Asks::Confirm, Ask::Sure(Box::new(task.clone())))).map(|_| ())
    }
}

fn ask(asks: Asks, what: Ask) -> Question {
    Question::ask(asks, Prompt::Office(office::Ask::People(what)))
}

fn choose(what: Ask, picks: impl IntoIterator<Item = Pick>) -> Question {
    let labels = picks.into_iter().map(|pick| Label::Office(office::Pick::People(pick)));
    Question::choose(Prompt::Office(office::Ask::People(what)), labels)
}

fn text(what: Ask) -> Question {
    ask(Asks::Text, what)
}

fn some(text: String) -> Option<String> {
    Some(text).filter(|t| !t.trim().is_empty())
}

pub(super) fn step(task: &Task, form: &Form, room: Room<'_>, now: Moment) -> Step {
    match comes_to(task, form, room, now) {
        Ok(people) => act(Act::Office(OfficeAct::People(Box::new(people)))),
        Err(step) => step,
    }
}

fn comes_to(task: &Task, form: &Form, room: Room<'_>, now: Moment) -> Result<PeopleAct, Step> {
    let mut answers = Answers { form, at: 0 };
    let change = |id: &CollectorId, change| PeopleAct::Change(*id, change);
    Ok(match task {
        Task::Add { guest } => add(&mut answers, room, guest.then(|| now.date()))?,
        Task::Field(child, field) => {
            let value = answers.words(room, || text(Ask::Field(*child, *field)))?;
            PeopleAct::Set(*child, *field, some(value))
        }
        Task::AddCollector(child) => {
            let person = person(&mut answers, room, 1, &[])?;
            let of_age = matches!(answers.pick(|| choose(Ask::OfAge, [Pick::OfAge(true), Pick::OfAge(false)]).default_to(1))?, Pick::OfAge(true));
            PeopleAct::List(*child, Person { minor: !of_age, ..person })
        }
        Task::Line(id, line) => {
            let value = answers.words(room, || match line {
                Line::Relation => choose(Ask::Line(*id, *line), RELATIONS.map(Pick::Word)).taking(Asks::Named),
                Line::Name | Line::Phone | Line::Looks => text(Ask::Line(*id, *line)),
            })?;
            change(id, Change::Line(*line, some(value)))
        }
        Task::First(id) => {
            answers.sure(task)?;
            change(id, Change::First)
        }
        Task::Phrase(id) => {
            let question = || choose(Ask::Phrase(*id), [Pick::None]).taking(Asks::Secret(Secret::NewPhrase));
            match answers.next(question)? {
                Value::Hash(hash) => change(id, Change::Phrase(Some(hash.clone()))),
                _ => change(id, Change::Phrase(None)),
            }
        }
        Task::Minor(id, minor) => {
            answers.sure(task)?;
            change(id, Change::Minor(*minor))
        }
        Task::Staff(id) => {
            let staff = room.register.staff().filter(|s| s.active).map(|s| Pick::Staff(s.id));
            match answers.pick(|| choose(Ask::Staff(*id), std::iter::once(Pick::None).chain(staff)))? {
                Pick::Staff(staff) => change(id, Change::Staff(Some(*staff))),
                _ => change(id, Change::Staff(None)),
            }
        }
        Task::Bar(id) => change(id, Change::Bar(bar(&mut answers, room, now)?)),
        Task::BarNew(child) => bar_new(&mut answers, room, *child, now)?,
        Task::Lift(id) => {
            answers.sure(task)?;
            change(id, Change::Lift)
        }
        Task::End(id) => {
            answers.sure(task)?;
            change(id, Change::End)
        }
        Task::List(id) => {
            answers.sure(task)?;
            change(id, Change::List)
        }
        Task::Tie(child, tie, other) => {
            answers.sure(task)?;
            together(*child, *tie, Some(*other))
        }
        Task::Untie(child, tie) => {
            answers.sure(task)?;
            together(*child, *tie, None)
        }
        // For a young child no letter is asked for: the rule refuses whatever it would say (I9).
        Task::SelfLeave(child) if room.register.child(*child).is_some_and(Child::is_young) => PeopleAct::SelfLeave(*child, Some("-".to_owned())),
        Task::SelfLeave(child) => PeopleAct::SelfLeave(*child, Some(answers.words(room, || text(Ask::Letter(*child)))?)),
        Task::NoSelfLeave(child) => {
            answers.sure(task)?;
            PeopleAct::SelfLeave(*child, None)
        }
        Task::Withdraw(child) => {
            answers.sure(task)?;
            PeopleAct::Withdraw(*child)
        }
        Task::Enrol(child) => {
            answers.sure(task)?;
            PeopleAct::Enrol(*child)
        }
        Task::Term(child) => term(&mut answers, room, *child, now)?,
        Task::Early(child) => early(&mut answers, room, *child)?,
        Task::Refuse => {
            let name = answers.words(room, || text(Ask::Name))?;
            let grade = match answers.pick(|| choose(Ask::Grade, (1..=6).map(Pick::Grade)).and(9, Label::Office(office::Pick::People(Pick::None))))? {
                Pick::Grade(grade) => Some(*grade),
                _ => None,
            };
            PeopleAct::RefuseCare { name, grade, reason: answers.words(room, || text(Ask::RefusedWhy))? }
        }
    })
}

fn together(child: ChildId, tie: Tie, with: Option<ChildId>) -> PeopleAct {
    match tie {
        Tie::Household => PeopleAct::Household(child, with),
        Tie::Buddy => PeopleAct::Buddy(child, with),
    }
}

/// Name, grade, class, then two people with two different numbers (F002).
fn add(answers: &mut Answers<'_>, room: Room<'_>, guest_on: Option<NaiveDate>) -> Result<PeopleAct, Step> {
    let name = answers.words(room, || text(Ask::Name))?;
    let grade = match answers.pick(|| choose(Ask::Grade, (1..=6).map(Pick::Grade)))? {
        Pick::Grade(grade) => *grade,
        _ => return Err(Step::Nothing),
    };
    let class_no = class(&answers.words(room, || text(Ask::Class))?);
    let same = |c: &&Child| c.name == name && (c.grade, c.class_no) == (grade, class_no);
    if let Some(other) = room.register.children().find(same) {
        answers.next(|| ask(Asks::Confirm, Ask::SameName(other.id)))?;
    }
    let mut people = vec![person(answers, room, 1, &[])?];
    let first: Vec<String> = people.iter().filter_map(|p| p.phone.as_deref().map(digits)).collect();
    people.push(person(answers, room, 2, &first)?);
    Ok(PeopleAct::Add { name, grade, class_no, guest_on, people })
}

fn class(text: &str) -> Option<u8> {
    text.parse().ok().filter(|n| *n > 0)
}

/// Name and relation, in the order in which every form of the desk asks for them.
fn name_and_relation(answers: &mut Answers<'_>, room: Room<'_>, n: usize) -> Result<(String, String), Step> {
    let name = answers.words(room, || text(Ask::PersonName(n)))?;
    let relation = answers.words(room, || choose(Ask::Relation(n), RELATIONS.map(Pick::Word)).taking(Asks::Named))?;
    Ok((name, relation))
}

/// Who must not collect: whatever is known of the person, which of the list it is where that is not plain, and for how long.
fn bar_new(answers: &mut Answers<'_>, room: Room<'_>, child: ChildId, now: Moment) -> Result<PeopleAct, Step> {
    let (name, relation) = name_and_relation(answers, room, 1)?;
    let phone = some(answers.words(room, || text(Ask::BarredPhone))?);
    let who = Described { name: &name, relation: &relation, phone: phone.as_deref(), staff: None };
    let listed = barred::may_be_of_the_list(room.register, child, who);
    let of_the_list = if listed.is_empty() {
        None
    } else {
        let picks = || listed.iter().take(MOST_LISTED).map(|c| Pick::Collector(c.id));
        let question = || choose(Ask::OfTheList(child), picks()).and(0, Label::Office(office::Pick::People(Pick::NobodyOfThem)));
        if let Pick::Collector(listed) = answers.pick(question)? { Some(*listed) } else { None }
    };
    let person = Person { relation, name, phone, minor: false };
    let bar = bar(answers, room, now)?;
    Ok(match of_the_list {
        Some(listed) => PeopleAct::BarListed(listed, person, bar),
        None => PeopleAct::BarNew(child, person, bar),
    })
}

/// Name, relation, number; a number that was given before is asked for again.
fn person(answers: &mut Answers<'_>, room: Room<'_>, n: usize, given: &[String]) -> Result<Person, Step> {
    let (name, relation) = name_and_relation(answers, room, n)?;
    let mut phone = answers.words(room, || text(Ask::Phone(n)))?;
    while given.contains(&digits(&phone)) {
        phone = answers.words(room, || text(Ask::OtherPhone))?;
    }
    Ok(Person { relation, name, phone: Some(phone), minor: false })
}

fn bar(answers: &mut Answers<'_>, room: Room<'_>, now: Moment) -> Result<Bar, Step> {
    let from = answers.date(Some(now.date()), || ask(Asks::Date, Ask::From))?;
    let until = answers.date(None, || ask(Asks::Date, Ask::Until))?;
    let paper = some(answers.words(room, || text(Ask::Paper))?);
    Ok(Bar { from, until, paper })
}

/// Term, days, consent; of a consent that was given when, by whom, how and under which reference (S2.05).
fn term(answers: &mut Answers<'_>, room: Room<'_>, child: ChildId, now: Moment) -> Result<PeopleAct, Step> {
    let today = now.date();
    let mut terms: Vec<_> = room.settings.terms.iter().filter(|t| t.until >= today).collect();
    terms.sort_by_key(|t| t.from);
    let picks = terms.into_iter().take(6).map(|t| Pick::Term(Some(t.name.clone()))).chain([Pick::Term(None)]);
    let Pick::Term(term) = answers.pick(|| choose(Ask::Term(child), picks))? else { return Err(Step::Nothing) };
    let question = || choose(Ask::Weekdays, [Pick::EveryDay]).default_to(1).taking(Asks::Named);
    let weekdays = match answers.next(question)? {
        Value::Text(typed) => days(typed),
        _ => None,
    };
    let consents = [Consent::Given, Consent::Missing, Consent::Unknown].map(Pick::Consent);
    let Pick::Consent(consent) = answers.pick(|| choose(Ask::Consent, consents))? else { return Err(Step::Nothing) };
    let Some(term) = term else { return Ok(PeopleAct::Always(child, weekdays, *consent)) };
    let mut enrolment =
        Enrolment { term: term.clone(), weekdays, consent: *consent, signed_on: None, signed_by: None, source: None, reference: None };
    if *consent == Consent::Given {
        enrolment.signed_on = answers.date(Some(today), || ask(Asks::Date, Ask::SignedOn))?;
        let guardians = room.register.collectors(child).filter(|c| c.right == Right::Standing && !c.minor).take(6).map(|c| Pick::Guardian(c.id));
        enrolment.signed_by = some(answers.words(room, || choose(Ask::SignedBy, guardians).taking(Asks::Named))?);
        enrolment.source = some(answers.words(room, || choose(Ask::Source, SOURCES.map(Pick::Word)).taking(Asks::Named))?);
        enrolment.reference = some(answers.words(room, || text(Ask::Reference))?);
    }
    Ok(PeopleAct::Term(child, enrolment))
}

fn early(answers: &mut Answers<'_>, room: Room<'_>, child: ChildId) -> Result<PeopleAct, Step> {
    let record = room.register.child(child);
    let at = |day: Weekday| record.and_then(|c| c.early.iter().find(|e| e.weekday == day)).map(|e| e.at);
    let picks = Weekdays::WORKDAYS.iter().map(|day| Pick::Weekday(day, at(day)));
    let Pick::Weekday(day, _) = answers.pick(|| choose(Ask::Weekday(child), picks))? else { return Err(Step::Nothing) };
    match answers.next(|| ask(Asks::Time, Ask::EarlyAt(*day)))? {
        Value::Time(at) => {
            let reason = answers.words(room, || text(Ask::EarlyWhy))?;
            Ok(PeopleAct::Early(child, *day, Some((*at, reason))))
        }
        _ => Ok(PeopleAct::Early(child, *day, None)),
    }
}

/// Reads what asks for more than some text.
pub(super) fn read(what: &Ask, typed: &str) -> Option<Result<Value, Mistake>> {
    let empty = is_empty_word(typed);
    let picked = |pick| Some(Ok(Value::Chosen(Label::Office(office::Pick::People(pick)))));
    let nothing = || picked(Pick::None);
    match what {
        Ask::Class | Ask::Field(_, Field::Class) if empty => nothing(),
        Ask::Class | Ask::Field(_, Field::Class) => Some(match typed.trim().trim_end_matches(is_class_sign).parse::<u8>() {
            Ok(n @ 1..=99) => Ok(Value::Text(n.to_string())),
            Ok(_) | Err(_) => Err(if typed.trim().is_empty() { Mistake::Empty } else { Mistake::NotANumber }),
        }),
        Ask::Field(_, Field::Grade) => Some(match typed.trim().parse::<u8>() {
            Ok(n @ 1..=6) => Ok(Value::Text(n.to_string())),
            Ok(_) | Err(_) => Err(Mistake::NoSuchChoice),
        }),
        Ask::Field(_, field) if empty && field.is_optional() => nothing(),
        Ask::PersonName(_) | Ask::BarredPhone | Ask::Paper | Ask::Reference | Ask::SignedBy | Ask::Source if empty => nothing(),
        Ask::Line(_, Line::Name | Line::Looks | Line::Phone) if empty => nothing(),
        Ask::Phone(_) | Ask::OtherPhone | Ask::BarredPhone | Ask::Line(_, Line::Phone) if !typed.trim().is_empty() && !is_phone(typed) => {
            Some(Err(Mistake::NotAPhone))
        }
        Ask::From | Ask::SignedOn if typed.trim().is_empty() => picked(Pick::Today),
        Ask::Until if typed.trim().is_empty() || empty => nothing(),
        Ask::EarlyAt(_) if empty => nothing(),
        Ask::Weekdays => days(typed).is_none().then_some(Err(Mistake::NoSuchChoice)),
        Ask::What(_)
        | Ask::Name
        | Ask::SameName(_)
        | Ask::Grade
        | Ask::Relation(_)
        | Ask::PersonName(_)
        | Ask::Phone(_)
        | Ask::OtherPhone
        | Ask::BarredPhone
        | Ask::OfTheList(_)
        | Ask::OfAge
        | Ask::Field(..)
        | Ask::Line(..)
        | Ask::Phrase(_)
        | Ask::Staff(_)
        | Ask::From
        | Ask::Until
        | Ask::Paper
        | Ask::Letter(_)
        | Ask::Term(_)
        | Ask::Consent
        | Ask::SignedOn
        | Ask::SignedBy
        | Ask::Source
        | Ask::Reference
        | Ask::Weekday(_)
        | Ask::EarlyAt(_)
        | Ask::EarlyWhy
        | Ask::RefusedWhy
        | Ask::Sure(_) => None,
    }
}
