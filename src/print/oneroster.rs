//! The register as `OneRoster` 1.2 CSV files in bulk mode, by the corrected binding 1.2.1; on request with the
//! `relationships.csv` of Microsoft School Data Sync, which the standard does not know and a strict reader refuses.
//!
//! A first day counts, a last one does not: `endDate` is the day after (1.2, `endDate`). Both names of a user are required, so a
//! name of one part has [`NO_NAME`] for the other. The set holds the children who take part today, for a bulk delivery says by leaving out. `OneRoster` knows pupils, classes, teachers and guardians. It has no words for cards, days, consent, health or who must
//! not collect: those are not in it, and nobody who is barred is given as a guardian.

use std::collections::{BTreeMap, HashMap};
use std::io::{Cursor, Write};

use chrono::{Datelike, NaiveDate};

use crate::domain::people::{Child, Collector, Right, Role, Staff};
use crate::domain::register::Register;
use crate::domain::search::compound_surname;
use crate::texts::{Lang, print as t, words};
use crate::wording::record::class_of;

use super::table::{TableError, separated};

/// A file of the set: its name and its bytes.
pub type File = (&'static str, Vec<u8>);

/// How many of what are in the files.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Counts {
    /// Pupils.
    pub pupils: usize,
    /// Guardians, each person once.
    pub guardians: usize,
    /// Collectors who are barred, under age, of one day or of the past, and are not in the files.
    pub left_out: usize,
    /// Pupils who take part and have no guardian with a phone in the files.
    pub unreachable: usize,
}

const SCHOOL: &str = "school";
const MANIFEST_ABSENT: [&str; 13] = [
    "categories",
    "classResources",
    "courseResources",
    "demographics",
    "lineItemLearningObjectiveIds",
    "lineItemScoreScales",
    "lineItems",
    "resources",
    "resultLearningObjectiveIds",
    "resultScoreScales",
    "results",
    "scoreScales",
    "userResources",
];
const MANIFEST_BULK: [&str; 7] = ["academicSessions", "classes", "courses", "enrollments", "orgs", "roles", "users"];

/// Stands for the half of a name that somebody does not have.
pub const NO_NAME: &str = ".";

