//! Days that are not kept any more are in no byte of the files, and the record stays whole (F172, PIPL art. 19).

use std::fs;
use std::path::Path;

use caredesk::domain::fact::{CallPurpose, CallResult, Draft, Fact, LeaveReason, OfficeFact, Seq};
use caredesk::domain::people::{Child, ChildId, CollectorId, StaffId};
use caredesk::store::{Kind, Problem, Recorded, Store, StoreError};
use chrono::NaiveDate;

use super::world::*;

const DAY: i64 = 86_400;
/// What is said of the first days, and must be nowhere then; and of the later ones, which stays.
const GONE: [&str; 4] = ["旧便条", "13977770000", "旧理由", "旧签退"];
const KEPT: [&str; 2] = ["新便条", "13977771111"];

fn day(n: i64) -> NaiveDate {
    at(n * DAY).date()
}

fn forgotten(until: NaiveDate) -> Draft {
    Fact::Office(OfficeFact::DaysForgotten { until }).into()
}

fn called(child: i64, number: &str) -> Draft {
    let (purpose, result) = (CallPurpose::Collector, CallResult::Yes);
    Fact::Called { child: ChildId(child), collector: CollectorId(child), purpose, result, number: Some(number.into()) }.into()
}

/// Eight days of two children. On the second an arrival is taken back, on the third the record of a child is changed as well and what
/// was entered stands an hour wrong until the next day.
fn lived(dir: &Path) -> Store {
    let mut store = Store::open(dir, Kind::Real, true).unwrap();
    add(&mut store, &roster(), 0);
    for n in 0..8 {
        let (note, number) = if n < 4 { (GONE[0], GONE[1]) } else { (KEPT[0], KEPT[1]) };
        let first = add(&mut store, &[Fact::SignedOn { staff: StaffId(1) }.into()], n * DAY);
        let mine = add(&mut store, &[arrived(1)], n * DAY + 10);
        let other = add(&mut store, &[arrived(2)], n * DAY + 11);
        add(&mut store, &[Fact::NoteLeft { child: ChildId(1), text: note.into() }.into(), called(2, number)], n * DAY + 12);
        add(&mut store, &[Fact::LeaveTaken { child: ChildId(3), reason: LeaveReason::Ill }.into()], n * DAY + 13);
        if n == 1 {
            let reason = Some(GONE[2].to_owned());
            add(&mut store, &[Fact::Undone { seq: mine, reason }.into()], n * DAY + 14);
        } else {
            add(&mut store, &[released(1, mine)], n * DAY + 20);
        }
        let end = add(&mut store, &[released(2, other)], n * DAY + 21);
        if n == 2 {
            let now = Child { note: Some("戴眼镜".into()), ..child(4) };
            add(&mut store, &[Fact::ChildSet { was: Some(Box::new(child(4))), now: Box::new(now) }.into()], n * DAY + 22);
            let by = Fact::Redated { from: first, to: end, by_ms: -3_600_000, reason: "快一小时".into(), approver: StaffId(1) };
            add(&mut store, &[by.into()], n * DAY + 3700);
        }
        let left = Fact::SignedOff { staff: StaffId(1), by: None, reason: (n < 4).then(|| GONE[3].to_owned()) };
        add(&mut store, &[left.into()], n * DAY + 3800);
    }
    store
}

fn holds(dir: &Path, text: &str) -> Vec<String> {
    let files = fs::read_dir(dir).unwrap().map(|f| f.unwrap().path());
    let has = |path: &Path| fs::read(path).unwrap().windows(text.len()).any(|w| w == text.as_bytes());
    files.filter(|path| path.is_file() && has(path)).map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect()
}

fn attended(store: &Store) -> Vec<NaiveDate> {
    let mut days = Vec::new();
    let put = &mut |stays: Vec<caredesk::domain::attended::Attended>| {
        days.extend(stays.into_iter().map(|stay| stay.arrival.day));
        true
    };
    store.attendance(&(day(0)..=day(9)), put).unwrap();
    days
}

