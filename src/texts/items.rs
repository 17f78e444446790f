//! What the export writes into one cell and an import reads out of it again: terms, early days, how long somebody is listed.
//!
//! Reading is in `import::items`. A text that holds one of the signs between the parts stands in quotation marks.

use std::fmt::Display;

use chrono::NaiveDate;

use super::Lang;
use crate::domain::enrolment::{Consent, EarlyDay, Enrolment};

catalogue! {
    term_named(name, parts): "{name}：{parts}" | "{name}: {parts}";
    term_signed_by(who): "签字 {who}" | "signed by {who}";
    term_source(what): "来源 {what}" | "source {what}";
    term_reference(what): "编号 {what}" | "number {what}";
    between_parts(): "，" | ", ";
    between_items(): "；" | "; ";
    span(from, until): "{from}至{until}" | "{from} to {until}";
    span_from(from): "{from}起" | "from {from}";
    span_until(until): "至{until}" | "until {until}";

    // headings that an import understands (assets/headings.tsv)
    heading_terms(): "学期托管" | "terms";
    heading_early(): "固定早走" | "leaves early";
    heading_guest(): "来宾日期" | "guest on";
    heading_withdrawn(): "退出日期" | "withdrawn on";
    heading_buddy(): "结伴" | "buddy";
    heading_valid(n): "监护人{n}有效期" | "guardian{n} valid";
    heading_looks(n): "监护人{n}特征" | "guardian{n} looks";
    heading_works_here(n): "监护人{n}教职工" | "guardian{n} staff";
    heading_minor(n): "监护人{n}未成年" | "guardian{n} under age";
    heading_barred(n): "监护人{n}不得接送" | "guardian{n} barred";

    // why a cell is refused
    bad_term(text): "看不懂学期托管 {text}；请写成 2026秋：周一、周三，已签，2026-09-01，签字 王芳，来源 纸质，编号 KH-17，两个学期之间用“；”" | "the term {text} is not understood; write 2026 autumn: Mon Wed, signed, 2026-09-01, signed by Wang Fang, source paper, number KH-17, with ; between terms";
    bad_early(text): "看不懂固定早走 {text}；请写成 周二 17:10 钢琴课，两天之间用“；”" | "the early day {text} is not understood; write Tue 17:10 piano, with ; between days";
    bad_span(text): "看不懂有效期 {text}；请写成 2026-09-01至2027-01-20、2026-09-01起 或 至2027-01-20，先的在前" | "{text} says not how long; write 2026-09-01 to 2027-01-20, from 2026-09-01 or until 2027-01-20, the first day first";
    bad_date(text): "看不懂日期 {text}；请写成 2026-09-01" | "the date {text} is not understood; write it like 2026-09-01";
    no_such_buddy(text): "找不到结伴的孩子 {text}；请写学号、卡号，或姓名和班级（如 王芳 四(1)班），且不是自己" | "no other child is {text}; write a student number, a card, or name and class (Wang Fang 4.1)";
    several_buddies(text): "结伴的孩子 {text} 有几位；请写学号或卡号" | "several children are {text}; write a student number or a card";
    withdrawn_yet_here(): "写了退出日期，却又说参加；请改其中一格" | "withdrawn on a day, and yet said to take part: change one of the two cells";
    buddy_left_out(cells): "? {cells}：结伴的孩子那一行未导入，结伴未记" | "? {cells}: the row of the buddy is not imported, so the pair is not recorded";

    // what changes
    field_terms(): "学期托管" | "terms";
    field_early(): "固定早走" | "leaves early";
    field_guest(): "来宾日期" | "guest on";
    field_withdrawn(): "退出日期" | "withdrawn on";
    field_buddy(): "结伴" | "buddy";
    field_valid(who): "有效期（{who}）" | "valid ({who})";
    field_looks(who): "特征（{who}）" | "looks ({who})";
    field_minor(who): "未成年（{who}）" | "under age ({who})";
    buddy_of(number): "第 {number} 号孩子" | "child no. {number}";

    // what an export says at its end
    export_secrets(): "口令和限制接送的文书编号不在文件里：重新导入后限制仍在，口令和文书编号须由组长补录；仅限一日、已停用的接走人也不在其中" | "Pass phrases and the references of papers behind restrictions are not in the file: after an import the restrictions hold, but a leader enters phrases and papers anew; collectors of one day and of the past are not in it either";
    export_too_many(n): "有 {n} 位接走人这张表写不下（每个孩子最多九位），见 collectors 导出" | "{n} collectors have no place in this table (nine of a child at most): see the export of collectors";
}

/// Terms as one cell; empty for none.
#[must_use]
pub fn terms(lang: Lang, terms: &[Enrolment]) -> String {
    terms.iter().map(|enrolment| term(lang, enrolment)).collect::<Vec<_>>().join(&between_items(lang))
}

/// Days on which a child leaves early as one cell; empty for none.
#[must_use]
pub fn early_days(lang: Lang, days: &[EarlyDay]) -> String {
    let item = |EarlyDay { weekday, at, reason }: &EarlyDay| {
        let reason = if reason.is_empty() { String::new() } else { quoted(reason) };
        format!("{} {} {reason}", super::words::weekday(lang, *weekday), at.format("%H:%M")).trim_end().to_owned()
    };
    days.iter().map(item).collect::<Vec<_>>().join(&between_items(lang))
}

/// First and last day as one cell; empty when there is neither.
#[must_use]
pub fn validity(lang: Lang, from: Option<NaiveDate>, until: Option<NaiveDate>) -> String {
    match (from, until) {
        (Some(from), Some(until)) => span(lang, from, until),
        (Some(from), None) => span_from(lang, from),
        (None, Some(until)) => span_until(lang, until),
        (None, None) => String::new(),
    }
}

fn term(lang: Lang, enrolment: &Enrolment) -> String {
    let Enrolment { term, weekdays, consent, signed_on, signed_by, source, reference } = enrolment;
    let consent = match consent {
        Consent::Unknown => None,
        Consent::Given | Consent::Missing => Some(super::import::consent(lang, *consent)),
    };
    let text = |value: &Option<String>| value.as_deref().map(quoted);
    let parts = [
        Some(super::import::days(lang, *weekdays)),
        consent,
        signed_on.map(|day| day.to_string()),
        text(signed_by).map(|who| term_signed_by(lang, who)),
        text(source).map(|what| term_source(lang, what)),
        text(reference).map(|what| term_reference(lang, what)),
    ];
    term_named(lang, quoted(term), parts.into_iter().flatten().collect::<Vec<_>>().join(&between_parts(lang)))
}

/// A text in quotation marks when it holds a sign that would end it.
fn quoted(text: &str) -> String {
    let ends = |c: char| matches!(c, '；' | ';' | '，' | ',' | '：' | ':' | '"' | '\n' | '\r');
    let plain = !text.contains(ends) && text.trim() == text && !text.is_empty();
    if plain { text.to_owned() } else { format!("\"{}\"", text.replace('"', "\"\"")) }
}
