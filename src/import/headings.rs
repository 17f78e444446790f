//! What a heading means: the fields of a roster and the words by which schools call them (`assets/headings.tsv`).
//!
//! Absent: in which row the headings stand (see [`super::header`]).

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::OnceLock;

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Field {
    /// The school's own number of the child.
    StudentNo,
    /// The child's name.
    Name,
    /// Grade.
    Grade,
    /// Class, often with the grade.
    Class,
    /// Card number.
    Card,
    /// Whether the card was made by caredesk, as its own export says.
    OwnCard,
    /// Allergy, illness; there may be several columns.
    Health(u8),
    /// Days of the week.
    Weekdays,
    /// Whether the child takes part.
    Care,
    /// How the child goes home.
    LeaveBy,
    /// Who must not collect; there may be several columns.
    Barred(u8),
    /// Note; there may be several columns.
    Note(u8),
    /// A column of which somebody said that it is not read.
    NotRead,
    /// Consent.
    Consent,
    /// Number of the household.
    Household,
    /// The national school number, which mostly holds the identity number.
    NationalNo,
    /// Identity number; never kept.
    Identity,
    /// Date of birth; never kept.
    Birth,
    /// The child's own school.
    OwnSchool,
    /// What calms the child.
    Calm,
    /// What it may eat of its own.
    Snack,
    /// The signed letter by which it may go home alone.
    Letter,
    /// Enrolments by term, as the export writes them.
    Terms,
    /// Days on which it leaves early as a rule.
    Early,
    /// The one day of a guest.
    GuestOn,
    /// When it was withdrawn.
    WithdrawnOn,
    /// The child that it is paired with.
    Buddy,
    /// Gender; never kept, only known as a heading.
    Gender,
    /// Name of a member of staff.
    StaffName,
    /// Number of a member of staff; only known as a heading.
    StaffNo,
    /// In what capacity a member of staff works.
    StaffKind,
    /// On the permanent staff or for a time.
    StaffEmployment,
    /// Name of a collector: which one, from 1.
    GuardianName(u8),
    /// Collectors with their numbers in one cell; nobody else's phone is theirs.
    People(u8),
    /// Relation of a collector.
    GuardianRelation(u8),
    /// Phone of a collector.
    GuardianPhone(u8),
    /// From when and until when a collector is listed.
    GuardianValid(u8),
    /// By what a collector is recognised.
    GuardianLooks(u8),
    /// Whether a collector is under age.
    GuardianMinor(u8),
    /// Whether a collector works at the school, and under what name.
    GuardianStaff(u8),
    /// Whether a collector must not collect.
    GuardianBarred(u8),
    /// Whether somebody who is listed is a guardian.
    GuardianIs(u8),
    /// Whether the card is used.
    CardState,
    /// Whether the child may go home alone; without a letter it does not.
    SelfLeave,
    /// A phone of which the heading does not say whose it is.
    FamilyPhone(u8),
    /// Somebody to call in an emergency: name and phone. No collector where the file lists collectors.
    EmergencyName(u8),
    /// See above.
    EmergencyPhone(u8),
    /// The child's own phone: nobody's who collects.
    ChildPhone,
    /// Name and phone of the father and of the mother, where they have columns of their own.
    FatherName,
    /// See above.
    FatherPhone,
    /// See above.
    MotherName,
    /// See above.
    MotherPhone,
    /// Given name, where it has a column of its own.
    GivenName(Whose),
    /// Family name, where it has a column of its own.
    FamilyName(Whose),
}

/// Whose name stands in two columns.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Whose {
    /// The child's.
    Child,
    /// The father's.
    Father,
    /// The mother's.
    Mother,
    /// A collector's: which one, from 1.
    Guardian(u8),
}

impl Whose {
    /// The field of the whole name.
    pub(super) fn name(self) -> Field {
        match self {
            Self::Child => Field::Name,
            Self::Father => Field::FatherName,
            Self::Mother => Field::MotherName,
            Self::Guardian(n) => Field::GuardianName(n),
        }
    }
}

