//! One real afternoon at the level of lines and at the level of keys: the acceptance script, played in line mode and on the
//! screen, with the counts after every line; on the screen the keys are counted and every frame is drawn.
//!
//! Lines that belong to later work stand here by their number as not yet played: A22 A27–A30 A35–A37 A39 A46 A51
//! A60–A62 A66 A67; of A19 the list, of A50 and A53 what is not for the public screen and the second adult.
#![allow(clippy::unwrap_used, clippy::wildcard_enum_match_arm, clippy::similar_names)]

use caredesk::config::Config;
use caredesk::desk::Dialog;
use caredesk::desk::appearance::Appearance;
use caredesk::desk::forms::Kind as FormKind;
use caredesk::desk::question::Prompt;
use caredesk::desk::roster::Table;
use caredesk::desk::said::{Hint, Said};
use caredesk::domain::time::{Moment, time_of_day};
use caredesk::rules::Verdict;
use caredesk::shell::clock::Clock;
use caredesk::shell::keys::Key;
use caredesk::shell::line;
use caredesk::shell::practice::{Plan, furnish, practice_day, settings};
use caredesk::shell::session::{Session, Setup};
use caredesk::shell::window::Window;
use caredesk::store::{Kind, Store};
use caredesk::texts::Lang;
use caredesk::view::draw;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::time::{Duration, Instant};
use unicode_width::UnicodeWidthStr;

struct Desk {
    session: Session,
    store: Option<tempfile::TempDir>,
    screen: Option<Screen>,
    watch: Watch,
}

/// Looks at everything that is shown for phone numbers in full: one may stand only for half a minute after it was asked for. What
/// asks for it is read off the question in front and the answer, not off what the desk remembers.
#[derive(Default)]
struct Watch {
    asked: HashMap<String, Moment>,
    asking: BTreeSet<String>,
}

impl Watch {
    fn look(&mut self, session: &Session, shown: &str) {
        let model = &session.model;
        let listed = || model.register.all_collectors().filter_map(|c| Some((c.child, c.phone.clone()?))).filter(|(_, phone)| phone.len() == 11);
        let about = match (model.question().map(|q| q.prompt), &model.said) {
            (_, Some(Said::Hint(Hint::Phones(child)))) => Some(*child),
            (Some(Prompt::OnSiteCall(child) | Prompt::CallOutcome(child, _)), _) => Some(child),
            (Some(Prompt::CallBackResult(who)), _) => model.register.collector(who).map(|c| c.child),
            (Some(Prompt::Focus), _) => {
                let asking = model.queue.focus().and_then(|g| g.asking());
                asking.filter(|w| matches!(w.verdict, Verdict::WhoCall { .. })).map(|w| w.pass.child)
            }
            _ => None,
        };
        let asking: BTreeSet<String> = listed().filter(|(child, _)| Some(*child) == about).map(|(_, phone)| phone).collect();
        self.asked.extend(asking.difference(&self.asking).map(|phone| (phone.clone(), model.now)));
        self.asking = asking;
        // What the teacher is typing into the form in front is not shown by the desk.
        let typed_here = matches!(&model.dialog, Some(Dialog::Form(form)) if matches!(form.kind, FormKind::Authorise(_)));
        for (_, phone) in listed().filter(|(_, phone)| shown.contains(phone.as_str()) && !typed_here) {
            let asked = self.asked.get(&phone).unwrap_or_else(|| panic!("{phone} was not asked for:\n{shown}"));
            assert!(model.now.ms - asked.ms < 30_000, "{phone} stands for more than half a minute:\n{shown}");
        }
    }
}

/// A keyboard, a reader and a screen: what line mode does not have.
struct Screen {
    window: Window,
    now: Instant,
    pressed: usize,
    watch: Watch,
}

impl Screen {
    /// A line as it comes in on the screen: a card as a burst, everything else key by key.
    fn line(&mut self, session: &mut Session, text: &str) {
        let numbers = text.chars().all(char::is_numeric) && text.chars().count() >= 6;
        let card = numbers && !(text.len() == 11 && text.starts_with('1'));
        self.window.drawn(session, self.now);
        self.now += Duration::from_secs(2);
        let gap = if card { Duration::from_millis(1) } else { Duration::from_millis(150) };
        let keys: Vec<Key> = match text {
            "esc" => vec![Key::Esc],
            ".undo" => vec![Key::Ctrl('z')],
            ".7" => vec![Key::F(7)],
            ".2" => vec![Key::F(2)],
            ".3" => vec![Key::F(3)],
            ".4" => vec![Key::F(4)],
            ".5" => vec![Key::F(5)],
            ".8" => vec![Key::F(8)],
            text => text.chars().map(Key::Char).chain([Key::Enter]).collect(),
        };
        if !card {
            self.pressed += keys.len();
        }
        for key in keys {
            self.now += gap;
            self.window.key(session, key, self.now);
            self.window.drawn(session, self.now);
            let frame = self.draw(session);
            self.watch.look(session, &frame);
        }
    }

    /// Draws a frame; a covered cell that shows something fails.
    fn draw(&self, session: &Session) -> String {
        self.draw_in(session, 80, 24)
    }

    fn draw_in(&self, session: &Session, width: u16, height: u16) -> String {
        let area = Rect::new(0, 0, width, height);
        let mut buf = Buffer::empty(area);
        draw(&session.model, &self.window.look(session), area, &mut buf);
        let mut text = String::new();
        for y in 0..height {
            let mut x = 0;
            while x < width {
                let symbol = buf[(x, y)].symbol();
                let columns = u16::try_from(symbol.width()).unwrap();
                assert!(columns >= 1 && x + columns <= width, "row {y}");
                assert!((x + 1..x + columns).all(|c| buf[(c, y)].symbol() == " "), "row {y}: a covered cell shows something");
                text.push_str(symbol);
                x += columns;
            }
            text.push('\n');
        }
        text
    }
}

fn open(dir: &Path, at: &str) -> Session {
    let start = practice_day(time_of_day(at).unwrap());
    let mut store = Store::open(dir, Kind::Practice, true).unwrap();
    if store.load(start).unwrap().head.0 == 0 {
        furnish(&mut store, Plan { start, lived_in: false, children: None, seed: 1 }).unwrap();
    }
    let setup = Setup {
        settings: settings(Config::default().settings().unwrap()),
        desk: "practice".to_owned(),
        lang: Lang::Zh,
        practice: true,
        appearance: Appearance::default(),
    };
    // A clock that hardly runs: the script's times are the only ones.
    Session::start(store, Clock::simulated(start, 0.000_001), setup).unwrap()
}

impl Desk {
    fn at(time: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        Self { session: open(dir.path(), time), store: Some(dir), screen: None, watch: Watch::default() }
    }

    fn on_screen(time: &str) -> Self {
        let screen = Screen { window: Window::default(), now: Instant::now(), pressed: 0, watch: Watch::default() };
        Self { screen: Some(screen), ..Self::at(time) }
    }

    /// On the screen no more keys than these were pressed since the last time this was asked (scans are none).
    fn keys_at_most(&mut self, step: &str, most: usize) {
        if let Some(screen) = &mut self.screen {
            let pressed = std::mem::take(&mut screen.pressed);
            assert!(pressed <= most, "{step}: {pressed} keys, {most} are allowed");
        }
    }

    fn count_keys_from_here(&mut self) {
        self.keys_at_most("", usize::MAX);
    }

    /// What stands on the screen; in line mode nothing does.
    fn sees(&self, what: &str) {
        if let Some(screen) = &self.screen {
            let text = screen.draw(&self.session);
            assert!(text.contains(what), "{what} is not on\n{text}");
        }
    }

