//! `caredesk erase`: everything about a child that has left goes, and nothing brings it back (PIPL art. 47, F172).
//!
//! One child is named, or all are taken whose record has been kept for as long as the school keeps records. The list is shown first;
//! a leader agrees; each child is an act of its own. Then the file is written anew, so that nothing lies between its rows, and it is
//! said which earlier files may still hold it. What is kept of days rather than of children is in [`days`], cards of who has left in [`cards`].

use std::fs;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use chrono::{Months, NaiveDate};

use super::leader::Leader;
use super::{Agreed, Desk, Failure, backup};
use crate::desk::Model;
use crate::domain::fact::CardsOf;
use crate::domain::people::{Child, ChildId, CollectorId, StaffId};
use crate::domain::time::Moment;
use crate::rules::office::OfficeAct;
use crate::rules::office::people::PeopleAct;
use crate::rules::{Act, Decision, Objection, Request, Room, decide};
use crate::shell::backup::Workroom;
use crate::shell::photo_files;
use crate::store::{FILE, Kind, Store};
use crate::texts::erasing as t;
use crate::wording::Words;

mod cards;
mod days;

/// Records are kept for so long where a school says nothing else.
const YEARS: u32 = 3;

/// What `erase` takes.
#[derive(clap::Args, Debug)]
#[allow(clippy::struct_excessive_bools)] // the flags of the command, one to one
pub(super) struct EraseWanted {
    /// The child: name or student number / 孩子
    #[arg(value_name = "CHILD", required_unless_present_any = ["due", "days", "cards", "wipe"])]
    who: Option<String>,
    /// Everybody who has left and whose last entry is older than --years / 到期的全部
    #[arg(long, conflicts_with = "who")]
    due: bool,
    /// What was done on days older than the setting "days are kept" says, of everybody / 超过保存期的出入记录
    #[arg(long, conflicts_with_all = ["who", "due"])]
    days: bool,
    /// Cards of children and staff who left more than 90 days ago / 离开满 90 天的孩子和教职工的卡
    #[arg(long, conflicts_with_all = ["who", "due", "days"])]
    cards: bool,
    /// How long the school keeps records, years
    #[arg(long, default_value_t = YEARS, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100))]
    years: u32,
    /// Only show who would be erased / 只列名单
    #[arg(long)]
    dry_run: bool,
    /// Do not ask again / 不再询问
    #[arg(long)]
    yes: bool,
    /// Only write the file anew, after an erasure beside an open desk / 只重写数据文件
    #[arg(long, conflicts_with_all = ["due", "days", "cards", "who", "dry_run"])]
    wipe: bool,
    #[command(flatten)]
    leader: Leader,
}

/// A child on the list.
struct Listed {
    child: Child,
    collectors: Vec<CollectorId>,
    cards: usize,
    entries: i64,
    span: Option<(Moment, Moment)>,
    against: Option<Objection>,
}

