//! The verdict table: (register, day, request, now) → verdict, beside the closed list of grounds and the explanations.
#![allow(clippy::unwrap_used, clippy::wildcard_enum_match_arm, clippy::similar_names)]

use caredesk::domain::calendar::Term;
use caredesk::domain::card::CardNumber;
use caredesk::domain::custody::{Card, CardKind, CardState, Custody};
use caredesk::domain::day::Day;
use caredesk::domain::fact::{
    Account, CallResult, Draft, EarlyReason, Entry, Fact, Ground, Holder, LateReason, LeaveReason, Means, OfficeFact, Seq, Taker,
};
use caredesk::domain::people::{Child, ChildId, Collector, CollectorId, Consent, EarlyDay, Enrolment, HouseholdId, Right, Role, Staff, StaffId};
use caredesk::domain::register::Register;
use caredesk::domain::settings::{CardMode, Place, ReleaseOn, Settings};
use caredesk::domain::time::{Moment, Weekdays, moment, time_of_day};
use caredesk::rules::card::{Meaning, look_up};
use caredesk::rules::collect::Vouch;
use caredesk::rules::pass::{LeftOpen, NoCard, OnSite, Pass, Proof, Purpose};
use caredesk::rules::why::{MOST_LINES, explain};
use caredesk::rules::{Act, Decision, Objection, Request, Room, Verdict, decide};

#[path = "verdicts/anew.rs"]
mod anew;
#[path = "verdicts/astray.rs"]
mod astray;
#[path = "verdicts/barred.rs"]
mod barred;
#[path = "verdicts/calls.rs"]
mod calls;
#[path = "verdicts/doors.rs"]
mod doors;
#[path = "verdicts/doubt.rs"]
mod doubt;
#[path = "verdicts/hold.rs"]
mod hold;
#[path = "verdicts/keepers.rs"]
mod keepers;
#[path = "verdicts/naming.rs"]
mod naming;
#[path = "verdicts/outing.rs"]
mod outing;
#[path = "verdicts/own.rs"]
mod own;
#[path = "verdicts/persons.rs"]
mod persons;
#[path = "verdicts/second.rs"]
mod second;
#[path = "verdicts/unnamed.rs"]
mod unnamed;

/// A room with what has happened in it so far.
struct World {
    register: Register,
    day: Day,
    settings: Settings,
    seq: i64,
}

fn clock(text: &str) -> Moment {
    let base = Moment::from_local(chrono::NaiveDate::from_ymd_opt(2026, 9, 7).unwrap().and_time(time_of_day("00:00").unwrap()), 480);
    moment(text, base).unwrap()
}

/// What a call to this collector brought.
fn said(whom: i64, result: CallResult) -> Vouch {
    Vouch::Called(CollectorId(whom), result)
}

/// A name that no other child of a small number has: 童甲, 童申 … Names that differ by a figure alone are one name.
fn named(id: i64) -> String {
    let given = u32::try_from(id).ok().and_then(|id| char::from_u32(0x7531 + id)).unwrap_or('无');
    format!("童{given}")
}

fn child(id: i64, grade: u8) -> Child {
    Child { class_no: Some(1), seat: 1, consent: Consent::Given, ..Child::new(ChildId(id), named(id), grade, HouseholdId(id)) }
}

impl World {
    /// Child 1 in grade 4 and child 2 in grade 1, with a mother (2n−1) and a father (2n) each, cards 453841 and 693691;
    /// staff 1 (duty), 2 (duty) and 3 (leader), of whom 1 and 2 are on duty and 1 acts.
    fn new() -> Self {
        let day = Day::new(clock("12:00").date(), Vec::new());
        let mut world = Self { register: Register::default(), day, settings: Settings::default(), seq: 0 };
        for (id, grade, card) in [(1, 4, "453841"), (2, 1, "693691")] {
            world.happen("16:00", Fact::ChildSet { was: None, now: Box::new(child(id, grade)) });
            for (n, relation) in [(1, "母亲"), (2, "父亲")] {
                world.list(id * 2 - 2 + n, id, relation, Right::Standing);
            }
            world.card(card, id, CardState::Live, true);
        }
        for (id, role) in [(1, Role::Duty), (2, Role::Duty), (3, Role::Leader)] {
            let staff = Staff { pin: Some("x".into()), ..Staff::new(StaffId(id), format!("师{id}"), role) };
            world.happen("16:00", Fact::StaffSet { was: None, now: Box::new(staff) });
        }
        for id in [2, 1] {
            world.happen("16:20", Fact::SignedOn { staff: StaffId(id) });
        }
        world
    }

    fn list(&mut self, id: i64, child: i64, relation: &str, right: Right) {
        let rank = u8::try_from(id).unwrap();
        let listed = Collector::new(CollectorId(id), ChildId(child), rank, format!("{relation}{id}"), relation, right);
        let collector = Collector { phone: Some(format!("139000000{id:02}")), ..listed };
        self.happen("16:00", Fact::CollectorSet { was: None, now: Box::new(collector) });
    }

    /// Everybody who may collect has a whole name, as a restricted child's list wants it.
    fn name_everybody(&mut self) {
        let ids: Vec<CollectorId> = self.register.all_collectors().filter(|c| c.right != Right::Barred).map(|c| c.id).collect();
        for id in ids {
            let name = ["周安", "周宁", "林平", "林和", "吴静", "吴远"][usize::try_from(id.0).unwrap() % 6];
            self.change_collector(id.0, |c| c.name = name.into());
        }
    }

    fn card(&mut self, number: &str, child: i64, state: CardState, own: bool) {
        let card = Card { state, ..Card::new(CardNumber::new(number), ChildId(child), own) };
        self.happen("16:00", Fact::CardSet { was: None, now: Box::new(card) });
    }

    fn change(&mut self, id: i64, change: impl FnOnce(&mut Child)) {
        let was = self.register.child(ChildId(id)).unwrap().clone();
        let mut now = was.clone();
        change(&mut now);
        self.happen("16:00", Fact::ChildSet { was: Some(Box::new(was)), now: Box::new(now) });
    }

    fn happen(&mut self, time: &str, fact: Fact) {
        self.enter(clock(time), vec![fact.into()]);
    }

