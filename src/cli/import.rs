//! `caredesk import`: rosters become one act of the journal, or a dry run, or a refusal.

mod columns;

use std::cell::RefCell;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU8, Ordering};

use crate::desk::welcome::{Answers as Told, CARD_DIGITS, Found, RosterProblem};
use crate::domain::day::{ChildDay, Presence, State};
use crate::domain::fact::{Draft, Fact};
use crate::domain::people::{ChildId, Collector, StaffId};
use crate::domain::register::Register;
use crate::domain::settings::CardMode;
use crate::domain::time::Moment;
use crate::import::roster::Reason;
use crate::import::words::read_error;
use crate::import::{Answers, Outcome, Plan, Step, check, plan};
use crate::rules::barred::own_matter;
use crate::rules::duty::is_card_among;
use crate::rules::undo::import::take_back;
use crate::rules::undo::lists_the_barred;
use crate::shell::clock::Clock;
use crate::shell::photo_files;
use crate::shell::screen::ReadRosterResult;
use crate::shell::wall::Wall;
use crate::store::{ActAndLater, Kind, Loaded, Store};
use crate::texts::{self, Lang, import as t};

use super::leader::Leader;
use super::{Desk, Failure};

/// What `import` takes.
#[derive(clap::Args, Debug)]
#[allow(clippy::struct_excessive_bools, clippy::doc_markdown)] // the flags of the command, one to one; the help is plain text
pub(super) struct Wanted {
    /// Files; a folder or zip of a roster system (OneRoster, SDS) / 名册文件，或 OneRoster、SDS 目录或压缩包
    #[arg(required_unless_present = "undo", value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Show what would change; write nothing
    #[arg(long)]
    dry_run: bool,
    /// Import the good rows of a file that has bad ones
    #[arg(long)]
    skip_bad: bool,
    /// One JSON object at the end
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    leader: Leader,
    /// The columns of a file without headings, in their order (姓名,班级,电话; nothing between two commas is not read), or what a
    /// heading means that is not understood (爷爷的电话=家长电话, 蓝卡=不读)
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    columns: Vec<String>,
    /// So many digits all cards have: those that a spreadsheet stored as numbers get their zeros back
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(i64::from(*CARD_DIGITS.start())..=i64::from(*CARD_DIGITS.end())))]
    card_digits: Option<u8>,
    /// Guardians whom a delivery deletes, or a whole one (bulk) no longer names, lose the right to collect
    #[arg(long)]
    end_missing: bool,
    /// Who else of a delivery collects beside parents and guardians (relative,aide)
    #[arg(long, value_name = "ROLES", value_delimiter = ',')]
    also: Vec<String>,
    /// Take the last import back, all of it, while nothing rests on it; the record keeps both
    #[arg(long, conflicts_with_all = ["files", "dry_run", "skip_bad", "columns", "card_digits", "end_missing", "also"])]
    undo: bool,
}

impl Desk {
    pub(super) fn import(&self, wanted: &Wanted) -> Result<(), Failure> {
        if wanted.undo {
            return self.undo_import(wanted);
        }
        let files = &wanted.files;
        let reader = Wall::default();
        let unreadable = |(file, e): (PathBuf, _)| {
            let sentence = read_error(self.lang, &file, &e);
            if wanted.json {
                let _ = writeln!(std::io::stdout(), "{}", serde_json::json!({ "error": &sentence, "file": file.display().to_string() }));
            }
            Failure::refused(sentence)
        };
        let mut bar = Bar::new(self.lang);
        bar.show(Step::Reading(0.0)); // a new store has the file read once before it is made
        let mut store = if wanted.dry_run && !self.data.join(crate::store::FILE).exists() {
            Store::memory().map_err(|e| self.open_failure(&e))?
        } else {
            // Nothing is made before a file could be read: a wrong name leaves no empty store behind.
            if !self.data.join(crate::store::FILE).exists() {
                for file in files {
                    check(file, &reader).map_err(|e| unreadable((file.clone(), e)))?;
                }
            }
            self.open(Kind::Real, true)?
        };
        bar.clear();
        let now = Clock::Wall.now();
        // A dry run too: what it prints of the register is for who may change it.
        let leader = self.leader_agrees(&mut store, &wanted.leader, now)?;
        let loaded = store.load(now).map_err(|e| self.store_failure(&e))?;
        let settings = self.setup(false)?.settings.overlaid(loaded.register.office());
        let mut answers = Answers {
            end_missing: wanted.end_missing,
            also: wanted.also.clone(),
            headings: self.config.headings.clone(),
            columns: wanted.columns.clone(),
            card_digits: wanted.card_digits.map(usize::from),
            now: Some(now),
            here: here(loaded.day.state()),
            families_keep_cards: settings.card_mode == CardMode::Held,
        };
        let unread = RefCell::new(None);
        let past = |child: ChildId| {
            store.past_of(child).unwrap_or_else(|e| {
                *unread.borrow_mut() = Some(e);
                Vec::new()
            })
        };
        let mut read = |answers: &Answers| {
            let plan = plan(files, (&loaded.register, &past), answers, &reader, &mut |step| bar.show(step));
            bar.clear();
            plan
        };
        let mut plan = if may_ask(wanted) && std::io::stdout().is_terminal() {
            columns::ask(self.lang, &mut answers, &mut read)?.map_err(unreadable)?
        } else {
            read(&answers).map_err(unreadable)?
        };
        if self.wants_to_end(&plan, wanted)? {
            answers.end_missing = true;
            plan = read(&answers).map_err(unreadable)?;
        }
        if let Some(e) = unread.into_inner() {
            return Err(self.store_failure(&e));
        }
        if !wanted.dry_run
            && let Some(leader) = leader
        {
            self.no_own_matter(&loaded, plan.drafts.iter().map(|d| &d.fact), leader, now)?;
        }
        let head = loaded.head;
        drop(loaded);
        let refused = plan.refused.len();
        let bad = refused > 0 && !wanted.skip_bad;
        // The report is put together first: recording takes the facts, for of a large roster there should be only one copy.
        let report = self.report(&plan, wanted, bad);
        let drafts = plan.drafts;
        if !wanted.dry_run && !bad && !drafts.is_empty() {
            let recorded = self.write_all(&mut store, head, (drafts, leader), now, &mut |share| bar.show(Step::Writing(share)));
            bar.clear();
            recorded?;
        }
        bar.clear();
        let _ = store.close();
        self.print(&report)?;
        if bad { Err(Failure::refused(texts::import_refused(self.lang, refused))) } else { Ok(()) }
    }

