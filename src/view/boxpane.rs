//! ```text
//! ─ 刷卡 / 卡号 / 姓名 ─────────────────────
//! > 693691_                           (in a form: the name of the field before the mark)
//!   ! 至少四位                         what was wrong with the field, right under it
//! + 可接走 · 同一家庭 2 人            the verdict in focus, in large type where there is room
//!   陈一诺 四(1)班   陈一鸣 一(2)班
//!   1 母亲 林静(持卡) ⏎   2 父亲 陈涛   9 其他人
//! 排队 · 王子涵 …                     who waits behind it
//! ! 张雨桐 花生过敏                   alerts that nobody acknowledged
//! 17:33 what happened beside it
//! ```
//!
//! Everything is put into lines first, the gravest on top, so that what does not fit is what matters least: old notices.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

#[cfg(feature = "photo")]
use super::photo;
use super::text::{Pen, pad, width, wrap};
use super::{Look, large, panel};
use crate::desk::commands::Keystroke;
use crate::desk::question::{Prompt, Question};
use crate::desk::queue::Group;
use crate::desk::said::{Hint, Notice, Said};
use crate::desk::{Attention, Dialog, Model};
use crate::domain::fact::Incident;
use crate::rules::Verdict;
use crate::rules::verdict::Severity;
use crate::texts;
use crate::wording::Words;

/// Draws the box; gives the place of the cursor.
pub fn draw(model: &Model, look: &Look, area: Rect, buf: &mut Buffer) -> Option<(u16, u16)> {
    #[cfg(feature = "photo")]
    let screen = buf.area;
    let mut pen = Pen::new(buf, area);
    panel::rule(&mut pen, look, &texts::box_title(model.lang), "");
    let x = input(model, look, &mut pen);
    let room = usize::from(area.height.saturating_sub(2));
    let content = Content::of(model, look, pen.width(), 0);
    let lines = content.lines(look, pen.width(), room);
    #[cfg(feature = "photo")]
    if let Some(beside) = photo::columns(model, look, area, screen) {
        let narrow = Content::of(model, look, pen.width(), beside.into());
        let top = lines.len() - content.body.len() - content.aside.len();
        if let Some(lines) = narrow.with_photo(look, pen.width(), room, top) {
            let text = Rect { width: area.width - beside, ..area };
            for (y, line) in (2..).zip(lines.into_iter().take(room)) {
                line.draw(&mut if usize::from(y) < top + 2 { Pen::new(buf, area) } else { Pen::new(buf, text) }, y);
            }
            let top = u16::try_from(top + 2).unwrap_or(u16::MAX).min(area.height);
            let right = Rect::new(text.right(), area.y + top, beside, area.height - top);
            photo::draw(model, look, right, buf);
            return Some((area.x + x.min(area.width.saturating_sub(1)), area.y + 1));
        }
    }
    for (y, line) in (2..).zip(lines.into_iter().take(room)) {
        line.draw(&mut pen, y);
    }
    Some((area.x + x.min(area.width.saturating_sub(1)), area.y + 1))
}

/// Rows that the box needs, with a notice or two.
#[must_use]
pub fn height(model: &Model, look: &Look, columns: u16) -> u16 {
    let content = Content::of(model, look, usize::from(columns), 0);
    let rows = 2 + content.headlines.iter().map(|h| h.lines.len()).sum::<usize>() + content.body.len() + content.aside.len().min(2);
    u16::try_from(rows).unwrap_or(u16::MAX)
}

/// The field: its name in a form, what is typed; gives the column of the cursor.
fn input(model: &Model, look: &Look, pen: &mut Pen<'_>) -> u16 {
    let shown: String = if look.secret { "*".repeat(look.typed.chars().count()) } else { look.typed.clone() };
    let field = match &model.dialog {
        Some(Dialog::Form(form)) if model.keyboard() == Attention::Dialog => Words::of(model).form(form).field,
        Some(_) | None => String::new(),
    };
    let x = pen.put(0, 1, &format!("{field}> "), look.theme.strong);
    // A text longer than the field shows its end: the cursor is always in sight.
    let room = pen.width().saturating_sub(usize::from(x) + 1).max(2);
    let mut before: String = shown.chars().take(look.cursor).collect();
    while width(&before) > room {
        before.remove(0);
    }
    let after: String = shown.chars().skip(look.cursor).collect();
    pen.put(x, 1, &format!("{before}{after}"), look.theme.strong);
    x + u16::try_from(width(&before)).unwrap_or(0)
}

