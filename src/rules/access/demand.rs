//! Which right a request takes, and who has to carry it. [`crate::rules::decide`] asks this for every request; the desk asks
//! the same before it opens a form. A new act or fact does not build until it stands here.

use super::{Right, may};
use crate::domain::custody::CardKind;
use crate::domain::fact::{Account, Draft, Entry, Fact, OfficeFact};
use crate::domain::likeness::Described;
use crate::domain::people::{Collector, CollectorId, Right as Collects, Role, StaffId};
use crate::domain::time::Moment;
use crate::rules::barred;
use crate::rules::closing::AccountAct;
use crate::rules::groups::GroupAct;
use crate::rules::office::OfficeAct;
use crate::rules::office::cards::CardsAct;
use crate::rules::office::people::{Change, Field, PeopleAct, Person};
use crate::rules::office::staff::StaffAct;
use crate::rules::{Act, Objection, Pass, Room, duty, unnamed};

/// What a request asks of somebody.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Demand {
    /// The right that it takes.
    pub right: Right,
    /// Who has to have it.
    pub of: Carrier,
}

/// Who has to have a right.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Carrier {
    /// Whoever stands at the desk, with somebody on duty or nobody: what must never wait for a sign-on.
    Anybody,
    /// Who acts at this desk: on duty, able to act, in a role with the right.
    Actor,
    /// This person, whose PIN was right in the act itself; on duty or not.
    Person(StaffId),
    /// Who opened the register with a PIN. While a store has no leader nobody is asked: it is being set up.
    Keeper,
}

impl Demand {
    /// Of whoever acts.
    #[must_use]
    pub fn actor(right: Right) -> Self {
        Self { right, of: Carrier::Actor }
    }

    /// Of who opened the register.
    #[must_use]
    pub fn keeper(right: Right) -> Self {
        Self { right, of: Carrier::Keeper }
    }

    /// Of whoever stands at the desk.
    #[must_use]
    pub fn anybody(right: Right) -> Self {
        Self { right, of: Carrier::Anybody }
    }

    fn person(right: Right, staff: StaffId) -> Self {
        Self { right, of: Carrier::Person(staff) }
    }

    /// Whether somebody has to open the register for it whom only a leader can be, and not the office.
    #[must_use]
    pub fn is_leaders_alone(self) -> bool {
        self.of == Carrier::Keeper && !may(Role::Office, self.right)
    }

    /// Whether it is met in the room as it stands.
    ///
    /// # Errors
    /// [`Objection::NobodyOnDuty`] when nobody acts at this desk who is on duty and able to; [`Objection::NotAllowed`] when
    /// who acts, or who opened the register, does not have the right; [`Objection::WrongStaff`] for anybody else.
    pub fn is_met(self, room: Room<'_>, now: Moment) -> Result<(), Objection> {
        match self.of {
            Carrier::Anybody => Ok(()),
            Carrier::Person(staff) => duty::may_agree(room, staff, self.right, now),
            Carrier::Actor => {
                let acts = room.actor().filter(|actor| room.state().is_on_duty(*actor) && duty::is_able(room, *actor, now));
                let actor = acts.and_then(|actor| room.register.staff_member(actor)).ok_or(Objection::NobodyOnDuty)?;
                if may(actor.role, self.right) { Ok(()) } else { Err(Objection::NotAllowed(self.right)) }
            }
            Carrier::Keeper if !duty::has_leader(room) => Ok(()),
            Carrier::Keeper => match room.keeper {
                Some(keeper) if duty::may_keep(room, keeper, self.right, now) => Ok(()),
                Some(_) | None => Err(Objection::NotAllowed(self.right)),
            },
        }
    }

    /// The harder of two to meet: a keeper's before the actor's, and of those the right that fewer roles have.
    fn or_harder(self, other: Self) -> Self {
        let rank = |demand: Self| {
            let carrier = match demand.of {
                Carrier::Anybody => 0,
                Carrier::Actor => 1,
                Carrier::Person(_) => 2,
                Carrier::Keeper => 3,
            };
            (carrier, Role::ALL.into_iter().filter(|role| !may(*role, demand.right)).count())
        };
        if rank(other) > rank(self) { other } else { self }
    }
}

