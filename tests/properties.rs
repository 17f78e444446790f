//! The invariants I1–I6, I8–I10, I12–I14 over random days, midnights and clock steps; random interleavings of two
//! desks on one store; and the small model of N09, explored to the end. (I7 is held in `afternoon.rs`: after every line a
//! second reader of the file knows what the desk knows.)
#![allow(clippy::unwrap_used, clippy::wildcard_enum_match_arm, clippy::similar_names)]

use std::collections::{BTreeMap, BTreeSet};

use caredesk::desk::appearance::Appearance;
use caredesk::desk::roster::Table;
use caredesk::desk::said::Said;
use caredesk::desk::{Effect, How, Model, Msg, Start, update};
use caredesk::domain::activity::GroupId;
use caredesk::domain::card::CardNumber;
use caredesk::domain::closing::Found;
use caredesk::domain::custody::{Card, CardKind, CardState, Custody};
use caredesk::domain::day::{Counts, Day, Presence, State};
use caredesk::domain::fact::{Account, Entry, Fact, Ground, GroupFact, HoldAnswer, OfficeFact, Seq, Taker};
use caredesk::domain::people::ChildId;
use caredesk::domain::register::Register;
use caredesk::domain::settings::{Place, Settings};
use caredesk::domain::time::{Moment, time_of_day};
use caredesk::shell::clock::Clock;
use caredesk::shell::practice::{Plan, furnish, practice_day, settings};
use caredesk::shell::session::{Session, Setup};
use caredesk::store::{Kind, Store};
use caredesk::texts::Lang;
use proptest::prelude::*;

/// Everything the journal holds, in order, and its folds.
#[derive(Clone)]
struct Ledger {
    entries: Vec<Entry>,
    opening: Register,
}

impl Ledger {
    fn of(model: &Model) -> Self {
        Self { entries: model.day.entries().to_vec(), opening: Register::default() }
    }

    /// Takes in what the model has recorded since.
    fn catch_up(&mut self, model: &Model) -> Vec<Entry> {
        let last = self.entries.last().map_or(Seq(0), |e| e.seq);
        let new: Vec<Entry> = model.day.entries().iter().filter(|e| e.seq > last).cloned().collect();
        self.entries.extend(new.iter().cloned());
        new
    }

    /// Register and day, folded from the first entry; `left_out` as if they had never been entered.
    fn fold(&self, date: chrono::NaiveDate, left_out: &BTreeSet<Seq>) -> (Register, State) {
        let mut register = self.opening.clone();
        let mut day = Day::new(self.entries[0].entered_at.date(), Vec::new());
        for entry in self.entries.iter().filter(|e| !left_out.contains(&e.seq)) {
            if entry.entered_at.date() > day.date() {
                day = day.next(entry.entered_at.date());
            }
            register.apply_with(entry, |seq| self.entries.iter().find(|e| e.seq == seq));
            day.apply(entry);
        }
        if date > day.date() {
            day = day.next(date);
        }
        (register, day.state().clone())
    }

    fn undone(&self) -> BTreeSet<Seq> {
        self.entries.iter().filter_map(|e| if let Fact::Undone { seq, .. } = e.fact { Some(seq) } else { None }).collect()
    }

    /// I5: a group's return is its departure without those who were released, or came to the desk, meanwhile. Reckoned from
    /// the journal alone, entry by entry.
    fn check_groups(&self, undone: &BTreeSet<Seq>) {
        let mut place: BTreeMap<ChildId, Place> = BTreeMap::new();
        let mut group_of: BTreeMap<ChildId, GroupId> = BTreeMap::new();
        let mut away: BTreeMap<GroupId, (Place, BTreeSet<ChildId>)> = BTreeMap::new();
        let mut date = None;
        for entry in self.entries.iter().filter(|e| !undone.contains(&e.seq)) {
            if date.replace(entry.entered_at.date()).is_some_and(|d| d != entry.entered_at.date()) {
                (group_of, away) = (BTreeMap::new(), BTreeMap::new()); // groups are of one day
            }
            match &entry.fact {
                Fact::Arrived { child, place: at, .. } => {
                    place.insert(*child, at.clone());
                }
                Fact::Released { child, .. } => {
                    place.remove(child);
                    group_of.remove(child);
                }
                Fact::SteppedOut { child, .. } if place.get(child).is_some_and(|at| !at.is_room()) => {
                    place.remove(child);
                    group_of.remove(child);
                }
                Fact::CameBack { child } => {
                    place.insert(*child, Place::room());
                }
                Fact::Moved { child, was, now } => assert_eq!(place.insert(*child, now.clone()).as_ref(), Some(was), "I1: {entry:?}"),
                Fact::Group(GroupFact::Joined { child, was, now }) => {
                    assert_eq!(group_of.get(child), was.as_ref(), "F079: {entry:?}");
                    match now {
                        Some(group) => {
                            group_of.insert(*child, *group);
                            if let Some((_, left)) = away.get_mut(group) {
                                left.insert(*child);
                            }
                        }
                        None => {
                            group_of.remove(child);
                        }
                    }
                }
                Fact::Group(GroupFact::Ended { group }) => {
                    group_of.retain(|_, g| g != group);
                    away.remove(group);
                }
                Fact::Group(GroupFact::Went { group, to, left, counted }) => {
                    assert_eq!(usize::try_from(*counted).unwrap(), left.len(), "N12: {entry:?}");
                    away.insert(*group, (to.clone(), left.iter().copied().collect()));
                }
                Fact::Group(GroupFact::Returned { group, expected, counted, missing }) => {
                    let (at, left) = away.remove(group).expect("it was away");
                    let there: Vec<ChildId> = left.into_iter().filter(|c| place.get(c) == Some(&at)).collect();
                    assert_eq!(usize::try_from(*expected).unwrap(), there.len(), "I5: {entry:?}");
                    assert_eq!(usize::try_from(*counted).unwrap() + missing.len(), there.len(), "I5: {entry:?}");
                    assert!(missing.iter().all(|c| there.contains(c)), "I5: {entry:?}");
                }
                _ => {}
            }
        }
    }

