//! The text in the box, and telling a reader's burst from typing by the times of the keys.
//!
//! Timing is used for two things only: a burst is lifted out of a half-typed field (N04), and an Enter inside a burst (CR
//! LF, a reader's doubled suffix) never answers the verdict that the burst caused (R16).

use std::time::{Duration, Instant};

use tui_input::{Input, InputRequest};

use super::keys::Key;
use super::paste;
use crate::desk::How;
use crate::desk::said::NotPasted;

/// Keys of a burst follow each other faster than this.
const BURST_GAP: Duration = Duration::from_millis(30);
/// An Enter within this time after a burst belongs to it.
const SAME_BURST: Duration = Duration::from_millis(300);
/// The same number read again within this time is one reading (R10).
const SAME_READING: Duration = Duration::from_millis(1500);
/// Fewer characters are never a burst.
const SHORTEST_BURST: usize = 4;
/// No more characters are taken into the box.
const LONGEST: usize = paste::LONGEST;

/// The text in the box.
#[derive(Debug, Default)]
pub struct Typing {
    input: Input,
    times: Vec<Instant>,
    last_scan: Option<(String, Instant)>,
}

/// What a key in the box came to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Typed {
    /// The text changed, or nothing did.
    Edited,
    /// A line was submitted.
    Line(String, How),
    /// A reader's repetition or an Enter of its own: nothing is submitted.
    Dropped,
    /// What was pasted is not taken; the text stays as it is.
    NotPasted(NotPasted),
    /// Not for the box.
    NotMine,
}

