//! Tables of what may be changed about people, and what it comes to.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::card::CardNumber;
use crate::domain::custody::{Card, CardState, Custody};
use crate::domain::day::Day;
use crate::domain::fact::{Entry, Holder, Means, Seq};
use crate::domain::people::{Role, Staff};
use crate::domain::register::Register;
use crate::domain::settings::{Place, Settings};
use crate::domain::staff::Employment;
use crate::rules::enrolment::{over_capacity, staff_parents};
use crate::rules::office::OfficeAct;
use crate::rules::{Act, Request, decide};

struct World {
    register: Register,
    day: Day,
    settings: Settings,
    seq: i64,
}

fn now() -> Moment {
    Moment::from_local("2026-09-07T16:30:00".parse().unwrap(), 480)
}

fn person(relation: &str, phone: &str) -> Person {
    Person { relation: relation.into(), name: String::new(), phone: Some(phone.into()), minor: false }
}

fn child(name: &str, grade: u8, people: Vec<Person>) -> PeopleAct {
    PeopleAct::Add { name: name.into(), grade, class_no: Some(1), guest_on: None, people }
}

impl World {
    /// 甲 of grade 4 and 乙 of grade 1, each with mother and father; card 453841 is 甲's.
    fn new() -> Self {
        let mut world = Self { register: Register::default(), day: Day::new(now().date(), Vec::new()), settings: Settings::default(), seq: 0 };
        for (name, grade) in [("甲", 4), ("乙", 1)] {
            world.done(&child(name, grade, vec![person("母亲", "13900000001"), person("父亲", "13900000002")]));
        }
        let card = Card::new(CardNumber::new("453841"), ChildId(1), true);
        world.happen(vec![Fact::CardSet { was: None, now: Box::new(card) }]);
        world
    }

    fn room(&self) -> Room<'_> {
        Room { register: &self.register, day: &self.day, settings: &self.settings, desk: "desk", keeper: None }
    }

    fn happen(&mut self, facts: Vec<Fact>) {
        let act = Seq(self.seq + 1);
        for fact in facts {
            self.seq += 1;
            let entry = Entry { seq: Seq(self.seq), act, day: now().date(), at: now(), entered_at: now(), desk: "desk".into(), staff: None, fact };
            self.register.apply_with(&entry, |seq| self.day.entry(seq));
            self.day.apply(&entry);
        }
    }

    fn try_(&self, act: &PeopleAct) -> Result<Vec<Fact>, Objection> {
        facts(self.room(), act, now())
    }

    fn done(&mut self, act: &PeopleAct) -> usize {
        let facts = self.try_(act).unwrap();
        let count = facts.len();
        self.happen(facts);
        count
    }

    fn undo(&mut self) {
        let act = self.day.entries().last().unwrap().act;
        let decision = decide(self.room(), &Request::Undo { act, reason: None }, now());
        assert_eq!(decision.objection, None);
        self.happen(decision.drafts.into_iter().map(|d| d.fact).collect());
    }

    fn child(&self, id: i64) -> &Child {
        self.register.child(ChildId(id)).unwrap()
    }

    fn collector(&self, id: i64) -> &Collector {
        self.register.collector(CollectorId(id)).unwrap()
    }
}

fn against(result: Result<Vec<Fact>, Objection>) -> Option<Hindrance> {
    match result {
        Err(Objection::Office(office::Hindrance::People(hindrance))) => Some(hindrance),
        _ => None,
    }
}

#[test]
fn no_child_without_two_different_numbers() {
    let world = World::new();
    for (people, have) in [
        (vec![], 0),
        (vec![person("母亲", "13900000001")], 1),
        (vec![person("母亲", "13900000001"), person("父亲", "139 0000 0001")], 1),
        (vec![person("母亲", "13900000001"), Person { phone: None, ..person("父亲", "") }], 1),
        (vec![person("母亲", "13900000001"), Person { minor: true, ..person("姐姐", "13900000002") }], 1),
        (vec![person("母亲", "123"), person("父亲", "13900000002")], 1),
    ] {
        assert_eq!(against(world.try_(&child("丙", 3, people.clone()))), Some(Hindrance::TwoNumbers(have)), "{people:?}");
    }
    let two = vec![person("母亲", "13900000001"), person("母亲", "010-62770001")];
    assert_eq!(world.try_(&child("丙", 3, two.clone())).unwrap().len(), 3, "one person with two numbers is listed with each");
    assert_eq!(against(world.try_(&child("丙", 7, two.clone()))), Some(Hindrance::NotAGrade));
    assert_eq!(world.try_(&child("  ", 3, two)), Err(Objection::Empty));
}

