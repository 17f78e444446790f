//! The screen drawn into a buffer: every size and both languages, with lists, forms and verdicts open; rows stay straight
//! and Enter's names stand above its choices.
#![allow(clippy::unwrap_used)]

use caredesk::desk::appearance::Appearance;
use caredesk::desk::{How, Msg};
use caredesk::domain::settings::Settings;
use caredesk::domain::time::time_of_day;
use caredesk::shell::clock::Clock;
use caredesk::shell::practice::{Plan, furnish, practice_day, settings};
use caredesk::shell::session::{Session, Setup};
use caredesk::store::Store;
use caredesk::texts::Lang;
use caredesk::view::theme::Theme;
use caredesk::view::{Look, draw};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

fn desk(lang: Lang) -> Session {
    let start = practice_day(time_of_day("17:40").unwrap());
    let mut store = Store::memory().unwrap();
    furnish(&mut store, Plan { start, lived_in: true, children: None, seed: 1 }).unwrap();
    let setup =
        Setup { settings: settings(Settings::default()), desk: "practice".to_owned(), lang, practice: true, appearance: Appearance::default() };
    Session::start(store, Clock::simulated(start, 0.001), setup).unwrap()
}

fn line(session: &mut Session, text: &str) {
    session.send(Msg::Line { text: text.to_owned(), how: How::Scanned });
}

/// The screen as text; fails when a row is not straight or a covered cell shows something.
fn shot(session: &Session, typed: &str, width: u16, height: u16) -> String {
    let area = Rect::new(0, 0, width, height);
    let mut buf = Buffer::empty(area);
    let look = Look { theme: Theme::colour(), typed: typed.to_owned(), cursor: typed.chars().count(), page: 0 };
    draw(&session.model, &look, area, &mut buf);
    let mut out = String::new();
    for y in 0..height {
        let mut x = 0;
        let mut row = String::new();
        while x < width {
            let symbol = buf[(x, y)].symbol().to_owned();
            let columns = u16::try_from(symbol.width().max(1)).unwrap();
            for covered in x + 1..(x + columns).min(width) {
                assert!(buf[(covered, y)].symbol().trim().is_empty(), "row {y}: a covered cell shows something");
            }
            assert!(x + columns <= width, "row {y}: half a character at the edge");
            row.push_str(&symbol);
            x += columns;
        }
        assert_eq!(row.width(), usize::from(width), "row {y}: {row:?}");
        out.push_str(row.trim_end());
        out.push('\n');
    }
    out
}

#[test]
fn every_size_is_drawn_straight_in_every_state() {
    let states: &[&[&str]] = &[
        &[],
        &["453841", "693691"],
        &["112018", "504179"],
        &["lsy"],
        &["zzm", "2", "2", "0428"],
        &["159028"],
        &["."],
        &[".undo"],
        &["@1700"],
        &["453841", "zzm", "2"],
    ];
    for lang in [Lang::Zh, Lang::En] {
        for state in states {
            let mut session = desk(lang);
            for text in *state {
                line(&mut session, text);
            }
            for (width, height) in [(1, 1), (2, 1), (20, 5), (59, 13), (60, 14), (79, 24), (80, 24), (81, 25), (120, 36), (200, 60)] {
                for typed in ["", "陈", "453841", "lsy"] {
                    shot(&session, typed, width, height);
                }
            }
        }
    }
}

#[test]
fn the_focus_stands_above_its_choices_and_the_rest_below() {
    let mut session = desk(Lang::Zh);
    line(&mut session, "112018");
    line(&mut session, "159082");
    let picture = shot(&session, "", 80, 24);
    let place = |what: &str| picture.lines().position(|l| l.contains(what)).unwrap_or_else(|| panic!("{what}\n{picture}"));
    assert!(place("请核对接走人") < place("9 其他人") && place("9 其他人") < place("排队"), "{picture}");
    assert!(picture.lines().nth(place("请核对接走人") + 1).unwrap().contains("赵小满"), "{picture}");
    assert!(!picture.contains("赵强"), "a barred person is named nowhere");
    assert!(picture.contains("监督电话 0571-8000 0000") && picture.contains("卡架 6/22"), "{picture}");
}

#[test]
fn switching_the_language_words_a_standing_verdict_anew() {
    let mut session = desk(Lang::Zh);
    line(&mut session, "159082");
    assert!(shot(&session, "", 80, 24).contains("可接走"));
    line(&mut session, ".lang");
    let picture = shot(&session, "", 80, 24);
    assert!(picture.contains("May go") && picture.contains("mother") && !picture.contains("可接走"), "{picture}");
}

#[test]
fn what_is_typed_narrows_the_roster_and_a_pin_is_never_shown() {
    let mut session = desk(Lang::Zh);
    let picture = shot(&session, "wzh", 80, 24);
    assert!(picture.contains("1 王梓涵") && picture.contains("2 王子涵") && !picture.contains("吴昊天    "), "{picture}");
    for text in [".7", "830168"] {
        line(&mut session, text);
    }
    let picture = shot(&session, "2468", 80, 24);
    assert!(picture.contains("****") && !picture.contains("2468"), "{picture}");
}
