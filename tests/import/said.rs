//! What schools write into cells that is no name, no number and no day: it is asked about or said, and makes nobody a collector
//! and nobody free of a bar.

use caredesk::domain::register::Register;
use caredesk::import::roster::{Reason, Remark};
use caredesk::import::{Answers, Plan};

use super::support::{asked, child, file, imported, lines, people, refusals, said};

fn plan(text: &str) -> Plan {
    lines(text, &Register::default(), &Answers::default())
}

/// Two collectors whose relation is told, and a cell of those who must not collect.
fn barring(cell: &str) -> Plan {
    plan(&format!(
        "姓名,班级,家长1姓名,家长1关系,家长1电话,家长2姓名,家长2关系,家长2电话,不得接送人\n陈小安,三年级1班,林静,母亲,13800130001,陈大明,父亲,13800130002,\"{cell}\"\n"
    ))
}

#[test]
fn what_names_nobody_is_no_collector() {
    for cell in [
        "同上",
        "〃",
        "不固定",
        "待定",
        "亲戚",
        "只能父母",
        "除了父亲都可以",
        "不清楚",
        "不知道",
        "保密",
        "其他人",
        "任何人",
        "看情况",
        "见备注",
        "See office",
        "anyone",
        "Joint custody",
        "不要让父亲",
        "同左",
        "母亲及其亲属",
        "家人",
        "×",
        "√",
    ] {
        let plan = plan(&format!("姓名,班级,家长电话,可接送人\n陈小安,三年级1班,13800130001,{cell}\n"));
        let reasons = refusals(&plan);
        assert!(matches!(&reasons[..], [(2, 4, Reason::UnclearPeople(_) | Reason::Ditto(_))]), "{cell}: {reasons:?}");
    }
    for cell in ["无", "暂无", "/", "父母"] {
        let register = imported(&format!("姓名,班级,家长电话,可接送人\n陈小安,三年级1班,13800130001,{cell}\n"));
        assert_eq!(people(&register, "陈小安"), ["监护人  13800130001 may"], "{cell}");
    }
}

#[test]
fn a_bar_from_which_somebody_is_left_out_is_asked_about() {
    for cell in [
        "父亲除外",
        "除父母外",
        "除了母亲",
        "父母以外的人",
        "未经母亲同意父亲单独",
        "保密",
        "不知道",
        "See office",
        "Joint custody, alternate weeks",
        "父亲及其亲属",
        "×",
    ] {
        let reasons = refusals(&barring(cell));
        assert!(matches!(&reasons[..], [(2, 9, Reason::UnclearPeople(_))]), "{cell}: {reasons:?}");
        assert!(said(&barring(cell)).contains(cell), "the cell as it stands: {}", said(&barring(cell)));
    }
}

#[test]
fn a_bar_by_relation_is_against_the_very_person_or_asked_about() {
    let with = |name: &str, relation: &str, bar: &str| {
        plan(&format!(
            "姓名,班级,家长1姓名,家长1关系,家长1电话,家长2姓名,家长2关系,家长2电话,不得接送人\n陈小安,三年级1班,{name},{relation},13800130001,林静,母亲,13800130002,{bar}\n"
        ))
    };
    // Whom the words name is barred.
    for (name, relation, bar) in [
        ("陈父", "", "父亲"),
        ("陈爸爸", "", "爸爸"),
        ("陈大明（父）", "", "父亲"),
        ("陈大明", "爸爸", "父亲"),
        ("黄芪（小姨）", "", "小姨"),
        ("黄芪", "小姨", "小姨"),
    ] {
        let drafts = with(name, relation, bar);
        assert!(drafts.refused.is_empty(), "{name} {relation}: {}", said(&drafts));
        let line = said(&drafts);
        let allowed = line.split("可接 ").nth(1).unwrap_or_default().lines().next().unwrap_or_default().to_owned();
        assert!(line.contains("不得接") && allowed.contains("林静") && !allowed.contains("13800130001"), "{name} {relation}: {line}");
    }
    // Whether he is the father nobody says.
    for (name, relation) in [("赵刚", ""), ("赵刚", "监护人"), ("", "")] {
        let reasons = refusals(&with(name, relation, "父亲"));
        assert!(matches!(&reasons[..], [(2, 9, Reason::BarUnclear(_))]), "{name} {relation}: {reasons:?}");
    }
    // Somebody else is surely not.
    let other = with("王秀英", "奶奶", "父亲");
    assert!(other.refused.is_empty() && other.remarks.iter().any(|r| matches!(r, Remark::BarredByName { .. })), "{}", said(&other));
}

