//! Siblings stand in front together: each has a list of its own, and one person takes them. And what was answered before a hold, or
//! before a write that failed, lets nobody go afterwards.

use caredesk::desk::Dialog;
use caredesk::desk::actions::Action;
use caredesk::desk::clock::HeldScan;
use caredesk::desk::question::Label;
use caredesk::desk::record::Job;
use caredesk::desk::said::{Hint, Notice, Said};
use caredesk::desk::unrecorded::{Cause, Unrecorded};
use caredesk::desk::{How, Model, Msg, update};
use caredesk::domain::card::CardNumber;
use caredesk::domain::day::Presence;
use caredesk::domain::fact::{Account, Entry, Fact, Incident, Means, Seq, Taker};
use caredesk::domain::people::{Child, Right};
use caredesk::domain::settings::ReleaseOn;
use caredesk::rules::closing::Alarm;
use caredesk::rules::pass::Proof;
use caredesk::rules::{Act, Objection, Pass, Request, Verdict};
use caredesk::shell::session::Session;
use caredesk::store::{Kind, Stamp, Store};

use crate::{alone, desk, fresh, lines};

/// 陈一诺 and 陈一鸣, of one household; 姑姑甲 is named today for 陈一诺 alone.
fn with_an_aunt() -> Session {
    let mut session = alone();
    lines(&mut session, &["陈一诺", "5", "姑姑甲", "姑姑", "13911112222", "1", "1", "1"]);
    session
}

/// Everybody to whom children went, by name, in the last act.
fn went_to(session: &Session) -> Vec<(String, String)> {
    let register = &session.model.register;
    let last = session.model.day.entries().iter().rev().find(|e| matches!(e.fact, Fact::Released { .. })).map(|e| e.act);
    let released = session.model.day.entries().iter().filter(|e| Some(e.act) == last);
    let gone =
        released.filter_map(|e| if let Fact::Released { child, taker: Taker::Collector(taker), .. } = e.fact { Some((child, taker)) } else { None });
    gone.map(|(child, taker)| (register.child(child).unwrap().name.clone(), register.collector(taker).unwrap().name.clone())).collect()
}

#[test]
fn whoever_is_picked_takes_only_those_on_whose_list_that_person_is() {
    let mut session = with_an_aunt();
    lines(&mut session, &["453841", "693691"]);
    let question = session.model.question().unwrap();
    let aunt = |l: &Label| matches!(l, Label::Taker { collector, .. } if session.model.register.collector(*collector).unwrap().name == "姑姑甲");
    let n = question.choices.iter().find(|c| aunt(&c.label)).map(|c| c.n).expect("she is on the list of 陈一诺").to_string();
    lines(&mut session, &[&n]);
    assert_eq!(went_to(&session), [("陈一诺".to_owned(), "姑姑甲".to_owned())]);
    let left = session.model.register.children().find(|c| c.name == "陈一鸣").unwrap().id;
    assert!(matches!(session.model.day.state().presence(left), Presence::In(_)));
    assert!(session.model.queue.groups().iter().flat_map(|g| &g.waiting).any(|w| w.pass.child == left), "it waits with its own question");
}

#[test]
fn enter_lets_siblings_go_with_one_person() {
    // One has its card with the father, the other with the mother.
    let mut session = alone();
    lines(&mut session, &["453841", "693691", "esc", ".undo", "esc"]);
    let one = session.model.register.children().find(|c| c.name == "陈一诺").unwrap().id;
    let father = session.model.register.collectors(one).nth(1).unwrap().id;
    session.send(Msg::Line { text: "453841".to_owned(), how: How::Scanned });
    session.send(Msg::Line { text: "693691".to_owned(), how: How::Scanned });
    let mut model = session.model.clone();
    for waiting in model.queue.groups().iter().flat_map(|g| &g.waiting).map(|w| w.pass.clone()).collect::<Vec<_>>() {
        if waiting.child == one {
            let mut pass = waiting;
            pass.answers.taker = Some(father);
            let now = model.now;
            let household = model.register.child(one).unwrap().household;
            model.queue.put(household, pass, caredesk::rules::Verdict::Out, now);
        }
    }
    let now = model.now;
    update(&mut model, Msg::Mark { down: true }, now);
    model.marked = None;
    let effects = update(&mut model, Msg::Line { text: String::new(), how: How::Scanned }, now);
    let takers: Vec<_> = effects
        .iter()
        .filter_map(|e| if let caredesk::desk::Effect::Record { drafts, .. } = e { Some(drafts) } else { None })
        .flatten()
        .filter_map(|d| if let Fact::Released { taker: Taker::Collector(taker), .. } = d.fact { Some(taker) } else { None })
        .map(|id| session.model.register.collector(id).unwrap().name.clone())
        .collect();
    assert!(!takers.is_empty(), "{effects:?}");
    assert!(takers.iter().all(|t| *t == takers[0]), "{takers:?}");
}

#[test]
fn what_was_answered_before_another_desk_held_the_child_counts_no_more() {
    let dir = tempfile::tempdir().unwrap();
    let mut here = desk(dir.path(), "practice");
    let mut there = desk(dir.path(), "other");
    lines(&mut there, &[".7", "830168", "2468"]);
    lines(&mut here, &[".clock 18:10"]);
    here.catch_up();
    lines(&mut here, &["112018", "1"]);
    let late = here.model.question().unwrap();
    assert!(matches!(late.choices.first().map(|c| &c.label), Some(Label::Late(_))), "{late:?}");
    there.catch_up();
    lines(&mut there, &["112018", "9", "1", "何主任", "2468"]);
    here.catch_up();
    let child = here.model.register.children().find(|c| c.name == "赵小满").unwrap().id;
    lines(&mut here, &["1", "1", "", ""]);
    assert!(matches!(here.model.day.state().presence(child), Presence::In(_)), "{:?}", here.model.said);
}

/// A child whose card was read is not forgotten because the question about it has gone: it is taken in, or waits for an Enter.
#[test]
fn whoever_waited_for_a_question_that_has_gone_is_taken_in() {
    let child = |session: &Session, name: &str| session.model.register.children().find(|c| c.name == name).unwrap().id;
    // The leave is taken back at this desk, or at the next.
    for there in [false, true] {
        let dir = tempfile::tempdir().unwrap();
        let mut here = desk(dir.path(), "practice");
        let mut other = desk(dir.path(), "other");
        lines(&mut other, &[".7", "830168", "2468"]);
        here.catch_up();
        let who = child(&here, "宋雅琪");
        lines(if there { &mut other } else { &mut here }, &["syq", "请假", "1"]);
        here.catch_up();
        lines(&mut here, &["381544"]);
        assert!(here.model.queue.groups().iter().any(|g| g.waiting.iter().any(|w| w.pass.child == who)));
        lines(if there { &mut other } else { &mut here }, &[".undo", "1"]);
        here.catch_up();
        here.send(Msg::Tick);
        assert!(matches!(here.model.day.state().presence(who), Presence::In(_)), "{there}: {:?}", here.model.said);
        assert!(here.model.queue.groups().is_empty());
    }
}

