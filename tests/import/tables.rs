//! Headings, phones and classes as schools write them, each with what it means: tables of right answers.

use std::collections::BTreeMap;

use caredesk::domain::register::Register;
use caredesk::import::Answers;
use caredesk::import::headings::{Field, meaning, speaks_of_safety};
use caredesk::import::roster::Reason;

use crate::support::{after, lines, refusals};

#[test]
fn headings() {
    use Field::{
        Barred, Birth, Card, Care, ChildPhone, Class, EmergencyName, EmergencyPhone, FamilyPhone, FatherName, FatherPhone, Gender, Grade,
        GuardianName, GuardianPhone, GuardianRelation, Health, Identity, LeaveBy, MotherName, MotherPhone, NationalNo, Note, OwnSchool, StudentNo,
        Weekdays,
    };
    let table: [(Field, &[&str]); 41] = [
        (
            Field::Name,
            &[
                "姓名",
                "学生姓名",
                "*学生姓名（必填）",
                "1、学生姓名",
                "学生",
                "名字",
                "孩子名字",
                "孩子姓名",
                "Full Name",
                "Child Name",
                "Student Name",
                "姓 名",
            ],
        ),
        (
            FamilyPhone(1),
            &["手机号码", "联系方式", "电话号码", "联系电话", "手机", "电话", "联系电话1", "联系号码", "Phone Number", "Mobile", "联系手机"],
        ),
        (FamilyPhone(2), &["第二电话", "联系电话2", "电话号码②", "联系电话（二）"]),
        (
            GuardianPhone(1),
            &[
                "家长手机",
                "家长手机号",
                "家长联系电话",
                "家长联系方式",
                "监护人手机号",
                "家长电话",
                "Guardian Phone",
                "Guardian 1 Phone",
                "家长手机号码",
                "5、家长电话",
                "联系方式（家长）",
            ],
        ),
        (GuardianPhone(2), &["监护人2电话", "监护人二联系电话", "Guardian 2 Phone", "第二监护人电话", "家长2手机号", "家长电话2"]),
        (
            FatherPhone,
            &["父亲电话", "父亲手机号", "爸爸手机", "父亲联系方式", "监护人(父亲)电话", "联系电话（父亲）", "Father Phone", "Dad's Mobile"],
        ),
        (MotherPhone, &["母亲电话", "母亲手机号", "妈妈联系电话", "母亲联系方式", "妈妈电话号码", "Mother's Phone"]),
        (FatherName, &["父亲姓名", "爸爸姓名", "父亲", "Father Name"]),
        (MotherName, &["母亲姓名", "妈妈名字", "母亲", "Mother's Name"]),
        (GuardianName(1), &["家长姓名", "监护人", "家长", "监护人姓名", "接送人", "姓名（家长）", "可接送人", "Guardian Name", "Parent"]),
        (GuardianName(2), &["监护人2姓名", "家长二", "第二监护人", "Guardian 2", "监护人（2）"]),
        (GuardianRelation(1), &["关系", "与学生关系", "与孩子关系", "与孩子的关系", "监护人1关系", "Relationship"]),
        (GuardianRelation(2), &["家长2关系", "监护人2与学生关系"]),
        (ChildPhone, &["学生电话", "孩子手机", "本人电话", "Student Phone"]),
        (EmergencyPhone(1), &["紧急联系电话", "应急联系电话", "紧急联系人电话", "Emergency Contact Phone"]),
        (EmergencyName(1), &["紧急联系人", "紧急联系人姓名", "Emergency Contact"]),
        (
            Class,
            &[
                "班级",
                "年级班级",
                "年级/班级",
                "年级、班级",
                "年级（班级）",
                "所属班级",
                "学生班级",
                "就读班级",
                "年班",
                "Class Name",
                "所在班级",
                "班别",
                "2、班级",
            ],
        ),
        (Grade, &["年级", "就读年级", "学生年级", "Grade"]),
        (Card, &["IC卡", "校园卡号", "门禁卡号", "一卡通号", "Card ID", "接送卡号", "卡号", "学生卡号", "IC 卡号（10位）", "Card Number"]),
        (
            Health(1),
            &[
                "过敏情况",
                "过敏源",
                "过敏原",
                "食物过敏",
                "药物过敏",
                "过敏/病史",
                "病史",
                "忌口",
                "身体状况",
                "健康备注",
                "Allergies",
                "Medical Notes",
                "特殊体质",
                "健康状况",
                "过敏史",
            ],
        ),
        (
            Barred(1),
            &[
                "禁止接送",
                "限制接送人",
                "不可接送人",
                "不能接送人",
                "禁接人",
                "不准接的人",
                "不得接送人",
                "Not allowed to pick up",
                "限制接送",
                "不得接",
            ],
        ),
        (Note(1), &["备注", "说明", "Notes"]),
        (Identity, &["身份证号", "身份证件号"]),
        (Birth, &["出生日期", "生日"]),
        (Gender, &["性别"]),
        (StudentNo, &["学号", "Student ID"]),
        (NationalNo, &["学籍号", "全国学籍号"]),
        (Weekdays, &["托管日", "服务星期"]),
        (Care, &["是否参加托管", "课后服务"]),
        (LeaveBy, &["离校方式"]),
        (OwnSchool, &["就读学校"]),
        (Field::OwnCard, &["本系统制卡"]),
        (Field::Household, &["家庭编号"]),
        (Field::Consent, &["同意书"]),
        (Field::Letter, &["自行离校承诺书"]),
        (Field::Calm, &["安抚方式"]),
        (Field::Snack, &["自带点心"]),
        (Field::Buddy, &["结伴同学"]),
        (Field::StaffName, &["教职工姓名"]),
        (Field::GuardianBarred(1), &["监护人1不得接送"]),
        (Field::GuardianValid(2), &["监护人2有效期"]),
    ];
    let own = BTreeMap::new();
    let (mut seen, mut wrong) = (0, Vec::new());
    for (field, headings) in table {
        for heading in headings {
            let found = meaning(heading, &own).map(|(f, _)| f);
            if found != Some(field) {
                wrong.push((heading, field, found));
            }
            seen += 1;
        }
    }
    assert!(wrong.is_empty() && seen >= 150, "{seen} {wrong:?}");
    // Not understood: those that may matter to a child stop the import, the others do not.
    for (heading, stops) in [
        ("过敏登记表编号", true),
        ("疾病登记", true),
        ("接送备注", true),
        ("谁不能来", true),
        ("爷爷的电话", true),
        ("蓝卡", true),
        ("禁忌", true),
        ("Pick-up notes", true),
        ("Medical plan no.", true),
        ("是否接受资助", false),
        ("校车刷卡", false),
        ("银行卡号", false),
        ("预防接种", false),
        ("家庭住址", false),
        ("民族", false),
        ("提交答卷时间", false),
        ("序号", false),
        ("户口性质", false),
        ("班主任", false),
        ("父亲工作单位", false),
    ] {
        assert_eq!((meaning(heading, &own), speaks_of_safety(heading)), (None, stops), "{heading}");
    }
}

