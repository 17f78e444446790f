//! The first start, as a value: practise, or set this room up. The set-up asks one thing after another; every answer can be
//! gone back to, and nothing is written before the last Enter. What reads files and writes is the shell's work.
//!
//! [`steps`]: what is asked, in its order, and what counts as an answer. [`committing`]: what the answers come to when they
//! are entered. Here: going on and back between choosing, asking, the roster's preview and the review.

pub mod committing;
pub mod steps;

use crate::desk::Pin;
use crate::desk::grammar::{Reader, Typed, parse};
use crate::texts::settings as t;
use crate::texts::{self, Lang};

pub use committing::Answers;
pub use steps::Field;

/// How many digits cards may have whose zeros are given back.
pub const CARD_DIGITS: std::ops::RangeInclusive<u8> = 4..=20;

/// The first start.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Welcome {
    /// Language.
    pub lang: Lang,
    /// The folder in which the store will be.
    pub data: String,
    /// How far it has come.
    pub stage: Stage,
    /// What was answered so far.
    pub answers: Answers,
    /// The choice on which the arrows stand, from 1.
    pub marked: u32,
    /// What was wrong with the last answer.
    pub error: Option<String>,
}

/// How far a first start has come.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Stage {
    /// What to do?
    Choose,
    /// The set-up asks this.
    Ask(Field),
    /// Which file?
    File,
    /// The file is being read; Esc ends that.
    Reading {
        /// How much of it has been, percent.
        percent: u8,
    },
    /// A roster was read; nothing is written yet.
    Preview {
        /// What would change, a line each.
        lines: Vec<String>,
        /// Whether it can be written.
        found: Found,
    },
    /// Everything is answered; Enter writes it.
    Review,
    /// It is written; the leader's recovery code is shown, once. Enter opens the desk.
    Code(Pin),
}

/// What reading a roster came to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Found {
    /// It can be written.
    Good,
    /// It cannot.
    Refused,
    /// It can be, perhaps, once it was said how many digits its cards have.
    WantsDigits,
}

/// What the shell has to do next.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Wish {
    /// Nothing: draw again.
    Stay,
    /// A room with invented children.
    Practise,
    /// Read this roster and show what would change.
    Read(String),
    /// Write what was answered, import the roster if there is one, and open the desk.
    Finish,
    /// The recovery code was written down: open the desk.
    Open,
    /// End.
    Leave,
}

/// Why a roster cannot be shown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RosterProblem {
    /// A card in it has the leader's PIN for its number, or could have.
    PinIsCard,
    /// Somebody did not want to wait for it.
    GivenUp,
    /// It cannot be read: the sentence that says why.
    Unreadable(String),
}

impl Welcome {
    /// The beginning.
    #[must_use]
    pub fn new(lang: Lang, data: String) -> Self {
        Self { lang, data, stage: Stage::Choose, answers: Answers::default(), marked: 1, error: None }
    }

    /// How many numbered choices there are, if there are any.
    #[must_use]
    pub fn choices(&self) -> u32 {
        match &self.stage {
            Stage::Choose | Stage::Ask(Field::Cards | Field::Roster) => 2,
            Stage::Ask(_) | Stage::File | Stage::Reading { .. } | Stage::Preview { .. } | Stage::Review | Stage::Code(_) => 0,
        }
    }

    /// Whether what is typed is a secret.
    #[must_use]
    pub fn is_secret(&self) -> bool {
        matches!(self.stage, Stage::Ask(Field::Pin | Field::PinAgain))
    }

    /// An arrow.
    pub fn mark(&mut self, down: bool) {
        let last = self.choices().max(1);
        self.marked = match (self.marked, down) {
            (n, true) if n >= last => 1,
            (n, true) => n + 1,
            (1, false) => last,
            (n, false) => n - 1,
        };
    }