    /// N14: reckoned from the journal alone, nobody is released who was held back and about whom no leader has decided since; a
    /// hold outlives the day only with the stay. Taken back or not, and in the order of entry.
    fn check_holds(&self, model: &Model) {
        let mut held: BTreeSet<ChildId> = BTreeSet::new();
        let mut open: BTreeMap<ChildId, Seq> = BTreeMap::new();
        let mut arrival_of: BTreeMap<Seq, ChildId> = BTreeMap::new();
        let mut ended: BTreeMap<Seq, (ChildId, Seq)> = BTreeMap::new();
        let mut date = self.entries.first().map(|e| e.entered_at.date());
        let mut midnights = |to: chrono::NaiveDate, held: &mut BTreeSet<ChildId>, open: &BTreeMap<ChildId, Seq>| {
            if date.replace(to).is_some_and(|d| d != to) {
                held.retain(|child| open.contains_key(child));
            }
        };
        for entry in &self.entries {
            midnights(entry.entered_at.date(), &mut held, &open);
            match &entry.fact {
                Fact::Arrived { child, .. } => {
                    open.insert(*child, entry.seq);
                    arrival_of.insert(entry.seq, *child);
                }
                Fact::HeldBack { child } => {
                    held.insert(*child);
                }
                Fact::HoldDecided { child, how: HoldAnswer::Left | HoldAnswer::Listed, .. } => {
                    assert!(held.remove(child), "nobody held: {entry:?}");
                }
                Fact::Released { child, arrival, .. } => {
                    assert!(!held.contains(child), "N14: {entry:?}");
                    open.remove(child);
                    ended.insert(entry.seq, (*child, *arrival));
                }
                Fact::SteppedOut { child, .. } => assert!(!held.contains(child), "N14: {entry:?}"),
                Fact::Undone { seq, .. } => {
                    if let Some((child, arrival)) = ended.remove(seq) {
                        open.insert(child, arrival);
                    }
                    if let Some(child) = arrival_of.remove(seq) {
                        open.remove(&child);
                    }
                }
                _ => {}
            }
        }
        midnights(model.day.date(), &mut held, &open);
        let now: BTreeSet<ChildId> = model.day.state().children().filter(|(_, day)| day.held.is_some()).map(|(id, _)| id).collect();
        assert_eq!(now, held, "N14: who is held");
    }

    /// N36: who is missing is so until somebody has seen it, or has it; nothing is done with it meanwhile as if it were there.
    fn check_missing(&self, undone: &BTreeSet<Seq>, model: &Model) {
        let mut missing: BTreeSet<ChildId> = BTreeSet::new();
        for entry in self.entries.iter().filter(|e| !undone.contains(&e.seq)) {
            match &entry.fact {
                Fact::Account(Account::Missed { child, .. }) => {
                    missing.insert(*child);
                }
                Fact::Account(Account::Found { child, how: Found::Seen { by, .. } }) => {
                    assert!(missing.remove(child) && model.register.staff_member(*by).is_some(), "N36: {entry:?}");
                }
                Fact::Account(Account::Found { child, how }) => {
                    let released = |e: &Entry| e.act == entry.act && matches!(e.fact, Fact::Released { child: c, .. } if c == *child);
                    assert!(*how == Found::WithFamily && self.entries.iter().any(released), "N36: {entry:?}");
                }
                Fact::Released { child, .. } => {
                    let told = |e: &Entry| e.act == entry.act && matches!(e.fact, Fact::Account(Account::Found { child: c, .. }) if c == *child);
                    assert!(!missing.remove(child) || self.entries.iter().any(told), "N36: {entry:?}");
                }
                Fact::Moved { child, .. }
                | Fact::CalledOver { child }
                | Fact::SteppedOut { child, .. }
                | Fact::Group(GroupFact::Joined { child, now: Some(_), .. }) => assert!(!missing.contains(child), "N36: {entry:?}"),
                Fact::Group(GroupFact::Went { left, .. }) => assert!(left.iter().all(|c| !missing.contains(c)), "N36: {entry:?}"),
                _ => {}
            }
        }
        let now: BTreeSet<ChildId> = model.day.state().missing().into_iter().map(|(c, _)| c).collect();
        assert_eq!(missing, now, "N36: no midnight ends it either");
        assert_eq!(model.counts().missing, now.len());
    }

    /// Register and state as they were at a moment: the fold of what had happened by then, in the order in which it happened,
    /// without what was taken back (N11).
    fn past(&self, when: Moment, undone: &BTreeSet<Seq>) -> (Register, State) {
        let mut entries: Vec<&Entry> = self.entries.iter().filter(|e| e.at.ms <= when.ms && !undone.contains(&e.seq)).collect();
        entries.retain(|e| !matches!(e.fact, Fact::Undone { .. }));
        entries.sort_by_key(|e| (e.at.ms, e.seq));
        let mut register = self.opening.clone();
        let mut day = Day::new(self.entries[0].at.date(), Vec::new());
        for entry in entries {
            if entry.at.date() > day.date() {
                day = day.next(entry.at.date());
            }
            register.apply(entry);
            day.apply(entry);
        }
        if when.date() > day.date() {
            day = day.next(when.date());
        }
        (register, day.state().clone())
    }

