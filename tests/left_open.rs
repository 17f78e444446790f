//! Who was left open on an earlier day is red, dated and first, wherever children are listed, and counted apart from today's:
//! after a midnight, after a weekend, after a restart (`LEFT_OPEN`, F062, I10). It is settled by card, by name and by back-fill.
#![allow(clippy::unwrap_used, clippy::wildcard_enum_match_arm, clippy::similar_names)]

use std::path::Path;

use caredesk::desk::appearance::Appearance;
use caredesk::desk::roster::Standing;
use caredesk::domain::day::Presence;
use caredesk::domain::fact::{Fact, Ground};
use caredesk::domain::people::ChildId;
use caredesk::domain::settings::Settings;
use caredesk::domain::time::{moment, time_of_day};
use caredesk::rules::verdict::Severity;
use caredesk::shell::clock::Clock;
use caredesk::shell::line;
use caredesk::shell::practice::{Plan, furnish, practice_day, settings};
use caredesk::shell::session::{Session, Setup};
use caredesk::shell::status::Report;
use caredesk::store::{Kind, Store};
use caredesk::texts::Lang;
use caredesk::wording::Words;
use serde_json::Value;

/// 王子涵, whose card is 159082, and 陈一诺.
const WZH: &str = "159082";
const CYN: &str = "453841";

fn open(dir: &Path, at: &str, lang: Lang) -> Session {
    let start = practice_day(time_of_day("16:20").unwrap());
    let mut store = Store::open(dir, Kind::Practice, true).unwrap();
    if store.load(start).unwrap().head.0 == 0 {
        furnish(&mut store, Plan { start, lived_in: false, children: None, seed: 1 }).unwrap();
    }
    let at = moment(at, start).unwrap();
    let setup =
        Setup { settings: settings(Settings::default()), desk: "practice".to_owned(), lang, practice: true, appearance: Appearance::default() };
    Session::start(store, Clock::simulated(at, 0.001), setup).unwrap()
}

fn ask(desk: &mut Session, text: &str) -> Value {
    serde_json::to_value(line::answer(desk, Some(text.to_owned()))).unwrap()
}

fn all(desk: &mut Session, lines: &[&str]) -> Value {
    lines.iter().map(|l| ask(desk, l)).last().unwrap()
}

fn id_of(desk: &Session, card: &str) -> ChildId {
    desk.model.register.card(&caredesk::domain::card::CardNumber::new(card)).unwrap().child
}

/// Two children come at 16:31 on Monday, and nobody signs them out.
fn forgotten(dir: &Path, lang: Lang) -> Session {
    let mut desk = open(dir, "2026-09-07T16:20", lang);
    all(&mut desk, &[".clock 16:31", CYN, WZH, ".clock 17:30"]);
    desk
}

#[test]
fn the_first_answer_of_a_day_says_it_whether_the_desk_slept_or_was_started() {
    for (at, day_zh, day_en) in [
        ("2026-09-08T00:00:30", "昨日", "yesterday"),
        ("2026-09-08T16:20", "昨日", "yesterday"),
        ("2026-09-09T16:20", "9月7日 周一", "Mon 09-07"),
        ("2026-09-12T10:00", "9月7日 周一", "Mon 09-07"),
        ("2026-09-14T16:20", "9月7日 周一", "Mon 09-07"),
        ("2027-01-04T16:20", "9月7日 周一", "Mon 09-07"),
    ] {
        for (lang, day, word) in [(Lang::Zh, day_zh, "未签离 2"), (Lang::En, day_en, "Left open 2")] {
            // It ran on.
            let dir = tempfile::tempdir().unwrap();
            let mut desk = forgotten(dir.path(), lang);
            let first = ask(&mut desk, &format!(".clock {at}"));
            let notices = first["notices"].to_string();
            assert!(notices.contains(word) && notices.contains(day) && notices.contains("陈一诺"), "{at}: {first}");
            assert!(!ask(&mut desk, "?")["notices"].to_string().contains(word), "once in the notices");
            assert!(Words::of(&desk.model).still_open().unwrap().contains(day), "and standing until it is settled");
            drop(desk);
            // It was started.
            let mut desk = open(dir.path(), at, lang);
            let first = ask(&mut desk, "?");
            let notices = first["notices"].to_string();
            assert!(notices.contains(word) && notices.contains(day), "{at}: {first}");
            drop(desk);
            // It was asked for by the command.
            let store = Store::open_read_only(dir.path()).unwrap();
            let at = moment(at, practice_day(time_of_day("16:20").unwrap())).unwrap();
            let loaded = store.load(at).unwrap();
            let report = Report::of(&loaded.register, &settings(Settings::default()), loaded.day.state(), at, true);
            let text = report.text(lang);
            let line = text.lines().nth(1).unwrap();
            assert!(line.contains("陈一诺") && line.contains("王子涵") && line.contains(day), "{text}");
            let json: Value = serde_json::from_str(&report.json()).unwrap();
            assert_eq!((json["counts"]["in"].as_u64(), json["counts"]["left_open"].as_u64()), (Some(2), Some(2)), "{json}");
            assert_eq!(json["left_open"][0]["since"], "2026-09-07", "{json}");
        }
    }
}

