//! What is said when the record cannot be kept: the cause, and what to do.

use std::fmt::Display;

use super::Lang;
use crate::desk::unrecorded::Cause;
use crate::domain::redating::Stretch;
use crate::domain::time::Moment;
use crate::domain::trouble::{Doubt, FileFault, Gap};

catalogue! {
    // why something was not recorded
    full(): "磁盘已满，请移走不用的文件" | "the disk is full: move away what is not needed";
    read_only(): "磁盘只能读，请检查磁盘" | "the disk is read-only: check it";
    no_permission(): "没有写入权限，请检查目录权限" | "no permission to write: check the rights of the folder";
    busy(): "另一台正占用数据" | "another desk holds the store";
    disk(): "磁盘读写出错，请检查磁盘" | "input/output error: check the disk";
    gone(): "数据文件被删除或移走" | "the store's file was deleted or moved away";
    replaced(): "数据文件被换成了别的文件" | "another file stands in the store's place";
    overwritten(): "数据文件被清空或改写" | "the store's file was emptied or written over";
    older(): "数据文件被换回了旧的副本" | "an older copy was put in the store's place";
    log(): "数据文件的日志 (-wal) 被删除或改动" | "the store's log (-wal) was deleted or changed";
    index(): "数据文件的索引 (-shm) 被删除" | "the store's index (-shm) was deleted";
    end(): "记录的末尾与本台所记不符" | "the record does not end as this desk knows it";
    damaged(): "数据文件已损坏" | "the store is damaged";
    conflict(): "与已有记录冲突" | "it contradicts what is on record";
    other(): "写入失败" | "writing failed";
    missing(first, last, until): "缺第 {first} 至 {last} 条记录（末条记于 {until}）" | "entries {first} to {last} are missing (the last was entered {until})";

    // beside a verdict
    not_recorded(why): "未记录：{why}；一切如前，⏎ 重试" | "Not recorded: {why}; nothing has changed; Enter tries again";
    not_recorded_apart(why): "未记录：{why}；请改用纸登记" | "Not recorded: {why}; go on with paper";
    because(why): "存储拒绝写入：{why}" | "the store refused: {why}";

    // standing red lines
    halted(why): "不能登记：{why}" | "Nothing can be recorded: {why}";
    halted_paper(): "请用纸登记，勿删任何文件，叫管理员" | "Write on paper, delete no file, call for help";
    saved(at): "已知内容存于 {at}" | "What is known is saved in {at}";
    not_saved(): "已知内容没能另存，请勿关闭本台" | "What is known could not be saved elsewhere: do not close this desk";
    last_room(): "磁盘已满：只能再登记少量，请移走不用的文件" | "The disk is full: only a little more can be recorded; move away what is not needed";
    heals(): "现有名单可看；能写入后自动恢复" | "Who is here can be read; it goes on by itself once it can be written";

    // what was found beside the desk's work
    in_doubt(name): "{name} 的资料与记录不符，可能被改过：不放行；叫组长，打电话核对接送人" | "What is on file about {name} is not what was entered; it may have been changed: no release. Call a leader, and check by phone who collects";
    unsound_children(names): "资料与记录不符，不放行：{names}" | "What is on file is not what was entered, no release: {names}";
    unsound_children_do(): "电话核对接送人，用纸登记；组长在 .人员 .卡 里改正，或用 caredesk restore 取回备份" | "Check by phone who collects, and write on paper; a leader sets it right in .people or .cards, or restores a backup";
    unsound_tables(tables): "数据表与记录不符：{tables}" | "Tables are not what was entered: {tables}";
    unsound_schema(names): "数据文件的结构被改过：{names}" | "The store is not as it was made: {names}";
    unsound_entry(seq): "第 {seq} 条记录被改动或缺失" | "Entry {seq} was changed or is missing";
    unsound_seal(first, last): "第 {first} 至 {last} 条之间的记录被重写、截去，或由别的账户登记（封印不符）" | "Of entries {first} to {last} some were rewritten, cut off, or entered by another account (the seal does not fit)";
    unsound_file(): "数据文件的内容不完整或读不出" | "The store's file is damaged or cannot be read";
    unsound_do(): "可能有人改过数据文件：叫管理员，保留全部文件，执行 caredesk verify" | "Somebody may have changed the store: call for help, keep all files, run caredesk verify";

    // a clock that cannot be believed
    before_last(at): "早于末条记录 {at}" | "before the last entry, {at}";
    before_build(at): "早于本程序的日期 {at}" | "before this program was made, {at}";
    long_after(at): "离末条记录 {at} 超过 70 天" | "more than 70 days after the last entry, {at}";
    jumped(at): "走时应为 {at}，时钟跳了" | "it should be {at}: the clock jumped";
    entry_ahead(last, at): "别处刚记了 {last} 的一条，本台走时是 {at}" | "something was just entered elsewhere at {last}; this desk counts {at}";
    doubted(shown, why): "时钟不可信：现示 {shown}，{why}" | "The clock cannot be believed: it shows {shown}, {why}";
    what_time(): "今天是几号、几点？选一个，或键入如 2026-09-07 16:40；答前什么都不登记" | "What day and time is it? Choose, or type such as 2026-09-07 16:40; nothing is recorded before that";
    wall_time(at): "{at}（电脑时钟）" | "{at} (the computer's clock)";
    counted_time(at): "{at}（本台走时）" | "{at} (as this desk counted)";
    held(): "已记下这张卡，时间定了就判" | "The card is held; it is decided once the time is known";
    held_by_name(names): "等时间：{names}" | "Waiting for the time: {names}";
    held_others(n): "另 {n} 个号码" | "{n} other numbers";
    time_first(): "先答今天是几号、几点" | "First say what day and time it is";
    time_once_more(at): "{at}？与记录相差很大，确实如此就再键入一次" | "{at}? That is far from the record: type it once more if it is so";
    did_set_clock(shown): "定了时间（电脑时钟当时示 {shown}）" | "the time was set (the computer's clock showed {shown})";
    clock_unknown(): "还没有人确认今天是几号、几点" | "nobody has said yet what day and time it is";
    clock_refused(shown, why): "时钟不可信：现示 {shown}，{why}；请先对准电脑时钟，或在台上答今天几号，再执行" | "The clock cannot be believed: it shows {shown}, {why}; set the computer's clock, or say at the desk what day it is, and try again";

    named_ahead(who): "{who} 的当日授权写在还没到的一天，已作废；要接孩子须重新授权" | "{who} had been named for a day that is still to come: the right has ended, name them anew";

    // a wrong time that is set right
    times_may_be_wrong(): "时间已改定；先前若有记错时间的，组长用 .改时 改正" | "The time is set; what was entered under a wrong one before a leader sets right with .redate";
    which_stretch(): "哪一段记录的时间不对？" | "Which entries stand under a wrong time?";
    stretch_until(): "错到哪一段为止？（⏎ 只这一段）" | "Up to which? (Enter: these alone)";
    stretch_of(first, last, n): "{first} 至 {last} 共 {n} 条" | "{first} to {last}, {n} entries";
    stretch_ended(what, at): "{what}（随后定为 {at}）" | "{what} (then set to {at})";
    redate_day(at): "其第一条记为 {at}，实为哪一天？" | "The first stands under {at}: on what day was it made?";
    redate_time(day): "{day} 几点几分？（⏎ 取所示）" | "At what time on {day}? (Enter: as shown)";
    redate_why(): "时间为什么不对？" | "Why was the time wrong?";
    did_redate(n, was, now): "已改时 {n} 条：第一条记为 {was}，实为 {now}；原来的时间都留着" | "{n} entries set right: the first stood under {was} and was made {now}; the old times are kept";
    fact_redated(from, to): "改正了第 {from} 至 {to} 条的时间" | "the time of entries {from} to {to} was set right";
    redate_same(): "这就是现在所记的时间，没有改动" | "That is the time under which they stand; nothing was changed";
    redate_before(at): "这样会早于前一条记录 {at}：请改选时间，或先改正更早的一段" | "They would stand before the entry before them, {at}: choose another time, or set the earlier ones right first";
    redate_after(at): "这样会晚于后一条记录 {at}：请改选时间，或先改正更晚的一段" | "They would stand after the entry after them, {at}: choose another time, or set the later ones right first";
    redate_future(): "这样最后一条会在将来：请改选时间" | "The last of them would stand in the future: choose another time";

    // the list of what was not recorded
    of_another_day(when): "这是 {when} 的事，不再照记；需要就今天重新办理" | "This was wanted at {when} and is not entered any more; if it is still needed, do it anew today";
    waiting(n): "未记录 {n} 项 · ⏎ 重试 · .未记录" | "{n} not recorded · Enter tries again · .unrecorded";
    item(time, what): "{time} {what}" | "{time} {what}";
    item_because(what, why): "{what} · {why}" | "{what} · {why}";
    more(n): "另有 {n} 项" | "{n} more";
    which(): "哪一项？" | "Which one?";
    what_with(what): "{what}？" | "{what}?";
    try_again(): "再试" | "try again";
    held_scans_first(held): "先答今天是几号、几点，再退出。{held}" | "First say what day and time it is; the desk stays open. {held}";
    held_first(names): "{names} 还有必须记下的（留下或拦下）没能记录，不能退出：先排除故障，本台会自己再试" | "For {names} something that must be kept (a hold, or that somebody was stopped) is not recorded: the desk stays open. See to the cause; it tries again by itself";
    hold_too_late(names): "{names}：要留下时已由另一台放行，请组长马上核实去向" | "{names}: was to be held back and had been let go at another desk; the leader finds out now where the child is";
    fact_held(): "不放行" | "held back";
    fact_phrase(): "口令不对" | "wrong pass phrase";
    undoing(what): "撤销（{what}）" | "take back ({what})";
    undoing_of(seq): "撤销第 {seq} 条" | "take back entry {seq}";
    kept_for_safety(): "关系孩子安全，不能放弃；本机会自己再试" | "It keeps a child safe and is not dropped; the desk tries it again itself";
    not_yours_to_drop(): "只有能撤销它的人才能放弃：先签到（.7）或请组长" | "Only who could take it back may drop it: sign on (.7) or ask a leader";
    came_unrecorded(names): "已到、未记录：{names}" | "Here, not recorded: {names}";
    waits(): "未记录" | "not recorded";
    drop(): "放弃" | "drop";
    dropped(what): "已放弃：{what}" | "Dropped: {what}";
    none(): "没有未记录的" | "Everything is on record";
    quit(n): "还有 {n} 项未记录，退出就没有了，仍要退出？" | "{n} not recorded yet, and gone if you quit: quit all the same?";

    // at the start and in verify
    open_orphan(at): "{at} 里有日志 (-wal 或 -shm) 却没有 caredesk.db，未动；请找回数据文件或取备份，确认不要后移走日志再建" | "{at} holds a log (-wal or -shm) without caredesk.db; nothing was touched: find the file or a backup, or move the log away before making a store";
    open_lost(at, n, until): "{at} 的 caredesk.db 不见了（曾有 {n} 条记录，末条记于 {until}）；请找回该文件或取备份，确认不要后移走 caredesk.db-head 再建" | "caredesk.db in {at} is gone (it had {n} entries, the last entered {until}): find it or a backup, or move caredesk.db-head away before making a store";
    open_missing(at, gap): "{at} 的数据{gap}；未动，请保留全部文件并取备份" | "In {at} {gap}; nothing was touched: keep all files and turn to a backup";
    open_apart(at, why): "{at}：{why}；未动，请保留全部文件并取备份" | "{at}: {why}; nothing was touched: keep all files and turn to a backup";
    open_full(at): "{at} 所在磁盘已满，请移走不用的文件" | "The disk of {at} is full: move away what is not needed";
    open_no_permission(at): "没有读写 {at} 的权限，请检查权限" | "No permission to read and write {at}: check the rights";
    problem_missing(gap): "{gap}" | "{gap}";
    problem_other_end(seq): "第 {seq} 条不是末尾文件 (caredesk.db-head) 所记的那条" | "Entry {seq} is not the one that the head file (caredesk.db-head) knows";
    panicked(place): "程序出错，已停下（panicked at {place}）；请重新启动，并把这一行告诉维护的人" | "The program failed and stopped (panicked at {place}); start it again, and tell this line to whoever looks after it";
    not_printed(what): "写不到标准输出：{what}" | "Cannot write to standard output: {what}";
    problem_seal(first, last): "封印不符：第 {first} 至 {last} 条之间的记录被重写、截去，或由别的账户登记；对照打印单上的链首，确认无误后移走封印钥匙，前台下次启动时会重做" | "The seal does not fit: of entries {first} to {last} some were rewritten, cut off, or entered by another account; compare the head on the printed sheets, and if it is in order move the key of the seal away: the desk makes a new one at its next start";
    seal_fits(first, last): "封印相符：第 {first} 至 {last} 条" | "The seal fits: entries {first} to {last}";
    seal_fits_empty(): "封印相符：此后还没有登记" | "The seal fits: nothing was entered since it was made";
    seal_not_checked(at): "封印没有核对：{at} 没有可读的钥匙；前台下次启动时会重做，只管此后的记录" | "The seal was not checked: there is no key at {at} that can be read; the desk makes one at its next start, for what is entered from then on";
    key_unread(at, why): "封印钥匙 {at} 不能读：{why}；请修好文件权限，或从副本放回原处；确实找不回的移走它，前台下次启动时会重做。在那以前封印停在原处，登记照常" | "The key of the seal, {at}, cannot be read: {why}; set its permissions right or put it back from a copy; if it is lost for good move it away, and the desk makes a new one at its next start. Until then the seal stays where it is, and the desk goes on";
    no_key_in_it(): "里面不是完整的钥匙" | "it holds no whole key";
    seal_of_another(): "封印没有核对：末条由别的账户的钥匙封印" | "The seal was not checked: the last entry was sealed with another account's key";
    sealed_anew(n): "做了新的封印钥匙：第 {n} 条及以前的记录不在其内" | "A new key seals the record from now on; entries up to {n} are not under it";
    not_compared(): "末尾没有核对：没有可读的 caredesk.db-head" | "The end was not compared: there is no caredesk.db-head that can be read";
}

