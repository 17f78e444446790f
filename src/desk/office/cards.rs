//! The screen about cards: where each is, what can be done with a child's, the count of the rack, and a card that was found.
//!
//! The list and a child's cards may be looked at by whoever is at the desk. Reporting a card lost, a card for the day, hanging
//! a card back and counting are the duty's; everything else asks for a leader (F167).

mod codes;
mod count;

pub use count::hooks_fit;

use crate::desk::forms::{Form, Mistake, Step, Value, act};
use crate::desk::office::{self, Screen};
use crate::desk::question::{Asks, Label, Prompt, Question};
use crate::desk::{Effect, How, Model};
use crate::domain::card::CardNumber;
use crate::domain::custody::{Card, CardKind, CardState, Custody};
use crate::domain::people::ChildId;
use crate::domain::settings::CardMode;
use crate::domain::time::Moment;
use crate::rules::access::{Demand, Right};
use crate::rules::card::on_file;
use crate::rules::office::OfficeAct;
use crate::rules::office::cards::{CardsAct, NewCard, may_revive, without_card};
use crate::rules::{Act, Room};

/// Most children that a search on the screen lists.
const MOST_HITS: usize = 9;

/// What of it is shown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum View {
    /// All cards.
    List,
    /// Children that a search found.
    Hits(Vec<ChildId>),
    /// A child's cards.
    Child(ChildId),
    /// A card that was found and handed in.
    Found(Found),
}

/// What is known of a card that was found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Found {
    /// None was read yet.
    Waiting,
    /// A card on file was read then: a find, or a family at the desk?
    Read(CardNumber, How, Moment),
    /// A card of this room.
    Known(CardNumber),
    /// No card of this room.
    Unknown,
}

/// Something that is entered in a form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Task {
    /// A child gets its card.
    Issue(ChildId),
    /// All without a card get one.
    IssueAll,
    /// A card is replaced.
    Replace(CardNumber),
    /// A child gets a second card.
    Second(ChildId),
    /// A child gets a card for today.
    Day(ChildId),
    /// A card is lost.
    Lose(CardNumber),
    /// A lost card is good again.
    Revive(CardNumber),
    /// A card is taken out of use.
    Void(CardNumber),
    /// A card's last day.
    End(CardNumber),
    /// The last day of all.
    EndAll,
    /// The rack is counted.
    Count,
    /// Whose card it is that was found.
    Whose(CardNumber),
}

/// What the screen or a form asks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Ask {
    /// What to do on the screen.
    What,
    /// What to do with this child's cards.
    Child(ChildId),
    /// The card that was found.
    Found,
    /// Why this card was handed in.
    FoundWhy(CardNumber),
    /// What to do with the one.
    FoundMore,
    /// A number that is drawn, or a school's own card that is read, for this child.
    WhichCard(ChildId),
    /// Cards for so many: sure?
    IssueAll(usize),
    /// Lost: sure?
    Lose(CardNumber),
    /// Good again: sure?
    Revive(CardNumber),
    /// Out of use: sure?
    Void(CardNumber),
    /// The last day.
    Until,
    /// How many hang on the rack.
    Counted,
    /// Which hooks are in order; so many are short.
    Hooks(usize),
    /// Which card of a child with several is missing; so many are not named yet.
    Token(usize),
    /// Why it goes on although these are missing.
    ReasonShort(Vec<CardNumber>),
    /// Why it goes on although there are more than there should be.
    ReasonOver {
        /// How many were counted.
        counted: u32,
        /// How many there should be.
        expected: u32,
    },
}

/// Something to pick on the screen or in a form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Pick {
    /// A child that was found by name.
    Child(ChildId),
    /// Cards for all without one; so many.
    IssueAll,
    /// The last day of all.
    EndAll,
    /// Count the rack.
    Count,
    /// A card was found.
    Found,
    /// A card for this child.
    Issue(ChildId),
    /// A number is drawn.
    Allot,
    /// Replace this card.
    Replace(CardNumber),
    /// A second card for this child.
    Second(ChildId),
    /// A card for today for this child.
    Day(ChildId),
    /// This card is lost.
    Lose(CardNumber),
    /// This card is good again.
    Revive(CardNumber),
    /// This card is taken out of use.
    Void(CardNumber),
    /// This card's last day.
    End(CardNumber),
    /// This card hangs on its hook again.
    Hang(CardNumber),
    /// It was found and handed in.
    HandedIn(CardNumber),
    /// Somebody is here with it.
    Collects(CardNumber, How, Moment),
    /// Whose it is.
    Whose(CardNumber),
    /// This card is missing on the rack.
    Token(CardNumber),
}

/// The screen as it opens; `rest` is what was typed after the command's word: a name, a number or the end of one.
#[must_use]
pub fn open(model: &Model, rest: &str) -> View {
    if rest.is_empty() { View::List } else { find(model, rest).unwrap_or(View::List) }
}

