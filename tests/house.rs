//! What the house forbids, held by reading its sources: who imports whom, where the clock is read, where sentences stand.
#![allow(clippy::unwrap_used, clippy::wildcard_enum_match_arm, clippy::similar_names)]

use std::fs;
use std::path::{Path, PathBuf};

/// Every source file with its room (the first folder or file under `src`) and its text without its tests.
fn sources() -> Vec<(PathBuf, String, String)> {
    fn walk(dir: &Path, out: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, out);
            } else if path.extension().is_some_and(|e| e == "rs") {
                out.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    walk(&root, &mut files);
    files
        .into_iter()
        .filter(|path| !path.ends_with("shell/build.rs")) // runs before the program is built, and is no part of it
        .map(|path| {
            let inside = path.strip_prefix(&root).unwrap();
            let room = inside.components().next().unwrap().as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned();
            let text = fs::read_to_string(&path).unwrap();
            let text = text.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
            (path, room, text)
        })
        .collect()
}

/// Source without comments.
fn code(text: &str) -> String {
    text.lines().filter(|l| !l.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

#[test]
fn rooms_import_only_what_they_may() {
    let may: &[(&str, &[&str])] = &[
        ("domain", &["domain"]),
        ("rules", &["rules", "domain"]),
        ("desk", &["desk", "rules", "domain", "texts"]),
        ("texts", &["texts", "desk", "domain"]),
        ("wording", &["wording", "texts", "desk", "rules", "domain"]),
        ("view", &["view", "wording", "texts", "desk", "rules", "domain"]),
        ("store", &["store", "domain"]),
        ("import", &["import", "texts", "rules", "domain"]),
        ("print", &["print", "texts", "wording", "domain"]),
        ("config", &["config", "desk", "domain"]),
    ];
    let rooms = ["domain", "rules", "desk", "texts", "wording", "view", "store", "import", "print", "shell", "cli", "config"];
    for (path, room, text) in sources() {
        let Some((_, allowed)) = may.iter().find(|(r, _)| *r == room) else { continue };
        let code = code(&text);
        for other in rooms.iter().filter(|r| !allowed.contains(r)) {
            assert!(!code.contains(&format!("crate::{other}")), "{} imports {other}", path.display());
        }
    }
}

#[test]
fn libraries_stay_in_their_rooms() {
    for (library, allowed) in [
        ("rusqlite", &["store"][..]),
        ("ratatui", &["view", "shell"]),
        ("crossterm", &["shell"]),
        ("calamine", &["import"]),
        ("askama", &["print"]),
        ("qrcode", &["print"]),
        ("barcoders", &["print"]),
        ("rust_xlsxwriter", &["print"]),
        ("argon2", &["shell"]),
        ("age::secrecy", &["shell"]),
        ("clap", &["cli"]),
        ("SystemTime", &["shell"]),
        ("Utc::now", &[]), // it panics where the clock stands before 1970
        ("Local::now", &[]),
    ] {
        for (path, room, text) in sources() {
            assert!(allowed.contains(&room.as_str()) || !code(&text).contains(library), "{} uses {library}", path.display());
        }
    }
    let clock = sources().into_iter().filter(|(_, _, text)| code(text).contains("SystemTime::now")).count();
    assert_eq!(clock, 1, "one file reads the clock");
}

#[test]
fn sentences_stand_in_texts() {
    let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    // Words as data: digits and weekdays of rosters, relations and names of the practice room, the two-language picks.
    let allowed = ["texts", "wording"];
    let data = [
        "called.rs",
        "headings.rs",
        "header.rs",
        "built.rs",
        "asked.rs",
        "nobody.rs",
        "persons.rs",
        "cells.rs",
        "classes.rs",
        "dates.rs",
        "notes.rs",
        "listed.rs",
        "items.rs",
        "row.rs",
        "sheet.rs",
        "spoken.rs",
        "roster.rs",
        "roles.rs",
        "practice.rs",
        "search.rs",
        "cli.rs",
        "grammar.rs",
        "text.rs",
        "tests.rs",
        "time.rs",
        "likeness.rs",
        "kin.rs",
        "whole.rs",
        "names.rs",
        "numbers.rs",
        "parts.rs",
    ];
    for (path, room, text) in sources() {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if allowed.contains(&room.as_str()) || data.contains(&name.as_str()) {
            continue;
        }
        for (n, line) in code(&text).lines().enumerate() {
            let line = line.split("//").next().unwrap_or_default();
            let picked = line.contains("lang.pick(") || line.contains("contains(\"过敏\")");
            assert!(picked || !line.chars().any(han), "{}:{}: {line}", path.display(), n + 1);
        }
    }
}

#[test]
fn nothing_is_left_unfinished() {
    for (path, _, text) in sources() {
        for word in ["todo!(", "unimplemented!(", "dbg!(", "FIXME", "XXX"] {
            assert!(!text.contains(word), "{} holds {word}", path.display());
        }
    }
}

/// A command records only where the clock is asked first.
#[test]
fn commands_record_in_one_place() {
    let recording: Vec<PathBuf> = sources()
        .into_iter()
        .filter(|(_, room, text)| room == "cli" && [".record(", ".record_all("].iter().any(|call| code(text).contains(call)))
        .map(|(path, ..)| path)
        .collect();
    assert!(matches!(&recording[..], [only] if only.ends_with("cli/leader.rs")), "{recording:?}");
}

#[test]
fn sql_is_never_put_together_from_text() {
    for (path, room, text) in sources() {
        if room == "store" {
            for line in code(&text).lines().filter(|l| l.contains("format!(")) {
                let upper = line.to_uppercase();
                assert!(!["SELECT ", "INSERT ", "UPDATE ", "DELETE "].iter().any(|w| upper.contains(w)), "{}: {line}", path.display());
            }
        }
    }
}
