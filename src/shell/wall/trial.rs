//! A reader that misbehaves on purpose, so that the wall can be tried without a file that does harm. Only in a program that is
//! being developed: none of it is in what schools get.

use std::io::Write;
use std::time::Duration;

use super::frames::{Kind, put};
use crate::import::read::{Cell, Event, SheetHead};
use crate::import::told::Told;

/// The variable that says how to misbehave.
pub const VARIABLE: &str = "CAREDESK_TRY_READER";

/// So much more memory than a reader may have is asked for; where the limit did not hold, that is the end of it.
const ASKED_FOR: usize = 2 * super::inside::MOST_MEMORY;

/// Does what the environment says, if it says something.
pub(super) fn misbehave() {
    let Ok(how) = std::env::var(VARIABLE) else { return };
    let mut out = std::io::stdout().lock();
    let piece = |told: &Told| postcard::to_stdvec(told).unwrap_or_default();
    let rows = |out: &mut std::io::StdoutLock<'_>| {
        let _ = put(out, Kind::Told, &piece(&Told::Of(Event::Sheet(SheetHead::default()))));
        for (number, row) in (1..).zip([["name", "class", "guardian", "phone"], ["Zhang", "3.1", "Zhang", "13800130000"]]) {
            let cells = row.map(|text| Cell::Text(text.to_owned())).to_vec();
            let _ = put(out, Kind::Told, &piece(&Told::Of(Event::Row { number, cells, share: 0.1 })));
        }
        let _ = out.flush();
    };
    match how.as_str() {
        "memory" => {
            let mut hoard = Vec::new();
            while hoard.len() < ASKED_FOR / BLOCK {
                hoard.push(vec![1_u8; BLOCK]);
            }
        }
        "memory at once" => drop(vec![1_u8; ASKED_FOR]),
        "time" => std::thread::sleep(Duration::from_mins(5)),
        "processor" => {
            let mut state = 1_u64;
            while std::hint::black_box(state) != 0 {
                state = state.wrapping_mul(6_364_136_223_846_793_005) | 1;
            }
        }
        // A piece that never comes to its end, a byte now and then.
        "drip" => {
            let _ = out.write_all(b"t\xff\xff\x00\x00");
            loop {
                let _ = out.write_all(b"x").and_then(|()| out.flush());
                std::thread::sleep(Duration::from_millis(50));
            }
        }
        "ends" => std::process::exit(0),
        "aborts" => std::process::abort(),
        "rubbish" => {
            let _ = out.write_all(&vec![0x9d; 100_000]);
            std::process::exit(0);
        }
        "wrong piece" => {
            let _ = put(&mut out, Kind::Told, b"\xff\xff\xff no row");
            let _ = put(&mut out, Kind::End, &[]).and_then(|()| out.flush());
            std::process::exit(0);
        }
        // Good rows first: they must not count when the end does not come.
        "half" => {
            rows(&mut out);
            std::process::abort();
        }
        "half, then time" => {
            rows(&mut out);
            std::thread::sleep(Duration::from_mins(5));
        }
        _ => {}
    }
}

/// Memory is asked for in blocks of so many bytes.
const BLOCK: usize = 1024 * 1024;
