//! Arrival and pickup: one card, and the verb follows from the state of its child (N06).
//!
//! A [`Pass`] is a child who comes or goes, with everything answered so far. Deciding it gives the next question, or the
//! facts. Questions come in this order: state of the card (see [`super::card`]) → left open → held back → leave, day and
//! consent → missing, elsewhere → who → early or late → pass phrase → out. Freezing during an evacuation will stand second.
//!
//! `door`: who comes, comes again, or is back. `earlier`: a stay that an earlier day left open. `pickup`: who goes, with whom, and
//! on what. [`shown`]: what a card says about who brings it.

mod door;
mod earlier;
mod pickup;
pub mod shown;

pub use earlier::wants_word;

use chrono::NaiveTime;

use super::access::demand;
use super::acts::stopped;
use super::barred::{self, Naming};
use super::clock::{NOW, passed};
use super::collect::{Vouch, default_taker, may_vouch, takers};
use super::hold::held;
use super::verdict::Verdict;
use super::{Decision, Objection, Room, unnamed};
use crate::domain::card::CardNumber;
use crate::domain::custody::{Card, CardState, Custody};
use crate::domain::day::{Presence, State, Visit};
use crate::domain::fact::{Account, CallPurpose, CallResult, Draft, EarlyReason, Fact, LateReason, Means, Seq, Taker};
use crate::domain::likeness::{Described, Likeness, likeness, parent, same_number};
use crate::domain::people::{Child, ChildId, CollectorId, StaffId};
use crate::domain::settings::CardMode;
use crate::domain::time::Moment;

/// So long what was shown for a child says who stands there, seconds; then it is shown again.
pub const SHOWN_SECONDS: i64 = 120;

/// What follows so soon is the same reading, milliseconds.
const READ_TWICE_MS: i64 = 120_000;

/// A child who comes or goes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pass {
    /// Who.
    pub child: ChildId,
    /// What was shown for it.
    pub proof: Proof,
    /// For good, or for a while.
    pub purpose: Purpose,
    /// What was answered so far.
    pub answers: Answers,
    /// When it happened, if that was earlier (back-fill, F176).
    pub at: Option<Moment>,
    /// The card that an escort handed over for it, if one was read.
    pub handed: Option<CardNumber>,
    /// When what proves it was shown, or whoever stands there last answered; `None` where it is shown now.
    pub shown: Option<Moment>,
    /// The last entry before the child came up at this desk: who has acted here since then is no witness (F042). The first of
    /// all where nobody said: then nobody is who acted here today.
    pub since: Seq,
}

/// Whether a child that goes comes back today. Both ask the same, in the same order.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Purpose {
    /// It goes home; also every arrival and return.
    #[default]
    Home,
    /// It steps out for a while; the stay goes on (F045).
    Outing,
}

/// What was shown for a child.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Proof {
    /// A card.
    Card {
        /// Its number.
        number: CardNumber,
        /// Read or typed.
        means: Means,
        /// With a check digit: a typing error cannot have named another child.
        own: bool,
    },
    /// The card is in the teacher's hand but was not read (持卡未刷).
    CardUnread,
    /// Found by name at arrival; a card on the rack is handed over.
    Name,
    /// Brought by an escort as one of a batch (F017); the escort's name may be empty.
    Escort(String),
    /// No card at pickup, with the evidence (F034).
    NoCard(NoCard),
    /// The collector works here and proved it with staff card and PIN.
    StaffParent(StaffId),
    /// The child goes home alone (F009).
    SelfLeave,
    /// Out for a while already: whoever has the child says that it does not come back.
    NotBack {
        /// Who has the child.
        collector: CollectorId,
        /// Who said so: with whom it went out may speak for itself, at its own number; for anybody else somebody else does.
        vouch: Vouch,
    },
}

/// The evidence for a release without a card.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NoCard {
    /// Who collects.
    pub collector: CollectorId,
    /// Last characters of the identity document.
    pub id_tail: String,
    /// Who vouches for the collector: never the collector.
    pub vouch: Vouch,
    /// Whether the child knows the collector.
    pub recognised: bool,
    /// The second adult, whose PIN was right.
    pub second: StaffId,
}

