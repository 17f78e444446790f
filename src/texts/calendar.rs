//! Sentences about when there is care.

use std::fmt::Display;

use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};

use super::{Lang, words};
use crate::desk::office::calendar::{Ask, Pick, Task};
use crate::domain::calendar::care::{CareDay, DayKind};
use crate::domain::calendar::notice::NoticeError;
use crate::domain::calendar::{SessionKind, SpecialKind};
use crate::domain::settings::Session;
use crate::domain::time::Weekdays;

catalogue! {
    title(): "校历" | "Calendar";
    title_of(what): "校历 · {what}" | "Calendar · {what}";
    quiet(): "静音" | "quiet";
    not_published(): "未公布" | "notice not out";

    // the panel
    today(what): "今天 {what}" | "Today {what}";
    quiet_before(time): "{time} 前不出声（还在上课）" | "no sound before {time}, classes are on";
    unknown_year(year): "{year} 年放假安排未公布（没有这一年的数据）：先按周几排；公布后把 {year}.json 放进数据目录的 calendar 文件夹，或登记特殊日" | "The notice of holidays for {year} is not out (no data for it): the days of the week hold. When it is out, put {year}.json into the folder calendar beside the store, or declare the days";
    follows(weekday): "按{weekday}作息" | "as a {weekday}";
    follows_nobody_said(): "按周几的作息还没有定：所有报名的孩子都算应到" | "which weekday it follows is not said: every enrolled child is due";
    this_week(): "本周" | "This week";
    terms(): "学期" | "Terms";
    no_terms(): "学期还没有登记" | "No term is entered yet";
    term_line(name, from, until): "{name}  {from} 至 {until}" | "{name}  {from} to {until}";
    term_now(line): "{line}（现在）" | "{line} (now)";
    timetables(): "作息" | "Timetables";
    usual_line(days, hours): "平时  {days} {hours}（来自本台配置，登记作息后不再用）" | "Usual  {days} {hours} (from this desk's configuration, until a timetable is entered)";
    table_line(kind, name, days, hours, span): "{kind} {name}  {days} {hours}  {span}" | "{kind} {name}  {days} {hours}  {span}";
    hours(start, end, pickup): "{start}–{end}，{pickup} 起可接" | "{start}–{end}, pickup from {pickup}";
    from_on(from): "{from} 起" | "from {from}";
    from_until(from, until): "{from} 至 {until}" | "{from} to {until}";
    ended(line): "{line}（已结束）" | "{line} (over)";
    late_end(name): "{name}结束晚于 18:00：原则上不晚于 18:00" | "{name} ends after 18:00: as a rule it should not";
    special_days(): "特殊日" | "Special days";
    no_special_days(): "往后没有登记特殊日" | "No special day ahead is entered";
    further(kind, start, end): "{kind} {start}–{end}" | "{kind} {start}–{end}";
    type_a_date(): "输入日期（10-01）登记那一天；输入月份（2026-10）看整月" | "Type a date (10-01) to declare that day, a month (2026-10) to see it";
    back_to_now(): "回到今天" | "Back to today";
    usual_name(): "平时" | "Usual";

    // files
    file_refused(file, why): "校历文件 {file} 没有用上：{why}；当作没有它，请改正后重新打开" | "The calendar file {file} was not used: {why}. It counts as not there: mend it and start again";
    file_unreadable(): "读不出来" | "it cannot be read";
    file_form(line): "第 {line} 行起读不懂" | "not understood at line {line}";
    file_other_year(year): "里面是 {year} 年的" | "it is about {year}";
    file_day(day): "{day} 不属于这一年或写了两次" | "{day} is of another year or stands twice";
    file_too_much(): "日子太多或名称太长" | "too many days, or a name too long";
    month_unclear(text): "月份看不懂：{text}（例：2026-10）" | "Not a month: {text} (for example 2026-10)";

    // what can be done
    do_add(): "新作息" | "new timetable";
    do_change(): "改作息" | "change a timetable";
    do_end(): "结束作息" | "end a timetable";
    do_term(): "登记学期" | "enter a term";
    do_term_remove(): "删除学期" | "remove a term";
    do_day(): "特殊日" | "special day";
    do_ordinary(): "恢复平常" | "ordinary again";

    // forms
    task_add(): "新作息" | "New timetable";
    task_change(): "改作息" | "Change a timetable";
    task_end(): "结束作息" | "End a timetable";
    task_term(): "登记学期" | "Enter a term";
    task_term_remove(): "删除学期" | "Remove a term";
    task_day(): "特殊日" | "Special day";
    task_ordinary(): "恢复平常" | "Ordinary again";
    field_what(): "做什么" | "What";
    field_which(): "哪一个" | "Which";
    field_name(): "名称" | "Name";
    field_kind(): "种类" | "Kind";
    field_days(): "周几" | "Days";
    field_start(): "开始" | "Start";
    field_end(): "结束" | "End";
    field_pickup(): "起可接" | "Pickup";
    field_quiet(): "静音到" | "Quiet to";
    field_from(): "从哪天" | "From";
    field_until(): "到哪天" | "Until";
    field_date(): "日期" | "Date";
    field_follows(): "按周几" | "As a";
    field_why(): "为什么" | "Why";
    ask_which_table(): "哪一份作息？" | "Which timetable?";
    ask_table_name(): "作息叫什么？如 夏令时、周三早放" | "What is the timetable called? Summer, early Wednesday …";
    ask_kind(): "哪一种？" | "Which kind?";
    ask_days(): "周几？如 1-5、周一周三、周三" | "Which days? 1-5, Mon Wed, Wed …";
    ask_start(): "几点开始？" | "When does it start?";
    ask_end(): "几点结束？原则上不晚于 18:00" | "When does it end? As a rule not after 18:00";
    ask_end_evening(): "几点结束？晚自习最长两小时，不晚于 20:30" | "When does it end? Evening study: two hours at most, not after 20:30";
    ask_end_plain(): "几点结束？" | "When does it end?";
    ask_pickup(): "几点起可以平常接走？" | "From when on is ordinary pickup?";
    ask_quiet(): "几点前不出声？" | "No sound before when?";
    ask_from(): "从哪天起？" | "From which day on?";
    ask_until(): "到哪天为止（含）？" | "Until which day (it included)?";
    ask_last_day(): "哪天是最后一天（含）？" | "Which is its last day?";
    ask_term_name(): "学期叫什么？如 2026秋" | "What is the term called? 2026 autumn …";
    ask_term_first(): "第一天是哪天？" | "Which is its first day?";
    ask_term_last(): "最后一天是哪天？" | "Which is its last day?";
    ask_which_term(): "删除哪个学期？已有报名仍按其名保留" | "Which term? Enrolments keep its name";
    ask_date(): "哪一天？" | "Which day?";
    ask_special(day): "{day} 是什么日子？" | "What is {day}?";
    ask_follows(): "按周几的作息和名单？" | "Whose timetable and list does it follow?";
    ask_why(): "为什么？如 运动会、台风停课" | "Why? Sports day, typhoon …";
    ask_which_day(): "哪一天恢复平常？" | "Which day is ordinary again?";
    keep_open(): "不定，换下一份为止" | "open, until another begins";
    as_own_day(): "照当天" | "as itself";
    whole_day_closed(): "不托管" | "no care";
    care_day(): "照常托管（调休）" | "care (make-up day)";
    half_day(): "半天，时间另定" | "half day, hours of its own";

    // done
    did_add(name, what): "作息已登记：{name} {what}" | "Timetable entered: {name} {what}";
    did_change(name, what): "作息已改：{name} {what}" | "Timetable changed: {name} {what}";
    did_end(name, day): "作息{name}到 {day} 为止" | "Timetable {name} ends on {day}";
    did_remove(name): "作息{name}未开始，已撤下" | "Timetable {name} had not begun; it is gone";
    did_term(name): "学期已登记：{name}" | "Term entered: {name}";
    did_term_remove(name): "学期已删除：{name}" | "Term removed: {name}";
    did_day(day, what): "{day} 已登记：{what}" | "{day} declared: {what}";
    did_ordinary(day): "{day} 恢复平常" | "{day} is ordinary again";
    but_late(what): "{what}。注意：结束晚于 18:00，原则上不晚于 18:00" | "{what}. Mind: it ends after 18:00, as a rule it should not";

    // what stands against it
    no_hours(): "时间不对：结束要晚于开始，起可接时间在两者之间" | "The hours do not fit: the end comes after the start, pickup between them";
    no_days(): "至少要有一天" | "At least one day of the week";
    no_span(): "最后一天不能早于第一天" | "The last day cannot be before the first";
    evening_long(): "晚自习最长两小时，没有登记" | "Evening study lasts two hours at most; nothing was entered";
    evening_late(): "晚自习不得晚于 20:30，没有登记" | "Evening study ends at 20:30 at the latest; nothing was entered";
    no_table(): "没有这份作息，可能刚被改过" | "There is no such timetable; it may have been changed just now";
    ended_already(name): "作息{name}已经结束" | "Timetable {name} is over already";
    term_overlaps(name): "与学期 {name} 重叠" | "It overlaps the term {name}";
    no_term(): "没有这个学期" | "There is no such term";
    is_ordinary(day): "{day} 没有登记为特殊日" | "{day} is not declared special";
    unchanged(): "和原来一样，没有登记" | "That is as it was; nothing was entered";
    half_wants_hours(): "半天要有开始和结束时间" | "A half day needs a start and an end";
    not_days(): "看不懂是周几；如 1-5、周一周三" | "Not days of the week; like 1-5, Mon Wed";
    too_far(): "离今天太远（十年内）" | "Too far from today (ten years)";
}

