//! Rows of text as a workbook, as separated values or as JSON.
//!
//! Every cell is text: card numbers keep their zeros, and nothing is ever a formula (trust T5). Separated files start with a
//! byte-order mark, which Excel needs, and quote every cell; workbooks hold string cells only.

use std::borrow::Cow;
use std::io::{Cursor, Seek, Write};
use std::path::Path;

use chrono::{Datelike, Timelike};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format as CellFormat, Workbook, XlsxError};
use serde::ser::{Serialize, Serializer};
use unicode_width::UnicodeWidthChar;

use crate::domain::formula::guarded;
use crate::domain::time::Moment;

use super::sheet;

/// The widest column, in digits.
const WIDEST: f64 = 60.0;
/// As many rows of a workbook say how wide its columns are; those after them are written as they come.
pub(super) const FIRST_ROWS: usize = 1000;

/// A table: headings for people, keys for programs, and rows of as many cells.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Table {
    /// Name of the sheet.
    pub name: String,
    /// Heading of each column, in the language of the file.
    pub headings: Vec<String>,
    /// Key of each column in JSON, the same in every language.
    pub keys: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
    /// Line at the foot of every printed page; empty for none.
    pub footer: String,
    /// People that the form of the table has no place for.
    pub left_out: usize,
}

/// In what form a table is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// A workbook (.xlsx).
    Workbook,
    /// Comma-separated values (.csv), UTF-8 with a mark.
    Separated,
    /// A JSON array of one object a line (.json).
    Json,
}

impl Form {
    /// The form that a file name asks for by its ending.
    #[must_use]
    pub fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_string_lossy().to_lowercase();
        match ending.as_str() {
            "xlsx" => Some(Self::Workbook),
            "csv" => Some(Self::Separated),
            "json" => Some(Self::Json),
            _ => None,
        }
    }
}

/// Why a table cannot be written in this form: more rows or longer cells than a sheet can hold.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct TableError(String);

impl From<std::io::Error> for TableError {
    fn from(error: std::io::Error) -> Self {
        Self(error.to_string())
    }
}

impl From<csv::Error> for TableError {
    fn from(error: csv::Error) -> Self {
        Self(error.to_string())
    }
}

impl From<zip::result::ZipError> for TableError {
    fn from(error: zip::result::ZipError) -> Self {
        Self(error.to_string())
    }
}

impl From<XlsxError> for TableError {
    fn from(error: XlsxError) -> Self {
        Self(error.to_string())
    }
}

impl Table {
    /// Adds a column heading.
    pub(super) fn column(&mut self, key: impl Into<String>, heading: impl Into<String>) {
        self.keys.push(key.into());
        self.headings.push(heading.into());
    }

    /// The table in that form, made at `now`.
    ///
    /// # Errors
    /// When the form cannot hold it.
    pub fn bytes(&self, form: Form, now: Moment) -> Result<Vec<u8>, TableError> {
        let mut bytes = Vec::new();
        self.write(form, now, Cursor::new(&mut bytes), std::iter::empty())?;
        Ok(bytes)
    }

    /// Writes the table in that form, made at `now`, with its own rows and then with these as they come; says how many there are.
    ///
    /// # Errors
    /// When the form cannot hold it, or it cannot be written.
    pub fn write(&self, form: Form, now: Moment, to: impl Write + Seek + Send, more: impl Iterator<Item = Vec<String>>) -> Result<usize, TableError> {
        let rows = self.rows.iter().map(Cow::Borrowed).chain(more.map(Cow::Owned));
        match form {
            Form::Workbook => self.workbook(now, to, rows),
            Form::Separated => self.separated(to, rows),
            Form::Json => self.json(to, rows),
        }
    }

