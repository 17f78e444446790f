//! Who may do what: every request by every role, on duty, off duty, left, barred and locked out; that the second adult is
//! always a second person; and what the desk says when nobody is on duty.
#![allow(clippy::unwrap_used, clippy::wildcard_enum_match_arm, clippy::similar_names, clippy::match_same_arms)]

use std::collections::{BTreeMap, BTreeSet};

use caredesk::desk::appearance::Appearance;
use caredesk::domain::activity::{Category, GroupId};
use caredesk::domain::card::CardNumber;
use caredesk::domain::closing::{ExtendReason, Matter, Outcome, Stay};
use caredesk::domain::custody::{Card, CardKind};
use caredesk::domain::day::Day;
use caredesk::domain::fact::{CallResult, Draft, Entry, Fact, Ground, HoldAnswer, LeaveReason, Means, Refusal, Seq};
use caredesk::domain::people::{Child, ChildId, Collector, CollectorId, Consent, HouseholdId, Right as Collects, Role, Staff, StaffId};
use caredesk::domain::redating::Stretch;
use caredesk::domain::register::Register;
use caredesk::domain::settings::keys::Key;
use caredesk::domain::settings::{Place, Settings};
use caredesk::domain::staff::{Employment, Vetting};
use caredesk::domain::time::{Moment, moment, time_of_day};
use caredesk::rules::closing::AccountAct;
use caredesk::rules::collect::Vouch;
use caredesk::rules::groups::{GroupAct, Plan, Which};
use caredesk::rules::office::OfficeAct;
use caredesk::rules::office::calendar::CalendarAct;
use caredesk::rules::office::cards::{CardsAct, NewCard};
use caredesk::rules::office::people::PeopleAct;
use caredesk::rules::office::settings::SettingsAct;
use caredesk::rules::office::staff::StaffAct;
use caredesk::rules::pass::{NoCard, Pass, Proof};
use caredesk::rules::{Act, Decision, Objection, Request, Room, Verdict, decide};
use caredesk::shell::clock::Clock;
use caredesk::shell::line;
use caredesk::shell::practice::{self, furnish, practice_day};
use caredesk::shell::session::{Session, Setup};
use caredesk::store::Store;
use caredesk::texts::Lang;
use proptest::prelude::*;

fn clock(text: &str) -> Moment {
    let base = Moment::from_local(chrono::NaiveDate::from_ymd_opt(2026, 9, 7).unwrap().and_time(time_of_day("00:00").unwrap()), 480);
    moment(text, base).unwrap()
}

struct World {
    register: Register,
    day: Day,
    settings: Settings,
    seq: i64,
}

/// How somebody stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Stands {
    On,
    Off,
    Left,
    Barred,
    Locked,
}

const ALL: [Stands; 5] = [Stands::On, Stands::Off, Stands::Left, Stands::Barred, Stands::Locked];

/// The one whom a table is about.
const WHO: StaffId = StaffId(10);

const CARD: &str = "453841";

impl World {
    /// Child 1 is here, child 2 not; a leader 3 who is able; 1 and 2 on duty's side.
    fn new() -> Self {
        let mut world =
            Self { register: Register::default(), day: Day::new(clock("12:00").date(), Vec::new()), settings: Settings::default(), seq: 0 };
        for (id, card) in [(1, CARD), (2, "693691")] {
            let child = Child { consent: Consent::Given, ..Child::new(ChildId(id), format!("童{id}"), 4, HouseholdId(id)) };
            world.happen("desk", Fact::ChildSet { was: None, now: Box::new(child) });
            let mother = Collector::new(CollectorId(id), ChildId(id), 1, format!("母{id}"), "母亲", Collects::Standing);
            world.happen("desk", Fact::CollectorSet { was: None, now: Box::new(Collector { phone: Some("13900000001".into()), ..mother }) });
            world.happen("desk", Fact::CardSet { was: None, now: Box::new(Card::new(CardNumber::new(card), ChildId(id), true)) });
        }
        for (id, role) in [(1, Role::Duty), (2, Role::Duty), (3, Role::Leader), (4, Role::Leader)] {
            world.hire(id, role);
        }
        world
    }