#[test]
fn the_last_two_numbers_stay() {
    let mut world = World::new();
    let end = PeopleAct::Change(CollectorId(1), Change::End);
    for change in [Change::End, Change::Line(Line::Phone, None), Change::Line(Line::Phone, Some("13900000002".into()))] {
        let act = PeopleAct::Change(CollectorId(1), change);
        assert_eq!(against(world.try_(&act)), Some(Hindrance::LastNumber(CollectorId(1))), "{act:?}");
    }
    assert_eq!(against(world.try_(&PeopleAct::Change(CollectorId(1), Change::Line(Line::Phone, Some("12".into()))))), Some(Hindrance::NotAPhone));
    world.done(&PeopleAct::List(ChildId(1), person("奶奶", "13900000003")));
    world.done(&end);
    assert_eq!((world.collector(1).right, numbers(world.room(), ChildId(1)).len()), (Right::Ended, 2));
    // A restriction and somebody under age are never refused for want of numbers.
    world.done(&PeopleAct::Change(CollectorId(2), Change::Bar(Bar::default())));
    assert_eq!(numbers(world.room(), ChildId(1)).len(), 1);
}

#[test]
fn fields_are_filled_emptied_and_taken_back() {
    let mut world = World::new();
    for (field, value) in Field::ALL.into_iter().zip(["陈一诺", "5", "2", "20260101", "实验小学", "花生过敏", "抱抱小熊", "只吃苹果", "左撇子"])
    {
        world.done(&PeopleAct::Set(ChildId(1), field, Some(value.into())));
        let again = world.try_(&PeopleAct::Set(ChildId(1), field, Some(value.into())));
        assert_eq!(against(again), Some(Hindrance::Unchanged), "{field:?}");
    }
    let child = world.child(1);
    assert_eq!((child.name.as_str(), child.grade, child.class_no, child.health.as_deref()), ("陈一诺", 5, Some(2), Some("花生过敏")));
    world.undo();
    assert_eq!(world.child(1).note, None);
    world.done(&PeopleAct::Set(ChildId(1), Field::Health, None));
    assert_eq!(world.child(1).health, None);
    for (field, value, want) in [
        (Field::Grade, Some("7"), Hindrance::NotAGrade),
        (Field::Grade, None, Hindrance::NotAGrade),
        (Field::Class, Some("x"), Hindrance::NotAClass),
        (Field::Class, Some("0"), Hindrance::NotAClass),
    ] {
        assert_eq!(against(world.try_(&PeopleAct::Set(ChildId(1), field, value.map(str::to_owned)))), Some(want));
    }
    let taken = PeopleAct::Set(ChildId(2), Field::StudentNo, Some("20260101".into()));
    assert_eq!(against(world.try_(&taken)), Some(Hindrance::StudentNoOf(ChildId(1))));
}

#[test]
fn a_young_child_never_goes_alone() {
    let mut world = World::new();
    let letter = |id, text: Option<&str>| PeopleAct::SelfLeave(ChildId(id), text.map(str::to_owned));
    assert_eq!(against(world.try_(&letter(2, Some("2026-09-01")))), Some(Hindrance::Young(ChildId(2))));
    world.done(&letter(1, Some("2026-09-01 信")));
    assert!(world.child(1).self_leave && world.child(1).letter.is_some());
    world.done(&PeopleAct::Set(ChildId(1), Field::Grade, Some("2".into())));
    assert!(!world.child(1).self_leave, "falls away with the grade");
    world.undo();
    world.done(&letter(1, None));
    assert_eq!((world.child(1).self_leave, world.child(1).letter.as_deref()), (false, None));
}

