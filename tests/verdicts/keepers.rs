//! Whoever is barred from a child and has the say over the staff's records neither becomes somebody else by them nor lends
//! himself another's hands; and whoever gets another name stays barred (F030, I14).

use caredesk::domain::likeness::Described;
use caredesk::domain::staff::{Credential, Vetting};
use caredesk::rules::barred::naming;
use caredesk::rules::barred::{Naming, is_of_staff};
use caredesk::rules::office::OfficeAct;
use caredesk::rules::office::staff::{Change, StaffAct};

use super::*;

const OWN: &str = "何静";
const NUMBER: &str = "13800000003";

/// Staff 3 leads, staff 4 leads as well; collector 9 is a bar of child 1 against whoever `bar` makes of it.
fn barred_by(bar: impl FnOnce(&mut Collector)) -> World {
    let mut world = World::new();
    let was = world.register.staff_member(StaffId(3)).unwrap().clone();
    let now = Staff { name: OWN.into(), phone: Some(NUMBER.into()), ..was.clone() };
    world.happen("16:00", Fact::StaffSet { was: Some(Box::new(was)), now: Box::new(now) });
    let other = Staff { pin: Some("y".into()), ..Staff::new(StaffId(4), "师4", Role::Leader) };
    world.happen("16:00", Fact::StaffSet { was: None, now: Box::new(other) });
    world.list(9, 1, "伯父", Right::Barred);
    world.change_collector(9, |c| {
        (c.name, c.phone) = ("赵强".into(), None);
        bar(c);
    });
    world
}

/// What makes a bar one against somebody.
type Against = fn(&mut Collector);

