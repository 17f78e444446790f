//! Rows of the roster: who is in, expected, out, gone; in a fixed order, so that a child does not move while somebody
//! looks for it.
//!
//! [`Names`] are the children in the order of their classes, with search keys that are made once, when they are first
//! needed. A [`Table`] is the roster with its counts, kept entry by entry: a scan changes one row, a key none.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::OnceLock;

use chrono::NaiveDate;

use crate::domain::day::{ChildDay, Counts, Presence, Share, State};
use crate::domain::fact::{Entry, Fact, OfficeFact};
use crate::domain::people::{Child, ChildId, IdMap};
use crate::domain::register::Register;
use crate::domain::search::{Keys, Query, sounds_like};
use crate::domain::settings::Place;
use crate::domain::time::Moment;
use crate::rules::hours::DueOn;

use super::{Effect, Model};

/// Children in the order grade, class, seat, with their search keys.
#[derive(Clone, Debug, Default)]
pub struct Names {
    list: Vec<ChildId>,
    order: IdMap<usize>,
    with_alert: Vec<ChildId>,
    index: OnceLock<Index>,
}

/// Search keys in the order of the list, and who could sound like whom.
#[derive(Clone, Debug, Default)]
struct Index {
    keys: Vec<Keys>,
    by_sound: HashMap<String, Vec<usize>>,
}

impl Names {
    /// Every enrolled child. The search keys are made when they are first needed, or by [`Names::prepare`].
    #[must_use]
    pub fn of(register: &Register) -> Self {
        let mut children: Vec<&Child> = register.children().filter(|c| c.enrolled).collect();
        children.sort_unstable_by_key(|c| (c.grade, c.class_no, c.seat, c.id));
        let order = children.iter().enumerate().map(|(order, c)| (c.id, order)).collect();
        let list = children.into_iter().map(|c| c.id).collect();
        let with_alert = register.children().filter(|c| c.health.is_some()).map(|c| c.id).collect();
        Self { list, order, with_alert, index: OnceLock::new() }
    }

    /// Makes the search keys now, so that the first key pressed does not wait for them.
    pub fn prepare(&self, register: &Register) {
        self.index(register);
    }

    fn index(&self, register: &Register) -> &Index {
        self.index.get_or_init(|| {
            let keys: Vec<Keys> = self.list.iter().map(|id| Keys::of(register.child(*id).map_or("", |c| &c.name))).collect();
            let mut by_sound: HashMap<String, Vec<usize>> = HashMap::new();
            for (order, key) in keys.iter().enumerate() {
                for sound in key.rough_sounds() {
                    by_sound.entry(sound).or_default().push(order);
                }
            }
            Index { keys, by_sound }
        })
    }

    /// Children whose name fits a query, in the order grade, class, seat.
    #[must_use]
    pub fn find(&self, register: &Register, query: &str) -> Vec<ChildId> {
        let query = Query::of(query);
        let fits = self.index(register).keys.iter().zip(&self.list).filter(|(keys, _)| keys.matches(&query));
        fits.map(|(_, id)| *id).collect()
    }

    /// All children, in the order grade, class, seat.
    pub fn all(&self) -> impl ExactSizeIterator<Item = ChildId> + '_ {
        self.list.iter().copied()
    }

    /// Children with a health alert.
    #[must_use]
    pub fn with_alert(&self) -> &[ChildId] {
        &self.with_alert
    }

    /// Other children whose names sound the same (N07).
    #[must_use]
    pub fn same_sound(&self, register: &Register, child: ChildId) -> Vec<ChildId> {
        let Some(own) = self.order.get(&child) else { return Vec::new() };
        let index = self.index(register);
        let Some(keys) = index.keys.get(*own) else { return Vec::new() };
        let near: BTreeSet<usize> = keys.rough_sounds().iter().filter_map(|sound| index.by_sound.get(sound)).flatten().copied().collect();
        let alike = near.into_iter().filter(|other| other != own && index.keys.get(*other).is_some_and(|k| sounds_like(k, keys)));
        alike.filter_map(|other| self.list.get(other)).copied().collect()
    }

    fn order_of(&self, child: ChildId) -> usize {
        self.order.get(&child).copied().unwrap_or(usize::MAX)
    }
}

