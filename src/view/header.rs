//! ```text
//! school · room   09-07 周一 17:36  上课日        18:00 closes in 24 min      on duty 韩 丁
//! [left open 2   missing 1]   in 16   due 21   gone 5   leave 1   out 0   rack 5/22
//! ```

use chrono::Datelike;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Look;
use super::text::{Pen, width};
use crate::desk::Model;
use crate::rules::verdict::Severity;
use crate::texts;
use crate::wording::Words;

/// Draws the two lines at the top.
pub fn draw(model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    let words = Words::of(model);
    let mut pen = Pen::new(buf, area);
    let mut x = 0;
    if model.practice {
        x = pen.put(0, 0, &format!(" {} ", texts::practice_banner(model.lang)), look.theme.practice) + 1;
    }
    let now = model.now;
    let place = [model.settings.school.as_str(), model.settings.room.as_str()];
    let place = place.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" ");
    let date = texts::date_line(model.lang, now.date().format("%m-%d"), texts::words::weekday(model.lang, now.date().weekday()));
    let on_duty = model.day.state().duty().iter().map(|d| {
        let name = words.staff(d.staff);
        if model.room().actor() == Some(d.staff) { format!("[{name}]") } else { name }
    });
    let on_duty = on_duty.collect::<Vec<_>>().join(" ");
    let duty = if on_duty.is_empty() { texts::nobody_is_on_duty(model.lang) } else { texts::on_duty(model.lang, on_duty) };
    let closing = closing(model);
    let right = format!("{closing}  {duty} ");
    let room = usize::from(area.width).saturating_sub(usize::from(x) + width(&right) + 1);
    let middle = format!("{date} {}", now.hhmm());
    let [whole, short, shortest] = words.kind_of_today();
    // What there is no room for goes first: the place, then the remarks, then the kind of day.
    let ways = [format!("{place}  {middle}  {whole}"), format!("{middle}  {whole}"), format!("{middle}  {short}"), format!("{middle}  {shortest}")];
    let left = ways.into_iter().find(|line| width(line) <= room).unwrap_or(middle);
    pen.put(x, 0, &look.theme.say(left.trim_start()), look.theme.strong);
    pen.right(0, &right, look.theme.base);
    // While a leader's PIN holds, whoever stands here can change the register: that is said with a sign, and never left out.
    let open = model.open_minutes().map_or_else(String::new, |n| {
        let fits = |text: &String| width(text) + width(&words.counts()) < usize::from(area.width);
        let ways = [texts::keeper_minutes(model.lang, n), texts::keeper_minutes_short(model.lang, n)];
        let [whole, short] = ways.map(|text| look.theme.say(&format!(" {} {text} ", look.theme.sign(Severity::Amber))));
        if fits(&whole) { whole } else { short }
    });
    let room = usize::from(area.width).saturating_sub(width(&open));
    let counts = Some(words.counts_with_places()).filter(|line| width(line) <= room).unwrap_or_else(|| words.counts());
    pen.line(1, &look.theme.say(&counts), look.theme.strong);
    let alarming = words.alarming_counts().join("   ");
    pen.put(0, 1, &look.theme.say(&alarming), look.theme.severity(Severity::Red));
    pen.right(1, &open, look.theme.severity(Severity::Amber));
}

/// Minutes until the session ends, or since it did while children are here.
fn closing(model: &Model) -> String {
    let Some(session) = model.settings.session_on(model.day.date()) else { return texts::no_session(model.lang) };
    let end = model.now.at_time(session.end);
    let minutes = -model.now.minutes_since(end);
    let hhmm = session.end.format("%H:%M");
    if minutes > 0 { texts::closes_in(model.lang, hhmm, minutes) } else { texts::closed_since(model.lang, hhmm, -minutes) }
}
