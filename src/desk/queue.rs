//! Verdicts that wait for an answer: one group for each household, oldest first, one of them in focus (part 6, "Focus").
//!
//! A group that only waits for a child to walk over from another place steps behind those that can be answered.

use chrono::{NaiveDate, NaiveTime};

use crate::domain::day::Visit;
use crate::domain::fact::{CallResult, EarlyReason, LateReason};
use crate::domain::likeness::Described;
use crate::domain::people::{ChildId, CollectorId, HouseholdId};
use crate::domain::time::Moment;
use crate::rules::collect::{SOMEBODY_ELSE, Vouch, callable, default_taker, holder, takers, wants_phrase};
use crate::rules::pass::{Answers, LeftOpen, Proof, Purpose, SHOWN_SECONDS, is_one_person};
use crate::rules::{Decision, Pass, Request, Room, Verdict, decide};

use super::question::{Asks, HoldWay, Label, Prompt, Question, Secret};
use super::record::{goes, holds};

/// After so many seconds a waiting pickup lapses: it says so and records nothing.
pub const LAPSE_SECONDS: i64 = SHOWN_SECONDS;

/// So many seconds a family waits at the desk for a child that was called over.
const WALK_SECONDS: i64 = 600;

/// So many of a family are offered for a call, each with its three results: one digit each.
const MOST_CALLED: usize = 3;

/// The groups that wait.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Queue {
    groups: Vec<Group>,
}

/// Children of one household who wait together.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Group {
    /// The household.
    pub household: HouseholdId,
    /// Its waiting children, in the order of their scans.
    pub waiting: Vec<Waiting>,
    /// When the last of them was scanned or answered.
    pub since: Moment,
}

/// A child that waits.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Waiting {
    /// What was shown and answered so far.
    pub pass: Pass,
    /// The question it waits with.
    pub verdict: Verdict,
    /// When it was last shown or answered.
    pub since: Moment,
}

/// What an answer to the focus means.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reply {
    /// Decide these again, with what was answered.
    Decide(Vec<Pass>),
    /// The child is not taken in: it stays as it is.
    NotTakenIn(ChildId),
    /// Call the children over.
    CallOver(Vec<ChildId>),
    /// The children have come to the desk.
    HasCome(Vec<ChildId>),
    /// Ask when, and what the family said.
    OnSite(Pass),
    /// Ask who collected the child on the earlier day, and when.
    LeftOpen(Pass),
    /// Nobody can be called about this child's collector: ask a leader for the PIN.
    Vouch(Pass),
    /// Ask what the collector is called whom nobody knows by name: one person on the list of each of these.
    Name(Vec<(Pass, CollectorId)>),
    /// Ask the leader for the PIN.
    Hold(ChildId, HoldWay),
    /// Ask who has seen the missing child, and where.
    Seen(ChildId),
    /// What was shown for this child was shown long ago: nobody knows who stands there now. The question stays, and it is shown again.
    ShowAgain(ChildId),
}

impl Queue {
    /// The group in focus.
    #[must_use]
    pub fn focus(&self) -> Option<&Group> {
        self.groups.first()
    }

    /// All groups, the focus first.
    #[must_use]
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// How many children wait.
    #[must_use]
    pub fn len(&self) -> usize {
        self.groups.iter().map(|g| g.waiting.len()).sum()
    }

    /// Whether nobody waits.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// Puts a child into its household's group, in place of what it waited with before.
    pub fn put(&mut self, household: HouseholdId, mut pass: Pass, verdict: Verdict, now: Moment) {
        forget(&mut pass, &verdict);
        pass.shown.get_or_insert(now);
        let waiting = Waiting { pass, verdict, since: now };
        if let Some(group) = self.groups.iter_mut().find(|g| g.household == household) {
            group.since = now;
            match group.waiting.iter_mut().find(|w| w.pass.child == waiting.pass.child) {
                Some(old) => *old = waiting,
                None => group.waiting.push(waiting),
            }
        } else {
            self.groups.push(Group { household, waiting: vec![waiting], since: now });
        }
        self.step_aside();
    }

