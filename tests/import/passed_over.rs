//! What a file says of who must not collect is never passed over, in whatever cell, sheet or comment it stands; what is said every day
//! of the people around a child is taken without a question.

use caredesk::domain::people::{Collector, Right};
use caredesk::domain::register::Register;
use caredesk::import::{Answers, Plan};

use super::support::{after, asked, cells, child, file, lines, people, refusal, refusals, said, sheet, workbook_at};

const HEAD: &str = "姓名,班级,监护人1姓名,监护人1关系,监护人1电话,监护人2姓名,监护人2关系,监护人2电话";
const ROW: &str = "王小明,二年级1班,林静,母亲,13800000001,赵强,父亲,13800000002";

fn plan(text: &str) -> Plan {
    lines(text, &Register::default(), &Answers::default())
}

/// One more column beside a mother and a father.
fn with(heading: &str, cell: &str) -> String {
    format!("{HEAD},{heading}\n{ROW},\"{cell}\"\n")
}

/// The second collector as these three cells.
fn second(cells: &str) -> Plan {
    plan(&format!("{HEAD}\n王小明,二年级1班,林静,母亲,13800000001,{cells}\n"))
}

/// Row and column of every refusal.
fn at(plan: &Plan) -> Vec<(usize, usize)> {
    refusals(plan).into_iter().map(|(row, column, _)| (row, column)).collect()
}

#[test]
fn a_bar_that_matches_nobody_and_may_be_somebody_listed_is_asked_about() {
    for bar in [
        "前夫赵强",
        "前夫",
        "他爸赵强",
        "孩子爸赵强",
        "赵某",
        "赵先生",
        "小赵",
        "老赵",
        "强哥",
        "强强",
        "强子",
        "父亲一方",
        "赵强爸妈",
        "继父",
        "赵某某",
        "爸爸的女友",
        "Zhao Q",
        "Kevin Zhao",
    ] {
        let plan = plan(&with("不得接送人", bar));
        if at(&plan).is_empty() {
            // What words say is somebody listed is that person, and nobody else.
            let people = people(&after(&plan, Register::default()), "王小明");
            assert!(people.iter().all(|p| p.contains("林静") == p.ends_with(" may")), "{bar}: {people:?}");
            continue;
        }
        assert_eq!(at(&plan), [(2, 9)], "{bar}: {}", said(&plan));
        assert!(plan.drafts.is_empty(), "{bar}");
    }
    for listed in [
        "前夫赵强,亲戚",
        "朋友赵强,朋友",
        "他爸赵强,亲戚",
        "赵强叔,叔叔",
        "赵强哥,哥哥",
        "赵强总,朋友",
        "舅公赵强,舅公",
        "姐夫赵强,姐夫",
        "接送人赵强,其他",
        "赵某,朋友",
        "小赵,朋友",
        "赵先生,其他",
        "强子,朋友",
        "干爹赵强,干爹",
    ] {
        for bar in ["赵强", "父亲赵强"] {
            let text = format!("{HEAD},不得接送人\n王小明,二年级1班,林静,母亲,13800000001,{listed},13800000002,{bar}\n");
            let plan = plan(&text);
            let may = said(&plan).contains("可接 ") && said(&plan).split("可接 ").nth(1).is_some_and(|rest| rest.contains("13800000002"));
            assert!(!may, "{listed} {bar}: {}", said(&plan));
        }
    }
    let twice = plan(&format!("{HEAD},监护人3姓名,监护人3不得接送\n王小明,二年级1班,林静,母亲,13800000001,前夫赵强,亲戚,13800000002,赵强,是\n"));
    assert_eq!(at(&twice), [(2, 10)], "{}", said(&twice));
    let nameless = plan("姓名,班级,母亲电话,父亲电话,不得接送人\n赵小满,四年级1班,13800000001,13800000002,赵强\n");
    assert_eq!(at(&nameless), [(2, 5)], "{}", said(&nameless));
    assert!(said(&nameless).contains("请写全姓名"), "{}", said(&nameless));
}

