//! Somebody rewrites the record from some entry on, every hash computed anew, and the head file with it: only the key that is not in
//! the store knows.

use sha2::{Digest, Sha256};

use super::*;

fn hex(text: &str) -> String {
    let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap();
    Sha256::digest(text.as_bytes()).iter().flat_map(|b| [digit(b >> 4), digit(b & 15)]).collect()
}

fn net(value: &rusqlite::types::Value) -> String {
    let text = match value {
        rusqlite::types::Value::Null => return "-,".to_owned(),
        rusqlite::types::Value::Integer(n) => n.to_string(),
        rusqlite::types::Value::Text(text) => text.clone(),
        other @ (rusqlite::types::Value::Real(_) | rusqlite::types::Value::Blob(_)) => panic!("{other:?}"),
    };
    format!("{}:{text},", text.len())
}

/// Changes the store with the triggers taken away, computes every hash after `from` anew, and puts the triggers back. Gives what the
/// head file has to say of it.
fn rewrite(dir: &Path, from: i64, sql: &str) -> String {
    checked::edit(dir, sql);
    let conn = rusqlite::Connection::open(dir.join(FILE)).unwrap();
    let mut hash: String = conn.query_row("SELECT hash FROM journal WHERE seq = ?1", [from - 1], |row| row.get(0)).unwrap_or_default();
    let last: i64 = conn.query_row("SELECT max(seq) FROM journal", [], |row| row.get(0)).unwrap();
    let mut updates = Vec::new();
    for seq in from..=last {
        const COLUMNS: &str = "SELECT seq, act, day, at, entered_at, offset_min, desk, staff, child, kind, body_hash FROM journal WHERE seq = ?1";
        let row: String = conn.query_row(COLUMNS, [seq], |row| (0..11).map(|n| row.get(n).map(|v| net(&v))).collect()).unwrap();
        hash = hex(&format!("{}:{hash},{row}", hash.len()));
        updates.push(format!("UPDATE journal SET hash = '{hash}' WHERE seq = {seq}"));
    }
    checked::edit(dir, &updates.join(";"));
    let (ms, offset): (i64, i64) =
        conn.query_row("SELECT entered_at, offset_min FROM journal WHERE seq = ?1", [last], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    format!("{last} {hash} {ms} {offset}")
}

fn head_file(dir: &Path, text: &str) {
    let line = format!("{:<255}\n", format!("{text} {}", hex(text)));
    fs::write(dir.join(format!("{FILE}-head")), line).unwrap();
}

/// The seal in the head file.
fn seal(dir: &Path) -> String {
    let bytes = fs::read(dir.join(format!("{FILE}-head"))).unwrap();
    let text = String::from_utf8_lossy(&bytes);
    let last = text.split('\n').max_by_key(|line| line.trim_matches('\0').split(' ').next().and_then(|n| n.parse::<i64>().ok())).unwrap();
    last.trim_matches('\0').split(' ').nth(4).unwrap().to_owned()
}

fn verified(dir: &Path) -> (Option<i32>, Value) {
    let output = run(dir, &["verify", "--json"]);
    (output.status.code(), serde_json::from_slice(&output.stdout).unwrap())
}

fn keys(dir: &Path) -> Vec<PathBuf> {
    let folder = fs::read_dir(dir.join("home/.config/caredesk")).into_iter().flatten().map(|f| f.unwrap().path());
    folder.filter(|path| path.file_name().unwrap().to_string_lossy().starts_with("record-key-")).collect()
}

fn copied(from: &Path) -> tempfile::TempDir {
    let to = tempfile::tempdir().unwrap();
    let status = Command::new("cp").arg("-r").arg(format!("{}/.", from.display())).arg(to.path()).status().unwrap();
    assert!(status.success());
    to
}

/// One entry more, by a command.
fn enter(dir: &Path, name: &str) {
    let mut command = caredesk(dir);
    command.args(["staff", "add", name, "--role", "duty", "--pin-stdin"]).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all("285739\n".as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// A real store with a roster and some entries of two desks after it.
fn made() -> (tempfile::TempDir, i64, i64) {
    let dir = tempfile::tempdir().unwrap();
    real_store(dir.path());
    let first = entries(dir.path());
    let mut desk = Desk::start(caredesk(dir.path()), &["line", "--json"]);
    desk.say("");
    assert_eq!(desk.end(), Some(0));
    for name in ["王", "李"] {
        enter(dir.path(), name);
    }
    let last = entries(dir.path());
    (dir, first, last)
}

#[test]
fn a_record_that_is_rewritten_from_any_entry_on_is_found_out_and_not_covered_up() {
    let (whole, first, last) = made();
    let (status, said) = verified(whole.path());
    assert_eq!((status, &said["sealed"]), (Some(0), &serde_json::json!({ "fits": true, "first": 1, "last": last })), "{said}");
    let right = seal(whole.path());
    for from in [1, 2, first / 2, first, first + 1, last] {
        for forged in ["none", "old", "other"] {
            let dir = copied(whole.path());
            let text = rewrite(dir.path(), from, &format!("UPDATE journal SET desk = 'x' WHERE seq = {from}"));
            head_file(
                dir.path(),
                &match forged {
                    "none" => text,
                    "old" => format!("{text} {right}"),
                    _ => format!("{text} {}:{}", right.split(':').next().unwrap(), hex("x")),
                },
            );
            let (status, said) = verified(dir.path());
            assert_eq!((status, &said["sealed"]["fits"]), (Some(1), &Value::Bool(false)), "{from} {forged}: {said}");
            // The anchor that the desk left at its start tells on which side of it.
            let named = (said["sealed"]["first"].as_i64().unwrap(), said["sealed"]["last"].as_i64().unwrap());
            assert_eq!(named, if from <= first { (1, first) } else { (first + 1, last) }, "{from} {forged}");
            // A desk says it in red, and goes on without covering it up.
            let mut desk = Desk::start(caredesk(dir.path()), &["line", "--json"]);
            assert!(notices(&desk.say("")).contains("封印不符"), "{from} {forged}");
            assert_eq!(desk.end(), Some(0));
            enter(dir.path(), "赵");
            assert_eq!(verified(dir.path()).0, Some(1), "{from} {forged}");
        }
    }
    // An end that was cut off, head file and all.
    let dir = copied(whole.path());
    let text = rewrite(dir.path(), last, &format!("DELETE FROM journal WHERE seq = {last}; DELETE FROM staff WHERE name = '李'"));
    head_file(dir.path(), &text);
    let (status, said) = verified(dir.path());
    assert_eq!((status, &said["sealed"]["fits"]), (Some(1), &Value::Bool(false)), "{said}");
}

#[test]
fn a_lost_key_is_said_and_made_anew_by_the_desk_for_what_comes_then() {
    let (dir, _, last) = made();
    let [key] = &keys(dir.path())[..] else { panic!("one key") };
    assert_eq!(fs::metadata(key).unwrap().permissions().mode() & 0o777, 0o600);
    let text = fs::read_to_string(key).unwrap();
    for (what, damaged) in [
        ("empty", String::new()),
        ("cut", text.chars().take(50).collect()),
        ("another", text.replacen(text.chars().next().unwrap(), "0", 1).replacen('1', "2", 1)),
    ] {
        fs::write(key, &damaged).unwrap();
        let (status, said) = verified(dir.path());
        assert_eq!((status, &said["sealed"], &said["ok"]), (Some(0), &Value::Null, &Value::Bool(true)), "{what}: {said}");
    }
    fs::remove_file(key).unwrap();
    let plain = run(dir.path(), &["verify"]);
    assert!(plain.status.success() && String::from_utf8_lossy(&plain.stdout).contains("封印没有核对"), "{plain:?}");
    let mut desk = Desk::start(caredesk(dir.path()), &["line", "--json"]);
    assert!(notices(&desk.say("")).contains(&format!("第 {last} 条及以前的记录不在其内")));
    assert_eq!(desk.end(), Some(0));
    assert_eq!(verified(dir.path()).1["sealed"], serde_json::json!({ "fits": true, "first": last + 1, "last": last }));
    enter(dir.path(), "赵");
    assert_eq!(verified(dir.path()).1["sealed"], serde_json::json!({ "fits": true, "first": last + 1, "last": last + 1 }));
    let mut desk = Desk::start(caredesk(dir.path()), &["line", "--json"]);
    assert!(!notices(&desk.say("")).contains("钥匙"), "said once");
    desk.end();
    let made = fs::read_to_string(&keys(dir.path())[0]).unwrap();
    assert!(
        made.lines().count() >= 2 && !fs::read(dir.path().join(FILE)).unwrap().windows(64).any(|w| w == &made.as_bytes()[..64]),
        "the key is not in the store"
    );
}

/// What a power cut leaves: the head file behind, by one entry or by many.
#[test]
fn a_head_file_that_is_behind_is_no_alarm() {
    let (dir, _, last) = made();
    let before = fs::read(dir.path().join(format!("{FILE}-head"))).unwrap();
    for name in ["赵", "钱", "孙"] {
        enter(dir.path(), name);
    }
    fs::write(dir.path().join(format!("{FILE}-head")), before).unwrap();
    let (status, said) = verified(dir.path());
    assert_eq!((status, &said["sealed"]), (Some(0), &serde_json::json!({ "fits": true, "first": 1, "last": last })), "{said}");
    let mut desk = Desk::start(caredesk(dir.path()), &["line", "--json"]);
    assert_eq!(notices(&desk.say("")), "");
    desk.end();
    assert_eq!(verified(dir.path()).1["sealed"]["last"], last + 3);
}