    fn workbook<'t>(
        &self,
        now: Moment,
        to: impl Write + Seek + Send,
        mut rows: impl Iterator<Item = Cow<'t, Vec<String>>>,
    ) -> Result<usize, TableError> {
        let local = now.local();
        let made = ExcelDateTime::from_ymd(u16::try_from(local.year()).unwrap_or(1970), month_or_day(local.month()), month_or_day(local.day()))?
            .and_hms(u16::try_from(local.hour()).unwrap_or(0), month_or_day(local.minute()), f64::from(local.second()))?;
        let mut book = Workbook::new();
        book.set_properties(&DocProperties::new().set_author("caredesk").set_creation_datetime(&made));
        let text = CellFormat::new().set_num_format("@");
        let bold = CellFormat::new().set_bold().set_num_format("@");
        let sheet = book.add_worksheet();
        sheet.set_name(&self.name)?.set_freeze_panes(1, 0)?.set_landscape().set_paper_size(9).set_repeat_rows(0, 0)?;
        sheet.set_print_fit_to_pages(1, 0);
        if !self.footer.is_empty() {
            sheet.set_footer(format!("&L{}&R&P/&N", self.footer.replace('&', "&&")));
        }
        for (column, heading) in (0_u16..).zip(&self.headings) {
            sheet.set_column_format(column, &text)?;
            sheet.write_string_with_format(0, column, heading, &bold)?;
        }
        let mut widths = Widths::of(&self.headings);
        let mut count = 0;
        for (row, cells) in (1_u32..).zip(rows.by_ref().take(FIRST_ROWS)) {
            for (column, cell) in (0_u16..).zip(cells.iter()).filter(|(_, cell)| !cell.is_empty()) {
                sheet.write_string_with_format(row, column, cell, &text)?;
            }
            widths.see(&cells);
            count += 1;
        }
        for (column, width) in (0_u16..).zip(widths.digits()) {
            sheet.set_column_width(column, width)?;
        }
        if let Some(next) = rows.next() {
            return sheet::go_on(&book.save_to_buffer()?, to, count, std::iter::once(next).chain(rows));
        }
        book.save_to_writer(to)?;
        Ok(count)
    }

    fn separated<'t>(&'t self, to: impl Write, rows: impl Iterator<Item = Cow<'t, Vec<String>>>) -> Result<usize, TableError> {
        let mut count = 0;
        separated(true, to, std::iter::once(Cow::Borrowed(&self.headings)).chain(rows.inspect(|_| count += 1)))?;
        Ok(count)
    }

    fn json<'t>(&self, mut to: impl Write, rows: impl Iterator<Item = Cow<'t, Vec<String>>>) -> Result<usize, TableError> {
        let mut count = 0;
        to.write_all(b"[\n")?;
        for cells in rows {
            if count > 0 {
                to.write_all(b",\n")?;
            }
            serde_json::to_writer(&mut to, &Object { keys: &self.keys, cells: &cells }).map_err(std::io::Error::from)?;
            count += 1;
        }
        to.write_all(b"\n]\n")?;
        to.flush()?;
        Ok(count)
    }
}

/// How wide each column is to be, in digits of the sheet's own letter: as its widest line, a Chinese character as two and a
/// half, at most [`WIDEST`], over the first [`FIRST_ROWS`]. The library's own measure takes every character outside ASCII for one and a bit.
struct Widths(Vec<f64>);

impl Widths {
    fn of(headings: &[String]) -> Self {
        Self(headings.iter().map(|heading| Self::cell(heading) * 1.1).collect())
    }

    fn see(&mut self, cells: &[String]) {
        for (width, cell) in self.0.iter_mut().zip(cells) {
            *width = width.max(Self::cell(cell));
        }
    }

    fn cell(text: &str) -> f64 {
        let line = |line: &str| line.chars().map(|c| if c.width() == Some(2) { 2.5 } else { 1.15 }).sum::<f64>();
        text.lines().map(line).fold(0.0, f64::max)
    }

    fn digits(self) -> impl Iterator<Item = f64> {
        self.0.into_iter().map(|width| (width + 1.5).min(WIDEST))
    }
}

/// Writes rows as a separated file that a spreadsheet opens: quoted, guarded, with a byte-order mark for Excel if `marked`.
pub(super) fn separated(marked: bool, mut to: impl Write, rows: impl Iterator<Item = impl AsRef<Vec<String>>>) -> Result<(), TableError> {
    to.write_all(if marked { "\u{feff}" } else { "" }.as_bytes())?;
    let mut writer = csv::WriterBuilder::new().quote_style(csv::QuoteStyle::Always).terminator(csv::Terminator::CRLF).flexible(true).from_writer(to);
    for cells in rows {
        for cell in cells.as_ref() {
            writer.write_field(guarded(cell).as_bytes())?;
        }
        writer.write_record(None::<&[u8]>)?;
    }
    Ok(writer.flush()?)
}

