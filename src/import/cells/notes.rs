//! What is written about a child in words: illness, and who may not collect it.

use super::without_code;
use crate::import::persons::is_nothing;

/// What is not well with a child: a code before it and the words for "well" are left out.
pub(in crate::import) fn illness(text: &str) -> Option<String> {
    const WELL: [&str; 32] = [
        "健康",
        "身体健康",
        "良好",
        "身体良好",
        "健康良好",
        "健康或良好",
        "正常",
        "一切正常",
        "体健",
        "未见异常",
        "无异常",
        "无过敏",
        "无过敏史",
        "无药物过敏",
        "无食物过敏",
        "没有过敏",
        "没有过敏史",
        "不过敏",
        "无病史",
        "无疾病",
        "无特殊",
        "无特殊情况",
        "无特殊体质",
        "无忌口",
        "没有忌口",
        "没有病史",
        "healthy",
        "normal",
        "no allergies",
        "no known allergies",
        "no allergy",
        "none known",
    ];
    let words = without_code(text);
    let is_well = |part: &str| {
        let part = part.trim().trim_end_matches(['。', '.', '!', '！']).to_lowercase();
        is_nothing(&part) || WELL.contains(&part.as_str())
    };
    let well = is_well(words) || words.split(['、', '，', ',', '；', ';', '。', '/']).all(is_well);
    (!well).then(|| words.to_owned())
}

/// What a note may say about who collects the child.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::import) enum Restriction {
    /// Somebody must not (`爸爸不能接`).
    Somebody,
    /// Nobody but one who is named may (`只能由母亲接`).
    AllOthers,
}

/// Whether a note may say that somebody must not collect the child; `不能接触花生` does not.
pub(in crate::import) fn restricts(note: &str) -> Option<Restriction> {
    const NOT: [&str; 12] = ["不能", "不得", "不可", "不准", "不许", "不让", "不要", "禁止", "别让", "勿让", "不允许", "严禁"];
    const ONLY: [&str; 7] = ["只能", "只准", "只许", "只让", "仅限", "仅由", "只由"];
    const NOT_IN_LETTERS: [&str; 10] = ["not allowed", "must not", "may not", "cannot", "can't", "do not", "don't", "not to ", "never", "not be"];
    const OTHERS: [&str; 10] = ["接触", "接受", "接种", "接近", "接电话", "直接", "间接", "接力", "接听", "接水"];
    let lower = note.to_lowercase();
    let collects = ["pick up", "picks up", "pickup", "pick-up", "pick him up", "pick her up", "collect", "release"].iter().any(|w| lower.contains(w));
    let plain = OTHERS.iter().fold(lower.clone(), |rest, word| rest.replace(word, ""));
    let says = |words: &[&str]| words.iter().any(|word| plain.split(word).skip(1).any(|after| after.chars().take(8).any(|c| c == '接')));
    if says(&NOT) || (collects && NOT_IN_LETTERS.iter().any(|w| lower.contains(w))) {
        return Some(Restriction::Somebody);
    }
    (says(&ONLY) || (collects && lower.contains("only"))).then_some(Restriction::AllOthers)
}
