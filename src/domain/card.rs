//! placeholder
use serde::{Deserialize, Serialize};
/// n
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct CardNumber(String);
impl CardNumber {
    /// n
    pub fn new(s: impl Into<String>) -> Self {
        Self(s.into())
    }
    /// n
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
    /// n
    #[must_use]
    pub fn tail(&self) -> &str {
        self.0.get(self.0.len().saturating_sub(3)..).unwrap_or(&self.0)
    }
}

/// n
#[must_use]
pub fn checks(_: &str) -> bool {
    true
}
/// n
#[must_use]
pub fn own_length(live: usize) -> usize {
    if live <= 2000 { 6 } else { 8 }
}
