//! What has to hold after every step: a second reader of the file keeps the books.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use caredesk::domain::day::Presence;
use caredesk::domain::fact::{Entry, Fact, Ground, Seq, Taker};
use caredesk::domain::people::ChildId;
use caredesk::domain::time::Moment;
use caredesk::shell::session::Session;
use caredesk::store::{Loaded, Store};

/// Who made something happen.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Somebody with a card or a key.
    Person,
    /// Time, another desk, a restart.
    Nobody,
}

/// The journal as a second reader sees it, and what the desks acknowledged.
pub struct Books {
    reader: Store,
    journal: Vec<Entry>,
    acknowledged: BTreeSet<Seq>,
    by: By,
    loaded: Option<(Seq, Loaded)>,
    /// The true time, whatever any clock shows, milliseconds; and when by it every entry happened.
    truth: i64,
    happened: BTreeMap<Seq, i64>,
    /// When a desk started last: what it was not there to count it knows by dates alone.
    started: i64,
}

/// What follows so soon is the same reading, milliseconds.
const READ_TWICE_MS: i64 = 120_000;

/// Two desks may differ by so much, milliseconds.
const TOLERATED_MS: i64 = 5_000;

impl Books {
    pub fn of(folder: &Path) -> Self {
        let reader = Store::open_read_only(folder).unwrap();
        let (journal, acknowledged, happened) = (Vec::new(), BTreeSet::new(), BTreeMap::new());
        let mut books = Self { reader, journal, acknowledged, by: By::Person, loaded: None, truth: 0, happened, started: 0 };
        books.read();
        books
    }

    pub fn go_on_in(&mut self, folder: &Path) {
        self.reader = Store::open_read_only(folder).unwrap();
    }

    /// So much time went by, seconds.
    pub fn passes(&mut self, seconds: i64) {
        self.truth += seconds * 1000;
    }

    /// A desk starts.
    pub fn starts(&mut self) {
        self.started = self.truth;
    }

    pub fn head(&self) -> Seq {
        self.journal.last().map_or(Seq(0), |e| e.seq)
    }

    /// A desk said that these are done.
    pub fn acknowledged(&mut self, recorded: &[Seq], by: By, doubted: bool) {
        self.by = by;
        for seq in recorded {
            assert!(self.acknowledged.insert(*seq), "{seq:?} was acknowledged twice");
        }
        let head = self.reader.head().unwrap();
        assert!(recorded.iter().all(|seq| *seq <= head), "I7: acknowledged {recorded:?}, the journal ends at {head:?}");
        assert!(!doubted || recorded.is_empty(), "dated while the clock is not believed: {recorded:?}");
    }

    /// Everything acknowledged stands in the journal, and the journal begins as it did.
    pub fn outlived(&mut self) {
        let again = self.reader.entries_between(Seq(1), Seq(i64::MAX)).unwrap();
        let known = self.journal.iter().map(|e| (e.seq, &e.fact));
        assert!(again.iter().map(|e| (e.seq, &e.fact)).take(self.journal.len()).eq(known), "the journal begins as it did");
        assert!(self.acknowledged.iter().all(|seq| again.iter().any(|e| e.seq == *seq)), "acknowledged and lost");
        self.read();
    }

    /// Takes in what was entered since, entry by entry; gives it.
    pub fn read(&mut self) -> Vec<Fact> {
        let new = self.reader.entries_between(Seq(self.head().0 + 1), Seq(i64::MAX)).unwrap();
        for entry in &new {
            self.check(entry);
            self.happened.insert(entry.seq, self.truth - (entry.entered_at.ms - entry.at.ms));
            self.journal.push(entry.clone());
        }
        if new.iter().any(|e| matches!(e.fact, Fact::Redated { .. })) {
            self.journal = self.reader.entries_between(Seq(1), Seq(i64::MAX)).unwrap();
            for pair in self.journal.windows(2) {
                let goes_on = pair[0].entered_at.ms <= pair[1].entered_at.ms || matches!(pair[1].fact, Fact::ClockSet { .. });
                assert!(goes_on && pair[1].at.ms <= pair[1].entered_at.ms, "I8: {pair:?}");
            }
        }
        new.into_iter().map(|e| e.fact).collect()
    }

