//! What each fact does to the tables beside the journal: the same as to [`Register`], line by line.

use chrono::NaiveDate;
use rusqlite::Connection;

use crate::domain::custody::{Card, CardState};
use crate::domain::fact::{Entry, Fact, OfficeFact, Seq};
use crate::domain::register::Register;

use super::error::StoreError;
use super::{cards, counts, erased, forgotten, journal, office, people, redated, staff, stays};

/// Folds one act into the tables.
pub(super) fn apply_act(conn: &Connection, act: &[Entry]) -> Result<(), StoreError> {
    let mut orphans = Vec::new();
    for entry in act {
        if let Fact::Undone { seq, .. } = entry.fact {
            orphans.extend(undo(conn, seq, entry.seq)?);
        } else {
            apply(conn, entry)?;
        }
    }
    for release in orphans {
        if !stays::is_undone(conn, release)? {
            return Err(StoreError::Conflict(format!("release {} would be left without its arrival", release.0)));
        }
    }
    Ok(())
}

/// People, cards and staff as the tables hold them.
pub(super) fn register(conn: &Connection) -> Result<Register, StoreError> {
    let (mut children, mut collectors, mut all_cards) = (Vec::new(), Vec::new(), Vec::new());
    people::children(conn, |child| children.push(Box::new(child)))?;
    people::collectors(conn, |collector| collectors.push(Box::new(collector)))?;
    cards::all(conn, |card| all_cards.push(card))?;
    let mut register = Register::packed(children, collectors, all_cards);
    staff::all(conn, |staff| register.put_staff(staff))?;
    register.put_office(office::read(conn)?);
    counts::pin_tries(conn)?.into_iter().for_each(|(staff, tries)| register.put_pin_tries(staff, tries));
    counts::recovery(conn)?.into_iter().for_each(|(staff, recovery)| register.put_recovery(staff, recovery));
    counts::no_card_counts(conn)?.into_iter().for_each(|(child, count)| register.put_no_card_count(child, count));
    Ok(register)
}

/// As much of the register as a first frame shows: children, who must not collect, staff with the wrong tries of their PINs,
/// and how many cards are where.
pub(super) fn register_at_a_glance(conn: &Connection, on: NaiveDate) -> Result<Register, StoreError> {
    let mut register = Register::default();
    staff::all(conn, |staff| register.put_staff(staff))?;
    people::children_at_a_glance(conn, |child| register.put_child(child))?;
    people::barred(conn, |collector| register.put_collector(collector))?;
    register.put_office(office::read(conn)?);
    counts::pin_tries(conn)?.into_iter().for_each(|(staff, tries)| register.put_pin_tries(staff, tries));
    counts::recovery(conn)?.into_iter().for_each(|(staff, recovery)| register.put_recovery(staff, recovery));
    register.put_card_count(cards::count(conn, on)?);
    Ok(register)
}

