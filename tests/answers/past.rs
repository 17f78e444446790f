//! A past moment that is shown is put away when its day is not kept any more (PIPL art. 19).

use caredesk::domain::fact::{Entry, Fact, OfficeFact, Seq};

use super::*;

#[test]
fn a_past_that_is_not_kept_any_more_is_put_away() {
    for (until, stays) in [(-2, true), (-1, true), (0, false), (1, false)] {
        let Session { mut model, .. } = alone();
        let (now, then) = (model.now, model.now.plus_seconds(-10 * 86_400));
        let (register, state) = (model.register.clone(), model.day.state().clone());
        update(&mut model, Msg::LookedBack(then, Box::new(register), Box::new(state)), now);
        assert!(model.past.is_some());
        let fact = Fact::Office(OfficeFact::DaysForgotten { until: then.date() + chrono::TimeDelta::days(until) });
        let seq = Seq(model.head.0 + 1);
        let entry = Entry { seq, act: seq, day: now.date(), at: now, entered_at: now, desk: "other".into(), staff: None, fact };
        update(&mut model, Msg::News(vec![entry]), now);
        assert_eq!(model.past.is_some(), stays, "{until}");
    }
}
