//! Whether a clock can be believed (K1, K2, N28).
//!
//! What happens is dated by the clock of the machine, and a wrong date makes yesterday's child one of today's. So a clock that
//! stands before the last entry or before this program was built, long after the last entry, or that jumped, is asked about
//! before anything is dated. Whoever stands at the desk answers. What was entered under a wrong time all the same a leader sets
//! right: `redate`.

use chrono::NaiveDate;

use crate::domain::day::Day;
use crate::domain::fact::{Fact, Seq};
use crate::domain::people::{Collector, Right, StaffId};
use crate::domain::redating::Stretch;
use crate::domain::register::Register;
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

/// What a desk in a run knows of the time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct InRun {
    /// What the clock of the machine shows.
    pub wall: Moment,
    /// What it should show by the time that went by since it was believed.
    pub expected: Moment,
    /// What the desk counts: the time under which it enters.
    pub counted: Moment,
    /// When the last entry was entered, by whatever desk or command.
    pub last: Option<Moment>,
}

/// Whether the time can still be believed in a run: the clock of the machine went as time went by, and nothing was entered ahead of
/// what the desk counts.
#[must_use]
pub fn in_run(InRun { wall, expected, counted, last }: InRun) -> Option<Doubt> {
    if wall.ms.saturating_sub(expected.ms).saturating_abs() > TOLERATED_MS {
        return Some(Doubt::Jumped(counted));
    }
    last.filter(|last| is_ahead(*last, counted)).map(|last| Doubt::EntryAhead { last, counted })
}

/// Whether an entry lies so far ahead of what a desk counts that one of the two is wrong.
#[must_use]
pub fn is_ahead(entered: Moment, counted: Moment) -> bool {
    entered.ms.saturating_sub(counted.ms) > TOLERATED_MS
}

/// The end of every journal: what is asked about now comes after all entries.
pub const NOW: Seq = Seq(i64::MAX);

/// How much time went by between two entries of a day, whatever the dates say: a clock that was set, or a leader who set times
/// right, moves dates, and makes nothing older or younger.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Passed {
    /// At least so many milliseconds.
    pub least_ms: i64,
    /// Whether it is all: where a desk started under a clock that could not be believed nobody knows how long it had been closed, and
    /// what would lie ahead went by in nobody's time.
    pub is_known: bool,
}

/// How much time went by from an entry to a later one; [`NOW`] for what is not entered yet.
#[must_use]
pub fn passed(day: &Day, from: (Moment, Seq), to: (Moment, Seq)) -> Passed {
    let between = day.entries().iter().filter(|e| e.seq > from.1 && e.seq < to.1);
    let mut since = written_ms(day, from);
    let mut passed = Passed { least_ms: 0, is_known: true };
    let mut goes_on = |until: Option<i64>, next: i64| {
        let ms = until.map(|until| until.saturating_sub(since)).filter(|ms| *ms >= 0);
        passed.least_ms = passed.least_ms.saturating_add(ms.unwrap_or(0));
        passed.is_known &= ms.is_some();
        since = next;
    };
    for entry in between {
        if let Fact::ClockSet { counted, .. } = entry.fact {
            goes_on(counted.map(|counted| counted.ms), written_ms(day, (entry.entered_at, entry.seq)));
        }
    }
    goes_on(Some(written_ms(day, to)), 0);
    passed
}

/// The time under which an entry was written, whatever was set right since, milliseconds since 1970 UTC.
fn written_ms(day: &Day, (at, seq): (Moment, Seq)) -> i64 {
    let moved = day.entries().iter().filter_map(|e| if let Fact::Redated { from, to, by_ms, .. } = e.fact { Some((from..=to, by_ms)) } else { None });
    moved.filter(|(range, _)| range.contains(&seq)).fold(at.ms, |ms, (_, by_ms)| ms.saturating_sub(by_ms))
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
/// Whoever was named under a clock that was ahead for a day that is still to come is named anew.
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
    let redated = Fact::Redated { from: stretch.from, to: stretch.to, by_ms, reason: reason.to_owned(), approver };
    Ok(std::iter::once(redated).chain(named_ahead(room.register, now.date(), NaiveDate::MAX)).collect())
}

/// The facts of a clock that somebody says stands at `now`: that it was set, by what the clock of the machine shows and what the desk
/// had counted, and where it had been ahead, by `last`, when the last entry was entered, the end of every right for a day that is still
/// to come.
#[must_use]
pub fn set(register: &Register, now: Moment, wall: Moment, counted: Option<Moment>, last: Option<Moment>) -> Vec<Fact> {
    let ahead = last.map_or(now.date(), Moment::date);
    std::iter::once(Fact::ClockSet { wall, counted }).chain(named_ahead(register, now.date(), ahead)).collect()
}

