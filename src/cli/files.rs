//! Commands that make files: the card sheet, tables, one child's record, `OneRoster`.
//!
//! Every one of them asks for the leader, is written down in the journal, and puts a file in place only when it is whole and
//! written down. Real stores and practice rooms are served alike; a practice room lives in its own time.

use std::collections::BTreeSet;
use std::io::BufWriter;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{channel, sync_channel};

use chrono::NaiveDate;
use clap::{Args, Subcommand};

use super::leader::Leader;
use super::{Agreed, Desk, Failure};
use crate::domain::attended::Attended;
use crate::domain::card::CardNumber;
use crate::domain::fact::{Draft, Fact, OfficeFact};
use crate::domain::people::{Child, ChildId};
use crate::domain::register::Register;
use crate::domain::settings::Settings;
use crate::domain::time::{self, Moment};
use crate::print::cards::{self, Which};
use crate::print::file::{Begun, FileError, Prepared};
use crate::print::record::{History, Record};
use crate::print::table::{Form, Table};
use crate::print::{attendance, oneroster, pick, register};
use crate::store::{Kind, Loaded, Store};
use crate::texts::{self, erasing, items, print as t};
use crate::wording::record::class_of;

/// The sheet of cards when no other name is given.
const CARD_SHEET: &str = "caredesk-cards.html";
/// So many days of attendance are read ahead of the one that is written.
const DAYS_AHEAD: usize = 8;

#[derive(Subcommand, Debug)]
pub(super) enum SheetCommand {
    /// An A4 sheet of cards that prints from a browser, without names / 打印接送卡
    Print {
        /// The file
        #[arg(long, value_name = "FILE.html", default_value = CARD_SHEET)]
        out: PathBuf,
        /// The card of one child: name, student number or card
        #[arg(long, value_name = "CHILD", group = "which")]
        child: Option<String>,
        /// The cards of a class or a grade: 四(1)班, 4.1, 4
        #[arg(long, value_name = "CLASS", group = "which")]
        class: Option<String>,
        /// All valid cards
        #[arg(long, group = "which")]
        all: bool,
        /// Cards that no sheet had before (as without any of these)
        #[arg(long, group = "which")]
        new: bool,
        /// Below each card a strip with name and class, to be cut off when the card is handed out
        #[arg(long)]
        names: bool,
        /// The school's own cards too
        #[arg(long)]
        school_cards: bool,
        #[command(flatten)]
        how: How,
    },
}

#[derive(Subcommand, Debug)]
pub(super) enum ExportCommand {
    /// Children with everything an import understands / 孩子名册
    Children(Out),
    /// Everybody who may or must not collect / 接走人
    Collectors(Out),
    /// All cards, valid and void / 接送卡
    Cards(Out),
    /// The staff, without PINs / 教职工
    Staff(Out),
    /// Every stay with exact times, by whom, on what ground / 出勤
    Attendance {
        /// First day, 2026-09-07 (without it: today)
        #[arg(long, value_name = "D")]
        from: Option<String>,
        /// Last day (without it: today)
        #[arg(long, value_name = "D")]
        to: Option<String>,
        #[command(flatten)]
        out: Out,
    },
    /// Everything kept about one child, for its family / 一个孩子的全部记录
    Child {
        /// Name, student number or card
        #[arg(value_name = "CHILD")]
        who: String,
        /// The file: .html or .json
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        #[command(flatten)]
        how: How,
    },
    /// Pupils, classes, guardians, staff as `OneRoster` 1.2 CSV: a folder, or an archive when it ends in .zip / `OneRoster` 文件
    #[command(name = "oneroster")]
    OneRoster {
        /// Folder or archive
        #[arg(long, value_name = "DIR|FILE.zip")]
        out: PathBuf,
        /// With the relationships.csv of School Data Sync, which is no file of the standard / 附 SDS 的 relationships.csv
        #[arg(long)]
        sds: bool,
        #[command(flatten)]
        how: How,
    },
}

