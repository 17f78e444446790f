//! `caredesk import`: rosters become one act of the journal, or a dry run, or a refusal.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use crate::domain::register::Register;
use crate::import::words::read_error;
use crate::import::{Answers, Plan, Step, check, plan};
use crate::shell::clock::Clock;
use crate::store::{Kind, Recorded, Stamp, Store};
use crate::texts::{self, Lang, import as t};

use super::{COMMAND_DESK, Desk, Failure};

/// What `import` takes.
#[derive(clap::Args, Debug)]
#[allow(clippy::struct_excessive_bools)] // the flags of the command, one to one
pub(super) struct Wanted {
    /// Files; a folder or zip with OneRoster or SDS files / 名册文件，或 OneRoster、SDS 目录或压缩包
    #[arg(required = true, value_name = "FILE")]
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
    /// Read the leader's PIN from standard input
    #[arg(long)]
    pin_stdin: bool,
    /// The columns of a file without headings, in their order (姓名,班级,电话; nothing between two commas is not read)
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    columns: Vec<String>,
    /// So many digits all cards have: those that a spreadsheet stored as numbers get their zeros back
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(4..=20))]
    card_digits: Option<u8>,
}

impl Desk {
    pub(super) fn import(&self, wanted: &Wanted) -> Result<(), Failure> {
        let files = &wanted.files;
        let unreadable = |(file, e): (PathBuf, _)| Failure::refused(read_error(self.lang, &file, &e));
        let mut store = if wanted.dry_run && !self.data.join(crate::store::FILE).exists() {
            Store::memory().map_err(|e| self.open_failure(&e))?
        } else {
            // Nothing is made before a file could be read: a wrong name leaves no empty store behind.
            if !self.data.join(crate::store::FILE).exists() {
                for file in files {
                    check(file).map_err(|e| unreadable((file.clone(), e)))?;
                }
            }
            self.open(Kind::Real, true)?
        };
        let now = Clock::Wall.now();
        let mut loaded = store.load(now).map_err(|e| self.store_failure(&e))?;
        if !wanted.dry_run {
            self.leader_agrees(&mut store, &loaded, wanted.pin_stdin, now)?;
            loaded = store.load(now).map_err(|e| self.store_failure(&e))?;
        }
        let answers = Answers {
            headings: self.config.headings.clone(),
            columns: wanted.columns.clone(),
            card_digits: wanted.card_digits.map(usize::from),
            today: Some(now.date()),
        };
        let mut bar = Bar::new(self.lang);
        let plan = plan(files, &loaded.register, &answers, &mut |step| bar.show(step)).map_err(|e| {
            bar.clear();
            unreadable(e)
        })?;
        let head = loaded.head;
        drop(loaded);
        let bad = !plan.refused.is_empty() && !wanted.skip_bad;
        let mut raced = false;
        if !wanted.dry_run && !bad && !plan.drafts.is_empty() {
            bar.say(&t::writing(self.lang));
            let stamp = Stamp { now, desk: COMMAND_DESK.to_owned(), staff: None };
            raced = match store.record(head, &plan.drafts, &stamp).map_err(|e| self.store_failure(&e))? {
                Recorded::Done(_) => false,
                Recorded::Behind(_) => true,
            };
        }
        bar.clear();
        if raced {
            return Err(Failure::refused(texts::import_raced(self.lang)));
        }
        self.report(&plan, wanted, bad);
        let _ = store.close();
        if bad { Err(Failure::refused(texts::import_refused(self.lang, plan.refused.len()))) } else { Ok(()) }
    }

    fn report(&self, plan: &Plan, wanted: &Wanted, bad: bool) {
        let mut out = std::io::BufWriter::new(std::io::stdout().lock());
        // A reader that has gone away needs no report.
        let _ = if wanted.json { writeln!(out, "{}", plan.json(self.lang)) } else { plan.write(self.lang, wanted.dry_run, bad, &mut out) };
        let _ = out.flush();
    }

    /// What a roster would change in an empty store, a line each, and whether it can be written.
    pub(super) fn read_roster(&self, file: &Path) -> Result<(Vec<String>, bool), String> {
        let plan = self.plan_roster(&[file.to_owned()], &Register::default())?;
        let good = plan.refused.is_empty() && !plan.drafts.is_empty();
        let mut lines: Vec<String> = plan.text(self.lang, true, !good).lines().map(str::to_owned).collect();
        lines.rotate_right(1); // the counts first
        Ok((lines, good))
    }

    /// What files would change in a register.
    pub(super) fn plan_roster(&self, files: &[PathBuf], register: &Register) -> Result<Plan, String> {
        let answers = Answers { headings: self.config.headings.clone(), today: Some(Clock::Wall.now().date()), ..Answers::default() };
        plan(files, register, &answers, &mut |_| ()).map_err(|(file, e)| read_error(self.lang, &file, &e))
    }
}

/// How far the import is, on one line of a terminal; nothing anywhere else.
struct Bar {
    lang: Lang,
    on: bool,
    shown: Option<(bool, u8)>,
}

impl Bar {
    const WIDTH: usize = 24;

    fn new(lang: Lang) -> Self {
        Self { lang, on: std::io::stderr().is_terminal(), shown: None }
    }

    fn show(&mut self, step: Step) {
        let (reading, share) = match step {
            Step::Reading(share) => (true, share),
            Step::Comparing(share) => (false, share),
        };
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // 0 to 100
        let percent = (share.clamp(0.0, 1.0) * 100.0) as u8;
        if !self.on || self.shown == Some((reading, percent)) {
            return;
        }
        self.shown = Some((reading, percent));
        let full = usize::from(percent) * Self::WIDTH / 100;
        let bar = format!("[{}{}]", "#".repeat(full), "·".repeat(Self::WIDTH - full));
        self.say(&if reading { t::reading(self.lang, percent, bar) } else { t::comparing(self.lang, percent, bar) });
    }

    fn say(&mut self, text: &str) {
        if self.on {
            self.shown.get_or_insert((true, 0));
            let _ = write!(std::io::stderr(), "\r\x1b[K{text}");
            let _ = std::io::stderr().flush();
        }
    }

    fn clear(&mut self) {
        if self.on && self.shown.take().is_some() {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
            let _ = std::io::stderr().flush();
        }
    }
}
