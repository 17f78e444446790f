//! Large type: a short word in letters eight rows high, to be read across a room. Only the words of verdicts have letters
//! here; anything else, and a space that is too small, stays in ordinary type.

use std::collections::HashMap;
use std::sync::OnceLock;

/// Rows that a word in large type takes.
pub const ROWS: usize = 8;

struct Glyph {
    columns: usize,
    rows: [u16; 16],
}

/// A word in large type, [`ROWS`] lines of equal width; `None` if it is wider than `columns` or has letters that are not
/// known here.
#[must_use]
pub fn word(text: &str, columns: usize) -> Option<Vec<String>> {
    let space = Glyph { columns: 8, rows: [0; 16] };
    let glyphs: Vec<&Glyph> = text.chars().map(|c| if c == ' ' { Some(&space) } else { glyphs().get(&c) }).collect::<Option<_>>()?;
    let wide: usize = glyphs.iter().map(|g| g.columns).sum();
    (wide > 0 && wide <= columns).then(|| {
        let line = |row: usize| {
            let halves = glyphs.iter().flat_map(|g| (0..g.columns).rev().map(move |bit| (lit(g, 2 * row, bit), lit(g, 2 * row + 1, bit))));
            halves
                .map(|(upper, lower)| match (upper, lower) {
                    (true, true) => '█',
                    (true, false) => '▀',
                    (false, true) => '▄',
                    (false, false) => ' ',
                })
                .collect()
        };
        (0..ROWS).map(line).collect()
    })
}

fn lit(glyph: &Glyph, row: usize, bit: usize) -> bool {
    glyph.rows.get(row).is_some_and(|bits| bits >> bit & 1 == 1)
}

fn glyphs() -> &'static HashMap<char, Glyph> {
    static GLYPHS: OnceLock<HashMap<char, Glyph>> = OnceLock::new();
    GLYPHS.get_or_init(|| include_str!("../../assets/large-type.txt").lines().filter(|l| !l.starts_with("# ")).filter_map(glyph).collect())
}

/// `字 hexadecimal rows`: two digits a row for eight columns, four for sixteen.
fn glyph(line: &str) -> Option<(char, Glyph)> {
    let (letter, rows) = line.split_once(' ')?;
    let digits = rows.len() / 16;
    let mut glyph = Glyph { columns: digits * 4, rows: [0; 16] };
    for (index, row) in glyph.rows.iter_mut().enumerate() {
        *row = u16::from_str_radix(rows.get(index * digits..(index + 1) * digits)?, 16).ok()?;
    }
    Some((letter.chars().next()?, glyph))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::SENTENCES;

    #[test]
    fn every_large_word_can_be_drawn() {
        let mut words = 0;
        for (_, zh, en) in SENTENCES.iter().filter(|(name, _, _)| name.starts_with("large_")) {
            for text in [zh, en] {
                let drawn = word(text, 80).unwrap_or_default();
                assert_eq!(drawn.len(), ROWS, "{text}");
                assert!(drawn.iter().all(|line| line.chars().count() == drawn[0].chars().count()), "{text}");
                words += 1;
            }
        }
        assert!(words > 40);
        assert!(word("可接走", 47).is_none() && word("陈", 80).is_none());
    }
}
