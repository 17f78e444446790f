//! What the reader of files tells: the one who reads lives in a process of its own, for a file may be made to break whatever
//! reads it, and what it tells comes over a pipe. Here is what goes over it, and the reading itself; who starts that process,
//! and who ends it, is the caller's ([`Reader`]).
//!
//! A roster is told sheet by sheet and row by row. A delivery of several files is told part by part and line by line. What
//! rows and lines mean is found out by the one who listens.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::read::{Event, ReadError, look};
use super::{archive, oneroster, read};

/// A piece of what stands in the files.
#[derive(Debug, Serialize, Deserialize)]
pub enum Told {
    /// Of a roster.
    Of(Event),
    /// A part of a delivery begins.
    Part {
        /// Its file name, as it was given.
        name: String,
        /// Which share of the delivery came before it, 0 to 1.
        share: f32,
    },
    /// A line of the part that began last.
    Line {
        /// Its number, from 1 as a spreadsheet shows it.
        number: usize,
        /// Its cells.
        cells: Vec<String>,
    },
}

/// Hears what is told; what it refuses ends the reading.
pub type Hearer<'h> = dyn FnMut(Told) -> Result<(), ReadError> + 'h;

/// Reads files where they can do no harm.
pub trait Reader {
    /// Reads what was handed in.
    ///
    /// # Errors
    /// Why it cannot be read; whatever the hearer refuses.
    fn read(&self, handed: &Handed, hear: &mut Hearer<'_>) -> Result<(), ReadError>;
}

/// What somebody handed in: a file, or the parts of a delivery in a folder.
#[derive(Clone, Debug)]
pub struct Handed {
    /// It is a folder.
    pub folder: bool,
    /// The files with their names.
    pub files: Vec<(String, PathBuf)>,
}

impl Handed {
    /// What is at this path, looked at from outside.
    ///
    /// # Errors
    /// When there is nothing, or nothing that can be read.
    pub fn at(path: &Path) -> Result<Self, ReadError> {
        if path.is_dir() {
            return Ok(Self { folder: true, files: oneroster::parts_in(path)? });
        }
        look(path)?;
        Ok(Self { folder: false, files: vec![(read::file_name(path).to_string(), path.to_owned())] })
    }
}

/// Reads the content of what was handed in. It takes whatever a file makes it take: it belongs into a process of its own.
///
/// # Errors
/// Why it cannot be read; whatever the hearer refuses.
pub fn tell(folder: bool, mut files: Vec<(String, Vec<u8>)>, hear: &mut Hearer<'_>) -> Result<(), ReadError> {
    if folder {
        return oneroster::tell_folder(files, hear);
    }
    let Some((_, bytes)) = files.pop() else { return Err(ReadError::Empty) };
    if archive::is_archive(&bytes) && oneroster::is_delivery(&bytes) {
        return oneroster::tell_archive(bytes, hear);
    }
    read::sheets(bytes, &mut |event| hear(Told::Of(event)))
}
