//! Which acts can be taken back, and what stands in the way (F043, I12).
//!
//! Undo takes back a whole act with one [`Fact::Undone`] for each of its entries. It deletes nothing. It is refused while a
//! later entry rests on one of them.

pub mod import;
mod staff;

use chrono::NaiveDate;

use super::access::demand;
use super::groups::expected_back;
use super::office::people;
use super::pass::changes_presence;
use super::{Decision, Objection, Room, barred, groups, hold, own};
use crate::domain::activity::GroupId;
use crate::domain::card::CardNumber;
use crate::domain::closing::Matter;
use crate::domain::custody::{Card, CardState, Custody};
use crate::domain::day::{Day, Presence, State};
use crate::domain::fact::{Account, Draft, Entry, Fact, GroupFact, OfficeFact, Seq, Thing};
use crate::domain::people::{ChildId, Collector, Right};
use crate::domain::register::Register;
use crate::domain::settings::Place;
use crate::domain::time::Moment;

/// How many acts the list offers.
pub const LISTED: usize = 9;

/// The first act of a journal made the store what it is; it is nobody's slip.
const FOUNDING: Seq = Seq(1);

/// What is older than this, in minutes, and made a child come or go is taken back only with a reason.
pub const FREE_MINUTES: i64 = 10;

/// This desk's last acts that can be taken back, newest first; each with its entries. An act stands together in the journal.
#[must_use]
pub fn candidates(room: Room<'_>) -> Vec<Vec<&Entry>> {
    let acts = room.day.entries().chunk_by(|a, b| a.act == b.act).rev();
    acts.filter(|act| may_be_listed(room, act)).take(LISTED).map(|act| act.iter().filter(|e| !stays_said(&e.fact)).collect()).collect()
}

/// Whoever stands at the door stands there, whatever was entered with that and is taken back.
fn stays_said(fact: &Fact) -> bool {
    matches!(fact, Fact::Account(Account::AtDoor { .. }))
}

/// Whether this desk can still take this act back, listed or not.
#[must_use]
pub fn is_candidate(room: Room<'_>, act: Seq) -> bool {
    room.day.entries().chunk_by(|a, b| a.act == b.act).any(|entries| entries.first().is_some_and(|e| e.act == act) && may_be_listed(room, entries))
}

fn may_be_listed(room: Room<'_>, act: &[Entry]) -> bool {
    let whole: Vec<&Entry> = act.iter().filter(|e| !stays_said(&e.fact)).collect();
    !whole.is_empty() && whole.iter().all(|e| e.act != FOUNDING && e.desk == room.desk && goes_with(&whole, e) && !room.day.is_undone(e.seq))
}

/// Whether taking this act back asks for a reason: it says that a child is missing, or by it a child came or went more than
/// ten minutes ago.
#[must_use]
pub fn wants_reason(act: &[&Entry], now: Moment) -> bool {
    let old = |e: &Entry| now.minutes_since(e.entered_at) >= FREE_MINUTES;
    let door = |fact: &Fact| matches!(fact, Fact::Released { .. } | Fact::Arrived { .. } | Fact::SteppedOut { .. } | Fact::CameBack { .. });
    act.iter().any(|e| matches!(e.fact, Fact::Account(Account::Missed { .. })) || (door(&e.fact) && old(e)))
}

