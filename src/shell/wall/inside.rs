//! Behind the wall: the reader. It takes its files from standard input, tells what stands in them on standard output, opens
//! nothing, writes nothing, and may have so much memory and so much of the processor's time.

use std::io::{BufWriter, Read, StdoutLock, Write};

use serde::Serialize;

use super::What;
use super::frames::{Kind, put, take};
use crate::domain::calendar::notice;
use crate::import::ReadError;
use crate::import::read::{Cap, Event, LARGEST, MB};
use crate::import::told::{Told, tell};

/// Memory of its own that a reader may have, bytes.
pub const MOST_MEMORY: usize = 256 * 1024 * 1024;
/// Room for the program itself, its stack and what the system maps for it, bytes.
#[cfg(unix)]
const MAPPED: u64 = 256 * 1024 * 1024;
/// Seconds of the processor's time that a reader may take, all in all. Whoever waits for it loses patience long before; this
/// ends a reader for which nobody waits any more.
const MOST_SECONDS: u64 = 120;

/// That a reader ended, with what it may have.
#[must_use]
pub(super) fn broke() -> ReadError {
    ReadError::Broke { memory: MOST_MEMORY as u64 / MB, seconds: MOST_SECONDS }
}

/// The heap, which can be capped.
#[cfg(not(target_os = "linux"))]
#[global_allocator]
static HEAP: cap::Cap<std::alloc::System> = cap::Cap::new(std::alloc::System, usize::MAX);

/// Reads as a reader does; gives its exit status.
#[must_use]
pub fn serve(what: &str) -> u8 {
    let Some(what) = What::of_word(what).filter(|_| limit().is_ok()) else { return 1 };
    #[cfg(debug_assertions)]
    super::trial::misbehave();
    let mut answer = Answer { out: BufWriter::with_capacity(super::BITE, std::io::stdout().lock()), content: Vec::new() };
    u8::from(read(what, &mut answer).and_then(|()| answer.out.flush()).is_err())
}

/// Holds this process to what a reader may have.
fn limit() -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        let memory = MOST_MEMORY as u64;
        // The three files that are open are all that it needs.
        let limits = [
            (Resource::Data, memory),
            (Resource::As, memory + MAPPED),
            (Resource::Cpu, MOST_SECONDS),
            (Resource::Core, 0),
            (Resource::Fsize, 0),
            (Resource::Nofile, 3),
        ];
        for (resource, most) in limits {
            let most = getrlimit(resource).maximum.map_or(most, |already| most.min(already));
            setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) })?;
        }
    }
    #[cfg(not(target_os = "linux"))]
    HEAP.set_limit(MOST_MEMORY).map_err(|()| std::io::Error::from(std::io::ErrorKind::OutOfMemory))?;
    Ok(())
}

/// Where what was read goes.
struct Answer<'o> {
    out: BufWriter<StdoutLock<'o>>,
    content: Vec<u8>,
}

impl Answer<'_> {
    fn say(&mut self, kind: Kind, said: &impl Serialize) -> std::io::Result<()> {
        self.content.clear();
        postcard::to_io(said, &mut self.content).map_err(std::io::Error::other)?;
        put(&mut self.out, kind, &self.content)
    }

    /// A row that is longer than a piece can be is no row of a roster.
    fn tell(&mut self, told: &Told) -> Result<(), ReadError> {
        let said = self.say(Kind::Told, told);
        // While there is nothing to tell, that it goes on is told at once.
        let said = said.and_then(|()| if matches!(told, Told::Of(Event::Unpacking)) { self.out.flush() } else { Ok(()) });
        said.map_err(|e| {
            if e.kind() == std::io::ErrorKind::InvalidInput { ReadError::TooLarge(Cap::Row(super::frames::LONGEST as u64 / MB)) } else { broke() }
        })
    }

    fn end<E: Serialize>(&mut self, ended: Result<(), E>) -> std::io::Result<()> {
        match ended {
            Ok(()) => put(&mut self.out, Kind::End, &[]),
            Err(error) => self.say(Kind::Failed, &error),
        }
    }
}

fn read(what: What, answer: &mut Answer<'_>) -> std::io::Result<()> {
    let files = match received(&mut std::io::stdin().lock())? {
        Ok(files) => files,
        Err(error) => return answer.end(Err(error)),
    };
    match what {
        What::Roster | What::Folder => {
            let told = tell(what == What::Folder, files, &mut |told| answer.tell(&told));
            answer.end(told)
        }
        What::Notice => {
            for (_, content) in &files {
                let text = std::str::from_utf8(content).map_err(|_| notice::NoticeError::Unreadable);
                match text.and_then(notice::read) {
                    Ok(notice) => answer.say(Kind::Told, &notice)?,
                    Err(error) => return answer.end(Err(error)),
                }
            }
            answer.end(Ok::<(), notice::NoticeError>(()))
        }
        What::Photo => photo(&files, answer),
    }
}

#[cfg(feature = "photo")]
fn photo(files: &[(String, Vec<u8>)], answer: &mut Answer<'_>) -> std::io::Result<()> {
    for (_, content) in files {
        match crate::shell::photos::picture(content) {
            Ok(picture) => answer.say(Kind::Told, &picture)?,
            Err(error) => return answer.end(Err(error)),
        }
    }
    answer.end(Ok::<(), crate::shell::photos::NoPhoto>(()))
}

#[cfg(not(feature = "photo"))]
fn photo(_: &[(String, Vec<u8>)], _: &mut Answer<'_>) -> std::io::Result<()> {
    Err(std::io::ErrorKind::Unsupported.into())
}

/// The files that come, each with its name.
type Files = Vec<(String, Vec<u8>)>;

fn received(from: &mut impl Read) -> std::io::Result<Result<Files, ReadError>> {
    let (mut files, mut content) = (Files::new(), Vec::new());
    loop {
        match take(from, &mut content)? {
            Kind::Name => files.push((String::from_utf8_lossy(&content).into_owned(), Vec::new())),
            Kind::Bytes => {
                let Some((_, bytes)) = files.last_mut() else { return Err(std::io::ErrorKind::InvalidData.into()) };
                bytes.extend_from_slice(&content);
                if bytes.len() as u64 > LARGEST {
                    return Ok(Err(ReadError::TooLarge(Cap::File(LARGEST / MB))));
                }
            }
            Kind::End => return Ok(Ok(files)),
            Kind::Told | Kind::Failed => return Err(std::io::ErrorKind::InvalidData.into()),
        }
    }
}