/// Whom nobody answered on the day on which it was shown is not brought on another: that is said by name, and a fresh scan takes
/// it in.
#[test]
fn who_waited_yesterday_is_not_taken_in_today() {
    // The day turns by the clock of this desk, or by what another has entered.
    for there in [false, true] {
        let dir = tempfile::tempdir().unwrap();
        let (mut here, mut other) = (desk(dir.path(), "practice"), desk(dir.path(), "other"));
        lines(&mut other, &[".7", "830168", "2468"]);
        here.catch_up();
        let who = here.model.register.children().find(|c| c.name == "宋雅琪").unwrap().id;
        lines(&mut here, &["syq", "请假", "1", "381544"]);
        assert!(here.model.queue.groups().iter().any(|g| g.waiting.iter().any(|w| w.pass.child == who)));
        let tomorrow = here.now().plus_seconds(86_400).local().format(".clock %Y-%m-%dT16:30").to_string();
        if there {
            lines(&mut other, &[&tomorrow, ".7", "526014", "2468"]);
            here.catch_up();
            here.send(Msg::Tick);
        } else {
            lines(&mut here, &[&tomorrow]);
        }
        assert!(matches!(here.model.day.state().presence(who), Presence::NotHere), "{there}: {:?}", here.model.said);
        let named = here.model.notices.iter().any(|(_, n)| matches!(n, Notice::LeftAtDoor(children) if children.contains(&who)));
        assert!(named && here.model.queue.groups().iter().all(|g| g.waiting.iter().all(|w| w.pass.child != who)), "{there}");
        lines(&mut here, &[&tomorrow, "381544"]);
        assert!(matches!(here.model.day.state().presence(who), Presence::In(_)), "{there}: {:?}", here.model.said);
    }
}

/// Something that stands against one of several children is said by name; the others are entered.
#[test]
fn of_several_children_one_that_cannot_come_keeps_no_other_out() {
    let at = |session: &Session, name: &str| {
        let child = session.model.register.children().find(|c| c.name == name).unwrap().id;
        matches!(session.model.day.state().presence(child), Presence::In(_))
    };
    let names = ["周子墨", "宋雅琪", "王子涵"];
    // Another desk takes one in before the count is said.
    let dir = tempfile::tempdir().unwrap();
    let (mut here, mut other) = (fresh(dir.path(), "practice"), fresh(dir.path(), "other"));
    lines(&mut here, &[".batch 吴老师", "110031", "381544", "159082"]);
    lines(&mut other, &["381544"]);
    here.catch_up();
    lines(&mut here, &["", "3"]);
    assert_eq!(names.map(|name| at(&here, name)), [true; 3], "{:?}", here.model.said);
    let said = |session: &Session, objection: &Objection| session.model.notices.iter().any(|(_, n)| *n == Notice::Refused(objection.clone()));
    let one = here.model.register.children().find(|c| c.name == "宋雅琪").unwrap().id;
    assert!(said(&here, &Objection::AlreadyHere(one)), "{:?}", here.model.notices);
    // A bar comes to fit the escort of one: the leader is told of that one, the others come in.
    let dir = tempfile::tempdir().unwrap();
    let (mut here, other) = (fresh(dir.path(), "practice"), fresh(dir.path(), "other"));
    lines(&mut here, &[".batch 吴老师", "110031", "381544", "159082"]);
    let barred = other.model.register.collectors(one).next().unwrap().clone();
    let now = caredesk::domain::people::Collector { name: "吴老师".into(), right: caredesk::domain::people::Right::Barred, ..barred.clone() };
    let fact = Fact::CollectorSet { was: Some(Box::new(barred)), now: Box::new(now) };
    other.close();
    let mut store = Store::open(dir.path(), Kind::Practice, false).unwrap();
    let (head, stamp) = (store.head().unwrap(), Stamp { now: here.now(), desk: "other".into(), staff: None });
    store.record(head, &[fact.into()], &stamp).unwrap();
    here.catch_up();
    lines(&mut here, &["", "3"]);
    assert_eq!(names.map(|name| at(&here, name)), [true, false, true], "{:?}", here.model.said);
    assert!(said(&here, &Objection::LeaderNeeded(one)), "{:?}", here.model.notices);
    let told = here.model.day.entries().iter().any(|e| matches!(e.fact, Fact::Account(Account::Incident { child, .. }) if child == one));
    assert!(told, "the leader is told");
}

/// Another desk may be ahead by seconds: what it enters moves the time here past no alarm, and into no new day unsaid.
#[test]
fn what_another_desk_enters_a_little_ahead_silences_nothing() {
    for (here_at, there_at, wanted) in [("17:59", "18:00", "ended"), ("23:59", "2026-09-08T00:00", "new day")] {
        let dir = tempfile::tempdir().unwrap();
        let (mut here, mut other) = (desk(dir.path(), "practice"), desk(dir.path(), "other"));
        lines(&mut here, &[&format!(".clock {here_at}")]);
        here.forget_told();
        here.model.notices.clear();
        lines(&mut other, &[&format!(".clock {there_at}"), ".7", "526014", "2468"]);
        here.catch_up();
        here.send(Msg::Tick);
        let said = here.model.notices.iter().any(|(_, n)| match wanted {
            "ended" => matches!(n, Notice::Alarm(Alarm::Ended(_))),
            _ => *n == Notice::NewDay,
        });
        assert!(said && here.model.now.ms >= other.now().ms - 60_000, "{wanted}: {:?} {:?}", here.model.now, here.model.notices);
    }
}

/// A card is read now, or was while the time was not known.
fn shown(session: &mut Session, card: &str, held: bool) {
    let (text, how, at) = (card.to_owned(), How::Scanned, session.now());
    session.send(if held { Msg::Held(HeldScan { text, how, at }) } else { Msg::Line { text, how } });
}

/// Where a scan alone releases, what was shown a while ago (held until the time was known) takes a child in, and lets none go: it is
/// asked about.
#[test]
fn a_scan_that_was_held_lets_nobody_go_by_itself() {
    for held in [false, true] {
        let mut session = alone();
        (session.model.base.release_on, session.model.settings.release_on) = (ReleaseOn::Scan, ReleaseOn::Scan);
        let child = session.model.register.children().find(|c| c.name == "陈一诺").unwrap().id;
        shown(&mut session, "453841", held);
        let is_in = matches!(session.model.day.state().presence(child), Presence::In(_));
        let waits = session.model.queue.groups().iter().any(|g| g.waiting.iter().any(|w| w.pass.child == child && w.verdict == Verdict::Out));
        assert_eq!((is_in, waits), (held, held), "{:?}", session.model.said);
        let coming = session.model.register.children().find(|c| c.name == "宋雅琪").unwrap().id;
        shown(&mut session, "381544", held);
        assert!(matches!(session.model.day.state().presence(coming), Presence::In(_)), "{held}");
        lines(&mut session, &[""]);
        assert!(!matches!(session.model.day.state().presence(child), Presence::In(_)), "an Enter lets it go: {held}");
    }
}

/// A call about the only person who is named is about that person, whomever another desk names while it goes on.
#[test]
fn a_call_back_stays_about_the_one_of_whom_it_was_asked() {
    let dir = tempfile::tempdir().unwrap();
    let (mut here, mut other) = (desk(dir.path(), "practice"), desk(dir.path(), "other"));
    lines(&mut other, &[".7", "830168", "2468"]);
    here.catch_up();
    lines(&mut here, &["陈一诺", "今日授权", "姑姑甲", "姑姑", "13911112222", "1", "1", "3"]);
    let right = |session: &Session, name: &str| session.model.register.all_collectors().find(|c| c.name == name).unwrap().right;
    assert!(matches!(right(&here, "姑姑甲"), Right::OneDay { confirmed: false, .. }), "{:?}", here.model.said);
    lines(&mut here, &["陈一诺", "回拨核实", "1"]);
    other.catch_up();
    lines(&mut other, &["陈一诺", "回拨核实", "1", "1"]);
    lines(&mut other, &["陈一诺", "今日授权", "姑姑乙", "姑姑", "13911113333", "1", "1", "3"]);
    assert!(matches!(right(&other, "姑姑甲"), Right::OneDay { confirmed: true, .. }), "{:?}", other.model.said);
    here.catch_up();
    lines(&mut here, &["1", "1", "1"]);
    assert!(matches!(right(&here, "姑姑乙"), Right::OneDay { confirmed: false, .. }), "nobody was asked about her: {:?}", here.model.said);
}

