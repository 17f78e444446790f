//! Sentences about staff: capacity, papers, vetting, duty plan.

use std::fmt::Display;

use super::Lang;
use crate::desk::office::staff::{Ask, Field, Pick, Task};
use crate::domain::fact::RecoveryFact;
use crate::domain::people::Role;
use crate::domain::staff::{Capacity, Employment, Vetting};

catalogue! {
    title(): "教职工" | "Staff";
    title_of(what): "教职工 · {what}" | "Staff · {what}";
    title_found(find, n): "教职工 · “{find}” {n} 人" | "Staff · \"{find}\": {n}";
    title_count(n): "教职工 · {n} 人" | "Staff · {n}";
    what(): "看谁？输入姓名也可以" | "Whom? A name will do too";
    what_change(name): "{name}：改什么？" | "{name}: change what?";
    what_day(): "排哪一天？" | "Plan which day?";
    what_plan(date): "{date} 谁值班？选一次排上，再选取消；输入姓名可排任何人" | "Who is on duty on {date}? Pick to plan, again to take off; a name plans anybody";
    nobody(find): "没有叫“{find}”的教职工" | "Nobody on the staff is called \"{find}\"";
    nobody_yet(): "还没有教职工，选“添加”" | "Nobody is on the staff yet: choose \"add\"";

    line_role(role): "角色 {role}" | "Role: {role}";
    line_capacity(capacity): "身份 {capacity}" | "Capacity: {capacity}";
    line_employment(what): "聘用 {what}" | "Employed: {what}";
    line_kind(kind): "岗位 {kind}" | "Post: {kind}";
    line_load(n): "工作量 {n}%" | "Load {n}%";
    line_load_unknown(): "工作量 未填" | "Load not given";
    line_card(tail): "卡 …{tail}" | "Card …{tail}";
    line_no_card(): "无卡" | "No card";
    line_pin(): "PIN 已设" | "PIN is set";
    line_code(): "恢复码 已做" | "recovery code made";
    line_no_code(): "恢复码 未做" | "no recovery code";
    line_no_pin(): "PIN 未设，不能签到" | "No PIN: cannot sign on";
    line_phone(phone): "电话 {phone}" | "Phone {phone}";
    line_no_phone(): "电话 未填" | "No phone";
    line_since(time): "{time} 起在岗" | "On duty since {time}";
    line_off(): "不在岗" | "Not on duty";
    line_days(n): "本学期排班 {n} 天" | "Planned {n} days this term";
    line_days_all(n): "排班共 {n} 天" | "Planned {n} days in all";
    line_lacks(what): "不能上岗：{what}" | "Not fit for duty: {what}";
    line_paper(name): "{name} 长期有效" | "{name}, does not expire";
    line_paper_until(name, date): "{name} 有效至 {date}" | "{name}, valid until {date}";
    line_paper_soon(name, date): "{name} 有效至 {date}，快到期" | "{name}, valid until {date}: runs out soon";
    line_paper_expired(name, date): "{name} 已于 {date} 过期" | "{name} expired on {date}";
    line_no_paper(): "证件 无" | "No papers";
    line_children(list): "以教职工身份接送：{list}" | "Collects as staff: {list}";
    retired(): "已停用" | "retired";
    on_duty(): "在岗" | "on duty";
    paper_short(name, date): "{name} {date}" | "{name} {date}";
    no_papers(): "无证件" | "no papers";

    week_title(from, until): "排班 · {from} 至 {until}" | "Duty plan · {from} to {until}";
    day_title(date, day): "排班 · {date} {day}" | "Duty plan · {date} {day}";
    day_line(date, day, list): "{date} {day}  {list}" | "{date} {day}  {list}";
    day_today(line): "{line}（今天）" | "{line} (today)";
    nobody_planned(): "未排" | "nobody";
    came(name): "{name}（已到岗）" | "{name} (came)";
    ledger(term, list): "{term} 已排天数：{list}" | "Days planned in {term}: {list}";
    ledger_all(list): "已排天数：{list}" | "Days planned: {list}";
    ledger_one(name, n): "{name} {n}" | "{name} {n}";
    no_care(): "这一周没有托管日" | "No care in this week";
    nobody_yet_planned(): "还没有排人" | "Nobody is planned yet";
    planned_are(list): "已排 {list}" | "Planned: {list}";
    proposed_first(): "先列未满工作量的，再列本学期排得少的" | "First those below a full load, then those planned least this term";
    more_to_plan(n): "还有 {n} 人可排，输入姓名" | "{n} more can be planned: type a name";
    past_day(): "这一天已过，只能看" | "This day has passed: it can only be looked at";
    choice_day(date, day, n): "{day} {date} · {n} 人" | "{day} {date} · {n}";
    choice_plan(mark, name, days): "{mark} {name} · {days} 天" | "{mark} {name} · {days} d";
    choice_plan_load(mark, name, load, days): "{mark} {name} · {load}% · {days} 天" | "{mark} {name} · {load}% · {days} d";

    ask_name(): "姓名？" | "Name?";
    ask_other_name(): "已有同名的教职工，请写得能分清（如加学科）" | "Somebody has that name: write it so that they differ";
    ask_role(): "做什么？组长的 PIN 至少六位" | "What may the person do? A leader's PIN has six digits at least";
    ask_capacity(): "以什么身份来？校外人员上岗要有核查和证件" | "In what capacity? People from outside need a checked record and papers";
    ask_employment(): "怎样聘用？" | "How employed?";
    ask_card(): "扫卡或输卡号" | "Scan or type the card";
    ask_card_taken(): "这张卡已有人用或已作废，请换一张" | "This card is somebody's, or void: take another";
    ask_card_digit(): "卡号校验不符，请重新扫卡" | "Check digit wrong: scan again";
    ask_pin(): "请本人输入新 PIN" | "The person types a new PIN";
    ask_pin_differed(): "两次不同，请重新输入新 PIN" | "The two differ: type the new PIN again";
    ask_pin_again(): "再输入一次" | "Once more";
    ask_phone(): "电话号码？" | "Phone number?";
    ask_load(): "每周工作量，满工作量为 100" | "Weekly load; a full one is 100";
    ask_paper(): "什么证件？可选，也可自己写" | "Which paper? Pick, or write your own";
    ask_which_paper(): "哪一份证件？" | "Which paper?";
    ask_until(name): "{name}：有效至哪天？（如 2027-06-30）" | "{name}: valid until? (like 2027-06-30)";
    ask_vetting(): "从业核查的结果？" | "What did the check of the record say?";
    ask_vetted_on(): "核查日期？" | "Checked on which day?";
    ask_vetted_ahead(): "核查日期不能在今天以后，请重写" | "The day of the check cannot be ahead: write it again";
    ask_retire(name): "{name} 停用：以后不能签到，记录保留。⏎ 确认" | "Retire {name}: no more duty, the record stays. Enter confirms";
    ask_return(name): "{name} 重新启用。⏎ 确认" | "{name} works here again. Enter confirms";
    ask_make_code(name): "给 {name} 做恢复码：PIN 忘了或被暂停时用，只能用一次，旧的作废。⏎ 确认" | "A recovery code for {name}: for a forgotten or paused PIN, good once; the old one is void. Enter confirms";
    ask_code(name): "{name} 的恢复码" | "Recovery code of {name}";
    ask_code_wrong(name): "恢复码不对，请再输一次（{name}）" | "Wrong code, once more ({name})";
    ask_away(date): "{date} 谁来不了？" | "Who cannot come on {date}?";
    ask_comes(name, date): "{date} 谁替 {name}？" | "Who stands in for {name} on {date}?";

    did_add(name, role): "已添加 {name}（{role}）" | "Added {name} ({role})";
    did_add_more(name, role, what): "已添加 {name}（{role}）；上岗前还缺：{what}" | "Added {name} ({role}); before duty still missing: {what}";
    did_change(name, what): "{name}：{what}" | "{name}: {what}";
    did_lacks(text, what): "{text}；不能上岗：{what}" | "{text}; not fit for duty: {what}";
    did_sign_off(text): "{text}；已签退" | "{text}; is off duty";
    did_left(text, list): "{text}；其以教职工身份接送的孩子：{list}，请改接送方式" | "{text}; collects as staff: {list} - change how they are collected";
    did_still_active(text): "{text}；不能再上岗，PIN 仍有效：不再来请选“停用”" | "{text}; no more duty, but the PIN still counts: choose \"retire\" to end that";
    did_pin(): "PIN 已换" | "PIN is new";
    did_card(tail): "卡已换为 …{tail}" | "card is …{tail} now";
    did_no_card(): "不再有卡" | "no card any more";
    did_phone(): "电话已改" | "phone changed";
    did_remove_paper(name): "{name} 已去掉" | "{name} taken off";
    did_retire(): "已停用，记录保留" | "retired; the record stays";
    did_return(): "已重新启用" | "works here again";
    code_is(name, code): "{name} 的恢复码 {code} · 只显示这一次：抄下锁好，PIN 忘了或被暂停时用它设新 PIN" | "Recovery code of {name}: {code} · shown this once: write it down, lock it up; it sets a new PIN when the PIN is forgotten or paused";
    no_code(): "系统给不出随机数，恢复码没有做成" | "The system gives no random numbers: no code was made";
    notice_code(text): "{text}；可在 .教职工 用恢复码设新 PIN" | "{text}; .staff takes the recovery code for a new PIN";
    did_make_code(name): "{name} 的恢复码已做" | "Recovery code of {name} made";
    did_use_code(name): "{name} 已用恢复码设了新 PIN；请再做一个恢复码" | "{name} has a new PIN by the recovery code: make another code";
    fact_code(name, what): "{name} {what}" | "{name} {what}";
    cli_code_is(name, code): "{name} 的恢复码：{code}\n只显示这一次，请抄下锁好；PIN 忘了或被暂停时：caredesk staff reset-pin" | "Recovery code of {name}: {code}\nShown this once: write it down and lock it up. For a forgotten or paused PIN: caredesk staff reset-pin";
    cli_no_leader(): "还没有组长，不用恢复码；先加一位：caredesk staff add 姓名 --role leader" | "Nobody leads yet: add a leader first, caredesk staff add NAME --role leader";
    cli_no_code(name): "{name} 没有恢复码，请另一位组长改 PIN：caredesk staff set {name} --new-pin" | "{name} has no recovery code: another leader can set the PIN, caredesk staff set {name} --new-pin";
    cli_code_helps(text): "{text}；或用恢复码设新 PIN：caredesk staff reset-pin" | "{text}; or set a new PIN by the recovery code: caredesk staff reset-pin";
    code_locked(time): "恢复码错得太多，暂停到 {time}" | "Too many wrong codes: none is taken before {time}";
    cli_code_hint(): "请做一个恢复码，忘了 PIN 时用：caredesk staff recovery" | "Make a recovery code for a forgotten PIN: caredesk staff recovery";
    cli_ask_code(name): "{name} 的恢复码：" | "Recovery code of {name}:";
    cli_code_needed(name): "需要 {name} 的恢复码：请在终端运行，或加 --pin-stdin" | "The recovery code of {name} is needed: run it in a terminal, or add --pin-stdin";
    cli_code_locked(name, time): "{name} 的恢复码错得太多，暂停到 {time}" | "The recovery code of {name} is paused until {time}";
    cli_code_wrong(name): "{name} 的恢复码不对，未作改动" | "Wrong recovery code of {name}, nothing changed";
    did_plan(date, name): "{date} 已排 {name}" | "{name} is planned for {date}";
    did_unplan(date, name): "{date} 不再排 {name}" | "{name} is not planned for {date} any more";
    did_substitute(date, gone, comes): "{date} {comes} 替 {gone}" | "{comes} stands in for {gone} on {date}";

    lack_barred(): "核查结果不允许，请组长处理" | "the check of the record forbids it: ask the leader";
    lack_left(): "已离职" | "has left the school";
    left_school(name): "{name} 已离职，不能上岗：若有误请改聘用情况" | "{name} has left the school, no duty: if that is wrong, change how they are employed";
    rests_for_good(entry): "之后的记录 {entry} 以它为据，撤销不了：请在 .教职工 里再改一次" | "Entry {entry} rests on it and stays: change it once more in .staff";
    fact_added(name): "教职工 {name} 新增" | "staff {name} added";
    fact_changed(name): "教职工 {name} 资料" | "staff {name} changed";
    fact_signed_on(name): "{name} 签到" | "{name} on duty";
    fact_signed_off(name): "{name} 签退" | "{name} off duty";
    fact_signed_off_by(name, by): "{name} 签退（{by} 代签）" | "{name} off duty (by {by})";
    fact_off_because(off, reason): "{off}，因：{reason}" | "{off}, because: {reason}";
    fact_pin(name): "{name} 输 PIN" | "{name} gave a PIN";
    lack_vetting(): "从业核查" | "the check of the record";
    lack_credential(): "资质证件" | "a paper of qualification";
    lack_expired(name, date): "{name}（{date} 过期）" | "{name} (expired {date})";
    papers(name, list): "{name} 不能上岗，缺：{list}" | "{name} cannot go on duty; missing: {list}";
    barred(name): "{name} 不能上岗：核查结果不允许，请组长处理" | "{name} cannot go on duty: the check of the record forbids it; ask the leader";
    hindrance_name(): "请写 1 到 32 个字的姓名" | "Give a name of 1 to 32 characters";
    name_taken(name): "{name} 已在名单上，请写得能分清" | "{name} is on the staff already: write it so that they differ";
    last_leader(name): "{name} 是唯一的组长，请先另设一位" | "{name} is the only leader: make somebody else one first";
    still_on_duty(name): "{name} 还在岗，请先签退（F7）" | "{name} is on duty: sign off first (F7)";
    leader_pin(): "改为组长要同时设六位以上的新 PIN" | "A new leader needs a new PIN of six digits or more with it";
    card_taken(): "这张卡已有人用或已作废，请换一张" | "This card is somebody's, or void: take another";
    card_digit(): "卡号校验不符，请重刷" | "Check digit wrong: scan again";
    phone(): "电话号码至少 7 位数字" | "A phone number has 7 digits at least";
    load(): "工作量写 0 到 200" | "A load is 0 to 200";
    vetted_ahead(): "核查日期不能在今天以后" | "The day of the check cannot be ahead";
    no_such_paper(name): "没有登记“{name}”这份证件" | "No paper called \"{name}\" is on file";
    past(date): "{date} 已过，不能再排" | "{date} has passed: it cannot be planned";
    not_planned(name): "{name} 这一天没有排班" | "{name} is not planned for that day";
    not_for_duty(name): "{name} 不上岗，不能排班" | "{name} does not go on duty and cannot be planned";
    unchanged(): "没有变化" | "Nothing changes";

    remark_expired(name, paper, date): "{name} 的{paper}已于 {date} 过期，请尽快更换" | "{name}: {paper} expired on {date}, renew it soon";
    remark_expires(name, paper, date): "{name} 的{paper} {date} 到期" | "{name}: {paper} expires on {date}";
    remark_not_planned(name): "{name} 今天没有排班" | "{name} is not planned for today";
    remark_not_come(list): "排了班还没签到：{list}" | "Planned and not signed on: {list}";

    cli_nobody(name): "没有叫“{name}”的教职工，名单见 caredesk staff list" | "Nobody on the staff is called \"{name}\"; see caredesk staff list";
    cli_several(name): "有几位叫“{name}”，请写编号（名单见 caredesk staff list）" | "Several are called \"{name}\": give the number (see caredesk staff list)";
    cli_nothing(): "没有说要改什么；见 caredesk staff set --help" | "Nothing to change was given; see caredesk staff set --help";
    cli_bad_date(text): "“{text}”不是日期，写成 2026-08-24" | "\"{text}\" is not a date; write it like 2026-08-24";
    cli_bad_card(text): "“{text}”不是卡号" | "\"{text}\" is not a card number";
    leads_a_group(): "还在带小组，请先在前台换负责人" | "Leads a group: let somebody else lead it at the desk first";
}

