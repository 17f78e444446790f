//! Whoever was shown at the door is on record from then on: while it waits to be said whether the child is taken in, it stands on every
//! closing list, whatever becomes of the question and of the desk (S2.14).

use caredesk::desk::question::Asks;
use caredesk::desk::said::Notice;
use caredesk::domain::fact::{Account, Doubt, Draft, Fact, LeaveReason};
use caredesk::domain::people::{Child, ChildId, Consent};
use caredesk::domain::time::Weekdays;
use caredesk::rules::Verdict;
use caredesk::rules::closing::{Alarm, at_door, not_gone, to_call};
use caredesk::shell::line;
use caredesk::store::{Recorded, Stamp};

use super::*;

const CARD: &str = "453841"; // 陈一诺

/// The practice room at 16:31 with something that speaks against the child's coming today.
fn store_with(dir: &Path, doubt: Doubt) -> (Store, ChildId) {
    let start = practice_day(time_of_day("16:31").unwrap());
    let mut store = Store::open(dir, Kind::Practice, true).unwrap();
    furnish(&mut store, Plan { start, lived_in: false, children: None, seed: 1 }).unwrap();
    let register = store.load(start).unwrap().register;
    let was: Child = register.children().find(|c| c.name == "陈一诺").unwrap().clone();
    let changed = |now: Child| Fact::ChildSet { was: Some(Box::new(was.clone())), now: Box::new(now) };
    let fact = match doubt {
        Doubt::OnLeave => Fact::LeaveTaken { child: was.id, reason: LeaveReason::Ill },
        Doubt::NotToday => changed(Child { enrolled: true, weekdays: Some(Weekdays(0b110_0000)), ..was.clone() }),
        Doubt::NoConsent => changed(Child { consent: Consent::Missing, ..was.clone() }),
    };
    let (head, stamp) = (store.head().unwrap(), Stamp { now: start, desk: "door".to_owned(), staff: None });
    assert!(matches!(store.record(head, &[Draft::from(fact)], &stamp).unwrap(), Recorded::Done(_)));
    (store, was.id)
}

fn asked(session: &Session) -> Option<Verdict> {
    session.model.queue.focus().and_then(|g| g.asking()).map(|w| w.verdict.clone())
}

fn roll(session: &mut Session) -> String {
    serde_json::to_string(&line::answer(session, Some(".4".to_owned()))).unwrap()
}

#[test]
fn whoever_was_shown_at_the_door_stays_on_every_list_until_somebody_says() {
    for doubt in [Doubt::OnLeave, Doubt::NotToday, Doubt::NoConsent] {
        for what in ["nothing", "esc", "next cards", "closed and opened", "dropped and opened", "quit"] {
            let dir = tempfile::tempdir().unwrap();
            let (store, child) = store_with(dir.path(), doubt);
            let mut session = open(store, "practice");
            lines(&mut session, &[CARD]);
            assert_eq!(asked(&session), Some(Verdict::Doubt(doubt)), "{doubt:?}");
            assert_eq!(at_door(session.model.room()), [child], "{doubt:?}");
            let listed = to_call(session.model.room(), session.now()).into_iter().filter(|(id, _)| *id == child);
            assert_eq!(listed.count(), 1, "{doubt:?}: it has not come, and it is here to be asked about");
            assert_eq!(session.model.table.rows()[0].child, child, "{doubt:?}: it stands first on the roster");
            match what {
                "esc" => {
                    lines(&mut session, &["esc"]);
                    assert!(asked(&session).is_none());
                    assert!(session.model.notices.iter().any(|(_, n)| *n == Notice::StillAtDoor(vec![child])), "{doubt:?}");
                }
                "next cards" => lines(&mut session, &["693691", "779093"]),
                "quit" => {
                    lines(&mut session, &[".quit"]);
                    let closes = session.model.question().is_some_and(|q| q.asks == Asks::Choice && session.model.dialog.is_some());
                    assert!(!closes, "{doubt:?}: {:?}", session.model.said);
                }
                "closed and opened" | "dropped and opened" => {
                    if what == "closed and opened" {
                        session.close();
                    } else {
                        drop(session);
                    }
                    session = open(Store::open(dir.path(), Kind::Practice, false).unwrap(), "practice");
                    assert!(session.model.notices.iter().any(|(_, n)| *n == Notice::StillAtDoor(vec![child])), "{doubt:?}");
                }
                _ => {}
            }
            assert!(roll(&mut session).contains("陈一诺"), "{doubt:?} {what}");
            lines(&mut session, &["esc", ".clock 17:51"]);
            lines(&mut session, &[".clock 18:01", ".clock 18:16"]);
            let rings = |is: fn(&Alarm) -> Option<&Vec<ChildId>>| {
                session
                    .model
                    .notices
                    .iter()
                    .any(|(_, n)| if let Notice::Alarm(a) = n { is(a).is_some_and(|list| list.contains(&child)) } else { false })
            };
            assert!(rings(|a| if let Alarm::Soon(list) = a { Some(list) } else { None }), "{doubt:?} {what}");
            assert!(rings(|a| if let Alarm::Ended(list) = a { Some(list) } else { None }), "{doubt:?} {what}");
            assert!(not_gone(session.model.room()).contains(&child), "{doubt:?} {what}");
            let to_call = to_call(session.model.room(), session.now());
            assert_eq!(to_call.iter().filter(|(id, _)| *id == child).count(), 1, "{doubt:?} {what}");
            // Scanned again it is asked as before, and once that is answered it is here and at no door.
            lines(&mut session, &["esc", CARD, "1"]);
            assert_eq!(at_door(session.model.room()), [], "{doubt:?} {what}: {:?}", session.model.said);
            assert!(!session.model.notices.iter().any(|(_, n)| matches!(n, Notice::StillAtDoor(_))), "{doubt:?} {what}");
            assert!(session.model.day.state().presence(child).is_here(), "{doubt:?} {what}: {:?}", session.model.said);
        }
    }
}