/// The title of a form.
#[must_use]
pub fn task(lang: Lang, task: &Task) -> String {
    match task {
        Task::Add => task_add(lang),
        Task::Change(_) => task_change(lang),
        Task::End => task_end(lang),
        Task::Term => task_term(lang),
        Task::RemoveTerm => task_term_remove(lang),
        Task::Day(_) => task_day(lang),
        Task::Ordinary => task_ordinary(lang),
    }
}

/// The name of a field, before what is typed into it.
#[must_use]
pub fn field(lang: Lang, ask: &Ask) -> String {
    match ask {
        Ask::What => title(lang),
        Ask::WhichTable | Ask::WhichTerm => field_which(lang),
        Ask::TableName | Ask::TermName => field_name(lang),
        Ask::Kind | Ask::Special(_) => field_kind(lang),
        Ask::Days => field_days(lang),
        Ask::Start => field_start(lang),
        Ask::EndsAt(..) => field_end(lang),
        Ask::Pickup(..) => field_pickup(lang),
        Ask::Quiet => field_quiet(lang),
        Ask::From(_) | Ask::TermFirst(_) => field_from(lang),
        Ask::Until(_) | Ask::LastDay(_) | Ask::TermLast(_) => field_until(lang),
        Ask::Date(_) | Ask::WhichDay => field_date(lang),
        Ask::Follows => field_follows(lang),
        Ask::Why => field_why(lang),
    }
}

