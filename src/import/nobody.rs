//! What stands in a cell of people and is nobody's name: that there is nobody, that it is as above, that it depends.

use super::cells::{tidy, tidy_code};

/// What is said of people and names nobody: such a text is no name, and who is meant has to be asked.
const NOBODYS_NAME: [&str; 34] = [
    "不固定",
    "不定",
    "不清",
    "不详",
    "不明",
    "不知",
    "不限",
    "不能",
    "不得",
    "不要",
    "不是",
    "不接",
    "除",
    "只能",
    "只有",
    "只准",
    "都可",
    "可以",
    "任何",
    "所有",
    "其他人",
    "其它人",
    "别人",
    "他人",
    "待定",
    "未定",
    "未知",
    "保密",
    "以上",
    "同上",
    "见备注",
    "及其",
    "等人",
    "看情况",
];
/// The same in English, as words.
const NOBODYS_WORDS: [&str; 32] = [
    "see",
    "office",
    "custody",
    "court",
    "order",
    "week",
    "weeks",
    "weekend",
    "weekends",
    "note",
    "notes",
    "file",
    "only",
    "except",
    "without",
    "unless",
    "alternate",
    "joint",
    "shared",
    "ask",
    "call",
    "check",
    "unknown",
    "anyone",
    "anybody",
    "everyone",
    "others",
    "not",
    "ditto",
    "same",
    "tbc",
    "tbd",
];

/// Whether a text speaks of people without naming one of them: `除了父亲都可以`, `待定`, `See office`. A ditto is a name neither.
pub(super) fn names_nobody(text: &str) -> bool {
    let words = || text.split(|c: char| !c.is_ascii_alphabetic()).any(|word| NOBODYS_WORDS.contains(&word.to_ascii_lowercase().as_str()));
    let relatives = matches!(text, "亲戚" | "亲属" | "家属" | "家人" | "熟人" | "朋友" | "随便" | "都行" | "均可" | "本人");
    relatives || NOBODYS_NAME.iter().any(|word| text.contains(word)) || words() || is_ditto(text)
}

/// Whether a cell only says that it is what stands above it.
pub(super) fn is_ditto(text: &str) -> bool {
    let plain = tidy(text);
    matches!(
        plain.trim_matches(['(', ')', '"', '“', '”']),
        "同上" | "同左" | "〃" | "″" | "々" | "ditto" | "Ditto" | "same as above" | "Same as above"
    ) || matches!(plain.as_str(), "\"" | "''" | "“" | "”")
}

/// Whether a cell says that there is nobody, or nothing.
pub(super) fn is_nothing(text: &str) -> bool {
    let plain = tidy_code(text).to_lowercase();
    let plain = plain.trim_matches(['.', '。', '(', ')']);
    let words = ["", "无", "没有", "暂无", "无人", "没", "否", "空", "n/a", "na", "n.a", "none", "no", "nil", "nobody", "null"];
    words.contains(&plain) || plain.chars().all(|c| matches!(c, '/' | '\\' | '-' | '—' | '–' | '－' | '_' | '、' | ' '))
}
