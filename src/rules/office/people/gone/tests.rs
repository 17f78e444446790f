//! Tables of whose cards are kept, and how long.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::custody::{Card, CardState};
use crate::domain::day::Day;
use crate::domain::fact::{Entry, Holder, Means, Seq};
use crate::domain::people::{HouseholdId, Role, Staff, StaffId};
use crate::domain::register::Register;
use crate::domain::settings::{Place, Settings};
use crate::rules::office::OfficeAct;
use crate::rules::office::people::PeopleAct;
use crate::rules::{Act, Request, decide};

const OURS: &str = "453841";
const SCHOOLS: &str = "30405060";

fn now() -> Moment {
    Moment::from_local("2026-12-10T16:30:00".parse().unwrap(), 480)
}

/// So many days ago; in so many days, where it is less than none.
fn ago(days: i64) -> NaiveDate {
    now().date() - chrono::TimeDelta::days(days)
}

struct World {
    register: Register,
    day: Day,
    settings: Settings,
    seq: i64,
}

impl World {
    fn new() -> Self {
        Self { register: Register::default(), day: Day::new(now().date(), Vec::new()), settings: Settings::default(), seq: 0 }
    }

    fn room(&self) -> Room<'_> {
        Room { register: &self.register, day: &self.day, settings: &self.settings, desk: "一号", keeper: None }
    }

    /// A child with that record, and the cards of these numbers and states; all are ours but the school's.
    fn of_child(change: impl FnOnce(&mut Child), cards: &[(&str, CardState)]) -> Self {
        let mut world = Self::new();
        let mut child = Child::new(ChildId(1), "甲", 4, HouseholdId(1));
        change(&mut child);
        world.register.put_child(child);
        for (number, state) in cards {
            let card = Card::new(CardNumber::new(*number), ChildId(1), *number != SCHOOLS);
            world.register.put_card(Card { state: *state, ..card });
        }
        world
    }

    fn happens(&mut self, fact: Fact) {
        self.seq += 1;
        let (seq, at) = (Seq(self.seq), now());
        let entry = Entry { seq, act: seq, day: at.date(), at, entered_at: at, desk: "一号".into(), staff: None, fact };
        self.register.apply(&entry);
        self.day.apply(&entry);
    }

    /// The numbers that are given to nobody again, or what stands against it.
    fn answer(&self, of: CardsOf, left: NaiveDate) -> Result<Vec<String>, Objection> {
        match &forget_cards(self.room(), of, left, now())?[..] {
            [Fact::Office(OfficeFact::CardsForgotten { of: whose, spent })] if *whose == of => {
                Ok(spent.iter().map(|number| number.as_str().to_owned()).collect())
            }
            other => panic!("{other:?}"),
        }
    }

    fn forgets(&mut self, of: CardsOf, left: NaiveDate) {
        let facts = forget_cards(self.room(), of, left, now()).unwrap();
        for fact in facts {
            self.happens(fact);
        }
    }
}

fn against<T>(hindrance: Hindrance) -> Result<T, Objection> {
    Err(hindrance.into())
}

fn left(day: Option<NaiveDate>) -> impl FnOnce(&mut Child) {
    move |child| (child.enrolled, child.withdrawn_on) = (false, day)
}

fn guest(day: NaiveDate) -> impl FnOnce(&mut Child) {
    move |child| child.guest_on = Some(day)
}

type Change = Box<dyn FnOnce(&mut Child)>;

#[test]
fn cards_of_a_child_are_kept_for_ninety_days_after_it_left() {
    let one = CardsOf::Child(ChildId(1));
    let kept = |days| against(Hindrance::CardsKept(ago(days)));
    let comes = || against(Hindrance::IsEnrolled(ChildId(1)));
    let goes = || Ok(vec![OURS.to_owned()]);
    let rows: Vec<(&str, Change, i64, _)> = vec![
        ("comes", Box::new(|_| {}), 500, comes()),
        ("left once and came back", Box::new(|c| c.withdrawn_on = Some(ago(500))), 500, comes()),
        ("left today", Box::new(left(Some(ago(0)))), 500, kept(-90)),
        ("left 90 days ago", Box::new(left(Some(ago(90)))), 500, kept(0)),
        ("left 91 days ago", Box::new(left(Some(ago(91)))), 500, goes()),
        ("left long ago, whatever is said", Box::new(left(Some(ago(800)))), 3, goes()),
        ("will leave", Box::new(left(Some(ago(-10)))), 500, kept(-100)),
        ("nobody knows when, last heard of 90 days ago", Box::new(left(None)), 90, kept(0)),
        ("nobody knows when, last heard of 91 days ago", Box::new(left(None)), 91, goes()),
        ("a guest of today", Box::new(guest(ago(0))), 500, comes()),
        ("a guest that will come", Box::new(guest(ago(-3))), 500, comes()),
        ("a guest of 90 days ago", Box::new(guest(ago(90))), 500, kept(0)),
        ("a guest of 91 days ago", Box::new(guest(ago(91))), 500, goes()),
    ];
    for (what, change, said, wanted) in rows {
        let world = World::of_child(change, &[(OURS, CardState::Expired { at: now() })]);
        assert_eq!(world.answer(one, ago(said)), wanted, "{what}");
    }
    assert_eq!(World::new().answer(one, ago(500)), against(Hindrance::Unchanged));
}

