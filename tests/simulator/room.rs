//! The room in which every afternoon begins, its files and desks, and how often what happened.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use caredesk::desk::appearance::Appearance;
use caredesk::domain::card::CardNumber;
use caredesk::domain::fact::{Draft, Fact};
use caredesk::domain::people::StaffId;
use caredesk::domain::settings::Settings;
use caredesk::domain::time::{Moment, time_of_day};
use caredesk::shell::clock::{Clock, Told};
use caredesk::shell::practice::{Plan, furnish, practice_day, settings};
use caredesk::shell::session::{Session, Setup};
use caredesk::store::{FILE, Kind, Recorded, Stamp, Store};
use caredesk::texts::Lang;

pub const DESKS: [&str; 2] = ["room", "gate"];

/// Cards of the practice room (siblings, a restricted child, a child with an alert), one that is not known, one with a wrong check
/// digit, and one of the staff.
pub const CARDS: [&str; 10] = ["453841", "693691", "779093", "159082", "504179", "792339", "112018", "000000", "453842", "609130"];

/// A furnished store, made once and copied for every afternoon.
pub struct Base {
    pub folder: tempfile::TempDir,
    pub start: Moment,
}

pub fn scratch() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory).unwrap() } else { tempfile::tempdir().unwrap() }
}

fn enter(store: &mut Store, facts: Vec<Fact>, desk: &str, now: Moment) {
    let (head, stamp) = (store.head().unwrap(), Stamp { now, desk: desk.to_owned(), staff: None });
    let drafts: Vec<Draft> = facts.into_iter().map(Draft::from).collect();
    assert!(matches!(store.record(head, &drafts, &stamp).unwrap(), Recorded::Done(_)));
}

impl Base {
    pub fn made() -> Self {
        let folder = scratch();
        let start = practice_day(time_of_day("17:16").unwrap());
        let mut whole = Store::memory().unwrap();
        furnish(&mut whole, Plan { start, lived_in: false, children: None, seed: 1 }).unwrap();
        let room = whole.load(start).unwrap().register;
        let mut facts: Vec<Fact> = room.staff().map(|staff| Fact::StaffSet { was: None, now: Box::new(staff.clone()) }).collect();
        for card in CARDS.iter().filter_map(|number| room.card(&CardNumber::new(*number))) {
            facts.push(Fact::ChildSet { was: None, now: Box::new(room.child(card.child).unwrap().clone()) });
            facts.extend(room.collectors(card.child).map(|c| Fact::CollectorSet { was: None, now: Box::new(c.clone()) }));
            facts.push(Fact::CardSet { was: None, now: Box::new(card.clone()) });
        }
        let mut store = Store::open(folder.path(), Kind::Practice, true).unwrap();
        enter(&mut store, facts, DESKS[0], start.plus_seconds(-120));
        for (desk, staff) in DESKS.into_iter().zip([StaffId(1), StaffId(2)]) {
            enter(&mut store, vec![Fact::SignedOn { staff }], desk, start.plus_seconds(-60));
        }
        store.close().unwrap();
        Self { folder, start }
    }
}

/// Copies the files of a store as they lie there, without what only the running desks share.
pub fn copy(from: &Path, to: &Path) {
    for file in fs::read_dir(from).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name.starts_with(FILE) && !name.ends_with("-shm") {
            fs::copy(&path, to.join(name)).unwrap();
        }
    }
}

pub fn open(folder: &Path, desk: usize, clock: Told) -> Session {
    let store = Store::open(folder, Kind::Practice, false).unwrap();
    let setup = Setup {
        settings: settings(Settings::default()),
        desk: DESKS[desk].to_owned(),
        lang: Lang::Zh,
        practice: false,
        appearance: Appearance::default(),
    };
    Session::start(store, Clock::Told(clock), setup).unwrap()
}

/// How often what happened, over all afternoons.
#[derive(Default, Debug)]
pub struct Tally(BTreeMap<&'static str, u64>);

impl Tally {
    pub fn one(&mut self, what: &'static str) {
        *self.0.entry(what).or_default() += 1;
    }

    pub fn add(&mut self, other: &Self) {
        for (what, n) in &other.0 {
            *self.0.entry(what).or_default() += n;
        }
    }

    /// Enough of everything happened that the checks mean something.
    pub fn check(&self, seeds: u64) {
        for (what, per_hundred) in [
            ("compared", 1200),
            ("arrived", 150),
            ("released", 30),
            ("killed", 15),
            ("power cut", 20),
            ("file away", 12),
            ("clock asked", 40),
            ("redated", 3),
            ("command ahead", 3),
        ] {
            let n = self.0.get(what).copied().unwrap_or(0);
            assert!(n * 100 >= seeds * per_hundred || seeds < 200, "{what}: {n} times in {seeds} afternoons");
        }
    }
}