/// A child by name, or the child whose card has this number or this end.
fn find(model: &Model, text: &str) -> Option<View> {
    let card = on_file(model.room(), std::iter::once(text)).map(|c| c.child);
    let digits = text.len() >= 3 && text.bytes().all(|b| b.is_ascii_alphanumeric()) && text.bytes().any(|b| b.is_ascii_digit());
    let mut hits = match card {
        Some(child) => vec![child],
        None if digits => model.register.cards().filter(|c| c.number.as_str().ends_with(text)).map(|c| c.child).collect(),
        None => model.names.find(&model.register, text),
    };
    hits.dedup();
    hits.truncate(MOST_HITS);
    match hits[..] {
        [] => None,
        [only] => Some(View::Child(only)),
        [..] => Some(View::Hits(hits)),
    }
}

/// The numbered choices on the screen.
#[must_use]
pub fn question(view: &View, room: Room<'_>, _now: Moment) -> Question {
    let (ask, picks) = match view {
        View::List => {
            let count = (room.settings.card_mode == CardMode::Claim).then_some(Pick::Count);
            let issue = (!without_card(room).is_empty()).then_some(Pick::IssueAll);
            (Ask::What, issue.into_iter().chain(count).chain([Pick::Found, Pick::EndAll]).collect())
        }
        View::Hits(hits) => (Ask::What, hits.iter().copied().map(Pick::Child).collect()),
        View::Child(child) => (Ask::Child(*child), of_child(room, *child)),
        View::Found(Found::Read(number, how, read)) => {
            (Ask::FoundWhy(number.clone()), vec![Pick::HandedIn(number.clone()), Pick::Collects(number.clone(), *how, *read)])
        }
        View::Found(Found::Known(number)) => (Ask::FoundMore, vec![Pick::Whose(number.clone())]),
        View::Found(Found::Waiting | Found::Unknown) => (Ask::Found, Vec::new()),
    };
    Question::choose(Prompt::Office(office::Ask::Cards(ask)), picks.into_iter().map(|pick| Label::Office(office::Pick::Cards(pick))))
}

/// What can be done with a child's cards as they are.
fn of_child(room: Room<'_>, child: ChildId) -> Vec<Pick> {
    let valid = room.register.valid_cards(child, room.day.date());
    let has = |kind: CardKind| valid.iter().any(|c| c.kind == kind);
    let mut picks = Vec::new();
    if !has(CardKind::Main) {
        picks.push(Pick::Issue(child));
    }
    for card in &valid {
        let number = || card.number.clone();
        picks.push(Pick::Lose(number()));
        if room.settings.card_mode == CardMode::Claim && matches!(card.custody, Custody::Away | Custody::Astray) {
            picks.push(Pick::Hang(number()));
        }
        if card.kind != CardKind::Day {
            picks.extend([Pick::Replace(number()), Pick::End(number())]);
        }
        picks.push(Pick::Void(number()));
    }
    if !has(CardKind::Day) {
        picks.push(Pick::Day(child));
    }
    if room.settings.second_card && has(CardKind::Main) && !has(CardKind::Second) {
        picks.push(Pick::Second(child));
    }
    let lapsed = |card: &&Card| card.state == CardState::Live && card.kind != CardKind::Day && !card.is_valid_on(room.day.date());
    let cards = room.register.cards_of(child);
    picks.extend(cards.iter().copied().filter(lapsed).map(|c| Pick::End(c.number.clone())));
    picks.extend(cards.into_iter().filter(|c| may_revive(room, c)).map(|c| Pick::Revive(c.number.clone())));
    picks
}

/// A choice on the screen was taken.
pub fn picked(model: &mut Model, _view: &View, pick: &Pick) -> Vec<Effect> {
    let task = match pick.clone() {
        Pick::Child(child) => return model.open_screen(Screen::Cards(View::Child(child))),
        Pick::Found => return model.open_screen(Screen::Cards(View::Found(Found::Waiting))),
        Pick::HandedIn(number) => return model.handed_in(number),
        Pick::Collects(number, how, read) => return model.collects(&number, how, read),
        Pick::Hang(number) => return model.act(Act::Office(OfficeAct::Cards(CardsAct::Hang(number)))),
        Pick::IssueAll => Task::IssueAll,
        Pick::EndAll => Task::EndAll,
        Pick::Count => Task::Count,
        Pick::Issue(child) => Task::Issue(child),
        Pick::Replace(number) => Task::Replace(number),
        Pick::Second(child) => Task::Second(child),
        Pick::Day(child) => Task::Day(child),
        Pick::Lose(number) => Task::Lose(number),
        Pick::Revive(number) => Task::Revive(number),
        Pick::Void(number) => Task::Void(number),
        Pick::End(number) => Task::End(number),
        Pick::Whose(number) => Task::Whose(number),
        Pick::Allot | Pick::Token(_) => return Vec::new(),
    };
    model.open_task(office::Task::Cards(task))
}

/// A text was typed on the screen that is no choice: a name to be found.
pub fn typed(model: &mut Model, view: &View, text: &str) -> Option<Vec<Effect>> {
    if matches!(view, View::Found(_)) {
        return None;
    }
    let found = find(model, text)?;
    Some(model.open_screen(Screen::Cards(found)))
}

