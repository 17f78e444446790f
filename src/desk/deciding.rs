//! Deciding and saying: requests go to the rules, what waits goes into the queue, time passes.

use crate::domain::day::Presence;
use crate::domain::people::ChildId;
use crate::domain::time::Moment;
use crate::rules::clock::is_ahead;
use crate::rules::closing;
use crate::rules::groups::Hindrance;
use crate::rules::pass::Proof;
use crate::rules::{Act, Decision, Objection, Pass, Request, Verdict, decide, privacy};

use super::forms::{Form, Kind, Mistake, Value};
use super::record::{Job, goes};
use super::said::{Hint, LastNotice, Notice, Said};
use super::{Attention, Dialog, Effect, Model, ShownAt};

/// Who was scanned into a batch.
fn in_batch(form: &Form) -> Vec<ChildId> {
    let child = |value: &Value| if let Value::Child(pass) = value { Some(pass.child) } else { None };
    if matches!(form.kind, Kind::Batch(_)) { form.values.iter().filter_map(child).collect() } else { Vec::new() }
}

impl Model {
    pub(super) fn hint(&mut self, hint: Hint) -> Vec<Effect> {
        self.said = Some(Said::Hint(hint));
        Vec::new()
    }

    pub(super) fn mistake(&mut self, mistake: Mistake) -> Vec<Effect> {
        if let Some(Dialog::Form(form)) = &mut self.dialog {
            form.error = Some(mistake);
        }
        self.said = Some(Said::Mistake(mistake));
        Vec::new()
    }

    pub(super) fn act(&mut self, act: Act) -> Vec<Effect> {
        self.enter_request(Request::Act(act))
    }

    pub(super) fn enter_request(&mut self, request: Request) -> Vec<Effect> {
        self.enter_from(request, false)
    }

    /// Enters a request; the form in front goes with it only where it came to it.
    pub(super) fn enter_from(&mut self, request: Request, of_form: bool) -> Vec<Effect> {
        let decision = decide(self.room(), &request, self.now);
        if let Some(at) = self.first_for(&request) {
            // What stands only because something is not on record yet is not entered; what waits for it is.
            let waits = decision.objection.is_some();
            return if waits { self.try_first(at, request, of_form) } else { self.try_unrecorded(at) };
        }
        if let Some(objection) = decision.objection {
            if matches!(objection, Objection::Group(Hindrance::CountsDiffer { .. })) && self.count_again() {
                return self.mistake(Mistake::CountDiffers);
            }
            if of_form || !matches!(self.dialog, Some(Dialog::Form(_))) {
                self.close_dialog();
            }
            self.said = Some(Said::Objection(objection));
            return Vec::new();
        }
        let stopped = decision.stopped();
        let all_stopped = decision.drafts.len() == 1;
        if let Some(child) = stopped.filter(|_| !all_stopped) {
            self.notice(Notice::Refused(Objection::LeaderNeeded(child))); // of one of several
        }
        let said = match &request {
            Request::Act(_) if stopped.is_some() && all_stopped => stopped.map(|child| Said::Objection(Objection::LeaderNeeded(child))),
            Request::Act(act) if !matches!(act, Act::RefusedAgain { .. }) => Some(Said::Done(act.clone())),
            Request::Act(_) | Request::Undo { .. } | Request::Passes(_) => None,
        };
        self.record(Job { said, of_form, ..Job::new(request, decision.drafts) })
    }

    /// Counts that differ are asked again, both of them: neither is shown to whom gives the other.
    fn count_again(&mut self) -> bool {
        let Some(Dialog::Form(form)) = &mut self.dialog else { return false };
        let counts_first = matches!(form.kind, Kind::ComeBack(_));
        form.values.truncate(if counts_first { 0 } else { form.values.len().saturating_sub(2) });
        true
    }

