//! What time it is for a desk: its own count held against the clock of the machine, and what somebody says when the two part.

use crate::desk::Msg;
use crate::desk::clock::{Doubted, Time};
use crate::domain::fact::Fact;
use crate::domain::time::Moment;
use crate::domain::trouble::Doubt;
use crate::rules::clock::{at_start, in_run};
use crate::store::{Recorded, Stamp, StoreError};

use super::Session;

impl Session {
    /// Holds the clock of the machine against what this desk knows: asks when it cannot be believed, and no longer when it can.
    pub(super) fn look_at_clock(&mut self) {
        let Some((wall, expected)) = self.clock.against_wall() else { return };
        let jumped = in_run(wall, expected).map(|_| Doubted::unseen(Doubt::Jumped(self.clock.now()), wall));
        let Some(doubted) = &mut self.model.doubted else {
            self.model.doubted = jumped;
            return;
        };
        doubted.wall = wall;
        match (doubted.doubt, jumped) {
            (Doubt::Jumped(_), Some(still)) => doubted.doubt = still.doubt,
            (Doubt::Jumped(_), None) => self.model.doubted = None,
            (Doubt::BeforeLast(_) | Doubt::BeforeBuild(_) | Doubt::LongAfter(_), _) => match self.store.last_entered() {
                Ok(last) => match at_start(wall, last, self.clock.built()) {
                    Some(doubt) => doubted.doubt = doubt,
                    None => self.go_on_from(wall), // somebody has set it right
                },
                Err(failure) => self.failure = Some(failure), // it is asked about still
            },
        }
    }

    /// What somebody said it is becomes the time, once that is on record.
    pub(super) fn agree_on_time(&mut self, time: Time) -> Option<Msg> {
        const TRIES: usize = 5; // other desks may be faster
        let wall = self.clock.against_wall()?.0;
        let now = match time {
            Time::Wall => wall,
            Time::Counted => self.clock.now(),
            Time::Typed(at) => at,
        };
        self.try_to_write(true);
        // Where the clock jumped this desk had been at work under its own count.
        let counted = matches!(self.model.doubted, Some(Doubted { doubt: Doubt::Jumped(_), .. })).then(|| self.clock.now());
        let stamp = Stamp { now, desk: self.model.desk.clone(), staff: self.model.room().actor() };
        let mut seen = self.model.head;
        for _ in 0..TRIES {
            match self.store.record(seen, &[Fact::ClockSet { wall, counted }.into()], &stamp) {
                Ok(Recorded::Done(entries)) => {
                    self.recorded.extend(entries.iter().map(|e| e.seq));
                    self.go_on_from(now);
                    return None;
                }
                Ok(Recorded::Behind(entries)) => seen = entries.last().map_or(seen, |last| last.seq),
                Err(failure) => return Some(self.fail(failure)),
            }
        }
        Some(self.fail(StoreError::Busy))
    }

    /// The time is known: everything is read anew for the day of it.
    pub(super) fn go_on_from(&mut self, now: Moment) {
        self.clock.set(now);
        match self.store.load(now) {
            Ok(loaded) => {
                self.model.time_is_known(now);
                self.model.read_anew(loaded.register, loaded.day, loaded.head, loaded.last);
                self.checking.again();
            }
            Err(failure) => self.failure = Some(failure), // it is asked about still
        }
    }
}
