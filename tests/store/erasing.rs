//! Whoever was erased is in no byte of the files, and the record stays whole (trust H6, PIPL art. 47).

use std::fs;
use std::path::Path;

use caredesk::domain::custody::{Card, CardKind, CardState};
use caredesk::domain::fact::{CallPurpose, CallResult, Draft, Fact, MonthCount, OfficeFact, Seq};
use caredesk::domain::people::{Child, ChildId, Collector, CollectorId, StaffId};
use caredesk::store::{Kind, Problem, Recorded, Store, StoreError};

use super::world::*;

const DAY: i64 = 86_400;
/// What must be nowhere: name, health, note, collector, number, a school's card, what was noted on a day.
const SAID: [&str; 7] = ["擦除甲", "擦除病", "擦除备注", "擦除妈", "13977771234", "30405060", "擦除便条"];

fn gone() -> Child {
    Child { name: SAID[0].into(), health: Some(SAID[1].into()), note: Some(SAID[2].into()), ..child(1) }
}

fn set(was: Child, now: Child) -> Draft {
    Fact::ChildSet { was: Some(Box::new(was)), now: Box::new(now) }.into()
}

fn erased(id: i64, spent: &[&str]) -> Draft {
    Fact::Office(OfficeFact::Erased { child: ChildId(id), spent: spent.iter().map(|n| number(n)).collect() }).into()
}

/// A child that came on four days, whose arrival was taken back once and entered under a wrong clock once, and that left.
fn lived(dir: &Path) -> Store {
    let mut store = Store::open(dir, Kind::Real, true).unwrap();
    add(&mut store, &roster(), 0);
    add(&mut store, &[set(child(1), gone())], 1);
    let mother = Collector { name: SAID[3].into(), phone: Some(SAID[4].into()), ..collector(1) };
    add(&mut store, &[Fact::CollectorSet { was: Some(Box::new(collector(1))), now: Box::new(mother) }.into()], 2);
    let school = Card { kind: CardKind::Second, ..Card::new(number(SAID[5]), ChildId(1), false) };
    add(&mut store, &[Fact::CardSet { was: None, now: Box::new(school) }.into()], 3);
    for day in 0..4 {
        let arrival = add(&mut store, &[arrived(1)], day * DAY + 10);
        add(&mut store, &[Fact::NoteLeft { child: ChildId(1), text: SAID[6].into() }.into()], day * DAY + 11);
        let call =
            Fact::Called { child: ChildId(1), collector: CollectorId(1), purpose: CallPurpose::Collector, result: CallResult::Yes, number: None };
        add(&mut store, &[call.into()], day * DAY + 12);
        if day == 1 {
            add(&mut store, &[undone(arrival.0)], day * DAY + 13);
            continue;
        }
        let end = add(&mut store, &[released(1, arrival)], day * DAY + 20);
        if day == 2 {
            let by = Fact::Redated { from: Seq(arrival.0), to: end, by_ms: -3_600_000, reason: "快一小时".into(), approver: StaffId(1) };
            add(&mut store, &[by.into()], day * DAY + 3700);
        }
        add(&mut store, &[arrived(2)], day * DAY + 3800);
        let came = store.head().unwrap();
        add(&mut store, &[released(2, came)], day * DAY + 3900);
    }
    let count = MonthCount { year: 2026, month: 9, count: 2 };
    add(&mut store, &[Fact::NoCardCounted { child: ChildId(1), was: None, now: count }.into()], 4 * DAY);
    add(&mut store, &[set(gone(), Child { enrolled: false, ..gone() })], 4 * DAY + 1);
    store
}

fn holds(dir: &Path, text: &str) -> Vec<String> {
    let files = fs::read_dir(dir).unwrap().map(|f| f.unwrap().path());
    let has = |path: &Path| fs::read(path).unwrap().windows(text.len()).any(|w| w == text.as_bytes());
    files.filter(|path| path.is_file() && has(path)).map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect()
}

