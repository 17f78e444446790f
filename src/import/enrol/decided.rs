//! What the desk decided since an import stands: a file that says of it what was said before does not undo it.
//!
//! A row is taken apart into *sayings*, one for each field. Where a saying would change a record, the journal's facts about that
//! field are gone through from the last one back, as far as an import set it: if the desk moved the field away from what the saying
//! says, the file is the old one. What a file says anew is taken, and so is what it says for the child's safety: a further illness,
//! somebody under age, somebody who must not collect.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::{Planner, updated};
use crate::domain::fact::Fact;
use crate::domain::people::{Child, ChildId, Collector, CollectorId, StaffId};
use crate::import::roster::{Place, Reason, Remark, RosterChild, RosterCollector, RosterTerm};

/// The facts by which a child and its collectors came to be what they are, the first first, each with whether an import set it.
pub(super) struct Changes(Vec<(Fact, bool)>);

/// One thing that a row says of a record.
struct Saying<'s, R> {
    /// The field that it is about, for comparing.
    field: Box<dyn Fn(&R) -> String + 's>,
    /// What the record becomes by it.
    told: Box<dyn Fn(&R) -> R + 's>,
}

impl<'s, R> Saying<'s, R> {
    fn new(field: impl Fn(&R) -> String + 's, told: impl Fn(&R) -> R + 's) -> Self {
        Self { field: Box::new(field), told: Box::new(told) }
    }

    fn changes(&self, record: &R) -> bool {
        (self.field)(&(self.told)(record)) != (self.field)(record)
    }

    /// Whether the desk has moved the field away from what is said, after the last import that set it; `past` has the last change first.
    fn was_decided<'r>(&self, past: impl Iterator<Item = (Option<&'r R>, &'r R, bool)>) -> bool
    where
        R: 'r,
    {
        for (was, now, by_import) in past {
            let Some(was) = was else { return false };
            if (self.field)(was) == (self.field)(now) {
                continue;
            }
            if by_import {
                return false;
            }
            if !self.changes(was) {
                return true;
            }
        }
        false
    }
}

impl Changes {
    fn of_child(&self) -> impl Iterator<Item = (Option<&Child>, &Child, bool)> {
        self.0.iter().rev().filter_map(|(fact, by_import)| {
            let Fact::ChildSet { was, now } = fact else { return None };
            Some((was.as_deref(), &**now, *by_import))
        })
    }

    fn of_collectors(&self) -> impl Iterator<Item = (Option<&Collector>, &Collector, bool)> {
        self.0.iter().rev().filter_map(|(fact, by_import)| {
            let Fact::CollectorSet { was, now } = fact else { return None };
            Some((was.as_deref(), &**now, *by_import))
        })
    }

    /// Whether anybody but an import changed the list of collectors.
    pub(super) fn has_list_of_desk(&self) -> bool {
        self.of_collectors().any(|(_, _, by_import)| !by_import)
    }

    /// The records that once were as `is_told` says and that somebody at the desk has changed.
    pub(super) fn told_before(&self, is_told: impl Fn(&Collector) -> bool) -> HashSet<CollectorId> {
        let changed: HashSet<CollectorId> =
            self.of_collectors().filter(|(was, _, by_import)| was.is_some() && !by_import).map(|(_, now, _)| now.id).collect();
        self.of_collectors()
            .filter(|(was, now, _)| changed.contains(&now.id) && (is_told(now) || was.is_some_and(&is_told)))
            .map(|(_, now, _)| now.id)
            .collect()
    }
}

impl<'p> Planner<'p> {
    pub(super) fn past_of(&self, child: ChildId) -> Changes {
        Changes((self.past)(child))
    }

    /// Whether the desk decided otherwise than this row says whether the child takes part.
    pub(super) fn has_decided_care(&self, was: &Child, row: &RosterChild) -> bool {
        let today = self.today();
        care(row, today).is_some_and(|saying| saying.was_decided(self.past_of(was.id).of_child()))
    }

