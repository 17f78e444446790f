//! Whose PIN opens a store for a command, and how a leader who is locked out comes back.

use caredesk::domain::fact::{Fact, Seq};
use caredesk::domain::people::{Role, Staff, StaffId};
use caredesk::shell::clock::Clock;
use caredesk::shell::pin;
use caredesk::store::{Kind, Stamp, Store};

use super::{Path, PathBuf, Ran, Value, folder, one_sentence, roster, run, run_with};

/// A store whose leaders are 何主任 (572406) and, if there are two, 崔老师 (135791).
fn led_by(leaders: usize) -> (tempfile::TempDir, PathBuf) {
    let (dir, data) = folder();
    for (name, typed) in [("何主任", "572406\n"), ("崔老师", "572406\n135791\n")].into_iter().take(leaders) {
        let ran = run_with(&data, &["staff", "add", name, "--role", "leader", "--pin-stdin"], typed);
        assert_eq!(ran.status, 0, "{}", ran.err);
    }
    (dir, data)
}

fn refused(ran: &Ran, status: i32, says: &str) {
    assert_eq!((ran.status, ran.out.as_str()), (status, ""), "{}", ran.err);
    one_sentence(ran);
    assert!(ran.err.contains(says), "{says}: {}", ran.err);
}

fn entries(data: &Path) -> i64 {
    let report: Value = serde_json::from_str(&run(data, &["verify", "--json"]).out).unwrap();
    assert_eq!(report["ok"], true, "{report}");
    report["entries"].as_i64().unwrap()
}

#[test]
fn every_import_asks_for_a_leader_a_dry_run_too() {
    let (_dir, data) = led_by(1);
    let file = roster("roster_utf8.csv");
    let before = entries(&data);
    for arguments in [&["import", &file][..], &["import", &file, "--dry-run"], &["import", &file, "--dry-run", "--json"], &["import", "--undo"]] {
        refused(&run(&data, arguments), 1, "--pin-stdin");
        let with = [arguments, &["--pin-stdin"]].concat();
        refused(&run_with(&data, &with, "\n"), 1, "何主任");
        assert_eq!(entries(&data), before, "nothing typed is no try");
    }
    for dry in [true, false] {
        let dry: &[&str] = if dry { &["--dry-run"] } else { &[] };
        let with = [&["import", &file, "--pin-stdin"], dry].concat();
        refused(&run_with(&data, &with, "572407\n"), 1, "PIN 不对");
        assert_eq!(run_with(&data, &with, "572406\n").status, 0);
    }
    // While nobody leads, nobody is asked.
    let (_dir, data) = folder();
    assert_eq!(run(&data, &["import", &file, "--dry-run"]).status, 0);
    assert_eq!(run(&data, &["import", &file]).status, 0);
    assert_eq!(run(&data, &["import", &file, "--dry-run"]).status, 0);
}

#[test]
fn of_several_leaders_one_is_named_and_only_this_one_is_counted() {
    let (dir, data) = led_by(2);
    let file = roster("roster_utf8.csv");
    let sheet = dir.path().join("cards.html").to_string_lossy().into_owned();
    let children = dir.path().join("children.csv").to_string_lossy().into_owned();
    let commands: [&[&str]; 12] = [
        &["import", &file],
        &["import", &file, "--dry-run"],
        &["import", "--undo"],
        &["staff", "add", "丁", "--role", "duty"],
        &["staff", "set", "崔老师", "--load", "50"],
        &["staff", "list"],
        &["staff", "recovery"],
        &["cards", "issue", "--all"],
        &["cards", "list"],
        &["cards", "lost", "453841"],
        &["cards", "print", "--all", "--out", &sheet],
        &["export", "children", "--out", &children],
    ];
    let before = entries(&data);
    for command in commands {
        let with = |more: &[&str]| run_with(&data, &[command, more, &["--pin-stdin"]].concat(), "572406\n");
        let ran = with(&[]);
        refused(&ran, 2, "何主任、崔老师");
        assert!(ran.err.contains("--as"), "{}", ran.err);
        refused(&with(&["--as", "无此人"]), 1, "何主任、崔老师");
        assert_eq!(entries(&data), before, "{command:?}: no try of anybody's");
        let english = run_with(&data, &[&["--lang", "en"], command, &["--pin-stdin"]].concat(), "572406\n");
        refused(&english, 2, "add --as NAME");
    }
    let list = |name: &str, pin: &str| run_with(&data, &["staff", "list", "--as", name, "--pin-stdin"], &format!("{pin}\n"));
    for _ in 0..5 {
        refused(&list("何主任", "135791"), 1, "何主任 的 PIN 不对");
    }
    refused(&list("何主任", "572406"), 1, "何主任 的 PIN 暂停到");
    assert_eq!(list(" 崔老师 ", "135791").status, 0, "the other leader is not paused");
    refused(&list("崔老师", "572406"), 1, "崔老师 的 PIN 不对");
    let store = Store::open_read_only(&data).unwrap();
    let register = store.load(Clock::Wall.now()).unwrap().register;
    assert_eq!([1, 2].map(|n| register.pin_tries(StaffId(n)).count), [5, 1]);
}

/// The code out of what `staff recovery` printed.
fn code_of(ran: &Ran) -> String {
    assert_eq!(ran.status, 0, "{}", ran.err);
    let word = ran.out.split(['：', '\n']).nth(1).unwrap().trim().to_owned();
    assert!(word.len() == 19 && word.matches('-').count() == 3, "{}", ran.out);
    word
}

