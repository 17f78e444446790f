//! What a roster tells of children and staff, and why it is refused: the words that all parts of the import share.
//!
//! Identity numbers and dates of birth are here only while a file is read, to tell namesakes apart; they never reach the
//! register (PIPL: no more than is needed).

use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::card::CardNumber;
use crate::domain::enrolment::{Consent, EarlyDay, Enrolment};
use crate::domain::fact::Fact;
use crate::domain::likeness::Described;
use crate::domain::staff::Employment;
use crate::domain::time::Weekdays;

/// A child as a roster tells it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RosterChild {
    /// Where it stands.
    pub place: Place,
    /// Where in its row the cells stand that may have to be asked about.
    pub columns: Arc<Spots>,
    /// The school's own numbers of the child: the first is kept, by the others it is recognised as well.
    pub numbers: Vec<String>,
    /// Full name.
    pub name: String,
    /// Grade, 1 to 6; `None` when the file has no such column.
    pub grade: Option<u8>,
    /// Class within the grade.
    pub class_no: Option<u8>,
    /// Card.
    pub card: Option<RosterCard>,
    /// Household, where the roster numbers them.
    pub household: Option<String>,
    /// Collectors in the order of the columns.
    pub collectors: Vec<RosterCollector>,
    /// Allergy or illness.
    pub health: Option<String>,
    /// Whether the child takes part; `None` when the roster does not say.
    pub care: Option<bool>,
    /// Its days; `None` when the roster does not say.
    pub weekdays: Option<Weekdays>,
    /// Consent; `None` when the roster does not say.
    pub consent: Option<Consent>,
    /// Note.
    pub note: Option<String>,
    /// Its own school, when the file names several.
    pub own_school: Option<String>,
    /// What calms it.
    pub calm: Option<String>,
    /// What it may eat of its own.
    pub snack: Option<String>,
    /// Date or number of the signed letter by which it may go home alone.
    pub letter: Option<String>,
    /// Terms that it is enrolled for; empty when the roster does not say.
    pub terms: Vec<RosterTerm>,
    /// Days on which it leaves early as a rule; empty when the roster does not say.
    pub early: Vec<EarlyDay>,
    /// The one day of a guest.
    pub guest_on: Option<NaiveDate>,
    /// When it was withdrawn.
    pub withdrawn_on: Option<NaiveDate>,
    /// The child that it is paired with, as the roster names it.
    pub buddy: Option<String>,
    /// Those of the family who work at the school, by name (F004, S1.04).
    pub works_here: Vec<String>,
    /// Whether caredesk made the card; `None` when the roster does not say.
    pub own_card: Option<bool>,
    /// Identity number; only to tell namesakes apart.
    pub identity: Option<String>,
    /// Date of birth; only to tell namesakes apart.
    pub birth: Option<NaiveDate>,
    /// The file says that the child has left.
    pub withdrawn: bool,
    /// What a delivery says of people beside those who collect; `None` for rosters.
    pub family: Option<Box<Family>>,
    /// What its sheet has no column for (index into [`Harvest::lacking`]): enough for a child that is known, not for a new one.
    pub lacking: Option<usize>,
    /// What is to be asked about, unless it is on file already.
    pub asked: Vec<Asked>,
}

/// What a row says that only a person can settle.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Asked {
    /// Column, from 1.
    pub column: usize,
    /// The words.
    pub text: String,
    /// Of what.
    pub of: AskedOf,
}

/// Of what something is asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AskedOf {
    /// A text that may say that somebody must not collect.
    Words,
    /// A relation that is not understood to its end.
    Relation,
    /// Somebody who must not collect and is none of the row's collectors: name, or relation where there is no name.
    Bar,
}

/// The people of a child whom a delivery names and who do not collect it, or shall no longer.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Family {
    /// The delivery holds everybody: whoever is listed for the child and not there is gone.
    pub whole: bool,
    /// Those who are no parents or guardians.
    pub others: Vec<RosterCollector>,
    /// Those whom it takes away.
    pub gone: Vec<RosterCollector>,
}

