//! ```text
//!   欢迎使用 caredesk
//!   1 先练习 …   2 导入名册 …   3 从空白开始
//! ```
//!
//! The screen of a first start: what can be done when there is no store yet, in words that a teacher understands.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::text::{Pen, width, wrap};
use super::theme::Theme;
use crate::desk::welcome::{Stage, Welcome};
use crate::rules::verdict::Severity;
use crate::texts;

/// Draws the first start; gives the place of the cursor.
pub fn draw(welcome: &Welcome, theme: &Theme, typed: &str, cursor: usize, area: Rect, buf: &mut Buffer) -> Option<(u16, u16)> {
    let lang = welcome.lang;
    let mut pen = Pen::new(buf, area);
    pen.clear(theme.base);
    let margin = if pen.width() > 70 { 4 } else { 1 };
    let mut page = Page { pen: &mut pen, theme, margin, y: 1 };
    page.paragraph(&texts::welcome_title(lang), theme.strong);
    page.paragraph(&texts::welcome_data(lang, &welcome.data), theme.faint);
    page.y += 1;
    let keys = match &welcome.stage {
        Stage::Choose => {
            page.paragraph(&texts::welcome_question(lang), theme.strong);
            page.y += 1;
            let choices = [texts::welcome_practise(lang), texts::welcome_import(lang), texts::welcome_empty(lang)];
            for (n, choice) in (1..).zip(choices) {
                let style = if welcome.marked == n { theme.marked } else { theme.base };
                page.paragraph(&format!("{n}  {choice}"), style);
            }
            texts::welcome_keys(lang)
        }
        Stage::File => {
            page.paragraph(&texts::welcome_file(lang), theme.strong);
            texts::welcome_file_keys(lang)
        }
        Stage::Preview { lines, good } => {
            page.paragraph(&texts::welcome_found(lang), theme.strong);
            let room = usize::from(area.height.saturating_sub(page.y + 5));
            for line in lines.iter().take(room) {
                page.pen.put(page.margin, page.y, line, theme.base);
                page.y += 1;
            }
            if lines.len() > room {
                page.paragraph(&texts::welcome_more(lang, lines.len() - room), theme.faint);
            }
            if *good { texts::welcome_confirm_keys(lang) } else { texts::welcome_refused_keys(lang) }
        }
    };
    page.y += 1;
    if let Some(error) = &welcome.error {
        page.paragraph(&format!("{} {error}", theme.sign(Severity::Amber)), theme.severity(Severity::Amber));
        page.y += 1;
    }
    let row = page.y;
    let (x, bottom) = (page.margin, area.height.saturating_sub(1));
    let room = pen.width().saturating_sub(usize::from(x) + 3).max(2);
    let mut before: String = typed.chars().take(cursor).collect();
    while width(&before) > room {
        before.remove(0);
    }
    let after: String = typed.chars().skip(cursor).collect();
    pen.put(x, row, &format!("> {before}{after}"), theme.strong);
    pen.put(x, bottom, &theme.say(&keys), theme.faint);
    Some((area.x + x + 2 + u16::try_from(width(&before)).unwrap_or(0), area.y + row))
}

struct Page<'p, 'b> {
    pen: &'p mut Pen<'b>,
    theme: &'p Theme,
    margin: u16,
    y: u16,
}

impl Page<'_, '_> {
    fn paragraph(&mut self, text: &str, style: ratatui::style::Style) {
        for line in wrap(&self.theme.say(text), self.pen.width().saturating_sub(usize::from(self.margin) * 2).max(10)) {
            self.pen.put(self.margin, self.y, &line, style);
            self.y += 1;
        }
    }
}
