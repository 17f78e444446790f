//! The cards of a roster: none goes to two people, and none is taken on that could be taken for another.

use std::path::PathBuf;

use caredesk::domain::card::{CardNumber, checks};
use caredesk::domain::custody::{Card, CardState};
use caredesk::domain::people::{ChildId, Role, Staff, StaffId};
use caredesk::domain::register::Register;
use caredesk::domain::time::Moment;
use caredesk::import::roster::{Reason, Refused};
use caredesk::import::{Answers, Plan};

use crate::support::{after, delivered, file, lines, refusals, said};

/// A roster of children with these cards, each of a family of its own.
fn roster(cards: &[(&str, &str)]) -> String {
    let line = |(n, (name, card)): (usize, &(&str, &str))| format!("{name},三1班,\"{card}\",家长{name},138001300{n:02}\n");
    format!("姓名,班级,卡号,家长姓名,家长电话\n{}", cards.iter().enumerate().map(line).collect::<String>())
}

fn of(cards: &[(&str, &str)], register: &Register) -> Plan {
    lines(&roster(cards), register, &Answers::default())
}

fn number(text: &str) -> CardNumber {
    CardNumber::new(text)
}

#[test]
fn a_card_that_stands_twice_refuses_both_rows() {
    let plan = of(&[("张三", "0004835004"), ("王五", "0004835004")], &Register::default());
    assert!(plan.added.is_empty());
    let rows: Vec<usize> = plan.refused.iter().map(|r| r.place.row).collect();
    assert!(rows.contains(&2) && rows.contains(&3), "{rows:?}");
    assert!(plan.refused.iter().all(|r| matches!(r.reason, Reason::CardTwice(_))));
}

/// Nor when the second owner is known by its number first, from another sheet of the same delivery.
#[test]
fn a_card_that_two_sheets_give_to_two_children_goes_to_neither() {
    let dir = tempfile::tempdir().unwrap();
    let head = "学号,姓名,班级,卡号,家长姓名,家长电话\n";
    let one = file(&dir, "one.csv", format!("{head}1,张三,三1班,,张大,13800130000\n2,李四,三1班,0007302202,李大,13800130001\n"));
    let two = file(&dir, "two.csv", format!("{head}1,张三,三1班,0007302202,张大,13800130000\n"));
    for files in [[&one, &two], [&two, &one]] {
        let plan = delivered(&files.map(PathBuf::as_path), &Register::default(), &Answers::default()).unwrap();
        assert!(plan.added.is_empty() && plan.refused.iter().all(|r| matches!(r.reason, Reason::CardTwice(_))), "{}", said(&plan));
        assert_eq!(plan.refused.len(), 2, "{}", said(&plan));
    }
}

/// A school's own numbers may have six digits too: one in ten then looks like one of ours by chance.
#[test]
fn six_digits_of_a_school_are_not_taken_for_ours() {
    let names: Vec<String> = ('一'..='\u{4e1d}').map(|c| format!("张{c}")).collect();
    let numbers: Vec<String> = (100_001..).take(names.len()).map(|n: u32| n.to_string()).collect();
    let cards: Vec<(&str, &str)> = names.iter().map(String::as_str).zip(numbers.iter().map(String::as_str)).collect();
    assert!(numbers.iter().any(|n| checks(n)) && numbers.len() == 30);
    let plan = of(&cards, &Register::default());
    assert_eq!((plan.added.len(), plan.refused.len()), (30, 0), "{}", said(&plan));
    assert!(after(&plan, Register::default()).cards().all(|c| !c.own));
}

/// Two spellings of one chip are one card also when who had it has left the staff.
#[test]
fn a_child_gets_no_card_that_somebody_had_who_left_the_staff() {
    let mut register = Register::default();
    register.put_staff(Staff { active: false, card: Some(number("0007302202")), ..Staff::new(StaffId(3), "林静", Role::Duty) });
    for card in ["0007302202", "07302202"] {
        assert_eq!(refusals(&of(&[("李四", card)], &register)), [(2, 3, Reason::CardInUse)], "{card}");
    }
    let staff = lines("教职工姓名,岗位,卡号\n赵敏,教师,0007302202\n", &register, &Answers::default());
    assert_eq!(staff.staff, ["赵敏"], "another one of the staff may have it, as at the desk");
}

