//! The verdicts of the desk: colour, word and what they carry. How they read is in `texts`.

use chrono::{NaiveDate, NaiveTime};

use crate::domain::fact::{Doubt, Taker};
use crate::domain::people::{CollectorId, StaffId};
use crate::domain::settings::Place;
use crate::domain::time::Moment;

/// What the desk says about a card or a child (part 7). Worst wins; nothing is conveyed by colour alone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// Arrived; recorded.
    InOk,
    /// Back from a temporary exit; recorded.
    Back,
    /// Has just arrived and was read again: nothing more is recorded.
    InAlready {
        /// When it arrived.
        at: Moment,
    },
    /// Arrived, with an alert to acknowledge; recorded.
    InAlert,
    /// May go; waits for Enter or another collector.
    Out,
    /// May go home alone, with a letter on file; waits for the number that says so (F009).
    OutAlone,
    /// May step out for a while: waits for Enter or another collector (F045).
    MayStepOut,
    /// When the child that steps out is expected back.
    BackBy {
        /// With whom it goes.
        taker: CollectorId,
        /// The time that was given had passed.
        past: bool,
    },
    /// Out for a while; recorded.
    SteppedOut {
        /// With whom.
        taker: CollectorId,
        /// Expected back.
        back_by: NaiveTime,
    },
    /// Left; recorded.
    OutOk {
        /// With whom.
        taker: Taker,
        /// When.
        at: Moment,
    },
    /// A sibling is still here (a notice).
    Sibling,
    /// Has gone already.
    Repeat {
        /// With whom.
        taker: Taker,
        /// When.
        at: Moment,
        /// The card came back to the rack with this scan.
        returned: bool,
    },
    /// Before ordinary pickup: a reason is asked.
    Early,
    /// After the end: a reason is asked.
    Late {
        /// Whole minutes after the standard end.
        minutes: i64,
    },
    /// The child is at another place.
    Elsewhere {
        /// Where.
        place: Place,
        /// When it was called over, if it was.
        called: Option<Moment>,
    },
    /// The child did not come back with its group, and nobody has seen it since.
    Missing {
        /// Since when.
        since: Moment,
        /// Where it was last.
        place: Place,
    },
    /// The collector has to be named.
    Who,
    /// The named collector of a young child was not announced: the family has to be called.
    WhoCall {
        /// The collector in question.
        collector: CollectorId,
    },
    /// The named collector says the pass phrase (F033).
    Phrase {
        /// The collector in question.
        collector: CollectorId,
    },
    /// Nobody knows what the named collector is called: the name comes first.
    Unnamed {
        /// The collector in question.
        collector: CollectorId,
    },
    /// Held back: the child stays until a leader has decided.
    Hold,
    /// On leave, not enrolled today, or without consent.
    Doubt(Doubt),
    /// A stay of an earlier day is still open.
    LeftOpen {
        /// The day of its arrival.
        since: NaiveDate,
    },
    /// Typed by hand on a card that has no check digit: is it this child?
    TypedSchoolCard,
    /// Nobody is on duty: a release needs somebody who answers for it.
    NobodyOnDuty,
    /// A search hit several children who sound the same.
    Ambiguous,
    /// A staff card.
    Staff {
        /// Whose.
        staff: StaffId,
    },
    /// The check digit is wrong.
    BadDigit,
    /// No such card.
    NoCard,
    /// Reported lost.
    Lost {
        /// When.
        at: Moment,
    },
    /// Replaced by another card.
    Replaced,
    /// Expired.
    Expired,
    /// The disk did not take it: the child counts as it did before.
    NotRecorded,
}

/// How a verdict stands out.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Severity {
    /// Done, or one Enter away.
    Green,
    /// Somebody has to look.
    Amber,
    /// Refused.
    Red,
}