    fn enter(&mut self, now: Moment, drafts: Vec<Draft>) {
        let act = Seq(self.seq + 1);
        for draft in drafts {
            self.seq += 1;
            let at = draft.at.unwrap_or(now);
            let staff = self.day.state().actor("desk");
            let entry = Entry { seq: Seq(self.seq), act, day: at.date(), at, entered_at: now, desk: "desk".into(), staff, fact: draft.fact };
            self.register.apply_with(&entry, |seq| self.day.entry(seq));
            self.day.apply(&entry);
        }
    }

    fn room(&self) -> Room<'_> {
        Room { register: &self.register, day: &self.day, settings: &self.settings, desk: "desk", keeper: None }
    }

    fn scan(&self, number: &str) -> Pass {
        match look_up(self.room(), [number]) {
            Meaning::Child { child, number, own } => Pass::new(child, Proof::Card { number, means: Means::Scanned, own }),
            other => panic!("{number}: {other:?}"),
        }
    }

    /// Child 1 comes up now.
    fn shown(&self, proof: Proof) -> Pass {
        Pass { since: Seq(self.seq), ..Pass::new(ChildId(1), proof) }
    }

    fn decide(&self, pass: &Pass, time: &str) -> Decision {
        decide(self.room(), &Request::Passes(vec![pass.clone()]), clock(time))
    }

    fn verdict(&self, pass: &Pass, time: &str) -> Verdict {
        let decision = self.decide(pass, time);
        assert_eq!(decision.objection, None);
        decision.verdicts[0].1.clone()
    }

    fn pass(&mut self, pass: &Pass, time: &str) -> Verdict {
        let decision = self.decide(pass, time);
        assert_eq!(decision.objection, None);
        let verdict = decision.verdicts[0].1.clone();
        self.enter(clock(time), decision.drafts);
        verdict
    }

    fn arrive(&mut self, number: &str, time: &str) {
        let pass = self.scan(number);
        self.pass(&pass, time);
    }

    fn released(&self) -> Vec<Ground> {
        let grounds = self.day.entries().iter().filter_map(|e| if let Fact::Released { ground, .. } = &e.fact { Some(ground.clone()) } else { None });
        grounds.collect()
    }
}

#[test]
fn the_state_of_the_card_comes_first() {
    let mut world = World::new();
    world.card("779093", 1, CardState::Lost { at: clock("16:10") }, true);
    world.card("159082", 1, CardState::Replaced { at: clock("16:10") }, true);
    world.card("504179", 1, CardState::Expired { at: clock("16:10") }, true);
    for (number, want) in
        [("453842", "BAD_DIGIT"), ("112018", "NO_CARD"), ("3104001122", "NO_CARD"), ("779093", "LOST"), ("159082", "REPLACED"), ("504179", "EXPIRED")]
    {
        match look_up(world.room(), [number]) {
            Meaning::Refused(verdict, _) => {
                assert_eq!(verdict.name(), Some(want), "{number}");
                assert!(!verdict.names_child(), "{number} names nobody");
            }
            other => panic!("{number}: {other:?}"),
        }
    }
    // A void card never releases, even when its verdict was on the screen before it was reported.
    world.arrive("453841", "16:30");
    let mut pass = world.scan("453841");
    pass.answers.go = true;
    let lost = decide(world.room(), &Request::Act(Act::LoseCard { child: ChildId(1) }), clock("17:30")).drafts;
    world.enter(clock("17:30"), lost);
    assert_eq!(world.decide(&pass, "17:31").objection, Some(Objection::VoidCard(ChildId(1))));
}

#[test]
fn a_room_with_school_cards_only_knows_no_check_digit() {
    let mut world = World::new();
    world.register = Register::default();
    world.happen("16:00", Fact::ChildSet { was: None, now: Box::new(child(1, 4)) });
    world.list(1, 1, "母亲", Right::Standing);
    world.card("0004835004", 1, CardState::Live, false);
    for number in ["0004835005", "453842", "123456"] {
        assert!(matches!(look_up(world.room(), [number]), Meaning::Refused(Verdict::NoCard, _)), "{number}");
    }
    let mut pass = world.scan("0004835004");
    assert_eq!(world.verdict(&pass, "16:30"), Verdict::InOk, "a scan takes no key");
    if let Proof::Card { means, .. } = &mut pass.proof {
        *means = Means::Typed;
    }
    assert_eq!(world.verdict(&pass, "16:30"), Verdict::TypedSchoolCard, "typed by hand it asks");
    pass.answers.is_this_child = true;
    assert_eq!(world.verdict(&pass, "16:30"), Verdict::InOk);
}

#[test]
fn the_verb_follows_from_the_state() {
    let mut world = World::new();
    let pass = world.scan("453841");
    assert_eq!(world.pass(&pass, "16:30"), Verdict::InOk);
    assert_eq!(world.verdict(&pass, "17:20"), Verdict::Out);
    let mut out = Pass { purpose: Purpose::Outing, ..pass.clone() };
    out.answers.go = true;
    out.answers.back_by = time_of_day("17:40");
    assert!(matches!(world.pass(&out, "17:20"), Verdict::SteppedOut { .. }));
    assert_eq!(world.pass(&pass, "17:25"), Verdict::Back);
    let mut go = pass.clone();
    go.answers.go = true;
    assert!(matches!(world.pass(&go, "17:30"), Verdict::OutOk { taker: Taker::Collector(CollectorId(1)), .. }));
    let Verdict::Repeat { taker, at, returned } = world.verdict(&pass, "17:31") else { panic!() };
    assert_eq!((taker, at.hhmm().as_str(), returned), (Taker::Collector(CollectorId(1)), "17:30", false));
    let mut again = pass.clone();
    again.answers.again = true;
    assert_eq!(world.pass(&again, "17:35"), Verdict::InOk);
}

