//! Bytes from the terminal become keys. No state but a paste outlives 50 ms of silence, no sequence is longer than 64 bytes, and
//! no sequence swallows an Enter: nothing that a label can hold makes the desk deaf (trust 0.6, I3). What stands between the
//! marks of a paste is no key at all, and a card that is read behind a mark which nothing closes is heard a second later:
//! see [`super::paste`].

use super::paste::{self, Paste};
use crate::desk::said::NotPasted;

/// A key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Key {
    /// A character.
    Char(char),
    /// Enter: CR, LF, or CR LF as one.
    Enter,
    /// Tab.
    Tab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Esc alone.
    Esc,
    /// Cursor left.
    Left,
    /// Cursor right.
    Right,
    /// Start of the line.
    Home,
    /// End of the line.
    End,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
    /// Cursor up.
    Up,
    /// Cursor down.
    Down,
    /// F1 to F12.
    F(u8),
    /// Control and a letter.
    Ctrl(char),
    /// One line that was pasted: text for the box, no key.
    Pasted(String),
    /// Something was pasted that is not taken.
    NotPasted(NotPasted),
}

/// Turns bytes into keys.
#[derive(Clone, Debug, Default)]
pub struct Parser {
    escape: Vec<u8>,
    character: Vec<u8>,
    after_cr: bool,
    paste: Option<Paste>,
}

impl Parser {
    const LONGEST: usize = 64;

    /// Whether something unfinished is held: then [`Parser::silence`] is due after 50 ms without a byte, and every 50 ms again.
    #[must_use]
    pub fn is_open(&self) -> bool {
        !self.escape.is_empty() || !self.character.is_empty() || self.paste.is_some()
    }

    /// No byte came for 50 ms: a lone ESC was the key, a paste may be over, anything else unfinished is dropped.
    pub fn silence(&mut self, keys: &mut Vec<Key>) {
        if let Some(paste) = self.paste.take_if(Paste::silence) {
            let (pasted, typed) = paste.end();
            keys.extend(pasted);
            for byte in typed {
                self.byte(byte, keys);
            }
        }
        if self.escape.len() == 1 {
            keys.push(Key::Esc);
        }
        self.escape.clear();
        self.character.clear();
    }

    /// Takes one byte.
    pub fn byte(&mut self, byte: u8, keys: &mut Vec<Key>) {
        if let Some(paste) = &mut self.paste {
            paste.byte(byte);
            return;
        }
        if !self.escape.is_empty() {
            if !matches!(byte, b'\r' | b'\n' | 0x1b) {
                self.escape.push(byte);
                if let Some(key) = self.sequence() {
                    self.paste = (self.escape == paste::OPENS).then(Paste::default);
                    self.escape.clear();
                    keys.extend(key);
                }
                return;
            }
            // An end of line, or a new escape, ends whatever was unfinished.
            self.escape.clear();
        }
        let after_cr = std::mem::take(&mut self.after_cr);
        match byte {
            0x1b => self.escape.push(byte),
            b'\r' => {
                self.after_cr = true;
                self.character.clear();
                keys.push(Key::Enter);
            }
            b'\n' if after_cr => {}
            b'\n' => keys.push(Key::Enter),
            b'\t' => keys.push(Key::Tab),
            0x7f | 8 => keys.push(Key::Backspace),
            0..=0x1f => keys.push(Key::Ctrl(char::from(byte | 0x60))),
            0x20..=0x7e => {
                self.character.clear();
                keys.push(Key::Char(char::from(byte)));
            }
            _ => self.utf8(byte, keys),
        }
    }

    fn utf8(&mut self, byte: u8, keys: &mut Vec<Key>) {
        self.character.push(byte);
        match std::str::from_utf8(&self.character) {
            Ok(text) => {
                keys.extend(text.chars().filter(|c| !c.is_control()).map(Key::Char));
                self.character.clear();
            }
            Err(e) if e.error_len().is_none() && self.character.len() < 4 => {}
            Err(_) => self.character.clear(),
        }
    }

    /// What the escape sequence means: `None` while it is unfinished, `Some(None)` when it means no key.
    #[allow(clippy::option_option)] // unfinished, meaningless and a key are three things
    fn sequence(&self) -> Option<Option<Key>> {
        let (kind, last) = (self.escape.get(1).copied()?, self.escape.last().copied()?);
        let long = self.escape.len() >= Self::LONGEST;
        match kind {
            b'[' if self.escape.get(2) == Some(&b'[') => (self.escape.len() > 3).then(|| match last {
                b'A'..=b'E' => Some(Key::F(last - b'A' + 1)),
                _ => None,
            }),
            b'[' if self.escape.len() > 2 && (0x40..=0x7e).contains(&last) => Some(self.csi(last)),
            b'[' => long.then_some(None),
            b'O' => (self.escape.len() > 2).then(|| match last {
                b'P'..=b'S' => Some(Key::F(last - b'P' + 1)),
                _ => cursor(last),
            }),
            b']' | b'P' | b'_' | b'^' | b'X' => (last == 7 || self.escape.ends_with(b"\x1b\\") || long).then_some(None),
            _ => Some(None),
        }
    }

