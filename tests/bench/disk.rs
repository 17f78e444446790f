//! One durable record beside a bare write and fdatasync of 4 KiB on the same disk.
#![allow(missing_docs, clippy::unwrap_used, clippy::needless_for_each)]

use std::io::{Seek, SeekFrom, Write};

use caredesk::domain::fact::{Draft, Fact};
use caredesk::domain::people::ChildId;
use caredesk::domain::time::{Moment, time_of_day};
use caredesk::shell::practice::{Plan, furnish, practice_day};
use caredesk::store::{Kind, Recorded, Stamp, Store};
use divan::Bencher;

fn main() {
    divan::main();
}

fn at(text: &str) -> Moment {
    practice_day(time_of_day(text).unwrap())
}

#[divan::bench(sample_count = 500)]
fn bare_write_and_sync(bencher: Bencher) {
    let mut file = tempfile::tempfile_in(".").unwrap();
    file.write_all(&[0; 4096]).unwrap();
    file.sync_all().unwrap();
    bencher.bench_local(|| {
        file.seek(SeekFrom::Start(0)).unwrap();
        file.write_all(&[1; 4096]).unwrap();
        file.sync_data().unwrap();
    });
}

#[divan::bench(sample_count = 500)]
fn one_durable_record(bencher: Bencher) {
    let dir = tempfile::tempdir_in(".").unwrap();
    let mut store = Store::open(dir.path(), Kind::Practice, true).unwrap();
    furnish(&mut store, Plan { start: at("16:25"), lived_in: false, children: Some(500), seed: 7 }).unwrap();
    let mut head = store.head().unwrap();
    let stamp = Stamp { now: at("16:30"), desk: "desk".into(), staff: None };
    bencher.bench_local(|| {
        let note = Draft::from(Fact::NoteLeft { child: ChildId(1), text: "note".into() });
        if let Recorded::Done(entries) = store.record(head, &[note], &stamp).unwrap() {
            head = entries.last().unwrap().seq;
        }
    });
}
