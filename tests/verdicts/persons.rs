//! A barred person is a person, whatever words stand round the name and in whichever field; an innocent one is not that person; and
//! where both may be, a leader is asked who knows that a bar is near.

use caredesk::domain::likeness::Described;
use caredesk::rules::barred::{Naming, fits, is_near, naming};
use chrono::NaiveDate;

use super::*;

/// A person: name, relation, number.
type Who = (&'static str, &'static str, &'static str);

const HIS: &str = "13900000011";
const OTHER: &str = "13911112222";

fn on() -> NaiveDate {
    clock("12:00").date()
}

/// 赵小满 with her mother 林静 and one bar.
fn room(bar: Who) -> World {
    let mut world = World::new();
    world.change(1, |c| c.name = "赵小满".into());
    world.change_collector(1, |c| (c.name, c.relation, c.phone) = ("林静".into(), "母亲".into(), Some("13900000001".into())));
    world.change_collector(2, |c| c.right = Right::Ended);
    put(&mut world, 9, bar, Right::Barred);
    world
}

fn put(world: &mut World, id: i64, (name, relation, phone): Who, right: Right) {
    world.list(id, 1, relation, right);
    world.change_collector(id, |c| (c.name, c.phone) = (name.into(), Some(phone).filter(|p| !p.is_empty()).map(str::to_owned)));
}

fn asked(world: &World, (name, relation, phone): Who) -> (Naming, bool) {
    let who = Described { name, relation, phone: Some(phone).filter(|p| !p.is_empty()), staff: None };
    (naming(&world.register, ChildId(1), who, on()), is_near(&world.register, ChildId(1), who, on()))
}

/// Who is barred, and the same person in other words.
const THE_PERSON: &[(Who, &[Who])] = &[
    (
        ("赵强", "父亲", HIS),
        &[
            // The fields the other way round.
            ("叔叔", "赵强", OTHER),
            ("叔叔", "赵 强", OTHER),
            ("朋友", "Zhao Qiang", OTHER),
            ("王师傅", "司机赵强", OTHER),
            ("叔叔", "赵强叔叔", OTHER),
            ("孩子的叔叔", "趙強", OTHER),
            // Words round the name.
            ("前夫赵强", "朋友", OTHER),
            ("他爸赵强", "", OTHER),
            ("孩子他爸赵强", "", OTHER),
            ("朋友赵强", "朋友", OTHER),
            ("同事赵强", "同事", OTHER),
            ("亲戚赵强", "亲戚", OTHER),
            ("妈妈的朋友赵强", "朋友", OTHER),
            ("妈妈同事赵强", "同事", OTHER),
            ("林静的朋友赵强", "朋友", OTHER),
            ("继父赵强", "继父", OTHER),
            ("养父赵强", "养父", OTHER),
            ("干爹赵强", "干爹", OTHER),
            ("舅公赵强", "舅公", OTHER),
            ("姐夫赵强", "姐夫", OTHER),
            ("公公赵强", "公公", OTHER),
            ("阿公赵强", "阿公", OTHER),
            ("堂哥赵强", "堂哥", OTHER),
            ("代接人赵强", "亲戚", OTHER),
            ("委托人赵强", "亲戚", OTHER),
            ("网约车赵强", "司机", OTHER),
            ("我是赵强", "亲戚", OTHER),
            ("叫赵强", "亲戚", OTHER),
            ("赵强前夫", "朋友", OTHER),
            ("赵强叔", "", OTHER),
            ("赵强哥", "", OTHER),
            ("赵强总", "朋友", OTHER),
            ("赵强警官", "朋友", OTHER),
            ("赵强同志", "朋友", OTHER),
            ("赵强代", "朋友", OTHER),
            ("小满爸赵强", "", OTHER),
            ("赵强（林静的朋友）", "朋友", OTHER),
            ("舅舅赵强", "邻居", OTHER),
            // The father, by another name.
            ("赵爸爸", "朋友", OTHER),
            ("小满爸爸", "朋友", OTHER),
            ("爸爸", "同学家长", OTHER),
            ("父亲周海", "朋友", OTHER),
            ("周海", "前夫", OTHER),
            ("周海", "父亲-离异", OTHER),
        ],
    ),
    (("前夫赵强", "", ""), &[("赵强", "朋友", OTHER), ("同事赵强", "同事", OTHER)]),
    (("父亲赵强", "", ""), &[("舅舅赵强", "舅舅", OTHER)]),
    (("妈妈前男友赵强", "", ""), &[("赵强", "朋友", OTHER)]),
    (("赵强等人", "", ""), &[("赵强", "朋友", OTHER)]),
    (("赵强及其家人", "", ""), &[("赵强", "朋友", OTHER)]),
    (("", "爸爸赵强", ""), &[("赵强", "叔叔", OTHER)]),
    (("爸爸", "赵强", ""), &[("赵强", "叔叔", OTHER), ("叔叔", "赵强", OTHER)]),
    // The given name, in the same relation.
    (("周国平", "舅舅", HIS), &[("国平舅舅", "舅舅", OTHER), ("国平", "舅舅", OTHER), ("国平", "大舅", OTHER), ("周国平舅", "舅舅", "")]),
    (("李爱民", "爷爷", HIS), &[("爱民爷爷", "爷爷", OTHER), ("爱民", "祖父", OTHER)]),
    // Letters.
    (("Jean-Luc Dupont", "father", HIS), &[("Jeanluc Dupont", "friend", OTHER), ("Dupont Jean Luc", "friend", OTHER)]),
    (("Müller Hans", "father", HIS), &[("Hans Mueller", "friend", OTHER), ("Hans Muller", "friend", OTHER)]),
    (("Bjørn Sæther", "father", HIS), &[("Bjorn Saether", "friend", OTHER)]),
    (("单雄信", "父亲", HIS), &[("Dan Xiongxin", "朋友", OTHER), ("Shan Xiongxin", "朋友", OTHER)]),
    (("李娜", "姑姑", ""), &[("Lina Li", "邻居", ""), ("Li Na", "邻居", ""), ("Na Li", "邻居", "")]),
    (("Kevin Zhao", "father", HIS), &[("Kevin 赵", "朋友", OTHER), ("赵Kevin", "朋友", OTHER)]),
    // Only the relation is known, in any word for it.
    (("", "舅妈", ""), &[("王芳", "舅母", OTHER), ("王芳", "aunt", OTHER)]),
    (("", "姑父", ""), &[("王明", "姑丈", OTHER), ("王明", "姑夫", OTHER)]),
    (("", "姨父", ""), &[("王明", "姨夫", OTHER), ("王明", "姨丈", OTHER)]),
    (("", "继父", ""), &[("王明", "后爸", OTHER), ("王明", "爸爸（继父）", OTHER), ("王明", "stepfather", OTHER)]),
    (("", "继母", ""), &[("王芳", "后妈", OTHER)]),
    (("", "婶婶", ""), &[("王芳", "婶子", OTHER)]),
    (("", "奶奶", ""), &[("王芳", "阿婆", OTHER), ("王芳", "Granny", OTHER)]),
    (("", "grandfather", ""), &[("John Smith", "grandpa", OTHER), ("John Smith", "爷爷", OTHER), ("王明", "外公", OTHER)]),
    (("", "爷爷", ""), &[("John Smith", "grandpa", OTHER), ("王明", "孩子爷爷", OTHER)]),
    (("", "前夫", ""), &[("赵强", "爸爸", OTHER)]),
    (("", "前妻", ""), &[("林芳", "母亲", OTHER)]),
    (("", "离婚父亲", ""), &[("赵强", "父亲", OTHER)]),
    (("", "原父亲", ""), &[("赵强", "父亲", OTHER)]),
    (("", "生物学父亲", ""), &[("赵强", "父亲", OTHER)]),
];

/// Who is barred, and others: whether the leader who is asked is told that a bar is near.
const OTHERS: &[(Who, &[(Who, bool)])] = &[
    (
        ("赵强", "父亲", HIS),
        &[
            // Another child's parent.
            (("李子轩爸爸", "同学家长", OTHER), true),
            (("李子轩爸爸", "邻居", OTHER), true),
            (("李子轩爸爸", "家长", OTHER), true),
            (("李子轩爸爸", "", OTHER), true),
            (("李子轩爸", "同学家长", OTHER), true),
            (("班长爸爸", "邻居", OTHER), true),
            (("张爸爸", "同学家长", OTHER), true),
            (("王爸爸", "继父", OTHER), true),
            (("同学爸爸李伟", "同学爸爸", OTHER), true),
            (("李伟", "同学爸爸", OTHER), false),
            (("李子轩妈妈", "同学家长", OTHER), false),
            // Named after the barred man.
            (("赵强妈妈", "奶奶", OTHER), true),
            (("赵强妈妈", "", OTHER), true),
            (("赵强妈", "奶奶", OTHER), true),
            (("赵强爸爸", "爷爷", OTHER), true),
            (("赵强父亲", "爷爷", OTHER), true),
            (("赵强姐姐", "姑姑", OTHER), true),
            (("赵强妹妹", "小姑", OTHER), true),
            (("赵强弟弟", "叔叔", OTHER), true),
            (("赵强哥哥", "大伯", OTHER), true),
            (("赵强奶奶", "曾祖母", OTHER), true),
            (("赵强爱人", "继母", OTHER), true),
            (("赵强老婆", "后妈", OTHER), true),
            (("赵强女儿", "姐姐", OTHER), true),
            (("赵强的同事", "同事", OTHER), true),
            (("赵强的司机王师傅", "司机", OTHER), true),
            (("王师傅(赵强公司)", "司机", OTHER), true),
            (("赵敏", "赵强的姐姐", OTHER), true),
            (("赵敏", "赵强妹妹", OTHER), true),
            // A name with one character more is another name.
            (("赵强国", "邻居", OTHER), true),
            (("赵国强", "叔叔", OTHER), true),
            (("叶赵强", "邻居", OTHER), true),
            (("欧阳赵强", "邻居", OTHER), true),
            // Others of the family and outside it.
            (("赵刚", "叔叔", OTHER), false),
            (("赵建国", "爷爷", OTHER), false),
            (("王秀英", "奶奶", OTHER), false),
            (("赵爷爷", "爷爷", OTHER), false),
            (("小赵", "保姆", OTHER), false),
            (("王明", "继父", OTHER), false),
            (("王明", "后爸", OTHER), false),
            (("李伟", "干爸", OTHER), false),
            (("赵蔷", "姑姑", OTHER), false),
            (("林静妈妈", "外婆", OTHER), false),
            (("小满姥爷", "姥爷", OTHER), false),
            (("Zhao Gang", "uncle", OTHER), true),
            (("David Zhao", "cousin", OTHER), true),
        ],
    ),
    (("林静", "母亲", HIS), &[(("李子轩妈妈", "同学家长", OTHER), true), (("林静妈妈", "外婆", OTHER), true), (("林静妹妹", "小姨", OTHER), true)]),
    (("安娜", "姑姑", ""), &[(("Anna", "邻居", ""), true), (("Anna Klein", "邻居", ""), true)]),
    (("马丽", "姑姑", ""), &[(("Mali Smith", "邻居", ""), true)]),
    (("李娜", "姑姑", ""), &[(("Lina Wang", "邻居", ""), true), (("Lina", "邻居", ""), true)]),
    (("李莉", "姑姑", ""), &[(("Lili", "邻居", ""), true)]),
    (("肖明", "叔叔", ""), &[(("Xiaoming Wang", "邻居", ""), true)]),
    (("李爱民", "爷爷", HIS), &[(("李爱民子", "叔叔", OTHER), true), (("李爱国", "爷爷的弟弟", OTHER), true), (("王德发", "外公", OTHER), false)]),
    (("周国平", "舅舅", HIS), &[(("国平", "朋友", OTHER), true), (("周国安", "舅舅", OTHER), true), (("舅舅的同事李明", "朋友", OTHER), false)]),
    (("李雪", "姑姑", ""), &[(("Li Xu", "邻居", ""), true)]),
    (("Li Xue", "aunt", ""), &[(("Li Xu", "friend", ""), true)]),
    (("", "爷爷", ""), &[(("李爱民", "二爷爷", ""), false), (("李爱民", "舅爷爷", ""), false), (("李明", "外公", ""), false)]),
    (("", "舅舅", ""), &[(("李爱民", "表舅", ""), false), (("李芳", "舅妈", ""), false)]),
    (("", "父亲", ""), &[(("王明", "继父", ""), false), (("李明", "爸爸的朋友", ""), false)]),
    (("", "保姆", ""), &[(("王芳", "阿姨", OTHER), false)]),
];

#[test]
fn a_barred_person_is_that_person_whatever_words_stand_round_the_name() {
    for (bar, all) in THE_PERSON {
        for who in *all {
            let mut world = room(*bar);
            assert_eq!(asked(&world, *who).0, Naming::Stopped, "{bar:?} {who:?}");
            let today = Right::OneDay { day: on(), confirmed: true };
            put(&mut world, 10, *who, today);
            assert!(fits(&world.register, world.register.collector(CollectorId(10)).unwrap(), on()), "named before the bar: {bar:?} {who:?}");
        }
    }
}

#[test]
fn an_innocent_person_is_the_leaders_question_and_stays_on_the_list() {
    for (bar, all) in OTHERS {
        for (who, near) in *all {
            let mut world = room(*bar);
            let (naming, is_near) = asked(&world, *who);
            assert_eq!(naming, Naming::Leader, "{bar:?} {who:?}");
            assert!(!near || is_near, "the leader is told: {bar:?} {who:?}");
            // Who is listed with nothing but another's parent for a relation may be this child's all the same.
            put(&mut world, 10, *who, Right::Standing);
            let held = fits(&world.register, world.register.collector(CollectorId(10)).unwrap(), on());
            assert_eq!(held, matches!(who, ("李子轩爸爸", "家长" | "", _)), "{bar:?} {who:?}");
        }
    }
}
