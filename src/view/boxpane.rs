//! ```text
//! ─ 刷卡 / 卡号 / 姓名 ─────────────────────
//! > 693691_
//! + 可接走 · 同一家庭 2 人            (large: the focus or the question)
//!   陈一诺 四(1)班   陈一鸣 一(2)班
//!   1 母亲 林静(持卡) ⏎   2 父亲 陈涛   9 其他人
//! 排队 1 · 王子涵 …
//! 17:33 what happened beside it
//! ```

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::Look;
use super::text::{Pen, width, wrap};
use crate::desk::question::{Asks, Question};
use crate::desk::said::{Hint, Said};
use crate::desk::{Attention, Model};
use crate::rules::Verdict;
use crate::rules::verdict::Severity;
use crate::texts;
use crate::wording::Words;

/// Draws the box; gives the place of the cursor.
pub fn draw(model: &Model, look: &Look, area: Rect, buf: &mut Buffer) -> Option<(u16, u16)> {
    let words = Words::of(model);
    let mut pen = Pen::new(buf, area);
    pen.line(0, &look.theme.glyphs.horizontal.repeat(usize::from(area.width)), look.theme.frame);
    pen.put(1, 0, &format!(" {} ", texts::box_title(model.lang)), look.theme.strong);
    let question = model.question();
    let secret = question.as_ref().is_some_and(|q| q.asks == Asks::Pin);
    let shown: String = if secret { "*".repeat(look.typed.chars().count()) } else { look.typed.clone() };
    let before: String = shown.chars().take(look.cursor).collect();
    pen.put(0, 1, "> ", look.theme.strong);
    pen.put(2, 1, &shown, look.theme.strong);
    let cursor = (area.x + 2 + u16::try_from(width(&before)).unwrap_or(0).min(area.width.saturating_sub(3)), area.y + 1);

    let mut y = 2;
    if lists_commands(model) {
        for line in words.command_lines() {
            y = paragraph(&mut pen, y, &format!("  {line}"), look.theme.base);
        }
    }
    let mut asked = false;
    for Headline { severity, lines, names, is_question } in headlines(model) {
        asked |= is_question;
        let style = look.theme.severity(severity);
        for (index, line) in lines.iter().enumerate() {
            let sign = if index == 0 { look.theme.sign(severity) } else { " " };
            for line in wrap(&format!("{sign} {line}"), pen.width().saturating_sub(1)) {
                pen.line(y, &format!(" {line}"), style);
                y += 1;
            }
        }
        for name in names {
            y = paragraph(&mut pen, y, &format!("  {name}"), look.theme.strong);
        }
    }
    y = choices(&words, look, question.as_ref().map(|q| (q, asked)), &mut pen, y);
    for group in model.queue.groups().iter().skip(usize::from(!behind_dialog(model))) {
        y = paragraph(&mut pen, y, &format!("{} {}", texts::queued(model.lang), words.group(group)), look.theme.base);
    }
    y += 1;
    for child in model.alerts() {
        let alert = model.register.child(child).and_then(|c| c.health.clone()).unwrap_or_default();
        let line = format!("{} {} {}", look.theme.sign(Severity::Amber), words.name_and_class(child), alert);
        y = paragraph(&mut pen, y, &line, look.theme.severity(Severity::Amber));
    }
    for child in &model.left_behind {
        y = paragraph(&mut pen, y, &texts::sibling_here(model.lang, words.name(*child)), look.theme.severity(Severity::Amber));
    }
    for (at, notice) in model.notices.iter().rev() {
        if y >= pen.height() {
            break;
        }
        y = paragraph(&mut pen, y, &format!("{} {}", at.hhmm(), words.notice(notice)), look.theme.faint);
    }
    Some(cursor)
}

fn behind_dialog(model: &Model) -> bool {
    model.dialog.is_some() && model.keyboard() == Attention::Dialog
}

/// What is drawn large, and the names under it.
struct Headline {
    severity: Severity,
    lines: Vec<String>,
    names: Vec<String>,
    /// It is the question in front already.
    is_question: bool,
}

