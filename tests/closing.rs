//! The end of the day as the clock sees it: twenty-four hours of idling, a machine that slept, a clock that was set, a
//! restart. Nobody is ever released by any of them (F062, I10), and the desk reminds of each thing once.
#![allow(clippy::unwrap_used, clippy::wildcard_enum_match_arm, clippy::similar_names)]

use std::path::Path;

use caredesk::desk::appearance::Appearance;
use caredesk::desk::said::Notice;
use caredesk::desk::{Msg, update};
use caredesk::domain::closing::Outcome;
use caredesk::domain::day::Presence;
use caredesk::domain::settings::{Place, Settings};
use caredesk::domain::time::{Moment, time_of_day};
use caredesk::rules::closing::{self, Alarm, Stage};
use caredesk::rules::groups::expected_back;
use caredesk::shell::clock::Clock;
use caredesk::shell::line;
use caredesk::shell::practice::{Plan, furnish, practice_day, settings};
use caredesk::shell::session::{Session, Setup};
use caredesk::store::{Kind, Store};
use caredesk::texts::Lang;

fn setup() -> Setup {
    Setup { settings: settings(Settings::default()), desk: "practice".to_owned(), lang: Lang::Zh, practice: true, appearance: Appearance::default() }
}

/// The lived-in room at 17:40: sixteen are here, three of them on the field, two in the reading corner.
fn desk() -> Session {
    let start = practice_day(time_of_day("17:40").unwrap());
    let mut store = Store::memory().unwrap();
    furnish(&mut store, Plan { start, lived_in: true, children: None, seed: 1 }).unwrap();
    Session::start(store, Clock::simulated(start, 0.001), setup()).unwrap()
}

fn say(desk: &mut Session, text: &str) -> String {
    serde_json::to_value(line::answer(desk, Some(text.to_owned()))).unwrap()["say"].as_str().unwrap().to_owned()
}

/// Lets time pass to a moment: nothing may be asked of the outside.
fn pass(desk: &mut Session, to: Moment) {
    assert_eq!(update(&mut desk.model, Msg::Tick, to), [], "time alone records nothing");
}

fn alarms(desk: &Session) -> Vec<(String, &'static str)> {
    let kind = |alarm: &Alarm| match alarm {
        Alarm::NotCome(_) => "not come",
        Alarm::Soon(_) => "soon",
        Alarm::Ended(_) => "ended",
        Alarm::CallAgain(_) => "call again",
        Alarm::NotBack(_) => "not back",
        Alarm::TellLeader(_) => "leader",
        Alarm::Decide(_) => "decide",
    };
    desk.model.notices.iter().filter_map(|(at, n)| if let Notice::Alarm(a) = n { Some((at.hhmm(), kind(a))) } else { None }).collect()
}

#[test]
fn twenty_four_hours_of_idling_change_nothing() {
    let mut desk = desk();
    let (head, inside) = (desk.model.head, desk.model.day.state().open_visits());
    let mut now = desk.model.now;
    for _ in 0..24 * 60 * 4 {
        now = now.plus_seconds(15);
        pass(&mut desk, now);
        assert_eq!(desk.model.counts().inside, 16, "{}", now.hhmmss());
    }
    assert_eq!(desk.model.head, head);
    assert_eq!(desk.model.day.state().open_visits(), inside, "every stay goes on as it was");
    let want = [("17:50", "soon"), ("18:00", "ended"), ("18:20", "leader"), ("18:30", "decide"), ("16:45", "not come")];
    let want: Vec<(String, &str)> = want.into_iter().map(|(at, what)| (at.to_owned(), what)).collect();
    assert_eq!(alarms(&desk), want, "each once, at its minute");
}

