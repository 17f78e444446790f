//! Sentences of files that leave the desk: the card sheet, tables, one child's record; and of the commands that make them.

use std::fmt::Display;

use super::Lang;
use crate::domain::staff::Capacity;

catalogue! {
    // the card sheet
    sheet_title(): "接送卡" | "Collection cards";
    sheet_how_to_print(): "打印：A4 纸，比例 100%（实际大小），不要页眉页脚；沿角线裁开，虚线圆处打孔。" | "To print: A4, scale 100 % (actual size), no headers or footers; cut along the marks, punch at the dashed ring.";
    sheet_foot(cards, page, pages): "共 {cards} 张 · 第 {page}/{pages} 页 · 按 100% 打印" | "{cards} cards · page {page} of {pages} · print at 100 %";
    card_name(): "课后托管接送卡" | "After-school care card";
    card_found(): "拾到请交学校前台" | "If found, return to the school";
    strip_cut_off(): "发卡后剪下" | "cut off when handed out";
    cards_none_new(): "没有还未打印的卡；要重印请写 --all、--class 或 --child" | "Every card was printed before: to print again say --all, --class or --child";
    cards_none(): "没有符合的有效卡；学校自有的卡要另加 --school-cards" | "No such valid card; the school's own cards want --school-cards";
    cards_printed(n, at): "已写入 {at}：{n} 张卡。请用浏览器打开，按 100% 打印" | "{at}: {n} cards. Open it in a browser and print at 100 %";
    cards_named(): "每张卡下有姓名条：发卡后剪下，不留在卡上" | "Below each card is a strip with the name: cut it off when the card is handed out";
    cards_without_bars(n): "{n} 张卡号太长或含特殊字符，没有条形码，只有二维码" | "{n} cards have no bars, only the QR code: their numbers are too long or hold unusual signs";

    // choosing
    no_such_child(what): "找不到 {what}：请写姓名、学号或卡号" | "No child {what}: give a name, a student number or a card";
    several_children(what, list): "{what} 有几位：{list}；请写学号或卡号" | "{what} is more than one: {list}; give a student number or a card";
    near_children(what, list): "没有正好叫 {what} 的孩子；相近的有：{list}。请写全名、学号或卡号" | "No child is called {what}; alike are: {list}. Give the whole name, a student number or a card";
    no_such_class(what): "看不懂班级 {what}：请写 四(1)班 或 4.1" | "Class {what} is not understood: write 4.1 or 4(1)";

    // exporting
    export_ending(at): "{at} 的扩展名决定格式：请写 .xlsx、.csv 或 .json" | "{at}: the ending says the format; write .xlsx, .csv or .json";
    export_ending_record(at): "{at} 的扩展名决定格式：请写 .html 或 .json" | "{at}: the ending says the format; write .html or .json";
    export_exists(at): "{at} 已存在，未覆盖；请换个名字，或加 --force" | "{at} exists and was not overwritten: choose another name, or add --force";
    export_failed(at, what): "写不了 {at}：{what}" | "Cannot write {at}: {what}";
    export_done(what, rows, at): "已导出 {what} {rows} 行：{at}" | "Exported {what}, {rows} rows: {at}";
    export_recorded(): "本次导出已记入日志。文件含个人信息，请妥善保管，用完删除" | "The export is in the journal. The file holds personal data: keep it safe, delete it after use";
    export_dates(): "日期写成 2026-09-07，且 --from 不晚于 --to" | "Write dates like 2026-09-07, --from not after --to";
    export_in_the_future(): "--from 在将来，还没有记录" | "--from is in the future: nothing is on record yet";

    // names of tables
    table_children(): "孩子名册" | "children";
    table_collectors(): "接走人" | "collectors";
    table_cards(): "接送卡" | "cards";
    table_staff(): "教职工" | "staff";
    table_attendance(): "出勤" | "attendance";
    table_record(): "个人档案" | "record";
    table_oneroster(): "OneRoster" | "OneRoster";

    // headings that an import understands (assets/headings.tsv)
    heading_student_no(): "学号" | "student id";
    heading_name(): "姓名" | "name";
    heading_grade(): "年级" | "grade";
    heading_class(): "班级" | "class";
    heading_card(): "卡号" | "card number";
    heading_own_card(): "本系统制卡" | "card by caredesk";
    heading_care(): "是否参加课后服务" | "care";
    heading_weekdays(): "托管日" | "weekdays";
    heading_consent(): "同意书" | "consent";
    heading_health(): "健康" | "health";
    heading_note(): "备注" | "note";
    heading_household(): "家庭编号" | "household";
    heading_guardian_name(n): "监护人{n}姓名" | "guardian{n} name";
    heading_guardian_relation(n): "监护人{n}关系" | "relation{n}";
    heading_guardian_phone(n): "监护人{n}电话" | "phone{n}";
    heading_more_name(): "监护人姓名" | "guardian name";
    heading_more_relation(): "监护关系" | "relation";
    heading_more_phone(): "监护人电话" | "phone";
    heading_barred(): "不得接送人" | "barred";

    // columns that are not a roster's
    column_of_child(): "所属学生" | "of pupil";
    column_pupil_no(): "所属学生编号" | "pupil's number";
    column_pupil_grade(): "学生年级" | "pupil's grade";
    column_pupil_class(): "学生班级" | "pupil's class";
    column_own_school(): "所在学校" | "own school";
    column_self_leave(): "可自行离校" | "may go home alone";
    column_letter(): "自行离校书面同意" | "self-leave letter";
    column_calm(): "安抚办法" | "calm";
    column_snack(): "自带点心" | "snack";
    column_from(): "自" | "from";
    column_until(): "至" | "until";
    column_minor(): "未成年" | "under age";
    column_looks(): "外貌描述" | "looks";
    column_card_kind(): "卡种" | "kind of card";
    column_capacity(): "人员类别" | "kind of person";
    column_employment(): "在编/临聘" | "employment";
    column_vetting(): "从业查询" | "vetting";
    column_credentials(): "证件" | "papers";
    column_load(): "课时负荷%" | "load %";
    column_staff_phone(): "教职工电话" | "phone of staff";
    column_rank(): "顺序" | "order";
    column_collector(): "接走人姓名" | "collector";
    column_collector_relation(): "与孩子的关系" | "relation to child";
    column_collector_phone(): "接走人电话" | "collector's phone";
    column_right(): "接送权限" | "may collect";
    column_valid_on(): "仅限日期" | "only on";
    column_confirmed(): "回拨核实" | "confirmed by call";
    column_works_here(): "本校教职工" | "works here";
    column_number(): "卡面号码" | "number of card";
    column_state(): "状态" | "state";
    column_state_since(): "状态时间" | "since";
    column_custody(): "在哪里" | "where";
    column_made_by(): "来源" | "made by";
    column_staff_name(): "教职工姓名" | "staff name";
    column_role(): "职责" | "role";
    column_kind(): "岗位" | "staff kind";
    column_staff_card(): "卡号" | "card number";
    column_active(): "在职" | "active";
    column_date(): "日期" | "date";
    column_arrived(): "到园时间" | "arrived";
    column_means(): "到园凭据" | "identified by";
    column_brought_by(): "送来人" | "brought by";
    column_taken_in_by(): "接收人" | "taken in by";
    column_outings(): "暂离" | "stepped out";
    column_left_on(): "离开日期" | "date left";
    column_left(): "离开时间" | "left";
    column_taken_by(): "接走人（关系 姓名）" | "collected by";
    column_ground(): "放行凭据" | "released on";
    column_early_reason(): "提前原因" | "early because";
    column_late_minutes(): "迟接分钟" | "minutes late";
    column_late_reason(): "迟接原因" | "late because";
    column_released_by(): "放行人" | "released by";
    column_entered_later(): "补录于" | "entered later, on";
    column_entries(): "日志号" | "entries";

    // values
    yes(): "是" | "yes";
    no(): "否" | "no";
    right_standing(): "可接" | "yes";
    right_barred(): "不得接" | "must not";
    right_one_day(): "仅限一日" | "one day only";
    right_ended(): "已停用" | "no longer";
    state_live(): "有效" | "valid";
    state_lost(): "已挂失" | "lost";
    state_replaced(): "已换卡" | "replaced";
    state_expired(): "已过期" | "expired";
    custody_rack(): "卡架" | "on the rack";
    custody_holder(): "持卡人处" | "with the holder";
    custody_away(): "未归还" | "not returned";
    custody_astray(): "下落不明" | "astray";
    made_here(): "本系统" | "caredesk";
    made_by_school(): "学校自有" | "the school";
    employment_permanent(): "在编" | "permanent";
    employment_temporary(): "临聘" | "temporary";
    employment_left(): "离职" | "left";
    vetting_unknown(): "未查" | "not asked";
    vetting_clear(on): "{on} 查无不良" | "clear on {on}";
    vetting_barred(): "不得从业" | "barred";
    role_duty(): "值班" | "duty";
    role_leader(): "组长" | "leader";
    role_office(): "教务" | "office";
    role_inspector(): "督查" | "inspector";
    means_scanned(): "刷卡" | "card read";
    means_typed(): "手输卡号" | "number typed";
    means_name(): "按姓名" | "found by name";
    means_batch(): "老师带来一批" | "in a batch with an escort";
    still_here(): "在班" | "still here";
    presumed(who): "{who}（推定）" | "{who} (presumed)";
    escort(who): "带队 {who}" | "escort {who}";
    ground_card(tail): "出示接送卡 …{tail}" | "card …{tail} shown";
    ground_unread(tail): "持卡未刷 …{tail}" | "card …{tail} handed over, not read";
    ground_no_card(tail, call, knows, second): "无卡：证件尾号 {tail}，回电 {call}，孩子{knows}，见证 {second}" | "no card: document …{tail}, call-back: {call}, the child {knows}, second adult {second}";
    ground_staff(name): "本校家长 {name}，教职工卡和 PIN" | "parent who works here: {name}, staff card and PIN";
    ground_on_site(place, call): "在{place}现场，回电 {call}" | "on site at {place}, call: {call}";
    ground_left_open(): "当日漏签离，事后补记" | "not signed out that day, entered afterwards";
    ground_not_back(call): "暂离未返，{call}不回来" | "out, and does not come back: {call}";
    ground_self_leave(): "有书面同意，自行离校" | "goes home alone, letter on file";
    knows_yes(): "认识来人" | "knows the person";
    knows_no(): "不认识来人" | "does not know the person";
    outing(from, to, who): "{from}–{to} {who}" | "{from}–{to} {who}";

    oneroster_without(guardians, left_out): "监护人 {guardians} 位；不得接、仅限一日、已停用的 {left_out} 位不在其中。OneRoster 里没有卡、托管日、同意书和健康" | "{guardians} guardians; {left_out} collectors who are barred, of one day or of the past are not in it. OneRoster has no place for cards, days, consent and health";
    oneroster_unreachable(n): "{n} 个孩子在其中没有带电话的监护人（唯一的号码属于不得接的人），导入方会拒收" | "{n} children have no guardian with a phone in it (their only number belongs to somebody who is barred); an importer will refuse them";
    oneroster_school(): "学校" | "School";
    oneroster_year(from, to): "{from}–{to}学年" | "School year {from}–{to}";

    // one child's record
    record_title(name): "{name} 的个人档案" | "Record of {name}";
    record_made(at, head): "制作于 {at}，日志至第 {head} 条" | "Made {at}, journal up to entry {head}";
    record_why(): "应监护人要求提供（个人信息保护法第四十五条）：本系统就这个孩子存有的内容。不含他人的密码与口令、教职工卡号、其他孩子的姓名，也不含限制接送所依据文书的编号（仅组长可见）。" | "Given to the guardians at their request (PIPL article 45): what is kept here about this child. Not in it are other people's PINs and pass phrases, staff card numbers, names of other children, and the reference of a paper behind a restriction, which is for leaders only.";
    record_about(): "登记信息" | "On file";
    record_collectors(): "接走人" | "Collectors";
    record_cards(): "接送卡" | "Cards";
    attendance_not_kept(): "这些日期的出入记录已不再保存" | "what was done on these days is not kept any more";
    record_not_kept(until): "{until} 及以前的到离、通话、便条等已不再保存" | "Arrivals, releases, calls, notes and the like up to {until} are not kept any more";
    record_journal(n): "日志（{n} 条）" | "Journal ({n} entries)";
    record_entry(): "号" | "No.";
    record_time(): "时间" | "Time";
    record_what(): "事项" | "What";
    record_who(): "经手" | "By";
    record_nobody(): "无人在岗" | "nobody on duty";
    record_by_command(): "命令行" | "a command";
    record_entered(at): "{at} 录入" | "entered {at}";
    record_written(at): "原记为 {at}" | "was written {at}";
    record_undone(at, who): "已于 {at} 由{who}撤销" | "taken back {at} by {who}";
    record_none(): "无" | "none";
    record_no_card_count(month, n): "{month} 无卡接走 {n} 次" | "{n} releases without a card in {month}";

    label_name(): "姓名" | "Name";
    label_class(): "班级" | "Class";
    label_student_no(): "学号" | "Student number";
    label_seat(): "班内顺序" | "Order in class";
    label_health(): "健康提醒" | "Health";
    label_note(): "备注" | "Note";
    label_days(): "托管日" | "Days";
    label_consent(): "同意书" | "Consent";
    label_self_leave(): "自行离校" | "Goes home alone";
    label_enrolled(): "参加托管" | "Enrolled";
    label_letter(): "书面同意" | "Letter";
    label_withdrawn(): "退出日期" | "Withdrawn on";
    label_guest(): "仅限当日来访" | "Guest on";
    label_own_school(): "所在学校" | "Own school";
    label_calm(): "安抚办法" | "What calms";
    label_snack(): "自带食物" | "Own food";
    label_buddy(): "有结对伙伴" | "Has a buddy";
    label_terms(): "学期报名" | "Terms";
    label_early_days(): "固定提前离园" | "Leaves early";
    label_from(): "自" | "From";
    label_until(): "至" | "Until";
    label_minor(): "未成年" | "Under age";
    label_looks(): "外貌描述" | "Looks";
    label_kind(): "卡种" | "Kind";
    kind_main(): "主卡" | "main";
    kind_second(): "第二张" | "second";
    kind_day(): "一日卡" | "for one day";
    label_relation(): "关系" | "Relation";
    label_phone(): "电话" | "Phone";
    label_right(): "接送权限" | "May collect";
    label_rank(): "顺序" | "Order";
    label_works_here(): "本校教职工" | "Works here";
    label_no_card(): "无卡接走" | "Without a card";
    label_number(): "卡号" | "Number";
    label_state(): "状态" | "State";
    label_where(): "在哪里" | "Where";
    label_made_by(): "来源" | "Made by";
    every_day(): "每个托管日" | "every care day";
    consent_given(): "已签" | "signed";
    consent_missing(): "未签" | "not signed";
    consent_unknown(): "未填" | "not given";
    one_day_on(date, confirmed): "仅限 {date}，{confirmed}" | "on {date} only, {confirmed}";
    confirmed_yes(): "已回拨核实" | "confirmed by a call";
    confirmed_no(): "未核实" | "not confirmed";
    since(what, at): "{what}（{at}）" | "{what} ({at})";
    changed(label, was, now): "{label}：{was} → {now}" | "{label}: {was} → {now}";
    labelled(label, value): "{label}：{value}" | "{label}: {value}";

    // facts about a child, in plain words
    fact_enrolled(what): "登记孩子。{what}" | "Registered. {what}";
    fact_changed(what): "登记信息改动。{what}" | "Record changed. {what}";
    fact_unchanged(): "登记信息确认，无改动" | "Record confirmed, unchanged";
    fact_collector(who, what): "登记接走人 {who}。{what}" | "Collector {who} listed. {what}";
    fact_collector_changed(who, what): "接走人 {who} 改动。{what}" | "Collector {who} changed. {what}";
    fact_card(number, what): "卡 {number}。{what}" | "Card {number}. {what}";
    fact_card_changed(number, what): "卡 {number} 改动。{what}" | "Card {number} changed. {what}";
    fact_card_lost(number): "卡 {number} 挂失，即刻作废" | "Card {number} reported lost, void from then on";
    fact_card_moved(number, was, now): "卡 {number}：{was} → {now}" | "Card {number}: {was} → {now}";
    fact_arrived(means, place, holder): "到园（{means}），在{place}；卡由{holder}持有" | "Arrived ({means}), at {place}; card with {holder}";
    fact_despite(doubt): "当时提示“{doubt}”，确认到园" | "taken in although the desk said: {doubt}";
    doubt_on_leave(): "今日请假" | "on leave today";
    fact_holder(was, now): "持卡人更正：{was} → {now}" | "Holder of the card corrected: {was} → {now}";
    fact_acknowledged(): "健康提醒已由值班人确认" | "Health alert acknowledged";
    fact_released(who, ground): "离开，{who}接走。凭据：{ground}" | "Left with {who}. Ground: {ground}";
    fact_left_alone(ground): "自行离校。凭据：{ground}" | "Left alone. Ground: {ground}";
    fact_early(reason): "提前：{reason}" | "early: {reason}";
    fact_late(minutes, reason): "晚接 {minutes} 分：{reason}" | "{minutes} minutes late: {reason}";
    fact_out(who): "随{who}暂离" | "Stepped out with {who}";
    fact_out_until(who, time): "随{who}暂离，{time} 前返回" | "Stepped out with {who}, back by {time}";
    fact_back(): "返回" | "Came back";
    fact_moved(was, now): "{was} → {now}" | "{was} → {now}";
    fact_called_over(): "被呼叫到前台" | "Called to the desk";
    fact_leave(reason): "请假：{reason}" | "On leave: {reason}";
    fact_note(text): "当日备注：{text}" | "Note for the day: {text}";
    fact_call(who, why, result): "电话 {who}（{why}）：{result}" | "Call to {who} ({why}): {result}";
    purpose_collector(): "核实接走人" | "to check who collects";
    purpose_one_day(): "核实一日授权" | "to confirm a one-day authorisation";
    fact_phrase(who, result): "{who}报口令：{result}" | "{who} said the pass phrase: {result}";
    phrase_right(): "相符" | "right";
    phrase_wrong(): "不符" | "wrong";
    fact_looked(): "查看了档案" | "looked at the record";
    fact_exported(rows): "本档案导出一次，{rows} 条" | "This record was written to a file, {rows} entries";
    fact_held_back(): "有不在名单或不得接的人来接，孩子留下" | "Somebody who may not collect asked for the child; it stayed";
    fact_hold_left(leader): "来人已离开，{leader} 解除待办" | "They had left; lifted by {leader}";
    fact_hold_listed(leader): "由名单上的人接，{leader} 解除待办" | "Somebody on the list collects; lifted by {leader}";
    fact_hold_note(leader, text): "{leader} 备注：{text}" | "Note by {leader}: {text}";
    fact_no_card_count(n, month): "{month} 无卡接走第 {n} 次" | "Release without a card number {n} of {month}";
    fact_joined(group): "加入小组“{group}”" | "Joined the group \"{group}\"";
    fact_left_group(group): "退出小组“{group}”" | "Left the group \"{group}\"";
    group_number(n): "第 {n} 组" | "group {n}";
    fact_missed(place): "未随小组返回，最后在{place}，开始寻找" | "Did not come back with its group, last at {place}; the search began";
    fact_found_here(): "已找到，在这里" | "Found, here";
    fact_found_family(): "已找到，和家人在一起" | "Found, with the family";
    fact_found_seen(who, place): "已见到：{who}，在{place}" | "Seen by {who}, at {place}";
    fact_at_door(): "在门口，是否到园还没说" | "At the door, whether it is taken in not said";
    fact_not_taken_in(): "在门口，未收" | "At the door, not taken in";
    fact_still_here(): "前一日未签离，说仍在" | "Left open from an earlier day, said to be still here";
    fact_found_elsewhere(text): "已找到：{text}" | "Found: {text}";
    matter_arrival(): "未到园" | "not arrived";
    matter_pickup(): "未来接" | "not fetched";
    matter_outing(): "暂离未返" | "out, not back";
    matter_missing(): "寻找" | "missing";
    outcome_promised(by): "{by} 前到" | "by {by}";
    outcome_note(by, note): "{by} 前到；{note}" | "by {by}; {note}";
    outcome_none(): "未接通" | "no answer";
    outcome_wrong(): "号码不对" | "wrong number";
    fact_extended(until, reason, who): "延时托管至 {until}（{reason}），{who}批准" | "Extended care until {until} ({reason}), approved by {who}";
    fact_guard(signed): "移交门卫 {signed} 看护，仍算在班" | "With the guard {signed}, still counted as here";
    fact_two_adults(reason): "两名成人留守：{reason}" | "Two adults stayed: {reason}";
    fact_two_named(names, reason): "两名成人留守（{names}）：{reason}" | "Two adults stayed ({names}): {reason}";
    fact_incident(): "事件：未经前台被接走" | "Incident: collected without the desk";
    fact_hold_too_late(): "事件：要留下时已由另一台放行，交组长核实" | "Incident: was to be held back and had been let go at another desk; the leader was told";
    fact_naming_stopped(): "事件：拟登记的接送人已被拦下，交组长核对" | "Incident: somebody was to be named as collector and was stopped for the leader";
    fact_agreed_call(who, why): "无人可回电，组长代：{who}（{why}）" | "Nobody to call, the leader stood instead: {who} ({why})";
    fact_agreed_naming(who): "有限制的孩子，登记接送人经组长同意：{who}" | "A leader agreed to naming a collector for a restricted child: {who}";
    call_leader(): "无人可回电，组长代" | "nobody to call, the leader stood instead";
    fact_call_number(call, number): "{call}，拨 {number}" | "{call}, dialled {number}";
    fact_other(kind): "其他记录（{kind}）" | "Other entry ({kind})";
}

/// In what capacity somebody works here.
#[must_use]
pub fn capacity(lang: Lang, capacity: Capacity) -> String {
    let word = match capacity {
        Capacity::Teacher => lang.pick("本校教师", "teacher of this school"),
        Capacity::SchoolStaff => lang.pick("本校职工", "staff of this school"),
        Capacity::VisitingTeacher => lang.pick("外校优秀教师", "teacher of another school"),
        Capacity::Retired => lang.pick("退休教师", "retired teacher"),
        Capacity::Coach => lang.pick("体育教练", "sports coach"),
        Capacity::FolkArtist => lang.pick("民间艺人", "folk artist"),
        Capacity::Craftsman => lang.pick("能工巧匠", "skilled craftsman"),
        Capacity::HeritageBearer => lang.pick("非遗传承人", "bearer of heritage"),
        Capacity::Volunteer => lang.pick("公益人士", "volunteer"),
        Capacity::Parent => lang.pick("学生家长", "parent"),
        Capacity::Student => lang.pick("优秀大学生", "university student"),
        Capacity::Provider => lang.pick("第三方机构", "third-party provider"),
    };
    word.to_owned()
}
