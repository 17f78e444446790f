//! Who is here in words: by place, who is missing, whom an earlier day left open, the counts of the header.

use crate::desk::roster::{Past, Standing};
use crate::domain::day::{Presence, State};
use crate::domain::people::ChildId;
use crate::domain::settings::{CardMode, Place};
use crate::rules::missing;
use crate::texts::{self as t, words};

use super::Words;

impl Words<'_> {
    /// How many who came that day are in, and who is where: `教室 15（…）、操场 4（…）`; who is missing, or was left open from
    /// an earlier day, stands apart.
    #[must_use]
    pub fn by_place(self, state: &State) -> (usize, String) {
        let mut places: Vec<(Place, Vec<ChildId>)> = self.model.settings.places.iter().map(|p| (p.clone(), Vec::new())).collect();
        let (mut missing, mut outside, mut total) = (Vec::new(), Vec::new(), 0);
        for (child, day) in state.children().filter(|(_, day)| day.left_open(state.date()).is_none()) {
            if let Presence::Out(..) = day.presence() {
                outside.push(child);
            }
            let Presence::In(visit) = day.presence() else { continue };
            total += 1;
            if visit.missing.is_some() {
                missing.push(child);
                continue;
            }
            match places.iter_mut().find(|(p, _)| *p == visit.place) {
                Some((_, list)) => list.push(child),
                None => places.push((visit.place.clone(), vec![child])),
            }
        }
        let open: Vec<String> = state.of_earlier_days().into_iter().map(|(c, visit)| self.dated(state, c, visit.arrived.date())).collect();
        let here = places.into_iter().filter(|(_, list)| !list.is_empty()).map(|(place, list)| {
            let names = self.join(list.iter().map(|c| self.name(*c)));
            t::place_names(self.lang, self.place(&place), list.len(), names)
        });
        let word = |standing| words::standing(self.lang, standing);
        let several =
            |standing, list: &[ChildId]| (!list.is_empty()).then(|| t::place_names(self.lang, word(standing), list.len(), self.names(list)));
        let (missing, outside) = (several(Standing::Missing, &missing), several(Standing::Out, &outside));
        let open = (!open.is_empty()).then(|| t::place_names(self.lang, word(Standing::LeftOpen), open.len(), self.join(open.clone())));
        (total, self.join(here.chain(outside).chain(missing).chain(open)))
    }

    /// A past moment in one line: who was in and where, who was out for a while, the groups, the cards on the rack.
    pub(super) fn past_in_whole(self, past: &Past) -> String {
        let (n, list) = self.by_place(&past.state);
        let mut parts = vec![t::roster_at(self.lang, self.past_time(past.when), n, list)];
        let groups: Vec<String> = past.state.groups().open().map(|g| self.group_shown(&past.state, g)).collect();
        if !groups.is_empty() {
            parts.push(t::group_log(self.lang, self.join(groups)));
        }
        if self.model.settings.card_mode == CardMode::Claim {
            let cards = past.register.card_count_on(past.when.date());
            parts.push(t::rack_count(self.lang, cards.rack, cards.issued));
        }
        parts.join(self.lang.pick("；", "; "))
    }

    /// A name with the earlier day that left its stay open: `陈一诺 昨日`.
    fn dated(self, state: &State, child: ChildId, since: chrono::NaiveDate) -> String {
        format!("{} {}", self.name(child), words::earlier_day(self.lang, since, state.date()))
    }

    /// An earlier day that left a stay open: `昨日未签离`, `9月4日 周五 未签离`.
    #[must_use]
    pub fn left_open_since(self, since: chrono::NaiveDate) -> String {
        let today = self.model.day.date();
        if since.succ_opt() == Some(today) {
            return t::left_open_yesterday(self.lang);
        }
        t::left_open_on(self.lang, words::earlier_day(self.lang, since, today))
    }

    /// Whether a child's stay is open from an earlier day.
    pub(super) fn is_left_open(self, child: ChildId) -> bool {
        let room = self.model.known_room();
        room.state().child(child).is_some_and(|day| day.left_open(room.state().date()).is_some())
    }

    /// A name, with what makes it urgent in brackets: `罗欣怡（失联）`, `陈一诺（昨日未签离）`.
    pub(super) fn marked_name(self, child: ChildId) -> String {
        let room = self.model.known_room();
        let state = room.state();
        let Some(day) = state.child(child) else { return self.name(child) };
        let waits = self.model.waits_to_be_recorded(child).then(|| t::faults::waits(self.lang));
        let open = day.left_open(state.date()).map(|visit| self.left_open_since(visit.arrived.date()));
        let door = day.at_door.map(|_| words::standing(self.lang, Standing::AtDoor).to_owned());
        let lost = day.missing().map(|_| words::standing(self.lang, Standing::Missing).to_owned());
        let marks: Vec<String> = open.into_iter().chain(lost).chain(door).chain(waits).collect();
        match (marks.is_empty(), self.lang) {
            (true, _) => self.name(child),
            (false, t::Lang::Zh) => format!("{}（{}）", self.name(child), self.join(marks)),
            (false, t::Lang::En) => format!("{} ({})", self.name(child), self.join(marks)),
        }
    }

    /// Whom earlier days left open, in one sentence that stands until they are settled; `None` when there is nobody.
    #[must_use]
    pub fn still_open(self) -> Option<String> {
        const MOST: usize = 8;
        let state = self.model.day.state();
        let open = state.of_earlier_days();
        let mut names = self.join(open.iter().take(MOST).map(|(c, visit)| self.dated(state, *c, visit.arrived.date())));
        if open.len() > MOST {
            names.push('…');
        }
        (!open.is_empty()).then(|| t::still_open(self.lang, open.len(), names))
    }

    /// Children whom nobody has seen since their group came back, each in one line.
    #[must_use]
    pub fn missing(self) -> Vec<String> {
        self.model.day.state().missing().into_iter().filter_map(|(child, _)| self.missing_line(child)).collect()
    }

    /// Since when a child is missing, or what was promised about it; `None` when it is not.
    pub(super) fn missing_line(self, child: ChildId) -> Option<String> {
        let (room, now) = (self.model.room(), self.model.now);
        let missing = self.model.day.state().missing_child(child)?;
        let (name, place) = (self.name_and_class(child), self.place(&missing.place));
        let said = crate::rules::closing::last_chase(room, child, crate::domain::closing::Matter::Missing).map(|c| self.outcome(c));
        Some(match missing::paused_until(room, child, now) {
            Some(again) => t::missing_paused(self.lang, name, said.unwrap_or_default(), again.hhmm(), place),
            None => t::missing_line(self.lang, name, now.minutes_since(missing.since), place),
        })
    }

    /// The counts of the header with who is not in the room, place by place (F050).
    #[must_use]
    pub fn counts_with_places(self) -> String {
        let table = &self.model.table;
        let places = table.places().filter(|p| !p.is_room()).map(|p| format!("{} {}", self.place(p), table.at(p).len()));
        let places = self.join(places);
        if places.is_empty() { self.counts() } else { self.counts_of(&t::counts_places(self.lang, places)) }
    }

    /// What stands before the counts, in red: who was left open from an earlier day, who is missing.
    #[must_use]
    pub fn alarming_counts(self) -> Vec<String> {
        let n = self.model.counts();
        let open = (n.left_open > 0).then(|| t::count_open(self.lang, n.left_open));
        let lost = (n.missing > 0).then(|| t::count_missing(self.lang, n.missing));
        open.into_iter().chain(lost).collect()
    }

    /// The counts of the header, in one line.
    #[must_use]
    pub fn counts(self) -> String {
        self.counts_of("")
    }

    fn counts_of(self, places: &str) -> String {
        let n = self.model.counts();
        let line = t::counts_line(self.lang, format!("{}{places}", n.inside_today), n.expected, n.released, n.leave, n.outside_today);
        let line = self.alarming_counts().into_iter().chain([line]).collect::<Vec<_>>().join("   ");
        match self.model.settings.card_mode {
            CardMode::Claim => {
                format!("{line}   {}", t::rack_count(self.lang, n.rack, self.model.register.card_count_on(self.model.day.date()).issued))
            }
            CardMode::Held => line,
        }
    }
}