    /// A card that is shown for a child that waits already: it goes on as it waits, for good or for a while. Where it is the same card,
    /// who was named and why stands as well; what was said on the telephone or as a phrase is asked anew.
    #[must_use]
    pub fn shown_again(&self, pass: Pass) -> Pass {
        let waiting = self.groups.iter().flat_map(|g| &g.waiting).find(|w| w.pass.child == pass.child);
        let Some(waiting) = waiting.filter(|w| w.verdict != Verdict::Hold) else { return pass };
        let number = |proof: &Proof| if let Proof::Card { number, .. } = proof { Some(number.clone()) } else { None };
        let same = number(&waiting.pass.proof).is_some() && number(&waiting.pass.proof) == number(&pass.proof);
        let answers = if same {
            let Answers { taker, early, late, back_by, .. } = waiting.pass.answers;
            Answers { taker, early, late, back_by, ..pass.answers }
        } else {
            pass.answers
        };
        Pass { purpose: waiting.pass.purpose, answers, ..pass }
    }

    /// Takes a child out.
    pub fn remove(&mut self, child: ChildId) {
        for group in &mut self.groups {
            group.waiting.retain(|w| w.pass.child != child);
        }
        self.groups.retain(|g| !g.waiting.is_empty());
    }

    /// A child was held back, here or at another desk: what was answered before counts no more.
    pub fn held(&mut self, child: ChildId) {
        for waiting in self.groups.iter_mut().flat_map(|g| &mut g.waiting).filter(|w| w.pass.child == child) {
            forget(&mut waiting.pass, &Verdict::Hold);
        }
    }

    /// Drops the group in focus.
    pub fn drop_focus(&mut self) -> Option<Group> {
        (!self.groups.is_empty()).then(|| self.groups.remove(0))
    }

    /// Sends the focus to the back.
    pub fn next(&mut self) {
        if self.groups.len() > 1 {
            self.groups.rotate_left(1);
        }
    }

    /// Takes out the groups that have waited too long with nothing but a pickup.
    pub fn lapse(&mut self, now: Moment) -> Vec<Group> {
        let old = |g: &Group| g.since.plus_seconds(LAPSE_SECONDS).ms <= now.ms && g.waiting.iter().all(|w| lapses(&w.verdict));
        let lapsed: Vec<Group> = self.groups.iter().filter(|g| old(g)).cloned().collect();
        self.groups.retain(|g| !old(g));
        lapsed
    }

    /// Takes out who was shown on an earlier day, and says who that was.
    pub fn lapse_before(&mut self, today: NaiveDate) -> Vec<ChildId> {
        let mut gone = Vec::new();
        for group in &mut self.groups {
            group.waiting.retain(|w| {
                let stays = w.since.date() >= today;
                if !stays {
                    gone.push(w.pass.child);
                }
                stays
            });
        }
        self.groups.retain(|g| !g.waiting.is_empty());
        gone
    }

    /// The clock moves by so much, milliseconds: everybody has waited as long as before, and nothing was shown sooner or later.
    pub fn clock_moves(&mut self, by_ms: i64) {
        for group in &mut self.groups {
            group.since = group.since.plus_ms(by_ms);
            group.waiting.iter_mut().for_each(|waiting| waiting.clock_moves(by_ms));
        }
    }

    /// When the next group lapses.
    #[must_use]
    pub fn next_lapse(&self) -> Option<Moment> {
        let lapsing = self.groups.iter().filter(|g| g.waiting.iter().all(|w| lapses(&w.verdict)));
        lapsing.map(|g| g.since.plus_seconds(LAPSE_SECONDS)).min()
    }

