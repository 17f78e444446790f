//! What changes of a child, field by field, as people and as scripts read it.

use chrono::NaiveDate;

use crate::domain::fact::{Draft, Fact};
use crate::domain::people::{Child, ChildId, Collector, Right};
use crate::texts::{self, Lang, import as t, items};

/// One field that changes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    /// The field, for scripts: `name`, `class`, `phone` …
    pub field: &'static str,
    /// The field, for people; with the person where it is about a collector.
    pub what: String,
    /// What stands on the register; empty when nothing does.
    pub was: String,
    /// What would stand there.
    pub now: String,
}

/// The differences that these facts make.
#[must_use]
pub fn differences(lang: Lang, facts: &[Draft]) -> Vec<Difference> {
    facts.iter().flat_map(|draft| of_fact(lang, &draft.fact)).collect()
}

/// The differences that one fact makes.
#[must_use]
pub fn of_fact(lang: Lang, fact: &Fact) -> Vec<Difference> {
    let mut list = Vec::new();
    #[allow(clippy::wildcard_enum_match_arm)] // an import records these three of children, and no others
    match fact {
        Fact::ChildSet { was: Some(was), now } => of_child(lang, was, now, &mut list),
        Fact::CollectorSet { was: Some(was), now } => of_collector(lang, was, now, &mut list),
        Fact::CollectorSet { was: None, now } => {
            let value = now.phone.clone().unwrap_or_default();
            list.push(Difference { field: "collector", what: t::new_collector(lang, who(lang, now), ""), was: String::new(), now: value });
        }
        Fact::CardSet { now, .. } => {
            list.push(Difference { field: "card", what: t::field_card(lang), was: String::new(), now: now.number.to_string() });
        }
        _ => {}
    }
    list
}

/// What is told of a new child, all of it: class, what its row says of it, its cards, who must not collect it, who may.
#[must_use]
pub fn of_new(lang: Lang, facts: &[Draft]) -> Vec<Difference> {
    let mut list = Vec::new();
    let (mut barred, mut allowed, mut cards) = (Vec::new(), Vec::new(), Vec::new());
    for draft in facts {
        #[allow(clippy::wildcard_enum_match_arm)] // an import records these three of a new child
        match &draft.fact {
            Fact::ChildSet { was: None, now } => {
                let class = class(lang, now.grade, now.class_no);
                list.push(Difference { field: "class", what: t::field_class(lang), was: String::new(), now: class });
                let mut nothing = Child::new(now.id, now.name.clone(), now.grade, now.household);
                (nothing.class_no, nothing.seat) = (now.class_no, now.seat);
                of_child(lang, &nothing, now, &mut list);
            }
            Fact::CardSet { now, .. } => cards.push(now.number.to_string()),
            Fact::CollectorSet { was: None, now } => {
                let phone = now.phone.as_deref().unwrap_or_default();
                let said = t::new_value(lang, who(lang, now), phone).trim().to_owned();
                if now.right == Right::Barred { barred.push(said) } else { allowed.push(said) }
            }
            _ => {}
        }
    }
    let between = lang.pick("、", ", ");
    for (field, what, said) in
        [("card", t::field_card(lang), cards), ("barred", t::right_barred(lang), barred), ("collectors", t::right_standing(lang), allowed)]
    {
        if !said.is_empty() {
            list.push(Difference { field, what, was: String::new(), now: said.join(between) });
        }
    }
    list
}

/// A difference in words.
#[must_use]
pub fn words(lang: Lang, difference: &Difference) -> String {
    let what = difference.what.trim();
    if difference.field == "collector" || (difference.was.is_empty() && difference.field == "card") {
        return t::new_value(lang, what, &difference.now).trim_end().to_owned();
    }
    t::difference(lang, what, shown(lang, &difference.was), shown(lang, &difference.now))
}

/// A value as people read it.
pub(super) fn shown(lang: Lang, text: &str) -> String {
    if text.is_empty() { t::nothing_there(lang) } else { text.to_owned() }
}

