//! ```text
//! .staff             everybody: name, role, capacity, papers, on duty     1 方 … 8 add  9 duty plan
//! .staff 丁          one person: everything on file                        1 role  2 capacity …
//! .staff 排班        a week of the duty plan, and the ledger               1 周一 … next week
//!   1                one day: who is planned, who is proposed first        1 [x] 方 …
//! ```
//!
//! The screen about staff: what is shown and what can be picked. The questions of its forms stand in [`form`], what is done
//! with recovery codes in [`code`]. Everything that changes something wants a leader's PIN; a person's PIN is never shown, nor its
//! hash.

pub mod code;
pub mod form;

use chrono::{Days, NaiveDate};

use crate::desk::office::{self, Screen};
use crate::desk::question::{Label, Prompt, Question};
use crate::desk::{Dialog, Effect, Model};
use crate::domain::people::{Role, StaffId};
use crate::domain::search::{Keys, Query};
use crate::domain::staff::{Capacity, Employment};
use crate::domain::time::Moment;
use crate::rules::Room;
use crate::rules::access::Right;
use crate::rules::access::demand::Demand;
use crate::rules::duty::plan;
use crate::texts;

pub use form::{read, step};

/// So many people are numbered on a page of the list.
pub const PER_PAGE: usize = 9;

/// So many people are numbered on a day of the plan; everybody else is planned by name.
pub const PROPOSED: usize = 7;

/// What of it is shown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum View {
    /// Everybody whose name fits what was typed; a page of them is numbered.
    List {
        /// What was typed; empty for everybody.
        find: String,
        /// Which page, from 0.
        page: usize,
    },
    /// One person.
    One(StaffId),
    /// A week of the duty plan, by its Monday.
    Week(NaiveDate),
    /// A day of the duty plan.
    Day(NaiveDate),
}

impl Default for View {
    fn default() -> Self {
        Self::List { find: String::new(), page: 0 }
    }
}

/// Something that is entered in a form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Task {
    /// Somebody is new.
    Add,
    /// Something about somebody changes.
    Change(StaffId, Field),
    /// Somebody is planned for a day, or no longer.
    Plan {
        /// The day.
        date: NaiveDate,
        /// Who.
        staff: StaffId,
        /// Planned from now on.
        on: bool,
    },
    /// Somebody stands in for somebody else on a day.
    Substitute(NaiveDate),
    /// A leader gets a new recovery code.
    MakeCode(StaffId),
    /// A leader sets a new PIN by the recovery code.
    UseCode(StaffId),
}

/// What can be changed about somebody.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Field {
    /// What the person may do.
    Role,
    /// In what capacity the person comes.
    Capacity,
    /// How the school employs the person.
    Employment,
    /// What the check of the record said.
    Vetting,
    /// A paper is added.
    AddPaper,
    /// A paper is renewed.
    RenewPaper,
    /// A paper is taken off.
    RemovePaper,
    /// A new PIN.
    Pin,
    /// Staff card.
    Card,
    /// Number to dial.
    Phone,
    /// Weekly teaching load.
    Load,
    /// Name.
    Name,
    /// Works here no longer.
    Retire,
    /// Works here again.
    Return,
}

impl Field {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 14] = [
        Self::Role,
        Self::Capacity,
        Self::Employment,
        Self::Vetting,
        Self::AddPaper,
        Self::RenewPaper,
        Self::RemovePaper,
        Self::Pin,
        Self::Card,
        Self::Phone,
        Self::Load,
        Self::Name,
        Self::Retire,
        Self::Return,
    ];
}

/// What a form asks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Ask {
    /// What to do on the screen.
    What,
    /// Name; the last one was somebody's, if it says so.
    Name {
        /// Somebody has the name that was typed.
        taken: bool,
    },
    /// What the person may do.
    Role,
    /// In what capacity the person comes.
    Capacity,
    /// How the school employs the person.
    Employment,
    /// Staff card, and why the last one was not taken.
    Card(CardProblem),
    /// A new PIN; the last two differed, if it says so.
    Pin {
        /// The two that were typed differed.
        differed: bool,
    },
    /// The new PIN once more.
    PinAgain,
    /// Number to dial.
    Phone,
    /// Weekly teaching load.
    Load,
    /// The name of a paper.
    Paper,
    /// Which paper.
    WhichPaper,
    /// The last valid day of a paper.
    Until(String),
    /// What the check of the record said.
    Vetting,
    /// When the record was checked; the last date was ahead, if it says so.
    VettedOn {
        /// The date that was typed is still ahead.
        ahead: bool,
    },
    /// Works here no longer: sure?
    Retire(StaffId),
    /// Works here again: sure?
    Return(StaffId),
    /// A new recovery code, and the old one is void: sure?
    MakeCode(StaffId),
    /// The recovery code of this leader.
    Code {
        /// Whose.
        staff: StaffId,
        /// The one that was typed before is not the one on file.
        wrong: bool,
    },
    /// Who does not come on this day.
    WhoIsAway(NaiveDate),
    /// Who comes instead.
    WhoComes(NaiveDate, StaffId),
}

