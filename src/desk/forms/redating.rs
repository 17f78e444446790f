//! A leader sets right what was entered under a wrong time.

use chrono::NaiveDate;

use super::{Form, Step, Value, act, agreed};
use crate::desk::question::{Asks, Label, Prompt, Question};
use crate::domain::redating::Stretch;
use crate::domain::time::Moment;
use crate::rules::access::Right;
use crate::rules::{Act, Room};

/// Which run of entries → up to which, where several stood under one clock → on what day and at what time its first was made
/// indeed → why the clock was wrong → which leader → the PIN. `stretches`: the latest first.
pub(super) fn step(form: &Form, stretches: &[Stretch], room: Room<'_>) -> Step {
    let Some(Label::Stretch(first)) = form.chosen(0) else {
        let labels = stretches.iter().cloned().map(|stretch| Label::Stretch(Box::new(stretch)));
        return Step::Ask(Question::choose(Prompt::WhichStretch, labels));
    };
    let of_one_clock = |s: &&Stretch| s.from >= first.from && s.end.map(|end| end.seq) == first.end.map(|end| end.seq);
    let following: Vec<&Stretch> = stretches.iter().rev().filter(of_one_clock).collect();
    let (stretch, from) = match (form.chosen(1), following.len()) {
        (_, ..=1) => ((**first).clone(), 1),
        (Some(Label::Stretch(last)), _) => (first.through(last), 2),
        (_, _) => {
            let labels = following.into_iter().cloned().map(|stretch| Label::Stretch(Box::new(stretch)));
            return Step::Ask(Question::choose(Prompt::StretchUntil, labels).default_to(1));
        }
    };
    let guess = guess(&stretch);
    let date = match (form.values.get(from), guess) {
        (Some(Value::Date(date)), _) => *date,
        (Some(_), Some(guess)) => guess.date(),
        (_, Some(guess)) => return ask(Asks::Date, Prompt::RedateDay(stretch.first), guess.date().to_string()),
        (_, None) => return Step::Ask(Question::ask(Asks::Date, Prompt::RedateDay(stretch.first))),
    };
    let usual = usual(&stretch, date, guess);
    let made = match form.values.get(from + 1) {
        Some(Value::Time(time)) => Moment::from_local(date.and_time(*time), stretch.first.offset_min),
        Some(_) => usual,
        None => return ask(Asks::Time, Prompt::RedateTime(date), usual.hhmmss()),
    };
    let Some(reason) = form.text(from + 2) else { return Step::Ask(Question::ask(Asks::Text, Prompt::RedateWhy)) };
    match agreed(form, from + 3, Right::SetTime, room) {
        Ok(approver) => act(Act::Redate { stretch: Box::new(stretch), first: made, reason: reason.clone(), approver }),
        Err(step) => step,
    }
}

/// A question whose usual answer Enter takes.
fn ask(asks: Asks, prompt: Prompt, usual: String) -> Step {
    Step::Ask(Question::choose(prompt, [Label::Title(usual)]).default_to(1).taking(asks))
}

/// When the first was made, as far as it can be told from how the clock was set afterwards: by what the desk had counted, or on
/// that day at the same hour.
fn guess(stretch: &Stretch) -> Option<Moment> {
    let end = stretch.end?;
    Some(match end.by_ms {
        Some(by_ms) => Moment { ms: stretch.first.ms.saturating_add(by_ms), ..stretch.first },
        None => Moment::from_local(end.to.date().and_time(stretch.first.time()), stretch.first.offset_min),
    })
}

fn usual(stretch: &Stretch, date: NaiveDate, guess: Option<Moment>) -> Moment {
    let same_hour = Moment::from_local(date.and_time(stretch.first.time()), stretch.first.offset_min);
    guess.filter(|guess| guess.date() == date).unwrap_or(same_hour)
}
