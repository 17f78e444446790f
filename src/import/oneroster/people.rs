//! Children with their guardians, out of the parts of a delivery.
//!
//! A child's number is its identifier in the school's system, unless that is an identity number; else a user name that is a
//! number; else the delivery's own id. By all of them it is recognised again.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use crate::import::cells::{identity, read_class, read_date, read_grade, read_phone, relation};
use crate::import::read::{Cell, ReadError};
use crate::import::roster::{Harvest, Place, Reason, Refused, RosterChild, RosterCollector, Spots};
use crate::import::row::{person_name, safe};

use super::Delivery;
use super::parts::Line;

/// A user as a delivery tells it.
struct User {
    place: Place,
    columns: Spots,
    id: String,
    role: String,
    name: Result<String, Reason>,
    numbers: Vec<String>,
    identity: Option<String>,
    phones: Vec<String>,
    bad_phone: Option<String>,
    agents: Vec<String>,
    grades: String,
    gone: bool,
}

/// `OneRoster` and School Data Sync v2.1: everybody is a user, roles and relationships say who is what.
pub(super) fn users(delivery: &mut Delivery, harvest: &mut Harvest) -> Result<(), ReadError> {
    let mut users: Vec<User> = Vec::new();
    if let Some(part) = delivery.part("users.csv")? {
        part.each(&["sourcedid", "givenname", "familyname"], &mut |line| {
            users.push(user(&line));
            Ok(())
        })?;
    }
    let mut roles: HashMap<String, (String, String)> = HashMap::new();
    if let Some(part) = delivery.part("roles.csv")? {
        part.each(&["usersourcedid", "role"], &mut |line| {
            let role = line.text("role").to_lowercase();
            if !is_gone(&line) && (role == "student" || !roles.contains_key(&line.text("usersourcedid"))) {
                roles.insert(line.text("usersourcedid"), (role, line.first(&["grade", "grades"])));
            }
            Ok(())
        })?;
    }
    let classes = classes(delivery)?;
    let mut class_of: HashMap<String, String> = HashMap::new();
    if let Some(part) = delivery.part("enrollments.csv")? {
        part.each(&["classsourcedid", "usersourcedid", "role"], &mut |line| {
            if !is_gone(&line) && line.text("role").eq_ignore_ascii_case("student") {
                let class = line.text("classsourcedid");
                if classes.contains_key(&class) {
                    class_of.entry(line.text("usersourcedid")).or_insert(class);
                } else {
                    // A class that is no home says only that this is a student.
                    roles.entry(line.text("usersourcedid")).or_insert_with(|| ("student".to_owned(), String::new()));
                }
            }
            Ok(())
        })?;
    }
    let mut related: HashMap<String, Vec<(String, String)>> = HashMap::new();
    if let Some(part) = delivery.part("relationships.csv")? {
        part.each(&["usersourcedid", "relationshipusersourcedid"], &mut |line| {
            if !is_gone(&line) {
                let person = (line.text("relationshipusersourcedid"), relation(&line.text("relationshiprole")));
                related.entry(line.text("usersourcedid")).or_default().push(person);
            }
            Ok(())
        })?;
    }
    let born = births(delivery)?;

    let by_id: HashMap<&str, &User> = users.iter().map(|u| (u.id.as_str(), u)).collect();
    // Guardians who name a child that does not name them.
    let mut named_by: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for guardian in users.iter().filter(|u| is_guardian(&u.role)) {
        for child in &guardian.agents {
            named_by.entry(child).or_default().push(&guardian.id);
        }
    }
    for user in &users {
        let (role, role_grade) = roles.get(&user.id).map_or(("", ""), |(r, g)| (r.as_str(), g.as_str()));
        let is_student = if user.role.is_empty() { role == "student" || class_of.contains_key(&user.id) } else { user.role == "student" };
        if !is_student {
            continue;
        }
        let mut guardians: Vec<(&str, &str)> = user.agents.iter().map(|a| (a.as_str(), "")).collect();
        guardians.extend(related.get(&user.id).into_iter().flatten().map(|(id, relation)| (id.as_str(), relation.as_str())));
        guardians.extend(named_by.get(user.id.as_str()).into_iter().flatten().map(|id| (*id, "")));
        let mut collectors = Vec::new();
        let mut wrong = None;
        for (id, relation) in guardians {
            let Some(guardian) = by_id.get(id).filter(|g| !g.gone) else { continue };
            if let Err((column, reason)) = add_guardian(guardian, relation, &mut collectors) {
                wrong = wrong.or(Some(Refused { place: guardian.place.clone(), column, reason }));
            }
        }
        let home = class_of.get(&user.id).and_then(|c| classes.get(c));
        let grade = if user.grades.is_empty() { role_grade } else { user.grades.as_str() };
        match child(user, grade, home, collectors, born.get(&user.id).copied()) {
            Ok(child) if wrong.is_none() => harvest.children.push(child),
            Ok(_) => harvest.refused.extend(wrong),
            Err((column, reason)) => harvest.refused.push(Refused { place: user.place.clone(), column, reason }),
        }
    }
    Ok(())
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
                Ok(child) => harvest.children.push(child),
                Err((column, reason)) => harvest.refused.push(Refused { place: student.place, column, reason }),
            }
            Ok(())
        })?;
    }
    Ok(())
}

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