/// What was scanned while nobody said what time it is, on a day that is over, is named and decided no more; a number typed by hand
/// is still one.
#[test]
fn a_held_scan_has_its_day_and_its_hand() {
    let mut session = alone();
    let coming = session.model.register.children().find(|c| c.name == "宋雅琪").unwrap().id;
    let at = session.now().plus_seconds(-86_400);
    session.send(Msg::Held(HeldScan { text: "381544".to_owned(), how: How::Scanned, at }));
    assert!(matches!(session.model.day.state().presence(coming), Presence::NotHere));
    assert!(session.model.notices.iter().any(|(_, n)| *n == Notice::Lapsed(vec![coming])), "{:?}", session.model.notices);
    let at = session.now();
    session.send(Msg::Held(HeldScan { text: "381544".to_owned(), how: How::Typed, at }));
    let means = session
        .model
        .day
        .entries()
        .iter()
        .find_map(|e| if let Fact::Arrived { child, means, .. } = e.fact { (child == coming).then_some(means) } else { None });
    assert_eq!(means, Some(Means::Typed));
    // What is held moves with the time that is agreed on.
    for (step, same_day) in [(3600, true), (86_400, true)] {
        let mut model = session.model.clone();
        model.held.push_back(HeldScan { text: "453841".to_owned(), how: How::Scanned, at: model.now.plus_seconds(-60) });
        let now = model.now.plus_seconds(step);
        model.time_is_known(now);
        assert_eq!(model.held[0].at, now.plus_seconds(-60), "{step}");
        assert_eq!(model.held[0].at.date() == now.date(), same_day);
    }
}

/// Children who were scanned into a batch, and any form that is half filled, are there again after a verdict in front was answered.
#[test]
fn a_verdict_that_is_answered_over_a_form_throws_nothing_away() {
    let kept = |session: &Session| match &session.model.dialog {
        Some(Dialog::Form(form)) => (Some(form.kind.clone()), form.values.len()),
        _ => (None, 0),
    };
    let batch: &[&str] = &[".batch 李老师", "381544", "110031"];
    let today: &[&str] = &["王子涵", "今日授权", "姑姑甲", "姑姑"];
    // A child at another place stands in front; then each of its answers.
    let answers: [&[&str]; 6] = [&["1"], &["1", "1"], &["2", "esc"], &["2", "1750", "1", "1", "1", ""], &["esc"], &["2", "1750", "esc"]];
    for form in [batch, today] {
        for answer in answers {
            let dir = tempfile::tempdir().unwrap();
            let mut session = fresh(dir.path(), "practice");
            lines(&mut session, &["453841", "159082", "陈一诺", "换地点", "操场", ".clock 17:43", "453841"]);
            lines(&mut session, form);
            let before = kept(&session);
            assert!(before.1 >= 2, "{form:?}: {:?} {:?}", session.model.dialog, session.model.said);
            assert!(!session.model.queue.is_empty(), "{:?}", session.model.said);
            session.send(Msg::Next);
            lines(&mut session, answer);
            for _ in 0..4 {
                if kept(&session).0 != before.0 {
                    session.send(Msg::Escape);
                }
            }
            assert_eq!(kept(&session), before, "{form:?} {answer:?}: {:?} {:?}", session.model.dialog, session.model.said);
        }
    }
    // Whatever is looked at meanwhile, a batch that holds children comes back.
    for command in [".4", ".5", ".7", ".1", ".undo", ".3"] {
        let dir = tempfile::tempdir().unwrap();
        let mut session = fresh(dir.path(), "practice");
        lines(&mut session, batch);
        let before = kept(&session);
        lines(&mut session, &[command]);
        for _ in 0..3 {
            if kept(&session) != before {
                session.send(Msg::Escape);
            }
        }
        assert_eq!(kept(&session), before, "{command}: {:?}", session.model.dialog);
    }
}

/// Of two requests out of one line each is decided on what the one before leaves, another desk's hold too.
#[test]
fn of_two_requests_the_second_is_decided_on_what_the_first_leaves() {
    let dir = tempfile::tempdir().unwrap();
    let mut here = desk(dir.path(), "practice");
    let mut there = desk(dir.path(), "other");
    lines(&mut there, &[".7", "830168", "2468"]);
    here.catch_up();
    lines(&mut here, &[".clock 18:05"]);
    lines(&mut there, &[".clock 18:05"]);
    here.catch_up();
    let child = here.model.register.children().find(|c| c.name == "陈一诺").unwrap().id;
    lines(&mut here, &["453841", "1"]);
    assert!(
        here.model.queue.groups().iter().any(|g| g.waiting.iter().any(|w| w.pass.child == child && w.verdict == Verdict::Out)),
        "{:?}",
        here.model.queue
    );
    lines(&mut here, &["999999", "999999"]);
    there.catch_up();
    lines(&mut there, &["453841", "1", "9"]);
    assert!(there.model.day.state().child(child).unwrap().held.is_some(), "{:?}", there.model.said);
    lines(&mut here, &[""]);
    lines(&mut here, &[""]);
    assert!(matches!(here.model.day.state().presence(child), Presence::In(_)), "the hold was first: {:?}", here.model.said);
}

/// A clock that is set forward passes no alarm unsaid, nor a midnight.
#[test]
fn the_time_that_somebody_says_silences_nothing() {
    let session = alone();
    for (step, ends, new_day) in [(300, false, false), (30 * 60, true, false), (86_400, true, true)] {
        let mut model = session.model.clone();
        model.notices.clear();
        let now = model.now.plus_seconds(step);
        model.time_is_known(now);
        let said = |wanted: fn(&Notice) -> bool| model.notices.iter().any(|(_, n)| wanted(n));
        assert_eq!(said(|n| matches!(n, Notice::Alarm(Alarm::Ended(_)))), ends, "{step}: {:?}", model.notices);
        assert_eq!((said(|n| *n == Notice::NewDay), said(|n| *n == Notice::StillOpen)), (new_day, new_day), "{step}: {:?}", model.notices);
        assert_eq!(model.now, now);
        // The same when everything is read anew up to an entry of another desk.
        let mut model = session.model.clone();
        model.notices.clear();
        let (register, day, head) = (model.register.clone(), model.day.clone(), model.head);
        model.read_anew(register, if new_day { day.next(now.date()) } else { day }, head, Some(now));
        let said = |wanted: fn(&Notice) -> bool| model.notices.iter().any(|(_, n)| wanted(n));
        assert_eq!(said(|n| matches!(n, Notice::Alarm(Alarm::Ended(_)))), ends, "{step}: {:?}", model.notices);
        assert_eq!(said(|n| *n == Notice::NewDay), new_day, "{step}: {:?}", model.notices);
    }
}

