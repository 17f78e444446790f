//! Sentences about cards: issued, replaced, lost, recovered, counted, found.

use std::fmt::Display;

use super::Lang;
use crate::desk::office::cards::{Ask, Pick, Task};
use crate::domain::custody::CardKind;

catalogue! {
    title(): "卡片" | "Cards";
    title_of(what): "卡片 · {what}" | "Cards · {what}";
    title_counts(issued, rack, holder, away, lost): "卡片 {issued} · 在架 {rack} · 家长持 {holder} · 未归还 {away} · 挂失 {lost}" | "Cards {issued} · rack {rack} · held {holder} · away {away} · lost {lost}";
    title_held(issued, lost): "卡片 {issued} · 由家庭保管 · 挂失 {lost}" | "Cards {issued} · kept by families · lost {lost}";
    title_found(): "拾卡" | "A card was found";
    dead_title(): "—— 已作废 ——" | "—— not in use ——";
    more_cards(n): "还有 {n} 张：输姓名，或 .卡片 加卡号尾数" | "{n} more: type a name, or .cards and the last digits";
    no_cards(): "还没有卡" | "No cards yet";

    // one card
    tail(tail): "…{tail}" | "…{tail}";
    since(place, time): "{place}，{time} 起" | "{place} since {time}";
    was_lost(time): "{time} 挂失" | "lost {time}";
    was_replaced(time): "{time} 已换卡" | "replaced {time}";
    was_ended(time): "{time} 停用" | "ended {time}";
    has_lapsed(day): "{day} 到期" | "expired {day}";
    good_until(day): "至 {day}" | "until {day}";
    own_school(): "学校自有卡" | "a school's own card";
    hung_count(n): "这些应在架上，共 {n} 张" | "These should hang on the rack: {n}";
    surplus_title(): "可能多挂在架上的卡" | "What may hang there besides";
    without_list(n, names): "{n} 人没有卡：{names}" | "{n} without a card: {names}";

    // questions
    ask_what(): "选一项；输姓名查卡" | "Pick one; type a name to find its card";
    ask_child(name): "{name} 的卡" | "Cards of {name}";
    ask_found(): "给交来的卡扫卡，或输卡号" | "Scan the card that was handed in, or type its number";
    ask_found_why(tail): "卡 …{tail}：是捡到的，还是家长来接？" | "Card …{tail}: was it found, or is somebody here to collect?";
    ask_found_more(): "还有一张就再输 .拾卡；Esc 返回" | "For another one .found again; Esc to go back";
    ask_which_card(name): "{name}：⏎ 由系统编号；用学校自有卡就扫卡" | "{name}: Enter draws a number; to use a school's own card, scan it";
    ask_issue_all(n): "给 {n} 个没有卡的孩子各编一个卡号？⏎" | "Draw a number for each of {n} children without a card? Enter";
    ask_lose(name, tail): "{name} 的卡 …{tail} 挂失，即刻作废？⏎" | "Report card …{tail} of {name} lost, dead at once? Enter";
    ask_revive(name, tail): "{name} 的卡 …{tail} 找到了，恢复使用？⏎" | "Card …{tail} of {name} was found: good again? Enter";
    ask_void(name, tail): "{name} 的卡 …{tail} 停用？⏎" | "End card …{tail} of {name}? Enter";
    ask_until(): "到哪天为止？如 2027-01-20" | "Until which day? As 2027-01-20";
    ask_until_term(name, day): "到哪天为止？{name}止于 {day}" | "Until which day? {name} ends {day}";
    ask_counted(): "数一数架上的卡：几张？" | "Count the cards on the rack: how many?";
    ask_hooks(short, ticked): "少 {short} 张：哪个挂钩空着，输号码或姓名去掉它的勾（架上的卡可扫卡点上），再按 ⏎（在架 {ticked}）" | "{short} short: take the tick off each empty hook by number or name (scan a card that hangs to tick it), then Enter ({ticked} hang)";
    ask_token(left): "还差 {left} 张没对上：是哪张？" | "{left} still to be named: which?";
    ask_reason_short(names): "不在架上：{names}。照常开班的原因？" | "Not on the rack: {names}. Why go on all the same?";
    ask_reason_over(counted, expected): "数到 {counted}，应为 {expected}，多出的卡请查。原因？" | "{counted} counted, {expected} expected: look for what is too much. Why?";

    // done
    did_issue(name, number): "{name}：新卡号 {number}，请写在卡上" | "{name}: the new number is {number}, write it on the card";
    did_enrol(name, tail): "{name}：学校卡 …{tail} 已登记" | "{name}: school card …{tail} is enrolled";
    did_issue_day(name, number): "{name}：临时卡 {number}，只用今天" | "{name}: card {number}, for today only";
    did_issue_all(n): "已给 {n} 人编卡号，可打印卡片" | "{n} numbers drawn: the cards can be printed";
    did_replace(name, old, number): "{name}：旧卡 …{old} 作废，新卡号 {number}" | "{name}: card …{old} is dead, the new number is {number}";
    did_lose(name, tail): "{name}：卡 …{tail} 已挂失，即刻作废" | "{name}: card …{tail} reported lost, dead from now";
    did_revive(name, tail): "{name}：卡 …{tail} 恢复使用，请挂回卡架" | "{name}: card …{tail} is good again, hang it on the rack";
    did_void(name, tail): "{name}：卡 …{tail} 已停用" | "{name}: card …{tail} is ended";
    did_end(name, tail, day): "{name}：卡 …{tail} 用到 {day}" | "{name}: card …{tail} is good until {day}";
    did_end_all(day): "全部卡用到 {day}，之后刷卡提示已过期" | "All cards are good until {day} and expired from then on";
    did_hang(name, tail): "{name}：卡 …{tail} 已挂回卡架" | "{name}: card …{tail} is back on the rack";
    did_count(counted, expected): "点卡 {counted} = {expected}，相符" | "Rack {counted} = {expected}, right";
    did_count_short(counted, expected, names): "点卡 {counted}，应为 {expected}；不在架上：{names}，已记为未归还" | "Rack {counted} of {expected}; not there: {names}, noted as away";
    did_count_over(counted, expected): "点卡 {counted}，应为 {expected}，已记原因" | "Rack {counted} of {expected}, the reason is noted";

    // a card that was found: nobody is named
    found_live(tail): "卡 …{tail} · 仍有效 · 请交组长，不要还给来人" | "Card …{tail} · still good · keep it and hand it to the leader";
    found_lost(tail, time): "卡 …{tail} · {time} 已挂失 · 请交组长" | "Card …{tail} · reported lost {time} · hand it to the leader";
    found_replaced(tail): "卡 …{tail} · 已换卡，此卡作废 · 请交组长" | "Card …{tail} · replaced, this one is dead · hand it to the leader";
    found_expired(tail): "卡 …{tail} · 已过期 · 请交组长" | "Card …{tail} · expired · hand it to the leader";
    found_unknown(): "不是本班的卡 · 请交组长或失物处" | "Not a card of this room · hand it to the leader or to lost property";
    found_help(): "只说卡的状态，不说是谁的；每张都记录" | "Only the card's state is said, not whose it is; each is recorded";
    found_next(): "组长凭 PIN 可查归属、恢复或作废" | "The leader sees whose it is with a PIN, and can revive or end it";

    hooks_differ(): "去掉的勾与少的张数不符，请再看挂钩" | "The ticks taken off and the cards that are short differ: look at the hooks again";

    // hindrances
    taken(tail): "这个卡号已在用（…{tail}）" | "This number is in use (…{tail})";
    is_staff_card(): "这是教职工卡" | "This is a staff card";
    same_card(tail): "和卡 …{tail} 是同一张卡，只是读法不同" | "It is the same card as …{tail}, read another way";
    shares_face(tail): "换个读卡器会读成卡 …{tail}，不能登记，请用另一张" | "Another reader would read it as card …{tail}: it cannot be enrolled, use another";
    too_close(tail): "和卡 …{tail} 只差一两位，输错就会认错人，请用另一张" | "A slip from card …{tail}: it could name another child, use another";
    short_face(): "五位数只是卡号的一部分，请输完整卡号或改读卡器设置" | "Five digits are only a part: type the whole number, or set the reader to give it";
    not_own(): "不是系统编的卡号" | "Not a number of ours";
    has_card(name): "{name}已有一张卡；一人一卡，要换请用换卡" | "{name} has a card; one for each child: use replace";
    no_second_card(): "不能办第二张：须先有卡、还没有第二张，且设置里允许" | "No second card: there must be a first one, no second yet, and the settings must allow it";
    has_day_card(name): "{name}今天已有临时卡" | "{name} has a card for today";
    nobody_without(): "人人都有卡" | "Everybody has a card";
    stays_dead(): "已有别的卡代替，这张不能恢复，请留给组长" | "Another card took its place: this one stays dead, the leader keeps it";
    not_in_use(): "这张卡已不在用" | "This card is not in use any more";
    not_away(): "这张卡没有记为未归还" | "This card is not noted as away";
    day_is_past(): "这一天已过" | "That day has passed";
    nothing_to_change(): "没有要改的" | "Nothing would change";
    no_rack(): "卡由家庭保管，没有卡架可点" | "Families keep their cards: there is no rack to count";
    count_changed(): "卡架刚有变动，请重数" | "The rack has just changed: count again";
    wants_reason(): "数目不符须写原因" | "A count that differs wants a reason";
    no_such_card(): "没有这张卡" | "No such card";
    no_numbers(): "编不出卡号：系统没有随机数，请重启电脑再试" | "No number could be drawn: the system gives no random numbers; restart the computer and try again";

    // notices
    notice_short(): "读卡器只给五位，认不出是哪张卡：请输完整卡号" | "The reader gives five digits, too few to know the card: type the whole number";
    notice_several(): "这个读法对得上不止一张卡，不放行：请输完整卡号" | "This reading fits more than one card and opens none: type the whole number";
    notice_spacing(far, all): "{all} 个号中 {far} 个与其他号至少差三处，其余只保证不同：号码太多，位数不够，输错两位可能认成别人，请刷卡或扫码，少用手输" | "{far} of {all} numbers are three edits from all others, the rest only differ: there are too many for their digits, and two slips may name another child; scan these cards rather than type them";

    // the command line
    cli_issued(name, number): "{number}  {name}" | "{number}  {name}";
    cli_no_child(name): "没有这个孩子：{name}，请核对姓名" | "No such child: {name}, check the name";
    cli_several(name): "不止一个孩子叫 {name}，请在前台 .卡片 里选" | "Several children are called {name}: choose at the desk with .cards";
    cli_fewer(n, wanted, digits): "要 {wanted} 个号，只编得出 {n} 个，未发任何卡：{digits} 位号码已用完（新号要不同于在册的每个号）；请用 --child 先给这几人编，其余登记学校自有卡" | "{wanted} numbers are wanted and only {n} can be drawn, so none was issued: numbers of {digits} digits are used up, for a new one must differ from all on file; issue to some with --child, enrol school cards for the others";
    cli_nobody(): "给谁发卡？用 --all 或 --child 姓名" | "For whom? Use --all or --child NAME";
}

