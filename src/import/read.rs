//! A file becomes rows of cells, one after the other. Its content says what it is, not its extension.
//!
//! Text is UTF-8 (with or without mark), UTF-16 with a mark, else GB18030, which covers GBK; bytes that are none of them
//! refuse the file. Workbooks are in [`super::book`], archives in [`super::archive`]. Caps: 50 MiB, 100,000 rows of a sheet,
//! 128 columns (trust T9, T10). Rows are handed on as they are read, so that a large file needs little memory.

use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use chrono::NaiveDate;
use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

use crate::domain::formula::unguarded;

/// Largest file, bytes.
pub const LARGEST: u64 = 50 * 1024 * 1024;
/// Most rows of a sheet, beside its headings.
pub const MOST_ROWS: usize = 100_000;
/// Most columns that are read.
pub const MOST_COLUMNS: usize = 128;
/// Rows that titles and headings may take.
const HEADROOM: usize = 100;

/// Why a file cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// There is no such file.
    #[error("not found")]
    NotFound,
    /// It is a device or a pipe.
    #[error("not a file")]
    NotAFile,
    /// A folder without the files of `OneRoster` or School Data Sync.
    #[error("not a folder of rosters")]
    NotAFolderOfRosters,
    /// It holds nothing.
    #[error("empty")]
    Empty,
    /// It is larger than a roster can be.
    #[error("too large")]
    TooLarge,
    /// Its text is in no encoding that a roster comes in.
    #[error("not text")]
    NotText,
    /// It is no table.
    #[error("not a table")]
    NotATable,
    /// A workbook that is locked with a password.
    #[error("password")]
    Password,
    /// A workbook that cannot be opened.
    #[error("damaged workbook: {0}")]
    DamagedWorkbook(String),
    /// No row has the headings of a roster.
    #[error("no headings")]
    NoHeadings,
    /// The headings are there, but not a column that a new child needs.
    #[error("a column is missing")]
    NoColumn {
        /// Sheet; empty for text files.
        sheet: String,
        /// Row of the headings, from 1.
        row: usize,
        /// What is missing.
        what: super::headings::Missing,
    },
    /// A part of a delivery of several files lacks a column: which part, and what.
    #[error("{part}: {what} is missing")]
    NoPartColumn {
        /// The part's file name.
        part: String,
        /// The column.
        what: String,
    },
    /// A delivery without the part that names the children.
    #[error("no {0}")]
    NoPart(String),
    /// A part of a delivery cannot be read: which one, and why.
    #[error("{0}: {1}")]
    Part(String, Box<ReadError>),
    /// The system refused.
    #[error("{0}")]
    Io(std::io::Error),
}

/// One cell.
#[derive(Clone, PartialEq, Debug)]
pub enum Cell {
    /// Text, as it stands.
    Text(String),
    /// A number: a long one has lost digits.
    Number(f64),
    /// A date.
    Date(NaiveDate),
}

impl Cell {
    /// Its text; a whole number without decimals.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(n) => n.to_string(),
            Self::Date(date) => date.to_string(),
        }
    }

    /// Whether nothing stands in it.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Text(text) => text.trim().is_empty(),
            Self::Number(_) | Self::Date(_) => false,
        }
    }
}

/// What is known of a sheet before its first row.
#[derive(Clone, Debug, Default)]
pub struct SheetHead {
    /// Its name; empty for a text file.
    pub name: String,
    /// It is hidden: dictionaries of forms are.
    pub hidden: bool,
    /// Cells merged downwards: column from 0, first and last row from 1.
    pub merged: Vec<(usize, usize, usize)>,
}

/// What reading a file gives, in this order: a sheet, its rows, the next sheet.
#[derive(Debug)]
pub enum Event {
    /// A sheet begins.
    Sheet(SheetHead),
    /// A row.
    Row {
        /// Its number, from 1 as a spreadsheet shows it.
        number: usize,
        /// Its cells.
        cells: Vec<Cell>,
        /// Which part of the file has been read, 0 to 1.
        share: f32,
    },
}

