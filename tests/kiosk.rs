//! The real binary on a terminal of its own: start, scan, release, undo, quit; signals and a forced panic give the terminal
//! back; rubbish does not deafen it and a blocked terminal does not stop it from recording.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::wildcard_enum_match_arm, clippy::similar_names)]

use std::io::{Read, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use caredesk::store::Store;
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// Where keys of stores go.
const HOME: &str = env!("CARGO_TARGET_TMPDIR");

struct Kiosk {
    child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    screen: Arc<Mutex<vt100::Parser>>,
    bytes: Arc<Mutex<Vec<u8>>>,
    /// The terminal takes nothing while this stands.
    frozen: Arc<AtomicBool>,
    pty: Arc<Mutex<Option<Box<dyn MasterPty + Send>>>>,
}

impl Kiosk {
    fn start(arguments: &[&str], environment: &[(&str, &str)]) -> Self {
        Self::start_program(env!("CARGO_BIN_EXE_caredesk"), arguments, environment)
    }

    /// Under the launcher that schools install.
    fn launched(arguments: &[&str]) -> Self {
        let launcher = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/kiosk/caredesk-launch");
        let arguments: Vec<&str> = std::iter::once(launcher).chain(arguments.iter().copied()).collect();
        Self::start_program("sh", &arguments, &[("CAREDESK_PROGRAM", env!("CARGO_BIN_EXE_caredesk"))])
    }

    fn start_program(program: &str, arguments: &[&str], environment: &[(&str, &str)]) -> Self {
        let pty = native_pty_system().openpty(PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 }).unwrap();
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.env("TERM", "xterm-256color");
        command.env("HOME", HOME);
        command.env_remove("XDG_CONFIG_HOME");
        for (name, value) in environment {
            command.env(name, value);
        }
        let child = pty.slave.spawn_command(command).unwrap();
        let mut output = pty.master.try_clone_reader().unwrap();
        let keys = pty.master.take_writer().unwrap();
        let screen = Arc::new(Mutex::new(vt100::Parser::new(24.try_into().unwrap(), 80.try_into().unwrap(), 0)));
        let bytes = Arc::new(Mutex::new(Vec::new()));
        let frozen = Arc::new(AtomicBool::new(false));
        let (for_screen, for_bytes, is_frozen) = (screen.clone(), bytes.clone(), frozen.clone());
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            loop {
                while is_frozen.load(Ordering::SeqCst) {
                    std::thread::sleep(Duration::from_millis(5));
                }
                let Ok(n) = output.read(&mut buffer) else { break };
                if n == 0 {
                    break;
                }
                for_screen.lock().unwrap().process(&buffer[..n]);
                for_bytes.lock().unwrap().extend_from_slice(&buffer[..n]);
            }
        });
        Self { child, keys, screen, bytes, frozen, pty: Arc::new(Mutex::new(Some(pty.master))) }
    }

    fn text(&self) -> String {
        self.screen.lock().unwrap().screen().contents()
    }

    fn wait_for(&self, what: &str) {
        let end = Instant::now() + Duration::from_secs(15);
        while !self.text().contains(what) {
            assert!(Instant::now() < end, "never saw {what:?} on\n{}", self.text());
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    fn keys(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    /// By hand: what is shown is looked at, and key follows key.
    fn types(&mut self, keys: &str) {
        Self::breathe();
        for key in keys.chars() {
            self.keys(&key.to_string());
            std::thread::sleep(Duration::from_millis(150));
        }
    }

    fn signal(&self, name: &str) {
        let pid = self.child.process_id().unwrap().to_string();
        assert!(std::process::Command::new("kill").args([&format!("-{name}"), &pid]).status().unwrap().success());
    }

    /// Sends a signal to the desk that a launcher runs.
    fn signal_desk(&self, name: &str) {
        let launcher = self.child.process_id().unwrap().to_string();
        let found = std::process::Command::new("ps").args(["-o", "pid=", "--ppid", &launcher]).output().unwrap();
        let desk = String::from_utf8(found.stdout).unwrap().trim().to_owned();
        assert!(std::process::Command::new("kill").args([&format!("-{name}"), &desk]).status().unwrap().success(), "{desk}");
    }

    /// What `stty -a` says of the terminal.
    fn terminal(&self) -> String {
        let pty = self.pty.lock().unwrap();
        let tty = pty.as_ref().unwrap().tty_name().unwrap();
        let said = std::process::Command::new("stty").arg("-a").stdin(std::fs::File::open(tty).unwrap()).output().unwrap();
        String::from_utf8(said.stdout).unwrap()
    }

    fn resize(&self, rows: u16, cols: u16) {
        // The reader knows first: a frame of the new size may be there at once.
        self.screen.lock().unwrap().screen_mut().set_size(rows.try_into().unwrap(), cols.try_into().unwrap());
        if let Some(pty) = &*self.pty.lock().unwrap() {
            pty.resize(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }).unwrap();
        }
    }

    /// Long enough that an Enter is not part of the scan before it.
    fn breathe() {
        std::thread::sleep(Duration::from_millis(400));
    }

    fn status(&mut self) -> u32 {
        let end = Instant::now() + Duration::from_secs(10);
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                std::thread::sleep(Duration::from_millis(100));
                return status.exit_code();
            }
            assert!(Instant::now() < end, "still running:\n{}", self.text());
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    fn gave_the_terminal_back(&self) {
        let bytes = self.bytes.lock().unwrap();
        let text = String::from_utf8_lossy(&bytes);
        let (entered, left) = (text.rfind("\u{1b}[?1049h").unwrap(), text.rfind("\u{1b}[?1049l").expect("left the alternate screen"));
        assert!(entered < left);
        assert!(text.rfind("\u{1b}[?25h") > text.rfind("\u{1b}[?25l"), "the cursor is shown again");
        assert!(text.rfind("\u{1b}[?2004l") > text.rfind("\u{1b}[?2004h"), "pastes are no longer marked");
        assert!(text.contains("\u{1b}[?2004h"), "pastes were marked");
        // Nothing of the children stays on the screen or in what scrolled off it, or was ever put on the clipboard (H9).
        let last_frame = text.rfind("\u{1b}[?2026h");
        assert!(text.rfind("\u{1b}[2J") > last_frame && text.rfind("\u{1b}[3J") > last_frame, "cleared with its scrollback");
        assert!(!text.contains("\u{1b}]52"), "no clipboard");
    }
}

#[test]
fn scan_release_undo_quit() {
    let mut kiosk = Kiosk::start(&["practice"], &[]);
    kiosk.wait_for("演练");
    kiosk.wait_for("在班 16");
    kiosk.keys("159082\r");
    kiosk.wait_for("可接走");
    kiosk.wait_for("王子涵");
    Kiosk::breathe();
    kiosk.keys("\r");
    kiosk.wait_for("已离 · 母亲");
    kiosk.wait_for("在班 15");
    Kiosk::breathe();
    kiosk.keys("\u{1a}");
    kiosk.wait_for("撤销哪一项");
    kiosk.types("1\r");
    kiosk.wait_for("在班 16");
    kiosk.types(".lang\r");
    kiosk.wait_for("PRACTICE");
    kiosk.wait_for("In 16");
    kiosk.types(".quit\r");
    kiosk.wait_for("Quit?");
    kiosk.types("1\r");
    assert_eq!(kiosk.status(), 0);
    kiosk.gave_the_terminal_back();
}

#[test]
fn an_enter_inside_the_burst_releases_nobody() {
    let mut kiosk = Kiosk::start(&["practice"], &[]);
    kiosk.wait_for("在班 16");
    kiosk.keys("159082\r\n\r");
    kiosk.wait_for("可接走");
    Kiosk::breathe();
    assert!(kiosk.text().contains("在班 16"), "{}", kiosk.text());
}

#[test]
fn a_label_that_holds_more_than_a_card_releases_nobody() {
    let dir = tempfile::tempdir().unwrap();
    let mut kiosk = Kiosk::start(&["--data", dir.path().to_str().unwrap(), "practice"], &[]);
    kiosk.wait_for("在班 16");
    let labels = ["453841\r2\r", "112018\r1\r", ".undo\r1\r", "zhouzimo\r5\rZhang San\runcle\r13912345678\r1\r1\r1\r110031\r4\r"];
    for label in labels {
        for ms in [3, 45] {
            for key in label.chars() {
                kiosk.keys(&key.to_string());
                std::thread::sleep(Duration::from_millis(ms));
            }
            kiosk.wait_for("未采用");
            Kiosk::breathe();
            assert!(kiosk.text().contains("在班 16"), "{label:?}: {}", kiosk.text());
        }
    }
}

#[test]
fn no_unfinished_sequence_deafens_the_desk() {
    let mut kiosk = Kiosk::start(&["practice", "--at", "16:25"], &[]);
    kiosk.wait_for("在班 0");
    for (n, (before, card)) in
        [("\u{1b}[200~", "453841"), ("\u{1b}[", "693691"), ("\u{1b}]0;x", "779093"), ("\u{1b}P", "159082")].into_iter().enumerate()
    {
        kiosk.keys(before);
        std::thread::sleep(Duration::from_millis(120));
        kiosk.keys(&format!("{card}\r"));
        kiosk.wait_for(&format!("在班 {}", n + 1));
    }
}

#[test]
fn a_paste_releases_nobody() {
    let dir = tempfile::tempdir().unwrap();
    let mut kiosk = Kiosk::start(&["--data", dir.path().to_str().unwrap(), "practice"], &[]);
    kiosk.wait_for("在班 16");
    let head = || {
        Store::open_read_only(dir.path())
            .unwrap()
            .load(caredesk::shell::practice::practice_day(chrono::NaiveTime::from_hms_opt(17, 50, 0).unwrap()))
            .unwrap()
            .head
    };
    let before = head();
    // Several lines; in two writes, cut inside a mark; a mark inside; no closing mark; a megabyte.
    kiosk.keys("\u{1b}[200~欢迎\r159082\r1\r\r\u{1b}[201~");
    kiosk.wait_for("粘贴了好几行");
    kiosk.keys("\u{1b}[20");
    kiosk.keys("0~159082\r\r1\r\u{1b}[2");
    kiosk.keys("01~");
    kiosk.keys("\u{1b}[200~a\u{1b}[201~\r159082\r\r1\r\u{1b}[201~");
    Kiosk::breathe();
    kiosk.keys("\u{1b}[200~159082\r\r1\r");
    Kiosk::breathe();
    kiosk.keys(&format!("\u{1b}[200~{}\u{1b}[201~", "159082\r\r\t1\r\u{1a}\u{1b}OQ".repeat(62_500)));
    Kiosk::breathe();
    assert!(kiosk.text().contains("在班 16") && !kiosk.text().contains("可接走"), "{}", kiosk.text());
    assert_eq!(head(), before, "nothing was recorded");

    kiosk.keys("\u{1b}[200~欢迎\u{1b}[201~");
    kiosk.wait_for("> 欢迎");
    kiosk.keys("159082\r");
    kiosk.wait_for("可接走");
    kiosk.wait_for("> 欢迎");
    kiosk.signal("TERM");
    assert_eq!(kiosk.status(), 0);
    kiosk.gave_the_terminal_back();
}

#[test]
fn a_hundred_kilobytes_of_rubbish_do_not_deafen_the_desk() {
    let mut kiosk = Kiosk::start(&["practice", "--at", "16:25"], &[]);
    kiosk.wait_for("在班 0");
    let mut rubbish: Vec<u8> = (0..100_000_u32).map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes()[1]).collect();
    // Nothing that would be understood: no end of line, no control keys.
    rubbish.retain(|b| !matches!(b, 0..=0x1f | 0x7f));
    kiosk.keys.write_all(&rubbish).unwrap();
    kiosk.keys.write_all(b"\x1b").unwrap();
    std::thread::sleep(Duration::from_millis(500));
    for (n, card) in ["453841", "693691", "779093"].into_iter().enumerate() {
        kiosk.keys(&format!("{card}\r"));
        kiosk.wait_for(&format!("在班 {}", n + 1));
    }
}

