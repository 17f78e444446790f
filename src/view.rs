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
//! │                       ├ board ─────────────────────────────────────────┤
//! │                       │ children by place                              │
//! ├ keys ─────────────────┴────────────────────────────────────────────────┤
//! │ F-keys and commands                                    complaint phone │
//! └────────────────────────────────────────────────────────────────────────┘
//! ```
//!
//! One file for each thing you can point at; all have the signature of [`draw`]. [`text`] is the only file that measures
//! text: Chinese characters are two columns wide.

pub mod board;
pub mod boxpane;
pub mod header;
pub mod keyline;
pub mod roster;
pub mod text;
pub mod theme;

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
    /// The cursor's position in it, characters.
    pub cursor: usize,
    /// The page of the roster that is shown, from 0.
    pub page: usize,
}

/// Draws the whole screen; gives the place of the cursor.
pub fn draw(model: &Model, look: &Look, area: Rect, buf: &mut Buffer) -> Option<(u16, u16)> {
    let mut pen = text::Pen::new(buf, area);
    pen.clear(look.theme.base);
    if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
        return too_small(model, look, &mut pen);
    }
    let left = (area.width * 2 / 5).clamp(30, 46);
    let body = area.height - 3;
    let right = area.width - left - 1;
    let board = (body / 4).clamp(3, 10);
    let rooms = Rooms {
        header: Rect::new(area.x, area.y, area.width, 2),
        roster: Rect::new(area.x, area.y + 2, left, body),
        desk: Rect::new(area.x + left + 1, area.y + 2, right, body - board),
        board: Rect::new(area.x + left + 1, area.y + 2 + body - board, right, board),
        keys: Rect::new(area.x, area.y + area.height - 1, area.width, 1),
    };
    for y in 0..body {
        pen.put(left, 2 + y, look.theme.glyphs.vertical, look.theme.frame);
    }
    header::draw(model, look, rooms.header, buf);
    roster::draw(model, look, rooms.roster, buf);
    let cursor = boxpane::draw(model, look, rooms.desk, buf);
    board::draw(model, look, rooms.board, buf);
    keyline::draw(model, look, rooms.keys, buf);
    cursor
}

struct Rooms {
    header: Rect,
    roster: Rect,
    desk: Rect,
    board: Rect,
    keys: Rect,
}

/// A window that is too small says so and still takes scans: the last answer is shown as far as it fits.
fn too_small(model: &Model, look: &Look, pen: &mut text::Pen<'_>) -> Option<(u16, u16)> {
    pen.line(0, &texts::window_too_small(model.lang), look.theme.strong);
    for (y, line) in (1..).zip(boxpane::answer_lines(model)) {
        pen.line(y, &line, look.theme.base);
    }
    None
}
