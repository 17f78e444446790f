//! What is recorded, what is refused, and that a refusal leaves nothing behind.

use caredesk::domain::day::Presence;
use caredesk::domain::fact::{Draft, Fact, Seq};
use caredesk::domain::people::{ChildId, CollectorId, StaffId};
use caredesk::store::{Kind, Recorded, Store, StoreError};

use super::world::*;

#[test]
fn an_act_is_recorded_whole_and_read_back_equal() {
    let mut store = furnished();
    let late = Draft { at: Some(at(-60)), ..arrived(2) };
    let early = Draft { at: Some(at(9999)), ..arrived(3) };
    let Recorded::Done(entries) = store.record(ROSTER, &[arrived(1), late, early], &stamp(at(10))).unwrap() else { panic!() };
    assert_eq!(entries, store.entries_between(Seq(17), Seq(19)).unwrap());
    assert_eq!(entries, store.news(ROSTER).unwrap());
    assert_eq!(entries, store.entries_of_days(at(0).date(), at(0).date()).unwrap()[16..]);
    assert!(entries.iter().all(|e| e.act == Seq(17) && e.entered_at == at(10) && e.day == at(0).date() && e.desk == "一号"));
    assert_eq!(entries.iter().map(|e| e.at).collect::<Vec<_>>(), [at(10), at(-60), at(10)], "never after it was entered");
    assert!(store.verify().is_sound());
    assert_eq!(store.record(Seq(19), &[], &stamp(at(11))).unwrap(), Recorded::Done(vec![]));
}

#[test]
fn a_clock_set_back_does_not_turn_the_journal_back() {
    let mut store = furnished();
    add(&mut store, &[arrived(1)], 100);
    let Recorded::Done(entries) = store.record(Seq(17), &[arrived(2)], &stamp(at(50))).unwrap() else { panic!() };
    assert_eq!((entries[0].entered_at, entries[0].at), (at(100), at(100)));
    let yesterday = store.load(at(-86_400)).unwrap();
    assert_eq!(yesterday.day.date(), at(0).date(), "the day of the last entry");
    assert_eq!(yesterday.last, Some(at(100)));
}

#[test]
fn whoever_is_behind_records_nothing_and_is_told() {
    let mut store = furnished();
    add(&mut store, &[arrived(1)], 1);
    let Recorded::Behind(missed) = store.record(ROSTER, &[arrived(1)], &stamp(at(2))).unwrap() else { panic!() };
    assert_eq!(missed.iter().map(|e| e.seq).collect::<Vec<_>>(), [Seq(17)]);
    assert_eq!(store.head().unwrap(), Seq(17));
    assert!(matches!(store.record(Seq(18), &[arrived(2)], &stamp(at(2))), Err(StoreError::Damaged(_))));
}

#[test]
fn what_no_rule_may_let_through_fails_as_a_whole() {
    let mut store = furnished();
    let seq = |n| Seq(ROSTER.0 + n);
    add(&mut store, &[arrived(1)], 1);
    add(&mut store, &[arrived(2)], 2);
    add(&mut store, &[released(2, seq(2))], 3);
    let head = store.head().unwrap();
    let note = || Draft::from(Fact::NoteLeft { child: ChildId(1), text: "晚些来".into() });
    let unknown = Fact::CollectorSet { was: None, now: Box::new(caredesk::domain::people::Collector { child: ChildId(99), ..collector(9) }) };
    let grade = Fact::ChildSet { was: None, now: Box::new(caredesk::domain::people::Child { grade: 12, ..child(9) }) };
    for (what, draft) in [
        ("a second release", released(2, seq(2))),
        ("a release of another child's stay", released(3, seq(1))),
        ("a release of no stay", released(3, seq(0))),
        ("an arrival while in", arrived(1)),
        ("an arrival of nobody", arrived_stranger()),
        ("a collector of nobody", unknown.into()),
        ("a class that does not exist", grade.into()),
        ("an arrival taken back under its release", undone(seq(2).0)),
        ("the future taken back", undone(99)),
    ] {
        let error = store.record(head, &[note(), draft], &stamp(at(9))).expect_err(what);
        assert!(matches!(error, StoreError::Conflict(_)), "{what}: {error:?}");
        assert!(!error.is_retryable());
        assert_eq!(store.head().unwrap(), head, "{what}");
    }
    assert_eq!(add(&mut store, &[note(), released(1, seq(1))], 10), Seq(head.0 + 2), "and the store goes on");
    add(&mut store, &[undone(head.0 + 2)], 11);
    let twice = store.record(Seq(head.0 + 3), &[undone(head.0 + 2)], &stamp(at(12)));
    assert!(matches!(twice, Err(StoreError::Conflict(_))), "taken back twice");
    let undo_of_undo = store.record(Seq(head.0 + 3), &[undone(head.0 + 3)], &stamp(at(12)));
    assert!(matches!(undo_of_undo, Err(StoreError::Conflict(_))));
    assert!(store.verify().is_sound());
}

