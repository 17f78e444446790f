//! Facts about recovery codes: by one a leader who is locked out, or has forgotten the PIN, sets a new one. The code itself is
//! nowhere.

use serde::{Deserialize, Serialize};

use super::Thing;
use crate::domain::staff::StaffId;

/// What happens to a leader's recovery code. None of it can be taken back: a code is good once.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum RecoveryFact {
    /// A new code was made; the one before it is void.
    Made {
        /// Whose.
        staff: StaffId,
        /// Its Argon2id hash in PHC form.
        hash: String,
    },
    /// A code is about to be compared; counted before the comparison, so that a kill cannot reset the count.
    Tried {
        /// Whose code.
        staff: StaffId,
    },
    /// The code was right and is used up. Wrong tries of code and PIN are forgotten with it.
    Used {
        /// Whose code.
        staff: StaffId,
    },
}

impl RecoveryFact {
    /// Whose code it is about.
    #[must_use]
    pub fn staff(&self) -> StaffId {
        match self {
            Self::Made { staff, .. } | Self::Tried { staff } | Self::Used { staff } => *staff,
        }
    }

    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Made { .. } => "recovery_made",
            Self::Tried { .. } => "recovery_tried",
            Self::Used { .. } => "recovery_used",
        }
    }

    pub(super) fn thing(&self) -> Thing<'_> {
        Thing::Staff(self.staff())
    }
}
