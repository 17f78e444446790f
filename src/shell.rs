//! The outside: the clock, PINs, the terminal, line mode, practice, effects performed.
//!
//! Nobody imports the shell but the command line. Reading order: [`session`] (one desk at work), `line` and [`screen`]
//! (the two ways to drive it; [`window`] turns keys into messages, [`typing`] tells readers from hands, [`sight`] knows what
//! was looked at, [`glass`] owns the terminal, [`paste`] holds what is no key), [`practice`], [`status`], [`wall`] (files that
//! people hand in are read behind it), [`rescue`] (when the record
//! cannot be kept), [`discreet`] (what it never leaves behind), [`checking`] (whether it is what was entered), [`backup`], [`doctor`], [`notices`], then the small parts. What is Unix-only lies in `tty`, with a twin for Windows.

pub mod backup;
pub mod checking;
pub mod clock;
pub mod discreet;
pub mod doctor;
pub mod glass;
pub mod keys;
pub mod line;
pub mod notices;
pub mod paste;
pub mod photo_files;
#[cfg(feature = "photo")]
pub mod photos;
pub mod pin;
pub mod practice;
pub mod rescue;
pub mod screen;
pub mod session;
pub mod sight;
pub mod status;
#[cfg(unix)]
pub mod tty;
#[cfg(not(unix))]
pub mod tty_windows;
pub mod typing;
pub mod wall;
pub mod window;
