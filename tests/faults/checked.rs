//! Somebody edits the store with its triggers taken away: the desk that is started then says so in red, and nobody releases the
//! child about whom it was.

use super::*;

/// Does something to the file with its guards off.
pub(super) fn edit(dir: &Path, sql: &str) {
    let conn = rusqlite::Connection::open(dir.join(FILE)).unwrap();
    let triggers: Vec<String> = conn
        .prepare("SELECT 'DROP TRIGGER ' || name FROM sqlite_schema WHERE type = 'trigger'")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    let made: Vec<String> = conn
        .prepare("SELECT sql FROM sqlite_schema WHERE type = 'trigger'")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    conn.execute_batch("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON").unwrap();
    for text in triggers.into_iter().chain([sql.to_owned()]).chain(made) {
        conn.execute_batch(&text).unwrap();
    }
}

/// 赵小满, whose father 赵强 is barred, and 陈一诺 are here, and it is 17:55.
fn two_are_here(dir: &Path) {
    let mut desk = Desk::practice(dir);
    for card in ["112018", "453841"] {
        assert!(!recorded(&desk.say(card)).is_empty());
    }
    assert_eq!(desk.end(), Some(0));
}

#[test]
fn a_barred_collector_made_standing_is_not_offered() {
    let dir = tempfile::tempdir().unwrap();
    two_are_here(dir.path());
    edit(dir.path(), "UPDATE collector SET may_collect = 'standing' WHERE name = '赵强'");
    let mut desk = Desk::practice(dir.path());
    desk.say(".clock 17:55");
    let answer = desk.say("112018");
    assert!(recorded(&answer).is_empty() && answer["choices"].as_array().unwrap().is_empty(), "nobody is offered: {answer}");
    assert!(said(&answer).contains("赵小满") && said(&answer).contains("不放行"), "{answer}");
    assert!(notices(&answer).contains("资料与记录不符，不放行：赵小满") && notices(&answer).contains("改正"), "{answer}");
    assert!(recorded(&desk.say("")).is_empty());
    // Another child goes home as always.
    assert_eq!(desk.say("453841")["verdict"], "OUT");
    assert!(!recorded(&desk.say("")).is_empty());
    assert_eq!(inside(dir.path()), BTreeSet::from(["赵小满".to_owned()]));
    desk.end();
    let output = run(dir.path(), &["doctor", "--lang", "en"]);
    assert!(String::from_utf8_lossy(&output.stdout).contains("NOT  the record is what was entered"), "{output:?}");
}

#[test]
fn what_else_is_not_as_it_was_made_is_said_in_red() {
    for (sql, zh) in [
        ("CREATE TRIGGER more AFTER INSERT ON stay BEGIN SELECT 1; END", "结构被改过：more"),
        ("UPDATE journal SET desk = 'x' WHERE seq = 2", "第 2 条记录被改动或缺失"),
        ("DELETE FROM journal WHERE seq = 3", "第 3 条记录被改动或缺失"),
        ("UPDATE staff SET role = 'leader'", "数据表与记录不符：staff"),
    ] {
        let dir = tempfile::tempdir().unwrap();
        two_are_here(dir.path());
        edit(dir.path(), sql);
        let mut desk = Desk::practice(dir.path());
        let answer = desk.say("");
        assert!(notices(&answer).contains(zh) && notices(&answer).contains("caredesk verify"), "{sql}: {answer}");
        desk.end();
    }
    let dir = tempfile::tempdir().unwrap();
    two_are_here(dir.path());
    let mut desk = Desk::practice(dir.path());
    assert_eq!(notices(&desk.say("")), "", "nothing is said of what is sound");
}
