//! Sentences about the desk: verdicts, questions, notices and remarks, put into words for screen and line mode alike.
//!
//! Everything here reads the model and writes text; nothing is decided. Words and sentences themselves are in `texts`.

use crate::desk::commands::Command;
use crate::desk::forms::Mistake;
use crate::desk::question::{Choice, Label, Prompt, Question};
use crate::desk::queue::{Group, Waiting};
use crate::desk::said::{Hint, Notice, Said};
use crate::desk::{Model, roster};
use crate::domain::day::{Presence, State};
use crate::domain::fact::{CallResult, Doubt, Entry, Fact, Holder, Seq, Taker};
use crate::domain::people::{Child, ChildId, Collector, CollectorId, Right, StaffId};
use crate::domain::settings::Place;
use crate::rules::acts::Act;
use crate::rules::why::Because;
use crate::rules::{Objection, Verdict, collect};
use crate::texts::{self as t, Lang, words};

/// Puts a model into words in its language.
#[derive(Clone, Copy, Debug)]
pub struct Words<'m> {
    model: &'m Model,
    lang: Lang,
}

impl<'m> Words<'m> {
    /// Words in the model's language.
    #[must_use]
    pub fn of(model: &'m Model) -> Self {
        Self { model, lang: model.lang }
    }

    /// The separator of lists.
    fn comma(self) -> &'static str {
        self.lang.pick("、", ", ")
    }

    fn join(self, parts: impl IntoIterator<Item = String>) -> String {
        parts.into_iter().collect::<Vec<_>>().join(self.comma())
    }

    // ---- people ----

    /// A child's name; a dash when it is unknown.
    #[must_use]
    pub fn name(self, child: ChildId) -> String {
        self.model.register.child(child).map_or_else(|| "-".to_owned(), |c| c.name.clone())
    }

    /// Class as it is written beside a name: `四(1)班`.
    #[must_use]
    pub fn class(self, child: &Child) -> String {
        let grade = words::grade(self.lang, child.grade);
        match child.class_no {
            Some(class) => t::grade_class(self.lang, grade, class),
            None => t::grade_only(self.lang, grade),
        }
    }

    /// Name and class; where another child sounds the same, what tells them apart is in brackets (N07).
    #[must_use]
    pub fn name_and_class(self, child: ChildId) -> String {
        let Some(record) = self.model.register.child(child) else { return "-".to_owned() };
        let text = format!("{} {}", record.name, self.class(record));
        let alike = self.model.names.same_sound(child);
        let Some(other) = alike.first().and_then(|o| self.model.register.child(*o)) else { return text };
        let differing = crate::domain::search::differing(&record.name, &other.name);
        let marks: String = differing.into_iter().filter_map(|i| record.name.chars().nth(i)).collect();
        match (marks.is_empty(), &record.student_no) {
            (false, _) => format!("{text} 〔{marks}〕"),
            (true, Some(number)) => format!("{text} 〔{number}〕"),
            (true, None) => text,
        }
    }

    /// Relation and name of a collector: `母亲 林静`.
    #[must_use]
    pub fn collector(self, id: CollectorId) -> String {
        self.model.register.collector(id).map_or_else(|| "-".to_owned(), |c| self.listed(c))
    }

    fn listed(self, collector: &Collector) -> String {
        let relation = words::relation(self.lang, &collector.relation);
        let text = match (relation.is_empty(), collector.name.is_empty()) {
            (false, false) => format!("{relation} {}", collector.name),
            (false, true) => relation.to_owned(),
            (true, _) => collector.name.clone(),
        };
        match collector.right {
            Right::OneDay { .. } => format!("{text}{}", self.lang.pick("（今日授权）", " (today only)")),
            Right::Standing | Right::Barred | Right::Ended => text,
        }
    }

    /// The relation alone, or the name where there is none: `母亲`.
    fn relation_of(self, id: CollectorId) -> String {
        match self.model.register.collector(id) {
            Some(c) if !c.relation.is_empty() => words::relation(self.lang, &c.relation).to_owned(),
            Some(c) => c.name.clone(),
            None => "-".to_owned(),
        }
    }

    /// With whom a child left.
    #[must_use]
    pub fn taker(self, taker: Taker) -> String {
        match taker {
            Taker::Collector(id) => self.relation_of(id),
            Taker::Itself => t::itself(self.lang),
        }
    }

    /// A member of staff.
    #[must_use]
    pub fn staff(self, id: StaffId) -> String {
        self.model.register.staff_member(id).map_or_else(|| "-".to_owned(), |s| s.name.clone())
    }

    /// A place.
    #[must_use]
    pub fn place(self, place: &Place) -> String {
        words::place(self.lang, place)
    }

    fn phone(self, id: CollectorId) -> String {
        self.model.register.collector(id).and_then(|c| c.phone.clone()).unwrap_or_else(|| "-".to_owned())
    }

    // ---- verdicts ----

    /// The words of a verdict, without the child.
    #[must_use]
    pub fn verdict(self, child: Option<ChildId>, verdict: &Verdict) -> String {
        let lang = self.lang;
        match verdict {
            Verdict::InOk => t::in_ok(lang),
            Verdict::Back => t::back(lang),
            Verdict::InAlert => {
                let alert = child.and_then(|c| self.model.register.child(c)).and_then(|c| c.health.clone()).unwrap_or_default();
                t::in_alert(lang, alert)
            }
            Verdict::Out => t::out(lang),
            Verdict::OutOk { taker, at } => t::out_ok(lang, self.taker(*taker), at.hhmm()),
            Verdict::Sibling => child.map_or_else(String::new, |c| t::sibling_here(lang, self.name(c))),
            Verdict::Repeat { taker, at, returned } => {
                let text = match taker {
                    Taker::Collector(id) => t::repeat(lang, at.hhmm(), self.relation_of(*id)),
                    Taker::Itself => t::repeat_itself(lang, at.hhmm()),
                };
                if *returned { format!("{text} · {}", t::card_back(lang)) } else { text }
            }
            Verdict::Early => t::early(lang),
            Verdict::Late { minutes } => t::late(lang, minutes),
            Verdict::Elsewhere { place, called: None } => t::elsewhere(lang, self.place(place)),
            Verdict::Elsewhere { place, called: Some(at) } => t::elsewhere_called(lang, self.place(place), at.hhmm()),
            Verdict::Who => t::who(lang),
            Verdict::WhoCall { collector } => {
                let family = child
                    .and_then(|c| self.model.register.collectors(c).find(|f| f.right == Right::Standing && f.phone.is_some() && f.id != *collector));
                let dial = family.map_or_else(|| self.phone(*collector), |f| format!("{} {}", self.listed(f), f.phone.as_deref().unwrap_or("")));
                t::who_call(lang, self.collector(*collector), dial)
            }
            Verdict::Hold => t::hold(lang),
            Verdict::Doubt(Doubt::OnLeave) => {
                let leave = child.and_then(|c| self.model.day.state().child(c)).and_then(|d| d.leave);
                t::on_leave(lang, leave.map_or("", |r| words::leave_reason(lang, r)))
            }
            Verdict::Doubt(Doubt::NotToday) => t::not_today(lang),
            Verdict::Doubt(Doubt::NoConsent) => t::no_consent(lang),
            Verdict::LeftOpen { since } => t::left_open(lang, since.format("%m-%d")),
            Verdict::TypedSchoolCard => t::typed_school_card(lang),
            Verdict::NobodyOnDuty => t::nobody_on_duty(lang),
            Verdict::Ambiguous => t::ambiguous(lang, 2),
            Verdict::Staff { staff } => t::staff_card(lang, self.staff(*staff)),
            Verdict::BadDigit => t::bad_digit(lang),
            Verdict::NoCard => t::no_card(lang),
            Verdict::Lost { at } => t::lost(lang, at.hhmm()),
            Verdict::Replaced => t::replaced(lang),
            Verdict::Expired => t::expired(lang),
            Verdict::NotRecorded => t::not_recorded(lang),
        }
    }

    /// Several children with their verdict, in one line.
    #[must_use]
    pub fn verdicts(self, children: &[(ChildId, Verdict)], verdict: &Verdict) -> String {
        match children {
            [] => self.verdict(None, verdict),
            [(child, v)] => format!("{} · {}", self.verdict(Some(*child), v), self.name_and_class(*child)),
            several if matches!(verdict, Verdict::Ambiguous) => t::ambiguous(self.lang, several.len()),
            several => self.join(several.iter().map(|(c, v)| format!("{} · {}", self.name_and_class(*c), self.verdict(Some(*c), v)))),
        }
    }

    /// A waiting group for the screen: what is asked, then a line for each child with where it is.
    #[must_use]
    pub fn group_lines(self, group: &Group) -> (String, Vec<String>) {
        let Some(asking) = group.asking() else { return (String::new(), Vec::new()) };
        let verdict = self.verdict(Some(asking.pass.child), &asking.verdict);
        let members = group.same_question().count();
        let together = if members > 1 { format!(" · {}", t::together(self.lang, members)) } else { String::new() };
        let lines = group.waiting.iter().map(|w| {
            let other = if w.verdict == asking.verdict { String::new() } else { format!(" · {}", self.verdict(Some(w.pass.child), &w.verdict)) };
            format!("{}  {}{other}", self.name_and_class(w.pass.child), self.state(w.pass.child))
        });
        (format!("{verdict}{together}{}", self.back_filled(asking)), lines.collect())
    }

    /// A waiting group in one line, without its choices.
    #[must_use]
    pub fn group(self, group: &Group) -> String {
        let Some(asking) = group.asking() else { return String::new() };
        let verdict = self.verdict(Some(asking.pass.child), &asking.verdict);
        let names: Vec<String> = group.same_question().map(|w| self.name_and_class(w.pass.child)).collect();
        let together = if names.len() > 1 { format!(" · {}", t::together(self.lang, names.len())) } else { String::new() };
        format!("{verdict}{together} · {}{}", self.join(names), self.back_filled(asking))
    }

    fn back_filled(self, waiting: &Waiting) -> String {
        let at = waiting.pass.answers.on_site.map(|o| o.at).or(waiting.pass.at);
        at.map_or_else(String::new, |at| format!(" · {}", t::back_filled(self.lang, at.hhmm())))
    }

    // ---- questions ----

    /// The label of a choice.
    #[must_use]
    pub fn label(self, label: &Label) -> String {
        match label {
            Label::Taker { collector, holds } => {
                let name = self.collector(*collector);
                if *holds { format!("{name}({})", t::has_card(self.lang)) } else { name }
            }
            Label::Child(child) => {
                let state = self.state(*child);
                format!("{} · {state}", self.name_and_class(*child))
            }
            Label::Staff(staff) => self.staff(*staff),
            Label::Act(staff) | Label::SignOff(staff) => {
                format!("{} {}", self.staff(*staff), words::label(self.lang, label).unwrap_or_default())
            }
            Label::Undo(act) => self.act_line(*act),
            Label::SomebodyElse
            | Label::ThisChild
            | Label::TakeIn
            | Label::NotTakeIn
            | Label::CollectedThen
            | Label::StillHere
            | Label::CallOver
            | Label::HasCome
            | Label::OnSite
            | Label::Again
            | Label::Early(_)
            | Label::Late(_)
            | Label::Leave(_)
            | Label::Call(_)
            | Label::Knows(_)
            | Label::Action(_)
            | Label::Place(_)
            | Label::Quit => words::label(self.lang, label).unwrap_or_default(),
        }
    }

    /// A choice as it is listed: `1 母亲 林静(持卡)`.
    #[must_use]
    pub fn choice(self, choice: &Choice) -> String {
        format!("{} {}", choice.n, self.label(&choice.label))
    }

    /// Where a child stands, in a few words.
    #[must_use]
    pub fn state(self, child: ChildId) -> String {
        match self.model.day.state().presence(child) {
            Presence::NotHere => match self.model.day.state().child(child).and_then(|d| d.leave) {
                Some(reason) => words::leave_reason(self.lang, reason).to_owned(),
                None => t::state_not_here(self.lang),
            },
            Presence::In(visit) => t::state_in(self.lang, visit.arrived.hhmm(), self.place(&visit.place)),
            Presence::Out(_, outing) => t::state_out(self.lang, outing.since.hhmm()),
            Presence::Gone(_, release) => t::state_gone(self.lang, release.at.hhmm()),
        }
    }

    /// What a question asks.
    #[must_use]
    pub fn prompt(self, prompt: &Prompt) -> String {
        let lang = self.lang;
        let n = |child: &ChildId| self.name_and_class(*child);
        match prompt {
            Prompt::Focus => self.model.queue.focus().map_or_else(String::new, |g| self.group(g)),
            Prompt::Notice => String::new(),
            Prompt::WhichChild => t::which_child(lang),
            Prompt::WhatToDo(child) => {
                let who = format!("{} · {}", n(child), self.state(*child));
                t::what_to_do(lang, who)
            }
            Prompt::LeaveReason(child) => t::ask_leave(lang, n(child)),
            Prompt::Note(child) => t::ask_note(lang, n(child)),
            Prompt::WhichPlace(child) => t::ask_place(lang, n(child)),
            Prompt::OutWith(child) => t::ask_out_with(lang, n(child)),
            Prompt::BackBy(child) => t::ask_back_by(lang, n(child)),
            Prompt::LoseCard(child) => t::ask_lose_card(lang, n(child)),
            Prompt::NoCardTaker(child) => t::ask_no_card(lang, n(child)),
            Prompt::IdTail(_) => t::ask_id_tail(lang),
            Prompt::NoCardCall(child) => {
                let family = self.model.register.collectors(*child).filter(|c| c.right == Right::Standing);
                let list = family.filter_map(|c| Some(format!("{} {}", self.listed(c), c.phone.as_deref()?)));
                t::ask_no_card_call(lang, self.join(list))
            }
            Prompt::Recognised(child) => t::ask_recognised(lang, self.name(*child)),
            Prompt::SecondAdult => t::ask_second(lang),
            Prompt::Pin(staff) => t::ask_pin(lang, self.staff(*staff)),
            Prompt::NamedName(child) => t::ask_named_name(lang, n(child)),
            Prompt::NamedRelation(_) => t::ask_named_relation(lang),
            Prompt::NamedPhone(_) => t::ask_named_phone(lang),
            Prompt::CallBackTo(_) => t::ask_call_back_to(lang),
            Prompt::CallBackResult(who) => t::ask_call_back_result(lang, self.collector(*who), self.phone(*who)),
            Prompt::SignOnWho => t::ask_sign_on(lang),
            Prompt::OnDuty(staff) => t::ask_on_duty(lang, self.staff(*staff)),
            Prompt::BackFillChild => t::ask_back_fill(lang),
            Prompt::BackFillTime(child) => t::ask_back_fill_time(lang, n(child)),
            Prompt::BatchCards(count) => t::ask_batch(lang, count),
            Prompt::LeftOpenTaker(child) => t::ask_left_open_taker(lang, n(child)),
            Prompt::LeftOpenTime(child) => t::ask_left_open_time(lang, n(child)),
            Prompt::OnSiteTime(child) => t::ask_on_site_time(lang, n(child)),
            Prompt::OnSiteCall(_) => t::ask_on_site_call(lang),
            Prompt::WhichUndo => t::ask_undo(lang),
            Prompt::UndoReason => t::ask_undo_reason(lang),
            Prompt::Quit => t::ask_quit(lang),
        }
    }

    /// A question with its choices, in one line.
    #[must_use]
    pub fn question(self, question: &Question) -> String {
        let choices = question.choices.iter().map(|c| self.choice(c)).collect::<Vec<_>>().join("  ");
        let prompt = self.prompt(&question.prompt);
        let takers = question.choices.iter().any(|c| matches!(c.label, Label::Taker { .. }));
        match (prompt.is_empty(), choices.is_empty(), question.prompt == Prompt::Focus && takers) {
            (_, true, _) => prompt,
            (true, false, _) => choices,
            (false, false, true) => format!("{prompt} · {}", t::collectors_are(self.lang, choices)),
            (false, false, false) => format!("{prompt}  {choices}"),
        }
    }

    /// An act of today in one line, for the undo list.
    #[must_use]
    pub fn act_line(self, act: Seq) -> String {
        let entries: Vec<&Entry> = self.model.day.entries().iter().filter(|e| e.act == act).collect();
        let time = entries.first().map_or_else(String::new, |e| e.entered_at.hhmm());
        let what = self.join(entries.iter().filter_map(|e| self.fact(&e.fact)));
        t::undo_line(self.lang, time, what)
    }

    /// A fact in a few words; `None` for those that only accompany another.
    fn fact(self, fact: &Fact) -> Option<String> {
        let lang = self.lang;
        let what = |zh: &str, en: &str, child: ChildId| Some(format!("{} {}", self.name_and_class(child), lang.pick(zh, en)));
        match fact {
            Fact::Arrived { child, .. } => what("到园", "arrived", *child),
            Fact::Released { child, taker, .. } => {
                Some(format!("{} {} {}", self.name_and_class(*child), lang.pick("已离", "gone"), self.taker(*taker)))
            }
            Fact::SteppedOut { child, .. } => what("暂离", "stepped out", *child),
            Fact::CameBack { child } => what("返回", "came back", *child),
            Fact::Moved { child, now, .. } => Some(format!("{} → {}", self.name_and_class(*child), self.place(now))),
            Fact::HolderNamed { child, .. } => what("改持卡人", "holder named", *child),
            Fact::AlertAcknowledged { child } => what("提醒已知悉", "alert acknowledged", *child),
            Fact::CalledOver { child } => what("呼叫", "called over", *child),
            Fact::LeaveTaken { child, .. } => what("请假", "leave", *child),
            Fact::NoteLeft { child, .. } => what("备注", "note", *child),
            Fact::Called { child, .. } => what("通话记录", "call", *child),
            Fact::CardLost { child, .. } => what("挂失", "card lost", *child),
            Fact::CollectorSet { now, .. } => Some(format!("{} {}", self.name_and_class(now.child), self.listed(now))),
            Fact::ChildSet { now, .. } => Some(now.name.clone()),
            Fact::CardSet { now, .. } => what("办卡", "card", now.child),
            Fact::CardMoved { .. }
            | Fact::NoCardCounted { .. }
            | Fact::StaffSet { .. }
            | Fact::Imported { .. }
            | Fact::PinTried { .. }
            | Fact::PinProved { .. }
            | Fact::SignedOn { .. }
            | Fact::SignedOff { .. }
            | Fact::ActorChosen { .. }
            | Fact::HeldBack { .. }
            | Fact::Refused { .. }
            | Fact::RefusedAgain { .. }
            | Fact::Undone { .. } => None,
        }
    }

    // ---- what is said ----

    /// The answer to a line.
    #[must_use]
    pub fn said(self, said: &Said) -> String {
        match said {
            Said::Verdict { children, verdict } => self.verdicts(children, verdict),
            Said::Done(act) => self.done(act),
            Said::Undone(entries) => {
                let acts = entries.iter().filter_map(|seq| self.model.day.entry(*seq)).filter_map(|e| self.fact(&e.fact));
                format!("{} · {}", t::did_undo(self.lang, entries.len()), self.join(acts))
            }
            Said::Objection(objection) => self.objection(objection),
            Said::NobodyFound => t::nobody_found(self.lang),
            Said::Why(lines) => {
                let lines = lines.iter().map(|b| self.because(b)).collect::<Vec<_>>().join(self.lang.pick("；", "; "));
                t::why_is(self.lang, lines)
            }
            Said::Mistake(mistake) => self.mistake(*mistake),
            Said::Hint(hint) => self.hint(hint),
        }
    }

    fn done(self, act: &Act) -> String {
        let lang = self.lang;
        match act {
            Act::NameHolder { child, collector } => t::did_name_holder(lang, self.name(*child), self.collector(*collector)),
            Act::Acknowledge { child } => t::did_acknowledge(lang, self.name(*child)),
            Act::Leave { child, reason } => t::did_leave(lang, self.name(*child), words::leave_reason(lang, *reason)),
            Act::Note { child, .. } => t::did_note(lang, self.name(*child)),
            Act::Move { child, to } => t::did_move(lang, self.name(*child), self.place(to)),
            Act::CallOver { child } => {
                let tail = self.model.register.live_card(*child).map(|c| c.number.tail().to_owned()).unwrap_or_default();
                t::did_call_over(lang, self.name(*child), tail)
            }
            Act::StepOut { child, taker, back_by } => match back_by {
                Some(time) => t::did_step_out(lang, self.name(*child), self.relation_of(*taker), time.format("%H:%M")),
                None => t::did_step_out_open(lang, self.name(*child), self.relation_of(*taker)),
            },
            Act::LoseCard { child } => t::did_lose_card(lang, self.name(*child)),
            Act::Authorise { child, name, call, .. } if call.1 == CallResult::Yes => t::did_authorise(lang, self.name(*child), name),
            Act::Authorise { child, name, .. } => t::did_authorise_pending(lang, self.name(*child), name),
            Act::CallBack { call, .. } => t::did_call_back(lang, words::call_result(lang, call.1)),
            Act::SignOn { staff } => t::did_sign_on(lang, self.staff(*staff)),
            Act::SignOff { staff } => t::did_sign_off(lang, self.staff(*staff)),
            Act::Choose { staff } => t::did_choose(lang, self.staff(*staff)),
            Act::TryPin { .. } | Act::ProvePin { .. } | Act::Refused { .. } | Act::RefusedAgain { .. } => String::new(),
        }
    }

    /// Why something cannot be done.
    #[must_use]
    pub fn objection(self, objection: &Objection) -> String {
        let lang = self.lang;
        match objection {
            Objection::NotHere(child) => t::not_here(lang, self.name(*child)),
            Objection::AlreadyHere(child) => t::already_here(lang, self.name(*child)),
            Objection::AlreadyGone(child) => t::already_gone(lang, self.name(*child)),
            Objection::NoLiveCard(child) => t::no_live_card(lang, self.name(*child)),
            Objection::WrongTime => t::wrong_time(lang),
            Objection::Contradicted(seq) => t::contradicted(lang, self.entry(*seq)),
            Objection::RestsOn(seq) => t::rests_on(lang, self.entry(*seq)),
            Objection::NothingToUndo => t::nothing_to_undo(lang),
            Objection::UndoReason => t::undo_reason(lang),
            Objection::WrongStaff => t::wrong_staff(lang),
            Objection::Evidence => t::evidence(lang),
            Objection::VoidCard(_) => t::void_card(lang),
            Objection::Empty => t::empty(lang),
        }
    }

    fn entry(self, seq: Seq) -> String {
        let entry = self.model.day.entry(seq);
        let what = entry.and_then(|e| Some(format!("{} {}", e.at.hhmm(), self.fact(&e.fact)?)));
        format!("#{}{}", seq.0, what.map_or_else(String::new, |w| format!(" ({w})")))
    }

    fn mistake(self, mistake: Mistake) -> String {
        let lang = self.lang;
        match mistake {
            Mistake::NoSuchChoice => t::mistake_choice(lang),
            Mistake::NotATime => t::mistake_time(lang),
            Mistake::NotANumber => t::mistake_number(lang),
            Mistake::Empty => t::mistake_empty(lang),
            Mistake::TooLong => t::mistake_long(lang),
            Mistake::WrongPin(n) => t::mistake_pin(lang, n),
            Mistake::Locked(until) => t::mistake_locked(lang, until.hhmmss()),
            Mistake::CountDiffers => t::mistake_count(lang),
            Mistake::NotAChild => t::mistake_child(lang),
            Mistake::NotForBatch => t::mistake_batch(lang),
            Mistake::TooShort => t::mistake_short(lang),
            Mistake::NotAPhone => t::mistake_phone(lang),
        }
    }

    fn hint(self, hint: &Hint) -> String {
        let lang = self.lang;
        match hint {
            Hint::NothingWaits => t::nothing_waits(lang),
            Hint::PickANumber => t::pick_a_number(lang),
            Hint::NoSuchNumber => t::no_such_number(lang),
            Hint::NoSuchCommand => t::no_such_command(lang),
            Hint::Garbled => t::garbled(lang),
            Hint::TooLong => t::too_long(lang),
            Hint::Back => t::went_back(lang),
            Hint::ClockSet(at) => t::clock_set(lang, at.hhmmss()),
            Hint::ClockNotBack(at) => t::clock_not_back(lang, at.hhmmss()),
            Hint::ClockOnlyInPractice => t::clock_only_in_practice(lang),
            Hint::NotATime => t::not_a_time(lang),
            Hint::NothingToExplain => t::nothing_to_explain(lang),
            Hint::Language => t::language(lang),
            Hint::RosterAt(None) => {
                let (n, list) = self.by_place(self.model.day.state());
                t::roster_now(lang, n, list)
            }
            Hint::RosterAt(Some(when)) => {
                let (n, list) = self.by_place(&self.model.day.at(*when));
                t::roster_at(lang, when.hhmm(), n, list)
            }
            Hint::Next => t::focus_next(lang),
            Hint::NothingToUndo => t::nothing_to_undo(lang),
            Hint::NoSecondAdult => t::no_second_adult(lang),
            Hint::NothingToChoose => t::nothing_to_choose(lang),
            Hint::InBatch(child, n) => t::in_batch(lang, self.name_and_class(*child), n),
            Hint::Counts => self.counts(),
            Hint::Commands | Hint::Help => t::commands_are(lang, self.commands()),
        }
    }

    /// All commands with what they are for, in one line.
    #[must_use]
    pub fn commands(self) -> String {
        self.command_lines().join(self.lang.pick("；", "; "))
    }

    /// All commands with what they are for, a line each.
    #[must_use]
    pub fn command_lines(self) -> Vec<String> {
        let one = |c: Command| {
            let (zh, en) = words::command_words(c);
            let key = c.function_key().map_or_else(String::new, |n| format!("F{n} "));
            format!("{key}.{} {}", self.lang.pick(zh, en), words::command_help(self.lang, c))
        };
        Command::ALL.into_iter().map(one).collect()
    }

    /// How many are in, and who is where: `教室 15（…）、操场 4（…）`.
    #[must_use]
    pub fn by_place(self, state: &State) -> (usize, String) {
        let mut places: Vec<(Place, Vec<ChildId>)> = self.model.settings.places.iter().map(|p| (p.clone(), Vec::new())).collect();
        let mut total = 0;
        for (child, day) in state.children() {
            if let Presence::In(visit) = day.presence() {
                total += 1;
                match places.iter_mut().find(|(p, _)| *p == visit.place) {
                    Some((_, list)) => list.push(child),
                    None => places.push((visit.place.clone(), vec![child])),
                }
            }
        }
        let parts = places.into_iter().filter(|(_, list)| !list.is_empty()).map(|(place, list)| {
            let names = self.join(list.iter().map(|c| self.name(*c)));
            t::place_names(self.lang, self.place(&place), list.len(), names)
        });
        (total, self.join(parts))
    }

    /// The counts of the header, in one line.
    #[must_use]
    pub fn counts(self) -> String {
        let n = self.model.counts();
        let line = t::counts_line(self.lang, n.inside, n.expected, n.released, n.leave, n.outside);
        match self.model.settings.card_mode {
            crate::domain::settings::CardMode::Claim => {
                format!("{line}   {}", t::rack_count(self.lang, n.rack, self.model.register.card_count().issued))
            }
            crate::domain::settings::CardMode::Held => line,
        }
    }

    /// A notice.
    #[must_use]
    pub fn notice(self, notice: &Notice) -> String {
        let lang = self.lang;
        match notice {
            Notice::InputMethodOn => t::notice_input_method(lang),
            Notice::Doubled => t::notice_doubled(lang),
            Notice::Lapsed(children) => t::notice_lapsed(lang, self.join(children.iter().map(|c| self.name(*c)))),
            Notice::SiblingHere(child) => t::sibling_here(lang, self.name(*child)),
            Notice::SiblingExpected(child) => t::sibling_expected(lang, self.name(*child)),
            Notice::LeaderTold(child) => t::notice_leader(lang, self.name(*child)),
            Notice::NobodyOnDuty => t::notice_nobody_on_duty(lang),
            Notice::NoCardThisMonth(child, n) => t::notice_no_card(lang, self.name(*child), n),
            Notice::NoteToday(child, text) => t::notice_note(lang, self.name(*child), text),
            Notice::LeftOpenCounted(child, date) => t::notice_left_open(lang, self.name(*child), date.format("%m-%d")),
            Notice::ReaderSilent => t::notice_reader(lang),
            Notice::RefusedStreak => t::notice_refused_streak(lang),
            Notice::NewDay => t::notice_new_day(lang),
            Notice::ClockWentBack => t::notice_clock_back(lang),
            Notice::ChangedElsewhere(child) => t::notice_elsewhere(lang, self.name(*child)),
            Notice::PinLocked(staff, until) => t::notice_pin_locked(lang, self.staff(*staff), until.hhmmss()),
            Notice::VerdictBehindForm(child) => t::notice_behind_form(lang, self.name(*child)),
            Notice::CardBack(child) => t::notice_card_back(lang, self.name(*child)),
        }
    }

    /// One line of an explanation.
    #[must_use]
    pub fn because(self, because: &Because) -> String {
        let lang = self.lang;
        match because {
            Because::LiveCard { tail, .. } => t::because_card(lang, tail),
            Because::ByName => t::because_name(lang),
            Because::CheckDigit => t::because_check_digit(lang),
            Because::Unknown => t::because_unknown(lang),
            Because::ReportedLost(at) => t::because_lost(lang, at.hhmm()),
            Because::NoLongerValid => t::because_void(lang),
            Because::StaffCard => t::because_staff(lang),
            Because::NotHereYet => t::because_not_here(lang),
            Because::HereSince(at) => t::because_here(lang, at.hhmm()),
            Because::GoneSince(at, taker) => t::because_gone(lang, at.hhmm(), self.taker(*taker)),
            Because::StayOpen(at) => t::because_open(lang, at.local().format("%m-%d %H:%M")),
            Because::AtPlace(place, at) => t::because_place(lang, at.hhmm(), self.place(place)),
            Because::Leave(reason) => t::because_leave(lang, words::leave_reason(lang, *reason)),
            Because::NotItsDay => t::because_day(lang),
            Because::NoConsent => t::because_consent(lang),
            Because::Alert(alert) => t::because_alert(lang, alert),
            Because::PickupFrom(time) => t::because_pickup_from(lang, time.format("%H:%M")),
            Because::EndedAt(time) => t::because_ended(lang, time.format("%H:%M")),
            Because::HeldBy(Holder::Presumed(id) | Holder::Named(id)) => t::because_held(lang, self.collector(*id)),
            Because::HeldBy(Holder::Escort(name)) if name.is_empty() => t::because_held_escort(lang, t::teacher(lang)),
            Because::HeldBy(Holder::Escort(name)) => t::because_held_escort(lang, name),
            Because::HeldBy(Holder::Nobody) => t::because_held_nobody(lang),
            Because::MayCollect(n) => t::because_takers(lang, n),
            Because::NamedFirst => t::because_named_first(lang),
            Because::NotAnnounced(id) => t::because_unannounced(lang, self.collector(*id)),
            Because::NobodyOnDuty => t::because_nobody_on_duty(lang),
            Because::LeaderDecides => t::because_leader(lang),
            Because::DiskRefused => t::because_disk(lang),
            Because::SameSound => t::because_sound(lang),
            Because::SameHousehold => t::because_household(lang),
            Because::NoCheckDigit => t::because_no_check_digit(lang),
        }
    }

    /// Who may collect a child today, in the order of their numbers: `1 母亲 林静、2 父亲 陈涛`.
    #[must_use]
    pub fn takers(self, child: ChildId) -> String {
        let list = collect::takers(self.model.room(), child, self.model.day.date());
        self.join(list.into_iter().zip(1..).map(|(c, n)| format!("{n} {}", self.listed(c))))
    }

    /// What the roster says of a child.
    #[must_use]
    pub fn standing(self, standing: roster::Standing) -> &'static str {
        match standing {
            roster::Standing::LeftOpen => self.lang.pick("未签离", "left open"),
            roster::Standing::In => self.lang.pick("在班", "in"),
            roster::Standing::Out => self.lang.pick("暂离", "out"),
            roster::Standing::Expected => self.lang.pick("未到", "due"),
            roster::Standing::Leave => self.lang.pick("请假", "leave"),
            roster::Standing::Gone => self.lang.pick("已离", "gone"),
            roster::Standing::NotToday => self.lang.pick("非今日", "not today"),
        }
    }
}
