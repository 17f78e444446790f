//! One care day: who came, who is where, who left with whom. The fold of today's facts over the stays still open before.
//!
//! The same fold serves start-up, the live desk, undo and time travel. Nothing here ever releases a child: only a
//! [`Fact::Released`] does, and only a person enters one (I10, F062).

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveTime};

use super::activity::{Back, GroupId, Groups};
use super::card::CardNumber;
use super::closing::{Chase, Extended, Found, Stay};
use super::fact::{
    Account, CallPurpose, CallResult, Doubt, EarlyReason, Entry, Fact, Ground, GroupFact, HoldAnswer, Holder, Incident, Late, LeaveReason, Means,
    Seq, Taker,
};
use super::people::{ChildId, CollectorId, StaffId};
use super::register::Register;
use super::settings::Place;
use super::time::Moment;

mod counts;

pub use counts::{Counts, Share};

/// One care day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Day {
    date: NaiveDate,
    opening: Vec<Open>,
    entries: Vec<Entry>,
    undone: BTreeSet<Seq>,
    state: State,
}

/// What an earlier day left open of a child.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Open {
    /// The child.
    pub child: ChildId,
    /// The stay that nobody ended.
    pub visit: Visit,
    /// The hold that nobody lifted.
    pub held: Option<Held>,
}

/// The state of a day at some moment.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct State {
    date: NaiveDate,
    children: BTreeMap<ChildId, ChildDay>,
    duty: Vec<OnDuty>,
    actors: BTreeMap<String, StaffId>,
    groups: Groups,
    leader_told: Vec<(Moment, StaffId)>,
    told_of: BTreeMap<ChildId, Moment>,
}

/// Somebody on duty, since when.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OnDuty {
    /// Who.
    pub staff: StaffId,
    /// Since when.
    pub since: Moment,
}

/// What a day knows about one child.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ChildDay {
    /// Stays, the latest last; all but the latest are ended.
    pub visits: Vec<Visit>,
    /// Whether the child was reported as not coming today.
    pub leave: Option<LeaveReason>,
    /// Since when it is known to stand at the door, and nobody has said whether it is taken in.
    pub at_door: Option<Moment>,
    /// Notes for today.
    pub notes: Vec<(Moment, String)>,
    /// Calls made today.
    pub calls: Vec<Call>,
    /// The health alert was acknowledged.
    pub acknowledged: bool,
    /// Called to the desk from another place, and not there yet.
    pub called_over: Option<Moment>,
    /// How often somebody who may not was turned away.
    pub held_back: u32,
    /// Held back, until a leader lifts it (N14).
    pub held: Option<Held>,
    /// When a leader lifted a hold last.
    pub hold_lifted: Option<Moment>,
    /// Calls about the child being missed or not fetched.
    pub chases: Vec<Chase>,
    /// Extended care.
    pub extended: Option<Extended>,
    /// How it stays while nobody fetches it, and since when.
    pub stays: Option<(Moment, Stay)>,
    /// Incidents that are open.
    pub incidents: Vec<(Moment, Incident)>,
}

/// A child that is held back: nobody takes it until a leader has decided.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Held {
    /// Since when.
    pub since: Moment,
    /// What leaders noted meanwhile.
    pub notes: Vec<(Moment, String)>,
}

/// A child that did not come back with its group.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Missing {
    /// The journal number of the entry that says so.
    pub seq: Seq,
    /// Since when.
    pub since: Moment,
    /// Where it was last.
    pub place: Place,
}

/// One stay, from arrival to release.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Visit {
    /// The journal number of the arrival: the token that a release consumes (N09).
    pub arrival: Seq,
    /// When the child arrived.
    pub arrived: Moment,
    /// The card shown at arrival.
    pub card: Option<CardNumber>,
    /// How the child was identified.
    pub means: Means,
    /// Who holds the card.
    pub holder: Holder,
    /// Where the child is.
    pub place: Place,
    /// Since when it is there.
    pub place_since: Moment,
    /// What was answered with yes at arrival.
    pub despite: Option<Doubt>,
    /// Out for a while with a collector (F045).
    pub out: Option<Outing>,
    /// Missing since its group came back without it. It belongs to the stay: no midnight ends it, nor any move (N36).
    pub missing: Option<Missing>,
    /// When somebody last said of a stay open from an earlier day that the child is still here.
    pub still_here: Option<Moment>,
    /// How the stay ended.
    pub release: Option<Release>,
}

