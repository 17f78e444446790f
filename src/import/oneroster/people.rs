//! Children with their guardians, out of the parts of a delivery.
//!
//! A child's number is its identifier in the school's system, unless that is an identity number; else a user name that is a
//! number; else the delivery's own id. By all of them it is recognised again.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::import::cells::{identity, is_any_relation, read_class, read_date, read_grade, read_phone, relation};
use crate::import::read::{Cell, ReadError};
use crate::import::roster::{Harvest, Place, Reason, Refused, RosterChild, RosterCollector, Spots};
use crate::import::row::{person_name, safe};

use super::Delivery;
use super::parts::Line;

/// A student as a delivery tells it.
struct User {
    place: Place,
    columns: Arc<Spots>,
    id: String,
    name: Result<String, Reason>,
    numbers: Vec<String>,
    identity: Option<String>,
    agents: Vec<String>,
    grades: String,
    gone: bool,
}

/// Somebody who may be a child's guardian.
struct Guardian {
    place: Place,
    column: usize,
    name: Result<String, Reason>,
    phones: Vec<String>,
    bad_phone: Option<String>,
    gone: bool,
}

/// `OneRoster` and School Data Sync v2.1: everybody is a user, roles and relationships say who is what.
pub(super) fn users(delivery: &mut Delivery, harvest: &mut Harvest) -> Result<(), ReadError> {
    let Some(part) = delivery.part("users.csv")? else { return Ok(()) };
    let needed = ["sourcedid", "givenname", "familyname"];
    let roles = roles(delivery)?;
    let (homes, class_of) = classes(delivery)?;
    let related = relationships(delivery)?;
    let born = births(delivery)?;
    let is_student = |line: &Line<'_>| {
        let (id, role) = (line.text("sourcedid"), line.text("role").to_lowercase());
        if role.is_empty() { roles.get(&id).is_some_and(|(r, _)| r == "student") || class_of.contains_key(&id) } else { role == "student" }
    };
    // Twice over the users: first those who may be guardians, then the children.
    let mut guardians: HashMap<String, Guardian> = HashMap::new();
    // Guardians who name a child that does not name them.
    let mut named_by: HashMap<String, Vec<String>> = HashMap::new();
    part.each(&needed, &mut |line| {
        if !is_student(&line) {
            let id = line.text("sourcedid");
            if is_guardian(&line.text("role").to_lowercase()) {
                for child in agents(&line) {
                    named_by.entry(child).or_default().push(id.clone());
                }
            }
            guardians.insert(id, guardian(&line));
        }
        Ok(())
    })?;
    part.each(&needed, &mut |line| {
        if !is_student(&line) {
            return Ok(());
        }
        let user = user(&line);
        let related = related.get(&user.id).into_iter().flatten().map(|(id, relation)| (id.as_str(), relation.as_str()));
        let named = named_by.get(&user.id).into_iter().flatten().map(|id| (id.as_str(), ""));
        let mut collectors = Vec::new();
        let mut wrong = None;
        for (id, relation) in user.agents.iter().map(|a| (a.as_str(), "")).chain(related).chain(named) {
            let Some(guardian) = guardians.get(id).filter(|g| !g.gone) else { continue };
            if let Err((column, reason)) = add_guardian(guardian, relation, &mut collectors) {
                wrong = wrong.or(Some(Refused { place: guardian.place.clone(), column, reason }));
            }
        }
        let home = class_of.get(&user.id).and_then(|c| homes.get(*c));
        let role_grade = roles.get(&user.id).map_or("", |(_, grade)| grade.as_str());
        let grade = if user.grades.is_empty() { role_grade } else { user.grades.as_str() };
        match child(&user, grade, home, collectors, born.get(&user.id).copied()) {
            Ok(child) if wrong.is_none() => harvest.children.push(Box::new(child)),
            Ok(_) => harvest.refused.extend(wrong),
            Err((column, reason)) => harvest.refused.push(Refused { place: user.place, column, reason }),
        }
        Ok(())
    })
}

