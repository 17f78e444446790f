//! The clock: the only place that reads it. A practice room has a simulated one that can be set and sped up.
//!
//! A desk at work takes the time from the clock of the machine once, when that can be believed or somebody has said what time
//! it is, and goes on by the time that passes: a clock that is set under it moves nothing.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use chrono::{Local, Offset, TimeZone};

use crate::domain::time::Moment;
use crate::domain::trouble::Doubt;
use crate::rules::clock::at_start;

/// Where moments come from.
#[derive(Clone, Copy, Debug)]
pub enum Clock {
    /// The wall clock of this machine, in its own zone.
    Wall,
    /// Goes on from a moment that was believed, by the time that passes.
    Counted {
        /// What it was then.
        base: Moment,
        /// What the wall clock of this machine showed then.
        wall: Moment,
        /// When that was.
        since: Tick,
    },
    /// Goes only when it is told to: for a simulation in which a seed gives every step of every clock.
    Told(Told),
    /// Starts at a moment and runs on from there.
    Simulated {
        /// What it showed when it was set.
        base: Moment,
        /// When it was set.
        set: Instant,
        /// How fast it runs; 1 is real time.
        speed: f64,
    },
}

/// A clock of a desk, and that of its machine, that go only when they are told to.
#[derive(Clone, Copy, Debug)]
pub struct Told {
    /// What the desk counts.
    pub counted: Moment,
    /// What the clock of the machine should show by the time that passed since it was believed.
    pub expected: Moment,
    /// What it shows.
    pub wall: Moment,
    /// When the program was built.
    pub built: Moment,
}

impl Told {
    /// All at one moment, of a program built then.
    #[must_use]
    pub fn at(now: Moment, built: Moment) -> Self {
        Self { counted: now, expected: now, wall: now, built }
    }

    /// Time passes, milliseconds.
    pub fn pass(&mut self, ms: i64) {
        for clock in [&mut self.counted, &mut self.expected, &mut self.wall] {
            clock.ms = clock.ms.saturating_add(ms);
        }
    }
}

impl Clock {
    /// A simulated clock that starts now at `base`.
    #[must_use]
    pub fn simulated(base: Moment, speed: f64) -> Self {
        Self::Simulated { base, set: Instant::now(), speed }
    }

    /// The time.
    #[must_use]
    pub fn now(&self) -> Moment {
        match self {
            Self::Wall => in_zone(since_1970(SystemTime::now())),
            Self::Counted { base, since, .. } => in_zone(base.ms.saturating_add(since.passed_ms())),
            Self::Told(told) => told.counted,
            Self::Simulated { base, set, speed } => {
                #[allow(clippy::cast_possible_truncation)] // milliseconds of a session fit into 63 bits many times over
                let passed = (set.elapsed().as_secs_f64() * 1000.0 * speed) as i64;
                Moment { ms: base.ms.saturating_add(passed), ..*base }
            }
        }
    }

    /// Lets a desk that starts count on from the wall clock; from the last entry, if that clock cannot be believed, and says why.
    pub fn settle(&mut self, last: Option<Moment>) -> Option<Doubt> {
        let wall = match self {
            Self::Wall => self.now(),
            Self::Told(told) => told.wall,
            Self::Counted { .. } | Self::Simulated { .. } => return None,
        };
        let doubt = at_start(wall, last, self.built());
        let base = last.filter(|_| doubt.is_some()).unwrap_or(wall);
        match self {
            Self::Told(told) => (told.counted, told.expected) = (base, wall),
            Self::Wall | Self::Counted { .. } | Self::Simulated { .. } => *self = Self::Counted { base, wall, since: Tick::now() },
        }
        doubt
    }

    /// When this program was built, as far as this clock knows.
    #[must_use]
    pub fn built(&self) -> Moment {
        if let Self::Told(told) = self { told.built } else { built() }
    }

