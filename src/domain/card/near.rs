//! Which numbers are a slip or two from one another, among very many.

use std::collections::BTreeSet;

use super::edits;

/// Edits that are taken for a slip: fewer than the three that our own numbers keep from everything else (N01).
pub const SLIP: usize = 2;

/// Keys of everything that is left when up to two characters are deleted. Two strings within two edits share one.
pub(super) fn deletions(text: &str) -> Vec<u64> {
    let bytes = text.as_bytes();
    let key = |skip: [usize; 2]| {
        let kept = bytes.iter().enumerate().filter(|(i, _)| !skip.contains(i)).map(|(_, b)| *b);
        kept.fold(1_u64, |key, b| key.wrapping_mul(257).wrapping_add(u64::from(b)))
    };
    let n = bytes.len();
    let mut keys: Vec<u64> = (0..=n).flat_map(|i| (i..=n).map(move |j| (i, j))).map(|(i, j)| key([i, j])).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// For each of `new` that is within [`SLIP`] of one of `known`: its index, and the index of one such. By the first index.
#[must_use]
pub fn slips(known: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
    let lengths = |list: &[&str]| list.iter().map(|t| t.len()).collect::<BTreeSet<usize>>();
    let within = |len: usize, lengths: &BTreeSet<usize>| lengths.range(len.saturating_sub(SLIP)..=len + SLIP).next().is_some();
    // The fewer are kept by what is left of them, the many are looked up.
    let swapped = new.len() < known.len();
    let (kept, asked) = if swapped { (new, known) } else { (known, new) };
    let (of_kept, of_asked) = (lengths(kept), lengths(asked));
    let mut left: Vec<(u64, usize)> = Vec::new();
    for (index, text) in kept.iter().enumerate().filter(|(_, t)| within(t.len(), &of_asked)) {
        left.extend(deletions(text).into_iter().map(|key| (key, index)));
    }
    left.sort_unstable();
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (index, text) in asked.iter().enumerate().filter(|(_, t)| within(t.len(), &of_kept)) {
        let shares = |key: u64| {
            let from = left.partition_point(|(k, _)| *k < key);
            left.get(from..).unwrap_or_default().iter().take_while(move |(k, _)| *k == key).map(|(_, i)| *i)
        };
        let near = |i: &usize| kept.get(*i).is_some_and(|other| edits(other, text) <= SLIP);
        let mut hits = deletions(text).into_iter().flat_map(shares).filter(near);
        if swapped {
            found.extend(hits.map(|new| (new, index)));
        } else {
            found.extend(hits.next().map(|known| (index, known)));
        }
    }
    found.sort_unstable();
    found.dedup_by_key(|(new, _)| *new);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_found_is_what_comparing_all_finds() {
        let mut state = 5_u64;
        let mut dice = move || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            state >> 33
        };
        for (many, few) in [(400, 30), (30, 400), (200, 200), (0, 10), (10, 0)] as [(usize, usize); 5] {
            let ours: Vec<String> = (0..many).map(|n| format!("{:0w$}", dice() % 3000, w = if n % 2 == 0 { 6 } else { 8 })).collect();
            let others: Vec<String> = (0..few).map(|n| format!("{:0w$}", dice() % 3000, w = 3 + n % 10)).collect();
            let (ours, others): (Vec<&str>, Vec<&str>) = (ours.iter().map(String::as_str).collect(), others.iter().map(String::as_str).collect());
            let found = slips(&ours, &others);
            let near = |o: &&str| ours.iter().any(|c| edits(c, o) <= SLIP);
            let want: Vec<usize> = others.iter().enumerate().filter(|(_, o)| near(o)).map(|(i, _)| i).collect();
            assert_eq!(found.iter().map(|(i, _)| *i).collect::<Vec<_>>(), want);
            assert!(found.iter().all(|(other, own)| edits(ours[*own], others[*other]) <= SLIP));
            assert!(want.len() < few || few == 0 || many == 0 || want.len() > few / 4, "both kinds are tried");
        }
        assert_eq!(slips(&["112018"], &["112108", "1120", "11201", "990000", "1120185", "120118"]), [(0, 0), (1, 0), (2, 0), (4, 0), (5, 0)]);
    }
}
