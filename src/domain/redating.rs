//! A wrong time that is set right (K1, K2, N28): which entries were made under it, and when they were made indeed.
//!
//! The journal never changes. A [`super::fact::Fact::Redated`] says by how much the clock was wrong for a run of entries;
//! whoever reads entries gets them under the time as it was set right last, and both times are kept.

use super::fact::Seq;
use super::time::Moment;

/// A run of entries that one clock dated: it ends where the clock was set, at midnight, and at a pause of half an hour.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stretch {
    /// The first entry.
    pub from: Seq,
    /// The last one.
    pub to: Seq,
    /// When the first was entered, as it stands now.
    pub first: Moment,
    /// When the last was entered, as it stands now.
    pub last: Moment,
    /// When the entry before was entered; `None` where there is none, or where the clock went back after it.
    pub before: Option<Moment>,
    /// When the entry after was entered, if there is one.
    pub after: Option<Moment>,
    /// Where the clock was set after it.
    pub end: Option<ClockEnd>,
}

/// The clock was set, which ends what it dated before.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ClockEnd {
    /// The entry that says so.
    pub seq: Seq,
    /// What time it was said to be.
    pub to: Moment,
    /// By how much the desk's own count was wrong then, milliseconds to add; not where no desk had counted.
    pub by_ms: Option<i64>,
}

impl Stretch {
    /// This one with all up to `other`, a later one.
    #[must_use]
    pub fn through(&self, other: &Self) -> Self {
        Self { to: other.to, last: other.last, after: other.after, end: other.end, ..self.clone() }
    }

    /// How many entries it has.
    #[must_use]
    pub fn len(&self) -> i64 {
        self.to.0 - self.from.0 + 1
    }

    /// Whether it has none; never so as it is read.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() <= 0
    }
}

/// A pause between two entries, from which on they are two stretches, milliseconds.
pub const PAUSE_MS: i64 = 30 * 60_000;

/// By how much a run of entries is set right.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Shift {
    /// When the first of them was entered, before this.
    pub first: Moment,
    /// When the entry before it was entered, if there is one.
    pub before: Option<Moment>,
    /// Milliseconds to add.
    pub by_ms: i64,
}

impl Shift {
    /// When an entry happened and was entered indeed.
    ///
    /// What was said to have happened before the wrong clock began was said of a time that people know, not the clock: it stays
    /// where it was put, unless that lies after its own entry now, or on the wrong day of a clock that was behind.
    #[must_use]
    pub fn of(&self, at: Moment, entered_at: Moment) -> (Moment, Moment) {
        let moved = |moment: Moment| Moment { ms: moment.ms.saturating_add(self.by_ms), ..moment };
        let entered = moved(entered_at);
        let of_before = at.ms < self.first.ms;
        let stays = of_before && if self.by_ms < 0 { at.ms <= entered.ms } else { at.date() < entered_at.date() };
        let happened = if stays { at.ms } else { moved(at).ms };
        // What had not happened before the entry before them has not now.
        let floor = self.before.map_or(i64::MIN, |before| before.ms.min(at.ms));
        (Moment { ms: happened.max(floor).min(entered.ms), ..at }, entered)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::moment;

    fn at(text: &str) -> Moment {
        moment(text, Moment { ms: 0, offset_min: 480 }).expect("a moment")
    }

    #[test]
    fn every_time_that_a_wrong_clock_gave_is_set_right_and_what_was_said_of_before_stays() {
        let hour = 3_600_000;
        // first of the run, milliseconds, happened, entered → happened, entered
        let table = [
            ("a day ahead", "2026-09-08 16:30", -24 * hour, "2026-09-08 16:31", "2026-09-08 16:31", "2026-09-07 16:31", "2026-09-07 16:31"),
            ("back-filled", "2026-09-08 16:30", -24 * hour, "2026-09-08 16:20", "2026-09-08 16:31", "2026-09-07 16:20", "2026-09-07 16:31"),
            (
                "said of the day before",
                "2026-09-08 16:30",
                -24 * hour,
                "2026-09-07 16:10",
                "2026-09-08 16:31",
                "2026-09-07 16:10",
                "2026-09-07 16:31",
            ),
            ("a day behind", "2026-09-06 16:30", 24 * hour, "2026-09-06 16:31", "2026-09-06 16:31", "2026-09-07 16:31", "2026-09-07 16:31"),
            ("back-filled", "2026-09-06 16:30", 24 * hour, "2026-09-06 16:20", "2026-09-06 16:31", "2026-09-07 16:20", "2026-09-07 16:31"),
            ("said of Friday", "2026-09-06 16:30", 24 * hour, "2026-09-04 17:20", "2026-09-06 16:31", "2026-09-04 17:20", "2026-09-07 16:31"),
            ("an hour ahead", "2026-09-07 17:30", -hour, "2026-09-07 17:10", "2026-09-07 17:40", "2026-09-07 16:10", "2026-09-07 16:40"),
            (
                "an hour ahead, said of before",
                "2026-09-07 17:30",
                -hour,
                "2026-09-07 16:20",
                "2026-09-07 17:40",
                "2026-09-07 16:20",
                "2026-09-07 16:40",
            ),
            (
                "a year ahead, over midnight",
                "2027-09-07 23:30",
                -365 * 24 * hour,
                "2027-09-07 23:50",
                "2027-09-08 00:10",
                "2026-09-07 23:50",
                "2026-09-08 00:10",
            ),
        ];
        for (step, first, by_ms, happened, entered, then, entered_then) in table {
            let shift = Shift { first: at(first), before: None, by_ms };
            assert_eq!(shift.of(at(happened), at(entered)), (at(then), at(entered_then)), "{step}");
        }
        // Who came just before the wrong clock began is not let go before that.
        let shift = Shift { first: at("2026-09-08 16:30"), before: Some(at("2026-09-07 16:25")), by_ms: -24 * hour };
        assert_eq!(shift.of(at("2026-09-08 16:20"), at("2026-09-08 16:31")).0, at("2026-09-07 16:25"));
    }
}
