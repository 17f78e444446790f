//! Stepping out for a while is leaving: it asks what a release asks, in the same order, and the stay goes on (F045, I3).

use caredesk::domain::closing::{Matter, Outcome};
use caredesk::domain::day::Presence;
use caredesk::domain::fact::HoldAnswer;
use caredesk::rules::closing::{AccountAct, Alarm, alarms, is_overdue, next_alarm, not_gone, numbers, to_call};
use caredesk::rules::collect::default_taker;

use super::*;

/// What can be asked about: each by itself and with all others.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::struct_excessive_bools)] // each by itself and with all others
struct Circumstances {
    restricted: bool,
    elsewhere: bool,
    phrase: bool,
    held: bool,
    off_duty: bool,
    /// Grade 1, and somebody whom the desk does not expect.
    unannounced: bool,
    time: &'static str,
}

impl Circumstances {
    fn all() -> impl Iterator<Item = Self> {
        (0..64_u8).flat_map(|n| {
            ["16:50", "17:30", "18:20"].map(|time| {
                let bit = |k: u8| n & (1 << k) != 0;
                Self { restricted: bit(0), elsewhere: bit(1), phrase: bit(2), held: bit(3), off_duty: bit(4), unannounced: bit(5), time }
            })
        })
    }

    /// The child, its collector, and the room.
    fn room(self) -> (i64, i64, World) {
        let (id, card) = if self.unannounced { (2, "693691") } else { (1, "453841") };
        let collector = id * 2 - i64::from(!self.unannounced);
        let mut world = World::new();
        if self.restricted {
            world.list(9, id, "伯父", Right::Barred);
        }
        if self.phrase {
            world.change_collector(collector, |c| c.phrase = Some("hash".into()));
            if !self.unannounced {
                // The desk expects collector 1 without a phrase; somebody named for the day it does not.
                world.change_collector(collector, |c| c.right = Right::OneDay { day: clock("12:00").date(), confirmed: true });
            }
        }
        world.change_collector(collector, |c| c.staff = Some(StaffId(2)));
        world.arrive(card, "16:30");
        if self.elsewhere {
            world.happen("16:40", Fact::Moved { child: ChildId(id), was: Place::room(), now: Place::new("field") });
        }
        if self.held {
            world.happen("16:45", Fact::HeldBack { child: ChildId(id) });
        }
        if self.off_duty {
            for staff in [1, 2] {
                world.happen("16:46", Fact::SignedOff { staff: StaffId(staff), by: None, reason: None });
            }
        }
        (id, collector, world)
    }
}

/// What is asked until the child has gone, each question answered as a teacher would.
fn asked(world: &mut World, mut pass: Pass, collector: i64, time: &str) -> Vec<String> {
    let mut asked = Vec::new();
    for _ in 0..16 {
        let decision = world.decide(&pass, time);
        assert_eq!(decision.objection, None, "{asked:?} {pass:?}");
        let verdict = decision.verdicts[0].1.clone();
        world.enter(clock(time), decision.drafts);
        let child = pass.child;
        let answers = &mut pass.answers;
        // A question is answered anew each time: what was pressed does not carry over.
        answers.go = false;
        let word = match &verdict {
            Verdict::Elsewhere { place, .. } => {
                world.happen(time, Fact::Moved { child, was: place.clone(), now: Place::room() });
                "ELSEWHERE"
            }
            Verdict::Who => {
                answers.taker = Some(CollectorId(collector));
                "WHO"
            }
            Verdict::WhoCall { .. } => {
                answers.call = Some(said(3, CallResult::Yes));
                "CALL"
            }
            Verdict::Early => {
                answers.early = Some(EarlyReason::Doctor);
                "EARLY"
            }
            Verdict::Late { .. } => {
                answers.late = Some(LateReason::Traffic);
                "LATE"
            }
            Verdict::Phrase { collector } => {
                answers.phrase = Some((*collector, true));
                answers.go = true;
                "PHRASE"
            }
            Verdict::Hold => {
                let act = Act::DecideHold { child, how: HoldAnswer::Listed, approver: StaffId(3) };
                let drafts = decide(world.room(), &Request::Act(act), clock(time)).drafts;
                world.enter(clock(time), drafts);
                "HOLD"
            }
            Verdict::NobodyOnDuty => {
                world.happen(time, Fact::SignedOn { staff: StaffId(1) });
                answers.go = true;
                "DUTY"
            }
            Verdict::Out | Verdict::MayStepOut => {
                answers.go = true;
                answers.taker = answers.taker.or(Some(CollectorId(collector)));
                "GO"
            }
            Verdict::BackBy { .. } => {
                answers.back_by = time_of_day("18:50");
                continue;
            }
            Verdict::OutOk { .. } | Verdict::SteppedOut { .. } => {
                asked.push("GONE".to_owned());
                return asked;
            }
            other => panic!("{other:?}"),
        };
        asked.push(word.to_owned());
    }
    panic!("no end: {asked:?}");
}

