//! Staff as the rules see them: what may be changed, who may go on duty with what papers, the duty plan; and that nobody is
//! ever on duty who is barred, or from outside without valid papers, over random people and days.
#![allow(clippy::unwrap_used, clippy::wildcard_enum_match_arm, clippy::similar_names)]

use caredesk::domain::calendar::Term;
use caredesk::domain::card::CardNumber;
use caredesk::domain::day::Day;
use caredesk::domain::fact::{Draft, Entry, Fact, OfficeFact, Seq};
use caredesk::domain::people::{Role, Staff, StaffId};
use caredesk::domain::register::Register;
use caredesk::domain::settings::Settings;
use caredesk::domain::staff::{Capacity, Credential, Employment, Vetting};
use caredesk::domain::time::{Moment, moment, time_of_day};
use caredesk::rules::access::{Demand, Right, demand};
use caredesk::rules::duty::{self, Lack, Remark, plan};
use caredesk::rules::office::staff::{Change, Hindrance, StaffAct};
use caredesk::rules::office::{Hindrance as OfficeHindrance, OfficeAct};
use caredesk::rules::{Act, Objection, Request, Room, decide, undo};
use caredesk::texts::Lang;
use caredesk::wording::office::staff::spoken;
use chrono::{Days, NaiveDate};
use proptest::prelude::*;

struct World {
    register: Register,
    day: Day,
    settings: Settings,
    seq: i64,
}

fn day(n: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 9, n).unwrap()
}

fn clock(text: &str) -> Moment {
    moment(text, Moment::from_local(day(7).and_time(time_of_day("00:00").unwrap()), 480)).unwrap()
}

impl World {
    /// 师1 and 师2 on duty's side, 师3 the only leader, 师4 a coach with papers until 30 September; all with a PIN.
    fn new() -> Self {
        let mut world = Self { register: Register::default(), day: Day::new(day(7), Vec::new()), settings: Settings::default(), seq: 0 };
        for (id, role) in [(1, Role::Duty), (2, Role::Duty), (3, Role::Leader), (4, Role::Duty)] {
            let mut staff = Staff { pin: Some("x".into()), ..Staff::new(StaffId(id), format!("师{id}"), role) };
            if id == 4 {
                staff.capacity = Capacity::Coach;
                staff.vetting = Vetting::Clear { on: day(1) };
                staff.credentials = vec![Credential { name: "教练员证".into(), until: Some(day(30)) }];
            }
            world.enter(clock("16:00"), vec![Fact::StaffSet { was: None, now: Box::new(staff) }.into()]);
        }
        world
    }

    fn enter(&mut self, now: Moment, drafts: Vec<Draft>) {
        if now.date() > self.day.date() {
            self.day = self.day.next(now.date());
        }
        let act = Seq(self.seq + 1);
        for draft in drafts {
            self.seq += 1;
            let staff = self.day.state().actor("desk");
            let entry = Entry { seq: Seq(self.seq), act, day: now.date(), at: now, entered_at: now, desk: "desk".into(), staff, fact: draft.fact };
            self.register.apply_with(&entry, |seq| self.day.entry(seq));
            self.day.apply(&entry);
        }
    }

    /// A leader has opened the register.
    fn room(&self) -> Room<'_> {
        let keeper = self.register.staff().find(|s| duty::is_leader(s)).map(|s| s.id);
        Room { register: &self.register, day: &self.day, settings: &self.settings, desk: "desk", keeper }
    }

    fn staff(&self, id: i64) -> &Staff {
        self.register.staff_member(StaffId(id)).unwrap()
    }

    fn act(&mut self, act: Act, time: &str) -> Result<(), Objection> {
        let now = clock(time);
        if now.date() > self.day.date() {
            self.day = self.day.next(now.date());
        }
        let decision = decide(self.room(), &Request::Act(act), now);
        if let Some(objection) = decision.objection {
            assert_eq!(decision.drafts, [], "an objection records nothing");
            return Err(objection);
        }
        self.enter(now, decision.drafts);
        Ok(())
    }

    fn office(&mut self, act: StaffAct) -> Result<(), Hindrance> {
        match self.act(Act::Office(OfficeAct::Staff(act)), "16:30") {
            Ok(()) => Ok(()),
            Err(Objection::Office(OfficeHindrance::Staff(hindrance))) => Err(hindrance),
            Err(other) => panic!("{other:?}"),
        }
    }

    fn change(&mut self, id: i64, change: Change) -> Result<(), Hindrance> {
        self.office(StaffAct::Change { staff: StaffId(id), changes: vec![change] })
    }

    fn sign_on(&mut self, id: i64, time: &str) -> Result<(), Objection> {
        self.act(Act::SignOn { staff: StaffId(id) }, time)
    }

    fn plan(&mut self, n: u32, ids: &[i64]) {
        for id in ids {
            self.office(StaffAct::Plan { date: day(n), staff: StaffId(*id), on: true }).unwrap();
        }
    }
}

