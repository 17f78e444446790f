//! Taking back an import as one (F043, F152): all of it, or nothing while something later rests on any of it.
//!
//! An import may hold thousands of entries and may lie days back, so it is not among the acts that a desk lists; a leader takes
//! the last one back from the command line.

use std::collections::{HashMap, HashSet};

use super::{rests_on, staff};
use crate::domain::fact::{Draft, Entry, Fact, Seq};
use crate::domain::people::ChildId;
use crate::domain::staff::Staff;

/// The facts that take an import back, the last first; `act` are its entries, `later` all entries after it. `Err` is the
/// first later entry that rests on it.
///
/// # Errors
/// While something rests on it.
pub fn take_back(act: &[Entry], later: &[Entry]) -> Result<Vec<Draft>, Seq> {
    let undone: HashSet<Seq> = later.iter().filter_map(|l| if let Fact::Undone { seq, .. } = l.fact { Some(seq) } else { None }).collect();
    let mut of_child: HashMap<ChildId, Vec<&Entry>> = HashMap::new();
    let mut of_card: HashMap<&str, Vec<&Entry>> = HashMap::new();
    let mut of_staff: Vec<(Option<&Staff>, &Staff)> = Vec::new();
    for entry in act {
        if let Some(child) = entry.fact.child() {
            of_child.entry(child).or_default().push(entry);
        }
        if let Some(card) = card(&entry.fact) {
            of_card.entry(card).or_default().push(entry);
        }
        if let Fact::StaffSet { was, now } = &entry.fact {
            of_staff.push((was.as_deref(), now));
        }
    }
    for entry in later.iter().filter(|l| !undone.contains(&l.seq)) {
        let child = entry.fact.child().and_then(|c| of_child.get(&c)).into_iter().flatten();
        let card = card(&entry.fact).and_then(|c| of_card.get(c)).into_iter().flatten();
        let rests = of_staff.iter().any(|(was, now)| staff::rests_on(entry, *was, now));
        if rests || child.chain(card).any(|earlier| rests_on(entry, earlier)) {
            return Err(entry.seq);
        }
    }
    Ok(act.iter().rev().map(|e| Fact::Undone { seq: e.seq, reason: None }.into()).collect())
}

#[allow(clippy::wildcard_enum_match_arm)] // the facts about cards
fn card(fact: &Fact) -> Option<&str> {
    match fact {
        Fact::CardSet { now, .. } => Some(now.number.as_str()),
        Fact::CardMoved { number, .. } | Fact::CardLost { number, .. } => Some(number.as_str()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fact::OfficeFact;
    use crate::domain::people::{Child, Collector, CollectorId, HouseholdId, Right};
    use crate::domain::staff::{Role, StaffId};
    use crate::domain::time::Moment;

    fn entry(seq: i64, fact: Fact) -> Entry {
        let at = Moment { ms: seq, offset_min: 480 };
        Entry { seq: Seq(seq), act: Seq(1), day: at.date(), at, entered_at: at, desk: String::new(), staff: None, fact }
    }

    fn child(id: i64, note: Option<&str>) -> Child {
        Child { note: note.map(str::to_owned), ..Child::new(ChildId(id), "张三", 3, HouseholdId(1)) }
    }

    #[test]
    fn all_of_an_import_or_nothing() {
        let added = Fact::ChildSet { was: None, now: Box::new(child(1, None)) };
        let changed = Fact::ChildSet { was: Some(Box::new(child(2, None))), now: Box::new(child(2, Some("x"))) };
        let staff = Fact::StaffSet { was: None, now: Box::new(Staff::new(StaffId(7), "陈", Role::Duty)) };
        let head = Fact::Imported { file: "a.csv".to_owned(), added: 1, changed: 1 };
        let act: Vec<Entry> = (1..).zip([head, added, changed, staff]).map(|(n, f)| entry(n, f)).collect();
        let planned = |now: Vec<i64>| {
            let now = now.into_iter().map(StaffId).collect();
            Fact::Office(OfficeFact::DutyPlanned { date: Moment { ms: 0, offset_min: 480 }.date(), was: Vec::new(), now })
        };
        let listed = |staff: i64| {
            let person = Collector::new(CollectorId(9), ChildId(3), 1, "陈".to_owned(), "母亲".to_owned(), Right::Standing);
            Fact::CollectorSet { was: None, now: Box::new(Collector { staff: Some(StaffId(staff)), ..person }) }
        };
        let note = |child: i64| Fact::NoteLeft { child: ChildId(child), text: "y".to_owned() };
        let cases = [
            (vec![], Ok(4)),
            (vec![entry(5, note(3))], Ok(4)),
            (vec![entry(5, note(2))], Ok(4)),
            (vec![entry(5, note(1))], Err(Seq(5))),
            (vec![entry(5, note(1)), entry(6, Fact::Undone { seq: Seq(5), reason: None })], Ok(4)),
            (vec![entry(5, Fact::PinTried { staff: StaffId(7) })], Err(Seq(5))),
            (vec![entry(5, planned(vec![6, 7]))], Err(Seq(5))),
            (vec![entry(5, planned(vec![6]))], Ok(4)),
            (vec![entry(5, listed(7))], Err(Seq(5))),
            (vec![entry(5, listed(6))], Ok(4)),
            (vec![Entry { staff: Some(StaffId(7)), ..entry(5, note(3)) }], Err(Seq(5))),
            (vec![entry(5, Fact::ChildSet { was: Some(Box::new(child(2, Some("x")))), now: Box::new(child(2, None)) })], Err(Seq(5))),
        ];
        for (later, want) in cases {
            assert_eq!(take_back(&act, &later).map(|d| d.len()), want, "{later:?}");
        }
        let drafts = take_back(&act, &[]).unwrap_or_default();
        assert_eq!(drafts[0].fact, Fact::Undone { seq: Seq(4), reason: None }, "the last comes first");
    }
}
