//! How the table of children names people: the collectors that have columns, and a child that another is paired with.

use std::collections::HashMap;

use crate::domain::custody::{Card, CardKind};
use crate::domain::people::{Child, Collector, MOST_LISTED, Right};
use crate::domain::register::Register;
use crate::texts::{Lang, grade_only, items, print as t, words};

/// The collectors of one child as a roster can name them.
pub(super) struct Listed<'r> {
    /// Those with columns of their own.
    pub(super) named: Vec<&'r Collector>,
    /// Names of those who must not collect.
    pub(super) barred: Vec<String>,
    /// Those for whom there is no place beyond the last column.
    pub(super) left_out: usize,
}

impl<'r> Listed<'r> {
    pub(super) fn of(register: &'r Register, child: &Child) -> Self {
        let mut listed = Self { named: Vec::new(), barred: Vec::new(), left_out: 0 };
        // Of one day, or of the past: a roster is about neither.
        let people = register.collectors(child.id).filter(|c| match c.right {
            Right::Standing | Right::Barred => true,
            Right::OneDay { .. } | Right::Ended => false,
        });
        let people: Vec<&Collector> = people.collect();
        // Known by name alone, barred persons behind all others stand in the last column only.
        let by_name_only = |c: &Collector| {
            let said = c.phone.is_some() || !c.relation.is_empty() || Extra::ALL.iter().any(|extra| extra.is_said(register, c));
            c.right == Right::Barred && !c.name.is_empty() && !said
        };
        let with_columns = people.iter().rposition(|c| !by_name_only(c)).map_or(0, |last| last + 1);
        for (place, collector) in people.into_iter().enumerate() {
            let barred = collector.right == Right::Barred && !collector.name.is_empty();
            if barred {
                listed.barred.push(collector.name.clone());
            }
            if place < with_columns && listed.named.len() < usize::from(MOST_LISTED) {
                listed.named.push(collector);
            } else if !barred || !by_name_only(collector) {
                listed.left_out += 1;
            }
        }
        listed
    }
}

/// What may be said of a collector beside name, relation and phone; it has columns when it is said of anybody.
#[derive(Clone, Copy)]
pub(super) enum Extra {
    Valid,
    Looks,
    Minor,
    Barred,
    /// Works at the school (S1.17): by the name that the staff knows.
    Staff,
}

impl Extra {
    pub(super) const ALL: [Self; 5] = [Self::Valid, Self::Looks, Self::Minor, Self::Barred, Self::Staff];

    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Looks => "looks",
            Self::Minor => "under_age",
            Self::Barred => "barred",
            Self::Staff => "staff",
        }
    }

    /// The heading for the collector of this number; without one an import gives the column the next free place.
    pub(super) fn heading(self, lang: Lang, number: &str) -> String {
        match self {
            Self::Valid => items::heading_valid(lang, number),
            Self::Looks => items::heading_looks(lang, number),
            Self::Minor => items::heading_minor(lang, number),
            Self::Barred => items::heading_barred(lang, number),
            Self::Staff => items::heading_works_here(lang, number),
        }
    }

    pub(super) fn is_said(self, register: &Register, collector: &Collector) -> bool {
        match self {
            Self::Valid => collector.from.is_some() || collector.until.is_some(),
            Self::Looks => collector.looks.is_some(),
            Self::Minor => collector.minor,
            // Who has a name is named in the column of those who must not collect.
            Self::Barred => collector.right == Right::Barred && collector.name.is_empty(),
            Self::Staff => works_here(register, collector).is_some(),
        }
    }

    pub(super) fn cell(self, lang: Lang, register: &Register, collector: &Collector) -> String {
        match self {
            Self::Valid => items::validity(lang, collector.from, collector.until),
            Self::Looks => collector.looks.clone().unwrap_or_default(),
            Self::Staff => works_here(register, collector).unwrap_or_default().to_owned(),
            Self::Minor | Self::Barred => {
                if self.is_said(register, collector) {
                    t::yes(lang)
                } else {
                    String::new()
                }
            }
        }
    }
}

/// The name by which the staff knows a collector who works here; who has left the school does not.
fn works_here<'r>(register: &'r Register, collector: &Collector) -> Option<&'r str> {
    let person = collector.staff.filter(|_| collector.right == Right::Standing).and_then(|id| register.staff_member(id))?;
    person.active.then_some(person.name.as_str())
}

/// How often a name stands in each class: where it stands once, name and class say who is meant.
pub(super) struct Called<'r>(HashMap<(&'r str, u8, Option<u8>), usize>);

impl<'r> Called<'r> {
    pub(super) fn of(register: &'r Register) -> Self {
        let mut names = HashMap::new();
        for child in register.children() {
            *names.entry((child.name.as_str(), child.grade, child.class_no)).or_insert(0) += 1;
        }
        Self(names)
    }

    /// The name of a child with what tells it from its namesakes: its number, else its card, else its class, else a phone.
    pub(super) fn cell(&self, lang: Lang, register: &Register, child: &Child) -> String {
        let only_one = self.0.get(&(child.name.as_str(), child.grade, child.class_no)).is_some_and(|n| *n == 1);
        let which = if let Some(number) = &child.student_no {
            number.clone()
        } else if let Some(card) = main_card(register, child) {
            card.number.to_string()
        } else {
            let phone = register.collectors(child.id).find_map(|c| c.phone.clone()).filter(|_| !only_one);
            phone.unwrap_or_else(|| class(lang, child))
        };
        format!("{} {which}", child.name)
    }
}

/// The card that a roster means: not a second one, not one of a day.
pub(super) fn main_card<'r>(register: &'r Register, child: &Child) -> Option<&'r Card> {
    register.live_cards(child.id).find(|c| c.kind == CardKind::Main)
}

/// Grade and class in one word, as an import reads them in either language.
fn class(lang: Lang, child: &Child) -> String {
    match (lang, child.class_no) {
        (Lang::Zh, Some(class)) => crate::texts::grade_class(lang, words::grade(lang, child.grade), class),
        (Lang::Zh, None) => grade_only(lang, words::grade(lang, child.grade)),
        (Lang::En, Some(class)) => format!("{}.{class}", child.grade),
        (Lang::En, None) => format!("grade{}", child.grade),
    }
}