fn paper(name: &str, until: Option<u32>) -> Credential {
    Credential { name: name.into(), until: until.map(day) }
}

/// What is changed, and what stands against it.
#[test]
fn changes_and_what_stands_against_them() {
    let taken = Hindrance::NameTaken("师2".into());
    let cases: Vec<(i64, Change, Option<Hindrance>)> = vec![
        (1, Change::Name("方老师".into()), None),
        (1, Change::Name("师2".into()), Some(taken)),
        (1, Change::Name(" \u{7}".into()), Some(Hindrance::Name)),
        (1, Change::Name("长".repeat(33)), Some(Hindrance::Name)),
        (1, Change::Role(Role::Office), None),
        (1, Change::Role(Role::Duty), Some(Hindrance::Unchanged)),
        (1, Change::Role(Role::Leader), Some(Hindrance::LeaderPin)),
        (3, Change::Role(Role::Duty), Some(Hindrance::LastLeader(StaffId(3)))),
        (3, Change::Active(false), Some(Hindrance::LastLeader(StaffId(3)))),
        (3, Change::Vetting(Vetting::Barred), Some(Hindrance::LastLeader(StaffId(3)))),
        (2, Change::Active(false), None),
        (1, Change::Capacity(Capacity::Volunteer), None),
        (1, Change::Employment(Some(Employment::Temporary)), None),
        (1, Change::Phone(Some("139-0000-0001".into())), None),
        (1, Change::Phone(Some("123456".into())), Some(Hindrance::Phone)),
        (1, Change::Load(Some(60)), None),
        (1, Change::Load(Some(201)), Some(Hindrance::Load)),
        (1, Change::Card(Some(CardNumber::new("526014"))), None),
        (1, Change::Pin("y".into()), None),
        (1, Change::Paper(paper("健康证", None)), None),
        (4, Change::Paper(paper("教练员证", Some(29))), None),
        (4, Change::RemovePaper("教练员证".into()), None),
        (4, Change::RemovePaper("健康证".into()), Some(Hindrance::NoSuchPaper("健康证".into()))),
        (1, Change::Vetting(Vetting::Clear { on: day(7) }), None),
        (1, Change::Vetting(Vetting::Clear { on: day(8) }), Some(Hindrance::VettedAhead)),
    ];
    for (id, change, against) in cases {
        let mut world = World::new();
        let before = world.staff(id).clone();
        let entries = world.day.entries().len();
        assert_eq!(world.change(id, change.clone()).err(), against, "{change:?}");
        if against.is_some() {
            assert_eq!((&before, entries), (world.staff(id), world.day.entries().len()), "{change:?}");
            continue;
        }
        match &world.day.entries()[entries].fact {
            Fact::StaffSet { was: Some(was), now } => assert_eq!((&**was, &**now), (&before, world.staff(id)), "was and now: {change:?}"),
            other => panic!("{change:?}: {other:?}"),
        }
        assert_eq!(world.day.entries().len(), entries + 1, "one fact: {change:?}");
    }
}