/// A line of the box: parts in their styles, and the style of what is left of it.
#[derive(Clone)]
struct Line {
    parts: Vec<(String, Style)>,
    fill: Option<Style>,
}

impl Line {
    fn plain(text: impl Into<String>, style: Style) -> Self {
        Self { parts: vec![(text.into(), style)], fill: None }
    }

    fn filled(text: impl Into<String>, style: Style) -> Self {
        Self { parts: vec![(text.into(), style)], fill: Some(style) }
    }

    fn draw(&self, pen: &mut Pen<'_>, y: u16) {
        if let Some(style) = self.fill {
            pen.line(y, "", style);
        }
        let mut x = 0;
        for (text, style) in &self.parts {
            x = pen.put(x, y, text, *style);
        }
    }
}

/// What was said, or the verdict in focus: a coloured block, or plain lines for a remark.
struct Block {
    severity: Option<Severity>,
    large: Option<String>,
    lines: Vec<Line>,
}

/// Everything in the box under the field.
struct Content {
    headlines: Vec<Block>,
    body: Vec<Line>,
    aside: Vec<Line>,
    /// So many lines of `aside` are more than old notices.
    #[cfg(feature = "photo")]
    grave: usize,
}

impl Content {
    /// Everything in so many columns; what stands under the verdict leaves `beside` of them free on the right.
    fn of(model: &Model, look: &Look, columns: usize, beside: usize) -> Self {
        let words = Words::of(model);
        let theme = &look.theme;
        let mut content = Self {
            headlines: Vec::new(),
            body: Vec::new(),
            aside: Vec::new(),
            #[cfg(feature = "photo")]
            grave: 0,
        };
        let question = model.question();
        let in_form = match &model.dialog {
            Some(Dialog::Form(form)) if model.keyboard() == Attention::Dialog => Some(words.form(form)),
            Some(_) | None => None,
        };
        if let Some(error) = in_form.as_ref().and_then(|f| f.error.as_ref()) {
            let style = theme.severity(Severity::Amber);
            let lines = block_lines(look, columns, Some(Severity::Amber), [error.clone()], style);
            content.headlines.push(Block { severity: Some(Severity::Amber), large: None, lines });
        }
        let trouble = words.trouble();
        if !trouble.is_empty() {
            let lines = block_lines(look, columns, Some(Severity::Red), trouble, theme.severity(Severity::Red));
            content.headlines.push(Block { severity: Some(Severity::Red), large: None, lines });
        }
        let mut asked = false;
        for headline in headlines(model) {
            asked |= headline.is_question;
            let style = headline.severity.map_or(theme.strong, |s| theme.severity(s));
            let mut lines = block_lines(look, columns, headline.severity, headline.lines, style);
            for name in headline.names {
                lines.extend(paragraph(look, columns, &format!("  {name}"), theme.strong));
            }
            content.headlines.push(Block { severity: headline.severity, large: headline.large, lines });
        }
        let columns = columns.saturating_sub(beside);
        if let Some(form) = in_form {
            content.body.push(Line::plain(format!(" {}", theme.say(&form.title)), theme.strong));
            for (field, value) in form.filled {
                content
                    .body
                    .push(Line { parts: vec![(format!("   {} ", pad(&field, 9)), theme.faint), (theme.say(&value), theme.base)], fill: None });
            }
        }
        if let Some(question) = &question {
            let prompt = words.prompt(&question.prompt);
            if !asked && !prompt.is_empty() {
                content.body.extend(paragraph(look, columns, &format!(" {prompt}"), theme.strong));
            }
            // The roll has its numbers in the panel.
            if question.prompt != Prompt::WhoseNumber {
                content.body.extend(choices(model, look, columns, question));
            }
        }
        let behind = behind_dialog(model);
        for group in model.queue.groups().iter().skip(usize::from(!behind)) {
            let tab = if behind { format!("  {}", texts::tab_to_release(model.lang)) } else { String::new() };
            let line = format!("{} {}{tab}", texts::queued(model.lang), words.group(group));
            let style = if behind { theme.severity(Severity::Amber) } else { theme.base };
            content.body.extend(paragraph(look, columns, &line, style));
        }
        if let Some(Dialog::Form(form)) = model.dialog.as_ref().filter(|_| model.keyboard() == Attention::Queue) {
            let line = format!("{} {}", words.form(form).title, texts::words::keystroke(model.lang, Keystroke::Escape).0);
            content.body.push(Line::plain(theme.say(&format!("Tab  {line}")), theme.faint));
        }
        content.body.push(Line::plain("", theme.base));
        for line in words.still_open().into_iter().chain(words.missing()) {
            let line = format!("{} {line}", theme.sign(Severity::Red));
            content.aside.extend(paragraph(look, columns, &line, theme.severity(Severity::Red)));
        }
        for child in model.alerts() {
            let alert = model.register.child(child).and_then(|c| c.health.clone()).unwrap_or_default();
            let line = format!("{} {} {}", theme.sign(Severity::Amber), words.name_and_class(child), alert);
            content.aside.extend(paragraph(look, columns, &line, theme.severity(Severity::Amber)));
        }
        for child in &model.left_behind {
            content.aside.extend(paragraph(look, columns, &texts::sibling_here(model.lang, words.name(*child)), theme.severity(Severity::Amber)));
        }
        #[cfg(feature = "photo")]
        {
            content.grave = content.aside.len();
        }
        let stands = |notice: &&(crate::domain::time::Moment, Notice)| !matches!(notice.1, Notice::SiblingHere(_) | Notice::StillOpen);
        for (at, notice) in model.notices.iter().rev().filter(stands).take(12) {
            // Whoever was to be held and is gone is looked for now.
            let style = if matches!(notice, Notice::IncidentOpened(_, Incident::HoldTooLate)) { theme.severity(Severity::Red) } else { theme.faint };
            content.aside.extend(paragraph(look, columns, &format!("{} {}", at.hhmm(), words.notice(notice)), style));
        }
        content
    }

