//! Keys: a scan lands on every screen and lifts out of a half-typed field; arrows choose; the focus stands above its choices.

use caredesk::desk::Dialog;
use caredesk::desk::actions::Action;
use caredesk::desk::forms::Kind;
use caredesk::desk::question::Label;
use caredesk::domain::day::Presence;
use caredesk::domain::people::ChildId;
use caredesk::shell::keys::Key;
use caredesk::texts::Lang;

use super::desk::Desk;
use super::scenes::SCENES;

/// Child of the card 381544, not here in the lived-in room.
fn comes(desk: &Desk) -> ChildId {
    desk.session.model.register.children().find(|c| c.name == "宋雅琪").unwrap().id
}

#[test]
fn a_scan_lands_on_every_screen_and_leaves_the_half_typed_field_as_it_was() {
    let mut tried = 0;
    for (name, lines) in SCENES {
        let mut desk = Desk::lived_in(Lang::Zh);
        desk.lines(lines).press("ab");
        let child = comes(&desk);
        let here = |desk: &Desk| matches!(desk.session.model.day.state().presence(child), Presence::In(_));
        let takes_cards = |desk: &Desk| match &desk.session.model.dialog {
            Some(Dialog::Form(form)) => matches!(form.kind, Kind::Batch(_)) || (form.kind == Kind::BackFill && form.values.is_empty()),
            _ => false,
        };
        if here(&desk) || takes_cards(&desk) || lines.iter().any(|l| ["syq", "381544"].contains(l)) {
            continue;
        }
        let before = desk.session.model.dialog.clone();
        desk.scan("381544");
        // On a day without care the arrival is asked about first.
        let asked = desk.session.model.queue.groups().iter().filter_map(|g| g.asking()).any(|w| w.pass.child == child);
        assert!(here(&desk) || asked, "{name}: the scan was not taken\n{}", desk.text());
        assert_eq!(desk.window.look(&desk.session).typed, "ab", "{name}: what was typed is gone");
        assert_eq!(desk.session.model.dialog, before, "{name}: what was open is gone");
        tried += 1;
    }
    assert!(tried > 35, "{tried} screens");
}

#[test]
fn the_focus_stands_above_its_choices_and_the_rest_below() {
    let mut desk = Desk::lived_in(Lang::Zh);
    desk.lines(&["112018", "159082"]);
    let picture = desk.text();
    let place = |what: &str| picture.lines().position(|l| l.contains(what)).unwrap_or_else(|| panic!("{what}\n{picture}"));
    assert!(place("请核对接走人") < place("9 其他人") && place("9 其他人") < place("排队"), "{picture}");
    assert!(picture.lines().nth(place("请核对接走人") + 1).unwrap().contains("赵小满"), "{picture}");
    assert!(!picture.contains("赵强"), "a barred person is named nowhere");
    assert!(picture.contains("监督电话 0571-8000 0000") && picture.contains("卡架 6/22"), "{picture}");
}

#[test]
fn switching_the_language_words_a_standing_verdict_anew() {
    let mut desk = Desk::lived_in(Lang::Zh);
    desk.lines(&["159082"]);
    assert!(desk.text().contains("可接走"));
    desk.press(".lang⏎");
    let picture = desk.text();
    assert!(picture.contains("May go") && picture.contains("mother") && !picture.contains("可接走"), "{picture}");
}

#[test]
fn what_is_typed_narrows_the_roster_at_every_key() {
    let mut desk = Desk::lived_in(Lang::Zh);
    let roster = |desk: &Desk| desk.text().lines().skip(3).take(18).map(|l| l.split('│').next().unwrap_or_default().to_owned()).collect::<String>();
    desk.press("w");
    assert!(roster(&desk).contains("吴昊天") && roster(&desk).contains("王梓涵") && !roster(&desk).contains("陈一诺"), "{}", desk.text());
    desk.press("z");
    assert!(!roster(&desk).contains("吴昊天"));
    desk.press("h");
    assert!(roster(&desk).contains("1 王梓涵") && roster(&desk).contains("2 王子涵"), "{}", desk.text());
}

#[test]
fn arrows_choose_and_enter_takes_what_is_marked() {
    let mut desk = Desk::lived_in(Lang::Zh);
    desk.scan("159082").key(Key::Down);
    assert!(desk.text().contains("2 父亲 王军 ⏎"), "{}", desk.text());
    desk.press("⏎");
    assert!(desk.text().contains("已离 · 父亲"), "{}", desk.text());
}

