//! Children of a roster become the facts by which the register would change. Importing the same again changes nothing.
//!
//! A child is recognised by the school's number, else by its card, else by name, grade and class. What a roster does not
//! mention stays as it is; nobody is taken off the register by an import.

use std::collections::HashMap;

use crate::domain::card::{CardNumber, checks};
use crate::domain::custody::Card;
use crate::domain::fact::{Draft, Fact};
use crate::domain::people::{Child, ChildId, Collector, Consent, HouseholdId, Right};
use crate::domain::register::Register;

use super::roster::{Reason, Refused, RosterChild, RosterCollector};

/// What an import would do.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// The facts, one act; empty when nothing changes.
    pub drafts: Vec<Draft>,
    /// Children that are new.
    pub added: Vec<String>,
    /// Children whose record, collectors or card change.
    pub changed: Vec<String>,
    /// Children that are as they were.
    pub unchanged: usize,
    /// Children with a single reachable number.
    pub one_number: Vec<String>,
    /// Rows that are not imported.
    pub refused: Vec<Refused>,
}

/// Plans an import.
#[must_use]
pub fn plan(children: &[RosterChild], mut refused: Vec<Refused>, register: &Register) -> Plan {
    let mut plan = Plan::default();
    let mut ids = register.next_ids();
    let known = Known::of(register);
    let households = households(children);
    let mut household_ids: HashMap<usize, HouseholdId> = HashMap::new();
    let mut facts: Vec<Fact> = Vec::new();
    for (index, row) in children.iter().enumerate() {
        let old = match known.find(row, register) {
            Ok(id) => id.and_then(|id| register.child(id)),
            Err(reason) => {
                refused.push(Refused { place: row.place.clone(), column: 0, reason });
                continue;
            }
        };
        if let Some(card) = &row.card
            && register.card(&CardNumber::new(card.as_str())).is_some_and(|c| Some(c.child) != old.map(|o| o.id))
        {
            refused.push(Refused { place: row.place.clone(), column: 0, reason: Reason::CardInUse });
            continue;
        }
        let group = households.get(index).copied().unwrap_or(index);
        let household = match old {
            Some(old) => *household_ids.entry(group).or_insert(old.household),
            None => *household_ids.entry(group).or_insert_with(|| known.household_of(row, register).unwrap_or_else(|| ids.household())),
        };
        let before = facts.len();
        let child = match old {
            Some(old) => updated(old, row),
            None => new_child(ids.child(), household, u32::try_from(index + 1).unwrap_or(u32::MAX), row),
        };
        if old != Some(&child) {
            facts.push(Fact::ChildSet { was: old.map(|o| Box::new(o.clone())), now: Box::new(child.clone()) });
        }
        collectors(register, &child, row, &mut ids, &mut facts);
        card(register, &child, row, &mut facts);
        let name = child.name.clone();
        if row.collectors.iter().filter(|c| c.phone.is_some() && !c.barred).count() < 2 {
            plan.one_number.push(name.clone());
        }
        match (old, facts.len() > before) {
            (None, _) => plan.added.push(name),
            (Some(_), true) => plan.changed.push(name),
            (Some(_), false) => plan.unchanged += 1,
        }
    }
    plan.refused = refused;
    if !facts.is_empty() {
        let file = children.first().map(|c| c.place.file.clone()).unwrap_or_default();
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let head = Fact::Imported { file, added: count(plan.added.len()), changed: count(plan.changed.len()) };
        plan.drafts = std::iter::once(head).chain(facts).map(Draft::from).collect();
    }
    plan
}

fn new_child(id: ChildId, household: HouseholdId, seat: u32, row: &RosterChild) -> Child {
    Child {
        class_no: row.class_no,
        seat,
        student_no: row.student_no.clone(),
        health: row.health.clone(),
        note: row.note.clone(),
        weekdays: row.weekdays,
        consent: row.consent,
        enrolled: row.care.unwrap_or(true),
        ..Child::new(id, row.name.as_str(), row.grade, household)
    }
}

fn updated(old: &Child, row: &RosterChild) -> Child {
    let mut now = old.clone();
    now.name.clone_from(&row.name);
    now.grade = row.grade;
    now.class_no = row.class_no.or(old.class_no);
    now.student_no = row.student_no.clone().or_else(|| old.student_no.clone());
    now.health = row.health.clone().or_else(|| old.health.clone());
    now.note = row.note.clone().or_else(|| old.note.clone());
    now.weekdays = row.weekdays.or(old.weekdays);
    if row.consent != Consent::Unknown {
        now.consent = row.consent;
    }
    now.enrolled = row.care.unwrap_or(old.enrolled);
    now
}

