//! A desk on a screen that is a buffer: keys in, pictures out.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use caredesk::desk::appearance::Appearance;
use caredesk::domain::settings::Settings;
use caredesk::domain::time::time_of_day;
use caredesk::shell::clock::Clock;
use caredesk::shell::keys::{Key, Parser};
use caredesk::shell::practice::{Plan, furnish, practice_day, settings};
use caredesk::shell::session::{Session, Setup};
use caredesk::shell::window::Window;
use caredesk::store::Store;
use caredesk::texts::Lang;
use caredesk::view::draw;
use caredesk::view::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use unicode_width::UnicodeWidthStr;

/// Somebody at a keyboard in front of a desk.
pub struct Desk {
    pub session: Session,
    pub window: Window,
    now: Instant,
    /// Keys pressed by hand so far.
    pub pressed: usize,
}

impl Desk {
    /// The practice room, lived in, at 17:40.
    pub fn lived_in(lang: Lang) -> Self {
        Self::of(lang, "17:40", true)
    }

    pub fn of(lang: Lang, at: &str, lived_in: bool) -> Self {
        let start = practice_day(time_of_day(at).unwrap());
        let mut store = Store::memory().unwrap();
        furnish(&mut store, Plan { start, lived_in, children: None, seed: 1 }).unwrap();
        let appearance = Appearance::default();
        let setup = Setup { settings: settings(Settings::default()), desk: "practice".to_owned(), lang, practice: true, appearance };
        // A clock that hardly runs: pictures do not change with the speed of the machine.
        Self::at(Session::start(store, Clock::simulated(start, 0.001), setup).unwrap())
    }

    pub fn at(session: Session) -> Self {
        Self { session, window: Window::default(), now: Instant::now(), pressed: 0 }
    }

    fn bytes(&mut self, bytes: &[u8], gap: Duration) {
        let mut parser = Parser::default();
        let mut keys = Vec::new();
        for byte in bytes {
            parser.byte(*byte, &mut keys);
        }
        parser.silence(&mut keys);
        for key in keys {
            self.press_key(key, gap);
        }
    }

    /// A key after so long, and the frame that shows what came of it.
    pub fn press_key(&mut self, key: Key, after: Duration) {
        self.now += after;
        self.window.key(&mut self.session, key, self.now);
        self.window.drawn(&self.session, self.now);
    }

    /// What stands there now is looked at for so long.
    pub fn look(&mut self, long: Duration) {
        self.window.drawn(&self.session, self.now);
        self.now += long;
    }

    /// A reader: a burst that ends in Enter.
    pub fn scan(&mut self, code: &str) -> &mut Self {
        self.look(Duration::from_secs(2));
        self.bytes(format!("{code}\r").as_bytes(), Duration::from_millis(1));
        self
    }

    /// A person at the keyboard; `⏎` is Enter.
    pub fn press(&mut self, text: &str) -> &mut Self {
        self.look(Duration::from_secs(1));
        self.pressed += text.chars().count();
        self.bytes(text.replace('⏎', "\r").as_bytes(), Duration::from_millis(120));
        self
    }

    pub fn key(&mut self, key: Key) -> &mut Self {
        self.pressed += 1;
        self.look(Duration::from_secs(1));
        self.press_key(key, Duration::ZERO);
        self
    }

    /// Lines as they are typed, each with its Enter; card numbers are scanned.
    pub fn lines(&mut self, lines: &[&str]) -> &mut Self {
        for line in lines {
            let card = line.len() == 6 || (line.len() > 6 && !line.starts_with("20") && !line.starts_with('1'));
            if card && line.bytes().all(|b| b.is_ascii_digit()) && !self.session.model.asks_secret() {
                self.scan(line)
            } else {
                self.press(&format!("{line}⏎"))
            };
        }
        self
    }

    /// The screen, and where each style stands.
    pub fn draw(&self, width: u16, height: u16) -> Picture {
        let look = self.window.look(&self.session);
        let area = Rect::new(0, 0, width, height);
        let mut buf = Buffer::empty(area);
        let cursor = draw(&self.session.model, &look, area, &mut buf);
        Picture::of(&buf, cursor, &look.theme)
    }

    pub fn text(&self) -> String {
        self.draw(80, 24).text
    }
}

/// A picture of the screen.
pub struct Picture {
    pub text: String,
    pub styles: String,
}

impl Picture {
    /// Fails when a row is not straight, a covered cell shows something, or something is drawn that must not reach a terminal.
    pub fn of(buf: &Buffer, cursor: Option<(u16, u16)>, theme: &Theme) -> Self {
        let area = buf.area;
        let (mut text, mut styles) = (String::new(), String::new());
        for y in 0..area.height {
            let mut x = 0;
            let mut row = String::new();
            while x < area.width {
                let symbol = buf[(x, y)].symbol().to_owned();
                let forbidden = |c: char| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c) || ('\u{2066}'..='\u{2069}').contains(&c);
                assert!(!symbol.is_empty() && !symbol.chars().any(forbidden), "row {y}, column {x}: {symbol:?}");
                let columns = u16::try_from(symbol.width()).unwrap();
                assert!(columns >= 1, "row {y}, column {x}: {symbol:?} has no column of its own");
                for covered in x + 1..(x + columns).min(area.width) {
                    assert_eq!(buf[(covered, y)].symbol(), " ", "row {y}: a covered cell shows something");
                }
                assert!(x + columns <= area.width, "row {y}: half a character at the edge");
                row.push_str(&symbol);
                x += columns;
            }
            assert_eq!(row.width(), usize::from(area.width), "row {y}: {row:?}");
            text.push_str(row.trim_end());
            text.push('\n');
            styles.push_str(&runs(buf, y, theme));
        }
        if let Some((x, y)) = cursor {
            assert!(x < area.width && y < area.height, "the cursor stands outside: {x},{y}");
            writeln!(styles, "cursor {x},{y}").unwrap();
        }
        Self { text, styles }
    }
}

/// The styles of a row as runs; nothing for a row in ordinary type.
fn runs(buf: &Buffer, y: u16, theme: &Theme) -> String {
    let mut runs: Vec<(char, usize)> = Vec::new();
    for x in 0..buf.area.width {
        let letter = letter(buf[(x, y)].style(), theme);
        match runs.last_mut() {
            Some((last, n)) if *last == letter => *n += 1,
            _ => runs.push((letter, 1)),
        }
    }
    if let [('.', _)] = runs[..] {
        return String::new();
    }
    let runs: Vec<String> = runs.into_iter().map(|(letter, n)| format!("{n}{letter}")).collect();
    format!("{y:>2} {}\n", runs.join(" "))
}

/// What a style is called: the first of the theme that looks like it.
fn letter(style: Style, theme: &Theme) -> char {
    use caredesk::rules::verdict::Severity;
    let seen = |s: Style| (s.fg.unwrap_or_default(), s.bg.unwrap_or_default(), s.add_modifier & !Modifier::HIDDEN);
    let all = [
        ('.', theme.base),
        ('s', theme.strong),
        ('f', theme.faint),
        ('x', theme.struck()),
        ('p', theme.practice),
        ('m', theme.marked),
        ('g', theme.severity(Severity::Green)),
        ('a', theme.severity(Severity::Amber)),
        ('r', theme.severity(Severity::Red)),
    ];
    all.into_iter()
        .find(|(_, known)| seen(*known) == seen(style))
        .map_or_else(|| panic!("a style that the theme does not have: {style:?}"), |(l, _)| l)
}
