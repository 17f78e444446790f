//! In which rows the headings stand: behind titles and remarks, in one row or in several that belong together.
//!
//! A group over several columns (`家长信息（二）` over `姓名`, `关系`, `电话`) is read together with what stands under it. Rows
//! are never headings when what stands under a known heading is something else: that is a child.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::domain::people::MOST_LISTED;

use super::built::said_by_yes;
use super::headings::{Field, Missing, Whose, meaning, normal, numbered};
use super::read::Cell;
use super::roster::Spots;

/// In so many rows from the top the headings are looked for.
pub const SEARCHED: usize = 30;
/// So many columns have to be known at least.
pub(super) const LEAST: usize = 3;
/// So many rows may belong to one heading.
const DEEPEST: usize = 3;

/// The columns of a sheet, and the last row (index into the rows looked at) of their headings.
#[derive(Clone, Debug)]
pub struct Columns {
    /// Index of the last row of the headings.
    pub header: usize,
    /// Which column holds what, from 0.
    pub fields: BTreeMap<Field, usize>,
    /// The columns that are not read.
    pub not_read: Vec<NotRead>,
    /// What a yes alone says in columns of illness.
    pub yes: BTreeMap<usize, String>,
    /// What stands over every column, where anything does.
    pub(super) heads: Vec<Head>,
}

/// What stands over a column, and what it means.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Head {
    heading: Option<String>,
    meaning: Meaning,
}

/// A column that is not read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NotRead {
    /// From 0.
    pub column: usize,
    /// Its heading.
    pub heading: String,
    /// Why.
    pub why: Unread,
}

/// Why a column is not read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unread {
    /// Its heading is not understood.
    Unknown,
    /// It is known to be nobody's who collects: the child's own phone, somebody to call in an emergency.
    Aside,
    /// Somebody said that it is not wanted.
    Unwanted,
}

impl Columns {
    /// Whether these are the columns of a list of staff.
    #[must_use]
    pub fn of_staff(&self) -> bool {
        self.fields.contains_key(&Field::StaffName) && !self.fields.contains_key(&Field::Name)
    }

    /// The columns under these headings.
    fn of(header: usize, mut heads: Vec<Head>) -> Self {
        others_apart(&mut heads);
        let meanings: Vec<Meaning> = heads.iter().map(|head| head.meaning).collect();
        let fields = fields(&meanings);
        let is_read = |column: usize| fields.values().any(|c| *c == column);
        let unread = (0..).zip(&heads).filter(|(column, _)| !is_read(*column));
        let not_read =
            unread.filter_map(|(column, head)| Some(NotRead { column, heading: head.heading.clone()?, why: why(head.meaning, &meanings) })).collect();
        let health = fields.iter().filter(|(field, _)| matches!(field, Field::Health(_)));
        let yes = health.filter_map(|(_, column)| Some((*column, said_by_yes(heads.get(*column)?.heading.as_deref()?)?))).collect();
        Self { header, fields, not_read, yes, heads }
    }

    /// The same where somebody who knows the file has named its columns ([`super::Answers::columns`]): what is not understood
    /// is what they say, and an empty name means that it is not read. What another column is already stays with that one.
    pub(super) fn with(self, said: &[String], own: &BTreeMap<String, String>) -> Self {
        let mut heads = self.heads.clone();
        let mut taken: BTreeSet<Field> = self.fields.keys().copied().collect();
        for other in &self.not_read {
            let word = said_of(said, other);
            let free = match word.and_then(|word| meaning(word, own)) {
                Some((field @ (Field::NotRead | Field::ChildPhone), _)) => Some(field),
                Some((field, true)) => Some(field).filter(|f| !taken.contains(f)),
                Some((field, false)) => (1..=MOST_LISTED).map(|n| numbered(field, n)).find(|f| !taken.contains(f)),
                None => (word == Some("")).then_some(Field::NotRead),
            };
            if let (Some(free), Some(head)) = (free, heads.get_mut(other.column)) {
                taken.insert(free);
                head.meaning = Some((free, true));
            }
        }
        if heads == self.heads { self } else { Self::of(self.header, heads) }
    }

