//! How the screen looks, by name: what the view makes of it is in its theme.

/// Colours and signs.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Appearance {
    /// The colours.
    pub colours: Colours,
    /// Only signs that every terminal has.
    pub ascii: bool,
}

/// Sets of colours.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Colours {
    /// The terminal's own background and basic colours.
    #[default]
    Terminal,
    /// Light on dark.
    Dark,
    /// Dark on light.
    Light,
    /// As far apart as can be, for bad light and tired eyes.
    Contrast,
    /// None (`NO_COLOR`): bold and reversed only.
    None,
}

impl Colours {
    /// All, in the order of the command.
    pub const ALL: [Self; 5] = [Self::Terminal, Self::Dark, Self::Light, Self::Contrast, Self::None];

    /// The word in a configuration.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Terminal => "terminal",
            Self::Dark => "dark",
            Self::Light => "light",
            Self::Contrast => "contrast",
            Self::None => "none",
        }
    }

    /// The set with that word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.word() == word)
    }

    /// The next set.
    #[must_use]
    pub fn next(self) -> Self {
        let at = Self::ALL.iter().position(|c| *c == self).unwrap_or(0);
        Self::ALL.get(at + 1).copied().unwrap_or_default()
    }
}