#[test]
fn they_are_red_dated_and_first_and_counted_apart() {
    let dir = tempfile::tempdir().unwrap();
    let mut desk = forgotten(dir.path(), Lang::Zh);
    all(&mut desk, &[".clock 2026-09-08T16:40", "504179", "779093"]);
    let n = desk.model.counts();
    assert_eq!((n.inside, n.left_open, n.inside_today, n.expected, n.released), (4, 2, 2, 22, 0));
    let a = ask(&mut desk, "?");
    assert_eq!((a["counts"]["in"].as_u64(), a["counts"]["left_open"].as_u64()), (Some(4), Some(2)), "in is everybody in custody: {a}");
    let line = Words::of(&desk.model).counts();
    assert!(line.starts_with("未签离 2") && line.contains("在班 2   应到 22"), "{line}");
    // The roster.
    let standings: Vec<Standing> = desk.model.roster("", 0, 5).1.iter().map(|r| r.standing).collect();
    assert_eq!(standings[..4], [Standing::LeftOpen, Standing::LeftOpen, Standing::In, Standing::In]);
    // The roll: whom it counts as come, came today.
    let said = ask(&mut desk, ".4")["say"].as_str().unwrap().to_owned();
    assert!(said.starts_with("未签离 2：陈一诺") && said.contains("昨日未签离") && said.contains("已到 2/22"), "{said}");
    let (title, roll) = Words::of(&desk.model).roll_panel();
    assert!(title.contains("2/22"), "{title}");
    for name in ["陈一诺", "王子涵"] {
        assert!(roll.iter().any(|l| l.severity == Some(Severity::Red) && l.text.contains(name) && l.text.contains("昨日未签离")), "{name}");
    }
    assert!(roll[0].text.contains("陈一诺"), "{}", roll[0].text);
    ask(&mut desk, "esc");
    // The calls.
    let a = ask(&mut desk, ".5");
    assert!(a["choices"][0]["label"].as_str().unwrap().contains("陈一诺（昨日未签离）"), "{a}");
    ask(&mut desk, "esc");
    let (title, left) = Words::of(&desk.model).left_panel();
    assert!(title.contains("未签离 2") && title.contains("未接 2"), "{title}");
    assert_eq!(left.iter().map(|l| l.severity == Some(Severity::Red)).collect::<Vec<_>>(), [true, true, false, false]);
    // Nobody is asked how they stay, or moved to the guard, who may have gone home yesterday.
    let said = all(&mut desk, &[".clock 18:30", "1", "老周"]);
    assert!(said["say"].as_str().unwrap().contains("移交门卫"), "{said}");
    assert!(desk.model.day.state().child(id_of(&desk, CYN)).unwrap().stays.is_none());
}

#[test]
fn on_a_day_on_which_nobody_is_due_they_are_nobody_of_todays() {
    let dir = tempfile::tempdir().unwrap();
    let mut desk = forgotten(dir.path(), Lang::Zh);
    ask(&mut desk, ".clock 2026-09-12T10:00");
    let n = desk.model.counts();
    assert_eq!((n.inside, n.left_open, n.expected), (2, 2, 0), "a Saturday");
    let said = ask(&mut desk, ".4")["say"].as_str().unwrap().to_owned();
    assert!(said.contains("9月7日 周一 未签离") && said.contains("今日无托管"), "{said}");
}