#[test]
fn phones() {
    let table = [
        ("13800130001", "13800130001"),
        ("138 0013 0001", "13800130001"),
        ("138-0013-0001", "13800130001"),
        ("138.0013.0001", "13800130001"),
        ("(138)00130001", "13800130001"),
        ("１３８００１３０００１", "13800130001"),
        ("+8613800130001", "13800130001"),
        ("+86 138 0013 0001", "13800130001"),
        ("+86-13800130001", "13800130001"),
        ("008613800130001", "13800130001"),
        ("8613800130001", "13800130001"),
        ("86-138-0013-0001", "13800130001"),
        ("13800130001.0", "13800130001"),
        ("'13800130001", "13800130001"),
        (" 13800130001 ", "13800130001"),
        ("19900130001", "19900130001"),
        ("16600130001", "16600130001"),
        ("15000130001", "15000130001"),
        ("14700130001", "14700130001"),
        ("17000130001", "17000130001"),
        ("0571-88880000", "057188880000"),
        ("(0571)88880000", "057188880000"),
        ("（0571）8888 0000", "057188880000"),
        ("010-12345678", "01012345678"),
        ("021 5555 0000", "02155550000"),
        ("0755-2555000", "07552555000"),
        ("88880000", "88880000"),
        ("8888000", "8888000"),
        ("2345678", "2345678"),
        ("4001234567", "4001234567"),
        ("400-123-4567", "4001234567"),
        ("8001234567", "8001234567"),
        ("+49 30 1234567", "+49301234567"),
        ("+1 (212) 555-0100", "+12125550100"),
        ("+44 20 7946 0000", "+442079460000"),
        ("13800130001、13800130002", "13800130001 13800130002"),
        ("13800130001/13800130002", "13800130001 13800130002"),
        ("13800130001 13800130002", "13800130001 13800130002"),
        ("13800130001；13800130002", "13800130001 13800130002"),
        ("13800130001或13800130002", "13800130001 13800130002"),
        ("13800130001|0571-88880000", "13800130001 057188880000"),
        ("1380013000", "?"),
        ("138001300011", "?"),
        ("12800130001", "?"),
        ("10800130001", "?"),
        ("11800130001", "?"),
        ("00000000000", "?"),
        ("0000", "?"),
        ("99999999", "?"),
        ("12345678", "?"),
        ("1234567", "?"),
        ("123456", "?"),
        ("1.38E+10", "?"),
        ("13800l30001", "?"),
        ("+0 123456789", "?"),
        ("00571-88880000", "?"),
        ("110", "?"),
        ("未知", "?"),
        ("妈妈的", "?"),
        ("13800130001 139", "?"),
        ("138001300021380013", "?"),
    ];
    assert!(table.len() >= 60);
    for (cell, want) in table {
        let plan = lines(&format!("姓名,班级,家长姓名,家长电话\n陈小安,三年级1班,林静,{cell}\n"), &Register::default(), &Answers::default());
        let numbers: Vec<String> = after(&plan, Register::default()).all_collectors().filter_map(|c| c.phone.clone()).collect();
        let refused = matches!(refusals(&plan)[..], [(2, 4, Reason::BadPhone(_))]);
        assert_eq!(if refused { "?".to_owned() } else { numbers.join(" ") }, want, "{cell}");
    }
}

