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
use crate::desk::said::Said;
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
    let mut asked = false;
    if let Some(Headline { severity, lines, names, is_question }) = headline(model) {
        asked = is_question;
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

/// What was said, else the question in front.
fn headline(model: &Model) -> Option<Headline> {
    let words = Words::of(model);
    let question = model.question();
    let focus = model.queue.focus().filter(|_| !behind_dialog(model));
    let plain = |severity, line: String| Headline { severity, lines: vec![line], names: Vec::new(), is_question: false };
    let of_group = |group: &crate::desk::queue::Group| {
        let (line, names) = words.group_lines(group);
        let severity = group.asking().map_or(Severity::Amber, |w| w.verdict.severity());
        Headline { severity, lines: vec![line], names, is_question: true }
    };
    match (&model.said, focus) {
        (Some(Said::Verdict { children, verdict }), focus) => {
            let in_focus = focus.filter(|g| verdict.waits() && g.waiting.iter().any(|w| children.iter().any(|(c, _)| *c == w.pass.child)));
            if let Some(group) = in_focus {
                return Some(of_group(group));
            }
            let lines = match &children[..] {
                [] | [_] => vec![words.verdicts(children, verdict)],
                several if *verdict == Verdict::Ambiguous => vec![words.verdicts(several, verdict)],
                several => several.iter().map(|one| words.verdicts(std::slice::from_ref(one), verdict)).collect(),
            };
            Some(Headline { severity: verdict.severity(), lines, names: Vec::new(), is_question: false })
        }
        (Some(said @ (Said::Objection(_) | Said::Mistake(_) | Said::NobodyFound)), _) => Some(plain(Severity::Amber, words.said(said))),
        (_, Some(group)) => Some(of_group(group)),
        (Some(said), None) => {
            let line = words.said(said);
            (!line.is_empty()).then(|| plain(Severity::Green, line))
        }
        (None, None) => question.map(|q| Headline { is_question: true, ..plain(Severity::Amber, words.prompt(&q.prompt)) }),
    }
}

/// The answer in lines, for a window that is too small for panes.
#[must_use]
pub fn answer_lines(model: &Model) -> Vec<String> {
    let words = Words::of(model);
    let head = headline(model).map(|h| h.lines).unwrap_or_default();
    head.into_iter().chain(model.question().map(|q| words.question(&q))).collect()
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