/// What the roster says of a child.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Standing {
    /// Not collected on an earlier day: whether it is here has to be said.
    LeftOpen,
    /// Out for a while since an earlier day.
    OutOpen,
    /// Not seen since its group came back without it.
    Missing,
    /// Shown at the door, and not said yet whether it is taken in.
    AtDoor,
    /// Here.
    In,
    /// Out for a while.
    Out,
    /// Due and not here.
    Expected,
    /// On leave.
    Leave,
    /// Gone home.
    Gone,
    /// Not due today.
    NotToday,
}

/// One row.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Row {
    /// Where the child stands.
    pub standing: Standing,
    /// Since when: its arrival, or its release.
    pub since: Option<Moment>,
    /// Its place in the order grade, class, seat.
    pub order: usize,
    /// The child.
    pub child: ChildId,
}

/// What a table is made from.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// People.
    pub register: &'a Register,
    /// Who is due on that day.
    pub due: DueOn<'a>,
    /// The children in their order.
    pub names: &'a Names,
    /// Who is where.
    pub state: &'a State,
    /// On which day.
    pub date: NaiveDate,
}

impl Source<'_> {
    fn row(&self, child: ChildId) -> Row {
        let day = self.state.child(child);
        let last = day.and_then(|d| d.visits.last());
        let standing = self.standing(child, day);
        let since = match standing {
            Standing::Missing => last.and_then(|v| v.missing.as_ref()).map(|m| m.since),
            Standing::LeftOpen | Standing::OutOpen | Standing::In | Standing::Out => last.map(|v| v.arrived),
            Standing::Gone => last.and_then(|v| v.release.as_ref()).map(|r| r.at),
            Standing::AtDoor => day.and_then(|d| d.at_door),
            Standing::Expected | Standing::Leave | Standing::NotToday => None,
        };
        Row { standing, since, order: self.names.order_of(child), child }
    }

    fn standing(&self, child: ChildId, day: Option<&ChildDay>) -> Standing {
        match day.map_or(Presence::NotHere, ChildDay::presence) {
            Presence::In(visit) if visit.arrived.date() < self.date => Standing::LeftOpen,
            Presence::In(visit) if visit.missing.is_some() => Standing::Missing,
            Presence::In(_) => Standing::In,
            Presence::Out(visit, _) if visit.arrived.date() < self.date => Standing::OutOpen,
            Presence::Out(..) => Standing::Out,
            Presence::Gone(..) => Standing::Gone,
            Presence::NotHere if day.is_some_and(|d| d.at_door.is_some()) => Standing::AtDoor,
            Presence::NotHere if day.is_some_and(|d| d.leave.is_some()) => Standing::Leave,
            Presence::NotHere if self.is_due(child) => Standing::Expected,
            Presence::NotHere => Standing::NotToday,
        }
    }

    fn is_due(&self, child: ChildId) -> bool {
        self.register.child(child).is_some_and(|c| self.due.has(c))
    }
}

/// The roster of a day at a moment: rows, counts, who is at which place.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Table {
    rows: Vec<Row>,
    kept: IdMap<Kept>,
    counts: Counts,
    places: BTreeMap<Place, BTreeSet<(usize, ChildId)>>,
    called: BTreeSet<ChildId>,
}

/// What the table holds of a child, so that it can be taken out again.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Kept {
    row: Row,
    place: Option<Place>,
    share: Share,
}

impl Table {
    /// The table of a source: every enrolled child, and whoever else came.
    #[must_use]
    pub fn of(source: Source<'_>) -> Self {
        let mut table = Self { rows: Vec::with_capacity(source.names.list.len()), ..Self::default() };
        table.kept.reserve(source.names.list.len());
        let others = source.state.children().map(|(id, _)| id).filter(|id| source.names.order_of(*id) == usize::MAX);
        for child in source.names.all().chain(others) {
            let row = table.count_in(source, child);
            table.rows.push(row);
        }
        table.rows.sort_unstable();
        table
    }

    /// Brings one child's row up to date.
    pub fn update(&mut self, source: Source<'_>, child: ChildId) {
        if let Some(old) = self.count_out(child)
            && let Ok(place) = self.rows.binary_search(&old)
        {
            self.rows.remove(place);
        }
        let new = self.count_in(source, child);
        let place = self.rows.partition_point(|row| *row < new);
        self.rows.insert(place, new);
    }