/// Who was named for one day under a clock that was ahead, from after today up to `until`, would collect on a day that is still to come:
/// such a right ends, and whoever is to collect is named anew.
fn named_ahead(register: &Register, today: NaiveDate, until: NaiveDate) -> impl Iterator<Item = Fact> {
    let is_ahead = move |c: &&Collector| matches!(c.right, Right::OneDay { day, .. } if today < day && day <= until);
    register.all_collectors().filter(is_ahead).map(|was| {
        let ended = Collector { right: Right::Ended, ..was.clone() };
        Fact::CollectorSet { was: Some(Box::new(was.clone())), now: Box::new(ended) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fact::Entry;
    use crate::domain::people::ChildId;
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
            let run = InRun { wall, expected: last, counted: last, last: Some(last) };
            assert_eq!(in_run(run), in_mid_run, "{step}, in mid-run");
            // What was entered meanwhile is held against the desk's own count, not against a clock that nobody believes.
            let ahead = (wall.ms > last.ms + TOLERATED_MS).then_some(Doubt::EntryAhead { last: wall, counted: last });
            assert_eq!(in_run(InRun { wall: last, last: Some(wall), ..run }), ahead, "{step}, entered elsewhere");
            assert_eq!(in_run(InRun { last: None, ..run }), in_mid_run, "{step}, with nothing entered");
        }
        // A store with nothing in it has no last entry to hold the clock against.
        assert_eq!(at_start(at("2026-08-01 00:00"), None, built), None);
        assert_eq!(at_start(at("2026-07-31 23:59"), None, built), Some(Doubt::BeforeBuild(built)));
        assert_eq!(at_start(at("2038-01-19 03:14"), None, built), None);
    }

    /// Entries one after the other, each so many seconds by the clock that dated it after 16:40, with what the desk had counted where it
    /// was set.
    fn day(entries: &[(i64, Fact)]) -> Day {
        let mut day = Day::new(at("2026-09-07 16:40").date(), Vec::new());
        for (seq, (seconds, fact)) in (1..).zip(entries) {
            let at = at("2026-09-07 16:40").plus_seconds(*seconds);
            let (seq, act) = (Seq(seq), Seq(seq));
            day.apply(&Entry { seq, act, day: at.date(), at, entered_at: at, desk: "desk".to_owned(), staff: None, fact: fact.clone() });
        }
        day
    }

    #[test]
    fn what_went_by_is_counted_through_every_clock_that_was_set() {
        let start = at("2026-09-07 16:40");
        let came = || Fact::AlertAcknowledged { child: ChildId(1) };
        let set = |counted: Option<i64>| Fact::ClockSet { wall: start, counted: counted.map(|seconds| start.plus_seconds(seconds)) };
        let redated =
            |from, to, by_s: i64| Fact::Redated { from: Seq(from), to: Seq(to), by_ms: by_s * 1000, reason: String::new(), approver: StaffId(1) };
        let table = [
            ("nothing was set", vec![(0, came())], 90, 90, true),
            ("ahead an hour", vec![(0, came()), (3605, set(Some(5)))], 3610, 10, true),
            ("back an hour", vec![(0, came()), (-3595, set(Some(5)))], -3590, 10, true),
            ("back a day and ahead again", vec![(0, came()), (-86_395, set(Some(5))), (20, set(Some(-86_380)))], 30, 30, true),
            ("it was set before", vec![(-3600, set(Some(0))), (0, came())], 10, 10, true),
            ("a start between", vec![(0, came()), (600, set(None))], 607, 7, false),
            ("a start between, then set", vec![(0, came()), (600, set(None)), (60, set(Some(607)))], 61, 8, false),
            ("said to be later", vec![(100, came())], 60, 0, false),
            // It came under a clock that was ten minutes ahead; that is set right, then the time of its entry.
            ("set right", vec![(0, came()), (-590, set(Some(10))), (-580, redated(1, 1, -600))], -570, 30, true),
        ];
        for (name, mut entries, now, least, is_known) in table {
            if let Some((_, Fact::Redated { by_ms, .. })) = entries.last() {
                entries[0].0 += by_ms / 1000; // as it is read from then on
            }
            let day = day(&entries);
            let from = day.entries().iter().find(|e| e.fact == came()).map(|e| (e.at, e.seq)).expect("it came");
            let wanted = Passed { least_ms: least * 1000, is_known };
            assert_eq!(passed(&day, from, (start.plus_seconds(now), NOW)), wanted, "{name}");
        }
    }
}
