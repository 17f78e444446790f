//! A barred person is a person, not a spelling: on no path, under no record, does one become somebody to whom a release is
//! possible (F030, N14, I14).

use caredesk::domain::fact::{Account, Incident};
use caredesk::rules::collect::takers;
use caredesk::rules::office::OfficeAct;
use caredesk::rules::office::people::{Bar, Change, Field, Line, PeopleAct, Person};
use proptest::prelude::*;

use super::*;

/// Ways to write down the barred father 赵强, 13900000091: name, relation, number.
const DISGUISES: [(&str, &str, &str); 14] = [
    ("赵强", "父亲", "13900000091"),
    ("赵  强", "叔叔", "13900000070"),
    ("趙強", "舅舅", "13900000070"),
    ("赵强（爸）", "朋友", "13900000070"),
    ("父亲赵强", "朋友", "13900000070"),
    ("　赵强　", "邻居", "13900000070"),
    ("赵强先生", "邻居", "13900000070"),
    ("Zhao Qiang", "邻居", "13900000070"),
    ("小赵", "父亲", "13900000091"),
    ("小赵", "爸爸", "13900000070"),
    ("小赵", "生父", "13900000070"),
    ("小赵", "Dad", "13900000070"),
    ("小赵", "叔叔", "13900000091"),
    ("小赵", "叔叔", "+86 139-0000-0091"),
];

/// Child 1 with a mother (1); 2 is ended, and the father 赵强 (9) barred.
fn world() -> World {
    let mut world = World::new();
    world.change_collector(2, |c| c.right = Right::Ended);
    let barred = Collector::new(CollectorId(9), ChildId(1), 9, "赵强", "父亲", Right::Barred);
    let barred = Collector { phone: Some("13900000091".into()), ..barred };
    world.happen("16:00", Fact::CollectorSet { was: None, now: Box::new(barred) });
    world
}

/// Somebody who is put on the list at once, as an old journal or another store may hold it.
fn put(world: &mut World, id: i64, (name, relation, phone): (&str, &str, &str), right: Right) {
    let rank = u8::try_from(id).unwrap();
    let person = Collector { phone: Some(phone.into()), ..Collector::new(CollectorId(id), ChildId(1), rank, name, relation, right) };
    world.happen("16:10", Fact::CollectorSet { was: None, now: Box::new(person) });
}

fn today() -> Right {
    Right::OneDay { day: clock("16:00").date(), confirmed: true }
}

fn authorise((name, relation, phone): (&str, &str, &str), approver: Option<StaffId>) -> Act {
    let call = Some(said(1, CallResult::Yes));
    Act::Authorise { child: ChildId(1), name: name.into(), relation: relation.into(), phone: phone.into(), phrase: None, call, approver }
}

fn people(act: PeopleAct) -> Act {
    Act::Office(OfficeAct::People(Box::new(act)))
}

/// The room while a leader has opened the register.
fn kept(world: &World) -> Room<'_> {
    Room { keeper: Some(StaffId(3)), ..world.room() }
}

fn is_near_miss(decision: &Decision) -> bool {
    decision.drafts.iter().any(|d| matches!(d.fact, Fact::Account(Account::Incident { kind: Incident::NamingStopped, .. })))
}

fn offered(world: &World) -> Vec<CollectorId> {
    takers(world.room(), ChildId(1), clock("16:30").date()).into_iter().map(|c| c.id).collect()
}

#[test]
fn naming_the_barred_person_is_stopped_and_recorded_however_spelt() {
    for who in DISGUISES {
        let mut world = world();
        let person = Person { relation: who.1.into(), name: who.0.into(), phone: Some(who.2.into()), minor: false };
        for act in [authorise(who, Some(StaffId(3))), people(PeopleAct::List(ChildId(1), person))] {
            let decision = decide(kept(&world), &Request::Act(act.clone()), clock("16:30"));
            assert!(is_near_miss(&decision) && decision.drafts.len() == 1, "{who:?} {act:?}: {decision:?}");
            world.enter(clock("16:30"), decision.drafts);
        }
        assert_eq!(offered(&world), [CollectorId(1)], "{who:?}");
    }
}

