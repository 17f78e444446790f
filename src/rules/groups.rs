//! Groups: who may make, lead, fill, send out, take back and end them (F075–F079, N12, I1, I5).

use chrono::NaiveDate;

use super::content::{self, Content, MOST_HELPED};
use super::{Objection, Room, barred, duty, missing};
use crate::domain::activity::{Category, ContentRule, Group, GroupDay, GroupId};
use crate::domain::closing::Stay;
use crate::domain::day::{Presence, State};
use crate::domain::fact::{Account, Fact, GroupFact};
use crate::domain::people::{ChildId, StaffId};
use crate::domain::register::Register;
use crate::domain::settings::Place;
use crate::domain::time::Moment;

/// Something that is done with a group.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum GroupAct {
    /// Make one. One that stays in the room starts at once; any other starts when it leaves.
    Make(Plan),
    /// Somebody else leads it.
    Lead {
        /// Which.
        group: GroupId,
        /// Who from now on.
        leader: StaffId,
    },
    /// These children belong to it from now on.
    Put {
        /// Which.
        group: GroupId,
        /// Who.
        children: Vec<ChildId>,
    },
    /// These children belong to no group any more.
    TakeOut {
        /// Who.
        children: Vec<ChildId>,
    },
    /// It leaves the room, or goes on to another place, after two counts.
    Go {
        /// Which.
        group: Which,
        /// Where to.
        to: Place,
        /// Who goes.
        children: Vec<ChildId>,
        /// What the leader counted, and what the desk counted.
        counts: [u32; 2],
    },
    /// It comes back to the room, by name and after two counts.
    Return {
        /// Which.
        group: GroupId,
        /// Who is back.
        here: Vec<ChildId>,
        /// What the leader counted, and what the desk counted.
        counts: [u32; 2],
    },
    /// It ends.
    End {
        /// Which.
        group: GroupId,
    },
}

/// A group that is to be made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Plan {
    /// What it does, by the closed list.
    pub category: Category,
    /// What it does, in words; checked by the content guard. Empty when the category says it.
    pub title: String,
    /// Who leads it.
    pub leader: StaffId,
    /// Where.
    pub place: Place,
}

/// A group that is there, or one that is made in the same act.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Which {
    /// It is there.
    Known(GroupId),
    /// It is made now.
    New(Plan),
}

/// Why something cannot be done with a group.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Hindrance {
    /// There is no such group, or it has ended.
    NoSuchGroup,
    /// The leader is not on duty.
    LeaderNotOnDuty(StaffId),
    /// The two counts differ, or are not the number of the names.
    CountsDiffer {
        /// How many names.
        names: u32,
    },
    /// This child is neither in the room nor with the group.
    NotAtHand(ChildId),
    /// Children of this group are still away.
    StillAway(GroupId),
    /// It is at that place already.
    ThereAlready,
    /// Nobody was named.
    Nobody,
    /// The content breaks this rule.
    Content(ContentRule),
    /// Help is for one to three pupils; with more it is 补课.
    TooManyHelped,
    /// This person leads a group: it has to be handed over first.
    Leads(GroupId),
}

type Facts = Result<Vec<Fact>, Objection>;

pub(super) fn facts(room: Room<'_>, act: &GroupAct, now: Moment) -> Facts {
    if is_led_by_the_barred(room, act, now) {
        return Err(Objection::WrongStaff);
    }
    match act {
        GroupAct::Make(plan) => {
            let group = made(room, plan, now)?;
            let mut facts = vec![GroupFact::Made { group: group.clone() }];
            if group.place.is_room() {
                facts.push(GroupFact::Started { group: group.id });
            }
            Ok(facts.into_iter().map(Fact::Group).collect())
        }
        GroupAct::Lead { group, leader } => {
            let day = open(room, *group)?;
            on_duty(room, *leader, now)?;
            Ok(vec![Fact::Group(GroupFact::Led { group: *group, was: day.group.leader, now: *leader })])
        }
        GroupAct::Put { group, children } => put(room, *group, children),
        GroupAct::TakeOut { children } => {
            let taken = children.iter().filter_map(|child| {
                let was = room.state().groups().of(*child)?;
                Some(Fact::Group(GroupFact::Joined { child: *child, was: Some(was.group.id), now: None }))
            });
            some(taken.collect())
        }
        GroupAct::Go { group, to, children, counts } => go(room, group, (to, children, *counts), now),
        GroupAct::Return { group, here, counts } => come_back(room, *group, here, *counts),
        GroupAct::End { group } => {
            let day = open(room, *group)?;
            if !expected_back(room.state(), day).is_empty() {
                return Err(hindered(Hindrance::StillAway(*group)));
            }
            Ok(vec![Fact::Group(GroupFact::Ended { group: *group })])
        }
    }
}

