//! Children with their guardians, out of the parts of a delivery.
//!
//! A child's number is its identifier in the school's system, unless that is an identity number; else a user name that is a
//! number; else the delivery's own id. By all of them it is recognised again.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::time::Moment;
use crate::import::Answers;
use crate::import::cells::{identity, is_any_relation, read_date, read_grade, read_phone, relation};
use crate::import::read::{Cell, ReadError};
use crate::import::roster::{Family, Harvest, Place, Reason, Refused, Remark, RosterChild, RosterCollector, Spots};
use crate::import::row::{person_name, safe};

use super::Delivery;
use super::homes::{Home, holds, seats};
use super::parts::Line;
use super::roles;

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
    /// What the person is in general; empty where it is not said.
    role: String,
    gone: bool,
}

impl Guardian {
    /// The person as a collector is held against the register; without a name where it cannot be read.
    fn person(&self) -> RosterCollector {
        RosterCollector { name: self.name.clone().unwrap_or_default(), phone: self.phones.first().cloned(), ..RosterCollector::default() }
    }
}

/// What ties a person to a child.
struct Tie<'t> {
    person: &'t str,
    /// What the person is to the child; empty where it is not said.
    role: &'t str,
    gone: bool,
}

/// `OneRoster` and School Data Sync v2.1: everybody is a user, roles and relationships say who is what.
pub(super) fn users(delivery: &mut Delivery, harvest: &mut Harvest, answers: &Answers) -> Result<(), ReadError> {
    let Some(part) = delivery.part("users.csv") else { return Ok(()) };
    let today = answers.now.map(Moment::date);
    let needed = ["sourcedid", "givenname", "familyname"];
    let roles = roles(delivery, harvest, today)?;
    let seats = seats(delivery, harvest, today)?;
    let related = relationships(delivery)?;
    let born = births(delivery)?;
    let is_student = |line: &Line<'_>| {
        let (id, role) = (line.text("sourcedid"), line.text("role").to_lowercase());
        if role.is_empty() { roles.get(&id).is_some_and(|(r, _)| r == "student") || seats.contains_key(&id) } else { role == "student" }
    };
    // Twice over the users: first those who may be guardians, then the children.
    let mut guardians: HashMap<String, Guardian> = HashMap::new();
    // Guardians who name a child that does not name them.
    let mut named_by: HashMap<String, Vec<String>> = HashMap::new();
    part.each(&needed, &mut |line| {
        if !is_student(&line) {
            let id = line.text("sourcedid");
            for child in agents(&line) {
                named_by.entry(child).or_default().push(id.clone());
            }
            let role = line.text("role");
            let role = if role.is_empty() { roles.get(&id).map(|(role, _)| role.clone()).unwrap_or_default() } else { role };
            guardians.insert(id, guardian(&line, role));
        }
        Ok(())
    })?;
    let takes_part =
        |role: &str| roles::is_guardian(role) || (!role.is_empty() && answers.also.iter().any(|a| roles::plain(a) == roles::plain(role)));
    // Where nobody at all is a guardian the file is about other things, and nobody is missing in it.
    let whole = harvest.bulk && (!related.is_empty() || guardians.values().any(|g| roles::is_guardian(&g.role)));
    let mut seen: HashSet<String> = HashSet::new();
    part.each(&needed, &mut |line| {
        if !is_student(&line) {
            return Ok(());
        }
        let user = user(&line);
        let of_agents = user.agents.iter().map(|person| Tie { person, role: "", gone: false });
        let of_related = related.get(&user.id).into_iter().flatten().map(|r| Tie { person: &r.person, role: &r.role, gone: r.gone });
        let of_named = named_by.get(&user.id).into_iter().flatten().map(|person| Tie { person, role: "", gone: false });
        let ties: Vec<Tie<'_>> = of_agents.chain(of_related).chain(of_named).collect();
        let mut collectors = Vec::new();
        let mut family = Family { whole, ..Family::default() };
        let mut wrong = None;
        for (at, tie) in ties.iter().enumerate() {
            if ties.iter().take(at).any(|earlier| earlier.person == tie.person) {
                continue;
            }
            let same = || ties.iter().filter(|t| t.person == tie.person);
            let Some(guardian) = guardians.get(tie.person) else {
                // In changes those who did not change are not there.
                if harvest.bulk && !tie.gone {
                    let (place, column) = (user.place.clone(), user.columns.phone);
                    harvest.remarks.push(Remark::NamesNobody { place, column, id: tie.person.to_owned() });
                }
                continue;
            };
            seen.insert(tie.person.to_owned());
            // What a person is to this child says more than what the person is in general.
            let said: Vec<&str> = same().filter(|t| !t.gone).map(|t| t.role).filter(|role| !role.is_empty()).collect();
            let said = if said.is_empty() { vec![guardian.role.as_str()] } else { said };
            let role = said.iter().find(|role| takes_part(role)).or(said.first()).copied().unwrap_or_default();
            if guardian.gone || same().filter(|t| !t.role.is_empty()).any(|t| t.gone) && !same().any(|t| !t.role.is_empty() && !t.gone) {
                let person = guardian.person();
                if person.name.is_empty() && person.phone.is_none() {
                    harvest.remarks.push(Remark::RemovedUnclear { place: guardian.place.clone(), name: String::new() });
                } else {
                    family.gone.push(person);
                }
            } else if !takes_part(role) {
                let person = guardian.person();
                let (place, child) = (guardian.place.clone(), user.name.clone().unwrap_or_default());
                harvest.remarks.push(Remark::NotGuardian { place, child, name: person.name.clone(), role: role.to_owned() });
                family.others.push(person);
            } else {
                let relation = Some(relation(role)).filter(|r| !is_any_relation(r)).filter(|_| same().any(|t| t.role == role)).unwrap_or_default();
                if let Err((column, reason)) = add_guardian(guardian, &relation, &mut collectors) {
                    wrong = wrong.or(Some(Refused { place: guardian.place.clone(), column, who: user.name.clone().unwrap_or_default(), reason }));
                }
            }
        }
        let seat = seats.get(&user.id).copied().unwrap_or_default();
        if let (Some(Home { grade: Some(one), class_no: Some(first) }), Some(Home { grade: Some(other), class_no: Some(second) })) =
            (seat.home, seat.other)
        {
            let reason = Reason::TwoClasses((one, first), (other, second));
            harvest.refused.push(Refused { place: user.place, column: user.columns.class, who: user.name.unwrap_or_default(), reason });
            return Ok(());
        }
        let role_grade = roles.get(&user.id).map_or("", |(_, grade)| grade.as_str());
        let grade = if user.grades.is_empty() { role_grade } else { user.grades.as_str() };
        match child(&user, grade, seat.home.as_ref(), collectors, born.get(&user.id).copied()) {
            Ok(child) if wrong.is_none() => harvest.children.push(Box::new(RosterChild { family: Some(Box::new(family)), ..child })),
            Ok(_) => harvest.refused.extend(wrong),
            Err((column, reason)) => harvest.refused.push(Refused { place: user.place, column, who: user.name.unwrap_or_default(), reason }),
        }
        Ok(())
    })?;
    let mut unseen: Vec<&Guardian> =
        guardians.iter().filter(|(id, g)| g.gone && takes_part(&g.role) && !seen.contains(*id)).map(|(_, g)| g).collect();
    unseen.sort_by_key(|g| g.place.row);
    let unclear = unseen.into_iter().map(|g| Remark::RemovedUnclear { place: g.place.clone(), name: g.person().name });
    harvest.remarks.extend(unclear);
    Ok(())
}

