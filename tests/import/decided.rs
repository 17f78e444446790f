//! What the desk decided after an import stands: for every field that the desk can change, the same file again changes nothing of
//! it and says so; a file that says something new is believed.

use caredesk::domain::fact::Fact;
use caredesk::domain::people::{Child, ChildId, Collector, Consent, Right};
use caredesk::domain::register::Register;
use caredesk::import::{Answers, Plan, plan};

use super::support::{file, refusals, said};

/// A register with the facts that made it.
#[derive(Clone, Default)]
struct Book {
    register: Register,
    facts: Vec<(Fact, bool)>,
}

impl Book {
    fn enter(&mut self, fact: Fact, by_import: bool) {
        #[allow(clippy::wildcard_enum_match_arm)] // the register's facts
        match &fact {
            Fact::ChildSet { now, .. } => self.register.put_child((**now).clone()),
            Fact::CollectorSet { now, .. } => self.register.put_collector((**now).clone()),
            Fact::CardSet { now, .. } => self.register.put_card((**now).clone()),
            Fact::StaffSet { now, .. } => self.register.put_staff((**now).clone()),
            _ => return,
        }
        self.facts.push((fact, by_import));
    }

    fn plan(&self, text: &str) -> Plan {
        let dir = tempfile::tempdir().unwrap();
        let past = |child: ChildId| self.facts.iter().filter(|(fact, _)| fact.child() == Some(child)).cloned().collect();
        let files = [file(&dir, "list.csv", text)];
        let plan = plan(&files, (&self.register, &past), &Answers::default(), &crate::support::reader(), &mut |_| ()).unwrap();
        assert_eq!(refusals(&plan), [], "{text}");
        plan
    }

    fn import(mut self, text: &str) -> Self {
        for draft in self.plan(text).drafts {
            self.enter(draft.fact, true);
        }
        self
    }

    fn zhang(&self) -> Child {
        self.register.children().find(|c| c.seat == 1).unwrap().clone()
    }

    /// The child's collector of that place.
    fn collector(&self, place: usize) -> Collector {
        self.register.collectors(self.zhang().id).nth(place).unwrap().clone()
    }

    fn set_child(mut self, set: impl Fn(&mut Child)) -> Self {
        let was = self.zhang();
        let mut now = was.clone();
        set(&mut now);
        assert_ne!(was, now);
        self.enter(Fact::ChildSet { was: Some(Box::new(was)), now: Box::new(now) }, false);
        self
    }

    fn set_collector(mut self, place: usize, set: impl Fn(&mut Collector)) -> Self {
        let was = self.collector(place);
        let mut now = was.clone();
        set(&mut now);
        assert_ne!(was, now);
        self.enter(Fact::CollectorSet { was: Some(Box::new(was)), now: Box::new(now) }, false);
        self
    }
}

/// The first file, and the same with another value in one column.
fn rows(column: &str, value: &str) -> String {
    let own = match column {
        "姓名" | "班级" | "学号" => "",
        _ => column,
    };
    let of = |name: &'static str, usual: &'static str| if column == name { value.to_owned() } else { usual.to_owned() };
    format!(
        "姓名,班级,学号,母亲姓名,母亲电话,父亲电话,{own}\n{},{},{},林静,13800130001,13800130002,{}\n李四,三1班,8,李大,13800130003,13800130004,\n王五,三1班,9,王大,13800130005,13800130006,\n",
        of("姓名", "张三"),
        of("班级", "四1班"),
        of("学号", "7"),
        if own.is_empty() { "" } else { value },
    )
}

