//! Words for the enums of rules and desk: reasons, results, actions, commands, places, relations.

use super::Lang;
use crate::desk::actions::Action;
use crate::desk::appearance::Colours;
use crate::desk::commands::{Command, Keystroke};
use crate::desk::forms::Kind;
use crate::desk::question::{Label, Prompt};
use crate::desk::roster::{Narrowed, Standing};
use crate::domain::fact::{CallResult, EarlyReason, LateReason, LeaveReason};
use crate::domain::settings::Place;

/// A reason for leaving early.
#[must_use]
pub fn early_reason(lang: Lang, reason: EarlyReason) -> &'static str {
    match reason {
        EarlyReason::Family => lang.pick("家中有事", "family matter"),
        EarlyReason::Class => lang.pick("课外班", "class elsewhere"),
        EarlyReason::Doctor => lang.pick("就医", "doctor"),
        EarlyReason::Unwell => lang.pick("身体不适", "unwell"),
        EarlyReason::School => lang.pick("学校安排", "called by school"),
    }
}

/// A reason for being collected late.
#[must_use]
pub fn late_reason(lang: Lang, reason: LateReason) -> &'static str {
    match reason {
        LateReason::Work => lang.pick("加班", "working late"),
        LateReason::Traffic => lang.pick("堵车", "traffic"),
        LateReason::Misunderstanding => lang.pick("记错时间", "misunderstanding"),
        LateReason::Weather => lang.pick("天气", "weather"),
        LateReason::Arranged => lang.pick("事先约定", "arranged before"),
    }
}

/// A reason for staying away.
#[must_use]
pub fn leave_reason(lang: Lang, reason: LeaveReason) -> &'static str {
    match reason {
        LeaveReason::Ill => lang.pick("生病", "ill"),
        LeaveReason::Family => lang.pick("家事", "family"),
        LeaveReason::HomeDirectly => lang.pick("放学直接回家", "straight home"),
    }
}

/// Result of a call.
#[must_use]
pub fn call_result(lang: Lang, result: CallResult) -> &'static str {
    match result {
        CallResult::Yes => lang.pick("接通，同意", "reached, agrees"),
        CallResult::No => lang.pick("接通，不同意", "reached, refuses"),
        CallResult::NoAnswer => lang.pick("未接通", "no answer"),
    }
}

/// Something to do with a child.
#[must_use]
pub fn action(lang: Lang, action: Action) -> &'static str {
    match action {
        Action::Leave => lang.pick("请假", "leave"),
        Action::CardUnread => lang.pick("持卡未刷", "card not read"),
        Action::NoCard => lang.pick("无卡", "no card"),
        Action::StepOut => lang.pick("暂离", "step out"),
        Action::ComeBack => lang.pick("返回", "come back"),
        Action::Move => lang.pick("换地点", "move"),
        Action::Note => lang.pick("备注", "note"),
        Action::Authorise => lang.pick("今日授权", "authorise today"),
        Action::CallBack => lang.pick("回拨核实", "call back"),
        Action::LoseCard => lang.pick("挂失", "card lost"),
        Action::Arrive => lang.pick("到园", "arrive"),
        Action::Again => lang.pick("再次到园", "arrive again"),
        Action::SelfLeave => lang.pick("自行离校", "goes home alone"),
        Action::Phones => lang.pick("看电话", "phone numbers"),
    }
}

/// A command's words: Chinese, English.
#[must_use]
pub fn command_words(command: Command) -> (&'static str, &'static str) {
    match command {
        Command::Help => ("帮助", "help"),
        Command::Roster => ("名册", "roster"),
        Command::Phones => ("电话", "phones"),
        Command::Duty => ("签到", "duty"),
        Command::Undo => ("撤销", "undo"),
        Command::Why => ("为什么", "why"),
        Command::Next => ("下一个", "next"),
        Command::Batch => ("批量", "batch"),
        Command::BackFill => ("补录", "backfill"),
        Command::Language => ("语言", "lang"),
        Command::Theme => ("配色", "theme"),
        Command::Guide => ("引导", "guide"),
        Command::Clock => ("时钟", "clock"),
        Command::Quit => ("退出", "quit"),
    }
}

