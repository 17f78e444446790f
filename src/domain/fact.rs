//! Everything that can happen at the desk, as the journal holds it.
//!
//! A fact is small, self-contained and never changed. Facts that are entered together form one *act*; undo takes back an
//! act. Facts about the register carry what was and what is now, so that undoing them needs no history.

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::card::CardNumber;
use super::custody::{Card, Custody};
use super::people::{Child, ChildId, Collector, CollectorId, Staff, StaffId};
use super::settings::Place;
use super::time::Moment;

mod account;
mod group;
mod kept;
mod office;
mod passing;
mod recovery;
mod things;

pub use account::{Account, Agreed, Incident};
pub use group::GroupFact;
pub use office::{CardsOf, OfficeFact};
pub use passing::{Doubt, EarlyReason, Ground, HoldAnswer, Holder, Late, LateReason, Means, Taker};
pub use recovery::RecoveryFact;
pub use things::Thing;

/// Number of an entry in the journal: 1, 2, 3 … without gaps.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
pub struct Seq(pub i64);

/// A fact as the journal holds it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// Its number.
    pub seq: Seq,
    /// Number of the first entry of the same act.
    pub act: Seq,
    /// The care day it belongs to: the local date of `at`.
    pub day: NaiveDate,
    /// When it happened; never after `entered_at` (I8). Under the time as it was set right last: see [`super::redating`].
    pub at: Moment,
    /// When it was entered; never decreases along the journal but at a [`Fact::ClockSet`] (I8). Set right likewise.
    pub entered_at: Moment,
    /// The desk at which it was entered.
    pub desk: String,
    /// Who was acting; `None` when nobody was on duty or for a command.
    pub staff: Option<StaffId>,
    /// What happened.
    pub fact: Fact,
}

/// A fact that is about to be entered, with the time at which it happened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Draft {
    /// When it happened; `None` means at the moment of entry.
    pub at: Option<Moment>,
    /// What happened.
    pub fact: Fact,
}

impl From<Fact> for Draft {
    fn from(fact: Fact) -> Self {
        Self { at: None, fact }
    }
}

