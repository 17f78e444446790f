//! The form of a timetable, new or changed: name → kind → days → hours → from when until when.

use chrono::{NaiveTime, TimeDelta};

use super::{Ask, Pick, Wrong, ask, date_in, enter, label, picked_in, prompt, suggest, time_in};
use crate::desk::forms::{Form, Mistake, Step, Value};
use crate::desk::question::{Asks, Question};
use crate::domain::calendar::{SessionKind, Timetable, TimetableId};
use crate::domain::time::{Moment, Weekdays, time_of_day};
use crate::rules::Room;
use crate::rules::office::calendar::{CalendarAct, LONGEST_EVENING, latest_evening};

/// The next question about a timetable whose answers begin at `at`; with a number one is changed.
pub(super) fn step(id: Option<TimetableId>, form: &Form, at: usize, room: Room<'_>, now: Moment) -> Step {
    let was = id.and_then(|id| room.register.office().timetables.get(&id));
    if id.is_some() && was.is_none() {
        return Step::Nothing;
    }
    let name = match (form.text(at), picked_in(form, at)) {
        (Some(name), _) | (None, Some(Pick::Name(name))) => name.clone(),
        (None, _) => {
            let old = was.map(|t| t.name.clone()).filter(|name| !name.is_empty());
            return suggest(Asks::Named, Ask::TableName, old.map(Pick::Name));
        }
    };
    let Some(Pick::Kind(kind)) = picked_in(form, at + 1) else {
        let first = was.and_then(|t| SessionKind::ALL.iter().position(|k| *k == t.kind)).unwrap_or(0);
        let question = Question::choose(prompt(Ask::Kind), SessionKind::ALL.map(Pick::Kind).map(label));
        return ask(question.default_to(u32::try_from(first).unwrap_or(0) + 1));
    };
    let Some(Pick::Days(days)) = picked_in(form, at + 2) else {
        return suggest(Asks::Named, Ask::Days, Some(Pick::Days(was.map_or(Weekdays::WORKDAYS, |t| t.days))));
    };
    let usual = usual_hours(*kind, room, now);
    let old = was.filter(|t| t.kind == *kind).map_or(usual, |t| [t.start, t.end, t.pickup_from]);
    let Some(start) = time_in(form, at + 3) else { return suggest(Asks::Time, Ask::Start, Some(Pick::Time(old[0]))) };
    let Some(end) = time_in(form, at + 4) else {
        let fits = check_end(Some(*kind), start, old[1]).is_ok().then_some(Pick::Time(old[1]));
        return suggest(Asks::Time, Ask::EndsAt(Some(*kind), start), fits);
    };
    let Some(pickup_from) = time_in(form, at + 5) else {
        let before_end = old[1] - old[2];
        let usual = end.overflowing_sub_signed(before_end).0.clamp(start, end);
        return suggest(Asks::Time, Ask::Pickup(start, end), Some(Pick::Time(usual)));
    };
    let Some(quiet_until) = time_in(form, at + 6) else {
        let usual = was.and_then(|t| t.quiet_until).unwrap_or(start);
        return suggest(Asks::Time, Ask::Quiet, Some(Pick::Time(usual)));
    };
    let Some(from) = date_in(form, at + 7) else {
        let first = was.map_or(now.date(), |t| t.from);
        return suggest(Asks::Named, Ask::From(now.date()), Some(Pick::Date(first)));
    };
    let until = match (picked_in(form, at + 8), date_in(form, at + 8)) {
        (Some(Pick::Open), _) => None,
        (_, Some(until)) => Some(until),
        (_, None) => {
            let old = was.and_then(|t| t.until).filter(|until| from <= *until).map(Pick::Date);
            let list = old.into_iter().chain([Pick::Open]);
            return ask(Question::choose(prompt(Ask::Until(from)), list.map(label)).default_to(1).taking(Asks::Named));
        }
    };
    let table = Timetable {
        id: id.unwrap_or(TimetableId(0)),
        name,
        from,
        until,
        days: *days,
        kind: *kind,
        start,
        end,
        pickup_from,
        // Without a word of its own it is quiet until the doors open.
        quiet_until: (quiet_until != start).then_some(quiet_until),
    };
    enter(if id.is_some() { CalendarAct::Change(Box::new(table)) } else { CalendarAct::Add(Box::new(table)) })
}

/// The hours that are suggested for a new timetable: those of today, or what comes after them.
fn usual_hours(kind: SessionKind, room: Room<'_>, now: Moment) -> [NaiveTime; 3] {
    let today = room.settings.session_on(now.date()).unwrap_or(room.settings.session);
    let at = |h, m| NaiveTime::from_hms_opt(h, m, 0).unwrap_or_default();
    match kind {
        SessionKind::Standard => [today.start, today.end, today.pickup_from],
        SessionKind::Extended => [today.end, room.settings.extended_until_on(now.date()), today.end],
        SessionKind::Evening => [at(18, 30), latest_evening(), at(18, 30)],
    }
}

/// Reads the end of a session.
pub(super) fn read_end(kind: Option<SessionKind>, start: NaiveTime, text: &str) -> Result<Value, Mistake> {
    let end = time_of_day(text).ok_or(Mistake::NotATime)?;
    check_end(kind, start, end).map(|()| Value::Time(end)).map_err(Mistake::Calendar)
}

fn check_end(kind: Option<SessionKind>, start: NaiveTime, end: NaiveTime) -> Result<(), Wrong> {
    match kind {
        _ if end <= start => Err(Wrong::Hours),
        Some(SessionKind::Evening) if end > latest_evening() => Err(Wrong::EveningLate),
        Some(SessionKind::Evening) if end - start > TimeDelta::minutes(LONGEST_EVENING) => Err(Wrong::EveningLong),
        Some(_) | None => Ok(()),
    }
}

/// Reads when ordinary pickup begins.
pub(super) fn read_pickup(start: NaiveTime, end: NaiveTime, text: &str) -> Result<Value, Mistake> {
    let time = time_of_day(text).ok_or(Mistake::NotATime)?;
    if (start..=end).contains(&time) { Ok(Value::Time(time)) } else { Err(Mistake::Calendar(Wrong::Hours)) }
}