impl Verdict {
    /// The name under which line mode and tests know it; `None` for questions outside part 7.
    #[must_use]
    pub fn name(&self) -> Option<&'static str> {
        Some(match self {
            Self::InOk | Self::Back | Self::InAlready { .. } => "IN_OK",
            Self::InAlert => "IN_ALERT",
            Self::Out | Self::OutAlone => "OUT",
            Self::OutOk { .. } => "OUT_OK",
            Self::Sibling => "SIBLING",
            Self::Repeat { .. } => "REPEAT",
            Self::Early => "EARLY",
            Self::Late { .. } => "LATE",
            Self::Elsewhere { .. } | Self::Missing { .. } => "ELSEWHERE",
            Self::Who | Self::WhoCall { .. } | Self::Unnamed { .. } | Self::Phrase { .. } => "WHO",
            Self::Hold => "HOLD",
            Self::Doubt(Doubt::OnLeave) => "ON_LEAVE",
            Self::Doubt(Doubt::NotToday) => "NOT_TODAY",
            Self::Doubt(Doubt::NoConsent) => "NO_CONSENT",
            Self::LeftOpen { .. } => "LEFT_OPEN",
            Self::TypedSchoolCard | Self::NobodyOnDuty | Self::MayStepOut | Self::BackBy { .. } | Self::SteppedOut { .. } => return None,
            Self::Ambiguous => "AMBIGUOUS",
            Self::Staff { .. } => "STAFF",
            Self::BadDigit => "BAD_DIGIT",
            Self::NoCard => "NO_CARD",
            Self::Lost { .. } => "LOST",
            Self::Replaced => "REPLACED",
            Self::Expired => "EXPIRED",
            Self::NotRecorded => "NOT_RECORDED",
        })
    }

    /// Its colour.
    #[must_use]
    pub fn severity(&self) -> Severity {
        match self {
            Self::InOk
            | Self::Back
            | Self::InAlready { .. }
            | Self::Out
            | Self::OutAlone
            | Self::OutOk { .. }
            | Self::MayStepOut
            | Self::BackBy { .. }
            | Self::SteppedOut { .. } => Severity::Green,
            Self::InAlert
            | Self::Sibling
            | Self::Repeat { .. }
            | Self::Early
            | Self::Late { .. }
            | Self::Elsewhere { .. }
            | Self::Missing { .. }
            | Self::Who
            | Self::WhoCall { .. }
            | Self::Unnamed { .. }
            | Self::Phrase { .. }
            | Self::Hold
            | Self::Doubt(_)
            | Self::LeftOpen { .. }
            | Self::TypedSchoolCard
            | Self::NobodyOnDuty
            | Self::Ambiguous
            | Self::Staff { .. } => Severity::Amber,
            Self::BadDigit | Self::NoCard | Self::Lost { .. } | Self::Replaced | Self::Expired | Self::NotRecorded => Severity::Red,
        }
    }

    /// Whether it waits in the queue for an answer.
    #[must_use]
    pub fn waits(&self) -> bool {
        match self {
            Self::Out
            | Self::OutAlone
            | Self::MayStepOut
            | Self::BackBy { .. }
            | Self::Early
            | Self::Late { .. }
            | Self::Elsewhere { .. }
            | Self::Missing { .. }
            | Self::Who
            | Self::WhoCall { .. }
            | Self::Unnamed { .. }
            | Self::Phrase { .. }
            | Self::Hold
            | Self::Doubt(_)
            | Self::LeftOpen { .. }
            | Self::TypedSchoolCard
            | Self::NobodyOnDuty => true,
            Self::InOk
            | Self::Back
            | Self::InAlready { .. }
            | Self::InAlert
            | Self::OutOk { .. }
            | Self::SteppedOut { .. }
            | Self::Sibling
            | Self::Repeat { .. }
            | Self::Ambiguous
            | Self::Staff { .. }
            | Self::BadDigit
            | Self::NoCard
            | Self::Lost { .. }
            | Self::Replaced
            | Self::Expired
            | Self::NotRecorded => false,
        }
    }

    /// Whether it may name the child: a refused card names nobody.
    #[must_use]
    pub fn names_child(&self) -> bool {
        self.severity() != Severity::Red || *self == Self::NotRecorded
    }
}