impl Desk {
    pub(super) fn erase(&self, wanted: &EraseWanted) -> Result<(), Failure> {
        let mut agreed = self.agreed(&wanted.leader)?;
        self.end_earlier(&mut agreed.store, wanted)?;
        if wanted.days {
            return self.forget_days(wanted, agreed);
        }
        if wanted.cards {
            return self.forget_cards(wanted, agreed);
        }
        let Agreed { mut store, loaded, leader, now } = agreed;
        if wanted.wipe {
            return self.wipe(store, t::wiped(self.lang));
        }
        let model = self.model_of(&loaded, now)?;
        let before = now.date().checked_sub_months(Months::new(12 * wanted.years)).unwrap_or(NaiveDate::MIN);
        let list = self.to_erase(wanted, &store, &model, leader, before)?;
        let (fit, unfit): (Vec<&Listed>, Vec<&Listed>) = list.iter().partition(|l| l.against.is_none());
        let words = Words::of(&model);
        let refusals = unfit.iter().filter_map(|l| Some(t::not_yet(self.lang, &l.child.name, words.objection(l.against.as_ref()?))));
        let mut refusals: Vec<String> = refusals.collect();
        if wanted.due {
            let days = self.days_due(&store, &loaded.register, now)?.and_then(|due| Some((due.entries(), due.span?.1)));
            refusals.extend(days.map(|(n, last)| t::days_too(self.lang, n, last)));
            let goes = |of| fit.iter().any(|l| CardsOf::Child(l.child.id) == of);
            let cards = self.cards_due(&store, &loaded.register, now)?.iter().filter(|due| !goes(due.of)).count();
            refusals.extend((cards > 0).then(|| t::cards_too(self.lang, cards)));
        }
        if fit.is_empty() {
            return if wanted.due {
                self.print_lines(std::iter::once(t::nobody_due(self.lang, before)).chain(refusals))
            } else {
                Err(Failure::refused(refusals.join("\n")))
            };
        }
        let mut lines: Vec<String> = fit.iter().flat_map(|l| self.described(l)).collect();
        lines.extend(refusals);
        lines.push(t::stays(self.lang));
        self.print_lines(lines)?;
        if wanted.dry_run {
            return Ok(());
        }
        self.agrees(wanted, &t::ask(self.lang, fit.len()), u64::try_from(fit.len()).unwrap_or(u64::MAX))?;
        if !store.has_room_to_wipe() {
            return Err(Failure::refused(t::no_room(self.lang)));
        }
        let (ids, names): (Vec<ChildId>, Vec<&str>) = fit.iter().map(|l| (l.child.id, l.child.name.as_str())).unzip();
        let photographed: Vec<CollectorId> = fit.iter().flat_map(|l| l.collectors.iter().copied()).collect();
        let refused = model.register.office().refused.values().filter(|r| names.contains(&r.name.as_str())).map(|r| r.name.clone());
        let refused: Vec<String> = refused.collect();
        for child in &ids {
            self.forget(&mut store, PeopleAct::Erase(*child), leader, now)?;
        }
        let kind = store.kind();
        let wiped = self.wipe(store, t::done(self.lang, ids.len()));
        let photos = photo_files::set_aside(&self.data, photographed.into_iter());
        let remains = self.remains(kind).into_iter().chain(photos.iter().map(|file| t::beside(self.lang, file.display())));
        let refused = (!refused.is_empty()).then(|| t::refused_names(self.lang, refused.join(self.lang.pick("、", ", "))));
        self.print_lines(remains.chain(refused))?;
        wiped
    }

    /// Whoever is named, or everybody whose time is over.
    fn to_erase(
        &self,
        wanted: &EraseWanted,
        store: &Store,
        model: &Model,
        leader: Option<StaffId>,
        before: NaiveDate,
    ) -> Result<Vec<Listed>, Failure> {
        let register = &model.register;
        let children: Vec<&Child> = match &wanted.who {
            Some(typed) => vec![self.picked_child(register, typed)?],
            None => register.children().filter(|child| !child.enrolled).collect(),
        };
        let mut list = Vec::new();
        for child in children {
            let (entries, span) = store.entries_about(child.id).map_err(|e| self.store_failure(&e))?;
            let span = span.map(|(from, until)| (Moment { ms: from, ..model.now }, Moment { ms: until, ..model.now }));
            if wanted.who.is_none() && span.is_some_and(|(_, last)| last.date() >= before) {
                continue;
            }
            let against = decided(model, leader, PeopleAct::Erase(child.id)).objection;
            let collectors = register.all_collectors().filter(|c| c.child == child.id).map(|c| c.id).collect();
            list.push(Listed { child: child.clone(), collectors, cards: register.cards_of(child.id).len(), entries, span, against });
        }
        Ok(list)
    }

    fn described(&self, listed: &Listed) -> [String; 2] {
        let Listed { child, collectors, cards, entries, span, .. } = listed;
        let left = child.withdrawn_on.map_or_else(|| "-".to_owned(), |day| day.to_string());
        let day = |moment: Option<Moment>| moment.map_or_else(|| "-".to_owned(), |m| m.date().to_string());
        let (from, until) = (day(span.map(|s| s.0)), day(span.map(|s| s.1)));
        [t::one(self.lang, &child.name, child.id.0, left, entries, from, until), format!("  {}", t::with(self.lang, collectors.len(), cards))]
    }

