//! Numbers on their way to the screens of cards: counted, found, read for a child, drawn.

use super::{Found, Task, View};
use crate::desk::forms::{Mistake, Value};
use crate::desk::office::{self, Screen};
use crate::desk::question::{Prompt, Takes};
use crate::desk::said::{Notice, Said};
use crate::desk::{Attention, Dialog, Effect, How, Model};
use crate::domain::card::{CardNumber, Spacing};
use crate::domain::settings::CardMode;
use crate::domain::time::Moment;
use crate::rules::card::{Meaning, look_up, on_file};
use crate::rules::office::OfficeAct;
use crate::rules::office::cards::{CardsAct, Hindrance};
use crate::rules::{Act, Objection};

impl Model {
    /// `.rack`, with or without the count.
    pub(in crate::desk) fn count_rack(&mut self, rest: &str) -> Vec<Effect> {
        if self.settings.card_mode == CardMode::Held {
            self.put_away();
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
        if rest.is_empty() { effects } else { self.card(&[rest.to_owned()], rest, How::Typed) }
    }

    /// A card that the question in front asks for, and that is no arrival or pickup: the new card of a child or of somebody
    /// on the staff, or a card that was handed in. One card each time: the next scan may be a family at the desk.
    pub(in crate::desk) fn card_for_screen(&mut self, candidates: &[String], how: How) -> Option<Vec<Effect>> {
        if self.keyboard() != Attention::Dialog {
            return None;
        }
        if self.dialog == Some(Dialog::Office(Screen::Cards(View::Found(Found::Waiting)))) {
            return self.handed_over(candidates, how);
        }
        let question = self.question().filter(|q| q.takes() == Some(Takes::NewCard))?;
        let code = candidates.first()?;
        // A reader that fired twice would enrol a number that it never reads again.
        let twice = candidates.iter().any(|c| c.len() < code.len());
        let of_child = matches!(question.prompt, Prompt::Office(office::Ask::Cards(_)));
        Some(match (twice, of_child) {
            (true, _) => self.mistake(Mistake::NotACard),
            (false, true) => self.form_value(Value::Text(code.clone())),
            (false, false) => self.answer_dialog_text(code, &question),
        })
    }

    /// A card was handed over at `.found`: one of this room asks why; a staff card is one; of another place it is said so.
    fn handed_over(&mut self, candidates: &[String], how: How) -> Option<Vec<Effect>> {
        let readings = || candidates.iter().map(String::as_str);
        if let Some(card) = on_file(self.room(), readings()) {
            let read = Found::Read(card.number.clone(), how, self.now);
            return Some(self.open_screen(Screen::Cards(View::Found(read))));
        }
        let Meaning::Refused(verdict, why) = look_up(self.room(), readings()) else { return None };
        self.open(Dialog::Office(Screen::Cards(View::Found(Found::Unknown))));
        let typed = candidates.first().cloned().unwrap_or_default();
        Some(self.refuse(Said::Verdict { children: Vec::new(), verdict }, why, &typed))
    }

    /// The card was found: what it is, not whose; recorded.
    pub(super) fn handed_in(&mut self, number: CardNumber) -> Vec<Effect> {
        self.open(Dialog::Office(Screen::Cards(View::Found(Found::Known(number.clone())))));
        self.act(Act::Office(OfficeAct::Cards(CardsAct::Find(number))))
    }

    /// Somebody is here with the card, which was `read` then: it is what it is at the desk.
    pub(super) fn collects(&mut self, number: &CardNumber, how: How, read: Moment) -> Vec<Effect> {
        self.close_dialog();
        self.of_before(read, |model| model.card(&[number.as_str().to_owned()], number.as_str(), how))
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
