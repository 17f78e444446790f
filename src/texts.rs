//! Every sentence that people read, Chinese and English side by side.
//!
//! A sentence is one entry of the catalogue below; leaving out a language, or naming a placeholder that the sentence does
//! not have, fails to compile, and a test holds both languages to the same placeholders. There is no fallback.
//! [`words`] turns the enums of rules and desk into words; sentences about a model are put together in `wording`.

use std::fmt::Display;

pub use words::{command_help, command_words, label_answers, narrowing_answers};

/// The languages of the screen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lang {
    /// Chinese, the first language.
    Zh,
    /// English.
    En,
}

impl Lang {
    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Zh => Self::En,
            Self::En => Self::Zh,
        }
    }

    /// One of two words.
    #[must_use]
    pub fn pick<'t>(self, zh: &'t str, en: &'t str) -> &'t str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }
}

macro_rules! catalogue {
    ($($name:ident($($arg:ident),*): $zh:literal | $en:literal;)*) => {
        $(
            #[doc = concat!("```text\n", $zh, "\n", $en, "\n```")]
            #[must_use]
            pub fn $name(lang: Lang $(, $arg: impl Display)*) -> String {
                match lang {
                    Lang::Zh => format!($zh),
                    Lang::En => format!($en),
                }
            }
        )*
        /// All sentences: name, Chinese, English.
        pub const SENTENCES: &[(&str, &str, &str)] = &[$((stringify!($name), $zh, $en)),*];
    };
}

pub mod backup;
pub mod calendar;
pub mod cards;
pub mod doctor;
pub mod erasing;
pub mod faults;
pub mod import;
pub mod items;
pub mod office;
pub mod people;
#[cfg(feature = "photo")]
pub mod photo;
pub mod print;
pub mod settings;
pub mod staff;
pub mod words;

