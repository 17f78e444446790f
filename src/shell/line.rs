//! Line mode: the same desk, a line at a time, for screen readers, braille, serial consoles and scripts.
//!
//! One line in, one answer out; what the line recorded is on the disk before the answer is written. There is no timing
//! here: a line counts as scanned, and an Enter or a number in the middle of what a reader types is an answer like any other.
//! That is for machines and for whoever hears the answer before the next line; the screen knows hands from readers
//! ([`super::typing`]).

use std::io::{BufRead, Write};
use std::time::Duration;

use serde::Serialize;

use crate::desk::question::{Asks, Question};
use crate::desk::said::{Hint, Said};
use crate::desk::{How, Msg};
use crate::domain::day::Counts;
use crate::domain::people::ChildId;
use crate::domain::settings::CardMode;
use crate::rules::Verdict;
use crate::rules::verdict::Severity;
use crate::texts;
use crate::wording::Words;

use super::session::Session;

/// A script's first line may follow the start at once: it waits so long at most for the check of the record.
const FIRST_WAITS: Duration = Duration::from_secs(1);
/// A record of more entries is not checked in that time: nobody waits for it.
const CHECKED_SOON: i64 = 50_000;

/// Answers every line of `input` on `output` until the end of input or a typed quit.
///
/// # Errors
/// When input or output breaks.
pub fn run(session: &mut Session, json: bool, input: impl BufRead, mut output: impl Write) -> std::io::Result<()> {
    let mut is_first = true;
    for line in (Lines { input }) {
        let line = line?;
        if std::mem::take(&mut is_first) && session.model.head.0 <= CHECKED_SOON {
            session.await_check(FIRST_WAITS);
        }
        let answer = answer(session, line);
        if json {
            serde_json::to_writer(&mut output, &answer)?;
            output.write_all(b"\n")?;
        } else {
            writeln!(output, "{}", answer.text(session))?;
        }
        output.flush()?;
        if session.has_quit() {
            break;
        }
    }
    Ok(())
}

/// Answers one line; `None` stands for a line that could not be read.
pub fn answer(session: &mut Session, line: Option<String>) -> Answer {
    session.forget_told();
    session.catch_up();
    match line {
        Some(text) if text.trim() == "esc" => session.send(Msg::Escape),
        Some(text) => session.send(Msg::Line { text, how: How::Scanned }),
        None => session.send(Msg::Line { text: "\u{1}".to_owned(), how: How::Scanned }),
    }
    let answer = Answer::of(session);
    session.model.is_in_sight();
    session.told();
    answer
}

/// Lines of at most 64 KiB; a longer one, or one that is not UTF-8, comes as `None` and is refused.
struct Lines<R> {
    input: R,
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = std::io::Result<Option<String>>;

    fn next(&mut self) -> Option<Self::Item> {
        const LONGEST: usize = 65_536;
        let mut line = Vec::new();
        let mut any = false;
        loop {
            let (done, used) = match self.input.fill_buf() {
                Ok([]) => (true, 0),
                Ok(bytes) => {
                    any = true;
                    let end = bytes.iter().position(|b| *b == b'\n');
                    let take = end.unwrap_or(bytes.len());
                    if line.len() <= LONGEST {
                        line.extend(bytes.iter().take(take));
                    }
                    (end.is_some(), take + usize::from(end.is_some()))
                }
                Err(e) if e.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(e) => return Some(Err(e)),
            };
            self.input.consume(used);
            if done {
                break;
            }
        }
        if !any {
            return None;
        }
        let short = line.len() <= LONGEST;
        Some(Ok(String::from_utf8(line).ok().filter(|_| short)))
    }
}

/// One answer, as scripts see it.
#[derive(Serialize, Debug)]
pub struct Answer {
    verdict: Option<&'static str>,
    severity: Option<&'static str>,
    child: Option<AnswerChild>,
    say: String,
    choices: Vec<AnswerChoice>,
    asks: Option<&'static str>,
    recorded: Vec<i64>,
    head: i64,
    waiting: usize,
    counts: AnswerCounts,
    #[serde(skip_serializing_if = "Option::is_none")]
    open_minutes: Option<i64>,
    notices: Vec<String>,
    /// The past moment that is shown, with the counts of then; `counts` are always those of now.
    #[serde(skip_serializing_if = "Option::is_none")]
    past: Option<AnswerPast>,
}

#[derive(Serialize, Debug)]
struct AnswerPast {
    at: String,
    counts: AnswerCounts,
}

#[derive(Serialize, Debug)]
struct AnswerChild {
    id: i64,
    name: String,
    grade: u8,
    class: String,
}

#[derive(Serialize, Debug)]
struct AnswerChoice {
    n: u32,
    label: String,
    default: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    gone: bool,
}

