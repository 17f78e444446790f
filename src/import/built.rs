//! Headings built from parts: whose (`父亲`, `家长`, `学生`), what (`姓名`, `电话`, `关系`), which of several (`1`, `二`).
//!
//! A heading is understood when it is nothing but such parts. What the parts do not give stands in `assets/headings.tsv`.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::OnceLock;

use super::headings::{Field, Whose};

/// One part of a heading.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Part {
    Father,
    Mother,
    Guardian,
    Child,
    Emergency,
    Name,
    Given,
    Family,
    Phone,
    Relation,
    Class,
    Grade,
    Card,
    Health,
    Well,
    Whether,
    Spare,
    Barred,
    Number(u8),
    And,
    Nothing,
}

const PARTS: [(Part, &[&str]); 21] = [
    (Part::Barred, &["notallowedtopickup", "notallowedtocollect", "maynotcollect", "mustnotcollect", "donotrelease"]),
    (Part::Emergency, &["紧急联系人", "应急联系人", "备用联系人", "紧急", "应急", "emergencycontact", "emergency"]),
    (Part::Father, &["父亲", "爸爸", "father", "dad"]),
    (Part::Mother, &["母亲", "妈妈", "mother", "mom", "mum"]),
    (
        Part::Guardian,
        &["家庭成员或监护人", "家庭成员", "成员", "法定监护人", "监护人", "学生家长", "孩子家长", "家长", "接送人", "联系人", "guardian", "parent"],
    ),
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
            "cellphone",
            "cell",
            "phone",
            "tel",
        ],
    ),
    (Part::Name, &["真实姓名", "姓名", "名字", "fullname", "name"]),
    (Part::Given, &["firstname", "givenname", "forename", "名"]),
    (Part::Family, &["lastname", "familyname", "surname", "姓氏", "姓"]),
    (
        Part::Spare,
        &[
            "备用",
            "备选",
            "候补",
            "其他",
            "其它",
            "另外",
            "另一个",
            "另一",
            "alternative",
            "alternate",
            "secondary",
            "backup",
            "spare",
            "second",
            "other",
        ],
    ),
    (Part::Whether, &["是否存在", "是否患有", "是否有", "是否", "有没有", "有无", "有何", "doesyourchildhave", "hasany", "any", "has"]),
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
            "托管卡号",
            "托管卡",
            "考勤卡号",
            "考勤卡",
            "放学卡号",
            "放学卡",
            "感应卡号",
            "感应卡",
            "刷卡卡号",
            "刷卡号",
            "卡号",
            "卡片",
            "卡",
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
            "慢性病",
            "遗传病",
            "慢性疾病",
            "遗传疾病",
            "特殊疾病",
            "重大疾病",
            "传染病",
            "特殊体质",
            "过敏体质",
            "花粉过敏",
            "花生过敏",
            "坚果过敏",
            "鸡蛋过敏",
            "牛奶过敏",
            "海鲜过敏",
            "青霉素过敏",
            "忌口",
            "健康备注",
            "foodallergies",
            "foodallergy",
            "drugallergies",
            "drugallergy",
            "allergies",
            "allergy",
            "medicalnotes",
            "medicalconditions",
            "medicalcondition",
            "medicalinformation",
            "medicalalerts",
            "medicalalert",
            "medicalneeds",
            "medicalissues",
            "medicalinfo",
            "healthconcerns",
            "healthalert",
            "healthalerts",
            "medical",
        ],
    ),
    (Part::Well, &["身体状况", "身体情况", "健康状况", "健康情况", "健康", "health"]),
    (Part::And, &["及", "和", "与", "或", "、", "/", "＋", "+", "&", "and"]),
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
            "对",
            "您",
            "你",
            "家",
            "请问",
            "为",
            "是",
            "多少",
            "哪个",
            "什么",
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

