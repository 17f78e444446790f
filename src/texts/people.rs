//! Sentences about children, collectors and households; words that are typed are in [`typed`].

pub mod typed;

use std::fmt::Display;

use super::{Lang, words};
use crate::desk::office::people::{Ask, Field, Line, List, Pick, Task, Tie, View};
use crate::domain::people::Consent;

catalogue! {
    // at the desk
    phrase(who): "请{who}说口令" | "Ask {who} for the pass phrase";
    unnamed(who): "这位家长叫什么？名单上只写{who}" | "What is the person called? The list says {who}, no name";
    because_unnamed(who): "名单上只写{who}，没有姓名：先记姓名，再放行" | "The list says {who}, no name: the name comes first, then the child goes";
    ask_taker_name(who): "{who}的姓名（两个字以上，看证件）" | "Name of {who} (two characters or more, from a document)";
    mistake_name(): "要本人姓名：两个字以上，不能是称呼、号码、孩子的名字" | "Their own name: two characters or more, no relation, number or child's name";
    because_phrase(who): "{who}留有口令，说对才放行" | "{who} has a pass phrase: only the right one releases";
    ask_named_phrase(): "约定口令（两个字以上，不显示，只存摘要）" | "Pass phrase (two characters or more, never shown, kept as a hash)";
    early_line(day, time, reason): "{day} {time} 走（{reason}）" | "{day} leaves at {time} ({reason})";
    early_list(list): "固定提前走：{list}" | "Leaves early: {list}";
    calm(text): "安抚：{text}" | "Calms: {text}";
    snack(text): "自带零食：{text}" | "Own snack: {text}";
    own_school(text): "原学校：{text}" | "Own school: {text}";
    guest(date): "{date} 临时来托" | "Guest on {date}";
    buddy(name): "结伴：{name}" | "Walks with {name}";
    looks(text): "特征：{text}" | "looks: {text}";

    // the panel
    title(): "人员" | "People";
    title_of(what): "人员 · {what}" | "People · {what}";
    count_children(n, days): "在册 {n} 人（今天应到 {days} 人）" | "{n} enrolled, {days} of them due today";
    count_people(children, collectors): "接送人 {collectors} 位，孩子 {children} 名" | "{collectors} collectors for {children} children";
    over_capacity(n, places): "已超容量：{n} 人，容量 {places} 人（不拒收）" | "Over capacity: {n} children, {places} places (nobody is refused)";
    room_left(n, places): "容量 {places} 人，还有 {n} 个位子" | "{places} places, {n} free";
    no_consent_count(n): "没有同意书 {n} 人" | "Without consent: {n}";
    consent_all(): "同意书齐全" | "Consent on file for all";
    no_term(): "校历里没有本学期，按孩子资料里的托管日和同意书" | "No term in the calendar: days and consent of the child's record hold";
    this_term(name): "本学期：{name}" | "This term: {name}";
    few_numbers_count(n, list): "不足两个电话 {n} 人：{list}" | "Fewer than two numbers: {n}: {list}";
    few_numbers(n): "可打通的电话只有 {n} 个，需要两个" | "Only {n} number to call, two are needed";
    parents_left_count(n, list): "教职工家长已离职 {n} 人：{list}" | "Staff parents who left: {n}: {list}";
    guests_count(n, list): "今天临时来托 {n} 人：{list}" | "Guests today: {n}: {list}";
    withdrawn_count(n): "已退出 {n} 人（输入姓名可查）" | "Withdrawn: {n} (found by name)";
    refused_count(n): "未能接收登记 {n} 条" | "Care refused: {n}";
    refused_none(): "登记为空：有需求的都已接收" | "Empty: nobody who asked was refused";
    refused_line(date, name, grade, reason): "{date} {name} {grade} · {reason}" | "{date} {name} {grade} · {reason}";
    refused_rule(): "不得拒收有需求的学生；每一条都要写明原因，登记后不能删除" | "Nobody who needs care may be refused; each entry gives its reason and stays";
    type_name(): "输入姓名或拼音查找" | "Type a name or pinyin to find somebody";
    nobody(): "没有人" | "Nobody";
    found_nobody(query): "没有找到「{query}」" | "Nobody is called {query}";
    list_count(n): "共 {n} 人" | "{n} in all";
    withdrawn(date): "已于 {date} 退出，记录保留" | "Withdrawn on {date}; the record is kept";
    withdrawn_undated(): "已退出，记录保留" | "Withdrawn; the record is kept";
    student_no(number): "学号 {number}" | "No. {number}";
    not_enrolled(): "今天未报" | "not enrolled today";
    lacks_term(name): "没有报 {name}：到园时会问" | "Not enrolled for {name}: asked at arrival";
    staff_parent(who, staff, how): "教职工子女：{who}（{staff}，{how}）" | "Child of staff: {who} ({staff}, {how})";
    staff_parent_left(who, staff): "{who}（{staff}）已离职：请核对入托资格，不会自动退出" | "{who} ({staff}) no longer works here: check eligibility; nobody is withdrawn by it";
    siblings(list): "同家庭：{list}" | "Siblings: {list}";
    self_leave(letter): "可自行离校，信：{letter}" | "May go home alone, letter: {letter}";
    self_leave_no(): "不可自行离校" | "Does not go home alone";
    term_line(term, days, consent): "{term}：{days} · {consent}" | "{term}: {days} · {consent}";
    always_line(days, consent): "不分学期：{days} · {consent}" | "Any term: {days} · {consent}";
    every_day(): "每个托管日" | "every care day";
    signed(date, by, source, reference): "{date} {by} {source} {reference}" | "{date} {by} {source} {reference}";
    collectors_title(): "接送人" | "Collectors";
    barred_hidden(): "有人不得接（组长打开后可见）" | "Somebody must not collect (a leader may see who)";
    barred(who): "不得接：{who}" | "Must not collect: {who}";
    ended(who): "不再接：{who}" | "No longer: {who}";
    valid(from, until): "{from} 至 {until}" | "{from} to {until}";
    always_valid(): "一直有效" | "until lifted, since ever";
    since_ever(): "一直" | "since ever";
    until_lifted(): "解除为止" | "until lifted";
    expired(): "已过期" | "expired";
    not_yet(): "未开始" | "not yet";
    paper(text): "文书：{text}" | "Paper: {text}";
    paper_hidden(): "文书只有组长可见" | "The paper is for leaders' eyes only";
    minor(): "未成年，不能接" | "under age, must not collect";
    has_phrase(): "有口令" | "pass phrase";
    pending(): "待回拨核实" | "waits for the call-back";
    staff_link(name): "本校教职工：{name}" | "On the staff: {name}";
    no_looks(): "没有特征描述" | "no description";
    lift_note(): "解除后不会自动成为接送人" | "Lifting does not list the person again";
    none(): "无" | "none";

    // questions
    ask_overview(): "输入姓名查找，或选：" | "Type a name, or pick:";
    ask_list(): "选孩子，或输入姓名：" | "Pick a child, or type a name:";
    ask_child(name): "{name}：改什么？" | "{name}: change what?";
    ask_with(name): "{name} 和谁？输入另一个孩子的姓名：" | "{name} and who? Type the other child's name:";
    ask_name(): "孩子姓名" | "The child's name";
    ask_same_name(who): "{who} 已在册，同名同班。是另一个孩子就按 ⏎，不是就 Esc" | "{who} is enrolled, same name, same class. Enter if this is another child, Esc if not";
    ask_grade(): "年级" | "Grade";
    ask_class(): "几班（没有输入 -）" | "Class (- for none)";
    ask_relation(n): "第 {n} 位接送人与孩子的关系（选，或输入）" | "Relation of collector {n} (pick or type)";
    ask_person(n): "第 {n} 位接送人姓名（不知道输入 -）" | "Name of collector {n} (- when unknown)";
    ask_phone(n): "第 {n} 位接送人电话" | "Number of collector {n}";
    ask_other_phone(): "与第一位的电话相同。孩子要有两个能打通的不同号码，请输入另一个" | "The same number again. A child needs two different numbers: type another";
    ask_barred_phone(): "这个人的电话（不知道输入 -）" | "Number of this person (- when unknown)";
    ask_of_the_list(name): "这个人是 {name} 名单上的哪一位？" | "Which one of {name}'s list is this person?";
    ask_of_age(): "成年了吗？未成年人不能接孩子" | "Of age? Nobody under age may collect";
    ask_field(name, field): "{name} 的{field}" | "{field} of {name}";
    ask_field_optional(name, field): "{name} 的{field}（清空输入 -）" | "{field} of {name} (- empties it)";
    ask_phrase(who): "{who} 的口令：两个字以上，不显示，只存摘要" | "Pass phrase of {who}: two characters or more, never shown, kept as a hash";
    ask_staff(who): "{who} 是本校哪位教职工？" | "Which member of staff is {who}?";
    ask_from(): "从哪天起不得接（⏎ 今天起）" | "From which day on (Enter: today)";
    ask_until(): "到哪天为止（⏎ 到解除为止）" | "Until which day (Enter: until lifted)";
    ask_paper(): "依据的文书编号，只有组长可见（没有输入 -）" | "Reference of the paper, for leaders' eyes only (- for none)";
    ask_letter(name): "{name} 家长签字信的日期或编号" | "Date or number of the signed letter for {name}";
    ask_term(name): "{name} 报哪个学期？" | "{name}: for which term?";
    ask_weekdays(): "哪几天来？（1 或 ⏎ 每天；也可输入 一三五、周二、mon wed）" | "Which days? (1 or Enter: every day; or type mon wed fri)";
    ask_consent(): "家长同意书" | "The guardian's consent";
    ask_signed_on(): "哪天签的（⏎ 今天）" | "Signed on (Enter: today)";
    ask_signed_by(): "哪位监护人签的（选，或输入）" | "Signed by which guardian (pick or type)";
    ask_source(): "怎么交来的（选，或输入）" | "How it reached the school (pick or type)";
    ask_reference(): "同意书编号（没有输入 -）" | "Its reference (- for none)";
    ask_weekday(name): "{name} 星期几固定提前走？" | "{name}: on which day?";
    ask_early_at(day): "{day}几点走（不再提前走输入 -）" | "{day}: from when on (- for no longer)";
    ask_early_why(): "为什么（课外班等）" | "Why (a class elsewhere …)";
    ask_refused_why(): "为什么没有接收" | "Why care was not given";
    ask_sure(what): "{what}？⏎ 确认，Esc 不改" | "{what}? Enter to confirm, Esc to leave it";

    // done
    did_add(name, class): "{name} {class} 已入册；接着报名与同意书，.卡片 办卡" | "{name} {class} is enrolled; next: enrolment and consent, a card with .cards";
    did_add_guest(name, class): "{name} {class} 今天临时来托，.卡片 可发临时卡" | "{name} {class} is a guest today; .cards has day cards";
    did_set(name, field): "{name}：{field}已改" | "{name}: {field} changed";
    did_list(name, who): "{name}：已加接送人 {who}" | "{name}: {who} listed";
    did_list_minor(name, who): "{name}：{who} 已记下，未成年，不能接" | "{name}: {who} is noted; under age, must not collect";
    did_bar(name): "{name}：限制已记，放行时只核对不解释" | "{name}: restriction recorded; the desk checks and explains nothing";
    did_change(name, who): "{name}：{who} 已改" | "{name}: {who} changed";
    did_first(name, who): "{name}：{who} 排第一" | "{name}: {who} comes first";
    did_lift(name, who): "{name}：{who} 的限制已解除，不会自动成为接送人" | "{name}: restriction of {who} lifted; not listed by it";
    did_end(name, who): "{name}：{who} 不再接" | "{name}: {who} no longer collects";
    did_join(name, other): "{name} 与 {other} 同家庭" | "{name} and {other} are one household";
    did_split(name): "{name}：单独一家" | "{name}: a household of its own";
    did_pair(name, other): "{name} 与 {other} 结伴" | "{name} and {other} walk together";
    did_unpair(name): "{name}：不再结伴" | "{name}: no longer paired";
    did_self_leave(name): "{name}：有信，可自行离校" | "{name}: may go home alone, letter on file";
    did_no_self_leave(name): "{name}：不再自行离校" | "{name}: no longer alone";
    did_erase(): "已删除，不能恢复" | "Erased; nothing brings it back";
    is_enrolled(name): "{name} 还在册：先退出，再删除" | "{name} is enrolled: withdraw it first, then erase it";
    cards_kept(until): "卡保存到 {until}，之后才到期" | "The cards are kept until {until}";
    works_here(name): "{name} 还在岗：离开后才到期" | "{name} works here: the card is kept";
    on_the_day(name): "{name} 今天还有记录：明天起可删除" | "something was entered about {name} today: it can be erased from tomorrow on";
    did_withdraw(name): "{name} 已退出，记录保留；卡作废，请收回" | "{name} is withdrawn, the record stays; the card is void, take it back";
    did_enrol(name): "{name} 重新入册，要 .卡片 另办新卡" | "{name} is enrolled again; a new card comes with .cards";
    did_term(name, term): "{name}：{term} 已报" | "{name}: enrolled for {term}";
    did_always(name): "{name}：托管日与同意书已改" | "{name}: days and consent changed";
    did_early(name, day, time): "{name}：{day} {time} 起可走，不再问原因" | "{name}: {day} from {time} on, without a question";
    did_no_early(name, day): "{name}：{day}不再提前走" | "{name}: no longer early on {day}";
    did_refuse(name): "{name}：未能接收已登记" | "{name}: refused care recorded";

    // hindrances
    two_numbers(n): "孩子要有两个能打通的不同号码，现有 {n} 个；补齐再存" | "A child needs two different numbers, {n} given: add another first";
    last_number(who): "去掉{who}就不足两个电话，先给孩子补一个号码" | "Without {who} fewer than two numbers are left: list another first";
    young(name): "{name} 是一、二年级，必须由成人接，不能自行离校" | "{name} is in grade 1 or 2: an adult collects, always";
    is_here(name): "{name} 还在班，先接走再退出" | "{name} is here: withdraw after the pickup";
    unchanged(): "与现在一样，没有改动" | "It stands so already: nothing changed";
    not_a_grade(): "年级是 1 到 6" | "Grades are 1 to 6";
    not_a_class(): "班级是 1 到 99 的数字" | "Classes are numbers from 1 to 99";
    not_a_phone(): "不像电话号码，至少七位数字" | "Not a phone number: seven digits at least";
    itself(): "不能和自己" | "Not with itself";
    student_no_of(who): "这个学号是 {who} 的，请核对" | "This number is {who}'s: check it";
    ends_before(): "结束日早于开始日" | "The last day is before the first";
    is_minor(who): "{who}未成年，不能接孩子" | "{who} is under age and must not collect";
}

