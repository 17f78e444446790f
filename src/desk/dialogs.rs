//! Lists, forms and PINs: what a line means to the dialog in front.

use std::collections::BTreeMap;

use crate::domain::day::Presence;
use crate::domain::fact::CallResult;
use crate::domain::people::{ChildId, CollectorId, StaffId};
use crate::rules::access::demand;
use crate::rules::closing::{self, AccountAct};
use crate::rules::duty::pins::has_form_of_pin;
use crate::rules::pass::{LeftOpen, Proof, Purpose};
use crate::rules::{Act, Pass, Request, Verdict, decide, duty, hold, undo};
use crate::texts;

use super::actions::Action;
use super::calls;
use super::commands::Command;
use super::forms::{self, Form, Kind, Mistake, Step, Value};
use super::grammar::{Parsed, Reader, Typed, parse};
use super::groups::{self, BoardAction};
use super::keeper::Agreed;
use super::office::{self, Screen};
use super::question::{Asks, Choice, Label, Prompt, Question, Secret, Takes};
use super::record::Job;
use super::said::{Hint, Notice, Said};
use super::shown::Stale;
use super::unrecorded::Waiting;
use super::{Attention, Dialog, Effect, How, Model, Pin};

/// Most hits that a search lists.
const MOST_HITS: usize = 30;

/// A pass phrase has so many characters at least (F033).
const SHORTEST_PHRASE: usize = 2;

impl Model {
    pub(super) fn words(&mut self, text: &str) -> Vec<Effect> {
        let question = self.question();
        if self.dialog.is_some()
            && self.keyboard() == Attention::Dialog
            && let Some(question) = &question
        {
            let free = matches!(question.asks, Asks::Text | Asks::Time | Asks::Number | Asks::Named | Asks::Date);
            let answers = free || question.asks == Asks::Ticks || self.choice_by_word(question, text).is_some();
            if answers && self.looks_again() {
                return Vec::new();
            }
            if question.asks == Asks::Ticks {
                return self.tick_by_name(text);
            }
            if answers {
                return self.answer_dialog_text(text, question);
            }
        } else if let Some(question) = &question
            && let Some(n) = self.choice_by_word(question, text)
        {
            return self.number(n, text);
        }
        match self.screen_typed(text) {
            Some(effects) => effects,
            None => self.search(text),
        }
    }

    /// The only choice that a word names: its own word, a member of staff, a group.
    pub(super) fn choice_by_word(&self, question: &Question, text: &str) -> Option<u32> {
        let named = |label: &Label| {
            if let Label::Staff(staff) = label {
                self.register.staff_member(*staff).is_some_and(|s| s.name == text.trim())
            } else if let Label::Group(group) = label {
                self.day.state().groups().get(*group).is_some_and(|g| g.group.title == text.trim())
            } else {
                texts::label_answers(label, text)
            }
        };
        let mut fits = question.choices.iter().filter(|c| !c.gone && named(&c.label));
        let only = fits.next()?;
        fits.next().is_none().then_some(only.n)
    }

    pub(super) fn search(&mut self, text: &str) -> Vec<Effect> {
        let mut hits = self.names.find(&self.register, text);
        if let Some(Dialog::Form(form)) = &self.dialog {
            let back_fill = form.kind == Kind::BackFill && form.values.is_empty();
            return match hits[..] {
                [only] if back_fill => self.form_value(Value::Child(Box::new(Pass::new(only, Proof::Name)))),
                _ => self.mistake(Mistake::NoSuchChoice),
            };
        }
        match hits[..] {
            [] => {
                self.said = Some(Said::NobodyFound);
                Vec::new()
            }
            [only] => {
                self.show_card_of(only);
                Vec::new()
            }
            [first, ..] => {
                let alike = self.names.same_sound(&self.register, first);
                let all_alike = hits.iter().skip(1).all(|h| alike.contains(h));
                hits.truncate(MOST_HITS);
                let children = hits.iter().map(|c| (*c, Verdict::Ambiguous)).collect();
                self.open(Dialog::Hits { hits });
                if all_alike {
                    self.said = Some(Said::Verdict { children, verdict: Verdict::Ambiguous });
                }
                Vec::new()
            }
        }
    }