    /// Decides everything that waits again, after something else happened; gives those who no longer wait, as they waited, with
    /// what was decided. Nobody goes by that: who could go now waits for an Enter.
    pub fn decide_again(&mut self, room: Room<'_>, now: Moment) -> Vec<(Waiting, Decision)> {
        let mut over = Vec::new();
        for group in &mut self.groups {
            for waiting in &mut group.waiting {
                waiting.pass.answers.go = false;
                let decision = decide(room, &Request::Passes(vec![waiting.pass.clone()]), now);
                let verdict = decision.verdicts.first().map(|(_, verdict)| verdict).filter(|_| decision.objection.is_none());
                let verdict = verdict.map(|verdict| if goes(&decision.drafts) { Verdict::Out } else { verdict.clone() });
                // A hold that comes of what was answered is entered, not only shown.
                let Some(verdict) = verdict.filter(Verdict::waits).filter(|_| !holds(&decision.drafts)) else {
                    over.push((waiting.clone(), decision));
                    continue;
                };
                forget(&mut waiting.pass, &verdict);
                if verdict != waiting.verdict {
                    let was_called = |verdict: &Verdict| matches!(verdict, Verdict::Elsewhere { called: Some(_), .. });
                    if was_called(&waiting.verdict) && !was_called(&verdict) && !waiting.was_shown_long_ago(now) {
                        waiting.pass.shown = Some(now); // it has come to the desk, and whoever showed the card waited for it
                    }
                    group.since = now; // another question: its two minutes begin anew
                }
                waiting.verdict = verdict;
            }
        }
        for (waiting, _) in &over {
            self.remove(waiting.pass.child);
        }
        self.step_aside();
        over
    }

    fn step_aside(&mut self) {
        self.groups.sort_by_key(Group::only_waits_for_child);
    }
}

/// What was pressed and said for the last question does not carry over to the next; after a hold nothing does.
fn forget(pass: &mut Pass, verdict: &Verdict) {
    pass.answers.go = false;
    if matches!(verdict, Verdict::WhoCall { .. }) {
        pass.answers.call = None;
    }
    if matches!(verdict, Verdict::Unnamed { .. }) {
        pass.answers.called = None;
    }
    if matches!(verdict, Verdict::Phrase { .. }) {
        pass.answers.phrase = None;
    }
    if matches!(verdict, Verdict::BackBy { .. }) {
        pass.answers.back_by = None;
    }
    // What was said of it there counts no more once it is asked about anew, or was seen.
    if matches!(verdict, Verdict::Elsewhere { .. } | Verdict::Missing { .. }) {
        pass.answers.on_site = None;
    }
    if *verdict == Verdict::Hold {
        let Answers { is_this_child, left_open, .. } = pass.answers;
        pass.answers = Answers { is_this_child, left_open, ..Answers::default() };
    }
}

/// Pickups lapse, once-called children, open questions of the register and named collectors do not.
fn lapses(verdict: &Verdict) -> bool {
    match verdict {
        // A phrase that nobody says any more must not be waited for: the next name typed would be taken for it.
        Verdict::Out
        | Verdict::OutAlone
        | Verdict::MayStepOut
        | Verdict::BackBy { .. }
        | Verdict::Early
        | Verdict::Late { .. }
        | Verdict::Phrase { .. }
        | Verdict::NobodyOnDuty
        | Verdict::Elsewhere { called: None, .. } => true,
        Verdict::Elsewhere { called: Some(_), .. }
        | Verdict::Missing { .. }
        | Verdict::Who
        | Verdict::WhoCall { .. }
        | Verdict::Unnamed { .. }
        | Verdict::Doubt(_)
        | Verdict::LeftOpen { .. }
        | Verdict::TypedSchoolCard
        | Verdict::InOk
        | Verdict::Back
        | Verdict::InAlready { .. }
        | Verdict::InAlert
        | Verdict::OutOk { .. }
        | Verdict::SteppedOut { .. }
        | Verdict::Sibling
        | Verdict::Repeat { .. }
        | Verdict::Hold
        | Verdict::Ambiguous
        | Verdict::Staff { .. }
        | Verdict::BadDigit
        | Verdict::NoCard
        | Verdict::Lost { .. }
        | Verdict::Replaced
        | Verdict::Expired
        | Verdict::NotRecorded => false,
    }
}

