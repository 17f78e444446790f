//! Grades and classes, in the spellings that schools write.

use super::read_number;

/// The grade of `三年级`, `小学三年级`, `3`, `03`, `Grade 3`.
pub(in crate::import) fn read_grade(text: &str) -> Option<u8> {
    let lower = text.to_lowercase();
    let plain = lower.trim_start_matches("小学").trim_start_matches("grade").trim_end_matches("年级").trim_end_matches(['级', '年']);
    read_number(plain.trim())
}

/// `三①班`, `三年级第1班`, `3-1`, `三（1）班（足球）`: the signs of a class as [`read_class`] takes them; what stands in brackets
/// behind the class is no part of it.
fn plain_class(text: &str) -> String {
    let mut plain: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '第')
        .map(|c| match c {
            '（' => '(',
            '）' => ')',
            '－' | '—' | '–' | '/' | '_' => '-',
            other => other,
        })
        .collect();
    for (sign, number) in "①②③④⑤⑥⑦⑧⑨⑩".chars().zip(1_u8..) {
        plain = plain.replace(sign, &format!("({number})"));
    }
    match plain.split_once("班(") {
        Some((class, _)) if plain.ends_with(')') => format!("{class}班"),
        Some(_) | None => plain,
    }
}

/// Grade and class of `三年级(1)班`, `四(2)班`, `3.1`, `三年级一班`, `三一班`, `3年1班`, `301`, `1班`, `三年级`.
pub(in crate::import) fn read_class(text: &str) -> (Option<u8>, Option<u8>) {
    let plain = plain_class(text);
    let plain = plain.trim_start_matches("小学").trim_end_matches('班');
    if plain.len() == 4 && plain.starts_with('0') && plain.bytes().all(|b| b.is_ascii_digit()) {
        return match (plain.get(..2).and_then(read_number), plain.get(2..).and_then(read_number)) {
            (Some(grade @ 1..=6), Some(class @ 1..)) => (Some(grade), Some(class)),
            _ => (None, None),
        };
    }
    // The year in which a class entered tells no grade by itself.
    if let Some((year, class)) = plain.split_once('级').filter(|(year, _)| year.len() == 4 && year.starts_with("20")) {
        let class = if year.bytes().all(|b| b.is_ascii_digit()) { read_number(class.trim_matches(['(', ')'])) } else { None };
        return (None, class);
    }
    if plain.len() == 3 && plain.bytes().all(|b| b.is_ascii_digit()) {
        return (plain.get(..1).and_then(read_number), plain.get(1..).and_then(read_number));
    }
    let split = plain.split_once("年级").or_else(|| plain.split_once('年')).or_else(|| plain.split_once('(')).or_else(|| plain.split_once('.'));
    let split = split.or_else(|| plain.split_once('-'));
    match split {
        Some((grade, "")) => (read_number(grade), None),
        Some(("", class)) => (None, read_number(class.trim_matches(['(', ')']))),
        Some((grade, class)) => match (read_number(grade), read_number(class.trim_matches(['(', ')', '-', '.']).trim_end_matches('班'))) {
            // Half of a class is no class.
            (Some(grade), Some(class)) => (Some(grade), Some(class)),
            _ => (None, None),
        },
        None => {
            let mut chars = plain.chars();
            let first = chars.next().filter(|c| !c.is_ascii()).and_then(|c| read_number(&c.to_string())).filter(|g| *g <= 6);
            match (first, read_number(chars.as_str())) {
                (Some(grade), Some(class)) => (Some(grade), Some(class)),
                _ => (None, read_number(plain.trim_matches(['(', ')']))),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_in_any_spelling() {
        for (text, want) in [
            ("三年级(1)班", (Some(3), Some(1))),
            ("四(2)班", (Some(4), Some(2))),
            ("三年级一班", (Some(3), Some(1))),
            ("三年级十二班", (Some(3), Some(12))),
            ("三十二班", (Some(3), Some(12))),
            ("三一班", (Some(3), Some(1))),
            ("三年级", (Some(3), None)),
            ("3年1班", (Some(3), Some(1))),
            ("3.1", (Some(3), Some(1))),
            ("301", (Some(3), Some(1))),
            ("612班", (Some(6), Some(12))),
            ("12班", (None, Some(12))),
            ("十二班", (None, Some(12))),
            ("(2)班", (None, Some(2))),
            ("高一1班", (None, None)),
            ("2024级", (None, None)),
            ("", (None, None)),
        ] {
            assert_eq!(read_class(text), want, "{text}");
        }
        assert_eq!(["三年级", "小学六年级", "Grade 3", "04", "2024级"].map(read_grade), [Some(3), Some(6), Some(3), Some(4), None]);
    }
}
