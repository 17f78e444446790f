//! A leader sets right what was entered under a wrong time.

use super::*;
use caredesk::desk::Msg;
use caredesk::desk::question::Label;
use caredesk::domain::day::Presence;
use caredesk::domain::fact::{Holder, Means};
use caredesk::domain::people::{ChildId, Collector, CollectorId, Right, Role, Staff, StaffId};
use caredesk::domain::settings::Place;
use caredesk::shell::pin;

const PIN: &str = "835172";

fn arrived(child: ChildId) -> Draft {
    let place = Place::room();
    Fact::Arrived { child, card: None, means: Means::Name, holder: Holder::Nobody, place, despite: None }.into()
}

fn enter(store: &mut Store, drafts: &[Draft], seconds: i64) -> Seq {
    let head = store.head().unwrap();
    let Recorded::Done(entries) = store.record(head, drafts, &stamp(now().plus_seconds(seconds))).unwrap() else { panic!("behind") };
    entries.last().unwrap().seq
}

/// A store with a leader, a teacher on duty and two children, of whom the first came at a right time, a few minutes ago.
fn made(dir: &Path) -> (Store, [ChildId; 2]) {
    let mut store = store_of(dir, -3 * HOUR);
    let staff = |id, role, name: &str| {
        let staff = Staff { pin: Some(pin::hash(PIN).unwrap()), ..Staff::new(StaffId(id), name, role) };
        Draft::from(Fact::StaffSet { was: None, now: Box::new(staff) })
    };
    enter(&mut store, &[staff(1, Role::Leader, "何主任"), staff(2, Role::Duty, "方")], -3 * HOUR);
    let children: Vec<ChildId> =
        entries(dir).iter().filter_map(|e| if let Fact::ChildSet { now, .. } = &e.fact { Some(now.id) } else { None }).collect();
    enter(&mut store, &[Fact::SignedOn { staff: StaffId(2) }.into(), arrived(children[0])], -600);
    (store, [children[0], children[1]])
}

fn is_in(session: &Session, child: ChildId) -> Option<Moment> {
    if let Presence::In(visit) = session.model.day.state().presence(child) { Some(visit.arrived) } else { None }
}

fn left_open(session: &Session, child: ChildId) -> bool {
    session.model.day.state().of_earlier_days().iter().any(|(id, _)| *id == child)
}

fn told(answer: &Value) -> String {
    format!("{} | {}", answer["say"].as_str().unwrap_or_default(), answer["ask"])
}