/// What a leader's PIN opened is closed when somebody says what time it is: its minutes are not counted any more.
#[test]
fn a_time_that_somebody_says_closes_what_a_pin_opened() {
    for step in [-8 * 3600, -60, 60, 8 * 3600] {
        let mut model = alone().model;
        let leader = model.register.staff().find(|s| s.role == caredesk::domain::people::Role::Leader).unwrap().id;
        model.keeper = Some(caredesk::desk::keeper::Keeper { staff: leader, at: model.now, alone: true });
        assert_eq!(model.keeper(), Some(leader));
        let now = model.now.plus_seconds(step);
        model.time_is_known(now);
        assert_eq!(model.keeper(), None, "{step}");
    }
}

/// An answer about one sibling decides nothing about another that waits with its own question.
#[test]
fn an_answer_about_one_sibling_lets_no_other_go() {
    for answer in ["9", "1", "2", ""] {
        let mut session = alone();
        (session.model.base.release_on, session.model.settings.release_on) = (ReleaseOn::Scan, ReleaseOn::Scan);
        let child = |name: &str| session.model.register.children().find(|c| c.name == name).unwrap();
        let (one, other) = (child("陈一诺").id, child("陈一鸣").id);
        let household = child("陈一诺").household;
        let number = |id| session.model.register.cards_of(id)[0].number.clone();
        let pass = |id| Pass::new(id, Proof::Card { number: number(id), means: Means::Scanned, own: true });
        let (asked, waits) = (pass(one), pass(other));
        let now = session.model.now;
        let (first, second) = (Verdict::Who, Verdict::Out);
        session.model.queue.put(household, asked, first, now);
        session.model.queue.put(household, waits, second, now);
        lines(&mut session, &[answer]);
        assert!(matches!(session.model.day.state().presence(other), Presence::In(_)), "{answer}: {:?}", session.model.said);
        let still = session.model.queue.groups().iter().flat_map(|g| &g.waiting).any(|w| w.pass.child == other);
        assert!(still, "{answer}: it waits with its own question");
    }
}

/// A hold that came while a leader was typing is not lifted by what the leader decided about the one before.
#[test]
fn a_hold_that_came_meanwhile_is_decided_anew() {
    let dir = tempfile::tempdir().unwrap();
    let (mut here, mut there) = (desk(dir.path(), "practice"), desk(dir.path(), "other"));
    lines(&mut there, &[".7", "830168", "2468"]);
    here.catch_up();
    let child = here.model.register.children().find(|c| c.name == "陈一诺").unwrap().id;
    lines(&mut here, &[".clock 18:05", "453841", "1", "9"]);
    assert!(here.model.day.state().child(child).unwrap().held.is_some(), "{:?}", here.model.said);
    lines(&mut here, &["453841", "1", "何主任"]);
    assert!(matches!(here.model.dialog, Some(Dialog::Form(_))), "{:?}", here.model.said);
    there.catch_up();
    let head = there.model.head;
    there.send(Msg::News(Vec::new()));
    let mut store = Store::open(dir.path(), Kind::Practice, false).unwrap();
    let stamp = Stamp { now: here.now(), desk: "other".into(), staff: None };
    store.record(head, &[Fact::HeldBack { child }.into()], &stamp).unwrap();
    here.catch_up();
    lines(&mut here, &["2468"]);
    assert!(here.model.day.state().child(child).unwrap().held.is_some(), "{:?}", here.model.said);
    assert!(here.model.notices.iter().any(|(_, n)| *n == Notice::ChangedElsewhere(child)), "{:?}", here.model.notices);
}

/// Questions of yesterday are not answered today: who waited is named, whatever was asked.
#[test]
fn a_question_of_yesterday_is_not_answered_today() {
    for verdict in [Verdict::TypedSchoolCard, Verdict::Doubt(caredesk::domain::fact::Doubt::NotToday), Verdict::Who, Verdict::Out] {
        let mut session = alone();
        let coming = session.model.register.children().find(|c| c.name == "宋雅琪").unwrap();
        let (id, household) = (coming.id, coming.household);
        let number = session.model.register.cards_of(id)[0].number.clone();
        let pass = Pass::new(id, Proof::Card { number, means: Means::Typed, own: false });
        let now = session.model.now;
        session.model.queue.put(household, pass, verdict.clone(), now);
        let tomorrow = now.plus_seconds(86_400).local().format(".clock %Y-%m-%dT16:40").to_string();
        lines(&mut session, &[&tomorrow]);
        assert!(session.model.queue.is_empty(), "{verdict:?}");
        let named = session.model.notices.iter().any(|(_, n)| matches!(n, Notice::Lapsed(children) if children.contains(&id)));
        assert!(named, "{verdict:?}: {:?}", session.model.notices);
        lines(&mut session, &["", "1"]);
        assert!(matches!(session.model.day.state().presence(id), Presence::NotHere), "{verdict:?}");
    }
}

/// A hold closes every form that comes to who takes the child, in front or set aside: nothing that was answered before it counts.
#[test]
fn a_hold_closes_every_form_about_who_takes_the_child() {
    for kind in ["无卡", "暂离", "other child"] {
        for aside in [false, true] {
            let dir = tempfile::tempdir().unwrap();
            let mut here = desk(dir.path(), "practice");
            let id = |session: &Session, name: &str| session.model.register.children().find(|c| c.name == name).unwrap().id;
            let (child, other) = (id(&here, "陈一诺"), id(&here, "王子涵"));
            let held = if kind == "other child" { other } else { child };
            lines(&mut here, &["陈一诺", if kind == "other child" { "无卡" } else { kind }]);
            assert!(matches!(here.model.dialog, Some(Dialog::Form(_))), "{kind}: {:?}", here.model.said);
            let before = here.model.dialog.clone();
            if aside {
                // A verdict in front asks in a form of its own.
                lines(&mut here, &["159082"]);
                here.send(Msg::Next);
                lines(&mut here, &["9"]);
                here.send(Msg::Next);
            }
            let mut store = Store::open(dir.path(), Kind::Practice, false).unwrap();
            let (head, stamp) = (store.head().unwrap(), Stamp { now: here.now(), desk: "other".into(), staff: None });
            store.record(head, &[Fact::HeldBack { child: held }.into()], &stamp).unwrap();
            here.catch_up();
            here.send(Msg::Tick);
            for _ in 0..4 {
                if here.model.dialog != before {
                    here.send(Msg::Escape);
                }
            }
            assert_eq!(here.model.dialog == before, kind == "other child", "{kind} {aside}: {:?}", here.model.dialog);
        }
    }
}