    fn hire(&mut self, id: i64, role: Role) {
        let staff = Staff { pin: Some("x".into()), ..Staff::new(StaffId(id), format!("师{id}"), role) };
        self.happen("desk", Fact::StaffSet { was: None, now: Box::new(staff) });
    }

    /// 师10 in a role, standing so; at this desk, and nobody else acts at it.
    fn with(role: Role, stands: Stands) -> Self {
        let mut world = Self::new();
        world.hire(WHO.0, role);
        world.happen("gate", Fact::SignedOn { staff: StaffId(2) });
        if stands != Stands::Off {
            world.happen("desk", Fact::SignedOn { staff: WHO });
        }
        world.arrive(1);
        let was = world.register.staff_member(WHO).unwrap().clone();
        let now = match stands {
            Stands::Left => Staff { employment: Some(Employment::Left), ..was.clone() },
            Stands::Barred => Staff { vetting: Vetting::Barred, ..was.clone() },
            Stands::On | Stands::Off | Stands::Locked => was.clone(),
        };
        if now != was {
            world.happen("desk", Fact::StaffSet { was: Some(Box::new(was)), now: Box::new(now) });
        }
        if stands == Stands::Locked {
            (0..5).for_each(|_| world.happen("desk", Fact::PinTried { staff: WHO }));
        }
        world
    }

    fn happen(&mut self, desk: &str, fact: Fact) {
        self.enter(desk, clock("16:30"), vec![fact.into()]);
    }

    fn enter(&mut self, desk: &str, now: Moment, drafts: Vec<Draft>) {
        let act = Seq(self.seq + 1);
        for draft in drafts {
            self.seq += 1;
            let at = draft.at.unwrap_or(now);
            let staff = self.day.state().actor(desk);
            let entry = Entry { seq: Seq(self.seq), act, day: at.date(), at, entered_at: now, desk: desk.into(), staff, fact: draft.fact };
            self.register.apply_with(&entry, |seq| self.day.entry(seq));
            self.day.apply(&entry);
        }
    }

    fn room<'a>(&'a self, desk: &'a str, keeper: Option<StaffId>) -> Room<'a> {
        Room { register: &self.register, day: &self.day, settings: &self.settings, desk, keeper }
    }

    fn arrive(&mut self, child: i64) {
        let number = self.register.live_card(ChildId(child)).unwrap().number.clone();
        let pass = Pass::new(ChildId(child), Proof::Card { number, means: Means::Scanned, own: true });
        let drafts = decide(self.room("desk", None), &Request::Passes(vec![pass]), clock("16:30")).drafts;
        assert!(drafts.iter().any(|d| matches!(d.fact, Fact::Arrived { .. })), "whoever is on duty");
        self.enter("desk", clock("16:30"), drafts);
    }

    fn decide(&self, request: &Request, keeper: Option<StaffId>) -> Decision {
        // Locked out until 16:30:30.
        decide(self.room("desk", keeper), request, clock("16:30").plus_seconds(10))
    }
}

/// Who has to have the right of a request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum By {
    /// Nobody.
    Anybody,
    /// Who acts.
    Actor,
    /// Who goes on or off duty, or approves, with a PIN; `true` when only somebody on duty can.
    Pin(bool),
    /// Who opened the register.
    Keeper,
}

