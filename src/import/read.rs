//! A file becomes rows of cells, one after the other. Its content says what it is, not its extension.
//!
//! Text is UTF-8 (with or without mark), UTF-16 with a mark, else GB18030, which covers GBK; bytes that are none of them
//! refuse the file. Workbooks are in [`super::book`], archives in [`super::archive`]. Caps: 50 MiB, 100,000 rows of a sheet,
//! 128 columns (trust T9, T10). Rows are handed on as they are read, so that a large file needs little memory.

use std::path::Path;
use std::sync::Arc;

use chrono::NaiveDate;
use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};
use serde::{Deserialize, Serialize};

use crate::domain::formula::unguarded;

/// Largest file, bytes.
pub const LARGEST: u64 = 50 * 1024 * 1024;
/// Most rows of a sheet, beside its headings.
pub const MOST_ROWS: usize = 100_000;
/// Most columns that are read.
pub const MOST_COLUMNS: usize = 128;
/// Rows that titles and headings may take.
const HEADROOM: usize = 100;

/// Headings, each with the letter of its column.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Others(pub Vec<String>);

/// Why a file cannot be read.
#[derive(Debug, thiserror::Error, Serialize, Deserialize)]
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
    /// It is larger than a roster can be: in what.
    #[error("too large: {0:?}")]
    TooLarge(Cap),
    /// An archive of more parts than so many.
    #[error("more than {0} parts")]
    TooManyParts(usize),
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
    /// The only sheet with the headings of a roster is hidden: its name.
    #[error("hidden sheet {0}")]
    OnlyHidden(String),
    /// A heading that may speak of who must not collect, of illness, phones or cards, and is not understood.
    #[error("heading {heading}")]
    Heading {
        /// Sheet; empty for text files.
        sheet: String,
        /// Row of the headings, from 1.
        row: usize,
        /// Column, from 1.
        column: usize,
        /// The heading.
        heading: String,
        /// The first values that stand under it.
        values: Vec<String>,
        /// Other headings of the kind on the same sheet, each with its letter.
        others: Box<Others>,
    },
    /// A sheet without the headings of a roster speaks of a child that the list has, or of who must not collect.
    #[error("unread sheet {sheet}")]
    SheetUnread {
        /// Sheet; empty for text files.
        sheet: String,
        /// Row, from 1.
        row: usize,
        /// Column, from 1.
        column: usize,
        /// What stands there.
        text: String,
    },
    /// A second column of children's names: two lists beside each other.
    #[error("two lists")]
    SideBySide {
        /// Sheet; empty for text files.
        sheet: String,
        /// Row of the headings, from 1.
        row: usize,
        /// The second column, from 1.
        column: usize,
    },
    /// An XML Spreadsheet 2003, or a page packed as mail (MHTML), that calls itself a workbook.
    #[error("XML Spreadsheet 2003 or MHTML")]
    OldFormat,
    /// A value that the reader of workbooks does not know; the sheet cannot be read with it.
    #[error("value {0}")]
    OddValue(String),
    /// A quotation mark that is never closed, or closed in another row: its row.
    #[error("quotation mark in row {0}")]
    OpenQuote(usize),
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
    /// The system refused: what it said.
    #[error("{0}")]
    Io(String),
    /// The one who reads files ended while it read this one: it took too much memory or time, or the file broke it.
    #[error("the reader ended")]
    Broke {
        /// Memory that it may have, MB.
        memory: u64,
        /// Time of the processor that it may take, seconds.
        seconds: u64,
    },
    /// The one who reads files neither took in nor told anything for too long: so many seconds.
    #[error("nothing for {0} s")]
    Silent(u64),
}

/// What a file may have at most, each with its number.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Cap {
    /// The file as it is, MB.
    File(u64),
    /// The files of a folder.
    Files(usize),
    /// The rows of a sheet.
    Rows(usize),
    /// The columns of a list.
    Columns(u64),
    /// The areas of a sheet that are merged downwards.
    Merged(usize),
    /// One row, MB.
    Row(u64),
    /// The sheets of a workbook, unpacked, MB.
    Sheets(u64),
    /// What else a workbook is made of, unpacked, MB.
    Parts(u64),
    /// How many times larger a part may be unpacked than packed.
    Packed(u64),
}