#[test]
fn signals_end_it_and_give_the_terminal_back() {
    for signal in ["TERM", "INT", "HUP", "QUIT"] {
        let mut kiosk = Kiosk::start(&["practice"], &[]);
        kiosk.wait_for("在班 16");
        kiosk.signal(signal);
        assert_eq!(kiosk.status(), 0, "{signal}");
        kiosk.gave_the_terminal_back();
    }
}

#[test]
fn a_terminal_that_goes_away_ends_it_in_peace() {
    let mut kiosk = Kiosk::start(&["practice"], &[]);
    kiosk.wait_for("在班 16");
    kiosk.frozen.store(true, Ordering::SeqCst);
    *kiosk.pty.lock().unwrap() = None;
    let keys = std::mem::replace(&mut kiosk.keys, Box::new(std::io::sink()));
    drop(keys);
    kiosk.signal("HUP");
    assert_eq!(kiosk.status(), 0);
}

#[test]
fn a_stop_from_outside_and_small_windows_do_no_harm() {
    let mut kiosk = Kiosk::start(&["practice"], &[]);
    kiosk.wait_for("在班 16");
    kiosk.signal("TSTP");
    kiosk.keys("159082\r");
    kiosk.wait_for("可接走");
    kiosk.signal("STOP");
    kiosk.signal("CONT");
    for (rows, cols) in [(1, 1), (2, 2), (5, 20), (40, 120), (3, 300), (24, 80)] {
        kiosk.resize(rows, cols);
        std::thread::sleep(Duration::from_millis(30));
    }
    kiosk.wait_for("监督电话");
    kiosk.wait_for("王子涵");
    Kiosk::breathe();
    kiosk.keys("\r");
    kiosk.wait_for("在班 15");
}

