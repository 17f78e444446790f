//! A missing child is missing until somebody has seen it, or has it: in every place where it is spoken of, and whatever else is
//! done with it (F060, N36). What stands in the roll before the start, and on a day without care, is true as well.
#![allow(clippy::unwrap_used, clippy::wildcard_enum_match_arm, clippy::similar_names)]

use caredesk::desk::appearance::Appearance;
use caredesk::desk::{Msg, update};
use caredesk::domain::closing::{ExtendReason, Found, Matter, Outcome, Stay};
use caredesk::domain::day::Presence;
use caredesk::domain::fact::{Account, CallResult, Entry, Fact, Ground, GroupFact, LeaveReason, Seq, Taker};
use caredesk::domain::people::{ChildId, CollectorId, StaffId};
use caredesk::domain::settings::{Place, Settings};
use caredesk::domain::time::time_of_day;
use caredesk::rules::closing::AccountAct;
use caredesk::rules::collect::Vouch;
use caredesk::rules::groups::{GroupAct, Which};
use caredesk::rules::pass::{Answers, NoCard, OnSite, Pass, Proof, Purpose};
use caredesk::rules::{Act, Objection, Request, decide};
use caredesk::shell::clock::Clock;
use caredesk::shell::line;
use caredesk::shell::practice::{Plan, furnish, practice_day, settings};
use caredesk::shell::session::{Session, Setup};
use caredesk::store::Store;
use caredesk::texts::Lang;
use caredesk::wording::Words;
use serde_json::Value;

/// 冯可心, second grade, of the football group.
const CHILD: ChildId = ChildId(13);
const CARD: &str = "828058";

fn desk_at(time: &str, lived_in: bool, lang: Lang) -> Session {
    let start = practice_day(time_of_day(time).unwrap());
    let mut store = Store::memory().unwrap();
    furnish(&mut store, Plan { start, lived_in, children: None, seed: 1 }).unwrap();
    let setup =
        Setup { settings: settings(Settings::default()), desk: "practice".to_owned(), lang, practice: true, appearance: Appearance::default() };
    Session::start(store, Clock::simulated(start, 0.001), setup).unwrap()
}

fn ask(desk: &mut Session, text: &str) -> Value {
    serde_json::to_value(line::answer(desk, Some(text.to_owned()))).unwrap()
}

fn say(desk: &mut Session, text: &str) -> String {
    ask(desk, text)["say"].as_str().unwrap().to_owned()
}

fn all(desk: &mut Session, lines: &[&str]) -> Value {
    lines.iter().map(|l| ask(desk, l)).last().unwrap()
}

/// At 17:40 the football group comes back with two of three; it is 17:44.
fn lost(lang: Lang) -> Session {
    let mut desk = desk_at("17:40", true, lang);
    assert_eq!(desk.model.register.child(CHILD).unwrap().name, "冯可心");
    let back = lang.pick("返回", "come back");
    let a = all(&mut desk, &[".3", "足球", back, "2", "sjh", "gyc", "", "2"]);
    assert!(a["say"].as_str().unwrap().contains("冯可心"), "{a}");
    ask(&mut desk, ".clock 17:44");
    desk
}

fn is_missing(desk: &Session) -> bool {
    desk.model.day.state().missing().iter().any(|(c, _)| *c == CHILD)
}