    fn count_in(&mut self, source: Source<'_>, child: ChildId) -> Row {
        let row = source.row(child);
        let share = Share::of(source.state.child(child), source.is_due(child), source.date);
        self.counts.add(share);
        let mut place = None;
        // Who is missing is at no place, and of who was left open nobody knows: they stand in lists of their own.
        if let Some(day) = source.state.child(child).filter(|_| row.standing == Standing::In)
            && let Presence::In(visit) = day.presence()
        {
            place = Some(visit.place.clone());
            self.places.entry(visit.place.clone()).or_default().insert((row.order, child));
            if day.called_over.is_some() {
                self.called.insert(child);
            }
        }
        self.kept.insert(child, Kept { row, place, share });
        row
    }

    fn count_out(&mut self, child: ChildId) -> Option<Row> {
        let Kept { row, place, share } = self.kept.remove(&child)?;
        self.counts.take(share);
        if let Some(place) = place
            && let Some(list) = self.places.get_mut(&place)
        {
            list.remove(&(row.order, child));
            if list.is_empty() {
                self.places.remove(&place);
            }
        }
        self.called.remove(&child);
        Some(row)
    }

    /// All rows: first who was left open from an earlier day, who is missing, and who stands at the door; then who is here by arrival, then out, expected, away, gone, not due.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Whether anybody stands so.
    #[must_use]
    pub fn any(&self, standing: Standing) -> bool {
        !self.standing(standing).is_empty()
    }

    /// The rows of all who stand so.
    #[must_use]
    pub fn standing(&self, standing: Standing) -> &[Row] {
        let first = self.rows.partition_point(|r| r.standing < standing);
        let end = self.rows.partition_point(|r| r.standing <= standing);
        self.rows.get(first..end).unwrap_or_default()
    }

    /// Children who are out for a while, those of an earlier day first.
    pub fn outside(&self) -> impl Iterator<Item = ChildId> + '_ {
        self.standing(Standing::OutOpen).iter().chain(self.standing(Standing::Out)).map(|r| r.child)
    }

    /// The row of a child.
    #[must_use]
    pub fn row(&self, child: ChildId) -> Option<Row> {
        self.kept.get(&child).map(|kept| kept.row)
    }

    /// The counts, without the rack.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// Who is at a place, in the order grade, class, seat.
    #[must_use]
    pub fn at(&self, place: &Place) -> impl ExactSizeIterator<Item = ChildId> + '_ {
        const NOBODY: &BTreeSet<(usize, ChildId)> = &BTreeSet::new();
        self.places.get(place).unwrap_or(NOBODY).iter().map(|(_, child)| *child)
    }

    /// The places at which somebody is.
    pub fn places(&self) -> impl Iterator<Item = &Place> {
        self.places.keys()
    }

    /// Children who were called to the desk and have not come yet.
    #[must_use]
    pub fn called(&self) -> impl ExactSizeIterator<Item = ChildId> + '_ {
        self.called.iter().copied()
    }
}

/// What of the roster is shown.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Narrowed {
    /// All, as the table has them.
    #[default]
    All,
    /// Who is here or out, the longest here first, with the minutes.
    Waiting,
    /// Who is at a place.
    At(Place),
    /// Who stands so.
    Standing(Standing),
    /// All, by class.
    ByClass,
}

impl Model {
    /// What the roster can be narrowed to now, in the order of F2.
    #[must_use]
    pub fn narrowings(&self) -> Vec<Narrowed> {
        let mut list = vec![Narrowed::All, Narrowed::Waiting, Narrowed::Standing(Standing::Expected)];
        let shown = self.settings.places.iter().filter(|p| self.table.at(p).len() > 0);
        list.extend(shown.cloned().map(Narrowed::At));
        list.extend(self.table.places().filter(|p| !self.settings.places.contains(p)).cloned().map(Narrowed::At));
        for standing in [Standing::LeftOpen, Standing::OutOpen, Standing::Missing, Standing::AtDoor, Standing::Out, Standing::Leave, Standing::Gone] {
            if self.table.any(standing) {
                list.push(Narrowed::Standing(standing));
            }
        }
        list.push(Narrowed::ByClass);
        list
    }

