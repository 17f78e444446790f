//! Two records of one name may be one child: a bar against either is one against both, on every path (F030, I14).

use caredesk::domain::likeness::Described;
use caredesk::rules::barred::{Naming, is_restricted, naming, naming_for_good};
use caredesk::rules::collect::takers;

use super::*;

/// Child 3 is called like child 1, or otherwise; the father 赵强 (9) is barred from child 1.
fn world(name: &str) -> World {
    let mut world = World::new();
    let barred = Collector::new(CollectorId(9), ChildId(1), 9, "赵强", "父亲", Right::Barred);
    let barred = Collector { phone: Some("13900000091".into()), ..barred };
    world.happen("16:00", Fact::CollectorSet { was: None, now: Box::new(barred) });
    world.happen("16:01", Fact::ChildSet { was: None, now: Box::new(Child { name: name.into(), ..child(3, 4) }) });
    let mother =
        Collector { phone: Some("13900000071".into()), ..Collector::new(CollectorId(31), ChildId(3), 1, "林静", "母亲", Right::Standing) };
    world.happen("16:02", Fact::CollectorSet { was: None, now: Box::new(mother) });
    world
}

#[test]
fn naming_for_either_record_asks_the_bars_of_both() {
    let father = ("赵强", "父亲", "13900000091");
    for (name, who, want) in [
        ("童甲", father, Naming::Stopped),
        ("童 甲", ("趙強", "朋友", "13900000099"), Naming::Stopped),
        ("童甲", ("小赵", "叔叔", "13900000091"), Naming::Stopped),
        ("童甲", ("", "父亲", "13900000099"), Naming::Stopped),
        ("童甲", ("王明", "叔叔", "13900000091"), Naming::Stopped),
        ("童甲", ("李刚", "父亲", "13900000072"), Naming::Leader),
        ("童甲", ("李刚", "舅舅", "13900000072"), Naming::Leader),
        ("tong jia", father, Naming::Stopped),
        ("童甲 Tong Jia", father, Naming::Stopped),
        ("Mandy 童甲", father, Naming::Stopped),
        ("Tóng Jiǎ", father, Naming::Stopped),
        ("童甲B", father, Naming::Stopped),
        ("王子涵", father, Naming::Free),
        ("童乙", father, Naming::Free),
    ] {
        let world = world(name);
        let (on, (name_of, relation, phone)) = (clock("16:30").date(), who);
        let described = Described { name: name_of, relation, phone: Some(phone), staff: None };
        assert_eq!(naming(&world.register, ChildId(3), described, on), want, "{name} {who:?}");
        assert_eq!(naming_for_good(&world.register, ChildId(3), described, on), want, "{name} {who:?}");
        assert_eq!(is_restricted(&world.register, ChildId(3), on), want != Naming::Free, "{name}");
        // For today, at the desk: what a leader has to agree to is asked, what a bar fits is stopped.
        let named = |approver| Act::Authorise {
            child: ChildId(3),
            name: if name_of.is_empty() { "某人".into() } else { name_of.into() },
            relation: relation.into(),
            phone: phone.into(),
            phrase: None,
            call: Some(said(31, CallResult::Yes)),
            approver,
        };
        let lists = |approver| {
            let decision = decide(world.room(), &Request::Act(named(approver)), clock("16:30"));
            decision.drafts.iter().any(|d| matches!(d.fact, Fact::CollectorSet { .. }))
        };
        assert_eq!(lists(None), want == Naming::Free, "{name} {who:?}");
        if !name_of.is_empty() {
            assert_eq!(lists(Some(StaffId(3))), want == Naming::Leader || want == Naming::Free, "{name} {who:?}");
        }
    }
}

