//! Side doors, each as a kind: whatever is tried, nobody takes a child who is not on its list, and no hold, bar or proof is got
//! round (issue "no side door"; F030, F034, F042, F045, I14, N14, N36).

use caredesk::domain::fact::{Account, OfficeFact};
use caredesk::rules::access::Right as Access;
use caredesk::rules::access::demand::{self, Carrier};
use caredesk::rules::barred::{Naming, naming, naming_for_good};
use caredesk::rules::collect::{may_vouch, takers};
use caredesk::rules::duty::seconds_for;
use caredesk::rules::office::OfficeAct;
use caredesk::rules::office::people::{Bar, Change, Line, PeopleAct};
use caredesk::rules::undo;
use caredesk::rules::unnamed::Called;

use super::*;

fn given(taker: Option<i64>) -> impl Fn(Pass) -> Pass {
    move |mut pass| {
        (pass.answers.go, pass.answers.taker) = (true, taker.map(CollectorId));
        pass
    }
}

/// Two children of one household, each with a list of its own: a person of the same record is written in both where `shared`.
fn siblings(shared: bool) -> World {
    let mut world = World::new();
    world.change(2, |c| (c.household, c.grade) = (HouseholdId(1), 3));
    for (one, other) in [(1, 3), (2, 4)] {
        let like = world.register.collector(CollectorId(one)).unwrap().clone();
        world.change_collector(other, |c| {
            if shared {
                (c.name, c.phone) = (like.name.clone(), like.phone.clone());
            }
        });
    }
    world.arrive("453841", "16:30");
    world.arrive("693691", "16:30");
    world
}

#[test]
fn in_one_act_siblings_go_with_one_person() {
    for shared in [true, false] {
        for (first, second) in [(None, None), (Some(1), Some(3)), (Some(1), Some(4)), (Some(2), Some(4)), (Some(2), None), (None, Some(4))] {
            for purpose in [Purpose::Home, Purpose::Outing] {
                let world = siblings(shared);
                let passes: Vec<Pass> = [("453841", first), ("693691", second)]
                    .into_iter()
                    .map(|(card, taker)| {
                        let mut pass = Pass { purpose, ..given(taker)(world.scan(card)) };
                        pass.answers.back_by = time_of_day("17:50");
                        pass
                    })
                    .collect();
                let decision = decide(world.room(), &Request::Passes(passes), clock("17:35"));
                let gone = |d: &Draft| match d.fact {
                    Fact::Released { taker: Taker::Collector(taker), .. } | Fact::SteppedOut { taker, .. } => Some(taker),
                    _ => None,
                };
                let gone: Vec<Collector> = decision.drafts.iter().filter_map(gone).map(|id| world.register.collector(id).unwrap().clone()).collect();
                let what = format!("{shared} {first:?} {second:?} {purpose:?}: {:?}", decision.verdicts);
                assert!(!gone.is_empty(), "{what}");
                assert!(gone.iter().all(|c| (&c.name, &c.phone) == (&gone[0].name, &gone[0].phone)), "{what}");
                let together = shared && second.unwrap_or(3) == first.unwrap_or(1) + 2;
                assert_eq!(gone.len(), if together { 2 } else { 1 }, "{what}");
                assert!(together || decision.verdicts.iter().any(|(c, v)| *c == ChildId(2) && *v == Verdict::Who), "{what}");
            }
        }
    }
}

/// What may have happened to a card since the child came, and whether it says anything about who brings it at pickup.
#[test]
fn a_card_that_was_never_in_anybodys_hand_proves_nothing() {
    let with = |world: &World, number: &str, change: fn(&mut Card)| {
        let was = world.register.card(&CardNumber::new(number)).cloned();
        let mut now = was.clone().unwrap_or_else(|| Card::new(CardNumber::new(number), ChildId(1), true));
        change(&mut now);
        Fact::CardSet { was: was.map(Box::new), now: Box::new(now) }
    };
    let day = |c: &mut Card| (c.kind, c.custody, c.until) = (CardKind::Day, Custody::Holder, Some(clock("12:00").date()));
    for (what, mode, proves) in [
        ("as it came", CardMode::Claim, true),
        ("hung back on the rack", CardMode::Claim, false),
        ("handed in, and that taken back", CardMode::Claim, false),
        ("found in the room", CardMode::Claim, false),
        ("a second card on its hook", CardMode::Claim, false),
        ("issued during the stay", CardMode::Claim, false),
        ("for the day, at the door", CardMode::Claim, true),
        ("for the day, an hour later", CardMode::Claim, false),
        ("as it came", CardMode::Held, true),
        ("found in the room", CardMode::Held, false),
        ("for the day, at the door", CardMode::Held, true),
        ("for the day, an hour later", CardMode::Held, false),
        ("issued during the stay", CardMode::Held, false),
    ] {
        for proof in ["card", "unread"] {
            let mut world = World::new();
            world.settings.card_mode = mode;
            world.arrive("453841", "16:30");
            let mut number = "453841";
            match what {
                "hung back on the rack" => {
                    world.happen(
                        "16:50",
                        Fact::CardMoved { number: CardNumber::new(number), child: ChildId(1), was: Custody::Holder, now: Custody::Rack },
                    );
                }
                "handed in, and that taken back" => {
                    let moved = |was, now| Fact::CardMoved { number: CardNumber::new("453841"), child: ChildId(1), was, now };
                    world.happen("16:40", moved(Custody::Holder, Custody::Away));
                    world.happen("16:50", moved(Custody::Away, Custody::Rack));
                    let seq = world.day.entries().last().unwrap().seq;
                    world.happen("16:55", Fact::Undone { seq, reason: None });
                }
                "found in the room" => world.happen("16:50", Fact::Office(OfficeFact::CardFound { number: CardNumber::new(number) })),
                "as it came" => {}
                other => {
                    number = "779093";
                    let at = match other {
                        "a second card on its hook" => "16:00",
                        "for the day, at the door" => "16:32",
                        _ => "17:10",
                    };
                    let fact = if other.starts_with("for the day") { with(&world, number, day) } else { with(&world, number, |_| ()) };
                    world.happen(at, fact);
                }
            }
            let pass = match proof {
                "card" => given(Some(1))(world.scan(number)),
                _ => given(Some(1))(world.shown(Proof::CardUnread)),
            };
            let decision = world.decide(&pass, "17:35");
            let released = decision.drafts.iter().any(|d| matches!(&d.fact, Fact::Released { ground, .. } if ground.card().is_some()));
            // A card that is not read may be another one that has been with somebody.
            let other_is_out = proof == "unread" && number != "453841" && mode == CardMode::Claim;
            let other_is_out = other_is_out || (proof == "unread" && number != "453841" && mode == CardMode::Held);
            assert_eq!(released, proves || other_is_out, "{what} {mode:?} {proof}: {decision:?}");
            if proof == "card" && !proves {
                assert_eq!(decision.objection, Some(Objection::ProvesNothing(ChildId(1))), "{what}");
            }
        }
    }
}

