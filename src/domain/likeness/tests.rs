//! What is one person in many spellings, and what is not.

use super::*;

fn named(name: &str) -> Described<'_> {
    Described { name, ..Described::default() }
}

#[test]
fn one_person_in_many_spellings() {
    for spelt in [
        "赵强",
        "赵  强",
        "趙強",
        "趙强",
        "赵·强",
        "赵强（爸）",
        "赵强(爸爸)",
        "（父亲）赵强",
        "父亲赵强",
        "赵强爸爸",
        "爸爸：赵强",
        "赵强先生",
        "赵强 13900000011",
        "赵强[备注]",
        "　赵强　",
        "赵\u{200b}强",
        "赵\n强",
        "ZHAO QIANG",
        "zhaoqiang",
        "Qiang Zhao",
        "ＺｈａｏＱｉａｎｇ",
        "赵强，父亲",
        "赵强本人",
        "赵强叔叔",
        "叔叔赵强",
        "赵强老师",
        "赵强舅舅",
        "赵强哥哥",
    ] {
        assert_eq!(likeness(named(spelt), named("赵强")), Some(Likeness::Name), "{spelt}");
        assert_eq!(likeness(named("赵强"), named(spelt)), Some(Likeness::Name), "{spelt}");
    }
}

/// A name that is whole is the name, whatever stands around it: a relation, a form of address, its pinyin, the child's name.
#[test]
fn what_stands_around_a_name_hides_it_not() {
    let bar = named("赵强");
    for spelt in [
        "赵强 Zhao Qiang",
        "Zhao Qiang 赵强",
        "Mr Zhao Qiang",
        "Mr. Qiang Zhao",
        "Uncle Zhao Qiang",
        "Zhào Qiáng",
        "QIÁNG ZHÀO",
        "Kevin Zhao Qiang",
        "Kevin 赵强",
        "小满爸爸赵强",
        "赵小满爸爸赵强",
        "大舅赵强",
        "二叔赵强",
        "小姨夫赵强",
        "赵强主任",
        "赵强教练",
        "家长赵强",
        "监护人：赵强",
        "赵强、林静",
        "林静 赵强",
        "赵强/爸爸",
        "豆豆（赵强）",
        "豆豆 Zhao Qiang",
    ] {
        assert_eq!(likeness(named(spelt), bar), Some(Likeness::Name), "{spelt}");
        assert_eq!(likeness(bar, named(spelt)), Some(Likeness::Name), "{spelt}");
        assert!(!names_differ(named(spelt), bar), "{spelt}");
    }
    for (a, b) in [
        ("John Smith", "SMITH John"),
        ("José Pérez", "Jose Perez"),
        ("John William Smith", "Smith, John"),
        ("Mary O'Neil", "ONEIL Mary"),
        ("ZhaoQiang", "Qiang Zhao"),
        ("吕布", "Lü Bu"),
        ("吕布", "Lv Bu"),
        ("吕布", "LYU BU"),
    ] {
        assert_eq!(likeness(named(a), named(b)), Some(Likeness::Name), "{a} {b}");
        assert_eq!(likeness(named(b), named(a)), Some(Likeness::Name), "{b} {a}");
    }
    for (a, b) in [
        ("赵蔷 Zhao Qiang", "赵强"),
        ("小满爸爸赵强", "小满舅舅李伟"),
        ("王芳（班主任）", "李强（班主任）"),
        ("John Smith", "John Miller"),
        ("Mr Smith", "Mr Miller"),
        ("Zhao Gang", "赵强"),
        ("赵强 Zhao Qiang", "李强 Li Qiang"),
        ("大舅李伟", "大舅赵强"),
    ] {
        assert_ne!(likeness(named(a), named(b)), Some(Likeness::Name), "{a} {b}");
        assert_ne!(likeness(named(b), named(a)), Some(Likeness::Name), "{b} {a}");
    }
}

