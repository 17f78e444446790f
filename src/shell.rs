//! s
pub mod clock;
pub mod pin;
pub mod status;
