//! What is answered in a form, how it is read, and why it is not taken.

use chrono::{NaiveDate, NaiveTime};

use crate::desk::office;
use crate::desk::question::{Asks, Label, Prompt, Question};
use crate::domain::activity::ContentRule;
use crate::domain::card::CardNumber;
use crate::domain::likeness::is_own_name;
use crate::domain::people::{ChildId, StaffId};
use crate::domain::settings::keys::Key;
use crate::domain::time::Moment;
use crate::rules::Pass;
use crate::rules::content::{self, Content};
use crate::rules::duty::WeakPin;
use crate::texts::{self, Lang};

/// An answer in a form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Value {
    /// A choice.
    Chosen(Label),
    /// A text.
    Text(String),
    /// A time of day.
    Time(NaiveTime),
    /// A time of an earlier day, or of today.
    Past(Moment),
    /// A child, by card or name.
    Child(Box<Pass>),
    /// A number.
    Number(u32),
    /// A staff card.
    StaffCard(StaffId),
    /// This person's PIN was right.
    Proved(StaffId),
    /// Yes.
    Confirmed,
    /// These children.
    Ticked(Vec<ChildId>),
    /// A date.
    Date(NaiveDate),
    /// The hash of a secret that was typed.
    Hash(String),
    /// Whether the secret was the one on file.
    Matched(bool),
    /// Card numbers that were drawn.
    Drawn(Vec<CardNumber>),
}

/// Why a PIN is not taken, in words: forms, the set-up and the command line say the same.
#[must_use]
pub fn weak_pin(lang: Lang, weak: WeakPin) -> String {
    match weak {
        WeakPin::NotDigits => texts::pin_not_digits(lang),
        WeakPin::TooShort(n) => texts::pin_short(lang, n),
        WeakPin::TooLong => texts::pin_long(lang),
        WeakPin::Row => texts::pin_row(lang),
        WeakPin::LooksLikeCard => texts::pin_card(lang),
    }
}

/// Why an answer was not taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mistake {
    /// Nobody was reached: another call can be made.
    NotReached,
    /// Not one of the numbers offered.
    NoSuchChoice,
    /// No time of day.
    NotATime,
    /// No number.
    NotANumber,
    /// Nothing was typed.
    Empty,
    /// Longer than allowed.
    TooLong,
    /// No PIN: not so many digits, or something else. No try is counted.
    NotAPin,
    /// The PIN is wrong; so many tries are left before a pause.
    WrongPin(u32),
    /// No tries are taken before then.
    Locked(Moment),
    /// No recovery codes are taken before then.
    CodeLocked(Moment),
    /// The count does not match the cards.
    CountDiffers,
    /// No such card, or not a child's.
    NotAChild,
    /// This child is in the batch already, is here, or needs a question of its own.
    NotForBatch,
    /// Too short to identify anybody.
    TooShort,
    /// No name of somebody's own: a relation, a number, the child's name.
    NotAName,
    /// Not understood as a phone number.
    NotAPhone,
    /// Control characters or foreign digits.
    Garbled,
    /// Several fit what was typed.
    SeveralFit,
    /// The content guard refuses it: the rule that it breaks.
    Content(ContentRule),
    /// A time that has passed.
    TimeIsPast,
    /// No date.
    NotADate,
    /// A PIN that cannot be set.
    WeakPin(WeakPin),
    /// A pass phrase that is too easy to guess.
    WeakPhrase,
    /// Not understood as a card number.
    NotACard,
    /// Not as the calendar takes it.
    Calendar(office::calendar::Wrong),
    /// No value for this setting.
    Setting(Key),
    /// Ticks on the hooks of the rack that do not come to the count.
    HooksDiffer,
    /// What stood under that number has gone.
    Gone,
}

/// Reads an answer of the form's question as a value.
///
/// # Errors
/// What is wrong with it.
pub fn read(question: &Question, text: &str, now: Moment) -> Result<Value, Mistake> {
    if let Prompt::Office(ask) = &question.prompt
        && let Some(read) = office::read(ask, text)
    {
        return read;
    }
    match question.asks {
        Asks::Confirm if text.is_empty() => Ok(Value::Confirmed),
        Asks::Confirm | Asks::Choice | Asks::Pin | Asks::Secret(_) | Asks::Card | Asks::Ticks => Err(Mistake::NoSuchChoice),
        Asks::Number => text.parse().map(Value::Number).map_err(|_| Mistake::NotANumber),
        Asks::Time if matches!(question.prompt, Prompt::BackFillTime(_)) => {
            crate::domain::time::past_moment(text, now).map(Value::Past).ok_or(Mistake::NotATime)
        }
        Asks::Time => crate::domain::time::time_of_day(text).map(Value::Time).ok_or(Mistake::NotATime),
        Asks::Date => crate::domain::time::date(text, now.date()).map(Value::Date).ok_or(Mistake::NotADate),
        Asks::Text | Asks::Named => text_value(&question.prompt, text),
    }
}

fn text_value(prompt: &Prompt, text: &str) -> Result<Value, Mistake> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Mistake::Empty);
    }
    if text.chars().count() > crate::rules::acts::LONGEST_TEXT {
        return Err(Mistake::TooLong);
    }
    let digits = text.chars().filter(char::is_ascii_digit).count();
    #[allow(clippy::wildcard_enum_match_arm)] // these ask for more than some text
    match prompt {
        Prompt::IdTail(_) if text.chars().count() < 4 => Err(Mistake::TooShort),
        Prompt::TakerName(_, children) if !children.iter().all(|child| is_own_name(text, child)) => Err(Mistake::NotAName),
        Prompt::NamedPhone(_) if digits < 7 => Err(Mistake::NotAPhone),
        Prompt::WhatActivity | Prompt::WhatTitle(_) => match content::judge(text) {
            Content::Forbidden(rule) => Err(Mistake::Content(rule)),
            Content::Welcome | Content::Help => Ok(Value::Text(text.to_owned())),
        },
        _ => Ok(Value::Text(text.to_owned())),
    }
}
