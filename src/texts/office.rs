//! Words for the screens of the register: titles of their forms, names of fields, words of choices, and the facts that
//! they enter.

use super::Lang;
use super::{calendar, cards, people, settings, staff};
use crate::desk::office::{Ask, Pick, Task};
use crate::domain::fact::OfficeFact;

/// The title of a form.
#[must_use]
pub fn task(lang: Lang, task: &Task) -> String {
    match task {
        Task::People(task) => people::task(lang, task),
        Task::Cards(task) => cards::task(lang, task),
        Task::Calendar(task) => calendar::task(lang, task),
        Task::Staff(task) => staff::task(lang, task),
        Task::Settings(task) => settings::task(lang, task),
    }
}

/// The name of a field, before what is typed into it.
#[must_use]
pub fn field(lang: Lang, ask: &Ask) -> String {
    match ask {
        Ask::People(ask) => people::field(lang, ask),
        Ask::Cards(ask) => cards::field(lang, ask),
        Ask::Calendar(ask) => calendar::field(lang, ask),
        Ask::Staff(ask) => staff::field(lang, ask),
        Ask::Settings(ask) => settings::field(lang, ask),
    }
}

/// The word of a choice that can be typed instead of its number.
#[must_use]
pub fn pick(lang: Lang, pick: &Pick) -> Option<String> {
    match pick {
        Pick::People(pick) => people::pick(lang, pick),
        Pick::Cards(pick) => cards::pick(lang, pick),
        Pick::Calendar(pick) => calendar::pick(lang, pick),
        Pick::Staff(pick) => staff::pick(lang, pick),
        Pick::Settings(pick) => settings::pick(lang, pick),
    }
}

/// What a fact of the office is about, in a few words.
#[must_use]
pub fn fact(lang: Lang, fact: &OfficeFact) -> String {
    let of = |zh: &str, en: &str, what: &str| format!("{} {what}", lang.pick(zh, en)).trim_end().to_owned();
    match fact {
        OfficeFact::SettingSet { key, .. } => of("设置", "setting", key),
        OfficeFact::TermSet { was, now } => of("学期", "term", now.as_ref().or(was.as_ref()).map_or("", |t| &t.name)),
        OfficeFact::TimetableSet { was, now } => of("作息", "timetable", now.as_ref().or(was.as_ref()).map_or("", |t| &t.name)),
        OfficeFact::DaySet { date, .. } => of("校历", "calendar", &date.to_string()),
        OfficeFact::DutyPlanned { date, .. } => of("排班", "duty plan", &date.to_string()),
        OfficeFact::CareRefused { refused } => of("未能接收", "care refused", &refused.name),
        OfficeFact::RackCounted { counted, expected, .. } => of("点卡", "rack count", &format!("{counted}/{expected}")),
        OfficeFact::CardFound { number } => of("拾到卡", "card found", number.tail()),
        OfficeFact::PhraseTried { right, .. } => {
            of("口令", "pass phrase", lang.pick(if *right { "相符" } else { "不符" }, if *right { "right" } else { "wrong" }))
        }
        OfficeFact::Exported { what, rows, .. } => of("导出", "export", &format!("{what} {rows}")),
        OfficeFact::Looked { .. } => lang.pick("查看档案", "record looked at").to_owned(),
        OfficeFact::Erased { child, .. } => of("删除个人信息", "erased", &child.0.to_string()),
        OfficeFact::CardsForgotten { .. } => lang.pick("不再保存离开者的卡", "cards of somebody who left not kept any more").to_owned(),
        OfficeFact::DaysForgotten { until } => of("不再保存到此日", "days not kept any more, up to", &until.to_string()),
    }
}
