//! What whoever sits at the screen has had time to look at.
//!
//! A question counts as in sight from the first frame that shows it. A number or Enter answers it only when the first key of
//! that line came [`LOOK`] later (R16). A PIN is meant for the question at which it was begun.

use std::time::Instant;

use super::typing::{LOOK, Line};
use crate::desk::Model;
use crate::desk::said::Hint;
use crate::desk::shown::Standing;

/// What stood on the last frames.
#[derive(Debug, Default)]
pub struct Sight {
    seen: Option<Seen>,
    /// A question for a secret that went by itself just before what is in sight came.
    went: Option<Standing>,
    /// A key did something since the last frame: what it changed did not change by itself.
    acted: bool,
    /// The question for a secret at which the line in the box was begun.
    secret: Option<Standing>,
}

#[derive(Debug)]
struct Seen {
    standing: Standing,
    since: Instant,
    secret: bool,
}

impl Seen {
    fn long_before(&self, at: Instant) -> bool {
        at.saturating_duration_since(self.since) >= LOOK
    }
}

impl Sight {
    /// A frame was drawn.
    pub fn drawn(&mut self, model: &Model, at: Instant) {
        let standing = model.standing();
        let by_itself = !std::mem::take(&mut self.acted);
        match &mut self.seen {
            Some(seen) if seen.standing == standing => seen.secret = model.asks_secret(),
            seen => {
                let before = seen.replace(Seen { standing, since: at, secret: model.asks_secret() });
                self.went = before.filter(|before| before.secret && by_itself).map(|before| before.standing);
            }
        }
    }

    /// A key does something.
    pub fn acts(&mut self) {
        self.acted = true;
    }

    /// A line is begun.
    pub fn begins(&mut self, model: &Model, at: Instant) {
        let standing = model.standing();
        self.secret = match &self.seen {
            _ if model.asks_secret() => Some(standing),
            Some(seen) if seen.standing != standing => (seen.secret && !self.acted).then(|| seen.standing.clone()),
            Some(seen) if !seen.long_before(at) => self.went.clone(),
            Some(_) | None => None,
        };
    }

    /// Whether the line in the box was begun at a question for a secret.
    #[must_use]
    pub fn is_secret(&self) -> bool {
        self.secret.is_some()
    }

    /// Whether it was, and another question stands in front now.
    #[must_use]
    pub fn is_secret_of_another(&self, model: &Model) -> bool {
        self.secret.as_ref().is_some_and(|begun| *begun != model.standing())
    }

    /// Why a number or Enter answers nothing: what it would answer came in front after it was begun, or just before.
    #[must_use]
    pub fn not_seen(&self, model: &Model, line: &Line, at: Instant) -> Option<Hint> {
        let standing = model.standing();
        if standing.is_nothing() {
            return None;
        }
        match self.seen.as_ref().filter(|seen| seen.standing == standing) {
            Some(seen) if line.began < seen.since && seen.long_before(at) => Some(Hint::Changed),
            Some(seen) if !line.rushed && seen.long_before(line.began) => None,
            Some(_) | None => Some(Hint::TooEarly),
        }
    }
}