/// The papers that are offered by name; a school writes its own beside them. They stand on file in Chinese.
pub const USUAL_PAPERS: [(&str, &str); 5] = [
    ("教师资格证", "teacher's certificate"),
    ("教练员证", "coach's certificate"),
    ("健康证", "health certificate"),
    ("无犯罪记录证明", "record certificate"),
    ("聘用协议", "contract"),
];

/// A usual paper as it stands on file, by its place in the list.
#[must_use]
pub fn usual_paper(n: usize) -> &'static str {
    USUAL_PAPERS.get(n).map_or("", |(zh, _)| zh)
}

/// The name of a paper: a usual one in the language of the screen, another as the school wrote it.
#[must_use]
pub fn paper(lang: Lang, name: &str) -> String {
    USUAL_PAPERS.iter().find(|(zh, _)| *zh == name).map_or(name, |(zh, en)| lang.pick(zh, en)).to_owned()
}

/// Whether what was typed after the command's word asks for the duty plan.
#[must_use]
pub fn asks_for_plan(text: &str) -> bool {
    ["排班", "duty", "duty plan"].contains(&text.trim().to_lowercase().as_str())
}

/// The name of a role.
#[must_use]
pub fn role(lang: Lang, role: Role) -> &'static str {
    match role {
        Role::Duty => lang.pick("值班", "duty"),
        Role::Leader => lang.pick("组长", "leader"),
        Role::Office => lang.pick("教务", "office"),
        Role::Inspector => lang.pick("督查", "inspector"),
    }
}

