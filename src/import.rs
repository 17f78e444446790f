//! Rosters from files: what a school hands in becomes facts.
//!
//! Reading order: [`told`] (files are read in a process of their own, and what stands in them is told), [`read`] (a file becomes
//! rows of cells, whatever its extension says; [`book`] for workbooks, [`archive`] for
//! what is zipped, [`html`] for pages that call themselves workbooks), [`header`], [`headings`] and `built` (where the headings stand
//! and what they mean, word by word or built from parts), `sheet` and `row` (a row becomes a child, or is refused at its cell), `cells`, `persons` with `nobody`, and `items` (what a single
//! cell says), `spoken` (what any text says of the people around a child), [`oneroster`] (deliveries of several files), `repeats` (several rows of one child), `known`, `buddies` and [`enrol`] (children
//! become the facts by which the register would change), [`diff`] and [`words`] (what is said about it), [`asked`]
//! (what a column may be that is not understood). Nothing is written
//! here: the caller records one act, or none.
//!
//! Kept are the fields of the register and nothing beside them. Identity numbers, dates of birth, gender, nation and
//! addresses are read over; the first two help to tell namesakes apart while a file is read, and are then forgotten. A national
//! school number that is an identity number behind a letter counts as one.
//!
//! What is lossy is never guessed at: a character that GBK could not hold, a number whose last digits a spreadsheet cut, a card
//! that may have lost its zeros are refused at their cell, or asked about ([`Answers`]).
//!
//! Absent: `.xlsb`, photographs, timetables.

pub mod archive;
pub mod asked;
pub mod book;
mod buddies;
mod built;
mod cards;
mod cells;
pub mod diff;
pub mod enrol;
pub mod header;
pub mod headings;
pub mod html;
mod items;
mod known;
mod nobody;
pub mod oneroster;
mod persons;
pub mod read;
mod repeats;
pub mod roster;
mod row;
mod sheet;
mod spoken;
pub mod told;
pub mod words;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::domain::fact::Fact;
use crate::domain::people::ChildId;
use crate::domain::register::Register;
use crate::domain::time::Moment;

pub use enrol::{Changed, Leaving, Outcome, Plan};
pub use read::ReadError;

use read::Event;
use roster::Harvest;
use told::{Handed, Reader, Told};

/// What people answered to what a file cannot say for itself.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    /// Further headings: heading to field.
    pub headings: BTreeMap<String, String>,
    /// The columns of sheets that have no headings, in their order; where there are headings, what the columns are that are not
    /// understood, by place or by heading (`爷爷的电话=家长电话`). Empty when nobody said.
    pub columns: Vec<String>,
    /// So many digits the school's cards have: cards that were stored as numbers get their zeros back.
    pub card_digits: Option<usize>,
    /// Guardians whom a delivery takes away, or no longer names, lose the right to collect.
    pub end_missing: bool,
    /// What else than parents and guardians a delivery's people may be to a child and collect it: `relative` …
    pub also: Vec<String>,
    /// When a child that the file withdraws is withdrawn.
    pub now: Option<Moment>,
    /// The children that are here or out with a group: nobody withdraws them while they are.
    pub here: Vec<ChildId>,
    /// Families keep their cards: one that comes while its child is here has been with nobody.
    pub families_keep_cards: bool,
}

/// Gives the facts by which a child and its collectors came to be what they are and that were never taken back, the first first, each
/// with whether an import set it. Asked only about children that would change.
pub type Past<'p> = dyn Fn(ChildId) -> Vec<(Fact, bool)> + 'p;

/// How far an import is.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Step {
    /// Reading a file, the share of it that has been read.
    Reading(f32),
    /// Holding the children against the register, the share of them that has been.
    Comparing(f32),
    /// Writing the facts, the share of them that is written; the caller's, for nothing is written here.
    Writing(f32),
}

/// Whether a file can be read as a table at all.
///
/// # Errors
/// Why it cannot.
pub fn check(file: &Path, reader: &dyn Reader) -> Result<(), ReadError> {
    reader.read(&Handed::at(file)?, &mut |_| Ok(()))
}

/// What importing these files would do to the register, and to what the desk has decided since earlier ones. Pure but for reading
/// the files, which the reader does, and the `past`; `step` hears how far it is.
///
/// # Errors
/// The first file that cannot be read, and why.
pub fn plan(
    files: &[PathBuf],
    (register, past): (&Register, &Past<'_>),
    answers: &Answers,
    reader: &dyn Reader,
    step: &mut dyn FnMut(Step),
) -> Result<Plan, (PathBuf, ReadError)> {
    let mut harvest = Harvest::default();
    for (index, file) in files.iter().enumerate() {
        take(index, file, answers, reader, &mut harvest, step).map_err(|e| (file.clone(), e))?;
    }
    repeats::settle(&mut harvest);
    let lacking = harvest.lacking.clone();
    enrol::plan(harvest, register, past, answers, &mut |share| step(Step::Comparing(share))).map_err(|index| {
        let lacks = lacking.get(index);
        let file = lacks.and_then(|l| files.get(l.file)).cloned().unwrap_or_default();
        let error = lacks.map_or(ReadError::NoHeadings, |l| ReadError::NoColumn { sheet: l.place.sheet.to_string(), row: l.place.row, what: l.what });
        (file, error)
    })
}

fn take(
    index: usize,
    file: &Path,
    answers: &Answers,
    reader: &dyn Reader,
    harvest: &mut Harvest,
    step: &mut dyn FnMut(Step),
) -> Result<(), ReadError> {
    let handed = Handed::at(file)?;
    step(Step::Reading(0.0));
    let name = read::file_name(file);
    let mut delivery = oneroster::Delivery::new(name.clone());
    let mut taker = sheet::Taker::new(index, name, answers, harvest);
    let mut rows = 0_u32;
    reader.read(&handed, &mut |told| {
        match told {
            Told::Of(event) => {
                if let Event::Row { share, .. } = &event {
                    rows = rows.wrapping_add(1);
                    if rows.is_multiple_of(1000) {
                        step(Step::Reading(*share));
                    }
                }
                taker.take(event);
            }
            Told::Part { name, share } => {
                step(Step::Reading(share));
                delivery.begin(name);
            }
            Told::Line { number, cells } => delivery.line(number, &cells),
        }
        Ok(())
    })?;
    if delivery.is_empty() {
        return taker.end();
    }
    drop(taker);
    delivery.take(harvest, answers)
}