/// A staff card that lost its zeros is asked about where it stands, and gets them back like a child's.
#[test]
fn staff_cards_get_their_zeros_back_as_well() {
    let list = "教职工姓名,岗位,卡号\n林静,教师,990\n";
    let plan = lines(list, &Register::default(), &Answers::default());
    assert_eq!(refusals(&plan), [(2, 3, Reason::CardLostZeros(None))]);
    let ten = Answers { card_digits: Some(10), ..Answers::default() };
    let plan = lines(list, &Register::default(), &ten);
    let register = after(&plan, Register::default());
    assert_eq!(register.staff().find_map(|s| s.card.clone()), Some(number("0000000990")), "{}", said(&plan));
    assert!(lines(list, &register, &Answers::default()).drafts.is_empty(), "then it is the one on file");
}

/// What scanning would refuse because it is one chip of two children is refused where it stands in the file.
#[test]
fn one_chip_in_two_spellings_does_not_go_to_two_children() {
    let plan = of(&[("张三", "0007302202"), ("李四", "111,27706")], &Register::default());
    assert_eq!(plan.refused.iter().map(|r| (r.place.row, r.column)).collect::<Vec<_>>(), [(2, 3), (3, 3)], "{}", said(&plan));
    assert!(said(&plan).contains("可能是同一张卡的两种读法"), "{}", said(&plan));
    let register = after(&of(&[("张三", "0007302202")], &Register::default()), Register::default());
    assert_eq!(refusals(&of(&[("李四", "006F6C3A")], &register)), [(2, 3, Reason::CardInUse)]);
    // For its own child another spelling is no other card, and changes nothing.
    assert!(of(&[("张三", "006F6C3A")], &register).drafts.is_empty());
}

/// A card that is lost does not come back as another one, because another reader was used for the list.
#[test]
fn a_lost_card_does_not_come_back_in_another_spelling() {
    let mut register = after(&of(&[("张三", "0007302202")], &Register::default()), Register::default());
    let card = register.card(&number("0007302202")).unwrap().clone();
    register.put_card(Card { state: CardState::Lost { at: Moment { ms: 0, offset_min: 480 } }, ..card });
    for spelling in ["0007302202", "006F6C3A", "07302202", "11127706"] {
        assert!(of(&[("张三", spelling)], &register).drafts.is_empty(), "{spelling}");
    }
    let other = after(&of(&[("张三", "0004835001")], &register), register);
    assert_eq!(other.cards().filter(|c| c.state == CardState::Live).map(|c| c.number.as_str()).collect::<Vec<_>>(), ["0004835001"]);
}

/// With or without the zeros at its beginning it is one card: lost it stays lost, and it is nobody else's.
#[test]
fn a_card_without_its_zeros_is_no_other_card() {
    for (first, spelling) in [("0004835001", "4835001"), ("4835001", "0004835001"), ("0004835001", "04835001"), ("04835001", "0004835001")] {
        let mut register = after(&of(&[("张三", first)], &Register::default()), Register::default());
        let card = register.card(&number(first)).unwrap().clone();
        // Alone in its file nothing tells that digits are missing; among longer ones it is the child's own.
        for again in [&[("张三", spelling)][..], &[("张三", spelling), ("李四", "0007302202")]] {
            assert!(of(again, &register).changed.is_empty(), "{spelling} while it lives: {}", said(&of(again, &register)));
        }
        for state in [CardState::Lost { at: Moment { ms: 0, offset_min: 480 } }, CardState::Expired { at: Moment { ms: 0, offset_min: 480 } }] {
            register.put_card(Card { state, ..card.clone() });
            for again in [&[("张三", spelling)][..], &[("张三", spelling), ("李四", "0007302202")]] {
                let plan = of(again, &register);
                assert!(plan.changed.is_empty() && plan.refused.is_empty(), "{spelling} {state:?}: {}", said(&plan));
            }
            assert_eq!(refusals(&of(&[("王五", spelling)], &register)), [(2, 3, Reason::CardInUse)], "{spelling} {state:?}");
        }
    }
    let staff = lines("教职工姓名,岗位,卡号\n林静,教师,0004835001\n", &Register::default(), &Answers::default());
    let register = after(&staff, Register::default());
    assert_eq!(refusals(&of(&[("王五", "4835001")], &register)), [(2, 3, Reason::CardInUse)]);
    let register = after(&of(&[("张三", "0004835001")], &Register::default()), Register::default());
    let staff = lines("教职工姓名,岗位,卡号\n林静,教师,4835001 \n", &register, &Answers { card_digits: Some(10), ..Answers::default() });
    assert!(staff.staff.is_empty(), "{}", said(&staff));
}

