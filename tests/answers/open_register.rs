//! A leader's open register is no pass for whoever stands at the keyboard: it closes when somebody else acts, no change makes the
//! PIN hold longer, and what only a leader may takes a PIN of its own (F030, F167, F168).

use caredesk::desk::question::Asks;
use caredesk::domain::fact::Fact;
use caredesk::domain::people::{Collector, Right, Role, Staff};
use caredesk::rules::collect::takers;
use caredesk::shell::line;

use super::*;

/// The practice room at 16:31, in line mode.
fn alone_at_half_past() -> Session {
    let start = practice_day(time_of_day("16:31").unwrap());
    let mut store = Store::memory().unwrap();
    furnish(&mut store, Plan { start, lived_in: false, children: None, seed: 1 }).unwrap();
    let setup =
        Setup { settings: settings(Settings::default()), desk: "practice".into(), lang: Lang::Zh, practice: true, appearance: Appearance::default() };
    Session::start(store, Clock::simulated(start, 0.001), setup).unwrap()
}

/// What the desk says to the last of these lines, with its notices.
fn say(session: &mut Session, lines: &[&str]) -> String {
    let said = lines.iter().map(|l| serde_json::to_string(&line::answer(session, Some((*l).to_owned()))).unwrap());
    said.last().unwrap_or_default()
}

fn asks_pin(session: &Session) -> bool {
    session.model.question().is_some_and(|q| q.asks == Asks::Pin)
}

fn staff(session: &Session, name: &str) -> Staff {
    session.model.register.staff().find(|s| s.name == name).unwrap().clone()
}

fn collector(session: &Session, name: &str) -> Collector {
    session.model.register.all_collectors().find(|c| c.name == name).unwrap().clone()
}

const SIGN_ON_MOTHER: [&str; 3] = [".7", "909969", "2468"];

/// The mother works here and is at the desk; a leader bars her there and leaves the register open.
#[test]
fn the_one_whom_a_leader_just_barred_lifts_no_bar_at_the_same_desk() {
    let mut session = alone_at_half_past();
    say(&mut session, &SIGN_ON_MOTHER);
    say(&mut session, &[".people sjh", "2", "1", "不得接", "2468", "", "", "(2026)民初12号"]);
    assert_eq!(collector(&session, "高岚").right, Right::Barred, "{:?}", session.model.said);
    assert!(session.model.keeper().is_some(), "the register is still open");
    // Lifting is a leader's: a PIN is asked for, and with a right one it is refused while she is at the desk.
    say(&mut session, &["解除限制"]);
    assert!(asks_pin(&session), "{:?}", session.model.said);
    let answer = say(&mut session, &["2468", ""]);
    assert!(answer.contains("F7"), "{answer}");
    assert_eq!(collector(&session, "高岚").right, Right::Barred);
    // Nor is it taken back by her.
    let answer = say(&mut session, &["esc", ".undo", "1"]);
    assert!(answer.contains("F7") || answer.contains("PIN"), "{answer}");
    assert_eq!(collector(&session, "高岚").right, Right::Barred);
    // Gone off duty, she stands before a closed register.
    say(&mut session, &["esc", ".7", "909969", "2", "2468"]);
    assert_eq!((session.model.room().actor(), session.model.keeper()), (None, None), "{:?}", session.model.said);
    let child = collector(&session, "高岚").child;
    let may = takers(session.model.room(), child, session.model.day.date());
    assert!(may.iter().all(|c| c.name != "高岚"), "{may:?}");
    // Another teacher at the desk and a leader's PIN: it is lifted.
    say(&mut session, &[".7", "526014", "1", "2468"]);
    say(&mut session, &[".people sjh", "2", "1", "解除限制", "2468", ""]);
    assert_eq!(collector(&session, "高岚").right, Right::Ended, "{:?}", session.model.said);
}

/// A leader's PIN for a note; a teacher signs on with his own; at no time he becomes a leader unasked.
#[test]
fn who_signs_on_finds_the_register_closed() {
    let mut session = alone_at_half_past();
    say(&mut session, &[".people zzm", "1", "备注", "2468", "怕打雷"]);
    assert!(session.model.keeper().is_some());
    let answer = say(&mut session, &[".7", "830168", "2468"]);
    assert!(answer.contains("何主任的 PIN 不再有效"), "it is said: {answer}");
    assert_eq!(session.model.keeper(), None);
    for lines in [&[".clock 16:35", ".staff 韩", "角色"][..], &["esc", ".people zzm", "1", "备注"]] {
        say(&mut session, lines);
        assert!(asks_pin(&session), "{lines:?}: {:?}", session.model.said);
    }
    assert_eq!(staff(&session, "韩").role, Role::Duty);
}