    /// Opens a child's card with what can be done.
    pub(super) fn show_card_of(&mut self, child: ChildId) {
        self.open(Dialog::Actions(child));
        self.comes_up(child);
        self.remind_of_notes(child);
        self.guide_sees_found();
    }

    pub(super) fn answer_dialog(&mut self, n: Option<u32>, text: &str) -> Vec<Effect> {
        let Some(question) = self.question() else {
            self.dialog = None;
            return self.hint(Hint::Back);
        };
        match n {
            None => self.answer_dialog_text("", &question),
            Some(_) => self.answer_dialog_text(text, &question),
        }
    }

    /// A text answers a list or form: by number, by word, or as a value.
    pub(super) fn answer_dialog_text(&mut self, text: &str, question: &Question) -> Vec<Effect> {
        if question.asks == Asks::Ticks {
            return self.answer_ticks(text, question);
        }
        if let Some(n) = text.parse::<u32>().ok().filter(|_| !question.choices.is_empty()) {
            match self.stands_for(n) {
                Ok(label) => return self.choose(label),
                Err(Stale::Gone) => return self.mistake(Mistake::Gone),
                Err(Stale::Changed) => return self.hint(Hint::Changed),
                Err(Stale::NoSuch) => {}
            }
        }
        let named = question.asks == Asks::Named || (matches!(question.asks, Asks::Time | Asks::Date) && !question.choices.is_empty());
        if named && let Some(choice) = self.picked(question, text) {
            return self.choose(choice);
        }
        if matches!(question.asks, Asks::Choice) {
            return match self.picked(question, text) {
                Some(label) => self.choose(label),
                None if text.is_empty() && question.choices.is_empty() => {
                    self.dialog = None;
                    self.hint(Hint::NothingToChoose)
                }
                None if text.is_empty() => self.hint(Hint::PickANumber),
                None if text.parse::<u32>().is_ok() => self.mistake(Mistake::NoSuchChoice),
                None => self.screen_typed(text).unwrap_or_else(|| self.mistake(Mistake::NoSuchChoice)),
            };
        }
        if let Some(Dialog::Form(Form { kind: Kind::Batch(_), values, .. })) = &self.dialog {
            return match text.parse::<usize>() {
                Ok(n) if n == values.len() && n > 0 => self.form_value(Value::Number(u32::try_from(n).unwrap_or(0))),
                Ok(_) => self.mistake(Mistake::CountDiffers),
                Err(_) => self.mistake(Mistake::NotANumber),
            };
        }
        if question.asks == Asks::Card {
            return self.mistake(Mistake::NotAChild);
        }
        if self.looks_like_pin(text, question) {
            return Vec::new();
        }
        self.store_answer(text, question)
    }

    /// Hands that know the way type the PIN by habit: where a leader's PIN still holds and its question was skipped, a first answer
    /// of so many digits is asked about, unseen, before it is stored as data.
    fn looks_like_pin(&mut self, text: &str, question: &Question) -> bool {
        let Some(Dialog::Form(form)) = &mut self.dialog else { return false };
        let first = form.agreed != Agreed::Here && form.values.is_empty() && form.suspect.is_none();
        let like = first && matches!(question.asks, Asks::Text | Asks::Named) && has_form_of_pin(text);
        if like {
            form.suspect = Some(Pin(text.to_owned()));
            form.error = None;
        }
        like
    }

