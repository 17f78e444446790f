//! Sentences about the desk: verdicts, questions, notices and remarks, put into words for screen and line mode alike.
//!
//! Everything here reads the model and writes text; nothing is decided. Words and sentences themselves are in `texts`.

pub mod groups;
pub mod office;
pub mod panels;
mod presence;
pub mod record;
mod spoken;
mod trouble;

use crate::desk::Model;
use crate::desk::question::{Choice, Label, Prompt, Question};
use crate::desk::queue::{Group, Waiting};
use crate::desk::roster::Standing;
use crate::domain::day::Presence;
use crate::domain::fact::{Doubt, Entry, Fact, Holder, OfficeFact, Seq, Taker};
use crate::domain::likeness::Described;
use crate::domain::people::{Child, ChildId, Collector, CollectorId, Right, StaffId};
use crate::domain::register::Register;
use crate::domain::settings::Place;
use crate::rules::collect::callable;
use crate::rules::privacy::{self, Number};
use crate::rules::{Verdict, closing};
use crate::texts::{self as t, Lang, words};

/// The last four digits of a phone number, all that is shown of it before it is asked for.
pub(crate) fn last_four(lang: Lang, phone: &str) -> String {
    const SHORTEST: usize = 7;
    let digits: Vec<char> = phone.chars().filter(char::is_ascii_digit).collect();
    // Of something shorter than a number four digits would be too much.
    let tail = digits.len().checked_sub(4).filter(|_| digits.len() >= SHORTEST).and_then(|from| digits.get(from..));
    t::last_four(lang, tail.map_or_else(|| "****".to_owned(), |tail| tail.iter().collect()))
}

/// Puts a model into words in its language.
#[derive(Clone, Copy, Debug)]
pub struct Words<'m> {
    model: &'m Model,
    register: &'m Register,
    lang: Lang,
}

impl<'m> Words<'m> {
    /// Words in the model's language.
    #[must_use]
    pub fn of(model: &'m Model) -> Self {
        Self { model, register: &model.register, lang: model.lang }
    }

    /// Words for what is shown: of a past moment people have the names that they had then.
    #[must_use]
    pub fn shown(model: &'m Model) -> Self {
        Self { register: model.shown_register(), ..Self::of(model) }
    }