impl Family {
    /// What two deliveries say together.
    pub(super) fn with(&self, other: &Self) -> Self {
        let both = |a: &[RosterCollector], b: &[RosterCollector]| [a, b].concat();
        Self { whole: self.whole && other.whole, others: both(&self.others, &other.others), gone: both(&self.gone, &other.gone) }
    }
}

impl RosterChild {
    /// Its collectors of this name, without those who must not collect.
    pub(super) fn of_name<'r>(&'r self, name: &'r str) -> impl Iterator<Item = &'r RosterCollector> {
        self.collectors.iter().filter(move |c| !c.barred && c.name == name)
    }
}

/// A card as a roster writes it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RosterCard {
    /// Text, with its leading zeros.
    Code(String),
    /// Stored as a number, or shorter than the other cards: its leading zeros may be lost.
    Number(String),
}

impl RosterCard {
    /// Without leading zeros, by which both spellings of one card are the same.
    #[must_use]
    pub fn bare(&self) -> &str {
        let (Self::Code(text) | Self::Number(text)) = self;
        bare(text)
    }
}

/// A number without leading zeros.
#[must_use]
pub fn bare(text: &str) -> &str {
    if text.bytes().all(|b| b.is_ascii_digit()) { text.trim_start_matches('0') } else { text }
}

/// Columns of some cells of a row, from 1; 0 when there is none.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Spots {
    /// The name.
    pub name: usize,
    /// The child's number.
    pub number: usize,
    /// Grade or class.
    pub class: usize,
    /// The card.
    pub card: usize,
    /// The first phone.
    pub phone: usize,
    /// The letter by which it may go home alone.
    pub letter: usize,
    /// The child that it is paired with.
    pub buddy: usize,
    /// Who of the family works here.
    pub works_here: usize,
    /// The note.
    pub note: usize,
    /// Allergy or illness.
    pub health: usize,
    /// What calms it.
    pub calm: usize,
}

/// Enrolment for a term as a roster tells it; what it does not say is `None`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RosterTerm {
    /// Name of the term.
    pub term: String,
    /// Its days; `Some(None)` means every care day.
    #[allow(clippy::option_option)] // not said, or every day
    pub weekdays: Option<Option<Weekdays>>,
    /// Consent.
    pub consent: Option<Consent>,
    /// When it was signed.
    pub signed_on: Option<NaiveDate>,
    /// Who signed it.
    pub signed_by: Option<String>,
    /// How it reached the school.
    pub source: Option<String>,
    /// By what the paper is found again.
    pub reference: Option<String>,
}

impl RosterTerm {
    /// The enrolment when nothing was known of the term.
    #[must_use]
    pub fn alone(&self) -> Enrolment {
        let nothing = Enrolment {
            term: self.term.clone(),
            weekdays: None,
            consent: Consent::Unknown,
            signed_on: None,
            signed_by: None,
            source: None,
            reference: None,
        };
        self.over(&nothing)
    }

    /// The enrolment when this one was known: what is not said stays.
    #[must_use]
    pub fn over(&self, old: &Enrolment) -> Enrolment {
        Enrolment {
            term: self.term.clone(),
            weekdays: self.weekdays.unwrap_or(old.weekdays),
            consent: self.consent.unwrap_or(old.consent),
            signed_on: self.signed_on.or(old.signed_on),
            signed_by: self.signed_by.clone().or_else(|| old.signed_by.clone()),
            source: self.source.clone().or_else(|| old.source.clone()),
            reference: self.reference.clone().or_else(|| old.reference.clone()),
        }
    }
}

/// A collector as a roster tells it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RosterCollector {
    /// Name; may be empty.
    pub name: String,
    /// Relation; may be empty.
    pub relation: String,
    /// Phone.
    pub phone: Option<String>,
    /// Must not collect.
    pub barred: bool,
    /// First and last day on which that holds; `None` when the roster does not say.
    pub validity: Option<(Option<NaiveDate>, Option<NaiveDate>)>,
    /// By what the person is recognised.
    pub looks: Option<String>,
    /// Under age; `None` when the roster does not say.
    pub minor: Option<bool>,
    /// Works at the school: the column that says so, from 1, and the name by which the staff knows the person.
    pub works_here: Option<Box<(usize, String)>>,
}

