//! The practice room: invented children, a simulated clock, a store of its own kind (N16).
//!
//! The afternoon's twenty-two stand in `assets/practice/afternoon.toml`; any other number is invented from a seed.
//! What has happened before the door opens is entered through the same rules as at the desk.

use chrono::{NaiveDate, NaiveTime};
use serde::Deserialize;

use crate::domain::activity::{Category, GroupId};
use crate::domain::card::{Allotment, CardNumber};
use crate::domain::custody::Card;
use crate::domain::fact::{Draft, EarlyReason, Fact, Means, Seq};
use crate::domain::people::{Child, ChildId, Collector, Consent, HouseholdId, Right, Role, Staff, StaffId};
use crate::domain::register::NextIds;
use crate::domain::settings::{Place, Settings};
use crate::domain::staff::{Capacity, Credential, Employment, Vetting};
use crate::domain::time::Moment;
use crate::rules::groups::{GroupAct, Plan as GroupPlan, Which};
use crate::rules::pass::Proof;
use crate::rules::{Act, Pass, Request, Room, decide};
use crate::store::{Recorded, Stamp, Store, StoreError};

/// Local time of the practice room: China, minutes ahead of UTC.
pub const OFFSET_MIN: i32 = 480;

/// The most children that can be invented.
pub const MOST_CHILDREN: u32 = 100_000;

const DESK: &str = "practice";

/// The invented room's football group.
const FOOTBALL: &str = "足球";

#[derive(Deserialize)]
struct RoomFile {
    school: String,
    room: String,
    complaint_phone: String,
    pin: String,
    staff: Vec<StaffLine>,
    children: Vec<ChildLine>,
}

#[derive(Deserialize)]
struct StaffLine {
    name: String,
    role: Role,
    kind: String,
    card: String,
    #[serde(default)]
    capacity: Capacity,
    employment: Option<Employment>,
    load: Option<u8>,
    vetted: Option<NaiveDate>,
    #[serde(default)]
    papers: Vec<String>,
}

#[derive(Deserialize)]
struct ChildLine {
    card: String,
    name: String,
    grade: u8,
    class: Option<u8>,
    household: i64,
    health: Option<String>,
    collectors: Vec<String>,
}

fn room_file() -> RoomFile {
    toml::from_str(include_str!("../../assets/practice/afternoon.toml")).expect("the practice room is checked by a test")
}

/// The Monday on which practice takes place, at a time of day.
#[must_use]
pub fn practice_day(time: NaiveTime) -> Moment {
    let date = NaiveDate::from_ymd_opt(2026, 9, 7).unwrap_or_default();
    Moment::from_local(date.and_time(time), OFFSET_MIN)
}

/// The settings of the practice room: the defaults, with its own names.
#[must_use]
pub fn settings(base: Settings) -> Settings {
    let file = room_file();
    Settings { school: file.school, room: file.room, complaint_phone: file.complaint_phone, ..base }
}

/// What a practice room begins with.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// When it begins.
    pub start: Moment,
    /// Whether the afternoon has gone on before: most children in, some gone.
    pub lived_in: bool,
    /// So many invented children instead of the afternoon's.
    pub children: Option<u32>,
    /// The seed from which they are invented.
    pub seed: u64,
}

/// Fills an empty practice store.
///
/// # Errors
/// When the store refuses.
pub fn furnish(store: &mut Store, plan: Plan) -> Result<(), StoreError> {
    let file = room_file();
    let opening = plan.start.at_time(NaiveTime::from_hms_opt(16, 20, 0).unwrap_or_default());
    let opening = if opening.ms < plan.start.ms { opening } else { plan.start };
    let mut ids = NextIds { child: 1, collector: 1, staff: 1, household: 1 };
    let mut drafts: Vec<Draft> = Vec::new();
    for line in &file.staff {
        drafts.push(staff_fact(&mut ids, line, &file.pin).into());
    }
    match plan.children {
        None => file.children.iter().for_each(|line| child_facts(&mut ids, line, &mut drafts)),
        Some(n) => invented(&mut ids, n.min(MOST_CHILDREN), plan.seed, &mut drafts),
    }
    let stamp = Stamp { now: opening, desk: DESK.to_owned(), staff: None };
    let head = match store.record(Seq(0), &drafts, &stamp)? {
        Recorded::Done(entries) => entries.last().map_or(Seq(0), |e| e.seq),
        Recorded::Behind(_) => return Ok(()), // another process has furnished it meanwhile
    };
    let on_duty = NaiveTime::from_hms_opt(16, 21, 0).is_some_and(|t| plan.start.time() >= t);
    if on_duty || plan.lived_in {
        let mut past = Past { store, head, settings: settings(Settings::default()) };
        past.at(opening_time(plan.start, 16, 21), &Request::Act(Act::SignOn { staff: StaffId(2) }))?;
        past.at(opening_time(plan.start, 16, 21), &Request::Act(Act::SignOn { staff: StaffId(1) }))?;
        if plan.lived_in {
            live(&mut past, plan.start)?;
        }
    }
    Ok(())
}

