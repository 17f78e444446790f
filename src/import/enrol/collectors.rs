//! The collectors of a row: who of them is listed already, what changes about them, and who of them works at the school.

use super::decided::Changes;
use super::{Leaving, Outcome, Planner};
use crate::domain::fact::{Draft, Fact};
use chrono::NaiveDate;

use crate::domain::people::{Child, ChildId, Collector, CollectorId, Right, StaffId};
use crate::domain::time::Moment;
use crate::import::cells::{ANY_RELATION, is_any_relation};
use crate::import::roster::{Remark, RosterChild, RosterCollector};
use crate::rules::barred::{is_person, left_in_doubt, of_the_number, taken_along};

impl Planner<'_> {
    /// The staff record of a collector whom the row says to work here: the only one of that name, and of several collectors of
    /// one name none. `name` is what the collector is called on the register.
    fn works_here(&self, row: &RosterChild, person: &RosterCollector, name: &str) -> Option<StaffId> {
        let staff = match &person.works_here {
            Some(said) => said.1.as_str(),
            None if row.works_here.iter().any(|n| n == name) && row.of_name(name).nth(1).is_none() => name,
            None => return None,
        };
        self.staff_by_name.get(staff).copied().flatten()
    }

    /// Whom the desk has ended a roster does not bring back: an ended record answers for the person, whatever of number, name or
    /// relation was set right before. Whoever the row lists beside exactly that person, by another relation, is somebody else.
    pub(super) fn was_ended(&self, child: ChildId, row: &RosterChild, person: &RosterCollector) -> bool {
        let beside = |c: &Collector| {
            let another = |p: &&RosterCollector| p.name != person.name || p.name.is_empty();
            !may_be_related(&c.relation, &person.relation) && row.collectors.iter().filter(another).any(|p| !p.barred && is_as_told(c, p))
        };
        let mut ended = self.register.collectors(child).filter(|c| c.right == Right::Ended);
        !person.barred && ended.any(|c| is_person(self.register, c, person.described()) && !beside(c))
    }

    /// The record that was once as a row tells somebody and that the desk has changed since, unless somebody listed is so now.
    fn told_before(&self, child: ChildId, person: &RosterCollector, past: &Changes) -> Option<&Collector> {
        let relation = if person.relation.is_empty() { ANY_RELATION } else { &person.relation };
        let is_told = |c: &Collector| c.name == person.name && c.phone == person.phone && c.relation == relation;
        let is_now = |c: &Collector| c.right != Right::Ended && is_told(c);
        if person.barred || self.register.collectors(child).any(is_now) {
            return None;
        }
        let known = past.told_before(is_told);
        let records = || self.register.collectors(child).filter(|c| known.contains(&c.id));
        records().find(|c| c.right != Right::Ended).or_else(|| records().next())
    }

    /// Says whom of the family a row names as working here in vain.
    fn remark_staff(&mut self, row: &RosterChild) {
        let found = |name: &str| self.staff_by_name.get(name).copied().flatten().is_some();
        let of_row = row.works_here.iter().map(|name| {
            let known = found(name) && row.of_name(name).count() == 1;
            (row.columns.works_here, name, known)
        });
        let of_people = row.collectors.iter().filter_map(|c| c.works_here.as_deref().map(|(column, name)| (*column, name, !c.barred && found(name))));
        let in_vain = of_row.chain(of_people).filter(|(_, _, known)| !known);
        let remarks: Vec<Remark> =
            in_vain.map(|(column, name, _)| Remark::NotOnStaff { place: row.place.clone(), column, name: name.clone() }).collect();
        self.plan.remarks.extend(remarks);
    }

    /// Whom a bar of this row, whose facts begin there, fits, who is the same parent, or whom it leaves in doubt, and whom the row itself
    /// does not list: the right ends, and a leader names that person anew.
    pub(super) fn in_doubt(&mut self, from: usize, row: &RosterChild) {
        let of_row: Vec<&Collector> = self.facts.iter().skip(from).filter_map(|draft| set(&draft.fact)).collect();
        let bars = of_row.iter().filter(|now| now.right == Right::Barred);
        let mut doubted: Vec<Collector> = Vec::new();
        let like = |bar: &&Collector| left_in_doubt(self.register, bar).into_iter().chain(taken_along(self.register, bar));
        let is_listed = |c: &Collector| c.right == Right::Standing && row.collectors.iter().any(|p| !p.barred && is_same(c, p));
        for person in bars.flat_map(like) {
            if !doubted.iter().any(|c| c.id == person.id) && !of_row.iter().any(|now| now.id == person.id) && !is_listed(person) {
                doubted.push(person.clone());
            }
        }
        let newly = |bar: &&&Collector| self.register.collector(bar.id).is_none_or(|was| was.right != Right::Barred);
        for bar in of_row.iter().filter(|now| now.right == Right::Barred).filter(newly) {
            let stays = |c: &&Collector| !doubted.iter().any(|d| d.id == c.id) && !of_row.iter().any(|now| now.id == c.id && now.right != c.right);
            let remark = |c: &Collector| Remark::HasNumberOfBarred { place: row.place.clone(), name: c.name.clone() };
            self.plan.remarks.extend(of_the_number(self.register, bar).into_iter().filter(stays).map(remark));
        }
        for was in doubted {
            self.plan.remarks.push(Remark::NamedInDoubt { place: row.place.clone(), name: was.name.clone() });
            let now = Collector { right: Right::Ended, ..was.clone() };
            self.facts.push(Fact::CollectorSet { was: Some(Box::new(was)), now: Box::new(now) }.into());
        }
    }

    pub(super) fn collectors(&mut self, child: ChildId, row: &RosterChild) {
        self.remark_staff(row);
        let before = (self.facts.len(), self.plan.remarks.len(), self.ids);
        self.list(child, row, None);
        if self.facts.len() == before.0 || self.register.child(child).is_none() {
            return;
        }
        let past = self.past_of(child);
        if past.has_list_of_desk() {
            self.facts.truncate(before.0);
            self.plan.remarks.truncate(before.1);
            self.ids = before.2;
            self.list(child, row, Some(&past));
        }
    }

    /// Lists the people of a row; `past` is how the list came to be, where that has to be known.
    fn list(&mut self, child: ChildId, row: &RosterChild, past: Option<&Changes>) {
        // A right that a day ended is no listing.
        let today = self.answers.now.map(Moment::date);
        let is_over = |c: &Collector| matches!(c.right, Right::OneDay { day, .. } if today.is_some_and(|today| day < today));
        let listed: Vec<&Collector> = self.register.collectors(child).filter(|c| c.right != Right::Ended && !is_over(c)).collect();
        let mut rank = self.register.collectors(child).map(|c| c.rank).max().unwrap_or(0);
        for person in &row.collectors {
            let right = if person.barred { Right::Barred } else { Right::Standing };
            // Of two people of one name each is found by the number first, and is not the other one then.
            let very = |c: &Collector, p: &RosterCollector| c.name == p.name && c.phone == p.phone && is_same(c, p);
            let of_another = |c: &Collector| row.collectors.iter().any(|p| p != person && very(c, p));
            // A number of the house alone does not make somebody of another relation the one who was ended.
            let stands = |c: &Collector| {
                let is_it = (!c.name.is_empty() && c.name == person.name) || may_be_related(&c.relation, &person.relation);
                is_it && is_same(c, person) && !of_another(c)
            };
            let before = past.and_then(|past| self.told_before(child, person, past));
            let ended = before.is_some_and(|c| c.right == Right::Ended || is_over(c)) || self.was_ended(child, row, person);
            if ended && !listed.iter().any(|c| stands(c)) {
                let name = if person.name.is_empty() { person.relation.clone() } else { person.name.clone() };
                self.plan.remarks.push(Remark::EndedBefore { place: row.place.clone(), name });
                continue;
            }
            // A record that the desk has changed is known by what it was; a bar stands as the leader left it.
            if before.is_some_and(|c| c.right == Right::Barred) {
                continue;
            }
            let before = listed.iter().find(|c| before.is_some_and(|before| before.id == c.id));
            let exact = listed.iter().find(|c| very(c, person));
            let named = || listed.iter().find(|c| c.name == person.name && is_same(c, person) && !of_another(c));
            if let Some(old) = before.or(exact).or_else(named).or_else(|| listed.iter().find(|c| is_same(c, person) && !of_another(c))) {
                // A bar is the leader's: a roster that does not mention it neither lifts it nor says whom it is against.
                if person.barred || old.right == Right::Barred {
                    let bars = bars(old, person, (&listed, today), || {
                        rank = rank.saturating_add(1);
                        new_collector(self.ids.collector(), child, rank, Right::Barred, person)
                    });
                    self.facts.extend(bars.into_iter().map(Draft::from));
                    continue;
                }
                let name = if old.name.is_empty() { &person.name } else { &old.name };
                let staff = self.works_here(row, person, name);
                let now = self.settled_collector(old, (row, person, staff), past);
                if now != **old {
                    self.facts.push(Fact::CollectorSet { was: Some(Box::new((*old).clone())), now: Box::new(now) }.into());
                }
            } else if is_second_number(person, row) && listed.iter().any(|c| c.right == Right::Standing && c.phone == person.phone) {
                // One person's second number that is on file as somebody else's: of one phone in the house that is said often.
            } else {
                rank = rank.saturating_add(1);
                let mut now = new_collector(self.ids.collector(), child, rank, right, person);
                now.staff = if person.barred { None } else { self.works_here(row, person, &person.name) };
                self.facts.push(Fact::CollectorSet { was: None, now: Box::new(now) }.into());
            }
        }
    }
}

