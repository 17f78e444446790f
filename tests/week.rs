//! A week from Monday to Friday through line mode: sixty children, five groups a day, absences, two groups out and back,
//! early and late pickups. What was put in is kept beside it in plain lists; afterwards each day's activity log, late list and
//! presence, asked of the desk and read again from the file, have to match them.
#![allow(clippy::unwrap_used, clippy::wildcard_enum_match_arm, clippy::similar_names)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use caredesk::desk::appearance::Appearance;
use caredesk::desk::question::Label;
use caredesk::domain::day::Presence;
use caredesk::domain::fact::LateReason;
use caredesk::domain::people::ChildId;
use caredesk::domain::settings::Settings;
use caredesk::domain::time::{moment, time_of_day};
use caredesk::shell::clock::Clock;
use caredesk::shell::line;
use caredesk::shell::practice::{Plan, furnish, practice_day, settings};
use caredesk::shell::session::{Session, Setup};
use caredesk::store::{Kind, Store};
use caredesk::texts::Lang;
use serde_json::Value;

const CHILDREN: u32 = 60;
const DAYS: [&str; 5] = ["09-07", "09-08", "09-09", "09-10", "09-11"];
/// Title, category, leader's card, leader, away to.
const GROUPS: [(&str, &str, &str, &str, Option<&str>); 5] = [
    ("完成作业", "完成作业", "526014", "方", None),
    ("做风筝", "艺术", "815907", "丁", None),
    ("绘本角", "自主阅读", "830168", "韩", Some("图书角")),
    ("足球", "体育", "613181", "崔", Some("操场")),
    ("围棋", "娱乐游戏", "609130", "何主任", None),
];

/// What was put in on a day.
#[derive(Default)]
struct Put {
    arrived: BTreeMap<usize, String>,
    left: BTreeMap<usize, String>,
    late: BTreeMap<usize, (i64, LateReason)>,
    groups: BTreeMap<&'static str, BTreeSet<usize>>,
}

struct Room {
    session: Session,
    cards: Vec<String>,
    names: Vec<String>,
}

impl Room {
    fn open(dir: &Path) -> Self {
        let start = practice_day(time_of_day("16:15").unwrap());
        let mut store = Store::open(dir, Kind::Practice, true).unwrap();
        furnish(&mut store, Plan { start, lived_in: false, children: Some(CHILDREN), seed: 60 }).unwrap();
        let setup = Setup {
            settings: settings(Settings::default()),
            desk: "practice".to_owned(),
            lang: Lang::Zh,
            practice: true,
            appearance: Appearance::default(),
        };
        let session = Session::start(store, Clock::simulated(start, 0.001), setup).unwrap();
        let register = &session.model.register;
        let children: Vec<ChildId> = register.children().map(|c| c.id).collect();
        let cards = children.iter().map(|c| register.live_card(*c).unwrap().number.as_str().to_owned()).collect();
        let names = children.iter().map(|c| register.child(*c).unwrap().name.clone()).collect();
        Self { session, cards, names }
    }

    fn line(&mut self, text: &str) -> Value {
        serde_json::to_value(line::answer(&mut self.session, Some(text.to_owned()))).unwrap()
    }

    fn say(&mut self, text: &str) -> String {
        self.line(text)["say"].as_str().unwrap().to_owned()
    }

    fn clock(&mut self, day: &str, time: &str) {
        self.line(&format!(".clock 2026-{day}T{time}"));
    }

    fn card(&mut self, child: usize) -> Value {
        let card = self.cards[child].clone();
        self.line(&card)
    }

    /// A child of a tick list, by the number under which it stands: a card there is its pickup, no tick.
    fn tick(&mut self, child: usize) {
        let id = self.session.model.register.children().nth(child).unwrap().id;
        let question = self.session.model.question().unwrap();
        let listed = |l: &Label| matches!(l, Label::Tick { child, on: false } if *child == id);
        let n = question.choices.iter().find(|c| listed(&c.label)).unwrap().n;
        self.line(&n.to_string());
    }

