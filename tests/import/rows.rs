//! Single rows: what is refused at which cell, who is who, what changes.

use caredesk::domain::custody::Custody;
use caredesk::domain::people::{Collector, Right};
use caredesk::domain::register::Register;
use caredesk::domain::time::Moment;
use caredesk::import::roster::{Reason, Refused, Remark};
use caredesk::import::{Answers, Plan};

use crate::support::{after, delivered, file, imported, lines, planned, refusals, said};

/// A roster of one row under the usual headings.
fn row(cells: &str) -> Plan {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("one.csv");
    std::fs::write(&file, format!("姓名,年级,班级,卡号,监护人1姓名,监护人1关系,监护人1电话,课后服务星期\n{cells}\n")).unwrap();
    planned(&file, &Register::default())
}

#[test]
fn bad_rows_are_refused_with_their_place() {
    for (cells, column, fits) in [
        ("张三,七年级,1班,0004835004,李四,母亲,13800130000,一", 2, "grade"),
        ("张三,三年级,1班,0004835004,李四,母亲,,一", 7, "adult"),
        ("张三,三年级,1班,0004835004,李四,母亲,电话没有,一", 7, "phone"),
        ("张三,三年级,1班,4.835E+06,李四,母亲,13800130000,一", 4, "zeros"),
        ("张三,三年级,1班,0004835004,李四,母亲,13800130000,每月", 8, "days"),
        (",三年级,1班,0004835004,李四,母亲,13800130000,一", 1, "name"),
        ("张\u{202e}三,三年级,1班,0004835004,李四,母亲,13800130000,一", 1, "hostile"),
        ("张\u{1b}[31m,三年级,1班,0004835004,李四,母亲,13800130000,一", 1, "hostile"),
        ("\u{200b}\u{200b},三年级,1班,0004835004,李四,母亲,13800130000,一", 1, "hostile"),
    ] {
        let plan = row(cells);
        assert!(plan.added.is_empty() && plan.drafts.is_empty(), "{cells}");
        let [refused] = &plan.refused[..] else { panic!("{cells}: {:?}", plan.refused) };
        assert_eq!((refused.place.row, refused.column), (2, column), "{fits}: {:?}", refused.reason);
    }
    assert_eq!(row("张　三,３,３（１）班,0004835004,李 四,母亲,138-0013-0000,周一、周三").added, ["张三"]);
}

#[test]
fn namesakes_are_told_apart_by_a_phone_and_by_nothing_less() {
    let dir = tempfile::tempdir().unwrap();
    let roster = |name: &str, rows: &str| {
        let file = dir.path().join(name);
        std::fs::write(&file, format!("姓名,班级,学号,家长姓名,家长电话\n{rows}\n")).unwrap();
        file
    };
    let both = roster("both.csv", "张三,三年级1班,,李四,13800130000\n张三,三年级1班,,王五,13800130001");
    let register = after(&planned(&both, &Register::default()), Register::default());
    assert_eq!(register.children().count(), 2);
    assert!(planned(&both, &register).drafts.is_empty(), "the same file again adds nobody");
    // Another name at a number that is known is the same family; a number that is not known could be either.
    let plan = planned(&roster("again.csv", "张三,三年级1班,,李四,13800130009"), &register);
    assert_eq!(plan.refused.iter().map(|r| (r.place.row, &r.reason)).collect::<Vec<_>>(), [(2, &Reason::SeveralNamesakes)]);
    // A number learnt later belongs to the one whose family can be reached there.
    let plan = planned(&roster("numbered.csv", "张三,三年级1班,S2,王五,13800130001"), &register);
    assert_eq!((plan.added.len(), plan.changed.len()), (0, 1));
    // A number and a family of its own: a third child.
    let plan = planned(&roster("third.csv", "张三,三年级1班,S3,赵六,13800130002"), &register);
    assert_eq!((plan.added.len(), plan.changed.len()), (1, 0));
}

#[test]
fn what_is_lossy_is_refused_at_its_cell() {
    let head = "姓名,班级,学号,家长姓名,家长电话,卡号\n";
    let text = |t: &str| t.to_owned();
    for (row, column, reason) in [
        ("曾?,三1班,1,曾大,13800130000,0004835001", 1, Reason::DamagedName),
        ("曾\u{fffd}小,三1班,1,曾大,13800130000,0004835001", 1, Reason::DamagedName),
        ("曾\u{e000}小,三1班,1,曾大,13800130000,0004835001", 1, Reason::DamagedName),
        ("王\u{2f29}明,三1班,1,王大,13800130000,0004835001", 1, Reason::DamagedName),
        ("曾小,三1班,1,曾?,13800130000,0004835001", 4, Reason::DamagedName),
        ("曾小,三1班,2.02410E+08,曾大,13800130000,0004835001", 3, Reason::NumberLostDigits),
        ("曾小,三1班,1,曾大,1.38E+10,0004835001", 5, Reason::BadPhone(text("1.38E+10"))),
        ("曾小,三1班,1,曾大,13800130000,4.83E+06", 6, Reason::NumberLostDigits),
        ("曾小,三1班,1,曾大,13800130000,42", 6, Reason::CardLostZeros(None)),
        ("曾小,三1班,1,曾大,13800130000,没有卡", 6, Reason::BadCard(text("没有卡"))),
        ("曾小,初一1班,1,曾大,13800130000,0004835001", 2, Reason::UnknownGrade(text("初一1班"))),
        ("曾小,2024级1班,1,曾大,13800130000,0004835001", 2, Reason::UnknownGrade(text("2024级1班"))),
    ] {
        let plan = lines(&format!("{head}{row}\n"), &Register::default(), &Answers::default());
        assert_eq!(refusals(&plan), [(2, column, reason)], "{row}");
    }
    // One card shorter than the others, where zeros matter, is asked about; an answer fills it.
    let short = format!("{head}张三,三1班,1,张大,13800130000,0004835001\n李四,三1班,2,李大,13800130001,4835002\n");
    let plan = lines(&short, &Register::default(), &Answers::default());
    assert_eq!(refusals(&plan), [(3, 6, Reason::CardLostZeros(Some(10)))]);
    let plan = lines(&short, &Register::default(), &Answers { card_digits: Some(10), ..Answers::default() });
    let register = after(&plan, Register::default());
    assert_eq!(register.cards().map(|c| c.number.to_string()).collect::<Vec<_>>(), ["0004835001", "0004835002"]);
}

#[test]
fn grades_that_contradict_each_other_and_words_that_are_neither_yes_nor_no() {
    let head = "姓名,年级,班级,是否参加课后服务,自行离校承诺书,家长姓名,家长电话\n";
    let refused = |row: &str| refusals(&lines(&format!("{head}{row}\n"), &Register::default(), &Answers::default()));
    assert_eq!(refused("张三,三年级,四(1)班,是,,张大,13800130000"), [(2, 3, Reason::GradesDiffer(3, 4))]);
    assert_eq!(refused("张三,三年级,1班,待定,,张大,13800130000"), [(2, 4, Reason::BadYesNo("待定".to_owned()))]);
    assert_eq!(refused("张三,三年级,1班,是,有,张大,13800130000"), [(2, 5, Reason::LetterUnnamed)]);
    assert_eq!(refused("张三,二年级,1班,是,2026-09-01,张大,13800130000"), [(2, 5, Reason::TooYoungToLeave)]);
    let plan = lines(&format!("{head}张三,三年级,1班,√,2026年9月1日,张大,13800130000\n"), &Register::default(), &Answers::default());
    let child = after(&plan, Register::default()).children().next().cloned().unwrap();
    assert_eq!((child.self_leave, child.letter.as_deref(), child.enrolled), (true, Some("2026-09-01"), true));
}

