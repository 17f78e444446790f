//! ```text
//! ─ 名册 F2 ────────────── 1/2 ─
//!   陈一诺   四(1)班   教室 16:30
//! ! 赵小满   二(1)班   教室 16:33
//!   周子墨   一(1)班   已离 17:16
//! ```
//!
//! Pages rather than scrolls, so that a child does not move while somebody looks for it. Only the rows of the page are
//! built.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Look;
use super::text::{Pen, pad};
use crate::desk::Model;
use crate::desk::grammar::{Reader, Typed, parse};
use crate::desk::roster::{Standing, rows};
use crate::domain::day::{Presence, State};
use crate::domain::people::ChildId;
use crate::rules::collect;
use crate::texts;
use crate::wording::Words;

/// What of the typed text narrows the roster: letters and characters do, numbers and commands do not.
#[must_use]
pub fn query(typed: &str) -> String {
    match parse(typed, &Reader::default()).typed {
        Typed::Letters(text) | Typed::Name(text) => text,
        Typed::Empty
        | Typed::Card { .. }
        | Typed::Choice(_)
        | Typed::Command(..)
        | Typed::Moment(_)
        | Typed::Question
        | Typed::Escape
        | Typed::Refused(_) => String::new(),
    }
}

/// Draws the roster.
pub fn draw(model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    let mut pen = Pen::new(buf, area);
    let query = query(&look.typed);
    let rows = rows(model, &query);
    let per_page = usize::from(area.height.saturating_sub(1)).max(1);
    let pages = rows.len().div_ceil(per_page).max(1);
    let page = look.page.min(pages - 1);
    let title = match model.past {
        Some(when) => texts::roster_title_past(model.lang, when.hhmm()),
        None => texts::roster_title(model.lang),
    };
    let count = if query.is_empty() { format!("{}/{pages}", page + 1) } else { format!("{}/{}", rows.len(), model.names.all().count()) };
    let rule = look.theme.glyphs.horizontal;
    pen.line(0, &rule.repeat(usize::from(area.width)), look.theme.frame);
    pen.put(1, 0, &format!(" {title} "), look.theme.strong);
    pen.right(0, &format!(" {count} "), look.theme.frame);
    let past = model.past.map(|when| model.day.at(when));
    let state = past.as_ref().unwrap_or(model.day.state());
    let first = page * per_page;
    for (y, (index, (child, standing))) in (1..).zip(rows.into_iter().enumerate().skip(first).take(per_page)) {
        let number = (!query.is_empty()).then_some(index + 1);
        row(model, look, state, &mut pen, y, number, (child, standing));
    }
}

fn row(model: &Model, look: &Look, state: &State, pen: &mut Pen<'_>, y: u16, number: Option<usize>, (child, standing): (ChildId, Standing)) {
    let words = Words::of(model);
    let Some(record) = model.register.child(child) else { return };
    let sign = if standing == Standing::LeftOpen || (standing == Standing::In && collect::is_restricted(model.room(), child)) {
        "!"
    } else if record.health.is_some() {
        "*"
    } else {
        " "
    };
    let (style, where_, when) = match state.presence(child) {
        Presence::In(visit) => (look.theme.base, words.place(&visit.place), visit.arrived.hhmm()),
        Presence::Out(_, outing) => (look.theme.base, words.standing(standing).to_owned(), outing.since.hhmm()),
        Presence::Gone(_, release) => (look.theme.faint, words.standing(standing).to_owned(), release.at.hhmm()),
        Presence::NotHere => (look.theme.faint, words.standing(standing).to_owned(), String::new()),
    };
    let (number, class, place, time) = (number.map_or_else(String::new, |n| format!("{n} ")), 8, 8, 5);
    let name = pen.width().saturating_sub(2 + class + place + time + 1).max(6);
    let head = pad(&format!("{number}{}", record.name), name);
    let line = format!("{sign} {head} {}{}{}", pad(&words.class(record), class), pad(&where_, place), pad(&when, time));
    pen.line(y, &line, if standing == Standing::LeftOpen { look.theme.strong } else { style });
}