#[derive(Args, Debug)]
pub(super) struct Out {
    /// The file: .xlsx, .csv or .json
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    #[command(flatten)]
    how: How,
}

#[derive(Args, Clone, Debug)]
pub(super) struct How {
    /// Overwrite a file of that name
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    leader: Leader,
}

/// What a command may read, once the leader has agreed.
struct Source<'s> {
    store: &'s Store,
    loaded: Loaded,
    settings: Settings,
    now: Moment,
}

impl Source<'_> {
    fn footer(&self, desk: &Desk) -> String {
        let phone = &self.settings.complaint_phone;
        if phone.is_empty() { String::new() } else { texts::complaints(desk.lang, phone) }
    }
}

/// A file that is whole but has no name yet, with what the journal and the person learn about it.
struct Paper {
    prepared: Prepared,
    /// What it is, for the journal.
    what: String,
    /// How many rows, cards or entries.
    rows: usize,
    /// The child, when it is one child's record.
    child: Option<ChildId>,
    /// What is said when it is in place.
    lines: Vec<String>,
}

impl Desk {
    pub(super) fn card_sheet(&self, command: SheetCommand) -> Result<(), Failure> {
        let SheetCommand::Print { out, child, class, all, new: _, names, school_cards, how } = command;
        self.not_there_yet(&out, &how)?;
        self.hand_out(&how, |source| {
            let register = &source.loaded.register;
            let which = match (&child, &class, all) {
                (Some(typed), _, _) => Which::Child(self.picked(source, typed)?.id),
                (None, Some(typed), _) => {
                    let (grade, class) = pick::class(typed).ok_or_else(|| Failure::usage(t::no_such_class(self.lang, typed)))?;
                    Which::Class(grade, class)
                }
                (None, None, true) => Which::All,
                (None, None, false) => Which::New,
            };
            let printed = if which == Which::New { self.printed_before(source)? } else { BTreeSet::new() };
            let chosen = cards::chosen(register, &which, school_cards, &printed);
            if chosen.is_empty() {
                return Err(Failure::refused(if printed.is_empty() { t::cards_none(self.lang) } else { t::cards_none_new(self.lang) }));
            }
            let page = cards::sheet(self.lang, &source.settings, &chosen, names).map_err(|e| self.unwritten(&out, e))?;
            let mut lines = vec![t::cards_printed(self.lang, chosen.len(), out.display())];
            if names {
                lines.push(t::cards_named(self.lang));
            }
            let without_bars = chosen.iter().filter(|(card, _)| crate::print::codes::bars(card.number.as_str()).is_none()).count();
            if without_bars > 0 {
                lines.push(t::cards_without_bars(self.lang, without_bars));
            }
            let numbers: Vec<&str> = chosen.iter().map(|(card, _)| card.number.as_str()).collect();
            Ok(Paper {
                prepared: self.prepared(&out, page.as_bytes(), &how)?,
                what: format!("{SHEET_OF}{}", numbers.join(" ")),
                rows: chosen.len(),
                child: None,
                lines,
            })
        })
    }

    pub(super) fn export(&self, command: ExportCommand) -> Result<(), Failure> {
        let lang = self.lang;
        match command {
            ExportCommand::Children(out) => self.table("children", &out, |s| Ok(register::children(lang, &s.loaded.register, &s.footer(self)))),
            ExportCommand::Collectors(out) => self.table("collectors", &out, |s| Ok(register::collectors(lang, &s.loaded.register, &s.footer(self)))),
            ExportCommand::Cards(out) => self.table("cards", &out, |s| Ok(register::cards(lang, &s.loaded.register, &s.footer(self)))),
            ExportCommand::Staff(out) => self.table("staff", &out, |s| Ok(register::staff(lang, &s.loaded.register, &s.footer(self)))),
            ExportCommand::Attendance { from, to, out } => self.export_attendance(from.as_deref(), to.as_deref(), &out),
            ExportCommand::Child { who, out, how } => self.export_child(&who, &out, &how),
            ExportCommand::OneRoster { out, sds, how } => self.export_oneroster(&out, sds, &how),
        }
    }

