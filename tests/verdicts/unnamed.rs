//! Whom the school listed as a guardian or by a number alone is asked for a name before the first child goes: the name is a naming,
//! held against the bars, and is entered with the release.

use caredesk::domain::fact::{Account, Agreed, Incident};
use caredesk::domain::likeness::{Described, is_own_name, is_unnamed};
use caredesk::rules::collect::takers;
use caredesk::rules::unnamed::Called;

use super::*;

/// Name and relation of somebody whom nobody knows.
const NOBODY_KNOWN: [(&str, &str); 12] = [
    ("", "监护人"),
    ("", "家长"),
    ("", ""),
    ("监护人", "监护人"),
    ("家长", ""),
    ("學生家長", "監護人"),
    ("", "Guardian"),
    ("Parent", "guardian"),
    ("13800138000", "监护人"),
    ("（监护人）", ""),
    ("", "亲属"),
    ("", "其他"),
];

/// Of whom something is known.
const KNOWN: [(&str, &str); 8] =
    [("王芳", "监护人"), ("", "母亲"), ("", "爸爸"), ("", "姑姑"), ("妈妈", "监护人"), ("Mary Li", "guardian"), ("王女士", "家长"), ("", "外婆")];

fn own(name: &str) -> Described<'_> {
    Described { name, ..Described::default() }
}

/// Child 1 with one collector of this name and relation, and another if `two`; 赵强 is barred if `restricted`. Child 2 is its sibling
/// with the same person on its list.
fn family((name, relation): (&str, &str), two: bool, restricted: bool) -> World {
    let mut world = World::new();
    world.change(2, |c| (c.household, c.grade) = (HouseholdId(1), 4));
    for id in [1, 3] {
        world.change_collector(id, |c| {
            (c.name, c.relation, c.phone) = (name.into(), relation.into(), Some("13900000055".into()));
        });
    }
    for id in [2, 4] {
        world.change_collector(id, |c| {
            (c.name, c.relation) = ("陈涛".into(), "父亲".into());
            c.right = if two { c.right } else { Right::Ended };
        });
    }
    if restricted {
        world.list(9, 1, "伯父", Right::Barred);
        world.change_collector(9, |c| (c.name, c.phone) = ("赵强".into(), Some("13900000077".into())));
    }
    world.arrive("453841", "16:30");
    world.arrive("693691", "16:30");
    world
}

fn called(collector: i64, name: &str, approver: Option<i64>) -> Called {
    Called { collector: CollectorId(collector), name: name.into(), approver: approver.map(StaffId) }
}

fn releases(decision: &Decision) -> usize {
    decision.drafts.iter().filter(|d| matches!(d.fact, Fact::Released { .. } | Fact::SteppedOut { .. })).count()
}

#[test]
fn who_is_known_by_nothing_is_unnamed_and_others_are_not() {
    for (name, relation) in NOBODY_KNOWN {
        assert!(is_unnamed(Described { name, relation, ..Described::default() }), "{name} {relation}");
    }
    for (name, relation) in KNOWN {
        assert!(!is_unnamed(Described { name, relation, ..Described::default() }), "{name} {relation}");
    }
    assert!(!is_unnamed(Described { relation: "监护人", staff: Some(StaffId(1)), ..Described::default() }), "a member of staff is known");
}

/// Whatever the words, the list, the scan, the bar and what was pressed: nobody goes with somebody without a name.
#[test]
fn nobody_goes_with_somebody_whose_name_nobody_knows() {
    for who in NOBODY_KNOWN.into_iter().chain(KNOWN) {
        for (two, restricted, scan, go, taken, outing) in (0..64_u8).map(|n| {
            let on = |bit: u8| n & (1 << bit) != 0;
            (on(0), on(1), on(2), on(3), on(4), on(5))
        }) {
            let mut world = family(who, two, restricted);
            // Where somebody is barred, whoever has no name of his own is asked too.
            let unnamed = NOBODY_KNOWN.contains(&who) || (restricted && !is_own_name(who.0, "童甲"));
            world.settings.release_on = if scan { ReleaseOn::Scan } else { ReleaseOn::Enter };
            let mut pass = world.scan("453841");
            (pass.answers.go, pass.answers.taker) = (go, taken.then_some(CollectorId(1)));
            if outing {
                (pass.purpose, pass.answers.back_by) = (Purpose::Outing, time_of_day("17:50"));
            }
            let decision = world.decide(&pass, "17:30");
            let case = format!("{who:?} two {two} restricted {restricted} scan {scan} go {go} taken {taken} outing {outing}: {decision:?}");
            assert_eq!(decision.objection, None, "{case}");
            if !unnamed {
                assert_ne!(decision.verdicts[0].1, Verdict::Unnamed { collector: CollectorId(1) }, "{case}");
                continue;
            }
            assert_eq!(releases(&decision), 0, "{case}");
            let asked = decision.verdicts[0].1 == Verdict::Unnamed { collector: CollectorId(1) };
            assert_eq!(asked, taken || (!restricted && (go || !two)), "{case}");
            // With the name it is entered in the same act as the release; for a restricted child a leader agrees.
            pass.answers.taker = Some(CollectorId(1));
            pass.answers.go = true;
            pass.answers.called = Some(called(1, "王芳", None));
            let decision = world.decide(&pass, "17:30");
            if restricted {
                assert_eq!((decision.objection, decision.drafts.len()), (Some(Objection::LeaderNeeded(ChildId(1))), 0), "{case}");
                for (approver, objection) in [(1, Some(Objection::WrongStaff)), (3, None)] {
                    pass.answers.called = Some(called(1, "王芳", Some(approver)));
                    assert_eq!(world.decide(&pass, "17:30").objection, objection, "{case}");
                }
            }
            let decision = world.decide(&pass, "17:30");
            assert_eq!((releases(&decision), &decision.objection), (1, &None), "{case} {decision:?}");
            let agreed = Fact::Account(Account::LeaderAgreed { child: ChildId(1), leader: StaffId(3), to: Agreed::Naming });
            assert_eq!(decision.drafts.iter().any(|d| d.fact == agreed), restricted, "{case}");
            world.enter(clock("17:30"), decision.drafts);
            let now = world.register.collector(CollectorId(1)).unwrap();
            assert_eq!((now.name.as_str(), now.relation.as_str(), now.right), ("王芳", who.1, Right::Standing), "{case}");
            // And nobody asks again.
            assert!(!is_unnamed(now.into()), "{case}");
        }
    }
}

