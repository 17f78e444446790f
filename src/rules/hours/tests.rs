//! Who is due on which day of the calendar.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::calendar::{SpecialDay, SpecialKind};
use crate::domain::people::{ChildId, HouseholdId};
use crate::domain::time::Weekdays;

#[test]
fn a_child_is_due_by_the_plan_of_the_day_that_is_followed() {
    let mut settings = Settings::default();
    let friday = SpecialDay {
        date: "2025-10-11".parse().unwrap(),
        kind: SpecialKind::Care,
        name: "补国庆".to_owned(),
        follows: Some(chrono::Weekday::Fri),
        start: None,
        end: None,
        pickup_from: None,
    };
    settings.entered.days.insert(friday.date, friday);
    let child = |weekdays: Option<u8>| Child { weekdays: weekdays.map(Weekdays), ..Child::new(ChildId(1), "陈一诺", 4, HouseholdId(1)) };
    let (every_day, mondays, fridays) = (child(None), child(Some(0b1)), child(Some(0b1_0000)));
    for (day, want) in [
        ("2025-10-13", [true, true, false]), // a Monday
        ("2025-10-10", [true, false, true]), // a Friday
        ("2025-10-11", [true, false, true]), // a Saturday that follows the Friday
        ("2025-09-28", [true, true, true]),  // a make-up workday of which the school has said nothing
        ("2025-10-12", [false, false, false]),
        ("2025-10-01", [false, false, false]),
    ] {
        let due = [&every_day, &mondays, &fridays].map(|child| is_due(&settings, child, day.parse().unwrap()));
        assert_eq!(due, want, "{day}");
    }
}
