//! Nobody has a hand in a change of the register that is his own matter: neither the one whose PIN opened it nor the one who acts at
//! the desk, and in taking one back no more than in entering it (F030, I14).

use caredesk::domain::settings::keys::Key;
use caredesk::domain::staff::Credential;
use caredesk::rules::access::demand::{Carrier, of_act};
use caredesk::rules::office::OfficeAct;
use caredesk::rules::office::calendar::CalendarAct;
use caredesk::rules::office::cards::{CardsAct, NewCard};
use caredesk::rules::office::people::{Bar, Change, Field, Line, PeopleAct, Person};
use caredesk::rules::office::settings::SettingsAct;
use caredesk::rules::office::staff::{self, StaffAct};

use super::*;

/// The leader whose PIN opened the register, a duty teacher, another one, and another leader.
const KEEPER: i64 = 3;
const TEACHER: i64 = 2;
const OTHER: i64 = 1;
const LEADER: i64 = 4;

/// Child 1 with a bar (9) against somebody of the staff, if against anybody; `actor` acts at the desk, and nobody else is on duty.
fn world(barred: Option<i64>, actor: Option<i64>) -> World {
    let mut world = World::new();
    let other = Staff { pin: Some("y".into()), ..Staff::new(StaffId(LEADER), "师4", Role::Leader) };
    world.happen("16:00", Fact::StaffSet { was: None, now: Box::new(other) });
    world.list(9, 1, "伯父", Right::Barred);
    world.change_collector(9, |c| (c.name, c.staff) = ("赵强".into(), barred.map(StaffId)));
    for staff in [OTHER, TEACHER] {
        world.happen("16:21", Fact::SignedOff { staff: StaffId(staff), by: None, reason: None });
    }
    if let Some(actor) = actor {
        world.happen("16:22", Fact::SignedOn { staff: StaffId(actor) });
    }
    world
}

