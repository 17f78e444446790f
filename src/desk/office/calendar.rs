//! The screen about when there is care: what is shown, what can be picked, and the questions of its forms.
//!
//! A timetable is asked field by field (`table`); every field has a suggestion that Enter takes, and what does not fit is
//! said beside the field before the next one is asked.

mod table;

use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};

use crate::desk::forms::{Form, Mistake, Step, Value, act};
use crate::desk::office;
use crate::desk::question::{Asks, Label, Prompt, Question};
use crate::desk::{Effect, Model};
use crate::domain::calendar::{SessionKind, SpecialDay, SpecialKind, Term, TimetableId};
use crate::domain::time::{Moment, Weekdays, date, month};
use crate::rules::office::OfficeAct;
use crate::rules::office::calendar::CalendarAct;
use crate::rules::{Act, Room};

/// What of it is shown.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct View {
    /// The first day of the month that is shown; `None` for today and what is ahead.
    pub month: Option<NaiveDate>,
}

/// Something that is entered in a form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Task {
    /// A new timetable.
    Add,
    /// Another content for a timetable; which is asked when it is not known.
    Change(Option<TimetableId>),
    /// A last day for a timetable.
    End,
    /// A term, new or changed.
    Term,
    /// A term goes.
    RemoveTerm,
    /// A day is declared special; which is asked when it is not known.
    Day(Option<NaiveDate>),
    /// A special day is ordinary again.
    Ordinary,
}

/// What a form asks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Ask {
    /// What to do on the screen.
    What,
    /// Which timetable.
    WhichTable,
    /// A timetable's name.
    TableName,
    /// What session it is.
    Kind,
    /// On which days of the week.
    Days,
    /// When it starts.
    Start,
    /// When it ends; what it is and when it starts.
    EndsAt(Option<SessionKind>, NaiveTime),
    /// From when on pickup is ordinary: between these.
    Pickup(NaiveTime, NaiveTime),
    /// Before when nothing may sound.
    Quiet,
    /// From which day on; today, for the year.
    From(NaiveDate),
    /// Until which day; the first.
    Until(NaiveDate),
    /// Its last day; today, for the year.
    LastDay(NaiveDate),
    /// A term's name.
    TermName,
    /// A term's first day; today, for the year.
    TermFirst(NaiveDate),
    /// A term's last day; the first.
    TermLast(NaiveDate),
    /// Which term.
    WhichTerm,
    /// Which day; today, for the year.
    Date(NaiveDate),
    /// What that day is.
    Special(NaiveDate),
    /// Whose day of the week it follows.
    Follows,
    /// Why it is special.
    Why,
    /// Which special day.
    WhichDay,
}

/// Something to pick on the screen or in a form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Pick {
    /// Enter a new timetable.
    Add,
    /// Change a timetable.
    Change,
    /// End a timetable.
    End,
    /// Enter a term.
    Term,
    /// Remove a term.
    RemoveTerm,
    /// Declare a day.
    Day,
    /// A special day is ordinary again.
    Ordinary,
    /// Show today again.
    Now,
    /// A timetable, with its name.
    Table(TimetableId, String),
    /// A term.
    TermNamed(String),
    /// A name that is kept.
    Name(String),
    /// A kind of session.
    Kind(SessionKind),
    /// Days of the week.
    Days(Weekdays),
    /// A time of day.
    Time(NaiveTime),
    /// A date.
    Date(NaiveDate),
    /// No last day.
    Open,
    /// What a special day is.
    Special(SpecialKind),
    /// It is no special day any more.
    OrdinaryAgain,
    /// Whose day of the week it follows; `None` for its own.
    Follow(Option<Weekday>),
}

/// What is wrong with an answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wrong {
    /// Not days of the week.
    NotDays,
    /// The end is not after the start, or pickup not between them.
    Hours,
    /// Evening study of more than two hours (S2.16).
    EveningLong,
    /// Evening study after 20:30 (S2.16).
    EveningLate,
    /// The last day is before the first.
    Span,
}

/// The screen as it opens; `rest` is what was typed after the command's word: a month is shown.
#[must_use]
pub fn open(model: &Model, rest: &str) -> View {
    View { month: month(rest, model.now.date()) }
}

/// The numbered choices on the screen.
#[must_use]
pub fn question(view: &View, room: Room<'_>, now: Moment) -> Question {
    let office = room.register.office();
    let (tables, terms) = (!office.timetables.is_empty(), !office.terms.is_empty());
    let ahead = office.days.range(now.date()..).next().is_some();
    let list = [
        Some(Pick::Day),
        Some(Pick::Add),
        tables.then_some(Pick::Change),
        tables.then_some(Pick::End),
        Some(Pick::Term),
        terms.then_some(Pick::RemoveTerm),
        ahead.then_some(Pick::Ordinary),
        view.month.is_some().then_some(Pick::Now),
    ];
    Question::choose(prompt(Ask::What), list.into_iter().flatten().map(label))
}