    /// I1–I5, I8, I9 over the journal; I6 and I12 against a model.
    fn check(&self, model: &Model) {
        let undone = self.undone();
        self.check_groups(&undone);
        self.check_holds(model);
        self.check_missing(&undone, model);
        let open = model.day.state().of_earlier_days();
        let n = model.counts();
        let inside = open.iter().filter(|(_, visit)| visit.out.is_none()).count();
        assert_eq!((n.left_open, n.inside - n.inside_today, n.outside - n.outside_today), (open.len(), inside, open.len() - inside), "counted apart");
        let first = model.table.rows().iter().take(open.len()).map(|r| r.child).collect::<BTreeSet<_>>();
        assert_eq!(first, open.into_iter().map(|(c, _)| c).collect(), "who was left open stands first");
        let mut open: BTreeMap<ChildId, Seq> = BTreeMap::new();
        let mut last = Moment { ms: i64::MIN, offset_min: 0 };
        for entry in &self.entries {
            assert!(entry.at.ms <= entry.entered_at.ms && entry.entered_at.ms >= last.ms, "I8: {entry:?}");
            last = entry.entered_at;
            if undone.contains(&entry.seq) {
                continue;
            }
            match &entry.fact {
                Fact::Arrived { child, .. } => assert_eq!(open.insert(*child, entry.seq), None, "I1: arrived twice: {entry:?}"),
                Fact::Released { child, arrival, ground, taker, .. } => {
                    assert_eq!(open.remove(child), Some(*arrival), "I2: {entry:?}");
                    assert!(entry.staff.is_some(), "I3: {entry:?}");
                    let alone = matches!(ground, Ground::SelfLeave);
                    assert_eq!(alone, *taker == Taker::Itself, "I3: {entry:?}");
                    assert!(!alone || model.register.child(*child).unwrap().grade > 2, "I9: {entry:?}");
                }
                _ => {}
            }
        }
        for n in [model.register.card_count(), model.register.card_count_on(model.day.date())] {
            assert_eq!(n.rack + n.holder + n.away + n.lost, n.issued, "I4");
        }
        let hangs = |c: &&Card| c.custody == Custody::Rack && c.is_valid_on(model.day.date());
        assert_eq!(model.register.card_count_on(model.day.date()).rack, model.register.cards().filter(hangs).count(), "I4: what hangs on the rack");
        for child in model.register.children() {
            let valid = model.register.valid_cards(child.id, model.day.date());
            let of = |kind: CardKind| valid.iter().filter(|c| c.kind == kind).count();
            assert!(CardKind::ALL.into_iter().all(|kind| of(kind) <= 1), "F097: one card of a kind for {:?}", child.id);
        }
        for (child, day) in model.day.state().children() {
            assert!(day.visits.iter().rev().skip(1).all(|v| v.release.is_some()), "I1: {child:?}");
            let here = matches!(day.presence(), Presence::In(_) | Presence::Out(..));
            // Out for a while means that the card that was shown hangs on the rack, unless it is no card any more.
            let shown = if let Presence::Out(_, outing) = day.presence() { outing.card().cloned() } else { None };
            // In means that the card with which the child came is not on its hook, gone means that nobody holds any; they may
            // be away either way. A card that was issued anew or found again meanwhile hangs where it was hung.
            let held = |c: &&Card| c.state == CardState::Live && c.custody == Custody::Holder;
            assert!(here || !model.register.cards_of(child).iter().any(held), "custody of {child:?}");
            let arrival = day.visits.last().map(|v| v.arrival);
            // What was entered long after it moved no card from its hook.
            let at_the_door = |e: &&Entry| e.entered_at.ms - e.at.ms < 600_000;
            let with = self.entries.iter().find(|e| Some(e.seq) == arrival).filter(at_the_door).and_then(|e| match &e.fact {
                Fact::Arrived { card, .. } => card.clone(),
                _ => None,
            });
            let anew = |number: &CardNumber| {
                let again = |fact: &Fact| match fact {
                    Fact::CardSet { now, .. } => now.number == *number,
                    Fact::Office(OfficeFact::CardFound { number: found }) => found == number,
                    _ => false,
                };
                self.entries.iter().any(|e| again(&e.fact) && Some(e.seq) > arrival)
            };
            let card = with.filter(|number| !anew(number)).and_then(|number| model.register.card(&number).cloned());
            let hangs = |c: &Card| c.custody == Custody::Rack;
            let out_with_it = shown.is_some();
            assert!(!here || out_with_it || card.is_none_or(|c| c.state != CardState::Live || !hangs(&c)), "custody of {child:?}");
            let shown = shown.and_then(|number| model.register.card(&number).cloned());
            assert!(shown.is_none_or(|c| c.state != CardState::Live || hangs(&c)), "custody of {child:?}, who is out");
        }
        let (register, state) = self.fold(model.day.date(), &BTreeSet::new());
        assert_eq!(register, model.register, "I6");
        assert_eq!(&state, model.day.state(), "I6");
        let mut without: BTreeSet<Seq> = undone;
        without.extend(self.entries.iter().filter(|e| matches!(e.fact, Fact::Undone { .. })).map(|e| e.seq));
        let (register, state) = self.fold(model.day.date(), &without);
        assert_eq!(register, model.register, "I12");
        assert_eq!(&state, model.day.state(), "I12");
    }
}

