//! Sentences about how this room works.

use std::fmt::Display;

use super::{Lang, words};
use crate::desk::office::settings::{Ask, Origin, Pick, Task};
use crate::domain::settings::Place;
use crate::domain::settings::keys::{Key, LONGEST_PLACE, LONGEST_TEXT, MOST_MINUTES, MOST_PLACES, Shape};

catalogue! {
    title(): "设置" | "Settings";
    change(what): "设置 · {what}" | "Settings · {what}";
    line(n, name, value, origin): "{n} {name}  {value}  ·  {origin}" | "{n} {name}  {value}  ·  {origin}";
    empty(): "（空）" | "(empty)";
    only_here(): "读卡器前缀、后缀，配色、语言只属于这台电脑，写在它的配置文件里，不在这里改" | "What the reader types round a number, colours and language belong to this desk alone: they stand in its configuration file and are not changed here";
    session_elsewhere(): "托管时间在 .校历 里改；人员、角色和口令在 .人员 里改" | "Hours are changed in .calendar; staff, roles and PINs in .staff";
    from_default(): "默认" | "default";
    from_config(): "本台配置" | "this desk's configuration";
    from_register(): "登记" | "register";
    as_configured(): "用回默认" | "default";
    minutes(n): "{n} 分" | "{n} min";

    ask_text(name): "{name}改成什么？" | "{name}: what instead?";
    ask_word(name): "{name}？" | "{name}?";
    ask_places(): "有哪些地点？用顿号隔开，教室总在其中" | "Which places are there? Separate them with commas; the room is always one";
    ask_minutes(name): "{name}：几分钟？" | "{name}: how many minutes?";
    ask_time(name): "{name}：几点？" | "{name}: at what time?";
    or_default(ask): "{ask}（输入“用回默认”恢复）" | "{ask} (type default to put it back)";

    did(name, value): "{name}：{value}，各台立即生效" | "{name}: {value}, at once on every desk";
    did_default(name, value): "{name}：用回默认（{value}）" | "{name}: default again ({value})";

    wrong_text(most): "最多 {most} 个字，不能有控制字符" | "At most {most} characters, no control characters";
    wrong_word(): "请选列出的一项" | "Pick one of the list";
    wrong_places(places, length): "最多 {places} 处，每处最多 {length} 个字，不能重复" | "At most {places} places of {length} characters each, none twice";
    wrong_minutes(most): "请输入 0 到 {most} 的整数" | "A whole number from 0 to {most}";
    wrong_time(): "时间看不懂，例：18:30" | "Not a time: for example 18:30";
    unchanged(): "和原来一样，没有改" | "That is as it was; nothing was changed";
    cards_out(children, cards): "现在不能改：还有 {children} 个孩子在园、{cards} 张卡在外；等卡收齐再改" | "Not now: {children} children are here and {cards} cards are out; change it when all cards are back";
    children_there(place): "现在不能去掉{place}：还有孩子在那里" | "Not now: a child is at {place}";
    extended_early(): "延时结束要晚于今天托管结束" | "Extended care ends after the session of today";
}

/// The title of a form.
#[must_use]
pub fn task(lang: Lang, task: &Task) -> String {
    match task {
        Task::Change(key) => change(lang, name(lang, *key)),
    }
}

/// The name of a field, before what is typed into it.
#[must_use]
pub fn field(lang: Lang, ask: &Ask) -> String {
    match ask {
        Ask::What => title(lang),
        Ask::Value(key) => name(lang, *key).to_owned(),
    }
}

/// A choice of the screen or a form.
#[must_use]
pub fn choice(lang: Lang, pick: &Pick) -> String {
    match pick {
        Pick::Change(key) => name(lang, *key).to_owned(),
        Pick::Word(key, word) => value(lang, *key, word),
        Pick::Default(_) => as_configured(lang),
    }
}

/// The word of a choice that can be typed instead of its number.
#[must_use]
pub fn pick(lang: Lang, pick: &Pick) -> Option<String> {
    Some(choice(lang, pick))
}