/// The heart of it: whatever a release asks, stepping out asks as well, in the same order, on the same evidence.
#[test]
fn stepping_out_asks_what_a_release_asks_in_the_same_order() {
    let mut most = 0;
    for circumstances in Circumstances::all() {
        let proofs: [fn(i64, i64) -> Option<Proof>; 4] = [
            |_, _| None,
            |_, _| Some(Proof::CardUnread),
            |_, c| {
                let (id_tail, vouch) = ("0428".to_owned(), said(if c <= 2 { 3 - c } else { 7 - c }, CallResult::Yes));
                Some(Proof::NoCard(NoCard { collector: CollectorId(c), id_tail, vouch, recognised: true, second: StaffId(3) }))
            },
            |_, _| Some(Proof::StaffParent(StaffId(2))),
        ];
        for proof in proofs {
            let sequences = [Purpose::Home, Purpose::Outing].map(|purpose| {
                let (id, collector, mut world) = circumstances.room();
                let card = if id == 2 { "693691" } else { "453841" };
                let scanned = world.scan(card);
                let proof = proof(id, collector).unwrap_or(scanned.proof);
                let named = matches!(proof, Proof::NoCard(_) | Proof::StaffParent(_));
                let mut pass = Pass { purpose, since: Seq(world.seq), ..Pass::new(ChildId(id), proof) };
                pass.answers.go = named;
                let mut asked = asked(&mut world, pass, collector, circumstances.time);
                let facts: Vec<&str> =
                    world.day.entries().iter().map(|e| e.fact.kind()).filter(|k| ["released", "stepped_out"].contains(k)).collect();
                assert_eq!(facts, [if purpose == Purpose::Home { "released" } else { "stepped_out" }]);
                // Once the collector has been named, the time is the confirmation.
                let mut to_confirm = !named && !asked.iter().any(|word| word == "WHO");
                asked.retain(|word| word != "GO" || std::mem::take(&mut to_confirm));
                asked
            });
            assert_eq!(sequences[0], sequences[1], "{circumstances:?}");
            most = most.max(sequences[0].len());
        }
    }
    assert!(most >= 8, "the circumstances do ask: {most}");
}

/// Child 1 out with its mother since 17:20, until 17:40, on its card.
fn out() -> World {
    let mut world = World::new();
    world.arrive("453841", "16:30");
    step_out(&mut world, "453841", 1, "17:20", "17:40");
    world
}

fn step_out(world: &mut World, card: &str, taker: i64, time: &str, back_by: &str) {
    let mut pass = Pass { purpose: Purpose::Outing, ..world.scan(card) };
    pass.answers.taker = Some(CollectorId(taker));
    pass.answers.back_by = time_of_day(back_by);
    let verdict = world.pass(&pass, time);
    assert!(matches!(verdict, Verdict::SteppedOut { .. }), "{verdict:?}");
}