/// A choice of the screen or a form.
#[must_use]
pub fn choice(lang: Lang, pick: &Pick) -> String {
    match pick {
        Pick::Add => do_add(lang),
        Pick::Change => do_change(lang),
        Pick::End => do_end(lang),
        Pick::Term => do_term(lang),
        Pick::RemoveTerm => do_term_remove(lang),
        Pick::Day => do_day(lang),
        Pick::Ordinary | Pick::OrdinaryAgain => do_ordinary(lang),
        Pick::Now => back_to_now(lang),
        Pick::Table(_, name) | Pick::TermNamed(name) | Pick::Name(name) => {
            if name.is_empty() {
                usual_name(lang)
            } else {
                name.clone()
            }
        }
        Pick::Kind(kind) => session_kind(lang, *kind).to_owned(),
        Pick::Days(list) => days(lang, *list),
        Pick::Time(time) => hhmm(*time),
        Pick::Date(date) => day(lang, *date),
        Pick::Open => keep_open(lang),
        Pick::Special(SpecialKind::Closed) => whole_day_closed(lang),
        Pick::Special(SpecialKind::Care) => care_day(lang),
        Pick::Special(SpecialKind::Half) => half_day(lang),
        Pick::Follow(Some(weekday)) => words::weekday(lang, *weekday).to_owned(),
        Pick::Follow(None) => as_own_day(lang),
    }
}

/// The word of a choice that can be typed instead of its number.
#[must_use]
pub fn pick(lang: Lang, pick: &Pick) -> Option<String> {
    Some(choice(lang, pick))
}

/// What a session is.
#[must_use]
pub fn session_kind(lang: Lang, kind: SessionKind) -> &'static str {
    match kind {
        SessionKind::Standard => lang.pick("托管", "care"),
        SessionKind::Extended => lang.pick("延时", "extended"),
        SessionKind::Evening => lang.pick("晚自习", "evening study"),
    }
}

/// The kind of a day in a word or two.
#[must_use]
pub fn day_kind(lang: Lang, day: &CareDay) -> String {
    let weekend = matches!(day.date.weekday(), Weekday::Sat | Weekday::Sun);
    match day.kind {
        DayKind::School => lang.pick("上课日", "school day").to_owned(),
        DayKind::MakeUp => lang.pick("调休上课", "make-up day").to_owned(),
        DayKind::Half => lang.pick("半天", "half day").to_owned(),
        DayKind::Holiday if lang == Lang::Zh => day.name.clone(),
        DayKind::Holiday => "holiday".to_owned(),
        DayKind::Closed => lang.pick("停托", "closed").to_owned(),
        DayKind::Vacation => lang.pick("假期", "vacation").to_owned(),
        DayKind::Off if weekend => lang.pick("周末", "weekend").to_owned(),
        DayKind::Off => lang.pick("无托管日", "no care").to_owned(),
    }
}

