//! A hold belongs to the child's day: nothing but a leader's PIN lifts it, on whatever path the child would go (N14).

use caredesk::domain::fact::HoldAnswer;
use caredesk::domain::staff::{Employment, Vetting};
use caredesk::rules::hold::held;
use caredesk::rules::undo;

use super::*;

/// Ways in which child 1 could go, each with everything answered; by word.
const PATHS: [&str; 8] = ["card", "named", "unread", "no card", "staff parent", "alone", "on site", "back-filled"];

/// A room in which every path is open to child 1, who is in.
fn world(path: &str) -> World {
    let mut world = World::new();
    world.change_collector(1, |c| c.staff = Some(StaffId(2)));
    world.change(1, |c| c.self_leave = true);
    world.arrive("453841", "16:30");
    if path == "on site" {
        world.happen("16:50", Fact::Moved { child: ChildId(1), was: Place::room(), now: Place::new("field") });
    }
    world
}

fn on(world: &World, path: &str) -> Pass {
    let evidence =
        NoCard { collector: CollectorId(1), id_tail: "0428".into(), vouch: said(2, CallResult::Yes), recognised: true, second: StaffId(3) };
    let mut pass = match path {
        "unread" => Pass::new(ChildId(1), Proof::CardUnread),
        "no card" => world.shown(Proof::NoCard(evidence)),
        "staff parent" => Pass::new(ChildId(1), Proof::StaffParent(StaffId(2))),
        "alone" => Pass::new(ChildId(1), Proof::SelfLeave),
        _ => world.scan("453841"),
    };
    match path {
        "named" => pass.answers.taker = Some(CollectorId(1)),
        "on site" => pass.answers.on_site = Some(OnSite { at: clock("17:16"), about: None, call: said(2, CallResult::Yes) }),
        "back-filled" => pass.at = Some(clock("17:16")),
        _ => {}
    }
    pass.answers.go = true;
    pass
}

fn hold(world: &mut World, time: &str) {
    let mut pass = Pass::new(ChildId(1), Proof::CardUnread);
    pass.answers.somebody_else = true;
    assert_eq!(world.pass(&pass, time), Verdict::Hold);
}

fn lift(world: &mut World, how: HoldAnswer, time: &str) -> Option<Objection> {
    let act = Act::DecideHold { child: ChildId(1), how, approver: StaffId(3) };
    let decision = decide(world.room(), &Request::Act(act), clock(time));
    world.enter(clock(time), decision.drafts);
    decision.objection
}

#[test]
fn while_a_child_is_held_no_path_releases_it() {
    for path in PATHS {
        let free = world(path);
        let goes = free.decide(&on(&free, path), "17:20");
        assert!(goes.drafts.iter().any(|d| d.fact.kind() == "released"), "{path} is open without a hold: {goes:?}");
        let mut world = world(path);
        hold(&mut world, "17:18");
        let decision = world.decide(&on(&world, path), "17:20");
        assert_eq!((decision.objection, decision.verdicts), (None, vec![(ChildId(1), Verdict::Hold)]), "{path}");
        assert!(decision.drafts.is_empty(), "{path}");
        // Who is found by name, or comes with an escort, is in the leader's hands as well.
        for proof in [Proof::Name, Proof::Escort("王".into())] {
            assert_eq!(world.verdict(&Pass::new(ChildId(1), proof), "17:20"), Verdict::Hold, "{path}");
        }
        assert_eq!(lift(&mut world, HoldAnswer::Listed, "17:21"), None);
        let after = world.decide(&on(&world, path), "17:22");
        let released = after.drafts.iter().any(|d| d.fact.kind() == "released");
        let names_the_collector = ["named", "no card", "staff parent"].contains(&path);
        assert_eq!(released, names_the_collector, "after the hold a collector is named first: {path} {after:?}");
    }
}

