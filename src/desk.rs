//! What the kiosk is doing: the model, what changes it, and what it asks the outside to do.
//!
//! The loop is four plain functions: a key or a line becomes a [`Msg`], [`update`] changes the [`Model`] and may return
//! [`Effect`]s, the shell performs them and answers with further messages, and the view draws the model. Nothing here
//! waits, fails or reads a clock.
//!
//! Reading order: [`grammar`] (what a typed line is), [`queue`] (verdicts that wait), [`question`] and [`forms`] (what is
//! asked), [`actions`] and [`commands`] (what can be done), [`groups`] (the activity board) and [`calls`] (who is missed or
//! not fetched); then what the model does: `submit` (a line and its scans), `dialogs`
//! (a line for the form in front), [`clock`] and [`unrecorded`] (what waits until the time is known, or the store can write), `known` (what counts before it is on record), `keeping` (what the desk tries again by itself), `perform` (a command), `deciding` (requests and what is said), [`record`] (the store's
//! answers); [`keeper`] (whose PIN opened the register); `shown` (what a number stands for); and [`roster`] (rows of the list).

pub mod actions;
pub mod appearance;
pub mod calls;
pub mod clock;
pub mod commands;
mod deciding;
mod dialogs;
pub mod forms;
#[cfg(feature = "photo")]
mod front;
pub mod grammar;
pub mod groups;
pub mod guide;
pub mod keeper;
mod keeping;
mod known;
pub mod office;
mod perform;
pub mod question;
pub mod queue;
pub mod record;
pub mod roster;
pub mod said;
pub mod shown;
mod submit;
mod telling;
pub mod unrecorded;
pub mod welcome;

use std::collections::VecDeque;

use crate::domain::activity::GroupId;
use crate::domain::card::{CardNumber, Spacing};
use crate::domain::day::{Counts, Day, State};
use crate::domain::fact::{Draft, Entry, Seq};
use crate::domain::people::{ChildId, HouseholdId, StaffId};
use crate::domain::redating::Stretch;
use crate::domain::register::Register;
use crate::domain::settings::Settings;
use crate::domain::time::Moment;
use crate::domain::trouble::Unsound;
use crate::rules::access::Carrier;
use crate::rules::privacy::Asked;
use crate::rules::{Room, closing, duty};
use crate::texts::Lang;

use appearance::Appearance;
use commands::Command;
use forms::{Form, Kind, Step};
use guide::Lesson;
use question::{Label, Prompt, Question};
use queue::Queue;
use roster::{Names, Narrowed, Past, Table};
use said::{LastNotice, Notice, Said};

