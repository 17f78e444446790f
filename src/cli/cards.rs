//! `cards`: numbers are allotted, cards are listed and reported lost from the command line.

use std::io::Write;

use clap::Subcommand;

use super::files::SheetCommand;
use super::leader::Leader;
use super::{Agreed, COMMAND_DESK, Desk, Failure};
use crate::desk::appearance::Appearance;
use crate::desk::{Model, Start};
use crate::domain::card::{Allotment, Spacing};
use crate::domain::custody::{CardKind, CardState, Custody};
use crate::domain::fact::Draft;
use crate::domain::people::{ChildId, StaffId};
use crate::domain::time::Moment;
use crate::rules::office::OfficeAct;
use crate::rules::office::cards::allot::{allot, well_spaced};
use crate::rules::office::cards::{CardsAct, NewCard, without_card};
use crate::rules::{Act, Request, Room, card, decide};
use crate::store::{Loaded, Store};
use crate::texts::cards as t;
use crate::wording::Words;

/// What is done with cards.
#[derive(Subcommand, Debug)]
pub(super) enum CardsCommand {
    /// Allot numbers: to all children without a card, or to those named / 编卡号
    Issue {
        /// All children without a card
        #[arg(long, conflicts_with = "child")]
        all: bool,
        /// This child (several may be given)
        #[arg(long, value_name = "NAME")]
        child: Vec<String>,
        #[command(flatten)]
        leader: Leader,
    },
    /// Every card: its child, its state, where it is; asks for a leader's PIN, for a number is as good as a card / 卡片清单
    List {
        /// One JSON object a line
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        leader: Leader,
    },
    /// Report a card lost: it is dead at once / 挂失
    Lost {
        /// Its number
        #[arg(value_name = "NUMBER")]
        number: String,
        #[command(flatten)]
        leader: Leader,
    },
    #[command(flatten)]
    Sheet(SheetCommand),
}

impl Desk {
    pub(super) fn cards(&self, command: CardsCommand) -> Result<(), Failure> {
        match command {
            CardsCommand::Issue { all, child, leader } => self.cards_issue(all, &child, &leader),
            CardsCommand::List { json, leader } => self.cards_list(json, &leader),
            CardsCommand::Lost { number, leader } => self.cards_lost(&number, &leader),
            CardsCommand::Sheet(command) => self.card_sheet(command),
        }
    }

    fn cards_issue(&self, all: bool, names: &[String], leader: &Leader) -> Result<(), Failure> {
        if !all && names.is_empty() {
            return Err(Failure::usage(t::cli_nobody(self.lang)));
        }
        let Agreed { mut store, loaded, leader, now } = self.agreed(leader)?;
        let model = self.model_of(&loaded, now)?;
        let children = if all { without_card(model.room()) } else { self.children_called(&model, names)? };
        let mut failed = false;
        let mut random = || {
            getrandom::u64().unwrap_or_else(|_| {
                failed = true;
                0
            })
        };
        let drawn = allot(&model.register, children.len(), &mut random);
        if failed || (drawn.is_empty() && !children.is_empty()) {
            return Err(Failure::refused(t::no_numbers(self.lang)));
        }
        if drawn.len() < children.len() {
            return Err(Failure::refused(t::cli_fewer(self.lang, drawn.len(), children.len(), Allotment::LONGEST)));
        }
        let cards: Vec<NewCard> = children
            .iter()
            .zip(&drawn)
            .map(|(child, (number, _))| NewCard { child: *child, number: number.clone(), own: true, kind: CardKind::Main })
            .collect();
        self.enter_cards(&mut store, &model, CardsAct::Issue(cards.clone()), leader, now)?;
        let words = Words::of(&model);
        let lines = cards.iter().map(|card| format!("{}\n", t::cli_issued(self.lang, words.name_and_class(card.child), &card.number)));
        if drawn.iter().any(|(_, spacing)| *spacing == Spacing::DistinctOnly) {
            let _ = writeln!(std::io::stderr(), "caredesk: {}", t::notice_spacing(self.lang, well_spaced(&drawn), drawn.len()));
        }
        let _ = store.close();
        self.print(&lines.collect::<String>())
    }

