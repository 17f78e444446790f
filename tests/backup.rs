//! `caredesk backup` and `caredesk restore`, as whoever types them sees them.
#![allow(clippy::unwrap_used, clippy::similar_names)]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use caredesk::shell::backup::{BackupError, seal, unseal};
use caredesk::shell::clock::Clock;
use caredesk::store::{Kind, Store};
use serde_json::Value;

struct Desk {
    dir: tempfile::TempDir,
}

struct Ran {
    status: i32,
    out: String,
    err: String,
}

const PIN: &str = "572406\n";

impl Desk {
    /// A desk whose only leader is 何主任, with the children of a roster.
    fn new() -> Self {
        let desk = Self { dir: tempfile::tempdir().unwrap() };
        let roster = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/n22/roster_utf8.csv");
        assert_eq!(desk.run(&["import", &roster.to_string_lossy()]).status, 0);
        assert_eq!(desk.with(&["staff", "add", "何主任", "--role", "leader", "--pin-stdin"], PIN).status, 0);
        desk
    }

    fn data(&self) -> PathBuf {
        self.dir.path().join("store")
    }

    fn passphrase(&self) -> PathBuf {
        self.dir.path().join(".config/caredesk/backup-passphrase")
    }

    fn command(&self, data: &Path, arguments: &[&str]) -> assert_cmd::Command {
        let mut command = assert_cmd::Command::cargo_bin("caredesk").unwrap();
        command.args(arguments).env("CAREDESK_DATA", data).env_remove("CAREDESK_CONFIG").env_remove("CAREDESK_LANG");
        command.env("HOME", self.dir.path()).env_remove("XDG_CONFIG_HOME").timeout(Duration::from_mins(1));
        command
    }

    fn at(&self, data: &Path, arguments: &[&str], input: &str) -> Ran {
        let output = self.command(data, arguments).write_stdin(input).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let ran = Ran { status: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) };
        assert!(!ran.err.contains("panicked"), "{}", ran.err);
        ran
    }

    fn with(&self, arguments: &[&str], input: &str) -> Ran {
        self.at(&self.data(), arguments, input)
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        self.with(arguments, "")
    }

    /// A backup that must succeed.
    fn backup(&self) -> (PathBuf, Value) {
        let ran = self.with(&["backup", "--json", "--pin-stdin"], PIN);
        assert_eq!(ran.status, 0, "{}", ran.err);
        let said: Value = serde_json::from_str(&ran.out).unwrap();
        std::thread::sleep(Duration::from_millis(1100)); // the name of the next one has another second
        (PathBuf::from(said["file"].as_str().unwrap()), said)
    }

    fn restore(&self, file: &Path, more: &[&str]) -> Ran {
        self.with(&[&["restore", &file.to_string_lossy(), "--pin-stdin"], more].concat(), PIN)
    }

    fn entries(&self) -> i64 {
        verified(&self.data())
    }

    /// The keys of seals.
    fn keys(&self) -> Vec<PathBuf> {
        let mut all = files(&self.dir.path().join(".config/caredesk"));
        all.retain(|path| path.file_name().unwrap().to_string_lossy().starts_with("record-key-"));
        all
    }

    /// Another desk with the same files.
    fn copy(&self) -> Self {
        let desk = Self { dir: tempfile::tempdir().unwrap() };
        for file in files(self.dir.path()) {
            let to = desk.dir.path().join(file.strip_prefix(self.dir.path()).unwrap());
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::copy(&file, to).unwrap();
        }
        desk
    }

    /// Everything in the data folder but what is made on the way, by name and content.
    fn state(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut all: Vec<_> = files(&self.data()).into_iter().map(|path| (path.clone(), fs::read(path).unwrap())).collect();
        all.retain(|(path, _)| !path.ends_with(".caredesk-backup.lock"));
        all
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.path().is_dir() { all.extend(files(&entry.path())) } else { all.push(entry.path()) }
    }
    all.sort();
    all
}

/// The entries of a store that is in order.
fn verified(data: &Path) -> i64 {
    let report = Store::open_read_only(data).unwrap().verify();
    assert!(report.is_sound(), "{report:?}");
    report.entries
}

/// The store that was kept under a number, as a folder of its own.
fn kept(data: &Path, n: u32) -> tempfile::TempDir {
    let apart = tempfile::tempdir().unwrap();
    for ending in ["", "-wal", "-shm", "-head"] {
        let _ = fs::copy(data.join(format!("caredesk.db.before-{n}{ending}")), apart.path().join(format!("caredesk.db{ending}")));
    }
    apart
}