/// The name of a capacity (S2.29, S2.32).
#[must_use]
pub fn capacity(lang: Lang, capacity: Capacity) -> &'static str {
    match capacity {
        Capacity::Teacher => lang.pick("本校教师", "teacher here"),
        Capacity::SchoolStaff => lang.pick("本校职工", "school staff"),
        Capacity::VisitingTeacher => lang.pick("外校教师", "visiting teacher"),
        Capacity::Retired => lang.pick("退休教师", "retired teacher"),
        Capacity::Coach => lang.pick("体育教练", "sports coach"),
        Capacity::FolkArtist => lang.pick("民间艺人", "folk artist"),
        Capacity::Craftsman => lang.pick("能工巧匠", "craftsman"),
        Capacity::HeritageBearer => lang.pick("非遗传承人", "heritage bearer"),
        Capacity::Volunteer => lang.pick("志愿者", "volunteer"),
        Capacity::Parent => lang.pick("学生家长", "parent"),
        Capacity::Student => lang.pick("高校学生", "student"),
        Capacity::Provider => lang.pick("第三方机构", "provider"),
    }
}

/// How somebody is employed.
#[must_use]
pub fn employment(lang: Lang, employment: Option<Employment>) -> &'static str {
    match employment {
        Some(Employment::Permanent) => lang.pick("在编", "permanent"),
        Some(Employment::Temporary) => lang.pick("临聘", "temporary"),
        Some(Employment::Left) => lang.pick("已离职", "left"),
        None => lang.pick("未填", "not given"),
    }
}