#[test]
fn a_number_for_a_focus_that_nobody_has_looked_at_only_shows_its_names() {
    for answer in ["⏎", "1⏎"] {
        let mut desk = Desk::lived_in(Lang::Zh);
        desk.lines(&["159082", "453841"]);
        let inside = desk.session.model.counts().inside;
        desk.press(answer);
        assert_eq!(desk.session.model.counts().inside, inside - 1, "the first is the one that was there at the last scan");
        desk.press(answer);
        assert!(desk.text().contains("陈一诺") && desk.text().contains("可接走"), "{}", desk.text());
        assert_eq!(desk.session.model.counts().inside, inside - 1, "{answer}: the next one is shown first");
        desk.press(answer);
        assert_eq!(desk.session.model.counts().inside, inside - 2);
    }
    // A number that names somebody in a list puts that child in front: it has been looked at.
    let mut desk = Desk::lived_in(Lang::Zh);
    desk.lines(&["zzm"]);
    let n = desk.session.model.question().unwrap().choices.iter().position(|c| c.label == Label::Action(Action::CardUnread)).unwrap() + 1;
    let inside = desk.session.model.counts().inside;
    desk.press(&format!("{n}⏎"));
    desk.press("1⏎");
    assert_eq!(desk.session.model.counts().inside, inside - 1, "{}", desk.text());
}

#[test]
fn a_scan_in_the_middle_of_an_answer_leaves_it_an_answer_to_what_was_seen() {
    let mut desk = Desk::lived_in(Lang::Zh);
    // The arrival of one child is in front; "2" is half typed for its holder as the card of another child is read.
    desk.scan("381544").press("2").scan("159082");
    let head = desk.session.model.head;
    desk.press("⏎");
    assert!(desk.text().contains("刚才有变化"), "{}", desk.text());
    assert_eq!(desk.session.model.head, head, "nobody was released by it");
}

#[test]
fn a_mark_never_answers_another_question() {
    let mut desk = Desk::lived_in(Lang::Zh);
    // The arrows stand on a collector of a child who must be checked; the next card changes what is in front.
    desk.scan("112018").key(Key::Down);
    assert!(desk.session.model.marked.is_some());
    desk.key(Key::Tab).scan("159082").key(Key::Tab);
    assert!(desk.session.model.marked.is_none());
    let inside = desk.session.model.counts().inside;
    desk.key(Key::Down).press("x").key(Key::Esc).scan("504179");
    desk.key(Key::Tab).key(Key::Tab);
    assert_eq!(desk.session.model.counts().inside, inside);
}

#[test]
fn phone_numbers_are_covered_until_they_are_asked_for_and_again_after_a_while() {
    let mut desk = Desk::lived_in(Lang::Zh);
    desk.press("zxm⏎");
    assert!(desk.text().contains("…0009") && !desk.text().contains("13900000009"));
    desk.key(Key::F(5));
    assert!(desk.text().contains("13900000009"), "{}", desk.text());
    desk.press(".clock 17:41⏎");
    assert!(!desk.text().contains("13900000009"), "{}", desk.text());
}

#[test]
fn f2_steps_through_the_roster_and_esc_shows_all_again() {
    let mut desk = Desk::lived_in(Lang::Zh);
    let mut titles = Vec::new();
    for _ in 0..8 {
        desk.key(Key::F(2));
        titles.push(desk.text().lines().nth(2).unwrap().split('│').next().unwrap().to_owned());
    }
    let all = titles.join("\n");
    for part in ["在班·最久 16", "未到 2", "教室 11", "操场 3", "图书角 2", "已离 4", "按班级 22"] {
        assert!(all.contains(part), "{part}\n{all}");
    }
    assert!(titles.last().unwrap().contains("名册 F2"), "{all}");
    desk.key(Key::F(2)).key(Key::Esc);
    assert!(desk.text().contains("名册 F2"));
}

#[test]
fn a_form_says_what_was_wrong_beside_its_field_and_keeps_what_was_filled() {
    let mut desk = Desk::lived_in(Lang::Zh);
    desk.lines(&["zzm", "2", "2", "12"]);
    let picture = desk.text();
    let rows: Vec<&str> = picture.lines().map(|l| l.split('│').nth(1).unwrap_or_default()).collect();
    let field = rows.iter().position(|l| l.starts_with("证件>")).unwrap();
    assert!(rows[field + 1].contains("至少四位"), "{picture}");
    assert!(picture.contains("祖母 郑桂兰"), "{picture}");
}
