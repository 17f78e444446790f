//! A file becomes rows of text. Its content says what it is, not its extension.
//!
//! Text is UTF-8 (with or without mark), UTF-16 with a mark, else GB18030, which covers GBK; bytes that are none of them
//! refuse the file. Caps: 50 MiB, 100,000 rows, 128 columns; a workbook that would unpack to more than 64 MiB or holds
//! more than 200 parts is refused before it is unpacked (trust T9, T10).

use std::io::{Cursor, Read};
use std::path::Path;

use calamine::{Data, Reader};
use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

use crate::domain::formula::unguarded;

/// Largest file, bytes.
pub const LARGEST: u64 = 50 * 1024 * 1024;
/// Most rows of a sheet.
pub const MOST_ROWS: usize = 100_000;
/// Most columns that are read.
pub const MOST_COLUMNS: usize = 128;

/// Why a file cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// There is no such file.
    #[error("not found")]
    NotFound,
    /// It is a folder, a device or a pipe.
    #[error("not a file")]
    NotAFile,
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
    /// A workbook that cannot be opened.
    #[error("damaged workbook: {0}")]
    DamagedWorkbook(String),
    /// No row has the headings of a roster.
    #[error("no headings")]
    NoHeadings,
    /// The headings are there, but not a column that a roster needs.
    #[error("a column is missing")]
    NoColumn {
        /// Sheet; empty for text files.
        sheet: String,
        /// Row of the headings, from 1.
        row: usize,
        /// What is missing.
        what: super::headings::Missing,
    },
    /// The system refused.
    #[error("{0}")]
    Io(std::io::Error),
}

/// One sheet of a workbook, or a whole text file.
#[derive(Debug)]
pub struct Sheet {
    /// Its name; empty for a text file.
    pub name: String,
    /// Its rows with their numbers, from 1 as a spreadsheet shows them.
    pub rows: Vec<(usize, Vec<Cell>)>,
    /// Decoded from GBK, where a `?` inside a name is a lost character.
    pub lossy_encoding: bool,
}

/// One cell.
#[derive(Clone, PartialEq, Debug)]
pub enum Cell {
    /// Text, as it stands.
    Text(String),
    /// A number: a long one has lost digits.
    Number(f64),
}

impl Cell {
    /// Its text; a whole number without decimals.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(n) => n.to_string(),
        }
    }
}

/// The sheets of a file.
///
/// # Errors
/// Why it cannot be read.
pub fn sheets(path: &Path) -> Result<Vec<Sheet>, ReadError> {
    let bytes = bytes(path)?;
    if bytes.starts_with(b"PK\x03\x04") {
        return workbook(bytes);
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err(ReadError::NotATable);
    }
    let (text, lossy_encoding) = decode(&bytes)?;
    let rows = match super::html::table(&text) {
        Some(rows) if rows.len() > MOST_ROWS => return Err(ReadError::TooLarge),
        Some(rows) => {
            let cells = |row: Vec<String>| row.into_iter().take(MOST_COLUMNS).map(Cell::Text).collect();
            (1..).zip(rows.into_iter().map(cells)).collect()
        }
        None => table(&text)?,
    };
    Ok(vec![Sheet { name: String::new(), rows, lossy_encoding }])
}

fn bytes(path: &Path) -> Result<Vec<u8>, ReadError> {
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
    let mut bytes = Vec::new();
    std::fs::File::open(path).map_err(of)?.take(LARGEST + 1).read_to_end(&mut bytes).map_err(of)?;
    if bytes.len() as u64 > LARGEST { Err(ReadError::TooLarge) } else { Ok(bytes) }
}

fn decode(bytes: &[u8]) -> Result<(String, bool), ReadError> {
    let strict = |encoding: &'static encoding_rs::Encoding, bytes: &[u8]| {
        encoding.decode_without_bom_handling_and_without_replacement(bytes).map(std::borrow::Cow::into_owned)
    };
    let (text, lossy) = if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        (String::from_utf8(rest.to_vec()).ok(), false)
    } else if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        (strict(UTF_16LE, rest), false)
    } else if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        (strict(UTF_16BE, rest), false)
    } else if let Ok(text) = std::str::from_utf8(bytes) {
        (Some(text.to_owned()), false)
    } else {
        (strict(GB18030, bytes), true)
    };
    let text = text.ok_or(ReadError::NotText)?;
    // A control character or two are a damaged cell, which its row is refused for; many are no text at all.
    let head = || text.chars().take(4096);
    let odd = head().filter(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')).count();
    if (odd > 8 && odd * 100 > head().count()) || text.contains('\0') { Err(ReadError::NotText) } else { Ok((text, lossy)) }
}

