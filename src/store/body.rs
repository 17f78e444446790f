//! The body of an entry: its fact and a salt, as JSON.
//!
//! Which fact it is stands in its first field. Read by the derived code alone, all fields are gathered first and taken apart after;
//! for the few facts of which the years are made, what stands in the first field says at once how the others are read.

use serde::{Deserialize, Serialize};

use crate::domain::card::CardNumber;
use crate::domain::custody::Custody;
use crate::domain::fact::{Doubt, EarlyReason, Fact, Ground, Holder, Late, Means, Seq, Taker};
use crate::domain::people::{ChildId, CollectorId};
use crate::domain::settings::Place;

use super::error::StoreError;

#[derive(Serialize)]
struct Body<'a> {
    #[serde(flatten)]
    fact: &'a Fact,
    salt: &'a str,
}

/// What an entry with that fact has as its body.
pub(super) fn written(fact: &Fact, salt: &str) -> Result<String, StoreError> {
    serde_json::to_string(&Body { fact, salt }).map_err(|e| StoreError::Other(e.to_string()))
}

/// What the body of an entry says.
pub(super) fn read(seq: i64, body: Option<&str>) -> Result<Fact, StoreError> {
    let body = body.ok_or_else(|| StoreError::Damaged(format!("entry {seq}: no body")))?;
    let read = daily(body).map_or_else(|| serde_json::from_str(body), Ok);
    read.map_err(|e| StoreError::Damaged(format!("entry {seq}: {:?} in the body", e.classify())))
}

/// Makes `daily` of facts with their fields; each is written as in [`Fact`].
macro_rules! daily {
    ($($name:literal $variant:ident { $($field:ident: $kind:ty),* })*) => {
        /// The fact, if it is one of those and written as we write it.
        fn daily(body: &str) -> Option<Fact> {
            let (name, _) = body.strip_prefix("{\"fact\":\"")?.split_once('"')?;
            match name {
                $($name => {
                    #[derive(Deserialize)]
                    #[serde(deny_unknown_fields)]
                    struct Fields<'b> {
                        #[serde(rename = "fact")]
                        _fact: &'b str,
                        #[serde(rename = "salt")]
                        _salt: &'b str,
                        $($field: $kind),*
                    }
                    let Fields { _fact, _salt, $($field),* } = serde_json::from_str(body).ok()?;
                    Some(Fact::$variant { $($field),* })
                })*
                _ => None,
            }
        }

        #[cfg(test)]
        const DAILY: &[&str] = &[$($name),*];
    };
}

daily! {
    "arrived" Arrived { child: ChildId, card: Option<CardNumber>, means: Means, holder: Holder, place: Place, despite: Option<Doubt> }
    "card_moved" CardMoved { number: CardNumber, child: ChildId, was: Custody, now: Custody }
    "released" Released { child: ChildId, arrival: Seq, ground: Ground, taker: Taker, early: Option<EarlyReason>, late: Option<Late> }
    "stepped_out" SteppedOut {
        child: ChildId, taker: CollectorId, back_by: Option<chrono::NaiveTime>, ground: Option<Ground>, early: Option<EarlyReason>, late: Option<Late>
    }
    "came_back" CameBack { child: ChildId }
}

#[cfg(test)]
mod tests;
