//! The wall against files: whatever becomes of the reader, the answer is one sentence with the file's name and nothing is
//! written. The reader misbehaves on purpose; no file here does harm.
#![allow(clippy::unwrap_used, clippy::wildcard_enum_match_arm)]

use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use assert_cmd::Command;
use caredesk::domain::calendar::notice::{NoticeError, Notices};
use caredesk::domain::register::Register;
use caredesk::import::read::ReadError;
use caredesk::import::{Answers, check, plan};
use caredesk::shell::notices;
use caredesk::shell::wall::Wall;

const ROSTER: &str = "姓名,班级,家长姓名,家长电话\n李四,三1班,李大,13800130001\n";

/// How a reader may misbehave; whether nothing comes of it for a while.
const WAYS: [(&str, bool); 11] = [
    ("memory", false),
    ("memory at once", false),
    ("time", true),
    ("processor", true),
    ("drip", true),
    ("ends", false),
    ("aborts", false),
    ("rubbish", false),
    ("wrong piece", false),
    ("half", false),
    ("half, then time", true),
];

fn program() -> Wall {
    Wall::of(env!("CARGO_BIN_EXE_caredesk").into())
}

fn misbehaving(how: &str) -> Wall {
    program().with("CAREDESK_TRY_READER", how)
}

fn roster(dir: &tempfile::TempDir) -> PathBuf {
    let file = dir.path().join("名册.csv");
    std::fs::write(&file, ROSTER).unwrap();
    file
}

fn import(data: &Path, arguments: &[&str], how: &str) -> std::process::Output {
    let mut command = Command::cargo_bin("caredesk").unwrap();
    command
        .env("CAREDESK_DATA", data)
        .env_remove("CAREDESK_CONFIG")
        .env("CAREDESK_TRY_READER", how)
        .env("HOME", data)
        .env_remove("XDG_CONFIG_HOME")
        .arg("import")
        .args(arguments);
    command.timeout(Duration::from_mins(1)).output().unwrap()
}

#[test]
fn a_reader_that_behaves_tells_the_roster() {
    let dir = tempfile::tempdir().unwrap();
    let planned = plan(&[roster(&dir)], (&Register::default(), &|_| Vec::new()), &Answers::default(), &program(), &mut |_| ()).unwrap();
    assert_eq!(planned.added, ["李四"]);
}

#[test]
#[cfg(debug_assertions)]
fn whatever_the_reader_does_the_file_is_refused_and_nothing_of_it_counts() {
    let dir = tempfile::tempdir().unwrap();
    let file = roster(&dir);
    for (how, silent) in WAYS {
        let reader = misbehaving(how).patient(Duration::from_secs(2));
        let started = Instant::now();
        let (at, error) =
            plan(std::slice::from_ref(&file), (&Register::default(), &|_| Vec::new()), &Answers::default(), &reader, &mut |_| ()).unwrap_err();
        assert_eq!(at, file, "{how}");
        match error {
            ReadError::Silent(2) => assert!(silent, "{how}"),
            ReadError::Broke { memory: 256, seconds: 120 } => assert!(!silent, "{how}"),
            other => panic!("{how}: {other:?}"),
        }
        assert!(started.elapsed() < Duration::from_secs(20), "{how}: {:?}", started.elapsed());
    }
}

