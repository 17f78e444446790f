//! A workbook with any number of rows: the library makes it with the first of them, and the others are written one by one.
//!
//! The library's own way for that keeps the whole sheet in a second file and panics where the disk is full.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{BufWriter, Cursor, Read, Seek, Write};

use rust_xlsxwriter::XlsxError;
use rust_xlsxwriter::utility::column_number_to_name;
use zip::read::ZipArchive;
use zip::write::ZipWriter;

use super::table::TableError;

/// What a sheet can hold at most: rows, and characters in a cell (Excel specifications and limits).
const MOST_ROWS: usize = 1_048_576;
const MOST_CHARS: usize = 32_767;

/// Where the library puts the only sheet.
const SHEET: &str = "xl/worksheets/sheet1.xml";

/// Writes a workbook that was begun with a heading and `count` rows, all cells in the format of their columns, and goes on with
/// these rows; says how many it has then. As wide as its columns are so far they stay.
pub(super) fn go_on<'t>(
    begun: &[u8],
    to: impl Write + Seek,
    mut count: usize,
    rows: impl Iterator<Item = Cow<'t, Vec<String>>>,
) -> Result<usize, TableError> {
    let mut parts = ZipArchive::new(Cursor::new(begun))?;
    let sheet = text_of(&mut parts)?;
    let (before, after) = sheet.split_once("</sheetData>").ok_or(XlsxError::RowColumnLimitError)?;
    let style = between(before, " style=\"", "\"").map_or("0", |(style, _)| style);
    let mut book = ZipWriter::new(to);
    let options = parts.by_name(SHEET)?.options();
    for index in 0..parts.len() {
        let part = parts.by_index_raw(index)?;
        if part.name()? != SHEET {
            book.raw_copy_file(part)?;
        }
    }
    book.start_file(SHEET, options)?;
    let mut to = BufWriter::new(&mut book);
    to.write_all(without_size(before).as_bytes())?;
    let mut line = String::new();
    for cells in rows {
        count += 1;
        line.clear();
        put_row(&mut line, count + 1, style, &cells)?;
        to.write_all(line.as_bytes())?;
    }
    to.write_all(b"</sheetData>")?;
    to.write_all(after.as_bytes())?;
    to.flush()?;
    drop(to);
    book.finish()?;
    Ok(count)
}

fn text_of(parts: &mut ZipArchive<Cursor<&[u8]>>) -> Result<String, TableError> {
    let mut text = String::new();
    parts.by_name(SHEET)?.read_to_string(&mut text)?;
    Ok(text)
}

/// The first stretch of a text between these two, and where it begins, mark included.
fn between<'t>(text: &'t str, mark: &str, end: &str) -> Option<(&'t str, usize)> {
    let at = text.find(mark)?;
    Some((text.get(at + mark.len()..)?.split_once(end)?.0, at))
}

/// The beginning of a sheet without what it says of its size, which nobody needs to be told.
fn without_size(before: &str) -> String {
    match between(before, "<dimension", "/>") {
        Some((inside, _)) => before.replacen(&format!("<dimension{inside}/>"), "", 1),
        None => before.to_owned(),
    }
}