#[test]
fn withdrawn_any_day_with_history_kept() {
    let mut world = World::new();
    world.done(&PeopleAct::Buddy(ChildId(1), Some(ChildId(2))));
    let here = Fact::Arrived { child: ChildId(1), card: None, means: Means::Name, holder: Holder::Nobody, place: Place::room(), despite: None };
    let mut busy = World::new();
    busy.happen(vec![here]);
    assert_eq!(against(busy.try_(&PeopleAct::Withdraw(ChildId(1)))), Some(Hindrance::IsHere(ChildId(1))));
    world.done(&PeopleAct::Withdraw(ChildId(1)));
    let (child, card) = (world.child(1), world.register.card(&CardNumber::new("453841")).unwrap());
    assert_eq!((child.enrolled, child.withdrawn_on, child.buddy), (false, Some(now().date()), None));
    assert_eq!((card.state, card.custody), (CardState::Expired { at: now() }, Custody::Rack), "void, and still to be found");
    assert_eq!(world.child(2).buddy, None);
    assert_eq!(against(world.try_(&PeopleAct::Withdraw(ChildId(1)))), Some(Hindrance::Unchanged));
    world.undo();
    assert!(world.child(1).enrolled && world.register.live_card(ChildId(1)).is_some(), "one act, taken back as one");
    world.done(&PeopleAct::Withdraw(ChildId(1)));
    world.done(&PeopleAct::Enrol(ChildId(1)));
    assert_eq!((world.child(1).enrolled, world.child(1).withdrawn_on), (true, None));
}

#[test]
fn buddies_are_paired_both_ways_and_leave_nobody_behind() {
    let mut world = World::new();
    world.done(&child("丙", 3, vec![person("母亲", "13900000005"), person("父亲", "13900000006")]));
    assert_eq!(against(world.try_(&PeopleAct::Buddy(ChildId(1), Some(ChildId(1))))), Some(Hindrance::Itself));
    world.done(&PeopleAct::Buddy(ChildId(1), Some(ChildId(2))));
    assert_eq!((world.child(1).buddy, world.child(2).buddy), (Some(ChildId(2)), Some(ChildId(1))));
    assert_eq!(world.done(&PeopleAct::Buddy(ChildId(3), Some(ChildId(2)))), 3);
    let buddy = |id| world.child(id).buddy;
    assert_eq!((buddy(1), buddy(2), buddy(3)), (None, Some(ChildId(3)), Some(ChildId(2))));
    world.done(&PeopleAct::Buddy(ChildId(2), None));
    assert_eq!((world.child(2).buddy, world.child(3).buddy), (None, None));
}

#[test]
fn households_are_joined_and_left() {
    let mut world = World::new();
    assert_eq!(against(world.try_(&PeopleAct::Household(ChildId(1), None))), Some(Hindrance::Unchanged));
    world.done(&PeopleAct::Household(ChildId(1), Some(ChildId(2))));
    assert!(has_siblings(world.room(), world.child(1).household));
    world.done(&PeopleAct::Household(ChildId(1), None));
    assert_ne!(world.child(1).household, world.child(2).household);
    assert!(!has_siblings(world.room(), world.child(2).household));
}

#[test]
fn collectors_are_ranked_barred_lifted_and_never_minors() {
    let mut world = World::new();
    let date = |text: &str| Some(text.parse::<NaiveDate>().unwrap());
    world.done(&PeopleAct::Change(CollectorId(2), Change::First));
    let order: Vec<i64> = world.register.collectors(ChildId(1)).map(|c| c.id.0).collect();
    assert_eq!(order, [2, 1]);
    let backwards = Bar { from: date("2026-09-08"), until: date("2026-09-07"), paper: None };
    assert_eq!(against(world.try_(&PeopleAct::Change(CollectorId(1), Change::Bar(backwards)))), Some(Hindrance::EndsBeforeItBegins));
    let bar = Bar { from: date("2026-09-07"), until: None, paper: Some("(2026) 民初 12 号".into()) };
    world.done(&PeopleAct::Change(CollectorId(1), Change::Bar(bar.clone())));
    assert!(world.collector(1).is_barred(now().date()) && world.collector(1).paper.is_some());
    world.done(&PeopleAct::Change(CollectorId(1), Change::Lift));
    assert_eq!(world.collector(1).right, Right::Ended, "nobody becomes a collector by the end of a restriction");
    world.done(&PeopleAct::BarNew(ChildId(2), Person { phone: None, ..person("伯父", "") }, bar));
    assert!(world.register.collectors(ChildId(2)).any(|c| c.is_barred(now().date())));
    world.done(&PeopleAct::Change(CollectorId(3), Change::Minor(true)));
    assert!(!world.collector(3).may_collect(now().date()));
    assert_eq!(against(world.try_(&PeopleAct::Change(CollectorId(3), Change::First))), Some(Hindrance::Minor(CollectorId(3))));
}

