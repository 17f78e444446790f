//! Whether a clock can be believed (K1, K2, N28).
//!
//! What happens is dated by the clock of the machine, and a wrong date makes yesterday's child one of today's. So a clock that
//! stands before the last entry or before this program was built, long after the last entry, or that jumped, is asked about
//! before anything is dated. Whoever stands at the desk answers. What was entered under a wrong time all the same a leader sets
//! right: `redate`.

use crate::domain::fact::Fact;
use crate::domain::people::{Collector, Right, StaffId};
use crate::domain::redating::Stretch;
use crate::domain::time::Moment;
use crate::domain::trouble::Doubt;

use super::{Objection, Room};

/// What two looks at clocks may differ by: a second desk, a clock that a time server corrects.
const TOLERATED_MS: i64 = 5_000;

/// No holidays are longer.
const LONGEST_PAUSE_MS: i64 = 70 * 86_400_000;

/// Whether the clock of the machine can be believed at a start. `last`: when the last entry was entered, if there is one;
/// `built`: when this program was built.
#[must_use]
pub fn at_start(wall: Moment, last: Option<Moment>, built: Moment) -> Option<Doubt> {
    match last {
        _ if wall.ms < built.ms => Some(Doubt::BeforeBuild(built)),
        Some(last) if wall.ms.saturating_add(TOLERATED_MS) < last.ms => Some(Doubt::BeforeLast(last)),
        Some(last) if wall.ms.saturating_sub(last.ms) > LONGEST_PAUSE_MS => Some(Doubt::LongAfter(last)),
        Some(_) | None => None,
    }
}

/// Whether it can still be believed in a run. `counted`: what it should show by the time that went by since it was believed.
#[must_use]
pub fn in_run(wall: Moment, counted: Moment) -> Option<Doubt> {
    (wall.ms.saturating_sub(counted.ms).saturating_abs() > TOLERATED_MS).then_some(Doubt::Jumped(counted))
}

/// Why a time cannot be set right so.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Misfit {
    /// It is the time under which it stands.
    Same,
    /// The first entry would stand before the entry before it, which was entered then.
    BeforeEarlier(Moment),
    /// The last entry would stand after the entry after it, which was entered then.
    AfterLater(Moment),
    /// The last entry would stand in the future.
    Future,
}

/// Says of a run of entries when its first was made indeed; the others move with it.
///
/// Who was named for one day under a clock that was ahead would collect on a day that is still to come: such a right ends, and
/// whoever is to collect is named anew.
pub(super) fn redate(
    room: Room<'_>,
    stretch: &Stretch,
    first: Moment,
    (reason, approver): (&str, StaffId),
    now: Moment,
) -> Result<Vec<Fact>, Objection> {
    let by_ms = first.ms.saturating_sub(stretch.first.ms);
    let last = stretch.last.ms.saturating_add(by_ms);
    let misfit = match (stretch.before, stretch.after) {
        _ if by_ms == 0 => Some(Misfit::Same),
        (Some(before), _) if first.ms < before.ms => Some(Misfit::BeforeEarlier(before)),
        _ if last > now.ms => Some(Misfit::Future),
        (_, Some(after)) if last > after.ms => Some(Misfit::AfterLater(after)),
        _ => None,
    };
    if let Some(misfit) = misfit {
        return Err(Objection::Redate(misfit));
    }
    let mut facts = vec![Fact::Redated { from: stretch.from, to: stretch.to, by_ms, reason: reason.to_owned(), approver }];
    let is_ahead = |c: &&Collector| matches!(c.right, Right::OneDay { day, .. } if day > now.date());
    facts.extend(room.register.all_collectors().filter(is_ahead).map(|was| {
        let ended = Collector { right: Right::Ended, ..was.clone() };
        Fact::CollectorSet { was: Some(Box::new(was.clone())), now: Box::new(ended) }
    }));
    Ok(facts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::moment;

    const ZERO: Moment = Moment { ms: 0, offset_min: 480 };

    fn at(text: &str) -> Moment {
        moment(text, ZERO).expect("a moment")
    }

    #[test]
    fn every_step_that_a_clock_can_take_is_asked_about_or_harmless() {
        let (built, last) = (at("2026-08-01 00:00"), at("2026-09-07 16:40"));
        let seconds = |n: i64| last.plus_seconds(n);
        let table = [
            ("goes on", seconds(1), None, None),
            ("a second desk, a bit behind", seconds(-5), None, None),
            ("a time server, a bit ahead", seconds(5), None, None),
            ("back by six seconds", seconds(-6), Some(Doubt::BeforeLast(last)), Some(Doubt::Jumped(last))),
            ("ahead by six seconds", seconds(6), None, Some(Doubt::Jumped(last))),
            ("back an hour", seconds(-3600), Some(Doubt::BeforeLast(last)), Some(Doubt::Jumped(last))),
            ("back a day", seconds(-86_400), Some(Doubt::BeforeLast(last)), Some(Doubt::Jumped(last))),
            ("ahead a day", seconds(86_400), None, Some(Doubt::Jumped(last))),
            ("after the holidays", seconds(70 * 86_400), None, Some(Doubt::Jumped(last))),
            ("longer than any holidays", seconds(70 * 86_400 + 1), Some(Doubt::LongAfter(last)), Some(Doubt::Jumped(last))),
            ("ahead a year", at("2027-09-07 16:40"), Some(Doubt::LongAfter(last)), Some(Doubt::Jumped(last))),
            ("back a year", at("2025-09-07 16:40"), Some(Doubt::BeforeBuild(built)), Some(Doubt::Jumped(last))),
            ("battery flat", at("2000-01-01 00:00"), Some(Doubt::BeforeBuild(built)), Some(Doubt::Jumped(last))),
            ("epoch", ZERO, Some(Doubt::BeforeBuild(built)), Some(Doubt::Jumped(last))),
            ("before it", Moment { ms: i64::MIN, ..ZERO }, Some(Doubt::BeforeBuild(built)), Some(Doubt::Jumped(last))),
            ("2038", at("2038-01-19 03:14"), Some(Doubt::LongAfter(last)), Some(Doubt::Jumped(last))),
            ("9999", at("9999-12-31 23:59"), Some(Doubt::LongAfter(last)), Some(Doubt::Jumped(last))),
            ("the end", Moment { ms: i64::MAX, ..ZERO }, Some(Doubt::LongAfter(last)), Some(Doubt::Jumped(last))),
        ];
        for (step, wall, between_runs, in_mid_run) in table {
            assert_eq!(at_start(wall, Some(last), built), between_runs, "{step}, between runs");
            assert_eq!(in_run(wall, last), in_mid_run, "{step}, in mid-run");
        }
        // A store with nothing in it has no last entry to hold the clock against.
        assert_eq!(at_start(at("2026-08-01 00:00"), None, built), None);
        assert_eq!(at_start(at("2026-07-31 23:59"), None, built), Some(Doubt::BeforeBuild(built)));
        assert_eq!(at_start(at("2038-01-19 03:14"), None, built), None);
    }
}