/// Whatever became of them, all go; numbers of ours are given to nobody again, a school's own card may be.
#[test]
fn of_every_state_all_cards_go() {
    let at = now();
    let states = [CardState::Live, CardState::Lost { at }, CardState::Replaced { at }, CardState::Expired { at }];
    let second = "693691";
    for (ours, schools) in states.into_iter().flat_map(|ours| states.map(|schools| (ours, schools))) {
        let mut world = World::of_child(left(Some(ago(91))), &[(OURS, ours), (second, CardState::Live), (SCHOOLS, schools)]);
        world.register.put_child(Child::new(ChildId(2), "乙", 4, HouseholdId(2)));
        world.register.put_card(Card::new(CardNumber::new("779093"), ChildId(2), true));
        assert_eq!(world.answer(CardsOf::Child(ChildId(1)), ago(0)), Ok(vec![OURS.to_owned(), second.to_owned()]), "{ours:?} {schools:?}");
        world.forgets(CardsOf::Child(ChildId(1)), ago(0));
        assert!(world.register.cards_of(ChildId(1)).is_empty() && world.register.cards_of(ChildId(2)).len() == 1);
        let spent = |number: &str| world.register.is_spent(&CardNumber::new(number));
        assert!(spent(OURS) && spent(second) && !spent(SCHOOLS) && !spent("779093"), "{ours:?} {schools:?}");
        // On the same day it may still be erased altogether.
        assert_eq!(may_be_erased(world.room(), ChildId(1)), Ok(()));
    }
}

/// Nothing goes from under a desk that has it on a list.
#[test]
fn who_is_here_or_on_a_list_of_the_day_keeps_the_cards() {
    let child = ChildId(1);
    let card = Card::new(CardNumber::new(OURS), child, true);
    let arrived = Fact::Arrived { child, card: None, means: Means::Name, holder: Holder::Nobody, place: Place::room(), despite: None };
    for (fact, wanted) in [
        (arrived, against(Hindrance::IsHere(child))),
        (Fact::CardLost { number: CardNumber::new(OURS), child, was: Box::new(card) }, against(Hindrance::OnTheDay(child))),
        (Fact::Office(OfficeFact::Looked { child }), Ok(vec![OURS.to_owned()])),
    ] {
        let mut world = World::of_child(left(Some(ago(500))), &[(OURS, CardState::Live)]);
        world.happens(fact);
        assert_eq!(world.answer(CardsOf::Child(child), ago(500)), wanted);
    }
}

#[test]
fn the_card_of_staff_is_kept_for_ninety_days_after_they_left() {
    let one = CardsOf::Staff(StaffId(1));
    let kept = |days| against(Hindrance::CardsKept(ago(days)));
    for (active, card, days, wanted) in [
        (true, Some(OURS), 500, against(Hindrance::WorksHere(StaffId(1)))),
        (false, Some(OURS), 0, kept(-90)),
        (false, Some(OURS), 90, kept(0)),
        (false, Some(OURS), 91, Ok(vec![OURS.to_owned()])),
        (false, Some(SCHOOLS), 91, Ok(vec![])),
        (false, None, 91, against(Hindrance::Unchanged)),
    ] {
        let mut world = World::new();
        world.register.put_staff(Staff { active, card: card.map(CardNumber::new), ..Staff::new(StaffId(1), "方", Role::Duty) });
        world.register.put_staff(Staff { card: Some(CardNumber::new("989123")), ..Staff::new(StaffId(2), "丁", Role::Duty) });
        assert_eq!(world.answer(one, ago(days)), wanted, "{active} {card:?} {days}");
        if let Ok(spent) = wanted {
            world.forgets(one, ago(days));
            assert_eq!(world.register.staff().map(|staff| staff.card.is_some()).collect::<Vec<_>>(), [false, true]);
            assert!(spent.iter().all(|number| world.register.is_spent(&CardNumber::new(number.as_str()))));
        }
    }
}

/// Only days that are over go, by the clock and by the desk, which may stand on the day before.
#[test]
fn days_go_that_are_over() {
    for (desk, until, goes) in [(0, 2, true), (0, 1, true), (0, 0, false), (0, -1, false), (1, 2, true), (1, 1, false), (-1, 1, true), (-1, 0, false)]
    {
        let mut world = World::new();
        world.day = Day::new(ago(desk), Vec::new());
        let wanted = if goes { Ok(vec![Fact::Office(OfficeFact::DaysForgotten { until: ago(until) })]) } else { against(Hindrance::Unchanged) };
        assert_eq!(forget_days(world.room(), ago(until), now()), wanted, "{desk} {until}");
    }
}

/// What brings nothing back is a leader's, whoever else may change what is on file.
#[test]
fn only_a_leader_lets_anything_go() {
    let acts = [
        PeopleAct::Erase(ChildId(1)),
        PeopleAct::ForgetDays(ago(1)),
        PeopleAct::ForgetCards(CardsOf::Child(ChildId(1)), ago(500)),
        PeopleAct::ForgetCards(CardsOf::Staff(StaffId(9)), ago(500)),
    ];
    for act in acts {
        for role in Role::ALL {
            let mut world = World::of_child(left(Some(ago(500))), &[(OURS, CardState::Live)]);
            world.register.put_staff(Staff { pin: Some("x".into()), ..Staff::new(StaffId(1), "何", Role::Leader) });
            world.register.put_staff(Staff { pin: Some("x".into()), ..Staff::new(StaffId(2), "方", role) });
            let gone = Staff { active: false, card: Some(CardNumber::new("989123")), ..Staff::new(StaffId(9), "丁", Role::Duty) };
            world.register.put_staff(gone);
            let request = Request::Act(Act::Office(OfficeAct::People(Box::new(act.clone()))));
            for (keeper, may) in [(Some(StaffId(1)), true), (Some(StaffId(2)), role == Role::Leader), (None, false)] {
                let decision = decide(Room { keeper, ..world.room() }, &request, now());
                assert_eq!(decision.objection.is_none() && !decision.drafts.is_empty(), may, "{act:?} {role:?} {keeper:?}: {decision:?}");
            }
        }
    }
}
