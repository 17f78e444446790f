//! Whom and what a fact names: children, collectors, cards, staff. A fact that names what is gone would mean nothing, so what
//! is named later is not taken back.

use super::{Account, CardsOf, Entry, Fact, Ground, GroupFact, Holder, OfficeFact, Taker};
use crate::domain::card::CardNumber;
use crate::domain::closing::{Found, Stay};
use crate::domain::people::{ChildId, CollectorId, StaffId};

/// One that is named.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Thing<'f> {
    /// A child.
    Child(ChildId),
    /// A collector.
    Collector(CollectorId),
    /// A card, a child's or one of the staff.
    Card(&'f CardNumber),
    /// A member of staff.
    Staff(StaffId),
}

impl Entry {
    /// All that it names as it stands from now on, who acted among them; the same one may come twice.
    #[must_use]
    pub fn things(&self) -> Vec<Thing<'_>> {
        let mut all = self.fact.things();
        all.extend(self.staff.map(Thing::Staff));
        all
    }
}

impl Fact {
    /// All that it names as it stands from now on; the same one may come twice.
    #[must_use]
    pub fn things(&self) -> Vec<Thing<'_>> {
        let mut all: Vec<Thing<'_>> = self.child().map(Thing::Child).into_iter().collect();
        match self {
            Self::ChildSet { now, .. } => all.extend(now.buddy.map(Thing::Child)),
            Self::CollectorSet { now, .. } => {
                all.push(Thing::Collector(now.id));
                all.extend(now.staff.map(Thing::Staff));
            }
            Self::CardSet { now, .. } => all.push(Thing::Card(&now.number)),
            Self::CardLost { number, .. } | Self::CardMoved { number, .. } => all.push(Thing::Card(number)),
            Self::StaffSet { now, .. } => {
                all.push(Thing::Staff(now.id));
                all.extend(now.card.as_ref().map(Thing::Card));
            }
            Self::PinTried { staff } | Self::PinProved { staff } | Self::SignedOn { staff } | Self::ActorChosen { staff } => {
                all.push(Thing::Staff(*staff));
            }
            Self::SignedOff { staff, by, .. } => all.extend(by.iter().chain([staff]).copied().map(Thing::Staff)),
            Self::Recovery(step) => all.push(step.thing()),
            Self::Arrived { card, holder, .. } => {
                all.extend(card.as_ref().map(Thing::Card));
                all.extend(holder.collector().map(Thing::Collector));
            }
            Self::HolderNamed { now, .. } => all.extend(now.collector().map(Thing::Collector)),
            Self::Released { ground, taker, .. } => {
                all.extend(ground.things());
                all.extend(taker.collector().map(Thing::Collector));
            }
            Self::SteppedOut { taker, ground, .. } => {
                all.extend(ground.as_ref().and_then(Ground::things));
                all.push(Thing::Collector(*taker));
            }
            Self::HoldDecided { approver, .. } | Self::Redated { approver, .. } => all.push(Thing::Staff(*approver)),
            Self::Called { collector, .. } => all.push(Thing::Collector(*collector)),
            Self::Group(step) => all.extend(step.things()),
            Self::Account(step) => all.extend(step.things()),
            Self::Office(step) => all.extend(step.things()),
            Self::Imported { .. }
            | Self::ClockSet { .. }
            | Self::AlertAcknowledged { .. }
            | Self::CameBack { .. }
            | Self::Moved { .. }
            | Self::CalledOver { .. }
            | Self::LeaveTaken { .. }
            | Self::NoteLeft { .. }
            | Self::HeldBack { .. }
            | Self::Refused { .. }
            | Self::RefusedAgain { .. }
            | Self::NoCardCounted { .. }
            | Self::Undone { .. } => {}
        }
        all
    }
}

impl Holder {
    fn collector(&self) -> Option<CollectorId> {
        match self {
            Self::Presumed(id) | Self::Named(id) => Some(*id),
            Self::Escort(_) | Self::Nobody => None,
        }
    }
}

impl Taker {
    fn collector(self) -> Option<CollectorId> {
        match self {
            Self::Collector(id) => Some(id),
            Self::Itself => None,
        }
    }
}

impl Ground {
    fn things(&self) -> Option<Thing<'_>> {
        match self {
            Self::Card { .. } | Self::CardUnread { .. } | Self::OnSite { .. } => self.card().map(Thing::Card),
            Self::NoCard { second, .. } => Some(Thing::Staff(*second)),
            Self::StaffParent { staff } => Some(Thing::Staff(*staff)),
            Self::LeftOpen | Self::SelfLeave | Self::NotBack { .. } => None,
        }
    }
}

impl GroupFact {
    fn things(&self) -> Vec<Thing<'_>> {
        match self {
            Self::Made { group } => vec![Thing::Staff(group.leader)],
            Self::Led { now, .. } => vec![Thing::Staff(*now)],
            Self::Went { left: children, .. } | Self::Returned { missing: children, .. } => children.iter().copied().map(Thing::Child).collect(),
            Self::Started { .. } | Self::Joined { .. } | Self::Ended { .. } => Vec::new(),
        }
    }
}

impl Account {
    fn things(&self) -> Vec<Thing<'_>> {
        match self {
            Self::Chased { collector, .. } => vec![Thing::Collector(*collector)],
            Self::Extended { approver: staff, .. } | Self::LeaderAgreed { leader: staff, .. } => vec![Thing::Staff(*staff)],
            Self::LeaderTold { leader, about } => about.iter().copied().map(Thing::Child).chain(std::iter::once(Thing::Staff(*leader))).collect(),
            Self::Stays { how: Stay::TwoAdults { adults, .. }, .. } => adults.iter().copied().map(Thing::Staff).collect(),
            Self::Found { how: Found::Seen { by, .. }, .. } => vec![Thing::Staff(*by)],
            Self::Missed { .. }
            | Self::Found { how: Found::Here | Found::WithFamily | Found::Elsewhere { .. }, .. }
            | Self::Stays { how: Stay::Guard { .. }, .. }
            | Self::StillHere { .. }
            | Self::AtDoor { .. }
            | Self::NotTakenIn { .. }
            | Self::Incident { .. } => Vec::new(),
        }
    }
}

impl OfficeFact {
    fn things(&self) -> Vec<Thing<'_>> {
        match self {
            Self::CardsForgotten { of: CardsOf::Staff(staff), .. } => vec![Thing::Staff(*staff)],
            Self::DutyPlanned { now, .. } => now.iter().copied().map(Thing::Staff).collect(),
            Self::RackCounted { missing, .. } => missing.iter().map(Thing::Card).collect(),
            Self::CardFound { number } => vec![Thing::Card(number)],
            Self::PhraseTried { collector, .. } => vec![Thing::Collector(*collector)],
            Self::SettingSet { .. }
            | Self::TermSet { .. }
            | Self::TimetableSet { .. }
            | Self::DaySet { .. }
            | Self::CareRefused { .. }
            | Self::Exported { .. }
            | Self::Looked { .. }
            | Self::Erased { .. }
            | Self::CardsForgotten { of: CardsOf::Child(_), .. }
            | Self::DaysForgotten { .. } => Vec::new(),
        }
    }
}
