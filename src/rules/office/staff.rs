//! What may be changed about staff: capacity, papers, vetting, duty plan.

use crate::domain::fact::Fact;
use crate::domain::time::Moment;
use crate::rules::{Objection, Room};

/// Something that is changed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum StaffAct {}

/// What stands against it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Hindrance {}

pub(super) fn facts(_room: Room<'_>, act: &StaffAct, _now: Moment) -> Result<Vec<Fact>, Objection> {
    match *act {}
}
