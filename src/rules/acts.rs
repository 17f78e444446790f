//! Everything that is entered at the desk beside arrival and pickup.

use super::closing::{self, AccountAct};
use super::collect::takers;
use super::groups::{self, GroupAct, Hindrance};
use super::office::{self, OfficeAct};
use super::{Decision, Objection, Room, duty, hold, missing};
use crate::domain::custody::Custody;
use crate::domain::day::Presence;
use crate::domain::fact::{CallPurpose, CallResult, Draft, Fact, HoldAnswer, Holder, LeaveReason, Refusal};
use crate::domain::people::{ChildId, Collector, CollectorId, Right, StaffId};
use crate::domain::settings::Place;
use crate::domain::time::Moment;

/// Something that is entered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Act {
    /// Another collector holds the card than was presumed.
    NameHolder {
        /// The child.
        child: ChildId,
        /// Who holds it.
        collector: CollectorId,
    },
    /// The alert was seen (F110).
    Acknowledge {
        /// The child.
        child: ChildId,
    },
    /// The child will not come today (F020).
    Leave {
        /// The child.
        child: ChildId,
        /// Why.
        reason: LeaveReason,
    },
    /// A note for today (F109).
    Note {
        /// The child.
        child: ChildId,
        /// The note.
        text: String,
    },
    /// The child is at another place now (F050).
    Move {
        /// The child.
        child: ChildId,
        /// Where.
        to: Place,
    },
    /// The child is called to the desk.
    CallOver {
        /// The child.
        child: ChildId,
    },
    /// A leader decides about a child that is held back (N14).
    DecideHold {
        /// The child.
        child: ChildId,
        /// What is decided.
        how: HoldAnswer,
        /// Which leader; the PIN was asked for.
        approver: StaffId,
    },
    /// The child's card is lost (F102).
    LoseCard {
        /// The child.
        child: ChildId,
    },
    /// Somebody may collect today only (F032).
    Authorise {
        /// The child.
        child: ChildId,
        /// Name of the collector.
        name: String,
        /// Relation.
        relation: String,
        /// Phone.
        phone: String,
        /// Hash of the pass phrase that was agreed on, if one was (F033).
        phrase: Option<Box<str>>,
        /// Which registered collector was called back, and what was said. Only a yes makes the right active.
        call: (CollectorId, CallResult),
    },
    /// Another call about a one-day right that is not active yet.
    CallBack {
        /// The collector named for today.
        named: CollectorId,
        /// Who was called, and what was said.
        call: (CollectorId, CallResult),
    },
    /// A PIN is about to be compared.
    TryPin {
        /// Whose.
        staff: StaffId,
    },
    /// A PIN was right.
    ProvePin {
        /// Whose.
        staff: StaffId,
    },
    /// Somebody goes on duty.
    SignOn {
        /// Who.
        staff: StaffId,
    },
    /// Somebody goes off duty.
    SignOff {
        /// Who.
        staff: StaffId,
    },
    /// Somebody on duty acts from now on.
    Choose {
        /// Who.
        staff: StaffId,
    },
    /// A number was refused; `digest` is filled in where the key is.
    Refused {
        /// Why.
        why: Refusal,
        /// Length, characters.
        length: u32,
    },
    /// A streak of refusals ended.
    RefusedAgain {
        /// How many in all.
        count: u32,
    },
    /// Something is done with a group.
    Group(GroupAct),
    /// Children who are missed or not fetched are accounted for.
    Account(AccountAct),
    /// Something is changed in the register.
    Office(OfficeAct),
}

/// Longest note or name, characters.
pub const LONGEST_TEXT: usize = 64;

pub(super) fn decide(room: Room<'_>, act: &Act, now: Moment) -> Decision {
    match facts(room, act, now) {
        Ok(facts) => Decision::record(facts.into_iter().map(Draft::from).collect()),
        Err(objection) => Decision::refuse(objection),
    }
}