/// Why something could not be recorded.
#[must_use]
pub fn cause(lang: Lang, cause: &Cause) -> String {
    match cause {
        Cause::Full => full(lang),
        Cause::ReadOnly => read_only(lang),
        Cause::NoPermission => no_permission(lang),
        Cause::Busy => busy(lang),
        Cause::Disk => disk(lang),
        Cause::Apart(fault) => apart(lang, *fault),
        Cause::Missing(gap) => missing_entries(lang, gap),
        Cause::Damaged => damaged(lang),
        Cause::Conflict => conflict(lang),
        Cause::Clock => clock_unknown(lang),
        Cause::Other => other(lang),
    }
}

/// Why a clock cannot be believed.
#[must_use]
pub fn doubt(lang: Lang, doubt: &Doubt) -> String {
    match doubt {
        Doubt::BeforeLast(at) => before_last(lang, to_the_second(*at)),
        Doubt::BeforeBuild(at) => before_build(lang, when(*at)),
        Doubt::LongAfter(at) => long_after(lang, when(*at)),
        Doubt::Jumped(at) => jumped(lang, to_the_second(*at)),
        Doubt::EntryAhead { last, counted } => entry_ahead(lang, to_the_second(*last), to_the_second(*counted)),
    }
}

/// What is wrong with the files.
#[must_use]
pub fn apart(lang: Lang, fault: FileFault) -> String {
    match fault {
        FileFault::Gone => gone(lang),
        FileFault::Replaced => replaced(lang),
        FileFault::Overwritten => overwritten(lang),
        FileFault::Older => older(lang),
        FileFault::Log => log(lang),
        FileFault::Index => index(lang),
        FileFault::End => end(lang),
    }
}

/// Which entries are missing.
#[must_use]
pub fn missing_entries(lang: Lang, gap: &Gap) -> String {
    missing(lang, gap.first.0, gap.last.0, when(gap.until))
}

/// A run of entries: from when to when they stand, how many, and to what the clock was set after them.
#[must_use]
pub fn stretch(lang: Lang, stretch: &Stretch) -> String {
    let last = if stretch.first.date() == stretch.last.date() { stretch.last.hhmm() } else { when(stretch.last) };
    let what = stretch_of(lang, when(stretch.first), last, stretch.len());
    match stretch.end.filter(|end| end.seq.0 == stretch.to.0 + 1) {
        Some(end) => stretch_ended(lang, what, when(end.to)),
        None => what,
    }
}

/// A moment of any day, where seconds count.
#[must_use]
pub fn to_the_second(moment: Moment) -> String {
    moment.local().format("%Y-%m-%d %H:%M:%S").to_string()
}

/// A moment of any day.
#[must_use]
pub fn when(moment: Moment) -> String {
    moment.local().format("%Y-%m-%d %H:%M").to_string()
}
