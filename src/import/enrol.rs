//! Children of a roster become the facts by which the register would change. Importing the same again changes nothing, in
//! whatever form it comes.
//!
//! What a roster does not mention stays as it is; nobody is taken off the register because a list leaves them out. Only a
//! delivery that says that a child has left withdraws it, and its history stays (F008). Staff come as desk staff without a
//! PIN: they can sign on once a leader has given them one.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use crate::domain::card::CardNumber;
use crate::domain::custody::{Card, Custody};
use crate::domain::face::Faces;
use crate::domain::fact::{Draft, Fact};
use crate::domain::people::{Child, ChildId, Collector, Consent, HouseholdId, Right, StaffId};
use crate::domain::register::{NextIds, Register};
use crate::domain::time::Moment;
use crate::rules::barred::{self, Naming, barred_of_namesake, naming_for_good};

mod asked;
mod collectors;
mod decided;
mod households;
mod staff;

use households::{households, shared_numbers};

use super::buddies::{self, Buddy};
use super::cards::{self, Held};
use super::cells::{name_says_left, says_left, tells_of_card};
use super::known::Known;
use super::persons::tells_only_of;
use super::repeats::card_length;
use super::roster::{Harvest, LeftOut, Place, Reason, Refused, Remark, RosterChild, RosterCollector, RosterTerm};
use super::spoken::{Restriction, restriction};
use super::{Answers, Past};

/// What an import would do.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// The facts, one act; empty when nothing changes.
    pub drafts: Vec<Draft>,
    /// Children that are new.
    pub added: Vec<String>,
    /// What is said of each of them: its first fact in [`Plan::drafts`], and one past its last.
    pub added_facts: Vec<(usize, usize)>,
    /// Children whose record, collectors or card change: where in `drafts` that is said.
    pub changed: Vec<Changed>,
    /// Children that are as they were.
    pub unchanged: usize,
    /// Staff that is new.
    pub staff: Vec<String>,
    /// Children with a single reachable number.
    pub one_number: Vec<String>,
    /// Children on the register whom a whole list of everybody does not name; they stay.
    pub missing: Vec<String>,
    /// Collectors whom a delivery takes away, or no longer names.
    pub leaving: Vec<Leaving>,
    /// Rows that are not imported.
    pub refused: Vec<Refused>,
    /// Rows that hold no child, and the same rows again.
    pub left_out: Vec<(Place, LeftOut)>,
    /// Cells and sheets that the import did without.
    pub remarks: Vec<Remark>,
}

/// A collector whom a delivery takes away, or no longer names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Leaving {
    /// The child's name.
    pub child: String,
    /// Its grade and class.
    pub class: (u8, Option<u8>),
    /// The collector as the register has it: relation and name.
    pub relation: String,
    /// Name; may be empty.
    pub name: String,
    /// The delivery says that the person is to be deleted; else the person is not in it any more.
    pub marked: bool,
    /// What becomes of the right to collect.
    pub outcome: Outcome,
}

/// What becomes of the right of somebody whom a delivery no longer has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// Nobody has said that it ends.
    Stays,
    /// It ends with this import.
    Ends,
    /// It stays, for without this person nobody of the child could be reached (F002).
    Last,
}

/// A child that changes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Changed {
    /// Its name as the register has it.
    pub name: String,
    /// Its grade and class as the register has them.
    pub class: (u8, Option<u8>),
    /// Its first fact in [`Plan::drafts`], and one past its last.
    pub facts: (usize, usize),
}

