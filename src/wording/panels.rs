//! What stands in panels: a child's card, an open form, help, the guided round.

use crate::desk::commands::{Command, Keystroke};
use crate::desk::forms::{self, Form, Step, Value};
use crate::desk::guide::Lesson;
use crate::desk::question::{Label, Prompt, Question};
use crate::domain::custody::Custody;
use crate::domain::fact::Doubt;
use crate::domain::people::{ChildId, Collector, Consent};
use crate::domain::settings::CardMode;
use crate::rules::enrolment::Plan;
use crate::rules::privacy::{self, Number};
use crate::rules::verdict::Severity;
use crate::rules::{Verdict, collect, enrolment};
use crate::texts::{self as t, words};

use super::Words;

/// One line of a panel.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PanelLine {
    /// How grave it is; `None` for plain text.
    pub severity: Option<Severity>,
    /// The text.
    pub text: String,
}

impl PanelLine {
    pub(super) fn plain(text: impl Into<String>) -> Self {
        Self { severity: None, text: text.into() }
    }

    pub(super) fn red(text: impl Into<String>) -> Self {
        Self { severity: Some(Severity::Red), text: text.into() }
    }

    pub(super) fn amber(text: impl Into<String>) -> Self {
        Self { severity: Some(Severity::Amber), text: text.into() }
    }
}

/// An open form: what was answered, and what is asked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FormText {
    /// What it is for, and about whom.
    pub title: String,
    /// Fields that are filled: name and content.
    pub filled: Vec<(String, String)>,
    /// The field that is asked for.
    pub field: String,
    /// Why the last answer was not taken.
    pub error: Option<String>,
}