/// What was answered so far.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[allow(clippy::struct_excessive_bools)] // each is the answer to a question of its own
pub struct Answers {
    /// A number typed by hand on a school's own card is this child's.
    pub is_this_child: bool,
    /// Here although on leave, not due or without consent.
    pub despite_doubt: bool,
    /// A gone child comes again today.
    pub again: bool,
    /// What became of a stay left open.
    pub left_open: Option<LeftOpen>,
    /// Collected at another place, under the eyes of its leader.
    pub on_site: Option<OnSite>,
    /// Who collects.
    pub taker: Option<CollectorId>,
    /// Who vouches for a collector who was not announced.
    pub call: Option<Vouch>,
    /// Whose pass phrase was said, and whether it was right.
    pub phrase: Option<(CollectorId, bool)>,
    /// What the collector is called, who was on the list without a name.
    pub called: Option<unnamed::Called>,
    /// Why early.
    pub early: Option<EarlyReason>,
    /// Why late.
    pub late: Option<LateReason>,
    /// When the child that steps out is expected back.
    pub back_by: Option<NaiveTime>,
    /// Somebody else stands at the desk.
    pub somebody_else: bool,
    /// Enter was pressed, or a collector picked, in sight of everything above.
    pub go: bool,
}

/// What became of a stay that an earlier day left open.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LeftOpen {
    /// The child was collected then; a card that is shown means that it comes again today.
    Collected {
        /// By whom.
        taker: CollectorId,
        /// When.
        at: Moment,
    },
    /// The child was collected then, and nothing else is entered: found by name, or back-filled.
    Settled {
        /// By whom.
        taker: CollectorId,
        /// When.
        at: Moment,
    },
    /// The child is still here.
    StillHere,
}

/// A release at another place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OnSite {
    /// When.
    pub at: Moment,
    /// With whom the child was to go when that was asked; `None` where nobody was named yet.
    pub about: Option<CollectorId>,
    /// Who of the family was called, and what was said.
    pub call: Vouch,
}

impl Pass {
    /// A pass at its beginning.
    #[must_use]
    pub fn new(child: ChildId, proof: Proof) -> Self {
        Self { child, proof, purpose: Purpose::Home, answers: Answers::default(), at: None, handed: None, shown: None, since: Seq(0) }
    }

    /// A child that steps out for a while.
    #[must_use]
    pub fn out(child: ChildId, proof: Proof) -> Self {
        Self { purpose: Purpose::Outing, ..Self::new(child, proof) }
    }

    /// Whether what proves it was shown so long ago that another may stand there by now.
    #[must_use]
    pub fn was_shown_before(&self, now: Moment, seconds: i64) -> bool {
        self.shown.is_some_and(|shown| shown.plus_seconds(seconds).ms <= now.ms)
    }

    /// The clock by which it was shown moves by so much, and what was shown is as long ago as before, milliseconds. What people said
    /// of when it happened is no count of ours.
    pub fn clock_moves(&mut self, by_ms: i64) {
        self.shown = self.shown.map(|shown| shown.plus_ms(by_ms));
    }

    /// When it happens or happened.
    #[must_use]
    pub fn moment(&self, now: Moment) -> Moment {
        self.answers.on_site.map(|o| o.at).or(self.at).unwrap_or(now)
    }
}

/// Decides children of one household together: the facts of those who are decided, in one act, and the questions of the
/// others.
pub(super) fn decide(room: Room<'_>, passes: &[Pass], now: Moment) -> Decision {
    let mut decision = Decision::default();
    if let Some(child) = passes.iter().find(|p| is_brought_by_the_barred(room, p, now)).map(|p| p.child) {
        return Decision::record(stopped(child).into_iter().map(Draft::from).collect());
    }
    if let Some(decision) = unnamed::stops(room, passes, now) {
        return decision;
    }
    for pass in passes {
        let one = carried(room, pass, decide_one(room, pass, now), now);
        if one.objection.is_some() {
            return one;
        }
        // One person stands there: a sibling goes only with whoever takes the first of them.
        let (first, taker) = (taken_by(&decision.drafts), taken_by(&one.drafts));
        if let (Some(first), Some(taker)) = (first, taker)
            && !is_one_person(room, first, taker)
            && !are_called_alike(passes, first, taker)
        {
            decision.verdicts.push((pass.child, Verdict::Who));
            continue;
        }
        decision.verdicts.extend(one.verdicts);
        decision.drafts.extend(one.drafts);
    }
    decision
}