fn put_row(line: &mut String, number: usize, style: &str, cells: &[String]) -> Result<(), TableError> {
    if number > MOST_ROWS {
        return Err(XlsxError::RowColumnLimitError.into());
    }
    let _ = write!(line, "<row r=\"{number}\">");
    for (column, cell) in (0_u16..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
        if cell.len() > MOST_CHARS && cell.chars().count() > MOST_CHARS {
            return Err(XlsxError::MaxStringLengthExceeded.into());
        }
        let column = column_number_to_name(column);
        let _ = write!(line, "<c r=\"{column}{number}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">");
        put_text(line, cell);
        line.push_str("</t></is></c>");
    }
    line.push_str("</row>");
    Ok(())
}

/// Text as Excel writes it: what XML cannot hold as `_x001F_`, and what looks like that without being it with its first sign so.
fn put_text(line: &mut String, text: &str) {
    for (at, sign) in text.char_indices() {
        match sign {
            '&' => line.push_str("&amp;"),
            '<' => line.push_str("&lt;"),
            '>' => line.push_str("&gt;"),
            '_' if text.get(at..).is_some_and(is_escape) => line.push_str("_x005F_"),
            '\t' | '\n' => line.push(sign),
            '\0'..='\x1f' | '\u{fffe}' | '\u{ffff}' => {
                let _ = write!(line, "_x{:04X}_", u32::from(sign));
            }
            sign => line.push(sign),
        }
    }
}

fn is_escape(text: &str) -> bool {
    matches!(text.as_bytes(), [b'_', b'x', digits @ .., ] if digits.get(4) == Some(&b'_') && digits.iter().take(4).all(u8::is_ascii_hexdigit))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::sync::atomic::{AtomicUsize, Ordering};

    use calamine::Reader;

    use crate::domain::time::Moment;
    use crate::print::table::{FIRST_ROWS, Form, Table};

    use super::*;

    const NOW: Moment = Moment { ms: 0, offset_min: 480 };
    const TEXTS: [&str; 12] = [
        "0012",
        "=1+1",
        " a ",
        "\n行\r\n\t二",
        "<&>\"'",
        "]]>",
        "_x0041_",
        "_x005F_",
        "_x00g1_ _x",
        "\0\u{1}\u{1f}\u{7f}",
        "\u{fffe}\u{ffff}",
        "😀 陈",
    ];

    fn table() -> Table {
        Table { name: "出勤".into(), headings: vec!["甲".into(), "乙".into()], keys: vec!["a".into(), "b".into()], ..Table::default() }
    }

    fn rows(many: usize) -> impl Iterator<Item = Vec<String>> {
        (0..many).map(|n| vec![TEXTS[n % TEXTS.len()].to_owned(), if n % 3 == 0 { String::new() } else { n.to_string() }])
    }

    fn read_back(book: Vec<u8>) -> Vec<Vec<String>> {
        let mut book: calamine::Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(book)).unwrap();
        book.worksheet_range("出勤").unwrap().rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
    }

    fn written(many: usize) -> Vec<u8> {
        let mut bytes = Vec::new();
        assert_eq!(table().write(Form::Workbook, NOW, Cursor::new(&mut bytes), rows(many)).unwrap(), many);
        bytes
    }

    #[test]
    fn a_row_reads_the_same_however_far_down_it_stands() {
        let period = TEXTS.len() * 3;
        let first = read_back(written(period));
        assert_eq!(first.len(), period + 1);
        for many in [FIRST_ROWS - 1, FIRST_ROWS, FIRST_ROWS + 1, FIRST_ROWS + 3 * period] {
            let all = read_back(written(many));
            assert_eq!((all.len(), &all[0]), (many + 1, &first[0]));
            for (n, row) in all.iter().skip(1).enumerate() {
                assert_eq!(row[0], first[1 + n % period][0], "row {n} of {many}");
                assert_eq!(row[1], if n % 3 == 0 { String::new() } else { n.to_string() }, "row {n} of {many}");
            }
        }
    }

    /// Counts what was written.
    struct Counted<'c>(Cursor<Vec<u8>>, &'c AtomicUsize);

    impl Write for Counted<'_> {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.1.fetch_add(bytes.len(), Ordering::Relaxed);
            self.0.write(bytes)
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    impl Seek for Counted<'_> {
        fn seek(&mut self, to: std::io::SeekFrom) -> std::io::Result<u64> {
            self.0.seek(to)
        }
    }

    #[test]
    fn rows_are_on_their_way_before_the_last_one_comes() {
        let (count, mut half_way, many) = (AtomicUsize::new(0), 0, 40 * FIRST_ROWS);
        let watched = rows(many).enumerate().map(|(n, row)| {
            if n == many / 2 {
                half_way = count.load(Ordering::Relaxed);
            }
            row
        });
        assert_eq!(table().write(Form::Workbook, NOW, Counted(Cursor::default(), &count), watched).unwrap(), many);
        let whole = count.load(Ordering::Relaxed);
        assert!(half_way > whole / 3, "{half_way} of {whole} bytes");
    }

    #[test]
    fn what_a_sheet_cannot_hold_is_refused() {
        let begun = written(3);
        let one = |text: String| std::iter::once(Cow::Owned(vec![text]));
        let to = || Cursor::new(Vec::new());
        assert!(go_on(&begun, to(), 3, one("长".repeat(MOST_CHARS))).is_ok());
        assert!(go_on(&begun, to(), 3, one("长".repeat(MOST_CHARS + 1))).is_err());
        assert!(go_on(&begun, to(), MOST_ROWS - 2, one("x".into())).is_ok());
        assert!(go_on(&begun, to(), MOST_ROWS - 1, one("x".into())).is_err());
    }
}
