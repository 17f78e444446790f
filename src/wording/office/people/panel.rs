//! The pages of the screen about people, line by line: what wants a look first, then what is on record.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::desk::office::Pick;
use crate::desk::office::people::{self, List, View, children, page};
use crate::desk::question::Label;
use crate::domain::people::{Child, ChildId, Collector, CollectorId, Consent, Enrolment, Right};
use crate::domain::staff::Employment;
use crate::rules::access;
use crate::rules::office::people::{Field, NUMBERS, numbers};
use crate::rules::{duty, enrolment, hours, privacy};
use crate::texts::people as t;
use crate::texts::{self, words};
use crate::wording::Words;
use crate::wording::last_four;
use crate::wording::panels::PanelLine;

/// So many names stand in a line of the overview.
const NAMED: usize = 6;

impl Words<'_> {
    /// The panel: its title and lines.
    pub(in crate::wording) fn people_panel(self, view: &View) -> (String, Vec<PanelLine>) {
        let lang = self.lang;
        let of = |child: ChildId| t::title_of(lang, self.name_and_class(child));
        match view {
            View::Overview => (t::title(lang), self.people_overview()),
            View::List(list, at) => (t::title_of(lang, t::page(lang, view)), self.people_list(list, *at)),
            View::Refused => (t::title_of(lang, t::page(lang, view)), self.refused_care()),
            View::Child(child) | View::With(child, ..) => (of(*child), self.whole_child(*child)),
            View::Fields(child) => (of(*child), self.model.register.child(*child).map(|c| self.fields(c)).unwrap_or_default()),
            View::Collectors(child) => (of(*child), self.all_collectors(*child)),
            View::Collector(id) => match self.model.register.collector(*id) {
                Some(collector) => (of(collector.child), self.whole_collector(collector)),
                None => (t::title(lang), Vec::new()),
            },
            View::Days(child) => (of(*child), self.model.register.child(*child).map(|c| self.child_days(c)).unwrap_or_default()),
        }
    }

    fn people_overview(self) -> Vec<PanelLine> {
        let lang = self.lang;
        let room = self.model.room();
        let today = self.model.day.date();
        let enrolled: Vec<&Child> = enrolment::enrolled_on(room, today).collect();
        let due_today = hours::DueOn::new(room.settings, today);
        let due = enrolled.iter().filter(|c| due_today.has(c)).count();
        let mut lines = Vec::new();
        let amber = |list: Vec<ChildId>, say: &dyn Fn(usize, String) -> String| {
            (!list.is_empty()).then(|| PanelLine::amber(say(list.len(), self.first_names(&list))))
        };
        if let Some((n, places)) = enrolment::over_capacity(room, today) {
            lines.push(PanelLine::amber(t::over_capacity(lang, n, places)));
        }
        let few = enrolled.iter().filter(|c| numbers(room, c.id).len() < NUMBERS).map(|c| c.id).collect();
        lines.extend(amber(few, &|n, list| t::few_numbers_count(lang, n, list)));
        let left = enrolled.iter().filter(|c| enrolment::staff_parents(room, c).iter().any(|p| !p.employed)).map(|c| c.id).collect();
        lines.extend(amber(left, &|n, list| t::parents_left_count(lang, n, list)));
        let missing = enrolment::without_consent(room, today).len();
        lines.push(if missing > 0 { PanelLine::amber(t::no_consent_count(lang, missing)) } else { PanelLine::plain(t::consent_all(lang)) });
        lines.push(PanelLine::plain(t::count_children(lang, enrolled.len(), due)));
        if let Some(places) = room.settings.capacity.and_then(|p| usize::try_from(p).ok()).filter(|p| *p >= enrolled.len()) {
            lines.push(PanelLine::plain(t::room_left(lang, places - enrolled.len(), places)));
        }
        let term = enrolment::term_on(&room.settings.terms, today);
        lines.push(PanelLine::plain(term.map_or_else(|| t::no_term(lang), |term| t::this_term(lang, &term.name))));
        let guests: Vec<ChildId> = enrolled.iter().filter(|c| c.guest_on == Some(today)).map(|c| c.id).collect();
        if !guests.is_empty() {
            lines.push(PanelLine::plain(t::guests_count(lang, guests.len(), self.first_names(&guests))));
        }
        let here: BTreeSet<ChildId> = enrolled.iter().map(|c| c.id).collect();
        let collectors = room.register.all_collectors().filter(|c| c.right == Right::Standing && here.contains(&c.child)).count();
        lines.push(PanelLine::plain(t::count_people(lang, enrolled.len(), collectors)));
        let withdrawn = room.register.children().filter(|c| !c.enrolled).count();
        if withdrawn > 0 {
            lines.push(PanelLine::plain(t::withdrawn_count(lang, withdrawn)));
        }
        lines.push(PanelLine::plain(match room.register.office().refused.len() {
            0 => t::refused_none(lang),
            n => t::refused_count(lang, n),
        }));
        lines
    }

    fn first_names(self, children: &[ChildId]) -> String {
        let more = if children.len() > NAMED { "…" } else { "" };
        format!("{}{more}", self.names(&children.iter().take(NAMED).copied().collect::<Vec<_>>()))
    }

    fn people_list(self, list: &List, at: usize) -> Vec<PanelLine> {
        let lang = self.lang;
        let room = self.model.room();
        let all = children(list, room);
        if let (List::Found(query, _), true) = (list, all.is_empty()) {
            return vec![PanelLine::plain(t::found_nobody(lang, query))];
        }
        let today = self.model.day.date();
        let first = if *list == List::NoConsent { t::no_consent_count(lang, all.len()) } else { t::list_count(lang, all.len()) };
        let mut lines = vec![PanelLine::plain(first)];
        let (shown, _) = page(list, at, room);
        for (child, n) in shown.iter().filter_map(|id| room.register.child(*id)).zip(1..) {
            let what = match (child.enrolled, list) {
                (false, _) => t::withdrawn_undated(lang),
                (true, List::NoConsent) => t::consent(lang, enrolment::consent_on(child, &room.settings.terms, today)).to_owned(),
                (true, List::All | List::Found(..)) => self.state(child.id),
            };
            let n = self.number_of(&Label::Office(Pick::People(people::Pick::Child(child.id))), n);
            lines.push(PanelLine::plain(format!("{n} {}  {what}", self.name_and_class(child.id))));
        }
        lines
    }

    fn refused_care(self) -> Vec<PanelLine> {
        let lang = self.lang;
        let refused = &self.model.register.office().refused;
        let mut lines = vec![PanelLine::plain(t::refused_rule(lang))];
        if refused.is_empty() {
            lines.push(PanelLine::plain(t::refused_none(lang)));
        }
        lines.extend(refused.values().rev().map(|r| {
            let grade = r.grade.map_or_else(String::new, |g| texts::grade_only(lang, words::grade(lang, g)));
            PanelLine::amber(t::refused_line(lang, r.asked_on, &r.name, grade, &r.reason))
        }));
        lines
    }

    /// Everything on record about a child that whoever is at the desk may see.
    fn whole_child(self, id: ChildId) -> Vec<PanelLine> {
        let lang = self.lang;
        let room = self.model.room();
        let Some(child) = room.register.child(id) else { return Vec::new() };
        let mut lines = self.wants_a_look(child);
        let number = child.student_no.iter().map(|n| t::student_no(lang, n));
        let school = child.own_school.iter().map(|s| t::own_school(lang, s));
        let first: Vec<String> = number.chain(school).collect();
        if !first.is_empty() {
            lines.push(PanelLine::plain(first.join(" · ")));
        }
        lines.extend(self.carers_lines(child));
        let parents = enrolment::staff_parents(room, child).into_iter().filter(|p| p.employed);
        lines.extend(parents.map(|p| {
            let how = match p.staff.employment {
                Some(Employment::Permanent) => lang.pick("在编", "permanent"),
                Some(Employment::Temporary) => lang.pick("临聘", "temporary"),
                Some(Employment::Left) | None => "-",
            };
            PanelLine::plain(t::staff_parent(lang, self.collector(p.collector.id), &p.staff.name, how))
        }));
        let siblings: Vec<ChildId> = room.register.household(child.household).filter(|s| *s != id).collect();
        if !siblings.is_empty() {
            lines.push(PanelLine::plain(t::siblings(lang, self.names(&siblings))));
        }
        lines.extend(child.buddy.map(|b| PanelLine::plain(t::buddy(lang, self.name_and_class(b)))));
        lines.extend(child.self_leave.then(|| PanelLine::plain(t::self_leave(lang, child.letter.as_deref().unwrap_or("-")))));
        lines.extend(self.all_collectors(id).into_iter().filter(|l| l.severity.is_none()));
        lines.push(PanelLine::plain(self.card_line(id)));
        lines.extend(self.child_days(child));
        lines
    }

    /// The fields of a child's record under the numbers by which they are changed.
    fn fields(self, child: &Child) -> Vec<PanelLine> {
        let lang = self.lang;
        let line = |(field, n): (Field, usize)| {
            let value = match field {
                Field::Name => Some(child.name.clone()),
                Field::Grade => Some(words::grade(lang, child.grade).to_owned()),
                Field::Class => child.class_no.map(|n| n.to_string()),
                Field::StudentNo => child.student_no.clone(),
                Field::OwnSchool => child.own_school.clone(),
                Field::Health => child.health.clone(),
                Field::Calm => child.calm.clone(),
                Field::Snack => child.snack.clone(),
                Field::Note => child.note.clone(),
            };
            PanelLine::plain(format!("{n} {}  {}", t::field_name(lang, field), value.as_deref().unwrap_or("-")))
        };
        Field::ALL.into_iter().zip(1..).map(line).collect()
    }

    /// What of a child wants a look, in the order of its weight.
    fn wants_a_look(self, child: &Child) -> Vec<PanelLine> {
        let lang = self.lang;
        let room = self.model.room();
        let today = self.model.day.date();
        let mut lines: Vec<String> = child.health.iter().map(|text| texts::child_alert(lang, text)).collect();
        if crate::rules::collect::is_restricted(room, child.id) {
            lines.push(texts::child_restricted(lang));
        }
        match (child.enrolled, child.withdrawn_on, child.guest_on) {
            (false, Some(date), _) => lines.push(t::withdrawn(lang, date)),
            (false, None, _) => lines.push(t::withdrawn_undated(lang)),
            (true, _, Some(date)) => lines.push(t::guest(lang, date)),
            (true, _, None) => {}
        }
        let have = numbers(room, child.id).len();
        if have < NUMBERS {
            lines.push(t::few_numbers(lang, have));
        }
        if let Some(term) = enrolment::term_on(&room.settings.terms, today).filter(|_| enrolment::lacks_this_term(room.settings, child, today)) {
            lines.push(t::lacks_term(lang, &term.name));
        }
        let left = enrolment::staff_parents(room, child).into_iter().filter(|p| !p.employed);
        lines.extend(left.map(|p| t::staff_parent_left(lang, self.collector(p.collector.id), &p.staff.name)));
        lines.into_iter().map(PanelLine::amber).collect()
    }

    /// What the carers have to know of a child beside its health.
    pub(in crate::wording) fn carers_lines(self, child: &Child) -> Vec<PanelLine> {
        let lang = self.lang;
        // Of a restricted child it is read behind `?`, or by who has the register open.
        let shown = self.model.keeper().is_some() || privacy::shows_notes(self.model.room(), child.id);
        let note = child.note.iter().filter(|_| shown).map(|text| texts::child_note(lang, text));
        let calm = child.calm.iter().map(|text| t::calm(lang, text));
        let snack = child.snack.iter().map(|text| t::snack(lang, text));
        note.chain(calm).chain(snack).map(PanelLine::plain).collect()
    }

    /// The standing early departures of a child in a line, if it has any (S3.07).
    pub(in crate::wording) fn early_days(self, child: &Child) -> Option<String> {
        let lang = self.lang;
        let day = |e: &crate::domain::people::EarlyDay| t::early_line(lang, words::weekday(lang, e.weekday), e.at.format("%H:%M"), &e.reason);
        (!child.early.is_empty()).then(|| t::early_list(lang, self.join(child.early.iter().map(day))))
    }

    fn child_days(self, child: &Child) -> Vec<PanelLine> {
        let lang = self.lang;
        let today = self.model.day.date();
        let always = t::always_line(lang, self.days(child.weekdays), t::consent(lang, child.consent));
        let holds = enrolment::term_on(&self.model.settings.terms, today).is_none() || child.terms.is_empty();
        let mut lines = Vec::new();
        if holds {
            let missing = child.consent == Consent::Missing;
            lines.push(if missing { PanelLine::amber(always) } else { PanelLine::plain(always) });
        }
        lines.extend(child.terms.iter().rev().map(|e| {
            let line = self.enrolment(e);
            if e.consent == Consent::Missing { PanelLine::amber(line) } else { PanelLine::plain(line) }
        }));
        lines.extend(self.early_days(child).map(PanelLine::plain));
        lines
    }

    fn days(self, days: Option<crate::domain::time::Weekdays>) -> String {
        days.map_or_else(|| t::every_day(self.lang), |days| self.join(days.iter().map(|d| words::weekday(self.lang, d).to_owned())))
    }

    fn enrolment(self, e: &Enrolment) -> String {
        let lang = self.lang;
        let text = |part: &Option<String>| part.clone().unwrap_or_default();
        let date = e.signed_on.map_or_else(String::new, |d| d.to_string());
        let signed = t::signed(lang, date, text(&e.signed_by), text(&e.source), text(&e.reference));
        let signed = signed.split_whitespace().collect::<Vec<_>>().join(" ");
        let line = t::term_line(lang, &e.term, self.days(e.weekdays), t::consent(lang, e.consent));
        if signed.is_empty() { line } else { format!("{line} · {signed}") }
    }

    /// Everybody who may, or must not, collect a child; who must not is named only while a leader has the register open.
    fn all_collectors(self, child: ChildId) -> Vec<PanelLine> {
        let lang = self.lang;
        let keeper = self.model.keeper().is_some();
        let mut lines = Vec::new();
        let mut hidden = false;
        for (collector, n) in self.model.register.collectors(child).zip(1..) {
            let n = self.number_of(&Label::Office(Pick::People(people::Pick::Collector(collector.id))), n);
            match collector.right {
                Right::Barred if keeper => lines.push(PanelLine::amber(format!("{n} {}", t::barred(lang, self.person_line(collector))))),
                Right::Barred => hidden = true,
                Right::Ended => lines.push(PanelLine::plain(format!("{n} {}", t::ended(lang, self.collector(collector.id))))),
                Right::Standing | Right::OneDay { .. } => lines.push(PanelLine::plain(format!("{n} {}", self.person_line(collector)))),
            }
        }
        if hidden {
            lines.insert(0, PanelLine::amber(t::barred_hidden(lang)));
        }
        lines
    }

    fn person_line(self, collector: &Collector) -> String {
        let phone = collector.phone.as_deref().unwrap_or_default();
        let phone = if self.model.keeper().is_some() { phone.to_owned() } else { last_four(self.lang, phone) };
        let mut parts = vec![format!("{}  {phone}", self.collector(collector.id)).trim_end().to_owned()];
        parts.extend(self.marks(collector));
        parts.extend(collector.looks.iter().map(|l| t::looks(self.lang, l)));
        parts.join(" · ")
    }

    /// What stands beside a collector's name, in a few words each.
    pub(super) fn marks(self, collector: &Collector) -> Vec<String> {
        let lang = self.lang;
        let today = self.model.day.date();
        let mut marks = Vec::new();
        match collector.right {
            Right::Barred if self.model.keeper().is_none() => return marks,
            Right::Barred => marks.push(self.validity(collector, today)),
            Right::OneDay { confirmed: false, day } if day == today => marks.push(t::pending(lang)),
            Right::OneDay { day, .. } if day < today => marks.push(t::expired(lang)),
            Right::Ended => marks.push(lang.pick("不再接", "no longer").to_owned()),
            Right::Standing | Right::OneDay { .. } => {}
        }
        if collector.minor {
            marks.push(t::minor(lang));
        }
        if collector.phrase.is_some() {
            marks.push(t::has_phrase(lang));
        }
        marks
    }

    fn validity(self, collector: &Collector, today: NaiveDate) -> String {
        let lang = self.lang;
        let from = collector.from.map_or_else(|| t::since_ever(lang), |d| d.to_string());
        let until = collector.until.map_or_else(|| t::until_lifted(lang), |d| d.to_string());
        if collector.from.is_none() && collector.until.is_none() {
            return t::always_valid(lang);
        }
        let valid = t::valid(lang, from, until);
        match (collector.from.is_some_and(|d| today < d), collector.until.is_some_and(|d| d < today)) {
            (true, _) => format!("{valid} {}", t::not_yet(lang)),
            (_, true) => format!("{valid} {}", t::expired(lang)),
            (false, false) => valid,
        }
    }

    fn whole_collector(self, collector: &Collector) -> Vec<PanelLine> {
        let lang = self.lang;
        let keeper = self.model.keeper().is_some();
        if collector.right == Right::Barred && !keeper {
            return vec![PanelLine::amber(t::barred_hidden(lang)), PanelLine::plain(t::paper_hidden(lang))];
        }
        let line = self.person_line(collector);
        let mut lines = vec![match collector.right {
            Right::Barred => PanelLine::amber(t::barred(lang, line)),
            Right::Ended => PanelLine::plain(t::ended(lang, self.collector(collector.id))),
            Right::Standing | Right::OneDay { .. } if collector.minor => PanelLine::amber(line),
            Right::Standing | Right::OneDay { .. } => PanelLine::plain(line),
        }];
        if collector.right == Right::Barred {
            lines.push(PanelLine::plain(t::lift_note(lang)));
        }
        let reader = self.model.keeper().is_some_and(|k| duty::may_keep(self.model.room(), k, access::Right::SeeCourtPaper, self.model.now));
        lines.extend(collector.paper.iter().map(|p| PanelLine::plain(if reader { t::paper(lang, p) } else { t::paper_hidden(lang) })));
        lines.extend(collector.staff.map(|s| PanelLine::plain(t::staff_link(lang, self.staff(s)))));
        if collector.looks.is_none() {
            lines.push(PanelLine::plain(t::no_looks(lang)));
        }
        lines
    }

    /// The few words by which the usual collector is recognised (F011).
    pub(in crate::wording) fn looks_of(self, id: CollectorId) -> Option<String> {
        self.model.register.collector(id)?.looks.as_ref().map(|l| t::looks(self.lang, l))
    }
}