/// Plans an import; `past` has the facts about a child. `Err` is the sheet (index into what is lacking) that is about new children and cannot enrol them.
pub(super) fn plan(harvest: Harvest, register: &Register, past: &Past<'_>, answers: &Answers, step: &mut dyn FnMut(f32)) -> Result<Plan, usize> {
    let mut households = households(&harvest.children);
    let mut planner = Planner {
        register,
        past,
        answers,
        known: Known::of(register),
        bars: barred::all(register, answers.now.map(Moment::date).unwrap_or_default()),
        staff_cards: cards::of_staff(register, false),
        every_staff_card: cards::of_staff(register, true),
        six_are_ours: false,
        ids: register.next_ids(),
        plan: Plan::default(),
        facts: Vec::new(),
        former_names: HashMap::new(),
        staff_names: HashSet::new(),
        staff_by_name: HashMap::new(),
    };
    planner.plan.refused = harvest.refused;
    planner.plan.left_out = harvest.left_out;
    planner.plan.remarks = harvest.remarks;
    planner.plan.remarks.extend(shared_numbers(&harvest.children, &households));
    let file = harvest.children.first().map(|c| c.place.file.to_string()).or_else(|| harvest.staff.first().map(|s| s.place.file.to_string()));
    let length = card_length(&harvest.children);
    let mut household_ids: HashMap<usize, HouseholdId> = HashMap::new();
    let paired = buddies::of(&harvest.children, register);
    let all = harvest.children.len();
    // Who each row is about is known before anything is said of it: a child may be paired with one that comes later.
    let mut ids: Vec<Option<ChildId>> = Vec::with_capacity(all);
    let mut ready: Vec<Option<Ready>> = Vec::with_capacity(all);
    for (index, row) in harvest.children.iter().enumerate() {
        if index.is_multiple_of(1000) {
            step(super::read::share(index, all));
        }
        let group = households.get_mut(index).map_or(index, |g| *g);
        let (id, child) = match paired.get(index) {
            Some(Some(Err(reason))) => planner.refuse(row, row.columns.buddy, reason.clone()),
            Some(Some(Ok(_)) | None) | None => planner.child(row, group, index, length, &mut household_ids)?,
        };
        ids.push(id);
        ready.push(child);
    }
    planner.hold_apart(&harvest.children, &mut ready);
    planner.hold_cards(&harvest.children, &mut ready, &mut ids);
    // The staff comes first: collectors of the children may be among them.
    let cards = ready.iter().flatten().filter_map(|r| r.card.as_ref()).map(CardNumber::as_str);
    let of_children = if harvest.staff.is_empty() { Faces::default() } else { Faces::of(cards) };
    for row in harvest.staff {
        planner.staff(row, &of_children);
    }
    planner.name_staff();
    let leaving: HashSet<ChildId> = ready.iter().flatten().filter(|r| r.leaves).map(|r| r.id).collect();
    let said: HashSet<ChildId> = if leaving.is_empty() { HashSet::new() } else { ready.iter().flatten().map(|r| r.id).collect() };
    for (index, (row, child)) in harvest.children.into_iter().zip(ready).enumerate() {
        let Some(child) = child else { continue };
        let buddy = match paired.get(index) {
            Some(Some(Ok(Buddy::Known(id)))) => Some(*id),
            Some(Some(Ok(Buddy::Row(other)))) => {
                let id = ids.get(*other).copied().flatten();
                if id.is_none() {
                    planner.plan.remarks.push(Remark::BuddyLeftOut { place: row.place.clone(), column: row.columns.buddy });
                }
                id
            }
            Some(Some(Err(_)) | None) | None => None,
        };
        let mut now = planner.now(&child, &row, buddy);
        // Who leaves is nobody's buddy any more.
        now.buddy = now.buddy.filter(|buddy| !child.leaves && !leaving.contains(buddy));
        planner.say(&child, now, &row);
    }
    let named: Vec<ChildId> = ids.into_iter().flatten().collect();
    planner.free_buddies(&leaving, &said);
    if harvest.bulk {
        planner.report_missing(&named);
    }
    Ok(planner.finish(file))
}

struct Planner<'p> {
    register: &'p Register,
    past: &'p Past<'p>,
    answers: &'p Answers,
    known: Known<'p>,
    /// The bars on file that hold today or later.
    bars: Vec<&'p Collector>,
    /// The cards of the staff, the register's and this import's.
    staff_cards: Faces,
    /// Those of who has left the staff among them: no child gets one.
    every_staff_card: Faces,
    /// Whether six digits are a number of ours where the roster does not say.
    six_are_ours: bool,
    ids: NextIds,
    plan: Plan,
    facts: Vec<Draft>,
    /// What children were called before, as far as that was looked up.
    former_names: HashMap<ChildId, Vec<String>>,
    /// Names of the staff of this import.
    staff_names: HashSet<String>,
    /// Who is on the staff, the register's and this import's; `None` for a name that several bear.
    staff_by_name: HashMap<String, Option<StaffId>>,
}