/// Every change of the register that asks for who opened it, and whether it is the own matter of somebody who is barred from child 1.
fn acts() -> Vec<(OfficeAct, bool)> {
    let (one, two) = (ChildId(1), ChildId(2));
    let person = |name: &str| Person { relation: "姑姑".into(), name: name.into(), phone: Some("13911110001".into()), minor: false };
    let add = |name: &str| PeopleAct::Add {
        name: name.into(),
        grade: 2,
        class_no: Some(1),
        guest_on: None,
        people: vec![person("周姨"), Person { phone: Some("13911110002".into()), ..person("钱姨") }],
    };
    let bar = CollectorId(9);
    let early = || Some((time_of_day("17:10").unwrap(), "琴课".to_owned()));
    let people = [
        (add(&named(1)), true),
        (add("钱九"), false),
        (PeopleAct::Set(one, Field::Note, Some("x".into())), true),
        (PeopleAct::Set(two, Field::Note, Some("x".into())), false),
        (PeopleAct::List(one, person("周姨")), true),
        (PeopleAct::List(two, person("周姨")), false),
        (PeopleAct::BarNew(one, person("周姨"), Bar::default()), false),
        (PeopleAct::Change(bar, Change::Lift), true),
        (PeopleAct::Change(bar, Change::Line(Line::Phone, Some("13911110003".into()))), true),
        (PeopleAct::Change(bar, Change::Bar(Bar { paper: Some("x".into()), ..Bar::default() })), true),
        (PeopleAct::Change(CollectorId(2), Change::End), true),
        (PeopleAct::Change(CollectorId(4), Change::First), false),
        (PeopleAct::Household(one, Some(two)), true),
        (PeopleAct::Buddy(one, Some(two)), false),
        (PeopleAct::SelfLeave(one, Some("信".into())), true),
        (PeopleAct::Withdraw(two), false),
        (PeopleAct::Erase(one), true),
        (PeopleAct::Enrol(two), false),
        (PeopleAct::Always(two, None, Consent::Given), false),
        (PeopleAct::Early(one, chrono::Weekday::Tue, early()), true),
        (PeopleAct::Early(two, chrono::Weekday::Tue, early()), false),
        (PeopleAct::RefuseCare { name: "钱九".into(), grade: None, reason: "x".into() }, false),
    ];
    let card = |kind| NewCard { number: CardNumber::new("779093"), child: one, kind, own: true };
    let number = || CardNumber::new("453841");
    let cards = [
        (CardsAct::Issue(vec![card(CardKind::Second)]), true),
        (CardsAct::Replace { old: number(), new: card(CardKind::Main) }, true),
        (CardsAct::Revive(number()), true),
        (CardsAct::Void(number()), false),
        (CardsAct::EndAll { until: clock("12:00").date() }, false),
    ];
    let pin = || staff::Change::Pin("z".into());
    let paper = Credential { name: "健康证".into(), until: None };
    let change = |staff: i64, changes| StaffAct::Change { staff: StaffId(staff), changes };
    let date = clock("12:00").date();
    let records = [
        (StaffAct::Add { name: "周姨".into(), role: Role::Duty, changes: Vec::new() }, true),
        (change(OTHER, vec![pin()]), true),
        (change(LEADER, vec![pin()]), true),
        (change(OTHER, vec![staff::Change::Role(Role::Leader), pin()]), true),
        (change(OTHER, vec![staff::Change::Paper(paper)]), false),
        (StaffAct::MakeCode { staff: StaffId(LEADER), hash: "h".into() }, true),
        (StaffAct::Plan { date, staff: StaffId(OTHER), on: true }, false),
    ];
    let people = people.map(|(act, own)| (OfficeAct::People(Box::new(act)), own));
    let others = [
        OfficeAct::Calendar(CalendarAct::Term(Term { name: "秋".into(), from: date, until: date })),
        OfficeAct::Settings(SettingsAct::Set { key: Key::School, value: Some("校".into()) }),
    ];
    let mut all = people.to_vec();
    all.extend(cards.map(|(act, own)| (OfficeAct::Cards(act), own)));
    all.extend(records.map(|(act, own)| (OfficeAct::Staff(act), own)));
    all.extend(others.map(|act| (act, false)));
    all
}

/// The one who opened it, another duty teacher, the one who is barred where that is a teacher, and nobody.
const ACTORS: [Option<i64>; 4] = [Some(KEEPER), Some(OTHER), Some(TEACHER), None];

/// What stands against somebody's own matter: of who opened the register first.
fn against(barred: Option<i64>, actor: Option<i64>) -> Option<Objection> {
    match barred {
        Some(KEEPER) => Some(Objection::WrongStaff),
        Some(barred) if actor == Some(barred) => Some(Objection::OtherActorNeeded),
        Some(_) | None => None,
    }
}

fn is_of_hands(objection: Option<&Objection>) -> bool {
    matches!(objection, Some(Objection::WrongStaff | Objection::OtherActorNeeded))
}

#[test]
fn no_change_of_the_register_is_the_own_matter_of_who_has_a_hand_in_it() {
    for barred in [None, Some(KEEPER), Some(TEACHER)] {
        for actor in ACTORS {
            let world = world(barred, actor);
            let room = Room { keeper: Some(StaffId(KEEPER)), ..world.room() };
            for (change, own) in acts() {
                let act = Act::Office(change.clone());
                assert_eq!(of_act(room, &act).of, Carrier::Keeper, "{change:?}");
                let decision = decide(room, &Request::Act(act), clock("16:40"));
                let wanted = against(barred, actor).filter(|_| own);
                let case = format!("barred {barred:?}, at the desk {actor:?}: {change:?}: {decision:?}");
                match wanted {
                    Some(objection) => assert_eq!((decision.objection, decision.drafts.len()), (Some(objection), 0), "{case}"),
                    None => assert!(!is_of_hands(decision.objection.as_ref()), "{case}"),
                }
            }
        }
    }
}

