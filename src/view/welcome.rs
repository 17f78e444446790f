//! ```text
//!   欢迎使用 caredesk
//!   1  先练习 …
//!   2  设置这个托管室 …
//!
//!   设置这个托管室（4/11）        what was answered, then the field in front with what is typed
//!     学校      向阳小学
//!     开始      16:30
//!     结束      > 18:30_
//!               ! 结束要晚于 16:30     what was wrong with it, right under it
//!               几点结束？ ⏎ = 18:00
//! ```
//!
//! The screen of a first start: what can be done when there is no store yet, in words that a teacher understands.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::text::{Pen, width, wrap};
use super::theme::Theme;
use crate::desk::welcome::{Field, Found, Stage, Welcome};
use crate::domain::calendar::SessionKind;
use crate::rules::office::calendar::ends_late;
use crate::rules::verdict::Severity;
use crate::texts::{self, settings as t};

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
    match &welcome.stage {
        Stage::Ask(field) => return Some(set_up(welcome, *field, page, typed, cursor, area)),
        Stage::Review => {
            page.paragraph(&t::setup_review(lang), theme.strong);
            page.y += 1;
            page.answers(welcome, Field::ALL.into_iter().filter(|f| *f != Field::PinAgain));
            if ends_late(SessionKind::Standard, welcome.answers.session.end) {
                let line = texts::calendar::late_end(lang, texts::calendar::usual_name(lang));
                page.paragraph(&format!("{} {line}", theme.sign(Severity::Amber)), theme.severity(Severity::Amber));
            }
        }
        Stage::Code(code) => {
            page.paragraph(&t::setup_code(lang, &welcome.answers.leader), theme.strong);
            page.y += 1;
            page.paragraph(&code.0, theme.strong);
            page.y += 1;
            page.paragraph(&t::setup_code_hint(lang), theme.base);
        }
        Stage::Choose => {
            page.paragraph(&texts::welcome_question(lang), theme.strong);
            page.y += 1;
            page.choices(welcome.marked, [texts::welcome_practise(lang), texts::welcome_setup(lang)]);
        }
        Stage::File => page.paragraph(&texts::welcome_file(lang), theme.strong),
        Stage::Reading { percent } => page.paragraph(&texts::welcome_reading(lang, percent), theme.strong),
        Stage::Preview { lines, .. } => {
            page.paragraph(&texts::welcome_found(lang), theme.strong);
            let room = usize::from(area.height.saturating_sub(page.y + 5));
            for line in lines.iter().take(room) {
                page.pen.put(page.margin, page.y, &theme.say(line), theme.base);
                page.y += 1;
            }
            if lines.len() > room {
                page.paragraph(&texts::welcome_more(lang, lines.len() - room), theme.faint);
            }
        }
    }
    let keys = match &welcome.stage {
        Stage::Choose => texts::welcome_keys(lang),
        Stage::File => texts::welcome_file_keys(lang),
        Stage::Reading { .. } => texts::welcome_reading_keys(lang),
        Stage::Preview { found: Found::Good, .. } => texts::welcome_confirm_keys(lang),
        Stage::Preview { found: Found::WantsDigits, .. } => t::setup_digits_keys(lang),
        Stage::Preview { .. } => texts::welcome_refused_keys(lang),
        Stage::Review | Stage::Ask(_) => t::setup_review_keys(lang),
        Stage::Code(_) => t::setup_code_keys(lang),
    };
    page.y += 1;
    if matches!(welcome.stage, Stage::Reading { .. }) {
        page.foot(&keys);
        return None;
    }
    page.error(welcome, page.margin);
    let (margin, y) = (page.margin, page.y);
    let x = page.field("> ", margin, typed, cursor);
    page.foot(&keys);
    Some((area.x + x, area.y + y))
}

