//! `caredesk doctor`: what of the computer round the desk is as it should be, a line each, with what to do where it is not.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use super::seal::{NoKey, said_of};
use super::{Desk, Failure};
use crate::shell::backup::keep;
use crate::shell::clock::Clock;
use crate::shell::doctor::{Check, Round, State};
use crate::store::{Kind, Store};
use crate::texts::{Lang, doctor as t};

impl Desk {
    pub(super) fn doctor(&self, json: bool) -> Result<(), Failure> {
        let backups = self.config.backup_folder.clone().unwrap_or_else(|| self.data.join(super::backup::FOLDER));
        let passphrase = self.passphrase_file().ok();
        let names = std::fs::read_dir(&backups).into_iter().flatten().flatten().map(|e| e.file_name().to_string_lossy().into_owned());
        let newest = names.filter_map(|name| keep::made(Kind::Real, &name)).max().map(|at| at.date());
        let of_environment = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let store = Store::open_read_only(&self.data).ok().and_then(|store| self.sealed(store, NoKey::Leave).ok());
        let key = store.as_ref().and_then(|store| self.key_of_seal(store));
        let unread = store.as_ref().and_then(Store::unread_key).map(|unread| said_of(self.lang, unread));
        let days_due = store.as_ref().and_then(|store| self.has_something_due(store));
        let round = Round {
            root: Path::new("/"),
            days_due,
            record: store.map(|store| store.verify_at_start(&AtomicBool::new(false)).is_sound()),
            data: &self.data,
            backups: &backups,
            key: key.as_deref(),
            key_is_read: unread.is_none(),
            passphrase: passphrase.as_deref(),
            newest,
            today: Clock::Wall.now().date(),
            user: user(),
            language: of_environment("LC_ALL").or_else(|| of_environment("LC_CTYPE")).or_else(|| of_environment("LANG")),
        };
        let found = Check::ALL.map(|check| (check, round.look(check)));
        let bad = found.iter().filter(|(_, state)| *state == State::Bad).count();
        if json {
            let word = |state: State| match state {
                State::Good => "ok",
                State::Bad => "not",
                State::Unseen => "unseen",
            };
            let list: Vec<_> = found
                .into_iter()
                .map(|(check, state)| {
                    let (what, remedy) = words(self.lang, check, unread.as_deref());
                    serde_json::json!({ "check": format!("{check:?}"), "state": word(state), "what": what, "remedy": remedy })
                })
                .collect();
            self.print_lines([serde_json::Value::from(list).to_string()])?;
        } else {
            self.print_lines(found.into_iter().map(|(check, state)| {
                let (what, remedy) = words(self.lang, check, unread.as_deref());
                match state {
                    State::Good => t::good(self.lang, what),
                    State::Bad => t::bad(self.lang, what, remedy),
                    State::Unseen => t::unseen(self.lang, what, remedy),
                }
            }))?;
        }
        if bad == 0 { Ok(()) } else { Err(Failure::refused(t::failed(self.lang, bad))) }
    }
}

impl Desk {
    fn has_something_due(&self, store: &Store) -> Option<bool> {
        let now = Clock::Wall.now();
        let register = store.load(now).ok()?.register;
        let days = self.days_due(store, &register, now).ok()?;
        let cards = self.cards_due(store, &register, now).ok()?;
        Some(days.is_some() || !cards.is_empty() || store.is_to_be_wiped().ok()?)
    }
}

/// What a check is about, and what to do where it is not so.
fn words(lang: Lang, check: Check, unread_key: Option<&str>) -> (String, String) {
    match check {
        Check::Sealed if unread_key.is_some() => (t::sealed(lang), unread_key.unwrap_or_default().to_owned()),
        Check::Record => (t::record(lang), t::record_do(lang)),
        Check::Sealed => (t::sealed(lang), t::sealed_do(lang)),
        Check::Private => (t::private(lang), t::private_do(lang)),
        Check::OwnUser => (t::own_user(lang), t::own_user_do(lang)),
        Check::LocalDisk => (t::local_disk(lang), t::local_disk_do(lang)),
        Check::FixedDisk => (t::fixed_disk(lang), t::fixed_disk_do(lang)),
        Check::Encrypted => (t::encrypted(lang), t::encrypted_do(lang)),
        Check::Passphrase => (t::passphrase(lang), t::passphrase_do(lang)),
        Check::Backups => (t::backups(lang), t::backups_do(lang)),
        Check::Kept => (t::kept(lang), t::kept_do(lang)),
        Check::OtherDisk => (t::other_disk(lang), t::other_disk_do(lang)),
        Check::NoDumps => (t::no_dumps(lang), t::no_dumps_do(lang)),
        Check::NoSysrq => (t::no_sysrq(lang), t::no_sysrq_do(lang)),
        Check::NoCtrlAltDel => (t::no_ctrl_alt_del(lang), t::no_ctrl_alt_del_do(lang)),
        Check::NoConsoles => (t::no_consoles(lang), t::no_consoles_do(lang)),
        Check::Started => (t::started(lang), t::started_do(lang)),
        Check::FootKeys => (t::foot_keys(lang), t::foot_keys_do(lang)),
        Check::Utf8 => (t::utf8(lang), t::utf8_do(lang)),
        Check::Clock => (t::clock(lang), t::clock_do(lang)),
        Check::Scanner => (t::scanner(lang), t::scanner_do(lang)),
    }
}

#[cfg(unix)]
#[allow(clippy::unnecessary_wraps)] // elsewhere users have no numbers
fn user() -> Option<u32> {
    Some(rustix::process::geteuid().as_raw())
}

#[cfg(not(unix))]
fn user() -> Option<u32> {
    None
}
