//! What may happen: pure decisions about children, cards and people. No clock, no disk, no screen.
//!
//! [`decide`] takes the room as it stands and a [`Request`], and answers with what to show and the facts to record. Every
//! rule about children is in one of the files below and nowhere else:
//!
//! * [`card`]: what a scanned or typed number stands for (first question of part 7).
//! * [`pass`]: arrival and pickup, one question after another until the child is in or out.
//! * [`collect`]: who may collect, who is announced, who vouches for whom; [`barred`]: who must not, as a person; [`hold`]: who is
//!   held back, and who lifts it.
//! * [`unnamed`]: who is on a list without a name, and is asked for it at the first pickup.
//! * [`hours`]: early, late, due today; [`enrolment`]: for which term and days, with which consent.
//! * [`groups`]: activity groups: made, filled, sent out, counted back; [`content`] guards what they do.
//! * [`missing`]: children who did not come back: the clock that only *seen* or *collected* ends.
//! * [`closing`]: before and after the end: who has not come, who is left, whom to call.
//! * [`acts`]: everything else that is entered at the desk: leave, notes, places, lost cards, one-day rights.
//! * [`duty`]: who acts, PINs, papers for duty, the duty plan, the second adult; [`access`] has the rights of each role, and
//!   which of them every request takes.
//! * [`office`]: what is changed in the register from its screens; `own`: nobody has a hand in a change that lets himself in.
//! * [`undo`]: which acts can be taken back.
//! * [`clock`]: whether the clock can be believed.
//! * [`privacy`]: phone numbers, names and notes while somebody stands in front of the desk.
//! * [`why`]: the chain of facts behind a verdict.

pub mod access;
pub mod acts;
pub mod barred;
pub mod card;
pub mod clock;
pub mod closing;
pub mod collect;
pub mod content;
pub mod duty;
pub mod enrolment;
pub mod groups;
pub mod hold;
pub mod hours;
pub mod missing;
pub mod office;
mod own;
pub mod pass;
pub mod privacy;
pub mod undo;
pub mod unnamed;
pub mod verdict;
pub mod why;

use crate::domain::day::{Day, State};
use crate::domain::fact::{Account, Draft, Fact, Incident, Seq};
use crate::domain::people::{ChildId, StaffId};
use crate::domain::register::Register;
use crate::domain::settings::Settings;
use crate::domain::time::Moment;

use access::Right;

pub use acts::Act;
pub use pass::Pass;
pub use verdict::Verdict;

/// The care room as a decision sees it.
#[derive(Clone, Copy, Debug)]
pub struct Room<'a> {
    /// People and cards.
    pub register: &'a Register,
    /// Today.
    pub day: &'a Day,
    /// How this room works.
    pub settings: &'a Settings,
    /// The desk at which the request was made.
    pub desk: &'a str,
    /// Who opened the register for changes with a PIN, while it is open.
    pub keeper: Option<StaffId>,
}

impl Room<'_> {
    /// The state of today.
    #[must_use]
    pub fn state(&self) -> &State {
        self.day.state()
    }

    /// Who acts at this desk.
    #[must_use]
    pub fn actor(&self) -> Option<StaffId> {
        self.state().actor(self.desk)
    }
}

/// What somebody at the desk wants.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Request {
    /// Children of one household come or go, each with what was answered so far. One act.
    Passes(Vec<Pass>),
    /// Anything else that is entered.
    Act(Act),
    /// Take back an act.
    Undo {
        /// The act's number.
        act: Seq,
        /// Why, where a reason is asked.
        reason: Option<String>,
    },
}

impl Request {
    /// Those who come or go by it, with what was shown and answered.
    pub fn passes_mut(&mut self) -> &mut [Pass] {
        match self {
            Self::Passes(passes) => passes,
            Self::Act(_) | Self::Undo { .. } => &mut [],
        }
    }
}

/// What was decided: what to show, and what to record.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Decision {
    /// A verdict for each child of the request, in its order.
    pub verdicts: Vec<(ChildId, Verdict)>,
    /// Why nothing can be done, when nothing can.
    pub objection: Option<Objection>,
    /// The facts of one act, in order; empty when there is a question left or an objection.
    pub drafts: Vec<Draft>,
}