impl Words<'_> {
    /// A child's card: everything that the teacher on duty may see, the gravest first.
    #[must_use]
    pub fn child_card(self, id: ChildId) -> Vec<PanelLine> {
        let Some(child) = self.model.register.child(id) else { return Vec::new() };
        let lang = self.lang;
        let room = self.model.room();
        let mut lines = Vec::new();
        if self.is_left_open(id) {
            lines.push(PanelLine::red(self.state(id)));
        }
        lines.extend(self.missing_line(id).map(PanelLine::red));
        if let Some(alert) = &child.health {
            lines.push(PanelLine::amber(t::child_alert(lang, alert)));
        }
        if let Some(held) = crate::rules::hold::held(room, id) {
            lines.push(PanelLine::amber(t::child_held_since(lang, held.since.hhmm())));
            lines.extend(held.notes.iter().map(|(at, text)| PanelLine::amber(t::child_note_at(lang, at.hhmm(), text))));
        }
        if collect::is_restricted(room, id) {
            lines.push(PanelLine::amber(t::child_restricted(lang)));
        }
        let today = self.model.day.date();
        let plan = enrolment::plan_on(child, &self.model.settings.terms, today);
        if matches!(plan, Plan::Enrolled { consent: Consent::Missing, .. }) {
            lines.push(PanelLine::amber(t::child_consent_missing(lang)));
        }
        lines.extend(child.guest_on.map(|date| PanelLine::amber(t::people::guest(lang, date))));
        lines.extend(privacy::behind_why(room, id).map(|_| PanelLine::amber(t::note_behind_why(lang))));
        lines.extend(self.carers_lines(child));
        lines.extend(self.early_days(child).map(PanelLine::plain));
        let shown = privacy::number(room, self.model.numbers, id, self.model.now) == Number::Full;
        let takers = collect::takers(room, id, self.model.day.date());
        let hidden = !shown && takers.iter().any(|c| c.phone.is_some());
        for (n, collector) in (1..).zip(takers) {
            let looks = self.looks_of(collector.id).map_or_else(String::new, |looks| format!(" · {looks}"));
            lines.push(PanelLine::plain(format!("{n} {}{looks}", self.collector_line(collector))));
        }
        if hidden {
            lines.push(PanelLine::plain(t::phones_hidden(lang)));
        }
        lines.push(PanelLine::plain(self.card_line(id)));
        let siblings = self.model.register.household(child.household).filter(|s| *s != id);
        let siblings = self.join(siblings.map(|s| format!("{} {}", self.name(s), self.state(s))));
        if !siblings.is_empty() {
            lines.push(PanelLine::plain(t::child_siblings(lang, siblings)));
        }
        lines.extend(self.today(id).into_iter().map(PanelLine::plain));
        let days = match plan {
            Plan::NotEnrolled => t::people::not_enrolled(lang),
            Plan::Enrolled { weekdays: None, .. } => t::child_every_day(lang),
            Plan::Enrolled { weekdays: Some(days), .. } => {
                let list = days.iter().map(|d| words::weekday(lang, d).to_owned());
                t::child_days(lang, self.join(list))
            }
        };
        let number = child.student_no.iter().map(|n| t::child_student_no(lang, n));
        let school = child.own_school.iter().map(|s| t::people::own_school(lang, s));
        let alone = child.self_leave.then(|| t::child_self_leave(lang));
        let buddy = child.buddy.map(|b| t::people::buddy(lang, self.name(b)));
        lines.push(PanelLine::plain(number.chain(school).chain([days]).chain(alone).chain(buddy).collect::<Vec<_>>().join(" · ")));
        lines
    }

    /// A collector with the number as it may be shown now.
    fn collector_line(self, collector: &Collector) -> String {
        let phone = collector.phone.as_ref().map_or_else(String::new, |_| self.number(collector));
        format!("{}  {phone}", self.listed(collector)).trim_end().to_owned()
    }

    pub(super) fn card_line(self, child: ChildId) -> String {
        let lang = self.lang;
        let Some(card) = self.model.register.valid_cards(child, self.model.day.date()).first().copied() else { return t::card_none(lang) };
        let place = match (self.model.settings.card_mode, card.custody) {
            (_, Custody::Astray) => t::card_is_astray(lang),
            (CardMode::Held, _) => t::card_held(lang),
            (CardMode::Claim, Custody::Rack) => t::card_on_rack(lang),
            (CardMode::Claim, Custody::Away) => t::card_is_away(lang),
            (CardMode::Claim, Custody::Holder) => t::card_with(lang, self.card_holder(child)),
        };
        t::card_line(lang, card.number.tail(), place)
    }

    pub(super) fn card_holder(self, child: ChildId) -> String {
        let visit = self.model.day.state().child(child).and_then(|d| d.visits.last());
        visit.map_or_else(|| "-".to_owned(), |v| self.holder(&v.holder))
    }

    /// What happened to a child today, in order.
    fn today(self, id: ChildId) -> Vec<String> {
        let lang = self.lang;
        let Some(day) = self.model.day.state().child(id) else { return Vec::new() };
        let mut lines: Vec<String> = Vec::new();
        if let Some(reason) = day.leave.filter(|_| day.visits.is_empty()) {
            lines.push(words::leave_reason(lang, reason).to_owned());
        }
        for visit in &day.visits {
            lines.push(t::child_came(lang, self.past_time(visit.arrived), self.holder(&visit.holder)));
            if visit.release.is_none() && visit.place_since != visit.arrived {
                lines.push(t::child_at(lang, visit.place_since.hhmm(), self.place(&visit.place)));
            }
            lines.extend(visit.out.as_ref().map(|out| match out.back_by {
                Some(until) => t::child_out_until(lang, out.since.hhmm(), self.collector(out.taker), until.format("%H:%M")),
                None => t::child_out(lang, out.since.hhmm(), self.collector(out.taker)),
            }));
            lines.extend(visit.release.as_ref().map(|r| t::child_left(lang, r.at.hhmm(), self.taker(r.taker))));
        }
        if let Some(group) = self.model.day.state().groups().of(id) {
            lines.push(t::child_group(lang, self.title(&group.group), self.staff(group.group.leader)));
        }
        lines.extend(day.chases.iter().map(|c| t::child_chase(lang, c.at.hhmm(), self.collector(c.collector), self.outcome(c))));
        lines.extend(day.extended.map(|e| t::extended_until(lang, e.until.format("%H:%M"))));
        lines.extend(day.incidents.iter().map(|(at, kind)| format!("{} {}", at.hhmm(), self.incident(id, *kind))));
        lines.extend(day.calls.iter().map(|c| t::child_call(lang, c.at.hhmm(), self.collector(c.collector), words::call_result(lang, c.result))));
        if privacy::shows_notes(self.model.room(), id) {
            lines.extend(day.notes.iter().map(|(at, text)| t::child_note_at(lang, at.hhmm(), text)));
        }
        if day.held_back > 0 {
            lines.push(t::child_held_back(lang, day.held_back));
        }
        lines
    }

    /// A verdict in one word, for large type; `None` for those that only stand beside another, or ask for more than a word.
    #[must_use]
    pub fn large(self, verdict: &Verdict) -> Option<String> {
        let lang = self.lang;
        Some(match verdict {
            Verdict::InOk | Verdict::InAlert | Verdict::InAlready { .. } => t::large_in(lang),
            Verdict::Back => t::large_back(lang),
            Verdict::Out => t::large_out(lang),

            Verdict::OutOk { .. } => t::large_gone(lang),
            Verdict::Sibling | Verdict::BackBy { .. } | Verdict::SteppedOut { .. } => return None,
            Verdict::Repeat { .. } => t::large_repeat(lang),
            Verdict::Early => t::large_early(lang),
            Verdict::Late { .. } => t::large_late(lang),
            Verdict::Elsewhere { .. } => t::large_elsewhere(lang),
            Verdict::Missing { .. } => t::large_missing(lang),
            Verdict::Who | Verdict::OutAlone | Verdict::WhoCall { .. } | Verdict::Unnamed { .. } | Verdict::Phrase { .. } | Verdict::MayStepOut => {
                t::large_who(lang)
            }
            Verdict::Hold => t::large_hold(lang),
            Verdict::Doubt(Doubt::OnLeave) => t::large_leave(lang),
            Verdict::Doubt(Doubt::NotToday) => t::large_not_today(lang),
            Verdict::Doubt(Doubt::NoConsent) => t::large_no_consent(lang),
            Verdict::LeftOpen { .. } => t::large_left_open(lang),
            Verdict::TypedSchoolCard => t::large_typed(lang),
            Verdict::NobodyOnDuty => t::large_sign_on(lang),
            Verdict::Ambiguous => t::large_alike(lang),
            Verdict::Staff { .. } => t::large_staff(lang),
            Verdict::BadDigit => t::large_bad_digit(lang),
            Verdict::NoCard => t::large_no_card(lang),
            Verdict::Lost { .. } => t::large_lost(lang),
            Verdict::Replaced => t::large_replaced(lang),
            Verdict::Expired => t::large_expired(lang),
            Verdict::NotRecorded => t::large_not_recorded(lang),
        })
    }

    /// An open form.
    #[must_use]
    pub fn form(self, form: &Form) -> FormText {
        let lang = self.lang;
        let title = words::form_title(lang, &form.kind);
        let title = match form.kind.child() {
            Some(child) => format!("{title} · {}", self.name_and_class(child)),
            None => title,
        };
        let mut part = Form { since: form.since, ..Form::new(form.kind.clone()) };
        let mut filled = Vec::new();
        for value in &form.values {
            if let Step::Ask(question) = forms::step(&part, self.model.room(), self.model.now) {
                filled.push((words::field(lang, &question.prompt), self.value(value, &question)));
            }
            part.values.push(value.clone());
        }
        let field = match forms::step(form, self.model.room(), self.model.now) {
            Step::Ask(question) => words::field(lang, &question.prompt),
            Step::Enter(_)
            | Step::Decide(_)
            | Step::Draw(_)
            | Step::DrawCode
            | Step::Screen(_)
            | Step::Unlocked(..)
            | Step::UndoUnlocked(..)
            | Step::Quit
            | Step::Nothing => String::new(),
        };
        FormText { title, filled, field, error: form.error.map(|m| self.mistake(m)) }
    }

    fn value(self, value: &Value, question: &Question) -> String {
        match value {
            Value::Chosen(Label::Taker { collector, .. }) => self.collector(*collector),
            Value::Chosen(label) => self.label(label),
            Value::Text(text) => text.clone(),
            Value::Past(at) => self.past_time(*at),
            Value::Time(time) => time.format("%H:%M").to_string(),
            Value::Child(pass) => self.name_and_class(pass.child),
            // Neither count is shown to whom gives the other (N13).
            Value::Number(_) if matches!(question.prompt, Prompt::LeaderCount | Prompt::DeskCount) => "**".to_owned(),
            Value::Number(n) => n.to_string(),
            Value::StaffCard(staff) => self.staff(*staff),
            Value::Proved(_) | Value::Hash(_) | Value::Matched(_) => "****".to_owned(),
            Value::Date(date) => date.to_string(),
            Value::Drawn(numbers) => self.join(numbers.iter().take(3).map(|n| n.as_str().to_owned())),
            Value::Confirmed => self.prompt(&question.prompt),
            Value::Ticked(children) => self.names(children),
        }
    }

    /// Help: every command and key with what it does, in two columns; those that begin with what is typed after a dot.
    #[must_use]
    pub fn help(self, typed: &str) -> Vec<(String, String)> {
        let commands = Command::beginning_with(typed, self.model.practice);
        let mut lines: Vec<(String, String)> = commands.into_iter().map(|c| (self.command_sign(c), self.command_help(c).to_owned())).collect();
        if typed.is_empty() {
            lines.extend(Keystroke::ALL.map(|k| (k.sign().to_owned(), words::keystroke(self.lang, k).1.to_owned())));
        }
        lines
    }

    /// The guided round: its title and what to do.
    #[must_use]
    pub fn guide(self, lesson: Lesson) -> (String, String) {
        let lang = self.lang;
        let title = lesson.number().map_or_else(|| t::panel_guide_done(lang), |(n, of)| t::panel_guide(lang, n, of));
        let child = self.model.guide_child();
        let name = child.map_or_else(|| "-".to_owned(), |c| self.name(c));
        let card = child.and_then(|c| self.model.register.live_card(c)).map_or_else(|| "-".to_owned(), |c| c.number.as_str().to_owned());
        let text = match lesson {
            Lesson::SignOn => t::guide_sign_on(lang),
            Lesson::TakeIn => t::guide_take_in(lang, name, card),
            Lesson::Release => t::guide_release(lang, name, card),
            Lesson::TakeBack => t::guide_take_back(lang),
            Lesson::Find => {
                let initials = crate::domain::search::initials(&name);
                t::guide_find(lang, name, initials)
            }
            Lesson::Done => t::guide_done(lang),
        };
        (title, text)
    }
}