/// The register stays open to the leader who opened it and then acts, and to whoever acted all the time; it closes to everybody else.
#[test]
fn the_register_closes_to_whoever_acts_next() {
    let ways: [(&str, &[&str], bool); 6] = [
        ("nothing", &[], true),
        ("the leader signs on", &[".7", "609130", "2468"], true),
        ("another signs on", &[".7", "830168", "2468"], false),
        ("another is chosen", &[".7", "815907", "1", "2468"], false),
        ("the same is chosen", &[".7", "526014", "1", "2468"], true),
        ("whoever acts goes", &[".7", "526014", "2", "2468"], false),
    ];
    for (what, lines, open) in ways {
        let mut session = alone_at_half_past();
        say(&mut session, &[".7", "526014", "1", "2468", ".people zzm", "1", "备注", "2468", "怕打雷", "esc"]);
        assert!(session.model.keeper().is_some(), "{what}");
        say(&mut session, lines);
        assert_eq!(session.model.keeper().is_some(), open, "{what}: {:?}", session.model.said);
        let said = session.model.notices.iter().any(|(_, n)| matches!(n, caredesk::desk::said::Notice::ClosedToOthers(_)));
        assert_eq!(said, !open, "{what}");
    }
}

/// A change every minute: the PIN holds five minutes from when it was typed, and the last form keeps what was answered in it.
#[test]
fn no_change_makes_a_pin_hold_longer() {
    let mut session = alone_at_half_past();
    say(&mut session, &[".people zzm", "1", "备注", "2468", "怕打雷0"]);
    for minute in 32..=35 {
        say(&mut session, &[&format!(".clock 16:{minute}"), ".people zzm", "1", "备注"]);
        assert!(!asks_pin(&session), "{minute}");
        say(&mut session, &[&format!("怕打雷{minute}")]);
    }
    // Begun while it holds, answered when it does not any more.
    say(&mut session, &[".people zzm", "1", "备注", ".clock 16:36:30", "怕黑"]);
    assert!(asks_pin(&session), "{:?}", session.model.said);
    let note = |session: &Session| session.model.register.children().find(|c| c.name == "周子墨").unwrap().note.clone();
    assert_eq!(note(&session).as_deref(), Some("怕打雷35"));
    say(&mut session, &["2468"]);
    assert_eq!(note(&session).as_deref(), Some("怕黑"), "it need not be answered again");
}

/// What only a leader may takes a PIN of its own, however short ago one was typed for something else; after one of that kind, a
/// minute long none. What the office may as well goes on for five.
#[test]
fn what_only_a_leader_may_takes_a_pin_of_its_own() {
    let alone: [&[&str]; 7] = [
        &[".people zxm", "2", "3", "解除限制"],
        &[".people zxm", "2", "3", "电话"],
        &[".people zxm", "2", "加接送人"],
        &[".staff 韩", "角色"],
        &[".staff 韩", "新 PIN"],
        &[".staff 何主任", "做恢复码"],
        &[".staff", "添加"],
    ];
    let others: [&[&str]; 3] = [&[".people zzm", "1", "备注"], &[".people zzm", "2", "1", "不得接"], &[".cards zzm", "换卡"]];
    let opened_by: [(&[&str], bool); 2] =
        [(&[".people zzm", "1", "备注", "2468", "怕打雷", "esc"], false), (&[".staff 韩", "工作量", "2468", "60", "esc"], true)];
    for (opening, counts) in opened_by {
        for (lines, is_alone) in alone.iter().map(|l| (l, true)).chain(others.iter().map(|l| (l, false))) {
            for (at, asked) in [("16:31:30", is_alone && !counts), ("16:32:30", is_alone), ("16:36:30", true)] {
                let mut session = alone_at_half_past();
                say(&mut session, opening);
                say(&mut session, &[&format!(".clock {at}")]);
                say(&mut session, lines);
                assert!(session.model.question().is_some(), "{lines:?}: {:?}", session.model.said);
                assert_eq!(asks_pin(&session), asked, "{opening:?}, {at}: {lines:?}: {:?}", session.model.question());
            }
        }
    }
}

/// Where it shows only by an answer that a change is a leader's, the PIN is asked for then; and taking such a change back is one.
#[test]
fn a_pin_that_an_answer_makes_necessary_is_asked_for_before_it_is_entered() {
    let mut session = alone_at_half_past();
    say(&mut session, &[".people zzm", "1", "备注", "2468", "怕打雷"]);
    let records = |session: &Session| session.model.register.children().filter(|c| c.name == "赵小满").count();
    // A second record of a child from whom somebody is barred.
    say(&mut session, &[".people wht", "1", "姓名", "赵小满"]);
    assert!(asks_pin(&session), "{:?}", session.model.said);
    assert_eq!(records(&session), 1, "nothing is entered");
    say(&mut session, &["2468"]);
    assert_eq!(records(&session), 2, "{:?}", session.model.said);
    say(&mut session, &["esc", "esc", ".clock 16:33", ".people zzm", "2", "1", "不得接", "", "", "(2026)民初12号"]);
    let barred = session.model.day.entries().last().unwrap().clone();
    assert!(matches!(barred.fact, Fact::CollectorSet { .. }), "{barred:?}");
    say(&mut session, &["esc", ".undo", "1"]);
    assert!(asks_pin(&session), "{:?}", session.model.said);
}