/// The order in which questions come (part 7); a group asks its first.
fn order(verdict: &Verdict) -> u8 {
    match verdict {
        Verdict::TypedSchoolCard => 0,
        Verdict::LeftOpen { .. } => 1,
        Verdict::Hold => 2,
        Verdict::Doubt(_) => 3,
        Verdict::Missing { .. } => 4,
        Verdict::Elsewhere { .. } => 5,
        Verdict::Who => 6,
        Verdict::WhoCall { .. } => 7,
        Verdict::Early | Verdict::Late { .. } => 8,
        Verdict::Unnamed { .. } => 9,
        Verdict::Phrase { .. } => 10,
        Verdict::NobodyOnDuty => 11,
        Verdict::MayStepOut => 12,
        Verdict::BackBy { .. } => 13,
        Verdict::OutAlone => 14,
        Verdict::Out
        | Verdict::InOk
        | Verdict::Back
        | Verdict::InAlready { .. }
        | Verdict::InAlert
        | Verdict::OutOk { .. }
        | Verdict::SteppedOut { .. }
        | Verdict::Sibling
        | Verdict::Repeat { .. }
        | Verdict::Ambiguous
        | Verdict::Staff { .. }
        | Verdict::BadDigit
        | Verdict::NoCard
        | Verdict::Lost { .. }
        | Verdict::Replaced
        | Verdict::Expired
        | Verdict::NotRecorded => 15,
    }
}

/// Whether a question is about one child alone, whoever else of the household waits.
fn is_of_one(verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::TypedSchoolCard | Verdict::LeftOpen { .. } | Verdict::Hold | Verdict::Doubt(_) | Verdict::Missing { .. })
}

impl Waiting {
    /// The clock moves by so much, milliseconds: it waits as long as before.
    pub(super) fn clock_moves(&mut self, by_ms: i64) {
        self.since = self.since.plus_ms(by_ms);
        self.pass.clock_moves(by_ms);
    }

    /// Whether so long has gone by since anything was shown or answered for the child that another may stand there by now. Of who
    /// comes nothing has to be proven.
    #[must_use]
    #[allow(clippy::wildcard_enum_match_arm)] // the two questions that are not answered in a moment
    pub fn was_shown_long_ago(&self, now: Moment) -> bool {
        let seconds = match self.verdict {
            Verdict::Doubt(_) => return false,
            Verdict::Elsewhere { called: Some(_), .. } => WALK_SECONDS,
            _ => SHOWN_SECONDS,
        };
        self.pass.was_shown_before(now, seconds)
    }
}

impl Group {
    /// The child whose question the group asks now.
    #[must_use]
    pub fn asking(&self) -> Option<&Waiting> {
        self.waiting.iter().min_by_key(|w| order(&w.verdict))
    }

    /// Everybody who waits with the same question. What is asked about one child's card, leave or stay is asked of nobody else:
    /// a sibling on leave is none whose day it is not.
    pub fn same_question(&self) -> impl Iterator<Item = &Waiting> {
        let first = self.asking();
        let is_same = move |w: &Waiting, first: &Waiting| {
            w.pass.child == first.pass.child || (!is_of_one(&first.verdict) && order(&w.verdict) == order(&first.verdict))
        };
        self.waiting.iter().filter(move |w| first.is_some_and(|first| is_same(w, first)))
    }

    fn only_waits_for_child(&self) -> bool {
        self.waiting.iter().all(|w| matches!(w.verdict, Verdict::Elsewhere { called: Some(_), .. }))
    }