/// Everything that the desk knows and is doing.
#[derive(Clone, Debug)]
#[allow(clippy::struct_excessive_bools)] // each is the answer to a question of its own
pub struct Model {
    /// People and cards.
    pub register: Register,
    /// Today.
    pub day: Day,
    /// How this room works.
    pub settings: Settings,
    /// The name of this desk.
    pub desk: String,
    /// Language of screen and answers.
    pub lang: Lang,
    /// A practice room: other banner, simulated clock.
    pub practice: bool,
    /// How the screen looks.
    pub appearance: Appearance,
    /// The journal's last number, as far as this desk has seen.
    pub head: Seq,
    /// When the last entry was entered, as far as this desk has seen.
    pub last: Option<Moment>,
    /// The desk's clock: what it counts. Not before the last entry, but where that lies so far ahead that somebody is asked about it.
    pub now: Moment,
    /// Verdicts that wait.
    pub queue: Queue,
    /// A list or form in front of them.
    pub dialog: Option<Dialog>,
    /// The form, and how far it had come, for which a PIN is being compared: it proves nothing in another.
    pub(crate) proving: Option<(Kind, usize)>,
    /// The household of the verdict in front to which Tab led over a list or form: while it stands in front it has the keyboard.
    pub led_to: Option<HouseholdId>,
    /// What was said last.
    pub said: Option<Said>,
    /// The notice that `n⏎` can still answer.
    pub last_notice: Option<LastNotice>,
    /// What happened by itself or beside the answer, newest last.
    pub notices: Vec<(Moment, Notice)>,
    /// Siblings who were left behind, until they are gone.
    pub left_behind: Vec<ChildId>,
    /// Names and their search keys.
    pub names: Names,
    /// The roster: rows, counts, places, kept up to date entry by entry.
    pub table: Table,
    /// What of the roster is shown.
    pub narrowed: Narrowed,
    /// The roster shows this past moment instead of now.
    pub past: Option<Past>,
    /// The choice that the arrows stand on: Enter takes it.
    pub marked: Option<u32>,
    /// The days of this week before today, as they ended; read when the pictures are asked for.
    pub week: Vec<(Moment, State)>,
    /// This child's card stands under the box until then, for F5 asked for its numbers.
    pub phones: Option<(ChildId, Moment)>,
    /// For which child phone numbers were asked for last.
    pub numbers: Option<Asked>,
    /// The guided round of practice.
    pub guide: Option<Lesson>,
    /// Who opened the register for changes, and when.
    pub keeper: Option<keeper::Keeper>,
    /// How this desk is set up, before what the register says of the room.
    pub base: Settings,
    /// What could not be recorded, in the order of its time; Enter tries the first again.
    pub unrecorded: Vec<unrecorded::Unrecorded>,
    /// Register and day with what could not be recorded folded in, while something waits.
    pub(crate) known: Option<Box<known::Known>>,
    /// What is decided once what waits was tried before it.
    pub(crate) deferred: VecDeque<unrecorded::Deferred>,
    /// What is decided now is decided whatever waits.
    pub(crate) in_any_case: bool,
    /// When what must stay is tried again.
    pub(crate) retry: keeping::Retry,
    /// Who was shown here and waited for a question that has gone: taken in with the next message.
    pub let_in: Vec<queue::Waiting>,
    /// Whether what is decided was shown now.
    shown_at: ShownAt,
    /// Why the last request was not recorded.
    pub refused: Option<unrecorded::Cause>,
    /// Whose look could not be recorded: tried again with the next line or command, or once something else was recorded.
    pub(crate) unseen: Option<ChildId>,
    /// Nothing can be recorded.
    pub halt: Option<unrecorded::Halt>,
    /// What is on file is not what was entered.
    pub unsound: Option<Unsound>,
    /// The disk is full, and what is recorded goes into the last room.
    pub in_last_room: bool,
    /// The clock cannot be believed: nothing is dated.
    pub doubted: Option<clock::Doubted>,
    /// Scans that wait until the time is known.
    pub held: clock::Held,
    /// A pass phrase is being compared: for which child, and whose.
    pub(crate) comparing: Option<(ChildId, crate::domain::people::CollectorId)>,
    /// Children who are up at this desk: the last entry before each came, and when it was in front last.
    pub(crate) up: Vec<(ChildId, Seq, Moment)>,
    pub(crate) jobs: VecDeque<record::Job>,
    /// What the store is asked to record now.
    pub(crate) on_its_way: Option<record::Job>,
    /// Forms that were half filled when a verdict in front opened one of its own: they come back after it.
    behind: Vec<Form>,
    pub(crate) streak: u32,
    pub(crate) typed_in_a_row: u32,
    pub(crate) explained: Option<(Option<ChildId>, crate::rules::Verdict)>,
    pub(crate) clock_back_said: bool,
    pub(crate) shown_again: bool,
    pub(crate) sight: shown::Sight,
    pub(crate) last_notice_at: Moment,
    pub(crate) dialled: Option<(ChildId, Prompt)>,
}