#[test]
fn who_was_erased_is_in_no_byte_of_the_files_and_the_record_stays_whole() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = lived(dir.path());
    for text in SAID {
        assert!(!holds(dir.path(), text).is_empty(), "{text} is there before");
    }
    let before = store.load(at(9 * DAY)).unwrap();
    let (entries, span) = store.entries_about(ChildId(1)).unwrap();
    assert!(entries > 15 && span.is_some_and(|(from, until)| from < until), "{entries} {span:?}");
    let end = add(&mut store, &[erased(1, &[CARDS[0]])], 10 * DAY);
    assert!(store.wipe().unwrap());
    for text in SAID {
        assert_eq!(holds(dir.path(), text), Vec::<String>::new(), "{text}");
    }
    assert_eq!(store.entries_about(ChildId(1)).unwrap().0, 1, "what says that it was erased");
    assert_eq!(store.verify().problems, []);
    store.close().unwrap();
    let mut store = Store::open(dir.path(), Kind::Real, false).unwrap();
    assert_eq!((store.head().unwrap(), store.verify().problems), (end, vec![]));
    let loaded = store.load(at(10 * DAY + 60)).unwrap();
    let register = &loaded.register;
    assert!(register.child(ChildId(1)).is_none() && register.cards_of(ChildId(1)).is_empty());
    assert!(register.all_collectors().all(|c| c.child != ChildId(1)));
    assert_eq!(register.child_count() + 1, before.register.child_count());
    assert!(register.is_spent(&number(CARDS[0])) && register.card(&number(CARDS[0])).is_none());
    // Its number is given to nobody again, even where it was the last.
    assert_eq!(register.next_ids().child, 6);
    add(&mut store, &[erased(5, &[])], 10 * DAY + 70);
    assert_eq!(store.load(at(10 * DAY + 80)).unwrap().register.next_ids().child, 6);
    // The past of the others is as it was, and what is entered of them later.
    for day in 0..4 {
        let then = store.state_at(at(day * DAY + 3850)).unwrap();
        let is_in = |child: i64| then.presence(ChildId(child)).is_here();
        assert_eq!((is_in(1), is_in(2)), (false, day != 1), "{day}");
    }
    add(&mut store, &[arrived(2)], 10 * DAY + 90);
    assert_eq!(store.verify().problems, []);
    // Attendance has the others.
    let mut attended = Vec::new();
    let days = at(0).date()..=at(9 * DAY).date();
    store
        .attendance(&days, &mut |of_day| {
            attended.extend(of_day.into_iter().map(|stay| stay.child));
            true
        })
        .unwrap();
    assert_eq!(attended, [ChildId(2); 3]);
    // A copy of it is whole as well.
    let copy = tempfile::tempdir().unwrap();
    store.copy_into(copy.path()).unwrap();
    assert_eq!(Store::open_read_only(copy.path()).unwrap().verify().problems, []);
}

#[test]
fn who_is_here_or_nobody_is_not_erased_whatever_the_rules_said() {
    for (id, here) in [(1, true), (77, false)] {
        let mut store = furnished();
        if here {
            add(&mut store, &[arrived(1)], 1);
        }
        let head = store.head().unwrap();
        let refused = store.record(head, &[erased(id, &[])], &stamp(at(2)));
        assert!(matches!(refused, Err(StoreError::Conflict(_) | StoreError::Other(_) | StoreError::Damaged(_))), "{id}: {refused:?}");
        assert_eq!((store.head().unwrap(), store.verify().problems), (head, vec![]), "{id}: nothing of it stands");
    }
}

/// A body that is gone without an erasure that covers it is damage, wherever it stood.
#[test]
fn a_body_that_nobody_erased_is_missing() {
    let forged = "INSERT INTO erased (child, by_seq) VALUES (2, 3)";
    for (seq, sql) in [
        (17, "UPDATE journal SET body = NULL WHERE seq = 17"),
        (1, "UPDATE journal SET body = NULL WHERE seq = 1"),
        (2, "UPDATE journal SET body = NULL WHERE child = 2 AND seq < 10"),
    ] {
        for forged in [None, Some(forged)] {
            let dir = tempfile::tempdir().unwrap();
            let mut store = Store::open(dir.path(), Kind::Real, true).unwrap();
            add(&mut store, &roster(), 0);
            add(&mut store, &[arrived(1)], 1);
            store.close().unwrap();
            let conn = rusqlite::Connection::open(dir.path().join(caredesk::store::FILE)).unwrap();
            conn.execute_batch(sql).unwrap();
            conn.execute_batch(forged.unwrap_or_default()).unwrap();
            conn.close().unwrap();
            let report = Store::open_read_only(dir.path()).unwrap().verify();
            assert!(!report.is_sound(), "{sql} {forged:?}");
            assert!(
                forged.is_some() || report.problems.iter().any(|p| matches!(p, Problem::Entry { seq: Seq(n), .. } if *n >= seq)),
                "{sql}: {report:?}"
            );
        }
    }
}