/// Everything that can happen.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case")]
pub enum Fact {
    /// A child was enrolled or its record changed.
    ChildSet {
        /// The record before; `None` for a new child.
        was: Option<Box<Child>>,
        /// The record from now on.
        now: Box<Child>,
    },
    /// A collector was listed, changed, barred or ended.
    CollectorSet {
        /// The record before; `None` for a new one.
        was: Option<Box<Collector>>,
        /// The record from now on.
        now: Box<Collector>,
    },
    /// A card was issued or its state changed otherwise than below.
    CardSet {
        /// The card before; `None` for a new one.
        was: Option<Box<Card>>,
        /// The card from now on.
        now: Box<Card>,
    },
    /// A card was reported lost: dead from this second (F102).
    CardLost {
        /// The card.
        number: CardNumber,
        /// Its child.
        child: ChildId,
        /// The card before.
        was: Box<Card>,
    },
    /// A card changed hands (F100).
    CardMoved {
        /// The card.
        number: CardNumber,
        /// Its child.
        child: ChildId,
        /// Where it was.
        was: Custody,
        /// Where it is now.
        now: Custody,
    },
    /// Somebody joined the staff or their record changed.
    StaffSet {
        /// The record before; `None` for a new one.
        was: Option<Box<Staff>>,
        /// The record from now on.
        now: Box<Staff>,
    },
    /// A roster was imported; heads the act of its facts.
    Imported {
        /// Name of the file, without its folder.
        file: String,
        /// Children added.
        added: u32,
        /// Children changed.
        changed: u32,
    },
    /// A PIN is about to be compared; counted before the comparison, so that a kill cannot reset the count.
    PinTried {
        /// Whose PIN.
        staff: StaffId,
    },
    /// A PIN was right.
    PinProved {
        /// Whose PIN.
        staff: StaffId,
    },
    /// Something happened to the code by which a locked-out leader sets a new PIN.
    Recovery(RecoveryFact),
    /// Somebody went on duty (F087).
    SignedOn {
        /// Who.
        staff: StaffId,
    },
    /// Somebody went off duty.
    SignedOff {
        /// Who.
        staff: StaffId,
        /// Whose PIN it took: their own, or a leader's; nobody's when a change of the record took them off duty.
        #[serde(default)]
        by: Option<StaffId>,
        /// Why, when children stay behind with fewer adults than there have to be (F068).
        #[serde(default)]
        reason: Option<String>,
    },
    /// Among several on duty, this one acts at this desk from now on.
    ActorChosen {
        /// Who.
        staff: StaffId,
    },
    /// A child arrived (S1.13).
    Arrived {
        /// Who.
        child: ChildId,
        /// The card that was shown; `None` when found by name.
        card: Option<CardNumber>,
        /// How the child was identified.
        means: Means,
        /// Who holds the card now.
        holder: Holder,
        /// Where the child went first.
        place: Place,
        /// The question that was answered with yes, if one was asked.
        despite: Option<Doubt>,
    },
    /// The holder of the card was corrected within the notice of the arrival.
    HolderNamed {
        /// The child.
        child: ChildId,
        /// The holder before.
        was: Holder,
        /// The holder from now on.
        now: Holder,
    },
    /// An alert was acknowledged (F110).
    AlertAcknowledged {
        /// The child.
        child: ChildId,
    },
    /// A child left with somebody (I3: ground, collector; the entry carries the staff).
    Released {
        /// Who.
        child: ChildId,
        /// The arrival that this ends (I2).
        arrival: Seq,
        /// On what ground, with its evidence (N15).
        ground: Ground,
        /// With whom.
        taker: Taker,
        /// Why early, if early.
        early: Option<EarlyReason>,
        /// How late and why, if late; never billed (F064, F070).
        late: Option<Late>,
    },
    /// A child went out for a while with a collector and is expected back (F045).
    SteppedOut {
        /// Who.
        child: ChildId,
        /// With whom.
        taker: CollectorId,
        /// When the child is expected back.
        back_by: Option<NaiveTime>,
        /// On what ground, with its evidence; older entries have none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ground: Option<Ground>,
        /// Why early, if early.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        early: Option<EarlyReason>,
        /// How late and why, if late.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        late: Option<Late>,
    },
    /// The child came back.
    CameBack {
        /// Who.
        child: ChildId,
    },
    /// A child went to another place within the care room's charge (F050, I1).
    Moved {
        /// Who.
        child: ChildId,
        /// From where.
        was: Place,
        /// To where.
        now: Place,
    },
    /// A child was asked to come to the desk from another place.
    CalledOver {
        /// Who.
        child: ChildId,
    },
    /// A child will not come today (F020).
    LeaveTaken {
        /// Who.
        child: ChildId,
        /// Why.
        reason: LeaveReason,
    },
    /// A note for today (F109).
    NoteLeft {
        /// About whom.
        child: ChildId,
        /// The note.
        text: String,
    },
    /// A call was made (F066).
    Called {
        /// About whom.
        child: ChildId,
        /// Who was called.
        collector: CollectorId,
        /// Why.
        purpose: CallPurpose,
        /// With what result.
        result: CallResult,
        /// The number that was dialled; entries of before do not say it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        number: Option<String>,
    },
    /// Somebody not on the list, or barred, asked for the child; it stayed, and stays until a leader decides (N14).
    HeldBack {
        /// Who.
        child: ChildId,
    },
    /// A leader decided about a child that is held back; the PIN was asked for.
    HoldDecided {
        /// Who.
        child: ChildId,
        /// What was decided.
        how: HoldAnswer,
        /// Which leader.
        approver: StaffId,
    },
    /// A number was refused. Never the text: a keyed hash and its length.
    Refused {
        /// Why.
        why: Refusal,
        /// Keyed hash of what was typed, hex.
        digest: String,
        /// Length of what was typed, characters.
        length: u32,
    },
    /// A streak of refusals ended.
    RefusedAgain {
        /// How many there were in all.
        count: u32,
    },
    /// The no-card releases of a household's child in a month (F035).
    NoCardCounted {
        /// The child.
        child: ChildId,
        /// Count and month before.
        was: Option<MonthCount>,
        /// Count and month now.
        now: MonthCount,
    },
    /// Something happened to a group.
    Group(GroupFact),
    /// A child who is missed, or whom nobody has fetched, was accounted for.
    Account(Account),
    /// The clock could not be believed, and somebody said what time it was: the time at which this is entered, be it before
    /// the last entry. What was entered under a wrong time stays as it is until it is [`Fact::Redated`].
    ClockSet {
        /// What the clock of the machine said.
        wall: Moment,
        /// What the desk had counted, where it had been at work under another time.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        counted: Option<Moment>,
    },
    /// A leader set right what had been entered under a wrong time; the PIN was asked for. See [`super::redating`].
    Redated {
        /// The first entry.
        from: Seq,
        /// The last one.
        to: Seq,
        /// Milliseconds to add to the time under which they stood.
        by_ms: i64,
        /// Why.
        reason: String,
        /// Which leader.
        approver: StaffId,
    },
    /// Settings, calendar, duty plan and the like.
    Office(OfficeFact),
    /// An earlier entry was taken back.
    Undone {
        /// Its number.
        seq: Seq,
        /// Why, for a release older than ten minutes.
        reason: Option<String>,
    },
}