#[test]
fn nothing_but_a_leader_lifts_a_hold() {
    type Thing = fn(&mut World);
    let things: [(&str, Thing); 8] = [
        ("the same card again", |w| {
            let pass = w.scan("453841");
            w.pass(&pass, "17:19");
        }),
        ("undo of all that can be taken back", |w| {
            w.happen("17:18", Fact::NoteLeft { child: ChildId(1), text: "伞".into() });
            let acts: Vec<Seq> = undo::candidates(w.room()).iter().map(|a| a[0].act).collect();
            let mut taken_back = 0;
            for act in acts {
                let drafts = decide(w.room(), &Request::Undo { act, reason: Some("误点".to_owned()) }, clock("17:19")).drafts;
                taken_back += drafts.len();
                w.enter(clock("17:19"), drafts);
            }
            assert!(taken_back > 0);
        }),
        ("undo of the hold itself", |w| {
            let act = w.day.entries().last().unwrap().act;
            let undo = decide(w.room(), &Request::Undo { act, reason: None }, clock("17:19"));
            assert_eq!(undo.objection, Some(Objection::NothingToUndo));
        }),
        ("arriving again", |w| {
            let (act, seq) = w.day.entries().iter().find(|e| e.fact.kind() == "arrived").map(|e| (e.act, e.seq)).unwrap();
            let undo = decide(w.room(), &Request::Undo { act, reason: Some("误点".to_owned()) }, clock("17:19"));
            assert!(matches!(undo.objection, Some(Objection::RestsOn(_))), "nobody pulls the stay from under a hold");
            // An older journal may have it all the same.
            w.happen("17:19", Fact::Undone { seq, reason: None });
            w.arrive("453841", "17:20");
        }),
        ("a new card", |w| {
            let lost = decide(w.room(), &Request::Act(Act::LoseCard { child: ChildId(1) }), clock("17:19")).drafts;
            w.enter(clock("17:19"), lost);
            w.card("779093", 1, CardState::Live, true);
        }),
        ("another place and back", |w| {
            w.happen("17:19", Fact::Moved { child: ChildId(1), was: Place::room(), now: Place::new("field") });
            w.happen("17:20", Fact::Moved { child: ChildId(1), was: Place::new("field"), now: Place::room() });
        }),
        ("a leader's note", |w| assert_eq!(lift(w, HoldAnswer::Noted { text: "已联系母亲".into() }, "17:19"), None)),
        ("midnight", |w| {
            w.day = w.day.next(clock("2026-09-08T00:00").date());
            w.happen("2026-09-08T07:00", Fact::SignedOn { staff: StaffId(1) });
        }),
    ];
    for (what, thing) in things {
        let mut world = world("card");
        hold(&mut world, "17:18");
        thing(&mut world);
        assert!(held(world.room(), ChildId(1)).is_some(), "{what}");
        let mut unread = Pass::new(ChildId(1), Proof::CardUnread);
        unread.answers.left_open = Some(LeftOpen::StillHere);
        unread.answers.go = true;
        let overnight = world.day.date() > clock("12:00").date();
        let now = if overnight { "2026-09-08T17:25" } else { "17:25" };
        if world.day.state().open_visits().iter().any(|(child, _)| *child == ChildId(1)) {
            assert_eq!(world.verdict(&unread, now), Verdict::Hold, "{what}");
        }
        if overnight {
            // Yesterday's stay cannot be settled either before a leader has decided.
            unread.answers.left_open = Some(LeftOpen::Collected { taker: CollectorId(1), at: clock("17:40") });
            assert_eq!(world.verdict(&unread, now), Verdict::Hold, "{what}");
        }
        let other_desk = Room { desk: "gate", ..world.room() };
        assert!(held(other_desk, ChildId(1)).is_some());
    }
}

/// Somebody was called, and then the child was held: what was said is on record, with the number. Who was not reached said
/// nothing, and a stranger's word is nobody's.
#[test]
fn a_hold_keeps_what_was_said_on_the_telephone() {
    for (called, result, recorded) in
        [(2, CallResult::No, true), (2, CallResult::Yes, true), (2, CallResult::NoAnswer, false), (7, CallResult::No, false)]
    {
        let mut world = World::new();
        world.arrive("453841", "16:30");
        let mut pass = world.shown(Proof::Name);
        (pass.answers.somebody_else, pass.answers.call) = (true, Some(said(called, result)));
        assert_eq!(world.pass(&pass, "17:20"), Verdict::Hold);
        let call = |fact: &Fact| matches!(fact, Fact::Called { collector: CollectorId(2), result: r, number: Some(_), .. } if *r == result);
        assert_eq!(world.day.entries().iter().any(|e| call(&e.fact)), recorded, "{called} {result:?}");
        assert!(held(world.room(), ChildId(1)).is_some());
    }
}