/// A temporary exit (F045).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outing {
    /// The journal number of the entry that says so.
    pub seq: Seq,
    /// With whom.
    pub taker: CollectorId,
    /// Since when.
    pub since: Moment,
    /// Expected back.
    pub back_by: Option<NaiveTime>,
    /// On what ground, with its evidence; older entries have none.
    pub ground: Option<Ground>,
}

impl Outing {
    /// When the child is expected back: on the day on which it went.
    #[must_use]
    pub fn due(&self) -> Option<Moment> {
        self.back_by.map(|time| self.since.at_time(time))
    }

    /// The card that was shown when the child went; it hangs on the rack meanwhile.
    #[must_use]
    pub fn card(&self) -> Option<&CardNumber> {
        self.ground.as_ref()?.card()
    }
}

/// The end of a stay.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Release {
    /// Its journal number.
    pub seq: Seq,
    /// When the child left.
    pub at: Moment,
    /// When that was entered.
    pub entered_at: Moment,
    /// On what ground.
    pub ground: Ground,
    /// With whom.
    pub taker: Taker,
    /// Why early.
    pub early: Option<EarlyReason>,
    /// How late and why.
    pub late: Option<Late>,
    /// Who let the child go.
    pub staff: Option<StaffId>,
}

/// A call.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Call {
    /// When.
    pub at: Moment,
    /// To whom.
    pub collector: CollectorId,
    /// Why.
    pub purpose: CallPurpose,
    /// With what result.
    pub result: CallResult,
}

/// Where a child stands today.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Presence<'a> {
    /// Not here yet.
    NotHere,
    /// In the room's charge.
    In(&'a Visit),
    /// Out for a while with a collector; the stay goes on.
    Out(&'a Visit, &'a Outing),
    /// Released.
    Gone(&'a Visit, &'a Release),
}

impl Presence<'_> {
    /// Whether a stay goes on: in, or out for a while.
    #[must_use]
    pub fn is_here(self) -> bool {
        matches!(self, Self::In(_) | Self::Out(..))
    }
}

impl Day {
    /// A day on which nothing was entered yet. `opening` is what earlier days left open.
    #[must_use]
    pub fn new(date: NaiveDate, opening: Vec<Open>) -> Self {
        let mut day = Self { date, opening, entries: Vec::new(), undone: BTreeSet::new(), state: State::on(date) };
        day.state = day.opening_state();
        day
    }

    /// Folds one entry in.
    pub fn apply(&mut self, entry: &Entry) {
        if let Fact::Undone { seq, .. } = entry.fact {
            self.undone.insert(seq);
            self.entries.push(entry.clone());
            self.state = self.fold(self.entries.iter());
        } else {
            self.state.apply(entry);
            self.entries.push(entry.clone());
        }
    }

    /// The next care day: keeps the stays that are still open with the holds on them, nothing else.
    #[must_use]
    pub fn next(&self, date: NaiveDate) -> Self {
        Self::new(date, self.state.left_open())
    }

    /// The state at an earlier moment of this day: entries that had happened by then, in the order in which they
    /// happened, without those taken back (N11).
    #[must_use]
    pub fn at(&self, when: Moment) -> State {
        let mut past: Vec<&Entry> = self.entries.iter().filter(|e| e.at.ms <= when.ms).collect();
        past.sort_by_key(|e| (e.at.ms, e.seq));
        self.fold(past.into_iter())
    }

    /// The state now.
    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }

    /// The local date.
    #[must_use]
    pub fn date(&self) -> NaiveDate {
        self.date
    }

    /// Everything entered today, in order, with what was taken back.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// One of today's entries.
    #[must_use]
    pub fn entry(&self, seq: Seq) -> Option<&Entry> {
        let index = self.entries.binary_search_by_key(&seq, |e| e.seq).ok()?;
        self.entries.get(index)
    }

    /// The number of the next group: never one that was given before, not even one that was taken back.
    #[must_use]
    pub fn next_group(&self) -> GroupId {
        let given = self.entries.iter().filter_map(|e| if let Fact::Group(GroupFact::Made { group }) = &e.fact { Some(group.id.0) } else { None });
        GroupId(given.max().unwrap_or(0) + 1)
    }

    /// Whether an entry of today was taken back.
    #[must_use]
    pub fn is_undone(&self, seq: Seq) -> bool {
        self.undone.contains(&seq)
    }

    fn opening_state(&self) -> State {
        let mut state = State::on(self.date);
        for open in self.opening.iter().filter(|open| !self.undone.contains(&open.visit.arrival)) {
            let day = state.child_mut(open.child);
            day.visits.push(open.visit.clone());
            day.held.clone_from(&open.held);
        }
        state
    }

    fn fold<'a>(&'a self, entries: impl Iterator<Item = &'a Entry>) -> State {
        let mut state = self.opening_state();
        for entry in entries.filter(|e| !self.undone.contains(&e.seq)) {
            state.apply(entry);
        }
        state
    }
}

