//! Numbers to dial.

/// A number to dial: mobile or landline in any punctuation, or with a country's `+`.
pub(in crate::import) fn read_phone(text: &str) -> Option<String> {
    let text = text.strip_suffix(".0").unwrap_or(text);
    let plain: String = text.chars().filter(|c| !matches!(c, ' ' | '-' | '(' | ')' | '.' | '—' | '–')).collect();
    let body = plain.strip_prefix("+86").or_else(|| plain.strip_prefix("0086")).unwrap_or(&plain);
    let body = body.strip_prefix("86").filter(|b| b.len() == 11 && b.starts_with('1')).unwrap_or(body);
    let (digits, abroad) = body.strip_prefix('+').map_or((body, false), |abroad| (abroad, true));
    let at = |n: usize| digits.as_bytes().get(n).copied().unwrap_or_default();
    let is_number = match (at(0), digits.len()) {
        _ if !digits.bytes().all(|b| b.is_ascii_digit()) => false,
        (b'1'..=b'9', 7..=15) if abroad => true,
        _ if abroad => false,
        (b'1', 11) => matches!(at(1), b'3'..=b'9'),
        // A landline with its area code, or without; a service number.
        (b'0', 10..=12) => at(1) != b'0',
        (b'2'..=b'8', 7 | 8) => true,
        (b'4' | b'8', 10) => at(1) == b'0' && at(2) == b'0',
        _ => false,
    };
    is_number.then(|| body.to_owned())
}

/// Whether a phone that was stored as a number still has all its digits: mobile, local or service number, but no landline
/// that lost the 0 of its area code.
pub(in crate::import) fn phone_is_whole(number: f64) -> bool {
    (13e9..2e10).contains(&number) || (1e6..1e8).contains(&number) || (4e9..4.01e9).contains(&number) || (8e9..8.01e9).contains(&number)
}
