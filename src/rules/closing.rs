//! Before and after the end of the session: who has not come, who is left, whom to call, when to remind again, what the
//! school's ladder asks for (F019, F060, F063–F069, S2.12, S2.14).
//!
//! The hour is a predicate, not an alarm clock: everything here is asked with the time as an argument, so a machine that
//! slept, or whose clock was set, is right at the next look. Nothing here releases anybody (F062, I10).

use chrono::NaiveTime;

use super::acts::{has_a_say, stopped, text_of};
use super::groups::expected_back;
use super::{Objection, Room, barred, duty, hours, missing};
use crate::domain::closing::{Chase, ExtendReason, Matter, Outcome, Stay, next_try};
use crate::domain::day::{ChildDay, Presence, Visit};
use crate::domain::fact::{Account, Fact};
use crate::domain::likeness::Described;
use crate::domain::people::{ChildId, Collector, CollectorId, Right, StaffId};
use crate::domain::settings::{Place, Session};
use crate::domain::time::Moment;

/// Something that is entered about children who are missed or not fetched.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum AccountAct {
    /// A call was made.
    Chase {
        /// About whom.
        child: ChildId,
        /// Who was called.
        collector: CollectorId,
        /// About what, as it stood when the number was dialled.
        about: Matter,
        /// With what result.
        outcome: Outcome,
    },
    /// Children stay in extended care.
    Extend {
        /// Who.
        children: Vec<ChildId>,
        /// Until when.
        until: NaiveTime,
        /// Why.
        reason: ExtendReason,
        /// Who approved it; the PIN was asked for.
        approver: StaffId,
    },
    /// The leader was told of everybody who is still here.
    TellLeader {
        /// Which leader.
        leader: StaffId,
    },
    /// How everybody stays for whom it is not decided yet.
    Stay {
        /// Of whom it is said: whoever came back meanwhile is decided about anew.
        children: Vec<ChildId>,
        /// How.
        how: Stay,
    },
    /// A missing child was seen.
    Seen {
        /// Who.
        child: ChildId,
        /// By whom of the staff.
        by: StaffId,
        /// Where.
        place: Place,
    },
    /// A child whose stay is open from an earlier day is still here.
    StillHere {
        /// Who.
        child: ChildId,
    },
    /// A child that stands at the door is not taken in.
    NotTakeIn {
        /// Who.
        child: ChildId,
    },
}

/// Where the day stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Stage {
    /// No care today.
    NoSession,
    /// More than a few minutes to go.
    Running,
    /// The board of who is left is up.
    Soon,
    /// After the end.
    Over,
}

/// Something that the desk reminds of by itself.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Alarm {
    /// So many are due and have not come.
    NotCome(Vec<ChildId>),
    /// So many are left, a few minutes before the end.
    Soon(Vec<ChildId>),
    /// The session has ended with these still here.
    Ended(Vec<ChildId>),
    /// A child is to be called about again.
    CallAgain(ChildId),
    /// A child that stepped out is not back in time.
    NotBack(ChildId),
    /// The leader should be told.
    TellLeader(Vec<ChildId>),
    /// It has to be decided how these stay.
    Decide(Vec<ChildId>),
}

/// Where the day stands at a moment.
#[must_use]
pub fn stage(room: Room<'_>, now: Moment) -> Stage {
    let Some(session) = session_of(room, now) else { return Stage::NoSession };
    let left_ms = now.at_time(session.end).ms - now.ms;
    match left_ms {
        ..=0 => Stage::Over,
        _ if left_ms > 60_000 * room.settings.closing.board_minutes => Stage::Running,
        _ => Stage::Soon,
    }
}

/// The session by which the day ends. A day without one on which children came all the same (taken in, or declared closed
/// while they were in) ends by the usual hours: nobody is forgotten because of the calendar.
fn session_of(room: Room<'_>, now: Moment) -> Option<Session> {
    let came_today = |day: &ChildDay| matches!(day.presence(), Presence::In(visit) | Presence::Out(visit, _) if visit.arrived.date() == now.date());
    let usual = || Some(room.settings.session).filter(|_| room.state().children().any(|(_, day)| came_today(day)));
    room.settings.session_on(now.date()).or_else(usual)
}