#[test]
fn a_hold_comes_after_the_stay_left_open_and_before_every_other_question() {
    let mut world = World::new();
    world.list(9, 2, "伯父", Right::Barred);
    world.arrive("693691", "16:30");
    world.happen("16:40", Fact::Moved { child: ChildId(2), was: Place::room(), now: Place::new("field") });
    world.happen("16:45", Fact::HeldBack { child: ChildId(2) });
    let mut pass = world.scan("693691");
    assert_eq!(world.verdict(&pass, "16:50"), Verdict::Hold, "before ELSEWHERE, WHO and EARLY");
    world.day = world.day.next(clock("2026-09-08T00:00").date());
    assert_eq!(world.verdict(&pass, "2026-09-08T16:30").name(), Some("LEFT_OPEN"));
    pass.answers.left_open = Some(LeftOpen::StillHere);
    assert_eq!(world.verdict(&pass, "2026-09-08T16:30"), Verdict::NobodyOnDuty, "somebody has to say so");
    world.happen("2026-09-08T16:29", Fact::SignedOn { staff: StaffId(1) });
    assert_eq!(world.verdict(&pass, "2026-09-08T16:30"), Verdict::Hold);
    let lost = world.register.card(&CardNumber::new("693691")).unwrap().clone();
    world.happen("2026-09-08T16:31", Fact::CardLost { number: lost.number.clone(), child: ChildId(2), was: Box::new(lost) });
    assert_eq!(world.decide(&pass, "2026-09-08T16:32").objection, Some(Objection::VoidCard(ChildId(2))), "the state of the card comes first");
}

#[test]
fn only_a_leader_who_can_act_lifts_a_hold_and_it_opens_nothing_else() {
    type Change = fn(&mut Staff);
    let leader: Change = |_| ();
    let people: [(Role, Change, bool); 8] = [
        (Role::Leader, leader, true),
        (Role::Duty, leader, false),
        (Role::Office, leader, false),
        (Role::Inspector, leader, false),
        (Role::Leader, |s| s.active = false, false),
        (Role::Leader, |s| s.pin = None, false),
        (Role::Leader, |s| s.employment = Some(Employment::Left), false),
        (Role::Leader, |s| s.vetting = Vetting::Barred, false),
    ];
    for (role, change, may) in people {
        for how in [HoldAnswer::Left, HoldAnswer::Listed, HoldAnswer::Noted { text: "备注".into() }] {
            let mut world = world("card");
            hold(&mut world, "17:18");
            let was = world.register.staff_member(StaffId(3)).unwrap().clone();
            let mut now = Staff { role, ..was.clone() };
            change(&mut now);
            world.happen("17:18", Fact::StaffSet { was: Some(Box::new(was)), now: Box::new(now) });
            let objection = lift(&mut world, how.clone(), "17:19");
            assert_eq!(objection.is_none(), may, "{role:?} {how:?}");
            let lifted = may && !matches!(how, HoldAnswer::Noted { .. });
            let mut pass = world.scan("453841");
            pass.answers.go = true;
            let want = if lifted { Verdict::Who } else { Verdict::Hold };
            assert_eq!(world.verdict(&pass, "17:20"), want, "{role:?} {how:?}: never on Enter alone");
        }
    }
    // There is nothing to lift where nobody is held; and who was held today does not go home alone.
    let mut world = world("alone");
    assert_eq!(lift(&mut world, HoldAnswer::Left, "17:17"), Some(Objection::NotHeld(ChildId(1))));
    hold(&mut world, "17:18");
    lift(&mut world, HoldAnswer::Left, "17:19");
    assert_eq!(world.decide(&on(&world, "alone"), "17:20").objection, Some(Objection::Evidence));
    // A second attempt is another hold.
    hold(&mut world, "17:21");
    assert_eq!(world.day.state().child(ChildId(1)).unwrap().held_back, 2);
    assert_eq!(world.verdict(&on(&world, "named"), "17:22"), Verdict::Hold);
}

