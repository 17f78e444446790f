//! One afternoon: what happens, by the dice.

use std::fs;
use std::path::Path;

use caredesk::desk::question::{Asks, Label};
use caredesk::desk::{How, Msg};
use caredesk::domain::fact::{Fact, OfficeFact, Seq};
use caredesk::rules::clock::{at_start, is_ahead};
use caredesk::shell::clock::{Clock, Told};
use caredesk::shell::session::Session;
use caredesk::store::{FILE, Kind, Recorded, Stamp, Store};

use crate::checks::{Books, By};
use crate::dice::Dice;
use crate::room::{Base, CARDS, DESKS, Tally, copy, open, scratch};

const PIN: &str = "2468";
const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// What is done with a child that was found by name.
const BY_NAME: [&[&str]; 10] = [
    &["无卡", "2", "0428", "1", "1", "1", PIN],
    &["无卡", "9"],
    &["持卡未刷", "1", ""],
    &["暂离", "1", "1755"],
    &["到园", ""],
    &["请假", "1"],
    &["备注", "今天带伞"],
    &["组长办理", "1", PIN],
    &["挂失", ""],
    &["自行离校", ""],
];
const NAMES: [&str; 6] = ["cyn", "cym", "zxm", "zyt", "zzm", "xza"];

/// By how much a clock steps, seconds.
const STEPS: [i64; 10] = [-6, 6, 90, -HOUR, HOUR, DAY, -DAY, 365 * DAY, -365 * DAY, -9_746 * DAY];

/// What can happen next.
#[derive(Clone, Copy)]
enum Event {
    Scan,
    Collect,
    Enter,
    Number,
    Escape,
    Name,
    Undo,
    Passes,
    Waits,
    Tomorrow,
    Tick,
    ClockSteps,
    ClockIsPutRight,
    WrongForAWhile,
    Kill,
    Close,
    PowerCut,
    FileAway,
    OlderFile,
    Command,
}

const EVENTS: [(u64, Event); 20] = [
    (34, Event::Scan),
    (22, Event::Collect),
    (14, Event::Enter),
    (14, Event::Number),
    (3, Event::Escape),
    (6, Event::Name),
    (4, Event::Undo),
    (8, Event::Passes),
    (3, Event::Waits),
    (1, Event::Tomorrow),
    (4, Event::Tick),
    (3, Event::ClockSteps),
    (3, Event::ClockIsPutRight),
    (3, Event::WrongForAWhile),
    (3, Event::Kill),
    (1, Event::Close),
    (2, Event::PowerCut),
    (1, Event::FileAway),
    (1, Event::OlderFile),
    (4, Event::Command),
];

struct Afternoon {
    dice: Dice,
    folder: tempfile::TempDir,
    clock: Told,
    /// By how much the clock of the machine is wrong, seconds.
    off: i64,
    desks: Vec<Session>,
    books: Books,
    tally: Tally,
    trace: bool,
}

/// Runs the afternoon of a seed.
pub fn run(base: &Base, seed: u64, trace: bool) -> Tally {
    let mut dice = Dice::of(seed);
    let folder = scratch();
    copy(base.folder.path(), folder.path());
    let clock = Told::at(base.start, base.start.plus_seconds(-365 * DAY));
    let desks = (0..2).map(|n| open(folder.path(), n, clock)).collect();
    let books = Books::of(folder.path());
    let steps = dice.between(10, 20);
    let mut afternoon = Afternoon { dice, folder, clock, off: 0, desks, books, tally: Tally::default(), trace };
    // Reading the whole journal takes as long as ten steps: in the middle of every fourth afternoon, at the end of each, and after
    // every step of one that is run again.
    for n in 0..steps {
        afternoon.step();
        afternoon.check(trace || (n == steps / 2 && seed.is_multiple_of(4)));
    }
    afternoon.end();
    afternoon.tally
}

impl Afternoon {
    fn say(&self, what: &str) {
        if self.trace {
            println!("{} {what}", self.clock.counted.local());
        }
    }

