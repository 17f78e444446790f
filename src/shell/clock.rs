//! The clock: the only place that reads it. A practice room has a simulated one that can be set and sped up.

use std::time::Instant;

use chrono::{Local, Offset, Utc};

use crate::domain::time::Moment;

/// Where moments come from.
#[derive(Clone, Copy, Debug)]
pub enum Clock {
    /// The wall clock of this machine, in its own zone.
    Wall,
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
            Self::Wall => {
                let offset = Local::now().offset().fix().local_minus_utc() / 60;
                Moment { ms: Utc::now().timestamp_millis(), offset_min: offset }
            }
            Self::Simulated { base, set, speed } => {
                #[allow(clippy::cast_possible_truncation)] // milliseconds of a session fit into 63 bits many times over
                let passed = (set.elapsed().as_secs_f64() * 1000.0 * speed) as i64;
                Moment { ms: base.ms.saturating_add(passed), ..*base }
            }
        }
    }

    /// Sets a simulated clock; the wall clock is not ours to set.
    pub fn set(&mut self, to: Moment) {
        if let Self::Simulated { base, set, .. } = self {
            *base = to;
            *set = Instant::now();
        }
    }

    /// How long in real time until it shows `moment`; zero when that has passed.
    #[must_use]
    pub fn until(&self, moment: Moment) -> std::time::Duration {
        let ms = u64::try_from(moment.ms - self.now().ms).unwrap_or(0);
        match self {
            Self::Wall => std::time::Duration::from_millis(ms),
            #[allow(clippy::cast_precision_loss)]
            Self::Simulated { speed, .. } => std::time::Duration::from_secs_f64((ms as f64 / 1000.0 / speed.max(0.001)).min(86_400.0)),
        }
    }
}