/// Role and grade of users who have them in a part of their own; a student is that before anything else.
fn roles(delivery: &mut Delivery) -> Result<HashMap<String, (String, String)>, ReadError> {
    let mut roles: HashMap<String, (String, String)> = HashMap::new();
    if let Some(part) = delivery.part("roles.csv")? {
        part.each(&["usersourcedid", "role"], &mut |line| {
            let (id, role) = (line.text("usersourcedid"), line.text("role").to_lowercase());
            if !is_gone(&line) && (role == "student" || !roles.contains_key(&id)) {
                roles.insert(id, (role, line.first(&["grade", "grades"])));
            }
            Ok(())
        })?;
    }
    Ok(roles)
}

/// The guardians of each child, and what they are to it, where a part of its own says so.
fn relationships(delivery: &mut Delivery) -> Result<HashMap<String, Vec<(String, String)>>, ReadError> {
    let mut related: HashMap<String, Vec<(String, String)>> = HashMap::new();
    if let Some(part) = delivery.part("relationships.csv")? {
        part.each(&["usersourcedid", "relationshipusersourcedid"], &mut |line| {
            if !is_gone(&line) {
                let said = Some(relation(&line.text("relationshiprole"))).filter(|r| !is_any_relation(r)).unwrap_or_default();
                let person = (line.text("relationshipusersourcedid"), said);
                related.entry(line.text("usersourcedid")).or_default().push(person);
            }
            Ok(())
        })?;
    }
    Ok(related)
}

/// School Data Sync v1: students have a file of their own and no guardians.
pub(super) fn students(delivery: &mut Delivery, harvest: &mut Harvest) -> Result<(), ReadError> {
    let mut sections: HashMap<String, Home> = HashMap::new();
    if let Some(part) = delivery.part("section.csv")? {
        part.each(&["sisid", "sectionname"], &mut |line| {
            if let Some(home) = Home::of(&line.text("sectionname"), "") {
                sections.insert(line.text("sisid"), home);
            }
            Ok(())
        })?;
    }
    let mut section_of: HashMap<String, String> = HashMap::new();
    if let Some(part) = delivery.part("studentenrollment.csv")? {
        part.each(&["sectionsisid", "sisid"], &mut |line| {
            if sections.contains_key(&line.text("sectionsisid")) {
                section_of.entry(line.text("sisid")).or_insert_with(|| line.text("sectionsisid"));
            }
            Ok(())
        })?;
    }
    if let Some(part) = delivery.part("student.csv")? {
        part.each(&["sisid"], &mut |line| {
            let student = student(&line);
            let home = section_of.get(&student.id).and_then(|s| sections.get(s));
            let birth = read_date(&Cell::Text(line.text("birthdate")));
            let grade = student.grades.clone();
            match child(&student, &grade, home, Vec::new(), birth) {
                Ok(child) => harvest.children.push(Box::new(child)),
                Err((column, reason)) => harvest.refused.push(Refused { place: student.place, column, reason }),
            }
            Ok(())
        })?;
    }
    Ok(())
}

/// A student whose classes are all lessons.
const NO_HOME: usize = usize::MAX;

/// A class that is a home: its grade and number.
struct Home {
    grade: Option<u8>,
    class_no: Option<u8>,
}

impl Home {
    fn of(title: &str, grades: &str) -> Option<Self> {
        let (grade, class_no) = read_class(title);
        let grade = grade.or_else(|| read_grade(grades));
        grade.map(|grade| Self { grade: Some(grade), class_no })
    }
}

