//! Who must not collect a child, as a person and not as a spelling (F030, N14, I14).
//!
//! *Naming* is putting somebody on a child's list, for today or for good; a card's holder or an escort is asked about likewise.
//! For a child of whom somebody is barred, naming takes a leader. Somebody whom the bar fits is stopped, in words that say
//! nothing to who stands at the desk.

use std::collections::HashSet;

use chrono::NaiveDate;

use crate::domain::fact::{Fact, RecoveryFact};
use crate::domain::likeness::{
    Described, Likeness, called_alike, have_one_number, is_given_name_of, is_one_relation, is_parent_of_named, is_plainly_whole, likeness,
    may_be_one_name, names_differ, of_child, same_number, say_one_parent, speaks_by_another,
};
use crate::domain::people::{Child, ChildId, Collector, CollectorId, Right, Role, Staff, StaffId};
use crate::domain::register::{NextIds, Register};
use crate::rules::duty;

/// What naming somebody for a child asks for, the least first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Naming {
    /// Nobody is barred from this child: whoever has the right may name.
    Free,
    /// Somebody is barred: a leader agrees first.
    Leader,
    /// The bar fits this person: nobody names them.
    Stopped,
}

/// Who must not collect this child on that day.
pub fn of(register: &Register, child: ChildId, on: NaiveDate) -> impl Iterator<Item = &Collector> {
    register.collectors(child).filter(move |c| c.is_barred(on))
}

/// Who must not collect this child on that day or on a later one.
pub fn from_then_on(register: &Register, child: ChildId, from: NaiveDate) -> impl Iterator<Item = &Collector> {
    register.collectors(child).filter(move |c| holds_from(c, from))
}

/// Whether this is a bar that holds on that day or on a later one.
fn holds_from(collector: &Collector, from: NaiveDate) -> bool {
    collector.right == Right::Barred && collector.until.is_none_or(|until| until >= from)
}

/// What naming somebody for a child asks for on that day. The bar fits by name, staff record and parent, and by number unless
/// a standing collector has that number too: then the leader decides. A bar against another record of the child's name counts as
/// well, for it may be one child; there a parent of a name of its own is somebody else's.
#[must_use]
pub fn naming(register: &Register, child: ChildId, who: Described<'_>, on: NaiveDate) -> Naming {
    let own = against(of(register, child, on), register, child, who, on);
    own.max(against_second(register, child, who, on, |bar| bar.is_barred(on))).max(for_a_sibling(register, child, on))
}

/// The same of somebody who is to be on the list for good: a bar that begins later counts as well.
#[must_use]
pub fn naming_for_good(register: &Register, child: ChildId, who: Described<'_>, from: NaiveDate) -> Naming {
    against(from_then_on(register, child, from), register, child, who, from)
        .max(against_second(register, child, who, from, |bar| holds_from(bar, from)))
        .max(for_a_sibling(register, child, from))
}

/// Whether somebody is barred from this child that day or later, under whatever record of its name, or from a sibling and stands on this
/// child's list: naming is a leader's then.
#[must_use]
pub fn is_restricted(register: &Register, child: ChildId, from: NaiveDate) -> bool {
    of_the_name_from_then_on(register, child, from).next().is_some() || siblings_bar(register, child, from).is_some()
}

fn for_a_sibling(register: &Register, child: ChildId, from: NaiveDate) -> Naming {
    if siblings_bar(register, child, from).is_some() { Naming::Leader } else { Naming::Free }
}

/// Somebody on this child's list who is barred from another of its household, that day or later: until the person is barred here too,
/// or there no more, whoever collects is named first.
#[must_use]
pub fn siblings_bar(register: &Register, child: ChildId, from: NaiveDate) -> Option<&Collector> {
    let mut bars = bars_of_siblings(register, child, from).peekable();
    bars.peek()?;
    let listed: Vec<&Collector> = register.collectors(child).filter(|c| on_list(c)).collect();
    bars.find_map(|bar| listed.iter().find(|c| is_person(register, bar, (**c).into())).copied())
}

