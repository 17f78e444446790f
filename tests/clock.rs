//! A clock that cannot be believed: nothing is dated by it, nobody who comes meanwhile is forgotten, and whoever stands at the
//! desk sets it right, be it back.
#![allow(clippy::unwrap_used)]

#[path = "clock/redating.rs"]
mod redating;

use std::path::Path;
use std::process::{Command, Stdio};

use caredesk::desk::appearance::Appearance;
use caredesk::desk::said::Said;
use caredesk::domain::card::CardNumber;
use caredesk::domain::fact::{Draft, Entry, Fact, Seq};
use caredesk::domain::settings::Settings;
use caredesk::domain::time::{Moment, time_of_day};
use caredesk::domain::trouble::Doubt;
use caredesk::shell::clock::{Clock, Tick};
use caredesk::shell::line::answer;
use caredesk::shell::practice::{self, Plan};
use caredesk::shell::session::{Session, Setup};
use caredesk::store::{Kind, Recorded, Stamp, Store};
use caredesk::texts::Lang;
use serde_json::Value;

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;
const YEAR: i64 = 365 * DAY;
const CARDS: [&str; 2] = ["453841", "693691"];

fn now() -> Moment {
    Clock::Wall.now()
}

fn stamp(now: Moment) -> Stamp {
    Stamp { now, desk: "门口".to_owned(), staff: None }
}

/// A real store with two children of practice and their cards; its entries are entered so many seconds from now.
fn store_of(dir: &Path, last: i64) -> Store {
    let start = practice::practice_day(time_of_day("16:31").unwrap());
    let mut made = Store::memory().unwrap();
    practice::furnish(&mut made, Plan { start, lived_in: false, children: None, seed: 1 }).unwrap();
    let register = made.load(start).unwrap().register;
    let mut facts = Vec::new();
    for number in CARDS {
        let card = register.card(&CardNumber::new(number)).unwrap();
        facts.push(Fact::ChildSet { was: None, now: Box::new(register.child(card.child).unwrap().clone()) });
        facts.extend(register.collectors(card.child).map(|c| Fact::CollectorSet { was: None, now: Box::new(c.clone()) }));
        facts.push(Fact::CardSet { was: None, now: Box::new(card.clone()) });
    }
    let drafts: Vec<Draft> = facts.into_iter().map(Draft::from).collect();
    let mut store = Store::open(dir, Kind::Real, true).unwrap();
    store.record(Seq(0), &drafts, &stamp(now().plus_seconds(last))).unwrap();
    store
}

fn desk(store: Store, clock: Clock) -> Session {
    let (settings, appearance) = (practice::settings(Settings::default()), Appearance::default());
    Session::start(store, clock, Setup { settings, desk: "门口".to_owned(), lang: Lang::Zh, practice: false, appearance }).unwrap()
}

fn say(session: &mut Session, line: &str) -> Value {
    serde_json::to_value(answer(session, Some(line.to_owned()))).unwrap()
}

fn recorded(answer: &Value) -> usize {
    answer["recorded"].as_array().unwrap().len()
}

fn notices(answer: &Value) -> String {
    answer["notices"].as_array().unwrap().iter().map(|n| n.as_str().unwrap()).collect::<Vec<_>>().join(" | ")
}

fn entries(dir: &Path) -> Vec<Entry> {
    Store::open_read_only(dir).unwrap().entries_between(Seq(1), Seq(i64::MAX)).unwrap()
}

