//! The command line: arguments become one of the commands, a command becomes an exit status.
//!
//! Status: 0 done, 1 refused or found wrong, 2 bad usage, 3 the store cannot be opened. An error is one sentence on
//! standard error: what, where, what to do.

mod backup;
mod calendar;
mod cards;
mod doctor;
mod erase;
mod files;
mod first_start;
mod import;
mod leader;
#[cfg(feature = "photo")]
mod photos;
mod restore;
mod seal;
mod staff;

use std::ffi::OsString;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::{CommandFactory, Parser, Subcommand, ValueEnum};

use crate::config::{Config, ConfigError};
use crate::desk::appearance::{Appearance, Colours};
use crate::desk::said::{Misread, Notice};
use crate::domain::fact::Seq;
use crate::domain::people::StaffId;
use crate::domain::time::{Moment, moment, time_of_day};
use crate::shell::backup::itself::ByItself;
use crate::shell::clock::Clock;
use crate::shell::practice::{self, Plan};
use crate::shell::screen::{self, Screen, ScreenError};
use crate::shell::session::{Session, Setup};
use crate::shell::wall::{self, Wall};
use crate::shell::{discreet, line, notices, rescue};
use crate::store::{Flaw, Kind, Loaded, OpenError, Problem, Sealed, Store, StoreError};
use crate::texts::{self, Lang, faults};

use seal::NoKey;

/// The name under which commands enter what they enter.
const COMMAND_DESK: &str = "command";

/// caredesk: the front desk of an after-school care room / 课后托管前台
#[derive(Parser, Debug)]
#[command(name = "caredesk", version, about, disable_help_subcommand = false)]
struct Arguments {
    /// Folder of the store / 数据目录
    #[arg(long, global = true, env = "CAREDESK_DATA", value_name = "DIR")]
    data: Option<PathBuf>,
    /// This desk's configuration, TOML / 本台配置
    #[arg(long, global = true, env = "CAREDESK_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    /// Language / 语言
    #[arg(long, global = true, env = "CAREDESK_LANG", value_enum)]
    lang: Option<LangArgument>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Clone, Copy, ValueEnum, Debug)]
enum LangArgument {
    Zh,
    En,
}

impl LangArgument {
    fn spoken(self) -> Lang {
        match self {
            Self::Zh => Lang::Zh,
            Self::En => Lang::En,
        }
    }
}

#[derive(Subcommand, Debug)]
enum Command {
    /// The same desk, a line at a time: for screen readers, serial consoles, scripts / 行模式
    Line {
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// A room with invented children and a simulated clock / 演练
    Practice {
        /// Start at this time with nobody arrived yet (17:55 or 2026-09-07T17:55)
        #[arg(long, value_name = "T")]
        at: Option<String>,
        /// How fast the clock runs
        #[arg(long, default_value_t = 1.0, value_name = "X")]
        speed: f64,
        /// So many invented children instead of the afternoon's
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=i64::from(practice::MOST_CHILDREN)))]
        children: Option<u32>,
        /// The seed from which they are invented
        #[arg(long, default_value_t = 1, value_name = "S")]
        seed: u64,
        /// Line mode
        #[arg(long)]
        line: bool,
        /// One JSON object a line (with --line)
        #[arg(long, requires = "line")]
        json: bool,
    },
    /// Rosters of children, collectors, cards, staff (.xlsx .xls .ods .csv .tsv, `OneRoster` or SDS folder or zip) / 导入名册
    Import(import::Wanted),
    /// Staff / 教职工
    Staff {
        #[command(subcommand)]
        command: staff::StaffCommand,
    },
    /// Cards / 卡片
    Cards {
        #[command(subcommand)]
        command: cards::CardsCommand,
    },
    /// Counts and names by place and state, now or at a past moment / 现况
    Status {
        /// One JSON object
        #[arg(long)]
        json: bool,
        /// A past moment (17:08 or 2026-09-07T17:08)
        #[arg(long, value_name = "T")]
        at: Option<String>,
    },
    /// What kind of day each day of a month is, and when there is care / 校历
    Calendar {
        /// One JSON object
        #[arg(long)]
        json: bool,
        /// The month (2026-10) instead of this one
        #[arg(long, value_name = "YYYY-MM")]
        month: Option<String>,
    },
    /// Numbers by which photos of collectors are named, and what is there / 照片
    #[cfg(feature = "photo")]
    Photos {
        /// Only those without a photo that can be shown
        #[arg(long)]
        missing: bool,
    },
    /// Integrity of the file, the chain, and tables equal to the journal / 校验
    Verify {
        /// One JSON object
        #[arg(long)]
        json: bool,
    },
    /// Files of the register, of attendance, of one child / 导出
    Export {
        #[command(subcommand)]
        command: files::ExportCommand,
    },
    /// An encrypted copy of the store, opened again and checked; old ones go by their age / 备份
    Backup(backup::BackupWanted),
    /// Puts a backup in the place of the store, whose files are kept / 恢复
    Restore(restore::RestoreWanted),
    /// Erases, for ever, everything about a child that has left, or cards and days that are kept no more / 删除个人信息
    Erase(erase::EraseWanted),
    /// Looks at the computer round the desk: OK, or NOT with what to do / 体检
    Doctor {
        /// One JSON list
        #[arg(long)]
        json: bool,
    },
    /// Reads what comes on standard input behind the wall; the program starts itself so
    #[command(name = wall::COMMAND, hide = true)]
    ReadHandedIn {
        /// What it is
        what: String,
    },
    /// Completions for a shell / 命令补全
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
}