    /// The same for a card that is to be enrolled. What a reader gave is a card, but where there is no timing, or a key was
    /// pressed, so few digits are asked about.
    pub(super) fn enrols_what_looks_like_pin(&mut self, text: &str, how: How) -> bool {
        const LONGEST_LEADERS: usize = 6;
        let enrols = self.keyboard() == Attention::Dialog && self.question().is_some_and(|q| q.takes() == Some(Takes::NewCard));
        let Some(Dialog::Form(form)) = self.dialog.as_mut().filter(|_| enrols) else { return false };
        let first = form.agreed != Agreed::Here && form.values.is_empty() && form.suspect.is_none();
        let like = first && has_form_of_pin(text) && (how == How::Typed || text.len() <= LONGEST_LEADERS);
        if like {
            form.suspect = Some(Pin(text.to_owned()));
        }
        like
    }

    /// What looked like a PIN is stored as an answer after all, or forgotten.
    fn suspect_answered(&mut self, store: bool) -> Vec<Effect> {
        let Some(Dialog::Form(form)) = &mut self.dialog else { return Vec::new() };
        let typed = form.suspect.take().filter(|_| store);
        match (typed, self.question()) {
            (Some(typed), Some(question)) if question.takes() == Some(Takes::NewCard) => {
                self.card(std::slice::from_ref(&typed.0), &typed.0, How::Lifted)
            }
            (Some(typed), Some(question)) => self.store_answer(&typed.0, &question),
            (_, _) => Vec::new(),
        }
    }

    fn store_answer(&mut self, text: &str, question: &Question) -> Vec<Effect> {
        match forms::read(question, text, self.now) {
            Ok(Value::Time(time)) if matches!(question.prompt, Prompt::CallTime(_)) && !calls::is_ahead(time, self.now) => {
                self.mistake(Mistake::TimeIsPast)
            }
            Ok(value) => self.form_value(value),
            Err(mistake) => self.mistake(mistake),
        }
    }

    pub(super) fn choose(&mut self, label: Label) -> Vec<Effect> {
        match (&self.dialog, label) {
            (Some(Dialog::Hits { .. }), Label::Child(child)) => {
                self.show_card_of(child);
                Vec::new()
            }
            (Some(Dialog::Actions(child)), Label::Action(action)) => {
                let child = *child;
                self.start_action(action, child)
            }
            (Some(Dialog::Form(Form { kind: Kind::StepOut(child), .. })), Label::Action(action)) => {
                let child = *child;
                if action == Action::NoCard {
                    self.open_form(Kind::NoCard(child, Purpose::Outing))
                } else {
                    self.leave_dialog(vec![Pass::out(child, Proof::CardUnread)])
                }
            }
            (Some(Dialog::Undo), Label::Undo(act)) => {
                let room = self.room();
                let entries = undo::candidates(room).into_iter().find(|a| a.first().is_some_and(|e| e.act == act));
                if entries.as_ref().is_some_and(|a| self.wants_pin(demand::of_undoing(room, a))) {
                    return self.open_form(Kind::UnlockUndo(act));
                }
                let with_reason = Request::Undo { act, reason: Some(String::from("-")) };
                let stands = decide(room, &with_reason, self.now).objection.is_none();
                if stands && entries.is_some_and(|a| undo::wants_reason(&a, self.now)) {
                    return self.open_form(Kind::UndoReason(act));
                }
                self.enter_request(Request::Undo { act, reason: None })
            }
            (Some(Dialog::Unrecorded(_)), Label::Unrecorded(at)) => {
                self.dialog = Some(Dialog::Unrecorded(Waiting::One(at)));
                self.say_why_it_stays(at);
                Vec::new()
            }
            (Some(Dialog::Unrecorded(_)), Label::TryAgain(at)) => {
                self.dialog = None;
                self.try_unrecorded(at)
            }
            (Some(Dialog::Unrecorded(_)), Label::DropUnrecorded(at)) => self.drop_unrecorded(at),
            (Some(Dialog::Board), Label::Group(group)) => self.show_group(group),
            (Some(Dialog::Board), Label::ComesBack(group)) => self.board_action(BoardAction::Return, Some(group)),
            (Some(Dialog::Board), Label::Board(action)) => self.board_action(action, None),
            (Some(Dialog::Group(group)), Label::Board(action)) => {
                let group = *group;
                self.board_action(action, Some(group))
            }
            (Some(Dialog::Roll), Label::Numbers(child)) => self.show_numbers(child),
            (Some(Dialog::Form(_)), Label::TypeAgain) => self.suspect_answered(false),
            (Some(Dialog::Form(_)), Label::StoreAsAnswer) => self.suspect_answered(true),
            (Some(Dialog::Calls), Label::Dial { child, collector }) => {
                let about = closing::matter(self.known_room(), child);
                self.open_form(Kind::Chase(child, collector, about))
            }
            (Some(Dialog::Office(_)), Label::Office(pick)) => self.screen_picked(&pick),
            (Some(Dialog::Calls), Label::ExtendCare) => self.open_form(Kind::Extend),
            (_, label) => self.form_value(Value::Chosen(label)),
        }
    }