/// What somebody who is listed becomes by what a row says.
pub(super) fn told(old: &Collector, person: &RosterCollector) -> Collector {
    let vague = person.relation.is_empty() || (is_any_relation(&person.relation) && !is_any_relation(&old.relation));
    let relation = if vague { old.relation.clone() } else { person.relation.clone() };
    let name = if old.name.is_empty() { person.name.clone() } else { old.name.clone() };
    // One who may come today only does not become one who may always.
    let (from, until) = match old.right {
        Right::Standing => person.validity.unwrap_or((old.from, old.until)),
        Right::Barred | Right::OneDay { .. } | Right::Ended => (old.from, old.until),
    };
    let phone = person.phone.clone().or_else(|| old.phone.clone());
    let looks = person.looks.clone().or_else(|| old.looks.clone());
    let minor = person.minor.unwrap_or(old.minor);
    Collector { name, relation, phone, minor, from, until, looks, ..old.clone() }
}

/// The record of a collector as a fact leaves it.
fn set(fact: &Fact) -> Option<&Collector> {
    if let Fact::CollectorSet { now, .. } = fact { Some(now) } else { None }
}

/// A person on file whom a roster bars: barred with what is known of them, never with less. What the roster says otherwise, of
/// number, name or relation, stands beside it as a bar of its own.
fn bars(
    old: &Collector,
    person: &RosterCollector,
    (listed, today): (&[&Collector], Option<NaiveDate>),
    new: impl FnOnce() -> Collector,
) -> Vec<Fact> {
    let is_over = |c: &Collector| c.until.zip(today).is_some_and(|(until, today)| until < today);
    // Nor does a roster shorten a bar; and for how long somebody was allowed is not for how long the person is barred.
    let (from, until) = match old.right {
        Right::Standing => person.validity.unwrap_or_default(),
        Right::Barred if person.barred => barred_for(old, person.validity, today),
        Right::Barred | Right::OneDay { .. } | Right::Ended => (old.from, old.until),
    };
    let now = Collector {
        right: Right::Barred,
        name: if old.name.is_empty() { person.name.clone() } else { old.name.clone() },
        relation: if (old.relation.is_empty() || is_any_relation(&old.relation)) && !person.relation.is_empty() {
            person.relation.clone()
        } else {
            old.relation.clone()
        },
        phone: old.phone.clone().or_else(|| person.phone.clone()),
        looks: old.looks.clone().or_else(|| person.looks.clone()),
        from,
        until,
        ..old.clone()
    };
    let says = |c: &Collector| {
        (person.name.is_empty() || c.name == person.name) && (person.phone.is_none() || c.phone == person.phone) && is_told(c, &person.relation)
    };
    let said = says(&now) || listed.iter().any(|c| c.right == Right::Barred && !is_over(c) && says(c));
    let mut facts = Vec::new();
    if now != *old {
        facts.push(Fact::CollectorSet { was: Some(Box::new(old.clone())), now: Box::new(now) });
    }
    if !said {
        facts.push(Fact::CollectorSet { was: None, now: Box::new(new()) });
    }
    facts
}