#[test]
fn it_is_said_wherever_the_child_is_spoken_of() {
    for (lang, word, place) in [(Lang::Zh, "失联", "操场"), (Lang::En, "issing", "field")] {
        let mut desk = lost(lang);
        let scan = ask(&mut desk, CARD);
        let said = scan["say"].as_str().unwrap().to_owned();
        assert_eq!(scan["verdict"], "ELSEWHERE");
        assert!(said.contains(word) && said.contains(place) && said.contains("17:40"), "{said}");
        assert!(!said.contains("呼叫") && !said.contains("call over"), "nobody knows where to call it: {said}");
        assert!(scan["choices"].as_array().unwrap().iter().all(|c| c["default"] == false), "{scan}");
        assert_eq!((scan["counts"]["in"].as_u64(), scan["counts"]["missing"].as_u64()), (Some(16), Some(1)), "{scan}");
        let why = say(&mut desk, "?");
        assert!(why.contains("17:40") && why.contains(place), "{why}");
        ask(&mut desk, "esc");
        let found = say(&mut desk, "fkx");
        assert!(found.contains(word) && found.contains("17:40"), "{found}");
        let card: Vec<String> = Words::of(&desk.model).child_card(CHILD).into_iter().map(|l| l.text).collect();
        assert!(card[0].contains(word), "its card says it first: {card:?}");
        ask(&mut desk, "esc");
        for command in [".3", ".4"] {
            let said = say(&mut desk, command);
            assert!(said.contains(word) && said.contains("冯可心"), "{command}: {said}");
            ask(&mut desk, "esc");
        }
        let calls = ask(&mut desk, ".5");
        let first = calls["choices"][0]["label"].as_str().unwrap();
        assert!(first.contains("冯可心") && first.contains(word), "{calls}");
        ask(&mut desk, "esc");
        // It is in its group as missing, and at no place.
        let state = desk.model.day.state();
        let group = state.groups().of(CHILD).unwrap();
        let size = Words::of(&desk.model).group_size(state, group);
        assert!(size.starts_with('2') && size.contains("冯可心"), "{size}");
        assert!(desk.model.table.at(&Place::new("field")).all(|c| c != CHILD));
        let (n, list) = Words::of(&desk.model).by_place(state);
        assert!(n == 16 && list.contains(word), "{list}");
        let (_, left) = Words::of(&desk.model).left_panel();
        assert!(left[0].text.contains("冯可心") && left[0].text.contains(word), "{}", left[0].text);
        let (_, roll) = Words::of(&desk.model).roll_panel();
        assert!(roll[0].text.contains("冯可心") && roll[0].text.contains(word), "{}", roll[0].text);
        let report = caredesk::shell::status::Report::of(&desk.model.register, &desk.model.settings, state, desk.model.now, true);
        let text = report.text(lang);
        assert!(text.lines().nth(1).unwrap().contains("冯可心") && text.contains(word), "{text}");
        let json: Value = serde_json::from_str(&report.json()).unwrap();
        assert_eq!((&json["counts"]["in"], &json["counts"]["missing"], &json["missing"][0]["name"]), (&16.into(), &1.into(), &"冯可心".into()));
    }
}

/// What another desk enters, one after another.
fn news(desk: &mut Session, facts: Vec<Fact>) -> Seq {
    let act = Seq(desk.model.head.0 + 1);
    let now = desk.model.now;
    let entry = |(n, fact)| Entry { seq: Seq(act.0 + n), act, day: now.date(), at: now, entered_at: now, desk: "other".into(), staff: None, fact };
    let entries: Vec<Entry> = (0..).zip(facts).map(entry).collect();
    update(&mut desk.model, Msg::News(entries), now);
    act
}

/// Taking back what took a child away from its group, once the group is back, leaves it where nobody is: it is missing then.
#[test]
fn who_is_put_back_to_a_place_that_the_group_has_left_is_missing() {
    let field = || Place::new("field");
    for how in ["released", "stepped out", "moved"] {
        for (group_is_back, missed) in [(false, false), (true, true)] {
            let mut desk = desk_at("17:40", true, Lang::Zh);
            let state = desk.model.day.state();
            let Presence::In(visit) = state.presence(CHILD) else { panic!("{:?}", state.presence(CHILD)) };
            assert_eq!(visit.place, field());
            let (arrival, group) = (visit.arrival, state.groups().of(CHILD).unwrap().group.id);
            let mother = desk.model.register.collectors(CHILD).next().unwrap().id;
            let ground = || Ground::OnSite { place: field(), card: None, call: Some(CallResult::Yes) };
            let fact = match how {
                "released" => Fact::Released { child: CHILD, arrival, ground: ground(), taker: Taker::Collector(mother), early: None, late: None },
                "stepped out" => {
                    let back_by = time_of_day("18:00");
                    Fact::SteppedOut { child: CHILD, taker: mother, back_by, ground: Some(ground()), early: None, late: None }
                }
                _ => Fact::Moved { child: CHILD, was: field(), now: Place::room() },
            };
            let act = news(&mut desk, vec![fact]);
            if group_is_back {
                let state = desk.model.day.state();
                let here = caredesk::rules::groups::expected_back(state, state.groups().open().find(|g| g.group.id == group).unwrap());
                let n = u32::try_from(here.len()).unwrap();
                assert!(n == 2 && !here.contains(&CHILD), "{how}: {here:?}");
                let back = Act::Group(GroupAct::Return { group, here, counts: [n, n] });
                let decision = decide(desk.model.room(), &Request::Act(back), desk.model.now);
                assert_eq!(decision.objection, None, "{how}");
                news(&mut desk, decision.drafts.into_iter().map(|d| d.fact).collect());
                assert!(desk.model.day.state().missing().is_empty(), "{how}");
            }
            let undo = decide(desk.model.room(), &Request::Undo { act, reason: Some("看错".to_owned()) }, desk.model.now);
            assert_eq!(undo.objection, None, "{how}");
            news(&mut desk, undo.drafts.into_iter().map(|d| d.fact).collect());
            assert_eq!(is_missing(&desk), missed, "{how}");
            assert_eq!(desk.model.table.at(&field()).any(|c| c == CHILD), !missed, "{how}");
        }
    }
}

