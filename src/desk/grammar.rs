//! The grammar of the box (part 6): what a submitted line is. Pure text; what it means is decided later.
//!
//! | typed | read as |
//! |---|---|
//! | 4 digits or more, or a scanned code | [`Typed::Card`] |
//! | 1–3 digits | [`Typed::Choice`] |
//! | letters | [`Typed::Letters`] |
//! | 汉字 and other text | [`Typed::Name`] |
//! | nothing | [`Typed::Empty`] |
//! | `.` or `。` and a word | [`Typed::Command`] |
//! | `@1708` | [`Typed::Moment`] |
//! | `?` | [`Typed::Question`] |
//!
//! Full-width digits and letters are folded and said so; known reader prefixes and control characters at the ends are
//! taken off; any other control character, and digits of other scripts, refuse the whole line, so that nothing is ever
//! cleaned into another child's number (N05, I2).

/// The longest line that is read, characters.
pub const LONGEST: usize = 64;

/// What a line is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Typed {
    /// Enter alone.
    Empty,
    /// A card's number or code: readings to try in order, the exact one first.
    Card {
        /// The readings.
        candidates: Vec<String>,
    },
    /// A numbered choice.
    Choice(u32),
    /// Characters of a name, or other text.
    Name(String),
    /// Pinyin, initials, or other letters.
    Letters(String),
    /// A command: its word in lower case, and what follows.
    Command(String, String),
    /// A past moment.
    Moment(String),
    /// Why?
    Question,
    /// Back.
    Escape,
    /// Nothing was taken.
    Refused(Why),
}

impl Typed {
    /// The readings of a card, if it is one.
    #[must_use]
    pub fn into_card(self) -> Option<Vec<String>> {
        match self {
            Self::Card { candidates } => Some(candidates),
            Self::Empty
            | Self::Choice(_)
            | Self::Name(_)
            | Self::Letters(_)
            | Self::Command(..)
            | Self::Moment(_)
            | Self::Question
            | Self::Escape
            | Self::Refused(_) => None,
        }
    }
}

/// Why a line was not taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Why {
    /// A control character stands in it.
    Control,
    /// Digits of another script stand in it.
    OtherDigits,
    /// It is too long.
    TooLong,
}

/// What this desk's reader puts round a number.
#[derive(Clone, Copy, Default, Debug)]
pub struct Reader<'a> {
    /// Before it.
    pub prefix: &'a str,
    /// After it.
    pub suffix: &'a str,
}

/// A line as it was read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Parsed {
    /// What it is.
    pub typed: Typed,
    /// Its text, folded and trimmed.
    pub text: String,
    /// Full-width characters were folded: an input method is on.
    pub full_width: bool,
}

/// Reads a line as it was submitted, without its Enter.
#[must_use]
pub fn parse(raw: &str, reader: &Reader<'_>) -> Parsed {
    let (text, full_width) = fold(raw);
    let text = text.trim_matches(is_margin).to_owned();
    let typed = if raw.chars().count() > LONGEST {
        Typed::Refused(Why::TooLong)
    } else if text.chars().any(is_hidden) {
        Typed::Refused(Why::Control)
    } else {
        read(&text, reader)
    };
    Parsed { full_width: full_width && !matches!(typed, Typed::Refused(_)), typed, text }
}

fn read(text: &str, reader: &Reader<'_>) -> Typed {
    if text.is_empty() {
        return Typed::Empty;
    }
    if text == "?" {
        return Typed::Question;
    }
    if let Some(moment) = text.strip_prefix('@') {
        return Typed::Moment(moment.trim().to_owned());
    }
    if let Some(command) = text.strip_prefix('.') {
        let (word, rest) = command.split_once(char::is_whitespace).unwrap_or((command, ""));
        return Typed::Command(word.to_lowercase(), rest.trim().to_owned());
    }
    if text.eq_ignore_ascii_case("esc") {
        return Typed::Escape;
    }
    let bare = unwrap_code(text, reader);
    if let Some(card) = card(bare) {
        return card;
    }
    if bare.chars().any(|c| c.is_numeric() && !c.is_ascii() && !('\u{4e00}'..='\u{9fff}').contains(&c)) {
        return Typed::Refused(Why::OtherDigits);
    }
    if text.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, ' ' | '\'' | 'ü' | 'Ü' | '.')) {
        return Typed::Letters(text.trim_end_matches('.').to_owned());
    }
    Typed::Name(text.to_owned())
}

/// A code is a number, hexadecimal digits with at least one digit among them, or letters and digits mixed, and the comma
/// that some readers put between facility and number.
fn card(text: &str) -> Option<Typed> {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if digits == text.len() && (1..=3).contains(&digits) {
        return text.parse().ok().map(Typed::Choice);
    }
    let code = text.len() >= 4 && digits >= 1 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b',' || b == b'-');
    let enough = digits >= 4 || (digits >= 1 && text.len() >= 8);
    if !code || !enough {
        return None;
    }
    let mut candidates = vec![text.to_owned()];
    candidates.extend(repeated(text));
    let upper = text.to_ascii_uppercase();
    if upper != text {
        candidates.push(upper);
    }
    Some(Typed::Card { candidates })
}

/// The unit of a text that is nothing but its repetition: a reader that fires twice or three times without an end (P3).
fn repeated(text: &str) -> Option<String> {
    [2, 3].into_iter().find_map(|times| {
        let unit = text.get(..text.len() / times)?;
        (text.len().is_multiple_of(times) && unit.len() >= 4 && unit.repeat(times) == text).then(|| unit.to_owned())
    })
}