/// A question of the set-up, under what was answered before it.
fn set_up(welcome: &Welcome, field: Field, mut page: Page<'_, '_>, typed: &str, cursor: usize, area: Rect) -> (u16, u16) {
    let (lang, theme) = (welcome.lang, page.theme);
    let n = Field::ALL.iter().position(|f| *f == field).unwrap_or(0) + 1;
    page.paragraph(&t::setup_title(lang, n, Field::ALL.len()), theme.strong);
    page.y += 1;
    page.answers(welcome, Field::ALL.into_iter().filter(|f| *f < field && *f != Field::PinAgain));
    let shown = if welcome.is_secret() { "*".repeat(typed.chars().count()) } else { typed.to_owned() };
    let y = page.y;
    let from = page.margin + COLUMN;
    page.pen.put(page.margin, y, &theme.say(&t::setup_field(lang, field)), theme.strong);
    let x = page.field("> ", from, &shown, cursor);
    page.y += 1;
    page.error(welcome, from);
    page.indented(&t::setup_hint(lang, field), from, theme.base);
    match field {
        Field::Cards => page.choices_at(welcome.marked, [t::setup_claim(lang), t::setup_held(lang)], from),
        Field::Roster => page.choices_at(welcome.marked, [texts::welcome_import(lang), texts::welcome_empty(lang)], from),
        Field::School | Field::Room | Field::Start | Field::End | Field::Pickup | Field::Leader | Field::Pin | Field::PinAgain | Field::Phone => {
            if let Some(enter) = t::setup_enter(lang, &welcome.answers, field) {
                page.indented(&enter, from, theme.faint);
            }
        }
    }
    page.foot(&if welcome.choices() > 0 { t::setup_choice_keys(lang) } else { t::setup_keys(lang) });
    (area.x + x, area.y + y)
}

/// Columns that the names of fields take.
const COLUMN: u16 = 14;

struct Page<'p, 'b> {
    pen: &'p mut Pen<'b>,
    theme: &'p Theme,
    margin: u16,
    y: u16,
}

impl Page<'_, '_> {
    fn paragraph(&mut self, text: &str, style: Style) {
        self.indented(text, self.margin, style);
    }

    fn indented(&mut self, text: &str, x: u16, style: Style) {
        for line in wrap(&self.theme.say(text), self.pen.width().saturating_sub(usize::from(x + self.margin)).max(10)) {
            self.pen.put(x, self.y, &line, style);
            self.y += 1;
        }
    }

    fn choices(&mut self, marked: u32, list: [String; 2]) {
        self.choices_at(marked, list, self.margin);
    }

    fn choices_at(&mut self, marked: u32, list: [String; 2], x: u16) {
        for (n, choice) in (1..).zip(list) {
            let style = if marked == n { self.theme.marked } else { self.theme.base };
            self.indented(&format!("{n}  {choice}"), x, style);
        }
    }

    /// Fields with their answers, one a line; what was left out is empty.
    fn answers(&mut self, welcome: &Welcome, fields: impl Iterator<Item = Field>) {
        for field in fields {
            self.pen.put(self.margin, self.y, &self.theme.say(&t::setup_field(welcome.lang, field)), self.theme.faint);
            let answer = t::setup_answer(welcome.lang, &welcome.answers, field);
            let answer = if answer.is_empty() { "-" } else { &answer };
            self.pen.put(self.margin + COLUMN, self.y, &self.theme.say(answer), self.theme.base);
            self.y += 1;
        }
    }

    /// What was wrong with the last answer.
    fn error(&mut self, welcome: &Welcome, x: u16) {
        if let Some(error) = &welcome.error {
            self.indented(&format!("{} {error}", self.theme.sign(Severity::Amber)), x, self.theme.severity(Severity::Amber));
        }
    }

    /// What is typed, behind its mark, at the row in front; a text longer than the row shows its end. Gives the column of the
    /// cursor.
    fn field(&mut self, mark: &str, x: u16, typed: &str, cursor: usize) -> u16 {
        let room = self.pen.width().saturating_sub(usize::from(x) + 3).max(2);
        let mut before: String = typed.chars().take(cursor).collect();
        while width(&before) > room {
            before.remove(0);
        }
        let after: String = typed.chars().skip(cursor).collect();
        self.pen.put(x, self.y, &format!("{mark}{before}{after}"), self.theme.strong);
        x + 2 + u16::try_from(width(&before)).unwrap_or(0)
    }

    fn foot(&mut self, keys: &str) {
        let bottom = self.pen.height().saturating_sub(1);
        self.pen.put(self.margin, bottom, &self.theme.say(keys), self.theme.faint);
    }
}
