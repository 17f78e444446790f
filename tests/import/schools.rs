//! Rosters of ten schools, each in its own habit: what is asked about, what an answer makes of it, and every line that matters.

use caredesk::domain::register::Register;
use caredesk::import::roster::Remark;
use caredesk::import::{Answers, ReadError};

use crate::support::{asked, data, file, lines, said};

#[test]
fn rosters_of_ten_schools() {
    // The file, the headings that are asked about in their order, what is answered, what is said then.
    for (name, asks, answers, says) in [
        (
            "own-list.csv",
            &["接送情况", "特殊说明"][..],
            &["接送情况=离校方式", "特殊说明=过敏"][..],
            &["健康 对花生过敏", "健康 哮喘，随身带药", "备注 妈妈接，爸爸出差", "王刚 13800130002、监护人李梅 13800130003"][..],
        ),
        (
            "form.csv",
            &["12、其他需要老师知道的情况"],
            &["12其他需要老师知道的情况=备注"],
            &[
                "健康 食物过敏；虾、蟹；托管日 周一、周三、周五；可接 母亲林静",
                "班级 1(3)班；备注 容易流鼻血",
                "（R3）：备注像是说有人不能接（法院判决：孩子母亲李梅不得接孩子）",
                "O 9、紧急联系人姓名及电话 是孩子自己的或紧急联系用的",
                "F 来自IP、Q 11、是否同意《课后服务协议》",
            ],
        ),
        (
            "merged-titles.xlsx",
            &["是否领卡"],
            &["是否领卡=不读"],
            &[
                "班级 3(1)班；卡号 0004835001；不得接 陈大明；可接 母亲林静 13800130001",
                "健康 对牛奶过敏",
                "班级 3(2)班",
                "健康 哮喘",
                "填写说明]：这张表没有表头",
                "H 是否领卡",
            ],
        ),
        (
            "english.csv",
            &[],
            &[],
            &[
                "Xiaoan Chen",
                "健康 Peanuts (EpiPen in nurse's office)",
                "Grandma He Xiuying 13800130006",
                "Nanny Zhou Fang 13800130008",
                "O Dismissal",
                "（M3）：分不清",
                "拒收 1",
            ],
        ),
        (
            "english-names-apart.csv",
            &["Custody Alert", "Bus Card"],
            &["custodyalert=barred", "buscard=not read"],
            &[
                "健康 Shellfish；可接 母亲Jing Lin 13800130001、父亲Daming Chen 13800130002\n",
                "M Emergency Contact 1 Name、N Emergency Contact 1 Phone 是孩子自己的",
                "（P3）：分不清",
                "Q Bus Card",
            ],
        ),
        ("row-each.csv", &[], &[], &["第 3 行第 2 列（B3）：陈小安 与row-each.csv 第 2 行同名同班，没有学号，按两个孩子登记", "新增 4"]),
        (
            "court.csv",
            &["法院裁定(禁止接触人)"],
            &["法院裁定禁止接触人=不得接送人"],
            &["（F2）：分不清“陈大明(生父)，(2026)民初字第118号”是哪几个人", "备注 爷爷奶奶可以接", "新增 2，更改 0，不变 0，拒收 1"],
        ),
        ("two-card-columns.csv", &["物理卡号", "印刷卡号"], &["物理卡号=卡号", "印刷卡号=不读"], &["F 印刷卡号", "新增 3"]),
        (
            "platform.csv",
            &[],
            &[],
            &["健康 残疾；可接 父亲王刚 13800130005", "可接 母亲林静 13800130001\n", "（S2）：名册说 陈大明 不是 陈小安 的监护人"],
        ),
        (
            "health.xlsx",
            &["急救药"],
            &["急救药=过敏"],
            &["健康 肾上腺素笔；花生", "班级 4(3)班；可接 监护人王刚", "健康 尘螨", "D 严重程度", "H 家庭医生电话"],
        ),
    ] {
        let file = data("schools").join(name);
        let with = |answers: &[&str]| {
            let columns = answers.iter().map(|a| (*a).to_owned()).collect();
            asked(&file, &Register::default(), &Answers { columns, ..Answers::default() })
        };
        for (n, heading) in asks.iter().enumerate() {
            let result = with(&answers[..n]);
            assert!(matches!(&result, Err((_, ReadError::Heading { heading: h, .. })) if h == heading), "{name} {heading}: {result:?}");
        }
        let plan = with(answers).unwrap_or_else(|(_, e)| panic!("{name}: {e}"));
        let text = said(&plan);
        let missing: Vec<_> = says.iter().filter(|part| !text.contains(**part)).collect();
        assert!(missing.is_empty(), "{name} {missing:?}\n{text}");
        assert!(!text.contains("跳过") && !text.contains("(空)"), "{name}\n{text}");
    }
}

#[test]
fn two_rows_of_one_name_and_class_are_asked_about() {
    let child = "陈小安,三年级1班,林静,13800130001";
    for (head, rows, asked) in [
        ("", "陈小安,三年级1班,陈大明,13800130002", true),
        ("", "陈 小安,三(1)班,陈大明,13800130002", true),
        ("", "陈小安,三年级2班,陈大明,13800130002", false),
        ("", "陈小平,三年级1班,陈大明,13800130002", false),
        ("学号,", "8,陈小安,三年级1班,陈大明,13800130002", false),
    ] {
        let first = if head.is_empty() { child.to_owned() } else { format!("7,{child}") };
        let plan = lines(&format!("{head}姓名,班级,家长姓名,家长电话\n{first}\n{rows}\n"), &Register::default(), &Answers::default());
        let said_so = plan.remarks.iter().any(|r| matches!(r, Remark::NamesakeInClass { place, .. } if place.row == 3));
        assert_eq!((plan.added.len(), said_so), (2, asked), "{rows} {}", said(&plan));
        assert_eq!(plan.json(caredesk::texts::Lang::En).contains("is told as another child"), asked, "{rows}");
    }
}

#[test]
fn an_answer_makes_nobody_a_collector_by_the_way() {
    let dir = tempfile::tempdir().unwrap();
    let text = "姓名,班级,紧急联系人,紧急联系电话,爷爷的电话\n陈小安,三年级1班,何秀英,13800130006,13800130001\n";
    let columns = vec!["爷爷的电话=家长电话".to_owned()];
    let plan = asked(&file(&dir, "list.csv", text), &Register::default(), &Answers { columns, ..Answers::default() }).unwrap();
    assert!(
        !said(&plan).contains("13800130006") && said(&plan).contains("C 紧急联系人、D 紧急联系电话 是孩子自己的或紧急联系用的"),
        "{}",
        said(&plan)
    );
    // Nor does it take the right from whoever has it.
    let text = "姓名,班级,联系电话,爷爷的电话\n陈小安,三年级1班,13800130006,13800130001\n";
    let columns = vec!["爷爷的电话=家长电话".to_owned()];
    let plan = asked(&file(&dir, "two.csv", text), &Register::default(), &Answers { columns, ..Answers::default() }).unwrap();
    assert!(said(&plan).contains("13800130006") && said(&plan).contains("13800130001"), "{}", said(&plan));
}