/// Why a command ends with another status than 0, and the sentence for it; an empty sentence was said already.
struct Failure {
    status: u8,
    sentence: String,
}

impl Failure {
    fn refused(sentence: impl Into<String>) -> Self {
        Self { status: 1, sentence: sentence.into() }
    }

    fn usage(sentence: impl Into<String>) -> Self {
        Self { status: 2, sentence: sentence.into() }
    }

    fn store(sentence: impl Into<String>) -> Self {
        Self { status: 3, sentence: sentence.into() }
    }
}

/// A store that a leader opened for a command.
struct Agreed {
    store: Store,
    loaded: Loaded,
    /// Whose PIN it was; `None` while nobody leads.
    leader: Option<StaffId>,
    now: Moment,
}

/// Runs a command; gives its exit status.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    discreet::leave_no_dump();
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            let _ = error.print();
            return if error.use_stderr() { 2 } else { 0 };
        }
    };
    discreet::panic_without_names(arguments.lang.map_or(Lang::Zh, LangArgument::spoken));
    if let Some(Command::ReadHandedIn { what }) = &arguments.command {
        return wall::inside::serve(what);
    }
    match Desk::new(&arguments).and_then(|desk| desk.run(arguments.command)) {
        Ok(()) => 0,
        Err(Failure { status, sentence }) => {
            if !sentence.is_empty() {
                let _ = writeln!(std::io::stderr(), "caredesk: {sentence}");
            }
            status
        }
    }
}

/// What all commands need: where the store is, how this desk is set up, in which language it speaks.
struct Desk {
    data: PathBuf,
    config: Config,
    /// Where the configuration of this desk lies, or would.
    config_folder: Option<PathBuf>,
    /// The configuration that was named, or is there.
    config_file: Option<PathBuf>,
    lang: Lang,
    /// What of the configuration a desk left out.
    misread: Vec<Misread>,
}

impl Desk {
    fn new(arguments: &Arguments) -> Result<Self, Failure> {
        let lang = arguments.lang.map(LangArgument::spoken);
        let speak = lang.unwrap_or(Lang::Zh);
        let folders = directories::ProjectDirs::from("", "", "caredesk");
        let data = arguments.data.clone().or_else(|| folders.as_ref().map(|f| f.data_dir().to_owned()));
        let data = data.ok_or_else(|| Failure::usage(texts::no_home(speak)))?;
        let config_file = arguments.config.clone().or_else(|| folders.as_ref().map(|f| f.config_dir().join("caredesk.toml")));
        let config_folder = config_file.as_deref().and_then(Path::parent).map(Path::to_owned);
        let named = config_file.clone().filter(|file| arguments.config.is_some() || file.exists());
        // A desk opens all the same and says what it left out; a command is typed again.
        let is_desk = match &arguments.command {
            None | Some(Command::Line { .. } | Command::Practice { .. }) => true,
            Some(Command::Backup(wanted)) => wanted.is_by_itself(), // the desk asks for it
            Some(_) => false,
        };
        let (config, misread) = match config_file {
            Some(file) if is_desk => Config::read_for_desk(&file, arguments.config.is_some()),
            Some(file) => (Config::read(&file, arguments.config.is_some()).map_err(|e| config_failure(speak, &file, &e))?, Vec::new()),
            None => (Config::default(), Vec::new()),
        };
        let lang = lang.or(match config.lang.as_deref() {
            Some("en") => Some(Lang::En),
            Some("zh") => Some(Lang::Zh),
            _ => None,
        });
        Ok(Self { data, config, config_folder, config_file: named, lang: lang.unwrap_or(Lang::Zh), misread })
    }