#[test]
fn what_was_about_days_alone_is_in_no_byte_of_the_files_and_the_record_stays_whole() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = lived(dir.path());
    for text in GONE.into_iter().chain(KEPT) {
        assert!(!holds(dir.path(), text).is_empty(), "{text} is there before");
    }
    let before = store.load(at(9 * DAY)).unwrap();
    let due = store.days_due(day(3)).unwrap();
    assert_eq!((due.until, due.span, due.months.len()), (Some(day(3)), Some((day(0), day(3))), 1), "{due:?}");
    let of_their_day = |store: &Store| store.entries_between(Seq(1), Seq(9999)).unwrap().iter().filter(|e| e.fact.is_of_its_day()).count();
    let all = of_their_day(&store);
    let end = add(&mut store, &[forgotten(day(3))], 9 * DAY);
    assert_eq!(u64::try_from(all - of_their_day(&store)).unwrap(), due.entries(), "as many go as were said");
    assert!(store.wipe().unwrap());
    for text in GONE {
        assert_eq!(holds(dir.path(), text), Vec::<String>::new(), "{text}");
    }
    for text in KEPT.into_iter().chain(["戴眼镜", "快一小时"]) {
        assert!(!holds(dir.path(), text).is_empty(), "{text} stays");
    }
    assert_eq!(store.verify().problems, []);
    assert_eq!(store.days_due(day(3)).unwrap().entries(), 0, "nothing is left to go");
    store.close().unwrap();
    let mut store = Store::open(dir.path(), Kind::Real, false).unwrap();
    assert_eq!((store.head().unwrap(), store.verify().problems), (end, vec![]));
    // People, cards, staff and settings are as they were; of the days the later ones.
    let after = store.load(at(9 * DAY + 60)).unwrap().register;
    assert_eq!(after.office().forgotten_until(), Some(day(3)));
    assert!(after.children().eq(before.register.children()) && after.cards().eq(before.register.cards()));
    assert!(after.all_collectors().eq(before.register.all_collectors()) && after.staff().eq(before.register.staff()));
    assert_eq!(attended(&store), [day(4), day(4), day(5), day(5), day(6), day(6), day(7), day(7)]);
    for n in 4..8 {
        let then = store.past_at(at(n * DAY + 15), None).unwrap();
        assert!(then.state.presence(ChildId(1)).is_here() && then.state.presence(ChildId(2)).is_here(), "{n}");
    }
    // A child's history has what stays, each with what took it back.
    let history = store.history_of(ChildId(1)).unwrap();
    assert!(history.entries.iter().all(|(entry, _)| !entry.fact.is_of_its_day() || entry.day > day(3)));
    // It goes on, and goes on forgetting.
    let mine = add(&mut store, &[arrived(1)], 10 * DAY);
    add(&mut store, &[released(1, mine)], 10 * DAY + 1);
    add(&mut store, &[forgotten(day(5))], 11 * DAY);
    assert_eq!((store.verify().problems, attended(&store).first().copied()), (vec![], Some(day(6))));
    add(&mut store, &[forgotten(day(4))], 11 * DAY + 1);
    let until = store.load(at(11 * DAY + 60)).unwrap().register.office().forgotten_until();
    assert_eq!((store.verify().problems, until), (vec![], Some(day(5))), "the last of these days, whichever was said last");
    // A copy of it is whole as well.
    let copy = tempfile::tempdir().unwrap();
    store.copy_into(copy.path()).unwrap();
    assert_eq!(Store::open_read_only(copy.path()).unwrap().verify().problems, []);
}

/// Whatever day is named: what goes is of days up to that one, what stays is all the rest, and the record is whole.
#[test]
fn up_to_any_day_what_goes_and_what_stays_make_the_whole() {
    for n in -1..9 {
        let dir = tempfile::tempdir().unwrap();
        let mut store = lived(dir.path());
        let before = store.entries_between(Seq(1), Seq(9999)).unwrap();
        let undone: Vec<Seq> = before.iter().filter_map(|e| if let Fact::Undone { seq, .. } = e.fact { Some(seq) } else { None }).collect();
        let is_of_its_day = |fact: &Fact| fact.is_of_its_day() || (matches!(fact, Fact::Undone { .. }) && !undone.is_empty());
        let goes = |entry: &caredesk::domain::fact::Entry| entry.day <= day(n) && is_of_its_day(&entry.fact);
        add(&mut store, &[forgotten(day(n))], 12 * DAY);
        let mut after = store.entries_between(Seq(1), Seq(9999)).unwrap();
        assert!(matches!(after.pop().unwrap().fact, Fact::Office(OfficeFact::DaysForgotten { .. })));
        assert_eq!(after, before.into_iter().filter(|e| !goes(e)).collect::<Vec<_>>(), "{n}");
        assert_eq!(store.verify().problems, [], "{n}");
        assert!(attended(&store).iter().all(|d| *d > day(n)), "{n}");
    }
}