    /// I2, I3, I8, I10 of one entry after those before it.
    fn check(&self, entry: &Entry) {
        let last = self.journal.last().map_or(i64::MIN, |e| e.entered_at.ms);
        assert_eq!(entry.seq.0, self.head().0 + 1, "without gaps");
        assert!(entry.at.ms <= entry.entered_at.ms, "I8: {entry:?}");
        assert!(entry.entered_at.ms >= last || matches!(entry.fact, Fact::ClockSet { .. }), "I8: {entry:?}");
        if let Fact::Released { child, arrival, ground, taker, .. } = &entry.fact {
            assert!(self.by == By::Person, "I10: nobody asked for {entry:?}");
            assert!(self.inside().get(child) == Some(arrival), "I2: {entry:?}");
            assert!(entry.staff.is_some(), "I3: {entry:?}");
            assert_eq!(matches!(ground, Ground::SelfLeave), *taker == Taker::Itself, "I3: {entry:?}");
            let came = self.happened.get(arrival).copied().unwrap_or_default();
            let read_twice = matches!(ground, Ground::Card { .. }) && self.truth - came < READ_TWICE_MS && came >= self.started;
            assert!(!read_twice, "by a second reading, {} ms after it came: {entry:?}", self.truth - came);
        }
        if let Fact::Arrived { child, .. } = &entry.fact {
            assert!(!self.inside().contains_key(child), "I1: {entry:?}");
        }
    }

    /// Who is in the room's charge, by arrivals, releases and what was taken back alone.
    fn inside(&self) -> BTreeMap<ChildId, Seq> {
        let undone: BTreeSet<Seq> =
            self.journal.iter().filter_map(|e| if let Fact::Undone { seq, .. } = e.fact { Some(seq) } else { None }).collect();
        let mut inside = BTreeMap::new();
        for entry in self.journal.iter().filter(|e| !undone.contains(&e.seq)) {
            match &entry.fact {
                Fact::Arrived { child, .. } => _ = inside.insert(*child, entry.seq),
                Fact::Released { child, .. } => _ = inside.remove(child),
                _ => {}
            }
        }
        inside
    }

    /// No desk stands still, or runs ahead, whatever was entered under whatever clock.
    pub fn follows(&self, desk: &Session) {
        let (shown, counted) = (desk.model.now, desk.now());
        assert!((shown.ms - counted.ms).abs() <= TOLERATED_MS, "the desk stands at {}, and counts {}", shown.local(), counted.local());
        let ahead = self.journal.last().is_some_and(|e| e.seq == desk.model.head && e.entered_at.ms - counted.ms > TOLERATED_MS);
        assert!(!ahead || desk.model.doubted.is_some(), "an entry lies ahead, and nobody is asked");
    }

    /// What a desk knows is what the tables hold, and both are the fold of the journal; whether that could be held against each
    /// other.
    pub fn compare(&mut self, desk: &Session) -> bool {
        if desk.model.head != self.head() || desk.model.doubted.is_some() {
            return false; // it has not seen everything, or does not know what day it is
        }
        let known = self.loaded.as_ref().is_some_and(|(head, loaded)| *head == self.head() && loaded.day.date() == desk.now().date());
        if !known {
            self.loaded = Some((self.head(), self.reader.load(desk.now()).unwrap()));
        }
        let (_, loaded) = self.loaded.as_ref().unwrap();
        assert_eq!(loaded.register, desk.model.register, "I6: tables and desk");
        assert_eq!(loaded.day.date(), desk.model.day.date(), "I6: the day");
        assert_eq!(loaded.day.state(), desk.model.day.state(), "I6: the day of tables and desk");
        let open: BTreeMap<ChildId, Seq> = loaded.day.state().left_open().into_iter().map(|o| (o.child, o.visit.arrival)).collect();
        assert_eq!(open, self.inside(), "who is here");
        let n = desk.model.register.card_count();
        assert_eq!(n.rack + n.holder + n.away + n.lost, n.issued, "I4");
        let counts = desk.model.counts();
        assert_eq!(counts.inside + counts.outside, open.len(), "I6: the counts on the screen");
        true
    }

    pub fn verify(&self) {
        assert_eq!(self.reader.verify().problems, [], "verify");
    }

    /// Every child that came and was not released is here, whoever looks and whatever day it is.
    pub fn account_for_everybody(&self, desks: &[Session]) {
        for desk in desks {
            for (child, arrival) in self.inside() {
                let (Presence::In(visit) | Presence::Out(visit, _)) = desk.model.day.state().presence(child) else {
                    panic!("{child:?} is forgotten");
                };
                assert_eq!(visit.arrival, arrival, "{child:?}");
            }
        }
        let later = Moment { ms: self.journal.last().unwrap().entered_at.ms + 3 * 86_400_000, offset_min: 480 };
        let open: Vec<ChildId> = self.reader.load(later).unwrap().day.state().left_open().into_iter().map(|o| o.child).collect();
        assert_eq!(open, self.inside().into_keys().collect::<Vec<_>>(), "three days later");
    }
}