/// Whoever is written as the child's father is the father, and has no name by it; which uncle it is may be said.
#[test]
fn the_childs_own_name_is_nobody_elses() {
    let who = |name, relation| Described { name, relation, ..Described::default() };
    for (name, relation, left) in [
        ("小满爸爸", "", "爸爸"),
        ("赵小满的爸爸", "", "的爸爸"),
        ("趙小滿爸爸赵强", "", "爸爸赵强"),
        ("小满", "", "小满"),
        ("小满意", "", "小满意"),
        ("满爸爸", "", "满爸爸"),
    ] {
        assert_eq!(of_child(who(name, relation), "赵小满").name, left, "{name}");
    }
    assert_eq!(parent(of_child(who("老赵", "小满爸爸"), "赵小满").relation), Some(Parent::Father));
    let alike = |a: (&'static str, &'static str), b: (&'static str, &'static str)| {
        called_alike(of_child(who(a.0, a.1), "李沐辰"), of_child(who(b.0, b.1), "李沐辰"))
    };
    for (a, b, same) in [
        (("沐辰舅舅", ""), ("周国平", "舅舅"), true),
        (("周国平", "舅舅"), ("", "大舅"), true),
        (("大舅", ""), ("周国平", "舅舅"), true),
        (("周国平", "二舅"), ("", "大舅"), false),
        (("周国平", "姑姑"), ("", "大舅"), false),
    ] {
        assert_eq!((alike(a, b), alike(b, a)), (same, same), "{a:?} {b:?}");
    }
}

#[test]
fn a_given_name_may_be_the_childs_whose_name_is_whole() {
    for (short, name, may) in [
        ("小满", "赵小满", true),
        ("子涵", "王子涵", true),
        ("小满", "欧阳小满", true),
        ("高明", "李高明", false),
        ("满", "赵小满", false),
        ("小满", "赵小米", false),
    ] {
        assert_eq!(is_given_name_of(short, name), may, "{short} {name}");
    }
}

/// Families write whose they are: the child's name and a relation. Each word is another person.
#[test]
fn one_name_with_two_relations_is_two_people() {
    let family = ["爸爸", "妈妈", "爷爷", "奶奶", "外公", "外婆", "叔叔"].map(|word| format!("王子涵{word}"));
    for (n, one) in family.iter().enumerate() {
        for (m, other) in family.iter().enumerate() {
            assert_eq!(likeness(named(one), named(other)) == Some(Likeness::Name), n == m, "{one} {other}");
        }
    }
    assert_eq!(likeness(named("王子涵爸爸"), named("父亲王子涵")), Some(Likeness::Name));
    for (one, other) in [("赵强叔叔", "赵强舅舅"), ("王子涵外公", "王子涵姥爷"), ("王子涵外婆", "王子涵姥姥"), ("李芳阿姨", "李芳姨妈")]
    {
        assert_eq!(likeness(named(one), named(other)), Some(Likeness::Name), "{one} {other}");
    }
    let at = |name, phone| Described { name, phone: Some(phone), ..Described::default() };
    assert_eq!(likeness(at("赵强叔叔", "13900000011"), at("赵强爷爷", "13900000011")), Some(Likeness::Name), "one number");
    assert_ne!(likeness(at("王子涵爸爸", "13900000011"), at("王子涵妈妈", "13900000011")), Some(Likeness::Name), "a household's number");
    assert_eq!(likeness(named("赵强老师"), named("赵强先生")), Some(Likeness::Name), "a form of address is no relation");
}

#[test]
fn other_people_stay_other_people() {
    for other in ["赵强明", "赵墙", "李强", "强", "赵", "", "爸爸", "小赵", "zhao", "qiang", "zq", "父亲", "奶奶"] {
        assert_eq!(likeness(named(other), named("赵强")), None, "{other}");
    }
    assert_eq!(likeness(named(""), named("")), None);
    assert_eq!(likeness(named("王娘"), named("王")), None, "a character of the name is no relation");
}

