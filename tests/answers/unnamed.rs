//! A guardian without a name at the desk: the question, the form and what is said, typed line by line in both languages.

use caredesk::domain::day::Presence;
use caredesk::domain::fact::Fact;
use caredesk::domain::people::{ChildId, Collector, Right};
use caredesk::shell::line::answer;
use caredesk::store::Recorded;
use caredesk::store::Stamp;

use super::*;

/// The practice room with both siblings 陈一诺 and 陈一鸣, and whoever has a bar, collected by one 监护人 each.
fn unnamed(lang: Lang, settle: impl Fn(&mut Settings)) -> Session {
    let start = practice_day(time_of_day("17:40").unwrap());
    let mut store = Store::memory().unwrap();
    furnish(&mut store, Plan { start, lived_in: true, children: None, seed: 1 }).unwrap();
    let loaded = store.load(start).unwrap();
    let restricted = |id: ChildId| loaded.register.collectors(id).any(|c| c.right == Right::Barred);
    let chosen = loaded.register.children().filter(|c| c.name.starts_with("陈一") || restricted(c.id)).map(|c| c.id);
    let now = |c: &Collector| match c.right {
        Right::Standing if c.rank == 1 => Some(Collector { name: String::new(), relation: "监护人".into(), ..c.clone() }),
        Right::Standing => Some(Collector { right: Right::Ended, ..c.clone() }),
        Right::Barred | Right::OneDay { .. } | Right::Ended => None,
    };
    let drafts: Vec<_> = chosen
        .flat_map(|id| loaded.register.collectors(id).collect::<Vec<_>>())
        .filter_map(|c| Some(Fact::CollectorSet { was: Some(Box::new(c.clone())), now: Box::new(now(c)?) }.into()))
        .collect();
    let stamp = Stamp { now: start, desk: "practice".into(), staff: None };
    assert!(matches!(store.record(loaded.head, &drafts, &stamp).unwrap(), Recorded::Done(_)));
    let mut settings = settings(Settings::default());
    settle(&mut settings);
    let setup = Setup { settings, desk: "practice".to_owned(), lang, practice: true, appearance: Appearance::default() };
    Session::start(store, Clock::simulated(start, 0.001), setup).unwrap()
}

fn line(session: &mut Session, text: &str) -> serde_json::Value {
    serde_json::to_value(answer(session, Some(text.to_owned()))).unwrap()
}

fn is_gone(session: &Session, name: &str) -> bool {
    let child = session.model.register.children().find(|c| c.name == name).unwrap().id;
    matches!(session.model.day.state().presence(child), Presence::Gone(..))
}

#[test]
fn the_desk_asks_for_the_name_and_lets_siblings_go_with_it() {
    for (lang, words) in [
        (Lang::Zh, ["这位家长叫什么", "写姓名", "其他人", "姓名", "要本人姓名"]),
        (Lang::En, ["What is the person called", "write the name", "somebody else", "Name", "Their own name"]),
    ] {
        for scan in [false, true] {
            let mut session = unnamed(lang, |s| {
                if scan {
                    s.release_on = caredesk::domain::settings::ReleaseOn::Scan;
                }
            });
            let asked = line(&mut session, "453841");
            assert_eq!(asked["verdict"], "WHO", "{asked}");
            let choices: Vec<(u64, &str, bool)> = asked["choices"]
                .as_array()
                .unwrap()
                .iter()
                .map(|c| (c["n"].as_u64().unwrap(), c["label"].as_str().unwrap(), c["default"].as_bool().unwrap()))
                .collect();
            assert_eq!(choices, [(1, words[1], false), (9, words[2], false)], "{asked}");
            assert!(asked["say"].as_str().unwrap().contains(words[0]), "{asked}");
            line(&mut session, "693691");
            let enter = line(&mut session, "");
            assert_eq!(enter["recorded"], serde_json::json!([]), "Enter alone is no answer: {enter}");
            let form = line(&mut session, "1");
            assert!(form["asks"] == "text" && form["say"].as_str().unwrap().contains(words[3]), "{form}");
            for wrong in ["监护人", "陈一鸣", "13800138000", "妈妈"] {
                let refused = line(&mut session, wrong);
                assert!(refused["say"].as_str().unwrap().contains(words[4]) && refused["recorded"] == serde_json::json!([]), "{wrong}: {refused}");
            }
            assert!(!is_gone(&session, "陈一诺") && !is_gone(&session, "陈一鸣"));
            let done = line(&mut session, "王芳");
            assert!(is_gone(&session, "陈一诺") && is_gone(&session, "陈一鸣"), "one person, both lists: {done}");
            let last = session.model.day.entries().iter().rev().find(|e| matches!(e.fact, Fact::Released { .. })).unwrap().act;
            let kinds: Vec<&str> = session.model.day.entries().iter().filter(|e| e.act == last).map(|e| e.fact.kind()).collect();
            assert_eq!(kinds.iter().filter(|k| **k == "collector_set").count(), 2, "one write: {kinds:?}");
        }
    }
}