#[test]
fn a_window_that_is_too_small_says_so_and_takes_scans() {
    let mut kiosk = Kiosk::start(&["practice"], &[]);
    kiosk.wait_for("在班 16");
    kiosk.resize(8, 40);
    kiosk.wait_for("窗口太小");
    kiosk.keys("381544\r");
    kiosk.wait_for("已到");
    kiosk.resize(24, 80);
    kiosk.wait_for("在班 17");
}

#[test]
fn a_blocked_terminal_does_not_stop_it_from_recording() {
    let dir = tempfile::tempdir().unwrap();
    let mut kiosk = Kiosk::start(&["--data", dir.path().to_str().unwrap(), "practice", "--at", "16:25"], &[]);
    kiosk.wait_for("在班 0");
    kiosk.frozen.store(true, Ordering::SeqCst);
    // More frames than any terminal holds; then three children.
    for _ in 0..300 {
        kiosk.keys("\u{1b}[17~\u{1b}OQ");
        std::thread::sleep(Duration::from_millis(3));
    }
    for card in ["453841", "693691", "779093"] {
        kiosk.keys(&format!("{card}\r"));
        std::thread::sleep(Duration::from_millis(50));
    }
    let inside = || {
        let store = Store::open_read_only(dir.path()).unwrap();
        let loaded = store.load(caredesk::shell::practice::practice_day(chrono::NaiveTime::from_hms_opt(16, 26, 0).unwrap())).unwrap();
        loaded.day.state().children().filter(|(_, c)| !c.visits.is_empty()).count()
    };
    let end = Instant::now() + Duration::from_secs(10);
    while inside() < 3 {
        assert!(Instant::now() < end, "{} recorded while the terminal was blocked", inside());
        std::thread::sleep(Duration::from_millis(20));
    }
    kiosk.frozen.store(false, Ordering::SeqCst);
    kiosk.wait_for("在班 3");
    kiosk.signal("TERM");
    assert_eq!(kiosk.status(), 0);
}