/// Months, days and minutes are below 60.
fn month_or_day(n: u32) -> u8 {
    u8::try_from(n).unwrap_or(1)
}

/// A row as an object, its keys in the order of the columns.
struct Object<'t> {
    keys: &'t [String],
    cells: &'t [String],
}

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.keys.iter().zip(self.cells))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn table() -> Table {
        let mut table = Table { name: "名册".to_owned(), ..Table::default() };
        table.column("card", "卡号");
        table.column("name", "姓名");
        table.rows = vec![vec!["004085".to_owned(), "=HYPERLINK(\"x\")".to_owned()], vec![String::new(), "引\"号,逗\n行".to_owned()]];
        table
    }

    #[test]
    fn the_ending_says_the_form() {
        for (name, form) in
            [("a.XLSX", Some(Form::Workbook)), ("a.csv", Some(Form::Separated)), ("a.json", Some(Form::Json)), ("a", None), ("a.ods", None)]
        {
            assert_eq!(Form::of(Path::new(name)), form, "{name}");
        }
    }

    #[test]
    fn separated_files_are_marked_quoted_and_guarded() {
        let text = String::from_utf8(table().bytes(Form::Separated, Moment { ms: 0, offset_min: 480 }).unwrap()).unwrap();
        assert_eq!(text, "\u{feff}\"卡号\",\"姓名\"\r\n\"004085\",\"'=HYPERLINK(\"\"x\"\")\"\r\n\"\",\"引\"\"号,逗\n行\"\r\n");
    }

    #[test]
    fn json_keeps_the_order_of_the_columns() {
        let bytes = table().bytes(Form::Json, Moment { ms: 0, offset_min: 480 }).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.starts_with("[\n{\"card\":\"004085\",\"name\":\"=HYPERLINK"), "{text}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap()[1]["name"], "引\"号,逗\n行");
    }

    fn widths(table: &Table) -> Vec<f64> {
        let mut widths = Widths::of(&table.headings);
        for row in &table.rows {
            widths.see(row);
        }
        widths.digits().collect()
    }

    #[test]
    fn rows_that_come_later_are_written_as_the_tables_own() {
        for form in [Form::Workbook, Form::Separated, Form::Json] {
            let (whole, now) = (table(), Moment { ms: 0, offset_min: 480 });
            for own in 0..=whole.rows.len() {
                let mut begun = whole.clone();
                let more = begun.rows.split_off(own);
                let mut bytes = Vec::new();
                assert_eq!(begun.write(form, now, Cursor::new(&mut bytes), more.into_iter()).unwrap(), whole.rows.len());
                assert_eq!(bytes, whole.bytes(form, now).unwrap(), "{form:?} with {own} of its own");
            }
        }
    }

    /// `rust_xlsxwriter` 0.102 fits a column by 8 pixels for a Chinese character, which takes about 16.
    #[test]
    fn a_column_is_as_wide_as_its_chinese() {
        let lines = ["13900000001", "对花生过敏", "爷爷陈国强", "二年级三班的小朋友", "a\n很长的一行字在第二行"];
        for line in lines {
            let mut table = Table::default();
            table.column("x", "健");
            table.rows = vec![vec![line.to_owned()]];
            let widest = line.lines().map(|l| l.chars().map(|c| if c.is_ascii() { 7.0 } else { 16.0 }).sum::<f64>()).fold(0.0, f64::max);
            let [width] = widths(&table)[..] else { panic!("one column") };
            assert!(width * 7.0 + 5.0 >= widest, "{line}: {width} digits hold less than {widest} pixels");
            assert!(width * 7.0 <= widest * 1.4 + 14.0, "{line}: {width} digits are too many");
        }
        let mut table = Table::default();
        table.column("x", "备注");
        table.rows = vec![vec!["长".repeat(500)]];
        assert_eq!(widths(&table), [WIDEST]);
    }

    #[test]
    fn the_same_table_at_the_same_time_is_the_same_workbook() {
        let at = |ms| table().bytes(Form::Workbook, Moment { ms, offset_min: 480 }).unwrap();
        assert_eq!(at(0), at(0));
    }
}
