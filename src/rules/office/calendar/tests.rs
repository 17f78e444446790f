//! What the calendar takes and what it refuses.
#![allow(clippy::unwrap_used, clippy::wildcard_enum_match_arm, clippy::unnecessary_box_returns)]

use super::*;
use crate::domain::day::Day;
use crate::domain::register::{Office, Register};
use crate::domain::settings::Settings;
use crate::domain::time::{Weekdays, time_of_day};

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn now() -> Moment {
    Moment::from_local(date("2026-09-07").and_hms_opt(16, 0, 0).unwrap(), 480)
}

fn table(kind: SessionKind, hours: [&str; 3], days: u8) -> Box<Timetable> {
    let time = |text: &str| time_of_day(text).unwrap();
    Box::new(Timetable {
        id: TimetableId(0),
        name: "冬令时".to_owned(),
        from: date("2026-10-08"),
        until: None,
        days: Weekdays(days),
        kind,
        start: time(hours[0]),
        end: time(hours[1]),
        pickup_from: time(hours[2]),
        quiet_until: None,
    })
}

/// Enters acts one after another; the facts of each, or why the last was refused.
fn enter(acts: &[CalendarAct]) -> (Office, Result<Vec<OfficeFact>, Objection>) {
    let mut office = Office::default();
    let mut last = Ok(Vec::new());
    for act in acts {
        let mut register = Register::default();
        register.put_office(office.clone());
        let settings = Settings::default().overlaid(&office);
        let day = Day::new(now().date(), Vec::new());
        let room = Room { register: &register, day: &day, settings: &settings, desk: "desk", keeper: None };
        last = facts(room, act, now()).map(|list| {
            let office_fact = |fact| if let Fact::Office(fact) = fact { fact } else { panic!("{fact:?}") };
            list.into_iter().map(office_fact).collect::<Vec<_>>()
        });
        last.iter().flatten().for_each(|fact| office.apply(fact));
    }
    (office, last)
}

fn refused(acts: &[CalendarAct]) -> Hindrance {
    match enter(acts).1 {
        Err(Objection::Office(office::Hindrance::Calendar(hindrance))) => hindrance,
        other => panic!("{other:?}"),
    }
}

#[test]
fn hours_and_limits_of_sessions() {
    use SessionKind::{Evening, Extended, Standard};
    for (kind, hours, days, want) in [
        (Standard, ["16:30", "18:00", "17:15"], 0b1_1111, None),
        (Standard, ["16:30", "19:00", "17:15"], 0b1_1111, None), // late, but only a warning
        (Standard, ["16:30", "16:30", "16:30"], 0b1_1111, Some(Hindrance::Hours)),
        (Standard, ["16:30", "18:00", "16:00"], 0b1_1111, Some(Hindrance::Hours)),
        (Standard, ["16:30", "18:00", "18:01"], 0b1_1111, Some(Hindrance::Hours)),
        (Standard, ["16:30", "18:00", "17:15"], 0, Some(Hindrance::NoDays)),
        (Extended, ["18:00", "20:45", "18:00"], 0b1_1111, None),
        (Evening, ["18:30", "20:30", "18:30"], 0b1_1111, None),
        (Evening, ["18:29", "20:30", "18:29"], 0b1_1111, Some(Hindrance::EveningLong)),
        (Evening, ["18:31", "20:31", "18:31"], 0b1_1111, Some(Hindrance::EveningLate)),
    ] {
        let result = enter(&[CalendarAct::Add(table(kind, hours, days))]).1;
        match want {
            None => assert!(result.is_ok(), "{kind:?} {hours:?}: {result:?}"),
            Some(want) => assert_eq!(result, Err(stands(want)), "{kind:?} {hours:?}"),
        }
    }
    assert!(ends_late(Standard, time_of_day("18:01").unwrap()) && !ends_late(Standard, time_of_day("18:00").unwrap()));
    assert!(!ends_late(Extended, time_of_day("19:00").unwrap()));
}

#[test]
fn the_first_timetable_of_some_days_keeps_the_usual_hours_of_the_others() {
    let wednesday = CalendarAct::Add(table(SessionKind::Standard, ["15:30", "17:00", "16:15"], 0b100));
    let (office, facts) = enter(std::slice::from_ref(&wednesday));
    assert_eq!(facts.unwrap().len(), 2);
    let settings = Settings::default().overlaid(&office);
    let end = |day: &str| settings.session_on(date(day)).map(|s| s.end.format("%H:%M").to_string());
    assert_eq!(end("2026-10-14").as_deref(), Some("17:00"));
    assert_eq!(end("2026-10-15").as_deref(), Some("18:00"));
    assert_eq!(end("2026-10-07").as_deref(), Some("18:00"), "before it begins");
    // The whole week needs no such company, nor does a second timetable.
    let week = CalendarAct::Add(table(SessionKind::Standard, ["16:00", "17:30", "16:45"], 0b1_1111));
    assert_eq!(enter(std::slice::from_ref(&week)).1.unwrap().len(), 1);
    assert_eq!(enter(&[week, wednesday]).1.unwrap().len(), 1);
}

