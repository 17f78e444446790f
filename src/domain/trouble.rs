//! What can be wrong with the files in which the record stands, and with the clock, as far as people have to be told.
//!
//! Absent: how it is found out (`store`, `rules`) and how it is said (`texts`).

use std::collections::BTreeSet;

use super::fact::Seq;
use super::people::ChildId;
use super::time::Moment;

/// The files under a desk are not the ones that it works with (S12, S19).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FileFault {
    /// The file was deleted, renamed or moved, or its folder was.
    Gone,
    /// Another file stands in its place.
    Replaced,
    /// It was emptied, cut or written over.
    Overwritten,
    /// An older copy was written into it.
    Older,
    /// Its log (`-wal`) was deleted, cut or written over.
    Log,
    /// The index of its log (`-shm`) was deleted: another desk would make one of its own.
    Index,
    /// The journal does not end as this desk, or the head file, knows it.
    End,
}

impl FileFault {
    /// All.
    pub const ALL: [Self; 7] = [Self::Gone, Self::Replaced, Self::Overwritten, Self::Older, Self::Log, Self::Index, Self::End];
}

/// Entries that were acknowledged and are not in the journal any more.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Gap {
    /// The first number that is missing.
    pub first: Seq,
    /// The last.
    pub last: Seq,
    /// When the last entry before them was entered; `None` when there is none.
    pub since: Option<Moment>,
    /// When the last of them was entered.
    pub until: Moment,
}

/// What a desk found that checked, beside its work, whether the record is what was entered (C6).
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Unsound {
    /// The pages of the file do not fit together, or cannot be read.
    pub file: bool,
    /// Tables, triggers and the like that are missing, foreign, or not as they were made.
    pub schema: Vec<String>,
    /// The first entry that is not as it was entered.
    pub entry: Option<Seq>,
    /// Entries after the first and up to the second are not those that were sealed.
    pub seal: Option<(Seq, Seq)>,
    /// Tables in which rows that are about no child are not what the journal says.
    pub tables: Vec<&'static str>,
    /// Children about whom a row, or an entry, is not: they are not released.
    pub children: BTreeSet<ChildId>,
}

/// Why a clock cannot be believed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Doubt {
    /// It stands before the last entry, which was entered then.
    BeforeLast(Moment),
    /// It stands before this program was built.
    BeforeBuild(Moment),
    /// It stands more than 70 days after the last entry, which was entered then.
    LongAfter(Moment),
    /// It jumped while the desk was running; by the desk's own count it would be this.
    Jumped(Moment),
    /// While the desk was running something was entered at a time that lies ahead of what the desk counts: one of the two is wrong.
    EntryAhead {
        /// When the last entry was entered.
        last: Moment,
        /// What the desk counts.
        counted: Moment,
    },
}
