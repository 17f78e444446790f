//! Who is barred is a person: whatever is typed on whatever path, nobody whom a bar fits comes onto a list (F030, N14, I14).
//! And who vouches for a collector is somebody else, whose number is on record.

use caredesk::domain::fact::{Account, Agreed, CallPurpose, Incident};
use caredesk::domain::likeness::{Described, Likeness, likeness};
use caredesk::rules::barred::{Naming, may_be_of_the_list, naming, taken_along};
use caredesk::rules::collect::{callable, takers};
use caredesk::rules::office::OfficeAct;
use caredesk::rules::office::people::{Bar, Change, Line, PeopleAct, Person};
use proptest::prelude::*;

use super::*;

/// Child 1, of whom the father 赵强 is barred, at 13900000077; its mother and an aunt stand on the list.
fn restricted() -> World {
    let mut world = World::new();
    world.change_collector(1, |c| (c.name, c.relation) = ("林静".into(), "母亲".into()));
    world.change_collector(2, |c| (c.name, c.relation) = ("周兰".into(), "姑姑".into()));
    world.list(9, 1, "父亲", Right::Barred);
    world.change_collector(9, |c| (c.name, c.phone) = ("赵强".into(), Some("13900000077".into())));
    world.arrive("453841", "16:30");
    world
}

/// Spellings of the barred person: name, relation, number.
const SPELT: [(&str, &str, &str); 34] = [
    ("赵强", "朋友", "13900000055"),
    ("赵  强", "朋友", "13900000055"),
    ("趙強", "朋友", "13900000055"),
    ("赵强（爸）", "朋友", "13900000055"),
    ("父亲赵强", "朋友", "13900000055"),
    ("Zhao Qiang", "朋友", "13900000055"),
    ("赵强 13900000055", "朋友", "13900000055"),
    ("小赵", "父亲", "13900000055"),
    ("小赵", "爸", "13900000055"),
    ("小赵", "孩子他爸", "13900000055"),
    ("小赵", "father", "13900000055"),
    ("小赵", "父亲", "13900000077"),
    ("小赵", "叔叔", "13900000077"),
    ("小赵", "叔叔", "+86 139-0000-0077"),
    ("赵强 Zhao Qiang", "舅舅", "13900000055"),
    ("Mr Zhao Qiang", "朋友", "13900000055"),
    ("Uncle Qiang Zhao", "朋友", "13900000055"),
    ("Zhào Qiáng", "朋友", "13900000055"),
    ("大舅赵强", "舅舅", "13900000055"),
    ("小明爸爸赵强", "朋友", "13900000055"),
    ("赵强教练", "朋友", "13900000055"),
    ("家长赵强", "朋友", "13900000055"),
    ("何平、赵强", "朋友", "13900000055"),
    ("小赵", "孩爸", "13900000055"),
    ("小赵", "爹地", "13900000055"),
    ("小赵", "宝爸", "13900000055"),
    ("小赵", "男方", "13900000055"),
    ("小赵", "Biological father", "13900000055"),
    ("老赵", "童甲爸爸", "13900000055"),
    ("童甲爸爸", "家长", "13900000055"),
    ("小赵", "叔叔", "013900000077"),
    ("小赵", "叔叔", "+86(0)13900000077"),
    ("小赵", "叔叔", "13900000077转8"),
    ("小赵", "叔叔", "13900000055 13900000077"),
];

fn authorise((name, relation, phone): (&str, &str, &str), approver: Option<i64>) -> Act {
    let approver = approver.map(StaffId);
    let call = Some(said(1, CallResult::Yes));
    Act::Authorise { child: ChildId(1), name: name.into(), relation: relation.into(), phone: phone.into(), phrase: None, call, approver }
}

fn person((name, relation, phone): (&str, &str, &str)) -> Person {
    Person { relation: relation.into(), name: name.into(), phone: Some(phone.into()), minor: false }
}

fn people(act: PeopleAct) -> Act {
    Act::Office(OfficeAct::People(Box::new(act)))
}

