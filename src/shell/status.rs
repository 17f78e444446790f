//! Counts and names by place and state, now or at a past moment: what `caredesk status` prints.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::desk::roster::Standing;
use crate::domain::activity::Category;
use crate::domain::day::{ChildDay, Counts, Presence, State};
use crate::domain::people::ChildId;
use crate::domain::register::Register;
use crate::domain::settings::{CardMode, Place, Settings};
use crate::domain::time::Moment;
use crate::rules::hours::DueOn;
use crate::texts::{self as t, Lang, words};

/// The state of a room, ready to be printed.
pub struct Report {
    when: Moment,
    practice: bool,
    counts: Counts,
    claim: bool,
    /// Everybody in the room's charge, by place: who was left open, or is missing, where it was last.
    places: BTreeMap<String, Vec<String>>,
    /// The same without these.
    here: BTreeMap<String, Vec<String>>,
    left_open: Vec<(NaiveDate, String)>,
    missing: Vec<(String, String)>,
    /// Since when, and who: shown at the door, and not said whether it is taken in.
    at_door: Vec<(String, String)>,
    outside: Vec<String>,
    held: Vec<String>,
    expected: Vec<String>,
    leave: Vec<String>,
    gone: Vec<String>,
    groups: Vec<GroupLine>,
}

/// An open group: what it does, where it is, who leads it, who is in it.
struct GroupLine {
    title: String,
    category: Category,
    place: Place,
    leader: String,
    members: Vec<String>,
    missing: Vec<String>,
}

impl Report {
    /// The state of a room at a moment.
    #[must_use]
    pub fn of(register: &Register, settings: &Settings, state: &State, when: Moment, practice: bool) -> Self {
        let due_then = DueOn::new(settings, when.date());
        let due = |id| register.child(id).is_some_and(|c| due_then.has(c));
        let mut report = Self {
            when,
            practice,
            counts: state.counts(register, due),
            claim: settings.card_mode == CardMode::Claim,
            places: BTreeMap::new(),
            here: BTreeMap::new(),
            left_open: Vec::new(),
            missing: Vec::new(),
            at_door: Vec::new(),
            outside: Vec::new(),
            held: Vec::new(),
            expected: Vec::new(),
            leave: Vec::new(),
            gone: Vec::new(),
            groups: Vec::new(),
        };
        for group in state.groups().open() {
            let name = |child: &ChildId| register.child(*child).map_or_else(String::new, |c| c.name.clone());
            let place = group.away.as_ref().map_or_else(Place::room, |away| away.to.clone());
            report.groups.push(GroupLine {
                title: group.group.title.clone(),
                category: group.group.category,
                place,
                leader: register.staff_member(group.group.leader).map_or_else(String::new, |s| s.name.clone()),
                members: group.members.iter().map(name).collect(),
                missing: group.members.iter().filter(|c| state.missing_child(**c).is_some()).map(name).collect(),
            });
        }
        for child in register.children() {
            let day = state.child(child.id);
            let name = child.name.clone();
            let presence = day.map_or(Presence::NotHere, ChildDay::presence);
            if day.is_some_and(|d| d.held.is_some()) && matches!(presence, Presence::In(_) | Presence::Out(..)) {
                report.held.push(name.clone());
            }
            let left_open = day.and_then(|d| d.left_open(when.date()));
            report.left_open.extend(left_open.map(|visit| (visit.arrived.date(), name.clone())));
            if let Some(missing) = day.and_then(ChildDay::missing) {
                report.missing.push((missing.since.hhmm(), name.clone()));
            }
            report.at_door.extend(day.and_then(|d| d.at_door).map(|since| (since.hhmm(), name.clone())));
            match presence {
                Presence::In(visit) => {
                    if left_open.is_none() && visit.missing.is_none() {
                        report.here.entry(visit.place.as_str().to_owned()).or_default().push(name.clone());
                    }
                    report.places.entry(visit.place.as_str().to_owned()).or_default().push(name);
                }
                Presence::Out(..) => report.outside.push(name),
                Presence::Gone(..) => report.gone.push(name),
                Presence::NotHere if day.is_some_and(|d| d.leave.is_some()) => report.leave.push(name),
                Presence::NotHere if due(child.id) => report.expected.push(name),
                Presence::NotHere => {}
            }
        }
        report
    }

