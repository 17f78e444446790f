//! `caredesk staff`: who works here, from the command line: added, listed, changed by the rules of the screen.
//!
//! A PIN is read from standard input and never an argument; neither it nor its hash is ever listed.

use std::io::Write;

use chrono::NaiveDate;
use clap::{Args, Subcommand, ValueEnum};

use super::leader::Leader;
use super::{Agreed, COMMAND_DESK, Desk, Failure};
use crate::desk::grammar::{Reader, Typed, parse};
use crate::domain::card::CardNumber;
use crate::domain::fact::{Draft, Fact};
use crate::domain::people::{Role, Staff, StaffId};
use crate::domain::register::Register;
use crate::domain::staff::{Capacity, Credential, Employment, Vetting};
use crate::domain::time::Moment;
use crate::rules::duty;
use crate::rules::office::staff::{Change, Hindrance, StaffAct, children_of};
use crate::rules::office::{Hindrance as OfficeHindrance, OfficeAct};
use crate::rules::{Act, Objection, Request, Room, decide};
use crate::shell::clock::Clock;
use crate::store::{Kind, Loaded, Store};
use crate::texts::{self, Lang, staff as t};
use crate::wording::office::staff::spoken;

#[derive(Subcommand, Debug)]
pub(super) enum StaffCommand {
    /// Add somebody; the PIN is read from standard input / 添加
    Add(Box<Adding>),
    /// Everybody on the staff with capacity, papers and record check; asks for a leader's PIN / 名单
    List {
        /// One JSON object
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        leader: Leader,
    },
    /// Change what is on file about somebody / 更改
    Set(Box<Setting>),
    /// Make a recovery code for the leader whose PIN is given, and print it: shown this once, good once / 做恢复码
    Recovery {
        #[command(flatten)]
        leader: Leader,
    },
    /// A leader whose PIN is forgotten or paused sets a new one by the recovery code: the code, then the new PIN / 用恢复码设新 PIN
    ResetPin {
        #[command(flatten)]
        leader: Leader,
    },
}

#[derive(Args, Debug)]
pub(super) struct Adding {
    /// Name
    name: String,
    /// duty, leader, office or inspector
    #[arg(long, value_enum)]
    role: RoleArgument,
    /// What the person is called here (carer, coach …)
    #[arg(long)]
    kind: Option<String>,
    #[command(flatten)]
    details: Details,
}

#[derive(Args, Debug)]
#[allow(clippy::struct_excessive_bools)] // the flags of the command, one to one
pub(super) struct Setting {
    /// Name, or number in the list
    who: String,
    /// Another name
    #[arg(long)]
    name: Option<String>,
    /// duty, leader, office or inspector
    #[arg(long, value_enum)]
    role: Option<RoleArgument>,
    /// What the person is called here (carer, coach …)
    #[arg(long)]
    kind: Option<String>,
    #[command(flatten)]
    details: Details,
    /// The record check says that the person must not work with children
    #[arg(long, conflicts_with = "vetted_on")]
    barred: bool,
    /// The record has not been checked
    #[arg(long, conflicts_with_all = ["vetted_on", "barred"])]
    not_vetted: bool,
    /// Take a paper off
    #[arg(long, value_name = "NAME")]
    remove_credential: Vec<String>,
    /// Read a new PIN from standard input
    #[arg(long)]
    new_pin: bool,
    /// Works here no longer
    #[arg(long)]
    retire: bool,
    /// Works here again
    #[arg(long = "return", conflicts_with = "retire")]
    works_again: bool,
}

#[derive(Args, Debug)]
struct Details {
    /// Staff card
    #[arg(long)]
    card: Option<String>,
    /// In what capacity: teacher, coach, volunteer …
    #[arg(long, value_enum)]
    capacity: Option<CapacityArgument>,
    /// permanent, temporary or left
    #[arg(long, value_enum)]
    employment: Option<EmploymentArgument>,
    /// The record was checked on this day, and nothing stands against the person
    #[arg(long, value_name = "YYYY-MM-DD")]
    vetted_on: Option<String>,
    /// A paper, with its last valid day if it has one; one of the same name is renewed
    #[arg(long, value_name = "NAME[:YYYY-MM-DD]")]
    credential: Vec<String>,
    /// Weekly teaching load, per cent of a full one
    #[arg(long, value_name = "PERCENT")]
    load: Option<u8>,
    /// Number to dial
    #[arg(long)]
    phone: Option<String>,
    #[command(flatten)]
    leader: Leader,
}

