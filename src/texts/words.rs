//! Words for the enums of rules and desk: reasons, results, actions, commands, places, relations.

use chrono::{Datelike, NaiveDate};

use super::Lang;
use crate::desk::actions::Action;
use crate::desk::appearance::Colours;
use crate::desk::commands::{Command, Keystroke};
use crate::desk::forms::{Kind, Purpose};
use crate::desk::groups::BoardAction;
use crate::desk::question::{HoldWay, Label, Prompt};
use crate::desk::roster::{Narrowed, Standing};
use crate::desk::said::NotPasted;
use crate::domain::activity::{Category, ContentRule};
use crate::domain::closing::ExtendReason;
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
        Action::NotBack => lang.pick("已接走不回来", "does not come back"),
        Action::ComeBack => lang.pick("返回", "come back"),
        Action::Move => lang.pick("换地点", "move"),
        Action::Note => lang.pick("备注", "note"),
        Action::Authorise => lang.pick("今日授权", "authorise today"),
        Action::CallBack => lang.pick("回拨核实", "call back"),
        Action::Hold => lang.pick("组长办理", "leader decides"),
        Action::LoseCard => lang.pick("挂失", "card lost"),
        Action::Arrive => lang.pick("到园", "arrive"),
        Action::Again => lang.pick("再次到园", "arrive again"),
        Action::SelfLeave => lang.pick("自行离校", "goes home alone"),
        Action::Seen => lang.pick("已见到", "seen"),
        Action::Collected => lang.pick("现场放行", "release there"),
        Action::CollectedThen => lang.pick("那天已接走", "was collected then"),
        Action::StillHere => lang.pick("仍在", "still here"),
        Action::Phones => lang.pick("看电话", "phone numbers"),
    }
}