impl World {
    fn act(&self, act: Act) -> Decision {
        decide(Room { keeper: Some(StaffId(3)), ..self.room() }, &Request::Act(act), clock("16:40"))
    }
}

/// The only thing entered is that somebody was stopped; nothing of it names the person.
fn is_stopped(decision: &Decision) -> bool {
    let only = matches!(&decision.drafts[..], [Draft { fact: Fact::Account(Account::Incident { kind: Incident::NamingStopped, .. }), .. }]);
    only && decision.objection.is_none()
}

#[test]
fn no_spelling_on_no_path_puts_a_barred_person_on_the_list() {
    for spelt in SPELT {
        let world = restricted();
        assert!(is_stopped(&world.act(authorise(spelt, Some(3)))), "named for today: {spelt:?}");
        assert!(is_stopped(&world.act(authorise(spelt, None))), "without a leader: {spelt:?}");
        assert!(is_stopped(&world.act(people(PeopleAct::List(ChildId(1), person(spelt))))), "for good: {spelt:?}");
        // Somebody harmless is listed, and turned into the barred person field by field.
        for (line, value) in [(Line::Name, spelt.0), (Line::Relation, spelt.1), (Line::Phone, spelt.2)] {
            let mut world = restricted();
            world.list(10, 1, "舅舅", Right::Standing);
            world.change_collector(10, |c| (c.name, c.phone) = ("何平".into(), Some("13900000066".into())));
            let decision = world.act(people(PeopleAct::Change(CollectorId(10), Change::Line(line, Some(value.into())))));
            if !is_stopped(&decision) {
                world.enter(clock("16:40"), decision.drafts);
                let now = world.register.collector(CollectorId(10)).unwrap();
                let bar = world.register.collector(CollectorId(9)).unwrap();
                assert_eq!(likeness(now.into(), bar.into()), None, "{spelt:?} {line:?}");
            }
        }
        // Somebody who was on the list, under that spelling, before the bar: listed again, confirmed, or offered.
        let mut world = restricted();
        let right = Right::OneDay { day: clock("12:00").date(), confirmed: false };
        for (id, right) in [(11, Right::Ended), (12, right)] {
            world.list(id, 1, spelt.1, right);
            world.change_collector(id, |c| (c.name, c.phone) = (spelt.0.into(), Some(spelt.2.into())));
        }
        assert!(is_stopped(&world.act(people(PeopleAct::Change(CollectorId(11), Change::List)))), "{spelt:?}");
        let call = Act::CallBack { named: CollectorId(12), call: said(1, CallResult::Yes), approver: Some(StaffId(3)) };
        assert!(is_stopped(&world.act(call)), "{spelt:?}");
        // As an escort nobody hands the card to them.
        if likeness(Described { name: spelt.0, ..Described::default() }, world.register.collector(CollectorId(9)).unwrap().into()).is_some() {
            let again = Pass { answers: caredesk::rules::pass::Answers::default(), ..Pass::new(ChildId(1), Proof::Escort(spelt.0.into())) };
            let mut world = restricted();
            world.day = Day::new(clock("12:00").date(), Vec::new());
            assert!(is_stopped(&world.decide(&again, "16:41")), "{spelt:?}");
        }
    }
}

#[test]
fn naming_for_a_restricted_child_takes_a_leader_and_for_others_none() {
    let aunt = ("林晓", "姨妈", "13900000055");
    let world = restricted();
    assert_eq!(world.act(authorise(aunt, None)).objection, Some(Objection::LeaderNeeded(ChildId(1))));
    assert_eq!(world.act(authorise(aunt, Some(1))).objection, Some(Objection::WrongStaff), "not a colleague");
    let drafts = world.act(authorise(aunt, Some(3))).drafts;
    let agreed = Fact::Account(Account::LeaderAgreed { child: ChildId(1), leader: StaffId(3), to: Agreed::Naming });
    assert!(drafts.iter().any(|d| d.fact == agreed), "it is on record who agreed: {drafts:?}");
    let free = World::new();
    assert!(free.act(authorise(aunt, None)).drafts.iter().any(|d| d.fact.kind() == "collector_set"));
    // A bar that is over restricts nobody.
    let mut world = restricted();
    world.change_collector(9, |c| c.until = Some(day("2026-09-06")));
    assert!(world.act(authorise(("赵强", "父亲", "13900000077"), None)).drafts.iter().any(|d| d.fact.kind() == "collector_set"));
}

