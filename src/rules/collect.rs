//! Who may collect a child, in which order, who is announced, and whether a restriction exists (F029, F030, N26).

use chrono::NaiveDate;

use super::{Objection, Room, access, barred, duty, hold};
use crate::domain::day::Visit;
use crate::domain::fact::{Account, Agreed, CallPurpose, CallResult, Fact, Holder, OfficeFact};
use crate::domain::likeness::{Described, Likeness, called_alike, likeness, names_differ, same_number};
use crate::domain::people::{Child, ChildId, Collector, CollectorId, Right, StaffId};
use crate::domain::time::Moment;

/// The number under which "somebody else" is always found.
pub const SOMEBODY_ELSE: u32 = 9;

/// Everybody to whom the child may be released that day, in the order of their numbers from 1: standing collectors by
/// rank, then those named for the day. At most eight, so that nine is always somebody else. A bar holds for the person:
/// nobody whom it fits is among them, under whatever other record.
#[must_use]
pub fn takers(room: Room<'_>, child: ChildId, on: NaiveDate) -> Vec<&Collector> {
    let restricted = barred::of_the_name(room.register, child, on).next().is_some();
    let fit = |c: &&Collector| c.may_collect(on) && !(restricted && barred::fits(room.register, c, on));
    let standing = room.register.collectors(child).filter(|c| c.right == Right::Standing).filter(fit);
    let named = room.register.collectors(child).filter(|c| matches!(c.right, Right::OneDay { .. })).filter(fit);
    standing.chain(named).take(8).collect()
}

/// Whom a call can reach that vouches for somebody: standing collectors with a number, never the person who is vouched for,
/// under whatever record, nor anybody at that person's number or at one of somebody who is barred.
#[must_use]
pub fn callable<'r>(room: Room<'r>, child: ChildId, about: Option<Described<'_>>, on: NaiveDate) -> Vec<&'r Collector> {
    let is_the_person = |c: &Collector, who: Described<'_>| match likeness(c.into(), who) {
        Some(Likeness::Name | Likeness::Staff | Likeness::Number) => true,
        Some(Likeness::Parent) => !names_differ(c.into(), who) || who.phone.zip(c.phone.as_deref()).is_some_and(|(a, b)| same_number(a, b)),
        None => called_alike(c.into(), who),
    };
    let other = |c: &&Collector| about.is_none_or(|who| !is_the_person(c, who));
    takers(room, child, on)
        .into_iter()
        .filter(|c| c.right == Right::Standing && c.phone.is_some())
        .filter(other)
        .filter(|c| !has_a_barred_number(room, c, on))
        .collect()
}

/// Whether a collector's number is one of somebody who is barred from the child: who answers there may be that person.
#[must_use]
pub fn has_a_barred_number(room: Room<'_>, collector: &Collector, on: NaiveDate) -> bool {
    let same = |number: Option<&str>| number.zip(collector.phone.as_deref()).is_some_and(|(a, b)| same_number(a, b));
    let of_staff = |barred: &Collector| barred.staff.and_then(|id| room.register.staff_member(id)).and_then(|s| s.phone.as_deref());
    barred::of_the_name(room.register, collector.child, on).any(|barred| same(barred.phone.as_deref()) || same(of_staff(barred)))
}

/// Who vouches for somebody whom the desk does not expect (F032, F034).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Vouch {
    /// Somebody registered was called, and said this.
    Called(CollectorId, CallResult),
    /// Nobody else is registered: a leader stands instead, with a PIN.
    Leader(StaffId),
}

impl Vouch {
    /// What the call brought; none where a leader stands instead.
    #[must_use]
    pub fn result(self) -> Option<CallResult> {
        if let Self::Called(_, result) = self { Some(result) } else { None }
    }

    /// Whether somebody says yes.
    #[must_use]
    pub fn agrees(self) -> bool {
        matches!(self, Self::Leader(_) | Self::Called(_, CallResult::Yes))
    }

    /// The call as it is entered, with the number that was dialled; none where a leader stands instead.
    #[must_use]
    pub fn call(self, room: Room<'_>, child: ChildId, purpose: CallPurpose) -> Fact {
        match self {
            Self::Called(collector, result) => {
                let number = room.register.collector(collector).and_then(|c| c.phone.clone());
                Fact::Called { child, collector, purpose, result, number }
            }
            Self::Leader(leader) => Fact::Account(Account::LeaderAgreed { child, leader, to: Agreed::InsteadOfCall(purpose) }),
        }
    }
}

