//! While nothing can be recorded: the desk answers, what must hold is held, and nobody who came is forgotten.

use std::path::Path;

use caredesk::desk::question::Label;
use caredesk::desk::said::{Hint, Notice, Said};
use caredesk::desk::unrecorded::Cause;
use caredesk::desk::{Dialog, Effect, How, Model, Msg, update};
use caredesk::domain::card::CardNumber;
use caredesk::domain::day::Presence;
use caredesk::domain::fact::{Account, Entry, Fact, Seq};
use caredesk::domain::people::ChildId;
use caredesk::rules::closing::Alarm;
use caredesk::shell::session::Session;
use caredesk::store::{FILE, Store};
use caredesk::texts::Lang;
use caredesk::wording::Words;

use crate::{alone, desk, fresh, lines};

const CAUSES: [Cause; 6] = [Cause::Full, Cause::ReadOnly, Cause::NoPermission, Cause::Disk, Cause::Busy, Cause::Clock];

/// The facts that the desk asks to record, in the order of its effects.
fn asked(effects: &[Effect]) -> Vec<String> {
    effects.iter().filter_map(|e| if let Effect::Record { drafts, .. } = e { Some(format!("{drafts:?}")) } else { None }).collect()
}

/// A line whose every record fails; says what was asked to be recorded.
fn refused(model: &mut Model, line: &str, cause: Cause) -> Vec<String> {
    let now = model.now;
    let mut all = Vec::new();
    let mut effects = update(model, Msg::Line { text: line.to_owned(), how: How::Scanned }, now);
    while !asked(&effects).is_empty() && all.len() < 40 {
        all.extend(asked(&effects));
        effects = update(model, Msg::Failed(cause), now);
    }
    all
}

/// A failed record asks for nothing that failed already, whatever is open and whatever was wanted.
#[test]
fn what_failed_is_asked_for_again_by_nobody_but_a_person() {
    let lines: [&[&str]; 9] = [
        &[".people 陈一诺"],
        &[".people 陈一诺", "1", ".people 陈一诺"],
        &[".people 陈一诺", "453841", "9"],
        &["453841", "9", ".people 陈一诺"],
        &["381544", ".people 宋雅琪", "381544"],
        &["453841", "", "esc", ""],
        &["陈一诺", "挂失", ""],
        &["syq", "请假", "1", ""],
        &["99999999", "99999998", "99999997", "381544"],
    ];
    for cause in CAUSES {
        for lines in lines {
            let mut model = alone().model;
            for line in lines {
                let all = refused(&mut model, line, cause);
                let mut once = all.clone();
                once.sort();
                once.dedup();
                assert_eq!(once.len(), all.len(), "{cause:?} {lines:?} {line}: {all:?}");
            }
        }
    }
}

/// A look that failed is on record once something else is, or with the next line.
#[test]
fn a_look_that_failed_is_recorded_later() {
    let mut model = alone().model;
    assert_eq!(refused(&mut model, ".people 陈一诺", Cause::Busy).len(), 1);
    let now = model.now;
    assert!(asked(&update(&mut model, Msg::Tick, now)).is_empty(), "not by itself");
    assert_eq!(asked(&update(&mut model, Msg::Line { text: String::new(), how: How::Typed }, now)).len(), 1);
}

/// Whoever has the store: nothing is recorded until it is dropped.
fn lock(dir: &Path) -> rusqlite::Connection {
    let other = rusqlite::Connection::open(dir.join(FILE)).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    other
}

/// These lines while nothing can be recorded.
fn locked(session: &mut Session, dir: &Path, during: &[&str]) {
    let other = lock(dir);
    lines(session, during);
    drop(other);
    assert!(!session.model.unrecorded.is_empty(), "{during:?}: {:?}", session.model.said);
}

fn facts(dir: &Path) -> Vec<Entry> {
    let store = Store::open_read_only(dir).unwrap();
    store.entries_between(Seq(1), Seq(i64::MAX)).unwrap()
}

const CHILD: ChildId = ChildId(1); // 陈一诺, card 453841

fn is_in(session: &Session) -> bool {
    matches!(session.model.day.state().presence(CHILD), Presence::In(_))
}

fn is_held(dir: &Path) -> bool {
    facts(dir).iter().any(|e| e.fact == Fact::HeldBack { child: CHILD })
}

