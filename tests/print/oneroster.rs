//! `OneRoster` files: complete, consistent within themselves, and whatever a guardian must not be is not in them.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use caredesk::domain::people::Right;
use caredesk::print::oneroster::{NO_NAME, archive, family_and_given, files};
use caredesk::texts::Lang;

use crate::world::{now, register};

type Rows = Vec<BTreeMap<String, String>>;

fn read(bytes: &[u8]) -> Rows {
    let mut reader = csv::Reader::from_reader(bytes);
    reader.deserialize().map(|row| row.unwrap()).collect()
}

fn set() -> BTreeMap<&'static str, Rows> {
    let (files, _) = files(Lang::Zh, &register(), "向阳小学", now().date(), true).unwrap();
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
        let given = if given.is_empty() { NO_NAME } else { given };
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
    let (_, counts) = files(Lang::En, &register, "", now().date(), false).unwrap();
    assert_eq!((counts.pupils, counts.left_out), (4, 2));
}

fn family_guarded(family: &str) -> &str {
    if family == "=" { "'=" } else { family }
}

/// The headers of the CSV binding 1.2.1, column by column, in its order; the files of the standard and no other.
#[test]
fn a_strict_reader_finds_the_columns_of_the_binding_and_no_file_of_another_standard() {
    let want: BTreeMap<&str, &str> = BTreeMap::from([
        ("manifest.csv", "propertyName,value"),
        ("academicSessions.csv", "sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear"),
        (
            "classes.csv",
            "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods",
        ),
        ("courses.csv", "sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes"),
        ("enrollments.csv", "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate"),
        ("orgs.csv", "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId"),
        ("roles.csv", "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId"),
        (
            "users.csv",
            "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,preferredGivenName,preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns",
        ),
    ]);
    let (standard, _) = files(Lang::Zh, &register(), "向阳小学", now().date(), false).unwrap();
    let header = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap().lines().next().unwrap_or_default().replace('"', "");
    let got: BTreeMap<&str, String> = standard.iter().map(|(name, bytes)| (*name, header(bytes))).collect();
    assert_eq!(got.iter().map(|(n, h)| (*n, h.as_str())).collect::<BTreeMap<_, _>>(), want);
    let (with_sds, _) = files(Lang::Zh, &register(), "向阳小学", now().date(), true).unwrap();
    let names = |files: &[(&'static str, Vec<u8>)]| files.iter().map(|(name, _)| *name).collect::<BTreeSet<_>>();
    assert_eq!(names(&with_sds).difference(&names(&standard)).copied().collect::<Vec<_>>(), ["relationships.csv"]);
}

/// Both names are required and the day after the last ends a session or an enrolment, whoever is in the register.
#[test]
fn required_cells_are_filled_and_the_end_is_the_day_after() {
    let mut register = register();
    for (id, name) in (100..).zip(["李", "Ora", "欧阳", "王 ", "𠮷"]) {
        register.put_child(caredesk::domain::people::Child::new(
            caredesk::domain::people::ChildId(id),
            name,
            1,
            caredesk::domain::people::HouseholdId(id),
        ));
    }
    let (files, _) = files(Lang::Zh, &register, "向阳小学", now().date(), false).unwrap();
    let set: BTreeMap<&str, Rows> = files.into_iter().map(|(name, bytes)| (name, read(&bytes))).collect();
    for user in &set["users.csv"] {
        for column in ["sourcedId", "enabledUser", "username", "givenName", "familyName"] {
            assert!(!user[column].trim().is_empty(), "{column} of {user:?}");
        }
    }
    for (file, first, last) in [("academicSessions.csv", "startDate", "endDate"), ("enrollments.csv", "beginDate", "endDate")] {
        for row in &set[file] {
            assert_eq!((row[first].as_str(), row[last].as_str()), ("2026-09-01", "2027-09-01"), "{file}");
        }
    }
}

#[test]
fn the_archive_holds_the_files_and_is_the_same_each_time() {
    let (files, _) = files(Lang::Zh, &register(), "向阳小学", now().date(), false).unwrap();
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