    /// The lines from the top; the first verdict in large type if everything but old notices still fits into `room`.
    fn lines(&self, look: &Look, columns: usize, room: usize) -> Vec<Line> {
        let needed = self.headlines.iter().map(|b| b.lines.len()).sum::<usize>() + self.body.len() + self.aside.len().min(2);
        let mut space = (room >= needed + large::ROWS && !look.theme.glyphs.ascii).then_some(());
        let mut lines = Vec::new();
        for block in &self.headlines {
            let word = block.large.as_ref().and_then(|word| large::word(word, columns.saturating_sub(4)));
            if let Some(rows) = word.filter(|_| space.take().is_some()) {
                let style = block.severity.map_or(look.theme.strong, |s| look.theme.severity(s));
                lines.extend(rows.into_iter().map(|row| Line::filled(format!("  {row}"), style)));
            }
            lines.extend(block.lines.iter().cloned());
        }
        lines.extend(self.body.iter().cloned());
        lines.extend(self.aside.iter().cloned());
        lines
    }
}

#[cfg(feature = "photo")]
impl Content {
    /// The lines beside a photo, if there is room for it under the verdict, which ends at row `top` with or without it, and
    /// if nothing but old notices goes for it.
    fn with_photo(&self, look: &Look, columns: usize, room: usize, top: usize) -> Option<Vec<Line>> {
        let lines = self.lines(look, columns, room);
        let same = lines.len() - self.body.len() - self.aside.len() == top;
        let fits = top + self.body.len() + self.grave <= room && top + photo::LEAST_ROWS <= room;
        (same && fits).then_some(lines)
    }
}