impl RosterCollector {
    /// As whom the file describes them.
    #[must_use]
    pub fn described(&self) -> Described<'_> {
        Described { name: &self.name, relation: &self.relation, phone: self.phone.as_deref(), staff: None }
    }
}

/// A member of staff as a roster tells it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RosterStaff {
    /// Where it stands.
    pub place: Place,
    /// Name.
    pub name: String,
    /// What the person is called here.
    pub kind: Option<String>,
    /// On the permanent staff or for a time.
    pub employment: Option<Employment>,
    /// Staff card.
    pub card: Option<RosterCard>,
    /// Its column, from 1; 0 when there is none.
    pub card_column: usize,
}

/// Where something stands in a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    /// Name of the file, without its folder.
    pub file: Arc<str>,
    /// Sheet; empty for text files.
    pub sheet: Arc<str>,
    /// Row, from 1.
    pub row: usize,
}

impl Default for Place {
    fn default() -> Self {
        Self { file: "".into(), sheet: "".into(), row: 0 }
    }
}

/// A row that is not imported.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refused {
    /// Where.
    pub place: Place,
    /// Column, from 1; 0 when it is about the whole row.
    pub column: usize,
    /// Whom the row is about; empty where that is not known.
    pub who: String,
    /// Why.
    pub reason: Reason,
}

/// Why a row is not imported.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reason {
    /// Somebody whom the desk has barred from this child is listed as its collector (F030).
    ListsBarred(String),
    /// No name.
    NoName,
    /// The name holds a `?` where a character was lost, or a sign that stands for another character.
    DamagedName,
    /// Control characters, invisible characters, marks that turn the writing round.
    HostileText,
    /// Longer than 64 characters or 256 bytes.
    TooLong,
    /// The grade is not one of 1 to 6.
    UnknownGrade(String),
    /// Grade and class name different grades.
    GradesDiffer(u8, u8),
    /// A number that was stored as a float and has lost its last digits.
    NumberLostDigits,
    /// The number belongs to a child of another name, whom none of these phones reaches.
    NumberInUse(String),
    /// The card stands at another place as well.
    CardTwice(Place),
    /// The card is in use by somebody else.
    CardInUse,
    /// A reader could take it for this card.
    CardSharesFace(CardNumber),
    /// A slip away from this card (N01).
    CardTooClose(CardNumber),
    /// Five digits: 16 bits of the chip only.
    CardShort,
    /// Not the code of a card.
    BadCard(String),
    /// The card was stored as a number or is shorter than the others: it may have lost leading zeros. How long the others are.
    CardLostZeros(Option<usize>),
    /// Nobody with a phone is listed: no reachable adult (F002).
    NoReachableAdult,
    /// Not a phone number.
    BadPhone(String),
    /// Not days of the week.
    BadWeekdays(String),
    /// A letter by which a child of grade 1 or 2 would go home alone (I9).
    TooYoungToLeave,
    /// A letter by which a child may go home alone, without its date or number (F009).
    LetterUnnamed,
    /// Not a way in which somebody is employed.
    BadEmployment(String),
    /// No term as the cell would have to say it.
    BadTerm(String),
    /// No day on which a child leaves early.
    BadEarly(String),
    /// Not how long somebody is listed.
    BadSpan(String),
    /// Not a date.
    BadDate(String),
    /// No other child is called so.
    NoSuchBuddy(String),
    /// Several children are called so.
    SeveralBuddies(String),
    /// Withdrawn on a day, and yet said to take part.
    WithdrawnYetHere,
    /// Neither yes nor no.
    BadYesNo(String),
    /// The same child stands at another place, with other content.
    ChildTwice(Place),
    /// A cell of people that can be read in two ways.
    UnclearPeople(String),
    /// More numbers than people, or more relations: which belongs to whom is not said.
    PeopleDoNotFit(String),
    /// A class that is not understood.
    BadClass(String),
    /// A class stored as a number: 3.10 is 3.1 then, and 3.1 may be either.
    ClassLostZero(String),
    /// Letters and rare characters mixed: a western encoding read as a Chinese one.
    WesternText(String),
    /// What a spreadsheet shows where a formula failed.
    ErrorCell(String),
    /// A note that somebody may not collect the child, without a column that says who.
    NoteRestricts(String),
    /// A comment on a cell may say that somebody may not collect the child.
    CommentRestricts(String),
    /// Something of the row is struck through.
    Struck,
    /// A note that the child does not come any more, without a column that says so.
    MayHaveLeft(String),
    /// A note that the card was lost or changed, beside a card.
    NoteOnCard(String),
    /// What the file says of a card is not understood.
    BadCardState(String),
    /// Somebody who must not collect is none of the collectors by name, and may be one of them all the same.
    BarUnclear(String),
    /// Beside a name or a relation its cell says more, or says neither.
    CellSaysMore(String),
    /// The cell only says that it is what stands above.
    Ditto(String),
    /// Several children of this class bear the name, and nothing tells which is meant.
    SeveralNamesakes,
    /// A child of this class once bore the name, and nothing else tells whether it is meant; what it is called now.
    FormerName(String),
    /// The file withdraws a child that is not on the register.
    NobodyToWithdraw,
    /// The file withdraws a child that is here now.
    StillHere,
    /// Two codes of the file that one chip may give, by what reader reads it: two children would have one card.
    OneChip(Place),
    /// The same name is on the staff with another card.
    StaffTwice,
    /// Enrolled in two classes at once, by grade and number, and neither is the primary one.
    TwoClasses((u8, u8), (u8, u8)),
}

