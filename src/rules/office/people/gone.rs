//! What is erased, and what is not kept any more, of those who have left (PIPL art. 19 and 47, F172).

use chrono::{Days, NaiveDate};

use super::Hindrance;
use crate::domain::card::{CardNumber, has_our_form};
use crate::domain::day::Presence;
use crate::domain::fact::{CardsOf, Fact, OfficeFact};
use crate::domain::people::{Child, ChildId};
use crate::domain::time::Moment;
use crate::rules::{Objection, Room, barred};

/// Cards are kept for so many days after somebody has left.
pub const CARD_DAYS: u64 = 90;

/// When a child left; `None` while it comes. A guest has left when its day is over. The first of all days stands for a child that has
/// left and whose record does not say when.
#[must_use]
pub fn left_on(child: &Child, today: NaiveDate) -> Option<NaiveDate> {
    if child.enrolled { child.guest_on.filter(|day| *day < today) } else { Some(child.withdrawn_on.unwrap_or(NaiveDate::MIN)) }
}

/// The last day on which the cards of somebody who left on a day are kept.
#[must_use]
pub fn cards_kept_until(left: NaiveDate) -> NaiveDate {
    left.checked_add_days(Days::new(CARD_DAYS)).unwrap_or(NaiveDate::MAX)
}

/// Whether a child can be erased: it was withdrawn, it is not here, and no list of the day has it.
///
/// # Errors
/// What stands against it.
pub fn may_be_erased(room: Room<'_>, id: ChildId) -> Result<(), Hindrance> {
    let Some(child) = room.register.child(id) else { return Err(Hindrance::Unchanged) };
    if matches!(room.state().presence(id), Presence::In(_) | Presence::Out(..)) {
        return Err(Hindrance::IsHere(id));
    }
    if child.enrolled {
        return Err(Hindrance::IsEnrolled(id));
    }
    if is_of_the_day(room, id) {
        return Err(Hindrance::OnTheDay(id));
    }
    Ok(())
}

/// Whether a list of the day has a child; that its record was looked at, or its cards went, is on none.
fn is_of_the_day(room: Room<'_>, id: ChildId) -> bool {
    let on_no_list = |fact: &Fact| matches!(fact, Fact::Office(OfficeFact::Looked { .. } | OfficeFact::CardsForgotten { .. }));
    let speaks = |fact: &Fact| fact.child() == Some(id) && !on_no_list(fact);
    room.state().child(id).is_some() || room.day.entries().iter().any(|e| speaks(&e.fact))
}

/// What was said about a child that has left goes, with whom it was listed and its cards; numbers of ours are given to nobody again.
pub(super) fn erase(room: Room<'_>, id: ChildId, now: Moment) -> Result<Vec<Fact>, Objection> {
    may_be_erased(room, id)?;
    let buddies = room.register.children().filter(|c| c.buddy == Some(id));
    let mut facts: Vec<Fact> =
        buddies.map(|was| Fact::ChildSet { was: Some(Box::new(was.clone())), now: Box::new(Child { buddy: None, ..was.clone() }) }).collect();
    // A bar that counts for another record of the name goes there first.
    facts.extend(barred::carried_over(room.register, id, None, now.date(), &mut room.register.next_ids()));
    facts.push(Fact::Office(OfficeFact::Erased { child: id, spent: own_numbers(room, id) }));
    Ok(facts)
}

fn own_numbers(room: Room<'_>, id: ChildId) -> Vec<CardNumber> {
    room.register.cards_of(id).into_iter().filter(|card| card.own).map(|card| card.number.clone()).collect()
}

/// Days that are over, later than those that went before. Nobody who is here came on one of them: which day that would be the store
/// knows, and refuses it.
pub(super) fn forget_days(room: Room<'_>, until: NaiveDate, now: Moment) -> Result<Vec<Fact>, Objection> {
    let is_over = until < now.date().min(room.day.date());
    if !is_over {
        return Err(Hindrance::Unchanged.into());
    }
    Ok(vec![Fact::Office(OfficeFact::DaysForgotten { until })])
}

/// The cards of somebody who left on a day; of a child its own record says it, where it says when. Numbers of ours, and those of staff
/// that have the form of ours, are given to nobody again: somebody may still have the card.
pub(super) fn forget_cards(room: Room<'_>, of: CardsOf, left: NaiveDate, now: Moment) -> Result<Vec<Fact>, Objection> {
    let (left, spent) = match of {
        CardsOf::Child(id) => {
            let child = room.register.child(id).ok_or(Hindrance::Unchanged)?;
            if matches!(room.state().presence(id), Presence::In(_) | Presence::Out(..)) {
                return Err(Hindrance::IsHere(id).into());
            }
            let by_record = left_on(child, now.date()).ok_or(Hindrance::IsEnrolled(id))?;
            if is_of_the_day(room, id) {
                return Err(Hindrance::OnTheDay(id).into());
            }
            (if by_record == NaiveDate::MIN { left } else { by_record }, own_numbers(room, id))
        }
        CardsOf::Staff(id) => {
            let staff = room.register.staff_member(id).ok_or(Hindrance::Unchanged)?;
            let card = staff.card.clone().ok_or(Hindrance::Unchanged)?;
            if staff.active {
                return Err(Hindrance::WorksHere(id).into());
            }
            (left, Some(card).filter(|card| has_our_form(card.as_str())).into_iter().collect())
        }
    };
    let until = cards_kept_until(left);
    if now.date() <= until {
        return Err(Hindrance::CardsKept(until).into());
    }
    Ok(vec![Fact::Office(OfficeFact::CardsForgotten { of, spent })])
}

#[cfg(test)]
mod tests;