/// The files for a school of that name on that date; with `sds` the relationships of School Data Sync beside them.
///
/// # Errors
/// When a file cannot be put together.
pub fn files(lang: Lang, register: &Register, school: &str, today: NaiveDate, sds: bool) -> Result<(Vec<File>, Counts), TableError> {
    let year = Year::of(today);
    let school = if school.is_empty() { t::oneroster_school(lang) } else { school.to_owned() };
    let children: Vec<(&Child, String)> = named(register);
    let guardians = Guardians::of(register, today);
    let staff: Vec<&Staff> = register.staff().filter(|s| s.active).collect();

    let mut classes: BTreeMap<(u8, Option<u8>), &Child> = BTreeMap::new();
    for (child, _) in &children {
        classes.entry((child.grade, child.class_no)).or_insert(child);
    }
    let mut grades: Vec<u8> = classes.keys().map(|(grade, _)| *grade).collect();
    grades.dedup();

    let mut users = Rows::new(&[
        "sourcedId",
        "status",
        "dateLastModified",
        "enabledUser",
        "username",
        "userIds",
        "givenName",
        "familyName",
        "middleName",
        "identifier",
        "email",
        "sms",
        "phone",
        "agentSourcedIds",
        "grades",
        "password",
        "userMasterIdentifier",
        "preferredGivenName",
        "preferredMiddleName",
        "preferredFamilyName",
        "primaryOrgSourcedId",
        "pronouns",
    ]);
    let mut roles = Rows::new(&[
        "sourcedId",
        "status",
        "dateLastModified",
        "userSourcedId",
        "roleType",
        "role",
        "beginDate",
        "endDate",
        "orgSourcedId",
        "userProfileSourcedId",
    ]);
    let mut enrollments = Rows::new(&[
        "sourcedId",
        "status",
        "dateLastModified",
        "classSourcedId",
        "schoolSourcedId",
        "userSourcedId",
        "role",
        "primary",
        "beginDate",
        "endDate",
    ]);
    let mut relationships = Rows::new(&["userSourcedId", "relationshipUserSourcedId", "relationshipRole"]);
    for (child, id) in &children {
        let agents: Vec<&str> = guardians.of_child(child).map(|(id, _)| id).collect();
        let student_no = child.student_no.as_deref().unwrap_or_default();
        users.user(id, &child.name, student_no, "", &agents.join(","), &format!("{:02}", child.grade));
        roles.role(id, "student");
        let class = class_id(child.grade, child.class_no);
        enrollments.put([&format!("{class}-{id}"), "", "", &class, SCHOOL, id, "student", "false", &year.start(), &year.end()]);
        for (guardian, collector) in guardians.of_child(child) {
            relationships.put([id, guardian, relationship(&collector.relation)]);
        }
    }
    let id_of: HashMap<i64, &str> = children.iter().map(|(c, id)| (c.id.0, id.as_str())).collect();
    for guardian in &guardians.people {
        let Guardian { id, collector, children: of } = guardian;
        let agents: Vec<&str> = of.iter().filter_map(|child| id_of.get(child).copied()).collect();
        let name = if collector.name.is_empty() { words::relation(lang, &collector.relation) } else { &collector.name };
        users.user(id, name, "", collector.phone.as_deref().unwrap_or_default(), &agents.join(","), "");
        roles.role(id, relationship(&collector.relation));
    }
    for person in &staff {
        let id = format!("staff-{}", person.id.0);
        users.user(&id, &person.name, "", "", "", "");
        roles.role(&id, staff_role(person.role));
    }

    let mut orgs = Rows::new(&["sourcedId", "status", "dateLastModified", "name", "type", "identifier", "parentSourcedId"]);
    orgs.put([SCHOOL, "", "", &school, "school", "", ""]);
    let mut sessions =
        Rows::new(&["sourcedId", "status", "dateLastModified", "title", "type", "startDate", "endDate", "parentSourcedId", "schoolYear"]);
    sessions.put([
        &year.id(),
        "",
        "",
        &t::oneroster_year(lang, year.0, year.0 + 1),
        "schoolYear",
        &year.start(),
        &year.end(),
        "",
        &(year.0 + 1).to_string(),
    ]);
    let mut courses = Rows::new(&[
        "sourcedId",
        "status",
        "dateLastModified",
        "schoolYearSourcedId",
        "title",
        "courseCode",
        "grades",
        "orgSourcedId",
        "subjects",
        "subjectCodes",
    ]);
    for grade in &grades {
        let title = crate::texts::grade_only(lang, words::grade(lang, *grade));
        courses.put([&format!("course-{grade}"), "", "", &year.id(), &title, "", &format!("{grade:02}"), SCHOOL, "", ""]);
    }
    let mut groups = Rows::new(&[
        "sourcedId",
        "status",
        "dateLastModified",
        "title",
        "grades",
        "courseSourcedId",
        "classCode",
        "classType",
        "location",
        "schoolSourcedId",
        "termSourcedIds",
        "subjects",
        "subjectCodes",
        "periods",
    ]);
    for ((grade, class), child) in &classes {
        let (id, course, code) = (class_id(*grade, *class), format!("course-{grade}"), class.map(|c| format!("{grade}.{c}")).unwrap_or_default());
        let title = class_of(lang, child);
        groups.put([&id, "", "", &title, &format!("{grade:02}"), &course, &code, "homeroom", "", SCHOOL, &year.id(), "", "", ""]);
    }

    let reached = |child: &Child| guardians.of_child(child).any(|(_, collector)| collector.phone.is_some());
    let unreachable = children.iter().filter(|(child, _)| !reached(child)).count();
    let counts = Counts { pupils: children.len(), guardians: guardians.people.len(), left_out: guardians.left_out, unreachable };
    let mut files = vec![
        ("manifest.csv", manifest().bytes()?),
        ("academicSessions.csv", sessions.bytes()?),
        ("classes.csv", groups.bytes()?),
        ("courses.csv", courses.bytes()?),
        ("enrollments.csv", enrollments.bytes()?),
        ("orgs.csv", orgs.bytes()?),
        ("roles.csv", roles.bytes()?),
        ("users.csv", users.bytes()?),
    ];
    if sds {
        files.push(("relationships.csv", relationships.bytes()?));
    }
    Ok((files, counts))
}

