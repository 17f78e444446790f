//! ```text
//! ─ 名册 F2 ────────────── 1/2 ─
//!   陈一诺   四(1)班   教室 16:30
//! ! 赵小满   二(1)班   教室↑17:10
//!   周子墨   一(1)班   已离 17:16
//! ```
//!
//! First, in red, who was left open from an earlier day (with that day) and who is missing (since when). A child that leaves early today as a rule shows when, in place of since when it is here (S3.07).
//!
//! Pages rather than scrolls, so that a child does not move while somebody looks for it. Only the rows of the page are
//! built.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::text::{Pen, pad};
use super::{Look, panel};
use crate::desk::Model;
use crate::desk::grammar::{Reader, Typed, parse};
use crate::desk::roster::{Narrowed, Row, Standing};
use crate::domain::day::Presence;
use crate::domain::people::Child;
use crate::rules::verdict::Severity;
use crate::rules::{closing, enrolment};
use crate::texts::{self, words};
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
    let query = if look.secret { String::new() } else { query(&look.typed) };
    let per_page = usize::from(area.height.saturating_sub(1)).max(1);
    let (mut total, mut rows) = model.roster(&query, look.page * per_page, per_page);
    let pages = total.div_ceil(per_page).max(1);
    let page = look.page.min(pages - 1);
    if page < look.page {
        (total, rows) = model.roster(&query, page * per_page, per_page);
    }
    let title = match &model.past {
        _ if !query.is_empty() => texts::roster_title_found(model.lang, &query),
        Some(past) => texts::roster_title_past(model.lang, Words::of(model).past_time(past.when)),
        None if model.narrowed != Narrowed::All => {
            let what = words::narrowing(model.lang, &model.narrowed);
            texts::roster_title_narrowed(model.lang, format!("{what} {total}"))
        }
        None => texts::roster_title(model.lang),
    };
    let count = if query.is_empty() { format!("{}/{pages}", page + 1) } else { format!("{total}/{}", model.names.all().len()) };
    panel::rule(&mut pen, look, &title, &count);
    if rows.is_empty() {
        pen.put(2, 1, &texts::roster_nobody(model.lang), look.theme.faint);
    }
    for (y, (index, shown)) in (1..).zip(rows.into_iter().enumerate()) {
        let number = (!query.is_empty()).then_some(page * per_page + index + 1);
        row(model, look, &mut pen, y, number, shown);
    }
}

/// When a child that is here, or still due, leaves early today as a rule.
fn early_today(model: &Model, child: &Child, standing: Standing) -> Option<String> {
    let waits = matches!(standing, Standing::In | Standing::Expected) && model.past.is_none();
    enrolment::early_day(child, model.day.date()).filter(|_| waits).map(|day| format!("↑{}", day.at.format("%H:%M")))
}

fn row(model: &Model, look: &Look, pen: &mut Pen<'_>, y: u16, number: Option<usize>, Row { standing, child, .. }: Row) {
    let words = Words::shown(model);
    let register = model.shown_register();
    let Some(record) = register.child(child) else { return };
    let state = model.shown_state();
    let for_leader = state.child(child).is_some_and(|day| day.held.is_some());
    let grave = matches!(standing, Standing::LeftOpen | Standing::OutOpen | Standing::Missing);
    let overdue = standing == Standing::Out && model.past.is_none() && closing::is_overdue(model.room(), child, model.now);
    let restricted = || register.collectors(child).any(|c| c.is_barred(state.date()));
    let sign = if grave || overdue || standing == Standing::AtDoor || (standing == Standing::In && (for_leader || restricted())) {
        "!"
    } else if record.health.is_some() {
        "*"
    } else {
        " "
    };
    let minutes = |since: crate::domain::time::Moment| texts::minutes_here(model.lang, model.now.minutes_since(since));
    let waiting = model.narrowed == Narrowed::Waiting && number.is_none();
    let said = words::standing(model.lang, standing).to_owned();
    let (style, where_, when) = match state.presence(child) {
        // Which day left the stay open says more than at what time it began.
        Presence::In(visit) | Presence::Out(visit, _) if matches!(standing, Standing::LeftOpen | Standing::OutOpen) => {
            let said = if visit.missing.is_some() { texts::words::standing(model.lang, Standing::Missing).to_owned() } else { said };
            (look.theme.severity(Severity::Red), said, texts::words::earlier_day_short(model.lang, visit.arrived.date(), state.date()))
        }
        Presence::In(visit) if let Some(missing) = &visit.missing => (look.theme.severity(Severity::Red), said, missing.since.hhmm()),
        Presence::In(visit) if for_leader => (look.theme.strong, texts::for_leader(model.lang), visit.arrived.hhmm()),
        Presence::In(visit) if waiting => (look.theme.base, words.place(&visit.place), minutes(visit.arrived)),
        Presence::In(visit) => {
            // In the room what somebody does says more than the room.
            let group = state.groups().of(child).filter(|g| visit.place.is_room() && g.started.is_some());
            (look.theme.base, group.map_or_else(|| words.place(&visit.place), |g| words.title(&g.group)), visit.arrived.hhmm())
        }
        Presence::Out(_, outing) => (if overdue { look.theme.strong } else { look.theme.base }, said, outing.since.hhmm()),
        Presence::Gone(_, release) => (look.theme.faint, said, release.at.hhmm()),
        Presence::NotHere if standing == Standing::AtDoor => {
            let since = state.child(child).and_then(|day| day.at_door).map(crate::domain::time::Moment::hhmm);
            (look.theme.strong, said, since.unwrap_or_default())
        }
        Presence::NotHere => (look.theme.faint, said, String::new()),
    };
    let early = early_today(model, record, standing).filter(|_| !waiting);
    let (class, place, time) = match (pen.width() < 40, &early) {
        (true, None) => (9, 9, 5),
        (true, Some(_)) => (9, 8, 6), // the sign takes the gap before the time
        (false, _) => (10, 10, 6),
    };
    let when = early.unwrap_or(when);
    let number = number.map_or_else(String::new, |n| format!("{n} "));
    let name = pen.width().saturating_sub(2 + class + place + time).max(6);
    let head = pad(&format!("{number}{}", record.name), name);
    let line = format!("{sign} {head}{}{}{}", pad(&words.class(record), class), pad(&where_, place), pad(&when, time));
    pen.line(y, &line, style);
}