    /// The group's question with its choices.
    #[must_use]
    pub fn question(&self, room: Room<'_>, now: Moment) -> Option<Question> {
        let asking = self.asking()?;
        let child = asking.pass.child;
        Some(match &asking.verdict {
            Verdict::TypedSchoolCard => Question::choose(Prompt::Focus, [Label::ThisChild]).default_to(1),
            Verdict::LeftOpen { .. } => Question::choose(Prompt::Focus, [Label::CollectedThen, Label::StillHere]),
            Verdict::Hold => Question::choose(Prompt::Focus, HoldWay::ALL.map(Label::Hold)),
            Verdict::Doubt(_) => Question::choose(Prompt::Focus, [Label::TakeIn, Label::NotTakeIn]),
            Verdict::Missing { .. } => Question::choose(Prompt::Focus, [Label::Seen, Label::OnSite]),
            Verdict::Elsewhere { called: None, .. } => with_somebody_else(asking, [Label::CallOver, Label::OnSite]).default_to(1),
            Verdict::Elsewhere { called: Some(_), .. } => with_somebody_else(asking, [Label::HasCome, Label::OnSite]),
            Verdict::Who => takers_question(room, child, asking, now),
            Verdict::WhoCall { collector } => Question::choose(Prompt::Focus, call_labels(room, child, Some(*collector), now)),
            Verdict::Unnamed { .. } => Question::choose(Prompt::Focus, [Label::WriteName]).and(SOMEBODY_ELSE, Label::SomebodyElse),
            Verdict::OutAlone => Question::choose(Prompt::Focus, [Label::GoesAlone]),
            Verdict::Early => with_somebody_else(asking, EarlyReason::ALL.map(Label::Early)),
            Verdict::Late { .. } => with_somebody_else(asking, LateReason::ALL.map(Label::Late)),
            Verdict::Phrase { collector } => Question::ask(Asks::Secret(Secret::Phrase(*collector)), Prompt::Focus),
            Verdict::NobodyOnDuty => Question::ask(Asks::Confirm, Prompt::Focus),
            Verdict::BackBy { .. } => Question::ask(Asks::Time, Prompt::Focus),
            Verdict::Out
            | Verdict::MayStepOut
            | Verdict::SteppedOut { .. }
            | Verdict::InOk
            | Verdict::Back
            | Verdict::InAlready { .. }
            | Verdict::InAlert
            | Verdict::OutOk { .. }
            | Verdict::Sibling
            | Verdict::Repeat { .. }
            | Verdict::Ambiguous
            | Verdict::Staff { .. }
            | Verdict::BadDigit
            | Verdict::NoCard
            | Verdict::Lost { .. }
            | Verdict::Replaced
            | Verdict::Expired
            | Verdict::NotRecorded => out_question(room, child, asking, now),
        })
    }

    /// What answering the group's question with choice `n` means; `None` for Enter alone.
    #[must_use]
    pub fn answer(&self, room: Room<'_>, n: Option<u32>, now: Moment) -> Option<Reply> {
        self.reply(room, n, now).map(|reply| self.in_time(reply, now))
    }

    /// A question may wait as long as it takes; what was shown with it proves nothing once nobody has been there for two minutes.
    /// Whatever keeps a child here holds all the same.
    fn in_time(&self, mut reply: Reply, now: Moment) -> Reply {
        let long_ago = |pass: &&Pass| self.waiting.iter().any(|w| w.pass.child == pass.child && w.was_shown_long_ago(now));
        let keeps = |pass: &Pass| pass.answers.somebody_else || pass.answers.call.is_some_and(|vouch| !vouch.agrees());
        let child = match &reply {
            Reply::Decide(passes) => passes.iter().find(|pass| long_ago(pass) && !keeps(pass)).map(|pass| pass.child),
            Reply::OnSite(pass) | Reply::LeftOpen(pass) | Reply::Vouch(pass) => Some(pass).filter(long_ago).map(|pass| pass.child),
            Reply::Name(passes) => passes.iter().map(|(pass, _)| pass).find(long_ago).map(|pass| pass.child),
            Reply::NotTakenIn(_) | Reply::CallOver(_) | Reply::HasCome(_) | Reply::Hold(..) | Reply::Seen(_) | Reply::ShowAgain(_) => None,
        };
        if let Some(child) = child {
            return Reply::ShowAgain(child);
        }
        // Whoever answers stands there still.
        let answered = |pass: &mut Pass| {
            if !long_ago(&&*pass) {
                pass.shown = Some(now);
            }
        };
        match &mut reply {
            Reply::Decide(passes) => passes.iter_mut().for_each(answered),
            Reply::OnSite(pass) | Reply::LeftOpen(pass) | Reply::Vouch(pass) => answered(pass),
            Reply::Name(passes) => passes.iter_mut().map(|(pass, _)| pass).for_each(answered),
            Reply::NotTakenIn(_) | Reply::CallOver(_) | Reply::HasCome(_) | Reply::Hold(..) | Reply::Seen(_) | Reply::ShowAgain(_) => {}
        }
        reply
    }

