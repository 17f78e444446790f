//! Workbooks: `.xlsx` row by row; `.xls` and `.ods` sheet by sheet. Absent: `.xlsb`, which no school was seen to hand in.
//!
//! A formula counts as what it last came to; one that was never worked out is a blank cell, for nothing that a roster needs is
//! a formula. Cells merged downwards are told with the sheet, so that a class written once stands for all its rows.

use std::collections::HashMap;
use std::io::Cursor;

use calamine::{Data, DataRef, Dimensions, Ods, Reader, Sheet, SheetType, SheetVisible, Xls, Xlsx};

use super::archive::{Archive, is_archive};
use super::cells::serial;
use super::read::{Cap, Cell, Event, MOST_COLUMNS, ReadError, SheetHead, Sink, check_rows, share, within};

mod marks;
mod open_document;

use open_document::check_repeats;

/// Most areas of a sheet that may be merged downwards.
const MOST_MERGED: usize = 10_000;
/// Columns that a merged area may take and still be a value of its rows, not a title or a remark.
pub(super) const WIDEST_MERGED: usize = 3;

/// Whether these bytes begin as a workbook does.
#[must_use]
pub fn is_book(bytes: &[u8]) -> bool {
    is_archive(bytes) || is_old(bytes)
}

/// The container of `.xls`, and of workbooks that are locked with a password.
fn is_old(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
}

/// Reads the sheets of a workbook.
///
/// # Errors
/// Why it cannot be read; whatever the sink refuses.
pub fn sheets(bytes: Vec<u8>, sink: &mut Sink<'_>) -> Result<(), ReadError> {
    if is_old(&bytes) {
        return xls(bytes, sink);
    }
    let mut archive = Archive::open(bytes, &mut || sink(Event::Unpacking))?;
    let has = |archive: &Archive, name: &str| archive.names().iter().any(|n| n == name);
    if has(&archive, "content.xml") {
        let content = archive.part("content.xml")?;
        let content = std::str::from_utf8(&content).map_err(|_| ReadError::DamagedWorkbook("content.xml".to_owned()))?;
        check_repeats(content)?;
        let mut merged = open_document::merged(content).into_iter();
        let book: Ods<_> = open(archive.into_bytes())?;
        return ranges(book, &mut |_, _| merged.next().unwrap_or_default(), sink);
    }
    // What the main part of a workbook is called is said in the package, not by custom.
    let says = |archive: &mut Archive, part: &str, what: &str| archive.part(part).is_ok_and(|p| String::from_utf8_lossy(&p).contains(what));
    if !says(&mut archive, "[Content_Types].xml", "spreadsheetml") && !has(&archive, "xl/workbook.xml") {
        return Err(ReadError::NotATable);
    }
    let marks = marks::of(&mut archive)?;
    xlsx(archive.into_bytes(), marks, sink)
}

fn open<B: Reader<Cursor<Vec<u8>>>>(bytes: Vec<u8>) -> Result<B, ReadError> {
    B::new(Cursor::new(bytes)).map_err(|e| damaged(&e))
}

fn damaged(error: &dyn std::fmt::Debug) -> ReadError {
    let what = format!("{error:?}");
    if what.contains("Password") {
        ReadError::Password
    } else if let Some(value) = what.strip_prefix("CellError(\"").and_then(|rest| rest.strip_suffix("\")")) {
        ReadError::OddValue(value.chars().filter(|c| !c.is_control()).take(20).collect())
    } else {
        ReadError::DamagedWorkbook(what.chars().filter(|c| !c.is_control()).take(80).collect())
    }
}

fn xlsx(bytes: Vec<u8>, mut marks: HashMap<String, marks::Marks>, sink: &mut Sink<'_>) -> Result<(), ReadError> {
    let mut book: Xlsx<_> = open(bytes)?;
    let sheets: Vec<_> = book.sheets_metadata().iter().filter(|s| s.typ == SheetType::WorkSheet).cloned().collect();
    for (index, sheet) in sheets.iter().enumerate() {
        // Where the merged areas cannot be read there are none: a class that is then missing is asked for.
        let merged = book.merge_cells_by_sheet_name(&sheet.name).map(|m| downwards(&m)).unwrap_or_default();
        let marks::Marks { comments, struck } = marks.remove(&sheet.name).unwrap_or_default();
        sink(Event::Sheet(SheetHead { comments, struck, ..head(sheet, merged)? }))?;
        let mut cells = book.worksheet_cells_reader(&sheet.name).map_err(|e| damaged(&e))?;
        let last = cells.dimensions().end.0 as usize + 1;
        let progress = |row: usize| (share(row, last).min(1.0) + share(index, 1)) / share(sheets.len(), 1);
        let mut row: Vec<Cell> = Vec::new();
        let (mut number, mut rows) = (0_usize, 0_usize);
        loop {
            let next = cells.next_cell().map_err(|e| damaged(&e))?;
            let at = next.as_ref().map(calamine::Cell::get_position);
            let next_number = at.map_or(usize::MAX, |(r, _)| r as usize + 1);
            if next_number != number {
                if !row.is_empty() {
                    rows += 1;
                    check_rows(rows)?;
                    sink(Event::Row { number, cells: std::mem::take(&mut row), share: progress(number) })?;
                }
                if next_number < number {
                    return Err(ReadError::DamagedWorkbook("rows out of order".to_owned()));
                }
                number = next_number;
            }
            let (Some(cell), Some((_, column))) = (next, at) else { break };
            let column = column as usize;
            let value = of_ref(cell.get_value());
            // One more than a list may have stands for all that are beyond.
            let column = column.min(MOST_COLUMNS);
            if !value.is_blank() {
                if row.len() <= column {
                    row.resize(column + 1, Cell::Text(String::new()));
                }
                if let Some(slot) = row.get_mut(column) {
                    *slot = value;
                }
            }
        }
    }
    Ok(())
}

