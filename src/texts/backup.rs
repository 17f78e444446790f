//! What `caredesk backup` and `caredesk restore` say.

use std::fmt::Display;

use super::Lang;

catalogue! {
    // backup
    done(at, n, until): "已备份并打开核对：{at}（{n} 条，末条 {until}）" | "Backed up, opened and checked: {at} ({n} entries, the last {until})";
    done_empty(at): "已备份并打开核对：{at}（还没有记录）" | "Backed up, opened and checked: {at} (no entry yet)";
    passphrase(words): "备份口令，请现在抄在纸上收好，只显示这一次：{words}" | "Passphrase of the backups: write it down now and keep it safe, it is shown only this once: {words}";
    passphrase_at(at): "今后的备份用 {at} 里的同一口令；换机器恢复时要靠纸上那份" | "Later backups use the same one from {at}; on a new machine only the paper opens them";
    removed(at): "已按期删去旧备份：{at}" | "Removed as old enough: {at}";
    not_removed(at, why): "旧备份没能删去：{at}：{why}" | "An old backup could not be removed: {at}: {why}";
    same_folder(at): "备份口令存于 {at}，备份不能放同一目录；请用 --to 指定别处" | "The passphrase lies in {at}: a backup cannot lie beside it; name another folder with --to";
    passphrase_empty(at): "{at} 里没有口令；请把纸上的口令写回该文件，或移走它以生成新口令" | "{at} holds no passphrase: write the one from the paper into it, or move it away to have a new one made";
    no_config_folder(): "没有放备份口令的目录；请用 --config 指定配置文件" | "There is no folder for the passphrase: name a configuration file with --config";
    no_passphrase_yet(): "请组长执行一次 caredesk backup，抄下口令，以后就会自动备份" | "a leader runs caredesk backup once and writes the passphrase down; later ones are made by themselves";
    medium_missing(at): "备份目录 {at} 不在，没有备份；请插上备份盘，或改设置里的 backup_folder" | "The folder for backups, {at}, is not there, so none was made: plug its disk in, or change backup_folder in the configuration";
    by_itself_failed(what): "自动备份没有成功：{what}" | "The backup by itself failed: {what}";
    at_the_end(): "正在备份……" | "Making a backup …";
    no_answer(): "备份程序没有答复" | "the program for it gave no answer";
    not_verified(at): "备份打开核对时不对，已丢弃：{at}；请检查磁盘再试" | "The backup was not right when opened again, and was dropped: {at}; check the disk and try again";
    running(): "另一个备份或恢复正在进行，请等它完成" | "Another backup or restore is running: wait until it is done";
    failed(at, what): "{at} 不能读写：{what}" | "Cannot read or write {at}: {what}";
    not_one(at): "{at} 不是 caredesk 的备份，或开头已损坏；请换一份" | "{at} is no backup of caredesk, or its beginning is damaged: take another one";
    damaged(at): "{at} 被改动过或不完整；请换一份备份" | "{at} was changed or is not complete: take another backup";
    wrong_passphrase(at): "口令打不开 {at}；请核对纸上的口令" | "The passphrase does not open {at}: compare it with the paper";
    ask_passphrase(): "备份口令：" | "Passphrase of the backup:";
    passphrase_needed(at): "{at} 要口令；请在终端里执行，或用 --passphrase-file" | "{at} needs its passphrase: run this in a terminal, or give --passphrase-file";

    // restore
    ends(at, n, until): "{at}：{n} 条记录，末条记于 {until}" | "{at}: {n} entries, the last entered {until}";
    ends_empty(at): "{at}：没有记录" | "{at}: no entry";
    practice(): "这是演练数据的备份" | "It is the backup of a practice store";
    nothing_here(at): "{at} 里没有数据，将在此建立" | "There is no store in {at}: it will be made there";
    nothing_beyond(): "现有数据没有比它多的记录" | "The present store has no entry beyond it";
    beyond(n, since): "现有数据比它多 {n} 条，自 {since} 起；恢复后这些不再算数" | "The present store has {n} entries beyond it, since {since}: they will not count any more";
    another(n, until): "现有数据是另一份记录（{n} 条，末条 {until}）；恢复后不再算数" | "The present store is another record ({n} entries, the last {until}): it will not count any more";
    unreadable(why): "现有数据打不开：{why}" | "The present store cannot be opened: {why}";
    question(): "用备份替换现有数据？旧文件改名保留。y/N" | "Put the backup in place? The old files are kept under other names. y/N";
    not_confirmed(): "未恢复，什么都没动；确认要恢复请答 y 或加 --yes" | "Not restored, nothing was touched: answer y, or give --yes";
    other_kind(at): "{at} 与现有数据一个是演练、一个是正式，不能互换" | "{at} and the present store are one of practice and one real: they never mix";
    not_sound(at, what): "{at} 里的数据不对，未恢复：{what}" | "What {at} holds is not in order, nothing was restored: {what}";
    in_use(): "还有台开着这份数据，未恢复；请先关闭所有台" | "A desk has the store open, nothing was restored: close every desk first";
    restored(at, n): "已从 {at} 恢复，{n} 条记录" | "Restored from {at}: {n} entries";
    kept(at): "原来的数据文件保留为 {at}" | "The files that were there are kept as {at}";
}