/// A choice on the screen was taken.
pub fn picked(model: &mut Model, _view: &View, pick: &Pick) -> Vec<Effect> {
    #[allow(clippy::wildcard_enum_match_arm)] // the others stand in forms
    let task = match pick {
        Pick::Add => Task::Add,
        Pick::Change => {
            let mut ids = model.register.office().timetables.keys();
            Task::Change(ids.next().copied().filter(|_| ids.next().is_none()))
        }
        Pick::End => Task::End,
        Pick::Term => Task::Term,
        Pick::RemoveTerm => Task::RemoveTerm,
        Pick::Day => Task::Day(None),
        Pick::Ordinary => Task::Ordinary,
        Pick::Now => return model.open_screen(office::Screen::Calendar(View::default())),
        _ => return Vec::new(),
    };
    model.open_task(office::Task::Calendar(task))
}

/// A text was typed on the screen that is no choice: a date is declared, a month is shown.
pub fn typed(model: &mut Model, _view: &View, text: &str) -> Option<Vec<Effect>> {
    let today = model.now.date();
    if let Some(day) = date(text, today) {
        return Some(model.open_task(office::Task::Calendar(Task::Day(Some(day)))));
    }
    let month = month(text, today)?;
    Some(model.open_screen(office::Screen::Calendar(View { month: Some(month) })))
}

/// The next question of a form, or what it comes to.
#[must_use]
pub fn step(task: &Task, form: &Form, room: Room<'_>, now: Moment) -> Step {
    match task {
        Task::Add => table::step(None, form, 0, room, now),
        Task::Change(Some(id)) => table::step(Some(*id), form, 0, room, now),
        Task::Change(None) => match picked_in(form, 0) {
            Some(Pick::Table(id, _)) => table::step(Some(*id), form, 1, room, now),
            _ => which_table(room),
        },
        Task::End => end(form, room, now),
        Task::Term => term(form, now),
        Task::RemoveTerm => match picked_in(form, 0) {
            Some(Pick::TermNamed(name)) => enter(CalendarAct::RemoveTerm { name: name.clone() }),
            _ => ask(Question::choose(prompt(Ask::WhichTerm), room.register.office().terms.keys().cloned().map(Pick::TermNamed).map(label))),
        },
        Task::Day(known) => match known.or_else(|| form.date(0)) {
            Some(day) => special(day, form, usize::from(known.is_none()), room),
            None => ask(Question::ask(Asks::Date, prompt(Ask::Date(now.date())))),
        },
        Task::Ordinary => {
            if let Some(Pick::Date(date)) = picked_in(form, 0) {
                return enter(CalendarAct::Ordinary { date: *date });
            }
            let ahead = room.register.office().days.range(now.date()..).map(|(date, _)| Pick::Date(*date));
            ask(Question::choose(prompt(Ask::WhichDay), ahead.map(label)))
        }
    }
}

fn which_table(room: Room<'_>) -> Step {
    let tables = room.register.office().timetables.values().map(|t| Pick::Table(t.id, t.name.clone()));
    ask(Question::choose(prompt(Ask::WhichTable), tables.map(label)))
}

fn end(form: &Form, room: Room<'_>, now: Moment) -> Step {
    let Some(Pick::Table(id, name)) = picked_in(form, 0) else { return which_table(room) };
    match date_in(form, 1) {
        Some(last) => enter(CalendarAct::End { id: *id, name: name.clone(), last }),
        None => suggest(Asks::Named, Ask::LastDay(now.date()), Some(Pick::Date(now.date()))),
    }
}

fn term(form: &Form, now: Moment) -> Step {
    let Some(name) = form.text(0) else { return ask(Question::ask(Asks::Text, prompt(Ask::TermName))) };
    let Some(from) = form.date(1) else { return ask(Question::ask(Asks::Date, prompt(Ask::TermFirst(now.date())))) };
    match form.date(2) {
        Some(until) => enter(CalendarAct::Term(Term { name: name.clone(), from, until })),
        None => ask(Question::ask(Asks::Date, prompt(Ask::TermLast(from)))),
    }
}