/// A stay that is open, or that ended on a later day, is never torn: the days from its own on stay.
#[test]
fn a_stay_that_reaches_beyond_is_kept_with_its_day() {
    for (ends_on, most, allowed) in [(None, 5, 1), (None, 1, 1), (Some(2), 2, 2), (Some(4), 3, 1), (Some(4), 4, 4), (Some(3), 2, 1)] {
        let dir = tempfile::tempdir().unwrap();
        let mut store = Store::open(dir.path(), Kind::Real, true).unwrap();
        add(&mut store, &roster(), 0);
        let mut open = None;
        for n in 0..6 {
            let mine = add(&mut store, &[arrived(1)], n * DAY + 10);
            if n == 2 {
                open = Some(add(&mut store, &[arrived(2)], n * DAY + 11));
            }
            add(&mut store, &[released(1, mine)], n * DAY + 20);
            if let (Some(arrival), true) = (open, ends_on == Some(n)) {
                add(&mut store, &[released(2, arrival)], n * DAY + 30);
            }
        }
        let due = store.days_due(day(most)).unwrap();
        assert_eq!(due.until, Some(day(allowed)), "{ends_on:?} {most}");
        let head = store.head().unwrap();
        if most != allowed {
            let refused = store.record(head, &[forgotten(day(most))], &stamp(at(9 * DAY)));
            assert!(matches!(refused, Err(StoreError::Conflict(_))), "{ends_on:?} {most}: {refused:?}");
            assert_eq!((store.head().unwrap(), store.verify().problems), (head, vec![]), "nothing of it stands");
        }
        for not_over in [9, 10] {
            let refused = store.record(head, &[forgotten(day(not_over))], &stamp(at(9 * DAY)));
            assert!(matches!(refused, Err(StoreError::Conflict(_))), "{not_over}: {refused:?}");
        }
        add(&mut store, &[forgotten(day(allowed))], 9 * DAY);
        assert_eq!(store.verify().problems, [], "{ends_on:?} {most}");
        let then = store.state_at(at(2 * DAY + 40)).unwrap();
        assert_eq!(then.presence(ChildId(2)).is_here(), ends_on != Some(2) && allowed < 2, "{ends_on:?} {most}");
        if ends_on.is_none() {
            assert!(store.load(at(9 * DAY + 5)).unwrap().day.state().presence(ChildId(2)).is_here());
            add(&mut store, &[released(2, open.unwrap())], 9 * DAY + 10);
            assert_eq!(store.verify().problems, []);
        }
    }
}

/// What the clock had wrong counts by both days: what either says is later stays.
#[test]
fn what_stood_on_another_day_stays_until_both_days_are_over() {
    for (written, by_days, until, stays) in [(0, 3, 2, true), (0, 3, 3, false), (3, -2, 2, true), (3, -2, 3, false)] {
        let dir = tempfile::tempdir().unwrap();
        let mut store = Store::open(dir.path(), Kind::Real, true).unwrap();
        add(&mut store, &roster(), 0);
        let mine = add(&mut store, &[arrived(1)], written * DAY + 10);
        let note = add(&mut store, &[Fact::NoteLeft { child: ChildId(1), text: GONE[0].into() }.into()], written * DAY + 11);
        add(&mut store, &[Fact::Undone { seq: note, reason: Some(GONE[2].into()) }.into()], written * DAY + 12);
        let end = add(&mut store, &[released(1, mine)], written * DAY + 20);
        let by = Fact::Redated { from: mine, to: end, by_ms: by_days * DAY * 1000, reason: "x".into(), approver: StaffId(1) };
        add(&mut store, &[by.into()], 5 * DAY);
        add(&mut store, &[forgotten(day(until))], 9 * DAY);
        assert_eq!(store.verify().problems, [], "{written} {by_days} {until}");
        assert_eq!(attended(&store), if stays { vec![day(written + by_days)] } else { vec![] }, "{written} {by_days} {until}");
        assert!(store.wipe().unwrap());
        assert!([GONE[0], GONE[2]].iter().all(|text| holds(dir.path(), text).is_empty() != stays), "{written} {by_days} {until}");
        // Set right once more it is whole still.
        if !stays {
            let by = Fact::Redated { from: mine, to: end, by_ms: DAY * 1000, reason: "x".into(), approver: StaffId(1) };
            add(&mut store, &[by.into()], 10 * DAY);
            assert_eq!(store.verify().problems, [], "{written} {by_days} {until}");
            assert!(store.entries_between(Seq(1), Seq(9999)).is_ok());
        }
    }
}