    /// What the wall clock shows, and what it should show by the time that passed; `None` for a clock that is not held against it.
    #[must_use]
    pub fn against_wall(&self) -> Option<(Moment, Moment)> {
        match self {
            Self::Counted { wall, since, .. } => Some((Self::Wall.now(), in_zone(wall.ms.saturating_add(since.passed_ms())))),
            Self::Told(told) => Some((told.wall, told.expected)),
            Self::Wall | Self::Simulated { .. } => None,
        }
    }

    /// Sets a simulated clock, or one that counts, whatever the wall clock shows; the wall clock is not ours to set.
    pub fn set(&mut self, to: Moment) {
        match self {
            Self::Wall => {}
            Self::Counted { .. } => *self = Self::Counted { base: to, wall: Self::Wall.now(), since: Tick::now() },
            Self::Told(told) => (told.counted, told.expected) = (to, told.wall),
            Self::Simulated { base, set, .. } => {
                *base = to;
                *set = Instant::now();
            }
        }
    }

    /// How long in real time until it shows `moment`; zero when that has passed.
    #[must_use]
    pub fn until(&self, moment: Moment) -> std::time::Duration {
        let ms = u64::try_from(moment.ms.saturating_sub(self.now().ms)).unwrap_or(0);
        match self {
            Self::Wall | Self::Counted { .. } | Self::Told(_) => std::time::Duration::from_millis(ms),
            #[allow(clippy::cast_precision_loss)]
            Self::Simulated { speed, .. } => std::time::Duration::from_secs_f64((ms as f64 / 1000.0 / speed.max(0.001)).min(86_400.0)),
        }
    }
}

/// When this program was built.
#[must_use]
pub fn built() -> Moment {
    let seconds: i64 = env!("CAREDESK_BUILT").parse().unwrap_or(0); // the build writes a number
    Moment { ms: seconds.saturating_mul(1000), offset_min: 0 }
}

/// A moment in the zone of this machine.
/// Milliseconds since 1970 UTC; a clock with a flat battery may stand before that.
fn since_1970(time: SystemTime) -> i64 {
    let ms = |since: Duration| i64::try_from(since.as_millis()).unwrap_or(i64::MAX);
    time.duration_since(UNIX_EPOCH).map_or_else(|before| -ms(before.duration()), ms)
}

fn in_zone(ms: i64) -> Moment {
    let seconds = match Local.timestamp_millis_opt(ms) {
        chrono::LocalResult::Single(at) | chrono::LocalResult::Ambiguous(at, _) => at.offset().fix().local_minus_utc(),
        chrono::LocalResult::None => 0,
    };
    Moment { ms, offset_min: seconds / 60 }
}

/// A point in the time that passes, whatever the wall clock shows; also while the machine sleeps, where the system tells.
#[derive(Clone, Copy, Debug)]
pub struct Tick(#[cfg(target_os = "linux")] i64, #[cfg(not(target_os = "linux"))] Instant);

#[cfg(target_os = "linux")]
impl Tick {
    /// Now.
    #[must_use]
    pub fn now() -> Self {
        let now = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
        Self(now.tv_sec.saturating_mul(1000).saturating_add(now.tv_nsec / 1_000_000))
    }

    /// Milliseconds since then.
    fn passed_ms(self) -> i64 {
        Self::now().0.saturating_sub(self.0)
    }
}

#[cfg(not(target_os = "linux"))]
impl Tick {
    /// Now.
    #[must_use]
    pub fn now() -> Self {
        Self(Instant::now())
    }

    /// Milliseconds since then.
    fn passed_ms(self) -> i64 {
        i64::try_from(self.0.elapsed().as_millis()).unwrap_or(i64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_before_1970_is_a_time_too() {
        for (seconds, ms) in
            [(0, 0), (-1, -1_000), (-28_795, -28_795_000), (-86_400 * 365 * 70, -86_400_000 * 365 * 70), (1_796_000_000, 1_796_000_000_000)]
        {
            let seconds: i64 = seconds;
            let by = Duration::from_secs(seconds.unsigned_abs());
            let time = if seconds < 0 { UNIX_EPOCH - by } else { UNIX_EPOCH + by };
            assert_eq!(since_1970(time), ms);
            assert_eq!(in_zone(ms).ms, ms);
        }
    }
}
