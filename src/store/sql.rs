//! The few helpers through which every statement goes.
//!
//! Parameters are `$1`, `$2` … in order of first appearance: `SQLite` takes `$1` for a name and numbers names as they
//! come, other engines take it for a number, and only this order means the same to both.

use chrono::NaiveDate;
use rusqlite::types::Type;
use rusqlite::{CachedStatement, Connection, Params, Row};

use super::error::StoreError;

/// A cached statement whose parameters are in order.
pub(super) fn prepared<'c>(conn: &'c Connection, sql: &str) -> Result<CachedStatement<'c>, rusqlite::Error> {
    let statement = conn.prepare_cached(sql)?;
    debug_assert!(
        (1..=statement.parameter_count()).all(|i| statement.parameter_name(i) == Some(format!("${i}").as_str())),
        "parameters out of order: {sql}"
    );
    Ok(statement)
}

/// Runs a statement that returns nothing; says how many rows it changed.
pub(super) fn run(conn: &Connection, sql: &str, params: impl Params) -> Result<usize, StoreError> {
    Ok(prepared(conn, sql)?.execute(params)?)
}

/// All rows.
pub(super) fn all<T>(
    conn: &Connection,
    sql: &str,
    params: impl Params,
    from_row: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<T>, StoreError> {
    let mut statement = prepared(conn, sql)?;
    let rows = statement.query_map(params, from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Gives every row away as it comes.
pub(super) fn each<T>(
    conn: &Connection,
    sql: &str,
    from_row: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    mut put: impl FnMut(T),
) -> Result<(), StoreError> {
    let mut statement = prepared(conn, sql)?;
    for row in statement.query_map([], from_row)? {
        put(row?);
    }
    Ok(())
}

/// The first row, if there is one.
pub(super) fn one<T>(
    conn: &Connection,
    sql: &str,
    params: impl Params,
    mut from_row: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Option<T>, StoreError> {
    let mut statement = prepared(conn, sql)?;
    let mut rows = statement.query(params)?;
    rows.next()?.map(|row| Ok(from_row(row)?)).transpose()
}

/// A value that a column cannot mean.
pub(super) fn unreadable(column: usize, what: impl std::fmt::Display) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Text, what.to_string().into())
}

/// A column that holds one of a closed list of words.
pub(super) fn word<T: Copy, const N: usize>(row: &Row<'_>, column: usize, all: [T; N], name: impl Fn(T) -> &'static str) -> rusqlite::Result<T> {
    let text = row.get_ref(column)?.as_str()?;
    all.into_iter().find(|value| name(*value) == text).ok_or_else(|| unreadable(column, text))
}

/// A column that holds a yes or a no.
pub(super) fn yes(row: &Row<'_>, column: usize) -> rusqlite::Result<bool> {
    Ok(row.get::<_, i64>(column)? == 1)
}

/// A column that holds a date or a time of day as text, or nothing.
pub(super) fn parsed<T: std::str::FromStr<Err: std::fmt::Display>>(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<T>> {
    row.get_ref(column)?.as_str_or_null()?.map(|text| text.parse().map_err(|e| unreadable(column, e))).transpose()
}

/// The same, where there has to be one.
pub(super) fn parsed_always<T: std::str::FromStr<Err: std::fmt::Display>>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    row.get_ref(column)?.as_str()?.parse().map_err(|e| unreadable(column, e))
}

/// A date as it is stored, `2026-09-07`: what chrono reads, read in a fraction of the time where it is written so.
pub(super) fn date(text: &str) -> chrono::ParseResult<NaiveDate> {
    plain_date(text.as_bytes()).map_or_else(|| text.parse(), Ok)
}

fn plain_date(text: &[u8]) -> Option<NaiveDate> {
    let [year @ .., b'-', m1, m2, b'-', d1, d2] = text else { return None };
    let year: &[u8; 4] = year.try_into().ok()?;
    let number = |digits: &[u8]| digits.iter().try_fold(0, |number, digit| digit.is_ascii_digit().then(|| number * 10 + u32::from(digit - b'0')));
    NaiveDate::from_ymd_opt(i32::try_from(number(year)?).ok()?, number(&[*m1, *m2])?, number(&[*d1, *d2])?)
}

/// A column that holds a day of the week, Monday 0, or nothing.
pub(super) fn weekday(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<chrono::Weekday>> {
    let number: Option<u8> = row.get(column)?;
    number.map(|n| chrono::Weekday::try_from(n).map_err(|_| unreadable(column, n))).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_what_chrono_reads() {
        for text in [
            "2026-09-07",
            "2024-02-29",
            "2026-02-29",
            "0001-01-01",
            "9999-12-31",
            "2026-13-01",
            "2026-00-01",
            "2026-9-7",
            "+12026-09-07",
            "-0001-01-01",
            "2026-09-07 ",
            "20260907",
            "２０２６-09-07",
            "",
        ] {
            assert_eq!(date(text), text.parse(), "{text}");
        }
    }
}