/// Takes off what a reader puts round a number: its configured prefix and suffix, or an AIM symbology identifier with
/// the GS1 separator.
fn unwrap_code<'t>(text: &'t str, reader: &Reader<'_>) -> &'t str {
    const AIM: [&str; 14] = ["]C0", "]C1", "]C2", "]d1", "]d2", "]Q0", "]Q1", "]Q3", "]E0", "]E4", "]A0", "]I0", "]e0", "]J1"];
    let mut bare = text;
    if !reader.prefix.is_empty() {
        bare = bare.strip_prefix(reader.prefix).filter(|rest| rest.len() >= 4).unwrap_or(bare);
    }
    if !reader.suffix.is_empty() {
        bare = bare.strip_suffix(reader.suffix).filter(|rest| rest.len() >= 4).unwrap_or(bare);
    }
    AIM.iter().find_map(|aim| bare.strip_prefix(aim)).unwrap_or(bare)
}

/// Full-width characters as the narrow ones that were meant.
fn fold(raw: &str) -> (String, bool) {
    let mut wide = false;
    let folded = raw
        .chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => {
                wide = true;
                u32::from(c).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(c)
            }
            '\u{3000}' => {
                wide = true;
                ' '
            }
            '。' => {
                wide = true;
                '.'
            }
            other => other,
        })
        .collect();
    (folded, wide)
}

/// What may stand at the ends of a scan: white space, line ends, STX and ETX.
fn is_margin(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{2}' | '\u{3}')
}

/// Characters that cannot be seen: controls, and marks that change the direction or join without showing.
fn is_hidden(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffd}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn typed(raw: &str) -> Typed {
        parse(raw, &Reader::default()).typed
    }

    fn card_of(raw: &str) -> Vec<String> {
        if let Typed::Card { candidates } = typed(raw) { candidates } else { Vec::new() }
    }

    #[test]
    fn the_box_reads_what_is_meant() {
        for (raw, want) in [
            ("", Typed::Empty),
            (" \r\n", Typed::Empty),
            ("1", Typed::Choice(1)),
            ("１２", Typed::Choice(12)),
            ("999", Typed::Choice(999)),
            ("lsy", Typed::Letters("lsy".into())),
            ("zhang xiao", Typed::Letters("zhang xiao".into())),
            ("王子涵", Typed::Name("王子涵".into())),
            ("阿依古丽·吐尔逊", Typed::Name("阿依古丽·吐尔逊".into())),
            (".undo", Typed::Command("undo".into(), String::new())),
            ("。3", Typed::Command("3".into(), String::new())),
            (".clock 17:40", Typed::Command("clock".into(), "17:40".into())),
            (".", Typed::Command(String::new(), String::new())),
            ("@1708", Typed::Moment("1708".into())),
            ("?", Typed::Question),
            ("？", Typed::Question),
            ("esc", Typed::Escape),
            ("esc.", Typed::Letters("esc".into())),
        ] {
            assert_eq!(typed(raw), want, "{raw:?}");
        }
    }

    #[test]
    fn a_scan_is_folded_to_the_number_that_was_meant() {
        for raw in ["504179", "５０４１７９", " 504179\r\n", "504179\t", "\u{2}504179\u{3}", "]C0504179", "]Q3504179", "５０４１７９　"]
        {
            assert_eq!(card_of(raw).first().map(String::as_str), Some("504179"), "{raw:?}");
        }
        assert_eq!(card_of("112018112018"), ["112018112018", "112018"]);
        assert_eq!(card_of("112018112018112018"), ["112018112018112018", "112018"]);
        let reader = Reader { prefix: "%", suffix: "?" };
        assert_eq!(parse("%0004835004?", &reader).text, "%0004835004?");
        assert_eq!(parse("%0004835004?", &reader).typed, Typed::Card { candidates: vec!["0004835004".into()] });
        assert!(parse("５０４１７９", &Reader::default()).full_width);
    }

    #[test]
    fn every_spelling_of_one_card_is_a_card() {
        for raw in ["01026F6C3A", "004335823930", "0040856634", "07302202", "111,27706", "11127706", "00623,27706", "27706", "2A83155E", "1578468138"]
        {
            assert_eq!(card_of(raw).first().map(String::as_str), Some(raw), "{raw}");
        }
    }

    #[test]
    fn a_control_character_refuses_the_whole_line() {
        for byte in (0_u8..=31).chain([127]) {
            for position in 0..=6 {
                let mut raw = "504179".to_owned();
                raw.insert(position, char::from(byte));
                let margin = position == 0 || position == 6;
                let space = matches!(byte, 9..=13 | 2 | 3);
                let card = !card_of(&raw).is_empty();
                assert_eq!(card, margin && space, "byte {byte} at {position}");
                if card {
                    assert_eq!(card_of(&raw), ["504179"]);
                }
            }
        }
        for raw in ["٥٠٤١٧٩", "५०४१७९", "504\u{200b}179", "50417９\u{202e}"] {
            assert!(matches!(typed(raw), Typed::Refused(_)), "{raw:?}");
        }
        assert_eq!(typed(&"1".repeat(65)), Typed::Refused(Why::TooLong));
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_harm(raw in any::<String>()) {
            let parsed = parse(&raw, &Reader::default());
            if let Typed::Card { candidates } = parsed.typed {
                prop_assert!(candidates.iter().all(|c| c.is_ascii() && !c.chars().any(char::is_control)));
                prop_assert!(raw.chars().count() <= LONGEST);
            }
        }
    }
}
