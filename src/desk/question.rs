//! What stands in front of the teacher: a question with numbered choices, a text, a time, a number or a PIN.
//!
//! Every question of a verdict, a list or a form has this one shape, so that screen and line mode treat all alike. How it
//! reads is in `wording`.

use chrono::NaiveDate;

use crate::domain::activity::{Category, GroupId};
use crate::domain::closing::ExtendReason;
use crate::domain::fact::{CallResult, EarlyReason, LateReason, LeaveReason, Seq};
use crate::domain::people::{ChildId, CollectorId, Role, StaffId};
use crate::domain::redating::Stretch;
use crate::domain::settings::Place;
use crate::domain::time::Moment;

use super::actions::Action;
use super::groups::BoardAction;
use super::office::{Ask, cards, staff};

/// A question.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Question {
    /// What kind of answer it takes.
    pub asks: Asks,
    /// What is asked.
    pub prompt: Prompt,
    /// The numbered choices, if it has any.
    pub choices: Vec<Choice>,
}

/// What kind of answer a question takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Asks {
    /// One of the numbered choices.
    Choice,
    /// Enter, or Esc.
    Confirm,
    /// Free text.
    Text,
    /// A whole number.
    Number,
    /// A time of day.
    Time,
    /// A PIN, never shown.
    Pin,
    /// A date.
    Date,
    /// A new PIN or a pass phrase, never shown.
    Secret(Secret),
    /// A card.
    Card,
    /// One of the numbered choices, or words of one's own.
    Named,
    /// Any of the numbered children, ticked one by one; Enter when all are.
    Ticks,
}

/// A secret that is typed unseen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Secret {
    /// A new PIN for somebody with this role; answers with its hash.
    NewPin(Role),
    /// The new secret once more; answers with whether it is the one that was just hashed.
    Again,
    /// This leader's recovery code; answers with whether it is the one on file.
    Recovery(StaffId),
    /// A new pass phrase; answers with its hash (F033).
    NewPhrase,
    /// The pass phrase of this collector; answers with whether it is the one on file.
    Phrase(CollectorId),
}

/// What a leader can decide about a child that is held back.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum HoldWay {
    /// Whoever asked for the child has left.
    Left,
    /// Somebody on the list collects.
    Listed,
    /// A note; the child stays held.
    Note,
}

impl HoldWay {
    /// In the order of their numbers, from 1.
    pub const ALL: [Self; 3] = [Self::Left, Self::Listed, Self::Note];
}

/// A numbered choice.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Choice {
    /// Its number.
    pub n: u32,
    /// What it is.
    pub label: Label,
    /// Whether Enter alone takes it.
    pub default: bool,
    /// What stood here has gone since the list was shown: the number refuses.
    pub gone: bool,
}

/// A scan that a question takes as its answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Takes {
    /// The card of a child that is entered.
    Child,
    /// The card of this child.
    Own(ChildId),
    /// A staff card.
    Staff,
    /// A card that is being enrolled, whosever it is.
    NewCard,
    /// A card that was handed in.
    Found,
    /// A card that hangs on the rack.
    Hook,
}