#[test]
#[cfg(debug_assertions)]
fn the_command_says_one_sentence_and_leaves_the_store_as_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let file = roster(&dir);
    let name = file.to_string_lossy();
    let data = dir.path().join("store");
    for how in ["memory", "half", "rubbish"] {
        assert_eq!(import(&data, &[&name], how).status.code(), Some(1), "{how}");
        assert!(!data.join("caredesk.db").exists(), "{how}: no store was made");
    }
    assert!(import(&data, &[&name], "").status.success());
    let before = std::fs::read(data.join("caredesk.db")).unwrap();
    for (how, lang, wants) in [
        ("memory", "zh", "什么也没有写入"),
        ("memory", "zh", "256 MB"),
        ("half", "en", "256 MB"),
        ("half", "en", "nothing was written"),
        ("time", "zh", "5 秒没有进展"),
        ("time", "en", "for 5 seconds"),
    ] {
        for json in [false, true] {
            let all: Vec<&str> = ["--lang", lang, &*name].into_iter().chain(json.then_some("--json")).collect();
            let ran = import(&data, &all, how);
            let (out, err) = (String::from_utf8(ran.stdout).unwrap(), String::from_utf8(ran.stderr).unwrap());
            assert_eq!(ran.status.code(), Some(1), "{how} {lang}: {err}");
            assert_eq!(err.trim_end().lines().count(), 1, "{err}");
            assert!(err.contains(wants) && err.contains("名册.csv"), "{how} {lang}: {err}");
            if json {
                let said: serde_json::Value = serde_json::from_str(&out).unwrap();
                assert!(said["error"].as_str().is_some_and(|e| err.contains(e)), "{out}");
                assert_eq!(said["file"].as_str(), Some(&*name));
            } else {
                assert!(out.is_empty(), "{out}");
            }
        }
    }
    assert_eq!(std::fs::read(data.join("caredesk.db")).unwrap(), before, "the store is as it was");
}

#[test]
fn what_is_given_up_ends_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let file = roster(&dir);
    let reader = misbehaving("time").patient(Duration::from_mins(5));
    let give_up = reader.give_up();
    let started = Instant::now();
    std::thread::scope(|scope| {
        let reading = scope.spawn(|| check(&file, &reader));
        std::thread::sleep(Duration::from_millis(300));
        give_up.store(true, Ordering::Relaxed);
        assert!(reading.join().unwrap().is_err() || !cfg!(debug_assertions));
    });
    assert!(started.elapsed() < Duration::from_secs(10));
}

#[test]
fn a_program_that_is_no_reader_is_an_error_of_the_file() {
    let dir = tempfile::tempdir().unwrap();
    let file = roster(&dir);
    assert!(matches!(check(&file, &Wall::of(dir.path().join("no such program"))), Err(ReadError::Io(_))));
    #[cfg(unix)]
    for program in ["/bin/true", "/bin/echo", "/bin/cat"] {
        assert!(matches!(check(&file, &Wall::of(program.into())), Err(ReadError::Broke { .. })), "{program}");
    }
}

#[test]
fn the_schools_own_notices_are_read_behind_the_wall_and_stand_above_the_built_in_ones() {
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(notices::read(dir.path(), &program()), Notices::built_in(), "without a folder");
    let folder = dir.path().join(notices::FOLDER);
    std::fs::create_dir(&folder).unwrap();
    let day = |date: &str| format!("{{\"year\": 2026, \"days\": [{{\"name\": \"国庆节\", \"date\": \"{date}\", \"isOffDay\": true}}]}}");
    std::fs::write(folder.join("2026.json"), day("2026-10-01")).unwrap();
    std::fs::write(folder.join("2025.json"), "{").unwrap();
    std::fs::write(folder.join("2027.json"), day("2027-10-01")).unwrap();
    std::fs::write(folder.join("2028.json"), "x".repeat(70_000)).unwrap();
    std::fs::write(folder.join("2029.json"), b"{\"year\": 2029, \"days\": [\xff]}").unwrap();
    std::fs::write(folder.join("notes.txt"), "x").unwrap();
    let read = notices::read(dir.path(), &program());
    assert!(read.knows(2026) && read.knows(2025), "the broken file changed nothing");
    assert!(read.day("2026-10-01".parse().unwrap()).unwrap().off);
    let refused: Vec<_> = read.refused.iter().map(|(name, error)| (name.as_str(), error.clone())).collect();
    let want = [
        ("2025.json", NoticeError::Form(1)),
        ("2027.json", NoticeError::OtherYear(2026)),
        ("2028.json", NoticeError::TooMuch),
        ("2029.json", NoticeError::Unreadable),
    ];
    assert_eq!(refused, want);
    if cfg!(debug_assertions) {
        let broken = notices::read(dir.path(), &misbehaving("aborts"));
        assert!(broken.refused.iter().any(|(name, error)| name == "2026.json" && *error == NoticeError::Unreadable));
        assert!(broken.knows(2025) && !broken.knows(2026), "what is built in holds");
    }
}
