//! Whose PIN opens a store for a command, and how a leader who is locked out comes back.
//!
//! Once a store has a leader, what changes the register from the command line, or shows numbers of cards or what is on file
//! about staff, asks for the PIN of one leader: the only one, or the one that `--as` names. A try is recorded before it is
//! compared, as at the desk, and counts against that leader alone.

use std::io::{IsTerminal, Write};

use super::{Agreed, COMMAND_DESK, Desk, Failure, read_secret};
use crate::desk::forms::weak_pin;
use crate::domain::fact::{Draft, Fact, Seq};
use crate::domain::people::{Role, Staff, StaffId};
use crate::domain::register::Register;
use crate::domain::time::Moment;
use crate::rules::Room;
use crate::rules::clock::at_start;
use crate::rules::duty::{check_new_pin, leaders, locked_until, recovery};
use crate::rules::office::staff::StaffAct;
use crate::shell::clock::{Clock, built};
use crate::shell::pin;
use crate::store::{Kind, Loaded, OpenError, Recorded, Stamp, Store};
use crate::texts::{self, faults, staff as t};

/// Whose PIN it is, and where it comes from.
#[derive(clap::Args, Clone, Default, Debug)]
pub(super) struct Leader {
    /// Whose PIN opens the store, where there are several leaders / 几位组长时，用哪一位的 PIN
    #[arg(long = "as", value_name = "NAME")]
    whose: Option<String>,
    /// Read the leader's PIN from standard input / 从标准输入读组长的 PIN
    #[arg(long)]
    pin_stdin: bool,
}

impl Leader {
    /// Whether standard input holds the PIN, so that nothing else can be typed there.
    pub(super) fn reads_standard_input(&self) -> bool {
        self.pin_stdin
    }
}

/// What a typed secret is compared with.
struct Secret<'s> {
    typed: &'s str,
    hash: &'s str,
    /// The fact that counts the try.
    tried: Fact,
}

impl Desk {
    /// The open store, real or of practice, once a leader agreed, where there is one; a practice room lives in its own time.
    pub(super) fn agreed(&self, leader: &Leader) -> Result<Agreed, Failure> {
        let (mut store, now) = self.open_either()?;
        let leader = self.leader_agrees(&mut store, leader, now)?;
        let loaded = store.load(now).map_err(|e| self.store_failure(&e))?;
        Ok(Agreed { store, loaded, leader, now })
    }

    /// The store, real or of practice, for a command that may record, and the time by which it does.
    pub(super) fn open_either(&self) -> Result<(Store, Moment), Failure> {
        let kind = match Store::open_read_only(&self.data) {
            Ok(store) => store.kind(),
            Err(OpenError::Older { .. }) => Kind::Real,
            Err(e) => return Err(self.open_failure(&e)),
        };
        let store = self.open(kind, false)?;
        let now = match kind {
            Kind::Practice => store.glance(Clock::Wall.now()).map_err(|e| self.store_failure(&e))?.last.unwrap_or(Clock::Wall.now()),
            Kind::Real => Clock::Wall.now(),
        };
        self.clock_is_believed(&store)?;
        Ok((store, now))
    }

    /// Nothing is dated by a clock that cannot be believed; a command does not ask, it refuses. Whatever records asks here again, so
    /// that none can forget it; one that asks a person for something asks here before.
    fn clock_is_believed(&self, store: &Store) -> Result<(), Failure> {
        // Desks are at work meanwhile: the last entry is held against the clock as it stands now.
        let last = store.last_entered().map_err(|e| self.store_failure(&e))?;
        if store.kind() == Kind::Real { self.is_believed(last) } else { Ok(()) }
    }

    /// The same of a real store, the last entry of which was entered then; there may be none yet.
    pub(super) fn is_believed(&self, last: Option<Moment>) -> Result<(), Failure> {
        let now = Clock::Wall.now();
        match at_start(now, last, built()) {
            Some(doubt) => Err(Failure::refused(faults::clock_refused(self.lang, faults::to_the_second(now), faults::doubt(self.lang, &doubt)))),
            None => Ok(()),
        }
    }

