//! What time it is for a desk: its own count held against the clock of the machine, and what somebody says when the two part.

use std::mem::discriminant;

use crate::desk::Msg;
use crate::desk::clock::{Doubted, Time};
use crate::desk::said::Notice;
use crate::domain::fact::{Draft, Fact};
use crate::domain::time::Moment;
use crate::rules::clock::{self, InRun, at_start, in_run};
use crate::store::{Recorded, Stamp, StoreError};

use super::Session;

impl Session {
    /// Holds the clock of the machine, and when the last entry was entered, against what this desk knows: asks when the time cannot be
    /// believed, and no longer when it can.
    pub(super) fn look_at_clock(&mut self) {
        let Some((wall, expected)) = self.clock.against_wall() else { return };
        let doubt = in_run(InRun { wall, expected, counted: self.clock.now(), last: self.model.last });
        let Some(doubted) = &mut self.model.doubted else {
            self.model.doubted = doubt.map(|doubt| Doubted::unseen(doubt, wall));
            return;
        };
        doubted.wall = wall;
        if doubted.counted().is_some() {
            match doubt {
                Some(still) if discriminant(&still) == discriminant(&doubted.doubt) => doubted.doubt = still,
                other => self.model.doubted = other.map(|other| Doubted::unseen(other, wall)),
            }
            return;
        }
        match self.store.last_entered() {
            Ok(last) => match at_start(wall, last, self.clock.built()) {
                Some(doubt) => doubted.doubt = doubt,
                None => self.go_on_from(wall), // somebody has set it right
            },
            Err(failure) => self.failure = Some(failure), // it is asked about still
        }
    }

    /// Whether nothing may be dated now.
    pub(super) fn is_time_doubted(&mut self) -> bool {
        if self.model.doubted.is_none() {
            self.look_at_clock(); // it asks, and changes nothing else
        }
        self.model.doubted.is_some()
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
        // Where it was asked in a run this desk had been at work under its own count.
        let counted = self.model.doubted.as_ref().and_then(Doubted::counted).map(|_| self.clock.now());
        let stamp = Stamp { now, desk: self.model.desk.clone(), staff: self.model.room().actor() };
        let (mut seen, mut last) = (self.model.head, self.model.last);
        let mut register = None;
        for _ in 0..TRIES {
            let facts = clock::set(register.as_ref().unwrap_or(&self.model.register), now, wall, counted, last);
            let drafts: Vec<Draft> = facts.into_iter().map(Draft::from).collect();
            match self.store.record(seen, &drafts, &stamp) {
                Ok(Recorded::Done(entries)) => {
                    self.recorded.extend(entries.iter().map(|e| e.seq));
                    self.go_on_from(now);
                    let ended = entries.iter().filter_map(|e| if let Fact::CollectorSet { now, .. } = &e.fact { Some(now.id) } else { None });
                    ended.for_each(|who| self.model.notice(Notice::NamedAhead(who)));
                    return None;
                }
                Ok(Recorded::Behind(_)) => match self.store.load(now) {
                    Ok(loaded) => (seen, last, register) = (loaded.head, loaded.last, Some(loaded.register)),
                    Err(failure) => return Some(self.fail(failure)),
                },
                Err(failure) => return Some(self.fail(failure)),
            }
        }
        Some(self.fail(StoreError::Busy))
    }

    /// The time is known: everything is read anew for the day of it.
    pub(super) fn go_on_from(&mut self, now: Moment) {
        self.model.pass_time(self.clock.now());
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
