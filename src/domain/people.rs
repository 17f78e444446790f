//! Children and the people who may collect them.
//!
//! Absent: photographs, identity numbers, scores, ranks and every comparison of children (S3.02, N35). Staff are in
//! [`super::staff`], enrolment and consent in [`super::enrolment`]; both are named here too, for most readers need all.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::time::Weekdays;

pub use super::enrolment::{Consent, EarlyDay, Enrolment};
pub use super::staff::{Role, Staff, StaffId};

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
    /// The child's own school, when it is another one (S1.05).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own_school: Option<String>,
    /// What calms the child, for its carers (F114, S1.24).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calm: Option<String>,
    /// What the child may eat of its own (S1.23).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub snack: Option<String>,
    /// Date or number of the signed letter behind `self_leave` (F009).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letter: Option<String>,
    /// A walk-in guest: here on this day only (F010).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guest_on: Option<NaiveDate>,
    /// When the family withdrew it (F008).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn_on: Option<NaiveDate>,
    /// The child it is paired with on walks and drills (F080, S1.25).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub buddy: Option<ChildId>,
    /// Enrolments by term, with consent (F006). Without any, `weekdays` and `consent` above hold always.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub terms: Vec<Enrolment>,
    /// Days of the week on which it leaves early as a rule (S3.07).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub early: Vec<EarlyDay>,
}

impl Child {
    /// An enrolled child of whom no more than this is known.
    #[must_use]
    pub fn new(id: ChildId, name: impl Into<String>, grade: u8, household: HouseholdId) -> Self {
        Self {
            id,
            name: name.into(),
            grade,
            class_no: None,
            seat: 0,
            student_no: None,
            household,
            health: None,
            note: None,
            weekdays: None,
            consent: Consent::Unknown,
            self_leave: false,
            enrolled: true,
            own_school: None,
            calm: None,
            snack: None,
            letter: None,
            guest_on: None,
            withdrawn_on: None,
            buddy: None,
            terms: Vec::new(),
            early: Vec::new(),
        }
    }

    /// Grades 1 and 2: an adult collects them, always (安全管理办法 §31).
    #[must_use]
    pub fn is_young(&self) -> bool {
        self.grade <= 2
    }
}

/// So many collectors of one child have columns in a list that is imported or exported.
pub const MOST_LISTED: u8 = 20;

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
    /// Argon2id hash of the pass phrase agreed with the family, in PHC form (F033).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phrase: Option<String>,
    /// Under age: never a collector, whatever else is listed (F036).
    #[serde(default, skip_serializing_if = "is_false")]
    pub minor: bool,
    /// First day on which the right, or the restriction, holds; `None` since ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// Last day on which it holds; `None` until it is changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
    /// Reference of the paper behind a restriction; for leaders' eyes only (F031).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<String>,
    /// A few words by which the person is recognised (F011).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub looks: Option<String>,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde passes a reference
fn is_false(value: &bool) -> bool {
    !*value
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
    /// A person with a right on which nothing else is noted; name may be empty.
    #[must_use]
    pub fn new(id: CollectorId, child: ChildId, rank: u8, name: impl Into<String>, relation: impl Into<String>, right: Right) -> Self {
        Self {
            id,
            child,
            rank,
            name: name.into(),
            relation: relation.into(),
            phone: None,
            right,
            staff: None,
            phrase: None,
            minor: false,
            from: None,
            until: None,
            paper: None,
            looks: None,
        }
    }

    /// Whether right or restriction holds on that day.
    #[must_use]
    pub fn holds_on(&self, on: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= on) && self.until.is_none_or(|until| on <= until)
    }

    /// Whether the desk may release the child to this person on that day. Never to a minor (F036).
    #[must_use]
    pub fn may_collect(&self, on: NaiveDate) -> bool {
        let listed = match self.right {
            Right::Standing => true,
            Right::OneDay { day, confirmed } => confirmed && day == on,
            Right::Barred | Right::Ended => false,
        };
        listed && !self.minor && self.holds_on(on)
    }

    /// Whether this person must not collect the child on that day (F030).
    #[must_use]
    pub fn is_barred(&self, on: NaiveDate) -> bool {
        self.right == Right::Barred && self.holds_on(on)
    }
}