/// What the check of a record said, without its day.
#[must_use]
pub fn vetting_short(lang: Lang, vetting: Vetting) -> &'static str {
    match vetting {
        Vetting::Unknown => lang.pick("未核查", "not checked"),
        Vetting::Clear { .. } => lang.pick("已核查", "checked"),
        Vetting::Barred => lang.pick("不得上岗", "barred"),
    }
}

/// What the check of a record said.
#[must_use]
pub fn vetting(lang: Lang, vetting: Vetting) -> String {
    match vetting {
        Vetting::Clear { on } => format!("{} {on}", vetting_short(lang, vetting)),
        Vetting::Unknown | Vetting::Barred => vetting_short(lang, vetting).to_owned(),
    }
}

/// What happened to a recovery code.
#[must_use]
pub fn code_step(lang: Lang, step: &RecoveryFact) -> &'static str {
    match step {
        RecoveryFact::Made { .. } => lang.pick("的恢复码已做", "got a recovery code"),
        RecoveryFact::Tried { .. } => lang.pick("输恢复码", "gave a recovery code"),
        RecoveryFact::Used { .. } => lang.pick("用了恢复码", "used the recovery code"),
    }
}

/// What can be changed about somebody, as it is offered.
#[must_use]
pub fn changes(lang: Lang, field: Field) -> &'static str {
    match field {
        Field::Role => lang.pick("角色", "role"),
        Field::Capacity => lang.pick("身份", "capacity"),
        Field::Employment => lang.pick("聘用", "employment"),
        Field::Vetting => lang.pick("核查", "record check"),
        Field::AddPaper => lang.pick("加证件", "add paper"),
        Field::RenewPaper => lang.pick("续期", "renew paper"),
        Field::RemovePaper => lang.pick("去掉证件", "remove paper"),
        Field::Pin => lang.pick("新 PIN", "new PIN"),
        Field::Card => lang.pick("换卡", "card"),
        Field::Phone => lang.pick("电话", "phone"),
        Field::Load => lang.pick("工作量", "load"),
        Field::Name => lang.pick("姓名", "name"),
        Field::Retire => lang.pick("停用", "retire"),
        Field::Return => lang.pick("重新启用", "return"),
    }
}