/// What a command is for.
#[must_use]
pub fn command_help(lang: Lang, command: Command) -> &'static str {
    match command {
        Command::Help => lang.pick("帮助与命令", "help and commands"),
        Command::Roster => lang.pick("名册：在班、未到、各处、按班；Esc 回全部", "roster: in, due, by place, by class; Esc for all"),
        Command::Phones => lang.pick("眼前孩子的家长电话", "numbers of the child in front"),
        Command::Duty => lang.pick("签到、签退、换人操作", "sign on or off, choose who acts"),
        Command::Undo => lang.pick("撤销本台最近的操作", "take back this desk's last acts"),
        Command::Why => lang.pick("为什么是这个结果", "why this verdict"),
        Command::Next => lang.pick("换到下一组等待", "step to the next that waits"),
        Command::Batch => lang.pick("老师带来几人：.batch 王老师", "several with an escort: .batch NAME"),
        Command::BackFill => lang.pick("补录先前的接送", "enter what happened earlier"),
        Command::Language => lang.pick("中文 / English", "English / 中文"),
        Command::Theme => lang.pick("换配色：深、浅、高对比、无色", "colours: dark, light, contrast, none"),
        Command::Guide => lang.pick("练习引导", "the guided round"),
        Command::Clock => lang.pick("设演练时钟：.clock 17:40", "set the practice clock: .clock 17:40"),
        Command::Quit => lang.pick("退出", "quit"),
    }
}

/// What a key does, in a word for the key line and in a sentence for help.
#[must_use]
pub fn keystroke(lang: Lang, key: Keystroke) -> (&'static str, &'static str) {
    match key {
        Keystroke::Enter => (
            lang.pick("确认", "confirm"),
            lang.pick("答应眼前标 ⏎ 的一项；空着按 ⏎ 从不放行须核对的孩子", "takes what is marked ⏎; never releases a child that needs a look"),
        ),
        Keystroke::Arrows => (
            lang.pick("选择", "choose"),
            lang.pick("在编号列表里上下选，⏎ 取；没有列表时翻名册", "step through the choices; without any, through the roster"),
        ),
        Keystroke::Pages => (lang.pick("翻页", "pages"), lang.pick("名册或列表翻页", "pages of roster and lists")),
        Keystroke::Tab => (
            lang.pick("下一个", "next"),
            lang.pick("下一组等待；表单开着时在表单与放行之间切换", "the next that waits; over a form: form and verdict"),
        ),
        Keystroke::Escape => (lang.pick("返回", "back"), lang.pick("返回，不作任何改动", "back, nothing changed")),
        Keystroke::Dot => (lang.pick("命令", "commands"), lang.pick("全部命令；接着打字就缩小范围", "all commands; typing on narrows them")),
        Keystroke::Question => (lang.pick("为什么", "why"), lang.pick("空格处输入 ? 再 ⏎：为什么是这个结果", "? and Enter: why this verdict")),
        Keystroke::CtrlZ => (lang.pick("撤销", "undo"), lang.pick("列出本台最近的操作，选一项撤销", "this desk's last acts, pick one to take back")),
        Keystroke::At => {
            (lang.pick("那时", "then"), lang.pick("@ 加时间：那一刻谁在、在哪里；Esc 回到现在", "@ and a time: who was where then; Esc for now"))
        }
    }
}

/// A set of colours.
#[must_use]
pub fn colours(lang: Lang, colours: Colours) -> &'static str {
    match colours {
        Colours::Terminal => lang.pick("终端自带", "the terminal's"),
        Colours::Dark => lang.pick("深色", "dark"),
        Colours::Light => lang.pick("浅色", "light"),
        Colours::Contrast => lang.pick("高对比", "high contrast"),
        Colours::None => lang.pick("无色", "none"),
    }
}

/// What the roster says of a child.
#[must_use]
pub fn standing(lang: Lang, standing: Standing) -> &'static str {
    match standing {
        Standing::LeftOpen => lang.pick("未签离", "left open"),
        Standing::In => lang.pick("在班", "in"),
        Standing::Out => lang.pick("暂离", "out"),
        Standing::Expected => lang.pick("未到", "due"),
        Standing::Leave => lang.pick("请假", "leave"),
        Standing::Gone => lang.pick("已离", "gone"),
        Standing::NotToday => lang.pick("非今日", "not today"),
    }
}

/// A part of the roster.
#[must_use]
pub fn narrowing(lang: Lang, narrowed: &Narrowed) -> String {
    match narrowed {
        Narrowed::All => lang.pick("全部", "all").to_owned(),
        Narrowed::Waiting => lang.pick("在班·最久", "in, longest").to_owned(),
        Narrowed::At(at) => place(lang, at),
        Narrowed::Standing(what) => standing(lang, *what).to_owned(),
        Narrowed::ByClass => lang.pick("按班级", "by class").to_owned(),
    }
}

