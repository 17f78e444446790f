//! Whole afternoons from a seed: two desks over one store, with cards, keys, clocks that step, files that go away, kills and power
//! cuts. After every step what the desks know is what the store holds, everything acknowledged stands in the journal, and
//! the invariants hold.
//!
//! `CAREDESK_SEED=17 cargo test --test simulator` runs one afternoon again and prints its steps; `CAREDESK_SEEDS=100000` runs
//! so many, the first of them `CAREDESK_FIRST`. The files lie in memory where the system has such a place (`/dev/shm`): what is simulated is what a disk may lose, not how long
//! it takes.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::wildcard_enum_match_arm)]

#[path = "simulator/afternoon.rs"]
mod afternoon;
#[path = "simulator/checks.rs"]
mod checks;
#[path = "simulator/dice.rs"]
mod dice;
#[path = "simulator/room.rs"]
mod room;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use room::{Base, Tally};

/// So many afternoons without being told otherwise.
const SEEDS: u64 = 2_000;

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().unwrap_or_else(|e| panic!("{name}={text}: {e}")))
}

#[test]
fn every_afternoon_ends_with_everybody_accounted_for() {
    let base = Base::made();
    if let Some(seed) = number("CAREDESK_SEED") {
        let tally = afternoon::run(&base, seed, true);
        println!("{tally:?}");
        return;
    }
    let seeds = number("CAREDESK_SEEDS").unwrap_or(SEEDS);
    let first = number("CAREDESK_FIRST").unwrap_or(1);
    let (next, end) = (AtomicU64::new(first), first + seeds);
    let all = Mutex::new(Tally::default());
    let failed = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= end || failed.lock().unwrap().len() >= 5 {
                        break;
                    }
                    match catch_unwind(AssertUnwindSafe(|| afternoon::run(&base, seed, false))) {
                        Ok(tally) => all.lock().unwrap().add(&tally),
                        Err(_) => failed.lock().unwrap().push(seed),
                    }
                }
            });
        }
    });
    let failed = failed.into_inner().unwrap();
    assert!(failed.is_empty(), "failed: seeds {failed:?}; CAREDESK_SEED={} cargo test --test simulator shows the first", failed[0]);
    let all = all.into_inner().unwrap();
    println!("{seeds} afternoons: {all:?}");
    all.check(seeds);
}
