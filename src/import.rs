//! Rosters from files: what a school hands in becomes facts.
//!
//! Reading order: [`read`] (a file becomes rows of text, whatever its extension says; [`html`] for pages that call
//! themselves workbooks), [`headings`] (which column is
//! what), [`roster`] (a row becomes a child, or is refused with its place), [`enrol`] (children become the facts by which
//! the register would change). Nothing is written here: the caller records one act, or none.
//!
//! Absent: spreadsheets in disorder, several header rows, `OneRoster`. They are refused, not guessed at.

pub mod enrol;
pub mod headings;
pub mod html;
pub mod read;
pub mod roster;
pub mod words;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::domain::register::Register;

pub use enrol::Plan;
pub use read::ReadError;

/// Whether a file can be read as a table at all.
///
/// # Errors
/// Why it cannot.
pub fn check(file: &Path) -> Result<(), ReadError> {
    read::sheets(file).map(|_| ())
}

/// What importing these files would do to the register. Pure but for reading the files.
///
/// # Errors
/// The first file that cannot be read, and why.
pub fn plan(files: &[PathBuf], register: &Register, own_headings: &BTreeMap<String, String>) -> Result<Plan, (PathBuf, ReadError)> {
    let mut children = Vec::new();
    let mut refused = Vec::new();
    for file in files {
        let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let sheets = read::sheets(file).map_err(|e| (file.clone(), e))?;
        let mut found = false;
        for sheet in &sheets {
            let Some(columns) = headings::find(sheet, own_headings) else { continue };
            found = true;
            if let Some(what) = columns.missing(sheet) {
                let row = sheet.rows.get(columns.header).map_or(0, |(row, _)| *row);
                return Err((file.clone(), ReadError::NoColumn { sheet: sheet.name.clone(), row, what }));
            }
            roster::children(&name, sheet, &columns, &mut children, &mut refused);
        }
        if !found {
            return Err((file.clone(), ReadError::NoHeadings));
        }
    }
    roster::refuse_repeated_cards(&mut children, &mut refused);
    Ok(enrol::plan(&children, refused, register))
}
