//! The same child in several rows: rows that say the same are one, rows that contradict each other are refused, each with
//! the place of the other. Cards that two children claim are refused for both.
//!
//! Two rows are about one child when a number, an identity number or a card says so, or when name and class agree and a phone
//! or a guardian does too, and nothing tells them apart.

use std::collections::BTreeSet;
use std::hash::{BuildHasher, RandomState};

use crate::domain::card::has_our_form;

use super::roster::{Harvest, LeftOut, Place, Reason, Refused, Remark, RosterCard, RosterChild, RosterCollector};

/// Makes one row of several about one child, or refuses them.
pub(super) fn settle(harvest: &mut Harvest) {
    doubt_short_cards(harvest);
    forget_the_only_school(harvest);
    let rows = std::mem::take(&mut harvest.children);
    let mut kept: Vec<Box<RosterChild>> = Vec::with_capacity(rows.len());
    let mut seen = Seen::default();
    let mut bad: BTreeSet<usize> = BTreeSet::new();
    for row in rows {
        let found = seen.find(&row, &kept).and_then(|(first, by_card)| Some((first, by_card, kept.get_mut(first)?)));
        let Some((first, by_card, known)) = found else {
            if let Some(other) = seen.namesake(&row, &kept).and_then(|index| kept.get(index)) {
                let (place, name, other) = (row.place.clone(), row.name.clone(), other.place.clone());
                harvest.remarks.push(Remark::NamesakeInClass { place, column: row.columns.name, name, other });
            }
            seen.add(&row, kept.len());
            kept.push(row);
            continue;
        };
        if !bad.contains(&first)
            && let Some(whole) = merged(known, &row)
        {
            harvest.left_out.push((row.place, LeftOut::Repeated));
            seen.add(&whole, first);
            **known = whole;
            continue;
        }
        let reason = |place: &Place| if by_card { Reason::CardTwice(place.clone()) } else { Reason::ChildTwice(place.clone()) };
        let column = |c: &RosterChild| if by_card { c.columns.card } else { c.columns.name };
        if bad.insert(first) {
            harvest.refused.push(Refused { place: known.place.clone(), column: column(known), who: known.name.clone(), reason: reason(&row.place) });
        }
        harvest.refused.push(Refused { place: row.place.clone(), column: column(&row), who: row.name.clone(), reason: reason(&known.place) });
    }
    let mut index = 0;
    kept.retain(|_| {
        index += 1;
        !bad.contains(&(index - 1))
    });
    // What told namesakes apart is not needed any more.
    for row in &mut kept {
        (row.identity, row.birth) = (None, None);
    }
    harvest.children = kept;
}

/// A card of digits that is shorter than the others, where others begin with a zero, may have lost its own. Unless all the
/// short ones carry our own check digit: then they are cards that caredesk made, among a school's own.
fn doubt_short_cards(harvest: &mut Harvest) {
    // Who made a card is told by our own export, which loses no zeros.
    fn digits(child: &RosterChild) -> Option<&String> {
        match &child.card {
            Some(RosterCard::Code(code)) if child.own_card.is_none() && code.bytes().all(|b| b.is_ascii_digit()) => Some(code),
            Some(RosterCard::Code(_) | RosterCard::Number(_)) | None => None,
        }
    }
    let all = harvest.children.iter().filter_map(|c| match &c.card {
        Some(RosterCard::Code(code)) if code.bytes().all(|b| b.is_ascii_digit()) => Some(code),
        Some(RosterCard::Code(_) | RosterCard::Number(_)) | None => None,
    });
    let Some(longest) = all.filter(|c| c.starts_with('0')).map(String::len).max() else { return };
    let is_short = |code: &str| code.len() < longest && !code.starts_with('0');
    if harvest.children.iter().filter_map(|c| digits(c)).filter(|c| is_short(c)).all(|c| has_our_form(c)) {
        return;
    }
    for child in &mut harvest.children {
        if let Some(code) = digits(child).filter(|c| is_short(c)).cloned() {
            child.card = Some(RosterCard::Number(code));
        }
    }
}

