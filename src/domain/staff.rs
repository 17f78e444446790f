//! The people who work in the care room: what they may do, in what capacity they come, and what papers they need.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::card::CardNumber;

/// Number of a member of staff in this store, from 1.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct StaffId(pub i64);

/// What a member of staff may do at the desk (F167).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Works at the desk.
    Duty,
    /// Answers for the desk: second adult of last resort, register changes.
    Leader,
    /// Works in the office.
    Office,
    /// Reads only.
    Inspector,
}

impl Role {
    /// All, in the order of their numbers from 1.
    pub const ALL: [Self; 4] = [Self::Duty, Self::Leader, Self::Office, Self::Inspector];

    /// The word in files and tables.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Duty => "duty",
            Self::Leader => "leader",
            Self::Office => "office",
            Self::Inspector => "inspector",
        }
    }
}

/// In what capacity somebody works here: the school's own people, and the eight kinds of outside people (S2.29, S2.32).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Capacity {
    /// A teacher of this school.
    #[default]
    Teacher,
    /// Other staff of this school.
    SchoolStaff,
    /// An outstanding teacher of another school of the district (S2.31).
    VisitingTeacher,
    /// A retired teacher.
    Retired,
    /// A sports coach.
    Coach,
    /// A folk artist.
    FolkArtist,
    /// A skilled craftsman.
    Craftsman,
    /// A bearer of intangible heritage.
    HeritageBearer,
    /// A public-spirited volunteer.
    Volunteer,
    /// A pupil's parent.
    Parent,
    /// An outstanding student of a university.
    Student,
    /// Sent by a third-party provider (S2.53).
    Provider,
}

impl Capacity {
    /// All, in the order of their numbers from 1.
    pub const ALL: [Self; 12] = [
        Self::Teacher,
        Self::SchoolStaff,
        Self::VisitingTeacher,
        Self::Retired,
        Self::Coach,
        Self::FolkArtist,
        Self::Craftsman,
        Self::HeritageBearer,
        Self::Volunteer,
        Self::Parent,
        Self::Student,
        Self::Provider,
    ];

    /// The word in files and tables.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Teacher => "teacher",
            Self::SchoolStaff => "school_staff",
            Self::VisitingTeacher => "visiting_teacher",
            Self::Retired => "retired",
            Self::Coach => "coach",
            Self::FolkArtist => "folk_artist",
            Self::Craftsman => "craftsman",
            Self::HeritageBearer => "heritage_bearer",
            Self::Volunteer => "volunteer",
            Self::Parent => "parent",
            Self::Student => "student",
            Self::Provider => "provider",
        }
    }

    /// Whether the person comes from outside the school system and has to be vetted and hold a valid credential first
    /// (S2.32, S2.63, S2.64).
    #[must_use]
    pub fn is_outside(self) -> bool {
        !matches!(self, Self::Teacher | Self::SchoolStaff | Self::VisitingTeacher)
    }
}

/// How somebody is employed by the school (S1.04).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Employment {
    /// On the permanent staff (在编).
    Permanent,
    /// On a temporary contract (临聘).
    Temporary,
    /// No longer employed.
    Left,
}

impl Employment {
    /// All, in the order of their numbers from 1.
    pub const ALL: [Self; 3] = [Self::Permanent, Self::Temporary, Self::Left];

    /// The word in files and tables.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Permanent => "permanent",
            Self::Temporary => "temporary",
            Self::Left => "left",
        }
    }
}

/// What the check of a person's record said (S2.63).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Vetting {
    /// Not asked yet.
    #[default]
    Unknown,
    /// Nothing against the person, as of this day.
    Clear {
        /// When it was checked.
        on: NaiveDate,
    },
    /// The person must not work with children.
    Barred,
}

/// A paper that entitles somebody to what they do here.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Credential {
    /// What it is: 教师资格证, 教练员证, 健康证 …
    pub name: String,
    /// Its last valid day; `None` when it does not expire.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
}

impl Credential {
    /// Whether it is valid on a day.
    #[must_use]
    pub fn is_valid(&self, on: NaiveDate) -> bool {
        self.until.is_none_or(|until| on <= until)
    }
}

/// Somebody who works in the care room.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Staff {
    /// Its number in this store.
    pub id: StaffId,
    /// Name as shown on the screen.
    pub name: String,
    /// What the person may do.
    pub role: Role,
    /// What the person is called here (carer, relief …), in the school's own words.
    pub kind: Option<String>,
    /// Staff card, for signing on.
    pub card: Option<CardNumber>,
    /// Argon2id hash of the PIN in PHC form.
    pub pin: Option<String>,
    /// Still working here.
    pub active: bool,
    /// In what capacity the person comes.
    #[serde(default)]
    pub capacity: Capacity,
    /// How the school employs the person; `None` when it does not, or it was not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employment: Option<Employment>,
    /// What the check of the record said.
    #[serde(default)]
    pub vetting: Vetting,
    /// Papers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub credentials: Vec<Credential>,
    /// Weekly teaching load in per cent of a full one; young teachers below it are proposed for duty first (S1.26).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub load: Option<u8>,
    /// Number to dial.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

impl Staff {
    /// Somebody of whom no more than the name and role is known.
    #[must_use]
    pub fn new(id: StaffId, name: impl Into<String>, role: Role) -> Self {
        Self {
            id,
            name: name.into(),
            role,
            kind: None,
            card: None,
            pin: None,
            active: true,
            capacity: Capacity::default(),
            employment: None,
            vetting: Vetting::default(),
            credentials: Vec::new(),
            load: None,
            phone: None,
        }
    }
}
