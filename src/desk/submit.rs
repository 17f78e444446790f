//! A submitted line and its consequences: scans, answers, searches, commands.
//!
//! A scan is taken whatever is open. Everything else answers what stands in front: the form or list that has the
//! keyboard, else the verdict in focus, else the notice shown last.

use crate::domain::custody::Custody;
use crate::domain::fact::{Means, Refusal};
use crate::domain::people::StaffId;

use crate::rules::card::{Meaning, Unclear, look_up, on_file, unclear};
use crate::rules::closing::{self, AccountAct};
use crate::rules::pass::{Proof, Purpose};
use crate::rules::verdict::Severity;
use crate::rules::{Act, Pass, Request, Verdict, decide};

use super::clock::is_date;
use super::commands::Command;
use super::forms::{self, Form, Kind, Mistake, Value};
use super::grammar::{Reader, Typed, Why, parse};
use super::question::{Asks, Label, Prompt, Question, Takes};
use super::queue::{Group, Reply};
use super::record::Job;
use super::roster::Narrowed;
use super::said::{Hint, LastNotice, Notice, Said};
use super::shown::Stale;
use super::{Attention, Dialog, Effect, How, Model, ShownAt};

/// So many numbers typed by hand in a row mean that the reader is silent (A15).
const TYPED_UNTIL_SAID: u32 = 3;

/// No card number of our own is shorter: what is shorter can be a time or a count.
const SHORTEST_OWN: usize = 6;

