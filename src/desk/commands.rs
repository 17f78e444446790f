//! The commands and keys: one table gives F-keys, words in both languages, the key line, help and the list behind `.`
//! (`texts` holds the words).

use crate::texts::command_words;

/// A command of the desk.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Command {
    /// Help.
    Help,
    /// The roster; `@1708` shows a past moment.
    Roster,
    /// The activity board.
    Board,
    /// Who has not come.
    Roll,
    /// The phone numbers of the child in front; else whom to call.
    Calls,
    /// Pictures of the day and the week.
    Log,
    /// The leader is told of those who are left.
    Leader,
    /// Sign on or off, choose who acts.
    Duty,
    /// Take back an act.
    Undo,
    /// What could not be recorded.
    Unrecorded,
    /// Why the last verdict was given.
    Why,
    /// The focus steps to the back.
    Next,
    /// Several children brought by an escort.
    Batch,
    /// Enter something that happened earlier.
    BackFill,
    /// A leader sets right what was entered under a wrong time.
    Redate,
    /// Children, collectors, households.
    People,
    /// Cards.
    Cards,
    /// The count of the rack.
    Rack,
    /// A card that was found.
    Found,
    /// Terms, timetables, special days.
    Calendar,
    /// Staff.
    Staff,
    /// How this room works.
    Settings,
    /// Close the register for changes.
    Lock,
    /// Chinese or English.
    Language,
    /// Colours and signs.
    Theme,
    /// The guided round of practice.
    Guide,
    /// Set the practice clock.
    Clock,
    /// Leave the program.
    Quit,
}

impl Command {
    /// All, in the order of the list.
    pub const ALL: [Self; 28] = [
        Self::Help,
        Self::Roster,
        Self::Board,
        Self::Roll,
        Self::Calls,
        Self::Duty,
        Self::Log,
        Self::Leader,
        Self::Undo,
        Self::Unrecorded,
        Self::Why,
        Self::Next,
        Self::Batch,
        Self::BackFill,
        Self::Redate,
        Self::People,
        Self::Cards,
        Self::Rack,
        Self::Found,
        Self::Calendar,
        Self::Staff,
        Self::Settings,
        Self::Lock,
        Self::Language,
        Self::Theme,
        Self::Guide,
        Self::Clock,
        Self::Quit,
    ];

    /// Its F-key, also typed as `.n`.
    #[must_use]
    pub fn function_key(self) -> Option<u8> {
        match self {
            Self::Help => Some(1),
            Self::Roster => Some(2),
            Self::Board => Some(3),
            Self::Roll => Some(4),
            Self::Calls => Some(5),
            Self::Duty => Some(7),
            Self::Log => Some(8),
            Self::Leader
            | Self::Undo
            | Self::Unrecorded
            | Self::Why
            | Self::Next
            | Self::Batch
            | Self::BackFill
            | Self::Redate
            | Self::People
            | Self::Cards
            | Self::Rack
            | Self::Found
            | Self::Calendar
            | Self::Staff
            | Self::Settings
            | Self::Lock
            | Self::Language
            | Self::Theme
            | Self::Guide
            | Self::Clock
            | Self::Quit => None,
        }
    }

    /// Whether it is offered: some are for practice only.
    #[must_use]
    pub fn is_offered(self, practice: bool) -> bool {
        practice || !matches!(self, Self::Clock | Self::Guide)
    }

    /// The commands whose word begins with what is typed after the dot, in either language, or whose number it is.
    #[must_use]
    pub fn beginning_with(typed: &str, practice: bool) -> Vec<Self> {
        let typed = typed.split(char::is_whitespace).next().unwrap_or_default().to_lowercase();
        let fits = |c: &Self| {
            let (zh, en) = command_words(*c);
            zh.starts_with(&typed) || en.starts_with(&typed) || c.function_key().is_some_and(|n| n.to_string() == typed)
        };
        Self::ALL.into_iter().filter(|c| c.is_offered(practice)).filter(fits).collect()
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

/// A key that is no command of its own.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Keystroke {
    /// Enter: the default of what stands in front.
    Enter,
    /// Arrows: the choice before or after, else the roster's pages.
    Arrows,
    /// Pages of the roster and of lists.
    Pages,
    /// Tab: the next that waits, or from a form to the verdict and back.
    Tab,
    /// Back without effect.
    Escape,
    /// The list of commands.
    Dot,
    /// Why?
    Question,
    /// Undo.
    CtrlZ,
    /// The register of a past moment.
    At,
}

impl Keystroke {
    /// All, in the order of help.
    pub const ALL: [Self; 9] = [Self::Enter, Self::Arrows, Self::Pages, Self::Tab, Self::Escape, Self::Dot, Self::Question, Self::CtrlZ, Self::At];

    /// How it is written.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Self::Enter => "⏎",
            Self::Arrows => "↑↓",
            Self::Pages => "PgUp PgDn",
            Self::Tab => "Tab",
            Self::Escape => "Esc",
            Self::Dot => ".",
            Self::Question => "?",
            Self::CtrlZ => "Ctrl-Z",
            Self::At => "@1708",
        }
    }
}
