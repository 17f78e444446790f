//! Attendance says what the day says: the lived-in practice room, with an outing, a holder corrected, a release taken back, a
//! late and an early one, and one that was entered on the next day.

use caredesk::domain::attended::Attended;
use caredesk::domain::day::Presence;
use caredesk::domain::fact::{EarlyReason, Entry, Fact, Ground, Holder, Late, LateReason, Taker};
use caredesk::domain::people::{ChildId, CollectorId};
use caredesk::domain::time::{Moment, time_of_day};
use caredesk::print::attendance::{Rows, attendance};
use caredesk::print::table::Table;
use caredesk::shell::practice::{Plan, furnish, practice_day};
use caredesk::store::{Loaded, Recorded, Stamp, Store};
use caredesk::texts::Lang;
use chrono::NaiveDate;

/// The practice room at 17:40 and what it holds.
pub fn room() -> (Store, Loaded, Moment) {
    let start = practice_day(time_of_day("17:40").unwrap());
    let mut store = Store::memory().unwrap();
    furnish(&mut store, Plan { start, lived_in: true, children: None, seed: 1 }).unwrap();
    let loaded = store.load(start).unwrap();
    (store, loaded, start)
}

pub fn enter(store: &mut Store, now: Moment, at: Option<Moment>, facts: Vec<Fact>) -> Vec<Entry> {
    let staff = store.load(now).unwrap().register.staff().next().map(|s| s.id);
    let head = store.head().unwrap();
    let drafts: Vec<_> = facts.into_iter().map(|fact| caredesk::domain::fact::Draft { at, fact }).collect();
    let Recorded::Done(entries) = store.record(head, &drafts, &Stamp { now, desk: "practice".to_owned(), staff }).unwrap() else { panic!() };
    entries
}

fn released(loaded: &Loaded, child: ChildId, early: Option<EarlyReason>, late: Option<Late>) -> Fact {
    let Presence::In(visit) = loaded.day.state().presence(child) else { panic!("{child:?} is in") };
    let taker = loaded.register.collectors(child).next().unwrap().id;
    Fact::Released { child, arrival: visit.arrival, ground: Ground::LeftOpen, taker: Taker::Collector(taker), early, late }
}

/// The stays that began on a day.
fn stays(store: &Store, day: NaiveDate) -> Vec<Attended> {
    let mut all = Vec::new();
    let mut take = |of_day| {
        all.extend::<Vec<_>>(of_day);
        true
    };
    store.attendance(&(day..=day), &mut take).unwrap();
    all
}

#[test]
fn every_stay_is_a_row_with_its_exact_times() {
    let (mut store, loaded, now) = room();
    let inside: Vec<ChildId> = loaded.day.state().children().filter(|(_, d)| matches!(d.presence(), Presence::In(_))).map(|(c, _)| c).collect();
    let [out, corrected, undone, late, next_day] = inside[..5] else { panic!() };
    let second = |child: ChildId| loaded.register.collectors(child).nth(1).unwrap().id;
    let taker: CollectorId = second(out);
    enter(&mut store, now, None, vec![Fact::SteppedOut { child: out, taker, back_by: None, ground: None, early: None, late: None }]);
    enter(&mut store, now.plus_seconds(600), None, vec![Fact::CameBack { child: out }]);
    let Presence::In(visit) = loaded.day.state().presence(corrected) else { panic!() };
    let holder = Fact::HolderNamed { child: corrected, was: visit.holder.clone(), now: Holder::Named(second(corrected)) };
    enter(&mut store, now.plus_seconds(601), None, vec![holder]);
    let wrong = enter(&mut store, now.plus_seconds(602), None, vec![released(&loaded, undone, Some(EarlyReason::Doctor), None)]);
    enter(&mut store, now.plus_seconds(603), None, vec![Fact::Undone { seq: wrong[0].seq, reason: None }]);
    let reason = Late { minutes: 12, reason: LateReason::Traffic };
    enter(&mut store, now.plus_seconds(604), None, vec![released(&loaded, late, None, Some(reason))]);
    // Entered on the next morning: once for an evening time, once as of that morning.
    let morning = now.plus_seconds(15 * 3600);
    enter(&mut store, morning, Some(now.plus_seconds(1200)), vec![released(&loaded, next_day, None, None)]);
    enter(&mut store, morning, None, vec![released(&loaded, out, None, None)]);

    let day = now.date();
    let stays = stays(&store, day);
    let rows = Rows::new(Lang::Zh, &loaded.register);
    let table = Table { rows: stays.iter().map(|stay| rows.row(stay)).collect(), ..attendance(Lang::Zh, "", None) };
    let cell = |child: ChildId, key: &str| -> String {
        let name = &loaded.register.child(child).unwrap().name;
        let at = |key: &str| table.keys.iter().position(|k| k == key).unwrap();
        let rows: Vec<_> = table.rows.iter().filter(|row| &row[at("child")] == name).collect();
        assert_eq!(rows.len(), 1, "{name}");
        rows[0][at(key)].clone()
    };
    let visits: usize = loaded.day.state().children().map(|(_, d)| d.visits.len()).sum();
    assert_eq!(table.rows.len(), visits);
    assert!(table.rows.iter().all(|row| row.len() == table.keys.len() && row.len() == table.headings.len()));
    for (child, day) in loaded.day.state().children() {
        if let Presence::Gone(visit, release) = day.presence() {
            assert_eq!((cell(child, "arrived"), cell(child, "left")), (visit.arrived.hhmmss(), release.at.hhmmss()));
            assert_eq!(cell(child, "entries"), format!("{}–{}", visit.arrival.0, release.seq.0));
        }
    }
    let second_of = |child: ChildId| loaded.register.collector(second(child)).unwrap().clone();
    assert_eq!(cell(out, "stepped_out"), format!("17:40:00–17:50:00 {} {}", second_of(out).relation, second_of(out).name));
    assert_eq!(cell(corrected, "brought_by"), format!("{} {}", second_of(corrected).relation, second_of(corrected).name));
    assert_eq!((cell(undone, "left"), cell(undone, "early_because")), ("在班".to_owned(), String::new()));
    assert_eq!((cell(late, "minutes_late"), cell(late, "late_because")), ("12".to_owned(), "堵车".to_owned()));
    assert_eq!((cell(next_day, "left"), cell(next_day, "date_left")), ("18:00:00".to_owned(), "2026-09-07".to_owned()));
    assert!(cell(next_day, "entered_later").starts_with("2026-09-08 08:40"));
    assert_eq!((cell(out, "date_left"), cell(out, "left")), ("2026-09-08".to_owned(), "08:40:00".to_owned()), "a release on a later day is found");
    // The next day has no stay of its own.
    let next = morning.date();
    assert_eq!(self::stays(&store, next), []);
    assert!(stays.is_sorted_by_key(|stay| (stay.arrival.at, stay.arrival.seq)));
    assert!(stays.iter().filter_map(|stay| stay.release.as_ref()).all(|release| release.seq != wrong[0].seq));
}