#[test]
fn a_lone_leader_who_is_locked_out_comes_back_by_the_code_and_only_once() {
    let (_dir, data) = led_by(1);
    let reset = |typed: &str| run_with(&data, &["staff", "reset-pin", "--pin-stdin"], typed);
    refused(&reset("x\n135790\n"), 1, "没有恢复码");
    refused(&run(&data, &["staff", "recovery"]), 1, "--pin-stdin");
    let first = code_of(&run_with(&data, &["staff", "recovery", "--pin-stdin"], "572406\n"));
    let code = code_of(&run_with(&data, &["staff", "recovery", "--pin-stdin"], "572406\n"));
    assert_ne!(first, code);
    for _ in 0..5 {
        run_with(&data, &["staff", "list", "--pin-stdin"], "111111\n");
    }
    refused(&run_with(&data, &["staff", "list", "--pin-stdin"], "572406\n"), 1, "staff reset-pin");
    refused(&run(&data, &["staff", "reset-pin"]), 1, "--pin-stdin");
    refused(&reset(&format!("{first}\n135790\n")), 1, "恢复码不对");
    // A weak PIN does not use the code up; nor does a missing one.
    refused(&reset(&format!("{code}\n222222\n")), 1, "连号");
    refused(&reset(&format!("{code}\n")), 1, "6 位");
    let ran = reset(&format!("{}\n135790\n", code.to_lowercase().replace('-', " ")));
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert_eq!(run_with(&data, &["staff", "list", "--pin-stdin"], "135790\n").status, 0, "the pause is over");
    refused(&run_with(&data, &["staff", "list", "--pin-stdin"], "572406\n"), 1, "PIN 不对");
    refused(&reset(&format!("{code}\n246803\n")), 1, "没有恢复码");
    // What was done stands in the journal; the code does not, in no form that can be typed.
    let bytes: Vec<u8> = ["caredesk.db", "caredesk.db-wal"].iter().filter_map(|f| std::fs::read(data.join(f)).ok()).flatten().collect();
    let text = String::from_utf8_lossy(&bytes);
    for secret in [code.clone(), code.replace('-', ""), code.to_lowercase(), first.replace('-', "")] {
        assert!(!text.contains(&secret));
    }
    let db = rusqlite::Connection::open(data.join("caredesk.db")).unwrap();
    let count = |kind: &str| db.query_row("SELECT count(*) FROM journal WHERE kind = ?1", [kind], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(["recovery_made", "recovery_tried", "recovery_used"].map(count), [2, 4, 1]);
    assert_eq!(entries(&data), db.query_row("SELECT count(*) FROM journal", [], |row| row.get::<_, i64>(0)).unwrap());
}

#[test]
fn wrong_codes_are_counted_before_they_are_compared_and_pause_the_code() {
    let (_dir, data) = led_by(2);
    let make = |name: &str, pin: &str| code_of(&run_with(&data, &["staff", "recovery", "--as", name, "--pin-stdin"], &format!("{pin}\n")));
    let code = make("何主任", "572406");
    let other = make("崔老师", "135791");
    let reset = |name: &str, code: &str| run_with(&data, &["staff", "reset-pin", "--as", name, "--pin-stdin"], &format!("{code}\n224466\n"));
    refused(&run_with(&data, &["staff", "reset-pin", "--pin-stdin"], &code), 2, "何主任、崔老师");
    for _ in 0..5 {
        refused(&reset("何主任", &other), 1, "恢复码不对");
    }
    refused(&reset("何主任", &code), 1, "暂停到");
    assert_eq!(run_with(&data, &["staff", "list", "--as", "何主任", "--pin-stdin"], "572406\n").status, 0, "the PIN is not paused by it");
    assert_eq!(reset("崔老师", &other).status, 0, "nor the other's code");
    assert_eq!(run(&data, &["verify"]).status, 0);
}

#[test]
fn without_a_leader_there_is_no_code() {
    let (_dir, data) = folder();
    assert_eq!(run(&data, &["staff", "recovery", "--pin-stdin"]).status, 3);
    assert_eq!(run_with(&data, &["staff", "add", "丁", "--role", "duty", "--pin-stdin"], "2468\n").status, 0);
    for command in ["recovery", "reset-pin"] {
        refused(&run_with(&data, &["staff", command, "--pin-stdin"], "572406\n"), 1, "staff add");
    }
}

/// A PIN that would be refused today goes on working where it was set before, on the command line and at the desk.
#[test]
fn a_pin_that_is_weak_by_now_keeps_working() {
    let (_dir, data) = folder();
    let mut store = Store::open(&data, Kind::Real, true).unwrap();
    let of = |id, name: &str, role, typed| Staff { pin: Some(pin::hash(typed).unwrap()), ..Staff::new(StaffId(id), name, role) };
    let staff = [of(1, "何主任", Role::Leader, "123456"), of(2, "丁", Role::Duty, "1111")];
    let facts: Vec<_> = staff.into_iter().map(|s| Fact::StaffSet { was: None, now: Box::new(s) }.into()).collect();
    store.record(Seq(0), &facts, &Stamp { now: Clock::Wall.now(), desk: "command".into(), staff: None }).unwrap();
    store.close().unwrap();
    let ran = run_with(&data, &["staff", "list", "--pin-stdin"], "123456\n");
    assert_eq!(ran.status, 0, "{}", ran.err);
    let lines = run_with(&data, &["line"], ".7\n丁\n1111\n");
    assert!(lines.out.contains("丁 已签到"), "{}", lines.out);
    // It cannot be set anew.
    for typed in ["1111", "4321", "7890"] {
        refused(&run_with(&data, &["staff", "set", "丁", "--new-pin", "--pin-stdin"], &format!("123456\n{typed}\n")), 1, "连号");
    }
}