    /// A pickup by whoever holds the card; a reason if one is asked.
    fn fetch(&mut self, child: usize, reason: Option<&str>) {
        let mut answer = self.card(child);
        if answer["verdict"] == "EARLY" || answer["verdict"] == "LATE" {
            answer = self.line(reason.expect("a reason is asked"));
        }
        assert_eq!(answer["verdict"], "OUT", "{answer}");
        assert_eq!(self.line("")["verdict"], "OUT_OK");
    }

    /// One day, put in line by line.
    fn day(&mut self, index: usize) -> Put {
        let day = DAYS[index];
        let mut put = Put::default();
        self.clock(day, "16:20");
        for (_, _, card, _, _) in GROUPS {
            assert!(self.say(".7").contains("签到"));
            self.line(card);
            assert!(self.say("2468").contains("已签到"));
        }
        // Every seventh child stays away, another one each day.
        for child in (0..60).filter(|c| !(c + index).is_multiple_of(7)) {
            let time = format!("16:{:02}", 30 + child / 4);
            self.clock(day, &time);
            let verdict = self.card(child)["verdict"].as_str().unwrap().to_owned();
            assert!(verdict == "IN_OK" || verdict == "IN_ALERT", "{verdict}");
            put.arrived.insert(child, time);
        }
        // Five groups of those who are here: every fifth of them into each, one child in none.
        self.clock(day, "16:50");
        let here: Vec<usize> = put.arrived.keys().copied().skip(1).collect();
        for (n, (title, category, _, leader, place)) in GROUPS.into_iter().enumerate() {
            let members: BTreeSet<usize> = here.iter().copied().skip(n).step_by(5).collect();
            let titled: &[&str] = if title == category { &[category, ""] } else { &[category, title] };
            self.line(".3");
            match place {
                None => {
                    self.line("新建");
                    for text in titled.iter().chain(&[leader, ""]) {
                        self.line(text);
                    }
                    self.line(".3");
                    // The one that was made last stands at the end of the open groups.
                    let number = self.session.model.day.state().groups().open().count();
                    self.line(&number.to_string());
                    self.line("加人");
                    for child in &members {
                        self.tick(*child);
                    }
                    assert!(self.say("").contains(&format!("加入 {} 人", members.len())), "{title}");
                }
                Some(place) => {
                    self.line("外出");
                    for text in titled {
                        self.line(text);
                    }
                    for child in &members {
                        self.tick(*child);
                    }
                    for text in ["", leader, place] {
                        self.line(text);
                    }
                    self.line(&members.len().to_string());
                    let said = self.say(&members.len().to_string());
                    assert!(said.contains(&format!("{} 人去{place}", members.len())), "{said}");
                }
            }
            put.groups.insert(title, members);
        }
        // One early pickup out of a group in the room.
        self.clock(day, "17:05");
        let early = *put.groups["围棋"].first().unwrap();
        self.fetch(early, Some("3"));
        put.left.insert(early, "17:05".to_owned());
        // Both groups come back; a wrong count on the way records nothing.
        self.clock(day, "17:10");
        for (title, _, _, _, place) in GROUPS {
            if place.is_none() {
                continue;
            }
            let n = put.groups[title].len();
            self.line(".3");
            self.line(title);
            self.line("返回");
            self.line(&n.to_string());
            self.line("");
            assert!(self.say(&(n + 1).to_string()).contains("不符"));
            self.line(&n.to_string());
            self.line("");
            let said = self.say(&n.to_string());
            assert!(said.contains(&format!("{n} 人全部返回")), "{said}");
        }
        // Most are fetched in time, two late.
        let waiting: Vec<usize> = put.arrived.keys().copied().filter(|c| *c != early).collect();
        let (in_time, late) = waiting.split_at(waiting.len() - 2);
        for (n, child) in in_time.iter().enumerate() {
            let time = format!("17:{:02}", 15 + n * 44 / in_time.len());
            self.clock(day, &time);
            self.fetch(*child, None);
            put.left.insert(*child, time);
        }
        self.clock(day, "17:59");
        for (title, _, _, leader, _) in GROUPS {
            self.line(".3");
            self.line("1");
            let said = self.say("结束");
            assert!(said.contains("已结束"), "{title} {leader}: {said}");
        }
        for (n, child) in late.iter().enumerate() {
            let minutes = 7 + 5 * n + index;
            let time = format!("18:{minutes:02}");
            self.clock(day, &time);
            let reason = LateReason::ALL[(n + index) % 5];
            self.fetch(*child, Some(&((n + index) % 5 + 1).to_string()));
            put.left.insert(*child, time);
            put.late.insert(*child, (i64::try_from(minutes).unwrap(), reason));
        }
        put
    }
}