/// What sort of card it is, in a word; nothing for the usual one.
#[must_use]
pub fn kind(lang: Lang, kind: CardKind) -> &'static str {
    match kind {
        CardKind::Main => "",
        CardKind::Second => lang.pick("第二张", "second"),
        CardKind::Day => lang.pick("临时卡", "day card"),
    }
}

/// The title of a form.
#[must_use]
pub fn task(lang: Lang, task: &Task) -> String {
    let what = match task {
        Task::Issue(_) => lang.pick("发卡", "issue"),
        Task::IssueAll => lang.pick("全部补发", "issue to all without"),
        Task::Replace(_) => lang.pick("换卡", "replace"),
        Task::Second(_) => lang.pick("第二张卡", "second card"),
        Task::Day(_) => lang.pick("临时卡", "day card"),
        Task::Lose(_) => lang.pick("挂失", "report lost"),
        Task::Revive(_) => lang.pick("恢复", "recover"),
        Task::Void(_) => lang.pick("停用", "end"),
        Task::End(_) => lang.pick("到期日", "last day"),
        Task::EndAll => lang.pick("全部到期日", "last day of all"),
        Task::Count => lang.pick("点卡", "count the rack"),
        Task::Whose(_) => lang.pick("查归属", "whose card"),
    };
    title_of(lang, what)
}

