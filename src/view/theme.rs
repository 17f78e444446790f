//! Colours and glyphs, all in one place. Nothing is conveyed by colour alone: every severity has a sign and a word.

use ratatui::style::{Color, Modifier, Style};

use crate::desk::appearance::{Appearance, Colours};
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
    /// The choice on which the arrows stand.
    pub marked: Style,
    /// Green, amber, red.
    severities: [Style; 3],
    /// Signs.
    pub glyphs: Glyphs,
}

/// Signs of the screen. Those beyond ASCII are of one column, or of two in terminals set up for it: then ASCII is the cure.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Glyphs {
    /// Between panes.
    pub vertical: &'static str,
    /// Above panes.
    pub horizontal: &'static str,
    /// Signs of green, amber, red.
    pub severities: [&'static str; 3],
    /// Only signs that every terminal has: sentences are put into them too.
    pub ascii: bool,
}

impl Glyphs {
    /// A column of so many eighths, 0 to 8.
    #[must_use]
    pub fn bar(&self, eighths: usize) -> &'static str {
        const BLOCKS: [&str; 9] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
        match (self.ascii, eighths) {
            (true, 0) => " ",
            (true, 1..=4) => ".",
            (true, _) => "#",
            (false, n) => BLOCKS.get(n).copied().unwrap_or("█"),
        }
    }
}

const ASCII: Glyphs = Glyphs { vertical: "|", horizontal: "-", severities: ["+", "!", "x"], ascii: true };
const LINES: Glyphs = Glyphs { vertical: "│", horizontal: "─", severities: ["+", "!", "x"], ascii: false };

impl Theme {
    /// The theme of an appearance.
    #[must_use]
    pub fn of(appearance: Appearance) -> Self {
        let theme = match appearance.colours {
            Colours::Terminal => Self::terminal(),
            Colours::Dark => Self::dark(),
            Colours::Light => Self::light(),
            Colours::Contrast => Self::contrast(),
            Colours::None => Self::plain(),
        };
        Self { glyphs: if appearance.ascii { ASCII } else { LINES }, ..theme }
    }

    fn terminal() -> Self {
        let on = |fg, bg| Style::new().fg(fg).bg(bg).add_modifier(Modifier::BOLD);
        Self {
            base: Style::new(),
            strong: Style::new().add_modifier(Modifier::BOLD),
            faint: Style::new().fg(Color::DarkGray),
            frame: Style::new().fg(Color::DarkGray),
            practice: on(Color::Black, Color::Magenta),
            marked: Style::new().add_modifier(Modifier::REVERSED),
            severities: [on(Color::Black, Color::Green), on(Color::Black, Color::Yellow), on(Color::White, Color::Red)],
            glyphs: LINES,
        }
    }

    fn dark() -> Self {
        Self::coloured(&Palette {
            ground: 234,
            text: 252,
            strong: 231,
            faint: 245,
            practice: (231, 90),
            severities: [(231, 28), (16, 214), (231, 160)],
        })
    }

    fn light() -> Self {
        Self::coloured(&Palette {
            ground: 231,
            text: 236,
            strong: 16,
            faint: 242,
            practice: (231, 90),
            severities: [(231, 28), (16, 214), (231, 160)],
        })
    }

    fn contrast() -> Self {
        let theme = Self::coloured(&Palette {
            ground: 16,
            text: 231,
            strong: 231,
            faint: 231,
            practice: (16, 213),
            severities: [(16, 46), (16, 226), (231, 196)],
        });
        Self { marked: Style::new().fg(Color::Indexed(16)).bg(Color::Indexed(231)).add_modifier(Modifier::BOLD), ..theme }
    }

    fn coloured(p: &Palette) -> Self {
        let on = |(fg, bg)| Style::new().fg(Color::Indexed(fg)).bg(Color::Indexed(bg));
        Self {
            base: on((p.text, p.ground)),
            strong: on((p.strong, p.ground)).add_modifier(Modifier::BOLD),
            faint: on((p.faint, p.ground)),
            frame: on((p.faint, p.ground)),
            practice: on(p.practice).add_modifier(Modifier::BOLD),
            marked: on((p.ground, p.text)),
            severities: p.severities.map(|pair| on(pair).add_modifier(Modifier::BOLD)),
            glyphs: LINES,
        }
    }

    fn plain() -> Self {
        let reversed = Style::new().add_modifier(Modifier::REVERSED);
        Self {
            base: Style::new(),
            strong: Style::new().add_modifier(Modifier::BOLD),
            faint: Style::new(),
            frame: Style::new(),
            practice: reversed,
            marked: Style::new().add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
            severities: [reversed, reversed.add_modifier(Modifier::BOLD), reversed.add_modifier(Modifier::BOLD | Modifier::UNDERLINED)],
            glyphs: LINES,
        }
    }

    /// What has gone from a list: struck through. Its words say so too, for terminals that cannot strike.
    #[must_use]
    pub fn struck(&self) -> Style {
        self.faint.add_modifier(Modifier::CROSSED_OUT)
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

    /// A sentence in the signs that this terminal has.
    #[must_use]
    pub fn say(&self, text: &str) -> String {
        if !self.glyphs.ascii {
            return text.to_owned();
        }
        let mut said = String::with_capacity(text.len());
        for c in text.chars() {
            match c {
                '⏎' => said.push_str("Enter"),
                '→' => said.push_str("->"),
                '↑' => said.push('^'),
                '↓' => said.push('v'),
                '⚑' => said.push('!'),
                '…' => said.push_str(".."),
                '·' | '–' | '—' => said.push('-'),
                other => said.push(other),
            }
        }
        said
    }
}

/// Numbers of the 256 colours: the ground, and foreground with background.
struct Palette {
    ground: u8,
    text: u8,
    strong: u8,
    faint: u8,
    practice: (u8, u8),
    severities: [(u8, u8); 3],
}
