//! Colours and glyphs, all in one place. Nothing is conveyed by colour alone: every severity has a sign and a word.

use ratatui::style::{Color, Modifier, Style};

use crate::rules::verdict::Severity;

/// Colours and glyphs of the screen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Theme {
    /// Ordinary text.
    pub base: Style,
    /// Text that stands out.
    pub strong: Style,
    /// Text that steps back.
    pub faint: Style,
    /// Lines between the panes and their titles.
    pub frame: Style,
    /// The practice banner.
    pub practice: Style,
    /// Green, amber, red.
    severities: [Style; 3],
    /// Signs.
    pub glyphs: Glyphs,
}

/// Signs of the screen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Glyphs {
    /// Between panes.
    pub vertical: &'static str,
    /// Above panes.
    pub horizontal: &'static str,
    /// Signs of green, amber, red.
    pub severities: [&'static str; 3],
}

const ASCII: Glyphs = Glyphs { vertical: "|", horizontal: "-", severities: ["+", "!", "x"] };
const LINES: Glyphs = Glyphs { vertical: "│", horizontal: "─", severities: ["+", "!", "x"] };

impl Theme {
    /// On the terminal's own background.
    #[must_use]
    pub fn colour() -> Self {
        let on = |bg| Style::new().fg(Color::Black).bg(bg).add_modifier(Modifier::BOLD);
        Self {
            base: Style::new(),
            strong: Style::new().add_modifier(Modifier::BOLD),
            faint: Style::new().fg(Color::DarkGray),
            frame: Style::new().fg(Color::DarkGray),
            practice: on(Color::Magenta),
            severities: [on(Color::Green), on(Color::Yellow), Style::new().fg(Color::White).bg(Color::Red).add_modifier(Modifier::BOLD)],
            glyphs: LINES,
        }
    }

    /// Without colour (`NO_COLOR`): bold and reversed only.
    #[must_use]
    pub fn plain() -> Self {
        let reversed = Style::new().add_modifier(Modifier::REVERSED);
        Self {
            base: Style::new(),
            strong: Style::new().add_modifier(Modifier::BOLD),
            faint: Style::new(),
            frame: Style::new(),
            practice: reversed,
            severities: [reversed, reversed.add_modifier(Modifier::BOLD), reversed.add_modifier(Modifier::BOLD | Modifier::UNDERLINED)],
            glyphs: LINES,
        }
    }

    /// The same with signs that every terminal has.
    #[must_use]
    pub fn ascii(self) -> Self {
        Self { glyphs: ASCII, ..self }
    }

    /// The style of a severity.
    #[must_use]
    pub fn severity(&self, severity: Severity) -> Style {
        match severity {
            Severity::Green => self.severities[0],
            Severity::Amber => self.severities[1],
            Severity::Red => self.severities[2],
        }
    }

    /// The sign of a severity.
    #[must_use]
    pub fn sign(&self, severity: Severity) -> &'static str {
        match severity {
            Severity::Green => self.glyphs.severities[0],
            Severity::Amber => self.glyphs.severities[1],
            Severity::Red => self.glyphs.severities[2],
        }
    }
}