    /// One line in, its answer out; what a restart would know is compared with what the desk knows (A64).
    fn line(&mut self, text: &str) -> Value {
        let answer = match &mut self.screen {
            None => line::answer(&mut self.session, Some(text.to_owned())),
            Some(screen) => {
                self.session.model.notices.clear();
                screen.line(&mut self.session, text);
                line::Answer::of(&mut self.session)
            }
        };
        let model = &self.session.model;
        assert_eq!(model.table, Table::of(model.source()), "the roster kept entry by entry is the roster made anew, after {text:?}");
        let answer = serde_json::to_value(answer).unwrap();
        let wide = self.screen.as_ref().map_or_else(String::new, |screen| screen.draw_in(&self.session, 150, 50));
        self.watch.look(&self.session, &format!("{answer}\n{wide}"));
        if let Some(dir) = &self.store {
            let other = Store::open_read_only(dir.path()).unwrap();
            let loaded = other.load(self.session.model.now).unwrap();
            assert_eq!(loaded.head, self.session.model.head, "after {text:?}");
            assert_eq!(loaded.register, self.session.model.register, "the register after {text:?}");
            assert_eq!(loaded.day.state(), self.session.model.day.state(), "the day after {text:?}");
        }
        answer
    }

    fn lines(&mut self, texts: &str) -> Value {
        texts.split(' ').map(|t| self.line(if t == "⏎" { "" } else { t })).last().unwrap()
    }

    fn clock(&mut self, time: &str) -> Value {
        self.line(&format!(".clock {time}"))
    }

    /// IN and RACK as the script has them.
    fn counts(&mut self, step: &str, inside: u64, rack: u64) {
        let n = self.session.model.counts();
        assert_eq!((n.inside as u64, n.rack as u64), (inside, rack), "IN and RACK after {step}");
        let cards = self.session.model.register.card_count();
        assert_eq!(cards.rack, cards.issued - cards.holder - cards.away - cards.lost, "custody after {step}");
    }

    fn key(&mut self, key: Key) {
        if let Some(screen) = &mut self.screen {
            screen.window.drawn(&self.session, screen.now);
            screen.now += Duration::from_secs(1);
            screen.window.key(&mut self.session, key, screen.now);
        }
    }

    /// Ticks children on the screen: arrows to each, Space.
    fn tick_with_space(&mut self, names: &[&str]) {
        for name in names {
            let wanted = |d: &Self| {
                let question = d.session.model.question().unwrap();
                let n = d.session.model.marked_choice(&question)?;
                let label = caredesk::wording::Words::of(&d.session.model).choice(question.choice(n).unwrap());
                Some(label.contains(name))
            };
            for _ in 0..40 {
                if wanted(self) == Some(true) {
                    break;
                }
                self.key(Key::Down);
            }
            self.key(Key::Char(' '));
        }
    }

    /// Time passes, and nothing else.
    fn tick(&mut self, time: &str) -> Value {
        self.session.model.notices.clear();
        let to = self.session.model.now.at_time(time_of_day(time).unwrap());
        let effects = caredesk::desk::update(&mut self.session.model, caredesk::desk::Msg::Tick, to);
        assert_eq!(effects, [], "time alone asks for nothing");
        serde_json::to_value(line::Answer::of(&mut self.session)).unwrap()
    }

    fn phone(&self, child: i64, nth: usize) -> String {
        let register = &self.session.model.register;
        register.collectors(caredesk::domain::people::ChildId(child)).nth(nth).unwrap().phone.clone().unwrap()
    }

    fn expected_back(&self, title: &str) -> usize {
        let state = self.session.model.day.state();
        let group = state.groups().all().find(|g| g.group.title == title).unwrap();
        caredesk::rules::groups::expected_back(state, group).len()
    }

    /// The number of the choice with this word, as a person reads it off the list.
    fn pick(&mut self, word: &str) -> Value {
        self.line(word)
    }
}

fn verdict(answer: &Value) -> &str {
    answer["verdict"].as_str().unwrap_or("-")
}

fn say(answer: &Value) -> String {
    answer["say"].as_str().unwrap_or_default().to_owned()
}

fn notices(answer: &Value) -> String {
    answer["notices"].to_string()
}

#[test]
fn the_afternoon_in_line_mode() {
    the_afternoon(Desk::at("16:20"));
}

#[test]
fn the_afternoon_on_the_screen() {
    the_afternoon(Desk::on_screen("16:20"));
}

