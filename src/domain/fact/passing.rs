//! How a child comes and goes: by what it is known, who holds its card, on what ground it leaves, with whom, how early or late.

use serde::{Deserialize, Serialize};

use super::CallResult;
use crate::domain::card::CardNumber;
use crate::domain::people::{CollectorId, StaffId};
use crate::domain::settings::Place;

/// How a child was identified.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Means {
    /// A card, read by a reader.
    Scanned,
    /// A card, its number typed.
    Typed,
    /// Found by name.
    Name,
    /// One of a batch brought by an escort (F017).
    Batch,
}

/// Who holds a card that has left the rack.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holder {
    /// The first standing collector, assumed because nothing was said.
    Presumed(CollectorId),
    /// Named at the desk.
    Named(CollectorId),
    /// An escort (a teacher), never a collector; the name may be empty.
    Escort(String),
    /// The family keeps its cards, or nobody is listed.
    Nobody,
}

/// What spoke against an arrival and was answered with yes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// On leave today.
    OnLeave,
    /// Not enrolled for this day.
    NotToday,
    /// No consent on file.
    NoConsent,
}

/// The closed list of grounds on which a child may leave, each with its evidence (N15, Reg 99). There is no other.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// The card was shown.
    Card {
        /// Its number.
        number: CardNumber,
    },
    /// The card is in the teacher's hand but could not be read (持卡未刷).
    CardUnread {
        /// Its number.
        number: CardNumber,
    },
    /// No card (无卡): identity, call-back, recognition, second adult (F034, F042, F046).
    NoCard {
        /// Last characters of the identity document that was shown.
        id_tail: String,
        /// Result of the call to a registered number; none where a leader stood instead, for nobody could be called.
        call: Option<CallResult>,
        /// Whether the child knows the collector.
        recognised: bool,
        /// The second adult.
        second: StaffId,
    },
    /// A parent who works here, proved by staff card and PIN.
    StaffParent {
        /// The parent.
        staff: StaffId,
    },
    /// Collected at another place under the eyes of its leader (组长现场).
    OnSite {
        /// Where.
        place: Place,
        /// The card, if it was handed over.
        card: Option<CardNumber>,
        /// Result of the call to the family; none where a leader stood instead.
        call: Option<CallResult>,
    },
    /// Found open on a later day and entered afterwards (昨日已接走).
    LeftOpen,
    /// Goes home alone with a signed letter; never in grades 1 and 2 (I9).
    SelfLeave,
    /// Out for a while already, and does not come back: with whom it went out said so, or somebody else of the family (F045).
    NotBack {
        /// What was said; `None` where a leader stood instead.
        call: Option<CallResult>,
    },
}

impl Ground {
    /// The card that was in the teacher's hand.
    #[must_use]
    pub fn card(&self) -> Option<&CardNumber> {
        match self {
            Self::Card { number } | Self::CardUnread { number } => Some(number),
            Self::OnSite { card, .. } => card.as_ref(),
            Self::NoCard { .. } | Self::StaffParent { .. } | Self::LeftOpen | Self::SelfLeave | Self::NotBack { .. } => None,
        }
    }
}

/// With whom a child left.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Taker {
    /// A listed collector.
    Collector(CollectorId),
    /// Nobody: the child goes alone (only with [`Ground::SelfLeave`]).
    Itself,
}

/// What a leader decided about a child that is held back.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HoldAnswer {
    /// Whoever asked for the child has left: the hold is lifted.
    Left,
    /// Somebody on the list collects: the hold is lifted, and the collector is named.
    Listed,
    /// A note; the child stays held.
    Noted {
        /// The note.
        text: String,
    },
}

/// Why a child leaves before ordinary pickup (F044).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EarlyReason {
    /// Something at home.
    Family,
    /// A class elsewhere (S3.07).
    Class,
    /// To the doctor.
    Doctor,
    /// Unwell.
    Unwell,
    /// Called by the school.
    School,
}

impl EarlyReason {
    /// In the order of their numbers, from 1.
    pub const ALL: [Self; 5] = [Self::Family, Self::Class, Self::Doctor, Self::Unwell, Self::School];
}

/// A release after the end (F064).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Late {
    /// Whole minutes after the standard end.
    pub minutes: i64,
    /// Why.
    pub reason: LateReason,
}

/// Why a child is collected late.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LateReason {
    /// Working late.
    Work,
    /// Traffic.
    Traffic,
    /// A misunderstanding about the time.
    Misunderstanding,
    /// Weather.
    Weather,
    /// Arranged before.
    Arranged,
}

impl LateReason {
    /// In the order of their numbers, from 1.
    pub const ALL: [Self; 5] = [Self::Work, Self::Traffic, Self::Misunderstanding, Self::Weather, Self::Arranged];
}
