//! What calamine does not tell of an `.ods`: how large its repeats would make it, and which of its cells are merged downwards.

use super::super::read::{Cap, ReadError, check_rows};
use super::WIDEST_MERGED;

/// Widest row whose cells may be filled by repeating.
const WIDEST: u64 = 1024;

/// A number that a tag says of itself; 1 when it does not.
fn said(tag: &str, name: &str) -> u64 {
    let value = tag.split_once(name).and_then(|(_, v)| v.split_once('"')).and_then(|(_, v)| v.split_once('"'));
    value.and_then(|(v, _)| v.parse::<u64>().ok()).unwrap_or(1)
}

/// The tag that a piece of a page begins with, without what it holds.
fn tag(piece: &str) -> &str {
    piece.split_once('>').map_or(piece, |(tag, _)| tag)
}

/// The cells of a row, from their tags on.
fn cells(row: &str) -> impl Iterator<Item = &str> {
    row.split_inclusive("</table:table-cell>").flat_map(|c| c.split("<table:")).skip(1)
}

/// One row or cell may be written for a million of them. What is blank at the end is left out when it is read; so many others
/// would fill the memory, and no roster has them.
pub(super) fn check_repeats(content: &str) -> Result<(), ReadError> {
    let is_filled = |xml: &str| xml.contains("<text:p") || xml.contains("office:value");
    for table in content.split("<table:table ").skip(1) {
        let mut rows = 0_u64;
        for row in table.split("<table:table-row").skip(1) {
            let (head, body) = row.split_once('>').unwrap_or((row, ""));
            rows = rows.saturating_add(said(head, "number-rows-repeated"));
            if !is_filled(body) {
                continue;
            }
            let mut width = 0_u64;
            for cell in cells(body) {
                let before = width;
                width = width.saturating_add(said(tag(cell), "number-columns-repeated"));
                if is_filled(cell) && width > WIDEST.max(before + 1) {
                    return Err(ReadError::TooLarge(Cap::Columns(WIDEST)));
                }
            }
            check_rows(usize::try_from(rows).unwrap_or(usize::MAX))?;
        }
    }
    Ok(())
}

/// Cells merged downwards, for each sheet in turn: column from 0, first and last row from 1.
pub(super) fn merged(content: &str) -> Vec<Vec<(usize, usize, usize)>> {
    let number = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    let tables = content.split("<table:table ").skip(1).map(|table| {
        let mut list = Vec::new();
        let mut row_number = 1_usize;
        for row in table.split("<table:table-row").skip(1) {
            let (head, body) = row.split_once('>').unwrap_or((row, ""));
            let mut column = 0_usize;
            for cell in cells(body).filter(|c| c.starts_with("table-cell") || c.starts_with("covered-table-cell")) {
                let (down, across) = (number(said(tag(cell), "number-rows-spanned")), number(said(tag(cell), "number-columns-spanned")));
                if down > 1 && across <= WIDEST_MERGED {
                    list.push((column, row_number, row_number.saturating_add(down - 1)));
                }
                column = column.saturating_add(number(said(tag(cell), "number-columns-repeated")));
            }
            row_number = row_number.saturating_add(number(said(head, "number-rows-repeated")));
        }
        list
    });
    tables.collect()
}
