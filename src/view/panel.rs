//! ```text
//! ─ 资料卡 ─────────────────────   over the board: a child's card, or the commands
//! ! 健康：花生过敏
//! 1 母亲 刘燕  …0012
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
use crate::desk::office::Screen;
use crate::desk::{Attention, Dialog, Model};
use crate::domain::closing::Matter;
use crate::domain::people::ChildId;
use crate::rules::closing;
use crate::rules::verdict::Severity;
use crate::texts::{self, Lang};
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
    /// A screen of the register.
    Office(Screen),
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
        Some(Dialog::Office(screen)) if in_front => Panel::Office(screen.clone()),
        Some(Dialog::Form(Form { back: Some(screen), .. })) if in_front => Panel::Office((**screen).clone()),
        Some(Dialog::Roll) => Panel::Roll,
        Some(Dialog::Log) => Panel::Log,
        Some(Dialog::Calls) if in_front && !is_nearly_over(model) => Panel::Roll,
        Some(Dialog::Calls) if in_front => Panel::Left,
        Some(Dialog::Form(form)) if in_front && matches!(form.kind, Kind::Extend | Kind::Stay { .. }) => Panel::Left,
        Some(Dialog::Form(Form { kind: Kind::Chase(_, _, about), .. })) if in_front => match about {
            Matter::Arrival => Panel::Roll,
            Matter::Pickup | Matter::Missing | Matter::Outing => Panel::Left,
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
    let room = model.known_room();
    closing::stage(room, model.now) >= closing::Stage::Soon && !closing::not_gone(room).is_empty()
}

/// Draws the panel.
pub fn draw(model: &Model, look: &Look, panel: &Panel, area: Rect, buf: &mut Buffer) {
    match panel {
        Panel::Board => board::draw(model, look, area, buf),
        Panel::Roll => lines(look, Words::of(model).roll_panel(), Turns::Pages, model.lang, area, buf),
        Panel::Left => lines(look, Words::of(model).left_panel(), Turns::No, model.lang, area, buf),
        Panel::Office(screen) => lines(look, Words::of(model).office_panel(screen), Turns::Pages, model.lang, area, buf),
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
    lines(look, (title, words.child_card(child)), Turns::Pages, model.lang, area, buf);
}

/// Whether a panel has pages that can be turned.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Turns {
    Pages,
    /// It stands there by itself, and the page keys turn the roster.
    No,
}

/// A panel of lines under its title. What does not fit is on further pages, or is counted in the last row: no list is cut
/// unsaid.
fn lines(look: &Look, (title, list): (String, Vec<PanelLine>), turns: Turns, lang: Lang, area: Rect, buf: &mut Buffer) {
    let mut pen = Pen::new(buf, area);
    let mut rows: Vec<(String, Option<Severity>)> = Vec::new();
    for line in list {
        let sign = line.severity.map_or_else(|| " ".to_owned(), |severity| format!("{} ", look.theme.sign(severity)));
        for (index, part) in wrap(&look.theme.say(&line.text), pen.width().saturating_sub(3)).into_iter().enumerate() {
            let indent = if index == 0 { sign.as_str() } else { "  " };
            rows.push((format!("{indent}{part}"), line.severity));
        }
    }
    if turns == Turns::No {
        let room = usize::from(pen.height().saturating_sub(1)).max(1);
        let cut = rows.split_off(room.min(rows.len()));
        if let Some(last) = rows.last_mut().filter(|_| !cut.is_empty()) {
            let gravest = cut.iter().map(|(_, severity)| *severity).max().flatten().max(last.1);
            *last = (format!("  {}", texts::more_rows(lang, cut.len() + 1)), gravest);
        }
    }
    let shown = Paged::of(rows, if turns == Turns::Pages { look.panel_page } else { 0 }, pen.height());
    rule(&mut pen, look, &title, &if turns == Turns::Pages { shown.remark(lang) } else { String::new() });
    for (y, (text, severity)) in (1..).zip(shown.rows) {
        match severity {
            Some(severity) => pen.line(y, &text, look.theme.severity(severity)),
            None => {
                pen.put(0, y, &text, look.theme.base);
            }
        }
    }
}

/// The rows of a page of a panel, under its title.
struct Paged<T> {
    rows: Vec<T>,
    page: usize,
    pages: usize,
}

impl<T> Paged<T> {
    fn of(rows: Vec<T>, page: usize, height: u16) -> Self {
        let per_page = usize::from(height.saturating_sub(1)).max(1);
        let pages = rows.len().div_ceil(per_page).max(1);
        let page = page.min(pages - 1);
        Self { rows: rows.into_iter().skip(page * per_page).take(per_page).collect(), page, pages }
    }

    fn remark(&self, lang: Lang) -> String {
        if self.pages > 1 { format!("{}/{} {}", self.page + 1, self.pages, texts::more_below(lang)) } else { String::new() }
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
    let paged = Paged::of(rows, look.panel_page, pen.height());
    let title = if typed.is_empty() { texts::panel_help(model.lang) } else { texts::panel_commands(model.lang) };
    rule(&mut pen, look, &title, &paged.remark(model.lang));
    for (y, (sign, help)) in (1..).zip(paged.rows) {
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
