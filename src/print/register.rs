//! The register as tables: children with everything a roster can say, collectors, cards, staff.
//!
//! The table of children has the headings that an import understands, so that importing it into an empty store gives the
//! same register: all but pass phrases and the references of papers, which never go out. The others say what a roster cannot;
//! their headings are none that an import takes for a child's.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::card::CardNumber;
use crate::domain::custody::CardState;
use crate::domain::people::{Child, Consent, Right, Role};
use crate::domain::register::Register;
use crate::domain::staff::{Employment, Vetting};
use crate::domain::time::Weekdays;
use crate::texts::{Lang, items, print as t, words};
use crate::wording::record::{Teller, class_of, date_and_time};

use super::listed::{Called, Extra, Listed, main_card};
use super::table::Table;

/// Collectors up to this one have a number in their headings; an import gives those after it the next free place.
const NUMBERED: usize = 4;

/// Children in the order in which they were listed, each with its live card and its standing and barred collectors.
#[must_use]
pub fn children(lang: Lang, register: &Register, footer: &str) -> Table {
    let mut list: Vec<&Child> = register.children().collect();
    list.sort_by_key(|c| (c.seat, c.id));
    let people: Vec<Listed> = list.iter().map(|child| Listed::of(register, child)).collect();
    let columns = people.iter().map(|p| p.named.len()).max().unwrap_or(0).max(2);
    let extras: Vec<Extra> =
        Extra::ALL.into_iter().filter(|extra| people.iter().flat_map(|p| &p.named).any(|c| extra.is_said(register, c))).collect();
    let called = Called::of(register);
    let mut table = Table { name: t::table_children(lang), footer: footer.to_owned(), ..Table::default() };
    table.left_out = people.iter().map(|p| p.left_out).sum();
    for (key, heading) in [
        ("student_no", t::heading_student_no(lang)),
        ("name", t::heading_name(lang)),
        ("grade", t::heading_grade(lang)),
        ("class", t::heading_class(lang)),
        ("card", t::heading_card(lang)),
        ("own_card", t::heading_own_card(lang)),
        ("care", t::heading_care(lang)),
        ("weekdays", t::heading_weekdays(lang)),
        ("consent", t::heading_consent(lang)),
        ("health", t::heading_health(lang)),
        ("note", t::heading_note(lang)),
        ("household", t::heading_household(lang)),
    ] {
        table.column(key, heading);
    }
    for n in 1..=columns {
        let numbered = n <= NUMBERED;
        table.column(format!("guardian{n}_name"), if numbered { t::heading_guardian_name(lang, n) } else { t::heading_more_name(lang) });
        table.column(format!("guardian{n}_relation"), if numbered { t::heading_guardian_relation(lang, n) } else { t::heading_more_relation(lang) });
        table.column(format!("guardian{n}_phone"), if numbered { t::heading_guardian_phone(lang, n) } else { t::heading_more_phone(lang) });
        for extra in &extras {
            let number = if numbered { n.to_string() } else { String::new() };
            table.column(format!("guardian{n}_{}", extra.key()), extra.heading(lang, &number));
        }
    }
    table.column("barred", t::heading_barred(lang));
    for (key, heading) in [
        ("own_school", t::column_own_school(lang)),
        ("self_leave", t::column_self_leave(lang)),
        ("letter", t::column_letter(lang)),
        ("calm", t::column_calm(lang)),
        ("snack", t::column_snack(lang)),
        ("leaves_early", items::heading_early(lang)),
        ("terms", items::heading_terms(lang)),
        ("guest_on", items::heading_guest(lang)),
        ("withdrawn_on", items::heading_withdrawn(lang)),
        ("buddy", items::heading_buddy(lang)),
    ] {
        table.column(key, heading);
    }
    for (child, people) in list.into_iter().zip(people) {
        let card = main_card(register, child);
        let mut row = vec![
            text(child.student_no.as_deref()),
            child.name.clone(),
            grade(lang, child),
            if child.class_no.is_some() { class_of(lang, child) } else { String::new() },
            card.map(|c| c.number.to_string()).unwrap_or_default(),
            card.map(|c| yes_no(lang, c.own)).unwrap_or_default(),
            yes_no(lang, child.enrolled),
            // What holds outside the terms; those have a column of their own.
            child.weekdays.map(|days| weekdays(lang, days)).unwrap_or_default(),
            consent_word(lang, child.consent),
            text(child.health.as_deref()),
            text(child.note.as_deref()),
            child.household.0.to_string(),
        ];
        for n in 0..columns {
            let cells = people.named.get(n).map(|c| [c.name.clone(), c.relation.clone(), text(c.phone.as_deref())]);
            row.extend(cells.unwrap_or_default());
            row.extend(extras.iter().map(|extra| people.named.get(n).map(|c| extra.cell(lang, register, c)).unwrap_or_default()));
        }
        row.push(people.barred.join("、"));
        row.extend([
            text(child.own_school.as_deref()),
            if child.self_leave { t::yes(lang) } else { String::new() },
            text(child.letter.as_deref()),
            text(child.calm.as_deref()),
            text(child.snack.as_deref()),
            items::early_days(lang, &child.early),
            items::terms(lang, &child.terms),
            day(child.guest_on),
            day(child.withdrawn_on),
            child.buddy.and_then(|buddy| register.child(buddy)).map(|buddy| called.cell(lang, register, buddy)).unwrap_or_default(),
        ]);
        table.rows.push(row);
    }
    table
}