#[test]
fn arrival_questions_come_in_one() {
    type Prepare = fn(&mut World);
    let cases: [(&str, Prepare); 4] = [
        ("ON_LEAVE", |w| w.happen("16:10", Fact::LeaveTaken { child: ChildId(1), reason: LeaveReason::Ill })),
        ("NOT_TODAY", |w| w.change(1, |c| c.weekdays = Some(Weekdays(0b10)))),
        ("NOT_TODAY", |w| w.change(1, |c| c.enrolled = false)),
        ("NO_CONSENT", |w| w.change(1, |c| c.consent = Consent::Missing)),
    ];
    for (want, prepare) in cases {
        let mut world = World::new();
        prepare(&mut world);
        let mut pass = world.scan("453841");
        assert_eq!(world.verdict(&pass, "16:30").name(), Some(want));
        // Before the answer nothing is recorded but that the child stands there, and that once.
        let at_door = [Draft::from(Fact::Account(Account::AtDoor { child: ChildId(1) }))];
        assert_eq!(world.decide(&pass, "16:30").drafts, at_door);
        world.pass(&pass, "16:30");
        assert_eq!(world.decide(&pass, "16:30").drafts, []);
        pass.answers.despite_doubt = true;
        assert_eq!(world.pass(&pass, "16:30"), Verdict::InOk);
    }
    // Unknown consent is asked about only where the school wants it.
    let mut world = World::new();
    world.change(1, |c| c.consent = Consent::Unknown);
    let pass = world.scan("453841");
    assert_eq!(world.verdict(&pass, "16:30"), Verdict::InOk);
    world.settings.require_consent = true;
    assert_eq!(world.verdict(&pass, "16:30").name(), Some("NO_CONSENT"));
}

#[test]
fn pickup_questions_come_in_their_order() {
    let mut world = World::new();
    world.list(9, 2, "伯父", Right::Barred);
    world.name_everybody();
    world.arrive("693691", "16:30");
    world.happen("16:40", Fact::Moved { child: ChildId(2), was: Place::room(), now: Place::new("field") });
    let mut pass = world.scan("693691");
    let mut order = Vec::new();
    for time in ["16:50"; 6] {
        let verdict = world.verdict(&pass, time);
        order.push(verdict.name().unwrap_or("-"));
        match verdict {
            Verdict::Elsewhere { .. } => world.happen("16:50", Fact::Moved { child: ChildId(2), was: Place::new("field"), now: Place::room() }),
            Verdict::Who => pass.answers.taker = Some(CollectorId(4)),
            Verdict::WhoCall { .. } => pass.answers.call = Some(said(3, CallResult::Yes)),
            Verdict::Early => pass.answers.early = Some(EarlyReason::Doctor),
            Verdict::Out => pass.answers.go = true,
            _ => {}
        }
    }
    assert_eq!(order, ["ELSEWHERE", "WHO", "WHO", "EARLY", "OUT", "OUT_OK"]);
}

#[test]
fn hours_are_those_of_the_session() {
    let mut world = World::new();
    world.arrive("453841", "16:30");
    let pass = world.scan("453841");
    for (time, want) in [("17:14", Verdict::Early), ("17:15", Verdict::Out), ("18:00", Verdict::Out), ("18:34", Verdict::Late { minutes: 34 })] {
        assert_eq!(world.verdict(&pass, time), want, "{time}");
    }
    let mut late = pass.clone();
    late.answers.late = Some(LateReason::Traffic);
    late.answers.go = true;
    world.pass(&late, "18:34");
    let noted = world.day.entries().iter().find_map(|e| if let Fact::Released { late, .. } = &e.fact { *late } else { None }).unwrap();
    assert_eq!((noted.minutes, noted.reason), (34, LateReason::Traffic));
}

#[test]
fn a_restricted_child_never_goes_on_enter_alone() {
    let mut world = World::new();
    world.list(9, 1, "父亲", Right::Barred);
    world.arrive("453841", "16:30");
    let mut pass = world.scan("453841");
    pass.answers.go = true;
    assert_eq!(world.verdict(&pass, "17:30"), Verdict::Who);
    pass.answers.taker = Some(CollectorId(9));
    assert_eq!(world.verdict(&pass, "17:30"), Verdict::Who, "the barred person is no answer");
    pass.answers.somebody_else = true;
    assert_eq!(world.pass(&pass, "17:30"), Verdict::Hold);
    assert_eq!(world.released(), []);
    assert_eq!(world.day.state().child(ChildId(1)).unwrap().held_back, 1);
}

#[test]
fn a_young_child_and_somebody_unannounced_mean_a_call() {
    let mut world = World::new();
    world.arrive("693691", "16:30");
    let mut pass = world.scan("693691");
    pass.answers.taker = Some(CollectorId(4));
    pass.answers.go = true;
    assert_eq!(world.verdict(&pass, "17:30"), Verdict::WhoCall { collector: CollectorId(4) });
    for (result, goes) in [(CallResult::No, false), (CallResult::NoAnswer, false), (CallResult::Yes, true)] {
        pass.answers.call = Some(said(3, result));
        let decision = world.decide(&pass, "17:30");
        let released = decision.drafts.iter().any(|d| d.fact.kind() == "released");
        assert_eq!(released, goes, "{result:?}");
        assert!(decision.drafts.iter().any(|d| d.fact.kind() == "called"), "the call is on record: {result:?}");
    }
    // The recorded holder is announced.
    world.happen("16:31", Fact::HolderNamed { child: ChildId(2), was: Holder::Nobody, now: Holder::Named(CollectorId(4)) });
    let mut pass = world.scan("693691");
    pass.answers.taker = Some(CollectorId(4));
    assert_eq!(world.verdict(&pass, "17:30"), Verdict::Out);
}