impl State {
    /// The state at the beginning of a date, with nobody here.
    #[must_use]
    pub fn on(date: NaiveDate) -> Self {
        Self { date, ..Self::default() }
    }

    /// The date whose state it is.
    #[must_use]
    pub fn date(&self) -> NaiveDate {
        self.date
    }

    /// Folds one entry in; one that was taken back must be left out by the caller.
    pub fn apply(&mut self, entry: &Entry) {
        match &entry.fact {
            Fact::Arrived { child, card, means, holder, place, despite } => {
                let visit = Visit {
                    arrival: entry.seq,
                    arrived: entry.at,
                    card: card.clone(),
                    means: *means,
                    holder: holder.clone(),
                    place: place.clone(),
                    place_since: entry.at,
                    despite: *despite,
                    out: None,
                    missing: None,
                    still_here: None,
                    release: None,
                };
                let day = self.child_mut(*child);
                // What was decided for the evening was decided of the stay that has ended since.
                if !day.visits.is_empty() {
                    (day.extended, day.stays) = (None, None);
                }
                day.visits.push(visit);
                (day.acknowledged, day.at_door) = (false, None);
            }
            Fact::HolderNamed { child, now, .. } => self.open_visit(*child, |v| v.holder = now.clone()),
            Fact::AlertAcknowledged { child } => self.child_mut(*child).acknowledged = true,
            Fact::Released { child, ground, taker, early, late, arrival } => {
                let release = Release {
                    seq: entry.seq,
                    at: entry.at,
                    entered_at: entry.entered_at,
                    ground: ground.clone(),
                    taker: *taker,
                    early: *early,
                    late: *late,
                    staff: entry.staff,
                };
                self.groups.put(*child, None);
                // What was entered under a wrong date in the middle of this day is of this day.
                let of_before = entry.at.date() < self.date && entry.entered_at.date() >= self.date;
                let day = self.child_mut(*child);
                day.called_over = None;
                if of_before {
                    // A stay that ended on an earlier day is none of today's: the child is not here yet.
                    day.visits.retain(|v| v.arrival != *arrival);
                } else if let Some(visit) = day.visits.iter_mut().find(|v| v.arrival == *arrival) {
                    (visit.out, visit.missing) = (None, None);
                    visit.release = Some(release);
                    day.at_door = None;
                }
            }
            Fact::SteppedOut { child, taker, back_by, ground, .. } => {
                let outing = Outing { seq: entry.seq, taker: *taker, since: entry.at, back_by: *back_by, ground: ground.clone() };
                let day = self.child_mut(*child);
                day.called_over = None;
                // Who goes from another place is no longer with the group there.
                if day.visits.last().is_some_and(|v| !v.place.is_room()) {
                    self.groups.put(*child, None);
                }
                self.open_visit(*child, |v| v.out = Some(outing));
            }
            Fact::CameBack { child } => self.open_visit(*child, |v| {
                v.out = None;
                if !v.place.is_room() {
                    v.place = Place::room();
                    v.place_since = entry.at;
                }
            }),
            Fact::Moved { child, now, .. } => {
                self.child_mut(*child).called_over = None;
                self.open_visit(*child, |v| {
                    v.place = now.clone();
                    v.place_since = entry.at;
                });
            }
            Fact::CalledOver { child } => self.child_mut(*child).called_over = Some(entry.at),
            Fact::LeaveTaken { child, reason } => self.child_mut(*child).leave = Some(*reason),
            Fact::NoteLeft { child, text } => self.child_mut(*child).notes.push((entry.at, text.clone())),
            Fact::Called { child, collector, purpose, result, number: _ } => {
                self.child_mut(*child).calls.push(Call { at: entry.at, collector: *collector, purpose: *purpose, result: *result });
            }
            Fact::HeldBack { child } => {
                let day = self.child_mut(*child);
                day.held_back += 1;
                day.held.get_or_insert_with(|| Held { since: entry.at, notes: Vec::new() });
            }
            Fact::HoldDecided { child, how, .. } => {
                let day = self.child_mut(*child);
                match how {
                    HoldAnswer::Left | HoldAnswer::Listed => {
                        day.held = None;
                        day.hold_lifted = Some(entry.at);
                    }
                    HoldAnswer::Noted { text } => day.held.iter_mut().for_each(|held| held.notes.push((entry.at, text.clone()))),
                }
            }
            Fact::SignedOn { staff } => {
                self.duty.retain(|d| d.staff != *staff);
                self.duty.push(OnDuty { staff: *staff, since: entry.at });
                self.actors.insert(entry.desk.clone(), *staff);
            }
            // Nobody acts in the place of who went: becoming the one who acts takes one's own PIN.
            Fact::SignedOff { staff, .. } => {
                self.duty.retain(|d| d.staff != *staff);
                self.actors.retain(|_, a| a != staff);
            }
            Fact::ActorChosen { staff } => {
                self.actors.insert(entry.desk.clone(), *staff);
            }
            Fact::Group(step) => self.apply_group(step, entry.at),
            Fact::Account(step) => self.apply_account(step, entry.seq, entry.at),
            Fact::Office(_)
            | Fact::ChildSet { .. }
            | Fact::CollectorSet { .. }
            | Fact::CardSet { .. }
            | Fact::CardLost { .. }
            | Fact::CardMoved { .. }
            | Fact::StaffSet { .. }
            | Fact::Imported { .. }
            | Fact::PinTried { .. }
            | Fact::PinProved { .. }
            | Fact::Recovery(_)
            | Fact::Refused { .. }
            | Fact::ClockSet { .. }
            | Fact::Redated { .. }
            | Fact::RefusedAgain { .. }
            | Fact::NoCardCounted { .. }
            | Fact::Undone { .. } => {}
        }
    }

