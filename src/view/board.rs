//! ```text
//! ─ 在哪里 ─────────────────────
//! 教室   12   陈一诺 陈一鸣 …
//! 操场    4   冯可心 许子昂 …
//! ```
//!
//! Children by place. Groups with leader and activity will stand here.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Look;
use super::text::{Pen, pad, width};
use crate::desk::Model;
use crate::domain::day::Presence;
use crate::domain::people::ChildId;
use crate::domain::settings::Place;
use crate::texts;
use crate::wording::Words;

/// Draws the board.
pub fn draw(model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    let words = Words::of(model);
    let mut pen = Pen::new(buf, area);
    pen.line(0, &look.theme.glyphs.horizontal.repeat(usize::from(area.width)), look.theme.frame);
    pen.put(1, 0, &format!(" {} ", texts::board_title(model.lang)), look.theme.strong);
    let mut places: Vec<(Place, Vec<ChildId>)> = model.settings.places.iter().map(|p| (p.clone(), Vec::new())).collect();
    let mut called = Vec::new();
    for (child, day) in model.day.state().children() {
        if let Presence::In(visit) = day.presence() {
            match places.iter_mut().find(|(p, _)| *p == visit.place) {
                Some((_, list)) => list.push(child),
                None => places.push((visit.place.clone(), vec![child])),
            }
            if day.called_over.is_some() {
                called.push(model.register.live_card(child).map(|c| c.number.tail().to_owned()).unwrap_or_default());
            }
        }
    }
    if !called.is_empty() {
        pen.right(0, &format!(" {} ", texts::board_called(model.lang, called.join(" "))), look.theme.strong);
    }
    for (y, (place, children)) in (1..).zip(places.into_iter().filter(|(p, list)| p.is_room() || !list.is_empty())) {
        let head = format!("{} {:>3}  ", pad(&words.place(&place), 8), children.len());
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
}