/// What a task asks for: that of the act to which it comes, or of seeing whose a card is (F167).
#[must_use]
pub fn demand(task: &Task) -> Demand {
    match task {
        Task::Day(_) => Demand::actor(Right::DayCard),
        Task::Lose(_) => Demand::anybody(Right::ReportLost),
        Task::Count => Demand::actor(Right::Release),
        Task::Issue(_)
        | Task::IssueAll
        | Task::Replace(_)
        | Task::Second(_)
        | Task::Revive(_)
        | Task::Void(_)
        | Task::End(_)
        | Task::EndAll
        | Task::Whose(_) => Demand::keeper(Right::IssueCards),
    }
}

fn enter(what: CardsAct) -> Step {
    act(Act::Office(OfficeAct::Cards(what)))
}

fn ask(asks: Asks, ask: Ask) -> Step {
    Step::Ask(Question::ask(asks, Prompt::Office(office::Ask::Cards(ask))))
}

/// The next question of a form, or what it comes to.
#[must_use]
pub fn step(task: &Task, form: &Form, room: Room<'_>, _now: Moment) -> Step {
    let sure = |question: Ask, what: CardsAct| match form.values.first() {
        None => ask(Asks::Confirm, question),
        Some(_) => enter(what),
    };
    let give = |child: ChildId, kind: CardKind| match new_card(form, child, kind) {
        Ok(new) => enter(CardsAct::Issue(vec![new])),
        Err(step) => step,
    };
    match task {
        Task::Issue(child) => give(*child, CardKind::Main),
        Task::Second(child) => give(*child, CardKind::Second),
        Task::Day(child) => give(*child, CardKind::Day),
        Task::Replace(old) => {
            let Some(card) = room.register.card(old) else { return Step::Nothing };
            match new_card(form, card.child, card.kind) {
                Ok(new) => enter(CardsAct::Replace { old: old.clone(), new }),
                Err(step) => step,
            }
        }
        Task::IssueAll => issue_all(form, room),
        Task::Lose(number) => sure(Ask::Lose(number.clone()), CardsAct::Lose(number.clone())),
        Task::Revive(number) => sure(Ask::Revive(number.clone()), CardsAct::Revive(number.clone())),
        Task::Void(number) => sure(Ask::Void(number.clone()), CardsAct::Void(number.clone())),
        Task::End(number) => match form.date(0) {
            None => ask(Asks::Date, Ask::Until),
            Some(until) => enter(CardsAct::End { number: number.clone(), until }),
        },
        Task::EndAll => match form.date(0) {
            None => ask(Asks::Date, Ask::Until),
            Some(until) => enter(CardsAct::EndAll { until }),
        },
        Task::Count => count::step(form, room),
        Task::Whose(number) => match room.register.card(number) {
            Some(card) => Step::Screen(Screen::Cards(View::Child(card.child))),
            None => Step::Nothing,
        },
    }
}

/// A number that is drawn, or a code that was read.
fn new_card(form: &Form, child: ChildId, kind: CardKind) -> Result<NewCard, Step> {
    let card = |number: &CardNumber, own| NewCard { child, number: number.clone(), own, kind };
    match (form.values.first(), form.values.get(1)) {
        (None, _) => {
            let question =
                Question::choose(Prompt::Office(office::Ask::Cards(Ask::WhichCard(child))), [Label::Office(office::Pick::Cards(Pick::Allot))]);
            Err(Step::Ask(question.default_to(1).taking(Asks::Named)))
        }
        (Some(Value::Text(code)), _) => Ok(card(&CardNumber::new(code.as_str()), false)),
        (Some(_), Some(Value::Drawn(numbers))) => numbers.first().map(|number| card(number, true)).ok_or(Step::Nothing),
        (Some(_), _) => Err(Step::Draw(1)),
    }
}

fn issue_all(form: &Form, room: Room<'_>) -> Step {
    let children = without_card(room);
    match (form.values.first(), form.values.get(1)) {
        (None, _) => ask(Asks::Confirm, Ask::IssueAll(children.len())),
        (Some(_), Some(Value::Drawn(numbers))) => {
            let cards =
                children.into_iter().zip(numbers).map(|(child, number)| NewCard { child, number: number.clone(), own: true, kind: CardKind::Main });
            enter(CardsAct::Issue(cards.collect()))
        }
        (Some(_), _) => Step::Draw(children.len()),
    }
}

/// Reads a typed answer where a form asks for more than some text; `None` for the usual reading.
#[must_use]
pub fn read(ask: &Ask, _text: &str) -> Option<Result<Value, Mistake>> {
    match ask {
        // A code comes by another way: see [`Model::card_for_screen`].
        Ask::WhichCard(_) => Some(Err(Mistake::NotACard)),
        Ask::What
        | Ask::Child(_)
        | Ask::Found
        | Ask::FoundWhy(_)
        | Ask::FoundMore
        | Ask::IssueAll(_)
        | Ask::Lose(_)
        | Ask::Revive(_)
        | Ask::Void(_)
        | Ask::Until
        | Ask::Counted
        | Ask::Hooks(_)
        | Ask::Token(_)
        | Ask::ReasonShort(_)
        | Ask::ReasonOver { .. } => None,
    }
}