/// Who stands on the list of the other record, as an import or an old journal may hold it, is not offered; a call back makes nobody
/// good.
#[test]
fn whom_a_bar_of_the_other_record_fits_takes_neither() {
    for (name, who, offered) in [
        ("童甲", ("赵强", "父亲", "13900000091"), false),
        ("童甲", ("李刚", "父亲", "13900000072"), true),
        ("王子涵", ("赵强", "父亲", "13900000091"), true),
    ] {
        let today = clock("16:30").date();
        for right in [Right::Standing, Right::OneDay { day: today, confirmed: true }] {
            let mut world = world(name);
            let other = Collector { phone: Some(who.2.into()), ..Collector::new(CollectorId(32), ChildId(3), 2, who.0, who.1, right) };
            world.happen("16:03", Fact::CollectorSet { was: None, now: Box::new(other) });
            let may = takers(world.room(), ChildId(3), today).into_iter().any(|c| c.id == CollectorId(32));
            assert_eq!(may, offered, "{name} {who:?} {right:?}");
        }
        let mut world = world(name);
        let right = Right::OneDay { day: today, confirmed: false };
        let other = Collector { phone: Some(who.2.into()), ..Collector::new(CollectorId(32), ChildId(3), 2, who.0, who.1, right) };
        world.happen("16:03", Fact::CollectorSet { was: None, now: Box::new(other) });
        let act = Act::CallBack { named: CollectorId(32), call: said(31, CallResult::Yes), approver: Some(StaffId(3)) };
        let decision = decide(world.room(), &Request::Act(act), clock("16:30"));
        let confirmed = decision.drafts.iter().any(|d| matches!(&d.fact, Fact::CollectorSet { .. }));
        assert_eq!(confirmed, offered, "{name} {who:?}: {decision:?}");
    }
}

/// Whoever of the staff is barred under one record has no say under the other either.
#[test]
fn a_barred_colleague_has_no_say_about_the_second_record() {
    let on = clock("16:30").date();
    for (name, barred) in [("童甲", true), ("童 甲", true), ("王子涵", false)] {
        let mut world = world(name);
        world.change_collector(9, |c| c.staff = Some(StaffId(3)));
        assert_eq!(caredesk::rules::barred::is_of_staff(&world.register, ChildId(3), StaffId(3), on), barred, "{name}");
        let vouch = caredesk::rules::collect::may_vouch(world.room(), ChildId(3), None, Vouch::Leader(StaffId(3)), clock("16:30")).err();
        assert_eq!(vouch == Some(Objection::WrongStaff), barred, "{name}: {vouch:?}");
    }
}

/// Enter alone, or a bare scan where scans release, lets nobody go of whose name somebody is barred.
#[test]
fn enter_alone_releases_no_second_record() {
    for (name, goes_alone) in [("童甲", false), ("童 甲", false), ("王子涵", true)] {
        for release_on in [ReleaseOn::Enter, ReleaseOn::Scan] {
            let mut world = world(name);
            world.settings.release_on = release_on;
            world.card("779093", 3, CardState::Live, true);
            world.arrive("779093", "16:30");
            let mut pass = world.scan("779093");
            pass.answers.go = release_on == ReleaseOn::Enter;
            let decision = world.decide(&pass, "17:30");
            let goes = decision.drafts.iter().any(|d| matches!(d.fact, Fact::Released { .. }));
            assert_eq!(goes, goes_alone, "{name} {release_on:?}: {decision:?}");
            assert_eq!(decision.verdicts[0].1 == Verdict::Who, !goes_alone, "{name}: {decision:?}");
        }
    }
}