/// Who says that a child which is out does not come back: with whom it went, at the number on record; for anybody else somebody
/// else of the family.
#[test]
fn nobody_says_of_himself_that_he_has_the_child_but_who_took_it_out() {
    for (has_it, vouch, phone, released) in [
        (1, said(1, CallResult::Yes), true, true),
        (1, said(1, CallResult::Yes), false, false),
        (1, said(2, CallResult::Yes), true, true),
        (2, said(2, CallResult::Yes), true, false),
        (2, said(1, CallResult::Yes), true, true),
        (2, said(3, CallResult::Yes), true, false),
        (2, Vouch::Leader(StaffId(3)), true, false),
    ] {
        let mut world = World::new();
        world.arrive("453841", "16:30");
        let mut out = Pass { purpose: Purpose::Outing, ..world.scan("453841") };
        (out.answers.taker, out.answers.back_by) = (Some(CollectorId(1)), time_of_day("17:40"));
        assert!(matches!(world.pass(&out, "17:20"), Verdict::SteppedOut { .. }));
        if !phone {
            world.change_collector(1, |c| c.phone = None);
        }
        let pass = given(None)(world.shown(Proof::NotBack { collector: CollectorId(has_it), vouch }));
        let decision = world.decide(&pass, "17:45");
        let goes = decision.drafts.iter().any(|d| matches!(d.fact, Fact::Released { .. }));
        assert_eq!(goes, released, "{has_it} {vouch:?} {phone}: {decision:?}");
    }
}

#[test]
fn what_is_known_of_a_child_is_not_taken_back_from_under_it() {
    let arrival = |world: &World| world.day.entries().iter().find(|e| matches!(e.fact, Fact::Arrived { .. })).unwrap().act;
    let call = Fact::Called {
        child: ChildId(1),
        collector: CollectorId(1),
        purpose: caredesk::domain::fact::CallPurpose::Collector,
        result: CallResult::No,
        number: None,
    };
    let phrase = Fact::Office(OfficeFact::PhraseTried { child: ChildId(1), collector: CollectorId(1), right: false });
    for (fact, stands) in
        [(Fact::HeldBack { child: ChildId(1) }, true), (call, true), (phrase, true), (Fact::NoteLeft { child: ChildId(1), text: "伞".into() }, false)]
    {
        let mut world = World::new();
        world.arrive("453841", "16:30");
        let act = arrival(&world);
        world.happen("16:35", fact.clone());
        let refused = decide(world.room(), &Request::Undo { act, reason: Some("误".into()) }, clock("16:36")).objection;
        assert_eq!(matches!(refused, Some(Objection::RestsOn(_))), stands, "{fact:?}: {refused:?}");
    }
    // Nobody ends the clock of a missing child by taking back that it is missing, unsaid; once it is looked for, not at all.
    let mut world = World::new();
    world.arrive("453841", "16:30");
    world.happen("17:30", Fact::Account(Account::Missed { child: ChildId(1), place: Place::new("field") }));
    let act = world.day.entries().last().unwrap().act;
    let undo = |world: &World, reason: Option<&str>| {
        decide(world.room(), &Request::Undo { act, reason: reason.map(str::to_owned) }, clock("17:31")).objection
    };
    assert_eq!(undo(&world, None), Some(Objection::UndoReason));
    assert_eq!(undo(&world, Some("点错")), None);
    for fact in [
        Fact::Account(Account::LeaderTold { leader: StaffId(3), about: vec![ChildId(1)] }),
        Fact::Called {
            child: ChildId(1),
            collector: CollectorId(1),
            purpose: caredesk::domain::fact::CallPurpose::Collector,
            result: CallResult::NoAnswer,
            number: None,
        },
    ] {
        let mut world = World { register: world.register.clone(), day: world.day.clone(), settings: world.settings.clone(), seq: world.seq };
        world.happen("17:31", fact);
        assert!(matches!(undo(&world, Some("点错")), Some(Objection::RestsOn(_))));
    }
    // What made a child come is taken back with a reason once ten minutes have gone.
    let mut world = World::new();
    world.arrive("453841", "16:30");
    let entries: Vec<&Entry> = world.day.entries().iter().filter(|e| e.act == arrival(&world)).collect();
    assert!(!undo::wants_reason(&entries, clock("16:39")) && undo::wants_reason(&entries, clock("16:40")));
}