    fn apply_group(&mut self, step: &GroupFact, at: Moment) {
        match step {
            GroupFact::Made { group } => self.groups.make(group, at),
            GroupFact::Started { group } => self.groups.start(*group, at),
            GroupFact::Led { group, now, .. } => self.groups.lead(*group, *now),
            GroupFact::Joined { child, now, .. } => self.groups.put(*child, *now),
            GroupFact::Went { group, to, left, .. } => self.groups.go(*group, to, left, at),
            GroupFact::Returned { group, expected, counted, .. } => {
                self.groups.come_back(*group, Back { at, counted: *counted, expected: *expected });
            }
            GroupFact::Ended { group } => self.groups.end(*group, at),
        }
    }

    fn apply_account(&mut self, step: &Account, seq: Seq, at: Moment) {
        match step {
            Account::Missed { child, place } => {
                self.open_visit(*child, |v| v.missing = Some(Missing { seq, since: at, place: place.clone() }));
            }
            Account::Found { child, how: Found::Here | Found::WithFamily | Found::Elsewhere { .. } | Found::Seen { .. } } => {
                self.open_visit(*child, |v| v.missing = None);
            }
            Account::StillHere { child } => {
                self.child_mut(*child).at_door = None;
                self.open_visit(*child, |v| v.still_here = Some(at));
            }
            Account::Chased { child, collector, about, outcome, again } => {
                let again = again.and_then(|again| outcome.again(again, at));
                let chase = Chase { seq, at, collector: *collector, about: *about, outcome: outcome.clone(), again };
                self.child_mut(*child).chases.push(chase);
            }
            Account::Extended { child, until, reason, approver } => {
                self.child_mut(*child).extended = Some(Extended { since: at, until: *until, reason: *reason, approver: *approver });
            }
            Account::LeaderTold { leader, about } => {
                self.leader_told.push((at, *leader));
                self.told_of.extend(about.iter().map(|child| (*child, at)));
            }
            Account::Stays { child, how } => self.child_mut(*child).stays = Some((at, how.clone())),
            Account::LeaderAgreed { .. } => {}
            Account::AtDoor { child } => self.child_mut(*child).at_door = Some(at),
            Account::NotTakenIn { child } => self.child_mut(*child).at_door = None,
            Account::Incident { child, kind } => self.child_mut(*child).incidents.push((at, *kind)),
        }
    }

    /// The groups of the day.
    #[must_use]
    pub fn groups(&self) -> &Groups {
        &self.groups
    }

    /// When the leader was told of children who were not fetched, and which leader.
    #[must_use]
    pub fn leader_told(&self) -> &[(Moment, StaffId)] {
        &self.leader_told
    }

    /// When a leader was told of a child last that was not fetched.
    #[must_use]
    pub fn told_of(&self, child: ChildId) -> Option<Moment> {
        self.told_of.get(&child).copied()
    }