/// Bytes of a MB.
pub(crate) const MB: u64 = 1024 * 1024;

impl ReadError {
    /// What the system said.
    #[must_use]
    pub fn io(error: &std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::NotFound { Self::NotFound } else { Self::Io(error.to_string()) }
    }
}

/// One cell.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
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
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct SheetHead {
    /// Its name; empty for a text file.
    pub name: String,
    /// It is hidden: dictionaries of forms are.
    pub hidden: bool,
    /// Cells merged downwards: column from 0, first and last row from 1.
    pub merged: Vec<(usize, usize, usize)>,
    /// Comments on cells, which no column tells: row and column from 1, text.
    pub comments: Vec<(usize, usize, String)>,
    /// Cells that hold something struck through: row and column from 1.
    pub struck: Vec<(usize, usize)>,
}

/// What reading a file gives, in this order: a sheet, its rows, the next sheet.
#[derive(Debug, Serialize, Deserialize)]
pub enum Event {
    /// The file is still being unpacked: there is nothing to tell yet.
    Unpacking,
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
    if is_old_format(&text) {
        return Err(ReadError::OldFormat);
    }
    match super::html::tables(&text) {
        Some(tables) => {
            let (all, several) = (tables.iter().map(Vec::len).sum(), tables.len() > 1);
            let mut before = 0;
            for (which, rows) in (1..).zip(tables) {
                let name = if several { format!("#{which}") } else { String::new() };
                sink(Event::Sheet(SheetHead { name, ..SheetHead::default() }))?;
                for (number, row) in (1..).zip(rows) {
                    check_rows(number)?;
                    let cells = within(row.into_iter().map(Cell::Text));
                    before += 1;
                    sink(Event::Row { number, cells, share: share(before, all) })?;
                }
            }
            Ok(())
        }
        None => separated(&text, sink),
    }
}

/// An XML Spreadsheet 2003, or a page packed as mail: a workbook as spreadsheets wrote it once, whatever it is named now.
fn is_old_format(text: &str) -> bool {
    let head: String = text.trim_start().chars().take(4096).collect::<String>().to_ascii_lowercase();
    let is_mail = ["mime-version:", "content-type: multipart/related", "from: ", "date: "].iter().any(|line| head.starts_with(line))
        && head.contains("mime-version:")
        && head.contains("content-type:");
    is_mail || (head.starts_with('<') && head.contains("urn:schemas-microsoft-com:office:spreadsheet") && !head.contains("<html"))
}

/// Looks at a file from outside.
///
/// # Errors
/// When it is missing, no plain file, empty or too large.
pub fn look(path: &Path) -> Result<(), ReadError> {
    let meta = std::fs::metadata(path).map_err(|e| ReadError::io(&e))?;
    match meta.len() {
        _ if !meta.is_file() => Err(ReadError::NotAFile),
        0 => Err(ReadError::Empty),
        size if size > LARGEST => Err(ReadError::TooLarge(Cap::File(LARGEST / MB))),
        _ => Ok(()),
    }
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
    if number > MOST_ROWS + HEADROOM { Err(ReadError::TooLarge(Cap::Rows(MOST_ROWS))) } else { Ok(()) }
}

/// As many cells as a row of a list may have; where more of them say something, the first that does stands behind them.
pub(super) fn within(mut cells: impl Iterator<Item = Cell>) -> Vec<Cell> {
    let mut kept: Vec<Cell> = cells.by_ref().take(MOST_COLUMNS).collect();
    if kept.len() == MOST_COLUMNS {
        kept.extend(cells.find(|c| !c.is_blank()));
    }
    kept
}

#[allow(clippy::cast_precision_loss)] // for a bar
pub(super) fn share(part: usize, whole: usize) -> f32 {
    if whole == 0 { 1.0 } else { part as f32 / whole as f32 }
}

