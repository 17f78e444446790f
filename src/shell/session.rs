//! One desk at work: its model, its store, its clock. Messages go in, effects are performed, until there are none.
//!
//! Line mode and the screen both drive a [`Session`]; neither does anything to the store on its own.

use std::path::Path;
use std::time::{Duration, Instant};

use crate::desk::appearance::Appearance;
use crate::desk::clock::Doubted;
use crate::desk::forms::Value;
use crate::desk::said::Notice;
use crate::desk::unrecorded::{Cause, Halt};
use crate::desk::{Effect, Model, Msg, Pin, Start, update};
use crate::domain::card::{CardNumber, Spacing};
use crate::domain::fact::{Draft, Entry, Fact, Seq};
use crate::domain::settings::Settings;
use crate::domain::time::Moment;
use crate::rules::office::cards::allot::allot;
use crate::store::{Loaded, Past, Recorded, Stamp, Store, StoreError};
use crate::texts::Lang;

use super::checking::Checking;
use super::clock::Clock;
use super::{photo_files, pin, rescue};

mod time;

/// One desk at work.
pub struct Session {
    /// What the desk is doing.
    pub model: Model,
    store: Store,
    clock: Clock,
    recorded: Vec<Seq>,
    told: usize,
    quit: bool,
    failure: Option<StoreError>,
    /// When writing was tried last, while the store can only be read.
    tried: Option<Instant>,
    checking: Checking,
}

/// A store that can only be read is tried again after so long; when something is to be recorded, at once.
const TRY_AGAIN: Duration = Duration::from_secs(5);

/// So many runs of entries are offered to be set right.
const STRETCHES: usize = 9;

/// What a desk is called and how it speaks.
#[derive(Clone, Debug)]
pub struct Setup {
    /// How this room works.
    pub settings: Settings,
    /// The name of this desk.
    pub desk: String,
    /// Language.
    pub lang: Lang,
    /// A practice room.
    pub practice: bool,
    /// How the screen looks.
    pub appearance: Appearance,
}

