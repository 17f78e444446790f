//! A barred person is a person, whatever words stand round the name and in whichever field; an innocent one is not that person; and
//! where both may be, a leader is asked who knows that a bar is near.

use caredesk::domain::likeness::Described;
use caredesk::rules::access::Right as Access;
use caredesk::rules::access::demand::of_act;
use caredesk::rules::barred::{Naming, fits, is_near, may_be_of_the_list, naming, of_siblings, siblings_bar};
use caredesk::rules::office::OfficeAct;
use caredesk::rules::office::people::{Bar, Change, PeopleAct, Person};
use caredesk::rules::pass::Answers;
use caredesk::rules::unnamed::Called;
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
            // Somebody known by the father, and not he.
            (("爸爸的妈妈", "奶奶", OTHER), true),
            (("爸爸的爸爸", "爷爷", OTHER), true),
            (("爸爸的朋友李明", "朋友", OTHER), true),
            (("爸爸单位司机", "司机", OTHER), true),
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

fn people(act: PeopleAct) -> Act {
    Act::Office(OfficeAct::People(Box::new(act)))
}

fn kept(world: &World) -> Room<'_> {
    Room { keeper: Some(StaffId(3)), ..world.room() }
}

fn person((name, relation, phone): Who) -> Person {
    Person { relation: relation.into(), name: name.into(), phone: Some(phone).filter(|p| !p.is_empty()).map(str::to_owned), minor: false }
}

/// A bar by words that fit nobody on the list surely: whoever may be meant is offered, and is barred with it where the leader says so.
#[test]
fn a_bar_that_fits_nobody_asks_which_of_the_list_it_is() {
    for (bar, offered) in [
        (("陈总", "朋友", ""), &[1, 2][..]),
        (("老陈", "", ""), &[1, 2]),
        (("周海", "朋友", ""), &[2]),
        (("", "朋友", ""), &[1, 2]),
        (("", "前夫", ""), &[]), // the father is barred with it
        (("陈总", "前夫", ""), &[]),
        (("林静", "朋友", ""), &[]),
    ] {
        let mut world = room(("赵强", "伯父", HIS));
        world.change_collector(9, |c| c.right = Right::Ended);
        world.change_collector(2, |c| (c.name, c.relation, c.right, c.phone) = (String::new(), "父亲".into(), Right::Standing, None));
        let who = Described { name: bar.0, relation: bar.1, ..Described::default() };
        let may_be: Vec<i64> = may_be_of_the_list(&world.register, ChildId(1), who).into_iter().map(|c| c.id.0).collect();
        assert_eq!(may_be, offered, "{bar:?}");
        let Some(meant) = offered.last() else { continue };
        let act = people(PeopleAct::BarListed(CollectorId(*meant), person(bar), Bar::default()));
        let drafts = decide(kept(&world), &Request::Act(act), clock("16:40")).drafts;
        assert_eq!(drafts.len(), 2, "{bar:?}: {drafts:?}");
        world.enter(clock("16:40"), drafts);
        let barred: Vec<(i64, &str)> =
            world.register.collectors(ChildId(1)).filter(|c| c.is_barred(on())).map(|c| (c.id.0, c.name.as_str())).collect();
        assert_eq!(barred, [(*meant, ""), (barred[1].0, bar.0)], "{bar:?}");
    }
}

/// On a restricted child's list nobody goes with it who has no name of his own: it is asked for once, and held against the bar.
#[test]
fn on_a_restricted_childs_list_a_name_of_ones_own_is_asked_for() {
    for (name, relation, asks) in [
        ("", "外婆", true),
        ("陈总", "朋友", true),
        ("小陈", "朋友", true),
        ("陈阿姨", "阿姨", true),
        ("陈一", "外婆", false),
        ("Anna Klein", "nanny", false),
    ] {
        for restricted in [true, false] {
            let mut world = room(("赵强", "父亲", HIS));
            if !restricted {
                world.change_collector(9, |c| c.right = Right::Ended);
            }
            world.arrive("453841", "16:30");
            put(&mut world, 10, (name, relation, OTHER), Right::Standing);
            let mut pass = world.scan("453841");
            pass.answers.taker = Some(CollectorId(10));
            pass.answers.go = true;
            let decision = world.decide(&pass, "17:30");
            let asked = decision.verdicts.iter().any(|(_, v)| *v == Verdict::Unnamed { collector: CollectorId(10) });
            assert_eq!(asked, asks && restricted, "{name} {relation} {restricted}: {decision:?}");
            if asked {
                for (said, approver, goes) in [("赵强", Some(3), false), ("周兰", None, false), ("周兰", Some(3), true), ("陈总", Some(3), false)]
                {
                    let called = Called { collector: CollectorId(10), name: said.into(), approver: approver.map(StaffId) };
                    let pass = Pass { answers: Answers { called: Some(called), ..pass.answers.clone() }, ..pass.clone() };
                    let decision = world.decide(&pass, "17:30");
                    let released = decision.drafts.iter().any(|d| matches!(d.fact, Fact::Released { .. }));
                    assert_eq!(released, goes, "{name} {said} {approver:?}: {decision:?}");
                }
            }
        }
    }
}