#[test]
fn a_number_stands_before_or_behind_the_relation() {
    for cell in ["黄芪（小姨）13900000001", "黄芪13900000001（小姨）", "小姨黄芪 13900000001", "小姨：黄芪13900000001"] {
        let register = imported(&format!("姓名,班级,家长电话,可接送人\n陈小安,三年级1班,13800130001,{cell}\n"));
        assert!(people(&register, "陈小安").contains(&"小姨 黄芪 13900000001 may".to_owned()), "{cell}: {:?}", people(&register, "陈小安"));
    }
    for (cell, want) in [
        ("爸爸13900070001", "父亲  13900070001 may"),
        ("139-0007-0006(妈)", "母亲  13900070006 may"),
        ("钱父：13900070001", "父亲 钱父 13900070001 may"),
    ] {
        let register = imported(&format!("姓名,班级,家长电话\n陈小安,三年级1班,{cell}\n"));
        assert_eq!(people(&register, "陈小安"), [want], "{cell}");
    }
    let front = imported("姓名,班级,家长电话,可接送人\n陈小安,三年级1班,13800130001,13900000001 何老太\n");
    assert_eq!(people(&front, "陈小安")[1], "监护人 何老太 13900000001 may");
    let unclear = plan("姓名,班级,家长姓名,家长电话\n陈小安,三年级1班,林静,爸爸13900070001\n");
    assert!(matches!(&refusals(&unclear)[..], [(2, 4, Reason::BadPhone(_))]), "whose it is says another column");
}

#[test]
fn notes_that_keep_somebody_away_are_asked_about() {
    for note in [
        "禁接：舅舅",
        "过敏：花生、芝麻。禁接：白附子（伯父）",
        "父亲已被限制，请联系母亲",
        "父亲已被法院限制接触",
        "舅舅不得接近孩子",
        "家暴，父亲来了请马上报警",
        "没有妈妈允许谁都别给",
        "舅舅来的话不给",
        "外公不接，找他妈",
        "监护权归母亲",
        "抚养权在妈妈",
        "父亲有保护令",
        "Court order: no contact with father",
        "Mother has sole custody",
    ] {
        for column in ["备注", "健康备注"] {
            let plan = plan(&format!("姓名,班级,家长电话,{column}\n陈小安,三年级1班,13800130001,{}\n", note.replace(',', "，")));
            assert!(matches!(&refusals(&plan)[..], [(2, 4, Reason::NoteRestricts(_))]), "{column} {note}: {:?}", refusals(&plan));
        }
    }
    for note in [
        "妈妈说不给吃花生",
        "爷爷不接电话，打奶奶的",
        "不能接触花生",
        "父母离异",
        "奶奶接",
        "妈妈拍照不给看",
        "爸爸接种过疫苗",
        "不爱说话",
        "外公外婆轮流接",
        "家里有猫",
    ] {
        let plan = plan(&format!("姓名,班级,家长电话,备注\n陈小安,三年级1班,13800130001,{note}\n"));
        assert_eq!(refusals(&plan), [], "{note}");
    }
}