/// Two scans while it is asked, then the answer: both are held by name, neither is recorded before, both are decided after,
/// on the day of the answer.
fn asked(session: &mut Session, dir: &Path, step: &str, reply: &str, agreed: Moment) {
    let before = entries(dir).len();
    for card in CARDS {
        let answer = say(session, card);
        assert_eq!((recorded(&answer), answer["verdict"].as_str()), (0, None), "{step}: {answer}");
        assert!(answer["say"].as_str().unwrap().contains("今天是几号"), "{step}: {answer}");
    }
    let answer = say(session, "陈");
    let told = notices(&answer);
    assert!(told.contains("时钟不可信") && told.contains("陈一诺") && told.contains("陈一鸣"), "{step}: {told}");
    assert!(told.contains(&now().local().format("%Y-").to_string()), "with the year, {step}: {told}");
    // A way round it there is not: what a command would record is refused, and kept by name.
    say(session, ".leave 陈一诺");
    say(session, "esc");
    assert_eq!(entries(dir).len(), before, "{step}: nothing is dated before the answer");
    let answer = say(session, reply);
    assert!(recorded(&answer) > 0 && !notices(&answer).contains("时钟不可信"), "{step}: {answer}");
    assert!(session.model.doubted.is_none() && session.model.held.is_empty(), "{step}");
    assert!(matches!(session.model.said, Some(Said::Verdict { .. })), "{step}: {:?}", session.model.said);
    let all = entries(dir);
    let set = all.iter().find(|e| e.seq.0 > i64::try_from(before).unwrap()).unwrap();
    assert!(matches!(set.fact, Fact::ClockSet { .. }), "{step}: {set:?}");
    assert!(all.iter().filter(|e| e.seq >= set.seq).all(|e| (e.entered_at.ms - agreed.ms).abs() < 60_000), "{step}: entered when it was");
    assert_eq!(session.model.day.date(), agreed.date(), "{step}");
}

#[test]
fn a_clock_that_stands_wrong_at_the_start_is_asked_about_before_anything_is_dated() {
    for (step, last) in
        [("back six seconds", 8), ("back an hour", HOUR), ("back a day", DAY), ("a year ahead before", YEAR), ("after long", -80 * DAY)]
    {
        let dir = tempfile::tempdir().unwrap();
        store_of(dir.path(), last).close().unwrap();
        let mut session = desk(Store::open(dir.path(), Kind::Real, false).unwrap(), Clock::Wall);
        let doubted = session.model.doubted.clone().unwrap_or_else(|| panic!("{step}"));
        assert_eq!(matches!(doubted.doubt, Doubt::LongAfter(_)), last < 0, "{step}");
        asked(&mut session, dir.path(), step, "1", now());
        session.close();
        // From then on time goes on from there, and the next start finds nothing to ask.
        let mut session = desk(Store::open(dir.path(), Kind::Real, false).unwrap(), Clock::Wall);
        assert_eq!(session.model.doubted, None, "{step}");
        assert_eq!(session.now().date(), now().date(), "{step}");
        say(&mut session, "1");
        session.close();
        let report = Store::open_read_only(dir.path()).unwrap().verify();
        assert!(report.is_sound(), "{step}: {:?}", report.problems);
    }
}

#[test]
fn a_clock_that_jumps_under_a_running_desk_moves_nothing_and_is_asked_about() {
    for (step, jump) in [
        ("back six seconds", -6),
        ("ahead a minute", 60),
        ("back an hour", -HOUR),
        ("ahead a day", DAY),
        ("back a day", -DAY),
        ("ahead a year", YEAR),
        ("back a year", -YEAR),
        ("battery flat", -26 * YEAR),
    ] {
        for (reply, agreed) in [("1", now()), ("2", now().plus_seconds(-jump))] {
            let dir = tempfile::tempdir().unwrap();
            let started = now().plus_seconds(-jump);
            let store = store_of(dir.path(), -jump - 60);
            // The desk began when the clock showed another time, and no time has passed since.
            let clock = Clock::Counted { base: started, wall: started, since: Tick::now() };
            let mut session = desk(store, clock);
            assert_eq!(session.model.doubted, None, "{step}");
            asked(&mut session, dir.path(), step, reply, agreed);
            assert!(session.model.day.date() == agreed.date() && Store::open_read_only(dir.path()).unwrap().verify().is_sound(), "{step}");
        }
    }
}

