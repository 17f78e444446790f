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
    // One that is a key, but not this store's.
    let (secret, anchors) = text.split_once('\n').unwrap();
    fs::write(key, format!("{}\n{anchors}", hex(secret))).unwrap();
    let (status, said) = verified(dir.path());
    assert_eq!((status, &said["sealed"], &said["ok"]), (Some(0), &Value::Null, &Value::Bool(true)), "{said}");
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

/// What lies at the place of a key and is none: nothing is made in its place, nothing is said to be unsealed, and what is entered
/// meanwhile is no alarm once it can be read again.
#[test]
fn a_key_that_cannot_be_read_is_not_no_key() {
    type Damage = fn(&Path);
    let damages: [(&str, Damage); 7] = [
        ("empty", |key| fs::write(key, "").unwrap()),
        ("cut", |key| fs::write(key, &fs::read(key).unwrap()[..50]).unwrap()),
        ("without its end", |key| fs::write(key, &fs::read(key).unwrap()[..65]).unwrap()),
        ("no text", |key| fs::write(key, [0xff, 0xfe, 0]).unwrap()),
        ("other text", |key| fs::write(key, "notes\n").unwrap()),
        ("a folder", |key| {
            fs::remove_file(key).unwrap();
            fs::create_dir(key).unwrap();
        }),
        ("not this user's", |key| {
            fs::set_permissions(key, fs::Permissions::from_mode(0o000)).unwrap();
        }),
    ];
    let (whole, _, last) = made();
    for (what, damage) in damages {
        let dir = copied(whole.path());
        // Root reads everything: the program runs as nobody then.
        let nobody = (fs::metadata("/proc/self").unwrap().uid() == 0).then_some(65_534);
        if nobody.is_some() {
            let status = Command::new("chown").args(["-R", "65534:65534"]).arg(dir.path()).status().unwrap();
            assert!(status.success());
        }
        let program = dir.path().join("program");
        fs::copy(env!("CARGO_BIN_EXE_caredesk"), &program).unwrap();
        let command = || {
            let mut command = Command::new(&program);
            command.arg("--data").arg(dir.path()).env("HOME", dir.path().join("home")).env_remove("XDG_CONFIG_HOME").stdin(Stdio::null());
            if let Some(id) = nobody {
                command.uid(id).gid(id);
            }
            command
        };
        let said_by = |arguments: &[&str]| {
            let output = command().args(arguments).output().unwrap();
            (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
        };
        let enter = |name: &str| {
            let mut command = command();
            command.args(["staff", "add", name, "--role", "duty", "--pin-stdin"]).stdin(Stdio::piped()).stdout(Stdio::piped());
            let mut child = command.spawn().unwrap();
            child.stdin.take().unwrap().write_all("285739\n".as_bytes()).unwrap();
            assert!(child.wait_with_output().unwrap().status.success(), "{what}");
        };
        let key = keys(dir.path()).remove(0);
        let text = fs::read(&key).unwrap();
        damage(&key);
        let named = format!("封印钥匙 {} 不能读", key.display());
        let (status, json) = said_by(&["verify", "--json"]);
        let report: Value = serde_json::from_str(&json).unwrap();
        assert_eq!((status, &report["ok"], &report["sealed"]), (Some(1), &Value::Bool(false), &Value::Null), "{what}: {report}");
        assert!(report["problems"][0].as_str().unwrap().contains(&named), "{what}: {report}");
        let (status, plain) = said_by(&["verify"]);
        assert!(status == Some(1) && plain.contains(&named) && !plain.contains("封印没有核对"), "{what}: {plain}");
        let (_, health) = said_by(&["doctor"]);
        assert!(health.lines().any(|line| line.starts_with("NOT") && line.contains(&named)), "{what}: {health}");
        let mut desk = Desk::start(command(), &["line", "--json"]);
        let answer = desk.say("");
        assert!(notices(&answer).contains(&named) && !notices(&answer).contains("做了新的"), "{what}: {answer}");
        assert_eq!(desk.end(), Some(0), "{what}");
        enter("赵");
        assert_eq!(keys(dir.path()).len(), 1, "{what}");
        // It is put back.
        if key.is_dir() {
            fs::remove_dir(&key).unwrap();
        } else {
            fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).unwrap();
        }
        fs::write(&key, &text).unwrap();
        if nobody.is_some() {
            std::os::unix::fs::chown(&key, nobody, nobody).unwrap();
        }
        let (status, json) = said_by(&["verify", "--json"]);
        let report: Value = serde_json::from_str(&json).unwrap();
        assert_eq!((status, &report["sealed"]), (Some(0), &serde_json::json!({ "fits": true, "first": 1, "last": last })), "{what}: {report}");
        enter("钱");
        let (status, json) = said_by(&["verify", "--json"]);
        let report: Value = serde_json::from_str(&json).unwrap();
        assert_eq!((status, report["sealed"]["last"].as_i64()), (Some(0), Some(last + 2)), "{what}: {report}");
    }
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