/// A warning in any words beside somebody whom the row lists, or a relation; everyday notes that name a person are none.
#[test]
fn a_note_that_warns_of_somebody_is_asked_about() {
    let with = |note: &str| {
        let head = "姓名,班级,家长1姓名,家长1关系,家长1电话,家长2姓名,家长2关系,家长2电话,备注";
        plan(&format!("{head}\n陈小安,三年级1班,李梅,母亲,13800130001,王军,父亲,13800130002,\"{note}\"\n"))
    };
    for note in [
        "勿交给王军",
        "黑名单：王军",
        "黑名单:爸爸",
        "谨防父亲带走",
        "提防爷爷",
        "小心舅舅",
        "爸爸来了别放人",
        "爸爸来了不放",
        "别让爸爸领",
        "孩子不跟爸爸走",
        "不要交给她爸",
        "不同意父亲探望",
        "王军×",
        "妈妈√爸爸×",
        "不是王军",
        "王军不行",
        "爸爸会抢孩子",
        "No pick up by dad",
        "Not dad",
        "Never let dad take her",
        "Beware of the father",
        "Dad is banned",
    ] {
        assert!(matches!(&refusals(&with(note))[..], [(2, 9, Reason::NoteRestricts(_))]), "{note}: {:?}", refusals(&with(note)));
    }
    for note in ["Mother only", "只认妈妈", "只交妈妈", "仅妈妈", "只有妈妈可以", "只给李梅"] {
        let plan = with(note);
        assert!(plan.refused.is_empty() && said(&plan).contains("像是说只有写明的人能接"), "{note}: {}", said(&plan));
    }
    for note in [
        "妈妈周三晚到",
        "妈妈接，爸爸出差",
        "奶奶接",
        "爸爸周三接",
        "爷爷奶奶可以接",
        "妈妈不在身边",
        "妈妈电话打不通打爸爸",
        "王军不接电话，打李梅的",
        "王军周三接",
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
        "Dad does not drive",
        "Grandma picks up on Friday",
        "Mum not available before 5",
    ] {
        assert_eq!(refusals(&with(note)), [], "{note}");
        assert!(!said(&with(note)).contains("像是说"), "{note}");
    }
    // Whoever is barred already is warned of by nothing new.
    let barred = "姓名,班级,家长1姓名,家长1关系,家长1电话,家长2姓名,家长2关系,备注,不得接送人\n陈小安,三年级1班,李梅,母亲,13800130001,王军,父亲,勿交给王军,王军\n";
    assert_eq!(refusals(&plan(barred)), []);
}

#[test]
fn a_remark_under_the_list_is_said_and_one_of_safety_settled() {
    let under = |remark: &str| plan(&format!("姓名,班级,家长电话,备注\n陈小安,三年级1班,13800130001,\n合计,1人,,\n{remark},,,\n"));
    for remark in ["注：邓曦的外公不得接走孩子", "备注：陈小安对花生过敏", "说明：父亲来接请报警"] {
        let plan = under(remark);
        assert!(matches!(&refusals(&plan)[..], [(4, 1, Reason::NoteRestricts(_))]), "{remark}: {}", said(&plan));
    }
    let plan = under("注：请家长准时来接");
    assert_eq!((plan.added.len(), refusals(&plan)), (1, vec![]), "{}", said(&plan));
    assert!(said(&plan).contains("名单下面写着“注：请家长准时来接”"), "{}", said(&plan));
    assert!(said(&plan).contains("合计、签名 2 行"), "{}", said(&plan));
}

#[test]
fn health_that_is_well_is_no_alert() {
    for cell in ["以上都没有", "都没有", "未发现", "无过敏、无疾病、无禁接", "没有以上情况", "无任何过敏", "无食物过敏史", "无"]
    {
        let register = imported(&format!("姓名,班级,家长电话,过敏\n陈小安,三年级1班,13800130001,{cell}\n"));
        assert_eq!(child(&register, "陈小安").health, None, "{cell}");
    }
    for cell in ["无法吃鸡蛋", "没有麸质的才能吃", "以上都有", "无花果过敏", "花生"] {
        let register = imported(&format!("姓名,班级,家长电话,过敏\n陈小安,三年级1班,13800130001,{cell}\n"));
        assert_eq!(child(&register, "陈小安").health.as_deref(), Some(cell), "{cell}");
    }
}