#[test]
fn a_machine_that_slept_is_right_at_the_next_second() {
    let mut desk = desk();
    let end = desk.model.now.at_time(time_of_day("18:31").unwrap());
    pass(&mut desk, end);
    let times: Vec<&str> = alarms(&desk).into_iter().map(|(_, what)| what).collect();
    assert_eq!(times, ["soon", "ended", "leader", "decide"], "what was slept through is said, in its order");
    assert_eq!(closing::stage(desk.model.room(), desk.model.now), Stage::Over);
    assert_eq!(desk.model.counts().inside, 16);
}

#[test]
fn a_clock_that_is_set_back_and_forth_rings_nothing_twice_and_releases_nobody() {
    let mut desk = desk();
    let at = |desk: &Session, time: &str| desk.model.now.at_time(time_of_day(time).unwrap());
    for time in ["18:05", "17:30", "18:05", "17:55", "18:06"] {
        let to = at(&desk, time);
        pass(&mut desk, to);
        assert_eq!(desk.model.counts().inside, 16, "{time}");
    }
    let whats: Vec<&str> = alarms(&desk).into_iter().map(|(_, what)| what).collect();
    assert_eq!(whats, ["soon", "ended"]);
}

fn restart(dir: &Path, at: &str) -> Session {
    let start = practice_day(time_of_day(at).unwrap());
    let mut store = Store::open(dir, Kind::Practice, true).unwrap();
    if store.load(start).unwrap().head.0 == 0 {
        furnish(&mut store, Plan { start: practice_day(time_of_day("17:40").unwrap()), lived_in: true, children: None, seed: 1 }).unwrap();
    }
    Session::start(store, Clock::simulated(start, 0.001), setup()).unwrap()
}

#[test]
fn a_restart_after_the_end_knows_who_is_left_whom_to_call_and_what_was_promised() {
    let dir = tempfile::tempdir().unwrap();
    let mut desk = restart(dir.path(), "18:02");
    for text in [".5", "1", "1", "1820"] {
        say(&mut desk, text);
    }
    let inside = desk.model.counts().inside;
    drop(desk);
    let mut desk = restart(dir.path(), "18:24");
    assert_eq!(desk.model.counts().inside, inside, "nobody is released by a restart");
    let (title, lines) = caredesk::wording::Words::of(&desk.model).left_panel();
    assert!(title.contains("16") && lines.iter().any(|l| l.text.contains("18:20 来")), "{title}");
    let to = desk.model.now.at_time(time_of_day("18:25").unwrap());
    pass(&mut desk, to);
    // What fell due while it was down is said at the start; then five minutes after what was promised.
    assert_eq!(alarms(&desk), [("18:20".to_owned(), "leader"), ("18:25".to_owned(), "call again")]);
}

#[test]
fn when_to_call_again() {
    let desk = desk();
    let room = desk.model.room();
    for (now, outcome, want) in [
        ("18:06", Outcome::NoAnswer, Some("18:10")),
        ("18:07", Outcome::NoAnswer, Some("18:10")),
        ("18:08", Outcome::NoAnswer, Some("18:15")),
        ("18:10", Outcome::NoAnswer, Some("18:15")),
        ("16:48", Outcome::Promised { by: time_of_day("16:58").unwrap(), note: None }, Some("17:03")),
        ("18:15", Outcome::Promised { by: time_of_day("18:35").unwrap(), note: None }, Some("18:40")),
        ("18:06", Outcome::WrongNumber, None),
    ] {
        let now = desk.model.now.at_time(time_of_day(now).unwrap());
        let again = closing::again(room, &outcome, now).map(Moment::hhmm);
        assert_eq!(again.as_deref(), want, "{} {outcome:?}", now.hhmm());
    }
}

#[test]
fn where_the_day_stands() {
    let desk = desk();
    for (time, want) in [
        ("2026-09-07T16:29:59", Stage::Running),
        ("2026-09-07T17:49:59", Stage::Running),
        ("2026-09-07T17:50:00", Stage::Soon),
        ("2026-09-07T17:59:59", Stage::Soon),
        ("2026-09-07T18:00:00", Stage::Over),
        ("2026-09-07T23:59:59", Stage::Over),
        ("2026-09-06T18:00:00", Stage::NoSession),
    ] {
        let now = caredesk::domain::time::moment(time, desk.model.now).unwrap();
        assert_eq!(closing::stage(desk.model.room(), now), want, "{time}");
    }
}

