//! Settings on the screen, and the set-up of a first start: pictures of every step.

use caredesk::desk::appearance::Appearance;
use caredesk::desk::welcome::{Welcome, Wish};
use caredesk::texts::Lang;
use caredesk::view::theme::Theme;
use caredesk::view::welcome;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::desk::{Desk, Picture};
use super::pictures::shoot;

/// Each by what is typed at 17:40 in the lived-in practice room; its leader's PIN is 2468.
const SCENES: &[(&str, &[&str])] = &[
    ("settings", &[".设置"]),
    ("settings_text", &[".设置", "学校", "2468"]),
    ("settings_word", &[".设置", "放行", "2468"]),
    ("settings_minutes_wrong", &[".设置", "结束前看板", "2468", "abc"]),
    ("settings_done", &[".设置", "结束前看板", "2468", "15"]),
    ("settings_default", &[".设置", "结束前看板", "2468", "15", "结束前看板"]),
    ("settings_default_done", &[".设置", "结束前看板", "2468", "15", "结束前看板", "用回默认"]),
    ("settings_cards_out", &[".设置", "卡的用法", "2468", "2"]),
    ("settings_children_there", &[".设置", "去处", "2468", "图书角、医务室"]),
    ("settings_places", &[".设置", "去处", "2468", "操场、图书角、舞蹈房"]),
];

#[test]
fn every_question_of_the_settings() {
    for (name, lines) in SCENES {
        shoot(name, |lang, width, height| {
            let mut desk = Desk::lived_in(lang);
            desk.lines(lines);
            desk.draw(width, height)
        });
    }
}

#[test]
fn what_was_set_counts_at_once_and_can_be_taken_back() {
    let mut desk = Desk::lived_in(Lang::Zh);
    desk.lines(&[".设置", "结束前看板", "2468", "25"]);
    assert_eq!(desk.session.model.settings.closing.board_minutes, 25);
    assert!(desk.text().contains("25 分"), "{}", desk.text());
    desk.lines(&["去处", "操场、图书角、舞蹈房"]);
    let places: Vec<&str> = desk.session.model.settings.places.iter().map(caredesk::domain::settings::Place::as_str).collect();
    assert_eq!(places, ["room", "field", "library", "舞蹈房"]);
    desk.lines(&[".undo", "2"]);
    assert_eq!(desk.session.model.settings.closing.board_minutes, 10, "{}", desk.text());
    // While children are here nobody changes how cards travel.
    desk.lines(&[".设置", "卡的用法", "2468", "2"]);
    assert_eq!(desk.session.model.settings.card_mode, caredesk::domain::settings::CardMode::Claim);
}

/// The set-up, answer by answer; what is typed and not yet submitted stands last.
const STEPS: &[(&str, &[&str], &str)] = &[
    ("setup_school", &["2"], "向阳"),
    ("setup_school_wanted", &["2", ""], ""),
    ("setup_room", &["2", "向阳小学课后托管"], ""),
    ("setup_end_wrong", &["2", "向阳小学课后托管", "体艺馆一楼", "", "16:00"], "16"),
    ("setup_pickup", &["2", "向阳小学课后托管", "体艺馆一楼", "", "17:45"], ""),
    ("setup_cards", &["2", "向阳小学课后托管", "", "", "", ""], ""),
    ("setup_pin", &["2", "向阳小学课后托管", "", "", "", "", "", "何主任"], "1357"),
    ("setup_pins_differ", &["2", "向阳小学课后托管", "", "", "", "", "", "何主任", "135790", "135791"], ""),
    ("setup_roster", &["2", "向阳小学课后托管", "", "", "", "", "", "何主任", "135790", "135790", "0571-8000 0000"], ""),
    ("setup_back", &["2", "向阳小学课后托管", "体艺馆一楼", "", "esc", "esc"], ""),
    ("setup_review", &["2", "向阳小学课后托管", "体艺馆一楼", "", "18:30", "", "", "何主任", "135790", "135790", "", "2"], ""),
];

#[test]
fn every_step_of_the_set_up() {
    for (name, lines, typed) in STEPS {
        shoot(name, |lang, width, height| {
            let mut start = Welcome::new(lang, "/var/lib/caredesk".to_owned());
            for line in *lines {
                let wish = if *line == "esc" { start.escape() } else { start.line(line) };
                assert_eq!(wish, Wish::Stay, "{name} {line}");
            }
            let area = Rect::new(0, 0, width, height);
            let mut buf = Buffer::empty(area);
            let theme = Theme::of(Appearance::default());
            let cursor = welcome::draw(&start, &theme, typed, typed.chars().count(), area, &mut buf);
            let picture = Picture::of(&buf, cursor, &theme);
            assert!(!picture.text.contains("1357"), "{name}: a PIN is never shown");
            picture
        });
    }
}
