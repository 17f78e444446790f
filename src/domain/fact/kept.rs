//! What of the journal is about one day alone, and goes when that day is not kept any more (PIPL art. 19, F172).
//!
//! Nothing of it outlives its day: no fold of the register or of the ways of cards rests on it. Who is on file, settings, calendar,
//! rights and PINs, clocks that were set, and who looked at or took away a record, are not of it.

use super::{Fact, OfficeFact};

impl Fact {
    /// The words under which the journal files what is about its day alone. An entry that takes back one of these goes with it.
    pub const OF_ITS_DAY: [&str; 39] = [
        "signed_on",
        "signed_off",
        "actor_chosen",
        "arrived",
        "holder_named",
        "alert_acknowledged",
        "released",
        "stepped_out",
        "came_back",
        "moved",
        "called_over",
        "leave_taken",
        "note_left",
        "called",
        "held_back",
        "hold_decided",
        "refused",
        "refused_again",
        "group_made",
        "group_started",
        "group_led",
        "group_joined",
        "group_went",
        "group_returned",
        "group_ended",
        "missed",
        "found",
        "chased",
        "extended",
        "leader_told",
        "stays",
        "leader_agreed",
        "still_here",
        "incident",
        "at_door",
        "not_taken_in",
        "rack_counted",
        "card_found",
        "phrase_tried",
    ];

    /// The words under which the journal files what is about a card of a child; all of them are of that child.
    pub const OF_CARDS: [&str; 3] = ["card_set", "card_lost", "card_moved"];

    /// Whether it is about a card of a child: it goes with the cards of a child that has left.
    #[must_use]
    pub fn is_of_cards(&self) -> bool {
        matches!(self, Self::CardSet { .. } | Self::CardLost { .. } | Self::CardMoved { .. })
    }

    /// Whether it is about its day alone.
    #[must_use]
    pub fn is_of_its_day(&self) -> bool {
        match self {
            Self::SignedOn { .. }
            | Self::SignedOff { .. }
            | Self::ActorChosen { .. }
            | Self::Arrived { .. }
            | Self::HolderNamed { .. }
            | Self::AlertAcknowledged { .. }
            | Self::Released { .. }
            | Self::SteppedOut { .. }
            | Self::CameBack { .. }
            | Self::Moved { .. }
            | Self::CalledOver { .. }
            | Self::LeaveTaken { .. }
            | Self::NoteLeft { .. }
            | Self::Called { .. }
            | Self::HeldBack { .. }
            | Self::HoldDecided { .. }
            | Self::Refused { .. }
            | Self::RefusedAgain { .. }
            | Self::Group(_)
            | Self::Account(_) => true,
            Self::Office(step) => match step {
                OfficeFact::RackCounted { .. } | OfficeFact::CardFound { .. } | OfficeFact::PhraseTried { .. } => true,
                OfficeFact::SettingSet { .. }
                | OfficeFact::TermSet { .. }
                | OfficeFact::TimetableSet { .. }
                | OfficeFact::DaySet { .. }
                | OfficeFact::DutyPlanned { .. }
                | OfficeFact::CareRefused { .. }
                | OfficeFact::Exported { .. }
                | OfficeFact::Looked { .. }
                | OfficeFact::Erased { .. }
                | OfficeFact::CardsForgotten { .. }
                | OfficeFact::DaysForgotten { .. } => false,
            },
            Self::ChildSet { .. }
            | Self::CollectorSet { .. }
            | Self::CardSet { .. }
            | Self::CardLost { .. }
            | Self::CardMoved { .. }
            | Self::StaffSet { .. }
            | Self::Imported { .. }
            | Self::PinTried { .. }
            | Self::PinProved { .. }
            | Self::Recovery(_)
            | Self::NoCardCounted { .. }
            | Self::ClockSet { .. }
            | Self::Redated { .. }
            | Self::Undone { .. } => false,
        }
    }
}