    /// Children who did not come back with their group, the longest missing first.
    #[must_use]
    pub fn missing(&self) -> Vec<(ChildId, &Missing)> {
        let mut list: Vec<(ChildId, &Missing)> = self.children.iter().filter_map(|(id, day)| Some((*id, day.missing()?))).collect();
        list.sort_by_key(|(id, missing)| (missing.since, *id));
        list
    }

    /// Since when, and last where, a child is missing, if it is.
    #[must_use]
    pub fn missing_child(&self, id: ChildId) -> Option<&Missing> {
        self.children.get(&id)?.missing()
    }

    /// Stays that are open from an earlier day, the longest open first.
    #[must_use]
    pub fn of_earlier_days(&self) -> Vec<(ChildId, &Visit)> {
        let mut list: Vec<(ChildId, &Visit)> = self.children.iter().filter_map(|(id, day)| Some((*id, day.left_open(self.date)?))).collect();
        list.sort_by_key(|(id, visit)| (visit.arrived, *id));
        list
    }

    /// What the day knows about a child; `None` when nothing happened to it today.
    #[must_use]
    pub fn child(&self, id: ChildId) -> Option<&ChildDay> {
        self.children.get(&id)
    }

    /// Everybody to whom something happened today, by number.
    pub fn children(&self) -> impl Iterator<Item = (ChildId, &ChildDay)> {
        self.children.iter().map(|(id, day)| (*id, day))
    }

    /// Where a child stands.
    #[must_use]
    pub fn presence(&self, id: ChildId) -> Presence<'_> {
        self.children.get(&id).map_or(Presence::NotHere, ChildDay::presence)
    }

    /// Everybody on duty, in the order of signing on.
    #[must_use]
    pub fn duty(&self) -> &[OnDuty] {
        &self.duty
    }

    /// Whether somebody is on duty.
    #[must_use]
    pub fn is_on_duty(&self, staff: StaffId) -> bool {
        self.duty.iter().any(|d| d.staff == staff)
    }

    /// Who acts at a desk: whoever last signed on there or was chosen, with a PIN, and has not gone off duty since.
    #[must_use]
    pub fn actor(&self, desk: &str) -> Option<StaffId> {
        self.actors.get(desk).copied()
    }

    /// The counts of the header line.
    #[must_use]
    pub fn counts(&self, register: &Register, due: impl Fn(ChildId) -> bool) -> Counts {
        let mut n = Counts { rack: register.card_count_on(self.date).rack, ..Counts::default() };
        let others = self.children.keys().filter(|id| register.child(**id).is_none()).copied();
        for id in register.children().map(|c| c.id).chain(others) {
            n.add(Share::of(self.children.get(&id), due(id), self.date));
        }
        n
    }

    /// The stays that are still open, by child.
    #[must_use]
    pub fn open_visits(&self) -> Vec<(ChildId, Visit)> {
        self.left_open().into_iter().map(|open| (open.child, open.visit)).collect()
    }

    /// What is open of each child: the stay, and the hold on it.
    #[must_use]
    pub fn left_open(&self) -> Vec<Open> {
        let open = |(id, day): (&ChildId, &ChildDay)| {
            let visit = day.visits.last().filter(|v| v.release.is_none())?.clone();
            Some(Open { child: *id, visit, held: day.held.clone() })
        };
        self.children.iter().filter_map(open).collect()
    }

    fn child_mut(&mut self, id: ChildId) -> &mut ChildDay {
        self.children.entry(id).or_default()
    }

    fn open_visit(&mut self, id: ChildId, change: impl FnOnce(&mut Visit)) {
        if let Some(visit) = self.child_mut(id).visits.last_mut().filter(|v| v.release.is_none()) {
            change(visit);
        }
    }
}

impl ChildDay {
    /// Since when, and last where, the child is missing, if it is.
    #[must_use]
    pub fn missing(&self) -> Option<&Missing> {
        self.visits.last().filter(|v| v.release.is_none())?.missing.as_ref()
    }

    /// Its stay, if that is open from before a date.
    #[must_use]
    pub fn left_open(&self, date: NaiveDate) -> Option<&Visit> {
        self.visits.last().filter(|v| v.release.is_none() && v.arrived.date() < date)
    }

    /// Where the child stands.
    #[must_use]
    pub fn presence(&self) -> Presence<'_> {
        match self.visits.last() {
            None => Presence::NotHere,
            Some(visit) => match (&visit.release, &visit.out) {
                (Some(release), _) => Presence::Gone(visit, release),
                (None, Some(outing)) => Presence::Out(visit, outing),
                (None, None) => Presence::In(visit),
            },
        }
    }
}