/// A bar that counts only because two records have one name counts on where one of them gets another name, or is erased.
#[test]
fn a_bar_that_counts_by_a_name_outlives_the_name() {
    use caredesk::domain::fact::OfficeFact;
    use caredesk::rules::office::OfficeAct;
    use caredesk::rules::office::people::{Field, PeopleAct};
    let rename = |id, name: &str| PeopleAct::Set(ChildId(id), Field::Name, Some(name.into()));
    let father = Described { name: "赵强", relation: "父亲", phone: Some("13900000091"), staff: None };
    for (second, act, other) in [
        ("童甲", rename(1, "童甲旧"), 3),
        ("童甲", rename(3, "童丙"), 3),
        ("童 甲", rename(1, "李雷"), 3),
        ("童甲", PeopleAct::Erase(ChildId(1)), 3),
        ("童甲", rename(1, "童 甲"), 3),
    ] {
        let mut world = world(second);
        let on = clock("16:30").date();
        if matches!(act, PeopleAct::Erase(_)) {
            // Withdrawn, and of another day.
            world.change(1, |c| c.enrolled = false);
            let was = std::mem::replace(&mut world.day, caredesk::domain::day::Day::new(on, Vec::new()));
            assert!(!was.entries().is_empty());
        }
        assert_eq!(naming(&world.register, ChildId(other), father, on), Naming::Stopped, "{second} {act:?}");
        let request = Request::Act(Act::Office(OfficeAct::People(Box::new(act.clone()))));
        let room = Room { keeper: Some(StaffId(3)), ..world.room() };
        let decision = decide(room, &request, clock("16:30"));
        assert_eq!(decision.objection, None, "{second} {act:?}");
        let before = world.register.all_barred().count();
        world.enter(clock("16:30"), decision.drafts.clone());
        assert_eq!(naming(&world.register, ChildId(other), father, on), Naming::Stopped, "{second} {act:?}");
        assert!(is_restricted(&world.register, ChildId(other), on), "{second} {act:?}");
        let erased = decision.drafts.iter().any(|d| matches!(d.fact, Fact::Office(OfficeFact::Erased { .. })));
        assert!(world.register.all_barred().count() >= before - usize::from(erased));
        // The same again adds none.
        let again = decide(
            Room { keeper: Some(StaffId(3)), ..world.room() },
            &Request::Act(Act::Office(OfficeAct::People(Box::new(rename(3, "童丁"))))),
            clock("16:31"),
        );
        let bars = again.drafts.iter().filter(|d| matches!(&d.fact, Fact::CollectorSet { now, .. } if now.child == ChildId(3))).count();
        assert!(bars <= 1, "{second} {act:?}: {again:?}");
    }
}

/// Taking back what enrolled a child withdraws nobody who is here.
#[test]
fn no_undo_withdraws_a_child_that_is_here() {
    for here in [false, true] {
        let mut world = World::new();
        world.change(1, |c| c.enrolled = false);
        world.change(1, |c| c.enrolled = true);
        let act = world.day.entries().last().unwrap().act;
        if here {
            world.happen(
                "16:30",
                Fact::Arrived { child: ChildId(1), card: None, means: Means::Name, holder: Holder::Nobody, place: Place::room(), despite: None },
            );
        }
        let room = Room { keeper: Some(StaffId(3)), ..world.room() };
        let undo = decide(room, &Request::Undo { act, reason: None }, clock("16:31"));
        assert_eq!(undo.objection.is_some(), here, "{undo:?}");
    }
}

/// Adding a record of a restricted child's name, or giving a record that name, is a leader's: people are named with it.
#[test]
fn a_second_record_of_a_restricted_child_is_a_leaders() {
    use caredesk::rules::access::{Right as Access, demand};
    use caredesk::rules::office::OfficeAct;
    use caredesk::rules::office::people::{Field, PeopleAct};
    let world = world("王子涵");
    let add = |name: &str| PeopleAct::Add { name: name.into(), grade: 3, class_no: None, guest_on: None, people: Vec::new() };
    for (act, leader) in [
        (add("童甲"), true),
        (add("童 甲"), true),
        (add("李雷"), false),
        (PeopleAct::Set(ChildId(3), Field::Name, Some("童甲".into())), true),
        (PeopleAct::Set(ChildId(3), Field::Name, Some("李雷".into())), false),
    ] {
        let right = demand::of_act(world.room(), &Act::Office(OfficeAct::People(Box::new(act.clone())))).right;
        assert_eq!(right, if leader { Access::NameForRestricted } else { Access::ChangePeople }, "{act:?}");
    }
}

