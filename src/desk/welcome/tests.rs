//! The set-up from the first question to the last, back again, and what it refuses.
#![allow(clippy::unwrap_used, clippy::wildcard_enum_match_arm)]

use chrono::NaiveDate;

use super::*;
use crate::domain::fact::{Fact, OfficeFact, RecoveryFact};
use crate::domain::people::{Role, StaffId};
use crate::domain::register::Register;
use crate::domain::settings::Settings;
use crate::domain::settings::keys::Key;
use crate::domain::time::time_of_day;

fn say(lines: &[&str]) -> (Welcome, Wish) {
    let mut welcome = Welcome::new(Lang::Zh, String::new());
    let mut wish = Wish::Stay;
    for line in lines {
        wish = if *line == "esc" { welcome.escape() } else { welcome.line(line) };
    }
    (welcome, wish)
}

const ALL: [&str; 13] = ["2", "向阳小学", "一楼", "", "18:30", "", "2", "何主任", "135790", "135790", "0571-8000", "2", ""];

#[test]
fn every_question_in_its_order_and_one_act_at_the_end() {
    let (welcome, wish) = say(&ALL);
    assert_eq!(wish, Wish::Finish);
    let today = NaiveDate::from_ymd_opt(2026, 9, 1).unwrap();
    let facts = welcome.answers.facts(Lang::Zh, "hash".to_owned(), "code".to_owned(), today);
    let mut register = Register::default();
    let mut settings = Settings::default();
    for fact in &facts {
        match fact {
            Fact::Office(OfficeFact::SettingSet { key, now, .. }) => {
                let key = Key::ALL.into_iter().find(|k| k.key() == key).unwrap();
                assert!(key.put(&mut settings, now.as_deref().unwrap()));
            }
            Fact::Office(OfficeFact::TimetableSet { now, .. }) => {
                let table = now.clone().unwrap();
                settings.entered.timetables.insert(table.id, *table);
            }
            Fact::StaffSet { now, .. } => register.put_staff((**now).clone()),
            Fact::Recovery(RecoveryFact::Made { staff, hash }) => assert_eq!((*staff, hash.as_str()), (StaffId(1), "code")),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!((settings.school.as_str(), settings.room.as_str(), settings.complaint_phone.as_str()), ("向阳小学", "一楼", "0571-8000"));
    assert_eq!(Key::CardMode.value(&settings), "held");
    let session = settings.session_on(today).unwrap();
    assert_eq!((session.end, session.pickup_from), (time_of_day("18:30").unwrap(), time_of_day("17:45").unwrap()));
    assert_eq!(register.staff_member(StaffId(1)).unwrap().role, Role::Leader);
    assert!(!format!("{welcome:?}").contains("135790"), "a PIN is never printed");
}

#[test]
fn every_step_can_be_gone_back_and_nothing_is_forgotten() {
    for steps in 1..ALL.len() - 1 {
        let (mut welcome, _) = say(&ALL[..steps]);
        let before = welcome.clone();
        for _ in 0..steps {
            welcome.escape();
        }
        assert_eq!(welcome.stage, Stage::Choose, "{steps}");
        assert_eq!(welcome.answers, before.answers, "{steps}");
        assert_eq!(welcome.escape(), Wish::Leave);
    }
    let (mut welcome, _) = say(&ALL[..4]);
    welcome.escape();
    welcome.escape();
    assert_eq!(welcome.stage, Stage::Ask(Field::Room));
    welcome.line("");
    assert_eq!((welcome.stage, welcome.answers.room.as_str()), (Stage::Ask(Field::Start), "一楼"));
}

#[test]
fn a_pin_that_is_a_card_of_the_roster_is_asked_anew() {
    let (mut welcome, wish) = say(&["2", "校", "", "", "", "", "", "何", "135790", "135790", "", "1", "a.csv"]);
    assert_eq!(wish, Wish::Read("a.csv".to_owned()));
    welcome.pin_is_a_card();
    assert_eq!((&welcome.stage, &welcome.answers.pin), (&Stage::Ask(Field::Pin), &None));
    assert!(welcome.error.is_some());
    for line in ["246802", "246802", "", "1"] {
        welcome.line(line);
    }
    assert_eq!(welcome.line("a.csv"), Wish::Read("a.csv".to_owned()), "the roster is read again with the new one");
}

/// A roster whose cards lost their zeros is read again with what is said of them; another file is asked about anew.
#[test]
fn cards_get_their_zeros_back_when_it_is_said_how_long_they_are() {
    let (mut welcome, _) = say(&["2", "校", "", "", "", "", "", "何", "135790", "135790", "", "1", "a.xlsx"]);
    welcome.read(vec!["row 9".to_owned()], Found::WantsDigits);
    for wrong in ["3", "21", "十", "10 11"] {
        assert_eq!(welcome.line(wrong), Wish::Stay, "{wrong}");
        assert!(welcome.error.is_some() && welcome.answers.card_digits.is_none(), "{wrong}");
    }
    assert_eq!(welcome.line(""), Wish::Stay, "nobody guesses");
    assert_eq!(welcome.line("１０"), Wish::Read("a.xlsx".to_owned()));
    assert_eq!(welcome.answers.card_digits, Some(10));
    welcome.read(vec!["row 9".to_owned()], Found::Good);
    assert_eq!(welcome.line("10"), Wish::Stay);
    welcome.escape();
    assert_eq!((welcome.line("b.xlsx"), welcome.answers.card_digits), (Wish::Read("b.xlsx".to_owned()), None));
}

#[test]
fn what_does_not_fit_is_said_and_asked_again() {
    for (lines, stays) in [
        (&["3"][..], Stage::Choose),
        (&["2", ""], Stage::Ask(Field::School)),
        (&["2", "向\u{202e}阳"], Stage::Ask(Field::School)),
        (&["2", "校", "", "半点"], Stage::Ask(Field::Start)),
        (&["2", "校", "", "17:00", "16:00"], Stage::Ask(Field::End)),
        (&["2", "校", "", "", "", "15:00"], Stage::Ask(Field::Pickup)),
        (&["2", "校", "", "", "", "", "3"], Stage::Ask(Field::Cards)),
        (&["2", "校", "", "", "", "", "", ""], Stage::Ask(Field::Leader)),
        (&["2", "校", "", "", "", "", "", "何", "1234"], Stage::Ask(Field::Pin)),
        (&["2", "校", "", "", "", "", "", "何", "453841"], Stage::Ask(Field::Pin)),
        (&["2", "校", "", "", "", "", "", "何", "135790", "135791"], Stage::Ask(Field::Pin)),
    ] {
        let (welcome, wish) = say(lines);
        assert_eq!((welcome.stage, wish), (stays, Wish::Stay), "{lines:?}");
        assert!(welcome.error.is_some(), "{lines:?}");
    }
}
