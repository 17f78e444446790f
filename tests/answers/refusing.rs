//! Before anybody is named, whoever looks up can refuse; and what cannot be a PIN is nobody's try.

use caredesk::desk::actions::{Action, actions};
use caredesk::desk::question::{Asks, Label, Prompt};
use caredesk::desk::queue::{Queue, Reply};
use caredesk::domain::card::CardNumber;
use caredesk::domain::custody::{Card, CardState};
use caredesk::domain::day::Presence;
use caredesk::domain::fact::{Fact, Means};
use caredesk::domain::people::{Child, StaffId};
use caredesk::domain::settings::Place;
use caredesk::domain::time::Moment;
use caredesk::rules::pass::Proof;
use caredesk::rules::{Pass, Request, Room, Verdict, decide};

use super::*;

const QUESTIONS: [&str; 4] = ["early", "late", "elsewhere", "called over"];

fn asked(question: &str, now: Moment) -> Verdict {
    let place = Place::new("field");
    match question {
        "early" => Verdict::Early,
        "late" => Verdict::Late { minutes: 12 },
        "elsewhere" => Verdict::Elsewhere { place, called: None },
        _ => Verdict::Elsewhere { place, called: Some(now) },
    }
}

fn inside(session: &Session) -> Child {
    let is_in = |c: &&Child| matches!(session.model.day.state().presence(c.id), Presence::In(visit) if visit.place.is_room());
    session.model.register.children().find(is_in).unwrap().clone()
}

#[test]
fn a_question_that_comes_before_anybody_is_named_takes_no_for_an_answer() {
    let session = alone();
    let (room, now, child) = (session.model.room(), session.now(), inside(&session));
    let number: CardNumber = room.register.cards_of(child.id)[0].number.clone();
    let card = Proof::Card { number, means: Means::Scanned, own: true };
    for question in QUESTIONS {
        for (proof, stands) in [(card.clone(), true), (Proof::CardUnread, true), (Proof::SelfLeave, false), (Proof::StaffParent(StaffId(1)), false)] {
            let mut queue = Queue::default();
            queue.put(child.household, Pass::new(child.id, proof.clone()), asked(question, now), now);
            let focus = queue.focus().unwrap();
            let offered = focus.question(room, now).unwrap().choice(9).map(|c| c.label.clone());
            assert_eq!(offered, stands.then_some(Label::SomebodyElse), "{question} {proof:?}");
            let Some(Reply::Decide(passes)) = focus.answer(room, Some(9), now) else {
                assert!(!stands, "{question} {proof:?}");
                continue;
            };
            let decision = decide(room, &Request::Passes(passes), now);
            assert!(decision.drafts.iter().any(|d| matches!(d.fact, Fact::HeldBack { .. })), "{question} {proof:?}: {decision:?}");
        }
    }
}

#[test]
fn a_child_with_a_letter_goes_alone_with_a_card_or_without_one() {
    let session = alone();
    let child = inside(&session);
    let offered = |child: &Child, cards: bool| {
        let mut register = session.model.register.clone();
        if !cards {
            for card in session.model.register.cards_of(child.id) {
                register.put_card(Card { state: CardState::Lost { at: session.now() }, ..card.clone() });
            }
        }
        let room = Room { register: &register, ..session.model.room() };
        assert_eq!(room.register.valid_cards(child.id, session.now().date()).is_empty(), !cards);
        actions(room, child, session.now()).contains(&Action::SelfLeave)
    };
    for cards in [true, false] {
        for (self_leave, grade) in [(true, 5), (false, 5), (true, 1)] {
            let child = Child { self_leave, grade, ..child.clone() };
            assert_eq!(offered(&child, cards), self_leave && !child.is_young(), "cards {cards}, letter {self_leave}, grade {grade}");
        }
    }
}

/// A desk that asks for the PIN of a leader: somebody is named for a restricted child.
fn asks_for_a_pin(who: [&str; 3]) -> Session {
    let mut session = alone();
    lines(&mut session, &["赵小满", "5", who[0], who[1], who[2], "", "1", "1"]);
    assert_eq!(session.model.question().unwrap().asks, Asks::Pin, "{:?}", session.model.question());
    session
}

#[test]
fn what_cannot_be_a_pin_is_no_try() {
    for text in ["王老师", "wang", "?", "123", "1234567890123", "24 68", "-1234", "赵小满", "13:40", "２４"] {
        let mut session = asks_for_a_pin(["何平", "舅舅", "13912345678"]);
        let Some(Prompt::PinToName { leader, .. }) = session.model.question().map(|q| q.prompt) else { panic!("{:?}", session.model.question()) };
        let before = session.model.head;
        session.send(Msg::Line { text: text.into(), how: How::Typed });
        assert_eq!(session.model.register.pin_tries(leader).count, 0, "{text}");
        assert_eq!(session.model.head, before, "{text}");
        assert_eq!(session.model.question().unwrap().asks, Asks::Pin, "{text}: it is asked still");
        // A wrong one that could be right is a try, in whatever width.
        session.send(Msg::Line { text: "９１７３".into(), how: How::Typed });
        assert_eq!(session.model.register.pin_tries(leader).count, 1, "{text}");
    }
}

#[test]
fn where_a_bar_nearly_fits_the_leader_is_told_to_look_twice() {
    let session = alone();
    let child = session.model.register.children().find(|c| c.name == "赵小满").unwrap();
    let bar = session.model.register.collectors(child.id).find(|c| c.is_barred(session.now().date())).unwrap();
    let name = format!("{}东", bar.name);
    for (who, near) in [([name.as_str(), "舅舅", "13912345678"], true), (["何平", "舅舅", "13912345678"], false)] {
        let session = asks_for_a_pin(who);
        let prompt = session.model.question().unwrap().prompt;
        assert!(matches!(prompt, Prompt::PinToName { near: n, .. } if n == near), "{who:?}: {prompt:?}");
    }
}