/// A hold that could not be written is written as soon as it can be: with whatever is entered next, with time alone, before the desk is
/// closed; and nothing else is said by that.
#[test]
fn a_hold_that_could_not_be_written_is_written_by_the_desk_itself() {
    for by in ["an entry", "time", "quitting"] {
        let dir = tempfile::tempdir().unwrap();
        let mut session = desk(dir.path(), "practice");
        lines(&mut session, &["453841"]);
        locked(&mut session, dir.path(), &["9"]);
        assert!(!is_held(dir.path()), "{by}");
        match by {
            "an entry" => lines(&mut session, &["381544"]),
            "time" => {
                let (mut model, at) = (session.model.clone(), session.model.now.plus_seconds(6));
                assert_eq!(asked(&update(&mut model, Msg::Tick, at)).len(), 1);
                assert!(update(&mut model, Msg::Failed(Cause::Busy), at).is_empty(), "once, and not again at once");
                assert!(update(&mut model, Msg::Tick, at).is_empty());
                assert_eq!(model.said, session.model.said, "nothing else is said");
                assert_eq!(model.unrecorded, session.model.unrecorded);
                lines(&mut session, &[".clock 17:41"]);
                assert!(matches!(session.model.said, Some(Said::Hint(Hint::ClockSet(_)))));
            }
            _ => lines(&mut session, &[".quit", "1"]),
        }
        assert!(is_held(dir.path()), "{by}: {:?} {:?}", session.model.said, session.model.unrecorded);
        assert_eq!(session.has_quit(), by == "quitting");
        lines(&mut session, &["453841", ""]);
        assert!(is_in(&session), "{by}: {:?}", session.model.said);
    }
}

/// While a hold, or that somebody was stopped, or a wrong pass phrase cannot be recorded the desk is not closed; anything else is asked.
#[test]
fn the_desk_is_not_closed_over_a_hold() {
    for (before, during, closes) in [(vec!["453841"], vec!["9"], false), (vec![], vec!["381544"], true)] {
        let dir = tempfile::tempdir().unwrap();
        let mut session = desk(dir.path(), "practice");
        lines(&mut session, &before);
        let other = lock(dir.path());
        lines(&mut session, &during);
        lines(&mut session, &[".quit"]);
        let said = session.model.said.as_ref().map(|said| Words::of(&session.model).said(said)).unwrap_or_default();
        assert_eq!(said.contains("陈一诺"), !closes, "{said}");
        lines(&mut session, &["1"]);
        assert_eq!(session.has_quit(), closes, "{during:?}: {:?}", session.model.said);
        drop(other);
        session.send(Msg::Escape);
    }
}

/// A hold that came too late, for another desk let the child go, is told as that, and stands on record.
#[test]
fn a_hold_that_came_too_late_is_told_as_what_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let (mut here, mut other) = (desk(dir.path(), "practice"), desk(dir.path(), "other"));
    lines(&mut other, &[".7", "830168", "2468"]);
    here.catch_up();
    lines(&mut here, &["453841"]);
    locked(&mut here, dir.path(), &["9"]);
    other.catch_up();
    lines(&mut other, &["453841", ""]);
    assert!(!is_in(&other), "{:?}", other.model.said);
    here.model.notices.clear();
    lines(&mut here, &["esc", ""]);
    let incident = facts(dir.path()).iter().any(|e| format!("{:?}", e.fact).contains("HoldTooLate"));
    assert!(incident, "{:?} {:?}", here.model.said, here.model.unrecorded);
    assert!(here.model.notices.iter().any(|(_, n)| *n == Notice::LeaderTold(CHILD)), "{:?}", here.model.notices);
    assert!(here.model.unrecorded.is_empty());
}

/// An undo that could not be recorded is shown by name and answered by its number; no Enter, and nothing by which a child would not be
/// here that was scanned since, is entered by it.
#[test]
fn an_undo_is_entered_by_nobody_but_its_number() {
    for scanned in [false, true] {
        let dir = tempfile::tempdir().unwrap();
        let mut session = fresh(dir.path(), "practice");
        lines(&mut session, &["453841", "693691", ".clock 17:52", ".undo", "2"]);
        locked(&mut session, dir.path(), &["刷错"]);
        lines(&mut session, &["esc", ".clock 17:55"]);
        if scanned {
            lines(&mut session, &["453841", "esc"]);
        }
        lines(&mut session, &[".clock 18:30", "", ""]);
        assert!(is_in(&session), "{scanned}: {:?}", session.model.said);
        assert!(matches!(session.model.dialog, Some(Dialog::Unrecorded(_))), "{scanned}: {:?}", session.model.said);
        lines(&mut session, &["1"]);
        assert_eq!(is_in(&session), scanned, "by its number: {:?}", session.model.said);
    }
}

