//! Arrival and pickup: one card, and the verb follows from the state of its child (N06).
//!
//! A [`Pass`] is a child who comes or goes, with everything answered so far. Deciding it gives the next question, or the
//! facts. Questions come in this order: state of the card (see [`super::card`]) → left open → held back → leave, day and
//! consent → missing, elsewhere → who → early or late → pass phrase → out. Freezing during an evacuation will stand second.

pub mod shown;

use chrono::NaiveTime;

use super::access::demand;
use super::acts::stopped;
use super::barred::{self, Naming};
use super::closing::is_unsettled;
use super::collect::{Vouch, WRONG_PHRASES, default_taker, may_vouch, needs_call, presumed_holder, takers, wants_phrase, wrong_phrases};
use super::enrolment::leaves_early_as_agreed;
use super::hold::{held, names_first, was_asked_for};
use super::hours::{doubt, is_early, minutes_late};
use super::verdict::Verdict;
use super::{Decision, Objection, Room, duty, missing, unnamed};
use crate::domain::card::CardNumber;
use crate::domain::custody::{Card, CardState, Custody};
use crate::domain::day::{Outing, Presence, State, Visit};
use crate::domain::fact::{
    Account, CallPurpose, CallResult, Draft, EarlyReason, Fact, Ground, Holder, Late, LateReason, Means, MonthCount, OfficeFact, Seq, Taker,
};
use crate::domain::likeness::{Described, Likeness, likeness, parent, same_number};
use crate::domain::people::{Child, ChildId, Collector, CollectorId, Right, StaffId};
use crate::domain::settings::{CardMode, Place, ReleaseOn};
use crate::domain::time::Moment;

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
    /// The last entry before the child came up at this desk: who has acted here since then is no witness (F042). The first of
    /// all where nobody said: then nobody is who acted here today.
    pub since: Seq,
}

