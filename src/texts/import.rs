//! What an import says: why a file or a cell is refused, what would change, what is left to a person.

use std::fmt::Display;

use super::Lang;
use crate::domain::people::{Consent, Right};
use crate::domain::time::Weekdays;

catalogue! {
    // files
    file_not_found(file): "没有这个文件：{file}" | "No such file: {file}";
    file_not_a_file(file): "{file} 不是文件；请给名册文件本身" | "{file} is not a file: give the roster itself";
    file_not_rosters(file): "{file} 里没有 OneRoster 或 SDS 的文件（users.csv 或 Student.csv）；请给名册文件本身" | "{file} holds no OneRoster or SDS files (users.csv or Student.csv): give the roster itself";
    file_empty(file): "{file} 是空的" | "{file} is empty";
    file_over_size(file, mb): "{file} 超过 {mb} MB，不像名册；请只导出名单那张表" | "{file} is larger than {mb} MB, which no roster is: export the sheet alone";
    file_over_files(file, most): "{file} 里有超过 {most} 个文件；请把名册文件放进单独的文件夹" | "{file} holds more than {most} files: put those of the roster into a folder of their own";
    file_over_rows(file, most): "{file} 有一张表超过 {most} 行；请只留名单的行，或分成几个文件" | "{file} has a sheet of more than {most} rows: keep the rows of the list, or make several files of it";
    own_matter(child): "{child} 的接送名单与您本人有关，请由另一位组长导入或撤回" | "The list of {child} concerns yourself: another leader imports this, or takes it back";
    file_over_merged(file, most): "{file} 的一张表有超过 {most} 处合并单元格；请取消合并再存" | "{file} has a sheet with more than {most} merged areas: unmerge them and save again";
    file_over_columns(file, most): "{file} 的名单超过 {most} 列，后面的列读不到；请删去用不着的列再存" | "{file} has a list of more than {most} columns, and those behind would be lost: delete what is not needed and save again";
    file_over_row(file, mb): "{file} 有一行超过 {mb} MB，不像名册；请删去过长的格子再存" | "{file} has a row of more than {mb} MB: delete the cell that is so long and save again";
    file_over_sheets(file, mb): "{file} 的各张表解开后共超过 {mb} MB；请把名单复制到新工作簿再存" | "{file}: its sheets unpack to more than {mb} MB: copy the list into a new workbook";
    file_over_parts(file, mb): "{file} 除各张表以外解开后超过 {mb} MB；请把名单复制到新工作簿再存" | "{file}: what it holds beside its sheets unpacks to more than {mb} MB: copy the list into a new workbook";
    file_over_packed(file, times): "{file} 有一部分解开后大了 {times} 倍以上，不像名册；请把名单复制到新工作簿再存" | "{file}: a part of it unpacks to more than {times} times its size, which no roster does: copy the list into a new workbook";
    file_too_many_parts(file, most): "{file} 里有超过 {most} 个部件（图片、批注等），读不了；请把名单复制到新工作簿再存" | "{file} has more than {most} parts (pictures, comments): copy the list into a new workbook";
    file_not_a_table(file): "{file} 不是能读的表格；请另存为 .xlsx 或 UTF-8 的 .csv" | "{file} is no table that can be read: save it as .xlsx or UTF-8 .csv";
    file_password(file): "{file} 加了密码；请去掉密码另存一份" | "{file} is locked with a password: save a copy without one";
    file_damaged(file): "{file} 已损坏，打不开；请重新导出" | "{file} is damaged: export it again";
    file_only_hidden(file): "{file} 是隐藏的表，名单只在这里，未读；要读请先取消隐藏" | "{file} is a hidden sheet and holds the only list, so nothing is read: unhide it first";
    file_no_headings(file): "{file} 第 1 至 30 行里没有表头：要有一行写着 姓名、班级、电话 等列名，请加上再试，或用 --columns 姓名,班级,… 说明各列" | "{file}, rows 1 to 30: no headings; add a row that says name, class, phone and the like, or name the columns with --columns";
    file_no_class(file, row): "{file} 第 {row} 行的表头没有年级或班级列；请补上再试" | "{file}, row {row}: the headings have no grade or class; add it and try again";
    file_no_phone(file, row): "{file} 第 {row} 行的表头没有家长电话列；每个孩子都要有能联系的成人，请补上再试" | "{file}, row {row}: the headings have no phone; every child needs an adult who can be reached";
    file_no_part(file, part): "{file} 里缺 {part}，无法知道有哪些孩子；请补上再试" | "{file}: {part} is missing, so nobody is named; add it and try again";
    file_no_part_column(file, part, column): "{file} 的 {part} 缺 {column} 列；请补上再试" | "{file}: {part} has no column {column}; add it and try again";
    file_heading(file, cell, heading, key): "{file} {cell}：看不懂列名“{heading}”，它可能说到谁不能接、过敏、电话或卡；请改成名册里的叫法，或用 --columns 说明它是什么（{key}=家长电话、{key}=备注……，不读写 {key}=不读），也可写在设置的 [headings] 里，不读就写 not_read" | "{file} {cell}: the heading \"{heading}\" is not understood and may speak of who must not collect, illness, phones or cards: rename it, or say what it is with --columns (\"{key}=guardian phone\", \"{key}=note\" …, \"{key}=not read\" for nothing) or in [headings] of the settings (not_read for nothing)";
    file_headings_more(others): "；同样要说明的还有 {others}" | "; the same has to be said of {others}";
    column_question(place, cell, heading, values): "{place} {cell}：看不懂列名“{heading}”，下面写着 {values}。它是什么？" | "{place} {cell}: the heading \"{heading}\" is not understood; under it stands {values}. What is it?";
    column_choice(n, what): "{n:>4}  {what}" | "{n:>4}  {what}";
    column_prompt(): "输入序号（或列名）；直接回车则不导入：" | "Type a number (or a name for the column); Enter alone imports nothing:";
    column_not_clear(text): "没有“{text}”这一项" | "\"{text}\" is none of these";
    column_taken(heading, what): "“{heading}”不能是“{what}”：这份名单已有一列是；请另选" | "\"{heading}\" cannot be \"{what}\": another column of the list is that already; choose again";
    columns_next_time(words): "下次不用再问，加上：--columns \"{words}\"" | "To say the same next time: --columns \"{words}\"";
    kind_health(): "过敏" | "allergy";
    kind_barred(): "不得接送人" | "barred";
    kind_collector(): "可接送人" | "guardian name";
    kind_collector_phone(): "家长电话" | "guardian phone";
    kind_mother_phone(): "母亲电话" | "mother phone";
    kind_father_phone(): "父亲电话" | "father phone";
    kind_emergency(): "紧急联系人" | "emergency contact";
    kind_emergency_phone(): "紧急联系电话" | "emergency phone";
    kind_child_phone(): "学生电话" | "student phone";
    kind_card(): "卡号" | "card";
    kind_leave_by(): "离校方式" | "leave by";
    kind_note(): "备注" | "note";
    kind_not_read(): "不读" | "not read";
    kind_unwanted(): "不读（列在没有读的列里）" | "not wanted (named among the columns not read)";
    file_sheet_unread(file, cell, text): "{file} {cell}：这张表没有名册的表头，读不进去，里面却写着“{text}”，名单里有这个孩子，或说到谁不能接；请补上表头（姓名、班级、电话），把不得接的人写进名单的“不得接送人”一列，或删去这张表" | "{file} {cell}: this sheet has no headings of a roster and is not read, and yet it says \"{text}\", a child of the list, or who must not collect: add headings (name, class, phone), name who must not collect in the list's own column, or delete the sheet";
    file_side_by_side(file, cell): "{file} {cell}：又是一列姓名，像是两份名单并排；请接成一份，或把第二列姓名改成是谁的姓名" | "{file} {cell}: a second column of names, as of two lists side by side: put them below each other, or say in the heading whose name it is";
    file_old_format(file): "{file} 是 XML 表格 2003 或网页（MHTML）格式；请在 Excel 里打开，另存为 .xlsx" | "{file} is an XML Spreadsheet 2003 or MHTML page: open it in Excel and save it as .xlsx";
    file_odd_value(file, value): "{file} 里有读不了的错误值 {value}；请把那一格改成文字再存" | "{file} holds the error value {value}, which cannot be read: type that cell as text and save again";
    file_open_quote(file, row): "{file} 第 {row} 行的引号没有在这一行关上，后面的孩子会丢；请补上或去掉这个引号" | "{file}, row {row}: a quotation mark is not closed in its row, and the children behind it would be lost: close or remove it";
    file_io(file, what): "读不了 {file}：{what}" | "Cannot read {file}: {what}";

    file_broke(file, memory, seconds): "读 {file} 时出错，已停止：要用的内存超过 {memory} MB 或时间超过 {seconds} 秒，或者文件已损坏，什么也没有写入；请用表格软件打开它，只把名单另存为 .xlsx，再导入" | "{file} could not be read to its end: it takes more than {memory} MB of memory or {seconds} seconds, or is damaged, and nothing was written; open it in a spreadsheet program, save the list alone as .xlsx, and import that";
    file_silent(file, seconds): "读 {file} 时 {seconds} 秒没有进展，已停止，什么也没有写入；请用表格软件打开它，只把名单另存为 .xlsx，再导入" | "{file}: nothing came of it for {seconds} seconds, so reading was stopped and nothing was written; open it in a spreadsheet program, save the list alone as .xlsx, and import that";

    // places and reasons
    row_place(file, row): "{file} 第 {row} 行" | "{file}, row {row}";
    cell_place(file, row, column, cell): "{file} 第 {row} 行第 {column} 列（{cell}）" | "{file}, row {row}, column {column} ({cell})";
    refused_line(place, reason): "! {place}：{reason}" | "! {place}: {reason}";
    refused_whom(names): "! 拒收的行说的是：{names}；改好后请再导入一次，这些孩子还没有登记或没有更新" | "! the refused rows are about {names}: correct them and import again, for these children are not registered or not brought up to date";
    row_no_name(): "没有姓名" | "no name";
    row_damaged_name(): "姓名有缺字（GBK 存不下的字成了 ?），请用 UTF-8 或 .xlsx 重新导出" | "a character of the name was lost (GBK cannot hold it): export as UTF-8 or .xlsx";
    row_hostile(): "含看不见的控制字符，请重打这一格" | "invisible control characters: type this cell anew";
    row_too_long(): "超过 64 字" | "longer than 64 characters";
    row_no_grade(): "没有年级" | "no grade";
    row_grade(text): "看不懂年级 {text}（应为一至六年级）" | "grade {text} is not understood (1 to 6)";
    row_grades_differ(one, other): "年级写 {one}，班级写 {other}，不一致" | "grade {one}, but the class is of grade {other}";
    row_class(text): "看不懂班级 {text}（请写成 三年级1班 或 1班）" | "class {text} is not understood (write it as grade and number, or as a number)";
    row_class_zero(text): "班级存成了数字 {text}，可能是 {text} 也可能是 {text}0；请设为文本格式并核对" | "the class was stored as the number {text} and may be {text} or {text}0: make the column text and check it";
    row_western(text): "“{text}”里字母和生僻字混在一起，像是西文编码读错了；请另存为 UTF-8 再试" | "\"{text}\" mixes letters and rare characters, as a western encoding read as Chinese does: save the file as UTF-8";
    row_people(text): "分不清“{text}”是哪几个人；请用“、”分开，关系写在前面，如 父亲刘军、奶奶何秀英" | "who is meant by \"{text}\" is not clear: part people with a semicolon and put the relation in brackets";
    row_people_unfit(text): "“{text}”和旁边的姓名、关系、电话对不上；请一人一格，或按同样顺序写" | "\"{text}\" does not fit the names, relations and phones beside it: one person a cell, or all in the same order";
    row_error_cell(text): "这一格是公式出错的 {text}；请改成实际内容" | "this cell shows {text}, a formula that failed: type what should stand there";
    row_note_restricts(text): "备注像是说有人不能接（{text}），或说到家人而看不懂；请把不得接的人写进“不得接送人”一列，不是这个意思请换个说法，或删去这句、导入后到“人员”里补写" | "the note seems to say that somebody must not collect ({text}), or speaks of the family and is not understood: name the person in the column of those who must not, or word it differently, or leave it out and enter it under People after the import";
    row_comment_restricts(text): "批注像是说有人不能接（{text}），或说到家人而看不懂；请把不得接的人写进“不得接送人”一列，要留下的话写进“备注”，再删去批注" | "a comment seems to say that somebody must not collect ({text}), or speaks of the family and is not understood: name the person in the column of those who must not, put what is to stay in the note, and delete the comment";
    row_struck(): "这一格有删除线，不知道还算不算：不要的请删去整行或内容，还要的请去掉删除线" | "something here is struck through, and whether it still holds is not clear: delete what does not, and take the line off what does";
    row_may_have_left(text): "像是说孩子已不来（{text}）：不来了请写进“退出日期”或在“是否参加托管”写否，不是这个意思请换个说法" | "this seems to say that the child does not come any more ({text}): say so in the column \"withdrawn on\" or \"care\", or word it differently";
    row_note_on_card(text): "备注像是说卡丢了或换了（{text}）：请核对卡号，再换个说法；不用的卡不要写在卡号里" | "the note seems to say that the card was lost or changed ({text}): check the card, then word it differently; a card that is not used does not stand here";
    row_card_state(text): "看不懂卡的状态 {text}（应为 正常、挂失、注销 等）" | "the state of the card, {text}, is not understood (in use, lost, cancelled …)";
    row_bar_unclear(text): "不得接送人“{text}”和名单里的接送人对不上，也不能肯定是别人：是名单里的人，请写成名单里的姓名；不是，请写全姓名，并给每位接送人写全姓名和关系" | "\"{text}\", who must not collect, is none of the collectors by name and may be one all the same: write the name as it stands in the list, or, for somebody else, the full name, and the full name and relation of each collector";
    row_cell_says_more(text): "“{text}”里除了姓名、关系还写着别的，或看不懂：这一格只写姓名或关系（父亲、奶奶、保姆、其他）；谁不得接，写进“不得接送人”一列" | "\"{text}\" says more than a name or a relation, or is not understood: only that belongs here (father, grandmother, nanny, other); who must not collect is named in the column of those who must not";
    row_ditto(text): "“{text}”要写出来，名册里不认“同上”" | "\"{text}\" has to be written out: nothing is taken over from the row above";
    row_number_lossy(): "号码存成了数字，末几位已丢失；请设为文本格式并重填" | "the number was stored as a float and lost its last digits: make the column text and enter it anew";
    row_number_in_use(name): "此学号已属于 {name}，姓名和电话都不同；请核对" | "this number belongs to {name}, with another name and other phones: check it";
    row_card_twice(place): "卡号与{place}重复" | "the card stands in {place} as well";
    row_card_in_use(): "卡号已属于另一个人" | "the card belongs to somebody else";
    row_card(text): "{text} 不像卡号" | "{text} is no card number";
    row_card_lossy(): "卡号存成了数字，前面的 0 可能丢失；请设为文本格式并核对，或用 --card-digits 说明卡号有几位" | "the card was stored as a number and may have lost zeros: make the column text and check it, or say with --card-digits how long the numbers are";
    row_card_short(digits): "卡号存成了数字，前面的 0 可能丢失；其余卡号都是 {digits} 位：如都一样长，请加 --card-digits {digits}" | "the card was stored as a number and may have lost zeros; the others have {digits} digits: if all have, add --card-digits {digits}";
    row_no_adult(): "没有一位能联系的成人（姓名和电话）" | "no reachable adult (name and phone)";
    row_lists_barred(name): "{name} 与登记为不得接送的人相符，名册却列为接送人：请组长核对后改名册或解除限制" | "{name} fits somebody who must not collect this child, yet the file lists them as a collector: the leader has to correct the file or lift the restriction";
    row_phone(text): "{text} 不像电话号码" | "{text} is no phone number";
    row_weekdays(text): "看不懂托管日 {text}" | "days {text} are not understood";
    row_yes_no(text): "{text} 既不是“是”也不是“否”" | "{text} is neither yes nor no";
    row_too_young(): "一、二年级的孩子不得自行离校，须由大人接" | "children of grades 1 and 2 never go home alone: an adult collects them";
    row_letter_unnamed(): "请写承诺书的日期或编号，只写“有”查不到" | "write the date or number of the letter: a bare yes cannot be found again";
    row_employment(text): "看不懂 {text}（应为在编或临聘）" | "{text} is not understood (permanent or temporary)";
    row_child_twice(place): "与{place}是同一个孩子，内容不同；请只留对的一行" | "the same child as {place}, with other content: keep the right row only";
    row_namesakes(): "有几位同名，分不清是哪一位；请加学号或家长电话" | "several children bear the name: add the student number or a phone";
    row_former_name(now): "本班 {now} 曾用此名，看不出是不是同一人；同一人请填学号或家长电话，不是请先在“人员”里新增" | "{now} of this class once bore the name, and nothing tells whether it is meant: give the student number or a phone; if it is another child, add it under People first";
    row_still_here(): "孩子现在还在班，不能退出；先接走，再导入" | "the child is here now and cannot be withdrawn: release it first, then import again";
    row_one_chip(place): "和{place}可能是同一张卡的两种读法；请刷这两张卡核对" | "may be the card in {place} as another reader spells it: scan both cards and check";
    row_nobody_to_withdraw(): "要退出的孩子不在册" | "to be withdrawn, but not on the register";
    row_two_classes(one, other): "今天同时在 {one} 和 {other} 两个班；请在文件里只留一个，或标明主要的一个（primary）" | "enrolled in {one} and in {other} today: keep one of them, or mark the primary one";
    row_staff_twice(): "教职工里已有同名的人，卡号不同；请核对" | "the same name is on the staff with another card: check it";

    // what would change
    added_line(name): "+ {name}" | "+ {name}";
    not_on_staff(place, name): "· {place}：{name} 不在教职工名单里（或有同名），或不是这个孩子的接送人，未标为本校教职工；先导入教职工，再导入一次" | "· {place}: {name} is not on the staff (or there twice), or no collector of this child, and is not marked as working here: import the staff first, then this again";
    staff_unnamed(place): "· {place}：说家里有人是本校教职工，没写是谁，未标；请写教职工的姓名，或到“人员”里标在接送人上" | "· {place}: somebody of the family works here, but nobody is named and nobody is marked: write the name, or mark the collector under People";
    added_staff(name): "+ {name}（教职工，尚无口令）" | "+ {name} (staff, no PIN yet)";
    changed_line(name, list): "~ {name}：{list}" | "~ {name}: {list}";
    difference(what, was, now): "{what} {was} → {now}" | "{what} {was} → {now}";
    new_value(what, now): "{what} {now}" | "{what} {now}";
    between_differences(): "；" | "; ";
    nothing_there(): "（无）" | "(none)";
    collector_of(relation, name): "{relation}{name}" | "{relation} {name}";
    new_collector(who, phone): "新增 {who} {phone}" | "new {who} {phone}";
    one_number(name): "? {name}：只有一个联系电话，请补第二个" | "? {name}: only one number to reach, please add a second";
    missing_line(name): "? {name}：不在这份全体名单里，未作改动" | "? {name}: not on this list of everybody; left as is";
    leaving_marked(): "在文件里标为删除" | "marked for deletion in the file";
    leaving_missing(): "已不在这份全体名单里" | "not on this list of everybody any more";
    leaving_stays(child, who, why): "? {child}：{who} {why}，现在仍可接；要结束接送资格，请加 --end-missing 再导入一次" | "? {child}: {who} is {why} and may still collect; to end that, import again with --end-missing";
    leaving_ends(child, who, why): "- {child}：{who} {why}，不再可接" | "- {child}: {who} is {why} and may no longer collect";
    leaving_last(child, who, why): "? {child}：{who} {why}，但除此没有能联系的大人，仍可接；请核对后到“人员”里处理" | "? {child}: {who} is {why}, but nobody else can be reached, and may still collect; check it and settle it under People";
    end_question(n): "其中 {n} 人已被删除或不在名单里。结束他们的接送资格吗？输入 y 结束，直接回车则不变" | "{n} of them are deleted or not on the list any more. End their right to collect? y ends it, Enter leaves it as it is";
    person_with_role(name, role): "{name}（{role}）" | "{name} ({role})";
    not_guardian(child, who, role): "? {child}：{who} 不是家长或监护人，没有列为接送人；确认可接的，加 --also {role} 再导入，或到“人员”里添加" | "? {child}: {who} is neither parent nor guardian and is not listed as a collector; if such people may collect, import with --also {role}, or add the person under People";
    no_role(child, who): "? {child}：文件没有说 {who} 是不是家长或监护人，没有列为接送人；确认可接的，到“人员”里添加" | "? {child}: the file does not say whether {who} is a parent or guardian, so they are not listed as a collector; if they may collect, add them under People";
    removed_unclear(place, name): "? {place}：{name} 标为删除，但看不出是哪个孩子的什么人；请到“人员”里核对" | "? {place}: {name} is marked for deletion, but of which child, or who, is not clear: check it under People";
    names_nobody(place, id): "? {place}：提到的 {id} 不在 users.csv 里，未读" | "? {place}: it names {id}, who is not in users.csv; not read";
    identity_lost(sheet, cells): "? {sheet} {cells}：证件号存成了数字，末几位已丢失；未采用，也不保存" | "? {sheet} {cells}: the identity number was stored as a float and lost its last digits; not used, never kept";
    sheet_hidden(sheet): "? {sheet}：隐藏的表，未读；要读请先取消隐藏" | "? {sheet}: a hidden sheet, not read; unhide it to have it read";
    columns_not_read(sheet, columns): "· {sheet}：没有读的列 {columns}" | "· {sheet}: columns not read: {columns}";
    columns_aside(sheet, columns): "? {sheet}：{columns} 是孩子自己的或紧急联系用的，没有列为接送人；要列请在设置的 [headings] 里写明" | "? {sheet}: {columns} is the child's own or for emergencies and makes nobody a collector; name it under [headings] if it should";
    ended_before(place, name): "? {place}：{name} 的接送资格先前已取消或用完，未重新列入；仍可接的请在前台名册里列入" | "? {place}: the right of {name} to collect was ended or used up before and is not given again: list the person at the desk if they may collect";
    kept_field(what, stands, said): "{what} 仍为 {stands}，文件写 {said}" | "{what} stays {stands}, the file says {said}";
    staff_taken_off(place, name): "? {place}：{name} 已在前台停用，未重新列入；又来上班的，请在“员工”里恢复" | "? {place}: {name} was taken off at the desk and is not listed again; who works here again is put back under Staff";
    decided_at_desk(place, child, kept): "? {place}：{child} 的下列各项导入后在前台改过，文件还是原来的内容，未改回：{kept}；以文件为准的，请在“人员”里改" | "? {place}: these of {child} were changed at the desk after an import, and the file says what was said before, so they stay: {kept}; where the file is right, change it under People";
    named_in_doubt(place, name): "? {place}：{name} 登记为今日可接，与不得接的人相近，今日资格取消，须由组长重新登记" | "? {place}: {name} was named for today and is like somebody barred here: the right for today ends, a leader has to name the person anew";
    has_number_of_barred(place, name): "? {place}：{name} 的电话与不得接的人相同，仍在名单上，请核对" | "? {place}: {name} has the number of somebody barred here and stays on the list: please check";
    barred_by_name(place, name): "? {place}：{name} 不在接送人里，按此记为不得接" | "? {place}: {name} is none of the collectors listed and is barred by this name";
    number_shared(place, phone, name, other): "? {place}：{phone} 也是 {name}（{other}）的号码，没有写成一家；是一家请在“家庭”一列写同一编号，不是请核对号码" | "? {place}: {phone} is also a number of {name} ({other}), not told as one family: give both one household number, or check it";
    namesake_in_class(place, name, other): "? {place}：{name} 与{other}同名同班，没有学号，按两个孩子登记；是同一个孩子请写在一行（监护人1、监护人2……），不是请各加学号" | "? {place}: {name} has the name and class of {other} and no student number, and is told as another child; if they are one, write them in one row (guardian 1, guardian 2 …), else give each a number";
    note_names_who_may(place, text): "? {place}：“{text}”像是说只有写明的人能接，名册没有据此限制别人；请核对接送人" | "? {place}: \"{text}\" seems to say that only some may collect; nobody is barred by it: check the collectors";
    said_no_guardian(place, child, name): "? {place}：名册说 {name} 不是 {child} 的监护人，没有列为接送人；可以接的，到“人员”里添加" | "? {place}: the file says that {name} is no guardian of {child}; not listed as a collector: add the person under People if they may collect";
    card_not_used(place, text): "? {place}：卡的状态是“{text}”，这张卡没有发；要发新卡请到“卡片”里办" | "? {place}: the state of the card is \"{text}\", so it is not issued; give the child another under Cards";
    letter_wanted(place, name): "? {place}：写 {name} 可自行离校，但没有承诺书的日期或编号，未准许；请加一列“自行离校承诺书”，或到“人员”里登记" | "? {place}: {name} may go home alone, it says, but no letter is named, so it may not: add a column \"self-leave letter\" with date or number, or enter it under People";
    nobody_may_collect(place, name): "? {place}：名册里没有人可以接 {name}；请在接孩子以前到“人员”里添加" | "? {place}: nobody on the list may collect {name}: add somebody under People before the first pickup";
    said_below(place, text): "? {place}：名单下面写着“{text}”，不是哪个孩子的，没有读进去；说到孩子的请写进那个孩子的一行" | "? {place}: under the list stands \"{text}\", which belongs to no child and is not read: what is about a child goes into its row";
    card_spellings(place, text): "? {place}：“{text}”的两种写法对不上，按前一个号码登记；请刷这张卡核对" | "? {place}: the two spellings in \"{text}\" do not agree; the first number is taken: scan this card and check";
    comment_not_read(place, text): "? {place}：批注“{text}”没有读进去；要留下的请写进“备注”一列" | "? {place}: the comment \"{text}\" is not read; what is to stay goes into the note";
    sheet_not_read(sheet): "? {sheet}：这张表没有表头，未读" | "? {sheet}: no headings on this sheet, not read";
    left_out_line(why, n, places): "· {why} {n} 行：{places}" | "· {why}, {n} rows: {places}";
    left_out_more(places): "{places} 等" | "{places} and others";
    why_example(): "示例" | "examples";
    why_footer(): "合计、签名" | "sums and signatures";
    why_headings(): "重复的表头" | "headings again";
    why_repeated(): "重复的行" | "the same rows again";
    import_counts(added, changed, unchanged, refused): "新增 {added}，更改 {changed}，不变 {unchanged}，拒收 {refused}" | "{added} added, {changed} changed, {unchanged} unchanged, {refused} refused";
    import_dry(counts): "试运行，未写入：{counts}" | "Dry run, nothing written: {counts}";
    import_stopped(counts): "未写入：{counts}" | "Nothing written: {counts}";
    import_undone(file, n): "已撤销对 {file} 的导入：收回 {n} 条，原记录保留" | "The import of {file} is taken back: {n} entries; the record keeps both";
    import_undone_still_barred(child, who): "{child}：{who} 仍不得接（限制不因撤销导入而解除；要解除请在 .people 办理）" | "{child}: {who} must still not collect (taking an import back lifts no restriction; lift it in .people)";
    no_import_to_undo(): "没有可撤销的导入" | "There is no import to take back";
    import_lists_barred(name): "撤销会把不得接送 {name} 的人重新列为接送人：请组长在前台逐项更改" | "Taking it back would list somebody who must not collect {name}: let a leader change things one by one at the desk";
    import_rests(seq): "第 {seq} 条记录已用到这次导入的内容，不能整份撤销；请在前台逐项更改" | "Entry {seq} rests on this import, so it cannot be taken back as one: change things one by one at the desk";
    reading(percent, bar): "读取 {bar} {percent}%" | "Reading {bar} {percent}%";
    comparing(percent, bar): "对照 {bar} {percent}%" | "Comparing {bar} {percent}%";
    writing(percent, bar): "写入 {bar} {percent}%" | "Writing {bar} {percent}%";

    // fields
    field_name(): "姓名" | "name";
    field_class(): "班级" | "class";
    field_student_no(): "学号" | "student number";
    field_health(): "健康" | "health";
    field_note(): "备注" | "note";
    field_weekdays(): "托管日" | "days";
    field_consent(): "同意书" | "consent";
    field_care(): "托管" | "care";
    field_phone(who): "电话（{who}）" | "phone ({who})";
    field_relation(who): "关系（{who}）" | "relation ({who})";
    field_collector(who): "姓名（{who}）" | "name ({who})";
    field_right(who): "接送（{who}）" | "collecting ({who})";
    field_card(): "卡号" | "card";
    field_own_school(): "就读学校" | "own school";
    field_calm(): "安抚" | "calming";
    field_snack(): "自带点心" | "own snack";
    field_letter(): "自行离校承诺书" | "self-leave letter";
    field_other(): "其他" | "other";
    care_yes(): "参加" | "takes part";
    care_no(): "不参加" | "does not take part";
    consent_given(): "已签" | "signed";
    consent_missing(): "未签" | "not signed";
    consent_unknown(): "不详" | "unknown";
    right_standing(): "可接" | "may collect";
    right_barred(): "不得接" | "must not collect";
    right_one_day(): "仅一天" | "one day only";
    right_ended(): "已停用" | "no longer listed";
    every_day(): "每个托管日" | "every care day";
}

/// Days of the week in one word.
#[must_use]
pub fn days(lang: Lang, days: Option<Weekdays>) -> String {
    let Some(days) = days else { return every_day(lang) };
    days.iter().map(|day| super::words::weekday(lang, day)).collect::<Vec<_>>().join(lang.pick("、", " "))
}

/// Whether a guardian has signed.
#[must_use]
pub fn consent(lang: Lang, consent: Consent) -> String {
    match consent {
        Consent::Unknown => consent_unknown(lang),
        Consent::Given => consent_given(lang),
        Consent::Missing => consent_missing(lang),
    }
}

/// What a listed person may do.
#[must_use]
pub fn right(lang: Lang, right: Right) -> String {
    match right {
        Right::Standing => right_standing(lang),
        Right::Barred => right_barred(lang),
        Right::OneDay { .. } => right_one_day(lang),
        Right::Ended => right_ended(lang),
    }
}