    /// The choice that a word picks among others, or Enter alone.
    fn picked(&self, question: &Question, text: &str) -> Option<Label> {
        let choice = if text.is_empty() { question.default() } else { question.choice(self.choice_by_word(question, text)?) };
        choice.map(|c| c.label.clone())
    }

    /// An answer while children are ticked: a number or a name ticks, Enter alone is done.
    fn answer_ticks(&mut self, text: &str, question: &Question) -> Vec<Effect> {
        let tick = |c: &Choice| if let Label::Tick { child, .. } = c.label { Some((child, c.gone)) } else { None };
        if text.is_empty() {
            let gone: Vec<ChildId> = question.choices.iter().filter_map(tick).filter(|(_, gone)| *gone).map(|(child, _)| child).collect();
            let Some(Dialog::Form(form)) = &mut self.dialog else { return Vec::new() };
            let ticked = form.ticked.len();
            form.ticked.retain(|child| !gone.contains(child));
            if form.ticked.len() < ticked {
                return self.mistake(Mistake::Gone);
            }
            let chosen: Vec<ChildId> = std::mem::take(&mut form.ticked).into_iter().collect();
            let hooks = office::cards::hooks_fit(&question.prompt, self.room(), &chosen);
            let Some(Dialog::Form(form)) = &mut self.dialog else { return Vec::new() };
            match hooks {
                Some(false) => {
                    form.ticked = chosen.into_iter().collect();
                    return self.mistake(Mistake::HooksDiffer);
                }
                Some(true) => self.said = None,
                None => {}
            }
            if chosen.is_empty() && hooks.is_none() && !matches!(question.prompt, Prompt::WhoIsBack(..)) {
                return self.mistake(Mistake::Empty);
            }
            if let Prompt::WhoIsBack(_, counted) = question.prompt
                && chosen.len() != usize::try_from(counted).unwrap_or(usize::MAX)
            {
                form.ticked = chosen.into_iter().collect();
                return self.mistake(Mistake::CountDiffers);
            }
            return self.form_value(Value::Ticked(chosen));
        }
        match text.parse::<u32>().ok().map(|n| self.stands_for(n)) {
            Some(Ok(Label::Tick { child, on })) => {
                self.tick(child, Some(!on));
                Vec::new()
            }
            Some(Err(Stale::Gone)) => self.mistake(Mistake::Gone),
            Some(Err(Stale::Changed)) => self.hint(Hint::Changed),
            Some(Ok(_) | Err(Stale::NoSuch)) | None => self.tick_by_name(text),
        }
    }

    fn tick_by_name(&mut self, text: &str) -> Vec<Effect> {
        let question = self.question();
        let tick = |c: &Choice| if let Label::Tick { child, .. } = c.label { Some((child, c.gone)) } else { None };
        let listed: BTreeMap<ChildId, bool> = question.iter().flat_map(|q| &q.choices).filter_map(tick).collect();
        let hits = self.names.find(&self.register, text);
        let fit: Vec<ChildId> = hits.iter().filter(|c| listed.get(*c) == Some(&false)).copied().collect();
        match fit[..] {
            [only] => {
                self.tick(only, None);
                Vec::new()
            }
            [] if hits.iter().any(|c| listed.contains_key(c)) => self.mistake(Mistake::Gone),
            [] => self.mistake(Mistake::NoSuchChoice),
            _ => self.mistake(Mistake::SeveralFit),
        }
    }

