//! What the register keeps beside people and cards: settings, terms, timetables, special days, duty plan, refused care.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::domain::calendar::{SpecialDay, Term, Timetable, TimetableId};
use crate::domain::card::CardNumber;
use crate::domain::enrolment::RefusedCare;
use crate::domain::fact::{OfficeFact, Seq};
use crate::domain::people::ChildId;
use crate::domain::staff::StaffId;

/// The fold of [`OfficeFact`]; who was erased, and which days are not kept, is put there by the register, which knows the entry.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Office {
    /// Settings that differ from their defaults, by key.
    pub settings: BTreeMap<String, String>,
    /// Terms, by name.
    pub terms: BTreeMap<String, Term>,
    /// Timetables, by number.
    pub timetables: BTreeMap<TimetableId, Timetable>,
    /// Special days, by date.
    pub days: BTreeMap<NaiveDate, SpecialDay>,
    /// Who is planned for duty, by date; a day with nobody has no row.
    pub duty: BTreeMap<NaiveDate, Vec<StaffId>>,
    /// Care that was refused, by number.
    pub refused: BTreeMap<i64, RefusedCare>,
    /// Children who were erased, each with the entry that says so.
    pub erased: BTreeMap<ChildId, Seq>,
    /// Numbers of cards of ours that belonged to them: given to nobody again.
    pub spent: BTreeSet<CardNumber>,
    /// Up to which days what was about them alone is not kept any more, each by the entry that says so.
    pub forgotten: BTreeMap<Seq, NaiveDate>,
}

impl Office {
    /// The last day of which it is not kept any more who was here.
    #[must_use]
    pub fn forgotten_until(&self) -> Option<NaiveDate> {
        self.forgotten.values().max().copied()
    }

    /// Folds one fact in.
    pub fn apply(&mut self, fact: &OfficeFact) {
        match fact {
            OfficeFact::SettingSet { key, now, .. } => set(&mut self.settings, key.clone(), now.clone()),
            OfficeFact::TermSet { was, now } => self.term(was.as_ref(), now.as_ref()),
            OfficeFact::TimetableSet { was, now } => self.timetable(was.as_deref(), now.as_deref()),
            OfficeFact::DaySet { date, now, .. } => set(&mut self.days, *date, now.as_deref().cloned()),
            OfficeFact::DutyPlanned { date, now, .. } => self.plan(*date, now),
            OfficeFact::CareRefused { refused } => {
                self.refused.insert(refused.id, refused.clone());
            }
            OfficeFact::RackCounted { .. }
            | OfficeFact::CardFound { .. }
            | OfficeFact::PhraseTried { .. }
            | OfficeFact::Exported { .. }
            | OfficeFact::Looked { .. }
            | OfficeFact::Erased { .. }
            | OfficeFact::CardsForgotten { .. }
            | OfficeFact::DaysForgotten { .. } => {}
        }
    }

    /// Puts back what was before this fact.
    pub fn take_back(&mut self, fact: &OfficeFact) {
        match fact {
            OfficeFact::SettingSet { key, was, .. } => set(&mut self.settings, key.clone(), was.clone()),
            OfficeFact::TermSet { was, now } => self.term(now.as_ref(), was.as_ref()),
            OfficeFact::TimetableSet { was, now } => self.timetable(now.as_deref(), was.as_deref()),
            OfficeFact::DaySet { date, was, .. } => set(&mut self.days, *date, was.as_deref().cloned()),
            OfficeFact::DutyPlanned { date, was, .. } => self.plan(*date, was),
            OfficeFact::CareRefused { .. }
            | OfficeFact::RackCounted { .. }
            | OfficeFact::CardFound { .. }
            | OfficeFact::PhraseTried { .. }
            | OfficeFact::Exported { .. }
            | OfficeFact::Looked { .. }
            | OfficeFact::Erased { .. }
            | OfficeFact::CardsForgotten { .. }
            | OfficeFact::DaysForgotten { .. } => {}
        }
    }

    fn term(&mut self, was: Option<&Term>, now: Option<&Term>) {
        if let Some(was) = was {
            self.terms.remove(&was.name);
        }
        if let Some(now) = now {
            self.terms.insert(now.name.clone(), now.clone());
        }
    }

    fn timetable(&mut self, was: Option<&Timetable>, now: Option<&Timetable>) {
        if let Some(was) = was {
            self.timetables.remove(&was.id);
        }
        if let Some(now) = now {
            self.timetables.insert(now.id, now.clone());
        }
    }

    fn plan(&mut self, date: NaiveDate, staff: &[StaffId]) {
        set(&mut self.duty, date, (!staff.is_empty()).then(|| staff.to_vec()));
    }
}

fn set<K: Ord, V>(map: &mut BTreeMap<K, V>, key: K, value: Option<V>) {
    match value {
        Some(value) => {
            map.insert(key, value);
        }
        None => {
            map.remove(&key);
        }
    }
}
