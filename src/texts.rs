//! Every sentence that people read, Chinese and English side by side.
//!
//! A sentence is one entry of the catalogue below; leaving out a language, or naming a placeholder that the sentence does
//! not have, fails to compile, and a test holds both languages to the same placeholders. There is no fallback.
//! [`words`] turns the enums of rules and desk into words; sentences about a model are put together in `wording`.

pub mod words;

use std::fmt::Display;

pub use words::{command_help, command_words, label_answers};

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
            #[doc = concat!($zh, " / ", $en)]
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

catalogue! {
    // verdicts
    in_ok(): "已到" | "In";
    back(): "已返回" | "Back";
    in_alert(alert): "已到 · {alert}" | "In · {alert}";
    out(): "可接走" | "May go";
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
    hold(): "请稍候，组长办理" | "One moment, the leader will help";
    on_leave(reason): "今日请假（{reason}），确认到园？" | "On leave today ({reason}): take in?";
    not_today(): "今日未报，确认到园？" | "Not enrolled for today: take in?";
    no_consent(): "未签同意书，确认到园？" | "No consent on file: take in?";
    left_open(date): "{date} 未签离" | "Not signed out on {date}";
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
    queue_more(n): "排队 {n}" | "{n} waiting";

    // acts
    did_name_holder(name, who): "{name}：卡由{who}持有" | "{name}: card with {who}";
    did_acknowledge(name): "{name}：提醒已知悉" | "{name}: alert acknowledged";
    did_leave(name, reason): "{name}：今日请假（{reason}）" | "{name}: on leave today ({reason})";
    did_note(name): "{name}：备注已记" | "{name}: note taken";
    did_move(name, place): "{name}：现在{place}" | "{name}: now at {place}";
    did_call_over(name, tail): "{name}（{tail}）：已呼叫到前台" | "{name} ({tail}): called to the desk";
    did_step_out(name, who, time): "{name}：随{who}暂离，{time} 前返回" | "{name}: out with {who}, back by {time}";
    did_step_out_open(name, who): "{name}：随{who}暂离" | "{name}: out with {who}";
    did_lose_card(name): "{name}：原卡已挂失，即刻作废" | "{name}: card reported lost, dead from now";
    did_authorise(name, who): "{name}：今日可由{who}接" | "{name}: {who} may collect today";
    did_authorise_pending(name, who): "{name}：{who}的授权未生效，需回拨核实" | "{name}: {who} is not active until a call-back confirms";
    did_call_back(yes): "回拨已记：{yes}" | "Call-back recorded: {yes}";
    did_sign_on(name): "{name} 已签到" | "{name} is on duty";
    did_sign_off(name): "{name} 已签退" | "{name} is off duty";
    did_choose(name): "现由 {name} 操作" | "{name} acts now";
    did_undo(n): "已撤销 {n} 条，原记录保留" | "{n} entries taken back; the record keeps both";

    // objections
    not_here(name): "{name}不在班，无法这样办" | "{name} is not here";
    already_here(name): "{name}已在班" | "{name} is here already";
    already_gone(name): "{name}已离" | "{name} has gone";
    no_live_card(name): "{name}没有有效卡" | "{name} has no valid card";
    wrong_time(): "时间不对：不能在将来，也不能早于到达或跨日" | "Wrong time: not in the future, not before arrival, not another day";
    contradicted(seq): "与之后的记录 {seq} 矛盾，未记" | "Contradicts later entry {seq}: nothing recorded";
    rests_on(seq): "之后的记录 {seq} 以它为据，请先撤销那一条" | "Entry {seq} rests on it: take that back first";
    nothing_to_undo(): "没有可撤销的操作" | "Nothing to take back";
    undo_reason(): "超过十分钟的放行，撤销需写原因" | "A release older than ten minutes wants a reason";
    wrong_staff(): "此人现在不能这样操作" | "This person cannot do that now";
    evidence(): "凭据不全，孩子留班，请组长办理" | "Evidence incomplete: the child stays, ask the leader";
    void_card(): "此卡已失效，请重新刷卡" | "The card is no longer valid: scan again";
    empty(): "内容为空，未记" | "Nothing was given: nothing recorded";

    // hints
    nothing_waits(): "没有待办；请刷卡、输卡号或姓名" | "Nothing waits: scan, type a number or a name";
    pick_a_number(): "请输入编号，⏎ 不作默认" | "Pick a number: Enter alone does not answer this";
    no_such_number(): "没有这个编号" | "No such number here";
    no_such_command(): "没有这个命令；输入 . 看全部" | "No such command: type . for the list";
    garbled(): "含控制字符或异体数字，整行未采用；请关闭输入法重刷" | "Control characters or foreign digits: nothing taken, scan again";
    too_long(): "太长，未采用" | "Too long: nothing taken";
    went_back(): "已返回，未作改动" | "Back, nothing changed";
    clock_set(time): "演练时钟：{time}" | "Practice clock: {time}";
    clock_not_back(time): "时钟不能倒退，现为 {time}" | "The clock cannot go back; it is {time}";
    clock_only_in_practice(): "只有演练可以设时钟" | "Only practice can set the clock";
    not_a_time(): "看不懂这个时间；请写 1725 或 17:25，且不在将来" | "Not a time: write 1725 or 17:25, not in the future";
    nothing_to_explain(): "没有可解释的结果" | "There is nothing to explain";
    language(): "中文" | "English";
    roster_at(time, n, list): "{time} 在班 {n}：{list}" | "{time}: {n} in: {list}";
    roster_now(n, list): "现在在班 {n}：{list}" | "Now: {n} in: {list}";
    place_names(place, n, names): "{place} {n}（{names}）" | "{place} {n} ({names})";
    focus_next(): "焦点已移到下一组" | "Focus moved to the next";
    no_second_adult(): "没有可作第二见证的在岗人员或组长" | "No second adult on duty and no leader";
    nothing_to_choose(): "没有可选的人" | "Nothing to choose from";
    in_batch(name, n): "{name}，第 {n} 名" | "{name}, number {n}";
    nobody_found(): "没有找到；可输拼音、首字母或汉字" | "Nobody found: try pinyin, initials or characters";
    commands_are(list): "命令：{list}" | "Commands: {list}";
    why_is(list): "为什么：{list}" | "Why: {list}";

    // mistakes in a form
    mistake_choice(): "没有这个选项" | "No such choice";
    mistake_time(): "请写时间，如 1725" | "Write a time, like 1725";
    mistake_number(): "请写数字" | "Write a number";
    mistake_empty(): "不能为空" | "Cannot be empty";
    mistake_long(): "太长" | "Too long";
    mistake_pin(n): "PIN 不对，还可试 {n} 次" | "Wrong PIN, {n} tries left";
    mistake_locked(time): "PIN 已暂停到 {time}，刷卡不受影响" | "PIN paused until {time}; scanning goes on";
    mistake_count(): "人数与刷卡数不符，未记" | "The count does not match the cards: nothing recorded";
    mistake_child(): "不是孩子的卡，也没有找到名字" | "Not a child's card, and no such name";
    mistake_batch(): "此人不能随批次：已在、已刷或需单独核对" | "Not in a batch: already here, already scanned, or needs a look";
    mistake_short(): "至少四位" | "Four characters at least";
    mistake_phone(): "电话不像号码" | "Not a phone number";

    // prompts
    which_child(): "哪一位？" | "Which child?";
    what_to_do(name): "{name}：办理什么？" | "{name}: what to do?";
    ask_leave(name): "{name} 请假原因" | "{name}: why away?";
    ask_note(name): "{name} 今日备注" | "{name}: note for today";
    ask_place(name): "{name} 去哪里" | "{name}: to which place?";
    ask_out_with(name): "{name} 随谁暂离" | "{name}: out with whom?";
    ask_back_by(name): "{name} 几点前返回" | "{name}: back by when?";
    ask_lose_card(name): "{name} 的卡挂失？⏎ 确认" | "{name}: report the card lost? Enter to confirm";
    ask_no_card(name): "{name} 无卡，谁来接？（教职工家长请刷教职工卡）" | "{name}, no card: who collects? (staff parents scan their staff card)";
    ask_id_tail(): "证件号后四位" | "Last four of the identity document";
    ask_no_card_call(list): "拨登记电话核实：{list}" | "Call a registered number: {list}";
    ask_recognised(name): "{name}认识来人吗？" | "Does {name} know the person?";
    ask_second(): "第二见证人" | "Second adult";
    ask_pin(name): "{name} 的 PIN" | "PIN of {name}";
    ask_named_name(name): "{name} 今日由谁接：姓名" | "{name}, for today: name of the collector";
    ask_named_relation(): "与孩子的关系" | "Relation to the child";
    ask_named_phone(): "来人电话" | "Phone of the collector";
    ask_call_back_to(): "回拨哪位登记家长" | "Call back which registered parent?";
    ask_call_back_result(who, phone): "{who} {phone} 怎么说" | "What did {who} {phone} say?";
    ask_sign_on(): "签到：刷教职工卡，或选人" | "Sign on: scan a staff card, or pick";
    ask_on_duty(name): "{name} 已在岗" | "{name} is on duty";
    ask_back_fill(): "补录：刷卡或写姓名" | "Back-fill: scan a card or type a name";
    ask_back_fill_time(name): "{name} 发生在几点" | "{name}: when did it happen?";
    ask_batch(n): "逐个刷卡，完了写人数（已刷 {n}）" | "Scan each card, then type the count ({n} so far)";
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
    notice_lapsed(list): "{list}：两分钟未确认，已取消，未记录" | "{list}: not confirmed for two minutes, dropped, nothing recorded";
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
    notice_card_back(name): "{name} 的卡已收回" | "Card of {name} is back";

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
    because_gone(time, who): "{time} 已随{who}离开" | "gone at {time} with {who}";
    because_open(when): "{when} 到园后没有签离记录" | "arrived {when} and was never signed out";
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
    because_leader(): "来人不在名单上，由组长决定" | "not on the list: the leader decides";
    because_disk(): "存储拒绝写入" | "the disk refused";
    because_sound(): "名字读音相同" | "the names sound the same";
    because_household(): "同一家庭还有孩子在班" | "another child of the household is here";
    because_no_check_digit(): "学校自有卡没有校验位" | "a school's own card has no check digit";

    // counts and places
    counts_line(inside, expected, released, leave, outside): "在班 {inside}   应到 {expected}   已接 {released}   请假 {leave}   在外 {outside}" | "In {inside}   Due {expected}   Gone {released}   Leave {leave}   Out {outside}";
    rack_count(rack, issued): "卡架 {rack}/{issued}" | "Rack {rack}/{issued}";
    grade_class(grade, class): "{grade}({class})班" | "{grade}({class})";
    grade_only(grade): "{grade}年级" | "Grade {grade}";
    itself(): "自行离校" | "alone";
    nobody(): "无" | "nobody";
    escort(name): "{name}代领" | "escort {name}";
    teacher(): "老师" | "teacher";
    undo_line(time, what): "{time} {what}" | "{time} {what}";
    actions_of(name, state): "{name} · {state}" | "{name} · {state}";
    state_not_here(): "未到" | "not here";
    state_in(time, place): "{time} 到 · {place}" | "in {time} · {place}";
    state_out(time): "{time} 起暂离" | "out since {time}";
    state_gone(time): "{time} 已离" | "gone {time}";
}

#[cfg(test)]
mod tests {
    use super::SENTENCES;

    fn placeholders(text: &str) -> Vec<&str> {
        let mut found: Vec<&str> = text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect();
        found.sort_unstable();
        found
    }

    #[test]
    fn both_languages_say_the_same_things() {
        for (name, zh, en) in SENTENCES {
            assert_eq!(placeholders(zh), placeholders(en), "{name}");
        }
    }

    #[test]
    fn no_sentence_is_empty_or_stands_twice() {
        let mut seen = std::collections::BTreeSet::new();
        for (name, zh, en) in SENTENCES {
            assert!(!zh.trim().is_empty() && !en.trim().is_empty(), "{name}");
            assert!(seen.insert(name), "{name} twice");
        }
    }
}
