//! `caredesk calendar`: a month with the kind and the hours of every day, for people and for programs.

use std::io::Write;

use chrono::{Datelike, NaiveTime};

use crate::domain::calendar::care::CareDay;
use crate::domain::time::month;
use crate::shell::clock::Clock;
use crate::store::{Kind, Store};
use crate::texts::calendar as t;
use crate::wording::office::care_day;

use super::{Desk, Failure};

impl Desk {
    /// Prints a month as the calendar has it now; without a store, as published notices and the configuration have it.
    pub(super) fn calendar(&self, json: bool, text: Option<&str>) -> Result<(), Failure> {
        let today = Clock::Wall.now();
        let first = match text {
            None => today.date().with_day(1),
            Some(text) => month(text, today.date()),
        };
        let first = first.ok_or_else(|| Failure::usage(t::month_unclear(self.lang, text.unwrap_or_default())))?;
        let settings = if self.data.join(crate::store::FILE).exists() {
            let store = Store::open_read_only(&self.data).map_err(|e| self.open_failure(&e))?;
            let loaded = store.load(today).map_err(|e| self.store_failure(&e))?;
            self.setup(store.kind() == Kind::Practice)?.settings.overlaid(loaded.register.office())
        } else {
            self.setup(false)?.settings
        };
        for (file, error) in &settings.notices.refused {
            let _ = writeln!(std::io::stderr(), "caredesk: {}", t::notice_error(self.lang, file, error));
        }
        let days: Vec<CareDay> =
            first.iter_days().take_while(|date| date.month() == first.month()).map(|date| settings.calendar().day(date)).collect();
        let known = settings.notices.knows(first.year());
        if json {
            let days: Vec<serde_json::Value> = days.iter().map(object).collect();
            let month = first.format("%Y-%m").to_string();
            self.print(&format!("{}\n", serde_json::json!({ "month": month, "published": known, "days": days })))
        } else {
            let unknown = (!known).then(|| t::unknown_year(self.lang, first.year()));
            let lines = unknown.into_iter().chain(days.iter().map(|day| care_day(self.lang, day, Some(first.year()))));
            self.print_lines(lines)
        }
    }
}

fn object(day: &CareDay) -> serde_json::Value {
    let time = |time: NaiveTime| time.format("%H:%M").to_string();
    let weekday = |day: chrono::Weekday| day.number_from_monday();
    let session = day.care.map(|care| {
        let (session, quiet) = (care.session, care.quiet_until);
        serde_json::json!({ "start": time(session.start), "end": time(session.end), "pickup_from": time(session.pickup_from), "quiet_until": time(quiet) })
    });
    let further: Vec<_> =
        day.further.iter().map(|f| serde_json::json!({ "kind": f.kind.key(), "start": time(f.start), "end": time(f.end) })).collect();
    serde_json::json!({
        "date": day.date.to_string(), "weekday": weekday(day.date.weekday()), "kind": day.kind.key(), "name": day.name, "known": day.known,
        "session": session, "further": further, "follows": day.follows().map(weekday), "term": day.term,
    })
}