#[test]
fn a_bar_against_somebody_who_is_surely_not_listed_is_taken_and_said() {
    for bar in ["李四海", "赵刚", "爷爷", "奶奶", "欧阳建国", "Thomas Klein", "阿卜杜拉·买买提", "舅舅李明", "李四海、赵刚"]
    {
        let plan = plan(&with("不得接送人", bar));
        assert_eq!(at(&plan), [], "{bar}: {}", said(&plan));
        assert!(said(&plan).contains("不在接送人"), "{bar}: {}", said(&plan));
    }
    // Whoever has neither name nor relation is asked for the name at the desk.
    assert_eq!(at(&plan("姓名,班级,家长电话,不得接送人\n王小明,二年级1班,13800000001,赵强\n")), []);
}

#[test]
fn a_bar_on_file_is_no_new_one() {
    let register = after(&plan(&format!("{HEAD}\n{ROW}\n")), Register::default());
    for bar in ["前夫赵强", "前夫", "小赵", "强哥"] {
        let mut register = register.clone();
        let id = child(&register, "王小明").id;
        let (name, relation) = if bar == "前夫" { ("", bar) } else { (bar, "") };
        register.put_collector(Collector::new(register.next_ids().collector(), id, 9, name, relation, Right::Barred));
        let again = lines(&with("不得接送人", bar), &register, &Answers::default());
        let new = |p: &Plan| refusals(p).iter().any(|(_, column, _)| *column == 9);
        assert!(!new(&again), "{bar}: {}", said(&again));
    }
    for bar in ["赵强", "李四海", "爷爷", "李四海、赵刚、爷爷"] {
        let text = format!("{HEAD},不得接送人\n{ROW},{bar}\n李小红,二年级1班,周芳,母亲,13800000003,李伟,父亲,13800000004,{bar}\n");
        let first = after(&plan(&text), Register::default());
        let again = lines(&text, &first, &Answers::default());
        assert!(again.drafts.is_empty() && refusals(&again).is_empty(), "{bar}: {}", said(&again));
    }
}

#[test]
fn a_cell_of_a_relation_or_a_name_says_nothing_else() {
    for relation in [
        "父亲（不可接）",
        "父亲(禁接)",
        "父亲，不得接",
        "父亲（无监护权）",
        "父亲(无接送权)",
        "父亲（限制）",
        "父亲-禁",
        "父亲（离异）",
        "父亲 ×",
        "父亲(失联)",
        "已故父亲",
        "父（亡）",
        "父亲（非抚养方）",
        "禁接",
        "father (barred)",
        "ex",
        "父亲,已离婚",
    ] {
        let plan = second(&format!("赵强,\"{relation}\",13800000002"));
        assert_eq!(at(&plan), [(2, 7)], "{relation}: {}", said(&plan));
    }
    for name in [
        "禁接",
        "不可接",
        "拒接",
        "无权",
        "已离异",
        "已故",
        "失联",
        "赵强-禁",
        "赵强×",
        "赵强 no",
        "赵强 X",
        "赵强（禁接）",
        "赵强已取消",
        "赵强*",
        "~赵强~",
        "赵强 banned",
        "赵强，拒",
    ] {
        let plan = second(&format!("\"{name}\",父亲,13800000002"));
        assert_eq!(at(&plan).first().map(|(row, column)| (*row, *column == 6 || *column == 7)), Some((2, true)), "{name}: {}", said(&plan));
    }
    for relation in [
        "父亲",
        "爸爸",
        "51-父亲",
        "父",
        "父子",
        "母女",
        "爷爷",
        "祖父",
        "外祖母",
        "姥姥",
        "大舅",
        "二姨",
        "小姑",
        "表哥",
        "堂叔",
        "姑父",
        "舅妈",
        "继父",
        "养母",
        "保姆",
        "司机",
        "邻居",
        "朋友",
        "妈妈的朋友",
        "爸爸同事",
        "阿姨",
        "亲戚",
        "其他",
        "监护人",
        "家长",
        "法定监护人",
        "孩子爸爸",
        "学生的父亲",
        "姐姐",
        "曾祖母",
        "太爷爷",
        "干妈",
        "前夫",
        "班主任",
        "钟点工",
        "父亲（主要）",
        "爷爷/外公",
        "Father",
        "Grandma",
        "legal guardian",
        "au pair",
        "Step-father",
        "maternal grandmother",
        "uncle",
        "无",
        "",
    ] {
        assert_eq!(at(&second(&format!("李伟,{relation},13800000002"))), [], "{relation}");
    }
    for name in [
        "李伟",
        "欧阳娜娜",
        "阿依古丽",
        "买买提·艾力",
        "次仁卓玛",
        "Anna Klein",
        "Jean-Luc O'Neil",
        "李伟（父）",
        "李妈妈",
        "何老太",
        "李慎",
        "张无忌",
        "单离",
        "赵强 Kevin",
        "新家长",
    ] {
        let plan = second(&format!("{name},,13800000002"));
        assert_eq!(at(&plan), [], "{name}: {}", said(&plan));
    }
    // What the desk has written itself comes back from a file.
    let mut register = after(&second("李伟,朋友,13800000002"), Register::default());
    let was = register.all_collectors().find(|c| c.name == "李伟").unwrap().clone();
    register.put_collector(Collector { relation: "健身教练".into(), ..was });
    let text = format!("{HEAD}\n王小明,二年级1班,林静,母亲,13800000001,李伟,健身教练,13800000002\n");
    assert!(refusals(&lines(&text, &register, &Answers::default())).is_empty());
    assert_eq!(at(&plan(&text)), [(2, 7)]);
}