#[test]
fn whoever_collects_is_no_witness_and_no_leader_vouches_for_himself() {
    for (name, phone, staff) in
        [("丁兰", "13911112222", None), ("某人", "13900009999", None), ("某人", "13911112222", Some(2)), ("某人", "13911112222", None)]
    {
        let is_staff = name == "丁兰" || phone == "13900009999" || staff.is_some();
        let mut world = World::new();
        for (id, name, phone) in [(2, "丁兰", Some("13900009999")), (3, "何敏", None)] {
            let was = world.register.staff_member(StaffId(id)).unwrap().clone();
            let now = Staff { name: name.into(), phone: phone.map(str::to_owned), ..was.clone() };
            world.happen("16:21", Fact::StaffSet { was: Some(Box::new(was)), now: Box::new(now) });
        }
        world.list(9, 1, "叔叔", Right::OneDay { day: clock("12:00").date(), confirmed: true });
        world.change_collector(9, |c| (c.name, c.phone, c.staff) = (name.into(), Some(phone.into()), staff.map(StaffId)));
        let collector = world.register.collector(CollectorId(9)).map(caredesk::domain::likeness::Described::from);
        let seconds = seconds_for(world.room(), Seq(world.seq), ChildId(1), (collector, said(1, CallResult::Yes)), clock("17:30"));
        assert_eq!(seconds.iter().any(|s| s.id == StaffId(2)), !is_staff, "{name} {phone} {staff:?}");
        world.arrive("453841", "16:30");
        let evidence =
            |second| NoCard { collector: CollectorId(9), id_tail: "0428".into(), vouch: said(1, CallResult::Yes), recognised: true, second };
        let released = |world: &World, second| {
            let pass = given(None)(world.shown(Proof::NoCard(evidence(StaffId(second)))));
            let decision = world.decide(&pass, "17:35");
            (decision.drafts.iter().any(|d| matches!(d.fact, Fact::Released { .. })), decision.objection)
        };
        assert_eq!(released(&world, 2).0, !is_staff, "{name} {phone} {staff:?}");
        assert_eq!(released(&world, 3), (true, None), "{name} {phone} {staff:?}");
    }
    // Nobody of the family can be called: a leader stands instead, for anybody but himself, and witnesses only where nobody else is.
    let mut world = World::new();
    for id in [1, 2] {
        world.change_collector(id, |c| c.phone = None);
    }
    let leader = world.register.staff_member(StaffId(3)).unwrap().name.clone();
    let about = |name: &str| {
        let who = caredesk::domain::likeness::Described { name, ..Default::default() };
        may_vouch(world.room(), ChildId(1), Some(who), Vouch::Leader(StaffId(3)), clock("17:30"))
    };
    assert_eq!((about("某人"), about(&leader)), (Ok(()), Err(Objection::WrongStaff)));
    let ids = |vouch| seconds_for(world.room(), Seq(world.seq), ChildId(1), (None, vouch), clock("17:30")).iter().map(|s| s.id).collect::<Vec<_>>();
    assert!(ids(said(1, CallResult::Yes)).contains(&StaffId(3)) && !ids(Vouch::Leader(StaffId(3))).contains(&StaffId(3)));
}

/// A bar as it stands on the day, before, between and after its dates; and who is to be listed.
#[test]
fn a_bar_that_is_still_to_come_stops_who_is_listed_for_good() {
    let date = |day: u32| chrono::NaiveDate::from_ymd_opt(2026, 9, day);
    for (from, until, today, good) in [
        (None, None, true, true),
        (date(7), None, true, true),
        (date(8), None, false, true),
        (date(8), date(20), false, true),
        (date(1), date(7), true, true),
        (date(1), date(6), false, false),
    ] {
        let mut world = World::new();
        world.list(9, 1, "父亲", Right::Barred);
        world.change_collector(9, |c| (c.name, c.from, c.until) = ("赵强".into(), from, until));
        let who = caredesk::domain::likeness::Described { name: "小赵", relation: "爸爸", ..Default::default() };
        let on = clock("12:00").date();
        assert_eq!(naming(&world.register, ChildId(1), who, on) == Naming::Stopped, today, "{from:?} {until:?}");
        assert_eq!(naming_for_good(&world.register, ChildId(1), who, on) == Naming::Stopped, good, "{from:?} {until:?}");
    }
}