/// A list or form in front of the verdicts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Dialog {
    /// Questions of a form.
    Form(Form),
    /// Children that a search found.
    Hits {
        /// They, in the order of their numbers.
        hits: Vec<ChildId>,
    },
    /// What to do with one child.
    Actions(ChildId),
    /// Which act to take back.
    Undo,
    /// What could not be recorded.
    Unrecorded(unrecorded::Waiting),
    /// The list of commands.
    Commands,
    /// The activity board.
    Board,
    /// A group, and what can be done with it.
    Group(GroupId),
    /// Whom to call.
    Calls,
    /// Who has not come, with numbers.
    Roll,
    /// Pictures of the day and the week.
    Log,
    /// A screen of the register.
    Office(office::Screen),
}

/// Who has the keyboard.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Attention {
    /// The list or form.
    Dialog,
    /// The verdict in front (after Tab over a list or form).
    Queue,
}

/// How a line came in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum How {
    /// In line mode, which has no timing: from a reader or by hand.
    Scanned,
    /// From a reader, on the screen: keys that no hand types. It is a card, and answers only what asks for one.
    Burst,
    /// The same in the middle of typing: lifted out of a half-typed field.
    Lifted,
    /// By hand.
    Typed,
}

impl How {
    /// Whether surely a reader sent it: then it is a card, whatever is asked.
    #[must_use]
    pub const fn is_of_reader(self) -> bool {
        matches!(self, Self::Burst | Self::Lifted)
    }
}

/// When a card was shown about which the desk decides.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum ShownAt {
    /// Now.
    Now,
    /// A while ago, then: nobody goes by it alone.
    Before(Moment),
}

/// What can happen to the desk. Each means exactly one thing.
#[derive(Clone, Debug)]
pub enum Msg {
    /// A line was submitted.
    Line {
        /// Its text, without the Enter.
        text: String,
        /// How it came in.
        how: How,
    },
    /// A scan that was held until the time was known.
    Held(clock::HeldScan),
    /// Esc: back, without effect.
    Escape,
    /// Tab: the focus steps to the back, or the keyboard changes between form and verdict.
    Next,
    /// An arrow: the choice after (or before) the one that is marked.
    Mark {
        /// Down the list.
        down: bool,
    },
    /// An F-key or another shortcut of the command table.
    Command(Command),
    /// Time has passed.
    Tick,
    /// The store recorded the first job.
    Recorded(Vec<Entry>),
    /// The journal had moved on; nothing was written. These are the new entries.
    Behind(Vec<Entry>),
    /// The store could not record the first job, and why.
    Failed(unrecorded::Cause),
    /// Another desk entered something.
    News(Vec<Entry>),
    /// Space: ticks the choice that is marked, and steps on.
    Toggle,
    /// The store gave the states that were asked for: each at its moment.
    Looked(Vec<(Moment, State)>),
    /// The store gave a past moment as a whole: the register as it was, and who was where.
    LookedBack(Moment, Box<Register>, Box<State>),
    /// The last runs of entries that one clock dated each, the latest first.
    Stretches(Vec<Stretch>),
    /// A secret was hashed, or compared with its hash; `None` when the system gave no random numbers.
    SecretDone(Option<forms::Value>),
    /// A recovery code was drawn, with its hash; `None` when the system gave no random numbers.
    CodeDrawn(Option<(Pin, String)>),
    /// Card numbers were drawn; none when the system gave no random numbers, or no number is left.
    Drawn(Vec<(CardNumber, Spacing)>),
    /// A PIN was compared.
    PinChecked {
        /// Whose.
        staff: StaffId,
        /// Whether it was right.
        right: bool,
    },
}

