//! What the desk says: the answer to the last line, and what happens beside it. Put into words in `wording`.

use chrono::NaiveDate;

use crate::domain::calendar::notice::NoticeError;
use crate::domain::fact::Incident;
use crate::domain::people::{ChildId, CollectorId, StaffId};
use crate::domain::time::Moment;
use crate::rules::closing::Alarm;
use crate::rules::why::Because;
use crate::rules::{Act, Objection, Pass, Verdict};

use super::Pin;
use super::appearance::Colours;
use super::forms::Mistake;

/// The answer to a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Said {
    /// A verdict on one child or on several of a household, or on a card that names nobody.
    Verdict {
        /// The children, each with its verdict; empty when nobody may be named.
        children: Vec<(ChildId, Verdict)>,
        /// The verdict that counts: the worst.
        verdict: Verdict,
    },
    /// Something else was recorded.
    Done(Act),
    /// These entries were taken back.
    Undone(Vec<crate::domain::fact::Seq>),
    /// It cannot be done.
    Objection(Objection),
    /// Nobody was found.
    NobodyFound,
    /// Why the last verdict was given.
    Why(Vec<Because>),
    /// An answer was not taken.
    Mistake(Mistake),
    /// A short remark.
    Hint(Hint),
}

/// What of a configuration file was not understood.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Misread {
    /// The file cannot be read: why.
    File(String),
    /// A line, from 1.
    Line(usize),
    /// The value of a key makes no sense.
    Value(&'static str),
    /// So much more.
    More(usize),
}

/// A short remark.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Hint {
    /// Nothing waits for an answer.
    NothingWaits,
    /// Enter alone does not answer this.
    PickANumber,
    /// No such number here.
    NoSuchNumber,
    /// No such command.
    NoSuchCommand,
    /// The line holds control characters or foreign digits: nothing was taken.
    Garbled,
    /// The line is too long.
    TooLong,
    /// Back, without effect.
    Back,
    /// The practice clock stands now at this time.
    ClockSet(Moment),
    /// The practice clock cannot go behind the last entry.
    ClockNotBack(Moment),
    /// Only a practice room has a clock to set, and a guided round.
    OnlyInPractice,
    /// The roster shows another part now.
    Narrowed,
    /// There is no such part of the roster.
    NoSuchList,
    /// The phone numbers of a child's adults.
    Phones(ChildId),
    /// No child is in front whose numbers could be shown.
    PhonesOfWhom,
    /// The colours changed.
    Theme(Colours),
    /// The guided round began, or ended.
    Guide(bool),
    /// Not a time.
    NotATime,
    /// What was done up to that day is not kept any more.
    NotKept(NaiveDate),
    /// There is nothing to explain.
    NothingToExplain,
    /// The language changed.
    Language,
    /// The roster shows a past moment.
    RosterAt,
    /// The groups of the day.
    Board,
    /// Who has not come.
    Roll,
    /// The day and the week in pictures.
    Log,
    /// A child was ticked, or not any more; so many are.
    Ticked(ChildId, bool, usize),
    /// The focus stepped to the back.
    Next,
    /// There is nothing to undo.
    NothingToUndo,
    /// The scan is held until the time is known.
    Held,
    /// First somebody has to say what day and time it is.
    TimeFirst,
    /// This time is odd: it has to be typed once more.
    TimeOnceMore(Moment),
    /// There is nothing that could not be recorded.
    NothingUnrecorded,
    /// This was wanted then, on another day: it is done anew, or dropped.
    OfAnotherDay(Moment),
    /// What keeps a child safe is dropped by nobody: the desk tries it again itself.
    KeptForSafety,
    /// Dropped only by somebody who could take it back.
    NotYoursToDrop,
    /// These facts are not wanted any more; they were never recorded.
    Dropped(Vec<crate::domain::fact::Fact>),
    /// What must be on record of these is not: the desk is not closed before.
    HeldFirst(Vec<ChildId>),
    /// The desk is not closed before it is said whether these are taken in.
    AtDoorFirst(Vec<ChildId>),
    /// Cards are held until the time is known: the desk is not closed before, and they are named.
    HeldScansFirst,
    /// These were to be held, and had been let go at another desk.
    HoldTooLate(Vec<ChildId>),
    /// Nobody with a PIN could be the second adult.
    NoSecondAdult,
    /// There is no leader who could be asked for a PIN.
    NoLeader,
    /// There is nobody on the staff yet.
    NoStaff,
    /// Nothing can be chosen here.
    NothingToChoose,
    /// A child was added to the batch.
    InBatch(ChildId, usize),
    /// The counts, as asked for.
    Counts,
    /// A leader's new recovery code: shown until then, or until the next line.
    RecoveryCode {
        /// Whose.
        staff: StaffId,
        /// The code.
        code: Pin,
        /// When it goes by itself.
        until: Moment,
    },
    /// No code could be drawn.
    NoCode,
    /// The register is closed for changes.
    Locked,
    /// So many children of a batch are not on record yet.
    BatchFirst(usize),
    /// The list of commands.
    Commands,
    /// Help.
    Help,
    /// Something was pasted and not taken.
    NotPasted(NotPasted),
    /// What stood under that number has gone.
    Gone,
    /// What was shown for this child was shown too long ago.
    ShowAgain(ChildId),
    /// Another question stands in front than was shown: it is shown now.
    Changed,
    /// A key came before anybody can have looked at what it would answer.
    TooEarly,
    /// What no hand typed is no card: nothing of it was taken.
    OnlyACard,
    /// While a PIN was typed another question came in front: nothing of it was taken.
    SecretDropped,
}