/// Notes that say that somebody must not have the child, or may.
const ASKED: [&str; 74] = [
    "除了爸爸都可以",
    "爸爸除外",
    "赵强除外",
    "爸爸不行",
    "爸爸不可以",
    "爸爸接不行",
    "爸爸无权",
    "爸爸无接送权",
    "爸爸没资格接",
    "取消爸爸接送",
    "爸爸暂停接送",
    "撤销父亲接送授权",
    "赵强资格取消",
    "赵强：拒",
    "不再由爸爸接",
    "人身安全保护令：赵强",
    "爸爸出狱了，注意",
    "父母离婚，孩子归妈妈",
    "限母亲接送",
    "见判决书",
    "Do NOT hand over to Zhao Qiang",
    "father removed",
    "赵强无权接，只跟妈妈",
    "除爸爸外均可",
    "爸爸免谈",
    "奶奶来接先问妈妈",
    "爸爸来接须妈妈同意",
    "爸爸已无监护权",
    "父母离异，妈妈抚养",
    "单亲，跟妈妈",
    "爸爸有精神病，注意",
    "爸爸酗酒",
    "爸爸在服刑",
    "孩子怕爸爸",
    "爸爸来不放人",
    "看到爸爸报告组长",
    "爸爸×",
    "爸爸 X",
    "爸❌",
    "No dad",
    "Dad: no",
    "Dad is not on the list anymore",
    "Father has no access",
    "赵强请勿",
    "赵强来过一次，抢孩子",
    "对赵强保密",
    "赵强(停)",
    "赵强已取消",
    "爸爸接送取消",
    "暂停赵强接送资格",
    "爸爸授权已撤",
    "以后爸爸不接了",
    "从9月起爸爸不再接",
    "爸爸探视每月一次",
    "赵强系失信人员",
    "不得告知赵强孩子在校",
    "请勿向父亲透露",
    "父爸接请告知",
    "赵强为继父，无权",
    "无需爸爸接",
    "见附件（法院）",
    "详见协议",
    "离婚协议约定由母亲接送",
    "妈妈接送，其他人一律不交",
    "一律不给陌生人接",
    "大伯也不能接",
    "赵强，拒",
    "爸爸；停",
    "爸爸被捕",
    "前夫会来闹",
    "爸爸已故",
    "Keep father away",
    "Zhao Qiang removed",
    "孩子不见爸爸",
];

/// Notes that only somebody may: the list is taken, and a person is asked to look.
const ONLY: [&str; 9] = [
    "只认妈妈",
    "仅母亲",
    "只能由母亲接",
    "由奶奶代接",
    "家长要求\"\"只能由母亲接\"\"",
    "父亲只能周五接",
    "Mum only",
    "only mum may collect",
    "由母亲接送",
];

