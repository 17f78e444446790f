//! What happens when the store answers: recorded, behind, failed.
//!
//! A [`Job`] keeps its request, so that it can be decided again when another desk was first, and tried again when the disk
//! refused. Nothing is said to be done before its entries come back (I7).

use crate::domain::day::{ChildDay, Day, Presence};
use crate::domain::fact::{Draft, Entry, Fact, HoldAnswer, Holder, OfficeFact, Seq};
use crate::domain::people::{ChildId, StaffId};
use crate::domain::register::Register;
use crate::domain::time::Moment;
use crate::domain::trouble::Unsound;
use crate::rules::access::demand::{self, Carrier, Demand};
use crate::rules::closing::AccountAct;
use crate::rules::hours::DueOn;
use crate::rules::pass::{Answers, Proof};
use crate::rules::{Act, Objection, Pass, Request, Verdict, closing, collect, decide, duty};

use super::forms::Form;
use super::queue::LAPSE_SECONDS;
use super::roster::Source;
use super::said::{Hint, LastNotice, Notice, Said};
use super::unrecorded::{held_back, reported_for};
use super::{Dialog, Effect, Model, Pin, ShownAt};

/// Something on its way to the store.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Job {
    /// What was wanted.
    pub request: Request,
    /// The facts that it came to.
    pub drafts: Vec<Draft>,
    /// What was decided about each child of a pass: said when the facts are recorded.
    pub verdicts: Vec<(ChildId, Verdict)>,
    /// What is said of another request when its facts are recorded.
    pub said: Option<Said>,
    /// What was typed, for the keyed hash of a refusal.
    pub typed: Option<String>,
    /// The PIN or recovery code to compare once the try is counted, and its hash.
    pub pin: Option<(Pin, String)>,
    /// When it was wanted, if that was not now: it could not be recorded then.
    pub since: Option<Moment>,
    /// The form in front came to it: it goes when this is recorded.
    pub of_form: bool,
    /// The desk tries it again by itself: nothing is said but what is told beside an answer.
    pub quiet: bool,
    /// A child was scanned since, whom this undo would take away.
    pub overtaken: bool,
}

impl Job {
    /// A request with the facts that it came to.
    #[must_use]
    pub fn new(request: Request, drafts: Vec<Draft>) -> Self {
        Self {
            request,
            drafts,
            verdicts: Vec::new(),
            said: None,
            typed: None,
            pin: None,
            since: None,
            of_form: false,
            quiet: false,
            overtaken: false,
        }
    }

    /// What it says of these children alone.
    pub(super) fn part(&self, children: &[ChildId]) -> Self {
        let mut job = self.clone();
        job.drafts.retain(|draft| draft.fact.child().is_some_and(|child| children.contains(&child)));
        job.verdicts.retain(|(child, _)| children.contains(child));
        if let Request::Passes(passes) = &mut job.request {
            passes.retain(|pass| children.contains(&pass.child));
        }
        job
    }

    /// For which time it is decided: what is taken back is taken back when that was wanted.
    pub(super) fn decided_at(&self, now: Moment) -> Moment {
        if matches!(self.request, Request::Undo { .. }) { self.since.unwrap_or(now) } else { now }
    }
}

impl Model {
    /// Sends a job to the store; behind one that is on its way it waits, and is decided on what that one leaves.
    pub(super) fn record(&mut self, job: Job) -> Vec<Effect> {
        if self.on_its_way.is_some() {
            self.jobs.push_back(job);
            return Vec::new();
        }
        let drafts = job.drafts.iter().map(|d| Draft { at: d.at.or(job.since), fact: d.fact.clone() }).collect();
        let effect = Effect::Record { drafts, staff: self.enters(&job.request), typed: job.typed.clone() };
        self.on_its_way = Some(job);
        vec![effect]
    }

    /// The next job that waits, if none is on its way.
    pub(super) fn record_next(&mut self) -> Vec<Effect> {
        let mut effects = Vec::new();
        while self.on_its_way.is_none()
            && let Some(job) = self.jobs.pop_front()
        {
            effects.extend(self.again(job));
        }
        effects
    }

    /// Whether this is asked for already, and on its way to the store or waiting for its turn.
    pub(super) fn is_on_its_way(&self, request: &Request) -> bool {
        self.on_its_way.iter().chain(&self.jobs).any(|job| job.request == *request)
    }

