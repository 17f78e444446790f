//! The commands as people run them: the leader is asked, the journal knows, nothing is overwritten, one sentence on errors.

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use caredesk::domain::fact::{Fact, OfficeFact};
use caredesk::domain::people::ChildId;
use caredesk::store::Store;

struct Ran {
    status: i32,
    out: String,
    err: String,
}

struct Room {
    dir: tempfile::TempDir,
}

impl Room {
    /// A real store with the roster of 22 and a leader whose PIN is 246810.
    fn new() -> Self {
        let room = Self { dir: tempfile::tempdir().unwrap() };
        let roster = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/n22/roster_utf8_bom.csv");
        assert_eq!(room.run(&["import", roster.to_str().unwrap()], "").status, 0);
        let ran = room.run(&["staff", "add", "何主任", "--role", "leader", "--pin-stdin"], "246810\n");
        assert_eq!(ran.status, 0, "{}", ran.err);
        room
    }

    fn file(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn run(&self, arguments: &[&str], input: &str) -> Ran {
        let mut command = Command::cargo_bin("caredesk").unwrap();
        command.args(arguments).env("CAREDESK_DATA", self.dir.path().join("store")).env_remove("CAREDESK_CONFIG").write_stdin(input);
        command.current_dir(self.dir.path()).env("HOME", self.dir.path()).env_remove("XDG_CONFIG_HOME");
        let output = command.timeout(std::time::Duration::from_mins(1)).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let ran = Ran { status: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) };
        assert!(!ran.err.contains("panicked"), "{}", ran.err);
        ran
    }

    /// With the leader's PIN.
    fn as_leader(&self, arguments: &[&str]) -> Ran {
        self.run(&[arguments, &["--pin-stdin"]].concat(), "246810\n")
    }

    fn exports(&self) -> Vec<(String, u32, Option<ChildId>, bool)> {
        let store = Store::open_read_only(&self.dir.path().join("store")).unwrap();
        let exports = store.exports().unwrap();
        let told = exports.into_iter().filter_map(|e| match e.fact {
            Fact::Office(OfficeFact::Exported { what, rows, child }) => Some((what, rows, child, e.staff.is_some())),
            _ => None,
        });
        told.collect()
    }
}

fn refused(ran: &Ran, status: i32) {
    assert_eq!(ran.status, status, "{}{}", ran.out, ran.err);
    assert!(ran.out.is_empty(), "{}", ran.out);
    assert_eq!(ran.err.trim_end().lines().count(), 1, "{}", ran.err);
    assert!(ran.err.starts_with("caredesk: "), "{}", ran.err);
}

#[test]
fn every_export_asks_for_the_leader_and_is_written_down() {
    let room = Room::new();
    let commands: [(&str, &[&str]); 7] = [
        ("children", &["export", "children", "--out", "a.xlsx"]),
        ("collectors", &["export", "collectors", "--out", "b.csv"]),
        ("cards", &["export", "cards", "--out", "c.json"]),
        ("staff", &["export", "staff", "--out", "d.csv"]),
        ("attendance", &["export", "attendance", "--from", "2026-01-01", "--to", "2026-01-31", "--out", "e.xlsx"]),
        ("oneroster", &["export", "oneroster", "--out", "f.zip"]),
        ("card sheet ", &["cards", "print", "--all", "--school-cards", "--out", "g.html"]),
    ];
    for (n, (what, arguments)) in commands.into_iter().enumerate() {
        refused(&room.run(arguments, ""), 1);
        refused(&room.run(&[arguments, &["--pin-stdin"]].concat(), "111111\n"), 1);
        let file = room.file(arguments.last().unwrap());
        assert!(!file.exists(), "nothing is written without the leader");
        assert_eq!(room.exports().len(), n);
        let ran = room.as_leader(arguments);
        assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{what}");
        assert!(file.exists());
        let exports = room.exports();
        assert_eq!(exports.len(), n + 1);
        assert!(exports[n].0.starts_with(what) && exports[n].3, "who agreed is on record: {:?}", exports[n]);
        // A right PIN in between, so that five wrong ones never come together.
    }
    let left: Vec<String> = std::fs::read_dir(room.dir.path()).unwrap().map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
    assert!(left.iter().all(|name| !name.starts_with(".caredesk-")), "{left:?}");
    assert_eq!(room.run(&["verify"], "").status, 0);
}