fn bars_of_siblings(register: &Register, child: ChildId, from: NaiveDate) -> impl Iterator<Item = &Collector> {
    siblings(register, child).flat_map(move |sibling| from_then_on(register, sibling, from))
}

fn siblings(register: &Register, child: ChildId) -> impl Iterator<Item = ChildId> + '_ {
    let household = register.child(child).map(|child| child.household);
    household.into_iter().flat_map(|household| register.household(household)).filter(move |sibling| *sibling != child)
}

/// Who of the lists of a child's household, but for its own, is the person of a new bar of it.
#[must_use]
pub fn of_siblings<'r>(register: &'r Register, barred: &Collector) -> Vec<&'r Collector> {
    let listed = siblings(register, barred.child).flat_map(|sibling| register.collectors(sibling));
    listed.filter(|c| on_list(c) && is_person(register, barred, (*c).into())).collect()
}

/// Whether somebody is to collect, for good or today.
fn on_list(collector: &Collector) -> bool {
    matches!(collector.right, Right::Standing | Right::OneDay { .. })
}

/// Whether somebody is barred, that day or later, from a child of this name: who is named under a new record of it is a leader's.
#[must_use]
pub fn is_restricted_name(register: &Register, name: &str, from: NaiveDate) -> bool {
    all(register, from).into_iter().filter_map(|bar| register.child(bar.child)).any(|child| are_namesakes(child, name))
}

/// The bars against other records of the child's name, whenever they hold.
fn of_second_records(register: &Register, child: ChildId) -> impl Iterator<Item = &Collector> {
    let name = register.child(child).map_or("", |child| child.name.as_str());
    let second = move |bar: &&Collector| bar.child != child && register.child(bar.child).is_some_and(|other| are_namesakes(other, name));
    register.all_barred().filter(second)
}

/// Who must not collect this child on that day, under whatever record of its name: nobody like that is offered.
pub fn of_the_name(register: &Register, child: ChildId, on: NaiveDate) -> impl Iterator<Item = &Collector> {
    of(register, child, on).chain(of_second_records(register, child).filter(move |bar| bar.is_barred(on)))
}

/// The same on that day or on a later one.
fn of_the_name_from_then_on(register: &Register, child: ChildId, from: NaiveDate) -> impl Iterator<Item = &Collector> {
    from_then_on(register, child, from).chain(of_second_records(register, child).filter(move |bar| holds_from(bar, from)))
}

/// Whether what is written of somebody is near to who is barred from the child, though no bar fits: the same number, parent or word
/// for the relation, or most of the name. Whoever agrees to that person should look twice.
#[must_use]
pub fn is_near(register: &Register, child: ChildId, who: Described<'_>, on: NaiveDate) -> bool {
    of_the_name_from_then_on(register, child, on).chain(bars_of_siblings(register, child, on)).any(|barred| {
        let bar = of_its_child(register, barred);
        let may_be = |a: &str, b: &str| !a.is_empty() && !b.is_empty() && may_be_one_name(a, b);
        // Only characters tell a name from a word for a relation.
        let beside = [(who.relation, bar.name), (who.name, bar.relation)].into_iter().filter(|(a, b)| !a.is_ascii() && !b.is_ascii());
        let named = may_be(who.name, bar.name) || beside.into_iter().any(|(a, b)| may_be(a, b));
        let related = !bar.relation.is_empty() && who.relation == bar.relation;
        known_as(register, child, who).any(|who| likeness(who, bar).is_some() || say_one_parent(who, bar))
            || named
            || related
            || speaks_by_another(who.name, bar.name)
    })
}

fn against_second(register: &Register, child: ChildId, who: Described<'_>, on: NaiveDate, holds: impl Fn(&Collector) -> bool) -> Naming {
    let asks = |bar| if fits_second(register, Some(child), bar, who, on) { Naming::Stopped } else { Naming::Leader };
    of_second_records(register, child).filter(|bar| holds(bar)).map(asks).max().unwrap_or(Naming::Free)
}

