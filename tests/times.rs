//! Age is the time that went by, not a difference of dates: whatever a clock does, and whoever answers what time it is, nothing that was
//! shown grows young, nothing is forgotten, and no desk stands still.
#![allow(clippy::unwrap_used, clippy::wildcard_enum_match_arm)]

#[path = "simulator/room.rs"]
#[allow(dead_code)]
mod room;

use std::path::Path;

use caredesk::desk::appearance::Appearance;
use caredesk::desk::said::{Notice, Said};
use caredesk::desk::{Dialog, How, Msg};
use caredesk::domain::card::CardNumber;
use caredesk::domain::day::Presence;
use caredesk::domain::fact::{Draft, Fact};
use caredesk::domain::people::{ChildId, Right, StaffId};
use caredesk::domain::settings::{ReleaseOn, Settings};
use caredesk::domain::time::Moment;
use caredesk::rules::Verdict;
use caredesk::shell::clock::{Clock, Told};
use caredesk::shell::line::answer;
use caredesk::shell::practice;
use caredesk::shell::session::{Session, Setup};
use caredesk::store::{Kind, Recorded, Stamp, Store};
use caredesk::texts::Lang;
use room::{Base, DESKS, copy, open, scratch};
use serde_json::Value;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
const PIN: &str = "2468";

/// A room at 17:16 with two of the staff on duty, in a folder of its own.
struct Scene {
    folder: tempfile::TempDir,
    base: Base,
}

impl Scene {
    fn new() -> Self {
        let (base, folder) = (Base::made(), scratch());
        copy(base.folder.path(), folder.path());
        Self { folder, base }
    }

    /// What a clock shows that is ahead of the beginning by so many seconds.
    fn clock(&self, ahead: i64) -> Told {
        Told::at(self.base.start.plus_seconds(ahead), self.base.start.plus_seconds(-3 * 365 * DAY))
    }

    fn desk(&self) -> Session {
        open(self.folder.path(), 0, self.clock(0))
    }

    /// The same where a scan alone lets a child go.
    fn quick_desk(&self) -> Session {
        let store = Store::open(self.folder.path(), Kind::Practice, false).unwrap();
        let settings = Settings { release_on: ReleaseOn::Scan, ..practice::settings(Settings::default()) };
        let setup = Setup { settings, desk: DESKS[0].to_owned(), lang: Lang::Zh, practice: false, appearance: Appearance::default() };
        Session::start(store, Clock::Told(self.clock(0)), setup).unwrap()
    }
}

fn say(session: &mut Session, line: &str) -> Value {
    serde_json::to_value(answer(session, Some(line.to_owned()))).unwrap()
}

fn told(session: &mut Session) -> &mut Told {
    match session.clock_mut() {
        Clock::Told(told) => told,
        other => panic!("{other:?}"),
    }
}

fn pass(session: &mut Session, seconds: i64) {
    told(session).pass(seconds * 1000);
    session.send(Msg::Tick);
}

/// The clock of the machine steps, and the desk asks.
fn step(session: &mut Session, seconds: i64) {
    told(session).wall.ms += seconds * 1000;
    session.send(Msg::Tick);
    session.model.is_in_sight();
}

/// It steps, and somebody answers.
fn step_and_say(session: &mut Session, seconds: i64, reply: &str) {
    step(session, seconds);
    if seconds != 0 {
        assert!(session.model.doubted.is_some(), "{seconds}");
        say(session, reply);
    }
    assert!(session.model.doubted.is_none(), "{seconds} {reply}");
}

fn child(session: &Session, card: &str) -> ChildId {
    session.model.register.card(&CardNumber::new(card)).unwrap().child
}

fn is_here(session: &Session, card: &str) -> bool {
    session.model.day.state().presence(child(session, card)).is_here()
}

fn follows(session: &Session) -> bool {
    (session.model.now.ms - session.now().ms).abs() <= 5_000
}

