//! What `caredesk erase` says.

use std::fmt::Display;

use super::Lang;

catalogue! {
    nobody_due(before): "没有 {before} 前就已离开、记录到期的孩子" | "No child has left before {before} whose record is due";
    one(name, number, left, entries, from, until): "{name}（编号 {number}）{left} 起退出；{entries} 条记录，{from} 至 {until}" | "{name} (number {number}) left on {left}; {entries} entries, from {from} to {until}";
    with(collectors, cards): "连同 {collectors} 位接送人、{cards} 张卡" | "with {collectors} collectors and {cards} cards";
    not_yet(name, why): "{name} 不删：{why}" | "{name} is not erased: {why}";
    stays(): "孩子的编号、每条记录的时间和种类留下，链仍可校验；小组名单里只剩编号" | "What stays: the child's number, and of each entry its time and kind, so the chain can be verified; lists of groups have the number only";
    ask(n): "删除 {n} 个孩子的全部信息，不能恢复。输入 {n} 确认：" | "Erase everything about {n} children, for ever? Type {n} to agree:";
    not_agreed(): "没有删除任何内容" | "Nothing was erased";
    yes_needed(): "不在终端里：请加 --yes" | "This is no terminal: add --yes";
    done(n): "已删除 {n} 个孩子的信息，数据文件已重写" | "Erased {n} children; the file was written anew";
    wiped(): "数据文件已重写，删过的内容不再留在文件里" | "The file was written anew: nothing that was erased lies in it";
    not_ended(): "上次删除后数据文件还没有重写，里面可能还有旧内容：执行 caredesk erase --wipe" | "After an earlier erasure the file was not written anew and may still hold what was erased: run caredesk erase --wipe";
    ended(): "上次删除没做完：数据文件现已重写" | "An earlier erasure was not ended: the file is written anew now";
    no_room(): "磁盘空间不够重写数据文件，没有删除任何内容；请移走不用的文件再试" | "There is no room to write the file anew, so nothing was erased: make room and try again";
    not_wiped(why): "已删除，但数据文件没有重写，里面可能还有旧内容：{why}；请执行 caredesk erase --wipe" | "Erased, but the file was not written anew and may still hold it: {why}; run caredesk erase --wipe";
    still_read(): "已删除，但别的前台正在读，文件里可能还有旧内容；都关闭后请执行 caredesk erase --wipe" | "Erased, but another desk was reading, so the files may still hold it: close all desks, then run caredesk erase --wipe";
    older(n, folder): "{folder} 里还有 {n} 份更早的备份含有删过的内容；它们按期删去（最长一年），要现在删请自行删除文件" | "{folder} holds {n} earlier backups that still have it; they go by their age (a year at most), or delete the files yourself";
    beside(file): "可能含有删过的内容，请自行处理：{file}" | "May still hold what was erased, and is yours to deal with: {file}";
    refused_names(names): "未能接收登记里有同名：{names}（没有删）" | "The list of refused care has the same name: {names} (not erased)";
    days_for_good(): "设置是一直保存出入记录，没有到期的；要定期限，请在 .设置 的“出入记录保存”写月数" | "Days are kept for good by the settings, so none is due: set a number of months in .settings under \"days are kept\"";
    no_day_due(before): "{before} 及以前没有到期的出入记录" | "Nothing of the days up to {before} is due";
    days_span(n, first, last): "到期的出入记录 {n} 条，{first} 至 {last}：" | "{n} entries of days are due, from {first} to {last}:";
    days_of_month(month, n): "  {month}  {n} 条" | "  {month}  {n} entries";
    days_held_up(from): "{from} 起有孩子没有签离或隔日才签离，从那天起的都留下；请先补登去向再执行" | "Somebody who came on {from} was not signed out, or on a later day only: what is of that day or later stays; settle that first, then run this again";
    days_stay(): "留下的：孩子、接送人、卡、教职工、设置，卡的流转，以及每条记录的时间和种类，链仍可校验" | "What stays: children, collectors, cards with their ways, staff, settings, and of each entry its time and kind, so the chain can be verified";
    ask_days(n, last): "删除 {last} 及以前的出入记录 {n} 条，不能恢复。输入 {n} 确认：" | "Erase {n} entries of the days up to {last}, for ever? Type {n} to agree:";
    done_days(n, until): "已删除 {until} 及以前的出入记录 {n} 条，数据文件已重写" | "Erased {n} entries of the days up to {until}; the file was written anew";
    days_too(n, last): "另有 {last} 及以前的出入记录 {n} 条已过保存期：执行 caredesk erase --days" | "Of the days up to {last} {n} entries are older than days are kept: run caredesk erase --days";
    no_card_due(): "没有离开满 90 天、还留着卡的人" | "Nobody who left more than 90 days ago has a card on file";
    cards_of_child(name, number, left, cards, entries): "{name}（编号 {number}）{left} 离开；{cards} 张卡，{entries} 条卡的记录" | "{name} (number {number}) left on {left}; {cards} cards, {entries} entries about cards";
    card_of_staff(name, left): "{name}（教职工）{left} 离岗；1 张卡" | "{name} (staff) left on {left}; 1 card";
    cards_stay(): "留下的：人、在册信息和出入记录（其中的卡号随出入记录到期），每条记录的时间和种类；自制卡的号码不再发给任何人" | "What stays: the people, what is on file about them, and their days (numbers in these go when days do), and of each entry its time and kind; numbers of our own cards are given to nobody again";
    ask_cards(n): "删除 {n} 人的卡，不能恢复。输入 {n} 确认：" | "Erase the cards of {n} who left, for ever? Type {n} to agree:";
    done_cards(n): "已删除 {n} 人的卡，数据文件已重写" | "Erased the cards of {n}; the file was written anew";
    cards_too(n): "另有 {n} 人离开满 90 天，卡已过保存期：执行 caredesk erase --cards" | "Cards of {n} who left more than 90 days ago are on file: run caredesk erase --cards";
    not_kept(until): "{until} 及以前的出入记录已不再保存，无法得知当时谁在" | "What was done up to {until} is not kept any more: it cannot be said who was here";
    no_day(text): "{text} 不是日期，请写成 2026-11-29" | "{text} is no date: write it as 2026-11-29";
}