    /// Who enters it, or looks: for the register the leader who opened it, else who acts.
    pub(super) fn enters(&self, request: &Request) -> Option<StaffId> {
        let of_register = match request {
            Request::Act(act) => matches!(act, Act::Look { .. }) || demand::of_act(self.room(), act).of == Carrier::Keeper,
            Request::Undo { act, .. } => self.demand_of_undoing(*act).of == Carrier::Keeper,
            Request::Passes(_) => false,
        };
        let keeper = if of_register { self.keeper() } else { None };
        keeper.or_else(|| self.room().actor())
    }

    /// What taking an act back asks for.
    pub(super) fn demand_of_undoing(&self, act: Seq) -> Demand {
        let entries: Vec<&Entry> = self.day.entries().iter().filter(|e| e.act == act).collect();
        demand::of_undoing(self.room(), &entries)
    }

    pub(super) fn recorded(&mut self, entries: &[Entry]) -> Vec<Effect> {
        self.take_in(entries);
        self.guide_sees(entries);
        let Some(job) = self.on_its_way.take() else { return Vec::new() };
        self.unseen = None;
        self.retry.due = true;
        if let Some((secret, hash)) = job.pin {
            return match job.request {
                Request::Act(Act::TryPin { staff }) => vec![Effect::CheckPin { staff, pin: secret, hash }],
                Request::Act(_) | Request::Passes(_) | Request::Undo { .. } => vec![Effect::CheckSecret { secret, hash }],
            };
        }
        match &job.request {
            _ if job.quiet => {
                for child in held_back(&job) {
                    self.notice(Notice::LeaderTold(child));
                }
                self.tell(entries);
                self.decide_waiting_again();
                Vec::new()
            }
            Request::Passes(_) if job.said.is_some() => {
                self.said = job.said;
                self.tell(entries);
                Vec::new()
            }
            Request::Passes(passes) => {
                self.passes_recorded(passes, &job, entries);
                Vec::new()
            }
            Request::Act(act) => {
                let act = act.clone();
                let effects = self.act_recorded(&act, job.said, job.of_form);
                self.tell(entries);
                self.open_what_is_new(&act, entries);
                effects
            }
            Request::Undo { .. } => {
                self.dialog = None;
                self.said = Some(Said::Undone(Self::undone(entries)));
                let bar = |e: &Entry| if let Fact::CollectorSet { was: None, now } = &e.fact { Some(now.id) } else { None };
                for kept in entries.iter().filter_map(bar) {
                    self.notice(Notice::BarKept(kept));
                }
                self.explained = None;
                self.last_notice = None;
                self.decide_waiting_again();
                self.ring_what_moved();
                Vec::new()
            }
        }
    }

    fn passes_recorded(&mut self, passes: &[Pass], job: &Job, entries: &[Entry]) {
        let verdicts = &job.verdicts;
        self.last_notice = None;
        self.settle(passes, verdicts);
        let children: Vec<ChildId> = passes.iter().map(|p| p.child).collect();
        for (child, verdict) in verdicts {
            #[allow(clippy::wildcard_enum_match_arm)] // only these have a consequence beside what is said
            match verdict {
                Verdict::InOk | Verdict::InAlert => {
                    let takers = collect::takers(self.room(), *child, self.now.date()).into_iter().map(|c| c.id).collect();
                    let visit = self.day.state().child(*child).and_then(|day| day.visits.last());
                    if visit.is_some_and(|visit| !matches!(visit.holder, Holder::Escort(_))) {
                        self.can_still_be_answered(LastNotice::Arrived(*child, takers));
                    }
                    self.remind_of_siblings(*child, false, &children);
                    if self.room().actor().is_none() {
                        self.notice(Notice::NobodyOnDuty);
                    }
                }
                Verdict::Back if self.room().actor().is_none() => self.notice(Notice::NobodyOnDuty),
                // What ended on an earlier day leaves nobody behind today.
                Verdict::OutOk { at, .. } if at.date() == self.day.date() => {
                    self.remind_of_siblings(*child, true, &children);
                    self.left_behind.retain(|c| c != child);
                }
                Verdict::Hold => self.notice(Notice::LeaderTold(*child)),
                _ => {}
            }
        }
        self.tell(entries);
        self.decide_waiting_again();
    }