#[test]
fn a_paper_of_the_same_name_is_renewed_and_cards_belong_to_one() {
    let mut world = World::new();
    world.change(4, Change::Paper(paper("教练员证", Some(20)))).unwrap();
    assert_eq!(world.staff(4).credentials, [paper("教练员证", Some(20))]);
    world.change(1, Change::Card(Some(CardNumber::new("526014")))).unwrap();
    assert_eq!(world.change(2, Change::Card(Some(CardNumber::new("526014")))), Err(Hindrance::CardTaken));
    world.change(1, Change::Active(false)).unwrap();
    world.change(2, Change::Card(Some(CardNumber::new("526014")))).unwrap();
    assert_eq!(world.change(1, Change::Active(true)), Err(Hindrance::CardTaken), "meanwhile it is somebody else's");
    world.office(StaffAct::Change { staff: StaffId(1), changes: vec![Change::Card(None), Change::Active(true)] }).unwrap();
    assert!(world.staff(1).active && world.staff(1).pin.is_some());
}

#[test]
fn a_new_leader_needs_a_new_pin_and_then_the_old_one_may_go() {
    let mut world = World::new();
    let changes = vec![Change::Role(Role::Leader), Change::Pin("longer".into())];
    world.office(StaffAct::Change { staff: StaffId(1), changes }).unwrap();
    world.change(3, Change::Active(false)).unwrap();
    assert_eq!(world.change(1, Change::Role(Role::Duty)), Err(Hindrance::LastLeader(StaffId(1))));
    let changes = vec![Change::Capacity(Capacity::Coach), Change::Pin("hash".into())];
    world.office(StaffAct::Add { name: " 新人 ".into(), role: Role::Duty, changes }).unwrap();
    let new = world.register.staff().find(|s| s.name == "新人").unwrap().clone();
    assert_eq!((new.capacity, new.pin.as_deref()), (Capacity::Coach, Some("hash")));
    assert_eq!(duty::lacks(&new, day(7)), [Lack::Vetting, Lack::Credential]);
    let again = StaffAct::Add { name: "新人".into(), role: Role::Duty, changes: Vec::new() };
    assert_eq!(world.office(again), Err(Hindrance::NameTaken("新人".into())));
}

#[test]
fn who_is_on_duty_is_not_retired_and_who_becomes_unfit_goes_off() {
    let mut world = World::new();
    world.sign_on(4, "16:20").unwrap();
    assert_eq!(world.change(4, Change::Active(false)), Err(Hindrance::OnDuty(StaffId(4))));
    for change in
        [Change::Vetting(Vetting::Barred), Change::Vetting(Vetting::Unknown), Change::RemovePaper("教练员证".into()), Change::Role(Role::Inspector)]
    {
        let mut world = World::new();
        world.sign_on(1, "16:19").unwrap();
        world.sign_on(4, "16:20").unwrap();
        world.change(4, change.clone()).unwrap();
        assert!(!world.day.state().is_on_duty(StaffId(4)), "{change:?}");
        assert_eq!(world.day.state().actor("desk"), None, "the other one acts again once a PIN proves it");
        assert!(world.sign_on(4, "16:40").is_err(), "{change:?}");
    }
}

fn undo_last(world: &mut World, time: &str) -> Result<(), Objection> {
    let act = world.day.entries().iter().rfind(|e| !matches!(e.fact, Fact::Undone { .. }) && !world.day.is_undone(e.seq)).unwrap().act;
    undo_act(world, act, time)
}

fn undo_act(world: &mut World, act: Seq, time: &str) -> Result<(), Objection> {
    let now = clock(time);
    let decision = decide(world.room(), &Request::Undo { act, reason: None }, now);
    if let Some(objection) = decision.objection {
        assert_eq!(decision.drafts, []);
        return Err(objection);
    }
    world.enter(now, decision.drafts);
    Ok(())
}