fn open(mut store: Store, desk: &str) -> Session {
    let start = practice_day(time_of_day("16:25").unwrap());
    if store.load(start).unwrap().head == Seq(0) {
        furnish(&mut store, Plan { start, lived_in: false, children: None, seed: 1 }).unwrap();
    }
    let setup =
        Setup { settings: settings(Settings::default()), desk: desk.to_owned(), lang: Lang::Zh, practice: true, appearance: Appearance::default() };
    Session::start(store, Clock::simulated(start, 0.001), setup).unwrap()
}

const CARDS: [&str; 8] = ["453841", "693691", "112018", "792339", "110031", "433490", "159082", "381544"];

/// What a teacher, a family or a cat might do next.
fn line() -> impl Strategy<Value = String> {
    let words = [
        "zzm",
        "wzh",
        "xza",
        "syq",
        "cyn",
        "hly",
        "请假",
        "持卡未刷",
        "无卡",
        "暂离",
        "暂离",
        "返回",
        "已接走不回来",
        "1930",
        "换地点",
        "操场",
        "教室",
        "备注",
        "挂失",
        "今日授权",
        "到园",
        "再次到园",
        "1730",
        "0428",
        "?",
        ".undo",
        ".undo",
        ".next",
        ".batch 王老师",
        ".backfill",
        ".7",
        "526014",
        "815907",
        "159028",
        "@1700",
        "林晓",
        "13900000099",
        "esc",
        "。2",
    ];
    prop_oneof![
        6 => prop::sample::select(&CARDS[..]).prop_map(str::to_owned),
        6 => Just(String::new()),
        5 => (1_u32..=4).prop_map(|n| n.to_string()),
        1 => Just("9".to_owned()),
        6 => prop::sample::select(words.to_vec()).prop_map(str::to_owned),
        2 => (1_u32..90).prop_map(|minutes| format!("+{minutes}")),
        1 => Just("tomorrow".to_owned()),
        1 => Just("back".to_owned()),
        1 => "[ -~]{0,12}",
    ]
}

/// A row of lines by which somebody does something with groups, calls and the end of the day; mistakes are among them.
fn script() -> impl Strategy<Value = Vec<String>> {
    // The names of the children of [`CARDS`], in their order: by either they are ticked.
    let names = ["cyn", "cym", "zxm", "zyt", "zzm", "xza", "王子涵", "syq"];
    let card = || prop::sample::select(&CARDS[..]).prop_map(str::to_owned);
    let some = (prop::sample::subsequence((0..CARDS.len()).collect::<Vec<_>>(), 1..4), any::<bool>())
        .prop_map(move |(who, by_card)| who.into_iter().map(|i| if by_card { CARDS[i] } else { names[i] }.to_owned()).collect::<Vec<String>>());
    let owned = |lines: &[&str]| lines.iter().map(|l| (*l).to_owned()).collect::<Vec<String>>();
    // Most counts are right.
    let wrong = prop_oneof![5 => Just(0_usize), 1 => 1_usize..3];
    let out = (some.clone(), wrong.clone()).prop_map(move |(who, wrong)| {
        let n = who.len();
        let mut lines = owned(&[".3", "外出", "体育", "足球"]);
        lines.extend(who);
        lines.extend(["", "", ""].map(str::to_owned));
        lines.extend([n.to_string(), (n + wrong).to_string()]);
        lines
    });
    let back = (some.clone(), wrong).prop_map(move |(who, wrong)| {
        let n = who.len();
        let mut lines = owned(&[".3", "返回", &n.to_string()]);
        lines.extend(who);
        lines.extend([String::new(), (n + wrong).to_string()]);
        lines
    });
    let all_back = (1_usize..4).prop_map(move |n| owned(&[".3", "返回", &n.to_string(), "", &n.to_string()]));
    let called = card().prop_map(|c| [c.as_str(), "1", "1", "1", ""].map(str::to_owned).to_vec());
    let put = (1_u32..3, some).prop_map(move |(n, who)| {
        let mut lines = owned(&[".3", &n.to_string(), "加人"]);
        lines.extend(who);
        lines.push(String::new());
        lines
    });
    let fixed: Vec<Vec<String>> = [
        &[".7", "526014", "2468"][..],
        &[".3", "新建", "完成作业", "", "", ""],
        &[".3", "新建", "《风筝》第一课时", "esc"],
        &[".3", "1", "结束"],
        &[".3", "2", "结束"],
        &[".3", "足球", "换地点", "", "", "2", "2"],
        &[".3", "1", "换负责人", ""],
        &[".7", "526014", "2", "2468"],
        &[".7", "815907", "", "2468"],
        &[".7", "815907", "3", "2468", "有事"],
        &[".5", "1", "2"],
        &[".5", "1", "1", "1755"],
        &[".5", "1", "1", "", "1755"],
        &[".5", "延时", "", "", "", "2468"],
        &[".leader"],
        &["1", "老周"],
        &["2", "留守"],
        &[".undo", "1"],
        &[".undo", "2"],
    ]
    .into_iter()
    .map(owned)
    .collect();
    let outing = (0..CARDS.len(), any::<bool>(), 0_usize..3).prop_map(move |(i, by_card, then)| {
        let shown = if by_card { CARDS[i] } else { "持卡未刷" };
        let mut lines = owned(&[CARDS[i], names[i], "暂离", shown, "1", "1", "1930"]);
        lines.extend(owned([&["+3", CARDS[i]][..], &[CARDS[i], names[i], "返回"], &[names[i], "已接走不回来", "1", "1", "1", ""]][then]));
        lines
    });
    let minutes = prop_oneof![8 => (1_u32..60).prop_map(|m| vec![format!("+{m}")]), 1 => Just(owned(&["tomorrow"]))];
    let fetched = card().prop_map(|c| [c.as_str(), "2", "1655", "1", "1"].map(str::to_owned).to_vec());
    let called = prop_oneof![3 => called, 1 => fetched];
    let line = line().prop_map(|l| vec![l]);
    prop_oneof![6 => out, 4 => outing, 4 => back, 6 => all_back, 6 => called, 2 => put, 6 => prop::sample::select(fixed), 3 => minutes, 4 => line, 4 => card().prop_map(|c| vec![c]),
        2 => card().prop_map(|c| vec![c, "1".to_owned(), String::new()])]
}

