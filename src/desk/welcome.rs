//! The first start, as a value: practise, import a roster, or start empty. What reads files is the shell's work; it comes
//! back with a [`Stage::Preview`] or an error.

use crate::texts::{self, Lang};

/// The first start.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Welcome {
    /// Language.
    pub lang: Lang,
    /// The folder in which the store will be.
    pub data: String,
    /// How far it has come.
    pub stage: Stage,
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
    /// Which file?
    File,
    /// A roster was read; nothing is written yet.
    Preview {
        /// What would change, a line each.
        lines: Vec<String>,
        /// Whether it can be written.
        good: bool,
    },
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
    /// Write the roster that was shown, and open the desk.
    Import,
    /// Open an empty desk.
    StartEmpty,
    /// End.
    Leave,
}

impl Welcome {
    /// The beginning.
    #[must_use]
    pub fn new(lang: Lang, data: String) -> Self {
        Self { lang, data, stage: Stage::Choose, marked: 1, error: None }
    }

    /// An arrow.
    pub fn mark(&mut self, down: bool) {
        self.marked = match (self.marked, down) {
            (3, true) => 1,
            (n, true) => n + 1,
            (1, false) => 3,
            (n, false) => n - 1,
        };
    }

    /// A submitted line.
    pub fn line(&mut self, text: &str) -> Wish {
        self.error = None;
        let text = text.trim();
        match &self.stage {
            Stage::Choose => match (text, self.marked) {
                ("1", _) | ("", 1) => Wish::Practise,
                ("2", _) | ("", 2) => {
                    self.stage = Stage::File;
                    Wish::Stay
                }
                ("3" | "", _) => Wish::StartEmpty,
                _ => self.wrong(texts::welcome_choose(self.lang)),
            },
            // A file dropped into the window comes in quotes, or with an escaped blank.
            Stage::File if text.is_empty() => Wish::Stay,
            Stage::File => Wish::Read(text.trim_matches(['\'', '"']).replace("\\ ", " ")),
            Stage::Preview { good: true, .. } if text.is_empty() => Wish::Import,
            Stage::Preview { .. } => Wish::Stay,
        }
    }

    /// Says what was wrong, and stays.
    pub fn wrong(&mut self, sentence: String) -> Wish {
        self.error = Some(sentence);
        Wish::Stay
    }

    /// A roster was read.
    pub fn read(&mut self, lines: Vec<String>, good: bool) {
        self.stage = Stage::Preview { lines, good };
    }

    /// Back.
    pub fn escape(&mut self) -> Wish {
        self.error = None;
        match self.stage {
            Stage::Choose => return Wish::Leave,
            Stage::File => self.stage = Stage::Choose,
            Stage::Preview { .. } => self.stage = Stage::File,
        }
        Wish::Stay
    }
}