fn refused(ran: &Ran, says: &str) {
    assert_eq!((ran.status, ran.out.as_str()), (1, ""), "{}", ran.err);
    assert_eq!(ran.err.trim_end().lines().count(), 1, "{}", ran.err);
    assert!(ran.err.starts_with("caredesk: ") && ran.err.contains(says), "{says}: {}", ran.err);
}

#[test]
fn a_backup_brings_back_what_was_and_keeps_what_came_after() {
    let desk = Desk::new();
    let (file, said) = desk.backup();
    let as_of = said["entries"].as_i64().unwrap();
    assert_eq!(desk.with(&["staff", "add", "丁", "--role", "duty", "--pin-stdin"], "572406\n135791\n").status, 0);
    let beyond = desk.entries() - as_of;
    let ran = desk.restore(&file, &["--yes", "--json"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let restored: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(restored["beyond"].as_i64(), Some(beyond), "{restored}");
    assert_eq!((restored["hash"].as_str(), restored["entries"].as_i64()), (said["hash"].as_str(), Some(as_of)));
    assert_eq!(desk.entries(), as_of);
    // What came after is kept with the try of the PIN and its proof.
    assert_eq!(verified(kept(&desk.data(), 1).path()), as_of + beyond + 2);
    // The store goes on from there; the second restore keeps its files under the next number.
    let ran = desk.with(&["staff", "add", "戊", "--role", "duty", "--pin-stdin"], "572406\n135791\n");
    assert_eq!(ran.status, 0, "{}", ran.err);
    let ran = desk.restore(&file, &["--yes"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(verified(kept(&desk.data(), 2).path()) > as_of);
    assert_eq!(verified(kept(&desk.data(), 1).path()), as_of + beyond + 2, "what was kept stays");
    assert!(files(&desk.data()).iter().all(|f| !f.to_string_lossy().contains("private")), "no plain copy stays");
}

#[test]
fn the_passphrase_is_shown_once_and_lies_apart_from_store_and_backups() {
    let desk = Desk::new();
    let first = desk.with(&["backup", "--pin-stdin"], PIN);
    assert_eq!(first.status, 0, "{}", first.err);
    let words = fs::read_to_string(desk.passphrase()).unwrap().trim().to_owned();
    assert!(first.out.contains(&words), "{}", first.out);
    std::thread::sleep(Duration::from_millis(1100));
    let second = desk.with(&["--lang", "en", "backup", "--pin-stdin"], PIN);
    assert_eq!(second.status, 0, "{}", second.err);
    assert!(!second.out.contains(&words), "{}", second.out);
    for file in files(&desk.data()) {
        let bytes = fs::read(&file).unwrap();
        assert!(!bytes.windows(words.len()).any(|w| w == words.as_bytes()), "{}", file.display());
    }
    #[cfg(unix)]
    for file in files(&desk.data().join("backups")).into_iter().chain([desk.passphrase()]) {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600, "{}", file.display());
    }
    let beside = desk.passphrase().parent().unwrap().to_string_lossy().into_owned();
    let ran = desk.with(&["backup", "--to", &beside, "--pin-stdin"], PIN);
    assert_eq!(ran.status, 2, "never beside the key: {}", ran.err);
    let record = desk.with(&["verify", "--json"], "");
    assert_eq!(record.status, 0, "{}", record.out);
}

/// A passphrase counts once it was shown: until then the next backup shows it, and what was made under it opens with it.
#[test]
#[cfg(unix)]
fn a_passphrase_that_nobody_has_seen_is_shown_by_the_next_backup() {
    type Seen = fn(&Desk) -> bool;
    let ages =
        |desk: &Desk| files(&desk.data().join("backups")).into_iter().filter(|f| f.extension().is_some_and(|e| e == "age")).collect::<Vec<_>>();
    let moments: [(&str, Option<Seen>); 4] = [
        ("the passphrase is on file", Some(|desk| files(&desk.dir.path().join(".config/caredesk")).len() > 1)),
        ("the backup is being written", Some(|desk| !files(&desk.data().join("backups")).is_empty())),
        ("the backup has its name", Some(|desk| files(&desk.data().join("backups")).iter().any(|f| f.extension().is_some_and(|e| e == "age")))),
        ("it cannot be printed", None),
    ];
    let whole = Desk::new();
    for (what, seen) in moments {
        let desk = whole.copy();
        if let Some(seen) = seen {
            killed_when(&desk, &["backup", "--pin-stdin"], || seen(&desk));
        } else {
            let full = fs::File::options().write(true).open("/dev/full").unwrap();
            let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin("caredesk"));
            command.args(["backup", "--pin-stdin"]).env("CAREDESK_DATA", desk.data()).env("HOME", desk.dir.path()).env_remove("XDG_CONFIG_HOME");
            let mut child = command.stdin(std::process::Stdio::piped()).stdout(full).stderr(std::process::Stdio::null()).spawn().unwrap();
            std::io::Write::write_all(&mut child.stdin.take().unwrap(), PIN.as_bytes()).unwrap();
            assert_eq!(child.wait().unwrap().code(), Some(1), "{what}");
        }
        refused(&desk.run(&["backup", "--by-itself"]), "请组长执行一次 caredesk backup");
        std::thread::sleep(Duration::from_millis(1100));
        let next = desk.with(&["backup", "--pin-stdin"], PIN);
        assert_eq!(next.status, 0, "{what}: {}", next.err);
        let words = fs::read_to_string(desk.passphrase()).unwrap().trim().to_owned();
        assert!(next.out.contains(&words), "{what}: {}", next.out);
        for backup in ages(&desk) {
            unseal(&backup, &words, tempfile::tempdir().unwrap().path()).unwrap_or_else(|e| panic!("{what}: {}: {e}", backup.display()));
        }
        std::thread::sleep(Duration::from_millis(1100));
        let third = desk.with(&["backup", "--pin-stdin"], PIN);
        assert!(third.status == 0 && !third.out.contains(&words), "{what}: {}", third.out);
    }
}

#[test]
fn nothing_of_a_child_can_be_read_in_a_backup() {
    let desk = Desk::new();
    let (file, _) = desk.backup();
    let sealed = fs::read(&file).unwrap();
    let store = Store::open_read_only(&desk.data()).unwrap();
    let register = store.load(Clock::Wall.now()).unwrap().register;
    let mut words: Vec<String> = register.children().map(|c| c.name.clone()).collect();
    words.extend(register.all_collectors().filter_map(|c| c.phone.clone()));
    words.extend(register.cards().map(|c| c.number.as_str().to_owned()));
    assert!(words.len() > 40, "{words:?}");
    let plain: Vec<u8> =
        files(&desk.data()).into_iter().filter(|f| !f.to_string_lossy().contains("backups")).flat_map(|f| fs::read(f).unwrap()).collect();
    let holds = |bytes: &[u8], word: &str| bytes.windows(word.len()).any(|w| w == word.as_bytes());
    for word in ["SQLite format 3", "caredesk", "PK\u{3}\u{4}"].into_iter().chain(words.iter().map(String::as_str)) {
        assert!(!holds(&sealed, word), "{word}");
    }
    assert!(words.iter().all(|word| holds(&plain, word)), "the search finds what is there");
}

#[test]
fn a_backup_that_was_changed_anywhere_is_refused_and_nothing_is_touched() {
    // Not compressible, so that there are several pieces of 64 KiB.
    let (from, dir) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let noise: Vec<u8> = (0..300_000_u32).map(|n| (n.wrapping_mul(n).wrapping_mul(2_654_435_761) >> 21).to_le_bytes()[0]).collect();
    fs::write(from.path().join("caredesk.db"), &noise).unwrap();
    fs::write(from.path().join("caredesk.db-head"), b"head").unwrap();
    let file = dir.path().join("a.age");
    seal(from.path(), &file, "words").unwrap().persist(&file).unwrap();
    let into = tempfile::tempdir().unwrap();
    unseal(&file, "words", into.path()).unwrap();
    assert_eq!(fs::read(into.path().join("caredesk.db")).unwrap(), noise);
    assert!(matches!(unseal(&file, "other", tempfile::tempdir().unwrap().path()), Err(BackupError::Passphrase)));
    let whole = fs::read(&file).unwrap();
    assert!(whole.len() > 3 << 16, "{}", whole.len());
    let header = whole.windows(4).position(|w| w == b"\n---").unwrap() + 70;
    let chunks = (header..whole.len()).step_by((1 << 16) + 16).flat_map(|at| [at, at + 15, at + 16, at + 40_000, at + (1 << 16)]);
    let places: Vec<usize> = (0..header).step_by(3).chain(chunks).chain([whole.len() - 1]).filter(|at| *at < whole.len()).collect();
    let bad = dir.path().join("bad.age");
    for at in &places {
        let mut bent = whole.clone();
        bent[*at] ^= 1;
        fs::write(&bad, bent).unwrap();
        assert!(unseal(&bad, "words", tempfile::tempdir().unwrap().path()).is_err(), "bent at {at}");
        fs::write(&bad, &whole[..*at]).unwrap();
        assert!(unseal(&bad, "words", tempfile::tempdir().unwrap().path()).is_err(), "cut at {at}");
    }
    fs::write(&bad, [&whole[..], b"x"].concat()).unwrap();
    assert!(unseal(&bad, "words", tempfile::tempdir().unwrap().path()).is_err(), "longer");
}

#[test]
fn what_is_no_good_backup_is_one_sentence() {
    let desk = Desk::new();
    let (file, _) = desk.backup();
    let whole = fs::read(&file).unwrap();
    let before = desk.state();
    let other = desk.dir.path().join("other");
    let write = |bytes: &[u8]| fs::write(&other, bytes).unwrap();
    let named = other.to_string_lossy().into_owned();
    let bent = |at: usize| {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        bytes
    };
    for (bytes, says) in [
        (b"".to_vec(), "不是 caredesk 的备份"),
        (b"just a text".to_vec(), "不是 caredesk 的备份"),
        (bent(whole.len() - 1), "被改动过或不完整"),
        (whole[..whole.len() - 1].to_vec(), "被改动过或不完整"),
        (bent(300), "被改动过或不完整"),
    ] {
        write(&bytes);
        refused(&desk.restore(&other, &["--yes"]), says);
    }
    refused(&desk.restore(&desk.dir.path().join("none"), &["--yes"]), "不能读写");
    write(b"AAAA-AAAA-AAAA-AAAA-AAAA-AAAA\n");
    refused(&desk.restore(&file, &["--yes", "--passphrase-file", &named]), "口令打不开");
    assert!(desk.with(&["--lang", "en", "restore", &file.to_string_lossy(), "--yes", "--passphrase-file", &named], "").err.contains("does not open"));
    assert_eq!(desk.state(), before, "nothing was touched");
    // Nobody said yes; a wrong PIN; a desk that is open.
    let unasked = desk.restore(&file, &[]);
    assert_eq!(unasked.status, 1);
    assert!(unasked.err.contains("--yes") && unasked.err.contains("比它多"), "{}", unasked.err);
    refused(&desk.with(&["restore", &file.to_string_lossy(), "--yes", "--pin-stdin"], "111222\n"), "PIN 不对");
    let entries = desk.entries();
    let open = Store::open(&desk.data(), Kind::Real, false).unwrap();
    refused(&desk.restore(&file, &["--yes"]), "关闭所有台");
    drop(open);
    assert!(desk.entries() >= entries && !desk.data().join("caredesk.db.before-1").exists());
}

#[test]
fn a_new_machine_needs_the_file_and_the_paper_only() {
    let desk = Desk::new();
    let (file, said) = desk.backup();
    let paper = desk.dir.path().join("paper");
    let words = said["new_passphrase"].as_str().unwrap().to_lowercase().replace('-', " ");
    fs::write(&paper, format!("{words}\n")).unwrap();
    fs::remove_file(desk.passphrase()).unwrap();
    let fresh = desk.dir.path().join("fresh");
    let (file, paper) = (file.to_string_lossy().into_owned(), paper.to_string_lossy().into_owned());
    refused(&desk.at(&fresh, &["restore", &file, "--yes"], ""), "--passphrase-file");
    assert!(!fresh.exists(), "what failed leaves no folder");
    let ran = desk.at(&fresh, &["restore", &file, "--yes", "--passphrase-file", &paper], "");
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert_eq!(Some(verified(&fresh)), said["entries"].as_i64());
    assert!(files(&fresh).iter().all(|f| !f.to_string_lossy().contains("before")));
}

/// The desk asks nobody for its own backups: it makes them once a leader has written the passphrase down, where something is new.
#[test]
fn a_desk_makes_backups_by_itself_once_there_is_a_passphrase() {
    let desk = Desk::new();
    let made = || files(&desk.data().join("backups")).into_iter().filter(|f| f.extension().is_some_and(|e| e == "age")).count();
    let by_itself = || desk.run(&["backup", "--by-itself"]);
    refused(&by_itself(), "请组长执行一次 caredesk backup");
    assert_eq!((made(), desk.passphrase().exists()), (0, false), "a passphrase that nobody sees is made by nobody");
    let (_, said) = desk.backup();
    let quiet = by_itself();
    assert_eq!((quiet.status, made()), (0, 1), "nothing is new: {}", quiet.err);
    assert_eq!(desk.with(&["staff", "add", "丁", "--role", "duty", "--pin-stdin"], "572406\n135791\n").status, 0);
    std::thread::sleep(Duration::from_millis(1100));
    let new = by_itself();
    assert_eq!((new.status, made(), new.out.as_str()), (0, 2, ""), "{}", new.err);
    let newest = files(&desk.data().join("backups")).into_iter().filter(|f| f.extension().is_some_and(|e| e == "age")).max().unwrap();
    let into = tempfile::tempdir().unwrap();
    unseal(&newest, said["new_passphrase"].as_str().unwrap(), into.path()).unwrap();
    assert!(verified(into.path()) > said["entries"].as_i64().unwrap());
    // Another desk of the store is at it: that is no failure.
    let before = made();
    let room = caredesk::shell::backup::Workroom::inside(&desk.data()).unwrap();
    assert_eq!(desk.with(&["staff", "add", "戊", "--role", "duty", "--pin-stdin"], "572406\n135791\n").status, 0);
    assert_eq!((by_itself().status, made()), (0, before));
    drop(room);
    // The medium that the configuration names has to be there.
    let (medium, config) = (desk.dir.path().join("medium"), desk.dir.path().join("own/own.toml"));
    fs::create_dir(config.parent().unwrap()).unwrap();
    fs::write(&config, format!("backup_folder = {:?}\n", medium.to_string_lossy())).unwrap();
    let named = ["--config", &config.to_string_lossy(), "backup", "--by-itself"].map(str::to_owned);
    let named: Vec<&str> = named.iter().map(String::as_str).collect();
    fs::copy(desk.passphrase(), desk.dir.path().join("own/backup-passphrase")).unwrap();
    refused(&desk.run(&named), "请插上备份盘");
    assert!(!medium.exists());
    fs::create_dir(&medium).unwrap();
    let ran = desk.run(&named);
    assert_eq!((ran.status, files(&medium).len()), (0, 1), "{}", ran.err);
}

/// What lies at the place of the passphrase and is none is named; nobody makes another in its place, and nobody says that there is none.
#[test]
#[cfg(unix)]
fn a_passphrase_that_cannot_be_read_is_not_no_passphrase() {
    type Damage = fn(&Path);
    let damages: [(&str, Damage, &str); 3] = [
        ("empty", |file| fs::write(file, "\n").unwrap(), "没有口令"),
        ("no text", |file| fs::write(file, [0xff, 0xfe]).unwrap(), "不能读写"),
        ("a folder", |file| fs::remove_file(file).and_then(|()| fs::create_dir(file)).unwrap(), "不能读写"),
    ];
    let whole = Desk::new();
    whole.backup();
    assert_eq!(whole.with(&["staff", "add", "丁", "--role", "duty", "--pin-stdin"], "572406\n135791\n").status, 0);
    for (what, damage, says) in damages {
        let desk = whole.copy();
        damage(&desk.passphrase());
        let named = desk.passphrase().to_string_lossy().into_owned();
        for ran in [desk.run(&["backup", "--by-itself"]), desk.with(&["backup", "--pin-stdin"], PIN)] {
            refused(&ran, says);
            assert!(ran.err.contains(&named) && !ran.err.contains("请组长执行"), "{what}: {}", ran.err);
        }
        let health = desk.run(&["doctor"]).out;
        assert!(health.lines().any(|line| line.starts_with("NOT") && line.contains("backup-passphrase")), "{what}: {health}");
    }
}

/// A backup of every schema that there has been comes back as a store of today.
#[test]
fn a_backup_of_every_schema_so_far_restores() {
    const REAL: i64 = 0x4344_534b;
    let schemas = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/schema");
    let mut steps: Vec<PathBuf> = files(&schemas);
    steps.retain(|file| file.extension().is_some_and(|e| e == "sql"));
    assert!(steps.len() >= 5, "{steps:?}");
    for version in 1..=steps.len() {
        let (desk, old) = (Desk { dir: tempfile::tempdir().unwrap() }, tempfile::tempdir().unwrap());
        let conn = rusqlite::Connection::open(old.path().join("caredesk.db")).unwrap();
        for step in &steps[..version] {
            conn.execute_batch(&fs::read_to_string(step).unwrap()).unwrap();
        }
        conn.execute("INSERT OR REPLACE INTO meta (name, value) VALUES ('key', $1)", ["0".repeat(64)]).unwrap();
        conn.pragma_update(None, "application_id", REAL).unwrap();
        conn.pragma_update(None, "user_version", i64::try_from(version).unwrap()).unwrap();
        conn.close().unwrap();
        let (file, paper) = (desk.dir.path().join("old.age"), desk.dir.path().join("paper"));
        seal(old.path(), &file, "words").unwrap().persist(&file).unwrap();
        fs::write(&paper, "words\n").unwrap();
        let ran = desk.run(&["restore", &file.to_string_lossy(), "--yes", "--passphrase-file", &paper.to_string_lossy()]);
        assert_eq!(ran.status, 0, "schema {version}: {}", ran.err);
        assert_eq!(desk.entries(), 0, "schema {version}");
        let roster = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/n22/roster_utf8.csv");
        assert_eq!(desk.run(&["import", &roster.to_string_lossy()]).status, 0, "schema {version} goes on");
        assert!(desk.entries() > 0);
    }
}

#[test]
fn practice_and_real_backups_never_mix() {
    let desk = Desk::new();
    let room = desk.dir.path().join("room");
    drop(caredesk::store::Store::open(&room, Kind::Practice, true).unwrap());
    let shared = desk.dir.path().join("shared").to_string_lossy().into_owned();
    assert_eq!(desk.with(&["backup", "--to", &shared, "--pin-stdin"], PIN).status, 0);
    let ran = desk.at(&room, &["backup", "--to", &shared, "--json"], "");
    assert_eq!(ran.status, 0, "{}", ran.err);
    let of_practice = serde_json::from_str::<Value>(&ran.out).unwrap()["file"].as_str().unwrap().to_owned();
    assert!(of_practice.contains("caredesk-practice-"), "{of_practice}");
    let before = desk.entries();
    refused(&desk.restore(Path::new(&of_practice), &["--yes"]), "演练");
    assert_eq!(desk.entries(), before);
}

#[test]
fn old_backups_go_by_their_age_only_after_a_new_one_stands() {
    let desk = Desk::new();
    let folder = desk.data().join("backups");
    fs::create_dir_all(&folder).unwrap();
    let old = ["caredesk-20200101-080000.age", "caredesk-20200102-080000.age"];
    let others = ["caredesk-practice-20200101-080000.age", "mine.age", "caredesk-20200101.age"];
    old.iter().chain(&others).for_each(|name| fs::write(folder.join(name), b"x").unwrap());
    assert_eq!(desk.with(&["backup", "--pin-stdin"], "111222\n").status, 1);
    assert!(old.iter().all(|name| folder.join(name).exists()), "nothing goes where nothing came");
    let (file, said) = desk.backup();
    assert_eq!(said["removed"].as_array().map(Vec::len), Some(2), "{said}");
    assert!(file.exists() && old.iter().all(|name| !folder.join(name).exists()));
    assert!(others.iter().all(|name| folder.join(name).exists()));
}

/// Starts a command and kills it after so many milliseconds.
#[cfg(unix)]
fn killed(desk: &Desk, arguments: &[&str], after: u64) {
    use std::io::Write;
    use std::process::{Command, Stdio};
    let program = assert_cmd::cargo::cargo_bin("caredesk");
    let mut command = Command::new(program);
    command.args(arguments).env("CAREDESK_DATA", desk.data()).env("HOME", desk.dir.path()).env_remove("XDG_CONFIG_HOME");
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let _ = child.stdin.take().unwrap().write_all(PIN.as_bytes());
    std::thread::sleep(Duration::from_millis(after));
    let _ = child.kill();
    let _ = child.wait();
}

/// Starts a command and kills it as soon as something is seen, or lets it end.
#[cfg(unix)]
fn killed_when(desk: &Desk, arguments: &[&str], seen: impl Fn() -> bool) {
    use std::io::Write;
    use std::process::{Command, Stdio};
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("caredesk"));
    command.args(arguments).env("CAREDESK_DATA", desk.data()).env("HOME", desk.dir.path()).env_remove("XDG_CONFIG_HOME");
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let _ = child.stdin.take().unwrap().write_all(PIN.as_bytes());
    while child.try_wait().unwrap().is_none() {
        if seen() {
            let _ = child.kill();
        }
    }
}

#[test]
#[cfg(unix)]
fn a_kill_at_any_moment_leaves_whole_backups_and_a_whole_store() {
    let desk = Desk::new();
    let (file, said) = desk.backup();
    let as_of = said["entries"].as_i64().unwrap();
    let named = file.to_string_lossy().into_owned();
    for n in 0..12 {
        killed(&desk, &["backup", "--pin-stdin"], 40 + n * 60);
        assert!(desk.entries() >= as_of, "the store, killed at {n}");
        for backup in files(&desk.data().join("backups")).iter().filter(|f| f.extension().is_some_and(|e| e == "age")) {
            let words = fs::read_to_string(desk.passphrase()).unwrap();
            unseal(backup, words.trim(), tempfile::tempdir().unwrap().path()).unwrap_or_else(|e| panic!("{}: {e}", backup.display()));
        }
    }
    for n in 0..12 {
        killed(&desk, &["restore", &named, "--yes", "--pin-stdin"], 40 + n * 90);
        let now = desk.entries();
        assert!(now >= as_of, "restore killed at {n}: {now}");
    }
    // The next run clears away what the killed ones left.
    std::thread::sleep(Duration::from_millis(1100));
    desk.backup();
    let left: Vec<_> =
        files(&desk.data()).into_iter().filter(|f| f.to_string_lossy().contains("private") || f.to_string_lossy().ends_with(".part")).collect();
    assert!(left.is_empty(), "{left:?}");
}

/// Data and key are those of one store, whatever is the last thing that a killed restore has done.
#[test]
#[cfg(unix)]
fn a_restore_that_is_killed_leaves_the_key_of_the_store_that_stands() {
    use std::os::unix::fs::MetadataExt;
    type Seen = fn(&Desk, u64) -> bool;
    let inode = |desk: &Desk| fs::metadata(desk.data().join("caredesk.db")).map_or(0, |found| found.ino());
    let head = |desk: &Desk| desk.data().join("caredesk.db-head").exists();
    let moments: [(&str, Seen); 6] = [
        ("the files have second names", |desk, _| desk.data().join("caredesk.db.before-1-head").exists()),
        ("the head file is gone", |desk, _| !desk.data().join("caredesk.db-head").exists()),
        ("the store has its name", |desk, was| fs::metadata(desk.data().join("caredesk.db")).is_ok_and(|found| found.ino() != was)),
        ("the head file is there again", |desk, was| {
            fs::metadata(desk.data().join("caredesk.db")).is_ok_and(|found| found.ino() != was) && desk.data().join("caredesk.db-head").exists()
        }),
        ("a second key is there", |desk, _| desk.keys().len() > 1),
        ("it is over", |_, _| false),
    ];
    let whole = Desk::new();
    let (file, said) = whole.backup();
    let as_of = said["entries"].as_i64().unwrap();
    assert_eq!(whole.with(&["staff", "add", "丁", "--role", "duty", "--pin-stdin"], "572406\n135791\n").status, 0);
    let beyond = whole.entries();
    for (what, seen) in moments {
        for _ in 0..2 {
            let desk = whole.copy();
            let was = inode(&desk);
            assert!(head(&desk), "{what}");
            killed_when(&desk, &["restore", &file.to_string_lossy(), "--yes", "--pin-stdin"], || seen(&desk, was));
            let ran = desk.run(&["verify", "--json"]);
            let said: Value = serde_json::from_str(&ran.out).unwrap();
            assert_eq!((ran.status, &said["sealed"]["fits"], &said["problems"]), (0, &Value::Bool(true), &serde_json::json!([])), "{what}: {said}");
            let entries = said["entries"].as_i64().unwrap();
            assert!(entries == as_of || entries >= beyond, "{what}: {said}");
            // The next desk goes on under the same key, and the next restore is one.
            let [_] = &desk.keys()[..] else { panic!("{what}: {:?}", desk.keys()) };
            assert_eq!(desk.with(&["staff", "add", "戊", "--role", "duty", "--pin-stdin"], "572406\n135791\n").status, 0, "{what}");
            assert_eq!(desk.run(&["verify"]).status, 0, "{what}");
            let again = desk.restore(&file, &["--yes"]);
            assert_eq!((again.status, desk.entries()), (0, as_of), "{what}: {}", again.err);
            assert_eq!(desk.run(&["verify"]).status, 0, "{what}");
        }
    }
}

/// A closed store with something done to it below `SQLite`'s care.
fn done_to(dir: &Path, sql: &str) {
    let conn = rusqlite::Connection::open(dir.join("caredesk.db")).unwrap();
    conn.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_DEFENSIVE, false).unwrap();
    conn.execute_batch(&format!("PRAGMA writable_schema = ON; {sql}")).unwrap_or_else(|e| panic!("{sql}: {e}"));
    conn.close().unwrap();
}