/// What an act asks for.
#[must_use]
pub fn of_act(room: Room<'_>, act: &Act) -> Demand {
    match act {
        // What only shows, proves or refuses something.
        Act::Acknowledge { .. } | Act::TryPin { .. } | Act::ProvePin { .. } | Act::Refused { .. } | Act::RefusedAgain { .. } | Act::Look { .. } => {
            Demand::anybody(Right::SeeRoster)
        }
        Act::LoseCard { .. } => Demand::anybody(Right::ReportLost),
        Act::NameHolder { .. } | Act::Leave { .. } | Act::Note { .. } | Act::Move { .. } | Act::CallOver { .. } => Demand::actor(Right::Release),
        Act::DecideHold { approver, .. } => Demand::person(Right::LiftHold, *approver),
        Act::Authorise { .. } | Act::CallBack { .. } => Demand::actor(Right::NameForToday),
        Act::SignOn { staff } | Act::Choose { staff } => Demand::person(Right::Release, *staff),
        Act::SignOff { staff, by, .. } if by == staff && !duty::leaves_alone(room, *staff) => Demand::person(Right::Release, *by),
        Act::SignOff { by, .. } => Demand::person(Right::SignOffOthers, *by),
        Act::Redate { approver, .. } => Demand::person(Right::SetTime, *approver),
        Act::Group(act) => of_group(act),
        Act::Account(act) => of_account(act),
        Act::Office(act) => of_office(room, act),
    }
}

fn of_group(act: &GroupAct) -> Demand {
    match act {
        GroupAct::Make(_)
        | GroupAct::Lead { .. }
        | GroupAct::Put { .. }
        | GroupAct::TakeOut { .. }
        | GroupAct::Go { .. }
        | GroupAct::Return { .. }
        | GroupAct::End { .. } => Demand::actor(Right::Release),
    }
}

fn of_account(act: &AccountAct) -> Demand {
    match act {
        AccountAct::Chase { .. }
        | AccountAct::TellLeader { .. }
        | AccountAct::Stay { .. }
        | AccountAct::Seen { .. }
        | AccountAct::NotTakeIn { .. }
        | AccountAct::StillHere { .. } => Demand::actor(Right::Release),
        AccountAct::Extend { approver, .. } => Demand::person(Right::ExtendCare, *approver),
    }
}

/// What a change of the register asks for.
fn of_office(room: Room<'_>, act: &OfficeAct) -> Demand {
    match act {
        OfficeAct::People(act) => Demand::keeper(of_people(room, act)),
        OfficeAct::Cards(act) => of_cards(act),
        OfficeAct::Calendar(_) => Demand::keeper(Right::ChangeCalendar),
        OfficeAct::Staff(act) => of_staff(act),
        OfficeAct::Settings(_) => Demand::keeper(Right::ChangeSettings),
    }
}

/// Naming somebody for a child of whom somebody is barred, and lifting a bar, are a leader's (F030).
fn of_people(room: Room<'_>, act: &PeopleAct) -> Right {
    let of = |id: &CollectorId| room.register.collector(*id);
    let is_barred = |who: &Person| {
        let who = Described { name: &who.name, relation: &who.relation, phone: who.phone.as_deref(), staff: None };
        barred::is_barred_somewhere(room.register, who, room.day.date())
    };
    let named = match act {
        PeopleAct::List(_, person) if is_barred(person) => return Right::NameForRestricted,
        PeopleAct::List(child, _) => Some(*child),
        PeopleAct::Change(_, Change::Lift) => return Right::NameForRestricted,
        PeopleAct::Erase(_) | PeopleAct::ForgetDays(_) | PeopleAct::ForgetCards(..) => return Right::Erase,
        // Under a second record of its name nobody is named for a restricted child without a leader either.
        PeopleAct::Add { name, .. } | PeopleAct::Set(_, Field::Name, Some(name))
            if barred::is_restricted_name(room.register, name, room.day.date()) =>
        {
            return Right::NameForRestricted;
        }
        PeopleAct::Add { people, .. } if people.iter().any(is_barred) => return Right::NameForRestricted,
        // Whatever is changed of who is barred may let the person in: dates, words, number. To be under age lets nobody in.
        PeopleAct::Change(id, change) if *change != Change::Minor(true) && of(id).is_some_and(|c| c.right == Collects::Barred) => {
            return Right::NameForRestricted;
        }
        PeopleAct::Change(id, Change::Line(..) | Change::Staff(_) | Change::List | Change::Minor(false)) => of(id).map(|c| c.child),
        PeopleAct::Change(_, Change::First | Change::Phrase(_) | Change::Minor(true) | Change::Bar(_) | Change::End)
        | PeopleAct::Add { .. }
        | PeopleAct::Set(..)
        | PeopleAct::BarNew(..)
        | PeopleAct::BarListed(..)
        | PeopleAct::Household(..)
        | PeopleAct::Buddy(..)
        | PeopleAct::SelfLeave(..)
        | PeopleAct::Withdraw(_)
        | PeopleAct::Enrol(_)
        | PeopleAct::Term(..)
        | PeopleAct::Always(..)
        | PeopleAct::Early(..)
        | PeopleAct::RefuseCare { .. } => None,
    };
    let restricted = named.is_some_and(|child| barred::is_restricted(room.register, child, room.day.date()));
    if restricted { Right::NameForRestricted } else { Right::ChangePeople }
}

