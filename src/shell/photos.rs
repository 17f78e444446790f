//! Photos of collectors: files in the folder of the store, read beside the desk's work. Only with cargo feature `photo`.
//!
//! `photos/12.jpg`, `.jpeg` or `.png` is the photo of collector 12 (`caredesk photos` lists the numbers). At most 2 MiB and
//! 4000 × 4000 pixels; the size is known from the header before anything is unpacked. Whatever else is there is no photo,
//! and the desk works as without it. A photo is taken away by taking the file away.
//!
//! A thread of its own has them read, each by a process of its own ([`super::wall`]), and keeps the last few, so that no key and no scan ever waits for a picture. The terminal is
//! never asked what it can: its answer would come as keys. The environment says it.
//!
//! Absent: photographs in the journal, in the register, in exports: nothing records that there is one.

use std::collections::VecDeque;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant, UNIX_EPOCH};

use image::{DynamicImage, ImageDecoder, ImageReader, Limits, RgbaImage};
use serde::{Deserialize, Serialize};

use super::wall::{Fault, Wall, What};
use crate::desk::Model;
use crate::domain::people::CollectorId;
use crate::view::photo::{Photo, is_shown};

pub use super::photo_files::FOLDER;
use super::photo_files::named;

/// Bytes of the largest file that is read.
pub const MOST_BYTES: u64 = 2 * 1024 * 1024;
/// Pixels of the longest side that is unpacked.
pub const MOST_PIXELS: u32 = 4000;

/// Bytes that unpacking may take: four a pixel and as much again.
const MOST_MEMORY: u64 = 160 * 1024 * 1024;
/// Pixels of a side of what is kept: more than half blocks can show.
const KEPT_PIXELS: u32 = 96;
/// So many pictures are kept.
const KEPT: usize = 8;
/// While a picture is being read it is looked for so often, and so long.
const LOOK: Duration = Duration::from_millis(20);
const LONGEST: Duration = Duration::from_secs(5);

/// The photo beside the verdict in focus, once it is read.
pub struct Photos {
    reader: Option<Reader>,
    front: Option<CollectorId>,
    asked: Option<Instant>,
    shown: Option<Arc<DynamicImage>>,
}

struct Reader {
    wanted: Sender<CollectorId>,
    read: Receiver<(CollectorId, Option<Arc<DynamicImage>>)>,
}

/// Why a file is no photo.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum NoPhoto {
    /// There is no file.
    Absent,
    /// More than [`MOST_BYTES`], or more than [`MOST_PIXELS`] on a side.
    TooLarge,
    /// Neither JPEG nor PNG, or broken, or unreadable.
    Broken,
}

impl Photos {
    /// Photos of the store in that file; none where there is no file, no folder, or a terminal that does not show them.
    pub fn start(store: Option<&Path>, variable: impl Fn(&str) -> Option<String>, wall: Wall) -> Self {
        let folder = store.and_then(Path::parent).map(|folder| folder.join(FOLDER)).filter(|folder| folder.is_dir() && has_true_colour(variable));
        Self { reader: folder.and_then(|folder| Reader::start(folder, wall)), front: None, asked: None, shown: None }
    }

    /// The photo of the collector in front, if it is read already; else it is asked for.
    pub fn of(&mut self, model: &Model) -> Option<Photo> {
        let reader = self.reader.as_ref()?;
        let front = model.collector_in_front().filter(|_| is_shown(model.appearance));
        if front != self.front {
            (self.front, self.shown, self.asked) = (front, None, None);
            if let Some(collector) = front
                && reader.wanted.send(collector).is_ok()
            {
                self.asked = Some(Instant::now());
            }
        }
        let picture = self.shown.clone()?;
        self.front.map(|collector| Photo { collector, picture })
    }

    /// How long nothing has to be looked for.
    #[must_use]
    pub fn patience(&self, rest: Duration) -> Duration {
        if self.asked.is_some_and(|at| at.elapsed() < LONGEST) { rest.min(LOOK) } else { rest }
    }