/// What a choice is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Label {
    /// A collector; `holds` when this is who has the card.
    Taker {
        /// Who.
        collector: CollectorId,
        /// Whether this is who has the card.
        holds: bool,
    },
    /// Somebody who is not on the list.
    SomebodyElse,
    /// What becomes of a hold.
    Hold(HoldWay),
    /// Yes, this child.
    ThisChild,
    /// Yes, take the child in all the same.
    TakeIn,
    /// Do not take the child in.
    NotTakeIn,
    /// The child was collected on the earlier day.
    CollectedThen,
    /// The child is still here.
    StillHere,
    /// Call the child to the desk.
    CallOver,
    /// The child has come to the desk.
    HasCome,
    /// Release where the child is.
    OnSite,
    /// The missing child was seen.
    Seen,
    /// The child comes again today.
    Again,
    /// A reason for leaving early.
    Early(EarlyReason),
    /// A reason for being collected late.
    Late(LateReason),
    /// A reason for staying away.
    Leave(LeaveReason),
    /// Result of a call.
    Call(CallResult),
    /// Whom a call reached, or did not, and what was said.
    CallOf {
        /// Who was called.
        whom: CollectorId,
        /// With what result.
        result: CallResult,
    },
    /// Nobody can be called: a leader stands instead.
    LeaderStands,
    /// Write down what the collector is called.
    WriteName,
    /// The child goes home alone.
    GoesAlone,
    /// The child knows the collector.
    Knows(bool),
    /// A child.
    Child(ChildId),
    /// Something to do with the child that was found.
    Action(Action),
    /// A place.
    Place(Place),
    /// A member of staff.
    Staff(StaffId),
    /// Act from now on.
    Act(StaffId),
    /// Sign off.
    SignOff(StaffId),
    /// A leader signs somebody off.
    SignOffBy(StaffId),
    /// An act to take back, by its number.
    Undo(Seq),
    /// It is as late as the clock of the machine says.
    WallTime(Moment),
    /// It is as late as this desk counted.
    CountedTime(Moment),
    /// A run of entries that one clock dated.
    Stretch(Box<Stretch>),
    /// Something that could not be recorded, counted from 0.
    Unrecorded(usize),
    /// It is tried again.
    TryAgain(usize),
    /// It is not wanted any more.
    DropUnrecorded(usize),
    /// A category of the closed list.
    Category(Category),
    /// A title: one of the school's own activities.
    Title(String),
    /// No title of its own: the category says it.
    AsCategory,
    /// A group.
    Group(GroupId),
    /// Something to do on the board or with a group.
    Board(BoardAction),
    /// A group that is away comes back.
    ComesBack(GroupId),
    /// A child that can be ticked.
    Tick {
        /// Who.
        child: ChildId,
        /// Whether it is ticked.
        on: bool,
    },
    /// A number to dial.
    Dial {
        /// About whom.
        child: ChildId,
        /// Whose number.
        collector: CollectorId,
    },
    /// A child whose numbers are shown.
    Numbers(ChildId),
    /// What a call brought: reached.
    Reached,
    /// What a call brought: no answer.
    Unanswered,
    /// What a call brought: a wrong number.
    WrongNumber,
    /// Those who are left stay in extended care.
    ExtendCare,
    /// Why they do.
    Extend(ExtendReason),
    /// The last children wait with the guard.
    WithGuard,
    /// The last children stay here with two adults.
    WithTwoAdults,
    /// Something on a screen of the register.
    Office(super::office::Pick),
    /// Nothing to add.
    Nothing,
    /// No pass phrase is agreed on.
    NoPhrase,
    /// What looked like a PIN is typed anew.
    TypeAgain,
    /// What looked like a PIN is stored as an answer.
    StoreAsAnswer,
    /// Quit.
    Quit,
}

/// What is asked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Prompt {
    /// The question of the verdict in focus.
    Focus,
    /// The notice that was shown last can still be answered.
    Notice,
    /// Which child is meant.
    WhichChild,
    /// What to do with this child.
    WhatToDo(ChildId),
    /// Why the child stays away.
    LeaveReason(ChildId),
    /// The note for today.
    Note(ChildId),
    /// To which place.
    WhichPlace(ChildId),
    /// What is shown for a child that steps out for a while.
    OutProof(ChildId),
    /// Who has the child that does not come back.
    NotBackWho(ChildId),
    /// What becomes of the hold on this child.
    HoldHow(ChildId),
    /// What the leader notes about the hold.
    HoldNote(ChildId),
    /// The card is lost: sure?
    LoseCard(ChildId),
    /// Who collects, without a card.
    NoCardTaker(ChildId),
    /// Last characters of the collector's identity document.
    IdTail(ChildId),
    /// Whether the child knows the collector.
    Recognised(ChildId),
    /// Which second adult confirms.
    SecondAdult,
    /// The PIN of this person.
    Pin(StaffId),
    /// The PIN of a leader who agrees to somebody for a child of whom somebody is barred.
    PinToName {
        /// Whose PIN.
        leader: StaffId,
        /// Whether what was written is near to who is barred: then the leader looks at a document first.
        near: bool,
    },
    /// What this collector is called; none of these children is.
    TakerName(CollectorId, Vec<String>),
    /// Name of the collector for today.
    NamedName(ChildId),
    /// Relation of the collector for today.
    NamedRelation(ChildId),
    /// Phone of the collector for today.
    NamedPhone(ChildId),
    /// A pass phrase for the collector for today, if one is agreed on.
    NamedPhrase(ChildId),
    /// Which registered collector was called back.
    CallBackTo(ChildId),
    /// About whom of those named today the family is called back.
    CallBackAbout(ChildId),
    /// What the call-back said.
    CallBackResult(CollectorId),
    /// Staff card, or who.
    SignOnWho,
    /// This person is on duty already: act or sign off.
    OnDuty(StaffId),
    /// Card or name of the child to back-fill.
    BackFillChild,
    /// When it happened.
    BackFillTime(ChildId),
    /// Cards of a batch; so many so far.
    BatchCards(usize),
    /// Who collected the child on the earlier day.
    LeftOpenTaker(ChildId),
    /// When, on the earlier day.
    LeftOpenTime(ChildId),
    /// When the child was released at the other place.
    OnSiteTime(ChildId),
    /// What the family said about that.
    OnSiteCall(ChildId),
    /// Who has seen the missing child.
    SeenBy(ChildId),
    /// Where.
    SeenAt(ChildId),
    /// Which act to take back.
    WhichUndo,
    /// What day and time it is.
    WhatTime,
    /// Which run of entries stands under a wrong time.
    WhichStretch,
    /// Up to which it goes on.
    StretchUntil,
    /// On what day the first of them was made, which stands under this time.
    RedateDay(Moment),
    /// At what time of that day.
    RedateTime(NaiveDate),
    /// Why the time was wrong.
    RedateWhy,
    /// Which of what could not be recorded.
    WhichUnrecorded,
    /// What to do with it.
    WithUnrecorded(usize),
    /// Why a release older than ten minutes is taken back.
    UndoReason,
    /// What to do on the activity board.
    Board,
    /// What to do with this group.
    GroupDo(GroupId),
    /// What a group is to do: a category, or words.
    WhatActivity,
    /// The title of an activity of this category.
    WhatTitle(Category),
    /// Under which category a title stands.
    WhichCategory,
    /// Who leads the group.
    WhoLeads,
    /// Where the group is to be.
    GroupPlace,
    /// Who goes into the group.
    WhoJoins(GroupId),
    /// Who goes out with the group.
    WhoGoes,
    /// How many the leader counts.
    LeaderCount,
    /// How many the desk counts.
    DeskCount,
    /// Who of the group is back; so many were counted.
    WhoIsBack(GroupId, u32),
    /// Whom to call.
    WhomToCall,
    /// What the call to this person about this child brought.
    CallOutcome(ChildId, CollectorId),
    /// Where the child is meanwhile.
    CallNote(ChildId),
    /// By when the child will be here, or fetched.
    CallTime(ChildId),
    /// Who stays in extended care.
    WhoStays,
    /// Why.
    ExtendWhy,
    /// Until when.
    ExtendUntil,
    /// Which leader approves, or is told.
    WhichLeader,
    /// How the last children stay.
    HowTheyStay,
    /// The guard's name, as signature.
    GuardName,
    /// Which adult stays with the last children, the first or the second.
    WhoStaysBehind(usize),
    /// Why these two stay with them.
    WhyTheyStay(StaffId, StaffId),
    /// Why this person leaves children with fewer adults than there have to be.
    WhyOff(StaffId),
    /// Whose number to show, of those who have not come.
    WhoseNumber,
    /// An answer to this looked like a PIN: store it all the same?
    LooksLikePin(Box<Prompt>),
    /// What a screen of the register asks.
    Office(super::office::Ask),
    /// Really quit?
    Quit,
}