#[test]
fn rows_that_stand_twice() {
    let head = "姓名,班级,学号,家长姓名,家长电话,备注\n";
    let twice = |second: &str| lines(&format!("{head}张三,三1班,7,张大,13800130000,\n{second}\n"), &Register::default(), &Answers::default());
    let same = twice("张 三,三年级1班,7,张大,138-0013-0000,");
    assert_eq!((same.added.len(), same.refused.len(), same.left_out.len()), (1, 0, 1));
    for other in ["张三,三1班,7,张大,13800130001,", "张三,三1班,,张大,13800130000,转入", "李四,三1班,7,张大,13800130000,"] {
        let plan = twice(other);
        let both: Vec<_> = plan.refused.iter().map(|r| (r.place.row, r.column)).collect();
        assert_eq!((both, plan.added.len()), (vec![(2, 1), (3, 1)], 0), "{other}");
        assert!(said(&plan).contains("第 2 行") && said(&plan).contains("与list.csv 第 3 行是同一个孩子"), "{}", said(&plan));
    }
    // Two files that add to each other are one child; two that contradict each other are refused.
    let dir = tempfile::tempdir().unwrap();
    let list = file(&dir, "list.csv", format!("{head}张三,三1班,7,张大,13800130000,\n"));
    let cards = file(&dir, "cards.csv", "姓名,班级,学号,卡号\n张三,三1班,7,0004835001\n");
    let plan = delivered(&[&list, &cards], &Register::default(), &Answers::default()).unwrap();
    let register = after(&plan, Register::default());
    assert_eq!((register.children().count(), register.cards().count(), register.all_collectors().count()), (1, 1, 1), "{}", said(&plan));
    let wrong = file(&dir, "wrong.csv", "姓名,班级,学号,家长姓名,家长电话\n张三,三2班,7,张大,13800130000\n");
    let plan = delivered(&[&list, &wrong], &Register::default(), &Answers::default()).unwrap();
    assert!(said(&plan).contains("! list.csv 第 2 行第 1 列（A2）：与wrong.csv 第 2 行是同一个孩子，内容不同"), "{}", said(&plan));
}

#[test]
fn a_new_school_year_finds_its_children_again() {
    let head = "姓名,班级,家长姓名,家长电话\n";
    let first = lines(&format!("{head}张三,三1班,张大,13800130000\n李四,三1班,李大,13800130001\n"), &Register::default(), &Answers::default());
    let register = after(&first, Register::default());
    let plan = lines(&format!("{head}张三,四2班,张大,13800130000\n李四,四2班,李大,13800130001\n"), &register, &Answers::default());
    assert_eq!((plan.added.len(), plan.changed.len()), (0, 2), "{}", said(&plan));
    assert!(said(&plan).contains("~ 张三 3(1)班：班级 3(1)班 → 4(2)班\n"), "{}", said(&plan));
}

#[test]
fn a_number_or_card_of_somebody_else_is_refused() {
    let head = "姓名,班级,学号,家长姓名,家长电话,卡号\n";
    let first = lines(&format!("{head}张三,三1班,7,张大,13800130000,0004835001\n"), &Register::default(), &Answers::default());
    let register = after(&first, Register::default());
    let plan = lines(&format!("{head}李四,四1班,7,李大,13800130009,\n"), &register, &Answers::default());
    assert_eq!(refusals(&plan), [(2, 3, Reason::NumberInUse("张三".to_owned()))]);
    let plan = lines(&format!("{head}李四,四1班,8,李大,13800130009,0004835001\n"), &register, &Answers::default());
    assert_eq!(refusals(&plan), [(2, 6, Reason::CardInUse)]);
    // A name corrected under its number, in a family that is reached, is a correction.
    let plan = lines(&format!("{head}张叁,三1班,7,张大,13800130000,\n"), &register, &Answers::default());
    assert!(said(&plan).contains("~ 张三 3(1)班：姓名 张三 → 张叁\n"), "{}", said(&plan));
}

#[test]
fn nothing_more_is_kept_than_the_register_needs() {
    let head = "姓名,性别,民族,班级,学籍号,身份证号,出生日期,家庭住址,家长姓名,家长电话\n";
    let row = "张三,男,汉族,三1班,G990000201806300021,990000201806300021,2018-06-30,示范路1号,张大,13800130000\n";
    let plan = lines(&format!("{head}{row}"), &Register::default(), &Answers::default());
    let kept = serde_json::to_string(&plan.drafts.iter().map(|d| &d.fact).collect::<Vec<_>>()).unwrap();
    for word in ["990000201806300021", "2018", "汉族", "示范路", "男"] {
        assert!(!kept.contains(word), "{word} in {kept}");
    }
    // They tell namesakes apart all the same.
    let two = format!("{head}{row}张三,男,汉族,三1班,,990000201807010048,2018-07-01,示范路2号,张大,13800130000\n");
    assert_eq!(lines(&two, &Register::default(), &Answers::default()).added.len(), 2);
}

#[test]
fn a_bar_is_never_lifted_by_a_list() {
    let head = "姓名,班级,家长姓名,家长电话,不得接送人\n";
    let first = lines(&format!("{head}张三,三1班,张大,13800130000,王五\n"), &Register::default(), &Answers::default());
    let register = after(&first, Register::default());
    let plan = lines("姓名,班级,家长姓名,家长电话,家长姓名,家长电话\n张三,三1班,张大,13800130000,王五,13800130005\n", &register, &Answers::default());
    assert!(said(&plan).contains("~ 张三 3(1)班：电话（王五） （无） → 13800130005\n"), "{}", said(&plan));
    let register = after(&plan, register);
    assert!(register.all_collectors().any(|c| c.name == "王五" && c.right == caredesk::domain::people::Right::Barred));
}

#[test]
fn staff_come_without_a_pin_and_only_once() {
    let text = "2026年度教职工名册,,,,\n教职工姓名,工号,卡号,职务,在编/临聘\n陈老师,001,0009990001,带班,在编\n林老师,002,,,临聘\n合计：2人,,,,\n";
    let plan = lines(text, &Register::default(), &Answers::default());
    assert_eq!((plan.staff.clone(), plan.refused.len()), (vec!["陈老师".to_owned(), "林老师".to_owned()], 0), "{}", said(&plan));
    let register = after(&plan, Register::default());
    let one = register.staff().next().unwrap();
    assert_eq!((one.pin.as_ref(), one.role, one.kind.as_deref()), (None, caredesk::domain::people::Role::Duty, Some("带班")));
    assert_eq!(one.employment, Some(caredesk::domain::staff::Employment::Permanent));
    assert!(lines(text, &register, &Answers::default()).drafts.is_empty());
    let plan = lines("教职工姓名,工号,卡号,在编/临聘\n陈老师,001,0009990002,在编\n", &register, &Answers::default());
    assert_eq!(refusals(&plan), [(2, 0, Reason::StaffTwice)]);
    let plan = lines("教职工姓名,工号,卡号,在编/临聘\n王老师,003,,也许\n", &register, &Answers::default());
    assert_eq!(refusals(&plan), [(2, 4, Reason::BadEmployment("也许".to_owned()))]);
}