    /// As one JSON object.
    #[must_use]
    pub fn json(&self) -> String {
        let n = self.counts;
        serde_json::json!({
            "store": if self.practice { "practice" } else { "real" },
            "at": self.when.local().format("%Y-%m-%dT%H:%M:%S").to_string(),
            "counts": { "in": n.inside, "expected": n.expected, "out": n.released, "leave": n.leave, "outside": n.outside,
                "rack": if self.claim { Some(n.rack) } else { None }, "left_open": n.left_open, "missing": n.missing },
            "left_open": self.left_open.iter().map(|(day, name)| serde_json::json!({ "name": name, "since": day.to_string() })).collect::<Vec<_>>(),
            "missing": self.missing.iter().map(|(since, name)| serde_json::json!({ "name": name, "since": since })).collect::<Vec<_>>(),
            "groups": self.groups.iter().map(|g| serde_json::json!({ "title": g.title, "category": g.category.key(), "place": g.place.as_str(),
                "leader": g.leader, "members": g.members, "missing": g.missing })).collect::<Vec<_>>(),
            "at_door": self.at_door.iter().map(|(since, name)| serde_json::json!({ "name": name, "since": since })).collect::<Vec<_>>(),
            "in": self.places, "outside": self.outside, "held": self.held, "not_here": self.expected, "leave": self.leave, "out": self.gone,
        })
        .to_string()
    }

    /// In lines for a person.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let n = self.counts;
        let kind = if self.practice { t::status_practice(lang) } else { t::status_real(lang) };
        let mut lines = vec![t::status_title(lang, kind, self.when.local().format("%Y-%m-%d %H:%M:%S"))];
        let mut counts = t::counts_line(lang, n.inside_today, n.expected, n.released, n.leave, n.outside_today);
        if self.claim {
            counts = format!("{counts}   {}", t::rack_alone(lang, n.rack));
        }
        let comma = lang.pick("、", ", ");
        if !self.left_open.is_empty() {
            let since = |day: &NaiveDate| words::earlier_day(lang, *day, self.when.date());
            let names: Vec<String> = self.left_open.iter().map(|(day, name)| format!("{name} {}", since(day))).collect();
            lines.push(t::status_group(lang, words::standing(lang, Standing::LeftOpen), names.len(), names.join(comma)));
        }
        if !self.missing.is_empty() {
            let names: Vec<String> = self.missing.iter().map(|(since, name)| format!("{name} {since}")).collect();
            lines.push(t::status_group(lang, words::standing(lang, Standing::Missing), names.len(), names.join(comma)));
        }
        if !self.at_door.is_empty() {
            let names: Vec<String> = self.at_door.iter().map(|(since, name)| format!("{name} {since}")).collect();
            lines.push(t::status_group(lang, words::standing(lang, Standing::AtDoor), names.len(), names.join(comma)));
        }
        lines.push(counts);
        let places = self.here.iter().map(|(p, names)| (words::place(lang, &Place::new(p)), names));
        let states = [
            (lang.pick("暂离", "out for a while"), &self.outside),
            (lang.pick("待组长办理", "waiting for the leader"), &self.held),
            (lang.pick("未到", "not here yet"), &self.expected),
            (lang.pick("请假", "on leave"), &self.leave),
            (lang.pick("已离", "gone"), &self.gone),
        ];
        let states = states.into_iter().map(|(word, names)| (word.to_owned(), names));
        for (what, names) in places.chain(states).filter(|(_, names)| !names.is_empty()) {
            lines.push(t::status_group(lang, what, names.len(), names.join(comma)));
        }
        for group in &self.groups {
            let title = if group.title.is_empty() { words::category(lang, group.category) } else { &group.title };
            let there = group.members.len() - group.missing.len();
            let size = match group.missing[..] {
                [] => t::group_size(lang, there),
                [_, ..] => t::group_size_missing(lang, there, group.missing.join(comma)),
            };
            let line = t::group_line(lang, title, words::place(lang, &group.place), &group.leader, size);
            lines.push(format!("{line} · {}", group.members.join(comma)));
        }
        lines.push(String::new());
        lines.join("\n")
    }
}