    fn act_recorded(&mut self, act: &Act, said: Option<Said>, of_form: bool) -> Vec<Effect> {
        match act {
            Act::ProvePin { staff } => return self.pin_proved(*staff),
            Act::TryPin { .. } | Act::Refused { .. } | Act::RefusedAgain { .. } | Act::Look { .. } => return Vec::new(),
            Act::NameHolder { .. }
            | Act::Acknowledge { .. }
            | Act::Leave { .. }
            | Act::Note { .. }
            | Act::Move { .. }
            | Act::CallOver { .. }
            | Act::DecideHold { .. }
            | Act::LoseCard { .. }
            | Act::Authorise { .. }
            | Act::CallBack { .. }
            | Act::SignOn { .. }
            | Act::SignOff { .. }
            | Act::Group(_)
            | Act::Account(_)
            | Act::Office(_)
            | Act::Redate { .. }
            | Act::Choose { .. } => {}
        }
        if of_form && matches!(self.dialog, Some(Dialog::Form(_))) {
            self.close_dialog();
        }
        self.said = said;
        if let Act::DecideHold { child, how, .. } = act {
            self.hold_decided(*child, how);
        }
        if let Act::Account(AccountAct::NotTakeIn { child }) = act {
            self.queue.remove(*child);
        }
        if let Act::SignOn { staff } = act {
            for remark in duty::remarks(self.room(), *staff, self.now) {
                self.notice(Notice::Duty(remark));
            }
        }
        self.decide_waiting_again();
        if matches!(act, Act::Redate { .. }) { vec![Effect::ReadAnew] } else { Vec::new() }
    }

    /// A hold was decided about: whoever has left is not asked about any more; for somebody on the list the pickup goes on, and
    /// where nothing was shown for the child its card opens.
    fn hold_decided(&mut self, child: ChildId, how: &HoldAnswer) {
        let shown = self.queue.groups().iter().flat_map(|g| &g.waiting).find(|w| w.pass.child == child).map(|w| w.pass.proof.clone());
        let goes_on = matches!(how, HoldAnswer::Listed) && matches!(shown, Some(Proof::Card { .. } | Proof::CardUnread));
        if goes_on || matches!(how, HoldAnswer::Noted { .. }) {
            return;
        }
        self.queue.remove(child);
        if matches!(how, HoldAnswer::Left) {
            // Whoever has left showed the cards of the family that wait with it.
            let household = self.register.child(child).map(|c| c.household);
            for sibling in household.into_iter().flat_map(|h| self.register.household(h).collect::<Vec<_>>()) {
                self.queue.remove(sibling);
            }
        }
        if matches!(how, HoldAnswer::Listed) {
            let said = self.said.take();
            self.show_card_of(child);
            self.said = said;
        }
    }

    /// Another desk was first. Nothing was written; what was wanted is decided again in the room as it stands now.
    pub(super) fn behind(&mut self, entries: &[Entry]) -> Vec<Effect> {
        self.take_in(entries);
        self.tell_of_other_hands(entries);
        let Some(job) = self.on_its_way.take() else { return Vec::new() };
        // What a leader decided was about the hold that stood then.
        let other_hold = |child| entries.iter().any(|e| matches!(e.fact, Fact::HeldBack { child: held } if held == child));
        if let Request::Act(Act::DecideHold { child, .. }) = job.request
            && other_hold(child)
        {
            self.dialog = None;
            self.notice(Notice::ChangedElsewhere(child));
            return self.hint(Hint::Changed);
        }
        self.again(job)
    }

    /// Who was to go and could not be recorded is asked about again, with everything that was shown for the child: nobody goes by
    /// the Enter that tries again. What was shown `at` a time that is long past is shown no more: the child's card opens.
    pub(super) fn ask_again(&mut self, mut passes: Vec<Pass>, at: Moment) {
        if at.plus_seconds(LAPSE_SECONDS).ms <= self.now.ms {
            if let Some(pass) = passes.first() {
                self.show_card_of(pass.child);
            }
            return;
        }
        for pass in &mut passes {
            let Answers { is_this_child, left_open, on_site, .. } = pass.answers;
            pass.answers = Answers { is_this_child, left_open, on_site, ..Answers::default() };
        }
        self.drop_who_would_come(&mut passes);
        let (mut asked, mut verdicts) = (Vec::new(), Vec::new());
        for pass in passes {
            let decision = decide(self.room(), &Request::Passes(vec![pass.clone()]), self.now);
            if let Some(objection) = decision.objection {
                self.said = Some(Said::Objection(objection));
            }
            if let Some((child, verdict)) = decision.verdicts.into_iter().next() {
                // Where a scan alone releases, the card is not shown any more: it is asked about.
                verdicts.push((child, if goes(&decision.drafts) { Verdict::Out } else { verdict }));
                asked.push(pass);
            }
        }
        if !asked.is_empty() {
            self.settle(&asked, &verdicts);
        }
    }