catalogue! {
    // verdicts
    in_ok(): "已到" | "In";
    in_already(at): "已到 {at}" | "In since {at}";
    back(): "已返回" | "Back";
    in_alert(alert): "已到 · {alert}" | "In · {alert}";
    out(): "可接走" | "May go";
    out_alone(letter): "自行离校（承诺书 {letter}）" | "Goes home alone (letter {letter})";
    may_step_out(): "可暂离，随谁？" | "May step out: with whom?";
    back_by(who): "随{who}暂离，几点前返回？" | "Out with {who}: back by when?";
    back_by_past(who): "这个时间已过。随{who}暂离，几点前返回？" | "That time has passed. Out with {who}: back by when?";
    stepped_out(who, time): "暂离 · {who} · {time} 前返回" | "Out · {who} · back by {time}";
    out_ok(who, time): "已离 · {who} · {time}" | "Gone · {who} · {time}";
    sibling_here(name): "同家庭仍在：{name}" | "Sibling still here: {name}";
    sibling_expected(name): "同家庭未到：{name}" | "Sibling not here yet: {name}";
    repeat(time, who): "{time} 已由{who}接走" | "Collected at {time} by {who}";
    repeat_itself(time): "{time} 已自行离校" | "Went home alone at {time}";
    card_back(): "卡已收回" | "card is back";
    early(): "提前离园，原因？" | "Leaving early: why?";
    late(minutes): "迟接 {minutes} 分，原因？" | "{minutes} min late: why?";
    elsewhere(place): "在{place}" | "At: {place}";
    elsewhere_called(place, time): "在{place}，{time} 已呼叫" | "At: {place}, called {time}";
    who(): "请核对接走人" | "Check who collects";
    who_call(who, phone): "{who}未预告，请拨 {phone} 核实" | "{who} was not announced: dial {phone}";
    who_call_nobody(who): "{who}未预告，无人可回电" | "{who} was not announced, and nobody can be called";
    hold(): "请稍候，组长办理" | "One moment, the leader will help";
    for_leader(): "待组长" | "wait";
    for_leader_names(n, list): "待组长办理 {n} 人：{list}" | "Waiting for the leader {n}: {list}";
    on_leave(reason): "今日请假（{reason}），确认到园？" | "On leave today ({reason}): take in?";
    not_today(): "今日未报，确认到园？" | "Not enrolled for today: take in?";
    no_consent(): "未签同意书，确认到园？" | "No consent on file: take in?";
    left_open_yesterday(): "昨日未签离" | "Not signed out yesterday";
    left_open_on(date): "{date} 未签离" | "Not signed out on {date}";
    missing_since(time, place): "未回：{time} 起失联，最后在{place}" | "Not back: missing since {time}, last at {place}";
    missing_since_group(time, place, group, leader): "未回：{time} 起失联，最后在{place}（{group}，{leader}）" | "Not back: missing since {time}, last at {place} ({group}, {leader})";
    typed_school_card(): "手输卡号，请核对姓名" | "Typed number: check the name";
    nobody_on_duty(): "无人在岗，放行前请先签到（F7）" | "Nobody on duty: sign on first (F7)";
    ambiguous(n): "{n} 名同音，请选" | "{n} names sound alike: pick one";
    staff_card(name): "教职工卡 · {name}，F7 签到" | "Staff card · {name}: F7 to sign on";
    bad_digit(): "卡号校验不符，请重刷或核对数字" | "Check digit wrong: scan again or check the digits";
    no_card(): "无此卡" | "No such card";
    lost(time): "已挂失 {time}，请交组长" | "Reported lost {time}: hand it to the leader";
    replaced(): "已换卡，请交组长" | "Replaced: hand it to the leader";
    expired(): "已过期，请交组长" | "Expired: hand it to the leader";
    not_recorded(): "未记录：磁盘写不进，一切如前；⏎ 重试" | "Not recorded: the disk refuses, nothing has changed; Enter tries again";
    together(n): "同一家庭 {n} 人" | "{n} of one household";
    collectors_are(list): "接走人 {list}" | "Collected by {list}";
    back_filled(time): "补录 {time}" | "entered for {time}";
    has_card(): "持卡" | "has card";

    // acts
    did_name_holder(name, who): "{name}：卡由{who}持有" | "{name}: card with {who}";
    did_acknowledge(name): "{name}：提醒已知悉" | "{name}: alert acknowledged";
    did_leave(name, reason): "{name}：今日请假（{reason}）" | "{name}: on leave today ({reason})";
    did_note(name): "{name}：备注已记" | "{name}: note taken";
    did_move(name, place): "{name}：现在{place}" | "{name}: now at {place}";
    did_call_over(name, tail): "{name}（{tail}）：已呼叫到前台" | "{name} ({tail}): called to the desk";
    did_hold_left(name): "{name}：来人已离开，可照常接；接走人须先核对" | "{name}: they have left, pickup goes on; the collector is named first";
    did_hold_listed(name): "{name}：由名单上的人接，请核对接走人" | "{name}: somebody on the list collects: check who";
    did_hold_note(name): "{name}：已备注，仍待组长办理" | "{name}: noted, still for the leader";
    did_lose_card(name): "{name}：原卡已挂失，即刻作废" | "{name}: card reported lost, dead from now";
    did_authorise(name, who): "{name}：今日可由{who}接" | "{name}: {who} may collect today";
    did_authorise_refused(name, who): "{name}：家长不同意，{who}未登记，请告知组长" | "{name}: the family said no; {who} is not listed, tell the leader";
    did_call_back_refused(): "家长不同意，请告知组长" | "The family said no: tell the leader";
    did_authorise_pending(name, who): "{name}：{who}的授权未生效，需回拨核实" | "{name}: {who} is not active until a call-back confirms";
    did_call_back(yes): "回拨已记：{yes}" | "Call-back recorded: {yes}";
    did_sign_on(name): "{name} 已签到" | "{name} is on duty";
    did_sign_off(name): "{name} 已签退" | "{name} is off duty";
    did_choose(name): "现由 {name} 操作" | "{name} acts now";
    unlock_title(what): "{what} · 需组长 PIN" | "{what} · a leader's PIN";
    closed_to_others(keeper): "换了人操作：{keeper}的 PIN 不再有效，改动资料须再输入" | "Somebody else is at this desk: {keeper}'s PIN holds no longer, changes ask for one anew";
    locked_now(): "已锁定：改动资料需组长 PIN" | "Locked: changes want a leader's PIN";
    ask_lock_open(name): "{name} 已打开资料，5 分钟内可改；.lock 锁定" | "{name} opened the register for five minutes; .lock closes it";
    did_undo(n): "已撤销 {n} 条，原记录保留" | "{n} entries taken back; the record keeps both";

    // groups
    did_make(title, leader, place): "已建：{title} · {leader} · {place}" | "Made: {title} · {leader} · {place}";
    did_lead(title, leader): "{title}：现由 {leader} 负责" | "{title}: {leader} leads now";
    did_put(title, n, list): "{title}：加入 {n} 人 · {list}" | "{title}: {n} joined · {list}";
    did_take_out(list): "已退出小组：{list}" | "No longer in a group: {list}";
    did_go(title, place, n): "{title}：{n} 人去{place}，两次清点一致" | "{title}: {n} to {place}, both counts agree";
    did_return(title, n): "{title}：{n} 人全部返回，两次清点一致" | "{title}: all {n} are back, both counts agree";
    did_return_short(title, n, expected, list): "{title}：返回 {n}，应为 {expected}，缺 {list}；计时开始" | "{title}: {n} back of {expected}, missing {list}; the clock runs";
    did_end(title): "{title}：已结束" | "{title}: ended";
    group_line(title, place, leader, size): "{title} · {place} · {leader} · {size}" | "{title} · {place} · {leader} · {size}";
    group_out(place): "在{place}" | "at {place}";
    group_planned(place): "未出发（{place}）" | "not left yet ({place})";
    group_back(time, n, expected): "{time} 返回 {n}/{expected}" | "back {time} {n}/{expected}";
    group_from_to(from, to): "{from}–{to}" | "{from}–{to}";
    group_none(): "还没有活动；按 1 新建" | "No group yet";
    group_log(list): "活动：{list}" | "Groups: {list}";
    elsewhere_group(place, group, leader): "在{place}（{group}，请呼 {leader}）" | "At: {place} ({group}, call {leader})";
    ask_board(): "活动板" | "Activity board";
    ask_group(group): "{group}" | "{group}";
    ask_activity(): "做什么？选类别，或写活动名称" | "What? Pick a category, or write a title";
    ask_title(category): "{category}：活动名称" | "{category}: its title";
    ask_category(): "属于哪一类？" | "Under which category?";
    ask_leads(): "谁负责？" | "Who leads?";
    ask_group_place(): "在哪里？" | "Where?";
    ask_joins(n): "勾选加入的孩子：编号、姓名或空格键，⏎ 完成（已勾 {n}）" | "Tick who joins: number, name or Space; Enter when done ({n})";
    ask_goes(n): "勾选外出的孩子：编号、姓名或空格键，⏎ 完成（已勾 {n}）" | "Tick who goes: number, name or Space; Enter when done ({n})";
    ask_leader_count(): "负责人数到几人？" | "How many does the leader count?";
    ask_desk_count(): "前台自己数到几人？" | "How many do you count yourself?";
    ask_is_back(counted, n): "点名：勾选回来的 {counted} 人，⏎ 完成（已勾 {n}）" | "By name: tick the {counted} who are back; Enter when done ({n})";
    ticked(name, n): "已勾 {name}，共 {n} 人" | "Ticked {name}, {n} in all";
    unticked(name, n): "取消 {name}，共 {n} 人" | "Unticked {name}, {n} in all";
    hindrance_no_group(): "没有这个小组，或已结束" | "No such group, or it has ended";
    hindrance_leader(name): "{name} 不在岗，不能带组" | "{name} is not on duty and cannot lead";
    hindrance_counts(): "两次清点与名单不符，请重数" | "The counts and the names differ: count again";
    hindrance_at_hand(name): "{name} 不在教室，也不在这一组" | "{name} is neither in the room nor with the group";
    hindrance_away(group): "{group} 还有孩子在外，返回清点后才能结束" | "{group} still has children away: count them back first";
    hindrance_there(): "已经在那里" | "Already there";
    hindrance_nobody(): "没有选到孩子" | "No child was picked";
    hindrance_content(title_rule): "不能开展：{title_rule}" | "Not allowed: {title_rule}";
    hindrance_helped(): "个别答疑限 1–3 人；更多人一起就是补课" | "Help is for one to three pupils; for more it is tutoring";
    hindrance_leads(name, group): "{name} 正带 {group}，先换负责人或结束" | "{name} leads {group}: name another leader or end it first";
    missing_paused(name, said, again, place): "失联计时暂停：{name}，{said}，{again} 再提醒；最后在{place}" | "Missing, clock paused: {name}, {said}, reminded again at {again}; last at {place}";
    group_size(n): "{n} 人" | "{n}";
    group_size_missing(n, list): "{n} 人（失联 {list}）" | "{n} (missing {list})";
    ask_seen_by(name): "谁见到了{name}？" | "Who has seen {name}?";
    ask_seen_at(name): "{name}现在在哪里？" | "Where is {name} now?";
    did_see(name, by, place): "{name}：{by}已见到，现在{place}，失联计时结束" | "{name}: seen by {by}, now at {place}; the clock has ended";
    did_still_here(name): "{name}：仍在，已记" | "{name}: still here, recorded";
    missing_line(name, minutes, place): "失联 {minutes} 分：{name}，最后在{place}" | "Missing {minutes} min: {name}, last at {place}";
    incident_opened(name): "已立事件：{name} 未经前台被接走" | "Incident opened: {name} was collected without the desk";
    incident_naming(name): "{name}：请组长核对接送名单" | "{name}: the leader has to look at the list of collectors";
    leader_needed(name): "请稍候，{name}由组长办理" | "Please wait: the leader takes over for {name}";
    call_of(who, phone, result): "{who} {phone} {result}" | "{who} {phone}: {result}";
    leader_stands(): "无人可回电，组长代为核实" | "Nobody to call: a leader stands instead";
    list_changed(): "接送名单已更改" | "The list of collectors was changed";
    other_hands_out(child): "{child} 现在须换人带：正暂离在外，请组长立即处理" | "{child} must be in other hands now and is out: a leader sees to it at once";
    other_hands(child): "{child} 现在须换人带：小组或留守请改由别人" | "{child} must be in other hands now: somebody else leads its group or stays with it";
    also_barred(who): "{who}与受限的人相符，一并停止接送" | "{who} fits the restriction and is off the list as well";
    has_number_of_barred(who): "{who}的电话与受限的人相同，仍在名单上，请核对" | "{who} has the number of the restricted person and stays on the list: please check";
    on_siblings_list(who, child): "{who}也在 {child} 的名单上，{child} 每次先问来人：若也不得接，请在 .people {child} 记限制" | "{who} stands on {child}'s list too; {child}'s collector is asked first each time: if restricted there as well, enter it in .people {child}";
    bar_kept(who): "{who}仍受限：撤销不解除限制，请在 .people 核对" | "{who} stays restricted: taking back lifts nothing, check in .people";

    // before and after the end
    roll_line(came, expected, list): "已到 {came}/{expected}，未到：{list}" | "{came} of {expected} are here; not yet: {list}";
    roll_before(expected, start): "应到 {expected}，还没有人到，{start} 开始" | "{expected} are due, nobody is here yet, it begins at {start}";
    roll_before_some(expected, came, start): "应到 {expected}，已到 {came}，{start} 开始" | "{expected} are due, {came} are here, it begins at {start}";
    roll_no_care(): "今日无托管，没有应到的孩子" | "No care today, nobody is due";
    roll_no_care_came(came): "今日无托管，已到 {came}" | "No care today, {came} came";
    roll_nobody_due(): "今日没有应到的孩子" | "Nobody is due today";
    roll_open(n, list): "未签离 {n}：{list}" | "left open {n}: {list}";
    roll_missing(n, list): "失联 {n}：{list}" | "missing {n}: {list}";
    still_open(n, list): "未签离 {n} 人：{list}。刷卡或输姓名办理" | "Left open {n}: {list}. Scan the card or type the name to settle it";
    roll_all(came, expected): "已到 {came}/{expected}，全部到齐" | "{came} of {expected}: all are here";
    roll_title_no_care(): "点名 今日无托管" | "Roll: no care today";
    roll_title(came, expected): "点名 已到 {came}/{expected}" | "Roll {came} of {expected}";
    calls_title(n): "未接 {n} 人" | "Left: {n}";
    ask_whom_to_call(): "拨给谁？（拨完记结果）" | "Call whom? (then record the result)";
    nobody_to_call(list): "现在没有要拨的电话；晚接名单：{list}" | "Nobody to call now; collected late: {list}";
    late_nobody(): "无" | "none";
    late_one(name, time, minutes, reason): "{name} {time} 迟 {minutes} 分 {reason}" | "{name} {time} {minutes} min {reason}";
    dial(name, who, phone): "{name} {who} {phone}" | "{name} {who} {phone}";
    ask_outcome(who, phone, name): "拨 {who} {phone}（{name}），结果？" | "Dial {who} {phone} ({name}): what came of it?";
    ask_call_note(name): "{name} 现在在哪里？（⏎ 不写）" | "Where is {name} now? (Enter: nothing to add)";
    ask_call_time(name): "{name} 几点到，或几点来接" | "{name}: here, or fetched, by when?";
    did_chase_promised(name, time, again): "{name}：{time} 前到，{again} 再提醒" | "{name}: by {time}, reminded again at {again}";
    did_chase_unanswered(name, again): "{name}：未接通，{again} 再拨" | "{name}: no answer, next try {again}";
    did_chase_wrong(name): "{name}：号码不对，请拨另一个并更正名册" | "{name}: wrong number, dial another and mend the register";
    did_extend(n, until, leader): "{n} 人转延时至 {until}，{leader} 批准" | "{n} in extended care until {until}, approved by {leader}";
    did_tell_leader(time, leader): "{time} 已告知 {leader}" | "{leader} told at {time}";
    did_stay_guard(signed): "已移交门卫 {signed}，孩子仍算在班" | "With the guard {signed}; the children still count as here";
    did_stay_two(names): "两名成人留守：{names}" | "Two adults stay: {names}";
    ask_stays(n): "谁转延时？已全部勾选，⏎ 完成（{n}）" | "Who stays on? All are ticked; Enter when done ({n})";
    ask_extend_why(): "延时原因" | "Why?";
    ask_extend_until(): "延时到几点（⏎ 默认）" | "Until when? (Enter: as usual)";
    ask_leader(): "哪位组长" | "Which leader?";
    ask_how_they_stay(list): "超时未接：{list}。怎么看护？" | "Nobody has come for {list}: how do they stay?";
    ask_guard(): "门卫签名" | "The guard signs";
    ask_who_stays(nth): "谁留守？（第 {nth} 位，须在岗）" | "Who stays? (number {nth}, on duty)";
    ask_why_stay(names): "{names} 留守，原因？" | "{names} stay: why?";
    ask_why_off(name): "{name} 签退后孩子身边的成人不够，原因？" | "When {name} goes too few adults are with the children: why?";
    time_is_past(): "时间已过，或不在结束之后" | "That time has passed, or is not after the end";
    nobody_left(): "没有要办理的孩子" | "There is nobody whom this would be about";
    alarm_not_come(n, list): "仍有 {n} 人未到：{list}（F4 看电话）" | "{n} have not come: {list} (F4 for numbers)";
    alarm_soon(minutes, n, list): "离结束 {minutes} 分，还有 {n} 人：{list}（F5 电话）" | "{minutes} min to go, {n} left: {list} (F5 for numbers)";
    alarm_ended(n, list): "已到结束时间，还有 {n} 人：{list}。没有人会自动离开" | "The session is over, {n} still here: {list}. Nobody leaves by the clock";
    alarm_again(name, who): "该再拨：{name}（上次 {who}）" | "Call again: {name} (last: {who})";
    alarm_not_back(name, who, time): "{name} 随{who}暂离，应 {time} 前返回，还没回来（F5 电话）" | "{name} is out with {who}, due back by {time} (F5 for numbers)";
    alarm_leader(list): "请告知组长还没接的：{list}（.告知组长）" | "Tell the leader who is left: {list} (.leader)";
    alarm_decide(list): "超时未接：{list}，1 移交门卫 2 两名成人留守" | "Nobody has come for {list}: 1 with the guard 2 two adults stay";
    acknowledged(child): "{child} 的健康提醒已有人确认" | "Somebody has seen {child}'s health alert already";
    of_another_matter(child): "{child} 的情况刚变了，电话没有记录：看清再记" | "{child}: something happened meanwhile, so the call was not entered: look, and enter it again";
    no_number(names): "没有能拨的号码：{names}" | "No number to dial: {names}";
    eta(time): "{time} 来" | "by {time}";
    last_unanswered(time, who): "{time} {who}未接" | "{time} {who}: no answer";
    last_wrong(time, who): "{time} {who}号码不对" | "{time} {who}: wrong number";
    extended_until(time): "延时{time}" | "until {time}";
    with_guard(signed): "门卫 {signed}" | "guard {signed}";
    with_two(names): "留守 {names}" | "with {names}";
    two_adults_wanted(): "两名成人留守须有两位在岗：请另一位先 F7 签到" | "Two adults who are on duty have to stay: let another one sign on first (F7)";
    not_called(): "未联系" | "not called";
    child_chase(time, who, what): "{time} 拨 {who}：{what}" | "{time} called {who}: {what}";
    child_group(group, leader): "{group} · {leader}" | "{group} · {leader}";

    // pictures
    log_title(): "今日与本周" | "Today and this week";
    log_presence(most): "在班人数（最多 {most}）" | "Children here (most {most})";
    log_pickups(most): "每五分钟接走（最多 {most}）" | "Collected per five minutes (most {most})";
    log_week(): "本周活动（人次）" | "Activities this week (children)";
    log_nothing(): "还没有记录" | "Nothing yet";
    log_line(presence, pickups, week): "在班 {presence}；接走 {pickups}；本周 {week}" | "Here {presence}; collected {pickups}; week {week}";
    counts_places(list): "（{list}）" | " ({list})";

    // objections
    not_here(name): "{name}不在班，无法这样办" | "{name} is not here";
    already_here(name): "{name}已在班" | "{name} is here already";
    already_gone(name): "{name}已离" | "{name} has gone";
    is_out(name): "{name}暂离未返：刷卡或按姓名选“返回”，不回来选“已接走不回来”" | "{name} is out: scan the card or pick 'come back', or 'does not come back'";
    not_held(name): "{name}没有待组长办理的事" | "{name} is not waiting for the leader";
    proves_nothing(name): "这张卡没有交到家长手里，不能证明；{name}请走“无卡”" | "This card was not in the family's hand and proves nothing: take {name}'s way without a card";
    no_live_card(name): "{name}没有有效卡" | "{name} has no valid card";
    is_missing(name): "{name}失联中，先记“已见到”或“现场放行”" | "{name} is missing: first say who has seen it, or who has it";
    not_open_then(name): "{name}那天没有未签离的记录；往日只能补未签离的离园" | "{name} was not left open on that day: only such a stay is entered for an earlier day";
    wrong_time(): "时间不对：不能在将来，也不能早于到达或跨日" | "Wrong time: not in the future, not before arrival, not another day";
    contradicted(seq): "与之后的记录 {seq} 矛盾，未记" | "Contradicts later entry {seq}: nothing recorded";
    rests_with(entry): "之后有：{entry}，不能撤销" | "Not taken back: since then {entry}";
    rests_on(seq): "之后的记录 {seq} 以它为据，请先撤销那一条" | "Entry {seq} rests on it: take that back first";
    nothing_to_undo(): "没有可撤销的操作" | "Nothing to take back";
    undo_reason(): "超过十分钟的放行，撤销需写原因" | "A release older than ten minutes wants a reason";
    wrong_staff(): "此人现在不能这样操作" | "This person cannot do that now";
    other_actor_needed(): "本台当前的老师不能经手此事：请另一位老师按 F7 签到或接着操作，再办一次" | "Whoever acts at this desk cannot have a hand in this: another teacher signs on or is chosen with F7, then enter it again";
    nobody_acts(): "本台现在没有能操作的人，请先 F7 签到" | "Nobody who may act is at this desk: sign on first (F7)";
    not_allowed(who): "这要{who}的 PIN 同意，未记" | "This wants the PIN of {who}: nothing recorded";
    evidence(): "凭据不全，孩子留班，请组长办理" | "Evidence incomplete: the child stays, ask the leader";
    void_card(): "此卡已失效，请重新刷卡" | "The card is no longer valid: scan again";
    empty(): "内容为空，未记" | "Nothing was given: nothing recorded";

    // hints
    nothing_waits(): "没有待办；请刷卡、输卡号或姓名" | "Nothing waits: scan, type a number or a name";
    pick_a_number(): "请输入编号，⏎ 不作默认" | "Pick a number: Enter alone does not answer this";
    no_such_number(): "没有这个编号" | "No such number here";
    no_such_command(): "没有这个命令；输入 . 看全部" | "No such command: type . for the list";
    garbled(): "含控制字符或异体数字，整行未采用；请关闭输入法重刷" | "Control characters or foreign digits: nothing taken, scan again";
    gone_meanwhile(): "这一项已不在，未作改动" | "That one is gone: nothing changed";
    show_again(child): "出示已过两分钟：请再刷一次 {child} 的卡，或重新核对" | "Shown over two minutes ago: scan the card of {child} again, or check anew";
    changed_meanwhile(): "刚才有变化，请看清再答" | "This has just changed: look again, then answer";
    struck(label): "{label}（已不在）" | "{label} (gone)";
    paste_lines(): "粘贴了好几行，一行也未采用；请一行一行输入" | "Several lines were pasted: none taken, type them one by one";
    paste_long(): "粘贴的内容太长，未采用" | "The pasted text is too long: nothing taken";
    paste_garbled(): "粘贴的内容含控制字符，未采用" | "Control characters in the pasted text: nothing taken";
    too_early(): "按得太早，未采用：请看清再按" | "Too early, not taken: look first, then press again";
    only_a_card(): "按键快得不像手按，又不是卡号，未采用：请再按一次" | "Faster than any hand, and no card: not taken, press again";
    secret_dropped(): "输入密码时换了问题，所输内容未采用：请先看清" | "Another question came up while a PIN was typed: not taken, look first";
    too_long(): "太长，未采用" | "Too long: nothing taken";
    went_back(): "已返回，未作改动" | "Back, nothing changed";
    clock_set(time): "演练时钟：{time}" | "Practice clock: {time}";
    clock_not_back(time): "时钟不能倒退，现为 {time}" | "The clock cannot go back; it is {time}";
    only_in_practice(): "只有演练才有这个命令" | "Only practice has this command";
    no_such_list(): "名册没有这一栏；F2 依次查看" | "The roster has no such part: F2 steps through";
    narrowed_to(what, n, names): "{what} {n}：{names}" | "{what} {n}: {names}";
    last_four(tail): "…{tail}" | "…{tail}";
    somebody(): "接走人" | "a collector";
    ask_whose_number(): "看谁的电话？" | "Whose number?";
    ask_looks_like_pin(field): "这像是 PIN，没有存。要存为“{field}”吗？" | "This looks like a PIN and is not stored. Store it as \"{field}\"?";
    note_in_front(text): "备注：{text}" | "Note: {text}";
    note_behind_why(): "有备注，按 ? 看" | "there is a note: ? shows it";
    keeper_minutes(n): "组长 PIN 有效 {n} 分" | "leader's PIN {n} min";
    keeper_minutes_short(n): "PIN {n} 分" | "PIN {n} min";
    phones_are(name, list): "{name}：{list}" | "{name}: {list}";
    phones_of_whom(): "先刷卡或按姓名找到孩子，再看电话" | "Scan a card or find a child by name first, then ask for the numbers";
    theme_is(name): "配色：{name}" | "Colours: {name}";
    guide_on(): "练习引导已打开" | "The guided round has begun";
    guide_off(): "练习引导已关闭；.引导 再打开" | "The guided round is off; .guide begins it again";
    not_a_time(): "看不懂这个时间；请写 1725 或 17:25，且不在将来" | "Not a time: write 1725 or 17:25, not in the future";
    nothing_to_explain(): "没有可解释的结果" | "There is nothing to explain";
    language(): "中文" | "English";
    roster_at(time, n, list): "{time} 在班 {n}：{list}" | "{time}: {n} in: {list}";
    roster_now(n, list): "在班 {n}：{list}" | "{n} in: {list}";
    place_names(place, n, names): "{place} {n}（{names}）" | "{place} {n} ({names})";
    focus_next(): "焦点已移到下一组" | "Focus moved to the next";
    no_second_adult(): "没有可作第二见证的在岗人员或组长" | "No second adult on duty and no leader";
    no_leader(): "没有可核验 PIN 的组长；请先在 .教职工 里设" | "No leader whose PIN could be asked for: set one up in .staff";
    no_staff(): "还没有教职工；请先运行 caredesk staff add 姓名 --role leader" | "Nobody on the staff yet: run caredesk staff add NAME --role leader";
    nothing_to_choose(): "没有可选的人" | "Nothing to choose from";
    in_batch(name, n): "{name}，第 {n} 名" | "{name}, number {n}";
    nobody_found(): "没有找到；可输拼音、首字母或汉字" | "Nobody found: try pinyin, initials or characters";
    commands_are(list): "命令：{list}" | "Commands: {list}";
    why_is(list): "为什么：{list}" | "Why: {list}";

    // mistakes in a form
    mistake_not_reached(): "未接通：孩子留班，可再拨" | "No answer: the child stays, call again";
    mistake_choice(): "没有这个选项" | "No such choice";
    mistake_date(): "不是日期，如 2026-09-07 或 9-7" | "Not a date, such as 2026-09-07 or 9-7";
    mistake_phrase(): "口令至少两个字" | "A pass phrase has two characters at least";
    mistake_card(): "不是卡号：4 到 32 位数字或字母" | "Not a card number: 4 to 32 digits or letters";
    mistake_time(): "请写时间，如 1725" | "Write a time, like 1725";
    mistake_number(): "请写数字" | "Write a number";
    mistake_empty(): "不能为空" | "Cannot be empty";
    mistake_long(): "太长" | "Too long";
    mistake_no_pin(fewest, most): "PIN 是 {fewest} 到 {most} 位数字，不算一次" | "A PIN is {fewest} to {most} digits; not counted as a try";
    mistake_pin(n): "PIN 不对，还可试 {n} 次" | "Wrong PIN, {n} tries left";
    mistake_locked(time): "PIN 已暂停到 {time}，刷卡不受影响" | "PIN paused until {time}; scanning goes on";
    mistake_count(): "人数不符，未记，请重数" | "The counts do not match: nothing recorded, count again";
    mistake_child(): "不是孩子的卡，也没有找到名字" | "Not a child's card, and no such name";
    mistake_batch(): "此人不能随批次：已在、已刷或需单独核对" | "Not in a batch: already here, already scanned, or needs a look";
    mistake_short(): "至少四位" | "Four characters at least";
    mistake_phone(): "电话不像号码" | "Not a phone number";
    mistake_several(): "有几位都符合，请多写几个字" | "Several fit: write more";

    // prompts
    which_child(): "哪一位？" | "Which child?";
    what_to_do(name): "{name}：办理什么？" | "{name}: what to do?";
    ask_leave(name): "{name} 请假原因" | "{name}: why away?";
    ask_note(name): "{name} 今日备注" | "{name}: note for today";
    ask_place(name): "{name} 去哪里" | "{name}: to which place?";
    ask_out_proof(name): "{name} 暂离：请扫卡，或选凭据" | "{name} steps out: scan the card, or pick";
    ask_not_back(name): "{name} 不回来了，在谁身边" | "{name} does not come back: who has the child?";
    ask_hold(name): "{name}，组长怎么定？" | "{name}: what does the leader decide?";
    ask_hold_note(name): "{name}，组长备注" | "{name}: the leader's note";
    ask_lose_card(name): "{name} 的卡挂失？⏎ 确认" | "{name}: report the card lost? Enter to confirm";
    ask_no_card(name): "{name} 无卡，谁来接？（教职工家长请扫卡）" | "{name}, no card: who collects? (staff parents scan their staff card)";
    ask_id_tail(): "证件号后四位" | "Last four of the identity document";
    ask_recognised(name): "{name}认识来人吗？" | "Does {name} know the person?";
    ask_second(): "第二见证人" | "Second adult";
    ask_pin_to_name(name): "{name} 的 PIN：此童有接送限制" | "PIN of {name}: this child has a restriction";
    ask_pin_to_name_near(name): "{name} 的 PIN：与受限的人相近，先核对证件" | "PIN of {name}: near to who is restricted, see a document first";
    ask_pin(name): "{name} 的 PIN" | "PIN of {name}";
    ask_named_name(name): "{name} 今日由谁接：姓名" | "{name}, for today: name of the collector";
    ask_named_relation(): "与孩子的关系" | "Relation to the child";
    ask_named_phone(): "来人电话" | "Phone of the collector";
    ask_call_back_about(): "核实哪一位？" | "Call back about whom?";
    ask_call_back_to(): "回拨哪位登记家长" | "Call back which registered parent?";
    ask_call_back_result(who, phone): "{who} {phone} 怎么说" | "What did {who} {phone} say?";
    ask_sign_on(): "签到：扫卡，或选人" | "Sign on: scan a staff card, or pick";
    ask_on_duty(name): "{name} 已在岗" | "{name} is on duty";
    ask_back_fill(): "补录：扫卡或写姓名" | "Back-fill: scan a card or type a name";
    ask_back_fill_time(name): "{name} 发生在几点" | "{name}: when did it happen?";
    ask_back_fill_open(name, state): "{name}（{state}）：哪天几点离开，如 0904 1725" | "{name} ({state}): on which day and when did it leave, like 0904 1725";
    ask_batch(n): "逐个扫卡，完了写人数（已扫 {n}）" | "Scan each card, then type the count ({n} so far)";
    ask_left_open_taker(name): "{name} 当日由谁接走" | "{name}: who collected then?";
    ask_left_open_time(name): "{name} 当日几点离开" | "{name}: when did it leave then?";
    ask_on_site_time(name): "{name} 几点在现场接走" | "{name}: when was it collected there?";
    ask_on_site_call(): "与家长通话结果" | "What did the family say?";
    ask_undo(): "撤销哪一项？" | "Take back which?";
    ask_undo_reason(): "撤销原因" | "Why is it taken back?";
    ask_quit(): "退出？孩子的记录都已保存" | "Quit? Everything is on record";

    // notices
    notice_input_method(): "输入法是中文，已按数字理解" | "Input method is on: understood all the same";
    notice_doubled(): "⚑ 读卡器重复发送，按一次处理" | "⚑ Reader sent it twice, taken once";
    notice_only_a_card(): "⚑ 读卡器送来的不止卡号，其余未采用" | "⚑ Reader sent more than a card, the rest was not taken";
    notice_lapsed(list): "{list}：两分钟未确认，已取消，未记录" | "{list}: not confirmed for two minutes, dropped, nothing recorded";
    did_not_take_in(name): "{name}：未办理到园，已记录" | "{name}: not taken in, on record";
    left_at_door(list): "前一日到过门口，一直没说是否到园：{list}；请马上核实孩子在哪" | "Stood at the door on the day before, and nobody said whether taken in: {list}; find out at once where they are";
    still_at_door(list): "在门口，还没说是否到园：{list}；再刷卡办理" | "At the door, and not said whether taken in: {list}; scan again to say";
    at_door_first(list): "先说清是否到园，再退出：{list}" | "Say first whether they are taken in: {list}";
    batch_given_up(list): "批量已放弃，未记录：{list}" | "The batch was given up, nothing recorded: {list}";
    batch_first(n): "批量中还有 {n} 人未登记：先输入人数登记，或按 Esc 放弃" | "{n} children of a batch are not recorded yet: enter their number, or give them up with Esc";
    notice_leader(name): "请告知组长：{name}" | "Tell the leader: {name}";
    notice_nobody_on_duty(): "无人在岗，请签到（F7）" | "Nobody on duty: please sign on (F7)";
    notice_no_card(name, n): "{name}：本月第 {n} 次无卡" | "{name}: no card, number {n} this month";
    notice_note(name, text): "{name} 备注：{text}" | "{name}, note: {text}";
    notice_left_open(name, date): "{name} {date} 漏签离，已补录" | "{name}: release of {date} entered afterwards";
    notice_reader(): "扫码枪未响应，请检查接线" | "The reader is silent: check its cable";
    notice_refused_streak(): "连续无效卡，已记一次" | "Several refused cards in a row, noted once";
    notice_new_day(): "新的一天" | "A new day";
    notice_clock_back(): "系统时钟倒退，按最后一条记录的时间继续" | "The clock went back: going on from the last entry";
    notice_elsewhere(name): "{name}：情况已变，请看新结果" | "{name}: changed meanwhile, look again";
    notice_pin_locked(name, time): "{name} 的 PIN 暂停到 {time}" | "PIN of {name} paused until {time}";
    notice_behind_form(name): "{name} 等待办理：Tab → 放行" | "{name} waits: Tab to see to it";

    // because
    because_card(tail): "卡尾号 {tail} 有效" | "card …{tail} is valid";
    because_name(): "按姓名办理，未刷卡" | "found by name, no card read";
    because_check_digit(): "末位校验不符，多半是输错或漏读" | "the last digit does not fit: a typing or reading error";
    because_unknown(): "本室没有这个卡号" | "no card of this room has this number";
    because_lost(time): "{time} 已挂失" | "reported lost at {time}";
    because_void(): "已有新卡或已过期" | "replaced or expired";
    because_staff(): "教职工卡不能接送孩子，也不自动签到" | "a staff card moves no child and signs nobody on";
    because_not_here(): "此刻不在班，刷卡即到园" | "not here, so a scan means arrival";
    because_here(time): "{time} 已到，刷卡即接走" | "here since {time}, so a scan means pickup";
    because_just_came(time): "{time} 刚到：要接走，两分钟后再刷" | "came at {time}: to collect, scan again after two minutes";
    because_gone(time, who): "{time} 已随{who}离开" | "gone at {time} with {who}";
    because_open(when): "{when} 到园后没有签离记录" | "arrived {when} and was never signed out";
    because_out(time, who): "{time} 随{who}暂离" | "out with {who} since {time}";
    because_missing(time, place): "{time} 清点未回，之前在{place}" | "not back at the count of {time}, before that at {place}";
    because_place(time, place): "{time} 起在{place}" | "at {place} since {time}";
    because_leave(reason): "今日已请假：{reason}" | "on leave today: {reason}";
    because_day(): "今天不是该生托管日" | "today is not one of the child's days";
    because_consent(): "没有家长同意书记录" | "no consent on file";
    because_alert(alert): "健康提醒：{alert}" | "health alert: {alert}";
    because_pickup_from(time): "正常接走从 {time} 开始" | "ordinary pickup begins at {time}";
    because_ended(time): "托管 {time} 结束" | "the session ended at {time}";
    because_held(who): "卡在{who}手中" | "card with {who}";
    because_held_escort(who): "由{who}带到，卡由其代领" | "brought by {who}, who took the card";
    because_held_nobody(): "无持卡人记录" | "no holder on record";
    because_takers(n): "今日可接人 {n} 位" | "{n} people may collect today";
    because_named_first(): "须先选定接走人，⏎ 不能放行" | "the collector has to be named first; Enter alone does not release";
    because_unannounced(who): "低年级，{who}今天没有预告" | "grades 1–2, and {who} was not announced today";
    because_nobody_on_duty(): "无人在岗，没有人能负责放行" | "nobody is on duty to answer for a release";
    because_held_back(time): "{time} 起待组长办理" | "for the leader since {time}";
    because_leader(): "来人不在名单上，由组长决定" | "not on the list: the leader decides";
    because_disk(): "存储拒绝写入" | "the disk refused";
    because_sound(): "名字读音相同" | "the names sound the same";
    because_household(): "同一家庭还有孩子在班" | "another child of the household is here";
    because_no_check_digit(): "学校自有卡没有校验位" | "a school's own card has no check digit";

    // the screen
    window_too_small(): "窗口太小，仍可刷卡" | "Window too small; scanning works";
    practice_banner(): "演练" | "PRACTICE";
    date_line(date, weekday): "{date} {weekday}" | "{weekday} {date}";
    on_duty(names): "在岗 {names}" | "On duty {names}";
    nobody_is_on_duty(): "无人在岗" | "Nobody on duty";
    no_session(): "今日无托管" | "No care today";
    closes_in(end, minutes): "距 {end} 还有 {minutes} 分" | "{minutes} min to {end}";
    closed_since(end, minutes): "{end} 已过 {minutes} 分" | "{minutes} min past {end}";
    roster_title(): "名册 F2" | "Roster F2";
    roster_title_past(time): "{time} 的名册" | "Roster at {time}";
    roster_title_narrowed(what): "F2 {what}" | "F2 {what}";
    roster_title_found(what): "找 {what}" | "Find {what}";
    roster_nobody(): "没有人" | "Nobody";
    minutes_here(n): "{n}分" | "{n}m";
    state_gone_with(time, who): "{time} 已离 · {who}" | "gone {time} · {who}";
    panel_child(): "资料卡" | "Child's card";
    panel_commands(): "命令" | "Commands";
    panel_help(): "帮助 F1" | "Help F1";
    panel_guide(n, of): "练习 {n}/{of}" | "Try it {n}/{of}";
    panel_guide_done(): "练习完成" | "Well done";
    more_below(): "PgDn 下一页" | "PgDn for more";
    more_rows(n): "… 还有 {n} 行，见 F5" | "… {n} more lines: F5";
    form_keys(): "⏎ 确定   ↑↓ 选择   Esc 返回不记" | "Enter to confirm   Up/Down to choose   Esc back, nothing recorded";
    list_keys(): "编号或 ↑↓ 再 ⏎   Esc 返回" | "Number, or Up/Down and Enter   Esc back";
    tab_to_release(): "Tab → 放行" | "Tab to see to it";
    card_line(tail, where_): "卡 …{tail}  {where_}" | "Card …{tail}  {where_}";
    card_none(): "没有有效卡" | "No valid card";
    card_on_rack(): "在卡架" | "on the rack";
    card_with(who): "在{who}手中" | "with {who}";
    card_is_away(): "未归还" | "away";
    card_is_astray(): "下落不明" | "astray";
    card_held(): "由家庭保管" | "kept by the family";
    child_student_no(number): "学号 {number}" | "No. {number}";
    child_days(list): "托管日 {list}" | "Days {list}";
    child_every_day(): "每个托管日" | "Every care day";
    child_consent_missing(): "未签同意书" | "No consent on file";
    child_alert(text): "健康：{text}" | "Health: {text}";
    child_note(text): "备注：{text}" | "Note: {text}";
    child_note_at(time, text): "{time} 备注：{text}" | "{time} note: {text}";
    child_restricted(): "有人不得接：每次都须核对，问组长" | "Somebody must not collect: always check, ask the leader";
    child_siblings(list): "同家庭：{list}" | "Siblings: {list}";
    child_came(time, who): "{time} 到 · {who}" | "{time} arrived · {who}";
    child_at(time, place): "{time} 起在{place}" | "since {time} at {place}";
    child_out(time, who): "{time} 随{who}暂离" | "{time} out with {who}";
    child_out_until(time, who, until): "{time} 随{who}暂离，{until} 前返回" | "{time} out with {who}, back by {until}";
    child_left(time, who): "{time} 离开 · {who}" | "{time} left · {who}";
    child_call(time, who, result): "{time} 电话 {who}：{result}" | "{time} call to {who}: {result}";
    child_held_since(time): "{time} 起请稍候，组长办理" | "One moment: for the leader since {time}";
    child_held_back(n): "今日拦下 {n} 次" | "Turned away {n} times today";
    child_self_leave(): "可自行离校（有信）" | "May go home alone (letter on file)";
    phones_hidden(): "F5 看电话" | "F5 shows the numbers";
    guide_sign_on(): "先签到：按 F7（或输入 .7），选一人，PIN 2468" | "First sign on: F7 (or .7), pick somebody, PIN 2468";
    guide_take_in(name, card): "收一个孩子：输入 {card} 再按 ⏎，就是刷了{name}的卡" | "Take one in: type {card} and Enter, as if {name}'s card were scanned";
    guide_release(name, card): "放行一个：输入 {card} ⏎，核对姓名{name}，再按 ⏎" | "Release one: type {card} and Enter, check the name {name}, Enter again";
    guide_take_back(): "撤销它：按 Ctrl-Z，再输入 1 ⏎。两行都会保留" | "Take it back: Ctrl-Z, then 1 and Enter. Both lines stay on record";
    guide_find(name, initials): "按姓名找：输入 {initials}（{name} 的拼音首字母）再按 ⏎；看完按 Esc" | "Find by name: type {initials} (initials of {name}) and Enter; Esc when you have looked";
    guide_done(): "都会了。继续随便试，? 解释结果，.quit 退出" | "That is all there is to it. Go on trying; ? explains, .quit leaves";
    large_in(): "已到" | "IN";
    large_back(): "返回" | "BACK";
    large_out(): "可接走" | "MAY GO";
    large_gone(): "已离" | "GONE";
    large_repeat(): "已接走" | "GONE";
    large_early(): "提前" | "EARLY";
    large_late(): "迟接" | "LATE";
    large_missing(): "失联" | "MISSING";
    large_elsewhere(): "在别处" | "NOT HERE";
    large_who(): "请核对" | "CHECK";
    large_hold(): "请稍候" | "WAIT";
    large_leave(): "请假" | "LEAVE";
    large_not_today(): "非今日" | "NOT DUE";
    large_no_consent(): "未签字" | "CONSENT";
    large_left_open(): "未签离" | "OPEN";
    large_typed(): "核姓名" | "CHECK";
    large_sign_on(): "请签到" | "SIGN ON";
    large_alike(): "同音" | "ALIKE";
    large_staff(): "教职工" | "STAFF";
    large_bad_digit(): "请重刷" | "AGAIN";
    large_no_card(): "无此卡" | "NO CARD";
    large_lost(): "已挂失" | "LOST";
    large_replaced(): "已换卡" | "REPLACED";
    large_expired(): "已过期" | "EXPIRED";
    large_not_recorded(): "未记录" | "NOT SAVED";
    box_title(): "刷卡 / 卡号 / 姓名" | "Card / number / name";
    board_title(): "活动 F3" | "Groups F3";
    board_title_past(time): "{time} 的活动" | "Groups at {time}";
    board_called(list): "呼叫 {list}" | "Called {list}";
    queued(): "排队" | "waiting";
complaints(phone): "监督电话 {phone}" | "Complaints {phone}";

    // commands
    no_home(): "找不到用户目录，请用 --data 指定数据目录" | "No home folder: name the data folder with --data";
    no_terminal(): "这里不是终端；请在终端里运行，或用 caredesk line" | "Not a terminal: run it in one, or use caredesk line";
    bad_time(text): "看不懂时间 {text}：请写 17:55 或 2026-09-07T17:55，且不在将来" | "Not a time: {text}; write 17:55 or 2026-09-07T17:55, not in the future";
    bad_speed(): "--speed 请写大于 0、不超过 10000 的数" | "--speed takes a number above 0 and up to 10000";
    import_raced(): "同时有人在记录，未写入，请再试一次" | "Somebody entered something meanwhile, nothing was written: try again";
    import_refused(n): "{n} 行有问题，整份未写入；改好再试，或加 --skip-bad 只导入好的行" | "{n} rows are wrong, nothing was written: mend them, or add --skip-bad to import the good ones";
    staff_name(): "请写 1 到 32 个字的姓名" | "Give a name of 1 to 32 characters";
    staff_twice(name): "{name} 已在名单上" | "{name} is on the staff already";
    staff_added(name): "已添加 {name}" | "Added {name}";
    card_twice(number): "卡号 {number} 已有人使用" | "Card {number} is in use";
    ask_new_pin(name): "{name} 的新 PIN：" | "New PIN of {name}:";
    ask_leader_pin(name): "组长 {name} 的 PIN：" | "PIN of {name}, leader:";
    leader_pin_needed(name): "需要组长 {name} 的 PIN：请在终端运行，或加 --pin-stdin" | "The PIN of the leader {name} is needed: run it in a terminal, or add --pin-stdin";
    leader_pin_wrong(name): "{name} 的 PIN 不对，未作改动" | "Wrong PIN of {name}, nothing changed";
    leader_pin_locked(name, time): "{name} 的 PIN 暂停到 {time}，请稍后再试" | "The PIN of {name} is paused until {time}: try later";
    which_leader(names): "组长有几位（{names}），请加 --as 姓名，说明用谁的 PIN" | "There are several leaders ({names}): add --as NAME to say whose PIN it is";
    no_such_leader(name, names): "没有叫 {name} 的组长；--as 可以是：{names}" | "No leader is called {name}; --as takes: {names}";
    pin_not_digits(): "PIN 只能是数字" | "A PIN is digits only";
    pin_short(n): "PIN 至少 {n} 位" | "A PIN of this role has at least {n} digits";
    pin_long(): "PIN 最多 12 位" | "A PIN has at most 12 digits";
    pin_row(): "PIN 不能全同，也不能是连号（如 1234、9876、7890）" | "A PIN is no row of equal or neighbouring digits (1234, 9876, 7890)";
    pin_card(): "这个 PIN 像卡号，请换一个" | "This PIN could be a card's number: choose another";
    verified(n, head): "校验通过：{n} 条记录，链头 {head}" | "Verified: {n} entries, head {head}";
    verify_failed(n): "校验发现 {n} 处问题；文件未动，请保留它并联系管理员" | "Verification found {n} problems; the file was not touched: keep it and call for help";
    open_not_found(at): "{at} 没有数据；先导入名册 caredesk import，或 caredesk practice 演练" | "No store in {at}: import a roster (caredesk import), or try caredesk practice";
    open_foreign(at): "{at} 里的 caredesk.db 不是 caredesk 的数据文件，未动它；请换目录或移开该文件" | "caredesk.db in {at} is not a caredesk store and was not touched: use another folder or move it away";
    open_practice(at): "{at} 是演练数据；请用 caredesk practice 打开，或换目录" | "{at} holds a practice room: open it with caredesk practice, or use another folder";
    open_real(at): "{at} 是真实数据，演练不能使用；请换目录" | "{at} holds a real store, which practice never opens: use another folder";
    open_newer(at): "{at} 的数据由更新版本写成，未动它；请升级 caredesk" | "The store in {at} was written by a newer caredesk and was not touched: upgrade";
    open_older(at): "{at} 的数据由旧版本写成；请先打开前台升级它" | "The store in {at} is of an older version: open the desk once to bring it up to date";
    open_damaged(at): "{at} 的数据文件已损坏，未动它；请保留该文件并取备份" | "The store in {at} is damaged and was not touched: keep it and turn to a backup";
    open_read_only(at): "{at} 不能写入；请检查权限或磁盘" | "{at} cannot be written: check permissions and disk";
    open_busy(at): "{at} 正被占用；请稍后再试" | "{at} is busy: try again";
    open_other(at, what): "打不开 {at}：{what}" | "Cannot open {at}: {what}";
    store_failed(at, what): "读写 {at} 失败：{what}；未作改动" | "Reading or writing {at} failed: {what}; nothing changed";
    terminal_failed(what): "终端出错：{what}" | "The terminal failed: {what}";
    config_unreadable(file, what): "读不了配置 {file}：{what}" | "Cannot read the configuration {file}: {what}";
    config_syntax(file, line, what): "配置 {file} 第 {line} 行有误：{what}" | "Configuration {file}, line {line}: {what}";
    misread_file(what): "读不了本台配置，先用默认设置；请检查配置文件：{what}" | "This desk's configuration cannot be read, the defaults stand; check the file: {what}";
    misread_line(line): "本台配置第 {line} 行看不懂，没有用它；请改正后重新启动" | "Line {line} of this desk's configuration is not understood and left out: mend it and start again";
    misread_value(key): "本台配置的 {key} 不合理，先用默认值；请改正后重新启动" | "{key} in this desk's configuration makes no sense, the default stands: mend it and start again";
    misread_more(count): "本台配置还有 {count} 处看不懂" | "In this desk's configuration {count} more things are not understood";
    config_value(file, key): "配置 {file} 的 {key} 不合理，请改正" | "Configuration {file}: {key} makes no sense, please mend it";

    // import

    problem_file(what): "文件：{what}" | "File: {what}";
    problem_schema(what): "表结构与程序不符：{what}" | "Schema differs from the program's: {what}";
    problem_entry(seq, flaw): "第 {seq} 条记录：{flaw}" | "Entry {seq}: {flaw}";
    problem_table(table, key): "表 {table} 的 {key} 与记录不符" | "Table {table}, {key}: differs from the journal";
    flaw_missing(): "缺失" | "missing";
    flaw_unreadable(): "读不懂" | "cannot be read";
    flaw_body(): "内容被改动" | "its body was changed";
    flaw_chain(): "与前一条的链不符" | "does not chain to the one before";
    flaw_order(): "时间顺序不对" | "its times are out of order";

    // first start
    welcome_title(): "欢迎使用 caredesk：放学后托管的前台" | "Welcome to caredesk: the front desk of after-school care";
    welcome_question(): "这里还没有数据。现在做什么？" | "There is no data here yet. What would you like to do?";
    welcome_practise(): "先练习：虚构的孩子，随便试，不影响真实数据" | "Practise first: invented children, try anything, nothing real is touched";
    welcome_import(): "导入名册：学校的 Excel 或 CSV 表" | "Import a roster: the school's Excel or CSV file";
    welcome_empty(): "从空白开始：名册以后再导入" | "Start empty: the roster comes later";
    welcome_setup(): "设置这个托管室：几分钟，随时可退回，最后一步才写入" | "Set this room up: a few minutes, nothing is written before the last step";
    welcome_keys(): "输入 1 或 2 再按 ⏎（也可 ↑↓ 再 ⏎）   Esc 离开" | "Type 1 or 2 and Enter (or Up/Down and Enter)   Esc leaves";
    welcome_choose(): "请输入 1 或 2" | "Type 1 or 2";
    welcome_file(): "名册文件在哪里？写出路径再按 ⏎（可把文件拖进窗口）" | "Where is the roster? Type its path and Enter (or drop the file into the window)";
    welcome_file_keys(): "⏎ 试读，先不写入   Esc 返回" | "Enter to read it, nothing is written yet   Esc back";
    welcome_reading(percent): "正在读名册…… {percent}%" | "Reading the roster … {percent}%";
    welcome_reading_keys(): "Esc 不读了，返回" | "Esc stop reading and go back";
    welcome_found(): "读到的内容（还没有写入）：" | "What was read (nothing is written yet):";
    welcome_more(n): "…… 另有 {n} 行" | "… and {n} more lines";
    welcome_confirm_keys(): "⏎ 就用这份，再看一遍就写入   Esc 返回，不写入" | "Enter takes it, to be written after one more look   Esc back, nothing written";
    welcome_refused_keys(): "有的行有问题，整份没有写入；改好再试   Esc 返回" | "Some rows are wrong, so nothing can be written: mend them   Esc back";
    welcome_data(at): "数据目录 {at}" | "Data folder {at}";

    // status
    status_title(kind, when): "{kind} {when}" | "{kind} {when}";
    rack_alone(n): "卡架 {n}" | "Rack {n}";
    status_practice(): "演练" | "practice";
    status_real(): "实况" | "real";
    status_group(what, n, names): "{what} {n}：{names}" | "{what} {n}: {names}";

    // counts and places
    count_open(n): "未签离 {n}" | "Left open {n}";
    count_missing(n): "失联 {n}" | "Missing {n}";
    counts_line(inside, expected, released, leave, outside): "在班 {inside}   应到 {expected}   已接 {released}   请假 {leave}   在外 {outside}" | "In {inside}   Due {expected}   Gone {released}   Leave {leave}   Out {outside}";
    rack_count(rack, issued): "卡架 {rack}/{issued}" | "Rack {rack}/{issued}";
    grade_class(grade, class): "{grade}({class})班" | "{grade}({class})";
    grade_only(grade): "{grade}年级" | "Grade {grade}";
    itself(): "自行离校" | "alone";
    teacher(): "老师" | "teacher";
    undo_line(time, what): "{time} {what}" | "{time} {what}";
    state_not_here(): "未到" | "not here";
    state_missing(time, place): "{time} 起失联 · 最后在{place}" | "missing since {time} · last at {place}";
    state_left_open(what, time): "{what} · 当日 {time} 到" | "{what} · came {time} that day";
    state_in(time, place): "{time} 到 · {place}" | "in {time} · {place}";
    state_out(time): "{time} 起暂离" | "out since {time}";
    state_out_until(time, until): "{time} 起暂离，{until} 前返回" | "out since {time}, back by {until}";
    is_outside(name): "{name}(暂离)" | "{name} (out)";
    left_open_out(what, time, who): "{what}（{time} 随{who}暂离，未返回）" | "{what} (out with {who} since {time}, not back)";
    state_gone(time): "{time} 已离" | "gone {time}";
}

