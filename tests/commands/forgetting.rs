//! `caredesk erase --days`: what is due, what is asked, and what is said of a day that is not kept any more.

use caredesk::domain::card::CardNumber;
use caredesk::domain::fact::{Draft, Fact, Ground, Holder, Means, OfficeFact, Seq, Taker};
use caredesk::domain::people::{Child, ChildId, Collector, CollectorId, HouseholdId, Right, Role, Staff, StaffId};
use caredesk::domain::settings::{Place, Settings};
use caredesk::domain::time::Moment;
use caredesk::shell::clock::Clock;
use caredesk::shell::pin;
use caredesk::store::{Kind, Recorded, Stamp, Store};
use chrono::NaiveDate;

use super::{PIN, Path, PathBuf, Value, erase, folder, holds, one_sentence, run, run_with};

const DAY: i64 = 86_400;
const GROUND: &str = "453841";

fn add(store: &mut Store, fact: Fact, now: Moment) -> Seq {
    let seen = store.head().unwrap();
    let stamp = Stamp { now, desk: "desk-1".into(), staff: None };
    match store.record(seen, &[Draft::from(fact)], &stamp).unwrap() {
        Recorded::Done(entries) => entries[0].seq,
        Recorded::Behind(_) => panic!("behind"),
    }
}

/// Noon of so many days ago.
fn before(days: i64) -> Moment {
    let noon = Clock::Wall.now().start_of_day().plus_seconds(DAY / 2);
    noon.plus_seconds(-days * DAY)
}

fn visit(store: &mut Store, days: i64, ends: bool) {
    let (child, place) = (ChildId(1), Place::room());
    let arrived = Fact::Arrived { child, card: None, means: Means::Name, holder: Holder::Nobody, place, despite: None };
    let arrival = add(store, arrived, before(days));
    add(store, Fact::NoteLeft { child, text: format!("便条{days}天前") }, before(days).plus_seconds(1));
    if ends {
        let ground = Ground::Card { number: CardNumber::new(GROUND) };
        let released = Fact::Released { child, arrival, ground, taker: Taker::Collector(CollectorId(1)), early: None, late: None };
        add(store, released, before(days).plus_seconds(60));
    }
}

/// A child that came so many days ago each time; of the first it may not have been signed out.
fn lived(days: &[i64], first_ends: bool) -> (tempfile::TempDir, PathBuf) {
    let (dir, data) = folder();
    let mut store = Store::open(&data, Kind::Real, true).unwrap();
    let leader = Staff { pin: Some(pin::hash("572406").unwrap()), ..Staff::new(StaffId(1), "何主任", Role::Leader) };
    add(&mut store, Fact::StaffSet { was: None, now: Box::new(leader) }, before(1500));
    let child = Child::new(ChildId(1), "丙在册", 4, HouseholdId(1));
    add(&mut store, Fact::ChildSet { was: None, now: Box::new(child) }, before(1499));
    let mother = Collector::new(CollectorId(1), ChildId(1), 1, "丙妈", "母亲", Right::Standing);
    add(&mut store, Fact::CollectorSet { was: None, now: Box::new(mother) }, before(1499));
    for (n, days) in days.iter().enumerate() {
        visit(&mut store, *days, first_ends || n > 0);
    }
    store.close().unwrap();
    (dir, data)
}

fn keeps(data: &Path, months: &str) {
    let mut store = Store::open(data, Kind::Real, false).unwrap();
    let now = Some(months.to_owned());
    add(&mut store, Fact::Office(OfficeFact::SettingSet { key: "keep_months".into(), was: None, now }), Clock::Wall.now());
    store.close().unwrap();
}

fn date(days: i64) -> String {
    before(days).date().to_string()
}

#[test]
fn what_is_due_of_days_is_listed_first_and_goes_when_a_leader_agrees() {
    let (_dir, data) = lived(&[800, 400, 399, 20], true);
    // It is said where somebody looks, and nothing has gone.
    let due = erase(&data, &["--due"]);
    assert!(due.status == 0 && due.out.contains("9 条") && due.out.contains("caredesk erase --days"), "{} {}", due.out, due.err);
    let health = run(&data, &["doctor"]).out;
    assert!(health.lines().any(|line| line.starts_with("NOT") && line.contains("caredesk erase --days")), "{health}");
    let refused = run(&data, &["erase", "--days"]);
    assert_eq!(refused.status, 1);
    one_sentence(&refused);
    let list = erase(&data, &["--days", "--dry-run", "--yes"]);
    assert_eq!(list.status, 0, "{}", list.err);
    for says in [format!("9 条，{} 至 {}", date(800), date(399)), format!("{}  3 条", before(800).date().format("%Y-%m"))] {
        assert!(list.out.contains(&says), "{says}: {}", list.out);
    }
    let asked = erase(&data, &["--days"]);
    assert!(asked.status == 1 && asked.err.contains("--yes"), "{}", asked.err);
    assert!(["便条800", "便条400", "便条399", "便条20"].iter().all(|text| holds(&data, text)), "nothing has gone");
    std::fs::create_dir(data.join("backups")).unwrap();
    std::fs::write(data.join("backups/caredesk-20260101-180000.age"), "x").unwrap();
    let done = erase(&data, &["--days", "--yes"]);
    assert!(done.status == 0 && done.out.contains("已删除") && done.out.contains("1 份更早的备份"), "{} {}", done.out, done.err);
    assert!(["便条800", "便条400", "便条399"].iter().all(|text| !holds(&data, text)) && holds(&data, "便条20"));
    assert!(holds(&data, "丙在册") && holds(&data, "丙妈"));
    let report: Value = serde_json::from_str(&run(&data, &["verify", "--json"]).out).unwrap();
    assert_eq!(report["ok"], true, "{report}");
    let none = erase(&data, &["--days", "--yes"]);
    assert!(none.status == 0 && none.out.contains("没有到期"), "{}", none.out);
    assert!(!erase(&data, &["--due"]).out.contains("--days"));
    let health = run(&data, &["doctor"]).out;
    assert!(health.lines().any(|line| line.starts_with("OK") && line.contains("没有超过保存期")), "{health}");
}