/// Whether this may vouch for that person. A no is heard from whoever of the list says it, also at a number that says nothing else.
///
/// # Errors
/// [`Objection::Evidence`] when the one who was called is not registered, or is the person; or when a leader stands instead
/// although somebody could be called. [`Objection::WrongStaff`] when it is no leader who can act.
pub fn may_vouch(room: Room<'_>, child: ChildId, about: Option<Described<'_>>, vouch: Vouch, now: Moment) -> Result<(), Objection> {
    let callable = callable(room, child, about, now.date());
    match vouch {
        Vouch::Called(collector, CallResult::No) if room.register.collector(collector).is_some_and(|c| c.child == child) => Ok(()),
        Vouch::Called(collector, _) if callable.iter().any(|c| c.id == collector) => Ok(()),
        Vouch::Leader(leader) if room.register.staff_member(leader).zip(about).is_some_and(|(staff, who)| duty::is_person(staff, who)) => {
            Err(Objection::WrongStaff)
        }
        Vouch::Leader(leader) if barred::is_of_staff(room.register, child, leader, now.date()) => Err(Objection::WrongStaff),
        Vouch::Leader(leader) if callable.is_empty() => duty::may_agree(room, leader, access::Right::StandInForCall, now),
        Vouch::Called(..) | Vouch::Leader(_) => Err(Objection::Evidence),
    }
}

/// Whether somebody is barred from collecting this child today, under whatever record of its name: then Enter alone never releases
/// it (I14).
#[must_use]
pub fn is_restricted(room: Room<'_>, child: ChildId) -> bool {
    barred::of_the_name(room.register, child, room.day.date()).next().is_some()
}

/// To whom Enter alone would release: the card's holder if still entitled, else the first of the list; nobody where
/// the collector has to be named.
#[must_use]
pub fn default_taker(room: Room<'_>, child: ChildId, visit: &Visit, on: NaiveDate) -> Option<CollectorId> {
    if hold::names_first(room, child) {
        return None;
    }
    let takers = takers(room, child, on);
    let held = holder(visit).filter(|id| takers.iter().any(|c| c.id == *id));
    held.or_else(|| takers.first().map(|c| c.id))
}

/// Whether the desk expects this collector: the recorded or presumed holder, collector 1, or somebody named for today.
#[must_use]
pub fn is_announced(room: Room<'_>, child: ChildId, visit: &Visit, collector: CollectorId, on: NaiveDate) -> bool {
    let first = takers(room, child, on).first().map(|c| c.id);
    let named = room.register.collector(collector).is_some_and(|c| matches!(c.right, Right::OneDay { .. }) && c.may_collect(on));
    holder(visit) == Some(collector) || first == Some(collector) || named
}

/// Whether the family has to be called before this collector takes this child: young and not announced (N26).
#[must_use]
pub fn needs_call(room: Room<'_>, child: &Child, visit: &Visit, collector: CollectorId, on: NaiveDate) -> bool {
    child.is_young() && !is_announced(room, child.id, visit, collector, on)
}

/// Whether this collector's pass phrase is asked for: one is agreed on, and the desk does not expect the person as one of
/// the family; somebody named for the day is always asked (F033).
#[must_use]
pub fn wants_phrase(room: Room<'_>, child: ChildId, visit: &Visit, collector: CollectorId, on: NaiveDate) -> bool {
    let Some(record) = room.register.collector(collector).filter(|c| c.phrase.is_some()) else { return false };
    matches!(record.right, Right::OneDay { .. }) || !is_announced(room, child, visit, collector, on)
}

/// The wrong pass phrase of this number in a day is the last: then the leader takes over (F033).
pub const WRONG_PHRASES: usize = 3;

/// How often a wrong phrase was said for this child today, by whomever.
#[must_use]
pub fn wrong_phrases(room: Room<'_>, child: ChildId) -> usize {
    let wrong = |fact: &Fact| matches!(fact, Fact::Office(OfficeFact::PhraseTried { child: c, right: false, .. }) if *c == child);
    room.day.entries().iter().filter(|e| wrong(&e.fact)).count()
}

/// Who is presumed to hold the card when nobody says otherwise: the first standing collector.
#[must_use]
pub fn presumed_holder(room: Room<'_>, child: ChildId, on: NaiveDate) -> Holder {
    takers(room, child, on).first().map_or(Holder::Nobody, |c| Holder::Presumed(c.id))
}