#[test]
fn nothing_is_overwritten_unless_asked_and_wrong_calls_get_one_sentence() {
    let room = Room::new();
    std::fs::write(room.file("mine.csv"), "mine").unwrap();
    std::fs::create_dir(room.file("full")).unwrap();
    std::fs::write(room.file("full/x"), "x").unwrap();
    for lang in ["zh", "en"] {
        let ask = |arguments: &[&str]| room.as_leader(&[&["--lang", lang], arguments].concat());
        refused(&ask(&["export", "children", "--out", "mine.csv"]), 1);
        refused(&ask(&["export", "children", "--out", "full"]), 2);
        refused(&ask(&["export", "oneroster", "--out", "full"]), 1);
        refused(&ask(&["export", "children", "--out", "a.ods"]), 2);
        refused(&ask(&["export", "children", "--out", "no/such/a.csv"]), 1);
        refused(&ask(&["export", "child", "没有这人", "--out", "a.html"]), 1);
        refused(&ask(&["export", "child", "chen", "--out", "a.html"]), 1);
        refused(&ask(&["export", "child", "chen", "--out", "a.pdf"]), 2);
        refused(&ask(&["export", "attendance", "--from", "2026-02-30", "--out", "a.csv"]), 2);
        refused(&ask(&["export", "attendance", "--from", "2026-02-02", "--to", "2026-02-01", "--out", "a.csv"]), 2);
        refused(&ask(&["export", "attendance", "--from", "2999-01-01", "--out", "a.csv"]), 2);
        refused(&ask(&["cards", "print", "--class", "x"]), 2);
        refused(&ask(&["cards", "print", "--child", "nobody"]), 1);
    }
    assert_eq!(room.exports(), [], "nothing of that is an export");
    assert_eq!(std::fs::read(room.file("mine.csv")).unwrap(), b"mine");
    let ran = room.as_leader(&["export", "children", "--out", "mine.csv", "--force"]);
    assert!(ran.out.contains("限制接送的文书编号不在文件里"), "what an import cannot bring back is said: {}", ran.out);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(std::fs::read_to_string(room.file("mine.csv")).unwrap().contains("姓名"));
    let empty = Room { dir: tempfile::tempdir().unwrap() };
    refused(&empty.as_leader(&["export", "children", "--out", "a.csv"]), 3);
}

#[test]
fn a_card_is_new_until_a_sheet_had_it_and_a_record_names_its_child() {
    let room = Room::new();
    let ran = room.as_leader(&["cards", "print", "--school-cards"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let page = std::fs::read_to_string(room.file("caredesk-cards.html")).unwrap();
    let printed = page.matches("<article").count();
    assert!(printed > 0 && ran.out.contains(&printed.to_string()));
    refused(&room.as_leader(&["cards", "print", "--school-cards", "--out", "again.html"]), 1);
    let ran = room.as_leader(&["cards", "print", "--all", "--school-cards", "--names", "--out", "again.html"]);
    assert_eq!((ran.status, ran.out.lines().count()), (0, 2), "{}{}", ran.out, ran.err);
    let store = Store::open_read_only(&room.dir.path().join("store")).unwrap();
    let child = store.load(crate::world::now()).unwrap().register.children().next().unwrap().clone();
    drop(store);
    let number = child.student_no.clone().unwrap();
    let ran = room.as_leader(&["export", "child", &number, "--out", "record.json"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let record: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(room.file("record.json")).unwrap()).unwrap();
    assert_eq!(record["child"]["name"], child.name);
    assert!(!record["journal"].as_array().unwrap().is_empty());
    let last = room.exports().pop().unwrap();
    assert_eq!((last.0.as_str(), last.2), ("child", Some(child.id)));
}