/// Everybody in the room's charge, the first to arrive first: so who is left open from an earlier day stands at the top.
#[must_use]
pub fn left(room: Room<'_>) -> Vec<ChildId> {
    let mut list: Vec<(Moment, ChildId)> = room
        .state()
        .children()
        .filter_map(|(id, day)| if let Presence::In(visit) = day.presence() { Some((visit.arrived, id)) } else { None })
        .collect();
    list.sort_unstable();
    list.into_iter().map(|(_, id)| id).collect()
}

/// Everybody of these who is known to be here: not missing, and not only left open from an earlier day.
#[must_use]
pub fn here(room: Room<'_>, now: Moment) -> Vec<ChildId> {
    left(room).into_iter().filter(|id| missing::at_hand(room.state(), *id).is_ok_and(|visit| !is_unsettled(visit, now))).collect()
}

/// Whether a stay is open from an earlier day and nobody has said today that the child is still here.
#[must_use]
pub fn is_unsettled(visit: &Visit, now: Moment) -> bool {
    visit.arrived.date() < now.date() && visit.still_here.is_none_or(|said| said.date() < now.date())
}

/// Everybody who is out for a while, the first to be expected back first.
#[must_use]
pub fn outside(room: Room<'_>) -> Vec<ChildId> {
    let out = |(id, day): (ChildId, &ChildDay)| if let Presence::Out(_, out) = day.presence() { Some((out.due(), out.since, id)) } else { None };
    let mut list: Vec<(Option<Moment>, Moment, ChildId)> = room.state().children().filter_map(out).collect();
    list.sort_unstable();
    list.into_iter().map(|(_, _, id)| id).collect()
}

/// Everybody whom somebody still has to account for today: who is in, who is out for a while, then who was shown at the door and is
/// neither taken in nor sent away.
#[must_use]
pub fn not_gone(room: Room<'_>) -> Vec<ChildId> {
    let mut list = left(room);
    list.extend(outside(room));
    let known: Vec<ChildId> = at_door(room).into_iter().filter(|child| !list.contains(child)).collect();
    list.extend(known);
    list
}

/// Who was shown at the door today, of whom nobody has said whether it is taken in; the first first.
#[must_use]
pub fn at_door(room: Room<'_>) -> Vec<ChildId> {
    let mut list: Vec<(Moment, ChildId)> = room.state().children().filter_map(|(id, day)| Some((day.at_door?, id))).collect();
    list.sort_unstable();
    list.into_iter().map(|(_, id)| id).collect()
}

/// When the desk reminds of a child that stepped out: a while after it was expected back, or as the last call about it said.
fn reminds_of_outing(room: Room<'_>, child: ChildId) -> Option<Moment> {
    let Presence::Out(_, out) = room.state().presence(child) else { return None };
    let late = out.due().map(|due| due.plus_seconds(60 * room.settings.closing.grace_minutes));
    // A call before the time is no news of afterwards: only what the family said for later moves the reminder.
    reminders(room, child, Matter::Outing).filter(|again| late.is_none_or(|late| again.ms >= late.ms)).min().or(late)
}

/// Whether a child that stepped out is expected back by now.
#[must_use]
pub fn is_overdue(room: Room<'_>, child: ChildId, now: Moment) -> bool {
    let Presence::Out(visit, out) = room.state().presence(child) else { return false };
    visit.arrived.date() < now.date() || out.due().is_some_and(|due| due.ms <= now.ms)
}

/// Who is due, has not come, not even to the door, and is not excused, in the order of the register.
#[must_use]
pub fn not_come(room: Room<'_>, now: Moment) -> Vec<ChildId> {
    if room.settings.session_on(now.date()).is_none_or(|session| now.time() < session.start) {
        return Vec::new();
    }
    let state = room.state();
    let excused = |day: &ChildDay| day.leave.is_some() || day.at_door.is_some();
    let absent = |id| matches!(state.presence(id), Presence::NotHere) && !state.child(id).is_some_and(excused);
    let due_today = hours::DueOn::new(room.settings, now.date());
    let due = room.register.children().filter(|c| due_today.has(c));
    due.map(|c| c.id).filter(|id| absent(*id)).collect()
}