#[test]
fn the_cells_of_an_export_are_refused_when_they_are_wrong_and_leave_what_is_there_when_they_are_empty() {
    let head =
        "姓名,班级,学号,监护人1姓名,监护人1电话,监护人1有效期,监护人1特征,监护人1未成年,学期托管,固定早走,来宾日期,退出日期,结伴,是否参加课后服务\n";
    let one = |cells: &str| format!("{head}张三,三1班,7,张大,13800130000,{cells}\n李四,三1班,8,李大,13800130001,,,,,,,,,\n");
    let text = |t: &str| t.to_owned();
    for (cells, column, reason) in [
        ("长期,,,,,,,,", 6, Reason::BadSpan(text("长期"))),
        ("2027-01-20至2026-09-01,,,,,,,,", 6, Reason::BadSpan(text("2027-01-20至2026-09-01"))),
        (",,也许,,,,,,", 8, Reason::BadYesNo(text("也许"))),
        (",,,一三五 已签,,,,,", 9, Reason::BadTerm(text("一三五 已签"))),
        (",,,,周二钢琴,,,,", 10, Reason::BadEarly(text("周二钢琴"))),
        (",,,,,下周,,,", 11, Reason::BadDate(text("下周"))),
        (",,,,,,2026-02-30,,", 12, Reason::BadDate(text("2026-02-30"))),
        (",,,,,,2026-09-01,,是", 12, Reason::WithdrawnYetHere),
        (",,,,,,,王五,", 13, Reason::NoSuchBuddy(text("王五"))),
        (",,,,,,,张三,", 13, Reason::NoSuchBuddy(text("张三"))),
    ] {
        let plan = lines(&one(cells), &Register::default(), &Answers::default());
        assert_eq!(refusals(&plan), [(2, column, reason)], "{cells}");
    }
    let full = one("2026-09-01起,戴眼镜,否,2026秋：一三五，已签,周二 17:10 钢琴,,,李四 三(1)班,是");
    let register = after(&lines(&full, &Register::default(), &Answers::default()), Register::default());
    let child = |r: &Register| r.children().find(|c| c.name == "张三").cloned().unwrap();
    let known = child(&register);
    let buddy = register.child(known.buddy.unwrap()).unwrap();
    assert_eq!((buddy.name.as_str(), known.terms.len(), known.early.len()), ("李四", 1, 1));
    assert!(lines(&one(",,,,,,,,"), &register, &Answers::default()).drafts.is_empty(), "what is empty leaves what is there");
    let plan = lines(&one("至2027-01-20,,是,2026秋：签字 张大；2027春：未签,周二 16:00,,2026-10-01,8,"), &register, &Answers::default());
    for part in [
        "学期托管 2026秋：周一、周三、周五，已签 → 2026秋：周一、周三、周五，已签，签字 张大；2027春：每个托管日，未签",
        "固定早走 周二 17:10 钢琴 → 周二 16:00",
        "退出日期 （无） → 2026-10-01",
        "有效期（监护人张大） 2026-09-01起 → 至2027-01-20",
        "未成年（监护人张大） 否 → 是",
    ] {
        assert!(said(&plan).contains(part), "{part} in {}", said(&plan));
    }
    let now = child(&after(&plan, register.clone()));
    assert_eq!((now.enrolled, now.withdrawn_on, now.buddy), (false, "2026-10-01".parse().ok(), None), "who has left is nobody's buddy");
}

#[test]
fn a_pair_is_named_in_any_of_its_forms_and_never_guessed() {
    let head = "姓名,班级,学号,卡号,家长姓名,家长电话,结伴\n";
    let rows = "李四,三1班,8,0004835008,李大,13800130001,\n王五,四2班,,,王大,13800130002,\n王五,四3班,,,王二,13800130003,\n";
    let plan = |buddy: &str| lines(&format!("{head}张三,三1班,7,,张大,13800130000,{buddy}\n{rows}"), &Register::default(), &Answers::default());
    for (buddy, number) in [
        ("8", 1),
        ("0004835008", 1),
        ("4835008", 1),
        ("李四", 1),
        ("李四 8", 1),
        ("李四 三年级", 1),
        ("王五 四(2)班", 2),
        ("王五 4.3", 3),
        ("王五 13800130003", 3),
    ] {
        let plan = plan(buddy);
        let register = after(&plan, Register::default());
        let of = register.children().find(|c| c.name == "张三").and_then(|c| c.buddy).and_then(|id| register.child(id)).map(|c| c.seat);
        assert_eq!(of, Some(number + 1), "{buddy}: {}", said(&plan));
    }
    assert_eq!(refusals(&plan("王五")), [(2, 7, Reason::SeveralBuddies("王五".to_owned()))]);
    assert_eq!(refusals(&plan("王五 四(4)班")), [(2, 7, Reason::NoSuchBuddy("王五 四(4)班".to_owned()))]);
    // The row of the buddy is refused: the child comes, and people are told.
    let plan = lines(&format!("{head}张三,三1班,7,,张大,13800130000,李四\n李四,三1班,8,,,,\n"), &Register::default(), &Answers::default());
    assert_eq!((plan.added.len(), plan.refused.len()), (1, 1));
    assert!(said(&plan).contains("? list.csv 第 2 行第 7 列（G2）：结伴的孩子那一行未导入"), "{}", said(&plan));
    // On the register already, and not in the file.
    let register = after(&lines(&format!("{head}李四,三1班,8,,李大,13800130001,\n"), &Register::default(), &Answers::default()), Register::default());
    let plan = lines(&format!("{head}张三,三1班,7,,张大,13800130000,李四\n"), &register, &Answers::default());
    let register = after(&plan, register);
    assert!(register.children().any(|c| c.name == "张三" && c.buddy.is_some()));
}

#[test]
fn a_list_neither_shortens_a_bar_nor_bars_who_shares_the_number() {
    let head = "姓名,班级,家长姓名,家长电话,家长姓名,家长电话,监护人2关系,监护人2有效期,监护人2不得接送,不得接送人\n";
    let first = lines(&format!("{head}张三,三1班,张大,13800130000,王五,13800130005,,,,王五\n"), &Register::default(), &Answers::default());
    let register = after(&first, Register::default());
    let plan = lines(&format!("{head}张三,三1班,张大,13800130000,王五,13800130005,,至2020-01-01,,\n"), &register, &Answers::default());
    assert!(plan.drafts.is_empty(), "{}", said(&plan));
    let plan = lines(&format!("{head}张三,三1班,张大,13800130000,,13800130000,舅舅,,是,\n"), &register, &Answers::default());
    let register = after(&plan, register);
    let barred = |name: &str| register.all_collectors().find(|c| c.name == name).map(|c| c.right == caredesk::domain::people::Right::Barred);
    assert_eq!((barred("张大"), barred(""), barred("王五")), (Some(false), Some(true), Some(true)), "{}", said(&plan));
}