#[test]
fn a_number_that_a_standing_collector_has_too_is_for_the_leader() {
    let mut world = restricted();
    world.change_collector(1, |c| c.phone = Some("13900000077".into()));
    let granny = ("何秀英", "外婆", "13900000077");
    let register = &world.register;
    let who = Described { name: granny.0, relation: granny.1, phone: Some(granny.2), staff: None };
    assert_eq!(naming(register, ChildId(1), who, clock("12:00").date()), Naming::Leader);
    assert_eq!(world.act(authorise(granny, None)).objection, Some(Objection::LeaderNeeded(ChildId(1))));
    assert_eq!(world.takers(1), [1, 2], "the mother at the family's number stays on the list");
    let own = Act::Authorise {
        child: ChildId(1),
        name: "何秀英".into(),
        relation: "外婆".into(),
        phone: "13900000077".into(),
        phrase: None,
        call: Some(said(2, CallResult::Yes)),
        approver: Some(StaffId(3)),
    };
    assert!(world.act(own).drafts.iter().any(|d| d.fact.kind() == "collector_set"), "the leader decides");
}

#[test]
fn barring_somebody_bars_every_record_of_the_person() {
    for (name, relation) in [("赵强", "父亲"), ("赵 强", "爸爸"), ("趙強", "朋友"), ("", "父亲"), ("赵大强", "父亲")] {
        let mut world = World::new();
        world.change_collector(1, |c| c.name = "林静".into());
        world.change_collector(2, |c| c.name = "赵强（爸）".into());
        let act =
            people(PeopleAct::BarNew(ChildId(1), Person { relation: relation.into(), name: name.into(), phone: None, minor: false }, Bar::default()));
        let drafts = world.act(act).drafts;
        world.enter(clock("16:40"), drafts);
        assert!(world.register.collector(CollectorId(2)).unwrap().is_barred(clock("12:00").date()), "{name} {relation}");
        assert_eq!(world.takers(1), [1], "{name} {relation}");
    }
    // The record itself; and somebody who is another person stays.
    let mut world = World::new();
    world.change_collector(2, |c| (c.name, c.relation) = ("赵强".into(), "父亲".into()));
    world.list(10, 1, "继父", Right::Standing);
    world.change_collector(10, |c| c.name = "王明".into());
    let drafts = world.act(people(PeopleAct::Change(CollectorId(2), Change::Bar(Bar::default())))).drafts;
    world.enter(clock("16:40"), drafts);
    assert_eq!(world.takers(1), [1, 10]);
}

