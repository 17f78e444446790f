//! The school's own files of published holidays: `calendar/YYYY.json` beside the store, each in the place of a built-in year.
//!
//! They are read once, at the start. A file that is not understood is refused with its name, and what is built in holds.

use std::path::Path;
use std::sync::Arc;

use crate::domain::calendar::notice::{NoticeError, Notices};

/// The folder beside the store.
pub const FOLDER: &str = "calendar";

/// A year's file is a few kilobytes; a larger one is none.
const LARGEST: u64 = 64 * 1024;

/// Most files that are looked at.
const MOST_FILES: usize = 20;

/// The built-in notices with the school's own above them.
#[must_use]
pub fn read(data: &Path) -> Arc<Notices> {
    let built_in = Notices::built_in();
    let Ok(folder) = std::fs::read_dir(data.join(FOLDER)) else { return built_in };
    let names = folder.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let year = |name: &String| name.strip_suffix(".json").filter(|year| year.len() == 4).and_then(|year| year.parse::<i32>().ok());
    let mut files: Vec<(i32, String)> = names.filter_map(|name| Some((year(&name)?, name))).collect();
    files.sort();
    let mut notices = (*built_in).clone();
    for (year, name) in files.into_iter().take(MOST_FILES) {
        let taken = text(&data.join(FOLDER).join(&name)).and_then(|text| notices.put(year, &text));
        if let Err(error) = taken {
            notices.refused.push((name, error));
        }
    }
    Arc::new(notices)
}

fn text(file: &Path) -> Result<String, NoticeError> {
    let size = std::fs::metadata(file).map_err(|_| NoticeError::Unreadable)?;
    if size.len() > LARGEST || !size.is_file() {
        return Err(NoticeError::TooMuch);
    }
    std::fs::read_to_string(file).map_err(|_| NoticeError::Unreadable)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_schools_own_files_stand_above_the_built_in_ones() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(read(dir.path()), Notices::built_in(), "without a folder");
        let folder = dir.path().join(FOLDER);
        std::fs::create_dir(&folder).unwrap();
        let day = |date: &str| format!("{{\"year\": 2026, \"days\": [{{\"name\": \"国庆节\", \"date\": \"{date}\", \"isOffDay\": true}}]}}");
        std::fs::write(folder.join("2026.json"), day("2026-10-01")).unwrap();
        std::fs::write(folder.join("2025.json"), "{").unwrap();
        std::fs::write(folder.join("2028.json"), "x".repeat(70_000)).unwrap();
        std::fs::write(folder.join("notes.txt"), "x").unwrap();
        let notices = read(dir.path());
        assert!(notices.knows(2026) && notices.knows(2025), "the broken file changed nothing");
        assert!(notices.day("2026-10-01".parse().unwrap()).unwrap().off);
        let refused: Vec<&str> = notices.refused.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(refused, ["2025.json", "2028.json"]);
    }
}