/// The classes that are homes, and which of them a student is in. Others say only that somebody is a student.
fn classes(delivery: &mut Delivery) -> Result<(Vec<Home>, HashMap<String, usize>), ReadError> {
    let mut homes = Vec::new();
    let mut index: HashMap<String, usize> = HashMap::new();
    if let Some(part) = delivery.part("classes.csv")? {
        part.each(&["sourcedid", "title"], &mut |line| {
            let kind = line.text("classtype").to_lowercase();
            if !is_gone(&line)
                && (kind.is_empty() || kind == "homeroom")
                && let Some(home) = Home::of(&line.text("title"), &line.text("grades"))
            {
                index.insert(line.text("sourcedid"), homes.len());
                homes.push(home);
            }
            Ok(())
        })?;
    }
    let mut class_of: HashMap<String, usize> = HashMap::new();
    if let Some(part) = delivery.part("enrollments.csv")? {
        part.each(&["classsourcedid", "usersourcedid", "role"], &mut |line| {
            if !is_gone(&line) && line.text("role").eq_ignore_ascii_case("student") {
                let home = index.get(&line.text("classsourcedid")).copied();
                let known = class_of.entry(line.text("usersourcedid")).or_insert(NO_HOME);
                if let (Some(home), NO_HOME) = (home, *known) {
                    *known = home;
                }
            }
            Ok(())
        })?;
    }
    Ok((homes, class_of))
}

fn births(delivery: &mut Delivery) -> Result<HashMap<String, NaiveDate>, ReadError> {
    let mut born = HashMap::new();
    if let Some(part) = delivery.part("demographics.csv")? {
        part.each(&["birthdate"], &mut |line| {
            if let Some(date) = read_date(&Cell::Text(line.text("birthdate"))) {
                born.insert(line.first(&["sourcedid", "usersourcedid"]), date);
            }
            Ok(())
        })?;
    }
    Ok(born)
}

fn is_gone(line: &Line<'_>) -> bool {
    matches!(line.text("status").to_lowercase().as_str(), "tobedeleted" | "deleted")
}

fn is_guardian(role: &str) -> bool {
    matches!(role, "parent" | "guardian" | "relative")
}

fn agents(line: &Line<'_>) -> Vec<String> {
    line.text("agentsourcedids").split(',').map(str::trim).filter(|a| !a.is_empty()).map(str::to_owned).collect()
}

fn guardian(line: &Line<'_>) -> Guardian {
    let (phones, bad_phone) = phones(&[line.text("sms"), line.text("phone")]);
    Guardian {
        place: line.place(),
        column: line.spot("familyname"),
        name: full_name(&line.text("givenname"), &line.text("familyname")),
        phones,
        bad_phone,
        gone: is_gone(line),
    }
}

fn user(line: &Line<'_>) -> User {
    let id = line.text("sourcedid");
    let written = [line.text("identifier"), line.text("usermasteridentifier")];
    let username = line.text("username");
    let mut numbers: Vec<String> = written.iter().filter(|n| !n.is_empty() && identity(n).is_none()).cloned().collect();
    if !username.is_empty() && username.bytes().all(|b| b.is_ascii_digit()) {
        numbers.push(username);
    }
    numbers.push(id.clone());
    User {
        place: line.place(),
        columns: Arc::new(Spots {
            name: line.spot("familyname"),
            number: line.spot("sourcedid"),
            class: line.spot("grades").max(line.spot("grade")),
            phone: line.spot("agentsourcedids"),
            ..Spots::default()
        }),
        name: full_name(&line.text("givenname"), &line.text("familyname")),
        identity: written.iter().find_map(|n| identity(n)),
        numbers: without_repeats(numbers),
        agents: agents(line),
        grades: line.first(&["grades", "grade"]),
        gone: is_gone(line),
        id,
    }
}

fn student(line: &Line<'_>) -> User {
    let id = line.text("sisid");
    let numbers = [line.text("studentnumber"), id.clone()].into_iter().filter(|n| !n.is_empty() && identity(n).is_none());
    User {
        place: line.place(),
        columns: Arc::new(Spots { name: line.spot("lastname"), number: line.spot("sisid"), class: line.spot("grade"), ..Spots::default() }),
        name: full_name(&line.text("firstname"), &line.text("lastname")),
        identity: None,
        numbers: without_repeats(numbers.collect()),
        agents: Vec::new(),
        grades: line.text("grade"),
        gone: is_gone(line),
        id,
    }
}