/// What the desk asks the outside to do. Performed in order; each answers with a message or none.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Effect {
    /// Append these facts as one act if the journal has not moved: answers [`Msg::Recorded`], [`Msg::Behind`] or
    /// [`Msg::Failed`].
    Record {
        /// The facts.
        drafts: Vec<Draft>,
        /// Who acts.
        staff: Option<StaffId>,
        /// What was typed, for the keyed hash of a refusal; never stored.
        typed: Option<String>,
    },
    /// Compare a PIN with its hash: answers [`Msg::PinChecked`].
    CheckPin {
        /// Whose.
        staff: StaffId,
        /// What was typed.
        pin: Pin,
        /// The hash on file.
        hash: String,
    },
    /// Hash a new secret: answers [`Msg::SecretDone`] with [`forms::Value::Hash`].
    HashSecret(Pin),
    /// Compare a secret with its hash: answers [`Msg::SecretDone`] with [`forms::Value::Matched`].
    CheckSecret {
        /// What was typed.
        secret: Pin,
        /// The hash on file.
        hash: String,
    },
    /// Draw a recovery code and hash it: answers [`Msg::CodeDrawn`].
    DrawCode,
    /// Draw so many card numbers: answers [`Msg::Drawn`].
    Draw(usize),
    /// Read the states of past moments, each of its own day: answers [`Msg::Looked`].
    Look(Vec<Moment>),
    /// Read a past moment as a whole: answers [`Msg::LookedBack`], or nothing when it cannot be read.
    LookBack(Moment),
    /// Read the last runs of entries that one clock dated each: answers [`Msg::Stretches`].
    Stretches,
    /// Read register and day anew: what was entered stands under another time now.
    ReadAnew,
    /// Set the simulated clock of a practice room.
    SetClock(Moment),
    /// Go on from the time that somebody said it is, once that is recorded.
    AgreeOnTime(clock::Time),
    /// End the program.
    Quit,
}

/// A typed PIN; never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Pin(pub String);

impl std::fmt::Debug for Pin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Pin")
    }
}

/// What a desk starts from.
#[derive(Clone, Debug)]
pub struct Start {
    /// People and cards.
    pub register: Register,
    /// Today.
    pub day: Day,
    /// How this room works.
    pub settings: Settings,
    /// The name of this desk.
    pub desk: String,
    /// Language.
    pub lang: Lang,
    /// A practice room.
    pub practice: bool,
    /// How the screen looks.
    pub appearance: Appearance,
    /// The journal's last number.
    pub head: Seq,
    /// The clock.
    pub now: Moment,
}

impl Model {
    /// The desk at its start.
    #[must_use]
    pub fn new(start: Start) -> Self {
        let Start { register, day, settings: base, desk, lang, practice, appearance, head, now } = start;
        let settings = base.overlaid(register.office());
        let names = Names::of(&register);
        let due = crate::rules::hours::DueOn::new(&settings, day.date());
        let source = roster::Source { register: &register, due, names: &names, state: day.state(), date: day.date() };
        let table = Table::of(source);
        let mut model = Self {
            register,
            day,
            settings,
            desk,
            lang,
            practice,
            appearance,
            head,
            last: None,
            now,
            queue: Queue::default(),
            dialog: None,
            proving: None,
            led_to: None,
            said: None,
            last_notice: None,
            notices: Vec::new(),
            left_behind: Vec::new(),
            names,
            table,
            narrowed: Narrowed::All,
            past: None,
            marked: None,
            week: Vec::new(),
            phones: None,
            numbers: None,
            guide: None,
            keeper: None,
            base,
            unrecorded: Vec::new(),
            known: None,
            deferred: VecDeque::new(),
            in_any_case: false,
            retry: keeping::Retry { due: false, last: now, quits: false },
            let_in: Vec::new(),
            shown_at: ShownAt::Now,
            refused: None,
            unseen: None,
            halt: None,
            unsound: None,
            in_last_room: false,
            doubted: None,
            held: clock::Held::new(),
            comparing: None,
            up: Vec::new(),
            jobs: VecDeque::new(),
            on_its_way: None,
            behind: Vec::new(),
            streak: 0,
            typed_in_a_row: 0,
            explained: None,
            clock_back_said: false,
            shown_again: false,
            sight: shown::Sight::default(),
            last_notice_at: now,
            dialled: None,
        };
        // Whoever stood at the door when the desk was closed stands there still, as far as anybody has said.
        let at_door = crate::rules::closing::at_door(model.room());
        if !at_door.is_empty() {
            model.notice(Notice::StillAtDoor(at_door));
        }
        model
    }

