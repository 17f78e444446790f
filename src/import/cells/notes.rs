//! What is written about a child in words: illness, and who may not collect it.

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

/// What a note may say about who collects the child.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::import) enum Restriction {
    /// Somebody must not (`爸爸不能接`).
    Somebody,
    /// Nobody but one who is named may (`只能由母亲接`).
    AllOthers,
}

/// Words for people in a note.
const PEOPLE: [&str; 37] = [
    "父",
    "母",
    "爸",
    "妈",
    "爷",
    "奶",
    "外公",
    "外婆",
    "姥",
    "舅",
    "姨",
    "姑",
    "叔",
    "伯",
    "婶",
    "哥",
    "姐",
    "前夫",
    "前妻",
    "男友",
    "女友",
    "他人",
    "别人",
    "任何人",
    "其他人",
    "谁",
    "此人",
    "father",
    "mother",
    "dad",
    "mum",
    "mom",
    "grandpa",
    "grandma",
    "aunt",
    "uncle",
    "parent",
];

/// Whether a note may say that somebody must not come near the child: a person, and a word that is said of nothing better. What
/// a child must not touch or eat (`妈妈说不给吃花生`) is no such word.
fn tells_against(lower: &str) -> bool {
    const AGAINST: [&str; 36] = [
        "禁接",
        "不接",
        "别接",
        "勿接",
        "不得接近",
        "不能接近",
        "不准接近",
        "不得靠近",
        "不能靠近",
        "不得接触",
        "禁止接触",
        "限制接触",
        "限制探视",
        "探视权",
        "被限制",
        "法院",
        "法庭",
        "判决",
        "裁定",
        "家暴",
        "暴力",
        "报警",
        "保护令",
        "禁止令",
        "监护权",
        "抚养权",
        "未经",
        "拒绝",
        "court",
        "custody",
        "restraining",
        "injunction",
        "no contact",
        "not be released",
        "not contact",
        "unsupervised",
    ];
    const GIVE: [&str; 4] = ["不给", "别给", "勿给", "不要给"];
    const OTHERS: [&str; 12] =
        ["接触花生", "接触猫", "接触狗", "接触花粉", "接触动物", "接触过敏", "接触水", "接电话", "接听", "不接受", "接种", "不接种"];
    let plain = OTHERS.iter().fold(lower.to_owned(), |rest, word| rest.replace(word, ""));
    let gives = |word: &str| plain.split(word).skip(1).any(|after| !after.starts_with(['吃', '喝', '食', '用', '服', '糖', '买', '看', '玩', '孩']));
    (AGAINST.iter().any(|word| plain.contains(word)) || GIVE.iter().any(|word| gives(word))) && PEOPLE.iter().any(|word| plain.contains(word))
}

/// Whether a note may say that somebody must not collect the child; `不能接触花生` does not.
pub(in crate::import) fn restricts(note: &str) -> Option<Restriction> {
    const NOT: [&str; 15] = ["不能", "不得", "不可", "不准", "不许", "不让", "不要", "不给", "禁止", "别让", "勿让", "不允许", "严禁", "不应", "禁"];
    const ONLY: [&str; 7] = ["只能", "只准", "只许", "只让", "仅限", "仅由", "只由"];
    const NOT_IN_LETTERS: [&str; 10] = ["not allowed", "must not", "may not", "cannot", "can't", "do not", "don't", "not to ", "never", "not be"];
    const OTHERS: [&str; 10] = ["接触", "接受", "接种", "接近", "接电话", "直接", "间接", "接力", "接听", "接水"];
    let lower = note.to_lowercase();
    let collects = ["pick up", "picks up", "pickup", "pick-up", "pick him up", "pick her up", "collect", "release"].iter().any(|w| lower.contains(w));
    let plain = OTHERS.iter().fold(lower.clone(), |rest, word| rest.replace(word, ""));
    let says = |words: &[&str]| words.iter().any(|word| plain.split(word).skip(1).any(|after| after.chars().take(8).any(|c| c == '接')));
    if says(&NOT) || tells_against(&lower) || (collects && NOT_IN_LETTERS.iter().any(|w| lower.contains(w))) {
        return Some(Restriction::Somebody);
    }
    (says(&ONLY) || (collects && lower.contains("only"))).then_some(Restriction::AllOthers)
}