/// Every change of a record comes back as it was, with whoever went off duty by it; a leader has to agree.
#[test]
fn what_was_changed_about_staff_is_taken_back_whole() {
    let changes = [
        Change::Name("新名".into()),
        Change::Phone(Some("13900000001".into())),
        Change::Load(Some(60)),
        Change::Card(Some(CardNumber::new("526014"))),
        Change::Pin("other".into()),
        Change::Paper(paper("健康证", None)),
        Change::RemovePaper("教练员证".into()),
        Change::Vetting(Vetting::Barred),
        Change::Employment(Some(Employment::Left)),
        Change::Role(Role::Inspector),
    ];
    for change in changes {
        let mut world = World::new();
        world.sign_on(1, "16:19").unwrap();
        world.sign_on(4, "16:20").unwrap();
        let before = (world.register.clone(), world.day.state().clone());
        world.change(4, change.clone()).unwrap();
        let offered: Vec<Seq> = undo::candidates(world.room()).iter().map(|a| a[0].act).collect();
        let act = world.day.entries().last().unwrap().act;
        assert_eq!(offered.first(), Some(&act), "{change:?}: offered first");
        let entries: Vec<&Entry> = world.day.entries().iter().filter(|e| e.act == act).collect();
        assert_eq!(demand::of_undoing(world.room(), &entries), Demand::keeper(Right::ChangeStaff), "{change:?}");
        undo_last(&mut world, "16:40").unwrap();
        assert_eq!(world.staff(4), before.0.staff_member(StaffId(4)).unwrap(), "{change:?}");
        assert_eq!(world.day.state(), &before.1, "{change:?}: on duty again");
    }
    // Retired with the plan of the days ahead: all of it comes back.
    let mut world = World::new();
    world.plan(8, &[1, 2]);
    world.change(2, Change::Active(false)).unwrap();
    assert_eq!(plan::planned(world.room(), day(8)), [StaffId(1)]);
    undo_last(&mut world, "16:40").unwrap();
    assert!(world.staff(2).active);
    assert_eq!(plan::planned(world.room(), day(8)), [StaffId(1), StaffId(2)]);
    // Who was added is gone again.
    world.office(StaffAct::Add { name: "新人".into(), role: Role::Duty, changes: vec![Change::Pin("hash".into())] }).unwrap();
    undo_last(&mut world, "16:41").unwrap();
    assert!(!world.register.staff().any(|s| s.name == "新人"));
}

/// What stands against taking a change of a record back.
#[test]
fn what_rests_on_a_record_keeps_it() {
    let rests = |world: &World| Err(Objection::RestsOn(world.day.entries().last().unwrap().seq));
    let fresh = || {
        let mut world = World::new();
        world.office(StaffAct::Add { name: "新人".into(), role: Role::Duty, changes: vec![Change::Pin("hash".into())] }).unwrap();
        let act = world.day.entries().last().unwrap().act;
        (world, act)
    };
    let (mut world, act) = fresh();
    world.sign_on(5, "16:35").unwrap();
    assert_eq!(undo_act(&mut world, act, "16:40"), rests(&world), "signed on since");
    let (mut world, act) = fresh();
    world.plan(8, &[5]);
    assert_eq!(undo_act(&mut world, act, "16:40"), rests(&world), "planned since");
    let (mut world, act) = fresh();
    world.enter(clock("16:35"), vec![Fact::PinTried { staff: StaffId(5) }.into()]);
    assert_eq!(undo_act(&mut world, act, "16:40"), rests(&world), "gave a PIN since");
    let (mut world, act) = fresh();
    world.change(5, Change::Load(Some(50))).unwrap();
    assert_eq!(undo_act(&mut world, act, "16:40"), rests(&world), "changed again since");
    // A new PIN that was used stays; a new number to dial does not hang on a PIN.
    for (change, stays) in [(Change::Pin("other".into()), true), (Change::Phone(Some("13900000001".into())), false)] {
        let mut world = World::new();
        world.change(3, change.clone()).unwrap();
        let act = world.day.entries().last().unwrap().act;
        world.enter(clock("16:35"), vec![Fact::PinProved { staff: StaffId(3) }.into()]);
        let expected = if stays { rests(&world) } else { Ok(()) };
        assert_eq!(undo_act(&mut world, act, "16:40"), expected, "{change:?}");
    }
    // The name and the card of who was retired may be somebody else's by now.
    let mut world = World::new();
    world.change(1, Change::Card(Some(CardNumber::new("526014")))).unwrap();
    world.change(1, Change::Active(false)).unwrap();
    let act = world.day.entries().last().unwrap().act;
    world.office(StaffAct::Add { name: "师1".into(), role: Role::Duty, changes: Vec::new() }).unwrap();
    assert_eq!(undo_act(&mut world, act, "16:40"), rests(&world), "the name is taken");
    let mut world = World::new();
    world.change(1, Change::Card(Some(CardNumber::new("526014")))).unwrap();
    world.change(1, Change::Card(None)).unwrap();
    let act = world.day.entries().last().unwrap().act;
    world.change(2, Change::Card(Some(CardNumber::new("526014")))).unwrap();
    assert_eq!(undo_act(&mut world, act, "16:40"), rests(&world), "the card is taken");
    // Somebody always leads.
    let mut world = World::new();
    let changes = vec![Change::Role(Role::Leader), Change::Pin("longer".into())];
    world.office(StaffAct::Change { staff: StaffId(1), changes }).unwrap();
    let act = world.day.entries().last().unwrap().act;
    world.change(3, Change::Active(false)).unwrap();
    let last = Err(Objection::Office(OfficeHindrance::Staff(Hindrance::LastLeader(StaffId(1)))));
    assert_eq!(undo_act(&mut world, act, "16:40"), last);
    // What made the store is nobody's slip: the first act is not offered.
    assert!(undo::candidates(World::new().room()).iter().all(|a| a[0].act != Seq(1)));
}

