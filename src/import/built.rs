//! Headings built from parts: whose (`父亲`, `家长`, `学生`), what (`姓名`, `电话`, `关系`), which of several (`1`, `二`).
//!
//! A heading is understood when it is nothing but such parts. What the parts do not give stands in `assets/headings.tsv`.

use super::headings::Field;

/// One part of a heading.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Part {
    Father,
    Mother,
    Guardian,
    Child,
    Emergency,
    Name,
    Phone,
    Relation,
    Class,
    Grade,
    Card,
    Health,
    Barred,
    Number(u8),
    Nothing,
}

const PARTS: [(Part, &[&str]); 15] = [
    (
        Part::Barred,
        &[
            "不得接送人",
            "不得接送",
            "不可接送人",
            "不可接送",
            "不能接送人",
            "不能接送",
            "不准接送人",
            "不准接送",
            "不许接送",
            "禁止接送人员",
            "禁止接送人",
            "禁止接送",
            "限制接送人员",
            "限制接送人",
            "限制接送",
            "不得接的人",
            "不准接的人",
            "不能接的人",
            "不可接的人",
            "不许接的人",
            "禁止接的人",
            "不得接人",
            "不能接人",
            "不得接",
            "不能接",
            "不可接",
            "不准接",
            "不许接",
            "不让接",
            "禁止接",
            "禁接人",
            "禁接",
            "notallowedtopickup",
            "notallowedtocollect",
            "maynotcollect",
            "mustnotcollect",
            "donotrelease",
        ],
    ),
    (Part::Emergency, &["紧急联系人", "应急联系人", "紧急", "应急", "emergencycontact", "emergency"]),
    (Part::Father, &["父亲", "爸爸", "father", "dad"]),
    (Part::Mother, &["母亲", "妈妈", "mother", "mom", "mum"]),
    (Part::Guardian, &["法定监护人", "监护人", "学生家长", "孩子家长", "家长", "接送人", "联系人", "guardian", "parent"]),
    (Part::Child, &["学生", "孩子", "儿童", "学员", "幼儿", "宝宝", "本人", "student", "child", "pupil"]),
    (
        Part::Phone,
        &[
            "联系电话号码",
            "联系手机号码",
            "联系手机号",
            "手机号码",
            "电话号码",
            "联系电话",
            "联系方式",
            "联系号码",
            "联系手机",
            "手机号",
            "手机",
            "电话",
            "座机",
            "phonenumber",
            "mobilenumber",
            "contactnumber",
            "telephone",
            "phoneno",
            "mobile",
            "phone",
            "tel",
        ],
    ),
    (Part::Name, &["真实姓名", "姓名", "名字", "fullname", "name"]),
    (Part::Relation, &["与学生关系", "与孩子关系", "与幼儿关系", "与儿童关系", "与学生的关系", "与孩子的关系", "关系", "relationship", "relation"]),
    (
        Part::Class,
        &["所在班级", "所属班级", "就读班级", "年班", "班级名称", "班级", "classname", "gradeandclass", "gradeclass", "homeroomclass", "class"],
    ),
    (Part::Grade, &["年级", "grade"]),
    (
        Part::Card,
        &[
            "ic卡号",
            "ic卡",
            "校园卡号",
            "校园卡",
            "门禁卡号",
            "门禁卡",
            "一卡通卡号",
            "一卡通号",
            "一卡通",
            "接送卡号",
            "接送卡",
            "卡号",
            "cardid",
            "cardnumber",
            "cardno",
            "card",
        ],
    ),
    (
        Part::Health,
        &[
            "过敏情况",
            "过敏源",
            "过敏原",
            "过敏史",
            "过敏食物",
            "过敏药物",
            "食物过敏",
            "药物过敏",
            "过敏",
            "既往病史",
            "病史",
            "疾病史",
            "疾病",
            "忌口",
            "身体状况",
            "健康状况",
            "健康情况",
            "健康备注",
            "健康",
            "allergies",
            "allergy",
            "medicalnotes",
            "medicalconditions",
            "medicalcondition",
            "medicalinformation",
            "medical",
            "health",
        ],
    ),
    (Part::Number(0), &[]),
    (
        Part::Nothing,
        &[
            "的",
            "第",
            "其",
            "就读",
            "所在",
            "所属",
            "请填写",
            "填写",
            "常用",
            "主要",
            "及",
            "和",
            "与",
            "或",
            "、",
            "/",
            "号",
            "号码",
            "(",
            ")",
            "?",
            "？",
            "。",
            "，",
            ",",
            ".",
            "'",
            "’",
            "s",
        ],
    ),
];