/// A no is entered whoever acts at the desk, or nobody; what waits with one is held, not only shown as held.
#[test]
fn a_no_is_a_hold_with_nobody_at_the_desk() {
    let mut session = alone();
    let child = session.model.register.children().find(|c| c.name == "陈一诺").unwrap();
    let (id, household) = (child.id, child.household);
    let number = session.model.register.cards_of(id)[0].number.clone();
    let mut pass = Pass::new(id, Proof::Card { number, means: Means::Scanned, own: true });
    let father = session.model.register.collectors(id).nth(1).unwrap().id;
    (pass.answers.somebody_else, pass.answers.call) =
        (true, Some(caredesk::rules::collect::Vouch::Called(father, caredesk::domain::fact::CallResult::No)));
    // Nobody acts here.
    let off: Vec<_> = session.model.register.staff().map(|s| s.id).filter(|s| session.model.day.state().is_on_duty(*s)).collect();
    for staff in off {
        let fact = Fact::SignedOff { staff, by: None, reason: None };
        let now = session.now();
        let seq = caredesk::domain::fact::Seq(session.model.head.0 + 1);
        let entry =
            caredesk::domain::fact::Entry { seq, act: seq, day: now.date(), at: now, entered_at: now, desk: "other".into(), staff: None, fact };
        session.send(Msg::News(vec![entry]));
    }
    assert_eq!(session.model.room().actor(), None);
    let now = session.model.now;
    let decision = caredesk::rules::decide(session.model.room(), &caredesk::rules::Request::Passes(vec![pass.clone()]), now);
    assert!(decision.drafts.iter().any(|d| matches!(d.fact, Fact::HeldBack { .. })), "{decision:?}");
    assert!(decision.drafts.iter().any(|d| matches!(d.fact, Fact::Called { .. })), "what was said is kept: {decision:?}");
    // Also of what is entered afterwards.
    let afterwards = Pass { at: Some(now.plus_seconds(-120)), ..pass.clone() };
    let decision = caredesk::rules::decide(session.model.room(), &caredesk::rules::Request::Passes(vec![afterwards]), now);
    assert!(decision.drafts.iter().any(|d| matches!(d.fact, Fact::HeldBack { .. })), "{decision:?}");
    // Decided again, it asks the store for the hold.
    let mut model = session.model.clone();
    model.queue.put(household, pass, Verdict::NobodyOnDuty, now);
    let effects = update(&mut model, Msg::News(vec![session.model.day.entries().last().unwrap().clone()]), now);
    let asked = effects
        .iter()
        .any(|e| matches!(e, caredesk::desk::Effect::Record { drafts, .. } if drafts.iter().any(|d| matches!(d.fact, Fact::HeldBack { .. }))));
    assert!(asked, "{effects:?}");
}

/// What was shown with a question says who stands there for two minutes, whatever the question: it stays, and it is shown again. What
/// keeps a child here is taken all the same.
#[test]
fn what_was_shown_long_ago_is_shown_again() {
    for (card, before, answer, wanted) in [
        ("693691", &["2"][..], "1", true), // the family is called about whom nobody expects, and says yes
        ("693691", &["2"], "2", false),    // or no
        ("112018", &[], "1", true),        // of whom somebody is barred: who is it?
        ("112018", &[], "9", false),       // somebody else
    ] {
        for late in [false, true] {
            let mut session = alone();
            let child = session.model.register.card(&CardNumber::new(card)).unwrap().child;
            lines(&mut session, &[card]);
            lines(&mut session, before);
            let asked = |session: &Session| session.model.queue.focus().and_then(|g| g.asking()).map(|w| w.verdict.clone());
            let question = asked(&session);
            assert!(matches!(question, Some(Verdict::Who | Verdict::WhoCall { .. })), "{card}: {question:?}");
            if late {
                let later = session.now().plus_seconds(125).local().format(".clock %Y-%m-%dT%H:%M:%S").to_string();
                lines(&mut session, &[&later]);
            }
            assert_eq!(asked(&session), question, "the question stays");
            lines(&mut session, &[answer]);
            let again = matches!(session.model.said, Some(Said::Hint(Hint::ShowAgain(c))) if c == child);
            assert_eq!(again, wanted && late, "{card} {answer} {late}: {:?}", session.model.said);
            if again {
                assert_eq!(asked(&session), question, "and still");
                lines(&mut session, &[card]);
                lines(&mut session, before);
                lines(&mut session, &[answer]);
                assert!(!matches!(session.model.said, Some(Said::Hint(_))), "a fresh scan goes on: {:?}", session.model.said);
            }
        }
    }
}

/// Nor does a card that waits with an old question open stepping out: it is asked for.
#[test]
fn stepping_out_asks_for_the_card_that_was_shown_long_ago() {
    for late in [false, true] {
        let mut session = alone();
        lines(&mut session, &["112018"]);
        if late {
            let later = session.now().plus_seconds(125).local().format(".clock %Y-%m-%dT%H:%M:%S").to_string();
            lines(&mut session, &[&later]);
        }
        lines(&mut session, &["赵小满"]);
        let n = session.model.question().unwrap().choices.iter().find(|c| c.label == Label::Action(Action::StepOut)).map(|c| c.n.to_string());
        lines(&mut session, &[&n.unwrap()]);
        assert_eq!(matches!(session.model.dialog, Some(Dialog::Form(_))), late, "{:?}", session.model.dialog);
    }
}

/// That somebody was stopped, which could not be recorded, keeps a child from going home alone, and nobody drops it.
#[test]
fn a_stop_that_was_not_recorded_keeps_a_child_from_going_alone() {
    for stopped in [false, true] {
        let mut model = alone().model;
        let now = model.now;
        let child = model.register.card(&CardNumber::new("453841")).unwrap().child; // grade 4
        let was = model.register.child(child).unwrap().clone();
        let now_alone = Child { self_leave: true, ..was.clone() };
        let fact = Fact::ChildSet { was: Some(Box::new(was)), now: Box::new(now_alone) };
        let seq = Seq(model.head.0 + 1);
        let entry = Entry { seq, act: seq, day: now.date(), at: now, entered_at: now, desk: "other".into(), staff: None, fact };
        update(&mut model, Msg::News(vec![entry]), now);
        if stopped {
            let named = Act::Note { child, text: "x".into() };
            let stop = Fact::Account(Account::Incident { child, kind: Incident::NamingStopped });
            let job = Job::new(Request::Act(named), vec![stop.into()]);
            model.unrecorded.push(Unrecorded { job, at: now, cause: Cause::Full });
        }
        if stopped {
            let mut list = model.clone();
            for text in [".unrecorded", "1"] {
                update(&mut list, Msg::Line { text: text.into(), how: How::Typed }, now);
            }
            let offered = list.question().map(|q| q.choices.len());
            assert_eq!(offered, Some(1), "it is not dropped: {:?} {:?}", list.question(), list.said);
        }
        update(&mut model, Msg::Line { text: "陈一诺".into(), how: How::Typed }, now);
        let n = |model: &Model| {
            let choices = model.question().map(|q| q.choices).unwrap_or_default();
            choices.iter().find(|c| c.label == Label::Action(Action::SelfLeave)).map(|c| c.n.to_string())
        };
        let line = n(&model).expect("going home alone is offered");
        update(&mut model, Msg::Line { text: line, how: How::Typed }, now);
        let asked = model.queue.focus().and_then(|g| g.asking()).map(|w| w.verdict.clone());
        assert_eq!(asked.is_some(), !stopped, "{asked:?} {:?}", model.said);
    }
}

/// A scan that was held lets nobody go by an Enter either, once it is minutes old: it is named, and the card is shown again.
#[test]
fn an_old_scan_that_was_held_waits_for_nothing() {
    for (ago, waits) in [(60, true), (125, false), (2400, false)] {
        let mut session = alone();
        let child = session.model.register.children().find(|c| c.name == "陈一诺").unwrap().id;
        let coming = session.model.register.children().find(|c| c.name == "宋雅琪").unwrap().id;
        let at = session.now().plus_seconds(-ago);
        for card in ["453841", "381544"] {
            session.send(Msg::Held(HeldScan { text: card.to_owned(), how: How::Scanned, at }));
        }
        assert_eq!(session.model.queue.groups().iter().flat_map(|g| &g.waiting).any(|w| w.pass.child == child), waits, "{ago}");
        assert_eq!(session.model.notices.iter().any(|(_, n)| *n == Notice::Lapsed(vec![child])), !waits, "{ago}");
        assert!(matches!(session.model.day.state().presence(coming), Presence::In(_)), "who comes is taken in: {ago}");
        let later = session.now().plus_seconds(65).local().format(".clock %Y-%m-%dT%H:%M:%S").to_string();
        lines(&mut session, &[&later, ""]);
        assert!(matches!(session.model.day.state().presence(child), Presence::In(_)), "shown over two minutes ago: {ago} {:?}", session.model.said);
    }
}

