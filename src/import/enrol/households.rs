//! Which rows of a roster are one household, and numbers that stand under two of them.

use std::collections::HashMap;

use crate::import::roster::{Remark, RosterChild};

/// For each row the first row of its household: rows with the same household number, or with a collector of the same name
/// and phone. A number alone makes no household: two families may have been written with one.
pub(super) fn households(children: &[Box<RosterChild>]) -> Vec<usize> {
    let mut first: HashMap<(&str, &str), usize> = HashMap::new();
    let mut group: Vec<usize> = (0..children.len()).collect();
    for (index, row) in children.iter().enumerate() {
        let mut keys: Vec<(&str, &str)> = row.household.iter().map(|h| ("\n", h.as_str())).collect();
        let named = row.collectors.iter().filter(|c| !c.name.is_empty() && !c.barred);
        keys.extend(named.filter_map(|c| Some((c.name.as_str(), c.phone.as_deref()?))));
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

/// Numbers under which the file lists children of two households: one remark for each row after the first.
pub(super) fn shared_numbers(children: &[Box<RosterChild>], group: &[usize]) -> Vec<Remark> {
    let mut first: HashMap<&str, usize> = HashMap::new();
    let mut remarks = Vec::new();
    for (index, row) in children.iter().enumerate() {
        for phone in row.collectors.iter().filter(|c| !c.barred).filter_map(|c| c.phone.as_deref()) {
            let other = *first.entry(phone).or_insert(index);
            if let Some(known) = children.get(other).filter(|_| group.get(other) != group.get(index)) {
                let (place, column) = (row.place.clone(), row.columns.phone);
                remarks.push(Remark::NumberShared { place, column, phone: phone.to_owned(), name: known.name.clone(), other: known.place.clone() });
            }
        }
    }
    remarks
}
