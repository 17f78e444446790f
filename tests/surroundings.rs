//! The program in surroundings that are not as they should be: missing descriptors, hardly any descriptors, odd environments, a
//! configuration that is none. A sentence or a plain fallback, never a panic, and nothing half made.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::similar_names)]

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use caredesk::store::Store;

const PROGRAM: &str = env!("CARGO_BIN_EXE_caredesk");

/// The program over a store, in an environment with a home and nothing else of ours.
fn command(program: &str, data: &Path) -> Command {
    let mut command = Command::new(program);
    command.env("CAREDESK_DATA", data).env("HOME", data.parent().unwrap());
    for name in ["CAREDESK_CONFIG", "CAREDESK_LANG", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "CAREDESK_THEME", "CAREDESK_ASCII"] {
        command.env_remove(name);
    }
    command.stdin(Stdio::null());
    command
}

/// A folder, and a practice store in it with 16 children in the room.
fn practice() -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("store");
    let ran = command(PROGRAM, &data).args(["practice", "--line"]).output().unwrap();
    assert!(ran.status.success(), "{ran:?}");
    (dir, data)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// It ended by itself with a status of ours, and did not panic.
fn ended_well(ran: &Output, told: &str) -> i32 {
    let said = text(&ran.stderr);
    assert!(!said.contains("panicked") && !said.contains("overflow"), "{told}: {said}");
    let status = ran.status.code().unwrap_or_else(|| panic!("{told}: ended by a signal: {said}"));
    assert!((0..=3).contains(&status), "{told}: {status} {said}");
    status
}

/// A desk in line mode that answers its first line, and goes on.
fn at_work(command: &mut Command) -> (Child, String) {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    child.stdin.as_mut().unwrap().write_all(b"159082\n").unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    (child, line)
}

/// Nothing of the children's is written when the program falls (H8). Whoever may not be dumped belongs to root, whoever runs it.
#[test]
#[cfg(target_os = "linux")]
fn no_process_may_leave_a_dump() {
    use std::os::unix::fs::MetadataExt;
    use std::os::unix::process::CommandExt;
    const NOBODY: u32 = 65_534;
    let (dir, owner) = (tempfile::tempdir().unwrap(), |path: &str| fs::metadata(path).unwrap().uid());
    let is_root = owner("/proc/self") == 0;
    let program = dir.path().join("caredesk");
    fs::copy(PROGRAM, &program).unwrap();
    fs::set_permissions(dir.path(), std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let mut command = command(program.to_str().unwrap(), &dir.path().join("none"));
    command.env_remove("CAREDESK_DATA");
    if is_root {
        command.uid(NOBODY);
    }
    let (mut child, line) = at_work(command.args(["practice", "--line"]));
    let limits = fs::read_to_string(format!("/proc/{}/limits", child.id())).unwrap();
    let memory = owner(&format!("/proc/{}/mem", child.id()));
    drop(child.stdin.take());
    assert!(child.wait().unwrap().success() && line.contains("王子涵"), "{line}");
    let core: Vec<&str> = limits.lines().find_map(|l| l.strip_prefix("Max core file size")).unwrap().split_whitespace().take(2).collect();
    assert_eq!(core, ["0", "0"], "{limits}");
    assert_eq!(memory, 0, "others of the same user may read its memory");
}