/// The title of a form.
#[must_use]
pub fn task(lang: Lang, task: &Task) -> String {
    let title = match task {
        Task::Add { guest: false } => lang.pick("新增孩子", "add a child"),
        Task::Add { guest: true } => lang.pick("今天临时来托", "guest for today"),
        Task::Field(_, field) => return field_name(lang, *field).to_owned(),
        Task::AddCollector(_) => lang.pick("加接送人", "add a collector"),
        Task::Line(_, line) => line_name(lang, *line),
        Task::First(_) => lang.pick("排第一", "comes first"),
        Task::Phrase(_) => lang.pick("口令", "pass phrase"),
        Task::Minor(_, true) => lang.pick("标为未成年", "is under age"),
        Task::Minor(_, false) => lang.pick("标为成年", "is of age"),
        Task::Staff(_) => lang.pick("本校教职工", "on the staff"),
        Task::Bar(_) => lang.pick("不得接", "must not collect"),
        Task::BarNew(_) => lang.pick("加不得接的人", "somebody must not collect"),
        Task::Lift(_) => lang.pick("解除限制", "lift the restriction"),
        Task::End(_) => lang.pick("不再接", "no longer collects"),
        Task::List(_) => lang.pick("恢复接送人", "list again"),
        Task::Tie(_, Tie::Household, _) => lang.pick("同家庭", "one household"),
        Task::Tie(_, Tie::Buddy, _) => lang.pick("结伴", "walk together"),
        Task::Untie(_, Tie::Household) => lang.pick("分成单独一家", "a household of its own"),
        Task::Untie(_, Tie::Buddy) => lang.pick("不再结伴", "no longer paired"),
        Task::SelfLeave(_) => lang.pick("准许自行离校", "may go home alone"),
        Task::NoSelfLeave(_) => lang.pick("不再自行离校", "no longer alone"),
        Task::Withdraw(_) => lang.pick("退出托管", "withdraw"),
        Task::Enrol(_) => lang.pick("重新入册", "enrol again"),
        Task::Term(_) => lang.pick("报名与同意书", "enrolment and consent"),
        Task::Early(_) => lang.pick("固定提前走", "leaves early as a rule"),
        Task::Refuse => lang.pick("登记未能接收", "record refused care"),
    };
    title.to_owned()
}