#[test]
fn a_name_that_a_bar_fits_holds_the_child_and_names_no_reason() {
    for (said, held) in [("赵强", true), ("趙 強", true), ("Zhao Qiang", true), ("王芳", false)] {
        let mut world = family(("", "监护人"), true, true);
        let mut pass = world.scan("453841");
        (pass.answers.taker, pass.answers.go, pass.answers.called) = (Some(CollectorId(1)), true, Some(called(1, said, Some(3))));
        let decision = world.decide(&pass, "17:30");
        assert_eq!(releases(&decision), usize::from(!held), "{said}");
        if !held {
            continue;
        }
        let facts: Vec<&Fact> = decision.drafts.iter().map(|d| &d.fact).collect();
        let stopped = Fact::Account(Account::Incident { child: ChildId(1), kind: Incident::NamingStopped });
        assert_eq!(facts, [&stopped, &Fact::HeldBack { child: ChildId(1) }], "{said}");
        assert_eq!(decision.verdicts, [(ChildId(1), Verdict::Hold)], "{said}");
        world.enter(clock("17:30"), decision.drafts);
        assert!(is_unnamed(world.register.collector(CollectorId(1)).unwrap().into()), "nothing is written of the name: {said}");
        pass.answers.called = Some(called(1, "王芳", Some(3)));
        assert_eq!(world.verdict(&pass, "17:31"), Verdict::Hold, "another name opens nothing: {said}");
    }
    // A bar that begins later stops as well: the name stays on the list.
    let mut world = family(("", "监护人"), true, true);
    world.change_collector(9, |c| c.from = Some(day("2026-10-01")));
    let mut pass = world.scan("453841");
    (pass.answers.taker, pass.answers.go, pass.answers.called) = (Some(CollectorId(1)), true, Some(called(1, "赵强", Some(3))));
    assert_eq!(world.verdict(&pass, "17:30"), Verdict::Hold);
}

#[test]
fn siblings_go_with_the_one_person_who_was_called_or_not_at_all() {
    for phone in [Some("13900000055"), None] {
        let mut world = family(("", "监护人"), false, false);
        for id in [1, 3] {
            world.change_collector(id, |c| c.phone = phone.map(str::to_owned));
        }
        let pass = |child: &str, collector: i64, name: &str| {
            let mut pass = world.scan(child);
            (pass.answers.taker, pass.answers.go, pass.answers.called) = (Some(CollectorId(collector)), true, Some(called(collector, name, None)));
            pass
        };
        let both = |names: [&str; 2]| {
            let passes = vec![pass("453841", 1, names[0]), pass("693691", 3, names[1])];
            decide(world.room(), &Request::Passes(passes), clock("17:30"))
        };
        let decision = both(["王芳", "王芳"]);
        assert_eq!(releases(&decision), 2, "{decision:?}");
        assert_eq!(decision.drafts.iter().filter(|d| d.fact.kind() == "collector_set").count(), 2);
    }
    // The bar of one child stops the person for both: the sibling is asked about again.
    let world = family(("", "监护人"), false, true);
    let passes = [("453841", 1), ("693691", 3)].map(|(card, collector)| {
        let mut pass = world.scan(card);
        (pass.answers.taker, pass.answers.go, pass.answers.called) = (Some(CollectorId(collector)), true, Some(called(collector, "赵强", Some(3))));
        pass
    });
    let decision = decide(world.room(), &Request::Passes(passes.to_vec()), clock("17:30"));
    assert_eq!(releases(&decision), 0, "{decision:?}");
    assert_eq!(decision.verdicts, [(ChildId(1), Verdict::Hold), (ChildId(2), Verdict::Unnamed { collector: CollectorId(3) })]);
}