#[test]
fn a_card_that_is_not_used_is_not_issued() {
    let with =
        |state: &str, note: &str| plan(&format!("姓名,班级,家长电话,卡号,卡状态,备注\n陈小安,三年级1班,13800130001,0013370113,{state},{note}\n"));
    for (state, issued) in [("正常", true), ("", true), ("挂失", false), ("注销", false), ("已停用", false), ("过期", false)] {
        let plan = with(state, "");
        assert_eq!(said(&plan).contains("卡号 0013370113"), issued, "{state}: {}", said(&plan));
        assert_eq!(plan.remarks.iter().any(|r| matches!(r, Remark::CardNotUsed { .. })), !issued, "{state}");
    }
    assert!(matches!(&refusals(&with("再说", ""))[..], [(2, 5, Reason::BadCardState(_))]));
    for note in ["卡已丢，补卡0002399999", "卡挂失了", "lost card"] {
        assert!(matches!(&refusals(&with("", &note.replace(',', "，")))[..], [(2, 6, Reason::NoteOnCard(_))]), "{note}");
    }
    assert_eq!(refusals(&with("", "喜欢卡片")), []);
}

#[test]
fn who_may_have_left_is_asked_about() {
    for (name, note) in [("防风（退）", ""), ("甲二（转走）", ""), ("陈小安", "已转学"), ("陈小安", "已退费，不来了"), ("陈小安", "休学一年")]
    {
        let plan = plan(&format!("姓名,班级,家长电话,备注\n{name},三年级1班,13800130001,{}\n", note.replace(',', "，")));
        assert!(matches!(&refusals(&plan)[..], [(2, 1 | 4, Reason::MayHaveLeft(_))]), "{name} {note}: {}", said(&plan));
        assert!(said(&plan).contains(&format!("拒收的行说的是：{}", name.replace('（', "(").replace('）', ")"))), "{}", said(&plan));
    }
    for (name, note) in [("王芳（大）", ""), ("陈小安", "从外校转学来"), ("陈小安", "退烧药随身"), ("陈小安", "爱退让")] {
        let plan = plan(&format!("姓名,班级,家长电话,备注\n{name},三年级1班,13800130001,{note}\n"));
        assert_eq!(refusals(&plan), [], "{name} {note}");
    }
}

#[test]
fn who_is_said_to_be_no_guardian_is_no_collector() {
    let text = "姓名,班级,成员1姓名,成员1关系,成员1联系电话,成员1是否监护人,成员2姓名,成员2关系,成员2联系电话,成员2是否监护人\n陈小安,三年级1班,林静,母亲,13800130001,是,高山,继父,13800130002,否\n";
    let plan = plan(text);
    assert!(said(&plan).contains("名册说 高山 不是 陈小安 的监护人"), "{}", said(&plan));
    assert_eq!(people(&imported(text), "陈小安"), ["母亲 林静 13800130001 may"]);
}

#[test]
fn nobody_is_left_to_collect_unsaid() {
    let all = barring("父亲、母亲");
    assert!(all.refused.is_empty() && said(&all).contains("没有人可以接 陈小安"), "{}", said(&all));
    assert!(!said(&barring("父亲")).contains("没有人可以接"));
}

#[test]
fn a_class_in_a_title_is_the_class_of_the_list() {
    let list = "姓名,家长姓名,家长电话\n陈小安,林静,13800130001\n王子涵,王刚,13800130002\n";
    for (title, class) in [("实验小学二年级（3）班课后托管名单,,", (2, 3)), ("2026年秋 六年级1班 花名册,,", (6, 1)), ("三年级二班,,", (3, 2))]
    {
        let register = imported(&format!("{title}\n{list}"));
        let known = child(&register, "陈小安");
        assert_eq!((known.grade, known.class_no), (class.0, Some(class.1)), "{title}");
    }
    // Two classes in the titles are none.
    let dir = tempfile::tempdir().unwrap();
    let two = file(&dir, "list.csv", format!("二年级3班、二年级4班,,\n{list}"));
    assert!(asked(&two, &Register::default(), &Answers::default()).is_err());
}