/// A column that is not there.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
pub enum Missing {
    /// Grade or class.
    Class,
    /// A phone of anybody.
    Phone,
}

/// The field of a heading as it stands in a file, and whether it says which one of several it is: by its number, or because
/// there is only one of the kind. A school's own words (`own`: heading to field) go before the known ones.
#[must_use]
pub fn meaning(heading: &str, own: &BTreeMap<String, String>) -> Option<(Field, bool)> {
    let plain = normal(heading);
    if plain.is_empty() {
        return None;
    }
    // A field, or one of the words for it.
    let named =
        |word: &str| field_of(word, 1).or_else(|| known(&normal(word)).or_else(|| super::built::meaning(&normal(word))).map(|(field, _)| field));
    let mapped = own.iter().find(|(h, _)| normal(h) == plain).and_then(|(_, field)| named(field));
    let of = |plain: &str| {
        let plain = super::built::without_number(plain);
        known(plain).or_else(|| super::built::meaning(plain)).or_else(|| known(core(plain)))
    };
    mapped.map(|field| (field, true)).or_else(|| of(&with_brackets(heading)?)).or_else(|| of(&plain))
}

/// A question of a form without what makes it one: `孩子参加托管的日期是？`.
fn core(plain: &str) -> &str {
    const OF_CHILD: [&str; 8] = ["您孩子的", "您的孩子", "您孩子", "孩子的", "孩子", "学生的", "学生", "宝宝"];
    let rest = plain.trim_end_matches(['?', '？', '。', '.']);
    let rest = ["是哪几天", "有哪些", "是什么", "是"].iter().find_map(|end| rest.strip_suffix(end)).unwrap_or(rest);
    OF_CHILD.iter().find_map(|whose| rest.strip_prefix(whose)).unwrap_or(rest)
}

/// The same field of the n-th collector; others are what they are.
pub(super) fn numbered(field: Field, n: u8) -> Field {
    #[allow(clippy::wildcard_enum_match_arm)] // only these come several times
    match field {
        Field::GuardianName(_) => Field::GuardianName(n),
        Field::People(_) => Field::People(n),
        Field::GuardianRelation(_) => Field::GuardianRelation(n),
        Field::GuardianPhone(_) => Field::GuardianPhone(n),
        Field::FamilyPhone(_) => Field::FamilyPhone(n),
        Field::EmergencyName(_) => Field::EmergencyName(n),
        Field::EmergencyPhone(_) => Field::EmergencyPhone(n),
        Field::GuardianValid(_) => Field::GuardianValid(n),
        Field::GuardianLooks(_) => Field::GuardianLooks(n),
        Field::GuardianMinor(_) => Field::GuardianMinor(n),
        Field::GuardianStaff(_) => Field::GuardianStaff(n),
        Field::GuardianBarred(_) => Field::GuardianBarred(n),
        Field::GuardianIs(_) => Field::GuardianIs(n),
        Field::Health(_) => Field::Health(n),
        Field::Barred(_) => Field::Barred(n),
        Field::Note(_) => Field::Note(n),
        Field::GivenName(Whose::Guardian(_)) => Field::GivenName(Whose::Guardian(n)),
        Field::FamilyName(Whose::Guardian(_)) => Field::FamilyName(Whose::Guardian(n)),
        other => other,
    }
}

/// What stands in brackets may say whose or what a column is (`监护人(父亲)电话`, `年级（班级）`), although brackets are left out of
/// headings otherwise (`姓名（必填）`); `None` when there are none.
fn with_brackets(heading: &str) -> Option<String> {
    let is_bracket = |c: char| matches!(c, '(' | ')' | '（' | '）' | '[' | ']' | '【' | '】' | '〔' | '〕');
    heading.contains(is_bracket).then(|| normal(&heading.replace(is_bracket, "")))
}