/// Of such a day nobody is said not to have been here.
#[test]
fn of_a_day_that_is_not_kept_every_answer_says_so() {
    let (_dir, data) = lived(&[800, 400, 20], true);
    assert_eq!(erase(&data, &["--days", "--yes"]).status, 0);
    let last = Settings::default().kept_before(Clock::Wall.now().date()).unwrap();
    let ask = |day: NaiveDate| run(&data, &["status", "--at", &format!("{day}T12:00:30")]);
    for day in [before(800).date(), before(500).date(), before(400).date(), last] {
        let past = ask(day);
        assert_eq!((past.status, past.out.as_str()), (1, ""), "{day}: {}", past.err);
        one_sentence(&past);
        assert!(past.err.contains("不再保存"), "{day}: {}", past.err);
    }
    assert!(!ask(last.succ_opt().unwrap()).err.contains("不再保存"));
    let kept = run(&data, &["status", "--at", &format!("{}T12:00:30", date(20))]);
    assert!(kept.status == 0 && kept.out.contains("丙在册"), "{}", kept.err);
    let out = data.join("a.csv");
    let name = out.to_string_lossy().into_owned();
    let export = |from: i64, to: i64| {
        let (from, to) = (date(from), date(to));
        run_with(&data, &["export", "attendance", "--from", &from, "--to", &to, "--out", &name, "--force", "--pin-stdin"], PIN)
    };
    let gone = export(800, 390);
    assert_eq!((gone.status, out.exists()), (1, false), "{}", gone.out);
    one_sentence(&gone);
    assert!(gone.err.contains("不再保存"), "{}", gone.err);
    let part = export(410, 0);
    assert!(part.status == 0 && part.out.contains("不再保存"), "{} {}", part.out, part.err);
    let text = std::fs::read_to_string(&out).unwrap();
    assert!(text.contains(&format!("{}/", date(410))) && text.contains("不再保存") && text.contains(&date(20)), "{text}");
    let whole = export(30, 0);
    assert!(whole.status == 0 && !whole.out.contains("不再保存"), "{}", whole.out);
    assert!(!std::fs::read_to_string(&out).unwrap().contains("不再保存"));
    // One child's record, on paper and for programs.
    for file in ["r.html", "r.json"] {
        let at = data.join(file).to_string_lossy().into_owned();
        assert_eq!(run_with(&data, &["export", "child", "丙在册", "--out", &at, "--pin-stdin"], PIN).status, 0);
        let text = std::fs::read_to_string(&at).unwrap();
        assert!(text.contains("不再保存") && text.contains("便条20") && !text.contains("便条400"), "{file}: {text}");
    }
    // The desk.
    for (day, is_kept) in [(before(500).date(), false), (last, false), (last.succ_opt().unwrap(), true)] {
        let line = run_with(&data, &["line", "--json"], &format!("@{day}T12:00\n"));
        let answer: Value = serde_json::from_str(line.out.lines().next().unwrap()).unwrap();
        assert_eq!(answer["say"].as_str().unwrap().contains("不再保存"), !is_kept, "{day}: {answer}");
    }
}

#[test]
fn the_period_is_the_schools_and_a_stay_that_is_open_holds_it_up() {
    for (months, goes) in [("0", 0), ("", 0), ("1200", 0), ("24", 3), ("12", 6), ("1", 6)] {
        let (_dir, data) = lived(&[800, 400, 20], true);
        keeps(&data, months);
        let list = erase(&data, &["--days", "--dry-run"]);
        assert_eq!(list.status, 0, "{months}: {}", list.err);
        assert_eq!(list.out.contains(&format!("{goes} 条")), goes > 0, "{months}: {}", list.out);
        assert_eq!(erase(&data, &["--due"]).out.contains("--days"), goes > 0, "{months}");
        assert_eq!(erase(&data, &["--days", "--yes"]).status, 0, "{months}");
        assert_eq!(holds(&data, "便条800"), goes < 3, "{months}");
        assert_eq!(holds(&data, "便条400"), goes < 6, "{months}");
        assert!(holds(&data, "便条20"), "{months}");
    }
    let (_dir, data) = lived(&[800], false);
    keeps(&data, "12");
    let held = erase(&data, &["--days", "--yes"]);
    assert!(held.status == 0 && held.out.contains(&date(800)) && held.out.contains("没有签离"), "{} {}", held.out, held.err);
    assert!(holds(&data, "便条800"));
    let english = run_with(&data, &["--lang", "en", "erase", "--days", "--dry-run", "--pin-stdin"], PIN);
    assert!(english.out.contains("was not signed out"), "{}", english.out);
}
