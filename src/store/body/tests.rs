//! What is read the short way is what the derived code reads, and whatever is not quite as we write it is left to that.
#![allow(clippy::unwrap_used)]

use chrono::NaiveTime;

use crate::domain::fact::LateReason;

use super::*;

const SALT: &str = "00112233445566778899aabbccddeeff";

/// Facts of every day, with everything that they may say and with nothing.
fn facts() -> Vec<Fact> {
    let (child, taker, number) = (ChildId(7), CollectorId(9), CardNumber::new("453841"));
    let late = Some(Late { minutes: 12, reason: LateReason::Work });
    let ground = Ground::Card { number: number.clone() };
    let (out_at, back_by) = (NaiveTime::from_hms_opt(17, 0, 0), NaiveTime::from_hms_opt(17, 40, 0));
    let mut all = vec![
        Fact::CardMoved { number: number.clone(), child, was: Custody::Rack, now: Custody::Holder },
        Fact::CameBack { child },
        Fact::Released { child, arrival: Seq(3), ground: Ground::SelfLeave, taker: Taker::Itself, early: None, late: None },
        Fact::Released { child, arrival: Seq(3), ground: ground.clone(), taker: Taker::Collector(taker), early: Some(EarlyReason::Doctor), late },
        Fact::SteppedOut { child, taker, back_by: None, ground: None, early: None, late: None },
        Fact::SteppedOut { child, taker, back_by: back_by.or(out_at), ground: Some(ground), early: Some(EarlyReason::Class), late },
    ];
    for holder in [Holder::Presumed(taker), Holder::Named(taker), Holder::Escort("王 \"老\\师\"\n".into()), Holder::Nobody] {
        for (card, despite) in [(None, None), (Some(number.clone()), Some(Doubt::NoConsent))] {
            let place = Place::new("三楼");
            all.push(Fact::Arrived { child, card, means: Means::Scanned, holder: holder.clone(), place, despite });
        }
    }
    all
}

fn derived(body: &str) -> Option<Fact> {
    serde_json::from_str(body).ok()
}

#[test]
fn every_day_is_read_the_short_way_and_says_the_same() {
    let mut seen: Vec<&str> = facts().iter().map(Fact::kind).collect();
    for fact in facts() {
        let body = written(&fact, SALT).unwrap();
        assert_eq!(daily(&body).as_ref(), Some(&fact), "{body}");
        assert_eq!(derived(&body).as_ref(), Some(&fact), "{body}");
    }
    seen.sort_unstable();
    seen.dedup();
    let mut short = DAILY.to_vec();
    short.sort_unstable();
    assert_eq!(seen, short);
}

#[test]
fn whatever_else_a_body_is_the_short_way_says_what_the_derived_code_says_or_nothing() {
    let same = |body: &str| {
        let short = daily(body);
        assert!(short.is_none() || short == derived(body), "{body}");
    };
    for fact in facts() {
        let body = written(&fact, SALT).unwrap();
        let object: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&body).unwrap();
        for name in object.keys() {
            let mut fewer = object.clone();
            fewer.remove(name);
            same(&serde_json::to_string(&fewer).unwrap());
            for other in ["null", "[]", "{}", "-1", "1.5", "1e400", "\"x\"", "\"arrived\"", "\"came_back\""] {
                let field = format!("\"{name}\":{other}");
                same(&body.replacen('{', &format!("{{{field},"), 1));
                same(&format!("{},{field}}}", body.trim_end_matches('}')));
                let mut changed = object.clone();
                changed.insert(name.clone(), serde_json::from_str(other).unwrap_or_default());
                same(&serde_json::to_string(&changed).unwrap());
            }
        }
        for place in 0..body.len() {
            same(body.get(..place).unwrap_or_default());
            for bit in 0..7 {
                let mut bytes = body.clone().into_bytes();
                bytes[place] ^= 1 << bit;
                same(&String::from_utf8_lossy(&bytes));
            }
        }
    }
}
