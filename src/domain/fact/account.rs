//! How children who are missed or not fetched are accounted for.

use chrono::NaiveTime;
use serde::{Deserialize, Serialize};

use super::CallPurpose;

use crate::domain::closing::{ExtendReason, Found, Matter, Outcome, Stay};
use crate::domain::people::{ChildId, CollectorId, StaffId};
use crate::domain::settings::Place;
use crate::domain::time::Moment;

/// How children who are missed or not fetched are accounted for (F060, F063–F067).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum Account {
    /// A child did not come back with its group: its clock runs.
    Missed {
        /// Who.
        child: ChildId,
        /// Where it was last.
        place: Place,
    },
    /// The clock of a missing child stops.
    Found {
        /// Who.
        child: ChildId,
        /// How.
        how: Found,
    },
    /// A call about a child that is missed or not fetched.
    Chased {
        /// About whom.
        child: ChildId,
        /// Who was called.
        collector: CollectorId,
        /// About what.
        about: Matter,
        /// With what result.
        outcome: Outcome,
        /// When the desk reminds of it again.
        again: Option<Moment>,
    },
    /// A child stays in extended care.
    Extended {
        /// Who.
        child: ChildId,
        /// Until when it was approved.
        until: NaiveTime,
        /// Why.
        reason: ExtendReason,
        /// Who approved it, with a PIN.
        approver: StaffId,
    },
    /// The leader was told of the children who are still here (F120).
    LeaderTold {
        /// Which leader.
        leader: StaffId,
        /// About whom.
        about: Vec<ChildId>,
    },
    /// It was decided how a child stays whom nobody fetches.
    Stays {
        /// Who.
        child: ChildId,
        /// How.
        how: Stay,
    },
    /// A leader agreed with a PIN to what the desk does not decide.
    LeaderAgreed {
        /// About whom.
        child: ChildId,
        /// Which leader.
        leader: StaffId,
        /// To what.
        to: Agreed,
    },
    /// A child whose stay is open from an earlier day was said to be still here.
    StillHere {
        /// Who.
        child: ChildId,
    },
    /// Something happened that must not: an incident is open.
    Incident {
        /// Who.
        child: ChildId,
        /// What.
        kind: Incident,
    },
    /// A child was shown at the door, and it is not said yet whether it is taken in: it is on leave, not due or without consent.
    AtDoor {
        /// Who.
        child: ChildId,
    },
    /// A child that was shown at the door is not taken in.
    NotTakenIn {
        /// Who.
        child: ChildId,
    },
}

/// What an incident is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Incident {
    /// A child was given to somebody without the desk.
    ReleasedUnseen,
    /// Somebody was to be named for a child whom a bar against that person protects; it was stopped (N14).
    NamingStopped,
    /// A child was to be held back, and had been let go at another desk before that could be recorded.
    HoldTooLate,
}

/// What a leader agrees to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Agreed {
    /// Nobody else is registered whom a call could reach: the leader's word stands instead.
    InsteadOfCall(CallPurpose),
    /// Somebody may be named for a child of whom somebody is barred.
    Naming,
}

impl Account {
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Missed { .. } => "missed",
            Self::Found { .. } => "found",
            Self::Chased { .. } => "chased",
            Self::Extended { .. } => "extended",
            Self::LeaderTold { .. } => "leader_told",
            Self::Stays { .. } => "stays",
            Self::LeaderAgreed { .. } => "leader_agreed",
            Self::StillHere { .. } => "still_here",
            Self::Incident { .. } => "incident",
            Self::AtDoor { .. } => "at_door",
            Self::NotTakenIn { .. } => "not_taken_in",
        }
    }

    pub(super) fn child(&self) -> Option<ChildId> {
        match self {
            Self::Missed { child, .. }
            | Self::Found { child, .. }
            | Self::Chased { child, .. }
            | Self::Extended { child, .. }
            | Self::Stays { child, .. }
            | Self::LeaderAgreed { child, .. }
            | Self::StillHere { child }
            | Self::AtDoor { child }
            | Self::NotTakenIn { child }
            | Self::Incident { child, .. } => Some(*child),
            Self::LeaderTold { .. } => None,
        }
    }
}