    /// The room as rules see it.
    #[must_use]
    pub fn room(&self) -> Room<'_> {
        Room { register: &self.register, day: &self.day, settings: &self.settings, desk: &self.desk, keeper: self.keeper() }
    }

    /// The counts of the header line.
    #[must_use]
    pub fn counts(&self) -> Counts {
        Counts { rack: self.register.card_count_on(self.day.date()).rack, ..self.table.counts() }
    }

    /// The question in front as it is now, numbered anew.
    fn asked_now(&self) -> Option<Question> {
        if let Some(dialog) = self.dialog.as_ref().filter(|_| self.keyboard() == Attention::Dialog) {
            return self.dialog_question(dialog);
        }
        if let Some(group) = self.queue.focus() {
            return group.question(self.room(), self.now);
        }
        match &self.last_notice {
            Some(LastNotice::Repeat(_)) => Some(Question::choose(Prompt::Notice, [Label::Again])),
            Some(LastNotice::Arrived(..)) => None,
            None => self.stay_question(),
        }
    }

    /// Whether what is typed now is a PIN or a pass phrase: it is shown nowhere.
    #[must_use]
    pub fn asks_secret(&self) -> bool {
        self.question().is_some_and(|q| matches!(q.asks, question::Asks::Pin | question::Asks::Secret(_)))
    }

    /// Who has the keyboard: a form keeps it until Tab.
    #[must_use]
    pub fn keyboard(&self) -> Attention {
        let led = self.led_to.is_some() && self.led_to == self.queue.focus().map(|group| group.household);
        if self.dialog.is_none() || led { Attention::Queue } else { Attention::Dialog }
    }

    /// Once the verdict that Tab led to has gone, the list or form has the keyboard again: what is scanned next is meant for it.
    fn keep_led(&mut self) {
        if self.dialog.is_none() || self.keyboard() == Attention::Dialog {
            self.led_to = None;
        }
    }

    /// Children whose health alert was not acknowledged yet, in the order of their arrival (F110).
    #[must_use]
    pub fn alerts(&self) -> Vec<ChildId> {
        let state = self.day.state();
        let open = self.names.with_alert().iter().filter_map(|id| {
            let day = state.child(*id).filter(|day| !day.acknowledged)?;
            Some((day.visits.last().filter(|v| v.release.is_none())?.arrival, *id))
        });
        let mut open: Vec<(Seq, ChildId)> = open.collect();
        open.sort_unstable();
        open.into_iter().map(|(_, id)| id).collect()
    }

    /// When something on this desk changes by itself next, other than the clock.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Moment> {
        let phones = self.phones.map(|(_, until)| until);
        let code = if let Some(Said::Hint(said::Hint::RecoveryCode { until, .. })) = &self.said { Some(*until) } else { None };
        self.queue
            .next_lapse()
            .into_iter()
            .chain(phones)
            .chain(self.numbers.map(|asked| asked.until))
            .chain(self.next_keeper_minute())
            .chain(code)
            .chain(closing::next_alarm(self.known_room(), self.now))
            .chain(duty::plan::next_absence(self.room(), self.now))
            .min()
    }

    /// Moves the mark in the choices of the question in front.
    fn mark(&mut self, down: bool) {
        let Some(question) = self.question().filter(|q| !q.choices.is_empty()) else { return };
        let numbers: Vec<u32> = question.choices.iter().filter(|c| !c.gone).map(|c| c.n).collect();
        if numbers.is_empty() {
            return;
        }
        let from = self.marked_choice(&question).or_else(|| question.default().map(|c| c.n));
        let at = from.and_then(|n| numbers.iter().position(|m| *m == n));
        let last = numbers.len() - 1;
        let to = match (at, down) {
            (None, true) => 0,
            (None, false) => last,
            (Some(at), true) => {
                if at == last {
                    0
                } else {
                    at + 1
                }
            }
            (Some(at), false) => {
                if at == 0 {
                    last
                } else {
                    at - 1
                }
            }
        };
        self.marked = numbers.get(to).copied();
    }

    /// The marked number, if the question in front has it. A mark goes with its question: in another one Enter never takes it.
    #[must_use]
    pub fn marked_choice(&self, question: &Question) -> Option<u32> {
        self.marked.filter(|n| question.choice(*n).is_some())
    }

    fn dialog_question(&self, dialog: &Dialog) -> Option<Question> {
        match dialog {
            Dialog::Form(form) => match forms::step(form, self.room(), self.now) {
                Step::Ask(question) => Some(question),
                Step::Enter(_)
                | Step::Decide(_)
                | Step::Draw(_)
                | Step::DrawCode
                | Step::Screen(_)
                | Step::Unlocked(..)
                | Step::UndoUnlocked(..)
                | Step::Quit
                | Step::Nothing => None,
            },
            Dialog::Hits { hits } => Some(Question::choose(Prompt::WhichChild, hits.iter().map(|c| Label::Child(*c)))),
            Dialog::Actions(child) => {
                let list = self.register.child(*child).map(|c| actions::actions(self.room(), c, self.now)).unwrap_or_default();
                Some(Question::choose(Prompt::WhatToDo(*child), list.into_iter().map(Label::Action)))
            }
            Dialog::Undo => {
                let acts = crate::rules::undo::candidates(self.room());
                let labels = acts.iter().filter_map(|act| act.first()).map(|e| Label::Undo(e.act));
                Some(Question::choose(Prompt::WhichUndo, labels))
            }
            Dialog::Unrecorded(waiting) => Some(self.unrecorded_question(*waiting)),
            Dialog::Board => Some(groups::board(self.room())),
            Dialog::Group(group) => Some(groups::with_group(self.room(), *group)),
            Dialog::Calls => Some(calls::call_list(self.known_room(), self.now)),
            Dialog::Office(screen) => Some(office::question(screen, self.room(), self.now)),
            Dialog::Roll => {
                let spoken_of = closing::on_roll(self.known_room(), self.now).into_iter().map(Label::Numbers);
                Some(Question::choose(Prompt::WhoseNumber, spoken_of))
            }
            Dialog::Commands | Dialog::Log => None,
        }
    }

    pub(crate) fn notice(&mut self, notice: Notice) {
        self.notice_at(self.now, notice);
    }

    pub(crate) fn notice_at(&mut self, at: Moment, notice: Notice) {
        const KEPT: usize = 40;
        self.notices.push((at, notice));
        if self.notices.len() > KEPT {
            self.notices.remove(0);
        }
    }

    /// A number answers this notice while it is fresh.
    pub(crate) fn can_still_be_answered(&mut self, notice: LastNotice) {
        self.last_notice = Some(notice);
        self.last_notice_at = self.now;
    }

    /// A form that is half filled waits while a verdict in front asks in one of its own.
    pub(crate) fn set_form_aside(&mut self) {
        if let Some(Dialog::Form(_)) = &self.dialog
            && let Some(Dialog::Form(form)) = self.dialog.take()
        {
            self.behind.push(form);
        }
    }

    /// A form that was set aside comes back when nothing is open any more.
    fn go_back_to_form(&mut self) {
        if self.dialog.is_none()
            && self.on_its_way.is_none()
            && let Some(form) = self.behind.pop()
        {
            self.dialog = Some(Dialog::Form(form));
            // Where it comes back by itself, as by news of another desk, what was pressed before is no answer to it.
            (self.sight.shown, self.marked) = (Some(shown::Shown::nothing()), None);
        }
    }

    /// Takes away what is open, and says whether there was anything. Children who were scanned into a batch stand there: whatever is
    /// looked at meanwhile, they come back.
    pub(crate) fn put_away(&mut self) -> bool {
        if matches!(&self.dialog, Some(Dialog::Form(Form { kind: Kind::Batch(_), values, .. })) if !values.is_empty()) {
            self.set_form_aside();
            return true;
        }
        self.dialog.take().is_some()
    }

    pub(crate) fn open(&mut self, dialog: Dialog) {
        self.put_away();
        self.dialog = Some(dialog);
        self.led_to = None;
        self.last_notice = None;
        self.said = None;
        (self.sight.shown, self.marked) = (None, None); // a list that is opened again is numbered anew
    }

    pub(crate) fn open_form(&mut self, kind: Kind) -> Vec<Effect> {
        if self.waits_for_sign_on(&kind) {
            self.put_away();
            return Vec::new();
        }
        let since = kind.child().map_or(self.head, |child| self.comes_up(child));
        self.open(Dialog::Form(Form { since, ..Form::new(kind) }));
        self.go_on_with_form()
    }

    /// Whether a form would come to what nobody can enter at this desk now; says so.
    pub(crate) fn waits_for_sign_on(&mut self, kind: &Kind) -> bool {
        let demand = kind.demand(self.room()).filter(|d| d.of == Carrier::Actor);
        let objection = demand.and_then(|d| d.is_met(self.room(), self.now).err());
        let waits = objection.is_some();
        self.said = objection.map(Said::Objection).or(self.said.take());
        waits
    }

    /// A child comes up at this desk: the last entry before it did. It stays up while it is in front again within two
    /// minutes, whatever was closed or opened meanwhile.
    pub(crate) fn comes_up(&mut self, child: ChildId) -> Seq {
        let now = self.now;
        self.up.retain(|(_, _, last)| last.plus_seconds(queue::LAPSE_SECONDS).ms > now.ms);
        if let Some((_, since, last)) = self.up.iter_mut().find(|(up, ..)| *up == child) {
            *last = now;
            return *since;
        }
        self.up.push((child, self.head, now));
        self.head
    }
}