#[test]
fn a_timetable_changes_ends_or_never_begins() {
    let add = CalendarAct::Add(table(SessionKind::Standard, ["16:30", "18:00", "17:15"], 0b1_1111));
    let id = TimetableId(1);
    let ends = |last: &str| CalendarAct::End { id, name: String::new(), last: date(last) };
    let (office, _) = enter(&[add.clone(), ends("2026-12-31")]);
    assert_eq!(office.timetables[&id].until, Some(date("2026-12-31")));
    let (office, _) = enter(&[add.clone(), ends("2026-10-07")]);
    assert!(office.timetables.is_empty(), "its last day is before its first: it never begins");
    assert_eq!(refused(&[add.clone(), ends("2026-12-31"), ends("2026-12-31")]), Hindrance::Unchanged);
    assert_eq!(refused(&[ends("2026-12-31")]), Hindrance::NoTable);
    let changed = CalendarAct::Change(Box::new(Timetable { id, ..*table(SessionKind::Standard, ["16:30", "17:45", "17:15"], 0b1_1111) }));
    assert_eq!(enter(&[add.clone(), changed.clone()]).0.timetables[&id].end, time_of_day("17:45").unwrap());
    assert_eq!(refused(&[add.clone(), changed.clone(), changed]), Hindrance::Unchanged);
    let backwards = Timetable { until: Some(date("2026-10-01")), ..*table(SessionKind::Standard, ["16:30", "18:00", "17:15"], 1) };
    assert_eq!(refused(&[CalendarAct::Add(Box::new(backwards))]), Hindrance::Span);
    let far = Timetable { from: date("2126-10-01"), ..*table(SessionKind::Standard, ["16:30", "18:00", "17:15"], 1) };
    assert_eq!(refused(&[CalendarAct::Add(Box::new(far))]), Hindrance::TooFar);
}

#[test]
fn terms_do_not_overlap() {
    let term = |name: &str, from: &str, until: &str| CalendarAct::Term(Term { name: name.to_owned(), from: date(from), until: date(until) });
    let autumn = term("2026秋", "2026-09-01", "2027-01-22");
    assert!(enter(&[autumn.clone(), term("2027春", "2027-02-22", "2027-07-02")]).1.is_ok());
    assert_eq!(refused(&[autumn.clone(), term("2027春", "2027-01-22", "2027-07-02")]), Hindrance::Overlaps("2026秋".to_owned()));
    assert_eq!(refused(&[term("x", "2027-01-22", "2027-01-21")]), Hindrance::Span);
    assert_eq!(enter(&[autumn.clone(), term("2026秋", "2026-09-01", "2027-01-29")]).0.terms.len(), 1, "the same name is the same term");
    let gone = CalendarAct::RemoveTerm { name: "2026秋".to_owned() };
    assert!(enter(&[autumn, gone.clone()]).0.terms.is_empty());
    assert_eq!(refused(&[gone]), Hindrance::NoTerm);
}

#[test]
fn days_are_declared_and_ordinary_again() {
    let day = |kind, hours: Option<[&str; 2]>, name: &str| {
        let at = |n: usize| hours.map(|h| time_of_day(h[n]).unwrap());
        let special =
            SpecialDay { date: date("2026-09-09"), kind, name: name.to_owned(), follows: None, start: at(0), end: at(1), pickup_from: None };
        CalendarAct::Day(Box::new(special))
    };
    let ordinary = CalendarAct::Ordinary { date: date("2026-09-09") };
    let half = day(SpecialKind::Half, Some(["11:30", "13:00"]), "运动会");
    assert_eq!(enter(std::slice::from_ref(&half)).0.days.len(), 1);
    assert!(enter(&[half.clone(), ordinary.clone()]).0.days.is_empty());
    assert_eq!(refused(&[half.clone(), half]), Hindrance::Unchanged);
    assert_eq!(refused(&[ordinary]), Hindrance::IsOrdinary(date("2026-09-09")));
    assert_eq!(refused(&[day(SpecialKind::Half, None, "x")]), Hindrance::HalfHours);
    assert_eq!(refused(&[day(SpecialKind::Half, Some(["13:00", "13:00"]), "x")]), Hindrance::Hours);
    assert_eq!(enter(&[day(SpecialKind::Closed, None, " ")]).1, Err(Objection::Empty), "why is always said");
}
