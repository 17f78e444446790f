//! Who of the people that a delivery ties to a child collects it: parents and guardians, and nobody else unasked. A doctor, an
//! aide, a relative, somebody to call in an emergency stand there for other reasons, and a child is not given to them for it.

/// Whether this word for a person, or for what the person is to the child, names a parent or guardian.
pub(super) fn is_guardian(word: &str) -> bool {
    const WORDS: [&str; 17] = [
        "parent",
        "guardian",
        "legalguardian",
        "mother",
        "father",
        "stepmother",
        "stepfather",
        "stepparent",
        "fosterparent",
        "父亲",
        "母亲",
        "爸爸",
        "妈妈",
        "父",
        "母",
        "监护人",
        "家长",
    ];
    WORDS.contains(&plain(word).as_str())
}

/// A word as it is compared: small letters, no blanks or signs between.
pub(super) fn plain(word: &str) -> String {
    word.chars().filter(|c| !c.is_whitespace() && !matches!(c, '_' | '-')).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::is_guardian;

    #[test]
    fn parents_and_guardians_and_nobody_else() {
        let yes = ["parent", "Guardian", "legal guardian", "Step-Mother", "foster_parent", "母亲", "爸爸", "监护人"];
        let no = ["", "relative", "doctor", "other", "emergencyContact", "aide", "teacher", "student", "奶奶", "grandmother", "parents' friend"];
        assert!(yes.iter().all(|w| is_guardian(w)), "{yes:?}");
        assert!(!no.iter().any(|w| is_guardian(w)), "{no:?}");
    }
}
