//! Groups, calls and the end of the day in words: the board, the roll, whom to call, what the hour reminds of, the pictures.

use std::collections::BTreeMap;

use chrono::NaiveTime;

use crate::desk::Dialog;
use crate::desk::forms::Form;
use crate::desk::question::{Label, Prompt};
use crate::domain::activity::{Category, Group, GroupDay, GroupId};
use crate::domain::closing::{Chase, Matter, Outcome, Stay};
use crate::domain::day::{Missing, Presence, State, Visit};
use crate::domain::fact::{Account, GroupFact, Incident};
use crate::domain::people::ChildId;
use crate::domain::time::Moment;
use crate::rules::closing::{self, AccountAct, Alarm, Roll, RollStage};
use crate::rules::groups::{GroupAct, Hindrance, Which};
use crate::rules::hold;
use crate::rules::verdict::Severity;
use crate::texts::{self as t, words};

use super::Words;
use super::panels::PanelLine;

/// Most names in a sentence that the desk says by itself.
const MOST_NAMES: usize = 8;

impl Words<'_> {
    // ---- groups ----

    /// A group's title: its own words, or its category.
    #[must_use]
    pub fn title(self, group: &Group) -> String {
        if group.title.is_empty() { words::category(self.lang, group.category).to_owned() } else { group.title.clone() }
    }

    pub(super) fn group_title(self, id: GroupId) -> String {
        self.model.day.state().groups().get(id).map_or_else(|| "-".to_owned(), |g| self.title(&g.group))
    }

    /// A group as one chooses it: title, where it is, leader, how many.
    pub(super) fn group_choice(self, id: GroupId) -> String {
        let state = self.model.day.state();
        state.groups().get(id).map_or_else(|| "-".to_owned(), |group| self.group_shown(state, group))
    }

    /// The same of a group as it is, or was.
    pub(super) fn group_shown(self, state: &State, group: &GroupDay) -> String {
        let lang = self.lang;
        let place = match &group.away {
            Some(away) => t::group_out(lang, self.place(&away.to)),
            None if group.started.is_none() => t::group_planned(lang, self.place(&group.group.place)),
            None => self.place(&crate::domain::settings::Place::room()),
        };
        t::group_line(lang, self.title(&group.group), place, self.staff(group.group.leader), self.group_size(state, group))
    }

    /// The groups of a day, each in one line: `16:52– 完成作业 教室 方 8 人`.
    #[must_use]
    pub fn group_lines_of(self, state: &State) -> Vec<(String, Vec<ChildId>)> {
        state.groups().all().map(|g| (self.group_log_line(state, g), shown_members(g))).collect()
    }

    /// How many belong to a group; who of them is missing is named.
    #[must_use]
    pub fn group_size(self, state: &State, group: &GroupDay) -> String {
        let members = shown_members(group);
        let (lost, there): (Vec<ChildId>, Vec<ChildId>) = members.into_iter().partition(|c| state.missing_child(*c).is_some());
        match lost[..] {
            [] => t::group_size(self.lang, there.len()),
            [_, ..] => t::group_size_missing(self.lang, there.len(), self.names(&lost)),
        }
    }

    fn group_log_line(self, state: &State, group: &GroupDay) -> String {
        let lang = self.lang;
        let from = group.started.map_or_else(|| group.made.hhmm(), Moment::hhmm);
        let to = group.ended.map_or_else(String::new, Moment::hhmm);
        let place = match &group.away {
            Some(away) => self.place(&away.to),
            None if group.started.is_none() => t::group_planned(lang, self.place(&group.group.place)),
            None => match group.back {
                Some(back) => t::group_back(lang, back.at.hhmm(), back.counted, back.expected),
                None => self.place(&group.group.place),
            },
        };
        let line = t::group_line(lang, self.title(&group.group), place, self.staff(group.group.leader), self.group_size(state, group));
        format!("{} {line}", t::group_from_to(lang, from, to))
    }

    /// The board in one line: what line mode says.
    pub(super) fn board(self) -> String {
        let shown = Self::shown(self.model);
        let lines = shown.group_lines_of(self.model.shown_state()).into_iter();
        let lines: Vec<String> =
            lines.map(|(line, members)| format!("{line}：{}", shown.names(&members)).trim_end_matches('：').to_owned()).collect();
        if lines.is_empty() {
            return String::new();
        }
        t::group_log(self.lang, lines.join(self.lang.pick("；", "; ")))
    }

    /// How many are ticked in the form in front.
    pub(super) fn ticked(self) -> usize {
        match &self.model.dialog {
            Some(Dialog::Form(Form { ticked, .. })) => ticked.len(),
            Some(_) | None => 0,
        }
    }

    pub(super) fn group_fact(self, step: &GroupFact) -> String {
        let lang = self.lang;
        let title = step.group().map_or_else(String::new, |g| self.group_title(g));
        match step {
            GroupFact::Made { group } => format!("{} {}", lang.pick("建组", "made"), self.title(group)),
            GroupFact::Started { .. } => format!("{title} {}", lang.pick("开始", "started")),
            GroupFact::Led { now, .. } => t::did_lead(lang, title, self.staff(*now)),
            GroupFact::Joined { child, .. } => format!("{} → {title}", self.name_and_class(*child)),
            GroupFact::Went { to, left, .. } => format!("{title} → {} {}", self.place(to), left.len()),
            GroupFact::Returned { counted, expected, .. } => format!("{title} {} {counted}/{expected}", lang.pick("返回", "back")),
            GroupFact::Ended { .. } => format!("{title} {}", lang.pick("结束", "ended")),
        }
    }

    /// An incident, in neutral words.
    pub(super) fn incident(self, child: ChildId, kind: Incident) -> String {
        match kind {
            Incident::ReleasedUnseen => t::incident_opened(self.lang, self.name(child)),
            Incident::NamingStopped => t::incident_naming(self.lang, self.name(child)),
            Incident::HoldTooLate => t::faults::hold_too_late(self.lang, self.name(child)),
        }
    }

    pub(super) fn account_fact(self, step: &Account) -> String {
        let lang = self.lang;
        let what = |child: ChildId, zh: &str, en: &str| format!("{} {}", self.name_and_class(child), lang.pick(zh, en));
        match step {
            Account::Missed { child, .. } => what(*child, "失联", "missing"),
            Account::Found { child, .. } => what(*child, "已找到", "found"),
            Account::Chased { child, .. } => what(*child, "通话记录", "call"),
            Account::Extended { child, .. } => what(*child, "延时", "extended care"),
            Account::LeaderTold { leader, .. } => format!("{} {}", lang.pick("告知组长", "leader told"), self.staff(*leader)),
            Account::Stays { child, .. } => what(*child, "看护方式", "how it stays"),
            Account::LeaderAgreed { child, .. } => what(*child, "组长同意", "a leader agreed"),
            Account::StillHere { child } => what(*child, "仍在", "still here"),
            Account::AtDoor { child } => what(*child, "在门口", "at the door"),
            Account::NotTakenIn { child } => what(*child, "不办理", "not taken in"),
            Account::Incident { child, .. } => what(*child, "事件", "incident"),
        }
    }

    pub(super) fn group_done(self, act: &GroupAct) -> String {
        let lang = self.lang;
        match act {
            GroupAct::Make(plan) => {
                let title = if plan.title.is_empty() { words::category(lang, plan.category).to_owned() } else { plan.title.clone() };
                t::did_make(lang, title, self.staff(plan.leader), self.place(&plan.place))
            }
            GroupAct::Lead { group, leader } => t::did_lead(lang, self.group_title(*group), self.staff(*leader)),
            GroupAct::Put { group, children } => t::did_put(lang, self.group_title(*group), children.len(), self.names(children)),
            GroupAct::TakeOut { children } => t::did_take_out(lang, self.names(children)),
            GroupAct::Go { group, to, children, .. } => {
                let title = match group {
                    Which::Known(id) => self.group_title(*id),
                    Which::New(plan) if plan.title.is_empty() => words::category(lang, plan.category).to_owned(),
                    Which::New(plan) => plan.title.clone(),
                };
                t::did_go(lang, title, self.place(to), children.len())
            }
            GroupAct::Return { group, .. } => {
                let Some(day) = self.model.day.state().groups().get(*group) else { return String::new() };
                let (counted, expected) = day.back.map_or((0, 0), |b| (b.counted, b.expected));
                if counted == expected {
                    return t::did_return(lang, self.title(&day.group), counted);
                }
                let missing: Vec<String> = self
                    .model
                    .day
                    .state()
                    .missing()
                    .into_iter()
                    .filter(|(c, _)| day.members.contains(c))
                    .map(|(c, _)| self.name_and_class(c))
                    .collect();
                t::did_return_short(lang, self.title(&day.group), counted, expected, self.join(missing))
            }
            GroupAct::End { group } => t::did_end(lang, self.group_title(*group)),
        }
    }

    /// How grave it is what was done: a group that came back without a child is red.
    #[must_use]
    pub fn done_severity(self, act: &crate::rules::Act) -> Severity {
        if let crate::rules::Act::Group(GroupAct::Return { group, .. }) = act {
            let back = self.model.day.state().groups().get(*group).and_then(|g| g.back);
            if back.is_some_and(|b| b.counted != b.expected) {
                return Severity::Red;
            }
        }
        if let crate::rules::Act::Office(crate::rules::office::OfficeAct::Cards(act)) = act {
            return super::office::cards::severity(act);
        }
        Severity::Green
    }

    pub(super) fn hindrance(self, hindrance: Hindrance) -> String {
        let lang = self.lang;
        match hindrance {
            Hindrance::NoSuchGroup => t::hindrance_no_group(lang),
            Hindrance::LeaderNotOnDuty(staff) => t::hindrance_leader(lang, self.staff(staff)),
            Hindrance::CountsDiffer { .. } => t::hindrance_counts(lang),
            Hindrance::NotAtHand(child) => t::hindrance_at_hand(lang, self.name(child)),
            Hindrance::StillAway(group) => t::hindrance_away(lang, self.group_title(group)),
            Hindrance::ThereAlready => t::hindrance_there(lang),
            Hindrance::Nobody => t::hindrance_nobody(lang),
            Hindrance::Content(rule) => t::hindrance_content(lang, words::content_rule(lang, rule)),
            Hindrance::TooManyHelped => t::hindrance_helped(lang),
            Hindrance::Leads(group) => {
                let leader = self.model.day.state().groups().get(group).map_or_else(String::new, |g| self.staff(g.group.leader));
                t::hindrance_leads(lang, leader, self.group_title(group))
            }
        }
    }

    // ---- the roll and the calls ----

    /// Who was left open, who is missing, then how many of how many have come, and who has not, with a number to dial.
    pub(super) fn roll(self) -> String {
        let state = self.model.day.state();
        let (open, missing) = (state.of_earlier_days(), state.missing());
        let open = (!open.is_empty()).then(|| {
            let one = |(child, visit): &(ChildId, &Visit)| {
                let since = self.left_open_since(visit.arrived.date());
                format!("{} {since}", self.with_numbers(*child))
            };
            t::roll_open(self.lang, open.len(), self.join(open.iter().map(one)))
        });
        let missing = (!missing.is_empty()).then(|| {
            let one = |(child, _): &(ChildId, &Missing)| format!("{} {}", self.with_numbers(*child), self.state(*child));
            t::roll_missing(self.lang, missing.len(), self.join(missing.iter().map(one)))
        });
        let parts = open.into_iter().chain(missing).chain(self.held_line()).chain([self.roll_sentence()]);
        let parts: Vec<String> = parts.chain(self.at_door_line()).chain(self.came_unrecorded()).collect();
        parts.join(self.lang.pick("；", "; "))
    }

    /// Who waits for the leader, without a reason (N14).
    fn held_line(self) -> Option<String> {
        let held = hold::all_held(self.model.room());
        (!held.is_empty()).then(|| t::for_leader_names(self.lang, held.len(), self.some_names(&held)))
    }

    /// How many of how many have come today, and who has not: what is true before the start and on a day without care, too.
    fn roll_sentence(self) -> String {
        let (lang, roll) = (self.lang, closing::roll(self.model.known_room(), self.model.now));
        let Roll { stage, came, due, not_come } = roll;
        let (came, expected) = (came.len(), due);
        match stage {
            RollStage::NoCare if came == 0 => t::roll_no_care(lang),
            RollStage::NoCare => t::roll_no_care_came(lang, came),
            RollStage::Before(_) | RollStage::Begun if expected == 0 => t::roll_nobody_due(lang),
            RollStage::Before(start) if came == 0 => t::roll_before(lang, expected, start.format("%H:%M")),
            RollStage::Before(start) => t::roll_before_some(lang, expected, came, start.format("%H:%M")),
            RollStage::Begun if not_come.is_empty() && came == expected => t::roll_all(lang, came, expected),
            RollStage::Begun if not_come.is_empty() => t::roll_title(lang, came, expected),
            RollStage::Begun => {
                let said = |child: ChildId| self.called(child, Matter::Arrival).map(|said| format!(" {said}"));
                let list = self.join(not_come.iter().map(|c| format!("{}{}", self.with_numbers(*c), said(*c).unwrap_or_default())));
                t::roll_line(lang, came, expected, list)
            }
        }
    }

    /// Who stands at the door, and nobody has said whether it is taken in.
    fn at_door_line(self) -> Option<String> {
        let door = closing::at_door(self.model.known_room());
        (!door.is_empty()).then(|| t::still_at_door(self.lang, self.join(door.iter().map(|child| self.name_and_class(*child)))))
    }

    /// Who has come and is not on record yet.
    fn came_unrecorded(self) -> Option<String> {
        let waiting = self.model.arrivals_that_wait();
        let names = || self.join(waiting.iter().map(|child| self.name_and_class(*child)));
        (!waiting.is_empty()).then(|| t::faults::came_unrecorded(self.lang, names()))
    }

    fn with_numbers(self, child: ChildId) -> String {
        let numbers = closing::numbers(self.model.known_room(), child, self.model.now);
        let numbers: Vec<String> = numbers.into_iter().map(|c| format!("{} {}", self.listed(c), self.number(c))).collect();
        format!("{} {}", self.name(child), numbers.join(" "))
    }

    /// Of whom the roll speaks, under the numbers that show their people's numbers.
    fn numbered_roll(self) -> Vec<(ChildId, u32)> {
        let question = self.model.question().filter(|q| q.prompt == Prompt::WhoseNumber);
        let child = |label: &Label| if let Label::Numbers(child) = label { Some(*child) } else { None };
        match question {
            Some(question) => question.choices.iter().filter_map(|c| Some((child(&c.label)?, c.n))).collect(),
            None => closing::on_roll(self.model.known_room(), self.model.now).into_iter().zip(1..).collect(),
        }
    }

    /// The roll as a panel: its title, and a line or two for each of whom it speaks, whom an earlier day left open and who is
    /// missing first, in red. The number before a child shows its people's numbers.
    #[must_use]
    pub fn roll_panel(self) -> (String, Vec<PanelLine>) {
        let (room, now) = (self.model.known_room(), self.model.now);
        let state = room.state();
        let roll = closing::roll(room, now);
        let mut lines: Vec<PanelLine> = Vec::new();
        let mut held = self.held_line().map(PanelLine::amber);
        for (child, n) in self.numbered_roll() {
            let open = state.child(child).and_then(|day| day.left_open(now.date()));
            let missing = self.missing_line(child).filter(|_| state.missing_child(child).is_some());
            let (severity, text) = match (open, missing) {
                (Some(visit), _) => (Severity::Red, format!("{}  {}", self.name_and_class(child), self.left_open_since(visit.arrived.date()))),
                (None, Some(line)) => (Severity::Red, line),
                // Who has come since the list was opened keeps the number.
                (None, None) if !roll.not_come.contains(&child) => {
                    lines.push(PanelLine::plain(format!("{n} {}  {}", self.name_and_class(child), self.state(child))));
                    continue;
                }
                (None, None) => {
                    lines.extend(held.take());
                    let said = self.called(child, Matter::Arrival).unwrap_or_else(|| t::not_called(self.lang));
                    (Severity::Amber, format!("{}  {said}", self.name_and_class(child)))
                }
            };
            lines.push(PanelLine { severity: Some(severity), text: format!("{n} {text}") });
            let numbers = closing::numbers(room, child, now);
            lines.extend(numbers.into_iter().map(|c| PanelLine::plain(format!("  {}  {}", self.number(c), self.listed(c)))));
        }
        lines.extend(held);
        lines.extend(self.at_door_line().into_iter().chain(self.came_unrecorded()).map(PanelLine::amber));
        if roll.not_come.is_empty() {
            lines.push(PanelLine::plain(self.roll_sentence()));
        }
        let title = match roll.stage {
            RollStage::NoCare => t::roll_title_no_care(self.lang),
            RollStage::Before(_) | RollStage::Begun => t::roll_title(self.lang, roll.came.len(), roll.due),
        };
        (title, lines)
    }

    /// Who is left, as a panel: the first number to dial, what the family said, how it stays
    /// (F063).
    #[must_use]
    pub fn left_panel(self) -> (String, Vec<PanelLine>) {
        let room = self.model.known_room();
        let left = closing::not_gone(room);
        let (open, others): (Vec<ChildId>, Vec<ChildId>) = left.iter().copied().partition(|c| self.is_left_open(*c));
        let (missing, others): (Vec<ChildId>, Vec<ChildId>) = others.into_iter().partition(|c| room.state().missing_child(*c).is_some());
        let grave = open.len() + missing.len();
        let left: Vec<ChildId> = open.iter().chain(&missing).chain(&others).copied().collect();
        let mut lines = Vec::new();
        for child in &left {
            let Some(day) = room.state().child(*child) else { continue };
            let about = closing::matter(room, *child);
            let due = closing::is_due_again(room, *child, about, self.model.now);
            let said = self.called(*child, about).unwrap_or_else(|| t::not_called(self.lang));
            let extended = day.extended.map(|e| t::extended_until(self.lang, e.until.format("%H:%M")));
            let stays = day.stays.as_ref().map(|(_, how)| match how {
                Stay::Guard { signed } => t::with_guard(self.lang, signed),
                Stay::TwoAdults { adults, .. } => t::with_two(self.lang, self.staff_names(adults)),
            });
            let dial = closing::numbers(room, *child, self.model.now).first().map(|c| format!("{} {}", self.relation_of(c.id), self.number(c)));
            let out = matches!(day.presence(), Presence::Out(..));
            let since = out.then(|| self.state(*child));
            let parts: Vec<String> = [since, dial, Some(said), extended, stays].into_iter().flatten().collect();
            let due = due || closing::is_overdue(room, *child, self.model.now);
            let is_grave = open.contains(child) || missing.contains(child);
            let amber = due || (!closing::was_called(room, *child, about) && !out);
            let severity = if is_grave { Some(Severity::Red) } else { amber.then_some(Severity::Amber) };
            let who = self.missing_line(*child).filter(|_| missing.contains(child)).unwrap_or_else(|| self.marked_name(*child));
            lines.push(PanelLine { severity, text: format!("{who} {}", parts.join(" ")) });
        }
        let at = grave.min(lines.len());
        lines.splice(at..at, self.held_line().map(PanelLine::amber));
        let title = t::calls_title(self.lang, left.len() - open.len());
        let title = if open.is_empty() { title } else { format!("{} · {title}", t::count_open(self.lang, open.len())) };
        (title, lines)
    }

    /// What the calls about a child in a matter brought: the promise that stands, and what was last.
    fn called(self, child: ChildId, about: Matter) -> Option<String> {
        let room = self.model.known_room();
        let last = closing::last_chase(room, child, about)?;
        let promised = closing::promised(room, child, about).filter(|promised| *promised != last);
        Some(promised.into_iter().chain([last]).map(|c| self.outcome(c)).collect::<Vec<_>>().join(" · "))
    }

    /// What is asked over the list of numbers; whom nobody can be called about is named with it.
    #[must_use]
    pub fn call_prompt(self) -> String {
        let (room, now) = (self.model.known_room(), self.model.now);
        let list = closing::to_call(room, now).into_iter().map(|(child, _)| child);
        let silent: Vec<String> = list.filter(|child| closing::numbers(room, *child, now).is_empty()).map(|c| self.marked_name(c)).collect();
        let silent = (!silent.is_empty()).then(|| t::no_number(self.lang, self.join(silent)));
        let line = if closing::to_call(self.model.known_room(), self.model.now).is_empty() {
            t::nobody_to_call(self.lang, Self::shown(self.model).late_list(self.model.shown_state()))
        } else {
            t::ask_whom_to_call(self.lang)
        };
        self.held_line().into_iter().chain(silent).chain([line]).collect::<Vec<_>>().join(" · ")
    }

    /// Who was collected late, with minutes and reason; never billed (F064).
    #[must_use]
    pub fn late_list(self, state: &State) -> String {
        let mut list = Vec::new();
        for (child, day) in state.children() {
            for release in day.visits.iter().filter_map(|v| v.release.as_ref()) {
                if let Some(late) = release.late {
                    list.push(t::late_one(self.lang, self.name(child), release.at.hhmm(), late.minutes, words::late_reason(self.lang, late.reason)));
                }
            }
        }
        if list.is_empty() { t::late_nobody(self.lang) } else { self.join(list) }
    }

    /// What a call brought, in a few words.
    pub(super) fn outcome(self, chase: &Chase) -> String {
        let lang = self.lang;
        let who = self.relation_of(chase.collector);
        match &chase.outcome {
            Outcome::Promised { by, note } => {
                let eta = t::eta(lang, by.format("%H:%M"));
                note.as_ref().map_or(eta.clone(), |note| format!("{note} {eta}"))
            }
            Outcome::NoAnswer => t::last_unanswered(lang, chase.at.hhmm(), who),
            Outcome::WrongNumber => t::last_wrong(lang, chase.at.hhmm(), who),
        }
    }

    pub(super) fn account_done(self, act: &AccountAct) -> String {
        let lang = self.lang;
        match act {
            AccountAct::Chase { child, outcome, .. } => {
                let room = self.model.known_room();
                let again =
                    closing::last_chase(room, *child, closing::matter(room, *child)).and_then(|c| c.again).map_or_else(String::new, Moment::hhmm);
                match outcome {
                    Outcome::Promised { by, .. } => t::did_chase_promised(lang, self.name(*child), by.format("%H:%M"), again),
                    Outcome::NoAnswer => t::did_chase_unanswered(lang, self.name(*child), again),
                    Outcome::WrongNumber => t::did_chase_wrong(lang, self.name(*child)),
                }
            }
            AccountAct::Extend { children, until, approver, .. } => t::did_extend(lang, children.len(), until.format("%H:%M"), self.staff(*approver)),
            AccountAct::TellLeader { leader } => {
                let at = self.model.day.state().leader_told().last().map_or(self.model.now, |(at, _)| *at);
                t::did_tell_leader(lang, at.hhmm(), self.staff(*leader))
            }
            AccountAct::Seen { child, by, place } => t::did_see(lang, self.name(*child), self.staff(*by), self.place(place)),
            AccountAct::StillHere { child } => t::did_still_here(lang, self.name(*child)),
            AccountAct::NotTakeIn { child } => t::did_not_take_in(lang, self.name(*child)),
            AccountAct::Stay { how: Stay::Guard { signed }, .. } => t::did_stay_guard(lang, signed),
            AccountAct::Stay { how: Stay::TwoAdults { adults, .. }, .. } => t::did_stay_two(lang, self.staff_names(adults)),
        }
    }

    /// The first names of a list.
    pub(super) fn some_names(self, list: &[ChildId]) -> String {
        let out = |child: ChildId| !self.is_left_open(child) && matches!(self.model.known_room().state().presence(child), Presence::Out(..));
        let name = |child: ChildId| if out(child) { t::is_outside(self.lang, self.name(child)) } else { self.marked_name(child) };
        let names = self.join(list.iter().take(MOST_NAMES).map(|c| name(*c)));
        if list.len() > MOST_NAMES { format!("{names}…") } else { names }
    }

    /// What the hour, or a promise that has passed, reminds of.
    pub(super) fn alarm(self, alarm: &Alarm) -> String {
        let lang = self.lang;
        let some = |list: &[ChildId]| self.some_names(list);
        match alarm {
            Alarm::NotCome(list) => t::alarm_not_come(lang, list.len(), some(list)),
            Alarm::Soon(list) => t::alarm_soon(lang, self.model.settings.closing.board_minutes, list.len(), some(list)),
            Alarm::Ended(list) => t::alarm_ended(lang, list.len(), some(list)),
            Alarm::CallAgain(child) => {
                let room = self.model.known_room();
                let about = closing::matter(room, *child);
                let last = closing::promised(room, *child, about).or_else(|| closing::last_chase(room, *child, about));
                t::alarm_again(lang, self.marked_name(*child), last.map_or_else(String::new, |c| self.outcome(c)))
            }
            Alarm::NotBack(child) => match self.model.known_room().state().presence(*child) {
                Presence::Out(_, out) => {
                    let until = out.back_by.map_or_else(|| "-".to_owned(), |by| by.format("%H:%M").to_string());
                    t::alarm_not_back(lang, self.name(*child), self.relation_of(out.taker), until)
                }
                Presence::NotHere | Presence::In(_) | Presence::Gone(..) => String::new(),
            },
            Alarm::TellLeader(list) => t::alarm_leader(lang, some(list)),
            Alarm::Decide(list) => t::alarm_decide(lang, some(list)),
        }
    }

    // ---- pictures ----

    /// The pictures in one line: what line mode says.
    pub(super) fn log_line(self) -> String {
        let pictures = Pictures::of(self.model);
        let peak = pictures.presence.iter().max_by_key(|(at, n)| (*n, std::cmp::Reverse(*at)));
        let presence = peak.map_or_else(|| "-".to_owned(), |(at, n)| format!("{n} ({})", at.format("%H:%M")));
        let pickups = self.join(pictures.pickups.iter().filter(|(_, n)| *n > 0).map(|(at, n)| format!("{} {n}", at.format("%H:%M"))));
        let week = self.join(pictures.week.iter().map(|(c, n)| format!("{} {n}", words::category(self.lang, *c))));
        t::log_line(self.lang, presence, pickups, week)
    }
}