#[test]
fn nobody_vouches_for_themselves_and_a_leader_only_where_nobody_else_can() {
    let mut world = World::new();
    world.arrive("693691", "16:30");
    world.list(10, 2, "父亲", Right::Standing); // the father's other record, at the same number
    world.change_collector(4, |c| c.phone = Some("13900000004".into()));
    world.change_collector(10, |c| (c.name, c.phone) = ("陈涛".into(), Some("139 0000 0004".into())));
    let evidence = |vouch| NoCard { collector: CollectorId(4), id_tail: "0428".into(), vouch, recognised: true, second: StaffId(2) };
    let goes = |world: &World, vouch| {
        let mut pass = Pass { since: Seq(world.seq), ..Pass::new(ChildId(2), Proof::NoCard(evidence(vouch))) };
        pass.answers.go = true;
        world.decide(&pass, "17:30").drafts.iter().any(|d| d.fact.kind() == "released")
    };
    for (vouch, want) in [
        (said(3, CallResult::Yes), true),
        (said(3, CallResult::NoAnswer), false),
        (said(4, CallResult::Yes), false),
        (said(10, CallResult::Yes), false),
        (said(1, CallResult::Yes), false),
        (Vouch::Leader(StaffId(3)), false),
    ] {
        assert_eq!(goes(&world, vouch), want, "{vouch:?}");
    }
    // The mother has no number any more: nobody else can be called.
    world.change_collector(3, |c| c.phone = None);
    for (vouch, want) in [(Vouch::Leader(StaffId(3)), true), (Vouch::Leader(StaffId(2)), false), (said(3, CallResult::Yes), false)] {
        assert_eq!(goes(&world, vouch), want, "{vouch:?}");
    }
    let mut pass = Pass { since: Seq(world.seq), ..Pass::new(ChildId(2), Proof::NoCard(evidence(Vouch::Leader(StaffId(3))))) };
    pass.answers.go = true;
    world.pass(&pass, "17:30");
    assert!(matches!(&world.released()[..], [Ground::NoCard { call: None, .. }]));
    let instead = Account::LeaderAgreed { child: ChildId(2), leader: StaffId(3), to: Agreed::InsteadOfCall(CallPurpose::Collector) };
    assert!(world.day.entries().iter().any(|e| e.fact == Fact::Account(instead.clone())));
}

#[test]
fn the_call_on_record_says_whom_and_which_number() {
    let mut world = World::new();
    world.arrive("693691", "16:30");
    let mut pass = world.scan("693691");
    pass.answers.taker = Some(CollectorId(4));
    pass.answers.call = Some(said(4, CallResult::Yes));
    assert_eq!(world.decide(&pass, "17:30").objection, Some(Objection::Evidence), "not the one who stands there");
    pass.answers.call = Some(said(3, CallResult::Yes));
    pass.answers.go = true;
    world.pass(&pass, "17:30");
    let called = world.day.entries().iter().find_map(|e| match &e.fact {
        Fact::Called { collector, number, .. } => Some((*collector, number.clone())),
        _ => None,
    });
    assert_eq!(called, Some((CollectorId(3), Some("13900000003".into()))));
}

#[test]
fn the_third_wrong_phrase_of_a_day_is_a_hold() {
    let mut world = World::new();
    world.arrive("453841", "16:30");
    world.change_collector(2, |c| c.phrase = Some("$argon2id$x".into()));
    let mut pass = world.scan("453841");
    (pass.answers.taker, pass.answers.phrase) = (Some(CollectorId(2)), Some((CollectorId(2), false)));
    for (try_no, want) in [(1, "WHO"), (2, "WHO"), (3, "HOLD")] {
        assert_eq!(world.pass(&pass, "17:30").name(), Some(want), "try {try_no}");
    }
    assert_eq!(world.released(), []);
}