/// Whether a typed word names this part of the roster, in either language.
#[must_use]
pub fn narrowing_answers(narrowed: &Narrowed, typed: &str) -> bool {
    let typed = typed.trim().to_lowercase();
    let other = if *narrowed == Narrowed::Waiting { Some(Standing::In) } else { None };
    [Lang::Zh, Lang::En].into_iter().any(|lang| {
        let word = narrowing(lang, narrowed);
        word == typed || (typed.chars().count() > 1 && word.starts_with(&typed)) || other.is_some_and(|s| standing(lang, s) == typed)
    })
}

/// The title of a form.
#[must_use]
pub fn form_title(lang: Lang, kind: &Kind) -> &'static str {
    match kind {
        Kind::Leave(_) => lang.pick("请假", "Leave"),
        Kind::Note(_) => lang.pick("今日备注", "Note for today"),
        Kind::Move(_) => lang.pick("换地点", "Move"),
        Kind::StepOut(_) => lang.pick("暂离", "Step out"),
        Kind::LoseCard(_) => lang.pick("挂失", "Card lost"),
        Kind::NoCard(_) => lang.pick("无卡接走", "Release without card"),
        Kind::Authorise(_) => lang.pick("今日授权", "Authorise for today"),
        Kind::CallBack(_) => lang.pick("回拨核实", "Call back"),
        Kind::Duty => lang.pick("签到", "Duty"),
        Kind::BackFill => lang.pick("补录", "Back-fill"),
        Kind::Batch(_) => lang.pick("批量到园", "Batch"),
        Kind::LeftOpen(_) => lang.pick("补记未签离", "Left open"),
        Kind::OnSite(_) => lang.pick("现场放行", "Release on site"),
        Kind::UndoReason(_) => lang.pick("撤销", "Undo"),
        Kind::Quit => lang.pick("退出", "Quit"),
    }
}

/// The name of the field that a question fills.
#[must_use]
pub fn field(lang: Lang, prompt: &Prompt) -> &'static str {
    match prompt {
        Prompt::LeaveReason(_) | Prompt::UndoReason => lang.pick("原因", "Reason"),
        Prompt::Note(_) => lang.pick("备注", "Note"),
        Prompt::WhichPlace(_) => lang.pick("地点", "Place"),
        Prompt::OutWith(_) | Prompt::NoCardTaker(_) | Prompt::LeftOpenTaker(_) => lang.pick("接走人", "Collector"),
        Prompt::BackBy(_) => lang.pick("返回", "Back by"),
        Prompt::LoseCard(_) | Prompt::Quit => lang.pick("确认", "Confirm"),
        Prompt::IdTail(_) => lang.pick("证件", "Document"),
        Prompt::NoCardCall(_) | Prompt::CallBackResult(_) | Prompt::OnSiteCall(_) => lang.pick("通话", "Call"),
        Prompt::Recognised(_) | Prompt::BackFillChild => lang.pick("孩子", "Child"),
        Prompt::SecondAdult => lang.pick("见证", "Witness"),
        Prompt::Pin(_) => "PIN",
        Prompt::NamedName(_) => lang.pick("姓名", "Name"),
        Prompt::NamedRelation(_) => lang.pick("关系", "Relation"),
        Prompt::NamedPhone(_) => lang.pick("电话", "Phone"),
        Prompt::CallBackTo(_) => lang.pick("拨给", "Called"),
        Prompt::SignOnWho => lang.pick("人员", "Who"),
        Prompt::OnDuty(_) => lang.pick("操作", "What"),
        Prompt::BackFillTime(_) | Prompt::LeftOpenTime(_) | Prompt::OnSiteTime(_) => lang.pick("时间", "Time"),
        Prompt::BatchCards(_) => lang.pick("刷卡", "Cards"),
        Prompt::Focus | Prompt::Notice | Prompt::WhichChild | Prompt::WhatToDo(_) | Prompt::WhichUndo => "",
    }
}

/// A place: the known ones by their word, the school's own as it is.
#[must_use]
pub fn place(lang: Lang, place: &Place) -> String {
    match place.as_str() {
        Place::ROOM => lang.pick("教室", "room").to_owned(),
        "field" => lang.pick("操场", "field").to_owned(),
        "library" => lang.pick("图书角", "library").to_owned(),
        "sickbay" => lang.pick("医务室", "sick bay").to_owned(),
        "toilet" => lang.pick("洗手间", "toilet").to_owned(),
        own => own.to_owned(),
    }
}

