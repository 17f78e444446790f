//! ```text
//! ─ 资料卡 ─────────────────────   over the board: a child's card, or the commands
//! ! 健康：花生过敏
//! 1 母亲 刘燕  139****0012
//! ```
//!
//! What opens over the board and leaves header, counts and box in sight; and the guided round of practice above it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::text::{Pen, pad, width, wrap};
use super::{Look, board, charts};
use crate::desk::commands::Command;
use crate::desk::forms::{Form, Kind};
use crate::desk::grammar::{Reader, Typed, parse};
use crate::desk::{Attention, Dialog, Model};
use crate::domain::closing::Matter;
use crate::domain::people::ChildId;
use crate::rules::closing;
use crate::texts;
use crate::wording::Words;
use crate::wording::panels::PanelLine;

/// What stands under the box.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Panel {
    /// Where everybody is.
    Board,
    /// Who has not come.
    Roll,
    /// Who is left, with what the families said.
    Left,
    /// Pictures of the day and the week.
    Log,
    /// A child's card.
    Child(ChildId),
    /// Commands and keys; those that begin with what is typed after a dot.
    Commands {
        /// What is typed after the dot.
        typed: String,
    },
}

/// Which panel is shown.
#[must_use]
pub fn of(model: &Model, look: &Look) -> Panel {
    let typed = parse(&look.typed, &Reader::default()).typed;
    if let Typed::Command(word, rest) = typed
        && rest.is_empty()
        && !Command::beginning_with(&word, model.practice).is_empty()
    {
        return Panel::Commands { typed: word };
    }
    let in_front = model.keyboard() == Attention::Dialog;
    match &model.dialog {
        Some(Dialog::Commands) => Panel::Commands { typed: String::new() },
        Some(Dialog::Actions(child)) if in_front => Panel::Child(*child),
        Some(Dialog::Board | Dialog::Group(_)) if in_front => Panel::Board,
        Some(Dialog::Roll) => Panel::Roll,
        Some(Dialog::Log) => Panel::Log,
        Some(Dialog::Calls) if in_front && !is_nearly_over(model) => Panel::Roll,
        Some(Dialog::Calls) if in_front => Panel::Left,
        Some(Dialog::Form(form)) if in_front && matches!(form.kind, Kind::Extend | Kind::Stay { .. }) => Panel::Left,
        Some(Dialog::Form(Form { kind: Kind::Chase(child, _), .. })) if in_front => match closing::matter(model.room(), *child) {
            Matter::Arrival => Panel::Roll,
            Matter::Pickup | Matter::Missing => Panel::Left,
        },
        Some(Dialog::Form(form)) if in_front && is_of_groups(&form.kind) => Panel::Board,
        Some(_) | None => match model.phones {
            Some((child, _)) => Panel::Child(child),
            None if model.past.is_none() && is_nearly_over(model) => Panel::Left,
            None => Panel::Board,
        },
    }
}

fn is_of_groups(kind: &Kind) -> bool {
    matches!(kind, Kind::NewGroup | Kind::Members(_) | Kind::GoOut(_) | Kind::ComeBack(_) | Kind::Lead(_))
}

/// From a few minutes before the end on, the board of who is left stands under the box by itself; it takes no key (F063).
fn is_nearly_over(model: &Model) -> bool {
    let counts = model.counts();
    counts.inside > 0 && closing::stage(model.room(), model.now) >= closing::Stage::Soon
}

/// Draws the panel.
pub fn draw(model: &Model, look: &Look, panel: &Panel, area: Rect, buf: &mut Buffer) {
    match panel {
        Panel::Board => board::draw(model, look, area, buf),
        Panel::Roll => lines(look, Words::of(model).roll_panel(), area, buf),
        Panel::Left => lines(look, Words::of(model).left_panel(usize::from(area.height)), area, buf),
        Panel::Log => charts::draw(model, look, area, buf),
        Panel::Child(child) => child_card(model, look, *child, area, buf),
        Panel::Commands { typed } => commands(model, look, typed, area, buf),
    }
}

