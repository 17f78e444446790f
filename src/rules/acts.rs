//! Everything that is entered at the desk beside arrival and pickup.

use super::access::Right as AccessRight;
use super::barred::{self, Naming};
use super::clock::NOW;
use super::closing::{self, AccountAct};
use super::collect::{Vouch, may_vouch, takers};
use super::groups::{self, GroupAct};
use super::office::cards::CardsAct;
use super::office::people::Hindrance;
use super::office::{self, OfficeAct};
use super::pass::shown::is_just_brought;
use super::{Decision, Objection, Room, clock, duty, hold, missing};
use crate::domain::custody::{CardKind, Custody};
use crate::domain::day::Presence;
use crate::domain::fact::{Account, Agreed, CallPurpose, CallResult, Draft, Fact, HoldAnswer, Holder, Incident, LeaveReason, OfficeFact, Refusal};
use crate::domain::likeness::Described;
use crate::domain::people::{ChildId, Collector, CollectorId, Right, StaffId};
use crate::domain::redating::Stretch;
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
        /// Who vouches: a registered collector who was called back, and what was said. Only a yes makes the right active.
        /// Without anybody nothing is entered but that the naming was stopped.
        call: Option<Vouch>,
        /// The leader who agreed, with a PIN; asked for where somebody is barred from this child.
        approver: Option<StaffId>,
    },
    /// Another call about a one-day right that is not active yet.
    CallBack {
        /// The collector named for today.
        named: CollectorId,
        /// Who vouches, and what was said.
        call: Vouch,
        /// The leader who agreed, where somebody is barred from this child.
        approver: Option<StaffId>,
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
        /// Whose PIN was right: their own, or a leader's.
        by: StaffId,
        /// Why, when children stay behind with fewer adults than there have to be; see [`duty::leaves_alone`].
        reason: Option<String>,
    },
    /// Somebody on duty, whose PIN was right, acts from now on.
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
    /// Somebody looks at everything that is on file about a child (F172).
    Look {
        /// The child.
        child: ChildId,
    },
    /// A leader sets right what was entered under a wrong time (N28).
    Redate {
        /// What was entered under it.
        stretch: Box<Stretch>,
        /// When the first entry was made indeed.
        first: Moment,
        /// Why the time was wrong.
        reason: String,
        /// Which leader; the PIN was asked for.
        approver: StaffId,
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

/// What somebody lacks who wants to go on duty and cannot: the papers that are missing say more than a plain no.
pub(super) fn what_lacks(room: Room<'_>, act: &Act, now: Moment) -> Option<Objection> {
    if let Act::SignOn { staff } = act { duty::may_sign_on(room, *staff, now).err() } else { None }
}

fn facts(room: Room<'_>, act: &Act, now: Moment) -> Result<Vec<Fact>, Objection> {
    for child in speaks_of(room, act) {
        has_a_say(room, child, now)?;
    }
    Ok(match act {
        Act::NameHolder { child, collector } => {
            let (Presence::In(visit) | Presence::Out(visit, _)) = room.state().presence(*child) else {
                return Err(Objection::NotHere(*child));
            };
            if !takers(room, *child, now.date()).iter().any(|c| c.id == *collector) {
                return Err(Objection::Evidence);
            }
            // The card is handed to whoever has just brought the child: later nobody becomes its holder by a word.
            if !is_just_brought(room, *child, visit, (now, NOW)) {
                return Err(Objection::WrongTime);
            }
            vec![Fact::HolderNamed { child: *child, was: visit.holder.clone(), now: Holder::Named(*collector) }]
        }
        Act::Acknowledge { child } => {
            // At another desk somebody was faster.
            if room.state().child(*child).is_some_and(|day| day.acknowledged) {
                return Err(Objection::Acknowledged(*child));
            }
            vec![Fact::AlertAcknowledged { child: *child }]
        }
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
        Act::Authorise { child, name, relation, phone, phrase, call, approver } => {
            authorise(room, *child, [name, relation, phone], phrase.as_deref(), (*call, *approver), now)?
        }
        Act::CallBack { named, call, approver } => call_back(room, *named, (*call, *approver), now)?,
        Act::TryPin { staff } => {
            duty::may_try_pin(room, *staff, now)?;
            vec![Fact::PinTried { staff: *staff }]
        }
        Act::ProvePin { staff } => vec![Fact::PinProved { staff: *staff }],
        Act::SignOn { staff } => {
            duty::may_sign_on(room, *staff, now)?;
            vec![Fact::SignedOn { staff: *staff }]
        }
        Act::SignOff { staff, .. } if let Some(group) = groups::led_by(room.state(), *staff) => {
            return Err(Objection::Group(groups::Hindrance::Leads(group)));
        }
        Act::SignOff { staff, by, reason } if room.state().is_on_duty(*staff) => {
            let reason = reason.as_deref().map(text_of).transpose()?;
            if reason.is_none() && duty::leaves_alone(room, *staff) {
                return Err(Objection::Empty);
            }
            vec![Fact::SignedOff { staff: *staff, by: Some(*by), reason }]
        }
        Act::Choose { staff } if room.state().is_on_duty(*staff) => vec![Fact::ActorChosen { staff: *staff }],
        Act::SignOff { .. } | Act::Choose { .. } => return Err(Objection::WrongStaff),
        Act::Refused { why, length } => vec![Fact::Refused { why: *why, digest: String::new(), length: *length }],
        Act::RefusedAgain { count } => vec![Fact::RefusedAgain { count: *count }],
        Act::Look { child } => vec![Fact::Office(OfficeFact::Looked { child: *child })],
        Act::Redate { stretch, first, reason, approver } => clock::redate(room, stretch, *first, (&text_of(reason)?, *approver), now)?,
        Act::Group(act) => groups::facts(room, act, now)?,
        Act::Account(act) => closing::facts(room, act, now)?,
        Act::Office(act) => office::facts(room, act, now)?,
    })
}

/// What has to be entered before somebody is named for a child: a leader's agreement where somebody is barred. `None` when the
/// bar fits the person: then only that is entered.
pub(in crate::rules) fn named(
    room: Room<'_>,
    child: ChildId,
    (who, naming): (Described<'_>, Naming),
    approver: Option<StaffId>,
    now: Moment,
) -> Result<Option<Vec<Fact>>, Objection> {
    match naming {
        Naming::Stopped => Ok(None),
        Naming::Free => Ok(Some(Vec::new())),
        Naming::Leader => {
            let leader = approver.ok_or(Objection::LeaderNeeded(child))?;
            duty::may_agree(room, leader, AccessRight::NameForRestricted, now)?;
            let is_the_named = room.register.staff_member(leader).is_some_and(|staff| duty::is_person(staff, who));
            if is_the_named || barred::is_of_staff(room.register, child, leader, now.date()) {
                return Err(Objection::WrongStaff);
            }
            Ok(Some(vec![Fact::Account(Account::LeaderAgreed { child, leader, to: Agreed::Naming })]))
        }
    }
}

/// The bar fits who was to be named: the leader is told, nothing else is entered, and no reason is shown (N14).
pub(in crate::rules) fn stopped(child: ChildId) -> Vec<Fact> {
    vec![Fact::Account(Account::Incident { child, kind: Incident::NamingStopped })]
}

/// Of whom an act says who collects them, where they are, or whether they are looked for.
fn speaks_of(room: Room<'_>, act: &Act) -> Vec<ChildId> {
    match act {
        Act::NameHolder { child, .. }
        | Act::Leave { child, .. }
        | Act::Move { child, .. }
        | Act::CallOver { child }
        | Act::Authorise { child, .. }
        | Act::Account(
            AccountAct::Chase { child, .. } | AccountAct::Seen { child, .. } | AccountAct::StillHere { child } | AccountAct::NotTakeIn { child },
        ) => {
            vec![*child]
        }
        Act::CallBack { named, .. } => room.register.collector(*named).map(|c| c.child).into_iter().collect(),
        Act::Account(AccountAct::Extend { children, .. })
        | Act::Group(GroupAct::Put { children, .. } | GroupAct::TakeOut { children } | GroupAct::Go { children, .. }) => children.clone(),
        Act::Group(GroupAct::Return { here, .. }) => here.clone(),
        // A card for the day is the desk's to give; of any other the register's keeper is asked.
        Act::Office(OfficeAct::Cards(CardsAct::Issue(cards))) => cards.iter().filter(|c| c.kind == CardKind::Day).map(|c| c.child).collect(),
        // A leader who decides is asked about in the act; what is only told, proved or refused is anybody's.
        Act::DecideHold { .. }
        | Act::Acknowledge { .. }
        | Act::Note { .. }
        | Act::LoseCard { .. }
        | Act::TryPin { .. }
        | Act::ProvePin { .. }
        | Act::SignOn { .. }
        | Act::SignOff { .. }
        | Act::Choose { .. }
        | Act::Refused { .. }
        | Act::RefusedAgain { .. }
        | Act::Look { .. }
        | Act::Redate { .. }
        | Act::Group(GroupAct::Make(_) | GroupAct::Lead { .. } | GroupAct::End { .. })
        | Act::Account(AccountAct::TellLeader { .. } | AccountAct::Stay { .. })
        | Act::Office(_) => Vec::new(),
    }
}

/// Whoever acts and is barred from the child says nothing about who collects it, or where it is.
pub(in crate::rules) fn has_a_say(room: Room<'_>, child: ChildId, now: Moment) -> Result<(), Objection> {
    let barred = room.actor().is_some_and(|actor| barred::is_of_staff(room.register, child, actor, now.date()));
    if barred { Err(Objection::WrongStaff) } else { Ok(()) }
}

fn authorise(
    room: Room<'_>,
    child: ChildId,
    texts: [&String; 3],
    phrase: Option<&str>,
    (call, approver): (Option<Vouch>, Option<StaffId>),
    now: Moment,
) -> Result<Vec<Fact>, Objection> {
    let [name, relation, phone] = [text_of(texts[0])?, text_of(texts[1])?, text_of(texts[2])?];
    let who = Described { name: &name, relation: &relation, phone: Some(&phone), staff: None };
    let naming = barred::naming(room.register, child, who, now.date());
    let Some(mut facts) = named(room, child, (who, unless_refused(naming, call)), approver, now)? else { return Ok(stopped(child)) };
    is_of_age(room, child, who)?;
    let call = call.ok_or(Objection::Evidence)?;
    may_vouch(room, child, Some(who), call, now)?;
    let rank = room.register.collectors(child).map(|c| c.rank).max().unwrap_or(0).saturating_add(1);
    let refused = call.result() == Some(CallResult::No);
    let right = if refused { Right::Ended } else { Right::OneDay { day: now.date(), confirmed: call.agrees() } };
    let named = Collector {
        phone: Some(phone),
        phrase: phrase.map(str::to_owned),
        ..Collector::new(room.register.next_ids().collector(), child, rank, name, relation, right)
    };
    facts.push(call.call(room, child, CallPurpose::OneDay));
    facts.push(Fact::CollectorSet { was: None, now: Box::new(named) });
    // A no is a hold, wherever it is said: nobody calls the next of the family until one says yes.
    facts.extend(refused.then_some(Fact::HeldBack { child }));
    Ok(facts)
}

/// Whoever is listed as under age is not named anew as somebody who may (F036).
fn is_of_age(room: Room<'_>, child: ChildId, who: Described<'_>) -> Result<(), Objection> {
    let minor = room.register.collectors(child).find(|c| c.minor && barred::is_person(room.register, c, who));
    minor.map_or(Ok(()), |minor| Err(Hindrance::Minor(minor.id).into()))
}

/// What naming asks for where the family has said no: nobody is named then, so neither a leader nor a bar is asked before the child is
/// held.
fn unless_refused(naming: barred::Naming, call: Option<Vouch>) -> barred::Naming {
    let refused = call.and_then(Vouch::result) == Some(CallResult::No);
    if refused { barred::Naming::Free } else { naming }
}

fn call_back(room: Room<'_>, named_for: CollectorId, (call, approver): (Vouch, Option<StaffId>), now: Moment) -> Result<Vec<Fact>, Objection> {
    let was = room.register.collector(named_for).ok_or(Objection::Evidence)?;
    if was.right != (Right::OneDay { day: now.date(), confirmed: false }) {
        return Err(Objection::Evidence);
    }
    let naming = barred::naming(room.register, was.child, was.into(), now.date());
    let Some(mut facts) = named(room, was.child, (was.into(), unless_refused(naming, Some(call))), approver, now)? else {
        return Ok(stopped(was.child));
    };
    is_of_age(room, was.child, was.into())?;
    may_vouch(room, was.child, Some(was.into()), call, now)?;
    facts.push(call.call(room, was.child, CallPurpose::OneDay));
    let right = match call.result() {
        None | Some(CallResult::Yes) => Some(Right::OneDay { day: now.date(), confirmed: true }),
        Some(CallResult::No) => Some(Right::Ended),
        Some(CallResult::NoAnswer) => None,
    };
    facts.extend(right.map(|right| Fact::CollectorSet { was: Some(Box::new(was.clone())), now: Box::new(Collector { right, ..was.clone() }) }));
    facts.extend((right == Some(Right::Ended)).then_some(Fact::HeldBack { child: was.child }));
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
