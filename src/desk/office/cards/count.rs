//! The form of the rack's count (点卡): a number; when it is short, which hook is empty; when it differs, why.

use super::{Ask, Pick, ask, enter};
use crate::desk::forms::{Form, Step, Value};
use crate::desk::office;
use crate::desk::question::{Asks, Label, Prompt, Question};
use crate::domain::card::CardNumber;
use crate::domain::people::ChildId;
use crate::rules::Room;
use crate::rules::office::cards::{CardsAct, rack};

/// How many → (fewer) which hooks are in order → which card, where a child has several → why; (more) why.
pub(super) fn step(form: &Form, room: Room<'_>) -> Step {
    let Some(Value::Number(counted)) = form.values.first() else { return ask(Asks::Number, Ask::Counted) };
    let counted = *counted;
    let expected = u32::try_from(rack::expected(room)).unwrap_or(u32::MAX);
    if counted == expected {
        return enter(CardsAct::Count { counted, missing: Vec::new(), reason: None });
    }
    let short = usize::try_from(expected.saturating_sub(counted)).unwrap_or(usize::MAX);
    let mut at = 1;
    let missing = match missing(form, room, short, &mut at) {
        Ok(missing) => missing,
        Err(step) => return step,
    };
    match form.text(at) {
        Some(reason) => enter(CardsAct::Count { counted, missing, reason: Some(reason.clone()) }),
        None if short == 0 => ask(Asks::Text, Ask::ReasonOver { counted, expected }),
        None => ask(Asks::Text, Ask::ReasonShort(missing)),
    }
}

/// The cards that are missing on the rack; `at` is the answer that comes next.
fn missing(form: &Form, room: Room<'_>, short: usize, at: &mut usize) -> Result<Vec<CardNumber>, Step> {
    if short == 0 {
        return Ok(Vec::new());
    }
    let Some(Value::Ticked(there)) = form.values.get(*at) else {
        let mut children: Vec<ChildId> = rack::hanging(room).into_iter().map(|c| c.child).collect();
        children.sort_unstable();
        children.dedup();
        let labels = children.into_iter().map(|child| Label::Tick { child, on: form.ticked.contains(&child) });
        return Err(Step::Ask(Question::choose(Prompt::Office(office::Ask::Cards(Ask::Hooks(short))), labels).taking(Asks::Ticks)));
    };
    *at += 1;
    let candidates = rack::not_there(room, there);
    if candidates.len() <= short {
        return Ok(candidates);
    }
    let mut named: Vec<CardNumber> = Vec::new();
    while named.len() < short {
        let Some(Label::Office(office::Pick::Cards(Pick::Token(number)))) = form.chosen(*at) else {
            let left = candidates.into_iter().filter(|c| !named.contains(c));
            let labels = left.map(|number| Label::Office(office::Pick::Cards(Pick::Token(number))));
            let prompt = Prompt::Office(office::Ask::Cards(Ask::Token(short - named.len())));
            return Err(Step::Ask(Question::choose(prompt, labels)));
        };
        named.push(number.clone());
        *at += 1;
    }
    Ok(named)
}

/// Whether ticked hooks can be all that hang there, when so many cards are short; for other questions there is nothing to
/// compare.
#[must_use]
pub fn hooks_fit(prompt: &Prompt, room: Room<'_>, there: &[ChildId]) -> Option<bool> {
    if let Prompt::Office(office::Ask::Cards(Ask::Hooks(short))) = prompt { Some(rack::fits(room, there, *short)) } else { None }
}