    /// Puts a name together that stands in two columns: family name first where it is Chinese.
    pub(super) fn join_names(&self, cells: &mut [Cell]) {
        for (field, family) in &self.fields {
            let Field::FamilyName(whose) = field else { continue };
            let (Some(name), Some(family)) = (self.fields.get(&whose.name()), cells.get(*family)) else { continue };
            let family = super::cells::tidy(&family.text());
            let Some(slot) = cells.get_mut(*name) else { continue };
            let given = super::cells::tidy(&slot.text());
            if family.is_empty() || given.starts_with(&family) || given.ends_with(&family) {
                continue;
            }
            let in_letters = [&family, &given].iter().any(|text| text.chars().any(|c| c.is_ascii_alphabetic()));
            *slot = Cell::Text(if in_letters { format!("{given} {family}").trim().to_owned() } else { family + &given });
        }
    }

    /// The column of a field from 1; 0 when there is none.
    pub(super) fn spot(&self, field: Field) -> usize {
        self.fields.get(&field).map_or(0, |column| column + 1)
    }

    /// Whether a text is the heading of this column, from 0.
    pub(super) fn is_heading(&self, column: usize, text: &str) -> bool {
        self.heads.get(column).and_then(|head| head.heading.as_deref()).is_some_and(|heading| heading == super::cells::tidy(text))
    }

    /// Where the cells stand that may have to be asked about.
    pub(super) fn spots(&self) -> Spots {
        let first = |fields: [Field; 3]| fields.into_iter().map(|f| self.spot(f)).find(|spot| *spot > 0).unwrap_or(0);
        Spots {
            name: self.spot(Field::Name),
            number: self.spot(Field::StudentNo).max(self.spot(Field::NationalNo)),
            class: first([Field::Grade, Field::Class, Field::Class]),
            card: self.spot(Field::Card),
            phone: first([Field::GuardianPhone(1), Field::MotherPhone, Field::FatherPhone]),
            letter: self.spot(Field::Letter),
            buddy: self.spot(Field::Buddy),
            works_here: self.spot(Field::StaffName),
            note: first([Field::Note(1), Field::LeaveBy, Field::LeaveBy]),
            health: self.spot(Field::Health(1)),
            calm: self.spot(Field::Calm),
        }
    }

    /// What a new child cannot do without and these columns do not have: where it belongs, or whom to call.
    #[must_use]
    pub fn missing(&self, sheet_name: &str) -> Option<Missing> {
        let has = |f: Field| self.fields.contains_key(&f);
        let class = has(Field::Grade) || has(Field::Class) || super::cells::read_class(&super::cells::tidy(sheet_name)).0.is_some();
        let parents = has(Field::FatherPhone) || has(Field::MotherPhone);
        let phone = parents || (1..=MOST_LISTED).any(|n| has(Field::GuardianPhone(n)) || has(Field::People(n)));
        match (class, phone) {
            (false, _) => Some(Missing::Class),
            (true, false) => Some(Missing::Phone),
            (true, true) => None,
        }
    }
}

/// Finds the headings: the rows that know most columns, three at least with a name among them; the first of several.
#[must_use]
pub fn find(rows: &[(usize, Vec<Cell>)], own: &BTreeMap<String, String>) -> Option<Columns> {
    find_with(rows, own, LEAST)
}

/// The same with so many columns at least: where the sheet's name gives the class, one less is enough.
#[must_use]
pub(super) fn find_with(rows: &[(usize, Vec<Cell>)], own: &BTreeMap<String, String>, least: usize) -> Option<Columns> {
    let mut best: Option<Columns> = None;
    for start in 0..rows.len().min(SEARCHED) {
        for depth in 1..=DEEPEST {
            let Some(part) = rows.get(start..start + depth) else { break };
            let Some(meanings) = together(part, own) else { break };
            let heads = (0..).zip(meanings).map(|(column, meaning)| Head { heading: heading_of(part, column), meaning }).collect();
            let found = Columns::of(start + depth - 1, heads);
            let named = found.fields.contains_key(&Field::Name) || found.fields.contains_key(&Field::StaffName);
            let better = best.as_ref().is_none_or(|b| (found.fields.len(), Reverse(found.header)) > (b.fields.len(), Reverse(b.header)));
            if named && found.fields.len() >= least && better {
                best = Some(found);
            }
        }
    }
    best
}