/// A roll call of today (F052): who has come, of how many, and who has not.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Roll {
    /// Whether there is anything to call.
    pub stage: RollStage,
    /// Who came today, whether still here or not.
    pub came: Vec<ChildId>,
    /// How many are due today, or came without being due.
    pub due: usize,
    /// Who is due, has not come and is not excused; nobody before the start.
    pub not_come: Vec<ChildId>,
}

/// About whom a roll says something, gravest first: whose stay an earlier day left open, who is missing, who has not come.
#[must_use]
pub fn on_roll(room: Room<'_>, now: Moment) -> Vec<ChildId> {
    let (open, missing) = (room.state().of_earlier_days(), room.state().missing());
    let mut list: Vec<ChildId> = Vec::new();
    for child in open.into_iter().map(|(id, _)| id).chain(missing.into_iter().map(|(id, _)| id)).chain(not_come(room, now)) {
        if !list.contains(&child) {
            list.push(child);
        }
    }
    list
}

/// Where a roll call stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RollStage {
    /// No care today.
    NoCare,
    /// It begins then.
    Before(NaiveTime),
    /// It has begun.
    Begun,
}

/// The roll of today. A stay that an earlier day left open is none of today's arrivals.
#[must_use]
pub fn roll(room: Room<'_>, now: Moment) -> Roll {
    let stage = match room.settings.session_on(now.date()) {
        None => RollStage::NoCare,
        Some(session) if now.time() < session.start => RollStage::Before(session.start),
        Some(_) => RollStage::Begun,
    };
    let came_today = |day: &ChildDay| day.visits.iter().any(|v| v.arrived.date() == now.date());
    let came = room.state().children().filter(|(_, day)| came_today(day)).map(|(id, _)| id).collect();
    let due_today = hours::DueOn::new(room.settings, now.date());
    let due = room.state().counts(room.register, |id| room.register.child(id).is_some_and(|c| due_today.has(c))).expected;
    Roll { stage, came, due, not_come: not_come(room, now) }
}

/// About whom somebody should be called now: whose stay an earlier day left open, who is missing, who stands at the door and is not
/// taken in, who has not come while the session runs, who is left when it is nearly over; those whose promise or next try is still
/// ahead stand last.
#[must_use]
pub fn to_call(room: Room<'_>, now: Moment) -> Vec<(ChildId, Matter)> {
    let before = room.state().of_earlier_days().into_iter().map(|(id, _)| id);
    let mut list: Vec<(ChildId, Matter)> = before.map(|id| (id, matter(room, id))).collect();
    let missing = room.state().missing().into_iter().map(|(id, _)| (id, Matter::Missing));
    list.extend(missing.filter(|one| !list.contains(one)).collect::<Vec<_>>());
    list.extend(at_door(room).into_iter().map(|id| (id, matter(room, id))).filter(|one| !list.contains(one)).collect::<Vec<_>>());
    let stage = stage(room, now);
    if matches!(stage, Stage::Running | Stage::Soon) {
        list.extend(not_come(room, now).into_iter().map(|id| (id, Matter::Arrival)));
    }
    if matches!(stage, Stage::Soon | Stage::Over) {
        let known = |id: &ChildId| !list.iter().any(|(other, _)| other == id);
        let left: Vec<ChildId> = left(room).into_iter().filter(known).collect();
        list.extend(left.into_iter().map(|id| (id, Matter::Pickup)));
    }
    list.extend(outside(room).into_iter().filter(|id| !list.iter().any(|(other, _)| other == id)).map(|id| (id, Matter::Outing)).collect::<Vec<_>>());
    let rank = |id: ChildId, about: &Matter| match about {
        _ if room.state().child(id).is_some_and(|day| day.left_open(now.date()).is_some()) => 0,
        Matter::Missing => 1,
        Matter::Arrival if room.state().child(id).is_some_and(|day| day.at_door.is_some()) => 2,
        Matter::Outing if stage >= Stage::Soon || is_overdue(room, id, now) => 2,
        Matter::Pickup => 3,
        Matter::Arrival => 4,
        Matter::Outing => 5,
    };
    list.sort_by_key(|(id, about)| (rank(*id, about), waits(room, *id, *about, now)));
    list
}