/// Grade and class in words.
#[must_use]
pub fn class(lang: Lang, grade: u8, class_no: Option<u8>) -> String {
    class_no.map_or_else(|| texts::grade_only(lang, grade), |class| texts::grade_class(lang, grade, class))
}

fn who(lang: Lang, collector: &Collector) -> String {
    let letters = collector.relation.is_ascii() && collector.name.is_ascii();
    let lang = if letters { Lang::En } else { lang };
    t::collector_of(lang, &collector.relation, &collector.name).trim().to_owned()
}

fn of_child(lang: Lang, was: &Child, now: &Child, list: &mut Vec<Difference>) {
    let before = list.len();
    let mut add = |field: &'static str, what: String, was: String, now: String| {
        if was != now {
            list.push(Difference { field, what, was, now });
        }
    };
    let text = |t: &Option<String>| t.clone().unwrap_or_default();
    let care = |enrolled: bool| if enrolled { t::care_yes(lang) } else { t::care_no(lang) };
    add("name", t::field_name(lang), was.name.clone(), now.name.clone());
    add("class", t::field_class(lang), class(lang, was.grade, was.class_no), class(lang, now.grade, now.class_no));
    add("student_no", t::field_student_no(lang), text(&was.student_no), text(&now.student_no));
    add("health", t::field_health(lang), text(&was.health), text(&now.health));
    add("note", t::field_note(lang), text(&was.note), text(&now.note));
    add("weekdays", t::field_weekdays(lang), t::days(lang, was.weekdays), t::days(lang, now.weekdays));
    add("consent", t::field_consent(lang), t::consent(lang, was.consent), t::consent(lang, now.consent));
    add("care", t::field_care(lang), care(was.enrolled), care(now.enrolled));
    add("own_school", t::field_own_school(lang), text(&was.own_school), text(&now.own_school));
    add("calm", t::field_calm(lang), text(&was.calm), text(&now.calm));
    add("snack", t::field_snack(lang), text(&was.snack), text(&now.snack));
    add("letter", t::field_letter(lang), text(&was.letter), text(&now.letter));
    add("terms", items::field_terms(lang), items::terms(lang, &was.terms), items::terms(lang, &now.terms));
    add("early", items::field_early(lang), items::early_days(lang, &was.early), items::early_days(lang, &now.early));
    let day = |date: Option<NaiveDate>| date.map(|d| d.to_string()).unwrap_or_default();
    add("guest_on", items::field_guest(lang), day(was.guest_on), day(now.guest_on));
    add("withdrawn_on", items::field_withdrawn(lang), day(was.withdrawn_on), day(now.withdrawn_on));
    let buddy = |id: Option<ChildId>| id.map(|id| items::buddy_of(lang, id.0)).unwrap_or_default();
    add("buddy", items::field_buddy(lang), buddy(was.buddy), buddy(now.buddy));
    // Nothing changes without a word for it.
    if list.len() == before && was != now {
        list.push(Difference { field: "other", what: t::field_other(lang), was: String::new(), now: String::new() });
    }
}

fn of_collector(lang: Lang, was: &Collector, now: &Collector, list: &mut Vec<Difference>) {
    let mut add = |field: &'static str, what: String, was: String, now: String| {
        if was != now {
            list.push(Difference { field, what, was, now });
        }
    };
    let who = who(lang, now);
    add("phone", t::field_phone(lang, &who), was.phone.clone().unwrap_or_default(), now.phone.clone().unwrap_or_default());
    add("relation", t::field_relation(lang, &now.name), was.relation.clone(), now.relation.clone());
    add("collector_name", t::field_collector(lang, &who), was.name.clone(), now.name.clone());
    add("right", t::field_right(lang, &who), t::right(lang, was.right), t::right(lang, now.right));
    let span = |c: &Collector| items::validity(lang, c.from, c.until);
    add("valid", items::field_valid(lang, &who), span(was), span(now));
    add("looks", items::field_looks(lang, &who), was.looks.clone().unwrap_or_default(), now.looks.clone().unwrap_or_default());
    let minor = |c: &Collector| if c.minor { texts::print::yes(lang) } else { texts::print::no(lang) };
    add("minor", items::field_minor(lang, &who), minor(was), minor(now));
}