/// The name of a child's field.
#[must_use]
pub fn field_name(lang: Lang, field: Field) -> &'static str {
    match field {
        Field::Name => lang.pick("姓名", "name"),
        Field::Grade => lang.pick("年级", "grade"),
        Field::Class => lang.pick("班级", "class"),
        Field::StudentNo => lang.pick("学号", "student no."),
        Field::OwnSchool => lang.pick("原学校", "own school"),
        Field::Health => lang.pick("健康/过敏", "health, allergy"),
        Field::Calm => lang.pick("安抚办法", "what calms"),
        Field::Snack => lang.pick("自带零食", "own snack"),
        Field::Note => lang.pick("备注", "note"),
    }
}

/// The name of a collector's field.
#[must_use]
pub fn line_name(lang: Lang, line: Line) -> &'static str {
    match line {
        Line::Name => lang.pick("姓名", "name"),
        Line::Relation => lang.pick("关系", "relation"),
        Line::Phone => lang.pick("电话", "phone"),
        Line::Looks => lang.pick("特征", "looks"),
    }
}

/// What a consent is.
#[must_use]
pub fn consent(lang: Lang, consent: Consent) -> &'static str {
    match consent {
        Consent::Given => lang.pick("已签同意书", "consent signed"),
        Consent::Missing => lang.pick("未签同意书", "no consent"),
        Consent::Unknown => lang.pick("同意书不详", "consent unknown"),
    }
}

