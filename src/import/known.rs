//! Who is on the register already, by everything that a roster may recognise a child by.
//!
//! A number decides, then a card together with the name, then name and class; namesakes are told apart by a phone that row
//! and register share, and by nothing less. A phone also finds a child that has changed its class.

use crate::domain::people::{Child, ChildId, HouseholdId};
use crate::domain::register::Register;

use super::roster::{Reason, RosterChild, bare};

/// What many keys stand for, found again in a sorted list: of 100,000 children a third of the memory of a map.
struct Index<K, V>(Vec<(K, V)>);

impl<K: Ord, V: Copy + Ord> Index<K, V> {
    fn of(all: impl Iterator<Item = (K, V)>) -> Self {
        let mut list: Vec<(K, V)> = all.collect();
        list.sort_unstable();
        list.shrink_to_fit();
        Self(list)
    }

    /// All that this key stands for, in order.
    fn all<'i>(&'i self, key: &'i K) -> impl Iterator<Item = V> + 'i {
        let from = self.0.partition_point(|(k, _)| k < key);
        self.0.get(from..).unwrap_or_default().iter().take_while(move |(k, _)| k == key).map(|(_, v)| *v)
    }

    /// The last that this key stands for.
    fn last(&self, key: &K) -> Option<V> {
        self.all(key).last()
    }
}

/// The register, by what rosters know.
pub(super) struct Known<'r> {
    register: &'r Register,
    numbers: Index<&'r str, ChildId>,
    bare_numbers: Index<&'r str, ChildId>,
    cards: Index<&'r str, ChildId>,
    names: Index<&'r str, ChildId>,
    people: Index<(&'r str, &'r str), ChildId>,
}

impl<'r> Known<'r> {
    pub(super) fn of(register: &'r Register) -> Self {
        let numbers = || register.children().filter_map(|c| Some((c.student_no.as_deref()?, c.id)));
        let people = register.all_collectors().filter_map(|c| Some(((c.name.as_str(), c.phone.as_deref()?), c.child)));
        Self {
            register,
            numbers: Index::of(numbers()),
            bare_numbers: Index::of(numbers().map(|(n, id)| (bare(n), id)).filter(|(n, _)| !n.is_empty())),
            cards: Index::of(register.cards().map(|c| (bare(c.number.as_str()), c.child))),
            names: Index::of(register.children().map(|c| (c.name.as_str(), c.id))),
            people: Index::of(people),
        }
    }

    /// The child that a row is about, if it is on the register.
    pub(super) fn find(&self, row: &RosterChild) -> Result<Option<&'r Child>, Reason> {
        let by_number = row.numbers.iter().find_map(|n| self.numbers.last(&n.as_str()).or_else(|| self.bare_numbers.last(&bare(n))));
        if let Some(child) = by_number.and_then(|id| self.register.child(id)) {
            // Another name under the same number is a correction only when a phone says that it is the same family.
            let same = child.name == row.name || row.name.is_empty() || self.reaches(child.id, row);
            return if same { Ok(Some(child)) } else { Err(Reason::NumberInUse(child.name.clone())) };
        }
        let owners: Vec<ChildId> = row.card.as_ref().map(|c| self.cards.all(&c.bare()).collect()).unwrap_or_default();
        if let [owner] = owners[..]
            && let Some(child) = self.register.child(owner).filter(|c| c.name == row.name)
            && (child.student_no.is_none() || row.numbers.is_empty() || self.reaches(child.id, row))
        {
            return Ok(Some(child));
        }
        let named: Vec<&'r Child> = self.names.all(&row.name.as_str()).filter_map(|id| self.register.child(id)).collect();
        let reached: Vec<&'r Child> = named.iter().filter(|c| self.reaches(c.id, row)).copied().collect();
        let in_class =
            |c: &&&Child| row.grade.is_some_and(|g| g == c.grade) && (row.class_no.is_none() || c.class_no.is_none() || row.class_no == c.class_no);
        // A row with a number that nobody has is about a child whose number is not known yet, or about a new one.
        let open = |c: &&&Child| row.numbers.is_empty() || c.student_no.is_none();
        let classmates: Vec<&'r Child> = named.iter().filter(in_class).filter(open).copied().collect();
        match (&reached[..], &classmates[..]) {
            ([only], _) => Ok(Some(only)),
            ([_, _, ..], _) => {
                let mut here = reached.iter().filter(in_class);
                match (here.next(), here.next()) {
                    (Some(only), None) => Ok(Some(only)),
                    _ => Err(Reason::SeveralNamesakes),
                }
            }
            ([], [only]) if row.numbers.is_empty() => Ok(Some(only)),
            ([], []) => Ok(None),
            ([], _) if !row.numbers.is_empty() => Ok(None),
            ([], _) => Err(Reason::SeveralNamesakes),
        }
    }

    /// Whether a phone of the row is one that the register has for the child.
    pub(super) fn reaches(&self, child: ChildId, row: &RosterChild) -> bool {
        self.register.collectors(child).any(|c| c.phone.is_some() && row.collectors.iter().any(|r| r.phone == c.phone))
    }

    /// Whose a school's card is, or was: the same number with or without the zeros at its beginning. Numbers of ours are only
    /// themselves.
    pub(super) fn owners_of(&self, card: &str) -> Vec<ChildId> {
        let has = |id: &ChildId| self.register.cards_of(*id).iter().any(|c| !c.own && bare(c.number.as_str()) == bare(card));
        self.cards.all(&bare(card)).filter(has).collect()
    }

    /// The household of somebody of the row who is listed for another child.
    pub(super) fn household_of(&self, row: &RosterChild) -> Option<HouseholdId> {
        let named = row.collectors.iter().filter(|c| !c.name.is_empty() && !c.barred);
        let people = named.filter_map(|c| Some((c.name.as_str(), c.phone.as_deref()?)));
        people.filter_map(|p| self.people.last(&p)).find_map(|id| self.register.child(id)).map(|c| c.household)
    }
}
