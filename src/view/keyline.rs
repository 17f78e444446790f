//! ```text
//! F1 help F2 roster F7 duty .commands ? why                 complaints 0571-8000 0000
//! ```
//!
//! The keys that matter in front of what is open; all of them stand in help. Whole words only: what does not fit beside the
//! phone is left out, the phone never is.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Look;
use super::text::{Pen, width};
use crate::desk::commands::{Command, Keystroke};
use crate::desk::{Attention, Dialog, Model};
use crate::texts::{self, words};

/// Draws the last line: keys, and the number for complaints (F137).
pub fn draw(model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    let mut pen = Pen::new(buf, area);
    let phone =
        if model.settings.complaint_phone.is_empty() { String::new() } else { texts::complaints(model.lang, &model.settings.complaint_phone) };
    let room = usize::from(area.width).saturating_sub(width(&phone) + 2);
    let mut shown = String::from(" ");
    for word in keys(model) {
        let word = look.theme.say(&word);
        if width(&shown) + width(&word) > room {
            break;
        }
        shown.push_str(&word);
        shown.push_str("  ");
    }
    pen.line(0, &shown, look.theme.faint);
    pen.right(0, &format!("{phone} "), look.theme.base);
}

fn keys(model: &Model) -> Vec<String> {
    let key = |k: Keystroke| format!("{} {}", k.sign(), words::keystroke(model.lang, k).0);
    let waits_behind = model.dialog.is_some() && !model.queue.is_empty();
    let in_dialog = model.dialog.is_some() && model.keyboard() == Attention::Dialog;
    let mut list = Vec::new();
    if waits_behind && in_dialog {
        list.push(texts::tab_to_release(model.lang));
    }
    match (&model.dialog, in_dialog) {
        (Some(Dialog::Form(_)), true) => list.push(texts::form_keys(model.lang)),
        (Some(Dialog::Hits { .. } | Dialog::Actions(_) | Dialog::Undo | Dialog::Unrecorded(_)), true) => list.push(texts::list_keys(model.lang)),
        (Some(Dialog::Commands), true) | (None | Some(_), _) => {}
    }
    let function = Command::ALL.into_iter().filter_map(|c| {
        let (zh, en) = words::command_words(c);
        Some(format!("F{} {}", c.function_key()?, model.lang.pick(zh, en)))
    });
    list.extend(function);
    list.extend([Keystroke::Dot, Keystroke::Question, Keystroke::CtrlZ, Keystroke::Tab, Keystroke::Escape].map(key));
    list
}