    fn cards_lost(&self, number: &str, leader: &Leader) -> Result<(), Failure> {
        let Agreed { mut store, loaded, leader, now } = self.agreed(leader)?;
        let model = self.model_of(&loaded, now)?;
        let Some(number) = card::on_file(model.room(), std::iter::once(number.trim())).map(|c| c.number.clone()) else {
            return Err(Failure::refused(t::no_such_card(self.lang)));
        };
        let act = CardsAct::Lose(number);
        self.enter_cards(&mut store, &model, act.clone(), leader, now)?;
        let _ = store.close();
        self.print(&format!("{}\n", Words::of(&model).done(&Act::Office(OfficeAct::Cards(act)))))
    }

    fn cards_list(&self, json: bool, leader: &Leader) -> Result<(), Failure> {
        let Agreed { store, loaded, leader: _, now } = self.agreed(leader)?;
        let model = self.model_of(&loaded, now)?;
        let words = Words::of(&model);
        let today = model.day.date();
        let mut lines = String::new();
        for card in model.names.all().flat_map(|child| model.register.cards_of(child)) {
            let line = if json {
                let state = match card.state {
                    CardState::Live if card.is_valid_on(today) => "live",
                    CardState::Live | CardState::Expired { .. } => "expired",
                    CardState::Lost { .. } => "lost",
                    CardState::Replaced { .. } => "replaced",
                };
                let custody = match card.custody {
                    Custody::Rack => "rack",
                    Custody::Holder => "holder",
                    Custody::Away => "away",
                    Custody::Astray => "astray",
                };
                let child = model.register.child(card.child).map(|c| c.name.clone());
                serde_json::json!({ "number": card.number.as_str(), "child": card.child.0, "name": child, "kind": card.kind.key(),
                    "state": state, "custody": custody, "own": card.own, "until": card.until })
                .to_string()
            } else {
                words.card_line_with_number(card)
            };
            lines.extend([line.as_str(), "\n"]);
        }
        let _ = store.close();
        self.print(&lines)
    }

    /// The desk as a command sees it, for rules and words.
    pub(super) fn model_of(&self, loaded: &Loaded, now: Moment) -> Result<Model, Failure> {
        let setup = self.setup(false)?;
        Ok(Model::new(Start {
            register: loaded.register.clone(),
            day: loaded.day.clone(),
            settings: setup.settings,
            desk: COMMAND_DESK.to_owned(),
            lang: self.lang,
            practice: false,
            appearance: Appearance::default(),
            head: loaded.head,
            now,
        }))
    }

    fn children_called(&self, model: &Model, names: &[String]) -> Result<Vec<ChildId>, Failure> {
        let called = |name: &String| {
            let mut hits = model.register.children().filter(|c| c.enrolled && c.name == name.trim()).map(|c| c.id);
            match (hits.next(), hits.next()) {
                (Some(only), None) => Ok(only),
                (Some(_), Some(_)) => Err(Failure::refused(t::cli_several(self.lang, name))),
                (None, _) => Err(Failure::refused(t::cli_no_child(self.lang, name))),
            }
        };
        names.iter().map(called).collect()
    }

    fn enter_cards(&self, store: &mut Store, model: &Model, act: CardsAct, leader: Option<StaffId>, now: Moment) -> Result<(), Failure> {
        let room = Room { keeper: leader, ..model.room() };
        let decision = decide(room, &Request::Act(Act::Office(OfficeAct::Cards(act))), now);
        if let Some(objection) = decision.objection {
            return Err(Failure::refused(Words::of(model).objection(&objection)));
        }
        let drafts: Vec<Draft> = decision.drafts;
        self.write(store, model.head, &drafts, leader, now).map(|_| ())
    }
}