/// A command's words: Chinese, English.
#[must_use]
pub fn command_words(command: Command) -> (&'static str, &'static str) {
    match command {
        Command::Help => ("帮助", "help"),
        Command::Roster => ("名册", "roster"),
        Command::Board => ("活动", "board"),
        Command::Roll => ("点名", "roll"),
        Command::Calls => ("电话", "calls"),
        Command::Log => ("日志", "log"),
        Command::Leader => ("告知组长", "leader"),
        Command::Duty => ("签到", "duty"),
        Command::Undo => ("撤销", "undo"),
        Command::Unrecorded => ("未记录", "unrecorded"),
        Command::Why => ("为什么", "why"),
        Command::Next => ("下一个", "next"),
        Command::Batch => ("批量", "batch"),
        Command::BackFill => ("补录", "backfill"),
        Command::Redate => ("改时", "redate"),
        Command::People => ("人员", "people"),
        Command::Cards => ("卡片", "cards"),
        Command::Rack => ("点卡", "rack"),
        Command::Found => ("拾卡", "found"),
        Command::Calendar => ("校历", "calendar"),
        Command::Staff => ("教职工", "staff"),
        Command::Settings => ("设置", "settings"),
        Command::Lock => ("锁定", "lock"),
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
        Command::Board => lang.pick("活动板：建组、加人、外出、返回、结束", "groups: make, fill, send out, take back, end"),
        Command::Roll => lang.pick("谁还没到，家长电话", "who has not come, with numbers"),
        Command::Calls => lang.pick("眼前孩子的电话；没有孩子时是该拨的电话、延时", "numbers of the child in front, else whom to call"),
        Command::Log => lang.pick("今天与本周的图", "today and the week in pictures"),
        Command::Leader => lang.pick("记下已告知组长谁还没接", "record that the leader was told who is left"),
        Command::Duty => lang.pick("签到、签退、换人操作", "sign on or off, choose who acts"),
        Command::Undo => lang.pick("撤销本台最近的操作", "take back this desk's last acts"),
        Command::Unrecorded => lang.pick("没能记下的：再试或放弃", "what could not be recorded: try again or drop"),
        Command::Why => lang.pick("为什么是这个结果", "why this verdict"),
        Command::Next => lang.pick("换到下一组等待", "step to the next that waits"),
        Command::People => lang.pick("孩子、家庭、接送人：查、加、改、退出", "children, households, collectors: find, add, change, withdraw"),
        Command::Cards => lang.pick("卡片：办卡、换卡、临时卡、找回", "cards: issue, replace, day card, recover"),
        Command::Rack => lang.pick("点卡：数挂钩，不符时找出缺哪张", "count the rack; what is missing is named"),
        Command::Found => lang.pick("拾到的卡：只说状态，不说是谁的", "a card was found: its state, not whose it is"),
        Command::Calendar => lang.pick("校历：学期、作息、特别的日子", "terms, timetables, special days"),
        Command::Staff => lang.pick("教职工：类别、证件、审查、排班", "staff: capacity, papers, vetting, duty plan"),
        Command::Settings => lang.pick("本班设置", "how this room works"),
        Command::Lock => lang.pick("锁定：改动资料需组长 PIN", "lock: changes want a leader's PIN"),
        Command::Batch => lang.pick("老师带来几人：.batch 王老师", "several with an escort: .batch NAME"),
        Command::BackFill => lang.pick("补录先前的接送", "enter what happened earlier"),
        Command::Redate => lang.pick("改时：组长改正记错的时间，两个时间都留着", "a leader sets a wrong time right; both are kept"),
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
        Standing::OutOpen => lang.pick("暂离未返", "out, not back"),
        Standing::Missing => lang.pick("失联", "missing"),
        Standing::AtDoor => lang.pick("在门口", "at door"),
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
pub fn form_title(lang: Lang, kind: &Kind) -> String {
    let title = match kind {
        Kind::Office(task) => return super::office::task(lang, task),
        Kind::UnlockUndo(_) => return super::unlock_title(lang, command_words(Command::Undo).0.to_owned()),
        Kind::Unlock(task, _) => return super::unlock_title(lang, super::office::task(lang, task)),
        Kind::Leave(_) => lang.pick("请假", "Leave"),
        Kind::Note(_) => lang.pick("今日备注", "Note for today"),
        Kind::Move(_) => lang.pick("换地点", "Move"),
        Kind::StepOut(_) => lang.pick("暂离", "Step out"),
        Kind::Hold(_) => lang.pick("组长办理", "The leader decides"),
        Kind::LoseCard(_) => lang.pick("挂失", "Card lost"),
        Kind::NoCard(_, Purpose::Home) => lang.pick("无卡接走", "Release without card"),
        Kind::NoCard(_, Purpose::Outing) => lang.pick("无卡暂离", "Step out without card"),
        Kind::NotBack(_) => lang.pick("暂离后已接走", "Does not come back"),
        Kind::Authorise(_) => lang.pick("今日授权", "Authorise for today"),
        Kind::CallBack(..) => lang.pick("回拨核实", "Call back"),
        Kind::Duty => lang.pick("签到", "Duty"),
        Kind::BackFill => lang.pick("补录", "Back-fill"),
        Kind::Batch(_) => lang.pick("批量到园", "Batch"),
        Kind::LeftOpen(_) => lang.pick("补记未签离", "Left open"),
        Kind::OnSite(_) => lang.pick("现场放行", "Release on site"),
        Kind::NameTaker(_) => lang.pick("记下姓名", "The name"),
        Kind::Vouch(_) => lang.pick("组长代为核实", "A leader stands instead"),
        Kind::Seen(_) => lang.pick("已见到", "Seen"),
        Kind::UndoReason(_) => lang.pick("撤销", "Undo"),
        Kind::NewGroup => lang.pick("新建活动", "New group"),
        Kind::Members(_) => lang.pick("加人", "Who joins"),
        Kind::GoOut(_) => lang.pick("外出", "Going out"),
        Kind::ComeBack(_) => lang.pick("返回清点", "Coming back"),
        Kind::Lead(_) => lang.pick("换负责人", "Leader"),
        Kind::Chase(..) => lang.pick("通话记录", "Call"),
        Kind::Extend => lang.pick("延时托管", "Extended care"),
        Kind::TellLeader => lang.pick("告知组长", "Leader told"),
        Kind::Stay { guard: true, .. } => lang.pick("移交门卫", "With the guard"),
        Kind::Stay { guard: false, .. } => lang.pick("两人留守", "Two adults stay"),
        Kind::Redate(_) => lang.pick("改时", "Set a time right"),
        Kind::Quit => lang.pick("退出", "Quit"),
    };
    title.to_owned()
}

/// The name of the field that a question fills.
#[must_use]
pub fn field(lang: Lang, prompt: &Prompt) -> String {
    let field = match prompt {
        Prompt::Office(ask) => return super::office::field(lang, ask),
        Prompt::LeaveReason(_) | Prompt::UndoReason | Prompt::ExtendWhy | Prompt::WhyTheyStay(..) | Prompt::WhyOff(_) | Prompt::RedateWhy => {
            lang.pick("原因", "Reason")
        }
        Prompt::WhichStretch => lang.pick("哪一段", "Which"),
        Prompt::StretchUntil => lang.pick("到哪一段", "Until"),
        Prompt::RedateDay(_) => lang.pick("实为哪天", "Day"),
        Prompt::Note(_) | Prompt::HoldNote(_) => lang.pick("备注", "Note"),
        Prompt::WhichPlace(_) | Prompt::GroupPlace | Prompt::SeenAt(_) => lang.pick("地点", "Place"),
        Prompt::NotBackWho(_) | Prompt::NoCardTaker(_) | Prompt::LeftOpenTaker(_) => lang.pick("接走人", "Collector"),
        Prompt::OutProof(_) => lang.pick("凭据", "Shown"),
        Prompt::HoldHow(_) => lang.pick("决定", "Decision"),
        Prompt::LooksLikePin(asked) => return field(lang, asked),
        Prompt::LoseCard(_) | Prompt::Quit => lang.pick("确认", "Confirm"),
        Prompt::IdTail(_) => lang.pick("证件", "Document"),
        Prompt::CallBackResult(_) | Prompt::OnSiteCall(_) => lang.pick("通话", "Call"),
        Prompt::Recognised(_) | Prompt::BackFillChild => lang.pick("孩子", "Child"),
        Prompt::SecondAdult => lang.pick("见证", "Witness"),
        Prompt::Pin(_) | Prompt::PinToName { .. } => "PIN",
        Prompt::SeenBy(_) => lang.pick("见到的人", "Seen by"),
        Prompt::NamedName(_) | Prompt::TakerName(..) => lang.pick("姓名", "Name"),
        Prompt::NamedRelation(_) => lang.pick("关系", "Relation"),
        Prompt::NamedPhone(_) => lang.pick("电话", "Phone"),
        Prompt::NamedPhrase(_) => lang.pick("口令", "Phrase"),
        Prompt::CallBackAbout(_) => lang.pick("核实谁", "About whom"),
        Prompt::CallBackTo(_) => lang.pick("拨给", "Called"),
        Prompt::SignOnWho => lang.pick("人员", "Who"),
        Prompt::OnDuty(_) => lang.pick("操作", "What"),
        Prompt::BackFillTime(_)
        | Prompt::LeftOpenTime(_)
        | Prompt::OnSiteTime(_)
        | Prompt::CallTime(_)
        | Prompt::ExtendUntil
        | Prompt::RedateTime(_) => lang.pick("时间", "Time"),
        Prompt::BatchCards(_) => lang.pick("刷卡", "Cards"),
        Prompt::WhatActivity | Prompt::WhatTitle(_) => lang.pick("活动", "Activity"),
        Prompt::WhichCategory => lang.pick("类别", "Category"),
        Prompt::WhoLeads => lang.pick("负责人", "Leader"),
        Prompt::WhoseNumber | Prompt::WhoJoins(_) | Prompt::WhoGoes | Prompt::WhoIsBack(..) | Prompt::WhoStays => lang.pick("名单", "Names"),
        Prompt::LeaderCount => lang.pick("负责人数", "Leader"),
        Prompt::DeskCount => lang.pick("前台数", "Desk"),
        Prompt::CallOutcome(..) => lang.pick("结果", "Result"),
        Prompt::CallNote(_) => lang.pick("去向", "Where"),
        Prompt::WhichLeader => lang.pick("组长", "Leader"),
        Prompt::WhoStaysBehind(_) => lang.pick("留守人", "Who stays"),
        Prompt::GuardName => lang.pick("门卫", "Guard"),
        Prompt::Focus
        | Prompt::Notice
        | Prompt::WhichChild
        | Prompt::WhatToDo(_)
        | Prompt::WhichUndo
        | Prompt::WhatTime
        | Prompt::WhichUnrecorded
        | Prompt::WithUnrecorded(_)
        | Prompt::Board
        | Prompt::GroupDo(_)
        | Prompt::WhomToCall
        | Prompt::HowTheyStay => "",
    };
    field.to_owned()
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
        Place::GUARD => lang.pick("门卫室", "guard's room").to_owned(),
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

/// The grade that a character stands for.
#[must_use]
pub fn grade_of(c: char) -> Option<u8> {
    (1..=6).find(|g| grade(Lang::Zh, *g).starts_with(c))
}

/// An earlier day, as it is said of a stay that it left open: `昨日`, else `9月4日 周五`.
#[must_use]
pub fn earlier_day(lang: Lang, date: NaiveDate, today: NaiveDate) -> String {
    if date.succ_opt() == Some(today) {
        return lang.pick("昨日", "yesterday").to_owned();
    }
    let weekday = weekday(lang, date.weekday());
    match lang {
        Lang::Zh => format!("{}月{}日 {weekday}", date.month(), date.day()),
        Lang::En => format!("{weekday} {}", date.format("%m-%d")),
    }
}

/// The same where there is room for a date alone: `昨日`, else `09-04`.
#[must_use]
pub fn earlier_day_short(lang: Lang, date: NaiveDate, today: NaiveDate) -> String {
    if date.succ_opt() == Some(today) { lang.pick("昨日", "yest.").to_owned() } else { date.format("%m-%d").to_string() }
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

/// A category of the closed list (S2.18).
#[must_use]
pub fn category(lang: Lang, category: Category) -> &'static str {
    match category {
        Category::Homework => lang.pick("完成作业", "homework"),
        Category::Reading => lang.pick("自主阅读", "reading"),
        Category::Sport => lang.pick("体育", "sport"),
        Category::Art => lang.pick("艺术", "art"),
        Category::Science => lang.pick("科普", "science"),
        Category::Labour => lang.pick("劳动实践", "practical work"),
        Category::Games => lang.pick("娱乐游戏", "games"),
        Category::Outward => lang.pick("拓展训练", "outward training"),
        Category::Club => lang.pick("社团兴趣小组", "club"),
        Category::Film => lang.pick("影片", "film"),
    }
}

/// Something to do on the board.
#[must_use]
pub fn board_action(lang: Lang, action: BoardAction) -> &'static str {
    match action {
        BoardAction::New => lang.pick("新建", "new"),
        BoardAction::GoOut | BoardAction::Leave => lang.pick("外出", "go out"),
        BoardAction::Members => lang.pick("加人", "add children"),
        BoardAction::GoOn => lang.pick("换地点", "go on"),
        BoardAction::Return => lang.pick("返回", "come back"),
        BoardAction::Lead => lang.pick("换负责人", "other leader"),
        BoardAction::End => lang.pick("结束", "end"),
    }
}

/// The rule that a title breaks, as it is named in the policy.
#[must_use]
pub fn content_rule(lang: Lang, rule: ContentRule) -> &'static str {
    match rule {
        ContentRule::Lesson => lang.pick("属上新课，十严禁②", "a new lesson, forbidden by rule 2 of ten"),
        ContentRule::Tutoring => lang.pick("属集体补课，十严禁②", "tutoring a group, forbidden by rule 2 of ten"),
        ContentRule::Exam => lang.pick("属考试训练，课后服务不得进行", "drill for tests, not allowed in after-school care"),
        ContentRule::Olympiad => lang.pick("属奥数竞赛，十严禁②", "olympiad training, forbidden by rule 2 of ten"),
        ContentRule::Subject => lang.pick("属学科教学，十严禁②", "teaching a subject, forbidden by rule 2 of ten"),
        ContentRule::Burden => lang.pick("加重课业负担，十严禁③", "more homework, forbidden by rule 3 of ten"),
        ContentRule::Trade => lang.pick("属商业活动，十严禁⑨", "trade, forbidden by rule 9 of ten"),
    }
}

/// Whose PIN agrees to something: a leader's, or the office's as well.
#[must_use]
pub fn who_may(lang: Lang, office: bool) -> &'static str {
    if office { lang.pick("组长或办公室", "a leader or the office") } else { lang.pick("组长", "a leader") }
}