#[test]
fn every_ground_needs_its_evidence() {
    let evidence = |second: i64| NoCard {
        collector: CollectorId(1),
        id_tail: "0428".into(),
        vouch: said(2, CallResult::Yes),
        recognised: true,
        second: StaffId(second),
    };
    let broken = [
        NoCard { vouch: said(2, CallResult::NoAnswer), ..evidence(2) },
        NoCard { vouch: said(1, CallResult::Yes), ..evidence(2) }, // who stands there does not vouch for herself
        NoCard { vouch: said(3, CallResult::Yes), ..evidence(2) }, // of another child
        NoCard { vouch: Vouch::Leader(StaffId(3)), ..evidence(2) }, // somebody can be called
        NoCard { recognised: false, ..evidence(2) },
        NoCard { id_tail: " ".into(), ..evidence(2) },
        evidence(1), // the one who acts is no second adult
        evidence(99),
    ];
    let mut world = World::new();
    world.arrive("453841", "16:30");
    for evidence in broken {
        let mut pass = world.shown(Proof::NoCard(evidence.clone()));
        pass.answers.go = true;
        let decision = world.decide(&pass, "17:30");
        assert!(decision.objection.is_some() && decision.drafts.is_empty(), "{evidence:?}");
    }
    let mut pass = world.shown(Proof::NoCard(evidence(2)));
    pass.answers.go = true;
    world.pass(&pass, "17:30");
    assert!(matches!(world.released()[..], [Ground::NoCard { second: StaffId(2), .. }]));
    assert_eq!(world.register.no_card_count(ChildId(1)).unwrap().count, 1);
    assert_eq!(world.register.card_count().away, 1);

    // A staff parent has to be on the child's list.
    let mut world = World::new();
    world.arrive("453841", "16:30");
    let mut pass = Pass::new(ChildId(1), Proof::StaffParent(StaffId(2)));
    pass.answers.go = true;
    assert_eq!(world.decide(&pass, "17:30").objection, Some(Objection::WrongStaff));

    // Alone only with a letter, and never in grades 1 and 2 (I9).
    for (id, card, letter, goes) in [(1, "453841", true, true), (1, "453841", false, false), (2, "693691", true, false)] {
        let mut world = World::new();
        world.change(id, |c| c.self_leave = letter);
        world.arrive(card, "16:30");
        let mut pass = Pass::new(ChildId(id), Proof::SelfLeave);
        pass.answers.go = true;
        assert_eq!(world.decide(&pass, "17:30").drafts.iter().any(|d| d.fact.kind() == "released"), goes, "{id} {letter}");
    }

    // On site: entered for the time at which it happened, with the call.
    let mut world = World::new();
    world.arrive("453841", "16:30");
    world.happen("16:50", Fact::Moved { child: ChildId(1), was: Place::room(), now: Place::new("field") });
    let mut pass = world.scan("453841");
    pass.answers.on_site = Some(OnSite { at: clock("17:25"), about: None, call: said(2, CallResult::Yes) });
    pass.answers.go = true;
    world.pass(&pass, "17:33");
    assert!(matches!(&world.released()[..], [Ground::OnSite { call: Some(CallResult::Yes), .. }]));
    let entry = world.day.entries().iter().find(|e| e.fact.kind() == "released").unwrap();
    assert_eq!((entry.at.hhmm(), entry.entered_at.hhmm()), ("17:25".to_owned(), "17:33".to_owned()));
}

#[test]
fn back_fill_is_decided_at_its_own_time_and_never_contradicts() {
    let mut world = World::new();
    world.arrive("453841", "16:30");
    let mut pass = world.scan("453841");
    pass.answers.go = true;
    for (at, want) in [("17:40", Some(Objection::WrongTime)), ("17:20", None)] {
        pass.at = Some(clock(at));
        assert_eq!(world.decide(&pass, "17:30").objection, want, "{at}");
    }
    world.happen("17:25", Fact::Moved { child: ChildId(1), was: Place::room(), now: Place::new("field") });
    pass.at = Some(clock("17:20"));
    assert!(matches!(world.decide(&pass, "17:30").objection, Some(Objection::Contradicted(_))), "somebody saw it at 17:25");
}

#[test]
fn a_stay_left_open_is_never_ended_by_the_clock() {
    let mut world = World::new();
    world.arrive("453841", "16:30");
    world.day = world.day.next(clock("2026-09-08T00:00").date());
    let now = "2026-09-08T16:30";
    let pass = world.scan("453841");
    assert_eq!(world.verdict(&pass, now).name(), Some("LEFT_OPEN"));
    world.happen(now, Fact::SignedOn { staff: StaffId(1) });
    let mut collected = pass.clone();
    for (at, fits) in [("2026-09-07T16:00", false), (now, false), ("2026-09-07T17:55", true)] {
        collected.answers.left_open = Some(LeftOpen::Collected { taker: CollectorId(2), at: clock(at) });
        let decision = world.decide(&collected, now);
        assert_eq!(decision.objection.is_none(), fits, "{at}");
        if fits {
            let kinds: Vec<&str> = decision.drafts.iter().map(|d| d.fact.kind()).collect();
            assert_eq!(kinds, ["released", "arrived"]);
            assert_eq!(decision.drafts[0].at, Some(clock(at)));
        }
    }
}

#[test]
fn card_mode_and_release_by_scan_are_settings() {
    let mut world = World::new();
    world.settings.card_mode = CardMode::Held;
    world.settings.release_on = ReleaseOn::Scan;
    world.arrive("453841", "16:30");
    assert_eq!(world.register.card_count().rack, 2, "families keep their cards: nothing moves");
    let pass = world.scan("453841");
    assert!(matches!(world.pass(&pass, "17:30"), Verdict::OutOk { .. }), "the scan alone releases");
    // Amber verdicts ask all the same.
    world.list(9, 2, "父亲", Right::Barred);
    world.arrive("693691", "16:31");
    let pass = world.scan("693691");
    assert_eq!(world.verdict(&pass, "17:30"), Verdict::Who);
}

#[test]
fn nobody_on_duty_means_no_release() {
    let mut world = World::new();
    world.arrive("453841", "16:30");
    for id in [1, 2] {
        world.happen("17:00", Fact::SignedOff { staff: StaffId(id), by: None, reason: None });
    }
    let mut pass = world.scan("453841");
    pass.answers.go = true;
    let decision = world.decide(&pass, "17:30");
    assert_eq!(decision.verdicts[0].1, Verdict::NobodyOnDuty);
    assert!(decision.drafts.is_empty());
}