/// A heading without what forms put before their questions: a number (`1、学生姓名`, `12.班级`, `Q3:`), and what is to be done.
pub(super) fn without_number(plain: &str) -> &str {
    let rest = plain.strip_prefix('q').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())).unwrap_or(plain);
    let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = after.len() < rest.len();
    let after = after.strip_prefix(['、', '.', '．', '。', ',', '，']).filter(|text| numbered && !text.is_empty()).unwrap_or(plain);
    let asks = ["请选择", "请勾选", "请填写", "请输入"];
    asks.iter().find_map(|word| after.strip_prefix(word)).filter(|text| !text.is_empty()).unwrap_or(after)
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
    let number = number.or_else(|| has(Part::Spare).then_some(2));
    let n = number.unwrap_or(1);
    let kinds =
        [Part::Phone, Part::Name, Part::Given, Part::Family, Part::Relation, Part::Class, Part::Grade, Part::Card, Part::Health, Part::Barred];
    let mut what: Vec<Part> = kinds.into_iter().filter(|p| has(*p)).collect();
    // Whether a child is well is no question of illness: there a yes is good news.
    if has(Part::Well) && !has(Part::Whether) && !what.contains(&Part::Health) {
        what.push(Part::Health);
    } else if has(Part::Well) && has(Part::Whether) {
        return None;
    }
    // Whether somebody of the family is a guardian.
    if ["是否监护人", "是否为监护人", "是否是监护人", "whetherguardian"].iter().any(|end| plain.ends_with(end)) && what.is_empty() {
        return Some((Field::GuardianIs(n), number.is_some()));
    }
    if has(Part::Whether) && what != [Part::Health] {
        return None;
    }
    // Somebody and how to reach them, in one cell.
    let somebody = |p: &Part| matches!(p, Part::Father | Part::Mother | Part::Guardian | Part::Emergency);
    if parts.windows(3).any(|three| matches!(three, [who, Part::And, Part::Phone] if somebody(who))) && what == [Part::Phone] {
        what.push(Part::Name);
    }
    if has(Part::Spare) && !matches!(what[..], [Part::Phone | Part::Name | Part::Relation] | [Part::Phone, Part::Name] | []) {
        return None;
    }
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
        [Part::Phone, Part::Name] if guardian && !parent && number.is_none() => (Field::People(1), false),
        [Part::Name] | [Part::Phone, Part::Name] | [] if guardian && !parent => (Field::GuardianName(n), number.is_some()),
        // Who fills a form for a child is of its family.
        [Part::Name] if whose == 0 && number.is_none() && !has(Part::Child) && plain.contains(['您', '你']) => (Field::GuardianName(1), false),
        [Part::Name] if whose == 0 && number.is_none() => (Field::Name, true),
        [] if whose == 0 && parts == [Part::Child] => (Field::Name, true),
        [Part::Given] => (Field::GivenName(whose_name(&parts, n)?), !guardian || number.is_some()),
        [Part::Family] => (Field::FamilyName(whose_name(&parts, n)?), !guardian || number.is_some()),
        [Part::Relation] if !parent => (Field::GuardianRelation(n), number.is_some()),
        _ => return None,
    };
    Some(field)
}

/// Whose given or family name it is; `None` where a heading names nobody whose name is kept in two columns.
fn whose_name(parts: &[Part], n: u8) -> Option<Whose> {
    let has = |part: Part| parts.contains(&part);
    match (has(Part::Father), has(Part::Mother), has(Part::Guardian), has(Part::Emergency)) {
        (false, false, false, false) if n == 1 => Some(Whose::Child),
        (true, false, _, false) => Some(Whose::Father),
        (false, true, _, false) => Some(Whose::Mother),
        (false, false, true, false) => Some(Whose::Guardian(n)),
        _ => None,
    }
}

/// The words of all parts by their first character, longer ones first.
fn words() -> &'static HashMap<char, Vec<(Part, String)>> {
    static WORDS: OnceLock<HashMap<char, Vec<(Part, String)>>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let plain = PARTS.iter().flat_map(|(part, words)| words.iter().map(|word| (*part, (*word).to_owned())));
        let numbers = NUMBERS.iter().flat_map(|(n, words)| words.iter().map(|word| (Part::Number(*n), (*word).to_owned())));
        let mut by_first: HashMap<char, Vec<(Part, String)>> = HashMap::new();
        for (part, word) in plain.chain(numbers).chain(collecting()).chain(collecting_in_english()) {
            if let Some(first) = word.chars().next() {
                by_first.entry(first).or_default().push((part, word));
            }
        }
        for list in by_first.values_mut() {
            list.sort_by_key(|(_, word)| Reverse(word.len()));
        }
        by_first
    })
}