/// Whether a bar against another record of a child's name is one against this person, who is on `child`'s list or comes on that of a
/// new record: as a person, or by the number, unless somebody whom no bar fits has that on one of the lists.
fn fits_second(register: &Register, child: Option<ChildId>, bar: &Collector, who: Described<'_>, on: NaiveDate) -> bool {
    let has_number = || known_as(register, bar.child, who).any(|who| have_one_number(who, bar.into()));
    let is_shared = || child.into_iter().chain([bar.child]).any(|list| is_shared(register, list, bar, who, on));
    is_person(register, bar, who) || (has_number() && !is_shared())
}

fn against<'r>(bars: impl Iterator<Item = &'r Collector>, register: &Register, child: ChildId, who: Described<'_>, on: NaiveDate) -> Naming {
    let mut result = Naming::Free;
    for barred in bars {
        result = Naming::Leader;
        let bar = of_its_child(register, barred);
        for who in known_as(register, child, who) {
            if is_on_staff(register, barred, who) {
                return Naming::Stopped;
            }
            match likeness(who, bar) {
                // Who is called another child's parent may be that and no more: the leader decides.
                Some(Likeness::Parent) if is_parent_of_named(who, bar) => {}
                Some(Likeness::Name | Likeness::Staff | Likeness::Parent) => return Naming::Stopped,
                None if called_alike(who, bar) => return Naming::Stopped,
                Some(Likeness::Number) if !is_shared(register, child, barred, who, on) => return Naming::Stopped,
                Some(Likeness::Number) | None => {}
            }
        }
    }
    result
}

/// Somebody on a list, without the child's own name in what is written of the person.
fn of_its_child<'r>(register: &'r Register, listed: &'r Collector) -> Described<'r> {
    of_child(listed.into(), register.child(listed.child).map_or("", |child| &child.name))
}

/// Somebody as described who has to do with a child, and as the staff record behind that has the name and number.
fn known_as<'r>(register: &'r Register, child: ChildId, who: Described<'r>) -> impl Iterator<Item = Described<'r>> {
    let who = of_child(who, register.child(child).map_or("", |child| &child.name));
    let staff = who.staff.and_then(|id| register.staff_member(id)).map(Described::from);
    std::iter::once(who).chain(staff)
}

/// Whether somebody is the member of staff whom a bar knows by the staff record, whatever name the bar itself has.
fn is_on_staff(register: &Register, barred: &Collector, who: Described<'_>) -> bool {
    barred.staff.and_then(|id| register.staff_member(id)).is_some_and(|staff| duty::is_person(staff, who))
}

/// Whether somebody on the staff is barred from this child, under whatever record of its name, today or later: then that person neither releases it nor agrees to
/// anything about it.
#[must_use]
pub fn is_of_staff(register: &Register, child: ChildId, staff: StaffId, on: NaiveDate) -> bool {
    let who = register.staff_member(staff);
    who.is_some_and(|staff| of_the_name_from_then_on(register, child, on).any(|bar| duty::is_person(staff, bar.into())))
}

/// The first child about whose list or record these facts speak although the one who would enter them, or take them back, is
/// barred from it, or would stand on the list of a child from whom somebody is barred: nobody lets himself in.
pub fn own_matter<'f>(register: &Register, facts: impl Iterator<Item = &'f Fact>, leader: StaffId, on: NaiveDate) -> Option<ChildId> {
    let staff = register.staff_member(leader)?;
    let facts: Vec<&Fact> = facts.collect();
    if let Some(child) = facts.iter().find_map(|fact| opens_a_way(register, fact, leader, on)) {
        return Some(child);
    }
    // A second record of a child is no way round the bars of the first.
    let second = |fact: &&Fact| if let Fact::ChildSet { was: None, now } = fact { namesake(register, &now.name, leader, on) } else { None };
    if let Some(child) = facts.iter().find_map(second) {
        return Some(child);
    }
    let is_own = |(child, who): &(ChildId, Option<&Collector>)| {
        let lists = who.is_some_and(|who| matches!(who.right, Right::Standing | Right::OneDay { .. }) && duty::is_person(staff, who.into()));
        is_of_staff(register, *child, leader, on) || (lists && is_restricted(register, *child, on))
    };
    let spoken_of = facts.into_iter().filter_map(|fact| {
        let listed = if let Fact::CollectorSet { now, .. } = fact { Some(&**now) } else { None };
        let speaks = listed.is_some() || matches!(fact, Fact::ChildSet { .. } | Fact::CardSet { .. });
        fact.child().filter(|_| speaks).map(|child| (child, listed))
    });
    spoken_of.into_iter().find(is_own).map(|(child, _)| child)
}