fn opening_time(day: Moment, h: u32, m: u32) -> Moment {
    day.at_time(NaiveTime::from_hms_opt(h, m, 0).unwrap_or_default())
}

fn staff_fact(ids: &mut NextIds, line: &StaffLine, pin: &str) -> Fact {
    let staff = Staff {
        kind: Some(line.kind.clone()),
        card: Some(CardNumber::new(line.card.as_str())),
        pin: Some(pin.to_owned()),
        capacity: line.capacity,
        employment: line.employment,
        load: line.load,
        vetting: line.vetted.map_or(Vetting::Unknown, |on| Vetting::Clear { on }),
        credentials: line.papers.iter().map(|text| credential(text)).collect(),
        ..Staff::new(ids.staff(), line.name.as_str(), line.role)
    };
    Fact::StaffSet { was: None, now: Box::new(staff) }
}

/// A paper: its name, then its last valid day if it has one.
fn credential(text: &str) -> Credential {
    let (name, until) = text.split_once(' ').unwrap_or((text, ""));
    Credential { name: name.to_owned(), until: until.parse().ok() }
}

fn child_facts(ids: &mut NextIds, line: &ChildLine, drafts: &mut Vec<Draft>) {
    let id = ids.child();
    let child = Child {
        class_no: Some(line.class.unwrap_or(1)),
        seat: u32::try_from(id.0).unwrap_or(0),
        health: line.health.clone(),
        consent: Consent::Given,
        ..Child::new(id, line.name.as_str(), line.grade, HouseholdId(line.household))
    };
    drafts.push(Fact::ChildSet { was: None, now: Box::new(child) }.into());
    for (text, rank) in line.collectors.iter().zip(1..) {
        let barred = text.starts_with('!');
        let mut parts = text.trim_start_matches('!').split(' ');
        let mut part = || parts.next().unwrap_or_default().to_owned();
        let (relation, name, phone) = (part(), part(), part());
        let staff = part().strip_prefix('#').and_then(|n| n.parse().ok()).map(StaffId);
        let right = if barred { Right::Barred } else { Right::Standing };
        let collector = Collector { phone: Some(phone), staff, ..Collector::new(ids.collector(), id, rank, name, relation, right) };
        drafts.push(Fact::CollectorSet { was: None, now: Box::new(collector) }.into());
    }
    drafts.push(card_fact(id, CardNumber::new(line.card.as_str())).into());
}

fn card_fact(child: ChildId, number: CardNumber) -> Fact {
    Fact::CardSet { was: None, now: Box::new(Card::new(number, child, true)) }
}

/// A small generator (splitmix64): the same seed gives the same room. Never used where numbers must not be guessed.
pub(crate) struct Dice(pub u64);

impl Dice {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn pick(&mut self, from: &[char]) -> char {
        let index = usize::try_from(self.next() % (from.len().max(1) as u64)).unwrap_or(0);
        from.get(index).copied().unwrap_or('一')
    }
}

/// Invents children with two collectors each. Every eighth has a sibling in the room.
fn invented(ids: &mut NextIds, n: u32, seed: u64, drafts: &mut Vec<Draft>) {
    let mut lines = include_str!("../../assets/practice/names.txt").lines().filter(|l| !l.starts_with('#'));
    let mut chars = || lines.next().unwrap_or_default().chars().collect::<Vec<char>>();
    let (surnames, given) = (chars(), chars());
    let mut dice = Dice(seed);
    let mut allotment = Allotment::for_cards(n as usize);
    let mut household = (HouseholdId(0), ' ');
    for index in 0..n {
        let sibling = index % 8 == 7;
        if !sibling {
            household = (ids.household(), dice.pick(&surnames));
        }
        let name = |dice: &mut Dice, surname: char| format!("{surname}{}{}", dice.pick(&given), dice.pick(&given));
        let id = ids.child();
        let grade = u8::try_from(dice.next() % 6).unwrap_or(0) + 1;
        let called = name(&mut dice, household.1);
        let child = Child {
            class_no: Some(u8::try_from(dice.next() % 8).unwrap_or(0) + 1),
            seat: index + 1,
            student_no: Some(format!("P{:06}", index + 1)),
            health: (dice.next().is_multiple_of(40)).then(|| "花生过敏".to_owned()),
            consent: Consent::Given,
            ..Child::new(id, called, grade, household.0)
        };
        drafts.push(Fact::ChildSet { was: None, now: Box::new(child) }.into());
        for (relation, rank) in [("母亲", 1), ("父亲", 2)] {
            let surname = if rank == 2 { household.1 } else { dice.pick(&surnames) };
            let listed = Collector::new(ids.collector(), id, rank, name(&mut dice, surname), relation, Right::Standing);
            let collector = Collector { phone: Some(format!("139{:08}", dice.next() % 100_000_000)), ..listed };
            drafts.push(Fact::CollectorSet { was: None, now: Box::new(collector) }.into());
        }
        if let Some((number, _)) = allotment.draw(&mut || dice.next()) {
            drafts.push(card_fact(id, number).into());
        }
    }
}

