//! What a care room is, without a clock, a disk or a screen.
//!
//! Reading order: [`time`] (a moment with its local offset), [`people`] (children and collectors), [`enrolment`] and
//! [`staff`], [`card`] (numbers that a typing error cannot turn into another child's), [`face`] (the spellings of a
//! school's own card) and [`custody`] (where each card is),
//! [`settings`] and [`calendar`] (when there is care), then [`fact`]
//! (everything that can happen; those about groups with [`activity`], those about children who are missed or not fetched
//! with [`closing`]) and the two folds over facts: [`register`] (people and cards as they stand) and [`day`] (one care
//! day); [`attended`] is one stay for papers. [`search`] holds the keys by which a child is found, [`trouble`] what can be wrong with the files of the record,
//! [`redating`] how a wrong time is set right.
//!
//! Deliberately absent: rules. What may follow from a state is decided in [`crate::rules`].

pub mod activity;
pub mod attended;
pub mod calendar;
pub mod card;
pub mod closing;
pub mod custody;
pub mod day;
pub mod enrolment;
pub mod face;
pub mod fact;
pub mod formula;
pub mod likeness;
pub mod people;
pub mod redating;
pub mod register;
pub mod search;
pub mod settings;
pub mod staff;
pub mod time;
pub mod trouble;