/// Steps of a clock within one afternoon; from 17:41 none leads to where a child goes early or late.
const STEPS: [i64; 7] = [0, -20 * MINUTE, -10 * MINUTE, -MINUTE, MINUTE, 10 * MINUTE, 15 * MINUTE];

#[test]
fn what_was_shown_is_as_old_as_the_time_that_went_by() {
    for (by, reply) in STEPS.into_iter().flat_map(|by| ["1", "2"].map(|reply| (by, reply))) {
        for (waited, goes) in [(30, true), (110, true), (130, false), (600, false)] {
            let scene = Scene::new();
            let mut desk = scene.desk();
            say(&mut desk, "112018");
            pass(&mut desk, 25 * MINUTE);
            say(&mut desk, "112018");
            assert_eq!(desk.model.queue.len(), 1);
            pass(&mut desk, waited);
            step_and_say(&mut desk, by, reply);
            assert_eq!(desk.model.queue.len(), 1, "by {by}, answered {reply}, after {waited}: a named person is waited for");
            say(&mut desk, "1");
            assert_eq!(is_here(&desk, "112018"), !goes, "by {by}, answered {reply}, after {waited}: {:?}", desk.model.said);
        }
    }
}

#[test]
fn a_pickup_lapses_after_two_minutes_that_went_by() {
    for by in STEPS {
        for (before, after, lapses) in [(60, 50, false), (60, 70, true)] {
            let scene = Scene::new();
            let mut desk = scene.desk();
            say(&mut desk, "453841");
            pass(&mut desk, 25 * MINUTE);
            say(&mut desk, "453841");
            pass(&mut desk, before);
            step_and_say(&mut desk, by, "1");
            assert_eq!(desk.model.queue.len(), 1, "by {by}: it has waited for a minute");
            pass(&mut desk, after);
            assert_eq!(desk.model.queue.is_empty(), lapses, "by {by}, {after} more");
        }
    }
}

#[test]
fn a_second_reading_is_one_whatever_the_clock_shows() {
    for (by, reply) in STEPS.into_iter().flat_map(|by| ["1", "2"].map(|reply| (by, reply))) {
        for again in [false, true] {
            let scene = Scene::new();
            let mut desk = scene.quick_desk();
            say(&mut desk, "504179");
            pass(&mut desk, 5);
            step_and_say(&mut desk, by, reply);
            if again {
                step_and_say(&mut desk, -by / 2, "1"); // somebody sees that it was too much
            }
            let name = format!("by {by}, answered {reply}, again {again}");
            say(&mut desk, "504179");
            assert!(is_here(&desk, "504179") && desk.model.queue.is_empty(), "{name}: {:?}", desk.model.said);
            assert!(matches!(desk.model.said, Some(Said::Verdict { verdict: Verdict::InAlready { .. }, .. })), "{name}: {:?}", desk.model.said);
            // Nor does it stay one for longer than that.
            pass(&mut desk, 120);
            say(&mut desk, "504179");
            assert!(!is_here(&desk, "504179") || !desk.model.queue.is_empty(), "{name}: {:?}", desk.model.said);
        }
    }
}

/// Who enters something under a clock that is ahead.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Ahead {
    Window,
    Command,
}

fn enter_ahead(scene: &Scene, how: Ahead, seconds: i64) {
    match how {
        Ahead::Window => {
            let mut other = open(scene.folder.path(), 1, scene.clock(seconds));
            say(&mut other, "779093");
            assert!(is_here(&other, "779093"), "{seconds}");
            other.close();
        }
        Ahead::Command => {
            let mut store = Store::open(scene.folder.path(), Kind::Practice, false).unwrap();
            let note: Draft = Fact::NoteLeft { child: ChildId(1), text: "带伞".to_owned() }.into();
            let stamp = Stamp { now: scene.base.start.plus_seconds(seconds), desk: "command".to_owned(), staff: None };
            let head = store.head().unwrap();
            assert!(matches!(store.record(head, &[note], &stamp).unwrap(), Recorded::Done(_)));
            store.close().unwrap();
        }
    }
}