/// Whether a heading that is not understood may speak of a child's safety: who must not collect, illness, phones, cards. One about
/// somebody of the family does, unless it is known to ask for something harmless (`父亲工作单位`): under it a bare `否` may stand.
#[must_use]
pub fn speaks_of_safety(heading: &str) -> bool {
    const FAMILY: [&str; 17] = [
        "监护",
        "家长",
        "家庭成员",
        "成员",
        "接送人",
        "父亲",
        "母亲",
        "爸爸",
        "妈妈",
        "爷爷",
        "奶奶",
        "外公",
        "外婆",
        "guardian",
        "parent",
        "mother",
        "father",
    ];
    const HARMLESS_OF_FAMILY: [&str; 45] = [
        "微信",
        "微信号",
        "qq",
        "qq号",
        "邮箱",
        "电子邮箱",
        "email",
        "单位",
        "职业",
        "职务",
        "职称",
        "学历",
        "文化程度",
        "民族",
        "户口所在地",
        "行政区划",
        "户籍",
        "户口",
        "住址",
        "地址",
        "证件类型",
        "证件号",
        "证件号码",
        "身份证",
        "身份证号",
        "身份证号码",
        "出生年月",
        "出生日期",
        "生日",
        "年龄",
        "性别",
        "国籍",
        "籍贯",
        "政治面貌",
        "收入",
        "关系说明",
        "签名",
        "签字",
        "车牌",
        "车牌号",
        "照片",
        "employer",
        "occupation",
        "address",
        "nationality",
    ];
    const WORDS: [&str; 48] = [
        "特殊说明",
        "警示",
        "警告",
        "关注",
        "风险",
        "安全",
        "授权",
        "权限",
        "抚养",
        "婚姻",
        "离异",
        "过敏",
        "疾病",
        "病",
        "忌口",
        "禁",
        "不得",
        "不能",
        "不可",
        "不准",
        "不许",
        "限制",
        "接",
        "电话",
        "手机",
        "卡",
        "急救",
        "用药",
        "服药",
        "法院",
        "判决",
        "裁定",
        "custody",
        "court",
        "是否健康",
        "身体健康",
        "alert",
        "restrict",
        "release",
        "离婚",
        "allerg",
        "medical",
        "notallowed",
        "barred",
        "pickup",
        "collect",
        "phone",
        "card",
    ];
    const OTHERS: [&str; 9] = ["接受", "接种", "接触", "直接", "间接", "接续", "对接", "cardio", "discard"];
    static HARMLESS: OnceLock<HashSet<String>> = OnceLock::new();
    let whole = with_brackets(heading).unwrap_or_default();
    let plain = normal(heading);
    let plain = super::built::without_number(&plain);
    let harmless = HARMLESS.get_or_init(|| {
        let lines = include_str!("../../assets/headings.tsv").lines();
        lines.filter_map(|l| l.strip_prefix("harmless\t")).flat_map(|l| l.split('|')).map(normal).collect()
    });
    let rest = OTHERS.iter().fold(format!("{plain} {whole}"), |rest, word| rest.replace(word, ""));
    let of_family = FAMILY.iter().any(|word| rest.contains(word)) && !HARMLESS_OF_FAMILY.iter().any(|end| plain.ends_with(end));
    !harmless.contains(plain) && (of_family || WORDS.iter().any(|word| rest.contains(word)))
}

/// A heading without what does not matter: spaces, stars, colons, brackets and what is in them, width, case.
pub(super) fn normal(text: &str) -> String {
    let mut depth = 0_u32;
    let mut out = String::new();
    for c in text.chars() {
        let c = match c {
            '\u{ff01}'..='\u{ff5e}' => u32::from(c).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(c),
            other => other,
        };
        match c {
            '(' | '[' | '【' | '〔' => depth += 1,
            ')' | ']' | '】' | '〕' => depth = depth.saturating_sub(1),
            _ if depth > 0 || c.is_whitespace() || matches!(c, '*' | ':' | '★' | '#' | '\u{feff}' | '_' | '-') => {}
            _ => out.extend(c.to_lowercase()),
        }
    }
    out
}

/// The field of a heading without its dress.
fn known(heading: &str) -> Option<(Field, bool)> {
    static WORDS: OnceLock<HashMap<String, (Field, bool)>> = OnceLock::new();
    WORDS.get_or_init(words).get(heading).copied()
}