/// The name of a field, before what is typed into it.
#[must_use]
pub fn field(lang: Lang, ask: &Ask) -> String {
    let name = match ask {
        Ask::What(_) => return title(lang),
        Ask::Name => lang.pick("姓名", "Name"),
        Ask::SameName(_) | Ask::Sure(_) => lang.pick("确认", "Confirm"),
        Ask::Grade => lang.pick("年级", "Grade"),
        Ask::Class => lang.pick("班级", "Class"),
        Ask::Relation(_) => lang.pick("关系", "Relation"),
        Ask::PersonName(_) => lang.pick("接送人", "Collector"),
        Ask::Phone(_) | Ask::OtherPhone | Ask::BarredPhone => lang.pick("电话", "Phone"),
        Ask::OfTheList(_) => lang.pick("是哪一位", "Which one"),
        Ask::OfAge => lang.pick("成年", "Of age"),
        Ask::Field(_, field) => return field_name(lang, *field).to_owned(),
        Ask::Line(_, line) => return line_name(lang, *line).to_owned(),
        Ask::Phrase(_) => lang.pick("口令", "Phrase"),
        Ask::Staff(_) => lang.pick("教职工", "Staff"),
        Ask::From => lang.pick("从", "From"),
        Ask::Until => lang.pick("到", "Until"),
        Ask::Paper => lang.pick("文书", "Paper"),
        Ask::Letter(_) => lang.pick("信", "Letter"),
        Ask::Term(_) => lang.pick("学期", "Term"),
        Ask::Weekdays => lang.pick("托管日", "Days"),
        Ask::Consent => lang.pick("同意书", "Consent"),
        Ask::SignedOn => lang.pick("签字日", "Signed on"),
        Ask::SignedBy => lang.pick("签字人", "Signed by"),
        Ask::Source => lang.pick("来源", "Source"),
        Ask::Reference => lang.pick("编号", "Reference"),
        Ask::Weekday(_) => lang.pick("星期", "Day"),
        Ask::EarlyAt(_) => lang.pick("时间", "Time"),
        Ask::EarlyWhy | Ask::RefusedWhy => lang.pick("原因", "Reason"),
    };
    name.to_owned()
}

