//! A card of which nobody is known to have it says nothing of who brings it, on whatever later day: until it is read when its child
//! comes, or hangs on its hook (S1.13, S1.14).

use caredesk::rules::office::OfficeAct;
use caredesk::rules::office::cards::{CardsAct, NewCard};

use super::anew::{by_name, go, goes};
use super::*;

const OWN: &str = "453841";

fn cards(act: CardsAct) -> Request {
    Request::Act(Act::Office(OfficeAct::Cards(act)))
}

/// A leader has opened the register.
fn enter(world: &mut World, request: &Request, time: &str) {
    let room = Room { keeper: Some(StaffId(3)), ..world.room() };
    let decision = decide(room, request, clock(time));
    assert_eq!(decision.objection, None, "{request:?}");
    assert!(!decision.drafts.is_empty(), "{request:?}");
    world.enter(clock(time), decision.drafts);
}

fn counted_missing() -> Request {
    cards(CardsAct::Count { counted: 1, missing: vec![CardNumber::new(OWN)], reason: Some("找不到".into()) })
}

fn hung_back() -> Request {
    cards(CardsAct::Hang(CardNumber::new(OWN)))
}

fn found() -> Request {
    cards(CardsAct::Find(CardNumber::new(OWN)))
}

/// The next days, on which the child comes again; its card, and what became of it the day before, are on the register alone.
fn on_a_later_day(world: &mut World) {
    world.day = Day::new(clock("12:00").date(), Vec::new());
    for id in [2, 1] {
        world.happen("16:20", Fact::SignedOn { staff: StaffId(id) });
    }
}

#[test]
fn what_became_of_a_card_on_an_earlier_day_counts_until_the_family_has_it() {
    use CardMode::{Claim, Held};
    for (what, mode, before, again, by_card, proves) in [
        ("counted", Claim, vec![counted_missing()], vec![], false, false),
        ("counted and read at the door", Claim, vec![counted_missing()], vec![], true, true),
        ("counted, hung back that day", Claim, vec![counted_missing(), hung_back()], vec![], false, true),
        ("counted, hung back the next day", Claim, vec![counted_missing()], vec![hung_back()], false, true),
        ("counted and found", Claim, vec![counted_missing(), found()], vec![], false, true),
        ("found", Held, vec![found()], vec![], false, false),
        ("found and read at the door", Held, vec![found()], vec![], true, true),
        ("found the same day", Held, vec![], vec![found()], true, false),
        ("nothing", Claim, vec![], vec![], false, true),
        ("nothing", Held, vec![], vec![], false, true),
    ] {
        let mut world = World::new();
        world.settings.card_mode = mode;
        for request in &before {
            enter(&mut world, request, "16:25");
        }
        on_a_later_day(&mut world);
        for request in &again {
            enter(&mut world, request, "16:30");
        }
        if by_card {
            world.arrive(OWN, "16:35");
        } else {
            by_name(&mut world, "16:35");
        }
        let decision = world.decide(&go(world.scan(OWN)), "17:20");
        assert_eq!(goes(&decision), proves, "{what}: {decision:?}");
        // What is taken back is as it was.
        let was = world.register.card(&CardNumber::new(OWN)).unwrap().clone();
        let act = world.day.entries().last().unwrap().act;
        assert!(was.custody != Custody::Away, "{what} {act:?}");
    }
}

/// What is undone puts the card back where nobody knows it to be.
#[test]
fn an_undone_arrival_makes_no_card_good() {
    let mut world = World::new();
    enter(&mut world, &counted_missing(), "16:25");
    on_a_later_day(&mut world);
    world.arrive(OWN, "16:35");
    let arrived = world.day.entries().iter().rev().find(|e| matches!(e.fact, Fact::Arrived { .. })).unwrap().act;
    let undone = decide(world.room(), &Request::Undo { act: arrived, reason: Some("误按".into()) }, clock("16:36"));
    assert_eq!(undone.objection, None);
    world.enter(clock("16:36"), undone.drafts);
    by_name(&mut world, "16:40");
    let decision = world.decide(&go(world.scan(OWN)), "17:20");
    assert!(!goes(&decision), "{decision:?}");
}

