//! The screen about children, collectors and households: what is shown, what can be picked; the questions of its forms are
//! in `forms`.
//!
//! A name typed on any of its pages finds children, withdrawn ones too; what can be done with the child in front is
//! numbered; 0 goes back a page. Looking is free, changing wants a leader's PIN.

mod forms;

use chrono::{NaiveTime, Weekday};

use crate::desk::forms::{Form, Mistake, Step, Value};
use crate::desk::office::{self, Screen};
use crate::desk::question::{Label, Prompt, Question};
use crate::desk::{Effect, Model};
use crate::domain::people::{Child, ChildId, CollectorId, Consent, Right, StaffId};
use crate::domain::register::Register;
use crate::domain::search::{Keys, Query};
use crate::domain::time::Moment;
use crate::rules::access::Right as Access;
use crate::rules::office::people::has_siblings;
use crate::rules::{Room, barred, enrolment};
use crate::texts::people::typed;

pub use crate::rules::office::people::{Field, Line};

/// So many children are numbered on a page.
const PER_PAGE: usize = 8;

/// What of it is shown.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum View {
    /// The register at a glance: what wants a look.
    #[default]
    Overview,
    /// Children of a list, by pages.
    List(List, usize),
    /// Care that was refused.
    Refused,
    /// A child with everything about it.
    Child(ChildId),
    /// The fields of its record.
    Fields(ChildId),
    /// Those who may, or must not, collect it.
    Collectors(ChildId),
    /// One of them.
    Collector(CollectorId),
    /// Enrolment and early days.
    Days(ChildId),
    /// Another child is looked for, to go with this one.
    With(ChildId, Tie, Vec<ChildId>),
}

/// A list of children.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum List {
    /// All who are enrolled.
    All,
    /// Those without a guardian's consent today (S2.05).
    NoConsent,
    /// Those whose names fit.
    Found(String, Vec<ChildId>),
}

/// How two children go together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tie {
    /// One household.
    Household,
    /// A pair on walks and drills (F080).
    Buddy,
}

/// Something that is entered in a form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Task {
    /// A child is taken into the register.
    Add {
        /// For today only (F010).
        guest: bool,
    },
    /// A field of a child.
    Field(ChildId, Field),
    /// Somebody more for a child.
    AddCollector(ChildId),
    /// A field of a collector.
    Line(CollectorId, Line),
    /// Collector 1.
    First(CollectorId),
    /// The pass phrase.
    Phrase(CollectorId),
    /// Under age, or of age.
    Minor(CollectorId, bool),
    /// The record as member of staff.
    Staff(CollectorId),
    /// Must not collect.
    Bar(CollectorId),
    /// Somebody who is not listed must not collect.
    BarNew(ChildId),
    /// The restriction ends.
    Lift(CollectorId),
    /// No longer listed.
    End(CollectorId),
    /// Listed again.
    List(CollectorId),
    /// Two children go together.
    Tie(ChildId, Tie, ChildId),
    /// They no longer do.
    Untie(ChildId, Tie),
    /// The letter behind going home alone.
    SelfLeave(ChildId),
    /// No longer alone.
    NoSelfLeave(ChildId),
    /// The family withdraws the child.
    Withdraw(ChildId),
    /// It comes again.
    Enrol(ChildId),
    /// Enrolment for a term.
    Term(ChildId),
    /// A standing early departure.
    Early(ChildId),
    /// Care that was refused.
    Refuse,
}