/// Every step of a clock that somebody answered wrongly, or that nobody was asked about, put right in the run or by the next start.
/// Then a leader sets right what was entered meanwhile.
#[test]
fn whatever_the_clock_did_a_leader_sets_right_what_was_entered_under_it() {
    for (step, off) in [
        ("a year ahead", YEAR),
        ("a year behind", -YEAR),
        ("battery flat", -26 * YEAR),
        ("a day ahead", DAY),
        ("a day behind", -DAY),
        ("an hour ahead", HOUR),
        ("an hour behind", -HOUR),
    ] {
        for in_run in [true, false] {
            let name = format!("{step}, in the run {in_run}");
            let dir = tempfile::tempdir().unwrap();
            let (mut store, [one, other]) = made(dir.path());
            // Somebody said it was as late as the wrong clock showed.
            enter(&mut store, &[Fact::ClockSet { wall: now(), counted: None }.into()], off - 300);
            let wrong = enter(&mut store, &[arrived(other)], off - 240);
            store.close().unwrap();
            let clock = if in_run {
                let counted = now().plus_seconds(off);
                Clock::Counted { base: counted, wall: counted, since: Tick::now() }
            } else {
                Clock::Wall
            };
            let mut session = desk(Store::open(dir.path(), Kind::Real, false).unwrap(), clock);
            let mut said = String::new();
            // A year behind, the right clock stands long after the last entry.
            let long_after = off < -70 * DAY;
            let asked = in_run || off > 0 || long_after;
            if asked {
                session.send(Msg::Tick);
                session.model.is_in_sight(); // a frame
                let answer = say(&mut session, "1");
                said = notices(&answer);
                assert_eq!(recorded(&answer), 1, "{name}: {answer}");
            }
            assert_eq!(said.contains(".改时"), asked && (in_run || off > 0), "{name}: {said}");
            assert_eq!(session.model.day.date(), now().date(), "{name}");
            assert!(is_in(&session, other).is_none_or(|at| (at.ms - now().ms).abs() > 50 * 60_000), "{name}: it stands under the wrong time");
            let answer = say(&mut session, ".改时");
            assert!(told(&answer).contains("哪一段"), "{name}: {answer}");
            // The run that ends with the entry under the wrong time; where nobody set the clock, the right one goes on after it.
            let choices = session.model.question().unwrap().choices;
            let holds = |label: &Label| matches!(label, Label::Stretch(s) if s.from <= wrong && wrong <= s.to);
            let n = choices.iter().find(|c| holds(&c.label)).unwrap_or_else(|| panic!("{name}")).n;
            say(&mut session, &n.to_string());
            let day = now().plus_seconds(-300);
            say(&mut session, &day.date().to_string());
            say(&mut session, &day.hhmmss());
            let answer = say(&mut session, "主板电池没电");
            assert!(told(&answer).contains("PIN"), "{name}: {answer}");
            let before = entries(dir.path()).len();
            say(&mut session, "111111");
            assert!(entries(dir.path()).iter().all(|e| !matches!(e.fact, Fact::Redated { .. })), "{name}: not without the PIN");
            let answer = say(&mut session, PIN);
            assert!(told(&answer).contains("已改时"), "{name}: {answer}");
            let all = entries(dir.path());
            let said = all.iter().find(|e| matches!(e.fact, Fact::Redated { .. })).unwrap();
            assert!(usize::try_from(said.seq.0).unwrap() > before && (said.entered_at.ms - now().ms).abs() < 60_000, "{name}");
            // Now both are here, each since it came, on today's day, and nobody was let go.
            for (child, seconds) in [(one, -600), (other, -240)] {
                let arrived = is_in(&session, child).unwrap_or_else(|| panic!("{name}"));
                assert!((arrived.ms - now().plus_seconds(seconds).ms).abs() < 60_000, "{name}: {arrived:?}");
                assert!(!left_open(&session, child) || arrived.date() < now().date(), "{name}");
            }
            assert!(all.iter().all(|e| !matches!(e.fact, Fact::Released { .. })), "{name}");
            let today = now().plus_seconds(-660).date() == now().date();
            assert!(session.model.room().actor().is_some() || !today, "{name}: who signed on today is on duty");
            let history = Store::open_read_only(dir.path()).unwrap().history_of(other).unwrap();
            let kept = history.written[&wrong];
            assert!((kept.ms - now().plus_seconds(off - 240).ms).abs() < 60_000, "{name}: both times are kept");
            session.close();
            let store = Store::open(dir.path(), Kind::Real, false).unwrap();
            assert_eq!(store.verify().problems, [], "{name}");
            let loaded = store.load(now()).unwrap();
            assert!(matches!(loaded.day.state().presence(other), Presence::In(_)), "{name}");
        }
    }
}

#[test]
fn enter_takes_what_the_desk_had_counted() {
    let dir = tempfile::tempdir().unwrap();
    let (mut store, [_, other]) = made(dir.path());
    enter(&mut store, &[Fact::ClockSet { wall: now(), counted: None }.into()], DAY + 37 * 60);
    enter(&mut store, &[arrived(other)], DAY + 38 * 60);
    let counted = now().plus_seconds(DAY + 40 * 60);
    let mut session = desk(store, Clock::Counted { base: counted, wall: counted, since: Tick::now() });
    session.send(Msg::Tick);
    session.model.is_in_sight();
    say(&mut session, "1");
    say(&mut session, ".redate");
    for line in ["2", "", "", "时间调错了", PIN] {
        say(&mut session, line);
    }
    let arrived = is_in(&session, other).unwrap();
    assert!((arrived.ms - now().plus_seconds(-120).ms).abs() < 30_000, "{arrived:?}");
}

