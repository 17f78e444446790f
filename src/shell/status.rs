//! Counts and names by place and state, now or at a past moment: what `caredesk status` prints.

use std::collections::BTreeMap;

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
    places: BTreeMap<String, Vec<String>>,
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
            counts: Counts { rack: register.card_count_on(when.date()).rack, ..state.counts(register, due) },
            claim: settings.card_mode == CardMode::Claim,
            places: BTreeMap::new(),
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
            });
        }
        for child in register.children() {
            let day = state.child(child.id);
            let name = child.name.clone();
            let presence = day.map_or(Presence::NotHere, ChildDay::presence);
            if day.is_some_and(|d| d.held.is_some()) && matches!(presence, Presence::In(_) | Presence::Out(..)) {
                report.held.push(name.clone());
            }
            match presence {
                Presence::In(visit) => report.places.entry(visit.place.as_str().to_owned()).or_default().push(name),
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
                "rack": if self.claim { Some(n.rack) } else { None } },
            "groups": self.groups.iter().map(|g| serde_json::json!({ "title": g.title, "category": g.category.key(), "place": g.place.as_str(),
                "leader": g.leader, "members": g.members })).collect::<Vec<_>>(),
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
        let mut counts = t::counts_line(lang, n.inside, n.expected, n.released, n.leave, n.outside);
        if self.claim {
            counts = format!("{counts}   {}", t::rack_alone(lang, n.rack));
        }
        lines.push(counts);
        let comma = lang.pick("、", ", ");
        let places = self.places.iter().map(|(p, names)| (words::place(lang, &Place::new(p)), names));
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
            let line = t::group_line(lang, title, words::place(lang, &group.place), &group.leader, group.members.len());
            lines.push(format!("{line} · {}", group.members.join(comma)));
        }
        lines.push(String::new());
        lines.join("\n")
    }
}