    /// Ticks a child, or takes the tick away; says whether the question in front has it.
    pub(super) fn tick(&mut self, child: ChildId, to: Option<bool>) -> bool {
        let Some(question) = self.question().filter(|q| q.asks == Asks::Ticks && self.keyboard() == Attention::Dialog) else { return false };
        let ticked = |c: &Choice| if let Label::Tick { child: other, on } = c.label { (other == child && !c.gone).then_some(on) } else { None };
        let Some(on) = question.choices.iter().find_map(ticked) else { return false };
        let to = to.unwrap_or(!on);
        let Some(Dialog::Form(form)) = &mut self.dialog else { return false };
        form.error = None;
        if to {
            form.ticked.insert(child);
        } else {
            form.ticked.remove(&child);
        }
        let count = form.ticked.len();
        self.said = Some(Said::Hint(Hint::Ticked(child, to, count)));
        true
    }

    /// Space: ticks the marked child, or the first, and marks the one after it.
    pub(super) fn toggle_marked(&mut self) {
        let Some(question) = self.question().filter(|q| q.asks == Asks::Ticks) else { return };
        if self.looks_again() {
            return;
        }
        let there = || question.choices.iter().filter(|c| !c.gone);
        let Some(n) = self.marked_choice(&question).or_else(|| there().next().map(|c| c.n)) else { return };
        match self.stands_for(n) {
            Ok(Label::Tick { child, on }) => {
                self.tick(child, Some(!on));
            }
            Ok(_) | Err(Stale::NoSuch) => return,
            Err(Stale::Changed) => {
                self.hint(Hint::Changed);
                return;
            }
            Err(Stale::Gone) => {
                self.mistake(Mistake::Gone);
            }
        }
        self.marked = Some(there().map(|c| c.n).skip_while(|m| *m != n).nth(1).unwrap_or(n));
    }

    pub(super) fn start_action(&mut self, action: Action, child: ChildId) -> Vec<Effect> {
        let pass = |proof| Pass::new(child, proof);
        let kind = match action {
            // A child that is held back: the leader decides before anything is asked.
            Action::NoCard | Action::StepOut | Action::SelfLeave if hold::held(self.room(), child).is_some() => {
                return self.leave_dialog(vec![pass(Proof::Name)]);
            }
            Action::Hold => Kind::Hold(child),
            Action::Leave => Kind::Leave(child),
            Action::NoCard => Kind::NoCard(child, Purpose::Home),
            Action::StepOut => return self.step_out(child),
            Action::NotBack => Kind::NotBack(child),
            Action::Move => Kind::Move(child),
            Action::Note => Kind::Note(child),
            Action::Authorise => Kind::Authorise(child),
            Action::CallBack => Kind::CallBack(child, forms::only_unconfirmed(self.room(), child)),
            Action::LoseCard if self.register.valid_cards(child, self.day.date()).len() > 1 => {
                return self.open_screen(Screen::Cards(office::cards::View::Child(child)));
            }
            Action::LoseCard => Kind::LoseCard(child),
            Action::CardUnread => return self.leave_dialog(vec![pass(Proof::CardUnread)]),
            Action::Phones => return self.show_phones(),
            Action::Seen => Kind::Seen(child),
            // The release at another place is for whoever comes without the card as well: the family's yes stands for it.
            Action::Collected => Kind::OnSite(Box::new(pass(Proof::CardUnread))),
            Action::CollectedThen => Kind::LeftOpen(Box::new(pass(Proof::Name))),
            // Who went out on that day comes back by this.
            Action::StillHere if matches!(self.day.state().presence(child), Presence::Out(..)) => {
                let mut back = pass(Proof::Name);
                back.answers.left_open = Some(LeftOpen::StillHere);
                return self.leave_dialog(vec![back]);
            }
            Action::StillHere => return self.act(Act::Account(AccountAct::StillHere { child })),
            Action::SelfLeave => return self.leave_dialog(vec![pass(Proof::SelfLeave)]),
            Action::Arrive | Action::ComeBack => return self.leave_dialog(vec![pass(Proof::Name)]),
            Action::Again => {
                let mut pass = pass(Proof::Name);
                pass.answers.again = true;
                return self.leave_dialog(vec![pass]);
            }
        };
        self.open_form(kind)
    }

