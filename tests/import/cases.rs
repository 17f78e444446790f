//! Habits of schools that once lost something in silence, each with its neighbours: who must not collect, several people in a
//! cell, words for "well", headings, sheets and quotation marks.

use caredesk::domain::register::Register;
use caredesk::import::roster::{Reason, Remark};
use caredesk::import::{Answers, ReadError};

use crate::support::{
    after, asked, cells, child, data, file, imported, lines, people, planned, refusals, said, sheet, workbook, workbook_at, zipped,
};

fn of_case(name: &str) -> Register {
    let plan = planned(&data("cases").join(name), &Register::default());
    assert_eq!(refusals(&plan), [], "{name}");
    after(&plan, Register::default())
}

#[test]
fn nobody_in_a_column_of_those_who_must_not_is_nobody() {
    let nobody = |register: &Register, name: &str| assert!(people(register, name).iter().all(|p| p.ends_with("may")), "{:?}", people(register, name));
    nobody(&of_case("barred-none.csv"), "黄小米");
    for word in ["没有", "暂无", "/", "-", "N/A", "否", "无。", "——"] {
        nobody(&imported(&format!("姓名,班级,家长姓名,家长电话,不得接送人\n陈小安,三年级1班,林静,13800130001,{word}\n")), "陈小安");
    }
}

#[test]
fn everybody_in_a_cell_of_those_who_must_not_is_barred() {
    let register = of_case("barred-space.csv");
    assert_eq!(people(&register, "陈小安"), ["母亲 林静 13800130001 may", "父亲 陈大明 13800130002 barred", " 陈二虎  barred"]);
    assert_eq!(people(&register, "何小鱼"), ["母亲 冯兰 13800130013 may", "父亲 何涛 13800130014 barred", " 何海  barred"]);
    assert_eq!(people(&register, "李小乐"), ["母亲 周芳 13800130003 may", "父亲 李强 13800130004 barred", " 李勇  barred"]);
    for (cell, want) in [
        ("父亲", "父亲 陈大明 13800130002 barred"),
        ("爸爸不能接", "父亲 陈大明 13800130002 barred"),
        ("父亲陈大明", "父亲 陈大明 13800130002 barred"),
        ("陈大明（父）", "父亲 陈大明 13800130002 barred"),
        ("陈大明13800130002", "父亲 陈大明 13800130002 barred"),
        ("陈 大明", "父亲 陈大明 13800130002 barred"),
    ] {
        let head = "姓名,班级,监护人1姓名,监护人1关系,监护人1电话,监护人2姓名,监护人2关系,监护人2电话,禁止接送";
        let register = imported(&format!("{head}\n陈小安,三年级1班,林静,母亲,13800130001,陈大明,父亲,13800130002,{cell}\n"));
        assert_eq!(people(&register, "陈小安"), ["母亲 林静 13800130001 may", want], "{cell}");
    }
}

#[test]
fn who_is_barred_by_name_alone_is_said_and_what_is_unclear_is_refused() {
    let plan = planned(&data("cases/barred-space.csv"), &Register::default());
    let by_name: Vec<&str> =
        plan.remarks.iter().filter_map(|r| if let Remark::BarredByName { name, .. } = r { Some(&**name) } else { None }).collect();
    assert_eq!(by_name, ["陈二虎", "何海", "李勇"]);
    assert!(said(&plan).contains("陈二虎"), "{}", said(&plan));
    for cell in ["父母", "有", "是", "所有人", "李强周芳", "陈大明 爷爷"] {
        let plan = lines(
            &format!("姓名,班级,家长姓名,家长电话,不得接送人\n陈小安,三年级1班,林静,13800130001,{cell}\n"),
            &Register::default(),
            &Answers::default(),
        );
        assert_eq!(refusals(&plan), [(2, 5, Reason::UnclearPeople(cell.to_owned()))], "{cell}");
    }
}

#[test]
fn several_people_in_a_cell_are_several() {
    let register = of_case("several-names-in-cell.csv");
    assert_eq!(people(&register, "陈小安"), ["监护人 陈大明 13800130001 may", "监护人 林静 13800130002 may", "爷爷 陈国强  may", "奶奶 何秀英  may"]);
    assert_eq!(people(&register, "李小乐"), ["监护人 李强 13800130003 may", "监护人 周芳  may", "监护人 李国富  may", "监护人 王秀  may"]);
    assert_eq!(people(&register, "王小宝"), ["父亲 王刚 13800130005 may", "爷爷 王国民  may"]);
    assert_eq!(people(&register, "刘小北"), ["监护人 刘军 13800130007 may", "监护人 孙丽 13800130008 may"]);
    assert_eq!(people(&register, "张小天"), ["监护人 吴娟 13800130009 may"]);
    let three = lines(
        "姓名,班级,家长姓名,家长电话\n陈小安,三年级1班,陈大明、林静,13800130001/13800130002/13800130003\n",
        &Register::default(),
        &Answers::default(),
    );
    assert!(matches!(refusals(&three)[..], [(2, 4, Reason::PeopleDoNotFit(_))]), "{:?}", refusals(&three));
}

#[test]
fn words_for_well_are_no_alert_and_a_note_stays_a_note() {
    let register = of_case("health-none.csv");
    assert!(register.children().all(|c| c.health.is_none()));
    for word in ["无", "没有", "正常", "良好", "无过敏史，身体健康", "-", "不过敏", "无。"] {
        let register = imported(&format!("姓名,班级,家长电话,过敏情况\n陈小安,三年级1班,13800130001,{word}\n"));
        assert_eq!(child(&register, "陈小安").health, None, "{word}");
    }
    for word in ["花生过敏", "无药物过敏，花生过敏", "海鲜", "哮喘"] {
        let register = imported(&format!("姓名,班级,家长电话,过敏情况\n陈小安,三年级1班,13800130001,{word}\n"));
        assert_eq!(child(&register, "陈小安").health.as_deref(), Some(word));
    }
    let note = imported("姓名,班级,家长电话,备注\n陈小安,三年级1班,13800130001,无过敏史\n");
    assert_eq!((child(&note, "陈小安").health.clone(), child(&note, "陈小安").note.as_deref()), (None, Some("无过敏史")));
    let two = imported("姓名,班级,家长电话,食物过敏,病史\n陈小安,三年级1班,13800130001,花生,哮喘\n");
    assert_eq!(child(&two, "陈小安").health.as_deref(), Some("花生；哮喘"));
}

#[test]
fn classes_are_read_or_refused_at_their_cell() {
    let plan = planned(&data("cases/class-dropped.csv"), &Register::default());
    let register = after(&plan, Register::default());
    assert_eq!(refusals(&plan), []);
    assert!(register.children().all(|c| (c.grade, c.class_no) == (3, Some(1))));
    for (cell, want) in [
        ("0203", Reason::GradesDiffer(3, 2)),
        ("向日葵班", Reason::BadClass("向日葵班".to_owned())),
        ("三年级A班", Reason::BadClass("三年级A班".to_owned())),
        ("实验班", Reason::BadClass("实验班".to_owned())),
    ] {
        let plan = lines(&format!("姓名,年级,班级,家长电话\n陈小安,三年级,{cell},13800130001\n"), &Register::default(), &Answers::default());
        assert_eq!(refusals(&plan), [(2, 3, want)], "{cell}");
    }
}