/// The same of a child that was sent after the group.
#[test]
fn who_was_sent_after_a_group_is_missing_like_the_others() {
    let sent = ChildId(1);
    for group_is_back in [false, true] {
        let mut desk = desk_at("17:40", true, Lang::Zh);
        let (field, room) = (Place::new("field"), Place::room());
        let groups = desk.model.day.state().groups();
        let (was, now) = (groups.of(sent).map(|g| g.group.id), groups.of(CHILD).unwrap().group.id);
        news(
            &mut desk,
            vec![
                Fact::Group(GroupFact::Joined { child: sent, was, now: Some(now) }),
                Fact::Moved { child: sent, was: room.clone(), now: field.clone() },
            ],
        );
        let act = news(&mut desk, vec![Fact::Moved { child: sent, was: field.clone(), now: room.clone() }]);
        if group_is_back {
            let state = desk.model.day.state();
            let here = caredesk::rules::groups::expected_back(state, state.groups().open().find(|g| g.group.id == now).unwrap());
            let n = u32::try_from(here.len()).unwrap();
            assert!(!here.contains(&sent), "{here:?}");
            let back = Act::Group(GroupAct::Return { group: now, here, counts: [n, n] });
            let decision = decide(desk.model.room(), &Request::Act(back), desk.model.now);
            assert_eq!(decision.objection, None);
            news(&mut desk, decision.drafts.into_iter().map(|d| d.fact).collect());
        }
        let undo = decide(desk.model.room(), &Request::Undo { act, reason: Some("看错".to_owned()) }, desk.model.now);
        assert_eq!(undo.objection, None);
        let missed = undo.drafts.iter().any(|d| matches!(d.fact, Fact::Account(Account::Missed { child, .. }) if child == sent));
        assert_eq!(missed, group_is_back, "{undo:?}");
    }
}