/// What was pressed before the question came up is no answer to it: the desk asks, and only then is answered.
#[test]
fn an_answer_to_something_else_does_not_set_the_time() {
    for (first, then) in [("1", "1"), ("2", "2"), ("1", "2")] {
        for jump in [DAY, -DAY, HOUR, YEAR] {
            let dir = tempfile::tempdir().unwrap();
            let store = store_of(dir.path(), -jump - 60);
            let clock = Clock::Counted { base: now().plus_seconds(-jump), wall: now().plus_seconds(-jump), since: Tick::now() };
            let mut session = desk(store, clock);
            assert_eq!(session.model.doubted, None);
            let answer = say(&mut session, first);
            assert!(recorded(&answer) == 0 && session.model.doubted.is_some(), "{jump}: {answer}");
            assert!(answer["say"].as_str().unwrap().contains("今天是几号"), "{jump}: {answer}");
            let answer = say(&mut session, then);
            assert!(recorded(&answer) == 1 && session.model.doubted.is_none(), "{jump}: {answer}");
        }
    }
}

#[test]
fn a_typed_time_needs_its_year_and_an_odd_one_is_typed_twice() {
    let dir = tempfile::tempdir().unwrap();
    store_of(dir.path(), YEAR).close().unwrap();
    let mut session = desk(Store::open(dir.path(), Kind::Real, false).unwrap(), Clock::Wall);
    for vague in ["16:40", "11-28 16:40", "2026-11-28", "7"] {
        let answer = say(&mut session, vague);
        assert!(recorded(&answer) == 0 && session.model.doubted.is_some(), "{vague}: {answer}");
    }
    let typed = now().plus_seconds(-HOUR);
    let text = typed.local().format("%Y-%m-%d %H:%M").to_string();
    let answer = say(&mut session, &text);
    assert!(recorded(&answer) == 0 && answer["say"].as_str().unwrap().contains("再键入一次"), "{answer}");
    let answer = say(&mut session, &text);
    assert_eq!(recorded(&answer), 1, "{answer}");
    assert!((session.now().ms - typed.ms).abs() < 120_000);
}

#[test]
fn who_came_before_the_clock_was_set_back_is_in_after_it_and_on_the_next_day() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = store_of(dir.path(), -60);
    let child = entries(dir.path()).iter().find_map(|e| e.fact.child()).unwrap();
    let arrived = Fact::Arrived {
        child,
        card: None,
        means: caredesk::domain::fact::Means::Name,
        holder: caredesk::domain::fact::Holder::Nobody,
        place: caredesk::domain::settings::Place::room(),
        despite: None,
    };
    let head = store.head().unwrap();
    store.record(head, &[arrived.into()], &stamp(now().plus_seconds(YEAR))).unwrap();
    store.close().unwrap();
    let mut session = desk(Store::open(dir.path(), Kind::Real, false).unwrap(), Clock::Wall);
    say(&mut session, "1");
    assert!(session.model.day.state().left_open().iter().any(|open| open.child == child));
    session.close();
    // The next day nothing of the day before is read as today's, and the child is still known to be open.
    let store = Store::open(dir.path(), Kind::Real, false).unwrap();
    let tomorrow = store.load(now().plus_seconds(DAY)).unwrap();
    assert!(tomorrow.day.entries().is_empty(), "{:?}", tomorrow.day.entries());
    assert!(tomorrow.day.state().left_open().iter().any(|open| open.child == child));
}

#[test]
fn a_desk_beside_it_goes_on_from_the_time_that_was_agreed_on() {
    let dir = tempfile::tempdir().unwrap();
    let store = store_of(dir.path(), YEAR - 60);
    let ahead = now().plus_seconds(YEAR);
    let mut two = desk(store, Clock::Counted { base: ahead, wall: now(), since: Tick::now() });
    assert_eq!(two.now().date(), ahead.date());
    let mut one = desk(Store::open(dir.path(), Kind::Real, false).unwrap(), Clock::Wall);
    say(&mut one, "1");
    two.catch_up();
    assert_eq!((two.now().date(), two.model.day.date(), two.model.now.date()), (now().date(), now().date(), now().date()));
}