impl Model {
    pub(super) fn submit(&mut self, raw: &str, how: How) -> Vec<Effect> {
        if !raw.trim().is_empty() {
            self.said = None;
        }
        if let Some(Question { asks: Asks::Pin, prompt: Prompt::Pin(staff) | Prompt::PinToName { leader: staff, .. }, .. }) = self.question() {
            return self.pin_line(raw, staff, how);
        }
        if let Some(Question { asks: Asks::Secret(secret), .. }) = self.question() {
            return self.secret_line(raw, secret, how);
        }
        if let Some(effects) = self.time_line(raw, how) {
            return effects;
        }
        let parsed = parse(raw, &Reader { prefix: &self.settings.reader_prefix, suffix: &self.settings.reader_suffix });
        if parsed.full_width {
            self.notice(Notice::InputMethodOn);
        }
        // What is said next is of something else: a number answers no notice that stood before it.
        if matches!(parsed.typed, Typed::Name(_) | Typed::Letters(_) | Typed::Refused(_) | Typed::Moment(_)) {
            self.last_notice = None;
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
            Typed::Refused(why) if self.dialog.is_some() && self.keyboard() == Attention::Dialog => {
                self.mistake(if why == Why::TooLong { Mistake::TooLong } else { Mistake::Garbled })
            }
            Typed::Refused(Why::TooLong) => self.refuse(Said::Hint(Hint::TooLong), Refusal::Garbled, raw),
            Typed::Refused(_) => self.refuse(Said::Hint(Hint::Garbled), Refusal::Garbled, raw),
        });
        effects
    }

    pub(super) fn escape(&mut self) -> Vec<Effect> {
        self.said = Some(Said::Hint(Hint::Back));
        let in_batches = self.in_batches();
        let behind_verdict = self.keyboard() == Attention::Queue && self.dialog.is_some();
        if behind_verdict || self.close_dialog() {
            self.led_to = None;
        } else if self.past.take().is_none() && std::mem::take(&mut self.narrowed) == Narrowed::All {
            match self.queue.drop_focus() {
                Some(group) => self.say_who_stays_at_the_door(&group),
                None => self.last_notice = None,
            }
        }
        // Whoever was scanned into what is closed is named: nobody of them is on record.
        let waiting = self.in_batches();
        let given_up: Vec<_> = in_batches.into_iter().filter(|child| !waiting.contains(child)).collect();
        if !given_up.is_empty() {
            self.notice(Notice::BatchGivenUp(given_up));
        }
        Vec::new()
    }

    /// Whoever stands at the door still does, though the question was put aside.
    fn say_who_stays_at_the_door(&mut self, group: &Group) {
        let known = closing::at_door(self.known_room());
        let stay: Vec<_> = group.waiting.iter().map(|w| w.pass.child).filter(|child| known.contains(child)).collect();
        if !stay.is_empty() {
            self.notice(Notice::StillAtDoor(stay));
        }
    }

    pub(super) fn step_focus(&mut self) -> Vec<Effect> {
        if self.dialog.is_some() && !self.queue.is_empty() {
            let to_queue = self.keyboard() == Attention::Dialog;
            self.led_to = self.queue.focus().filter(|_| to_queue).map(|group| group.household);
        } else {
            self.queue.next();
        }
        self.said = Some(Said::Hint(if self.queue.is_empty() { Hint::NothingWaits } else { Hint::Next }));
        Vec::new()
    }

    pub(super) fn enter(&mut self) -> Vec<Effect> {
        if self.looks_again() {
            return Vec::new();
        }
        if let Some(n) = self.question().filter(|q| q.asks != Asks::Ticks).and_then(|q| self.marked_choice(&q)) {
            return self.number(n, &n.to_string());
        }
        if self.default_changed() {
            return Vec::new();
        }
        if self.dialog.is_some() && self.keyboard() == Attention::Dialog {
            return self.answer_dialog(None, "");
        }
        // Who was to be held is held before anything else is answered.
        if let Some(at) = self.first_unrecorded_hold() {
            return self.try_unrecorded(at);
        }
        if let Some(group) = self.queue.focus().cloned() {
            return match group.answer(self.room(), None, self.now) {
                Some(reply) => self.reply(reply),
                None => self.hint(Hint::PickANumber),
            };
        }
        if !self.unrecorded.is_empty() {
            return self.enter_unrecorded();
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

    pub(super) fn number(&mut self, n: u32, text: &str) -> Vec<Effect> {
        if self.looks_again() {
            return Vec::new();
        }
        if self.dialog.is_some() && self.keyboard() == Attention::Dialog {
            return self.answer_dialog(Some(n), text);
        }
        if let Some(group) = self.queue.focus().cloned() {
            return match self.number_now(n).map(|n| group.answer(self.room(), Some(n), self.now)) {
                Ok(Some(reply)) => self.reply(reply),
                Ok(None) | Err(Stale::NoSuch) => self.hint(Hint::NoSuchNumber),
                Err(Stale::Gone) => self.hint(Hint::Gone),
                Err(Stale::Changed) => self.hint(Hint::Changed),
            };
        }
        match self.last_notice.clone() {
            Some(LastNotice::Repeat(mut pass)) if n == 1 => {
                pass.answers.again = true;
                self.last_notice = None;
                self.decide_passes(vec![*pass])
            }
            Some(LastNotice::Arrived(child, takers)) => {
                let picked = usize::try_from(n).ok().and_then(|n| takers.get(n.checked_sub(1)?)).copied();
                let may = |id| crate::rules::collect::takers(self.room(), child, self.now.date()).iter().any(|c| c.id == id);
                match picked {
                    Some(collector) if may(collector) => self.act(Act::NameHolder { child, collector }),
                    Some(_) => self.hint(Hint::Gone),
                    None => self.hint(Hint::NoSuchNumber),
                }
            }
            Some(LastNotice::Repeat(_)) => self.hint(Hint::NothingWaits),
            None => self.answer_stay(n).unwrap_or_else(|| self.hint(Hint::NothingWaits)),
        }
    }

    pub(super) fn reply(&mut self, reply: Reply) -> Vec<Effect> {
        match &reply {
            Reply::OnSite(_) | Reply::LeftOpen(_) | Reply::Vouch(_) | Reply::Name(_) | Reply::Hold(..) | Reply::Seen(_) => self.set_form_aside(),
            Reply::Decide(_) | Reply::NotTakenIn(_) | Reply::CallOver(_) | Reply::HasCome(_) | Reply::ShowAgain(_) => {}
        }
        match reply {
            Reply::Decide(passes) => self.decide_passes(passes),
            Reply::NotTakenIn(child) if closing::at_door(self.room()).contains(&child) => self.act(Act::Account(AccountAct::NotTakeIn { child })),
            Reply::NotTakenIn(child) => {
                self.queue.remove(child);
                self.hint(Hint::Back)
            }
            Reply::CallOver(children) => children.into_iter().flat_map(|child| self.act(Act::CallOver { child })).collect(),
            Reply::HasCome(children) => {
                let to = crate::domain::settings::Place::room();
                children.into_iter().flat_map(|child| self.act(Act::Move { child, to: to.clone() })).collect()
            }
            Reply::OnSite(pass) => self.open_form(Kind::OnSite(Box::new(pass))),
            Reply::LeftOpen(pass) => self.open_form(Kind::LeftOpen(Box::new(pass))),
            Reply::Vouch(pass) => self.open_form(Kind::Vouch(Box::new(pass))),
            Reply::Name(passes) => self.open_form(Kind::NameTaker(passes)),
            Reply::Hold(child, way) => {
                self.open(Dialog::Form(Form { values: vec![Value::Chosen(Label::Hold(way))], ..Form::new(Kind::Hold(child)) }));
                self.go_on_with_form()
            }
            Reply::Seen(child) => self.open_form(Kind::Seen(child)),
            Reply::ShowAgain(child) => self.hint(Hint::ShowAgain(child)),
        }
    }

    pub(super) fn card(&mut self, candidates: &[String], text: &str, how: How) -> Vec<Effect> {
        if self.shown_at == ShownAt::Now
            && let Some(effects) = self.card_for_dialog(candidates, text, how)
        {
            return effects;
        }
        let meaning = look_up(self.room(), candidates.iter().map(String::as_str));
        if how == How::Typed && matches!(meaning, Meaning::Child { .. }) {
            self.typed_in_a_row += 1;
            if self.typed_in_a_row == TYPED_UNTIL_SAID {
                self.notice(Notice::ReaderSilent);
            }
        } else {
            self.typed_in_a_row = 0;
        }
        // Nor does a number answer what stands there of another child: the notice of this one stays, for a card is read twice.
        let of = if let Meaning::Child { child, .. } = &meaning { Some(*child) } else { None };
        self.last_notice = self.last_notice.take().filter(|notice| Some(notice.child()) == of);
        let mut effects = if matches!(meaning, Meaning::Refused(..)) { Vec::new() } else { self.end_streak() };
        effects.extend(match meaning {
            Meaning::Child { child, number, own } => {
                self.overtake_undoing(child);
                let twice = |exact: &String| exact.len() > number.as_str().len() && candidates.iter().any(|c| c.as_str() == number.as_str());
                if candidates.first().is_some_and(twice) {
                    self.notice(Notice::Doubled);
                }
                let means = if how == How::Typed { Means::Typed } else { Means::Scanned };
                let since = self.comes_up(child);
                let shown = match self.shown_at {
                    ShownAt::Now => self.now,
                    ShownAt::Before(at) => at,
                };
                self.child_scanned(Pass { since, shown: Some(shown), ..Pass::new(child, Proof::Card { number, means, own }) })
            }
            Meaning::Staff(staff) => self.staff_scanned(staff),
            Meaning::Refused(verdict, refusal) => {
                match candidates.first().and_then(|code| unclear(self.room(), code)) {
                    Some(Unclear::Short) => self.notice(Notice::ShortNumber),
                    Some(Unclear::Several) => self.notice(Notice::SeveralCards),
                    None => {}
                }
                self.refuse(Said::Verdict { children: Vec::new(), verdict }, refusal, candidates.first().map_or(text, String::as_str))
            }
        });
        effects
    }

    /// What a number means to the list or form in front, if that takes it.
    fn card_for_dialog(&mut self, candidates: &[String], text: &str, how: How) -> Option<Vec<Effect>> {
        if how != How::Lifted && self.enrols_what_looks_like_pin(text, how) {
            return Some(Vec::new());
        }
        if let Some(effects) = self.card_for_screen(candidates, how) {
            return Some(effects);
        }
        if self.is_scan(candidates, text, how) { None } else { self.number_typed_into_dialog(text) }
    }

    /// A time that the verdict in focus asks for: when a child that steps out is expected back. Scans, names, commands and Esc go
    /// their own way.
    fn time_line(&mut self, raw: &str, how: How) -> Option<Vec<Effect>> {
        let question = self.question().filter(|q| q.asks == Asks::Time && q.prompt == Prompt::Focus)?;
        let parsed = parse(raw, &Reader { prefix: &self.settings.reader_prefix, suffix: &self.settings.reader_suffix });
        if let Some(effects) = self.beside_secret(&parsed, how) {
            return Some(effects);
        }
        let time = forms::read(&question, &parsed.text, self.now);
        #[allow(clippy::wildcard_enum_match_arm)] // everything else goes its own way
        let answers = match &parsed.typed {
            Typed::Card { .. } => parsed.text.len() < SHORTEST_OWN,
            Typed::Empty | Typed::Choice(_) => true,
            _ => time.is_ok(),
        };
        if !answers {
            return None;
        }
        Some(match (self.looks_again(), time) {
            (true, _) => Vec::new(),
            (false, Ok(Value::Time(time))) => {
                let reply = self.queue.focus().and_then(|group| group.back_by(time, self.now));
                reply.map_or_else(Vec::new, |reply| self.reply(reply))
            }
            (false, _) => self.mistake(Mistake::NotATime),
        })
    }

    /// Whether a number is a card whatever is asked: a card of ours in any state, a staff card, or what surely came from a
    /// reader, in a burst or behind the reader's own prefix.
    pub(super) fn is_scan(&self, candidates: &[String], text: &str, how: How) -> bool {
        let prefix = &self.settings.reader_prefix;
        let readings = || candidates.iter().map(String::as_str);
        how.is_of_reader()
            || (!prefix.is_empty() && text.starts_with(prefix.as_str()))
            || on_file(self.room(), readings()).is_some()
            || !matches!(look_up(self.room(), readings()), Meaning::Refused(..))
    }

    /// A number that is nobody's card answers the form or list in front where that takes such an answer: a text, a word of
    /// its choices, a time, count or date that is as long as one, right or wrong. Else it is a card that is not known.
    fn number_typed_into_dialog(&mut self, text: &str) -> Option<Vec<Effect>> {
        let question = self.question().filter(|_| self.dialog.is_some() && self.keyboard() == Attention::Dialog)?;
        let answers = match question.asks {
            Asks::Text | Asks::Named => true,
            Asks::Time | Asks::Number => text.len() < SHORTEST_OWN,
            Asks::Date => text.len() < SHORTEST_OWN || (text.len() == 8 && text.starts_with("20")) || is_date(text),
            Asks::Choice | Asks::Confirm | Asks::Card | Asks::Ticks | Asks::Pin | Asks::Secret(_) => false,
        };
        if !answers && self.choice_by_word(&question, text).is_none() {
            return self.screen_typed(text);
        }
        Some(if self.looks_again() { Vec::new() } else { self.answer_dialog_text(text, &question) })
    }

    /// A child's card answers a list or form only where its question asks for one, and then it is that answer alone;
    /// everywhere else it gives its verdict (part 6).
    pub(super) fn child_scanned(&mut self, pass: Pass) -> Vec<Effect> {
        let takes = self.takes();
        if takes == Some(Takes::Hook) && self.hangs(&pass) && self.tick(pass.child, Some(true)) {
            return Vec::new();
        }
        match (takes, &self.dialog) {
            (Some(Takes::Child), Some(Dialog::Form(Form { kind: Kind::Batch(escort), values, .. }))) => {
                let escort = escort.clone();
                let already = values.iter().any(|v| matches!(v, Value::Child(p) if p.child == pass.child));
                self.add_to_batch(&pass, escort, already)
            }
            (Some(Takes::Own(child)), _) if child == pass.child => self.leave_dialog(vec![Pass { purpose: Purpose::Outing, ..pass }]),
            (Some(Takes::Child), _) => self.form_value(Value::Child(Box::new(pass))),
            (_, _) => {
                self.remind_of_notes(pass.child);
                let pass = self.queue.shown_again(pass);
                self.decide_passes(vec![pass])
            }
        }
    }

    /// The scan that the list or form in front asks for. What was scanned before, and held, is no answer to it.
    fn takes(&self) -> Option<Takes> {
        self.dialog.as_ref().filter(|_| self.keyboard() == Attention::Dialog && self.shown_at == ShownAt::Now)?;
        self.question()?.takes()
    }

    fn hangs(&self, pass: &Pass) -> bool {
        forms::card_of(pass).and_then(|number| self.register.card(number)).is_some_and(|card| card.custody == Custody::Rack)
    }

    pub(super) fn add_to_batch(&mut self, shown: &Pass, escort: String, already: bool) -> Vec<Effect> {
        let child = shown.child;
        let pass = Pass { handed: forms::card_of(shown).cloned(), ..Pass::new(child, Proof::Escort(escort)) };
        let decision = decide(self.room(), &Request::Passes(vec![pass.clone()]), self.now);
        if decision.stopped().is_some() {
            return self.decide_passes(vec![pass]);
        }
        let fit = decision.objection.is_none() && !decision.drafts.is_empty();
        if already || !fit {
            return self.mistake(Mistake::NotForBatch);
        }
        let Some(Dialog::Form(form)) = &mut self.dialog else { return Vec::new() };
        form.values.push(Value::Child(Box::new(pass)));
        form.error = None;
        let count = form.values.len();
        self.hint(Hint::InBatch(child, count))
    }

    pub(super) fn staff_scanned(&mut self, staff: StaffId) -> Vec<Effect> {
        let parent = |child| forms::is_staff_parent(self.room(), child, staff, self.now);
        let asked = self.takes() == Some(Takes::Staff);
        if asked && !matches!(&self.dialog, Some(Dialog::Form(Form { kind: Kind::NoCard(child, _), .. })) if !parent(*child)) {
            return self.form_value(Value::StaffCard(staff));
        }
        self.said = Some(Said::Verdict { children: Vec::new(), verdict: Verdict::Staff { staff } });
        Vec::new()
    }

    /// A refusal is recorded with a keyed hash and the length: the first of a streak, and one entry with the count.
    pub(super) fn refuse(&mut self, said: Said, why: Refusal, typed: &str) -> Vec<Effect> {
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
        self.record(Job { typed: Some(typed.to_owned()), ..Job::new(Request::Act(act), drafts) })
    }

    pub(super) fn end_streak(&mut self) -> Vec<Effect> {
        let count = std::mem::take(&mut self.streak);
        if count < 2 {
            return Vec::new();
        }
        self.act(Act::RefusedAgain { count })
    }
}