/// A leader who is locked out has a recovery code instead of the PIN; it is compared where it is typed.
fn of_staff(act: &StaffAct) -> Demand {
    match act {
        StaffAct::Add { .. } | StaffAct::Change { .. } | StaffAct::Plan { .. } | StaffAct::Substitute { .. } | StaffAct::MakeCode { .. } => {
            Demand::keeper(Right::ChangeStaff)
        }
        StaffAct::TryCode { .. } | StaffAct::UseCode { .. } => Demand::anybody(Right::SeeRoster),
    }
}

fn of_cards(act: &CardsAct) -> Demand {
    match act {
        CardsAct::Issue(cards) if !cards.is_empty() && cards.iter().all(|c| c.kind == CardKind::Day) => Demand::actor(Right::DayCard),
        CardsAct::Issue(_) | CardsAct::Replace { .. } | CardsAct::Revive(_) | CardsAct::Void(_) | CardsAct::End { .. } | CardsAct::EndAll { .. } => {
            Demand::keeper(Right::IssueCards)
        }
        CardsAct::Lose(_) => Demand::anybody(Right::ReportLost),
        CardsAct::Hang(_) | CardsAct::Count { .. } | CardsAct::Find(_) => Demand::actor(Right::Release),
    }
}

/// What is asked for a pass that comes to these facts. An arrival never waits for a sign-on, nor does turning somebody
/// away; what is entered afterwards does.
#[must_use]
pub fn of_pass(pass: &Pass, drafts: &[Draft]) -> Demand {
    // What was said on the telephone goes with the hold that it brings: a no never waits for a sign-on.
    let holds = drafts.iter().any(|draft| matches!(draft.fact, Fact::HeldBack { .. }));
    let said = |fact: &Fact| holds && matches!(fact, Fact::Called { .. } | Fact::Account(Account::LeaderAgreed { .. }));
    let turns_away = |fact: &Fact| matches!(fact, Fact::HeldBack { .. } | Fact::Office(OfficeFact::PhraseTried { right: false, .. }));
    let free = drafts.iter().all(|draft| turns_away(&draft.fact) || said(&draft.fact) || (pass.at.is_none() && comes(&draft.fact)));
    if free { Demand::anybody(Right::SeeRoster) } else { Demand::actor(Right::Release) }
}

/// Whether a fact of a pass only says that a child has come, a card has come back, or somebody was turned away.
fn comes(fact: &Fact) -> bool {
    match fact {
        Fact::Arrived { .. } | Fact::CameBack { .. } | Fact::CardMoved { .. } | Fact::HeldBack { .. } | Fact::Account(Account::AtDoor { .. }) => true,
        Fact::Office(OfficeFact::PhraseTried { right, .. }) => !right,
        Fact::Office(_)
        | Fact::ChildSet { .. }
        | Fact::CollectorSet { .. }
        | Fact::CardSet { .. }
        | Fact::CardLost { .. }
        | Fact::StaffSet { .. }
        | Fact::Imported { .. }
        | Fact::PinTried { .. }
        | Fact::PinProved { .. }
        | Fact::Recovery(_)
        | Fact::SignedOn { .. }
        | Fact::SignedOff { .. }
        | Fact::ActorChosen { .. }
        | Fact::HolderNamed { .. }
        | Fact::AlertAcknowledged { .. }
        | Fact::Released { .. }
        | Fact::SteppedOut { .. }
        | Fact::Moved { .. }
        | Fact::CalledOver { .. }
        | Fact::LeaveTaken { .. }
        | Fact::NoteLeft { .. }
        | Fact::Called { .. }
        | Fact::HoldDecided { .. }
        | Fact::Group(_)
        | Fact::Account(_)
        | Fact::NoCardCounted { .. }
        | Fact::Refused { .. }
        | Fact::ClockSet { .. }
        | Fact::Redated { .. }
        | Fact::RefusedAgain { .. }
        | Fact::Undone { .. } => false,
    }
}

/// What taking an act back asks for: what the hardest of its entries would. Cards for a day and rights for one day are the
/// desk's own.
#[must_use]
pub fn of_undoing(room: Room<'_>, act: &[&Entry]) -> Demand {
    let releases = act.iter().any(|entry| matches!(entry.fact, Fact::Released { .. } | Fact::SteppedOut { .. }));
    act.iter().map(|entry| of_undoing_fact(room, &entry.fact, releases)).fold(Demand::actor(Right::Release), Demand::or_harder)
}