/// The table: duty, leader, office, inspector. A new act does not build until it has its row.
fn row(act: &Act) -> (By, &'static str) {
    const DESK: (By, &str) = (By::Actor, "yyy-");
    const OFFICE: (By, &str) = (By::Keeper, "-yy-");
    const FREE: (By, &str) = (By::Anybody, "yyyy");
    match act {
        Act::Acknowledge { .. } | Act::LoseCard { .. } | Act::ProvePin { .. } | Act::Refused { .. } | Act::RefusedAgain { .. } | Act::Look { .. } => {
            FREE
        }
        Act::TryPin { .. } => FREE,
        Act::NameHolder { .. } | Act::Leave { .. } | Act::Note { .. } | Act::Move { .. } | Act::CallOver { .. } => DESK,
        Act::DecideHold { .. } => (By::Pin(false), "-y--"),
        Act::Authorise { .. } | Act::CallBack { .. } => DESK,
        Act::SignOn { .. } => (By::Pin(false), "yyy-"),
        Act::Choose { .. } => (By::Pin(true), "yyy-"),
        Act::Redate { .. } => (By::Pin(false), "-y--"),
        Act::SignOff { staff, by, .. } if staff == by => (By::Pin(true), "yyy-"),
        Act::SignOff { .. } => (By::Pin(false), "-y--"),
        Act::Group(act) => match act {
            GroupAct::Make(_) | GroupAct::Lead { .. } | GroupAct::Put { .. } | GroupAct::TakeOut { .. } => DESK,
            GroupAct::Go { .. } | GroupAct::Return { .. } | GroupAct::End { .. } => DESK,
        },
        Act::Account(act) => match act {
            AccountAct::Chase { .. } | AccountAct::TellLeader { .. } | AccountAct::Stay { .. } => DESK,
            AccountAct::Seen { .. } | AccountAct::StillHere { .. } | AccountAct::NotTakeIn { .. } => DESK,
            AccountAct::Extend { .. } => (By::Pin(false), "-y--"),
        },
        Act::Office(act) => match act {
            OfficeAct::People(_) | OfficeAct::Calendar(_) | OfficeAct::Settings(_) => OFFICE,
            OfficeAct::Staff(_) => (By::Keeper, "-y--"),
            OfficeAct::Cards(act) => match act {
                CardsAct::Issue(cards) if cards[0].kind == CardKind::Day => DESK,
                CardsAct::Issue(_) | CardsAct::Replace { .. } | CardsAct::Revive(_) | CardsAct::Void(_) => OFFICE,
                CardsAct::End { .. } | CardsAct::EndAll { .. } => OFFICE,
                CardsAct::Lose(_) => FREE,
                CardsAct::Hang(_) | CardsAct::Count { .. } | CardsAct::Find(_) => DESK,
            },
        },
    }
}

fn new_card(kind: CardKind) -> NewCard {
    NewCard { child: ChildId(2), number: CardNumber::new("779093"), own: true, kind }
}

fn stretch() -> Stretch {
    let at = clock("12:00");
    Stretch { from: Seq(1), to: Seq(1), first: at, last: at, before: None, after: None, end: None }
}

