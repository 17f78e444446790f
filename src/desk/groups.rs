//! The activity board: what can be done on it and with a group, and the questions of its forms.

use crate::domain::activity::{Category, GroupDay, GroupId};
use crate::domain::people::{ChildId, StaffId};
use crate::domain::settings::Place;
use crate::rules::content;
use crate::rules::groups::{GroupAct, Plan, Which, at_hand, expected_back};
use crate::rules::{Act, Room};

use super::forms::{Form, Kind, Step, Value};
use super::office::{Ask, cards};
use super::question::{Asks, Label, Prompt, Question};
use super::{Dialog, Effect, Model};

/// Something to do on the board or with a group.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BoardAction {
    /// Make a group.
    New,
    /// Go out with children who are picked now.
    GoOut,
    /// Put children into the group.
    Members,
    /// The group leaves the room.
    Leave,
    /// The group goes on to another place.
    GoOn,
    /// The group comes back.
    Return,
    /// Somebody else leads it.
    Lead,
    /// It ends.
    End,
}

/// What can be done on the board: its open groups, then what makes new ones and what is away.
#[must_use]
pub fn board(room: Room<'_>) -> Question {
    let groups: Vec<&GroupDay> = room.day.state().groups().open().collect();
    let away = groups.iter().filter(|g| g.away.is_some()).map(|g| Label::ComesBack(g.group.id));
    let labels = groups.iter().map(|g| Label::Group(g.group.id));
    let new = [Label::Board(BoardAction::New), Label::Board(BoardAction::GoOut)];
    Question::choose(Prompt::Board, labels.chain(new).chain(away))
}

/// What can be done with a group.
#[must_use]
pub fn with_group(room: Room<'_>, id: GroupId) -> Question {
    let group = room.day.state().groups().get(id).filter(|g| g.ended.is_none());
    let list = match group {
        None => Vec::new(),
        Some(group) if group.away.is_some() => {
            vec![BoardAction::Return, BoardAction::Members, BoardAction::GoOn, BoardAction::Lead, BoardAction::End]
        }
        Some(_) => vec![BoardAction::Members, BoardAction::Leave, BoardAction::Lead, BoardAction::End],
    };
    Question::choose(Prompt::GroupDo(id), list.into_iter().map(Label::Board))
}

impl Model {
    /// What a choice on the board, or in a group, leads to.
    pub(super) fn board_action(&mut self, action: BoardAction, group: Option<GroupId>) -> Vec<Effect> {
        let kind = match (action, group) {
            (BoardAction::New, _) => Kind::NewGroup,
            (BoardAction::GoOut, _) => Kind::GoOut(None),
            (BoardAction::Members, Some(group)) => Kind::Members(group),
            (BoardAction::Leave | BoardAction::GoOn, Some(group)) => Kind::GoOut(Some(group)),
            (BoardAction::Return, Some(group)) => Kind::ComeBack(group),
            (BoardAction::Lead, Some(group)) => Kind::Lead(group),
            (BoardAction::End, Some(group)) => {
                self.dialog = None;
                return self.act(Act::Group(GroupAct::End { group }));
            }
            (_, None) => return Vec::new(),
        };
        self.open_form(kind)
    }

    /// A group was chosen: its card with what can be done.
    pub(super) fn show_group(&mut self, group: GroupId) -> Vec<Effect> {
        self.open(Dialog::Group(group));
        Vec::new()
    }
}

fn done(act: GroupAct) -> Step {
    super::forms::act(Act::Group(act))
}

