//! For which term and days a child is enrolled, with the guardian's consent, and on which days it leaves early as a rule.

use chrono::{NaiveDate, NaiveTime, Weekday};
use serde::{Deserialize, Serialize};

use super::time::Weekdays;

/// Whether a guardian has signed for after-school care (S2.05).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Consent {
    /// Imported without a value.
    #[default]
    Unknown,
    /// Signed.
    Given,
    /// Known to be missing.
    Missing,
}

/// Enrolment for one term: the days, and the consent that goes with them (F005, F006, S2.05). Voluntary: there is no
/// enrolment that nobody asked for (S2.06).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Enrolment {
    /// Name of the term, as the calendar has it.
    pub term: String,
    /// Days on which the child comes; `None` means every care day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weekdays: Option<Weekdays>,
    /// The guardian's consent for this term.
    #[serde(default)]
    pub consent: Consent,
    /// When it was signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed_on: Option<NaiveDate>,
    /// Which guardian signed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed_by: Option<String>,
    /// How it reached the school: paper, app, platform, in the school's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Reference number, by which the paper is found again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
}

/// A standing early departure (S3.07): every week on this day the child may leave from this time on without a question.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct EarlyDay {
    /// The day.
    pub weekday: Weekday,
    /// From when on.
    pub at: NaiveTime,
    /// Why: a class elsewhere, in the family's words.
    pub reason: String,
}

/// Care that was asked for and not given (S2.07). The register of these must stay empty, or say why.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RefusedCare {
    /// Its number, from 1.
    pub id: i64,
    /// For whom.
    pub name: String,
    /// The child's grade, if it was said.
    pub grade: Option<u8>,
    /// When it was asked for.
    pub asked_on: NaiveDate,
    /// Why it was not given.
    pub reason: String,
}
