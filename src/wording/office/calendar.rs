//! What the screen about when there is care says.

use chrono::{Datelike, Days, NaiveDate};

use crate::desk::office::calendar::{Ask, Pick, View, Wrong};
use crate::domain::calendar::care::CareDay;
use crate::domain::calendar::{SessionKind, Timetable};
use crate::rules::office::calendar::{CalendarAct, Hindrance, ends_late};
use crate::texts::calendar as t;
use crate::texts::words;
use crate::wording::Words;
use crate::wording::panels::PanelLine;

/// So many special days ahead are listed.
const MOST_DAYS: usize = 30;

impl Words<'_> {
    /// The kind of today for the header, the longest way first; a year whose notice is not out says so in each.
    #[must_use]
    pub fn kind_of_today(self) -> [String; 3] {
        let lang = self.lang;
        let day = self.model.settings.calendar().day(self.model.day.date());
        let kind = t::day_kind(lang, &day);
        let quiet = self.model.settings.is_quiet(self.model.now).then(|| t::quiet(lang));
        let joined = |parts: [Option<String>; 3]| parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
        let marked = if day.known { kind.clone() } else { format!("{kind}?") };
        let unknown = (!day.known).then(|| t::not_published(lang));
        [joined([Some(kind), unknown, quiet.clone()]), joined([Some(marked.clone()), None, quiet]), marked]
    }

    /// The panel: its title and lines.
    pub(super) fn calendar_panel(self, view: &View) -> (String, Vec<PanelLine>) {
        match view.month {
            Some(first) => (t::title_of(self.lang, first.format("%Y-%m")), self.month(first)),
            None => (t::title(self.lang), self.calendar_lines()),
        }
    }

    fn calendar_lines(self) -> Vec<PanelLine> {
        let lang = self.lang;
        let settings = &self.model.settings;
        let today = self.model.day.date();
        let day = settings.calendar().day(today);
        let mut lines = vec![PanelLine::plain(t::today(lang, self.day_under(today, today.year())))];
        if let Some(care) = day.care.filter(|_| settings.is_quiet(self.model.now)) {
            lines.push(PanelLine::plain(t::quiet_before(lang, t::hhmm(care.quiet_until))));
        }
        let unknown = (!settings.notices.knows(today.year())).then(|| t::unknown_year(lang, today.year()));
        lines.extend(unknown.map(PanelLine::amber));
        lines.extend(settings.notices.refused.iter().map(|(file, error)| PanelLine::amber(t::notice_error(lang, file, error))));
        lines.push(PanelLine::plain(String::new()));
        lines.push(PanelLine::plain(t::this_week(lang)));
        let monday = today.checked_sub_days(Days::new(u64::from(today.weekday().num_days_from_monday()))).unwrap_or(today);
        lines.extend(monday.iter_days().take(7).map(|date| PanelLine::plain(format!("  {}", self.day_under(date, today.year())))));
        lines.push(PanelLine::plain(String::new()));
        lines.extend(self.special_lines(today));
        lines.extend(self.table_lines(today));
        lines.extend(self.term_lines(today));
        lines.push(PanelLine::plain(t::type_a_date(lang)));
        lines
    }

    fn special_lines(self, today: NaiveDate) -> Vec<PanelLine> {
        let ahead: Vec<NaiveDate> = self.model.settings.entered.days.range(today..).map(|(date, _)| *date).take(MOST_DAYS).collect();
        if ahead.is_empty() {
            return vec![PanelLine::plain(t::no_special_days(self.lang))];
        }
        let lines = ahead.into_iter().map(|date| PanelLine::plain(format!("  {}", self.day_under(date, today.year()))));
        std::iter::once(PanelLine::plain(t::special_days(self.lang))).chain(lines).collect()
    }

    fn table_lines(self, today: NaiveDate) -> Vec<PanelLine> {
        let lang = self.lang;
        let settings = &self.model.settings;
        let mut lines = vec![PanelLine::plain(t::timetables(lang))];
        if settings.calendar().is_usual(today) {
            let usual = settings.session;
            lines.push(PanelLine::plain(format!("  {}", t::usual_line(lang, t::days(lang, usual.days), t::session(lang, usual)))));
        }
        let mut tables: Vec<&Timetable> = settings.entered.timetables.values().collect();
        tables.sort_by_key(|table| (table.until.is_some_and(|until| until < today), table.from, table.id));
        for table in tables {
            let line = format!("  {}", self.table_line(table));
            let over = table.until.is_some_and(|until| until < today);
            let line = if over { t::ended(lang, line) } else { line };
            lines.push(PanelLine::plain(line));
            if !over && ends_late(table.kind, table.end) {
                lines.push(PanelLine::amber(t::late_end(lang, self.table_name(&table.name))));
            }
        }
        lines
    }

    fn term_lines(self, today: NaiveDate) -> Vec<PanelLine> {
        let lang = self.lang;
        let mut terms: Vec<_> = self.model.settings.entered.terms.values().collect();
        if terms.is_empty() {
            return vec![PanelLine::plain(t::no_terms(lang))];
        }
        terms.sort_by_key(|term| term.from);
        let line = |term: &crate::domain::calendar::Term| {
            let line = t::term_line(lang, &term.name, term.from, term.until);
            let line = if (term.from..=term.until).contains(&today) { t::term_now(lang, line) } else { line };
            PanelLine::plain(format!("  {line}"))
        };
        std::iter::once(PanelLine::plain(t::terms(lang))).chain(terms.into_iter().map(line)).collect()
    }

    fn month(self, first: NaiveDate) -> Vec<PanelLine> {
        let days = first.iter_days().take_while(|date| date.month() == first.month());
        let lines = days.map(|date| PanelLine::plain(self.day_under(date, first.year())));
        let unknown = (!self.model.settings.notices.knows(first.year())).then(|| PanelLine::amber(t::unknown_year(self.lang, first.year())));
        unknown.into_iter().chain(lines).collect()
    }

    /// A day in one line, where it was said before whether the notice of a year is out.
    fn day_under(self, date: NaiveDate, year: i32) -> String {
        care_day(self.lang, &self.model.settings.calendar().day(date), Some(year))
    }

    fn table_name(self, name: &str) -> String {
        if name.is_empty() { t::usual_name(self.lang) } else { name.to_owned() }
    }

    fn table_line(self, table: &Timetable) -> String {
        let lang = self.lang;
        let span = match table.until {
            None => t::from_on(lang, table.from),
            Some(until) => t::from_until(lang, table.from, until),
        };
        let hours = t::hours(lang, t::hhmm(table.start), t::hhmm(table.end), t::hhmm(table.pickup_from));
        t::table_line(lang, t::session_kind(lang, table.kind), self.table_name(&table.name), t::days(lang, table.days), hours, span)
    }

    pub(super) fn calendar_prompt(self, ask: &Ask) -> String {
        let lang = self.lang;
        match ask {
            Ask::What => String::new(),
            Ask::WhichTable => t::ask_which_table(lang),
            Ask::TableName => t::ask_table_name(lang),
            Ask::Kind => t::ask_kind(lang),
            Ask::Days => t::ask_days(lang),
            Ask::Start => t::ask_start(lang),
            Ask::EndsAt(Some(SessionKind::Standard), _) => t::ask_end(lang),
            Ask::EndsAt(Some(SessionKind::Evening), _) => t::ask_end_evening(lang),
            Ask::EndsAt(Some(SessionKind::Extended) | None, _) => t::ask_end_plain(lang),
            Ask::Pickup(..) => t::ask_pickup(lang),
            Ask::Quiet => t::ask_quiet(lang),
            Ask::From(_) => t::ask_from(lang),
            Ask::Until(_) => t::ask_until(lang),
            Ask::LastDay(_) => t::ask_last_day(lang),
            Ask::TermName => t::ask_term_name(lang),
            Ask::TermFirst(_) => t::ask_term_first(lang),
            Ask::TermLast(_) => t::ask_term_last(lang),
            Ask::WhichTerm => t::ask_which_term(lang),
            Ask::Date(_) => t::ask_date(lang),
            Ask::Special(date) => t::ask_special(lang, t::day(lang, *date)),
            Ask::Follows => t::ask_follows(lang),
            Ask::Why => t::ask_why(lang),
            Ask::WhichDay => t::ask_which_day(lang),
        }
    }

    pub(super) fn calendar_pick(self, pick: &Pick) -> String {
        match pick {
            Pick::Table(id, name) => {
                self.model.settings.entered.timetables.get(id).map_or_else(|| self.table_name(name), |table| self.table_line(table))
            }
            Pick::Date(date) => match self.model.settings.entered.days.get(date) {
                Some(day) => format!("{} {}", t::day(self.lang, *date), day.name),
                None => t::choice(self.lang, pick),
            },
            Pick::Add
            | Pick::Change
            | Pick::End
            | Pick::Term
            | Pick::RemoveTerm
            | Pick::Day
            | Pick::Ordinary
            | Pick::Now
            | Pick::TermNamed(_)
            | Pick::Name(_)
            | Pick::Kind(_)
            | Pick::Days(_)
            | Pick::Time(_)
            | Pick::Open
            | Pick::Special(_)
            | Pick::OrdinaryAgain
            | Pick::Follow(_) => t::choice(self.lang, pick),
        }
    }

    pub(super) fn calendar_done(self, act: &CalendarAct) -> String {
        let lang = self.lang;
        let what = |table: &Timetable| format!("{} {}–{}", t::days(lang, table.days), t::hhmm(table.start), t::hhmm(table.end));
        let mind = |table: &Timetable, said: String| if ends_late(table.kind, table.end) { t::but_late(lang, said) } else { said };
        match act {
            CalendarAct::Add(table) => mind(table, t::did_add(lang, &table.name, what(table))),
            CalendarAct::Change(table) => mind(table, t::did_change(lang, &table.name, what(table))),
            CalendarAct::End { id, name, last } if self.model.register.office().timetables.contains_key(id) => {
                t::did_end(lang, self.table_name(name), last)
            }
            CalendarAct::End { name, .. } => t::did_remove(lang, self.table_name(name)),
            CalendarAct::Term(term) => t::did_term(lang, &term.name),
            CalendarAct::RemoveTerm { name } => t::did_term_remove(lang, name),
            CalendarAct::Day(day) => {
                let now = self.model.settings.calendar().day(day.date);
                t::did_day(lang, t::day(lang, day.date), format!("{} {}", t::day_kind(lang, &now), day.name))
            }
            CalendarAct::Ordinary { date } => t::did_ordinary(lang, t::day(lang, *date)),
        }
    }

    pub(super) fn calendar_hindrance(self, hindrance: &Hindrance) -> String {
        let lang = self.lang;
        match hindrance {
            Hindrance::Hours => t::no_hours(lang),
            Hindrance::NoDays => t::no_days(lang),
            Hindrance::Span => t::no_span(lang),
            Hindrance::EveningLong => t::evening_long(lang),
            Hindrance::EveningLate => t::evening_late(lang),
            Hindrance::NoTable => t::no_table(lang),
            Hindrance::Ended(name) => t::ended_already(lang, self.table_name(name)),
            Hindrance::Overlaps(name) => t::term_overlaps(lang, name),
            Hindrance::NoTerm => t::no_term(lang),
            Hindrance::IsOrdinary(date) => t::is_ordinary(lang, t::day(lang, *date)),
            Hindrance::Unchanged => t::unchanged(lang),
            Hindrance::HalfHours => t::half_wants_hours(lang),
            Hindrance::TooFar => t::too_far(lang),
        }
    }

    pub(in crate::wording) fn calendar_wrong(self, wrong: Wrong) -> String {
        let lang = self.lang;
        match wrong {
            Wrong::NotDays => t::not_days(lang),
            Wrong::Hours => t::no_hours(lang),
            Wrong::EveningLong => t::evening_long(lang),
            Wrong::EveningLate => t::evening_late(lang),
            Wrong::Span => t::no_span(lang),
        }
    }
}

/// A day in one line, for screen and command line alike; of a year of which it was said that the notice is not out, the line
/// does not repeat it.
#[must_use]
pub fn care_day(lang: crate::texts::Lang, day: &CareDay, said: Option<i32>) -> String {
    let mut parts = vec![t::day(lang, day.date), t::day_kind(lang, day)];
    if !day.name.is_empty() && parts.last() != Some(&day.name) {
        parts.push(day.name.clone());
    }
    parts.extend(day.follows().map(|weekday| t::follows(lang, words::weekday(lang, weekday))));
    parts.extend(day.session().map(|session| t::session(lang, session)));
    parts.extend(day.further.iter().map(|f| t::further(lang, t::session_kind(lang, f.kind), t::hhmm(f.start), t::hhmm(f.end))));
    if day.care.is_some_and(|care| care.plan == crate::domain::calendar::care::Plan::Everybody) {
        parts.push(t::follows_nobody_said(lang));
    }
    if !day.known && said != Some(day.date.year()) {
        parts.push(format!("({})", t::not_published(lang)));
    }
    parts.join("  ")
}
