//! What can be done with a child that was found by name. None of it is a default.

use crate::domain::day::Presence;
use crate::domain::people::{Child, Right};
use crate::domain::time::Moment;
use crate::rules::closing::is_unsettled;
use crate::rules::{Room, hold};

/// Something to do with a child.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Action {
    /// The child stays away today.
    Leave,
    /// The card is in the teacher's hand but was not read.
    CardUnread,
    /// Collected without a card.
    NoCard,
    /// Out for a while.
    StepOut,
    /// Back again.
    ComeBack,
    /// Out, and does not come back today.
    NotBack,
    /// At another place now.
    Move,
    /// A note for today.
    Note,
    /// Somebody may collect today only.
    Authorise,
    /// Call back about somebody named for today.
    CallBack,
    /// A leader decides about a child that is held back.
    Hold,
    /// The card is lost.
    LoseCard,
    /// Arrives without its card being read.
    Arrive,
    /// Comes again today.
    Again,
    /// Goes home alone, with a letter on file.
    SelfLeave,
    /// It was missing, and was seen.
    Seen,
    /// It was missing, and its family has it.
    Collected,
    /// Its stay is open from an earlier day: it was collected then.
    CollectedThen,
    /// Its stay is open from an earlier day, and it is still here.
    StillHere,
    /// The phone numbers.
    Phones,
}

/// The actions for a child as it stands, in the order of their numbers from 1.
#[must_use]
pub fn actions(room: Room<'_>, child: &Child, now: Moment) -> Vec<Action> {
    let mut list = match room.state().presence(child.id) {
        Presence::NotHere => vec![Action::Leave, Action::Arrive, Action::Authorise, Action::Note],
        // First it has to be said what became of it: nothing else can be done with a child of which nobody knows where it is.
        Presence::In(visit) | Presence::Out(visit, _) if is_unsettled(visit, now) => {
            vec![Action::CollectedThen, Action::StillHere, Action::Authorise, Action::Note]
        }
        Presence::In(visit) if visit.missing.is_some() => vec![Action::Seen, Action::Collected, Action::Authorise, Action::Note],
        Presence::In(_) => vec![Action::CardUnread, Action::NoCard, Action::StepOut, Action::Move, Action::Authorise, Action::Note],
        Presence::Out(..) => vec![Action::ComeBack, Action::NotBack, Action::Authorise, Action::Note],
        Presence::Gone(..) => vec![Action::Again, Action::Note],
    };
    let today = room.day.date();
    if room.register.valid_cards(child.id, today).is_empty() {
        list.retain(|a| *a != Action::CardUnread);
    } else {
        list.push(Action::LoseCard);
    }
    if room.register.collectors(child.id).any(|c| c.right == Right::OneDay { day: today, confirmed: false }) {
        list.push(Action::CallBack);
    }
    if child.self_leave && !child.is_young() && list.contains(&Action::NoCard) {
        list.push(Action::SelfLeave);
    }
    list.push(Action::Phones);
    if hold::held(room, child.id).is_some() {
        list.push(Action::Hold);
    }
    list
}
