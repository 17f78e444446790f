//! Measuring, cutting, padding and wrapping text, and the pen that draws it. The only file that knows how wide a character
//! is.
//!
//! Whatever comes from outside is cleaned here, at the only place where it reaches the glass: control characters and marks
//! that turn the writing round are never drawn (trust T1, T2).

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Width of a text in columns.
#[must_use]
pub fn width(text: &str) -> usize {
    clean(text).width()
}

/// A text without what must not reach the glass.
#[must_use]
pub fn clean(text: &str) -> String {
    text.chars().filter(|c| !is_harmful(*c)).map(|c| if is_too_wide(c) { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

/// A glass has no place for a character of more than two columns; Chinese and ASCII are none and are not looked up.
fn is_too_wide(c: char) -> bool {
    !matches!(c, '\0'..='\u{7f}' | '\u{2e80}'..='\u{9fff}') && c.width().is_some_and(|width| width > 2)
}

fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{fe00}'..='\u{fe0f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// The beginning of a text that fits into so many columns; a wide character is never cut in half.
#[must_use]
pub fn fit(text: &str, columns: usize) -> String {
    let mut used = 0;
    clean(text)
        .chars()
        .take_while(|c| {
            used += c.width().unwrap_or(0);
            used <= columns
        })
        .collect()
}

/// A text cut and filled with spaces to exactly so many columns.
#[must_use]
pub fn pad(text: &str, columns: usize) -> String {
    let mut text = fit(text, columns);
    let missing = columns.saturating_sub(text.width());
    text.extend(std::iter::repeat_n(' ', missing));
    text
}

/// Lines of at most so many columns. Chinese breaks anywhere but before closing and after opening punctuation; words stay
/// whole where they can.
#[must_use]
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    const NOT_FIRST: &str = "，。、；：？！）〕】》”’,.;:?!)]}";
    const NOT_LAST: &str = "（〔【《“‘([{";
    let columns = columns.max(2);
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for c in clean(text).chars() {
        let w = c.width().unwrap_or(0);
        if line.width() + w > columns {
            let keeps_word = c.is_ascii_alphanumeric() && line.ends_with(|p: char| p.is_ascii_alphanumeric());
            let cut = if keeps_word { line.rfind(' ').map(|i| i + 1) } else { None };
            let mut carry = match cut {
                Some(i) => line.split_off(i),
                None if NOT_FIRST.contains(c) && line.chars().count() > 1 => line.pop().map(String::from).unwrap_or_default(),
                None => String::new(),
            };
            while line.chars().count() > 1
                && let Some(opening) = line.chars().next_back().filter(|last| NOT_LAST.contains(*last))
                && opening.width().unwrap_or(0) + carry.width() + w <= columns
            {
                line.pop();
                carry.insert(0, opening);
            }
            lines.push(line.trim_end().to_owned());
            line = carry;
            if c == ' ' && line.is_empty() {
                continue;
            }
        }
        line.push(c);
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

/// Draws lines into one area of a buffer.
pub struct Pen<'b> {
    buf: &'b mut Buffer,
    area: Rect,
}

impl<'b> Pen<'b> {
    /// A pen for an area; what lies outside the buffer is not drawn.
    pub fn new(buf: &'b mut Buffer, area: Rect) -> Self {
        let area = area.intersection(buf.area);
        Self { buf, area }
    }

    /// Rows of the area.
    #[must_use]
    pub fn height(&self) -> u16 {
        self.area.height
    }

    /// Columns of the area.
    #[must_use]
    pub fn width(&self) -> usize {
        usize::from(self.area.width)
    }

    /// Gives the whole area a style; nothing may stand there yet.
    pub fn clear(&mut self, style: Style) {
        if style != Style::new() {
            self.buf.set_style(self.area, style);
        }
    }

    /// Writes a text from the left of row `y`, filled to the whole row.
    pub fn line(&mut self, y: u16, text: &str, style: Style) {
        let mut x = self.put(0, y, text, style);
        while x < self.area.width && y < self.area.height {
            self.cell(x, y, " ", style);
            x += 1;
        }
    }

    /// Writes a text at a column of row `y`, cut at the area's edge; gives the column after it. A wide character is never
    /// drawn in half, and none that is overwritten in part stays.
    pub fn put(&mut self, mut x: u16, y: u16, text: &str, style: Style) -> u16 {
        if y >= self.area.height || x >= self.area.width {
            return x;
        }
        self.uncover(x, y);
        let mut bytes = [0; 4];
        for c in text.chars().filter(|c| !is_harmful(*c)) {
            let columns = u16::try_from(c.width().unwrap_or(0)).unwrap_or(0);
            if columns == 0 {
                self.mark_above(x, y, c);
                continue;
            }
            if columns > self.area.width - x {
                break;
            }
            self.cell(x, y, c.encode_utf8(&mut bytes), style);
            for covered in 1..columns {
                self.cell(x + covered, y, " ", style);
            }
            x += columns;
            if x >= self.area.width {
                break;
            }
        }
        x
    }

    /// Writes a text that ends at the right edge of row `y`.
    pub fn right(&mut self, y: u16, text: &str, style: Style) {
        let columns = u16::try_from(width(text)).unwrap_or(u16::MAX);
        self.put(self.area.width.saturating_sub(columns), y, text, style);
    }

    fn cell(&mut self, x: u16, y: u16, symbol: &str, style: Style) {
        if let Some(cell) = self.buf.cell_mut((self.area.x + x, self.area.y + y)) {
            cell.reset(); // or the style would be laid over the one before
            cell.set_symbol(symbol).set_style(style);
        }
    }

    /// A wide character whose second half is about to be overwritten goes: half a character cannot stand.
    fn uncover(&mut self, x: u16, y: u16) {
        let Some(before) = (self.area.x + x).checked_sub(1) else { return };
        if let Some(cell) = self.buf.cell_mut((before, self.area.y + y)).filter(|cell| !cell.symbol().is_ascii() && cell.symbol().width() > 1) {
            cell.set_symbol(" ");
        }
    }

    /// A mark without a column of its own stands on the character before it; a pile of them does not.
    fn mark_above(&mut self, x: u16, y: u16, mark: char) {
        const MOST_BYTES: usize = 16;
        for back in [1, 2] {
            let Some(at) = x.checked_sub(back) else { return };
            let Some(cell) = self.buf.cell_mut((self.area.x + at, self.area.y + y)) else { return };
            if cell.symbol() != " " {
                let symbol = format!("{}{mark}", cell.symbol());
                if symbol.len() <= MOST_BYTES && symbol.width() == cell.symbol().width() {
                    cell.set_symbol(&symbol);
                }
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn chinese_is_measured_in_columns() {
        assert_eq!(width("陈一诺 四(1)班"), 14);
        assert_eq!(fit("陈一诺", 5), "陈一");
        assert_eq!(pad("陈一诺", 5), "陈一 ");
        assert_eq!(pad("a", 3), "a  ");
        assert_eq!(clean("王\u{1b}[31m\u{202e}明"), "王[31m明");
        assert_eq!(wrap("a\u{17d8}", 2), ["a\u{fffd}"]);
        assert!(('\u{2e80}'..='\u{9fff}').all(|c| c.width().unwrap_or(0) <= 2));
    }

    #[test]
    fn chinese_wraps_between_characters_and_not_before_punctuation() {
        assert_eq!(wrap("放学后托管", 4), ["放学", "后托", "管"]);
        assert_eq!(wrap("放学，后", 4), ["放", "学，", "后"]);
        assert_eq!(wrap("scan again now", 10), ["scan again", "now"]);
        assert_eq!(wrap("王子涵〔子〕到", 8), ["王子涵", "〔子〕到"]);
    }

    proptest! {
        #[test]
        fn nothing_is_ever_wider_than_asked(text in any::<String>(), columns in 2_usize..60) {
            prop_assert!(fit(&text, columns).width() <= columns);
            prop_assert_eq!(pad(&text, columns).width(), columns);
            for line in wrap(&text, columns) {
                prop_assert!(line.width() <= columns, "{:?}", line);
            }
        }
    }
}