#[test]
fn who_was_named_for_a_day_that_is_still_to_come_is_named_anew() {
    let dir = tempfile::tempdir().unwrap();
    let (mut store, [_, other]) = made(dir.path());
    let named = |id, seconds| {
        let right = Right::OneDay { day: now().plus_seconds(seconds).date(), confirmed: true };
        let named = Collector::new(CollectorId(id), other, 9, "林晓", "姑姑", right);
        Draft::from(Fact::CollectorSet { was: None, now: Box::new(named) })
    };
    enter(&mut store, &[named(901, 0)], -500);
    enter(&mut store, &[Fact::ClockSet { wall: now(), counted: None }.into()], DAY);
    enter(&mut store, &[named(902, DAY)], DAY + 60);
    let mut session = desk(store, Clock::Wall);
    for line in ["1", ".改时", "2", "", &now().plus_seconds(-120).hhmmss(), "调错了", PIN] {
        say(&mut session, line);
    }
    let right = |id| session.model.register.collector(CollectorId(id)).unwrap().right;
    assert_eq!(right(902), Right::Ended);
    assert_eq!(right(901), Right::OneDay { day: now().date(), confirmed: true });
}

#[test]
fn a_time_that_does_not_fit_is_refused_with_one_sentence() {
    let dir = tempfile::tempdir().unwrap();
    let (mut store, [_, other]) = made(dir.path());
    enter(&mut store, &[arrived(other)], DAY);
    let mut session = desk(store, Clock::Wall);
    say(&mut session, "1");
    for (made, sentence) in [(-700, "早于前一条记录"), (3600, "将来"), (DAY, "没有改动")] {
        let made = if made == DAY {
            entries(dir.path()).iter().find(|e| e.fact.child() == Some(other) && matches!(e.fact, Fact::Arrived { .. })).unwrap().at
        } else {
            now().plus_seconds(made)
        };
        say(&mut session, ".改时");
        for line in ["2", &made.date().to_string(), &made.hhmmss(), "x"] {
            say(&mut session, line);
        }
        let answer = say(&mut session, PIN);
        let same = sentence == "没有改动" && told(&answer).contains("将来"); // the milliseconds of the typed second
        assert!(told(&answer).contains(sentence) || same, "{made:?}: {answer}");
        assert!(entries(dir.path()).iter().all(|e| !matches!(e.fact, Fact::Redated { .. })));
    }
    assert_eq!(is_in(&session, other).map(Moment::date), Some(now().plus_seconds(DAY).date()));
}

#[test]
fn a_desk_beside_it_reads_the_day_anew() {
    let dir = tempfile::tempdir().unwrap();
    let (mut store, [_, other]) = made(dir.path());
    enter(&mut store, &[Fact::ClockSet { wall: now(), counted: None }.into()], -DAY - 300);
    enter(&mut store, &[arrived(other)], -DAY - 240);
    let mut one = desk(store, Clock::Wall);
    let mut two = desk(Store::open(dir.path(), Kind::Real, false).unwrap(), Clock::Wall);
    assert!(left_open(&two, other), "the wrong clock made it yesterday's");
    for line in [".改时", "1", &now().plus_seconds(-300).date().to_string(), &now().plus_seconds(-300).hhmmss(), "慢了一天", PIN] {
        say(&mut one, line);
    }
    two.catch_up();
    for desk in [&one, &two] {
        let arrived = is_in(desk, other).unwrap();
        assert!((arrived.ms - now().plus_seconds(-240).ms).abs() < 60_000, "{arrived:?}");
        assert_eq!(left_open(desk, other), arrived.date() < now().date());
    }
}