#[test]
fn what_is_entered_ahead_moves_no_desk_and_is_asked_about() {
    let table = [Ahead::Window, Ahead::Command].into_iter().flat_map(|how| [6, MINUTE, 90 * MINUTE, 3 * HOUR, DAY, 30 * DAY].map(|by| (how, by)));
    for ((how, by), looks) in table.flat_map(|one| [true, false].map(|looks| (one, looks))) {
        let name = format!("{how:?} by {by}, looks first {looks}");
        let scene = Scene::new();
        let mut desk = scene.desk();
        say(&mut desk, "453841");
        pass(&mut desk, 5 * MINUTE);
        enter_ahead(&scene, how, 5 * MINUTE + by);
        desk.take_recorded();
        if looks {
            say(&mut desk, "");
        } else {
            // What it would enter itself is behind, and is entered under no time that is in doubt.
            desk.send(Msg::Line { text: "112018".to_owned(), how: How::Scanned });
        }
        desk.send(Msg::Tick);
        assert!(desk.model.doubted.is_some(), "{name}: it asks");
        assert_eq!(desk.take_recorded(), [], "{name}");
        for _ in 0..3 {
            pass(&mut desk, 10 * MINUTE);
            assert!(follows(&desk), "{name}: {} stands at {}", desk.now().hhmmss(), desk.model.now.hhmmss());
        }
        desk.model.is_in_sight();
        say(&mut desk, "2");
        assert!(desk.model.doubted.is_none(), "{name}");
        while !is_here(&desk, "112018") {
            say(&mut desk, if looks { "112018" } else { "" });
        }
        let now = desk.now();
        let last = Store::open_read_only(scene.folder.path()).unwrap().last_entered().unwrap().unwrap();
        assert!((last.ms - now.ms).abs() < 5_000 && follows(&desk), "{name}: {} at {}", last.hhmmss(), now.hhmmss());
        // And whoever is not fetched is missed at the time of it.
        desk.model.notices.clear();
        pass(&mut desk, 40 * MINUTE);
        assert!(desk.model.notices.iter().any(|(_, n)| matches!(n, Notice::Alarm(_))), "{name}: {:?}", desk.model.notices);
    }
}

/// The clock of the machine is ahead for a moment: the desk asks, another window enters something, and somebody sets the clock right.
#[test]
fn a_clock_that_was_ahead_for_a_moment_leaves_no_desk_standing_still() {
    for by in [MINUTE, HOUR, 3 * HOUR, DAY] {
        let scene = Scene::new();
        let mut desk = scene.desk();
        say(&mut desk, "112018");
        pass(&mut desk, 5 * MINUTE);
        step(&mut desk, by);
        enter_ahead(&scene, Ahead::Window, 5 * MINUTE + by);
        step(&mut desk, -by);
        for _ in 0..2 {
            say(&mut desk, "112018");
        }
        assert!(desk.model.doubted.is_some() && is_here(&desk, "112018"), "{by}");
        pass(&mut desk, HOUR);
        assert!(follows(&desk) && desk.model.queue.is_empty(), "{by}: {}", desk.model.now.hhmmss());
    }
}

#[test]
fn a_few_seconds_between_two_desks_are_nothing() {
    for by in [0, 1, 5] {
        let scene = Scene::new();
        let mut desk = scene.desk();
        enter_ahead(&scene, Ahead::Window, by);
        say(&mut desk, "453841");
        assert!(desk.model.doubted.is_none() && is_here(&desk, "453841") && is_here(&desk, "779093"), "{by}");
    }
}

