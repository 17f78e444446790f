//! The text in the box, and telling a reader's burst from typing by the times of the keys.
//!
//! Timing is used for two things only: a burst is lifted out of a half-typed field (N04), and what is not pressed by a hand
//! that had time to look answers nothing (R16). A label is a keyboard: whatever it holds, it is a card and nothing else.
//!
//! A *burst* is a line whose keys, its Enter among them, follow each other within 60 ms; or a code within 29 ms a key with an
//! Enter by hand behind it, of a reader that sends none. What an input method commits at once has no Enter in it, and is no
//! code: it is typing.

use std::time::{Duration, Instant};

use tui_input::{Input, InputRequest};

use super::keys::Key;
use super::paste;
use crate::desk::How;
use crate::desk::said::NotPasted;

/// No hand presses key upon key and Enter so fast: 16 keys a second.
const HAND: Duration = Duration::from_millis(60);
/// A reader that leaves Enter to the hand is known by keys that follow each other within this: a key held down is slower.
const FAST_READER: Duration = Duration::from_millis(29);
/// Until so much silence what comes behind a burst belongs to it; and so long something must be in sight before it is answered.
pub const LOOK: Duration = Duration::from_millis(300);
/// The same number read again within this time is one reading (R10).
const SAME_READING: Duration = Duration::from_millis(1500);
/// Fewer characters are no burst of their own in a half-typed field.
const SHORTEST_BURST: usize = 4;
/// No more characters are taken into the box.
const LONGEST: usize = paste::LONGEST;

/// The text in the box.
#[derive(Debug, Default)]
pub struct Typing {
    input: Input,
    times: Vec<Instant>,
    last_scan: Option<(String, Instant)>,
    pace: Pace,
}

/// How fast the keys came.
#[derive(Debug, Default)]
struct Pace {
    /// When the last key came, and whether it was one that writes or submits.
    last: Option<(Instant, bool)>,
    /// So many keys, the last one included, each within [`HAND`] of the one before.
    run: usize,
    /// When the line in the box began.
    began: Option<Instant>,
    /// It began within [`LOOK`] of a burst.
    behind_burst: bool,
    /// All its keys are of the last run.
    whole: bool,
    /// The last key that belonged to a burst.
    burst: Option<Instant>,
    /// An Enter behind that burst was dropped.
    dropped: bool,
}

impl Pace {
    /// A key comes, into an empty box or not.
    fn key(&mut self, at: Instant, writes: bool, is_empty: bool) {
        self.run = if self.is_fast(at) { self.run + 1 } else { 1 };
        if is_empty {
            (self.began, self.behind_burst, self.whole) = (Some(at), self.is_behind_burst(at), true);
        } else {
            self.whole &= self.run > 1;
        }
        self.last = Some((at, writes));
    }

    fn is_fast(&self, at: Instant) -> bool {
        self.last.is_some_and(|(last, _)| at.saturating_duration_since(last) <= HAND)
    }

    fn is_behind_burst(&self, at: Instant) -> bool {
        self.burst.is_some_and(|burst| at.saturating_duration_since(burst) < LOOK)
    }

    /// Whether a key that does something by itself stands in a burst, or behind one.
    fn is_in_burst(&self, at: Instant) -> bool {
        self.is_behind_burst(at) || (self.is_fast(at) && self.last.is_some_and(|(_, writes)| writes))
    }

    fn burst(&mut self, at: Instant) {
        self.burst = Some(at);
        self.dropped = false;
    }
}

/// A line that was submitted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    /// Its text.
    pub text: String,
    /// How it came.
    pub how: How,
    /// When its first key came.
    pub began: Instant,
    /// It began behind a burst, or its Enter came faster than a hand presses it: then it answers nothing.
    pub rushed: bool,
}

