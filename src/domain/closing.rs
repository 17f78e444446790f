//! Calls about children who are missed or not fetched, and what was decided for those who stay after the end.

use chrono::NaiveTime;
use serde::{Deserialize, Serialize};

use super::fact::Seq;
use super::people::{CollectorId, StaffId};
use super::settings::Place;
use super::time::Moment;

/// What a call was about.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Matter {
    /// The child is due and has not come (F019).
    Arrival,
    /// Nobody has fetched the child yet (F063).
    Pickup,
    /// The child did not come back with its group (F060).
    Missing,
    /// The child is out for a while (F045).
    Outing,
}

/// What a call brought (F066).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Reached; the child will be here, or fetched, by then.
    Promised {
        /// By when.
        by: NaiveTime,
        /// Where the child is meanwhile, or what else was said.
        note: Option<String>,
    },
    /// Not reached.
    NoAnswer,
    /// Not the number of this person any more.
    WrongNumber,
}

impl Outcome {
    /// When the desk reminds of a call again that was made at that moment, from what was entered then: where the time of the call was set
    /// right since, the reminder goes with it.
    #[must_use]
    pub fn again(&self, entered: Moment, at: Moment) -> Option<Moment> {
        match self {
            // What was promised is a time on the clock; the grace after it stays as long as it was.
            Self::Promised { by, .. } => {
                let grace = (entered.time() - *by).num_seconds().rem_euclid(86_400);
                Some(at.at_time(*by).plus_seconds(grace))
            }
            Self::NoAnswer => Some(next_try(at)),
            Self::WrongNumber => None,
        }
    }
}

/// The next full five minutes that are at least three away: when somebody who did not answer is tried again.
#[must_use]
pub fn next_try(at: Moment) -> Moment {
    const GRID_MS: i64 = 5 * 60_000;
    const LEAST_MS: i64 = 3 * 60_000;
    Moment { ms: (at.ms + LEAST_MS + GRID_MS - 1).div_euclid(GRID_MS) * GRID_MS, ..at }
}

/// A call about a child, with its result and the next try.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Chase {
    /// The journal number of the entry that says so.
    pub seq: Seq,
    /// When.
    pub at: Moment,
    /// Who was called.
    pub collector: CollectorId,
    /// About what.
    pub about: Matter,
    /// What it brought.
    pub outcome: Outcome,
    /// When the desk reminds of it again.
    pub again: Option<Moment>,
}

/// Why a child stays after the end of the session (S2.14).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExtendReason {
    /// The family asked for it.
    Family,
    /// A parent is at work.
    Work,
    /// Traffic or weather.
    Traffic,
    /// Nobody was reached.
    Unreached,
}

impl ExtendReason {
    /// In the order of their numbers, from 1.
    pub const ALL: [Self; 4] = [Self::Family, Self::Work, Self::Traffic, Self::Unreached];
}

/// Extended care for a child (F067).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Extended {
    /// Since when.
    pub since: Moment,
    /// Until when it was approved.
    pub until: NaiveTime,
    /// Why.
    pub reason: ExtendReason,
    /// Who approved it.
    pub approver: StaffId,
}

/// How a child stays whom nobody fetched for a long time (F065, F068, F069).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stay {
    /// With the guard, who signed for it.
    Guard {
        /// Name of the guard.
        signed: String,
    },
    /// Here, with two adults.
    TwoAdults {
        /// Why.
        reason: String,
        /// Which two; nobody in entries of before they were asked for.
        #[serde(default)]
        adults: Vec<StaffId>,
    },
}

/// How a missing child was accounted for (N36: the clock stops only with a reason).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Found {
    /// Here again; so older journals have it, in which any move ended it.
    Here,
    /// Seen by somebody, who has it in charge now.
    Seen {
        /// By whom of the staff.
        by: StaffId,
        /// Where.
        place: Place,
    },
    /// The family has it, as the call said; the release is entered with it.
    WithFamily,
    /// Found at another place, in somebody's charge.
    Elsewhere {
        /// Where, in words.
        text: String,
    },
}