    /// Whether whoever sits at the terminal says that those whom the delivery no longer has shall not collect any more.
    fn wants_to_end(&self, plan: &Plan, wanted: &Wanted) -> Result<bool, Failure> {
        let leaving = plan.leaving.iter().filter(|l| l.outcome == Outcome::Stays).count();
        let stopped = !plan.refused.is_empty() && !wanted.skip_bad;
        if leaving == 0 || stopped || wanted.dry_run || !may_ask(wanted) {
            return Ok(false);
        }
        let _ = std::io::stderr().write_all(plan.text(self.lang, true, false).as_bytes());
        let _ = write!(std::io::stderr(), "{} ", t::end_question(self.lang, leaving));
        let _ = std::io::stderr().flush();
        Ok(typed()?.eq_ignore_ascii_case("y"))
    }

    /// Refuses what a leader would change about a child from whom he is barred, or on whose list he would stand.
    fn no_own_matter<'f>(&self, loaded: &Loaded, facts: impl Iterator<Item = &'f Fact>, leader: StaffId, now: Moment) -> Result<(), Failure> {
        match own_matter(&loaded.register, facts, leader, now.date()) {
            None => Ok(()),
            Some(child) => {
                let name = loaded.register.child(child).map_or_else(String::new, |c| c.name.clone());
                Err(Failure::refused(t::own_matter(self.lang, name)))
            }
        }
    }

    fn undo_import(&self, wanted: &Wanted) -> Result<(), Failure> {
        let mut store = self.open(Kind::Real, false)?;
        let now = Clock::Wall.now();
        let leader = self.leader_agrees(&mut store, &wanted.leader, now)?;
        let head = store.head().map_err(|e| self.store_failure(&e))?;
        let Some(ActAndLater { act, later }) = store.last_import().map_err(|e| self.store_failure(&e))? else {
            return Err(Failure::refused(t::no_import_to_undo(self.lang)));
        };
        let loaded = store.load(now).map_err(|e| self.store_failure(&e))?;
        if let Some(child) = lists_the_barred(&loaded.register, act.iter(), now.date()) {
            let name = loaded.register.child(child).map_or("", |child| &child.name);
            return Err(Failure::refused(t::import_lists_barred(self.lang, name)));
        }
        if let Some(leader) = leader {
            self.no_own_matter(&loaded, act.iter().map(|e| &e.fact), leader, now)?;
        }
        let drafts = take_back(&loaded.register, &act, &later, now.date()).map_err(|seq| Failure::refused(t::import_rests(self.lang, seq.0)))?;
        self.write(&mut store, head, &drafts, leader, now)?;
        let file = act.iter().find_map(|e| if let Fact::Imported { file, .. } = &e.fact { Some(file.clone()) } else { None }).unwrap_or_default();
        let _ = store.close();
        photo_files::set_aside(&self.data, act.iter().filter_map(|e| photo_files::is_nobody_without(&e.fact)));
        let line = self.undone(&loaded.register, &file, &drafts, wanted.json);
        self.print(&format!("{line}\n"))
    }

    /// What is said of an import that was taken back: how much, and who is barred all the same.
    fn undone(&self, register: &Register, file: &str, drafts: &[Draft], json: bool) -> String {
        let kept: Vec<&Collector> =
            drafts.iter().filter_map(|d| if let Fact::CollectorSet { now, .. } = &d.fact { Some(&**now) } else { None }).collect();
        let undone = drafts.len().saturating_sub(kept.len());
        let child = |bar: &Collector| register.child(bar.child).map_or("", |child| child.name.as_str());
        if json {
            let kept: Vec<&str> = kept.iter().map(|bar| child(bar)).collect();
            return serde_json::json!({ "undone": undone, "file": file, "still_barred": kept }).to_string();
        }
        let who = |bar: &Collector| if bar.name.is_empty() { bar.relation.clone() } else { bar.name.clone() };
        let still = kept.iter().map(|bar| t::import_undone_still_barred(self.lang, child(bar), who(bar)));
        std::iter::once(t::import_undone(self.lang, file, undone)).chain(still).collect::<Vec<_>>().join("\n")
    }

    fn report(&self, plan: &Plan, wanted: &Wanted, bad: bool) -> String {
        if wanted.json { plan.json(self.lang) + "\n" } else { plan.text(self.lang, wanted.dry_run, bad) }
    }

    /// What a roster would change in an empty store, a line each, and whether it can be written.
    pub(super) fn read_roster(&self, file: &Path, answers: &Told, wall: &Wall, percent: &AtomicU8) -> ReadRosterResult {
        let mut step = |step| percent.store(percent_of(step).1, Ordering::Relaxed);
        let plan = self.plan_roster(&[file.to_owned()], &Register::default(), answers.card_digits, wall, &mut step);
        let plan = plan.map_err(RosterProblem::Unreadable)?;
        if answers.pin.as_ref().is_some_and(|pin| is_card_among(&pin.0, plan.drafts.iter().map(|draft| &draft.fact))) {
            return Err(RosterProblem::PinIsCard);
        }
        let lost_zeros = plan.refused.iter().any(|r| matches!(r.reason, Reason::CardLostZeros(_)));
        let found = match plan.refused.is_empty() && !plan.drafts.is_empty() {
            true => Found::Good,
            false if lost_zeros => Found::WantsDigits,
            false => Found::Refused,
        };
        let mut lines: Vec<String> = plan.text(self.lang, true, found != Found::Good).lines().map(str::to_owned).collect();
        // What is in the way comes before what is not.
        lines.sort_by_key(|line| !line.starts_with('!'));
        lines.rotate_right(1); // the counts first
        Ok((lines, found))
    }

    /// What files would change in a register.
    pub(super) fn plan_roster(
        &self,
        files: &[PathBuf],
        register: &Register,
        card_digits: Option<usize>,
        wall: &Wall,
        step: &mut dyn FnMut(Step),
    ) -> Result<Plan, String> {
        let answers = Answers { headings: self.config.headings.clone(), card_digits, now: Some(Clock::Wall.now()), ..Answers::default() };
        // A store that is being made has no past.
        plan(files, (register, &|_| Vec::new()), &answers, wall, step).map_err(|(file, e)| read_error(self.lang, &file, &e))
    }
}

