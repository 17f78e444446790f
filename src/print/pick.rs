//! Whom a command is about: a child by name, number or card, and a class as people write it.

use crate::domain::card::CardNumber;
use crate::domain::people::Child;
use crate::domain::register::Register;
use crate::domain::search::{Keys, Query};

/// Who was meant.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Picked<'r> {
    /// This child.
    One(&'r Child),
    /// Nobody.
    Nobody,
    /// All of these bear the name or number.
    Several(Vec<&'r Child>),
    /// Nobody bears it; these are found by it, as at the desk.
    Near(Vec<&'r Child>),
}

/// The child of a card or a school's number, else of that very name. What is only alike is shown and never taken: a paper
/// about a child goes to its own family.
#[must_use]
pub fn child<'r>(register: &'r Register, typed: &str) -> Picked<'r> {
    let typed = typed.trim();
    let digits: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    if let Some(child) = register.card(&CardNumber::new(digits.as_str())).and_then(|card| register.child(card.child)) {
        return Picked::One(child);
    }
    let all = |is: &dyn Fn(&Child) -> bool| register.children().filter(|c| is(c)).collect::<Vec<_>>();
    let by_number = all(&|c| c.student_no.as_deref() == Some(typed));
    let by_name = if by_number.is_empty() { all(&|c| c.name == typed) } else { by_number };
    match &by_name[..] {
        [one] => return Picked::One(one),
        [_, _, ..] => return Picked::Several(by_name),
        [] => {}
    }
    let query = Query::of(typed);
    let near = if typed.is_empty() { Vec::new() } else { all(&|c| Keys::of(&c.name).matches(&query)) };
    if near.is_empty() { Picked::Nobody } else { Picked::Near(near) }
}

/// Grade and class of `四(1)班`, `4.1`, `4(1)`, `401`; the whole grade of `四年级`, `4`.
#[must_use]
pub fn class(typed: &str) -> Option<(u8, Option<u8>)> {
    let mut numbers: Vec<String> = vec![String::new()];
    for c in typed.chars() {
        let digit = match c {
            '0'..='9' => Some(c),
            '\u{ff10}'..='\u{ff19}' => u32::from(c).checked_sub(0xfee0).and_then(char::from_u32),
            _ => char::from_digit(u32::from(crate::texts::words::grade_of(c).unwrap_or(0)), 10).filter(|d| *d != '0'),
        };
        match (digit, numbers.last_mut()) {
            (Some(digit), Some(last)) => last.push(digit),
            (Some(_), None) => {}
            (None, _) => numbers.push(String::new()),
        }
    }
    numbers.retain(|n| !n.is_empty());
    let number = |text: &str| text.parse::<u8>().ok();
    let (grade, class) = match &numbers[..] {
        [whole] if whole.len() == 3 => (number(whole.get(..1)?)?, Some(number(whole.get(1..)?)?)),
        [grade] => (number(grade)?, None),
        [grade, class] => (number(grade)?, Some(number(class)?)),
        _ => return None,
    };
    (1..=9).contains(&grade).then_some((grade, class))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::custody::Card;
    use crate::domain::people::{ChildId, HouseholdId};

    #[test]
    fn only_what_is_exact_is_taken() {
        let mut register = Register::default();
        for (id, name, number) in [(1, "陈一诺", Some("2024001")), (2, "陈一鸣", None), (3, "王子涵", Some("7")), (4, "王子涵", None)] {
            let mut child = Child::new(ChildId(id), name, 4, HouseholdId(id));
            child.student_no = number.map(str::to_owned);
            register.put_child(child);
        }
        register.put_card(Card::new(CardNumber::new("453841"), ChildId(2), true));
        let ids = |typed: &str| match child(&register, typed) {
            Picked::One(c) => ("one", vec![c.id.0]),
            Picked::Nobody => ("nobody", vec![]),
            Picked::Several(list) => ("several", list.iter().map(|c| c.id.0).collect()),
            Picked::Near(list) => ("near", list.iter().map(|c| c.id.0).collect()),
        };
        for (typed, want) in [
            (" 陈一诺 ", ("one", vec![1])),
            ("2024001", ("one", vec![1])),
            ("453 841", ("one", vec![2])),
            ("7", ("one", vec![3])),
            ("王子涵", ("several", vec![3, 4])),
            ("chen", ("near", vec![1, 2])),
            ("一诺", ("near", vec![1])),
            ("李", ("nobody", vec![])),
            ("", ("nobody", vec![])),
        ] {
            assert_eq!(ids(typed), want, "{typed}");
        }
    }

    #[test]
    fn classes_as_people_write_them() {
        for (typed, want) in [
            ("4.1", Some((4, Some(1)))),
            ("4(12)", Some((4, Some(12)))),
            ("401", Some((4, Some(1)))),
            ("4", Some((4, None))),
            ("４（１）", Some((4, Some(1)))),
            ("Grade 4", Some((4, None))),
            ("", None),
            ("x", None),
            ("4.1.2", None),
            ("999999", None),
        ] {
            assert_eq!(class(typed), want, "{typed}");
        }
        let written: String = crate::texts::grade_class(crate::texts::Lang::Zh, crate::texts::words::grade(crate::texts::Lang::Zh, 4), 1);
        assert_eq!(class(&written), Some((4, Some(1))));
    }
}
