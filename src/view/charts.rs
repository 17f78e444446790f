//! ```text
//! ─ 今日与本周 ──────────────────────
//!  在班人数（最多 21）
//!  ▂▄▆███████▆▅▄▂▁                     one column for each five minutes
//!  每五分钟接走（最多 4）
//!          ▂ ▂▄█▂▄
//!  16:30            17:30
//!  本周活动（人次）
//!  完成作业  ██████████ 40
//! ```
//!
//! The day as two rows of columns over one axis, and the categories of the week as bars. Nothing here compares children.

use chrono::{NaiveTime, Timelike};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::text::{Pen, pad};
use super::{Look, panel};
use crate::desk::Model;
use crate::texts::{self, words};
use crate::wording::groups::Pictures;

/// Rows of a row of columns.
const HIGH: usize = 3;

/// Draws the pictures.
pub fn draw(model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    let lang = model.lang;
    let mut pen = Pen::new(buf, area);
    panel::rule(&mut pen, look, &texts::log_title(lang), "");
    let pictures = Pictures::of(model);
    let columns = pen.width().saturating_sub(2);
    let most = |steps: &[(NaiveTime, usize)]| steps.iter().map(|(_, n)| *n).max().unwrap_or(0);
    let mut y = 1;
    for (steps, title) in [
        (&pictures.presence, texts::log_presence(lang, most(&pictures.presence))),
        (&pictures.pickups, texts::log_pickups(lang, most(&pictures.pickups))),
    ] {
        pen.put(1, y, &look.theme.say(&title), look.theme.strong);
        y += 1;
        for row in rows(look, steps, columns) {
            pen.put(1, y, &row, look.theme.base);
            y += 1;
        }
    }
    pen.put(1, y, &axis(&pictures.presence, columns), look.theme.faint);
    y += 1;
    pen.put(1, y, &look.theme.say(&texts::log_week(lang)), look.theme.strong);
    y += 1;
    if pictures.week.is_empty() {
        pen.put(1, y, &texts::log_nothing(lang), look.theme.faint);
    }
    let widest = pictures.week.values().copied().max().unwrap_or(1).max(1);
    for (category, n) in &pictures.week {
        let room = columns.saturating_sub(18);
        let bar = look.theme.glyphs.bar(8).repeat((n * room).div_ceil(widest).min(room));
        pen.put(1, y, &format!("{} {bar} {n}", pad(words::category(lang, *category), 14)), look.theme.base);
        y += 1;
    }
}

/// The last steps that fit as columns of eighths, the top row first.
fn rows(look: &Look, steps: &[(NaiveTime, usize)], columns: usize) -> Vec<String> {
    let shown = steps.get(steps.len().saturating_sub(columns)..).unwrap_or(steps);
    let most = shown.iter().map(|(_, n)| *n).max().unwrap_or(0).max(1);
    let eighths = |n: usize| (n * HIGH * 8).div_ceil(most);
    (0..HIGH).rev().map(|row| shown.iter().map(|(_, n)| look.theme.glyphs.bar(eighths(*n).saturating_sub(row * 8).min(8))).collect()).collect()
}

/// Full half hours under their columns.
fn axis(steps: &[(NaiveTime, usize)], columns: usize) -> String {
    let shown = steps.get(steps.len().saturating_sub(columns)..).unwrap_or(steps);
    let mut line = String::new();
    for (index, (time, _)) in shown.iter().enumerate() {
        if time.minute() % 30 == 0 && line.len() <= index && index + 5 <= columns {
            line = format!("{line:index$}{}", time.format("%H:%M"));
        }
    }
    line
}