/// The name of a field, before what is typed into it.
#[must_use]
pub fn field(lang: Lang, ask: &Ask) -> String {
    match ask {
        Ask::What | Ask::Child(_) => title(lang),
        Ask::Found | Ask::FoundWhy(_) | Ask::FoundMore => lang.pick("卡号", "Card").to_owned(),
        Ask::WhichCard(_) => lang.pick("新卡", "New card").to_owned(),
        Ask::IssueAll(_) | Ask::Lose(_) | Ask::Revive(_) | Ask::Void(_) => lang.pick("确认", "Sure").to_owned(),
        Ask::Until => lang.pick("到期日", "Last day").to_owned(),
        Ask::Counted => lang.pick("张数", "Count").to_owned(),
        Ask::Hooks(_) => lang.pick("在架", "Hanging").to_owned(),
        Ask::Token(_) => lang.pick("缺卡", "Missing").to_owned(),
        Ask::ReasonShort(_) | Ask::ReasonOver { .. } => lang.pick("原因", "Reason").to_owned(),
    }
}

/// The word of a choice that can be typed instead of its number.
#[must_use]
pub fn pick(lang: Lang, pick: &Pick) -> Option<String> {
    let word = match pick {
        Pick::IssueAll => lang.pick("全部补发", "issue to all without"),
        Pick::EndAll => lang.pick("全部到期日", "last day of all"),
        Pick::Count => lang.pick("点卡", "count the rack"),
        Pick::Found => lang.pick("拾卡", "a card was found"),
        Pick::Issue(_) => lang.pick("发卡", "issue"),
        Pick::Allot => lang.pick("系统编号", "draw a number"),
        Pick::Replace(_) => lang.pick("换卡", "replace"),
        Pick::Second(_) => lang.pick("第二张卡", "second card"),
        Pick::Day(_) => lang.pick("临时卡", "day card"),
        Pick::Lose(_) => lang.pick("挂失", "report lost"),
        Pick::Revive(_) => lang.pick("恢复", "recover"),
        Pick::Void(_) => lang.pick("停用", "end"),
        Pick::End(_) => lang.pick("到期日", "last day"),
        Pick::Hang(_) => lang.pick("挂回", "hang back"),
        Pick::Whose(_) => lang.pick("查归属", "whose card"),
        Pick::HandedIn(_) => lang.pick("捡到", "found"),
        Pick::Collects(..) => lang.pick("家长来接", "somebody collects"),
        Pick::Child(_) | Pick::Token(_) => return None,
    };
    Some(word.to_owned())
}