    fn run(self, command: Option<Command>) -> Result<(), Failure> {
        match command {
            None => self.full_screen(),
            Some(Command::Line { json }) => {
                let mut session = self.real_session()?;
                self.run_lines(&mut session, json)?;
                session.close();
                Ok(())
            }
            Some(Command::Practice { at, speed, children, seed, line, json }) => self.practice(at.as_deref(), speed, children, seed, line, json),
            Some(Command::Import(wanted)) => self.import(&wanted),
            Some(Command::Staff { command }) => self.staff(command),
            Some(Command::Status { json, at }) => self.status(json, at.as_deref()),
            Some(Command::Verify { json }) => self.verify(json),
            Some(Command::Calendar { json, month }) => self.calendar(json, month.as_deref()),
            #[cfg(feature = "photo")]
            Some(Command::Photos { missing }) => self.photos(missing),
            Some(Command::Cards { command }) => self.cards(command),
            Some(Command::Export { command }) => self.export(command),
            Some(Command::Backup(wanted)) => self.backup(&wanted),
            Some(Command::Restore(wanted)) => self.restore(&wanted),
            Some(Command::Erase(wanted)) => self.erase(&wanted),
            Some(Command::Doctor { json }) => self.doctor(json),
            // Answered before there is a desk.
            Some(Command::ReadHandedIn { .. }) => Ok(()),
            Some(Command::Completions { shell }) => {
                clap_complete::generate(shell, &mut Arguments::command(), "caredesk", &mut std::io::stdout());
                Ok(())
            }
        }
    }

    // ---- desks ----

    fn setup(&self, practice: bool) -> Result<Setup, Failure> {
        let settings = self.config.settings().map_err(|e| config_failure(self.lang, Path::new("caredesk.toml"), &e))?;
        let mut settings = if practice { practice::settings(settings) } else { settings };
        if !practice || self.data_was_named() {
            settings.notices = notices::read(&self.data, &Wall::default());
        }
        let default = if practice { "practice" } else { "desk-1" };
        let desk = self.config.desk.clone().unwrap_or_else(|| default.to_owned());
        Ok(Setup { settings, desk, lang: self.lang, practice, appearance: self.appearance()? })
    }

    /// Colours and signs as configuration and environment want them; the environment has the last word.
    fn appearance(&self) -> Result<Appearance, Failure> {
        let mut appearance = self.config.appearance().map_err(|e| config_failure(self.lang, Path::new("caredesk.toml"), &e))?;
        let set = |name: &str| std::env::var_os(name).is_some_and(|v| !v.is_empty());
        if set("NO_COLOR") || std::env::var("TERM").is_ok_and(|t| t == "dumb") {
            appearance.colours = Colours::None;
        }
        if let Some(colours) = std::env::var("CAREDESK_THEME").ok().and_then(|word| Colours::from_word(&word)) {
            appearance.colours = colours;
        }
        appearance.ascii |= set("CAREDESK_ASCII");
        Ok(appearance)
    }

    fn open(&self, kind: Kind, create: bool) -> Result<Store, Failure> {
        let without = if create { NoKey::MakeForNew } else { NoKey::Leave };
        Store::open(&self.data, kind, create).and_then(|store| self.sealed(store, without)).map_err(|e| self.open_failure(&e))
    }

    /// The store for a desk: where it cannot be written, it shows at least who is here.
    fn open_desk(&self) -> Result<Store, Failure> {
        Store::open_or_read(&self.data, Kind::Real).and_then(|store| self.sealed(store, NoKey::Make)).map_err(|e| self.open_failure(&e))
    }

    fn real_session(&self) -> Result<Session, Failure> {
        let store = self.open_desk()?;
        self.session(store, Clock::Wall, false)
    }

    fn session(&self, store: Store, clock: Clock, practice: bool) -> Result<Session, Failure> {
        let mut session = Session::start(store, clock, self.setup(practice)?).map_err(|e| self.store_failure(&e))?;
        self.tell_misread(&mut session);
        Ok(session)
    }

    fn tell_misread(&self, session: &mut Session) {
        for misread in &self.misread {
            session.model.notice(Notice::Misread(misread.clone()));
        }
    }

