//! Zip archives, looked at before anything is taken out of them: how many parts there are and how large they really get.
//!
//! Nothing is ever written to disk under a name that an archive gives. Sizes are counted by unpacking into nothing, for
//! what an archive says of itself may be a lie (trust T9, T10).

use std::io::{Cursor, Read, Write};

use zip::ZipArchive;

use super::read::{Cap, MB, ReadError};

/// Most parts of an archive: a list with a picture for each child has two or three for each of them.
const MOST_PARTS: usize = 5_000;
/// Most bytes that a part may unpack to, and all of them together, when they are not sheets that are read row by row.
const MOST_UNPACKED: u64 = 64 * 1024 * 1024;
/// The same for such sheets: 100,000 rows have to fit.
const MOST_SHEETS: u64 = 256 * 1024 * 1024;
/// Above a megabyte no honest part shrinks to less than a two-hundredth.
const MOST_SHRUNK: u64 = 200;

/// So many unpacked bytes are a step worth telling.
const SAID_EVERY: usize = 4 * 1024 * 1024;

/// An archive whose parts are known to be within the caps.
pub struct Archive {
    zip: ZipArchive<Cursor<Vec<u8>>>,
    names: Vec<String>,
}

/// Whether these bytes begin as a zip archive does.
#[must_use]
pub fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

impl Archive {
    /// Opens an archive and unpacks every part into nothing; `alive` hears now and then that it goes on.
    ///
    /// # Errors
    /// When it is damaged, locked, or unpacks to more than a roster can be; whatever `alive` refuses.
    pub fn open(bytes: Vec<u8>, alive: &mut dyn FnMut() -> Result<(), ReadError>) -> Result<Self, ReadError> {
        let damaged = |e: zip::result::ZipError| ReadError::DamagedWorkbook(e.to_string());
        if parts_said(&bytes) > MOST_PARTS {
            return Err(ReadError::TooManyParts(MOST_PARTS));
        }
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
        if zip.len() > MOST_PARTS {
            return Err(ReadError::TooManyParts(MOST_PARTS));
        }
        let mut names = Vec::new();
        let (mut sheets, mut others) = (0, 0);
        for index in 0..zip.len() {
            let part = zip.by_index(index).map_err(|e| if is_locked(&e) { ReadError::Password } else { damaged(e) })?;
            let name = part.name().map_err(damaged)?.into_owned();
            // Pictures and drawings are never read, so what they unpack to does not matter.
            if ["xl/media/", "xl/drawings/", "xl/printerSettings/", "Pictures/", "Thumbnails/"].iter().any(|folder| name.starts_with(folder)) {
                names.push(name);
                continue;
            }
            let packed = part.compressed_size();
            let (sum, most, cap) = if name.starts_with("xl/worksheets/") {
                (&mut sheets, MOST_SHEETS, Cap::Sheets(MOST_SHEETS / MB))
            } else {
                (&mut others, MOST_UNPACKED, Cap::Parts(MOST_UNPACKED / MB))
            };
            let left = most.saturating_sub(*sum);
            let mut counted = Counted { since: 0, alive };
            let unpacked = std::io::copy(&mut part.take(left + 1), &mut counted).map_err(|e| ReadError::DamagedWorkbook(e.to_string()))?;
            *sum += unpacked;
            if unpacked > left {
                return Err(ReadError::TooLarge(cap));
            }
            if unpacked > MB && unpacked > packed.saturating_mul(MOST_SHRUNK) {
                return Err(ReadError::TooLarge(Cap::Packed(MOST_SHRUNK)));
            }
            names.push(name);
        }
        Ok(Self { zip, names })
    }

    /// The names of its parts; only to be compared, never to be opened as files.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The content of a part.
    ///
    /// # Errors
    /// When it cannot be unpacked.
    pub fn part(&mut self, name: &str) -> Result<Vec<u8>, ReadError> {
        let index = self.names.iter().position(|n| n == name).ok_or_else(|| ReadError::DamagedWorkbook(name.to_owned()))?;
        let part = self.zip.by_index(index).map_err(|e| ReadError::DamagedWorkbook(e.to_string()))?;
        let mut bytes = Vec::new();
        part.take(MOST_UNPACKED).read_to_end(&mut bytes).map_err(|e| ReadError::DamagedWorkbook(e.to_string()))?;
        Ok(bytes)
    }

    /// The archive's own bytes.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.zip.into_inner().into_inner()
    }
}

/// Takes what is unpacked, keeps none of it, and says from time to time that it goes on.
struct Counted<'c> {
    since: usize,
    alive: &'c mut dyn FnMut() -> Result<(), ReadError>,
}

impl Write for Counted<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.since += bytes.len();
        if self.since >= SAID_EVERY {
            self.since = 0;
            (self.alive)().map_err(std::io::Error::other)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn is_locked(error: &zip::result::ZipError) -> bool {
    matches!(error, zip::result::ZipError::UnsupportedArchive(what) if *what == zip::result::ZipError::PASSWORD_REQUIRED)
}

/// How many parts the directory at the end claims, so that sixty thousand of them are not even listed.
fn parts_said(bytes: &[u8]) -> usize {
    let tail = bytes.len().saturating_sub(65_557);
    let end = bytes.get(tail..).and_then(|t| t.windows(4).rposition(|w| w == b"PK\x05\x06")).map(|at| at + tail);
    let count = end.and_then(|end| bytes.get(end + 10..end + 12));
    count.and_then(|c| c.try_into().ok()).map_or(0, |c| usize::from(u16::from_le_bytes(c)))
}
