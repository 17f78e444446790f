//! What is on file about a child, and everything that happened to it, in plain words that need no desk and no model.
//!
//! For papers that leave the room: nobody else's secrets are ever put into words here, neither PIN nor pass phrase nor a
//! staff card's number, and no other child is named.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::activity::GroupId;
use crate::domain::closing::{Found, Matter, Outcome, Stay};
use crate::domain::custody::{Card, CardKind, CardState, Custody};
use crate::domain::fact::{
    Account, Agreed, CallPurpose, CallResult, Doubt, EarlyReason, Entry, Fact, Ground, GroupFact, HoldAnswer, Holder, Incident, Late, Means,
    MonthCount, OfficeFact, Taker,
};
use crate::domain::people::{Child, Collector, CollectorId, Consent, EarlyDay, Enrolment, Right, StaffId};
use crate::domain::register::Register;
use crate::domain::settings::Place;
use crate::domain::time::{Moment, Weekdays};
use crate::texts::{self as t, Lang, print as p, words};

/// One thing on file: a key for programs, its label and value for people.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Item {
    /// The key.
    pub key: &'static str,
    /// The label.
    pub label: String,
    /// The value.
    pub value: String,
}

/// Class as it is written beside a name: `四(1)班`.
#[must_use]
pub fn class_of(lang: Lang, child: &Child) -> String {
    let grade = words::grade(lang, child.grade);
    match child.class_no {
        Some(class) => t::grade_class(lang, grade, class),
        None => t::grade_only(lang, grade),
    }
}

/// Date and time to the second: `2026-09-07 17:36:05`.
#[must_use]
pub fn date_and_time(at: Moment) -> String {
    at.local().format("%Y-%m-%d %H:%M:%S").to_string()
}

/// Puts facts into words on the strength of the register alone.
#[derive(Clone, Copy, Debug)]
pub struct Teller<'r> {
    register: &'r Register,
    lang: Lang,
    groups: &'r BTreeMap<(NaiveDate, GroupId), String>,
}

impl<'r> Teller<'r> {
    /// With the titles of the groups that are spoken of, by day and number; one that is missing is called by its number.
    #[must_use]
    pub fn new(register: &'r Register, lang: Lang, groups: &'r BTreeMap<(NaiveDate, GroupId), String>) -> Self {
        Self { register, lang, groups }
    }

    // ---- people and cards as they stand ----

    /// Everything on file about a child but its collectors and cards.
    #[must_use]
    pub fn child(self, child: &Child) -> Vec<Item> {
        let lang = self.lang;
        let Child {
            id: _, name, grade: _, class_no: _, seat, student_no, household: _, health, note, weekdays, consent, self_leave, enrolled, ..
        } = child;
        let Child { own_school, calm, snack, letter, guest_on, withdrawn_on, buddy, terms, early, .. } = child;
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let day = |value: &Option<NaiveDate>| value.map(|d| d.to_string()).unwrap_or_default();
        let mut items = vec![
            item("name", p::label_name(lang), name.clone()),
            item("class", p::label_class(lang), class_of(lang, child)),
            item("seat", p::label_seat(lang), seat.to_string()),
            item("student_no", p::label_student_no(lang), text(student_no)),
            item("health", p::label_health(lang), text(health)),
            item("note", p::label_note(lang), text(note)),
            item("weekdays", p::label_days(lang), self.weekdays(*weekdays)),
            item("consent", p::label_consent(lang), self.consent(*consent)),
            item("self_leave", p::label_self_leave(lang), self.yes_no(*self_leave)),
            item("letter", p::label_letter(lang), text(letter)),
            item("enrolled", p::label_enrolled(lang), self.yes_no(*enrolled)),
            item("withdrawn_on", p::label_withdrawn(lang), day(withdrawn_on)),
            item("guest_on", p::label_guest(lang), day(guest_on)),
            item("own_school", p::label_own_school(lang), text(own_school)),
            item("calm", p::label_calm(lang), text(calm)),
            item("snack", p::label_snack(lang), text(snack)),
            // Another child: that there is one, not who.
            item("buddy", p::label_buddy(lang), buddy.map(|_| p::yes(lang)).unwrap_or_default()),
        ];
        items.push(item("terms", p::label_terms(lang), self.joined(terms.iter().map(|term| self.enrolment(term)))));
        items.push(item("early", p::label_early_days(lang), self.joined(early.iter().map(|day| self.early_day(day)))));
        items
    }