/// Role and grade of users who have them in a part of their own; a student is that before anything else.
fn roles(delivery: &mut Delivery, harvest: &mut Harvest, today: Option<NaiveDate>) -> Result<HashMap<String, (String, String)>, ReadError> {
    let mut roles: HashMap<String, (String, String)> = HashMap::new();
    if let Some(part) = delivery.part("roles.csv") {
        part.each(&["usersourcedid", "role"], &mut |line| {
            let (id, role) = (line.text("usersourcedid"), line.text("role").to_lowercase());
            if line.is_gone() {
                return Ok(());
            }
            match holds(&line, [&["begindate", "rolestartdate"], &["enddate", "roleenddate"]], today) {
                // Who was a student is one still, of whatever year: only its class is not said here.
                Ok(holds) if holds || role == "student" => {
                    let known = roles.get(&id).map(|(role, _)| role.as_str());
                    let counts_more = known.is_none_or(|k| k != "student" && !roles::is_guardian(k) && roles::is_guardian(&role));
                    if role == "student" || counts_more {
                        roles.insert(id, (role, line.first(&["grade", "grades"])));
                    }
                }
                Ok(_) => {}
                Err((column, reason)) => harvest.refused.push(Refused { place: line.place(), column, who: String::new(), reason }),
            }
            Ok(())
        })?;
    }
    Ok(roles)
}