/// Who is shown with a group: its members, or everybody who was there once it has ended.
fn shown_members(group: &GroupDay) -> Vec<ChildId> {
    let list = if group.ended.is_some() { &group.attended } else { &group.members };
    list.iter().copied().collect()
}

/// What the pictures show: five-minute steps from the start of the session on, and the categories of the week.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Pictures {
    /// How many children were in the room's charge at the end of each step.
    pub presence: Vec<(NaiveTime, usize)>,
    /// How many were collected in each step.
    pub pickups: Vec<(NaiveTime, usize)>,
    /// How many children took part, by category, this week until now.
    pub week: BTreeMap<Category, usize>,
}

impl Pictures {
    /// The pictures of a desk's day and week.
    #[must_use]
    pub fn of(model: &crate::desk::Model) -> Self {
        const STEP_SECONDS: i64 = 300;
        let session = model.settings.session_on(model.now.date()).unwrap_or(model.settings.session);
        let state = model.day.state();
        let visits: Vec<(i64, Option<i64>)> =
            state.children().flat_map(|(_, day)| day.visits.iter().map(|v| (v.arrived.ms, v.release.as_ref().map(|r| r.at.ms)))).collect();
        let start = model.now.at_time(session.start);
        let first = visits.iter().map(|(from, _)| *from).min().map_or(start.ms, |from| from.min(start.ms));
        let first = first.max(model.now.start_of_day().ms).div_euclid(1000 * STEP_SECONDS) * 1000 * STEP_SECONDS;
        let last = model.now.ms.max(model.now.at_time(session.end).ms);
        let mut pictures = Self::default();
        let mut from = Moment { ms: first, ..model.now };
        while from.ms < last && pictures.presence.len() < 288 {
            let to = from.plus_seconds(STEP_SECONDS);
            if from.ms <= model.now.ms {
                let until = to.ms.min(model.now.ms + 1);
                let here = visits.iter().filter(|(came, left)| *came < until && left.is_none_or(|left| left >= until)).count();
                let gone = visits.iter().filter(|(_, left)| left.is_some_and(|left| from.ms <= left && left < to.ms)).count();
                pictures.presence.push((from.time(), here));
                pictures.pickups.push((from.time(), gone));
            }
            from = to;
        }
        for state in model.week.iter().map(|(_, state)| state).chain([state]) {
            for group in state.groups().all() {
                let present = group.attended.iter().filter(|c| !matches!(state.presence(**c), Presence::NotHere)).count();
                *pictures.week.entry(group.group.category).or_default() += present;
            }
        }
        pictures
    }
}