/// The title of a form.
#[must_use]
pub fn task(lang: Lang, task: &Task) -> String {
    let what = match task {
        Task::Add => lang.pick("添加", "add"),
        Task::Change(_, field) => changes(lang, *field),
        Task::Plan { .. } => lang.pick("排班", "duty plan"),
        Task::Substitute(_) => lang.pick("换人", "stand-in"),
        Task::MakeCode(_) => lang.pick("恢复码", "recovery code"),
        Task::UseCode(_) => lang.pick("用恢复码", "use recovery code"),
    };
    title_of(lang, what)
}

/// The name of a field, before what is typed into it.
#[must_use]
pub fn field(lang: Lang, ask: &Ask) -> String {
    let word = match ask {
        Ask::What => return String::new(),
        Ask::Name { .. } => lang.pick("姓名", "name"),
        Ask::Role => lang.pick("角色", "role"),
        Ask::Capacity => lang.pick("身份", "capacity"),
        Ask::Employment => lang.pick("聘用", "employed"),
        Ask::Card(_) => lang.pick("卡", "card"),
        Ask::Pin { .. } => lang.pick("新 PIN", "new PIN"),
        Ask::PinAgain => lang.pick("再一次", "again"),
        Ask::Phone => lang.pick("电话", "phone"),
        Ask::Load => lang.pick("工作量", "load"),
        Ask::Paper | Ask::WhichPaper => lang.pick("证件", "paper"),
        Ask::Until(_) => lang.pick("有效至", "until"),
        Ask::Vetting => lang.pick("核查", "check"),
        Ask::VettedOn { .. } => lang.pick("核查日", "checked"),
        Ask::Retire(_) | Ask::Return(_) | Ask::MakeCode(_) => lang.pick("确认", "sure"),
        Ask::Code { .. } => lang.pick("恢复码", "code"),
        Ask::WhoIsAway(_) => lang.pick("缺席", "away"),
        Ask::WhoComes(..) => lang.pick("替班", "stand-in"),
    };
    word.to_owned()
}