    fn csi(&self, last: u8) -> Option<Key> {
        let body = self.escape.get(2..self.escape.len() - 1).unwrap_or_default();
        let number = body.split(|b| !b.is_ascii_digit()).next().and_then(|d| std::str::from_utf8(d).ok()).and_then(|d| d.parse::<u8>().ok());
        match (last, number) {
            (b'~', Some(1 | 7)) => Some(Key::Home),
            (b'~', Some(4 | 8)) => Some(Key::End),
            (b'~', Some(3)) => Some(Key::Delete),
            (b'~', Some(5)) => Some(Key::PageUp),
            (b'~', Some(6)) => Some(Key::PageDown),
            (b'~', Some(n @ 11..=15)) => Some(Key::F(n - 10)),
            (b'~', Some(n @ 17..=21)) => Some(Key::F(n - 11)),
            (b'~', Some(n @ 23..=24)) => Some(Key::F(n - 12)),
            (b'P'..=b'S', _) => Some(Key::F(last - b'P' + 1)),
            _ => cursor(last),
        }
    }
}

fn cursor(last: u8) -> Option<Key> {
    match last {
        b'A' => Some(Key::Up),
        b'B' => Some(Key::Down),
        b'C' => Some(Key::Right),
        b'D' => Some(Key::Left),
        b'H' => Some(Key::Home),
        b'F' => Some(Key::End),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::wildcard_enum_match_arm)]
    use super::*;
    use proptest::prelude::*;

    fn keys(bytes: &[u8]) -> Vec<Key> {
        let mut parser = Parser::default();
        let mut keys = Vec::new();
        for byte in bytes {
            parser.byte(*byte, &mut keys);
        }
        parser.silence(&mut keys);
        keys
    }

    fn text(bytes: &[u8]) -> String {
        keys(bytes)
            .into_iter()
            .map(|k| match k {
                Key::Char(c) => c,
                Key::Enter => '⏎',
                _ => '.',
            })
            .collect()
    }

    #[test]
    fn keys_are_read() {
        assert_eq!(text("453841\r".as_bytes()), "453841⏎");
        assert_eq!(text("王子涵\n".as_bytes()), "王子涵⏎");
        assert_eq!(text(b"1\r\n2\n"), "1⏎2⏎");
        assert_eq!(keys(b"\x1b"), [Key::Esc]);
        assert_eq!(keys(b"\x1b[A\x1bOB\x1b[5~\x1b[H"), [Key::Up, Key::Down, Key::PageUp, Key::Home]);
        assert_eq!(keys(b"\x1bOP\x1b[11~\x1b[[A\x1b[18~\x1b[24~\x1b[1;5P"), [Key::F(1), Key::F(1), Key::F(1), Key::F(7), Key::F(12), Key::F(1)]);
        assert_eq!(keys(b"\x1a\x7f\t"), [Key::Ctrl('z'), Key::Backspace, Key::Tab]);
    }

    #[test]
    fn nothing_unfinished_deafens() {
        for before in
            [&b"\x1b["[..], b"\x1b[2", b"\x1b[20", b"\x1b[200", b"\x1b]0;title", b"\x1bP", b"\x1b[<0;1;1M", b"\xff\xfe", b"\xe7\x8e", b"\x1b]52;c;"]
        {
            let mut bytes = before.to_vec();
            bytes.extend(b"\r453841\r");
            assert!(text(&bytes).ends_with("453841⏎"), "{before:?}");
        }
    }

    #[test]
    fn a_card_behind_a_paste_without_its_end_is_heard_a_second_later() {
        let (mut parser, mut keys) = (Parser::default(), Vec::new());
        b"\x1b[200~".iter().for_each(|byte| parser.byte(*byte, &mut keys));
        parser.silence(&mut keys);
        b"453841\r".iter().for_each(|byte| parser.byte(*byte, &mut keys));
        (0..20).for_each(|_| parser.silence(&mut keys));
        assert!(!parser.is_open());
        assert_eq!(keys, "453841".chars().map(Key::Char).chain([Key::Enter]).collect::<Vec<_>>());
    }

    proptest! {
        #[test]
        fn after_any_bytes_and_a_second_of_silence_a_card_is_heard(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let mut parser = Parser::default();
            let mut keys = Vec::new();
            for byte in &bytes {
                parser.byte(*byte, &mut keys);
            }
            (0..20).for_each(|_| parser.silence(&mut keys));
            keys.clear();
            for byte in b"453841\r" {
                parser.byte(*byte, &mut keys);
            }
            let text: String = keys.iter().map(|k| match k { Key::Char(c) => *c, Key::Enter => '!', _ => '.' }).collect();
            prop_assert_eq!(text, "453841!");
        }
    }
}
