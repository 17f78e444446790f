//! A submitted line and its consequences: scans, answers, searches, commands.
//!
//! A scan is taken whatever is open. Everything else answers what stands in front: the form or list that has the
//! keyboard, else the verdict in focus, else the notice shown last.

use crate::domain::day::Presence;
use crate::domain::fact::{Means, Refusal};
use crate::domain::people::{ChildId, StaffId};
use crate::domain::time::{Moment, moment};
use crate::rules::card::{Meaning, look_up};
use crate::rules::pass::Proof;
use crate::rules::verdict::Severity;
use crate::rules::{Act, Pass, Request, Verdict, decide, duty, undo, why};
use crate::texts;

use super::actions::Action;
use super::commands::Command;
use super::forms::{self, Form, Kind, Mistake, Step, Value};
use super::grammar::{Reader, Typed, Why, parse};
use super::question::{Asks, Label, Prompt, Question};
use super::queue::Reply;
use super::record::Job;
use super::said::{Hint, LastNotice, Notice, Said};
use super::{Attention, Dialog, Effect, How, Model, Pin};

/// Most hits that a search lists.
const MOST_HITS: usize = 30;

/// So many numbers typed by hand in a row mean that the reader is silent (A15).
const TYPED_UNTIL_SAID: u32 = 3;

impl Model {
    pub(super) fn submit(&mut self, raw: &str, how: How) -> Vec<Effect> {
        if !raw.trim().is_empty() {
            self.said = None;
        }
        if let Some(Question { asks: Asks::Pin, prompt: Prompt::Pin(staff), .. }) = self.question() {
            return self.pin_line(raw, staff, how);
        }
        let parsed = parse(raw, &Reader { prefix: &self.settings.reader_prefix, suffix: &self.settings.reader_suffix });
        if parsed.full_width {
            self.notice(Notice::InputMethodOn);
        }
        let mut effects = match &parsed.typed {
            Typed::Card { .. } | Typed::Refused(_) => Vec::new(),
            Typed::Empty
            | Typed::Choice(_)
            | Typed::Name(_)
            | Typed::Letters(_)
            | Typed::Command(..)
            | Typed::Moment(_)
            | Typed::Question
            | Typed::Escape => self.end_streak(),
        };
        effects.extend(match parsed.typed {
            Typed::Empty => self.enter(),
            Typed::Escape => self.escape(),
            Typed::Question => self.command(Command::Why, ""),
            Typed::Command(word, rest) => self.command_word(&word, &rest),
            Typed::Moment(text) => self.travel(&text),
            Typed::Choice(n) => self.number(n, &parsed.text),
            Typed::Card { candidates } => self.card(&candidates, &parsed.text, how),
            Typed::Letters(text) | Typed::Name(text) => self.words(&text),
            Typed::Refused(Why::TooLong) => self.refuse(Said::Hint(Hint::TooLong), Refusal::Garbled, raw),
            Typed::Refused(_) => self.refuse(Said::Hint(Hint::Garbled), Refusal::Garbled, raw),
        });
        effects
    }

    pub(super) fn escape(&mut self) -> Vec<Effect> {
        self.said = Some(Said::Hint(Hint::Back));
        let behind_verdict = self.keyboard() == Attention::Queue && self.dialog.is_some();
        if behind_verdict || self.dialog.take().is_some() {
            self.attention = Attention::Dialog;
        } else if self.past.take().is_none() && self.queue.drop_focus().is_none() {
            self.last_notice = None;
            self.retry = None;
        }
        Vec::new()
    }

    pub(super) fn step_focus(&mut self) -> Vec<Effect> {
        if self.dialog.is_some() && !self.queue.is_empty() {
            self.attention = if self.attention == Attention::Dialog { Attention::Queue } else { Attention::Dialog };
        } else {
            self.queue.next();
        }
        self.said = Some(Said::Hint(if self.queue.is_empty() { Hint::NothingWaits } else { Hint::Next }));
        Vec::new()
    }

