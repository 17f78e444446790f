//! What the terminal says was pasted (bracketed paste, `ESC [ 200 ~ … ESC [ 201 ~`): held until it is whole, then one line
//! for the box, or refused. Nothing of it is ever a key.
//!
//! A paste ends with 50 ms of silence after its closing mark. Until then the text may hold marks of its own: whatever stands
//! before the last of them was pasted. Only what stands behind the last closing mark is typed.
//!
//! A line may stall in the middle of a paste, and a label may open one that nothing closes. So without a closing mark it ends
//! after a second of silence, or after three seconds of silence in all: then a single line that came without a pause is put
//! into the box, cards that were read behind it (each alone, with a pause before it) are read, and everything else is refused.

use super::keys::Key;
use crate::desk::said::NotPasted;

/// The mark before a paste.
pub const OPENS: &[u8] = b"\x1b[200~";
/// The mark after it.
pub const CLOSES: &[u8] = b"\x1b[201~";

/// No more characters of a paste go into the box; no more than four bytes of each are held.
pub const LONGEST: usize = 256;
/// No more bytes behind a closing mark are taken for typing before there is silence.
const LONGEST_AFTER: usize = 1024;

/// Without a closing mark a paste ends after so many silences in a row.
const SILENCES: usize = 20;
/// And after so many in all.
const SILENCES_IN_ALL: usize = 60;

/// A paste that may still go on.
#[derive(Clone, Debug, Default)]
pub struct Paste {
    text: Vec<u8>,
    cut: bool,
    mark: Vec<u8>,
    after: Option<Vec<u8>>,
    /// Where in the text there was a pause.
    pauses: Vec<usize>,
    /// So many silences since the last byte.
    quiet: usize,
    /// So many in all.
    silences: usize,
}

impl Paste {
    /// There was silence; says whether the paste is over.
    pub fn silence(&mut self) -> bool {
        if self.quiet == 0 {
            self.pauses.push(self.text.len());
        }
        (self.quiet, self.silences) = (self.quiet + 1, self.silences + 1);
        self.after.is_some() || self.quiet >= SILENCES || self.silences >= SILENCES_IN_ALL
    }

    /// Takes one byte more.
    pub fn byte(&mut self, byte: u8) {
        self.quiet = 0;
        self.mark.push(byte);
        if [OPENS, CLOSES].contains(&self.mark.as_slice()) {
            let closed = self.mark == CLOSES;
            self.mark.clear();
            if let Some(after) = self.after.take() {
                self.hold(&after);
            }
            self.after = closed.then(Vec::new);
        } else if !OPENS.starts_with(&self.mark) && !CLOSES.starts_with(&self.mark) {
            let mut bytes = std::mem::take(&mut self.mark);
            if byte == 0x1b && bytes.len() > 1 {
                self.mark.extend(bytes.pop());
            }
            self.put(&bytes);
        }
    }

    fn put(&mut self, bytes: &[u8]) {
        match &mut self.after {
            Some(after) if after.len() + bytes.len() <= LONGEST_AFTER => after.extend_from_slice(bytes),
            Some(_) => {
                let after = self.after.take().unwrap_or_default();
                self.hold(&after);
                self.hold(bytes);
            }
            None => self.hold(bytes),
        }
    }

    fn hold(&mut self, bytes: &[u8]) {
        let room = (4 * LONGEST).saturating_sub(self.text.len());
        self.text.extend(bytes.iter().take(room));
        self.cut |= bytes.len() > room;
    }

    /// It is over: what it comes to, and the bytes that are typing.
    #[must_use]
    pub fn end(mut self) -> (Option<Key>, Vec<u8>) {
        let rest = std::mem::take(&mut self.mark);
        self.put(&rest);
        match self.after.take() {
            Some(after) => (self.key(&self.text), after),
            None => self.unclosed(),
        }
    }

    fn key(&self, text: &[u8]) -> Option<Key> {
        match std::str::from_utf8(text) {
            Ok(text) => key_of(text, self.cut),
            Err(_) if self.cut => key_of(&String::from_utf8_lossy(text), true),
            Err(_) => Some(Key::NotPasted(NotPasted::Garbled)),
        }
    }