/// A card of a child that was called over from another place is waited with for ten minutes, whatever else the desk enters meanwhile;
/// then it is shown again.
#[test]
fn who_is_called_over_is_waited_for_and_no_longer() {
    for (minutes, goes) in [(3_i64, true), (8, true), (15, false)] {
        let mut session = alone();
        let child = session.model.register.children().find(|c| c.name == "陈一诺").unwrap().id;
        lines(&mut session, &["陈一诺", "换地点", "操场", "453841", ""]);
        let called = |session: &Session| {
            let waiting = session.model.queue.groups().iter().flat_map(|g| &g.waiting).find(|w| w.pass.child == child);
            waiting.map(|w| w.verdict.clone())
        };
        assert!(matches!(called(&session), Some(Verdict::Elsewhere { called: Some(_), .. })), "{:?}", called(&session));
        let start = session.now();
        // Something is entered again and again meanwhile.
        for minute in 1..=minutes {
            let then = start.plus_seconds(60 * minute).local().format(".clock %Y-%m-%dT%H:%M:%S").to_string();
            lines(&mut session, &[&then, "宋雅琪", "备注", "伞"]);
        }
        let notes = session.model.day.entries().iter().filter(|e| matches!(e.fact, Fact::NoteLeft { .. })).count();
        assert!(i64::try_from(notes).unwrap() >= minutes, "{notes}: {:?}", session.model.said);
        lines(&mut session, &["1"]);
        assert!(matches!(called(&session), Some(Verdict::Out)), "it has come: {:?}", session.model.said);
        lines(&mut session, &[""]);
        assert_eq!(!matches!(session.model.day.state().presence(child), Presence::In(_)), goes, "{minutes}: {:?}", session.model.said);
    }
}

/// A card that was read where one was found counts from then, however late somebody says that a family stands there.
#[test]
fn a_card_read_at_the_find_counts_from_when_it_was_read() {
    for (ago, waits) in [(30, true), (200, false)] {
        let mut session = alone();
        let child = session.model.register.children().find(|c| c.name == "陈一诺").unwrap().id;
        lines(&mut session, &[".found", "453841"]);
        let later = session.now().plus_seconds(ago).local().format(".clock %Y-%m-%dT%H:%M:%S").to_string();
        lines(&mut session, &[&later, "2"]);
        lines(&mut session, &[""]);
        assert_eq!(!matches!(session.model.day.state().presence(child), Presence::In(_)), waits, "{ago}: {:?}", session.model.said);
    }
}

/// A card that is shown again while its child waits changes nothing of what it waits for: who steps out is not sent home by it, and who
/// was named stays named.
#[test]
fn a_card_that_is_shown_again_leaves_the_question_what_it_was() {
    for release_on in [ReleaseOn::Enter, ReleaseOn::Scan] {
        for (card, name, before) in [("112018", "赵小满", &[][..]), ("693691", "陈一鸣", &[]), ("693691", "陈一鸣", &["2"])] {
            for outing in [false, true] {
                for late in [false, true] {
                    let mut session = alone();
                    (session.model.base.release_on, session.model.settings.release_on) = (release_on, release_on);
                    let child = session.model.register.card(&CardNumber::new(card)).unwrap().child;
                    if outing {
                        lines(&mut session, &[name]);
                        let choices = session.model.question().unwrap().choices;
                        let n = choices.iter().find(|c| c.label == Label::Action(Action::StepOut)).map(|c| c.n.to_string()).unwrap();
                        lines(&mut session, &[&n]);
                    }
                    lines(&mut session, &[card]);
                    let waits =
                        |session: &Session| session.model.queue.groups().iter().flat_map(|g| g.waiting.clone()).find(|w| w.pass.child == child);
                    if waits(&session).is_none() {
                        assert!(!outing && release_on == ReleaseOn::Scan, "{name}: {:?}", session.model.said);
                        continue; // where a scan releases it has gone
                    }
                    lines(&mut session, before);
                    let Some(first) = waits(&session) else { continue };
                    if late {
                        let later = session.now().plus_seconds(125).local().format(".clock %Y-%m-%dT%H:%M:%S").to_string();
                        lines(&mut session, &[&later]);
                    }
                    if waits(&session).is_none() {
                        continue; // it has lapsed
                    }
                    lines(&mut session, &[card]);
                    let again = waits(&session).unwrap_or_else(|| panic!("{name} {outing} {late} {release_on:?}: {:?}", session.model.said));
                    assert_eq!((again.pass.purpose, again.verdict.clone()), (first.pass.purpose, first.verdict.clone()), "{name} {late}");
                    assert_eq!(again.pass.answers.taker, first.pass.answers.taker, "{name} {late}");
                }
            }
        }
    }
}

/// What the family said of another place counts no more once a child is asked about as missing, or as being elsewhere.
#[test]
fn what_was_said_at_another_place_does_not_outlive_the_question() {
    let session = alone();
    let now = session.model.now;
    let child = session.model.register.card(&CardNumber::new("453841")).unwrap().child;
    let household = session.model.register.child(child).unwrap().household;
    let mother = session.model.register.collectors(child).next().unwrap().id;
    let place = caredesk::domain::settings::Place::new("操场");
    for (verdict, stays) in
        [(Verdict::Missing { since: now, place: place.clone() }, false), (Verdict::Elsewhere { place, called: None }, false), (Verdict::Who, true)]
    {
        let mut pass = Pass::new(child, Proof::CardUnread);
        let call = caredesk::rules::collect::Vouch::Called(mother, caredesk::domain::fact::CallResult::NoAnswer);
        pass.answers.on_site = Some(caredesk::rules::pass::OnSite { at: now, about: None, call });
        let mut queue = caredesk::desk::queue::Queue::default();
        queue.put(household, pass, verdict.clone(), now);
        let kept = queue.focus().and_then(|g| g.asking()).is_some_and(|w| w.pass.answers.on_site.is_some());
        assert_eq!(kept, stays, "{verdict:?}");
    }
}