    fn reply(&self, room: Room<'_>, n: Option<u32>, now: Moment) -> Option<Reply> {
        let question = self.question(room, now)?;
        let asking = self.asking()?;
        if question.asks == Asks::Confirm {
            return n.is_none().then(|| Reply::Decide(self.with(|pass| pass.answers.go = true)));
        }
        let choice = match n {
            Some(n) => question.choice(n),
            None => question.default(),
        };
        if choice.is_none() && n.is_none() && matches!(asking.verdict, Verdict::Out | Verdict::MayStepOut) {
            // A picked collector stands already: Enter lets go whoever goes with that person.
            let picked = taker_of(room, &asking.pass, now)?;
            return Some(Reply::Decide(self.with(|pass| go_along(room, picked, pass, now))));
        }
        let child = asking.pass.child;
        let children = || self.same_question().map(|w| w.pass.child).collect::<Vec<_>>();
        Some(match &choice?.label {
            Label::ThisChild => Reply::Decide(self.with(|pass| pass.answers.is_this_child = true)),
            Label::CollectedThen => Reply::LeftOpen(asking.pass.clone()),
            Label::StillHere => Reply::Decide(self.with(|pass| pass.answers.left_open = Some(LeftOpen::StillHere))),
            Label::TakeIn => Reply::Decide(self.with(|pass| pass.answers.despite_doubt = true)),
            Label::NotTakeIn => Reply::NotTakenIn(child),
            Label::CallOver => Reply::CallOver(children()),
            Label::HasCome => Reply::HasCome(vec![child]),
            Label::OnSite => Reply::OnSite(asking.pass.clone()),
            Label::Seen => Reply::Seen(asking.pass.child),
            Label::SomebodyElse => Reply::Decide(self.with(|pass| pass.answers.somebody_else = true)),
            Label::Early(reason) => Reply::Decide(self.with(|pass| {
                pass.answers.early = Some(*reason);
                pass.answers.go = false;
            })),
            Label::Late(reason) => Reply::Decide(self.with(|pass| {
                pass.answers.late = Some(*reason);
                pass.answers.go = false;
            })),
            Label::Hold(way) => Reply::Hold(asking.pass.child, *way),
            Label::CallOf { whom, result } => {
                let vouch = Vouch::Called(*whom, *result);
                Reply::Decide(self.with(|pass| pass.answers.call = (pass.child == child).then_some(vouch).or(pass.answers.call)))
            }
            Label::LeaderStands => Reply::Vouch(asking.pass.clone()),
            Label::WriteName => Reply::Name(self.without_name(room)),
            Label::GoesAlone => Reply::Decide(self.with(|pass| pass.answers.go = true)),
            Label::Taker { collector, .. } => {
                let default = n.is_none();
                let picked = *collector;
                Reply::Decide(self.with(|pass| {
                    if default {
                        return go_along(room, picked, pass, now);
                    }
                    // A child on whose own list this person is not waits with its own question.
                    let Some(taker) = same_person(room, picked, pass.child, now) else { return };
                    if pass.answers.taker != Some(taker) {
                        pass.answers.call = None; // what the family said about one says nothing of another
                    }
                    pass.answers.taker = Some(taker);
                    go(room, pass, now);
                }))
            }
            Label::Again
            | Label::Call(_)
            | Label::Office(_)
            | Label::Leave(_)
            | Label::Knows(_)
            | Label::Child(_)
            | Label::Action(_)
            | Label::Place(_)
            | Label::Staff(_)
            | Label::Act(_)
            | Label::SignOff(_)
            | Label::SignOffBy(_)
            | Label::Undo(_)
            | Label::WallTime(_)
            | Label::CountedTime(_)
            | Label::Stretch(_)
            | Label::Unrecorded(_)
            | Label::TryAgain(_)
            | Label::DropUnrecorded(_)
            | Label::Category(_)
            | Label::Title(_)
            | Label::AsCategory
            | Label::Group(_)
            | Label::Board(_)
            | Label::ComesBack(_)
            | Label::Tick { .. }
            | Label::Dial { .. }
            | Label::Numbers(_)
            | Label::TypeAgain
            | Label::StoreAsAnswer
            | Label::Reached
            | Label::Unanswered
            | Label::WrongNumber
            | Label::ExtendCare
            | Label::Extend(_)
            | Label::WithGuard
            | Label::WithTwoAdults
            | Label::Nothing
            | Label::NoPhrase
            | Label::Quit => return None,
        })
    }

