//! Names that break screens, and windows of every size: every frame stays straight.

use caredesk::desk::said::Said;
use caredesk::domain::fact::Fact;
use caredesk::domain::people::ChildId;
use caredesk::rules::Verdict;
use caredesk::texts::Lang;

use super::desk::Desk;
use super::scenes::SCENES;

fn names() -> Vec<String> {
    let lines = include_str!("../data/hostile_names.txt").lines().filter(|l| !l.starts_with('#'));
    lines.map(|l| serde_json::from_str(l).unwrap()).collect()
}

#[test]
fn seventy_one_hostile_names_keep_every_frame_straight() {
    let names = names();
    assert_eq!(names.len(), 71);
    for name in names {
        for lang in [Lang::Zh, Lang::En] {
            let mut desk = Desk::lived_in(lang);
            let model = &mut desk.session.model;
            // As if it had got in by another way: the name of a child, an adult, a note, an alert.
            let mut child = model.register.child(ChildId(1)).unwrap().clone();
            child.name.clone_from(&name);
            child.health = Some(name.clone());
            child.note = Some(name.clone());
            model.register.put_child(child);
            let mut adult = model.register.collectors(ChildId(1)).next().unwrap().clone();
            adult.name.clone_from(&name);
            adult.relation.clone_from(&name);
            model.register.put_collector(adult);
            model.names = caredesk::desk::roster::Names::of(&model.register);
            desk.scan("453841");
            for (width, height) in [(40, 10), (80, 24), (120, 36)] {
                desk.draw(width, height);
            }
            desk.press("⏎");
            desk.draw(80, 24);
            desk.session.model.said = Some(Said::Verdict { children: vec![(ChildId(1), Verdict::InOk)], verdict: Verdict::InOk });
            desk.draw(80, 24);
            desk.press(".2 按班级⏎").draw(80, 24);
            desk.press("zxm⏎").press("6⏎");
            let typed: String = name.chars().filter(|c| !c.is_control()).take(30).collect();
            desk.press(&typed);
            desk.draw(80, 24);
            desk.press("⏎");
            desk.draw(80, 24);
        }
    }
}

#[test]
fn every_size_is_drawn_straight_in_every_scene() {
    let sizes = [(1, 1), (2, 1), (1, 40), (20, 5), (59, 13), (60, 14), (61, 15), (79, 24), (81, 25), (100, 30), (132, 43), (200, 60), (500, 200)];
    for (index, (_, lines)) in SCENES.iter().enumerate() {
        let mut desk = Desk::lived_in(if index % 2 == 0 { Lang::Zh } else { Lang::En });
        desk.lines(lines);
        for (width, height) in sizes {
            desk.draw(width, height);
        }
    }
}

#[test]
fn the_register_says_what_a_new_fact_would_say_of_a_changed_name() {
    let desk = Desk::lived_in(Lang::Zh);
    let was = desk.session.model.register.child(ChildId(1)).unwrap().clone();
    let now = caredesk::domain::people::Child { name: "陈一念".to_owned(), ..was.clone() };
    let fact = Fact::ChildSet { was: Some(Box::new(was)), now: Box::new(now) };
    assert_eq!(fact.child(), Some(ChildId(1)), "the roster's row of a changed child is brought up to date by it");
}