    /// The separator of lists.
    fn comma(self) -> &'static str {
        self.lang.pick("、", ", ")
    }

    fn names(self, children: &[ChildId]) -> String {
        self.join(children.iter().map(|c| self.name(*c)))
    }

    fn join(self, parts: impl IntoIterator<Item = String>) -> String {
        parts.into_iter().collect::<Vec<_>>().join(self.comma())
    }

    // ---- people ----

    /// A child's name; a dash when it is unknown.
    #[must_use]
    pub fn name(self, child: ChildId) -> String {
        self.register.child(child).map_or_else(|| "-".to_owned(), |c| c.name.clone())
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
        let alike = self.model.names.same_sound(&self.model.register, child);
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
        self.register.collector(id).map_or_else(|| "-".to_owned(), |c| self.listed(c))
    }

    fn listed(self, collector: &Collector) -> String {
        if !self.may_name(collector) {
            return t::somebody(self.lang);
        }
        let relation = words::relation(self.lang, &collector.relation);
        let text = match (relation.is_empty(), collector.name.is_empty()) {
            (false, false) => format!("{relation} {}", collector.name),
            (false, true) => relation.to_owned(),
            (true, false) => collector.name.clone(),
            (true, true) => self.number(collector),
        };
        match collector.right {
            Right::OneDay { .. } => format!("{text}{}", self.lang.pick("（今日授权）", " (today only)")),
            Right::Standing | Right::Barred | Right::Ended => text,
        }
    }

    /// The relation alone, or the name where there is none: `母亲`.
    fn relation_of(self, id: CollectorId) -> String {
        match self.register.collector(id) {
            Some(c) if !self.may_name(c) => t::somebody(self.lang),
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

    /// Who holds a card.
    pub(super) fn holder(self, holder: &Holder) -> String {
        match holder {
            Holder::Presumed(id) | Holder::Named(id) => self.collector(*id),
            Holder::Escort(name) if name.is_empty() => t::teacher(self.lang),
            Holder::Escort(name) => name.clone(),
            Holder::Nobody => "-".to_owned(),
        }
    }

    /// A member of staff.
    #[must_use]
    pub fn staff(self, id: StaffId) -> String {
        self.register.staff_member(id).map_or_else(|| "-".to_owned(), |s| s.name.clone())
    }

    /// The number that answers for this in the question in front: a panel that numbers its lines says the same numbers.
    /// `otherwise` while something else is asked.
    pub(super) fn number_of(self, label: &Label, otherwise: u32) -> u32 {
        let question = self.model.question();
        let choice = question.iter().flat_map(|q| &q.choices).find(|c| c.label.is_same(label));
        choice.map_or(otherwise, |c| c.n)
    }

    /// Several members of staff.
    pub(super) fn staff_names(self, ids: &[StaffId]) -> String {
        self.join(ids.iter().map(|id| self.staff(*id)))
    }

    /// A place.
    #[must_use]
    pub fn place(self, place: &Place) -> String {
        words::place(self.lang, place)
    }

    /// Whether somebody may be named now: who must not collect only while a leader has the register open (N14).
    fn may_name(self, collector: &Collector) -> bool {
        privacy::may_name(self.model.room(), collector)
    }

    fn phone(self, id: CollectorId) -> String {
        self.model.register.collector(id).map_or_else(|| "-".to_owned(), |c| self.number(c))
    }

    /// Somebody's number as it may be shown now; a dash without one.
    fn number(self, collector: &Collector) -> String {
        let Some(phone) = &collector.phone else { return "-".to_owned() };
        match privacy::number(self.model.room(), self.model.numbers, collector.child, self.model.now) {
            Number::Full => phone.clone(),
            Number::LastFour => last_four(self.lang, phone),
        }
    }

    // ---- verdicts ----

    /// The words of a verdict, without the child.
    #[must_use]
    pub fn verdict(self, child: Option<ChildId>, verdict: &Verdict) -> String {
        let lang = self.lang;
        match verdict {
            Verdict::InOk => t::in_ok(lang),
            Verdict::InAlready { at } => t::in_already(lang, at.hhmm()),
            Verdict::Back => t::back(lang),
            Verdict::InAlert => {
                let alert = child.and_then(|c| self.model.register.child(c)).and_then(|c| c.health.clone()).unwrap_or_default();
                t::in_alert(lang, alert)
            }
            Verdict::Out => t::out(lang),
            Verdict::OutAlone => {
                let letter = child.and_then(|c| self.model.register.child(c)).and_then(|c| c.letter.clone());
                t::out_alone(lang, letter.as_deref().unwrap_or("-"))
            }
            Verdict::MayStepOut => t::may_step_out(lang),
            Verdict::BackBy { taker, past: false } => t::back_by(lang, self.relation_of(*taker)),
            Verdict::BackBy { taker, past: true } => t::back_by_past(lang, self.relation_of(*taker)),
            Verdict::SteppedOut { taker, back_by } => t::stepped_out(lang, self.relation_of(*taker), back_by.format("%H:%M")),
            Verdict::OutOk { taker, at } => t::out_ok(lang, self.taker(*taker), self.past_time(*at)),
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
            Verdict::Missing { since, place } => match child.and_then(|c| self.model.day.state().groups().of(c)) {
                Some(group) => {
                    let group = &group.group;
                    t::missing_since_group(lang, since.hhmm(), self.place(place), self.title(group), self.staff(group.leader))
                }
                None => t::missing_since(lang, since.hhmm(), self.place(place)),
            },
            Verdict::Elsewhere { place, called: None } => match child.and_then(|c| self.model.day.state().groups().of(c)) {
                Some(group) => t::elsewhere_group(lang, self.place(place), self.title(&group.group), self.staff(group.group.leader)),
                None => t::elsewhere(lang, self.place(place)),
            },
            Verdict::Elsewhere { place, called: Some(at) } => t::elsewhere_called(lang, self.place(place), at.hhmm()),
            Verdict::Who => t::who(lang),
            Verdict::WhoCall { collector } => {
                let about = self.model.register.collector(*collector).map(Described::from);
                let family = child.and_then(|c| callable(self.model.room(), c, about, self.model.now.date()).first().copied());
                match family {
                    Some(f) => t::who_call(lang, self.collector(*collector), format!("{} {}", self.listed(f), self.number(f))),
                    None => t::who_call_nobody(lang, self.collector(*collector)),
                }
            }
            Verdict::Unnamed { collector } => t::people::unnamed(lang, self.collector(*collector)),
            Verdict::Phrase { collector } => t::people::phrase(lang, self.collector(*collector)),
            Verdict::Hold => t::hold(lang),
            Verdict::Doubt(Doubt::OnLeave) => {
                let leave = child.and_then(|c| self.model.day.state().child(c)).and_then(|d| d.leave);
                t::on_leave(lang, leave.map_or("", |r| words::leave_reason(lang, r)))
            }
            Verdict::Doubt(Doubt::NotToday) => t::not_today(lang),
            Verdict::Doubt(Doubt::NoConsent) => t::no_consent(lang),
            Verdict::LeftOpen { since } => match child.map(|c| self.model.day.state().presence(c)) {
                Some(Presence::Out(_, out)) => t::left_open_out(lang, self.left_open_since(*since), out.since.hhmm(), self.relation_of(out.taker)),
                Some(_) | None => self.left_open_since(*since),
            },
            Verdict::TypedSchoolCard => t::typed_school_card(lang),
            Verdict::NobodyOnDuty => t::nobody_on_duty(lang),
            Verdict::Ambiguous => t::ambiguous(lang, 2),
            Verdict::Staff { staff } => t::staff_card(lang, self.staff(*staff)),
            Verdict::BadDigit => t::bad_digit(lang),
            Verdict::NoCard => t::no_card(lang),
            Verdict::Lost { at } => t::lost(lang, at.hhmm()),
            Verdict::Replaced => t::replaced(lang),
            Verdict::Expired => t::expired(lang),
            Verdict::NotRecorded => self.not_recorded(),
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
        let lines = group.waiting.iter().flat_map(|w| {
            let is_asked = w.verdict == asking.verdict && group.same_question().any(|same| same.pass.child == w.pass.child);
            let other = if is_asked { String::new() } else { format!(" · {}", self.verdict(Some(w.pass.child), &w.verdict)) };
            let line = format!("{}  {}{other}", self.name_and_class(w.pass.child), self.state(w.pass.child));
            std::iter::once(line).chain(self.notes_in_front(w.pass.child))
        });
        (format!("{verdict}{together}{}", self.back_filled(asking)), lines.collect())
    }

    /// Notes about a child that stand while it is in front (F109); that there are some, where they are read behind `?`.
    fn notes_in_front(self, child: ChildId) -> Vec<String> {
        let room = self.model.room();
        if privacy::shows_notes(room, child) {
            return privacy::notes(room, child).into_iter().map(|text| t::note_in_front(self.lang, text)).collect();
        }
        privacy::behind_why(room, child).map(|_| t::note_behind_why(self.lang)).into_iter().collect()
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
            Label::Group(group) => self.group_choice(*group),
            Label::ComesBack(group) => format!("{} · {}", words::label(self.lang, label).unwrap_or_default(), self.group_title(*group)),
            Label::Tick { child, on } => {
                let group = self.model.day.state().groups().of(*child).map(|g| format!(" · {}", self.title(&g.group)));
                format!("{} {}{}", if *on { "[x]" } else { "[ ]" }, self.name_and_class(*child), group.unwrap_or_default())
            }
            Label::Dial { child, collector } => t::dial(self.lang, self.marked_name(*child), self.collector(*collector), self.phone(*collector)),
            Label::Numbers(child) => self.name_and_class(*child),
            Label::Act(staff) | Label::SignOff(staff) | Label::SignOffBy(staff) => {
                format!("{} {}", self.staff(*staff), words::label(self.lang, label).unwrap_or_default())
            }
            Label::Undo(act) => self.act_line(*act),
            Label::WallTime(at) => t::faults::wall_time(self.lang, t::faults::to_the_second(*at)),
            Label::CountedTime(at) => t::faults::counted_time(self.lang, t::faults::to_the_second(*at)),
            Label::Stretch(stretch) => t::faults::stretch(self.lang, stretch),
            Label::Unrecorded(at) => self.model.unrecorded.get(*at).map(|u| self.wanted(u)).unwrap_or_default(),
            Label::Office(pick) => self.office_pick(pick),
            Label::CallOf { whom, result } => t::call_of(self.lang, self.collector(*whom), self.phone(*whom), words::call_result(self.lang, *result)),
            Label::LeaderStands
            | Label::WriteName
            | Label::GoesAlone
            | Label::SomebodyElse
            | Label::Hold(_)
            | Label::ThisChild
            | Label::TakeIn
            | Label::NotTakeIn
            | Label::CollectedThen
            | Label::StillHere
            | Label::CallOver
            | Label::HasCome
            | Label::OnSite
            | Label::Seen
            | Label::Again
            | Label::Early(_)
            | Label::Late(_)
            | Label::Leave(_)
            | Label::Call(_)
            | Label::Knows(_)
            | Label::Action(_)
            | Label::Place(_)
            | Label::Category(_)
            | Label::Title(_)
            | Label::AsCategory
            | Label::Board(_)
            | Label::Reached
            | Label::Unanswered
            | Label::WrongNumber
            | Label::ExtendCare
            | Label::Extend(_)
            | Label::WithGuard
            | Label::WithTwoAdults
            | Label::Nothing
            | Label::NoPhrase
            | Label::TypeAgain
            | Label::StoreAsAnswer
            | Label::TryAgain(_)
            | Label::DropUnrecorded(_)
            | Label::Quit => words::label(self.lang, label).unwrap_or_default(),
        }
    }

    /// A choice as it is listed: `1 母亲 林静(持卡)`.
    #[must_use]
    pub fn choice(self, choice: &Choice) -> String {
        let label = self.label(&choice.label);
        format!("{} {}", choice.n, if choice.gone { t::struck(self.lang, label) } else { label })
    }

    /// Where a child stands, in a few words.
    #[must_use]
    pub fn state(self, child: ChildId) -> String {
        match self.model.day.state().presence(child) {
            Presence::NotHere if let Some(since) = self.model.day.state().child(child).and_then(|d| d.at_door) => {
                format!("{} {}", words::standing(self.lang, Standing::AtDoor), since.hhmm())
            }
            Presence::NotHere => match self.model.day.state().child(child).and_then(|d| d.leave) {
                Some(reason) => words::leave_reason(self.lang, reason).to_owned(),
                None => t::state_not_here(self.lang),
            },
            Presence::In(visit) if visit.arrived.date() < self.model.day.date() => {
                t::state_left_open(self.lang, self.left_open_since(visit.arrived.date()), visit.arrived.hhmm())
            }
            Presence::In(visit) if let Some(missing) = &visit.missing => {
                t::state_missing(self.lang, missing.since.hhmm(), self.place(&missing.place))
            }
            Presence::In(visit) => {
                let held = self.model.day.state().child(child).is_some_and(|day| day.held.is_some());
                let place = if held { t::for_leader(self.lang) } else { self.place(&visit.place) };
                t::state_in(self.lang, visit.arrived.hhmm(), place)
            }
            Presence::Out(visit, out) => {
                let state = match out.back_by {
                    Some(until) => t::state_out_until(self.lang, out.since.hhmm(), until.format("%H:%M")),
                    None => t::state_out(self.lang, out.since.hhmm()),
                };
                let since = visit.arrived.date();
                if since < self.model.day.date() { format!("{} · {state}", self.left_open_since(since)) } else { state }
            }
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
            Prompt::OutProof(child) => t::ask_out_proof(lang, n(child)),
            Prompt::NotBackWho(child) => t::ask_not_back(lang, n(child)),
            Prompt::HoldHow(child) => t::ask_hold(lang, n(child)),
            Prompt::HoldNote(child) => t::ask_hold_note(lang, n(child)),
            Prompt::LoseCard(child) => t::ask_lose_card(lang, n(child)),
            Prompt::NoCardTaker(child) => t::ask_no_card(lang, n(child)),
            Prompt::IdTail(_) => t::ask_id_tail(lang),
            Prompt::Recognised(child) => t::ask_recognised(lang, self.name(*child)),
            Prompt::SecondAdult => t::ask_second(lang),
            Prompt::Pin(staff) => t::ask_pin(lang, self.staff(*staff)),
            Prompt::PinToName { leader, near: false } => t::ask_pin_to_name(lang, self.staff(*leader)),
            Prompt::PinToName { leader, near: true } => t::ask_pin_to_name_near(lang, self.staff(*leader)),
            Prompt::TakerName(collector, _) => t::people::ask_taker_name(lang, self.collector(*collector)),
            Prompt::NamedName(child) => t::ask_named_name(lang, n(child)),
            Prompt::NamedRelation(_) => t::ask_named_relation(lang),
            Prompt::NamedPhone(_) => t::ask_named_phone(lang),
            Prompt::NamedPhrase(_) => t::people::ask_named_phrase(lang),
            Prompt::CallBackAbout(_) => t::ask_call_back_about(lang),
            Prompt::CallBackTo(_) => t::ask_call_back_to(lang),
            Prompt::CallBackResult(who) => t::ask_call_back_result(lang, self.collector(*who), self.phone(*who)),
            Prompt::SignOnWho => t::ask_sign_on(lang),
            Prompt::OnDuty(staff) => t::ask_on_duty(lang, self.staff(*staff)),
            Prompt::BackFillChild => t::ask_back_fill(lang),
            Prompt::BackFillTime(child) if self.is_left_open(*child) => t::ask_back_fill_open(lang, n(child), self.state(*child)),
            Prompt::BackFillTime(child) => t::ask_back_fill_time(lang, n(child)),
            Prompt::BatchCards(count) => t::ask_batch(lang, count),
            Prompt::LeftOpenTaker(child) => t::ask_left_open_taker(lang, n(child)),
            Prompt::LeftOpenTime(child) => t::ask_left_open_time(lang, n(child)),
            Prompt::OnSiteTime(child) => t::ask_on_site_time(lang, n(child)),
            Prompt::OnSiteCall(_) => t::ask_on_site_call(lang),
            Prompt::SeenBy(child) => t::ask_seen_by(lang, self.name(*child)),
            Prompt::SeenAt(child) => t::ask_seen_at(lang, self.name(*child)),
            Prompt::WhichUndo => t::ask_undo(lang),
            Prompt::UndoReason => t::ask_undo_reason(lang),
            Prompt::WhatTime => t::faults::what_time(lang),
            Prompt::WhichStretch => t::faults::which_stretch(lang),
            Prompt::StretchUntil => t::faults::stretch_until(lang),
            Prompt::RedateDay(first) => t::faults::redate_day(lang, t::faults::to_the_second(*first)),
            Prompt::RedateTime(date) => t::faults::redate_time(lang, date),
            Prompt::RedateWhy => t::faults::redate_why(lang),
            Prompt::WhichUnrecorded => t::faults::which(lang),
            Prompt::WithUnrecorded(at) => t::faults::what_with(lang, self.model.unrecorded.get(*at).map(|u| self.unrecorded(u)).unwrap_or_default()),
            Prompt::Board => t::ask_board(lang),
            Prompt::GroupDo(group) => t::ask_group(lang, self.group_choice(*group)),
            Prompt::WhatActivity => t::ask_activity(lang),
            Prompt::WhatTitle(category) => t::ask_title(lang, words::category(lang, *category)),
            Prompt::WhichCategory => t::ask_category(lang),
            Prompt::WhoLeads => t::ask_leads(lang),
            Prompt::GroupPlace => t::ask_group_place(lang),
            Prompt::WhoJoins(_) => t::ask_joins(lang, self.ticked()),
            Prompt::WhoGoes => t::ask_goes(lang, self.ticked()),
            Prompt::LeaderCount => t::ask_leader_count(lang),
            Prompt::DeskCount => t::ask_desk_count(lang),
            Prompt::WhoIsBack(_, counted) => t::ask_is_back(lang, counted, self.ticked()),
            Prompt::WhomToCall => self.call_prompt(),
            Prompt::CallOutcome(child, who) => t::ask_outcome(lang, self.collector(*who), self.phone(*who), self.name(*child)),
            Prompt::CallNote(child) => t::ask_call_note(lang, self.name(*child)),
            Prompt::CallTime(child) => t::ask_call_time(lang, self.name(*child)),
            Prompt::WhoStays => t::ask_stays(lang, self.ticked()),
            Prompt::ExtendWhy => t::ask_extend_why(lang),
            Prompt::ExtendUntil => t::ask_extend_until(lang),
            Prompt::WhichLeader => t::ask_leader(lang),
            Prompt::HowTheyStay => t::ask_how_they_stay(lang, self.some_names(&closing::undecided(self.model.known_room(), self.model.now))),
            Prompt::GuardName => t::ask_guard(lang),
            Prompt::WhoStaysBehind(nth) => t::ask_who_stays(lang, nth),
            Prompt::WhyTheyStay(one, other) => t::ask_why_stay(lang, self.staff_names(&[*one, *other])),
            Prompt::WhyOff(staff) => t::ask_why_off(lang, self.staff(*staff)),
            Prompt::WhoseNumber => t::ask_whose_number(lang),
            Prompt::LooksLikePin(asked) => t::ask_looks_like_pin(lang, words::field(lang, asked)),
            Prompt::Office(ask) => self.office_prompt(ask),
            Prompt::Quit if !self.model.unrecorded.is_empty() => t::faults::quit(lang, self.model.unrecorded.len()),
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
        // A group's step says it all; its children's moves stand behind it.
        let steps: Vec<&Entry> = entries.iter().copied().filter(|e| matches!(e.fact, Fact::Group(_))).collect();
        let shown = if steps.is_empty() { &entries } else { &steps };
        let what = self.join(shown.iter().filter_map(|e| self.fact(&e.fact)));
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
            Fact::CollectorSet { was, now } if ![Some(&**now), was.as_deref()].into_iter().flatten().all(|c| self.may_name(c)) => {
                what("接送名单已更改", "list of collectors changed", now.child)
            }
            Fact::CollectorSet { now, .. } => Some(format!("{} {}", self.name_and_class(now.child), self.listed(now))),
            Fact::ChildSet { now, .. } => Some(now.name.clone()),
            Fact::CardSet { now, .. } => what("办卡", "card", now.child),
            Fact::Group(step) => Some(self.group_fact(step)),
            Fact::Account(step) => Some(self.account_fact(step)),
            Fact::HeldBack { child } => Some(format!("{} {}", self.name_and_class(*child), t::faults::fact_held(lang))),
            Fact::Office(OfficeFact::PhraseTried { child, right: false, .. }) => {
                Some(format!("{} {}", self.name_and_class(*child), t::faults::fact_phrase(lang)))
            }
            Fact::Office(step) => Some(t::office::fact(lang, step)),
            Fact::Undone { seq, .. } => match self.model.day.entry(*seq) {
                Some(undone) => self.fact(&undone.fact).map(|what| t::faults::undoing(lang, what)),
                None => Some(t::faults::undoing_of(lang, seq.0)),
            },
            Fact::ClockSet { wall, .. } => Some(t::faults::did_set_clock(lang, t::faults::when(*wall))),
            Fact::Redated { from, to, .. } => Some(t::faults::fact_redated(lang, from.0, to.0)),
            Fact::StaffSet { .. }
            | Fact::SignedOn { .. }
            | Fact::SignedOff { .. }
            | Fact::PinTried { .. }
            | Fact::PinProved { .. }
            | Fact::Recovery(_) => office::staff::spoken::staff_fact(self, fact),
            Fact::CardMoved { .. }
            | Fact::NoCardCounted { .. }
            | Fact::Imported { .. }
            | Fact::ActorChosen { .. }
            | Fact::HoldDecided { .. }
            | Fact::Refused { .. }
            | Fact::RefusedAgain { .. } => None,
        }
    }
}
