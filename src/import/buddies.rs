//! Which child a cell means when it names the one that another is paired with: by student number, by card, by name, or by name
//! and one of number, card, phone or class behind it (`王芳 四(1)班`).
//!
//! Children of the file go before those of the register, for they are the same ones, told anew. Nobody is guessed.

use std::collections::HashMap;

use crate::domain::people::ChildId;
use crate::domain::register::Register;

use super::cells::{join_hanzi, read_class, read_grade};
use super::roster::{Reason, RosterChild, bare};

/// A child that was meant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Buddy {
    /// That of the row with this index.
    Row(usize),
    /// One of the register whom the files do not name.
    Known(ChildId),
}

/// For each row the child that it is paired with, as far as it says so; nothing at all when none does.
pub(super) fn of(rows: &[Box<RosterChild>], register: &Register) -> Vec<Option<Result<Buddy, Reason>>> {
    if rows.iter().all(|row| row.buddy.is_none()) {
        return Vec::new();
    }
    let mut listed = Children::default();
    for (index, row) in rows.iter().enumerate() {
        let mut keys: Vec<&str> = row.numbers.iter().map(String::as_str).collect();
        keys.extend(row.card.iter().map(super::roster::RosterCard::bare));
        let phones = row.collectors.iter().filter_map(|c| c.phone.clone()).collect();
        listed.add(Buddy::Row(index), &row.name, &keys, phones, (row.grade, row.class_no));
    }
    let mut registered = Children::default();
    let mut cards: HashMap<ChildId, Vec<&str>> = HashMap::new();
    for card in register.cards() {
        cards.entry(card.child).or_default().push(bare(card.number.as_str()));
    }
    for child in register.children() {
        let mut keys: Vec<&str> = child.student_no.iter().map(String::as_str).collect();
        keys.extend(cards.get(&child.id).into_iter().flatten());
        let phones = register.collectors(child.id).filter_map(|c| c.phone.clone()).collect();
        registered.add(Buddy::Known(child.id), &child.name, &keys, phones, (Some(child.grade), child.class_no));
    }
    let one = |index: usize, text: &String| {
        let mut meant = listed.meant(text);
        if meant.is_empty() {
            meant = registered.meant(text);
        }
        match meant[..] {
            [Buddy::Row(own)] if own == index => Err(Reason::NoSuchBuddy(text.clone())),
            [only] => Ok(only),
            [] => Err(Reason::NoSuchBuddy(text.clone())),
            [_, _, ..] => Err(Reason::SeveralBuddies(text.clone())),
        }
    };
    rows.iter().enumerate().map(|(index, row)| Some(one(index, row.buddy.as_ref()?))).collect()
}

/// Grade and class, as far as they are known.
type Class = (Option<u8>, Option<u8>);

/// Children by what a cell may call them.
#[derive(Default)]
struct Children {
    /// Who it is, by which phones the family is reached, grade and class.
    all: Vec<(Buddy, Vec<String>, Class)>,
    keys: HashMap<String, Vec<usize>>,
    names: HashMap<String, Vec<usize>>,
}

impl Children {
    fn add(&mut self, who: Buddy, name: &str, keys: &[&str], phones: Vec<String>, class: Class) {
        let place = self.all.len();
        for key in keys {
            self.keys.entry(bare(key).to_owned()).or_default().push(place);
        }
        self.names.entry(name.to_owned()).or_default().push(place);
        self.all.push((who, phones, class));
    }

    /// Those whom the text may mean.
    fn meant(&self, text: &str) -> Vec<Buddy> {
        let named = |name: &str| self.names.get(&join_hanzi(name)).cloned().unwrap_or_default();
        let keyed = |key: &str| self.keys.get(bare(key)).cloned().unwrap_or_default();
        let mut places = keyed(text);
        if places.is_empty() {
            places = named(text);
        }
        if let (true, Some((name, which))) = (places.is_empty(), text.rsplit_once(' ')) {
            let (keyed, class, grade) = (keyed(which), read_class(which), read_grade(which));
            places = named(name);
            places.retain(|place| {
                let Some((_, phones, (of, no))) = self.all.get(*place) else { return false };
                let in_class = class.0.is_some() && class.0 == *of && (class.1.is_none() || class.1 == *no);
                let in_grade = grade.is_some() && grade == *of && no.is_none();
                keyed.contains(place) || phones.iter().any(|phone| phone == which) || in_class || in_grade
            });
        }
        places.dedup();
        places.iter().filter_map(|place| self.all.get(*place)).map(|(who, ..)| *who).collect()
    }
}