#[test]
fn a_first_start_practises_or_sets_a_room_of_22_up_from_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let roster = dir.path().join("名册 九月.xlsx");
    std::fs::copy(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/n22/roster_clean.xlsx"), &roster).unwrap();
    let arguments = ["--data", data.to_str().unwrap()];

    let mut kiosk = Kiosk::start(&arguments, &[]);
    kiosk.wait_for("1  先练习");
    kiosk.keys("9\r");
    kiosk.wait_for("请输入 1 或 2");
    kiosk.keys("1\r");
    kiosk.wait_for("练习 1/4");
    kiosk.signal("TERM");
    assert_eq!(kiosk.status(), 0);
    kiosk.gave_the_terminal_back();
    assert!(!data.exists(), "practice from the first start leaves nothing behind");

    let mut kiosk = Kiosk::start(&arguments, &[]);
    kiosk.wait_for("2  设置");
    kiosk.keys("2\r");
    for (asked, answer) in [
        ("1/11", "向阳小学课后托管"),
        ("2/11", "体艺馆一楼"),
        ("3/11", ""),
        ("4/11", "16:00"),
        ("! 结束要晚于 16:30", "17:45"),
        ("5/11", ""),
        ("6/11", "1"),
        ("7/11", "何主任"),
        ("8/11", "135790"),
        ("9/11", "135790"),
        ("10/11", "0571-8000 0000"),
        ("11/11", "1"),
        ("名册文件在哪里", "nowhere.csv"),
    ] {
        kiosk.wait_for(asked);
        // The same burst twice within a moment would be a reader that fires twice.
        std::thread::sleep(Duration::from_millis(if asked == "9/11" { 1700 } else { 50 }));
        kiosk.keys(&format!("{answer}\r"));
    }
    kiosk.wait_for("没有这个文件");
    kiosk.keys(&format!("{}\r", roster.display()));
    kiosk.wait_for("⏎ 就用这份");
    Kiosk::breathe();
    kiosk.keys("\r");
    kiosk.wait_for("都填好了");
    assert!(!kiosk.text().contains("135790"), "the PIN is never shown");
    assert!(!data.exists(), "nothing is written before it is confirmed");
    Kiosk::breathe();
    kiosk.keys("\r");
    kiosk.wait_for("何主任 的恢复码");
    let code = kiosk.text().lines().map(str::trim).find(|line| line.len() == 19 && line.matches('-').count() == 3).unwrap().to_owned();
    kiosk.keys("\u{1b}");
    Kiosk::breathe();
    kiosk.keys("\r");
    kiosk.wait_for("名册 F2");
    assert!(!kiosk.text().contains(&code), "it is shown once");
    kiosk.wait_for("已设置");
    kiosk.wait_for("监督电话 0571-8000 0000");
    kiosk.types(".quit\r");
    kiosk.wait_for("退出？");
    kiosk.types("1\r");
    assert_eq!(kiosk.status(), 0);
    let bytes = kiosk.bytes.lock().unwrap().clone();
    assert!(!String::from_utf8_lossy(&bytes).contains("135790"), "the PIN was never sent to the terminal");

    let store = Store::open_read_only(&data).unwrap();
    let now = caredesk::shell::clock::Clock::Wall.now();
    let loaded = store.load(now).unwrap();
    assert_eq!(loaded.register.child_count(), 22);
    let leader = loaded.register.staff().find(|s| s.name == "何主任").unwrap();
    assert!(caredesk::shell::pin::fits("135790", leader.pin.as_deref().unwrap()));
    let recovery = loaded.register.recovery(leader.id).unwrap();
    assert!(caredesk::shell::pin::fits(&code.replace('-', ""), &recovery.hash));
    let settings = caredesk::domain::settings::Settings::default().overlaid(loaded.register.office());
    assert_eq!((settings.school.as_str(), settings.room.as_str()), ("向阳小学课后托管", "体艺馆一楼"));
    let monday = now.date() + chrono::TimeDelta::days(7 - i64::from(chrono::Datelike::weekday(&now.date()).num_days_from_monday()));
    let end = settings.session_on(monday).unwrap().end;
    assert_eq!(end.format("%H:%M").to_string(), "17:45");
    drop(store);

    let mut kiosk = Kiosk::start(&arguments, &[]);
    kiosk.wait_for("监督电话 0571-8000 0000");
    kiosk.signal("TERM");
    assert_eq!(kiosk.status(), 0);
}