/// Who may collect, who must not, and the card for it: `可接送人员`, `不准来接的人`, `接孩子的卡`.
fn collecting() -> Vec<(Part, String)> {
    const NOT: [&str; 14] = ["不得", "不可以", "不可", "不能", "不准", "不许", "不让", "不允许", "不宜", "不应", "禁止", "严禁", "禁", "限制"];
    const MAY: [&str; 13] = ["", "可以", "可", "能够", "能", "允许", "准许", "授权", "委托", "指定", "有权", "代", "被授权"];
    const COLLECT: [&str; 13] =
        ["接送孩子", "接送学生", "接送幼儿", "接送", "接孩子", "接学生", "接幼儿", "接娃", "接走", "接回", "来接", "接", "领走"];
    const WHO: [&str; 10] = ["的人员", "人员名单", "人名单", "人员", "的人", "人", "者", "的亲属", "亲属", "名单"];
    let mut list = Vec::new();
    for collect in COLLECT {
        for not in NOT {
            list.push((Part::Barred, format!("{not}{collect}")));
            list.extend(WHO.map(|who| (Part::Barred, format!("{not}{collect}{who}"))));
        }
        for may in MAY {
            list.extend(WHO.map(|who| (Part::Guardian, format!("{may}{collect}{who}"))));
        }
        list.extend(["卡", "卡号", "卡片", "的卡", "的卡号", "的卡片", "用卡", "用的卡"].map(|card| (Part::Card, format!("{collect}{card}"))));
    }
    list
}

/// The same in English: `Authorized Pick-up Persons`, `People not allowed to collect`.
fn collecting_in_english() -> Vec<(Part, String)> {
    const NOT: [&str; 9] =
        ["notauthorized", "notauthorised", "unauthorized", "unauthorised", "notallowed", "notpermitted", "maynot", "mustnot", "prohibitedfrom"];
    const MAY: [&str; 6] = ["authorized", "authorised", "approved", "permitted", "allowed", "may"];
    const WHO: [&str; 8] = ["person", "persons", "people", "contact", "contacts", "adult", "adults", "whom"];
    let mut list = Vec::new();
    for collect in ["pickup", "collect", "collection"] {
        list.extend(WHO.map(|who| (Part::Guardian, format!("{collect}{who}"))));
        for link in ["", "to", "for"] {
            for not in NOT {
                list.push((Part::Barred, format!("{not}{link}{collect}")));
                list.extend(WHO.map(|who| (Part::Barred, format!("{not}{link}{collect}{who}"))));
                list.extend(WHO.map(|who| (Part::Barred, format!("{who}{not}{link}{collect}"))));
            }
            for may in MAY {
                list.extend(WHO.map(|who| (Part::Guardian, format!("{may}{link}{collect}{who}"))));
                list.extend(WHO.map(|who| (Part::Guardian, format!("{who}{may}{link}{collect}"))));
            }
        }
    }
    list
}

/// What a yes alone under a heading of illness means: the words of the heading without what only asks (`是否对食物过敏`). `None`
/// where a yes may mean that the child is well.
pub(super) fn said_by_yes(heading: &str) -> Option<String> {
    const ASKS: [&str; 26] = [
        "请填写",
        "填写",
        "您",
        "你",
        "的",
        "学生",
        "孩子",
        "幼儿",
        "儿童",
        "宝宝",
        "学员",
        "本人",
        "是否存在",
        "是否患有",
        "是否有",
        "是否",
        "有没有",
        "有无",
        "有何",
        "对",
        "Does your child have ",
        "Has any ",
        "Any ",
        "Has ",
        "any ",
        "has ",
    ];
    let mut depth = 0_u32;
    let mut plain = String::new();
    for c in super::cells::tidy(heading).chars() {
        match c {
            '(' | '[' | '【' => depth += 1,
            ')' | ']' | '】' => depth = depth.saturating_sub(1),
            _ if depth == 0 && !matches!(c, '*' | '★' | '?' | '？' | ':' | '：') => plain.push(c),
            _ => {}
        }
    }
    let mut rest = without_number(plain.trim()).trim();
    while let Some(after) = ASKS.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = after;
    }
    let well = ["健康", "身体", "ealth"].iter().any(|word| rest.contains(word));
    (!well && !rest.is_empty()).then(|| rest.to_owned())
}

/// The parts of a heading; `None` when something is left over.
fn parts(plain: &str) -> Option<Vec<Part>> {
    let mut list = Vec::new();
    let mut rest = plain;
    while !rest.is_empty() {
        let (part, word) = words().get(&rest.chars().next()?)?.iter().find(|(_, word)| rest.starts_with(word.as_str()))?;
        list.push(*part);
        rest = rest.strip_prefix(word.as_str())?;
    }
    Some(list)
}