/// Everybody who may, might or must not collect, with the child that it is about.
#[must_use]
pub fn collectors(lang: Lang, register: &Register, footer: &str) -> Table {
    let mut table = Table { name: t::table_collectors(lang), footer: footer.to_owned(), ..Table::default() };
    pupil_columns(lang, &mut table);
    for (key, heading) in [
        ("order", t::column_rank(lang)),
        ("collector", t::column_collector(lang)),
        ("relation", t::column_collector_relation(lang)),
        ("phone", t::column_collector_phone(lang)),
        ("may_collect", t::column_right(lang)),
        ("only_on", t::column_valid_on(lang)),
        ("confirmed", t::column_confirmed(lang)),
        ("from", t::column_from(lang)),
        ("until", t::column_until(lang)),
        ("under_age", t::column_minor(lang)),
        ("looks", t::column_looks(lang)),
        ("works_here", t::column_works_here(lang)),
    ] {
        table.column(key, heading);
    }
    for child in by_class(register) {
        for collector in register.collectors(child.id) {
            let (right, only_on, confirmed) = match collector.right {
                Right::Standing => (t::right_standing(lang), String::new(), String::new()),
                Right::Barred => (t::right_barred(lang), String::new(), String::new()),
                Right::OneDay { day, confirmed } => (t::right_one_day(lang), day.to_string(), yes_no(lang, confirmed)),
                Right::Ended => (t::right_ended(lang), String::new(), String::new()),
            };
            let mut row = pupil(lang, child).to_vec();
            row.extend([
                collector.rank.to_string(),
                collector.name.clone(),
                collector.relation.clone(),
                text(collector.phone.as_deref()),
                right,
                only_on,
                confirmed,
                day(collector.from),
                day(collector.until),
                if collector.minor { t::yes(lang) } else { String::new() },
                text(collector.looks.as_deref()),
                yes_no(lang, collector.staff.is_some()),
            ]);
            table.rows.push(row);
        }
    }
    table
}

/// All cards, also those that are void.
#[must_use]
pub fn cards(lang: Lang, register: &Register, footer: &str) -> Table {
    let groups = BTreeMap::new();
    let teller = Teller::new(register, lang, &groups);
    let mut table = Table { name: t::table_cards(lang), footer: footer.to_owned(), ..Table::default() };
    table.column("card", t::column_number(lang));
    pupil_columns(lang, &mut table);
    for (key, heading) in [
        ("kind", t::column_card_kind(lang)),
        ("state", t::column_state(lang)),
        ("since", t::column_state_since(lang)),
        ("until", t::column_until(lang)),
        ("where", t::column_custody(lang)),
        ("made_by", t::column_made_by(lang)),
    ] {
        table.column(key, heading);
    }
    let mut cards: Vec<_> = register.cards().filter_map(|card| Some((card, register.child(card.child)?))).collect();
    cards.sort_by_key(|(card, child)| (order(child), card.number.clone()));
    for (card, child) in cards {
        let (state, since) = match card.state {
            CardState::Live => (t::state_live(lang), String::new()),
            CardState::Lost { at } => (t::state_lost(lang), date_and_time(at)),
            CardState::Replaced { at } => (t::state_replaced(lang), date_and_time(at)),
            CardState::Expired { at } => (t::state_expired(lang), date_and_time(at)),
        };
        let mut row = vec![card.number.to_string()];
        row.extend(pupil(lang, child));
        let made_by = if card.own { t::made_here(lang) } else { t::made_by_school(lang) };
        row.extend([teller.card_kind(card.kind), state, since, day(card.until), teller.custody(card.custody), made_by]);
        table.rows.push(row);
    }
    table
}