    fn step(&mut self) {
        let event = self.dice.weighed(&EVENTS);
        let seconds = self.dice.between(1, 90);
        self.pass(seconds);
        let n = usize::try_from(self.dice.roll(2)).unwrap();
        match event {
            Event::Scan => {
                let card = self.dice.pick(&CARDS);
                self.line(n, card);
            }
            Event::Collect => {
                self.pass(120); // whoever has just come is not collected by a second reading
                let card = self.dice.pick(&CARDS);
                self.line(n, card);
                let answers: &[&str] = self.dice.pick(&[&[""], &["1", ""], &["1"], &["2", ""], &["9"]]);
                for line in answers {
                    self.line(n, line);
                }
            }
            Event::Enter => self.line(n, ""),
            Event::Number => {
                let number = self.dice.pick(&["1", "2", "3", "9"]);
                self.line(n, number);
            }
            Event::Escape => self.send(n, Msg::Escape, By::Nobody),
            Event::Name => {
                let name = self.dice.pick(&NAMES);
                self.line(n, name);
                for line in self.dice.pick(&BY_NAME) {
                    self.line(n, line);
                }
            }
            Event::Undo => {
                self.line(n, ".undo");
                self.line(n, "1");
            }
            Event::Passes => {
                let minutes = self.dice.between(2, 20);
                self.pass(MINUTE * minutes);
            }
            Event::Waits => {
                let minutes = self.dice.between(30, 90);
                self.pass(MINUTE * minutes);
            }
            Event::Tomorrow => {
                self.pass(DAY);
                for line in [".7", "526014", PIN] {
                    self.line(n, line);
                }
            }
            Event::Tick => (0..2).for_each(|n| self.send(n, Msg::Tick, By::Nobody)),
            Event::ClockSteps => {
                let by = *self.dice.pick(&STEPS.each_ref());
                self.clock_is(by, n);
            }
            Event::ClockIsPutRight => self.clock_is(0, n),
            Event::WrongForAWhile => self.wrong_for_a_while(n),
            Event::Kill => {
                self.say("killed");
                self.tally.one("killed");
                self.start_again(n);
            }
            Event::Close => {
                self.say("closed");
                let clock = self.clock;
                self.books.starts();
                let again = open(self.folder.path(), n, clock);
                std::mem::replace(&mut self.desks[n], again).close();
            }
            Event::PowerCut => self.power_cut(2),
            Event::FileAway => self.without_its_file(n, None),
            Event::OlderFile => {
                let older = scratch();
                copy(self.folder.path(), older.path());
                self.line(n, CARDS[0]);
                self.line(n, "");
                self.without_its_file(n, Some(&older.path().join(FILE)));
            }
            Event::Command => self.command(),
        }
    }

    /// A command enters something by the clock of the machine, which may be ahead for that moment, where that can be believed by what is
    /// on record; no desk is asked.
    fn command(&mut self) {
        let now = self.clock.wall.plus_seconds(*self.dice.pick(&[&0, &6, &90, &HOUR, &DAY]));
        let mut store = Store::open(self.folder.path(), Kind::Practice, false).unwrap();
        if at_start(now, store.last_entered().unwrap(), self.clock.built).is_some() {
            return;
        }
        self.say(&format!("a command at {}", now.local()));
        let fact = Fact::Office(OfficeFact::Exported { what: "children".to_owned(), rows: 9, child: None });
        let (head, stamp) = (store.head().unwrap(), Stamp { now, desk: "command".to_owned(), staff: None });
        assert!(matches!(store.record(head, &[fact.into()], &stamp).unwrap(), Recorded::Done(_)));
        self.tally.one(if is_ahead(now, self.clock.counted) { "command ahead" } else { "command" });
    }

    /// Time passes, for the machine and for both desks.
    fn pass(&mut self, seconds: i64) {
        self.clock.pass(seconds * 1000);
        self.books.passes(seconds);
        for desk in &mut self.desks {
            if let Clock::Told(clock) = desk.clock_mut() {
                clock.pass(seconds * 1000);
            }
        }
        self.say(&format!("{seconds} s pass"));
        (0..2).for_each(|n| self.send(n, Msg::Tick, By::Nobody));
    }

    fn line(&mut self, n: usize, text: &str) {
        self.say(&format!("{}: {text:?}", DESKS[n]));
        self.desks[n].catch_up();
        self.send(n, Msg::Line { text: text.to_owned(), how: How::Scanned }, By::Person);
        if self.trace {
            let words = caredesk::wording::Words::of(&self.desks[n].model);
            println!("      {}", self.desks[n].model.said.as_ref().map(|said| words.said(said)).unwrap_or_default());
        }
    }

    fn send(&mut self, n: usize, msg: Msg, by: By) {
        let doubted = self.desks[n].model.doubted.is_some();
        self.desks[n].send(msg);
        self.took(n, by, doubted);
    }

    /// What a desk acknowledged goes into the books.
    fn took(&mut self, n: usize, by: By, doubted: bool) {
        let recorded = self.desks[n].take_recorded();
        let still = doubted && self.desks[n].model.doubted.is_some();
        self.books.acknowledged(&recorded, by, still);
        for entry in self.books.read() {
            match entry {
                Fact::Arrived { .. } => self.tally.one("arrived"),
                Fact::Released { .. } => self.tally.one("released"),
                Fact::ClockSet { .. } => self.tally.one("clock asked"),
                Fact::Redated { .. } => self.tally.one("redated"),
                Fact::Undone { .. } => self.tally.one("undone"),
                _ => {}
            }
        }
    }

    /// The clock of the machine is wrong by so much from now on; somebody may answer what it is.
    fn clock_is(&mut self, off: i64, n: usize) {
        self.say(&format!("the clock of the machine is off by {off} s"));
        let step = (off - self.off) * 1000;
        self.off = off;
        self.clock.wall.ms += step;
        for desk in &mut self.desks {
            if let Clock::Told(clock) = desk.clock_mut() {
                clock.wall.ms += step;
            }
        }
        (0..2).for_each(|n| self.send(n, Msg::Tick, By::Nobody));
        for answer in ["1", "2"] {
            if self.dice.roll(2) == 0 {
                self.line(n, answer);
            }
        }
    }