    /// An enrolment for a term with its consent.
    #[must_use]
    pub fn enrolment(self, enrolment: &Enrolment) -> String {
        let Enrolment { term, weekdays, consent, signed_on, signed_by, source, reference } = enrolment;
        let evidence = [signed_on.map(|d| d.to_string()), signed_by.clone(), source.clone(), reference.clone()];
        let parts = [self.weekdays(*weekdays), p::labelled(self.lang, p::label_consent(self.lang), self.consent(*consent))];
        let parts: Vec<String> = parts.into_iter().chain(evidence.into_iter().flatten()).collect();
        format!("{term} {}", parts.join(self.lang.pick("，", ", ")))
    }

    /// A day on which the child leaves early as a rule.
    #[must_use]
    pub fn early_day(self, day: &EarlyDay) -> String {
        format!("{} {} {}", words::weekday(self.lang, day.weekday), day.at.format("%H:%M"), day.reason)
    }

    /// Everything on file about a collector, without what proves who it is.
    #[must_use]
    pub fn collector_items(self, collector: &Collector) -> Vec<Item> {
        let lang = self.lang;
        // The pass phrase is this person's secret, and the paper behind a restriction is for leaders' eyes.
        let Collector { id: _, child: _, rank, name, relation, phone, right, staff, phrase: _, minor, from, until, paper: _, looks } = collector;
        let day = |value: &Option<NaiveDate>| value.map(|d| d.to_string()).unwrap_or_default();
        vec![
            item("order", p::label_rank(lang), rank.to_string()),
            item("name", p::label_name(lang), name.clone()),
            item("relation", p::label_relation(lang), words::relation(lang, relation).to_owned()),
            item("phone", p::label_phone(lang), phone.clone().unwrap_or_default()),
            item("may_collect", p::label_right(lang), self.right(*right)),
            item("from", p::label_from(lang), day(from)),
            item("until", p::label_until(lang), day(until)),
            item("under_age", p::label_minor(lang), if *minor { p::yes(lang) } else { String::new() }),
            item("looks", p::label_looks(lang), looks.clone().unwrap_or_default()),
            item("works_here", p::label_works_here(lang), self.yes_no(staff.is_some())),
        ]
    }

    /// Everything on file about a card.
    #[must_use]
    pub fn card(self, card: &Card) -> Vec<Item> {
        let lang = self.lang;
        let Card { number, child: _, state, custody, own, kind, until } = card;
        vec![
            item("number", p::label_number(lang), number.to_string()),
            item("kind", p::label_kind(lang), self.card_kind(*kind)),
            item("state", p::label_state(lang), self.card_state(*state)),
            item("until", p::label_until(lang), until.map(|d| d.to_string()).unwrap_or_default()),
            item("where", p::label_where(lang), self.custody(*custody)),
            item("made_by", p::label_made_by(lang), if *own { p::made_here(lang) } else { p::made_by_school(lang) }),
        ]
    }

    /// Relation and name: `母亲 林静`; the phone for somebody without either.
    #[must_use]
    pub fn listed(self, collector: &Collector) -> String {
        let relation = words::relation(self.lang, &collector.relation);
        match (relation.is_empty(), collector.name.is_empty()) {
            (false, false) => format!("{relation} {}", collector.name),
            (true, false) => collector.name.clone(),
            (false, true) => relation.to_owned(),
            (true, true) => collector.phone.clone().unwrap_or_else(|| "-".to_owned()),
        }
    }

    /// A collector by number.
    #[must_use]
    pub fn collector(self, id: CollectorId) -> String {
        self.register.collector(id).map_or_else(|| "-".to_owned(), |c| self.listed(c))
    }

    /// A member of staff by number.
    #[must_use]
    pub fn staff(self, id: StaffId) -> String {
        self.register.staff_member(id).map_or_else(|| "-".to_owned(), |s| s.name.clone())
    }