fn waits(room: Room<'_>, child: ChildId, about: Matter, now: Moment) -> bool {
    reminders(room, child, about).min().is_some_and(|again| again.ms > now.ms)
}

/// The last call about a child in a matter as it stands now: what was said in an earlier stay, of an earlier outing, or before
/// the child was missed, was said of something else. Earlier is what the journal has earlier: clocks are set.
#[must_use]
pub fn last_chase(room: Room<'_>, child: ChildId, about: Matter) -> Option<&Chase> {
    chases(room, child, about).next()
}

/// What the family promised last in a matter as it stands now. It stands though somebody else was called since, and until somebody is
/// called after it was broken.
#[must_use]
pub fn promised(room: Room<'_>, child: ChildId, about: Matter) -> Option<&Chase> {
    let promised = chases(room, child, about).find(|c| matches!(c.outcome, Outcome::Promised { .. }))?;
    let broken = |tried: &Chase| promised.again.is_some_and(|again| tried.at.ms >= again.ms);
    Some(promised).filter(|_| !last_try(room, child, about).is_some_and(broken))
}

/// The last call since the last promise at which nobody answered.
fn last_try(room: Room<'_>, child: ChildId, about: Matter) -> Option<&Chase> {
    chases(room, child, about).take_while(|c| !matches!(c.outcome, Outcome::Promised { .. })).find(|c| c.outcome == Outcome::NoAnswer)
}

/// When the desk reminds of the calls in a matter: of what was promised, and of whom nobody reached since. A number that was wrong
/// changes nothing about either.
fn reminders(room: Room<'_>, child: ChildId, about: Matter) -> impl Iterator<Item = Moment> {
    let both = [promised(room, child, about), last_try(room, child, about)];
    both.into_iter().flatten().filter_map(|c| c.again)
}

/// Whether a call about a child has come to anything: a number that was wrong has not.
#[must_use]
pub fn was_called(room: Room<'_>, child: ChildId, about: Matter) -> bool {
    chases(room, child, about).any(|c| c.outcome != Outcome::WrongNumber)
}

/// Whether somebody should be called again by now.
#[must_use]
pub fn is_due_again(room: Room<'_>, child: ChildId, about: Matter, now: Moment) -> bool {
    reminders(room, child, about).any(|again| again.ms <= now.ms)
}

/// The calls about a child in a matter as it stands now, the last first.
fn chases(room: Room<'_>, child: ChildId, about: Matter) -> impl Iterator<Item = &Chase> {
    let day = room.day.state().child(child);
    let visit = day.and_then(|day| day.visits.last()).filter(|v| v.release.is_none());
    let since = match about {
        Matter::Arrival => None,
        Matter::Pickup => visit.map(|v| v.arrival),
        Matter::Outing => visit.and_then(|v| Some(v.out.as_ref()?.seq)),
        Matter::Missing => day.and_then(|day| Some(day.missing()?.seq)),
    };
    let all = day.into_iter().flat_map(|day| day.chases.iter().rev());
    // Nor is what somebody said who was barred since.
    let on = room.day.date();
    let counts = move |c: &&Chase| room.register.collector(c.collector).is_none_or(|who| !barred::is_kept_off(room.register, who, on));
    all.filter(move |c| c.about == about && since.is_none_or(|since| c.seq >= since)).filter(counts)
}

/// The numbers to dial for a child: everybody who may collect and has one, in their order; with whom the child stepped out
/// stands first, but for somebody who was barred since: that word says nothing.
#[must_use]
pub fn numbers(room: Room<'_>, child: ChildId, now: Moment) -> Vec<&Collector> {
    let with = if let Presence::Out(_, out) = room.state().presence(child) { room.register.collector(out.taker) } else { None };
    let with = with.filter(|with| !barred::is_kept_off(room.register, with, now.date()));
    let others = super::collect::takers(room, child, now.date()).into_iter().filter(|c| with.is_none_or(|with| with.id != c.id));
    with.into_iter().chain(others).filter(|c| c.phone.is_some()).collect()
}