/// Zeros that an answer gives back make a card like any other.
#[test]
fn cards_whose_zeros_are_given_back_are_held_against_the_others() {
    let ten = Answers { card_digits: Some(10), ..Answers::default() };
    // 7302202 is shorter than the card that begins with zeros; with its own it is the chip of 006F6C3A.
    let plan = lines(&roster(&[("张三", "7302202"), ("李四", "006F6C3A"), ("王五", "0004835001")]), &Register::default(), &ten);
    assert_eq!(plan.added, ["王五"], "{}", said(&plan));
    assert!(refusals(&plan).iter().all(|(_, column, reason)| *column == 3 && matches!(reason, Reason::OneChip(_))), "{}", said(&plan));
}

/// A roster is held to what the desk asks of a card that is enrolled: five digits, a spelling of one of our numbers, a slip from it.
#[test]
fn a_card_that_could_be_taken_for_one_of_ours_is_refused_as_at_the_desk() {
    // An eight-digit number of ours that a reader gives for the chip of a card of ten digits.
    let low = (7_302_000_u32..7_400_000).find(|n| checks(&format!("{n:08}"))).unwrap();
    let (eight, ten) = (format!("{low:08}"), format!("{low:010}"));
    let ours = |text: &str, child: i64| Card::new(number(text), ChildId(child), true);
    let mut register = after(&of(&[("张三", "453841"), ("李四", "0004835001")], &Register::default()), Register::default());
    assert!(register.card(&number("453841")).unwrap().own, "six digits with their check digit are ours");
    register.put_card(ours(&eight, 2));
    for (card, want) in [
        ("27706", Reason::CardShort),
        ("453842", Reason::CardTooClose(number("453841"))),
        ("54384", Reason::CardShort),
        ("4538411", Reason::CardTooClose(number("453841"))),
        ("458341", Reason::CardTooClose(number("453841"))),
        ("00453841", Reason::CardTooClose(number("453841"))),
        (ten.as_str(), Reason::CardSharesFace(number(&eight))),
    ] {
        let plan = of(&[("王五", card)], &register);
        assert_eq!(refusals(&plan), [(2, 3, want)], "{card}");
        assert!(plan.drafts.is_empty() && said(&plan).contains("C2"), "{}", said(&plan));
    }
    for card in ["0004835002", "453841999", "9990"] {
        assert_eq!(of(&[("王五", card)], &register).added, ["王五"], "{card}");
    }
    // The same among the rows of one file: the school's card gives way.
    let plan = of(&[("张三", "453842"), ("李四", "453841"), ("王五", "27706")], &Register::default());
    assert_eq!(refusals(&plan), [(2, 3, Reason::CardTooClose(number("453841"))), (4, 3, Reason::CardShort)]);
    assert_eq!(plan.added, ["李四"]);
    // And one of ours that comes by file where a school's card is on file already.
    let mut schools = Register::default();
    schools.put_card(Card::new(number("453842"), ChildId(7), false));
    assert_eq!(refusals(&of(&[("李四", "453841")], &schools)), [(2, 3, Reason::CardTooClose(number("453842")))]);
    // What is on file already is no news, however it came there; nor is a card that its child does not get.
    schools.put_card(Card::new(number("453841"), ChildId(8), true));
    register.put_card(Card::new(number("453842"), ChildId(1), false));
    let plan = of(&[("张三", "453842"), ("李四", "453840")], &register);
    assert!(plan.drafts.is_empty() && plan.refused.is_empty(), "{}", said(&plan));
}