/// A row that can be imported: whom it is about. What the child becomes is made of it only when it is said, for of a large
/// roster there should be only one copy.
struct Ready<'p> {
    was: Option<&'p Child>,
    id: ChildId,
    household: HouseholdId,
    grade: u8,
    /// Its place in the roster, from 1.
    seat: u32,
    card: Option<CardNumber>,
    /// Whether the row withdraws a child that took part.
    leaves: bool,
}

impl<'p> Planner<'p> {
    /// What the child becomes.
    fn now(&mut self, ready: &Ready<'_>, row: &RosterChild, buddy: Option<ChildId>) -> Child {
        match ready.was {
            Some(was) => self.settled(was, row, ready.grade, buddy),
            None => Child { buddy, ..new_child(ready.id, ready.household, ready.seat, row, ready.grade) },
        }
    }

    fn refuse(&mut self, row: &RosterChild, column: usize, reason: Reason) -> (Option<ChildId>, Option<Ready<'p>>) {
        self.plan.refused.push(Refused { place: row.place.clone(), column, who: row.name.clone(), reason });
        (None, None)
    }

    /// What the child of one row would be, unless the row is refused; and who it is, when that is known.
    fn child(
        &mut self,
        row: &RosterChild,
        group: usize,
        index: usize,
        length: Option<usize>,
        household_ids: &mut HashMap<usize, HouseholdId>,
    ) -> Result<(Option<ChildId>, Option<Ready<'p>>), usize> {
        let old = match self.known.find(row).and_then(|old| old.map_or_else(|| self.renamed(row), |old| Ok(Some(old)))) {
            Ok(old) => old,
            Err(reason @ Reason::NumberInUse(_)) => return Ok(self.refuse(row, row.columns.number, reason)),
            Err(reason) => return Ok(self.refuse(row, row.columns.name, reason)),
        };
        // Two rows may have said so together.
        if row.care == Some(true) && row.withdrawn_on.is_some() {
            return Ok(self.refuse(row, row.columns.name, Reason::WithdrawnYetHere));
        }
        if old.is_none() && row.withdrawn {
            return Ok(self.refuse(row, row.columns.name, Reason::NobodyToWithdraw));
        }
        if let (None, Some(lacking)) = (old, row.lacking) {
            return Err(lacking);
        }
        let (old_id, was) = (old.map(|o| o.id), old);
        let number = match cards::of_row((self.register, &self.known), &self.every_staff_card, self.answers, old_id, row.card.as_ref(), length) {
            Ok(number) => number,
            Err(reason) => {
                self.refuse(row, row.columns.card, reason);
                return Ok((old_id, None));
            }
        };
        // A row that is taken for a new child of a name that is on file is no way round the bars there.
        let today = self.answers.now.map(Moment::date).unwrap_or_default();
        let of = barred::Record { id: None, name: &row.name, class: row.grade.map(|grade| (grade, row.class_no)) };
        let fits = |p: &RosterCollector| barred_of_namesake(self.register, &self.bars, of, p.described(), today).is_some();
        let barred_of_namesake = || row.collectors.iter().find(|p| !p.barred && fits(p));
        if let Some(person) = old_id.map_or_else(barred_of_namesake, |id| self.lists_barred(id, row)) {
            let reason = Reason::ListsBarred(if person.name.is_empty() { person.relation.clone() } else { person.name.clone() });
            self.refuse(row, row.columns.phone, reason);
            return Ok((old_id, None));
        }
        // Who takes no part, or has left, needs no number (F008); who comes, or comes back, does (F002).
        let said = row.withdrawn_on.is_none() && !row.withdrawn && row.care.unwrap_or(was.is_none_or(|was| was.enrolled));
        let decided = was.filter(|was| was.enrolled != said && self.has_decided_care(was, row));
        let takes_part = decided.map_or(said, |was| was.enrolled);
        let comes = takes_part && !was.is_some_and(|was| was.enrolled);
        let reaches = |c: &RosterCollector| c.phone.is_some() && old_id.is_none_or(|id| !self.was_ended(id, row, c));
        if comes && !row.collectors.iter().any(reaches) && old_id.is_none_or(|id| self.numbers_of(id) == 0) {
            self.refuse(row, row.columns.phone, Reason::NoReachableAdult);
            return Ok((old_id, None));
        }
        let Some(grade) = row.grade.or(was.map(|w| w.grade)) else {
            return Ok(self.refuse(row, row.columns.class, Reason::UnknownGrade(String::new())));
        };
        if let Some((column, note, restriction)) = self.restriction_in_words(row, was) {
            let text = note.chars().take(40).collect();
            match restriction {
                Restriction::Somebody => {
                    self.refuse(row, column, Reason::NoteRestricts(text));
                    return Ok((old_id, None));
                }
                Restriction::AllOthers => self.plan.remarks.push(Remark::NoteNamesWhoMay { place: row.place.clone(), column, text }),
            }
        }
        if let Some((column, reason)) = self.asked(row, was) {
            self.refuse(row, column, reason);
            return Ok((old_id, None));
        }
        if let Some((column, reason)) = Self::in_words(row, was) {
            self.refuse(row, column, reason);
            return Ok((old_id, None));
        }
        if row.letter.is_some() && grade <= 2 {
            return Ok(self.refuse(row, row.columns.letter, Reason::TooYoungToLeave));
        }
        let leaves = was.is_some_and(|was| was.enrolled) && !takes_part;
        let (id, household) = if let Some(old) = was {
            if leaves && self.answers.here.contains(&old.id) {
                self.refuse(row, row.columns.name, Reason::StillHere);
                return Ok((Some(old.id), None));
            }
            household_ids.entry(group).or_insert(old.household);
            (old.id, old.household)
        } else {
            let household = match household_ids.get(&group) {
                Some(household) => *household,
                None => self.known.household_of(row).unwrap_or_else(|| self.ids.household()),
            };
            household_ids.insert(group, household);
            (self.ids.child(), household)
        };
        let seat = u32::try_from(index + 1).unwrap_or(u32::MAX);
        Ok((Some(id), Some(Ready { was, id, household, grade, seat, card: number, leaves })))
    }