/// Everything that can be asked for about the child and its group, beside saying that it was seen, or has left.
fn attempts(desk: &Session) -> Vec<Request> {
    let group = desk.model.day.state().groups().of(CHILD).unwrap().group.id;
    let leader = desk.model.day.state().groups().of(CHILD).unwrap().group.leader;
    let mother = desk.model.register.collectors(CHILD).next().unwrap().id;
    let others: Vec<_> = desk.model.day.state().groups().open().map(|g| g.group.id).filter(|g| *g != group).collect();
    let place = |to: &str| Place::new(to);
    let plan = caredesk::rules::groups::Plan {
        category: caredesk::domain::activity::Category::Sport,
        title: "跳绳".to_owned(),
        leader,
        place: place("field"),
    };
    let mut acts: Vec<Act> =
        ["room", "field", "library", "sickbay", "toilet", Place::GUARD, "礼堂"].iter().map(|to| Act::Move { child: CHILD, to: place(to) }).collect();
    acts.extend([
        Act::CallOver { child: CHILD },
        Act::NameHolder { child: CHILD, collector: mother },
        Act::Acknowledge { child: CHILD },
        Act::Leave { child: CHILD, reason: LeaveReason::Ill },
        Act::Note { child: CHILD, text: "找".to_owned() },
        Act::LoseCard { child: CHILD },
        Act::Group(GroupAct::TakeOut { children: vec![CHILD] }),
        Act::Group(GroupAct::End { group }),
        Act::Group(GroupAct::Lead { group, leader }),
        Act::Group(GroupAct::Go { group: Which::Known(group), to: place("field"), children: vec![CHILD], counts: [1, 1] }),
        Act::Group(GroupAct::Go { group: Which::New(plan.clone()), to: place("field"), children: vec![CHILD], counts: [1, 1] }),
        Act::Group(GroupAct::Return { group, here: vec![CHILD], counts: [1, 1] }),
        Act::Account(AccountAct::TellLeader { leader: StaffId(5) }),
        Act::Account(AccountAct::Stay { children: vec![CHILD], how: Stay::Guard { signed: "老周".to_owned() } }),
        Act::Account(AccountAct::StillHere { child: CHILD }),
        Act::Account(AccountAct::NotTakeIn { child: CHILD }),
        Act::Account(AccountAct::Chase { child: CHILD, collector: mother, about: Matter::Missing, outcome: Outcome::NoAnswer }),
        Act::Account(AccountAct::Extend {
            children: vec![CHILD],
            until: time_of_day("18:30").unwrap(),
            reason: ExtendReason::Work,
            approver: StaffId(5),
        }),
    ]);
    acts.extend(others.into_iter().map(|group| Act::Group(GroupAct::Put { group, children: vec![CHILD] })));
    let other = desk.model.register.collectors(CHILD).nth(1).unwrap().id;
    let vouch = Vouch::Called(other, CallResult::Yes);
    let evidence = NoCard { collector: mother, id_tail: "0428".to_owned(), vouch, recognised: true, second: StaffId(2) };
    let number = desk.model.register.live_card(CHILD).unwrap().number.clone();
    let proofs = [
        Proof::Card { number, means: caredesk::domain::fact::Means::Scanned, own: true },
        Proof::CardUnread,
        Proof::Name,
        Proof::Escort("王老师".to_owned()),
        Proof::NoCard(evidence),
        Proof::StaffParent(StaffId(1)),
        Proof::SelfLeave,
        Proof::NotBack { collector: mother, vouch },
    ];
    let passes = proofs.into_iter().flat_map(|proof| {
        let mut go = Pass::new(CHILD, proof);
        (go.answers.go, go.answers.taker) = (true, Some(mother));
        let out = Pass { purpose: Purpose::Outing, answers: Answers { back_by: time_of_day("17:55"), ..go.answers.clone() }, ..go.clone() };
        let earlier = Some(desk.model.now.at_time(time_of_day("17:41").unwrap()));
        [Pass { at: earlier, ..out.clone() }, Pass { at: earlier, ..go.clone() }, go, out]
    });
    acts.into_iter().map(Request::Act).chain(passes.map(|p| Request::Passes(vec![p]))).collect()
}

#[test]
fn nothing_but_seen_or_collected_ends_the_clock() {
    let desk = lost(Lang::Zh);
    for request in attempts(&desk) {
        let mut model = desk.model.clone();
        let decision = decide(model.room(), &request, model.now);
        let act = Seq(model.head.0 + 1);
        for (seq, draft) in (act.0..).zip(decision.drafts) {
            let at = draft.at.unwrap_or(model.now);
            let entry =
                Entry { seq: Seq(seq), act, day: at.date(), at, entered_at: model.now, desk: "practice".into(), staff: None, fact: draft.fact };
            model.day.apply(&entry);
        }
        let missing = model.day.state().missing_child(CHILD).cloned();
        assert_eq!(missing.map(|m| m.since.hhmm()).as_deref(), Some("17:40"), "{request:?}");
    }
    // Nor does a midnight, nor a weekend, nor reading the store again.
    let mut desk = desk;
    ask(&mut desk, ".clock 2026-09-08T16:20");
    assert!(is_missing(&desk), "midnight");
    ask(&mut desk, ".clock 2026-09-14T16:20");
    assert!(is_missing(&desk), "a weekend");
}