impl Session {
    /// A desk over an open store.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn start(store: Store, mut clock: Clock, setup: Setup) -> Result<Self, StoreError> {
        let doubt = clock.settle(store.last_entered()?);
        let loaded = store.load(clock.now())?;
        let mut model = model_of(loaded, &mut clock, setup);
        for (file, error) in model.settings.notices.refused.clone() {
            model.notice(Notice::CalendarFile(file, error));
        }
        if store.seal_is_new() && model.head > Seq(0) {
            model.notice(Notice::SealedAnew(model.head));
        }
        if let Some(unread) = store.unread_key() {
            model.notice(Notice::KeyUnread(unread.at.clone(), unread.why.clone()));
        }
        model.remind_of_left_open();
        model.doubted = doubt.zip(clock.against_wall()).map(|(doubt, (wall, _))| Doubted::new(doubt, wall));
        if model.doubted.is_none() {
            model.ring_what_was_missed();
        }
        model.in_last_room = store.is_in_last_room();
        model.halt = store.why_only_read().map(|why| Halt { cause: rescue::cause_of_opening(why), saved: None });
        let mut checking = Checking::of(&store);
        let _ = checking.look(model.now.date(), || true); // it begins: the store was opened just now
        Ok(Self { model, store, clock, recorded: Vec::new(), told: 0, quit: false, failure: None, tried: None, checking })
    }

    /// What a first frame shows, before everything is read. Nothing may be decided on it.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn glance(store: &Store, mut clock: Clock, setup: &Setup) -> Result<Model, StoreError> {
        let _ = clock.settle(store.last_entered()?); // it is asked about once everything is read
        let loaded = store.glance(clock.now())?;
        Ok(model_of(loaded, &mut clock, setup.clone()))
    }

    /// The desk's time.
    #[must_use]
    pub fn now(&self) -> Moment {
        self.clock.now()
    }

    /// The clock.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// The clock, to tell a [`Clock::Told`] how it goes.
    pub fn clock_mut(&mut self) -> &mut Clock {
        &mut self.clock
    }

    /// Puts a message in and performs everything that follows from it; then what was held until the time was known.
    pub fn send(&mut self, msg: Msg) {
        self.look_at_clock();
        self.deliver(msg);
        while self.model.doubted.is_none()
            && let Some(held) = self.model.held.pop_front()
        {
            self.deliver(Msg::Held(held));
        }
    }

    fn deliver(&mut self, msg: Msg) {
        let now = self.now();
        let mut effects: std::collections::VecDeque<Effect> = update(&mut self.model, msg, now).into();
        while let Some(effect) = effects.pop_front() {
            if let Some(answer) = self.perform(effect) {
                // What follows from an answer comes before what was asked for later.
                for next in update(&mut self.model, answer, self.clock.now()).into_iter().rev() {
                    effects.push_front(next);
                }
            }
        }
    }

    /// Takes in what other desks entered, if they did.
    pub fn catch_up(&mut self) {
        self.try_to_write(false);
        if self.store.why_only_read().is_none() {
            match self.store.check() {
                Err(fault) => self.halt(Cause::Apart(fault)),
                Ok(()) if self.model.halt.as_ref().is_some_and(|halt| halt.cause != Cause::Damaged) => self.model.halt = None,
                Ok(()) => {}
            }
        }
        self.model.in_last_room = self.store.is_in_last_room();
        self.take_checked();
        if matches!(self.store.changed_elsewhere(), Ok(true))
            && let Ok(entries) = self.store.news(self.model.head)
            && !entries.is_empty()
        {
            match self.read_anew(&entries) {
                Ok(true) => {}
                Ok(false) => self.send(Msg::News(entries)),
                Err(failure) => self.failure = Some(failure), // nothing is taken in: whoever is behind records nothing
            }
        }
    }

    /// Takes in what a check of the record found, if one has ended.
    fn take_checked(&mut self) {
        if let Some(found) = self.checking.look(self.model.now.date(), || self.store.check().is_ok()) {
            self.model.checked(found);
        }
    }

    /// Waits for the check that runs beside, if it is done that soon: for whoever answers without a person in between.
    pub fn await_check(&mut self, most: Duration) {
        let until = Instant::now() + most;
        loop {
            self.checking.wait(until.saturating_duration_since(Instant::now()));
            self.take_checked(); // another may be due by then
            if !self.checking.is_running() || Instant::now() >= until {
                break;
            }
        }
    }

    /// After how long there is something to look for beside the desk's work.
    #[must_use]
    pub fn patience(&self, rest: Duration) -> Duration {
        self.checking.patience(rest)
    }

    /// Nothing can be recorded any more. What is known is saved at once: the files may be gone for good.
    fn halt(&mut self, cause: Cause) {
        if self.model.halt.as_ref().is_some_and(|halt| halt.cause == cause) {
            return;
        }
        let mut halt = Halt { cause, saved: None };
        if halt.wants_saving() {
            halt.saved = rescue::save(&self.store, &self.model);
        }
        self.model.halt = Some(halt);
    }

    /// A store that could only be read is opened for writing as soon as that can be done.
    fn try_to_write(&mut self, at_once: bool) {
        let waits = !at_once && self.tried.is_some_and(|last| last.elapsed() < TRY_AGAIN);
        let Some(folder) = self.store.file().and_then(Path::parent).filter(|_| self.store.why_only_read().is_some() && !waits) else { return };
        self.tried = Some(Instant::now());
        let opened = Store::open(folder, self.store.kind(), false).and_then(|store| match (self.store.key_of_seal(), self.store.unread_key()) {
            (Some(key), _) => Ok(store.sealed_with(key.clone(), false)?),
            (None, Some(unread)) => Ok(store.with_unread_key(unread.clone())),
            (None, None) => Ok(store),
        });
        match opened {
            Ok(store) => {
                self.store = store;
                self.model.halt = None;
            }
            Err(why) => self.model.halt = Some(Halt { cause: rescue::cause_of_opening(&why), saved: None }),
        }
    }

    /// When another desk took back what this one does not hold (an import of before it started, an act of an earlier day), or is
    /// still at work on a day that is over here, everything is read anew; says whether it was.
    fn read_anew(&mut self, entries: &[Entry]) -> Result<bool, StoreError> {
        let is_known = |seq: Seq| self.model.day.entry(seq).is_some() || entries.iter().any(|e| e.seq == seq);
        if let Some(set) = entries.iter().rfind(|e| matches!(e.fact, Fact::ClockSet { .. })) {
            // Another desk was told what time it is.
            self.go_on_from(entries.last().map_or(set.entered_at, |last| last.entered_at));
            return Ok(true);
        }
        let today = self.model.day.date().max(self.clock.now().date());
        let of_before = |e: &Entry| e.entered_at.date() < today;
        let takes_back = |e: &Entry| matches!(e.fact, Fact::Redated { .. }) || matches!(e.fact, Fact::Undone { seq, .. } if !is_known(seq));
        let takes_back = entries.iter().any(takes_back);
        let reaches_back = takes_back || entries.iter().any(of_before);
        if reaches_back {
            self.load_anew()?;
        }
        if takes_back {
            self.checking.again();
        }
        Ok(reaches_back)
    }

    /// Reads register and day as they stand in the store.
    fn load_anew(&mut self) -> Result<(), StoreError> {
        let now = self.clock.now();
        let loaded = self.store.load(now)?;
        self.model.pass_time(now);
        self.model.read_anew(loaded.register, loaded.day, loaded.head, loaded.last);
        Ok(())
    }

    /// The journal numbers recorded since the last call.
    pub fn take_recorded(&mut self) -> Vec<Seq> {
        std::mem::take(&mut self.recorded)
    }

    /// The notices that stand now were given with an answer: the next one leaves them out.
    pub fn told(&mut self) {
        self.told = self.model.notices.len();
    }

    /// Forgets the notices that were given with the last answer. What was said before the first answer is in the first.
    pub fn forget_told(&mut self) {
        let told = std::mem::take(&mut self.told).min(self.model.notices.len());
        self.model.notices.drain(..told);
    }

    /// Whether the desk was told to end.
    #[must_use]
    pub fn has_quit(&self) -> bool {
        self.quit
    }

    /// Why the last record failed, if it did.
    #[must_use]
    pub fn failure(&self) -> Option<&StoreError> {
        self.failure.as_ref()
    }

    /// The file of the store, unless it is in memory.
    #[must_use]
    pub fn store_file(&self) -> Option<&Path> {
        self.store.file()
    }

    /// Ends the desk's work with the store.
    pub fn close(self) {
        drop(self.checking); // or it would not be the last to close the store
        if !self.model.unrecorded.is_empty() || !self.model.held.is_empty() {
            let _ = rescue::save_list(&self.model, self.store.file().and_then(Path::parent)); // nobody is left to be told
        }
        let _ = self.store.close(); // what could not be checkpointed stays in the write-ahead log, durable
    }

    /// Whoever goes with what was taken back leaves no photo behind for the next of the number.
    fn set_photos_aside(&self, entries: &[Entry]) {
        let Some(folder) = self.store.file().and_then(Path::parent) else { return };
        let undone = entries.iter().filter_map(|e| if let Fact::Undone { seq, .. } = e.fact { self.model.day.entry(seq) } else { None });
        let _ = photo_files::set_aside(folder, undone.filter_map(|e| photo_files::is_nobody_without(&e.fact)));
    }

    fn perform(&mut self, effect: Effect) -> Option<Msg> {
        match effect {
            // An entry that was just read may say that one of two clocks is wrong.
            Effect::Record { .. } if self.is_time_doubted() => Some(Msg::Failed(Cause::Clock)),
            Effect::Record { mut drafts, staff, typed } => {
                if let Some(typed) = typed {
                    self.fill_in_digest(&mut drafts, &typed);
                }
                self.try_to_write(true);
                let stamp = Stamp { now: self.clock.now(), desk: self.model.desk.clone(), staff };
                match self.store.record(self.model.head, &drafts, &stamp) {
                    Ok(Recorded::Done(entries)) => {
                        self.failure = None;
                        self.model.in_last_room = self.store.is_in_last_room();
                        self.recorded.extend(entries.iter().map(|e| e.seq));
                        self.set_photos_aside(&entries);
                        if self.model.unsound.is_some() {
                            self.checking.again(); // it may be set right by this
                        }
                        Some(Msg::Recorded(entries))
                    }
                    // What is decided again is decided on what holds now.
                    Ok(Recorded::Behind(entries)) => match self.read_anew(&entries) {
                        Ok(true) => Some(Msg::Behind(Vec::new())),
                        Ok(false) => Some(Msg::Behind(entries)),
                        Err(failure) => Some(self.fail(failure)),
                    },
                    Err(failure) => Some(self.fail(failure)),
                }
            }
            Effect::CheckPin { staff, pin, hash } => Some(Msg::PinChecked { staff, right: pin::fits(&pin.0, &hash) }),
            Effect::HashSecret(secret) => Some(Msg::SecretDone(pin::hash(&secret.0).ok().map(Value::Hash))),
            Effect::CheckSecret { secret, hash } => Some(Msg::SecretDone(Some(Value::Matched(pin::fits(&secret.0, &hash))))),
            Effect::DrawCode => Some(Msg::CodeDrawn(pin::recovery_code().ok().map(|(code, hash)| (Pin(code), hash)))),
            Effect::Draw(count) => Some(Msg::Drawn(draw(&self.model, count))),
            Effect::Look(moments) => {
                let read = moments.into_iter().map(|at| Ok((at, self.store.state_at(at)?))).collect::<Result<Vec<_>, StoreError>>();
                match read {
                    Ok(states) => Some(Msg::Looked(states)),
                    Err(failure) => {
                        self.failure = Some(failure);
                        Some(Msg::Looked(Vec::new()))
                    }
                }
            }
            Effect::LookBack(when) => match self.store.past_at(when, Some((self.model.head, &self.model.register))) {
                Ok(Past { register, state }) => Some(Msg::LookedBack(when, Box::new(register), Box::new(state))),
                Err(failure) => {
                    self.failure = Some(failure);
                    None
                }
            },
            Effect::Stretches => match self.store.stretches(STRETCHES) {
                Ok(stretches) => Some(Msg::Stretches(stretches)),
                Err(failure) => {
                    self.failure = Some(failure);
                    Some(Msg::Stretches(Vec::new()))
                }
            },
            Effect::ReadAnew => {
                self.failure = self.load_anew().err();
                None
            }
            Effect::AgreeOnTime(time) => self.agree_on_time(time),
            Effect::SetClock(to) => {
                self.clock.set(to);
                None
            }
            Effect::Quit => {
                self.quit = true;
                None
            }
        }
    }

    fn fail(&mut self, failure: StoreError) -> Msg {
        let standing = self.model.halt.as_ref().map(|halt| halt.cause);
        let cause = standing.filter(|_| self.store.why_only_read().is_some()).unwrap_or_else(|| rescue::cause(&failure));
        if cause.is_for_good() {
            self.halt(cause);
        }
        self.failure = Some(failure);
        Msg::Failed(cause)
    }

    fn fill_in_digest(&self, drafts: &mut [Draft], typed: &str) {
        for draft in drafts {
            if let Fact::Refused { digest, .. } = &mut draft.fact {
                *digest = self.store.keyed_digest(typed);
            }
        }
    }
}

/// Card numbers by the system's random numbers; in practice by a seed that the journal gives, so that a round can be repeated.
fn draw(model: &Model, count: usize) -> Vec<(CardNumber, Spacing)> {
    let mut state = u64::try_from(model.head.0).unwrap_or(0).wrapping_add(0x9e37_79b9);
    let mut failed = false;
    let mut random = || {
        if model.practice {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            return state >> 17;
        }
        getrandom::u64().unwrap_or_else(|_| {
            failed = true;
            0
        })
    };
    let numbers = allot(&model.register, count, &mut random);
    if failed { Vec::new() } else { numbers }
}

fn model_of(loaded: Loaded, clock: &mut Clock, setup: Setup) -> Model {
    let now = loaded.last.map_or(clock.now(), |last| clock.now().max(last));
    if now > clock.now() {
        clock.set(now);
    }
    let Setup { settings, desk, lang, practice, appearance } = setup;
    let start = Start { register: loaded.register, day: loaded.day, settings, desk, lang, practice, appearance, head: loaded.head, now };
    let mut model = Model::new(start);
    model.last = loaded.last;
    model
}