/// Who must not collect a child on that day or later and is this member of staff, whatever is changed of the record.
pub fn against_staff<'r>(register: &'r Register, staff: &Staff, on: NaiveDate) -> impl Iterator<Item = &'r Collector> {
    all(register, on).into_iter().filter(move |bar| duty::is_person(staff, (*bar).into()))
}

/// The child from whom somebody of the staff is barred, where a fact about the staff would let that person become somebody else, or a
/// leader, or act as somebody else: by another name or number, or by a record whose PIN would be that person's to give.
#[must_use]
pub fn opens_a_way(register: &Register, fact: &Fact, leader: StaffId, on: NaiveDate) -> Option<ChildId> {
    let known_by = |s: &Staff| (s.name.clone(), s.phone.clone(), s.active);
    let let_in_by = |s: &Staff| (s.role, s.pin.clone());
    let leads = |s: &Staff| s.role == Role::Leader;
    let able = |s: &Staff| duty::works_here(s) && duty::lacks(s, on).is_empty();
    #[allow(clippy::wildcard_enum_match_arm)] // the facts about records of the staff
    let opens = match fact {
        Fact::StaffSet { was: None, .. } => true,
        Fact::StaffSet { was: Some(was), now } if now.id == leader => known_by(was) != known_by(now) || leads(now) && !leads(was),
        Fact::StaffSet { was: Some(was), now } => let_in_by(was) != let_in_by(now) || (able(now) && !able(was)),
        Fact::Recovery(RecoveryFact::Made { staff, .. }) => *staff != leader,
        _ => false,
    };
    let staff = register.staff_member(leader).filter(|_| opens)?;
    against_staff(register, staff, on).next().map(|bar| bar.child)
}

/// The first child of whose bars one fits a member of staff as one of the two records is, and not as the other is.
#[must_use]
pub fn loosened(register: &Register, was: &Staff, now: &Staff, on: NaiveDate) -> Option<ChildId> {
    against_staff(register, was, on).find(|bar| !duty::is_person(now, (*bar).into())).map(|bar| bar.child)
}

/// The bars that fit a member of staff as its record was and would not as it is to be, each with the staff record in it: whoever
/// gets another name or number stays barred.
#[must_use]
pub fn kept(register: &Register, was: &Staff, now: &Staff, on: NaiveDate) -> Vec<Fact> {
    let mut ids = register.next_ids();
    let lost = against_staff(register, was, on).filter(|bar| !duty::is_person(now, (*bar).into()));
    let bound = lost.map(|bar| match bar.staff {
        None => (Some(Box::new(bar.clone())), Collector { staff: Some(now.id), ..bar.clone() }),
        // The bar knows another member of staff already: a second one stands beside it.
        Some(_) => (None, Collector { id: ids.collector(), staff: Some(now.id), ..bar.clone() }),
    });
    bound.map(|(was, now)| Fact::CollectorSet { was, now: Box::new(now) }).collect()
}

/// Whether two children are called alike, in whatever spelling: it may be one child under two records.
fn are_namesakes(child: &Child, name: &str) -> bool {
    if !may_be_one_name(&child.name, name) {
        return false;
    }
    let named = |name| Described { name, ..Described::default() };
    likeness(named(&child.name), named(name)) == Some(Likeness::Name) || is_given_name_of(name, &child.name) || is_given_name_of(&child.name, name)
}

/// A child of that name from whom this member of staff is barred.
#[must_use]
pub fn namesake(register: &Register, name: &str, staff: StaffId, on: NaiveDate) -> Option<ChildId> {
    let staff = register.staff_member(staff)?;
    let of = |bar: &Collector| register.child(bar.child).filter(|child| are_namesakes(child, name)).map(|child| child.id);
    against_staff(register, staff, on).find_map(of)
}