/// Sign-on over role, PIN, activity and papers.
#[test]
fn who_may_sign_on() {
    let mut world = World::new();
    assert_eq!(world.sign_on(4, "16:20"), Ok(()));
    let refused = |lacks| Objection::Office(OfficeHindrance::Staff(Hindrance::Papers { staff: StaffId(4), lacks }));
    let expired = Lack::Expired { name: "教练员证".into(), until: day(30) };
    assert_eq!(World::new().sign_on(4, "2026-09-30T23:59"), Ok(()), "its last day counts");
    assert_eq!(World::new().sign_on(4, "2026-10-01T16:00"), Err(refused(vec![expired])));
    for id in 1..=4 {
        let mut world = World::new();
        let changes = vec![Change::Role(Role::Leader), Change::Pin("other".into())];
        world.office(StaffAct::Change { staff: StaffId(if id == 1 { 2 } else { 1 }), changes }).unwrap();
        world.change(id, Change::Vetting(Vetting::Barred)).unwrap();
        assert!(matches!(world.sign_on(id, "16:30"), Err(Objection::Office(_))), "barred is refused in any capacity: {id}");
        assert!(!duty::second_adults(world.room(), Seq(0), clock("16:30")).iter().any(|s| s.id == StaffId(id)), "nor is it a second adult");
        assert!(!duty::keepers(world.room(), Right::ChangePeople).contains(&StaffId(id)), "nor does it open the register");
    }
    let mut world = World::new();
    world.change(2, Change::Employment(Some(Employment::Left))).unwrap();
    let left = Hindrance::Papers { staff: StaffId(2), lacks: vec![Lack::Left] };
    assert_eq!(world.sign_on(2, "16:30"), Err(Objection::Office(OfficeHindrance::Staff(left.clone()))));
    for (lang, word) in [(Lang::Zh, "师2 已离职"), (Lang::En, "师2 has left the school")] {
        assert!(spoken::hindrance(lang, &world.register, &left).contains(word), "{lang:?}");
    }
    let mut world = World::new();
    world.change(2, Change::Role(Role::Inspector)).unwrap();
    assert_eq!(world.sign_on(2, "16:30"), Err(Objection::WrongStaff));
    world.change(1, Change::Active(false)).unwrap();
    assert_eq!(world.sign_on(1, "16:30"), Err(Objection::WrongStaff));
}