#[test]
fn somebody_named_today_whom_the_bar_matches_is_not_offered() {
    for who in DISGUISES {
        let mut world = world();
        put(&mut world, 20, who, today());
        assert_eq!(offered(&world), [CollectorId(1)], "{who:?}");
        let mut pass = Pass::new(ChildId(1), Proof::CardUnread);
        world.arrive("453841", "16:30");
        (pass.answers.taker, pass.answers.go) = (Some(CollectorId(20)), true);
        world.pass(&pass, "17:20");
        assert_eq!(world.released(), [], "{who:?}");
    }
}

#[test]
fn an_escort_whom_the_bar_fits_brings_nobody_and_the_leader_is_told() {
    for (name, ..) in DISGUISES.into_iter().filter(|(name, ..)| *name != "小赵") {
        let world = world();
        let decision = world.decide(&Pass::new(ChildId(1), Proof::Escort(name.into())), "16:30");
        assert!(!decision.drafts.iter().any(|d| matches!(d.fact, Fact::Arrived { .. } | Fact::CardMoved { .. })), "{name}: {decision:?}");
        assert!(is_near_miss(&decision), "{name}: no near miss: {decision:?}");
    }
    let world = world();
    let decision = world.decide(&Pass::new(ChildId(1), Proof::Escort("王老师".into())), "16:30");
    assert!(decision.drafts.iter().any(|d| d.fact.kind() == "arrived"), "{decision:?}");
}

/// One thing that somebody does with the list of child 1.
#[derive(Clone, Debug)]
enum Step {
    Put(usize, bool),
    Authorise(usize),
    List(usize),
    Rename(i64, usize),
    Bar(i64),
    Hold(i64),
}