/// The collector to whom a child goes by these facts.
fn taken_by(drafts: &[Draft]) -> Option<CollectorId> {
    drafts.iter().find_map(|draft| {
        if let Fact::Released { taker: Taker::Collector(taker), .. } | Fact::SteppedOut { taker, .. } = draft.fact { Some(taker) } else { None }
    })
}

/// Whether the two were both asked for a name that nobody knew, and said the same one.
fn are_called_alike(passes: &[Pass], one: CollectorId, other: CollectorId) -> bool {
    let name = |id| passes.iter().filter_map(|p| p.answers.called.as_ref()).find(|c| c.collector == id).map(|c| &c.name);
    name(one).zip(name(other)).is_some_and(|(a, b)| a == b)
}

/// Whether two records of one household are one person: each child has its own list.
#[must_use]
pub fn is_one_person(room: Room<'_>, one: CollectorId, other: CollectorId) -> bool {
    let Some((a, b)) = room.register.collector(one).zip(room.register.collector(other)) else { return false };
    let number = a.phone.as_deref().zip(b.phone.as_deref()).is_some_and(|(a, b)| same_number(a, b));
    let relation = a.relation == b.relation || parent(&a.relation).is_some_and(|p| parent(&b.relation) == Some(p));
    let nameless = a.name.is_empty() && b.name.is_empty();
    let named = likeness(a.into(), b.into()) == Some(Likeness::Name) || (!a.name.is_empty() && a.name == b.name);
    one == other || (named && (number || relation)) || (nameless && number && relation)
}

/// What was decided, if somebody may enter it; else the pass waits for a sign-on.
fn carried(room: Room<'_>, pass: &Pass, decision: Decision, now: Moment) -> Decision {
    if decision.drafts.is_empty() {
        return decision;
    }
    let leaves = decision.drafts.iter().any(|d| matches!(d.fact, Fact::Released { .. } | Fact::SteppedOut { .. }));
    // What ended on an earlier day shows nothing now; and where the family has just said yes, that is the proof.
    let proven = matches!(pass.answers.left_open, Some(LeftOpen::Collected { .. } | LeftOpen::Settled { .. }))
        || pass.answers.on_site.is_some_and(|on_site| on_site.call.agrees());
    if leaves && !proven && pass.was_shown_before(now, SHOWN_SECONDS) {
        return Decision::refuse(Objection::ShownLongAgo(pass.child));
    }
    // Nor does whoever is barred say by word alone that it has come, or is here still: it would be off the list of whom to look for.
    let read = matches!(pass.proof, Proof::Card { .. });
    let comes = |fact: &Fact| !read && matches!(fact, Fact::Arrived { .. } | Fact::CameBack { .. });
    let speaks = decision.drafts.iter().any(|d| comes(&d.fact) || matches!(d.fact, Fact::Account(Account::StillHere { .. })));
    if leaves && room.register.in_doubt().contains(&pass.child) {
        return Decision::refuse(Objection::InDoubt(pass.child));
    }
    if (leaves || speaks) && room.actor().is_some_and(|actor| barred::is_of_staff(room.register, pass.child, actor, now.date())) {
        return Decision::refuse(Objection::WrongStaff);
    }
    match demand::of_pass(pass, &decision.drafts).is_met(room, now) {
        Ok(()) => decision,
        Err(Objection::NobodyOnDuty) => Decision { verdicts: vec![(pass.child, Verdict::NobodyOnDuty)], ..Decision::default() },
        Err(objection) => Decision::refuse(objection),
    }
}

/// Whether the escort is somebody whom a bar of the child fits: nobody hands the card to that person (N14).
fn is_brought_by_the_barred(room: Room<'_>, pass: &Pass, now: Moment) -> bool {
    let Proof::Escort(name) = &pass.proof else { return false };
    let escort = Described { name, ..Described::default() };
    barred::naming(room.register, pass.child, escort, pass.moment(now).date()) == Naming::Stopped
}

