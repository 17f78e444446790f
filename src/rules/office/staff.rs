//! What may be changed about staff: role, capacity, papers, vetting, card, PIN, the duty plan (S2.29, S2.32, S2.63, F088).
//!
//! Every change is one fact with what was and what is now. Nobody is deleted: who leaves is retired. Whoever may no longer
//! be on duty after a change goes off duty with it.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::domain::card::CardNumber;
use crate::domain::face::Faces;
use crate::domain::fact::{Fact, OfficeFact};
use crate::domain::people::{Role, Staff, StaffId};
use crate::domain::staff::{Capacity, Credential, Employment, Vetting};
use crate::domain::time::Moment;
use crate::rules::access::{Right, may};
use crate::rules::acts::text_of;
use crate::rules::card::{Meaning, look_up};
use crate::rules::duty::{self, Lack, plan, recovery};
use crate::rules::{Objection, Room, Verdict, barred, groups};

/// The longest name of a member of staff, characters.
pub const LONGEST_NAME: usize = 32;

/// The highest load that is taken, per cent of a full one.
pub const MOST_LOAD: u8 = 200;

/// Something that is changed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum StaffAct {
    /// Somebody is new.
    Add {
        /// Name.
        name: String,
        /// What the person may do.
        role: Role,
        /// Everything else that is known.
        changes: Vec<Change>,
    },
    /// Something about somebody changes.
    Change {
        /// Who.
        staff: StaffId,
        /// What, in this order.
        changes: Vec<Change>,
    },
    /// Somebody is planned for duty on a day, or no longer.
    Plan {
        /// The day.
        date: NaiveDate,
        /// Who.
        staff: StaffId,
        /// Planned from now on.
        on: bool,
    },
    /// Somebody stands in for somebody else on a day.
    Substitute {
        /// The day.
        date: NaiveDate,
        /// Who does not come.
        gone: StaffId,
        /// Who comes instead.
        comes: StaffId,
    },
    /// A leader gets a new recovery code.
    MakeCode {
        /// Who.
        staff: StaffId,
        /// The code's hash.
        hash: String,
    },
    /// A recovery code is about to be compared.
    TryCode {
        /// Whose.
        staff: StaffId,
    },
    /// The code was right: it is used up, and the PIN is new.
    UseCode {
        /// Whose.
        staff: StaffId,
        /// Hash of the new PIN.
        pin: String,
    },
}

/// What changes about somebody.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Change {
    /// Name.
    Name(String),
    /// What the person may do. Who becomes a leader gets a new PIN with it.
    Role(Role),
    /// What the person is called here.
    Kind(Option<String>),
    /// In what capacity the person comes.
    Capacity(Capacity),
    /// How the school employs the person.
    Employment(Option<Employment>),
    /// Number to dial.
    Phone(Option<String>),
    /// Weekly teaching load, per cent.
    Load(Option<u8>),
    /// Staff card.
    Card(Option<CardNumber>),
    /// A new PIN: its hash.
    Pin(String),
    /// A paper; one of the same name is renewed.
    Paper(Credential),
    /// The paper of this name is taken off.
    RemovePaper(String),
    /// What the check of the record said.
    Vetting(Vetting),
    /// Works here, or no longer.
    Active(bool),
}

/// What stands against it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Hindrance {
    /// This is missing for duty.
    Papers {
        /// Who.
        staff: StaffId,
        /// Everything that is missing.
        lacks: Vec<Lack>,
    },
    /// No name, or a longer one than allowed.
    Name,
    /// Somebody of that name is on the staff.
    NameTaken(String),
    /// The only leader stays one.
    LastLeader(StaffId),
    /// Still on duty.
    OnDuty(StaffId),
    /// Who becomes a leader needs a new PIN.
    LeaderPin,
    /// This card belongs to somebody, or did.
    CardTaken,
    /// This number is no card's: a digit is wrong.
    CardDigit,
    /// Not understood as a phone number.
    Phone,
    /// More than can be.
    Load,
    /// The check is dated ahead.
    VettedAhead,
    /// There is no such paper.
    NoSuchPaper(String),
    /// This day has passed.
    PastDay(NaiveDate),
    /// Not planned for this day.
    NotPlanned(StaffId),
    /// This person cannot be planned: left, or only inspects.
    NotForDuty(StaffId),
    /// It is so already.
    Unchanged,
}

