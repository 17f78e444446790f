//! What was done about staff, what stands against it, and what is said beside somebody's going on duty.
//!
//! [`hindrance`] and [`did`] need only the register, so that the command line says the same as the desk.

use crate::domain::people::{Staff, StaffId};
use crate::domain::register::Register;
use crate::domain::staff::Employment;
use crate::rules::duty::{self, Lack, Remark};
use crate::rules::office::staff::{Change, Hindrance, StaffAct, children_of};
use crate::texts::{Lang, staff as t};
use crate::wording::Words;

impl Words<'_> {
    pub(in crate::wording) fn staff_done(self, act: &StaffAct) -> String {
        let (lang, register) = (self.lang, &self.model.register);
        match act {
            StaffAct::Add { name, role, .. } => {
                let person = register.staff().find(|s| s.active && s.name == *name);
                let lacks = person.map(|p| duty::lacks(p, self.model.now.date())).unwrap_or_default();
                let role = t::role(lang, *role);
                if lacks.is_empty() { t::did_add(lang, name, role) } else { t::did_add_more(lang, name, role, self.lacks(&lacks)) }
            }
            StaffAct::Change { staff, changes } => {
                let Some(person) = register.staff_member(*staff) else { return String::new() };
                let list = children_of(self.model.room(), *staff).into_iter().map(|c| self.name(c));
                let children = self.join(list);
                let text = did(lang, person, changes, self.model.now.date(), &children);
                let signed_off = self.model.day.entries().last().is_some_and(|e| signs_off(&e.fact, *staff));
                if signed_off { t::did_sign_off(lang, text) } else { text }
            }
            StaffAct::Plan { date, staff, on: true } => t::did_plan(lang, date.format("%m-%d"), self.staff(*staff)),
            StaffAct::Plan { date, staff, on: false } => t::did_unplan(lang, date.format("%m-%d"), self.staff(*staff)),
            StaffAct::MakeCode { staff, .. } => t::did_make_code(lang, self.staff(*staff)),
            StaffAct::TryCode { .. } => String::new(),
            StaffAct::UseCode { staff, .. } => t::did_use_code(lang, self.staff(*staff)),
            StaffAct::Substitute { date, gone, comes } => t::did_substitute(lang, date.format("%m-%d"), self.staff(*gone), self.staff(*comes)),
        }
    }

    pub(in crate::wording) fn staff_hindrance(self, hindrance: &Hindrance) -> String {
        self::hindrance(self.lang, &self.model.register, hindrance)
    }

    pub(super) fn lacks(self, lacks: &[Lack]) -> String {
        list_of_lacks(self.lang, lacks)
    }

    /// What is said beside somebody's going on duty, or about somebody's not coming.
    pub(in crate::wording) fn duty_remark(self, remark: &Remark) -> String {
        let lang = self.lang;
        match remark {
            Remark::Expired { staff, name, until } => t::remark_expired(lang, self.staff(*staff), t::paper(lang, name), until),
            Remark::Expires { staff, name, until } => t::remark_expires(lang, self.staff(*staff), t::paper(lang, name), until),
            Remark::NotPlanned(staff) => t::remark_not_planned(lang, self.staff(*staff)),
            Remark::NotCome(list) => t::remark_not_come(lang, self.join(list.iter().map(|s| self.staff(*s)))),
        }
    }
}

/// What a fact says of somebody on the staff, in a few words; `None` for a fact about others.
#[must_use]
#[allow(clippy::wildcard_enum_match_arm)] // the facts about staff
pub(in crate::wording) fn staff_fact(words: Words<'_>, fact: &crate::domain::fact::Fact) -> Option<String> {
    use crate::domain::fact::Fact;
    let lang = words.lang;
    Some(match fact {
        Fact::StaffSet { was: None, now } => t::fact_added(lang, &now.name),
        Fact::StaffSet { now, .. } => t::fact_changed(lang, &now.name),
        Fact::SignedOn { staff } => t::fact_signed_on(lang, words.staff(*staff)),
        Fact::SignedOff { staff, by, reason } => {
            let other = by.filter(|by| by != staff).map(|by| words.staff(by));
            let off = other.map_or_else(|| t::fact_signed_off(lang, words.staff(*staff)), |by| t::fact_signed_off_by(lang, words.staff(*staff), by));
            reason.as_ref().map_or(off.clone(), |reason| t::fact_off_because(lang, off, reason))
        }
        Fact::PinTried { staff } | Fact::PinProved { staff } => t::fact_pin(lang, words.staff(*staff)),
        Fact::Recovery(step) => t::fact_code(lang, words.staff(step.staff()), t::code_step(lang, step)),
        _ => return None,
    })
}

fn signs_off(fact: &crate::domain::fact::Fact, staff: StaffId) -> bool {
    matches!(fact, crate::domain::fact::Fact::SignedOff { staff: s, .. } if *s == staff)
}

