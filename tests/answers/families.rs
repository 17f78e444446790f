//! Siblings stand in front together: each has a list of its own, and one person takes them. And what was answered before a hold, or
//! before a write that failed, lets nobody go afterwards.

use caredesk::desk::question::Label;
use caredesk::desk::{How, Msg, update};
use caredesk::domain::day::Presence;
use caredesk::domain::fact::{Fact, Taker};
use caredesk::shell::session::Session;

use crate::{alone, desk, lines};

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