#[test]
fn phones_that_no_one_has_are_refused() {
    let plan = planned(&data("cases/phone-length.csv"), &Register::default());
    assert_eq!(plan.refused.iter().map(|r| (r.place.row, r.column)).collect::<Vec<_>>(), [(2, 4), (3, 4), (4, 4)]);
    for (cell, want) in [
        ("13800130001", true),
        ("138 0013 0001", true),
        ("19900130001", true),
        ("0571-88880000", true),
        ("88880000", true),
        ("4001234567", true),
        ("+49 30 1234567", true),
        ("13800130001 13800130002", true),
        ("12800130001", false),
        ("1380013000", false),
        ("138001300011", false),
        ("00000000000", false),
        ("1234567", false),
        ("99999999", false),
    ] {
        let plan = lines(&format!("姓名,班级,家长电话\n陈小安,三年级1班,{cell}\n"), &Register::default(), &Answers::default());
        assert_eq!(plan.refused.is_empty(), want, "{cell}");
    }
}

#[test]
fn a_column_that_is_not_read_is_named_and_one_that_may_matter_stops_the_import() {
    let plan = lines("序号,姓名,班级,家长电话,家庭住址\n1,陈小安,三年级1班,13800130001,幸福路\n", &Register::default(), &Answers::default());
    let text = said(&plan);
    assert!(text.contains("A 序号") && text.contains("E 家庭住址"), "{text}");
    assert!(plan.json(caredesk::texts::Lang::Zh).contains("家庭住址"));
    let dir = tempfile::tempdir().unwrap();
    let with = |heading: &str| file(&dir, "list.csv", format!("姓名,班级,家长电话,{heading}\n陈小安,三年级1班,13800130001,x\n"));
    for heading in ["过敏登记表编号", "疾病登记", "谁不能来", "接送备注", "爷爷的电话", "蓝卡", "allergen list", "Pick-up notes"]
    {
        let result = asked(&with(heading), &Register::default(), &Answers::default());
        assert!(matches!(&result, Err((_, ReadError::Heading { row: 1, column: 4, .. }))), "{heading} {result:?}");
        let headings = [(heading.to_owned(), "not_read".to_owned())].into();
        assert!(asked(&with(heading), &Register::default(), &Answers { headings, ..Answers::default() }).is_ok(), "{heading}");
    }
    let staff = lines("教职工姓名,岗位,在编/临聘,教职工电话,体检过敏\n王芳,教师,在编,13800130001,无\n", &Register::default(), &Answers::default());
    assert!(staff.staff.len() == 1 && said(&staff).contains("D 教职工电话、E 体检过敏"), "{}", said(&staff));
    for heading in ["教职工电话", "是否接受资助", "校车刷卡", "银行卡号", "预防接种", "班主任电话", "家庭住址"] {
        assert!(asked(&with(heading), &Register::default(), &Answers::default()).is_ok(), "{heading}");
    }
}

#[test]
fn headings_are_built_from_parts() {
    let register = of_case("unread-columns.csv");
    assert_eq!(child(&register, "陈小安").health.as_deref(), Some("花生严重过敏"));
    assert_eq!(people(&register, "陈小安").last().map(String::as_str), Some(" 陈大明  barred"));
    assert_eq!(people(&of_case("numbered-headings.csv"), "陈小安"), ["母亲 林静 13800130001 may"]);
    for phone in [
        "手机号码",
        "联系方式",
        "电话号码",
        "家长手机号",
        "家长联系电话",
        "父亲手机号",
        "监护人手机号",
        "紧急联系电话",
        "联系电话1",
        "第二电话",
        "Guardian Phone",
        "Guardian 1 Phone",
    ] {
        let register = imported(&format!("学生,年级班级,{phone}\n陈小安,三年级1班,13800130001\n"));
        assert!(people(&register, "陈小安")[0].contains("13800130001"), "{phone}");
    }
    for class in ["年级/班级", "年级、班级", "年级（班级）", "所属班级", "学生班级", "就读班级", "年班", "Class Name"] {
        let register = imported(&format!("孩子名字,{class},家长电话\n陈小安,三年级1班,13800130001\n"));
        assert_eq!(child(&register, "陈小安").class_no, Some(1), "{class}");
    }
    for card in ["IC卡", "校园卡号", "门禁卡号", "一卡通号", "Card ID"] {
        let register = imported(&format!("Full Name,班级,家长电话,{card}\n陈小安,三年级1班,13800130001,0009000001\n"));
        assert_eq!(register.live_card(child(&register, "陈小安").id).map(|c| c.number.as_str()), Some("0009000001"), "{card}");
    }
}

#[test]
fn a_note_that_somebody_may_not_collect_is_asked_about() {
    let with =
        |note: &str| lines(&format!("姓名,班级,家长电话,备注\n陈小安,三年级1班,13800130001,{note}\n"), &Register::default(), &Answers::default());
    for note in
        ["爸爸不能接", "不得让父亲来接", "禁止陈大明接送", "不要让爷爷接", "father must not pick up", "Only mum picks up: do not release to dad"]
    {
        assert!(matches!(refusals(&with(note))[..], [(2, 4, Reason::NoteRestricts(_))]), "{note}");
    }
    for note in ["不能接触花生", "不可直接给药", "爷爷来接", "左撇子", "不能接受辣", "只能吃素", "周三不能来"] {
        assert_eq!(refusals(&with(note)), [], "{note}");
    }
    // Only some may: the list is taken, and a person is asked to look.
    for note in ["只能妈妈接", "仅限奶奶接送", "家长要求只能由母亲接", "only grandma collects"] {
        let plan = with(note);
        assert!(plan.refused.is_empty() && said(&plan).contains("像是说只有写明的人能接"), "{note}: {}", said(&plan));
        assert!(plan.json(caredesk::texts::Lang::En).contains("only some may collect"), "{note}");
    }
    // Whom the note means has to be barred, not just anybody.
    let barred = |who: &str, note: &str| {
        let text = format!(
            "姓名,班级,家长1姓名,家长1关系,家长1电话,家长2姓名,家长2关系,备注,不得接送人\n陈小安,三年级1班,林静,母亲,13800130001,陈大明,父亲,{note},{who}\n"
        );
        refusals(&lines(&text, &Register::default(), &Answers::default()))
    };
    for (who, note) in [("陈大明", "爸爸不能接"), ("父亲", "父亲不得接送"), ("陈二虎", "陈二虎不能接"), ("陈大明、爷爷", "爸爸和爷爷不能接")]
    {
        assert_eq!(barred(who, note), [], "{who} {note}");
    }
    for (who, note) in [("陈二虎", "爸爸不能接"), ("陈大明", "爸爸和爷爷不能接"), ("爷爷", "陈大明不能接")] {
        assert!(matches!(barred(who, note)[..], [(2, 8, Reason::NoteRestricts(_))]), "{who} {note}");
    }
    let health = lines("姓名,班级,家长电话,健康备注\n陈小安,三年级1班,13800130001,离异，爸爸不能接\n", &Register::default(), &Answers::default());
    assert!(matches!(refusals(&health)[..], [(2, 4, Reason::NoteRestricts(_))]));
}