fn acts() -> Vec<Act> {
    let (child, collector, card, group) = (ChildId(1), CollectorId(1), CardNumber::new(CARD), GroupId(1));
    let day = clock("12:00").date();
    let plan = || Plan { category: Category::Sport, title: String::new(), leader: WHO, place: Place::new("field") };
    let call = Vouch::Called(collector, CallResult::Yes);
    let named = ["林晓", "姑姑", "13900000099"].map(str::to_owned);
    let [name, relation, phone] = named;
    let mut acts = vec![
        Act::NameHolder { child, collector },
        Act::Acknowledge { child },
        Act::Leave { child: ChildId(2), reason: LeaveReason::ALL[0] },
        Act::Note { child, text: "x".into() },
        Act::Move { child, to: Place::new("field") },
        Act::CallOver { child },
        Act::DecideHold { child, how: HoldAnswer::Left, approver: WHO },
        Act::LoseCard { child },
        Act::Authorise { child, name, relation, phone, phrase: None, call: Some(call), approver: None },
        Act::CallBack { named: collector, call, approver: None },
        Act::TryPin { staff: StaffId(1) },
        Act::ProvePin { staff: StaffId(1) },
        Act::SignOn { staff: WHO },
        Act::Choose { staff: WHO },
        Act::SignOff { staff: WHO, by: WHO, reason: None },
        Act::SignOff { staff: StaffId(2), by: WHO, reason: Some("x".into()) },
        Act::Refused { why: Refusal::Garbled, length: 3 },
        Act::RefusedAgain { count: 3 },
        Act::Redate { stretch: Box::new(stretch()), first: clock("11:00"), reason: "x".into(), approver: WHO },
    ];
    let groups = [
        GroupAct::Make(plan()),
        GroupAct::Lead { group, leader: WHO },
        GroupAct::Put { group, children: vec![child] },
        GroupAct::TakeOut { children: vec![child] },
        GroupAct::Go { group: Which::New(plan()), to: Place::new("field"), children: vec![child], counts: [1, 1] },
        GroupAct::Return { group, here: vec![child], counts: [1, 1] },
        GroupAct::End { group },
    ];
    let accounts = [
        AccountAct::Chase { child, collector, about: Matter::Pickup, outcome: Outcome::NoAnswer },
        AccountAct::Extend { children: vec![child], until: time_of_day("18:30").unwrap(), reason: ExtendReason::Family, approver: WHO },
        AccountAct::TellLeader { leader: StaffId(3) },
        AccountAct::Seen { child, by: StaffId(3), place: Place::new("field") },
        AccountAct::StillHere { child },
        AccountAct::NotTakeIn { child },
        AccountAct::Stay { children: vec![child], how: Stay::Guard { signed: "周".into() } },
        AccountAct::Stay { children: vec![child], how: Stay::TwoAdults { reason: "雨".into(), adults: vec![StaffId(1), StaffId(2)] } },
    ];
    let cards = [
        CardsAct::Issue(vec![new_card(CardKind::Day)]),
        CardsAct::Issue(vec![new_card(CardKind::Main)]),
        CardsAct::Issue(vec![new_card(CardKind::Second)]),
        CardsAct::Replace { old: card.clone(), new: new_card(CardKind::Main) },
        CardsAct::Lose(card.clone()),
        CardsAct::Revive(card.clone()),
        CardsAct::Void(card.clone()),
        CardsAct::End { number: card.clone(), until: day },
        CardsAct::EndAll { until: day },
        CardsAct::Hang(card.clone()),
        CardsAct::Count { counted: 1, missing: Vec::new(), reason: None },
        CardsAct::Find(card),
    ];
    acts.extend(groups.map(Act::Group));
    acts.extend(accounts.map(Act::Account));
    acts.extend(cards.map(OfficeAct::Cards).map(Act::Office));
    acts.extend(
        [
            OfficeAct::People(Box::new(PeopleAct::Withdraw(ChildId(2)))),
            OfficeAct::Calendar(CalendarAct::RemoveTerm { name: "秋".into() }),
            OfficeAct::Staff(StaffAct::Plan { date: day, staff: StaffId(1), on: true }),
            OfficeAct::Settings(SettingsAct::Set { key: Key::School, value: Some("校".into()) }),
        ]
        .map(Act::Office),
    );
    acts
}

fn may(by: By, roles: &str, role: Role, stands: Stands) -> bool {
    let at = Role::ALL.iter().position(|r| *r == role).unwrap();
    let has = roles.as_bytes()[at] == b'y';
    match by {
        By::Anybody => true,
        By::Actor => has && stands == Stands::On,
        By::Pin(on_duty) => has && (stands == Stands::On || (!on_duty && stands == Stands::Off)),
        By::Keeper => has && matches!(stands, Stands::On | Stands::Off),
    }
}

/// Whether nothing is said against the person; something else may stand against the act.
fn lets(decision: &Decision) -> bool {
    let papers = |o: &Objection| format!("{o:?}").contains("Papers");
    let person = |o: &Objection| matches!(o, Objection::NobodyOnDuty | Objection::NotAllowed(_) | Objection::WrongStaff) || papers(o);
    assert!(decision.objection.is_none() || decision.drafts.is_empty(), "an objection records nothing");
    !decision.objection.as_ref().is_some_and(person) && !decision.verdicts.iter().any(|(_, v)| *v == Verdict::NobodyOnDuty)
}

fn everybody() -> impl Iterator<Item = (Role, Stands)> {
    Role::ALL.into_iter().flat_map(|role| ALL.map(|stands| (role, stands)))
}