/// Why something that was pasted is not taken into the box.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NotPasted {
    /// Several lines: each would be submitted.
    SeveralLines,
    /// More than the box holds.
    TooLong,
    /// Control characters, or no text.
    Garbled,
}

/// Something that happened by itself or beside the answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Notice {
    /// The input method is on; the line was understood all the same.
    InputMethodOn,
    /// The reader sent the number twice.
    Doubled,
    /// The reader sent more than cards: nothing of that was taken.
    OnlyACard,
    /// A waiting pickup lapsed; nothing was recorded.
    Lapsed(Vec<ChildId>),
    /// A sibling is still here.
    SiblingHere(ChildId),
    /// A sibling is expected and not here yet.
    SiblingExpected(ChildId),
    /// The leader has to know about this child.
    LeaderTold(ChildId),
    /// An arrival was recorded with nobody on duty.
    NobodyOnDuty,
    /// Releases without card this month.
    NoCardThisMonth(ChildId, u32),
    /// A note for today.
    NoteToday(ChildId, String),
    /// There is a note about a restricted child: it is read behind `?`.
    NoteBehindWhy(ChildId),
    /// A standing note of the child was left open on an earlier day.
    LeftOpenCounted(ChildId, NaiveDate),
    /// Numbers are typed by hand: the reader does not answer.
    ReaderSilent,
    /// Unknown cards came several times; noted once.
    RefusedStreak,
    /// A new day began.
    NewDay,
    /// Earlier days left stays open: the first thing that a day says.
    StillOpen,
    /// The clock went back; the desk goes on from the last entry.
    ClockWentBack,
    /// The clock was set: what was entered before may stand under a wrong time.
    TimesMayBeWrong,
    /// Somebody had been named for a day that is still to come now: the clock that was set back had been ahead.
    NamedAhead(CollectorId),
    /// Another desk changed what waited here.
    ChangedElsewhere(ChildId),
    /// A new key seals the record; entries up to that one are not under it.
    SealedAnew(crate::domain::fact::Seq),
    /// The key of the seal is there and cannot be read: its file, and what the system says; nothing where it is no key.
    KeyUnread(String, Option<String>),
    /// The backup that the desk makes by itself was not made: why, as a sentence; empty where nothing was said.
    BackupFailed(String),
    /// Why one of several children was not entered with the others.
    Refused(crate::rules::Objection),
    /// Somebody else acts at this desk: the register that this one's PIN opened is closed.
    ClosedToOthers(StaffId),
    /// Somebody's PIN is locked until then.
    PinLocked(StaffId, Moment),
    /// A verdict waits behind the form: Tab.
    VerdictBehindForm(ChildId),
    /// Something in this desk's configuration was not understood, and is left out.
    Misread(Misread),
    /// A new store: how to go on.
    NextStaff,
    /// A file of the school's calendar was not understood: its name, and why.
    CalendarFile(String, NoticeError),
    /// What the hour, or a promise that has passed, reminds of.
    Alarm(Alarm),
    /// About papers for duty, or the duty plan.
    Duty(crate::rules::duty::Remark),
    /// An incident was opened.
    IncidentOpened(ChildId, Incident),
    /// A new bar fits somebody else on the list too, who is off it now.
    AlsoBarred(CollectorId),
    /// Children who were scanned into a batch that was given up: nothing is on record.
    BatchGivenUp(Vec<ChildId>),
    /// The day is over on which these stood at the door, and nobody has said whether they were taken in.
    LeftAtDoor(Vec<ChildId>),
    /// These stand at the door, and nobody has said whether they are taken in.
    StillAtDoor(Vec<ChildId>),
    /// Somebody who stays on the list has the number of somebody who was just barred.
    HasNumberOfBarred(CollectorId),
    /// Somebody who was just barred from a child stands on the list of a sibling.
    OnSiblingsList(CollectorId),
    /// A bar was kept that would have ended with what was taken back.
    BarKept(CollectorId),
    /// Whoever leads the child's group, or stays behind with it, must not any more.
    OtherHands(ChildId),
    /// The reader gives five digits of a school's card, too few to know it.
    ShortNumber,
    /// What was read fits several of the school's cards.
    SeveralCards,
    /// Of the numbers that were drawn only so many keep three edits.
    NumbersNear {
        /// So many do.
        far: usize,
        /// Of so many.
        all: usize,
    },
}

/// The notice that a number can still answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LastNotice {
    /// The child has arrived: `n⏎` names another holder, by the places of these.
    Arrived(ChildId, Vec<CollectorId>),
    /// The child has gone: `1⏎` takes it in again.
    Repeat(Box<Pass>),
}

impl LastNotice {
    /// Of whom it speaks.
    #[must_use]
    pub fn child(&self) -> ChildId {
        match self {
            Self::Arrived(child, _) => *child,
            Self::Repeat(pass) => pass.child,
        }
    }
}