#[test]
#[cfg(debug_assertions)]
fn a_roster_of_which_nothing_comes_keeps_nobody_waiting() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let roster = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/n22/roster_clean.xlsx");
    let mut kiosk = Kiosk::start(&["--data", data.to_str().unwrap()], &[("CAREDESK_TRY_READER", "time")]);
    kiosk.wait_for("2  设置");
    kiosk.keys("2\r");
    for (n, answer) in ["向阳小学", "", "", "", "", "1", "何主任", "135790", "135790", "", "1", roster].iter().enumerate() {
        kiosk.wait_for(&if n < 11 { format!("{}/11", n + 1) } else { "名册文件在哪里".to_owned() });
        std::thread::sleep(Duration::from_millis(if n == 8 { 1700 } else { 400 }));
        kiosk.keys(&format!("{answer}\r"));
    }
    // It is drawn while the reader is silent: another size of the window shows at once.
    kiosk.wait_for("正在读名册");
    kiosk.resize(30, 100);
    kiosk.wait_for("Esc 不读了");
    kiosk.keys("\u{1b}");
    kiosk.wait_for("名册文件在哪里");
    Kiosk::breathe();
    kiosk.keys(&format!("{roster}\r"));
    kiosk.wait_for("正在读名册");
    kiosk.wait_for("5 秒没有进展");
    assert!(!data.exists());
    kiosk.signal("TERM");
    assert_eq!(kiosk.status(), 0);
    kiosk.gave_the_terminal_back();
}