/// What the desk itself makes of a list: a right for one day is given, confirmed, or ends with the release it was given for;
/// and who goes with a child for the first time gets the name that nobody knew.
fn is_made_at_the_desk(room: Room<'_>, was: Option<&Collector>, now: &Collector, releases: bool) -> bool {
    let only_the_right = |was: &Collector| Collector { right: was.right, ..now.clone() } == *was;
    let only_the_name = |was: &Collector| unnamed::lacks_a_name(room, was) && Collector { name: was.name.clone(), ..now.clone() } == *was;
    match (was.map(|c| c.right), now.right) {
        _ if releases && was.is_some_and(only_the_name) => true,
        (None, Collects::OneDay { .. }) => true,
        (Some(Collects::OneDay { confirmed: false, .. }), Collects::OneDay { confirmed: true, .. }) => was.is_some_and(only_the_right),
        (Some(Collects::OneDay { .. }), Collects::Ended) => releases && was.is_some_and(only_the_right),
        _ => false,
    }
}

fn of_undoing_fact(room: Room<'_>, fact: &Fact, releases: bool) -> Demand {
    // Where somebody is barred, putting a person on the list again is naming.
    let lists_again = |was: &Collector| {
        let listed = matches!(was.right, Collects::Standing | Collects::OneDay { .. });
        listed && barred::is_restricted(room.register, was.child, room.day.date())
    };
    match fact {
        // Taking a bar back is lifting it.
        Fact::CollectorSet { now, .. } if now.right == Collects::Barred => Demand::keeper(Right::NameForRestricted),
        Fact::CollectorSet { was, now } if is_made_at_the_desk(room, was.as_deref(), now, releases) => Demand::actor(Right::NameForToday),
        Fact::CollectorSet { was: Some(was), .. } if lists_again(was) => Demand::keeper(Right::NameForRestricted),
        Fact::ChildSet { .. } | Fact::CollectorSet { .. } | Fact::Imported { .. } => Demand::keeper(Right::ChangePeople),
        Fact::CardSet { was: None, now } if now.kind == CardKind::Day => Demand::actor(Right::DayCard),
        // A card that was lost, and may be in anybody's hand, lives again.
        Fact::CardSet { .. } | Fact::CardLost { .. } => Demand::keeper(Right::IssueCards),
        Fact::StaffSet { .. } | Fact::Recovery(_) => Demand::keeper(Right::ChangeStaff),
        Fact::Office(step) => match step {
            OfficeFact::SettingSet { .. } => Demand::keeper(Right::ChangeSettings),
            OfficeFact::TermSet { .. } | OfficeFact::TimetableSet { .. } | OfficeFact::DaySet { .. } => Demand::keeper(Right::ChangeCalendar),
            OfficeFact::DutyPlanned { .. } => Demand::keeper(Right::ChangeStaff),
            OfficeFact::CareRefused { .. }
            | OfficeFact::RackCounted { .. }
            | OfficeFact::CardFound { .. }
            | OfficeFact::PhraseTried { .. }
            | OfficeFact::Exported { .. }
            | OfficeFact::Looked { .. }
            | OfficeFact::Erased { .. }
            | OfficeFact::CardsForgotten { .. }
            | OfficeFact::DaysForgotten { .. } => Demand::actor(Right::Release),
        },
        Fact::CardMoved { .. }
        | Fact::PinTried { .. }
        | Fact::PinProved { .. }
        | Fact::SignedOn { .. }
        | Fact::SignedOff { .. }
        | Fact::ActorChosen { .. }
        | Fact::Arrived { .. }
        | Fact::HolderNamed { .. }
        | Fact::AlertAcknowledged { .. }
        | Fact::Released { .. }
        | Fact::SteppedOut { .. }
        | Fact::CameBack { .. }
        | Fact::Moved { .. }
        | Fact::CalledOver { .. }
        | Fact::LeaveTaken { .. }
        | Fact::NoteLeft { .. }
        | Fact::Called { .. }
        | Fact::HeldBack { .. }
        | Fact::HoldDecided { .. }
        | Fact::Group(_)
        | Fact::Account(_)
        | Fact::NoCardCounted { .. }
        | Fact::Refused { .. }
        | Fact::ClockSet { .. }
        | Fact::Redated { .. }
        | Fact::RefusedAgain { .. }
        | Fact::Undone { .. } => Demand::actor(Right::Release),
    }
}