fn block_lines(look: &Look, columns: usize, severity: Option<Severity>, texts: impl IntoIterator<Item = String>, style: Style) -> Vec<Line> {
    let mut lines = Vec::new();
    for (index, text) in texts.into_iter().enumerate() {
        let mut sign = severity.filter(|_| index == 0).map_or(" ", |s| look.theme.sign(s));
        for part in wrap(&look.theme.say(&text), columns.saturating_sub(4)) {
            lines.push(Line::filled(format!(" {sign} {part}"), style));
            sign = " ";
        }
    }
    lines
}

fn behind_dialog(model: &Model) -> bool {
    model.dialog.is_some() && model.keyboard() == Attention::Dialog
}

/// What is drawn large, and the names under it.
struct Headline {
    severity: Option<Severity>,
    large: Option<String>,
    lines: Vec<String>,
    names: Vec<String>,
    /// It is the question in front already.
    is_question: bool,
}

impl Headline {
    fn plain(severity: Severity, line: String) -> Self {
        Self { severity: Some(severity), ..Self::remark(line) }
    }

    fn remark(line: String) -> Self {
        Self { severity: None, large: None, lines: vec![line], names: Vec::new(), is_question: false }
    }

    fn verdict(model: &Model, verdict: &Verdict, line: String) -> Self {
        Self { large: Words::of(model).large(verdict), ..Self::plain(verdict.severity(), line) }
    }

    fn group(model: &Model, group: &Group) -> Self {
        let (line, names) = Words::of(model).group_lines(group);
        match group.asking() {
            Some(asking) => Self { names, is_question: true, ..Self::verdict(model, &asking.verdict, line) },
            None => Self { names, is_question: true, ..Self::plain(Severity::Amber, line) },
        }
    }
}

/// What was said, and the question in front. While somebody waits, the group in focus is always drawn large, directly above
/// its choices: Enter answers the names that stand beside it and no others.
fn headlines(model: &Model) -> Vec<Headline> {
    let words = Words::of(model);
    let question = model.question();
    let focus = model.queue.focus().filter(|_| !behind_dialog(model));
    let waits = |g: &Group| g.waiting.iter().any(|w| w.verdict.waits());
    let said = match &model.said {
        Some(Said::Verdict { children, verdict }) if verdict.waits() => {
            let queued = children.iter().any(|(c, _)| model.queue.groups().iter().any(|g| g.waiting.iter().any(|w| w.pass.child == *c)));
            // A verdict that waits stands in the queue, large if it is in focus, else under it.
            // Over a form nothing is drawn as if Enter would answer it: Tab leads there.
            (!queued).then(|| Headline::verdict(model, verdict, words.verdicts(children, verdict)))
        }
        Some(Said::Verdict { children, verdict }) => {
            let lines = match &children[..] {
                several @ [_, _, ..] if *verdict != Verdict::Ambiguous => {
                    several.iter().map(|one| words.verdicts(std::slice::from_ref(one), verdict)).collect()
                }
                children => vec![words.verdicts(children, verdict)],
            };
            Some(Headline { lines, ..Headline::verdict(model, verdict, String::new()) })
        }
        // A mistake in a form stands beside its field.
        Some(Said::Mistake(_)) if matches!(model.dialog, Some(Dialog::Form(_))) => None,
        Some(
            said @ (Said::Objection(_)
            | Said::Mistake(_)
            | Said::NobodyFound
            | Said::Hint(
                Hint::NotPasted(_) | Hint::Gone | Hint::Changed | Hint::TooEarly | Hint::OnlyACard | Hint::SecretDropped | Hint::ShowAgain(_),
            )),
        ) => Some(Headline::plain(Severity::Amber, words.said(said))),
        Some(Said::Why(lines)) => {
            let lines = lines.iter().map(|b| words.because(b)).collect();
            Some(Headline { lines, ..Headline::remark(String::new()) })
        }
        // These stand in a panel or in the roster.
        Some(Said::Hint(Hint::Commands | Hint::Help | Hint::Narrowed | Hint::Phones(_) | Hint::Board | Hint::Roll | Hint::Log)) | None => None,
        Some(Said::Done(act)) => {
            Some(Headline::plain(words.done_severity(act), words.said(&Said::Done(act.clone())))).filter(|h| !h.lines.concat().is_empty())
        }
        Some(said @ Said::Hint(_)) => Some(Headline::remark(words.said(said))),
        Some(said) => Some(Headline::plain(Severity::Green, words.said(said))).filter(|h| !h.lines.concat().is_empty()),
    };
    let asked = match focus {
        Some(group) if waits(group) => Some(Headline::group(model, group)),
        Some(_) | None if said.is_none() && model.dialog.is_none() => {
            question.map(|q| Headline { is_question: true, ..Headline::plain(Severity::Amber, words.prompt(&q.prompt)) })
        }
        Some(_) | None => None,
    };
    said.into_iter().chain(asked.filter(|h| !h.lines.concat().is_empty())).collect()
}