/// How many columns of a text are known by their headings when it is taken apart at a sign.
fn known_columns(text: &str, sign: char) -> usize {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(u8::try_from(sign).unwrap_or(b',')).from_reader(text.as_bytes());
    let rows: Vec<(usize, Vec<Cell>)> = (1..)
        .zip(reader.records().take(super::header::SEARCHED).map_while(Result::ok))
        .map(|(n, record)| (n, record.iter().take(MOST_COLUMNS).map(|c| Cell::Text(unguarded(c).to_owned())).collect()))
        .collect();
    super::header::find(&rows, &std::collections::BTreeMap::new()).map_or(0, |columns| columns.fields.len())
}

/// A text whose columns a Chinese keyboard has parted, with tabs instead: where no other sign found the headings, and nothing
/// is quoted.
fn narrowed(text: &str) -> Option<String> {
    const WIDE: [char; 3] = ['，', '；', '｜'];
    if text.contains(['\t', '"']) {
        return None;
    }
    let head: String = text.lines().take(super::header::SEARCHED).collect::<Vec<_>>().join("\n");
    let known = WIDE.into_iter().map(|sign| (known_columns(&head.replace(sign, "\t"), '\t'), sign)).rev();
    let (_, sign) = known.max_by_key(|(n, _)| *n).filter(|(n, _)| *n > 0)?;
    Some(text.replace(sign, "\t"))
}

/// What may part the columns of a text.
const SIGNS: [char; 4] = [',', ';', '\t', '|'];

/// The separator of a text: of comma, semicolon, tab and bar the one by which its headings are found.
fn separator(text: &str) -> Option<char> {
    let best = SIGNS.into_iter().map(|sign| (known_columns(text, sign), sign)).rev().max_by_key(|(n, _)| *n);
    best.filter(|(n, _)| *n > 0).map(|(_, sign)| sign)
}

/// The separator where no headings are found: the one that the first lines hold most of.
fn most_frequent(text: &str) -> Option<char> {
    let head: String = text.lines().take(20).collect();
    let count = |c: char| head.matches(c).count();
    SIGNS.into_iter().take(3).max_by_key(|c| count(*c)).filter(|c| count(*c) > 0)
}

/// The row in which a quotation mark opens that is never closed, or that takes whole rows with it: a line inside it is as
/// wide as the first row.
fn open_quote(text: &str, separator: char) -> Option<usize> {
    let (mut row, mut opened, mut inside, mut at_start) = (1_usize, 1_usize, false, true);
    let mut width: Option<usize> = None;
    let (mut signs, mut within, mut broken) = (0_usize, 0_usize, false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if inside {
            match c {
                '"' if chars.peek() == Some(&'"') => {
                    chars.next();
                }
                '"' => inside = false,
                '\n' => {
                    row += 1;
                    if broken && width.is_some_and(|w| w > 1 && within >= w) {
                        return Some(opened);
                    }
                    (broken, within) = (true, 0);
                }
                _ if c == separator => within += 1,
                _ => {}
            }
            continue;
        }
        match c {
            '"' if at_start => (inside, opened, within, broken) = (true, row, 0, false),
            '\n' => {
                row += 1;
                if signs > 0 {
                    width = width.or(Some(signs));
                }
                (signs, at_start) = (0, true);
                continue;
            }
            _ if c == separator => {
                signs += 1;
                at_start = true;
                continue;
            }
            _ => {}
        }
        at_start = false;
    }
    inside.then_some(opened)
}

/// Rows of separated values.
fn separated(text: &str, sink: &mut Sink<'_>) -> Result<(), ReadError> {
    let known = separator(text);
    let narrowed = if known.is_none() { narrowed(text) } else { None };
    let separator = match &narrowed {
        Some(_) => '\t',
        None => known.or_else(|| most_frequent(text)).ok_or(ReadError::NoHeadings)?,
    };
    let text = narrowed.as_deref().unwrap_or(text);
    if let Some(row) = open_quote(text, separator) {
        return Err(ReadError::OpenQuote(row));
    }
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
        let cells = within(record.iter().map(|c| Cell::Text(unguarded(c).to_owned())));
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
            return Err(ReadError::TooLarge(Cap::Rows(10 * MOST_ROWS)));
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
