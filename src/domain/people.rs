//! Children, the people who may collect them, and the staff.
//!
//! Absent: photographs, identity numbers, scores, ranks and every comparison of children (S3.02, N35).

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::card::CardNumber;
use super::time::Weekdays;

/// Number of a child in this store, from 1.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct ChildId(pub i64);

/// A map from children, fast because their numbers are our own and nobody can choose them to collide.
pub type IdMap<V> = HashMap<ChildId, V, BuildHasherDefault<IdHasher>>;

/// Spreads small whole numbers over a table.
#[derive(Clone, Copy, Default, Debug)]
pub struct IdHasher(u64);

impl Hasher for IdHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(self.0 ^ u64::from(*byte));
        }
    }

    fn write_i64(&mut self, n: i64) {
        self.write_u64(n.cast_unsigned());
    }

    fn write_u64(&mut self, n: u64) {
        self.0 = n.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(26);
    }
}

/// Number of a household: siblings share it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct HouseholdId(pub i64);

/// Number of a collector (one person's relation to one child) in this store, from 1.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct CollectorId(pub i64);

/// Number of a member of staff in this store, from 1.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct StaffId(pub i64);

/// A child as enrolled (F001).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Child {
    /// Its number in this store.
    pub id: ChildId,
    /// Full name as the school writes it.
    pub name: String,
    /// Grade, 1 to 6.
    pub grade: u8,
    /// Class within the grade.
    pub class_no: Option<u8>,
    /// Order within the class; children of a class are listed by it.
    pub seat: u32,
    /// The school's own number (学号), by which an import recognises the child again.
    pub student_no: Option<String>,
    /// The household; siblings are released together (F003).
    pub household: HouseholdId,
    /// Allergy or illness, shown at the moment of action (F108).
    pub health: Option<String>,
    /// Standing note for the carers (S1.24).
    pub note: Option<String>,
    /// Days on which the child comes; `None` means every care day.
    pub weekdays: Option<Weekdays>,
    /// The guardian's signed consent (S2.05).
    pub consent: Consent,
    /// A signed letter allows the child to go home alone (F009); never honoured for grades 1 and 2 (I9).
    pub self_leave: bool,
    /// Still enrolled; a withdrawn child keeps its history.
    pub enrolled: bool,
}

impl Child {
    /// Grades 1 and 2: an adult collects them, always (安全管理办法 §31).
    #[must_use]
    pub fn is_young(&self) -> bool {
        self.grade <= 2
    }
}

/// Whether a guardian has signed for after-school care (S2.05).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Consent {
    /// Imported without a value.
    Unknown,
    /// Signed.
    Given,
    /// Known to be missing.
    Missing,
}

/// Somebody who may, or must not, collect one child (F029, F030, F032).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Collector {
    /// Its number in this store.
    pub id: CollectorId,
    /// The child.
    pub child: ChildId,
    /// Place in the list, from 1; collector 1 is the one usually expected.
    pub rank: u8,
    /// Full name; empty when the school gave only relation and phone.
    pub name: String,
    /// Relation to the child, as the school writes it (母亲, 奶奶 …).
    pub relation: String,
    /// Number to dial.
    pub phone: Option<String>,
    /// What this person may do.
    pub right: Right,
    /// The staff record, when the collector works at the school (S1.17).
    pub staff: Option<StaffId>,
}

/// What a listed person may do.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Right {
    /// May collect on any day.
    Standing,
    /// Must not collect: a neutral hard stop (F030).
    Barred,
    /// May collect on one day, once a call to a registered number has confirmed it (F032).
    OneDay {
        /// The day.
        day: NaiveDate,
        /// Whether the call-back said yes.
        confirmed: bool,
    },
    /// No longer listed; kept for the record.
    Ended,
}

impl Collector {
    /// Whether the desk may release the child to this person on that day.
    #[must_use]
    pub fn may_collect(&self, on: NaiveDate) -> bool {
        match self.right {
            Right::Standing => true,
            Right::OneDay { day, confirmed } => confirmed && day == on,
            Right::Barred | Right::Ended => false,
        }
    }
}

/// What a member of staff may do at the desk (F167).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Works at the desk.
    Duty,
    /// Answers for the desk: second adult of last resort, register changes.
    Leader,
    /// Works in the office.
    Office,
    /// Reads only.
    Inspector,
}

/// Somebody who works in the care room.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Staff {
    /// Its number in this store.
    pub id: StaffId,
    /// Name as shown on the screen.
    pub name: String,
    /// What the person may do.
    pub role: Role,
    /// In what capacity (carer, relief, coach …), free text until the office half.
    pub kind: Option<String>,
    /// Staff card, for signing on.
    pub card: Option<CardNumber>,
    /// Argon2id hash of the PIN in PHC form.
    pub pin: Option<String>,
    /// Still working here.
    pub active: bool,
}