/// The word of a choice that can be typed instead of its number; `None` for people and days.
#[must_use]
pub fn pick(lang: Lang, pick: &Pick) -> Option<String> {
    let word = match pick {
        Pick::Add => lang.pick("添加", "add"),
        Pick::Duty => lang.pick("排班", "duty plan"),
        Pick::NextPage => lang.pick("下一页", "next page"),
        Pick::Everybody => lang.pick("全部教职工", "everybody"),
        Pick::Change(field) => changes(lang, *field),
        Pick::Role(what) => role(lang, *what),
        Pick::Capacity(what) => capacity(lang, *what),
        Pick::Employment(what) => employment(lang, *what),
        Pick::NoCard => lang.pick("无卡", "no card"),
        Pick::NoPhone => lang.pick("不留电话", "no phone"),
        Pick::UsualPaper(n) => return Some(paper(lang, usual_paper(*n))),
        Pick::Paper(name) => return Some(paper(lang, name)),
        Pick::NoExpiry => lang.pick("长期有效", "does not expire"),
        Pick::Clear => lang.pick("核查无问题", "clear"),
        Pick::Barred => lang.pick("不得上岗", "barred"),
        Pick::NotVetted => lang.pick("未核查", "not checked"),
        Pick::Today(_) => lang.pick("今天", "today"),
        Pick::Week { later: true, .. } => lang.pick("下一周", "next week"),
        Pick::Week { later: false, .. } => lang.pick("上一周", "week before"),
        Pick::WholeWeek(_) => lang.pick("看整周", "whole week"),
        Pick::Substitute => lang.pick("换人", "stand-in"),
        Pick::MakeCode => lang.pick("做恢复码", "recovery code"),
        Pick::UseCode => lang.pick("用恢复码", "use recovery code"),
        Pick::Person(_) | Pick::Day(_) | Pick::Plan { .. } => return None,
    };
    Some(word.to_lowercase())
}