fn the_afternoon(mut d: Desk) {
    // A01: what day it is and until when, enrolment and counts, the number for complaints.
    let model = &d.session.model;
    let today = model.settings.calendar().day(model.day.date());
    assert_eq!((today.kind.key(), today.session().unwrap().end), ("school", time_of_day("18:00").unwrap()));
    assert_eq!(today.session().unwrap().start, time_of_day("16:30").unwrap());
    if let Some(screen) = &d.screen {
        let text = screen.draw(&d.session);
        assert!(text.contains("上课日") && text.contains("18:00") && text.contains("监督电话 0571-"), "{text}");
    }
    let a = d.line(".2");
    assert_eq!(a["counts"]["expected"], 22);
    let a = d.line(".calendar");
    assert!(a["asks"] == "choice", "{a}");
    d.line("esc");
    d.counts("A01", 0, 22);

    // A02: 方 signs on; five wrong PINs pause her PIN, and the desk still scans.
    d.clock("16:21");
    let a = d.lines(".7 526014");
    assert_eq!(a["asks"], "pin");
    let a = d.line("2468");
    assert!(say(&a).contains("方 已签到"), "{a}");
    assert_eq!(notices(&a), "[]", "checked record, valid papers: nothing to say: {a}");
    d.counts("A02", 0, 22);

    // A03: the hooks are counted.
    d.clock("16:22");
    let a = d.lines(".rack 22");
    assert!(say(&a).contains("22 = 22"), "{a}");
    assert_eq!(a["recorded"].as_array().unwrap().len(), 1);
    d.counts("A03", 0, 22);

    // A04: 马浩然 is ill. Budget: eight keys.
    d.clock("16:24");
    d.count_keys_from_here();
    let a = d.lines("mhr 1 1");
    d.keys_at_most("A04", 8);
    assert!(say(&a).contains("请假"), "{a}");
    assert_eq!(a["counts"]["expected"], 21);
    let a = d.line("142757");
    assert_eq!(verdict(&a), "ON_LEAVE");
    assert_eq!(verdict(&d.line("")), "ON_LEAVE", "Enter alone answers nothing");
    d.line("2");
    d.counts("A04", 0, 22);

    // A05: aunt 林晓 may fetch 林书瑶 today, once the call-back says so.
    d.clock("16:26");
    let a = d.line("lsy");
    assert_eq!(a["choices"].as_array().unwrap().len(), 2);
    let a = d.line("2");
    assert!(say(&a).contains("林书瑶"), "{a}");
    d.pick("今日授权");
    let a = d.lines("林晓 姑姑 13900000099 月牙桥 1 3");
    assert!(say(&a).contains("未生效"), "{a}");
    let named = d.session.model.register.all_collectors().find(|c| c.name == "林晓").unwrap().clone();
    assert!(!named.may_collect(d.session.model.day.date()), "inactive until the call-back says yes");
    let phrase = named.phrase.clone().unwrap();
    assert!(phrase.starts_with("$argon2id$") && !phrase.contains("月牙桥"), "the phrase is kept as a hash");
    d.lines("lsy 2");
    d.pick("回拨核实");
    let a = d.lines("1 1");
    assert!(say(&a).contains("同意"), "{a}");
    let (today, named) = (d.session.model.day.date(), named.id);
    let may = |d: &Desk, on| d.session.model.register.collector(named).unwrap().may_collect(on);
    assert!(may(&d, today) && !may(&d, today.succ_opt().unwrap()), "for today, and it expires tonight");
    d.counts("A05", 0, 22);

    // A06: 丁 signs on; a coach whose certificate has expired is refused, the paper named; 方 goes on acting.
    d.clock("16:28");
    d.lines(".7 815907 2468");
    assert_eq!(d.session.model.day.state().duty().len(), 2);
    let a = d.lines(".7 397726 2468");
    assert!(say(&a).contains("许 不能上岗") && say(&a).contains("教练员证（2026-08-31 过期）"), "{a}");
    d.sees("教练员证（2026-08-31 过");
    assert!(a["recorded"].as_array().unwrap().len() <= 2, "tried and proved, and not on duty: {a}");
    assert_eq!(d.session.model.day.state().duty().len(), 2, "adults 2");
    assert!(a["asks"].is_null(), "the desk stays usable: {a}");
    let a = d.lines(".7 526014 ⏎ 2468");
    assert!(say(&a).contains("方"), "{a}");
    d.counts("A06", 0, 22);

    // A07: classes are still on: nothing may sound before 16:30.
    d.clock("16:29");
    let quiet = |d: &Desk| d.session.model.settings.is_quiet(d.session.model.now);
    assert!(quiet(&d));
    if let Some(screen) = &d.screen {
        assert!(screen.draw(&d.session).contains("静音"));
    }
    d.clock("16:30");
    assert!(!quiet(&d));

    // A08: mother and two siblings; no key.
    d.clock("16:30");
    d.count_keys_from_here();
    let a = d.line("453841");
    assert_eq!(verdict(&a), "IN_OK");
    assert!(notices(&a).contains("陈一鸣"), "{a}");
    let a = d.line("693691");
    assert_eq!(verdict(&a), "IN_OK");
    assert!(!notices(&a).contains("同家庭"), "{a}");
    d.keys_at_most("A08", 0);
    d.counts("A08", 2, 20);

    // A09: homophones are told apart by class and character.
    d.clock("16:31");
    let a = d.line("779093");
    assert!(say(&a).contains("二(1)班") && say(&a).contains('梓'), "{a}");
    let a = d.line("159082");
    assert!(say(&a).contains("三(2)班") && say(&a).contains('子'), "{a}");
    d.sees("〔子〕");
    d.counts("A09", 4, 18);

    // A10: two digits swapped.
    let a = d.line("159028");
    assert_eq!(verdict(&a), "BAD_DIGIT");
    assert!(a["child"].is_null());
    d.counts("A10", 4, 18);

    // A11: the input method is on.
    let a = d.line("５０４１７９");
    assert_eq!(verdict(&a), "IN_OK");
    assert!(notices(&a).contains("输入法"), "{a}");
    d.counts("A11", 5, 17);

    // A12: the reader fires twice.
    let a = d.line("112018112018");
    assert_eq!(verdict(&a), "IN_OK");
    assert!(notices(&a).contains('⚑'), "{a}");
    d.counts("A12", 6, 16);

    // A13: peanut allergy; the next card is scanned already; the alert stays until Enter.
    assert_eq!(verdict(&d.line("792339")), "IN_ALERT");
    assert_eq!(verdict(&d.line("994330")), "IN_OK");
    d.counts("A13", 8, 14);
    assert_eq!(d.session.model.alerts().len(), 1);
    let a = d.line("");
    assert!(say(&a).contains("张雨桐"), "{a}");
    assert!(d.session.model.alerts().is_empty());

    // A14: a scan while a form is open; the form stays as it was.
    d.lines("lsy 2");
    d.pick("今日授权");
    d.line("周某");
    let a = d.line("110031");
    assert_eq!(verdict(&a), "IN_OK");
    assert_eq!(a["asks"], "text", "the form still asks: {a}");
    d.line("esc");
    d.counts("A14", 9, 13);

    // A15: the cable is pulled; a typed number and a search do everything.
    let a = d.line("zzm");
    assert!(say(&a).contains("周子墨"), "{a}");
    d.line("esc");
    d.counts("A15", 9, 13);

    // A16: four from class; the spoken count has to be right.
    d.clock("16:36");
    d.line(".batch 王老师");
    let a = d.lines("828058 433490 868643 789764");
    assert!(say(&a).contains("第 4 名"), "{a}");
    d.counts("A16 before the count", 9, 13);
    let a = d.line("5");
    assert!(say(&a).contains("不符"), "{a}");
    d.counts("A16 with the wrong count", 9, 13);
    let a = d.line("4");
    assert_eq!(verdict(&a), "IN_OK");
    d.counts("A16", 13, 9);
    d.lines("fkx");
    d.line("esc");
    let held = d.session.model.day.state().child(caredesk::domain::people::ChildId(13)).unwrap().visits[0].holder.clone();
    assert_eq!(held, caredesk::domain::fact::Holder::Escort("王老师".into()));

    // A17: six families in a row, no key.
    d.clock("16:38");
    d.count_keys_from_here();
    for card in ["430315", "598728", "602338", "421433", "381544", "207076"] {
        assert_eq!(verdict(&d.line(card)), "IN_OK", "{card}");
    }
    d.keys_at_most("A17", 0);
    d.counts("A17", 19, 3);

    // A18: a bus card three times; noted once, the desk is not locked.
    d.clock("16:44");
    let first = d.line("3104001122334455");
    assert_eq!(verdict(&first), "NO_CARD");
    assert_eq!(first["recorded"].as_array().unwrap().len(), 1);
    for _ in 0..2 {
        let again = d.line("3104001122334455");
        assert_eq!(verdict(&again), "NO_CARD");
        assert_eq!(again["recorded"].as_array().unwrap().len(), 0);
    }
    d.counts("A18", 19, 3);

    // A19: the first roll: 19 of 21, the missing with their numbers.
    d.clock("16:45");
    let a = d.line(".4");
    assert!(say(&a).contains("已到 19/21") && say(&a).contains("何乐怡 母亲") && say(&a).contains("梁博文 母亲"), "{a}");
    let phone = d.phone(14, 0);
    let tail = format!("…{}", phone.chars().skip(7).collect::<String>());
    assert!(say(&a).contains(&tail) && !say(&a).contains(&phone), "the number's last four digits: {a}");
    d.sees("点名 已到 19/21");
    d.sees(&tail);
    assert!(a["choices"][0]["label"].as_str().unwrap().contains("何乐怡"), "{a}");
    let a = d.line("1");
    assert!(say(&a).contains(&phone), "choosing one shows the number: {a}");
    d.sees(&phone);

    // A20: 何乐怡 arrives; found under both readings.
    d.clock("16:46");
    assert_eq!(verdict(&d.line("127139")), "IN_OK");
    d.sees("点名 已到 20/21"); // she leaves the list while it is open
    assert!(say(&d.line("hyy")).contains("何乐怡"));
    d.line("esc");
    assert!(say(&d.line("hly")).contains("何乐怡"));
    d.line("esc");
    d.counts("A20", 20, 2);

    // A21: 梁博文 is called about: at calligraphy until 16:58; the desk reminds of it at 17:03 and not before.
    d.clock("16:48");
    let a = d.line(".5");
    assert!(a["choices"][0]["label"].as_str().unwrap().contains("梁博文"), "{a}");
    let a = d.lines("1 1 书法课 1658");
    assert!(say(&a).contains("16:58 前到") && say(&a).contains("17:03 再提醒"), "{a}");
    let a = d.line(".4");
    assert!(say(&a).contains("书法课 16:58 来"), "the roll knows what was said: {a}");
    d.line("esc");

    // A23: what a group may do, and what not.
    d.clock("16:52");
    d.lines(".3 新建");
    let a = d.lines("完成作业 ⏎ ⏎ ⏎");
    assert!(say(&a).contains("已建：完成作业 · 方 · 教室"), "{a}");
    d.lines(".3 新建");
    let a = d.line("《风筝》第一课时");
    assert!(say(&a).contains("属上新课") && say(&a).contains("十严禁②"), "{a}");
    d.sees("属上新课");
    assert_eq!(d.session.model.day.state().groups().all().count(), 1, "nothing was made");
    let a = d.lines("艺术 做风筝 ⏎ ⏎");
    assert!(say(&a).contains("已建：做风筝"), "{a}");
    d.counts("A23", 20, 2);

    // The coach signs on: only who is on duty can lead.
    d.lines(".7 613181 2468");
    d.lines(".7 526014 ⏎ 2468");

    // A24: football on the field, by name and two counts that have to agree.
    d.clock("16:55");
    d.lines(".3 外出 体育 足球");
    if d.screen.is_some() {
        d.tick_with_space(&["冯可心", "许子昂", "高语晨", "李沐辰", "罗欣怡"]);
    } else {
        d.lines("fkx xza gyc lmc");
        d.line("罗欣怡");
    }
    d.line("");
    let a = d.lines("崔 ⏎ 5 4");
    assert!(say(&a).contains("不符") && a["recorded"].as_array().unwrap().is_empty(), "{a}");
    let a = d.lines("5 5");
    assert!(say(&a).contains("足球：5 人去操场"), "{a}");
    let (inside, list) = caredesk::wording::Words::of(&d.session.model).by_place(d.session.model.day.state());
    assert_eq!(inside, 20);
    assert!(list.contains("教室 15") && list.contains("操场 5"), "{list}");
    d.sees("（操场 5）");
    d.counts("A24", 20, 2);

    // A25: the calligraphy teacher brings 梁博文.
    d.clock("16:58");
    assert_eq!(verdict(&d.line("826982")), "IN_OK");
    d.counts("A25", 21, 1);
    let (_, list) = caredesk::wording::Words::of(&d.session.model).by_place(d.session.model.day.state());
    assert!(list.contains("教室 16") && list.contains("操场 5"), "{list}");

    // A26: the father of 许子昂, who is on the field; early.
    d.clock("17:02");
    let a = d.line("433490");
    assert_eq!(verdict(&a), "ELSEWHERE");
    assert!(say(&a).contains("在操场（足球，请呼 崔）"), "{a}");
    let a = d.line("1");
    assert!(say(&a).contains("490"), "called out by the last digits: {a}");
    d.clock("17:06");
    let a = d.line("");
    assert!(a["recorded"].as_array().unwrap().is_empty(), "once called there is no default: {a}");
    let a = d.line("1");
    assert!(say(&a).contains("许子昂：现在教室") && say(&a).contains("提前离园"), "he has come to the desk: {a}");
    let a = d.line("1");
    assert_eq!(verdict(&a), "OUT", "{a}");
    let a = d.line("");
    assert_eq!(verdict(&a), "OUT_OK");
    assert!(say(&a).contains("父亲"), "the holder of an escorted child is the first collector: {a}");
    d.counts("A26", 20, 2);
    assert_eq!(d.expected_back("足球"), 4, "the group expects one less");

    // A31 as a fresh scan: 唐逸飞 to the dentist.
    d.clock("17:12");
    assert_eq!(verdict(&d.line("207076")), "EARLY");
    assert_eq!(verdict(&d.line("")), "EARLY", "Enter alone gives no reason");
    assert_eq!(verdict(&d.line("3")), "OUT");
    assert_eq!(verdict(&d.line("")), "OUT_OK");
    d.counts("A31", 19, 3);

    // A32: the card once more.
    let a = d.line("207076");
    assert_eq!(verdict(&a), "REPEAT");
    assert!(say(&a).contains("17:12") && say(&a).contains("父亲"), "{a}");
    assert!(d.line("")["recorded"].as_array().unwrap().is_empty());
    d.counts("A32", 19, 3);

    // A33: grandmother without a card. Budget: 25 keys and the PIN.
    d.clock("17:17");
    d.count_keys_from_here();
    d.lines("zzm 2 2 0428 1 1 1 丁");
    d.keys_at_most("A33 before the PIN", 25);
    let a = d.line("2468");
    assert_eq!(verdict(&a), "OUT_OK", "{a}");
    assert!(say(&a).contains("祖母"), "{a}");
    assert!(notices(&a).contains("本月第 1 次无卡"), "{a}");
    d.counts("A33", 18, 3);
    assert_eq!(d.session.model.register.card_count().away, 1);

    // A34: the barred father holds the right card.
    d.clock("17:18");
    let a = d.line("112018");
    assert_eq!(verdict(&a), "WHO");
    assert!(!say(&a).contains("赵强") && !say(&a).contains("限制"), "{a}");
    assert_eq!(verdict(&d.line("")), "WHO", "Enter alone never releases");
    let a = d.line("9");
    assert_eq!(verdict(&a), "HOLD");
    d.sees("请稍候");
    assert!(!say(&a).contains("赵强"), "{a}");
    d.line("esc");
    d.counts("A34", 18, 3);
    // The hold sticks: the same card, and the mother named, change nothing; a leader's PIN lifts it and releases nobody.
    assert_eq!(verdict(&d.line("112018")), "HOLD");
    assert_eq!(verdict(&d.line("")), "HOLD", "Enter alone does nothing");
    d.line("esc");
    assert_eq!(verdict(&d.lines("zxm 持卡未刷")), "HOLD");
    d.line("esc");
    d.clock("17:19");
    assert_eq!(verdict(&d.line("112018")), "HOLD");
    let a = d.line("1");
    assert_eq!(a["asks"], "pin", "{a}");
    let a = d.line("2468");
    assert!(say(&a).contains("来人已离开"), "{a}");
    assert_eq!(a["waiting"], 0, "{a}");
    d.counts("A34", 18, 3);

    // A38: back-fill of the paper slip.
    d.clock("17:28");
    d.lines(".backfill 994330 1725");
    let a = d.line("1");
    assert_eq!(verdict(&a), "OUT_OK", "{a}");
    let entry = d.session.model.day.entries().iter().rev().find(|e| e.fact.kind() == "released").unwrap();
    assert_eq!((entry.at.hhmm(), entry.entered_at.hhmm()), ("17:25".into(), "17:28".into()));
    d.counts("A38", 17, 4);

    // A40: three come back of four: the missing one is named, and her clock runs.
    d.clock("17:32");
    d.lines(".3 返回 3");
    d.lines("fkx gyc lmc ⏎");
    let a = d.line("3");
    assert!(say(&a).contains("返回 3，应为 4") && say(&a).contains("罗欣怡"), "{a}");
    d.clock("17:33");
    d.sees("失联 1 分：罗欣怡");
    d.counts("A40", 17, 4);
    assert_eq!(d.session.model.counts().missing, 1);
    let (_, list) = caredesk::wording::Words::of(&d.session.model).by_place(d.session.model.day.state());
    assert!(list.starts_with("教室 16") && list.ends_with("失联 1（罗欣怡）"), "{list}");

    // A41: the mother took her on the pitch; the card is here. Back-filled, with the call, and an incident.
    let a = d.line("789764");
    assert_eq!(verdict(&a), "ELSEWHERE");
    assert!(say(&a).contains("未回：17:32 起失联，最后在操场（足球，崔）") && !say(&a).contains("呼叫"), "{a}");
    let a = d.lines("2 1725");
    assert!(
        a["choices"][0]["label"].as_str().unwrap().contains("父亲") && a["choices"].as_array().unwrap().iter().all(|c| c["default"] == false),
        "{a}"
    );
    d.line("1");
    let a = d.line("");
    assert_eq!(verdict(&a), "OUT_OK");
    assert!(notices(&a).contains("已立事件：罗欣怡"), "{a}");
    assert!(d.session.model.day.state().missing().is_empty());
    let entry = d.session.model.day.entries().iter().rev().find(|e| e.fact.kind() == "released").unwrap();
    assert!(matches!(&entry.fact, caredesk::domain::fact::Fact::Released { ground: caredesk::domain::fact::Ground::OnSite { .. }, .. }));
    assert_eq!(entry.at.hhmm(), "17:25");
    d.counts("A41", 16, 5);
    let (_, list) = caredesk::wording::Words::of(&d.session.model).by_place(d.session.model.day.state());
    assert!(list.starts_with("教室 16"), "{list}");

    // The coach goes: not while he leads a group.
    d.clock("17:35");
    let a = d.lines(".7 613181 2 2468");
    assert!(say(&a).contains("崔 正带 足球"), "{a}");
    d.lines(".3 足球");
    let a = d.pick("结束");
    assert!(say(&a).contains("足球：已结束"), "{a}");
    let a = d.lines(".7 613181 2 2468");
    assert!(say(&a).contains("崔 已签退"), "{a}");
    d.lines(".7 526014 ⏎ 2468");

    // A42: both 陈s; with one scanned the reminder would stay.
    d.clock("17:36");
    d.count_keys_from_here();
    d.lines("453841 693691");
    d.sees("同一家庭 2 人");
    let a = d.line("");
    d.keys_at_most("A42", 1);
    assert_eq!(verdict(&a), "OUT_OK");
    assert_eq!(a["recorded"].as_array().unwrap().len(), 4, "one act for both");
    d.counts("A42", 14, 7);

    // A43: the wrong homophone, undone with three keys, then the right one.
    d.clock("17:38");
    let a = d.line("wzh");
    assert_eq!(verdict(&a), "AMBIGUOUS");
    d.line("2");
    let a = d.pick("持卡未刷");
    assert!(say(&a).contains("三(2)班"), "{a}");
    d.line("");
    d.counts("A43 wrong", 13, 8);
    let before = d.session.model.day.entries().len();
    d.count_keys_from_here();
    let a = d.lines(".undo 1");
    d.keys_at_most("A43", 4);
    assert!(say(&a).contains("王子涵"), "{a}");
    d.counts("A43 undone", 14, 7);
    assert_eq!(d.session.model.day.entries().len(), before + 2, "nothing is deleted");
    d.lines("wzh 1");
    d.pick("持卡未刷");
    d.line("");
    d.counts("A43", 13, 8);

    // A44: the card is in the other coat.
    d.clock("17:40");
    d.line("sjh");
    d.pick("无卡");
    let a = d.line("909969");
    assert_eq!(a["asks"], "pin", "the mother works here: her staff card, then her PIN: {a}");
    let a = d.line("2468");
    assert_eq!(verdict(&a), "OUT_OK", "{a}");
    assert!(!d.session.model.day.state().is_on_duty(caredesk::domain::people::StaffId(6)), "she collects, she is not on duty");
    d.counts("A44", 12, 8);
    assert_eq!(d.session.model.register.card_count().away, 2);

    // A45: 王子涵 with his own card.
    d.clock("17:41");
    d.count_keys_from_here();
    assert_eq!(verdict(&d.lines("159082 ⏎")), "OUT_OK");
    d.keys_at_most("A45", 1);
    d.counts("A45", 11, 9);

    // A47: the card is lost: dead that second; grade 1 takes the full way.
    d.clock("17:45");
    d.line("syq");
    d.pick("挂失");
    d.line("");
    d.line("syq");
    d.pick("无卡");
    let a = d.lines("2 5678 1 1 1 2468");
    assert_eq!(verdict(&a), "OUT_OK", "{a}");
    d.counts("A47", 10, 9);

    // A48: a stranger hands it in.
    let a = d.line("381544");
    assert_eq!(verdict(&a), "LOST");
    d.sees("已挂失");
    assert!(a["child"].is_null() && !say(&a).contains("宋雅琪"), "{a}");
    d.counts("A48", 10, 9);

    // A49
    d.clock("17:47");
    for (card, inside) in [("828058", 9), ("868643", 8), ("504179", 7), ("792339", 6)] {
        assert_eq!(verdict(&d.line(card)), "OUT");
        assert_eq!(verdict(&d.line("")), "OUT_OK");
        d.counts("A49", inside, 19 - inside);
    }

    // A50: ten minutes before the end the board of who is left comes up by itself and takes no key.
    if let Some(screen) = &mut d.screen {
        screen.window.key(&mut d.session, Key::Char('z'), screen.now);
    }
    let a = if d.screen.is_some() { d.tick("17:50") } else { d.clock("17:50") };
    assert!(notices(&a).contains("还有 6 人"), "{a}");
    d.sees("未接 6 人");
    d.sees("未联系");
    if d.screen.is_some() {
        d.sees("> z");
        d.key(Key::Backspace);
    }
    d.counts("A50", 6, 13);

    // A52: the restricted child always asks who.
    d.clock("17:53");
    d.count_keys_from_here();
    assert_eq!(verdict(&d.line("112018")), "WHO");
    assert_eq!(verdict(&d.line("1")), "OUT_OK");
    d.keys_at_most("A52, another collector", 2);
    d.counts("A52", 5, 14);
    for (card, inside) in [("127139", 4), ("826982", 3), ("602338", 2)] {
        d.lines(&format!("{card} ⏎"));
        d.counts("A52", inside, 19 - inside);
    }

    // A53: the standard session ends: nobody is released; two stay in extended care, approved by the leader.
    let a = d.clock("18:00");
    assert!(notices(&a).contains("已到结束时间，还有 2 人"), "{a}");
    d.counts("A53 at the end", 2, 17);
    d.lines(".5 延时 ⏎ ⏎ ⏎");
    let a = d.line("2468");
    assert!(say(&a).contains("2 人转延时至 18:30，何主任 批准"), "{a}");
    d.counts("A53", 2, 17);

    // A54: the aunt, named for today; in extended care she is not late.
    d.clock("18:05");
    let a = d.line("421433");
    assert_eq!(verdict(&a), "OUT");
    assert!(a["choices"].to_string().contains("林晓"), "{a}");
    let a = d.line("4");
    assert_eq!((verdict(&a), a["asks"].as_str()), ("WHO", Some("secret")), "{a}");
    d.sees("口令");
    let a = d.line("月牙桥");
    assert_eq!(verdict(&a), "OUT_OK");
    assert!(say(&a).contains("姑姑"), "{a}");
    assert!(!may(&d, today), "the right for the day is used up");
    d.counts("A54", 1, 18);

    // A55: the mother does not answer; the next try rings at 18:10.
    d.clock("18:06");
    let a = d.lines(".5 1 2");
    assert!(say(&a).contains("吴昊天：未接通，18:10 再拨"), "{a}");
    let a = d.clock("18:10");
    assert!(notices(&a).contains("该再拨：吴昊天"), "{a}");
    d.counts("A55", 1, 18);

    // A56: the father: 18:35.
    d.clock("18:15");
    let a = d.lines(".5 2 1 1835");
    assert!(say(&a).contains("吴昊天：18:35 前到"), "{a}");
    d.sees("18:35 来");
    d.counts("A56", 1, 18);

    // A57: the leader is told.
    let a = d.clock("18:20");
    assert!(notices(&a).contains("请告知组长还没接的：吴昊天"), "{a}");
    let a = d.line(".leader");
    assert!(say(&a).contains("18:20 已告知 何主任"), "{a}");

    // A58: after thirty minutes it has to be said how he stays.
    let a = d.clock("18:30");
    assert!(notices(&a).contains("吴昊天，1 移交门卫"), "{a}");
    assert!(d.line("")["recorded"].as_array().unwrap().is_empty(), "Enter alone decides nothing");
    let a = d.line("2");
    assert!(say(&a).contains("方、丁 留守，原因？"), "two are on duty, and they are named: {a}");
    let a = d.line("大雨");
    assert!(say(&a).contains("两名成人留守：方、丁"), "{a}");
    d.counts("A58", 1, 18);

    // A59: late, never billed.
    d.clock("18:34");
    let a = d.line("598728");
    assert_eq!(verdict(&a), "LATE");
    assert!(say(&a).contains("34 分"), "{a}");
    d.line("2");
    let a = d.line("");
    assert_eq!(verdict(&a), "OUT_OK");
    assert!(!a.to_string().contains('费') && !a.to_string().contains('元'), "no word of money: {a}");
    d.counts("A59", 0, 19);
    let a = d.line(".5");
    assert!(say(&a).contains("吴昊天 18:34 迟 34 分 堵车"), "{a}");
    d.line("esc");

    // A63: who was in at 17:08? Seven keys.
    d.count_keys_from_here();
    let a = d.line("@1708");
    d.keys_at_most("A63", 7);
    d.sees("17:08 的名册");
    assert!(say(&a).contains("卡架 2/22") && say(&a).contains("足球 · 在操场 · 崔 · 4 人"), "the rack and the groups of then: {a}");
    assert_eq!((&a["past"]["counts"]["in"], &a["past"]["counts"]["rack"], &a["counts"]["in"]), (&20.into(), &2.into(), &0.into()), "{a}");
    assert!(say(&a).contains("在班 20") && say(&a).contains("教室 16") && say(&a).contains("操场 4（李沐辰、冯可心、高语晨、罗欣怡）"), "{a}");
    d.sees("活动");

    let report = Store::open_read_only(d.store.as_ref().unwrap().path()).unwrap().verify();
    assert!(report.is_sound(), "{:?}", report.problems);
}

