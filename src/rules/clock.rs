//! Whether a clock can be believed (K1, K2, N28).
//!
//! What happens is dated by the clock of the machine, and a wrong date makes yesterday's child one of today's. So a clock that
//! stands before the last entry or before this program was built, long after the last entry, or that jumped, is asked about
//! before anything is dated. Whoever stands at the desk answers.

use crate::domain::time::Moment;
use crate::domain::trouble::Doubt;

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