/// What was said, and the question in front. While somebody waits, the group in focus is always drawn large, directly above
/// its choices: Enter answers the names that stand beside it and no others.
fn headlines(model: &Model) -> Vec<Headline> {
    let words = Words::of(model);
    let question = model.question();
    let focus = model.queue.focus().filter(|_| !behind_dialog(model));
    let plain = |severity, line: String| Headline { severity, lines: vec![line], names: Vec::new(), is_question: false };
    let of_group = |group: &crate::desk::queue::Group| {
        let (line, names) = words.group_lines(group);
        let severity = group.asking().map_or(Severity::Amber, |w| w.verdict.severity());
        Headline { severity, lines: vec![line], names, is_question: true }
    };
    let of_focus = |g: &crate::desk::queue::Group| focus.is_some() && g.waiting.iter().any(|w| w.verdict.waits());
    let said = match &model.said {
        Some(Said::Verdict { children, verdict }) if verdict.waits() => {
            let queued = children.iter().any(|(c, _)| model.queue.groups().iter().any(|g| g.waiting.iter().any(|w| w.pass.child == *c)));
            // A verdict that waits stands in the queue, large if it is in focus, else under it.
            (!queued || behind_dialog(model)).then(|| plain(verdict.severity(), words.verdicts(children, verdict)))
        }
        Some(Said::Verdict { children, verdict }) => {
            let lines = match &children[..] {
                several @ [_, _, ..] if *verdict != Verdict::Ambiguous => {
                    several.iter().map(|one| words.verdicts(std::slice::from_ref(one), verdict)).collect()
                }
                children => vec![words.verdicts(children, verdict)],
            };
            Some(Headline { severity: verdict.severity(), lines, names: Vec::new(), is_question: false })
        }
        Some(said @ (Said::Objection(_) | Said::Mistake(_) | Said::NobodyFound)) => Some(plain(Severity::Amber, words.said(said))),
        Some(_) if lists_commands(model) => None,
        Some(said) => Some(plain(Severity::Green, words.said(said))).filter(|h| !h.lines.concat().is_empty()),
        None => None,
    };
    let asked = match focus {
        Some(group) if of_focus(group) => Some(of_group(group)),
        Some(_) | None if said.is_none() => question.map(|q| Headline { is_question: true, ..plain(Severity::Amber, words.prompt(&q.prompt)) }),
        Some(_) | None => None,
    };
    said.into_iter().chain(asked.filter(|h| !h.lines.concat().is_empty())).collect()
}

fn lists_commands(model: &Model) -> bool {
    matches!(model.said, Some(Said::Hint(Hint::Commands | Hint::Help)))
}

/// The answer in lines, for a window that is too small for panes.
#[must_use]
pub fn answer_lines(model: &Model) -> Vec<String> {
    let words = Words::of(model);
    headlines(model).into_iter().flat_map(|h| h.lines).chain(model.question().map(|q| words.question(&q))).collect()
}

/// What is asked, when it is not the headline already, and its numbered choices; the one that Enter takes says so.
fn choices(words: &Words<'_>, look: &Look, question: Option<(&Question, bool)>, pen: &mut Pen<'_>, mut y: u16) -> u16 {
    let Some((question, asked)) = question else { return y };
    let prompt = words.prompt(&question.prompt);
    if !asked && !prompt.is_empty() {
        y = paragraph(pen, y, &prompt, look.theme.strong);
    }
    let listed = question.choices.len() > 3 || question.choices.iter().any(|c| width(&words.choice(c)) > pen.width() / 3);
    let mut x = 2;
    for choice in &question.choices {
        let enter = if choice.default { " ⏎" } else { "" };
        let text = format!("{}{enter}", words.choice(choice));
        if listed || usize::from(x) + width(&text) > pen.width() {
            if x > 2 {
                y += 1;
            }
            pen.put(2, y, &text, style_of(look, choice.default));
            y += 1;
            x = 2;
        } else {
            x = pen.put(x, y, &text, style_of(look, choice.default)) + 3;
        }
    }
    if x > 2 { y + 1 } else { y }
}

fn style_of(look: &Look, default: bool) -> Style {
    if default { look.theme.strong } else { look.theme.base }
}

fn paragraph(pen: &mut Pen<'_>, mut y: u16, text: &str, style: Style) -> u16 {
    for line in wrap(text, pen.width()) {
        pen.put(0, y, &line, style);
        y += 1;
    }
    y
}