#[test]
fn somebody_else_holds_the_child_and_esc_leaves_it_here() {
    let mut session = unnamed(Lang::Zh, |_| ());
    line(&mut session, "453841");
    line(&mut session, "1");
    line(&mut session, "esc");
    assert!(!is_gone(&session, "陈一诺"));
    let asked = line(&mut session, "453841");
    assert_eq!(asked["verdict"], "WHO", "it is asked again: {asked}");
    let held = line(&mut session, "9");
    assert_eq!(held["verdict"], "HOLD", "{held}");
    assert!(!is_gone(&session, "陈一诺"));
}

#[test]
fn for_a_restricted_child_a_leader_agrees_and_whom_the_bar_fits_is_held() {
    let session = unnamed(Lang::Zh, |_| ());
    let register = &session.model.register;
    let here = |id| matches!(session.model.day.state().presence(id), Presence::In(_));
    let (child, barred) = register
        .children()
        .filter(|c| here(c.id))
        .find_map(|c| Some((c, register.collectors(c.id).find(|p| p.right == Right::Barred && !p.name.is_empty())?)))
        .expect("a child with a bar is in");
    let card = register.valid_cards(child.id, session.model.day.date()).first().unwrap().number.to_string();
    let (name, barred) = (child.name.clone(), barred.name.clone());
    for (said, goes) in [("孙文丽", true), (barred.as_str(), false)] {
        let mut session = unnamed(Lang::Zh, |_| ());
        line(&mut session, &card);
        let asked = line(&mut session, "1"); // names the collector
        assert!(asked["say"].as_str().unwrap().contains("这位家长叫什么"), "{asked}");
        line(&mut session, "1");
        let after = line(&mut session, said);
        if goes {
            assert!(!is_gone(&session, &name), "a leader agrees first: {after}");
            let pin = if after["asks"] == "choice" { line(&mut session, "何主任") } else { after };
            assert_eq!(pin["asks"], "pin", "{pin}");
            line(&mut session, "2468");
            assert!(is_gone(&session, &name));
        } else {
            assert!(!is_gone(&session, &name) && after["verdict"] == "HOLD", "{after}");
            assert!(!after.to_string().contains(&barred), "the name is said nowhere: {after}");
        }
    }
}

/// The name may be asked for as long as it takes; what was shown with it proves nothing after two minutes, and then no name is taken.
#[test]
fn a_name_that_is_said_long_after_the_card_lets_nobody_go() {
    for late in [false, true] {
        let mut session = unnamed(Lang::Zh, |_| {});
        line(&mut session, "453841");
        line(&mut session, "1");
        if late {
            let later = session.now().plus_seconds(125).local().format(".clock %Y-%m-%dT%H:%M:%S").to_string();
            line(&mut session, &later);
        }
        let answer = line(&mut session, "王芳芳");
        assert_eq!(is_gone(&session, "陈一诺"), !late, "{answer}");
        let named = session.model.register.all_collectors().any(|c| c.name == "王芳芳");
        assert_eq!(named, !late, "{answer}");
    }
}