    /// Decides children who come or go: what waits goes into the queue, what is decided is recorded.
    pub(super) fn decide_passes(&mut self, mut passes: Vec<Pass>) -> Vec<Effect> {
        for pass in &mut passes {
            pass.shown.get_or_insert(self.now);
        }
        // Who was to be held, which could not be recorded, is held before anything else is asked; and for whom somebody asked who may
        // not, goes home alone only when that is on record, which is never. So is a bar, or a lost card, that waits.
        let first = |pass: &Pass| {
            let stop = || self.unrecorded_stop(pass.child).filter(|_| pass.proof == Proof::SelfLeave);
            let known = || self.first_for_pass(pass);
            if self.in_any_case || pass.answers.somebody_else {
                None
            } else {
                self.unrecorded_hold_of_family(pass.child).or_else(stop).or_else(known)
            }
        };
        let held = |pass: &Pass| first(pass).is_some();
        if passes.len() > 1 && passes.iter().any(held) {
            let (held, others): (Vec<Pass>, Vec<Pass>) = passes.into_iter().partition(held);
            let alone: Vec<Vec<Pass>> = held.into_iter().map(|pass| vec![pass]).chain([others]).filter(|group| !group.is_empty()).collect();
            return alone.into_iter().flat_map(|group| self.decide_passes(group)).collect();
        }
        if let Some(at) = passes.iter().find_map(first) {
            return self.try_first(at, Request::Passes(passes), false);
        }
        let decision = decide(self.room(), &Request::Passes(passes.clone()), self.now);
        if passes.len() > 1 && is_stopped(&decision) {
            return self.decide_those_who_can(passes);
        }
        if let Some(objection) = decision.objection {
            for pass in &passes {
                self.queue.remove(pass.child);
            }
            self.said = Some(Said::Objection(objection));
            return Vec::new();
        }
        if let Some(child) = decision.stopped().filter(|_| decision.verdicts.is_empty()) {
            let said = Some(Said::Objection(Objection::LeaderNeeded(child)));
            return self.record(Job { said, ..Job::new(Request::Passes(passes), decision.drafts) });
        }
        if matches!(self.shown_at, ShownAt::Before(_)) && goes(&decision.drafts) {
            let asked: Vec<(ChildId, Verdict)> = decision.verdicts.into_iter().map(|(child, _)| (child, Verdict::Out)).collect();
            self.settle(&passes, &asked);
            return Vec::new();
        }
        if !decision.drafts.is_empty() {
            return self.record(Job { verdicts: decision.verdicts, ..Job::new(Request::Passes(passes), decision.drafts) });
        }
        self.settle(&passes, &decision.verdicts);
        Vec::new()
    }

    /// Something stands against one of several children: the others are decided together, that one by itself, and it is named.
    fn decide_those_who_can(&mut self, passes: Vec<Pass>) -> Vec<Effect> {
        let mut effects = Vec::new();
        let mut others = Vec::new();
        for pass in passes {
            let alone = decide(self.room(), &Request::Passes(vec![pass.clone()]), self.now);
            if is_stopped(&alone) {
                let why = alone.stopped().map(Objection::LeaderNeeded);
                self.notices.extend(alone.objection.or(why).map(|why| (self.now, Notice::Refused(why))));
                effects.extend(self.decide_passes(vec![pass]));
            } else {
                others.push(pass);
            }
        }
        if !others.is_empty() {
            effects.extend(self.decide_passes(others));
        }
        effects
    }

    /// Puts the children who wait into the queue, takes out those who do not, and says what was decided.
    pub(super) fn settle(&mut self, passes: &[Pass], verdicts: &[(ChildId, Verdict)]) {
        for (pass, (child, verdict)) in passes.iter().zip(verdicts) {
            let household = self.register.child(*child).map(|c| c.household);
            match household.filter(|_| verdict.waits()) {
                Some(household) => {
                    self.queue.put(household, pass.clone(), verdict.clone(), self.now);
                    if self.dialog.is_some() && self.keyboard() == Attention::Dialog {
                        self.notice(Notice::VerdictBehindForm(*child));
                    }
                }
                None => self.queue.remove(*child),
            }
            if let Verdict::Repeat { .. } = verdict {
                self.can_still_be_answered(LastNotice::Repeat(Box::new(Pass { shown: pass.shown, ..Pass::new(*child, pass.proof.clone()) })));
            }
        }
        // Who waits stands in the queue with its question; of the others is said what happened.
        let done: Vec<(ChildId, Verdict)> = verdicts.iter().filter(|(_, v)| !v.waits()).cloned().collect();
        self.say(if done.is_empty() { verdicts } else { &done });
    }

    /// Says verdicts: the worst counts.
    pub(super) fn say(&mut self, verdicts: &[(ChildId, Verdict)]) {
        self.shown_again = false;
        let said = said_of(verdicts);
        if let Said::Verdict { children, verdict } = &said {
            self.explained = Some((children.first().map(|(c, _)| *c), verdict.clone()));
        }
        self.said = Some(said);
    }

    /// What the family asked for, today or always, is shown whenever the child is scanned or found (F109).
    pub(super) fn remind_of_notes(&mut self, child: ChildId) {
        let notes = privacy::notes(self.room(), child);
        if !notes.is_empty() && !privacy::shows_notes(self.room(), child) {
            self.notice(Notice::NoteBehindWhy(child));
            return;
        }
        for note in notes {
            self.notice(Notice::NoteToday(child, note));
        }
    }

    /// A child's siblings who are here, or expected, as notices after it left or came.
    pub(super) fn remind_of_siblings(&mut self, child: ChildId, left: bool, besides: &[ChildId]) {
        let Some(household) = self.register.child(child).map(|c| c.household) else { return };
        let siblings: Vec<ChildId> = self.register.household(household).filter(|s| *s != child && !besides.contains(s)).collect();
        for sibling in siblings {
            let due = self.register.child(sibling).is_some_and(|c| crate::rules::hours::is_due(&self.settings, c, self.day.date()));
            match self.day.state().presence(sibling) {
                Presence::In(_) if left => {
                    self.notice(Notice::SiblingHere(sibling));
                    if !self.left_behind.contains(&sibling) {
                        self.left_behind.push(sibling);
                    }
                }
                Presence::NotHere if !left && due => self.notice(Notice::SiblingExpected(sibling)),
                Presence::In(_) | Presence::NotHere | Presence::Out(..) | Presence::Gone(..) => {}
            }
        }
    }