    /// Desks go on meanwhile: each act is decided on what is so then.
    fn forget(&self, store: &mut Store, act: PeopleAct, leader: Option<StaffId>, now: Moment) -> Result<(), Failure> {
        let loaded = store.load(now).map_err(|e| self.store_failure(&e))?;
        let model = self.model_of(&loaded, now)?;
        let decision = decided(&model, leader, act);
        if let Some(objection) = decision.objection {
            return Err(Failure::refused(Words::of(&model).objection(&objection)));
        }
        self.write(store, model.head, &decision.drafts, leader, now).map(|_| ())
    }

    /// Whether somebody has typed how many it is.
    fn agrees(&self, wanted: &EraseWanted, question: &str, n: u64) -> Result<(), Failure> {
        if wanted.yes {
            return Ok(());
        }
        if wanted.leader.reads_standard_input() || !std::io::stdin().is_terminal() {
            return Err(Failure::refused(t::yes_needed(self.lang)));
        }
        let mut out = std::io::stderr();
        let _ = write!(out, "{question} ");
        let _ = out.flush();
        let mut typed = String::new();
        let _ = std::io::stdin().read_line(&mut typed);
        if typed.trim() == n.to_string() { Ok(()) } else { Err(Failure::refused(t::not_agreed(self.lang))) }
    }

    /// Ends what an earlier erasure could not: the file is written anew. A list only says that it is to be.
    fn end_earlier(&self, store: &mut Store, wanted: &EraseWanted) -> Result<(), Failure> {
        if wanted.wipe || !store.is_to_be_wiped().map_err(|e| self.store_failure(&e))? {
            return Ok(());
        }
        let is_done = !wanted.dry_run && store.has_room_to_wipe() && store.wipe().unwrap_or(false);
        self.print_lines([if is_done { t::ended(self.lang) } else { t::not_ended(self.lang) }])
    }

    /// Writes the file anew and closes the store.
    fn wipe(&self, mut store: Store, done: String) -> Result<(), Failure> {
        let wiped = store.wipe();
        let _ = store.close();
        // What a killed backup or restore left is a whole store in plain.
        let left = Workroom::inside(&self.data);
        let lines = match (wiped, left) {
            (Ok(true), Ok(_)) => return self.print_lines([done]),
            (Ok(false), _) => vec![t::still_read(self.lang)],
            (Ok(true), Err(e)) => vec![self.backup_failure(&self.data, &e).sentence],
            // It is erased all the same: that is said, and what to do.
            (Err(e), _) => vec![t::not_wiped(self.lang, self.store_failure(&e).sentence)],
        };
        Err(Failure::refused(lines.join("\n")))
    }

    /// Earlier backups, and files beside the store that were a store once.
    fn remains(&self, kind: Kind) -> Vec<String> {
        let folders = [Some(self.data.join(backup::FOLDER)), self.config.backup_folder.clone()];
        let older = folders.into_iter().flatten().filter_map(|folder| {
            let n = backup::backups(&folder, kind, "").len();
            (n > 0).then(|| t::older(self.lang, n, folder.display()))
        });
        let known = ["", "-wal", "-shm", "-head", "-ballast", "-gate", "-suspect"].map(|ending| format!("{FILE}{ending}"));
        let is_part = |name: &str| Path::new(name).extension().is_some_and(|e| e == "part");
        let was_store = |name: &str| (name.starts_with("caredesk.") || is_part(name)) && !known.iter().any(|k| k == name);
        let mut names: Vec<PathBuf> = fs::read_dir(&self.data)
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| path.file_name().and_then(|n| n.to_str()).is_some_and(was_store))
            .collect();
        names.sort();
        older.chain(names.iter().map(|path| t::beside(self.lang, path.display()))).collect()
    }
}

fn decided(model: &Model, leader: Option<StaffId>, act: PeopleAct) -> Decision {
    let act = Act::Office(OfficeAct::People(Box::new(act)));
    decide(Room { keeper: leader, ..model.room() }, &Request::Act(act), model.now)
}