pub(super) fn decide(room: Room<'_>, act: Seq, reason: Option<&str>, now: Moment) -> Decision {
    let stands = |e: &&Entry| e.act == act && !room.day.is_undone(e.seq) && !stays_said(&e.fact);
    let entries: Vec<&Entry> = room.day.entries().iter().filter(stands).collect();
    if entries.is_empty() || !entries.iter().all(|e| goes_with(&entries, e)) {
        return Decision::refuse(Objection::NothingToUndo);
    }
    let demand = demand::of_undoing(room, &entries);
    if let Some(objection) = demand.is_met(room, now).err().or_else(|| own::of_undoing(room, &entries, demand, now)) {
        return Decision::refuse(objection);
    }
    // No bar comes off who works here by the way.
    let loosened = |e: &&Entry| {
        let Fact::StaffSet { was: Some(was), now: is } = &e.fact else { return None };
        barred::loosened(room.register, is, was, now.date())
    };
    if let Some(child) = entries.iter().find_map(loosened) {
        return Decision::refuse(Objection::LeaderNeeded(child));
    }
    // Who is here is not withdrawn by the way.
    let withdraws = |e: &&Entry| {
        let Fact::ChildSet { was, now } = &e.fact else { return None };
        let is_here = matches!(room.day.state().presence(now.id), Presence::In(_) | Presence::Out(..));
        (is_here && now.enrolled && was.as_ref().is_none_or(|was| !was.enrolled)).then_some(now.id)
    };
    if let Some(child) = entries.iter().find_map(withdraws) {
        return Decision::refuse(people::Hindrance::IsHere(child).into());
    }
    if let Some(child) = lists_the_barred(room.register, entries.iter().copied(), now.date()) {
        return Decision::refuse(Objection::LeaderNeeded(child));
    }
    // Who was looked for was looked for, also when that was taken back; a hold that was lifted holds nothing any more.
    let counts = |later: &&Entry| !room.day.is_undone(later.seq) || is_a_search(&later.fact);
    let over = |later: &Entry| {
        let is_hold = matches!(later.fact, Fact::HeldBack { .. } | Fact::HoldDecided { .. });
        is_hold && later.fact.child().is_some_and(|child| hold::held(room, child).is_none())
    };
    for later in room.day.entries().iter().filter(|l| l.act != act).filter(counts) {
        if entries.iter().any(|e| later.seq > e.seq && rests_on(later, e) && (!room.day.is_undone(later.seq) || is_missed(&e.fact))) && !over(later) {
            return Decision::refuse(Objection::RestsOn(later.seq));
        }
    }
    // Of an import that was entered before this desk started only the head is known here: what it says of the register may rest
    // on anything before it.
    let is_head_alone = |e: &Entry| matches!(e.fact, Fact::Imported { .. }) && !room.day.entries().iter().any(|o| o.act == e.act && o.seq != e.seq);
    let later = |e: &&Entry| entries.last().is_some_and(|last| e.seq > last.seq) && !room.day.is_undone(e.seq);
    if entries.iter().any(|e| says_of_register(&e.fact))
        && let Some(import) = room.day.entries().iter().filter(later).find(|e| is_head_alone(e))
    {
        return Decision::refuse(Objection::RestsOn(import.seq));
    }
    // Nor does it give a child back into the hands of a leader who is barred from it.
    let back: Vec<ChildId> = entries.iter().filter_map(|e| e.fact.child()).collect();
    let of_group = entries.iter().any(|e| matches!(e.fact, Fact::Group(_)));
    if groups::has_barred_leader(room.register, &without(room.day, &entries, now), |child| of_group || back.contains(&child), now.date()) {
        return Decision::refuse(Objection::WrongStaff);
    }
    if let Some(objection) = staff::stands_against(room, &entries) {
        return Decision::refuse(objection);
    }
    let reason = reason.map(str::trim).filter(|r| !r.is_empty());
    if wants_reason(&entries, now) && reason.is_none() {
        return Decision::refuse(Objection::UndoReason);
    }
    let undone = entries.iter().rev().map(|e| Fact::Undone { seq: e.seq, reason: reason.map(str::to_owned) });
    let missed = left_behind(room, &entries, now).into_iter().map(|(child, place)| Fact::Account(Account::Missed { child, place }));
    let facts: Vec<&Fact> = entries.iter().rev().map(|e| &e.fact).collect();
    let kept = barred::kept_in_undoing(room.register, &facts, now.date());
    Decision::record(undone.chain(missed).chain(kept).map(Draft::from).collect())
}