/// What the group is to do: category and title, in either order; `from` answers have been used before.
fn activity(form: &Form, room: Room<'_>, from: usize) -> Result<(Category, String), Step> {
    let first = form.values.get(from);
    let title = match first {
        None => {
            let labels = Category::ALL.map(Label::Category);
            return Err(Step::Ask(Question::choose(Prompt::WhatActivity, labels).taking(Asks::Named)));
        }
        Some(Value::Chosen(Label::Category(category))) => {
            return match form.values.get(from + 1) {
                Some(Value::Chosen(Label::Title(title)) | Value::Text(title)) => Ok((*category, title.clone())),
                Some(_) => Ok((*category, String::new())),
                None => {
                    let own = room.settings.activities.iter().filter(|(c, _)| c == category).map(|(_, title)| Label::Title(title.clone()));
                    let labels = std::iter::once(Label::AsCategory).chain(own);
                    Err(Step::Ask(Question::choose(Prompt::WhatTitle(*category), labels).default_to(1).taking(Asks::Named)))
                }
            };
        }
        Some(Value::Text(title)) => title,
        Some(_) => return Err(Step::Nothing),
    };
    match form.values.get(from + 1) {
        Some(Value::Chosen(Label::Category(category))) => Ok((*category, title.clone())),
        Some(_) => Err(Step::Nothing),
        None => {
            let guess = content::guess(title).and_then(|guess| Category::ALL.iter().position(|c| *c == guess));
            let question = Question::choose(Prompt::WhichCategory, Category::ALL.map(Label::Category));
            let number = guess.and_then(|at| u32::try_from(at + 1).ok());
            Err(Step::Ask(number.map_or(question.clone(), |n| question.default_to(n))))
        }
    }
}

/// Who leads: somebody on duty; the one who acts if Enter alone is pressed. Nobody is asked for when only one could.
fn leader(form: &Form, room: Room<'_>, at: usize) -> Result<StaffId, Step> {
    match form.chosen(at) {
        Some(Label::Staff(staff)) => Ok(*staff),
        Some(_) => Err(Step::Nothing),
        None => {
            let duty: Vec<StaffId> = room.state().duty().iter().map(|d| d.staff).collect();
            let actor = room.actor().and_then(|a| duty.iter().position(|d| *d == a)).and_then(|at| u32::try_from(at + 1).ok());
            let question = Question::choose(Prompt::WhoLeads, duty.into_iter().map(Label::Staff));
            Err(Step::Ask(actor.map_or(question.clone(), |n| question.default_to(n))))
        }
    }
}

fn place<'p>(form: &Form, at: usize, list: impl Iterator<Item = &'p Place>) -> Result<Place, Step> {
    match form.chosen(at) {
        Some(Label::Place(place)) => Ok(place.clone()),
        Some(_) => Err(Step::Nothing),
        None => Err(Step::Ask(Question::choose(Prompt::GroupPlace, list.cloned().map(Label::Place)).default_to(1))),
    }
}

/// Activity → leader → place. A group in the room starts at once.
pub(super) fn new_group(form: &Form, room: Room<'_>) -> Step {
    match plan(form, room) {
        Ok(plan) => done(GroupAct::Make(plan)),
        Err(step) => step,
    }
}

fn plan(form: &Form, room: Room<'_>) -> Result<Plan, Step> {
    let (category, title) = activity(form, room, 0)?;
    let leader = leader(form, room, 2)?;
    let place = place(form, 3, room.settings.places.iter())?;
    Ok(Plan { category, title, leader, place })
}

fn ticks(form: &Form, at: usize, prompt: Prompt, children: Vec<ChildId>) -> Result<Vec<ChildId>, Step> {
    if let Some(Value::Ticked(children)) = form.values.get(at) {
        return Ok(children.clone());
    }
    let labels = children.into_iter().map(|child| Label::Tick { child, on: form.ticked.contains(&child) });
    Err(Step::Ask(Question::choose(prompt, labels).taking(Asks::Ticks)))
}

/// Children who are at hand and not in it yet; one who is in another group changes over.
pub(super) fn members(form: &Form, room: Room<'_>, group: GroupId) -> Step {
    let inside = |child: &ChildId| room.state().groups().of(*child).is_some_and(|g| g.group.id == group);
    let list = at_hand(room).into_iter().filter(|c| !inside(c)).collect();
    match ticks(form, 0, Prompt::WhoJoins(group), list) {
        Ok(children) => done(GroupAct::Put { group, children }),
        Err(step) => step,
    }
}

fn count(form: &Form, at: usize, prompt: Prompt) -> Result<u32, Step> {
    match form.values.get(at) {
        Some(Value::Number(n)) => Ok(*n),
        Some(_) => Err(Step::Nothing),
        None => Err(Step::Ask(Question::ask(Asks::Number, prompt))),
    }
}

