//! One stay from the arrival to the release, put together from its facts: what a register of attendance says of it.

use super::fact::{Entry, Fact, Holder};
use super::people::ChildId;

/// A stay with the facts that belong to it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Attended {
    /// Who.
    pub child: ChildId,
    /// The entry of the arrival.
    pub arrival: Entry,
    /// Who had the card, as it was said last.
    pub holder: Holder,
    /// The entries of stepping out, each with that of coming back.
    pub outings: Vec<(Entry, Option<Entry>)>,
    /// The entry of the release.
    pub release: Option<Entry>,
}

impl Attended {
    /// The stay that an arrival begins; `None` for any other entry.
    #[must_use]
    pub fn begun(arrival: Entry) -> Option<Self> {
        let Fact::Arrived { child, holder, .. } = &arrival.fact else { return None };
        Some(Self { child: *child, holder: holder.clone(), arrival, outings: Vec::new(), release: None })
    }

    /// Takes in what was entered of the child later, up to the release.
    pub fn follow(&mut self, entry: Entry) {
        if self.release.is_some() {
            return;
        }
        #[allow(clippy::wildcard_enum_match_arm)] // only what belongs to a stay
        match &entry.fact {
            Fact::HolderNamed { now, .. } => self.holder = now.clone(),
            Fact::SteppedOut { .. } => self.outings.push((entry, None)),
            Fact::CameBack { .. } => {
                if let Some((_, back @ None)) = self.outings.last_mut() {
                    *back = Some(entry);
                }
            }
            Fact::Released { arrival, .. } if *arrival == self.arrival.seq => self.release = Some(entry),
            _ => {}
        }
    }
}
