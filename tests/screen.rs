//! The screen: a world, some keys, a picture. Every screen, form and verdict in both languages and two sizes, with styles;
//! every size drawn straight; scans landing everywhere; names that break screens.
#![allow(clippy::unwrap_used, clippy::wildcard_enum_match_arm, clippy::similar_names, missing_docs)]

#[path = "screen/calendar.rs"]
mod calendar;
#[path = "screen/cards.rs"]
mod cards;
#[path = "screen/desk.rs"]
mod desk;
#[path = "screen/hostile.rs"]
mod hostile;
#[path = "screen/keys.rs"]
mod keys;
#[path = "screen/labels.rs"]
mod labels;
#[path = "screen/people.rs"]
mod people;
#[cfg(feature = "photo")]
#[path = "screen/photo.rs"]
mod photo;
#[path = "screen/pictures.rs"]
mod pictures;
#[path = "screen/privacy.rs"]
mod privacy;
#[path = "screen/scenes.rs"]
mod scenes;
#[path = "screen/settings.rs"]
mod settings;
#[path = "screen/staff.rs"]
mod staff;