/// Every bar that holds on that day or later.
#[must_use]
pub fn all(register: &Register, on: NaiveDate) -> Vec<&Collector> {
    register.all_barred().filter(|c| holds_from(c, on)).collect()
}

/// A record on whose list somebody is to be, beside the ones that are on file.
#[derive(Clone, Copy, Debug)]
pub struct Record<'a> {
    /// Which; none where it is a new one.
    pub id: Option<ChildId>,
    /// The child's name.
    pub name: &'a str,
    /// Grade, and class within it.
    pub class: Option<(u8, Option<u8>)>,
}

/// A child of whom one of these bars fits this person, who is to be listed for another record of the name, or a new one: by name, number
/// or staff record, not by being a parent alone where both have names, for the other child has parents too. A new record of whatever
/// name in the same class, with the very person and number, may be that child as well.
#[must_use]
pub fn barred_of_namesake(register: &Register, bars: &[&Collector], of: Record<'_>, person: Described<'_>, on: NaiveDate) -> Option<ChildId> {
    let in_class = |child: &Child| of.id.is_none() && of.class == Some((child.grade, child.class_no));
    let fits = |bar: &Collector, child: &Child| {
        let very_person = || likeness(person, bar.into()) == Some(Likeness::Name) && have_one_number(person, bar.into());
        (are_namesakes(child, of.name) && fits_second(register, of.id, bar, person, on)) || (in_class(child) && very_person())
    };
    bars.iter().find_map(|bar| register.child(bar.child).filter(|child| fits(bar, child)).map(|child| child.id))
}

/// Whether somebody who comes on the list of another record is, by a whole name and in the same relation, one who is barred from a child: it
/// may be that child under another name, so a leader is asked.
#[must_use]
pub fn is_barred_somewhere(register: &Register, person: Described<'_>, on: NaiveDate) -> bool {
    let is_it = |bar: &&Collector| is_one_relation(person, (*bar).into()) && likeness(person, (*bar).into()) == Some(Likeness::Name);
    all(register, on).iter().any(is_it)
}

/// The bars that hold from a day on and that count for a child, or through it for others, only because the records have one name, as
/// bars of the other record: entered where the name goes, by another name (`renamed`) or because the record is erased, they hold on.
#[must_use]
pub fn carried_over(register: &Register, child: ChildId, renamed: Option<&str>, on: NaiveDate, ids: &mut NextIds) -> Vec<Fact> {
    let Some(was) = register.child(child) else { return Vec::new() };
    let parts = |other: &&Child| other.id != child && are_namesakes(other, &was.name) && renamed.is_none_or(|name| !are_namesakes(other, name));
    let mut facts = Vec::new();
    for other in register.children().filter(parts) {
        let directions = [(child, other.id), (other.id, child)];
        for (from, to) in directions.into_iter().filter(|(_, to)| renamed.is_some() || *to != child) {
            let has = |bar: &Collector| from_then_on(register, to, on).any(|own| bars_as(own, bar, on));
            let rank = register.collectors(to).map(|c| c.rank).max().unwrap_or(0);
            for bar in from_then_on(register, from, on).filter(|bar| !has(bar)) {
                let now = Collector { id: ids.collector(), child: to, rank: rank.saturating_add(1), ..bar.clone() };
                facts.push(Fact::CollectorSet { was: None, now: Box::new(now) });
            }
        }
    }
    facts
}

/// Whether one bar says of the same person what another says, and for as long from that day on.
fn bars_as(own: &Collector, bar: &Collector, on: NaiveDate) -> bool {
    let is_it = own.name == bar.name && own.relation == bar.relation && own.phone == bar.phone && own.staff == bar.staff;
    let from = own.from.is_none_or(|from| from <= on || bar.from.is_some_and(|bar| from <= bar));
    is_it && from && own.until.is_none_or(|until| bar.until.is_some_and(|bar| until >= bar))
}

