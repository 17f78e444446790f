//! The parts of a delivery, found in a folder or a zip and told line by line. It reads what somebody handed in, and so is
//! called in the reader's own process; only [`parts_in`], which opens no file, is called outside.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use super::base;
use super::parts::Part;
use crate::import::archive::Archive;
use crate::import::read::{Cap, Event, ReadError, decode, file_name, look, records, share};
use crate::import::told::{Hearer, Told};

/// The parts that are read of users with roles and relationships, in the order in which they are told.
const OF_USERS: [&str; 6] = ["users.csv", "roles.csv", "classes.csv", "enrollments.csv", "relationships.csv", "demographics.csv"];
/// The parts that are read of students in a file of their own.
const OF_STUDENTS: [&str; 3] = ["student.csv", "section.csv", "studentenrollment.csv"];
/// What a delivery says of itself.
const MANIFEST: &str = "manifest.csv";
/// Most entries of a folder that are looked at.
const MOST_ENTRIES: usize = 10_000;

/// Whether a file of this name (in small letters) is a part that is read.
fn is_part(key: &str) -> bool {
    key == MANIFEST || OF_USERS.contains(&key) || OF_STUDENTS.contains(&key)
}

/// Whether a zip archive holds a delivery: a part that names children.
#[must_use]
pub fn is_delivery(bytes: &[u8]) -> bool {
    let Ok(zip) = zip::ZipArchive::new(Cursor::new(bytes)) else { return false };
    zip.file_names().flatten().any(|name| matches!(base(&name).as_str(), "users.csv" | "student.csv"))
}

/// The parts in a folder; empty ones are as if they were not there.
///
/// # Errors
/// When it holds none, or one of them is no file that can be read.
pub(in crate::import) fn parts_in(folder: &Path) -> Result<Vec<(String, PathBuf)>, ReadError> {
    let mut parts = Vec::new();
    for (nth, entry) in std::fs::read_dir(folder).map_err(|e| ReadError::io(&e))?.enumerate() {
        if nth >= MOST_ENTRIES {
            return Err(ReadError::TooLarge(Cap::Files(MOST_ENTRIES)));
        }
        let path = entry.map_err(|e| ReadError::io(&e))?.path();
        let shown = file_name(&path).to_string();
        if is_part(&base(&shown)) {
            match look(&path) {
                Ok(()) => parts.push((shown, path)),
                Err(ReadError::Empty) => {}
                Err(e) => return Err(ReadError::Part(shown, Box::new(e))),
            }
        }
    }
    if parts.is_empty() { Err(ReadError::NotAFolderOfRosters) } else { Ok(parts) }
}

/// Tells a delivery whose parts are files of a folder.
///
/// # Errors
/// When no part names children, or a part is no table; whatever the hearer refuses.
pub(in crate::import) fn tell_folder(files: Vec<(String, Vec<u8>)>, hear: &mut Hearer<'_>) -> Result<(), ReadError> {
    Parts(files.into_iter().map(|(shown, content)| (base(&shown), (shown, content))).collect()).tell(hear)
}

/// Tells a delivery that is a zip archive, its parts at the top or in folders.
///
/// # Errors
/// When it is damaged or too large, or a part stands in it twice; as for a folder.
pub(in crate::import) fn tell_archive(content: Vec<u8>, hear: &mut Hearer<'_>) -> Result<(), ReadError> {
    let mut archive = Archive::open(content, &mut || hear(Told::Of(Event::Unpacking)))?;
    let mut parts = BTreeMap::new();
    for name in archive.names().to_vec() {
        let key = base(&name);
        if is_part(&key) && !name.contains("__MACOSX") {
            let content = archive.part(&name)?;
            if parts.insert(key.clone(), (key.clone(), content)).is_some() {
                return Err(ReadError::DamagedWorkbook(key));
            }
        }
    }
    Parts(parts).tell(hear)
}

/// The parts by their names in small letters: the name as it was given, and the content.
struct Parts(BTreeMap<String, (String, Vec<u8>)>);

impl Parts {
    fn tell(mut self, hear: &mut Hearer<'_>) -> Result<(), ReadError> {
        let has = |parts: &Self, names: &[&str]| names.iter().any(|name| parts.0.contains_key(*name));
        if !has(&self, &["users.csv", "student.csv"]) {
            // Other parts without users are a delivery that forgot them; no parts at all is some other folder.
            let known = has(&self, &[MANIFEST, "enrollments.csv", "classes.csv", "studentenrollment.csv"]);
            return Err(if known { ReadError::NoPart("users.csv".to_owned()) } else { ReadError::NotAFolderOfRosters });
        }
        if let Some((shown, text)) = self.text(MANIFEST)? {
            let mut manifest = Part::new("", shown.clone());
            in_part(
                &shown,
                records(&text, &mut |number, record| {
                    manifest.push(number, record.iter());
                    Ok(())
                }),
            )?;
            let said = manifest.said()?;
            self.0.retain(|key, _| said.get(&format!("file.{}", key.trim_end_matches(".csv"))).is_none_or(|how| how != "absent"));
            Self::part(0.0, &shown, &text, hear)?;
        }
        let of_users = has(&self, &["users.csv"]);
        if !of_users && !has(&self, &["student.csv"]) {
            return Err(ReadError::NoPart("users.csv".to_owned()));
        }
        let wanted: &[&str] = if of_users { &OF_USERS } else { &OF_STUDENTS };
        let size = |parts: &Self| wanted.iter().filter_map(|name| parts.0.get(*name)).map(|(_, content)| content.len()).sum::<usize>();
        let all = size(&self);
        for name in wanted {
            let before = all - size(&self);
            if let Some((shown, text)) = self.text(name)? {
                Self::part(share(before, all), &shown, &text, hear)?;
            }
        }
        Ok(())
    }

    fn part(share: f32, shown: &str, text: &str, hear: &mut Hearer<'_>) -> Result<(), ReadError> {
        hear(Told::Part { name: shown.to_owned(), share })?;
        let told = records(text, &mut |number, record| hear(Told::Line { number, cells: record.iter().map(str::to_owned).collect() }));
        in_part(shown, told)
    }

    /// The name of a part as it was given, and its text; `None` when it is not there.
    fn text(&mut self, key: &str) -> Result<Option<(String, String)>, ReadError> {
        let Some((shown, content)) = self.0.remove(key) else { return Ok(None) };
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
        match decoded {
            Ok(text) => Ok(Some((shown, text))),
            Err(e) => Err(ReadError::Part(shown, Box::new(e))),
        }
    }
}

/// An error of a part's own table says in which part it is.
fn in_part(shown: &str, read: Result<(), ReadError>) -> Result<(), ReadError> {
    read.map_err(|e| if matches!(e, ReadError::NotATable | ReadError::TooLarge(_)) { ReadError::Part(shown.to_owned(), Box::new(e)) } else { e })
}
