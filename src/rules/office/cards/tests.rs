#![allow(clippy::unwrap_used, clippy::wildcard_enum_match_arm)]
use super::allot::{all_differ, allot, well_spaced};
use super::*;
use crate::domain::card::{checks, edits};
use crate::domain::day::Day;
use crate::domain::face::Chip;
use crate::domain::fact::{Entry, Seq};
use crate::domain::people::{Child, HouseholdId, Role, Staff, StaffId};
use crate::domain::register::Register;
use crate::domain::settings::Settings;
use crate::domain::time::{moment, time_of_day};
use crate::rules::card::{Meaning, Unclear, look_up, unclear};
use proptest::prelude::*;

struct World {
    register: Register,
    day: Day,
    settings: Settings,
    seq: i64,
}

fn clock(text: &str) -> Moment {
    let base = Moment::from_local(NaiveDate::from_ymd_opt(2026, 9, 7).unwrap().and_time(time_of_day("00:00").unwrap()), 480);
    moment(text, base).unwrap()
}

fn number(text: &str) -> CardNumber {
    CardNumber::new(text)
}

fn own(child: i64, text: &str, kind: CardKind) -> NewCard {
    NewCard { child: ChildId(child), number: number(text), own: true, kind }
}

fn school(child: i64, text: &str) -> NewCard {
    NewCard { child: ChildId(child), number: number(text), own: false, kind: CardKind::Main }
}

impl World {
    /// Children 1 to 4; 1 has the card 453841.
    fn new() -> Self {
        let mut register = Register::default();
        for id in 1..=4 {
            register.put_child(Child::new(ChildId(id), format!("童{id}"), 3, HouseholdId(id)));
        }
        register.put_card(Card::new(number("453841"), ChildId(1), true));
        register.put_staff(Staff { card: Some(number("526014")), ..Staff::new(StaffId(1), "方", Role::Leader) });
        Self { register, day: Day::new(clock("12:00").date(), Vec::new()), settings: Settings::default(), seq: 0 }
    }

    fn room(&self) -> Room<'_> {
        Room { register: &self.register, day: &self.day, settings: &self.settings, desk: "desk", keeper: None }
    }

    fn act(&mut self, act: &CardsAct) -> Result<(), Hindrance> {
        let now = clock("16:00");
        let facts = facts(self.room(), act, now).map_err(|objection| match objection {
            Objection::Office(crate::rules::office::Hindrance::Cards(hindrance)) => hindrance,
            other => panic!("{other:?}"),
        })?;
        for fact in facts {
            self.seq += 1;
            let now = now.plus_seconds(self.seq);
            let entry =
                Entry { seq: Seq(self.seq), act: Seq(self.seq), day: now.date(), at: now, entered_at: now, desk: "desk".into(), staff: None, fact };
            self.register.apply(&entry);
            self.day.apply(&entry);
        }
        Ok(())
    }

    fn tomorrow(&mut self) {
        self.day = self.day.next(self.day.date().succ_opt().unwrap());
    }

    fn meaning(&self, text: &str) -> String {
        match look_up(self.room(), [text]) {
            Meaning::Child { child, .. } => child.0.to_string(),
            Meaning::Staff(_) => "STAFF".to_owned(),
            Meaning::Refused(verdict, _) => verdict.name().unwrap_or("-").to_owned(),
        }
    }
}

