//! What the desk says: answers, objections, remarks, notices, explanations.

use crate::desk::commands::Command;
use crate::desk::forms::{Mistake, weak_pin};
use crate::desk::roster;
use crate::desk::said::{Hint, Misread, Notice, Said};
use crate::domain::day::Presence;
use crate::domain::fact::{CallResult, HoldAnswer, Holder, Seq};
use crate::domain::people::{ChildId, Role};
use crate::rules::access::may;
use crate::rules::acts::Act;
use crate::rules::clock::Misfit;
use crate::rules::collect::Vouch;
use crate::rules::duty::pins::{FEWEST_DIGITS, MOST_DIGITS};
use crate::rules::duty::recovery;
use crate::rules::why::Because;
use crate::rules::{Objection, collect, privacy, undo};
use crate::texts::{self as t, words};

use super::Words;

impl Words<'_> {
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

    /// What was done, in one sentence.
    #[must_use]
    pub fn done(self, act: &Act) -> String {
        let lang = self.lang;
        match act {
            Act::NameHolder { child, collector } => t::did_name_holder(lang, self.name(*child), self.collector(*collector)),
            Act::Acknowledge { child } => t::did_acknowledge(lang, self.name(*child)),
            Act::Leave { child, reason } => t::did_leave(lang, self.name(*child), words::leave_reason(lang, *reason)),
            Act::Note { child, .. } => t::did_note(lang, self.name(*child)),
            Act::Move { child, to } => t::did_move(lang, self.name(*child), self.place(to)),
            Act::CallOver { child } => {
                let tail =
                    self.model.register.valid_cards(*child, self.model.day.date()).first().map(|c| c.number.tail().to_owned()).unwrap_or_default();
                t::did_call_over(lang, self.name(*child), tail)
            }
            Act::DecideHold { child, how, .. } => match how {
                HoldAnswer::Left => t::did_hold_left(lang, self.name(*child)),
                HoldAnswer::Listed => t::did_hold_listed(lang, self.name(*child)),
                HoldAnswer::Noted { .. } => t::did_hold_note(lang, self.name(*child)),
            },
            Act::LoseCard { child } => t::did_lose_card(lang, self.name(*child)),
            Act::Authorise { child, call: None, .. } => t::leader_needed(lang, self.name(*child)),
            Act::Authorise { child, name, call: Some(call), .. } if call.agrees() => t::did_authorise(lang, self.name(*child), name),
            Act::Authorise { child, name, call: Some(Vouch::Called(_, CallResult::No)), .. } => {
                t::did_authorise_refused(lang, self.name(*child), name)
            }
            Act::Authorise { child, name, .. } => t::did_authorise_pending(lang, self.name(*child), name),
            Act::CallBack { call: Vouch::Called(_, CallResult::No), .. } => t::did_call_back_refused(lang),
            Act::CallBack { call, .. } => {
                t::did_call_back(lang, call.result().map_or_else(|| t::leader_stands(lang), |r| words::call_result(lang, r).to_owned()))
            }
            Act::SignOn { staff } => t::did_sign_on(lang, self.staff(*staff)),
            Act::SignOff { staff, .. } => t::did_sign_off(lang, self.staff(*staff)),
            Act::Choose { staff } => t::did_choose(lang, self.staff(*staff)),
            Act::Redate { stretch, first, .. } => {
                t::faults::did_redate(lang, stretch.len(), t::faults::to_the_second(stretch.first), t::faults::to_the_second(*first))
            }
            Act::Group(act) => self.group_done(act),
            Act::Account(act) => self.account_done(act),
            Act::Office(act) => self.office_done(act),
            Act::TryPin { .. } | Act::ProvePin { .. } | Act::Refused { .. } | Act::RefusedAgain { .. } | Act::Look { .. } => String::new(),
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
            Objection::IsOut(child) => t::is_out(lang, self.name(*child)),
            Objection::Acknowledged(child) => t::acknowledged(lang, self.name(*child)),
            Objection::OfAnotherMatter(child) => t::of_another_matter(lang, self.name(*child)),
            Objection::NotHeld(child) => t::not_held(lang, self.name(*child)),
            Objection::Missing(child) => t::is_missing(lang, self.name(*child)),
            Objection::NotOpenThen(child) => t::not_open_then(lang, self.name(*child)),
            Objection::ProvesNothing(child) => t::proves_nothing(lang, self.name(*child)),
            Objection::InDoubt(child) => t::faults::in_doubt(lang, self.name(*child)),
            Objection::NoLiveCard(child) => t::no_live_card(lang, self.name(*child)),
            Objection::WrongTime => t::wrong_time(lang),
            Objection::ShownLongAgo(child) => t::show_again(lang, self.name_and_class(*child)),
            Objection::Contradicted(seq) => t::contradicted(lang, self.entry(*seq)),
            Objection::RestsOn(seq) => {
                let later = self.model.day.entry(*seq).map(|e| &e.fact);
                let stays = later.is_some_and(|fact| !undo::can_be_undone(fact));
                let of_child = later.is_some_and(|fact| fact.child().is_some());
                let entry = self.entry(*seq);
                match (stays, of_child) {
                    (true, true) => t::rests_with(lang, entry),
                    (true, false) => t::staff::rests_for_good(lang, entry),
                    (false, _) => t::rests_on(lang, entry),
                }
            }
            Objection::NothingToUndo => t::nothing_to_undo(lang),
            Objection::UndoReason => t::undo_reason(lang),
            Objection::WrongStaff => t::wrong_staff(lang),
            Objection::OtherActorNeeded => t::other_actor_needed(lang),
            Objection::TwoAdults => t::two_adults_wanted(lang),
            Objection::NobodyOnDuty => t::nobody_acts(lang),
            Objection::NotAllowed(right) => t::not_allowed(lang, words::who_may(lang, may(Role::Office, *right))),
            Objection::Evidence => t::evidence(lang),
            Objection::LeaderNeeded(child) => t::leader_needed(lang, self.name(*child)),
            Objection::VoidCard(_) => t::void_card(lang),
            Objection::Empty => t::empty(lang),
            Objection::Group(hindrance) => self.hindrance(*hindrance),
            Objection::Office(hindrance) => self.office_hindrance(hindrance),
            Objection::TimeIsPast => t::time_is_past(lang),
            Objection::NobodyLeft => t::nobody_left(lang),
            Objection::Redate(misfit) => self.misfit(*misfit),
        }
    }

    /// Why a time cannot be set right so.
    fn misfit(self, misfit: Misfit) -> String {
        match misfit {
            Misfit::Same => t::faults::redate_same(self.lang),
            Misfit::BeforeEarlier(at) => t::faults::redate_before(self.lang, t::faults::to_the_second(at)),
            Misfit::AfterLater(at) => t::faults::redate_after(self.lang, t::faults::to_the_second(at)),
            Misfit::Future => t::faults::redate_future(self.lang),
        }
    }

    pub(super) fn entry(self, seq: Seq) -> String {
        let entry = self.model.day.entry(seq);
        let what = entry.and_then(|e| Some(format!("{} {}", e.at.hhmm(), self.fact(&e.fact)?)));
        format!("#{}{}", seq.0, what.map_or_else(String::new, |w| format!(" ({w})")))
    }

    pub(super) fn mistake(self, mistake: Mistake) -> String {
        let lang = self.lang;
        match mistake {
            Mistake::NoSuchChoice => t::mistake_choice(lang),
            Mistake::NotReached => t::mistake_not_reached(lang),
            Mistake::NotATime => t::mistake_time(lang),
            Mistake::NotANumber => t::mistake_number(lang),
            Mistake::Empty => t::mistake_empty(lang),
            Mistake::TooLong => t::mistake_long(lang),
            Mistake::NotAPin => t::mistake_no_pin(lang, FEWEST_DIGITS, MOST_DIGITS),
            Mistake::WrongPin(n) => t::mistake_pin(lang, n),
            Mistake::Locked(until) => t::mistake_locked(lang, until.hhmmss()),
            Mistake::CodeLocked(until) => t::staff::code_locked(lang, until.hhmmss()),
            Mistake::CountDiffers => t::mistake_count(lang),
            Mistake::NotAChild => t::mistake_child(lang),
            Mistake::NotForBatch => t::mistake_batch(lang),
            Mistake::TooShort => t::mistake_short(lang),
            Mistake::NotAName => t::people::mistake_name(lang),
            Mistake::NotAPhone => t::mistake_phone(lang),
            Mistake::Garbled => t::garbled(lang),
            Mistake::SeveralFit => t::mistake_several(lang),
            Mistake::Content(rule) => t::hindrance_content(lang, words::content_rule(lang, rule)),
            Mistake::TimeIsPast => t::time_is_past(lang),
            Mistake::NotADate => t::mistake_date(lang),
            Mistake::WeakPin(weak) => weak_pin(lang, weak),
            Mistake::WeakPhrase => t::mistake_phrase(lang),
            Mistake::NotACard => t::mistake_card(lang),
            Mistake::Calendar(wrong) => self.calendar_wrong(wrong),
            Mistake::Setting(key) => t::settings::wrong(lang, key),
            Mistake::HooksDiffer => t::cards::hooks_differ(lang),
            Mistake::Gone => t::gone_meanwhile(lang),
        }
    }

    pub(super) fn hint(self, hint: &Hint) -> String {
        let lang = self.lang;
        match hint {
            Hint::BatchFirst(n) => t::batch_first(lang, n),
            Hint::Locked => t::locked_now(lang),
            Hint::RecoveryCode { staff, code, .. } => t::staff::code_is(lang, self.staff(*staff), &code.0),
            Hint::NoCode => t::staff::no_code(lang),
            Hint::NothingWaits => t::nothing_waits(lang),
            Hint::PickANumber => t::pick_a_number(lang),
            Hint::NoSuchNumber => t::no_such_number(lang),
            Hint::NoSuchCommand => t::no_such_command(lang),
            Hint::Garbled => t::garbled(lang),
            Hint::TooLong => t::too_long(lang),
            Hint::Back => t::went_back(lang),
            Hint::ClockSet(at) => t::clock_set(lang, at.hhmmss()),
            Hint::ClockNotBack(at) => t::clock_not_back(lang, at.hhmmss()),
            Hint::OnlyInPractice => t::only_in_practice(lang),
            Hint::NoSuchList => t::no_such_list(lang),
            Hint::Narrowed => self.narrowed(),
            Hint::Phones(child) => t::phones_are(lang, self.name_and_class(*child), self.phones(*child)),
            Hint::PhonesOfWhom => t::phones_of_whom(lang),
            Hint::Theme(colours) => t::theme_is(lang, words::colours(lang, *colours)),
            Hint::Guide(true) => t::guide_on(lang),
            Hint::Guide(false) => t::guide_off(lang),
            Hint::NotATime => t::not_a_time(lang),
            Hint::NotKept(until) => t::erasing::not_kept(lang, until),
            Hint::NothingToExplain => t::nothing_to_explain(lang),
            Hint::Language => t::language(lang),
            Hint::RosterAt => match &self.model.past {
                Some(past) => Self::shown(self.model).past_in_whole(past),
                None => t::not_a_time(lang),
            },
            Hint::Board => self.board(),
            Hint::Roll => self.roll(),
            Hint::Log => self.log_line(),
            Hint::Ticked(child, true, n) => t::ticked(lang, self.name_and_class(*child), n),
            Hint::Ticked(child, false, n) => t::unticked(lang, self.name_and_class(*child), n),
            Hint::Next => t::focus_next(lang),
            Hint::NothingToUndo => t::nothing_to_undo(lang),
            Hint::Held => t::faults::held(lang),
            Hint::TimeFirst => t::faults::time_first(lang),
            Hint::TimeOnceMore(at) => t::faults::time_once_more(lang, t::faults::when(*at)),
            Hint::NothingUnrecorded => t::faults::none(lang),
            Hint::KeptForSafety => t::faults::kept_for_safety(lang),
            Hint::NotYoursToDrop => t::faults::not_yours_to_drop(lang),
            Hint::OfAnotherDay(at) => t::faults::of_another_day(lang, at.local().format("%m-%d %H:%M")),
            Hint::Dropped(facts) => t::faults::dropped(lang, self.facts(facts)),
            Hint::AtDoorFirst(children) => t::at_door_first(lang, self.join(children.iter().map(|c| self.name_and_class(*c)))),
            Hint::HeldScansFirst => t::faults::held_scans_first(lang, self.held_scans().unwrap_or_default()),
            Hint::HeldFirst(children) => t::faults::held_first(lang, self.join(children.iter().map(|c| self.name_and_class(*c)))),
            Hint::HoldTooLate(children) => t::faults::hold_too_late(lang, self.join(children.iter().map(|c| self.name_and_class(*c)))),
            Hint::NoLeader => t::no_leader(lang),
            Hint::NoSecondAdult => t::no_second_adult(lang),
            Hint::NoStaff => t::no_staff(lang),
            Hint::NothingToChoose => t::nothing_to_choose(lang),
            Hint::InBatch(child, n) => t::in_batch(lang, self.name_and_class(*child), n),
            Hint::Counts => self.counts(),
            Hint::Gone => t::gone_meanwhile(lang),
            Hint::ShowAgain(child) => t::show_again(lang, self.name_and_class(*child)),
            Hint::Changed => t::changed_meanwhile(lang),
            Hint::TooEarly => t::too_early(lang),
            Hint::OnlyACard => t::only_a_card(lang),
            Hint::SecretDropped => t::secret_dropped(lang),
            Hint::NotPasted(why) => words::not_pasted(lang, *why),
            Hint::Commands | Hint::Help => t::commands_are(lang, self.commands()),
        }
    }

    /// A past moment: of another day with its date.
    #[must_use]
    pub fn past_time(self, when: crate::domain::time::Moment) -> String {
        if when.date() == self.model.day.date() { when.hhmm() } else { when.local().format("%m-%d %H:%M").to_string() }
    }

    /// All commands with what they are for, in one line.
    #[must_use]
    pub fn commands(self) -> String {
        let offered = Command::ALL.into_iter().filter(|c| c.is_offered(self.model.practice));
        offered.map(|c| format!("{} {}", self.command_sign(c), self.command_help(c))).collect::<Vec<_>>().join(self.lang.pick("；", "; "))
    }

    /// How a command is given: `F2 .名册`.
    #[must_use]
    pub fn command_sign(self, command: Command) -> String {
        let (zh, en) = words::command_words(command);
        let key = command.function_key().map_or_else(String::new, |n| format!("F{n} "));
        format!("{key}.{}", self.lang.pick(zh, en))
    }

    /// What a command is for.
    #[must_use]
    pub fn command_help(self, command: Command) -> &'static str {
        words::command_help(self.lang, command)
    }

    /// The part of the roster that is shown: how many, and who.
    fn narrowed(self) -> String {
        const MOST: usize = 30;
        if self.model.narrowed == roster::Narrowed::Waiting {
            let (n, list) = self.by_place(self.model.day.state());
            return t::roster_now(self.lang, n, list);
        }
        let (total, rows) = self.model.roster("", 0, MOST);
        let names = self.join(rows.iter().map(|r| self.name(r.child)));
        t::narrowed_to(self.lang, words::narrowing(self.lang, &self.model.narrowed), total, names)
    }

    /// The adults of a child who may collect, with their numbers.
    fn phones(self, child: ChildId) -> String {
        let list = collect::takers(self.model.room(), child, self.model.day.date());
        self.join(list.into_iter().map(|c| format!("{} {}", self.listed(c), self.number(c))))
    }

    /// A notice.
    #[must_use]
    pub fn notice(self, notice: &Notice) -> String {
        let lang = self.lang;
        match notice {
            Notice::InputMethodOn => t::notice_input_method(lang),
            Notice::Doubled => t::notice_doubled(lang),
            Notice::OnlyACard => t::notice_only_a_card(lang),
            Notice::Lapsed(children) => t::notice_lapsed(lang, self.join(children.iter().map(|c| self.name(*c)))),
            Notice::LeftAtDoor(children) => t::left_at_door(lang, self.join(children.iter().map(|c| self.name_and_class(*c)))),
            Notice::StillAtDoor(children) => t::still_at_door(lang, self.join(children.iter().map(|c| self.name(*c)))),
            Notice::BatchGivenUp(children) => t::batch_given_up(lang, self.join(children.iter().map(|c| self.name(*c)))),
            Notice::SiblingHere(child) => t::sibling_here(lang, self.name(*child)),
            Notice::SiblingExpected(child) => t::sibling_expected(lang, self.name(*child)),
            Notice::LeaderTold(child) => t::notice_leader(lang, self.name(*child)),
            Notice::NobodyOnDuty => t::notice_nobody_on_duty(lang),
            Notice::NoCardThisMonth(child, n) => t::notice_no_card(lang, self.name(*child), n),
            Notice::NoteToday(child, _) if !privacy::shows_notes(self.model.room(), *child) => {
                t::notice_note(lang, self.name(*child), t::note_behind_why(lang))
            }
            Notice::NoteToday(child, text) => t::notice_note(lang, self.name(*child), text),
            Notice::NoteBehindWhy(child) => t::notice_note(lang, self.name(*child), t::note_behind_why(lang)),
            Notice::LeftOpenCounted(child, date) => t::notice_left_open(lang, self.name(*child), date.format("%m-%d")),
            Notice::ReaderSilent => t::notice_reader(lang),
            Notice::RefusedStreak => t::notice_refused_streak(lang),
            Notice::StillOpen => self.still_open().unwrap_or_default(),
            Notice::NewDay => t::notice_new_day(lang),
            Notice::ClockWentBack => t::notice_clock_back(lang),
            Notice::TimesMayBeWrong => t::faults::times_may_be_wrong(lang),
            Notice::NamedAhead(collector) => t::faults::named_ahead(lang, self.collector(*collector)),
            Notice::ChangedElsewhere(child) => t::notice_elsewhere(lang, self.name(*child)),
            Notice::SealedAnew(seq) => t::faults::sealed_anew(lang, seq.0),
            Notice::KeyUnread(at, why) => t::faults::key_unread(lang, at, why.clone().unwrap_or_else(|| t::faults::no_key_in_it(lang))),
            Notice::BackupFailed(why) if why.is_empty() => t::backup::by_itself_failed(lang, t::backup::no_answer(lang)),
            Notice::BackupFailed(why) => t::backup::by_itself_failed(lang, why),
            Notice::Misread(Misread::File(why)) => t::misread_file(lang, why),
            Notice::Misread(Misread::Line(line)) => t::misread_line(lang, line),
            Notice::Misread(Misread::Value(key)) => t::misread_value(lang, key),
            Notice::Misread(Misread::More(count)) => t::misread_more(lang, count),
            Notice::Refused(why) => self.objection(why),
            Notice::ClosedToOthers(keeper) => t::closed_to_others(lang, self.staff(*keeper)),
            Notice::PinLocked(staff, until) if recovery::has_code(self.model.room(), *staff) => {
                t::staff::notice_code(lang, t::notice_pin_locked(lang, self.staff(*staff), until.hhmmss()))
            }
            Notice::PinLocked(staff, until) => t::notice_pin_locked(lang, self.staff(*staff), until.hhmmss()),
            Notice::VerdictBehindForm(child) => t::notice_behind_form(lang, self.name(*child)),
            Notice::NextStaff => t::settings::setup_done(lang),
            Notice::CalendarFile(file, error) => t::calendar::notice_error(lang, file, error),
            Notice::Alarm(alarm) => self.alarm(alarm),
            Notice::Duty(remark) => self.duty_remark(remark),
            Notice::IncidentOpened(child, kind) => self.incident(*child, *kind),
            Notice::OtherHands(child) if matches!(self.model.day.state().presence(*child), Presence::Out(..)) => {
                t::other_hands_out(lang, self.name(*child))
            }
            Notice::OtherHands(child) => t::other_hands(lang, self.name(*child)),
            Notice::AlsoBarred(collector) if self.model.keeper().is_some() => t::also_barred(lang, self.collector(*collector)),
            Notice::HasNumberOfBarred(collector) if self.model.keeper().is_some() => t::has_number_of_barred(lang, self.collector(*collector)),
            Notice::OnSiblingsList(collector) if self.model.keeper().is_some() => {
                let sibling = self.model.register.collector(*collector).map_or_else(|| "-".to_owned(), |c| self.name(c.child));
                t::on_siblings_list(lang, self.collector(*collector), sibling)
            }
            Notice::BarKept(collector) if self.model.keeper().is_some() => t::bar_kept(lang, self.collector(*collector)),
            Notice::AlsoBarred(_) | Notice::HasNumberOfBarred(_) | Notice::OnSiblingsList(_) | Notice::BarKept(_) => t::list_changed(lang),
            Notice::ShortNumber => t::cards::notice_short(lang),
            Notice::SeveralCards => t::cards::notice_several(lang),
            Notice::NumbersNear { far, all } => t::cards::notice_spacing(lang, far, all),
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
            Because::JustCame(at) => t::because_just_came(lang, at.hhmm()),
            Because::GoneSince(at, taker) => t::because_gone(lang, at.hhmm(), self.taker(*taker)),
            Because::StayOpen(at) => t::because_open(lang, at.local().format("%m-%d %H:%M")),
            Because::OutSince(at, who) => t::because_out(lang, at.hhmm(), self.relation_of(*who)),
            Because::Missing(place, at) => t::because_missing(lang, at.hhmm(), self.place(place)),
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
            Because::Unnamed(id) => t::people::because_unnamed(lang, self.collector(*id)),
            Because::SaysPhrase(id) => t::people::because_phrase(lang, self.collector(*id)),
            Because::NotAnnounced(id) => t::because_unannounced(lang, self.collector(*id)),
            Because::NobodyOnDuty => t::because_nobody_on_duty(lang),
            Because::HeldSince(at) => t::because_held_back(lang, at.hhmm()),
            Because::LeaderDecides => t::because_leader(lang),
            Because::DiskRefused => match &self.model.refused {
                Some(cause) => t::faults::because(lang, t::faults::cause(lang, cause)),
                None => t::because_disk(lang),
            },
            Because::SameSound => t::because_sound(lang),
            Because::SameHousehold => t::because_household(lang),
            Because::NoCheckDigit => t::because_no_check_digit(lang),
            Because::Notes(notes) => t::note_in_front(lang, self.join(notes.iter().cloned())),
        }
    }

    /// Who may collect a child today, in the order of their numbers: `1 母亲 林静、2 父亲 陈涛`.
    #[must_use]
    pub fn takers(self, child: ChildId) -> String {
        let list = collect::takers(self.model.room(), child, self.model.day.date());
        self.join(list.into_iter().zip(1..).map(|(c, n)| format!("{n} {}", self.listed(c))))
    }
}