    /// Asks for the leader's PIN; says whose it was. Without a leader nobody is asked.
    pub(super) fn leader_agrees(&self, store: &mut Store, leader: &Leader, now: Moment) -> Result<Option<StaffId>, Failure> {
        self.clock_is_believed(store)?;
        let loaded = store.glance(now).map_err(|e| self.store_failure(&e))?;
        let Some(person) = self.meant(&loaded.register, leader)? else { return Ok(None) };
        let (staff, name) = (person.id, &person.name);
        if !leader.pin_stdin && !std::io::stdin().is_terminal() {
            return Err(Failure::refused(texts::leader_pin_needed(self.lang, name)));
        }
        let settings = self.setup(false)?.settings;
        let room = Room { register: &loaded.register, day: &loaded.day, settings: &settings, desk: COMMAND_DESK, keeper: None };
        if let Some(until) = locked_until(room, staff, now) {
            let locked = texts::leader_pin_locked(self.lang, name, until.hhmmss());
            return Err(Failure::refused(if recovery::has_code(room, staff) { t::cli_code_helps(self.lang, locked) } else { locked }));
        }
        let typed = read_secret(&texts::ask_leader_pin(self.lang, name))?;
        if typed.is_empty() {
            return Err(Failure::refused(texts::leader_pin_needed(self.lang, name)));
        }
        let secret = Secret { typed: &typed, hash: person.pin.as_deref().unwrap_or_default(), tried: Fact::PinTried { staff } };
        let Some(head) = self.fits(store, loaded.head, &secret, now)? else {
            return Err(Failure::refused(texts::leader_pin_wrong(self.lang, name)));
        };
        self.write(store, head, &[Fact::PinProved { staff }.into()], None, now)?;
        Ok(Some(staff))
    }