#[test]
fn what_the_desk_set_of_a_child_the_same_file_does_not_undo() {
    type Set = fn(&mut Child);
    let fields: [(&str, &str, Set, &str); 17] = [
        ("姓名", "张三", |c| c.name = "张山".to_owned(), "张叁"),
        ("班级", "四1班", |c| c.class_no = Some(2), "四3班"),
        ("班级", "四1班", |c| c.grade = 5, "六1班"),
        ("过敏", "花生", |c| c.health = Some("花生、鸡蛋".into()), "牛奶"),
        ("备注", "坐前排", |c| c.note = Some("坐窗边".into()), "坐后排"),
        ("托管日", "周一、周三", |c| c.weekdays = None, "周二"),
        ("家长同意书", "已签", |c| c.consent = Consent::Missing, ""),
        ("点心", "苹果", |c| c.snack = Some("饼干".into()), "梨"),
        ("原学校", "城西小学", |c| c.own_school = None, "城东小学"),
        ("安抚方式", "听音乐", |c| c.calm = Some("抱一抱".into()), "画画"),
        ("自行离校承诺书", "信2026-3", |c| (c.self_leave, c.letter) = (false, None), "信2026-9"),
        ("学期托管", "2026秋：一三五，已签", |c| c.terms[0].weekdays = None, "2026秋：二四，已签"),
        ("学期托管", "2026秋：一三五，已签", |c| c.terms.clear(), "2027春：二四，已签"),
        ("固定早走", "周二 17:10 钢琴", |c| c.early.clear(), "周二 17:40 钢琴"),
        ("来宾日期", "2026-10-01", |c| c.guest_on = None, "2026-10-02"),
        ("结伴", "8", |c| c.buddy = None, "9"),
        ("是否参加课后服务", "是", |c| c.enrolled = false, ""),
    ];
    for (column, value, set, new) in fields {
        let first = rows(column, value);
        let book = Book::default().import(&first).set_child(set);
        let again = book.plan(&first);
        assert!(again.drafts.is_empty(), "{column}: {}", said(&again));
        assert!(said(&again).contains("在前台改过"), "{column}: {}", said(&again));
        // Nor where something else of the child is new, and then never more.
        let other = first.replace("13800130002", "13800130009");
        let book = book.clone().import(&other);
        let kept = Book { register: book.register.clone(), ..book.clone() }.import(&other).import(&first.replace("13800130002", "13800130009"));
        let mut expected = Book::default().import(&first).zhang();
        set(&mut expected);
        assert_eq!(kept.zhang(), expected, "{column}");
        if !new.is_empty() {
            let plan = book.plan(&rows(column, new).replace("13800130002", "13800130009"));
            assert_eq!(plan.changed.len(), 1, "{column} {new}: {}", said(&plan));
            assert!(!said(&plan).contains("在前台改过"), "{column} {new}: {}", said(&plan));
        }
    }
}

/// What the desk moved away from stays away, also when a file had said it without changing anything; what an import has changed since
/// is an import's again.
#[test]
fn the_last_import_that_set_a_field_is_what_counts() {
    let book = Book::default().import(&rows("过敏", "花生")).set_child(|c| c.health = Some("花生、鸡蛋".into()));
    let confirmed = book.clone().import(&rows("过敏", "花生、鸡蛋")).set_child(|c| c.health = Some("鸡蛋".into()));
    let plan = confirmed.plan(&rows("过敏", "花生"));
    assert!(plan.drafts.is_empty() && said(&plan).contains("健康 仍为 鸡蛋，文件写 花生"), "{}", said(&plan));
    let changed = book.import(&rows("过敏", "牛奶"));
    assert_eq!(changed.zhang().health, Some("牛奶".into()));
    assert_eq!(changed.import(&rows("过敏", "花生")).zhang().health, Some("花生".into()));
    let letter = Book::default().import(&rows("自行离校承诺书", "信1")).set_child(|c| c.letter = Some("信2".into()));
    let letter = letter.import(&rows("自行离校承诺书", "信2")).set_child(|c| (c.self_leave, c.letter) = (false, None));
    assert!(letter.plan(&rows("自行离校承诺书", "信2")).drafts.is_empty(), "nobody goes home alone by an old letter");
}