#[test]
fn what_is_said_beside_signing_on() {
    let mut world = World::new();
    let expires = |until| Remark::Expires { staff: StaffId(4), name: "教练员证".into(), until };
    assert_eq!(duty::remarks(world.room(), StaffId(4), clock("16:20")), [expires(day(30))], "23 days ahead");
    assert_eq!(duty::remarks(world.room(), StaffId(4), clock("2026-08-30T16:20")), [], "31 days ahead");
    assert_eq!(duty::remarks(world.room(), StaffId(4), clock("2026-08-31T16:20")), [expires(day(30))], "30 days ahead");
    world.change(1, Change::Paper(paper("教师资格证", Some(6)))).unwrap();
    assert_eq!(world.sign_on(1, "16:31"), Ok(()), "the school's own are warned and not refused");
    let expired = Remark::Expired { staff: StaffId(1), name: "教师资格证".into(), until: day(6) };
    assert_eq!(duty::remarks(world.room(), StaffId(1), clock("16:31")), std::slice::from_ref(&expired));
    world.plan(7, &[2]);
    assert_eq!(duty::remarks(world.room(), StaffId(1), clock("16:31")), [expired, Remark::NotPlanned(StaffId(1))]);
    assert_eq!(duty::remarks(world.room(), StaffId(2), clock("16:31")), []);
    // Who is planned and has not come is named a quarter of an hour into the session, once.
    let start = clock("16:00").at_time(world.settings.session.start);
    let due = start.plus_seconds(15 * 60);
    assert_eq!(plan::next_absence(world.room(), start), Some(due));
    assert_eq!(plan::absences(world.room(), start, due.plus_seconds(-1)), None);
    assert_eq!(plan::absences(world.room(), start, due), Some((due, Remark::NotCome(vec![StaffId(2)]))));
    assert_eq!(plan::absences(world.room(), due, due.plus_seconds(600)), None);
    world.sign_on(2, "16:32").unwrap();
    world.act(Act::SignOff { staff: StaffId(2), by: StaffId(2), reason: None }, "16:33").unwrap();
    assert_eq!(plan::absences(world.room(), start, due), None, "came, whatever came after");
}

#[test]
fn the_plan_and_whom_it_proposes_first() {
    let mut world = World::new();
    for (id, load) in [(1, 100), (2, 60), (3, 80)] {
        world.change(id, Change::Load(Some(load))).unwrap();
    }
    let order = |world: &World, n| plan::proposals(world.room(), day(n)).iter().map(|p| p.staff.0).collect::<Vec<_>>();
    assert_eq!(order(&world, 8), [2, 3, 1, 4], "the least load first; none given counts as full");
    world.plan(8, &[1]);
    assert_eq!(order(&world, 8), [2, 3, 4], "who is planned is not proposed");
    assert_eq!(order(&world, 9), [2, 3, 4, 1], "of those with a full load who is planned least");
    assert_eq!(plan::proposals(world.room(), NaiveDate::from_ymd_opt(2026, 10, 8).unwrap()).len(), 3, "no coach without papers on that day");
    // A stand-in takes the place of who cannot come.
    world.plan(8, &[2]);
    world.office(StaffAct::Substitute { date: day(8), gone: StaffId(1), comes: StaffId(4) }).unwrap();
    assert_eq!(plan::planned(world.room(), day(8)), [StaffId(4), StaffId(2)]);
    match &world.day.entries().last().unwrap().fact {
        Fact::Office(OfficeFact::DutyPlanned { was, now, .. }) => assert_eq!((was.len(), now.len()), (2, 2)),
        other => panic!("{other:?}"),
    }
    let again = StaffAct::Substitute { date: day(8), gone: StaffId(1), comes: StaffId(3) };
    assert_eq!(world.office(again), Err(Hindrance::NotPlanned(StaffId(1))));
    let yesterday = StaffAct::Plan { date: day(6), staff: StaffId(1), on: true };
    assert_eq!(world.office(yesterday), Err(Hindrance::PastDay(day(6))));
    world.change(1, Change::Role(Role::Inspector)).unwrap();
    let inspector = StaffAct::Plan { date: day(9), staff: StaffId(1), on: true };
    assert_eq!(world.office(inspector), Err(Hindrance::NotForDuty(StaffId(1))));
    // The ledger is of the term; who retires leaves the plan ahead.
    let term = Term { name: "2026秋".into(), from: day(1), until: day(30) };
    world.enter(clock("16:35"), vec![Fact::Office(OfficeFact::TermSet { was: None, now: Some(term) }).into()]);
    assert_eq!(plan::ledger(world.room(), day(7)), [(StaffId(2), 1), (StaffId(4), 1)]);
    assert_eq!(plan::days(world.room(), StaffId(2), NaiveDate::from_ymd_opt(2027, 3, 1).unwrap()), 1, "no term there: the whole plan");
    world.change(4, Change::Active(false)).unwrap();
    assert_eq!(plan::planned(world.room(), day(8)), [StaffId(2)]);
    // A plan can be taken back.
    let act = world.day.entries().iter().rev().find(|e| matches!(e.fact, Fact::Office(OfficeFact::TermSet { .. }))).unwrap().act;
    assert_eq!(decide(world.room(), &Request::Undo { act, reason: None }, clock("16:40")).objection, None);
}

