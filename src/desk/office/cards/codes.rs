//! Numbers on their way to the screens of cards: counted, found, read for a child, drawn.

use super::{Ask, Found, Task, View, find};
use crate::desk::forms::{Mistake, Value};
use crate::desk::office::{self, Screen};
use crate::desk::question::Prompt;
use crate::desk::said::{Notice, Said};
use crate::desk::{Attention, Dialog, Effect, How, Model};
use crate::domain::card::{CardNumber, Spacing};
use crate::domain::settings::CardMode;
use crate::rules::card::{on_file, refusal};
use crate::rules::office::OfficeAct;
use crate::rules::office::cards::{CardsAct, Hindrance};
use crate::rules::{Act, Objection};

impl Model {
    /// `.rack`, with or without the count.
    pub(in crate::desk) fn count_rack(&mut self, rest: &str) -> Vec<Effect> {
        if self.settings.card_mode == CardMode::Held {
            self.dialog = None;
            self.said = Some(Said::Objection(Objection::Office(crate::rules::office::Hindrance::Cards(Hindrance::NoRack))));
            return Vec::new();
        }
        let mut effects = self.open_task(office::Task::Cards(Task::Count));
        if let Ok(counted) = rest.trim().parse::<u32>() {
            effects.extend(self.form_value(Value::Number(counted)));
        }
        effects
    }

    /// `.found`, with or without the number.
    pub(in crate::desk) fn card_found(&mut self, rest: &str) -> Vec<Effect> {
        let effects = self.open_screen(Screen::Cards(View::Found(Found::Waiting)));
        if rest.is_empty() { effects } else { self.found(&[rest.to_owned()]) }
    }

    /// A card's code that is meant for the screen or form in front and is no arrival or pickup: the new card of a child, a
    /// card that was found, or a number typed by hand on the list.
    pub(in crate::desk) fn card_for_screen(&mut self, candidates: &[String], how: How) -> Option<Vec<Effect>> {
        if self.keyboard() != Attention::Dialog {
            return None;
        }
        match &self.dialog {
            Some(Dialog::Form(_)) => {
                let question = self.question()?;
                let Prompt::Office(office::Ask::Cards(Ask::WhichCard(_))) = question.prompt else { return None };
                let code = candidates.first()?;
                // A reader that fired twice would enrol a number that it never reads again.
                let twice = candidates.iter().any(|c| c.len() < code.len());
                Some(if twice { self.mistake(Mistake::NotACard) } else { self.form_value(Value::Text(code.clone())) })
            }
            // One card each time: the next scan may be a family at the desk.
            Some(Dialog::Office(Screen::Cards(View::Found(Found::Waiting)))) => Some(self.found(candidates)),
            Some(Dialog::Office(Screen::Cards(_))) if how == How::Typed => {
                let view = candidates.iter().find_map(|c| find(self, c))?;
                Some(self.open_screen(Screen::Cards(view)))
            }
            Some(_) | None => None,
        }
    }

    /// A card was found: what it is, not whose; recorded.
    fn found(&mut self, candidates: &[String]) -> Vec<Effect> {
        let card = on_file(self.room(), candidates.iter().map(String::as_str)).map(|c| c.number.clone());
        let known = card.clone().map_or(Found::Unknown, Found::Known);
        self.open(Dialog::Office(Screen::Cards(View::Found(known))));
        if let Some(number) = card {
            return self.act(Act::Office(OfficeAct::Cards(CardsAct::Find(number))));
        }
        let (verdict, why) = refusal(self.room(), candidates.iter().map(String::as_str));
        let typed = candidates.first().cloned().unwrap_or_default();
        self.refuse(Said::Verdict { children: Vec::new(), verdict }, why, &typed)
    }

    /// Numbers were drawn for the form in front.
    pub(in crate::desk) fn drawn(&mut self, numbers: Vec<(CardNumber, Spacing)>) -> Vec<Effect> {
        if numbers.is_empty() {
            self.close_dialog();
            self.said = Some(Said::Objection(Objection::Office(crate::rules::office::Hindrance::Cards(Hindrance::NoNumbers))));
            return Vec::new();
        }
        let far = numbers.iter().filter(|(_, spacing)| *spacing == Spacing::ThreeEdits).count();
        if far < numbers.len() {
            self.notice(Notice::NumbersNear { far, all: numbers.len() });
        }
        self.form_value(Value::Drawn(numbers.into_iter().map(|(number, _)| number).collect()))
    }
}