/// A relation: the usual ones have an English word, others stay as the school wrote them.
#[must_use]
pub fn relation(lang: Lang, relation: &str) -> &str {
    const KNOWN: [(&str, &str); 13] = [
        ("母亲", "mother"),
        ("妈妈", "mother"),
        ("父亲", "father"),
        ("爸爸", "father"),
        ("奶奶", "grandmother"),
        ("祖母", "grandmother"),
        ("外婆", "grandmother"),
        ("爷爷", "grandfather"),
        ("祖父", "grandfather"),
        ("外公", "grandfather"),
        ("姑姑", "aunt"),
        ("姨妈", "aunt"),
        ("监护人", "guardian"),
    ];
    match lang {
        Lang::Zh => relation,
        Lang::En => KNOWN.iter().find(|(zh, _)| *zh == relation).map_or(relation, |(_, en)| en),
    }
}

/// The number of a grade as it is written with a class.
#[must_use]
pub fn grade(lang: Lang, grade: u8) -> &'static str {
    const ZH: [&str; 6] = ["一", "二", "三", "四", "五", "六"];
    const EN: [&str; 6] = ["1", "2", "3", "4", "5", "6"];
    let index = usize::from(grade.clamp(1, 6)) - 1;
    match lang {
        Lang::Zh => ZH.get(index).copied().unwrap_or("一"),
        Lang::En => EN.get(index).copied().unwrap_or("1"),
    }
}

/// A day of the week.
#[must_use]
pub fn weekday(lang: Lang, day: chrono::Weekday) -> &'static str {
    match day {
        chrono::Weekday::Mon => lang.pick("周一", "Mon"),
        chrono::Weekday::Tue => lang.pick("周二", "Tue"),
        chrono::Weekday::Wed => lang.pick("周三", "Wed"),
        chrono::Weekday::Thu => lang.pick("周四", "Thu"),
        chrono::Weekday::Fri => lang.pick("周五", "Fri"),
        chrono::Weekday::Sat => lang.pick("周六", "Sat"),
        chrono::Weekday::Sun => lang.pick("周日", "Sun"),
    }
}

/// A choice whose word does not depend on who is meant; `None` for people and acts.
#[must_use]
pub fn label(lang: Lang, label: &Label) -> Option<String> {
    Some(match label {
        Label::SomebodyElse => lang.pick("其他人", "somebody else").to_owned(),
        Label::ThisChild => lang.pick("是这位", "this child").to_owned(),
        Label::TakeIn => lang.pick("确认到园", "take in").to_owned(),
        Label::NotTakeIn => lang.pick("不办理", "do not").to_owned(),
        Label::CollectedThen => lang.pick("当日已接走", "was collected then").to_owned(),
        Label::StillHere => lang.pick("仍在", "still here").to_owned(),
        Label::CallOver => lang.pick("呼叫", "call over").to_owned(),
        Label::HasCome => lang.pick("已到前台", "has come").to_owned(),
        Label::OnSite => lang.pick("现场放行", "release there").to_owned(),
        Label::Again => lang.pick("再次到园", "arrive again").to_owned(),
        Label::Early(reason) => early_reason(lang, *reason).to_owned(),
        Label::Late(reason) => late_reason(lang, *reason).to_owned(),
        Label::Leave(reason) => leave_reason(lang, *reason).to_owned(),
        Label::Call(result) => call_result(lang, *result).to_owned(),
        Label::Knows(true) => lang.pick("认识", "knows").to_owned(),
        Label::Knows(false) => lang.pick("不认识", "does not know").to_owned(),
        Label::Action(what) => action(lang, *what).to_owned(),
        Label::Place(where_) => place(lang, where_),
        Label::Act(_) => lang.pick("由其操作", "acts from now on").to_owned(),
        Label::SignOff(_) => lang.pick("签退", "sign off").to_owned(),
        Label::Quit => lang.pick("退出", "quit").to_owned(),
        Label::Taker { .. } | Label::Child(_) | Label::Staff(_) | Label::Undo(_) => return None,
    })
}

/// Whether a typed word names this choice, in either language.
#[must_use]
pub fn label_answers(choice: &Label, typed: &str) -> bool {
    let typed = typed.trim().to_lowercase();
    !typed.is_empty() && [Lang::Zh, Lang::En].into_iter().filter_map(|lang| label(lang, choice)).any(|word| word == typed)
}
