//! Text that a spreadsheet would take for a formula, and the mark that keeps it text (trust T5).
//!
//! A name in a roster may begin with `=`; in a separated file a spreadsheet would calculate it. Files that we write put an
//! apostrophe before such text, files that we read lose it again, and every text comes back as it was.

use std::borrow::Cow;

/// Signs with which a formula, a link to another program, or a new cell begins.
const TRIGGERS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Whether a spreadsheet may take this text for a formula. Apostrophes and blanks before it do not count.
#[must_use]
pub fn is_formula(text: &str) -> bool {
    let bare = text.trim_start_matches('\'');
    match bare.chars().next() {
        Some(first) if TRIGGERS.contains(&first) => true,
        Some(first) if first.is_whitespace() => bare.trim_start().starts_with(TRIGGERS),
        Some(_) | None => false,
    }
}

/// The text as it may stand in a cell of a separated file.
#[must_use]
pub fn guarded(text: &str) -> Cow<'_, str> {
    if is_formula(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The text of a cell that may have been [`guarded`].
#[must_use]
pub fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if is_formula(text) => text,
        Some(_) | None => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_comes_back_and_none_begins_like_a_formula() {
        for text in [
            "",
            "陈一诺",
            "=1+1",
            "+86 138",
            "-",
            "@SUM(A1)",
            "\t=1",
            "\r",
            "＝1",
            "＋",
            "－1",
            "＠x",
            " =1",
            "'=1",
            "''=1",
            "'小名",
            "O'Brien",
            "'",
            "'' x",
        ] {
            let cell = guarded(text);
            assert_eq!(unguarded(&cell), text, "{text:?}");
            assert!(!cell.trim_start().starts_with(TRIGGERS), "{text:?}");
        }
        assert_eq!(guarded("小明"), "小明");
        assert_eq!(guarded("=1"), "'=1");
    }
}