/// Notes of every day.
const TAKEN: [&str; 83] = [
    "爸爸接",
    "爸爸周三接",
    "妈妈手机",
    "妈妈手机13800000001",
    "妈妈周三晚到",
    "妈妈接，爸爸出差",
    "奶奶接",
    "爷爷奶奶可以接",
    "爷爷奶奶接送",
    "妈妈不在身边",
    "妈妈电话打不通打爸爸",
    "赵强不接电话，打林静的",
    "赵强周三接",
    "爸爸周五不能来",
    "妈妈说不给吃花生",
    "奶奶说勿食海鲜",
    "妈妈叮嘱别吃糖",
    "妈妈说不让喝冷饮",
    "奶奶听力不好，大声点",
    "爸爸来接别忘了书包",
    "特别怕生，妈妈来了就好",
    "预防近视，爸爸要求坐前排",
    "周三不上课，放学妈妈接",
    "父母离异",
    "外公外婆轮流接",
    "Dad does not drive",
    "Grandma picks up on Friday",
    "Mum not available before 5",
    "Mother works late",
    "每周一三五爷爷接，周二周四外婆接",
    "爷爷接送",
    "周五爸爸来接",
    "平时奶奶接，周五爸爸接",
    "妈妈联系电话13800000001",
    "爸爸在外地工作",
    "父母外出务工",
    "爸爸是军人",
    "妈妈是本校老师",
    "妈妈怀孕",
    "爷爷腿脚不便",
    "奶奶不识字",
    "外婆说方言",
    "姐姐在四年级2班",
    "和姐姐一起走",
    "哥哥同校",
    "双胞胎哥哥在二2班",
    "跟爷爷奶奶住",
    "父母双全",
    "妈妈加班时奶奶接",
    "妈妈下班后17:30左右接",
    "爸爸17:45到",
    "母亲接，父亲备用",
    "爸爸妈妈都可以接",
    "家长接",
    "保姆接送",
    "小姨可代接",
    "舅舅有时来接",
    "爷爷（接）",
    "父亲高血压家族史",
    "爸爸接种过疫苗",
    "赵强、林静都可以接",
    "林静接",
    "爷爷骑电动车接",
    "爸爸晚接",
    "妈妈可能来不及",
    "花生过敏，妈妈接",
    "近视坐前排；爷爷接",
    "妈妈拍照不给看",
    "爷爷不接电话，打奶奶的",
    "左撇子",
    "不能接触花生",
    "不爱说话",
    "家里有猫",
    "乘校车,3号线",
    "周三舞蹈课\n18:00后接",
    "转入生",
    "怕黑",
    "苏州姑苏区",
    "对牛奶过敏",
    "喜欢画画，不爱吃青菜",
    "Mother: 13800000001",
    "Dad picks up Monday and Wednesday",
    "Parent pick-up",
];

#[test]
fn a_note_that_speaks_of_somebody_is_understood_or_asked_about() {
    for note in ASKED {
        for column in ["备注", "健康备注", "安抚方式", "Comments"] {
            let plan = plan(&with(column, note));
            assert_eq!(at(&plan), [(2, 9)], "{column} {note}: {}", said(&plan));
        }
    }
    let asks = said(&plan(&with("备注", "爸爸已故")));
    assert!(asks.contains("爸爸已故") && asks.contains("不得接送人") && asks.contains("人员"), "the way on is named: {asks}");
    for note in ONLY {
        let plan = plan(&with("备注", note));
        assert!(at(&plan).is_empty() && said(&plan).contains("像是说只有写明的人能接"), "{note}: {}", said(&plan));
    }
    for note in TAKEN {
        let plan = plan(&with("备注", note));
        assert_eq!(at(&plan), [], "{note}: {}", said(&plan));
        assert!(!said(&plan).contains("像是说"), "{note}: {}", said(&plan));
    }
}