fn collectors(register: &Register, child: &Child, row: &RosterChild, ids: &mut crate::domain::register::NextIds, facts: &mut Vec<Fact>) {
    let listed: Vec<&Collector> = register.collectors(child.id).collect();
    let mut rank = listed.iter().map(|c| c.rank).max().unwrap_or(0);
    for person in &row.collectors {
        let right = if person.barred { Right::Barred } else { Right::Standing };
        if let Some(old) = listed.iter().find(|c| is_same(c, person)) {
            let relation = if person.relation.is_empty() { old.relation.clone() } else { person.relation.clone() };
            // A bar is lifted by the leader at the desk, never by a roster that does not mention it.
            let right = if old.right == Right::Barred { Right::Barred } else { right };
            let now = Collector { relation, phone: person.phone.clone().or_else(|| old.phone.clone()), right, ..(*old).clone() };
            if now != **old {
                facts.push(Fact::CollectorSet { was: Some(Box::new((*old).clone())), now: Box::new(now) });
            }
        } else {
            rank = rank.saturating_add(1);
            let listed = Collector::new(ids.collector(), child.id, rank, person.name.as_str(), person.relation.as_str(), right);
            let now = Collector { phone: person.phone.clone(), ..listed };
            facts.push(Fact::CollectorSet { was: None, now: Box::new(now) });
        }
    }
}

fn is_same(old: &Collector, person: &RosterCollector) -> bool {
    if person.name.is_empty() { old.phone == person.phone } else { old.name == person.name }
}

/// A child without a live card gets the roster's; one that has another keeps it, for a card is replaced at the desk.
fn card(register: &Register, child: &Child, row: &RosterChild, facts: &mut Vec<Fact>) {
    let Some(number) = &row.card else { return };
    let number = CardNumber::new(number.as_str());
    if register.card(&number).is_some() || register.live_card(child.id).is_some() {
        return;
    }
    let own = number.as_str().len() == 6 && checks(number.as_str());
    facts.push(Fact::CardSet { was: None, now: Box::new(Card::new(number, child.id, own)) });
}

/// Who is on the register already, by everything that a roster may recognise a child by.
#[allow(clippy::struct_field_names)] // by what a child is recognised
struct Known {
    by_number: HashMap<String, ChildId>,
    by_card: HashMap<String, ChildId>,
    by_name: HashMap<(String, u8, Option<u8>), Vec<ChildId>>,
    by_person: HashMap<(String, String), ChildId>,
}

impl Known {
    fn of(register: &Register) -> Self {
        let mut by_name: HashMap<_, Vec<ChildId>> = HashMap::new();
        for c in register.children() {
            by_name.entry((c.name.clone(), c.grade, c.class_no)).or_default().push(c.id);
        }
        Self {
            by_number: register.children().filter_map(|c| Some((c.student_no.clone()?, c.id))).collect(),
            by_card: register.cards().map(|c| (c.number.as_str().to_owned(), c.child)).collect(),
            by_name,
            by_person: register.all_collectors().filter_map(|c| Some(((c.name.clone(), c.phone.clone()?), c.child))).collect(),
        }
    }

    /// The child that a row is about, if it is on the register: by its number, its card, else its name and class. Namesakes
    /// are told apart by a phone that row and register share, and by nothing less.
    fn find(&self, row: &RosterChild, register: &Register) -> Result<Option<ChildId>, Reason> {
        if let Some(number) = &row.student_no
            && let Some(id) = self.by_number.get(number)
        {
            return Ok(Some(*id));
        }
        if let Some(id) = row.card.as_ref().and_then(|c| self.by_card.get(c)) {
            return Ok(Some(*id));
        }
        let named = self.by_name.get(&(row.name.clone(), row.grade, row.class_no)).map_or(&[][..], Vec::as_slice);
        // A row with a number that nobody has is about a child whose number is not known yet, or about a new one.
        let open = |id: &&ChildId| row.student_no.is_none() || register.child(**id).is_some_and(|c| c.student_no.is_none());
        let candidates: Vec<ChildId> = named.iter().filter(open).copied().collect();
        let reached = |id: &&ChildId| register.collectors(**id).any(|c| c.phone.is_some() && row.collectors.iter().any(|r| r.phone == c.phone));
        let reached: Vec<ChildId> = candidates.iter().filter(reached).copied().collect();
        match (&candidates[..], &reached[..]) {
            (_, [only]) => Ok(Some(*only)),
            ([only], []) if row.student_no.is_none() => Ok(Some(*only)),
            ([], _) => Ok(None),
            (_, []) if row.student_no.is_some() => Ok(None),
            _ => Err(Reason::SeveralNamesakes),
        }
    }

    fn household_of(&self, row: &RosterChild, register: &Register) -> Option<HouseholdId> {
        let people = row.collectors.iter().filter_map(|c| Some((c.name.clone(), c.phone.clone()?)));
        people.filter_map(|p| self.by_person.get(&p)).find_map(|id| register.child(*id)).map(|c| c.household)
    }
}

/// For each row the first row of its household: rows with the same household number, or with a collector of the same name
/// and phone.
fn households(children: &[RosterChild]) -> Vec<usize> {
    let mut first: HashMap<String, usize> = HashMap::new();
    let mut group: Vec<usize> = (0..children.len()).collect();
    for (index, row) in children.iter().enumerate() {
        let mut keys: Vec<String> = row.household.iter().map(|h| format!("h{h}")).collect();
        keys.extend(row.collectors.iter().filter_map(|c| Some(format!("p{} {}", c.name, c.phone.as_ref()?))));
        let joined = keys.iter().find_map(|k| first.get(k)).map_or(index, |i| group.get(*i).copied().unwrap_or(index));
        if let Some(slot) = group.get_mut(index) {
            *slot = joined;
        }
        for key in keys {
            first.entry(key).or_insert(joined);
        }
    }
    group
}