#[test]
fn five_wrong_pins_pause_and_scanning_goes_on() {
    for mut d in [Desk::at("16:20"), Desk::on_screen("16:20")] {
        five_wrong_pins_pause_and_scanning_goes_on_at(&mut d);
    }
}

fn five_wrong_pins_pause_and_scanning_goes_on_at(d: &mut Desk) {
    d.lines(".7 526014");
    for left in (0..4).rev() {
        let a = d.line("1111");
        assert!(say(&a).contains(&format!("还可试 {} 次", left + 1)), "{a}");
    }
    let a = d.line("1111");
    assert!(say(&a).contains("暂停到 16:20:30"), "{a}");
    let a = d.line("2468");
    assert!(say(&a).contains("暂停"), "even the right one: {a}");
    assert_eq!(verdict(&d.line("453841")), "IN_OK");
    d.clock("16:21");
    let a = d.line("2468");
    assert!(say(&a).contains("已签到"), "{a}");
}

#[test]
fn nobody_on_duty_lets_children_in_and_none_out() {
    for mut d in [Desk::at("16:20"), Desk::on_screen("16:20")] {
        nobody_on_duty_lets_children_in_and_none_out_at(&mut d);
    }
}

fn nobody_on_duty_lets_children_in_and_none_out_at(d: &mut Desk) {
    d.clock("17:20");
    let a = d.line("453841");
    assert_eq!(verdict(&a), "IN_OK");
    assert!(notices(&a).contains("无人在岗"), "{a}");
    d.clock("17:23");
    assert_eq!(verdict(&d.line("453841")), "OUT");
    let a = d.line("");
    assert!(say(&a).contains("签到") && a["recorded"].as_array().unwrap().is_empty(), "{a}");
    d.lines(".7 526014 2468");
    assert_eq!(verdict(&d.line("")), "OUT_OK");
}