#[test]
fn a_refusal_says_that_it_is_missing() {
    let desk = lost(Lang::Zh);
    let refused = |act: Act| decide(desk.model.room(), &Request::Act(act), desk.model.now).objection;
    assert_eq!(refused(Act::Move { child: CHILD, to: Place::room() }), Some(Objection::Missing(CHILD)));
    assert_eq!(refused(Act::CallOver { child: CHILD }), Some(Objection::Missing(CHILD)));
}

#[test]
fn seen_says_by_whom_and_where_and_the_pickup_goes_on() {
    let mut desk = lost(Lang::Zh);
    ask(&mut desk, CARD);
    let who = ask(&mut desk, "1");
    assert!(who["choices"].as_array().unwrap().iter().all(|c| c["default"] == false), "{who}");
    let place = ask(&mut desk, "崔");
    assert!(place["say"].as_str().unwrap().contains("在哪里"), "{place}");
    let a = ask(&mut desk, "教室");
    assert!(a["say"].as_str().unwrap().contains("崔已见到，现在教室"), "{a}");
    assert!(!is_missing(&desk));
    let found = desk.model.day.entries().iter().rev().find_map(|e| match &e.fact {
        Fact::Account(Account::Found { how: Found::Seen { by, place }, .. }) => Some((*by, place.clone())),
        _ => None,
    });
    let (by, place) = found.unwrap();
    assert_eq!((desk.model.register.staff_member(by).unwrap().name.as_str(), place), ("崔", Place::room()));
    assert_eq!(a["waiting"], 1, "the family still stands at the desk");
    assert_eq!(ask(&mut desk, "")["verdict"], "OUT_OK");
    assert!(!desk.model.day.entries().iter().any(|e| e.fact.kind() == "incident"), "it was here: no incident");
    // Taking it back starts the clock again, where it was.
    for line in [".undo", "1", ".undo", "1"] {
        ask(&mut desk, line);
    }
    assert!(is_missing(&desk));
    assert_eq!(desk.model.day.state().missing()[0].1.since.hhmm(), "17:40");
}

#[test]
fn what_rests_on_the_clock_cannot_be_pulled_from_under_it() {
    let mut desk = lost(Lang::Zh);
    all(&mut desk, &["fkx", "1", "崔", "操场"]);
    assert!(!is_missing(&desk));
    // The return that started the clock rests under what ended it.
    let said = all(&mut desk, &[".undo", "2"]);
    assert!(said["say"].as_str().unwrap().contains("请先撤销"), "{said}");
    all(&mut desk, &["esc", "esc"]);
    // Who was found may be called over; then the finding stays.
    let called = all(&mut desk, &[CARD, "1"]);
    assert!(called["say"].as_str().unwrap().contains("已呼叫"), "{called}");
    let said = all(&mut desk, &[".undo", "2"]);
    assert!(said["say"].as_str().unwrap().contains("请先撤销"), "{said}");
}

#[test]
fn collected_needs_the_place_the_time_and_the_family_and_opens_an_incident() {
    let mut desk = lost(Lang::Zh);
    // By name: nobody has the card in the hand.
    let a = ask(&mut desk, "fkx");
    let labels: Vec<&str> = a["choices"].as_array().unwrap().iter().map(|c| c["label"].as_str().unwrap()).collect();
    assert_eq!(labels[..2], ["已见到", "现场放行"], "{labels:?}");
    assert!(!labels.contains(&"换地点") && !labels.contains(&"持卡未刷"), "{labels:?}");
    let a = all(&mut desk, &["2", "1738", "1"]);
    assert_eq!(a["verdict"], "OUT", "{a}");
    let a = ask(&mut desk, "1");
    assert_eq!(a["verdict"], "OUT_OK", "{a}");
    assert!(!is_missing(&desk));
    let kinds: Vec<&str> = desk.model.day.entries().iter().rev().take(5).map(|e| e.fact.kind()).collect();
    assert!(kinds.contains(&"found") && kinds.contains(&"incident") && kinds.contains(&"released"), "{kinds:?}");
    let mut no = lost(Lang::Zh);
    let other = no.model.register.collectors(CHILD).nth(1).unwrap().id;
    let mut pass = Pass::new(CHILD, Proof::CardUnread);
    pass.answers.on_site = Some(OnSite { at: no.model.now, about: None, call: Vouch::Called(other, CallResult::NoAnswer) });
    let decision = decide(no.model.room(), &Request::Passes(vec![pass]), no.model.now);
    assert!(!decision.drafts.iter().any(|d| matches!(d.fact, Fact::Released { .. })), "nobody said yes");
    ask(&mut no, "esc");
    assert!(is_missing(&no));
}