/// Whoever would stand at a place from which the group came back meanwhile, without the child: nobody knows where it is (N36).
#[allow(clippy::wildcard_enum_match_arm)] // the one fact by which somebody left with a group
fn left_behind(room: Room<'_>, entries: &[&Entry], now: Moment) -> Vec<(ChildId, Place)> {
    let after = without(room.day, entries, now);
    let standing = || room.day.entries().iter().filter(|e| !room.day.is_undone(e.seq));
    let is_back = |group: GroupId, since: Seq| {
        let ends = |fact: &Fact| matches!(fact, Fact::Group(GroupFact::Returned { group: g, .. } | GroupFact::Ended { group: g }) if *g == group);
        standing().any(|e| e.seq > since && ends(&e.fact))
    };
    let mut found: Vec<(ChildId, Place)> = Vec::new();
    for entry in entries {
        let Some(child) = entry.fact.child() else { continue };
        let Presence::In(visit) = after.presence(child) else { continue };
        // Who left with it, or was sent after it.
        let sent_after = |group: GroupId, since: Seq| {
            let joins = |fact: &Fact| matches!(fact, Fact::Group(GroupFact::Joined { child: c, now: Some(g), .. }) if *c == child && *g == group);
            standing().any(|e| e.seq > since && e.seq < entry.seq && joins(&e.fact))
        };
        let with = |seq: Seq, fact: &Fact| match fact {
            Fact::Group(GroupFact::Went { group, to, left, .. }) => {
                Some(*group).filter(|_| *to == visit.place && (left.contains(&child) || sent_after(*group, seq)))
            }
            _ => None,
        };
        let went = standing().filter(|e| e.seq < entry.seq).rev().find_map(|e| with(e.seq, &e.fact));
        let at_hand = visit.missing.is_none() && !after.groups().open().any(|g| expected_back(&after, g).contains(&child));
        if at_hand && went.is_some_and(|group| is_back(group, entry.seq)) && !found.iter().any(|(other, _)| *other == child) {
            found.push((child, visit.place.clone()));
        }
    }
    found
}

/// The day as it would stand without these entries.
fn without(day: &Day, entries: &[&Entry], now: Moment) -> State {
    let mut day = day.clone();
    for entry in entries.iter().rev() {
        let undone = Fact::Undone { seq: entry.seq, reason: None };
        day.apply(&Entry {
            seq: day.entries().last().map_or(entry.seq, |e| Seq(e.seq.0 + 1)),
            at: now,
            entered_at: now,
            fact: undone,
            ..(*entry).clone()
        });
    }
    day.state().clone()
}

/// Whether an entry can be taken back with its act: who went off duty by a change of the record comes back with it.
fn goes_with(act: &[&Entry], entry: &Entry) -> bool {
    if let Fact::SignedOff { staff, .. } = entry.fact
        && staff::takes_off_duty(act.iter().copied(), staff)
    {
        return true;
    }
    let released = act.iter().any(|e| matches!(e.fact, Fact::Released { .. }));
    can_be_undone(&entry.fact) || (released && matches!(entry.fact, Fact::Account(Account::Incident { .. })))
}

/// Acts of people are undone; proofs, refusals and undoings stand for ever.
#[must_use]
pub fn can_be_undone(fact: &Fact) -> bool {
    match fact {
        Fact::ChildSet { .. }
        | Fact::CollectorSet { .. }
        | Fact::CardSet { .. }
        | Fact::StaffSet { .. }
        | Fact::CardLost { .. }
        | Fact::CardMoved { .. }
        | Fact::Arrived { .. }
        | Fact::HolderNamed { .. }
        | Fact::AlertAcknowledged { .. }
        | Fact::Released { .. }
        | Fact::SteppedOut { .. }
        | Fact::CameBack { .. }
        | Fact::Moved { .. }
        | Fact::CalledOver { .. }
        | Fact::LeaveTaken { .. }
        | Fact::NoteLeft { .. }
        | Fact::Called { .. }
        | Fact::Group(_)
        | Fact::NoCardCounted { .. } => true,
        // What happened happened; an incident that a release opens goes with that release.
        Fact::Account(step) => !matches!(step, Account::Incident { .. } | Account::AtDoor { .. }),
        Fact::Office(step) => step.can_be_undone(),
        Fact::Imported { .. }
        | Fact::PinTried { .. }
        | Fact::PinProved { .. }
        | Fact::Recovery(_)
        | Fact::SignedOn { .. }
        | Fact::SignedOff { .. }
        | Fact::ActorChosen { .. }
        | Fact::HeldBack { .. }
        | Fact::HoldDecided { .. }
        | Fact::Refused { .. }
        | Fact::ClockSet { .. }
        | Fact::Redated { .. }
        | Fact::RefusedAgain { .. }
        | Fact::Undone { .. } => false,
    }
}