#[test]
fn a_no_is_a_hold_and_no_answer_is_none() {
    for (result, holds) in [(CallResult::Yes, false), (CallResult::No, true), (CallResult::NoAnswer, false)] {
        // Somebody a young child's family did not announce.
        let mut world = World::new();
        world.arrive("693691", "16:30");
        let mut pass = world.scan("693691");
        pass.answers.taker = Some(CollectorId(4));
        pass.answers.call = Some(said(3, result));
        let verdict = world.pass(&pass, "17:30");
        assert_eq!(verdict == Verdict::Hold, holds, "{result:?} {verdict:?}");
        assert_eq!(held(world.room(), ChildId(2)).is_some(), holds, "{result:?}");
        if result == CallResult::NoAnswer {
            assert_eq!(verdict, Verdict::WhoCall { collector: CollectorId(4) }, "another call can be made");
        }
        // At another place without the card.
        let mut world = World::new();
        world.arrive("453841", "16:30");
        world.happen("16:50", Fact::Moved { child: ChildId(1), was: Place::room(), now: Place::new("field") });
        let mut pass = Pass::new(ChildId(1), Proof::CardUnread);
        pass.answers.on_site = Some(OnSite { at: clock("17:25"), about: None, call: said(2, result) });
        let verdict = world.pass(&pass, "17:33");
        assert_eq!(held(world.room(), ChildId(1)).is_some(), holds, "{result:?}");
        if result == CallResult::NoAnswer {
            assert_eq!(verdict, Verdict::Elsewhere { place: Place::new("field"), called: None }, "another call can be made");
        }
        assert_eq!(world.released(), []);
    }
}

/// What proves who takes a child proves it for two minutes, on every path; the family's yes that has just been said, and what ended on
/// another day, are proofs of their own.
#[test]
fn what_was_shown_long_ago_releases_nobody_on_any_path() {
    for path in PATHS {
        for (ago, in_time) in [(0, true), (119, true), (120, false), (3600, false), (-60, true)] {
            let world = world(path);
            let pass = Pass { shown: Some(clock("17:20").plus_seconds(-ago)), ..on(&world, path) };
            let decision = world.decide(&pass, "17:20");
            let goes = decision.drafts.iter().any(|d| d.fact.kind() == "released");
            assert_eq!(goes, in_time || path == "on site", "{path} {ago}: {decision:?}");
            if !goes {
                assert_eq!(decision.objection, Some(Objection::ShownLongAgo(ChildId(1))), "{path} {ago}");
            }
            // A no holds, however old it is.
            let mut no = pass.clone();
            (no.answers.somebody_else, no.answers.call) = (true, Some(said(2, CallResult::No)));
            let held = world.decide(&no, "17:20");
            assert!(held.drafts.iter().any(|d| matches!(d.fact, Fact::HeldBack { .. })), "{path} {ago}: {held:?}");
        }
    }
}

/// While a child is held, one of its household goes with nobody by Enter alone: one person stands there.
#[test]
fn a_hold_asks_who_takes_the_siblings() {
    for (sibling, held_now) in [(true, true), (true, false), (false, true)] {
        let mut world = world("card");
        world.change(2, |c| c.household = HouseholdId(if sibling { 1 } else { 2 }));
        world.arrive("693691", "16:31");
        world.happen("17:31", Fact::HeldBack { child: ChildId(2) });
        if !held_now {
            let how = caredesk::domain::fact::HoldAnswer::Left;
            world.happen("17:32", Fact::HoldDecided { child: ChildId(2), how, approver: StaffId(3) });
        }
        let want = if sibling && held_now { Verdict::Who } else { Verdict::Out };
        assert_eq!(world.verdict(&world.scan("453841"), "17:35"), want, "{sibling} {held_now}");
    }
}

/// A day that is declared closed while children are in ends by the usual hours: who is fetched late is asked why.
#[test]
fn a_day_declared_closed_asks_why_late() {
    for closed in [false, true] {
        let mut world = world("card");
        if closed {
            world.settings.session.days = Weekdays(0);
        }
        let asked = world.verdict(&world.scan("453841"), "18:40");
        assert!(matches!(asked, Verdict::Late { .. }), "{closed}: {asked:?}");
    }
}
