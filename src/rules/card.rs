//! What a scanned or typed number stands for: a child's live card, a staff card, or a refusal that names nobody.

use super::Room;
use super::verdict::Verdict;
use crate::domain::card::{CardNumber, checks, own_length};
use crate::domain::custody::CardState;
use crate::domain::fact::Refusal;
use crate::domain::people::{ChildId, StaffId};

/// What a number stands for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Meaning {
    /// A child's live card.
    Child {
        /// The child.
        child: ChildId,
        /// The card, as it is on file.
        number: CardNumber,
        /// Made by caredesk, with a check digit.
        own: bool,
    },
    /// A staff card.
    Staff(StaffId),
    /// Refused.
    Refused(Verdict, Refusal),
}

/// Looks a number up: each reading in turn (an exact match is tried first), the first that means something wins; else the
/// first reading's refusal.
#[must_use]
pub fn look_up<'t>(room: Room<'_>, readings: impl IntoIterator<Item = &'t str>) -> Meaning {
    let mut first = None;
    for reading in readings {
        match look_up_one(room, reading) {
            known @ (Meaning::Child { .. } | Meaning::Staff(_)) => return known,
            refused @ Meaning::Refused(..) => {
                let void = !matches!(refused, Meaning::Refused(Verdict::BadDigit | Verdict::NoCard, _));
                if void {
                    return refused;
                }
                first.get_or_insert(refused);
            }
        }
    }
    first.unwrap_or(Meaning::Refused(Verdict::NoCard, Refusal::NoCard))
}

fn look_up_one(room: Room<'_>, reading: &str) -> Meaning {
    let number = CardNumber::new(reading);
    if let Some(card) = room.register.card(&number) {
        return match card.state {
            CardState::Live => Meaning::Child { child: card.child, number, own: card.own },
            CardState::Lost { at } => Meaning::Refused(Verdict::Lost { at }, Refusal::Lost),
            CardState::Replaced { .. } => Meaning::Refused(Verdict::Replaced, Refusal::Replaced),
            CardState::Expired { .. } => Meaning::Refused(Verdict::Expired, Refusal::Expired),
        };
    }
    if let Some(staff) = room.register.staff_by_card(&number) {
        return Meaning::Staff(staff.id);
    }
    if looks_own(room, reading) && !checks(reading) {
        Meaning::Refused(Verdict::BadDigit, Refusal::BadDigit)
    } else {
        Meaning::Refused(Verdict::NoCard, Refusal::NoCard)
    }
}

/// Whether a number has the form of this store's own cards. In a room that uses only the school's cards none has, and a
/// wrong number can only be unknown.
fn looks_own(room: Room<'_>, reading: &str) -> bool {
    let mut cards = room.register.cards();
    let length = own_length(room.register.child_count());
    reading.len() == length && reading.bytes().all(|b| b.is_ascii_digit()) && cards.any(|c| c.own)
}