    /// The person who is asked for a name, on the list of the child in front and on those of its siblings that wait with it.
    fn without_name(&self, room: Room<'_>) -> Vec<(Pass, CollectorId)> {
        let who = |w: &Waiting| if let Verdict::Unnamed { collector } = w.verdict { Some(collector) } else { None };
        let Some(first) = self.asking().and_then(who) else { return Vec::new() };
        let one = |w: &Waiting| Some((w.pass.clone(), who(w).filter(|c| is_one_person(room, first, *c))?));
        let (mut front, others): (Vec<_>, Vec<_>) = self.waiting.iter().filter_map(one).partition(|(_, collector)| *collector == first);
        front.extend(others);
        front
    }

    /// What saying the pass phrase of this child's collector means; `None` when it is not asked for any more.
    #[must_use]
    pub fn phrase_said(&self, child: ChildId, collector: CollectorId, right: bool, now: Moment) -> Option<Reply> {
        let mut pass = self.waiting.iter().find(|w| w.pass.child == child && w.verdict == Verdict::Phrase { collector })?.pass.clone();
        pass.answers.phrase = Some((collector, right));
        pass.answers.go = true;
        let reply = Reply::Decide(vec![pass]);
        Some(if right { self.in_time(reply, now) } else { reply })
    }

    /// What it means that the child in front, which steps out, is expected back by then.
    #[must_use]
    pub fn back_by(&self, time: NaiveTime, now: Moment) -> Option<Reply> {
        let waiting = self.asking().filter(|w| matches!(w.verdict, Verdict::BackBy { .. }))?;
        let mut pass = waiting.pass.clone();
        pass.answers.back_by = Some(time);
        Some(self.in_time(Reply::Decide(vec![pass]), now))
    }

    /// The passes of those who wait with the group's question, changed. Nothing is decided about the others: their questions
    /// were not answered.
    fn with(&self, mut change: impl FnMut(&mut Pass)) -> Vec<Pass> {
        let changed = |w: &Waiting| {
            let mut pass = w.pass.clone();
            change(&mut pass);
            pass
        };
        self.same_question().map(changed).collect()
    }
}

/// Enter in sight of the collectors. Where something is still asked of the default, a pass phrase or when the child comes back,
/// it is that collector from now on.
fn go(room: Room<'_>, pass: &mut Pass, now: Moment) {
    pass.answers.go = true;
    let on = pass.moment(now).date();
    if pass.answers.taker.is_none()
        && let Some(visit) = visit(room, pass.child)
        && let Some(default) = default_taker(room, pass.child, visit, on)
        && (pass.purpose == Purpose::Outing || wants_phrase(room, pass.child, visit, default, on))
    {
        pass.answers.taker = Some(default);
    }
}

/// Enter lets a sibling go along only where the person whom it would go with is the one who takes the child in front.
fn go_along(room: Room<'_>, picked: CollectorId, pass: &mut Pass, now: Moment) {
    let same = same_person(room, picked, pass.child, now);
    if same.is_some() && same == taker_of(room, pass, now) {
        go(room, pass, now);
    }
}

