//! What a card that is shown says about who brings it.

use crate::domain::card::CardNumber;
use crate::domain::custody::{Card, CardKind, CardState, Custody};
use crate::domain::day::Visit;
use crate::domain::fact::{Entry, Fact, Holder, OfficeFact, Seq};
use crate::domain::people::ChildId;
use crate::domain::settings::CardMode;
use crate::domain::time::Moment;
use crate::rules::Room;
use crate::rules::clock::passed;

/// So long after a child has come whoever brought it still stands there, milliseconds: a card for the day is handed over.
const DROP_OFF_MS: i64 = 600_000;

/// Whether whoever brought a child at the moment that somebody says still stands at the door now.
pub(super) fn is_at_the_door(came: Moment, now: Moment) -> bool {
    (0..DROP_OFF_MS).contains(&(now.ms - came.ms))
}

/// When the child came through the door last, and with which entry: it arrived, or was back from stepping out. What is decided for an
/// earlier moment, `then`, is decided on what had happened by then.
pub(super) fn came_last(room: Room<'_>, id: ChildId, visit: &Visit, then: Option<Moment>) -> (Moment, Seq) {
    let by_then = |e: &Entry| then.is_none_or(|then| e.at.ms <= then.ms);
    let back = |e: &&Entry| matches!(e.fact, Fact::CameBack { child } if child == id) && by_then(e) && !room.day.is_undone(e.seq);
    room.day.entries().iter().rev().find(back).map_or((visit.arrived, visit.arrival), |e| (e.at, e.seq))
}

/// When, and with which entries, the child came since it last left.
fn came<'a>(room: Room<'a>, id: ChildId, visit: &Visit) -> impl Iterator<Item = (Moment, Seq)> + use<'a> {
    let entries = room.day.entries().iter().rev();
    let stay = entries.take_while(move |e| !matches!(e.fact, Fact::Released { child, .. } if child == id && !room.day.is_undone(e.seq)));
    let came = stay.filter(move |e| matches!(e.fact, Fact::Arrived { child, .. } if child == id));
    std::iter::once((visit.arrived, visit.arrival)).chain(came.map(|e| (e.at, e.seq)))
}

/// Whether whoever brought the child still stands at the door, at an entry or [`NOW`], by the time that went by: a clock that was set
/// makes nothing young again, nor does taking an arrival back and entering it anew. A teacher who brought it with others is no family.
///
/// [`NOW`]: crate::rules::clock::NOW
#[must_use]
pub fn is_just_brought(room: Room<'_>, id: ChildId, visit: &Visit, at: (Moment, Seq)) -> bool {
    let is_at_the_door = |came| {
        let passed = passed(room.day, came, at);
        passed.is_known && passed.least_ms < DROP_OFF_MS
    };
    !matches!(visit.holder, Holder::Escort(_)) && came(room, id, visit).all(is_at_the_door)
}

/// Whether a card says anything about who brings it: it has been with somebody since the child came. One that hung on the rack
/// meanwhile, was handed in as found, or came into being while the child was here, was never anybody's but the desk's; a card
/// for the day may be handed to whoever has just brought the child. What was entered since counts as well where the pickup is
/// entered late: the card did what it did. Where families keep their cards nobody hands a found one back on record, so it says
/// nothing for the rest of the day, whenever the child came.
pub(super) fn proves(room: Room<'_>, id: ChildId, number: &CardNumber, visit: &Visit) -> bool {
    let (came, with) =
        came(room, id, visit).reduce(|(at, seq), (other, with)| (at.min(other), seq.min(with))).unwrap_or((visit.arrived, visit.arrival));
    let nobody_has_it = room.register.card(number).is_some_and(|c| match c.custody {
        Custody::Rack => room.settings.card_mode == CardMode::Claim,
        Custody::Astray => true,
        Custody::Holder | Custody::Away => false,
    });
    // By the journal's order or by the clock, which may have been set back in between.
    let later = || room.day.entries().iter().filter(|e| e.at.ms > came.ms || e.seq > with);
    let is_found = |e: &Entry| matches!(&e.fact, Fact::Office(OfficeFact::CardFound { number: found }) if found == number);
    let is_handed_in = || room.settings.card_mode == CardMode::Held && room.day.entries().iter().any(is_found);
    let doubtful = |e: &Entry| {
        let held = room.settings.card_mode == CardMode::Held;
        // Whoever has a card of the child was handed no other. That one was lost or replaced since makes nothing good.
        let has_one = || {
            let another = |c: &Card| c.child == id && c.number != *number && was_good(c, e);
            let now = room.register.valid_cards(id, e.at.date()).into_iter().any(another);
            now || room.day.entries().iter().filter(|other| other.seq > e.seq).any(|other| card_before(other).is_some_and(another))
        };
        let in_hand = |card: &Card| card.custody == Custody::Holder || (held && !has_one());
        let handed_over = |card: &Card| card.kind == CardKind::Day && in_hand(card) && is_just_brought(room, id, visit, (e.at, e.seq));
        // A card whose last day had passed comes into being anew by another last day.
        let new = |was: Option<&Card>, now: &Card| was.is_none_or(|was| !was_good(was, e) || was.child != now.child);
        let issued = matches!(&e.fact, Fact::CardSet { was, now } if now.number == *number && new(was.as_deref(), now) && !handed_over(now));
        issued || is_found(e)
    };
    // A card that was handed in is the desk's, also when hanging it up is taken back; one that was counted and not there was taken
    // off its hook by nobody knows whom.
    let handed_in = |e: &Entry| {
        let Fact::CardMoved { number: moved, was, now, .. } = &e.fact else { return false };
        let out = |custody: Custody| matches!(custody, Custody::Away | Custody::Astray);
        moved == number && ((out(*was) && *now == Custody::Rack) || (*was == Custody::Rack && out(*now)))
    };
    !nobody_has_it && !is_handed_in() && !later().any(handed_in) && !later().any(|e| !room.day.is_undone(e.seq) && doubtful(e))
}

/// Whether a card could be used when something was entered.
fn was_good(card: &Card, e: &Entry) -> bool {
    card.state == CardState::Live && card.is_valid_on(e.at.date())
}

/// The card as it was before an entry changed it.
fn card_before(e: &Entry) -> Option<&Card> {
    #[allow(clippy::wildcard_enum_match_arm)] // the two that change the state of a card
    match &e.fact {
        Fact::CardSet { was: Some(was), .. } | Fact::CardLost { was, .. } => Some(was),
        _ => None,
    }
}