#[test]
fn only_setting_the_clock_may_be_entered_before_the_last_entry() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = store_of(dir.path(), DAY);
    let head = store.head().unwrap();
    let note = || -> Draft { Fact::AlertAcknowledged { child: caredesk::domain::people::ChildId(1) }.into() };
    let Recorded::Done(later) = store.record(head, &[note()], &stamp(now())).unwrap() else { panic!("behind") };
    assert!(later[0].entered_at.ms > now().plus_seconds(DAY - 60).ms, "else entry times never decrease");
    let set: Draft = Fact::ClockSet { wall: now(), counted: None }.into();
    let Recorded::Done(set) = store.record(later[0].seq, &[set], &stamp(now())).unwrap() else { panic!("behind") };
    let Recorded::Done(then) = store.record(set[0].seq, &[note()], &stamp(now())).unwrap() else { panic!("behind") };
    for entry in [&set[0], &then[0]] {
        assert!((entry.entered_at.ms - now().ms).abs() < 60_000 && entry.at == entry.entered_at, "{entry:?}");
    }
    assert!(store.verify().is_sound());
}

/// Every command that records, and what is typed into it.
const RECORDING: [&[&str]; 17] = [
    &["staff", "add", "王", "--role", "duty"],
    &["staff", "set", "何主任", "--new-pin"],
    &["staff", "list"],
    &["staff", "recovery"],
    &["staff", "reset-pin"],
    &["import", concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/n22/roster_clean.xlsx")],
    &["import", "--undo"],
    &["cards", "issue", "--all"],
    &["cards", "list"],
    &["cards", "lost", "453841"],
    &["cards", "print", "--all", "--out", "cards.html"],
    &["export", "children", "--out", "children.csv"],
    &["export", "attendance", "--out", "days.csv"],
    &["export", "child", "陈一诺", "--out", "one.html"],
    &["backup"],
    &["erase", "陈一诺", "--yes"],
    &["erase", "--days", "--yes"],
];

#[test]
fn a_command_dates_nothing_by_a_clock_that_cannot_be_believed() {
    use caredesk::domain::fact::RecoveryFact;
    use caredesk::domain::people::{Role, Staff, StaffId};
    use caredesk::shell::pin;
    use std::io::Write;
    let (code, hash) = pin::recovery_code().unwrap();
    for last in [DAY, -80 * DAY] {
        let dir = tempfile::tempdir().unwrap();
        let mut store = store_of(dir.path(), last);
        let leader = Staff { pin: Some(pin::hash("835172").unwrap()), ..Staff::new(StaffId(1), "何主任", Role::Leader) };
        let made = Fact::Recovery(RecoveryFact::Made { staff: StaffId(1), hash: hash.clone() });
        let head = store.head().unwrap();
        store.record(head, &[Fact::StaffSet { was: None, now: Box::new(leader) }.into(), made.into()], &stamp(now().plus_seconds(last))).unwrap();
        store.close().unwrap();
        let before = entries(dir.path()).len();
        for arguments in RECORDING {
            let (pin_stdin, typed) = (["--pin-stdin"], if arguments.contains(&"reset-pin") { code.as_str() } else { "835172" });
            let mut command = Command::new(env!("CARGO_BIN_EXE_caredesk"));
            command.current_dir(dir.path()).arg("--data").arg(dir.path()).args(arguments).args(pin_stdin);
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
            let mut running = command.spawn().unwrap();
            let _ = write!(running.stdin.take().unwrap(), "{typed}\n902713\n"); // it may end without reading
            let output = running.wait_with_output().unwrap();
            let sentence = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(output.status.code() == Some(1) && sentence.contains("时钟不可信"), "{arguments:?}: {sentence}");
            assert_eq!(entries(dir.path()).len(), before, "{arguments:?}");
        }
    }
}