/// Whatever is changed of who is barred is a leader's, but what bars more; who is not barred is the office's as before.
#[test]
fn no_change_of_a_bar_is_the_offices() {
    let span = |from: u32, until: u32| Bar {
        from: chrono::NaiveDate::from_ymd_opt(2026, 9, from),
        until: chrono::NaiveDate::from_ymd_opt(2026, 9, until),
        paper: None,
    };
    let changes = [
        Change::Line(Line::Name, Some("甲".into())),
        Change::Line(Line::Relation, Some("叔叔".into())),
        Change::Line(Line::Phone, Some("13912340000".into())),
        Change::Line(Line::Looks, None),
        Change::Staff(Some(StaffId(1))),
        Change::Staff(None),
        Change::Phrase(None),
        Change::Minor(false),
        Change::Bar(span(1, 5)),
        Change::Bar(span(1, 30)),
        Change::End,
        Change::List,
        Change::Lift,
        Change::First,
    ];
    for change in changes {
        let mut world = World::new();
        world.list(9, 1, "父亲", Right::Barred);
        let of = |id: i64, change: &Change| {
            let act = Act::Office(OfficeAct::People(Box::new(PeopleAct::Change(CollectorId(id), change.clone()))));
            demand::of_act(world.room(), &act)
        };
        assert_eq!((of(9, &change).right, of(9, &change).of), (Access::NameForRestricted, Carrier::Keeper), "{change:?}");
        assert_eq!(of(9, &Change::Minor(true)).right, Access::ChangePeople);
        let free = World::new();
        let act = Act::Office(OfficeAct::People(Box::new(PeopleAct::Change(CollectorId(1), change.clone()))));
        let wanted = if change == Change::Lift { Access::NameForRestricted } else { Access::ChangePeople };
        assert_eq!(demand::of_act(free.room(), &act).right, wanted, "{change:?}");
    }
}

/// Taking back asks at least what making would: of rights for one day only what the desk itself makes is the desk's.
#[test]
fn taking_back_a_right_asks_what_making_it_asked() {
    let today = clock("12:00").date();
    let day = |confirmed| Right::OneDay { day: today, confirmed };
    for (was, now, released, right) in [
        (None, day(false), false, Access::NameForToday),
        (None, day(true), false, Access::NameForToday),
        (Some(day(false)), day(true), false, Access::NameForToday),
        (Some(day(true)), Right::Ended, true, Access::NameForToday),
        (Some(day(true)), Right::Ended, false, Access::ChangePeople),
        (Some(day(true)), Right::Barred, false, Access::NameForRestricted),
        (Some(day(true)), Right::Barred, true, Access::NameForRestricted),
        (Some(day(true)), Right::Standing, false, Access::ChangePeople),
        (Some(Right::Standing), Right::Barred, false, Access::NameForRestricted),
        (Some(Right::Barred), Right::Ended, false, Access::ChangePeople),
        (None, Right::Barred, false, Access::NameForRestricted),
    ] {
        for minor in [false, true] {
            let mut world = World::new();
            let listed = |right| Collector::new(CollectorId(9), ChildId(1), 9, "甲", "舅舅", right);
            let fact = Fact::CollectorSet { was: was.map(|r| Box::new(listed(r))), now: Box::new(Collector { minor, ..listed(now) }) };
            let mut drafts: Vec<Draft> = vec![fact.into()];
            if released {
                world.arrive("453841", "16:30");
                let arrival = world.day.entries().iter().find(|e| matches!(e.fact, Fact::Arrived { .. })).unwrap().seq;
                let ground = Ground::Card { number: CardNumber::new("453841") };
                let taker = Taker::Collector(CollectorId(9));
                drafts.push(Fact::Released { child: ChildId(1), arrival, ground, taker, early: None, late: None }.into());
            }
            world.enter(clock("17:30"), drafts);
            let act = world.day.entries().last().unwrap().act;
            let entries: Vec<&Entry> = world.day.entries().iter().filter(|e| e.act == act).collect();
            let changed_otherwise = minor && was.is_some() && right == Access::NameForToday;
            let wanted = if changed_otherwise { Access::ChangePeople } else { right };
            let asked = demand::of_undoing(world.room(), &entries);
            assert_eq!(asked.of, if wanted == Access::NameForToday { Carrier::Actor } else { Carrier::Keeper }, "{was:?} {now:?} {released} {minor}");
            assert!(asked.of == Carrier::Actor || asked.right == wanted, "{was:?} {now:?} {released} {minor}");
        }
    }
}

/// Where a scan alone releases, only a card that was read, or whose digits check, does so.
#[test]
fn a_schools_number_typed_by_hand_releases_nobody_by_itself() {
    for (own, means, released) in
        [(true, Means::Scanned, true), (true, Means::Typed, true), (false, Means::Scanned, true), (false, Means::Typed, false)]
    {
        let mut world = World::new();
        world.settings.release_on = ReleaseOn::Scan;
        world.arrive("453841", "16:30");
        let pass = world.shown(Proof::Card { number: CardNumber::new("453841"), means, own });
        let goes = world.decide(&pass, "17:35").drafts.iter().any(|d| matches!(d.fact, Fact::Released { .. }));
        assert_eq!(goes, released, "{own} {means:?}");
        // An answer on its way to a release that another desk has taken back enters nothing.
        let mut again = world.scan("453841");
        again.answers.again = true;
        assert_eq!(world.decide(&again, "16:31").objection, Some(Objection::AlreadyHere(ChildId(1))));
    }
}

