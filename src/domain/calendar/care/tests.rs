//! The calendar, day by day.
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;
use crate::domain::time::{Weekdays, time_of_day};

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn time(text: &str) -> NaiveTime {
    time_of_day(text).unwrap()
}

fn table(id: i64, from: &str, until: Option<&str>, days: u8, kind: SessionKind, hours: [&str; 3]) -> Timetable {
    Timetable {
        id: TimetableId(id),
        name: String::new(),
        from: date(from),
        until: until.map(date),
        days: Weekdays(days),
        kind,
        start: time(hours[0]),
        end: time(hours[1]),
        pickup_from: time(hours[2]),
        quiet_until: None,
    }
}

fn special(day: &str, kind: SpecialKind, follows: Option<Weekday>, hours: Option<[&str; 2]>) -> SpecialDay {
    let at = |n: usize| hours.map(|h| time(h[n]));
    SpecialDay { date: date(day), kind, name: "运动会".to_owned(), follows, start: at(0), end: at(1), pickup_from: None }
}

fn entered(tables: Vec<Timetable>, days: Vec<SpecialDay>) -> Entered {
    let mut entered = Entered::default();
    entered.timetables.extend(tables.into_iter().map(|t| (t.id, t)));
    entered.days.extend(days.into_iter().map(|d| (d.date, d)));
    entered
}