#[test]
fn every_act_by_every_role_however_somebody_stands() {
    for (role, stands) in everybody() {
        let world = World::with(role, stands);
        for act in acts() {
            let (by, roles) = row(&act);
            let decision = world.decide(&Request::Act(act.clone()), Some(WHO));
            assert_eq!(lets(&decision), may(by, roles, role, stands), "{role:?} {stands:?} {act:?}: {:?}", decision.objection);
            if by == By::Keeper {
                assert!(!lets(&world.decide(&Request::Act(act.clone()), None)), "without a PIN: {act:?}");
            }
        }
    }
}

#[test]
fn while_nobody_ever_led_the_register_is_set_up_without_a_pin() {
    let mut world = World::new();
    for act in acts().into_iter().filter(|act| row(act).0 == By::Keeper) {
        assert!(!lets(&world.decide(&Request::Act(act), None)), "there is a leader");
    }
    world.register = Register::default();
    for act in acts().into_iter().filter(|act| row(act).0 == By::Keeper) {
        assert!(lets(&world.decide(&Request::Act(act.clone()), None)), "{act:?}");
    }
}

/// Arrivals, coming back, a card that is brought back and turning somebody away never wait for a sign-on; a release does.
#[test]
fn every_pass_by_every_role_however_somebody_stands() {
    for (role, stands) in everybody() {
        let scan = |world: &World, child: i64| {
            let number = world.register.live_card(ChildId(child)).unwrap().number.clone();
            Pass::new(ChildId(child), Proof::Card { number, means: Means::Scanned, own: true })
        };
        let go = |mut pass: Pass| {
            pass.answers.go = true;
            pass.answers.early = Some(caredesk::domain::fact::EarlyReason::Family);
            pass
        };
        let actor = may(By::Actor, "yyy-", role, stands);
        let world = World::with(role, stands);
        let decided = |pass: Pass| world.decide(&Request::Passes(vec![pass]), None);
        let arrival = decided(scan(&world, 2));
        assert!(lets(&arrival) && !arrival.drafts.is_empty(), "{role:?} {stands:?}");
        let mut held = scan(&world, 1);
        held.answers.somebody_else = true;
        assert_eq!(decided(held).verdicts[0].1, Verdict::Hold, "{role:?} {stands:?}");
        let asked = decided(scan(&world, 1));
        assert!(lets(&asked) && asked.drafts.is_empty(), "a question may be looked at by anybody");
        let release = decided(go(scan(&world, 1)));
        assert_eq!((lets(&release), release.drafts.is_empty()), (actor, !actor), "{role:?} {stands:?}");
        let earlier = decided(Pass { at: Some(clock("16:25")), ..scan(&world, 2) });
        assert_eq!(lets(&earlier), actor, "what is entered afterwards waits for a sign-on: {role:?} {stands:?}");
    }
}

#[test]
fn taking_back_by_every_role_however_somebody_stands() {
    for (role, stands) in everybody() {
        let mut world = World::with(role, stands);
        let arrival = world.day.entries().iter().find(|e| matches!(e.fact, Fact::Arrived { .. })).unwrap().act;
        let undo = |act: Seq| Request::Undo { act, reason: None };
        assert_eq!(lets(&world.decide(&undo(arrival), Some(StaffId(3)))), may(By::Actor, "yyy-", role, stands), "{role:?} {stands:?}");
        for (fact, roles) in [
            (
                Fact::ChildSet {
                    was: world.register.child(ChildId(2)).cloned().map(Box::new),
                    now: Box::new(Child::new(ChildId(2), "童", 3, HouseholdId(2))),
                },
                "-yy-",
            ),
            (Fact::StaffSet { was: None, now: Box::new(Staff::new(StaffId(20), "新", Role::Duty)) }, "-y--"),
        ] {
            world.happen("desk", fact);
            let act = Seq(world.seq);
            assert_eq!(lets(&world.decide(&undo(act), Some(WHO))), may(By::Keeper, roles, role, stands), "{role:?} {stands:?}");
            assert!(!lets(&world.decide(&undo(act), None)), "without a PIN");
        }
    }
}

