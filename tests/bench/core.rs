//! The core: deciding, folding, searching. No disk.
#![allow(missing_docs, clippy::unwrap_used, clippy::needless_for_each)]

use caredesk::domain::day::Day;
use caredesk::domain::fact::{Entry, Fact, Holder, Means, Seq};
use caredesk::domain::register::Register;
use caredesk::domain::search::{Keys, Query};
use caredesk::domain::settings::{Place, Settings};
use caredesk::domain::time::{Moment, time_of_day};
use caredesk::rules::pass::{Pass, Proof};
use caredesk::rules::{Request, Room, decide};
use caredesk::shell::practice::{Plan, furnish, practice_day};
use caredesk::store::Store;
use divan::Bencher;

fn main() {
    divan::main();
}

const SIZES: [u32; 3] = [22, 500, 5000];

fn at(text: &str) -> Moment {
    practice_day(time_of_day(text).unwrap())
}

/// The register's facts of a room of `n`, and the arrivals of all its children.
fn room(n: u32) -> (Vec<Entry>, Vec<Entry>) {
    let mut store = Store::memory().unwrap();
    furnish(&mut store, Plan { start: at("16:25"), lived_in: false, children: Some(n), seed: 7 }).unwrap();
    let loaded = store.load(at("16:25")).unwrap();
    let facts = loaded.day.entries().to_vec();
    let seq = i64::try_from(facts.len()).unwrap();
    let arrivals = (1..).zip(loaded.register.children()).map(|(i, child)| {
        let card = loaded.register.live_card(child.id).map(|c| c.number.clone());
        let fact = Fact::Arrived { child: child.id, card, means: Means::Scanned, holder: Holder::Nobody, place: Place::room(), despite: None };
        let when = at("16:30");
        Entry { seq: Seq(seq + i), act: Seq(seq + i), day: when.date(), at: when, entered_at: when, desk: "desk".into(), staff: None, fact }
    });
    (facts, arrivals.collect())
}

fn register(facts: &[Entry]) -> Register {
    let mut register = Register::default();
    facts.iter().for_each(|e| register.apply(e));
    register
}

fn day(arrivals: &[Entry]) -> Day {
    let mut day = Day::new(at("16:00").date(), Vec::new());
    arrivals.iter().for_each(|e| day.apply(e));
    day
}

fn pass_of(register: &Register) -> Pass {
    let card = register.cards().next().unwrap();
    Pass::new(card.child, Proof::Card { number: card.number.clone(), means: Means::Scanned, own: true })
}

#[divan::bench(args = SIZES)]
fn decide_arrival(bencher: Bencher, n: u32) {
    let register = register(&room(n).0);
    let (day, settings) = (day(&[]), Settings::default());
    let request = Request::Passes(vec![pass_of(&register)]);
    bencher.bench_local(|| decide(Room { register: &register, day: &day, settings: &settings, desk: "desk", keeper: None }, &request, at("16:30")));
}

#[divan::bench(args = SIZES)]
fn decide_pickup(bencher: Bencher, n: u32) {
    let (facts, arrivals) = room(n);
    let (register, day, settings) = (register(&facts), day(&arrivals), Settings::default());
    let request = Request::Passes(vec![pass_of(&register)]);
    bencher.bench_local(|| decide(Room { register: &register, day: &day, settings: &settings, desk: "desk", keeper: None }, &request, at("17:30")));
}

#[divan::bench(args = SIZES)]
fn apply_one_arrival(bencher: Bencher, n: u32) {
    let arrivals = room(n).1;
    let day = day(&arrivals[1..]);
    bencher.with_inputs(|| day.clone()).bench_local_values(|mut day| {
        day.apply(&arrivals[0]);
        day
    });
}

#[divan::bench(args = SIZES)]
fn fold_a_day(bencher: Bencher, n: u32) {
    let arrivals = room(n).1;
    bencher.bench_local(|| day(&arrivals));
}

#[divan::bench(args = SIZES)]
fn fold_a_register(bencher: Bencher, n: u32) {
    let facts = room(n).0;
    bencher.bench_local(|| register(&facts));
}

fn names(n: u32) -> Vec<Keys> {
    let mut lines = include_str!("../../assets/practice/names.txt").lines().filter(|l| !l.starts_with('#'));
    let mut chars = || lines.next().unwrap().chars().collect::<Vec<_>>();
    let (surnames, given) = (chars(), chars());
    let n = n as usize;
    (0..n).map(|i| Keys::of(&format!("{}{}{}", surnames[i % surnames.len()], given[i / 7 % given.len()], given[i / 601 % given.len()]))).collect()
}

#[divan::bench(args = [5_000, 100_000])]
fn search_per_key(bencher: Bencher, n: u32) {
    let keys = names(n);
    let queries: Vec<Query> = ["z", "zh", "zha", "zhan", "wzh", "lxy"].into_iter().map(Query::of).collect();
    let mut next = queries.iter().cycle();
    bencher.bench_local(|| {
        let query = next.next().unwrap();
        keys.iter().filter(|k| k.matches(query)).count()
    });
}
