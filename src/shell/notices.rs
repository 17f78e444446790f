//! The school's own files of published holidays: `calendar/YYYY.json` beside the store, each in the place of a built-in year.
//!
//! They are read once, at the start, behind the wall. A file that is not understood is refused with its name, and what is built in holds.

use std::path::Path;
use std::sync::Arc;

use super::wall::{Fault, Wall, What};
use crate::domain::calendar::notice::{File, NoticeError, Notices};

/// The folder beside the store.
pub const FOLDER: &str = "calendar";

/// A year's file is a few kilobytes; a larger one is none.
const LARGEST: u64 = 64 * 1024;

/// Most files that are looked at.
const MOST_FILES: usize = 20;

/// The built-in notices with the school's own above them.
#[must_use]
pub fn read(data: &Path, wall: &Wall) -> Arc<Notices> {
    let built_in = Notices::built_in();
    let Ok(folder) = std::fs::read_dir(data.join(FOLDER)) else { return built_in };
    let names = folder.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let year = |name: &String| name.strip_suffix(".json").filter(|year| year.len() == 4).and_then(|year| year.parse::<i32>().ok());
    let mut files: Vec<(i32, String)> = names.filter_map(|name| Some((year(&name)?, name))).collect();
    files.sort();
    let mut notices = (*built_in).clone();
    for (year, name) in files.into_iter().take(MOST_FILES) {
        let taken = file(wall, &name, &data.join(FOLDER).join(&name)).and_then(|file| notices.put(year, file));
        if let Err(error) = taken {
            notices.refused.push((name, error));
        }
    }
    Arc::new(notices)
}

fn file(wall: &Wall, name: &str, path: &Path) -> Result<File, NoticeError> {
    let size = std::fs::metadata(path).map_err(|_| NoticeError::Unreadable)?;
    if size.len() > LARGEST || !size.is_file() {
        return Err(NoticeError::TooMuch);
    }
    let mut read = None;
    let asked = wall.ask(What::Notice, &[(name.to_owned(), path.to_owned())], &mut |file: File| {
        read = Some(file);
        Ok(())
    });
    match asked {
        Ok(()) => read.ok_or(NoticeError::Unreadable),
        Err(Fault::Said(error)) => Err(error),
        Err(Fault::NotStarted(_) | Fault::File(..) | Fault::Broke | Fault::Silent(_)) => Err(NoticeError::Unreadable),
    }
}