fn with<T>(entered: &Entered, ask: impl FnOnce(Calendar<'_>) -> T) -> T {
    ask(Calendar { usual: Session::default(), entered, notices: &Notices::built_in() })
}

/// End of the session on a day, and its kind.
fn end(entered: &Entered, day: &str) -> (DayKind, Option<String>) {
    let day = with(entered, |c| c.day(date(day)));
    (day.kind, day.session().map(|s| s.end.format("%H:%M").to_string()))
}

#[test]
fn every_day_of_two_published_years_is_as_the_country_had_it() {
    let list = include_str!("../../../../tests/data/cn_days_2024_2025.csv");
    let mut seen = 0;
    for line in list.lines().skip(1) {
        let mut fields = line.split(',');
        let (day, work, arranged) = (date(fields.next().unwrap()), fields.next().unwrap() == "work", fields.next().unwrap());
        let found = with(&Entered::default(), |c| c.day(day));
        let want = match (work, arranged) {
            (true, "makeup_work") => DayKind::MakeUp,
            (true, _) => DayKind::School,
            (false, "holiday") => DayKind::Holiday,
            (false, _) => DayKind::Off,
        };
        assert_eq!(found.kind, want, "{line}");
        assert_eq!(found.care.is_some(), work, "{line}");
        assert!(found.known && found.name.is_empty() == arranged.is_empty(), "{line}");
        seen += 1;
    }
    assert_eq!(seen, 366 + 365);
}

#[test]
fn a_year_without_a_notice_is_unknown_and_never_silently() {
    let nothing = Entered::default();
    for (day, kind) in [("2027-01-01", DayKind::School), ("2027-10-02", DayKind::Off), ("2026-10-01", DayKind::School)] {
        let found = with(&nothing, |c| c.day(date(day)));
        assert_eq!((found.kind, found.known), (kind, false), "{day}");
    }
    let mut notices = (*Notices::built_in()).clone();
    notices.put(2027, crate::domain::calendar::notice::read(r#"{"year": 2027, "papers": [], "days": []}"#).unwrap()).unwrap();
    let empty = Calendar { usual: Session::default(), entered: &nothing, notices: &notices }.day(date("2027-01-01"));
    assert!(!empty.known, "a file without days is no notice");
    let declared = entered(vec![], vec![special("2027-01-01", SpecialKind::Closed, None, None)]);
    let found = with(&declared, |c| c.day(date("2027-01-01")));
    assert_eq!((found.kind, found.known, found.care), (DayKind::Closed, true, None), "what the school says is known");
}

#[test]
fn what_the_school_says_stands_above_the_notice_and_that_above_the_weekday() {
    let days = vec![
        special("2025-10-01", SpecialKind::Care, None, None),
        special("2025-09-28", SpecialKind::Closed, None, None),
        special("2025-10-11", SpecialKind::Care, Some(Weekday::Fri), None),
        special("2025-09-10", SpecialKind::Half, None, Some(["11:30", "13:00"])),
        special("2025-09-13", SpecialKind::Half, None, Some(["09:00", "11:00"])),
    ];
    let wednesday = table(2, "2025-09-01", None, 0b100, SessionKind::Standard, ["15:30", "17:00", "16:15"]);
    let friday = table(3, "2025-09-01", None, 0b1_0000, SessionKind::Standard, ["15:00", "16:00", "15:30"]);
    let rest = table(1, "2025-09-01", None, 0b0_1011, SessionKind::Standard, ["16:30", "18:00", "17:15"]);
    let entered = entered(vec![rest, wednesday, friday], days);
    for (day, kind, want) in [
        ("2025-10-01", DayKind::School, Some("17:00")), // a holiday on which the school has care, a Wednesday
        ("2025-10-02", DayKind::Holiday, None),
        ("2025-09-28", DayKind::Closed, None),          // a published make-up workday that the school closes
        ("2025-10-11", DayKind::MakeUp, Some("16:00")), // one for which it named the Friday
        ("2025-09-10", DayKind::Half, Some("13:00")),
        ("2025-09-13", DayKind::Half, Some("11:00")), // a Saturday
        ("2025-09-14", DayKind::Off, None),
        ("2025-09-03", DayKind::School, Some("17:00")),
        ("2025-09-05", DayKind::School, Some("16:00")),
        ("2025-09-01", DayKind::School, Some("18:00")),
        ("2025-08-29", DayKind::School, Some("18:00")), // before any timetable: the usual session
    ] {
        assert_eq!(end(&entered, day), (kind, want.map(str::to_owned)), "{day}");
    }
    let half = with(&entered, |c| c.care(date("2025-09-10"))).unwrap();
    assert_eq!((half.session.pickup_from, half.quiet_until), (time("12:15"), time("11:30")), "pickup as long before the end as ever");
    let made_up = with(&entered, |c| c.day(date("2025-10-11")));
    assert_eq!((made_up.follows(), made_up.care.unwrap().plan), (Some(Weekday::Fri), Plan::Of(Weekday::Fri)));
}

#[test]
fn a_make_up_workday_that_follows_nothing_expects_everybody() {
    let care = with(&Entered::default(), |c| c.day(date("2025-01-26")));
    assert_eq!((care.kind, care.name.as_str(), care.follows()), (DayKind::MakeUp, "春节", None));
    assert_eq!(care.care.unwrap().plan, Plan::Everybody);
    assert_eq!(care.session(), Some(Session::default()));
}

#[test]
fn timetables_follow_one_another_by_date() {
    let summer = table(1, "2025-05-01", Some("2025-09-30"), 0b1_1111, SessionKind::Standard, ["16:30", "18:00", "17:15"]);
    let winter = table(2, "2025-10-09", None, 0b1_1111, SessionKind::Standard, ["16:10", "17:30", "16:50"]);
    let later = table(3, "2025-11-03", None, 0b00011, SessionKind::Standard, ["16:00", "17:00", "16:30"]);
    let longer = table(4, "2025-11-03", None, 0b1_1111, SessionKind::Extended, ["17:30", "19:00", "17:30"]);
    let unsound = table(5, "2025-11-03", None, 0b1_1111, SessionKind::Standard, ["18:00", "17:00", "17:30"]);
    let entered = entered(vec![summer, winter, later, longer, unsound], vec![]);
    for (day, want) in [
        ("2025-04-30", Some("18:00")),
        ("2025-09-30", Some("18:00")),
        ("2025-10-09", Some("17:30")),
        ("2025-11-03", Some("17:00")),
        ("2025-11-05", Some("17:30")),
    ] {
        assert_eq!(end(&entered, day).1, want.map(str::to_owned), "{day}");
    }
    let further = with(&entered, |c| c.day(date("2025-11-05"))).further;
    assert_eq!(further, [Further { kind: SessionKind::Extended, start: time("17:30"), end: time("19:00") }]);
}

#[test]
fn between_two_terms_there_is_none_after_the_last_there_is() {
    let mut entered = Entered::default();
    for (name, from, until) in [("2024秋", "2024-09-02", "2025-01-17"), ("2025春", "2025-02-17", "2025-06-30")] {
        entered.terms.insert(name.to_owned(), Term { name: name.to_owned(), from: date(from), until: date(until) });
    }
    let kind = |day: &str| end(&entered, day).0;
    assert_eq!(kind("2025-01-17"), DayKind::School);
    assert_eq!(kind("2025-01-20"), DayKind::Vacation);
    assert_eq!(kind("2025-01-26"), DayKind::Vacation, "a make-up workday for others");
    assert_eq!(kind("2025-01-29"), DayKind::Holiday);
    assert_eq!(kind("2025-02-17"), DayKind::School);
    assert_eq!(kind("2025-07-01"), DayKind::School, "the next term is not entered yet: nothing closes by itself");
    assert_eq!(with(&entered, |c| c.day(date("2025-03-03"))).term.as_deref(), Some("2025春"));
}

fn any_time() -> impl Strategy<Value = NaiveTime> {
    (0_u32..24, 0_u32..12).prop_map(|(h, m)| NaiveTime::from_hms_opt(h, m * 5, 0).unwrap())
}

fn any_date() -> impl Strategy<Value = NaiveDate> {
    (0_i64..1100).prop_map(|n| date("2024-06-01") + chrono::TimeDelta::days(n))
}

fn any_kind() -> impl Strategy<Value = SessionKind> {
    prop::sample::select(SessionKind::ALL.to_vec())
}

prop_compose! {
    fn any_table()(id in 1_i64..9, from in any_date(), days in 0_i64..400, open in any::<bool>(), week in 0_u8..128, kind in any_kind(),
        start in any_time(), end in any_time(), pickup_from in any_time(), quiet_until in prop::option::of(any_time())) -> Timetable {
        let until = (!open).then(|| from + chrono::TimeDelta::days(days));
        Timetable { id: TimetableId(id), name: String::new(), from, until, days: Weekdays(week), kind, start, end, pickup_from, quiet_until }
    }
}

prop_compose! {
    fn any_special()(date in any_date(), kind in prop::sample::select(SpecialKind::ALL.to_vec()), follows in prop::option::of(0_u8..7),
        start in prop::option::of(any_time()), end in prop::option::of(any_time()), pickup_from in prop::option::of(any_time())) -> SpecialDay {
        let follows = follows.map(|n| Weekday::try_from(n).unwrap());
        SpecialDay { date, kind, name: "x".to_owned(), follows, start, end, pickup_from }
    }
}

proptest! {
    #[test]
    fn every_date_is_one_kind_of_day_and_its_hours_make_sense(
        tables in prop::collection::vec(any_table(), 0..6),
        specials in prop::collection::vec(any_special(), 0..30),
        terms in prop::collection::vec((any_date(), 0_i64..150), 0..4),
        dates in prop::collection::vec(any_date(), 40),
    ) {
        let mut entered = entered(tables, specials);
        for (n, (from, length)) in terms.into_iter().enumerate() {
            entered.terms.insert(n.to_string(), Term { name: n.to_string(), from, until: from + chrono::TimeDelta::days(length) });
        }
        for date in dates {
            let day = with(&entered, |c| c.day(date));
            prop_assert_eq!(&day, &with(&entered, |c| c.day(date)));
            let open = matches!(day.kind, DayKind::School | DayKind::MakeUp | DayKind::Half);
            prop_assert_eq!(open, day.care.is_some(), "{:?}", day);
            if let Some(Session { start, end, pickup_from, .. }) = day.session() {
                prop_assert!(start < end && (start..=end).contains(&pickup_from), "{:?}", day);
            }
        }
    }
}