/// Whether a child would be in the hands of a leader who is barred from it.
fn is_led_by_the_barred(room: Room<'_>, act: &GroupAct, now: Moment) -> bool {
    let groups = room.state().groups();
    let led = |group: &GroupId| groups.open().find(|g| g.group.id == *group).map(|g| g.group.leader);
    let members = |group: &GroupId| groups.open().find(|g| g.group.id == *group).map(|g| g.members.iter().copied().collect()).unwrap_or_default();
    let (leader, children): (Option<StaffId>, Vec<ChildId>) = match act {
        GroupAct::Lead { group, leader } => {
            let there = groups.open().find(|g| g.group.id == *group).map(|g| expected_back(room.state(), g)).unwrap_or_default();
            let members: Vec<ChildId> = members(group);
            (Some(*leader), members.into_iter().chain(there).collect())
        }
        GroupAct::Put { group, children } | GroupAct::Go { group: Which::Known(group), children, .. } => (led(group), children.clone()),
        GroupAct::Go { group: Which::New(plan), children, .. } => (Some(plan.leader), children.clone()),
        GroupAct::Make(_) | GroupAct::TakeOut { .. } | GroupAct::Return { .. } | GroupAct::End { .. } => (None, Vec::new()),
    };
    leader.is_some_and(|leader| children.iter().any(|child| barred::is_of_staff(room.register, *child, leader, now.date())))
}

/// Whether one of these children would be in the hands of a leader who is barred from it, as the groups stand in this state.
#[must_use]
pub fn has_barred_leader(register: &Register, state: &State, concerns: impl Fn(ChildId) -> bool, on: NaiveDate) -> bool {
    let barred = |child: &ChildId, leader| concerns(*child) && barred::is_of_staff(register, *child, leader, on);
    let leads = |day: &GroupDay| day.members.iter().chain(&expected_back(state, day)).any(|child| barred(child, day.group.leader));
    state.groups().open().any(leads)
}

/// Whether a child is just now in the hands of somebody who is barred from it: who leads its group, stays behind with it, or took it
/// out for a while.
#[must_use]
pub fn is_in_barred_hands(room: Room<'_>, child: ChildId) -> bool {
    let on = room.day.date();
    let stays = room.state().child(child).and_then(|day| day.stays.as_ref());
    let adults = if let Some((_, Stay::TwoAdults { adults, .. })) = stays { adults.as_slice() } else { &[] };
    let out_with = if let Presence::Out(_, out) = room.state().presence(child) { room.register.collector(out.taker) } else { None };
    has_barred_leader(room.register, room.state(), |id| id == child, on)
        || out_with.is_some_and(|taker| barred::is_kept_off(room.register, taker, on))
        || adults.iter().any(|adult| barred::is_of_staff(room.register, child, *adult, on))
}

/// Who has to come back with a group: who left with it, is still in the room's charge and was not seen at another place
/// since (I5).
#[must_use]
pub fn expected_back(state: &State, group: &GroupDay) -> Vec<ChildId> {
    let Some(away) = &group.away else { return Vec::new() };
    let there = |child: &&ChildId| missing::at_hand(state, **child).is_ok_and(|visit| visit.place == away.to);
    away.left.iter().filter(there).copied().collect()
}

/// Who could go into a group now: everybody in the room, those who are in no group first. Who is in another changes over.
#[must_use]
pub fn at_hand(room: Room<'_>) -> Vec<ChildId> {
    let here = |child: &ChildId| missing::at_hand(room.state(), *child).is_ok_and(|visit| visit.place.is_room());
    let mut list: Vec<ChildId> = room.state().children().map(|(child, _)| child).filter(here).collect();
    list.sort_by_key(|child| room.state().groups().of(*child).is_some());
    list
}

/// The open group that somebody leads, if there is one.
#[must_use]
pub fn led_by(state: &State, staff: StaffId) -> Option<GroupId> {
    state.groups().open().find(|g| g.group.leader == staff).map(|g| g.group.id)
}

fn hindered(hindrance: Hindrance) -> Objection {
    Objection::Group(hindrance)
}

fn some(facts: Vec<Fact>) -> Facts {
    if facts.is_empty() { Err(hindered(Hindrance::Nobody)) } else { Ok(facts) }
}

fn open(room: Room<'_>, group: GroupId) -> Result<&GroupDay, Objection> {
    room.day.state().groups().get(group).filter(|g| g.ended.is_none()).ok_or(hindered(Hindrance::NoSuchGroup))
}

fn on_duty(room: Room<'_>, staff: StaffId, now: Moment) -> Result<(), Objection> {
    if room.state().is_on_duty(staff) && duty::is_able(room, staff, now) { Ok(()) } else { Err(hindered(Hindrance::LeaderNotOnDuty(staff))) }
}