/// The bars that hold from a day on and that would end, or count for a child no more, because what is taken back gave a record its name:
/// entered once more for the child, they hold on. A bar that is taken back without a name is lifted by that. `undone` is what is
/// taken back, the last first.
#[must_use]
pub fn kept_in_undoing(register: &Register, undone: &[&Fact], on: NaiveDate) -> Vec<Fact> {
    let named_by = |fact: &&Fact| {
        let Fact::ChildSet { was, now } = fact else { return None };
        was.as_ref().is_none_or(|was| was.name != now.name).then_some(now.id)
    };
    let named: HashSet<ChildId> = undone.iter().filter_map(named_by).collect();
    let bars = all(register, on);
    if named.is_empty() || bars.is_empty() {
        return Vec::new();
    }
    let mut after = register.clone();
    for fact in undone {
        after.take_back(fact);
    }
    let (mut ids, mut kept) = (register.next_ids(), Vec::<Collector>::new());
    for bar in bars {
        let Some(of) = register.child(bar.child) else { continue };
        let counts_for = |child: &&Child| child.id == of.id || are_namesakes(child, &of.name);
        let touched = |child: &&Child| named.contains(&child.id) || (child.id != of.id && named.contains(&of.id));
        for child in register.children().filter(touched).filter(counts_for) {
            let still = || of_the_name_from_then_on(&after, child.id, on).any(|own| bars_as(own, bar, on));
            let again = |kept: &[Collector]| kept.iter().any(|own| own.child == child.id && bars_as(own, bar, on));
            if after.child(child.id).is_none() || still() || again(&kept) {
                continue;
            }
            let rank = register.collectors(child.id).map(|c| c.rank).max().unwrap_or(0).saturating_add(1);
            kept.push(Collector { id: ids.collector(), child: child.id, rank, ..bar.clone() });
        }
    }
    kept.into_iter().map(|now| Fact::CollectorSet { was: None, now: Box::new(now) }).collect()
}

/// Whether a standing collector whom no bar fits has the number by which the two are alike.
fn is_shared(register: &Register, child: ChildId, barred: &Collector, who: Described<'_>, on: NaiveDate) -> bool {
    let has = |c: &Collector, number: Option<&str>| number.zip(c.phone.as_deref()).is_some_and(|(a, b)| same_number(a, b));
    let standing = register.collectors(child).filter(|c| c.right == Right::Standing && c.may_collect(on) && !fits(register, c, on));
    standing.into_iter().any(|c| has(c, barred.phone.as_deref()) || has(c, who.phone))
}

/// Whether a listed person is one who is barred that day, under whatever record: never offered, never released to. Where both
/// have names that differ it takes more than being a parent or having a number: somebody listed both. Whoever is named for the
/// day and would not be named now is held back, also when the bar came later; whom a later bar leaves in doubt it puts off the list
/// ([`left_in_doubt`]).
#[must_use]
pub fn fits(register: &Register, listed: &Collector, on: NaiveDate) -> bool {
    let named_for_the_day = matches!(listed.right, Right::OneDay { .. });
    of_the_name(register, listed.child, on).any(|barred| is_person(register, barred, listed.into()))
        || (named_for_the_day && naming(register, listed.child, listed.into(), on) == Naming::Stopped)
}

/// Whether somebody on the list, or once on it, must not have the child that day: barred by this record or by a bar that fits.
#[must_use]
pub fn is_kept_off(register: &Register, listed: &Collector, on: NaiveDate) -> bool {
    listed.is_barred(on) || fits(register, listed, on)
}

/// Whether somebody is the person on file, under whatever record: a bar against one is a bar against the other. Where either is a member
/// of staff, the name and number of that record count as well.
#[must_use]
pub fn is_person(register: &Register, on_file: &Collector, who: Described<'_>) -> bool {
    let child = on_file.child;
    known_as(register, child, on_file.into()).any(|on_file| known_as(register, child, who).any(|who| is_alike(on_file, who)))
}

fn is_alike(a: Described<'_>, b: Described<'_>) -> bool {
    match likeness(a, b) {
        Some(Likeness::Name | Likeness::Staff) => true,
        Some(Likeness::Parent | Likeness::Number) => !names_differ(a, b),
        None => called_alike(a, b),
    }
}