fn arrived_stranger() -> Draft {
    let Fact::Arrived { means, place, despite, holder, .. } = arrived(1).fact else { panic!() };
    Fact::Arrived { child: ChildId(99), card: None, means, holder, place, despite }.into()
}

#[test]
fn an_act_is_taken_back_in_any_order() {
    for order in [[17, 18], [18, 17]] {
        let mut store = furnished();
        add(&mut store, &[arrived(1), released(1, Seq(17))], 1);
        add(&mut store, &order.map(undone), 2);
        assert_eq!(store.load(at(3)).unwrap().day.state().presence(ChildId(1)), Presence::NotHere);
        assert!(store.verify().is_sound());
        add(&mut store, &[arrived(1)], 4);
        assert!(store.verify().is_sound());
    }
}

#[test]
fn a_roster_is_taken_back_as_one() {
    let mut store = furnished();
    add(&mut store, &(1..=ROSTER.0).map(undone).collect::<Vec<_>>(), 1);
    assert_eq!(store.load(at(2)).unwrap().register, caredesk::domain::register::Register::default());
    assert!(store.verify().is_sound());
}

#[test]
fn two_desks_race_and_no_child_leaves_twice() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::open(dir.path(), Kind::Real, true).unwrap();
    add(&mut store, &roster(), 0);
    for round in 0..20 {
        let arrival = add(&mut store, &[arrived(1)], round);
        let done: usize = std::thread::scope(|scope| {
            let desks: Vec<_> = (0..4)
                .map(|_| {
                    scope.spawn(|| {
                        let mut desk = Store::open(dir.path(), Kind::Real, false).unwrap();
                        loop {
                            match desk.record(arrival, &[released(1, arrival)], &stamp(at(round))) {
                                Ok(Recorded::Done(_)) => return 1,
                                Ok(Recorded::Behind(missed)) => {
                                    assert!(matches!(missed[0].fact, Fact::Released { .. }));
                                    return 0;
                                }
                                Err(StoreError::Busy) => {}
                                Err(error) => panic!("{error}"),
                            }
                        }
                    })
                })
                .collect();
            desks.into_iter().map(|desk| desk.join().unwrap()).sum()
        });
        assert_eq!(done, 1);
        assert!(store.changed_elsewhere().unwrap());
        assert!(!store.changed_elsewhere().unwrap());
    }
    assert!(store.verify().is_sound());
}

#[test]
fn wrong_pins_and_months_are_counted_in_their_tables() {
    use caredesk::domain::fact::MonthCount;
    let mut store = furnished();
    let tried = || Draft::from(Fact::PinTried { staff: StaffId(1) });
    let month = |count| MonthCount { year: 2026, month: 9, count };
    add(&mut store, &[tried(), tried()], 1);
    add(&mut store, &[Fact::NoCardCounted { child: ChildId(1), was: None, now: month(1) }.into()], 2);
    add(&mut store, &[Fact::NoCardCounted { child: ChildId(1), was: Some(month(1)), now: month(2) }.into()], 3);
    let loaded = store.load(at(4)).unwrap();
    assert_eq!(loaded.register.pin_tries(StaffId(1)).count, 2);
    assert_eq!(loaded.register.no_card_count(ChildId(1)), Some(month(2)));
    add(&mut store, &[undone(20), Fact::PinProved { staff: StaffId(1) }.into()], 5);
    let loaded = store.load(at(6)).unwrap();
    assert_eq!(loaded.register.pin_tries(StaffId(1)).count, 0);
    assert_eq!(loaded.register.no_card_count(ChildId(1)), Some(month(1)));
    assert!(store.verify().is_sound());
}

