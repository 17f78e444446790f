//! A small care room to record about.

use caredesk::domain::card::CardNumber;
use caredesk::domain::custody::Card;
use caredesk::domain::fact::{Draft, Fact, Ground, Holder, Means, Seq, Taker};
use caredesk::domain::people::{Child, ChildId, Collector, CollectorId, Consent, HouseholdId, Right, Role, Staff, StaffId};
use caredesk::domain::settings::Place;
use caredesk::domain::time::Moment;
use caredesk::store::{Recorded, Stamp, Store};
use chrono::NaiveDate;

/// 2026-09-07 at 16:30, and so many seconds later.
pub fn at(seconds: i64) -> Moment {
    let local = NaiveDate::from_ymd_opt(2026, 9, 7).unwrap().and_hms_opt(16, 30, 0).unwrap();
    Moment::from_local(local, 480).plus_seconds(seconds)
}

pub fn stamp(now: Moment) -> Stamp {
    Stamp { now, desk: "一号".into(), staff: Some(StaffId(1)) }
}

pub const CARDS: [&str; 5] = ["453841", "693691", "779093", "159082", "504179"];

pub fn number(text: &str) -> CardNumber {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).unwrap()
}

pub fn child(id: i64) -> Child {
    Child {
        class_no: Some(1),
        seat: u32::try_from(id).unwrap(),
        health: (id == 2).then(|| "花生过敏".to_owned()),
        consent: Consent::Given,
        ..Child::new(ChildId(id), format!("陈{id}"), 4, HouseholdId(1 + id % 2))
    }
}

pub fn collector(id: i64) -> Collector {
    let right = match id {
        2 => Right::OneDay { day: at(0).date(), confirmed: true },
        3 => Right::Barred,
        _ => Right::Standing,
    };
    Collector { phone: Some("13800000000".into()), ..Collector::new(CollectorId(id), ChildId(id), 1, format!("林{id}"), "母亲", right) }
}

pub fn card(id: i64) -> Card {
    Card::new(number(CARDS[usize::try_from(id - 1).unwrap()]), ChildId(id), true)
}

/// Five children, each with a collector and a card, and one teacher.
pub fn roster() -> Vec<Draft> {
    let staff = Staff { card: Some(number("989123")), pin: Some("$argon2id$".into()), ..Staff::new(StaffId(1), "方", Role::Duty) };
    let mut facts = vec![Fact::StaffSet { was: None, now: Box::new(staff) }];
    for id in 1..=5 {
        facts.push(Fact::ChildSet { was: None, now: Box::new(child(id)) });
        facts.push(Fact::CollectorSet { was: None, now: Box::new(collector(id)) });
        facts.push(Fact::CardSet { was: None, now: Box::new(card(id)) });
    }
    facts.into_iter().map(Draft::from).collect()
}

/// The number of the last entry of [`roster`].
pub const ROSTER: Seq = Seq(16);

pub fn arrived(id: i64) -> Draft {
    let (child, card, holder) = (ChildId(id), Some(card(id).number), Holder::Presumed(CollectorId(id)));
    Fact::Arrived { child, card, means: Means::Scanned, holder, place: Place::room(), despite: None }.into()
}

pub fn released(id: i64, arrival: Seq) -> Draft {
    let ground = Ground::Card { number: card(id).number };
    Fact::Released { child: ChildId(id), arrival, ground, taker: Taker::Collector(CollectorId(id)), early: None, late: None }.into()
}

pub fn undone(seq: i64) -> Draft {
    Fact::Undone { seq: Seq(seq), reason: None }.into()
}

/// Records at the end of the journal and gives the new end.
pub fn add(store: &mut Store, drafts: &[Draft], seconds: i64) -> Seq {
    let seen = store.head().unwrap();
    match store.record(seen, drafts, &stamp(at(seconds))).unwrap() {
        Recorded::Done(entries) => entries.last().map_or(seen, |e| e.seq),
        Recorded::Behind(_) => panic!("behind"),
    }
}

pub fn furnished() -> Store {
    let mut store = Store::memory().unwrap();
    assert_eq!(add(&mut store, &roster(), 0), ROSTER);
    store
}