/// From when until when; nothing where it has no beginning or no end.
type Validity = (Option<NaiveDate>, Option<NaiveDate>);

/// For how long somebody is barred whom the roster bars again: never shorter than the bar on file. One that has run out is a new one,
/// and one that begins later begins now, unless the roster says when.
fn barred_for(old: &Collector, validity: Option<Validity>, today: Option<NaiveDate>) -> Validity {
    let (said_from, said_until) = validity.unwrap_or_default();
    if old.until.zip(today).is_some_and(|(until, today)| until < today) {
        return (said_from, said_until);
    }
    let begins_later = old.from.zip(today).is_some_and(|(from, today)| from > today);
    let from = if begins_later { old.from.zip(said_from).map(|(a, b)| a.min(b)) } else { old.from };
    let until = if validity.is_some() { old.until.zip(said_until).map(|(a, b)| a.max(b)) } else { old.until };
    (from, until)
}

impl Planner<'_> {
    /// Those who may collect a child and are not in its delivery any more: named, and ended when somebody said so.
    pub(super) fn leaving(&mut self, child: &Child, row: &RosterChild) {
        let Some(family) = row.family.as_deref().filter(|_| !row.withdrawn) else { return };
        let named = |c: &Collector| row.collectors.iter().chain(&family.others).any(|p| is_same(c, p));
        let marked = |c: &Collector| family.gone.iter().any(|p| is_same(c, p));
        let standing: Vec<&Collector> = self.register.collectors(child.id).filter(|c| c.right == Right::Standing).collect();
        let (leaving, staying): (Vec<&Collector>, Vec<&Collector>) = standing.into_iter().partition(|c| !named(c) && (family.whole || marked(c)));
        let reached = staying.iter().any(|c| c.phone.is_some())
            || row.collectors.iter().any(|p| !p.barred && p.phone.is_some() && !self.was_ended(child.id, row, p));
        for was in leaving {
            let marked = marked(was);
            let outcome = match (self.answers.end_missing, marked || reached || was.phone.is_none()) {
                (_, false) => Outcome::Last,
                (true, true) => Outcome::Ends,
                (false, true) => Outcome::Stays,
            };
            if outcome == Outcome::Ends {
                let now = Collector { right: Right::Ended, ..was.clone() };
                self.facts.push(Fact::CollectorSet { was: Some(Box::new(was.clone())), now: Box::new(now) }.into());
            }
            let (relation, name) = (was.relation.clone(), was.name.clone());
            self.plan.leaving.push(Leaving { child: child.name.clone(), class: (child.grade, child.class_no), relation, name, marked, outcome });
        }
    }
}

