//! Stays as a register of attendance has them: exact times in and out, by whom, on what ground (AU Reg 158).
//!
//! One row for each stay that began within the dates; a child that came twice has two. Each row is made by itself, so that a table of
//! years need never be in memory.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use chrono::NaiveDate;

use crate::domain::activity::GroupId;
use crate::domain::attended::Attended;
use crate::domain::fact::{Entry, Fact};
use crate::domain::register::Register;
use crate::domain::time::Moment;
use crate::texts::{Lang, print as t, words};
use crate::wording::record::{Teller, date_and_time};

use super::register::{pupil, pupil_columns};
use super::table::Table;

/// No group is spoken of in a row.
static NO_GROUPS: BTreeMap<(NaiveDate, GroupId), String> = BTreeMap::new();

/// The table of stays without its rows: those are [`Rows`]. Of days that are not kept any more one row says so.
#[must_use]
pub fn attendance(lang: Lang, footer: &str, not_kept: Option<RangeInclusive<NaiveDate>>) -> Table {
    let mut table = Table { name: t::table_attendance(lang), footer: footer.to_owned(), ..Table::default() };
    table.column("date", t::column_date(lang));
    pupil_columns(lang, &mut table);
    for (key, heading) in [
        ("arrived", t::column_arrived(lang)),
        ("identified_by", t::column_means(lang)),
        ("brought_by", t::column_brought_by(lang)),
        ("taken_in_by", t::column_taken_in_by(lang)),
        ("stepped_out", t::column_outings(lang)),
        ("date_left", t::column_left_on(lang)),
        ("left", t::column_left(lang)),
        ("collected_by", t::column_taken_by(lang)),
        ("released_on", t::column_ground(lang)),
        ("early_because", t::column_early_reason(lang)),
        ("minutes_late", t::column_late_minutes(lang)),
        ("late_because", t::column_late_reason(lang)),
        ("released_by", t::column_released_by(lang)),
        ("entered_later", t::column_entered_later(lang)),
        ("entries", t::column_entries(lang)),
    ] {
        table.column(key, heading);
    }
    if let Some(days) = not_kept {
        let mut row = vec![String::new(); table.keys.len()];
        if let [date, _, child, ..] = row.as_mut_slice() {
            *date = format!("{}/{}", days.start(), days.end());
            *child = t::attendance_not_kept(lang);
        }
        table.rows.push(row);
    }
    table
}

/// Makes the rows of that table.
#[derive(Clone, Copy, Debug)]
pub struct Rows<'r> {
    lang: Lang,
    register: &'r Register,
    teller: Teller<'r>,
}

impl<'r> Rows<'r> {
    /// With the names that the register has.
    #[must_use]
    pub fn new(lang: Lang, register: &'r Register) -> Self {
        Self { lang, register, teller: Teller::new(register, lang, &NO_GROUPS) }
    }

    /// The row of a stay.
    #[must_use]
    pub fn row(&self, stay: &Attended) -> Vec<String> {
        let Self { lang, register, teller } = *self;
        let mut row = vec![stay.arrival.day.to_string()];
        row.extend(register.child(stay.child).map(|child| pupil(lang, child)).unwrap_or_default());
        let means = if let Fact::Arrived { means, .. } = &stay.arrival.fact { teller.means(*means) } else { String::new() };
        let outings: Vec<String> = stay.outings.iter().map(|(out, back)| outing(lang, teller, out, back.as_ref())).collect();
        row.extend([stay.arrival.at.hhmmss(), means, teller.holder(&stay.holder), teller.entered_by(&stay.arrival), outings.join("、")]);
        let mut left = [const { String::new() }; 8];
        if let Some((release, Fact::Released { ground, taker, early, late, .. })) = stay.release.as_ref().map(|r| (r, &r.fact)) {
            left = [
                release.day.to_string(),
                release.at.hhmmss(),
                teller.taker(*taker),
                teller.ground(ground),
                early.map(|reason| words::early_reason(lang, reason).to_owned()).unwrap_or_default(),
                late.map(|late| late.minutes.to_string()).unwrap_or_default(),
                late.map(|late| words::late_reason(lang, late.reason).to_owned()).unwrap_or_default(),
                teller.entered_by(release),
            ];
        } else if let Some(time) = left.get_mut(1) {
            *time = t::still_here(lang);
        }
        row.extend(left);
        let later: Vec<String> = std::iter::once(&stay.arrival).chain(&stay.release).filter_map(entered_later).map(date_and_time).collect();
        let numbers: Vec<String> = std::iter::once(&stay.arrival).chain(&stay.release).map(|e| e.seq.0.to_string()).collect();
        row.extend([later.join("、"), numbers.join("–")]);
        row
    }
}

fn outing(lang: Lang, teller: Teller<'_>, out: &Entry, back: Option<&Entry>) -> String {
    let who = if let Fact::SteppedOut { taker, ground, .. } = &out.fact {
        std::iter::once(teller.collector(*taker)).chain(ground.as_ref().map(|g| teller.ground(g))).collect::<Vec<_>>().join(" · ")
    } else {
        String::new()
    };
    t::outing(lang, out.at.hhmmss(), back.map_or_else(String::new, |b| b.at.hhmmss()), who)
}

/// When something was entered that had happened a minute and more before.
fn entered_later(entry: &Entry) -> Option<Moment> {
    (entry.entered_at.minutes_since(entry.at) >= 1).then_some(entry.entered_at)
}