fn a_step() -> impl Strategy<Value = Step> {
    let who = || 0..DISGUISES.len();
    prop_oneof![
        3 => who().prop_map(|n| Step::Put(n, true)),
        1 => (0..8_usize).prop_map(|n| Step::Put(n, false)),
        3 => who().prop_map(Step::Authorise),
        3 => who().prop_map(Step::List),
        2 => (1..24_i64, who()).prop_map(|(id, n)| Step::Rename(id, n)),
        1 => (1..24_i64).prop_map(Step::Bar),
        3 => (1..24_i64).prop_map(Step::Hold),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    /// I14: whatever is done with the list, nobody who is the barred father by name, or is named for today and fits the bar,
    /// is offered, holds the card or takes the child.
    #[test]
    fn whatever_is_done_with_the_list_the_barred_person_never_takes_the_child(steps in prop::collection::vec(a_step(), 1..24)) {
        let mut world = world();
        world.arrive("453841", "16:30");
        let mut next = 30;
        for step in &steps {
            let act = match step {
                Step::Put(n, one_day) => {
                    put(&mut world, next, DISGUISES[*n], if *one_day { today() } else { Right::Standing });
                    next += 1;
                    continue;
                }
                Step::Authorise(n) => authorise(DISGUISES[*n], Some(StaffId(3))),
                Step::List(n) => {
                    let (name, relation, phone) = DISGUISES[*n];
                    people(PeopleAct::List(ChildId(1), Person { relation: relation.into(), name: name.into(), phone: Some(phone.into()), minor: false }))
                }
                Step::Rename(id, n) => people(PeopleAct::Change(CollectorId(*id), Change::Line(Line::Name, Some(DISGUISES[*n].0.into())))),
                Step::Bar(id) => people(PeopleAct::Change(CollectorId(*id), Change::Bar(Bar::default()))),
                Step::Hold(id) => Act::NameHolder { child: ChildId(1), collector: CollectorId(*id) },
            };
            let theirs = match &act {
                Act::Office(OfficeAct::People(office)) => match office.as_ref() {
                    PeopleAct::Change(id, _) => world.register.collector(*id).is_none_or(|c| c.child == ChildId(1) && c.id != CollectorId(9)),
                    _ => true,
                },
                _ => true,
            };
            if theirs {
                let drafts = decide(kept(&world), &Request::Act(act), clock("16:40")).drafts;
                world.enter(clock("16:40"), drafts);
            }
        }
        let spelt: Vec<&str> = DISGUISES.iter().take(8).map(|d| d.0).collect();
        let is_he = |c: &Collector| {
            let number = c.phone.as_deref().is_some_and(|p| p.ends_with("0091"));
            spelt.contains(&c.name.as_str()) || (matches!(c.right, Right::OneDay { .. }) && (number || c.relation != "叔叔" && c.name == "小赵"))
        };
        let his: Vec<CollectorId> = world.register.collectors(ChildId(1)).filter(|c| is_he(c)).map(|c| c.id).collect();
        prop_assert!(!offered(&world).iter().any(|id| his.contains(id)), "{:?}", offered(&world));
        for id in his {
            for on_site in [false, true] {
                let mut pass = Pass::new(ChildId(1), Proof::CardUnread);
                (pass.answers.taker, pass.answers.go) = (Some(id), true);
                pass.answers.on_site = on_site.then(|| OnSite { at: clock("17:16"), about: None, call: said(1, CallResult::Yes) });
                let decision = world.decide(&pass, "17:20");
                prop_assert!(!decision.drafts.iter().any(|d| d.fact.kind() == "released"), "{id:?}");
            }
        }
    }
}

/// Who is on the list under a surname, a form of address or the child's name is the barred person where the number, the parent
/// or the word for the relation says so; whoever is surely another one stays.
#[test]
fn a_person_who_is_not_named_in_full_is_held_against_the_bar() {
    let (his, other) = ("13900000091", "13900000070");
    for (bar, listed, stays) in [
        (("赵强", "叔叔", his), ("赵叔叔", "叔叔", his), false),
        (("赵强", "叔叔", his), ("小赵", "亲戚", his), false),
        (("赵强", "叔叔", his), ("赵先生", "邻居", his), false),
        (("赵强", "叔叔", his), ("Mr Zhao", "邻居", his), false),
        (("赵叔叔", "叔叔", his), ("赵强", "叔叔", his), false),
        (("赵强", "叔叔", ""), ("赵叔叔", "叔叔", other), false),
        (("赵强", "叔叔", his), ("赵叔叔", "叔叔", other), true),
        (("赵强", "父亲", his), ("陈一诺爸爸", "父亲", other), false),
        (("赵强", "父亲", his), ("陈一诺妈妈", "母亲", his), true),
        (("赵强", "父亲", his), ("", "母亲", his), true),
        (("赵强", "父亲", his), ("", "监护人", his), false),
        (("赵强", "叔叔", his), ("李叔叔", "叔叔", his), true),
        (("赵强", "叔叔", his), ("李明", "舅舅", his), true),
    ] {
        for bar_first in [true, false] {
            let mut world = World::new();
            world.change_collector(2, |c| c.right = Right::Ended);
            for (id, who, right) in if bar_first {
                [(9, bar, Right::Barred), (20, listed, Right::Standing)]
            } else {
                [(20, listed, Right::Standing), (9, bar, Right::Barred)]
            } {
                put(&mut world, id, who, right);
            }
            assert_eq!(offered(&world).contains(&CollectorId(20)), stays, "{bar:?} {listed:?}");
        }
    }
}

/// Who was named for today, and whom a bar that comes later is like in something, is named anew by a leader or not at all; whoever is
/// like nobody stays.
#[test]
fn a_bar_that_comes_later_puts_whom_it_leaves_in_doubt_off_the_list() {
    for (named, stays) in [
        (("李明", "叔叔", "13900000091"), false),
        (("李明", "叔叔", "+86 139-0000-0091"), false),
        (("周海", "父亲", "13900000070"), false),
        (("赵强", "邻居", "13900000070"), false),
        (("李明", "叔叔", "13900000070"), true),
    ] {
        let mut world = World::new();
        world.change_collector(2, |c| c.right = Right::Ended);
        world.change_collector(1, |c| c.phone = Some("13900000091".into()));
        put(&mut world, 9, ("赵强", "父亲", "13900000091"), Right::Standing);
        put(&mut world, 20, named, today());
        assert!(offered(&world).contains(&CollectorId(20)), "{named:?}");
        let act = people(PeopleAct::Change(CollectorId(9), Change::Bar(Bar::default())));
        let decision = decide(kept(&world), &Request::Act(act), clock("16:30"));
        assert_eq!(decision.objection, None, "{named:?}");
        world.enter(clock("16:30"), decision.drafts);
        assert_eq!(offered(&world).contains(&CollectorId(20)), stays, "{named:?}");
        assert!(!offered(&world).contains(&CollectorId(9)) && offered(&world).contains(&CollectorId(1)), "{named:?}");
    }
}

/// A second record of a child is no way round the bars of the first: not when the bar comes, nor when somebody is listed there, nor by
/// giving a record the name.
#[test]
fn a_bar_reaches_every_record_of_the_name() {
    let father = ("赵强", "父亲", "13900000091");
    let second = |world: &mut World, name: &str, listed: Option<(&str, &str, &str)>| {
        world.happen("16:01", Fact::ChildSet { was: None, now: Box::new(Child { name: name.into(), ..child(3, 4) }) });
        for (id, (name, relation, phone)) in [(31, ("林静", "母亲", "13900000071"))].into_iter().chain(listed.map(|who| (32, who))) {
            let person = Collector { phone: Some(phone.into()), ..Collector::new(CollectorId(id), ChildId(3), 1, name, relation, Right::Standing) };
            world.happen("16:02", Fact::CollectorSet { was: None, now: Box::new(person) });
        }
    };
    let may = |world: &World| takers(world.room(), ChildId(3), clock("16:30").date()).into_iter().map(|c| c.id.0).collect::<Vec<_>>();
    // The bar comes while the father stands on both records; on that of another name, or another man, it does not reach.
    for (name, who, left) in [
        ("童甲", father, vec![31]),
        ("童　甲", father, vec![31]),
        ("王子涵", father, vec![31, 32]),
        ("童甲", ("李刚", "父亲", "13900000072"), vec![31, 32]),
    ] {
        let mut world = World::new();
        world.change_collector(2, |c| c.right = Right::Ended); // a father without a name would be barred with him, and stand for any
        put(&mut world, 9, father, Right::Standing);
        second(&mut world, name, Some(who));
        let act = people(PeopleAct::Change(CollectorId(9), Change::Bar(Bar::default())));
        let decision = decide(kept(&world), &Request::Act(act), clock("16:30"));
        world.enter(clock("16:30"), decision.drafts);
        assert_eq!(may(&world), left, "{name} {who:?}");
    }
    // The bar stands, and somebody is listed for the other record, or the record gets the name.
    for (name, who, stopped) in [("童甲", father, true), ("王子涵", father, false), ("童甲", ("李刚", "舅舅", "13900000072"), false)] {
        let mut world = world();
        second(&mut world, name, None);
        let person = Person { relation: who.1.into(), name: who.0.into(), phone: Some(who.2.into()), minor: false };
        let decision = decide(kept(&world), &Request::Act(people(PeopleAct::List(ChildId(3), person))), clock("16:30"));
        assert_eq!(is_near_miss(&decision), stopped, "{name} {who:?}: {decision:?}");
    }
    for (who, to, stopped) in [(father, "童甲", true), (father, "李小满", false), (("李刚", "舅舅", "13900000072"), "童甲", false)] {
        let mut world = world();
        second(&mut world, "王子涵", Some(who));
        let act = people(PeopleAct::Set(ChildId(3), Field::Name, Some(to.into())));
        let decision = decide(kept(&world), &Request::Act(act), clock("16:30"));
        assert_eq!(is_near_miss(&decision), stopped, "{who:?} {to}: {decision:?}");
        assert_eq!(decision.drafts.iter().any(|d| matches!(d.fact, Fact::ChildSet { .. })), !stopped, "{who:?} {to}");
    }
}

/// A bar by the name or number of a member of staff is against whoever is listed as that member, under whatever name the list has: on
/// every path, the staff card too.
#[test]
fn a_bar_reaches_who_is_listed_as_a_member_of_staff() {
    let listed: [(&str, &str); 4] = [("", "父亲"), ("小丁", "父亲"), ("丁强", "朋友"), ("丁叔", "叔叔")];
    let bars: [(&str, &str, Option<&str>, bool); 5] = [
        ("丁强", "不详", None, true),
        ("丁 强", "", None, true),
        ("", "伯父", Some("13900000088"), true),
        ("赵强", "伯父", None, false),
        ("", "伯父", Some("13900000089"), false),
    ];
    for (name, relation) in listed {
        for (barred, as_what, phone, reaches) in bars {
            let mut world = World::new();
            let was = world.register.staff_member(StaffId(2)).unwrap().clone();
            let now = Staff { name: "丁强".into(), phone: Some("13900000088".into()), ..was.clone() };
            world.happen("16:00", Fact::StaffSet { was: Some(Box::new(was)), now: Box::new(now) });
            let person = Collector { staff: Some(StaffId(2)), ..Collector::new(CollectorId(20), ChildId(1), 20, name, relation, Right::Standing) };
            world.happen("16:01", Fact::CollectorSet { was: None, now: Box::new(person) });
            let bar = Collector::new(CollectorId(21), ChildId(1), 21, barred, as_what, Right::Barred);
            let bar = Collector { phone: phone.map(str::to_owned), ..bar };
            world.happen("16:02", Fact::CollectorSet { was: None, now: Box::new(bar) });
            let case = format!("{name} {relation} against {barred} {phone:?}");
            let on = clock("16:30").date();
            let offered = takers(world.room(), ChildId(1), on).iter().any(|c| c.id == CollectorId(20));
            assert_eq!(offered, !reaches, "{case}");
            world.arrive("453841", "16:30");
            let mut by_staff_card = world.shown(Proof::StaffParent(StaffId(2)));
            by_staff_card.answers.go = true;
            let decision = world.decide(&by_staff_card, "17:40");
            assert_eq!(decision.drafts.iter().any(|d| matches!(d.fact, Fact::Released { .. })), !reaches, "{case}: {decision:?}");
            let mut by_card = world.scan("453841");
            (by_card.answers.taker, by_card.answers.go) = (Some(CollectorId(20)), true);
            let decision = world.decide(&by_card, "17:40");
            assert!(!reaches || !decision.drafts.iter().any(|d| matches!(d.fact, Fact::Released { .. })), "{case}: {decision:?}");
        }
    }
}

/// Of whose family somebody asked who may not goes home alone today, whichever of the children was asked for.
#[test]
fn no_sibling_goes_home_alone_once_a_stranger_asked_for_one() {
    for (household, goes_alone) in [(1, false), (2, true)] {
        let mut world = World::new();
        world.list(9, 2, "伯父", Right::Barred);
        world.change(1, |c| c.self_leave = true);
        world.change(2, |c| c.household = HouseholdId(household));
        world.arrive("453841", "16:30");
        world.arrive("693691", "16:30");
        let mut asked = world.scan("693691");
        asked.answers.somebody_else = true;
        assert_eq!(world.pass(&asked, "17:30"), Verdict::Hold);
        let mut alone = world.shown(Proof::SelfLeave);
        alone.answers.go = true;
        let decision = world.decide(&alone, "17:31");
        let goes = decision.drafts.iter().any(|d| matches!(d.fact, Fact::Released { .. }));
        assert_eq!(goes, goes_alone, "{household}: {decision:?}");
    }
}

/// A bar of which only the relation is known reaches whoever is listed under it, in any word for it; and one with a name reaches a record
/// of which only the relation is known. Who has another number, or stands in another relation, is somebody else.
#[test]
fn a_relation_alone_is_enough_where_no_name_is_known() {
    for (listed, bar, reaches) in [
        (("王建国", "爷爷", None), ("", "爷爷", None), true),
        (("王建国", "祖父", Some("13900000081")), ("", "爷爷", None), true),
        (("李兰", "姥姥", None), ("", "外婆", None), true),
        (("", "舅舅", None), ("赵强", "舅舅", None), true),
        (("", "舅父", Some("13900000081")), ("赵强", "舅舅", None), true),
        (("王建国", "爷爷", Some("13900000081")), ("", "爷爷", Some("13900000082")), false),
        (("王建国", "外公", None), ("", "爷爷", None), false),
        (("王建国", "监护人", None), ("", "监护人", None), false),
        (("王建国", "爷爷", None), ("王建军", "爷爷", None), false),
    ] {
        let mut world = World::new();
        let of = |id: i64, (name, relation, phone): (&str, &str, Option<&str>), right| {
            let rank = u8::try_from(id).unwrap();
            Collector { phone: phone.map(str::to_owned), ..Collector::new(CollectorId(id), ChildId(1), rank, name, relation, right) }
        };
        world.happen("16:01", Fact::CollectorSet { was: None, now: Box::new(of(20, listed, Right::Standing)) });
        world.happen("16:02", Fact::CollectorSet { was: None, now: Box::new(of(21, bar, Right::Barred)) });
        let on = clock("16:30").date();
        let offered = takers(world.room(), ChildId(1), on).iter().any(|c| c.id == CollectorId(20));
        assert_eq!(offered, !reaches, "{listed:?} {bar:?}");
        let who = caredesk::domain::likeness::Described { name: "王建国", relation: listed.1, phone: None, staff: None };
        let stopped = caredesk::rules::barred::naming(&world.register, ChildId(1), who, on) == caredesk::rules::barred::Naming::Stopped;
        assert!(stopped || !reaches || bar.0 == "赵强", "{listed:?} {bar:?}");
    }
}