#[test]
fn undo_takes_back_the_whole_act_and_stops_at_what_rests_on_it() {
    let mut world = World::new();
    world.arrive("453841", "16:30");
    let before = world.day.state().clone();
    let mut pass = world.scan("453841");
    pass.answers.go = true;
    world.pass(&pass, "17:30");
    let act = world.day.entries().iter().find(|e| e.fact.kind() == "released").unwrap().act;
    let undo = |world: &World, reason: Option<&str>, time: &str| {
        decide(world.room(), &Request::Undo { act, reason: reason.map(str::to_owned) }, clock(time))
    };
    assert_eq!(undo(&world, None, "17:41").objection, Some(Objection::UndoReason), "older than ten minutes");
    let drafts = undo(&world, None, "17:35").drafts;
    assert_eq!(drafts.len(), 2, "the release and the card's way");
    world.enter(clock("17:35"), drafts);
    assert_eq!(*world.day.state(), before);
    assert_eq!(world.register.card_count().holder, 1);
    assert_eq!(undo(&world, None, "17:36").objection, Some(Objection::NothingToUndo));
    // An arrival that a release rests on cannot be taken back.
    world.pass(&pass, "17:40");
    let arrival = world.day.entries().iter().find(|e| e.fact.kind() == "arrived").unwrap().act;
    let blocked = decide(world.room(), &Request::Undo { act: arrival, reason: None }, clock("17:41"));
    assert!(matches!(blocked.objection, Some(Objection::RestsOn(_))));
}

#[test]
fn every_verdict_can_explain_itself_in_five_lines() {
    let mut world = World::new();
    world.arrive("453841", "16:30");
    let at = clock("17:00");
    let all = [
        Verdict::InOk,
        Verdict::Back,
        Verdict::InAlert,
        Verdict::Out,
        Verdict::MayStepOut,
        Verdict::BackBy { taker: CollectorId(1), past: true },
        Verdict::SteppedOut { taker: CollectorId(1), back_by: at.time() },
        Verdict::OutOk { taker: Taker::Itself, at },
        Verdict::Sibling,
        Verdict::Repeat { taker: Taker::Itself, at, returned: true },
        Verdict::Early,
        Verdict::Late { minutes: 3 },
        Verdict::Elsewhere { place: Place::new("field"), called: None },
        Verdict::Who,
        Verdict::WhoCall { collector: CollectorId(2) },
        Verdict::Hold,
        Verdict::Doubt(caredesk::domain::fact::Doubt::NotToday),
        Verdict::LeftOpen { since: at.date() },
        Verdict::TypedSchoolCard,
        Verdict::NobodyOnDuty,
        Verdict::Ambiguous,
        Verdict::Staff { staff: StaffId(1) },
        Verdict::BadDigit,
        Verdict::NoCard,
        Verdict::Lost { at },
        Verdict::Replaced,
        Verdict::Expired,
        Verdict::NotRecorded,
    ];
    for verdict in all {
        let lines = explain(world.room(), Some(ChildId(1)), None, &verdict);
        assert!(!lines.is_empty() && lines.len() <= MOST_LINES, "{verdict:?}: {lines:?}");
    }
}

#[test]
fn a_one_day_right_needs_its_call_and_ends_with_the_day() {
    let mut world = World::new();
    let named = |call| Act::Authorise {
        child: ChildId(1),
        name: "林晓".into(),
        relation: "姑姑".into(),
        phone: "13900000099".into(),
        phrase: None,
        call: Some(call),
        approver: None,
    };
    let nobody = decide(world.room(), &Request::Act(named(said(3, CallResult::Yes))), clock("16:30"));
    assert_eq!(nobody.objection, Some(Objection::Evidence), "the number called must be registered for this child");
    for (result, may) in [(CallResult::NoAnswer, false), (CallResult::Yes, true)] {
        let mut world = World::new();
        let drafts = decide(world.room(), &Request::Act(named(said(1, result))), clock("16:30")).drafts;
        world.enter(clock("16:30"), drafts);
        let listed = |time: &str| caredesk::rules::collect::takers(world.room(), ChildId(1), clock(time).date()).len();
        assert_eq!(listed("17:00") == 3, may, "{result:?}");
        assert_eq!(listed("2026-09-08T17:00"), 2, "it expires tonight");
    }
    world.arrive("453841", "16:30");
}

impl World {
    /// A leader lifts the hold on a child.
    fn lift(&mut self, child: i64, time: &str) {
        let how = caredesk::domain::fact::HoldAnswer::Listed;
        let act = Act::DecideHold { child: ChildId(child), how, approver: StaffId(3) };
        let decision = decide(self.room(), &Request::Act(act), clock(time));
        assert_eq!(decision.objection, None);
        self.enter(clock(time), decision.drafts);
    }

    fn change_collector(&mut self, id: i64, change: impl FnOnce(&mut Collector)) {
        let was = self.register.collector(CollectorId(id)).unwrap().clone();
        let mut now = was.clone();
        change(&mut now);
        self.happen("16:00", Fact::CollectorSet { was: Some(Box::new(was)), now: Box::new(now) });
    }

    fn takers(&self, child: i64) -> Vec<i64> {
        caredesk::rules::collect::takers(self.room(), ChildId(child), self.day.date()).into_iter().map(|c| c.id.0).collect()
    }
}

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().unwrap()
}

#[test]
fn a_restriction_holds_from_its_first_to_its_last_day() {
    type Change = fn(&mut Collector);
    let cases: [(&str, Change, &str); 6] = [
        ("since ever", |_| (), "WHO"),
        ("from today", |c| c.from = Some(day("2026-09-07")), "WHO"),
        ("until today", |c| c.until = Some(day("2026-09-07")), "WHO"),
        ("expired yesterday", |c| c.until = Some(day("2026-09-06")), "OUT"),
        ("from tomorrow", |c| c.from = Some(day("2026-09-08")), "OUT"),
        ("lifted", |c| c.right = Right::Ended, "OUT"),
    ];
    for (what, change, want) in cases {
        let mut world = World::new();
        world.list(9, 1, "伯父", Right::Barred);
        world.change_collector(9, change);
        world.arrive("453841", "16:30");
        assert_eq!(world.verdict(&world.scan("453841"), "17:30").name(), Some(want), "{what}");
        assert_eq!(world.takers(1), [1, 2], "{what}: never offered");
        let mut pass = world.scan("453841");
        pass.answers.taker = Some(CollectorId(9));
        pass.answers.go = true;
        assert_eq!(world.verdict(&pass, "17:30"), Verdict::Who, "{what}: never released to");
    }
}