#[test]
fn classes() {
    let table = [
        ("三年级", "1班", "3 1"),
        ("三年级", "3-1", "3 1"),
        ("三年级", "三①班", "3 1"),
        ("三年级", "第1班", "3 1"),
        ("三年级", "三年级第1班", "3 1"),
        ("三年级", "2023级1班", "3 1"),
        ("三年级", "2023级(1)班", "3 1"),
        ("三年级", "0301", "3 1"),
        ("三年级", "三（1）班（足球）", "3 1"),
        ("三年级", "三(1)班", "3 1"),
        ("三年级", "（1）班", "3 1"),
        ("三年级", "(1)", "3 1"),
        ("三年级", "①班", "3 1"),
        ("三年级", "1", "3 1"),
        ("三年级", "01", "3 1"),
        ("三年级", "一班", "3 1"),
        ("三年级", "十二班", "3 12"),
        ("三年级", "12班", "3 12"),
        ("三年级", "301", "3 1"),
        ("三年级", "312", "3 12"),
        ("三年级", "三1班", "3 1"),
        ("三年级", "3.1", "3 1"),
        ("三年级", "3.10", "3 10"),
        ("三年级", "3年1班", "3 1"),
        ("三年级", "３（１）班", "3 1"),
        ("三年级", "三年级", "3 -"),
        ("三年级", "", "3 -"),
        ("3", "2", "3 2"),
        ("03", "2班", "3 2"),
        ("小学三年级", "2班", "3 2"),
        ("Grade 3", "2", "3 2"),
        ("", "三年级2班", "3 2"),
        ("", "三（2）班", "3 2"),
        ("", "3(2)", "3 2"),
        ("", "小学三年级2班", "3 2"),
        ("", "三年二班", "3 2"),
        ("", "三二班", "3 2"),
        ("", "六⑩班", "6 10"),
        ("", "3/2", "3 2"),
        ("", "3－2", "3 2"),
        ("", "3_2班", "3 2"),
        ("", "0302", "3 2"),
        ("", "302", "3 2"),
        ("", "六年级十班", "6 10"),
        ("三年级", "0203", "contradiction"),
        ("三年级", "四(1)班", "contradiction"),
        ("三年级", "201", "contradiction"),
        ("三年级", "二年级1班", "contradiction"),
        ("三年级", "4-1", "contradiction"),
        ("三年级", "向日葵班", "class"),
        ("三年级", "三年级A班", "class"),
        ("三年级", "实验班", "class"),
        ("三年级", "三(一二)班", "class"),
        ("三年级", "1、2班", "class"),
        ("三年级", "3-1-2", "class"),
        ("三年级", "0班", "class"),
        ("三年级", "2023级", "class"),
        ("三年级", "三(1班", "3 1"),
        ("", "初一1班", "grade"),
        ("", "2024级1班", "grade"),
        ("", "701", "grade"),
        ("", "1班", "grade"),
        ("七年级", "1班", "grade"),
        ("", "高一(3)班", "grade"),
    ];
    assert!(table.len() >= 60);
    for (grade, class, want) in table {
        let text = format!("姓名,年级,班级,家长姓名,家长电话\n陈小安,{grade},{class},林静,13800130001\n");
        let plan = lines(&text, &Register::default(), &Answers::default());
        let said = match &refusals(&plan)[..] {
            [(2, 3, Reason::GradesDiffer(..))] => "contradiction".to_owned(),
            [(2, 3, Reason::BadClass(_))] => "class".to_owned(),
            [(2, 2, Reason::UnknownGrade(_))] => "grade".to_owned(),
            [] => after(&plan, Register::default())
                .children()
                .map(|c| format!("{} {}", c.grade, c.class_no.map_or("-".to_owned(), |n| n.to_string())))
                .collect::<Vec<_>>()
                .join(" "),
            other => format!("{other:?}"),
        };
        assert_eq!(said, want, "{grade} {class}");
    }
}