    fn staff_names(self, ids: &[StaffId]) -> String {
        ids.iter().map(|id| self.staff(*id)).collect::<Vec<_>>().join(self.lang.pick("、", ", "))
    }

    /// Who entered something.
    #[must_use]
    pub fn entered_by(self, entry: &Entry) -> String {
        match entry.staff {
            Some(staff) => self.staff(staff),
            None if entry.desk == "command" => p::record_by_command(self.lang),
            None => p::record_nobody(self.lang),
        }
    }

    /// With whom a child left.
    #[must_use]
    pub fn taker(self, taker: Taker) -> String {
        match taker {
            Taker::Collector(id) => self.collector(id),
            Taker::Itself => t::itself(self.lang),
        }
    }

    /// Who holds a card.
    #[must_use]
    pub fn holder(self, holder: &Holder) -> String {
        match holder {
            Holder::Presumed(id) => p::presumed(self.lang, self.collector(*id)),
            Holder::Named(id) => self.collector(*id),
            Holder::Escort(name) if name.is_empty() => t::teacher(self.lang),
            Holder::Escort(name) => p::escort(self.lang, name),
            Holder::Nobody => "-".to_owned(),
        }
    }

    /// How a child was identified.
    #[must_use]
    pub fn means(self, means: Means) -> String {
        match means {
            Means::Scanned => p::means_scanned(self.lang),
            Means::Typed => p::means_typed(self.lang),
            Means::Name => p::means_name(self.lang),
            Means::Batch => p::means_batch(self.lang),
        }
    }

    /// Why a call was made.
    fn purpose(self, purpose: CallPurpose) -> String {
        match purpose {
            CallPurpose::Collector => p::purpose_collector(self.lang),
            CallPurpose::OneDay => p::purpose_one_day(self.lang),
        }
    }

    /// What the call of a release brought; a leader may have stood instead.
    fn call_of_ground(self, call: Option<CallResult>) -> String {
        call.map_or_else(|| p::call_leader(self.lang), |result| words::call_result(self.lang, result).to_owned())
    }

    /// On what ground a child was released, with its evidence.
    #[must_use]
    pub fn ground(self, ground: &Ground) -> String {
        let lang = self.lang;
        match ground {
            Ground::Card { number } => p::ground_card(lang, number.tail()),
            Ground::CardUnread { number } => p::ground_unread(lang, number.tail()),
            Ground::NoCard { id_tail, call, recognised, second } => {
                let knows = if *recognised { p::knows_yes(lang) } else { p::knows_no(lang) };
                p::ground_no_card(lang, id_tail, self.call_of_ground(*call), knows, self.staff(*second))
            }
            Ground::StaffParent { staff } => p::ground_staff(lang, self.staff(*staff)),
            Ground::OnSite { place, card: _, call } => p::ground_on_site(lang, self.place(place), self.call_of_ground(*call)),
            Ground::LeftOpen => p::ground_left_open(lang),
            Ground::SelfLeave => p::ground_self_leave(lang),
            Ground::NotBack { call } => p::ground_not_back(lang, self.call_of_ground(*call)),
        }
    }

    /// The days of the week on which a child comes: `周一、周三`.
    #[must_use]
    pub fn weekdays(self, days: Option<Weekdays>) -> String {
        match days {
            None => p::every_day(self.lang),
            Some(days) => days.iter().map(|d| words::weekday(self.lang, d)).collect::<Vec<_>>().join(self.lang.pick("、", ", ")),
        }
    }

    /// Whether a card is valid, and since when it is not.
    #[must_use]
    pub fn card_state(self, state: CardState) -> String {
        let lang = self.lang;
        match state {
            CardState::Live => p::state_live(lang),
            CardState::Lost { at } => p::since(lang, p::state_lost(lang), date_and_time(at)),
            CardState::Replaced { at } => p::since(lang, p::state_replaced(lang), date_and_time(at)),
            CardState::Expired { at } => p::since(lang, p::state_expired(lang), date_and_time(at)),
        }
    }