/// Enters what has happened before, through the rules, at simulated times.
struct Past<'s> {
    store: &'s mut Store,
    head: Seq,
    settings: Settings,
}

impl Past<'_> {
    fn at(&mut self, at: Moment, request: &Request) -> Result<(), StoreError> {
        let loaded = self.store.load(at)?;
        let room = Room { register: &loaded.register, day: &loaded.day, settings: &self.settings, desk: DESK, keeper: None };
        let decision = decide(room, request, at);
        let stamp = Stamp { now: at, desk: DESK.to_owned(), staff: room.actor() };
        if decision.drafts.is_empty() {
            return Ok(());
        }
        if let Recorded::Done(entries) = self.store.record(self.head, &decision.drafts, &stamp)? {
            self.head = entries.last().map_or(self.head, |e| e.seq);
        }
        Ok(())
    }
}

/// The afternoon until 17:40: twenty have come, some are in other places, four have gone.
fn live(past: &mut Past<'_>, start: Moment) -> Result<(), StoreError> {
    let loaded = past.store.load(start)?;
    let cards: Vec<(ChildId, CardNumber)> =
        loaded.register.children().filter_map(|c| Some((c.id, loaded.register.live_card(c.id)?.number.clone()))).collect();
    let shown = |(child, number): &(ChildId, CardNumber)| Pass::new(*child, Proof::Card { number: number.clone(), means: Means::Scanned, own: true });
    let come = cards.len().saturating_sub(2).min(20);
    for (index, card) in cards.iter().take(come).enumerate() {
        let minute = 30 + u32::try_from(index).unwrap_or(0);
        let at = opening_time(start, 16, minute.min(59));
        past.at(at, &Request::Passes(vec![shown(card)]))?;
    }
    groups(past, start, |index| cards.get(index).filter(|_| index < come).map(|(child, _)| *child))?;
    for (index, minute, early) in [(13, 12, Some(EarlyReason::Doctor)), (7, 18, None), (2, 25, None), (17, 31, None)] {
        if let Some(card) = cards.get(index).filter(|_| index < come) {
            let mut pickup = shown(card);
            pickup.answers.early = early;
            pickup.answers.go = true;
            past.at(opening_time(start, 17, minute), &Request::Passes(vec![pickup]))?;
        }
    }
    Ok(())
}

/// Three groups: homework in the room, reading in the corner, football on the field.
fn groups(past: &mut Past<'_>, start: Moment, child: impl Fn(usize) -> Option<ChildId>) -> Result<(), StoreError> {
    let [carer, other, coach] = [StaffId(1), StaffId(2), StaffId(4)];
    let at = opening_time(start, 16, 52);
    past.at(at, &Request::Act(Act::SignOn { staff: coach }))?;
    past.at(at, &Request::Act(Act::Choose { staff: carer }))?;
    let plan = |category, title: &str, leader, place: &str| GroupPlan { category, title: title.to_owned(), leader, place: Place::new(place) };
    let members = |list: &[usize]| list.iter().filter_map(|index| child(*index)).collect::<Vec<ChildId>>();
    past.at(at, &Request::Act(Act::Group(GroupAct::Make(plan(Category::Homework, "", carer, Place::ROOM)))))?;
    let children = members(&[0, 1, 3, 11]);
    past.at(at, &Request::Act(Act::Group(GroupAct::Put { group: GroupId(1), children })))?;
    let out = [
        (plan(Category::Reading, "", other, "library"), members(&[4, 9])),
        (plan(Category::Sport, FOOTBALL, coach, "field"), members(&[10, 12, 15])),
    ];
    for (plan, children) in out {
        let n = u32::try_from(children.len()).unwrap_or(0);
        let act = GroupAct::Go { to: plan.place.clone(), group: Which::New(plan), children, counts: [n, n] };
        past.at(opening_time(start, 16, 59), &Request::Act(Act::Group(act)))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::domain::card::checks;

    #[test]
    fn the_practice_room_is_whole() {
        let file = room_file();
        assert_eq!(file.children.len(), 22);
        assert_eq!(file.staff.len(), 7);
        assert!(file.children.iter().all(|c| checks(&c.card) && (1..=6).contains(&c.grade) && c.collectors.len() >= 2));
        let staff: Vec<_> = file
            .staff
            .iter()
            .zip(1..)
            .map(|(line, n)| staff_fact(&mut NextIds { child: 1, collector: 1, staff: n, household: 1 }, line, "x"))
            .collect();
        for (fact, line) in staff.iter().zip(&file.staff) {
            let Fact::StaffSet { now, .. } = fact else { panic!("a member of staff") };
            let lacks = crate::rules::duty::lacks(now, practice_day(NaiveTime::default()).date());
            assert_eq!(lacks.is_empty(), line.name != "许", "only one coach's certificate has expired: {lacks:?}");
            let dated = line.papers.iter().filter(|p| p.contains(' ')).count();
            assert_eq!(now.credentials.iter().filter(|c| c.until.is_some()).count(), dated, "every last day is read");
        }
        assert!(crate::shell::pin::fits("2468", &file.pin));
    }
}
