//! Cards as tokens of a cloak-room: a card hangs on the rack, goes to the person who brought the child, and comes back at
//! release (S1.13–S1.17, F100). The conservation law is I4: on the rack = issued − with a holder − away − lost.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::card::CardNumber;
use super::people::ChildId;
use super::time::Moment;

/// A card of this store.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Card {
    /// The number as scanned.
    pub number: CardNumber,
    /// The child it stands for.
    pub child: ChildId,
    /// Whether it is valid.
    pub state: CardState,
    /// Where it is.
    pub custody: Custody,
    /// Made by caredesk: last digit Damm, three edits from its neighbours (N01). A school's own card is `false`.
    pub own: bool,
    /// What sort of card it is.
    #[serde(default)]
    pub kind: CardKind,
    /// Its last valid day: the end of the term, or the day of a day card (F105); `None` until it is changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
}

impl Card {
    /// Whether it opens anything on that day: live, and not past its last day; a card for a day on that day only.
    #[must_use]
    pub fn is_valid_on(&self, date: NaiveDate) -> bool {
        let in_time = match self.kind {
            CardKind::Day => self.until == Some(date),
            CardKind::Main | CardKind::Second => self.until.is_none_or(|until| date <= until),
        };
        self.state == CardState::Live && in_time
    }

    /// The same card, void from that moment on and expected back.
    #[must_use]
    pub fn expired(&self, at: Moment) -> Self {
        Self { state: CardState::Expired { at }, ..self.clone() }
    }

    /// A live card on the rack.
    #[must_use]
    pub fn new(number: CardNumber, child: ChildId, own: bool) -> Self {
        Self { number, child, state: CardState::Live, custody: Custody::Rack, own, kind: CardKind::Main, until: None }
    }
}

/// What sort of card it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CardKind {
    /// The child's card (S1.14).
    #[default]
    Main,
    /// A second one, where the school allows two (F104).
    Second,
    /// A card for one day, while the other is forgotten or lost (F103).
    Day,
}

impl CardKind {
    /// All, in the order of their numbers from 1.
    pub const ALL: [Self; 3] = [Self::Main, Self::Second, Self::Day];

    /// The word in files and tables.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Main => "main",
            Self::Second => "second",
            Self::Day => "day",
        }
    }
}

/// Whether a card is valid.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CardState {
    /// The child's card.
    Live,
    /// Reported lost; dead from that second (F102).
    Lost {
        /// When it was reported.
        at: Moment,
    },
    /// Another card took its place (F103).
    Replaced {
        /// When.
        at: Moment,
    },
    /// Its term is over (F105).
    Expired {
        /// Since when.
        at: Moment,
    },
}

/// Where a card is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Custody {
    /// On its hook in the room.
    Rack,
    /// With whoever brought the child.
    Holder,
    /// Out of the room although its child has gone home: it has to come back.
    Away,
    /// Nobody is known to have it: it was counted and hung on no hook, or lay at the desk where families keep their cards. It
    /// says nothing of who brings it until it is read when its child comes, or hangs on its hook.
    Astray,
}

/// How many cards are where. The parts always sum to the whole (I4).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct CardCount {
    /// Cards that were issued and not replaced or expired.
    pub issued: usize,
    /// On the rack.
    pub rack: usize,
    /// With a holder.
    pub holder: usize,
    /// Away, or astray.
    pub away: usize,
    /// Reported lost.
    pub lost: usize,
}

impl CardCount {
    /// Counts a card in.
    pub fn add(&mut self, card: &Card) {
        self.step(card, |n| *n += 1);
    }

    /// Takes a card out of the count.
    pub fn take(&mut self, card: &Card) {
        self.step(card, |n| *n = n.saturating_sub(1));
    }

    /// What is left without those.
    #[must_use]
    pub fn without(self, other: Self) -> Self {
        Self {
            issued: self.issued.saturating_sub(other.issued),
            rack: self.rack.saturating_sub(other.rack),
            holder: self.holder.saturating_sub(other.holder),
            away: self.away.saturating_sub(other.away),
            lost: self.lost.saturating_sub(other.lost),
        }
    }

    fn step(&mut self, card: &Card, step: impl Fn(&mut usize)) {
        let slot = match (card.state, card.custody) {
            (CardState::Live, Custody::Rack) => &mut self.rack,
            (CardState::Live, Custody::Holder) => &mut self.holder,
            (CardState::Live, Custody::Away | Custody::Astray) => &mut self.away,
            (CardState::Lost { .. }, _) => &mut self.lost,
            (CardState::Replaced { .. } | CardState::Expired { .. }, _) => return,
        };
        step(slot);
        step(&mut self.issued);
    }
}