/// Whom of the list a new bar takes with it: everybody whom it fits, and who is the same parent. By words that speak of one person by another
/// (`妈妈的男朋友`) it takes nobody: a person says whom they mean.
#[must_use]
pub fn taken_along<'r>(register: &'r Register, barred: &Collector) -> Vec<&'r Collector> {
    let same_parent = |c: &Collector| likeness(of_its_child(register, c), of_its_child(register, barred)) == Some(Likeness::Parent);
    let listed = register.collectors(barred.child).filter(|c| c.id != barred.id && !matches!(c.right, Right::Barred | Right::Ended));
    let by_another = register.collectors(barred.child).any(|c| c.id != barred.id && speaks_by_another(&barred.name, &c.name));
    let is_known = |c: &Collector| have_one_number(c.into(), barred.into()) || (c.staff.is_some() && c.staff == barred.staff);
    listed.filter(|c| is_known(c) || !by_another).filter(|c| is_person(register, barred, (*c).into()) || same_parent(c)).collect()
}

/// Who of a list may be the person of whom a new bar speaks, although it fits nobody: whoever has a whole name of his own that is another
/// one's is not. Nobody where the bar fits somebody.
#[must_use]
pub fn may_be_of_the_list<'r>(register: &'r Register, child: ChildId, who: Described<'_>) -> Vec<&'r Collector> {
    let bar = Collector::new(CollectorId(0), child, 0, who.name, who.relation, Right::Barred);
    let bar = Collector { phone: who.phone.map(str::to_owned), ..bar };
    if !taken_along(register, &bar).is_empty() {
        return Vec::new();
    }
    let is_another = |c: &Collector| is_plainly_whole(&c.name) && is_plainly_whole(&bar.name) && names_differ(c.into(), who);
    register.collectors(child).filter(|c| on_list(c) && !is_another(c)).collect()
}

/// Who was named for the day before a new bar came, and is like the barred person in something although it is not surely the same: a
/// leader has to name such a person anew.
#[must_use]
pub fn left_in_doubt<'r>(register: &'r Register, barred: &Collector) -> Vec<&'r Collector> {
    let along = taken_along(register, barred);
    let named = register.collectors(barred.child).filter(|c| c.id != barred.id && matches!(c.right, Right::OneDay { .. }));
    let is_like = |c: &Collector| {
        let bar = of_its_child(register, barred);
        known_as(register, c.child, c.into()).any(|who| likeness(who, bar).is_some() || is_on_staff(register, barred, who))
    };
    named.filter(|c| is_like(c) && !along.iter().any(|other| other.id == c.id)).collect()
}

/// Who stands on a list that a new bar is about, under whatever record of the name, has the number of the barred person and is not
/// surely the same: such a person stays, and whoever bars is told.
#[must_use]
pub fn of_the_number<'r>(register: &'r Register, barred: &Collector) -> Vec<&'r Collector> {
    let name = register.child(barred.child).map_or("", |child| child.name.as_str());
    let lists = register.children().filter(|child| child.id == barred.child || are_namesakes(child, name));
    let standing = lists.flat_map(|child| register.collectors(child.id)).filter(|c| c.right == Right::Standing);
    standing
        .filter(|c| {
            known_as(register, c.child, (*c).into()).any(|who| have_one_number(who, barred.into())) && !is_person(register, barred, (*c).into())
        })
        .collect()
}

/// Who stands on the list of another record of the same name and is the one whom a new bar is against: it may be one child.
#[must_use]
pub fn of_namesakes<'r>(register: &'r Register, barred: &Collector) -> Vec<&'r Collector> {
    let Some(child) = register.child(barred.child) else { return Vec::new() };
    let others = register.children().filter(|other| other.id != child.id && are_namesakes(other, &child.name));
    let listed = others.flat_map(|other| register.collectors(other.id)).filter(|c| !matches!(c.right, Right::Barred | Right::Ended));
    listed.filter(|c| is_person(register, barred, (*c).into())).collect()
}