    fn table(&self, what: &str, out: &Out, make: impl FnOnce(&Source<'_>) -> Result<Table, Failure>) -> Result<(), Failure> {
        let (path, how) = (&out.out, &out.how);
        let form = Form::of(path).ok_or_else(|| Failure::usage(t::export_ending(self.lang, path.display())))?;
        self.not_there_yet(path, how)?;
        self.hand_out(how, |source| {
            let table = make(source)?;
            let bytes = table.bytes(form, source.now).map_err(|e| self.unwritten(path, e))?;
            let mut lines = vec![t::export_done(self.lang, &table.name, table.rows.len(), path.display())];
            if table.left_out > 0 {
                lines.push(items::export_too_many(self.lang, table.left_out));
            }
            if what == "children" {
                lines.push(items::export_secrets(self.lang));
            }
            lines.push(t::export_recorded(self.lang));
            Ok(Paper { prepared: self.prepared(path, &bytes, how)?, what: what.to_owned(), rows: table.rows.len(), child: None, lines })
        })
    }

    fn export_attendance(&self, from: Option<&str>, to: Option<&str>, out: &Out) -> Result<(), Failure> {
        let (path, how) = (&out.out, &out.how);
        let form = Form::of(path).ok_or_else(|| Failure::usage(t::export_ending(self.lang, path.display())))?;
        self.not_there_yet(path, how)?;
        self.hand_out(how, |source| {
            let days = self.dates(from, to, source.now.date())?;
            let register = &source.loaded.register;
            self.is_kept(register, *days.end())?;
            let not_kept = register.office().forgotten_until().filter(|until| days.contains(until));
            let table = attendance::attendance(self.lang, &source.footer(self), not_kept.map(|until| *days.start()..=until));
            let mut file = Begun::new(path, how.force).map_err(|e| self.file_failure(&e))?;
            let rows = self.write_stays(source, &days, (&table, form), &mut file)?;
            let done = t::export_done(self.lang, &table.name, rows - table.rows.len(), path.display());
            let not_kept = not_kept.map(|until| erasing::not_kept(self.lang, until));
            let lines = std::iter::once(done).chain(not_kept).chain([t::export_recorded(self.lang)]).collect();
            let prepared = file.finish().map_err(|e| self.file_failure(&e))?;
            Ok(Paper { prepared, what: "attendance".to_owned(), rows, child: None, lines })
        })
    }

    /// Writes the stays of these days as they are read, by a thread beside the one that reads: neither holds more than a few days.
    /// What is written comes back to be freed where it was allocated, or both threads wait for one heap.
    fn write_stays(
        &self,
        source: &Source<'_>,
        days: &RangeInclusive<NaiveDate>,
        (table, form): (&Table, Form),
        file: &mut Begun,
    ) -> Result<usize, Failure> {
        let (register, now, path) = (&source.loaded.register, source.now, file.path().to_owned());
        let rows = attendance::Rows::new(self.lang, register);
        let (to_write, read) = sync_channel::<Vec<Attended>>(DAYS_AHEAD);
        let (give_back, written) = channel::<Vec<Attended>>();
        let (reading, writing) = std::thread::scope(|scope| {
            let rows = read.into_iter().flat_map(move |stays| {
                let of_day: Vec<Vec<String>> = stays.iter().map(|stay| rows.row(stay)).collect();
                let _ = give_back.send(stays);
                of_day
            });
            let writing = scope.spawn(move || table.write(form, now, BufWriter::new(file.file()), rows));
            let reading = source.store.attendance(days, &mut |stays| {
                written.try_iter().for_each(drop);
                to_write.send(stays).is_ok()
            });
            drop(to_write); // or the writer would wait for more
            (reading, writing.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
        });
        reading.map_err(|e| self.store_failure(&e))?;
        writing.map_err(|e| self.unwritten(&path, e))
    }

    fn export_child(&self, who: &str, out: &Path, how: &How) -> Result<(), Failure> {
        let html = match out.extension().map(|e| e.to_string_lossy().to_lowercase()).as_deref() {
            Some("html" | "htm") => true,
            Some("json") => false,
            Some(_) | None => return Err(Failure::usage(t::export_ending_record(self.lang, out.display()))),
        };
        self.not_there_yet(out, how)?;
        self.hand_out(how, |source| {
            let child = self.picked(source, who)?;
            let history = source.store.history_of(child.id).map_err(|e| self.store_failure(&e))?;
            let forgotten_until = source.loaded.register.office().forgotten_until();
            let history = History::of(self.lang, history.entries, &history.groups, history.written, history.head);
            let history = History { forgotten_until, ..history };
            let phone = &source.settings.complaint_phone;
            let record = Record::of(self.lang, &source.loaded.register, child.id, &history, source.now, phone)
                .ok_or_else(|| Failure::refused(t::no_such_child(self.lang, who)))?;
            let text = if html { record.html().map_err(|e| self.unwritten(out, e))? } else { record.json() };
            let lines = vec![t::export_done(self.lang, t::table_record(self.lang), record.entries(), out.display()), t::export_recorded(self.lang)];
            Ok(Paper {
                prepared: self.prepared(out, text.as_bytes(), how)?,
                what: "child".to_owned(),
                rows: record.entries(),
                child: Some(child.id),
                lines,
            })
        })
    }

    fn export_oneroster(&self, out: &Path, sds: bool, how: &How) -> Result<(), Failure> {
        let archive = out.extension().is_some_and(|e| e.eq_ignore_ascii_case("zip"));
        if archive {
            self.not_there_yet(out, how)?;
        }
        self.hand_out(how, |source| {
            let (files, counts) = oneroster::files(self.lang, &source.loaded.register, &source.settings.school, source.now.date(), sds)
                .map_err(|e| self.unwritten(out, e))?;
            let prepared = if archive {
                self.prepared(out, &oneroster::archive(&files).map_err(|e| self.unwritten(out, e))?, how)?
            } else {
                Prepared::folder(out, &files, how.force).map_err(|e| self.file_failure(&e))?
            };
            let mut lines = vec![
                t::export_done(self.lang, t::table_oneroster(self.lang), counts.pupils, out.display()),
                t::oneroster_without(self.lang, counts.guardians, counts.left_out),
            ];
            if counts.unreachable > 0 {
                lines.push(t::oneroster_unreachable(self.lang, counts.unreachable));
            }
            lines.push(t::export_recorded(self.lang));
            Ok(Paper { prepared, what: "oneroster".to_owned(), rows: counts.pupils, child: None, lines })
        })
    }

    /// The numbers of all cards that were on a sheet before.
    fn printed_before(&self, source: &Source<'_>) -> Result<BTreeSet<CardNumber>, Failure> {
        let exports = source.store.exports().map_err(|e| self.store_failure(&e))?;
        let sheets = exports.iter().filter_map(|entry| {
            let Fact::Office(OfficeFact::Exported { what, .. }) = &entry.fact else { return None };
            what.strip_prefix(SHEET_OF)
        });
        Ok(sheets.flat_map(|numbers| numbers.split(' ')).map(CardNumber::new).collect())
    }

    // ---- the way every file goes ----

    /// Opens the store, asks for the leader, makes the file, writes that down, and only then gives the file its name.
    fn hand_out(&self, how: &How, make: impl FnOnce(&Source<'_>) -> Result<Paper, Failure>) -> Result<(), Failure> {
        let Agreed { mut store, loaded, leader, now } = self.agreed(&how.leader)?;
        let head = loaded.head;
        let settings = self.setup(store.kind() == Kind::Practice)?.settings.overlaid(loaded.register.office());
        let Paper { prepared, what, rows, child, lines } = make(&Source { store: &store, loaded, settings, now })?;
        let fact = Fact::Office(OfficeFact::Exported { what, rows: u32::try_from(rows).unwrap_or(u32::MAX), child });
        self.write(&mut store, head, &[Draft::from(fact)], leader, now)?;
        prepared.publish().map_err(|e| self.file_failure(&e))?;
        let _ = store.close();
        self.print_lines(lines)
    }

    /// Refuses early what would be refused at the end: before a PIN is asked for.
    fn not_there_yet(&self, path: &Path, how: &How) -> Result<(), Failure> {
        let there = path.is_dir() || (!how.force && path.symlink_metadata().is_ok());
        if there { Err(self.file_failure(&FileError::Exists(path.to_owned()))) } else { Ok(()) }
    }

    fn prepared(&self, path: &Path, bytes: &[u8], how: &How) -> Result<Prepared, Failure> {
        Prepared::one(path, bytes, how.force).map_err(|e| self.file_failure(&e))
    }

    fn picked<'s>(&self, source: &'s Source<'_>, typed: &str) -> Result<&'s Child, Failure> {
        self.picked_child(&source.loaded.register, typed)
    }

    /// The one child that is meant.
    pub(super) fn picked_child<'r>(&self, register: &'r Register, typed: &str) -> Result<&'r Child, Failure> {
        match pick::child(register, typed) {
            pick::Picked::One(child) => Ok(child),
            pick::Picked::Nobody => Err(Failure::refused(t::no_such_child(self.lang, typed))),
            pick::Picked::Several(list) => Err(Failure::refused(t::several_children(self.lang, typed, self.some_of(&list)))),
            pick::Picked::Near(list) => Err(Failure::refused(t::near_children(self.lang, typed, self.some_of(&list)))),
        }
    }

    /// The first few of a list with what tells them apart.
    fn some_of(&self, list: &[&Child]) -> String {
        const MOST: usize = 8;
        let some = list.iter().take(MOST).map(|c| {
            let number = c.student_no.as_deref().unwrap_or_default();
            format!("{} {} {number}", c.name, class_of(self.lang, c)).trim_end().to_owned()
        });
        some.collect::<Vec<_>>().join(self.lang.pick("、", ", ")) + if list.len() > MOST { "…" } else { "" }
    }

    /// The dates of an export: today when none are given, up to today when only the first is.
    fn dates(&self, from: Option<&str>, to: Option<&str>, today: NaiveDate) -> Result<RangeInclusive<NaiveDate>, Failure> {
        let wrong = || Failure::usage(t::export_dates(self.lang));
        let date = |text: &str| time::date(text, today).ok_or_else(wrong);
        let to = to.map(date).transpose()?;
        let from = from.map(date).transpose()?.or(to).unwrap_or(today);
        if from > today {
            return Err(Failure::usage(t::export_in_the_future(self.lang)));
        }
        let to = to.unwrap_or(today);
        if from <= to { Ok(from..=to) } else { Err(wrong()) }
    }

    pub(super) fn file_failure(&self, error: &FileError) -> Failure {
        Failure::refused(match error {
            FileError::Exists(path) => t::export_exists(self.lang, path.display()),
            FileError::Io(path, what) => t::export_failed(self.lang, path.display(), what),
        })
    }

    fn unwritten(&self, path: &Path, error: impl std::fmt::Display) -> Failure {
        Failure::refused(t::export_failed(self.lang, path.display(), error))
    }
}

/// How the journal begins what it says of a sheet of cards; their numbers follow.
const SHEET_OF: &str = "card sheet ";