#[test]
fn traditional_surnames_and_given_names_are_the_simplified_ones() {
    let (traditional, simple) = (
        "趙陳張劉楊黃吳孫馬鄭謝馮蕭鄧許葉蘇呂蔣盧陸鍾譚賈鄒閻韓顏錢湯賴龐龔嚴萬強偉麗華麟鳳龍國興",
        "赵陈张刘杨黄吴孙马郑谢冯萧邓许叶苏吕蒋卢陆钟谭贾邹阎韩颜钱汤赖庞龚严万强伟丽华麟凤龙国兴",
    );
    assert_eq!(traditional.chars().map(simplified).collect::<String>(), simple);
    for (t, s) in traditional.chars().zip(simple.chars()) {
        assert_eq!(likeness(named(&format!("{t}小明")), named(&format!("{s}小明"))), Some(Likeness::Name));
    }
}

#[test]
fn father_and_mother_in_any_word() {
    for word in [
        "父亲",
        "爸爸",
        "爸",
        "生父",
        "孩子他爸",
        "孩子的父亲",
        "学生父亲",
        "其父",
        "亲生父亲",
        "父親",
        "父亲（离异）",
        "爸 爸",
        "Father",
        "DAD",
        "離異父親",
        "亲爹",
        "监护人（父亲）",
        "监护人(爸爸)",
        "家长：父亲",
        "父亲/爸爸",
        "监护人、父亲",
        "Guardian (father)",
        "父亲（舅舅）",
        "父亲（叔叔代接）",
    ] {
        assert_eq!(parent(word), Some(Parent::Father), "{word}");
    }
    for word in ["母亲", "妈妈", "媽媽", "妈", "生母", "孩子妈妈", "Mother", "mum", "母亲(再婚)", "亲妈"] {
        assert_eq!(parent(word), Some(Parent::Mother), "{word}");
    }
    for word in [
        "祖父",
        "外祖父",
        "爷爷",
        "继父",
        "养父",
        "岳父",
        "舅舅",
        "叔叔",
        "祖母",
        "继母",
        "姨妈",
        "姑妈",
        "舅妈",
        "干爹",
        "后爸",
        "",
        "监护人",
        "家长",
        "grandfather",
        "父母",
        "父亲/母亲",
        "监护人（父母）",
        "爷爷（父亲）",
        "舅舅/妈妈",
        "继父（爸爸）",
        "爸爸的朋友",
        "father's friend",
        "mother-in-law",
    ] {
        assert_eq!(parent(word), None, "{word}");
    }
}

#[test]
fn relation_number_and_staff_record_speak_where_the_name_does_not() {
    let barred = Described { name: "赵强", relation: "父亲", phone: Some("139 0000 0011"), staff: Some(StaffId(3)) };
    for (who, by) in [
        (Described { name: "小赵", relation: "叔叔", phone: Some("+86-13900000011"), staff: None }, Some(Likeness::Number)),
        (Described { name: "小赵", relation: "叔叔", phone: Some("１３９００００００１１"), staff: None }, Some(Likeness::Number)),
        (Described { name: "小赵 13900000011", relation: "叔叔", ..Described::default() }, Some(Likeness::Number)),
        (Described { name: "小赵", relation: "爸", phone: Some("13900000099"), staff: None }, Some(Likeness::Parent)),
        (Described { name: "孩子爸爸", relation: "家长", ..Described::default() }, Some(Likeness::Parent)),
        (Described { name: "赵老师", relation: "老师", phone: None, staff: Some(StaffId(3)) }, Some(Likeness::Staff)),
        (Described { name: "王明", relation: "继父", phone: Some("13900000012"), staff: Some(StaffId(4)) }, None),
        (Described { name: "王明", relation: "舅舅", phone: Some("900000011"), staff: None }, None),
        (Described { name: "王明", relation: "舅舅", phone: Some(""), staff: None }, None),
    ] {
        assert_eq!(likeness(who, barred), by, "{who:?}");
        assert_eq!(likeness(barred, who), by, "{who:?}");
    }
}