#[test]
fn a_cell_that_is_read_for_something_else_hides_no_bar() {
    for column in ["监护人2特征", "家庭", "性别", "离校方式", "点心", "自行离校承诺书", "就读学校"] {
        for cell in ["爸爸不能接", "男，爸爸不得接", "禁止父亲接送"] {
            let plan = plan(&with(column, cell));
            assert_eq!(at(&plan), [(2, 9)], "{column} {cell}: {}", said(&plan));
        }
    }
    for (column, cell) in
        [("监护人2特征", "戴眼镜，像妈妈"), ("家庭", "W1"), ("性别", "男"), ("离校方式", "家长接"), ("离校方式", "爷爷接"), ("点心", "苹果")]
    {
        let plan = plan(&with(column, cell));
        assert_eq!(at(&plan), [], "{column} {cell}: {}", said(&plan));
    }
}

#[test]
fn a_column_that_is_not_understood_hides_no_bar() {
    let dir = tempfile::tempdir().unwrap();
    for (heading, cell) in [
        ("警示", "父亲"),
        ("特别关注", "父亲"),
        ("特殊说明", "无"),
        ("监护人2授权", "否"),
        ("监护人2权限", "无"),
        ("监护人2状态", "停用"),
        ("婚姻状况", "离异"),
        ("抚养人", "母亲"),
        ("Alerts", "father"),
        ("父亲是否可信", "否"),
        ("家长2资格", "无"),
        ("安全提示", "父"),
        ("性格", "怕爸爸"),
        ("地址", "不要告诉赵强"),
        ("民族", "赵强不得接"),
        ("床位", "除爸爸外"),
        ("班主任", "父亲不行"),
        ("家庭情况", "随母"),
    ] {
        let list = file(&dir, "list.csv", with(heading, cell));
        assert!(refusal(&list, &Register::default()).contains(heading), "{heading} {cell}");
    }
    for (heading, cell) in [("Do not release to", "Zhao Qiang"), ("Restricted person", "父亲")] {
        let plan = plan(&with(heading, cell));
        let barred = people(&after(&plan, Register::default()), "王小明").contains(&"父亲 赵强 13800000002 barred".to_owned());
        assert!(barred, "{heading}: {}", said(&plan));
    }
    for (heading, cell) in [
        ("父亲工作单位", "父亲工作单位一"),
        ("母亲微信", "linjing"),
        ("家庭住址", "苏州市姑苏区奶牛场路3号"),
        ("民族", "汉"),
        ("邮箱", "zhaoqiang@example.org"),
        ("监护人2民族", "汉"),
        ("父亲职业", "无"),
        ("学员状态", "在读"),
        ("登记人", "赵强"),
        ("家庭成员1身份证件类型", "居民身份证"),
        ("留守情况", "父母外出务工"),
    ] {
        let list = file(&dir, "list.csv", with(heading, if heading == "父亲工作单位" { "第一机床厂" } else { cell }));
        let read = asked(&list, &Register::default(), &Answers::default());
        assert!(read.as_ref().is_ok_and(|plan| refusals(plan).is_empty()), "{heading} {cell}: {read:?}");
    }
}

#[test]
fn a_title_over_the_list_is_not_passed_over() {
    for title in ["二(1)班名单（王小明爸爸不能接）", "注意：赵强有限制令", "王小明爸爸除外"] {
        let plan = plan(&format!("{title},,,,,,,\n{HEAD}\n{ROW}\n"));
        assert_eq!(at(&plan), [(1, 1)], "{title}: {}", said(&plan));
    }
    for title in ["二(1)班名单", "二年级家长通信录", "填表说明：父母信息不可漏填，请勿修改表头", "接送人须填两位"]
    {
        let plan = plan(&format!("{title},,,,,,,\n{HEAD}\n{ROW}\n"));
        assert_eq!(at(&plan), [], "{title}: {}", said(&plan));
    }
}

/// A workbook with the list, a second sheet of these rows, and further parts.
fn book(styled: &str, second: &str, more: &[(String, Vec<u8>)]) -> Vec<u8> {
    let row = |n: usize, text: &str| cells(n, &text.split(',').collect::<Vec<_>>());
    let other = "李小红,二年级1班,周芳,母亲,13800000003,李伟,父亲,13800000004";
    let list = sheet(&format!("{}{}{}", row(1, HEAD), row(2, ROW).replace("<c r=\"F2\"", styled), row(3, other)));
    let mut sheets = vec![("名单", "visible", list)];
    if !second.is_empty() {
        sheets.push(("不得接送", "visible", sheet(&second.lines().enumerate().map(|(n, line)| row(n + 1, line)).collect::<String>())));
    }
    workbook_at("xl/workbook.xml", &sheets, more)
}