fn send(session: &mut Session, text: &str) {
    session.send(Msg::Line { text: text.to_owned(), how: How::Scanned });
}

/// Sends a line; clock steps become settings of the clock, backwards ones a look at an earlier time.
fn step(session: &mut Session, text: &str) {
    let now = session.model.now;
    if let Some(minutes) = text.strip_prefix('+') {
        let to = now.plus_seconds(60 * minutes.trim().parse::<i64>().unwrap_or(1));
        send(session, &format!(".clock {}", to.local().format("%Y-%m-%dT%H:%M:%S")));
    } else if text == "tomorrow" {
        let to = now.at_time(time_of_day("16:30").unwrap()).plus_seconds(86_400);
        send(session, &format!(".clock {}", to.local().format("%Y-%m-%dT%H:%M:%S")));
    } else if text == "back" {
        let effects = update(&mut session.model, Msg::Tick, now.plus_seconds(-86_400 * 400));
        assert_eq!(effects, [], "a clock that goes back does nothing");
    } else {
        send(session, text);
    }
}

fn config(cases: u32) -> proptest::test_runner::Config {
    proptest::test_runner::Config { failure_persistence: None, cases, ..Default::default() }
}

/// What happens to cards: reported, issued, replaced, for the day, found again, counted, ended; and scanned, by their places in
/// the register.
fn card_script() -> impl Strategy<Value = Vec<String>> {
    let children = ["cyn", "cym", "zxm", "zyt", "zzm", "xza", "王子涵", "syq"];
    let acts: [&[&str]; 10] = [
        &["临时卡", "", "esc"],
        &["挂失", "", "esc"],
        &["发卡", "2468", "", "esc"],
        &["发卡", "", "esc"],
        &["换卡", "2468", "", "esc"],
        &["换卡", "", "esc"],
        &["第二张卡", "2468", "", "esc"],
        &["第二张卡", "", "esc"],
        &["恢复", "2468", "", "esc"],
        &["挂回", "esc"],
    ];
    let with_cards = (prop::sample::select(children.to_vec()), prop::sample::select(acts.to_vec()))
        .prop_map(|(child, act)| std::iter::once(format!(".cards {child}")).chain(act.iter().map(|l| (*l).to_owned())).collect::<Vec<String>>());
    let fixed: [&[&str]; 9] = [
        &[".7", "526014", "2468"],
        &["", ""],
        &["1", ""],
        &[".undo", "1"],
        &[".rack 21", "1", "", "不明"],
        &[".rack 20", "1", "2", "", "不明"],
        &[".found 453841", "1", "esc"],
        &[".cards", "全部到期日", "2468", "2026-09-08", "esc"],
        &["tomorrow"],
    ];
    let fixed = prop::sample::select(fixed.to_vec()).prop_map(|lines| lines.iter().map(|l| (*l).to_owned()).collect::<Vec<String>>());
    let scan = (0_usize..30).prop_map(|n| vec![format!("#{n}")]);
    let go = (0_usize..30).prop_map(|n| vec![format!("#{n}"), "1".to_owned(), String::new()]);
    let mine = prop::sample::select(&CARDS[..]).prop_map(|c| vec![c.to_owned(), "1".to_owned(), String::new()]);
    prop_oneof![6 => with_cards, 4 => fixed, 4 => scan, 3 => go, 4 => mine]
}

proptest! {
    #![proptest_config(config(std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(48)))]

    /// I4 with cards for the day, second cards, lost, replaced and recovered ones, and counts of the rack that are short.
    #[test]
    fn random_cards_hold_the_conservation_law(scripts in prop::collection::vec(card_script(), 1..24)) {
        let mut session = open(Store::memory().unwrap(), "practice");
        (session.model.base.second_card, session.model.settings.second_card) = (true, true);
        let mut ledger = Ledger::of(&session.model);
        for text in scripts.concat() {
            let nth = text.strip_prefix('#').and_then(|n| n.parse::<usize>().ok());
            let scanned = nth.and_then(|n| session.model.register.cards().nth(n)).map(|c| c.number.as_str().to_owned());
            let good = scanned.as_ref().map(|n| session.model.register.card(&CardNumber::new(n.as_str())).unwrap().is_valid_on(session.model.day.date()));
            let before = session.model.day.state().open_visits().len();
            step(&mut session, scanned.as_deref().unwrap_or(&text));
            let new = ledger.catch_up(&session.model);
            if good == Some(false) {
                prop_assert_eq!(session.model.day.state().open_visits().len(), before, "a card that is not good moved somebody");
                prop_assert!(!new.iter().any(|e| matches!(e.fact, Fact::Released { .. } | Fact::Arrived { .. })), "{text}");
            }
            ledger.check(&session.model);
        }
    }
}

