//! Files of photos by their collectors' numbers, whether they are shown or not: a number that is taken back may be given to somebody
//! else, who must not be seen with another's face.

use std::fs;
use std::path::{Path, PathBuf};

use crate::domain::fact::Fact;
use crate::domain::people::CollectorId;

/// The folder of the photos, in the folder of the store.
pub const FOLDER: &str = "photos";
/// How a photo may end.
const ENDINGS: [&str; 3] = ["jpg", "jpeg", "png"];
/// What stands behind the name of one whose collector is nobody any more.
const OF_NOBODY: &str = "of-nobody";

/// Whom taking this fact back leaves without a record.
#[must_use]
pub fn is_nobody_without(fact: &Fact) -> Option<CollectorId> {
    if let Fact::CollectorSet { was: None, now } = fact { Some(now.id) } else { None }
}

/// The files in the folder of photos that may show a collector, the first that is there counts.
#[must_use]
pub fn named(folder: &Path, collector: CollectorId) -> [PathBuf; 3] {
    ENDINGS.map(|ending| folder.join(format!("{}.{ending}", collector.0)))
}

/// The photos of collectors in the folder of a store.
#[must_use]
pub fn of(data: &Path, collectors: impl Iterator<Item = CollectorId>) -> Vec<PathBuf> {
    let folder = data.join(FOLDER);
    collectors.flat_map(|id| named(&folder, id)).filter(|file| file.exists()).collect()
}

/// Gives the photos of collectors who are on no list any more another name, under which nobody is shown; gives back where each lies now:
/// the old name where it cannot be changed.
pub fn set_aside(data: &Path, collectors: impl Iterator<Item = CollectorId>) -> Vec<PathBuf> {
    let moved = |file: PathBuf| {
        let aside = |n: u32| PathBuf::from(format!("{}.{OF_NOBODY}{}", file.display(), if n == 0 { String::new() } else { format!("-{n}") }));
        let free = (0..100).map(aside).find(|aside| !aside.exists());
        free.filter(|aside| fs::rename(&file, aside).is_ok()).unwrap_or(file)
    };
    of(data, collectors).into_iter().map(moved).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[allow(clippy::unwrap_used)]
    fn a_photo_of_nobody_is_no_photo_of_whoever_gets_the_number() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join(FOLDER);
        fs::create_dir(&folder).unwrap();
        let twelve = || [CollectorId(12)].into_iter();
        for content in ["first", "second"] {
            for name in ["12.jpg", "12.png", "13.jpg"] {
                fs::write(folder.join(name), content).unwrap();
            }
            let aside = set_aside(dir.path(), twelve());
            assert_eq!(aside.len(), 2);
            assert!(aside.iter().all(|file| fs::read_to_string(file).unwrap() == content), "nothing is lost");
            assert!(of(dir.path(), twelve()).is_empty() && folder.join("13.jpg").exists());
        }
    }
}