/// Takes what reading gives.
pub type Sink<'s> = dyn FnMut(Event) -> Result<(), ReadError> + 's;

/// Reads the sheets of a table file.
///
/// # Errors
/// Why it cannot be read; whatever the sink refuses.
pub fn sheets(bytes: Vec<u8>, sink: &mut Sink<'_>) -> Result<(), ReadError> {
    if super::book::is_book(&bytes) {
        return super::book::sheets(bytes, sink);
    }
    let text = decode(&bytes)?;
    drop(bytes);
    match super::html::table(&text) {
        Some(rows) => {
            sink(Event::Sheet(SheetHead::default()))?;
            let all = rows.len();
            for (number, row) in (1..).zip(rows) {
                check_rows(number)?;
                let cells = row.into_iter().take(MOST_COLUMNS).map(Cell::Text).collect();
                sink(Event::Row { number, cells, share: share(number, all) })?;
            }
            Ok(())
        }
        None => separated(&text, sink),
    }
}

/// The content of a file, within the cap.
///
/// # Errors
/// When it is missing, no plain file, empty, too large or not readable.
pub fn bytes(path: &Path) -> Result<Vec<u8>, ReadError> {
    let of = |e: std::io::Error| if e.kind() == std::io::ErrorKind::NotFound { ReadError::NotFound } else { ReadError::Io(e) };
    let meta = std::fs::metadata(path).map_err(of)?;
    if !meta.is_file() {
        return Err(ReadError::NotAFile);
    }
    if meta.len() == 0 {
        return Err(ReadError::Empty);
    }
    if meta.len() > LARGEST {
        return Err(ReadError::TooLarge);
    }
    let mut bytes = Vec::with_capacity(usize::try_from(meta.len()).unwrap_or(0));
    std::fs::File::open(path).map_err(of)?.take(LARGEST + 1).read_to_end(&mut bytes).map_err(of)?;
    if bytes.len() as u64 > LARGEST { Err(ReadError::TooLarge) } else { Ok(bytes) }
}

/// The text of a file.
///
/// # Errors
/// When it is text in no encoding that a roster comes in.
pub fn decode(bytes: &[u8]) -> Result<String, ReadError> {
    let strict = |encoding: &'static encoding_rs::Encoding, bytes: &[u8]| {
        encoding.decode_without_bom_handling_and_without_replacement(bytes).map(std::borrow::Cow::into_owned)
    };
    let text = if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        String::from_utf8(rest.to_vec()).ok()
    } else if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        strict(UTF_16LE, rest)
    } else if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        strict(UTF_16BE, rest)
    } else if let Ok(text) = std::str::from_utf8(bytes) {
        Some(text.to_owned())
    } else {
        strict(GB18030, bytes)
    };
    let text = text.ok_or(ReadError::NotText)?;
    // A control character or two are a damaged cell, which its row is refused for; many are no text at all.
    let head = || text.chars().take(4096);
    let odd = head().filter(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')).count();
    if (odd > 8 && odd * 100 > head().count()) || text.contains('\0') { Err(ReadError::NotText) } else { Ok(text) }
}

pub(super) fn check_rows(number: usize) -> Result<(), ReadError> {
    if number > MOST_ROWS + HEADROOM { Err(ReadError::TooLarge) } else { Ok(()) }
}

#[allow(clippy::cast_precision_loss)] // for a bar
pub(super) fn share(part: usize, whole: usize) -> f32 {
    if whole == 0 { 1.0 } else { part as f32 / whole as f32 }
}

