//! The screen about cards: allotted, issued, lost, replaced, recovered, counted: what is shown, what can be picked, and the questions of its forms.

use crate::desk::forms::{Form, Mistake, Step, Value};
use crate::desk::office;
use crate::desk::question::{Prompt, Question};
use crate::desk::{Effect, Model};
use crate::domain::time::Moment;
use crate::rules::Room;

/// What of it is shown.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct View {}

/// Something that is entered in a form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Task {}

/// What a form asks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Ask {
    /// What to do on the screen.
    What,
}

/// Something to pick on the screen or in a form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Pick {}

/// The screen as it opens; `rest` is what was typed after the command's word.
#[must_use]
pub fn open(_model: &Model, _rest: &str) -> View {
    View::default()
}

/// The numbered choices on the screen.
#[must_use]
pub fn question(_view: &View, _room: Room<'_>, _now: Moment) -> Question {
    Question::choose(Prompt::Office(office::Ask::Cards(Ask::What)), [])
}

/// A choice on the screen was taken.
pub fn picked(_model: &mut Model, _view: &View, pick: &Pick) -> Vec<Effect> {
    match *pick {}
}

/// A text was typed on the screen that is no choice: `None` when the screen has no use for it.
pub fn typed(_model: &mut Model, _view: &View, _text: &str) -> Option<Vec<Effect>> {
    None
}

/// Whether a leader has to agree with a PIN first (F167).
#[must_use]
pub fn wants_leader(task: &Task) -> bool {
    match *task {}
}

/// The next question of a form, or what it comes to.
#[must_use]
pub fn step(task: &Task, _form: &Form, _room: Room<'_>, _now: Moment) -> Step {
    match *task {}
}

/// Reads a typed answer where a form asks for more than some text; `None` for the usual reading.
#[must_use]
pub fn read(ask: &Ask, _text: &str) -> Option<Result<Value, Mistake>> {
    match ask {
        Ask::What => None,
    }
}