#[test]
fn a_half_day_declared_after_its_own_end_says_at_once_that_it_is_over_and_who_is_here() {
    let mut desk = desk();
    for text in [".校历", "9-7", "2468", "3", "1430", "1715"] {
        say(&mut desk, text);
    }
    assert_eq!(alarms(&desk), [], "nothing before it is entered");
    say(&mut desk, "停电");
    assert_eq!(closing::stage(desk.model.room(), desk.model.now), Stage::Over);
    let whats: Vec<&str> = alarms(&desk).into_iter().map(|(_, what)| what).collect();
    assert_eq!(whats, ["ended", "leader"], "the end and what was due since; not that it is soon");
    let here = desk.model.notices.iter().find_map(|(_, n)| if let Notice::Alarm(Alarm::Ended(who)) = n { Some(who.len()) } else { None });
    assert_eq!(here, Some(16));
    let (title, _) = caredesk::wording::Words::of(&desk.model).left_panel();
    assert!(title.contains("16"), "the board of who is left is up: {title}");
    let later = desk.model.now.at_time(time_of_day("18:31").unwrap());
    pass(&mut desk, later);
    let whats: Vec<&str> = alarms(&desk).into_iter().map(|(_, what)| what).collect();
    assert_eq!(whats, ["ended", "leader", "decide"], "each once");
}

#[test]
fn a_half_day_that_ends_in_a_few_minutes_says_so_at_once_and_rings_at_its_end() {
    let mut desk = desk();
    for text in [".校历", "9-7", "2468", "3", "1430", "1745", "停电"] {
        say(&mut desk, text);
    }
    assert_eq!(closing::stage(desk.model.room(), desk.model.now), Stage::Soon);
    let end = desk.model.now.at_time(time_of_day("17:46").unwrap());
    pass(&mut desk, end);
    let whats: Vec<&str> = alarms(&desk).into_iter().map(|(_, what)| what).collect();
    assert_eq!(whats, ["soon", "ended"]);
}

#[test]
fn a_day_declared_closed_while_children_are_in_still_ends_and_rings() {
    let mut desk = desk();
    for text in [".校历", "9-7", "2468", "1", "台风"] {
        say(&mut desk, text);
    }
    assert!(desk.model.settings.session_on(desk.model.now.date()).is_none(), "it is closed");
    assert_eq!(closing::stage(desk.model.room(), desk.model.now), Stage::Running);
    let end = desk.model.now.at_time(time_of_day("18:01").unwrap());
    pass(&mut desk, end);
    let whats: Vec<&str> = alarms(&desk).into_iter().map(|(_, what)| what).collect();
    assert_eq!(whats, ["soon", "ended"]);
    assert_eq!(desk.model.counts().inside, 16, "nobody is released");
}

#[test]
fn a_promise_in_the_past_an_approver_who_is_no_leader_and_an_end_that_is_none_are_refused() {
    let mut desk = desk();
    say(&mut desk, ".clock 18:02");
    for text in [".5", "1", "1"] {
        say(&mut desk, text);
    }
    let head = desk.model.head;
    assert!(say(&mut desk, "1750").contains("时间已过"));
    say(&mut desk, "esc");
    for text in [".5", "延时", "", ""] {
        say(&mut desk, text);
    }
    assert!(say(&mut desk, "1730").contains("PIN"), "the time is checked when all is given");
    let said = say(&mut desk, "2468");
    assert!(said.contains("时间已过"), "{said}");
    let kinds: Vec<&str> = desk.model.day.entries().iter().filter(|e| e.seq > head).map(|e| e.fact.kind()).collect();
    assert_eq!(kinds, ["pin_tried", "pin_proved"], "nothing but the PIN was recorded");
}