/// A no is a hold wherever it is said, and the child does not go home alone after somebody was stopped.
#[test]
fn a_no_about_somebody_who_is_named_holds_the_child() {
    for (result, right, held) in [(CallResult::Yes, Some(true), false), (CallResult::NoAnswer, Some(false), false), (CallResult::No, None, true)] {
        let name = |call| Act::Authorise {
            child: ChildId(1),
            name: "生人".into(),
            relation: "朋友".into(),
            phone: "13912345678".into(),
            phrase: None,
            call: Some(call),
            approver: None,
        };
        let mut world = World::new();
        world.arrive("453841", "16:30");
        let decision = decide(world.room(), &Request::Act(name(said(1, result))), clock("16:40"));
        world.enter(clock("16:40"), decision.drafts);
        let listed = world.register.all_collectors().find(|c| c.name == "生人").unwrap().clone();
        let day = clock("12:00").date();
        assert_eq!(listed.right, right.map_or(Right::Ended, |confirmed| Right::OneDay { day, confirmed }), "{result:?}");
        assert_eq!(world.day.state().child(ChildId(1)).unwrap().held.is_some(), held, "{result:?}");
        assert_eq!(takers(world.room(), ChildId(1), day).iter().any(|c| c.name == "生人"), right == Some(true));
        // The call-back that was still open.
        if right == Some(false) {
            let act = Act::CallBack { named: listed.id, call: said(2, CallResult::No), approver: None };
            let decision = decide(world.room(), &Request::Act(act), clock("16:45"));
            world.enter(clock("16:45"), decision.drafts);
            assert!(world.day.state().child(ChildId(1)).unwrap().held.is_some());
            assert_eq!(world.register.collector(listed.id).unwrap().right, Right::Ended);
        }
    }
    for stopped in [false, true] {
        let mut world = World::new();
        world.change(1, |c| c.self_leave = true);
        world.arrive("453841", "16:30");
        if stopped {
            world.happen("16:40", Fact::Account(Account::Incident { child: ChildId(1), kind: caredesk::domain::fact::Incident::NamingStopped }));
        }
        let pass = given(None)(world.shown(Proof::SelfLeave));
        let goes = world.decide(&pass, "17:35").drafts.iter().any(|d| matches!(d.fact, Fact::Released { .. }));
        assert_eq!(goes, !stopped);
    }
    // Nobody is taken in by the answer that somebody else stands there.
    let mut pass = World::new().shown(Proof::Name);
    pass.answers.somebody_else = true;
    assert_eq!(World::new().decide(&pass, "17:00").objection, Some(Objection::NotHere(ChildId(1))));
}

/// Somebody on the staff who is barred from a child: by name, number or record; and another who is not.
#[test]
fn whoever_is_barred_from_a_child_has_no_say_about_it() {
    for barred in [true, false] {
        let mut world = World::new();
        world.list(9, 1, "叔叔", Right::Barred);
        world.change_collector(9, |c| c.staff = barred.then_some(StaffId(3)));
        world.name_everybody();
        world.arrive("453841", "16:30");
        let now = clock("17:35");
        let no = |objection: Option<Objection>| assert_eq!(objection == Some(Objection::WrongStaff), barred, "{objection:?}");
        // As the second adult.
        let ids = seconds_for(world.room(), Seq(world.seq), ChildId(1), (None, said(1, CallResult::Yes)), now);
        assert_eq!(ids.iter().any(|s| s.id == StaffId(3)), !barred);
        // As a leader who stands instead of a call, agrees to a naming, or changes the bar with the register open.
        let vouch = may_vouch(world.room(), ChildId(1), None, Vouch::Leader(StaffId(3)), now).err();
        assert_eq!(vouch == Some(Objection::WrongStaff), barred, "{vouch:?}");
        let name = Act::Authorise {
            child: ChildId(1),
            name: "周姨".into(),
            relation: "邻居".into(),
            phone: "13912345678".into(),
            phrase: None,
            call: Some(said(1, CallResult::Yes)),
            approver: Some(StaffId(3)),
        };
        no(decide(world.room(), &Request::Act(name), now).objection);
        let lift = Act::Office(OfficeAct::People(Box::new(PeopleAct::Change(CollectorId(9), Change::Lift))));
        no(decide(Room { keeper: Some(StaffId(3)), ..world.room() }, &Request::Act(lift), now).objection);
        // As the one who lifts a hold.
        world.happen("17:30", Fact::HeldBack { child: ChildId(1) });
        let hold = Act::DecideHold { child: ChildId(1), how: caredesk::domain::fact::HoldAnswer::Left, approver: StaffId(3) };
        no(decide(world.room(), &Request::Act(hold), now).objection);
        // As who leads a group, as who has seen it, as one of two who stay with the last.
        let plan = caredesk::rules::groups::Plan {
            category: caredesk::domain::activity::Category::Sport,
            title: String::new(),
            leader: StaffId(3),
            place: Place::new("field"),
        };
        let mut there = World { register: world.register.clone(), day: world.day.clone(), settings: world.settings.clone(), seq: world.seq };
        there.happen("17:31", Fact::SignedOn { staff: StaffId(3) });
        there.happen("17:31", Fact::ActorChosen { staff: StaffId(1) });
        let go = caredesk::rules::groups::GroupAct::Go {
            group: caredesk::rules::groups::Which::New(plan),
            to: Place::new("field"),
            children: vec![ChildId(1)],
            counts: [1, 1],
        };
        no(decide(there.room(), &Request::Act(Act::Group(go)), now).objection);
        there.happen("17:32", Fact::Account(Account::Missed { child: ChildId(1), place: Place::new("field") }));
        let seen = caredesk::rules::closing::AccountAct::Seen { child: ChildId(1), by: StaffId(3), place: Place::new("field") };
        no(decide(there.room(), &Request::Act(Act::Account(seen)), now).objection);
        // As the one who acts; another child is not concerned.
        let mut world = World::new();
        world.list(9, 1, "叔叔", Right::Barred);
        world.change_collector(9, |c| c.staff = barred.then_some(StaffId(1)));
        world.name_everybody();
        world.arrive("453841", "16:30");
        let mut pass = given(Some(1))(world.scan("453841"));
        no(world.decide(&pass, "17:35").objection);
        world.arrive("693691", "16:31");
        pass = given(Some(3))(world.scan("693691"));
        assert_eq!(world.decide(&pass, "17:35").objection, None);
    }
}

