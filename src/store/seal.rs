//! The end of the record under a key that is not in the store: whoever rewrites the store and its head file, every hash computed
//! anew, cannot seal that (S17).
//!
//! The head file carries the seal: a keyed hash (HMAC-SHA-256) of number, hash and time of the last entry. The key lies elsewhere,
//! one a store, with anchors beside it: ends that this desk has seen, so that a rewritten record is known from some entry on.
//!
//! Absent: where the key is kept (the command line knows), and what a desk does that finds its seal broken.

use rusqlite::Connection;

use crate::domain::fact::Seq;

use super::chain;
use super::copy::{End, knows};
use super::end::Noted;
use super::error::StoreError;

/// The key of a store, and ends of its journal that were seen.
#[derive(Clone, PartialEq, Eq)]
pub struct SealKey {
    key: String,
    anchors: Vec<(Seq, String)>,
}

impl std::fmt::Debug for SealKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SealKey").field("anchors", &self.anchors).finish_non_exhaustive()
    }
}

/// A key that is there and cannot be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnreadKey {
    /// Its file.
    pub at: String,
    /// What the system says; nothing where it can be read and is no key.
    pub why: Option<String>,
}

/// What the seal says of a journal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sealed {
    /// Nothing: there is no key, or another desk's key was used last.
    Unchecked,
    /// It is the one that was sealed, from the entry at which the key was made to this one.
    Fits {
        /// The last entry before the key was made.
        since: Seq,
        /// The last entry that is sealed.
        until: Seq,
    },
    /// It is not: entries after the first and up to the second were rewritten or cut off, or were entered without the key.
    Broken {
        /// The last entry that is known to be as it was.
        after: Seq,
        /// The first end that is known not to be.
        by: Seq,
    },
}

impl SealKey {
    /// A new random key (32 bytes), for what is entered after `end`.
    ///
    /// # Errors
    /// When the system gives no random numbers.
    pub fn new(end: &End) -> std::io::Result<Self> {
        Ok(Self { key: chain::random::<32>()?, anchors: vec![(end.seq, end.hash.clone())] })
    }

    /// Reads the text of a key: the key in hex, then a line for each anchor, number and hash. A last line that a power cut left
    /// unfinished is left out. `None` where it is no key.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let is_hash = |word: &str| word.len() == 64 && word.bytes().all(|b| b.is_ascii_hexdigit());
        let mut lines = text.lines();
        let key = lines.next().map(str::trim).filter(|word| is_hash(word))?.to_owned();
        let anchor = |line: &str| {
            let (seq, hash) = line.split_once(' ').unwrap_or((line, ""));
            let seq = seq.parse().ok().map(Seq)?;
            (is_hash(hash) || (hash.is_empty() && seq == Seq(0))).then(|| (seq, hash.to_owned()))
        };
        let anchors: Vec<_> = lines.filter_map(anchor).collect();
        (!anchors.is_empty()).then_some(Self { key, anchors })
    }

    /// The text that [`SealKey::parse`] reads.
    #[must_use]
    pub fn text(&self) -> String {
        let anchors = self.anchors.iter().map(|(seq, hash)| line(*seq, hash));
        format!("{}\n{}", self.key, anchors.collect::<String>())
    }

    /// The line of a new anchor, if that end is not the last one already.
    #[must_use]
    pub fn anchor(&mut self, end: &End) -> Option<String> {
        let is_new = self.anchors.last().is_none_or(|(seq, _)| *seq < end.seq);
        is_new.then(|| {
            self.anchors.push((end.seq, end.hash.clone()));
            line(end.seq, &end.hash)
        })
    }

    /// The seal of what a head file says: which key it is, and the keyed hash.
    pub(super) fn seal(&self, text: &str) -> String {
        format!("{}:{}", self.name(), chain::hmac(&self.key, text))
    }

    fn name(&self) -> String {
        chain::hmac(&self.key, "name").chars().take(8).collect()
    }

    /// What this key says of a journal, and of what the head file beside it said before it was read.
    pub(super) fn check(&self, conn: &Connection, noted: Option<&Noted>) -> Result<Sealed, StoreError> {
        let mut after = Seq(0);
        for (seq, hash) in &self.anchors {
            if !knows(conn, *seq, hash)? {
                return Ok(Sealed::Broken { after, by: *seq });
            }
            after = *seq;
        }
        let since = self.anchors.first().map_or(Seq(0), |(seq, _)| *seq);
        let Some(noted) = noted else {
            // Nothing was entered since.
            let head = super::journal::head(conn)?.seq;
            return Ok(if head == after { Sealed::Fits { since, until: head } } else { Sealed::Broken { after, by: head } });
        };
        let is_other = noted.seal.as_ref().is_some_and(|seal| !seal.starts_with(&self.name()));
        let fits = noted.seal.as_ref() == Some(&self.seal(&noted.text())) && knows(conn, noted.seq, &noted.hash)?;
        Ok(match () {
            () if fits => Sealed::Fits { since, until: noted.seq },
            () if noted.seq == after && noted.seal.is_none() => Sealed::Fits { since, until: after },
            () if is_other => Sealed::Unchecked,
            () => Sealed::Broken { after, by: noted.seq.max(after) },
        })
    }
}

fn line(seq: Seq, hash: &str) -> String {
    format!("{} {hash}\n", seq.0)
}
