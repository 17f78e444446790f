//! The screen about how this room works: every setting with its value and where it comes from, and a form to change one.

use crate::desk::forms::{Form, Mistake, Step, Value, act};
use crate::desk::office;
use crate::desk::question::{Asks, Label, Prompt, Question};
use crate::desk::{Effect, Model};
use crate::domain::settings::Settings;
use crate::domain::settings::keys::{Key, Shape};
use crate::domain::time::{Moment, time_of_day};
use crate::rules::office::OfficeAct;
use crate::rules::office::settings::SettingsAct;
use crate::rules::{Act, Room};
use crate::texts;

/// What of it is shown: always everything.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct View {}

/// Something that is entered in a form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Task {
    /// A setting gets another value.
    Change(Key),
}

/// What a form asks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Ask {
    /// Which setting to change.
    What,
    /// The value of this one.
    Value(Key),
}

/// Something to pick on the screen or in a form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Pick {
    /// Change this one.
    Change(Key),
    /// This word as its value.
    Word(Key, &'static str),
    /// What this desk's configuration says, or the default.
    Default(Key),
}

/// Where a value comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Origin {
    /// It stands at its default.
    Default,
    /// From this desk's configuration.
    Config,
    /// From the register: it holds for every desk of the room.
    Register,
}

/// Where the value of a setting comes from.
#[must_use]
pub fn origin(model: &Model, key: Key) -> Origin {
    if model.register.office().settings.contains_key(key.key()) {
        Origin::Register
    } else if key.value(&model.base) != key.value(&Settings::default()) {
        Origin::Config
    } else {
        Origin::Default
    }
}

/// The screen as it opens.
#[must_use]
pub fn open(_model: &Model, _rest: &str) -> View {
    View::default()
}

/// The numbered choices on the screen: every setting under its number.
#[must_use]
pub fn question(_view: &View, _room: Room<'_>, _now: Moment) -> Question {
    Question::choose(prompt(Ask::What), Key::ALL.map(Pick::Change).map(label))
}

/// A choice on the screen was taken.
pub fn picked(model: &mut Model, _view: &View, pick: &Pick) -> Vec<Effect> {
    match pick {
        Pick::Change(key) => model.open_task(office::Task::Settings(Task::Change(*key))),
        Pick::Word(..) | Pick::Default(_) => Vec::new(),
    }
}

/// A text was typed on the screen that is no choice: the screen has no use for it.
pub fn typed(_model: &mut Model, _view: &View, _text: &str) -> Option<Vec<Effect>> {
    None
}

/// The next question of a form, or what it comes to.
#[must_use]
pub fn step(task: &Task, form: &Form, room: Room<'_>, _now: Moment) -> Step {
    let Task::Change(key) = task;
    let value = match form.values.first() {
        Some(Value::Text(text)) => Some(text.clone()),
        Some(Value::Chosen(Label::Office(office::Pick::Settings(Pick::Word(_, word))))) => Some((*word).to_owned()),
        Some(_) => None,
        None => return Step::Ask(ask(*key, room)),
    };
    act(Act::Office(OfficeAct::Settings(SettingsAct::Set { key: *key, value })))
}

fn ask(key: Key, room: Room<'_>) -> Question {
    let filed = room.register.office().settings.contains_key(key.key());
    let back = filed.then_some(Pick::Default(key));
    match key.shape() {
        Shape::Word(words) => {
            let words = words.iter().map(|word| Pick::Word(key, word));
            Question::choose(prompt(Ask::Value(key)), words.chain(back).map(label))
        }
        // A number is a value here and never the number of a choice: what the configuration says is asked for by its word.
        Shape::Text | Shape::List | Shape::Minutes | Shape::Count | Shape::Months | Shape::Time => {
            let question = Question::ask(Asks::Named, prompt(Ask::Value(key)));
            back.into_iter().fold(question, |question, pick| question.and(DEFAULT_NUMBER, label(pick)))
        }
    }
}

/// The number of "as configured" beside a value that is typed: no minutes, no phone number.
const DEFAULT_NUMBER: u32 = 999;

/// Reads a typed answer: a value of the form that the setting wants.
#[must_use]
pub fn read(ask: &Ask, text: &str) -> Option<Result<Value, Mistake>> {
    let Ask::Value(key) = ask else { return None };
    let text = text.trim();
    let value = match key.shape() {
        Shape::Word(_) => return None,
        _ if text.is_empty() => return Some(Err(Mistake::Empty)),
        Shape::Text | Shape::Minutes | Shape::Count | Shape::Months => text.to_owned(),
        Shape::Time => time_of_day(text).map(|time| time.format("%H:%M").to_string()).unwrap_or_default(),
        Shape::List => {
            let parts = text.split(['、', ',', '，', ';', '；', ' ', '\u{3000}']).map(str::trim).filter(|part| !part.is_empty());
            let places = parts.map(texts::settings::place_key).filter(|key| key != crate::domain::settings::Place::ROOM);
            places.collect::<Vec<_>>().join("\n")
        }
    };
    let sound = key.put(&mut Settings::default(), &value);
    Some(if sound { Ok(Value::Text(value)) } else { Err(Mistake::Setting(*key)) })
}

fn prompt(ask: Ask) -> Prompt {
    Prompt::Office(office::Ask::Settings(ask))
}

fn label(pick: Pick) -> Label {
    Label::Office(office::Pick::Settings(pick))
}