/// Whether `later` makes sense only because of `earlier`.
fn rests_on(later: &Entry, earlier: &Entry) -> bool {
    let same_child = later.fact.child().is_some() && later.fact.child() == earlier.fact.child();
    if made(&earlier.fact).is_some_and(|new| later.things().contains(&new)) || ended(&earlier.fact).is_some_and(|card| replaces(&later.fact, card)) {
        return true;
    }
    match &earlier.fact {
        // A card that was handed in since is at the desk: it comes back as that, and not as it was.
        Fact::CardLost { number, .. } if matches!(&later.fact, Fact::Office(OfficeFact::CardFound { number: found }) if found == number) => true,
        Fact::CardMoved { number, .. } | Fact::CardLost { number, .. } => card_changed(&later.fact) == Some(number),
        Fact::CardSet { now, .. } => card_changed(&later.fact) == Some(&now.number),
        Fact::ChildSet { .. } => same_child && matches!(later.fact, Fact::ChildSet { .. }),
        Fact::CollectorSet { now, .. } => {
            let again = if let Fact::CollectorSet { now: again, .. } = &later.fact { again.id == now.id } else { false };
            again || (same_child && (changes_presence(&later.fact) || matches!(later.fact, Fact::HolderNamed { .. })))
        }
        Fact::StaffSet { was, now } => staff::rests_on(later, was.as_deref(), now),
        Fact::Office(step) => matches!(&later.fact, Fact::Office(later) if later.is_of_the_same(step)),
        Fact::NoCardCounted { .. } => same_child && matches!(later.fact, Fact::NoCardCounted { .. }),
        Fact::LeaveTaken { .. } => same_child && matches!(later.fact, Fact::Arrived { .. } | Fact::LeaveTaken { .. }),
        Fact::Arrived { .. } if same_child && matches!(later.fact, Fact::Group(_) | Fact::Account(_)) => true,
        // A hold, and what was said about who collects, belong to the stay.
        Fact::Arrived { .. } | Fact::CameBack { .. } if same_child && is_about_a_pickup(&later.fact) => true,
        // A card for the day was put into the hand of who came with the child.
        Fact::Arrived { .. } if same_child && matches!(&later.fact, Fact::CardSet { now, .. } if now.custody == Custody::Holder) => true,
        Fact::Arrived { .. } | Fact::Released { .. } | Fact::SteppedOut { .. } | Fact::CameBack { .. } | Fact::Moved { .. } => {
            same_child && (changes_presence(&later.fact) || matches!(later.fact, Fact::HolderNamed { .. }))
        }
        Fact::HolderNamed { .. } => same_child && (changes_presence(&later.fact) || matches!(later.fact, Fact::HolderNamed { .. })),
        Fact::CalledOver { .. } | Fact::Account(Account::Extended { .. } | Account::Stays { .. } | Account::StillHere { .. }) => {
            same_child && changes_presence(&later.fact)
        }
        Fact::Group(step) => {
            let joins = |fact: &Fact| matches!(fact, Fact::Group(GroupFact::Joined { .. }));
            let same_group = matches!(&later.fact, Fact::Group(later) if later.group().is_some() && later.group() == step.group());
            // A child that joins does not rest on another that joined.
            (same_group && !(joins(&earlier.fact) && joins(&later.fact))) || (same_child && matches!(later.fact, Fact::Group(_)))
        }
        // Who was found could be called, sent and let go again only because of that; who was missed is looked for.
        Fact::Account(Account::Missed { child, .. }) => {
            let searched = matches!(&later.fact, Fact::Account(Account::LeaderTold { about, .. }) if about.contains(child));
            let known =
                matches!(later.fact, Fact::Account(Account::Found { .. } | Account::Chased { about: Matter::Missing, .. }) | Fact::Called { .. });
            searched || (same_child && (changes_presence(&later.fact) || known))
        }
        Fact::Account(Account::Found { .. }) => {
            let stays = matches!(later.fact, Fact::Account(Account::Extended { .. } | Account::Stays { .. } | Account::Missed { .. }));
            same_child && (changes_presence(&later.fact) || stays || matches!(later.fact, Fact::CalledOver { .. } | Fact::Group(_)))
        }
        // Whoever was sent away has come again.
        Fact::Account(Account::AtDoor { .. } | Account::NotTakenIn { .. }) => {
            same_child && (changes_presence(&later.fact) || matches!(later.fact, Fact::Account(Account::AtDoor { .. } | Account::NotTakenIn { .. })))
        }
        Fact::Account(Account::LeaderAgreed { .. } | Account::Chased { .. } | Account::LeaderTold { .. } | Account::Incident { .. })
        | Fact::AlertAcknowledged { .. }
        | Fact::NoteLeft { .. }
        | Fact::Called { .. }
        | Fact::Imported { .. }
        | Fact::PinTried { .. }
        | Fact::PinProved { .. }
        | Fact::Recovery(_)
        | Fact::SignedOn { .. }
        | Fact::SignedOff { .. }
        | Fact::ActorChosen { .. }
        | Fact::HeldBack { .. }
        | Fact::HoldDecided { .. }
        | Fact::Refused { .. }
        | Fact::ClockSet { .. }
        | Fact::Redated { .. }
        | Fact::RefusedAgain { .. }
        | Fact::Undone { .. } => false,
    }
}