/// The word of a choice that can be typed instead of its number; `None` for people.
#[must_use]
pub fn pick(lang: Lang, pick: &Pick) -> Option<String> {
    let word = match pick {
        Pick::Up => lang.pick("返回", "back"),
        Pick::Go(view) => page(lang, view),
        Pick::More => lang.pick("下一页", "next page"),
        Pick::Do(what) => return Some(task(lang, what)).filter(|_| !matches!(what, Task::Tie(..))),
        Pick::Grade(grade) => return Some(words::grade(lang, *grade).to_owned()),
        Pick::Word(word) => words::relation(lang, word_in(lang, word)),
        Pick::OfAge(true) => lang.pick("成年", "of age"),
        Pick::OfAge(false) => lang.pick("未成年", "under age"),
        Pick::None => lang.pick("无", "none"),
        Pick::NobodyOfThem => lang.pick("都不是", "nobody of them"),
        Pick::Today => lang.pick("今天", "today"),
        Pick::Term(Some(name)) => return Some(name.clone()),
        Pick::Term(None) => lang.pick("不分学期", "any term"),
        Pick::EveryDay => lang.pick("每天", "every day"),
        Pick::Consent(which) => consent(lang, *which),
        Pick::Weekday(day, _) => words::weekday(lang, *day),
        Pick::Child(_) | Pick::Collector(_) | Pick::Guardian(_) | Pick::Staff(_) => return None,
    };
    Some(word.to_owned())
}

