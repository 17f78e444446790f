//! `caredesk erase --cards`: cards of those who have left are kept for 90 days, and not longer (PIPL art. 19, F172).
//!
//! Of a child its cards go with the text of what was entered about them; of staff the card goes from the record.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{EraseWanted, decided};
use crate::cli::{Agreed, Desk, Failure};
use crate::domain::fact::CardsOf;
use crate::domain::people::Child;
use crate::domain::register::Register;
use crate::domain::time::Moment;
use crate::rules::office::people::PeopleAct;
use crate::rules::office::people::gone::{cards_kept_until, left_on};
use crate::store::Store;
use crate::texts::erasing as t;
use crate::wording::Words;

/// Somebody whose cards are due.
pub(in crate::cli) struct CardsDue {
    pub(in crate::cli) of: CardsOf,
    name: String,
    left: NaiveDate,
    cards: usize,
    /// Entries about them that have their text.
    entries: u64,
}

impl Desk {
    pub(super) fn forget_cards(&self, wanted: &EraseWanted, agreed: Agreed) -> Result<(), Failure> {
        let Agreed { mut store, loaded, leader, now } = agreed;
        let model = self.model_of(&loaded, now)?;
        let due = self.cards_due(&store, &model.register, now)?;
        let against = |due: &CardsDue| decided(&model, leader, PeopleAct::ForgetCards(due.of, due.left)).objection;
        let words = Words::of(&model);
        let mut refusals = Vec::new();
        let mut fit = Vec::new();
        for due in &due {
            match against(due) {
                Some(objection) => refusals.push(t::not_yet(self.lang, &due.name, words.objection(&objection))),
                None => fit.push(due),
            }
        }
        if fit.is_empty() {
            return self.print_lines(std::iter::once(t::no_card_due(self.lang)).chain(refusals));
        }
        let lines = fit.iter().map(|due| self.cards_described(due)).chain(refusals);
        self.print_lines(lines.chain([t::cards_stay(self.lang)]))?;
        if wanted.dry_run {
            return Ok(());
        }
        self.agrees(wanted, &t::ask_cards(self.lang, fit.len()), u64::try_from(fit.len()).unwrap_or(u64::MAX))?;
        if !store.has_room_to_wipe() {
            return Err(Failure::refused(t::no_room(self.lang)));
        }
        for CardsDue { of, left, .. } in &fit {
            self.forget(&mut store, PeopleAct::ForgetCards(*of, *left), leader, now)?;
        }
        let kind = store.kind();
        let wiped = self.wipe(store, t::done_cards(self.lang, fit.len()));
        self.print_lines(self.remains(kind))?;
        wiped
    }

    /// Whose cards are due: who left more than 90 days ago, and has some, or entries about some.
    pub(in crate::cli) fn cards_due(&self, store: &Store, register: &Register, now: Moment) -> Result<Vec<CardsDue>, Failure> {
        let mut due = Vec::new();
        for child in register.children() {
            due.extend(self.child_due(store, register, child, now)?);
        }
        let mut gone = register.staff().filter(|staff| !staff.active && staff.card.is_some()).peekable();
        let left = if gone.peek().is_some() { store.staff_left().map_err(|e| self.store_failure(&e))? } else { BTreeMap::new() };
        due.extend(gone.filter_map(|staff| {
            let left = left.get(&staff.id)?.date();
            Some(CardsDue { of: CardsOf::Staff(staff.id), name: staff.name.clone(), left, cards: 1, entries: 0 })
        }));
        due.retain(|due| cards_kept_until(due.left) < now.date());
        Ok(due)
    }

    /// Where the record does not say when the child left, the last entry about its cards does.
    fn child_due(&self, store: &Store, register: &Register, child: &Child, now: Moment) -> Result<Option<CardsDue>, Failure> {
        let Some(left) = left_on(child, now.date()) else { return Ok(None) };
        let (entries, last) = store.cards_due(child.id).map_err(|e| self.store_failure(&e))?;
        let Some(last) = last.map(|ms| Moment { ms, ..now }.date()) else { return Ok(None) };
        let left = if left == NaiveDate::MIN { last } else { left };
        let cards = register.cards_of(child.id).len();
        Ok(Some(CardsDue { of: CardsOf::Child(child.id), name: child.name.clone(), left, cards, entries }))
    }

    fn cards_described(&self, due: &CardsDue) -> String {
        let CardsDue { of, name, left, cards, entries } = due;
        match of {
            CardsOf::Child(child) => t::cards_of_child(self.lang, name, child.0, left, cards, entries),
            CardsOf::Staff(_) => t::card_of_staff(self.lang, name, left),
        }
    }
}