proptest! {
    #![proptest_config(config(std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(96)))]

    #[test]
    fn random_days_hold_every_invariant(lines in prop::collection::vec(line(), 1..70)) {
        let mut session = open(Store::memory().unwrap(), "practice");
        let mut ledger = Ledger::of(&session.model);
        for text in &lines {
            let before = session.model.day.state().clone();
            let date = session.model.day.date();
            step(&mut session, text);
            let new = ledger.catch_up(&session.model);
            let by_clock = text.starts_with('+') || text == "tomorrow" || text == "back";
            if by_clock {
                prop_assert!(!new.iter().any(|e| matches!(e.fact, Fact::Released { .. } | Fact::Arrived { .. })), "I10: {text}");
                prop_assert_eq!(before.open_visits().len(), session.model.day.state().open_visits().len(), "I10: nobody is released by the clock");
            }
            if CARDS.contains(&text.as_str()) && date == session.model.day.date() && before.open_visits() != session.model.day.state().open_visits() {
                prop_assert!(matches!(session.model.said, Some(Said::Verdict { .. })), "I13: {:?}", session.model.said);
            }
            ledger.check(&session.model);
        }
    }

    #[test]
    fn days_with_groups_calls_and_clock_steps_hold_every_invariant(scripts in prop::collection::vec(script(), 1..30)) {
        let mut session = open(Store::memory().unwrap(), "practice");
        let mut ledger = Ledger::of(&session.model);
        for text in [".7", "526014", "2468"].into_iter().chain(CARDS) {
            step(&mut session, text);
        }
        ledger.catch_up(&session.model);
        for text in scripts.iter().flatten() {
            let before = session.model.day.state().open_visits().len();
            step(&mut session, text);
            let by_clock = text.starts_with('+') || text == "tomorrow" || text == "back";
            let after = session.model.day.state().open_visits().len();
            prop_assert!(!by_clock || before == after, "I10: {text} changed who is here from {before} to {after}");
            ledger.catch_up(&session.model);
        }
        ledger.check(&session.model);
    }

    #[test]
    fn scans_and_enters_never_release_a_restricted_child(
        lines in prop::collection::vec(prop_oneof![prop::sample::select(&CARDS[..]), Just("112018"), Just(""), Just("")], 1..60),
        minute in 0_u32..90,
    ) {
        let mut session = open(Store::memory().unwrap(), "practice");
        let mut ledger = Ledger::of(&session.model);
        step(&mut session, &format!("+{minute}"));
        for text in &lines {
            step(&mut session, text);
        }
        for entry in ledger.catch_up(&session.model) {
            let restricted = entry.fact.child() == Some(ChildId(6));
            prop_assert!(!(restricted && matches!(entry.fact, Fact::Released { .. })), "I14: {entry:?}");
        }
    }
}

/// What a desk showed at a moment.
struct Shown {
    when: Moment,
    counts: Counts,
    table: Table,
    state: State,
    register: Register,
}

impl Shown {
    fn now(session: &Session) -> Self {
        let model = &session.model;
        let last = model.day.entries().last().map_or(model.now, |e| e.entered_at.max(model.now));
        let when = last.max(session.now());
        Self { when, counts: model.counts(), table: model.table.clone(), state: model.day.state().clone(), register: model.register.clone() }
    }
}

/// People, cards, staff and calendar; wrong PINs are nobody's past.
fn same_people(a: &Register, b: &Register, what: &str) {
    assert!(a.children().eq(b.children()), "children: {what}");
    assert!(a.all_collectors().eq(b.all_collectors()), "collectors: {what}");
    assert!(a.cards().eq(b.cards()), "cards: {what}");
    assert_eq!(a.card_count(), b.card_count(), "cards: {what}");
    assert!(a.staff().eq(b.staff()), "staff: {what}");
    assert_eq!(a.office(), b.office(), "settings and calendar: {what}");
    assert!(a.all_no_card_counts().eq(b.all_no_card_counts()), "no-card counts: {what}");
}