/// Once the verdict that Tab led to has gone, whatever took it away, the form has the keyboard: what is typed next is its answer, and
/// Enter lets nobody go who was scanned meanwhile.
#[test]
fn what_tab_led_to_gives_the_keyboard_back_when_it_has_gone() {
    type Gone = (&'static str, fn(&mut Session, &std::path::Path));
    let form = ["王子涵", "今日授权", "姑姑甲", "姑姑"];
    // What takes the verdict away: it was answered, it lapsed, another desk released the child.
    let gone: [Gone; 3] = [
        ("answered", |here, _| lines(here, &[""])),
        ("lapsed", |here, _| lines(here, &[".clock 17:46"])),
        ("released at another desk", |here, dir| {
            let mut there = fresh(dir, "gate");
            lines(&mut there, &[".clock 17:43", ".7", "830168", "2468", "453841", ""]);
            here.catch_up();
        }),
    ];
    for (how, goes) in gone {
        let dir = tempfile::tempdir().unwrap();
        let mut session = fresh(dir.path(), "practice");
        lines(&mut session, &["453841", "381544", "159082", ".clock 17:43"]);
        lines(&mut session, &form);
        lines(&mut session, &["453841"]);
        session.send(Msg::Next);
        assert_eq!(session.model.keyboard(), caredesk::desk::Attention::Queue, "{how}: {:?}", session.model.said);
        goes(&mut session, dir.path());
        assert!(session.model.queue.is_empty(), "{how}: {:?}", session.model.said);
        lines(&mut session, &["381544"]);
        assert_eq!((session.model.keyboard(), session.model.queue.len()), (caredesk::desk::Attention::Dialog, 1), "{how}");
        let values = |session: &Session| if let Some(Dialog::Form(form)) = &session.model.dialog { form.values.len() } else { 0 };
        let before = values(&session);
        lines(&mut session, &["13900001234"]);
        assert_eq!((values(&session), session.model.queue.len()), (before + 1, 1), "{how}: {:?}", session.model.said);
    }
}

/// What is asked of one child is answered of that child alone: its sibling waits on with its own question.
#[test]
fn a_sibling_that_was_not_asked_about_waits_on() {
    let on_leave: &[&str] = &["陈一鸣", "请假", "1", "esc"];
    let here: &[&str] = &["693691", ".clock 17:43"];
    let verdict = |session: &Session, child: i64| {
        let waiting = session.model.queue.groups().iter().flat_map(|g| &g.waiting).find(|w| w.pass.child == caredesk::domain::people::ChildId(child));
        waiting.and_then(|w| w.verdict.name())
    };
    for (sibling, waits_with) in [(on_leave, "ON_LEAVE"), (here, "OUT")] {
        for (answer, comes) in [("1", true), ("2", false)] {
            let dir = tempfile::tempdir().unwrap();
            let mut session = fresh(dir.path(), "practice");
            lines(&mut session, &["陈一诺", "请假", "1", "esc"]);
            lines(&mut session, sibling);
            lines(&mut session, &["453841", "693691"]);
            assert_eq!((verdict(&session, 1), verdict(&session, 2)), (Some("ON_LEAVE"), Some(waits_with)), "{:?}", session.model.queue);
            lines(&mut session, &[answer]);
            let is_in = matches!(session.model.day.state().presence(caredesk::domain::people::ChildId(1)), Presence::In(_));
            assert_eq!((is_in, verdict(&session, 1)), (comes, None), "{waits_with} {answer}: {:?}", session.model.said);
            assert_eq!(verdict(&session, 2), Some(waits_with), "{waits_with} {answer}: {:?}", session.model.said);
        }
    }
}

/// What could not be recorded about where a child was is not entered any more once something happened to it: it is done anew, or
/// dropped by name. What nothing happened to is entered by the next Enter.
#[test]
fn what_was_overtaken_is_not_entered_by_an_enter() {
    use caredesk::domain::closing::Matter;
    use caredesk::rules::closing::AccountAct;
    let child = caredesk::domain::people::ChildId(1);
    let place = caredesk::domain::settings::Place::new("field");
    let calls = |about| {
        let outcome = caredesk::domain::closing::Outcome::NoAnswer;
        Act::Account(AccountAct::Chase { child, collector: caredesk::domain::people::CollectorId(1), about, outcome })
    };
    let missed = || Fact::Account(Account::Missed { child, place: caredesk::domain::settings::Place::new("field") });
    let found = || Fact::Account(Account::Found { child, how: caredesk::domain::closing::Found::Here });
    let seen = || Act::Account(AccountAct::Seen { child, by: caredesk::domain::people::StaffId(1), place: place.clone() });
    let to_field = || Act::Move { child, to: place.clone() };
    let moved = || Fact::Moved { child, was: caredesk::domain::settings::Place::room(), now: caredesk::domain::settings::Place::new("library") };
    // What had happened, what was asked for, what happened since, whether Enter still enters it.
    let cases: [(Vec<Fact>, Act, Vec<Fact>, bool); 7] = [
        (vec![], calls(Matter::Pickup), vec![], true),
        (vec![], calls(Matter::Pickup), vec![missed()], false),
        (vec![missed()], seen(), vec![], true),
        (vec![missed()], seen(), vec![found(), missed()], false),
        (vec![missed()], calls(Matter::Missing), vec![found(), missed()], false),
        (vec![], to_field(), vec![], true),
        (vec![], to_field(), vec![moved()], false),
    ];
    for (before, act, since, enters) in cases {
        let mut model = alone().model;
        let happen = |model: &mut Model, facts: &[Fact], seconds: i64| {
            for fact in facts {
                let (seq, now) = (Seq(model.head.0 + 1), model.now.plus_seconds(seconds));
                let entry = Entry { seq, act: seq, day: now.date(), at: now, entered_at: now, desk: "other".into(), staff: None, fact: fact.clone() };
                update(model, Msg::News(vec![entry]), now);
            }
        };
        happen(&mut model, &before, 0);
        let drafts = caredesk::rules::decide(model.room(), &Request::Act(act.clone()), model.now).drafts;
        assert!(!drafts.is_empty(), "{act:?}");
        let at = model.now.plus_seconds(1);
        model.unrecorded.push(Unrecorded { job: Job::new(Request::Act(act.clone()), drafts), at, cause: Cause::Full });
        happen(&mut model, &since, 2);
        let now = model.now.plus_seconds(3);
        let effects = update(&mut model, Msg::Line { text: String::new(), how: How::Typed }, now);
        let tried = effects.iter().any(|e| matches!(e, caredesk::desk::Effect::Record { .. }));
        assert_eq!(tried, enters, "{act:?} after {since:?}: {:?}", model.said);
        assert_eq!(model.unrecorded.is_empty(), enters, "{act:?} after {since:?}: it stands until it is dropped");
    }
}

/// A number answers the notice in sight, and no older one: whatever was scanned or said since, of another child or of nobody, nothing is
/// entered of the child that stood there before. The same card read twice leaves its notice.
#[test]
fn a_number_answers_no_notice_that_stood_there_before() {
    // A child that came, and one that has gone; then what comes between.
    let notices: [(&str, &[&str]); 2] = [("holder", &["453841"]), ("again", &["453841", ".clock 17:43", "453841", "", "453841"])];
    let between: [(&str, bool); 9] = [
        ("453841", true),
        ("159082", false),
        ("999999", false),
        ("453842", false),
        ("526014", false),
        ("王小没有", false),
        ("zzzzz", false),
        ("", true),
        ("?", true),
    ];
    for (notice, before) in notices {
        for (line, stands) in between {
            let dir = tempfile::tempdir().unwrap();
            let mut session = fresh(dir.path(), "practice");
            lines(&mut session, &["159082"]);
            lines(&mut session, before);
            assert!(session.model.last_notice.is_some(), "{notice}: {:?}", session.model.said);
            lines(&mut session, &[line]);
            let head = session.model.head;
            let answered = if notice == "holder" { "2" } else { "1" };
            lines(&mut session, &[answered]);
            let child = caredesk::domain::people::ChildId(1);
            let entered = session.model.day.entries().iter().filter(|e| e.seq > head && e.fact.child() == Some(child)).count();
            assert_eq!(entered > 0, stands, "{notice} {line:?}: {:?}", session.model.said);
        }
    }
}

/// A form that comes back by itself, because another desk held the child of the one in front, is shown before anything answers it; and
/// a PIN that was typed for the one proves nothing in the other.
#[test]
fn a_form_that_comes_back_by_news_is_looked_at_first() {
    let dir = tempfile::tempdir().unwrap();
    let mut session = fresh(dir.path(), "practice");
    lines(&mut session, &["453841", "381544", "159082", "陈一诺", "换地点", "操场", ".clock 17:43"]);
    // Somebody is named for 王子涵; before the family's answer is in, a child at another place comes up, and is let go there.
    lines(&mut session, &["王子涵", "今日授权", "姑姑甲", "姑姑", "13900001234"]);
    let kept =
        |session: &Session| if let Some(Dialog::Form(form)) = &session.model.dialog { Some((form.kind.clone(), form.values.len())) } else { None };
    lines(&mut session, &["453841"]);
    let named = kept(&session).unwrap();
    session.send(Msg::Next);
    lines(&mut session, &["2", "1740"]);
    let on_site = kept(&session).unwrap();
    assert_ne!(on_site.0, named.0, "{:?}", session.model.said);
    let child = caredesk::domain::people::ChildId(1);
    let (seq, now) = (Seq(session.model.head.0 + 1), session.model.now);
    let held = Entry { seq, act: seq, day: now.date(), at: now, entered_at: now, desk: "other".into(), staff: None, fact: Fact::HeldBack { child } };
    update(&mut session.model, Msg::News(vec![held]), now);
    assert_eq!(kept(&session), Some(named.clone()), "it is back");
    let mut model = session.model.clone();
    update(&mut model, Msg::Line { text: "1".into(), how: How::Typed }, now);
    let values = |model: &Model| if let Some(Dialog::Form(form)) = &model.dialog { form.values.len() } else { 0 };
    assert_eq!(values(&model), named.1, "the 1 was for the other: {:?}", model.said);
    update(&mut model, Msg::Line { text: "1".into(), how: How::Typed }, now);
    assert!(values(&model) != named.1 || model.dialog.is_none(), "now it was seen");
}

/// A number in the list of what could not be recorded means nothing once something of it is recorded: the list is looked at anew.
#[test]
fn nothing_unrecorded_is_dropped_by_a_number_of_before() {
    let mut model = alone().model;
    let now = model.now;
    for (n, text) in [(1, "甲"), (2, "乙"), (4, "丙")] {
        let child = caredesk::domain::people::ChildId(n);
        let request = Request::Act(Act::Note { child, text: text.into() });
        let drafts = caredesk::rules::decide(model.room(), &request, now).drafts;
        model.unrecorded.push(Unrecorded { job: Job::new(request, drafts), at: now, cause: Cause::Full });
    }
    for text in [".unrecorded", "2"] {
        update(&mut model, Msg::Line { text: text.into(), how: How::Typed }, now);
    }
    let first = model.unrecorded[0].job.drafts[0].fact.clone();
    let seq = Seq(model.head.0 + 1);
    let entry = Entry { seq, act: seq, day: now.date(), at: now, entered_at: now, desk: "other".into(), staff: None, fact: first };
    update(&mut model, Msg::News(vec![entry]), now);
    assert_eq!(model.unrecorded.len(), 2);
    update(&mut model, Msg::Line { text: "2".into(), how: How::Typed }, now);
    assert_eq!(model.unrecorded.len(), 2, "{:?}", model.said);
}

/// Children who were scanned into a batch come back whatever is looked at meanwhile: the roster, a moment of before, a form that needs
/// somebody on duty.
#[test]
fn nothing_that_is_looked_at_throws_a_batch_away() {
    for line in [".2", "@1730", ".2 @1730", ".2 操场", ".leader"] {
        let dir = tempfile::tempdir().unwrap();
        let mut session = fresh(dir.path(), "practice");
        lines(&mut session, &[".batch 李老师", "381544", "110031"]);
        lines(&mut session, &[line]);
        for _ in 0..3 {
            if !matches!(&session.model.dialog, Some(Dialog::Form(form)) if matches!(form.kind, caredesk::desk::forms::Kind::Batch(_))) {
                session.send(Msg::Escape);
            }
        }
        let held = match &session.model.dialog {
            Some(Dialog::Form(form)) if matches!(form.kind, caredesk::desk::forms::Kind::Batch(_)) => form.values.len(),
            _ => 0,
        };
        assert_eq!(held, 2, "{line}: {:?} {:?}", session.model.dialog, session.model.said);
    }
}

/// Settling yesterday says nothing of who came today: an arrival that could not be recorded stands until it is.
#[test]
fn settling_another_day_drops_no_arrival_of_today() {
    let child = caredesk::domain::people::ChildId(1);
    let collector = caredesk::domain::people::CollectorId(1);
    for settled in [true, false] {
        let mut model = alone().model;
        let now = model.now;
        let release = |arrival| Fact::Released {
            child,
            arrival: Seq(arrival),
            ground: caredesk::domain::fact::Ground::LeftOpen,
            taker: caredesk::domain::fact::Taker::Collector(collector),
            early: None,
            late: None,
        };
        let arrived = Fact::Arrived {
            child,
            card: None,
            means: caredesk::domain::fact::Means::Scanned,
            holder: caredesk::domain::fact::Holder::Nobody,
            place: caredesk::domain::settings::Place::room(),
            despite: None,
        };
        let pass = caredesk::rules::Pass::new(child, caredesk::rules::pass::Proof::Name);
        let job = Job::new(Request::Passes(vec![pass]), vec![release(5).into(), arrived.clone().into()]);
        model.unrecorded.push(Unrecorded { job, at: now, cause: Cause::Full });
        // Another desk settles the open stay; or all of it is recorded, in two acts.
        let seq = Seq(model.head.0 + 1);
        let entry = |n: i64, fact| Entry {
            seq: Seq(seq.0 + n),
            act: seq,
            day: now.date(),
            at: now,
            entered_at: now,
            desk: "other".into(),
            staff: None,
            fact,
        };
        let news = if settled { vec![entry(0, release(5))] } else { vec![entry(0, release(5)), entry(1, arrived)] };
        update(&mut model, Msg::News(news), now);
        assert_eq!(model.unrecorded.len(), usize::from(settled));
    }
}

/// A hold that could not be recorded is the next thing that an Enter enters, before any verdict in front, and a sibling that would go by a
/// scan is not asked about before it.
#[test]
fn a_hold_that_was_not_recorded_comes_before_a_sibling() {
    for by_scan in [false, true] {
        let dir = tempfile::tempdir().unwrap();
        let mut session = fresh(dir.path(), "practice");
        lines(&mut session, &["453841", "693691", ".clock 17:43"]);
        if !by_scan {
            lines(&mut session, &["453841"]);
        }
        let child = caredesk::domain::people::ChildId(2);
        let mut pass = caredesk::rules::Pass::new(child, caredesk::rules::pass::Proof::Name);
        pass.answers.somebody_else = true;
        let job = Job::new(Request::Passes(vec![pass]), vec![Fact::HeldBack { child }.into()]);
        let at = session.model.now;
        session.model.unrecorded.push(Unrecorded { job, at, cause: Cause::Full });
        lines(&mut session, &[if by_scan { "453841" } else { "" }]);
        let held = session.model.day.state().child(child).is_some_and(|day| day.held.is_some());
        assert!(held && session.model.unrecorded.is_empty(), "{by_scan}: {:?}", session.model.said);
        lines(&mut session, &["453841", ""]);
        let brother = caredesk::domain::people::ChildId(1);
        assert!(matches!(session.model.day.state().presence(brother), Presence::In(_)), "{by_scan}: {:?}", session.model.said);
    }
}