    /// Takes what was read; whether the screen changes by it.
    pub fn arrived(&mut self) -> bool {
        let Some(reader) = &self.reader else { return false };
        let mut changes = false;
        for (collector, picture) in reader.read.try_iter() {
            // What was asked for a collector who is in front no more is late.
            if Some(collector) == self.front {
                changes |= picture.is_some();
                (self.shown, self.asked) = (picture, None);
            }
        }
        changes
    }
}

impl Reader {
    fn start(folder: PathBuf, wall: Wall) -> Option<Self> {
        let (wanted, asked) = channel::<CollectorId>();
        let (done, read) = channel();
        let work = move || {
            let mut kept = VecDeque::new();
            while let Ok(first) = asked.recv() {
                let newest = asked.try_iter().last().unwrap_or(first);
                if done.send((newest, remembered(&folder, newest, &mut kept, |source| unpacked(source, &wall)))).is_err() {
                    return;
                }
            }
        };
        std::thread::Builder::new().name("photos".to_owned()).spawn(work).ok()?;
        Some(Self { wanted, read })
    }
}

/// What a picture was unpacked from: another file under the same name is read again.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Source {
    file: PathBuf,
    bytes: u64,
    /// When the file was changed, since 1970.
    changed: Option<Duration>,
}

type Kept = VecDeque<(Source, Option<Arc<DynamicImage>>)>;

fn remembered(
    folder: &Path,
    collector: CollectorId,
    kept: &mut Kept,
    unpack: impl FnOnce(&Source) -> Result<DynamicImage, NoPhoto>,
) -> Option<Arc<DynamicImage>> {
    let source = source(folder, collector).ok()?;
    let at = kept.iter().position(|(known, _)| *known == source);
    let entry = at.and_then(|at| kept.remove(at)).unwrap_or_else(|| {
        let picture = unpack(&source).ok().map(Arc::new);
        (source, picture)
    });
    let picture = entry.1.clone();
    kept.push_back(entry);
    if kept.len() > KEPT {
        kept.pop_front();
    }
    picture
}

/// The photo of a collector in a folder: small, upright.
///
/// # Errors
/// When there is none, or the file is none.
pub fn photo(folder: &Path, collector: CollectorId, wall: &Wall) -> Result<DynamicImage, NoPhoto> {
    unpacked(&source(folder, collector)?, wall)
}

fn source(folder: &Path, collector: CollectorId) -> Result<Source, NoPhoto> {
    let found = named(folder, collector).into_iter().find_map(|file| std::fs::metadata(&file).ok().map(|about| (file, about)));
    let (file, about) = found.ok_or(NoPhoto::Absent)?;
    match about.len() {
        _ if !about.is_file() => Err(NoPhoto::Broken),
        bytes if bytes > MOST_BYTES => Err(NoPhoto::TooLarge),
        bytes => Ok(Source { file, bytes, changed: about.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok()) }),
    }
}

/// A picture as it comes over the wall: small, upright.
#[derive(Serialize, Deserialize)]
pub struct Picture {
    wide: u32,
    high: u32,
    /// Red, green, blue, opacity of each pixel, row by row.
    pixels: Vec<u8>,
}

/// Has a file unpacked behind the wall.
fn unpacked(source: &Source, wall: &Wall) -> Result<DynamicImage, NoPhoto> {
    let mut read = None;
    let asked = wall.ask(What::Photo, &[(String::new(), source.file.clone())], &mut |picture: Picture| {
        read = Some(picture);
        Ok(())
    });
    match asked {
        Ok(()) => {}
        Err(Fault::Said(error)) => return Err(error),
        Err(Fault::NotStarted(_) | Fault::File(..) | Fault::Broke | Fault::Silent(_)) => return Err(NoPhoto::Broken),
    }
    let Picture { wide, high, pixels } = read.filter(|p| p.wide.max(p.high) <= KEPT_PIXELS).ok_or(NoPhoto::Broken)?;
    RgbaImage::from_raw(wide, high, pixels).map(DynamicImage::from).ok_or(NoPhoto::Broken)
}