/// Where families keep their cards, one that comes into being while its child is here was never anybody's: nor on the next day, when the
/// stay is still open.
#[test]
fn a_card_given_while_the_child_is_here_proves_nothing_overnight() {
    for (mode, own_first) in [(CardMode::Held, false), (CardMode::Held, true), (CardMode::Claim, false)] {
        let mut world = World::new();
        world.settings.card_mode = mode;
        by_name(&mut world, "16:35");
        if own_first {
            let was = world.register.card(&CardNumber::new(OWN)).unwrap().clone();
            world.happen("16:36", Fact::CardLost { number: was.number.clone(), child: ChildId(1), was: Box::new(was) });
        } else {
            enter(&mut world, &cards(CardsAct::Void(CardNumber::new(OWN))), "16:36");
        }
        let new = NewCard { number: CardNumber::new("779093"), child: ChildId(1), kind: CardKind::Main, own: true };
        enter(&mut world, &cards(CardsAct::Issue(vec![new])), "16:50");
        world.day = world.day.next(clock("12:00").date());
        for id in [2, 1] {
            world.happen("16:20", Fact::SignedOn { staff: StaffId(id) });
        }
        let decision = world.decide(&go(world.scan("779093")), "17:20");
        assert!(!goes(&decision), "{mode:?} {own_first}: {decision:?}");
    }
}

/// One who comes with a group has it in nobody's hand, and one that is read after its child has gone is not on its hook by that.
#[test]
fn a_card_astray_is_made_good_by_no_way_round() {
    let mut world = World::new();
    enter(&mut world, &counted_missing(), "16:25");
    on_a_later_day(&mut world);
    world.pass(&Pass::new(ChildId(1), Proof::Escort("周老师".into())), "16:31");
    assert!(!goes(&world.decide(&go(world.scan(OWN)), "17:20")), "brought in a group");

    let mut world = World::new();
    enter(&mut world, &counted_missing(), "16:25");
    on_a_later_day(&mut world);
    by_name(&mut world, "16:31");
    let arrival = world.day.entries().last().unwrap().seq;
    let gone =
        Fact::Released { child: ChildId(1), arrival, ground: Ground::SelfLeave, taker: Taker::Collector(CollectorId(1)), early: None, late: None };
    world.happen("16:50", gone);
    world.arrive(OWN, "17:00"); // it repeats what was
    assert_eq!(world.register.card(&CardNumber::new(OWN)).unwrap().custody, Custody::Astray);
}

/// An arrival that is entered afterwards by name hands no card over: what hangs there hangs there. One that is read hands it over only
/// while whoever brought the child may stand there.
#[test]
fn an_arrival_entered_afterwards_leaves_the_card_on_its_hook() {
    let card = || Proof::Card { number: CardNumber::new(OWN), means: Means::Scanned, own: true };
    for (proof, came, proves) in [(Proof::Name, "16:37", false), (card(), "16:37", true), (card(), "16:25", false)] {
        let mut world = World::new();
        let pass = Pass { at: Some(clock(came)), ..world.shown(proof.clone()) };
        world.pass(&pass, "16:40");
        let decision = world.decide(&go(world.scan(OWN)), "17:20");
        assert_eq!(goes(&decision), proves, "{proof:?} {came}: {decision:?}");
    }
}

/// A card that was handed in since it was lost comes back as one that lies at the desk, not as the family's.
#[test]
fn taking_a_loss_back_rests_on_the_card_that_was_handed_in() {
    for handed_in in [false, true] {
        for mode in [CardMode::Held, CardMode::Claim] {
            let mut world = World::new();
            world.settings.card_mode = mode;
            let was = world.register.card(&CardNumber::new(OWN)).unwrap().clone();
            world.happen("16:24", Fact::CardLost { number: was.number.clone(), child: ChildId(1), was: Box::new(was) });
            let lost = world.day.entries().last().unwrap().act;
            if handed_in {
                enter(&mut world, &found(), "16:26");
            }
            let room = Room { keeper: Some(StaffId(3)), ..world.room() };
            let undone = decide(room, &Request::Undo { act: lost, reason: Some("误报".into()) }, clock("16:28"));
            assert_eq!(matches!(undone.objection, Some(Objection::RestsOn(_))), handed_in, "{mode:?}: {:?}", undone.objection);
        }
    }
}