#[test]
fn a_child_has_one_main_card() {
    let mut w = World::new();
    assert_eq!(w.act(&CardsAct::Issue(vec![own(1, "693691", CardKind::Main)])), Err(Hindrance::HasCard(ChildId(1))));
    assert_eq!(w.act(&CardsAct::Issue(vec![own(2, "693692", CardKind::Main)])), Err(Hindrance::NotOwn), "no check digit");
    assert_eq!(w.act(&CardsAct::Issue(vec![own(2, "453841", CardKind::Main)])), Err(Hindrance::Taken(number("453841"))));
    assert_eq!(w.act(&CardsAct::Issue(vec![own(2, "526014", CardKind::Main)])), Err(Hindrance::StaffCard));
    let twice = vec![own(2, "693691", CardKind::Main), own(3, "693691", CardKind::Main)];
    assert_eq!(w.act(&CardsAct::Issue(twice)), Err(Hindrance::Taken(number("693691"))));
    assert_eq!(without_card(w.room()), [ChildId(2), ChildId(3), ChildId(4)]);
    w.act(&CardsAct::Issue(vec![own(2, "693691", CardKind::Main), own(3, "779093", CardKind::Main)])).unwrap();
    assert_eq!((w.meaning("693691"), w.meaning("779093")), ("2".into(), "3".into()));
    assert_eq!(w.act(&CardsAct::Issue(Vec::new())), Err(Hindrance::NobodyWithout));
}

#[test]
fn a_second_card_only_where_the_school_allows_it() {
    let mut w = World::new();
    let second = CardsAct::Issue(vec![own(1, "693691", CardKind::Second)]);
    assert_eq!(w.act(&second), Err(Hindrance::NoSecondCard));
    w.settings.second_card = true;
    w.act(&second).unwrap();
    assert_eq!((w.meaning("453841"), w.meaning("693691")), ("1".into(), "1".into()));
    assert_eq!(w.register.live_card(ChildId(1)).unwrap().number.as_str(), "453841", "the main one first");
    assert_eq!(w.act(&CardsAct::Issue(vec![own(1, "779093", CardKind::Second)])), Err(Hindrance::NoSecondCard));
    assert_eq!(w.act(&CardsAct::Issue(vec![own(2, "779093", CardKind::Second)])), Err(Hindrance::NoSecondCard), "without a main one");
}

#[test]
fn a_card_for_the_day_is_good_that_day_and_touches_no_other() {
    let mut w = World::new();
    w.act(&CardsAct::Issue(vec![own(1, "693691", CardKind::Day)])).unwrap();
    assert_eq!((w.meaning("693691"), w.meaning("453841")), ("1".into(), "1".into()));
    assert_eq!(w.act(&CardsAct::Issue(vec![own(1, "779093", CardKind::Day)])), Err(Hindrance::HasDayCard(ChildId(1))));
    assert_eq!(w.register.card_count_on(w.day.date()).rack, 2);
    w.tomorrow();
    assert_eq!((w.meaning("693691"), w.meaning("453841")), ("EXPIRED".into(), "1".into()));
    assert_eq!(w.register.card_count_on(w.day.date()).rack, 1, "it does not count any more");
    assert_eq!(w.act(&CardsAct::Revive(number("693691"))), Err(Hindrance::StaysDead));
    w.act(&CardsAct::Issue(vec![own(1, "779093", CardKind::Day)])).unwrap();
    assert!(matches!(w.register.card(&number("693691")).unwrap().state, CardState::Expired { .. }), "the one of yesterday is put away");
}

#[test]
fn replaced_lost_voided_and_found_again() {
    let mut w = World::new();
    w.act(&CardsAct::Replace { old: number("453841"), new: own(1, "693691", CardKind::Main) }).unwrap();
    assert_eq!((w.meaning("453841"), w.meaning("693691")), ("REPLACED".into(), "1".into()));
    assert_eq!(w.act(&CardsAct::Revive(number("453841"))), Err(Hindrance::StaysDead), "it was replaced");
    w.act(&CardsAct::Lose(number("693691"))).unwrap();
    assert_eq!(w.meaning("693691"), "LOST");
    assert_eq!(w.act(&CardsAct::Lose(number("693691"))), Err(Hindrance::NotInUse));
    w.act(&CardsAct::Revive(number("693691"))).unwrap();
    assert_eq!(w.meaning("693691"), "1");
    w.act(&CardsAct::Lose(number("693691"))).unwrap();
    w.act(&CardsAct::Issue(vec![own(1, "779093", CardKind::Main)])).unwrap();
    assert_eq!(w.act(&CardsAct::Revive(number("693691"))), Err(Hindrance::StaysDead), "another took its place");
    assert_eq!(w.meaning("693691"), "LOST", "and it is still known as lost");
    w.act(&CardsAct::Void(number("779093"))).unwrap();
    assert_eq!(w.meaning("779093"), "EXPIRED");
}

