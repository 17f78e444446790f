//! ```text
//!  +           +           +      A4, two by five cards of 85.6 × 54 mm, cut marks in the margins
//!     ┌───────────○───────────┐   ○ where a hole may be punched
//!     │ ▄▄▄▄▄▄  school        │   the QR code holds the number and nothing else
//!     │ █ QR █  room          │
//!     │ ▀▀▀▀▀▀  453 841       │   the number in large type
//!     │         ║│║││║│║││║   │   the same number as Code 128
//!     │ complaints · if found │
//!     └───────────────────────┘
//!  +  ┊ name   class          ┊   with names: a strip that is cut off when the card is handed out (two by four then)
//! ```
//! A sheet of cards as one HTML file that prints right from a browser.
//!
//! No name stands on a card: who finds one learns a number and whom to call. Nothing in the file is executed or fetched.

use std::collections::BTreeSet;

use askama::Template;

use crate::domain::card::CardNumber;
use crate::domain::custody::{Card, CardState};
use crate::domain::people::{Child, ChildId};
use crate::domain::register::Register;
use crate::domain::settings::Settings;
use crate::texts::{Lang, print as t};
use crate::wording::record::class_of;

use super::codes::{self, Drawing};

/// Which cards are printed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Which {
    /// Every live card.
    All,
    /// Live cards that no sheet had before.
    New,
    /// Those of one class; of the whole grade when no class is given.
    Class(u8, Option<u8>),
    /// One child's.
    Child(ChildId),
}

/// The live cards that are meant, by class and seat. The school's own cards have a face already and are left out unless
/// `school` says otherwise. `printed` are the numbers that were on a sheet before.
#[must_use]
pub fn chosen<'r>(register: &'r Register, which: &Which, school: bool, printed: &BTreeSet<CardNumber>) -> Vec<(&'r Card, &'r Child)> {
    let of = |card: &'r Card| Some((card, register.child(card.child)?));
    let mut cards: Vec<(&Card, &Child)> = register
        .cards()
        .filter(|card| card.state == CardState::Live && (card.own || school))
        .filter_map(of)
        .filter(|(card, child)| match which {
            Which::All => child.enrolled,
            Which::New => child.enrolled && !printed.contains(&card.number),
            Which::Class(grade, class) => child.enrolled && child.grade == *grade && (class.is_none() || child.class_no == *class),
            Which::Child(id) => child.id == *id,
        })
        .collect();
    cards.sort_by_key(|(card, child)| (child.grade, child.class_no, child.seat, child.id, card.number.clone()));
    cards
}

/// The sheet of these cards, with a strip for each child's name if `names` says so.
///
/// # Errors
/// When the page cannot be put together.
pub fn sheet(lang: Lang, settings: &Settings, cards: &[(&Card, &Child)], names: bool) -> Result<String, askama::Error> {
    let faces: Vec<Face> = cards.iter().map(|(card, child)| Face::of(lang, card, child, names)).collect();
    let on_page = if names { 8 } else { 10 };
    let count = faces.len().div_ceil(on_page);
    let pages = (1..).zip(faces.chunks(on_page)).map(|(n, faces)| Page { faces, foot: t::sheet_foot(lang, cards.len(), n, count) }).collect();
    let complaints = if settings.complaint_phone.is_empty() { String::new() } else { crate::texts::complaints(lang, &settings.complaint_phone) };
    Sheet {
        lang: lang.pick("zh-CN", "en"),
        title: t::sheet_title(lang),
        how_to_print: t::sheet_how_to_print(lang),
        school: settings.school.clone(),
        card_name: t::card_name(lang),
        long: settings.school.chars().count() > 26 || (!settings.school.is_ascii() && settings.school.chars().count() > 13),
        room: settings.room.clone(),
        complaints,
        found: t::card_found(lang),
        cut_off: t::strip_cut_off(lang),
        names,
        across: [19.4, 105.0, 190.6],
        down: if names {
            (0..=4).map(|row| 20.5 + f64::from(row) * 64.0).collect()
        } else {
            (0..=5).map(|row| 13.5 + f64::from(row) * 54.0).collect()
        },
        pages,
    }
    .render()
}

/// A number in groups that the eye takes in: `453 841`, `4538 4167`; a school's own as it is.
#[must_use]
pub fn grouped(card: &Card) -> String {
    let number = card.number.as_str();
    let size = if number.len().is_multiple_of(4) { 4 } else { 3 };
    if !card.own || !number.bytes().all(|b| b.is_ascii_digit()) {
        return number.to_owned();
    }
    let groups: Vec<&str> = number.as_bytes().chunks(size).filter_map(|group| std::str::from_utf8(group).ok()).collect();
    groups.join(" ")
}

#[derive(Template)]
#[template(path = "cards.html")]
struct Sheet<'f> {
    lang: &'static str,
    title: String,
    how_to_print: String,
    school: String,
    card_name: String,
    long: bool,
    room: String,
    complaints: String,
    found: String,
    cut_off: String,
    names: bool,
    across: [f64; 3],
    down: Vec<f64>,
    pages: Vec<Page<'f>>,
}

struct Page<'f> {
    faces: &'f [Face],
    foot: String,
}

/// What is on one card.
struct Face {
    number: String,
    size: &'static str,
    qr: Option<Drawing>,
    bars: Option<Drawing>,
    name: String,
    class: String,
}

impl Face {
    fn of(lang: Lang, card: &Card, child: &Child, names: bool) -> Self {
        let number = grouped(card);
        let size = match number.chars().count() {
            0..=7 => "large",
            8..=9 => "eight",
            10..=16 => "middle",
            _ => "small",
        };
        let (name, class) = if names { (child.name.clone(), class_of(lang, child)) } else { (String::new(), String::new()) };
        Self { number, size, qr: codes::qr(card.number.as_str()), bars: codes::bars(card.number.as_str()), name, class }
    }
}

impl Drawing {
    /// Width of the bars on the card, millimetres: half a millimetre a module, less where they would not fit.
    fn millimetres(&self) -> f64 {
        let modules = f64::from(u16::try_from(self.width).unwrap_or(u16::MAX));
        (modules * 0.5).min(if modules > 100.0 { 77.0 } else { 48.0 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_for_the_eye() {
        let card = |number: &str, own| Card::new(CardNumber::new(number), ChildId(1), own);
        for (number, own, want) in [("453841", true, "453 841"), ("45384167", true, "4538 4167"), ("0040856635", false, "0040856635")] {
            assert_eq!(grouped(&card(number, own)), want);
        }
    }
}
