//! What the screen about children, collectors and households says: prompts, choices, what was done and what stands against
//! it. Its panels are in [`panel`].

mod panel;

use crate::desk::office::people::{Ask, Pick, Task, View};
use crate::domain::people::{ChildId, CollectorId, Right};
use crate::rules::enrolment;
use crate::rules::office::people::{Bar, Change, Hindrance, PeopleAct, Person};
use crate::texts::people as t;
use crate::texts::words;
use crate::wording::Words;

impl Words<'_> {
    pub(super) fn people_prompt(self, ask: &Ask) -> String {
        let lang = self.lang;
        match ask {
            Ask::What(view) => self.people_ask(view),
            Ask::Name => t::ask_name(lang),
            Ask::SameName(other) => t::ask_same_name(lang, self.name_and_class(*other)),
            Ask::Grade => t::ask_grade(lang),
            Ask::Class => t::ask_class(lang),
            Ask::Relation(n) => t::ask_relation(lang, n),
            Ask::PersonName(n) => t::ask_person(lang, n),
            Ask::Phone(n) => t::ask_phone(lang, n),
            Ask::OtherPhone => t::ask_other_phone(lang),
            Ask::BarredPhone => t::ask_barred_phone(lang),
            Ask::OfTheList(child) => t::ask_of_the_list(lang, self.name(*child)),
            Ask::OfAge => t::ask_of_age(lang),
            Ask::Field(child, field) => {
                let name = t::field_name(lang, *field);
                if field.is_optional() { t::ask_field_optional(lang, self.name(*child), name) } else { t::ask_field(lang, self.name(*child), name) }
            }
            Ask::Line(who, line) => t::ask_field_optional(lang, self.collector(*who), t::line_name(lang, *line)),
            Ask::Phrase(who) => t::ask_phrase(lang, self.collector(*who)),
            Ask::Staff(who) => t::ask_staff(lang, self.collector(*who)),
            Ask::From => t::ask_from(lang),
            Ask::Until => t::ask_until(lang),
            Ask::Paper => t::ask_paper(lang),
            Ask::Letter(child) => t::ask_letter(lang, self.name(*child)),
            Ask::Term(child) => t::ask_term(lang, self.name(*child)),
            Ask::Weekdays => t::ask_weekdays(lang),
            Ask::Consent => t::ask_consent(lang),
            Ask::SignedOn => t::ask_signed_on(lang),
            Ask::SignedBy => t::ask_signed_by(lang),
            Ask::Source => t::ask_source(lang),
            Ask::Reference => t::ask_reference(lang),
            Ask::Weekday(child) => t::ask_weekday(lang, self.name(*child)),
            Ask::EarlyAt(day) => t::ask_early_at(lang, words::weekday(lang, *day)),
            Ask::EarlyWhy => t::ask_early_why(lang),
            Ask::RefusedWhy => t::ask_refused_why(lang),
            Ask::Sure(task) => t::ask_sure(lang, self.people_pick(&Pick::Do((**task).clone()))),
        }
    }

    fn people_ask(self, view: &View) -> String {
        let lang = self.lang;
        match view {
            View::Overview | View::Refused => t::ask_overview(lang),
            View::List(..) => t::ask_list(lang),
            View::Child(child) | View::Fields(child) | View::Collectors(child) | View::Days(child) => t::ask_child(lang, self.name_and_class(*child)),
            View::Collector(id) => t::ask_child(lang, self.person_seen(*id)),
            View::With(child, ..) => t::ask_with(lang, self.name(*child)),
        }
    }

    /// Who is barred is named only while a leader has the register open (N14).
    fn person_seen(self, id: CollectorId) -> String {
        let barred = self.model.register.collector(id).is_some_and(|c| c.right == Right::Barred);
        if barred && self.model.keeper().is_none() { t::barred_hidden(self.lang) } else { self.collector(id) }
    }

    pub(super) fn people_pick(self, pick: &Pick) -> String {
        let lang = self.lang;
        match pick {
            Pick::Child(child) => self.name_and_class(*child),
            Pick::Collector(id) => {
                let marks = self.model.register.collector(*id).map(|c| self.marks(c)).unwrap_or_default();
                let who = self.person_seen(*id);
                if marks.is_empty() { who } else { format!("{who}（{}）", self.join(marks)) }
            }
            Pick::Guardian(id) => self.collector(*id),
            Pick::Staff(staff) => self.staff(*staff),
            Pick::Do(task @ Task::Tie(child, _, other)) => {
                format!("{}：{}、{}", t::task(lang, task), self.name_and_class(*child), self.name_and_class(*other))
            }
            Pick::Weekday(day, Some(at)) => format!("{} {}", words::weekday(lang, *day), at.format("%H:%M")),
            Pick::Go(_)
            | Pick::Up
            | Pick::More
            | Pick::Do(_)
            | Pick::Grade(_)
            | Pick::Word(_)
            | Pick::OfAge(_)
            | Pick::None
            | Pick::NobodyOfThem
            | Pick::Today
            | Pick::Term(_)
            | Pick::EveryDay
            | Pick::Consent(_)
            | Pick::Weekday(_, None) => t::pick(lang, pick).unwrap_or_default(),
        }
    }

    pub(super) fn people_done(self, act: &PeopleAct) -> String {
        let lang = self.lang;
        let name = |child: &ChildId| self.name(*child);
        let of = |person: &Person| format!("{} {}", person.relation, person.name).trim().to_owned();
        match act {
            PeopleAct::Add { name, grade, class_no, guest_on, .. } => {
                let grade = words::grade(lang, *grade);
                let class = class_no.map_or_else(|| crate::texts::grade_only(lang, grade), |n| crate::texts::grade_class(lang, grade, n));
                let done = if guest_on.is_some() { t::did_add_guest(lang, name, class) } else { t::did_add(lang, name, class) };
                match enrolment::over_capacity(self.model.room(), self.model.day.date()) {
                    Some((n, places)) => format!("{done} · {}", t::over_capacity(lang, n, places)),
                    None => done,
                }
            }
            PeopleAct::Set(child, field, _) => t::did_set(lang, name(child), t::field_name(lang, *field)),
            PeopleAct::List(child, person) if person.minor => t::did_list_minor(lang, name(child), of(person)),
            PeopleAct::List(child, person) => t::did_list(lang, name(child), of(person)),
            PeopleAct::BarNew(child, ..) => t::did_bar(lang, name(child)),
            PeopleAct::BarListed(id, ..) => self.collector_changed(*id, &Change::Bar(Bar::default())),
            PeopleAct::Change(id, change) => self.collector_changed(*id, change),
            PeopleAct::Household(child, Some(other)) => t::did_join(lang, name(child), name(other)),
            PeopleAct::Household(child, None) => t::did_split(lang, name(child)),
            PeopleAct::Buddy(child, Some(other)) => t::did_pair(lang, name(child), name(other)),
            PeopleAct::Buddy(child, None) => t::did_unpair(lang, name(child)),
            PeopleAct::SelfLeave(child, Some(_)) => t::did_self_leave(lang, name(child)),
            PeopleAct::SelfLeave(child, None) => t::did_no_self_leave(lang, name(child)),
            PeopleAct::Withdraw(child) => t::did_withdraw(lang, name(child)),
            PeopleAct::Erase(_) | PeopleAct::ForgetDays(_) | PeopleAct::ForgetCards(..) => t::did_erase(lang),
            PeopleAct::Enrol(child) => t::did_enrol(lang, name(child)),
            PeopleAct::Term(child, enrolment) => t::did_term(lang, name(child), &enrolment.term),
            PeopleAct::Always(child, ..) => t::did_always(lang, name(child)),
            PeopleAct::Early(child, day, Some((at, _))) => t::did_early(lang, name(child), words::weekday(lang, *day), at.format("%H:%M")),
            PeopleAct::Early(child, day, None) => t::did_no_early(lang, name(child), words::weekday(lang, *day)),
            PeopleAct::RefuseCare { name, .. } => t::did_refuse(lang, name),
        }
    }

    fn collector_changed(self, id: CollectorId, change: &Change) -> String {
        let lang = self.lang;
        let child = self.model.register.collector(id).map_or_else(|| "-".to_owned(), |c| self.name(c.child));
        let who = self.collector(id);
        match change {
            Change::Bar(_) => t::did_bar(lang, child),
            Change::Lift => t::did_lift(lang, child, who),
            Change::End => t::did_end(lang, child, who),
            Change::First => t::did_first(lang, child, who),
            Change::Line(..) | Change::Phrase(_) | Change::Minor(_) | Change::Staff(_) | Change::List => t::did_change(lang, child, who),
        }
    }

    pub(super) fn people_hindrance(self, hindrance: &Hindrance) -> String {
        let lang = self.lang;
        match hindrance {
            Hindrance::TwoNumbers(have) => t::two_numbers(lang, have),
            Hindrance::LastNumber(who) => t::last_number(lang, self.collector(*who)),
            Hindrance::Young(child) => t::young(lang, self.name(*child)),
            Hindrance::IsHere(child) => t::is_here(lang, self.name(*child)),
            Hindrance::Unchanged => t::unchanged(lang),
            Hindrance::NotAGrade => t::not_a_grade(lang),
            Hindrance::NotAClass => t::not_a_class(lang),
            Hindrance::NotAPhone => t::not_a_phone(lang),
            Hindrance::Itself => t::itself(lang),
            Hindrance::StudentNoOf(other) => t::student_no_of(lang, self.name_and_class(*other)),
            Hindrance::EndsBeforeItBegins => t::ends_before(lang),
            Hindrance::Minor(who) => t::is_minor(lang, self.collector(*who)),
            Hindrance::IsEnrolled(child) => t::is_enrolled(lang, self.name(*child)),
            Hindrance::CardsKept(until) => t::cards_kept(lang, until),
            Hindrance::WorksHere(staff) => t::works_here(lang, self.staff(*staff)),
            Hindrance::OnTheDay(child) => t::on_the_day(lang, self.name(*child)),
        }
    }
}
