//! Rows of the roster: who is in, expected, out, gone; in a fixed order, so that a child does not move while somebody
//! looks for it.

use crate::domain::day::{ChildDay, Presence, State};
use crate::domain::people::{Child, ChildId};
use crate::domain::register::Register;
use crate::domain::search::{Keys, Query};
use crate::domain::time::Moment;
use crate::rules::hours;

use super::Model;

/// Children with their search keys, in the order grade, class, seat.
#[derive(Clone, Debug, Default)]
pub struct Names {
    list: Vec<(ChildId, Keys)>,
}

impl Names {
    /// Builds the keys of every enrolled child, once.
    #[must_use]
    pub fn of(register: &Register) -> Self {
        let mut children: Vec<&Child> = register.children().filter(|c| c.enrolled).collect();
        children.sort_by_key(|c| (c.grade, c.class_no, c.seat, c.id));
        Self { list: children.into_iter().map(|c| (c.id, Keys::of(&c.name))).collect() }
    }

    /// Children whose name fits a query, in the order grade, class, seat.
    #[must_use]
    pub fn find(&self, query: &str) -> Vec<ChildId> {
        let query = Query::of(query);
        self.list.iter().filter(|(_, keys)| keys.matches(&query)).map(|(id, _)| *id).collect()
    }

    /// All children, in the order grade, class, seat.
    pub fn all(&self) -> impl Iterator<Item = ChildId> + '_ {
        self.list.iter().map(|(id, _)| *id)
    }

    /// The search keys of a child.
    #[must_use]
    pub fn keys(&self, child: ChildId) -> Option<&Keys> {
        self.list.iter().find(|(id, _)| *id == child).map(|(_, keys)| keys)
    }

    /// Other children whose names sound the same (N07).
    #[must_use]
    pub fn same_sound(&self, child: ChildId) -> Vec<ChildId> {
        let Some(keys) = self.keys(child) else { return Vec::new() };
        self.list.iter().filter(|(id, k)| *id != child && crate::domain::search::sounds_like(k, keys)).map(|(id, _)| *id).collect()
    }
}

/// What the roster says of a child.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Standing {
    /// Here, and not collected on an earlier day.
    LeftOpen,
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

/// The rows of the roster at a moment: first who is here by arrival, then expected, away, gone, not due. A query narrows it
/// to its hits, in the order in which Enter numbers them.
#[must_use]
pub fn rows(model: &Model, query: &str) -> Vec<(ChildId, Standing)> {
    let past = model.past.map(|when| model.day.at(when));
    let state = past.as_ref().unwrap_or(model.day.state());
    let found: Vec<ChildId> = if query.is_empty() { model.names.all().collect() } else { model.names.find(query) };
    let mut rows: Vec<(Standing, Option<Moment>, usize, ChildId)> = found
        .into_iter()
        .enumerate()
        .map(|(order, id)| {
            let standing = standing(model, state, id);
            let since = match standing {
                Standing::LeftOpen | Standing::In | Standing::Out => state.child(id).and_then(|c| c.visits.last()).map(|v| v.arrived),
                Standing::Gone => state.child(id).and_then(|c| c.visits.last()?.release.as_ref()).map(|r| r.at),
                Standing::Expected | Standing::Leave | Standing::NotToday => None,
            };
            (standing, since, order, id)
        })
        .collect();
    if query.is_empty() {
        rows.sort_unstable();
    }
    rows.into_iter().map(|(standing, _, _, id)| (id, standing)).collect()
}

/// What the roster says of one child in a state.
#[must_use]
pub fn standing(model: &Model, state: &State, id: ChildId) -> Standing {
    let day = state.child(id);
    match day.map_or(Presence::NotHere, ChildDay::presence) {
        Presence::In(visit) if visit.arrived.date() < model.day.date() => Standing::LeftOpen,
        Presence::In(_) => Standing::In,
        Presence::Out(..) => Standing::Out,
        Presence::Gone(..) => Standing::Gone,
        Presence::NotHere if day.is_some_and(|d| d.leave.is_some()) => Standing::Leave,
        Presence::NotHere => {
            let due = model.register.child(id).is_some_and(|c| hours::is_due(&model.settings, c, model.day.date()));
            if due { Standing::Expected } else { Standing::NotToday }
        }
    }
}