    /// The clock steps and somebody believes it; children come and go; it is put right, and a leader sets right what was entered.
    fn wrong_for_a_while(&mut self, n: usize) {
        let by = *self.dice.pick(&STEPS.each_ref());
        self.clock_is(by, n);
        self.line(n, "1");
        for _ in 0..self.dice.roll(4) {
            self.pass(20);
            let card = self.dice.pick(&CARDS);
            for line in [card, "1", ""] {
                self.line(n, line);
            }
        }
        self.pass(20);
        self.clock_is(0, n);
        self.line(n, "1");
        self.redate(n);
    }

    /// A leader sets right the last run of entries that stands after now, or before the run before it.
    fn redate(&mut self, n: usize) {
        self.line(n, "esc");
        self.send(n, Msg::Escape, By::Nobody);
        self.line(n, ".redate");
        let Some(question) = self.desks[n].model.question() else { return };
        let wrong = question.choices.iter().filter_map(|c| match &c.label {
            Label::Stretch(s) if s.end.is_some_and(|end| s.last.ms > end.to.ms || s.before.is_none() && s.from > Seq(1)) => Some(c.n),
            _ => None,
        });
        let Some(choice) = wrong.min() else {
            self.send(n, Msg::Escape, By::Nobody);
            return;
        };
        self.line(n, &choice.to_string());
        for line in ["", "", "", "主板电池", PIN, PIN] {
            let asks = self.desks[n].model.question().map(|q| q.asks);
            if matches!(asks, Some(Asks::Text)) && line.is_empty() {
                continue;
            }
            self.line(n, line);
        }
        self.send(n, Msg::Escape, By::Nobody);
    }

    /// A desk dies without closing anything, and is started again.
    fn start_again(&mut self, n: usize) {
        let clock = self.clock;
        self.books.starts();
        let again = open(self.folder.path(), n, clock);
        drop(std::mem::replace(&mut self.desks[n], again));
        self.books.outlived();
    }

    /// The power goes: what was synced is there, and the desks start from it.
    fn power_cut(&mut self, desks: usize) {
        self.say("power cut");
        self.tally.one("power cut");
        let folder = scratch();
        copy(self.folder.path(), folder.path());
        let clock = self.clock;
        self.books.starts();
        self.desks = (0..desks).map(|n| open(folder.path(), n, clock)).collect();
        self.folder = folder;
        self.books.go_on_in(self.folder.path());
        self.books.outlived();
    }

    /// The file is taken away, or an older one put in its place: nothing is acknowledged until it is back.
    fn without_its_file(&mut self, n: usize, other: Option<&Path>) {
        self.say("the file is taken away");
        self.tally.one("file away");
        // A check that has just begun would open the other file in this process, beside a desk that still reads the index of the first.
        for desk in &mut self.desks {
            desk.await_check(std::time::Duration::from_mins(1));
        }
        let (path, away) = (self.folder.path().join(FILE), self.folder.path().join("away"));
        fs::rename(&path, &away).unwrap();
        if let Some(other) = other {
            fs::copy(other, &path).unwrap();
        }
        let before = self.books.head();
        for _ in 0..2 {
            let card = self.dice.pick(&CARDS);
            self.say(&format!("{}: {card:?}", DESKS[n]));
            self.desks[n].catch_up();
            self.desks[n].send(Msg::Line { text: card.to_owned(), how: How::Scanned });
            assert_eq!(self.desks[n].take_recorded(), [], "nothing is acknowledged without the file");
        }
        fs::rename(&away, &path).unwrap();
        self.say("the file is back");
        self.books.read();
        assert_eq!(self.books.head(), before, "nor recorded");
        if other.is_some() {
            self.start_again(n); // another file stood there: that is for good until the desk is started anew
        }
        self.line(n, "");
    }

    fn check(&mut self, whole: bool) {
        for n in 0..self.desks.len() {
            self.desks[n].catch_up();
            self.took(n, By::Nobody, false);
        }
        // What was just read may say that a clock is wrong.
        (0..self.desks.len()).for_each(|n| self.send(n, Msg::Tick, By::Nobody));
        for desk in &self.desks {
            self.books.follows(desk);
            if self.books.compare(desk) {
                self.tally.one("compared");
            }
        }
        if whole {
            self.books.verify();
        }
    }

    /// The clock is put right, the desks are closed and started anew: everybody who came and was not released is here.
    fn end(&mut self) {
        self.clock_is(0, 0);
        self.check(false);
        self.power_cut(1);
        self.check(false);
        self.books.account_for_everybody(&self.desks);
        for desk in self.desks.drain(..) {
            desk.close();
        }
        self.books.outlived();
        self.books.verify();
    }
}