#[test]
fn a_dead_card_comes_alive_only_with_a_leader() {
    let card = |state| Card { state, ..Card::new(CardNumber::new("779093"), ChildId(1), true) };
    let live = || Box::new(card(CardState::Live));
    for fact in [
        Fact::CardLost { number: CardNumber::new("779093"), child: ChildId(1), was: live() },
        Fact::CardSet { was: Some(live()), now: Box::new(card(CardState::Expired { at: clock("17:00") })) },
        Fact::CardSet { was: Some(live()), now: Box::new(card(CardState::Replaced { at: clock("17:00") })) },
    ] {
        let mut world = World::new();
        world.happen("17:00", fact.clone());
        let entry = world.day.entries().last().unwrap();
        let demand = demand::of_undoing(world.room(), &[entry]);
        assert_eq!((demand.right, demand.of), (Access::IssueCards, Carrier::Keeper), "{fact:?}");
    }
}

#[test]
fn whoever_is_here_today_was_not_collected_yesterday() {
    let mut world = World::new();
    world.arrive("453841", "16:30");
    world.day = world.day.next(clock("2026-09-08T00:00").date());
    let now = "2026-09-08T09:30";
    world.happen("2026-09-08T09:00", Fact::SignedOn { staff: StaffId(1) });
    for settle in [false, true] {
        for said_here in [false, true] {
            let mut world = World { register: world.register.clone(), day: world.day.clone(), settings: world.settings.clone(), seq: world.seq };
            if said_here {
                world.happen("2026-09-08T09:10", Fact::Account(Account::StillHere { child: ChildId(1) }));
            }
            let (taker, at) = (CollectorId(1), clock("18:10"));
            let mut pass = world.scan("453841");
            pass.answers.left_open = Some(if settle { LeftOpen::Settled { taker, at } } else { LeftOpen::Collected { taker, at } });
            let decision = world.decide(&pass, now);
            let released = decision.drafts.iter().any(|d| matches!(d.fact, Fact::Released { .. }));
            assert_eq!(released, !said_here, "{settle} {said_here}: {decision:?}");
        }
    }
}

#[test]
fn what_was_stopped_or_looked_for_is_not_peeled_away() {
    // An incident stands; the one that a release opened goes with the release.
    let mut world = World::new();
    world.happen("16:40", Fact::Account(Account::Incident { child: ChildId(1), kind: caredesk::domain::fact::Incident::NamingStopped }));
    let act = world.day.entries().last().unwrap().act;
    assert_eq!(decide(world.room(), &Request::Undo { act, reason: Some("误".into()) }, clock("16:41")).objection, Some(Objection::NothingToUndo));
    // Each that looked for a missing child was taken back first: it was looked for all the same.
    for fact in [
        Fact::Account(Account::LeaderTold { leader: StaffId(3), about: vec![ChildId(1)] }),
        Fact::Called {
            child: ChildId(1),
            collector: CollectorId(1),
            purpose: caredesk::domain::fact::CallPurpose::Collector,
            result: CallResult::NoAnswer,
            number: None,
        },
    ] {
        let mut world = World::new();
        world.arrive("453841", "16:30");
        world.happen("17:30", Fact::Account(Account::Missed { child: ChildId(1), place: Place::new("field") }));
        let act = world.day.entries().last().unwrap().act;
        world.happen("17:31", fact);
        let seq = world.day.entries().last().unwrap().seq;
        world.happen("17:32", Fact::Undone { seq, reason: None });
        let refused = decide(world.room(), &Request::Undo { act, reason: Some("点错".into()) }, clock("17:33")).objection;
        assert!(matches!(refused, Some(Objection::RestsOn(_))), "{refused:?}");
    }
    // A hold that a leader has lifted holds nothing: a wrong arrival can be taken back then.
    let mut world = World::new();
    world.arrive("453841", "16:30");
    let act = world.day.entries().iter().find(|e| matches!(e.fact, Fact::Arrived { .. })).unwrap().act;
    world.happen("16:35", Fact::HeldBack { child: ChildId(1) });
    let undo = |world: &World| decide(world.room(), &Request::Undo { act, reason: Some("刷错".into()) }, clock("16:37")).objection;
    assert!(matches!(undo(&world), Some(Objection::RestsOn(_))));
    world.happen("16:36", Fact::HoldDecided { child: ChildId(1), how: caredesk::domain::fact::HoldAnswer::Left, approver: StaffId(3) });
    assert_eq!(undo(&world), None);
}

#[test]
fn only_the_card_that_was_shown_brings_a_child_back() {
    for (shown_is_lost, number, back) in [(false, "453841", true), (false, "779093", false), (true, "779093", true)] {
        let mut world = World::new();
        world.arrive("453841", "16:30");
        let mut out = Pass { purpose: Purpose::Outing, ..world.scan("453841") };
        (out.answers.taker, out.answers.back_by) = (Some(CollectorId(1)), time_of_day("17:40"));
        assert!(matches!(world.pass(&out, "17:20"), Verdict::SteppedOut { .. }));
        world.card("779093", 1, CardState::Live, true);
        if shown_is_lost {
            let was = world.register.card(&CardNumber::new("453841")).unwrap().clone();
            world.happen("17:25", Fact::CardLost { number: was.number.clone(), child: ChildId(1), was: Box::new(was) });
        }
        let decision = world.decide(&world.scan(number), "17:35");
        assert_eq!(decision.drafts.iter().any(|d| matches!(d.fact, Fact::CameBack { .. })), back, "{shown_is_lost} {number}: {decision:?}");
        assert_eq!(decision.objection.is_some(), !back);
    }
}