    /// A child steps out for a while. A card of it that waits with its question is what was shown; else it is asked for.
    fn step_out(&mut self, child: ChildId) -> Vec<Effect> {
        let waiting = self.queue.groups().iter().flat_map(|g| &g.waiting).find(|w| w.pass.child == child);
        match waiting.filter(|w| !w.was_shown_long_ago(self.now)).map(|w| &w.pass.proof) {
            Some(proof @ Proof::Card { .. }) => {
                let pass = Pass::out(child, proof.clone());
                self.leave_dialog(vec![pass])
            }
            Some(_) | None => self.open_form(Kind::StepOut(child)),
        }
    }

    pub(super) fn leave_dialog(&mut self, passes: Vec<Pass>) -> Vec<Effect> {
        self.dialog = None;
        self.decide_passes(passes)
    }

    pub(super) fn form_value(&mut self, value: Value) -> Vec<Effect> {
        let Some(Dialog::Form(form)) = &mut self.dialog else { return Vec::new() };
        form.error = None;
        // Who was not reached is called again: the question stays, and so does the child.
        if matches!(form.kind, Kind::NoCard(..) | Kind::NotBack(_)) && value == Value::Chosen(Label::Call(CallResult::NoAnswer)) {
            if matches!(form.kind, Kind::NoCard(..)) {
                form.values.pop(); // somebody else may answer
            }
            return self.mistake(Mistake::NotReached);
        }
        form.values.push(value);
        self.go_on_with_form()
    }

    /// Asks the form's next question, or enters what it comes to.
    pub(super) fn go_on_with_form(&mut self) -> Vec<Effect> {
        let Some(Dialog::Form(form)) = &self.dialog else { return Vec::new() };
        #[allow(clippy::wildcard_enum_match_arm)] // the forms that may find nobody to ask
        let nobody = match &form.kind {
            Kind::NoCard(..) => Hint::NoSecondAdult,
            Kind::Hold(_) | Kind::NameTaker(_) | Kind::Redate(_) => Hint::NoLeader,
            _ => Hint::NothingToChoose,
        };
        let step = forms::step(form, self.room(), self.now);
        match self.right_to_agree_to(form, &step) {
            Some(right) => self.ask_pin_again(right),
            None => self.take_step(step, nobody),
        }
    }

    fn take_step(&mut self, step: Step, nobody: Hint) -> Vec<Effect> {
        match step {
            Step::Ask(question) if matches!(question.asks, Asks::Choice | Asks::Ticks) && question.choices.is_empty() => {
                self.close_dialog();
                self.hint(if question.prompt == Prompt::SignOnWho { Hint::NoStaff } else { Hint::NothingToChoose })
            }
            Step::Ask(question) if question.asks == Asks::Ticks => {
                let Some(Dialog::Form(form)) = &self.dialog else { return Vec::new() };
                let first = groups::ticked_at_first(form, self.room(), &question);
                if let Some(Dialog::Form(form)) = &mut self.dialog {
                    form.ticked = first.into_iter().collect();
                }
                Vec::new()
            }
            Step::Ask(_) => Vec::new(),
            Step::Enter(request) => self.enter_from(*request, true),
            Step::Decide(passes) => self.leave_dialog(passes),
            Step::Draw(count) => vec![Effect::Draw(count)],
            Step::DrawCode => vec![Effect::DrawCode],
            Step::Screen(screen) => self.open_screen(screen),
            Step::Unlocked(staff, task) => self.unlocked(staff, *task),
            Step::UndoUnlocked(staff, act) => self.undo_unlocked(staff, act),
            Step::Quit if !self.who_must_be_held().is_empty() => {
                self.close_dialog();
                self.quit_or_stay()
            }
            Step::Quit => vec![Effect::Quit],
            Step::Nothing => {
                self.close_dialog();
                self.hint(nobody)
            }
        }
    }