/// Children whose arrival waits stand on every list of closing, and the alarms ring for them.
#[test]
fn who_has_come_is_on_every_list_of_closing() {
    let cards = ["453841", "693691", "779093", "159082", "504179", "792339"];
    let dir = tempfile::tempdir().unwrap();
    let mut session = fresh(dir.path(), "practice");
    locked(&mut session, dir.path(), &cards);
    let children: Vec<ChildId> = cards.iter().map(|card| session.model.register.card(&CardNumber::new(*card)).unwrap().child).collect();
    let all = |list: &[ChildId]| children.iter().all(|child| list.contains(child));
    lines(&mut session, &[".4"]);
    let names: Vec<String> = children.iter().map(|c| session.model.register.child(*c).unwrap().name.clone()).collect();
    let panel = format!("{:?}", Words::of(&session.model).roll_panel());
    assert!(names.iter().all(|name| panel.contains(name)) && panel.contains("未记录"), "{panel}");
    lines(&mut session, &["esc", ".clock 17:51"]);
    let rang = |session: &Session| session.model.notices.iter().any(|(_, n)| matches!(n, Notice::Alarm(Alarm::Soon(list)) if all(list)));
    assert!(rang(&session), "{:?}", session.model.notices);
    assert_eq!(session.model.next_deadline().map(caredesk::domain::time::Moment::hhmm), Some("18:00".into()));
    lines(&mut session, &[".clock 18:01"]);
    let ended = session.model.notices.iter().any(|(_, n)| matches!(n, Notice::Alarm(Alarm::Ended(list)) if all(list)));
    assert!(ended, "{:?}", session.model.notices);
    lines(&mut session, &[".5"]);
    let question = session.model.question().unwrap();
    let dialled = |child: &ChildId| question.choices.iter().any(|c| matches!(c.label, Label::Dial { child: of, .. } if of == *child));
    assert!(children.iter().all(dialled), "{question:?}");
    let panel = format!("{:?}", Words::of(&session.model).left_panel());
    assert!(names.iter().all(|name| panel.contains(name)) && panel.contains("未记录"), "{panel}");
    assert_eq!(session.model.counts().inside, 0, "the header counts what is on record");
    // A call about one of them first has its arrival recorded, then is recorded itself.
    let n = question.choices.iter().find(|c| matches!(c.label, Label::Dial { child, .. } if child == CHILD)).map(|c| c.n.to_string()).unwrap();
    lines(&mut session, &[&n, "2"]);
    assert!(is_in(&session), "{:?}", session.model.said);
    let called = facts(dir.path()).iter().any(|e| matches!(e.fact, Fact::Account(Account::Chased { child: CHILD, .. })));
    assert!(called, "{:?}", session.model.said);
}

/// Whoever was to be held and whose arrival is taken back is held first: no undo, and no day, loses a hold.
#[test]
fn no_undo_loses_a_hold() {
    let dir = tempfile::tempdir().unwrap();
    let mut session = fresh(dir.path(), "practice");
    lines(&mut session, &["453841", ".clock 17:43", "453841"]);
    locked(&mut session, dir.path(), &["9"]);
    lines(&mut session, &[".undo", "1"]);
    assert!(is_in(&session) && is_held(dir.path()), "{:?} {:?}", session.model.said, session.model.unrecorded);
}

/// What waits of a child is tried before its card is decided, with the time at which it was: neither a scan of today nor one that fetches
/// the child throws it away.
#[test]
fn an_arrival_that_waits_is_recorded_before_the_next_scan() {
    for (scanned, arrived) in [(".clock 17:50", "09-07 17:40"), (".clock 2026-09-08T16:31", "09-07 17:40")] {
        let dir = tempfile::tempdir().unwrap();
        let mut session = fresh(dir.path(), "practice");
        locked(&mut session, dir.path(), &["453841"]);
        lines(&mut session, &[scanned, "453841"]);
        let times: Vec<String> = facts(dir.path())
            .iter()
            .filter(|e| matches!(e.fact, Fact::Arrived { child: CHILD, .. }))
            .map(|e| e.at.local().format("%m-%d %H:%M").to_string())
            .collect();
        assert_eq!(times, [arrived], "{scanned}: {:?}", session.model.said);
        let asked = session.model.queue.groups().iter().any(|g| g.waiting.iter().any(|w| w.pass.child == CHILD));
        assert!(asked && session.model.unrecorded.is_empty(), "{scanned}: {:?} {:?}", session.model.said, session.model.unrecorded);
        assert!(is_in(&session), "{scanned}");
    }
    // Tried again by its card while nothing can be recorded it keeps its first time.
    let dir = tempfile::tempdir().unwrap();
    let mut session = fresh(dir.path(), "practice");
    locked(&mut session, dir.path(), &["453841", ".clock 17:50", "453841"]);
    assert_eq!(session.model.unrecorded.len(), 1);
    lines(&mut session, &[""]);
    let last = facts(dir.path()).into_iter().rfind(|e| matches!(e.fact, Fact::Arrived { .. })).unwrap();
    assert_eq!(last.at.hhmm(), "17:40");
}