/// Every way by which a bar can fit a leader.
fn bars() -> [(&'static str, Against); 4] {
    [
        ("name", |c| c.name = OWN.into()),
        ("name in another spelling", |c| c.name = "何  靜（阿姨）".into()),
        ("number", |c| c.phone = Some("138-0000-0003".into())),
        ("staff record", |c| c.staff = Some(StaffId(3))),
    ]
}

fn decided(world: &World, keeper: i64, act: StaffAct) -> Decision {
    let room = Room { keeper: Some(StaffId(keeper)), ..world.room() };
    decide(room, &Request::Act(Act::Office(OfficeAct::Staff(act))), clock("17:00"))
}

fn change(staff: i64, changes: Vec<Change>) -> StaffAct {
    StaffAct::Change { staff: StaffId(staff), changes }
}

/// What would let a barred leader in by the staff's records, and what would not.
fn ways() -> Vec<(StaffAct, bool)> {
    let pin = || Change::Pin("z".into());
    let paper = Credential { name: "健康证".into(), until: None };
    vec![
        (change(3, vec![Change::Name("周姨".into())]), true),
        (change(3, vec![Change::Phone(None)]), true),
        (change(3, vec![Change::Phone(Some("13900000078".into()))]), true),
        (change(3, vec![Change::Name("周姨".into()), Change::Phone(None)]), true),
        (StaffAct::Add { name: "周姨".into(), role: Role::Leader, changes: vec![pin()] }, true),
        (StaffAct::Add { name: "周姨".into(), role: Role::Duty, changes: Vec::new() }, true),
        (change(1, vec![pin()]), true),
        (change(4, vec![pin()]), true),
        (change(2, vec![Change::Role(Role::Leader), pin()]), true),
        (change(4, vec![Change::Active(false)]), false),
        (StaffAct::MakeCode { staff: StaffId(4), hash: "h".into() }, true),
        (StaffAct::MakeCode { staff: StaffId(3), hash: "h".into() }, false),
        (change(3, vec![pin()]), false),
        (change(3, vec![Change::Paper(paper.clone())]), false),
        (change(2, vec![Change::Paper(paper)]), false),
        (change(1, vec![Change::Vetting(Vetting::Clear { on: clock("12:00").date() })]), false),
    ]
}

#[test]
fn a_barred_leader_neither_becomes_somebody_else_nor_lends_himself_hands() {
    for (what, bar) in bars() {
        for (act, opens) in ways() {
            let world = barred_by(bar);
            let own = decided(&world, 3, act.clone());
            assert_eq!(own.objection == Some(Objection::WrongStaff), opens, "{what}: {act:?}: {own:?}");
            assert_eq!(own.drafts.is_empty(), opens, "{what}: {act:?}");
            let another = decided(&world, 4, act.clone());
            assert_eq!(another.objection, None, "{what}: another leader may: {act:?}");
        }
    }
    for (act, _) in ways() {
        let free = barred_by(|_| ());
        assert_eq!(decided(&free, 3, act.clone()).objection, None, "nobody bars this leader: {act:?}");
    }
}

/// Whatever another leader changes of a record, a bar that fitted it before fits it after, and the person by the old words too.
#[test]
fn who_gets_another_name_or_number_stays_barred() {
    let changes: [(&str, Vec<Change>); 4] = [
        ("name", vec![Change::Name("周姨".into())]),
        ("number", vec![Change::Phone(Some("13900000078".into()))]),
        ("no number", vec![Change::Phone(None)]),
        ("both", vec![Change::Name("周姨".into()), Change::Phone(None)]),
    ];
    for (what, bar) in bars() {
        for linked_to_another in [false, true] {
            for (how, changes) in &changes {
                let mut world = barred_by(bar);
                if linked_to_another && what != "staff record" {
                    world.change_collector(9, |c| c.staff = Some(StaffId(2)));
                }
                let on = clock("17:00").date();
                assert!(is_of_staff(&world.register, ChildId(1), StaffId(3), on), "{what}");
                let decision = decided(&world, 4, change(3, changes.clone()));
                world.enter(clock("17:00"), decision.drafts);
                assert!(is_of_staff(&world.register, ChildId(1), StaffId(3), on), "{what} {how} {linked_to_another}");
                let now = world.register.staff_member(StaffId(3)).unwrap().clone();
                let who = Described { name: &now.name, relation: "姑姑", phone: now.phone.as_deref(), staff: None };
                assert_eq!(naming(&world.register, ChildId(1), who, on), Naming::Stopped, "{what} {how} {linked_to_another}");
                // Taken back, the bar fits as before.
                let act = world.day.entries().last().unwrap().act;
                let back = decide(Room { keeper: Some(StaffId(4)), ..world.room() }, &Request::Undo { act, reason: None }, clock("17:01"));
                assert_eq!(back.objection, None, "{what} {how} {linked_to_another}");
                world.enter(clock("17:01"), back.drafts);
                assert!(is_of_staff(&world.register, ChildId(1), StaffId(3), on), "{what} {how} {linked_to_another}");
            }
        }
    }
}

/// Nor is any of it taken back by the one whom it concerns, or so that a bar no longer fits.
#[test]
fn taking_a_record_of_the_staff_back_opens_no_way_either() {
    let undo = |world: &World, keeper: i64| {
        let act = world.day.entries().iter().rev().find(|e| matches!(e.fact, Fact::StaffSet { .. })).unwrap().act;
        decide(Room { keeper: Some(StaffId(keeper)), ..world.room() }, &Request::Undo { act, reason: None }, clock("17:01")).objection
    };
    // A colleague got a PIN; a bar that came since fits whoever would take it back.
    let mut world = barred_by(|_| ());
    let decision = decided(&world, 4, change(1, vec![Change::Pin("z".into())]));
    world.enter(clock("17:00"), decision.drafts);
    assert_eq!(undo(&world, 3), None);
    world.change_collector(9, |c| c.name = OWN.into());
    assert_eq!(undo(&world, 3), Some(Objection::WrongStaff));
    assert_eq!(undo(&world, 4), None);
    // Somebody got the name by which a bar came to know the person.
    let mut world = barred_by(|_| ());
    let decision = decided(&world, 4, change(3, vec![Change::Name("周姨".into())]));
    world.enter(clock("17:00"), decision.drafts);
    assert_eq!(undo(&world, 4), None);
    world.change_collector(9, |c| c.name = "周姨".into());
    assert_eq!(undo(&world, 4), Some(Objection::LeaderNeeded(ChildId(1))));
}

/// An import adds nobody to the staff for a leader who is barred.
#[test]
fn no_import_brings_a_barred_leader_a_colleague() {
    for (what, bar) in bars() {
        let world = barred_by(bar);
        let fact = Fact::StaffSet { was: None, now: Box::new(Staff::new(StaffId(9), "周姨", Role::Duty)) };
        for (leader, own) in [(3, true), (4, false)] {
            let found = caredesk::rules::barred::own_matter(&world.register, std::iter::once(&fact), StaffId(leader), clock("17:00").date());
            assert_eq!(found, own.then_some(ChildId(1)), "{what} {leader}");
        }
    }
}

/// Nor is a colleague made able by a leader who is barred, whose PIN this leader may know.
#[test]
fn a_barred_leader_makes_nobody_able() {
    use caredesk::domain::staff::{Capacity, Employment};
    type Unfit = fn(&mut Staff);
    let ways: [(Unfit, Change); 4] = [
        (|s| s.employment = Some(Employment::Left), Change::Employment(None)),
        (|s| s.vetting = Vetting::Barred, Change::Vetting(Vetting::Clear { on: clock("12:00").date() })),
        (|s| s.active = false, Change::Active(true)),
        (|s| s.capacity = Capacity::ALL.into_iter().find(|c| c.is_outside()).unwrap(), Change::Capacity(Capacity::default())),
    ];
    for (unfit, change_back) in ways {
        for (keeper, opens) in [(3, true), (4, false)] {
            let mut world = barred_by(|c| c.name = OWN.into());
            let was = world.register.staff_member(StaffId(2)).unwrap().clone();
            let mut now = was.clone();
            unfit(&mut now);
            world.happen("16:01", Fact::StaffSet { was: Some(Box::new(was)), now: Box::new(now) });
            let decision = decided(&world, keeper, change(2, vec![change_back.clone()]));
            assert_eq!(decision.objection == Some(Objection::WrongStaff), opens, "{keeper} {change_back:?}: {decision:?}");
        }
    }
}
