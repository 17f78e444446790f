//! What happens to groups.

use serde::{Deserialize, Serialize};

use crate::domain::activity::{Group, GroupId};
use crate::domain::people::{ChildId, StaffId};
use crate::domain::settings::Place;

/// What happens to groups (F075, F076).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum GroupFact {
    /// A group was made.
    Made {
        /// It.
        group: Group,
    },
    /// It started.
    Started {
        /// Which.
        group: GroupId,
    },
    /// Somebody else leads it.
    Led {
        /// Which.
        group: GroupId,
        /// Who led it.
        was: StaffId,
        /// Who leads it now.
        now: StaffId,
    },
    /// A child belongs to another group now, or to none.
    Joined {
        /// Who.
        child: ChildId,
        /// The group before.
        was: Option<GroupId>,
        /// The group from now on.
        now: Option<GroupId>,
    },
    /// It left for another place; heads the moves of its children.
    Went {
        /// Which.
        group: GroupId,
        /// Where to.
        to: Place,
        /// Who left with it.
        left: Vec<ChildId>,
        /// What leader and desk counted, each without the other.
        counted: u32,
    },
    /// It came back to the room; heads the moves of its children.
    Returned {
        /// Which.
        group: GroupId,
        /// How many it should be: departure without those who were released or came to the desk (I5).
        expected: u32,
        /// What leader and desk counted.
        counted: u32,
        /// Who is missing.
        missing: Vec<ChildId>,
    },
    /// It ended.
    Ended {
        /// Which.
        group: GroupId,
    },
}

impl GroupFact {
    /// The group that it is about; for a child that changes groups the new one.
    #[must_use]
    pub fn group(&self) -> Option<GroupId> {
        match self {
            Self::Made { group } => Some(group.id),
            Self::Joined { now, was, .. } => now.or(*was),
            Self::Started { group } | Self::Led { group, .. } | Self::Went { group, .. } | Self::Returned { group, .. } | Self::Ended { group } => {
                Some(*group)
            }
        }
    }

    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Made { .. } => "group_made",
            Self::Started { .. } => "group_started",
            Self::Led { .. } => "group_led",
            Self::Joined { .. } => "group_joined",
            Self::Went { .. } => "group_went",
            Self::Returned { .. } => "group_returned",
            Self::Ended { .. } => "group_ended",
        }
    }

    pub(super) fn child(&self) -> Option<ChildId> {
        match self {
            Self::Joined { child, .. } => Some(*child),
            Self::Made { .. } | Self::Started { .. } | Self::Led { .. } | Self::Went { .. } | Self::Returned { .. } | Self::Ended { .. } => None,
        }
    }
}
