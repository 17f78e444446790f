//! `caredesk erase --days`: what was about days alone is kept for as long as the school wants, and not longer (PIPL art. 19, F172).
//!
//! It is asked for by a leader and never goes by itself; `erase --due` and `doctor` say when something is due.

use chrono::NaiveDate;

use super::{EraseWanted, decided};
use crate::cli::{Agreed, Desk, Failure};
use crate::domain::register::Register;
use crate::domain::time::Moment;
use crate::rules::office::people::PeopleAct;
use crate::store::{DaysDue, Kind, Store};
use crate::texts::erasing as t;
use crate::wording::Words;

impl Desk {
    pub(super) fn forget_days(&self, wanted: &EraseWanted, agreed: Agreed) -> Result<(), Failure> {
        let Agreed { mut store, loaded, leader, now } = agreed;
        let Some(before) = self.days_wanted(&store, &loaded.register, now)? else {
            return self.print_lines([t::days_for_good(self.lang)]);
        };
        let due = store.days_due(before).map_err(|e| self.store_failure(&e))?;
        let (Some(until), Some((first, last))) = (due.until, due.span) else {
            return self.print_lines(std::iter::once(t::no_day_due(self.lang, before)).chain(self.held_up(&due, before)));
        };
        let months = due.months.iter().map(|(month, n)| t::days_of_month(self.lang, month, n));
        let all = std::iter::once(t::days_span(self.lang, due.entries(), first, last));
        self.print_lines(all.chain(months).chain(self.held_up(&due, before)).chain([t::days_stay(self.lang)]))?;
        if wanted.dry_run {
            return Ok(());
        }
        self.agrees(wanted, &t::ask_days(self.lang, due.entries(), last), due.entries())?;
        if !store.has_room_to_wipe() {
            return Err(Failure::refused(t::no_room(self.lang)));
        }
        let model = self.model_of(&loaded, now)?;
        let decision = decided(&model, leader, PeopleAct::ForgetDays(until));
        if let Some(objection) = decision.objection {
            return Err(Failure::refused(Words::of(&model).objection(&objection)));
        }
        self.write(&mut store, model.head, &decision.drafts, leader, now)?;
        let kind = store.kind();
        let wiped = self.wipe(store, t::done_days(self.lang, due.entries(), until));
        self.print_lines(self.remains(kind))?;
        wiped
    }

    /// The last day that is older than the school keeps days; `None` where it keeps them for good.
    fn days_wanted(&self, store: &Store, register: &Register, now: Moment) -> Result<Option<NaiveDate>, Failure> {
        let settings = self.setup(store.kind() == Kind::Practice)?.settings;
        Ok(settings.overlaid(register.office()).kept_before(now.date()))
    }

    /// What is due of the days, if anything is.
    pub(in crate::cli) fn days_due(&self, store: &Store, register: &Register, now: Moment) -> Result<Option<DaysDue>, Failure> {
        let Some(before) = self.days_wanted(store, register, now)? else { return Ok(None) };
        let due = store.days_due(before).map_err(|e| self.store_failure(&e))?;
        Ok(Some(due).filter(|due| due.entries() > 0))
    }

    /// Why less is due than the school wants: somebody was never signed out.
    fn held_up(&self, due: &DaysDue, before: NaiveDate) -> Option<String> {
        let from = due.until.filter(|until| *until < before)?.succ_opt()?;
        Some(t::days_held_up(self.lang, from))
    }

    /// That it cannot be said any more who was here on a day, if it cannot.
    pub(in crate::cli) fn is_kept(&self, register: &Register, day: NaiveDate) -> Result<(), Failure> {
        match register.office().forgotten_until().filter(|until| day <= *until) {
            Some(until) => Err(Failure::refused(t::not_kept(self.lang, until))),
            None => Ok(()),
        }
    }
}