#[test]
fn a_no_is_on_record_and_can_be_taken_back() {
    for (answer, inside) in [("1", true), ("2", false)] {
        let dir = tempfile::tempdir().unwrap();
        let (store, child) = store_with(dir.path(), Doubt::OnLeave);
        let mut session = open(store, "practice");
        lines(&mut session, &[CARD, answer]);
        assert!(at_door(session.model.room()).is_empty(), "{answer}");
        assert_eq!(session.model.day.state().presence(child).is_here(), inside, "{answer}");
        assert!(asked(&session).is_none(), "{answer}");
        let refused = session.model.day.entries().iter().any(|e| matches!(e.fact, Fact::Account(Account::NotTakenIn { child: c }) if c == child));
        assert_eq!(refused, !inside, "{answer}");
        lines(&mut session, &[".undo", "1"]);
        assert_eq!(at_door(session.model.room()), [child], "{answer}: {:?}", session.model.said);
        // It comes after all, or again.
        lines(&mut session, &["esc", CARD, "1"]);
        assert!(session.model.day.state().presence(child).is_here(), "{answer}: {:?}", session.model.said);
    }
    // Nobody who is barred from the child, and nobody who is not on duty, says so.
    let dir = tempfile::tempdir().unwrap();
    let (store, child) = store_with(dir.path(), Doubt::OnLeave);
    let mut session = open(store, "nobody here");
    lines(&mut session, &[CARD, "2"]);
    assert_eq!(at_door(session.model.room()), [child], "{:?}", session.model.said);
}

/// Whatever else was entered with it, or comes after it: nothing but yes, no or a stay of its own takes a child off the door, and the end of
/// the day says so.
#[test]
fn nothing_else_takes_a_child_off_the_door() {
    // A batch in which one came and one was asked about is taken back.
    let dir = tempfile::tempdir().unwrap();
    let (store, child) = store_with(dir.path(), Doubt::NotToday);
    let mut session = open(store, "practice");
    lines(&mut session, &[".batch 王老师", CARD, "693691", "2"]);
    assert_eq!(at_door(session.model.room()), [child], "{:?}", session.model.said);
    lines(&mut session, &["esc", "esc", ".undo", "1"]);
    assert!(session.model.day.entries().iter().any(|e| matches!(e.fact, Fact::Undone { .. })), "{:?}", session.model.said);
    assert_eq!(at_door(session.model.room()), [child], "{:?}", session.model.said);
    // Whoever asks who is where is told of it.
    let report =
        caredesk::shell::status::Report::of(&session.model.register, &session.model.settings, session.model.day.state(), session.now(), true);
    assert!(report.text(Lang::Zh).contains("在门口 1") && report.json().contains("\"at_door\":[{"), "{}", report.text(Lang::Zh));
    let by_name = caredesk::wording::Words::of(&session.model).state(child);
    assert!(by_name.contains("在门口"), "{by_name}");
    // The day ends without an answer.
    lines(&mut session, &[".clock 2026-09-08T00:01"]);
    assert!(session.model.notices.iter().any(|(_, n)| *n == Notice::LeftAtDoor(vec![child])), "{:?}", session.model.notices);
    assert!(!session.model.notices.iter().any(|(_, n)| matches!(n, Notice::Lapsed(list) if list.contains(&child))));
    // Came, and went home: at no door any more.
    let dir = tempfile::tempdir().unwrap();
    let (store, child) = store_with(dir.path(), Doubt::OnLeave);
    let mut session = open(store, "practice");
    lines(&mut session, &[CARD, "1", ".clock 17:50", CARD, ""]);
    assert!(!session.model.day.state().presence(child).is_here(), "{:?}", session.model.said);
    assert!(at_door(session.model.room()).is_empty());
}
