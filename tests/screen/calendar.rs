//! The calendar on the screen: pictures of what is shown and asked, the kinds of day in the header, and what a change does to
//! the afternoon that runs.

use caredesk::domain::calendar::notice::Notices;
use caredesk::rules::closing::{Stage, stage};
use caredesk::shell::notices;
use caredesk::shell::wall::Wall;
use caredesk::texts::Lang;

use super::desk::Desk;
use super::pictures::shoot;

/// Each by what is typed at 17:40 in the lived-in practice room; its leader's PIN is 2468.
const SCENES: &[(&str, &[&str])] = &[
    ("calendar", &[".校历"]),
    ("calendar_month", &[".校历 2026-10"]),
    ("calendar_pin", &[".校历", "1"]),
    ("calendar_day", &[".校历", "1", "2468"]),
    ("calendar_day_wrong", &[".校历", "1", "2468", "13-1"]),
    ("calendar_day_kind", &[".校历", "9-12", "2468"]),
    ("calendar_follows", &[".校历", "9-12", "2468", "2"]),
    ("calendar_half_wrong", &[".校历", "9-9", "2468", "3", "1130", "1100"]),
    ("calendar_half_done", &[".校历", "9-9", "2468", "3", "1130", "1300", "运动会"]),
    ("calendar_ordinary", &[".校历", "9-9", "2468", "1", "台风停课", "9-9"]),
    ("calendar_table", &[".校历", "2", "2468", "周三早放"]),
    ("calendar_table_days_wrong", &[".校历", "2", "2468", "周三早放", "1", "每天"]),
    ("calendar_table_last", &[".校历", "2", "2468", "周三早放", "1", "周三", "1530", "1700", "", "", ""]),
    ("calendar_table_done", &[".校历", "2", "2468", "周三早放", "1", "周三", "1530", "1700", "", "", "", ""]),
    ("calendar_table_late", &[".校历", "2", "2468", "晚托", "1", "", "1630", "1830", "", "", "", ""]),
    ("calendar_evening_wrong", &[".校历", "2", "2468", "晚自习", "3", "", "1800", "2010"]),
    ("calendar_term_last", &[".校历", "3", "2468", "2026秋", "9-1"]),
    ("calendar_term_done", &[".校历", "3", "2468", "2026秋", "9-1", "1-20"]),
    // the header
    ("day_closed", &[".校历", "9-7", "2468", "1", "台风停课", "esc"]),
    ("day_half", &[".校历", "9-7", "2468", "3", "1430", "1830", "运动会", "esc"]),
    ("day_make_up", &[".校历", "9-7", "2468", "2", "3", "补国庆", "esc"]),
];

#[test]
fn every_question_of_the_calendar() {
    for (name, lines) in SCENES {
        shoot(name, |lang, width, height| {
            let mut desk = Desk::lived_in(lang);
            desk.lines(lines);
            desk.draw(width, height)
        });
    }
}

#[test]
fn before_classes_end_and_on_a_published_holiday() {
    shoot("day_quiet", |lang, width, height| Desk::of(lang, "16:20", false).draw(width, height));
    shoot("day_holiday", |lang, width, height| {
        let mut desk = Desk::of(lang, "16:20", false);
        let mut notices = (*Notices::built_in()).clone();
        notices
            .put(
                2026,
                caredesk::domain::calendar::notice::read(r#"{"year": 2026, "days": [{"name": "校庆", "date": "2026-09-07", "isOffDay": true}]}"#)
                    .unwrap(),
            )
            .unwrap();
        desk.session.model.settings.notices = notices.into();
        desk.draw(width, height)
    });
}

#[test]
fn a_file_that_is_not_understood_is_said_on_the_screen() {
    shoot("calendar_file_refused", |lang, width, height| {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join(notices::FOLDER)).unwrap();
        std::fs::write(dir.path().join(notices::FOLDER).join("2026.json"), "{\n\"year\": x").unwrap();
        let mut desk = Desk::lived_in(lang);
        desk.session.model.settings.notices = notices::read(dir.path(), &Wall::of(env!("CARGO_BIN_EXE_caredesk").into()));
        desk.lines(&[".校历"]);
        desk.draw(width, height)
    });
}

#[test]
fn a_day_that_is_closed_in_the_middle_of_the_day_is_closed_at_once() {
    let mut desk = Desk::of(Lang::Zh, "16:35", false);
    assert_eq!(desk.session.model.counts().expected, 22);
    desk.lines(&[".校历", "9-7", "2468", "1", "台风停课"]);
    let model = &desk.session.model;
    assert_eq!((model.counts().expected, stage(model.room(), model.now)), (0, Stage::NoSession));
    desk.scan("453841");
    assert!(desk.text().contains("今日未报"), "{}", desk.text());
    desk.lines(&["esc", ".校历"]);
    desk.press(".undo⏎").press("1⏎");
    let model = &desk.session.model;
    assert_eq!((model.counts().expected, stage(model.room(), model.now)), (22, Stage::Running), "{}", desk.text());
}

#[test]
fn a_timetable_moves_the_end_of_today_and_leaves_the_other_days() {
    let mut desk = Desk::lived_in(Lang::Zh);
    assert!(desk.text().contains("距 18:00 还有 20 分"));
    desk.lines(&[".校历", "2", "2468", "周一早放", "1", "周一", "1530", "1700", "", "", "", "", "esc"]);
    assert!(desk.text().contains("17:00 已过 40 分"), "{}", desk.text());
    let settings = &desk.session.model.settings;
    let end = |day: &str| settings.session_on(day.parse().unwrap()).map(|s| s.end.format("%H:%M").to_string());
    assert_eq!(end("2026-09-08").as_deref(), Some("18:00"), "the usual hours of the other days were entered with it");
    assert_eq!(end("2026-09-04").as_deref(), Some("18:00"), "before it began");
    assert_eq!(end("2026-09-12"), None);
    assert_eq!(settings.entered.timetables.len(), 2);
}