/// A list that names one school for everybody is about the children of that school: it is nobody's other school (S1.05).
fn forget_the_only_school(harvest: &mut Harvest) {
    let schools: Vec<&String> = harvest.children.iter().filter_map(|c| c.own_school.as_ref()).collect();
    // Named for a few and left blank for the others it is theirs.
    let everybody = schools.len() * 2 >= harvest.children.len();
    if everybody && schools.windows(2).all(|pair| pair[0] == pair[1]) {
        for child in &mut harvest.children {
            child.own_school = None;
        }
    }
}

/// How long the cards of digits are, when they are all of one length.
pub(super) fn card_length(children: &[Box<RosterChild>]) -> Option<usize> {
    let mut lengths = children.iter().filter_map(|c| match &c.card {
        Some(RosterCard::Code(code)) if code.bytes().all(|b| b.is_ascii_digit()) => Some(code.len()),
        Some(RosterCard::Code(_) | RosterCard::Number(_)) | None => None,
    });
    let first = lengths.next()?;
    lengths.all(|l| l == first).then_some(first)
}

/// The rows so far, by what they may be recognised by: hashes of it, for the rows hold the words.
#[derive(Default)]
struct Seen {
    hash: RandomState,
    keys: BTreeSet<(u64, usize)>,
}

/// By what a row may be recognised.
#[derive(Hash)]
enum Key<'r> {
    Number(&'r str),
    Identity(&'r str),
    Card(&'r str),
    Name(&'r str, Option<u8>, Option<u8>),
    Called(&'r str),
}

impl Seen {
    fn add(&mut self, row: &RosterChild, index: usize) {
        let numbers = row.numbers.iter().map(|n| Key::Number(n));
        let identity = row.identity.iter().map(|i| Key::Identity(i));
        let card = row.card.iter().map(|c| Key::Card(c.bare()));
        let name = Key::Name(&row.name, row.grade, row.class_no);
        for key in numbers.chain(identity).chain(card).chain([name, Key::Called(&row.name)]) {
            self.keys.insert((self.hash.hash_one(key), index));
        }
    }

    /// The rows under a key, the first one first; by a rare chance others too, so who asks looks again.
    fn under(&self, key: &Key<'_>) -> impl Iterator<Item = usize> {
        let key = self.hash.hash_one(key);
        self.keys.range((key, 0)..=(key, usize::MAX)).map(|(_, index)| *index)
    }

    /// A row of the same name and class of which nothing says that it is about another child.
    fn namesake(&self, row: &RosterChild, kept: &[Box<RosterChild>]) -> Option<usize> {
        let same = |other: &RosterChild| {
            other.name == row.name && row.class_no.is_some() && (other.grade, other.class_no) == (row.grade, row.class_no) && !told_apart(other, row)
        };
        self.under(&Key::Name(&row.name, row.grade, row.class_no)).find(|index| kept.get(*index).is_some_and(|other| same(other)))
    }

    /// The row that is about the same child, and whether only a card says so, which then has two owners.
    fn find(&self, row: &RosterChild, kept: &[Box<RosterChild>]) -> Option<(usize, bool)> {
        let first =
            |key: Key<'_>, same: &dyn Fn(&RosterChild) -> bool| self.under(&key).find(|index| kept.get(*index).is_some_and(|other| same(other)));
        let by_number = row.numbers.iter().find_map(|n| first(Key::Number(n), &|other| other.numbers.contains(n)));
        let by_identity = || row.identity.as_ref().and_then(|i| first(Key::Identity(i), &|other| other.identity.as_ref() == Some(i)));
        if let Some(index) = by_number.or_else(by_identity) {
            return Some((index, false));
        }
        let by_card = |card: &RosterCard| first(Key::Card(card.bare()), &|other| other.card.as_ref().is_some_and(|c| c.bare() == card.bare()));
        if let Some(index) = row.card.as_ref().and_then(by_card) {
            let other = kept.get(index)?;
            let same = other.name == row.name && !told_apart(other, row);
            return Some((index, !same));
        }
        let class = |c: &RosterChild| (c.grade, c.class_no);
        let named = Key::Name(&row.name, row.grade, row.class_no);
        let same = |other: &RosterChild| other.name == row.name && class(other) == class(row) && !told_apart(other, row) && shares_family(other, row);
        // In another class, but reached at the same number through the same person.
        let moved =
            |other: &RosterChild| other.name == row.name && class(other) != class(row) && !told_apart(other, row) && shares_person(other, row);
        first(named, &same).or_else(|| first(Key::Called(&row.name), &moved)).map(|index| (index, false))
    }
}

/// Whether something says for certain that these are two children.
fn told_apart(one: &RosterChild, other: &RosterChild) -> bool {
    let differ = |a: Option<&str>, b: Option<&str>| a.is_some() && b.is_some() && a != b;
    let first = |c: &RosterChild| c.numbers.first().cloned();
    differ(first(one).as_deref(), first(other).as_deref())
        || differ(one.identity.as_deref(), other.identity.as_deref())
        || (one.birth.is_some() && other.birth.is_some() && one.birth != other.birth)
}

fn shares_family(one: &RosterChild, other: &RosterChild) -> bool {
    let nobody = |c: &RosterChild| c.collectors.is_empty();
    let same = |a: &RosterCollector, b: &RosterCollector| (a.phone.is_some() && a.phone == b.phone) || (!a.name.is_empty() && a.name == b.name);
    nobody(one) || nobody(other) || one.collectors.iter().any(|a| other.collectors.iter().any(|b| same(a, b)))
}

/// Whether somebody of one name and number, or of a number alone, is listed for both.
fn shares_person(one: &RosterChild, other: &RosterChild) -> bool {
    let same = |a: &RosterCollector, b: &RosterCollector| a.phone.is_some() && a.phone == b.phone && a.name == b.name;
    one.collectors.iter().any(|a| other.collectors.iter().any(|b| same(a, b)))
}

/// What both rows say together; `None` when they contradict each other. Within one sheet nothing may differ at all.
fn merged(one: &RosterChild, other: &RosterChild) -> Option<RosterChild> {
    #[allow(clippy::option_option)] // nothing said, or a contradiction
    fn agreed<T: Clone + PartialEq>(one: Option<&T>, other: Option<&T>) -> Option<Option<T>> {
        match (one, other) {
            (Some(a), Some(b)) if a != b => None,
            (Some(a), _) | (None, Some(a)) => Some(Some(a.clone())),
            (None, None) => Some(None),
        }
    }
    let alike = RosterChild { place: one.place.clone(), columns: one.columns.clone(), lacking: one.lacking, ..other.clone() };
    if *one == alike {
        return Some(one.clone());
    }
    if (&one.place.file, &one.place.sheet) == (&other.place.file, &other.place.sheet) || one.name != other.name || told_apart(one, other) {
        return None;
    }
    let numbers = if one.numbers.is_empty() { &other.numbers } else { &one.numbers };
    let card = match (&one.card, &other.card) {
        (Some(a), Some(b)) if a.bare() != b.bare() => return None,
        (Some(RosterCard::Code(a)), _) | (_, Some(RosterCard::Code(a))) => Some(RosterCard::Code(a.clone())),
        (a, b) => a.clone().or_else(|| b.clone()),
    };
    Some(RosterChild {
        place: one.place.clone(),
        columns: one.columns.clone(),
        numbers: numbers.clone(),
        name: one.name.clone(),
        grade: agreed(one.grade.as_ref(), other.grade.as_ref())?,
        class_no: agreed(one.class_no.as_ref(), other.class_no.as_ref())?,
        card,
        household: agreed(one.household.as_ref(), other.household.as_ref())?,
        collectors: both_lists(&one.collectors, &other.collectors)?,
        health: agreed(one.health.as_ref(), other.health.as_ref())?,
        care: agreed(one.care.as_ref(), other.care.as_ref())?,
        weekdays: agreed(one.weekdays.as_ref(), other.weekdays.as_ref())?,
        consent: agreed(one.consent.as_ref(), other.consent.as_ref())?,
        note: agreed(one.note.as_ref(), other.note.as_ref())?,
        own_school: agreed(one.own_school.as_ref(), other.own_school.as_ref())?,
        calm: agreed(one.calm.as_ref(), other.calm.as_ref())?,
        snack: agreed(one.snack.as_ref(), other.snack.as_ref())?,
        letter: agreed(one.letter.as_ref(), other.letter.as_ref())?,
        terms: either(&one.terms, &other.terms)?,
        early: either(&one.early, &other.early)?,
        guest_on: agreed(one.guest_on.as_ref(), other.guest_on.as_ref())?,
        withdrawn_on: agreed(one.withdrawn_on.as_ref(), other.withdrawn_on.as_ref())?,
        buddy: agreed(one.buddy.as_ref(), other.buddy.as_ref())?,
        works_here: either(&one.works_here, &other.works_here)?,
        own_card: agreed(one.own_card.as_ref(), other.own_card.as_ref())?,
        identity: one.identity.clone().or_else(|| other.identity.clone()),
        birth: one.birth.or(other.birth),
        withdrawn: one.withdrawn || other.withdrawn,
        family: match (&one.family, &other.family) {
            (Some(a), Some(b)) => Some(Box::new(a.with(b))),
            (a, b) => a.clone().or_else(|| b.clone()),
        },
        lacking: if one.lacking.is_none() { None } else { other.lacking },
        asked: one.asked.iter().chain(other.asked.iter().filter(|a| !one.asked.contains(a))).cloned().collect(),
    })
}

/// The list of the one that has any; `None` when both do and they differ.
fn either<T: Clone + PartialEq>(one: &[T], other: &[T]) -> Option<Vec<T>> {
    match (one, other) {
        ([], list) | (list, []) => Some(list.to_vec()),
        (one, other) => (one == other).then(|| one.to_vec()),
    }
}

/// The people of both lists; `None` when somebody has two phones or two relations.
fn both_lists(one: &[RosterCollector], other: &[RosterCollector]) -> Option<Vec<RosterCollector>> {
    let mut list = one.to_vec();
    for person in other {
        let same = |c: &&mut RosterCollector| if person.name.is_empty() { c.phone == person.phone } else { c.name == person.name };
        let Some(known) = list.iter_mut().find(same) else {
            list.push(person.clone());
            continue;
        };
        let differ = known.phone.is_some() && person.phone.is_some() && known.phone != person.phone;
        if differ || (known.validity.is_some() && person.validity.is_some() && known.validity != person.validity) {
            return None;
        }
        if known.looks.is_some() && person.looks.is_some() && known.looks != person.looks {
            return None;
        }
        if known.minor.is_some() && person.minor.is_some() && known.minor != person.minor {
            return None;
        }
        let staff = |c: &RosterCollector| c.works_here.as_ref().map(|said| said.1.clone());
        if staff(known).is_some() && staff(person).is_some() && staff(known) != staff(person) {
            return None;
        }
        if !known.relation.is_empty() && !person.relation.is_empty() && known.relation != person.relation {
            return None;
        }
        known.phone = known.phone.take().or_else(|| person.phone.clone());
        if known.relation.is_empty() {
            known.relation.clone_from(&person.relation);
        }
        known.barred |= person.barred;
        known.validity = known.validity.or(person.validity);
        known.looks = known.looks.take().or_else(|| person.looks.clone());
        known.minor = known.minor.or(person.minor);
        known.works_here = known.works_here.take().or_else(|| person.works_here.clone());
    }
    Some(list)
}