#[test]
fn whom_the_desk_barred_or_ended_the_same_roster_does_not_bring_back() {
    let text = "姓名,班级,学号,父亲电话,监护人1姓名,监护人1关系,监护人1电话\n张三,三1班,7,13800130000,王姨,保姆,13800130001\n";
    let mut register = after(&lines(text, &Register::default(), &Answers::default()), Register::default());
    let who = |register: &Register, phone: &str| register.all_collectors().find(|c| c.phone.as_deref() == Some(phone)).unwrap().clone();
    // The leader completes the father's name and bars him, and ends the nanny.
    let (father, nanny) = (who(&register, "13800130000"), who(&register, "13800130001"));
    register.put_collector(Collector { name: "张伟".into(), right: Right::Barred, ..father });
    register.put_collector(Collector { right: Right::Ended, ..nanny });
    let again = lines(text, &register, &Answers::default());
    assert!(again.drafts.is_empty(), "{}", said(&again));
    assert_eq!(again.unchanged, 1);
    // Another person at another number is a new one.
    let other = lines(&text.replace("王姨,保姆,13800130001", "李姨,保姆,13800130009"), &register, &Answers::default());
    assert_eq!(after(&other, register).all_collectors().filter(|c| c.right == Right::Standing).count(), 1);
}

/// An ended record answers for the person, in whatever words the file tells of them and whatever the desk set right before.
#[test]
fn whom_the_desk_ended_no_form_of_the_roster_brings_back() {
    type Set = fn(&mut Collector);
    let named = "姓名,班级,家长1姓名,家长1电话,家长2姓名,家长2电话\n张三,三1班,周强,13900000044,王芳,13900000045\n";
    let related = "姓名,班级,父亲姓名,父亲电话,母亲姓名,母亲电话\n张三,三1班,周强,13900000044,王芳,13900000045\n";
    let nameless = "姓名,班级,监护人1关系,监护人1电话,母亲姓名,母亲电话\n张三,三1班,舅舅,13900000044,王芳,13900000045\n";
    let head = "姓名,班级,监护人1关系,监护人1电话,监护人2姓名,监护人2关系,监护人2电话\n";
    let alone = format!("{head}张三,三1班,爷爷,13900000044,,,\n");
    let house = format!("{head}张三,三1班,爷爷,13900000044,何秀英,奶奶,13900000044\n");
    let one_number = "姓名,班级,家长1姓名,家长1电话,家长2姓名,家长2电话\n张三,三1班,周强,13900000044,王芳,13900000044\n";
    let nothing: Set = |_| ();
    let number: Set = |c| c.phone = Some("13900000099".to_owned());
    let no_number: Set = |c| c.phone = None;
    let name: Set = |c| c.name = "李伟".to_owned();
    let relation: Set = |c| c.relation = "叔叔".to_owned();
    for (first, again, set) in [
        (named, named, &[nothing, number, no_number, relation][..]),
        (related, related, &[nothing, number, no_number, relation]),
        (named, related, &[nothing, number, relation]),
        (related, named, &[nothing, number, relation]),
        (nameless, nameless, &[nothing, name, relation]),
        (&house, &house, &[nothing, name]),
        (one_number, one_number, &[nothing, number, no_number, relation]),
    ] {
        for (n, set) in set.iter().enumerate() {
            let mut register = after(&lines(first, &Register::default(), &Answers::default()), Register::default());
            let mut ended = register.all_collectors().find(|c| c.phone.as_deref() == Some("13900000044")).unwrap().clone();
            set(&mut ended);
            ended.right = Right::Ended;
            register.put_collector(ended.clone());
            let plan = lines(again, &register, &Answers::default());
            let now = after(&plan, register.clone());
            assert_eq!(now.all_collectors().find(|c| c.id == ended.id), Some(&ended), "{first} {again} {n}");
            assert_eq!(now.all_collectors().count(), 2, "{first} {again} {n}: {}", said(&plan));
            assert!(said(&plan).contains("先前已取消"), "{first} {again} {n}: {}", said(&plan));
        }
    }
    // Somebody who is surely another comes, beside that one or instead, and at the same number.
    let register = after(&lines(named, &Register::default(), &Answers::default()), Register::default());
    let ended = register.all_collectors().find(|c| c.name == "周强").unwrap().clone();
    let mut register = register;
    register.put_collector(Collector { right: Right::Ended, ..ended });
    for (other, phone) in [("李伟", "13900000046"), ("李伟", "13900000044"), ("周强强", "13900000044")] {
        let beside = format!("姓名,班级,家长1姓名,家长1电话,家长2姓名,家长2电话\n张三,三1班,周强,13900000044,{other},{phone}\n");
        let plan = lines(&beside, &register, &Answers::default());
        let now = after(&plan, register.clone());
        assert!(now.all_collectors().any(|c| c.name == other && c.right == Right::Standing), "{other} {phone}: {}", said(&plan));
        assert!(!now.all_collectors().any(|c| c.name == "周强" && c.right == Right::Standing), "{other} {phone}: {}", said(&plan));
    }
    let register = after(&lines(&alone, &Register::default(), &Answers::default()), Register::default());
    let grandfather = register.all_collectors().next().unwrap().clone();
    let mut register = register;
    register.put_collector(Collector { right: Right::Ended, ..grandfather });
    let now = after(&lines(&house, &register, &Answers::default()), register);
    assert!(now.all_collectors().any(|c| c.relation == "奶奶" && c.right == Right::Standing));
}

/// As at the desk: not while the child is here; then its card is void and its buddy free again.
#[test]
fn a_roster_withdraws_a_child_as_the_desk_does() {
    let head = "姓名,班级,学号,卡号,家长姓名,家长电话,结伴,退出日期\n";
    let rows = "张三,三1班,7,0004835007,张大,13800130000,8,\n李四,三1班,8,0004835008,李大,13800130001,7,\n";
    let register = after(&lines(&format!("{head}{rows}"), &Register::default(), &Answers::default()), Register::default());
    let child = |r: &Register, name: &str| r.children().find(|c| c.name == name).cloned().unwrap();
    let zhang = child(&register, "张三").id;
    assert_eq!(child(&register, "李四").buddy, Some(zhang));
    let now = Moment { ms: 1_790_000_000_000, offset_min: 480 };
    let gone = format!("{head}张三,三1班,7,0004835007,张大,13800130000,,2026-10-01\n");
    let here = Answers { now: Some(now), here: vec![zhang], ..Answers::default() };
    let plan = lines(&gone, &register, &here);
    assert_eq!((refusals(&plan), plan.drafts.len()), (vec![(2, 1, Reason::StillHere)], 0));
    assert!(said(&plan).contains("先接走，再导入"), "{}", said(&plan));
    let left = Answers { here: Vec::new(), ..here };
    let plan = lines(&gone, &register, &left);
    let changed = after(&plan, register.clone());
    assert!(changed.live_card(zhang).is_none() && !child(&changed, "张三").enrolled, "{}", said(&plan));
    assert_eq!(child(&changed, "李四").buddy, None);
    assert!(lines(&gone, &changed, &left).drafts.is_empty(), "the same again changes nothing");
    // Nor does an empty register ask a number of somebody who has left.
    let plan = lines(&format!("{head}张三,三1班,7,,,,,2026-10-01\n"), &Register::default(), &left);
    assert_eq!((plan.added.len(), plan.refused.len()), (1, 0), "{}", said(&plan));
    let kept = after(&plan, Register::default());
    assert!(lines(&format!("{head}张三,三1班,7,,,,,2026-10-01\n"), &kept, &left).drafts.is_empty());
    // Who takes no part needs none either; who comes, or comes back, does.
    let takes_part = |word: &str, phone: &str| format!("姓名,班级,学号,是否托管,家长姓名,家长电话\n张三,三1班,7,{word},张大,{phone}\n");
    let apart = lines(&takes_part("否", ""), &Register::default(), &left);
    assert_eq!((apart.added.len(), apart.refused.len()), (1, 0), "{}", said(&apart));
    let apart = after(&apart, Register::default());
    assert_eq!(refusals(&lines(&takes_part("是", ""), &apart, &left)), [(2, 6, Reason::NoReachableAdult)]);
    assert_eq!(refusals(&lines(&takes_part("是", ""), &Register::default(), &left)), [(2, 6, Reason::NoReachableAdult)]);
    let back = after(&lines(&takes_part("是", "13800130000"), &apart, &left), apart);
    assert!(child(&back, "张三").enrolled);
    assert!(lines(&takes_part("是", ""), &back, &left).refused.is_empty(), "the register has a number");
}