#[test]
fn the_stay_goes_on_and_the_card_hangs_on_the_rack_meanwhile() {
    let counts = |w: &World| {
        let n = w.day.state().counts(&w.register, |_| true);
        (n.inside, n.outside, n.released, w.register.card_count().rack)
    };
    let mut world = World::new();
    world.arrive("453841", "16:30");
    world.arrive("693691", "16:31");
    let before = world.day.state().open_visits();
    assert_eq!(counts(&world), (2, 0, 0, 0));
    step_out(&mut world, "453841", 2, "17:20", "17:40");
    assert_eq!(counts(&world), (1, 1, 0, 1));
    let Presence::Out(visit, outing) = world.day.state().presence(ChildId(1)) else { panic!() };
    assert_eq!((visit.arrival, outing.taker, outing.since.hhmm()), (before[0].1.arrival, CollectorId(2), "17:20".to_owned()));
    assert!(matches!(&outing.ground, Some(Ground::Card { number }) if number.as_str() == "453841"), "on which evidence");
    let entry = world.day.entries().iter().find(|e| e.fact.kind() == "stepped_out").unwrap();
    assert!(entry.staff.is_some(), "I3");
    // By the card or by name it comes back, the card goes out again, and nothing has arrived.
    for by in [world.scan("453841"), Pass::new(ChildId(1), Proof::Name)] {
        let mut world = World { register: world.register.clone(), day: world.day.clone(), settings: world.settings.clone(), seq: world.seq };
        assert_eq!(world.pass(&by, "17:35"), Verdict::Back);
        assert_eq!(counts(&world), (2, 0, 0, 0));
        assert_eq!(world.day.state().open_visits(), before, "the same stay");
        // Undone, it is out again; and taken back altogether it never left.
        for want in [(1, 1, 0, 1), (2, 0, 0, 0)] {
            let act = world.day.entries().iter().rev().find(|e| !world.day.is_undone(e.seq) && e.fact.kind() != "undone").unwrap().act;
            let undo = decide(world.room(), &Request::Undo { act, reason: Some("点错".into()) }, clock("17:36"));
            assert_eq!(undo.objection, None);
            world.enter(clock("17:36"), undo.drafts);
            assert_eq!(counts(&world), want);
        }
        // The past is what it was.
        assert!(matches!(world.day.at(clock("17:10")).presence(ChildId(1)), Presence::In(_)));
    }
    assert!(matches!(world.day.at(clock("17:19")).presence(ChildId(1)), Presence::In(_)));
    assert!(matches!(world.day.at(clock("17:20")).presence(ChildId(1)), Presence::Out(..)));
    // Where families keep their cards, none moves; without a card shown none hangs.
    let mut world = World::new();
    world.settings.card_mode = CardMode::Held;
    world.arrive("453841", "16:30");
    step_out(&mut world, "453841", 1, "17:20", "17:40");
    assert_eq!(world.register.card_count().rack, 2);
    let mut world = World::new();
    world.arrive("453841", "16:30");
    let evidence =
        NoCard { collector: CollectorId(1), id_tail: "0428".into(), vouch: said(2, CallResult::Yes), recognised: true, second: StaffId(3) };
    let mut pass = Pass { since: Seq(world.seq), ..Pass::out(ChildId(1), Proof::NoCard(evidence)) };
    pass.answers.back_by = time_of_day("17:40");
    assert!(matches!(world.pass(&pass, "17:20"), Verdict::SteppedOut { .. }));
    let n = world.register.card_count();
    assert_eq!((n.rack, n.holder, n.away), (1, 1, 0), "the holder still has it");
    assert_eq!(world.register.no_card_count(ChildId(1)).unwrap().count, 1);
    assert_eq!(world.pass(&Pass::new(ChildId(1), Proof::Name), "17:30"), Verdict::Back);
    assert_eq!(world.register.card_count().holder, 1);
}

#[test]
fn what_releases_nobody_lets_nobody_step_out() {
    let evidence = |second: i64| NoCard {
        collector: CollectorId(1),
        id_tail: "0428".into(),
        vouch: said(2, CallResult::Yes),
        recognised: true,
        second: StaffId(second),
    };
    let mut world = World::new();
    world.change(1, |c| c.self_leave = true);
    world.arrive("453841", "16:30");
    for proof in [
        Proof::NoCard(NoCard { vouch: said(2, CallResult::NoAnswer), ..evidence(3) }),
        Proof::NoCard(NoCard { recognised: false, ..evidence(3) }),
        Proof::NoCard(NoCard { id_tail: String::new(), ..evidence(3) }),
        Proof::NoCard(evidence(1)),
        Proof::StaffParent(StaffId(2)),
        Proof::SelfLeave,
        Proof::Name,
        Proof::Escort("王".into()),
    ] {
        let mut pass = Pass { since: Seq(world.seq), ..Pass::out(ChildId(1), proof.clone()) };
        pass.answers.go = true;
        pass.answers.back_by = time_of_day("17:40");
        let decision = world.decide(&pass, "17:20");
        assert!(decision.objection.is_some() && decision.drafts.is_empty(), "{proof:?} {decision:?}");
    }
    // A time that has passed is asked for again; nothing is recorded meanwhile.
    let mut pass = Pass { purpose: Purpose::Outing, ..world.scan("453841") };
    pass.answers.taker = Some(CollectorId(1));
    for (time, past) in [(None, false), (Some("17:19"), true), (Some("17:20"), true)] {
        pass.answers.back_by = time.and_then(time_of_day);
        let decision = world.decide(&pass, "17:20");
        assert_eq!((decision.verdicts[0].1.clone(), decision.drafts.len()), (Verdict::BackBy { taker: CollectorId(1), past }, 0));
    }
    // Nobody steps out who is not here, and nobody twice.
    let mut pass = Pass { purpose: Purpose::Outing, ..world.scan("693691") };
    assert_eq!(world.decide(&pass, "17:20").objection, Some(Objection::NotHere(ChildId(2))), "it is no arrival either");
    let world = out();
    pass = Pass { purpose: Purpose::Outing, ..world.scan("453841") };
    assert_eq!(world.decide(&pass, "17:30").objection, Some(Objection::IsOut(ChildId(1))));
}