#[test]
fn what_is_no_name_of_their_own_is_not_taken() {
    for name in [
        "",
        "王",
        "监护人",
        "家长",
        "學生家長",
        "妈妈",
        "王妈妈",
        "王女士",
        "李先生",
        "童甲",
        "童甲妈妈",
        "13800138000",
        "王芳13800138000",
        "奶奶",
        "李奶奶",
        "外婆",
        "Mom",
        "Anna's mom",
        "guardian",
        "Grandma",
        "X",
        "1",
        "王老师",
        "继父",
        "父母",
        "Uncle Li",
        "-",
        "王?芳",
    ] {
        assert!(!is_own_name(name, "童甲"), "{name}");
        let world = family(("", "监护人"), false, false);
        let mut pass = world.scan("453841");
        (pass.answers.go, pass.answers.called) = (true, Some(called(1, name, None)));
        let decision = world.decide(&pass, "17:30");
        assert_eq!((releases(&decision), decision.objection.is_some()), (0, true), "{name}");
    }
    for name in ["王芳", "王 芳", "欧阳文静", "阿依古丽·买买提", "Li Na", "Anna O'Neil", "Jean-Luc Martin", "趙強", "José García", "王母娘", "张小妹"]
    {
        assert!(is_own_name(name, "童甲"), "{name}");
    }
    assert!(is_own_name("王子", "王子涵") && !is_own_name("王子涵", "王子涵") && !is_own_name("王子涵家长", "王子涵"));
}

#[test]
fn a_name_that_came_with_a_release_is_taken_back_with_it_by_whom_the_desk_has() {
    for outing in [false, true] {
        for right in [Right::Standing, Right::OneDay { day: clock("12:00").date(), confirmed: true }] {
            let mut world = family(("家长", "监护人"), true, false);
            world.change_collector(1, |c| c.right = right);
            let mut pass = world.scan("453841");
            (pass.answers.taker, pass.answers.go, pass.answers.called) = (Some(CollectorId(1)), true, Some(called(1, "王芳", None)));
            if outing {
                (pass.purpose, pass.answers.back_by) = (Purpose::Outing, time_of_day("17:50"));
            }
            let act = Seq(world.seq + 1);
            world.pass(&pass, "17:30");
            let now = world.register.collector(CollectorId(1)).unwrap().clone();
            let ends = right != Right::Standing && !outing;
            assert_eq!((now.name.as_str(), now.right), ("王芳", if ends { Right::Ended } else { right }), "{outing}");
            let undone = decide(world.room(), &Request::Undo { act, reason: None }, clock("17:31"));
            assert_eq!(undone.objection, None, "{outing} {right:?}");
            world.enter(clock("17:31"), undone.drafts);
            let now = world.register.collector(CollectorId(1)).unwrap().clone();
            assert_eq!((now.name.as_str(), now.right), ("家长", right), "{outing}");
            assert!(matches!(world.day.state().presence(ChildId(1)), caredesk::domain::day::Presence::In(_)));
        }
    }
}

#[test]
fn who_has_no_name_is_barred_by_the_number_as_before() {
    let world = family(("", "监护人"), true, true);
    assert_eq!(takers(world.room(), ChildId(1), clock("12:00").date()).len(), 2);
    let mut world = family(("", "监护人"), true, true);
    world.change_collector(9, |c| c.phone = Some("13900000055".into()));
    assert_eq!(world.takers(1), [2], "one number, and nothing says that it is somebody else");
    assert!(!is_unnamed(own("赵强")));
}

/// The name that is said for somebody who had none is held against who vouched and who witnessed: nobody does either for himself.
#[test]
fn who_is_named_at_the_desk_neither_vouched_nor_witnessed() {
    for (name, second, goes) in [("李文", 2, true), ("林静", 2, false), ("方明", 2, false), ("方明", 3, true)] {
        let mut world = World::new();
        for (id, name) in [(2, "方明"), (3, "何青")] {
            let was = world.register.staff_member(StaffId(id)).unwrap().clone();
            let now = Staff { name: name.into(), ..was.clone() };
            world.happen("16:01", Fact::StaffSet { was: Some(Box::new(was)), now: Box::new(now) });
        }
        world.change_collector(1, |c| (c.name, c.phone) = ("林静".into(), Some("13900000071".into())));
        world.change_collector(2, |c| (c.name, c.relation, c.phone) = (String::new(), "监护人".into(), None));
        world.arrive("453841", "16:30");
        let vouch = said(1, CallResult::Yes);
        let evidence = NoCard { collector: CollectorId(2), id_tail: "0428".into(), vouch, recognised: true, second: StaffId(second) };
        let mut pass = world.shown(Proof::NoCard(evidence));
        assert_eq!(world.verdict(&pass, "17:20"), Verdict::Unnamed { collector: CollectorId(2) });
        pass.answers.called = Some(Called { collector: CollectorId(2), name: name.into(), approver: None });
        pass.answers.go = true;
        let decision = world.decide(&pass, "17:20");
        let released = decision.drafts.iter().any(|d| matches!(d.fact, Fact::Released { .. }));
        assert_eq!(released, goes, "{name} with {second}: {decision:?}");
    }
}