/// Why a staff card was not taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CardProblem {
    /// Nothing yet.
    None,
    /// It belongs to somebody, or did.
    Taken,
    /// A digit is wrong.
    Digit,
}

/// Something to pick on the screen or in a form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Pick {
    /// Somebody.
    Person(StaffId),
    /// Somebody is new.
    Add,
    /// The duty plan.
    Duty,
    /// More people.
    NextPage,
    /// Everybody again.
    Everybody,
    /// Something about the person changes.
    Change(Field),
    /// A role.
    Role(Role),
    /// A capacity.
    Capacity(Capacity),
    /// How employed; `None` for not said.
    Employment(Option<Employment>),
    /// No card.
    NoCard,
    /// No number.
    NoPhone,
    /// One of the usual papers, by its place in the list.
    UsualPaper(usize),
    /// A paper on file.
    Paper(String),
    /// The paper does not expire.
    NoExpiry,
    /// Nothing against the person.
    Clear,
    /// Must not work with children.
    Barred,
    /// Not checked.
    NotVetted,
    /// Today.
    Today(NaiveDate),
    /// A day of the plan.
    Day(NaiveDate),
    /// Another week, by its Monday: later or earlier.
    Week {
        /// Its Monday.
        monday: NaiveDate,
        /// After the one that is shown.
        later: bool,
    },
    /// The week of the day that is shown.
    WholeWeek(NaiveDate),
    /// Somebody is planned, or no longer.
    Plan {
        /// For which day.
        date: NaiveDate,
        /// Who.
        staff: StaffId,
        /// Whether the person is planned now.
        on: bool,
    },
    /// Somebody stands in for somebody else.
    Substitute,
    /// A new recovery code.
    MakeCode,
    /// A new PIN by the recovery code.
    UseCode,
}

/// The screen as it opens; `rest` is what was typed after the command's word.
#[must_use]
pub fn open(model: &Model, rest: &str) -> View {
    match rest.trim() {
        "" => View::default(),
        word if texts::staff::asks_for_plan(word) => View::Week(plan::monday(model.now.date())),
        name => match found(model.room(), name)[..] {
            [only] => View::One(only),
            _ => View::List { find: name.to_owned(), page: 0 },
        },
    }
}

/// Who fits what was typed: those who work here first, then by number.
#[must_use]
pub fn found(room: Room<'_>, find: &str) -> Vec<StaffId> {
    let query = (!find.trim().is_empty()).then(|| Query::of(find));
    let mut list: Vec<(bool, StaffId)> = room
        .register
        .staff()
        .filter(|s| query.as_ref().is_none_or(|q| s.name == find.trim() || Keys::of(&s.name).matches(q)))
        .map(|s| (!s.active, s.id))
        .collect();
    list.sort_unstable();
    list.into_iter().map(|(_, id)| id).collect()
}

/// The people on a page of the list, and whether there are more pages.
#[must_use]
pub fn page(room: Room<'_>, find: &str, page: usize) -> (Vec<StaffId>, usize) {
    let all = found(room, find);
    let pages = all.len().div_ceil(PER_PAGE).max(1);
    (all.into_iter().skip(page % pages * PER_PAGE).take(PER_PAGE).collect(), pages)
}

/// The numbered choices on the screen.
#[must_use]
pub fn question(view: &View, room: Room<'_>, now: Moment) -> Question {
    let picks: Vec<Pick> = match view {
        View::List { find, page: shown } => {
            let (people, pages) = page(room, find, *shown);
            let more = (pages > 1).then_some(Pick::NextPage);
            let everybody = (!find.is_empty()).then_some(Pick::Everybody);
            people.into_iter().map(Pick::Person).chain([Pick::Add, Pick::Duty]).chain(more).chain(everybody).collect()
        }
        View::One(staff) => {
            let fields = Field::ALL.into_iter().filter(|f| is_offered(room, *staff, *f)).map(Pick::Change);
            fields.chain([Pick::Everybody]).chain(code::offered(room, *staff)).collect()
        }
        View::Week(monday) => {
            let days = plan::week(room, *monday).into_iter().map(Pick::Day);
            let shift = |later: bool| {
                let other = if later { monday.checked_add_days(Days::new(7)) } else { monday.checked_sub_days(Days::new(7)) };
                other.map(|monday| Pick::Week { monday, later })
            };
            days.chain(shift(true)).chain(shift(false)).chain([Pick::Everybody]).collect()
        }
        View::Day(date) if *date < now.date() => vec![Pick::WholeWeek(*date)],
        View::Day(date) => {
            let on = plan::planned(room, *date).iter().map(|s| Pick::Plan { date: *date, staff: *s, on: true });
            let room_for = PROPOSED.saturating_sub(plan::planned(room, *date).len()).max(1);
            let off = plan::proposals(room, *date).into_iter().take(room_for).map(|p| Pick::Plan { date: *date, staff: p.staff, on: false });
            let substitute = (!plan::planned(room, *date).is_empty()).then_some(Pick::Substitute);
            on.chain(off).chain(substitute).chain([Pick::WholeWeek(*date)]).collect()
        }
    };
    Question::choose(Prompt::Office(office::Ask::Staff(Ask::What)), picks.into_iter().map(label))
}