#[test]
fn ranks_of_a_child_with_hundreds_of_collectors_do_not_run_over() {
    let mut world = World::new();
    let many = (0..300).map(|n| person("亲属", &format!("139{n:08}"))).collect();
    world.done(&child("丙", 3, many));
    let last = world.register.collectors(ChildId(3)).last().unwrap().id;
    assert_eq!((world.register.collectors(ChildId(3)).count(), world.collector(last.0).rank), (300, u8::MAX));
    world.done(&PeopleAct::Change(last, Change::First));
    assert_eq!(world.register.collectors(ChildId(3)).next().unwrap().id, last, "collector 1 now");
    assert_eq!(world.register.collectors(ChildId(3)).count(), 300);
}

#[test]
fn terms_early_days_guests_and_refused_care() {
    let mut world = World::new();
    let enrolment = Enrolment {
        term: "2026秋".into(),
        weekdays: Some(Weekdays(0b101)),
        consent: Consent::Given,
        signed_on: Some(now().date()),
        signed_by: Some(" 母亲 ".into()),
        source: Some("纸质".into()),
        reference: Some(String::new()),
    };
    world.done(&PeopleAct::Term(ChildId(1), enrolment.clone()));
    world.done(&PeopleAct::Term(ChildId(1), Enrolment { consent: Consent::Missing, ..enrolment }));
    let [term] = &world.child(1).terms[..] else { panic!("one for each term") };
    assert_eq!((term.consent, term.signed_by.as_deref(), term.reference.as_deref()), (Consent::Missing, Some("母亲"), None));
    let at = NaiveTime::from_hms_opt(16, 50, 0).unwrap();
    world.done(&PeopleAct::Early(ChildId(1), Weekday::Wed, Some((at, "钢琴课".into()))));
    world.done(&PeopleAct::Early(ChildId(1), Weekday::Tue, Some((at, "书法课".into()))));
    world.done(&PeopleAct::Early(ChildId(1), Weekday::Wed, None));
    assert_eq!(world.child(1).early.iter().map(|e| e.weekday).collect::<Vec<_>>(), [Weekday::Tue]);
    world.done(&PeopleAct::RefuseCare { name: "丁".into(), grade: Some(2), reason: "校车时间冲突".into() });
    world.done(&PeopleAct::RefuseCare { name: "戊".into(), grade: None, reason: "家长改主意".into() });
    assert_eq!(world.register.office().refused.keys().copied().collect::<Vec<_>>(), [1, 2]);
    world.settings.capacity = Some(1);
    assert_eq!(over_capacity(world.room(), now().date()), Some((2, 1)));
    assert!(world.try_(&child("己", 2, vec![person("母亲", "13900000007"), person("父亲", "13900000008")])).is_ok(), "warned, never refused");
}

#[test]
fn a_parent_who_left_the_school_is_named_and_nothing_else_happens() {
    let mut world = World::new();
    let staff = |employment, active| {
        let record = Staff { active, employment, ..Staff::new(StaffId(1), "方", Role::Duty) };
        Fact::StaffSet { was: None, now: Box::new(record) }
    };
    world.happen(vec![staff(Some(Employment::Permanent), true)]);
    world.done(&PeopleAct::Change(CollectorId(1), Change::Staff(Some(StaffId(1)))));
    for (employment, active, employed) in [
        (Some(Employment::Permanent), true, true),
        (Some(Employment::Temporary), true, true),
        (None, true, true),
        (Some(Employment::Left), true, false),
        (Some(Employment::Permanent), false, false),
    ] {
        world.happen(vec![staff(employment, active)]);
        let parents = staff_parents(world.room(), world.child(1));
        assert_eq!(parents.iter().map(|p| p.employed).collect::<Vec<_>>(), [employed], "{employment:?} {active}");
        assert!(world.child(1).enrolled);
    }
}

#[test]
fn it_is_entered_like_everything_else() {
    let world = World::new();
    let act = Act::Office(OfficeAct::People(Box::new(PeopleAct::Set(ChildId(1), Field::Note, Some("左撇子".into())))));
    assert_eq!(decide(world.room(), &Request::Act(act), now()).drafts.len(), 1);
}