/// What a day is → whose day it follows, or its hours → why.
fn special(date: NaiveDate, form: &Form, at: usize, room: Room<'_>) -> Step {
    let Some(kind) = picked_in(form, at) else {
        let declared = room.register.office().days.contains_key(&date).then_some(Pick::OrdinaryAgain);
        let list = SpecialKind::ALL.into_iter().map(Pick::Special).chain(declared);
        return ask(Question::choose(prompt(Ask::Special(date)), list.map(label)));
    };
    let Pick::Special(kind) = kind else { return enter(CalendarAct::Ordinary { date }) };
    let (mut follows, mut start, mut end) = (None, None, None);
    let why = match kind {
        SpecialKind::Closed => at + 1,
        SpecialKind::Care => {
            let Some(Pick::Follow(day)) = picked_in(form, at + 1) else {
                let days = Weekdays::WORKDAYS.iter().map(|d| Pick::Follow(Some(d))).chain([Pick::Follow(None)]);
                return ask(Question::choose(prompt(Ask::Follows), days.map(label)));
            };
            follows = *day;
            at + 2
        }
        SpecialKind::Half => {
            let Some(from) = time_in(form, at + 1) else { return suggest(Asks::Time, Ask::Start, None) };
            (start, end) = (Some(from), time_in(form, at + 2));
            if end.is_none() {
                return suggest(Asks::Time, Ask::EndsAt(None, from), None);
            }
            at + 3
        }
    };
    match form.text(why) {
        Some(name) => enter(CalendarAct::Day(Box::new(SpecialDay { date, kind: *kind, name: name.clone(), follows, start, end, pickup_from: None }))),
        None => ask(Question::ask(Asks::Text, prompt(Ask::Why))),
    }
}

/// Reads a typed answer where a form asks for more than some text; `None` for the usual reading.
#[must_use]
pub fn read(ask: &Ask, text: &str) -> Option<Result<Value, Mistake>> {
    match ask {
        Ask::What
        | Ask::WhichTable
        | Ask::TableName
        | Ask::Kind
        | Ask::Start
        | Ask::Quiet
        | Ask::TermName
        | Ask::WhichTerm
        | Ask::Special(_)
        | Ask::Follows
        | Ask::Why
        | Ask::WhichDay => None,
        Ask::Days => Some(crate::texts::calendar::read_days(text).map(|days| chosen(Pick::Days(days))).ok_or(Mistake::Calendar(Wrong::NotDays))),
        Ask::EndsAt(kind, start) => Some(table::read_end(*kind, *start, text)),
        Ask::Pickup(start, end) => Some(table::read_pickup(*start, *end, text)),
        Ask::From(today) | Ask::LastDay(today) | Ask::TermFirst(today) | Ask::Date(today) => {
            Some(date(text, *today).map(Value::Date).ok_or(Mistake::NotADate))
        }
        Ask::Until(first) | Ask::TermLast(first) => Some(last_day(text, *first)),
    }
}

/// A last day: without a year it is the first such day that is not before the first day.
fn last_day(text: &str, first: NaiveDate) -> Result<Value, Mistake> {
    let day = date(text, first).ok_or(Mistake::NotADate)?;
    let next_year = first.with_day(1).and_then(|d| d.with_year(d.year() + 1)).and_then(|base| date(text, base));
    match (day < first, next_year) {
        (false, _) => Ok(Value::Date(day)),
        (true, Some(next)) if next != day => Ok(Value::Date(next)),
        (true, _) => Err(Mistake::Calendar(Wrong::Span)),
    }
}

// ---- helpers of the forms ----

fn enter(it: CalendarAct) -> Step {
    act(Act::Office(OfficeAct::Calendar(it)))
}

fn ask(question: Question) -> Step {
    Step::Ask(question)
}

fn prompt(ask: Ask) -> Prompt {
    Prompt::Office(office::Ask::Calendar(ask))
}

fn label(pick: Pick) -> Label {
    Label::Office(office::Pick::Calendar(pick))
}

fn chosen(pick: Pick) -> Value {
    Value::Chosen(label(pick))
}

/// A question with a suggestion that Enter takes.
fn suggest(asks: Asks, about: Ask, suggestion: Option<Pick>) -> Step {
    ask(Question::choose(prompt(about), suggestion.map(label)).default_to(1).taking(asks))
}

fn picked_in(form: &Form, at: usize) -> Option<&Pick> {
    match form.chosen(at) {
        Some(Label::Office(office::Pick::Calendar(pick))) => Some(pick),
        Some(_) | None => None,
    }
}

fn time_in(form: &Form, at: usize) -> Option<NaiveTime> {
    match picked_in(form, at) {
        Some(Pick::Time(time)) => Some(*time),
        Some(_) | None => form.time(at),
    }
}

fn date_in(form: &Form, at: usize) -> Option<NaiveDate> {
    match picked_in(form, at) {
        Some(Pick::Date(date)) => Some(*date),
        Some(_) | None => form.date(at),
    }
}