// ---- two adults are two people ----

#[derive(Clone, Debug)]
enum Next {
    On(usize, i64),
    Choose(usize, i64),
    Off(i64),
    Up(usize),
    Note(usize),
    Release(usize, i64),
}

const DESKS: [&str; 2] = ["room", "gate"];

fn next() -> impl Strategy<Value = Next> {
    let (desk, who) = (0..DESKS.len(), 1_i64..=4);
    prop_oneof![
        4 => (desk.clone(), who.clone()).prop_map(|(d, w)| Next::On(d, w)),
        3 => (desk.clone(), who.clone()).prop_map(|(d, w)| Next::Choose(d, w)),
        2 => who.clone().prop_map(Next::Off),
        2 => desk.clone().prop_map(Next::Up),
        1 => desk.clone().prop_map(Next::Note),
        5 => (desk, who).prop_map(|(d, w)| Next::Release(d, w)),
    ]
}

/// Plays steps; the witness of each release with who had acted at its desk since the child came up, kept beside the rules.
fn play(steps: &[Next]) -> Vec<(StaffId, BTreeSet<StaffId>, bool)> {
    let mut world = World::new();
    world.arrive(1);
    let mut up: [(Seq, BTreeSet<StaffId>); 2] = [(Seq(0), BTreeSet::new()), (Seq(0), BTreeSet::new())];
    // Since the morning nobody who has acted is a witness: until the child comes up at a desk its set is the whole day's.
    let mut witnesses = Vec::new();
    for step in steps {
        let (desk, request) = match step.clone() {
            Next::Up(desk) => {
                up[desk] = (Seq(world.seq), world.day.state().actor(DESKS[desk]).into_iter().collect());
                continue;
            }
            Next::On(desk, who) => (desk, Request::Act(Act::SignOn { staff: StaffId(who) })),
            Next::Choose(desk, who) => (desk, Request::Act(Act::Choose { staff: StaffId(who) })),
            Next::Off(who) => (0, Request::Act(Act::SignOff { staff: StaffId(who), by: StaffId(3), reason: Some("x".into()) })),
            Next::Note(desk) => (desk, Request::Act(Act::Note { child: ChildId(1), text: "x".into() })),
            Next::Release(desk, who) => {
                let evidence = NoCard {
                    collector: CollectorId(1),
                    id_tail: "0428".into(),
                    vouch: Vouch::Leader(StaffId(if who == 3 { 4 } else { 3 })),
                    recognised: true,
                    second: StaffId(who),
                };
                let mut pass = Pass { since: up[desk].0, ..Pass::new(ChildId(1), Proof::NoCard(evidence)) };
                pass.answers.go = true;
                (desk, Request::Passes(vec![pass]))
            }
        };
        let decision = decide(world.room(DESKS[desk], None), &request, clock("17:20"));
        for draft in &decision.drafts {
            if let Fact::Released { ground: Ground::NoCard { second, .. }, .. } = &draft.fact {
                let there = world.day.state().is_on_duty(*second) || [StaffId(3), StaffId(4)].contains(second);
                witnesses.push((*second, up[desk].1.clone(), there));
            }
        }
        world.enter(DESKS[desk], clock("17:20"), decision.drafts);
        for (desk, (_, acted)) in up.iter_mut().enumerate() {
            acted.extend(world.day.state().actor(DESKS[desk]));
        }
    }
    witnesses
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn the_second_adult_is_nobody_who_acted_since_the_child_came_up(steps in proptest::collection::vec(next(), 1..40)) {
        for (second, acted, there) in play(&steps) {
            prop_assert!(!acted.contains(&second), "{second:?} of {acted:?} after {steps:?}");
            prop_assert!(there, "{second:?} is neither on duty nor a leader");
        }
    }
}