#[test]
fn a_staff_parent_needs_card_and_pin() {
    for mut d in [Desk::at("17:20"), Desk::on_screen("17:20")] {
        a_staff_parent_needs_card_and_pin_at(&mut d);
    }
}

fn a_staff_parent_needs_card_and_pin_at(d: &mut Desk) {
    d.line("430315");
    d.line("sjh");
    d.pick("无卡");
    let a = d.line("909969");
    assert_eq!(a["asks"], "pin", "{a}");
    assert_eq!(verdict(&d.line("2468")), "OUT_OK");
    assert_eq!(d.session.model.register.card_count().away, 1);
    // The card comes back when it is found.
    let a = d.line("430315");
    assert_eq!(verdict(&a), "REPEAT");
    assert!(say(&a).contains("卡已收回"), "{a}");
    d.counts("the card is back", 0, 22);
}

#[test]
fn without_a_card_the_evidence_is_asked_for() {
    for mut d in [Desk::at("17:20"), Desk::on_screen("17:20")] {
        d.line("430315");
        d.line("sjh");
        d.pick("无卡");
        let a = d.lines("1 1234 1 1 1 2468");
        assert_eq!(verdict(&a), "OUT_OK", "document, call, recognised, second adult: {a}");
        assert_eq!(d.session.model.register.card_count().away, 1);
    }
}

