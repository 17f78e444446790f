//! shell
pub mod clock;
pub mod pin;
pub mod line;
pub mod session;
