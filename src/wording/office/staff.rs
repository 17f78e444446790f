//! What the screen about staff says: its panels here, what was done and what stands against it in [`spoken`].

pub mod spoken;

use chrono::{Datelike, NaiveDate};

use crate::desk::office;
use crate::desk::office::staff::{self as screen, Ask, CardProblem, Field, Pick, View};
use crate::desk::question::Label;
use crate::domain::people::{Staff, StaffId};
use crate::domain::staff::Credential;
use crate::rules::duty::{self, plan};
use crate::rules::office::staff::children_of;
use crate::texts::{staff as t, words};
use crate::wording::Words;
use crate::wording::last_four;
use crate::wording::panels::PanelLine;

impl Words<'_> {
    /// The panel: its title and lines.
    pub(super) fn staff_panel(self, view: &View) -> (String, Vec<PanelLine>) {
        match view {
            View::List { find, page } => self.staff_list(find, *page),
            View::One(staff) => match self.model.register.staff_member(*staff) {
                Some(person) => (t::title_of(self.lang, &person.name), self.staff_person(person)),
                None => (t::title(self.lang), Vec::new()),
            },
            View::Week(monday) => self.duty_week(*monday),
            View::Day(date) => self.duty_day(*date),
        }
    }

    fn staff_list(self, find: &str, page: usize) -> (String, Vec<PanelLine>) {
        let (lang, room) = (self.lang, self.model.room());
        let total = screen::found(room, find).len();
        let (people, _) = screen::page(room, find, page);
        let title = if find.is_empty() { t::title_count(lang, total) } else { t::title_found(lang, find, total) };
        if people.is_empty() {
            let text = if find.is_empty() { t::nobody_yet(lang) } else { t::nobody(lang, find) };
            return (title, vec![PanelLine::plain(text)]);
        }
        let number = |n, id| self.number_of(&Label::Office(office::Pick::Staff(Pick::Person(id))), n);
        let line = |(n, id): (u32, StaffId)| room.register.staff_member(id).map(|s| self.staff_line(number(n, id), s));
        (title, (1..).zip(people).filter_map(line).collect())
    }

    /// One person in a line: name, role, capacity, employment, on duty, check, papers with their last days.
    fn staff_line(self, n: u32, staff: &Staff) -> PanelLine {
        let (lang, today) = (self.lang, self.model.now.date());
        let mut parts = vec![t::role(lang, staff.role).to_owned(), t::capacity(lang, staff.capacity).to_owned()];
        parts.extend(staff.employment.map(|e| t::employment(lang, Some(e)).to_owned()));
        if !staff.active {
            parts.push(t::retired(lang));
        } else if self.model.day.state().is_on_duty(staff.id) {
            parts.push(t::on_duty(lang));
        }
        parts.push(t::vetting_short(lang, staff.vetting).to_owned());
        let papers = self.join(staff.credentials.iter().map(|c| self.paper_short(c)));
        parts.push(if papers.is_empty() { t::no_papers(lang) } else { papers });
        let text = format!("{n} {}  {}", staff.name, parts.join(" · "));
        let expired = staff.credentials.iter().any(|c| !c.is_valid(today));
        let unfit = staff.active && (expired || !duty::lacks(staff, today).is_empty());
        if unfit { PanelLine::amber(text) } else { PanelLine::plain(text) }
    }

    fn paper_short(self, paper: &Credential) -> String {
        let name = t::paper(self.lang, &paper.name);
        paper.until.map_or(name.clone(), |until| t::paper_short(self.lang, name, until))
    }

    /// Everything on file about one person. The PIN is only said to be set; the number is covered until a leader has opened
    /// the register.
    fn staff_person(self, staff: &Staff) -> Vec<PanelLine> {
        let (lang, room) = (self.lang, self.model.room());
        let today = self.model.now.date();
        let mut lines = Vec::new();
        let lacks = duty::lacks(staff, today);
        if !staff.active {
            lines.push(PanelLine::amber(t::retired(lang)));
        } else if !lacks.is_empty() {
            lines.push(PanelLine::amber(t::line_lacks(lang, self.lacks(&lacks))));
        }
        let kind = staff.kind.iter().map(|k| t::line_kind(lang, k));
        let first = [
            t::line_role(lang, t::role(lang, staff.role)),
            t::line_capacity(lang, t::capacity(lang, staff.capacity)),
            t::line_employment(lang, t::employment(lang, staff.employment)),
        ];
        lines.push(PanelLine::plain(first.into_iter().chain(kind).collect::<Vec<_>>().join(" · ")));
        lines.push(PanelLine::plain(t::vetting(lang, staff.vetting)));
        if staff.credentials.is_empty() {
            lines.push(PanelLine::plain(t::line_no_paper(lang)));
        }
        lines.extend(staff.credentials.iter().map(|paper| self.paper_line(paper, today)));
        let load = staff.load.map_or_else(|| t::line_load_unknown(lang), |n| t::line_load(lang, n));
        let days = plan::days(room, staff.id, today);
        let days = if plan::term(room, today).is_some() { t::line_days(lang, days) } else { t::line_days_all(lang, days) };
        lines.push(PanelLine::plain(format!("{load} · {days}")));
        let card = staff.card.as_ref().map_or_else(|| t::line_no_card(lang), |c| t::line_card(lang, c.tail()));
        let pin = if staff.pin.is_some() { t::line_pin(lang) } else { t::line_no_pin(lang) };
        let code = duty::is_leader(staff).then(|| if duty::recovery::has_code(room, staff.id) { t::line_code(lang) } else { t::line_no_code(lang) });
        let phone = match &staff.phone {
            Some(phone) if screen::shows_phones(self.model) => t::line_phone(lang, phone),
            Some(phone) => t::line_phone(lang, last_four(lang, phone)),
            None => t::line_no_phone(lang),
        };
        lines.push(PanelLine::plain([card, pin].into_iter().chain(code).chain([phone]).collect::<Vec<_>>().join(" · ")));
        let since = self.model.day.state().duty().iter().find(|d| d.staff == staff.id).map(|d| t::line_since(lang, d.since.hhmm()));
        lines.push(PanelLine::plain(since.unwrap_or_else(|| t::line_off(lang))));
        let children = self.join(children_of(room, staff.id).into_iter().map(|c| self.name(c)));
        if !children.is_empty() {
            lines.push(PanelLine::plain(t::line_children(lang, children)));
        }
        lines
    }

    fn paper_line(self, paper: &Credential, today: NaiveDate) -> PanelLine {
        let (lang, name) = (self.lang, t::paper(self.lang, &paper.name));
        let soon = today.checked_add_days(chrono::Days::new(duty::WARNED_DAYS)).unwrap_or(today);
        match paper.until {
            None => PanelLine::plain(t::line_paper(lang, name)),
            Some(until) if until < today => PanelLine::amber(t::line_paper_expired(lang, name, until)),
            Some(until) if until <= soon => PanelLine::amber(t::line_paper_soon(lang, name, until)),
            Some(until) => PanelLine::plain(t::line_paper_until(lang, name, until)),
        }
    }

    fn duty_week(self, monday: NaiveDate) -> (String, Vec<PanelLine>) {
        let (lang, room) = (self.lang, self.model.room());
        let sunday = monday.checked_add_days(chrono::Days::new(6)).unwrap_or(monday);
        let title = t::week_title(lang, monday.format("%m-%d"), sunday.format("%m-%d"));
        let week = plan::week(room, monday);
        let mut lines: Vec<PanelLine> = week
            .iter()
            .map(|date| {
                let line = t::day_line(lang, date.format("%m-%d"), words::weekday(lang, date.weekday()), self.planned(*date));
                PanelLine::plain(if *date == self.model.now.date() { t::day_today(lang, line) } else { line })
            })
            .collect();
        if lines.is_empty() {
            lines.push(PanelLine::plain(t::no_care(lang)));
        }
        lines.extend(self.ledger(monday));
        (title, lines)
    }

    fn duty_day(self, date: NaiveDate) -> (String, Vec<PanelLine>) {
        let (lang, room) = (self.lang, self.model.room());
        let title = t::day_title(lang, date.format("%m-%d"), words::weekday(lang, date.weekday()));
        let nobody = plan::planned(room, date).is_empty();
        let mut lines = vec![PanelLine::plain(if nobody { t::nobody_yet_planned(lang) } else { t::planned_are(lang, self.planned(date)) })];
        if date < self.model.now.date() {
            lines.push(PanelLine::plain(t::past_day(lang)));
        } else {
            lines.push(PanelLine::plain(t::proposed_first(lang)));
            let shown = screen::PROPOSED.saturating_sub(plan::planned(room, date).len()).max(1);
            let more = plan::proposals(room, date).len().saturating_sub(shown);
            if more > 0 {
                lines.push(PanelLine::plain(t::more_to_plan(lang, more)));
            }
        }
        lines.extend(self.ledger(date));
        (title, lines)
    }

    /// Who is planned for a day; today with who has come.
    fn planned(self, date: NaiveDate) -> String {
        let room = self.model.room();
        let list = plan::planned(room, date);
        if list.is_empty() {
            return t::nobody_planned(self.lang);
        }
        let missing = plan::not_come(room);
        let today = date == self.model.day.date();
        self.join(list.iter().map(|s| {
            let name = self.staff(*s);
            if today && !missing.contains(s) { t::came(self.lang, name) } else { name }
        }))
    }

    fn ledger(self, date: NaiveDate) -> Option<PanelLine> {
        let (lang, room) = (self.lang, self.model.room());
        let list = self.join(plan::ledger(room, date).into_iter().map(|(s, n)| t::ledger_one(lang, self.staff(s), n)));
        let term = plan::term(room, date).map(|term| term.name.clone());
        (!list.is_empty()).then(|| PanelLine::plain(term.map_or_else(|| t::ledger_all(lang, &list), |term| t::ledger(lang, term, &list))))
    }

    pub(super) fn staff_prompt(self, ask: &Ask) -> String {
        let lang = self.lang;
        match ask {
            Ask::What => match &self.model.dialog {
                Some(crate::desk::Dialog::Office(crate::desk::office::Screen::Staff(view))) => self.staff_what(view),
                Some(_) | None => t::what(lang),
            },
            Ask::Name { taken: false } => t::ask_name(lang),
            Ask::Name { taken: true } => t::ask_other_name(lang),
            Ask::Role => t::ask_role(lang),
            Ask::Capacity => t::ask_capacity(lang),
            Ask::Employment => t::ask_employment(lang),
            Ask::Card(CardProblem::None) => t::ask_card(lang),
            Ask::Card(CardProblem::Taken) => t::ask_card_taken(lang),
            Ask::Card(CardProblem::Digit) => t::ask_card_digit(lang),
            Ask::Pin { differed: false } => t::ask_pin(lang),
            Ask::Pin { differed: true } => t::ask_pin_differed(lang),
            Ask::PinAgain => t::ask_pin_again(lang),
            Ask::Phone => t::ask_phone(lang),
            Ask::Load => t::ask_load(lang),
            Ask::Paper => t::ask_paper(lang),
            Ask::WhichPaper => t::ask_which_paper(lang),
            Ask::Until(name) => t::ask_until(lang, t::paper(lang, name)),
            Ask::Vetting => t::ask_vetting(lang),
            Ask::VettedOn { ahead: false } => t::ask_vetted_on(lang),
            Ask::VettedOn { ahead: true } => t::ask_vetted_ahead(lang),
            Ask::Retire(staff) => t::ask_retire(lang, self.staff(*staff)),
            Ask::Return(staff) => t::ask_return(lang, self.staff(*staff)),
            Ask::MakeCode(staff) => t::ask_make_code(lang, self.staff(*staff)),
            Ask::Code { staff, wrong: false } => t::ask_code(lang, self.staff(*staff)),
            Ask::Code { staff, wrong: true } => t::ask_code_wrong(lang, self.staff(*staff)),
            Ask::WhoIsAway(date) => t::ask_away(lang, date.format("%m-%d")),
            Ask::WhoComes(date, staff) => t::ask_comes(lang, self.staff(*staff), date.format("%m-%d")),
        }
    }

    fn staff_what(self, view: &View) -> String {
        match view {
            View::List { .. } => t::what(self.lang),
            View::One(staff) => t::what_change(self.lang, self.staff(*staff)),
            View::Week(_) => t::what_day(self.lang),
            View::Day(date) if *date < self.model.now.date() => t::past_day(self.lang),
            View::Day(date) => t::what_plan(self.lang, date.format("%m-%d")),
        }
    }

    pub(super) fn staff_pick(self, pick: &Pick) -> String {
        let (lang, room) = (self.lang, self.model.room());
        match pick {
            Pick::Person(staff) => self.staff(*staff),
            Pick::Day(date) => {
                let day = words::weekday(lang, date.weekday());
                t::choice_day(lang, date.format("%m-%d"), day, plan::planned(room, *date).len())
            }
            Pick::Plan { date, staff, on } => {
                let (mark, days) = (if *on { "[x]" } else { "[ ]" }, plan::days(room, *staff, *date));
                match room.register.staff_member(*staff).and_then(|s| s.load) {
                    Some(load) => t::choice_plan_load(lang, mark, self.staff(*staff), load, days),
                    None => t::choice_plan(lang, mark, self.staff(*staff), days),
                }
            }
            Pick::Change(field @ Field::Pin) => t::changes(lang, *field).to_owned(),
            Pick::Today(date) => format!("{} {date}", t::pick(lang, pick).unwrap_or_default()),
            Pick::Add
            | Pick::Duty
            | Pick::NextPage
            | Pick::Everybody
            | Pick::Change(_)
            | Pick::Role(_)
            | Pick::Capacity(_)
            | Pick::Employment(_)
            | Pick::NoCard
            | Pick::NoPhone
            | Pick::UsualPaper(_)
            | Pick::Paper(_)
            | Pick::NoExpiry
            | Pick::Clear
            | Pick::Barred
            | Pick::NotVetted
            | Pick::Week { .. }
            | Pick::WholeWeek(_)
            | Pick::Substitute
            | Pick::MakeCode
            | Pick::UseCode => t::pick(lang, pick).unwrap_or_default(),
        }
    }
}