/// What somebody is to a child, where a part of its own says so.
struct Related {
    person: String,
    role: String,
    gone: bool,
}

/// Who is related to each child.
fn relationships(delivery: &mut Delivery) -> Result<HashMap<String, Vec<Related>>, ReadError> {
    let mut related: HashMap<String, Vec<Related>> = HashMap::new();
    if let Some(part) = delivery.part("relationships.csv") {
        part.each(&["usersourcedid", "relationshipusersourcedid"], &mut |line| {
            let person = line.text("relationshipusersourcedid");
            let related = related.entry(line.text("usersourcedid")).or_default();
            related.push(Related { person, role: line.text("relationshiprole"), gone: line.is_gone() });
            Ok(())
        })?;
    }
    Ok(related)
}

/// School Data Sync v1: students have a file of their own and no guardians.
pub(super) fn students(delivery: &mut Delivery, harvest: &mut Harvest) -> Result<(), ReadError> {
    let mut sections: HashMap<String, Home> = HashMap::new();
    if let Some(part) = delivery.part("section.csv") {
        part.each(&["sisid", "sectionname"], &mut |line| {
            if let Some(home) = Home::of(&line.text("sectionname"), "") {
                sections.insert(line.text("sisid"), home);
            }
            Ok(())
        })?;
    }
    let mut section_of: HashMap<String, String> = HashMap::new();
    if let Some(part) = delivery.part("studentenrollment.csv") {
        part.each(&["sectionsisid", "sisid"], &mut |line| {
            if sections.contains_key(&line.text("sectionsisid")) {
                section_of.entry(line.text("sisid")).or_insert_with(|| line.text("sectionsisid"));
            }
            Ok(())
        })?;
    }
    if let Some(part) = delivery.part("student.csv") {
        part.each(&["sisid"], &mut |line| {
            let student = student(&line);
            let home = section_of.get(&student.id).and_then(|s| sections.get(s));
            let birth = read_date(&Cell::Text(line.text("birthdate")));
            let grade = student.grades.clone();
            match child(&student, &grade, home, Vec::new(), birth) {
                Ok(child) => harvest.children.push(Box::new(child)),
                Err((column, reason)) => {
                    harvest.refused.push(Refused { place: student.place, column, who: student.name.unwrap_or_default(), reason });
                }
            }
            Ok(())
        })?;
    }
    Ok(())
}

fn births(delivery: &mut Delivery) -> Result<HashMap<String, NaiveDate>, ReadError> {
    let mut born = HashMap::new();
    if let Some(part) = delivery.part("demographics.csv") {
        part.each(&["birthdate"], &mut |line| {
            if let Some(date) = read_date(&Cell::Text(line.text("birthdate"))) {
                born.insert(line.first(&["sourcedid", "usersourcedid"]), date);
            }
            Ok(())
        })?;
    }
    Ok(born)
}

fn agents(line: &Line<'_>) -> Vec<String> {
    line.text("agentsourcedids").split(',').map(str::trim).filter(|a| !a.is_empty()).map(str::to_owned).collect()
}

fn guardian(line: &Line<'_>, role: String) -> Guardian {
    let (phones, bad_phone) = phones(&[line.text("sms"), line.text("phone")]);
    Guardian {
        place: line.place(),
        column: line.spot("familyname"),
        name: full_name(&line.text("givenname"), &line.text("familyname")),
        phones,
        bad_phone,
        role,
        gone: line.is_gone(),
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
        gone: line.is_gone(),
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
        gone: line.is_gone(),
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
