//! Reads the journal from its first row to its last: each row held against the chain, read, and given to the fold.
//!
//! Rows are copied some hundred at a time. To hold them against the chain and read them is most of the work and wants no store:
//! another thread does it, while this one reads on and folds.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::sync_channel;
use std::thread;

use rusqlite::{Connection, Rows};

use crate::domain::fact::{Entry, Fact, Seq};
use crate::domain::people::ChildId;
use crate::store::error::StoreError;
use crate::store::journal::{self, Raw};
use crate::store::{chain, sql};

use super::fold::Fold;
use super::{Flaw, Problem, Report};

/// Rows that are copied together.
const AT_ONCE: usize = 256;
/// So many times as many are on their way from one thread to the other and back.
const UNDER_WAY: usize = 4;

/// Reads the journal; names the first flaw, and says whether there was one. It goes on after it, for what can still be read says of
/// whom the tables are right. `beside` says whether another thread may help.
pub(super) fn walk(conn: &Connection, beside: bool, stop: &AtomicBool, report: &mut Report, fold: &mut Fold) -> Result<bool, StoreError> {
    let mut statement = sql::prepared(conn, journal::EVERY)?;
    let mut reader = Reader { rows: statement.query([])?, stop };
    let mut found = Found { conn, report, fold, hash: String::new(), flawed: false };
    if beside {
        with_another_thread(&mut reader, &mut found)?;
    } else {
        let (mut checker, mut batch, mut more) = (Checker::default(), Batch::default(), true);
        while more {
            more = reader.fill(&mut batch);
            checker.check(&mut batch);
            found.take(&batch)?;
        }
    }
    if !found.flawed {
        found.report.head8 = found.hash.chars().take(8).collect();
    }
    Ok(found.flawed)
}

fn with_another_thread(reader: &mut Reader<'_>, found: &mut Found<'_>) -> Result<(), StoreError> {
    let (to_check, unchecked) = sync_channel::<Batch>(UNDER_WAY);
    let (put, done) = sync_channel::<Batch>(UNDER_WAY);
    thread::scope(|scope| {
        scope.spawn(move || {
            let mut checker = Checker::default();
            for mut batch in unchecked {
                checker.check(&mut batch);
                if put.send(batch).is_err() {
                    break;
                }
            }
        });
        let mut idle: Vec<Batch> = (0..UNDER_WAY).map(|_| Batch::default()).collect();
        let mut more = true;
        while more {
            let mut batch = if let Some(batch) = idle.pop() {
                batch
            } else {
                let Ok(batch) = done.recv() else { break }; // the other thread panicked, and so will this scope
                found.take(&batch)?;
                batch
            };
            more = reader.fill(&mut batch);
            if to_check.send(batch).is_err() {
                break;
            }
        }
        drop(to_check);
        done.into_iter().try_for_each(|batch| found.take(&batch))
    })
}

/// Rows of the journal, copied from where they lie, and what is found in them.
#[derive(Default)]
struct Batch {
    text: String,
    /// `None` where a row cannot be read.
    rows: Vec<Option<Copied>>,
    checked: Vec<Checked>,
    /// The hash in the last row that could be read.
    hash: String,
}

/// A row whose texts stand one after the other in its batch.
struct Copied {
    seq: i64,
    act: i64,
    at: i64,
    entered_at: i64,
    offset_min: i64,
    staff: Option<i64>,
    child: Option<i64>,
    erased_by: Option<i64>,
    from: usize,
    /// Where day, desk, kind, body hash, hash and body end.
    ends: [usize; 6],
    has_body: bool,
}

impl Batch {
    fn put(&mut self, row: &Raw<'_>) {
        let from = self.text.len();
        let ends = [row.day, row.desk, row.kind, row.body_hash, row.hash, row.body.unwrap_or_default()].map(|text| {
            self.text.push_str(text);
            self.text.len()
        });
        let Raw { seq, act, at, entered_at, offset_min, staff, child, erased_by, .. } = *row;
        self.rows.push(Some(Copied { seq, act, at, entered_at, offset_min, staff, child, erased_by, from, ends, has_body: row.body.is_some() }));
    }
}

impl Copied {
    fn raw<'b>(&self, text: &'b str) -> Raw<'b> {
        let mut from = self.from;
        let [day, desk, kind, body_hash, hash, body] = self.ends.map(|end| {
            let part = text.get(from..end).unwrap_or_default();
            from = end;
            part
        });
        let Self { seq, act, at, entered_at, offset_min, staff, child, erased_by, .. } = *self;
        let body = self.has_body.then_some(body);
        Raw { seq, act, day, at, entered_at, offset_min, desk, staff, child, kind, body, body_hash, hash, erased_by }
    }
}

struct Reader<'r> {
    rows: Rows<'r>,
    stop: &'r AtomicBool,
}