/// Whether somebody sits at a terminal who can be asked.
fn may_ask(wanted: &Wanted) -> bool {
    !wanted.json && std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

/// A line that somebody typed.
fn typed() -> Result<String, Failure> {
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).map_err(|e| Failure::refused(e.to_string()))?;
    Ok(line.trim().to_owned())
}

/// Who is here or out with a group.
fn here(state: &State) -> Vec<ChildId> {
    let is_here = |day: &ChildDay| matches!(day.presence(), Presence::In(_) | Presence::Out(..));
    state.children().filter(|(_, day)| is_here(day)).map(|(id, _)| id).collect()
}

/// Which part of the work it is, and how much of it is done, percent.
fn percent_of(step: Step) -> (u8, u8) {
    let (phase, share) = match step {
        Step::Reading(share) => (0, share),
        Step::Comparing(share) => (1, share),
        Step::Writing(share) => (2, share),
    };
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // 0 to 100
    let percent = (share.clamp(0.0, 1.0) * 100.0) as u8;
    (phase, percent)
}

/// How far the import is, on one line of a terminal; nothing anywhere else.
struct Bar {
    lang: Lang,
    on: bool,
    shown: Option<(u8, u8)>,
}

impl Bar {
    const WIDTH: usize = 24;

    fn new(lang: Lang) -> Self {
        Self { lang, on: std::io::stderr().is_terminal(), shown: None }
    }

    fn show(&mut self, step: Step) {
        let (phase, percent) = percent_of(step);
        if !self.on || self.shown == Some((phase, percent)) {
            return;
        }
        self.shown = Some((phase, percent));
        let full = usize::from(percent) * Self::WIDTH / 100;
        let bar = format!("[{}{}]", "#".repeat(full), "·".repeat(Self::WIDTH - full));
        let text = match step {
            Step::Reading(_) => t::reading(self.lang, percent, bar),
            Step::Comparing(_) => t::comparing(self.lang, percent, bar),
            Step::Writing(_) => t::writing(self.lang, percent, bar),
        };
        let _ = write!(std::io::stderr(), "\r\x1b[K{text}");
        let _ = std::io::stderr().flush();
    }

    fn clear(&mut self) {
        if self.on && self.shown.take().is_some() {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
            let _ = std::io::stderr().flush();
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.clear();
    }
}
