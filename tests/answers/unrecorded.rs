//! While nothing can be recorded: the desk answers, what must hold is held, and nobody who came is forgotten.

use caredesk::desk::unrecorded::Cause;
use caredesk::desk::{Effect, How, Model, Msg, update};

use crate::alone;

const CAUSES: [Cause; 6] = [Cause::Full, Cause::ReadOnly, Cause::NoPermission, Cause::Disk, Cause::Busy, Cause::Clock];

/// The facts that the desk asks to record, in the order of its effects.
fn asked(effects: &[Effect]) -> Vec<String> {
    effects.iter().filter_map(|e| if let Effect::Record { drafts, .. } = e { Some(format!("{drafts:?}")) } else { None }).collect()
}

/// A line whose every record fails; says what was asked to be recorded.
fn refused(model: &mut Model, line: &str, cause: Cause) -> Vec<String> {
    let now = model.now;
    let mut all = Vec::new();
    let mut effects = update(model, Msg::Line { text: line.to_owned(), how: How::Scanned }, now);
    while !asked(&effects).is_empty() && all.len() < 40 {
        all.extend(asked(&effects));
        effects = update(model, Msg::Failed(cause), now);
    }
    all
}

/// A failed record asks for nothing that failed already, whatever is open and whatever was wanted.
#[test]
fn what_failed_is_asked_for_again_by_nobody_but_a_person() {
    let lines: [&[&str]; 9] = [
        &[".people 陈一诺"],
        &[".people 陈一诺", "1", ".people 陈一诺"],
        &[".people 陈一诺", "453841", "9"],
        &["453841", "9", ".people 陈一诺"],
        &["381544", ".people 宋雅琪", "381544"],
        &["453841", "", "esc", ""],
        &["陈一诺", "挂失", ""],
        &["syq", "请假", "1", ""],
        &["99999999", "99999998", "99999997", "381544"],
    ];
    for cause in CAUSES {
        for lines in lines {
            let mut model = alone().model;
            for line in lines {
                let all = refused(&mut model, line, cause);
                let mut once = all.clone();
                once.sort();
                once.dedup();
                assert_eq!(once.len(), all.len(), "{cause:?} {lines:?} {line}: {all:?}");
            }
        }
    }
}

/// A look that failed is on record once something else is, or with the next line.
#[test]
fn a_look_that_failed_is_recorded_later() {
    let mut model = alone().model;
    assert_eq!(refused(&mut model, ".people 陈一诺", Cause::Busy).len(), 1);
    let now = model.now;
    assert!(asked(&update(&mut model, Msg::Tick, now)).is_empty(), "not by itself");
    assert_eq!(asked(&update(&mut model, Msg::Line { text: String::new(), how: How::Typed }, now)).len(), 1);
}