fn apply(conn: &Connection, entry: &Entry) -> Result<(), StoreError> {
    match &entry.fact {
        Fact::ChildSet { now, .. } => people::put_child(conn, now),
        Fact::CollectorSet { now, .. } => people::put_collector(conn, now),
        Fact::CardSet { now, .. } => cards::put(conn, now),
        Fact::CardLost { was, .. } => cards::put(conn, &Card { state: CardState::Lost { at: entry.at }, ..(**was).clone() }),
        Fact::CardMoved { number, now, .. } => cards::move_to(conn, number, *now),
        Fact::StaffSet { now, .. } => staff::put(conn, now),
        Fact::PinTried { staff } => counts::count_try(conn, *staff, entry.entered_at.ms),
        Fact::PinProved { staff } => counts::forget_tries(conn, *staff),
        Fact::Recovery(step) => counts::recover(conn, step, entry.entered_at.ms),
        Fact::NoCardCounted { child, now, .. } => counts::put_no_card(conn, *child, *now),
        Fact::Arrived { child, .. } => stays::arrive(conn, entry.seq, *child),
        Fact::Released { child, arrival, .. } => stays::release(conn, entry.seq, *arrival, *child),
        Fact::Office(OfficeFact::Erased { child, spent }) => erased::apply(conn, entry.seq, *child, spent),
        Fact::Office(OfficeFact::CardsForgotten { of, spent }) => forgotten::cards::apply(conn, entry.seq, *of, spent),
        Fact::Office(OfficeFact::DaysForgotten { until }) => forgotten::apply(conn, (entry.seq, entry.day), *until),
        Fact::Office(step) => office::apply(conn, step),
        Fact::Redated { from, to, by_ms, .. } => redated::apply(conn, entry.seq, (*from, *to), *by_ms),
        Fact::Imported { .. }
        | Fact::SignedOn { .. }
        | Fact::SignedOff { .. }
        | Fact::ActorChosen { .. }
        | Fact::HolderNamed { .. }
        | Fact::AlertAcknowledged { .. }
        | Fact::SteppedOut { .. }
        | Fact::CameBack { .. }
        | Fact::Moved { .. }
        | Fact::CalledOver { .. }
        | Fact::LeaveTaken { .. }
        | Fact::NoteLeft { .. }
        | Fact::Called { .. }
        | Fact::HeldBack { .. }
        | Fact::HoldDecided { .. }
        | Fact::Group(_)
        | Fact::Account(_)
        | Fact::Refused { .. }
        | Fact::ClockSet { .. }
        | Fact::RefusedAgain { .. }
        | Fact::Undone { .. } => Ok(()),
    }
}

/// Takes an entry back; gives the release that lost its arrival by it, if one did.
fn undo(conn: &Connection, seq: Seq, by: Seq) -> Result<Option<Seq>, StoreError> {
    let Some(entry) = journal::entry(conn, seq)?.filter(|_| seq < by) else {
        return Err(StoreError::Conflict(format!("there is no entry {} to take back", seq.0)));
    };
    stays::undo(conn, seq, by)?;
    match &entry.fact {
        Fact::ChildSet { was, now } => match was {
            Some(was) => people::put_child(conn, was)?,
            None => people::remove_child(conn, now.id)?,
        },
        Fact::CollectorSet { was, now } => match was {
            Some(was) => people::put_collector(conn, was)?,
            None => people::remove_collector(conn, now.id)?,
        },
        Fact::CardSet { was, now } => match was {
            Some(was) => cards::put(conn, was)?,
            None => cards::remove(conn, &now.number)?,
        },
        Fact::CardLost { was, .. } => cards::put(conn, was)?,
        Fact::CardMoved { number, was, .. } => cards::move_to(conn, number, *was)?,
        Fact::StaffSet { was, now } => match was {
            Some(was) => staff::put(conn, was)?,
            None => staff::remove(conn, now.id)?,
        },
        Fact::NoCardCounted { child, was, .. } => match was {
            Some(was) => counts::put_no_card(conn, *child, *was)?,
            None => counts::remove_no_card(conn, *child)?,
        },
        Fact::Arrived { .. } => return stays::undo_arrival(conn, seq),
        Fact::Released { arrival, .. } => stays::undo_release(conn, seq, *arrival)?,
        Fact::Undone { .. } => return Err(StoreError::Conflict(format!("entry {} takes back; it cannot be taken back", seq.0))),
        Fact::Office(step) => office::take_back(conn, step)?,
        Fact::PinTried { .. }
        | Fact::PinProved { .. }
        | Fact::Recovery(_)
        | Fact::Imported { .. }
        | Fact::SignedOn { .. }
        | Fact::SignedOff { .. }
        | Fact::ActorChosen { .. }
        | Fact::HolderNamed { .. }
        | Fact::AlertAcknowledged { .. }
        | Fact::SteppedOut { .. }
        | Fact::CameBack { .. }
        | Fact::Moved { .. }
        | Fact::CalledOver { .. }
        | Fact::LeaveTaken { .. }
        | Fact::NoteLeft { .. }
        | Fact::Called { .. }
        | Fact::HeldBack { .. }
        | Fact::HoldDecided { .. }
        | Fact::Group(_)
        | Fact::Account(_)
        | Fact::Refused { .. }
        | Fact::ClockSet { .. }
        | Fact::Redated { .. }
        | Fact::RefusedAgain { .. } => {}
    }
    Ok(None)
}
