//! Deliveries of several files: `OneRoster` CSV 1.1 and 1.2, Microsoft School Data Sync v1 and v2.1, as a folder or a zip.
//!
//! Reading order: `tell` finds the parts of a delivery and tells them line by line; here they are gathered; `parts` finds the
//! columns of a part by its headings; `people` makes children with their guardians of users, relationships and demographics,
//! with `roles` for who of them collects and `homes` for the class.
//!
//! A part that the manifest calls absent is not read. `tobedeleted` withdraws a child, whose history stays; a whole list
//! (bulk) removes nobody: who is not on it is reported. A guardian who is to be deleted, or is not on a whole list any more,
//! is named, and loses the right to collect when somebody says so. Sections, courses, teachers, flags and results are not the desk's.

mod homes;
mod parts;
mod people;
mod roles;
mod tell;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Answers;
use super::read::ReadError;
use super::roster::Harvest;

use parts::Part;

pub use tell::is_delivery;
pub(super) use tell::{parts_in, tell_archive, tell_folder};

/// A delivery of several files, as far as it has been told.
pub(super) struct Delivery {
    name: Arc<str>,
    parts: BTreeMap<String, Part>,
    /// The part that is being told.
    open: Option<(String, Part)>,
}

/// The name of a part without folders, in small letters.
fn base(name: &str) -> String {
    name.rsplit(['/', '\\']).next().unwrap_or(name).to_lowercase()
}

impl Delivery {
    pub(super) fn new(name: Arc<str>) -> Self {
        Self { name, parts: BTreeMap::new(), open: None }
    }

    /// Whether no part was told of.
    pub(super) fn is_empty(&self) -> bool {
        self.parts.is_empty() && self.open.is_none()
    }

    /// A part begins.
    pub(super) fn begin(&mut self, part: String) {
        self.close();
        self.open = Some((base(&part), Part::new(&self.name, part)));
    }

    /// A line of the part that began last.
    pub(super) fn line(&mut self, number: usize, cells: &[String]) {
        if let Some((_, part)) = &mut self.open {
            part.push(number, cells.iter().map(String::as_str));
        }
    }

    fn close(&mut self) {
        self.parts.extend(self.open.take());
    }

    /// Makes children of what was told.
    ///
    /// # Errors
    /// When a part lacks a column.
    pub(super) fn take(mut self, harvest: &mut Harvest, answers: &Answers) -> Result<(), ReadError> {
        self.close();
        let said = self.part("manifest.csv").map_or_else(|| Ok(BTreeMap::new()), |manifest| manifest.said())?;
        harvest.bulk |= said.get("file.users").is_none_or(|how| how == "bulk");
        if self.parts.contains_key("users.csv") { people::users(&mut self, harvest, answers) } else { people::students(&mut self, harvest) }
    }

    /// A part; `None` when it is not there.
    fn part(&mut self, key: &str) -> Option<Part> {
        self.parts.remove(key)
    }
}