pub(super) fn facts(room: Room<'_>, act: &StaffAct, now: Moment) -> Result<Vec<Fact>, Objection> {
    match act {
        StaffAct::Add { name, role, changes } => {
            let fresh = Staff::new(room.register.next_ids().staff(), named(room, None, name)?, *role);
            let added = changed(room, &fresh, changes, now)?;
            Ok(vec![Fact::StaffSet { was: None, now: Box::new(added) }])
        }
        StaffAct::Change { staff, changes } => change(room, *staff, changes, now),
        StaffAct::Plan { date, staff, on } => {
            let mut list = plan::planned(room, *date).to_vec();
            match (on, list.iter().position(|s| s == staff)) {
                (true, Some(_)) => return Err(hindered(Hindrance::Unchanged)),
                (false, None) => return Err(hindered(Hindrance::NotPlanned(*staff))),
                (true, None) => list.push(fit(room, *staff, *date)?),
                (false, Some(at)) => drop(list.remove(at)),
            }
            planned(room, *date, list, now)
        }
        StaffAct::Substitute { date, gone, comes } => {
            let mut list = plan::planned(room, *date).to_vec();
            let at = list.iter().position(|s| s == gone).ok_or(hindered(Hindrance::NotPlanned(*gone)))?;
            if list.contains(comes) {
                return Err(hindered(Hindrance::Unchanged));
            }
            list[at] = fit(room, *comes, *date)?;
            planned(room, *date, list, now)
        }
        StaffAct::MakeCode { staff, hash } => recovery::made(room, *staff, hash),
        StaffAct::TryCode { staff } => recovery::tried(room, *staff, now),
        StaffAct::UseCode { staff, pin } => recovery::used(room, *staff, pin),
    }
}

fn hindered(hindrance: Hindrance) -> Objection {
    Objection::Office(super::Hindrance::Staff(hindrance))
}

/// Somebody who can be planned for a day.
fn fit(room: Room<'_>, staff: StaffId, date: NaiveDate) -> Result<StaffId, Objection> {
    let person = room.register.staff_member(staff).filter(|s| s.active && may(s.role, Right::Release));
    let lacks = duty::lacks(person.ok_or(hindered(Hindrance::NotForDuty(staff)))?, date);
    if lacks.is_empty() { Ok(staff) } else { Err(hindered(Hindrance::Papers { staff, lacks })) }
}

fn planned(room: Room<'_>, date: NaiveDate, list: Vec<StaffId>, now: Moment) -> Result<Vec<Fact>, Objection> {
    if date < now.date() {
        return Err(hindered(Hindrance::PastDay(date)));
    }
    Ok(vec![Fact::Office(OfficeFact::DutyPlanned { date, was: plan::planned(room, date).to_vec(), now: list })])
}

fn change(room: Room<'_>, id: StaffId, changes: &[Change], now: Moment) -> Result<Vec<Fact>, Objection> {
    let was = room.register.staff_member(id).ok_or(Objection::WrongStaff)?;
    let after = changed(room, was, changes, now)?;
    if *was == after {
        return Err(hindered(Hindrance::Unchanged));
    }
    if duty::is_leader(was) && !duty::is_leader(&after) && !room.register.staff().any(|s| s.id != id && duty::is_leader(s)) {
        return Err(hindered(Hindrance::LastLeader(id)));
    }
    let on_duty = room.state().is_on_duty(id);
    let leads = groups::led_by(room.state(), id);
    if was.active && !after.active && on_duty {
        return Err(hindered(Hindrance::OnDuty(id)));
    }
    let stays = plan::can_be_planned(&after, now.date());
    if let (false, Some(group)) = (stays, leads) {
        return Err(Objection::Group(groups::Hindrance::Leads(group)));
    }
    let gone = !after.active;
    let stay_barred = barred::kept(room.register, was, &after, now.date());
    let mut facts = vec![Fact::StaffSet { was: Some(Box::new(was.clone())), now: Box::new(after) }];
    facts.extend(stay_barred);
    if on_duty && !stays {
        facts.push(Fact::SignedOff { staff: id, by: None, reason: None });
    }
    if gone {
        let ahead = room.register.office().duty.range(now.date()..).filter(|(_, list)| list.contains(&id));
        facts.extend(ahead.map(|(date, list)| {
            let others = list.iter().copied().filter(|s| *s != id).collect();
            Fact::Office(OfficeFact::DutyPlanned { date: *date, was: list.clone(), now: others })
        }));
    }
    Ok(facts)
}