#[derive(Clone, Copy, ValueEnum, Debug)]
enum RoleArgument {
    Duty,
    Leader,
    Office,
    Inspector,
}

impl RoleArgument {
    fn role(self) -> Role {
        match self {
            Self::Duty => Role::Duty,
            Self::Leader => Role::Leader,
            Self::Office => Role::Office,
            Self::Inspector => Role::Inspector,
        }
    }
}

/// The words of [`Capacity::key`], as arguments.
#[derive(Clone, Copy, Debug)]
struct CapacityArgument(Capacity);

impl ValueEnum for CapacityArgument {
    fn value_variants<'a>() -> &'a [Self] {
        const ALL: [CapacityArgument; 12] = {
            let mut all = [CapacityArgument(Capacity::Teacher); 12];
            let mut n = 0;
            while n < 12 {
                all[n] = CapacityArgument(Capacity::ALL[n]);
                n += 1;
            }
            all
        };
        &ALL
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        Some(clap::builder::PossibleValue::new(self.0.key()))
    }
}

#[derive(Clone, Copy, ValueEnum, Debug)]
enum EmploymentArgument {
    Permanent,
    Temporary,
    Left,
}

impl EmploymentArgument {
    fn employment(self) -> Employment {
        match self {
            Self::Permanent => Employment::Permanent,
            Self::Temporary => Employment::Temporary,
            Self::Left => Employment::Left,
        }
    }
}

impl Details {
    fn changes(&self, lang: Lang) -> Result<Vec<Change>, Failure> {
        let mut changes = Vec::new();
        changes.extend(self.capacity.map(|c| Change::Capacity(c.0)));
        changes.extend(self.employment.map(|e| Change::Employment(Some(e.employment()))));
        if let Some(text) = &self.vetted_on {
            changes.push(Change::Vetting(Vetting::Clear { on: date(lang, text)? }));
        }
        for text in &self.credential {
            let (name, until) = match text.rsplit_once([':', '：']) {
                Some((name, until)) => (name, Some(date(lang, until)?)),
                None => (text.as_str(), None),
            };
            changes.push(Change::Paper(Credential { name: name.trim().to_owned(), until }));
        }
        changes.extend(self.load.map(|load| Change::Load(Some(load))));
        changes.extend(self.phone.clone().map(|phone| Change::Phone(Some(phone))));
        if let Some(text) = &self.card {
            changes.push(Change::Card(Some(card(lang, text)?)));
        }
        Ok(changes)
    }
}

fn date(lang: Lang, text: &str) -> Result<NaiveDate, Failure> {
    NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").map_err(|_| Failure::usage(t::cli_bad_date(lang, text)))
}

fn card(lang: Lang, text: &str) -> Result<CardNumber, Failure> {
    if let Typed::Card { candidates } = parse(text, &Reader::default()).typed
        && let Some(number) = candidates.into_iter().next()
    {
        return Ok(CardNumber::new(number));
    }
    Err(Failure::usage(t::cli_bad_card(lang, text)))
}

impl Desk {
    pub(super) fn staff(&self, command: StaffCommand) -> Result<(), Failure> {
        match command {
            StaffCommand::Add(adding) => self.staff_add(&adding),
            StaffCommand::List { json, leader } => self.staff_list(json, &leader),
            StaffCommand::Set(setting) => self.staff_set(&setting),
            StaffCommand::Recovery { leader } => self.make_code(&leader),
            StaffCommand::ResetPin { leader } => self.reset_pin(&leader),
        }
    }

    fn staff_add(&self, adding: &Adding) -> Result<(), Failure> {
        let Adding { name, role, kind, details } = adding;
        let (name, role) = (name.trim(), role.role());
        if name.is_empty() || name.chars().count() > 32 || name.chars().any(char::is_control) {
            return Err(Failure::usage(texts::staff_name(self.lang)));
        }
        let mut changes = details.changes(self.lang)?;
        changes.extend(kind.clone().map(|kind| Change::Kind(Some(kind))));
        let mut store = self.open(Kind::Real, true)?;
        let (loaded, keeper, now) = self.opened_by_leader(&mut store, &details.leader)?;
        let act = |changes: Vec<Change>| StaffAct::Add { name: name.to_owned(), role, changes };
        // What is wrong otherwise is said before anybody types a PIN.
        self.decided(&loaded, act(changes.clone()), keeper, now)?;
        changes.push(Change::Pin(self.new_pin(&loaded, name, role)?));
        let drafts = self.decided(&loaded, act(changes), keeper, now)?;
        let person = drafts.iter().find_map(|d| if let Fact::StaffSet { now, .. } = &d.fact { Some((**now).clone()) } else { None });
        self.enter(store, &loaded, &drafts, keeper, now)?;
        let lacks = person.map(|p| duty::lacks(&p, now.date())).unwrap_or_default();
        let text = if lacks.is_empty() {
            texts::staff_added(self.lang, name)
        } else {
            t::did_add_more(self.lang, name, t::role(self.lang, role), spoken::list_of_lacks(self.lang, &lacks))
        };
        let _ = writeln!(std::io::stdout(), "{text}");
        if role == Role::Leader {
            let _ = writeln!(std::io::stdout(), "{}", t::cli_code_hint(self.lang));
        }
        Ok(())
    }

