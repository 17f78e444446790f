//! What is written about a child in words: illness, that it has left, what became of its card. What is said of the people around it is in [`super::super::spoken`].

use super::without_code;
use crate::import::nobody::is_nothing;

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
        is_nothing(&part) || WELL.contains(&part.as_str()) || says_none(&part)
    };
    let well = is_well(words) || words.split(['、', '，', ',', '；', ';', '。', '/']).all(is_well);
    (!well).then(|| words.to_owned())
}

/// Whether a part of a text says that there is nothing of the kind that is asked about: `无食物过敏史`, `未发现异常`. Nothing else
/// may stand in it: `无法吃鸡蛋` is no such part.
fn says_none(part: &str) -> bool {
    const NONE: [&str; 8] = ["以上都没有", "以上均无", "都没有", "没有以上", "未发现", "没有", "暂无", "无"];
    const OF: [&str; 32] = [
        "任何", "以上", "情况", "食物", "药物", "花粉", "重大", "特殊", "既往", "家族", "遗传", "慢性", "传染", "过敏", "史", "源", "原", "体质",
        "疾病", "病", "忌口", "禁接", "异常", "问题", "不适", "症状", "其他", "均", "都", "的", "及", "和",
    ];
    let Some(mut rest) = NONE.iter().find_map(|word| part.strip_prefix(word)) else { return false };
    while let Some(after) = OF.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = after;
    }
    rest.is_empty()
}

/// Whether a text may say that the child does not come any more.
pub(in crate::import) fn says_left(text: &str) -> bool {
    const LEFT: [&str; 22] = [
        "已转学",
        "转学走",
        "转学了",
        "转走",
        "已转出",
        "已退",
        "退学",
        "退班",
        "退托",
        "退费",
        "休学",
        "不来了",
        "不再来",
        "不上了",
        "停托",
        "已毕业",
        "已离园",
        "已取消",
        "不参加了",
        "withdrawn",
        "has left",
        "no longer attends",
    ];
    let lower = text.to_lowercase();
    LEFT.iter().any(|word| lower.contains(word)) && !["转学来", "转学过来", "转来"].iter().any(|word| lower.contains(word))
}

/// What stands in brackets behind a name and says that the child has left: `防风（退）`.
pub(in crate::import) fn name_says_left(name: &str) -> bool {
    let inside = name.split_once(['(', '（']).map_or("", |(_, inside)| inside).trim_end_matches([')', '）']);
    says_left(inside) || matches!(inside, "退" | "转" | "休" | "走" | "离" | "毕" | "转学" | "毕业" | "退出" | "离开" | "停")
}

/// Whether a text may say that a card was lost, or that another one counts.
pub(in crate::import) fn tells_of_card(text: &str) -> bool {
    const GONE: [&str; 14] = ["丢", "挂失", "遗失", "补卡", "补办", "补发", "作废", "注销", "停用", "换卡", "新卡", "旧卡", "卡坏", "lost"];
    let lower = text.to_lowercase();
    (lower.contains('卡') || lower.contains("card")) && GONE.iter().any(|word| lower.contains(word))
}

/// Whether a card is used, as a list of cards says it; `None` for what is not understood.
pub(in crate::import) fn card_is_used(state: &str) -> Option<bool> {
    match state.trim().to_lowercase().as_str() {
        "" | "正常" | "有效" | "启用" | "已启用" | "使用中" | "在用" | "已发" | "已发卡" | "已开卡" | "已激活" | "激活" | "可用" | "active"
        | "in use" | "valid" | "ok" => Some(true),
        "挂失" | "已挂失" | "丢失" | "遗失" | "注销" | "已注销" | "作废" | "已作废" | "停用" | "已停用" | "冻结" | "过期" | "已过期" | "退卡"
        | "已退卡" | "未激活" | "未启用" | "损坏" | "补卡" | "已补卡" | "禁用" | "销户" | "lost" | "cancelled" | "canceled" | "blocked"
        | "expired" | "inactive" => Some(false),
        _ => None,
    }
}
