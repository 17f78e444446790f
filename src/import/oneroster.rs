//! Deliveries of several files: `OneRoster` CSV 1.1 and 1.2, Microsoft School Data Sync v1 and v2.1, as a folder or a zip.
//!
//! Reading order: here a delivery is opened and its parts are found; `parts` reads a part by its headings; `people` makes
//! children with their guardians of users, roles, enrollments, relationships and demographics.
//!
//! A part that the manifest calls absent is not read. `tobedeleted` withdraws a child, whose history stays; a whole list
//! (bulk) removes nobody: who is not on it is reported. Sections, courses, teachers, flags and results are not the desk's.

mod parts;
mod people;

use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::Path;
use std::sync::Arc;

use super::archive::Archive;
use super::read::{ReadError, bytes, decode, file_name};
use super::roster::Harvest;

use parts::Part;

/// The parts that are read.
const PARTS: [&str; 10] = [
    "manifest.csv",
    "users.csv",
    "roles.csv",
    "classes.csv",
    "enrollments.csv",
    "relationships.csv",
    "demographics.csv",
    "student.csv",
    "section.csv",
    "studentenrollment.csv",
];

/// A delivery of several files.
pub struct Delivery {
    name: Arc<str>,
    parts: BTreeMap<String, (String, Vec<u8>)>,
}

/// Whether a zip archive holds a delivery: a part that names children.
#[must_use]
pub fn is_delivery(bytes: &[u8]) -> bool {
    let Ok(zip) = zip::ZipArchive::new(Cursor::new(bytes)) else { return false };
    zip.file_names().flatten().any(|name| matches!(base(&name).as_str(), "users.csv" | "student.csv"))
}

/// The name of a part without folders, in small letters.
fn base(name: &str) -> String {
    name.rsplit(['/', '\\']).next().unwrap_or(name).to_lowercase()
}

impl Delivery {
    /// A folder with the parts in it.
    ///
    /// # Errors
    /// When it holds no part that names children, or a part cannot be read.
    pub fn open_folder(folder: &Path) -> Result<Self, ReadError> {
        let mut parts = BTreeMap::new();
        let entries = std::fs::read_dir(folder).map_err(ReadError::Io)?;
        for entry in entries.take(10_000) {
            let path = entry.map_err(ReadError::Io)?.path();
            let shown = file_name(&path).to_string();
            let key = base(&shown);
            if PARTS.contains(&key.as_str()) {
                let content = match bytes(&path) {
                    Err(ReadError::Empty) => continue,
                    other => other.map_err(|e| ReadError::Part(shown.clone(), Box::new(e)))?,
                };
                parts.insert(key, (shown, content));
            }
        }
        Self::of(file_name(folder), parts)
    }

    /// A zip archive with the parts in it, at the top or in folders.
    ///
    /// # Errors
    /// When it is damaged or too large, a part stands in it twice, or none names children.
    pub fn open_archive(file: &Path, content: Vec<u8>) -> Result<Self, ReadError> {
        let mut archive = Archive::open(content)?;
        let mut parts = BTreeMap::new();
        for name in archive.names().to_vec() {
            let key = base(&name);
            if PARTS.contains(&key.as_str()) && !name.contains("__MACOSX") {
                let content = archive.part(&name)?;
                if parts.insert(key.clone(), (key.clone(), content)).is_some() {
                    return Err(ReadError::DamagedWorkbook(key));
                }
            }
        }
        Self::of(file_name(file), parts)
    }

    fn of(name: Arc<str>, parts: BTreeMap<String, (String, Vec<u8>)>) -> Result<Self, ReadError> {
        if parts.contains_key("users.csv") || parts.contains_key("student.csv") {
            return Ok(Self { name, parts });
        }
        // Other parts without users are a delivery that forgot them; no parts at all is some other folder.
        let known = ["manifest.csv", "enrollments.csv", "classes.csv", "studentenrollment.csv"].iter().any(|p| parts.contains_key(*p));
        Err(if known { ReadError::NoPart("users.csv".to_owned()) } else { ReadError::NotAFolderOfRosters })
    }

    /// Reads the children of the delivery.
    ///
    /// # Errors
    /// When a part is no table or lacks a column.
    pub fn take(mut self, harvest: &mut Harvest) -> Result<(), ReadError> {
        let mut said = BTreeMap::new();
        if let Some(manifest) = self.part("manifest.csv")? {
            manifest.each(&["propertyname", "value"], &mut |line| {
                said.insert(line.text("propertyname").to_lowercase(), line.text("value").to_lowercase());
                Ok(())
            })?;
        }
        self.parts.retain(|key, _| said.get(&format!("file.{}", key.trim_end_matches(".csv"))).is_none_or(|how| how != "absent"));
        if !self.parts.contains_key("users.csv") && !self.parts.contains_key("student.csv") {
            return Err(ReadError::NoPart("users.csv".to_owned()));
        }
        harvest.bulk |= said.get("file.users").is_none_or(|how| how == "bulk");
        if self.parts.contains_key("users.csv") { people::users(&mut self, harvest) } else { people::students(&mut self, harvest) }
    }

    /// A part, decoded and with its headings; `None` when it is not there.
    fn part(&mut self, key: &str) -> Result<Option<Part>, ReadError> {
        let Some((shown, content)) = self.parts.remove(key) else { return Ok(None) };
        // Most parts are UTF-8 already: then nothing is copied.
        let plain = if content.starts_with(b"\xef\xbb\xbf") {
            Err(content)
        } else {
            String::from_utf8(content).map_err(std::string::FromUtf8Error::into_bytes)
        };
        let decoded = match plain {
            Ok(text) if !text.contains('\0') => Ok(text),
            Ok(text) => decode(text.as_bytes()),
            Err(content) => decode(&content),
        };
        let text = decoded.map_err(|e| ReadError::Part(shown.clone(), Box::new(e)))?;
        Ok(Some(Part::new(&self.name, shown, text)))
    }
}