/// What was changed about somebody, as it stands now; `children` are those who are collected by them as staff.
#[must_use]
pub fn did(lang: Lang, person: &Staff, changes: &[Change], today: chrono::NaiveDate, children: &str) -> String {
    let parts: Vec<String> = changes.iter().map(|change| changed(lang, change)).collect();
    let mut text = t::did_change(lang, &person.name, parts.join(lang.pick("，", ", ")));
    let left = changes.iter().any(|c| matches!(c, Change::Employment(Some(Employment::Left)) | Change::Active(false)));
    if left && !children.is_empty() {
        text = t::did_left(lang, text, children);
    }
    if person.active && changes.contains(&Change::Employment(Some(Employment::Left))) {
        text = t::did_still_active(lang, text);
    }
    let about_papers =
        |c: &Change| matches!(c, Change::Capacity(_) | Change::Vetting(_) | Change::Paper(_) | Change::RemovePaper(_) | Change::Active(true));
    let lacks = duty::lacks(person, today);
    if changes.iter().any(about_papers) && person.active && !lacks.is_empty() {
        text = t::did_lacks(lang, text, list_of_lacks(lang, &lacks));
    }
    text
}

fn changed(lang: Lang, change: &Change) -> String {
    match change {
        Change::Name(name) => name.clone(),
        Change::Role(role) => t::line_role(lang, t::role(lang, *role)),
        Change::Kind(kind) => t::line_kind(lang, kind.as_deref().unwrap_or("-")),
        Change::Capacity(capacity) => t::line_capacity(lang, t::capacity(lang, *capacity)),
        Change::Employment(employment) => t::line_employment(lang, t::employment(lang, *employment)),
        Change::Phone(None) => t::line_no_phone(lang),
        Change::Phone(Some(_)) => t::did_phone(lang),
        Change::Load(None) => t::line_load_unknown(lang),
        Change::Load(Some(load)) => t::line_load(lang, load),
        Change::Card(None) => t::did_no_card(lang),
        Change::Card(Some(card)) => t::did_card(lang, card.tail()),
        Change::Pin(_) => t::did_pin(lang),
        Change::Paper(paper) => match paper.until {
            Some(until) => t::line_paper_until(lang, t::paper(lang, &paper.name), until),
            None => t::line_paper(lang, t::paper(lang, &paper.name)),
        },
        Change::RemovePaper(name) => t::did_remove_paper(lang, t::paper(lang, name)),
        Change::Vetting(vetting) => t::vetting(lang, *vetting),
        Change::Active(false) => t::did_retire(lang),
        Change::Active(true) => t::did_return(lang),
    }
}

/// Everything that is missing for duty, each document named.
#[must_use]
pub fn list_of_lacks(lang: Lang, lacks: &[Lack]) -> String {
    let word = |lack: &Lack| match lack {
        Lack::Barred => t::lack_barred(lang),
        Lack::Left => t::lack_left(lang),
        Lack::Vetting => t::lack_vetting(lang),
        Lack::Credential => t::lack_credential(lang),
        Lack::Expired { name, until } => t::lack_expired(lang, t::paper(lang, name), until),
    };
    lacks.iter().map(word).collect::<Vec<_>>().join(lang.pick("、", ", "))
}

/// Why something about staff cannot be done.
#[must_use]
pub fn hindrance(lang: Lang, register: &Register, hindrance: &Hindrance) -> String {
    let name = |staff: &StaffId| register.staff_member(*staff).map_or_else(|| "-".to_owned(), |s| s.name.clone());
    match hindrance {
        Hindrance::Papers { staff, lacks } if lacks.contains(&Lack::Barred) => t::barred(lang, name(staff)),
        Hindrance::Papers { staff, lacks } if lacks.contains(&Lack::Left) => t::left_school(lang, name(staff)),
        Hindrance::Papers { staff, lacks } => t::papers(lang, name(staff), list_of_lacks(lang, lacks)),
        Hindrance::Name => t::hindrance_name(lang),
        Hindrance::NameTaken(name) => t::name_taken(lang, name),
        Hindrance::LastLeader(staff) => t::last_leader(lang, name(staff)),
        Hindrance::OnDuty(staff) => t::still_on_duty(lang, name(staff)),
        Hindrance::LeaderPin => t::leader_pin(lang),
        Hindrance::CardTaken => t::card_taken(lang),
        Hindrance::CardDigit => t::card_digit(lang),
        Hindrance::Phone => t::phone(lang),
        Hindrance::Load => t::load(lang),
        Hindrance::VettedAhead => t::vetted_ahead(lang),
        Hindrance::NoSuchPaper(name) => t::no_such_paper(lang, t::paper(lang, name)),
        Hindrance::PastDay(date) => t::past(lang, date.format("%m-%d")),
        Hindrance::NotPlanned(staff) => t::not_planned(lang, name(staff)),
        Hindrance::NotForDuty(staff) => t::not_for_duty(lang, name(staff)),
        Hindrance::Unchanged => t::unchanged(lang),
    }
}
