//! Sentences about how this room works.

use std::fmt::Display;

use super::{Lang, words};
use crate::desk::office::settings::{Ask, Origin, Pick, Task};
use crate::desk::welcome::{Answers, Field};
use crate::domain::settings::Place;
use crate::domain::settings::keys::{Key, LONGEST_PLACE, LONGEST_TEXT, MOST_MINUTES, MOST_MONTHS, MOST_PLACES, Shape};

catalogue! {
    title(): "设置" | "Settings";
    change(what): "设置 · {what}" | "Settings · {what}";
    line(n, name, value, origin): "{n} {name}  {value}  ·  {origin}" | "{n} {name}  {value}  ·  {origin}";
    empty(): "（空）" | "(empty)";
    only_here(): "读卡器前缀、后缀，配色、语言只属于这台电脑，写在它的配置文件里，不在这里改" | "What the reader types round a number, colours and language belong to this desk alone: they stand in its configuration file and are not changed here";
    session_elsewhere(): "托管时间在 .校历 里改；人员、角色和 PIN 在 .教职工 里改" | "Hours are changed in .calendar; staff, roles and PINs in .staff";
    from_default(): "默认" | "default";
    from_config(): "本台配置" | "this desk's configuration";
    from_register(): "登记" | "register";
    as_configured(): "用回默认" | "default";
    minutes(n): "{n} 分" | "{n} min";

    ask_text(name): "{name}改成什么？" | "{name}: what instead?";
    ask_word(name): "{name}？" | "{name}?";
    ask_places(): "有哪些地点？用顿号隔开，教室总在其中" | "Which places are there? Separate them with commas; the room is always one";
    ask_count(name): "{name}：多少人？" | "{name}: how many?";
    wrong_count(): "请输入人数，如 40" | "A number of children, such as 40";
    months(n): "{n} 个月" | "{n} months";
    for_good(): "一直保存" | "for good";
    ask_months(name): "{name}：几个月？0 为一直保存；到期不自动删，由 caredesk erase --days 删" | "{name}: for how many months? 0 is for good; nothing goes by itself, caredesk erase --days does it";
    wrong_months(most): "请输入 0 到 {most} 的整数（个月）" | "A whole number of months from 0 to {most}";
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
    // the set-up
    setup_title(n, all): "设置这个托管室（{n}/{all}）" | "Setting this room up ({n}/{all})";
    setup_review(): "都填好了，还没有写入：" | "Everything is answered; nothing is written yet:";
    setup_keys(): "⏎ 下一项   Esc 上一项" | "Enter next   Esc back";
    setup_choice_keys(): "输入 1 或 2 再按 ⏎（也可 ↑↓ 再 ⏎）   Esc 上一项" | "Type 1 or 2 and Enter (or Up/Down and Enter)   Esc back";
    setup_code(name): "已写入。{name} 的恢复码，只显示这一次：" | "Written. The recovery code of {name}, shown this once:";
    setup_code_hint(): "请抄下锁好。组长忘了 PIN、或 PIN 被暂停时，用它在 .教职工 里或用 caredesk staff reset-pin 设新 PIN；只能用一次，以后可用 caredesk staff recovery 再做。" | "Write it down and lock it up. When the leader's PIN is forgotten or paused, it sets a new one, in .staff or with caredesk staff reset-pin. It is good once; caredesk staff recovery makes another.";
    setup_code_keys(): "⏎ 抄好了，打开前台" | "Enter: it is written down, open the desk";
    setup_review_keys(): "⏎ 写入并打开前台   Esc 返回修改，不写入" | "Enter writes it and opens the desk   Esc back, nothing written";
    setup_keep(what): "⏎ = {what}" | "Enter = {what}";
    setup_keep_pin(): "⏎ = 用刚才的 PIN" | "Enter = the PIN typed before";
    setup_skip(): "⏎ = 以后再填" | "Enter = later";
    setup_hint_school(): "托管室叫什么？它显示在屏幕上方，也印在材料上" | "What is the care room called? It stands on top of the screen and on paper";
    setup_hint_room(): "在哪里？如 体艺馆一楼" | "Where is it? Such as: arts hall, first floor";
    setup_hint_start(): "周一至周五，几点开始托管？" | "Monday to Friday: when does care start?";
    setup_hint_end(): "几点结束？原则上不晚于 18:00" | "When does it end? As a rule not after 18:00";
    setup_hint_pickup(): "几点起算平常接走？更早要说原因" | "From when on is pickup ordinary? Earlier ones want a reason";
    setup_hint_cards(): "卡怎么用？" | "How do cards travel?";
    setup_claim(): "取物卡：送来时收下卡，接走时交回" | "Claim checks: handed over at drop-off, back at release";
    setup_held(): "家长持卡：卡一直在家长手里" | "Families keep their cards";
    setup_hint_leader(): "组长的姓名？改登记、批延时都要组长 PIN" | "Name of the leader? Changes and extended care want the leader's PIN";
    setup_hint_pin(): "组长 PIN：至少六位数字，不显示；不要像卡号" | "The leader's PIN: six digits or more, not shown; nothing like a card number";
    setup_hint_pin_again(): "再输一遍 PIN" | "The PIN once more";
    setup_hint_phone(): "监督（投诉）电话？显示在屏幕下方" | "The number for complaints? It stands at the foot of the screen";
    setup_hint_roster(): "现在有名册吗？" | "Is there a roster at hand?";
    setup_field_start(): "开始" | "start";
    setup_field_end(): "结束" | "end";
    setup_field_pickup(): "起可接" | "pickup from";
    setup_field_leader(): "组长" | "leader";
    setup_field_pin(): "组长 PIN" | "PIN";
    setup_field_pin_again(): "再输一遍" | "once more";
    setup_field_roster(): "名册" | "roster";
    setup_roster_none(): "从空白开始" | "start empty";
    setup_school_wanted(): "请写学校或托管室的名称" | "Give the name of the school or care room";
    setup_leader_wanted(): "请写组长的姓名" | "Give the leader's name";
    setup_one_or_two(): "请输入 1 或 2" | "Type 1 or 2";
    setup_pins_differ(): "两次 PIN 不同，请重新输入" | "The two PINs differ: type it again";
    setup_pin_in_roster(): "名册里有一张卡的号码与这个 PIN 相同或相像，请另设 PIN" | "The roster has a card whose number is this PIN, or could be: choose another PIN";
    setup_digits_keys(): "卡号应有几位？写位数再按 ⏎，前面的 0 就补上   Esc 返回，换文件" | "How many digits have the cards? Type the number and Enter: they get their zeros back   Esc back";
    setup_bad_digits(): "卡号有 4 到 20 位" | "Cards have 4 to 20 digits";
    setup_end(start): "结束要晚于 {start}" | "The end comes after {start}";
    setup_pickup(start, end): "要在 {start} 和 {end} 之间" | "Between {start} and {end}";
    setup_done(): "已设置。按 F7 用组长 PIN 签到；.校历 和 .设置 随时可改" | "Set up. F7 signs on with the leader's PIN; .calendar and .settings change everything later";
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
        Key::SecondCard => lang.pick("可办第二张卡", "second card"),
        Key::Capacity => lang.pick("容纳人数", "capacity"),
        Key::Places => lang.pick("去处", "places"),
        Key::BoardMinutes => lang.pick("结束前看板", "board before end"),
        Key::MissingAfter => lang.pick("未到提醒", "not come after"),
        Key::GraceMinutes => lang.pick("约定后再提醒", "promise grace"),
        Key::LeaderAfter => lang.pick("告知组长", "tell leader after"),
        Key::DecideAfter => lang.pick("须作决定", "decide after"),
        Key::ExtendedUntil => lang.pick("延时到", "extended until"),
        Key::KeepMonths => lang.pick("出入记录保存", "days are kept"),
    }
}

