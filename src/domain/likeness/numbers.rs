//! The telephone numbers that stand in a field: one number is one in every spelling.

use super::narrow;

/// So many digits a number has that can be dialled.
const SHORTEST_NUMBER: usize = 7;

/// The numbers that stand in a field: one, or several with something between them.
pub(super) fn numbers(text: &str) -> impl Iterator<Item = String> + use<> {
    const BETWEEN: [char; 9] = ['/', '、', ',', ';', '|', '\\', '\n', '或', '和'];
    let narrowed = narrow(text);
    let parts: Vec<Vec<String>> = narrowed.split(BETWEEN).map(with_blanks).collect();
    // What stands on both sides of a mark may be one number all the same: 010/1234567.
    let flat: Vec<String> = parts.concat();
    let whole = flat.iter().any(|p| !p.is_empty() && p.len() < SHORTEST_NUMBER).then(|| flat.concat());
    let mobiles = |digits: &str| {
        let all: Vec<String> = digits.as_bytes().chunks(11).map(|one| one.iter().map(|b| char::from(*b)).collect()).collect();
        if all.len() > 1 && all.iter().all(|one| is_mobile(one)) { all } else { vec![digits.to_owned()] }
    };
    let all: Vec<String> = flat.iter().chain(&whole).flat_map(|digits| mobiles(digits)).collect();
    all.into_iter().filter_map(|digits| number(&digits))
}

/// The digits of a field with nothing but blanks between its numbers: what is long enough to be dialled stands alone, the others are the
/// pieces of one. What is dialled after the number is none of it.
fn with_blanks(text: &str) -> Vec<String> {
    const LONG: usize = 10;
    let end = ["转", "分机", "ext", "x", "#", "*"].iter().filter_map(|mark| text.find(mark)).min();
    let text =
        end.and_then(|end| text.get(..end)).filter(|text| text.chars().filter(char::is_ascii_digit).count() >= SHORTEST_NUMBER).unwrap_or(text);
    let (mut all, mut pieces) = (Vec::new(), String::new());
    for word in text.split_whitespace() {
        let digits: String = word.chars().filter(char::is_ascii_digit).collect();
        if digits.len() >= LONG {
            all.extend(Some(std::mem::take(&mut pieces)).filter(|pieces| !pieces.is_empty()));
            all.push(digits);
        } else {
            pieces.push_str(&digits);
        }
    }
    all.extend(Some(pieces).filter(|pieces| !pieces.is_empty()));
    all
}

fn is_mobile(digits: &str) -> bool {
    digits.len() == 11 && digits.starts_with('1')
}

/// The digits of a number that can be dialled, without the country's and without the noughts in front of it: seven at least.
fn number(digits: &str) -> Option<String> {
    let digits = digits.strip_prefix("0086").or_else(|| digits.strip_prefix("86").filter(|rest| rest.len() >= 10)).unwrap_or(digits);
    let digits = digits.trim_start_matches('0');
    (digits.len() >= SHORTEST_NUMBER).then(|| digits.to_owned())
}

#[cfg(test)]
mod tests {
    use crate::domain::likeness::{Described, have_one_number, same_number};

    #[test]
    fn a_number_is_one_in_every_spelling() {
        let at = |phone| Described { name: "", relation: "", phone: Some(phone), staff: None };
        for (a, b, one) in [
            ("13900000011", "013900000011", true),
            ("13900000011", "+86(0)13900000011", true),
            ("13900000011", "0086 139-0000-0011", true),
            ("13900000011", "13900000011 0571-88880000", true),
            ("13900000011", "0571 88880000 13900000011", true),
            ("13900000011", "13900000011转8", true),
            ("13900000011", "13900000011 ext. 8", true),
            ("13900000011", "13900000012 13900000013 13900000011", true),
            ("13900000011", "139000000121390000001313900000011", true),
            ("0571-88880000", "+86 571 88880000", true),
            ("0571-88880000", "(0571) 8888 0000", true),
            ("13900000011", "13900000012", false),
            ("13900000011", "1390000001", false),
            ("0571-88880000", "88880000", false),
        ] {
            assert_eq!((have_one_number(at(a), at(b)), same_number(b, a)), (one, one), "{a} {b}");
        }
    }
}