#[test]
fn a_waiting_pickup_lapses_and_records_nothing() {
    for mut d in [Desk::at("17:20"), Desk::on_screen("17:20")] {
        a_waiting_pickup_lapses_and_records_nothing_at(&mut d);
    }
}

fn a_waiting_pickup_lapses_and_records_nothing_at(d: &mut Desk) {
    d.line("453841");
    d.clock("17:23");
    assert_eq!(verdict(&d.line("453841")), "OUT");
    let head = d.session.model.head;
    let a = d.clock("17:26");
    assert!(notices(&a).contains("陈一诺") && a["waiting"] == 0, "{a}");
    assert_eq!(d.session.model.head, head);
}

#[test]
fn a_stay_left_open_is_accounted_for_next_day() {
    for mut d in [Desk::at("17:20"), Desk::on_screen("17:20")] {
        a_stay_left_open_is_accounted_for_next_day_at(&mut d);
    }
}

fn a_stay_left_open_is_accounted_for_next_day_at(d: &mut Desk) {
    d.lines("453841 159082");
    let a = d.clock("2026-09-08T16:35");
    assert_eq!(a["counts"]["in"], 2, "nobody is released by midnight: {a}");
    assert!(a["counts"]["left_open"] == 2 && notices(&a).contains("未签离 2 人：陈一诺 昨日、王子涵 昨日"), "the first answer of the day: {a}");
    d.sees("未签离 2");
    d.lines(".7 526014 2468");
    let a = d.line("453841");
    assert_eq!(verdict(&a), "LEFT_OPEN");
    assert_eq!(verdict(&d.line("")), "LEFT_OPEN", "Enter alone answers nothing");
    let a = d.lines("1 1 1755");
    assert_eq!(verdict(&a), "IN_OK", "{a}");
    assert!(notices(&a).contains("补录"), "{a}");
    assert_eq!(verdict(&d.line("159082")), "LEFT_OPEN");
    let a = d.line("2");
    assert_eq!(verdict(&a), "LATE", "{a}");
}

#[test]
fn siblings_of_whom_one_needs_a_call_go_one_by_one() {
    for mut d in [Desk::at("16:30"), Desk::on_screen("16:30")] {
        siblings_of_whom_one_needs_a_call_go_one_by_one_at(&mut d);
    }
}

fn siblings_of_whom_one_needs_a_call_go_one_by_one_at(d: &mut Desk) {
    d.clock("16:31");
    d.lines("453841 693691");
    d.clock("17:30");
    d.lines("453841 693691");
    // The father was not announced: the elder may go with him, the younger (grade 1) waits for the call.
    let a = d.line("2");
    assert_eq!(verdict(&a), "OUT_OK", "{a}");
    assert!(say(&a).contains("已离 · 父亲") && say(&a).contains("陈一鸣") && say(&a).contains("未预告"), "{a}");
    assert_eq!(a["waiting"], 1);
    d.counts("the elder", 1, 21);
    let a = d.line("1");
    assert_eq!(verdict(&a), "OUT", "{a}");
    assert!(d.session.model.day.entries().iter().all(|e| e.fact.kind() != "called"), "recorded with the release");
    assert_eq!(verdict(&d.line("")), "OUT_OK");
    assert!(d.session.model.day.entries().iter().any(|e| e.fact.kind() == "called"));
    d.counts("the younger", 0, 22);
}

#[test]
fn the_undo_list_holds_what_people_did_and_nothing_else() {
    for mut d in [Desk::at("16:25"), Desk::on_screen("16:25")] {
        the_undo_list_holds_what_people_did_and_nothing_else_at(&mut d);
    }
}