#[test]
fn who_does_not_come_back_is_released_by_a_person_who_asks() {
    for proof in [Proof::CardUnread, Proof::SelfLeave, Proof::StaffParent(StaffId(2)), Proof::Escort("王".into())] {
        let world = out();
        let mut pass = Pass::new(ChildId(1), proof.clone());
        pass.answers.go = true;
        let decision = world.decide(&pass, "17:35");
        assert_eq!((decision.objection, decision.drafts.len()), (Some(Objection::IsOut(ChildId(1))), 0), "neither a return nor a release: {proof:?}");
    }
    for (call, released, held) in [(CallResult::Yes, true, false), (CallResult::No, false, true), (CallResult::NoAnswer, false, false)] {
        let mut world = out();
        let mut pass = Pass::new(ChildId(1), Proof::NotBack { collector: CollectorId(1), vouch: said(1, call) });
        pass.answers.go = true;
        let decision = world.decide(&pass, "17:45");
        world.enter(clock("17:45"), decision.drafts);
        assert_eq!(world.released().len(), usize::from(released), "{call:?}");
        assert_eq!(world.day.state().child(ChildId(1)).unwrap().held.is_some(), held, "{call:?}");
        if released {
            assert!(matches!(world.released()[..], [Ground::NotBack { call: Some(CallResult::Yes) }]));
            assert!(world.day.entries().iter().any(|e| e.fact.kind() == "called"), "the call is on record");
            assert_eq!(world.register.card_count().rack, 2, "the card hangs where it was hung");
        } else {
            assert!(matches!(world.day.state().presence(ChildId(1)), Presence::Out(..)));
        }
    }
    // It asks what a release asks: who, where somebody is barred; early and late; nobody of whom the list knows nothing.
    let mut world = out();
    let pass = Pass::new(ChildId(1), Proof::NotBack { collector: CollectorId(3), vouch: said(1, CallResult::Yes) });
    assert_eq!(world.verdict(&pass, "17:45"), Verdict::Who);
    let pass = Pass::new(ChildId(1), Proof::NotBack { collector: CollectorId(1), vouch: said(1, CallResult::Yes) });
    assert_eq!(world.verdict(&pass, "18:05").name(), Some("LATE"));
    world.happen("17:50", Fact::HeldBack { child: ChildId(1) });
    assert_eq!(world.verdict(&pass, "17:55"), Verdict::Hold);
    assert_eq!(world.verdict(&world.scan("453841"), "17:55"), Verdict::Back, "coming back is no release");
    let mut world = World::new();
    world.arrive("453841", "16:30");
    assert_eq!(world.decide(&pass, "17:45").objection, Some(Objection::AlreadyHere(ChildId(1))));
}