fn changed(room: Room<'_>, was: &Staff, changes: &[Change], now: Moment) -> Result<Staff, Objection> {
    let mut staff = was.clone();
    for change in changes {
        match change {
            Change::Name(name) => staff.name = named(room, Some(was.id), name)?,
            Change::Role(role) => staff.role = *role,
            Change::Kind(kind) => staff.kind = kind.as_deref().map(text_of).transpose()?,
            Change::Capacity(capacity) => staff.capacity = *capacity,
            Change::Employment(employment) => staff.employment = *employment,
            Change::Phone(phone) => staff.phone = phone.as_deref().map(dialled).transpose()?,
            Change::Load(load) if load.is_some_and(|l| l > MOST_LOAD) => return Err(hindered(Hindrance::Load)),
            Change::Load(load) => staff.load = *load,
            Change::Card(card) => staff.card = card.as_ref().map(|c| free_card(room, was.id, c)).transpose()?,
            Change::Pin(hash) => staff.pin = Some(hash.clone()),
            Change::Paper(paper) => {
                let paper = Credential { name: text_of(&paper.name)?, until: paper.until };
                match staff.credentials.iter_mut().find(|c| c.name == paper.name) {
                    Some(old) => *old = paper,
                    None => staff.credentials.push(paper),
                }
            }
            Change::RemovePaper(name) => {
                let at = staff.credentials.iter().position(|c| c.name == *name).ok_or_else(|| hindered(Hindrance::NoSuchPaper(name.clone())))?;
                staff.credentials.remove(at);
            }
            Change::Vetting(Vetting::Clear { on }) if *on > now.date() => return Err(hindered(Hindrance::VettedAhead)),
            Change::Vetting(vetting) => staff.vetting = *vetting,
            Change::Active(active) => staff.active = *active,
        }
    }
    let set = |wanted: fn(&Change) -> bool| changes.iter().any(wanted);
    if staff.role == Role::Leader && was.role != Role::Leader && was.pin.is_some() && !set(|c| matches!(c, Change::Pin(_))) {
        return Err(hindered(Hindrance::LeaderPin));
    }
    if staff.active && !was.active {
        // Meanwhile somebody else may have come by that name, or by that card.
        staff.name = named(room, Some(was.id), &staff.name)?;
        staff.card = staff.card.map(|c| free_card(room, was.id, &c)).transpose()?;
    }
    Ok(staff)
}

/// A name that nobody else on the staff has.
fn named(room: Room<'_>, own: Option<StaffId>, name: &str) -> Result<String, Objection> {
    let name = text_of(name).map_err(|_| hindered(Hindrance::Name))?;
    if name.chars().count() > LONGEST_NAME {
        return Err(hindered(Hindrance::Name));
    }
    if name_is_taken(room, own, &name) { Err(hindered(Hindrance::NameTaken(name))) } else { Ok(name) }
}

/// Whether somebody else who works here has that name.
#[must_use]
pub fn name_is_taken(room: Room<'_>, own: Option<StaffId>, name: &str) -> bool {
    room.register.staff().any(|s| s.active && Some(s.id) != own && s.name == name.trim())
}

/// Why a number cannot be this person's card; `None` when it can.
#[must_use]
pub fn card_problem(room: Room<'_>, own: Option<StaffId>, card: &CardNumber) -> Option<Hindrance> {
    let others = room.register.staff().filter(|s| s.active && Some(s.id) != own).filter_map(|s| s.card.as_ref());
    // One chip in another spelling is the same card, of whomever.
    if Faces::of(others.map(CardNumber::as_str)).can_be(card.as_str()) || !room.register.cards_by_face(card.as_str()).is_empty() {
        return Some(Hindrance::CardTaken);
    }
    match look_up(room, [card.as_str()]) {
        Meaning::Staff(staff) if Some(staff) == own => None,
        Meaning::Refused(Verdict::NoCard, _) => None,
        Meaning::Refused(Verdict::BadDigit, _) => Some(Hindrance::CardDigit),
        Meaning::Child { .. } | Meaning::Staff(_) | Meaning::Refused(..) => Some(Hindrance::CardTaken),
    }
}

fn free_card(room: Room<'_>, own: StaffId, card: &CardNumber) -> Result<CardNumber, Objection> {
    match card_problem(room, Some(own), card) {
        None => Ok(card.clone()),
        Some(problem) => Err(hindered(problem)),
    }
}

fn dialled(phone: &str) -> Result<String, Objection> {
    let phone = text_of(phone)?;
    if phone.chars().filter(char::is_ascii_digit).count() < 7 { Err(hindered(Hindrance::Phone)) } else { Ok(phone) }
}

/// The children who are collected by this person as one who works here, in the order of the register (S1.17).
#[must_use]
pub fn children_of(room: Room<'_>, staff: StaffId) -> BTreeSet<crate::domain::people::ChildId> {
    use crate::domain::people::Right as Collects;
    let linked = room.register.all_collectors().filter(|c| c.staff == Some(staff) && c.right != Collects::Ended);
    linked.map(|c| c.child).collect()
}
