//! The sheet: every code on it is read again from the file itself by decoders that know nothing of how it was drawn.

use std::collections::BTreeSet;

use caredesk::domain::card::{Allotment, CardNumber, checks};
use caredesk::domain::custody::{Card, CardState};
use caredesk::domain::people::ChildId;
use caredesk::domain::register::Register;
use caredesk::print::cards::{Which, chosen, sheet};
use caredesk::texts::Lang;

use crate::world::{child, now, register, settings};

/// Everything between two marks, every time they come.
fn between<'t>(text: &'t str, from: &str, to: &str) -> Vec<&'t str> {
    text.split(from).skip(1).map(|rest| rest.split(to).next().unwrap()).collect()
}

/// Width, height and black modules of every drawing of that class.
fn drawings(page: &str, class: &str) -> Vec<(usize, usize, Vec<Vec<bool>>)> {
    between(page, &format!("<svg class=\"{class}"), "</svg>")
        .into_iter()
        .map(|svg| {
            let view: Vec<usize> = between(svg, "viewBox=\"0 0 ", "\"")[0].split(' ').map(|n| n.parse().unwrap()).collect();
            let mut black = vec![vec![false; view[0]]; view[1]];
            for rectangle in between(svg, "d=\"", "\"")[0].split('M').skip(1) {
                let numbers: Vec<usize> = rectangle.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok()).collect();
                let [x, y, w, h, back] = numbers[..] else { panic!("{rectangle}") };
                assert_eq!(w, back);
                for row in &mut black[y..y + h] {
                    row[x..x + w].fill(true);
                }
            }
            (view[0], view[1], black)
        })
        .collect()
}

fn read_qr((width, height, black): &(usize, usize, Vec<Vec<bool>>)) -> String {
    const SCALE: usize = 4;
    let mut image =
        rqrr::PreparedImage::prepare_from_greyscale(width * SCALE, height * SCALE, |x, y| if black[y / SCALE][x / SCALE] { 0 } else { 255 });
    let grids = image.detect_grids();
    assert_eq!(grids.len(), 1);
    grids[0].decode().unwrap().1
}

/// Widths of bars and spaces of the 103 signs, the three starts and the stop of Code 128 (ISO/IEC 15417, table 1).
const CODE_128: &str = "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 123122 \
    123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 232121 111323 131123 131321 112313 132113 \
    132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 \
    332111 314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 \
    111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 \
    311141 411131 211412 211214 211232 2331112";

fn read_bars((_, _, black): &(usize, usize, Vec<Vec<bool>>)) -> String {
    let row = &black[0];
    let runs: Vec<(bool, usize)> = row.chunk_by(|a, b| a == b).map(|run| (run[0], run.len())).collect();
    let quiet = |run: &(bool, usize)| !run.0 && run.1 >= 10;
    assert!(quiet(runs.first().unwrap()) && quiet(runs.last().unwrap()), "quiet zones");
    let widths: String = runs[1..runs.len() - 1].iter().map(|(_, n)| char::from_digit(u32::try_from(*n).unwrap(), 10).unwrap()).collect();
    let table: Vec<&str> = CODE_128.split_whitespace().collect();
    assert_eq!(table.len(), 107);
    let body = widths.strip_suffix("2331112").expect("stop");
    let signs: Vec<usize> = body.as_bytes().chunks(6).map(|sign| table.iter().position(|t| t.as_bytes() == sign).expect("a sign")).collect();
    let (check, signs) = signs.split_last().unwrap();
    let sum: usize = signs[0] + signs[1..].iter().zip(1..).map(|(sign, n)| sign * n).sum::<usize>();
    assert_eq!(sum % 103, *check, "check sign");
    match signs[0] {
        105 => signs[1..].iter().flat_map(|pair| [pair / 10, pair % 10]).filter_map(|d| char::from_digit(u32::try_from(d).unwrap(), 10)).collect(),
        104 => signs[1..].iter().map(|sign| char::from(u8::try_from(sign + 32).unwrap())).collect(),
        start => panic!("start {start}"),
    }
}

fn all(register: &Register, school: bool) -> Vec<(&Card, &caredesk::domain::people::Child)> {
    chosen(register, &Which::All, school, &BTreeSet::new())
}

