//! The question what day and time it is, while the clock cannot be believed.
//!
//! Until somebody has answered nothing is dated. Cards that are scanned meanwhile are held and decided when the time is
//! known; they stand in red by name. The desk stays on the day that it knows.

use std::collections::VecDeque;

use crate::domain::day::Presence;
use crate::domain::people::ChildId;
use crate::domain::time::{Moment, date, moment};
use crate::domain::trouble::Doubt;
use crate::rules::card::{Meaning, look_up};

use super::forms::Form;
use super::grammar::{Reader, Typed, parse};
use super::question::{Label, Prompt, Question};
use super::said::{Hint, LastNotice, Notice, Said};
use super::{Dialog, Effect, How, Model};
use crate::rules::pass::SHOWN_SECONDS;

/// More scans than this are not held: whoever comes then is told to wait.
const MOST_HELD: usize = 300;

/// What moves by more leaves entries behind that may stand under a wrong time.
const MOVED_MS: i64 = 60_000;

/// A clock that cannot be believed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Doubted {
    /// Why.
    pub doubt: Doubt,
    /// What the clock of the machine says.
    pub wall: Moment,
    /// What somebody typed, if it has to be typed once more.
    typed: Option<Moment>,
    /// Whether the question was in sight since it came up: what was pressed before is no answer to it.
    in_sight: bool,
}

impl Doubted {
    /// A clock that says `wall`.
    #[must_use]
    pub fn new(doubt: Doubt, wall: Moment) -> Self {
        Self { doubt, wall, typed: None, in_sight: true }
    }

    /// The same, of a clock that has just jumped: nobody has seen the question yet.
    #[must_use]
    pub fn unseen(doubt: Doubt, wall: Moment) -> Self {
        Self { in_sight: false, ..Self::new(doubt, wall) }
    }

    /// What the desk had counted since its clock was believed; `None` at a start, where it never was.
    #[must_use]
    pub fn counted(&self) -> Option<Moment> {
        match self.doubt {
            Doubt::Jumped(counted) | Doubt::EntryAhead { counted, .. } => Some(counted),
            Doubt::BeforeLast(_) | Doubt::BeforeBuild(_) | Doubt::LongAfter(_) => None,
        }
    }
}

/// What somebody says it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Time {
    /// What the clock of the machine says.
    Wall,
    /// What the desk counted since it could be believed.
    Counted,
    /// This.
    Typed(Moment),
}

/// A scan that waits until the time is known.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HeldScan {
    /// What came.
    pub text: String,
    /// How it came.
    pub how: How,
    /// When, by what the desk counts.
    pub at: Moment,
}

/// Scans that wait until the time is known, as they came.
pub type Held = VecDeque<HeldScan>;

impl Model {
    /// The question, while the clock cannot be believed.
    pub(super) fn time_question(&self) -> Option<Question> {
        let doubted = self.doubted.as_ref()?;
        let counted = doubted.counted().map(Label::CountedTime);
        Some(Question::choose(Prompt::WhatTime, [Label::WallTime(doubted.wall)].into_iter().chain(counted)))
    }

    /// A line while the clock cannot be believed: an answer, a scan that is held, or a hint. `None` for what dates nothing.
    pub(super) fn line_in_doubt(&mut self, raw: &str, how: How) -> Option<Vec<Effect>> {
        let question = self.time_question()?;
        self.said = None;
        if let Some(typed) = whole_moment(raw, self.now) {
            return Some(self.time_typed(typed));
        }
        let parsed = parse(raw, &Reader { prefix: &self.settings.reader_prefix, suffix: &self.settings.reader_suffix });
        let chosen = match parsed.typed {
            Typed::Card { .. } if self.held.len() < MOST_HELD && !is_date(raw) => {
                self.held.push_back(HeldScan { text: raw.to_owned(), how, at: self.now });
                return Some(self.hint(Hint::Held));
            }
            Typed::Choice(n) => Some(n),
            Typed::Empty => self.marked_choice(&question),
            Typed::Command(..) | Typed::Question | Typed::Escape | Typed::Refused(_) => return None,
            Typed::Card { .. } | Typed::Moment(_) | Typed::Letters(_) | Typed::Name(_) => None,
        };
        let was_in_sight = self.doubted.as_mut().is_some_and(|doubted| std::mem::replace(&mut doubted.in_sight, true));
        let label = chosen.filter(|_| was_in_sight).and_then(|n| question.choice(n)).map(|choice| choice.label.clone());
        Some(match label {
            Some(Label::WallTime(_)) => vec![Effect::AgreeOnTime(Time::Wall)],
            Some(Label::CountedTime(_)) => vec![Effect::AgreeOnTime(Time::Counted)],
            Some(_) | None => self.hint(Hint::TimeFirst),
        })
    }

    /// What the model shows was put in sight: a frame was drawn, an answer given.
    pub fn is_in_sight(&mut self) {
        if let Some(doubted) = &mut self.doubted {
            doubted.in_sight = true;
        }
    }

    /// A time that would be doubted itself is typed twice.
    fn time_typed(&mut self, typed: Moment) -> Vec<Effect> {
        let last = self.now;
        let Some(doubted) = &mut self.doubted else { return Vec::new() };
        let is_odd = crate::rules::clock::at_start(typed, Some(last), last.start_of_day()).is_some();
        if is_odd && doubted.typed != Some(typed) {
            doubted.typed = Some(typed);
            return self.hint(Hint::TimeOnceMore(typed));
        }
        vec![Effect::AgreeOnTime(Time::Typed(typed))]
    }