    /// The child that a row of nobody's name is about under a name that it bore before: of this class, or with a phone of the row. Whose
    /// number is another one is not meant; where no phone says that it is, a person has to.
    pub(super) fn renamed(&mut self, row: &RosterChild) -> Result<Option<&'p Child>, Reason> {
        let register = self.register;
        let in_class = |c: &Child| row.grade == Some(c.grade) && (row.class_no.is_none() || c.class_no.is_none() || row.class_no == c.class_no);
        let other_number = |c: &Child| c.student_no.is_some() && !row.numbers.is_empty();
        let may_be = |c: &&Child| !other_number(c) && (in_class(c) || self.known.reaches(c.id, row));
        let mut renamed: Vec<&'p Child> = Vec::new();
        if row.name.is_empty() {
            return Ok(None);
        }
        for child in register.children().filter(may_be) {
            let past = self.past;
            let names = self.former_names.entry(child.id).or_insert_with(|| names_of(&past(child.id)));
            if names.contains(&row.name) {
                renamed.push(child);
            }
        }
        let mut reached = renamed.iter().filter(|c| self.known.reaches(c.id, row));
        match (reached.next(), reached.next(), renamed.first()) {
            (Some(only), None, _) => Ok(Some(only)),
            (Some(_), Some(_), _) => Err(Reason::SeveralNamesakes),
            (None, _, Some(first)) => Err(Reason::FormerName(first.name.clone())),
            (None, _, None) => Ok(None),
        }
    }

    /// What a known child becomes by its row and by whom it is paired with; of what the desk decided otherwise people are told.
    pub(super) fn settled(&mut self, was: &Child, row: &RosterChild, grade: u8, buddy: Option<ChildId>) -> Child {
        let today = self.today();
        let mut now = updated(was, row, grade, today);
        now.buddy = buddy.or(now.buddy);
        if now == *was {
            return now;
        }
        let past = self.past_of(was.id);
        if !past.of_child().any(|(_, _, by_import)| !by_import) {
            return now;
        }
        let mut sayings = of_child(row, grade, today);
        if let Some(buddy) = buddy {
            sayings.push(Saying::new(|c: &Child| format!("{:?}", c.buddy), move |c: &Child| Child { buddy: Some(buddy), ..c.clone() }));
        }
        let for_safety = |now: &Child, next: &Child| now.health != next.health && adds_illness(now.health.as_deref(), next.health.as_deref());
        let (now, refused) = settle(was, &sayings, || past.of_child(), for_safety);
        self.remark_decided(
            &row.place,
            &was.name,
            refused.map(|refused| Fact::ChildSet { was: Some(Box::new(was.clone())), now: Box::new(refused) }),
        );
        now
    }

    /// What a known collector becomes by a row.
    pub(super) fn settled_collector(
        &mut self,
        old: &Collector,
        (row, person, staff): (&RosterChild, &RosterCollector, Option<StaffId>),
        past: Option<&Changes>,
    ) -> Collector {
        let sayings = of_collector(person, staff);
        let of_record = || past.into_iter().flat_map(Changes::of_collectors).filter(|(_, now, _)| now.id == old.id);
        let (now, refused) = settle(old, &sayings, of_record, |now, next| next.minor && !now.minor);
        let child = self.register.child(old.child).map_or_else(String::new, |child| child.name.clone());
        self.remark_decided(
            &row.place,
            &child,
            refused.map(|refused| Fact::CollectorSet { was: Some(Box::new(old.clone())), now: Box::new(refused) }),
        );
        now
    }

    fn remark_decided(&mut self, place: &Place, child: &str, refused: Option<Fact>) {
        let remark = |refused| Remark::DecidedAtDesk { place: place.clone(), child: child.to_owned(), refused: Box::new(refused) };
        self.plan.remarks.extend(refused.map(remark));
    }

    fn today(&self) -> Option<NaiveDate> {
        self.answers.now.map(crate::domain::time::Moment::date)
    }
}

/// The record after all that is said but what the desk decided otherwise; and, if there is such a thing, what it would have become by
/// that.
fn settle<'r, R: Clone + 'r, P: Iterator<Item = (Option<&'r R>, &'r R, bool)>>(
    was: &R,
    sayings: &[Saying<'_, R>],
    past: impl Fn() -> P,
    for_safety: impl Fn(&R, &R) -> bool,
) -> (R, Option<R>) {
    let (mut now, mut refused) = (was.clone(), None::<R>);
    for saying in sayings.iter().filter(|saying| saying.changes(was)) {
        let next = (saying.told)(&now);
        if !for_safety(&now, &next) && saying.was_decided(past()) {
            refused = Some((saying.told)(refused.as_ref().unwrap_or(was)));
        } else {
            now = next;
        }
    }
    (now, refused)
}

/// The names that these facts have given a child.
fn names_of(past: &[(Fact, bool)]) -> Vec<String> {
    #[allow(clippy::wildcard_enum_match_arm)] // the facts that name a child
    let name = |fact: &Fact| if let Fact::ChildSet { now, .. } = fact { Some(now.name.clone()) } else { None };
    past.iter().filter_map(|(fact, _)| name(fact)).collect()
}

/// Whether a text tells of all illnesses that another one tells of.
fn adds_illness(was: Option<&str>, now: Option<&str>) -> bool {
    let parts = |text: &str| -> Vec<String> { text.split(['、', '，', ',', '；', ';', '/', '。']).map(|part| part.trim().to_owned()).collect() };
    let now = parts(now.unwrap_or_default());
    was.is_none_or(|was| parts(was).iter().all(|part| now.contains(part)))
}

/// What a row says of whether the child takes part, if it does.
fn care(row: &RosterChild, today: Option<NaiveDate>) -> Option<Saying<'static, Child>> {
    let said = RosterChild { care: row.care, withdrawn: row.withdrawn, withdrawn_on: row.withdrawn_on, ..RosterChild::default() };
    let says = said.care.is_some() || said.withdrawn || said.withdrawn_on.is_some();
    says.then(|| Saying::new(|c: &Child| format!("{:?}", (c.enrolled, c.withdrawn_on)), move |c: &Child| updated(c, &said, c.grade, today)))
}