#[test]
fn headings_that_are_questions_are_understood_or_named() {
    let answers = "陈小安,三年级1班,林静,13800130001\n";
    let register = imported(&format!("1、您孩子的姓名是？,2、所在班级是？,3、家长姓名,4、您的手机号是多少？\n{answers}"));
    assert_eq!(people(&register, "陈小安"), ["监护人 林静 13800130001 may"]);
    let dir = tempfile::tempdir().unwrap();
    let odd = file(&dir, "list.csv", format!("1、宝贝叫啥？,2、哪个班的呀？,3、谁来接宝贝？,4、打谁的电话？\n{answers}"));
    let columns = |list: &[&str]| Answers { columns: list.iter().map(|c| (*c).to_owned()).collect(), ..Answers::default() };
    for said_of_it in [
        &["1、宝贝叫啥？=姓名", "2、哪个班的呀？=班级", "3、谁来接宝贝？=可接送人", "4、打谁的电话？=家长电话"][..],
        &["姓名", "班级", "家长姓名", "家长电话"][..],
    ] {
        let plan = asked(&odd, &Register::default(), &columns(said_of_it)).unwrap();
        assert_eq!((plan.added.len(), refusals(&plan)), (1, vec![]), "{said_of_it:?} {}", said(&plan));
        assert!(said(&plan).contains("可接 监护人林静 13800130001"), "{}", said(&plan));
    }
}

#[test]
fn a_form_that_a_parent_fills_tells_whose_name_is_whose() {
    let text = "1、您孩子的姓名是？,2、您的孩子所在的班级是？,3、您是孩子的？,4、您的姓名,5、您的手机号码,9、孩子参加托管的日期是？[多选],10、是否同意孩子自行离校？\n陈小安,五年级1班,妈妈,林静,13800130001,周一┋周三,同意\n";
    let plan = plan(text);
    assert!(said(&plan).contains("班级 5(1)班；托管日 周一、周三；可接 母亲林静 13800130001"), "{}", said(&plan));
    assert!(said(&plan).contains("写 陈小安 可自行离校，但没有承诺书"), "{}", said(&plan));
    let with = imported("姓名,班级,家长电话,可自行离校,自行离校承诺书\n陈小安,五年级1班,13800130001,是,2026-09-01\n");
    assert!(child(&with, "陈小安").self_leave);
}

#[test]
fn every_heading_that_has_to_be_settled_is_named_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let list = file(&dir, "list.csv", "姓名,班级,家长电话,蓝卡,禁区,卡颜色,座位\n陈小安,三年级1班,13800130001,B7,x,y,3\n");
    let refusal = super::support::refusal(&list, &Register::default());
    assert!(refusal.contains("D1：看不懂列名“蓝卡”") && refusal.ends_with("同样要说明的还有 E 禁区、F 卡颜色"), "{refusal}");
}

#[test]
fn nothing_is_taken_over_from_the_row_above() {
    for (column, row) in
        [(2, "王子涵,同上,王刚,13800130002,"), (3, "王子涵,三年级1班,〃,13800130002,"), (5, "王子涵,三年级1班,王刚,13800130002,同上")]
    {
        let plan = plan(&format!("姓名,班级,家长姓名,家长电话,备注\n陈小安,三年级1班,林静,13800130001,怕黑\n{row}\n"));
        assert!(matches!(&refusals(&plan)[..], [(3, at, Reason::Ditto(_))] if *at == column), "{row}: {:?}", refusals(&plan));
    }
}
