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

/// The program under a shell that says first what it does with its descriptors.
fn shell(data: &Path, script: &str) -> Output {
    let mut shell = command("sh", data);
    shell.args(["-c", script, PROGRAM]).output().unwrap()
}

/// Missing standard descriptors are `/dev/null` before a file of the store is opened: what is written there never lands in it (P10).
#[test]
fn no_file_of_the_store_stands_where_output_goes() {
    let (_dir, data) = practice();
    for closed in ["<&-", ">&-", "2>&-", "<&- >&-", "<&- 2>&-", ">&- 2>&-", "<&- >&- 2>&-"] {
        for arguments in ["status", "verify", "practice --line", "line", "doctor", ""] {
            let ran = shell(&data, &format!("exec \"$0\" {arguments} {closed}"));
            ended_well(&ran, &format!("{arguments} {closed}"));
        }
        let store = Store::open_read_only(&data).unwrap_or_else(|e| panic!("{closed}: {e}"));
        assert!(store.verify().is_sound(), "{closed}");
    }
}

/// The descriptors of a desk at work, started without the standard ones: the first three are `/dev/null`.
#[test]
#[cfg(target_os = "linux")]
fn the_first_three_descriptors_are_never_the_store() {
    let (_dir, data) = practice();
    for (closed, missing) in [("2>&-", &[2][..]), ("2>&- >&-", &[1, 2])] {
        let mut desk = command("sh", &data);
        desk.args(["-c", &format!("exec \"$0\" practice --line {closed}"), PROGRAM]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = desk.spawn().unwrap();
        let store = data.join("caredesk.db");
        let descriptors = |id: u32| -> Vec<(u32, PathBuf)> {
            let all = fs::read_dir(format!("/proc/{id}/fd")).into_iter().flatten().flatten();
            all.filter_map(|e| Some((e.file_name().to_str()?.parse().ok()?, fs::read_link(e.path()).ok()?))).collect()
        };
        // Only root may look; for everybody else the test before this one has to do.
        let mut seen = Vec::new();
        for _ in 0..100 {
            seen = descriptors(child.id());
            if seen.iter().any(|(_, at)| *at == store) {
                break;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        let is_root = std::os::unix::fs::MetadataExt::uid(&fs::metadata("/proc/self").unwrap()) == 0;
        for n in missing.iter().filter(|_| is_root) {
            assert!(seen.contains(&(*n, PathBuf::from("/dev/null"))), "{closed}: {seen:?}");
        }
        drop(child.stdin.take());
        assert!(child.wait().unwrap().success(), "{closed}");
    }
}

/// With hardly any descriptors: a sentence and a status, or the work done; never half of it (P10).
#[test]
fn too_few_descriptors_are_said_and_leave_nothing_half_made() {
    let roster = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/n22/roster_utf8.csv");
    let (dir, data) = practice();
    let entries = |data: &Path| {
        let report = Store::open_read_only(data).unwrap().verify();
        assert!(report.is_sound(), "{report:?}");
        report.entries
    };
    let before = entries(&data);
    let mut done = [0, 0];
    for most in [3, 4, 5, 6, 7, 8, 9, 10, 12, 16, 64] {
        for arguments in ["status", "verify", "practice --line"] {
            let told = format!("{arguments} with {most}");
            let ran = shell(&data, &format!("ulimit -n {most}; exec \"$0\" {arguments}"));
            // The system itself may be unable to start a program with so few: it says 127.
            let cannot_start = ran.status.code() == Some(127);
            if !cannot_start {
                let status = ended_well(&ran, &told);
                assert!(status == 0 || text(&ran.stderr).starts_with("caredesk: "), "{told}: {}", text(&ran.stderr));
                done[usize::from(status == 0)] += 1;
            }
            assert_eq!(entries(&data), before, "{told}");
        }
        let fresh = dir.path().join(format!("fresh{most}"));
        let ran = shell(&fresh, &format!("ulimit -n {most}; exec \"$0\" import {roster}"));
        let made = fresh.join("caredesk.db");
        if made.exists() {
            let whole = entries(&fresh);
            assert!(whole == 0 || ran.status.success(), "{most}: {whole} {}", text(&ran.stderr));
        }
        assert!(ran.status.success() == (made.exists() && entries(&fresh) > 0), "{most}: {}", text(&ran.stderr));
        if ran.status.code() != Some(127) {
            ended_well(&ran, &format!("import with {most}"));
        }
    }
    assert!(done.iter().all(|n| *n > 0), "{done:?}");
}

/// Whatever the environment says, names are as they are (P11).
#[test]
fn no_environment_bends_a_name() {
    let (_dir, data) = practice();
    let nothing: &[(&str, Option<&str>)] = &[];
    for odd in [
        nothing,
        &[("HOME", None)],
        &[("HOME", Some(""))],
        &[("HOME", Some("/nowhere")), ("XDG_CONFIG_HOME", Some("relative")), ("XDG_DATA_HOME", Some(""))],
        &[("TERM", None)],
        &[("TERM", Some("dumb")), ("LANG", Some("C"))],
        &[("TERM", Some("vt100")), ("LANG", Some("zh_CN.GBK"))],
        &[("TERM", Some("linux")), ("LANG", None)],
        &[("LC_ALL", Some("POSIX")), ("LANG", Some("\u{fffd}"))],
        &[("COLUMNS", Some("-1")), ("LINES", Some("rubbish"))],
        &[("COLUMNS", Some("0")), ("LINES", Some("99999999999999999999"))],
        &[("NO_COLOR", Some("1")), ("RUST_BACKTRACE", Some("full")), ("TZ", Some("Nowhere/No"))],
        &[("CAREDESK_THEME", Some("nothing")), ("CAREDESK_ASCII", Some("1"))],
    ] {
        for (arguments, input) in [(&["practice", "--line"][..], "159082\n"), (&["line"], ""), (&["status"], ""), (&["verify"], "")] {
            let mut command = command(PROGRAM, &data);
            for (name, value) in odd {
                match value {
                    Some(value) => command.env(name, value),
                    None => command.env_remove(name),
                };
            }
            let mut child = command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
            let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
            let ran = child.wait_with_output().unwrap();
            let told = format!("{odd:?} {arguments:?}");
            let status = ended_well(&ran, &told);
            assert_eq!(status, if arguments == ["line"] { 3 } else { 0 }, "{told}: {}", text(&ran.stderr));
            let names = if arguments.contains(&"status") || !input.is_empty() { "王子涵" } else { "" };
            assert!(text(&ran.stdout).contains(names), "{told}: {}", text(&ran.stdout));
        }
    }
    // No home and no folder named: a sentence.
    let ran = command(PROGRAM, &data).env_remove("CAREDESK_DATA").env("HOME", "").arg("status").output().unwrap();
    assert!(ended_well(&ran, "no home") > 0 && text(&ran.stderr).starts_with("caredesk: "), "{}", text(&ran.stderr));
}

/// A configuration that is a folder, too large, unreadable or rubbish: the desk opens and says so (P12).
#[test]
fn a_desk_opens_over_any_configuration() {
    let (dir, data) = practice();
    let file = dir.path().join("desk.toml");
    for content in
        [None, Some(vec![b'#'; 100_000]), Some((0..=255).collect()), Some("school = \"向阳".into()), Some("card_mode = \"x\"\n[session".into())]
    {
        let _ = fs::remove_file(&file);
        match &content {
            Some(bytes) => fs::write(&file, bytes).unwrap(),
            None => fs::create_dir(&file).unwrap(),
        }
        let (mut child, line) = at_work(command(PROGRAM, &data).arg("--config").arg(&file).args(["practice", "--line"]));
        let mut rest = String::new();
        drop(child.stdin.take());
        std::io::Read::read_to_string(child.stdout.as_mut().unwrap(), &mut rest).unwrap();
        let said = line + &rest;
        assert!(child.wait().unwrap().success() && said.contains("王子涵") && said.contains("本台配置"), "{content:?}: {said}");
        let ran = command(PROGRAM, &data).arg("--config").arg(&file).arg("status").output().unwrap();
        assert_eq!(ended_well(&ran, "status"), 2, "{}", text(&ran.stderr));
        if content.is_none() {
            fs::remove_dir(&file).unwrap();
        }
    }
}

/// A desk with 5,000 children holds less than 48 MiB of its own: with the program's file that stays under 64 MiB (S20).
#[test]
#[cfg(target_os = "linux")]
fn a_desk_of_five_thousand_children_stays_small() {
    const MOST_KIB: u64 = 48 * 1024;
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("store");
    let ran = command(PROGRAM, &data).args(["practice", "--children", "5000", "--at", "16:30", "--line"]).output().unwrap();
    assert!(ran.status.success(), "{}", text(&ran.stderr));
    let (mut child, line) = at_work(command(PROGRAM, &data).args(["practice", "--line"]));
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    drop(child.stdin.take());
    assert!(child.wait().unwrap().success() && line.contains("5000"), "{line}");
    let own: u64 = status.lines().find_map(|l| l.strip_prefix("RssAnon:")).unwrap().trim().trim_end_matches(" kB").parse().unwrap();
    assert!(own < MOST_KIB, "{own} KiB");
}
