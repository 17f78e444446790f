//! What a bar brings with it: everybody of the list whom it fits, or who is said to be that person (F030).

use super::{Bar, Person, listed, rank_after, records};
use crate::domain::fact::Fact;
use crate::domain::people::{Collector, CollectorId, Right};
use crate::rules::{Objection, Room, barred};

/// A bar with everybody of the list whom it takes along: a person is barred, not a record (F030).
pub(super) fn barring(room: Room<'_>, person: Collector, bar: &Bar) -> Result<Vec<Fact>, Objection> {
    let along = barred::taken_along(room.register, &person).into_iter().map(|c| records::barred(c, bar));
    // Under another record of the child, if there is one, the person is barred as well.
    let elsewhere = barred::of_namesakes(room.register, &person).into_iter().map(|c| records::barred(c, bar));
    let along = along.chain(elsewhere);
    let in_doubt: Vec<Collector> =
        barred::left_in_doubt(room.register, &person).into_iter().map(|c| Collector { right: Right::Ended, ..c.clone() }).collect();
    let mut all = vec![person];
    for other in along {
        all.push(other?);
    }
    all.extend(in_doubt);
    Ok(all.into_iter().map(|c| listed(room, c)).collect())
}

/// A bar by words that are no name of anybody listed, and the same bar against the one of the list who is meant.
pub(super) fn listed_as_well(room: Room<'_>, id: CollectorId, person: &Person, bar: &Bar) -> Result<Vec<Fact>, Objection> {
    let meant = room.register.collector(id).ok_or(Objection::Empty)?;
    let new = room.register.next_ids().collector();
    let person = records::collector(new, meant.child, rank_after(room, meant.child), person, Right::Barred)?;
    let mut facts = barring(room, records::barred(&person, bar)?, bar)?;
    let by_name = barring(room, records::barred(meant, bar)?, bar)?;
    let of = |fact: &Fact| if let Fact::CollectorSet { now, .. } = fact { Some(now.id) } else { None };
    // Whom one of the two bars, the other puts off the list for no doubt.
    facts.retain(|fact| !by_name.iter().any(|other| of(other) == of(fact)));
    facts.extend(by_name);
    Ok(facts)
}