/// What took something back, and was set right to a later day alone, stays with that day.
#[test]
fn an_undo_of_a_later_day_stays_with_its_own() {
    for (until, stays) in [(0, true), (2, true), (3, false)] {
        let dir = tempfile::tempdir().unwrap();
        let mut store = Store::open(dir.path(), Kind::Real, true).unwrap();
        add(&mut store, &roster(), 0);
        let note = add(&mut store, &[Fact::NoteLeft { child: ChildId(1), text: GONE[0].into() }.into()], 10);
        let by = add(&mut store, &[Fact::Undone { seq: note, reason: Some(GONE[2].into()) }.into()], 11);
        let right = Fact::Redated { from: by, to: by, by_ms: 3 * DAY * 1000, reason: "x".into(), approver: StaffId(1) };
        add(&mut store, &[right.into()], 5 * DAY);
        add(&mut store, &[forgotten(day(until))], 9 * DAY);
        assert_eq!(store.verify().problems, [], "{until}");
        assert!(store.wipe().unwrap());
        assert!(holds(dir.path(), GONE[0]).is_empty(), "{until}");
        assert_eq!(!holds(dir.path(), GONE[2]).is_empty(), stays, "{until}");
    }
}

/// A text that is gone without an entry that covers it is damage: of a later day, of another kind, entered afterwards.
#[test]
fn a_text_that_no_entry_lets_go_is_missing() {
    for (sql, sound) in [
        ("UPDATE journal SET body = NULL WHERE seq = (SELECT min(seq) FROM journal WHERE kind = 'note_left' AND day > '2026-09-10')", false),
        ("UPDATE journal SET body = NULL WHERE seq = (SELECT min(seq) FROM journal WHERE kind = 'child_set')", false),
        ("UPDATE journal SET body = NULL WHERE seq = (SELECT max(seq) FROM journal WHERE kind = 'child_set')", false),
        ("UPDATE journal SET body = NULL WHERE kind = 'redated'", false),
        ("UPDATE journal SET body = NULL WHERE kind = 'days_forgotten'", false),
        ("DELETE FROM forgotten", false),
        ("UPDATE forgotten SET until_day = '2026-09-09'", false),
        ("INSERT INTO forgotten (by_seq, until_day) VALUES (1, '2026-09-12')", false),
        ("SELECT 1", true),
    ] {
        let dir = tempfile::tempdir().unwrap();
        let mut store = lived(dir.path());
        add(&mut store, &[forgotten(day(3))], 9 * DAY);
        store.close().unwrap();
        let conn = rusqlite::Connection::open(dir.path().join(caredesk::store::FILE)).unwrap();
        conn.execute_batch(sql).unwrap();
        conn.close().unwrap();
        let report = Store::open_read_only(dir.path()).unwrap().verify();
        assert_eq!(report.is_sound(), sound, "{sql}: {report:?}");
    }
    // Without any such entry every text has to be there.
    for kind in Fact::OF_ITS_DAY {
        let dir = tempfile::tempdir().unwrap();
        let store = lived(dir.path());
        let is_there = store.entries_between(Seq(1), Seq(9999)).unwrap().iter().any(|e| e.fact.kind() == kind);
        store.close().unwrap();
        let conn = rusqlite::Connection::open(dir.path().join(caredesk::store::FILE)).unwrap();
        conn.execute("UPDATE journal SET body = NULL WHERE kind = $1", [kind]).unwrap();
        conn.close().unwrap();
        let report = Store::open_read_only(dir.path()).unwrap().verify();
        assert_eq!(report.problems.iter().any(|p| matches!(p, Problem::Entry { .. })), is_there, "{kind}");
    }
}

/// Another desk that works beside it goes on, and knows which days are not kept.
#[test]
fn a_desk_beside_it_goes_on_without_the_days() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = lived(dir.path());
    let mut other = Store::open(dir.path(), Kind::Real, false).unwrap();
    let seen = other.head().unwrap();
    let mut register = other.load(at(9 * DAY)).unwrap().register;
    let end = add(&mut store, &[forgotten(day(3))], 9 * DAY);
    assert!(store.wipe().unwrap());
    other.check().unwrap();
    for entry in other.entries_between(Seq(seen.0 + 1), end).unwrap() {
        register.apply(&entry);
    }
    assert_eq!(register.office().forgotten_until(), Some(day(3)));
    assert!(matches!(other.record(end, &[arrived(2)], &stamp(at(9 * DAY + 5))).unwrap(), Recorded::Done(_)));
    assert_eq!(other.verify().problems, []);
}