#[cfg(test)]
mod tests {
    /// Every catalogue, one for each room of sentences.
    fn all() -> Vec<&'static [(&'static str, &'static str, &'static str)]> {
        use super::{SENTENCES, backup, calendar, cards, doctor, faults, import, items, people, print, settings, staff};
        vec![
            SENTENCES,
            backup::SENTENCES,
            doctor::SENTENCES,
            #[cfg(feature = "photo")]
            super::photo::SENTENCES,
            people::SENTENCES,
            cards::SENTENCES,
            calendar::SENTENCES,
            staff::SENTENCES,
            settings::SENTENCES,
            import::SENTENCES,
            faults::SENTENCES,
            items::SENTENCES,
            print::SENTENCES,
        ]
    }

    fn placeholders(text: &str) -> Vec<&str> {
        let mut found: Vec<&str> = text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect();
        found.sort_unstable();
        found
    }

    #[test]
    fn both_languages_say_the_same_things() {
        for (name, zh, en) in all().into_iter().flatten() {
            assert_eq!(placeholders(zh), placeholders(en), "{name}");
        }
    }

    #[test]
    fn no_sentence_is_empty_or_stands_twice() {
        for part in all() {
            let mut seen = std::collections::BTreeSet::new();
            for (name, zh, en) in part {
                assert!(!zh.trim().is_empty() && !en.trim().is_empty(), "{name}");
                assert!(seen.insert(name), "{name} twice");
            }
        }
    }
}