#[test]
fn a_recovery_code_is_kept_counted_and_used_up_in_its_table() {
    use caredesk::domain::fact::RecoveryFact::{Made, Tried, Used};
    let staff = StaffId(1);
    let mut store = furnished();
    let mut head = 18;
    let mut enter = |store: &mut Store, step| {
        head += 1;
        add(store, &[Fact::Recovery(step).into()], head);
        let loaded = store.load(at(head + 1)).unwrap();
        assert!(store.verify().is_sound());
        assert_eq!(store.glance(at(head + 1)).unwrap().register.recovery(staff), loaded.register.recovery(staff));
        (loaded.register.recovery(staff).map(|r| (r.hash.clone(), r.tries.count)), loaded.register.pin_tries(staff).count)
    };
    add(&mut store, &[Fact::PinTried { staff }.into()], 1);
    let made = |hash: &str| Made { staff, hash: hash.into() };
    let steps = [
        (Tried { staff }, None, 1),
        (made("a"), Some(("a", 0)), 1),
        (Tried { staff }, Some(("a", 1)), 1),
        (Tried { staff }, Some(("a", 2)), 1),
        (made("b"), Some(("b", 0)), 1),
        (Tried { staff }, Some(("b", 1)), 1),
        (Used { staff }, None, 0),
        (Used { staff }, None, 0),
    ];
    for (step, code, tries) in steps {
        assert_eq!(enter(&mut store, step.clone()), (code.map(|(hash, n)| (hash.to_owned(), n)), tries), "{step:?}");
    }
}

#[test]
fn a_digest_is_the_same_in_one_store_only() {
    let (one, two) = (Store::memory().unwrap(), Store::memory().unwrap());
    assert_eq!(one.keyed_digest("123456"), one.keyed_digest("123456"));
    assert_ne!(one.keyed_digest("123456"), two.keyed_digest("123456"));
    assert_eq!(one.keyed_digest("x").len(), 16);
    let _ = CollectorId(1);
}

/// A number that was given today is nobody else's, also when what it was given to was taken back, and after a restart.
#[test]
fn what_was_taken_back_gives_its_number_to_nobody() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::open(dir.path(), caredesk::store::Kind::Real, true).unwrap();
    add(&mut store, &roster(), 0);
    let ids = |store: &Store| {
        let ids = store.load(at(30)).unwrap().register.next_ids();
        (ids.child, ids.collector, ids.staff)
    };
    assert_eq!(ids(&store), (6, 6, 2));
    let new = Fact::CollectorSet { was: None, now: Box::new(caredesk::domain::people::Collector { child: ChildId(1), ..collector(6) }) };
    let seq = add(&mut store, &[new.into()], 10);
    add(&mut store, &[undone(seq.0)], 11);
    assert_eq!(ids(&store), (6, 7, 2));
    let another = Fact::ChildSet { was: None, now: Box::new(child(6)) };
    let seq = add(&mut store, &[another.into()], 12);
    let mut register = store.load(at(12)).unwrap().register;
    add(&mut store, &[undone(seq.0)], 13);
    store.close().unwrap();
    let store = Store::open(dir.path(), caredesk::store::Kind::Real, false).unwrap();
    assert_eq!(ids(&store), (7, 7, 2));
    // At a desk that was at work meanwhile.
    let undo = store.entries_between(Seq(seq.0 + 1), Seq(seq.0 + 1)).unwrap();
    let undone = store.entries_between(seq, seq).unwrap();
    register.apply_with(&undo[0], |_| undone.first());
    assert_eq!(register.next_ids().child, 7);
}