/// Rows of separated values; the separator is whichever of comma, semicolon and tab the first lines hold most of.
fn separated(text: &str, sink: &mut Sink<'_>) -> Result<(), ReadError> {
    let head: String = text.lines().take(20).collect();
    let count = |c: char| head.matches(c).count();
    let separator = [',', ';', '\t'].into_iter().max_by_key(|c| count(*c)).filter(|c| count(*c) > 0).ok_or(ReadError::NoHeadings)?;
    let reader = || {
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(u8::try_from(separator).unwrap_or(b',')).from_reader(text.as_bytes())
    };
    // Counted first: of a file that is too long nothing needs to be understood.
    let (mut count, mut counted, mut rows) = (reader(), csv::ByteRecord::new(), 0_usize);
    while count.read_byte_record(&mut counted).map_err(|_| ReadError::NotATable)? {
        rows += 1;
        check_rows(rows)?;
    }
    let mut reader = reader();
    sink(Event::Sheet(SheetHead::default()))?;
    let mut record = csv::StringRecord::new();
    let mut number = 0_usize;
    while reader.read_record(&mut record).map_err(|_| ReadError::NotATable)? {
        let byte = record.position().and_then(|p| usize::try_from(p.byte()).ok()).unwrap_or(0);
        number += 1 + blank_rows(text, byte);
        let cells = record.iter().take(MOST_COLUMNS).map(|c| Cell::Text(unguarded(c).to_owned())).collect();
        sink(Event::Row { number, cells, share: share(byte, text.len()) })?;
    }
    Ok(())
}

/// The records of a part of a delivery: its headings and its rows with their numbers.
///
/// # Errors
/// When it is no table, or has too many rows.
pub fn records(text: &str, each: &mut dyn FnMut(usize, &csv::StringRecord) -> Result<(), ReadError>) -> Result<(), ReadError> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let (mut rows, mut number) = (0_usize, 0_usize);
    while reader.read_record(&mut record).map_err(|_| ReadError::NotATable)? {
        rows += 1;
        if rows > 10 * MOST_ROWS {
            return Err(ReadError::TooLarge);
        }
        number += 1 + blank_rows(text, record.position().and_then(|p| usize::try_from(p.byte()).ok()).unwrap_or(0));
        each(number, &record)?;
    }
    Ok(())
}

/// Blank lines before the record that is read from this byte on: a spreadsheet shows them as rows, the reader skips them. The
/// line feed of a line end before it may still stand there.
fn blank_rows(text: &str, byte: usize) -> usize {
    let before = byte.checked_sub(1).and_then(|b| text.as_bytes().get(b));
    let rest = text.as_bytes().get(byte..).unwrap_or_default();
    let mut rest = if before == Some(&b'\r') { rest.strip_prefix(b"\n").unwrap_or(rest) } else { rest };
    let mut blank = 0;
    while let Some(after) = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).or_else(|| rest.strip_prefix(b"\r")) {
        blank += 1;
        rest = after;
    }
    blank
}

/// The name of a file without its folder.
pub(super) fn file_name(path: &Path) -> Arc<str> {
    path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default().into()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn numbers(text: &str) -> Vec<(usize, String)> {
        let mut rows = Vec::new();
        sheets(text.as_bytes().to_vec(), &mut |event| {
            if let Event::Row { number, cells, .. } = event {
                rows.push((number, cells.iter().map(Cell::text).collect::<Vec<_>>().join("|")));
            }
            Ok(())
        })
        .unwrap();
        rows
    }

    #[test]
    fn rows_are_counted_as_a_spreadsheet_shows_them() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["a,b", "1,\"x\ny\"", "", "2,z", "3,w"].join(end);
            let want = [(1, "a|b"), (2, "1|x\ny"), (4, "2|z"), (5, "3|w")];
            assert_eq!(numbers(&text), want.map(|(n, t)| (n, t.to_owned())), "{end:?}");
        }
    }

    #[test]
    fn text_in_every_encoding_of_rosters() {
        let gbk = [0xd0, 0xd5, 0xc3, 0xfb]; // 姓名
        for bytes in ["\u{feff}姓名".as_bytes(), "姓名".as_bytes(), &gbk, b"\xff\xfe\xd3\x59\x0d\x54", b"\xfe\xff\x59\xd3\x54\x0d"] {
            assert_eq!(decode(bytes).unwrap(), "姓名");
        }
        assert!(matches!(decode(b"\xff\xff\xff"), Err(ReadError::NotText)));
    }
}