/// What the screen or a form asks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Ask {
    /// What to do on the screen.
    What(View),
    /// A child's full name.
    Name,
    /// A child of this name is in this class already: another one?
    SameName(ChildId),
    /// Grade.
    Grade,
    /// Class, or none.
    Class,
    /// Relation of the nth collector.
    Relation(usize),
    /// Name of the nth collector, or none.
    PersonName(usize),
    /// Number of the nth collector.
    Phone(usize),
    /// The number was given already: another one.
    OtherPhone,
    /// Number of who must not collect, or none.
    BarredPhone,
    /// Which of a child's list must not collect it, where what is known of the person fits nobody surely.
    OfTheList(ChildId),
    /// Whether the person is of age.
    OfAge,
    /// A field of a child.
    Field(ChildId, Field),
    /// A field of a collector.
    Line(CollectorId, Line),
    /// A new pass phrase, or none.
    Phrase(CollectorId),
    /// Which member of staff.
    Staff(CollectorId),
    /// First day of a restriction.
    From,
    /// Its last day, or none.
    Until,
    /// The paper behind it, or none.
    Paper,
    /// The letter.
    Letter(ChildId),
    /// Which term.
    Term(ChildId),
    /// On which days.
    Weekdays,
    /// Whether a guardian has signed.
    Consent,
    /// When it was signed.
    SignedOn,
    /// By whom.
    SignedBy,
    /// How it reached the school.
    Source,
    /// Its reference, or none.
    Reference,
    /// Which day of the week.
    Weekday(ChildId),
    /// From when on, or no longer.
    EarlyAt(Weekday),
    /// Why.
    EarlyWhy,
    /// Why care was not given.
    RefusedWhy,
    /// Enter once more.
    Sure(Box<Task>),
}

/// Something to pick on the screen or in a form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Pick {
    /// A page back.
    Up,
    /// Another page of the screen.
    Go(View),
    /// The next page of a list.
    More,
    /// A child of a list.
    Child(ChildId),
    /// A collector.
    Collector(CollectorId),
    /// A form.
    Do(Task),
    /// A grade.
    Grade(u8),
    /// A word that is offered.
    Word(&'static str),
    /// A guardian, by relation and name.
    Guardian(CollectorId),
    /// Of age, or not.
    OfAge(bool),
    /// A member of staff.
    Staff(StaffId),
    /// Nobody, nothing.
    None,
    /// Nobody of those who are offered.
    NobodyOfThem,
    /// Today.
    Today,
    /// A term, or whatever the term.
    Term(Option<String>),
    /// Every care day.
    EveryDay,
    /// Consent.
    Consent(Consent),
    /// A day of the week, with the time that stands for it.
    Weekday(Weekday, Option<NaiveTime>),
}

impl View {
    /// The child whose record is open.
    #[must_use]
    pub fn child(&self, register: &Register) -> Option<ChildId> {
        match self {
            Self::Child(child) | Self::Fields(child) | Self::Collectors(child) | Self::Days(child) | Self::With(child, ..) => Some(*child),
            Self::Collector(id) => register.collector(*id).map(|c| c.child),
            Self::Overview | Self::List(..) | Self::Refused => None,
        }
    }
}

/// The screen as it opens; `rest` is what was typed after the command's word.
#[must_use]
pub fn open(model: &Model, rest: &str) -> View {
    typed::page(rest).unwrap_or_else(|| found(model, rest))
}

/// Children whose names fit, enrolled or not; the only one at once.
fn found(model: &Model, text: &str) -> View {
    let mut hits = model.names.find(&model.register, text);
    let query = Query::of(text);
    let gone = model.register.children().filter(|c| !c.enrolled && Keys::of(&c.name).matches(&query));
    hits.extend(gone.map(|c| c.id));
    match hits[..] {
        [only] => View::Child(only),
        _ => View::List(List::Found(text.trim().to_owned(), hits), 0),
    }
}

/// The children of a list, in their order.
#[must_use]
pub fn children(list: &List, room: Room<'_>) -> Vec<ChildId> {
    match list {
        List::All => {
            let mut all: Vec<&Child> = room.register.children().filter(|c| c.enrolled).collect();
            all.sort_unstable_by_key(|c| (c.grade, c.class_no, c.seat, c.id));
            all.into_iter().map(|c| c.id).collect()
        }
        List::NoConsent => enrolment::without_consent(room, room.day.date()).into_iter().map(|c| c.id).collect(),
        List::Found(_, hits) => hits.clone(),
    }
}

