//! Files that leave the desk: cards to print, tables of the register and of attendance, one child's record, `OneRoster`.
//!
//! Reading order: [`table`] (rows of text become a workbook, a separated file or JSON; `sheet`: a workbook of any length) with [`register`] and [`attendance`]
//! (what their rows hold); [`record`] (everything about one child, for its family); [`cards`] with [`codes`] (an A4 sheet
//! that prints from a browser); [`oneroster`]; [`pick`] (whom a command is about); [`mod@file`] (how a file gets its name only when it is whole).
//!
//! Everything but [`mod@file`] is pure: a register and facts in, bytes out. Deliberately absent: the store, the clock, who may
//! export (the command line asks for the leader), PIN and pass phrase hashes, and identity numbers in any file.

pub mod attendance;
pub mod cards;
pub mod codes;
pub mod file;
mod listed;
pub mod oneroster;
pub mod pick;
pub mod record;
pub mod register;
mod sheet;
pub mod table;