#[test]
fn the_last_children_wait_with_the_guard_and_still_count_as_here() {
    let mut desk = desk();
    say(&mut desk, ".clock 18:30");
    say(&mut desk, "1");
    let said = say(&mut desk, "老周");
    assert!(said.contains("移交门卫 老周"), "{said}");
    assert_eq!(desk.model.counts().inside, 16);
    // Who is still away with a group is not at the gate: it is asked about as before.
    let away = desk.model.day.state().groups().open().map(|g| expected_back(desk.model.day.state(), g).len()).sum::<usize>();
    assert_eq!((away, closing::undecided(desk.model.room(), desk.model.now).len()), (5, 5));
    let said = say(&mut desk, "598728");
    assert!(said.contains("在图书角"), "{said}");
    say(&mut desk, "esc");
    let there = closing::here(desk.model.room(), desk.model.now).into_iter();
    let guarded = |id| matches!(desk.model.day.state().presence(id), Presence::In(visit) if visit.place == Place::new(Place::GUARD));
    assert_eq!(there.filter(|id| guarded(*id)).count(), 11);
}

/// What fell due while nobody ran the desk rings at its start: once the power is back, and never twice in one run.
#[test]
fn what_fell_due_while_the_desk_was_down_rings_at_the_start() {
    for (back, rings) in
        [("17:43", &[][..]), ("17:52", &[("17:50", "soon")]), ("18:02", &[("17:50", "soon"), ("18:00", "ended"), ("18:00", "not back")])]
    {
        let dir = tempfile::tempdir().unwrap();
        let mut desk = restart(dir.path(), "17:42");
        for text in ["陈一诺", "暂离", "持卡未刷", "1", "1755"] {
            say(&mut desk, text);
        }
        assert_eq!(closing::outside(desk.model.room()).len(), 1);
        drop(desk);
        let mut desk = restart(dir.path(), back);
        let mut rung = alarms(&desk);
        rung.sort();
        let rings: Vec<(String, &str)> = rings.iter().map(|(at, what)| ((*at).to_owned(), *what)).collect();
        assert_eq!(rung, rings, "{back}");
        let later = desk.model.now.plus_seconds(30);
        pass(&mut desk, later);
        assert_eq!(alarms(&desk).len(), rings.len(), "{back}: once");
    }
}

/// Who comes back onto a list by an undo, after its time, is said at once.
#[test]
fn what_an_undo_makes_due_rings_at_once() {
    let mut desk = desk();
    for text in [".clock 17:44", "陈一诺", "暂离", "持卡未刷", "1", "1750", ".clock 17:48", "453841"] {
        say(&mut desk, text);
    }
    assert_eq!(closing::outside(desk.model.room()).len(), 0, "{:?}", desk.model.said);
    say(&mut desk, ".clock 17:57");
    assert!(alarms(&desk).iter().all(|(_, what)| *what != "not back"));
    for text in [".undo", "1"] {
        say(&mut desk, text);
    }
    assert_eq!(closing::outside(desk.model.room()).len(), 1, "{:?}", desk.model.said);
    assert_eq!(alarms(&desk).iter().filter(|(_, what)| *what == "not back").count(), 1, "{:?}", desk.model.notices);
}

/// An outing that is entered late, and whose time has passed by then, rings at once: its time does not come any more.
#[test]
fn an_outing_that_is_overdue_when_it_is_entered_rings_at_once() {
    for (until, rings) in [("1750", true), ("1830", false)] {
        let mut desk = desk();
        say(&mut desk, ".clock 17:55");
        // 吴昊天 reads in the corner, and was fetched there at 17:20 for a while.
        for text in ["wht", "暂离", "598728", "2", "1720", "1", "1", until] {
            say(&mut desk, text);
        }
        assert_eq!(closing::outside(desk.model.room()).len(), 1, "{:?}", desk.model.said);
        assert_eq!(alarms(&desk).iter().any(|(_, what)| *what == "not back"), rings, "{until}: {:?}", desk.model.notices);
    }
}