#[test]
fn the_term_ends_for_all_cards_at_once() {
    let mut w = World::new();
    w.act(&CardsAct::Issue(vec![own(2, "693691", CardKind::Day)])).unwrap();
    let (today, yesterday) = (w.day.date(), w.day.date().pred_opt().unwrap());
    assert_eq!(w.act(&CardsAct::EndAll { until: yesterday }), Err(Hindrance::DayIsPast));
    w.act(&CardsAct::EndAll { until: today }).unwrap();
    assert_eq!(w.act(&CardsAct::EndAll { until: today }), Err(Hindrance::NothingToChange));
    w.act(&CardsAct::Issue(vec![own(3, "779093", CardKind::Main)])).unwrap();
    assert_eq!(w.register.card(&number("779093")).unwrap().until, Some(today), "a new card ends with the others");
    assert_eq!(w.meaning("453841"), "1");
    w.tomorrow();
    assert_eq!((w.meaning("453841"), w.meaning("779093")), ("EXPIRED".into(), "EXPIRED".into()));
    // A new term: a new date wakes them, and who got another card meanwhile keeps that one alone.
    w.act(&CardsAct::Issue(vec![own(1, "159082", CardKind::Main)])).unwrap();
    w.act(&CardsAct::EndAll { until: today.checked_add_months(chrono::Months::new(4)).unwrap() }).unwrap();
    assert_eq!((w.meaning("453841"), w.meaning("159082"), w.meaning("779093")), ("EXPIRED".into(), "1".into(), "3".into()));
}

#[test]
fn the_rack_is_counted_and_what_is_missing_is_named() {
    let mut w = World::new();
    w.act(&CardsAct::Issue(vec![own(2, "693691", CardKind::Main), own(3, "779093", CardKind::Main)])).unwrap();
    let count = |counted, missing: &[&str], reason: Option<&str>| CardsAct::Count {
        counted,
        missing: missing.iter().copied().map(number).collect(),
        reason: reason.map(str::to_owned),
    };
    assert_eq!(w.act(&count(2, &[], None)), Err(Hindrance::CountChanged));
    assert_eq!(w.act(&count(2, &["693691"], None)), Err(Hindrance::WantsReason));
    assert_eq!(w.act(&count(2, &["693691"], Some("  "))), Err(Hindrance::WantsReason));
    assert_eq!(w.act(&count(1, &["693691", "693691"], Some("不知"))), Err(Hindrance::CountChanged));
    assert_eq!(w.act(&count(4, &[], None)), Err(Hindrance::WantsReason));
    w.act(&count(3, &[], None)).unwrap();
    w.act(&count(2, &["693691"], Some("昨日未还"))).unwrap();
    let n = w.register.card_count();
    assert_eq!((n.rack, n.away), (2, 1), "the missing one is out of the room");
    w.act(&count(2, &[], None)).unwrap();
    assert_eq!(w.act(&CardsAct::Hang(number("453841"))), Err(Hindrance::NotAway));
    w.act(&CardsAct::Hang(number("693691"))).unwrap();
    assert_eq!(w.register.card_count().rack, 3);
    w.settings.card_mode = CardMode::Held;
    assert_eq!(w.act(&count(3, &[], None)), Err(Hindrance::NoRack));
}