/// Where a scan alone releases, a card that is read so soon after the child came was read twice, milliseconds.
const READ_TWICE_MS: i64 = 120_000;

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
        Self { child, proof, purpose: Purpose::Home, answers: Answers::default(), at: None, handed: None, since: Seq(0) }
    }

    /// A child that steps out for a while.
    #[must_use]
    pub fn out(child: ChildId, proof: Proof) -> Self {
        Self { purpose: Purpose::Outing, ..Self::new(child, proof) }
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
    if leaves && room.actor().is_some_and(|actor| barred::is_of_staff(room.register, pass.child, actor, now.date())) {
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
    fn arrival(self) -> Decision {
        if self.pass.answers.somebody_else {
            return Decision::refuse(Objection::NotHere(self.child.id)); // it left, or its arrival was taken back, meanwhile
        }
        let (card, means, holder) = match &self.pass.proof {
            Proof::Card { .. } if self.could_be_another() => return self.ask(Verdict::TypedSchoolCard),
            Proof::Card { number, means, .. } => (Some(number.clone()), *means, presumed_holder(self.room, self.child.id, self.at.date())),
            Proof::Name => {
                let card = self.cards().into_iter().find(|c| c.custody == Custody::Rack).map(|c| c.number.clone());
                (card, Means::Name, presumed_holder(self.room, self.child.id, self.at.date()))
            }
            Proof::Escort(name) => {
                let handed = |cards: &[&Card]| cards.iter().find(|c| Some(&c.number) == self.pass.handed.as_ref()).map(|c| c.number.clone());
                let cards = self.cards();
                let card = handed(&cards).or_else(|| cards.first().map(|c| c.number.clone()));
                (card, Means::Batch, Holder::Escort(name.clone()))
            }
            Proof::CardUnread | Proof::NoCard(_) | Proof::StaffParent(_) | Proof::SelfLeave | Proof::NotBack { .. } => {
                return Decision::refuse(Objection::NotHere(self.child.id));
            }
        };
        let doubt = if self.pass.answers.again { None } else { doubt(self.room, self.child, self.at.date()) };
        if doubt.is_some() && !self.pass.answers.despite_doubt {
            return doubt.map_or_else(Decision::default, |d| self.ask(Verdict::Doubt(d)));
        }
        let mut facts = vec![Fact::Arrived { child: self.child.id, card: card.clone(), means, holder, place: Place::room(), despite: doubt }];
        if let Some(number) = card {
            facts.extend(self.move_card(&number, Custody::Holder));
        }
        let verdict = if self.child.health.is_some() { Verdict::InAlert } else { Verdict::InOk };
        self.record(verdict, facts)
    }

    /// A number typed by hand on a school's own card has no check digit: it may be another child's.
    fn could_be_another(self) -> bool {
        let unsure = matches!(self.pass.proof, Proof::Card { means: Means::Typed, own: false, .. });
        unsure && !self.pass.answers.is_this_child
    }

    fn repeat(self, _visit: &Visit, taker: Taker, at: Moment) -> Decision {
        let facts: Vec<Fact> = match &self.pass.proof {
            Proof::Card { number, .. } => self.move_card(number, Custody::Rack).into_iter().collect(),
            Proof::Name
            | Proof::CardUnread
            | Proof::Escort(_)
            | Proof::NoCard(_)
            | Proof::StaffParent(_)
            | Proof::SelfLeave
            | Proof::NotBack { .. } => vec![],
        };
        self.record(Verdict::Repeat { taker, at, returned: !facts.is_empty() }, facts)
    }

    fn inside(self, visit: &Visit) -> Decision {
        if self.pass.answers.somebody_else {
            return self.hold_back(self.called());
        }
        if self.pass.answers.again {
            return Decision::refuse(Objection::AlreadyHere(self.child.id)); // another desk has taken it in again
        }
        if let Some(decision) = self.of_an_earlier_day(visit) {
            return decision;
        }
        let by_name = matches!(self.pass.proof, Proof::Name | Proof::Escort(_) | Proof::NotBack { .. });
        let decision = if self.is_held() {
            self.ask(Verdict::Hold)
        } else if by_name {
            Decision::refuse(Objection::AlreadyHere(self.child.id))
        } else {
            self.pickup(visit)
        };
        self.still_here(visit, decision)
    }

    /// Out for a while: it comes back, or stays out by a person's decision. A return is no arrival, and nothing else is a return.
    fn outside(self, visit: &Visit, outing: &Outing) -> Decision {
        if self.pass.answers.somebody_else {
            return self.hold_back(self.called());
        }
        if self.pass.purpose == Purpose::Outing {
            return Decision::refuse(Objection::IsOut(self.child.id));
        }
        if let Some(decision) = self.of_an_earlier_day(visit) {
            return decision;
        }
        let decision = match &self.pass.proof {
            Proof::Card { .. } if self.could_be_another() => self.ask(Verdict::TypedSchoolCard),
            Proof::Card { number, .. } if !self.is_the_card_of(outing, number) => Decision::refuse(Objection::IsOut(self.child.id)),
            Proof::Card { number, .. } => self.back(Some(number.clone())),
            Proof::Name => self.back(self.card_on_its_hook(outing)),
            Proof::NotBack { .. } if self.is_held() => self.ask(Verdict::Hold),
            Proof::NotBack { .. } => self.pickup(visit),
            Proof::CardUnread | Proof::Escort(_) | Proof::NoCard(_) | Proof::StaffParent(_) | Proof::SelfLeave => {
                Decision::refuse(Objection::IsOut(self.child.id))
            }
        };
        self.still_here(visit, decision)
    }

    /// The child is here again, and the card goes out to its holder.
    fn back(self, card: Option<CardNumber>) -> Decision {
        let moved = card.and_then(|number| self.move_card(&number, Custody::Holder));
        self.record(Verdict::Back, std::iter::once(Fact::CameBack { child: self.child.id }).chain(moved).collect())
    }

    /// Whether a card means that the child is back: the one that was shown when it went, or its successor; where none was shown, one
    /// that somebody has. Another card says nothing of where the child is.
    fn is_the_card_of(self, outing: &Outing, number: &CardNumber) -> bool {
        let hangs = self.room.settings.card_mode == CardMode::Claim && self.room.register.card(number).is_some_and(|c| c.custody == Custody::Rack);
        match outing.card() {
            Some(shown) if self.cards().iter().any(|c| c.number == *shown) => shown == number,
            Some(_) => self.cards().first().is_some_and(|c| c.number == *number),
            None => !hangs,
        }
    }

    /// The card that was shown when the child went, or the one that took its place.
    fn card_on_its_hook(self, outing: &Outing) -> Option<CardNumber> {
        let shown = outing.card()?;
        let cards = self.cards();
        let card = cards.iter().find(|c| c.number == *shown).or_else(|| cards.first())?;
        (card.custody == Custody::Rack).then(|| card.number.clone())
    }

    fn is_held(self) -> bool {
        held(self.room, self.child.id).is_some()
    }

    /// What is asked first about a stay of an earlier day, once a day; or what follows from its having ended then.
    fn of_an_earlier_day(self, visit: &Visit) -> Option<Decision> {
        if visit.arrived.date() >= self.at.date() {
            return None;
        }
        match self.pass.answers.left_open {
            None if is_unsettled(visit, self.at) => Some(self.ask(Verdict::LeftOpen { since: visit.arrived.date() })),
            // Somebody has said today that the child is here: then it was not collected before.
            Some(LeftOpen::Collected { .. } | LeftOpen::Settled { .. }) if !is_unsettled(visit, self.now) => {
                Some(Decision::refuse(Objection::NotOpenThen(self.child.id)))
            }
            Some(LeftOpen::Collected { .. } | LeftOpen::Settled { .. }) if self.is_held() => Some(self.ask(Verdict::Hold)),
            Some(LeftOpen::Collected { taker, at }) if matches!(self.pass.proof, Proof::Card { .. }) => {
                Some(self.left_open(visit, taker, at, self.arrival()))
            }
            Some(LeftOpen::Collected { taker, at } | LeftOpen::Settled { taker, at }) => {
                let shown = if let Proof::Card { number, .. } = &self.pass.proof { Some(number.clone()) } else { None };
                let hung = shown.iter().filter_map(|number| self.move_card(number, Custody::Rack)).collect::<Vec<_>>();
                let settled = Decision {
                    drafts: hung.into_iter().chain(self.others_away(shown)).map(Draft::from).collect(),
                    ..self.ask(Verdict::OutOk { taker: Taker::Collector(taker), at })
                };
                Some(self.left_open(visit, taker, at, settled))
            }
            None | Some(LeftOpen::StillHere) => None,
        }
    }

    /// That a child left open is still here is entered with what follows from it.
    fn still_here(self, visit: &Visit, mut decision: Decision) -> Decision {
        let said = self.pass.answers.left_open == Some(LeftOpen::StillHere) && is_unsettled(visit, self.at);
        if said && decision.objection.is_none() {
            decision.drafts.insert(0, Fact::Account(Account::StillHere { child: self.child.id }).into());
        }
        decision
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

    /// The stay of an earlier day ended then; what follows from it is entered in the same act: today's arrival by card, or nothing
    /// but where its card is. Who was found by name is not here because of that.
    fn left_open(self, visit: &Visit, taker: CollectorId, at: Moment, mut then: Decision) -> Decision {
        let entitled = self.room.register.collector(taker).is_some_and(|c| c.child == self.child.id && c.may_collect(at.date()));
        let entitled = entitled && takers(self.room, self.child.id, at.date()).iter().any(|c| c.id == taker);
        if !entitled {
            return Decision::refuse(Objection::Evidence);
        }
        // Whoever went out, or to another place, then was still here.
        let least = visit.out.as_ref().map_or(visit.place_since, |out| out.since).max(visit.place_since);
        // Nor was it collected before it was missed.
        let least = visit.missing.as_ref().map_or(least, |missing| missing.since.max(least));
        if at.ms < least.ms || at.date() >= self.at.date() {
            return Decision::refuse(Objection::WrongTime);
        }
        // An arrival that asks first (on leave, not due) settles nothing yet.
        if then.objection.is_some() || then.verdicts.iter().any(|(_, verdict)| verdict.waits()) {
            return then;
        }
        let fact = Fact::Released {
            child: self.child.id,
            arrival: visit.arrival,
            ground: Ground::LeftOpen,
            taker: Taker::Collector(taker),
            early: None,
            late: None,
        };
        then.drafts.insert(0, Draft { at: Some(at), fact });
        then.drafts.extend(missing::collected(self.state, self.child.id).into_iter().map(Draft::from));
        then
    }

    /// Whatever cards of a child that does not come back somebody holds, but the one that was shown, are out of the room now.
    fn others_away(self, shown: Option<CardNumber>) -> impl Iterator<Item = Fact> {
        let others = self.room.register.cards_of(self.child.id).into_iter();
        let others = others.filter(move |c| c.custody == Custody::Holder && Some(&c.number) != shown.as_ref());
        others.filter_map(move |card| self.move_card(&card.number, Custody::Away))
    }

    fn pickup(self, visit: &Visit) -> Decision {
        let answers = &self.pass.answers;
        // A school's number typed by hand may be another child's: it never releases by itself.
        let read = matches!(self.pass.proof, Proof::Card { means: Means::Scanned, .. } | Proof::Card { own: true, .. });
        let by_scan = read && self.room.settings.release_on == ReleaseOn::Scan;
        let came = shown::came_last(self.room, self.child.id, visit, self.at);
        if by_scan && *answers == Answers::default() && visit.out.is_none() && (0..READ_TWICE_MS).contains(&(self.at.ms - came.ms)) {
            return self.ask(Verdict::InAlready { at: came });
        }
        if let Proof::Card { number, .. } = &self.pass.proof
            && visit.out.is_none()
            && !self.proves(number, visit)
        {
            return Decision::refuse(Objection::ProvesNothing(self.child.id));
        }
        let is_missing = self.room.state().missing_child(self.child.id).is_some();
        if (!visit.place.is_room() || is_missing) && answers.on_site.is_none() && visit.out.is_none() {
            return self.elsewhere(visit);
        }
        let on = self.at.date();
        let taker = match &self.pass.proof {
            Proof::NoCard(evidence) => Some(Taker::Collector(evidence.collector)),
            Proof::StaffParent(staff) => {
                let parent = takers(self.room, self.child.id, on).into_iter().find(|c| c.staff == Some(*staff));
                let Some(parent) = parent else { return Decision::refuse(Objection::WrongStaff) };
                Some(Taker::Collector(parent.id))
            }
            Proof::SelfLeave => Some(Taker::Itself),
            Proof::NotBack { collector, .. } => Some(Taker::Collector(*collector)),
            Proof::Card { .. } | Proof::CardUnread | Proof::Name | Proof::Escort(_) => answers.taker.map(Taker::Collector),
        };
        if taker.is_none() && names_first(self.room, self.child.id) {
            return self.ask(Verdict::Who);
        }
        // At another place the leader's word needs the card, or the family's yes. A no is a no; who was not reached is called
        // again.
        let shown = matches!(self.pass.proof, Proof::Card { .. });
        if let Some(on_site) = answers.on_site {
            let about = expected_taker(self.room, self.pass, on).and_then(|id| self.room.register.collector(id)).map(Described::from);
            if let Err(objection) = may_vouch(self.room, self.child.id, about, on_site.call, self.now) {
                return Decision::refuse(objection);
            }
        }
        match answers.on_site.map(|o| o.call) {
            Some(vouch @ Vouch::Called(_, CallResult::No)) => {
                return self.hold_back(Some(vouch.call(self.room, self.child.id, CallPurpose::Collector)));
            }
            // Who was missed is under nobody's eyes: no card says that anybody has it.
            Some(Vouch::Called(_, CallResult::NoAnswer)) if !shown || is_missing => return self.elsewhere(visit),
            Some(Vouch::Called(_, CallResult::Yes | CallResult::NoAnswer) | Vouch::Leader(_)) | None => {}
        }
        if let Proof::NotBack { collector, vouch } = self.pass.proof {
            let listed = takers(self.room, self.child.id, on).iter().any(|c| c.id == collector);
            if listed
                && !self.speaks_for_itself(visit, collector, vouch)
                && let Err(objection) = self.may_vouch(collector, vouch)
            {
                return Decision::refuse(objection);
            }
            match vouch.result() {
                None | Some(CallResult::Yes) => {}
                Some(CallResult::No) => return self.hold_back(Some(vouch.call(self.room, self.child.id, CallPurpose::Collector))),
                Some(CallResult::NoAnswer) => return Decision::refuse(Objection::Evidence),
            }
        }
        if let Some(Taker::Collector(id)) = taker {
            if !takers(self.room, self.child.id, on).iter().any(|c| c.id == id) {
                return self.ask(Verdict::Who);
            }
            let vouched = match &self.pass.proof {
                Proof::NoCard(evidence) => self.vouched(id, Some(evidence.vouch)),
                Proof::StaffParent(_) => true,
                Proof::NotBack { vouch, .. } => vouch.agrees(),
                Proof::Card { .. } | Proof::CardUnread | Proof::Name | Proof::Escort(_) | Proof::SelfLeave => {
                    self.vouched(id, answers.call) || self.vouched(id, answers.on_site.filter(|o| o.about == Some(id)).map(|o| o.call))
                }
            };
            if !vouched && needs_call(self.room, self.child, visit, id, on) {
                return self.unannounced(id);
            }
        }
        if self.is_early(visit) && answers.early.is_none() {
            return self.ask(Verdict::Early);
        }
        let extended = self.state.child(self.child.id).and_then(|day| day.extended);
        let late_min = minutes_late(self.room.settings, visit, extended, self.at);
        if let Some(minutes) = late_min
            && answers.late.is_none()
        {
            return self.ask(Verdict::Late { minutes });
        }
        let taker = taker.or_else(|| default_taker(self.room, self.child.id, visit, on).map(Taker::Collector));
        let Some(taker) = taker else { return self.ask(Verdict::Who) };
        // What the family said of one person at the other place says nothing of another.
        if let (Some(on_site), Taker::Collector(id)) = (answers.on_site, taker)
            && on_site.about != Some(id)
            && (!shown || is_missing || names_first(self.room, self.child.id) || needs_call(self.room, self.child, visit, id, on))
            && !self.vouched(id, answers.call)
        {
            return self.elsewhere(visit);
        }
        let phrase_of = self.phrase_of(visit, taker);
        let named = answers.go || answers.taker.is_some() || matches!(self.pass.proof, Proof::NoCard(_));
        let unnamed = unnamed::of(self.room, taker).map(|c| c.id).filter(|id| answers.called.as_ref().is_none_or(|c| c.collector != *id));
        if let Some(collector) = unnamed
            && (named || takers(self.room, self.child.id, on).len() == 1)
        {
            return self.ask(Verdict::Unnamed { collector });
        }
        if let Some(collector) = phrase_of.filter(|_| named) {
            match answers.phrase.filter(|(of, _)| *of == collector) {
                Some((_, true)) => {}
                Some((_, false)) => return self.wrong_phrase(collector),
                None if wrong_phrases(self.room, self.child.id) >= WRONG_PHRASES => return self.hold_back(None),
                None => return self.ask(Verdict::Phrase { collector }),
            }
        }
        if self.pass.purpose == Purpose::Outing {
            return self.step_out(visit, taker, late_min);
        }
        if !answers.go && (!by_scan || phrase_of.is_some() || unnamed.is_some()) {
            return self.ask(if matches!(self.pass.proof, Proof::SelfLeave) { Verdict::OutAlone } else { Verdict::Out });
        }
        self.let_go(visit, taker, late_min)
    }

    /// The last questions of who steps out for a while: with whom, and until when.
    fn step_out(self, visit: &Visit, taker: Taker, late_min: Option<i64>) -> Decision {
        let Taker::Collector(collector) = taker else { return Decision::refuse(Objection::Evidence) };
        let answers = &self.pass.answers;
        if !answers.go && answers.taker.is_none() && !matches!(self.pass.proof, Proof::NoCard(_) | Proof::StaffParent(_)) {
            return self.ask(Verdict::MayStepOut);
        }
        match answers.back_by {
            Some(time) if time > self.at.time() => self.let_go(visit, taker, late_min),
            past => self.ask(Verdict::BackBy { taker: collector, past: past.is_some() }),
        }
    }

    /// Before ordinary pickup, and not as the family has agreed on for every such day (S3.07).
    fn is_early(self, visit: &Visit) -> bool {
        is_early(self.room.settings, visit, self.at) && !leaves_early_as_agreed(self.child, self.at)
    }

    /// Whose pass phrase stands before the release; a staff card with its PIN is more than a phrase.
    fn phrase_of(self, visit: &Visit, taker: Taker) -> Option<CollectorId> {
        match (taker, &self.pass.proof) {
            (Taker::Itself, _) | (_, Proof::StaffParent(_) | Proof::SelfLeave) => None,
            (Taker::Collector(id), Proof::NotBack { .. }) if went_out_with(visit, id) => None,
            (
                Taker::Collector(id),
                Proof::NotBack { .. } | Proof::Card { .. } | Proof::CardUnread | Proof::Name | Proof::Escort(_) | Proof::NoCard(_),
            ) => Some(id).filter(|id| wants_phrase(self.room, self.child.id, visit, *id, self.at.date())),
        }
    }

    /// The child stays and the phrase is asked for again; after the third wrong one of a day the leader takes over.
    fn wrong_phrase(self, collector: CollectorId) -> Decision {
        let tried = Fact::Office(OfficeFact::PhraseTried { child: self.child.id, collector, right: false });
        if wrong_phrases(self.room, self.child.id) + 1 < WRONG_PHRASES {
            return self.record(Verdict::Phrase { collector }, vec![tried]);
        }
        self.hold_back(Some(tried))
    }

    /// Whoever took the child out says at the number on record that it does not come back: nobody else has it.
    fn speaks_for_itself(self, visit: &Visit, collector: CollectorId, vouch: Vouch) -> bool {
        let listed = takers(self.room, self.child.id, self.at.date()).into_iter().find(|c| c.id == collector);
        let reached = listed.is_some_and(|c| c.phone.is_some());
        reached && went_out_with(visit, collector) && matches!(vouch, Vouch::Called(called, _) if called == collector)
    }

    /// A right for one day ends with the release that it was given for (F032).
    fn consume(self, taker: Taker, learned: &[Fact]) -> Option<Fact> {
        let Taker::Collector(id) = taker else { return None };
        let called = learned.iter().find_map(|f| if let Fact::CollectorSet { now, .. } = f { Some(&**now) } else { None });
        let was = called.or_else(|| self.room.register.collector(id)).filter(|c| matches!(c.right, Right::OneDay { .. }))?;
        let now = Collector { right: Right::Ended, ..was.clone() };
        Some(Fact::CollectorSet { was: Some(Box::new(was.clone())), now: Box::new(now) })
    }

    /// The child is at another place, or nobody knows where: then nobody takes it out for a while either.
    fn elsewhere(self, visit: &Visit) -> Decision {
        if let Some(missing) = self.room.day.state().missing_child(self.child.id) {
            return match self.pass.purpose {
                Purpose::Home => self.ask(Verdict::Missing { since: missing.since, place: missing.place.clone() }),
                Purpose::Outing => Decision::refuse(Objection::Missing(self.child.id)),
            };
        }
        let called = self.state.child(self.child.id).and_then(|c| c.called_over);
        self.ask(Verdict::Elsewhere { place: visit.place.clone(), called })
    }

    /// Whether somebody who may vouch for this collector says yes.
    fn vouched(self, collector: CollectorId, vouch: Option<Vouch>) -> bool {
        vouch.is_some_and(|vouch| vouch.agrees() && self.may_vouch(collector, vouch).is_ok())
    }

    fn may_vouch(self, collector: CollectorId, vouch: Vouch) -> Result<(), Objection> {
        let about = self.room.register.collector(collector).map(Described::from);
        may_vouch(self.room, self.child.id, about, vouch, self.now)
    }

    /// The family was asked about a collector whom the desk did not expect. A no holds the child; who was not reached is called
    /// again, and the child stays meanwhile.
    fn unannounced(self, collector: CollectorId) -> Decision {
        let Some(vouch) = self.pass.answers.call else { return self.ask(Verdict::WhoCall { collector }) };
        if let Err(objection) = self.may_vouch(collector, vouch) {
            return Decision::refuse(objection);
        }
        let said = vouch.call(self.room, self.child.id, CallPurpose::Collector);
        if vouch.result() == Some(CallResult::No) { self.hold_back(Some(said)) } else { self.record(Verdict::WhoCall { collector }, vec![said]) }
    }

    /// The child goes, for good or for a while: the ground with its evidence, the ways of its cards, what else ends with it.
    fn let_go(self, visit: &Visit, taker: Taker, late_min: Option<i64>) -> Decision {
        let answers = &self.pass.answers;
        let id = self.child.id;
        let is_missing = self.room.state().missing_child(id).is_some();
        let ground = match &self.pass.proof {
            // Whom somebody asked for today who may not does not go home alone today.
            Proof::SelfLeave if self.child.is_young() || !self.child.self_leave || was_asked_for(self.room, id) => {
                return Decision::refuse(Objection::Evidence);
            }
            Proof::Card { number, .. } => Ground::Card { number: number.clone() },
            // Who was missed is with whom the family says: nothing can be shown here for a child that has gone.
            Proof::CardUnread if is_missing && answers.on_site.is_some() && taker != Taker::Itself => {
                Ground::OnSite { place: visit.place.clone(), card: None, call: answers.on_site.and_then(|o| o.call.result()) }
            }
            Proof::CardUnread => match self.card_in_hand() {
                Some(number) => Ground::CardUnread { number },
                None => return Decision::refuse(Objection::NoLiveCard(id)),
            },
            Proof::NoCard(e) => {
                let proven = e.recognised && self.vouched(e.collector, Some(e.vouch)) && !e.id_tail.trim().is_empty();
                let collector = self.room.register.collector(e.collector).map(Described::from);
                let adult = duty::seconds_for(self.room, self.pass.since, id, (collector, e.vouch), self.now).iter().any(|s| s.id == e.second);
                if !proven || !adult {
                    return Decision::refuse(if adult { Objection::Evidence } else { Objection::WrongStaff });
                }
                Ground::NoCard { id_tail: e.id_tail.clone(), call: e.vouch.result(), recognised: e.recognised, second: e.second }
            }
            Proof::StaffParent(staff) if !duty::is_able(self.room, *staff, self.now) => return Decision::refuse(Objection::WrongStaff),
            Proof::StaffParent(staff) => Ground::StaffParent { staff: *staff },
            Proof::SelfLeave => Ground::SelfLeave,
            Proof::NotBack { vouch, .. } if vouch.agrees() => Ground::NotBack { call: vouch.result() },
            Proof::NotBack { .. } => return Decision::refuse(Objection::Evidence),
            Proof::Name | Proof::Escort(_) => return Decision::refuse(Objection::AlreadyHere(id)),
        };
        // At another place the card is shown to whoever is there; what else has to be proven has to be proven there too.
        let ground = match (ground, answers.on_site) {
            (Ground::Card { number } | Ground::CardUnread { number }, Some(on_site)) => {
                Ground::OnSite { place: visit.place.clone(), card: Some(number), call: on_site.call.result() }
            }
            (ground, _) => ground,
        };
        let shown = ground.card().cloned();
        let learned = match unnamed::learned(self.room, taker, answers.called.as_ref(), self.now) {
            Ok(learned) => learned,
            Err(objection) => return Decision::refuse(objection),
        };
        let mut facts = Vec::with_capacity(4);
        if let (Some((collector, true)), Taker::Collector(taker)) = (answers.phrase, taker)
            && collector == taker
        {
            facts.push(Fact::Office(OfficeFact::PhraseTried { child: id, collector, right: true }));
        }
        let evidence = match &self.pass.proof {
            Proof::NoCard(evidence) => Some(evidence.vouch),
            Proof::NotBack { vouch, .. } => Some(*vouch),
            Proof::Card { .. } | Proof::CardUnread | Proof::Name | Proof::Escort(_) | Proof::StaffParent(_) | Proof::SelfLeave => None,
        };
        let vouches = [answers.call, evidence, answers.on_site.map(|o| o.call)];
        facts.extend(vouches.into_iter().flatten().map(|vouch| vouch.call(self.room, id, CallPurpose::Collector)));
        let ends = self.consume(taker, &learned);
        facts.extend(learned);
        let late = late_min.and_then(|minutes| Some(Late { minutes, reason: answers.late? }));
        let early = answers.early.filter(|_| self.is_early(visit));
        let without_card = matches!(ground, Ground::NoCard { .. } | Ground::StaffParent { .. });
        let verdict = match (self.pass.purpose, taker, answers.back_by) {
            (Purpose::Home, _, _) => {
                facts.push(Fact::Released { child: id, arrival: visit.arrival, ground, taker, early, late });
                facts.extend(ends);
                Verdict::OutOk { taker, at: self.at }
            }
            (Purpose::Outing, Taker::Collector(taker), Some(back_by)) => {
                facts.push(Fact::SteppedOut { child: id, taker, back_by: Some(back_by), ground: Some(ground), early, late });
                Verdict::SteppedOut { taker, back_by }
            }
            (Purpose::Outing, _, _) => return Decision::refuse(Objection::Evidence),
        };
        // The card that was shown hangs on its hook again.
        facts.extend(shown.iter().filter_map(|number| self.move_card(number, Custody::Rack)));
        if self.pass.purpose == Purpose::Home {
            facts.extend(self.others_away(shown));
        }
        if without_card {
            facts.push(self.count_no_card());
        }
        facts.extend(missing::collected(self.room.day.state(), id));
        self.record(verdict, facts)
    }

    /// The child's valid cards, the main one first.
    fn cards(self) -> Vec<&'a Card> {
        self.room.register.valid_cards(self.child.id, self.at.date())
    }

    /// The card that is in the teacher's hand though it was not read: the one that was with a holder, else the main one.
    fn card_in_hand(self) -> Option<CardNumber> {
        let Presence::In(visit) = self.state.presence(self.child.id) else { return None };
        let cards: Vec<&Card> = self.cards().into_iter().filter(|c| self.proves(&c.number, visit)).collect();
        let held = cards.iter().find(|c| c.custody == Custody::Holder);
        held.or_else(|| cards.first()).map(|c| c.number.clone())
    }

    /// The card's way, if it goes anywhere. In a room where families keep their cards it never does.
    fn move_card(self, number: &CardNumber, now: Custody) -> Option<Fact> {
        let card = self.room.register.card(number)?;
        let moves = self.room.settings.card_mode == CardMode::Claim
            && card.custody != now
            && card.state == CardState::Live
            && !(now == Custody::Away && card.custody == Custody::Rack);
        moves.then(|| Fact::CardMoved { number: number.clone(), child: self.child.id, was: card.custody, now })
    }

    fn count_no_card(self) -> Fact {
        use chrono::Datelike;
        let (year, month) = (self.at.date().year(), self.at.date().month());
        let was = self.room.register.no_card_count(self.child.id);
        let before = was.filter(|c| (c.year, c.month) == (year, month)).map_or(0, |c| c.count);
        Fact::NoCardCounted { child: self.child.id, was, now: MonthCount { year, month, count: before + 1 } }
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