/// A time of day.
#[must_use]
pub fn hhmm(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

/// A date with its day of the week.
#[must_use]
pub fn day(lang: Lang, date: NaiveDate) -> String {
    format!("{date} {}", words::weekday(lang, date.weekday()))
}

/// The hours of a session.
#[must_use]
pub fn session(lang: Lang, session: Session) -> String {
    hours(lang, hhmm(session.start), hhmm(session.end), hhmm(session.pickup_from))
}

/// Days of the week: a run of three or more as from–to, others one by one.
#[must_use]
pub fn days(lang: Lang, weekdays: Weekdays) -> String {
    let days: Vec<Weekday> = weekdays.iter().collect();
    let next_to = |pair: &[Weekday]| matches!(pair, [a, b] if a.succ() == *b);
    match (&days[..], days.windows(2).all(next_to)) {
        ([first, _, .., last], true) if days.len() > 2 => {
            format!("{}{}{}", words::weekday(lang, *first), lang.pick("至", "–"), words::weekday(lang, *last))
        }
        _ => days.iter().map(|d| words::weekday(lang, *d)).collect::<Vec<_>>().join(lang.pick("、", " ")),
    }
}

/// Reads days of the week as people type them: `1-5`, `135`, `周一周三`, `周一至周五`, `Mon-Fri`, `mon wed`; `None` for anything else.
#[must_use]
pub fn read_days(text: &str) -> Option<Weekdays> {
    let mut bits = 0_u8;
    let (mut last, mut run) = (None::<u32>, false);
    let mut rest: String = text.trim().to_lowercase();
    for (word, digit) in [("mon", "1"), ("tue", "2"), ("wed", "3"), ("thu", "4"), ("fri", "5"), ("sat", "6"), ("sun", "7")] {
        rest = rest.replace(word, digit);
    }
    for c in rest.chars() {
        let n = match c {
            '1' | '一' => 1,
            '2' | '二' => 2,
            '3' | '三' => 3,
            '4' | '四' => 4,
            '5' | '五' => 5,
            '6' | '六' => 6,
            '7' | '日' | '天' => 7,
            '-' | '–' | '—' | '至' | '到' | '~' if last.is_some() => {
                run = true;
                continue;
            }
            ' ' | '、' | ',' | '，' | '周' | '星' | '期' | '礼' | '拜' => continue,
            _ => return None,
        };
        let from = last.filter(|_| std::mem::take(&mut run)).unwrap_or(n);
        if from > n {
            return None;
        }
        (from..=n).for_each(|day| bits |= 1 << (day - 1));
        last = Some(n);
    }
    (bits != 0 && !run).then_some(Weekdays(bits))
}

/// What is wrong with a school's file of a year.
#[must_use]
pub fn notice_error(lang: Lang, file: &str, error: &NoticeError) -> String {
    let why = match error {
        NoticeError::Unreadable => file_unreadable(lang),
        NoticeError::Form(line) => file_form(lang, line),
        NoticeError::OtherYear(year) => file_other_year(lang, year),
        NoticeError::Day(day) => file_day(lang, day),
        NoticeError::TooMuch => file_too_much(lang),
    };
    file_refused(lang, file, why)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_the_week_as_people_type_them() {
        for (text, want) in [
            ("1-5", Some(0b1_1111)),
            ("135", Some(0b1_0101)),
            ("周一周三", Some(0b101)),
            ("周一至周五", Some(0b1_1111)),
            ("星期三", Some(0b100)),
            ("Mon-Fri", Some(0b1_1111)),
            ("mon wed", Some(0b101)),
            ("周六、周日", Some(0b110_0000)),
            ("5-1", None),
            ("1-", None),
            ("8", None),
            ("每天", None),
            ("", None),
        ] {
            assert_eq!(read_days(text).map(|d| d.0), want, "{text}");
        }
    }

    #[test]
    fn days_of_the_week_as_they_are_written() {
        assert_eq!(days(Lang::Zh, Weekdays::WORKDAYS), "周一至周五");
        assert_eq!(days(Lang::En, Weekdays(0b101)), "Mon Wed");
        assert_eq!(days(Lang::Zh, Weekdays(0b11)), "周一、周二");
    }
}