/// The collector who holds the card; an escort is never one.
#[must_use]
pub fn holder(visit: &Visit) -> Option<CollectorId> {
    match visit.holder {
        Holder::Presumed(id) | Holder::Named(id) => Some(id),
        Holder::Escort(_) | Holder::Nobody => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::card::CardNumber;
    use crate::domain::custody::Card;
    use crate::domain::day::Day;
    use crate::domain::fact::{Entry, Means, Seq};
    use crate::domain::people::{HouseholdId, Role, Staff, StaffId};
    use crate::domain::register::Register;
    use crate::domain::settings::{Place, Settings};
    use crate::domain::time::Moment;
    use crate::rules::pass::{Answers, Pass, Proof};
    use crate::rules::{Request, decide};
    use chrono::Days;
    use proptest::prelude::*;

    /// Days are counted from this one.
    fn day(n: u64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 9, 7).unwrap_or_default().checked_add_days(Days::new(n)).unwrap_or_default()
    }

    fn right() -> impl Strategy<Value = Right> {
        let one_day = (0..6_u64, any::<bool>()).prop_map(|(n, confirmed)| Right::OneDay { day: day(n), confirmed });
        prop_oneof![4 => Just(Right::Standing), 2 => Just(Right::Barred), 1 => Just(Right::Ended), 2 => one_day]
    }

    fn collector() -> impl Strategy<Value = Collector> {
        (right(), any::<bool>(), proptest::option::of(0..6_u64), proptest::option::of(0..6_u64), any::<bool>()).prop_map(
            |(right, minor, from, until, phrase)| Collector {
                minor,
                from: from.map(day),
                until: until.map(day),
                phrase: phrase.then(|| "$argon2id$x".to_owned()),
                phone: Some("13900000000".into()),
                ..Collector::new(CollectorId(0), ChildId(1), 1, "甲", "母亲", right)
            },
        )
    }

    proptest! {
        #[test]
        fn nobody_barred_or_under_age_ever_takes_a_child(people in proptest::collection::vec(collector(), 0..10), on in 0..6_u64, said in 0..11_i64) {
            let now = Moment::from_local(day(on).and_hms_opt(17, 30, 0).unwrap_or_default(), 480);
            let mut register = Register::default();
            register.put_child(Child::new(ChildId(1), "王子涵", 4, HouseholdId(1)));
            register.put_staff(Staff { pin: Some("hash".to_owned()), ..Staff::new(StaffId(1), "方", Role::Duty) });
            register.put_card(Card::new(CardNumber::new("453841"), ChildId(1), true));
            for (person, id) in people.into_iter().zip(1..) {
                register.put_collector(Collector { id: CollectorId(id), rank: u8::try_from(id).unwrap_or(9), ..person });
            }
            let mut today = Day::new(now.date(), Vec::new());
            let arrived = Fact::Arrived { child: ChildId(1), card: None, means: Means::Name, holder: Holder::Nobody, place: Place::room(), despite: None };
            for (fact, seq) in [Fact::SignedOn { staff: StaffId(1) }, arrived].into_iter().zip(1..) {
                today.apply(&Entry { seq: Seq(seq), act: Seq(seq), day: now.date(), at: now, entered_at: now, desk: "desk".into(), staff: None, fact });
            }
            let settings = Settings::default();
            let room = Room { register: &register, day: &today, settings: &settings, desk: "desk", keeper: None };
            let may = |id: CollectorId| register.collector(id).is_some_and(|c| c.may_collect(now.date()) && !c.minor && !c.is_barred(now.date()));
            let offered = takers(room, ChildId(1), now.date());
            prop_assert!(offered.iter().all(|c| may(c.id)));
            let barred = register.collectors(ChildId(1)).any(|c| c.is_barred(now.date()));
            prop_assert_eq!(is_restricted(room, ChildId(1)), barred);
            // Whoever is named, with whatever phrase: a release is to somebody who may, who was named if somebody is barred, and
            // never without the phrase where one is wanted.
            for (taker, phrase) in [(None, None), (Some(said), None), (Some(said), Some(true)), (Some(said), Some(false))] {
                let taker = taker.map(CollectorId);
                let answers = Answers { taker, phrase: taker.zip(phrase), go: true, ..Answers::default() };
                let proof = Proof::Card { number: CardNumber::new("453841"), means: Means::Scanned, own: true };
                let pass = Pass { answers, ..Pass::new(ChildId(1), proof) };
                for draft in decide(room, &Request::Passes(vec![pass]), now).drafts {
                    if let Fact::Released { taker: crate::domain::fact::Taker::Collector(to), .. } = draft.fact {
                        prop_assert!(may(to), "released to {:?}", register.collector(to));
                        prop_assert!(!barred || taker == Some(to));
                        let visit = today.state().child(ChildId(1)).and_then(|c| c.visits.last());
                        let wanted = visit.is_some_and(|v| wants_phrase(room, ChildId(1), v, to, now.date()));
                        prop_assert!(!wanted || phrase == Some(true), "without the phrase");
                    }
                }
            }
        }
    }
}
