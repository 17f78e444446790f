//! A school's own card is taken on as it is read, if nothing else could ever be taken for it.

use std::collections::BTreeSet;

use super::Hindrance;
use crate::domain::card::{CardNumber, SLIP, edits};
use crate::domain::custody::{Card, CardState};
use crate::domain::face::{Faces, agree, chips, is_short};
use crate::rules::Room;

/// Whether this code can be enrolled. A school's card that is on file and had its time (expired, not lost, not replaced) may
/// be used again for whom it likes: it is returned.
///
/// # Errors
/// What it would be confused with.
pub fn check<'r>(room: Room<'r>, number: &CardNumber) -> Result<Option<&'r Card>, Hindrance> {
    let text = number.as_str();
    if is_short(text) {
        return Err(Hindrance::Short);
    }
    if room.register.is_spent(number) {
        return Err(Hindrance::Taken(number.clone()));
    }
    let on_file = room.register.card(number);
    match on_file {
        Some(card) if card.own || !matches!(card.state, CardState::Expired { .. }) => return Err(Hindrance::Taken(card.number.clone())),
        Some(_) | None => {}
    }
    let mine = chips(text);
    let spellings: BTreeSet<String> = std::iter::once(text.to_owned()).chain(mine.iter().flat_map(|c| c.spellings())).collect();
    let numbers_of_ours = || room.register.cards().filter(|c| c.own).map(|c| &c.number).chain(&room.register.office().spent);
    if Faces::of(room.register.staff().filter_map(|s| s.card.as_ref()).map(CardNumber::as_str)).can_be(text) {
        return Err(Hindrance::StaffCard);
    }
    if let Some(ours) = numbers_of_ours().find(|ours| agree(&mine, &chips(ours.as_str()))) {
        return Err(Hindrance::SharesFace(ours.clone()));
    }
    let near = |other: &&CardNumber| other.as_str().len().abs_diff(text.len()) <= SLIP && edits(other.as_str(), text) <= SLIP;
    if let Some(ours) = numbers_of_ours().find(near) {
        return Err(Hindrance::TooClose(ours.clone()));
    }
    for spelling in &spellings {
        let others = room.register.cards_by_face(spelling).into_iter().filter(|c| c.number != *number);
        let exact = room.register.card(&CardNumber::new(spelling.as_str())).filter(|c| c.number != *number);
        if let Some(other) = others.chain(exact).next() {
            let same = agree(&mine, &chips(other.number.as_str()));
            return Err(if same { Hindrance::SameCard(other.number.clone()) } else { Hindrance::SharesFace(other.number.clone()) });
        }
    }
    Ok(on_file)
}
