//! The chain of facts behind a verdict, at most five lines (N30).

use super::collect::{is_announced, is_restricted, takers};
use super::pass::Proof;
use super::privacy;
use super::verdict::Verdict;
use super::{Pass, Room, hold};
use crate::domain::day::{Presence, Visit};
use crate::domain::fact::{Doubt, Holder, LeaveReason, Means, Taker};
use crate::domain::people::{ChildId, CollectorId};
use crate::domain::settings::{Place, Session};
use crate::domain::time::Moment;

/// The most lines that an explanation has.
pub const MOST_LINES: usize = 5;

/// One line of an explanation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Because {
    /// The card that was shown, by its last three digits, is this child's live card.
    LiveCard {
        /// Last digits.
        tail: String,
        /// Read or typed.
        means: Means,
    },
    /// No card was read: the child was found by name.
    ByName,
    /// The last digit does not fit the others, as after a typing error.
    CheckDigit,
    /// No card of this store has this number.
    Unknown,
    /// The card was reported lost.
    ReportedLost(Moment),
    /// Another card replaced it, or its term is over.
    NoLongerValid,
    /// It is a staff card, and a scan does not sign anybody on.
    StaffCard,
    /// The child is not here, so a scan means arrival.
    NotHereYet,
    /// Here since then, so a scan means pickup.
    HereSince(Moment),
    /// It came just then: what is read within two minutes is the same reading.
    JustCame(Moment),
    /// Gone since then.
    GoneSince(Moment, Taker),
    /// The stay began on an earlier day and nobody ended it.
    StayOpen(Moment),
    /// Out for a while since then, with whom.
    OutSince(Moment, CollectorId),
    /// The child is at this place since then.
    AtPlace(Place, Moment),
    /// The child did not come back with its group then, and was at this place before.
    Missing(Place, Moment),
    /// On leave today.
    Leave(LeaveReason),
    /// Today is none of the child's days.
    NotItsDay,
    /// No consent on file.
    NoConsent,
    /// There is an alert on file.
    Alert(String),
    /// Ordinary pickup begins then.
    PickupFrom(chrono::NaiveTime),
    /// The session ended then.
    EndedAt(chrono::NaiveTime),
    /// Who holds the card.
    HeldBy(Holder),
    /// How many people may collect today.
    MayCollect(usize),
    /// Enter alone is not enough for this child.
    NamedFirst,
    /// Grades 1 and 2, and this person was not announced.
    NotAnnounced(CollectorId),
    /// This person has a pass phrase, and has to say it.
    SaysPhrase(CollectorId),
    /// Nobody knows what this person is called.
    Unnamed(CollectorId),
    /// Nobody is on duty.
    NobodyOnDuty,
    /// Held back since then, until a leader decides.
    HeldSince(Moment),
    /// Nobody on the list: the leader decides, the child stays.
    LeaderDecides,
    /// The disk refused.
    DiskRefused,
    /// Several children sound the same.
    SameSound,
    /// A sibling is still here.
    SameHousehold,
    /// A school's own card has no check digit.
    NoCheckDigit,
    /// What carers should know of a restricted child: it stands nowhere else (F109).
    Notes(Vec<String>),
}

/// Why this verdict was given, at most five lines, most specific first.
#[must_use]
pub fn explain(room: Room<'_>, child: Option<ChildId>, pass: Option<&Pass>, verdict: &Verdict) -> Vec<Because> {
    let mut lines = Vec::with_capacity(MOST_LINES);
    lines.extend(child.and_then(|child| privacy::behind_why(room, child)));
    if let Some(pass) = pass {
        lines.push(match &pass.proof {
            Proof::Card { number, means, .. } => Because::LiveCard { tail: number.tail().to_owned(), means: *means },
            Proof::CardUnread
            | Proof::Name
            | Proof::Escort(_)
            | Proof::NoCard(_)
            | Proof::StaffParent(_)
            | Proof::SelfLeave
            | Proof::NotBack { .. } => Because::ByName,
        });
    }
    match verdict {
        Verdict::BadDigit => lines.push(Because::CheckDigit),
        Verdict::NoCard => lines.push(Because::Unknown),
        Verdict::Lost { at } => lines.push(Because::ReportedLost(*at)),
        Verdict::Replaced | Verdict::Expired => lines.push(Because::NoLongerValid),
        Verdict::Staff { .. } => lines.push(Because::StaffCard),
        Verdict::NotRecorded => lines.push(Because::DiskRefused),
        Verdict::Ambiguous => lines.push(Because::SameSound),
        Verdict::InOk | Verdict::InAlready { .. } | Verdict::Back | Verdict::InAlert | Verdict::Doubt(_) | Verdict::TypedSchoolCard => {
            arrival(room, child, verdict, &mut lines);
        }
        Verdict::Out
        | Verdict::OutAlone
        | Verdict::MayStepOut
        | Verdict::BackBy { .. }
        | Verdict::SteppedOut { .. }
        | Verdict::OutOk { .. }
        | Verdict::Sibling
        | Verdict::Repeat { .. }
        | Verdict::Early
        | Verdict::Late { .. }
        | Verdict::Elsewhere { .. }
        | Verdict::Missing { .. }
        | Verdict::Who
        | Verdict::WhoCall { .. }
        | Verdict::Unnamed { .. }
        | Verdict::Phrase { .. }
        | Verdict::Hold
        | Verdict::LeftOpen { .. }
        | Verdict::NobodyOnDuty => pickup(room, child, verdict, &mut lines),
    }
    lines.truncate(MOST_LINES);
    lines
}