#[test]
fn two_people_can_release_and_one_in_two_coats_cannot() {
    use Next::{Choose, Note, Off, On, Release, Up};
    let cases: [(&[Next], usize); 7] = [
        (&[On(0, 1), On(0, 2), Up(0), Release(0, 1)], 1),
        (&[On(0, 1), On(0, 2), Up(0), Release(0, 3)], 1),               // a leader, off duty
        (&[On(0, 1), On(0, 2), Up(0), Release(0, 2)], 0),               // who acts
        (&[On(0, 2), On(0, 1), Up(0), Choose(0, 2), Release(0, 1)], 0), // who acted when the child came up
        (&[On(0, 1), On(0, 2), Up(0), Choose(0, 1), Note(0), Choose(0, 2), Release(0, 1)], 0),
        (&[On(0, 2), On(0, 1), Up(0), Off(1), On(1, 1), Choose(0, 2), Release(0, 1)], 0), // off, and on again elsewhere
        (&[On(0, 2), On(1, 1), Up(0), Off(2), Release(0, 1)], 0),                         // nobody acts
    ];
    for (steps, want) in cases {
        assert_eq!(play(steps).len(), want, "{steps:?}");
    }
}

// ---- at the desk ----

fn desk(at: &str) -> Session {
    let start = practice_day(time_of_day(at).unwrap());
    let mut store = Store::memory().unwrap();
    furnish(&mut store, practice::Plan { start, lived_in: false, children: None, seed: 1 }).unwrap();
    let settings = practice::settings(Settings::default());
    let setup = Setup { settings, desk: "practice".to_owned(), lang: Lang::Zh, practice: true, appearance: Appearance::default() };
    Session::start(store, Clock::simulated(start, 0.001), setup).unwrap()
}

fn lines(session: &mut Session, texts: &[&str]) -> serde_json::Value {
    let mut last = serde_json::Value::Null;
    for text in texts {
        last = serde_json::to_value(line::answer(session, Some((*text).to_owned()))).unwrap();
    }
    last
}

fn says(answer: &serde_json::Value) -> String {
    answer["say"].as_str().unwrap().to_owned()
}

const FANG: StaffId = StaffId(1);
const DING: StaffId = StaffId(2);

#[test]
fn becoming_the_one_who_acts_takes_a_pin() {
    let mut session = desk("16:31");
    assert_eq!(session.model.room().actor(), Some(FANG));
    let a = lines(&mut session, &[".7", "815907", "1"]);
    assert_eq!(a["asks"], "pin", "the card names, the PIN proves: {a}");
    assert_eq!(session.model.room().actor(), Some(FANG));
    lines(&mut session, &["1111"]);
    assert_eq!(session.model.room().actor(), Some(FANG), "a wrong one proves nothing");
    lines(&mut session, &["2468"]);
    assert_eq!(session.model.room().actor(), Some(DING));
}

/// 方 puts the evidence together, makes 丁 the one who acts, and is no witness of her own doing; not until the child has been
/// out of sight for two minutes.
#[test]
fn nobody_witnesses_what_she_began() {
    let mut session = desk("17:20");
    let witnesses = |session: &mut Session| {
        let a = lines(session, &["sjh", "无卡", "1", "1234", "1", "1", "1"]);
        let offered = a.to_string();
        lines(session, &["esc"]);
        offered
    };
    lines(&mut session, &["430315"]);
    let before = witnesses(&mut session);
    assert!(before.contains("丁") && !before.contains("\"方\""), "{before}");
    lines(&mut session, &[".7", "815907", "1", "2468"]);
    let after = witnesses(&mut session);
    assert!(!after.contains("方 的 PIN") && after.contains("何主任"), "only a leader is left: {after}");
    lines(&mut session, &[".clock 17:30"]);
    let later = witnesses(&mut session);
    assert!(later.contains('方'), "{later}");
}