    /// What was wanted and could not be recorded is decided again in the room as it stands now.
    pub(super) fn again(&mut self, mut job: Job) -> Vec<Effect> {
        // A hold that could not be recorded holds whatever would be asked by now.
        if holds(&job.drafts) && matches!(job.request, Request::Passes(_)) {
            return self.hold_again(&job);
        }
        let decision = decide(self.room(), &job.request, job.decided_at(self.now));
        let same = decision.drafts == job.drafts && decision.objection.is_none();
        match job.request.clone() {
            // What is only reported happened.
            _ if same || reported_for(&job).is_some() => self.record(job),
            _ if job.quiet => {
                self.keep_for_later(job);
                Vec::new()
            }
            Request::Passes(mut passes) => {
                for pass in &mut passes {
                    pass.answers.go = false;
                }
                let children: Vec<ChildId> = passes.iter().map(|p| p.child).collect();
                for child in children {
                    self.notice(Notice::ChangedElsewhere(child));
                }
                if comes(&job.drafts) {
                    // Who was to come in does not go instead.
                    return self.of_before(self.now, |model| model.decide_passes_singly(passes));
                }
                self.drop_who_would_come(&mut passes);
                self.decide_passes_singly(passes)
            }
            Request::Act(_) | Request::Undo { .. } => {
                if let Some(objection) = decision.objection {
                    if job.of_form || !matches!(self.dialog, Some(Dialog::Form(_))) {
                        self.dialog = None;
                    }
                    self.said = Some(Said::Objection(objection));
                    Vec::new()
                } else {
                    job.drafts = decision.drafts;
                    self.record(job)
                }
            }
        }
    }

    /// Who was to go is not taken in because another desk was first: no arrival and no return was meant.
    fn drop_who_would_come(&mut self, passes: &mut Vec<Pass>) {
        let room = self.room();
        let (others, dropped): (Vec<Pass>, Vec<Pass>) =
            passes.drain(..).partition(|pass| !comes(&decide(room, &Request::Passes(vec![pass.clone()]), self.now).drafts));
        *passes = others;
        for pass in dropped {
            self.queue.remove(pass.child);
            let out = matches!(self.day.state().presence(pass.child), Presence::Out(..));
            self.said = Some(Said::Objection(if out { Objection::IsOut(pass.child) } else { Objection::NotHere(pass.child) }));
        }
    }

    /// Children of a household of whom another desk has taken one are decided one by one.
    fn decide_passes_singly(&mut self, passes: Vec<Pass>) -> Vec<Effect> {
        let mut effects = Vec::new();
        let mut said: Vec<(ChildId, Verdict)> = Vec::new();
        for pass in passes {
            effects.extend(self.decide_passes(vec![pass]));
            if let Some(Said::Verdict { children, .. }) = &self.said {
                said.extend(children.iter().cloned());
            }
        }
        if said.len() > 1 {
            self.say(&said);
        }
        effects
    }

    /// Another desk entered something: what waits here is decided again.
    pub(super) fn news(&mut self, entries: &[Entry]) -> Vec<Effect> {
        if !entries.is_empty() {
            self.take_in(entries);
            self.tell_of_other_hands(entries);
            self.decide_waiting_again();
        }
        Vec::new()
    }

    /// Takes register and day as the store has them, for something was taken back that this desk does not hold.
    /// `last` is when its last entry was entered. What went by on the desk's clock has passed before.
    pub fn read_anew(&mut self, register: Register, day: Day, head: Seq, last: Option<Moment>) {
        self.last = last;
        if let Some(last) = last {
            self.goes_on_to(last);
        }
        let newly_held: Vec<ChildId> = day.state().children().filter(|(id, now)| is_held_otherwise(&self.day, *id, now)).map(|(id, _)| id).collect();
        let actor = self.room().actor();
        (self.register, self.day, self.head, self.known) = (register, day, head, None);
        self.know();
        self.close_to_others(actor);
        for child in newly_held {
            self.queue.held(child);
            self.held_anew(child);
        }
        self.doubt_children();
        self.overlay_settings();
        self.names = super::roster::Names::of(&self.register);
        self.rebuild_table();
        self.ring_what_moved();
        self.forget_left_behind();
        self.decide_waiting_again();
    }