fn arrival(room: Room<'_>, child: Option<ChildId>, verdict: &Verdict, lines: &mut Vec<Because>) {
    let Some(child) = child.and_then(|c| room.register.child(c)) else { return };
    #[allow(clippy::wildcard_enum_match_arm)] // the others have no line of their own
    match verdict {
        Verdict::Doubt(Doubt::OnLeave) => {
            if let Some(leave) = room.state().child(child.id).and_then(|c| c.leave) {
                lines.push(Because::Leave(leave));
            }
        }
        Verdict::Doubt(Doubt::NotToday) => lines.push(Because::NotItsDay),
        Verdict::Doubt(Doubt::NoConsent) => lines.push(Because::NoConsent),
        Verdict::TypedSchoolCard => lines.push(Because::NoCheckDigit),
        _ => {}
    }
    match room.state().presence(child.id) {
        Presence::In(visit) | Presence::Out(visit, _) => {
            lines.push(if let Verdict::InAlready { at } = verdict { Because::JustCame(*at) } else { Because::HereSince(visit.arrived) });
            lines.push(Because::HeldBy(visit.holder.clone()));
        }
        Presence::NotHere | Presence::Gone(..) => lines.push(Because::NotHereYet),
    }
    if let Some(alert) = &child.health {
        lines.push(Because::Alert(alert.clone()));
    }
}

/// The session of the day on which a child arrived.
fn session(room: Room<'_>, child: ChildId) -> Option<Session> {
    match room.state().presence(child) {
        Presence::In(visit) | Presence::Out(visit, _) | Presence::Gone(visit, _) => room.settings.session_on(visit.arrived.date()),
        Presence::NotHere => room.settings.session_on(room.day.date()),
    }
}

fn pickup(room: Room<'_>, child: Option<ChildId>, verdict: &Verdict, lines: &mut Vec<Because>) {
    let Some(child) = child.and_then(|c| room.register.child(c)) else { return };
    #[allow(clippy::wildcard_enum_match_arm)] // the others have no line of their own
    match verdict {
        Verdict::Early => lines.extend(session(room, child.id).map(|s| Because::PickupFrom(s.pickup_from))),
        Verdict::Late { .. } => lines.extend(session(room, child.id).map(|s| Because::EndedAt(s.end))),
        Verdict::NobodyOnDuty => lines.push(Because::NobodyOnDuty),
        Verdict::WhoCall { collector } => lines.push(Because::NotAnnounced(*collector)),
        Verdict::Unnamed { collector } => lines.push(Because::Unnamed(*collector)),
        Verdict::Phrase { collector } => lines.push(Because::SaysPhrase(*collector)),
        Verdict::Who => lines.push(Because::NamedFirst),
        Verdict::Hold => lines.push(hold::held(room, child.id).map_or(Because::LeaderDecides, |held| Because::HeldSince(held.since))),
        Verdict::Sibling => lines.push(Because::SameHousehold),
        _ => {}
    }
    match room.state().presence(child.id) {
        Presence::In(visit) | Presence::Out(visit, _) => inside(room, child.id, visit, verdict, lines),
        Presence::Gone(_, release) => lines.push(Because::GoneSince(release.at, release.taker)),
        Presence::NotHere => lines.push(Because::NotHereYet),
    }
}

fn inside(room: Room<'_>, child: ChildId, visit: &Visit, verdict: &Verdict, lines: &mut Vec<Because>) {
    if let Verdict::LeftOpen { .. } = verdict {
        lines.push(Because::StayOpen(visit.arrived));
    } else {
        lines.push(Because::HereSince(visit.arrived));
    }
    if let Some(out) = &visit.out {
        lines.push(Because::OutSince(out.since, out.taker));
    } else if let Some(missing) = &visit.missing {
        lines.push(Because::Missing(missing.place.clone(), missing.since));
    } else if !visit.place.is_room() {
        lines.push(Because::AtPlace(visit.place.clone(), visit.place_since));
    }
    lines.push(Because::HeldBy(visit.holder.clone()));
    let takers = takers(room, child, room.day.date());
    lines.push(Because::MayCollect(takers.len()));
    // A restriction is never named on a screen that the person at the desk may see (N14).
    let expected = takers.iter().any(|c| is_announced(room, child, visit, c.id, room.day.date()));
    if !expected && !is_restricted(room, child) {
        lines.push(Because::LeaderDecides);
    }
}