/// A file that takes care is believed, old or not.
#[test]
fn what_a_file_says_for_safety_is_taken() {
    let book = Book::default().import(&rows("过敏", "花生、鸡蛋")).set_child(|c| c.health = Some("鸡蛋".into()));
    assert_eq!(book.import(&rows("过敏", "花生、鸡蛋")).zhang().health, Some("花生、鸡蛋".into()));
    let minor = "姓名,班级,家长1姓名,家长1电话,监护人1未成年,家长2姓名,家长2电话\n张三,四1班,张小,13800130001,是,林静,13800130002\n";
    let book = Book::default().import(minor).set_collector(0, |c| c.minor = false);
    assert!(book.import(minor).collector(0).minor);
    let barred = "姓名,班级,家长1姓名,家长1电话,家长2姓名,家长2电话,不得接送人\n张三,四1班,张大,13800130001,林静,13800130002,张大\n";
    let book = Book::default().import(barred).set_collector(0, |c| c.right = Right::Ended);
    assert!(book.import(barred).register.all_collectors().any(|c| c.name == "张大" && c.right == Right::Barred));
}

#[test]
fn what_the_desk_set_of_a_collector_the_same_file_does_not_undo() {
    type Set = fn(&mut Collector);
    let named = "姓名,班级,监护人1姓名,监护人1关系,监护人1电话,监护人1有效期,监护人1特征,监护人2姓名,监护人2电话\n张三,四1班,王姨,保姆,13800130001,至2027-01-20,短发,林静,13800130002\n";
    let nameless = "姓名,班级,母亲电话,父亲电话\n张三,四1班,13800130001,13800130002\n";
    let staff = "教职工姓名,岗位,在编/临聘\n林静,教师,在编\n";
    let works = "姓名,班级,教职工,家长1姓名,家长1电话,家长2姓名,家长2电话\n张三,四1班,林静,林静,13800130001,张大,13800130002\n";
    let number: Set = |c| c.phone = Some("13800130077".into());
    let relation: Set = |c| c.relation = "阿姨".to_owned();
    let ended: Set = |c| (c.right, c.phone) = (Right::Ended, Some("13800130077".into()));
    let barred: Set = |c| (c.right, c.name) = (Right::Barred, "赵强".to_owned());
    let cases: [(&str, Set, &str, &str); 12] = [
        (named, number, "13800130001", "13800130088"),
        (named, |c| c.phone = None, "13800130001", "13800130088"),
        (named, relation, "保姆", "司机"),
        (named, |c| c.until = None, "2027-01-20", "2027-02-20"),
        (named, |c| c.looks = Some("长发".into()), "短发", "戴帽"),
        (named, |c| c.name = "王芳".to_owned(), "", ""),
        (named, ended, "", ""),
        (nameless, number, "13800130001", "13800130088"),
        (nameless, |c| (c.phone, c.name) = (Some("13800130077".into()), "林静".to_owned()), "", ""),
        (nameless, ended, "", ""),
        (nameless, barred, "", ""),
        (works, |c| c.staff = None, "", ""),
    ];
    for (n, (first, set, said_before, said_now)) in cases.into_iter().enumerate() {
        let book = Book::default().import(staff).import(first).set_collector(0, set);
        let again = book.plan(first);
        assert!(again.drafts.is_empty(), "{n}: {}", said(&again));
        // Something new of the other one changes nothing of this.
        let other = book.clone().import(&first.replace("13800130002", "13800130009"));
        assert_eq!(other.collector(0), book.collector(0), "{n}");
        if !said_now.is_empty() {
            let plan = book.plan(&first.replace(said_before, said_now));
            assert!(!plan.drafts.is_empty() && said(&plan).contains(said_now), "{n}: {}", said(&plan));
        }
    }
    // Two numbers that stood the wrong way round.
    let turned = Book::default()
        .import(nameless)
        .set_collector(0, |c| c.phone = Some("13800130002".into()))
        .set_collector(1, |c| c.phone = Some("13800130001".into()));
    let plan = turned.plan(nameless);
    assert!(plan.drafts.is_empty(), "{}", said(&plan));
    assert!(said(&plan).contains("电话（母亲） 仍为 13800130002，文件写 13800130001"), "{}", said(&plan));
}