/// What a row says of a child, field by field.
fn of_child(row: &RosterChild, grade: u8, today: Option<NaiveDate>) -> Vec<Saying<'static, Child>> {
    fn says(field: impl Fn(&Child) -> String + 'static, said: RosterChild) -> Saying<'static, Child> {
        Saying::new(field, move |c: &Child| updated(c, &said, c.grade, None))
    }
    let nothing = RosterChild::default;
    let class = RosterChild { class_no: row.class_no, ..nothing() };
    let mut sayings = vec![
        says(|c| c.name.clone(), RosterChild { name: row.name.clone(), ..nothing() }),
        Saying::new(|c: &Child| format!("{:?}", (c.grade, c.class_no)), move |c: &Child| updated(c, &class, grade, None)),
        says(|c| format!("{:?}", c.student_no), RosterChild { numbers: row.numbers.clone(), ..nothing() }),
        says(|c| format!("{:?}", c.health), RosterChild { health: row.health.clone(), ..nothing() }),
        says(|c| format!("{:?}", c.note), RosterChild { note: row.note.clone(), ..nothing() }),
        says(|c| format!("{:?}", c.weekdays), RosterChild { weekdays: row.weekdays, ..nothing() }),
        says(|c| format!("{:?}", c.consent), RosterChild { consent: row.consent, ..nothing() }),
        says(|c| format!("{:?}", c.own_school), RosterChild { own_school: row.own_school.clone(), ..nothing() }),
        says(|c| format!("{:?}", c.calm), RosterChild { calm: row.calm.clone(), ..nothing() }),
        says(|c| format!("{:?}", c.snack), RosterChild { snack: row.snack.clone(), ..nothing() }),
        says(|c| format!("{:?}", (c.self_leave, &c.letter)), RosterChild { letter: row.letter.clone(), ..nothing() }),
        says(|c| format!("{:?}", c.guest_on), RosterChild { guest_on: row.guest_on, ..nothing() }),
    ];
    sayings.extend(care(row, today));
    for term in &row.terms {
        for part in parts(term) {
            let name = part.term.clone();
            let field = move |c: &Child| {
                let known = c.terms.iter().find(|known| known.term == name);
                known.map_or_else(String::new, |known| {
                    format!("{:?}", (known.weekdays, known.consent, known.signed_on, &known.signed_by, &known.source, &known.reference))
                })
            };
            sayings.push(says(field, RosterChild { terms: vec![part], ..nothing() }));
        }
    }
    let mut days: Vec<_> = row.early.iter().map(|day| day.weekday).collect();
    days.dedup();
    for day in days {
        let early = row.early.iter().filter(|early| early.weekday == day).cloned().collect();
        let field = move |c: &Child| format!("{:?}", c.early.iter().filter(|early| early.weekday == day).collect::<Vec<_>>());
        sayings.push(says(field, RosterChild { early, ..nothing() }));
    }
    sayings
}

/// What a row says of a term, one thing after the other.
fn parts(term: &RosterTerm) -> Vec<RosterTerm> {
    let nothing = || RosterTerm { term: term.term.clone(), ..RosterTerm::default() };
    let parts = [
        RosterTerm { weekdays: term.weekdays, ..nothing() },
        RosterTerm { consent: term.consent, ..nothing() },
        RosterTerm { signed_on: term.signed_on, ..nothing() },
        RosterTerm { signed_by: term.signed_by.clone(), ..nothing() },
        RosterTerm { source: term.source.clone(), ..nothing() },
        RosterTerm { reference: term.reference.clone(), ..nothing() },
    ];
    std::iter::once(nothing()).chain(parts.into_iter().filter(|part| *part != nothing())).collect()
}

/// What a row says of a collector who is on file, field by field.
fn of_collector(person: &RosterCollector, staff: Option<StaffId>) -> Vec<Saying<'static, Collector>> {
    use super::collectors::told;
    fn says(field: impl Fn(&Collector) -> String + 'static, said: RosterCollector) -> Saying<'static, Collector> {
        Saying::new(field, move |c: &Collector| told(c, &said))
    }
    let nothing = RosterCollector::default;
    vec![
        says(|c| c.name.clone(), RosterCollector { name: person.name.clone(), ..nothing() }),
        says(|c| c.relation.clone(), RosterCollector { relation: person.relation.clone(), ..nothing() }),
        says(|c| format!("{:?}", c.phone), RosterCollector { phone: person.phone.clone(), ..nothing() }),
        says(|c| format!("{:?}", (c.from, c.until)), RosterCollector { validity: person.validity, ..nothing() }),
        says(|c| format!("{:?}", c.looks), RosterCollector { looks: person.looks.clone(), ..nothing() }),
        says(|c| c.minor.to_string(), RosterCollector { minor: person.minor, ..nothing() }),
        Saying::new(|c: &Collector| format!("{:?}", c.staff), move |c: &Collector| Collector { staff: staff.or(c.staff), ..c.clone() }),
    ]
}
