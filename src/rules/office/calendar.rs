//! What may be changed about when there is care.

use crate::domain::fact::Fact;
use crate::domain::time::Moment;
use crate::rules::{Objection, Room};

/// Something that is changed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CalendarAct {}

/// What stands against it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Hindrance {}

pub(super) fn facts(_room: Room<'_>, act: &CalendarAct, _now: Moment) -> Result<Vec<Fact>, Objection> {
    match *act {}
}