#[test]
fn the_next_day_an_outing_is_a_stay_left_open_and_never_a_silent_return() {
    let mut world = out();
    world.day = world.day.next(clock("2026-09-08T00:00").date());
    let now = "2026-09-08T16:30";
    world.happen(now, Fact::SignedOn { staff: StaffId(1) });
    assert!(matches!(world.day.state().presence(ChildId(1)), Presence::Out(..)), "nobody comes back by the clock");
    let card = world.scan("453841");
    for mut pass in [card.clone(), Pass::new(ChildId(1), Proof::Name)] {
        let decision = world.decide(&pass, now);
        assert_eq!((decision.verdicts[0].1.name(), decision.drafts.len()), (Some("LEFT_OPEN"), 0));
        pass.answers.left_open = Some(LeftOpen::StillHere);
        assert_eq!(world.verdict(&pass, now), Verdict::Back, "said by a person");
    }
    let mut pass = card;
    for (at, fits) in [("2026-09-07T17:19", false), ("2026-09-07T17:20", true), (now, false)] {
        pass.answers.left_open = Some(LeftOpen::Collected { taker: CollectorId(1), at: clock(at) });
        let decision = world.decide(&pass, now);
        assert_eq!(decision.objection.is_none(), fits, "not before it went: {at}");
        if fits {
            let kinds: Vec<&str> = decision.drafts.iter().map(|d| d.fact.kind()).collect();
            assert_eq!(kinds, ["released", "arrived", "card_moved"]);
        }
    }
    assert!(is_overdue(world.room(), ChildId(1), clock("2026-09-08T07:00")));
    assert_eq!(to_call(world.room(), clock("2026-09-08T07:00")), [(ChildId(1), Matter::Outing)]);
}

#[test]
fn past_its_time_an_outing_rings_once_and_stands_on_every_board() {
    let mut world = World::new();
    world.arrive("453841", "16:30");
    world.arrive("693691", "16:31");
    step_out(&mut world, "453841", 2, "17:20", "17:40");
    let grace = world.settings.closing.grace_minutes;
    let due = clock("17:40").plus_seconds(60 * grace);
    let rings =
        |w: &World, from: &str, to: Moment| alarms(w.room(), clock(from), to).into_iter().filter(|(_, a)| *a == Alarm::NotBack(ChildId(1))).count();
    assert_eq!(next_alarm(world.room(), clock("17:21")), Some(due));
    assert_eq!(rings(&world, "17:20", due.plus_seconds(-1)), 0);
    assert_eq!(rings(&world, "17:20", due), 1);
    assert_eq!(rings(&world, "17:20", clock("17:59")), 1, "once");
    // Before its time it stands last, after it before those who are only not fetched; whom to call is who took it.
    assert_eq!(to_call(world.room(), clock("17:30")).last(), Some(&(ChildId(1), Matter::Outing)));
    assert_eq!(to_call(world.room(), clock("17:52"))[0], (ChildId(1), Matter::Outing));
    assert_eq!(numbers(world.room(), ChildId(1), clock("17:30"))[0].id, CollectorId(2));
    // The boards before and at the end name it.
    assert_eq!(not_gone(world.room()), [ChildId(2), ChildId(1)]);
    let ended = alarms(world.room(), clock("17:45"), clock("18:00"));
    let board = |want: fn(&Alarm) -> bool| ended.iter().find(|(_, a)| want(a)).map(|(_, a)| a.clone());
    assert_eq!(board(|a| matches!(a, Alarm::Soon(_))), Some(Alarm::Soon(vec![ChildId(2), ChildId(1)])));
    assert_eq!(board(|a| matches!(a, Alarm::Ended(_))), Some(Alarm::Ended(vec![ChildId(2), ChildId(1)])));
    // Who was called and promised is waited for; then it rings as a promise does.
    let outcome = Outcome::Promised { by: time_of_day("17:55").unwrap(), note: None };
    let act = Act::Account(AccountAct::Chase { child: ChildId(1), collector: CollectorId(2), about: Matter::Outing, outcome });
    let drafts = decide(world.room(), &Request::Act(act), clock("17:46")).drafts;
    assert!(!drafts.is_empty());
    world.enter(clock("17:46"), drafts);
    let again = clock("17:55").plus_seconds(60 * grace);
    let rung: Vec<(Moment, Alarm)> = alarms(world.room(), clock("17:46"), again);
    assert!(rung.contains(&(again, Alarm::CallAgain(ChildId(1)))), "{rung:?}");
    assert_eq!(rings(&world, "17:20", again), 0);
    // Back again, nothing rings.
    let pass = world.scan("453841");
    world.pass(&pass, "17:50");
    assert!(!alarms(world.room(), clock("17:50"), again).iter().any(|(_, a)| matches!(a, Alarm::CallAgain(_) | Alarm::NotBack(_))));
    // A room in which the only child is out still has an end.
    let world = out();
    assert!(alarms(world.room(), clock("17:59"), clock("18:00")).iter().any(|(_, a)| *a == Alarm::Ended(vec![ChildId(1)])));
}

