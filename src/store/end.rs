//! The end of the journal in a second file: number, hash and time of the last entry (S12), sealed where the desk has a key.
//!
//! It stands beside the database, as `caredesk.db-head`: whatever moves or copies a store by `caredesk.db*` takes it along,
//! every desk and every account on this machine finds the same one, and a backup of the folder agrees with itself. What it
//! cannot see, a whole folder that was put back, the head on the printed sheets sees.
//!
//! It is written after each commit and not synced: behind the journal is normal, ahead of it is the alarm. Two lines take
//! turns, so that a line torn by a power cut leaves the one before it, and two desks do not write over each other's.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use crate::domain::fact::Seq;
use crate::domain::time::Moment;
use crate::domain::trouble::Gap;

use super::chain;
use super::journal::Head;
use super::seal::SealKey;

const LINE: usize = 256;
const LINES: [u64; 2] = [0, 512]; // two sectors

/// What the file says of the last entry.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Noted {
    pub(super) seq: Seq,
    pub(super) hash: String,
    pub(super) entered_at: Moment,
    /// The keyed hash of the rest, by whichever key.
    pub(super) seal: Option<String>,
}

impl Noted {
    /// What is missing of a journal that ends at `head`.
    pub(super) fn gap(&self, head: &Head) -> Option<Gap> {
        let first = Seq(head.seq.0 + 1);
        (self.seq > head.seq).then_some(Gap { first, last: self.seq, since: head.entered_at, until: self.entered_at })
    }

    /// What is sealed.
    pub(super) fn text(&self) -> String {
        let Self { seq, hash, entered_at, seal: _ } = self;
        format!("{} {hash} {} {}", seq.0, entered_at.ms, entered_at.offset_min)
    }

    fn line(&self) -> String {
        let text = self.seal.iter().fold(self.text(), |text, seal| format!("{text} {seal}"));
        let check = chain::sha256(text.as_bytes());
        format!("{:<width$}\n", format!("{text} {check}"), width = LINE - 1)
    }

    fn parse(line: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(line).ok()?.trim_end();
        let (text, check) = text.rsplit_once(' ')?;
        if chain::sha256(text.as_bytes()) != check {
            return None;
        }
        let mut parts = text.split(' ');
        let (seq, hash) = (Seq(parts.next()?.parse().ok()?), parts.next()?.to_owned());
        let (ms, offset_min) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        Some(Self { seq, hash, entered_at: Moment { ms, offset_min }, seal: parts.next().map(str::to_owned) })
    }
}

/// The file, open.
#[derive(Debug)]
pub(super) struct EndFile(File);

impl EndFile {
    /// Opens the one beside a store; makes it if there is none. A store whose folder cannot be written has none.
    pub(super) fn beside(store: &Path) -> Option<Self> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            options.mode(0o600);
        }
        options.open(path(store)).ok().map(Self)
    }

    /// What it says; `None` while it says nothing that can be read.
    pub(super) fn noted(&self) -> Option<Noted> {
        noted(&self.0)
    }

    /// Notes the last entry, sealed by a key.
    pub(super) fn note(&self, head: &Head, key: Option<&SealKey>) -> io::Result<()> {
        let Some(entered_at) = head.entered_at else { return Ok(()) };
        let mut noted = Noted { seq: head.seq, hash: head.hash.clone(), entered_at, seal: None };
        noted.seal = key.map(|key| key.seal(&noted.text()));
        let at = if head.seq.0 % 2 == 0 { LINES[0] } else { LINES[1] };
        write_at(&self.0, noted.line().as_bytes(), at)
    }
}

/// What the file beside a store says; `None` if there is none, or it says nothing that can be read.
pub(super) fn noted_beside(store: &Path) -> Option<Noted> {
    noted(&File::open(path(store)).ok()?)
}

fn path(store: &Path) -> PathBuf {
    super::open::beside(store, "-head")
}

fn noted(file: &File) -> Option<Noted> {
    let mut bytes = [0; 1024];
    let read = read_at(file, &mut bytes, 0).ok()?;
    let lines = LINES.into_iter().filter_map(|at| {
        let at = usize::try_from(at).ok()?;
        Noted::parse(bytes.get(at..(at + LINE).min(read))?)
    });
    lines.max_by_key(|noted| noted.seq)
}

/// Reads from a place in a file, as much as there is.
#[cfg(unix)]
pub(super) fn read_at(file: &File, into: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, into, at)
}

#[cfg(windows)]
pub(super) fn read_at(file: &File, into: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, into, at)
}

#[cfg(unix)]
fn write_at(file: &File, bytes: &[u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::write_all_at(file, bytes, at)
}

#[cfg(windows)]
fn write_at(file: &File, bytes: &[u8], at: u64) -> io::Result<()> {
    std::os::windows::fs::FileExt::seek_write(file, bytes, at).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(seq: i64) -> Head {
        Head { seq: Seq(seq), entered_at: Some(Moment { ms: 1000 * seq, offset_min: 480 }), hash: chain::sha256(&[u8::try_from(seq).unwrap_or(0)]) }
    }

    #[test]
    fn the_last_line_that_is_whole_counts() {
        let dir = tempfile::tempdir().expect("a folder");
        let store = dir.path().join("caredesk.db");
        let file = EndFile::beside(&store).expect("a file");
        assert_eq!(file.noted(), None);
        for seq in 1..40 {
            file.note(&head(seq), None).expect("written");
            assert_eq!(noted_beside(&store).map(|n| (n.seq, n.hash)), Some((Seq(seq), head(seq).hash)));
        }
        // Whichever bytes of the last line a power cut leaves, or a disk turns over, the line before it stands.
        let whole = std::fs::read(path(&store)).expect("read");
        let last = usize::try_from(LINES[1]).expect("small");
        for cut in 0..160 {
            let mut torn = whole.clone();
            torn[last + cut..last + LINE].fill(0);
            std::fs::write(path(&store), &torn).expect("written");
            assert_eq!(noted_beside(&store).map(|n| n.seq), Some(Seq(38)), "torn at {cut}");
            let mut bent = whole.clone();
            bent[last + cut] ^= 1;
            std::fs::write(path(&store), &bent).expect("written");
            let seq = noted_beside(&store).map(|n| n.seq);
            assert!(seq == Some(Seq(38)) || bent[last + cut] == b'!', "bent at {cut}: {seq:?}");
        }
        std::fs::write(path(&store), []).expect("written");
        assert_eq!(noted_beside(&store), None);
    }

    #[test]
    fn only_a_file_that_is_ahead_tells_of_a_gap() {
        let noted = Noted { seq: Seq(5), hash: "h".to_owned(), entered_at: Moment { ms: 9, offset_min: 480 }, seal: None };
        assert_eq!(noted.gap(&head(5)), None);
        assert_eq!(noted.gap(&head(6)), None);
        assert_eq!(noted.gap(&head(3)).map(|g| (g.first, g.last)), Some((Seq(4), Seq(5))));
        assert_eq!(noted.gap(&Head::default()).map(|g| (g.first, g.since)), Some((Seq(1), None)));
    }
}
