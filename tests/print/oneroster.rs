//! `OneRoster` files: complete, consistent within themselves, and whatever a guardian must not be is not in them.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use caredesk::domain::people::Right;
use caredesk::print::oneroster::{archive, family_and_given, files};
use caredesk::texts::Lang;

use crate::world::{now, register};

type Rows = Vec<BTreeMap<String, String>>;

fn read(bytes: &[u8]) -> Rows {
    let mut reader = csv::Reader::from_reader(bytes);
    reader.deserialize().map(|row| row.unwrap()).collect()
}

fn set() -> BTreeMap<&'static str, Rows> {
    let (files, _) = files(Lang::Zh, &register(), "向阳小学", now().date()).unwrap();
    files.into_iter().map(|(name, bytes)| (name, read(&bytes))).collect()
}

fn ids(rows: &Rows) -> BTreeSet<&str> {
    let ids: BTreeSet<&str> = rows.iter().map(|r| r["sourcedId"].as_str()).collect();
    assert_eq!(ids.len(), rows.len(), "no identifier twice");
    ids
}

#[test]
fn every_reference_leads_somewhere() {
    let set = set();
    let of = |name: &str| &set[name];
    let (users, orgs, classes, courses, sessions) =
        (ids(of("users.csv")), ids(of("orgs.csv")), ids(of("classes.csv")), ids(of("courses.csv")), ids(of("academicSessions.csv")));
    ids(of("roles.csv"));
    ids(of("enrollments.csv"));
    for (file, column, target) in [
        ("classes.csv", "courseSourcedId", &courses),
        ("classes.csv", "schoolSourcedId", &orgs),
        ("classes.csv", "termSourcedIds", &sessions),
        ("courses.csv", "orgSourcedId", &orgs),
        ("courses.csv", "schoolYearSourcedId", &sessions),
        ("enrollments.csv", "classSourcedId", &classes),
        ("enrollments.csv", "userSourcedId", &users),
        ("enrollments.csv", "schoolSourcedId", &orgs),
        ("roles.csv", "userSourcedId", &users),
        ("roles.csv", "orgSourcedId", &orgs),
        ("relationships.csv", "userSourcedId", &users),
        ("relationships.csv", "relationshipUserSourcedId", &users),
        ("users.csv", "primaryOrgSourcedId", &orgs),
    ] {
        for row in of(file) {
            assert!(target.contains(row[column].as_str()), "{file} {column}: {}", row[column]);
        }
    }
    for row in set.values().flatten().filter(|r| r.contains_key("status")) {
        assert!(row["status"].is_empty() && row["dateLastModified"].is_empty(), "bulk mode leaves them blank");
    }
    for user in of("users.csv") {
        for agent in user["agentSourcedIds"].split(',').filter(|a| !a.is_empty()) {
            assert!(users.contains(agent), "{agent}");
        }
    }
    let manifest: BTreeMap<&str, &str> = of("manifest.csv").iter().map(|r| (r["propertyName"].as_str(), r["value"].as_str())).collect();
    assert_eq!((manifest["manifest.version"], manifest["oneroster.version"]), ("1.0", "1.2"));
    for name in ["academicSessions", "classes", "courses", "enrollments", "orgs", "roles", "users"] {
        assert_eq!(manifest[format!("file.{name}").as_str()], "bulk");
    }
    assert_eq!(manifest["file.demographics"], "absent");
}

#[test]
fn pupils_and_guardians_are_those_of_the_register() {
    let (set, register) = (set(), register());
    let users: BTreeMap<&str, &BTreeMap<String, String>> = set["users.csv"].iter().map(|r| (r["sourcedId"].as_str(), r)).collect();
    let roles: BTreeMap<&str, &str> = set["roles.csv"].iter().map(|r| (r["userSourcedId"].as_str(), r["role"].as_str())).collect();
    let pupils: Vec<&&str> = roles.iter().filter(|(_, role)| **role == "student").map(|(id, _)| id).collect();
    assert_eq!(pupils.len(), register.children().filter(|c| c.enrolled).count());
    assert!(!users.contains_key("child-4"), "who takes no part is not delivered");
    for child in register.children().filter(|c| c.enrolled) {
        let id = child.student_no.clone().unwrap_or_else(|| format!("child-{}", child.id.0));
        let user = users[id.as_str()];
        let (family, given) = family_and_given(&child.name);
        assert_eq!((user["familyName"].as_str(), user["identifier"].as_str()), (family_guarded(family), child.student_no.as_deref().unwrap_or("")));
        assert_eq!((user["givenName"].as_str(), user["enabledUser"].as_str()), (given, "true"));
        assert_eq!(user["grades"], format!("{:02}", child.grade));
        let related = set["relationships.csv"].iter().filter(|r| r["userSourcedId"] == id).count();
        assert_eq!(related, register.collectors(child.id).filter(|c| c.right == Right::Standing).count(), "{}", child.name);
        let enrolled = set["enrollments.csv"].iter().filter(|r| r["userSourcedId"] == id).count();
        assert_eq!(enrolled, 1);
    }
    // 林静 is the mother of two children, and one person.
    assert_eq!(set["users.csv"].iter().filter(|r| r["phone"] == "13900000001").count(), 1);
    let text = |name: &str| set["users.csv"].iter().any(|r| format!("{}{}", r["familyName"], r["givenName"]) == name);
    assert!(text("林静") && !text("赵强") && !text("赵三"), "nobody who is barred");
    let (_, counts) = files(Lang::En, &register, "", now().date()).unwrap();
    assert_eq!((counts.pupils, counts.left_out), (4, 2));
}

fn family_guarded(family: &str) -> &str {
    if family == "=" { "'=" } else { family }
}

#[test]
fn the_archive_holds_the_files_and_is_the_same_each_time() {
    let (files, _) = files(Lang::Zh, &register(), "向阳小学", now().date()).unwrap();
    let bytes = archive(&files).unwrap();
    assert_eq!(bytes, archive(&files).unwrap());
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    assert_eq!(zip.len(), files.len());
    for (name, want) in files {
        let mut got = Vec::new();
        zip.by_name(name).unwrap().read_to_end(&mut got).unwrap();
        assert_eq!(got, want, "{name}");
    }
}