/// A value as people read it.
#[must_use]
pub fn value(lang: Lang, key: Key, value: &str) -> String {
    match (key.shape(), value) {
        (Shape::Text | Shape::Count, "") => empty(lang),
        (Shape::Count, n) => n.to_owned(),
        (Shape::Months, "" | "0") => for_good(lang),
        (Shape::Months, n) => months(lang, n),
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
        Shape::Count => ask_count(lang, name),
        Shape::Months => ask_months(lang, name),
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
        Shape::Count => wrong_count(lang),
        Shape::Months => wrong_months(lang, MOST_MONTHS),
        Shape::Time => wrong_time(lang),
    }
}

/// The name of a field of the set-up.
#[must_use]
pub fn setup_field(lang: Lang, field: Field) -> String {
    match field {
        Field::School => name(lang, Key::School).to_owned(),
        Field::Room => name(lang, Key::Room).to_owned(),
        Field::Start => setup_field_start(lang),
        Field::End => setup_field_end(lang),
        Field::Pickup => setup_field_pickup(lang),
        Field::Cards => name(lang, Key::CardMode).to_owned(),
        Field::Leader => setup_field_leader(lang),
        Field::Pin => setup_field_pin(lang),
        Field::PinAgain => setup_field_pin_again(lang),
        Field::Phone => name(lang, Key::ComplaintPhone).to_owned(),
        Field::Roster => setup_field_roster(lang),
    }
}