fn words() -> HashMap<String, (Field, bool)> {
    const NUMBERS: [(u8, [&str; 2]); 4] = [(1, ["1", "一"]), (2, ["2", "二"]), (3, ["3", "三"]), (4, ["4", "四"])];
    let mut words = HashMap::new();
    for line in include_str!("../../assets/headings.tsv").lines().filter(|l| !l.starts_with('#')) {
        let Some((key, aliases)) = line.split_once('\t') else { continue };
        for alias in aliases.split('|') {
            if alias.contains("{n}") {
                for (n, spelling) in NUMBERS.into_iter().flat_map(|(n, spellings)| spellings.map(|s| (n, s))) {
                    if let Some(field) = field_of(key, n) {
                        words.entry(normal(&alias.replace("{n}", spelling))).or_insert((field, true));
                    }
                }
            } else if let Some(field) = field_of(key, 1) {
                words.entry(normal(alias)).or_insert((field, numbered(field, 2) == field));
            }
        }
    }
    words
}

fn field_of(key: &str, n: u8) -> Option<Field> {
    Some(match key {
        "student_no" => Field::StudentNo,
        "name" => Field::Name,
        "grade" => Field::Grade,
        "class" => Field::Class,
        "card" => Field::Card,
        "own_card" => Field::OwnCard,
        "health" => Field::Health(n),
        "weekdays" => Field::Weekdays,
        "care" => Field::Care,
        "leave_by" => Field::LeaveBy,
        "barred" => Field::Barred(n),
        "note" => Field::Note(n),
        "not_read" => Field::NotRead,
        "consent" => Field::Consent,
        "household" => Field::Household,
        "national_no" => Field::NationalNo,
        "identity" => Field::Identity,
        "birth" => Field::Birth,
        "gender" => Field::Gender,
        "own_school" => Field::OwnSchool,
        "calm" => Field::Calm,
        "snack" => Field::Snack,
        "letter" => Field::Letter,
        "terms" => Field::Terms,
        "early" => Field::Early,
        "guest_on" => Field::GuestOn,
        "withdrawn_on" => Field::WithdrawnOn,
        "buddy" => Field::Buddy,
        "staff_name" => Field::StaffName,
        "staff_no" => Field::StaffNo,
        "staff_kind" => Field::StaffKind,
        "staff_employment" => Field::StaffEmployment,
        "guardian_name" => Field::GuardianName(n),
        "guardian_relation" => Field::GuardianRelation(n),
        "guardian_phone" => Field::GuardianPhone(n),
        "guardian_valid" => Field::GuardianValid(n),
        "guardian_looks" => Field::GuardianLooks(n),
        "guardian_minor" => Field::GuardianMinor(n),
        "guardian_staff" => Field::GuardianStaff(n),
        "guardian_barred" => Field::GuardianBarred(n),
        "card_state" => Field::CardState,
        "self_leave" => Field::SelfLeave,
        "family_phone" => Field::FamilyPhone(n),
        "emergency_name" => Field::EmergencyName(n),
        "emergency_phone" => Field::EmergencyPhone(n),
        "child_phone" => Field::ChildPhone,
        "father_name" => Field::FatherName,
        "father_phone" => Field::FatherPhone,
        "mother_name" => Field::MotherName,
        "mother_phone" => Field::MotherPhone,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_found_in_any_dress() {
        for (heading, field) in [
            ("姓 名", Field::Name),
            ("*学生姓名（必填）", Field::Name),
            ("监护人２电话", Field::GuardianPhone(2)),
            ("家长一", Field::GuardianName(1)),
            ("接送卡号", Field::Card),
            ("Class", Field::Class),
            ("监护人2有效期", Field::GuardianValid(2)),
            ("guardian3 under age", Field::GuardianMinor(3)),
            ("学期托管", Field::Terms),
        ] {
            assert_eq!(known(&normal(heading)).map(|(f, _)| f), Some(field), "{heading}");
        }
        assert_eq!(known(&normal("家庭住址")), None);
    }
}
