//! The content guard: what a group must not do, with the rule that it breaks (S2.24, S2.56, S2.60, S2.61, N20).
//!
//! Rules and words are data in `assets/policy`: what is never allowed, what is allowed all the same (flying and making kites
//! are welcome, S4.03), and help that is allowed for one to three pupils and is 补课 for more (S2.21). Nobody can override
//! it at the desk.

use std::sync::LazyLock;

use regex_lite::Regex;

use crate::domain::activity::{Category, ContentRule};

/// What the guard says of a title.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Content {
    /// It is welcome.
    Welcome,
    /// It helps single pupils: at most [`MOST_HELPED`] of them.
    Help,
    /// It breaks this rule.
    Forbidden(ContentRule),
}

/// So many pupils may be helped together; with more it is 补课 (S2.21).
pub const MOST_HELPED: usize = 3;

/// What the guard says of a title.
#[must_use]
pub fn judge(title: &str) -> Content {
    let title = folded(title);
    POLICY.iter().find(|(_, pattern)| pattern.is_match(&title)).map_or(Content::Welcome, |(content, _)| *content)
}

/// The category that a title suggests, if any.
#[must_use]
pub fn guess(title: &str) -> Option<Category> {
    let title = folded(title);
    let fits = |words: &str| words.split(' ').any(|word| title.contains(word));
    lines(include_str!("../../assets/policy/categories.tsv")).find(|(_, words)| fits(words)).and_then(|(key, _)| Category::of_key(key))
}

static POLICY: LazyLock<Vec<(Content, Regex)>> = LazyLock::new(|| {
    let file = include_str!("../../assets/policy/content.tsv");
    let number = lines(file).find(|(what, _)| *what == "number").map_or("", |(_, pattern)| pattern);
    let rules = lines(file).filter(|(what, _)| *what != "number");
    let read = |(what, pattern): (&str, &str)| {
        let content = match what {
            "allow" => Content::Welcome,
            "help" => Content::Help,
            rule => Content::Forbidden(ContentRule::of_key(rule)?),
        };
        let pattern = pattern.replace('N', number);
        Some((content, Regex::new(&pattern).ok()?))
    };
    rules.filter_map(read).collect()
});

fn lines(file: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    file.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'))
}

/// Without spaces and punctuation, in lower case, full-width letters and digits as narrow ones.
fn folded(title: &str) -> String {
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => u32::from(c).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(c),
        c => c,
    };
    title.chars().map(narrow).filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_word_lists_is_understood() {
        let policy = lines(include_str!("../../assets/policy/content.tsv")).count();
        assert_eq!(POLICY.len() + 1, policy, "all but the line that says what a number is");
        for (key, words) in lines(include_str!("../../assets/policy/categories.tsv")) {
            assert!(Category::of_key(key).is_some() && words.split(' ').all(|w| folded(w) == w && !w.is_empty()), "{key}: {words}");
        }
    }

    #[test]
    fn spaces_and_full_width_hide_nothing() {
        for title in ["奥数", "奥 数", "奥-数", "ＡＯＳＨＵ", "奥·数 班", "《奥数》"] {
            assert_eq!(judge(title), Content::Forbidden(ContentRule::Olympiad), "{title}");
        }
    }
}
