//! When this program is built, in seconds since 1970: a clock that stands before it is wrong. `SOURCE_DATE_EPOCH` says it where
//! builds have to be the same.

use std::time::{SystemTime, UNIX_EPOCH};

fn main() {
    let now = || SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let built = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|text| text.parse().ok()).unwrap_or_else(now);
    println!("cargo::rustc-env=CAREDESK_BUILT={built}");
    println!("cargo::rerun-if-changed=src/shell/build.rs");
    println!("cargo::rerun-if-env-changed=SOURCE_DATE_EPOCH");
}