fn facts(room: Room<'_>, act: &Act, now: Moment) -> Result<Vec<Fact>, Objection> {
    Ok(match act {
        Act::NameHolder { child, collector } => {
            let (Presence::In(visit) | Presence::Out(visit, _)) = room.state().presence(*child) else {
                return Err(Objection::NotHere(*child));
            };
            if !takers(room, *child, now.date()).iter().any(|c| c.id == *collector) {
                return Err(Objection::Evidence);
            }
            vec![Fact::HolderNamed { child: *child, was: visit.holder.clone(), now: Holder::Named(*collector) }]
        }
        Act::Acknowledge { child } => vec![Fact::AlertAcknowledged { child: *child }],
        Act::Leave { child, reason } => match room.state().presence(*child) {
            Presence::NotHere => vec![Fact::LeaveTaken { child: *child, reason: *reason }],
            Presence::In(_) | Presence::Out(..) => return Err(Objection::AlreadyHere(*child)),
            Presence::Gone(..) => return Err(Objection::AlreadyGone(*child)),
        },
        Act::Note { child, text } => vec![Fact::NoteLeft { child: *child, text: text_of(text)? }],
        Act::Move { child, to } => match missing::at_hand(room.day.state(), *child)? {
            visit if visit.place == *to => return Err(Objection::AlreadyHere(*child)),
            visit => vec![Fact::Moved { child: *child, was: visit.place.clone(), now: to.clone() }],
        },
        Act::CallOver { child } => match missing::at_hand(room.day.state(), *child)? {
            visit if visit.place.is_room() => return Err(Objection::AlreadyHere(*child)),
            _ => vec![Fact::CalledOver { child: *child }],
        },
        Act::DecideHold { child, how, approver } => hold::facts(room, *child, how, *approver, now)?,
        Act::LoseCard { child } => {
            let cards = room.register.valid_cards(*child, room.day.date());
            let card = *cards.first().ok_or(Objection::NoLiveCard(*child))?;
            vec![Fact::CardLost { number: card.number.clone(), child: *child, was: Box::new(card.clone()) }]
        }
        Act::Authorise { child, name, relation, phone, phrase, call } => {
            authorise(room, *child, [name, relation, phone], phrase.as_deref(), *call, now)?
        }
        Act::CallBack { named, call } => call_back(room, *named, *call, now)?,
        Act::TryPin { staff } => {
            duty::may_try_pin(room, *staff, now)?;
            vec![Fact::PinTried { staff: *staff }]
        }
        Act::ProvePin { staff } => vec![Fact::PinProved { staff: *staff }],
        Act::SignOn { staff } => {
            duty::may_sign_on(room, *staff, now)?;
            vec![Fact::SignedOn { staff: *staff }]
        }
        Act::SignOff { staff } if let Some(group) = groups::led_by(room.state(), *staff) => {
            return Err(Objection::Group(Hindrance::Leads(group)));
        }
        Act::SignOff { staff } if room.state().is_on_duty(*staff) => vec![Fact::SignedOff { staff: *staff }],
        Act::Choose { staff } if room.state().is_on_duty(*staff) => vec![Fact::ActorChosen { staff: *staff }],
        Act::SignOff { .. } | Act::Choose { .. } => return Err(Objection::WrongStaff),
        Act::Refused { why, length } => vec![Fact::Refused { why: *why, digest: String::new(), length: *length }],
        Act::RefusedAgain { count } => vec![Fact::RefusedAgain { count: *count }],
        Act::Group(act) => groups::facts(room, act)?,
        Act::Account(act) => closing::facts(room, act, now)?,
        Act::Office(act) => office::facts(room, act, now)?,
    })
}

fn authorise(
    room: Room<'_>,
    child: ChildId,
    texts: [&String; 3],
    phrase: Option<&str>,
    call: (CollectorId, CallResult),
    now: Moment,
) -> Result<Vec<Fact>, Objection> {
    let [name, relation, phone] = [text_of(texts[0])?, text_of(texts[1])?, text_of(texts[2])?];
    let registered = room
        .register
        .collector(call.0)
        .is_some_and(|c| c.child == child && c.right == Right::Standing && c.may_collect(now.date()) && c.phone.is_some());
    if !registered {
        return Err(Objection::Evidence);
    }
    let rank = room.register.collectors(child).map(|c| c.rank).max().unwrap_or(0).saturating_add(1);
    let right = Right::OneDay { day: now.date(), confirmed: call.1 == CallResult::Yes };
    let named = Collector {
        phone: Some(phone),
        phrase: phrase.map(str::to_owned),
        ..Collector::new(room.register.next_ids().collector(), child, rank, name, relation, right)
    };
    Ok(vec![
        Fact::Called { child, collector: call.0, purpose: CallPurpose::OneDay, result: call.1 },
        Fact::CollectorSet { was: None, now: Box::new(named) },
    ])
}

fn call_back(room: Room<'_>, named: CollectorId, call: (CollectorId, CallResult), now: Moment) -> Result<Vec<Fact>, Objection> {
    let was = room.register.collector(named).ok_or(Objection::Evidence)?;
    let waiting = was.right == Right::OneDay { day: now.date(), confirmed: false };
    let registered = room
        .register
        .collector(call.0)
        .is_some_and(|c| c.child == was.child && c.right == Right::Standing && c.may_collect(now.date()) && c.phone.is_some());
    if !waiting || !registered {
        return Err(Objection::Evidence);
    }
    let mut facts = vec![Fact::Called { child: was.child, collector: call.0, purpose: CallPurpose::OneDay, result: call.1 }];
    if call.1 == CallResult::Yes {
        let now = Collector { right: Right::OneDay { day: now.date(), confirmed: true }, ..was.clone() };
        facts.push(Fact::CollectorSet { was: Some(Box::new(was.clone())), now: Box::new(now) });
    }
    Ok(facts)
}

/// A short text as it may stand in a fact: trimmed, without control characters, not empty, not too long.
pub(in crate::rules) fn text_of(text: &str) -> Result<String, Objection> {
    let clean: String = text.trim().chars().filter(|c| !c.is_control()).take(LONGEST_TEXT).collect();
    if clean.is_empty() { Err(Objection::Empty) } else { Ok(clean) }
}

/// Whether a card hangs on the rack and could be handed over.
#[must_use]
pub fn is_on_rack(room: Room<'_>, child: ChildId) -> bool {
    room.register.valid_cards(child, room.day.date()).iter().any(|c| c.custody == Custody::Rack)
}