/// Changes the model by one message; `now` is the desk's clock.
pub fn update(model: &mut Model, msg: Msg, now: Moment) -> Vec<Effect> {
    let minute = model.now.ms.div_euclid(60_000);
    model.know();
    model.pass_time(now);
    let (shows, is_tick) = (model.shows(&msg), matches!(msg, Msg::Tick));
    let is_a_persons = matches!(msg, Msg::Line { .. } | Msg::Command(_));
    if is_a_persons {
        model.unseen = None;
    }
    let may_retry = is_tick || is_a_persons;
    let mut effects = match msg {
        Msg::Line { text, how } => model.line_in_doubt(&text, how).unwrap_or_else(|| model.submit(&text, how)),
        Msg::Held(held) => model.decide_held(&held),
        Msg::Escape => model.escape(),
        Msg::Next => model.step_focus(),
        Msg::Mark { down } => {
            model.mark(down);
            Vec::new()
        }
        Msg::Toggle => {
            model.toggle_marked();
            Vec::new()
        }
        Msg::Looked(states) => {
            model.looked(states);
            Vec::new()
        }
        Msg::LookedBack(when, register, state) => {
            model.show_past(when, *register, *state);
            Vec::new()
        }
        Msg::Stretches(stretches) => model.show_stretches(stretches),
        Msg::Command(command) => model.command(command, ""),
        Msg::Tick => Vec::new(),
        Msg::Recorded(entries) => model.recorded(&entries),
        Msg::Behind(entries) => model.behind(&entries),
        Msg::Failed(cause) => model.failed(cause),
        Msg::News(entries) => model.news(&entries),
        Msg::PinChecked { staff, right } => model.pin_checked(staff, right),
        Msg::SecretDone(value) => model.secret_done(value),
        Msg::CodeDrawn(code) => model.code_drawn(code),
        Msg::Drawn(numbers) => model.drawn(numbers),
    };
    effects.extend(model.take_in_waiting());
    effects.extend(model.record_next());
    effects.extend(model.decide_deferred());
    effects.extend(model.retry_what_stays(may_retry));
    effects.extend(model.go_on_quitting());
    effects.extend(model.note_look());
    model.keep_led();
    model.go_back_to_form();
    model.ask_for_numbers();
    effects.extend(model.look_again());
    if !is_tick || minute != model.now.ms.div_euclid(60_000) {
        model.keep_shown(shows);
    }
    effects
}