/// What the set-up asks.
#[must_use]
pub fn setup_hint(lang: Lang, field: Field) -> String {
    match field {
        Field::School => setup_hint_school(lang),
        Field::Room => setup_hint_room(lang),
        Field::Start => setup_hint_start(lang),
        Field::End => setup_hint_end(lang),
        Field::Pickup => setup_hint_pickup(lang),
        Field::Cards => setup_hint_cards(lang),
        Field::Leader => setup_hint_leader(lang),
        Field::Pin => setup_hint_pin(lang),
        Field::PinAgain => setup_hint_pin_again(lang),
        Field::Phone => setup_hint_phone(lang),
        Field::Roster => setup_hint_roster(lang),
    }
}

/// The answer of a field as it stands; a PIN is only said to be there.
#[must_use]
pub fn setup_answer(lang: Lang, answers: &Answers, field: Field) -> String {
    let time = super::calendar::hhmm;
    match field {
        Field::School => answers.school.clone(),
        Field::Room => answers.room.clone(),
        Field::Start => time(answers.session.start),
        Field::End => time(answers.session.end),
        Field::Pickup => time(answers.session.pickup_from),
        Field::Cards => value(lang, Key::CardMode, answers.cards),
        Field::Leader => answers.leader.clone(),
        Field::Pin | Field::PinAgain => answers.pin.as_ref().map_or_else(String::new, |_| "******".to_owned()),
        Field::Phone => answers.phone.clone(),
        Field::Roster => answers.roster.clone().unwrap_or_else(|| setup_roster_none(lang)),
    }
}

/// What Enter alone does at a field.
#[must_use]
pub fn setup_enter(lang: Lang, answers: &Answers, field: Field) -> Option<String> {
    let answer = setup_answer(lang, answers, field);
    match (field, answer.is_empty()) {
        (Field::Room | Field::Phone, true) => Some(setup_skip(lang)),
        (Field::Pin, false) => Some(setup_keep_pin(lang)),
        (Field::Cards | Field::Roster | Field::PinAgain, _) | (_, true) => None,
        (_, false) => Some(setup_keep(lang, answer)),
    }
}

/// The key of a place by its word in either language; a school's own word is its key.
#[must_use]
pub fn place_key(word: &str) -> String {
    let known = [Place::ROOM, "field", "library", "sickbay", "toilet", Place::GUARD];
    let means = |key: &&str| [Lang::Zh, Lang::En].into_iter().any(|lang| words::place(lang, &Place::new(key)) == word) || **key == *word;
    known.into_iter().find(means).unwrap_or(word).to_owned()
}
