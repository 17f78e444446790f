//! Stays as a register of attendance has them: exact times in and out, by whom, on what ground (AU Reg 158).
//!
//! One row for each stay that began within the dates; a child that came twice has two. What was taken back is not in the
//! facts that come in here, nor is it in the table.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::fact::{Entry, Fact, Holder, Seq};
use crate::domain::people::ChildId;
use crate::domain::register::Register;
use crate::domain::time::Moment;
use crate::texts::{Lang, print as t, words};
use crate::wording::record::{Teller, date_and_time};

use super::register::{pupil, pupil_columns};
use super::table::Table;

/// A stay put together from its facts.
#[derive(Debug)]
struct Stay<'e> {
    child: ChildId,
    arrival: &'e Entry,
    holder: &'e Holder,
    outings: Vec<(&'e Entry, Option<&'e Entry>)>,
    release: Option<&'e Entry>,
}

/// The table of the stays that began from the first to the last date, both included. `entries` are the arrivals, corrected
/// holders, outings and releases that stand, in the order of the journal.
#[must_use]
pub fn attendance(lang: Lang, register: &Register, entries: &[Entry], (from, to): (NaiveDate, NaiveDate), footer: &str) -> Table {
    let groups = BTreeMap::new();
    let teller = Teller::new(register, lang, &groups);
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
    let mut stays: Vec<Stay> = stays(entries).into_values().filter(|stay| (from..=to).contains(&stay.arrival.day)).collect();
    stays.sort_by_key(|stay| (stay.arrival.day, stay.arrival.at, stay.arrival.seq));
    table.rows = stays.iter().map(|stay| stay.row(lang, register, teller)).collect();
    table
}

/// The stays of these facts, by the number of their arrival.
fn stays(entries: &[Entry]) -> BTreeMap<Seq, Stay<'_>> {
    let mut stays: BTreeMap<Seq, Stay> = BTreeMap::new();
    let mut latest: BTreeMap<ChildId, Seq> = BTreeMap::new();
    for entry in entries {
        let of = |child: &ChildId, latest: &BTreeMap<ChildId, Seq>| latest.get(child).copied();
        #[allow(clippy::wildcard_enum_match_arm)] // only what belongs to a stay
        match &entry.fact {
            Fact::Arrived { child, holder, .. } => {
                latest.insert(*child, entry.seq);
                stays.insert(entry.seq, Stay { child: *child, arrival: entry, holder, outings: Vec::new(), release: None });
            }
            Fact::HolderNamed { child, now, .. } => {
                if let Some(stay) = of(child, &latest).and_then(|seq| stays.get_mut(&seq)) {
                    stay.holder = now;
                }
            }
            Fact::SteppedOut { child, .. } => {
                if let Some(stay) = of(child, &latest).and_then(|seq| stays.get_mut(&seq)) {
                    stay.outings.push((entry, None));
                }
            }
            Fact::CameBack { child } => {
                let outing = of(child, &latest).and_then(|seq| stays.get_mut(&seq)).and_then(|stay| stay.outings.last_mut());
                if let Some((_, back @ None)) = outing {
                    *back = Some(entry);
                }
            }
            Fact::Released { arrival, .. } => {
                if let Some(stay) = stays.get_mut(arrival) {
                    stay.release = Some(entry);
                }
            }
            _ => {}
        }
    }
    stays
}

impl Stay<'_> {
    fn row(&self, lang: Lang, register: &Register, teller: Teller<'_>) -> Vec<String> {
        let mut row = vec![self.arrival.day.to_string()];
        row.extend(register.child(self.child).map(|child| pupil(lang, child)).unwrap_or_default());
        let means = if let Fact::Arrived { means, .. } = &self.arrival.fact { teller.means(*means) } else { String::new() };
        let outings: Vec<String> = self.outings.iter().map(|(out, back)| outing(lang, teller, out, *back)).collect();
        row.extend([self.arrival.at.hhmmss(), means, teller.holder(self.holder), teller.entered_by(self.arrival), outings.join("、")]);
        let mut left = [const { String::new() }; 8];
        if let Some((release, Fact::Released { ground, taker, early, late, .. })) = self.release.map(|r| (r, &r.fact)) {
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
        let later: Vec<String> = std::iter::once(self.arrival).chain(self.release).filter_map(entered_later).map(date_and_time).collect();
        let numbers: Vec<String> = std::iter::once(self.arrival).chain(self.release).map(|e| e.seq.0.to_string()).collect();
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