/// A known group: place → who → two counts. A new one: activity → who → leader → place → two counts.
pub(super) fn go_out(form: &Form, room: Room<'_>, group: Option<GroupId>) -> Step {
    let act = match group {
        Some(id) => known_goes(form, room, id),
        None => new_goes(form, room),
    };
    match act {
        Ok(act) => done(act),
        Err(step) => step,
    }
}

fn known_goes(form: &Form, room: Room<'_>, id: GroupId) -> Result<GroupAct, Step> {
    let Some(day) = room.day.state().groups().get(id) else { return Err(Step::Nothing) };
    let from = day.away.as_ref().map_or_else(Place::room, |away| away.to.clone());
    // The place that was said when the group was made stands first.
    let planned = std::iter::once(&day.group.place);
    let list = planned.chain(room.settings.places.iter().filter(|p| **p != day.group.place)).filter(|p| **p != from && !p.is_room());
    let to = place(form, 0, list)?;
    let all: Vec<ChildId> = match &day.away {
        Some(_) => expected_back(room.state(), day),
        None => at_hand(room),
    };
    let children = ticks(form, 1, Prompt::WhoGoes, all)?;
    let counts = [count(form, 2, Prompt::LeaderCount)?, count(form, 3, Prompt::DeskCount)?];
    Ok(GroupAct::Go { group: Which::Known(id), to, children, counts })
}

fn new_goes(form: &Form, room: Room<'_>) -> Result<GroupAct, Step> {
    let (category, title) = activity(form, room, 0)?;
    let children = ticks(form, 2, Prompt::WhoGoes, at_hand(room))?;
    let leader = leader(form, room, 3)?;
    let to = place(form, 4, room.settings.places.iter().filter(|p| !p.is_room()))?;
    let counts = [count(form, 5, Prompt::LeaderCount)?, count(form, 6, Prompt::DeskCount)?];
    let plan = Plan { category, title, leader, place: to.clone() };
    Ok(GroupAct::Go { group: Which::New(plan), to, children, counts })
}

/// The leader's count → by name → the desk's count (N12).
pub(super) fn come_back(form: &Form, room: Room<'_>, group: GroupId) -> Step {
    let Some(day) = room.day.state().groups().get(group) else { return Step::Nothing };
    let act = || {
        let leader = count(form, 0, Prompt::LeaderCount)?;
        let here = ticks(form, 1, Prompt::WhoIsBack(group, leader), expected_back(room.state(), day))?;
        let desk = count(form, 2, Prompt::DeskCount)?;
        Ok(GroupAct::Return { group, here, counts: [leader, desk] })
    };
    match act() {
        Ok(act) => done(act),
        Err(step) => step,
    }
}

pub(super) fn lead(form: &Form, room: Room<'_>, group: GroupId) -> Step {
    match leader(form, room, 0) {
        Ok(leader) => done(GroupAct::Lead { group, leader }),
        Err(step) => step,
    }
}

/// Who is ticked before anybody has ticked: the members who leave, everybody when as many came back as should.
#[must_use]
pub(super) fn ticked_at_first(form: &Form, room: Room<'_>, question: &Question) -> Vec<ChildId> {
    let all = || question.choices.iter().filter_map(|c| if let Label::Tick { child, .. } = c.label { Some(child) } else { None });
    match (&form.kind, &question.prompt) {
        (Kind::GoOut(Some(group)), Prompt::WhoGoes) => {
            let member = |child: &ChildId| room.state().groups().of(*child).is_some_and(|g| g.group.id == *group);
            all().filter(member).collect()
        }
        (Kind::ComeBack(_), Prompt::WhoIsBack(_, counted)) if question.choices.len() == usize::try_from(*counted).unwrap_or(0) => all().collect(),
        (Kind::Extend, Prompt::WhoStays) | (_, Prompt::Office(Ask::Cards(cards::Ask::Hooks(_)))) => all().collect(),
        _ => Vec::new(),
    }
}