    fn full_screen(&self) -> Result<(), Failure> {
        if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
            return Err(Failure::usage(texts::no_terminal(self.lang)));
        }
        if self.data.join(crate::store::FILE).exists() {
            let (store, setup) = (self.open_desk()?, self.setup(false)?);
            if store.head().map_err(|e| self.store_failure(&e))? == Seq(0) {
                drop(store);
                return self.first_start();
            }
            let screen = Screen::take().map_err(|e| self.terminal_failure(&e))?.with_backups(self.by_itself());
            return self.show(screen, store, Clock::Wall, setup, |_| {});
        }
        match Store::open_read_only(&self.data) {
            Err(e @ (OpenError::Orphan | OpenError::Lost { .. })) => Err(self.open_failure(&e)),
            Ok(_) | Err(_) => self.first_start(),
        }
    }

    /// The backups that a desk makes by itself.
    fn by_itself(&self) -> ByItself {
        ByItself::new(&self.data, self.config_file.as_deref(), self.lang.pick("zh", "en"))
    }

    fn show(&self, screen: Screen, store: Store, clock: Clock, setup: Setup, prepare: impl FnOnce(&mut Session)) -> Result<(), Failure> {
        let prepare = |session: &mut Session| {
            self.tell_misread(session);
            prepare(session);
        };
        screen.run(store, clock, setup, prepare).map_err(|e| match e {
            ScreenError::Terminal(e) => self.terminal_failure(&e),
            ScreenError::Store(e) => self.store_failure(&e),
        })
    }

    fn run_lines(&self, session: &mut Session, json: bool) -> Result<(), Failure> {
        match line::run(session, json, std::io::stdin().lock(), std::io::stdout().lock()) {
            Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => Err(self.terminal_failure(&e)),
            Ok(()) | Err(_) => Ok(()),
        }
    }

    fn practice(&self, from: Option<&str>, pace: f64, children: Option<u32>, seed: u64, by_line: bool, as_json: bool) -> Result<(), Failure> {
        if by_line {
            let (store, clock) = self.practice_room(from, pace, children, seed, self.data_was_named())?;
            let mut session = self.session(store, clock, true)?;
            self.run_lines(&mut session, as_json)?;
            session.close();
            return Ok(());
        }
        if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
            return Err(Failure::usage(texts::no_terminal(self.lang)));
        }
        let (store, clock) = self.practice_room(from, pace, children, seed, self.data_was_named())?;
        let screen = Screen::take().map_err(|e| self.terminal_failure(&e))?;
        self.show_practice(screen, store, clock, from.is_none() && children.is_none())
    }

    fn show_practice(&self, screen: Screen, store: Store, clock: Clock, guided: bool) -> Result<(), Failure> {
        self.show(screen, store, clock, self.setup(true)?, |session| {
            if guided {
                session.model.begin_guide();
            }
        })
    }

    /// The store and the clock of a practice room.
    fn practice_room(&self, from: Option<&str>, pace: f64, children: Option<u32>, seed: u64, kept: bool) -> Result<(Store, Clock), Failure> {
        let lived_in = from.is_none() && children.is_none();
        let base = practice::practice_day(time_of_day("17:40").unwrap_or_default());
        let start = match from {
            None => base,
            Some(text) => moment(text, base).ok_or_else(|| Failure::usage(texts::bad_time(self.lang, text)))?,
        };
        if !(pace > 0.0 && pace <= 10_000.0) {
            return Err(Failure::usage(texts::bad_speed(self.lang)));
        }
        let mut store = if kept { self.open(Kind::Practice, true)? } else { Store::memory().map_err(|e| self.open_failure(&e))? };
        if store.head().map_err(|e| self.store_failure(&e))?.0 == 0 {
            practice::furnish(&mut store, Plan { start, lived_in, children, seed }).map_err(|e| self.store_failure(&e))?;
        }
        Ok((store, Clock::simulated(start, pace)))
    }

    /// Whether the folder was named on the command line or in the environment; a practice room is kept only then.
    fn data_was_named(&self) -> bool {
        directories::ProjectDirs::from("", "", "caredesk").is_none_or(|f| f.data_dir() != self.data)
    }

    // ---- looking ----

    fn status(&self, json: bool, at: Option<&str>) -> Result<(), Failure> {
        let store = Store::open_read_only(&self.data).map_err(|e| self.open_failure(&e))?;
        let practice = store.kind() == Kind::Practice;
        let loaded = store.load(Clock::Wall.now()).map_err(|e| self.store_failure(&e))?;
        // A practice room lives in its own time: its now is its last entry.
        let now = if practice { loaded.last.unwrap_or(Clock::Wall.now()) } else { Clock::Wall.now() };
        let loaded = if practice { store.load(now).map_err(|e| self.store_failure(&e))? } else { loaded };
        let when = match at {
            None => now,
            Some(text) => moment(text, now).filter(|m| m.ms <= now.ms).ok_or_else(|| Failure::usage(texts::bad_time(self.lang, text)))?,
        };
        let setup = self.setup(practice)?;
        let (register, state) = if at.is_some() {
            self.is_kept(&loaded.register, when.date())?;
            let past = store.past_at(when, Some((loaded.head, &loaded.register))).map_err(|e| self.store_failure(&e))?;
            (past.register, past.state)
        } else {
            (loaded.register, loaded.day.state().clone())
        };
        let settings = setup.settings.overlaid(register.office());
        let report = crate::shell::status::Report::of(&register, &settings, &state, when, practice);
        self.print(&if json { format!("{}\n", report.json()) } else { report.text(self.lang) })
    }

    fn print_lines(&self, lines: impl IntoIterator<Item = String>) -> Result<(), Failure> {
        let mut text = String::new();
        for line in lines {
            text.push_str(&line);
            text.push('\n');
        }
        self.print(&text)
    }

    /// Writes to standard output. Whoever stops reading has read enough; what cannot be written is a failure.
    fn print(&self, text: &str) -> Result<(), Failure> {
        match put_out(text) {
            Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => Err(Failure::refused(faults::not_printed(self.lang, e))),
            Ok(()) | Err(_) => Ok(()),
        }
    }

    /// Writes lines that somebody has to see: it is a failure, too, where nobody reads.
    fn print_seen(&self, lines: impl IntoIterator<Item = String>) -> Result<(), Failure> {
        let text: String = lines.into_iter().map(|line| line + "\n").collect();
        put_out(&text).map_err(|e| Failure::refused(faults::not_printed(self.lang, e)))
    }

    fn verify(&self, json: bool) -> Result<(), Failure> {
        let store = Store::open_read_only(&self.data).and_then(|store| self.sealed(store, NoKey::Leave)).map_err(|e| self.open_failure(&e))?;
        let report = store.verify();
        let unread = store.unread_key().map(|unread| seal::said_of(self.lang, unread));
        let problems: Vec<String> = unread.into_iter().chain(report.problems.iter().map(|p| problem(self.lang, p))).collect();
        let kind = if store.kind() == Kind::Practice { "practice" } else { "real" };
        let lines = if json {
            let sealed = match report.sealed {
                Sealed::Unchecked => serde_json::Value::Null,
                Sealed::Fits { since, until } => serde_json::json!({ "fits": true, "first": since.0 + 1, "last": until.0 }),
                Sealed::Broken { after, by } => serde_json::json!({ "fits": false, "first": after.0 + 1, "last": by.0 }),
            };
            let report = serde_json::json!({ "ok": problems.is_empty(), "store": kind, "entries": report.entries, "head": report.head8,
                "compared": report.compared, "sealed": sealed, "problems": problems });
            vec![report.to_string()]
        } else {
            let sound = problems.is_empty().then(|| texts::verified(self.lang, report.entries, &report.head8));
            let not_compared = (!report.compared).then(|| faults::not_compared(self.lang));
            problems.iter().cloned().chain(sound).chain(not_compared).chain(self.said_of_seal(&store, report.sealed)).collect()
        };
        self.print_lines(lines)?;
        if problems.is_empty() { Ok(()) } else { Err(Failure::refused(texts::verify_failed(self.lang, problems.len()))) }
    }

    /// What the seal says; nothing of a broken one, which is a problem, and of a practice store, which has none.
    fn said_of_seal(&self, store: &Store, sealed: Sealed) -> Option<String> {
        match sealed {
            Sealed::Broken { .. } => None,
            Sealed::Fits { since, until } if until > since => Some(faults::seal_fits(self.lang, since.0 + 1, until.0)),
            Sealed::Fits { .. } => Some(faults::seal_fits_empty(self.lang)),
            Sealed::Unchecked if store.unread_key().is_some() => None,
            Sealed::Unchecked if store.key_of_seal().is_some() => Some(faults::seal_of_another(self.lang)),
            Sealed::Unchecked if store.kind() == Kind::Practice => None,
            Sealed::Unchecked => {
                let at = self.key_of_seal(store).map_or_else(|| "-".to_owned(), |file| file.display().to_string());
                Some(faults::seal_not_checked(self.lang, at))
            }
        }
    }

    // ---- sentences ----

    fn open_failure(&self, error: &OpenError) -> Failure {
        let (lang, at) = (self.lang, self.data.display());
        Failure::store(match error {
            OpenError::NotFound => texts::open_not_found(lang, at),
            OpenError::NotAFile | OpenError::Empty | OpenError::NotADatabase | OpenError::Foreign => texts::open_foreign(lang, at),
            OpenError::OtherKind { found: Kind::Practice } => texts::open_practice(lang, at),
            OpenError::OtherKind { found: Kind::Real } => texts::open_real(lang, at),
            OpenError::Newer { .. } => texts::open_newer(lang, at),
            OpenError::Older { .. } => texts::open_older(lang, at),
            OpenError::Damaged(_) => texts::open_damaged(lang, at),
            OpenError::ReadOnly => texts::open_read_only(lang, at),
            OpenError::NoPermission => faults::open_no_permission(lang, at),
            OpenError::Full => faults::open_full(lang, at),
            OpenError::Orphan => faults::open_orphan(lang, at),
            OpenError::Lost { entries, until } => faults::open_lost(lang, at, entries.0, faults::when(*until)),
            OpenError::Missing(gap) => faults::open_missing(lang, at, faults::missing_entries(lang, gap)),
            OpenError::Apart(fault) => faults::open_apart(lang, at, faults::apart(lang, *fault)),
            OpenError::Busy => texts::open_busy(lang, at),
            OpenError::Setting(_) | OpenError::SqliteTooOld(_) | OpenError::Other(_) => texts::open_other(lang, at, error),
            OpenError::Access(e) => texts::open_other(lang, at, e),
        })
    }

    fn store_failure(&self, error: &StoreError) -> Failure {
        Failure::store(texts::store_failed(self.lang, self.data.display(), faults::cause(self.lang, &rescue::cause(error))))
    }

    fn terminal_failure(&self, error: &std::io::Error) -> Failure {
        Failure::refused(texts::terminal_failed(self.lang, error))
    }
}

