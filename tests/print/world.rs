//! The room that the tests print.

use caredesk::domain::card::CardNumber;
use caredesk::domain::custody::Card;
use caredesk::domain::people::{Child, ChildId, Collector, CollectorId, Consent, HouseholdId, Right};
use caredesk::domain::register::Register;
use caredesk::domain::settings::Settings;
use caredesk::domain::time::{Moment, Weekdays};

/// Monday, 2026-09-07 17:40.
pub fn now() -> Moment {
    let day = chrono::NaiveDate::from_ymd_opt(2026, 9, 7).unwrap();
    Moment::from_local(day.and_hms_opt(17, 40, 0).unwrap(), 480)
}

pub fn settings() -> Settings {
    let text = |s: &str| s.to_owned();
    Settings { school: text("向阳小学"), room: text("体艺馆一楼"), complaint_phone: text("0571-8000 0000"), ..Settings::default() }
}

pub fn child(id: i64, name: &str, grade: u8, class: Option<u8>) -> Child {
    Child { class_no: class, seat: u32::try_from(id).unwrap(), ..Child::new(ChildId(id), name, grade, HouseholdId(id)) }
}

pub fn collector(id: i64, child: i64, rank: u8, name: &str, relation: &str, phone: &str, right: Right) -> Collector {
    let listed = Collector::new(CollectorId(id), ChildId(child), rank, name, relation, right);
    Collector { phone: (!phone.is_empty()).then(|| phone.to_owned()), ..listed }
}

/// Five children in every shape that a roster can say: siblings, days, consent, health, notes, somebody barred, one who does
/// not take part, many collectors, a school's own card.
pub fn register() -> Register {
    let mut register = Register::default();
    let mut first = child(1, "陈一诺", 4, Some(1));
    first.student_no = Some("2023040101".to_owned());
    first.consent = Consent::Given;
    let mut sibling = child(2, "陈一鸣", 1, Some(12));
    sibling.weekdays = Some(Weekdays(0b1_0101));
    sibling.health = Some("花生过敏".to_owned());
    let mut third = child(3, "欧阳小满", 2, None);
    third.consent = Consent::Missing;
    third.own_school = Some("文二小学".to_owned());
    third.calm = Some("先喝水".to_owned());
    third.snack = Some("苹果".to_owned());
    third.note = Some("+ 晚饭前回家；\"慢\"，逗号".to_owned());
    let mut fourth = child(4, "Anna-Maria Li", 6, Some(3));
    fourth.enrolled = false;
    fourth.self_leave = true;
    fourth.letter = Some("协议 17 号".to_owned());
    let fifth = child(5, "=王子涵", 3, Some(2));
    for (one, household) in [first, sibling, third, fourth, fifth].into_iter().zip([1, 1, 2, 3, 4]) {
        register.put_child(Child { household: HouseholdId(household), ..one });
    }
    let standing = Right::Standing;
    let people = [
        (1, 1, "林静", "母亲", "13900000001", standing),
        (1, 2, "陈涛", "父亲", "13900000002", standing),
        (2, 1, "林静", "母亲", "13900000001", standing),
        (2, 2, "", "奶奶", "13900000003", standing),
        (3, 1, "周敏", "母亲", "13900000004", standing),
        (3, 2, "赵强", "父亲", "13900000005", Right::Barred),
        (3, 3, "赵三", "", "", Right::Barred),
        (4, 1, "Mary Li", "监护人", "13900000006", standing),
        (5, 1, "李一", "母亲", "13900000007", standing),
        (5, 2, "李二", "姑姑", "13900000008", standing),
        (5, 3, "李三", "外婆", "", standing),
        (5, 4, "李四", "外公", "13900000010", standing),
        (5, 5, "李五", "姨妈", "13900000011", standing),
        (5, 6, "@李六", "邻居", "", standing),
    ];
    for (id, (of, rank, name, relation, phone, right)) in (1..).zip(people) {
        register.put_collector(collector(id, of, rank, name, relation, phone, right));
    }
    for (of, number, own) in [(1, "453841", true), (2, "693691", true), (3, "0040856635", false), (5, "45384121", true)] {
        register.put_card(Card::new(CardNumber::new(number), ChildId(of), own));
    }
    register
}