    /// Times were set right, or something was taken back: what is due by now, and was not said, is said at once, for its time does not
    /// come any more.
    fn ring_what_moved(&mut self) {
        let due = closing::alarms(self.known_room(), self.now.start_of_day(), self.now).into_iter().map(|(_, alarm)| alarm);
        let of_child = |alarm: &closing::Alarm| match alarm {
            closing::Alarm::CallAgain(_) | closing::Alarm::NotBack(_) | closing::Alarm::Ended(_) | closing::Alarm::TellLeader(_) => true,
            closing::Alarm::NotCome(_) | closing::Alarm::Soon(_) | closing::Alarm::Decide(_) => false,
        };
        // A list was said where everybody of it was.
        let covers = |said: &closing::Alarm, alarm: &closing::Alarm| match (said, alarm) {
            (closing::Alarm::Ended(all), closing::Alarm::Ended(now)) | (closing::Alarm::TellLeader(all), closing::Alarm::TellLeader(now)) => {
                now.iter().all(|child| all.contains(child))
            }
            (said, alarm) => said == alarm,
        };
        let said = |alarm: &closing::Alarm| self.notices.iter().any(|(_, n)| matches!(n, Notice::Alarm(said) if covers(said, alarm)));
        let unsaid: Vec<closing::Alarm> = due.filter(|alarm| of_child(alarm) && !said(alarm)).collect();
        for alarm in unsaid {
            self.notice(Notice::Alarm(alarm));
        }
    }

    /// Takes in what a check of the record found; whoever waits is decided again on it.
    pub fn checked(&mut self, unsound: Option<Unsound>) {
        if self.unsound != unsound {
            self.unsound = unsound;
            self.doubt_children();
            self.decide_waiting_again();
        }
    }

    fn doubt_children(&mut self) {
        self.register.put_in_doubt(self.unsound.as_ref().map(|unsound| unsound.children.clone()).unwrap_or_default());
    }

    /// Folds entries into register and day.
    fn take_in(&mut self, entries: &[Entry]) {
        let mut names_changed = false;
        let mut anew = false;
        let actor = self.room().actor();
        for entry in entries {
            self.last = Some(entry.entered_at);
            self.goes_on_to(entry.entered_at);
            names_changed |= matches!(entry.fact, Fact::ChildSet { .. } | Fact::Office(OfficeFact::Erased { .. }));
            if let Fact::HeldBack { child } = entry.fact {
                self.queue.held(child);
                self.held_anew(child);
            }
            anew |= matches!(&entry.fact, Fact::Office(step) if step.changes_settings());
            let Self { register, day, .. } = self;
            if let Fact::Undone { seq, .. } = entry.fact {
                names_changed |= day.entry(seq).is_some_and(|e| matches!(e.fact, Fact::ChildSet { .. }));
                anew = true;
            }
            register.apply_with(entry, |seq| day.entry(seq));
            day.apply(entry);
            self.head = entry.seq;
        }
        self.close_to_others(actor);
        self.who_left_the_door();
        self.settle_unrecorded(entries);
        if anew {
            self.overlay_settings();
        }
        if names_changed {
            self.names = super::roster::Names::of(&self.register);
        }
        if names_changed || anew {
            self.rebuild_table();
        } else {
            let (date, state) = (self.day.date(), self.day.state());
            let source = Source { register: &self.register, due: DueOn::new(&self.settings, date), names: &self.names, state, date };
            for child in entries.iter().filter_map(|e| e.fact.child()) {
                self.table.update(source, child);
            }
        }
        self.past_may_change(entries);
        self.forget_left_behind();
    }

    /// A child is held back: what was answered about it in a form counts no more, here or set aside, nor does what a leader is about
    /// to decide about the hold before.
    fn held_anew(&mut self, child: ChildId) {
        let speaks_of = |form: &Form| form.kind.lets_go(child);
        let open = matches!(&self.dialog, Some(Dialog::Form(form)) if speaks_of(form));
        let before = self.behind.len();
        self.behind.retain(|form| !speaks_of(form));
        if open {
            self.close_dialog();
        }
        if open || self.behind.len() < before {
            self.notice(Notice::ChangedElsewhere(child));
        }
    }

    /// Settings and calendar as the register says now; an end that is moved before now rings at once.
    fn overlay_settings(&mut self) {
        let end = closing::end_of_day(self.room(), self.now);
        self.settings = self.base.overlaid(self.register.office());
        for alarm in closing::overtaken(self.known_room(), end, self.now) {
            self.notice(Notice::Alarm(alarm));
        }
    }