fn xls(bytes: Vec<u8>, sink: &mut Sink<'_>) -> Result<(), ReadError> {
    let book: Xls<_> = open(bytes)?;
    ranges(book, &mut |book: &mut Xls<_>, name| book.merge_cells_by_sheet_name(name).map(|m| downwards(&m)).unwrap_or_default(), sink)
}

/// What is merged downwards in a sheet.
type Merged<'m, B> = dyn FnMut(&mut B, &str) -> Vec<(usize, usize, usize)> + 'm;

fn ranges<B: Reader<Cursor<Vec<u8>>>>(mut book: B, merged: &mut Merged<'_, B>, sink: &mut Sink<'_>) -> Result<(), ReadError> {
    let sheets: Vec<_> = book.sheets_metadata().iter().filter(|s| s.typ == SheetType::WorkSheet).cloned().collect();
    for (index, sheet) in sheets.iter().enumerate() {
        let merged = merged(&mut book, &sheet.name);
        sink(Event::Sheet(head(sheet, merged)?))?;
        let range = book.worksheet_range(&sheet.name).map_err(|e| damaged(&e))?;
        let (top, left) = range.start().map_or((0, 0), |(r, c)| (r as usize, c as usize));
        let progress = |row: usize| (share(row, range.height()) + share(index, 1)) / share(sheets.len(), 1);
        for (at, cells) in range.rows().enumerate() {
            check_rows(at)?;
            let blank = std::iter::repeat_n(Cell::Text(String::new()), left);
            let cells = within(blank.chain(cells.iter().map(of_data)));
            if cells.iter().any(|c| !c.is_blank()) {
                sink(Event::Row { number: top + at + 1, cells, share: progress(at) })?;
            }
        }
    }
    Ok(())
}

/// A sheet as it begins.
fn head(sheet: &Sheet, merged: Vec<(usize, usize, usize)>) -> Result<SheetHead, ReadError> {
    if merged.len() > MOST_MERGED {
        return Err(ReadError::TooLarge(Cap::Merged(MOST_MERGED)));
    }
    Ok(SheetHead { name: sheet.name.clone(), hidden: sheet.visible != SheetVisible::Visible, merged, ..SheetHead::default() })
}

fn downwards(merged: &[Dimensions]) -> Vec<(usize, usize, usize)> {
    let tall = merged.iter().filter(|m| m.end.0 > m.start.0 && (m.end.1.saturating_sub(m.start.1) as usize) < WIDEST_MERGED);
    tall.map(|m| (m.start.1 as usize, m.start.0 as usize + 1, m.end.0 as usize + 1)).collect()
}

fn of_data(data: &Data) -> Cell {
    match data {
        Data::Int(n) => whole(*n),
        Data::Float(n) => Cell::Number(*n),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => Cell::Text(text.clone()),
        Data::Bool(yes) => Cell::Text(yes.to_string()),
        Data::DateTime(when) => date(*when),
        Data::Error(error) => Cell::Text(error.to_string()),
        Data::Empty => Cell::Text(String::new()),
    }
}

fn of_ref(data: &DataRef<'_>) -> Cell {
    match data {
        DataRef::Int(n) => whole(*n),
        DataRef::Float(n) => Cell::Number(*n),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Cell::Text(text.clone()),
        DataRef::SharedString(text) => Cell::Text((*text).to_owned()),
        DataRef::Bool(yes) => Cell::Text(yes.to_string()),
        DataRef::DateTime(when) => date(*when),
        DataRef::Error(error) => Cell::Text(error.to_string()),
        DataRef::Empty => Cell::Text(String::new()),
    }
}

/// A whole number, as a number as long as that holds it.
fn whole(n: i64) -> Cell {
    n.to_string().parse().map_or_else(|_| Cell::Text(n.to_string()), Cell::Number)
}

fn date(when: calamine::ExcelDateTime) -> Cell {
    let (year, month, day, ..) = when.to_ymd_hms_milli();
    let date = chrono::NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day)).or_else(|| serial(when.as_f64()));
    date.filter(|_| when.is_datetime()).map_or(Cell::Number(when.as_f64()), Cell::Date)
}