/// A row that holds no child, and is left out: why.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum LeftOut {
    /// An example that shows how to fill the form.
    Example,
    /// A sum, a signature, a remark under the list.
    Footer,
    /// The headings once more.
    Headings,
    /// The same row again.
    Repeated,
}

/// Something about a cell that the import does without, and a person should know.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Remark {
    /// An identity number was stored as a float and has lost its last digits; it is neither used nor kept.
    IdentityLost {
        /// Where.
        place: Place,
        /// Column, from 1.
        column: usize,
    },
    /// The row of the child that it is paired with is not imported.
    BuddyLeftOut {
        /// Where.
        place: Place,
        /// Column, from 1.
        column: usize,
    },
    /// Somebody is named as working here who is no collector of the child, or not on the staff, or there more than once.
    NotOnStaff {
        /// Where.
        place: Place,
        /// Column, from 1.
        column: usize,
        /// The name.
        name: String,
    },
    /// Somebody of the family is said to work here, and nobody is named.
    StaffUnnamed {
        /// Where.
        place: Place,
        /// Column, from 1.
        column: usize,
    },
    /// Somebody whom a delivery ties to a child is neither parent nor guardian, and does not collect it.
    NotGuardian {
        /// Where the person stands.
        place: Place,
        /// The child's name.
        child: String,
        /// The person's name; may be empty.
        name: String,
        /// What the delivery calls the person; empty when it does not say.
        role: String,
    },
    /// A delivery takes a guardian away, and whom, or of which child, it does not say.
    RemovedUnclear {
        /// Where the person stands.
        place: Place,
        /// The person's name; may be empty.
        name: String,
    },
    /// A child names somebody who is not in the delivery.
    NamesNobody {
        /// Where the child stands.
        place: Place,
        /// Column, from 1.
        column: usize,
        /// The identifier.
        id: String,
    },
    /// A comment on a cell was not read.
    CommentNotRead {
        /// Where.
        place: Place,
        /// Column, from 1.
        column: usize,
        /// What it says.
        text: String,
    },
    /// A sheet without the headings of a roster was not read.
    SheetNotRead {
        /// Where.
        place: Place,
    },
    /// A hidden sheet was not read.
    SheetHidden {
        /// Where.
        place: Place,
    },
    /// A column was not read.
    ColumnNotRead {
        /// Where its heading stands.
        place: Place,
        /// Column, from 1.
        column: usize,
        /// Its heading.
        heading: String,
        /// It is known to be nobody's who collects.
        aside: bool,
    },
    /// Two rows of one name and class with nobody in common, told as two children.
    NamesakeInClass {
        /// Where the second stands.
        place: Place,
        /// Column, from 1.
        column: usize,
        /// The name.
        name: String,
        /// Where the first stands.
        other: Place,
    },
    /// A card in two spellings that are not quite the same number.
    CardSpellings {
        /// Where.
        place: Place,
        /// Column, from 1.
        column: usize,
        /// The cell.
        text: String,
    },
    /// A number of a child of another household.
    NumberShared {
        /// Where.
        place: Place,
        /// Column, from 1.
        column: usize,
        /// The number.
        phone: String,
        /// The other child.
        name: String,
        /// Where it stands.
        other: Place,
    },
    /// A text that seems to say that nobody but one who is named may collect the child.
    NoteNamesWhoMay {
        /// Where.
        place: Place,
        /// Column, from 1.
        column: usize,
        /// The beginning of the text.
        text: String,
    },
    /// The file says of somebody that it is no guardian: not listed as a collector.
    SaidNoGuardian {
        /// Where.
        place: Place,
        /// Column, from 1.
        column: usize,
        /// The child's name.
        child: String,
        /// The person's name or relation.
        name: String,
    },
    /// The file says that the card is not used any more: not issued.
    CardNotUsed {
        /// Where.
        place: Place,
        /// Column, from 1.
        column: usize,
        /// What it says.
        text: String,
    },
    /// The child may go home alone, as the file says, and no letter says so.
    LetterWanted {
        /// Where.
        place: Place,
        /// Column, from 1.
        column: usize,
        /// The child's name.
        name: String,
    },
    /// Nobody of those who are listed may collect the child.
    NobodyMayCollect {
        /// Where.
        place: Place,
        /// The child's name.
        name: String,
    },
    /// A remark under the list, about nobody in particular.
    SaidBelow {
        /// Where.
        place: Place,
        /// Column, from 1.
        column: usize,
        /// The remark.
        text: String,
    },
    /// Somebody whose right to collect the desk has ended, or used up, stands in the list as before: not listed again.
    EndedBefore {
        /// Where.
        place: Place,
        /// The name, or the relation.
        name: String,
    },
    /// The file says what was said before and what the desk has changed since: what the desk decided stands.
    DecidedAtDesk {
        /// Where.
        place: Place,
        /// The child's name.
        child: String,
        /// What stands, and what it would have become.
        refused: Box<Fact>,
    },
    /// A member of staff whom the desk has taken off is on the list still: not listed again.
    StaffTakenOff {
        /// Where.
        place: Place,
        /// The name.
        name: String,
    },
    /// Somebody who may collect today is like one who must not by this row: the right ends.
    NamedInDoubt {
        /// Where.
        place: Place,
        /// The name.
        name: String,
    },
    /// Somebody who stays on the list has the number of somebody who must not collect by this row.
    HasNumberOfBarred {
        /// Where.
        place: Place,
        /// The name.
        name: String,
    },
    /// Who must not collect is none of the collectors that the row lists: barred by name.
    BarredByName {
        /// Where.
        place: Place,
        /// Column, from 1.
        column: usize,
        /// The name, or the relation.
        name: String,
    },
}

/// All that was read from the files, before it is held against the register.
#[derive(Clone, Debug, Default)]
pub struct Harvest {
    /// Children, each let go for itself as soon as it has been said.
    #[allow(clippy::vec_box)] // the rows of a large roster are many, large, and moved about
    pub children: Vec<Box<RosterChild>>,
    /// Staff.
    pub staff: Vec<RosterStaff>,
    /// Rows that are refused.
    pub refused: Vec<Refused>,
    /// Rows that hold no child.
    pub left_out: Vec<(Place, LeftOut)>,
    /// Remarks.
    pub remarks: Vec<Remark>,
    /// Sheets that lack a column which a new child needs.
    pub lacking: Vec<Lacking>,
    /// A whole list of everybody was among the files: who is not on it is reported.
    pub bulk: bool,
}

/// A sheet that lacks a column.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Lacking {
    /// Index of the file among those that were given.
    pub file: usize,
    /// Sheet and row of the headings.
    pub place: Place,
    /// What is missing.
    pub what: super::headings::Missing,
}
