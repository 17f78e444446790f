//! Numbers that look random and are the same for the same seed.

/// The dice of one afternoon (splitmix64).
pub struct Dice(u64);

fn mixed(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

impl Dice {
    /// Seeds that follow each other give rows that have nothing in common.
    pub fn of(seed: u64) -> Self {
        Self(mixed(mixed(seed).wrapping_add(0x5851_F42D_4C95_7F2D)))
    }

    /// From 0 up to before `sides`.
    pub fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        mixed(self.0) % sides
    }

    pub fn between(&mut self, least: i64, most: i64) -> i64 {
        least + i64::try_from(self.roll(u64::try_from(most - least + 1).unwrap())).unwrap()
    }

    pub fn pick<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> &'a T {
        all[usize::try_from(self.roll(all.len() as u64)).unwrap()]
    }

    /// One of these, each with its weight.
    pub fn weighed<T: Copy>(&mut self, all: &[(u64, T)]) -> T {
        let mut at = self.roll(all.iter().map(|(weight, _)| weight).sum());
        for (weight, what) in all {
            if at < *weight {
                return *what;
            }
            at -= weight;
        }
        unreachable!("the weights add up")
    }
}