#[test]
fn a_store_in_which_nothing_was_entered_is_set_up_again() {
    let dir = tempfile::tempdir().unwrap();
    Store::open(dir.path(), caredesk::store::Kind::Real, true).unwrap().close().unwrap();
    let mut kiosk = Kiosk::start(&["--data", dir.path().to_str().unwrap()], &[]);
    kiosk.wait_for("2  设置");
    kiosk.keys("\u{1b}");
    assert_eq!(kiosk.status(), 0);
}

#[test]
fn a_panic_gives_the_terminal_back() {
    let mut kiosk = Kiosk::start(&["practice"], &[("CAREDESK_PANIC_AT", "2")]);
    kiosk.wait_for("在班 16");
    kiosk.keys("159082\r");
    kiosk.wait_for("可接走");
    Kiosk::breathe();
    kiosk.keys("x\r");
    assert_ne!(kiosk.status(), 0);
    kiosk.gave_the_terminal_back();
    // It says where it was, and not what about: that may be a name (H8).
    let said = kiosk.text();
    assert!(said.contains("panicked at src/shell/window.rs") && !said.contains("asked to panic"), "{said}");
    assert!(!said.contains("王子涵"), "{said}");
}

/// A delivery that has lost a guardian: whoever sits at a terminal is asked whether the right to collect ends, and only a yes ends it.
#[test]
fn who_is_gone_from_a_delivery_is_asked_about_on_a_terminal_only() {
    let head = "sourcedId,status,role,givenName,familyName,sms,agentSourcedIds,grades\n";
    let guardian = |status: &str| format!("g2,{status},guardian,芳,王,13800130001,s1,\n");
    for (lang, answer, terminal, ends) in [
        ("zh", "y\r", true, true),
        ("en", "Y\r", true, true),
        ("zh", "n\r", true, false),
        ("en", "\r", true, false),
        ("zh", "yes please\r", true, false),
        ("zh", "y\n", false, false),
    ] {
        let dir = tempfile::tempdir().unwrap();
        let data = dir.path().join("data");
        let write = |name: &str, people: &str| {
            let folder = dir.path().join(name);
            std::fs::create_dir(&folder).unwrap();
            let child = "s1,,student,三,张,,\"g1,g2\",03\ng1,,parent,大山,张,13800130000,s1,\n";
            std::fs::write(folder.join("users.csv"), format!("{head}{child}{people}")).unwrap();
            folder.to_str().unwrap().to_owned()
        };
        let (first, second) = (write("first", &guardian("")), write("second", &guardian("tobedeleted")));
        let data = data.to_str().unwrap();
        let import = |arguments: &[&str], typed: &str| {
            let mut command = assert_cmd::Command::cargo_bin("caredesk").unwrap();
            command.env("HOME", HOME).args(["--data", data, "--lang", lang, "import"]).args(arguments).write_stdin(typed.to_owned()).output().unwrap()
        };
        assert!(import(&[&first], "").status.success());
        let question = if lang == "zh" { "结束他们的接送资格吗" } else { "End their right to collect?" };
        if terminal {
            let mut kiosk = Kiosk::start(&["--data", data, "--lang", lang, "import", &second], &[]);
            kiosk.wait_for(question);
            assert!(kiosk.text().contains("王芳"), "whom it is about stands above: {}", kiosk.text());
            kiosk.keys(answer);
            assert_eq!(kiosk.status(), 0, "{answer:?}");
        } else {
            let ran = import(&[&second], answer);
            let said = String::from_utf8(ran.stdout).unwrap() + &String::from_utf8(ran.stderr).unwrap();
            assert!(ran.status.success() && !said.contains(question) && said.contains("--end-missing"), "{said}");
        }
        let left = Store::open_read_only(dir.path().join("data").as_path()).unwrap();
        let register = left.load(caredesk::domain::time::Moment { ms: 0, offset_min: 480 }).unwrap().register;
        let wang: Vec<_> = register.children().flat_map(|c| register.collectors(c.id)).filter(|c| c.name == "王芳").map(|c| c.right).collect();
        let right = if ends { caredesk::domain::people::Right::Ended } else { caredesk::domain::people::Right::Standing };
        assert_eq!(wang, [right], "{lang} {answer:?} terminal {terminal}");
    }
}