    /// A submitted line.
    pub fn line(&mut self, text: &str) -> Wish {
        self.error = None;
        let parsed = parse(text, &Reader::default());
        // A file's path stays as it was typed.
        let is_file = self.stage == Stage::File;
        if !is_file && matches!(parsed.typed, Typed::Refused(_)) {
            return self.wrong(texts::garbled(self.lang));
        }
        let text = if is_file { text.trim() } else { parsed.text.as_str() };
        match &self.stage {
            Stage::Choose => match self.number(text) {
                Some(1) => Wish::Practise,
                Some(2) => self.go(Stage::Ask(Field::School)),
                _ => self.wrong(texts::welcome_choose(self.lang)),
            },
            Stage::Ask(field) => self.answer(*field, text),
            // A file dropped into the window comes in quotes, or with an escaped blank.
            Stage::File if text.is_empty() => Wish::Stay,
            Stage::File => {
                let path = text.trim_matches(['\'', '"']).replace("\\ ", " ");
                self.answers.card_digits = None;
                self.answers.roster = Some(path.clone());
                Wish::Read(path)
            }
            Stage::Preview { found: Found::WantsDigits, .. } if !text.is_empty() => match text.parse().ok().filter(|n| CARD_DIGITS.contains(n)) {
                Some(digits) => {
                    self.answers.card_digits = Some(usize::from(digits));
                    self.answers.roster.clone().map_or(Wish::Stay, Wish::Read)
                }
                None => self.wrong(t::setup_bad_digits(self.lang)),
            },
            Stage::Preview { found: Found::Good, .. } if text.is_empty() => self.go(Stage::Review),
            Stage::Review if text.is_empty() => Wish::Finish,
            Stage::Code(_) if text.is_empty() => Wish::Open,
            Stage::Reading { .. } | Stage::Preview { .. } | Stage::Review | Stage::Code(_) => Wish::Stay,
        }
    }

    /// Says what was wrong, and stays.
    pub fn wrong(&mut self, sentence: String) -> Wish {
        self.error = Some(sentence);
        Wish::Stay
    }

    /// So much of a roster has been read.
    pub fn reading(&mut self, percent: u8) {
        self.stage = Stage::Reading { percent };
    }

    /// A roster cannot be read: another file may be named.
    pub fn unreadable(&mut self, sentence: String) {
        self.go(Stage::File);
        self.wrong(sentence);
    }

    /// A roster was read.
    pub fn read(&mut self, lines: Vec<String>, found: Found) {
        self.stage = Stage::Preview { lines, found };
    }

    /// A roster was read in which a card has the leader's PIN for its number: the PIN is asked anew.
    pub fn pin_is_a_card(&mut self) {
        self.answers.pin = None;
        self.go(Stage::Ask(Field::Pin));
        self.wrong(t::setup_pin_in_roster(self.lang));
    }

    /// What was answered is written; the leader's recovery code is shown until Enter.
    pub fn entered(&mut self, code: String) {
        self.go(Stage::Code(Pin(code)));
    }

    /// Back; what was answered stays.
    pub fn escape(&mut self) -> Wish {
        self.error = None;
        let back = match &self.stage {
            Stage::Choose => return Wish::Leave,
            // What is written is written.
            Stage::Code(_) => return Wish::Stay,
            Stage::Ask(field) => field.before().map_or(Stage::Choose, Stage::Ask),
            Stage::Reading { .. } | Stage::Preview { .. } => Stage::File,
            Stage::Review if self.answers.roster.is_some() => Stage::File,
            Stage::Review | Stage::File => Stage::Ask(Field::Roster),
        };
        self.go(back)
    }

    fn go(&mut self, stage: Stage) -> Wish {
        let held = stage == Stage::Ask(Field::Cards) && self.answers.cards == "held";
        self.marked = if held { 2 } else { 1 };
        self.stage = stage;
        Wish::Stay
    }

    fn number(&self, text: &str) -> Option<u32> {
        if text.is_empty() { Some(self.marked) } else { text.parse().ok().filter(|n| (1..=self.choices()).contains(n)) }
    }
}

#[cfg(test)]
mod tests;