/// A day that is taken for another and put right forgets nothing of what came before.
#[test]
fn a_day_that_was_taken_for_another_is_one_day() {
    let tables: [&[i64]; 7] = [&[], &[-DAY], &[DAY], &[-30 * DAY], &[-DAY, -DAY], &[-DAY, 2 * DAY], &[-2 * DAY, DAY]];
    for wrong in tables {
        let scene = Scene::new();
        let mut desk = scene.desk();
        for line in ["504179", "159082"] {
            say(&mut desk, line);
        }
        pass(&mut desk, 5 * MINUTE);
        for line in ["504179", "9", "1", "5", PIN, "1", PIN] {
            if line.len() != 1 || desk.model.question().is_some() {
                say(&mut desk, line);
            }
        }
        for line in ["159082", "1"] {
            say(&mut desk, line);
        }
        let held = child(&desk, "504179");
        let of_held = |desk: &Session| desk.model.day.state().child(held).map(|day| (day.held_back, day.held.is_some(), day.hold_lifted.is_some()));
        let (before, actor) = (of_held(&desk), desk.model.room().actor());
        assert!(before == Some((1, false, true)) && actor.is_some() && !is_here(&desk, "159082"), "{before:?}");
        pass(&mut desk, 130);
        for by in wrong {
            step_and_say(&mut desk, *by, "1");
            say(&mut desk, "453841");
            pass(&mut desk, MINUTE);
        }
        step_and_say(&mut desk, -wrong.iter().sum::<i64>(), "1");
        let gone = |desk: &Session, card: &str| matches!(desk.model.day.state().presence(child(desk, card)), Presence::Gone(..));
        assert_eq!((of_held(&desk), desk.model.room().actor()), (before, actor), "{wrong:?}");
        assert!(gone(&desk, "159082"), "{wrong:?}");
        say(&mut desk, "159082");
        assert!(gone(&desk, "159082"), "{wrong:?}: {:?}", desk.model.said);
        say(&mut desk, "504179");
        say(&mut desk, "");
        assert!(is_here(&desk, "504179"), "{wrong:?}: whoever was stopped is not who Enter takes: {:?}", desk.model.said);
        // The next start knows the same, and the next day nothing of it.
        let state = desk.model.day.state().clone();
        desk.close();
        let store = Store::open_read_only(scene.folder.path()).unwrap();
        let (now, later) = (store.last_entered().unwrap().unwrap(), |at: Moment| at.plus_seconds(DAY));
        assert_eq!(store.load(now).unwrap().day.state(), &state, "{wrong:?}");
        assert!(store.load(later(now)).unwrap().day.entries().is_empty(), "{wrong:?}");
    }
}

/// Somebody who was named for one day under a clock that was ahead does not collect on the day that comes.
#[test]
fn nobody_is_named_for_a_day_that_is_still_to_come() {
    for (ahead, ends) in [(DAY, true), (2 * DAY, true), (10 * MINUTE, false)] {
        let scene = Scene::new();
        let mut desk = scene.desk();
        say(&mut desk, "504179");
        pass(&mut desk, 5 * MINUTE);
        step_and_say(&mut desk, ahead, "1");
        if desk.model.room().actor().is_none() {
            for line in [".duty", "1", PIN] {
                say(&mut desk, line);
            }
        }
        for line in ["李沐辰", "今日授权", "Zhang San", "uncle", "13912345678", "1", "1", "1", "1"] {
            say(&mut desk, line);
        }
        let one = child(&desk, "504179");
        let named = |desk: &Session| desk.model.register.collectors(one).filter(|c| matches!(c.right, Right::OneDay { .. })).count();
        assert_eq!(named(&desk), 1, "{ahead}: {:?}", desk.model.said);
        step(&mut desk, -ahead);
        let told = say(&mut desk, "1")["notices"].to_string();
        assert!(desk.model.doubted.is_none());
        assert_eq!((named(&desk), told.contains("Zhang San")), (usize::from(!ends), ends), "{ahead}: {told}");
        assert_eq!(Store::open_read_only(scene.folder.path()).unwrap().verify().problems, [], "{ahead}");
    }
}

