//! Everything that can happen at the desk, as the journal holds it.
//!
//! A fact is small, self-contained and never changed. Facts that are entered together form one *act*; undo takes back an
//! act. Facts about the register carry what was and what is now, so that undoing them needs no history.

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::activity::{Group, GroupId};
use super::card::CardNumber;
use super::closing::{ExtendReason, Found, Matter, Outcome, Stay};
use super::custody::{Card, Custody};
use super::people::{Child, ChildId, Collector, CollectorId, Staff, StaffId};
use super::settings::Place;
use super::time::Moment;

mod office;
mod things;

pub use office::OfficeFact;
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
    /// When it happened; never after `entered_at` (I8).
    pub at: Moment,
    /// When it was entered; never decreases along the journal (I8).
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
    /// Somebody went on duty (F087).
    SignedOn {
        /// Who.
        staff: StaffId,
    },
    /// Somebody went off duty.
    SignedOff {
        /// Who.
        staff: StaffId,
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
    },
    /// Somebody not on the list, or barred, asked for the child; it stayed (N14).
    HeldBack {
        /// Who.
        child: ChildId,
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

    fn kind(&self) -> &'static str {
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

    fn child(&self) -> Option<ChildId> {
        match self {
            Self::Joined { child, .. } => Some(*child),
            Self::Made { .. } | Self::Started { .. } | Self::Led { .. } | Self::Went { .. } | Self::Returned { .. } | Self::Ended { .. } => None,
        }
    }
}

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
    /// Something happened that must not: an incident is open.
    Incident {
        /// Who.
        child: ChildId,
        /// What.
        kind: Incident,
    },
}

/// What an incident is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Incident {
    /// A child was given to somebody without the desk.
    ReleasedUnseen,
}

impl Account {
    fn kind(&self) -> &'static str {
        match self {
            Self::Missed { .. } => "missed",
            Self::Found { .. } => "found",
            Self::Chased { .. } => "chased",
            Self::Extended { .. } => "extended",
            Self::LeaderTold { .. } => "leader_told",
            Self::Stays { .. } => "stays",
            Self::Incident { .. } => "incident",
        }
    }

    fn child(&self) -> Option<ChildId> {
        match self {
            Self::Missed { child, .. }
            | Self::Found { child, .. }
            | Self::Chased { child, .. }
            | Self::Extended { child, .. }
            | Self::Stays { child, .. }
            | Self::Incident { child, .. } => Some(*child),
            Self::LeaderTold { .. } => None,
        }
    }
}

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
        /// Result of the call to a registered number.
        call: CallResult,
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
        /// Result of the call to the family.
        call: CallResult,
    },
    /// Found open on a later day and entered afterwards (昨日已接走).
    LeftOpen,
    /// Goes home alone with a signed letter; never in grades 1 and 2 (I9).
    SelfLeave,
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
            Self::Refused { .. } => "refused",
            Self::RefusedAgain { .. } => "refused_again",
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
            | Self::NoCardCounted { child, .. } => Some(*child),
            Self::Group(step) => step.child(),
            Self::Account(step) => step.child(),
            Self::Office(step) => step.child(),
            Self::StaffSet { .. }
            | Self::Imported { .. }
            | Self::PinTried { .. }
            | Self::PinProved { .. }
            | Self::SignedOn { .. }
            | Self::SignedOff { .. }
            | Self::ActorChosen { .. }
            | Self::Refused { .. }
            | Self::RefusedAgain { .. }
            | Self::Undone { .. } => None,
        }
    }
}