/// The state at the moment of a pass, if that can be entered now: not in the future, and not contradicted by a later
/// entry of the same child.
fn state_then(room: Room<'_>, pass: &Pass, now: Moment) -> Result<Option<State>, Objection> {
    let at = pass.moment(now);
    if pass.at.is_some() && at.date() < room.day.date() {
        return Err(Objection::NotOpenThen(pass.child));
    }
    if at.ms > now.ms || at.date() != room.day.date() {
        return Err(if at == now { return Ok(None) } else { Objection::WrongTime });
    }
    if at.ms == now.ms {
        return Ok(None);
    }
    let later = room
        .day
        .entries()
        .iter()
        .find(|e| e.at.ms > at.ms && !room.day.is_undone(e.seq) && e.fact.child() == Some(pass.child) && changes_presence(&e.fact));
    match later {
        Some(entry) => Err(Objection::Contradicted(entry.seq)),
        None => Ok(Some(room.day.at(at))),
    }
}

/// Who takes the child of a pass, as far as it was said; else who is expected.
#[must_use]
pub fn expected_taker(room: Room<'_>, pass: &Pass, on: chrono::NaiveDate) -> Option<CollectorId> {
    let visit = || room.state().child(pass.child).and_then(|day| day.visits.last());
    match &pass.proof {
        Proof::NoCard(evidence) => Some(evidence.collector),
        Proof::NotBack { collector, .. } => Some(*collector),
        Proof::StaffParent(staff) => takers(room, pass.child, on).into_iter().find(|c| c.staff == Some(*staff)).map(|c| c.id),
        Proof::Card { .. } | Proof::CardUnread | Proof::Name | Proof::Escort(_) | Proof::SelfLeave => {
            pass.answers.taker.or_else(|| default_taker(room, pass.child, visit()?, on))
        }
    }
}

/// Whether the child is out for a while with this collector.
#[must_use]
pub fn went_out_with(visit: &Visit, collector: CollectorId) -> bool {
    visit.out.as_ref().is_some_and(|out| out.taker == collector)
}

/// Whether a fact says that a child is somewhere.
#[must_use]
pub fn changes_presence(fact: &Fact) -> bool {
    matches!(fact, Fact::Arrived { .. } | Fact::Released { .. } | Fact::SteppedOut { .. } | Fact::CameBack { .. } | Fact::Moved { .. })
}

fn decide_one(room: Room<'_>, pass: &Pass, now: Moment) -> Decision {
    let Some(child) = room.register.child(pass.child) else {
        return Decision::refuse(Objection::Empty);
    };
    if let Proof::Card { number, .. } = &pass.proof
        && room.register.card(number).is_none_or(|c| c.child != child.id || !c.is_valid_on(pass.moment(now).date()))
    {
        return Decision::refuse(Objection::VoidCard(child.id));
    }
    let then = match state_then(room, pass, now) {
        Ok(then) => then,
        Err(objection) => return Decision::refuse(objection),
    };
    let settles = matches!(pass.answers.left_open, Some(LeftOpen::Settled { .. }));
    if settles && room.state().child(child.id).is_none_or(|day| day.left_open(now.date()).is_none()) {
        return Decision::refuse(Objection::NotOpenThen(child.id)); // it was settled meanwhile
    }
    let step = Step { room, pass, child, now, at: pass.moment(now), state: then.as_ref().unwrap_or(room.state()) };
    match step.state.presence(child.id) {
        Presence::NotHere if pass.purpose == Purpose::Outing => Decision::refuse(Objection::NotHere(child.id)),
        Presence::Gone(..) if pass.purpose == Purpose::Outing => Decision::refuse(Objection::AlreadyGone(child.id)),
        Presence::NotHere => step.arrival(),
        Presence::Gone(visit, release) => match pass.proof {
            _ if pass.answers.again => step.arrival(),
            Proof::Card { .. } | Proof::Name => step.repeat(visit, release.taker, release.at),
            Proof::CardUnread | Proof::Escort(_) | Proof::NoCard(_) | Proof::StaffParent(_) | Proof::SelfLeave | Proof::NotBack { .. } => {
                Decision::refuse(Objection::AlreadyGone(child.id))
            }
        },
        Presence::Out(visit, outing) => step.outside(visit, outing),
        Presence::In(visit) => step.inside(visit),
    }
}

