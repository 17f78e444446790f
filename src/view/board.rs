//! ```text
//! ─ 活动 F3 ────────────────────────────
//! 做风筝    教室   丁    5  陈一诺 …      open groups: title, where, leader, how many, who
//! 足球      操场   崔    4  冯可心 …
//! 失联   1  罗欣怡                        who did not come back, in red; the group's number is without them
//! 教室   12  陈一诺 陈一鸣 …              everybody by place
//! ```
//!
//! Groups, and under them children by place. On the board itself (F3) also what has ended, with times.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::text::{Pen, pad, width};
use super::{Look, panel};
use crate::desk::roster::Standing;
use crate::desk::{Dialog, Model};
use crate::domain::activity::GroupDay;
use crate::domain::people::ChildId;
use crate::domain::settings::Place;
use crate::rules::verdict::Severity;
use crate::texts::{self, words as said};
use crate::wording::Words;

/// Draws the board.
pub fn draw(model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    let words = Words::shown(model);
    let mut pen = Pen::new(buf, area);
    let title = match &model.past {
        Some(past) => texts::board_title_past(model.lang, words.past_time(past.when)),
        None => texts::board_title(model.lang),
    };
    panel::rule(&mut pen, look, &title, "");
    let table = model.past.as_ref().map_or(&model.table, |past| &past.table);
    let called: Vec<String> = table
        .called()
        .filter_map(|c| model.shown_register().valid_cards(c, model.shown_state().date()).first().copied())
        .map(|c| c.number.tail().to_owned())
        .collect();
    if !called.is_empty() {
        pen.right(0, &format!(" {} ", texts::board_called(model.lang, called.join(" "))), look.theme.strong);
    }
    let mut y = 1;
    let state = model.shown_state();
    if model.dialog == Some(Dialog::Board) || model.past.is_some() {
        for (line, members) in words.group_lines_of(state) {
            names_after(model, look, &mut pen, y, &format!(" {line}  "), members.into_iter(), look.theme.base);
            y += 1;
        }
    } else {
        let groups: Vec<[String; 3]> = state.groups().open().map(|g| head(model, words, g)).collect();
        let widest = |n: usize, most: usize| groups.iter().filter_map(|g| g.get(n)).map(|t| width(t)).max().unwrap_or(0).min(most);
        let (title, place, leader) = (widest(0, 14), widest(1, 14), widest(2, 8));
        for (group, [t, p, l]) in state.groups().open().zip(&groups) {
            // Who is missing is not among those who are counted; the line under the groups names them.
            let there = group.members.iter().copied().filter(|c| state.missing_child(*c).is_none());
            let lost = group.members.iter().filter(|c| state.missing_child(**c).is_some()).count();
            let sign = if lost > 0 { look.theme.sign(Severity::Red) } else { " " };
            let head = format!(" {} {} {:>3}{sign}{} ", pad(t, title), pad(p, place), group.members.len() - lost, pad(l, leader));
            names_after(model, look, &mut pen, y, &head, there, look.theme.base);
            y += 1;
        }
    }
    let lost: Vec<ChildId> = state.missing().into_iter().map(|(child, _)| child).collect();
    if !lost.is_empty() {
        let head = format!(" {} {:>3}  ", pad(texts::words::standing(model.lang, Standing::Missing), 8), lost.len());
        pen.line(y, "", look.theme.severity(Severity::Red));
        names_after(model, look, &mut pen, y, &head, lost.into_iter(), look.theme.severity(Severity::Red));
        y += 1;
    }
    let known = model.settings.places.iter();
    let others = table.places().filter(|p| !model.settings.places.contains(p));
    let shown = known.chain(others).filter(|p| p.is_room() || table.at(p).len() > 0);
    let mut below = y;
    for (y, place) in (y..pen.height()).zip(shown) {
        below = y + 1;
        let head = format!(" {} {:>3}  ", pad(&words.place(place), 8), table.at(place).len());
        names_after(model, look, &mut pen, y, &head, table.at(place), look.theme.base);
    }
    let outside = table.outside().count();
    if outside > 0 && below < pen.height() {
        let head = format!(" {} {outside:>3}  ", pad(said::standing(model.lang, Standing::Out), 8));
        names_after(model, look, &mut pen, below, &head, table.outside(), look.theme.base);
    }
}

/// Title, place and leader of a group.
fn head(model: &Model, words: Words<'_>, group: &GroupDay) -> [String; 3] {
    let place = match &group.away {
        Some(away) => words.place(&away.to),
        None if group.started.is_some() => words.place(&Place::room()),
        None => texts::group_planned(model.lang, words.place(&group.group.place)),
    };
    [words.title(&group.group), place, words.staff(group.group.leader)]
}

/// A line's head, and as many whole names as fit after it.
fn names_after(model: &Model, look: &Look, pen: &mut Pen<'_>, y: u16, head: &str, children: impl Iterator<Item = ChildId>, style: Style) {
    let strong = if style == look.theme.base { look.theme.strong } else { style };
    let x = pen.put(0, y, &look.theme.say(head), strong);
    let room = pen.width().saturating_sub(width(head));
    let mut names = String::new();
    let mut used = 0;
    for child in children {
        let Some(name) = model.shown_register().child(child).map(|c| c.name.as_str()) else { continue };
        used += width(name) + 1;
        if used > room {
            break;
        }
        names.push_str(name);
        names.push(' ');
    }
    pen.put(x, y, &names, style);
}