    /// What is no answer to a question for a PIN or another secret: a scan, Esc, a command.
    pub(super) fn beside_secret(&mut self, parsed: &Parsed, how: How) -> Option<Vec<Effect>> {
        #[allow(clippy::wildcard_enum_match_arm)] // everything else answers
        match &parsed.typed {
            // A number of a reader that is no card of this room might be the secret all the same: it is not kept as a refused card.
            Typed::Card { candidates } if how == How::Burst && self.asks_secret() && !self.is_scan(candidates, &parsed.text, How::Typed) => {
                Some(self.hint(Hint::OnlyACard))
            }
            Typed::Card { candidates } if self.is_scan(candidates, &parsed.text, how) => Some(self.card(candidates, &parsed.text, how)),
            Typed::Escape => Some(self.escape()),
            Typed::Command(word, rest) if Command::from_word(word).is_some() => Some(self.command_word(word, rest)),
            _ => None,
        }
    }

    pub(super) fn pin_line(&mut self, raw: &str, staff: StaffId, how: How) -> Vec<Effect> {
        let parsed = parse(raw, &Reader { prefix: &self.settings.reader_prefix, suffix: &self.settings.reader_suffix });
        if let Some(effects) = self.beside_secret(&parsed, how) {
            return effects;
        }
        if self.looks_again() {
            return Vec::new();
        }
        if parsed.typed == Typed::Empty {
            return self.mistake(Mistake::Empty);
        }
        if let Some(until) = duty::locked_until(self.room(), staff, self.now) {
            return self.mistake(Mistake::Locked(until));
        }
        // What nobody's PIN can be is a slip of whoever types: a try at it would be taken from somebody else.
        if !has_form_of_pin(&parsed.text) {
            return self.mistake(Mistake::NotAPin);
        }
        if let Some(at) = self.first_for_secret(|register| register.staff_member(staff)?.pin.clone()) {
            return self.try_unrecorded(at);
        }
        let Some(hash) = self.register.staff_member(staff).and_then(|s| s.pin.clone()) else {
            return self.mistake(Mistake::NoSuchChoice);
        };
        let act = Act::TryPin { staff };
        let decision = decide(self.room(), &Request::Act(act.clone()), self.now);
        if let Some(objection) = decision.objection {
            self.said = Some(Said::Objection(objection));
            return Vec::new();
        }
        self.proving = if let Some(Dialog::Form(form)) = &self.dialog { Some((form.kind.clone(), form.values.len())) } else { None };
        let pin = Some((Pin(parsed.text), hash));
        self.record(Job { pin, ..Job::new(Request::Act(act), decision.drafts) })
    }