proptest! {
    #![proptest_config(config(std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(32)))]

    /// N11: the past that is shown is what the desk showed then; where something was taken back or entered afterwards, it is the
    /// fold of what had happened by then.
    #[test]
    fn the_past_is_whole(scripts in prop::collection::vec(prop_oneof![4 => script(), 1 => card_script()], 1..14), plain in any::<bool>()) {
        let mut session = open(Store::memory().unwrap(), "practice");
        let mut ledger = Ledger::of(&session.model);
        let mut shown = vec![Shown::now(&session)];
        let first = [".7", "526014", "2468"].into_iter().chain(CARDS).map(str::to_owned);
        for text in first.chain(scripts.concat()) {
            if plain && matches!(text.as_str(), ".undo" | ".backfill" | "1655") {
                continue;
            }
            let nth = text.strip_prefix('#').and_then(|n| n.parse::<usize>().ok());
            let scanned = nth.and_then(|n| session.model.register.cards().nth(n)).map(|c| c.number.as_str().to_owned());
            let next = session.model.now.plus_seconds(1);
            send(&mut session, &format!(".clock {}", next.local().format("%Y-%m-%dT%H:%M:%S")));
            step(&mut session, scanned.as_deref().unwrap_or(&text));
            ledger.catch_up(&session.model);
            shown.push(Shown::now(&session));
        }
        for _ in 0..4 {
            send(&mut session, "esc"); // whatever the last line left open: to a question for a PIN a moment is an answer
        }
        let undone = ledger.undone();
        let as_entered = undone.is_empty() && ledger.entries.iter().all(|e| e.at == e.entered_at);
        for then in &shown {
            let what = then.when.local().to_string();
            send(&mut session, &format!("@{}", then.when.local().format("%Y-%m-%dT%H:%M:%S")));
            // What was shown within a second is asked for by its last millisecond.
            let end = Moment { ms: then.when.ms - then.when.ms.rem_euclid(1000), ..then.when };
            let past = session.model.past.as_ref().unwrap();
            prop_assert_eq!(past.when, end);
            let (register, state) = ledger.past(end, &undone);
            prop_assert_eq!(&past.state, &state, "{}", what);
            same_people(&past.register, &register, &what);
            if as_entered && then.when == end {
                prop_assert_eq!(&past.state, &then.state, "{}", what);
                prop_assert_eq!(&past.table, &then.table, "rows, places, who is called: {}", what);
                prop_assert_eq!(past.counts(), then.counts, "{}", what);
                same_people(&past.register, &then.register, &what);
            }
        }
    }
}

proptest! {
    #![proptest_config(config(24))]

    #[test]
    fn two_desks_on_one_store_hold_every_invariant(steps in prop::collection::vec((any::<bool>(), line()), 1..60)) {
        let dir = tempfile::tempdir().unwrap();
        let mut desks = [
            open(Store::open(dir.path(), Kind::Practice, true).unwrap(), "room"),
            open(Store::open(dir.path(), Kind::Practice, true).unwrap(), "gate"),
        ];
        for desk in &mut desks {
            for line in [".7", "526014", "", "2468"] {
                desk.catch_up();
                send(desk, line);
            }
        }
        let mut ledger = Ledger::of(&desks[0].model);
        for (gate, text) in &steps {
            if text == "tomorrow" { continue; }
            step(&mut desks[usize::from(*gate)], text);
        }
        for desk in &mut desks {
            desk.catch_up();
        }
        desks[0].catch_up();
        ledger.catch_up(&desks[0].model);
        ledger.check(&desks[0].model);
        prop_assert_eq!(&desks[0].model.register, &desks[1].model.register);
        prop_assert_eq!(desks[0].model.day.state(), desks[1].model.day.state());
        drop(desks);
        let report = Store::open_read_only(dir.path()).unwrap().verify();
        prop_assert!(report.is_sound(), "{:?}", report.problems);
    }
}

/// What a child that is held back meets: every way out, what takes things back, a leader's PIN right and wrong.
fn at_the_door() -> impl Strategy<Value = Vec<String>> {
    let card = || prop::sample::select(&CARDS[..4]).prop_map(str::to_owned);
    let name = || prop::sample::select(vec!["cyn", "cym", "zxm", "zyt"]).prop_map(str::to_owned);
    let with = |first: String, rest: &[&str]| std::iter::once(first).chain(rest.iter().map(|l| (*l).to_owned())).collect::<Vec<String>>();
    let scanned: [&[&str]; 8] = [&["9"], &["1"], &[""], &["1", ""], &["1", "2468"], &["2", "2468", "1"], &["3", "已联系", "2468"], &["2", "1111"]];
    let found: [&[&str]; 7] = [
        &["持卡未刷", "1", ""],
        &["持卡未刷", "9"],
        &["无卡", "2", "0428", "1", "1", "1", "2468"],
        &["无卡", "9"],
        &["暂离", "1", "1755"],
        &["组长办理", "1", "2468"],
        &["挂失", ""],
    ];
    let by_card = (card(), prop::sample::select(scanned.to_vec())).prop_map(move |(c, rest)| with(c, rest));
    let by_name = (name(), prop::sample::select(found.to_vec())).prop_map(move |(n, rest)| with(n, rest));
    let others: [&[&str]; 7] = [&[".undo", "1"], &[".undo", "2"], &["esc"], &["restart"], &["tomorrow"], &["+3"], &[".batch 王", "112018", "1"]];
    let others = prop::sample::select(others.to_vec()).prop_map(|lines| lines.iter().map(|l| (*l).to_owned()).collect::<Vec<String>>());
    prop_oneof![6 => by_card, 4 => by_name, 4 => others]
}

proptest! {
    #![proptest_config(config(24))]

    /// Two desks, undo, a new scan, midnight, a restart: a child that was held back goes with nobody before a leader's PIN.
    #[test]
    fn a_held_child_is_never_released(steps in prop::collection::vec((any::<bool>(), at_the_door()), 1..24)) {
        let dir = tempfile::tempdir().unwrap();
        let store = || Store::open(dir.path(), Kind::Practice, true).unwrap();
        let mut desks = [open(store(), "room"), open(store(), "gate")];
        for desk in &mut desks {
            for line in [".7", "526014", "2468"] {
                desk.catch_up();
                send(desk, line);
            }
        }
        for line in CARDS.into_iter().take(4).chain(["+50"]) {
            desks[0].catch_up();
            step(&mut desks[0], line);
        }
        desks[1].catch_up();
        for (gate, lines) in &steps {
            for text in lines {
                let desk = &mut desks[usize::from(*gate)];
                if text == "restart" {
                    *desk = open(store(), if *gate { "gate" } else { "room" });
                } else {
                    desk.catch_up();
                    step(desk, text);
                }
            }
        }
        for desk in &mut desks {
            desk.catch_up();
            let store = store();
            let entries = store.entries_between(Seq(1), store.head().unwrap()).unwrap();
            Ledger { entries, opening: Register::default() }.check_holds(&desk.model);
        }
    }
}