/// The name of a setting.
#[must_use]
pub fn name(lang: Lang, key: Key) -> &'static str {
    match key {
        Key::School => lang.pick("学校", "school"),
        Key::Room => lang.pick("地点", "room"),
        Key::ComplaintPhone => lang.pick("监督电话", "complaints"),
        Key::CardMode => lang.pick("卡的用法", "cards"),
        Key::ReleaseOn => lang.pick("放行", "release"),
        Key::RequireConsent => lang.pick("同意书未知时询问", "ask for consent"),
        Key::Places => lang.pick("去处", "places"),
        Key::BoardMinutes => lang.pick("结束前看板", "board before end"),
        Key::MissingAfter => lang.pick("未到提醒", "not come after"),
        Key::GraceMinutes => lang.pick("约定后再提醒", "promise grace"),
        Key::LeaderAfter => lang.pick("告知组长", "tell leader after"),
        Key::DecideAfter => lang.pick("须作决定", "decide after"),
        Key::ExtendedUntil => lang.pick("延时到", "extended until"),
    }
}

/// A value as people read it.
#[must_use]
pub fn value(lang: Lang, key: Key, value: &str) -> String {
    match (key.shape(), value) {
        (Shape::Text, "") => empty(lang),
        (Shape::Text | Shape::Time, text) => text.to_owned(),
        (Shape::Minutes, n) => minutes(lang, n),
        (Shape::List, list) => {
            let places = std::iter::once(Place::ROOM).chain(list.split('\n').filter(|name| !name.is_empty())).map(Place::new);
            places.map(|place| words::place(lang, &place)).collect::<Vec<_>>().join(lang.pick("、", ", "))
        }
        (Shape::Word(_), "claim") => lang.pick("取物卡（收卡放人）", "claim checks (card back at release)").to_owned(),
        (Shape::Word(_), "held") => lang.pick("家长持卡", "families keep them").to_owned(),
        (Shape::Word(_), "enter") => lang.pick("刷卡再按 ⏎", "scan, then Enter").to_owned(),
        (Shape::Word(_), "scan") => lang.pick("刷卡即放（仅全绿时）", "scan alone (plain green only)").to_owned(),
        (Shape::Word(_), "yes") => lang.pick("是", "yes").to_owned(),
        (Shape::Word(_), "no") => lang.pick("否", "no").to_owned(),
        (Shape::Word(_), other) => other.to_owned(),
    }
}

/// Where a value comes from.
#[must_use]
pub fn origin(lang: Lang, origin: Origin) -> String {
    match origin {
        Origin::Default => from_default(lang),
        Origin::Config => from_config(lang),
        Origin::Register => from_register(lang),
    }
}

/// What a form asks about a setting.
#[must_use]
pub fn ask(lang: Lang, key: Key) -> String {
    let name = name(lang, key);
    match key.shape() {
        Shape::Text => ask_text(lang, name),
        Shape::Word(_) => ask_word(lang, name),
        Shape::List => ask_places(lang),
        Shape::Minutes => ask_minutes(lang, name),
        Shape::Time => ask_time(lang, name),
    }
}

/// Why a value is not taken.
#[must_use]
pub fn wrong(lang: Lang, key: Key) -> String {
    match key.shape() {
        Shape::Text => wrong_text(lang, LONGEST_TEXT),
        Shape::Word(_) => wrong_word(lang),
        Shape::List => wrong_places(lang, MOST_PLACES, LONGEST_PLACE),
        Shape::Minutes => wrong_minutes(lang, MOST_MINUTES),
        Shape::Time => wrong_time(lang),
    }
}

/// The key of a place by its word in either language; a school's own word is its key.
#[must_use]
pub fn place_key(word: &str) -> String {
    let known = [Place::ROOM, "field", "library", "sickbay", "toilet", Place::GUARD];
    let means = |key: &&str| [Lang::Zh, Lang::En].into_iter().any(|lang| words::place(lang, &Place::new(key)) == word) || **key == *word;
    known.into_iter().find(means).unwrap_or(word).to_owned()
}