/// What a key in the box came to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Typed {
    /// The text changed, or nothing did.
    Edited,
    /// A line was submitted.
    Line(Line),
    /// A reader's repetition or an Enter of its own: nothing is submitted.
    Dropped,
    /// An Enter that no hand pressed which had time to look: nothing is submitted.
    TooEarly,
    /// A key that a label holds beside its code: it does nothing.
    InBurst,
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

    /// Takes a key that ticks, with an empty box; says whether a hand pressed it.
    pub fn ticks(&mut self, at: Instant) -> bool {
        let by_hand = !self.pace.is_in_burst(at);
        self.pace.key(at, true, true);
        by_hand
    }

    /// Takes a key that came at a time.
    pub fn key(&mut self, key: &Key, at: Instant) -> Typed {
        let moves = matches!(key, Key::Up | Key::Down | Key::PageUp | Key::PageDown | Key::NotPasted(_));
        let acts = matches!(key, Key::Esc | Key::F(_) | Key::Ctrl(_));
        let in_burst = self.pace.is_in_burst(at);
        self.pace.key(at, !moves && !acts, self.input.value().is_empty());
        let edit = match key {
            Key::Pasted(text) => return self.paste(text, at),
            Key::NotPasted(why) => return Typed::NotPasted(*why),
            Key::Char(c) => {
                self.insert(*c, at);
                return Typed::Edited;
            }
            Key::Enter => return self.submit(at),
            Key::Tab if self.text().is_empty() && in_burst => return self.enter(at),
            Key::Tab if !self.text().is_empty() && self.burst().is_some() => return self.submit(at),
            Key::Backspace => InputRequest::DeletePrevChar,
            Key::Delete => InputRequest::DeleteNextChar,
            Key::Left => InputRequest::GoToPrevChar,
            Key::Right => InputRequest::GoToNextChar,
            Key::Home => InputRequest::GoToStart,
            Key::End => InputRequest::GoToEnd,
            Key::Esc if !self.text().is_empty() => return Typed::NotMine,
            Key::Tab | Key::Esc | Key::F(_) | Key::Ctrl(_) if in_burst => {
                self.pace.burst(at);
                return Typed::InBurst;
            }
            Key::Tab | Key::Esc | Key::PageUp | Key::PageDown | Key::Up | Key::Down | Key::F(_) | Key::Ctrl(_) => return Typed::NotMine,
        };
        self.input.handle(edit);
        self.forget_times(at);
        Typed::Edited
    }

    fn insert(&mut self, c: char, at: Instant) {
        let appended = self.cursor() == self.times.len();
        if self.times.len() < LONGEST {
            self.input.handle(InputRequest::InsertChar(c));
            if appended { self.times.push(at) } else { self.forget_times(at) }
        }
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
        let slow = |back: usize| at.checked_sub(HAND * 2 * u32::try_from(back + 1).unwrap_or(1)).unwrap_or(at);
        self.times = (0..count).rev().map(slow).collect();
    }

    /// Where the burst at the end of the text begins, counted in characters: they follow each other within `gap`.
    fn burst_start(&self, gap: Duration) -> Option<usize> {
        let slow = |pair: &[Instant]| matches!(pair, [before, this] if this.saturating_duration_since(*before) > gap);
        let start = self.times.windows(2).rposition(slow).map_or(0, |i| i + 1);
        (self.times.len() - start >= SHORTEST_BURST).then_some(start)
    }

    /// Which part of the text no hand typed, counted in characters from where it begins. A code of a fast reader is told from a
    /// letter, or a paste, that came just before it.
    fn burst(&self) -> Option<usize> {
        let at_hand = self.burst_start(HAND);
        match self.burst_start(FAST_READER) {
            Some(fast) if self.is_code(fast) => Some(fast),
            _ if self.pace.run > 1 && self.pace.whole => Some(at_hand.unwrap_or(0)),
            _ if self.pace.run > SHORTEST_BURST => Some(at_hand.unwrap_or(self.times.len())),
            _ => None,
        }
    }

    fn is_code(&self, start: usize) -> bool {
        let mut burst = self.input.value().chars().skip(start);
        burst.clone().any(char::is_numeric) && burst.all(|c| c.is_alphanumeric() || matches!(c, ',' | '-' | ']'))
    }

    fn submit(&mut self, at: Instant) -> Typed {
        let text = self.input.value().to_owned();
        if text.is_empty() {
            return self.enter(at);
        }
        let began = self.pace.began.unwrap_or(at);
        let Some(start) = self.burst() else {
            let rushed = self.pace.behind_burst || self.pace.run > 1;
            self.clear();
            return Typed::Line(Line { text, how: How::Typed, began, rushed });
        };
        let burst: String = text.chars().skip(start).collect();
        // A full box took nothing of it.
        let before: String = text.chars().take(start).filter(|_| self.times.len() < LONGEST).collect();
        self.clear();
        self.pace.burst(at);
        let how = if before.is_empty() { How::Burst } else { How::Lifted };
        self.input = before.into();
        self.forget_times(at);
        let repeated = self.last_scan.as_ref().is_some_and(|(last, when)| *last == burst && at.saturating_duration_since(*when) < SAME_READING);
        self.last_scan = Some((burst.clone(), at));
        if repeated { Typed::Dropped } else { Typed::Line(Line { text: burst, how, began, rushed: true }) }
    }

    /// Enter on an empty box.
    fn enter(&mut self, at: Instant) -> Typed {
        if self.pace.behind_burst {
            self.pace.burst = Some(at);
            let again = std::mem::replace(&mut self.pace.dropped, true);
            return if again { Typed::TooEarly } else { Typed::Dropped };
        }
        if self.pace.run > 1 {
            return Typed::TooEarly;
        }
        Typed::Line(Line { text: String::new(), how: How::Typed, began: at, rushed: false })
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
            let key = match c {
                '⏎' => Key::Enter,
                '⇥' => Key::Tab,
                c => Key::Char(c),
            };
            let typed = typing.key(&key, at);
            if typed != Typed::Edited {
                out.push(typed);
            }
        }
        (out, at)
    }

    /// What came of keys, in short: lines with how they came, `?` in front where they answer nothing.
    fn came(out: &[Typed]) -> Vec<String> {
        let line = |line: &Line| format!("{}{:?} {}", if line.rushed && line.how == How::Typed { "?" } else { "" }, line.how, line.text);
        out.iter().map(|typed| if let Typed::Line(of) = typed { line(of) } else { format!("{typed:?}") }).collect()
    }

    fn after(at: Instant, ms: u64) -> Instant {
        at + Duration::from_millis(ms)
    }

    #[test]
    fn a_burst_is_a_scan_and_a_typist_is_not() {
        for ms in [0, 1, 20, 31, 50, 60] {
            let (out, _) = feed(&mut Typing::default(), Instant::now(), "453841⏎", ms);
            assert_eq!(came(&out), ["Burst 453841"], "{ms}");
        }
        for ms in [61, 90, 150] {
            let (out, _) = feed(&mut Typing::default(), Instant::now(), "159082⏎", ms);
            assert_eq!(came(&out), ["Typed 159082"], "{ms}");
        }
    }

    #[test]
    fn a_burst_is_lifted_out_of_a_half_typed_field() {
        for ms in [1, 35, 60] {
            let mut typing = Typing::default();
            let (_, at) = feed(&mut typing, Instant::now(), "lsy", 120);
            let (out, at) = feed(&mut typing, after(at, 200), "110031⏎", ms);
            assert_eq!(came(&out), ["Lifted 110031"], "{ms}");
            assert_eq!(typing.text(), "lsy");
            let (out, _) = feed(&mut typing, after(at, 200), "x⏎", 120);
            assert_eq!(came(&out), ["Typed lsyx"], "whoever types goes on at once");
        }
    }

    #[test]
    fn a_card_that_comes_upon_a_letter_or_a_paste_is_lifted_out_of_it() {
        let begun = Instant::now();
        for (first, left) in [(Key::Char('l'), "l"), (Key::Pasted("欢迎".into()), "欢迎")] {
            let mut typing = Typing::default();
            assert_eq!(typing.key(&first, begun), Typed::Edited);
            let (out, _) = feed(&mut typing, after(begun, 40), "110031⏎", 2);
            assert_eq!(came(&out), ["Lifted 110031"]);
            assert_eq!(typing.text(), left);
        }
    }

    #[test]
    fn an_enter_inside_a_burst_answers_nothing() {
        for ms in [1, 35, 60, 100, 299] {
            let mut typing = Typing::default();
            let (out, at) = feed(&mut typing, Instant::now(), "453841⏎", ms.min(60));
            assert_eq!(came(&out), ["Burst 453841"]);
            let (out, at) = feed(&mut typing, at, "⏎⏎⇥", ms);
            assert_eq!(out, [Typed::Dropped, Typed::TooEarly, Typed::TooEarly], "{ms}");
            let (out, _) = feed(&mut typing, after(at, 600), "⏎", 1);
            assert_eq!(came(&out), ["Typed "]);
        }
    }

    #[test]
    fn behind_a_burst_nothing_answers_until_there_was_silence() {
        for (rest, ms) in [("2⏎", 1), ("2⏎", 60), ("2⏎", 100), ("2⏎", 299)] {
            let mut typing = Typing::default();
            let (_, at) = feed(&mut typing, Instant::now(), "453841⏎", 1);
            let (out, _) = feed(&mut typing, at, rest, ms);
            let fast = ms <= 60;
            assert_eq!(came(&out), [if fast { "Burst 2" } else { "?Typed 2" }], "{ms}");
        }
        let mut typing = Typing::default();
        let (_, at) = feed(&mut typing, Instant::now(), "453841⏎", 1);
        for key in [Key::Esc, Key::F(11), Key::Ctrl('z'), Key::Tab] {
            let mut typing = Typing { pace: Pace { burst: Some(at), ..Pace::default() }, ..Typing::default() };
            assert_ne!(typing.key(&key, after(at, 200)), Typed::NotMine, "{key:?}");
            assert_eq!(typing.key(&key, after(at, 600)), Typed::NotMine, "{key:?}");
        }
        let (out, _) = feed(&mut typing, after(at, 600), "2⏎", 90);
        assert_eq!(came(&out), ["Typed 2"]);
    }

    #[test]
    fn a_held_enter_is_pressed_once() {
        let mut typing = Typing::default();
        let (out, at) = feed(&mut typing, Instant::now(), "⏎", 0);
        assert_eq!(came(&out), ["Typed "]);
        let (out, at) = feed(&mut typing, at, "⏎⏎⏎", 33);
        assert_eq!(out, [Typed::TooEarly, Typed::TooEarly, Typed::TooEarly]);
        let (out, at) = feed(&mut typing, after(at, 33), "453841⏎", 1);
        assert_eq!(came(&out), ["Burst 453841"], "a reader is heard all the same");
        let (out, _) = feed(&mut typing, at, &"⏎".repeat(60), 33);
        assert!(out.iter().all(|typed| matches!(typed, Typed::Dropped | Typed::TooEarly)), "{out:?}");
    }

    #[test]
    fn what_an_input_method_commits_is_typing() {
        let mut typing = Typing::default();
        let (_, at) = feed(&mut typing, Instant::now(), "陈一诺陈一鸣", 0);
        let (out, at) = feed(&mut typing, at, "⏎", 150);
        assert_eq!(came(&out), ["Typed 陈一诺陈一鸣"]);
        let (_, at) = feed(&mut typing, after(at, 1000), "453841", 2);
        let (out, _) = feed(&mut typing, at, "⏎", 900);
        assert_eq!(came(&out), ["Burst 453841"], "a reader that leaves Enter to the hand");
    }

    #[test]
    fn the_same_reading_twice_is_one_and_two_readings_are_two() {
        let mut typing = Typing::default();
        let (out, at) = feed(&mut typing, Instant::now(), "453841⏎453841⏎", 1);
        assert_eq!(came(&out), ["Burst 453841", "Dropped"]);
        let (out, at) = feed(&mut typing, at, "693691⏎", 1);
        assert_eq!(came(&out), ["Burst 693691"]);
        typing.forget_reading();
        let (out, at) = feed(&mut typing, at, "693691⏎", 1);
        assert_eq!(came(&out), ["Burst 693691"], "where nothing is scanned the same is said twice");
        let (out, _) = feed(&mut typing, after(at, 2000), "693691⏎", 1);
        assert_eq!(came(&out), ["Burst 693691"]);
    }

    #[test]
    fn a_paste_stands_in_the_box_and_a_scan_behind_it_is_lifted_out() {
        let mut typing = Typing::default();
        let (_, at) = feed(&mut typing, Instant::now(), "ab", 100);
        assert_eq!(typing.key(&Key::Left, at), Typed::Edited);
        assert_eq!(typing.key(&Key::Pasted("292895".into()), after(at, 70)), Typed::Edited);
        assert_eq!((typing.text(), typing.cursor()), ("a292895b", 7));
        assert_eq!(typing.key(&Key::End, after(at, 140)), Typed::Edited);
        let (out, at) = feed(&mut typing, after(at, 140), "453841⏎", 0);
        assert_eq!(came(&out), ["Lifted 453841"]);
        assert_eq!(typing.text(), "a292895b");
        assert_eq!(typing.key(&Key::Pasted("长".repeat(LONGEST - 7)), at), Typed::NotPasted(NotPasted::TooLong));
        assert_eq!(typing.key(&Key::NotPasted(NotPasted::SeveralLines), at), Typed::NotPasted(NotPasted::SeveralLines));
        assert_eq!(typing.text(), "a292895b");
        for (ms, line) in [(500, "Typed 292895"), (0, "Burst 292895")] {
            let mut typing = Typing::default();
            assert_eq!(typing.key(&Key::Pasted("292895".into()), at), Typed::Edited);
            let (out, _) = feed(&mut typing, at, "⏎", ms);
            assert_eq!(came(&out), [line], "a pasted number is a typed one once a hand presses Enter");
        }
    }
}