#[test]
fn a_minor_is_never_offered_and_never_released_to() {
    let mut world = World::new();
    world.change_collector(1, |c| c.minor = true);
    world.arrive("453841", "16:30");
    assert_eq!(world.takers(1), [2]);
    let mut pass = world.scan("453841");
    pass.answers.go = true;
    pass.answers.taker = Some(CollectorId(1));
    assert_eq!(world.verdict(&pass, "17:30"), Verdict::Who);
    let hold = decide(world.room(), &Request::Act(Act::NameHolder { child: ChildId(1), collector: CollectorId(1) }), clock("17:30"));
    assert_eq!(hold.objection, Some(Objection::Evidence), "nor does a minor hold the card");
    let out = Pass { purpose: Purpose::Outing, ..pass };
    assert_eq!(world.verdict(&out, "17:30"), Verdict::Who, "nor goes out with the child");
}

#[test]
fn a_right_for_one_day_is_used_up_by_the_release_and_comes_back_with_its_undoing() {
    let mut world = World::new();
    world.list(9, 1, "姑姑", Right::OneDay { day: clock("12:00").date(), confirmed: true });
    world.arrive("453841", "16:30");
    let mut pass = world.scan("453841");
    pass.answers.taker = Some(CollectorId(9));
    pass.answers.go = true;
    assert!(matches!(world.pass(&pass, "17:30"), Verdict::OutOk { .. }));
    assert_eq!(world.takers(1), [1, 2], "used up");
    // The child comes again and the aunt asks a second time.
    let mut again = Pass::new(ChildId(1), Proof::Name);
    again.answers.again = true;
    world.pass(&again, "17:40");
    assert_eq!(world.verdict(&pass, "17:45"), Verdict::Who);
    let mut world = World::new();
    world.list(9, 1, "姑姑", Right::OneDay { day: clock("12:00").date(), confirmed: true });
    world.arrive("453841", "16:30");
    world.pass(&pass, "17:30");
    let act = world.day.entries().last().unwrap().act;
    let undo = decide(world.room(), &Request::Undo { act, reason: None }, clock("17:31"));
    assert_eq!(undo.objection, None);
    world.enter(clock("17:31"), undo.drafts);
    assert_eq!(world.takers(1), [1, 2, 9], "the undoing gives the right back");
}

#[test]
fn a_pass_phrase_is_asked_of_whom_the_desk_does_not_expect() {
    let one_day = Right::OneDay { day: clock("12:00").date(), confirmed: true };
    // (collector 9's right, who collects, with a phrase on file, whether it is asked)
    for (right, taker, phrase, asked) in [
        (one_day, 9, true, true),
        (one_day, 9, false, false),
        (Right::Standing, 9, true, true),
        (Right::Standing, 9, false, false),
        (Right::Standing, 1, true, false),
    ] {
        let mut world = World::new();
        world.list(9, 1, "姑姑", right);
        if phrase {
            world.change_collector(taker, |c| c.phrase = Some("$argon2id$x".into()));
        }
        world.arrive("453841", "16:30");
        let mut pass = world.scan("453841");
        pass.answers.taker = Some(CollectorId(taker));
        pass.answers.go = true;
        let verdict = world.verdict(&pass, "17:30");
        assert_eq!(verdict == Verdict::Phrase { collector: CollectorId(taker) }, asked, "{right:?} {taker} {phrase}: {verdict:?}");
        assert_eq!(world.decide(&pass, "17:30").drafts.is_empty(), asked);
    }
}

#[test]
fn three_wrong_phrases_hold_the_child() {
    let mut world = World::new();
    world.list(9, 1, "姑姑", Right::OneDay { day: clock("12:00").date(), confirmed: true });
    world.change_collector(9, |c| c.phrase = Some("$argon2id$x".into()));
    world.arrive("453841", "16:30");
    let mut pass = world.scan("453841");
    pass.answers.taker = Some(CollectorId(9));
    pass.answers.go = true;
    let said = |collector: i64, right| Some((CollectorId(collector), right));
    // A phrase of somebody else answers nothing.
    pass.answers.phrase = said(1, true);
    assert_eq!(world.verdict(&pass, "17:30"), Verdict::Phrase { collector: CollectorId(9) });
    for n in 1..=3 {
        pass.answers.phrase = said(9, false);
        let want = if n < 3 { Verdict::Phrase { collector: CollectorId(9) } } else { Verdict::Hold };
        assert_eq!(world.pass(&pass, "17:30"), want, "wrong for the {n}th time");
        let tried = world.day.entries().iter().filter(|e| matches!(e.fact, Fact::Office(OfficeFact::PhraseTried { right: false, .. }))).count();
        assert_eq!((tried, world.day.state().child(ChildId(1)).unwrap().held_back), (n, u32::from(n == 3)));
        assert_eq!(world.released(), []);
    }
    world.lift(1, "17:30");
    pass.answers.phrase = None;
    assert_eq!(world.pass(&pass, "17:31"), Verdict::Hold, "it is not asked a fourth time");
    assert_eq!(world.released(), []);
    world.lift(1, "17:32");
    let mother =
        Pass { answers: caredesk::rules::pass::Answers { taker: Some(CollectorId(1)), go: true, ..Default::default() }, ..world.scan("453841") };
    assert!(matches!(world.pass(&mother, "17:35"), Verdict::OutOk { taker: Taker::Collector(CollectorId(1)), .. }), "others are not stopped by it");
}

#[test]
fn the_right_phrase_stands_beside_the_release_and_goes_with_it() {
    let mut world = World::new();
    world.list(9, 1, "姑姑", Right::OneDay { day: clock("12:00").date(), confirmed: true });
    world.change_collector(9, |c| c.phrase = Some("$argon2id$x".into()));
    world.arrive("453841", "16:30");
    let mut pass = world.scan("453841");
    pass.answers.taker = Some(CollectorId(9));
    pass.answers.go = true;
    pass.answers.phrase = Some((CollectorId(9), true));
    assert!(matches!(world.pass(&pass, "17:30"), Verdict::OutOk { taker: Taker::Collector(CollectorId(9)), .. }));
    let act = world.day.entries().last().unwrap().act;
    let kinds: Vec<&str> = world.day.entries().iter().filter(|e| e.act == act).map(|e| e.fact.kind()).collect();
    assert_eq!(kinds, ["phrase_tried", "released", "collector_set", "card_moved"]);
    let undo = decide(world.room(), &Request::Undo { act, reason: None }, clock("17:31"));
    assert_eq!((undo.objection, undo.drafts.len()), (None, 4), "a release is taken back with its phrase");
    // In a room where a scan releases, a collector with a phrase is asked all the same.
    let mut world = World::new();
    world.settings.release_on = ReleaseOn::Scan;
    world.change_collector(2, |c| c.phrase = Some("$argon2id$x".into()));
    world.arrive("453841", "16:30");
    let mut pass = world.scan("453841");
    pass.answers.taker = Some(CollectorId(2));
    assert_eq!(world.verdict(&pass, "17:30"), Verdict::Phrase { collector: CollectorId(2) });
}

