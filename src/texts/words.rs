//! Words for the enums of rules and desk: reasons, results, actions, commands, places, relations.

use super::Lang;
use crate::desk::actions::Action;
use crate::desk::commands::Command;
use crate::desk::question::Label;
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
    }
}

/// A command's words: Chinese, English.
#[must_use]
pub fn command_words(command: Command) -> (&'static str, &'static str) {
    match command {
        Command::Help => ("帮助", "help"),
        Command::Roster => ("名册", "roster"),
        Command::Duty => ("签到", "duty"),
        Command::Undo => ("撤销", "undo"),
        Command::Why => ("为什么", "why"),
        Command::Next => ("下一个", "next"),
        Command::Batch => ("批量", "batch"),
        Command::BackFill => ("补录", "backfill"),
        Command::Language => ("语言", "lang"),
        Command::Clock => ("时钟", "clock"),
        Command::Quit => ("退出", "quit"),
    }
}

/// What a command is for.
#[must_use]
pub fn command_help(lang: Lang, command: Command) -> &'static str {
    match command {
        Command::Help => lang.pick("帮助与命令", "help and commands"),
        Command::Roster => lang.pick("名册；@1708 看那一刻", "roster; @1708 shows that moment"),
        Command::Duty => lang.pick("签到、签退、换人操作", "sign on or off, choose who acts"),
        Command::Undo => lang.pick("撤销本台最近的操作 (Ctrl-Z)", "take back this desk's last acts (Ctrl-Z)"),
        Command::Why => lang.pick("为什么是这个结果 (?)", "why this verdict (?)"),
        Command::Next => lang.pick("换到下一组等待 (Tab)", "step to the next that waits (Tab)"),
        Command::Batch => lang.pick("老师带来几人：.batch 王老师", "several with an escort: .batch NAME"),
        Command::BackFill => lang.pick("补录先前的接送", "enter what happened earlier"),
        Command::Language => lang.pick("中文 / English", "English / 中文"),
        Command::Clock => lang.pick("设演练时钟：.clock 17:40", "set the practice clock: .clock 17:40"),
        Command::Quit => lang.pick("退出", "quit"),
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