/// The number of somebody barred is that person's on every record, whatever else is written there, unless somebody whom no bar fits has
/// it on a list: then the leader decides. A new record of the name is asked likewise.
#[test]
fn the_number_of_a_barred_person_is_that_persons_on_every_record() {
    use caredesk::rules::barred::{Record, all, barred_of_namesake};
    // Whether the mother of the first record, or of the second, has the number as well.
    for (first, second, who, want) in [
        (false, false, ("李刚", "父亲"), Naming::Stopped),
        (false, false, ("王明", "叔叔"), Naming::Stopped),
        (true, false, ("王明", "叔叔"), Naming::Leader),
        (false, true, ("王明", "叔叔"), Naming::Leader),
        (true, false, ("赵强", "叔叔"), Naming::Stopped),
    ] {
        let mut world = world("童甲");
        let number = Some("13900000091".to_owned());
        if first {
            world.change_collector(1, |c| c.phone.clone_from(&number));
        }
        if second {
            world.change_collector(31, |c| c.phone.clone_from(&number));
        }
        let on = clock("16:30").date();
        let described = Described { name: who.0, relation: who.1, phone: number.as_deref(), staff: None };
        assert_eq!(naming(&world.register, ChildId(3), described, on), want, "{first} {second} {who:?}");
        let bars = all(&world.register, on);
        for record in [Some(ChildId(3)), None] {
            let stopped = barred_of_namesake(&world.register, &bars, Record { id: record, name: "童 甲", class: None }, described, on).is_some();
            assert_eq!(stopped, want == Naming::Stopped || (second && record.is_none()), "{first} {second} {who:?} {record:?}");
        }
    }
}

/// Renames, and gives back the act that is taken back.
type Before = fn(&mut World, &dyn Fn(&mut World, i64, &str) -> Seq) -> Seq;

/// Taking back what gave a record its name ends no bar: it counts on where it counted, as a bar of the record. A bar that is taken back by
/// itself is lifted, and a second record that goes leaves none behind.
#[test]
fn no_undo_of_a_name_ends_a_bar() {
    use caredesk::rules::office::OfficeAct;
    use caredesk::rules::office::people::{Field, PeopleAct};
    let father = Described { name: "赵强", relation: "父亲", phone: Some("13900000091"), staff: None };
    let rename = |world: &mut World, id: i64, name: &str| {
        let act = Act::Office(OfficeAct::People(Box::new(PeopleAct::Set(ChildId(id), Field::Name, Some(name.into())))));
        let decision = decide(Room { keeper: Some(StaffId(3)), ..world.room() }, &Request::Act(act), clock("16:31"));
        assert_eq!(decision.objection, None);
        world.enter(clock("16:31"), decision.drafts);
        Seq(world.day.entries().iter().map(|e| e.act.0).max().unwrap())
    };
    let cases: [(&str, Before); 4] = [
        // The second record gets another name, and back.
        ("away and back", |w, rename| rename(w, 3, "童丙")),
        // The first goes away meanwhile.
        ("away, and the first away", |w, rename| {
            let act = rename(w, 3, "童丙");
            rename(w, 1, "李雷");
            act
        }),
        // It gets the name of the first, and back.
        ("to the name and back", |w, rename| {
            w.change(3, |c| c.name = "王子涵".into());
            rename(w, 3, "童甲")
        }),
        ("spelt otherwise and back", |w, rename| rename(w, 3, "童 甲")),
    ];
    for (what, before) in cases {
        let mut world = world("童甲");
        let act = before(&mut world, &rename);
        let on = clock("16:40").date();
        assert_eq!(naming(&world.register, ChildId(3), father, on), Naming::Stopped, "{what}");
        let room = Room { keeper: Some(StaffId(3)), ..world.room() };
        let undo = decide(room, &Request::Undo { act, reason: None }, clock("16:40"));
        assert_eq!(undo.objection, None, "{what}");
        world.enter(clock("16:40"), undo.drafts.clone());
        assert_eq!(naming(&world.register, ChildId(3), father, on), Naming::Stopped, "{what}: {undo:?}");
        let again = undo.drafts.iter().filter(|d| matches!(d.fact, Fact::CollectorSet { .. })).count();
        assert!(again <= 1, "{what}: {undo:?}");
    }
    // A bar by itself is lifted by taking it back, on every record.
    let mut world = world("童甲");
    world.list(40, 1, "舅舅", Right::Barred);
    let act = world.day.entries().last().unwrap().act;
    let room = Room { keeper: Some(StaffId(3)), ..world.room() };
    let undo = decide(room, &Request::Undo { act, reason: None }, clock("16:40"));
    assert_eq!(undo.drafts.len(), 1, "{undo:?}");
}

