//! The store from outside: files, recording, start-up and time travel, tampering.
#![allow(clippy::unwrap_used, missing_docs)]

#[path = "store/attended.rs"]
mod attended;
#[path = "store/erasing.rs"]
mod erasing;
#[path = "store/files.rs"]
mod files;
#[path = "store/folding.rs"]
mod folding;
#[path = "store/forgetting.rs"]
mod forgetting;
#[path = "store/guarded.rs"]
mod guarded;
#[path = "store/leaving.rs"]
mod leaving;
#[path = "store/lost.rs"]
mod lost;
#[path = "store/recording.rs"]
mod recording;
#[path = "store/redated.rs"]
mod redated;
#[path = "store/tampering.rs"]
mod tampering;
#[path = "store/together.rs"]
mod together;
#[path = "store/world.rs"]
mod world;