/// The line above a panel, with its title and a remark at the right.
pub(super) fn rule(pen: &mut Pen<'_>, look: &Look, title: &str, remark: &str) {
    let line = look.theme.glyphs.horizontal.repeat(pen.width());
    pen.line(0, &line, look.theme.frame);
    pen.put(1, 0, &look.theme.say(&format!(" {title} ")), look.theme.strong);
    if !remark.is_empty() {
        pen.right(0, &look.theme.say(&format!(" {remark} ")), look.theme.frame);
    }
}

fn child_card(model: &Model, look: &Look, child: ChildId, area: Rect, buf: &mut Buffer) {
    let words = Words::of(model);
    let title = format!("{} · {}", texts::panel_child(model.lang), words.name_and_class(child));
    lines(look, (title, words.child_card(child)), area, buf);
}

/// A panel of lines under its title.
fn lines(look: &Look, (title, list): (String, Vec<PanelLine>), area: Rect, buf: &mut Buffer) {
    let mut pen = Pen::new(buf, area);
    rule(&mut pen, look, &title, "");
    let mut y = 1;
    for line in list {
        let (sign, style) = match line.severity {
            Some(severity) => (format!("{} ", look.theme.sign(severity)), look.theme.severity(severity)),
            None => (" ".to_owned(), look.theme.base),
        };
        for (index, part) in wrap(&look.theme.say(&line.text), pen.width().saturating_sub(3)).into_iter().enumerate() {
            let indent = if index == 0 { sign.as_str() } else { "  " };
            let text = format!("{indent}{part}");
            if line.severity.is_some() {
                pen.line(y, &text, style);
            } else {
                pen.put(0, y, &text, style);
            }
            y += 1;
        }
    }
}

fn commands(model: &Model, look: &Look, typed: &str, area: Rect, buf: &mut Buffer) {
    let mut pen = Pen::new(buf, area);
    let lines = Words::of(model).help(typed);
    let signs = lines.iter().map(|(sign, _)| width(sign)).max().unwrap_or(0).clamp(8, 14);
    let mut rows: Vec<(String, String)> = Vec::new();
    for (sign, help) in lines {
        let mut sign = look.theme.say(&sign);
        for part in wrap(&look.theme.say(&help), pen.width().saturating_sub(signs + 3)) {
            rows.push((std::mem::take(&mut sign), part));
        }
    }
    let per_page = usize::from(pen.height().saturating_sub(1)).max(1);
    let pages = rows.len().div_ceil(per_page).max(1);
    let page = look.panel_page.min(pages - 1);
    let title = if typed.is_empty() { texts::panel_help(model.lang) } else { texts::panel_commands(model.lang) };
    let remark = if pages > 1 { format!("{}/{pages} {}", page + 1, texts::more_below(model.lang)) } else { String::new() };
    rule(&mut pen, look, &title, &remark);
    for (y, (sign, help)) in (1..).zip(rows.into_iter().skip(page * per_page).take(per_page)) {
        pen.put(1, y, &pad(&sign, signs), look.theme.strong);
        pen.put(u16::try_from(signs + 2).unwrap_or(0), y, &help, look.theme.base);
    }
}

/// Rows that the guided round takes.
#[must_use]
pub(super) fn guide_height(model: &Model, look: &Look, columns: u16) -> u16 {
    let lines = guide_lines(model, look, usize::from(columns)).map_or(0, |(_, lines)| lines.len() + 1);
    u16::try_from(lines).unwrap_or(0)
}

fn guide_lines(model: &Model, look: &Look, columns: usize) -> Option<(String, Vec<String>)> {
    let (title, text) = Words::of(model).guide(model.guide?);
    Some((title, wrap(&look.theme.say(&text), columns.saturating_sub(2))))
}

/// Draws the guided round: what to try next.
pub(super) fn guide(model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    let mut pen = Pen::new(buf, area);
    let Some((title, lines)) = guide_lines(model, look, pen.width()) else { return };
    rule(&mut pen, look, &title, "");
    for (y, line) in (1..).zip(lines) {
        pen.put(1, y, &line, look.theme.strong);
    }
}