/// When the desk reminds of a call again: a while after what was promised, else at the next full five minutes that are at
/// least three away. Another number may be tried at once.
#[must_use]
pub fn again(room: Room<'_>, outcome: &Outcome, now: Moment) -> Option<Moment> {
    match outcome {
        Outcome::Promised { by, .. } => Some(now.at_time(*by).plus_seconds(60 * room.settings.closing.grace_minutes)),
        Outcome::NoAnswer => Some(next_try(now)),
        Outcome::WrongNumber => None,
    }
}

/// Everybody for whom it is not decided yet how they stay, once the school's limit has passed (F065).
#[must_use]
pub fn undecided(room: Room<'_>, now: Moment) -> Vec<ChildId> {
    let Some(session) = session_of(room, now) else { return Vec::new() };
    let limit = now.at_time(session.end).plus_seconds(60 * room.settings.closing.decide_after);
    if stage(room, now) != Stage::Over || now.ms < limit.ms {
        return Vec::new();
    }
    let open = |id: &ChildId| room.state().child(*id).is_some_and(|d| d.stays.is_none());
    here(room, now).into_iter().filter(open).collect()
}

/// What the desk reminds of by itself after one moment and not after another, in the order in which it is due.
#[must_use]
pub fn alarms(room: Room<'_>, after: Moment, until: Moment) -> Vec<(Moment, Alarm)> {
    let mut list: Vec<(Moment, Alarm)> = Vec::new();
    for (id, about) in chased(room) {
        list.extend(reminders(room, id, about).map(|at| (at, Alarm::CallAgain(id))));
    }
    for id in outside(room) {
        // Where the call says when to call again, that reminds.
        let said = |at: &Moment| reminders(room, id, Matter::Outing).any(|again| again == *at);
        list.extend(reminds_of_outing(room, id).filter(|at| !said(at)).map(|at| (at, Alarm::NotBack(id))));
    }
    let closing = &room.settings.closing;
    if let Some(session) = session_of(room, until).filter(|_| until.date() == room.day.date()) {
        let (start, end) = (until.at_time(session.start), until.at_time(session.end));
        let not_come_at = start.plus_seconds(60 * closing.missing_after);
        // Whom it is about is found out only when it is due.
        let mut at = |at: Moment, alarm: fn(Vec<ChildId>) -> Alarm, who: &dyn Fn() -> Vec<ChildId>| {
            if after.ms < at.ms && at.ms <= until.ms {
                let who = who();
                list.extend((!who.is_empty()).then(|| (at, alarm(who))));
            }
        };
        let minutes = |n: i64| end.plus_seconds(60 * n);
        if until.ms < end.ms {
            let uncalled = |id: &ChildId| !was_called(room, *id, Matter::Arrival);
            at(not_come_at, Alarm::NotCome, &|| not_come(room, until).into_iter().filter(uncalled).collect());
        }
        at(minutes(-closing.board_minutes), Alarm::Soon, &|| not_gone(room));
        at(end, Alarm::Ended, &|| not_gone(room));
        // What a leader was told before the end, or of other children, was of something else.
        let untold = |child: &ChildId| room.state().told_of(*child).is_none_or(|told| told.ms < end.ms);
        at(minutes(closing.leader_after), Alarm::TellLeader, &|| not_gone(room).into_iter().filter(untold).collect());
        at(minutes(closing.decide_after), Alarm::Decide, &|| undecided(room, until));
    }
    list.retain(|(at, _)| after.ms < at.ms && at.ms <= until.ms);
    list.sort();
    list.dedup();
    list
}

/// When the day ends, if it has an end.
#[must_use]
pub fn end_of_day(room: Room<'_>, now: Moment) -> Option<Moment> {
    session_of(room, now).map(|session| now.at_time(session.end))
}