fn without_repeats(mut numbers: Vec<String>) -> Vec<String> {
    let mut seen = std::collections::BTreeSet::new();
    numbers.retain(|n| seen.insert(n.clone()));
    numbers
}

/// The numbers of these texts, and the first text that is none.
fn phones(texts: &[String]) -> (Vec<String>, Option<String>) {
    let mut list: Vec<String> = Vec::new();
    let mut bad = None;
    for text in texts.iter().filter(|t| !t.is_empty()) {
        match read_phone(text) {
            Some(phone) if !list.contains(&phone) => list.push(phone),
            Some(_) => {}
            None => bad = bad.or_else(|| Some(text.clone())),
        }
    }
    (list, bad)
}

/// `张` and `三` are `张三`; `Jack` and `Craig` are `Jack Craig`.
/// The whole name. Both halves are required by the standard: who has but one gets a sign for the other, which is nobody's name.
fn full_name(given: &str, family: &str) -> Result<String, Reason> {
    let [given, family] = [given, family].map(|half| if matches!(half.trim(), "." | "-" | "/" | "—") { "" } else { half });
    let in_letters = given.chars().chain(family.chars()).any(|c| c.is_ascii_alphabetic());
    person_name(&if in_letters { format!("{given} {family}") } else { format!("{family}{given}") })
}

fn add_guardian(guardian: &Guardian, relation: &str, list: &mut Vec<RosterCollector>) -> Result<(), (usize, Reason)> {
    let name = guardian.name.clone().map_err(|reason| (guardian.column, reason))?;
    if let Some(text) = &guardian.bad_phone {
        return Err((0, Reason::BadPhone(text.clone())));
    }
    let phone = guardian.phones.first().cloned();
    match list.iter_mut().find(|c| c.name == name && c.phone == phone) {
        Some(known) if known.relation.is_empty() => relation.clone_into(&mut known.relation),
        Some(_) => {}
        None => {
            list.push(RosterCollector { name, relation: relation.to_owned(), phone, ..RosterCollector::default() });
            for more in guardian.phones.iter().skip(1) {
                list.push(RosterCollector { relation: relation.to_owned(), phone: Some(more.clone()), ..RosterCollector::default() });
            }
        }
    }
    Ok(())
}

fn child(
    user: &User,
    grades: &str,
    home: Option<&Home>,
    collectors: Vec<RosterCollector>,
    birth: Option<NaiveDate>,
) -> Result<RosterChild, (usize, Reason)> {
    let columns = &user.columns;
    let name = match &user.name {
        Ok(name) => name.clone(),
        // Who leaves may be named by its number alone.
        Err(_) if user.gone => String::new(),
        Err(reason) => return Err((columns.name, reason.clone())),
    };
    for number in &user.numbers {
        safe(number).map_err(|reason| (columns.number, reason))?;
    }
    let unknown = || (columns.class, Reason::UnknownGrade(grades.to_owned()));
    let said = if grades.is_empty() { None } else { Some(read_grade(grades).filter(|g| (1..=6).contains(g)).ok_or_else(unknown)?) };
    let by_home = home.and_then(|h| h.grade);
    if let (Some(one), Some(other)) = (said, by_home)
        && one != other
    {
        return Err((columns.class, Reason::GradesDiffer(one, other)));
    }
    let grade = said.or(by_home);
    if let Some(other) = grade.filter(|g| !(1..=6).contains(g)) {
        return Err((columns.class, Reason::UnknownGrade(other.to_string())));
    }
    Ok(RosterChild {
        place: user.place.clone(),
        columns: columns.clone(),
        numbers: user.numbers.clone(),
        name,
        grade,
        class_no: home.and_then(|h| h.class_no),
        collectors,
        identity: user.identity.clone(),
        birth,
        withdrawn: user.gone,
        ..RosterChild::default()
    })
}