/// A parent who works here is linked to the staff record of that name, in the same file or on the register; else it is said.
#[test]
fn children_of_staff_are_linked_to_the_staff_and_nobody_is_guessed() {
    let dir = tempfile::tempdir().unwrap();
    let staff = file(&dir, "staff.csv", "教职工姓名,岗位,在编/临聘\n林静,教师,在编\n赵敏,教师,临聘\n");
    let head = "姓名,班级,教职工,家长姓名,家长电话\n";
    let roster =
        file(&dir, "children.csv", format!("{head}张三,三1班,林静,林静,13800130000\n李四,三1班,,赵敏,13800130001\n王五,三1班,否,王大,13800130002\n"));
    let both = delivered(&[&roster, &staff], &Register::default(), &Answers::default()).unwrap();
    let together = after(&both, Register::default());
    let staff_first = after(&planned(&staff, &Register::default()), Register::default());
    let apart = after(&planned(&roster, &staff_first), staff_first);
    for register in [&together, &apart] {
        let links = |r: &Register| {
            let mut list: Vec<_> =
                r.all_collectors().map(|c| (c.name.clone(), c.staff.and_then(|s| r.staff_member(s)).map(|s| s.name.clone()))).collect();
            list.sort();
            list
        };
        assert_eq!(links(register), [("林静".to_owned(), Some("林静".to_owned())), ("王大".to_owned(), None), ("赵敏".to_owned(), None)]);
        assert!(planned(&roster, register).drafts.is_empty(), "the same again changes nothing");
        let table = caredesk::print::register::children(caredesk::texts::Lang::Zh, register, "");
        let at = table.keys.iter().position(|key| key == "guardian1_staff").unwrap();
        assert_eq!(table.rows.iter().map(|r| r[at].as_str()).collect::<Vec<_>>(), ["林静", "", ""]);
    }
    let alone = planned(&roster, &Register::default());
    assert_eq!((alone.added.len(), alone.remarks.len()), (3, 1));
    assert!(said(&alone).contains("林静 不在教职工名单里"), "{}", said(&alone));
}

/// Two rows that are one child of the register, each in its own way: neither is believed.
#[test]
fn two_rows_about_one_known_child_are_refused() {
    let head = "学号,姓名,班级,家长姓名,家长电话,是否托管,退出日期\n";
    let known = lines(&format!("{head}1,张三,三1班,张大,13800130000,是,\n"), &Register::default(), &Answers::default());
    let register = after(&known, Register::default());
    let plan = lines(&format!("{head}1,张三,三1班,张大,13800130000,是,\n,张三,三2班,张大,13800130000,是,\n"), &register, &Answers::default());
    assert!(plan.drafts.is_empty(), "{}", said(&plan));
    assert_eq!(plan.refused.iter().map(|r| r.place.row).collect::<Vec<_>>(), [2, 3], "{}", said(&plan));
    assert!(plan.refused.iter().all(|r| matches!(r.reason, Reason::ChildTwice(_))));
    // Nor two sheets of which one lets it come and the other lets it go.
    let dir = tempfile::tempdir().unwrap();
    let stays = file(&dir, "stays.csv", format!("{head}7,李四,三1班,李大,,是,\n"));
    let goes = file(&dir, "goes.csv", format!("{head}7,李四,三1班,李大,,,2026-09-01\n"));
    let plan = delivered(&[&stays, &goes], &register, &Answers::default()).unwrap();
    assert!(plan.drafts.is_empty() && matches!(plan.refused[..], [Refused { reason: Reason::WithdrawnYetHere, .. }]), "{}", said(&plan));
}

/// What a list of guardians says of a parent who has columns already is not lost.
#[test]
fn a_parent_who_stands_twice_is_told_of_in_both_places() {
    let dir = tempfile::tempdir().unwrap();
    let staff = after(&planned(&file(&dir, "staff.csv", "教职工姓名,岗位,在编/临聘\n林静,教师,在编\n"), &Register::default()), Register::default());
    let list =
        "姓名,班级,母亲姓名,母亲电话,监护人1姓名,监护人1电话,监护人1教职工,监护人1特征\n张三,三1班,林静,13800130000,林静,13800130000,是,短发\n";
    let plan = lines(list, &staff, &Answers::default());
    let people: Vec<Collector> = after(&plan, staff).all_collectors().cloned().collect();
    assert_eq!(people.len(), 1, "{}", said(&plan));
    assert!(people[0].staff.is_some() && people[0].looks.as_deref() == Some("短发"), "{:?}", people[0]);
}

/// A bare yes names nobody, and two collectors of one name are two people: nobody is marked, and it is said at its cell.
#[test]
fn who_of_the_family_works_here_is_asked_where_it_is_not_said() {
    let dir = tempfile::tempdir().unwrap();
    let staff = after(&planned(&file(&dir, "staff.csv", "教职工姓名,岗位,在编/临聘\n林静,教师,在编\n"), &Register::default()), Register::default());
    let unmarked = |plan: &Plan| after(plan, staff.clone()).all_collectors().all(|c| c.staff.is_none());
    for (head, cell, column) in
        [("教职工", "是", "C2"), ("教职工", "在编", "C2"), ("教职工", "临聘", "C2"), ("在编/临聘", "在编", "C2"), ("在编/临聘", "临聘", "C2")]
    {
        let plan = lines(&format!("姓名,班级,{head},家长姓名,家长电话\n张三,三1班,{cell},林静,13800130000\n"), &staff, &Answers::default());
        assert!(plan.added.len() == 1 && unmarked(&plan), "{head} {cell}");
        assert!(said(&plan).contains("没写是谁") && said(&plan).contains(column), "{head} {cell}: {}", said(&plan));
    }
    for (head, cell) in [("教职工", "否"), ("教职工", ""), ("在编/临聘", "")] {
        let plan = lines(&format!("姓名,班级,{head},家长姓名,家长电话\n张三,三1班,{cell},林静,13800130000\n"), &staff, &Answers::default());
        assert!(plan.remarks.is_empty() && unmarked(&plan), "{head} {cell}");
    }
    let twice = "姓名,班级,教职工,家长1姓名,家长1电话,家长2姓名,家长2电话\n张三,三1班,林静,林静,13800130000,林静,13800130001\n";
    let plan = lines(twice, &staff, &Answers::default());
    assert!(unmarked(&plan) && said(&plan).contains("林静 不在教职工名单里（或有同名）"), "{}", said(&plan));
    // A column of the collector's own says which of them, and under what name the staff knows the person.
    for cell in ["林静", "是"] {
        let own = format!(
            "姓名,班级,家长1姓名,家长1电话,家长1教职工,家长2姓名,家长2电话,家长2教职工\n张三,三1班,林静,13800130000,,林静,13800130001,{cell}\n"
        );
        let plan = lines(&own, &staff, &Answers::default());
        let marked: Vec<_> = after(&plan, staff.clone()).all_collectors().map(|c| (c.phone.clone(), c.staff.is_some())).collect();
        assert_eq!(marked, [(Some("13800130000".to_owned()), false), (Some("13800130001".to_owned()), true)], "{cell}: {}", said(&plan));
    }
}