/// Why a child will not come (F020).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeaveReason {
    /// Ill.
    Ill,
    /// A family matter.
    Family,
    /// Goes home after class.
    HomeDirectly,
}

impl LeaveReason {
    /// In the order of their numbers, from 1.
    pub const ALL: [Self; 3] = [Self::Ill, Self::Family, Self::HomeDirectly];
}

/// Why a call was made.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallPurpose {
    /// To confirm who collects.
    Collector,
    /// To confirm a one-day authorisation.
    OneDay,
}

/// Result of a call.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallResult {
    /// Reached, says yes.
    Yes,
    /// Reached, says no.
    No,
    /// Not reached.
    NoAnswer,
}

impl CallResult {
    /// In the order of their numbers, from 1.
    pub const ALL: [Self; 3] = [Self::Yes, Self::No, Self::NoAnswer];
}

/// Why a number was refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// The check digit is wrong.
    BadDigit,
    /// No such card here.
    NoCard,
    /// Reported lost.
    Lost,
    /// Replaced by another card.
    Replaced,
    /// Expired.
    Expired,
    /// Not a number at all: control characters, foreign digits, too long.
    Garbled,
}

/// How often in a month.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct MonthCount {
    /// Year.
    pub year: i32,
    /// Month, 1 to 12.
    pub month: u32,
    /// How often.
    pub count: u32,
}

impl Fact {
    /// The word under which the journal files it.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::ChildSet { .. } => "child_set",
            Self::CollectorSet { .. } => "collector_set",
            Self::CardSet { .. } => "card_set",
            Self::CardLost { .. } => "card_lost",
            Self::CardMoved { .. } => "card_moved",
            Self::StaffSet { .. } => "staff_set",
            Self::Imported { .. } => "imported",
            Self::PinTried { .. } => "pin_tried",
            Self::PinProved { .. } => "pin_proved",
            Self::Recovery(step) => step.kind(),
            Self::SignedOn { .. } => "signed_on",
            Self::SignedOff { .. } => "signed_off",
            Self::ActorChosen { .. } => "actor_chosen",
            Self::Arrived { .. } => "arrived",
            Self::HolderNamed { .. } => "holder_named",
            Self::AlertAcknowledged { .. } => "alert_acknowledged",
            Self::Released { .. } => "released",
            Self::SteppedOut { .. } => "stepped_out",
            Self::CameBack { .. } => "came_back",
            Self::Moved { .. } => "moved",
            Self::CalledOver { .. } => "called_over",
            Self::LeaveTaken { .. } => "leave_taken",
            Self::NoteLeft { .. } => "note_left",
            Self::Called { .. } => "called",
            Self::HeldBack { .. } => "held_back",
            Self::HoldDecided { .. } => "hold_decided",
            Self::Refused { .. } => "refused",
            Self::RefusedAgain { .. } => "refused_again",
            Self::ClockSet { .. } => "clock_set",
            Self::Redated { .. } => "redated",
            Self::NoCardCounted { .. } => "no_card_counted",
            Self::Group(step) => step.kind(),
            Self::Account(step) => step.kind(),
            Self::Office(step) => step.kind(),
            Self::Undone { .. } => "undone",
        }
    }

    /// The child it is about, if it is about one.
    #[must_use]
    pub fn child(&self) -> Option<ChildId> {
        match self {
            Self::ChildSet { now, .. } => Some(now.id),
            Self::CollectorSet { now, .. } => Some(now.child),
            Self::CardSet { now, .. } => Some(now.child),
            Self::CardLost { child, .. }
            | Self::CardMoved { child, .. }
            | Self::Arrived { child, .. }
            | Self::HolderNamed { child, .. }
            | Self::AlertAcknowledged { child }
            | Self::Released { child, .. }
            | Self::SteppedOut { child, .. }
            | Self::CameBack { child }
            | Self::Moved { child, .. }
            | Self::CalledOver { child }
            | Self::LeaveTaken { child, .. }
            | Self::NoteLeft { child, .. }
            | Self::Called { child, .. }
            | Self::HeldBack { child }
            | Self::HoldDecided { child, .. }
            | Self::NoCardCounted { child, .. } => Some(*child),
            Self::Group(step) => step.child(),
            Self::Account(step) => step.child(),
            Self::Office(step) => step.child(),
            Self::StaffSet { .. }
            | Self::Imported { .. }
            | Self::PinTried { .. }
            | Self::PinProved { .. }
            | Self::Recovery(_)
            | Self::SignedOn { .. }
            | Self::SignedOff { .. }
            | Self::ActorChosen { .. }
            | Self::Refused { .. }
            | Self::RefusedAgain { .. }
            | Self::ClockSet { .. }
            | Self::Redated { .. }
            | Self::Undone { .. } => None,
        }
    }
}