    fn enter(&mut self) -> Vec<Effect> {
        if self.dialog.is_some() && self.keyboard() == Attention::Dialog {
            return self.answer_dialog(None, "");
        }
        if let Some(group) = self.queue.focus().cloned() {
            return match group.answer(self.room(), None, self.now) {
                Some(reply) => self.reply(reply),
                None => self.hint(Hint::PickANumber),
            };
        }
        if let Some(job) = self.retry.take() {
            return self.record(job);
        }
        // An Enter that was meant for a pickup which is gone, or for a card that was refused, only shows that again; it
        // acknowledges nothing else.
        let of_card = matches!(&self.said, Some(Said::Verdict { verdict, .. }) if matches!(verdict, Verdict::Repeat { .. }) || verdict.severity() == Severity::Red);
        if of_card && !std::mem::replace(&mut self.shown_again, true) {
            return Vec::new();
        }
        if let Some(child) = self.alerts().first().copied() {
            return self.act(Act::Acknowledge { child });
        }
        self.hint(Hint::NothingWaits)
    }

    fn number(&mut self, n: u32, text: &str) -> Vec<Effect> {
        if self.dialog.is_some() && self.keyboard() == Attention::Dialog {
            return self.answer_dialog(Some(n), text);
        }
        if let Some(group) = self.queue.focus().cloned() {
            return match group.answer(self.room(), Some(n), self.now) {
                Some(reply) => self.reply(reply),
                None => self.hint(Hint::NoSuchNumber),
            };
        }
        match self.last_notice.clone() {
            Some(LastNotice::Repeat(mut pass)) if n == 1 => {
                pass.answers.again = true;
                self.last_notice = None;
                self.decide_passes(vec![*pass])
            }
            Some(LastNotice::Arrived(child)) => {
                let takers = crate::rules::collect::takers(self.room(), child, self.now.date());
                let picked = usize::try_from(n).ok().and_then(|n| takers.get(n.checked_sub(1)?)).map(|c| c.id);
                match picked {
                    Some(collector) => self.act(Act::NameHolder { child, collector }),
                    None => self.hint(Hint::NoSuchNumber),
                }
            }
            Some(LastNotice::Repeat(_)) | None => self.hint(Hint::NothingWaits),
        }
    }

    fn reply(&mut self, reply: Reply) -> Vec<Effect> {
        match reply {
            Reply::Decide(passes) => self.decide_passes(passes),
            Reply::Drop => {
                self.queue.drop_focus();
                self.hint(Hint::Back)
            }
            Reply::CallOver(children) => children.into_iter().flat_map(|child| self.act(Act::CallOver { child })).collect(),
            Reply::HasCome(children) => {
                let to = crate::domain::settings::Place::room();
                children.into_iter().flat_map(|child| self.act(Act::Move { child, to: to.clone() })).collect()
            }
            Reply::OnSite(pass) => self.open_form(Kind::OnSite(Box::new(pass))),
            Reply::LeftOpen(pass) => self.open_form(Kind::LeftOpen(Box::new(pass))),
        }
    }

    // ---- scans ----

    fn card(&mut self, candidates: &[String], text: &str, how: How) -> Vec<Effect> {
        let dialog_question = self.dialog.as_ref().filter(|_| self.keyboard() == Attention::Dialog).and_then(|_| self.question());
        let meaning = look_up(self.room(), candidates.iter().map(String::as_str));
        if let Meaning::Refused(..) = meaning
            && let Some(question) = &dialog_question
            && question.asks != Asks::Card
        {
            return self.answer_dialog_text(text, question);
        }
        if how == How::Typed && matches!(meaning, Meaning::Child { .. }) {
            self.typed_in_a_row += 1;
            if self.typed_in_a_row == TYPED_UNTIL_SAID {
                self.notice(Notice::ReaderSilent);
            }
        } else {
            self.typed_in_a_row = 0;
        }
        let mut effects = if matches!(meaning, Meaning::Refused(..)) { Vec::new() } else { self.end_streak() };
        effects.extend(match meaning {
            Meaning::Child { child, number, own } => {
                if candidates.first().is_some_and(|exact| exact != number.as_str()) && candidates.len() > 1 {
                    self.notice(Notice::Doubled);
                }
                let means = if how == How::Typed { Means::Typed } else { Means::Scanned };
                self.child_scanned(Pass::new(child, Proof::Card { number, means, own }))
            }
            Meaning::Staff(staff) => self.staff_scanned(staff),
            Meaning::Refused(verdict, refusal) => {
                self.refuse(Said::Verdict { children: Vec::new(), verdict }, refusal, candidates.first().map_or(text, String::as_str))
            }
        });
        effects
    }