/// What a bar knows of its person no roster makes less of: who is listed otherwise is refused, who is barred otherwise is barred as
/// well, and the same again changes nothing.
#[test]
fn a_roster_makes_no_bar_weaker() {
    let head = "姓名,班级,学号,家长姓名,家长电话,监护人2姓名,监护人2关系,监护人2电话,监护人2不得接送\n";
    let row = |name: &str, relation: &str, phone: &str, barred: bool| {
        let barred = if barred { "是" } else { "" };
        format!("{head}张三,三1班,7,张大,13800130000,{name},{relation},{phone},{barred}\n")
    };
    let register = after(&lines(&row("赵强", "父亲", "13900000011", true), &Register::default(), &Answers::default()), Register::default());
    let bars = |register: &Register| {
        let barred = register.all_collectors().filter(|c| c.right == Right::Barred);
        barred.map(|c| (c.name.clone(), c.relation.clone(), c.phone.clone().unwrap_or_default())).collect::<Vec<_>>()
    };
    let first = ("赵强".to_owned(), "父亲".to_owned(), "13900000011".to_owned());
    assert_eq!(bars(&register), std::slice::from_ref(&first));
    for (name, relation, phone) in [("赵强", "叔叔", "13900000099"), ("赵强", "父亲", "13900000099"), ("赵强", "叔叔", "13900000011")] {
        let listed = lines(&row(name, relation, phone, false), &register, &Answers::default());
        assert_eq!((listed.drafts.len(), listed.refused.len()), (0, 1), "{name} {relation} {phone}: {}", said(&listed));
        let barred = after(&lines(&row(name, relation, phone, true), &register, &Answers::default()), register.clone());
        let other = (name.to_owned(), relation.to_owned(), phone.to_owned());
        assert_eq!(bars(&barred), [first.clone(), other], "{name} {relation} {phone}");
        let again = lines(&row(name, relation, phone, true), &barred, &Answers::default());
        assert!(again.drafts.is_empty(), "{name} {relation} {phone}: {}", said(&again));
    }
    // The same, or less, changes nothing.
    for (relation, phone) in [("父亲", "13900000011"), ("", "13900000011"), ("父亲", "")] {
        for barred in [true, false] {
            let plan = lines(&row("赵强", relation, phone, barred), &register, &Answers::default());
            assert!(plan.drafts.is_empty() && plan.refused.is_empty(), "{relation} {phone} {barred}: {}", said(&plan));
        }
    }
    // What a bar does not say yet is filled in, by whichever list.
    for barred in [true, false] {
        let bare = after(&lines(&row("赵强", "", "", true), &Register::default(), &Answers::default()), Register::default());
        let plan = lines(&row("赵强", "父亲", "13900000011", barred), &bare, &Answers::default());
        assert_eq!(bars(&after(&plan, bare)), std::slice::from_ref(&first), "{}", said(&plan));
    }
    // Who stood on the list keeps the number that the desk knows, and is barred at the other as well.
    let standing = after(&lines(&row("赵强", "父亲", "13900000011", false), &Register::default(), &Answers::default()), Register::default());
    let barred = after(&lines(&row("赵强", "父亲", "13900000099", true), &standing, &Answers::default()), standing);
    assert_eq!(bars(&barred).iter().map(|(_, _, phone)| phone.as_str()).collect::<Vec<_>>(), ["13900000011", "13900000099"]);
}

/// A column that nobody understands may be left out, but not when a cell of it says who must not collect, or what a child must not eat.
#[test]
fn a_column_that_is_not_read_hides_no_bar_and_no_allergy() {
    let dir = tempfile::tempdir().unwrap();
    for (cell, stops) in [
        ("爸爸离婚后不能接", true),
        ("禁止外公接走", true),
        ("对海鲜过敏", true),
        ("牛奶、鸡蛋过敏", true),
        ("不能接触花生", false),
        ("无过敏史", false),
        ("没有过敏", false),
        ("晚到十分钟", false),
        ("", false),
    ] {
        let file = dir.path().join("one.csv");
        std::fs::write(&file, format!("姓名,班级,母亲姓名,母亲电话,特殊情况\n张三,三1班,李四,13800130000,{cell}\n")).unwrap();
        let read = crate::support::asked(&file, &Register::default(), &Answers::default());
        match read {
            Err((_, caredesk::import::ReadError::Heading { row: 1, column: 5, heading, .. })) => assert!(stops && heading == "特殊情况", "{cell}"),
            Ok(plan) => assert!(!stops && plan.added.len() == 1, "{cell}"),
            other => panic!("{cell}: {other:?}"),
        }
    }
}

#[test]
fn a_number_behind_each_parents_name_is_that_parents() {
    let dir = tempfile::tempdir().unwrap();
    for heading in ["父亲,联系方式,母亲,联系方式", "爸爸姓名,电话,妈妈姓名,电话", "父亲姓名,手机号,母亲姓名,手机号"]
    {
        let file = dir.path().join("one.csv");
        std::fs::write(&file, format!("姓名,班级,{heading}\n张三,三1班,张大,13800130001,李四,13800130002\n")).unwrap();
        let said = said(&planned(&file, &Register::default()));
        assert!(said.contains("母亲李四 13800130002、父亲张大 13800130001") && !said.contains("监护人"), "{heading}: {said}");
    }
}