#[test]
fn a_number_typed_on_a_school_card_is_looked_at_before_a_return_too() {
    let mut world = World::new();
    world.card("0004835004", 1, CardState::Live, false);
    world.arrive("0004835004", "16:30");
    step_out(&mut world, "0004835004", 1, "17:20", "17:40");
    let mut pass = world.scan("0004835004");
    if let Proof::Card { means, .. } = &mut pass.proof {
        *means = Means::Typed;
    }
    assert_eq!(world.verdict(&pass, "17:30"), Verdict::TypedSchoolCard);
    pass.answers.is_this_child = true;
    assert_eq!(world.verdict(&pass, "17:30"), Verdict::Back);
    assert_eq!(default_taker(world.room(), ChildId(1), &world.day.state().open_visits()[0].1, clock("17:30").date()), Some(CollectorId(1)));
}

/// The number of whoever took a child out speaks for that person, unless it is a barred one's as well: then somebody else is asked.
#[test]
fn nobody_speaks_for_itself_at_a_number_that_is_a_barred_ones() {
    for (number, speaks) in [("13900000055", false), ("13900000091", true)] {
        let mut world = out();
        let Presence::Out(_, outing) = world.day.state().presence(ChildId(1)) else { panic!("it is out") };
        let taker = outing.taker;
        world.change_collector(taker.0, |c| (c.name, c.phone) = ("林静".into(), Some("13900000055".into())));
        let barred = Collector { phone: Some(number.into()), ..Collector::new(CollectorId(9), ChildId(1), 9, "赵强", "舅舅", Right::Barred) };
        world.happen("17:42", Fact::CollectorSet { was: None, now: Box::new(barred) });
        let mut pass = Pass::new(ChildId(1), Proof::NotBack { collector: taker, vouch: Vouch::Called(taker, CallResult::Yes) });
        (pass.answers.go, pass.answers.taker) = (true, Some(taker));
        let decision = world.decide(&pass, "17:45");
        let goes = decision.drafts.iter().any(|d| matches!(d.fact, Fact::Released { .. }));
        assert_eq!(goes, speaks, "{decision:?}");
        assert!(caredesk::rules::collect::takers(world.room(), ChildId(1), clock("17:45").date()).iter().any(|c| c.id == taker), "still listed");
    }
}

/// Nobody vouches for himself under a vaguer record of his own.
#[test]
fn who_is_called_alike_vouches_for_nobody() {
    for (vague, relation, may) in [("赵叔叔", "叔叔", false), ("小赵", "叔叔", false), ("李阿姨", "阿姨", true)] {
        let mut world = World::new();
        world.arrive("693691", "16:31");
        let one =
            Collector { phone: Some("13900000055".into()), ..Collector::new(CollectorId(21), ChildId(2), 5, "赵强", "叔叔", Right::Standing) };
        world.happen("16:32", Fact::CollectorSet { was: None, now: Box::new(one) });
        let other = Collector::new(CollectorId(22), ChildId(2), 6, vague, relation, Right::Standing);
        world.happen("16:32", Fact::CollectorSet { was: None, now: Box::new(other) });
        let about = world.register.collector(CollectorId(22)).map(caredesk::domain::likeness::Described::from);
        let list = caredesk::rules::collect::callable(world.room(), ChildId(2), about, clock("17:45").date());
        assert_eq!(list.iter().any(|c| c.id == CollectorId(21)), may, "{vague}");
        assert!(list.iter().any(|c| c.id == CollectorId(3)), "the mother is called");
    }
}

/// A child that went without a card is back when somebody says so: whoever shows its card then is not who has the child.
#[test]
fn no_card_brings_back_who_went_without_one() {
    for shown in [false, true] {
        let mut world = World::new();
        world.arrive("453841", "16:30");
        let ground = if shown { Ground::Card { number: CardNumber::new("453841") } } else { Ground::StaffParent { staff: StaffId(2) } };
        let out = Fact::SteppedOut {
            child: ChildId(1),
            taker: CollectorId(2),
            back_by: time_of_day("17:40"),
            ground: Some(ground),
            early: None,
            late: None,
        };
        world.happen("17:00", out);
        let decision = world.decide(&world.scan("453841"), "17:20");
        let back = decision.drafts.iter().any(|d| matches!(d.fact, Fact::CameBack { .. }));
        assert_eq!(back, shown, "{decision:?}");
        let by_name = world.decide(&Pass::new(ChildId(1), Proof::Name), "17:20");
        assert!(by_name.drafts.iter().any(|d| matches!(d.fact, Fact::CameBack { .. })), "{by_name:?}");
    }
}