    /// What sort of card it is.
    #[must_use]
    pub fn card_kind(self, kind: CardKind) -> String {
        match kind {
            CardKind::Main => p::kind_main(self.lang),
            CardKind::Second => p::kind_second(self.lang),
            CardKind::Day => p::kind_day(self.lang),
        }
    }

    /// Where a card is.
    #[must_use]
    pub fn custody(self, custody: Custody) -> String {
        match custody {
            Custody::Rack => p::custody_rack(self.lang),
            Custody::Holder => p::custody_holder(self.lang),
            Custody::Away => p::custody_away(self.lang),
            Custody::Astray => p::custody_astray(self.lang),
        }
    }

    /// Yes or no.
    #[must_use]
    pub fn yes_no(self, yes: bool) -> String {
        if yes { p::yes(self.lang) } else { p::no(self.lang) }
    }

    fn place(self, place: &Place) -> String {
        words::place(self.lang, place)
    }

    fn consent(self, consent: Consent) -> String {
        match consent {
            Consent::Given => p::consent_given(self.lang),
            Consent::Missing => p::consent_missing(self.lang),
            Consent::Unknown => p::consent_unknown(self.lang),
        }
    }

    fn right(self, right: Right) -> String {
        let lang = self.lang;
        match right {
            Right::Standing => p::right_standing(lang),
            Right::Barred => p::right_barred(lang),
            Right::OneDay { day, confirmed } => p::one_day_on(lang, day, if confirmed { p::confirmed_yes(lang) } else { p::confirmed_no(lang) }),
            Right::Ended => p::right_ended(lang),
        }
    }

    fn doubt(self, doubt: Doubt) -> String {
        match doubt {
            Doubt::OnLeave => p::doubt_on_leave(self.lang),
            Doubt::NotToday => t::not_today(self.lang),
            Doubt::NoConsent => t::no_consent(self.lang),
        }
    }

    // ---- what happened ----