impl Decision {
    /// Nothing can be done, because of this.
    #[must_use]
    pub fn refuse(objection: Objection) -> Self {
        Self { objection: Some(objection), ..Self::default() }
    }

    /// About whom somebody was to be named whom a bar fits: only that is entered, and the leader is told (N14).
    #[must_use]
    pub fn stopped(&self) -> Option<ChildId> {
        let stopped =
            |fact: &Fact| if let Fact::Account(Account::Incident { child, kind: Incident::NamingStopped }) = fact { Some(*child) } else { None };
        self.drafts.iter().find_map(|d| stopped(&d.fact))
    }

    /// These facts, without a verdict.
    #[must_use]
    pub fn record(drafts: Vec<Draft>) -> Self {
        Self { drafts, ..Self::default() }
    }
}

/// Why a request cannot be met, to be said in one sentence.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Objection {
    /// The child is not in the room's charge.
    NotHere(ChildId),
    /// The child is already here.
    AlreadyHere(ChildId),
    /// The child has already gone.
    AlreadyGone(ChildId),
    /// The child is not held back.
    NotHeld(ChildId),
    /// Something happened to the child since it was called about: what was said was said of something else.
    OfAnotherMatter(ChildId),
    /// The child is out for a while: it comes back first, or is said not to.
    IsOut(ChildId),
    /// Nobody knows where the child is: first it has to be seen, or collected.
    Missing(ChildId),
    /// On that day no stay of this child was left open: nothing else is entered for an earlier day.
    NotOpenThen(ChildId),
    /// The card that was shown for this child was never in anybody's hand but the desk's.
    ProvesNothing(ChildId),
    /// The child has no live card.
    NoLiveCard(ChildId),
    /// What is on file about the child is not what was entered: nobody releases it on that.
    InDoubt(ChildId),
    /// A time in the future, or before the stay began.
    WrongTime,
    /// A later entry of this child contradicts it.
    Contradicted(Seq),
    /// A later entry rests on what was to be undone.
    RestsOn(Seq),
    /// There is nothing to undo, or not any more.
    NothingToUndo,
    /// Taking back a release older than ten minutes wants a reason.
    UndoReason,
    /// This person must not act in it (not active, not on duty, or the same person twice).
    WrongStaff,
    /// It is the own matter of whoever acts at this desk: another one signs on or is chosen first.
    OtherActorNeeded,
    /// Two adults who are on duty have to be named.
    TwoAdults,
    /// Nobody acts at this desk who is on duty and able to: somebody has to sign on first.
    NobodyOnDuty,
    /// Who acts, or who opened the register, does not have this right.
    NotAllowed(Right),
    /// The evidence is not complete.
    Evidence,
    /// Somebody is barred from this child: a leader agrees first.
    LeaderNeeded(ChildId),
    /// This card is not valid.
    VoidCard(ChildId),
    /// What proves who takes this child was shown too long ago: it is shown again.
    ShownLongAgo(ChildId),
    /// Somebody has acknowledged the health alert of this child already.
    Acknowledged(ChildId),
    /// Something is missing: a name, a number.
    Empty,
    /// Something stands against it in a group.
    Group(groups::Hindrance),
    /// Something stands against it in the register.
    Office(office::Hindrance),
    /// A time that has passed already, or one that is not after the end.
    TimeIsPast,
    /// There is nobody whom it would be about.
    NobodyLeft,
    /// A time cannot be set right so.
    Redate(clock::Misfit),
}

/// Decides a request in the room as it stands. Pure: the same arguments give the same answer.
#[must_use]
pub fn decide(room: Room<'_>, request: &Request, now: Moment) -> Decision {
    match request {
        Request::Passes(passes) => pass::decide(room, passes, now),
        Request::Act(act) => match access::demand::of_act(room, act).is_met(room, now) {
            Ok(()) => own::unless_own(room, act, acts::decide(room, act, now), now),
            Err(objection) => Decision::refuse(acts::what_lacks(room, act, now).unwrap_or(objection)),
        },
        Request::Undo { act, reason } => undo::decide(room, *act, reason.as_deref(), now),
    }
}