/// The files as one archive.
///
/// # Errors
/// When it cannot be put together.
pub fn archive(files: &[File]) -> Result<Vec<u8>, std::io::Error> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).map_err(std::io::Error::other)?;
        archive.write_all(bytes)?;
    }
    Ok(archive.finish().map_err(std::io::Error::other)?.into_inner())
}

fn manifest() -> Rows {
    let mut rows = Rows::new(&["propertyName", "value"]);
    rows.put(["manifest.version", "1.0"]);
    rows.put(["oneroster.version", "1.2"]);
    let mut files: Vec<(&str, &str)> = MANIFEST_BULK.iter().map(|f| (*f, "bulk")).chain(MANIFEST_ABSENT.iter().map(|f| (*f, "absent"))).collect();
    files.push(("userProfiles", "absent"));
    files.sort_unstable();
    for (file, mode) in files {
        rows.put([&format!("file.{file}"), mode]);
    }
    rows.put(["source.systemName", "caredesk"]);
    rows.put(["source.systemCode", env!("CARGO_PKG_VERSION")]);
    rows
}

/// Children who are enrolled and more than guests of a day.
fn taking_part(register: &Register) -> impl Iterator<Item = &Child> {
    register.children().filter(|c| c.enrolled && c.guest_on.is_none())
}

/// Children with their identifiers: the school's own number where it has one that nobody else has, else ours.
fn named(register: &Register) -> Vec<(&Child, String)> {
    let mut uses: HashMap<&str, usize> = HashMap::new();
    for number in register.children().filter_map(|c| c.student_no.as_deref()) {
        *uses.entry(number).or_default() += 1;
    }
    let own = |child: &Child| child.student_no.clone().filter(|n| uses.get(n.as_str()) == Some(&1) && !n.contains(','));
    let mut children: Vec<(&Child, String)> = taking_part(register).map(|c| (c, own(c).unwrap_or_else(|| format!("child-{}", c.id.0)))).collect();
    children.sort_by_key(|(c, _)| (c.seat, c.id));
    children
}

/// The adults who may collect on any day, each person once although siblings list them twice.
struct Guardians<'r> {
    people: Vec<Guardian<'r>>,
    of_child: BTreeMap<i64, Vec<(usize, &'r Collector)>>,
    left_out: usize,
}

struct Guardian<'r> {
    id: String,
    collector: &'r Collector,
    children: Vec<i64>,
}

impl<'r> Guardians<'r> {
    fn of(register: &'r Register, today: NaiveDate) -> Self {
        let mut guardians = Self { people: Vec::new(), of_child: BTreeMap::new(), left_out: 0 };
        let mut known: HashMap<(&str, &str), usize> = HashMap::new();
        for collector in taking_part(register).flat_map(|c| register.collectors(c.id)) {
            if collector.right != Right::Standing || collector.minor || !collector.holds_on(today) {
                guardians.left_out += 1;
                continue;
            }
            let person = collector.phone.as_deref().filter(|_| !collector.name.is_empty()).map(|phone| (collector.name.as_str(), phone));
            let new = guardians.people.len();
            let index = person.map_or(new, |p| *known.entry(p).or_insert(new));
            if index == new {
                guardians.people.push(Guardian { id: format!("guardian-{}", collector.id.0), collector, children: Vec::new() });
            }
            if let Some(guardian) = guardians.people.get_mut(index) {
                guardian.children.push(collector.child.0);
            }
            guardians.of_child.entry(collector.child.0).or_default().push((index, collector));
        }
        guardians
    }

    fn of_child(&self, child: &Child) -> impl Iterator<Item = (&str, &'r Collector)> {
        let list = self.of_child.get(&child.id.0).map_or(&[][..], Vec::as_slice);
        list.iter().filter_map(|(index, collector)| Some((self.people.get(*index)?.id.as_str(), *collector)))
    }
}