#[test]
fn a_week_of_sixty_children_and_five_groups() {
    let dir = tempfile::tempdir().unwrap();
    let mut room = Room::open(dir.path());
    let puts: Vec<Put> = (0..5).map(|index| room.day(index)).collect();
    let file = Store::open_read_only(dir.path()).unwrap();
    let ids: Vec<ChildId> = room.session.model.register.children().map(|c| c.id).collect();
    for (index, (day, put)) in DAYS.iter().zip(&puts).enumerate() {
        let names = |children: &BTreeSet<usize>| children.iter().map(|c| room.names[*c].clone()).collect::<Vec<_>>().join("、");
        let log: Vec<String> = GROUPS.iter().map(|(title, ..)| names(&put.groups[title])).collect();
        let late: Vec<(String, String)> = put
            .late
            .iter()
            .map(|(c, (minutes, reason))| {
                (room.names[*c].clone(), format!("迟 {minutes} 分 {}", caredesk::texts::words::late_reason(Lang::Zh, *reason)))
            })
            .collect();
        // As the file has it, whatever the desk remembers.
        let end = moment(&format!("2026-{day}T23:59:59"), room.session.model.now).unwrap();
        let state = file.state_at(end).unwrap();
        assert_eq!(state.open_visits().len(), 0, "{day}: nobody was left");
        for (child, id) in ids.iter().enumerate() {
            match (state.presence(*id), put.arrived.get(&child)) {
                (Presence::NotHere, None) => {}
                (Presence::Gone(visit, release), Some(arrived)) => {
                    assert_eq!((visit.arrived.hhmm(), release.at.hhmm()), (arrived.clone(), put.left[&child].clone()), "{day} {child}");
                    assert_eq!(release.late.map(|l| (l.minutes, l.reason)), put.late.get(&child).copied(), "{day} {child}");
                }
                (other, arrived) => panic!("{day} {child}: {other:?}, put in {arrived:?}"),
            }
        }
        // Presence at any minute of the day.
        for time in ["16:29", "16:35", "16:45", "17:04", "17:06", "17:20", "17:41", "18:00", "18:10", "18:30"] {
            let at = moment(&format!("2026-{day}T{time}:30"), room.session.model.now).unwrap();
            let here = put.arrived.iter().filter(|(c, arrived)| arrived.as_str() <= time && put.left[*c].as_str() > time).count();
            let state = file.state_at(at).unwrap();
            assert_eq!(state.open_visits().len(), here, "{day} {time}");
            let away = |place: &str| state.open_visits().iter().filter(|(_, v)| v.place.as_str() == place).count();
            let out = ("16:50"..="17:09").contains(&time);
            assert_eq!(away("field"), if out { put.groups["足球"].len() } else { 0 }, "{day} {time}");
            assert_eq!(away("library"), if out { put.groups["绘本角"].len() } else { 0 }, "{day} {time}");
        }
        // As the desk says it on Friday evening: the log and the late list of each day.
        let today = index == 4;
        let said = room.say(&format!("@{day}"));
        assert!(today || said.contains("在班 0"), "{said}");
        let said = room.say(".3");
        for ((title, _, _, leader, _), members) in GROUPS.iter().zip(&log) {
            assert!(said.contains(title) && said.contains(&format!(" · {leader} · ")) && said.contains(members), "{day} {title}: {said}");
        }
        room.line("esc");
        let said = room.say(".5");
        for (name, what) in &late {
            assert!(said.contains(name) && said.contains(what), "{day}: {said}");
        }
        assert_eq!(said.matches('迟').count(), late.len(), "{day}: {said}");
        room.line("esc");
        room.line("esc");
    }
    // The week's picture: everybody who took part, by category.
    let said = room.say(".8");
    for (title, category, ..) in GROUPS {
        let n: usize = puts.iter().map(|p| p.groups[title].len()).sum();
        assert!(said.contains(&format!("{category} {n}")), "{title} {n}: {said}");
    }
    assert!(file.verify().is_sound());
}