impl Question {
    /// A question with numbered choices, none of them the default.
    #[must_use]
    pub fn choose(prompt: Prompt, labels: impl IntoIterator<Item = Label>) -> Self {
        let choices = labels.into_iter().zip(1..).map(|(label, n)| Choice { n, label, default: false, gone: false }).collect();
        Self { asks: Asks::Choice, prompt, choices }
    }

    /// A question with no choices.
    #[must_use]
    pub fn ask(asks: Asks, prompt: Prompt) -> Self {
        Self { asks, prompt, choices: Vec::new() }
    }

    /// The same question, taking answers of another kind.
    #[must_use]
    pub fn taking(mut self, asks: Asks) -> Self {
        self.asks = asks;
        self
    }

    /// Makes choice `n` the one that Enter alone takes.
    #[must_use]
    pub fn default_to(mut self, n: u32) -> Self {
        for choice in &mut self.choices {
            choice.default = choice.n == n;
        }
        self
    }

    /// Adds a choice under a number of its own.
    #[must_use]
    pub fn and(mut self, n: u32, label: Label) -> Self {
        self.choices.push(Choice { n, label, default: false, gone: false });
        self
    }

    /// The scan that answers it, if one does: then its sentence says 扫卡, and no other does (part 6).
    #[must_use]
    #[allow(clippy::wildcard_enum_match_arm)] // everywhere else a scan is a scan
    pub fn takes(&self) -> Option<Takes> {
        match &self.prompt {
            Prompt::BatchCards(_) | Prompt::BackFillChild => Some(Takes::Child),
            Prompt::OutProof(child) => Some(Takes::Own(*child)),
            Prompt::SignOnWho | Prompt::NoCardTaker(_) => Some(Takes::Staff),
            Prompt::Office(Ask::Cards(cards::Ask::WhichCard(_)) | Ask::Staff(staff::Ask::Card(_))) => Some(Takes::NewCard),
            Prompt::Office(Ask::Cards(cards::Ask::Found)) => Some(Takes::Found),
            Prompt::Office(Ask::Cards(cards::Ask::Hooks(_))) => Some(Takes::Hook),
            _ => None,
        }
    }

    /// The choice with that number.
    #[must_use]
    pub fn choice(&self, n: u32) -> Option<&Choice> {
        self.choices.iter().find(|c| c.n == n)
    }

    /// The choice that Enter alone takes.
    #[must_use]
    pub fn default(&self) -> Option<&Choice> {
        self.choices.iter().find(|c| c.default)
    }
}