// ---- N09: the small model ----

/// Two desks, one journal in memory with the head check of the real one. A desk sees what another entered only when it
/// tries to record, which is the worst case.
#[derive(Clone)]
struct Small {
    journal: Vec<Entry>,
    desks: [Model; 2],
    cards: [String; 2],
}

#[derive(Clone, Copy, PartialEq, Debug)]
enum Move {
    Scan(usize),
    Enter,
    PowerLoss,
}

const MOVES: [Move; 4] = [Move::Scan(0), Move::Scan(1), Move::Enter, Move::PowerLoss];

impl Small {
    fn new() -> Self {
        let start = practice_day(time_of_day("17:20").unwrap());
        let mut store = Store::memory().unwrap();
        furnish(&mut store, Plan { start, lived_in: false, children: Some(2), seed: 3 }).unwrap();
        let setup = Setup {
            settings: settings(Settings::default()),
            desk: "practice".to_owned(),
            lang: Lang::Zh,
            practice: true,
            appearance: Appearance::default(),
        };
        let mut session = Session::start(store, Clock::simulated(start, 0.001), setup).unwrap();
        let cards: Vec<String> = session.model.register.cards().map(|c| c.number.as_str().to_owned()).collect();
        for card in &cards {
            send(&mut session, card);
        }
        let journal = session.model.day.entries().to_vec();
        // What is read within two minutes of an arrival is the same reading.
        let desk = reload(&journal, session.model.now.plus_seconds(180));
        Self { journal, desks: [desk.clone(), desk], cards: cards.try_into().unwrap() }
    }

    fn make(&mut self, desk: usize, what: Move) {
        let now = self.desks[desk].now.plus_seconds(1);
        if what == Move::PowerLoss {
            self.desks[desk] = reload(&self.journal, now);
            return;
        }
        let text = if let Move::Scan(card) = what { self.cards[card].as_str() } else { "" };
        let mut effects = update(&mut self.desks[desk], Msg::Line { text: text.to_owned(), how: How::Scanned }, now);
        for _ in 0..4 {
            let Some(Effect::Record { drafts, staff, .. }) = effects.pop() else { return };
            let seen = self.desks[desk].head;
            let behind: Vec<Entry> = self.journal.iter().filter(|e| e.seq > seen).cloned().collect();
            let answer = if behind.is_empty() {
                let act = Seq(self.journal.last().unwrap().seq.0 + 1);
                let at = now.max(self.journal.last().unwrap().entered_at);
                let entries: Vec<Entry> = (act.0..)
                    .zip(drafts)
                    .map(|(seq, d)| Entry { seq: Seq(seq), act, day: at.date(), at, entered_at: at, desk: "practice".into(), staff, fact: d.fact })
                    .collect();
                self.journal.extend(entries.iter().cloned());
                Msg::Recorded(entries)
            } else {
                Msg::Behind(behind)
            };
            effects = update(&mut self.desks[desk], answer, now);
        }
    }

    /// No arrival is consumed twice, and a desk that says "gone" has it in the journal.
    fn check(&self, desk: usize) {
        let mut consumed = BTreeSet::new();
        for entry in &self.journal {
            if let Fact::Released { arrival, .. } = entry.fact {
                assert!(consumed.insert(arrival), "released twice: {entry:?}");
            }
        }
        if let Some(Said::Verdict { children, verdict }) = &self.desks[desk].said
            && verdict.name() == Some("OUT_OK")
        {
            for (child, _) in children {
                assert!(self.journal.iter().any(|e| matches!(e.fact, Fact::Released { child: c, .. } if c == *child)));
            }
        }
    }

    fn explore(&self, depth: usize, paths: &mut u64, releases: &mut [u64; 3]) {
        if depth == 0 {
            *paths += 1;
            let released = self.journal.iter().filter(|e| matches!(e.fact, Fact::Released { .. })).count();
            releases[released.min(2)] += 1;
            return;
        }
        for desk in 0..2 {
            for what in MOVES {
                let mut next = self.clone();
                next.make(desk, what);
                next.check(desk);
                next.explore(depth - 1, paths, releases);
            }
        }
    }
}

fn reload(journal: &[Entry], now: Moment) -> Model {
    let mut register = Register::default();
    let mut day = Day::new(now.date(), Vec::new());
    for entry in journal {
        register.apply_with(entry, |seq| day.entry(seq));
        day.apply(entry);
    }
    let head = journal.last().map_or(Seq(0), |e| e.seq);
    Model::new(Start {
        register,
        day,
        settings: settings(Settings::default()),
        desk: "practice".into(),
        lang: Lang::Zh,
        practice: true,
        appearance: Appearance::default(),
        head,
        now,
    })
}

#[test]
fn the_small_model_releases_nobody_twice() {
    let (mut paths, mut releases) = (0, [0; 3]);
    Small::new().explore(6, &mut paths, &mut releases);
    assert_eq!(paths, 8_u64.pow(6), "every interleaving of six requests of two desks, power loss among them");
    assert!(releases.iter().all(|n| *n > 0), "paths with none, one and two releases are among them: {releases:?}");
}