impl Reader<'_> {
    /// Copies the next rows; says whether there may be more.
    fn fill(&mut self, batch: &mut Batch) -> bool {
        batch.rows.clear();
        batch.text.clear();
        while batch.rows.len() < AT_ONCE {
            if self.stop.load(Ordering::Relaxed) {
                return false;
            }
            match self.rows.next() {
                Ok(None) => return false,
                Ok(Some(row)) => match Raw::from_row(row) {
                    Ok(row) => batch.put(&row),
                    Err(_) => batch.rows.push(None),
                },
                Err(_) => {
                    batch.rows.push(None);
                    return false;
                }
            }
        }
        true
    }
}

/// What is found in one row.
struct Checked {
    /// The number that it should have.
    expected: Seq,
    /// The child of whom its column speaks.
    child: Option<ChildId>,
    /// The entry, as far as it can be read.
    entry: Option<Entry>,
    /// Whether it gave the child a card, and its text went.
    gave_card: bool,
    flaw: Option<Flaw>,
}

/// Holds each row against the ones before it.
struct Checker {
    expected: i64,
    hash: String,
    before: Option<Before>,
}

impl Default for Checker {
    fn default() -> Self {
        Self { expected: 1, hash: String::new(), before: None }
    }
}

impl Checker {
    fn check(&mut self, batch: &mut Batch) {
        let Batch { text, rows, checked, hash } = batch;
        checked.clear();
        checked.extend(rows.iter().map(|row| self.checked(row.as_ref().map(|row| row.raw(text)).as_ref())));
        self.hash.clone_into(hash);
    }

    fn checked(&mut self, row: Option<&Raw<'_>>) -> Checked {
        let expected = Seq(self.expected);
        let Some(row) = row else {
            self.expected += 1;
            return Checked { expected, child: None, entry: None, gave_card: false, flaw: Some(Flaw::Unreadable) };
        };
        let (entry, flaw) = check(expected, &self.hash, row, self.before);
        row.hash.clone_into(&mut self.hash);
        self.before = Some(Before { act: Seq(row.act), entered_at: row.entered_at });
        self.expected = row.seq + 1;
        let gave_card = row.body.is_none() && flaw.is_none() && row.kind == "card_set";
        Checked { expected, child: row.child.map(ChildId), entry, gave_card, flaw }
    }
}

/// What the next entry is held against.
#[derive(Clone, Copy)]
struct Before {
    act: Seq,
    entered_at: i64,
}

/// The entry, as far as it can be read, and what is wrong with it. One that was erased says nothing, and its hash stands for it.
fn check(expected: Seq, previous: &str, row: &Raw<'_>, before: Option<Before>) -> (Option<Entry>, Option<Flaw>) {
    let body = row.body.map(|body| chain::sha256(body.as_bytes()));
    let was_erased = body.is_none() && row.erased_by.is_some();
    let flaw = if row.seq != expected.0 {
        Some(Flaw::Missing)
    } else if !was_erased && body.as_deref() != Some(row.body_hash) {
        Some(Flaw::Body)
    } else {
        (chain::link(previous, row) != row.hash).then_some(Flaw::Chain)
    };
    let entry = match row.entry() {
        Ok(Some(entry)) => entry,
        Ok(None) => return (None, flaw),
        Err(_) => return (None, flaw.or(Some(Flaw::Unreadable))),
    };
    let in_order = entry.at.ms <= entry.entered_at.ms
        && entry.day == entry.at.date()
        && row.kind == entry.fact.kind()
        && row.child == entry.fact.child().map(|c| c.0)
        && (entry.act == entry.seq || before.is_some_and(|b| b.act == entry.act))
        && (matches!(entry.fact, Fact::ClockSet { .. }) || before.is_none_or(|b| b.entered_at <= entry.entered_at.ms));
    (Some(entry), flaw.or((!in_order).then_some(Flaw::Order)))
}

/// What is known so far.
struct Found<'f> {
    conn: &'f Connection,
    report: &'f mut Report,
    fold: &'f mut Fold,
    hash: String,
    flawed: bool,
}

impl Found<'_> {
    fn take(&mut self, batch: &Batch) -> Result<(), StoreError> {
        for row in &batch.checked {
            self.take_row(row)?;
        }
        batch.hash.clone_into(&mut self.hash);
        Ok(())
    }

    fn take_row(&mut self, Checked { expected, child, entry, gave_card, flaw }: &Checked) -> Result<(), StoreError> {
        if let Some(flaw) = *flaw {
            if !self.flawed {
                self.report.problems.push(Problem::Entry { seq: *expected, flaw });
            }
            self.flawed = true;
            self.report.in_doubt.extend(*child);
            self.report.in_doubt.extend(entry.as_ref().and_then(|e| e.fact.child()));
        }
        if let (true, Some(child)) = (*gave_card, *child) {
            self.fold.was_given_a_card(child, *expected);
        }
        let Some(entry) = entry else { return Ok(()) };
        // After a flaw it may rest on what is not there: then the tables differ.
        self.fold.apply(self.conn, entry).or_else(|error| if self.flawed { Ok(()) } else { Err(error) })?;
        if !self.flawed {
            self.report.entries = entry.seq.0;
            self.report.last = Some(entry.entered_at);
        }
        Ok(())
    }
}