#[derive(Serialize, Debug)]
struct AnswerCounts {
    #[serde(rename = "in")]
    inside: usize,
    expected: usize,
    out: usize,
    leave: usize,
    outside: usize,
    rack: Option<usize>,
    left_open: usize,
    missing: usize,
}

impl AnswerCounts {
    fn of(n: Counts, claim: bool) -> Self {
        Self {
            inside: n.inside,
            expected: n.expected,
            out: n.released,
            leave: n.leave,
            outside: n.outside,
            rack: claim.then_some(n.rack),
            left_open: n.left_open,
            missing: n.missing,
        }
    }
}

impl Answer {
    /// What the desk answers now; takes the numbers recorded since the last answer.
    #[must_use]
    pub fn of(session: &mut Session) -> Self {
        let recorded = session.take_recorded().into_iter().map(|s| s.0).collect();
        let model = &session.model;
        let words = Words::of(model);
        let question = model.question();
        let (verdict, children) = shown(session);
        let say = say(session, question.as_ref());
        let severity = verdict.as_ref().map(|v| match v.severity() {
            Severity::Green => "green",
            Severity::Amber => "amber",
            Severity::Red => "red",
        });
        let child = children.first().and_then(|c| model.register.child(*c)).map(|c| AnswerChild {
            id: c.id.0,
            name: c.name.clone(),
            grade: c.grade,
            class: words.class(c),
        });
        let asks = question.as_ref().map(|q| match q.asks {
            Asks::Choice | Asks::Ticks => "choice",
            Asks::Confirm => "confirm",
            Asks::Text | Asks::Card | Asks::Named => "text",
            Asks::Number => "number",
            Asks::Time => "time",
            Asks::Pin => "pin",
            Asks::Date => "date",
            Asks::Secret(_) => "secret",
        });
        let choices = question.iter().flat_map(|q| &q.choices);
        let choices = choices.map(|c| AnswerChoice { n: c.n, label: words.label(&c.label), default: c.default, gone: c.gone }).collect();
        let claim = model.settings.card_mode == CardMode::Claim;
        let past = model
            .past
            .as_ref()
            .map(|past| AnswerPast { at: past.when.local().format("%Y-%m-%dT%H:%M:%S").to_string(), counts: AnswerCounts::of(past.counts(), claim) });
        let notices = model.notices.iter().map(|(_, notice)| words.notice(notice)).filter(|text| !text.is_empty());
        let notices = words.trouble().into_iter().chain(notices).collect();
        Self {
            verdict: verdict.as_ref().and_then(Verdict::name),
            severity,
            child,
            say,
            choices,
            asks,
            recorded,
            head: model.head.0,
            waiting: model.queue.len(),
            counts: AnswerCounts::of(model.counts(), claim),
            open_minutes: model.open_minutes(),
            notices,
            past,
        }
    }

    /// The answer as one line for a person.
    fn text(&self, session: &Session) -> String {
        let mut parts = vec![self.say.clone()];
        parts.extend(self.notices.iter().cloned());
        let open = self.open_minutes.map_or_else(String::new, |n| format!("   {}", texts::keeper_minutes(session.model.lang, n)));
        parts.push(format!("[{}{open}]", Words::of(&session.model).counts_with_places()));
        parts.retain(|p| !p.is_empty());
        parts.join(" | ")
    }
}

/// The verdict that this answer is about, and the children it names.
fn shown(session: &Session) -> (Option<Verdict>, Vec<ChildId>) {
    match &session.model.said {
        Some(Said::Verdict { children, verdict }) => (Some(verdict.clone()), children.iter().map(|(c, _)| *c).collect()),
        Some(Said::Hint(Hint::PickANumber | Hint::NoSuchNumber | Hint::Next | Hint::Gone | Hint::Changed | Hint::ShowAgain(_))) => {
            let focus = session.model.queue.focus().filter(|_| session.model.dialog.is_none());
            let asking = focus.and_then(|g| g.asking());
            (asking.map(|w| w.verdict.clone()), asking.map(|w| w.pass.child).into_iter().collect())
        }
        _ => (None, Vec::new()),
    }
}

/// What is said, and the question that stands in front.
fn say(session: &Session, question: Option<&Question>) -> String {
    let words = Words::of(&session.model);
    let asked = question.map(|q| words.question(q)).unwrap_or_default();
    let waits = match &session.model.said {
        Some(Said::Verdict { children, verdict }) => {
            let in_focus = session.model.queue.focus().is_some_and(|g| g.waiting.iter().any(|w| children.iter().any(|(c, _)| *c == w.pass.child)));
            verdict.waits() && in_focus && session.model.dialog.is_none()
        }
        _ => false,
    };
    match &session.model.said {
        _ if waits => asked,
        Some(said) => {
            let said = words.said(said);
            match (said.is_empty(), asked.is_empty()) {
                (true, _) => asked,
                (false, true) => said,
                (false, false) => format!("{said} · {asked}"),
            }
        }
        None => asked,
    }
}
