//! What a setting takes and what it refuses while children are here.
#![allow(clippy::unwrap_used, clippy::wildcard_enum_match_arm)]

use super::*;
use crate::domain::card::CardNumber;
use crate::domain::custody::{Card, Custody};
use crate::domain::day::Day;
use crate::domain::people::ChildId;
use crate::domain::register::{Office, Register};

fn set(office: &[(Key, &str)], cards_out: bool, key: Key, value: Option<&str>) -> Result<Vec<Fact>, Objection> {
    let mut filed = Office::default();
    filed.settings.extend(office.iter().map(|(key, value)| (key.key().to_owned(), (*value).to_owned())));
    let mut register = Register::default();
    register.put_office(filed.clone());
    let custody = if cards_out { Custody::Holder } else { Custody::Rack };
    let card = Card { custody, ..Card::new(CardNumber::new("453841"), ChildId(1), true) };
    register.put_card(card.clone());
    let mut count = register.card_count();
    if count.issued == 0 {
        count.add(&card);
        register.put_card_count(count);
    }
    let settings = Settings::default().overlaid(&filed);
    let now = Moment::from_local("2026-09-07T16:00:00".parse().unwrap(), 480);
    let day = Day::new(now.date(), Vec::new());
    let room = Room { register: &register, day: &day, settings: &settings, desk: "desk", keeper: None };
    facts(room, &SettingsAct::Set { key, value: value.map(str::to_owned) }, now)
}

fn hindrance(result: Result<Vec<Fact>, Objection>) -> Hindrance {
    match result {
        Err(Objection::Office(office::Hindrance::Settings(hindrance))) => hindrance,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_setting_is_set_and_put_back() {
    let facts = set(&[], false, Key::School, Some("向阳小学")).unwrap();
    let want = OfficeFact::SettingSet { key: "school".to_owned(), was: None, now: Some("向阳小学".to_owned()) };
    assert_eq!(facts, [Fact::Office(want)]);
    let facts = set(&[(Key::School, "向阳小学")], false, Key::School, None).unwrap();
    let want = OfficeFact::SettingSet { key: "school".to_owned(), was: Some("向阳小学".to_owned()), now: None };
    assert_eq!(facts, [Fact::Office(want)]);
    assert_eq!(hindrance(set(&[(Key::School, "x")], false, Key::School, Some("x"))), Hindrance::Unchanged);
    assert_eq!(hindrance(set(&[], false, Key::School, None)), Hindrance::Unchanged);
    assert_eq!(hindrance(set(&[], false, Key::BoardMinutes, Some("ten"))), Hindrance::Value(Key::BoardMinutes));
    assert_eq!(hindrance(set(&[], false, Key::ExtendedUntil, Some("18:00"))), Hindrance::ExtendedEarly);
    assert!(set(&[], false, Key::ExtendedUntil, Some("19:00")).is_ok());
}

#[test]
fn how_cards_travel_does_not_change_while_cards_are_out() {
    assert!(set(&[], false, Key::CardMode, Some("held")).is_ok());
    assert_eq!(hindrance(set(&[], true, Key::CardMode, Some("held"))), Hindrance::CardsOut { children: 0, cards: 1 });
    assert_eq!(hindrance(set(&[(Key::CardMode, "held")], true, Key::CardMode, None)), Hindrance::CardsOut { children: 0, cards: 1 });
    assert!(set(&[], true, Key::CardMode, Some("claim")).is_ok(), "filing what holds anyway changes nothing");
}
