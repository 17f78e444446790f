//! The spellings of a school's own card: one chip, and what different readers type for it.
//!
//! A reader shows the whole content of a chip or its lower bits, as hexadecimal or decimal digits, in one piece or in two,
//! forwards or byte by byte backwards. Length alone does not tell which: `07302202` and `11127706` are one card in two
//! spellings, and each could be another card in another one. So a code is read in every way that it can be read, as
//! [`Chip`]s of which so many low bits are known; two codes can be one card when some of their chips [`agree`]. Who looks a
//! card up takes it only when exactly one card agrees, and refuses else.
//!
//! A spelling of 16 bits (five digits) tells too little to open anything: it has no chips.
//! Absent: what a card means (see `rules::card`), and our own numbers, which are only ever themselves (see [`super::card`]).

use std::collections::{HashMap, HashSet};

/// What a code tells of a chip: its low `known` bits (24, 32 or 40).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Chip {
    bits: u64,
    known: u32,
}

impl Chip {
    /// How many bits a spelling may tell, fewest first.
    pub const KNOWN: [u32; 3] = [24, 32, 40];

    /// A chip of which the 40 bits are known.
    #[must_use]
    pub fn whole(bits: u64) -> Self {
        Self::of(bits, 40)
    }

    fn of(bits: u64, known: u32) -> Self {
        Self { bits: bits & mask(known), known }
    }

    /// How many low bits are known: one of [`Chip::KNOWN`].
    #[must_use]
    pub fn known(self) -> u32 {
        self.known
    }

    /// So many low bits, where they are known.
    #[must_use]
    pub fn low(self, bits: u32) -> Option<u64> {
        (bits <= self.known).then(|| self.bits & mask(bits))
    }

    /// The low 24 bits, which every spelling that counts has.
    #[must_use]
    pub fn low24(self) -> u32 {
        u32::try_from(self.bits & mask(24)).unwrap_or(0)
    }

    /// Its low 32 bits with the bytes turned round, where they are known.
    fn reversed(self) -> Option<Self> {
        (self.known >= 32).then(|| Self::of(u64::from(self.low32().swap_bytes()), 32))
    }

    fn low32(self) -> u32 {
        u32::try_from(self.bits & mask(32)).unwrap_or(0)
    }

    /// Everything that a reader might type for this chip, as far as it is known.
    #[must_use]
    pub fn spellings(self) -> Vec<String> {
        let low24 = self.low24();
        let (facility, low16) = (low24 >> 16, low24 & 0xffff);
        let mut all = vec![format!("{low24:08}"), format!("{facility:03}{low16:05}"), format!("{facility:03},{low16:05}")];
        if self.known >= 32 {
            for low32 in [self.low32(), self.low32().swap_bytes()] {
                let (high, low) = (low32 >> 16, low32 & 0xffff);
                all.extend([format!("{low32:010}"), format!("{low32:08X}"), format!("{high:05},{low:05}")]);
            }
        }
        if self.known >= 40 {
            all.extend([format!("{:010X}", self.bits), format!("{:012}", self.bits), format!("{:013}", self.bits)]);
        }
        all
    }
}

fn mask(known: u32) -> u64 {
    (1_u64 << known) - 1
}

/// All chips that a code may stand for; none when it is no spelling of a chip, or of 16 bits only.
#[must_use]
pub fn chips(code: &str) -> Vec<Chip> {
    let decimal = |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse::<u64>().ok()).flatten();
    let hexadecimal = |text: &str| text.bytes().all(|b| b.is_ascii_hexdigit()).then(|| u64::from_str_radix(text, 16).ok()).flatten();
    let within = |value: Option<u64>, known: u32| value.filter(|v| *v <= mask(known)).map(|v| Chip::of(v, known));
    let mut all: Vec<Chip> = match (code.split_once(','), code.len()) {
        (Some((left, right)), 9) if left.len() == 3 => halves(left, right, 8).into_iter().collect(),
        (Some((left, right)), 11) if left.len() == 5 => halves(left, right, 16).into_iter().collect(),
        (None, 8) => {
            let two = code.get(..3).zip(code.get(3..)).and_then(|(left, right)| halves(left, right, 8));
            [within(decimal(code), 24), two, within(hexadecimal(code), 32)].into_iter().flatten().collect()
        }
        (None, 10) => [within(decimal(code), 32), within(hexadecimal(code), 40)].into_iter().flatten().collect(),
        (None, 12 | 13) => within(decimal(code), 40).into_iter().collect(),
        (Some(_) | None, _) => Vec::new(),
    };
    let backwards: Vec<Chip> = all.iter().filter(|c| c.known == 32).filter_map(|c| c.reversed()).collect();
    all.extend(backwards);
    all.sort_unstable();
    all.dedup();
    all
}

/// A chip given as its upper part (so many bits) and its low 16, both decimal.
fn halves(left: &str, right: &str, bits: u32) -> Option<Chip> {
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse::<u64>().ok()).flatten();
    let (high, low) = (digits(left)?, digits(right)?);
    (right.len() == 5 && high <= mask(bits) && low <= mask(16)).then(|| Chip::of(high << 16 | low, bits + 16))
}