/// Days that are set for a card change nothing about who has it; what was found hangs on its hook for good.
#[test]
fn a_last_day_takes_no_card_out_of_a_hand_and_a_find_does() {
    for what in ["until", "found", "arrived anew"] {
        let mut world = World::new();
        world.arrive("453841", "16:30");
        let was = world.register.card(&CardNumber::new("453841")).unwrap().clone();
        match what {
            "until" => {
                let now = Card { until: Some(clock("2026-12-31T00:00").date()), ..was.clone() };
                world.happen("17:00", Fact::CardSet { was: Some(Box::new(was)), now: Box::new(now) });
            }
            "found" => {
                let act = Act::Office(OfficeAct::Cards(caredesk::rules::office::cards::CardsAct::Find(was.number.clone())));
                let decision = decide(world.room(), &Request::Act(act), clock("17:00"));
                assert_eq!(decision.objection, None);
                world.enter(clock("17:00"), decision.drafts);
                assert_eq!(world.register.card(&was.number).unwrap().custody, Custody::Rack);
            }
            _ => {
                world.card("779093", 1, CardState::Live, true);
                let seq = world.day.entries().iter().find(|e| matches!(e.fact, Fact::Arrived { .. })).unwrap().seq;
                world.happen("16:50", Fact::CardSet { was: None, now: Box::new(Card::new(CardNumber::new("159082"), ChildId(1), true)) });
                world.happen("16:52", Fact::Undone { seq, reason: Some("误".into()) });
                world.arrive("159082", "16:53");
            }
        }
        let number = if what == "arrived anew" { "159082" } else { "453841" };
        let decision = world.decide(&given(Some(1))(world.scan(number)), "17:35");
        let released = decision.drafts.iter().any(|d| matches!(d.fact, Fact::Released { .. }));
        assert_eq!(released, what == "until", "{what}: {decision:?}");
    }
}

/// The office ends a record, a bar comes that fits the person, and the office takes its change back.
#[test]
fn taking_back_lists_nobody_past_a_bar_that_came_since() {
    for barred in [true, false] {
        let mut world = World::new();
        let was = world.register.collector(CollectorId(2)).unwrap().clone();
        let now = Collector { right: Right::Ended, ..was.clone() };
        world.happen("16:40", Fact::CollectorSet { was: Some(Box::new(was)), now: Box::new(now) });
        let act = world.day.entries().last().unwrap().act;
        if barred {
            world.list(9, 1, "父亲", Right::Barred);
            world.change_collector(9, |c| (c.name, c.phone) = ("老赵".into(), None));
        }
        let room = Room { keeper: Some(StaffId(3)), ..world.room() };
        let refused = decide(room, &Request::Undo { act, reason: Some("误".into()) }, clock("16:50")).objection;
        assert_eq!(refused, barred.then_some(Objection::LeaderNeeded(ChildId(1))));
    }
}

/// Who was out, or looked for, when the day ended was collected then by the word of the family, not of the desk alone; and a
/// collector without a name gets one with it.
#[test]
fn whoever_was_out_or_missing_was_collected_then_by_the_word_of_the_family() {
    #[derive(Clone, Copy, PartialEq, Debug)]
    enum Left {
        In,
        Out,
        Missing,
    }
    let calls = [
        None,
        Some(said(1, CallResult::Yes)),
        Some(said(2, CallResult::Yes)),
        Some(said(1, CallResult::No)),
        Some(said(1, CallResult::NoAnswer)),
        Some(Vouch::Leader(StaffId(3))),
    ];
    for left in [Left::In, Left::Out, Left::Missing] {
        for comes_again in [false, true] {
            for unnamed in [false, true] {
                for named in [false, true] {
                    for call in calls {
                        let mut world = World::new();
                        world.arrive("453841", "16:30");
                        let taker = CollectorId(2);
                        match left {
                            Left::In => {}
                            Left::Out => {
                                let mut pass = Pass { purpose: Purpose::Outing, ..world.scan("453841") };
                                (pass.answers.go, pass.answers.taker) = (true, Some(CollectorId(1)));
                                (pass.answers.back_by, pass.answers.early) = (time_of_day("17:30"), Some(EarlyReason::Family));
                                let decision = world.decide(&pass, "16:45");
                                assert!(!decision.drafts.is_empty(), "{decision:?}");
                                world.enter(clock("16:45"), decision.drafts);
                            }
                            Left::Missing => world.happen("17:10", Fact::Account(Account::Missed { child: ChildId(1), place: Place::new("field") })),
                        }
                        if unnamed {
                            world.change_collector(2, |c| (c.name, c.relation) = (String::new(), "监护人".into()));
                        }
                        world.day = world.day.next(clock("2026-09-08T00:00").date());
                        world.happen("2026-09-08T16:00", Fact::SignedOn { staff: StaffId(1) });
                        let at = clock("18:10");
                        let mut pass = if comes_again { world.scan("453841") } else { world.shown(Proof::Name) };
                        pass.answers.left_open = Some(if comes_again { LeftOpen::Collected { taker, at } } else { LeftOpen::Settled { taker, at } });
                        pass.answers.call = call;
                        pass.answers.called = named.then(|| Called { collector: taker, name: "陈涛".into(), approver: None });
                        let what = format!("{left:?} {comes_again} {unnamed} {named} {call:?}");
                        let decision = world.decide(&pass, "2026-09-08T16:31");
                        let settled = decision.drafts.iter().any(|d| matches!(d.fact, Fact::Released { ground: Ground::LeftOpen, .. }));
                        let asks = left != Left::In && !comes_again;
                        let word = !asks || call == Some(said(1, CallResult::Yes));
                        assert_eq!(settled, word && (named || !unnamed), "{what}: {decision:?}");
                        let held = decision.drafts.iter().any(|d| matches!(d.fact, Fact::HeldBack { .. }));
                        assert_eq!(held, asks && call == Some(said(1, CallResult::No)), "{what}: {decision:?}");
                        let called = decision.drafts.iter().any(|d| matches!(d.fact, Fact::Called { .. }));
                        assert_eq!(called, held || (settled && asks), "what was said is on record: {what}: {decision:?}");
                        let learned = decision.drafts.iter().any(|d| matches!(&d.fact, Fact::CollectorSet { now, .. } if now.name == "陈涛"));
                        assert_eq!(learned, settled && unnamed, "{what}: {decision:?}");
                    }
                }
            }
        }
    }
}