const NUMBERS: [(u8, [&str; 3]); 4] = [(1, ["1", "一", "①"]), (2, ["2", "二", "②"]), (3, ["3", "三", "③"]), (4, ["4", "四", "④"])];

/// A heading without the number that forms put before their questions (`1、学生姓名`, `12.班级`, `Q3:`).
pub(super) fn without_number(plain: &str) -> &str {
    let rest = plain.strip_prefix('q').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())).unwrap_or(plain);
    let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    if after.len() == rest.len() {
        return plain;
    }
    after.strip_prefix(['、', '.', '．', '。', ',', '，']).filter(|text| !text.is_empty()).unwrap_or(plain)
}

/// The field of a heading (see [`super::headings::meaning`]) that consists of such parts only.
pub(super) fn meaning(plain: &str) -> Option<(Field, bool)> {
    let parts = parts(plain)?;
    let has = |part: Part| parts.contains(&part);
    let mut numbers = parts.iter().filter_map(|p| if let Part::Number(n) = p { Some(*n) } else { None });
    let (number, second) = (numbers.next(), numbers.next());
    if second.is_some() {
        return None;
    }
    let n = number.unwrap_or(1);
    let what: Vec<Part> = [Part::Phone, Part::Name, Part::Relation, Part::Class, Part::Grade, Part::Card, Part::Health, Part::Barred]
        .into_iter()
        .filter(|p| has(*p))
        .collect();
    let guardian = has(Part::Guardian);
    let whose = usize::from(has(Part::Father)) + usize::from(has(Part::Mother)) + usize::from(has(Part::Guardian) || has(Part::Emergency));
    if has(Part::Father) && has(Part::Mother) {
        return None;
    }
    let parent = has(Part::Father) || has(Part::Mother);
    let emergency = has(Part::Emergency) && !parent;
    let field = match what[..] {
        [Part::Barred] if !parent && number.is_none() => (Field::Barred(1), false),
        [Part::Health] if whose == 0 => (Field::Health(n), number.is_some()),
        [Part::Card] if whose == 0 && number.is_none() => (Field::Card, true),
        [Part::Class] | [Part::Class, Part::Grade] if whose == 0 && number.is_none() => (Field::Class, true),
        [Part::Grade] if whose == 0 && number.is_none() => (Field::Grade, true),
        [Part::Phone] if has(Part::Father) && number.is_none() => (Field::FatherPhone, true),
        [Part::Phone] if has(Part::Mother) && number.is_none() => (Field::MotherPhone, true),
        [Part::Phone] if emergency => (Field::EmergencyPhone(n), number.is_some()),
        [Part::Name] | [Part::Phone, Part::Name] | [] if emergency => (Field::EmergencyName(n), number.is_some()),
        [Part::Phone] if has(Part::Child) && !guardian && !parent => (Field::ChildPhone, true),
        [Part::Phone] if guardian && !parent => (Field::GuardianPhone(n), number.is_some()),
        [Part::Phone] if !parent => (Field::FamilyPhone(n), number.is_some()),
        [Part::Name] | [Part::Phone, Part::Name] if has(Part::Father) && number.is_none() => (Field::FatherName, true),
        [Part::Name] | [Part::Phone, Part::Name] if has(Part::Mother) && number.is_none() => (Field::MotherName, true),
        [Part::Name] | [Part::Phone, Part::Name] | [] if guardian && !parent => (Field::GuardianName(n), number.is_some()),
        [Part::Name] if whose == 0 && number.is_none() => (Field::Name, true),
        [] if whose == 0 && parts == [Part::Child] => (Field::Name, true),
        [Part::Relation] if !parent => (Field::GuardianRelation(n), number.is_some()),
        _ => return None,
    };
    Some(field)
}

/// The parts of a heading; `None` when something is left over.
fn parts(plain: &str) -> Option<Vec<Part>> {
    let mut list = Vec::new();
    let mut rest = plain;
    while !rest.is_empty() {
        let words = PARTS.iter().flat_map(|(part, words)| words.iter().map(|word| (*part, *word)));
        let numbers = NUMBERS.iter().flat_map(|(n, words)| words.iter().map(|word| (Part::Number(*n), *word)));
        let (part, word) = words.chain(numbers).filter(|(_, word)| rest.starts_with(word)).max_by_key(|(_, word)| word.len())?;
        list.push(part);
        rest = rest.strip_prefix(word)?;
    }
    Some(list)
}