    /// What an entry about a child says, in whole words.
    #[must_use]
    pub fn entry(self, entry: &Entry) -> String {
        let lang = self.lang;
        match &entry.fact {
            Fact::ChildSet { was: None, now } => p::fact_enrolled(lang, self.all(&self.child(now))),
            Fact::ChildSet { was: Some(was), now } => {
                let changes = self.changes(&self.child(was), &self.child(now));
                if changes.is_empty() { p::fact_unchanged(lang) } else { p::fact_changed(lang, changes) }
            }
            Fact::CollectorSet { was: None, now } => p::fact_collector(lang, self.listed(now), self.all(&self.collector_items(now))),
            Fact::CollectorSet { was: Some(was), now } => {
                p::fact_collector_changed(lang, self.listed(now), self.changes(&self.collector_items(was), &self.collector_items(now)))
            }
            Fact::CardSet { was: None, now } => p::fact_card(lang, &now.number, self.all(&self.card(now))),
            Fact::CardSet { was: Some(was), now } => p::fact_card_changed(lang, &now.number, self.changes(&self.card(was), &self.card(now))),
            Fact::CardLost { number, .. } => p::fact_card_lost(lang, number),
            Fact::CardMoved { number, was, now, .. } => p::fact_card_moved(lang, number, self.custody(*was), self.custody(*now)),
            Fact::Arrived { means, holder, place, despite, .. } => {
                let arrived = p::fact_arrived(lang, self.means(*means), self.place(place), self.holder(holder));
                self.joined(std::iter::once(arrived).chain(despite.map(|d| p::fact_despite(lang, self.doubt(d)))))
            }
            Fact::HolderNamed { was, now, .. } => p::fact_holder(lang, self.holder(was), self.holder(now)),
            Fact::AlertAcknowledged { .. } => p::fact_acknowledged(lang),
            Fact::Released { ground, taker, early, late, .. } => {
                let left = match taker {
                    Taker::Collector(id) => p::fact_released(lang, self.collector(*id), self.ground(ground)),
                    Taker::Itself => p::fact_left_alone(lang, self.ground(ground)),
                };
                self.joined(std::iter::once(left).chain(self.hours(*early, *late)))
            }
            Fact::SteppedOut { taker, back_by, ground, early, late, .. } => {
                let out = match back_by {
                    Some(time) => p::fact_out_until(lang, self.collector(*taker), time.format("%H:%M")),
                    None => p::fact_out(lang, self.collector(*taker)),
                };
                self.joined(std::iter::once(out).chain(ground.as_ref().map(|g| self.ground(g))).chain(self.hours(*early, *late)))
            }
            Fact::CameBack { .. } => p::fact_back(lang),
            Fact::Moved { was, now, .. } => p::fact_moved(lang, self.place(was), self.place(now)),
            Fact::CalledOver { .. } => p::fact_called_over(lang),
            Fact::LeaveTaken { reason, .. } => p::fact_leave(lang, words::leave_reason(lang, *reason)),
            Fact::NoteLeft { text, .. } => p::fact_note(lang, text),
            Fact::Called { collector, purpose, result, number, .. } => {
                let call = p::fact_call(lang, self.collector(*collector), self.purpose(*purpose), words::call_result(lang, *result));
                match number {
                    Some(number) => p::fact_call_number(lang, call, number),
                    None => call,
                }
            }
            Fact::HeldBack { .. } => p::fact_held_back(lang),
            Fact::HoldDecided { how, approver, .. } => match how {
                HoldAnswer::Left => p::fact_hold_left(lang, self.staff(*approver)),
                HoldAnswer::Listed => p::fact_hold_listed(lang, self.staff(*approver)),
                HoldAnswer::Noted { text } => p::fact_hold_note(lang, self.staff(*approver), text),
            },
            Fact::NoCardCounted { now, .. } => p::fact_no_card_count(lang, now.count, month(*now)),
            Fact::Office(OfficeFact::PhraseTried { collector, right, .. }) => {
                let result = if *right { p::phrase_right(lang) } else { p::phrase_wrong(lang) };
                p::fact_phrase(lang, self.collector(*collector), result)
            }
            Fact::Office(OfficeFact::Exported { rows, .. }) => p::fact_exported(lang, rows),
            Fact::Office(OfficeFact::Looked { .. }) => p::fact_looked(lang),
            Fact::Group(step) => self.group(entry, step),
            Fact::Account(step) => self.account(entry, step),
            Fact::StaffSet { .. }
            | Fact::Office(_)
            | Fact::Imported { .. }
            | Fact::PinTried { .. }
            | Fact::PinProved { .. }
            | Fact::Recovery(_)
            | Fact::SignedOn { .. }
            | Fact::SignedOff { .. }
            | Fact::ActorChosen { .. }
            | Fact::Refused { .. }
            | Fact::ClockSet { .. }
            | Fact::Redated { .. }
            | Fact::RefusedAgain { .. }
            | Fact::Undone { .. } => p::fact_other(lang, entry.fact.kind()),
        }
    }

    /// Why early, how late and why.
    fn hours(self, early: Option<EarlyReason>, late: Option<Late>) -> impl Iterator<Item = String> {
        let lang = self.lang;
        let early = early.map(|reason| p::fact_early(lang, words::early_reason(lang, reason)));
        let late = late.map(|late| p::fact_late(lang, late.minutes, words::late_reason(lang, late.reason)));
        early.into_iter().chain(late)
    }

    fn group(self, entry: &Entry, step: &GroupFact) -> String {
        let lang = self.lang;
        let title = |id: GroupId| self.groups.get(&(entry.day, id)).cloned().unwrap_or_else(|| p::group_number(lang, id.0));
        match step {
            GroupFact::Joined { now: Some(now), .. } => p::fact_joined(lang, title(*now)),
            GroupFact::Joined { now: None, was: Some(was), .. } => p::fact_left_group(lang, title(*was)),
            GroupFact::Joined { now: None, was: None, .. }
            | GroupFact::Made { .. }
            | GroupFact::Started { .. }
            | GroupFact::Led { .. }
            | GroupFact::Went { .. }
            | GroupFact::Returned { .. }
            | GroupFact::Ended { .. } => p::fact_other(lang, entry.fact.kind()),
        }
    }