/// Rows of separated values; the separator is whichever of comma, semicolon and tab the first lines hold most of.
fn table(text: &str) -> Result<Vec<(usize, Vec<Cell>)>, ReadError> {
    let head: String = text.lines().take(20).collect();
    let count = |c: char| head.matches(c).count();
    let separator = [',', ';', '\t'].into_iter().max_by_key(|c| count(*c)).filter(|c| count(*c) > 0).ok_or(ReadError::NoHeadings)?;
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(u8::try_from(separator).unwrap_or(b',')).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|_| ReadError::NotATable)?;
        let line = record.position().and_then(|p| usize::try_from(p.line()).ok()).unwrap_or(rows.len() + 1);
        rows.push((line, record.iter().take(MOST_COLUMNS).map(|c| Cell::Text(unguarded(c).to_owned())).collect()));
        if rows.len() > MOST_ROWS {
            return Err(ReadError::TooLarge);
        }
    }
    Ok(rows)
}

fn workbook(bytes: Vec<u8>) -> Result<Vec<Sheet>, ReadError> {
    check_archive(&bytes)?;
    let damaged = |e: calamine::XlsxError| ReadError::DamagedWorkbook(e.to_string());
    let mut book: calamine::Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(damaged)?;
    let mut sheets = Vec::new();
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).map_err(damaged)?;
        if range.height() > MOST_ROWS {
            return Err(ReadError::TooLarge);
        }
        let (top, left) = range.start().map_or((0, 0), |(r, c)| (r as usize, c as usize));
        let row = |cells: &[Data]| {
            let blank = std::iter::repeat_n(Cell::Text(String::new()), left);
            blank.chain(cells.iter().map(cell)).take(MOST_COLUMNS).collect()
        };
        let rows = range.rows().enumerate().map(|(i, cells)| (top + i + 1, row(cells))).collect();
        sheets.push(Sheet { name, rows, lossy_encoding: false });
    }
    Ok(sheets)
}

fn cell(data: &Data) -> Cell {
    #[allow(clippy::wildcard_enum_match_arm)] // of the library's further kinds the text will do
    match data {
        Data::Int(n) => n.to_string().parse().map_or_else(|_| Cell::Text(n.to_string()), Cell::Number),
        Data::Float(n) => Cell::Number(*n),
        Data::Empty | Data::Error(_) => Cell::Text(String::new()),
        other => Cell::Text(other.to_string()),
    }
}

/// Reads the directory at the end of a zip archive: how many parts, and what they claim to unpack to.
fn check_archive(bytes: &[u8]) -> Result<(), ReadError> {
    const MOST_PARTS: usize = 200;
    const MOST_UNPACKED: u64 = 64 * 1024 * 1024;
    let broken = || ReadError::DamagedWorkbook("zip".to_owned());
    let word =
        |at: usize, n: usize| bytes.get(at..at + n).map(|b| b.iter().rev().fold(0_u64, |sum, byte| (sum << 8) | u64::from(*byte))).ok_or_else(broken);
    let tail = bytes.len().saturating_sub(65_557);
    let end = bytes.get(tail..).and_then(|t| t.windows(4).rposition(|w| w == b"PK\x05\x06")).ok_or_else(broken)? + tail;
    let parts = usize::try_from(word(end + 10, 2)?).map_err(|_| broken())?;
    if parts > MOST_PARTS {
        return Err(ReadError::TooLarge);
    }
    let mut at = usize::try_from(word(end + 16, 4)?).map_err(|_| broken())?;
    let mut unpacked = 0_u64;
    for _ in 0..parts {
        if bytes.get(at..at + 4) != Some(b"PK\x01\x02") {
            return Err(broken());
        }
        unpacked = unpacked.saturating_add(word(at + 24, 4)?);
        let lengths = word(at + 28, 2)? + word(at + 30, 2)? + word(at + 32, 2)?;
        at = at.saturating_add(46 + usize::try_from(lengths).map_err(|_| broken())?);
    }
    // A part that claims less than it packs, or a hundredfold and more, is a bomb.
    let packed = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if unpacked > MOST_UNPACKED || unpacked > packed.saturating_mul(200) { Err(ReadError::TooLarge) } else { Ok(()) }
}