fn config_failure(lang: Lang, file: &Path, error: &ConfigError) -> Failure {
    Failure::usage(match error {
        ConfigError::Unreadable(e) => texts::config_unreadable(lang, file.display(), e),
        ConfigError::Syntax(line, what) => texts::config_syntax(lang, file.display(), line, what),
        ConfigError::Value(key) => texts::config_value(lang, file.display(), key),
    })
}

fn problem(lang: Lang, problem: &Problem) -> String {
    match problem {
        Problem::File(what) => texts::problem_file(lang, what),
        Problem::Schema(what) => texts::problem_schema(lang, what),
        Problem::Entry { seq, flaw } => {
            let flaw = match flaw {
                Flaw::Missing => texts::flaw_missing(lang),
                Flaw::Unreadable => texts::flaw_unreadable(lang),
                Flaw::Body => texts::flaw_body(lang),
                Flaw::Chain => texts::flaw_chain(lang),
                Flaw::Order => texts::flaw_order(lang),
            };
            texts::problem_entry(lang, seq.0, flaw)
        }
        Problem::Missing(gap) => faults::problem_missing(lang, faults::missing_entries(lang, gap)),
        Problem::Seal { after, by } => faults::problem_seal(lang, after.0 + 1, by.0),
        Problem::OtherEnd(seq) => faults::problem_other_end(lang, seq.0),
        Problem::Table { table, key, of_child: _ } => texts::problem_table(lang, table, key),
    }
}

fn put_out(text: &str) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush())
}

/// Reads one line from standard input, without showing it when that is a terminal.
fn read_secret(prompt: &str) -> Result<String, Failure> {
    let terminal = std::io::stdin().is_terminal();
    if terminal {
        let _ = write!(std::io::stderr(), "{prompt} ");
        let _ = std::io::stderr().flush();
    }
    let quiet = terminal.then(screen::Quiet::start);
    let mut line = String::new();
    let read = std::io::stdin().read_line(&mut line);
    drop(quiet);
    if terminal {
        let _ = writeln!(std::io::stderr());
    }
    read.map_err(|e| Failure::refused(e.to_string()))?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