    /// A new PIN, a new pass phrase, or one to compare: hashed or compared outside, for that takes its time.
    pub(super) fn secret_line(&mut self, raw: &str, secret: Secret, how: How) -> Vec<Effect> {
        let parsed = parse(raw, &Reader { prefix: &self.settings.reader_prefix, suffix: &self.settings.reader_suffix });
        if let Some(effects) = self.beside_secret(&parsed, how) {
            return effects;
        }
        if self.looks_again() {
            return Vec::new();
        }
        #[allow(clippy::wildcard_enum_match_arm)] // everything else is taken for the secret
        let chosen = match parsed.typed {
            Typed::Empty => match self.question().as_ref().and_then(Question::default) {
                Some(default) => Some(default.label.clone()),
                None => return self.mistake(Mistake::Empty),
            },
            Typed::Choice(n) => self.stands_for(n).ok(),
            _ => None,
        };
        if let Some(label) = chosen {
            return self.choose(label);
        }
        match secret {
            Secret::NewPin(role) => match duty::check_new_pin(self.room(), role, &parsed.text) {
                Ok(()) => vec![Effect::HashSecret(Pin(parsed.text))],
                Err(weak) => self.mistake(Mistake::WeakPin(weak)),
            },
            Secret::Again => match &self.dialog {
                Some(Dialog::Form(Form { values, .. })) if let Some(Value::Hash(hash)) = values.last() => {
                    vec![Effect::CheckSecret { secret: Pin(parsed.text), hash: hash.clone() }]
                }
                Some(_) | None => self.mistake(Mistake::NoSuchChoice),
            },
            Secret::Recovery(staff) => self.code_line(staff, &parsed.text),
            Secret::NewPhrase if parsed.text.chars().count() < SHORTEST_PHRASE => self.mistake(Mistake::WeakPhrase),
            Secret::NewPhrase => vec![Effect::HashSecret(Pin(parsed.text))],
            // Who guesses while nothing can be counted guesses once.
            Secret::Phrase(collector) if let Some(at) = self.uncounted_phrase(collector) => self.try_unrecorded(at),
            Secret::Phrase(collector) if let Some(at) = self.first_for_secret(|register| register.collector(collector)?.phrase.clone()) => {
                self.try_unrecorded(at)
            }
            Secret::Phrase(collector) => match self.register.collector(collector).and_then(|c| c.phrase.clone()) {
                Some(hash) => {
                    self.comparing = self.phrase_in_focus().filter(|(_, asked)| *asked == collector);
                    vec![Effect::CheckSecret { secret: Pin(parsed.text), hash }]
                }
                None => self.mistake(Mistake::NoSuchChoice),
            },
        }
    }

    /// The child and the collector whose pass phrase the verdict in front asks for.
    fn phrase_in_focus(&self) -> Option<(ChildId, CollectorId)> {
        let waiting = self.queue.focus().filter(|_| self.keyboard() == Attention::Queue)?.asking()?;
        if let Verdict::Phrase { collector } = waiting.verdict { Some((waiting.pass.child, collector)) } else { None }
    }

    /// A secret was hashed or compared: the pickup or the form goes on with what came of it.
    pub(super) fn secret_done(&mut self, value: Option<Value>) -> Vec<Effect> {
        if let Some((child, collector)) = self.comparing.take() {
            let right = matches!(value, Some(Value::Matched(true)));
            let reply = self.queue.groups().iter().find_map(|g| g.phrase_said(child, collector, right, self.now));
            return reply.map_or_else(Vec::new, |reply| self.reply(reply));
        }
        match value {
            Some(value) => self.form_value(value),
            None => self.mistake(Mistake::Garbled),
        }
    }

    pub(super) fn pin_checked(&mut self, staff: StaffId, right: bool) -> Vec<Effect> {
        if right {
            let act = Act::ProvePin { staff };
            let drafts = decide(self.room(), &Request::Act(act.clone()), self.now).drafts;
            return self.record(Job::new(Request::Act(act), drafts));
        }
        if let Some(until) = duty::locked_until(self.room(), staff, self.now) {
            self.notice(Notice::PinLocked(staff, until));
            return self.mistake(Mistake::Locked(until));
        }
        let tries = self.register.pin_tries(staff).count;
        self.mistake(Mistake::WrongPin(crate::domain::register::PinTries::FREE.saturating_sub(tries)))
    }

    /// A PIN was recorded as right: the form goes on with it.
    pub(super) fn pin_proved(&mut self, staff: StaffId) -> Vec<Effect> {
        // Another desk may have been at work while it was compared, and another form stand in front by now.
        let asked = self.proving.take();
        let in_front = if let Some(Dialog::Form(form)) = &self.dialog { Some((form.kind.clone(), form.values.len())) } else { None };
        if asked.is_none() || asked != in_front {
            return self.hint(Hint::Changed);
        }
        self.form_value(Value::Proved(staff))
    }
}