/// Why a child stays in extended care.
#[must_use]
pub fn extend_reason(lang: Lang, reason: ExtendReason) -> &'static str {
    match reason {
        ExtendReason::Family => lang.pick("家长申请", "the family asked"),
        ExtendReason::Work => lang.pick("家长加班", "a parent works late"),
        ExtendReason::Traffic => lang.pick("路况天气", "traffic or weather"),
        ExtendReason::Unreached => lang.pick("未联系上", "nobody was reached"),
    }
}

/// A choice whose word does not depend on who is meant; `None` for people and acts.
#[must_use]
pub fn label(lang: Lang, label: &Label) -> Option<String> {
    Some(match label {
        Label::Office(pick) => return super::office::pick(lang, pick),
        Label::SomebodyElse => lang.pick("其他人", "somebody else").to_owned(),
        Label::Hold(HoldWay::Left) => lang.pick("来人已离开", "they have left").to_owned(),
        Label::Hold(HoldWay::Listed) => lang.pick("由名单上的人接", "somebody on the list collects").to_owned(),
        Label::Hold(HoldWay::Note) => lang.pick("备注", "note").to_owned(),
        Label::ThisChild => lang.pick("是这位", "this child").to_owned(),
        Label::TakeIn => lang.pick("确认到园", "take in").to_owned(),
        Label::NotTakeIn => lang.pick("不办理", "do not").to_owned(),
        Label::CollectedThen => lang.pick("那天已接走", "was collected then").to_owned(),
        Label::StillHere => lang.pick("仍在", "still here").to_owned(),
        Label::CallOver => lang.pick("呼叫", "call over").to_owned(),
        Label::HasCome => lang.pick("已到前台", "has come").to_owned(),
        Label::OnSite => lang.pick("现场放行", "release there").to_owned(),
        Label::Seen => lang.pick("已见到", "seen").to_owned(),
        Label::Again => lang.pick("再次到园", "arrive again").to_owned(),
        Label::Early(reason) => early_reason(lang, *reason).to_owned(),
        Label::Late(reason) => late_reason(lang, *reason).to_owned(),
        Label::Leave(reason) => leave_reason(lang, *reason).to_owned(),
        Label::Call(result) => call_result(lang, *result).to_owned(),
        Label::WriteName => lang.pick("写姓名", "write the name").to_owned(),
        Label::LeaderStands => super::leader_stands(lang),
        Label::GoesAlone => lang.pick("自行离校", "goes home alone").to_owned(),
        Label::Knows(true) => lang.pick("认识", "knows").to_owned(),
        Label::Knows(false) => lang.pick("不认识", "does not know").to_owned(),
        Label::Action(what) => action(lang, *what).to_owned(),
        Label::Place(where_) => place(lang, where_),
        Label::Act(_) => lang.pick("由其操作", "acts from now on").to_owned(),
        Label::SignOff(_) => lang.pick("签退", "sign off").to_owned(),
        Label::SignOffBy(_) => lang.pick("组长代签退", "signed off by a leader").to_owned(),
        Label::Quit => lang.pick("退出", "quit").to_owned(),
        Label::Category(what) => category(lang, *what).to_owned(),
        Label::Title(title) => title.clone(),
        Label::AsCategory => lang.pick("不另起名", "no other title").to_owned(),
        Label::Board(what) => board_action(lang, *what).to_owned(),
        Label::ComesBack(_) => board_action(lang, BoardAction::Return).to_owned(),
        Label::Reached => lang.pick("接通", "reached").to_owned(),
        Label::Unanswered => lang.pick("未接通", "no answer").to_owned(),
        Label::WrongNumber => lang.pick("号码不对", "wrong number").to_owned(),
        Label::ExtendCare => lang.pick("延时", "extend").to_owned(),
        Label::Extend(reason) => extend_reason(lang, *reason).to_owned(),
        Label::WithGuard => lang.pick("移交门卫（签名）", "with the guard, who signs").to_owned(),
        Label::WithTwoAdults => lang.pick("两名成人留守", "two adults stay here").to_owned(),
        Label::Nothing => lang.pick("不写", "nothing to add").to_owned(),
        Label::TypeAgain => lang.pick("不存，重填", "no, type again").to_owned(),
        Label::StoreAsAnswer => lang.pick("不是 PIN，存", "no PIN, store it").to_owned(),
        Label::TryAgain(_) => super::faults::try_again(lang),
        Label::DropUnrecorded(_) => super::faults::drop(lang),
        Label::NoPhrase => lang.pick("不设", "none").to_owned(),
        Label::Taker { .. }
        | Label::Numbers(_)
        | Label::CallOf { .. }
        | Label::Child(_)
        | Label::Staff(_)
        | Label::Undo(_)
        | Label::WallTime(_)
        | Label::CountedTime(_)
        | Label::Stretch(_)
        | Label::Unrecorded(_)
        | Label::Group(_)
        | Label::Tick { .. }
        | Label::Dial { .. } => {
            return None;
        }
    })
}

/// Why something that was pasted is not taken.
#[must_use]
pub fn not_pasted(lang: Lang, why: NotPasted) -> String {
    match why {
        NotPasted::SeveralLines => super::paste_lines(lang),
        NotPasted::TooLong => super::paste_long(lang),
        NotPasted::Garbled => super::paste_garbled(lang),
    }
}

/// Whether a typed word names this choice, in either language.
#[must_use]
pub fn label_answers(choice: &Label, typed: &str) -> bool {
    let typed = typed.trim().to_lowercase();
    !typed.is_empty() && [Lang::Zh, Lang::En].into_iter().filter_map(|lang| label(lang, choice)).any(|word| word == typed)
}