fn the_undo_list_holds_what_people_did_and_nothing_else_at(d: &mut Desk) {
    let a = d.line(".undo");
    assert!(a["choices"].as_array().unwrap().is_empty() && say(&a).contains("没有可撤销"), "{a}");
    d.lines("453841 159028");
    let a = d.line(".undo");
    let choices = a["choices"].as_array().unwrap();
    assert_eq!(choices.len(), 1, "{a}");
    assert!(choices[0]["label"].as_str().unwrap().contains("陈一诺"), "{a}");
}

#[test]
fn a_note_for_today_is_shown_at_every_scan() {
    for mut d in [Desk::at("16:30"), Desk::on_screen("16:30")] {
        a_note_for_today_is_shown_at_every_scan_at(&mut d);
    }
}

fn a_note_for_today_is_shown_at_every_scan_at(d: &mut Desk) {
    d.clock("16:31");
    d.line("wht");
    d.pick("备注");
    let a = d.line("17:30 后由爷爷接");
    assert!(say(&a).contains("备注已记"), "{a}");
    for time in ["16:40", "17:40"] {
        d.clock(time);
        let a = d.line("598728");
        assert!(notices(&a).contains("由爷爷接"), "{time}: {a}");
    }
}

#[test]
fn out_for_a_while_and_back() {
    for mut d in [Desk::at("16:30"), Desk::on_screen("16:30")] {
        out_for_a_while_and_back_at(&mut d);
    }
}

fn out_for_a_while_and_back_at(d: &mut Desk) {
    d.clock("16:40");
    d.line("598728");
    d.line("wht");
    d.pick("暂离");
    // What a release asks: the card, why so early, with whom; at last until when.
    let a = d.line("598728");
    assert_eq!(verdict(&a), "EARLY", "the card that was asked for is what is shown: {a}");
    assert!(say(&d.line("3")).contains("可暂离"));
    let a = d.line("");
    assert_eq!(a["asks"], "time", "{a}");
    assert_eq!(d.line("1639")["asks"], "time", "a time that has passed is asked for again");
    let a = d.line("1730");
    assert!(say(&a).contains("暂离") && a["counts"]["outside"] == 1 && a["counts"]["in"] == 0, "{a}");
    d.counts("out for a while", 0, 22);
    // The reader takes the card once more while it is hung up: that is no return.
    let a = d.line("598728");
    assert!(say(&a).contains("暂离") && a["counts"]["outside"] == 1 && a["recorded"] == Value::Array(Vec::new()), "{a}");
    d.clock("16:43");
    assert_eq!(verdict(&d.line("598728")), "IN_OK");
    d.counts("back", 1, 21);
    // A grade 1 child whose collector the desk does not expect: the call is offered; past its time it is on the boards.
    d.lines("693691 cym 暂离 持卡未刷 1");
    let a = d.line("2");
    assert_eq!(verdict(&a), "WHO", "{a}");
    assert!(say(&a).contains("请拨"), "{a}");
    let a = d.lines("3 3");
    assert_eq!((verdict(&a), &a["counts"]["in"]), ("WHO", &Value::from(2)), "not reached: it stays, and can be called again: {a}");
    assert_eq!(d.line("1")["asks"], "time");
    let a = d.line("1740");
    assert!(say(&a).contains("父亲") && a["counts"]["outside"] == 1, "{a}");
    let a = d.clock("17:50");
    assert!(notices(&a).contains("陈一鸣(暂离)") && notices(&a).contains("应 17:40 前返回"), "{a}");
    d.line(".5");
    d.sees("暂离");
    d.line("esc");
    d.line("cym");
    let a = d.pick("已接走不回来");
    assert!(say(&a).contains("不回来"), "{a}");
    let a = d.lines("2 1");
    assert_eq!(verdict(&a), "OUT_OK", "{a}");
    d.counts("stays out", 1, 21);
}

#[test]
fn two_desks_scan_the_same_child() {
    // A65: gate desk and room desk, one release and one REPEAT, whichever is first.
    let dir = tempfile::tempdir().unwrap();
    let mut room = open(dir.path(), "17:20");
    let mut gate = open(dir.path(), "17:20");
    let say = |desk: &mut Session, text: &str| serde_json::to_value(line::answer(desk, Some(text.to_owned()))).unwrap();
    assert_eq!(verdict(&say(&mut room, "207076")), "IN_OK");
    say(&mut room, ".clock 17:23");
    say(&mut gate, ".clock 17:23");
    assert_eq!(verdict(&say(&mut gate, "207076")), "OUT");
    assert_eq!(verdict(&say(&mut room, "207076")), "OUT");
    // Both have the verdict in sight; neither looks round before its Enter.
    let release = caredesk::desk::Msg::Line { text: String::new(), how: caredesk::desk::How::Scanned };
    room.send(release.clone());
    gate.send(release);
    assert!(matches!(&room.model.said, Some(caredesk::desk::said::Said::Verdict { verdict, .. }) if verdict.name() == Some("OUT_OK")));
    assert!(matches!(&gate.model.said, Some(caredesk::desk::said::Said::Verdict { verdict, .. }) if verdict.name() == Some("REPEAT")));
    assert_eq!(gate.take_recorded().len(), 0);
}

/// A release that was on its way when another desk let the child step out, or took its arrival back, takes nobody in.
#[test]
fn who_was_to_go_is_not_taken_in_because_another_desk_was_first() {
    let enter = caredesk::desk::Msg::Line { text: String::new(), how: caredesk::desk::How::Scanned };
    for first in [&["tyf", "暂离", "持卡未刷", "1", "1755"][..], &[".undo", "1"]] {
        let dir = tempfile::tempdir().unwrap();
        let mut room = open(dir.path(), "17:20");
        let mut gate = open(dir.path(), "17:20");
        let say = |desk: &mut Session, text: &str| serde_json::to_value(line::answer(desk, Some(text.to_owned()))).unwrap();
        assert_eq!(verdict(&say(&mut gate, "207076")), "IN_OK");
        say(&mut room, ".clock 17:23");
        say(&mut gate, ".clock 17:23");
        assert_eq!(verdict(&say(&mut room, "207076")), "OUT");
        for text in first {
            say(&mut gate, text);
        }
        let before = gate.model.day.state().clone();
        room.take_recorded();
        room.send(enter.clone());
        assert_eq!(room.take_recorded().len(), 0, "{first:?}: {:?}", room.model.said);
        gate.catch_up();
        assert_eq!(*gate.model.day.state(), before, "{first:?}");
        let out = matches!(&room.model.said, Some(Said::Verdict { verdict: Verdict::SteppedOut { .. }, .. }));
        assert!(out || matches!(room.model.said, Some(Said::Objection(_))), "{first:?}: {:?}", room.model.said);
    }
}

#[test]
fn a_short_rack_names_the_missing_token_in_line_mode() {
    a_short_rack(Desk::at("16:22"));
}

#[test]
fn a_short_rack_names_the_missing_token_on_the_screen() {
    a_short_rack(Desk::on_screen("16:22"));
}