#[test]
fn by_name_the_day_is_settled_and_nothing_else() {
    let dir = tempfile::tempdir().unwrap();
    let mut desk = forgotten(dir.path(), Lang::Zh);
    all(&mut desk, &[".clock 2026-09-08T16:40", ".7", "526014", "2468"]);
    let child = id_of(&desk, WZH);
    all(&mut desk, &["wzh"]);
    let a = ask(&mut desk, "2");
    let labels: Vec<&str> = a["choices"].as_array().unwrap().iter().map(|c| c["label"].as_str().unwrap()).collect();
    assert_eq!(labels[..2], ["那天已接走", "仍在"], "{a}");
    assert!(a["say"].as_str().unwrap().contains("昨日未签离"), "{a}");
    let a = all(&mut desk, &["1", "1", "1755"]);
    assert_eq!(a["verdict"], "OUT_OK", "{a}");
    assert!(a["say"].as_str().unwrap().contains("09-07 17:55"), "{a}");
    assert!(a["notices"].to_string().contains("已补录") && a["notices"].to_string().contains("告知组长"), "{a}");
    let n = desk.model.counts();
    assert_eq!((n.inside, n.left_open, n.released, n.expected), (1, 1, 0, 22), "none of today's arrivals or releases");
    assert_eq!(desk.model.day.state().presence(child), Presence::NotHere);
    assert_eq!(desk.model.register.card_count().holder, 1, "its card is out of the room, and nobody's any more");
    let released = desk.model.day.entries().iter().find(|e| matches!(e.fact, Fact::Released { ground: Ground::LeftOpen, .. })).unwrap();
    assert_eq!(
        (released.at.hhmm(), released.at.date(), released.entered_at.date()),
        ("17:55".into(), "2026-09-07".parse().unwrap(), "2026-09-08".parse().unwrap())
    );
    // Then the child comes: by its card, in one.
    assert_eq!(ask(&mut desk, WZH)["verdict"], "IN_OK");
    assert!(Store::open_read_only(dir.path()).unwrap().verify().is_sound());
    // Both can be taken back, one after the other; then it is as it was.
    all(&mut desk, &[".undo", "1", ".undo", "1"]);
    assert_eq!((desk.model.counts().inside, desk.model.counts().left_open), (2, 2));
    assert_eq!(desk.model.register.card_count().holder, 2);
}

#[test]
fn a_wrong_day_or_time_settles_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let mut desk = forgotten(dir.path(), Lang::Zh);
    all(&mut desk, &[".clock 2026-09-09T16:40", ".7", "526014", "2468"]);
    let head = desk.model.head;
    for (when, want) in [("0907 1600", "时间不对"), ("0906 1755", "时间不对"), ("9-7", "请写时间"), ("明日 1755", "请写时间")] {
        let a = all(&mut desk, &[".backfill", WZH, when]);
        let a = if a["asks"] == "choice" { ask(&mut desk, "1") } else { a };
        assert!(a["say"].as_str().unwrap().contains(want), "{when}: {a}");
        all(&mut desk, &["esc", "esc"]);
    }
    // A child that was not left open: nothing else is entered for an earlier day.
    let a = all(&mut desk, &[".backfill", "504179", "0907 1755"]);
    assert!(a["say"].as_str().unwrap().contains("没有未签离的记录"), "{a}");
    assert_eq!(desk.model.head, head);
    // Right: the day before yesterday, and after the midnight that followed.
    let a = all(&mut desk, &[".backfill", WZH, "9月7日 17:55", "1"]);
    assert_eq!(a["verdict"], "OUT_OK", "{a}");
    let rack = desk.model.register.card_count().rack;
    assert_eq!(rack, 21, "the card that was scanned is in the room: it hangs on its hook");
    let a = all(&mut desk, &[".backfill", "cyn", "0908 0010", "1"]);
    assert_eq!(a["verdict"], "OUT_OK", "{a}");
    assert_eq!(desk.model.counts().left_open, 0);
    assert!(Words::of(&desk.model).still_open().is_none());
}