/// A restore of that store into an empty place is one sentence, is soon said, and leaves nothing.
fn never_restored(from: &Path, what: &str) {
    let desk = Desk { dir: tempfile::tempdir().unwrap() };
    let (bad, paper) = (desk.dir.path().join("bad.age"), desk.dir.path().join("paper"));
    seal(from, &bad, "words").unwrap().persist(&bad).unwrap();
    fs::write(&paper, "words\n").unwrap();
    let mut command = desk.command(&desk.data(), &["restore", &bad.to_string_lossy(), "--yes", "--passphrase-file", &paper.to_string_lossy()]);
    let output = command.timeout(Duration::from_secs(10)).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{what}: {said}");
    assert!(said.starts_with("caredesk: ") && said.trim_end().lines().count() == 1 && output.stdout.is_empty(), "{what}: {said}");
    assert!(!desk.data().exists(), "{what}");
}

/// A backup whose database was made to do something, or is made of something else, never becomes the store (T14).
#[test]
fn a_backup_that_is_made_of_anything_else_is_refused() {
    let whole = tempfile::tempdir().unwrap();
    Store::open(whole.path(), Kind::Real, true).unwrap().close().unwrap();
    assert_eq!(Store::not_as_made(whole.path()).unwrap(), vec![]);
    let huge = (0..2_000).map(|n| format!("CREATE TABLE extra_{n} (a, b UNIQUE)")).collect::<Vec<_>>().join(";");
    let first = "(SELECT name FROM sqlite_schema WHERE type = 'trigger' ORDER BY name LIMIT 1)";
    let changed = format!("UPDATE sqlite_schema SET sql = replace(sql, 'RAISE(ABORT', 'RAISE(FAIL') WHERE name = {first}");
    let gone = format!("DELETE FROM sqlite_schema WHERE name = {first}");
    for (sql, to_the_end) in [
        ("CREATE TRIGGER extra AFTER INSERT ON journal BEGIN DELETE FROM meta; END", true),
        ("CREATE VIEW extra AS SELECT * FROM journal", false),
        ("CREATE TABLE extra (a)", false),
        ("CREATE INDEX extra ON journal (kind)", false),
        ("CREATE TRIGGER extra INSTEAD OF INSERT ON seen BEGIN SELECT 1; END", false),
        ("ANALYZE", false),
        (huge.as_str(), true),
        (changed.as_str(), true),
        (gone.as_str(), false),
        ("UPDATE sqlite_schema SET sql = replace(sql, 'NOT NULL', '') WHERE name = 'journal'", false),
        ("PRAGMA user_version = 3", false),
    ] {
        let from = tempfile::tempdir().unwrap();
        fs::copy(whole.path().join("caredesk.db"), from.path().join("caredesk.db")).unwrap();
        let view = if sql.contains("INSTEAD OF") { "CREATE VIEW seen AS SELECT 1;" } else { "" };
        done_to(from.path(), &format!("{view} {sql}"));
        let found = Store::not_as_made(from.path());
        assert!(found.as_ref().is_ok_and(|found| !found.is_empty()), "{sql}: {found:?}");
        if to_the_end {
            never_restored(from.path(), sql);
        }
    }
}

/// What a backup of an older version carries does not run while it is brought up to date: this trigger would never end.
#[test]
fn nothing_of_an_older_backup_runs_on_the_way_up() {
    let old = tempfile::tempdir().unwrap();
    let first = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/schema/0001.sql");
    let endless = "SELECT count(*) FROM (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n)";
    let sql = fs::read_to_string(first).unwrap();
    let mark = format!("PRAGMA application_id = {}; PRAGMA user_version = 1;", 0x4344_534b);
    done_to(old.path(), &format!("{sql}; {mark} CREATE TRIGGER extra BEFORE INSERT ON meta BEGIN {endless}; END;"));
    never_restored(old.path(), "an endless trigger");
}