#[test]
fn a_schools_card_is_taken_on_if_nothing_else_can_be_taken_for_it() {
    let mut w = World::new();
    w.act(&CardsAct::Issue(vec![school(2, "0040856634")])).unwrap();
    for (code, want) in [
        ("0040856634", Hindrance::Taken(number("0040856634"))),
        ("07302202", Hindrance::SameCard(number("0040856634"))),
        ("111,27706", Hindrance::SameCard(number("0040856634"))),
        ("01026F6C3A", Hindrance::SameCard(number("0040856634"))),
        ("0980184834", Hindrance::SameCard(number("0040856634"))),
        ("00036F6C3A", Hindrance::SharesFace(number("0040856634"))),
        ("27706", Hindrance::Short),
        ("526014", Hindrance::StaffCard),
        ("453841", Hindrance::Taken(number("453841"))),
        ("453842", Hindrance::TooClose(number("453841"))),
        ("54384", Hindrance::Short),
    ] {
        assert_eq!(w.act(&CardsAct::Issue(vec![school(3, code)])), Err(want), "{code}");
    }
    // A card that had its time may go to another child; one that was lost may not.
    w.act(&CardsAct::Void(number("0040856634"))).unwrap();
    w.act(&CardsAct::Issue(vec![school(3, "0040856634")])).unwrap();
    assert_eq!(w.meaning("07302202"), "3");
    w.act(&CardsAct::Lose(number("0040856634"))).unwrap();
    assert_eq!(w.act(&CardsAct::Issue(vec![school(4, "0040856634")])), Err(Hindrance::Taken(number("0040856634"))));
    assert_eq!(w.meaning("11127706"), "LOST", "a lost card is lost in every spelling");
}

#[test]
fn every_spelling_of_the_manuals_card_is_that_card() {
    let table = include_str!("../../../../tests/data/scanners/em4100_01026F6C3A.csv");
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let spellings: Vec<(&str, &str)> = rows.iter().map(|row| (&row[2], &row[3])).collect();
    assert_eq!(spellings.len(), 10);
    for (enrolled_as, code) in &spellings {
        let mut w = World::new();
        let taken = w.act(&CardsAct::Issue(vec![school(2, code)]));
        if enrolled_as.starts_with("4H5D") {
            assert_eq!(taken, Err(Hindrance::Short), "{code}");
            continue;
        }
        taken.unwrap();
        for (format, spelling) in &spellings {
            let want = if format.starts_with("4H5D") { "NO_CARD" } else { "2" };
            assert_eq!(w.meaning(spelling), want, "enrolled as {code} ({enrolled_as}), read as {spelling} ({format})");
        }
        assert_eq!(unclear(w.room(), "27706"), Some(Unclear::Short));
    }
}

#[test]
fn a_staff_card_in_another_spelling_is_no_childs() {
    let mut w = World::new();
    // The low 24 bits of the child's card are those of the staff card's.
    w.act(&CardsAct::Issue(vec![school(2, "07302202")])).unwrap();
    w.register.put_staff(Staff { card: Some(number("0040856634")), ..Staff::new(StaffId(2), "丁", Role::Duty) });
    assert_eq!((w.meaning("0040856634"), w.meaning("07302202"), w.meaning("00623,27706")), ("STAFF".into(), "2".into(), "NO_CARD".into()));
    assert_eq!(w.act(&CardsAct::Issue(vec![school(3, "026F6C3A")])), Err(Hindrance::StaffCard));
}

#[test]
fn a_number_of_ours_is_never_taken_for_a_spelling() {
    let mut w = World::new();
    w.act(&CardsAct::Issue(vec![school(2, "0040856634")])).unwrap();
    assert_eq!(w.meaning("07302202"), "2");
    // As soon as there are numbers of ours with eight digits, eight digits are one of them or nothing.
    w.register.put_card(Card::new(number("99999994"), ChildId(3), true));
    assert!(!checks("07302202"));
    assert_eq!(w.meaning("07302202"), "BAD_DIGIT");
    assert_eq!(w.meaning("111,27706"), "2", "a spelling that cannot be one of ours still counts");
}