/// Whether a row gives this number beside another of the same person.
fn is_second_number(person: &RosterCollector, row: &RosterChild) -> bool {
    let same = |p: &RosterCollector| !p.name.is_empty() && p.name == person.name && p.phone.is_some() && p.phone != person.phone;
    !person.barred && row.collectors.iter().any(same)
}

fn new_collector(id: CollectorId, child: ChildId, rank: u8, right: Right, person: &RosterCollector) -> Collector {
    let relation = if person.relation.is_empty() && !person.barred { ANY_RELATION.to_owned() } else { person.relation.clone() };
    let (from, until) = person.validity.unwrap_or_default();
    let listed = Collector::new(id, child, rank, person.name.clone(), relation, right);
    Collector { phone: person.phone.clone(), from, until, looks: person.looks.clone(), minor: person.minor.unwrap_or(false), ..listed }
}

/// Whether a row says of somebody who is barred nothing else than the bar, at most what the bar does not say.
pub(super) fn says_nothing_else(barred: &Collector, person: &RosterCollector) -> bool {
    let phone = person.phone.is_none() || barred.phone.is_none() || person.phone == barred.phone;
    is_same(barred, person) && phone && (barred.relation.is_empty() || is_any_relation(&barred.relation) || is_told(barred, &person.relation))
}

/// Whether a record has this relation, or the relation says nothing.
fn is_told(record: &Collector, relation: &str) -> bool {
    relation.is_empty() || is_any_relation(relation) || record.relation == relation
}

/// Whether two words may be of one relation: the same, or one of them names none in particular.
fn may_be_related(a: &str, b: &str) -> bool {
    a == b || is_any_relation(a) || is_any_relation(b)
}

/// Whether a record is as a row tells somebody.
fn is_as_told(record: &Collector, person: &RosterCollector) -> bool {
    record.name == person.name && record.phone == person.phone && may_be_related(&record.relation, &person.relation)
}

pub(super) fn is_same(old: &Collector, person: &RosterCollector) -> bool {
    // Who must not collect and has no name is nobody else who is reached at that number.
    if person.barred && person.name.is_empty() {
        return old.name.is_empty() && old.phone == person.phone && (old.phone.is_some() || old.relation == person.relation);
    }
    match (person.name.is_empty() || old.name.is_empty(), &old.phone) {
        // A record that was completed and barred at the desk stays the one that the roster gives by relation and number alone.
        (true, phone) => {
            let as_told = person.name.is_empty() && !person.relation.is_empty() && person.relation == old.relation;
            phone.is_some() && *phone == person.phone && (old.right != Right::Barred || old.name == person.name || as_told)
        }
        (false, _) => old.name == person.name,
    }
}