/// Read or typed, whatever a reading does in this room and whatever the child would be asked: the Enter or number that follows
/// is meant for the arrival, its alert or its holder.
#[test]
fn a_card_read_twice_at_arrival_asks_for_no_release_and_releases_nobody() {
    type Asked = (&'static str, &'static str, fn(&mut World));
    let asked: [Asked; 4] = [
        ("17:20", "OUT", |_| {}),
        ("16:40", "EARLY", |_| {}),
        ("17:20", "WHO", |world| world.list(9, 1, "父亲", Right::Barred)),
        ("17:20", "ELSEWHERE", |world| world.happen("17:20", Fact::Moved { child: ChildId(1), was: Place::room(), now: Place::new("操场") })),
    ];
    for release_on in [ReleaseOn::Enter, ReleaseOn::Scan] {
        for means in [Means::Scanned, Means::Typed] {
            for (came, asks, prepare) in asked {
                for (seconds, twice) in [(1, true), (60, true), (119, true), (120, false), (600, false)] {
                    let mut world = World::new();
                    world.settings.release_on = release_on;
                    world.arrive("453841", came);
                    prepare(&mut world);
                    let at = clock(came).plus_seconds(seconds);
                    let pass = world.shown(Proof::Card { number: CardNumber::new("453841"), means, own: true });
                    let decision = decide(world.room(), &Request::Passes(vec![pass]), at);
                    let released = asks == "OUT" && release_on == ReleaseOn::Scan;
                    let want = match (twice, released) {
                        (true, _) => "IN_OK",
                        (false, true) => "OUT_OK",
                        (false, false) => asks,
                    };
                    let case = format!("{asks} {release_on:?} {means:?} {seconds}: {decision:?}");
                    assert_eq!(decision.verdicts[0].1.name(), Some(want), "{case}");
                    assert_eq!(decision.drafts.is_empty(), want != "OUT_OK", "{case}");
                }
            }
        }
    }
    // Whoever was out for a while comes a second time.
    for (seconds, want) in [(1, "IN_OK"), (119, "IN_OK"), (120, "OUT_OK")] {
        let mut world = World::new();
        world.arrive("453841", "16:30");
        let mut out = Pass { purpose: Purpose::Outing, ..world.scan("453841") };
        (out.answers.taker, out.answers.back_by) = (Some(CollectorId(1)), time_of_day("17:40"));
        assert!(matches!(world.pass(&out, "17:20"), Verdict::SteppedOut { .. }));
        world.settings.release_on = ReleaseOn::Scan;
        assert_eq!(world.pass(&world.scan("453841"), "17:30"), Verdict::Back);
        let at = clock("17:30").plus_seconds(seconds);
        let decision = decide(world.room(), &Request::Passes(vec![world.scan("453841")]), at);
        assert_eq!(decision.verdicts[0].1.name(), Some(want), "{seconds} after the return");
    }
}

#[test]
fn who_goes_home_alone_is_released_only_from_that_question() {
    let mut world = World::new();
    world.change(1, |c| c.self_leave = true);
    world.arrive("453841", "16:30");
    let mut pass = Pass::new(ChildId(1), Proof::SelfLeave);
    assert_eq!(world.verdict(&pass, "17:30"), Verdict::OutAlone);
    pass.answers.go = true;
    world.pass(&pass, "17:30");
    assert!(matches!(&world.released()[..], [Ground::SelfLeave]));
}

fn spelling() -> impl Strategy<Value = (String, String, String)> {
    let name = prop_oneof![
        Just("赵强"),
        Just("趙 強"),
        Just("赵强（爸爸）"),
        Just("爸爸赵强"),
        Just("zhaoqiang"),
        Just("小赵"),
        Just("王明"),
        Just("林静"),
        Just("")
    ];
    let relation = prop_oneof![Just("父亲"), Just("爸"), Just("叔叔"), Just("母亲"), Just("继父"), Just("")];
    let phone = prop_oneof![Just("13900000077"), Just("+86 139 0000 0077"), Just("13900000001"), Just("13900000055"), Just("")];
    (name, relation, phone).prop_map(|(n, r, p)| (n.to_owned(), r.to_owned(), p.to_owned()))
}

proptest! {
    /// Over random lists: nobody offered, callable or named is one whom the bar fits.
    #[test]
    fn whatever_the_list_and_whatever_is_typed(list in proptest::collection::vec((spelling(), 0..3_u8), 0..6), typed in spelling(), approver in proptest::option::of(1..4_i64)) {
        let mut world = restricted();
        for ((spelt, right), id) in list.into_iter().zip(20..) {
            let right = match right {
                0 => Right::Standing,
                1 => Right::OneDay { day: clock("12:00").date(), confirmed: true },
                _ => Right::OneDay { day: clock("12:00").date(), confirmed: false },
            };
            world.list(id, 1, &spelt.1, right);
            world.change_collector(id, |c| (c.name, c.phone) = (spelt.0, Some(spelt.2).filter(|p| !p.is_empty())));
        }
        let bar = world.register.collector(CollectorId(9)).unwrap().clone();
        let (today, surely) = (clock("12:00").date(), |l: Option<Likeness>| matches!(l, Some(Likeness::Name | Likeness::Staff)));
        for taker in takers(world.room(), ChildId(1), today) {
            prop_assert!(!surely(likeness(taker.into(), (&bar).into())), "{taker:?}");
        }
        let who = Described { name: &typed.0, relation: &typed.1, phone: Some(&typed.2), staff: None };
        for other in callable(world.room(), ChildId(1), Some(who), today) {
            prop_assert!(likeness(other.into(), who) != Some(Likeness::Number) && !surely(likeness(other.into(), who)));
        }
        let before = world.takers(1);
        let decision = world.act(authorise((&typed.0, &typed.1, &typed.2), approver));
        let named = decision.drafts.iter().any(|d| d.fact.kind() == "collector_set");
        let like = likeness(who, (&bar).into());
        prop_assert!(!named || (approver == Some(3) && !matches!(like, Some(Likeness::Name | Likeness::Staff | Likeness::Parent))), "{typed:?}");
        world.enter(clock("16:41"), decision.drafts);
        prop_assert!(named || world.takers(1) == before);
    }
}