    /// A text about a child that is new and may say that somebody must not collect it, who is not barred: its column, itself, and
    /// what it may say.
    fn restriction_in_words<'r>(&self, row: &'r RosterChild, was: Option<&Child>) -> Option<(usize, &'r str, Restriction)> {
        let today = self.answers.now.map(Moment::date);
        // A bar that has run out covers no note.
        let holds = |c: &&Collector| c.right == Right::Barred && c.until.zip(today).is_none_or(|(until, today)| until >= today);
        let on_file = was.into_iter().flat_map(|was| self.register.collectors(was.id).filter(holds));
        let on_file: Vec<(&str, &str)> = on_file.map(|c| (&*c.name, &*c.relation)).collect();
        let barred = || row.collectors.iter().filter(|c| c.barred).map(|c| (&*c.name, &*c.relation)).chain(on_file.iter().copied());
        let texts = [
            (&row.note, was.map(|w| &w.note), row.columns.note),
            // A note that speaks of an allergy is told of as health.
            (&row.health, was.map(|w| &w.health), if row.columns.health > 0 { row.columns.health } else { row.columns.note }),
            (&row.calm, was.map(|w| &w.calm), row.columns.calm),
        ];
        let new = texts
            .into_iter()
            .filter(|(now, was, _)| was.is_none_or(|was| was != *now))
            .filter_map(|(now, _, column)| Some((column, now.as_deref()?)));
        let names = || row.collectors.iter().map(|c| c.name.as_str());
        let allowed = || row.collectors.iter().filter(|c| !c.barred).map(|c| c.name.as_str());
        let found = new.filter_map(|(column, text)| Some((column, text, restriction(text, names(), &row.name)?)));
        found.into_iter().find(|(_, text, restriction)| *restriction == Restriction::AllOthers || !tells_only_of(text, barred(), allowed()))
    }

    /// A text about a child that is new and may say that it does not come any more, or that its card is another one.
    fn in_words(row: &RosterChild, was: Option<&Child>) -> Option<(usize, Reason)> {
        let says_so = row.care == Some(false) || row.withdrawn || row.withdrawn_on.is_some();
        let shown = |text: &str| text.chars().take(40).collect::<String>();
        if name_says_left(&row.name) && !says_so {
            return Some((row.columns.name, Reason::MayHaveLeft(shown(&row.name))));
        }
        let note = row.note.as_deref().filter(|note| was.is_none_or(|was| was.note.as_deref() != Some(*note)))?;
        if says_left(note) && !says_so {
            return Some((row.columns.note, Reason::MayHaveLeft(shown(note))));
        }
        (tells_of_card(note) && row.card.is_some()).then(|| (row.columns.note, Reason::NoteOnCard(shown(note))))
    }

    /// Whom a row lists as a collector although a bar on file fits: a roster lifts none (F030).
    fn lists_barred<'r>(&self, child: ChildId, row: &'r RosterChild) -> Option<&'r RosterCollector> {
        let today = self.answers.now.map(Moment::date).unwrap_or_default();
        // A record that is on file stays what it is, barred or standing: a list that says the same as before changes nothing. Anybody
        // else whom the bar fits would be a new record of the barred person.
        let known = |p: &RosterCollector| {
            let mut on_file = self.register.collectors(child);
            on_file.any(|c| match c.right {
                Right::Standing => collectors::is_same(c, p),
                Right::Barred => collectors::says_nothing_else(c, p),
                Right::OneDay { .. } | Right::Ended => false,
            })
        };
        row.collectors
            .iter()
            .filter(|p| !p.barred && !known(p))
            .find(|p| naming_for_good(self.register, child, p.described(), today) == Naming::Stopped)
    }

    /// Refuses rows that tell of one child on the register, each in its own way.
    fn hold_apart(&mut self, rows: &[Box<RosterChild>], ready: &mut [Option<Ready<'p>>]) {
        let mut first: HashMap<ChildId, usize> = HashMap::new();
        let mut twice: Vec<(usize, usize)> = Vec::new();
        for (index, child) in ready.iter().enumerate() {
            let Some(child) = child.as_ref().filter(|c| c.was.is_some()) else { continue };
            if let Some(other) = first.insert(child.id, index) {
                twice.extend([(index, other), (other, index)]);
            }
        }
        for (index, other) in twice {
            // The first of three is named once.
            let Some(Some(_)) = ready.get_mut(index).map(Option::take) else { continue };
            let (Some(row), Some(other)) = (rows.get(index), rows.get(other)) else { continue };
            self.refuse(row, row.columns.name, Reason::ChildTwice(other.place.clone()));
        }
    }

    /// Refuses the rows whose new card could be taken for another one's.
    fn hold_cards(&mut self, rows: &[Box<RosterChild>], ready: &mut [Option<Ready<'p>>], ids: &mut [Option<ChildId>]) {
        let unsaid = rows.iter().zip(ready.iter()).filter(|(row, _)| row.own_card.is_none()).filter_map(|(_, child)| child.as_ref()?.card.as_ref());
        self.six_are_ours = cards::six_are_ours(unsaid);
        let mut new = Vec::new();
        for (index, (row, child)) in rows.iter().zip(ready.iter()).enumerate() {
            let Some(child) = child else { continue };
            if let Some(number) = child.card.as_ref().filter(|number| self.gets(child, number)) {
                new.push(Held { row: Some(index), number, ours: cards::is_ours(number, row.own_card, self.six_are_ours) });
            }
        }
        let place = |row: usize| rows.get(row).map(|r| r.place.clone()).unwrap_or_default();
        let confused = cards::confused(self.register, &new, place);
        for (index, reason) in confused {
            let (Some(row), Some(slot)) = (rows.get(index), ready.get_mut(index)) else { continue };
            // One that was to be new is nobody, to be paired with or to be missed.
            if let (Some(child), Some(id)) = (slot.take(), ids.get_mut(index)) {
                *id = child.was.map(|was| was.id);
            }
            self.refuse(row, row.columns.card, reason);
        }
    }

    /// Whether a child gets the card of its row: it has none that lives, and takes part. A card that it has is replaced at the desk.
    fn gets(&self, child: &Ready<'_>, number: &CardNumber) -> bool {
        !child.leaves && self.register.card(number).is_none() && self.register.live_card(child.id).is_none()
    }

    /// The facts of one row.
    fn say(&mut self, ready: &Ready<'_>, child: Child, row: &RosterChild) {
        let new_card = ready.card.clone().filter(|number| self.gets(ready, number));
        let Ready { was, id, leaves, .. } = *ready;
        let before = self.facts.len();
        if was != Some(&child) {
            self.facts.push(Fact::ChildSet { was: was.map(|o| Box::new(o.clone())), now: Box::new(child.clone()) }.into());
            // A bar that counts only because two records have one name outlives the name.
            if let (Some(was), Some(now)) = (was.filter(|was| was.name != child.name), self.answers.now) {
                let carried = barred::carried_over(self.register, was.id, Some(&child.name), now.date(), &mut self.ids);
                self.facts.extend(carried.into_iter().map(Draft::from));
            }
        }
        self.collectors(id, row);
        self.in_doubt(before, row);
        self.leaving(&child, row);
        if leaves {
            self.void_cards(id);
        } else if let Some(number) = new_card {
            let ours = cards::is_ours(&number, row.own_card, self.six_are_ours);
            let with_nobody = self.answers.families_keep_cards && self.answers.here.contains(&id);
            let custody = if with_nobody { Custody::Astray } else { Custody::Rack };
            self.facts.push(Fact::CardSet { was: None, now: Box::new(Card { custody, ..Card::new(number, id, ours) }) }.into());
        }
        if !row.withdrawn && row.collectors.iter().filter(|c| c.phone.is_some() && !c.barred).count() == 1 && self.numbers_of(id) < 2 {
            self.plan.one_number.push(child.name.clone());
        }
        let facts = (before + 1, self.facts.len() + 1); // the head of the act comes first
        match (was, self.facts.len() > before) {
            (None, _) => {
                self.plan.added.push(child.name);
                self.plan.added_facts.push(facts);
            }
            (Some(old), true) => {
                self.plan.changed.push(Changed { name: old.name.clone(), class: (old.grade, old.class_no), facts });
            }
            (Some(_), false) => self.plan.unchanged += 1,
        }
    }

    /// How many numbers the register has for a child.
    fn numbers_of(&self, child: ChildId) -> usize {
        self.register.collectors(child).filter(|c| c.right == Right::Standing && c.phone.is_some()).count()
    }

    /// The cards of a child that leaves are void from now on, as at the desk.
    fn void_cards(&mut self, child: ChildId) {
        let Some(at) = self.answers.now else { return };
        let void = |was: &Card| Fact::CardSet { was: Some(Box::new(was.clone())), now: Box::new(was.expired(at)) };
        self.facts.extend(self.register.live_cards(child).map(|was| Draft::from(void(was))));
    }

    /// Whom a leaving child was paired with, and of whom no row says anything, is free again.
    fn free_buddies(&mut self, leaving: &HashSet<ChildId>, said: &HashSet<ChildId>) {
        for was in self.register.children().filter(|c| c.buddy.is_some_and(|b| leaving.contains(&b)) && !said.contains(&c.id)) {
            let now = Child { buddy: None, ..was.clone() };
            self.facts.push(Fact::ChildSet { was: Some(Box::new(was.clone())), now: Box::new(now) }.into());
        }
    }

    fn report_missing(&mut self, named: &[ChildId]) {
        let named: HashSet<ChildId> = named.iter().copied().collect();
        let missing = self.register.children().filter(|c| c.enrolled && !named.contains(&c.id)).map(|c| c.name.clone());
        self.plan.missing = missing.collect();
    }

    fn finish(mut self, file: Option<String>) -> Plan {
        if !self.facts.is_empty() {
            let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
            let (added, changed) = (count(self.plan.added.len()), count(self.plan.changed.len()));
            self.facts.insert(0, Fact::Imported { file: file.unwrap_or_default(), added, changed }.into());
        }
        self.plan.drafts = self.facts;
        self.plan.refused.sort_by(|a, b| (&a.place.file, &a.place.sheet, a.place.row).cmp(&(&b.place.file, &b.place.sheet, b.place.row)));
        self.plan
    }
}

fn new_child(id: ChildId, household: HouseholdId, seat: u32, row: &RosterChild, grade: u8) -> Child {
    Child {
        class_no: row.class_no,
        seat,
        student_no: row.numbers.first().cloned(),
        health: row.health.clone(),
        note: row.note.clone(),
        weekdays: row.weekdays,
        consent: row.consent.unwrap_or(Consent::Unknown),
        self_leave: row.letter.is_some(),
        enrolled: row.care.unwrap_or(row.withdrawn_on.is_none()),
        guest_on: row.guest_on,
        withdrawn_on: row.withdrawn_on,
        terms: row.terms.iter().map(RosterTerm::alone).collect(),
        early: row.early.clone(),
        own_school: row.own_school.clone(),
        calm: row.calm.clone(),
        snack: row.snack.clone(),
        letter: row.letter.clone(),
        ..Child::new(id, row.name.clone(), grade, household)
    }
}

fn updated(old: &Child, row: &RosterChild, grade: u8, today: Option<NaiveDate>) -> Child {
    let mut now = old.clone();
    if !row.name.is_empty() {
        now.name.clone_from(&row.name);
    }
    now.grade = grade;
    now.class_no = row.class_no.or(if grade == old.grade { old.class_no } else { None });
    now.student_no = old.student_no.clone().or_else(|| row.numbers.first().cloned());
    now.health = row.health.clone().or_else(|| old.health.clone());
    // A form that knows less of a note than the register does not cut it.
    let says_more = |new: &String| !old.note.as_ref().is_some_and(|o| o.contains(new.as_str()));
    now.note = row.note.clone().filter(says_more).or_else(|| old.note.clone());
    now.weekdays = row.weekdays.or(old.weekdays);
    now.consent = row.consent.unwrap_or(old.consent);
    now.own_school = row.own_school.clone().or(now.own_school);
    now.calm = row.calm.clone().or(now.calm);
    now.snack = row.snack.clone().or(now.snack);
    if row.letter.is_some() {
        now.letter.clone_from(&row.letter);
        now.self_leave = true;
    }
    for term in &row.terms {
        match now.terms.iter_mut().find(|known| known.term == term.term) {
            Some(known) => *known = term.over(known),
            None => now.terms.push(term.alone()),
        }
    }
    // Of the days that it names a roster says everything.
    if !row.early.iter().all(|day| old.early.contains(day)) {
        now.early.retain(|known| row.early.iter().all(|day| day.weekday != known.weekday));
        now.early.extend(row.early.iter().cloned());
        now.early.sort_by_key(|day| (day.weekday.num_days_from_monday(), day.at));
    }
    now.guest_on = row.guest_on.or(old.guest_on);
    now.enrolled = !row.withdrawn && row.withdrawn_on.is_none() && row.care.unwrap_or(old.enrolled);
    if now.enrolled {
        now.withdrawn_on = None;
    } else if row.withdrawn_on.is_some() {
        now.withdrawn_on = row.withdrawn_on;
    } else if old.enrolled && row.withdrawn {
        now.withdrawn_on = today;
    }
    now
}