/// What stands over a column, in the lowest of these rows that say something.
fn heading_of(rows: &[(usize, Vec<Cell>)], column: usize) -> Option<String> {
    let mut cells = rows.iter().filter_map(|(_, cells)| cells.get(column)).map(|c| super::cells::tidy(&c.text()));
    cells.rfind(|text| !text.is_empty())
}

/// What somebody who knows the file said of a column: by its heading (`爷爷的电话=家长电话`), or by its place among the others.
fn said_of<'s>(said: &'s [String], other: &NotRead) -> Option<&'s str> {
    let heading = key(&other.heading);
    let by_heading = said.iter().filter_map(|word| word.rsplit_once('=')).find(|(named, _)| !heading.is_empty() && key(named) == heading);
    let by_place = || said.get(other.column).filter(|word| !word.contains('='));
    by_heading.map(|(_, word)| word.trim()).or_else(|| by_place().map(|word| word.trim()))
}

/// A heading as it is named on a command line: its letters, characters and digits.
pub(super) fn key(heading: &str) -> String {
    heading.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Why a column without a field is not read.
fn why(meaning: Meaning, all: &[Meaning]) -> Unread {
    match meaning {
        Some((Field::NotRead, _)) => Unread::Unwanted,
        Some((Field::ChildPhone | Field::EmergencyName(_) | Field::EmergencyPhone(_), _)) => Unread::Aside,
        Some((Field::FamilyPhone(1), false)) if phone_is_the_childs(all) => Unread::Aside,
        Some(_) | None => Unread::Unknown,
    }
}

/// Whether a phone without an owner is the child's own: the guardian's has a column that says so, and neither parent has one.
fn phone_is_the_childs(all: &[Meaning]) -> bool {
    let guardian = all.iter().flatten().any(|(field, numbered)| matches!(field, Field::GuardianPhone(_)) && !numbered);
    guardian && !all.iter().flatten().any(|(field, _)| matches!(field, Field::FatherPhone | Field::MotherPhone))
}

/// Columns as somebody names them who knows the file: one heading for each column, empty for what is not read.
#[must_use]
pub fn named(columns: &[String], own: &BTreeMap<String, String>) -> BTreeMap<Field, usize> {
    fields(&columns.iter().map(|c| meaning(c, own)).collect::<Vec<_>>())
}

/// Whether a row of the list says the headings once more.
#[must_use]
pub fn again(cells: &[Cell], columns: &Columns, own: &BTreeMap<String, String>) -> bool {
    let same = |(field, column): (&Field, &usize)| {
        let heading = cells.get(*column).and_then(|c| meaning(&c.text(), own));
        heading.is_some_and(|(f, _)| numbered(f, 1) == numbered(*field, 1) || f == Field::Name)
    };
    columns.fields.iter().filter(|pair| same(*pair)).count() >= 3
}

type Meaning = Option<(Field, bool)>;

/// What the columns mean when these rows are read as one heading; `None` when they are none.
fn together(rows: &[(usize, Vec<Cell>)], own: &BTreeMap<String, String>) -> Option<Vec<Meaning>> {
    let width = rows.iter().map(|(_, cells)| cells.len()).max()?;
    let mut groups = vec![String::new(); rows.len()];
    let mut meanings = Vec::with_capacity(width);
    for column in 0..width {
        let texts: Vec<String> = rows.iter().map(|(_, cells)| cells.get(column).map(Cell::text).unwrap_or_default().trim().to_owned()).collect();
        let (last, above) = texts.split_last()?;
        for (group, text) in groups.iter_mut().zip(&texts) {
            if !text.is_empty() {
                group.clone_from(text);
            }
        }
        let upper = above.iter().rev().find(|t| !t.is_empty());
        // Under a heading that says everything nothing else may stand: that would be a child.
        let complete = upper.and_then(|u| meaning(u, own)).filter(|_| upper.and_then(|u| group_of(u)).is_none());
        if let (Some(upper), Some(_)) = (upper, complete)
            && !last.is_empty()
            && normal(last) != normal(upper)
            && !same_field(complete, meaning(last, own))
        {
            return None;
        }
        let over: Vec<&String> = groups.iter().take(above.len()).filter(|g| !g.is_empty()).collect();
        meanings.push(match (last.is_empty(), upper) {
            (true, Some(upper)) => meaning(upper, own),
            (true, None) => None,
            (false, _) => {
                let joined = over.iter().map(|g| g.as_str()).chain([last.as_str()]).collect::<String>();
                let grouped = over.iter().rev().find_map(|g| in_group(group_of(g)?, meaning(last, own)?.0));
                let whole = if over.is_empty() { None } else { meaning(&joined, own) };
                grouped.or(whole).or_else(|| meaning(last, own))
            }
        });
    }
    own_phones(&mut meanings);
    Some(meanings)
}

/// Whether two headings mean the same, as `接送卡` over `卡号` do.
fn same_field(one: Meaning, other: Meaning) -> bool {
    matches!((one, other), (Some((one, _)), Some((other, _))) if numbered(one, 1) == numbered(other, 1))
}

/// A phone of nobody right behind a parent's name is that parent's, where each parent's name has one behind it.
fn own_phones(meanings: &mut [Meaning]) {
    let parent = |meaning: &Meaning| match meaning {
        Some((Field::FatherName, _)) => Some(Field::FatherPhone),
        Some((Field::MotherName, _)) => Some(Field::MotherPhone),
        Some(_) | None => None,
    };
    let has_own = meanings.iter().any(|m| matches!(m, Some((Field::FatherPhone | Field::MotherPhone, _))));
    let of_nobody = |at: usize| matches!(meanings.get(at), Some(Some((Field::FamilyPhone(_), false))));
    let behind: Vec<(usize, Field)> = (1..).zip(meanings.iter()).filter_map(|(next, m)| Some((next, parent(m)?))).collect();
    if has_own || !behind.iter().all(|(at, _)| of_nobody(*at)) {
        return;
    }
    for (at, phone) in behind {
        if let Some(slot) = meanings.get_mut(at) {
            *slot = Some((phone, true));
        }
    }
}

/// Who else may collect (`可接送人`) is not the parent whose number stands beside it (`家长电话`): they are two people, unless a
/// parent's name or the collector's own number has a column too.
fn others_apart(heads: &mut [Head]) {
    let says = |head: &Head, words: &[&str]| head.heading.as_deref().map(key).is_some_and(|text| words.iter().any(|word| text.contains(word)));
    let collects = |head: &Head| says(head, &["接", "pick", "collect"]);
    let of_parent = |head: &Head| says(head, &["家长", "监护", "parent", "guardian"]) && !collects(head);
    let name = |head: &Head| matches!(head.meaning, Some((Field::GuardianName(_), false)));
    let phone = |head: &Head| matches!(head.meaning, Some((Field::GuardianPhone(_), false)));
    let may = ["可", "能", "允", "准", "授权", "委托", "指定", "有权", "代", "authori", "approved", "permitted", "allowed", "may"];
    let is_apart = heads.iter().any(|head| phone(head) && of_parent(head))
        && !heads.iter().any(|head| (phone(head) && collects(head)) || (name(head) && of_parent(head)));
    for head in heads.iter_mut().filter(|head| is_apart && name(head) && collects(head) && says(head, &may)) {
        head.meaning = Some((Field::People(1), false));
    }
}

/// What stands over the columns of one person.
#[derive(Clone, Copy)]
enum Group {
    Child,
    Father,
    Mother,
    Emergency,
    Guardian(Option<u8>),
}

fn group_of(text: &str) -> Option<Group> {
    let has = |words: &[&str]| words.iter().any(|w| text.contains(w));
    if has(&["父亲", "爸爸"]) {
        return Some(Group::Father);
    }
    if has(&["母亲", "妈妈"]) {
        return Some(Group::Mother);
    }
    if has(&["紧急", "应急"]) {
        return Some(Group::Emergency);
    }
    if ["学生", "孩子", "儿童", "学员", "幼儿", "student", "child"].contains(&normal(text).as_str()) {
        return Some(Group::Child);
    }
    let which = text.chars().find_map(|c| match c {
        '1' | '１' | '一' | '①' => Some(1),
        '2' | '２' | '二' | '②' => Some(2),
        '3' | '３' | '三' | '③' => Some(3),
        '4' | '４' | '四' | '④' => Some(4),
        _ => None,
    });
    has(&["家长", "监护人", "接送人", "联系人", "成员"]).then_some(Group::Guardian(which))
}

/// The field of `姓名`, `关系` or `电话` under a group.
fn in_group(group: Group, field: Field) -> Meaning {
    #[allow(clippy::wildcard_enum_match_arm)] // of a person a form tells name, relation and phone
    match (field, group) {
        (Field::Name, Group::Child) => Some((Field::Name, true)),
        (Field::Name | Field::GuardianName(_), Group::Father) => Some((Field::FatherName, true)),
        (Field::Name | Field::GuardianName(_), Group::Mother) => Some((Field::MotherName, true)),
        (Field::FamilyPhone(_) | Field::GuardianPhone(_), Group::Father) => Some((Field::FatherPhone, true)),
        (Field::FamilyPhone(_) | Field::GuardianPhone(_), Group::Mother) => Some((Field::MotherPhone, true)),
        (Field::Name | Field::GuardianName(_), Group::Emergency) => Some((Field::EmergencyName(1), false)),
        (Field::FamilyPhone(_) | Field::GuardianPhone(_), Group::Emergency) => Some((Field::EmergencyPhone(1), false)),
        (Field::FamilyPhone(_), Group::Child) => Some((Field::ChildPhone, true)),
        (Field::Name | Field::GuardianName(_), Group::Guardian(n)) => Some((Field::GuardianName(n.unwrap_or(1)), n.is_some())),
        (Field::GuardianRelation(_), Group::Guardian(n)) => Some((Field::GuardianRelation(n.unwrap_or(1)), n.is_some())),
        (Field::FamilyPhone(_) | Field::GuardianPhone(_), Group::Guardian(n)) => Some((Field::GuardianPhone(n.unwrap_or(1)), n.is_some())),
        _ => None,
    }
}

fn fields(meanings: &[Meaning]) -> BTreeMap<Field, usize> {
    let mut fields = BTreeMap::new();
    let mut without_number = Vec::new();
    for (column, meaning) in meanings.iter().enumerate() {
        match meaning {
            None | Some((Field::NotRead | Field::ChildPhone, _)) => {}
            Some((Field::FamilyPhone(1), false)) if phone_is_the_childs(meanings) => {}
            Some((field, true)) if !fields.contains_key(field) => {
                fields.insert(*field, column);
            }
            Some((field, _)) => without_number.push((*field, column)),
        }
    }
    // Columns without a number, and those that repeat, belong to the next collector that has none of the kind.
    for (field, column) in without_number {
        let free = (1..=MOST_LISTED).map(|n| numbered(field, n)).find(|f| !fields.contains_key(f)).unwrap_or(field);
        fields.entry(free).or_insert(column);
    }
    settle_names(&mut fields);
    settle_emergency(&mut fields);
    give_family_phones(&mut fields);
    settle_people(&mut fields);
    fields
}

/// People whose cell has their numbers too are collectors beside all others.
fn settle_people(fields: &mut BTreeMap<Field, usize>) {
    for n in 1..=MOST_LISTED {
        let Some(column) = fields.get(&Field::People(n)).copied() else { continue };
        let known = |m: &u8| fields.get(&Field::GuardianName(*m)) == Some(&column);
        let unused = |m: &u8| !fields.contains_key(&Field::GuardianName(*m)) && !fields.contains_key(&Field::GuardianPhone(*m));
        if let Some(m) = (1..=MOST_LISTED).find(known).or_else(|| (1..=MOST_LISTED).find(unused)) {
            fields.insert(Field::GuardianName(m), column);
        }
    }
}

/// Given and family name are the name: it stands where the given name does, and the family name is joined to it
/// ([`Columns::join_names`]). One without the other is no name.
fn settle_names(fields: &mut BTreeMap<Field, usize>) {
    for whose in [Whose::Child, Whose::Father, Whose::Mother].into_iter().chain((1..=MOST_LISTED).map(Whose::Guardian)) {
        let given = fields.remove(&Field::GivenName(whose));
        if !fields.contains_key(&Field::FamilyName(whose)) {
            continue;
        }
        match given {
            Some(column) => {
                fields.entry(whose.name()).or_insert(column);
            }
            None if !fields.contains_key(&whose.name()) => {
                fields.remove(&Field::FamilyName(whose));
            }
            None => {}
        }
    }
}

/// Who is called in an emergency is who collects only where the file tells of nobody else.
fn settle_emergency(fields: &mut BTreeMap<Field, usize>) {
    let has = |test: fn(&Field) -> bool| fields.keys().any(test);
    let phone = has(|f| matches!(f, Field::GuardianPhone(_) | Field::FamilyPhone(_) | Field::FatherPhone | Field::MotherPhone | Field::People(_)));
    let somebody = phone || has(|f| matches!(f, Field::GuardianName(_) | Field::FatherName | Field::MotherName));
    for n in 1..=MOST_LISTED {
        let (name, number) = (fields.remove(&Field::EmergencyName(n)), fields.remove(&Field::EmergencyPhone(n)));
        if let Some(column) = name.filter(|_| !somebody) {
            fields.insert(Field::GuardianName(n), column);
        }
        if let Some(column) = number.filter(|_| !phone) {
            let field = if somebody { Field::FamilyPhone(n) } else { Field::GuardianPhone(n) };
            fields.insert(field, column);
        }
    }
}

/// A phone of the family is that of the first collector who has a name and none of its own, else of one more.
fn give_family_phones(fields: &mut BTreeMap<Field, usize>) {
    for n in 1..=MOST_LISTED {
        let Some(column) = fields.remove(&Field::FamilyPhone(n)) else { continue };
        let without = |m: &u8| fields.contains_key(&Field::GuardianName(*m)) && !fields.contains_key(&Field::GuardianPhone(*m));
        let unused = |m: &u8| !fields.contains_key(&Field::GuardianName(*m)) && !fields.contains_key(&Field::GuardianPhone(*m));
        if let Some(m) = (1..=MOST_LISTED).find(without).or_else(|| (1..=MOST_LISTED).find(unused)) {
            fields.insert(Field::GuardianPhone(m), column);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(lines: &[&str]) -> Vec<(usize, Vec<Cell>)> {
        (1..).zip(lines.iter().map(|l| l.split(',').map(|c| Cell::Text(c.to_owned())).collect())).collect()
    }

    fn of(lines: &[&str]) -> Columns {
        find(&rows(lines), &BTreeMap::new()).unwrap_or(Columns {
            header: 0,
            fields: BTreeMap::new(),
            not_read: Vec::new(),
            yes: BTreeMap::new(),
            heads: Vec::new(),
        })
    }

    #[test]
    fn a_phone_goes_to_whom_it_belongs() {
        let plain = of(&["姓名,年级,家长姓名,关系,联系电话"]).fields;
        assert_eq!((plain[&Field::GuardianName(1)], plain[&Field::GuardianPhone(1)]), (2, 4));
        // The family's phone comes first in the line, but the members have phones of their own.
        let members = of(&["姓名,班号,联系电话,成员1姓名,成员1关系,成员1联系电话,成员2姓名,成员2联系电话"]).fields;
        assert_eq!([1, 2, 3].map(|n| members.get(&Field::GuardianPhone(n)).copied()), [Some(5), Some(7), Some(2)]);
        let twice = of(&["姓名,班级,家长姓名,电话,家长姓名,电话"]).fields;
        assert_eq!([1, 2].map(|n| (twice[&Field::GuardianName(n)], twice[&Field::GuardianPhone(n)])), [(2, 3), (4, 5)]);
        // Behind each parent's name stands that parent's number; one behind the last of them is the family's.
        let each = of(&["姓名,班级,父亲,联系方式,母亲,联系方式"]).fields;
        assert_eq!([Field::FatherName, Field::FatherPhone, Field::MotherName, Field::MotherPhone].map(|f| each[&f]), [2, 3, 4, 5]);
        let one = of(&["姓名,班级,母亲姓名,电话"]).fields;
        assert_eq!([Field::MotherName, Field::MotherPhone].map(|f| one[&f]), [2, 3]);
        let last = of(&["姓名,班级,父亲,母亲,联系方式"]).fields;
        assert_eq!((last.get(&Field::MotherPhone), last.get(&Field::FatherPhone)), (None, None));
        // Who else may collect has not the parents' number; who collects may be the parent.
        for other in ["可接送人", "可接送人员名单", "授权接送人", "允许来接的人"] {
            for line in [format!("姓名,班级,家长电话,{other}"), format!("姓名,班级,{other},监护人联系电话")] {
                let found = of(&[&line]).fields;
                let phone = (1..=4).find(|n| found.contains_key(&Field::GuardianPhone(*n)));
                let name = (1..=4).find(|n| found.contains_key(&Field::GuardianName(*n)));
                assert!(phone.is_some() && name.is_some() && phone != name, "{line}: {found:?}");
            }
        }
        for line in ["姓名,班级,家长姓名,家长电话", "姓名,班级,接送人,家长电话", "姓名,班级,可接送人,可接送人电话", "姓名,班级,可接送人,联系电话"]
        {
            let found = of(&[line]).fields;
            assert_eq!((found.get(&Field::GuardianName(1)), found.get(&Field::GuardianPhone(1))), (Some(&2), Some(&3)), "{line}");
        }
        let three = of(&["姓名,班级,家长姓名,家长电话,可接送人"]).fields;
        assert_eq!([Field::GuardianName(1), Field::GuardianPhone(1), Field::GuardianName(2)].map(|f| three[&f]), [2, 3, 4]);
        let parents = of(&["姓名,班级,监护人(父亲),监护人(母亲),监护人(父亲)电话,监护人(母亲)电话"]).fields;
        assert_eq!([Field::FatherName, Field::MotherName, Field::FatherPhone, Field::MotherPhone].map(|f| parents[&f]), [2, 3, 4, 5]);
    }

    #[test]
    fn headings_of_several_rows_behind_titles() {
        let found = of(&[
            "示范小学学生花名册,,,,,,,,",
            "班主任：张三,,,人数：40人,,,,,",
            "序号,班级,姓名,家长信息（一）,,,家长信息（二）,,,接送卡号",
            ",,,姓名,与学生关系,联系电话,姓名,与学生关系,联系电话,",
            "1,三年级1班,张三,李四,母亲,13800130000,王五,父亲,13800130001,0004835001",
        ]);
        assert_eq!(found.header, 3);
        let fields = [Field::Class, Field::Name, Field::GuardianName(1), Field::GuardianPhone(1), Field::GuardianRelation(2), Field::Card];
        assert_eq!(fields.map(|f| found.fields[&f]), [1, 2, 3, 5, 7, 9]);
        let parents = of(&["姓名,班级,父亲,,母亲,", ",,姓名,电话,姓名,电话", "张三,三1班,张大,13800130000,李四,13800130001"]);
        assert_eq!((parents.header, parents.fields[&Field::MotherPhone]), (1, 5));
        let groups = of(&["学生信息,,,家长,,", "姓名,年级,班级,姓名,关系,手机号", "张三,三年级,1班,李四,母亲,13800130000"]);
        assert_eq!([Field::Name, Field::GuardianName(1), Field::GuardianPhone(1)].map(|f| groups.fields[&f]), [0, 3, 5]);
        let bare = of(&["学生,,,家长,,", "姓名,年级,班级,姓名,关系,手机号", "张三,三年级,1班,李四,母亲,13800130000"]);
        assert_eq!([Field::Name, Field::GuardianName(1), Field::GuardianPhone(1)].map(|f| bare.fields[&f]), [0, 3, 5]);
    }

    #[test]
    fn a_child_under_the_headings_is_no_heading() {
        let found = of(&["姓名,班级,关系,电话", "张三,三1班,父亲,13800130000", ",,母亲,13800130001"]);
        assert_eq!((found.header, found.fields.len()), (0, 4));
        assert!(find(&rows(&["甲,乙,丙", "张三,三1班,13800130000"]), &BTreeMap::new()).is_none());
    }

    #[test]
    fn headings_that_stand_again_are_known() {
        let first = of(&["姓名,班级,家长姓名,电话"]);
        let says = |line: &str| again(&rows(&[line])[0].1, &first, &BTreeMap::new());
        assert!(says("姓名,班级,家长姓名,电话"));
        assert!(!says("张三,三1班,李四,13800130000"));
    }
}