    /// Children whose cards are held, in the order in which they came, and how many other numbers are.
    #[must_use]
    pub fn held_children(&self) -> (Vec<ChildId>, usize) {
        let mut children = Vec::new();
        let mut others = 0;
        for held in &self.held {
            match self.meaning_of(held) {
                Some(Meaning::Child { child, .. }) if children.contains(&child) => {}
                Some(Meaning::Child { child, .. }) => children.push(child),
                Some(Meaning::Staff(_) | Meaning::Refused(..)) | None => others += 1,
            }
        }
        (children, others)
    }

    /// What a held scan means.
    fn meaning_of(&self, held: &HeldScan) -> Option<Meaning> {
        let reader = Reader { prefix: &self.settings.reader_prefix, suffix: &self.settings.reader_suffix };
        parse(&held.text, &reader).typed.into_card().map(|card| look_up(self.room(), card.iter().map(String::as_str)))
    }

    /// A scan that was held is decided now: it may take a child in, and lets none go by itself. What was scanned on another day
    /// is named, and nothing else: nobody stands here with it; nor is whom a card would let go that was read minutes ago.
    pub(super) fn decide_held(&mut self, held: &HeldScan) -> Vec<Effect> {
        let child = if let Some(Meaning::Child { child, .. }) = self.meaning_of(held) { Some(child) } else { None };
        // Whom it would let go nobody waits for any more: the card is shown again.
        let is_old = held.at.plus_seconds(SHOWN_SECONDS).ms <= self.now.ms;
        let would_go = is_old && child.is_some_and(|child| matches!(self.day.state().presence(child), Presence::In(_)));
        if held.at.date() == self.now.date() && !would_go {
            self.said = None;
            let reader = Reader { prefix: &self.settings.reader_prefix, suffix: &self.settings.reader_suffix };
            let card = parse(&held.text, &reader).typed.into_card().unwrap_or_default();
            return self.of_before(held.at, |model| model.card(&card, &held.text, held.how));
        }
        if let Some(child) = child {
            self.notice(Notice::Lapsed(vec![child]));
        }
        Vec::new()
    }

    /// The time is known: the desk goes on from `now`, which may be before what it was. What was due in between rings, and a day
    /// that begins is said.
    pub fn time_is_known(&mut self, now: Moment) {
        let in_run = self.doubted.as_ref().is_some_and(|doubted| doubted.counted().is_some());
        let ahead = matches!(self.doubted, Some(Doubted { doubt: Doubt::EntryAhead { .. }, .. }));
        let moved_ms = now.ms.saturating_sub(self.now.ms);
        if ahead || moved_ms < -MOVED_MS || (in_run && moved_ms > MOVED_MS) {
            self.notice(Notice::TimesMayBeWrong);
        }
        self.doubted = None;
        self.clock_moves(moved_ms);
        if moved_ms > 0 {
            self.pass_time(now);
        }
        // What a PIN opened, or a code shows, it did for some minutes of a time that is not counted any more.
        self.lock();
        if matches!(&self.said, Some(Said::Hint(Hint::RecoveryCode { .. }))) {
            self.said = None;
        }
        self.now = now;
        self.clock_back_said = false;
    }

    /// The clock moves by so much, milliseconds: what waits, stands, or was shown, is as long ago as before. When people say that
    /// something happened stays as they said it.
    fn clock_moves(&mut self, by_ms: i64) {
        self.queue.clock_moves(by_ms);
        self.let_in.iter_mut().for_each(|waiting| waiting.clock_moves(by_ms));
        let forms = self.dialog.iter_mut().filter_map(|dialog| if let Dialog::Form(form) = dialog { Some(form) } else { None });
        forms.chain(&mut self.behind).flat_map(Form::passes_mut).for_each(|pass| pass.clock_moves(by_ms));
        if let Some(LastNotice::Repeat(pass)) = &mut self.last_notice {
            pass.clock_moves(by_ms);
        }
        let waiting = self.unrecorded.iter_mut().map(|waiting| (Some(&mut waiting.at), &mut waiting.job));
        for (at, job) in waiting.chain(self.jobs.iter_mut().map(|job| (None, job))) {
            at.into_iter().chain(&mut job.since).for_each(|at| *at = at.plus_ms(by_ms));
            job.request.passes_mut().iter_mut().for_each(|pass| pass.clock_moves(by_ms));
        }
        self.deferred.iter_mut().flat_map(|deferred| deferred.request.passes_mut()).for_each(|pass| pass.clock_moves(by_ms));
        let up = self.up.iter_mut().map(|(_, _, last)| last);
        let held = self.held.iter_mut().map(|held| &mut held.at);
        let shown = self.phones.iter_mut().map(|(_, until)| until).chain(self.numbers.iter_mut().map(|asked| &mut asked.until));
        for at in up.chain(held).chain(shown).chain([&mut self.last_notice_at, &mut self.retry.last]) {
            *at = at.plus_ms(by_ms);
        }
    }
}

/// A date and nothing else, which reads like a number of a card as well.
pub(super) fn is_date(text: &str) -> bool {
    !text.trim().bytes().all(|b| b.is_ascii_digit()) && date(text, Moment { ms: 0, offset_min: 0 }.date()).is_some()
}

/// A date with its year and a time: `2026-11-28 16:40`, `20261128 1640`.
fn whole_moment(text: &str, base: Moment) -> Option<Moment> {
    let text = text.trim();
    let (day, _) = text.split_once(['T', ' '])?;
    let digits = day.chars().take_while(char::is_ascii_digit).count();
    moment(text, base).filter(|_| digits == 4 || digits == 8)
}