/// Nor does a no wait for a leader where somebody is barred: nobody is named by it, and the child is held at once. A yes does.
#[test]
fn a_no_about_a_child_of_whom_somebody_is_barred_waits_for_no_leader() {
    for result in CallResult::ALL {
        for before in [false, true] {
            let mut world = World::new();
            world.change_collector(2, |c| c.right = Right::Barred);
            world.arrive("453841", "16:30");
            let (name, phone) = ("周海".to_owned(), "13912345678".to_owned());
            let act = if before {
                let day = clock("12:00").date();
                let named = Collector::new(CollectorId(20), ChildId(1), 5, &name, "朋友", Right::OneDay { day, confirmed: false });
                world.happen("16:35", Fact::CollectorSet { was: None, now: Box::new(Collector { phone: Some(phone), ..named }) });
                Act::CallBack { named: CollectorId(20), call: said(1, result), approver: None }
            } else {
                Act::Authorise {
                    child: ChildId(1), name, relation: "朋友".into(), phone, phrase: None, call: Some(said(1, result)), approver: None
                }
            };
            let decision = decide(world.room(), &Request::Act(act), clock("16:40"));
            let refused = result == CallResult::No;
            assert_eq!(decision.objection.is_none(), refused, "{result:?} {before}: {decision:?}");
            world.enter(clock("16:40"), decision.drafts);
            assert_eq!(world.day.state().child(ChildId(1)).unwrap().held.is_some(), refused, "{result:?} {before}");
            assert!(!takers(world.room(), ChildId(1), clock("16:40").date()).iter().any(|c| c.name == "周海"), "{result:?} {before}");
        }
    }
}

/// Who is barred from a child does not take it off the list of whom to look for by a word: that it came, is back, or is here still. A
/// card that is read does.
#[test]
fn whoever_is_barred_from_a_child_does_not_say_that_it_has_come() {
    for barred in [true, false] {
        let mut world = World::new();
        world.list(9, 1, "叔叔", Right::Barred);
        world.change_collector(9, |c| c.staff = barred.then_some(StaffId(1)));
        let no = |objection: Option<Objection>, what: &str| assert_eq!(objection == Some(Objection::WrongStaff), barred, "{what}: {objection:?}");
        for proof in [Proof::Name, Proof::Escort("周老师".into())] {
            no(world.decide(&Pass::new(ChildId(1), proof), "16:30").objection, "came");
        }
        let card = world.scan("453841");
        assert_eq!(world.decide(&card, "16:30").objection, None, "its card takes it in");
        world.arrive("453841", "16:30");
        let out = Fact::SteppedOut {
            child: ChildId(1),
            taker: CollectorId(1),
            back_by: time_of_day("17:30"),
            ground: Some(Ground::Card { number: CardNumber::new("453841") }),
            early: None,
            late: None,
        };
        world.happen("16:50", out);
        no(world.decide(&Pass::new(ChildId(1), Proof::Name), "17:20").objection, "back");
        // The next day nobody has said yet that it is still here.
        let mut world = World::new();
        world.list(9, 1, "叔叔", Right::Barred);
        world.change_collector(9, |c| c.staff = barred.then_some(StaffId(1)));
        world.arrive("453841", "16:30");
        let tomorrow = clock("12:00").date().succ_opt().unwrap();
        world.day = world.day.next(tomorrow);
        let at = |time: &str| clock(time).plus_seconds(86_400);
        for id in [2, 1] {
            world.enter(at("16:20"), vec![Fact::SignedOn { staff: StaffId(id) }.into()]);
        }
        let mut pass = world.scan("453841");
        pass.answers.left_open = Some(LeftOpen::StillHere);
        let decision = decide(world.room(), &Request::Passes(vec![pass]), at("16:30"));
        let said = decision.drafts.iter().any(|d| matches!(d.fact, Fact::Account(Account::StillHere { .. })));
        assert_eq!(said, !barred, "{decision:?}");
    }
}