#[test]
fn every_code_of_a_room_of_two_hundred_decodes_to_its_number() {
    let mut random = {
        let mut state = 5_u64;
        move || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            state >> 17
        }
    };
    for live in [200, 2_500] {
        let (mut allotment, mut register) = (Allotment::for_cards(live), Register::default());
        for id in 1..=200 {
            register.put_child(child(id, "甲", 3, Some(1)));
            register.put_card(Card::new(allotment.draw(&mut random).unwrap().0, ChildId(id), true));
        }
        let cards = all(&register, false);
        let page = sheet(Lang::Zh, &settings(), &cards, false).unwrap();
        let numbers: Vec<&str> = cards.iter().map(|(card, _)| card.number.as_str()).collect();
        assert_eq!(drawings(&page, "qr").iter().map(read_qr).collect::<Vec<_>>(), numbers);
        assert_eq!(drawings(&page, "bars").iter().map(read_bars).collect::<Vec<_>>(), numbers);
        let large: Vec<String> =
            between(&page, "<div class=\"number ", "</div>").iter().map(|n| n.split_once('>').unwrap().1.replace(' ', "")).collect();
        assert_eq!(large, numbers);
        for number in &large {
            assert!(checks(number));
            for (at, digit) in number.char_indices() {
                for wrong in ('0'..='9').filter(|d| *d != digit) {
                    let mut typed = number.clone();
                    typed.replace_range(at..=at, &wrong.to_string());
                    assert!(!checks(&typed) && register.card(&CardNumber::new(typed.as_str())).is_none(), "{number} typed {typed}");
                }
            }
        }
    }
}

#[test]
fn no_name_is_on_a_sheet_unless_it_was_asked_for() {
    let register = register();
    let cards = all(&register, true);
    for lang in [Lang::Zh, Lang::En] {
        let page = sheet(lang, &settings(), &cards, false).unwrap();
        for person in register.children() {
            assert!(!page.contains(&person.name), "{}", person.name);
        }
        assert!(page.contains("向阳小学") && page.contains("体艺馆一楼") && page.contains("0571-8000 0000"));
        let named = sheet(lang, &settings(), &cards, true).unwrap();
        assert!(named.contains("陈一诺") && named.contains("欧阳小满"));
        assert_eq!(between(&named, "<div class=\"strip\">", "</div>").len(), cards.len());
    }
}

#[test]
fn a_schools_own_cards_are_printed_only_when_asked_and_read_as_they_are() {
    let register = register();
    assert_eq!(all(&register, false).len(), 3);
    let cards = all(&register, true);
    let page = sheet(Lang::En, &settings(), &cards, false).unwrap();
    let read: Vec<String> = drawings(&page, "qr").iter().map(read_qr).collect();
    assert!(read.contains(&"0040856635".to_owned()) && drawings(&page, "bars").iter().map(read_bars).eq(read));
    let mut odd = register.clone();
    odd.put_card(Card::new(CardNumber::new("A17-0b9"), ChildId(4), false));
    let only: Vec<_> = chosen(&odd, &Which::Child(ChildId(4)), true, &BTreeSet::new());
    let page = sheet(Lang::En, &settings(), &only, false).unwrap();
    assert_eq!((read_qr(&drawings(&page, "qr")[0]), read_bars(&drawings(&page, "bars")[0])), ("A17-0b9".to_owned(), "A17-0b9".to_owned()));
}

#[test]
fn the_cards_that_were_meant_are_chosen_in_the_order_of_the_classes() {
    let mut register = register();
    let numbers = |register: &Register, which: Which, printed: &[&str]| -> Vec<String> {
        let printed = printed.iter().map(|n| CardNumber::new(*n)).collect();
        chosen(register, &which, true, &printed).into_iter().map(|(card, _)| card.number.to_string()).collect()
    };
    assert_eq!(numbers(&register, Which::All, &[]), ["693691", "0040856635", "45384121", "453841"]);
    assert_eq!(numbers(&register, Which::New, &["693691", "453841"]), ["0040856635", "45384121"]);
    assert_eq!(numbers(&register, Which::Class(4, Some(1)), &[]), ["453841"]);
    assert_eq!(numbers(&register, Which::Class(4, Some(2)), &[]), [""; 0]);
    assert_eq!(numbers(&register, Which::Class(2, None), &[]), ["0040856635"]);
    assert_eq!(numbers(&register, Which::Child(ChildId(1)), &["453841"]), ["453841"]);
    let lost = Card { state: CardState::Lost { at: now() }, ..register.card(&CardNumber::new("453841")).unwrap().clone() };
    register.put_card(lost);
    assert_eq!(numbers(&register, Which::Child(ChildId(1)), &[]), [""; 0], "a void card is never printed");
}

#[test]
fn pages_hold_ten_cards_or_eight_with_names() {
    let mut register = Register::default();
    for (id, number) in (1..).zip(["453841", "693691", "779093", "159082", "504179", "112018", "792339", "994330", "110031", "598728", "430315"]) {
        register.put_child(child(id, "甲", 1, None));
        register.put_card(Card::new(CardNumber::new(number), ChildId(id), true));
    }
    for (names, pages) in [(false, vec![10, 1]), (true, vec![8, 3])] {
        let page = sheet(Lang::En, &settings(), &all(&register, false), names).unwrap();
        let cards: Vec<usize> = between(&page, "<section class=\"page\">", "</section>").iter().map(|p| p.matches("<article").count()).collect();
        assert_eq!(cards, pages);
    }
}