/// What is due at once because the end of the day was put forward past this moment: a half day, a timetable, a closed day
/// that was declared while children are in. `was` is the end before the change.
#[must_use]
pub fn overtaken(room: Room<'_>, was: Option<Moment>, now: Moment) -> Vec<Alarm> {
    let Some(end) = end_of_day(room, now) else { return Vec::new() };
    let brought_forward = was.map_or(now.ms - now.start_of_day().ms, |was| was.ms - end.ms);
    if brought_forward <= 0 {
        return Vec::new();
    }
    let due = alarms(room, Moment { ms: now.ms - brought_forward, ..now }, now).into_iter().map(|(_, alarm)| alarm);
    let is_over = now.ms >= end.ms;
    let follows_the_end = |alarm: &Alarm| match alarm {
        Alarm::Soon(_) => !is_over,
        Alarm::Ended(_) | Alarm::TellLeader(_) | Alarm::Decide(_) => true,
        Alarm::NotCome(_) | Alarm::CallAgain(_) | Alarm::NotBack(_) => false,
    };
    due.filter(follows_the_end).collect()
}

/// Children about whom was called, and who are still missed or not fetched.
fn chased(room: Room<'_>) -> Vec<(ChildId, Matter)> {
    let mut list = Vec::new();
    for (id, day) in room.state().children() {
        let open = |about| match about {
            Matter::Arrival => matches!(day.presence(), Presence::NotHere) && day.leave.is_none(),
            Matter::Pickup => matches!(day.presence(), Presence::In(_)),
            Matter::Outing => matches!(day.presence(), Presence::Out(..)),
            Matter::Missing => day.missing().is_some(),
        };
        for about in [Matter::Arrival, Matter::Pickup, Matter::Missing, Matter::Outing] {
            if open(about) && last_chase(room, id, about).is_some() {
                list.push((id, about));
            }
        }
    }
    list
}

/// When the next alarm is due after a moment of this day, if one is.
#[must_use]
pub fn next_alarm(room: Room<'_>, now: Moment) -> Option<Moment> {
    let midnight = now.start_of_day().plus_seconds(86_399);
    let mut times: Vec<Moment> = chased(room).into_iter().flat_map(|(id, about)| reminders(room, id, about)).collect();
    times.extend(outside(room).into_iter().filter_map(|id| reminds_of_outing(room, id)));
    if let Some(session) = session_of(room, now) {
        let (closing, end) = (&room.settings.closing, now.at_time(session.end));
        times.push(now.at_time(session.start).plus_seconds(60 * closing.missing_after));
        times.extend([-closing.board_minutes, 0, closing.leader_after, closing.decide_after].map(|m| end.plus_seconds(60 * m)));
    }
    times.into_iter().filter(|t| t.ms > now.ms && t.ms <= midnight.ms).min()
}

