//! What you answer is what you saw, and a scan is never swallowed: over every list, every kind of form and every screen.
#![allow(clippy::unwrap_used, clippy::wildcard_enum_match_arm, clippy::similar_names)]

use std::path::Path;

use caredesk::desk::appearance::Appearance;
use caredesk::desk::{Effect, How, Model, Msg, update};
use caredesk::domain::settings::Settings;
use caredesk::domain::time::time_of_day;
use caredesk::shell::clock::Clock;
use caredesk::shell::practice::{Plan, furnish, practice_day, settings};
use caredesk::shell::session::{Session, Setup};
use caredesk::store::{Kind, Store};
use caredesk::texts::Lang;

#[path = "answers/door.rs"]
mod door;
#[path = "answers/families.rs"]
mod families;
#[path = "answers/known.rs"]
mod known;
#[path = "answers/lists.rs"]
mod lists;
#[path = "answers/open_register.rs"]
mod open_register;
#[path = "answers/past.rs"]
mod past;
#[path = "answers/refusing.rs"]
mod refusing;
#[path = "answers/scans.rs"]
mod scans;
#[path = "answers/unnamed.rs"]
mod unnamed;
#[path = "answers/unrecorded.rs"]
mod unrecorded;

/// The practice room, lived in, at 17:40: a desk on a store that others may join.
fn desk(dir: &Path, name: &str) -> Session {
    let start = practice_day(time_of_day("17:40").unwrap());
    let mut store = Store::open(dir, Kind::Practice, true).unwrap();
    if store.load(start).unwrap().head.0 == 0 {
        furnish(&mut store, Plan { start, lived_in: true, children: None, seed: 1 }).unwrap();
    }
    open(store, name)
}

fn open(store: Store, name: &str) -> Session {
    let start = practice_day(time_of_day("17:40").unwrap());
    let setup =
        Setup { settings: settings(Settings::default()), desk: name.to_owned(), lang: Lang::Zh, practice: true, appearance: Appearance::default() };
    Session::start(store, Clock::simulated(start, 0.001), setup).unwrap()
}

/// The same room at 16:31, with nobody in it yet.
fn fresh(dir: &Path, name: &str) -> Session {
    let start = practice_day(time_of_day("16:31").unwrap());
    let mut store = Store::open(dir, Kind::Practice, true).unwrap();
    if store.load(start).unwrap().head.0 == 0 {
        furnish(&mut store, Plan { start, lived_in: false, children: None, seed: 1 }).unwrap();
    }
    open(store, name)
}

/// A desk of its own, with nobody beside it.
fn alone() -> Session {
    let mut store = Store::memory().unwrap();
    furnish(&mut store, Plan { start: practice_day(time_of_day("17:40").unwrap()), lived_in: true, children: None, seed: 1 }).unwrap();
    open(store, "practice")
}

fn lines(session: &mut Session, lines: &[&str]) {
    for line in lines {
        session.send(Msg::Line { text: (*line).to_owned(), how: How::Scanned });
    }
}

/// What a line would do to a model, and what it would ask for.
fn would(model: &Model, text: &str, how: How) -> (Model, Vec<Effect>) {
    let mut model = model.clone();
    let now = model.now;
    let effects = update(&mut model, Msg::Line { text: text.to_owned(), how }, now);
    (model, effects)
}