fn is_offered(room: Room<'_>, staff: StaffId, field: Field) -> bool {
    let Some(person) = room.register.staff_member(staff) else { return false };
    match field {
        Field::RenewPaper | Field::RemovePaper => !person.credentials.is_empty(),
        Field::Retire => person.active,
        Field::Return => !person.active,
        Field::Role
        | Field::Capacity
        | Field::Employment
        | Field::Vetting
        | Field::AddPaper
        | Field::Pin
        | Field::Card
        | Field::Phone
        | Field::Load
        | Field::Name => true,
    }
}

fn label(pick: Pick) -> Label {
    Label::Office(office::Pick::Staff(pick))
}

fn show(model: &mut Model, view: View) -> Vec<Effect> {
    model.open_screen(Screen::Staff(view))
}

fn task(model: &mut Model, task: Task) -> Vec<Effect> {
    model.open_task(office::Task::Staff(task))
}

/// A choice on the screen was taken.
pub fn picked(model: &mut Model, view: &View, pick: &Pick) -> Vec<Effect> {
    match pick {
        Pick::Person(staff) => show(model, View::One(*staff)),
        Pick::Add => task(model, Task::Add),
        Pick::Duty => {
            let monday = plan::monday(model.now.date());
            show(model, View::Week(monday))
        }
        Pick::NextPage => match view {
            View::List { find, page } => show(model, View::List { find: find.clone(), page: page + 1 }),
            View::One(_) | View::Week(_) | View::Day(_) => Vec::new(),
        },
        Pick::Everybody => show(model, View::default()),
        Pick::Change(field) => match view {
            View::One(staff) => task(model, Task::Change(*staff, *field)),
            View::List { .. } | View::Week(_) | View::Day(_) => Vec::new(),
        },
        Pick::Day(date) => show(model, View::Day(*date)),
        Pick::Week { monday, .. } => show(model, View::Week(*monday)),
        Pick::WholeWeek(date) => show(model, View::Week(plan::monday(*date))),
        Pick::Plan { date, staff, on } => task(model, Task::Plan { date: *date, staff: *staff, on: !on }),
        Pick::Substitute => match view {
            View::Day(date) => task(model, Task::Substitute(*date)),
            View::List { .. } | View::One(_) | View::Week(_) => Vec::new(),
        },
        Pick::MakeCode | Pick::UseCode => match (view, pick == &Pick::MakeCode) {
            (View::One(staff), true) => task(model, Task::MakeCode(*staff)),
            (View::One(staff), false) => task(model, Task::UseCode(*staff)),
            (View::List { .. } | View::Week(_) | View::Day(_), _) => Vec::new(),
        },
        Pick::Role(_)
        | Pick::Capacity(_)
        | Pick::Employment(_)
        | Pick::NoCard
        | Pick::NoPhone
        | Pick::UsualPaper(_)
        | Pick::Paper(_)
        | Pick::NoExpiry
        | Pick::Clear
        | Pick::Barred
        | Pick::NotVetted
        | Pick::Today(_) => Vec::new(),
    }
}

/// A text was typed on the screen that is no choice: a name finds somebody, on a day of the plan it plans them.
pub fn typed(model: &mut Model, view: &View, text: &str) -> Option<Vec<Effect>> {
    let hits = found(model.room(), text);
    match (view, &hits[..]) {
        (_, []) => None,
        (View::Day(date), [only]) => {
            let on = !plan::planned(model.room(), *date).contains(only);
            Some(task(model, Task::Plan { date: *date, staff: *only, on }))
        }
        (_, [only]) => Some(show(model, View::One(*only))),
        (_, _) => Some(show(model, View::List { find: text.trim().to_owned(), page: 0 })),
    }
}

/// What a task asks for: who comes back by a recovery code is the leader, and has no PIN to give.
pub(super) fn demand(task: &Task) -> Demand {
    match task {
        Task::Add | Task::Change(..) | Task::Plan { .. } | Task::Substitute(_) | Task::MakeCode(_) => Demand::keeper(Right::ChangeStaff),
        Task::UseCode(_) => Demand::anybody(Right::SeeRoster),
    }
}

/// Whether the screen about staff is in front, with its phone numbers to be seen: while a leader keeps the register open.
#[must_use]
pub fn shows_phones(model: &Model) -> bool {
    model.keeper().is_some() && matches!(model.dialog, Some(Dialog::Office(_) | Dialog::Form(_)))
}
