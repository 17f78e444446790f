//! The first start: without a store, or with one in which nothing was ever entered, the desk offers practice or a set-up.
//!
//! Nothing is written before the last Enter of the set-up. Then the settings, the timetable and the leader are one act, and a
//! roster is the next; a plug that is pulled before leaves a store with nothing in it, and the set-up begins again.

use std::path::PathBuf;
use std::sync::atomic::AtomicU8;

use crate::desk::said::Notice;
use crate::desk::welcome::{Answers, Found, Welcome, Wish};
use crate::domain::fact::{Draft, Fact, Seq};
use crate::domain::register::Register;
use crate::rules::duty::is_card_among;
use crate::shell::clock::Clock;
use crate::shell::pin;
use crate::shell::screen::Screen;
use crate::shell::wall::Wall;
use crate::store::{Kind, Store};
use crate::texts;

use super::{Desk, Failure};

impl Desk {
    /// Practises, or sets the room up and opens the desk.
    pub(super) fn first_start(&self) -> Result<(), Failure> {
        let mut welcome = Welcome::new(self.lang, self.data.display().to_string());
        let mut screen = Screen::take().map_err(|e| self.terminal_failure(&e))?;
        let read = |file: &str, answers: &Answers, wall: &Wall, percent: &AtomicU8| self.read_roster(&PathBuf::from(file), answers, wall, percent);
        match screen.welcome(&mut welcome, self.appearance()?, &read).map_err(|e| self.terminal_failure(&e))? {
            Wish::Practise => {
                // In memory: the folder is kept for the real store.
                let (store, clock) = self.practice_room(None, 1.0, None, 1, false)?;
                self.show_practice(screen, store, clock, true)
            }
            Wish::Finish => {
                let (store, code) = self.set_up(&welcome.answers)?;
                welcome.entered(code);
                let nothing = |_: &str, _: &Answers, _: &Wall, _: &AtomicU8| Ok((Vec::new(), Found::Refused));
                let read = screen.welcome(&mut welcome, self.appearance()?, &nothing).map_err(|e| self.terminal_failure(&e))?;
                if read != Wish::Open {
                    return Ok(());
                }
                let setup = self.setup(false)?;
                self.show(screen.with_backups(self.by_itself()), store, Clock::Wall, setup, |session| session.model.notice(Notice::NextStaff))
            }
            Wish::Stay | Wish::Read(_) | Wish::Open | Wish::Leave => Ok(()),
        }
    }

    /// Enters what the set-up was told into a store with nothing in it; gives the leader's recovery code, which is kept nowhere.
    fn set_up(&self, answers: &Answers) -> Result<(Store, String), Failure> {
        let now = Clock::Wall.now();
        self.is_believed(None)?;
        let typed = answers.pin.as_ref().map(|pin| pin.0.as_str()).unwrap_or_default();
        let hash = pin::hash(typed).map_err(Failure::refused)?;
        let (code, code_hash) = pin::recovery_code().map_err(Failure::refused)?;
        let facts = answers.facts(self.lang, hash, code_hash, now.date());
        // Everything that can be refused is refused before a file is made.
        let mut register = Register::default();
        for fact in &facts {
            if let Fact::StaffSet { now, .. } = fact {
                register.put_staff((**now).clone());
            }
        }
        let roster = match &answers.roster {
            Some(file) => {
                self.plan_roster(&[PathBuf::from(file)], &register, answers.card_digits, &Wall::default(), &mut |_| ())
                    .map_err(Failure::refused)?
                    .drafts
            }
            None => Vec::new(),
        };
        // The file may have changed since it was shown.
        if is_card_among(typed, roster.iter().map(|draft| &draft.fact)) {
            return Err(Failure::refused(texts::settings::setup_pin_in_roster(self.lang)));
        }
        let mut store = self.open(Kind::Real, true)?;
        let drafts: Vec<Draft> = facts.into_iter().map(Draft::from).collect();
        let mut head = Seq(0);
        for drafts in [drafts, roster].into_iter().filter(|drafts| !drafts.is_empty()) {
            head = self.write(&mut store, head, &drafts, None, now)?;
        }
        Ok((store, code))
    }
}