    fn staff_set(&self, setting: &Setting) -> Result<(), Failure> {
        let Setting { who, name, role, kind, details, barred, not_vetted, remove_credential, new_pin, retire, works_again } = setting;
        let mut changes: Vec<Change> = Vec::new();
        changes.extend(name.clone().map(Change::Name));
        changes.extend(role.map(|role| Change::Role(role.role())));
        changes.extend(kind.clone().map(|kind| Change::Kind(Some(kind))));
        changes.extend(details.changes(self.lang)?);
        changes.extend(barred.then_some(Change::Vetting(Vetting::Barred)));
        changes.extend(not_vetted.then_some(Change::Vetting(Vetting::Unknown)));
        changes.extend(remove_credential.iter().cloned().map(Change::RemovePaper));
        changes.extend(retire.then_some(Change::Active(false)));
        changes.extend(works_again.then_some(Change::Active(true)));
        if changes.is_empty() && !new_pin {
            return Err(Failure::usage(t::cli_nothing(self.lang)));
        }
        let mut store = self.open(Kind::Real, false)?;
        let found = self.find(&store.load(Clock::Wall.now()).map_err(|e| self.store_failure(&e))?.register, who)?;
        let (loaded, keeper, now) = self.opened_by_leader(&mut store, &details.leader)?;
        let Some(was) = loaded.register.staff_member(found).cloned() else {
            return Err(Failure::refused(t::cli_nobody(self.lang, who)));
        };
        if *new_pin {
            let role = role.map_or(was.role, RoleArgument::role);
            changes.push(Change::Pin(self.new_pin(&loaded, &was.name, role)?));
        }
        let drafts = self.decided(&loaded, StaffAct::Change { staff: found, changes: changes.clone() }, keeper, now)?;
        let after = drafts.iter().find_map(|d| if let Fact::StaffSet { now, .. } = &d.fact { Some((**now).clone()) } else { None });
        let signed_off = drafts.iter().any(|d| matches!(d.fact, Fact::SignedOff { .. }));
        let settings = self.setup(false)?.settings;
        let room = Room { register: &loaded.register, day: &loaded.day, settings: &settings, desk: COMMAND_DESK, keeper: None };
        let children: Vec<String> = children_of(room, found).into_iter().filter_map(|c| loaded.register.child(c)).map(|c| c.name.clone()).collect();
        let said = spoken::did(self.lang, &after.unwrap_or(was), &changes, now.date(), &children.join(self.lang.pick("、", ", ")));
        let said = if signed_off { t::did_sign_off(self.lang, said) } else { said };
        self.enter(store, &loaded, &drafts, keeper, now)?;
        let _ = writeln!(std::io::stdout(), "{said}");
        Ok(())
    }

    fn staff_list(&self, json: bool, leader: &Leader) -> Result<(), Failure> {
        let Agreed { store, loaded, leader: _, now } = self.agreed(leader)?;
        let _ = store.close();
        if json {
            let list: Vec<serde_json::Value> = loaded.register.staff().map(|s| self.as_json(s, &loaded, now)).collect();
            self.print(&format!("{}\n", serde_json::json!({ "staff": list })))
        } else {
            self.print_lines(loaded.register.staff().map(|staff| self.in_a_line(staff, &loaded, now)))
        }
    }