    fn child_scanned(&mut self, pass: Pass) -> Vec<Effect> {
        match &self.dialog {
            Some(Dialog::Form(Form { kind: Kind::Batch(escort), values, .. })) => {
                let escort = escort.clone();
                let already = values.iter().any(|v| matches!(v, Value::Child(p) if p.child == pass.child));
                self.add_to_batch(pass.child, escort, already)
            }
            Some(Dialog::Form(Form { kind: Kind::BackFill, values, .. })) if values.is_empty() => self.form_value(Value::Child(Box::new(pass))),
            Some(Dialog::Form(_) | Dialog::Hits { .. } | Dialog::Actions(_) | Dialog::Undo | Dialog::Commands) | None => {
                self.decide_passes(vec![pass])
            }
        }
    }

    fn add_to_batch(&mut self, child: ChildId, escort: String, already: bool) -> Vec<Effect> {
        let pass = Pass::new(child, Proof::Escort(escort));
        let fit = {
            let decision = decide(self.room(), &Request::Passes(vec![pass.clone()]), self.now);
            decision.objection.is_none() && !decision.drafts.is_empty()
        };
        if already || !fit {
            return self.mistake(Mistake::NotForBatch);
        }
        let Some(Dialog::Form(form)) = &mut self.dialog else { return Vec::new() };
        form.values.push(Value::Child(Box::new(pass)));
        form.error = None;
        let count = form.values.len();
        self.hint(Hint::InBatch(child, count))
    }

    fn staff_scanned(&mut self, staff: StaffId) -> Vec<Effect> {
        if let Some(Dialog::Form(form)) = &self.dialog {
            #[allow(clippy::wildcard_enum_match_arm)] // these two forms ask for a staff card
            let takes = match &form.kind {
                Kind::Duty => form.values.is_empty(),
                Kind::NoCard(child) => form.values.is_empty() && forms::is_staff_parent(self.room(), *child, staff, self.now),
                _ => false,
            };
            if takes {
                return self.form_value(Value::StaffCard(staff));
            }
        }
        self.said = Some(Said::Verdict { children: Vec::new(), verdict: Verdict::Staff { staff } });
        Vec::new()
    }

    /// A refusal is recorded with a keyed hash and the length: the first of a streak, and one entry with the count.
    fn refuse(&mut self, said: Said, why: Refusal, typed: &str) -> Vec<Effect> {
        self.said = Some(said);
        self.shown_again = false;
        self.streak = self.streak.saturating_add(1);
        if self.streak == 3 {
            self.notice(Notice::RefusedStreak);
        }
        if self.streak > 1 {
            return Vec::new();
        }
        let length = u32::try_from(typed.chars().count()).unwrap_or(u32::MAX);
        let act = Act::Refused { why, length };
        let drafts = decide(self.room(), &Request::Act(act.clone()), self.now).drafts;
        self.record(Job { request: Request::Act(act), drafts, said: None, typed: Some(typed.to_owned()), pin: None })
    }

    fn end_streak(&mut self) -> Vec<Effect> {
        let count = std::mem::take(&mut self.streak);
        if count < 2 {
            return Vec::new();
        }
        self.act(Act::RefusedAgain { count })
    }