    fn unclosed(&self) -> (Option<Key>, Vec<u8>) {
        let ends = self.pauses.iter().copied().chain([self.text.len()]);
        let starts = std::iter::once(0).chain(ends.clone());
        let mut parts = starts.zip(ends).filter_map(|(start, end)| self.text.get(start..end)).filter(|part| !part.is_empty());
        let first = self.pauses.first().filter(|first| **first > 0).and_then(|_| parts.next());
        let (cards, others): (Vec<&[u8]>, Vec<&[u8]>) = parts.partition(|part| !self.cut && is_card(part));
        let key = match first {
            _ if !others.is_empty() => Some(Key::NotPasted(NotPasted::SeveralLines)),
            first => first.and_then(|first| self.key(first)),
        };
        (key, cards.concat())
    }
}

/// Whether these bytes are one number or code and its line end, as a reader sends them.
fn is_card(part: &[u8]) -> bool {
    let code = part.trim_ascii_end();
    code.len() >= 4 && code.len() < part.len() && code.iter().any(u8::is_ascii_digit) && code.iter().all(u8::is_ascii_alphanumeric)
}

/// What a pasted text comes to: one line without its line ends, or why it is not taken; nothing when it is blank. `cut`
/// when there is more of it. Tabs between cells of a table become blanks.
#[must_use]
pub fn key_of(text: &str, cut: bool) -> Option<Key> {
    let ends_line = |c: char| matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    let text = text.trim();
    if text.chars().any(ends_line) {
        return Some(Key::NotPasted(NotPasted::SeveralLines));
    }
    if cut || text.chars().count() > LONGEST {
        return Some(Key::NotPasted(NotPasted::TooLong));
    }
    let line = text.replace('\t', " ");
    if line.chars().any(char::is_control) {
        return Some(Key::NotPasted(NotPasted::Garbled));
    }
    (!line.is_empty()).then_some(Key::Pasted(line))
}

#[cfg(test)]
mod tests {
    use super::super::keys::Parser;
    use super::*;
    use proptest::prelude::*;

    /// The keys of bytes, each piece with so many times 50 ms of silence behind it.
    fn keys(pieces: &[(&[u8], usize)]) -> Vec<Key> {
        let (mut parser, mut keys) = (Parser::default(), Vec::new());
        for (bytes, silences) in pieces {
            bytes.iter().for_each(|byte| parser.byte(*byte, &mut keys));
            (0..*silences).for_each(|_| parser.silence(&mut keys));
        }
        keys
    }

    fn once(text: &str) -> Vec<Key> {
        keys(&[(text.as_bytes(), 1)])
    }

    fn pasted(text: &str) -> Vec<Key> {
        vec![Key::Pasted(text.to_owned())]
    }

    fn typed(text: &str) -> Vec<Key> {
        text.chars().map(|c| if c == '\r' { Key::Enter } else { Key::Char(c) }).collect()
    }

    const SEVERAL: Key = Key::NotPasted(NotPasted::SeveralLines);

    #[test]
    fn one_line_is_for_the_box_and_several_are_refused() {
        assert_eq!(once("\x1b[200~欢迎\x1b[201~"), pasted("欢迎"));
        assert_eq!(once("\x1b[200~ 欢迎\r\n\x1b[201~"), pasted("欢迎"), "a line end behind it is no second line");
        assert_eq!(once("\x1b[200~张三\t292895\x1b[201~"), pasted("张三 292895"));
        assert_eq!(once("\x1b[200~欢迎\r292895\r1\r\r\x1b[201~"), [SEVERAL]);
        assert_eq!(once("\x1b[200~欢迎\u{2028}292895\x1b[201~"), [SEVERAL]);
        assert_eq!(once("\x1b[200~\r\n \x1b[201~"), []);
        assert_eq!(once("\x1b[200~a\x1a\x1bOPb\x1b[201~"), [Key::NotPasted(NotPasted::Garbled)]);
        assert_eq!(keys(&[(b"\x1b[200~a\xe6\x1b[201~", 1)]), [Key::NotPasted(NotPasted::Garbled)]);
        let long = format!("\x1b[200~{}\x1b[201~", "长".repeat(LONGEST + 1));
        assert_eq!(once(&long), [Key::NotPasted(NotPasted::TooLong)]);
    }

