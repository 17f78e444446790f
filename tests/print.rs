//! Files that leave the desk: the codes of the card sheet decode to the number again, tables come back through an import as
//! they were, hostile text stays text, a child's record tells everything and nobody else's secrets.
#![allow(clippy::unwrap_used, clippy::wildcard_enum_match_arm, clippy::similar_names)]

#[path = "print/attendance.rs"]
mod attendance;
#[path = "print/cards.rs"]
mod cards;
#[path = "print/commands.rs"]
mod commands;
#[path = "print/hostile.rs"]
mod hostile;
#[path = "print/oneroster.rs"]
mod oneroster;
#[path = "print/record.rs"]
mod record;
#[path = "print/round_trip.rs"]
mod round_trip;
#[path = "print/world.rs"]
mod world;
