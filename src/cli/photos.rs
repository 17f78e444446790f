//! `caredesk photos`: the numbers by which photos of collectors are named, and what is wrong with those that are there.
//! Only with cargo feature `photo`. It reads and writes nothing else.

use crate::rules::collect::takers;
use crate::shell::clock::Clock;
use crate::shell::photos::{FOLDER, NoPhoto, photo};
use crate::shell::wall::Wall;
use crate::store::{Kind, Store};
use crate::texts::photo as t;
use crate::wording::Words;

use super::{Desk, Failure};

impl Desk {
    /// Everybody who may collect an enrolled child today, by child; `missing` leaves out those whose photo is shown.
    pub(super) fn photos(&self, missing: bool) -> Result<(), Failure> {
        let store = Store::open_read_only(&self.data).map_err(|e| self.open_failure(&e))?;
        let practice = store.kind() == Kind::Practice;
        let loaded = store.load(Clock::Wall.now()).map_err(|e| self.store_failure(&e))?;
        let now = if practice { loaded.last.unwrap_or(Clock::Wall.now()) } else { Clock::Wall.now() };
        let model = self.model_of(&loaded, now)?;
        let words = Words::of(&model);
        let folder = self.data.join(FOLDER);
        let wall = Wall::default();
        let mut lines = vec![t::folder(self.lang, folder.display())];
        for child in model.names.all().filter_map(|id| model.register.child(id)).filter(|c| c.enrolled) {
            for collector in takers(model.room(), child.id, now.date()) {
                let found = photo(&folder, collector.id, &wall);
                if missing && found.is_ok() {
                    continue;
                }
                let what = match found {
                    Ok(_) => t::here(self.lang),
                    Err(NoPhoto::Absent) => t::absent(self.lang),
                    Err(NoPhoto::TooLarge) => t::too_large(self.lang),
                    Err(NoPhoto::Broken) => t::broken(self.lang),
                };
                let who = words.collector(collector.id);
                lines.push(t::line(self.lang, collector.id.0, words.name_and_class(child.id), who, what));
            }
        }
        lines.push(String::new());
        self.print(&lines.join("\n"))
    }
}