#[test]
fn a_promise_pauses_the_clock_and_it_asks_again() {
    let mut desk = lost(Lang::Zh);
    let (line, until) = (|d: &Session| Words::of(&d.model).missing().concat(), "18:00");
    assert!(line(&desk).contains("失联 4 分"), "{}", line(&desk));
    let a = all(&mut desk, &[".5", "1", "1", "1755"]);
    assert!(a["say"].as_str().unwrap().contains(until), "{a}");
    assert!(line(&desk).contains("暂停") && line(&desk).contains(until), "{}", line(&desk));
    assert!(is_missing(&desk), "a pause ends nothing");
    let a = ask(&mut desk, ".clock 18:00");
    assert!(a["notices"].to_string().contains("该再拨：冯可心（失联）"), "{a}");
    assert!(line(&desk).contains("失联 20 分"), "{}", line(&desk));
}

#[test]
fn facts_of_older_journals_are_still_read() {
    for how in [r#""here""#, r#""with_family""#, r#"{"elsewhere":{"text":"门卫"}}"#] {
        let text = format!(r#"{{"fact":"account","step":"found","child":13,"how":{how}}}"#);
        let fact: Fact = serde_json::from_str(&text).unwrap();
        let mut desk = lost(Lang::Zh);
        let at = desk.model.now;
        let seq = Seq(desk.model.head.0 + 1);
        desk.model.day.apply(&Entry { seq, act: seq, day: at.date(), at, entered_at: at, desk: "practice".into(), staff: None, fact });
        assert!(!is_missing(&desk), "{how}");
    }
    let _ = CollectorId(1);
}

#[test]
fn the_roll_says_what_is_true_at_every_hour_of_every_kind_of_day() {
    for (clock, cards, want) in [
        ("2026-09-07T16:20", &[][..], "应到 22，还没有人到，16:30 开始"),
        ("2026-09-07T16:20", &["453841"][..], "应到 22，已到 1，16:30 开始"),
        ("2026-09-07T16:31", &["453841"][..], "已到 1/22，未到：陈一鸣"),
        ("2026-09-07T18:31", &[][..], "已到 0/22，未到：陈一诺"),
        ("2026-09-12T10:00", &[][..], "今日无托管，没有应到的孩子"),
        ("2026-09-12T17:00", &[][..], "今日无托管，没有应到的孩子"),
    ] {
        let mut desk = desk_at("16:15", false, Lang::Zh);
        ask(&mut desk, &format!(".clock {clock}"));
        for card in cards {
            ask(&mut desk, card);
        }
        let said = say(&mut desk, ".4");
        assert!(said.contains(want), "{clock} {cards:?}: {said}");
        assert!(!said.contains("全部到齐"), "{clock}: {said}");
        let (_, panel) = Words::of(&desk.model).roll_panel();
        assert!(!panel.iter().any(|l| l.text.contains("全部到齐")), "{clock}");
    }
    // A child taken in on a day without care.
    let mut desk = desk_at("16:15", false, Lang::Zh);
    all(&mut desk, &[".clock 2026-09-12T10:00", "453841", "1"]);
    assert!(say(&mut desk, ".4").contains("今日无托管，已到 1"));
    // All are here, and that is said only then.
    let mut desk = desk_at("17:40", true, Lang::Zh);
    let said = all(&mut desk, &["381544", "207076", ".4"]);
    assert!(said["say"].as_str().unwrap().contains("已到 22/22，全部到齐"), "{said}");
}