#[test]
fn days_and_consent_are_those_of_the_term() {
    let enrolment = |term: &str, days: u8, consent| Enrolment {
        term: term.into(),
        weekdays: Some(Weekdays(days)),
        consent,
        signed_on: None,
        signed_by: None,
        source: None,
        reference: None,
    };
    let term = |name: &str, from: &str, until: &str| Term { name: name.into(), from: from.parse().unwrap(), until: until.parse().unwrap() };
    // 2026-09-07 is a Monday. (terms of the child, want)
    let cases = [
        (vec![], "IN_OK"),
        (vec![enrolment("2026秋", 0b00001, Consent::Given)], "IN_OK"),
        (vec![enrolment("2026秋", 0b00010, Consent::Given)], "NOT_TODAY"),
        (vec![enrolment("2026秋", 0b00001, Consent::Missing)], "NO_CONSENT"),
        (vec![enrolment("2026春", 0b00001, Consent::Given)], "NOT_TODAY"),
    ];
    for (terms, want) in cases {
        let mut world = World::new();
        world.settings.terms = vec![term("2026春", "2026-02-23", "2026-07-03"), term("2026秋", "2026-09-01", "2027-01-22")];
        world.change(1, |c| c.terms.clone_from(&terms));
        assert_eq!(world.verdict(&world.scan("453841"), "16:30").name(), Some(want), "{terms:?}");
        world.settings.terms.clear();
        assert_eq!(world.verdict(&world.scan("453841"), "16:30"), Verdict::InOk, "without terms in the calendar the record holds");
    }
    let mut world = World::new();
    world.change(1, |c| c.guest_on = Some(day("2026-09-08")));
    assert_eq!(world.verdict(&world.scan("453841"), "16:30").name(), Some("NOT_TODAY"), "a guest of another day");
}

#[test]
fn an_agreed_early_day_asks_for_no_reason() {
    use chrono::{NaiveTime, Weekday};
    let agreed = |weekday| vec![EarlyDay { weekday, at: NaiveTime::from_hms_opt(16, 50, 0).unwrap(), reason: "钢琴课".into() }];
    for (weekday, time, want) in [
        (Weekday::Mon, "16:49", Verdict::Early),
        (Weekday::Mon, "16:50", Verdict::Out),
        (Weekday::Mon, "17:10", Verdict::Out),
        (Weekday::Tue, "16:55", Verdict::Early),
    ] {
        let mut world = World::new();
        world.change(1, |c| c.early = agreed(weekday));
        world.arrive("453841", "16:30");
        assert_eq!(world.verdict(&world.scan("453841"), time), want, "{weekday} {time}");
    }
}

/// A card beside those of the world: what sort, until when, where.
fn extra(world: &mut World, number: &str, child: i64, kind: CardKind, until: Option<&str>, custody: Custody) {
    let until = until.map(|day| day.parse().unwrap());
    let card = Card { kind, until, custody, ..Card::new(CardNumber::new(number), ChildId(child), true) };
    world.happen("16:00", Fact::CardSet { was: None, now: Box::new(card) });
}

#[test]
fn a_card_is_good_until_its_last_day() {
    let mut world = World::new();
    extra(&mut world, "779093", 1, CardKind::Day, Some("2026-09-07"), Custody::Rack);
    extra(&mut world, "159082", 1, CardKind::Day, Some("2026-09-06"), Custody::Rack);
    extra(&mut world, "504179", 2, CardKind::Second, Some("2026-09-07"), Custody::Rack);
    extra(&mut world, "112018", 2, CardKind::Second, Some("2026-09-06"), Custody::Rack);
    extra(&mut world, "792339", 2, CardKind::Second, None, Custody::Rack);
    let meaning = |world: &World, number: &str| match look_up(world.room(), [number]) {
        Meaning::Child { child, .. } => child.0.to_string(),
        Meaning::Refused(verdict, _) => verdict.name().unwrap().to_owned(),
        staff @ Meaning::Staff(_) => panic!("{staff:?}"),
    };
    for (number, today, tomorrow) in [
        ("453841", "1", "1"),
        ("779093", "1", "EXPIRED"),
        ("159082", "EXPIRED", "EXPIRED"),
        ("504179", "2", "EXPIRED"),
        ("112018", "EXPIRED", "EXPIRED"),
        ("792339", "2", "2"),
    ] {
        assert_eq!(meaning(&world, number), today, "{number} today");
        let next = World { day: world.day.next(clock("12:00").date().succ_opt().unwrap()), register: world.register.clone(), ..World::new() };
        assert_eq!(meaning(&next, number), tomorrow, "{number} tomorrow");
    }
    // A card that lapsed while its verdict was on the screen releases nobody.
    world.arrive("779093", "16:30");
    let mut pass = world.scan("779093");
    pass.answers.go = true;
    world.day = world.day.next(clock("12:00").date().succ_opt().unwrap());
    let later = moment("2026-09-08T17:30", clock("12:00")).unwrap();
    assert_eq!(decide(world.room(), &Request::Passes(vec![pass]), later).objection, Some(Objection::VoidCard(ChildId(1))));
}