/// A way in which a consent reached the school; other words stay as they are.
fn word_in(lang: Lang, word: &str) -> &str {
    match (lang, word) {
        (Lang::En, "纸质") => "on paper",
        (Lang::En, "家长群") => "parents' chat",
        (Lang::En, "平台") => "platform",
        (Lang::Zh | Lang::En, word) => word,
    }
}

/// The name of a page of the screen.
#[must_use]
pub fn page(lang: Lang, view: &View) -> &'static str {
    match view {
        View::Overview => lang.pick("概况", "overview"),
        View::List(List::All, _) => lang.pick("全部名单", "all children"),
        View::List(List::NoConsent, _) => lang.pick("没有同意书的", "without consent"),
        View::List(List::Found(..), _) => lang.pick("查找", "found"),
        View::Refused => lang.pick("未能接收登记", "refused care"),
        View::Child(_) => lang.pick("孩子", "child"),
        View::Fields(_) => lang.pick("资料", "record"),
        View::Collectors(_) | View::Collector(_) => lang.pick("接送人", "collectors"),
        View::Days(_) => lang.pick("报名、提前走", "enrolment, early days"),
        View::With(_, Tie::Household, _) => lang.pick("同家庭", "household"),
        View::With(_, Tie::Buddy, _) => lang.pick("结伴", "buddy"),
    }
}