/// The same person in a sibling's list: each child has its own list.
fn same_person(room: Room<'_>, picked: CollectorId, child: ChildId, now: Moment) -> Option<CollectorId> {
    takers(room, child, now.date()).into_iter().find(|c| is_one_person(room, picked, c.id)).map(|c| c.id)
}

/// Whom of the family a call can reach about a collector (or about the child, when no one is named), each with what it may
/// bring; a leader stands instead where it can reach nobody.
pub(super) fn call_labels(room: Room<'_>, child: ChildId, about: Option<CollectorId>, now: Moment) -> Vec<Label> {
    let about = about.and_then(|id| room.register.collector(id)).map(Described::from);
    let list = callable(room, child, about, now.date());
    let labels = list.iter().take(MOST_CALLED).flat_map(|c| CallResult::ALL.map(|result| Label::CallOf { whom: c.id, result }));
    if list.is_empty() { vec![Label::LeaderStands] } else { labels.collect() }
}

fn visit(room: Room<'_>, child: ChildId) -> Option<&Visit> {
    room.day.state().child(child)?.visits.last()
}

/// Who would take this child on Enter: whom the proof names, whoever was picked, else the default.
fn taker_of(room: Room<'_>, pass: &Pass, now: Moment) -> Option<CollectorId> {
    let on = pass.moment(now).date();
    named_by_proof(room, pass, now).or(pass.answers.taker).or_else(|| default_taker(room, pass.child, visit(room, pass.child)?, on))
}

/// The collector whom a proof names: there is no other choice then.
fn named_by_proof(room: Room<'_>, pass: &Pass, now: Moment) -> Option<CollectorId> {
    match &pass.proof {
        Proof::NoCard(evidence) => Some(evidence.collector),
        Proof::StaffParent(staff) => takers(room, pass.child, pass.moment(now).date()).into_iter().find(|c| c.staff == Some(*staff)).map(|c| c.id),
        Proof::NotBack { collector, .. } => Some(*collector),
        Proof::Card { .. } | Proof::CardUnread | Proof::Name | Proof::Escort(_) | Proof::SelfLeave => None,
    }
}

fn takers_question(room: Room<'_>, child: ChildId, waiting: &Waiting, now: Moment) -> Question {
    let on = waiting.pass.moment(now).date();
    let held = visit(room, child).and_then(holder);
    let labels = takers(room, child, on).into_iter().map(|c| Label::Taker { collector: c.id, holds: held == Some(c.id) });
    Question::choose(Prompt::Focus, labels).and(SOMEBODY_ELSE, Label::SomebodyElse)
}

/// A question that comes before anybody is named: whoever looks up sees who stands there, and need not answer it first to refuse.
/// Nobody stands there for a child that goes alone, and whom the proof names is there.
fn with_somebody_else(waiting: &Waiting, labels: impl IntoIterator<Item = Label>) -> Question {
    let question = Question::choose(Prompt::Focus, labels);
    match waiting.pass.proof {
        Proof::Card { .. } | Proof::CardUnread => question.and(SOMEBODY_ELSE, Label::SomebodyElse),
        Proof::Name | Proof::Escort(_) | Proof::NoCard(_) | Proof::StaffParent(_) | Proof::SelfLeave | Proof::NotBack { .. } => question,
    }
}

/// Who collects, with the one that Enter takes marked. A proof that names the collector leaves no other choice.
fn out_question(room: Room<'_>, child: ChildId, waiting: &Waiting, now: Moment) -> Question {
    if let Some(collector) = named_by_proof(room, &waiting.pass, now) {
        return Question::choose(Prompt::Focus, [Label::Taker { collector, holds: false }]).default_to(1);
    }
    let question = takers_question(room, child, waiting, now);
    let default = taker_of(room, &waiting.pass, now);
    let number = question.choices.iter().find(|c| matches!(c.label, Label::Taker { collector, .. } if Some(collector) == default)).map(|c| c.n);
    match number {
        Some(n) => question.default_to(n),
        None => question,
    }
}
