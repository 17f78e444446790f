//! What was promised is reminded of, whoever was called after it, and until it is broken; a number that was wrong is no call.

use caredesk::domain::closing::{Matter, Outcome};
use caredesk::domain::fact::Account;
use caredesk::rules::closing::{self, AccountAct, Alarm, alarms, numbers, promised, to_call, was_called};
use caredesk::rules::groups::is_in_barred_hands;

use super::*;

/// Calls with what they brought, and when the desk reminds of them.
type Reminded<'a> = (&'a [(&'a str, Outcome)], &'a [&'a str]);
/// What a call is about, and what makes it so.
type State = (Matter, fn(&mut World));

fn until(by: &str) -> Outcome {
    Outcome::Promised { by: time_of_day(by).unwrap(), note: None }
}

/// Calls about child 1, each at its time, as the desk enters them.
fn called(world: &mut World, about: Matter, calls: &[(&str, Outcome)]) {
    for (at, outcome) in calls {
        let act = AccountAct::Chase { child: ChildId(1), collector: CollectorId(1), about, outcome: outcome.clone() };
        let decision = decide(world.room(), &Request::Act(Act::Account(act)), clock(at));
        assert!(!decision.drafts.is_empty(), "{at} {outcome:?}: {decision:?}");
        world.enter(clock(at), decision.drafts);
    }
}

fn again(world: &World, from: &str) -> Vec<String> {
    let all = alarms(world.room(), clock(from), clock("19:30"));
    all.into_iter().filter(|(_, a)| *a == Alarm::CallAgain(ChildId(1))).map(|(at, _)| at.hhmm()).collect()
}

#[test]
fn a_promise_is_reminded_of_whoever_was_called_after_it() {
    use Outcome::{NoAnswer, WrongNumber};
    let cases: [Reminded; 10] = [
        (&[("17:40", until("18:20"))], &["18:25"]),
        (&[("17:40", until("18:20")), ("17:50", WrongNumber)], &["18:25"]),
        (&[("17:40", until("18:20")), ("17:50", NoAnswer)], &["17:55", "18:25"]),
        (&[("17:40", until("18:20")), ("17:50", NoAnswer), ("17:51", WrongNumber)], &["17:55", "18:25"]),
        // Who was tried before the family was reached is not tried again for that.
        (&[("17:40", NoAnswer), ("17:41", until("18:20"))], &["18:25"]),
        // What was said later is what stands.
        (&[("17:40", until("18:20")), ("17:50", until("18:40"))], &["18:45"]),
        (&[("17:40", until("18:40")), ("17:50", until("18:20"))], &["18:25"]),
        // It was broken, and somebody was called since.
        (&[("17:40", until("18:00")), ("18:07", NoAnswer)], &["18:10"]),
        (&[("17:40", NoAnswer), ("17:46", NoAnswer)], &["17:50"]),
        (&[("17:40", WrongNumber)], &[]),
    ];
    for about in [Matter::Pickup, Matter::Arrival] {
        for (calls, rings) in &cases {
            let mut world = World::new();
            world.settings.closing.missing_after = 15;
            if about == Matter::Pickup {
                world.arrive("453841", "16:30");
            }
            called(&mut world, about, calls);
            let last = calls.last().unwrap().0;
            assert_eq!(again(&world, last), *rings, "{about:?} {calls:?}");
            // The next moment that the desk waits for is the first of them that is ahead.
            let first = rings.iter().map(|at| clock(at)).min().filter(|at| at.ms > clock(last).ms);
            let next = closing::next_alarm(world.room(), clock(last));
            assert!(first.is_none_or(|first| next.is_some_and(|next| next.ms <= first.ms)), "{calls:?}");
            let stands = calls.iter().any(|(_, o)| matches!(o, Outcome::Promised { .. })) && !calls.iter().any(|(at, _)| *at == "18:07");
            assert_eq!(promised(world.room(), ChildId(1), about).is_some(), stands, "{calls:?}");
            assert_eq!(was_called(world.room(), ChildId(1), about), calls.iter().any(|(_, o)| *o != WrongNumber), "{calls:?}");
        }
    }
}

#[test]
fn who_was_not_reached_because_the_number_was_wrong_is_still_said_not_to_have_come() {
    for (outcome, named) in [(None, true), (Some(Outcome::WrongNumber), true), (Some(Outcome::NoAnswer), false), (Some(until("17:10")), false)] {
        let mut world = World::new();
        let start = world.settings.session_on(clock("12:00").date()).unwrap().start;
        let due = clock("12:00").at_time(start).plus_seconds(60 * world.settings.closing.missing_after);
        called(&mut world, Matter::Arrival, &outcome.iter().map(|o| ("16:20", o.clone())).collect::<Vec<_>>());
        let rung = alarms(world.room(), due.plus_seconds(-60), due);
        let list = rung.iter().find_map(|(_, a)| if let Alarm::NotCome(list) = a { Some(list.clone()) } else { None }).unwrap_or_default();
        assert_eq!(list.contains(&ChildId(1)), named, "{outcome:?}: {rung:?}");
    }
}

/// A call is entered about what it was made about, or not at all.
#[test]
fn a_call_is_about_what_stood_when_the_number_was_dialled() {
    let call = |about| Request::Act(Act::Account(AccountAct::Chase { child: ChildId(1), collector: CollectorId(1), about, outcome: until("18:40") }));
    let states: [State; 4] = [
        (Matter::Arrival, |_| {}),
        (Matter::Pickup, |w| w.arrive("453841", "16:30")),
        (Matter::Outing, |w| {
            w.arrive("453841", "16:30");
            let mut out = Pass { purpose: Purpose::Outing, ..w.scan("453841") };
            (out.answers.taker, out.answers.back_by) = (Some(CollectorId(1)), time_of_day("17:40"));
            assert!(matches!(w.pass(&out, "17:20"), Verdict::SteppedOut { .. }));
        }),
        (Matter::Missing, |w| {
            w.arrive("453841", "16:30");
            w.happen("17:20", Fact::Account(Account::Missed { child: ChildId(1), place: Place::new("field") }));
        }),
    ];
    for (stands, prepare) in states {
        for (about, _) in states {
            let mut world = World::new();
            prepare(&mut world);
            let decision = decide(world.room(), &call(about), clock("17:45"));
            let refused = decision.objection == Some(Objection::OfAnotherMatter(ChildId(1)));
            assert_eq!((refused, decision.drafts.is_empty()), (about != stands, about != stands), "{stands:?} {about:?}: {decision:?}");
        }
    }
}

/// Who was barred while a child is out with that person is nobody's word: not called first, not believed, and it is told.
#[test]
fn who_was_barred_since_says_nothing_about_a_child_that_is_out_with_them() {
    for barred in [false, true] {
        let mut world = World::new();
        world.arrive("453841", "16:30");
        let mut out = Pass { purpose: Purpose::Outing, ..world.scan("453841") };
        (out.answers.taker, out.answers.back_by) = (Some(CollectorId(2)), time_of_day("17:30"));
        assert!(matches!(world.pass(&out, "17:20"), Verdict::SteppedOut { .. }));
        let call = |at, by| {
            let act = AccountAct::Chase { child: ChildId(1), collector: CollectorId(2), about: Matter::Outing, outcome: until(by) };
            (Request::Act(Act::Account(act)), clock(at))
        };
        let (request, now) = call("17:31", "18:30");
        world.enter(now, decide(world.room(), &request, now).drafts);
        if barred {
            world.change_collector(2, |c| c.right = Right::Barred);
        }
        let room = world.room();
        assert_eq!(is_in_barred_hands(room, ChildId(1)), barred);
        assert_eq!(numbers(room, ChildId(1), clock("17:40")).first().map(|c| c.id), Some(CollectorId(if barred { 1 } else { 2 })));
        let (request, now) = call("17:40", "18:50");
        assert_eq!(decide(room, &request, now).drafts.is_empty(), barred);
        let rung: Vec<Alarm> = alarms(room, clock("17:33"), clock("17:59")).into_iter().map(|(_, a)| a).collect();
        assert_eq!(rung.contains(&Alarm::NotBack(ChildId(1))), barred, "{rung:?}");
        assert!(to_call(room, clock("17:40")).contains(&(ChildId(1), Matter::Outing)));
    }
}

/// A leader who was told of one child was not told of another that is left since.
#[test]
fn a_leader_is_told_of_each_who_is_left() {
    for (about, at, named) in
        [(vec![], "18:02", vec![1, 2]), (vec![1], "18:02", vec![2]), (vec![1, 2], "18:02", vec![]), (vec![1, 2], "17:58", vec![1, 2])]
    {
        let mut world = World::new();
        world.arrive("453841", "16:30");
        world.arrive("693691", "16:31");
        if !about.is_empty() {
            let about = about.iter().map(|id| ChildId(*id)).collect();
            world.happen(at, Fact::Account(Account::LeaderTold { leader: StaffId(3), about }));
        }
        let rung = alarms(world.room(), clock("18:03"), clock("19:00"));
        let told = rung.into_iter().find_map(|(_, a)| if let Alarm::TellLeader(list) = a { Some(list) } else { None }).unwrap_or_default();
        assert_eq!(told.iter().map(|id| id.0).collect::<Vec<_>>(), named, "{about:?} at {at}");
    }
}

/// How the last ones stay is said of those who were in sight; who came back meanwhile is decided about anew.
#[test]
fn how_they_stay_is_said_of_whom_it_was_asked() {
    for (asked, said) in [(vec![1, 2], vec![1, 2]), (vec![1], vec![1]), (vec![], vec![]), (vec![1, 7], vec![1])] {
        let mut world = World::new();
        world.arrive("453841", "16:30");
        world.arrive("693691", "16:31");
        let children = asked.iter().map(|id| ChildId(*id)).collect();
        let act = AccountAct::Stay { children, how: caredesk::domain::closing::Stay::Guard { signed: "老周".into() } };
        let decision = decide(world.room(), &Request::Act(Act::Account(act)), clock("19:31"));
        let stays = decision.drafts.iter().filter(|d| matches!(d.fact, Fact::Account(Account::Stays { .. }))).filter_map(|d| d.fact.child());
        assert_eq!(stays.map(|id| id.0).collect::<Vec<_>>(), said, "{asked:?}: {decision:?}");
    }
}
