//! The staff of a list: they come without a PIN, and with no card that is another's.

use super::Planner;
use crate::domain::card::CardNumber;
use crate::domain::face::{Faces, may_be_one};
use crate::domain::fact::Fact;
use crate::domain::people::{Role, Staff};
use crate::import::cards;
use crate::import::roster::{Reason, Refused, Remark, RosterStaff};

impl Planner<'_> {
    /// A member of staff; no card is another's on the register, or another's or a child's in this import, in whatever spelling.
    pub(super) fn staff(&mut self, row: RosterStaff, of_children: &Faces) {
        let known = self.register.staff().find(|s| s.active && s.name == row.name);
        let card = match cards::with_zeros(row.card.as_ref(), known.and_then(|s| s.card.as_ref()), self.answers, None) {
            Ok(card) => card,
            Err(reason) => {
                self.plan.refused.push(Refused { place: row.place, column: row.card_column, who: row.name, reason });
                return;
            }
        };
        if let Some(old) = known {
            let other = |had: &CardNumber| card.as_ref().is_some_and(|c| !may_be_one(had.as_str(), c));
            if old.card.as_ref().is_some_and(other) {
                self.plan.refused.push(Refused { place: row.place, column: 0, who: row.name, reason: Reason::StaffTwice });
            }
            return;
        }
        // Only somebody at the desk takes a member of staff off, so an old list does not put them back.
        if self.register.staff().any(|s| !s.active && s.name == row.name) {
            self.plan.remarks.push(Remark::StaffTakenOff { place: row.place, name: row.name });
            return;
        }
        let again = self.staff_names.contains(&row.name);
        let card = card.map(CardNumber::new);
        let of_a_child = |c: &CardNumber| {
            self.register.card(c).is_some()
                || !self.known.owners_of(c.as_str()).is_empty()
                || self.register.is_spent(c)
                || !self.register.cards_by_face(c.as_str()).is_empty()
        };
        let taken = card.as_ref().is_some_and(|c| of_a_child(c) || of_children.can_be(c.as_str()) || self.staff_cards.can_be(c.as_str()));
        if again || taken {
            let reason = if taken { Reason::CardInUse } else { Reason::StaffTwice };
            self.plan.refused.push(Refused { place: row.place, column: 0, who: row.name, reason });
            return;
        }
        let now = Staff { kind: row.kind, card, employment: row.employment, ..Staff::new(self.ids.staff(), row.name, Role::Duty) };
        if let Some(card) = &now.card {
            self.staff_cards.add(card.as_str());
        }
        self.staff_names.insert(now.name.clone());
        self.plan.staff.push(now.name.clone());
        self.facts.push(Fact::StaffSet { was: None, now: Box::new(now) }.into());
    }

    /// Who is on the staff, by name.
    pub(super) fn name_staff(&mut self) {
        #[allow(clippy::wildcard_enum_match_arm)] // so far only the staff has been said
        let new = self.facts.iter().filter_map(|draft| match &draft.fact {
            Fact::StaffSet { now, .. } => Some(&**now),
            _ => None,
        });
        for person in self.register.staff().chain(new).filter(|s| s.active) {
            self.staff_by_name.entry(person.name.clone()).and_modify(|only| *only = None).or_insert(Some(person.id));
        }
    }
}