/// The children of a list that are numbered on a page, and how many pages there are.
#[must_use]
pub fn page(list: &List, page: usize, room: Room<'_>) -> (Vec<ChildId>, usize) {
    let all = children(list, room);
    let pages = all.len().div_ceil(PER_PAGE).max(1);
    (all.into_iter().skip(page % pages * PER_PAGE).take(PER_PAGE).collect(), pages)
}

/// The numbered choices on the screen.
#[must_use]
pub fn question(view: &View, room: Room<'_>, _now: Moment) -> Question {
    let picks = match view {
        View::Overview => vec![
            Pick::Do(Task::Add { guest: false }),
            Pick::Do(Task::Add { guest: true }),
            Pick::Go(View::List(List::All, 0)),
            Pick::Go(View::List(List::NoConsent, 0)),
            Pick::Go(View::Refused),
        ],
        View::List(list, at) => {
            let (children, pages) = page(list, *at, room);
            children.into_iter().map(Pick::Child).chain((pages > 1).then_some(Pick::More)).collect()
        }
        View::Refused => vec![Pick::Do(Task::Refuse)],
        View::Child(id) => room.register.child(*id).map(|child| of_child(room, child)).unwrap_or_default(),
        View::Fields(child) => Field::ALL.map(|field| Pick::Do(Task::Field(*child, field))).to_vec(),
        View::Collectors(child) => {
            let listed = room.register.collectors(*child).map(|c| Pick::Collector(c.id));
            listed.chain([Pick::Do(Task::AddCollector(*child)), Pick::Do(Task::BarNew(*child))]).collect()
        }
        View::Collector(id) => of_collector(room, *id),
        View::Days(child) => vec![Pick::Do(Task::Term(*child)), Pick::Do(Task::Early(*child))],
        View::With(child, tie, hits) => hits.iter().take(PER_PAGE).map(|other| Pick::Do(Task::Tie(*child, *tie, *other))).collect(),
    };
    let label = |pick| Label::Office(office::Pick::People(pick));
    let question = Question::choose(Prompt::Office(office::Ask::People(Ask::What(view.clone()))), picks.into_iter().map(label));
    if *view == View::Overview { question } else { question.and(0, label(Pick::Up)) }
}

fn of_child(room: Room<'_>, child: &Child) -> Vec<Pick> {
    let id = child.id;
    let mut picks = vec![Pick::Go(View::Fields(id)), Pick::Go(View::Collectors(id)), Pick::Go(View::Days(id))];
    picks.push(if has_siblings(room, child.household) {
        Pick::Do(Task::Untie(id, Tie::Household))
    } else {
        Pick::Go(View::With(id, Tie::Household, Vec::new()))
    });
    picks.push(if child.buddy.is_some() { Pick::Do(Task::Untie(id, Tie::Buddy)) } else { Pick::Go(View::With(id, Tie::Buddy, Vec::new())) });
    picks.push(Pick::Do(if child.self_leave { Task::NoSelfLeave(id) } else { Task::SelfLeave(id) }));
    picks.push(Pick::Do(if child.enrolled { Task::Withdraw(id) } else { Task::Enrol(id) }));
    picks
}

fn of_collector(room: Room<'_>, id: CollectorId) -> Vec<Pick> {
    let Some(collector) = room.register.collector(id) else { return Vec::new() };
    let mut tasks = [Line::Name, Line::Relation, Line::Phone, Line::Looks].map(|line| Task::Line(id, line)).to_vec();
    match collector.right {
        Right::Standing | Right::OneDay { .. } => {
            tasks.extend([Task::First(id), Task::Phrase(id), Task::Minor(id, !collector.minor), Task::Staff(id), Task::Bar(id), Task::End(id)]);
        }
        Right::Barred => tasks.extend([Task::Bar(id), Task::Lift(id)]),
        Right::Ended => tasks.extend([Task::List(id), Task::Bar(id)]),
    }
    tasks.into_iter().map(Pick::Do).collect()
}

/// A page back.
fn up(model: &Model, view: &View) -> View {
    match view {
        View::Overview | View::List(..) | View::Refused | View::Child(_) => View::Overview,
        View::Fields(child) | View::Collectors(child) | View::Days(child) | View::With(child, ..) => View::Child(*child),
        View::Collector(id) => model.register.collector(*id).map_or(View::Overview, |c| View::Collectors(c.child)),
    }
}