    /// Who was left behind by its siblings is so no longer, once it has gone as well or one of them is back.
    fn forget_left_behind(&mut self) {
        let Self { register, day, left_behind, .. } = self;
        let state = day.state();
        left_behind.retain(|child| {
            let household = register.child(*child).map(|c| c.household);
            let mut siblings = household.into_iter().flat_map(|h| register.household(h)).filter(|s| s != child);
            matches!(state.presence(*child), Presence::In(_)) && siblings.any(|s| matches!(state.presence(s), Presence::Gone(..)))
        });
    }

    /// Decides what waits again; children who no longer wait are said so. Whose question has gone, and who only waited to come in,
    /// is taken in.
    pub(super) fn decide_waiting_again(&mut self) {
        let mut queue = std::mem::take(&mut self.queue);
        // Whom nobody answered on the day on which it stood here does not stand here on another.
        let mut gone = queue.lapse_before(self.now.date());
        gone.retain(|child| !self.notices.iter().any(|(_, n)| matches!(n, Notice::LeftAtDoor(children) if children.contains(child))));
        if !gone.is_empty() {
            self.notice(Notice::Lapsed(gone));
        }
        let over = queue.decide_again(self.room(), self.now);
        self.queue = queue;
        for (waiting, decision) in over {
            let child = waiting.pass.child;
            let is_brought = matches!(waiting.verdict, Verdict::Doubt(_) | Verdict::LeftOpen { .. });
            self.notice(Notice::ChangedElsewhere(child));
            if let Some((child, verdict @ Verdict::Repeat { .. })) = decision.verdicts.first() {
                // Another desk was first: an Enter on its way here was meant for this child and for nothing else.
                self.say(&[(*child, verdict.clone())]);
            }
            if (comes(&decision.drafts) && is_brought) || holds(&decision.drafts) {
                self.let_in.push(waiting);
            }
        }
    }

    /// Takes in whoever was shown here and only waited for a question that has gone. Whoever came in another way meanwhile
    /// does not go by that.
    pub(super) fn take_in_waiting(&mut self) -> Vec<Effect> {
        if self.doubted.is_some() || self.let_in.is_empty() {
            return Vec::new();
        }
        let (today, gone_by): (Vec<_>, Vec<_>) = std::mem::take(&mut self.let_in).into_iter().partition(|w| w.since.date() == self.now.date());
        for waiting in gone_by {
            self.notice(Notice::Lapsed(vec![waiting.pass.child]));
        }
        self.of_before(self.now, |model| today.into_iter().flat_map(|waiting| model.decide_passes(vec![waiting.pass])).collect())
    }

    /// Decides what was shown a while ago, `at` that time: it may take a child in, but where a scan alone releases it is asked about first.
    pub(super) fn of_before<T>(&mut self, at: Moment, decides: impl FnOnce(&mut Self) -> T) -> T {
        let since = std::mem::replace(&mut self.shown_at, ShownAt::Before(at));
        let outcome = decides(self);
        self.shown_at = since;
        outcome
    }

    /// Of whom it is said by now whether they are taken in, no notice says otherwise.
    fn who_left_the_door(&mut self) {
        let Self { notices, day, .. } = self;
        notices.retain_mut(|(_, notice)| {
            let Notice::StillAtDoor(children) = notice else { return true };
            children.retain(|child| day.state().child(*child).is_some_and(|day| day.at_door.is_some()));
            !children.is_empty()
        });
    }

    /// The entries that were taken back.
    fn undone(entries: &[Entry]) -> Vec<Seq> {
        entries.iter().filter_map(|e| if let Fact::Undone { seq, .. } = e.fact { Some(seq) } else { None }).collect()
    }
}

/// Whether a child is held, and was not by the same hold before.
fn is_held_otherwise(before: &Day, child: ChildId, now: &ChildDay) -> bool {
    now.held.is_some() && before.state().child(child).and_then(|day| day.held.as_ref()) != now.held.as_ref()
}

/// Whether a child leaves by these facts.
pub(super) fn goes(drafts: &[Draft]) -> bool {
    drafts.iter().any(|draft| matches!(draft.fact, Fact::Released { .. } | Fact::SteppedOut { .. }))
}

/// Whether a child is held back by this.
pub(super) fn holds(drafts: &[Draft]) -> bool {
    drafts.iter().any(|draft| matches!(draft.fact, Fact::HeldBack { .. }))
}

/// Whether a child comes in by this.
pub(super) fn comes(drafts: &[Draft]) -> bool {
    drafts.iter().any(|d| matches!(d.fact, Fact::Arrived { .. } | Fact::CameBack { .. }))
}