/// Whoever is listed as under age is not named for the day under another record either (F036).
#[test]
fn nobody_under_age_is_named_for_the_day() {
    for (minor, who, named) in [
        (true, ("周兰", "姑姑", "13900000055"), false),
        (true, ("周 兰", "姐姐", "13900000055"), false),
        (true, ("Zhou Lan", "朋友", "13900000055"), false),
        (true, ("何平", "舅舅", "13900000055"), true),
        (false, ("周兰", "姑姑", "13900000055"), true),
    ] {
        let mut world = World::new();
        world.change_collector(1, |c| (c.name, c.relation) = ("林静".into(), "母亲".into()));
        world.change_collector(2, |c| (c.name, c.relation, c.minor) = ("周兰".into(), "姑姑".into(), minor));
        world.arrive("453841", "16:30");
        let decision = world.act(authorise(who, None));
        let lists = decision.drafts.iter().any(|d| matches!(d.fact, Fact::CollectorSet { .. }));
        assert_eq!(lists, named, "{who:?}: {decision:?}");
        assert_eq!(decision.objection.is_none(), named, "{who:?}");
    }
}

/// A no holds the child whoever says it, at whatever number, about whomever: also where a bar came between the call and its entry.
#[test]
fn a_no_holds_whatever_bar_has_come() {
    let no = |call| Act::Authorise {
        child: ChildId(1),
        name: "赵强".into(),
        relation: "父亲".into(),
        phone: "13900000077".into(),
        phrase: None,
        call: Some(said(call, CallResult::No)),
        approver: None,
    };
    for (number, call) in [(false, 1), (true, 1), (true, 2), (false, 2)] {
        let mut world = restricted();
        if number {
            // The one who was called has the barred person's number.
            world.change_collector(call, |c| c.phone = Some("13900000077".into()));
        }
        let decision = world.act(no(call));
        assert!(decision.drafts.iter().any(|d| matches!(d.fact, Fact::HeldBack { .. })), "{number} {call}: {decision:?}");
        let listed = decision.drafts.iter().any(|d| matches!(&d.fact, Fact::CollectorSet { now, .. } if now.right != Right::Ended));
        assert!(!listed, "{decision:?}");
    }
    // Not of another child's list.
    let decision = restricted().act(no(3));
    assert!(decision.drafts.is_empty() && decision.objection.is_some(), "{decision:?}");
}

/// A bar of which more becomes known takes along whom it fits then, as a new one does.
#[test]
fn a_bar_that_is_set_right_takes_along_whom_it_fits() {
    for (line, value, along) in [
        (Line::Name, "周兰", true),
        (Line::Name, "何平", false),
        (Line::Looks, "周兰", false),
        (Line::Relation, "母亲", true),
        (Line::Phone, "13900000002", false),
    ] {
        let mut world = restricted();
        world.change_collector(9, |c| (c.name, c.relation, c.phone) = ("某人".into(), "舅舅".into(), None));
        let listed = if line == Line::Relation { 1 } else { 2 };
        world.change_collector(listed, |c| c.relation = if line == Line::Relation { "母亲".into() } else { "姑姑".into() });
        let decision = world.act(people(PeopleAct::Change(CollectorId(9), Change::Line(line, Some(value.into())))));
        let barred = decision
            .drafts
            .iter()
            .any(|d| matches!(&d.fact, Fact::CollectorSet { now, .. } if now.id == CollectorId(listed) && now.right == Right::Barred));
        assert_eq!(barred, along, "{line:?} {value}: {decision:?}");
        assert!(!decision.drafts.is_empty(), "{decision:?}");
    }
}