#[test]
fn drawn_numbers_keep_away_from_all_others() {
    let mut w = World::new();
    w.act(&CardsAct::Issue(vec![school(2, "0040856634")])).unwrap();
    w.act(&CardsAct::Lose(number("453841"))).unwrap();
    let mut state = 5_u64;
    let mut random = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state >> 17
    };
    let drawn = allot(&w.register, 100, &mut random);
    assert_eq!((drawn.len(), well_spaced(&drawn), all_differ(&drawn)), (100, 100, true));
    let known = ["453841", "526014"].map(number);
    let numbers: Vec<CardNumber> = drawn.into_iter().map(|(n, _)| n).collect();
    for (index, one) in numbers.iter().enumerate() {
        let others = numbers.iter().skip(index + 1).chain(&known);
        assert!(others.clone().all(|other| edits(one.as_str(), other.as_str()) >= 3), "{one}");
    }
}

fn dice(mut state: u64) -> impl FnMut() -> u64 {
    move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state >> 17
    }
}

#[test]
fn ten_thousand_children_get_numbers_three_edits_apart() {
    let mut register = Register::default();
    for id in 1..=10_000 {
        register.put_child(Child::new(ChildId(id), "童", 3, HouseholdId(id)));
    }
    let drawn = allot(&register, 10_000, &mut dice(9));
    assert_eq!((drawn.len(), well_spaced(&drawn), all_differ(&drawn)), (10_000, 10_000, true));
    assert!(drawn.iter().all(|(n, _)| n.as_str().len() == 8 && checks(n.as_str())));
}

#[test]
fn where_short_numbers_are_used_up_longer_ones_go_on_or_it_is_said_how_many() {
    let mut w = World::new();
    // Dead cards of years: every tenth number of six digits that checks.
    for body in (0..100_000_u32).step_by(10) {
        let body = format!("{body:05}");
        let full = format!("{body}{}", crate::domain::card::damm(&body).unwrap());
        w.register.put_card(Card { state: CardState::Lost { at: clock("12:00") }, ..Card::new(number(&full), ChildId(1), true) });
    }
    let drawn = allot(&w.register, 30, &mut dice(5));
    assert_eq!((drawn.len(), well_spaced(&drawn), all_differ(&drawn)), (30, 30, true), "none of six digits is left, all have eight");
    assert!(drawn.iter().all(|(n, _)| n.as_str().len() == 8));
    // Eight digits could be a reading of a school's own card: then it is said what can be kept, and why not more.
    w.register.put_card(Card::new(number("0040856634"), ChildId(2), false));
    let drawn = allot(&w.register, 2, &mut dice(5));
    assert_eq!((drawn.len(), well_spaced(&drawn), all_differ(&drawn)), (2, 0, true));
    assert!(drawn.iter().all(|(n, _)| n.as_str().len() == 6 && w.register.card(n).is_none()));
}

proptest! {
    /// Of any set of cards that were enrolled in any spelling, any spelling of any card gives that card or a refusal.
    #[test]
    fn never_a_wrong_child(cards in proptest::collection::vec((0_u64..4, 0_u64..3, 0_u64..3, 0_u64..0x1_0000, any::<bool>(), 0_usize..12), 1..14)) {
        let mut w = World::new();
        let mut enrolled: Vec<(i64, Chip)> = Vec::new();
        for (index, (top, high, middle, low, small, spelling)) in cards.into_iter().enumerate() {
            // Few high bits and few low ones: collisions are the rule.
            let bits = top << 32 | high << 24 | middle << 16 | if small { low % 3 } else { low };
            let (id, chip) = (i64::try_from(index).unwrap() + 10, Chip::whole(bits));
            w.register.put_child(Child::new(ChildId(id), format!("童{id}"), 3, HouseholdId(id)));
            let code = chip.spellings().swap_remove(spelling);
            if w.act(&CardsAct::Issue(vec![school(id, &code)])).is_ok() {
                enrolled.push((id, chip));
            }
        }
        prop_assert!(!enrolled.is_empty());
        for (id, chip) in enrolled {
            for code in chip.spellings() {
                match look_up(w.room(), [code.as_str()]) {
                    Meaning::Child { child, .. } => prop_assert_eq!(child, ChildId(id), "{}", code),
                    Meaning::Refused(..) => {}
                    Meaning::Staff(_) => prop_assert!(false, "{}", code),
                }
            }
        }
    }
}
