//! ```text
//! F1 help F2 roster F7 duty .commands ? why                 complaints 0571-8000 0000
//! ```

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Look;
use super::text::{Pen, width};
use crate::desk::Model;
use crate::desk::commands::Command;
use crate::texts::{self, words};

/// Draws the last line: keys, and the number for complaints (F137).
pub fn draw(model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    let mut pen = Pen::new(buf, area);
    let keys = Command::ALL.into_iter().filter_map(|c| {
        let (zh, en) = words::command_words(c);
        Some(format!("F{} {}", c.function_key()?, model.lang.pick(zh, en)))
    });
    let line = keys.chain([texts::key_line(model.lang)]).collect::<Vec<_>>().join("  ");
    let phone =
        if model.settings.complaint_phone.is_empty() { String::new() } else { texts::complaints(model.lang, &model.settings.complaint_phone) };
    // Whole words only: what does not fit beside the phone is left out, the phone never is.
    let room = usize::from(area.width).saturating_sub(width(&phone) + 1);
    let mut shown = String::new();
    for word in line.split("  ") {
        if width(&shown) + width(word) + 2 > room {
            break;
        }
        shown.push_str(word);
        shown.push_str("  ");
    }
    pen.line(0, &shown, look.theme.faint);
    pen.right(0, &phone, look.theme.base);
}