/// Who is barred from a child and stands on a sibling's list: that child's collector is named first and naming takes a leader, until the
/// person is barred there too or here no more.
#[test]
fn a_bar_asks_for_the_sibling_on_whose_list_the_person_stands() {
    let father = ("赵强", "父亲", HIS);
    for (on_list, household, doubt) in [
        (father, 1, true),
        (("", "父亲", OTHER), 1, true),
        (("前夫赵强", "朋友", OTHER), 1, true),
        (father, 2, false),
        (("赵刚", "叔叔", OTHER), 1, false),
    ] {
        let mut world = room(father);
        world.change(2, |c| c.household = HouseholdId(household));
        for id in [3, 4] {
            world.change_collector(id, |c| c.right = Right::Ended);
        }
        world.list(30, 2, "母亲", Right::Standing);
        world.change_collector(30, |c| (c.name, c.phone) = ("林静".into(), Some("13900000001".into())));
        world.list(31, 2, on_list.1, Right::Standing);
        world.change_collector(31, |c| (c.name, c.phone) = (on_list.0.into(), Some(on_list.2.into())));
        let told = of_siblings(&world.register, world.register.collector(CollectorId(9)).unwrap());
        assert_eq!(told.iter().map(|c| c.id.0).collect::<Vec<_>>(), if doubt { vec![31] } else { vec![] }, "{on_list:?} {household}");
        world.arrive("693691", "16:30");
        let asked = |world: &World| world.decide(&world.scan("693691"), "17:30").verdicts[0].1.name();
        assert_eq!(asked(&world), Some(if doubt { "WHO" } else { "OUT" }), "{on_list:?} {household}");
        let aunt = Described { name: "周兰", relation: "姑姑", phone: Some("13900000033"), staff: None };
        assert_eq!(naming(&world.register, ChildId(2), aunt, on()), if doubt { Naming::Leader } else { Naming::Free }, "{on_list:?}");
        // Barred here too, the sibling's own bar is what counts.
        if doubt {
            let act = people(PeopleAct::Change(CollectorId(31), Change::Bar(Bar::default())));
            let drafts = decide(kept(&world), &Request::Act(act), clock("16:40")).drafts;
            world.enter(clock("16:40"), drafts);
            assert!(siblings_bar(&world.register, ChildId(2), on()).is_none(), "{on_list:?}");
        }
    }
}

/// A record of whatever name on whose list a barred person comes by a whole name and in the same relation: a leader is asked.
#[test]
fn a_barred_person_on_a_new_record_is_the_leaders_question() {
    for (child, father, leader) in [
        ("Xiaoman", ("赵强", "父亲", OTHER), true),
        ("赵晓满", ("赵强", "爸爸", OTHER), true),
        ("赵小满妹", ("前夫赵强", "父亲", OTHER), true),
        ("小满儿", ("Zhao Qiang", "father", OTHER), true),
        ("小满赵", ("赵强", "父亲", OTHER), true),
        ("王子涵", ("赵强", "叔叔", OTHER), false),
        ("王子涵", ("王刚", "父亲", OTHER), false),
    ] {
        for guest_on in [None, Some(on())] {
            let world = room(("赵强", "父亲", HIS));
            let mother = person(("林静", "母亲", "13900000001"));
            let act = PeopleAct::Add { name: child.into(), grade: 3, class_no: Some(2), guest_on, people: vec![mother, person(father)] };
            let wanted = if leader { Access::NameForRestricted } else { Access::ChangePeople };
            assert_eq!(of_act(kept(&world), &people(act)).right, wanted, "{child} {father:?}");
        }
    }
}