#[test]
fn of_several_cards_the_one_that_is_shown_hangs_on_the_rack() {
    let mut world = World::new();
    extra(&mut world, "779093", 1, CardKind::Second, None, Custody::Rack);
    let at = |world: &World, number: &str| world.register.card(&CardNumber::new(number)).unwrap().custody;
    // The second card is handed over at arrival; the main one stays on its hook, and proves nothing from there.
    world.arrive("779093", "16:30");
    assert_eq!((at(&world, "453841"), at(&world, "779093")), (Custody::Rack, Custody::Holder));
    let mut pass = world.scan("453841");
    pass.answers.go = true;
    assert_eq!(world.decide(&pass, "17:20").objection, Some(Objection::ProvesNothing(ChildId(1))));
    // Both are with somebody: the one that is shown hangs on the rack, the other is out of the room now.
    world.happen("16:31", Fact::CardMoved { number: CardNumber::new("453841"), child: ChildId(1), was: Custody::Rack, now: Custody::Holder });
    world.pass(&pass, "17:20");
    assert_eq!((at(&world, "453841"), at(&world, "779093")), (Custody::Rack, Custody::Away));
    // It comes back by being scanned.
    let pass = world.scan("779093");
    assert!(matches!(world.pass(&pass, "17:25"), Verdict::Repeat { returned: true, .. }));
    assert_eq!(at(&world, "779093"), Custody::Rack);
    // In the teacher's hand but not read: the one that was with a holder.
    let mut again = world.scan("779093");
    again.answers.again = true;
    world.pass(&again, "17:30");
    let mut unread = Pass::new(ChildId(1), Proof::CardUnread);
    unread.answers.go = true;
    world.pass(&unread, "17:40");
    assert!(matches!(world.released().last(), Some(Ground::CardUnread { number }) if number.as_str() == "779093"));
    // One of a batch: the card that the escort handed over.
    let mut world = World::new();
    extra(&mut world, "779093", 1, CardKind::Day, Some("2026-09-07"), Custody::Rack);
    let handed = Pass { handed: Some(CardNumber::new("779093")), ..Pass::new(ChildId(1), Proof::Escort("王".into())) };
    world.pass(&handed, "16:30");
    assert_eq!((at(&world, "453841"), at(&world, "779093")), (Custody::Rack, Custody::Holder));
    let n = world.register.card_count();
    assert_eq!(n.rack + n.holder + n.away + n.lost, n.issued);
}

#[test]
fn at_another_place_a_no_is_a_no_and_the_word_of_a_leader_wants_card_or_family() {
    type Shown = fn(&World) -> Pass;
    let card = |world: &World| world.scan("453841");
    let unread = |_: &World| Pass::new(ChildId(1), Proof::CardUnread);
    let cases: [(Shown, CallResult, bool); 6] = [
        (card, CallResult::Yes, true),
        (card, CallResult::NoAnswer, true),
        (card, CallResult::No, false),
        (unread, CallResult::Yes, true),
        (unread, CallResult::NoAnswer, false),
        (unread, CallResult::No, false),
    ];
    for (shown, call, goes) in cases {
        let mut world = World::new();
        world.arrive("453841", "16:30");
        world.happen("16:50", Fact::Moved { child: ChildId(1), was: Place::room(), now: Place::new("field") });
        let mut pass = shown(&world);
        pass.answers.on_site = Some(OnSite { at: clock("17:25"), about: Some(CollectorId(1)), call: said(2, call) });
        pass.answers.go = true;
        let verdict = world.pass(&pass, "17:33");
        assert_eq!(world.released().len(), usize::from(goes), "{call:?} {verdict:?}");
        assert_eq!(verdict == Verdict::Hold, call == CallResult::No, "who was not reached is called again: {call:?}");
    }
}

#[test]
fn a_bar_holds_for_the_person_under_every_record() {
    let mut world = World::new();
    world.change_collector(2, |c| c.name = "张伟".into());
    world.list(9, 1, "父亲", Right::Barred);
    world.change_collector(9, |c| c.name = "张伟".into());
    world.list(10, 1, "张伟", Right::OneDay { day: clock("12:00").date(), confirmed: true });
    world.change_collector(10, |c| c.name = "张伟".into());
    assert_eq!(world.takers(1), [1], "neither the standing nor the one-day record of the same name");
    world.change_collector(9, |c| c.until = Some(day("2026-09-06")));
    assert_eq!(world.takers(1), [1, 2, 10], "when the bar is over they count again");
}

#[test]
fn out_for_a_while_is_no_way_round_a_call_or_a_phrase() {
    // (child, card, collector, with a phrase, whether the child may go out with them)
    for (child, card, collector, phrase, goes) in
        [(1, "453841", 2, false, true), (2, "693691", 3, false, true), (2, "693691", 4, false, false), (1, "453841", 2, true, false)]
    {
        let mut world = World::new();
        if phrase {
            world.change_collector(collector, |c| c.phrase = Some("hash".into()));
        }
        world.arrive(card, "16:30");
        let mut pass = Pass { purpose: Purpose::Outing, ..world.scan(card) };
        assert_eq!(pass.child, ChildId(child));
        pass.answers.taker = Some(CollectorId(collector));
        pass.answers.back_by = time_of_day("17:40");
        let out = matches!(world.verdict(&pass, "17:20"), Verdict::SteppedOut { .. });
        assert_eq!(out, goes, "{child} with {collector}");
    }
}

#[test]
fn a_day_that_is_closed_while_children_are_in_ends_by_the_usual_hours() {
    use caredesk::domain::calendar::{SpecialDay, SpecialKind};
    use caredesk::rules::closing::{Stage, stage};
    let date = clock("12:00").date();
    let closed = SpecialDay { date, kind: SpecialKind::Closed, name: "台风".into(), follows: None, start: None, end: None, pickup_from: None };
    let mut world = World::new();
    world.happen("16:20", Fact::Office(OfficeFact::DaySet { date, was: None, now: Some(Box::new(closed)) }));
    world.settings = world.settings.overlaid(world.register.office());
    assert_eq!(stage(world.room(), clock("18:01")), Stage::NoSession, "nobody is here: there is nothing to end");
    let mut pass = world.scan("453841");
    pass.answers.despite_doubt = true;
    world.pass(&pass, "16:30");
    assert_eq!(stage(world.room(), clock("17:00")), Stage::Running);
    assert_eq!(stage(world.room(), clock("18:01")), Stage::Over, "whoever is still here is not forgotten");
}