/// A choice on the screen was taken.
pub fn picked(model: &mut Model, view: &View, pick: &Pick) -> Vec<Effect> {
    let next = match (pick, view) {
        (Pick::Do(task), _) => {
            if let Task::Tie(child, ..) = task {
                model.open_screen(Screen::People(View::Child(*child))); // the form goes back to the child
            }
            return model.open_task(office::Task::People(task.clone()));
        }
        (Pick::Up, _) => up(model, view),
        (Pick::Go(view), _) => view.clone(),
        (Pick::More, View::List(list, at)) => View::List(list.clone(), (at + 1) % page(list, 0, model.room()).1),
        (Pick::Child(child), _) => View::Child(*child),
        (Pick::Collector(id), _) => View::Collector(*id),
        (
            Pick::More
            | Pick::Grade(_)
            | Pick::Word(_)
            | Pick::Guardian(_)
            | Pick::OfAge(_)
            | Pick::Staff(_)
            | Pick::None
            | Pick::NobodyOfThem
            | Pick::Today
            | Pick::Term(_)
            | Pick::EveryDay
            | Pick::Consent(_)
            | Pick::Weekday(..),
            _,
        ) => return Vec::new(),
    };
    model.open_screen(Screen::People(next))
}

/// A text was typed on the screen that is no choice: `None` when the screen has no use for it.
pub fn typed(model: &mut Model, view: &View, text: &str) -> Option<Vec<Effect>> {
    let next = match view {
        View::With(child, tie, _) => {
            let mut hits = model.names.find(&model.register, text);
            hits.retain(|hit| hit != child);
            if hits.is_empty() {
                return None;
            }
            View::With(*child, *tie, hits)
        }
        View::Overview
        | View::List(..)
        | View::Refused
        | View::Child(_)
        | View::Fields(_)
        | View::Collectors(_)
        | View::Collector(_)
        | View::Days(_) => {
            let next = found(model, text);
            if matches!(&next, View::List(List::Found(_, hits), _) if hits.is_empty()) {
                return None;
            }
            next
        }
    };
    Some(model.open_screen(Screen::People(next)))
}

/// The right that a task takes, as far as it is known before its questions are answered: whatever is changed of a bar, and who is
/// listed for a child of whom somebody is barred, is a leader's (F030).
pub(super) fn right(task: &Task, room: Room<'_>) -> Access {
    let restricted = |child| barred::is_restricted(room.register, child, room.day.date());
    let of = |id: &CollectorId| room.register.collector(*id);
    let alone = match task {
        Task::Lift(_) => true,
        Task::AddCollector(child) => restricted(*child),
        Task::Line(id, _) | Task::Staff(id) | Task::Minor(id, false) | Task::List(id) => of(id).is_some_and(|c| restricted(c.child)),
        Task::Bar(id) | Task::First(id) | Task::Phrase(id) | Task::End(id) => of(id).is_some_and(|c| c.right == Right::Barred),
        Task::Minor(_, true)
        | Task::Add { .. }
        | Task::Field(..)
        | Task::BarNew(_)
        | Task::Tie(..)
        | Task::Untie(..)
        | Task::SelfLeave(_)
        | Task::NoSelfLeave(_)
        | Task::Withdraw(_)
        | Task::Enrol(_)
        | Task::Term(_)
        | Task::Early(_)
        | Task::Refuse => false,
    };
    if alone { Access::NameForRestricted } else { Access::ChangePeople }
}

/// The next question of a form, or what it comes to.
#[must_use]
pub fn step(task: &Task, form: &Form, room: Room<'_>, now: Moment) -> Step {
    forms::step(task, form, room, now)
}

/// Reads a typed answer where a form asks for more than some text; `None` for the usual reading.
#[must_use]
pub fn read(ask: &Ask, text: &str) -> Option<Result<Value, Mistake>> {
    forms::read(ask, text)
}