    /// Everything on file, without the PIN, its hash, and the number to dial.
    fn as_json(&self, staff: &Staff, loaded: &Loaded, now: Moment) -> serde_json::Value {
        let Staff { id, name, role, kind, card, pin, active, capacity, employment, vetting, credentials, load, phone } = staff;
        let (checked, on) = match vetting {
            Vetting::Unknown => ("unknown", None),
            Vetting::Clear { on } => ("clear", Some(on)),
            Vetting::Barred => ("barred", None),
        };
        let lacks = duty::lacks(staff, now.date());
        serde_json::json!({
            "id": id.0, "name": name, "role": role.key(), "kind": kind, "capacity": capacity.key(), "employment": employment.map(Employment::key),
            "vetting": checked, "vetted_on": on, "credentials": credentials, "load": load, "card": card.as_ref().map(CardNumber::as_str),
            "has_pin": pin.is_some(), "has_phone": phone.is_some(), "active": active, "on_duty": loaded.day.state().is_on_duty(*id),
            "lacks": (!lacks.is_empty()).then(|| spoken::list_of_lacks(self.lang, &lacks)),
        })
    }

    fn in_a_line(&self, staff: &Staff, loaded: &Loaded, now: Moment) -> String {
        let lang = self.lang;
        let mut parts = vec![t::role(lang, staff.role).to_owned(), t::capacity(lang, staff.capacity).to_owned()];
        parts.extend(staff.employment.map(|e| t::employment(lang, Some(e)).to_owned()));
        parts.push(t::vetting(lang, staff.vetting));
        parts.extend(staff.credentials.iter().map(|c| {
            let name = t::paper(lang, &c.name);
            c.until.map_or(name.clone(), |until| t::paper_short(lang, name, until))
        }));
        parts.extend((!staff.active).then(|| t::retired(lang)));
        parts.extend(loaded.day.state().is_on_duty(staff.id).then(|| t::on_duty(lang)));
        let lacks = duty::lacks(staff, now.date());
        parts.extend((staff.active && !lacks.is_empty()).then(|| t::line_lacks(lang, spoken::list_of_lacks(lang, &lacks))));
        format!("{} {}  {}", staff.id.0, staff.name, parts.join(" · "))
    }

    /// Who is meant: by number, or by a name that only one has who works here.
    fn find(&self, register: &Register, who: &str) -> Result<StaffId, Failure> {
        let who = who.trim();
        if let Some(staff) = who.parse().ok().and_then(|n| register.staff_member(StaffId(n))) {
            return Ok(staff.id);
        }
        let mut named: Vec<&Staff> = register.staff().filter(|s| s.name == who).collect();
        if named.iter().any(|s| s.active) {
            named.retain(|s| s.active);
        }
        match named[..] {
            [only] => Ok(only.id),
            [] => Err(Failure::refused(t::cli_nobody(self.lang, who))),
            [..] => Err(Failure::refused(t::cli_several(self.lang, who))),
        }
    }

    /// The store once a leader has agreed, and which leader.
    fn opened_by_leader(&self, store: &mut Store, leader: &Leader) -> Result<(Loaded, Option<StaffId>, Moment), Failure> {
        let now = Clock::Wall.now();
        let keeper = self.leader_agrees(store, leader, now)?;
        let loaded = store.load(now).map_err(|e| self.store_failure(&e))?;
        Ok((loaded, keeper, now))
    }

    pub(super) fn decided(&self, loaded: &Loaded, act: StaffAct, keeper: Option<StaffId>, now: Moment) -> Result<Vec<Draft>, Failure> {
        let settings = self.setup(false)?.settings;
        let room = Room { register: &loaded.register, day: &loaded.day, settings: &settings, desk: COMMAND_DESK, keeper };
        let decision = decide(room, &Request::Act(Act::Office(OfficeAct::Staff(act))), now);
        match decision.objection {
            None => Ok(decision.drafts),
            Some(Objection::Office(OfficeHindrance::Staff(hindrance))) => Err(self.hindered(loaded, &hindrance)),
            Some(Objection::Group(_)) => Err(Failure::refused(t::leads_a_group(self.lang))),
            Some(_) => Err(Failure::refused(texts::wrong_staff(self.lang))),
        }
    }

    fn hindered(&self, loaded: &Loaded, hindrance: &Hindrance) -> Failure {
        Failure::refused(spoken::hindrance(self.lang, &loaded.register, hindrance))
    }

    fn enter(&self, mut store: Store, loaded: &Loaded, drafts: &[Draft], keeper: Option<StaffId>, now: Moment) -> Result<(), Failure> {
        self.write(&mut store, loaded.head, drafts, keeper, now)?;
        let _ = store.close();
        Ok(())
    }
}