/// An arrival of another day is of that day: who comes today settles nothing of it, at whatever desk.
#[test]
fn another_desk_settles_no_arrival_of_yesterday() {
    let dir = tempfile::tempdir().unwrap();
    let (mut here, mut other) = (fresh(dir.path(), "practice"), fresh(dir.path(), "other"));
    locked(&mut here, dir.path(), &["453841"]);
    lines(&mut other, &[".clock 2026-09-08T16:31", "453841"]);
    here.catch_up();
    assert_eq!(here.model.unrecorded.len(), 1);
}

/// Whether an undo wants a reason is counted from when it was wanted; and what cannot be entered keeps nothing behind it from it.
#[test]
fn enter_goes_to_the_first_that_can_be_entered() {
    let dir = tempfile::tempdir().unwrap();
    let mut session = desk(dir.path(), "practice");
    lines(&mut session, &["453841", ""]);
    assert!(!is_in(&session), "{:?}", session.model.said);
    let coming = session.model.register.card(&CardNumber::new("381544")).unwrap().child;
    locked(&mut session, dir.path(), &[".undo", "1", "381544"]);
    lines(&mut session, &["esc", ".clock 17:59", ""]);
    assert!(matches!(session.model.day.state().presence(coming), Presence::In(_)), "{:?}", session.model.said);
    lines(&mut session, &[""]);
    let by_name = session.model.question().map(|q| Words::of(&session.model).question(&q)).unwrap_or_default();
    assert!(by_name.contains("陈一诺"), "{by_name}");
    lines(&mut session, &["1"]);
    assert!(is_in(&session), "{:?}", session.model.said);
}

/// Who and what: everything that waits is named, in both languages, in the list, the red line, and where it is dropped.
#[test]
fn what_waits_is_named() {
    for lang in [Lang::Zh, Lang::En] {
        let mut model = alone().model;
        model.lang = lang;
        for lines in [&["453841", "9"][..], &["453841", "", ".undo", "1"]] {
            let mut model = model.clone();
            for line in lines {
                if model.unrecorded.is_empty() && (*line == "9" || *line == "1") {
                    refused(&mut model, line, Cause::Busy);
                } else {
                    let (now, mut session) = (model.now, model.clone());
                    let effects = update(&mut session, Msg::Line { text: (*line).to_owned(), how: How::Scanned }, now);
                    for effect in effects {
                        let Effect::Record { drafts, staff, .. } = effect else { continue };
                        let seq = Seq(session.head.0 + 1);
                        let entry = |(n, d): (i64, caredesk::domain::fact::Draft)| Entry {
                            seq: Seq(n),
                            act: seq,
                            day: now.date(),
                            at: now,
                            entered_at: now,
                            desk: session.desk.clone(),
                            staff,
                            fact: d.fact,
                        };
                        let entries = (seq.0..).zip(drafts).map(entry).collect();
                        update(&mut session, Msg::Recorded(entries), now);
                    }
                    model = session;
                }
            }
            let words = Words::of(&model);
            let waiting = model.unrecorded.first().unwrap_or_else(|| panic!("{lines:?}: {:?}", model.said));
            let named = words.unrecorded(waiting);
            assert!(named.contains("陈一诺"), "{lang:?} {lines:?}: {named}");
            let act = if lines.len() == 2 { ["不放行", "held back"] } else { ["撤销", "take back"] };
            assert!(act.iter().any(|act| named.contains(act)), "{lang:?}: {named}");
            assert!(words.trouble().iter().any(|line| line.contains("陈一诺")));
            let dropped = Hint::Dropped(waiting.job.drafts.iter().map(|d| d.fact.clone()).collect());
            assert!(words.said(&Said::Hint(dropped)).contains("陈一诺"));
        }
    }
}

/// A list that was answered is closed, recorded or not: an Enter is no answer to it. And where something cannot be dropped it is said why.
#[test]
fn a_list_that_was_answered_is_closed_and_what_stays_says_why() {
    let dir = tempfile::tempdir().unwrap();
    let mut session = fresh(dir.path(), "practice");
    lines(&mut session, &["453841", "693691"]);
    locked(&mut session, dir.path(), &[".undo", "1"]);
    assert!(session.model.dialog.is_none(), "{:?}", session.model.dialog);
    for (line, why) in [("9", Some(Hint::KeptForSafety)), ("", None)] {
        let mut model = alone().model;
        let now = model.now;
        update(&mut model, Msg::Line { text: "453841".into(), how: How::Scanned }, now);
        refused(&mut model, line, Cause::Busy);
        for text in [".unrecorded", "1"] {
            update(&mut model, Msg::Line { text: text.into(), how: How::Typed }, now);
        }
        let said = if let Some(Said::Hint(hint)) = &model.said { Some(hint.clone()) } else { None };
        assert_eq!(said, why, "{line:?} {:?}", model.question());
        assert_eq!(model.question().map(|q| q.choices.len()), Some(if why.is_some() { 1 } else { 2 }), "{line:?}");
    }
}