fn is_missed(fact: &Fact) -> bool {
    matches!(fact, Fact::Account(Account::Missed { .. }))
}

/// Whether somebody was called or told about a child.
fn is_a_search(fact: &Fact) -> bool {
    matches!(fact, Fact::Called { .. } | Fact::Account(Account::Chased { .. } | Account::LeaderTold { .. }))
}

/// Whether a fact holds a child at pickup, or says what was heard about its collector.
fn is_about_a_pickup(fact: &Fact) -> bool {
    let held = matches!(fact, Fact::HeldBack { .. } | Fact::HoldDecided { .. } | Fact::Called { .. });
    held || matches!(fact, Fact::Office(OfficeFact::PhraseTried { .. }))
}

/// Whom or what a fact brings into being: who names it later rests on it.
#[allow(clippy::wildcard_enum_match_arm)] // the facts that say what was before
fn made(fact: &Fact) -> Option<Thing<'_>> {
    match fact {
        Fact::ChildSet { was: None, now } => Some(Thing::Child(now.id)),
        Fact::CollectorSet { was: None, now } => Some(Thing::Collector(now.id)),
        Fact::CardSet { was: None, now } => Some(Thing::Card(&now.number)),
        Fact::StaffSet { was: None, now } => Some(Thing::Staff(now.id)),
        _ => None,
    }
}

/// Whether a fact says of the register what an import might say as well.
fn says_of_register(fact: &Fact) -> bool {
    matches!(fact, Fact::ChildSet { .. } | Fact::CollectorSet { .. } | Fact::CardSet { .. } | Fact::CardLost { .. } | Fact::StaffSet { .. })
}

/// The card that a fact takes out of use: when it comes back, no other of its sort may have taken its place.
#[allow(clippy::wildcard_enum_match_arm)] // the facts about cards
fn ended(fact: &Fact) -> Option<&Card> {
    match fact {
        Fact::CardLost { was, .. } => Some(was),
        Fact::CardSet { was: Some(was), now } if was.state == CardState::Live && now.state != CardState::Live => Some(was),
        _ => None,
    }
}

/// Whether a fact brings a card that takes the place of this one.
fn replaces(fact: &Fact, ended: &Card) -> bool {
    matches!(fact, Fact::CardSet { now, .. } if now.state == CardState::Live && now.child == ended.child && now.kind == ended.kind)
}

/// The first child on whose list taking these entries back would put somebody whom a bar has come to fit since.
#[must_use]
pub fn lists_the_barred<'e>(register: &Register, mut entries: impl Iterator<Item = &'e Entry>, on: NaiveDate) -> Option<ChildId> {
    let listed = |c: &Collector| matches!(c.right, Right::Standing | Right::OneDay { .. });
    let stopped = |c: &Collector| barred::naming_for_good(register, c.child, c.into(), on) == barred::Naming::Stopped;
    let lists = |e: &&Entry| matches!(&e.fact, Fact::CollectorSet { was: Some(was), now } if listed(was) && stopped(was) && now.right != Right::Barred && !(listed(now) && stopped(now)));
    entries.find(lists).and_then(|e| e.fact.child())
}

/// The card whose state or place a fact changes.
#[allow(clippy::wildcard_enum_match_arm)] // the facts about cards
fn card_changed(fact: &Fact) -> Option<&CardNumber> {
    match fact {
        Fact::CardMoved { number, .. } | Fact::CardLost { number, .. } => Some(number),
        Fact::CardSet { now, .. } => Some(&now.number),
        _ => None,
    }
}
