//! What may be changed about how this room works. The keys and the form of their values are in `domain::settings::keys`.

use crate::domain::day::Presence;
use crate::domain::fact::{Fact, OfficeFact};
use crate::domain::settings::keys::Key;
use crate::domain::settings::{Place, Settings};
use crate::domain::time::Moment;
use crate::rules::{Objection, Room, office};

/// Something that is changed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SettingsAct {
    /// A setting gets this value for every desk of the room; `None` puts back what the desk's configuration says.
    Set {
        /// Which.
        key: Key,
        /// Its value, as it is filed.
        value: Option<String>,
    },
}

/// What stands against it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Hindrance {
    /// The value makes no sense for this key.
    Value(Key),
    /// Nothing would change.
    Unchanged,
    /// How cards travel cannot change while so many children are here, or so many cards not on the rack.
    CardsOut {
        /// Children in the room's charge.
        children: usize,
        /// Cards that are with somebody.
        cards: usize,
    },
    /// A child is at a place that would go.
    ChildrenThere(Place),
    /// Extended care would end before the session does.
    ExtendedEarly,
}

pub(super) fn facts(room: Room<'_>, act: &SettingsAct, now: Moment) -> Result<Vec<Fact>, Objection> {
    let SettingsAct::Set { key, value } = act;
    let stands = |hindrance| Err(Objection::Office(office::Hindrance::Settings(hindrance)));
    let was = room.register.office().settings.get(key.key()).cloned();
    if was == *value {
        return stands(Hindrance::Unchanged);
    }
    // Without a value the desk's configuration counts, which rules do not see: what it would be is not judged.
    let mut after: Settings = room.settings.clone();
    if let Some(value) = value
        && !key.put(&mut after, value)
    {
        return stands(Hindrance::Value(*key));
    }
    let changes = value.is_none() || key.value(&after) != key.value(room.settings);
    match key {
        Key::CardMode if changes => {
            let here = |presence: &Presence<'_>| matches!(presence, Presence::In(_) | Presence::Out(..));
            let children = room.state().children().filter(|(_, day)| here(&day.presence())).count();
            let cards = room.register.card_count();
            let cards = cards.holder + cards.away;
            if children + cards > 0 {
                return stands(Hindrance::CardsOut { children, cards });
            }
        }
        Key::Places if value.is_some() => {
            let at = |day: &crate::domain::day::ChildDay| if let Presence::In(visit) = day.presence() { Some(visit.place.clone()) } else { None };
            let goes = |place: &Place| room.settings.places.contains(place) && !after.places.contains(place);
            if let Some(place) = room.state().children().filter_map(|(_, day)| at(day)).find(goes) {
                return stands(Hindrance::ChildrenThere(place));
            }
        }
        Key::ExtendedUntil => {
            let end = room.settings.session_on(now.date()).unwrap_or(room.settings.session).end;
            if value.is_some() && after.closing.extended_until <= end {
                return stands(Hindrance::ExtendedEarly);
            }
        }
        Key::CardMode
        | Key::Places
        | Key::School
        | Key::Room
        | Key::ComplaintPhone
        | Key::ReleaseOn
        | Key::RequireConsent
        | Key::SecondCard
        | Key::Capacity
        | Key::KeepMonths
        | Key::BoardMinutes
        | Key::MissingAfter
        | Key::GraceMinutes
        | Key::LeaderAfter
        | Key::DecideAfter => {}
    }
    Ok(vec![Fact::Office(OfficeFact::SettingSet { key: key.key().to_owned(), was, now: value.clone() })])
}

#[cfg(test)]
mod tests;