fn vetting() -> impl Strategy<Value = Vetting> {
    prop_oneof![Just(Vetting::Unknown), Just(Vetting::Barred), (1_u32..12).prop_map(|n| Vetting::Clear { on: day(n) })]
}

fn any_change() -> impl Strategy<Value = Change> {
    prop_oneof![
        (0..Role::ALL.len()).prop_map(|n| Change::Role(Role::ALL[n])),
        (0..Capacity::ALL.len()).prop_map(|n| Change::Capacity(Capacity::ALL[n])),
        vetting().prop_map(Change::Vetting),
        (0_u32..3, proptest::option::of(1_u32..20)).prop_map(|(n, until)| Change::Paper(paper(&format!("证{n}"), until))),
        (0_u32..3).prop_map(|n| Change::RemovePaper(format!("证{n}"))),
        any::<bool>().prop_map(Change::Active),
        Just(Change::Pin("z".into())),
    ]
}

/// What happens next: a change, somebody signs on or off, a night passes.
#[derive(Clone, Debug)]
enum Next {
    Change(i64, Vec<Change>),
    On(i64),
    Off(i64),
    Night,
}

fn next() -> impl Strategy<Value = Next> {
    prop_oneof![
        4 => (1_i64..=5, proptest::collection::vec(any_change(), 1..3)).prop_map(|(id, changes)| Next::Change(id, changes)),
        5 => (1_i64..=5).prop_map(Next::On),
        1 => (1_i64..=5).prop_map(Next::Off),
        1 => Just(Next::Night),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn nobody_barred_or_without_papers_is_ever_on_duty(steps in proptest::collection::vec(next(), 1..60)) {
        let mut world = World::new();
        let mut date = day(7);
        let mut came = 0;
        for step in steps {
            let time = format!("{date}T16:30");
            let done = match &step {
                Next::Change(id, changes) => {
                    let act = StaffAct::Change { staff: StaffId(*id), changes: changes.clone() };
                    world.act(Act::Office(OfficeAct::Staff(act)), &time)
                }
                Next::On(id) => world.act(Act::SignOn { staff: StaffId(*id) }, &time),
                Next::Off(id) => world.act(Act::SignOff { staff: StaffId(*id), by: StaffId(*id), reason: None }, &time),
                Next::Night => {
                    date = date.checked_add_days(Days::new(1)).unwrap();
                    world.day = world.day.next(date);
                    Ok(())
                }
            };
            came += usize::from(done.is_ok() && matches!(step, Next::On(_)));
            for on in world.day.state().duty() {
                let person = world.register.staff_member(on.staff).unwrap();
                prop_assert_eq!(duty::lacks(person, date), Vec::new(), "{:?} after {:?}", person, step);
                prop_assert!(person.active && person.role != Role::Inspector && person.pin.is_some(), "{:?} after {:?}", person, step);
                let outside_without = person.capacity.is_outside()
                    && (!matches!(person.vetting, Vetting::Clear { on } if on <= date)
                        || person.credentials.is_empty()
                        || person.credentials.iter().any(|c| !c.is_valid(date)));
                prop_assert!(person.vetting != Vetting::Barred && !outside_without);
            }
            prop_assert!(duty::has_leader(world.room()), "the last leader stays one: {:?}", step);
        }
        prop_assert!(came <= 60);
    }
}