/// Whether two codes can be one card, by the chips that each may stand for.
#[must_use]
pub fn agree(one: &[Chip], other: &[Chip]) -> bool {
    one.iter().any(|a| other.iter().any(|b| (a.bits ^ b.bits) & mask(a.known.min(b.known)) == 0))
}

/// Whether two codes are one, or can be one card as two readers type it.
#[must_use]
pub fn may_be_one(one: &str, other: &str) -> bool {
    one == other || agree(&chips(one), &chips(other))
}

/// Codes, found again by every code that can be the same card.
#[derive(Clone, Debug, Default)]
pub struct Faces {
    exact: HashSet<String>,
    /// So many low bits of a chip, and whether a code tells these and no more.
    told: HashMap<(u32, u64), bool>,
}

impl Faces {
    /// The codes of these cards.
    #[must_use]
    pub fn of<'c>(codes: impl IntoIterator<Item = &'c str>) -> Self {
        let mut faces = Self::default();
        for code in codes {
            faces.add(code);
        }
        faces
    }

    /// One more.
    pub fn add(&mut self, code: &str) {
        for chip in chips(code) {
            for known in Chip::KNOWN {
                if let Some(low) = chip.low(known) {
                    *self.told.entry((known, low)).or_default() |= chip.known == known;
                }
            }
        }
        self.exact.insert(code.to_owned());
    }

    /// Whether this code is one of them, or can be one of them as another reader types it (see [`agree`]).
    #[must_use]
    pub fn can_be(&self, code: &str) -> bool {
        let agrees = |chip: &Chip| {
            Chip::KNOWN.into_iter().filter(|known| *known <= chip.known).any(|known| {
                let told = chip.low(known).and_then(|low| self.told.get(&(known, low)));
                told.is_some_and(|no_more| *no_more || known == chip.known)
            })
        };
        self.exact.contains(code) || chips(code).iter().any(agrees)
    }
}

/// Whether a code is the spelling that has 16 bits only: five digits.
#[must_use]
pub fn is_short(code: &str) -> bool {
    code.len() == 5 && code.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// The card of the readers' manuals (tests/data/scanners).
    const CARD: u64 = 0x01_026F_6C3A;

    #[test]
    fn one_card_in_all_its_spellings_agrees_with_itself() {
        let mine = [Chip::whole(CARD)];
        for code in [
            "01026F6C3A",
            "01026f6c3a",
            "004335823930",
            "0004335823930",
            "0040856634",
            "07302202",
            "11127706",
            "111,27706",
            "00623,27706",
            "026F6C3A",
            "3A6C6F02",
            "0980184834",
        ] {
            assert!(agree(&chips(code), &mine), "{code}: {:?}", chips(code));
        }
        for code in ["27706", "", "1", "99999999999999", "4294967296x", "256,00001", "111,65536", "9999999999999", "112018", "111,2770", "陈一诺陈"]
        {
            assert!(!agree(&chips(code), &mine), "{code}");
        }
        assert!(chips("27706").is_empty() && is_short("27706") && !is_short("277061"));
    }

    #[test]
    fn a_mifare_number_forwards_and_backwards_is_one_card() {
        assert!(agree(&chips("0713233758"), &chips("1578468138")));
        assert!(agree(&chips("2A83155E"), &chips("1578468138")) && agree(&chips("5E15832A"), &chips("0713233758")));
        assert!(!agree(&chips("0713233758"), &chips("0713233759")));
    }

    #[test]
    fn every_pair_of_spellings_of_a_chip_agrees() {
        for bits in [0, 1, CARD, 0xff_ffff_ffff, 0x00_0102_0304, 0x12_3456_7890, 0x10_0000_0001] {
            let spellings = Chip::whole(bits).spellings();
            assert_eq!(spellings.len(), 12);
            for one in &spellings {
                assert!(spellings.iter().all(|other| agree(&chips(one), &chips(other))), "{one} of {bits:#x} among {spellings:?}");
            }
        }
    }

    #[test]
    fn the_index_finds_what_comparing_finds() {
        let codes = ["01026F6C3A", "0040856634", "07302202", "111,27706", "3A6C6F02", "0000000001", "16777217", "27706", "112018", "00016F6C3A"];
        for one in codes {
            let faces = Faces::of([one]);
            for other in codes.into_iter().chain(["0004335823930", "026f6c3a", "112019"]) {
                assert_eq!(faces.can_be(other), may_be_one(one, other), "{one} {other}");
            }
        }
    }

    #[test]
    fn more_bits_tell_more_cards_apart() {
        let (one, other) = (Chip::whole(0x01_026F_6C3A), Chip::whole(0x01_036F_6C3A));
        assert!(!agree(&[one], &[other]), "whole chips differ");
        assert!(agree(&chips("07302202"), &[one]) && agree(&chips("07302202"), &[other]), "their low 24 bits do not");
    }
}