/// Numbers of ours are only ever themselves: two of eight digits, which a reader could give for one chip, both come back.
#[test]
fn numbers_of_ours_are_not_held_against_one_another() {
    let head = "姓名,班级,卡号,本系统制卡,家长姓名,家长电话\n";
    let facility = |n: u32| format!("{:03}{:05}", n >> 16, n & 0xffff);
    let n = (7_302_000_u32..7_400_000).find(|n| checks(&format!("{n:08}")) && checks(&facility(*n))).unwrap();
    let two = |ours: &str| format!("{head}张三,三1班,{n:08},{ours},甲,13800130000\n李四,三1班,{},{ours},乙,13800130001\n", facility(n));
    assert_eq!(lines(&two("是"), &Register::default(), &Answers::default()).added, ["张三", "李四"]);
    assert!(lines(&two("否"), &Register::default(), &Answers::default()).added.is_empty(), "two of a school's are one chip");
}

#[test]
fn one_card_of_one_import_does_not_go_to_two_people() {
    let dir = tempfile::tempdir().unwrap();
    let head = "教职工姓名,岗位,卡号";
    let staff = file(&dir, "staff.csv", format!("{head}\n林静,教师,0009990001\n赵敏,教师,0009990001\n何芳,教师,0004835001\n周宁,教师,0009990002\n"));
    // The same with the second and the third card as another reader gives them.
    let hex = |n: u32| format!("{n:08X}");
    let (two, three) = (hex(9_990_001), hex(4_835_001));
    let spelt = file(&dir, "spelt.csv", format!("{head}\n林静,教师,0009990001\n赵敏,教师,{two}\n何芳,教师,{three}\n周宁,教师,0009990002\n"));
    let children = file(&dir, "children.csv", roster(&[("张三", "0004835001")]));
    for files in [[&staff, &children], [&children, &staff], [&spelt, &children], [&children, &spelt]] {
        let plan = delivered(&files.map(PathBuf::as_path), &Register::default(), &Answers::default()).unwrap();
        let refused: Vec<(usize, &Reason)> = plan.refused.iter().map(|r| (r.place.row, &r.reason)).collect();
        assert_eq!(refused, [(3, &Reason::CardInUse), (4, &Reason::CardInUse)], "{}", said(&plan));
        assert_eq!((plan.staff.len(), plan.added.len()), (2, 1), "{}", said(&plan));
    }
}

/// Nor does a card on file go to somebody of a later import, child or staff, in whatever spelling.
#[test]
fn a_card_on_file_does_not_go_to_staff_nor_a_staff_card_to_a_child() {
    let mut register = after(&of(&[("张三", "0004835001")], &Register::default()), Register::default());
    register.put_staff(Staff { card: Some(number("0009990001")), ..Staff::new(StaffId(3), "林静", Role::Duty) });
    for card in ["0004835001", "0049C6B9", "0009990001", "00986F71"] {
        let plan = lines(&format!("教职工姓名,岗位,卡号\n赵敏,教师,{card}\n"), &register, &Answers::default());
        assert!(plan.staff.is_empty() && matches!(plan.refused[..], [Refused { reason: Reason::CardInUse, .. }]), "{card}: {}", said(&plan));
    }
    for card in ["0009990001", "00986F71"] {
        assert_eq!(refusals(&of(&[("李四", card)], &register)), [(2, 3, Reason::CardInUse)], "{card}");
    }
    // The same person with the same card as another reader gives it is the same person.
    let again = lines("教职工姓名,岗位,卡号\n林静,教师,00986F71\n", &register, &Answers::default());
    assert!(again.drafts.is_empty() && again.refused.is_empty(), "{}", said(&again));
}