/// Words that speak of somebody by another take nobody along, least of all that other one: the leader is asked who of the list it is.
/// Plain words for somebody listed take that person.
#[test]
fn a_bar_that_speaks_of_one_person_by_another_takes_nobody_and_is_asked_about() {
    let listed = || {
        let mut world = World::new();
        world.change_collector(1, |c| (c.name, c.relation, c.phone) = ("林静".into(), "母亲".into(), Some("13900000001".into())));
        world.change_collector(2, |c| (c.name, c.relation, c.phone) = ("赵强".into(), "父亲".into(), Some("13900000002".into())));
        world.list(9, 1, "叔叔", Right::Standing);
        world.change_collector(9, |c| (c.name, c.phone) = ("张伟".into(), Some("13900000009".into())));
        world
    };
    let of = |name: &str, relation: &str, phone: Option<&str>| {
        let world = listed();
        let bar = Collector::new(CollectorId(50), ChildId(1), 9, name, relation, Right::Barred);
        let bar = Collector { phone: phone.map(str::to_owned), ..bar };
        let along: Vec<String> = taken_along(&world.register, &bar).into_iter().map(|c| c.name.clone()).collect();
        let who = Described { name, relation, phone, staff: None };
        let asked: Vec<String> = may_be_of_the_list(&world.register, ChildId(1), who).into_iter().map(|c| c.name.clone()).collect();
        (along, asked)
    };
    for (name, relation) in [
        ("妈妈的男朋友", "朋友"),
        ("妈妈男友", "朋友"),
        ("妈妈前男友赵刚", "其他"),
        ("林静前男友", "其他"),
        ("赵强前妻", "其他"),
        ("林静哥哥林刚", "舅舅"),
        ("林静同事小李", "同事"),
        ("爸爸的朋友老陈", "朋友"),
        ("除母亲外任何人", "其他"),
        ("ex of mother", "other"),
        ("friend of dad", "friend"),
        ("赵强父亲", ""),
        ("赵强的弟弟", "叔叔"),
        ("妈妈的妈妈", "外婆"),
    ] {
        let (along, asked) = of(name, relation, None);
        assert_eq!(along, [""; 0], "{name} {relation}");
        assert!(asked.contains(&"张伟".to_owned()), "{name} {relation}: {asked:?}");
    }
    for name in ["前男友", "男朋友", "债主", "陌生男子", "姓赵的", "赵某某", "张某某", "现任", "第三者", "胖子", "开黑车的", "保险推销员", "Zhang W"]
    {
        let (along, asked) = of(name, "其他", None);
        assert_eq!(along, [""; 0], "{name}");
        assert!(asked.contains(&"张伟".to_owned()), "{name}: {asked:?}");
    }
    for (name, relation) in [("赵强", "父亲"), ("前夫赵强", "其他"), ("赵强", "其他"), ("", "父亲"), ("爸爸", ""), ("小明爸爸赵强", "朋友")]
    {
        let (along, _) = of(name, relation, None);
        assert_eq!(along, ["赵强"], "{name} {relation}");
    }
    let (along, asked) = of("妈妈的男朋友", "朋友", Some("13900000009"));
    assert!(along.is_empty() && asked.contains(&"张伟".to_owned()), "by the number of somebody listed: {along:?} {asked:?}");
    // Another whole name is another person: nobody is asked.
    for name in ["李四海", "王建国", "欧阳建国", "Thomas Klein"] {
        assert_eq!(of(name, "其他", None), (Vec::new(), Vec::new()), "{name}");
    }
}
