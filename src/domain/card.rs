//! Card numbers that a typing error cannot turn into another child's (N01).
//!
//! Our own numbers are digits, the last one a Damm check digit, drawn at random, and as far as the length allows at least
//! three edits (substitution, swap of neighbours, insertion, deletion) from one another. A school's own cards are used as
//! they are; the promise is not made for them.
//!
//! Absent: where a card is (see [`super::custody`]) and what it means when shown (see `rules::card`).

use std::collections::{HashMap, HashSet};
use std::fmt;

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

mod near;

use near::deletions;
pub use near::{SLIP, slips};

/// A card's number or code, as it is read.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CardNumber(CompactString);

impl CardNumber {
    /// A number as it was read. It needs no memory of its own up to 24 bytes, for it stands in several maps.
    pub fn new(text: impl Into<CompactString>) -> Self {
        Self(text.into())
    }

    /// Its text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last three characters, for calling a child out without its name (N29).
    #[must_use]
    pub fn tail(&self) -> &str {
        let start = self.0.char_indices().rev().nth(2).map_or(0, |(i, _)| i);
        self.0.get(start..).unwrap_or(&self.0)
    }
}

impl fmt::Display for CardNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The quasigroup of H. M. Damm's thesis (2004), totally anti-symmetric: it catches every single wrong digit and every swap
/// of neighbours.
const DAMM: [[u8; 10]; 10] = [
    [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
    [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
    [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
    [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
    [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
    [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
    [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
    [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
    [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
    [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

/// The Damm check digit of a string of digits, 0 to 9; `None` when something else than ASCII digits is in it.
#[must_use]
pub fn damm(digits: &str) -> Option<u8> {
    let mut interim = 0_u8;
    for byte in digits.bytes() {
        let digit = byte.checked_sub(b'0').filter(|d| *d <= 9)?;
        interim = *DAMM.get(usize::from(interim))?.get(usize::from(digit))?;
    }
    Some(interim)
}

/// Whether a number ends with its check digit.
#[must_use]
pub fn checks(number: &str) -> bool {
    number.len() >= 2 && damm(number) == Some(0)
}

/// Whether a number has the form of ours: six or eight digits, the last one right.
#[must_use]
pub fn has_our_form(number: &str) -> bool {
    [own_length(0), Allotment::LONGEST].contains(&number.len()) && checks(number)
}

/// Length of our own numbers for so many live cards: six digits up to 2,000, eight above.
#[must_use]
pub fn own_length(live: usize) -> usize {
    if live <= 2000 { 6 } else { Allotment::LONGEST }
}

/// How far a drawn number is from all others.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Spacing {
    /// At least three edits.
    ThreeEdits,
    /// Distinct and checked only: the room for three edits is used up.
    DistinctOnly,
}

/// Draws our own numbers.
#[derive(Clone, Debug)]
pub struct Allotment {
    length: usize,
    taken: HashSet<String>,
    shorter: HashMap<u64, Vec<String>>,
    spaced: bool,
}

impl Allotment {
    /// Above so many numbers keeping three edits apart costs more than it gives.
    pub const MOST_SPACED: usize = 20_000;

    /// Digits of our longest numbers.
    pub const LONGEST: usize = 8;

    /// Longer numbers, kept away from the same ones; `None` when these are the longest, or too many to be kept apart.
    #[must_use]
    pub fn longer(&self) -> Option<Self> {
        (self.spaced && self.length < Self::LONGEST).then(|| Self { length: Self::LONGEST, ..self.clone() })
    }

    /// For a room that will have so many live cards.
    #[must_use]
    pub fn for_cards(live: usize) -> Self {
        Self { length: own_length(live), taken: HashSet::new(), shorter: HashMap::new(), spaced: live <= Self::MOST_SPACED }
    }

    /// A number that exists already and must be kept away from.
    pub fn keep_away_from(&mut self, number: &str) {
        if self.taken.insert(number.to_owned()) && self.spaced {
            for key in deletions(number) {
                self.shorter.entry(key).or_default().push(number.to_owned());
            }
        }
    }

    /// Draws a number with its spacing; `None` when the length has no number left. `random` gives 64 random bits a call;
    /// at a real desk it has to be the system's.
    pub fn draw(&mut self, random: &mut dyn FnMut() -> u64) -> Option<(CardNumber, Spacing)> {
        const TRIES: usize = 2_000;
        let below = 10_u64.pow(u32::try_from(self.length).ok()?.checked_sub(1)?);
        let mut distinct = None;
        for _ in 0..TRIES {
            let body = format!("{:0width$}", random() % below, width = self.length - 1);
            let number = format!("{body}{}", damm(&body)?);
            if self.taken.contains(&number) {
                continue;
            }
            if self.spaced && self.is_far(&number) {
                self.keep_away_from(&number);
                return Some((CardNumber::new(number), Spacing::ThreeEdits));
            }
            distinct.get_or_insert(number);
            if !self.spaced {
                break;
            }
        }
        let number = distinct?;
        self.keep_away_from(&number);
        Some((CardNumber::new(number), Spacing::DistinctOnly))
    }

    fn is_far(&self, number: &str) -> bool {
        deletions(number).into_iter().filter_map(|key| self.shorter.get(&key)).flatten().all(|other| edits(number, other) > SLIP)
    }
}

/// Edits between two strings: substitutions, insertions, deletions and swaps of neighbours (optimal string alignment).
#[must_use]
pub fn edits(a: &str, b: &str) -> usize {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut rows = vec![vec![0_usize; b.len() + 1]; a.len() + 1];
    for (i, row) in rows.iter_mut().enumerate() {
        row[0] = i;
    }
    for (j, cell) in rows[0].iter_mut().enumerate() {
        *cell = j;
    }
    for i in 1..=a.len() {
        for j in 1..=b.len() {
            let change = usize::from(a[i - 1] != b[j - 1]);
            let mut least = (rows[i - 1][j] + 1).min(rows[i][j - 1] + 1).min(rows[i - 1][j - 1] + change);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            rows[i][j] = least;
        }
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const AFTERNOON: &str = "453841 693691 779093 159082 504179 112018 792339 994330 110031 598728 430315 602338 828058 127139 433490 \
        868643 421433 142757 789764 826982 381544 207076 526014 815907 830168 613181 609130 909969";

    fn dice(seed: u64) -> impl FnMut() -> u64 {
        let mut state = seed;
        move || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            state >> 17
        }
    }

    /// Every number that one wrong digit or one swap of neighbours makes of this one.
    fn slips(number: &str) -> Vec<String> {
        let digits: Vec<char> = number.chars().collect();
        let mut all = Vec::new();
        for i in 0..digits.len() {
            for d in '0'..='9' {
                let mut other = digits.clone();
                other[i] = d;
                all.push(other.into_iter().collect::<String>());
            }
            if i + 1 < digits.len() {
                let mut other = digits.clone();
                other.swap(i, i + 1);
                all.push(other.into_iter().collect());
            }
        }
        all.retain(|other| other != number);
        all
    }

    #[test]
    fn the_afternoons_cards_check() {
        for number in AFTERNOON.split_whitespace() {
            assert!(checks(number), "{number}");
        }
    }

    #[test]
    fn no_slip_of_any_card_of_a_thousand_rooms_names_anybody() {
        let mut random = dice(1);
        let (mut tried, mut cards) = (0_u64, 0_u64);
        for _ in 0..1000 {
            let mut allotment = Allotment::for_cards(22);
            let room: HashSet<String> = (0..22).map(|_| allotment.draw(&mut random).unwrap().0.to_string()).collect();
            assert_eq!(room.len(), 22);
            for number in &room {
                cards += 1;
                for slip in slips(number) {
                    tried += 1;
                    assert!(!checks(&slip), "{number} -> {slip} passes the check digit");
                    assert!(!room.contains(&slip), "{number} -> {slip} names another child");
                }
            }
        }
        assert_eq!(cards, 22_000);
        assert!(tried > 1_200_000, "{tried}");
    }

    #[test]
    fn numbers_are_three_edits_apart_while_there_is_room() {
        let mut random = dice(7);
        let mut allotment = Allotment::for_cards(300);
        let drawn: Vec<(CardNumber, Spacing)> = (0..300).map(|_| allotment.draw(&mut random).unwrap()).collect();
        for (i, (a, spacing)) in drawn.iter().enumerate() {
            assert_eq!(*spacing, Spacing::ThreeEdits);
            assert!(drawn.iter().skip(i + 1).all(|(b, _)| edits(a.as_str(), b.as_str()) >= 3), "{a}");
        }
    }

    #[test]
    fn ten_thousand_long_numbers_keep_three_edits() {
        let mut random = dice(11);
        let mut allotment = Allotment::for_cards(10_000);
        let three = (0..10_000).filter(|_| allotment.draw(&mut random).unwrap().1 == Spacing::ThreeEdits).count();
        assert_eq!(three, 10_000);
    }

    #[test]
    fn a_full_room_says_so_and_goes_on() {
        let mut random = dice(3);
        let mut allotment = Allotment { length: 3, taken: HashSet::new(), shorter: HashMap::new(), spaced: true };
        let mut spacings = Vec::new();
        while let Some((number, spacing)) = allotment.draw(&mut random) {
            assert!(checks(number.as_str()));
            spacings.push(spacing);
        }
        assert!(spacings.contains(&Spacing::ThreeEdits) && spacings.contains(&Spacing::DistinctOnly));
        assert!(spacings.len() > 95 && spacings.len() <= 100, "{}", spacings.len());
    }

    #[test]
    fn edits_count_each_kind_once() {
        for (a, b, n) in [
            ("112018", "112018", 0),
            ("112018", "112019", 1),
            ("112018", "11208", 1),
            ("112018", "112108", 1),
            ("112018", "0112018", 1),
            ("", "12", 2),
        ] {
            assert_eq!(edits(a, b), n, "{a} {b}");
        }
    }

    #[test]
    fn the_tail_is_three_characters() {
        assert_eq!(CardNumber::new("433490").tail(), "490");
        assert_eq!(CardNumber::new("90").tail(), "90");
    }
}