/// Another desk that works beside the erasure goes on, and forgets the child.
#[test]
fn a_desk_beside_it_goes_on() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = lived(dir.path());
    let mut other = Store::open(dir.path(), Kind::Real, false).unwrap();
    let seen = other.head().unwrap();
    let end = add(&mut store, &[erased(1, &[])], 10 * DAY);
    assert!(store.wipe().unwrap());
    other.check().unwrap();
    let news = other.entries_between(Seq(seen.0 + 1), end).unwrap();
    let mut register = other.load(at(9 * DAY)).unwrap().register;
    for entry in &news {
        register.apply(entry);
    }
    assert!(register.child(ChildId(1)).is_none());
    assert!(matches!(other.record(end, &[arrived(2)], &stamp(at(10 * DAY + 5))).unwrap(), Recorded::Done(_)));
    assert_eq!(other.verify().problems, []);
}

/// A school's own card that was given on: whichever of the two is erased, and in whichever order, the record is whole.
#[test]
fn a_card_that_was_given_on_goes_with_the_one_or_the_other() {
    let school = |child: i64| Card::new(number(SAID[5]), ChildId(child), false);
    let over = |at| Card { state: CardState::Expired { at }, ..school(1) };
    for order in [vec![1], vec![2], vec![1, 2], vec![2, 1]] {
        let dir = tempfile::tempdir().unwrap();
        let mut store = Store::open(dir.path(), Kind::Real, true).unwrap();
        add(&mut store, &roster(), 0);
        add(&mut store, &[Fact::CardSet { was: None, now: Box::new(school(1)) }.into()], 1);
        add(&mut store, &[Fact::CardSet { was: Some(Box::new(school(1))), now: Box::new(over(at(2))) }.into()], 2);
        add(&mut store, &[Fact::CardSet { was: Some(Box::new(over(at(2)))), now: Box::new(school(2)) }.into()], 3);
        for child in &order {
            add(&mut store, &[erased(*child, &[])], DAY);
            assert_eq!(store.verify().problems, [], "{order:?}");
        }
        assert_eq!(store.load(at(DAY)).unwrap().register.card(&number(SAID[5])).is_some(), order == [1], "{order:?}");
    }
}

/// The row of a card that had its time is missed all the same, where nobody it may have been given on to was erased.
#[test]
fn the_row_of_a_card_that_had_its_time_is_missed() {
    let over = |child: i64| Card { state: CardState::Expired { at: at(1) }, ..Card::new(number(SAID[5]), ChildId(child), false) };
    for erased_one in [None, Some(2)] {
        let dir = tempfile::tempdir().unwrap();
        let mut store = Store::open(dir.path(), Kind::Real, true).unwrap();
        add(&mut store, &roster(), 0);
        add(&mut store, &[Fact::CardSet { was: None, now: Box::new(over(1)) }.into()], 1);
        if let Some(child) = erased_one {
            add(&mut store, &[erased(child, &[])], DAY);
        }
        store.close().unwrap();
        let conn = rusqlite::Connection::open(dir.path().join(caredesk::store::FILE)).unwrap();
        assert_eq!(conn.execute("DELETE FROM card WHERE number = $1", [SAID[5]]).unwrap(), 1);
        conn.close().unwrap();
        assert!(!Store::open_read_only(dir.path()).unwrap().verify().is_sound(), "{erased_one:?}");
    }
}

/// Not even what something else left between the rows is there when the file was written anew.
#[test]
fn what_lies_between_the_rows_goes_when_the_file_is_written_anew() {
    let dir = tempfile::tempdir().unwrap();
    lived(dir.path()).close().unwrap();
    let conn = rusqlite::Connection::open(dir.path().join(caredesk::store::FILE)).unwrap();
    conn.execute_batch("PRAGMA secure_delete = off").unwrap();
    conn.execute("INSERT INTO meta (name, value) VALUES ('x', $1)", [SAID[6].repeat(4000)]).unwrap();
    conn.execute("INSERT INTO meta (name, value) VALUES ('y', '留在行间')", []).unwrap();
    conn.execute("DELETE FROM meta WHERE name IN ('x', 'y')", []).unwrap();
    conn.close().unwrap();
    assert!(!holds(dir.path(), "留在行间").is_empty());
    let mut store = Store::open(dir.path(), Kind::Real, false).unwrap();
    assert!(store.wipe().unwrap());
    assert_eq!(holds(dir.path(), "留在行间"), Vec::<String>::new());
    // It goes on in the same process, and another one finds it whole.
    add(&mut store, &[arrived(2)], 20 * DAY);
    assert_eq!((store.check(), store.verify().problems), (Ok(()), vec![]));
}