fn saved(folder: &Path) -> String {
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let lists = files.filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("caredesk.saved-")));
    lists.map(|path| std::fs::read_to_string(path).unwrap()).collect()
}

/// Cards that wait until the time is known are not gone with the desk.
#[test]
fn who_is_held_is_named_before_the_desk_is_closed_and_stands_in_a_list_after() {
    for by in [-DAY, -HOUR, 6, HOUR] {
        let scene = Scene::new();
        let mut desk = scene.desk();
        step(&mut desk, by);
        for card in ["453841", "693691", "000000"] {
            say(&mut desk, card);
        }
        let answer = say(&mut desk, ".quit")["say"].as_str().unwrap().to_owned();
        let names = ["陈一诺", "陈一鸣", "另 1 个号码"];
        assert!(names.iter().all(|name| answer.contains(name)) && !desk.has_quit() && desk.model.dialog.is_none(), "{by}: {answer}");
        desk.close();
        let list = saved(scene.folder.path());
        assert!(names.iter().all(|name| list.contains(name)), "{by}: {list}");
    }
    let scene = Scene::new();
    let mut desk = scene.desk();
    say(&mut desk, "453841");
    desk.close();
    assert_eq!(saved(scene.folder.path()), "", "nothing was held");
}

/// A card that is held answers no form that happens to be open when the time is known.
#[test]
fn a_held_card_is_decided_as_a_card_whatever_is_open() {
    let forms: [&[&str]; 8] =
        [&[], &[".backfill"], &[".batch"], &["陈一鸣", "备注"], &["陈一鸣", "请假"], &[".duty", "1"], &[".cards"], &["陈一鸣", "挂失"]];
    for opened in forms {
        for by in [-10 * MINUTE, 10 * MINUTE] {
            let scene = Scene::new();
            let mut desk = scene.desk();
            for line in opened {
                say(&mut desk, line);
            }
            let before = desk.model.dialog.clone();
            assert_eq!(before.is_some(), !opened.is_empty(), "{opened:?}: {:?}", desk.model.said);
            step(&mut desk, by);
            say(&mut desk, "453841");
            say(&mut desk, "112018");
            assert_eq!(desk.model.held.len(), 2, "{opened:?}");
            say(&mut desk, "1");
            assert!(is_here(&desk, "453841") && is_here(&desk, "112018"), "{opened:?}, {by}: {:?}", desk.model.said);
            let values = |dialog: &Option<Dialog>| if let Some(Dialog::Form(form)) = dialog { form.values.len() } else { 0 };
            assert_eq!(values(&desk.model.dialog), values(&before), "{opened:?}, {by}");
        }
    }
}

/// A PIN that wrong ones have locked opens no sooner by a clock that is set, nor is anybody locked out for longer.
#[test]
fn a_locked_pin_is_locked_for_the_time_that_goes_by() {
    for by in [0, -DAY, -HOUR, -MINUTE, MINUTE, HOUR, 6 * HOUR] {
        let scene = Scene::new();
        let mut desk = scene.desk();
        for _ in 0..5 {
            let staff = StaffId(1);
            let (head, stamp) = (desk.model.head, Stamp { now: desk.now(), desk: "command".to_owned(), staff: None });
            let mut store = Store::open(scene.folder.path(), Kind::Practice, false).unwrap();
            store.record(head, &[Fact::PinTried { staff }.into()], &stamp).unwrap();
            store.close().unwrap();
            desk.catch_up();
        }
        let locked = |desk: &Session| caredesk::rules::duty::locked_until(desk.model.room(), StaffId(1), desk.model.now).is_some();
        assert!(locked(&desk), "{by}");
        pass(&mut desk, 20);
        step_and_say(&mut desk, by, "1");
        assert!(locked(&desk), "{by}");
        pass(&mut desk, 11);
        assert!(!locked(&desk), "{by}");
    }
}