/// A second record of a child is no way round a bar of the first: whoever is barred there is listed for no child of that name, in
/// whatever spelling; another child of the name with people of its own is one.
#[test]
fn a_row_that_is_taken_for_a_new_child_lists_nobody_who_is_barred_from_its_namesake() {
    let dir = tempfile::tempdir().unwrap();
    let roster = |name: &str, row: &str| {
        let file = dir.path().join(name);
        std::fs::write(&file, format!("姓名,班级,学号,家长姓名,家长关系,家长电话\n{row}\n")).unwrap();
        file
    };
    let first = planned(&roster("first.csv", "赵小满,二年级1班,S1,王芳,母亲,13800130001"), &Register::default());
    let mut register = after(&first, Register::default());
    let child = register.children().next().unwrap().id;
    let id = register.next_ids().collector();
    let bar = Collector::new(id, child, 5, "赵强", "父亲", Right::Barred);
    let fact = caredesk::domain::fact::Fact::CollectorSet { was: None, now: Box::new(bar) };
    register = after(&Plan { drafts: vec![fact.into()], ..Plan::default() }, register);
    for (row, refused) in [
        ("赵小满,三年级2班,S9,赵强,父亲,13800130077", true),
        ("趙小滿,三年级2班,S9,赵　強,父亲,13800130077", true),
        ("赵小满,三年级2班,S9,赵强,叔叔,13800130077", true),
        ("赵小满,三年级2班,S9,钱大明,父亲,13800130077", false),
        ("孙小满,三年级2班,S9,赵强,父亲,13800130077", false),
    ] {
        let plan = planned(&roster("second.csv", row), &register);
        let stopped = plan.refused.iter().any(|r| matches!(r.reason, Reason::ListsBarred(_)));
        assert_eq!((stopped, plan.added.len()), (refused, usize::from(!refused)), "{row}: {:?}", plan.refused);
    }
}

/// The same of a row that changes such a second record; of two records of one name the bar of either counts.
#[test]
fn a_row_about_a_second_record_lists_nobody_who_is_barred_from_the_first() {
    let text = "姓名,班级,学号,家长姓名,家长关系,家长电话\n赵小满,二年级1班,S1,王芳,母亲,13800130001\n赵小满,三年级2班,S9,林静,母亲,13800130071\n";
    let mut register = imported(text);
    let first = register.children().find(|c| c.student_no.as_deref() == Some("S1")).unwrap().id;
    let bar = Collector::new(register.next_ids().collector(), first, 5, "赵强", "父亲", Right::Barred);
    let fact = caredesk::domain::fact::Fact::CollectorSet { was: None, now: Box::new(bar) };
    register = after(&Plan { drafts: vec![fact.into()], ..Plan::default() }, register);
    for (who, refused) in [("赵强,父亲", true), ("趙強,朋友", true), ("钱大明,父亲", false), ("钱大明,舅舅", false)] {
        let text = format!("姓名,班级,学号,家长姓名,家长关系,家长电话\n赵小满,三年级2班,S9,{who},13800130077\n");
        let plan = lines(&text, &register, &Answers::default());
        let stopped = plan.refused.iter().any(|r| matches!(r.reason, Reason::ListsBarred(_)));
        assert_eq!(stopped, refused, "{who}: {}", said(&plan));
    }
}

/// A bar that a roster brings puts whom it leaves in doubt off today's list, and says so.
#[test]
fn a_bar_in_a_roster_ends_a_right_for_today_that_it_leaves_in_doubt() {
    let register = imported("姓名,班级,家长姓名,家长关系,家长电话\n赵小满,二年级1班,王芳,母亲,13800130001\n");
    let child = register.children().next().unwrap().id;
    let today = chrono::NaiveDate::from_ymd_opt(2026, 9, 7).unwrap();
    for (named, phone, ends) in [("周立", "13800130099", true), ("周立", "13800130098", false)] {
        let right = Right::OneDay { day: today, confirmed: true };
        let person = Collector { phone: Some(phone.into()), ..Collector::new(register.next_ids().collector(), child, 5, named, "朋友", right) };
        let fact = caredesk::domain::fact::Fact::CollectorSet { was: None, now: Box::new(person.clone()) };
        let register = after(&Plan { drafts: vec![fact.into()], ..Plan::default() }, register.clone());
        let text = "姓名,班级,家长姓名,家长关系,家长电话,不得接\n赵小满,二年级1班,王芳,母亲,13800130001,孙浩 舅舅 13800130099\n";
        let plan = lines(text, &register, &Answers::default());
        let ended = plan
            .drafts
            .iter()
            .any(|d| matches!(&d.fact, caredesk::domain::fact::Fact::CollectorSet { now, .. } if now.id == person.id && now.right == Right::Ended));
        let told = plan.remarks.iter().any(|r| matches!(r, Remark::NamedInDoubt { name, .. } if name == named));
        assert_eq!((ended, told), (ends, ends), "{phone}: {}", said(&plan));
    }
}

/// Whoever stays on the list with the number of somebody whom a roster bars is said, once, when the bar is new.
#[test]
fn who_has_the_number_of_somebody_barred_is_said() {
    let register = imported("姓名,班级,家长姓名,家长关系,家长电话\n赵小满,二年级1班,王芳,母亲,13800130001\n");
    for (bars, tells) in [("舅舅孙浩13800130001", true), ("舅舅孙浩13800130002", false), ("", false)] {
        let text = format!("姓名,班级,家长姓名,家长关系,家长电话,不得接\n赵小满,二年级1班,李梅,外婆,13800130005,{bars}\n");
        let plan = lines(&text, &register, &Answers::default());
        let told = |plan: &Plan| plan.remarks.iter().filter(|r| matches!(r, Remark::HasNumberOfBarred { name, .. } if name == "王芳")).count();
        assert_eq!(told(&plan), usize::from(tells), "{bars}: {}", said(&plan));
        let again = lines(&text, &after(&plan, register.clone()), &Answers::default());
        assert_eq!(told(&again), 0, "{bars}: {}", said(&again));
    }
}

/// Where families keep their cards, one that comes by file while its child is here has been with nobody yet.
#[test]
fn a_card_that_a_file_brings_while_its_child_is_here_is_astray() {
    let register = imported("姓名,班级,家长姓名,家长关系,家长电话\n赵小满,二年级1班,王芳,母亲,13800130001\n");
    let child = register.children().next().unwrap().id;
    for (families_keep_cards, here, want) in [(true, true, Custody::Astray), (true, false, Custody::Rack), (false, true, Custody::Rack)] {
        let here = if here { vec![child] } else { Vec::new() };
        let answers = Answers { families_keep_cards, here, ..Answers::default() };
        let plan = lines("姓名,班级,卡号\n赵小满,二年级1班,3104001122\n", &register, &answers);
        let set =
            plan.drafts.iter().find_map(|d| if let caredesk::domain::fact::Fact::CardSet { now, .. } = &d.fact { Some(now.custody) } else { None });
        assert_eq!(set, Some(want), "{}", said(&plan));
    }
}