/// What somebody else entered before is taken back by none of them either, where it speaks of the child or would let somebody in.
#[test]
fn nor_is_one_taken_back_by_who_has_a_hand_in_it() {
    let mut taken_back = 0;
    for barred in [None, Some(KEEPER), Some(TEACHER)] {
        for actor in ACTORS {
            for (change, own) in acts() {
                let mut world = world(None, actor);
                let room = Room { keeper: Some(StaffId(KEEPER)), ..world.room() };
                let drafts = decide(room, &Request::Act(Act::Office(change.clone())), clock("16:40")).drafts;
                let concerns = own || drafts.iter().any(|d| d.fact.child() == Some(ChildId(1)));
                if drafts.is_empty() || drafts.iter().any(|d| matches!(&d.fact, Fact::CollectorSet { now, .. } if now.id == CollectorId(9))) {
                    continue;
                }
                world.enter(clock("16:40"), drafts);
                let act = world.day.entries().last().unwrap().act;
                if let Some(barred) = barred {
                    world.list(10, 1, "舅舅", Right::Barred);
                    world.change_collector(10, |c| c.staff = Some(StaffId(barred)));
                }
                let room = Room { keeper: Some(StaffId(KEEPER)), ..world.room() };
                let decision = decide(room, &Request::Undo { act, reason: None }, clock("16:41"));
                if decision.objection == Some(Objection::NothingToUndo) {
                    continue; // a code that was made stays made
                }
                let wanted = against(barred, actor).filter(|_| concerns);
                taken_back += usize::from(decision.objection.is_none());
                let case = format!("barred {barred:?}, at the desk {actor:?}: {change:?}: {decision:?}");
                if wanted.is_some() {
                    assert_eq!(decision.objection, wanted, "{case}");
                } else {
                    assert!(!is_of_hands(decision.objection.as_ref()), "{case}");
                }
            }
        }
    }
    assert!(taken_back > 100, "most of it can be taken back by others: {taken_back}");
}

/// A colleague who is off duty is made able again by taking back what made him unable: nobody barred does that.
#[test]
fn taking_back_that_a_colleague_stopped_working_here_makes_one_able() {
    for (barred, actor, wanted) in
        [(KEEPER, None, Some(Objection::WrongStaff)), (TEACHER, Some(TEACHER), Some(Objection::OtherActorNeeded)), (TEACHER, Some(OTHER), None)]
    {
        let mut world = world(Some(barred), actor);
        let was = world.register.staff_member(StaffId(LEADER)).unwrap().clone();
        let now = Staff { active: false, ..was.clone() };
        world.happen("16:30", Fact::StaffSet { was: Some(Box::new(was)), now: Box::new(now) });
        let act = world.day.entries().last().unwrap().act;
        let room = Room { keeper: Some(StaffId(KEEPER)), ..world.room() };
        assert_eq!(decide(room, &Request::Undo { act, reason: None }, clock("16:41")).objection, wanted, "{barred} {actor:?}");
    }
}

/// Nobody who is barred becomes a leader by a leader's open register.
#[test]
fn a_barred_teacher_is_not_made_a_leader_at_the_own_keyboard() {
    for (actor, wanted) in [(Some(TEACHER), Some(Objection::OtherActorNeeded)), (Some(OTHER), None), (None, None)] {
        let world = world(Some(TEACHER), actor);
        let room = Room { keeper: Some(StaffId(KEEPER)), ..world.room() };
        let changes = vec![staff::Change::Role(Role::Leader), staff::Change::Pin("z".into())];
        let act = Act::Office(OfficeAct::Staff(StaffAct::Change { staff: StaffId(TEACHER), changes }));
        assert_eq!(decide(room, &Request::Act(act), clock("16:41")).objection, wanted, "{actor:?}");
    }
}