#[test]
fn sheets_cells_and_quotes_lose_nobody() {
    let hidden = planned(&data("cases/hidden-sheet.xlsx"), &Register::default());
    assert_eq!(hidden.added.len(), 2);
    assert!(hidden.remarks.iter().any(|r| matches!(r, Remark::SheetHidden { .. })));
    let errors = planned(&data("cases/error-cells.xlsx"), &Register::default());
    assert!(!errors.refused.is_empty() && errors.refused.iter().all(|r| matches!(r.reason, Reason::ErrorCell(_))), "{:?}", errors.refused);
    for value in ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#GETTING_DATA", "Err:502"] {
        let plan = lines(&format!("姓名,班级,家长电话,过敏\n陈小安,三年级1班,13800130001,{value}\n"), &Register::default(), &Answers::default());
        assert_eq!(refusals(&plan), [(2, 4, Reason::ErrorCell(value.to_owned()))]);
    }
    for name in ["separator-tab.txt", "separator-semicolon.csv", "sheet-per-class.xlsx"] {
        assert_eq!(of_case(name).children().count(), 3, "{name}");
    }
    assert_eq!(of_case("photos.xlsx").children().count(), 210);
    let dir = tempfile::tempdir().unwrap();
    let head = "姓名,班级,家长姓名,家长电话\n";
    for (text, row) in [
        ("陈小安,三年级1班,\"林静,13800130001\n李小乐,三年级1班,周芳,13800130002\n", 2),
        ("陈小安,三年级1班,林静,13800130001\n李小乐,三年级1班,\"周芳,13800130002\n", 3),
        ("\"陈小安,三年级1班,林静,13800130001\n", 2),
        ("陈小安,三年级1班,\"林静,13800130001\n李小乐,三年级1班,周芳,13800130002\n王小宝,三年级1班,\"赵敏\",13800130003\n", 2),
    ] {
        let result = asked(&file(&dir, "list.csv", format!("{head}{text}")), &Register::default(), &Answers::default());
        assert!(matches!(&result, Err((_, ReadError::OpenQuote(r))) if *r == row), "{text} {result:?}");
    }
}

#[test]
fn two_lists_side_by_side_and_old_formats_are_refused() {
    let of = |name: &str| asked(&data("cases").join(name), &Register::default(), &Answers::default());
    assert!(matches!(of("side-by-side.csv"), Err((_, ReadError::SideBySide { row: 2, column: 6, .. }))));
    assert!(matches!(of("xml-spreadsheet-2003.xls"), Err((_, ReadError::OldFormat))));
}

#[test]
fn a_child_in_two_classes_is_refused_in_both() {
    let plan = planned(&data("cases/same-child-two-classes.csv"), &Register::default());
    assert!(matches!(refusals(&plan)[..], [(2, _, Reason::ChildTwice(_)), (3, _, Reason::ChildTwice(_))]), "{:?}", refusals(&plan));
    for (second, refused) in [
        ("陈小安,三年级2班,林静,13800130001", 2),
        ("陈小安,四年级1班,林静,13800130001", 2),
        ("陈小安,三年级2班,林静、陈大明,13800130001、13800130002", 2),
        ("陈 小安,三年级2班,林 静,138-0013-0001", 2),
        ("陈小安,三年级2班,王芳,13800130002", 0), // namesakes
        ("陈小平,三年级2班,林静,13800130001", 0), // sister and brother
    ] {
        let text = format!("姓名,班级,家长姓名,家长电话\n陈小安,三年级1班,林静,13800130001\n{second}\n");
        let plan = lines(&text, &Register::default(), &Answers::default());
        assert_eq!((plan.refused.len(), plan.added.len()), (refused, 2 - refused), "{second}");
    }
}

#[test]
fn one_card_in_both_spellings_is_one_card() {
    let register = of_case("card-both-forms.csv");
    assert_eq!(register.live_card(child(&register, "陈小安").id).map(|c| c.number.as_str()), Some("0013370113"));
    for (cell, want, doubted) in [
        ("0013370113 204,00753", Some("0013370113"), true), // 204,00769: the desk asks for a look at the card
        ("0013370113 204,00769", Some("0013370113"), false),
        ("0013370113  204,769", Some("0013370113"), false),
        ("00133７0113　204，00769", Some("0013370113"), false),
        ("0013370113 203,00769", None, false),
        ("0013370113 204,70000", None, false),
        ("0013370113 0013370114", None, false),
        ("0013370113 204,", None, false),
    ] {
        let plan = lines(&format!("姓名,班级,家长电话,卡号\n陈小安,三年级1班,13800130001,\"{cell}\"\n"), &Register::default(), &Answers::default());
        assert_eq!(matches!(refusals(&plan)[..], [(2, 4, Reason::BadCard(_))]), want.is_none(), "{cell} {:?}", refusals(&plan));
        assert_eq!(plan.remarks.iter().any(|r| matches!(r, Remark::CardSpellings { .. })), doubted, "{cell}");
        let register = after(&plan, Register::default());
        assert_eq!(register.cards().map(|c| c.number.as_str()).next(), want, "{cell}");
    }
}

/// Names of sheets.
const NAMES: [&str; 50] = [
    "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18", "19", "20", "21", "22", "23", "24", "25",
    "26", "27", "28", "29", "30", "31", "32", "33", "34", "35", "36", "37", "38", "39", "40", "41", "42", "43", "44", "45", "46", "47", "48", "49",
    "50",
];

fn answered(text: &str, answers: &Answers) -> Result<Register, ReadError> {
    let dir = tempfile::tempdir().unwrap();
    let plan = asked(&file(&dir, "list.csv", text), &Register::default(), answers).map_err(|(_, e)| e)?;
    Ok(after(&plan, Register::default()))
}

