//! The counts of the header line: how many children stand where, and how many cards hang on the rack.

use chrono::NaiveDate;

use super::{ChildDay, Presence, Visit};

/// The counts of the header line.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Counts {
    /// Children in the room's charge, whenever they came: no day ends while it is not nought (I10).
    pub inside: usize,
    /// Of these, who came today.
    pub inside_today: usize,
    /// Of these, whom nobody has seen since their group came back without them.
    pub missing: usize,
    /// All due today, arrived or not, and who came today without being due.
    pub expected: usize,
    /// Released today.
    pub released: usize,
    /// On leave and not here.
    pub leave: usize,
    /// Out for a while.
    pub outside: usize,
    /// Of these, who came today.
    pub outside_today: usize,
    /// Whose stay an earlier day left open, in or out.
    pub left_open: usize,
    /// Cards on the rack.
    pub rack: usize,
}

impl Counts {
    /// Counts a child in.
    pub fn add(&mut self, share: Share) {
        self.step(share, |n| *n += 1);
    }

    /// Takes a child out of the counts.
    pub fn take(&mut self, share: Share) {
        self.step(share, |n| *n = n.saturating_sub(1));
    }

    fn step(&mut self, share: Share, step: impl Fn(&mut usize)) {
        let Share { inside, inside_today, missing, expected, released, leave, outside, outside_today, left_open } = share;
        let parts = [
            (inside, &mut self.inside),
            (inside_today, &mut self.inside_today),
            (missing, &mut self.missing),
            (expected, &mut self.expected),
            (released, &mut self.released),
            (leave, &mut self.leave),
            (outside, &mut self.outside),
            (outside_today, &mut self.outside_today),
            (left_open, &mut self.left_open),
        ];
        for (_, count) in parts.into_iter().filter(|(counts, _)| *counts) {
            step(count);
        }
    }
}

/// In which of the counts a child stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[allow(clippy::struct_excessive_bools)] // one for each count
pub struct Share {
    inside: bool,
    inside_today: bool,
    missing: bool,
    expected: bool,
    released: bool,
    leave: bool,
    outside: bool,
    outside_today: bool,
    left_open: bool,
}

impl Share {
    /// The share of a child on a date; `day` is what that day knows about it, `due` whether it is expected then.
    #[must_use]
    pub fn of(day: Option<&ChildDay>, due: bool, date: NaiveDate) -> Self {
        let Some(day) = day else { return Self { expected: due, ..Self::default() } };
        let from_before = |visit: &Visit| visit.arrived.date() < date;
        let came_today = day.visits.iter().any(|v| !from_before(v));
        let excused = day.leave.is_some() && day.visits.is_empty();
        let share = Self { expected: came_today || (due && !excused), left_open: day.left_open(date).is_some(), ..Self::default() };
        match day.presence() {
            Presence::In(visit) => Self { inside: true, inside_today: !from_before(visit), missing: visit.missing.is_some(), ..share },
            Presence::Out(visit, _) => Self { outside: true, outside_today: !from_before(visit), ..share },
            Presence::Gone(..) => Self { released: true, ..share },
            Presence::NotHere => Self { leave: day.leave.is_some(), ..share },
        }
    }
}