pub(super) fn facts(room: Room<'_>, act: &AccountAct, now: Moment) -> Result<Vec<Fact>, Objection> {
    let facts: Vec<Fact> = match act {
        AccountAct::Chase { child, collector, about, outcome } => {
            // What was said before the child was missed, or before it came, was said of something else.
            if *about != matter(room, *child) {
                return Err(Objection::OfAnotherMatter(*child));
            }
            let is_on_list = |c: &Collector| {
                c.child == *child && c.right != Right::Ended && c.phone.is_some() && !barred::is_kept_off(room.register, c, now.date())
            };
            let known = room.register.collector(*collector).is_some_and(is_on_list);
            if !known {
                return Err(Objection::Evidence);
            }
            if let Outcome::Promised { by, .. } = outcome
                && *by <= now.time()
            {
                return Err(Objection::TimeIsPast);
            }
            let again = again(room, outcome, now);
            vec![Fact::Account(Account::Chased { child: *child, collector: *collector, about: *about, outcome: outcome.clone(), again })]
        }
        AccountAct::Extend { children, until, reason, approver } => {
            let before_end = session_of(room, now).is_some_and(|session| *until <= session.end);
            if before_end || *until <= now.time() {
                return Err(Objection::TimeIsPast);
            }
            for child in children {
                missing::at_hand(room.day.state(), *child)?;
                if barred::is_of_staff(room.register, *child, *approver, now.date()) {
                    return Err(Objection::WrongStaff);
                }
            }
            let extended = |child: &ChildId| Account::Extended { child: *child, until: *until, reason: *reason, approver: *approver };
            children.iter().map(extended).map(Fact::Account).collect()
        }
        AccountAct::TellLeader { leader } => {
            if !room.register.staff_member(*leader).is_some_and(duty::is_leader) {
                return Err(Objection::WrongStaff);
            }
            vec![Fact::Account(Account::LeaderTold { leader: *leader, about: not_gone(room) })]
        }
        AccountAct::Stay { children, how } => {
            let how = &checked(room, how, now)?;
            let mut facts = Vec::new();
            // Who is still away with a group is not at the gate because others are.
            let away: Vec<ChildId> = room.state().groups().open().flat_map(|group| expected_back(room.state(), group)).collect();
            let with_guard = matches!(how, Stay::Guard { .. });
            // Nor does whoever is barred from a child, and acts, say how it stays.
            let may_say = |child: &ChildId| has_a_say(room, *child, now).is_ok();
            let said_of = |child: &ChildId| may_say(child) && (!with_guard || !away.contains(child));
            for child in undecided(room, now).into_iter().filter(|child| children.contains(child)).filter(said_of) {
                // A guard whom a bar fits takes this child not: the leader is told, and it stays undecided.
                if is_barred_guard(room, child, how, now) {
                    facts.extend(stopped(child));
                    continue;
                }
                facts.push(Fact::Account(Account::Stays { child, how: how.clone() }));
                if let (Stay::Guard { .. }, Presence::In(visit)) = (how, room.state().presence(child)) {
                    facts.push(Fact::Moved { child, was: visit.place.clone(), now: Place::new(Place::GUARD) });
                }
            }
            facts
        }
        // Nor does whoever is barred say by word alone that it has not come: it would be off the list of whom to look for.
        AccountAct::NotTakeIn { child } => {
            has_a_say(room, *child, now)?;
            if !at_door(room).contains(child) {
                return Err(Objection::NotHere(*child));
            }
            vec![Fact::Account(Account::NotTakenIn { child: *child })]
        }
        AccountAct::Seen { child, by, place } => missing::seen(room, *child, *by, place)?,
        AccountAct::StillHere { child } => match room.state().child(*child).and_then(|day| day.left_open(now.date())) {
            // Who is out since then is back by its card, or by name: not by this word alone.
            Some(visit) if visit.out.is_some() => return Err(Objection::IsOut(*child)),
            Some(_) => vec![Fact::Account(Account::StillHere { child: *child })],
            None => return Err(Objection::NotOpenThen(*child)),
        },
    };
    if facts.is_empty() { Err(Objection::NobodyLeft) } else { Ok(facts) }
}

/// Whether children are to stay with a guard from whom this one is barred.
fn is_barred_guard(room: Room<'_>, child: ChildId, how: &Stay, now: Moment) -> bool {
    let Stay::Guard { signed } = how else { return false };
    let guard = Described { name: signed, ..Described::default() };
    barred::naming(room.register, child, guard, now.date()) == barred::Naming::Stopped
}

/// How children stay, with everything that has to be known of it: two adults are two people who are on duty.
fn checked(room: Room<'_>, how: &Stay, now: Moment) -> Result<Stay, Objection> {
    Ok(match how {
        Stay::Guard { signed } => Stay::Guard { signed: text_of(signed)? },
        Stay::TwoAdults { reason, adults } => {
            let here = duty::able_on_duty(room, now);
            let two = matches!(adults[..], [one, other] if one != other) && adults.iter().all(|a| here.contains(a));
            if !two {
                return Err(Objection::TwoAdults);
            }
            let stay = not_gone(room);
            if adults.iter().any(|adult| stay.iter().any(|child| barred::is_of_staff(room.register, *child, *adult, now.date()))) {
                return Err(Objection::WrongStaff);
            }
            Stay::TwoAdults { reason: text_of(reason)?, adults: adults.clone() }
        }
    })
}

/// What a call about a child would be about now.
#[must_use]
pub fn matter(room: Room<'_>, child: ChildId) -> Matter {
    match room.state().child(child) {
        Some(day) if day.missing().is_some() => Matter::Missing,
        Some(day) if matches!(day.presence(), Presence::Out(..)) => Matter::Outing,
        Some(day) if !day.visits.is_empty() => Matter::Pickup,
        Some(_) | None => Matter::Arrival,
    }
}
