//! ```text
//! ─ 在哪里 ─────────────────────
//! 教室   12   陈一诺 陈一鸣 …
//! 操场    4   冯可心 许子昂 …
//! ```
//!
//! Children by place. Groups with leader and activity will stand here.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::text::{Pen, pad, width};
use super::{Look, panel};
use crate::desk::Model;
use crate::domain::settings::Place;
use crate::texts;
use crate::wording::Words;

/// Draws the board.
pub fn draw(model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    let words = Words::of(model);
    let mut pen = Pen::new(buf, area);
    panel::rule(&mut pen, look, &texts::board_title(model.lang), "");
    let called: Vec<String> = model.table.called().filter_map(|c| model.register.live_card(c)).map(|c| c.number.tail().to_owned()).collect();
    if !called.is_empty() {
        pen.right(0, &format!(" {} ", texts::board_called(model.lang, called.join(" "))), look.theme.strong);
    }
    let known = model.settings.places.iter();
    let others = model.table.places().filter(|p| !model.settings.places.contains(p));
    let shown = known.chain(others).filter(|p| p.is_room() || model.table.at(p).len() > 0);
    for (y, place) in (1..pen.height()).zip(shown) {
        row(model, look, words, &mut pen, y, place);
    }
}

fn row(model: &Model, look: &Look, words: Words<'_>, pen: &mut Pen<'_>, y: u16, place: &Place) {
    let children = model.table.at(place);
    let head = format!(" {} {:>3}  ", pad(&words.place(place), 8), children.len());
    let x = pen.put(0, y, &head, look.theme.strong);
    let room = pen.width().saturating_sub(width(&head));
    let mut names = String::new();
    for child in children {
        let name = format!("{} ", words.name(child));
        if width(&names) + width(&name) > room {
            break;
        }
        names.push_str(&name);
    }
    pen.put(x, y, &names, look.theme.base);
}