/// The answer in lines, for a window that is too small for panes.
#[must_use]
pub fn answer_lines(model: &Model) -> Vec<String> {
    let words = Words::of(model);
    headlines(model).into_iter().flat_map(|h| h.lines).chain(model.question().map(|q| words.question(&q))).collect()
}

/// The numbered choices, in as many columns as there is room for; the one that Enter takes says so.
fn choices(model: &Model, look: &Look, columns: usize, question: &Question) -> Vec<Line> {
    let words = Words::of(model);
    let marked = model.marked_choice(question);
    let text = |choice: &crate::desk::question::Choice| {
        let taken = marked.map_or(choice.default, |n| n == choice.n);
        let enter = if taken { " ⏎" } else { "" };
        look.theme.say(&format!("{}{enter}", words.choice(choice)))
    };
    let texts: Vec<String> = question.choices.iter().map(text).collect();
    let widest = texts.iter().map(|t| width(t)).max().unwrap_or(0) + 4;
    let room = columns.saturating_sub(2);
    let across = if texts.len() > 3 { (room / widest).clamp(1, 3) } else { texts.len().max(1) };
    let one_row = texts.iter().map(|t| width(t) + 3).sum::<usize>() <= room;
    let across = if one_row && texts.len() <= 3 {
        texts.len().max(1)
    } else if texts.len() <= 3 {
        1
    } else {
        across
    };
    let down = texts.len().div_ceil(across).max(1);
    let mut lines = Vec::new();
    // A long list shows the page on which the mark stands; numbers reach every choice.
    let at = marked.and_then(|n| question.choices.iter().position(|c| c.n == n)).unwrap_or(0);
    let first = at % down / MOST_ROWS * MOST_ROWS;
    for row in first..down.min(first + MOST_ROWS) {
        let mut line = Line { parts: vec![("  ".to_owned(), look.theme.base)], fill: None };
        for column in 0..across {
            // Numbers run down the columns, as a list is read.
            let Some((choice, text)) = question.choices.get(column * down + row).zip(texts.get(column * down + row)) else { continue };
            let style = match (marked, choice.default) {
                (Some(n), _) if n == choice.n => look.theme.marked,
                _ if choice.gone => look.theme.struck(),
                (None, true) => look.theme.strong,
                (Some(_) | None, _) => look.theme.base,
            };
            let cell = if down == 1 { format!("{text}   ") } else { pad(text, room / across) };
            let (shown, rest) = cell.split_at(text.len().min(cell.len()));
            line.parts.push((shown.to_owned(), style));
            line.parts.push((rest.to_owned(), look.theme.base));
        }
        lines.push(line);
    }
    if down > MOST_ROWS {
        let more = format!("  {}/{} {}", first / MOST_ROWS + 1, down.div_ceil(MOST_ROWS), texts::words::keystroke(model.lang, Keystroke::Arrows).0);
        lines.push(Line::plain(look.theme.say(&more), look.theme.faint));
    }
    lines
}

/// Most rows of choices that are shown at once.
const MOST_ROWS: usize = 10;

fn paragraph(look: &Look, columns: usize, text: &str, style: Style) -> Vec<Line> {
    wrap(&look.theme.say(text), columns).into_iter().map(|line| Line::plain(line, style)).collect()
}