    /// At the first look and after every midnight: whom an earlier day left open.
    pub fn remind_of_left_open(&mut self) {
        if !self.day.state().of_earlier_days().is_empty() {
            self.notice(Notice::StillOpen);
        }
    }

    /// At the first look: what fell due since this desk's last entry of the day, or since the day began, while nobody ran it. What a
    /// command entered meanwhile rang at no desk.
    pub fn ring_what_was_missed(&mut self) {
        let own = self.day.entries().iter().rev().find(|entry| entry.desk == self.desk);
        let last = own.map_or(self.now.start_of_day(), |entry| entry.entered_at);
        if last.ms < self.now.ms && last.date() == self.now.date() {
            self.ring(last, self.now);
        }
    }

    /// Children who were scanned into a batch on another day did not come today: they are named, and nothing else.
    fn drop_batches(&mut self) {
        let is_batch = |form: &Form| matches!(form.kind, Kind::Batch(_));
        let open = if let Some(Dialog::Form(form)) = &self.dialog { Some(form.clone()).filter(is_batch) } else { None };
        let (batches, others): (Vec<Form>, Vec<Form>) = std::mem::take(&mut self.behind).into_iter().partition(is_batch);
        self.behind = others;
        if open.is_some() {
            self.dialog = None;
        }
        let children: Vec<ChildId> = open.iter().chain(&batches).flat_map(in_batch).collect();
        if !children.is_empty() {
            self.notice(Notice::BatchGivenUp(children));
        }
    }

    /// Children who were scanned into a batch and are not on record yet, wherever that waits.
    pub(super) fn in_batches(&self) -> Vec<ChildId> {
        let open = if let Some(Dialog::Form(form)) = &self.dialog { Some(form) } else { None };
        open.into_iter().chain(&self.behind).flat_map(in_batch).collect()
    }

    /// Time passes up to what another desk has just entered: what is due until then rings, and a new day begins. What lies further
    /// ahead says nothing of the time here; in a practice room, of which the clocks are set and sped up, it does.
    pub(super) fn goes_on_to(&mut self, entered: Moment) {
        if entered.ms > self.now.ms && (self.practice || !is_ahead(entered, self.now)) {
            self.pass_time(entered);
        }
    }

    /// Time passes: what waited too long lapses, a new day begins at midnight. Nobody is ever released by it (I10).
    pub fn pass_time(&mut self, now: Moment) {
        const TOLERATED_MS: i64 = 5_000;
        if now.ms + TOLERATED_MS < self.now.ms && !self.clock_back_said {
            self.clock_back_said = true;
            self.notice(Notice::ClockWentBack);
        }
        let before = self.now;
        if now.ms >= self.now.ms {
            self.clock_back_said = false;
            self.now = now;
        }
        let day_ends = before.start_of_day().plus_seconds(86_399);
        if self.now.ms > before.ms {
            self.ring(before, self.now.min(day_ends));
        }
        for group in self.queue.lapse(self.now) {
            self.notice(Notice::Lapsed(group.waiting.iter().map(|w| w.pass.child).collect()));
        }
        if self.last_notice_at.plus_seconds(super::queue::LAPSE_SECONDS).ms <= self.now.ms {
            self.last_notice = None;
        }
        if self.phones.is_some_and(|(_, until)| until.ms <= self.now.ms) {
            self.phones = None;
        }
        self.numbers = self.numbers.filter(|asked| self.now.ms < asked.until.ms);
        if matches!(&self.said, Some(Said::Hint(Hint::RecoveryCode { until, .. })) if until.ms <= self.now.ms) {
            self.said = None;
        }
        if self.now.date() > self.day.date() {
            let at_door = closing::at_door(self.room());
            self.day = self.day.next(self.now.date());
            self.know();
            self.past = None;
            self.rebuild_table();
            self.left_behind.clear();
            self.drop_batches();
            self.notice(Notice::NewDay);
            if !at_door.is_empty() {
                self.notice(Notice::LeftAtDoor(at_door));
            }
            self.remind_of_left_open();
            self.ring(day_ends, self.now);
            self.decide_waiting_again();
        }
    }
}

/// Whether something stands against what was asked, so that nothing of it is decided.
fn is_stopped(decision: &Decision) -> bool {
    decision.objection.is_some() || (decision.stopped().is_some() && decision.verdicts.is_empty())
}

/// What is said of verdicts: the worst counts, and a refused card names nobody.
fn said_of(verdicts: &[(ChildId, Verdict)]) -> Said {
    let worst = verdicts.iter().map(|(_, v)| v).max_by_key(|v| v.severity()).cloned();
    let children = verdicts.iter().filter(|(_, v)| v.names_child()).cloned().collect();
    Said::Verdict { children, verdict: worst.unwrap_or(Verdict::Hold) }
}