#[test]
fn a_sheet_that_is_not_read_and_names_a_child_of_the_list_stops_the_import() {
    let dir = tempfile::tempdir().unwrap();
    let plain = "<c r=\"F2\"";
    for second in ["姓名,不得接送人\n王小明,赵强", "孩子,谁不能来\n王小明,爸爸", "说明\n邓曦的外公不得接走孩子", "一,二\n三,四\n五,李小红"]
    {
        let told = refusal(&file(&dir, "list.xlsx", book(plain, second, &[])), &Register::default());
        assert!(told.contains("不得接送]") && told.contains("没有名册的表头"), "{second}: {told}");
    }
    for second in ["填表说明\n每个孩子一行", "班级,人数\n二年级1班,20", "孙小美,不来"] {
        let read = asked(&file(&dir, "list.xlsx", book(plain, second, &[])), &Register::default(), &Answers::default());
        assert!(read.as_ref().is_ok_and(|plan| plan.added.len() == 2 && said(plan).contains("没有表头，未读")), "{second}: {read:?}");
    }
}

#[test]
fn a_comment_and_a_line_through_a_cell_are_asked_about() {
    let dir = tempfile::tempdir().unwrap();
    let comments = |at: &str, text: &str| {
        let rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments";
        vec![
            (
                "xl/comments1.xml".to_owned(),
                format!(
                    "<comments><commentList><comment ref=\"{at}\" authorId=\"0\"><text><r><t>{text}</t></r></text></comment></commentList></comments>"
                )
                .into_bytes(),
            ),
            (
                "xl/worksheets/_rels/sheet1.xml.rels".to_owned(),
                format!("<Relationships><Relationship Id=\"r1\" Type=\"{rel}\" Target=\"../comments1.xml\"/></Relationships>").into_bytes(),
            ),
        ]
    };
    let read = |bytes: Vec<u8>| asked(&file(&dir, "list.xlsx", bytes), &Register::default(), &Answers::default()).unwrap();
    let plain = "<c r=\"F2\"";
    for (at_cell, text, want) in [
        ("F2", "爸爸不能接，法院判决", (2, 6)),
        ("A3", "李伟已取消", (3, 1)),
        ("C1", "爸爸不能接的写在这里", (1, 3)),
        ("B2", "赵强&lt;拒&gt;", (2, 2)),
    ] {
        let plan = read(book(plain, "", &comments(at_cell, text)));
        assert_eq!(at(&plan), [want], "{at_cell} {text}: {}", said(&plan));
        assert!(said(&plan).contains("批注"), "{}", said(&plan));
    }
    let harmless = read(book(plain, "", &comments("F2", "周三爸爸接")));
    assert!(harmless.added.len() == 2 && said(&harmless).contains("批注“周三爸爸接”没有读进去"), "{}", said(&harmless));
    let styles = |font: &str| {
        let text = format!(
            "<styleSheet><fonts count=\"2\"><font><sz val=\"11\"/></font><font>{font}<sz val=\"11\"/></font></fonts><cellXfs><xf numFmtId=\"0\" fontId=\"0\"/><xf fontId=\"1\" applyFont=\"1\"/></cellXfs></styleSheet>"
        );
        vec![("xl/styles.xml".to_owned(), text.into_bytes())]
    };
    let struck = read(book("<c r=\"F2\" s=\"1\"", "", &styles("<strike/>")));
    assert_eq!(at(&struck), [(2, 6)], "{}", said(&struck));
    assert!(said(&struck).contains("删除线"), "{}", said(&struck));
    for (cell, font) in [("<c r=\"F2\" s=\"0\"", "<strike/>"), ("<c r=\"F2\" s=\"1\"", "<strike val=\"0\"/>"), ("<c r=\"F2\" s=\"1\"", "<b/>")] {
        assert_eq!(at(&read(book(cell, "", &styles(font)))), [], "{cell} {font}");
    }
}
