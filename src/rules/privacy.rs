//! What the desk may show while somebody stands in front of it: phone numbers (F166, H2), the names of those who must not
//! collect (N14), notes about a restricted child (F109). Screen and line mode ask here.

use super::access::{Right as Sees, may};
use super::collect::is_restricted;
use super::{Room, why};
use crate::domain::people::{ChildId, Collector, Right};
use crate::domain::time::Moment;

/// Numbers that were asked for stand in full for so long, seconds.
const SHOWN_SECONDS: i64 = 30;

/// For which child numbers were asked for, and until when they stand in full.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Asked {
    /// The child.
    pub child: ChildId,
    /// From then on they are covered again.
    pub until: Moment,
}

impl Asked {
    /// The numbers of this child are asked for now.
    #[must_use]
    pub fn at(child: ChildId, now: Moment) -> Self {
        Self { child, until: now.plus_seconds(SHOWN_SECONDS) }
    }
}

/// How a phone number may be shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Number {
    /// As it is.
    Full,
    /// By its last four digits.
    LastFour,
}

/// How the numbers of a child's people may be shown now: in full while they were just asked for, by somebody whose role sees
/// numbers at all. With nobody on duty they may be asked for as well: looking is open, and a child may need its family.
#[must_use]
pub fn number(room: Room<'_>, asked: Option<Asked>, child: ChildId, now: Moment) -> Number {
    let actor = room.actor().and_then(|actor| room.register.staff_member(actor));
    let sees = actor.is_none_or(|actor| may(actor.role, Sees::SeePhones));
    let stands = asked.is_some_and(|asked| asked.child == child && now.ms < asked.until.ms);
    if sees && stands { Number::Full } else { Number::LastFour }
}

/// Whether somebody may be named at the desk: who must not collect only while a leader has the register open. It is the person
/// as listed now that counts: an entry from before the restriction names it no more than one from after it.
#[must_use]
pub fn may_name(room: Room<'_>, collector: &Collector) -> bool {
    let barred = |c: &Collector| c.right == Right::Barred;
    room.keeper.is_some() || !(barred(collector) || room.register.collector(collector.id).is_some_and(barred))
}

/// Whether notes about this child stand on the screen; those about a restricted child are read behind `?`.
#[must_use]
pub fn shows_notes(room: Room<'_>, child: ChildId) -> bool {
    !is_restricted(room, child)
}

/// What there is to read behind `?` about a child that is in front; `None` when its notes stand on the screen, or it has none.
#[must_use]
pub fn behind_why(room: Room<'_>, child: ChildId) -> Option<why::Because> {
    let notes = notes(room, child);
    (!shows_notes(room, child) && !notes.is_empty()).then_some(why::Because::Notes(notes))
}

/// What carers should know of a child today: the standing note, then those of the day.
#[must_use]
pub fn notes(room: Room<'_>, child: ChildId) -> Vec<String> {
    let standing = room.register.child(child).and_then(|c| c.note.clone());
    let today = room.state().child(child).into_iter().flat_map(|d| d.notes.iter().map(|(_, text)| text.clone()));
    standing.into_iter().chain(today).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::domain::day::Day;
    use crate::domain::fact::{Entry, Fact, Seq};
    use crate::domain::people::{Child, CollectorId, HouseholdId, Role, Staff, StaffId};
    use crate::domain::register::Register;
    use crate::domain::settings::Settings;
    use chrono::NaiveDate;

    fn at(seconds: i64) -> Moment {
        Moment::from_local(NaiveDate::from_ymd_opt(2026, 9, 7).unwrap().and_hms_opt(16, 45, 0).unwrap(), 480).plus_seconds(seconds)
    }

    fn told(facts: Vec<Fact>) -> (Register, Day) {
        let (mut register, mut day) = (Register::default(), Day::new(at(0).date(), Vec::new()));
        for (fact, n) in facts.into_iter().zip(1..) {
            let entry = Entry { seq: Seq(n), act: Seq(n), day: at(0).date(), at: at(0), entered_at: at(0), desk: "d".into(), staff: None, fact };
            register.apply(&entry);
            day.apply(&entry);
        }
        (register, day)
    }

    /// Who acts, for whom was asked, and how long ago.
    #[test]
    fn a_number_stands_in_full_for_half_a_minute_for_that_child_and_who_may_see_it() {
        let settings = Settings::default();
        for role in [None, Some(Role::Duty), Some(Role::Leader), Some(Role::Office), Some(Role::Inspector)] {
            let facts = role.map(|role| Fact::StaffSet { was: None, now: Box::new(Staff::new(StaffId(1), "甲", role)) });
            let on = role.map(|_| Fact::SignedOn { staff: StaffId(1) });
            let (register, day) = told(facts.into_iter().chain(on).collect());
            let room = Room { register: &register, day: &day, settings: &settings, desk: "d", keeper: None };
            for (child, seconds) in [1, 2].into_iter().flat_map(|c| [0, 1, 29, 30, 31, 3600].map(|s| (ChildId(c), s))) {
                let shown = number(room, Some(Asked::at(ChildId(1), at(0))), child, at(seconds));
                let full = child == ChildId(1) && seconds < 30 && role != Some(Role::Inspector);
                assert_eq!(shown == Number::Full, full, "{role:?} {child:?} after {seconds} s");
                assert_eq!(number(room, None, child, at(seconds)), Number::LastFour);
            }
        }
    }

    /// Listed, then barred, then listed again: an old record of the person is named as the newest is.
    #[test]
    fn who_is_barred_is_named_only_in_an_open_register() {
        let settings = Settings::default();
        let of = |right| Collector::new(CollectorId(1), ChildId(1), 1, "赵强", "父亲", right);
        let rights = [Right::Standing, Right::Barred, Right::Ended, Right::OneDay { day: at(0).date(), confirmed: true }];
        for (then, now) in rights.into_iter().flat_map(|then| rights.map(|now| (then, now))) {
            let (register, day) = told(vec![Fact::CollectorSet { was: None, now: Box::new(of(now)) }]);
            let room = Room { register: &register, day: &day, settings: &settings, desk: "d", keeper: None };
            let barred = then == Right::Barred || now == Right::Barred;
            assert_eq!(may_name(room, &of(then)), !barred, "{then:?} {now:?}");
            assert!(may_name(Room { keeper: Some(StaffId(1)), ..room }, &of(then)));
        }
    }

    #[test]
    fn notes_about_a_restricted_child_are_behind_why() {
        let settings = Settings::default();
        for (right, hidden) in [(Right::Standing, false), (Right::Barred, true), (Right::Ended, false)] {
            let child = Child { note: Some("戴眼镜".into()), ..Child::new(ChildId(1), "赵小满", 2, HouseholdId(1)) };
            let listed = Collector::new(CollectorId(1), ChildId(1), 1, "赵强", "父亲", right);
            let facts = vec![
                Fact::ChildSet { was: None, now: Box::new(child) },
                Fact::CollectorSet { was: None, now: Box::new(listed) },
                Fact::NoteLeft { child: ChildId(1), text: "今天姥姥来".into() },
            ];
            let (register, day) = told(facts);
            let room = Room { register: &register, day: &day, settings: &settings, desk: "d", keeper: None };
            let all = vec!["戴眼镜".to_owned(), "今天姥姥来".to_owned()];
            assert_eq!(notes(room, ChildId(1)), all);
            assert_eq!(behind_why(room, ChildId(1)), hidden.then_some(why::Because::Notes(all)), "{right:?}");
        }
    }
}