    /// The leader who is meant: the one who is named, or the only one; `None` while nobody leads.
    fn meant<'r>(&self, register: &'r Register, leader: &Leader) -> Result<Option<&'r Staff>, Failure> {
        let all = leaders(register);
        let names = || all.iter().map(|s| s.name.as_str()).collect::<Vec<_>>().join(self.lang.pick("、", ", "));
        match (&leader.whose, &all[..]) {
            (_, []) => Ok(None),
            (None, [only]) => Ok(Some(only)),
            (None, [..]) => Err(Failure::usage(texts::which_leader(self.lang, names()))),
            (Some(name), [..]) => match all.iter().find(|s| s.name == name.trim()) {
                Some(person) => Ok(Some(person)),
                None => Err(Failure::refused(texts::no_such_leader(self.lang, name.trim(), names()))),
            },
        }
    }

    /// Records the try, then compares; the journal's head when it is right.
    fn fits(&self, store: &mut Store, head: Seq, secret: &Secret<'_>, now: Moment) -> Result<Option<Seq>, Failure> {
        let head = self.write(store, head, &[secret.tried.clone().into()], None, now)?;
        Ok(pin::fits(secret.typed, secret.hash).then_some(head))
    }

    /// Appends an act; the journal's head after it.
    pub(super) fn write(&self, store: &mut Store, head: Seq, drafts: &[Draft], staff: Option<StaffId>, now: Moment) -> Result<Seq, Failure> {
        self.clock_is_believed(store)?;
        let stamp = Stamp { now, desk: COMMAND_DESK.to_owned(), staff };
        match store.record(head, drafts, &stamp).map_err(|e| self.store_failure(&e))? {
            Recorded::Done(entries) => Ok(entries.last().map_or(head, |e| e.seq)),
            Recorded::Behind(_) => Err(Failure::refused(texts::import_raced(self.lang))),
        }
    }

    /// Appends an act of any length, of which no copy is kept; `share` hears how far it is.
    pub(super) fn write_all(
        &self,
        store: &mut Store,
        head: Seq,
        (drafts, staff): (Vec<Draft>, Option<StaffId>),
        now: Moment,
        share: &mut dyn FnMut(f32),
    ) -> Result<(), Failure> {
        self.clock_is_believed(store)?;
        let stamp = Stamp { now, desk: COMMAND_DESK.to_owned(), staff };
        let is_written = store.record_all(head, drafts, &stamp, share).map_err(|e| self.store_failure(&e))?;
        if is_written { Ok(()) } else { Err(Failure::refused(texts::import_raced(self.lang))) }
    }

    /// Makes a new recovery code for the leader whose PIN was given, and prints it: the only time that it is seen.
    pub(super) fn make_code(&self, leader: &Leader) -> Result<(), Failure> {
        let Agreed { mut store, loaded, leader, now } = self.agreed(leader)?;
        let Some(staff) = leader else { return Err(Failure::refused(t::cli_no_leader(self.lang))) };
        let (code, hash) = pin::recovery_code().map_err(Failure::refused)?;
        let drafts = self.decided(&loaded, StaffAct::MakeCode { staff, hash }, Some(staff), now)?;
        self.write(&mut store, loaded.head, &drafts, Some(staff), now)?;
        let _ = store.close();
        let name = loaded.register.staff_member(staff).map(|s| s.name.as_str()).unwrap_or_default();
        let _ = writeln!(std::io::stdout(), "{}", t::cli_code_is(self.lang, name, code));
        Ok(())
    }

    /// A leader who is locked out sets a new PIN by the recovery code.
    pub(super) fn reset_pin(&self, leader: &Leader) -> Result<(), Failure> {
        let (mut store, now) = self.open_either()?;
        let mut loaded = store.load(now).map_err(|e| self.store_failure(&e))?;
        let Some(person) = self.meant(&loaded.register, leader)? else { return Err(Failure::refused(t::cli_no_leader(self.lang))) };
        let (staff, name) = (person.id, person.name.clone());
        let settings = self.setup(false)?.settings;
        let room = Room { register: &loaded.register, day: &loaded.day, settings: &settings, desk: COMMAND_DESK, keeper: None };
        let Some(hash) = loaded.register.recovery(staff).filter(|_| recovery::has_code(room, staff)).map(|r| r.hash.clone()) else {
            return Err(Failure::refused(t::cli_no_code(self.lang, name)));
        };
        if let Some(until) = recovery::locked_until(room, staff, now) {
            return Err(Failure::refused(t::cli_code_locked(self.lang, name, until.hhmmss())));
        }
        let terminal = std::io::stdin().is_terminal();
        if !leader.pin_stdin && !terminal {
            return Err(Failure::refused(t::cli_code_needed(self.lang, name)));
        }
        let typed = recovery::normal(&read_secret(&t::cli_ask_code(self.lang, &name))?);
        let tried = self.decided(&loaded, StaffAct::TryCode { staff }, None, now)?.into_iter().next().map(|d| d.fact);
        let Some(tried) = tried.filter(|_| !typed.is_empty()) else { return Err(Failure::refused(t::cli_code_needed(self.lang, name))) };
        if self.fits(&mut store, loaded.head, &Secret { typed: &typed, hash: &hash, tried }, now)?.is_none() {
            return Err(Failure::refused(t::cli_code_wrong(self.lang, name)));
        }
        // What is decided now is decided on the try that was counted.
        loaded = store.load(now).map_err(|e| self.store_failure(&e))?;
        let pin = self.new_pin(&loaded, &name, Role::Leader)?;
        let drafts = self.decided(&loaded, StaffAct::UseCode { staff, pin }, None, now)?;
        self.write(&mut store, loaded.head, &drafts, Some(staff), now)?;
        let _ = store.close();
        let _ = writeln!(std::io::stdout(), "{}", t::did_use_code(self.lang, name));
        Ok(())
    }

    /// A new PIN from standard input: once, or twice where somebody types it unseen.
    pub(super) fn new_pin(&self, loaded: &Loaded, name: &str, role: Role) -> Result<String, Failure> {
        let typed = read_secret(&texts::ask_new_pin(self.lang, name))?;
        let settings = self.setup(false)?.settings;
        let room = Room { register: &loaded.register, day: &loaded.day, settings: &settings, desk: COMMAND_DESK, keeper: None };
        check_new_pin(room, role, &typed).map_err(|weak| Failure::refused(weak_pin(self.lang, weak)))?;
        if std::io::stdin().is_terminal() && read_secret(&t::ask_pin_again(self.lang))? != typed {
            return Err(Failure::refused(texts::settings::setup_pins_differ(self.lang)));
        }
        pin::hash(&typed).map_err(Failure::refused)
    }
}
