//! The real binary on a terminal of its own: start, scan, release, undo, quit; SIGTERM and a forced panic give the
//! terminal back.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::wildcard_enum_match_arm, clippy::similar_names)]

use std::io::{Read, Write};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, PtySize, native_pty_system};

struct Kiosk {
    child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    screen: Arc<Mutex<vt100::Parser>>,
    bytes: Arc<Mutex<Vec<u8>>>,
}

impl Kiosk {
    fn start(arguments: &[&str], environment: &[(&str, &str)]) -> Self {
        let pty = native_pty_system().openpty(PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 }).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_caredesk"));
        command.args(arguments);
        command.env("TERM", "xterm-256color");
        for (name, value) in environment {
            command.env(name, value);
        }
        let child = pty.slave.spawn_command(command).unwrap();
        let mut output = pty.master.try_clone_reader().unwrap();
        let keys = pty.master.take_writer().unwrap();
        let screen = Arc::new(Mutex::new(vt100::Parser::new(24.try_into().unwrap(), 80.try_into().unwrap(), 0)));
        let bytes = Arc::new(Mutex::new(Vec::new()));
        let (for_screen, for_bytes) = (screen.clone(), bytes.clone());
        std::thread::spawn(move || {
            let _master = pty.master;
            let mut buffer = [0; 4096];
            while let Ok(n) = output.read(&mut buffer) {
                if n == 0 {
                    break;
                }
                for_screen.lock().unwrap().process(&buffer[..n]);
                for_bytes.lock().unwrap().extend_from_slice(&buffer[..n]);
            }
        });
        Self { child, keys, screen, bytes }
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
    kiosk.keys("1\r");
    kiosk.wait_for("在班 16");
    kiosk.keys(".lang\r");
    kiosk.wait_for("PRACTICE");
    kiosk.wait_for("In 16");
    kiosk.keys(".quit\r");
    kiosk.wait_for("Quit?");
    kiosk.keys("1\r");
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
fn sigterm_ends_it_and_gives_the_terminal_back() {
    let mut kiosk = Kiosk::start(&["practice"], &[]);
    kiosk.wait_for("在班 16");
    let pid = kiosk.child.process_id().unwrap();
    assert!(std::process::Command::new("kill").args(["-TERM", &pid.to_string()]).status().unwrap().success());
    assert_eq!(kiosk.status(), 0);
    kiosk.gave_the_terminal_back();
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
}