/// Whether a note may say, in whatever words, that somebody must not have the child, or that only somebody may: a word of warning
/// beside a person. `names` are those of the list; beside one of them any "not" is a warning, beside a relation only one that is said
/// of handing over. What nobody shall eat, a call that nobody answers and who cannot come are no warnings.
pub(in crate::import) fn warns_of<'n>(note: &str, names: impl Iterator<Item = &'n str>) -> Option<Restriction> {
    const HARMLESS: [&str; 46] = [
        "特别",
        "分别",
        "性别",
        "级别",
        "个别",
        "区别",
        "别墅",
        "别忘",
        "别急",
        "别催",
        "别担心",
        "别迟到",
        "预防",
        "消防",
        "防晒",
        "防水",
        "防滑",
        "防蚊",
        "防护",
        "防疫",
        "防寒",
        "防摔",
        "防走失",
        "拒绝上",
        "放学",
        "放假",
        "一只",
        "两只",
        "三只",
        "不接电话",
        "打不通",
        "不通",
        "不在",
        "不方便",
        "不便",
        "不能来",
        "不来",
        "不认识",
        "不舒服",
        "不好",
        "不住",
        "不吃",
        "不会",
        "not available",
        "not reachable",
        "not answer",
    ];
    const FOOD: [char; 11] = ['吃', '喝', '食', '用', '服', '糖', '买', '看', '玩', '碰', '午'];
    const WARNING: [&str; 31] = [
        "勿",
        "莫",
        "别",
        "禁止",
        "严禁",
        "禁入",
        "禁:",
        "防",
        "小心",
        "当心",
        "警惕",
        "黑名单",
        "拉黑",
        "拦",
        "危险",
        "抢孩子",
        "抢走",
        "骗",
        "×",
        "✗",
        "✘",
        "❌",
        "╳",
        "✕",
        "beware",
        "banned",
        "blacklist",
        "keep away",
        "watch out",
        "stay away",
        "warning",
    ];
    const HAND_OVER: [&str; 28] = [
        "交",
        "放",
        "领",
        "跟",
        "许",
        "准",
        "让",
        "见",
        "带走",
        "带离",
        "带他",
        "带她",
        "带孩子",
        "允许",
        "同意",
        "信任",
        "pick",
        "collect",
        "release",
        "hand",
        "give",
        "let ",
        "allow",
        "contact",
        "access",
        "take",
        "go with",
        "leave with",
    ];
    let lower = note.to_lowercase().replace('：', ":");
    let plain = HARMLESS.iter().fold(lower, |rest, word| rest.replace(word, " "));
    let is_listed = names.filter(|name| name.chars().count() >= 2).any(|name| plain.contains(&name.to_lowercase()));
    let in_letters = |text: &str, words: &[&str]| text.split(|c: char| !c.is_ascii_alphabetic() && c != '\'').any(|word| words.contains(&word));
    let is_not = |text: &str| text.contains(['不', '非']) || in_letters(text, &["no", "not", "never", "don't", "cannot", "can't"]);
    let of_food = |text: &str, word: &str| text.split(word).skip(1).all(|after| after.chars().take(3).any(|c| FOOD.contains(&c)));
    let warns = |text: &str| WARNING.iter().any(|word| text.contains(word) && !of_food(text, word));
    let hands_over = |text: &str| is_not(text) && HAND_OVER.iter().any(|word| text.contains(word) && !of_food(text, word));
    let is_short = |text: &str| in_letters(text, &["no", "not"]) && text.split_whitespace().count() <= 3;
    let speaks = |text: &&str| is_listed || PEOPLE.iter().any(|word| text.contains(word));
    let parts = || plain.split(['，', ',', '。', ';', '；', '\n', '.', '!', '！']).filter(speaks);
    if parts().any(|part| warns(part) || hands_over(part) || is_short(part)) || (is_listed && is_not(&plain) && !of_food(&plain, "不")) {
        return Some(Restriction::Somebody);
    }
    let only = |text: &str| text.contains(['只', '仅', '唯']) || in_letters(text, &["only"]);
    parts().any(only).then_some(Restriction::AllOthers)
}