/// The group that a plan comes to; the content guard has no way round.
fn made(room: Room<'_>, plan: &Plan, now: Moment) -> Result<Group, Objection> {
    let title = if plan.title.is_empty() { String::new() } else { super::acts::text_of(&plan.title)? };
    if let Content::Forbidden(rule) = content::judge(&title) {
        return Err(hindered(Hindrance::Content(rule)));
    }
    on_duty(room, plan.leader, now)?;
    Ok(Group { id: room.day.next_group(), category: plan.category, title, leader: plan.leader, place: plan.place.clone() })
}

fn not_too_many(title: &str, members: usize) -> Result<(), Objection> {
    let too_many = content::judge(title) == Content::Help && members > MOST_HELPED;
    if too_many { Err(hindered(Hindrance::TooManyHelped)) } else { Ok(()) }
}

fn put(room: Room<'_>, group: GroupId, children: &[ChildId]) -> Facts {
    let day = open(room, group)?;
    let there = day.away.as_ref().map_or_else(Place::room, |away| away.to.clone());
    let mut facts = Vec::new();
    let mut members = day.members.len();
    for child in children.iter().filter(|c| !day.members.contains(c)) {
        let visit = missing::at_hand(room.day.state(), *child)?;
        if !visit.place.is_room() && visit.place != there {
            return Err(hindered(Hindrance::NotAtHand(*child)));
        }
        members += 1;
        facts.extend(join(room, *child, group));
        if visit.place != there {
            facts.push(Fact::Moved { child: *child, was: visit.place.clone(), now: there.clone() });
        }
    }
    not_too_many(&day.group.title, members)?;
    some(facts)
}

fn join(room: Room<'_>, child: ChildId, group: GroupId) -> Option<Fact> {
    let was = room.state().groups().of(child).map(|g| g.group.id);
    (was != Some(group)).then_some(Fact::Group(GroupFact::Joined { child, was, now: Some(group) }))
}

fn go(room: Room<'_>, which: &Which, (to, children, counts): (&Place, &[ChildId], [u32; 2]), now: Moment) -> Facts {
    let mut facts = Vec::new();
    let (group, title, leader, from) = match which {
        Which::Known(id) => {
            let day = open(room, *id)?;
            let from = day.away.as_ref().map_or_else(Place::room, |away| away.to.clone());
            (*id, day.group.title.clone(), day.group.leader, from)
        }
        Which::New(plan) => {
            let group = made(room, plan, now)?;
            facts.push(Fact::Group(GroupFact::Made { group: group.clone() }));
            (group.id, group.title, group.leader, Place::room())
        }
    };
    on_duty(room, leader, now)?;
    if *to == from {
        return Err(hindered(Hindrance::ThereAlready));
    }
    if children.is_empty() {
        return Err(hindered(Hindrance::Nobody));
    }
    if let Which::Known(id) = which
        && let Some(left_behind) = expected_back(room.state(), open(room, *id)?).into_iter().find(|c| !children.contains(c))
    {
        return Err(hindered(Hindrance::NotAtHand(left_behind))); // going on to a third place nobody stays behind
    }
    not_too_many(&title, children.len())?;
    same_counts(children, counts)?;
    let mut moves = Vec::new();
    for child in children {
        let visit = missing::at_hand(room.day.state(), *child)?;
        if visit.place != from {
            return Err(hindered(Hindrance::NotAtHand(*child)));
        }
        facts.extend(join(room, *child, group));
        moves.push(Fact::Moved { child: *child, was: from.clone(), now: to.clone() });
    }
    facts.push(Fact::Group(GroupFact::Went { group, to: to.clone(), left: children.to_vec(), counted: counts[0] }));
    facts.extend(moves);
    Ok(facts)
}

/// Both counts, and as many names.
fn same_counts(children: &[ChildId], [leader, desk]: [u32; 2]) -> Result<(), Objection> {
    let names = u32::try_from(children.len()).unwrap_or(u32::MAX);
    if leader == names && desk == names { Ok(()) } else { Err(hindered(Hindrance::CountsDiffer { names })) }
}

fn come_back(room: Room<'_>, id: GroupId, here: &[ChildId], counts: [u32; 2]) -> Facts {
    let group = open(room, id)?;
    let Some(away) = &group.away else { return Err(hindered(Hindrance::ThereAlready)) };
    let expected = expected_back(room.state(), group);
    if let Some(stranger) = here.iter().find(|c| !expected.contains(c)) {
        return Err(hindered(Hindrance::NotAtHand(*stranger)));
    }
    same_counts(here, counts)?;
    let missing: Vec<ChildId> = expected.iter().copied().filter(|c| !here.contains(c)).collect();
    let returned =
        GroupFact::Returned { group: id, expected: u32::try_from(expected.len()).unwrap_or(u32::MAX), counted: counts[0], missing: missing.clone() };
    let mut facts = vec![Fact::Group(returned)];
    facts.extend(here.iter().map(|child| Fact::Moved { child: *child, was: away.to.clone(), now: Place::room() }));
    for child in missing {
        facts.push(Fact::Account(Account::Missed { child, place: away.to.clone() }));
    }
    Ok(facts)
}