#[test]
fn two_adults_who_stay_are_named_and_on_duty() {
    let mut session = desk("16:31");
    lines(&mut session, &["598728", ".7", "815907", "2", "2468"]);
    assert!(!session.model.day.state().is_on_duty(DING));
    let a = lines(&mut session, &[".clock 18:31", "2"]);
    assert!(says(&a).contains("两位在岗") && says(&a).contains("F7"), "{a}");
    assert!(session.model.day.state().children().all(|(_, day)| day.stays.is_none()));
    lines(&mut session, &[".7", "815907", "2468"]);
    let a = lines(&mut session, &["2", "大雨"]);
    assert!(says(&a).contains("方") && says(&a).contains("丁"), "{a}");
    let stays = session.model.day.state().children().find_map(|(_, day)| day.stays.clone()).unwrap().1;
    assert_eq!(stays, Stay::TwoAdults { reason: "大雨".into(), adults: vec![FANG, DING] });
    // One of the two does not go without a leader.
    let a = lines(&mut session, &[".7", "526014", "2"]);
    assert!(says(&a).contains("何主任"), "{a}");
}

#[test]
fn going_off_duty_takes_a_pin_and_the_last_one_a_leader() {
    let mut session = desk("16:31");
    lines(&mut session, &["598728"]);
    let a = lines(&mut session, &[".7", "815907", "2"]);
    assert!(a["asks"] == "pin" && says(&a).contains('丁'), "her own: {a}");
    lines(&mut session, &["esc"]);
    let a = lines(&mut session, &[".7", "815907", "3"]);
    assert!(a["asks"] == "pin" && says(&a).contains("何主任"), "or a leader's: {a}");
    let a = lines(&mut session, &["2468"]);
    assert!(says(&a).contains("丁 已签退"), "{a}");
    let a = lines(&mut session, &[".7", "526014", "2"]);
    assert!(a["asks"] == "pin" && says(&a).contains("何主任"), "the last one with a child inside: {a}");
    let a = lines(&mut session, &["2468"]);
    assert_eq!(a["asks"], "text", "and why: {a}");
    lines(&mut session, &["去接电话"]);
    assert!(session.model.day.state().duty().is_empty());
    let leader = session.model.register.staff().find(|s| s.role == Role::Leader).unwrap().id;
    let facts: Vec<&Fact> = session.model.day.entries().iter().map(|e| &e.fact).filter(|f| matches!(f, Fact::SignedOff { .. })).collect();
    let want = Fact::SignedOff { staff: FANG, by: Some(leader), reason: Some("去接电话".into()) };
    assert_eq!(facts.last(), Some(&&want));
}

/// With nobody on duty the desk takes children in and looks; everything else names the key for signing on and records nothing.
#[test]
fn with_nobody_on_duty_everything_else_names_f7() {
    let tried: BTreeMap<&str, &[&str]> = BTreeMap::from([
        ("authorise", &["wht", "今日授权"][..]),
        ("note", &["wht", "备注"]),
        ("move", &["wht", "换地点"]),
        ("step out", &["wht", "暂离"]),
        ("leave", &["lsy", "1", "请假"]),
        ("undo", &[".undo", "1"]),
        ("group", &[".3", "新建"]),
        ("outing", &[".3", "外出"]),
        ("call", &[".5", "1"]),
        ("leader told", &[".leader"]),
        ("rack", &[".rack 20"]),
        ("found card", &[".found 453841"]),
        ("day card", &[".cards wht", "临时卡"]),
    ]);
    for (what, texts) in tried {
        let mut session = desk("16:20");
        assert!(session.model.day.state().duty().is_empty());
        let a = lines(&mut session, &[".clock 16:50", "598728"]);
        assert_eq!(a["verdict"], "IN_OK", "{a}");
        let head = session.model.head;
        let mut a = lines(&mut session, texts);
        for _ in 0..3 {
            if says(&a).contains("F7") || a["asks"].is_null() {
                break;
            }
            a = lines(&mut session, &["1"]);
        }
        assert!(says(&a).contains("F7"), "{what}: {a}");
        assert_eq!(session.model.head, head, "{what}: nothing is recorded");
    }
    // What must never wait.
    let mut session = desk("16:20");
    let a = lines(&mut session, &["wht", "挂失", ""]);
    assert!(!says(&a).contains("F7") && !a["recorded"].as_array().unwrap().is_empty(), "{a}");
}