/// Unpacks the content of a file. It takes whatever the file makes it take: it is called behind the wall.
///
/// # Errors
/// When it is no photo.
pub fn picture(content: &[u8]) -> Result<Picture, NoPhoto> {
    if u64::try_from(content.len()).is_ok_and(|n| n > MOST_BYTES) {
        return Err(NoPhoto::TooLarge);
    }
    let picture = decode(content)?.into_rgba8();
    Ok(Picture { wide: picture.width(), high: picture.height(), pixels: picture.into_raw() })
}

fn decode(bytes: &[u8]) -> Result<DynamicImage, NoPhoto> {
    let broken = |_| NoPhoto::Broken;
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| NoPhoto::Broken)?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(broken)?;
    let (wide, high) = decoder.dimensions();
    if wide > MOST_PIXELS || high > MOST_PIXELS || decoder.total_bytes() > MOST_MEMORY {
        return Err(NoPhoto::TooLarge);
    }
    let turned = decoder.orientation().map_err(broken)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(broken)?.thumbnail(KEPT_PIXELS, KEPT_PIXELS);
    picture.apply_orientation(turned);
    Ok(picture)
}

/// Whether the terminal shows colours as they are, by what the environment says of it.
fn has_true_colour(variable: impl Fn(&str) -> Option<String>) -> bool {
    let is = |name: &str, known: &[&str]| variable(name).is_some_and(|value| known.contains(&value.to_ascii_lowercase().as_str()));
    is("COLORTERM", &["truecolor", "24bit"])
        || is("TERM", &["xterm-kitty", "xterm-ghostty", "wezterm", "xterm-direct"])
        || is("TERM_PROGRAM", &["ghostty", "wezterm", "iterm.app"])
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn the_environment_says_what_the_terminal_shows() {
        let with = |name: &'static str, value: &'static str| has_true_colour(move |asked| (asked == name).then(|| value.to_owned()));
        assert!(with("COLORTERM", "truecolor") && with("COLORTERM", "24bit"));
        assert!(with("TERM", "xterm-kitty") && with("TERM", "xterm-ghostty"));
        assert!(with("TERM_PROGRAM", "WezTerm") && with("TERM_PROGRAM", "iTerm.app"));
        assert!(!with("TERM", "xterm-256color") && !with("COLORTERM", "") && !with("TERM_PROGRAM", "Apple_Terminal"));
        assert!(!has_true_colour(|_| None));
    }

    #[test]
    fn a_picture_is_kept_until_its_file_changes_and_a_few_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        let file = |n: i64| folder.path().join(format!("{n}.png"));
        let mut kept = Kept::new();
        let here = |source: &Source| decode(&std::fs::read(&source.file).unwrap());
        for n in 1..=10 {
            DynamicImage::new_rgb8(2, 3).save(file(n)).unwrap();
            assert!(remembered(folder.path(), CollectorId(n), &mut kept, here).is_some());
        }
        assert_eq!(kept.len(), KEPT);
        let first = remembered(folder.path(), CollectorId(10), &mut kept, here).unwrap();
        assert!(Arc::ptr_eq(&first, &remembered(folder.path(), CollectorId(10), &mut kept, here).unwrap()));
        DynamicImage::new_rgb8(300, 400).save(file(10)).unwrap();
        let second = remembered(folder.path(), CollectorId(10), &mut kept, here).unwrap();
        assert_eq!((second.width(), second.height()), (72, 96));
        std::fs::remove_file(file(10)).unwrap();
        assert!(remembered(folder.path(), CollectorId(10), &mut kept, here).is_none());
    }
}