fn classes(delivery: &mut Delivery) -> Result<HashMap<String, Home>, ReadError> {
    let mut classes = HashMap::new();
    if let Some(part) = delivery.part("classes.csv")? {
        part.each(&["sourcedid", "title"], &mut |line| {
            let kind = line.text("classtype").to_lowercase();
            if !is_gone(&line)
                && (kind.is_empty() || kind == "homeroom")
                && let Some(home) = Home::of(&line.text("title"), &line.text("grades"))
            {
                classes.insert(line.text("sourcedid"), home);
            }
            Ok(())
        })?;
    }
    Ok(classes)
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

fn user(line: &Line<'_>) -> User {
    let id = line.text("sourcedid");
    let written = [line.text("identifier"), line.text("usermasteridentifier")];
    let username = line.text("username");
    let mut numbers: Vec<String> = written.iter().filter(|n| !n.is_empty() && identity(n).is_none()).cloned().collect();
    if !username.is_empty() && username.bytes().all(|b| b.is_ascii_digit()) {
        numbers.push(username);
    }
    numbers.push(id.clone());
    let (phones, bad_phone) = phones(&[line.text("sms"), line.text("phone")]);
    User {
        place: line.place(),
        columns: Spots {
            name: line.spot("familyname"),
            number: line.spot("sourcedid"),
            class: line.spot("grades").max(line.spot("grade")),
            card: 0,
            phone: line.spot("agentsourcedids"),
            letter: 0,
        },
        role: line.text("role").to_lowercase(),
        name: full_name(&line.text("givenname"), &line.text("familyname")),
        identity: written.iter().find_map(|n| identity(n)),
        numbers: without_repeats(numbers),
        phones,
        bad_phone,
        agents: line.text("agentsourcedids").split(',').map(str::trim).filter(|a| !a.is_empty()).map(str::to_owned).collect(),
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
        columns: Spots { name: line.spot("lastname"), number: line.spot("sisid"), class: line.spot("grade"), ..Spots::default() },
        role: "student".to_owned(),
        name: full_name(&line.text("firstname"), &line.text("lastname")),
        identity: None,
        numbers: without_repeats(numbers.collect()),
        phones: Vec::new(),
        bad_phone: None,
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
fn full_name(given: &str, family: &str) -> Result<String, Reason> {
    let in_letters = given.chars().chain(family.chars()).any(|c| c.is_ascii_alphabetic());
    person_name(&if in_letters { format!("{given} {family}") } else { format!("{family}{given}") })
}

fn add_guardian(guardian: &User, relation: &str, list: &mut Vec<RosterCollector>) -> Result<(), (usize, Reason)> {
    let name = guardian.name.clone().map_err(|reason| (guardian.columns.name, reason))?;
    if let Some(text) = &guardian.bad_phone {
        return Err((0, Reason::BadPhone(text.clone())));
    }
    let phone = guardian.phones.first().cloned();
    match list.iter_mut().find(|c| c.name == name && c.phone == phone) {
        Some(known) if known.relation.is_empty() => relation.clone_into(&mut known.relation),
        Some(_) => {}
        None => {
            list.push(RosterCollector { name, relation: relation.to_owned(), phone, barred: false });
            for more in guardian.phones.iter().skip(1) {
                list.push(RosterCollector { name: String::new(), relation: relation.to_owned(), phone: Some(more.clone()), barred: false });
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
    let columns = user.columns;
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
        columns,
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