/// One decision in the making.
#[derive(Clone, Copy)]
struct Step<'a> {
    room: Room<'a>,
    pass: &'a Pass,
    child: &'a Child,
    now: Moment,
    at: Moment,
    state: &'a State,
}

impl<'a> Step<'a> {
    /// A collector as far as is known by now: under the name that was said for one who had none. Who vouches, or is the second adult, is
    /// held against that.
    fn described(self, collector: CollectorId) -> Option<Described<'a>> {
        let listed = self.room.register.collector(collector)?;
        let record = Described::from(listed);
        let called = self.pass.answers.called.as_ref().filter(|called| called.collector == collector && unnamed::lacks_a_name(self.room, listed));
        Some(called.map_or(record, |called| Described { name: &called.name, ..record }))
    }

    fn is_held(self) -> bool {
        held(self.room, self.child.id).is_some()
    }

    /// The earlier moment for which it is decided, where somebody says one.
    fn then(self) -> Option<Moment> {
        (self.at != self.now).then_some(self.at)
    }

    /// A card that is read so soon after the child came or went was read twice, by the time that went by: a clock that was set makes
    /// it no older.
    fn was_read_twice(self, since: (Moment, Seq)) -> bool {
        let ms = self.then().map_or_else(|| passed(self.room.day, since, (self.now, NOW)).least_ms, |then| then.ms - since.0.ms);
        ms < READ_TWICE_MS
    }

    fn proves(self, number: &CardNumber, visit: &Visit) -> bool {
        shown::proves(self.room, self.child.id, number, visit)
    }

    /// What somebody said who was called before the child was held; who was not reached said nothing.
    fn called(self) -> Option<Fact> {
        let vouch = self.pass.answers.call.filter(|v| v.result().is_some_and(|result| result != CallResult::NoAnswer))?;
        let known = may_vouch(self.room, self.child.id, None, vouch, self.now).is_ok();
        known.then(|| vouch.call(self.room, self.child.id, CallPurpose::Collector))
    }

    /// The child stays, and is held until a leader has decided.
    fn hold_back(self, said: Option<Fact>) -> Decision {
        let held = Fact::HeldBack { child: self.child.id };
        self.record(Verdict::Hold, said.into_iter().chain([held]).collect())
    }

    /// The child's valid cards, the main one first.
    fn cards(self) -> Vec<&'a Card> {
        self.room.register.valid_cards(self.child.id, self.at.date())
    }

    /// Whether a card is there by the record.
    fn is_where(self, number: &CardNumber, custody: Custody) -> bool {
        self.room.register.card(number).is_some_and(|card| card.custody == custody)
    }

    /// The card's way, if it goes anywhere. In a room where families keep their cards it never does, but when one that was astray
    /// is read at the door.
    fn move_card(self, number: &CardNumber, now: Custody) -> Option<Fact> {
        let card = self.room.register.card(number)?;
        let goes = match (self.room.settings.card_mode, card.custody) {
            (CardMode::Claim, Custody::Rack | Custody::Astray) => now != Custody::Away,
            (CardMode::Claim, Custody::Holder | Custody::Away) => true,
            (CardMode::Held, Custody::Astray) => now == Custody::Holder,
            (CardMode::Held, Custody::Rack | Custody::Holder | Custody::Away) => false,
        };
        let moves = goes && card.custody != now && card.state == CardState::Live;
        moves.then(|| Fact::CardMoved { number: number.clone(), child: self.child.id, was: card.custody, now })
    }

    fn ask(self, verdict: Verdict) -> Decision {
        Decision { verdicts: vec![(self.child.id, verdict)], ..Decision::default() }
    }

    fn record(self, verdict: Verdict, facts: Vec<Fact>) -> Decision {
        let back_filled = self.pass.at.is_some() || self.pass.answers.on_site.is_some();
        let at = back_filled.then_some(self.at);
        // A missing child's clock stops, and a right ends, when that is entered, not before.
        let drafts = facts
            .into_iter()
            .map(|fact| Draft { at: at.filter(|_| !matches!(fact, Fact::Account(_) | Fact::Office(_) | Fact::CollectorSet { .. })), fact })
            .collect();
        Decision { verdicts: vec![(self.child.id, verdict)], objection: None, drafts }
    }
}