/// The desk took a child back whom a file had withdrawn: the old file does not void its card.
#[test]
fn a_child_whom_the_desk_took_back_stays() {
    let gone = "姓名,班级,学号,卡号,家长姓名,家长电话,退出日期\n张三,四1班,7,0004835007,张大,13800130000,2026-10-01\n";
    let here = gone.replace("2026-10-01", "");
    let book = Book::default().import(&here).import(gone).set_child(|c| (c.enrolled, c.withdrawn_on) = (true, None));
    let plan = book.plan(gone);
    assert!(plan.drafts.is_empty() && said(&plan).contains("在前台改过"), "{}", said(&plan));
}

/// The first file without student numbers, the first child under this name and in this class, with this number of its mother and this of
/// its father.
fn without_numbers(name: &str, class: &str, phones: [&str; 2]) -> String {
    format!("姓名,班级,母亲姓名,母亲电话,父亲电话\n{name},{class},林静,{},{}\n李四,三1班,李大,13800130003,13800130004\n", phones[0], phones[1])
}

/// A child whose name the desk has set right is no second child to a file that does not number its children: the name stays, what else
/// the file says is taken. Where no number of the family says that it is the same child, a person has to.
#[test]
fn whom_the_desk_gave_another_name_is_no_new_child() {
    let known = ["13800130001", "13800130002"];
    let first = without_numbers("张三", "四1班", known);
    let book = Book::default().import(&first).set_child(|c| c.name = "张山".to_owned());
    let count = |book: &Book| book.register.children().count();
    for (class, phones, same) in [
        ("四1班", known, Some(true)),
        ("四2班", known, Some(true)),
        ("四1班", ["13800130001", "13800130099"], Some(true)),
        ("四1班", ["13800130098", "13800130099"], None),
        ("五1班", ["13800130098", "13800130099"], Some(false)),
    ] {
        let text = without_numbers("张三", class, phones);
        let Some(same) = same else {
            let dir = tempfile::tempdir().unwrap();
            let past = |child: ChildId| book.facts.iter().filter(|(fact, _)| fact.child() == Some(child)).cloned().collect();
            let plan =
                plan(&[file(&dir, "list.csv", &text)], (&book.register, &past), &Answers::default(), &crate::support::reader(), &mut |_| ()).unwrap();
            assert!(plan.drafts.is_empty() && refusals(&plan).len() == 1 && said(&plan).contains("张山"), "{class}: {}", said(&plan));
            continue;
        };
        let plan = book.plan(&text);
        assert_eq!(said(&plan).contains("姓名 仍为 张山"), same, "{class} {phones:?}: {}", said(&plan));
        let after = book.clone().import(&text);
        assert_eq!((count(&after), after.zhang().name.as_str()), (if same { 2 } else { 3 }, "张山"), "{class} {phones:?}");
    }
    // Whose number is another one is somebody else.
    let numbered = book.set_child(|c| c.student_no = Some("7".into()));
    let other = "姓名,班级,学号,母亲姓名,母亲电话\n张三,四1班,17,何平,13800130098\n";
    assert_eq!(count(&numbered.import(other)), 3);
}

/// Whom the desk has taken off the staff no old list puts back.
#[test]
fn who_was_taken_off_the_staff_is_not_listed_again() {
    let list = "教职工姓名,岗位,在编/临聘\n林静,教师,在编\n何平,教师,在编\n";
    let mut book = Book::default().import(list);
    let was = book.register.staff().find(|s| s.name == "林静").unwrap().clone();
    let off = caredesk::domain::people::Staff { active: false, ..was.clone() };
    book.enter(Fact::StaffSet { was: Some(Box::new(was)), now: Box::new(off) }, false);
    let plan = book.plan(list);
    assert!(plan.drafts.is_empty() && plan.staff.is_empty(), "{}", said(&plan));
    assert!(said(&plan).contains("林静 已在前台停用"), "{}", said(&plan));
}