    /// The rows that the roster shows for a query, from one of them on, and how many there are in all; at the past moment
    /// that is shown if one is. A query searches all children, and its hits stand in the order in which Enter numbers them.
    #[must_use]
    pub fn roster(&self, query: &str, from: usize, most: usize) -> (usize, Vec<Row>) {
        let table = self.past.as_ref().map_or(&self.table, |past| &past.table);
        let of_children = |list: Vec<ChildId>| {
            let rows = list.iter().skip(from).take(most).filter_map(|c| table.row(*c)).collect();
            (list.len(), rows)
        };
        let of_rows = |rows: &[Row]| (rows.len(), rows.iter().skip(from).take(most).copied().collect());
        if !query.is_empty() {
            return of_children(self.names.find(&self.register, query));
        }
        match &self.narrowed {
            Narrowed::All => of_rows(table.rows()),
            Narrowed::Waiting => {
                // Who is here or out stands first in the table, and the longest here first among the former.
                let here = |r: &Row| matches!(r.standing, Standing::LeftOpen | Standing::OutOpen | Standing::Missing | Standing::In | Standing::Out);
                let mut rows: Vec<Row> = table.rows().iter().take_while(|r| here(r)).copied().collect();
                rows.sort_by_key(|r| (r.since, r.order));
                of_rows(&rows)
            }
            Narrowed::At(place) => of_children(table.at(place).collect()),
            Narrowed::Standing(standing) => of_rows(table.standing(*standing)),
            Narrowed::ByClass => of_children(self.names.all().collect()),
        }
    }

    /// What the roster's table is made from.
    #[must_use]
    pub fn source(&self) -> Source<'_> {
        let date = self.day.date();
        Source { register: &self.register, due: DueOn::new(&self.settings, date), names: &self.names, state: self.day.state(), date }
    }

    /// Makes the table anew: after an undo, a new day, a change of the register.
    pub(crate) fn rebuild_table(&mut self) {
        self.table = Table::of(self.source());
    }

    /// Shows a past moment: people, cards, calendar and places as they were then.
    pub(crate) fn show_past(&mut self, when: Moment, register: Register, state: State) {
        let settings = self.base.overlaid(register.office());
        let names = Names::of(&register);
        let due = DueOn::new(&settings, when.date());
        let table = Table::of(Source { register: &register, due, names: &names, state: &state, date: when.date() });
        self.past = Some(Past { when, register, state, table, is_stale: false });
    }

    /// What was entered may have changed the past that is shown: it was taken back, or had happened before.
    pub(crate) fn past_may_change(&mut self, entries: &[Entry]) {
        let is_forgotten = |when: Moment| {
            let until = |e: &Entry| if let Fact::Office(OfficeFact::DaysForgotten { until }) = &e.fact { Some(*until) } else { None };
            entries.iter().filter_map(until).any(|until| when.date() <= until)
        };
        if self.past.as_ref().is_some_and(|past| is_forgotten(past.when)) {
            self.past = None;
        }
        if let Some(past) = &mut self.past {
            past.is_stale |= entries.iter().any(|e| matches!(e.fact, Fact::Undone { .. } | Fact::Redated { .. }) || e.at.ms <= past.when.ms);
        }
    }

    /// Asks for the past that is shown once more, if it may have changed.
    pub(crate) fn look_again(&mut self) -> Option<Effect> {
        let past = self.past.as_mut().filter(|past| past.is_stale)?;
        past.is_stale = false;
        Some(Effect::LookBack(past.when))
    }

    /// The day that is shown: now, or the past moment.
    #[must_use]
    pub fn shown_state(&self) -> &State {
        self.past.as_ref().map_or(self.day.state(), |past| &past.state)
    }

    /// The register that is shown: now, or of the past moment.
    #[must_use]
    pub fn shown_register(&self) -> &Register {
        self.past.as_ref().map_or(&self.register, |past| &past.register)
    }
}

/// A past moment that is shown.
#[derive(Clone, Debug)]
pub struct Past {
    /// The moment.
    pub when: Moment,
    /// People, cards and calendar then.
    pub register: Register,
    /// Who was where.
    pub state: State,
    /// The roster then.
    pub table: Table,
    is_stale: bool,
}

impl Past {
    /// The counts of then, with the cards that hung on the rack.
    #[must_use]
    pub fn counts(&self) -> Counts {
        Counts { rack: self.register.card_count_on(self.when.date()).rack, ..self.table.counts() }
    }
}