impl Typing {
    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        self.input.value()
    }

    /// The cursor, in characters.
    #[must_use]
    pub fn cursor(&self) -> usize {
        self.input.cursor()
    }

    /// Empties the box; says whether there was anything in it.
    pub fn clear(&mut self) -> bool {
        let had = !self.input.value().is_empty();
        self.input.reset();
        self.times.clear();
        had
    }

    /// What comes next is no repetition of what came before; an Enter that belongs to that burst stays one.
    pub fn forget_reading(&mut self) {
        if let Some((burst, _)) = &mut self.last_scan {
            burst.clear();
        }
    }

    /// Takes a key that came at a time.
    pub fn key(&mut self, key: &Key, at: Instant) -> Typed {
        let edit = match key {
            Key::Pasted(text) => return self.paste(text, at),
            Key::NotPasted(why) => return Typed::NotPasted(*why),
            Key::Char(c) => {
                let appended = self.cursor() == self.times.len();
                if self.times.len() < LONGEST {
                    self.input.handle(InputRequest::InsertChar(*c));
                    if appended { self.times.push(at) } else { self.forget_times(at) }
                }
                return Typed::Edited;
            }
            Key::Enter => return self.submit(at),
            Key::Tab if self.burst_start().is_some() => return self.submit(at),
            Key::Backspace => InputRequest::DeletePrevChar,
            Key::Delete => InputRequest::DeleteNextChar,
            Key::Left => InputRequest::GoToPrevChar,
            Key::Right => InputRequest::GoToNextChar,
            Key::Home => InputRequest::GoToStart,
            Key::End => InputRequest::GoToEnd,
            Key::Tab | Key::Esc | Key::PageUp | Key::PageDown | Key::Up | Key::Down | Key::F(_) | Key::Ctrl(_) => return Typed::NotMine,
        };
        self.input.handle(edit);
        self.forget_times(at);
        Typed::Edited
    }

    /// A pasted line stands in the box as if it had been typed slowly: it is no burst, and it submits nothing.
    fn paste(&mut self, text: &str, at: Instant) -> Typed {
        if self.times.len() + text.chars().count() > LONGEST {
            return Typed::NotPasted(NotPasted::TooLong);
        }
        for c in text.chars() {
            self.input.handle(InputRequest::InsertChar(c));
        }
        self.forget_times(at);
        Typed::Edited
    }

    /// Edited text is typed text: its characters count as slow.
    fn forget_times(&mut self, at: Instant) {
        let count = self.input.value().chars().count();
        let slow = |back: usize| at.checked_sub(BURST_GAP * 2 * u32::try_from(back + 1).unwrap_or(1)).unwrap_or(at);
        self.times = (0..count).rev().map(slow).collect();
    }

    /// Where the burst at the end of the text begins, counted in characters.
    fn burst_start(&self) -> Option<usize> {
        let mut start = self.times.len().checked_sub(1)?;
        while let (Some(before), Some(this)) = (start.checked_sub(1).and_then(|i| self.times.get(i)), self.times.get(start)) {
            if this.saturating_duration_since(*before) >= BURST_GAP {
                break;
            }
            start -= 1;
        }
        (self.times.len() - start >= SHORTEST_BURST).then_some(start)
    }

    fn submit(&mut self, at: Instant) -> Typed {
        let text = self.input.value().to_owned();
        if text.is_empty() {
            let of_burst = self.last_scan.as_ref().is_some_and(|(_, when)| at.saturating_duration_since(*when) < SAME_BURST);
            return if of_burst { Typed::Dropped } else { Typed::Line(text, How::Typed) };
        }
        let Some(start) = self.burst_start() else {
            self.clear();
            return Typed::Line(text, How::Typed);
        };
        let burst: String = text.chars().skip(start).collect();
        let code = burst.chars().any(char::is_numeric) && burst.chars().all(|c| c.is_alphanumeric() || c == ',' || c == '-' || c == ']');
        let before: String = text.chars().take(start).collect();
        self.clear();
        if !code {
            return Typed::Line(text, How::Scanned);
        }
        let how = if before.is_empty() { How::Scanned } else { How::Lifted };
        self.input = before.into();
        self.forget_times(at);
        let repeated = self.last_scan.as_ref().is_some_and(|(last, when)| *last == burst && at.saturating_duration_since(*when) < SAME_READING);
        self.last_scan = Some((burst.clone(), at));
        if repeated { Typed::Dropped } else { Typed::Line(burst, how) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn feed(typing: &mut Typing, start: Instant, text: &str, gap_ms: u64) -> (Vec<Typed>, Instant) {
        let mut at = start;
        let mut out = Vec::new();
        for c in text.chars() {
            at += Duration::from_millis(gap_ms);
            let key = if c == '⏎' { Key::Enter } else { Key::Char(c) };
            let typed = typing.key(&key, at);
            if typed != Typed::Edited {
                out.push(typed);
            }
        }
        (out, at)
    }

    #[test]
    fn a_burst_is_a_scan_and_a_typist_is_not() {
        let mut typing = Typing::default();
        let (out, at) = feed(&mut typing, Instant::now(), "453841⏎", 1);
        assert_eq!(out, [Typed::Line("453841".into(), How::Scanned)]);
        let (out, _) = feed(&mut typing, at + Duration::from_secs(5), "159082⏎", 90);
        assert_eq!(out, [Typed::Line("159082".into(), How::Typed)]);
    }

    #[test]
    fn a_burst_is_lifted_out_of_a_half_typed_field() {
        let mut typing = Typing::default();
        let (_, at) = feed(&mut typing, Instant::now(), "lsy", 120);
        let (out, at) = feed(&mut typing, at + Duration::from_millis(200), "110031⏎", 1);
        assert_eq!(out, [Typed::Line("110031".into(), How::Lifted)]);
        assert_eq!(typing.text(), "lsy");
        let (out, _) = feed(&mut typing, at + Duration::from_secs(1), "x⏎", 120);
        assert_eq!(out, [Typed::Line("lsyx".into(), How::Typed)]);
    }

    #[test]
    fn an_enter_inside_a_burst_answers_nothing() {
        let mut typing = Typing::default();
        let (out, at) = feed(&mut typing, Instant::now(), "453841⏎⏎", 1);
        assert_eq!(out, [Typed::Line("453841".into(), How::Scanned), Typed::Dropped]);
        let (out, _) = feed(&mut typing, at + Duration::from_millis(600), "⏎", 1);
        assert_eq!(out, [Typed::Line(String::new(), How::Typed)]);
    }

    #[test]
    fn the_same_reading_twice_is_one() {
        let mut typing = Typing::default();
        let (out, at) = feed(&mut typing, Instant::now(), "453841⏎453841⏎", 1);
        assert_eq!(out, [Typed::Line("453841".into(), How::Scanned), Typed::Dropped]);
        typing.forget_reading();
        let (out, at) = feed(&mut typing, at, "453841⏎", 1);
        assert_eq!(out, [Typed::Line("453841".into(), How::Scanned)], "where nothing is scanned the same is said twice");
        let (out, _) = feed(&mut typing, at + Duration::from_secs(2), "453841⏎", 1);
        assert_eq!(out, [Typed::Line("453841".into(), How::Scanned)]);
    }

    #[test]
    fn a_paste_stands_in_the_box_and_a_scan_behind_it_is_lifted_out() {
        let mut typing = Typing::default();
        let (_, at) = feed(&mut typing, Instant::now(), "ab", 100);
        assert_eq!(typing.key(&Key::Left, at), Typed::Edited);
        assert_eq!(typing.key(&Key::Pasted("292895".into()), at), Typed::Edited);
        assert_eq!((typing.text(), typing.cursor()), ("a292895b", 7));
        assert_eq!(typing.key(&Key::End, at), Typed::Edited);
        let (out, at) = feed(&mut typing, at, "453841⏎", 0);
        assert_eq!(out, [Typed::Line("453841".into(), How::Lifted)]);
        assert_eq!(typing.text(), "a292895b");
        assert_eq!(typing.key(&Key::Pasted("长".repeat(LONGEST - 7)), at), Typed::NotPasted(NotPasted::TooLong));
        assert_eq!(typing.key(&Key::NotPasted(NotPasted::SeveralLines), at), Typed::NotPasted(NotPasted::SeveralLines));
        assert_eq!(typing.text(), "a292895b");
        let mut typing = Typing::default();
        assert_eq!(typing.key(&Key::Pasted("292895".into()), at), Typed::Edited);
        let (out, _) = feed(&mut typing, at, "⏎", 0);
        assert_eq!(out, [Typed::Line("292895".into(), How::Typed)], "a pasted number is a typed one");
    }
}
