//! The commands: one table gives F-keys, words in both languages and help (`texts` holds the words).

use crate::texts::command_words;

/// A command of the desk.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Command {
    /// Help.
    Help,
    /// The roster; `@1708` shows a past moment.
    Roster,
    /// Sign on or off, choose who acts.
    Duty,
    /// Take back an act.
    Undo,
    /// Why the last verdict was given.
    Why,
    /// The focus steps to the back.
    Next,
    /// Several children brought by an escort.
    Batch,
    /// Enter something that happened earlier.
    BackFill,
    /// Chinese or English.
    Language,
    /// Set the practice clock.
    Clock,
    /// Leave the program.
    Quit,
}

impl Command {
    /// All, in the order of the list.
    pub const ALL: [Self; 11] = [
        Self::Help,
        Self::Roster,
        Self::Duty,
        Self::Undo,
        Self::Why,
        Self::Next,
        Self::Batch,
        Self::BackFill,
        Self::Language,
        Self::Clock,
        Self::Quit,
    ];

    /// Its F-key, also typed as `.n`.
    #[must_use]
    pub fn function_key(self) -> Option<u8> {
        match self {
            Self::Help => Some(1),
            Self::Roster => Some(2),
            Self::Duty => Some(7),
            Self::Undo | Self::Why | Self::Next | Self::Batch | Self::BackFill | Self::Language | Self::Clock | Self::Quit => None,
        }
    }

    /// The command behind a typed word: an F-key's number, or its word in either language.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        let number = word.parse::<u8>().ok();
        Self::ALL.into_iter().find(|c| {
            let (zh, en) = command_words(*c);
            (number.is_some() && c.function_key() == number) || word == zh || word == en
        })
    }
}