    // ---- lists and forms ----

    fn words(&mut self, text: &str) -> Vec<Effect> {
        let question = self.question();
        if self.dialog.is_some()
            && self.keyboard() == Attention::Dialog
            && let Some(question) = &question
        {
            let free = matches!(question.asks, Asks::Text | Asks::Time | Asks::Number);
            if free || Self::choice_by_word(question, text).is_some() {
                return self.answer_dialog_text(text, question);
            }
        } else if let Some(question) = &question
            && let Some(n) = Self::choice_by_word(question, text)
        {
            return self.number(n, text);
        }
        self.search(text)
    }

    fn choice_by_word(question: &Question, text: &str) -> Option<u32> {
        let mut fits = question.choices.iter().filter(|c| texts::label_answers(&c.label, text));
        let only = fits.next()?;
        fits.next().is_none().then_some(only.n)
    }

    fn search(&mut self, text: &str) -> Vec<Effect> {
        let mut hits = self.names.find(text);
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
                self.open(Dialog::Actions(only));
                Vec::new()
            }
            [first, ..] => {
                let alike = self.names.same_sound(first);
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

    fn answer_dialog(&mut self, n: Option<u32>, text: &str) -> Vec<Effect> {
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
    fn answer_dialog_text(&mut self, text: &str, question: &Question) -> Vec<Effect> {
        if matches!(question.asks, Asks::Choice) {
            let n = text.parse::<u32>().ok().or_else(|| if text.is_empty() { None } else { Self::choice_by_word(question, text) });
            let choice = match n {
                Some(n) => question.choice(n),
                None if text.is_empty() => question.default(),
                None => None,
            };
            return match choice {
                Some(choice) => self.choose(choice.label.clone()),
                None if text.is_empty() && question.choices.is_empty() => {
                    self.dialog = None;
                    self.hint(Hint::NothingToChoose)
                }
                None if text.is_empty() => self.hint(Hint::PickANumber),
                None => self.mistake(Mistake::NoSuchChoice),
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
        match forms::read(question, text) {
            Ok(value) => self.form_value(value),
            Err(mistake) => self.mistake(mistake),
        }
    }

    fn choose(&mut self, label: Label) -> Vec<Effect> {
        match (&self.dialog, label) {
            (Some(Dialog::Hits { .. }), Label::Child(child)) => {
                self.open(Dialog::Actions(child));
                Vec::new()
            }
            (Some(Dialog::Actions(child)), Label::Action(action)) => {
                let child = *child;
                self.start_action(action, child)
            }
            (Some(Dialog::Undo), Label::Undo(act)) => {
                let room = self.room();
                let entries = undo::candidates(room).into_iter().find(|a| a.first().is_some_and(|e| e.act == act));
                if entries.is_some_and(|a| undo::wants_reason(&a, self.now)) {
                    return self.open_form(Kind::UndoReason(act));
                }
                self.enter_request(Request::Undo { act, reason: None })
            }
            (_, label) => self.form_value(Value::Chosen(label)),
        }
    }

    fn start_action(&mut self, action: Action, child: ChildId) -> Vec<Effect> {
        let pass = |proof| Pass::new(child, proof);
        let kind = match action {
            Action::Leave => Kind::Leave(child),
            Action::NoCard => Kind::NoCard(child),
            Action::StepOut => Kind::StepOut(child),
            Action::Move => Kind::Move(child),
            Action::Note => Kind::Note(child),
            Action::Authorise => Kind::Authorise(child),
            Action::CallBack => Kind::CallBack(child),
            Action::LoseCard => Kind::LoseCard(child),
            Action::CardUnread => return self.leave_dialog(vec![pass(Proof::CardUnread)]),
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

    fn leave_dialog(&mut self, passes: Vec<Pass>) -> Vec<Effect> {
        self.dialog = None;
        self.decide_passes(passes)
    }

    fn form_value(&mut self, value: Value) -> Vec<Effect> {
        let Some(Dialog::Form(form)) = &mut self.dialog else { return Vec::new() };
        form.values.push(value);
        form.error = None;
        self.go_on_with_form()
    }

    /// Asks the form's next question, or enters what it comes to.
    pub(super) fn go_on_with_form(&mut self) -> Vec<Effect> {
        let Some(Dialog::Form(form)) = &self.dialog else { return Vec::new() };
        let no_second = matches!(form.kind, Kind::NoCard(_));
        match forms::step(form, self.room(), self.now) {
            Step::Ask(question) if question.asks == Asks::Choice && question.choices.is_empty() => {
                self.dialog = None;
                self.hint(Hint::NothingToChoose)
            }
            Step::Ask(_) => Vec::new(),
            Step::Enter(request) => self.enter_request(request),
            Step::Decide(passes) => self.leave_dialog(passes),
            Step::Quit => vec![Effect::Quit],
            Step::Nothing => {
                self.dialog = None;
                self.hint(if no_second { Hint::NoSecondAdult } else { Hint::NothingToChoose })
            }
        }
    }

    // ---- PINs ----

    fn pin_line(&mut self, raw: &str, staff: StaffId, how: How) -> Vec<Effect> {
        let parsed = parse(raw, &Reader { prefix: &self.settings.reader_prefix, suffix: &self.settings.reader_suffix });
        #[allow(clippy::wildcard_enum_match_arm)] // everything else is taken for the PIN
        match &parsed.typed {
            Typed::Card { candidates } if !matches!(look_up(self.room(), candidates.iter().map(String::as_str)), Meaning::Refused(..)) => {
                let candidates = candidates.clone();
                return self.card(&candidates, &parsed.text, how);
            }
            Typed::Escape => return self.escape(),
            Typed::Command(word, rest) if Command::from_word(word).is_some() => {
                let (word, rest) = (word.clone(), rest.clone());
                return self.command_word(&word, &rest);
            }
            Typed::Empty => return self.mistake(Mistake::Empty),
            _ => {}
        }
        if let Some(until) = duty::locked_until(self.room(), staff, self.now) {
            return self.mistake(Mistake::Locked(until));
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
        let pin = Some((Pin(parsed.text), hash));
        self.record(Job { request: Request::Act(act), drafts: decision.drafts, said: None, typed: None, pin })
    }

    pub(super) fn pin_checked(&mut self, staff: StaffId, right: bool) -> Vec<Effect> {
        if right {
            let act = Act::ProvePin { staff };
            let drafts = decide(self.room(), &Request::Act(act.clone()), self.now).drafts;
            return self.record(Job { request: Request::Act(act), drafts, said: None, typed: None, pin: None });
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
        self.form_value(Value::Proved(staff))
    }

    // ---- commands ----

    fn command_word(&mut self, word: &str, rest: &str) -> Vec<Effect> {
        if word.is_empty() {
            self.open(Dialog::Commands);
            return self.hint(Hint::Commands);
        }
        match Command::from_word(word) {
            Some(command) => self.command(command, rest),
            None => self.hint(Hint::NoSuchCommand),
        }
    }

    pub(super) fn command(&mut self, command: Command, rest: &str) -> Vec<Effect> {
        match command {
            Command::Help => {
                self.open(Dialog::Commands);
                self.hint(Hint::Help)
            }
            Command::Roster => {
                if rest.is_empty() {
                    self.past = None;
                    self.hint(Hint::RosterAt(None))
                } else {
                    self.travel(rest.trim_start_matches('@'))
                }
            }
            Command::Duty => self.open_form(Kind::Duty),
            Command::Undo => {
                if undo::candidates(self.room()).is_empty() {
                    return self.hint(Hint::NothingToUndo);
                }
                self.open(Dialog::Undo);
                Vec::new()
            }
            Command::Why => self.explain(),
            Command::Next => self.step_focus(),
            Command::Batch => self.open_form(Kind::Batch(rest.trim().chars().take(20).collect())),
            Command::BackFill => self.open_form(Kind::BackFill),
            Command::Language => {
                self.lang = self.lang.other();
                self.hint(Hint::Language)
            }
            Command::Clock => self.set_clock(rest),
            Command::Quit => self.open_form(Kind::Quit),
        }
    }

    fn set_clock(&mut self, text: &str) -> Vec<Effect> {
        if !self.practice {
            return self.hint(Hint::ClockOnlyInPractice);
        }
        match moment(text, self.now) {
            None => self.hint(Hint::NotATime),
            Some(to) if to.ms < self.now.ms => self.hint(Hint::ClockNotBack(self.now)),
            Some(to) => {
                self.pass_time(to);
                self.said = Some(Said::Hint(Hint::ClockSet(to)));
                vec![Effect::SetClock(to)]
            }
        }
    }

    fn travel(&mut self, text: &str) -> Vec<Effect> {
        match moment(text, self.now) {
            Some(when) if when.ms <= self.now.ms && when.date() == self.day.date() => {
                self.past = Some(when);
                self.hint(Hint::RosterAt(Some(when)))
            }
            _ => self.hint(Hint::NotATime),
        }
    }

    fn explain(&mut self) -> Vec<Effect> {
        let focus = self.queue.focus().and_then(|g| g.asking().cloned());
        let lines = match (&focus, &self.last_verdict()) {
            (Some(waiting), _) => why::explain(self.room(), Some(waiting.pass.child), Some(&waiting.pass), &waiting.verdict),
            (None, Some((child, verdict))) => why::explain(self.room(), *child, None, verdict),
            (None, None) => return self.hint(Hint::NothingToExplain),
        };
        self.said = Some(Said::Why(lines));
        Vec::new()
    }

    fn last_verdict(&self) -> Option<(Option<ChildId>, Verdict)> {
        self.explained.clone()
    }

    // ---- saying ----

    pub(super) fn hint(&mut self, hint: Hint) -> Vec<Effect> {
        self.said = Some(Said::Hint(hint));
        Vec::new()
    }

    pub(super) fn mistake(&mut self, mistake: Mistake) -> Vec<Effect> {
        if let Some(Dialog::Form(form)) = &mut self.dialog {
            form.error = Some(mistake);
        }
        self.said = Some(Said::Mistake(mistake));
        Vec::new()
    }

    // ---- deciding ----

    pub(super) fn act(&mut self, act: Act) -> Vec<Effect> {
        self.enter_request(Request::Act(act))
    }

    pub(super) fn enter_request(&mut self, request: Request) -> Vec<Effect> {
        let decision = decide(self.room(), &request, self.now);
        if let Some(objection) = decision.objection {
            self.dialog = None;
            self.said = Some(Said::Objection(objection));
            return Vec::new();
        }
        let said = match &request {
            Request::Act(act) if !matches!(act, Act::RefusedAgain { .. }) => Some(Said::Done(act.clone())),
            Request::Act(_) | Request::Undo { .. } | Request::Passes(_) => None,
        };
        self.record(Job { request, drafts: decision.drafts, said, typed: None, pin: None })
    }

    /// Decides children who come or go: what waits goes into the queue, what is decided is recorded.
    pub(super) fn decide_passes(&mut self, passes: Vec<Pass>) -> Vec<Effect> {
        let decision = decide(self.room(), &Request::Passes(passes.clone()), self.now);
        if let Some(objection) = decision.objection {
            for pass in &passes {
                self.queue.remove(pass.child);
            }
            self.said = Some(Said::Objection(objection));
            return Vec::new();
        }
        let waits = decision.verdicts.iter().any(|(_, v)| v.waits());
        if !decision.drafts.is_empty() {
            let said = Some(said_of(&decision.verdicts));
            return self.record(Job { request: Request::Passes(passes), drafts: decision.drafts, said, typed: None, pin: None });
        }
        self.settle(&passes, &decision.verdicts, waits);
        Vec::new()
    }

    /// Puts what waits into the queue, takes out what does not, and says the verdicts.
    pub(super) fn settle(&mut self, passes: &[Pass], verdicts: &[(ChildId, Verdict)], waits: bool) {
        for (pass, (child, verdict)) in passes.iter().zip(verdicts) {
            let household = self.register.child(*child).map(|c| c.household);
            match household.filter(|_| waits) {
                Some(household) => {
                    self.queue.put(household, pass.clone(), verdict.clone(), self.now);
                    if self.dialog.is_some() && self.attention == Attention::Dialog {
                        self.notice(Notice::VerdictBehindForm(*child));
                    }
                }
                None => self.queue.remove(*child),
            }
            if let Verdict::Repeat { .. } = verdict {
                self.can_still_be_answered(LastNotice::Repeat(Box::new(Pass::new(*child, pass.proof.clone()))));
            }
        }
        self.say(verdicts);
    }

    /// Says verdicts: the worst counts.
    pub(super) fn say(&mut self, verdicts: &[(ChildId, Verdict)]) {
        self.shown_again = false;
        let said = said_of(verdicts);
        if let Said::Verdict { children, verdict } = &said {
            self.explained = Some((children.first().map(|(c, _)| *c), verdict.clone()));
        }
        self.said = Some(said);
    }

    /// A child's siblings who are here, or expected, as notices after it left or came.
    pub(super) fn remind_of_siblings(&mut self, child: ChildId, left: bool, besides: &[ChildId]) {
        let Some(household) = self.register.child(child).map(|c| c.household) else { return };
        let siblings: Vec<ChildId> = self.register.household(household).iter().copied().filter(|s| *s != child && !besides.contains(s)).collect();
        for sibling in siblings {
            let due = self.register.child(sibling).is_some_and(|c| crate::rules::hours::is_due(&self.settings, c, self.day.date()));
            match self.day.state().presence(sibling) {
                Presence::In(_) if left => {
                    self.notice(Notice::SiblingHere(sibling));
                    if !self.left_behind.contains(&sibling) {
                        self.left_behind.push(sibling);
                    }
                }
                Presence::NotHere if !left && due => self.notice(Notice::SiblingExpected(sibling)),
                Presence::In(_) | Presence::NotHere | Presence::Out(..) | Presence::Gone(..) => {}
            }
        }
    }

    /// Time passes: what waited too long lapses, a new day begins at midnight. Nobody is ever released by it (I10).
    pub(super) fn pass_time(&mut self, now: Moment) {
        const TOLERATED_MS: i64 = 5_000;
        if now.ms + TOLERATED_MS < self.now.ms && !self.clock_back_said {
            self.clock_back_said = true;
            self.notice(Notice::ClockWentBack);
        }
        if now.ms >= self.now.ms {
            self.clock_back_said = false;
            self.now = now;
        }
        for group in self.queue.lapse(self.now) {
            self.notice(Notice::Lapsed(group.waiting.iter().map(|w| w.pass.child).collect()));
        }
        if self.last_notice_at.plus_seconds(super::queue::LAPSE_SECONDS).ms <= self.now.ms {
            self.last_notice = None;
        }
        if self.now.date() > self.day.date() {
            self.day = self.day.next(self.now.date());
            self.past = None;
            self.left_behind.clear();
            self.notice(Notice::NewDay);
            self.decide_waiting_again();
        }
    }
}

/// What is said of verdicts: the worst counts, and a refused card names nobody.
fn said_of(verdicts: &[(ChildId, Verdict)]) -> Said {
    let worst = verdicts.iter().map(|(_, v)| v).max_by_key(|v| v.severity()).cloned();
    let children = verdicts.iter().filter(|(_, v)| v.names_child()).cloned().collect();
    Said::Verdict { children, verdict: worst.unwrap_or(Verdict::Hold) }
}