/// A heading that may matter and is not understood: whoever sits at a terminal is asked what it is, and may say nothing.
#[test]
fn a_heading_that_is_not_understood_is_asked_about_on_a_terminal_only() {
    let text = "姓名,班级,家长姓名,家长电话,卡号,爷爷的电话,蓝卡\n陈小安,三年级1班,林静,13800130001,0009000001,13800130002,B-7\n";
    let phone = ("爷爷的电话", "F1");
    let card = ("蓝卡", "G1");
    // What is typed at each question, whether the list is imported, and what is said behind it.
    for (lang, answers, imported, said) in [
        ("zh", &[(phone, "1\r"), (card, "13\r")][..], true, "爷爷的电话=家长电话,蓝卡=不读"),
        ("en", &[(phone, "1\r"), (card, "13\r")], true, "爷爷的电话=guardian phone,蓝卡=not read"),
        ("zh", &[(phone, "监护人3电话\r"), (card, "备注\r")], true, "爷爷的电话=监护人3电话,蓝卡=备注"),
        ("zh", &[(phone, "99\r"), (("没有“99”这一项", ""), "1\r"), (card, "不读\r")], true, "爷爷的电话=家长电话,蓝卡=不读"),
        ("en", &[(phone, "1\r"), (card, "1\r"), (("cannot be \"card\"", "G1"), "12\r")], true, "爷爷的电话=guardian phone,蓝卡=not read"),
        ("zh", &[(phone, "\r")], false, "看不懂列名“爷爷的电话”"),
        ("en", &[(phone, "1\r"), (card, "\r")], false, "the heading \"蓝卡\" is not understood"),
    ] {
        let dir = tempfile::tempdir().unwrap();
        let list = dir.path().join("list.csv");
        std::fs::write(&list, text).unwrap();
        let (list, data) = (list.to_str().unwrap(), dir.path().join("data"));
        let data = data.to_str().unwrap();
        let mut kiosk = Kiosk::start(&["--data", data, "--lang", lang, "import", list], &[]);
        for ((heading, cell), answer) in answers {
            kiosk.wait_for(heading);
            kiosk.wait_for(cell);
            let end = if lang == "zh" { "直接回车则不导入：" } else { "Enter alone imports nothing:" };
            kiosk.wait_for(end);
            Kiosk::breathe();
            if *heading == "爷爷的电话" {
                assert!(kiosk.text().contains("13800130002"), "a value is shown: {}", kiosk.text());
            }
            kiosk.keys(answer);
        }
        assert_eq!(kiosk.status(), u32::from(!imported), "{lang} {answers:?} {}", kiosk.text());
        let shown = kiosk.text().replace(['\n', '\r'], "");
        assert!(shown.contains(&said.replace(' ', "")) || shown.contains(said), "{said}: {shown}");
        assert!(!said.contains("不读") || shown.contains("没有读的列 G 蓝卡"), "{shown}");
        let children = |data: &str| {
            let store = Store::open_read_only(std::path::Path::new(data)).unwrap();
            let register = store.load(caredesk::domain::time::Moment { ms: 0, offset_min: 480 }).unwrap().register;
            let of = |c: &caredesk::domain::people::Child| {
                let people: Vec<_> = register.collectors(c.id).map(|p| (p.name.clone(), p.phone.clone())).collect();
                (c.name.clone(), c.note.clone(), people)
            };
            register.children().map(of).collect::<Vec<_>>()
        };
        // Where nobody sits at a terminal the list is refused, with --json too, until the words say the same.
        let elsewhere = dir.path().join("elsewhere");
        let elsewhere = elsewhere.to_str().unwrap();
        let import = |more: &[&str]| {
            let mut command = assert_cmd::Command::cargo_bin("caredesk").unwrap();
            command.env("HOME", HOME).args(["--data", elsewhere, "--lang", lang, "import", list]).args(more).write_stdin("1\n13\n").output().unwrap()
        };
        for more in [&[][..], &["--json"], &["--dry-run"]] {
            let ran = import(more);
            let text = String::from_utf8(ran.stdout).unwrap() + &String::from_utf8(ran.stderr).unwrap();
            assert!(ran.status.code() == Some(1) && text.contains("--columns") && !text.contains("  13  "), "{text}");
        }
        if imported {
            assert!(import(&["--columns", said]).status.success());
            assert_eq!((children(data).len(), children(data)), (1, children(elsewhere)), "{said}");
        }
    }
}