/// About whom nobody can be called, for want of a number, is named over the list of numbers.
#[test]
fn a_child_without_a_number_is_named_where_others_are_dialled() {
    for silent in [false, true] {
        let mut desk = desk();
        say(&mut desk, ".clock 17:52");
        if silent {
            let child = desk.model.register.children().find(|c| c.name == "陈一诺").unwrap().id;
            for person in desk.model.register.collectors(child).cloned().collect::<Vec<_>>() {
                let (seq, now) = (caredesk::domain::fact::Seq(desk.model.head.0 + 1), desk.model.now);
                let fact = caredesk::domain::fact::Fact::CollectorSet {
                    was: Some(Box::new(person.clone())),
                    now: Box::new(caredesk::domain::people::Collector { phone: None, ..person }),
                };
                let (day, desk_name) = (now.date(), "other".into());
                let entry = caredesk::domain::fact::Entry { seq, act: seq, day, at: now, entered_at: now, desk: desk_name, staff: None, fact };
                update(&mut desk.model, Msg::News(vec![entry]), now);
            }
        }
        let now = desk.model.now;
        update(&mut desk.model, Msg::Line { text: ".5".into(), how: caredesk::desk::How::Scanned }, now);
        let prompt = caredesk::wording::Words::of(&desk.model).call_prompt();
        assert_eq!(prompt.contains("没有能拨的号码") && prompt.contains("陈一诺"), silent, "{prompt}");
    }
}

/// What it is, what is typed, what then, what the board says, whether it is amber.
type Board = (&'static str, &'static [&'static str], &'static [&'static str], &'static str, bool);

/// Types a line; `@words` is the number of the choice that was offered in these words.
fn pick(desk: &mut Session, text: &str, before: &str) -> String {
    let number = text.strip_prefix('@').map(|words| {
        let choice = before.split("  ").find(|choice| choice.contains(words)).unwrap_or_else(|| panic!("{words}: {before}"));
        choice.split(' ').next().unwrap().to_owned()
    });
    say(desk, number.as_deref().unwrap_or(text))
}

/// What the last board says of a child, and in which colour, is what was said about the matter as it stands: a promise of an
/// earlier stay, or about an outing that is over, is none.
#[test]
fn the_last_board_says_what_was_promised_in_this_matter() {
    let promised: &[&str] = &[".clock 18:02", ".5", "@陈一诺 母亲", "1", "1820"];
    let out: &[&str] = &[".clock 17:44", "陈一诺", "暂离", "持卡未刷", "1", "1755", ".clock 18:02", ".5", "@陈一诺 母亲", "1", "1830"];
    let cases: [Board; 7] = [
        ("nobody was called", &[".clock 18:02"], &[], "未联系", true),
        ("a promise", promised, &[], "18:20 来", false),
        ("a promise that has passed", promised, &[".clock 18:26"], "18:20 来", true),
        ("another who was not reached", promised, &[".5", "@陈一诺 父亲", "2"], "18:20 来 · 18:02 父亲未接", false),
        ("a promise, and here once more", promised, &["453841", "1", "", ".clock 18:06", "453841", "1"], "未联系", true),
        ("a promise while it is out past its time", out, &[], "18:30 来", true),
        ("a promise while it was out", out, &["453841"], "未联系", true),
    ];
    for (what, before, then, said, amber) in cases {
        let mut desk = desk();
        let mut answers = vec![String::new()];
        for text in before.iter().chain(then) {
            let answer = pick(&mut desk, text, answers.last().unwrap());
            answers.push(answer);
        }
        let (_, lines) = caredesk::wording::Words::of(&desk.model).left_panel();
        let line = lines.iter().find(|l| l.text.contains("陈一诺")).unwrap_or_else(|| panic!("{what}: {answers:?} {lines:?}"));
        assert!(line.text.contains(said), "{what}: {line:?} {:?}", &answers[answers.len() - 3..]);
        assert_eq!(line.severity.is_some(), amber, "{what}: {line:?} {answers:?}");
    }
}