/// Everybody on the staff, without PINs.
#[must_use]
pub fn staff(lang: Lang, register: &Register, footer: &str) -> Table {
    let mut table = Table { name: t::table_staff(lang), footer: footer.to_owned(), ..Table::default() };
    for (key, heading) in [
        ("name", t::column_staff_name(lang)),
        ("role", t::column_role(lang)),
        ("called", t::column_kind(lang)),
        ("capacity", t::column_capacity(lang)),
        ("employment", t::column_employment(lang)),
        ("vetting", t::column_vetting(lang)),
        ("papers", t::column_credentials(lang)),
        ("load", t::column_load(lang)),
        ("phone", t::column_staff_phone(lang)),
        ("staff_card", t::column_staff_card(lang)),
        ("active", t::column_active(lang)),
    ] {
        table.column(key, heading);
    }
    for person in register.staff() {
        let role = match person.role {
            Role::Duty => t::role_duty(lang),
            Role::Leader => t::role_leader(lang),
            Role::Office => t::role_office(lang),
            Role::Inspector => t::role_inspector(lang),
        };
        let card = text(person.card.as_ref().map(CardNumber::as_str));
        let employment = person.employment.map(|employment| match employment {
            Employment::Permanent => t::employment_permanent(lang),
            Employment::Temporary => t::employment_temporary(lang),
            Employment::Left => t::employment_left(lang),
        });
        let vetting = match person.vetting {
            Vetting::Unknown => t::vetting_unknown(lang),
            Vetting::Clear { on } => t::vetting_clear(lang, on),
            Vetting::Barred => t::vetting_barred(lang),
        };
        let papers = person.credentials.iter().map(|c| format!("{} {}", c.name, day(c.until)).trim_end().to_owned());
        table.rows.push(vec![
            person.name.clone(),
            role,
            text(person.kind.as_deref()),
            t::capacity(lang, person.capacity),
            employment.unwrap_or_default(),
            vetting,
            papers.collect::<Vec<_>>().join("；"),
            person.load.map(|load| load.to_string()).unwrap_or_default(),
            text(person.phone.as_deref()),
            card,
            yes_no(lang, person.active),
        ]);
    }
    table
}

/// The columns that say which child a row is about.
pub(super) fn pupil_columns(lang: Lang, table: &mut Table) {
    table.column("student_no", t::column_pupil_no(lang));
    table.column("child", t::column_of_child(lang));
    table.column("grade", t::column_pupil_grade(lang));
    table.column("class", t::column_pupil_class(lang));
}

/// The cells under [`pupil_columns`].
pub(super) fn pupil(lang: Lang, child: &Child) -> [String; 4] {
    [text(child.student_no.as_deref()), child.name.clone(), grade(lang, child), class_of(lang, child)]
}

/// Children as a class list has them.
fn by_class(register: &Register) -> Vec<&Child> {
    let mut list: Vec<&Child> = register.children().collect();
    list.sort_by_key(|c| order(c));
    list
}

fn order(child: &Child) -> (u8, Option<u8>, u32, i64) {
    (child.grade, child.class_no, child.seat, child.id.0)
}

fn grade(lang: Lang, child: &Child) -> String {
    match lang {
        Lang::Zh => crate::texts::grade_only(lang, words::grade(lang, child.grade)),
        Lang::En => child.grade.to_string(),
    }
}

/// Days as an import reads them in either language.
fn weekdays(lang: Lang, days: Weekdays) -> String {
    match lang {
        Lang::Zh => days.iter().map(|d| words::weekday(lang, d)).collect::<Vec<_>>().join("、"),
        Lang::En => days.iter().map(|d| d.number_from_monday().to_string()).collect::<Vec<_>>().join(","),
    }
}

/// Consent as an import reads it; blank when nothing is known.
fn consent_word(lang: Lang, consent: Consent) -> String {
    match consent {
        Consent::Given => t::yes(lang),
        Consent::Missing => t::no(lang),
        Consent::Unknown => String::new(),
    }
}

fn yes_no(lang: Lang, yes: bool) -> String {
    if yes { t::yes(lang) } else { t::no(lang) }
}

fn day(date: Option<NaiveDate>) -> String {
    date.map(|d| d.to_string()).unwrap_or_default()
}

fn text(value: Option<&str>) -> String {
    value.unwrap_or_default().to_owned()
}