#[test]
fn by_card_the_release_is_entered_and_today_begins() {
    let dir = tempfile::tempdir().unwrap();
    let mut desk = forgotten(dir.path(), Lang::Zh);
    all(&mut desk, &[".clock 2026-09-08T16:40", ".7", "526014", "2468"]);
    let a = ask(&mut desk, WZH);
    assert_eq!((a["verdict"].as_str(), a["severity"].as_str()), (Some("LEFT_OPEN"), Some("amber")), "{a}");
    assert!(a["say"].as_str().unwrap().contains("昨日未签离"), "{a}");
    let a = all(&mut desk, &["1", "1", "1755"]);
    assert_eq!(a["verdict"], "IN_OK", "{a}");
    let n = desk.model.counts();
    assert_eq!((n.inside, n.left_open, n.inside_today, n.released), (2, 1, 1, 0), "today's count has today's stay alone");
}

#[test]
fn who_is_still_here_is_said_once_a_day_and_stays_red() {
    let dir = tempfile::tempdir().unwrap();
    let mut desk = forgotten(dir.path(), Lang::Zh);
    all(&mut desk, &[".clock 2026-09-08T08:00", ".7", "526014", "2468"]);
    let a = all(&mut desk, &["wzh", "2", "仍在"]);
    assert!(a["say"].as_str().unwrap().contains("仍在"), "{a}");
    assert_eq!(desk.model.counts().left_open, 2, "it is left open until it has left");
    let a = ask(&mut desk, WZH);
    assert_eq!(a["verdict"], "LATE", "it goes on as a pickup: {a}");
    ask(&mut desk, "esc");
    let labels = all(&mut desk, &["wzh", "2"])["choices"].to_string();
    assert!(labels.contains("持卡未刷") && labels.contains("无卡"), "{labels}");
    all(&mut desk, &["esc", ".clock 2026-09-09T08:00"]);
    assert_eq!(ask(&mut desk, WZH)["verdict"], "LEFT_OPEN", "another day asks again");
    // By card: 2 says so too, and it is on record; with nobody on duty nobody says it.
    let a = ask(&mut desk, "2");
    assert!(a["say"].as_str().unwrap().contains("无人在岗") && a["recorded"].as_array().unwrap().is_empty(), "{a}");
    all(&mut desk, &["esc", ".7", "526014", "2468", WZH]);
    let a = ask(&mut desk, "2");
    assert_eq!((a["verdict"].as_str(), a["recorded"].as_array().unwrap().len()), (Some("LATE"), 1), "{a}");
    let said = desk.model.day.entries().iter().filter(|e| e.fact.kind() == "still_here").count();
    assert_eq!(said, 1);
}

/// Who was out when the day ended is with whom the family says: the desk's word alone settles nothing.
#[test]
fn who_was_out_is_settled_by_a_call() {
    for (reply, gone, want) in [("1", true, "OUT_OK"), ("2", false, "HOLD"), ("3", false, "")] {
        let dir = tempfile::tempdir().unwrap();
        let mut desk = open(dir.path(), "2026-09-07T16:20", Lang::Zh);
        all(&mut desk, &[".clock 16:31", ".7", "526014", "2468", CYN, "cyn", "暂离", CYN, "1", "1", "1730"]);
        let child = id_of(&desk, CYN);
        assert!(matches!(desk.model.day.state().presence(child), Presence::Out(..)), "{:?}", desk.model.said);
        all(&mut desk, &[".clock 2026-09-08T16:40", ".7", "526014", "2468", "cyn", "那天已接走"]);
        let a = all(&mut desk, &["1", "1755"]);
        assert!(a["say"].as_str().unwrap().contains("怎么说"), "{a}");
        let a = ask(&mut desk, reply);
        assert_eq!(!matches!(desk.model.day.state().presence(child), Presence::Out(..)), gone, "{reply}: {a}");
        assert_eq!(a["verdict"].as_str().unwrap_or_default(), want, "{reply}: {a}");
        // By back-fill the same is asked.
        if want.is_empty() {
            let a = all(&mut desk, &[".backfill", "cyn", "0907 1755", "1"]);
            assert!(a["say"].as_str().unwrap().contains("怎么说"), "{a}");
            let a = ask(&mut desk, "1");
            assert_eq!(a["verdict"], "OUT_OK", "{a}");
        }
    }
}