#[test]
fn one_number_of_two_families_makes_no_household_and_is_said() {
    let households = |register: &Register| register.children().map(|c| c.household).collect::<std::collections::BTreeSet<_>>().len();
    let plan = planned(&data("cases/shared-phone.csv"), &Register::default());
    assert!(said(&plan).contains("13800130001 也是 陈小安") && plan.json(caredesk::texts::Lang::Zh).contains("也是 陈小安"), "{}", said(&plan));
    assert_eq!(households(&after(&plan, Register::default())), 3);
    let head = "姓名,班级,家长姓名,家长电话,家庭编号\n陈小安,三年级1班,林静,13800130001,\n";
    for (row, want, shared) in [
        ("李小乐,五年级2班,林静,13800130001,", 1, false),
        ("李小乐,五年级2班,周芳,13800130001,", 2, true),
        ("李小乐,五年级2班,,13800130001,", 2, true),
        ("李小乐,五年级2班,林静,13800130002,", 2, false),
        ("李小乐,五年级2班,周芳,13800130002,", 2, false),
    ] {
        let plan = lines(&format!("{head}{row}\n"), &Register::default(), &Answers::default());
        assert_eq!(plan.remarks.iter().any(|r| matches!(r, Remark::NumberShared { .. })), shared, "{row}");
        assert_eq!(households(&after(&plan, Register::default())), want, "{row}");
    }
    let numbered = "姓名,班级,家长电话,家庭编号\n陈小安,三年级1班,13800130001,7\n李小乐,五年级2班,13800130001,7\n";
    let plan = lines(numbered, &Register::default(), &Answers::default());
    assert!(plan.remarks.is_empty() && households(&after(&plan, Register::default())) == 1, "{}", said(&plan));
    // The next list does not join them either.
    let more = lines("姓名,班级,家长电话\n王小宝,一年级3班,13800130001\n", &imported(numbered), &Answers::default());
    assert_eq!(households(&after(&more, imported(numbered))), 2);
}

#[test]
fn who_is_called_in_an_emergency_and_the_childs_own_phone_make_nobody_a_collector() {
    for (text, want, aside) in [
        ("姓名,班级,联系电话,家长联系电话\n陈小安,三年级1班,13800130009,13800130001\n", vec!["监护人  13800130001 may"], Some("C 联系电话")),
        (
            "姓名,班级,学生电话,家长姓名,家长电话\n陈小安,三年级1班,13800130009,林静,13800130001\n",
            vec!["监护人 林静 13800130001 may"],
            Some("C 学生电话"),
        ),
        (
            "姓名,班级,家长姓名,家长电话,紧急联系人,紧急联系电话\n陈小安,三年级1班,林静,13800130001,周芳,13800130002\n",
            vec!["监护人 林静 13800130001 may"],
            Some("E 紧急联系人、F 紧急联系电话"),
        ),
        ("姓名,班级,紧急联系人,紧急联系电话\n陈小安,三年级1班,林静,13800130001\n", vec!["监护人 林静 13800130001 may"], None),
        ("姓名,班级,家长姓名,紧急联系电话\n陈小安,三年级1班,林静,13800130001\n", vec!["监护人 林静 13800130001 may"], None),
        (
            "姓名,班级,父亲电话,母亲电话,学生手机\n陈小安,三年级1班,13800130002,13800130001,13800130009\n",
            vec!["母亲  13800130001 may", "父亲  13800130002 may"],
            Some("E 学生手机"),
        ),
    ] {
        let plan = lines(text, &Register::default(), &Answers::default());
        assert_eq!(people(&after(&plan, Register::default()), "陈小安"), want, "{text}");
        let told = aside.is_none_or(|columns| said(&plan).contains(&format!("{columns} 是孩子自己的或紧急联系用的")));
        assert!(told && plan.json(caredesk::texts::Lang::Zh).contains("紧急联系用的") == aside.is_some(), "{}", said(&plan));
    }
    let headings = [("紧急联系人".to_owned(), "guardian_name".to_owned()), ("紧急联系电话".to_owned(), "guardian_phone".to_owned())].into();
    let said_so = "姓名,班级,家长姓名,家长电话,紧急联系人,紧急联系电话\n陈小安,三年级1班,林静,13800130001,周芳,13800130002\n";
    assert_eq!(people(&answered(said_so, &Answers { headings, ..Answers::default() }).unwrap(), "陈小安").len(), 2);
}

#[test]
fn a_column_that_may_matter_is_what_somebody_says_it_is() {
    let text = "姓名,班级,家长电话,谁不能来,过敏登记表编号\n陈小安,三年级1班,13800130001,陈大明,G-7\n";
    assert!(matches!(answered(text, &Answers::default()), Err(ReadError::Heading { column: 4, .. })));
    let columns = |list: &[&str]| Answers { columns: list.iter().map(|c| (*c).to_owned()).collect(), ..Answers::default() };
    let register = answered(text, &columns(&["姓名", "班级", "家长电话", "不得接送人", ""])).unwrap();
    assert_eq!(people(&register, "陈小安"), ["监护人  13800130001 may", " 陈大明  barred"]);
    assert_eq!(people(&answered(text, &columns(&["", "", "", "", ""])).unwrap(), "陈小安").len(), 1);
    for short in [&["姓名", "班级", "家长电话", "不得接送人"][..], &["姓名", "班级", "家长电话", "不得接送人", "不明白"]]
    {
        assert!(matches!(answered(text, &columns(short)), Err(ReadError::Heading { column: 5, .. })), "{short:?}");
    }
    // What is understood stays what it is, whatever is said of it.
    assert_eq!(people(&answered(text, &columns(&["备注", "备注", "备注", "", ""])).unwrap(), "陈小安"), ["监护人  13800130001 may"]);
}

#[test]
fn a_dry_run_says_in_full_what_new_children_bring() {
    let text = "姓名,班级,家长姓名,家长电话,过敏,备注,不得接送人\n陈小安,三年级1班,林静、周芳,13800130001、13800130002,花生严重过敏,左撇子,父亲陈大明、陈二虎\n";
    let plan = lines(text, &Register::default(), &Answers::default());
    let line = "    班级 3(1)班；健康 花生严重过敏；备注 左撇子；不得接 父亲陈大明、陈二虎；可接 监护人林静 13800130001、监护人周芳 13800130002\n";
    assert!(said(&plan).contains(&format!("+ 陈小安\n{line}")), "{}", said(&plan));
    assert!(!plan.text(caredesk::texts::Lang::Zh, false, false).contains("花生"), "written, it is on the register");
    let json: serde_json::Value = serde_json::from_str(&plan.json(caredesk::texts::Lang::Zh)).unwrap();
    let fields: Vec<(&str, &str)> =
        json["new"][0]["fields"].as_array().unwrap().iter().map(|f| (f["field"].as_str().unwrap(), f["now"].as_str().unwrap())).collect();
    assert_eq!(fields[3..], [("barred", "父亲陈大明、陈二虎"), ("collectors", "监护人林静 13800130001、监护人周芳 13800130002")]);
    assert_eq!((json["new"][0]["name"].as_str(), fields[1].1), (Some("陈小安"), "花生严重过敏"));
}