/// However the desk ends, the launcher leaves a terminal that can be typed in, nothing of the children on it (P7, H9).
#[test]
fn a_launcher_gives_the_terminal_back_where_the_desk_cannot() {
    for signal in ["KILL", "ABRT", "ILL", "TERM", "HUP"] {
        let mut kiosk = Kiosk::launched(&["--once", "practice"]);
        kiosk.wait_for("演练");
        kiosk.wait_for("在班 16");
        let busy = kiosk.terminal();
        assert!(busy.contains("-icanon") && busy.contains("-echo "), "{signal}: {busy}");
        kiosk.signal_desk(signal);
        let (gone, status) = (["KILL", "ABRT", "ILL"].contains(&signal), kiosk.status());
        assert_eq!(status > 128, gone, "{signal}: {status}");
        kiosk.gave_the_terminal_back();
        let given = kiosk.terminal();
        let has = |word: &str| given.split_whitespace().any(|w| w.trim_end_matches(';') == word);
        assert!(has("icanon") && has("echo") && has("isig"), "{signal}: {given}");
        assert!(!kiosk.text().contains("名册"), "{signal}: {}", kiosk.text());
    }
}

#[test]
fn a_launcher_starts_a_killed_desk_again_and_one_that_quit_not() {
    let mut kiosk = Kiosk::launched(&["practice"]);
    for _ in 0..2 {
        kiosk.wait_for("在班 16");
        kiosk.bytes.lock().unwrap().clear();
        kiosk.signal_desk("KILL");
        let end = Instant::now() + Duration::from_secs(15);
        while !String::from_utf8_lossy(&kiosk.bytes.lock().unwrap()).contains("\u{1b}[?1049h") {
            assert!(Instant::now() < end, "not started again:\n{}", kiosk.text());
            std::thread::sleep(Duration::from_millis(10));
        }
    }
    kiosk.wait_for("在班 16");
    kiosk.types(".quit\r");
    kiosk.wait_for("退出？");
    kiosk.types("1\r");
    assert_eq!(kiosk.status(), 0);
}

/// Odd surroundings and a configuration that is not understood: the desk opens all the same, and names are as they are (P11, P12).
#[test]
fn a_desk_opens_in_any_surroundings_and_says_what_it_left_out() {
    let dir = tempfile::tempdir().unwrap();
    let config = dir.path().join("caredesk.toml");
    std::fs::write(&config, "card_mode = \"held\"\ntheme = dark\n").unwrap();
    let config = config.to_str().unwrap();
    for odd in [
        &[("TERM", "dumb"), ("LANG", "C"), ("HOME", "/")][..],
        &[("TERM", ""), ("LC_ALL", "POSIX"), ("COLUMNS", "x"), ("LINES", "-1")],
        &[("TERM", "vt100"), ("LANG", "zh_CN.GBK"), ("NO_COLOR", "1")],
        &[("TERM", "linux"), ("LANG", ""), ("COLUMNS", "0"), ("LINES", "0")],
    ] {
        let mut kiosk = Kiosk::start(&["--config", config, "practice"], odd);
        kiosk.wait_for("第 2 行看不懂");
        kiosk.keys("159082\r");
        kiosk.wait_for("王子涵");
        kiosk.signal("TERM");
        assert_eq!(kiosk.status(), 0, "{odd:?}");
        kiosk.gave_the_terminal_back();
    }
}