/// An import that is taken back takes no bar along which counted because of a name that it gave.
#[test]
fn no_undone_import_ends_a_bar_that_counted_by_a_name() {
    use caredesk::rules::undo::import::take_back;
    let father = Described { name: "赵强", relation: "父亲", phone: Some("13900000091"), staff: None };
    let on = clock("16:30").date();
    // The import brought the second record with a bar of its own, or gave a record the name.
    for brings in [true, false] {
        let mut world = world("王子涵");
        let from = world.day.entries().len();
        if brings {
            let bar = Collector::new(CollectorId(50), ChildId(4), 1, "孙伟", "舅舅", Right::Barred);
            let child = Child { name: "童甲".into(), ..child(4, 4) };
            let facts = [Fact::ChildSet { was: None, now: Box::new(child) }, Fact::CollectorSet { was: None, now: Box::new(bar) }];
            world.enter(clock("16:10"), facts.into_iter().map(Draft::from).collect());
        } else {
            world.change(3, |c| c.name = "童甲".into());
        }
        let act: Vec<Entry> = world.day.entries()[from..].to_vec();
        let uncle = Described { name: "孙伟", relation: "舅舅", ..Described::default() };
        let (child, who) = if brings { (ChildId(1), uncle) } else { (ChildId(3), father) };
        assert_eq!(naming(&world.register, child, who, on), Naming::Stopped, "{brings}");
        let drafts = take_back(&world.register, &act, &[], on).unwrap();
        world.enter(clock("16:40"), drafts);
        assert_eq!(naming(&world.register, child, who, on), Naming::Stopped, "{brings}");
    }
}

/// A new child of the class, under whatever name, that lists the very person who is barred from another of it, with the number, may be
/// that child.
#[test]
fn a_new_name_in_the_class_lists_nobody_who_is_barred_there() {
    use caredesk::rules::office::OfficeAct;
    use caredesk::rules::office::people::{PeopleAct, Person};
    let person = |name: &str, phone: &str| Person { relation: "监护人".into(), name: name.into(), phone: Some(phone.into()), minor: false };
    for (name, grade, class_no, who, stops) in [
        ("豆豆", 4, Some(1), ("赵强", "13900000091"), true),
        ("豆豆", 4, Some(1), ("Mr Zhao Qiang", "13900000091"), true),
        ("豆豆", 4, Some(1), ("赵强", "13900000099"), false),
        ("豆豆", 4, Some(1), ("林静", "13900000091"), false),
        ("豆豆", 4, Some(2), ("赵强", "13900000091"), false),
        ("豆豆", 3, Some(1), ("赵强", "13900000091"), false),
    ] {
        let world = world("王子涵");
        let people = vec![person("林静", "13900000071"), person(who.0, who.1)];
        let act = PeopleAct::Add { name: name.into(), grade, class_no, guest_on: None, people };
        let room = Room { keeper: Some(StaffId(3)), ..world.room() };
        let decision = decide(room, &Request::Act(Act::Office(OfficeAct::People(Box::new(act)))), clock("16:30"));
        let added = decision.drafts.iter().any(|d| matches!(d.fact, Fact::ChildSet { .. }));
        assert_eq!(!added, stops, "{grade} {class_no:?} {who:?}: {decision:?}");
    }
}
