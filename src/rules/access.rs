//! Who may see and do what (F167): one table over the roles.
//!
//! A right is what a role may ever do. [`demand`] says of every request which right it takes and who has to carry it: who
//! acts at the desk on duty, or somebody whose PIN was right. The desk itself has no log-in: who stands at it acts as
//! somebody on duty, and an inspector never is.

pub mod demand;

pub use demand::{Carrier, Demand};

use crate::domain::people::Role;

/// Something that can be seen or done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Right {
    /// See who is here, who is due, who has gone.
    SeeRoster,
    /// See phone numbers of families and staff.
    SeePhones,
    /// See health, allergies and what calms a child down.
    SeeHealth,
    /// See the paper behind a restriction (F031).
    SeeCourtPaper,
    /// See the view made for inspectors.
    SeeInspection,
    /// See and set waivers of fees.
    Waive,
    /// Take children in, let them go, enter what happens to them.
    Release,
    /// Name somebody who may collect today (F032).
    NameForToday,
    /// Report a card as lost.
    ReportLost,
    /// Hand out a card for the day.
    DayCard,
    /// Stand in as the second adult without being on duty (F042).
    SecondAdult,
    /// Name somebody who may collect a child of whom somebody is barred (F030).
    NameForRestricted,
    /// Stand in for the call to a registered number where nobody else is registered.
    StandInForCall,
    /// Lift the hold on a child (N14).
    LiftHold,
    /// Leave children with fewer adults than the room asks for, or sign somebody else off (F068).
    SignOffOthers,
    /// Approve extended care.
    ExtendCare,
    /// Set right what was entered under a wrong time (N28).
    SetTime,
    /// Change children, households, collectors.
    ChangePeople,
    /// Allot, issue, replace, recover cards.
    IssueCards,
    /// Change terms, timetables, special days.
    ChangeCalendar,
    /// Change how the room works.
    ChangeSettings,
    /// Change staff, papers, vetting, the duty plan.
    ChangeStaff,
    /// Erase everything about a child that has left (PIPL art. 47).
    Erase,
    /// Take in files that a school hands over.
    Import,
    /// Write lists, sheets and records to files.
    Export,
}

impl Right {
    /// All, in the order of the table.
    pub const ALL: [Self; 25] = [
        Self::SeeRoster,
        Self::SeePhones,
        Self::SeeHealth,
        Self::SeeCourtPaper,
        Self::SeeInspection,
        Self::Waive,
        Self::Release,
        Self::NameForToday,
        Self::ReportLost,
        Self::DayCard,
        Self::SecondAdult,
        Self::NameForRestricted,
        Self::StandInForCall,
        Self::LiftHold,
        Self::SignOffOthers,
        Self::ExtendCare,
        Self::SetTime,
        Self::ChangePeople,
        Self::IssueCards,
        Self::ChangeCalendar,
        Self::ChangeSettings,
        Self::ChangeStaff,
        Self::Erase,
        Self::Import,
        Self::Export,
    ];
}

/// Whether a role has a right.
#[must_use]
pub fn may(role: Role, right: Right) -> bool {
    let [duty, leader, office, inspector] = row(right);
    match role {
        Role::Duty => duty,
        Role::Leader => leader,
        Role::Office => office,
        Role::Inspector => inspector,
    }
}

/// Duty, leader, office, inspector.
fn row(right: Right) -> [bool; 4] {
    const ALL: [bool; 4] = [true; 4];
    const BUT_INSPECTOR: [bool; 4] = [true, true, true, false];
    const BUT_DUTY: [bool; 4] = [false, true, true, true];
    const OFFICE: [bool; 4] = [false, true, true, false];
    const LEADER: [bool; 4] = [false, true, false, false];
    match right {
        Right::SeeRoster => ALL,
        Right::SeePhones | Right::SeeHealth | Right::Release | Right::NameForToday | Right::ReportLost | Right::DayCard => BUT_INSPECTOR,
        Right::SeeInspection => BUT_DUTY,
        Right::Waive | Right::ChangePeople | Right::IssueCards | Right::ChangeCalendar | Right::ChangeSettings | Right::Export => OFFICE,
        Right::SeeCourtPaper
        | Right::SecondAdult
        | Right::NameForRestricted
        | Right::StandInForCall
        | Right::LiftHold
        | Right::SignOffOthers
        | Right::ExtendCare
        | Right::SetTime
        | Right::ChangeStaff
        | Right::Erase
        | Right::Import => LEADER,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Duty, leader, office, inspector: `y` or `-`.
    const TABLE: [(Right, &str); 25] = [
        (Right::SeeRoster, "yyyy"),
        (Right::SeePhones, "yyy-"),
        (Right::SeeHealth, "yyy-"),
        (Right::SeeCourtPaper, "-y--"),
        (Right::SeeInspection, "-yyy"),
        (Right::Waive, "-yy-"),
        (Right::Release, "yyy-"),
        (Right::NameForToday, "yyy-"),
        (Right::ReportLost, "yyy-"),
        (Right::DayCard, "yyy-"),
        (Right::SecondAdult, "-y--"),
        (Right::NameForRestricted, "-y--"),
        (Right::StandInForCall, "-y--"),
        (Right::LiftHold, "-y--"),
        (Right::SignOffOthers, "-y--"),
        (Right::ExtendCare, "-y--"),
        (Right::SetTime, "-y--"),
        (Right::ChangePeople, "-yy-"),
        (Right::IssueCards, "-yy-"),
        (Right::ChangeCalendar, "-yy-"),
        (Right::ChangeSettings, "-yy-"),
        (Right::ChangeStaff, "-y--"),
        (Right::Erase, "-y--"),
        (Right::Import, "-y--"),
        (Right::Export, "-yy-"),
    ];

    #[test]
    fn every_cell_of_the_table() {
        assert_eq!(TABLE.map(|(right, _)| right), Right::ALL, "every right has its row");
        for (right, cells) in TABLE {
            for (role, cell) in Role::ALL.into_iter().zip(cells.chars()) {
                assert_eq!(may(role, right), cell == 'y', "{role:?} {right:?}");
            }
        }
    }

    #[test]
    fn an_inspector_only_looks_and_never_at_a_person_too_closely() {
        for right in Right::ALL {
            let looks = matches!(right, Right::SeeRoster | Right::SeeInspection);
            assert_eq!(may(Role::Inspector, right), looks, "{right:?}");
            assert!(may(Role::Leader, right), "a leader may do everything: {right:?}");
        }
    }
}