    fn account(self, entry: &Entry, step: &Account) -> String {
        let lang = self.lang;
        match step {
            Account::Missed { place, .. } => p::fact_missed(lang, self.place(place)),
            Account::Found { how: Found::Here, .. } => p::fact_found_here(lang),
            Account::Found { how: Found::WithFamily, .. } => p::fact_found_family(lang),
            Account::Found { how: Found::Seen { by, place }, .. } => p::fact_found_seen(lang, self.staff(*by), self.place(place)),
            Account::AtDoor { .. } => p::fact_at_door(lang),
            Account::NotTakenIn { .. } => p::fact_not_taken_in(lang),
            Account::StillHere { .. } => p::fact_still_here(lang),
            Account::Found { how: Found::Elsewhere { text }, .. } => p::fact_found_elsewhere(lang, text),
            Account::Chased { collector, about, outcome, .. } => {
                let about = match about {
                    Matter::Arrival => p::matter_arrival(lang),
                    Matter::Pickup => p::matter_pickup(lang),
                    Matter::Missing => p::matter_missing(lang),
                    Matter::Outing => p::matter_outing(lang),
                };
                let outcome = match outcome {
                    Outcome::Promised { by, note: Some(note) } => p::outcome_note(lang, by.format("%H:%M"), note),
                    Outcome::Promised { by, note: None } => p::outcome_promised(lang, by.format("%H:%M")),
                    Outcome::NoAnswer => p::outcome_none(lang),
                    Outcome::WrongNumber => p::outcome_wrong(lang),
                };
                p::fact_call(lang, self.collector(*collector), about, outcome)
            }
            Account::Extended { until, reason, approver, .. } => {
                p::fact_extended(lang, until.format("%H:%M"), words::extend_reason(lang, *reason), self.staff(*approver))
            }
            Account::Stays { how: Stay::Guard { signed }, .. } => p::fact_guard(lang, signed),
            Account::Stays { how: Stay::TwoAdults { reason, adults }, .. } if adults.is_empty() => p::fact_two_adults(lang, reason),
            Account::Stays { how: Stay::TwoAdults { reason, adults }, .. } => p::fact_two_named(lang, self.staff_names(adults), reason),
            Account::Incident { kind: Incident::ReleasedUnseen, .. } => p::fact_incident(lang),
            Account::Incident { kind: Incident::NamingStopped, .. } => p::fact_naming_stopped(lang),
            Account::Incident { kind: Incident::HoldTooLate, .. } => p::fact_hold_too_late(lang),
            Account::LeaderAgreed { leader, to: Agreed::Naming, .. } => p::fact_agreed_naming(lang, self.staff(*leader)),
            Account::LeaderAgreed { leader, to: Agreed::InsteadOfCall(purpose), .. } => {
                p::fact_agreed_call(lang, self.staff(*leader), self.purpose(*purpose))
            }
            Account::LeaderTold { .. } => p::fact_other(lang, entry.fact.kind()),
        }
    }

    /// All that is filled in: `姓名：陈一诺；班级：四(1)班`.
    fn all(self, items: &[Item]) -> String {
        self.joined(items.iter().filter(|i| !i.value.is_empty()).map(|i| p::labelled(self.lang, &i.label, &i.value)))
    }

    /// What differs between two states of the same record.
    fn changes(self, was: &[Item], now: &[Item]) -> String {
        let changed = now.iter().filter_map(|now| {
            let was = was.iter().find(|was| was.key == now.key && was.label == now.label)?;
            (was.value != now.value).then(|| p::changed(self.lang, &now.label, or_dash(&was.value), or_dash(&now.value)))
        });
        self.joined(changed)
    }

    fn joined(self, parts: impl IntoIterator<Item = String>) -> String {
        parts.into_iter().collect::<Vec<_>>().join(self.lang.pick("；", "; "))
    }
}

/// A month as `2026-09`.
#[must_use]
pub fn month(count: MonthCount) -> String {
    format!("{}-{:02}", count.year, count.month)
}

fn item(key: &'static str, label: String, value: String) -> Item {
    Item { key, label, value }
}

fn or_dash(text: &str) -> &str {
    if text.is_empty() { "-" } else { text }
}