    #[test]
    fn without_a_closing_mark_a_second_of_silence_ends_it() {
        let mut both = pasted("欢迎");
        both.extend(typed("292895\r"));
        assert_eq!(keys(&[("\x1b[200~欢迎\r".as_bytes(), SILENCES), (b"292895\r", 1)]), both);
        assert_eq!(keys(&[("\x1b[200~欢迎\r1\r".as_bytes(), SILENCES)]), [SEVERAL]);
        assert_eq!(keys(&[("\x1b[200~欢迎\r".as_bytes(), 2), (b"292895\r", SILENCES)]), both, "a card that is read meanwhile is heard");
        assert_eq!(keys(&[(b"\x1b[200~", 2), (b"292895\r", 3), (b"453841\r\n", SILENCES)]), typed("292895\r453841\r"));
        for beside in [&b"1\r"[..], b"292895\r1\r", b"292895", b".undo\r", b"\x1bOP"] {
            assert_eq!(keys(&[(b"\x1b[200~", 2), (beside, SILENCES)]), [SEVERAL], "{beside:?}");
        }
        let hammered: Vec<(&[u8], usize)> = std::iter::once((OPENS, 0)).chain((0..SILENCES_IN_ALL).map(|_| (&b"x"[..], 1))).collect();
        let keys = keys(&hammered);
        assert_eq!(keys, [SEVERAL], "three seconds of silence end it, however they are spread");
    }

    #[test]
    fn a_paste_that_stalls_acts_no_more_than_one_that_does_not() {
        let pieces: [&[u8]; 4] = [b"\x1b[200~list\rof today\r", b"453841\r", b"453841\r2\r", b"\x1b[201~"];
        for silences in 1..SILENCES {
            let stalled: Vec<(&[u8], usize)> = pieces.iter().map(|piece| (*piece, silences)).collect();
            assert_eq!(keys(&stalled), [SEVERAL], "{silences}");
        }
    }

    #[test]
    fn a_scan_behind_a_paste_is_a_scan_and_a_mark_behind_that_makes_it_pasted() {
        let mut both = pasted("欢迎");
        both.extend(typed("292895\r"));
        assert_eq!(once("\x1b[200~欢迎\x1b[201~292895\r"), both);
        assert_eq!(once("\x1b[200~欢迎\x1b[201~\r292895\r1\r\r\x1b[201~"), [SEVERAL]);
        assert_eq!(once("\x1b[200~a\x1b[200~b\x1b[201~\r292895\r\x1b[201~"), [SEVERAL]);
        assert_eq!(once("\x1b[200~a\x1b[201~\x1b[200~b\x1b[201~"), pasted("ab"));
        let flood = format!("\x1b[200~a\x1b[201~{}", "1\r".repeat(LONGEST_AFTER));
        assert_eq!(keys(&[(flood.as_bytes(), SILENCES)]), [SEVERAL], "what never pauses was not typed");
    }

    #[test]
    fn a_megabyte_is_held_in_little_room() {
        let mut paste = Paste::default();
        for n in 0..1_000_000_u32 {
            paste.byte(n.to_be_bytes()[3]);
        }
        assert!(paste.text.capacity() + paste.mark.capacity() <= 16 * LONGEST, "{}", paste.text.capacity());
        assert!(matches!(paste.end().0, Some(Key::NotPasted(_))));
    }

    proptest! {
        /// Whatever stands between the marks, and however it is cut into reads and stalls, no key but a paste comes of it.
        #[test]
        fn nothing_between_the_marks_is_a_key(body in proptest::collection::vec(any::<u8>(), 0..200), cut in 6_usize..220, pause in 0..SILENCES) {
            let whole = [OPENS, &body, CLOSES].concat();
            let (first, second) = whole.split_at(cut.min(whole.len()));
            let keys = keys(&[(first, pause), (second, 1)]);
            prop_assert!(keys.iter().all(|k| matches!(k, Key::Pasted(_) | Key::NotPasted(_))), "{keys:?}");
            prop_assert!(keys.len() <= 1);
        }

        /// Texts full of marks, line ends and cards: only what stands behind the last closing mark is typed.
        #[test]
        fn marks_inside_open_no_door(parts in proptest::collection::vec(0_usize..6, 0..20)) {
            let words: [&[u8]; 6] = [OPENS, CLOSES, b"\r", b"292895", b"\x1b", b"1"];
            let body: Vec<u8> = parts.iter().filter_map(|n| words.get(*n)).copied().flatten().copied().collect();
            let keys = keys(&[(&[OPENS, &body, CLOSES].concat(), 0), (b"453841\r", 1)]);
            let acts: Vec<Key> = keys.into_iter().filter(|k| !matches!(k, Key::Pasted(_) | Key::NotPasted(_))).collect();
            prop_assert_eq!(acts, typed("453841\r"));
        }
    }
}
