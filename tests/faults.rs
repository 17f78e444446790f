//! The real program while its files are taken away, locked, cut or not to be written: nothing is acknowledged that is not in
//! the store, nobody is forgotten, and every sentence names the cause.
#![cfg(unix)]
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Output, Stdio};

use caredesk::domain::day::Presence;
use caredesk::store::{FILE, Kind, Store};
use serde_json::Value;

#[path = "faults/checked.rs"]
mod checked;
#[path = "faults/sealed.rs"]
mod sealed;
#[path = "faults/windows.rs"]
mod windows;

const CARDS: [&str; 6] = ["453841", "693691", "779093", "159082", "504179", "792339"];

struct Desk {
    child: Child,
    lines: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Desk {
    fn start(mut command: Command, arguments: &[&str]) -> Self {
        let mut child = command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let (lines, answers) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        Self { child, lines, answers }
    }

    fn practice(dir: &Path) -> Self {
        Self::start(caredesk(dir), &["practice", "--at", "16:31", "--line", "--json"])
    }

    fn say(&mut self, line: &str) -> Value {
        writeln!(self.lines, "{line}").unwrap();
        let mut answer = String::new();
        self.answers.read_line(&mut answer).unwrap();
        serde_json::from_str(&answer).unwrap_or_else(|e| panic!("{line}: {answer:?}: {e}"))
    }

    fn end(self) -> Option<i32> {
        drop((self.lines, self.answers));
        let mut child = self.child;
        child.wait().unwrap().code()
    }
}

fn caredesk(dir: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_caredesk"));
    command.arg("--data").arg(dir).env("HOME", dir.join("home")).env_remove("XDG_CONFIG_HOME");
    command
}

fn run(dir: &Path, arguments: &[&str]) -> Output {
    caredesk(dir).args(arguments).stdin(Stdio::null()).output().unwrap()
}

fn recorded(answer: &Value) -> Vec<i64> {
    answer["recorded"].as_array().unwrap().iter().map(|n| n.as_i64().unwrap()).collect()
}

fn notices(answer: &Value) -> String {
    answer["notices"].as_array().unwrap().iter().map(|n| n.as_str().unwrap()).collect::<Vec<_>>().join(" | ")
}

fn said(answer: &Value) -> String {
    answer["say"].as_str().unwrap().to_owned()
}

/// Who is in, by the store.
fn inside(dir: &Path) -> BTreeSet<String> {
    let store = Store::open_read_only(dir).unwrap();
    let now = caredesk::shell::practice::practice_day(chrono::NaiveTime::from_hms_opt(16, 59, 0).unwrap());
    let loaded = store.load(now).unwrap();
    let inside = loaded.register.children().filter(|c| matches!(loaded.day.state().presence(c.id), Presence::In(_)));
    inside.map(|c| c.name.clone()).collect()
}

fn entries(dir: &Path) -> i64 {
    Store::open_read_only(dir).unwrap().head().unwrap().0
}

fn saved(dir: &Path, ending: &str) -> Option<PathBuf> {
    let all = fs::read_dir(dir).unwrap().map(|f| f.unwrap().path());
    all.into_iter().find(|p| p.to_string_lossy().contains("saved-") && p.extension().is_some_and(|e| e == ending))
}

#[test]
fn two_desks_of_which_one_lost_its_index_never_acknowledge_the_same_number() {
    for before in 0..3 {
        let dir = tempfile::tempdir().unwrap();
        let mut one = Desk::practice(dir.path());
        let mut all: Vec<i64> = Vec::new();
        CARDS.iter().take(before).for_each(|card| all.extend(recorded(&one.say(card))));
        one.say("");
        fs::remove_file(dir.path().join(format!("{FILE}-shm"))).unwrap();
        let mut two = Desk::practice(dir.path());
        two.say("");
        for card in CARDS {
            all.extend(recorded(&one.say(card)));
            all.extend(recorded(&two.say(card)));
        }
        one.end();
        two.end();
        let numbers: BTreeSet<i64> = all.iter().copied().collect();
        assert_eq!(numbers.len(), all.len(), "after {before}: {all:?}");
        assert!(numbers.iter().all(|n| *n <= entries(dir.path())), "{all:?}");
        assert!(Store::open_read_only(dir.path()).unwrap().verify().is_sound());
    }
}

#[test]
fn a_desk_whose_file_is_taken_away_says_so_saves_what_it_knows_and_goes_on_when_it_is_back() {
    let dir = tempfile::tempdir().unwrap();
    let mut desk = Desk::practice(dir.path());
    assert_eq!(recorded(&desk.say(CARDS[0])).len(), 2);
    let away = dir.path().join("away");
    fs::rename(dir.path().join(FILE), &away).unwrap();
    let answer = desk.say(CARDS[1]);
    assert_eq!((answer["verdict"].as_str(), answer["severity"].as_str()), (Some("NOT_RECORDED"), Some("red")), "{answer}");
    assert_eq!(recorded(&answer), [0; 0]);
    assert!(said(&answer).contains("数据文件被删除或移走") && said(&answer).contains("纸"), "{answer}");
    let copy = saved(dir.path(), "db").expect("what is known is saved");
    assert!(notices(&answer).contains(copy.to_str().unwrap()), "{answer}");
    assert_eq!(answer["counts"]["in"], 1, "who is here can still be read");
    // It stands on every answer, and nothing is acknowledged meanwhile.
    let answer = desk.say(CARDS[2]);
    assert!(notices(&answer).contains("不能登记") && recorded(&answer).is_empty(), "{answer}");
    fs::rename(&away, dir.path().join(FILE)).unwrap();
    let answer = desk.say("");
    assert!(!notices(&answer).contains("不能登记"), "{answer}");
    assert!(!recorded(&answer).is_empty(), "Enter tries the first again: {answer}");
    assert!(!recorded(&desk.say("")).is_empty());
    assert_eq!(desk.end(), Some(0));
    assert_eq!(inside(dir.path()).len(), 3);
    let copied = tempfile::tempdir().unwrap();
    fs::rename(copy, copied.path().join(FILE)).unwrap();
    assert_eq!(inside(copied.path()).len(), 1, "the copy has what was acknowledged then");
}

#[test]
fn a_file_that_was_emptied_leaves_a_list_of_who_is_here() {
    let dir = tempfile::tempdir().unwrap();
    let mut desk = Desk::practice(dir.path());
    for card in CARDS {
        desk.say(card);
    }
    fs::write(dir.path().join(FILE), "").unwrap();
    let answer = desk.say("381544");
    assert!(said(&answer).contains("清空或改写") && recorded(&answer).is_empty(), "{answer}");
    let list = fs::read_to_string(saved(dir.path(), "txt").expect("a list")).unwrap();
    for name in ["陈一诺", "王子涵"] {
        assert!(list.contains(name), "{list}");
    }
    assert_eq!(fs::metadata(saved(dir.path(), "txt").unwrap()).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn of_two_arrivals_while_the_store_is_locked_both_are_kept_by_name() {
    let dir = tempfile::tempdir().unwrap();
    let mut desk = Desk::practice(dir.path());
    desk.say("");
    let head = entries(dir.path());
    let lock = rusqlite::Connection::open(dir.path().join(FILE)).unwrap();
    lock.execute_batch("BEGIN IMMEDIATE").unwrap();
    for card in &CARDS[..3] {
        let answer = desk.say(card);
        assert!(said(&answer).contains("另一台正占用数据"), "{answer}");
    }
    let answer = desk.say(".unrecorded");
    let labels: Vec<&str> = answer["choices"].as_array().unwrap().iter().map(|c| c["label"].as_str().unwrap()).collect();
    assert_eq!(labels.len(), 3, "{answer}");
    assert!(labels[0].contains("陈一诺") && labels[0].contains("16:31") && labels[1].contains("陈一鸣"), "{labels:?}");
    // The third was a mistake: it is dropped by name.
    let name = labels[2].split(' ').nth(1).unwrap().to_owned();
    desk.say("3");
    let answer = desk.say("2");
    assert!(said(&answer).contains("已放弃") && said(&answer).contains(&name), "{answer}");
    // An Esc forgets nothing, nor does a scan of the same card.
    desk.say("esc");
    let answer = desk.say(CARDS[0]);
    assert!(notices(&answer).contains("未记录 2 项"), "{answer}");
    desk.say(".clock 16:45");
    lock.execute_batch("ROLLBACK").unwrap();
    assert!(!recorded(&desk.say("")).is_empty());
    let answer = desk.say("");
    assert!(!recorded(&answer).is_empty() && !notices(&answer).contains("未记录"), "{answer}");
    assert_eq!(said(&desk.say(".unrecorded")), "没有未记录的");
    assert_eq!(inside(dir.path()).len(), 2);
    let store = Store::open_read_only(dir.path()).unwrap();
    let late = store.news_after(head).into_iter().filter(|e| e.fact.kind() == "arrived").collect::<Vec<_>>();
    assert!(late.iter().all(|e| e.at.hhmm() == "16:31" && e.entered_at.hhmm() == "16:45"), "recorded with the time at which it was: {late:?}");
}

/// A pickup that the store refused is asked about again: nobody goes by the Enter that tries again, and it stands in the list
/// until it is recorded.
#[test]
fn a_release_that_was_not_recorded_is_asked_about_again() {
    for (card, passed, again) in
        [("453841", "17:56", "可接走"), ("453841", "17:59", "办理什么"), ("159082", "17:56", "可接走"), ("159082", "17:59", "办理什么")]
    {
        let dir = tempfile::tempdir().unwrap();
        let mut desk = Desk::practice(dir.path());
        assert!(!recorded(&desk.say(card)).is_empty());
        desk.say(".clock 17:55");
        desk.say(card);
        let lock = rusqlite::Connection::open(dir.path().join(FILE)).unwrap();
        lock.execute_batch("BEGIN IMMEDIATE").unwrap();
        let answer = desk.say("");
        assert!(said(&answer).contains("另一台正占用数据"), "{answer}");
        lock.execute_batch("ROLLBACK").unwrap();
        // The question is left, or lapses by itself.
        desk.say("esc");
        desk.say(&format!(".clock {passed}"));
        let answer = desk.say("");
        assert!(recorded(&answer).is_empty() && said(&answer).contains(again), "{card} {passed}: {answer}");
        // Left unanswered it is not forgotten.
        let answer = desk.say("esc");
        assert!(notices(&answer).contains("未记录 1 项"), "{answer}");
        assert_eq!(inside(dir.path()).len(), 1);
        desk.say("esc");
        desk.say(card);
        let answer = desk.say("");
        assert!(!recorded(&answer).is_empty() && !notices(&answer).contains("未记录"), "{answer}");
        assert!(inside(dir.path()).is_empty());
    }
}

/// Entries after a number: what a reader sees.
trait NewsAfter {
    fn news_after(&self, seen: i64) -> Vec<caredesk::domain::fact::Entry>;
}

impl NewsAfter for Store {
    fn news_after(&self, seen: i64) -> Vec<caredesk::domain::fact::Entry> {
        self.entries_between(caredesk::domain::fact::Seq(seen + 1), caredesk::domain::fact::Seq(i64::MAX)).unwrap()
    }
}

#[test]
fn whoever_comes_another_way_is_not_waited_for_any_more() {
    let dir = tempfile::tempdir().unwrap();
    let (mut one, mut two) = (Desk::practice(dir.path()), Desk::practice(dir.path()));
    one.say("");
    two.say("");
    let lock = rusqlite::Connection::open(dir.path().join(FILE)).unwrap();
    lock.execute_batch("BEGIN IMMEDIATE").unwrap();
    one.say(CARDS[0]);
    one.say(CARDS[2]);
    lock.execute_batch("ROLLBACK").unwrap();
    assert!(!recorded(&two.say(CARDS[0])).is_empty());
    let answer = one.say(".1");
    assert!(notices(&answer).contains("未记录 1 项") && !notices(&answer).contains("陈一诺"), "{answer}");
    let answer = one.say(".quit");
    assert!(said(&answer).contains("还有 1 项未记录"), "{answer}");
    one.say("esc");
    assert!(!recorded(&one.say("")).is_empty());
}

#[test]
fn a_store_that_lost_its_end_shows_who_is_here_and_records_nothing() {
    let dir = tempfile::tempdir().unwrap();
    real_store(dir.path());
    let mut store = Store::open(dir.path(), Kind::Real, false).unwrap();
    let before = store.head().unwrap();
    let stamp = caredesk::store::Stamp { now: caredesk::shell::clock::Clock::Wall.now(), desk: "门口".to_owned(), staff: None };
    let note = caredesk::domain::fact::Fact::NoteLeft { child: caredesk::domain::people::ChildId(1), text: "带伞".to_owned() };
    store.record(before, &[note.into()], &stamp).unwrap();
    drop(store);
    fs::remove_file(dir.path().join(format!("{FILE}-wal"))).unwrap();
    let said_by = |output: &Output| format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let verified = run(dir.path(), &["verify"]);
    let named = format!("缺第 {} 至 {} 条记录", before.0 + 1, before.0 + 1);
    assert_eq!(verified.status.code(), Some(1), "{}", said_by(&verified));
    assert!(said_by(&verified).contains(&named), "{}", said_by(&verified));
    assert_eq!(run(dir.path(), &["status"]).status.code(), Some(0));
    let staff = run(dir.path(), &["staff", "add", "王", "--role", "duty"]);
    assert!(staff.status.code() == Some(3) && said_by(&staff).contains(&named), "{}", said_by(&staff));
    let mut desk = Desk::start(caredesk(dir.path()), &["line", "--json"]);
    let answer = desk.say(".1");
    assert!(notices(&answer).contains(&named) && notices(&answer).contains("纸"), "{answer}");
    assert_eq!(desk.say(".leader")["recorded"].as_array().map(Vec::len), Some(0));
    assert_eq!(desk.end(), Some(0));
}

/// A real store with a roster in it.
fn real_store(dir: &Path) {
    let roster = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/n22/roster_clean.xlsx");
    let output = run(dir, &["import", roster]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn without_the_right_to_write_it_shows_who_is_here_and_heals_by_itself() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    real_store(&data);
    // Root may write everywhere: the program runs as nobody then.
    let program = dir.path().join("caredesk");
    fs::copy(env!("CARGO_BIN_EXE_caredesk"), &program).unwrap();
    let nobody = (fs::metadata("/proc/self").unwrap().uid() == 0).then_some(65_534);
    let give = |path: &Path, mode: u32| {
        if nobody.is_some() {
            std::os::unix::fs::chown(path, nobody, nobody).unwrap();
        }
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    let files = || fs::read_dir(&data).unwrap().map(|f| f.unwrap().path()).collect::<Vec<_>>();
    let may_write = |yes: bool| {
        for file in files() {
            give(&file, if yes { 0o600 } else { 0o400 });
        }
        give(&data, if yes { 0o700 } else { 0o500 });
    };
    give(dir.path(), 0o755);
    may_write(false);
    let as_nobody = || {
        let mut command = Command::new(&program);
        command.arg("--data").arg(&data).env("HOME", dir.path());
        if let Some(id) = nobody {
            command.uid(id).gid(id);
        }
        command
    };
    let refused = as_nobody().args(["staff", "add", "王", "--role", "duty"]).output().unwrap();
    let sentence = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(refused.status.code() == Some(3) && sentence.contains("权限"), "{sentence}");
    let mut desk = Desk::start(as_nobody(), &["line", "--json"]);
    let answer = desk.say(".1");
    assert!(notices(&answer).contains("没有写入权限") && notices(&answer).contains("自动恢复"), "{answer}");
    assert!(answer["counts"]["expected"].as_i64().is_some(), "{answer}");
    let answer = desk.say("#1");
    assert!(recorded(&answer).is_empty(), "{answer}");
    may_write(true);
    std::thread::sleep(std::time::Duration::from_millis(5100));
    let answer = desk.say(".1");
    assert!(!notices(&answer).contains("不能登记"), "{answer}");
    assert_eq!(desk.end(), Some(0));
}

#[test]
fn an_answer_that_cannot_be_written_is_a_failure() {
    let dir = tempfile::tempdir().unwrap();
    real_store(dir.path());
    for arguments in [&["verify"][..], &["verify", "--json"], &["status"], &["status", "--json"], &["calendar"], &["calendar", "--json"]] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = caredesk(dir.path()).args(arguments).stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        assert!(!output.stderr.is_empty());
    }
}

/// A hold that could not be recorded holds all the same: the card is no answer to it, and nobody drops it.
#[test]
fn a_hold_that_was_not_recorded_is_a_hold() {
    let dir = tempfile::tempdir().unwrap();
    let mut desk = Desk::practice(dir.path());
    desk.say("453841");
    desk.say(".clock 17:55");
    desk.say("453841");
    let lock = rusqlite::Connection::open(dir.path().join(FILE)).unwrap();
    lock.execute_batch("BEGIN IMMEDIATE").unwrap();
    let answer = desk.say("9");
    assert!(said(&answer).contains("另一台正占用数据"), "{answer}");
    lock.execute_batch("ROLLBACK").unwrap();
    desk.say(".unrecorded");
    let answer = desk.say("1");
    assert_eq!(answer["choices"].as_array().unwrap().len(), 1, "{answer}");
    for key in ["2", "esc", "esc"] {
        desk.say(key);
    }
    let answer = desk.say("453841");
    assert!(!recorded(&answer).is_empty() && answer["verdict"] == "HOLD", "{answer}");
    let answer = desk.say("");
    assert!(recorded(&answer).is_empty(), "{answer}");
    assert_eq!(inside(dir.path()).len(), 1);
}

/// Who guesses a pass phrase while nothing can be counted guesses once: the next try waits until the first is on record.
#[test]
fn a_pass_phrase_is_not_compared_while_a_wrong_one_cannot_be_counted() {
    let dir = tempfile::tempdir().unwrap();
    let mut desk = Desk::practice(dir.path());
    for line in ["453841", "陈一诺", "5", "林晓", "姑姑", "13900000099", "月牙桥", "1", "1"] {
        desk.say(line);
    }
    desk.say(".clock 17:55");
    desk.say("453841");
    let answer = desk.say("3");
    assert!(said(&answer).contains("口令"), "{answer}");
    let lock = rusqlite::Connection::open(dir.path().join(FILE)).unwrap();
    lock.execute_batch("BEGIN IMMEDIATE").unwrap();
    for guess in ["错误一二", "错误三四", "月牙桥"] {
        let answer = desk.say(guess);
        assert!(recorded(&answer).is_empty() && !said(&answer).contains("已离"), "{guess}: {answer}");
        assert!(said(&answer).contains("另一台正占用数据"), "{guess}: {answer}");
    }
    // Nor is it dropped.
    desk.say("esc");
    desk.say(".unrecorded");
    let answer = desk.say("1");
    assert_eq!(answer["choices"].as_array().unwrap().len(), 1, "{answer}");
    for key in ["2", "esc", "esc", "453841", "3"] {
        desk.say(key);
    }
    let answer = desk.say("月牙桥");
    assert!(recorded(&answer).is_empty() && inside(dir.path()).len() == 1, "{answer}");
    lock.execute_batch("ROLLBACK").unwrap();
    // The first try is counted now; only then is the phrase compared.
    let answer = desk.say("月牙桥");
    assert!(!recorded(&answer).is_empty() && inside(dir.path()).len() == 1, "{answer}");
    let answer = desk.say("月牙桥");
    assert!(!recorded(&answer).is_empty() && inside(dir.path()).is_empty(), "{answer}");
}

/// What was wanted on another day is not entered by an Enter of this one, and what a PIN stood for is not kept.
#[test]
fn what_could_not_be_recorded_knows_its_day_and_its_pin() {
    let dir = tempfile::tempdir().unwrap();
    let mut desk = Desk::practice(dir.path());
    desk.say("453841");
    let lock = rusqlite::Connection::open(dir.path().join(FILE)).unwrap();
    lock.execute_batch("BEGIN IMMEDIATE").unwrap();
    // A leave, an arrival and somebody's PIN.
    for line in ["syq", "请假", "1", "693691"] {
        desk.say(line);
    }
    lock.execute_batch("ROLLBACK").unwrap();
    let answer = desk.say(".clock 2026-09-08T16:31");
    assert!(notices(&answer).contains("未记录 2 项"), "{answer}");
    // Where a child was is on record with the time at which it was.
    let answer = desk.say("");
    assert!(!recorded(&answer).is_empty() && said(&answer).contains("陈一鸣"), "{answer}");
    let answer = desk.say("");
    assert!(recorded(&answer).is_empty() && said(&answer).contains("09-07") && said(&answer).contains("今天重新办理"), "{answer}");
    assert_eq!(answer["choices"].as_array().unwrap().len(), 1, "dropped by name, or left: {answer}");
    let answer = desk.say("2");
    assert!(recorded(&answer).is_empty(), "{answer}");
    let answer = desk.say("1");
    assert!(said(&answer).contains("宋雅琪"), "what is dropped is said: {answer}");
    let store = Store::open_read_only(dir.path()).unwrap();
    let last = store.news_after(0).into_iter().rev().find(|e| matches!(e.fact, caredesk::domain::fact::Fact::Arrived { .. })).unwrap();
    assert_eq!(last.at.local().format("%m-%d").to_string(), "09-07", "{last:?}");
    assert!(!store.news_after(0).iter().any(|e| matches!(e.fact, caredesk::domain::fact::Fact::LeaveTaken { .. })));
}

/// A hold that could not be recorded is entered whatever would be asked by now: the card was lost since, or the day has turned.
#[test]
fn a_hold_that_is_tried_again_is_a_hold_whatever_has_changed() {
    for changed in [&["cym", "挂失", ""][..], &[".clock 18:10"], &[".clock 2026-09-08T07:30"], &[]] {
        let dir = tempfile::tempdir().unwrap();
        let mut desk = Desk::practice(dir.path());
        desk.say("693691");
        desk.say(".clock 17:55");
        desk.say("693691");
        let answer = desk.say("2");
        assert!(said(&answer).contains("请拨"), "{answer}");
        let lock = rusqlite::Connection::open(dir.path().join(FILE)).unwrap();
        lock.execute_batch("BEGIN IMMEDIATE").unwrap();
        let answer = desk.say("2");
        assert!(said(&answer).contains("另一台正占用数据"), "{answer}");
        lock.execute_batch("ROLLBACK").unwrap();
        desk.say("esc");
        for line in changed {
            desk.say(line);
        }
        for line in ["esc", "esc", "", "693691", "cym"] {
            desk.say(line);
        }
        let store = Store::open_read_only(dir.path()).unwrap();
        let held = store.news_after(0).iter().filter(|e| matches!(e.fact, caredesk::domain::fact::Fact::HeldBack { .. })).count();
        assert_eq!(held, 1, "{changed:?}");
        assert_eq!(desk.end(), Some(0), "{changed:?}");
    }
}
