//! The screen, drawn from the model. Nothing here changes anything.
//!
//! ```text
//! ┌ header ────────────────────────────────────────────────────────────────┐
//! │ school · room   date weekday   clock   time to closing   who is on duty│
//! ├ counts ────────────────────────────────────────────────────────────────┤
//! │ in  due  gone  leave  out  rack                                        │
//! ├ roster ───────────────┬ box ──────────────────────────────────────────┤
//! │ who is where, a page  │ > what is typed                                │
//! │ at a time, narrowed   │ the verdict in focus or the question, large    │
//! │ by what is typed      │ who waits behind it, what was said, notices    │
//! │                       ├ guide (in practice) ──────────────────────────┤
//! │                       ├ panel: the groups; over them who is left, the  │
//! │                       │ roll, pictures, a child's card, the commands   │
//! ├ keys ─────────────────┴────────────────────────────────────────────────┤
//! │ F-keys and commands                                    complaint phone │
//! └────────────────────────────────────────────────────────────────────────┘
//! ```
//!
//! One file for each thing you can point at; all have the signature of [`draw`]. [`text`] is the only file that measures
//! text: Chinese characters are two columns wide. [`welcome`] is the screen of a first start.

pub mod board;
pub mod boxpane;
pub mod charts;
pub mod header;
pub mod keyline;
pub mod large;
pub mod panel;
#[cfg(feature = "photo")]
pub mod photo;
pub mod roster;
pub mod text;
pub mod theme;
pub mod welcome;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::desk::Model;
use crate::texts;

use theme::Theme;

/// Smallest window in which the panes are drawn.
pub const SMALLEST: (u16, u16) = (60, 14);

/// How the screen looks at this moment, beside what the model says.
#[derive(Clone, Debug)]
pub struct Look {
    /// Colours and glyphs.
    pub theme: Theme,
    /// What stands in the box.
    pub typed: String,
    /// It is a PIN or a pass phrase: shown nowhere.
    pub secret: bool,
    /// The cursor's position in it, characters.
    pub cursor: usize,
    /// The page of the roster that is shown, from 0.
    pub page: usize,
    /// The page of the list of commands, from 0.
    pub panel_page: usize,
    /// The photo of the collector in front, where there is one.
    #[cfg(feature = "photo")]
    pub photo: Option<photo::Photo>,
}

/// Draws the whole screen; gives the place of the cursor.
pub fn draw(model: &Model, look: &Look, area: Rect, buf: &mut Buffer) -> Option<(u16, u16)> {
    let mut pen = text::Pen::new(buf, area);
    pen.clear(look.theme.base);
    if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
        return too_small(model, look, &mut pen);
    }
    let left = (area.width * 2 / 5).clamp(34, 56);
    let body = area.height - 3;
    // A screen of the register takes the roster's place too: its lists want the whole width.
    let whole = matches!(panel::of(model, look), panel::Panel::Office(_));
    let right =
        if whole { Rect::new(area.x, area.y + 2, area.width, body) } else { Rect::new(area.x + left + 1, area.y + 2, area.width - left - 1, body) };
    if !whole {
        for y in 0..body {
            pen.put(left, 2 + y, look.theme.glyphs.vertical, look.theme.frame);
        }
    }
    header::draw(model, look, Rect::new(area.x, area.y, area.width, 2), buf);
    if !whole {
        roster::draw(model, look, Rect::new(area.x, area.y + 2, left, body), buf);
    }
    let cursor = desk(model, look, right, buf);
    keyline::draw(model, look, Rect::new(area.x, area.y + area.height - 1, area.width, 1), buf);
    cursor
}

/// The right column: the box takes what it needs, the panel under it the rest.
fn desk(model: &Model, look: &Look, area: Rect, buf: &mut Buffer) -> Option<(u16, u16)> {
    let guide = panel::guide_height(model, look, area.width).min(area.height / 4);
    let panel = panel::of(model, look);
    let rest = area.height - guide;
    let board = (rest / 4).clamp(3, 10);
    let under = match panel {
        panel::Panel::Board if model.dialog.is_none() => board,
        panel::Panel::Board
        | panel::Panel::Roll
        | panel::Panel::Left
        | panel::Panel::Log
        | panel::Panel::Child(_)
        | panel::Panel::Office(_)
        | panel::Panel::Commands { .. } => {
            let needed = boxpane::height(model, look, area.width);
            rest - needed.clamp(3, rest.saturating_sub(board))
        }
    };
    let (top, middle) = (rest - under, rest - under + guide);
    let cursor = boxpane::draw(model, look, Rect { height: top, ..area }, buf);
    if guide > 0 {
        panel::guide(model, look, Rect { y: area.y + top, height: guide, ..area }, buf);
    }
    panel::draw(model, look, &panel, Rect { y: area.y + middle, height: under, ..area }, buf);
    cursor
}

/// A window that is too small says so and still takes scans: the last answer is shown as far as it fits.
fn too_small(model: &Model, look: &Look, pen: &mut text::Pen<'_>) -> Option<(u16, u16)> {
    pen.line(0, &texts::window_too_small(model.lang), look.theme.strong);
    for (y, line) in (1..).zip(boxpane::answer_lines(model)) {
        pen.line(y, &look.theme.say(&line), look.theme.base);
    }
    None
}