/// Everything else that a new child's row says, too: its card, its days, the letter to go home alone.
#[test]
fn a_dry_run_says_cards_and_days_of_new_children() {
    let text = "姓名,班级,家长姓名,家长电话,卡号,托管日,自行离校承诺书\n陈小安,五年级1班,林静,13800130001,0013370113,周一、周三,2026-09-01\n";
    let plan = lines(text, &Register::default(), &Answers::default());
    let line = "    班级 5(1)班；托管日 周一、周三；自行离校承诺书 2026-09-01；卡号 0013370113；可接 监护人林静 13800130001\n";
    assert!(said(&plan).contains(&format!("+ 陈小安\n{line}")), "{}", said(&plan));
    let json: serde_json::Value = serde_json::from_str(&plan.json(caredesk::texts::Lang::Zh)).unwrap();
    let fields: Vec<&str> = json["new"][0]["fields"].as_array().unwrap().iter().map(|f| f["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["class", "weekdays", "letter", "card", "collectors"]);
}

/// Columns that a Chinese keyboard has parted are columns; where an ordinary sign parts them, wide ones are text.
#[test]
fn columns_are_parted_by_wide_signs_too() {
    for sign in ["，", "；", "｜", ",", ";", "|", "\t"] {
        let text = "姓名,班级,家长姓名,家长电话\n陈小安,三年级1班,林静,13800130001\n陈小乐,三年级2班,周芳,13800130002\n".replace(',', sign);
        let register = answered(&text, &Answers::default()).unwrap();
        assert_eq!(people(&register, "陈小安"), ["监护人 林静 13800130001 may"], "{sign}");
        assert_eq!(people(&register, "陈小乐"), ["监护人 周芳 13800130002 may"], "{sign}");
    }
    let text = "姓名,班级,家长姓名,家长电话,备注\n陈小安,三年级1班,林静,13800130001,怕黑，爱画画；慢\n";
    let plan = lines(text, &Register::default(), &Answers::default());
    assert!(said(&plan).contains("备注 怕黑，爱画画；慢"), "{}", said(&plan));
}

#[test]
fn a_class_that_was_stored_as_a_number_may_have_lost_its_zero() {
    let dir = tempfile::tempdir().unwrap();
    let head = cells(1, &["姓名", "班级", "家长姓名", "家长电话"]);
    for (class, want) in [
        ("<v>3.1</v>", Err(Reason::ClassLostZero("3.1".to_owned()))),
        ("<v>3.10</v>", Err(Reason::ClassLostZero("3.1".to_owned()))),
        ("<v>3.2</v>", Ok(Some(2))),
        ("<v>3.12</v>", Ok(Some(12))),
        ("<v>301</v>", Ok(Some(1))),
    ] {
        let row = cells(2, &["陈小安", "", "林静", "13800130001"])
            .replace("<c r=\"B2\" t=\"inlineStr\"><is><t></t></is></c>", &format!("<c r=\"B2\">{class}</c>"));
        let plan = planned(&file(&dir, "list.xlsx", workbook(&sheet(&format!("{head}{row}")))), &Register::default());
        match want {
            Err(reason) => assert_eq!(refusals(&plan), [(2, 2, reason)], "{class}"),
            Ok(number) => assert_eq!(after(&plan, Register::default()).children().next().map(|c| c.class_no), Some(number), "{class}"),
        }
    }
    for text in ["3.1", "3.10"] {
        imported(&format!("姓名,班级,家长电话\n陈小安,{text},13800130001\n"));
    }
}

#[test]
fn western_letters_read_as_chinese_are_asked_about() {
    let dir = tempfile::tempdir().unwrap();
    let of = |name: &[u8], health: &[u8]| {
        let head = encoding_rs::GBK.encode("姓名,班级,家长姓名,家长电话,过敏\n").0.into_owned();
        let class = encoding_rs::GBK.encode("三年级1班").0.into_owned();
        let text = [&head[..], name, b",", &class, b",Anna,13800130001,", health, b"\n"].concat();
        refusals(&planned(&file(&dir, "list.csv", text), &Register::default()))
    };
    for name in [&b"Max M\xfcller"[..], b"Jos\xe9phine", b"\xd6zil Mesut", b"Zo\xebline", b"Fran\xe7ois"] {
        assert!(matches!(of(name, b"")[..], [(2, 1, Reason::WesternText(_))]), "{name:?} {:?}", of(name, b""));
    }
    assert!(matches!(of(b"Max", b"N\xfcsse")[..], [(2, 5, Reason::WesternText(_))]));
    for name in ["张三", "张三A", "Anna李", "王小明b", "Max Klein", "买买提·艾力"] {
        assert_eq!(of(&encoding_rs::GBK.encode(name).0, b""), [], "{name}");
    }
    for name in ["Max Müller", "Zoë", "张三A", "曾𬭊", "犇Ben"] {
        imported(&format!("姓名,班级,家长电话\n{name},三年级1班,13800130001\n"));
    }
}

#[test]
fn what_is_merged_downwards_stands_in_each_row() {
    let register = of_case("merged.ods");
    assert!(register.children().count() == 3 && register.children().all(|c| (c.grade, c.class_no) == (3, Some(1))));
    let dir = tempfile::tempdir().unwrap();
    let ods = |first: &str, others: &str| {
        let cell = |t: &str| format!("<table:table-cell office:value-type=\"string\"><text:p>{t}</text:p></table:table-cell>");
        let row = |lead: &str, name: &str, n: u8| {
            format!("<table:table-row>{lead}{}{}{}</table:table-row>", cell(name), cell("林静"), cell(&format!("1380013000{n}")))
        };
        let head = ["班级", "", "姓名", "家长姓名", "家长电话"].map(cell).concat();
        let lead = format!("<table:table-cell office:value-type=\"string\" {first}><text:p>三年级1班</text:p></table:table-cell>");
        let rows = [row(&format!("{lead}<table:covered-table-cell/>"), "陈小安", 1), row(others, "李小乐", 2), row(others, "王小宝", 3)].concat();
        let xml = format!(
            "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><office:body><office:spreadsheet><table:table table:name=\"S\"><table:table-row>{head}</table:table-row>{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
        );
        let kind = b"application/vnd.oasis.opendocument.spreadsheet".to_vec();
        let manifest = b"<manifest:manifest xmlns:manifest=\"m\"/>".to_vec();
        let bytes = zipped(&[("mimetype", kind), ("META-INF/manifest.xml", manifest), ("content.xml", xml.into_bytes())]);
        planned(&file(&dir, "list.ods", bytes), &Register::default())
    };
    let covered = "<table:covered-table-cell/><table:covered-table-cell/>";
    let all = |plan: &caredesk::import::Plan| after(plan, Register::default()).children().filter(|c| (c.grade, c.class_no) == (3, Some(1))).count();
    assert_eq!(all(&ods("table:number-rows-spanned=\"3\" table:number-columns-spanned=\"2\"", covered)), 3, "over two columns");
    assert_eq!(all(&ods("table:number-rows-spanned=\"3\"", "<table:covered-table-cell table:number-columns-repeated=\"2\"/>")), 3);
    let two = ods("table:number-rows-spanned=\"2\"", covered);
    assert_eq!((all(&two), two.refused.len()), (2, 1), "the third row has no class of its own");
    let none = ods("", "<table:table-cell table:number-columns-repeated=\"2\"/>");
    assert_eq!((all(&none), none.refused.len()), (1, 2));
    // The same in a workbook.
    let row = |n: usize, name: &str| cells(n, &["", "", name, "林静", &format!("1380013000{n}")]);
    let rows = [
        cells(1, &["班级", "", "姓名", "家长姓名", "家长电话"]),
        row(2, "陈小安").replacen("<t></t>", "<t>三年级1班</t>", 1),
        row(3, "李小乐"),
        row(4, "王小宝"),
    ];
    let merged = sheet(&rows.concat()).replace("</sheetData>", "</sheetData><mergeCells><mergeCell ref=\"A2:B4\"/></mergeCells>");
    assert_eq!(all(&planned(&file(&dir, "list.xlsx", workbook(&merged)), &Register::default())), 3);
}

#[test]
fn pages_and_old_formats_that_call_themselves_workbooks() {
    let dir = tempfile::tempdir().unwrap();
    let list = "<table><tr><td>姓名<td>班级<td>家长姓名<td>家长电话<tr><td>陈小安<td>三年级1班<td>林静<td>13800130001</table>";
    let title = "<table><tr><td>三年级课后托管<tr><td>制表：教务处</table>";
    let signed = "<table><tr><td>班主任签名<tr><td>2026-09-01</table>";
    for page in [
        [title, list].concat(),
        [list, signed].concat(),
        [title, list, signed].concat(),
        format!("<html><body><table><tr><td>{list}</td></tr></table></body></html>"),
        list.replace("<table>", "<table><tr><td colspan=4>名单</td></tr>"),
    ] {
        let plan = planned(&file(&dir, "list.xls", &page), &Register::default());
        assert_eq!((plan.added.len(), plan.refused.len()), (1, 0), "{page}: {}", said(&plan));
        let unread = plan.remarks.iter().filter(|r| matches!(r, Remark::SheetNotRead { .. })).count();
        assert_eq!(unread, page.matches(title).count() + page.matches(signed).count(), "{page}");
    }
    let old = std::fs::read_to_string(data("cases/xml-spreadsheet-2003.xls")).unwrap();
    let bare = old.split_once("<Workbook").unwrap().1;
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(old.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let mail =
        "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=\"b\"\n\n--b\nContent-Type: text/html\n\n<html><table><tr><td>x</table></html>";
    for bytes in [
        format!("\u{feff}{old}").into_bytes(),
        format!("<Workbook{bare}").into_bytes(),
        utf16,
        mail.as_bytes().to_vec(),
        format!("From: <Saved by Excel>\nSubject: x\n{mail}").into_bytes(),
        mail.to_lowercase().into_bytes(),
    ] {
        let read = asked(&file(&dir, "list.xls", &bytes), &Register::default(), &Answers::default());
        assert!(matches!(read, Err((_, ReadError::OldFormat))), "{:?} {read:?}", String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn workbooks_with_much_beside_the_list_and_values_nobody_knows() {
    let dir = tempfile::tempdir().unwrap();
    let head = cells(1, &["姓名", "班级", "家长姓名", "家长电话", "过敏"]);
    let child = |n: usize| {
        cells(2, &[&format!("陈小{}", ["安", "乐", "宝", "北", "天"][n % 5]), &format!("三年级{}班", n + 1), "林静", &format!("138001{n:05}"), ""])
    };
    let sheets: Vec<(&str, &str, String)> = (0..50).map(|n| (NAMES[n], "visible", sheet(&format!("{head}{}", child(n))))).collect();
    let notes: Vec<(String, Vec<u8>)> = (1..=50)
        .flat_map(|n| {
            [
                (
                    format!("xl/comments{n}.xml"),
                    format!(
                        "<comments><commentList><comment ref=\"A2\"><text><t>{}</t></text></comment></commentList></comments>",
                        "记".repeat(2000)
                    )
                    .into_bytes(),
                ),
                (format!("xl/drawings/vmlDrawing{n}.vml"), vec![b'v'; 3_000_000]),
                (format!("xl/worksheets/_rels/sheet{n}.xml.rels"), b"<Relationships/>".to_vec()),
            ]
        })
        .collect();
    assert_eq!(planned(&file(&dir, "comments.xlsx", workbook_at("xl/workbook.xml", &sheets, &notes)), &Register::default()).added.len(), 50);
    for main in ["xl/workbook2.xml", "xl/book.xml", "book/main.xml", "x/y/workbook.xml"] {
        let plan = planned(&file(&dir, "main.xlsx", workbook_at(main, &sheets[..2], &[])), &Register::default());
        assert_eq!(plan.added.len(), 2, "{main}");
    }
    for value in ["#CALC!", "#GETTING_DATA", "#SPILL!", "#FIELD!", "#BUSY!", "#N/A"] {
        let bad = sheets[0].2.replace("<c r=\"E2\" t=\"inlineStr\"><is><t></t></is></c>", &format!("<c r=\"E2\" t=\"e\"><v>{value}</v></c>"));
        let at = file(&dir, "value.xlsx", workbook(&bad));
        match asked(&at, &Register::default(), &Answers::default()) {
            Ok(plan) => assert_eq!(refusals(&plan), [(2, 5, Reason::ErrorCell(value.to_owned()))]),
            Err((_, ReadError::OddValue(named))) => {
                assert_eq!(named, value);
                assert!(crate::support::refusal(&at, &Register::default()).contains(value));
            }
            other => panic!("{value}: {other:?}"),
        }
    }
}

#[test]
fn hidden_sheets_are_never_read_and_always_said() {
    let dir = tempfile::tempdir().unwrap();
    let list = |name: &str, n: u8| {
        let rows = [cells(1, &["姓名", "班级", "家长姓名", "家长电话"]), cells(2, &[name, "三年级1班", "林静", &format!("1380013000{n}")])];
        sheet(&rows.concat())
    };
    let of = |sheets: &[(&str, &str, String)]| {
        asked(&file(&dir, "list.xlsx", workbook_at("xl/workbook.xml", sheets, &[])), &Register::default(), &Answers::default())
    };
    for state in ["hidden", "veryHidden"] {
        let (now, old, more) = (("今年", "visible", list("陈小安", 1)), ("去年", state, list("李小乐", 2)), ("二班", "visible", list("王小宝", 3)));
        for (sheets, want) in [
            (vec![now.clone(), old.clone()], vec!["陈小安"]),
            (vec![old.clone(), now.clone()], vec!["陈小安"]),
            (vec![now.clone(), old.clone(), more.clone()], vec!["陈小安", "王小宝"]),
        ] {
            let plan = of(&sheets).unwrap();
            assert_eq!(plan.added, want, "{state}");
            assert!(said(&plan).contains("[去年]：隐藏的表，未读") && plan.json(caredesk::texts::Lang::Zh).contains("隐藏的表"), "{}", said(&plan));
        }
        let only = of(&[old]);
        assert!(matches!(&only, Err((_, ReadError::OnlyHidden(name))) if name == "去年"), "{only:?}");
        assert!(crate::support::refusal(&dir.path().join("list.xlsx"), &Register::default()).contains("隐藏"));
    }
}

#[test]
fn the_name_of_a_sheet_gives_its_class() {
    let dir = tempfile::tempdir().unwrap();
    let list = sheet(&[cells(1, &["序号", "姓名", "家长电话"]), cells(2, &["1", "陈小安", "13800130001"])].concat());
    let of = |name: &str| {
        asked(
            &file(&dir, "list.xlsx", workbook_at("xl/workbook.xml", &[(name, "visible", list.clone())], &[])),
            &Register::default(),
            &Answers::default(),
        )
    };
    for (name, want) in [("三(1)班", 1), ("三（2）班", 2), ("三年级3班", 3), ("3.4", 4), ("305", 5), ("三①班", 1)] {
        let register = after(&of(name).unwrap(), Register::default());
        assert_eq!(register.children().map(|c| (c.grade, c.class_no)).collect::<Vec<_>>(), [(3, Some(want))], "{name}");
    }
    for name in ["Sheet1", "2班", "七年级1班", "名单"] {
        assert!(of(name).is_err(), "{name}");
    }
    let plan = planned(&data("cases/sheet-per-class.xlsx"), &Register::default());
    assert_eq!(
        after(&plan, Register::default()).children().map(|c| (c.grade, c.class_no)).collect::<Vec<_>>(),
        [(3, Some(1)), (3, Some(1)), (3, Some(2))]
    );
}

#[test]
fn separators_are_those_of_the_headings() {
    for name in ["separator-tab.txt", "separator-semicolon.csv"] {
        assert_eq!(of_case(name).children().count(), 3, "{name}");
    }
    let dir = tempfile::tempdir().unwrap();
    let others = [",", ";", "\t", "|"];
    for (sign, other) in others.iter().flat_map(|sign| others.iter().map(move |other| (*sign, *other))).filter(|(sign, other)| sign != other) {
        let text = ["x"; 12].join(other);
        let row = |name: &str, n: u8| [name, "三年级1班", &format!("1380013000{n}"), &format!("\"{text}\"")].join(sign);
        let rows = [["姓名", "班级", "家长电话", "备注"].join(sign), row("陈小安", 1), row("李小乐", 2), row("王小宝", 3)].join("\n");
        let plan = planned(&file(&dir, "list.csv", rows), &Register::default());
        assert_eq!((plan.added.len(), plan.refused.len()), (3, 0), "{sign:?} {other:?}: {}", said(&plan));
        let kept = after(&plan, Register::default()).children().next().and_then(|c| c.note.clone());
        assert!(kept.is_some_and(|note| note.matches('x').count() == 12), "{sign:?} {other:?}");
    }
}

#[test]
fn two_lists_beside_each_other_in_any_dress() {
    let of = |text: &str| {
        let dir = tempfile::tempdir().unwrap();
        asked(&file(&dir, "list.csv", text), &Register::default(), &Answers::default()).map_err(|(_, e)| e)
    };
    let (child, other) = ("陈小安,三年级1班,13800130001", "李小乐,三年级1班,13800130002");
    for (heads, rows) in [
        ("姓名,班级,家长电话,姓名,班级,家长电话", format!("{child},{other}")),
        ("学生姓名,班级,家长电话,,姓名,班级,家长电话", format!("{child},,{other}")),
        ("姓名,班级,家长电话,孩子姓名,所在班级,联系电话", format!("{child},{other}")),
        ("姓名,班级,家长电话,姓名,班级,家长电话,姓名,班级,家长电话", format!("{child},{other},,,")),
        ("姓名,班级,家长电话,姓名", format!("{child},李小乐")),
    ] {
        assert!(
            matches!(of(&format!("{heads}\n{rows}\n")), Err(ReadError::SideBySide { row: 1, .. })),
            "{heads} {:?}",
            of(&format!("{heads}\n{rows}\n"))
        );
    }
    assert!(of(&format!("姓名,班级,家长电话,家长姓名\n{child},林静\n")).is_ok());
    assert!(of(&format!("姓名,班级,家长电话,父亲姓名,母亲姓名\n{child},陈大明,林静\n")).is_ok());
}

#[test]
fn a_column_is_named_by_its_heading_and_what_is_not_wanted_is_said() {
    let text = "序号,姓名,班级,家长姓名,家长电话,爷爷的（电话）,蓝卡,谁不能来\n1,陈小安,三年级1班,林静,13800130001,13800130002,B-7,陈大明\n";
    let with = |list: &[&str]| {
        let dir = tempfile::tempdir().unwrap();
        let columns = list.iter().map(|c| (*c).to_owned()).collect();
        asked(&file(&dir, "list.csv", text), &Register::default(), &Answers { columns, ..Answers::default() })
    };
    let plan = with(&["爷爷的电话=监护人3电话", "蓝卡=不读", "谁不能来=不得接送人"]).unwrap();
    assert!(said(&plan).contains("没有读的列 A 序号、G 蓝卡"), "{}", said(&plan));
    let register = after(&plan, Register::default());
    assert_eq!(people(&register, "陈小安"), ["监护人 林静 13800130001 may", "监护人  13800130002 may", " 陈大明  barred"]);
    // In any order, and beside places.
    assert!(with(&["谁不能来 = barred", "蓝卡=", "爷爷的（电话）=note"]).is_ok());
    let placed = with(&["", "", "", "", "", "备注", "", "不得接送人"]).unwrap();
    assert!(said(&placed).contains("没有读的列 A 序号、G 蓝卡"), "{}", said(&placed));
    // Whose phone it is decides whether it collects.
    for (word, aside) in [("紧急联系电话", true), ("学生电话", true), ("家长电话", false), ("联系电话", false)] {
        let said = said(&with(&[&format!("爷爷的电话={word}"), "蓝卡=不读", "谁不能来=不读"]).unwrap());
        assert_eq!((said.contains("F 爷爷的(电话) 是孩子自己的或紧急联系用的"), said.contains("13800130002")), (aside, !aside), "{word}: {said}");
    }
    // What the list has already, what no column can be, and what is said of nobody leaves the question.
    for (words, column) in [
        (&["爷爷的电话=姓名"][..], 6),
        (&["爷爷的电话=监护人1电话"], 6),
        (&["爷爷的电话=不知道"], 6),
        (&["外公的电话=家长电话"], 6),
        (&["爷爷的电话=家长电话", "蓝卡=班级"], 7),
        (&["爷爷的电话=家长电话", "蓝卡=卡号"], 8),
    ] {
        assert!(matches!(with(words), Err((_, ReadError::Heading { column: c, .. })) if c == column), "{words:?}");
    }
    let headings = [("爷爷的（电话）".to_owned(), "not_read".to_owned()), ("蓝卡".to_owned(), "card".to_owned())].into();
    let dir = tempfile::tempdir().unwrap();
    let own = Answers { headings, columns: vec!["谁不能来=barred".to_owned()], ..Answers::default() };
    let plan = asked(&file(&dir, "list.csv", text.replace("B-7", "0004835001")), &Register::default(), &own).unwrap();
    assert!(said(&plan).contains("没有读的列 A 序号、F 爷爷的(电话)"), "{}", said(&plan));
}

#[test]
fn a_refusal_shows_what_stands_under_the_heading() {
    let dir = tempfile::tempdir().unwrap();
    let text = "姓名,班级,家长电话,蓝卡\n陈小安,三年级1班,13800130001,\n王芳,三年级1班,13800130002,B-7\n李勇,三年级1班,13800130003,B-7\n何海,三年级1班,13800130004,B-8\n";
    let (_, error) = asked(&file(&dir, "list.csv", text), &Register::default(), &Answers::default()).unwrap_err();
    assert!(matches!(&error, ReadError::Heading { values, .. } if *values == ["B-7", "B-8"]), "{error:?}");
    let text = "姓名,班级,家长电话,特殊情况\n陈小安,三年级1班,13800130001,左撇子\n王芳,三年级1班,13800130002,花生过敏\n";
    let (_, error) = asked(&file(&dir, "list.csv", text), &Register::default(), &Answers::default()).unwrap_err();
    assert!(matches!(&error, ReadError::Heading { row: 1, values, .. } if *values == ["花生过敏"]), "{error:?}");
}

#[test]
fn a_yes_alone_says_what_its_heading_says() {
    for (heading, cell, want) in [
        ("是否对食物过敏", "否", None),
        ("是否对食物过敏", "是", Some("食物过敏")),
        ("是否对食物过敏", "是，花生", Some("是，花生")),
        ("是否对食物过敏", "花生", Some("花生")),
        ("是否对食物过敏", "×", None),
        ("是否对食物过敏", "", None),
        ("8、您的孩子是否对药物过敏？", "是", Some("药物过敏")),
        ("是否过敏（必填）", "√", Some("过敏")),
        ("有无过敏史", "有", Some("过敏史")),
        ("有无过敏史", "无", None),
        ("是否患有慢性病", "Y", Some("慢性病")),
        ("花生过敏", "是", Some("花生过敏")),
        ("过敏", "1", Some("过敏")),
        ("Food Allergies", "yes", Some("Food Allergies")),
        ("Any allergies?", "Yes", Some("allergies")),
        ("Any allergies?", "No", None),
        ("健康状况", "是", Some("是")),
    ] {
        let register = imported(&format!("姓名,班级,家长电话,{heading}\n陈小安,三年级1班,13800130001,{cell}\n"));
        assert_eq!(child(&register, "陈小安").health.as_deref(), want, "{heading} {cell}");
    }
    let two = imported("姓名,班级,家长电话,是否食物过敏,是否药物过敏\n陈小安,三年级1班,13800130001,是,是\n");
    assert_eq!(child(&two, "陈小安").health.as_deref(), Some("食物过敏；药物过敏"));
    let said_so = Answers { columns: vec!["过敏登记=过敏".to_owned()], ..Answers::default() };
    let register = answered("姓名,班级,家长电话,过敏登记\n陈小安,三年级1班,13800130001,是\n", &said_so).unwrap();
    assert_eq!(child(&register, "陈小安").health.as_deref(), Some("过敏登记"));
}

#[test]
fn a_name_in_two_columns_is_one_name() {
    for (headings, cells, want) in [
        ("First Name,Last Name", "小安,陈", "陈小安"),
        ("Last Name,First Name", "陈,小安", "陈小安"),
        ("Given Name,Surname", "Anna,Klein", "Anna Klein"),
        ("Surname,Given Name", "Klein,Anna", "Anna Klein"),
        ("姓,名", "陈,小安", "陈小安"),
        ("姓氏,名字", "欧阳,静", "欧阳静"),
        ("Student First Name,Student Last Name", "Xiaoan,Chen", "Xiaoan Chen"),
        ("First Name,Last Name", "陈小安,陈", "陈小安"),
        ("First Name,Last Name", "陈小安,", "陈小安"),
        ("Name,Surname", "Anna,Klein", "Anna Klein"),
        ("Full Name,Last Name", "Anna Klein,Klein", "Anna Klein"),
    ] {
        let register = imported(&format!("{headings},班级,家长电话\n{cells},三年级1班,13800130001\n"));
        assert_eq!(register.children().map(|c| c.name.as_str()).collect::<Vec<_>>(), [want], "{headings} {cells}");
    }
    let people_too = imported(
        "First Name,Last Name,Class,Guardian First Name,Guardian Last Name,Guardian Phone,Mother's First Name,Mother's Last Name,Mother's Phone\n\
         小安,陈,三年级1班,国强,陈,13800130001,静,林,13800130002\n",
    );
    assert_eq!(people(&people_too, "陈小安"), ["母亲 林静 13800130002 may", "监护人 陈国强 13800130001 may"]);
    // A refusal names the cell; two such lists beside each other are two lists; a family name alone is no name.
    let plan = lines("First Name,Last Name,班级,家长电话\n,,三年级1班,13800130001\n", &Register::default(), &Answers::default());
    assert!(matches!(refusals(&plan)[..], [(2, 1, Reason::NoName)]), "{:?}", refusals(&plan));
    let dir = tempfile::tempdir().unwrap();
    let of = |text: &str| asked(&file(&dir, "list.csv", text), &Register::default(), &Answers::default());
    let twice = of("First Name,Last Name,班级,家长电话,First Name,Last Name,班级\n小安,陈,三年级1班,13800130001,小平,陈,三年级1班\n");
    assert!(matches!(twice, Err((_, ReadError::SideBySide { column: 5, .. }))), "{twice:?}");
    let alone = of("Last Name,班级,家长电话,备注\n陈,三年级1班,13800130001,x\n");
    assert!(matches!(alone, Err((_, ReadError::NoHeadings))), "{alone:?}");
}

#[test]
fn people_and_numbers_in_one_column_of_those_who_may() {
    for heading in ["可接送人员及联系方式", "接送人及电话", "家长姓名和电话"] {
        let alone = imported(&format!("姓名,班级,{heading}\n陈小安,三年级1班,爷爷陈国强13800130001\n"));
        assert_eq!(people(&alone, "陈小安"), ["爷爷 陈国强 13800130001 may"], "{heading}");
        let register =
            imported(&format!("姓名,班级,家长电话,{heading}\n陈小安,三年级1班,13800130009,爷爷陈国强13800130001、奶奶何秀英 13800130002\n"));
        let list = people(&register, "陈小安");
        assert!(
            list.contains(&"爷爷 陈国强 13800130001 may".to_owned()) && list.contains(&"奶奶 何秀英 13800130002 may".to_owned()),
            "{heading} {list:?}"
        );
    }
    // One person with a number of its own does not get the family's as well.
    let one = imported("姓名,班级,家长电话,可接送人员及联系方式\n陈小安,三年级1班,13800130009,爷爷陈国强13800130001\n");
    assert_eq!(people(&one, "陈小安"), ["监护人  13800130009 may", "爷爷 陈国强 13800130001 may"]);
    let spare = imported("姓名,班级,家长姓名,家长电话,备用电话\n陈小安,三年级1班,林静,13800130001,13800130002\n");
    assert_eq!(people(&spare, "陈小安").len(), 2, "{:?}", people(&spare, "陈小安"));
    assert!(people(&spare, "陈小安")[1].contains("13800130002"));
}