/// A right for one day that has passed is no place on the list: whoever a roster names then is listed. Whose right the desk has ended is
/// named, and reaches nobody.
#[test]
fn a_right_that_is_over_keeps_nobody_off_the_list_unsaid() {
    let head = "姓名,班级,家长姓名,家长关系,家长电话\n";
    let register = imported(&format!("{head}赵小满,二年级1班,王芳,母亲,13800130001\n"));
    let child = register.children().next().unwrap().id;
    let day = |d| chrono::NaiveDate::from_ymd_opt(2026, 9, d).unwrap();
    let now = Moment::from_local(day(10).and_hms_opt(12, 0, 0).unwrap(), 480);
    for (right, listed, told) in [
        (Right::OneDay { day: day(7), confirmed: true }, true, false),
        (Right::OneDay { day: day(10), confirmed: true }, false, false),
        (Right::Ended, false, true),
    ] {
        let id = register.next_ids().collector();
        let granny = Collector { phone: Some("13800130009".into()), ..Collector::new(id, child, 5, "孙秀英", "奶奶", right) };
        let fact = caredesk::domain::fact::Fact::CollectorSet { was: None, now: Box::new(granny) };
        let register = after(&Plan { drafts: vec![fact.into()], ..Plan::default() }, register.clone());
        let answers = Answers { now: Some(now), ..Answers::default() };
        let plan = lines(&format!("{head}赵小满,二年级1班,孙秀英,奶奶,13800130009\n"), &register, &answers);
        let stands = after(&plan, register).collectors(child).any(|c| c.name == "孙秀英" && c.right == Right::Standing);
        let remark = plan.remarks.iter().any(|r| matches!(r, Remark::EndedBefore { name, .. } if name == "孙秀英"));
        assert_eq!((stands, remark), (listed, told), "{right:?}: {}", said(&plan));
    }
    // Nor does a number of whom the desk has ended reach anybody for a child that comes back.
    let was = register.child(child).unwrap().clone();
    let mother = register.collectors(child).next().unwrap().clone();
    let ended = Collector { right: Right::Ended, ..mother.clone() };
    let gone = caredesk::domain::people::Child { enrolled: false, ..was.clone() };
    let facts = [
        caredesk::domain::fact::Fact::CollectorSet { was: Some(Box::new(mother)), now: Box::new(ended) },
        caredesk::domain::fact::Fact::ChildSet { was: Some(Box::new(was)), now: Box::new(gone) },
    ];
    let register = after(&Plan { drafts: facts.map(Into::into).into(), ..Plan::default() }, register);
    let text = "姓名,班级,家长姓名,家长关系,家长电话,是否托管\n赵小满,二年级1班,王芳,母亲,13800130001,是\n";
    let plan = lines(text, &register, &Answers { now: Some(now), ..Answers::default() });
    assert!(plan.refused.iter().any(|r| matches!(r.reason, Reason::NoReachableAdult)), "{}", said(&plan));
}

/// A bar in a list is a bar, whatever bar stood there before: one that has run out is entered anew, one that begins later begins now, and none
/// becomes shorter. A bar that has run out covers no note either.
#[test]
fn a_bar_in_a_list_renews_one_that_has_run_out() {
    let today = chrono::NaiveDate::from_ymd_opt(2026, 9, 7).unwrap();
    let now = Moment::from_local(today.and_hms_opt(16, 0, 0).unwrap(), 480);
    let answers = Answers { now: Some(now), ..Answers::default() };
    let day = |text: &str| text.parse::<chrono::NaiveDate>().unwrap();
    let head = "姓名,班级,学号,家长姓名,家长关系,家长电话,不得接送人,备注\n";
    let row = |barred: &str, note: &str| format!("{head}张三,三1班,7,林静,母亲,13800130000,{barred},{note}\n");
    let first = || after(&lines(&row("赵强", ""), &Register::default(), &answers), Register::default());
    for (from, until, holds_before) in [
        (None, Some("2026-07-03"), false),
        (Some("2026-02-01"), Some("2026-09-06"), false),
        (None, Some("2026-09-07"), true),
        (Some("2026-10-01"), None, false),
        (None, None, true),
        (None, Some("2027-07-03"), true),
    ] {
        let mut register = first();
        let bar = register.all_collectors().find(|c| c.right == Right::Barred).unwrap().clone();
        let bar = Collector { from: from.map(day), until: until.map(day), ..bar };
        assert_eq!(bar.is_barred(today), holds_before, "{from:?} {until:?}");
        register.put_collector(bar.clone());
        let plan = lines(&row("赵强", ""), &register, &answers);
        let renewed = after(&plan, register.clone());
        let holds =
            |c: &Collector| c.name == "赵强" && c.is_barred(today) && c.until.is_none_or(|u| bar.until.is_none_or(|old| u >= old || old < today));
        assert!(renewed.all_collectors().any(holds), "{from:?} {until:?}: {}", said(&plan));
        assert!(!holds_before || plan.drafts.is_empty(), "{from:?} {until:?}: {}", said(&plan));
        assert!(lines(&row("赵强", ""), &renewed, &answers).drafts.is_empty(), "once");
        // A note about somebody whose bar has run out is asked about.
        let noted = lines(&row("", "赵强不得接"), &register, &answers);
        let over = bar.until.is_some_and(|until| until < today);
        assert_eq!(noted.refused.is_empty(), !over, "{from:?} {until:?}: {}", said(&noted));
    }
}

/// Whom a bar of a list is against as the same parent stands on the list no longer, unless the list has both.
#[test]
fn a_bar_in_a_list_leaves_no_other_father_standing_unsaid() {
    let head = "姓名,班级,学号,家长姓名,家长关系,家长电话,监护人2姓名,监护人2关系,监护人2电话,监护人3姓名,监护人3关系,监护人3电话,监护人3不得接送\n";
    let mother = "张三,三1班,7,林静,母亲,13800130000";
    let standing = |relation: &str| format!("{head}{mother},赵刚,{relation},13900000022,,,,\n");
    for (relation, listed_again, stands) in [("父亲", false, false), ("父亲", true, true), ("叔叔", false, true), ("继父", false, true)] {
        let register = after(&lines(&standing(relation), &Register::default(), &Answers::default()), Register::default());
        let second = if listed_again { format!("赵刚,{relation},13900000022") } else { ",,".to_owned() };
        let plan = lines(&format!("{head}{mother},{second},赵强,父亲,13900000011,是\n"), &register, &Answers::default());
        let register = after(&plan, register);
        let may = register.all_collectors().any(|c| c.name == "赵刚" && c.right == Right::Standing);
        assert_eq!(may, stands, "{relation} {listed_again}: {}", said(&plan));
        assert!(stands || said(&plan).contains("赵刚"), "{}", said(&plan));
        assert!(register.all_collectors().any(|c| c.name == "赵强" && c.right == Right::Barred), "{}", said(&plan));
    }
}

/// A list that corrects the name of one of two records of a child ends no bar of the other that counted by the name.
#[test]
fn a_name_that_a_list_corrects_takes_no_bar_along() {
    let now = Moment::from_local(chrono::NaiveDate::from_ymd_opt(2026, 9, 7).unwrap().and_hms_opt(16, 0, 0).unwrap(), 480);
    let answers = Answers { now: Some(now), ..Answers::default() };
    let head = "姓名,班级,学号,家长姓名,家长关系,家长电话,不得接送人\n";
    let both = format!("{head}王子涵,三1班,7,林静,母亲,13800130000,赵强\n王子涵,四1班,8,周兰,母亲,13800130001,\n");
    let register = after(&lines(&both, &Register::default(), &answers), Register::default());
    let barred = |register: &Register| {
        let of = |no: &str| register.children().find(|c| c.student_no.as_deref() == Some(no)).unwrap().id;
        register.collectors(of("8")).any(|c| c.right == Right::Barred && c.name == "赵强")
    };
    assert!(!barred(&register), "it counts by the name");
    let corrected = lines(&format!("{head}王梓菡,三1班,7,林静,母亲,13800130000,赵强\n"), &register, &answers);
    assert!(barred(&after(&corrected, register)), "{}", said(&corrected));
}