/// The rows of a file.
struct Rows(Vec<Vec<String>>);

impl Rows {
    fn new(header: &[&str]) -> Self {
        Self(vec![header.iter().map(|h| (*h).to_owned()).collect()])
    }

    fn put<const N: usize>(&mut self, cells: [&str; N]) {
        self.0.push(cells.into_iter().map(str::to_owned).collect());
    }

    #[allow(clippy::too_many_arguments)] // the columns that are filled
    fn user(&mut self, id: &str, name: &str, identifier: &str, phone: &str, agents: &str, grade: &str) {
        let (family, given) = family_and_given(name);
        let [family, given] = [family, given].map(|part| if part.is_empty() { NO_NAME } else { part });
        self.put([id, "", "", "true", id, "", given, family, "", identifier, "", "", phone, agents, grade, "", "", "", "", "", SCHOOL, ""]);
    }

    fn role(&mut self, user: &str, role: &str) {
        self.put([&format!("role-{user}"), "", "", user, "primary", role, "", "", SCHOOL, ""]);
    }

    fn bytes(&self) -> Result<Vec<u8>, TableError> {
        let mut bytes = Vec::new();
        separated(false, &mut bytes, self.0.iter())?;
        Ok(bytes)
    }
}

/// The school year of a date, by the year in which it begins; it begins in September.
struct Year(i32);

impl Year {
    fn of(date: NaiveDate) -> Self {
        Self(if date.month() >= 9 { date.year() } else { date.year() - 1 })
    }

    fn id(&self) -> String {
        format!("year-{}", self.0)
    }

    fn start(&self) -> String {
        format!("{}-09-01", self.0)
    }

    /// The day after its last.
    fn end(&self) -> String {
        format!("{}-09-01", self.0 + 1)
    }
}

fn class_id(grade: u8, class: Option<u8>) -> String {
    class.map_or_else(|| format!("class-{grade}"), |class| format!("class-{grade}-{class}"))
}

fn staff_role(role: Role) -> &'static str {
    match role {
        Role::Duty => "teacher",
        Role::Leader | Role::Office => "siteAdministrator",
        Role::Inspector => "proctor",
    }
}

/// The role of a relation, of those that both standards know.
fn relationship(relation: &str) -> &'static str {
    match words::relation(Lang::En, relation) {
        "mother" | "father" => "parent",
        "grandmother" | "grandfather" | "aunt" | "uncle" => "relative",
        _ => "guardian",
    }
}

/// Family and given name. A Chinese name begins with its surname, of two characters if it is one of the compound ones; a
/// name in letters ends with it. Family before given, or given before family, gives the name back.
#[must_use]
pub fn family_and_given(name: &str) -> (&str, &str) {
    if let Some((given, family)) = name.rsplit_once(' ') {
        return (family, given);
    }
    let two = compound_surname(name).and_then(|surname| {
        let given = name.strip_prefix(surname).filter(|given| !given.is_empty())?;
        Some((surname, given))
    });
    two.unwrap_or_else(|| {
        let one = name.chars().next().map_or(0, char::len_utf8);
        if name.is_ascii() { ("", name) } else { name.split_at(one) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_apart_at_the_surname() {
        for (name, family, given) in [
            ("陈一诺", "陈", "一诺"),
            ("欧阳小满", "欧阳", "小满"),
            ("司马光", "司马", "光"),
            ("李", "李", ""),
            ("Amy Roebuck", "Roebuck", "Amy"),
            ("Ora", "", "Ora"),
        ] {
            assert_eq!(family_and_given(name), (family, given), "{name}");
        }
    }

    #[test]
    fn the_school_year_begins_in_september() {
        for ((y, m, d), year) in [((2026, 9, 1), 2026), ((2027, 8, 31), 2026), ((2026, 2, 1), 2025)] {
            assert_eq!(NaiveDate::from_ymd_opt(y, m, d).map(|date| Year::of(date).0), Some(year));
        }
    }
}