/// A03 with 21 of 22.
fn a_short_rack(mut d: Desk) {
    d.count_keys_from_here();
    let a = d.lines(".rack 21");
    assert_eq!(a["choices"].as_array().unwrap().len(), 22, "a tick list of the cards that should hang there: {a}");
    assert!(a["recorded"].as_array().unwrap().is_empty());
    d.sees("[x] 陈一诺");
    let a = d.line("");
    assert!(say(&a).contains("不符"), "one is short, none was named: {a}");
    d.line("453841"); // a card that hangs there is read: its hook is ticked already
    d.line("zzm");
    let a = d.line("");
    assert!(say(&a).contains("周子墨") && say(&a).contains("031"), "the missing token is named: {a}");
    assert_eq!(a["asks"], "text", "and opening needs a reason: {a}");
    d.line("");
    assert!(d.line("昨天没还").to_string().contains("周子墨"));
    d.keys_at_most("A03 with 21", 24);
    d.counts("A03 with 21", 0, 21);
    let fact = d.session.model.day.entries().iter().find_map(|e| match &e.fact {
        caredesk::domain::fact::Fact::Office(caredesk::domain::fact::OfficeFact::RackCounted { counted, expected, missing, reason }) => {
            Some((*counted, *expected, missing[0].as_str().to_owned(), reason.clone()))
        }
        _ => None,
    });
    assert_eq!(fact, Some((21, 22, "110031".to_owned(), Some("昨天没还".to_owned()))));
    // It turns up: hung back by name, and the count is right again.
    d.line(".cards zzm");
    let a = d.line("挂回");
    assert!(say(&a).contains("已挂回"), "{a}");
    d.line("esc");
    assert!(say(&d.line(".rack 22")).contains("22 = 22"));
}

#[test]
fn cards_are_issued_by_a_leader_and_found_ones_name_nobody() {
    for mut d in [Desk::at("16:22"), Desk::on_screen("16:22")] {
        // Duty staff report a card lost and give one for the day; a new one wants the leader's PIN.
        d.lines(".7 526014 2468");
        d.line(".cards syq");
        d.lines("挂失 ⏎");
        d.counts("lost", 0, 21);
        let a = d.lines("临时卡 ⏎");
        assert!(say(&a).contains("只用今天"), "{a}");
        let found = d.session.model.register.cards().find(|c| c.kind == caredesk::domain::custody::CardKind::Day).unwrap().number.as_str().to_owned();
        let a = d.line("发卡");
        assert_eq!(a["asks"], "pin", "{a}");
        let a = d.lines("2468 ⏎");
        assert!(say(&a).contains("新卡号"), "{a}");
        d.counts("issued", 0, 23);
        d.line(".lock");
        // Somebody hands in cards: lost, good, and of another place.
        let a = d.lines(".found 381544");
        assert!(a["choices"][0]["label"] == "捡到" && a["choices"][1]["label"] == "家长来接" && a["child"].is_null(), "{a}");
        assert_eq!(a["recorded"], serde_json::json!([]), "why it was handed in is asked first");
        let a = d.line("1");
        assert!(say(&a).contains("已挂失") && a["child"].is_null(), "{a}");
        assert!(!a.to_string().contains("宋雅琪"), "{a}");
        assert_eq!(a["recorded"].as_array().unwrap().len(), 1);
        d.line(".found");
        d.line(&found);
        let a = d.line("1");
        assert!(say(&a).contains("仍有效") && !a.to_string().contains("宋雅琪"), "{a}");
        d.line(".found");
        assert_eq!(verdict(&d.line("3104001122")), "NO_CARD");
        d.lines(".found 381544 1");
        assert_eq!(d.line("1")["asks"], "pin", "whose it is, is the leader's to see");
        let a = d.line("2468");
        assert!(a.to_string().contains("宋雅琪"), "{a}");
        d.line("esc");
        // Scanned at the desk the day card takes the child in.
        assert_eq!(verdict(&d.line(&found)), "IN_OK");
        d.counts("day card", 1, 22);
        d.clock("2026-09-08T16:30");
        assert_eq!(verdict(&d.line(&found)), "EXPIRED");
        d.counts("tomorrow", 1, 22);
    }
}

#[test]
fn what_a_leader_opened_closes_by_itself_and_is_not_taken_back_by_others() {
    for mut d in [Desk::at("16:22"), Desk::on_screen("16:22")] {
        d.lines(".7 526014 2468");
        d.line(".cards syq");
        assert_eq!(d.line("换卡")["asks"], "pin", "a leader agrees first");
        d.lines("2468 ⏎");
        d.line("esc");
        let replaced = d.session.model.register.card_count();
        // The time is over: neither a count of the rack nor anything else opens the register again.
        d.line(".clock 16:40");
        assert!(d.session.model.keeper().is_none());
        d.line(".rack");
        d.line("esc");
        assert!(d.session.model.keeper().is_none(), "what has lapsed stays closed");
        // Nor is the change taken back without a leader.
        d.line(".undo");
        assert_eq!(d.line("1")["asks"], "pin", "a leader agrees to the undoing too");
        d.line("esc");
        assert_eq!(d.session.model.register.card_count(), replaced);
        d.line(".undo");
        d.line("1");
        d.line("2468");
        assert!(
            d.session
                .model
                .register
                .live_card(d.session.model.names.find(&d.session.model.register, "syq")[0])
                .is_some_and(|c| c.number.as_str() == "381544")
        );
        // What the desk itself may do it may also take back.
        d.line(".lock");
        d.line(".cards syq");
        d.lines("临时卡 ⏎");
        d.line("esc");
        d.line(".undo");
        assert!(d.line("1")["asks"].is_null(), "a day card is the desk's own");
        // A form that would change the register closes with the lock.
        d.line(".cards syq");
        d.lines("换卡 2468");
        d.line(".lock");
        assert!(!matches!(d.session.model.dialog, Some(caredesk::desk::Dialog::Form(_))), "{:?}", d.session.model.dialog);
    }
}

/// An import that is taken back from the command line is gone on a desk that was started after it and holds only its head.
#[test]
fn an_import_that_is_taken_back_is_gone_on_every_desk() {
    use caredesk::desk::{How, Msg};
    use caredesk::domain::card::CardNumber;
    use caredesk::domain::custody::Card;
    use caredesk::domain::fact::{Draft, Fact};
    use caredesk::store::{Recorded, Stamp};
    let dir = tempfile::tempdir().unwrap();
    open(dir.path(), "16:00").close();
    let (number, child) = (CardNumber::new("0009990001"), caredesk::domain::people::ChildId(1));
    let act: [Draft; 2] = [
        Fact::Imported { file: "a.csv".to_owned(), added: 0, changed: 1 }.into(),
        Fact::CardSet { was: None, now: Box::new(Card::new(number.clone(), child, false)) }.into(),
    ];
    let record = |drafts: &[Draft]| {
        let mut store = Store::open(dir.path(), Kind::Practice, true).unwrap();
        let loaded = store.load(practice_day(time_of_day("16:00").unwrap())).unwrap();
        let stamp = Stamp { now: loaded.last.unwrap(), desk: "command".to_owned(), staff: None };
        let Recorded::Done(entries) = store.record(loaded.head, drafts, &stamp).unwrap() else { panic!() };
        entries
    };
    let entries = record(&act);
    let mut started_after = open(dir.path(), "16:00");
    assert!(started_after.model.register.card(&number).is_some());
    assert_eq!(started_after.model.day.entries().iter().filter(|e| e.act == entries[0].act).count(), 1, "of the import only its head");
    let back: Vec<Draft> = entries.iter().rev().map(|e| Fact::Undone { seq: e.seq, reason: None }.into()).collect();
    let last = record(&back).last().unwrap().seq;
    started_after.catch_up();
    assert!(started_after.model.register.card(&number).is_none());
    assert_eq!(started_after.model.head, last);
    // And when it is behind as it records: the card is one that nobody knows.
    let entries = record(&act);
    let mut behind = open(dir.path(), "16:00");
    let back: Vec<Draft> = entries.iter().rev().map(|e| Fact::Undone { seq: e.seq, reason: None }.into()).collect();
    record(&back);
    assert!(behind.model.register.card(&number).is_some(), "it has heard of nothing yet");
    let before = behind.model.head;
    behind.send(Msg::Line { text: number.to_string(), how: How::Scanned });
    behind.send(Msg::Line { text: String::new(), how: How::Typed });
    assert!(behind.model.register.card(&number).is_none());
    assert!(behind.take_recorded().is_empty() && behind.model.head > before, "nothing rests on a card that is gone");
}
