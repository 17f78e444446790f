//! A heading that is not understood is asked about, one after the other, where somebody sits at a terminal.

use std::io::Write;
use std::path::PathBuf;

use super::typed;
use crate::cli::Failure;
use crate::import::asked::{Kind, answered, likely, question};
use crate::import::words::harmless;
use crate::import::{Answers, Plan, ReadError};
use crate::texts::{Lang, import as t};

/// What came of the files, or the one that cannot be read.
type Planned = Result<Plan, (PathBuf, ReadError)>;

/// Reads the files, and reads them again with every answer. An empty one leaves the refusal as it is.
pub(super) fn ask(lang: Lang, answers: &mut Answers, read: &mut dyn FnMut(&Answers) -> Planned) -> Result<Planned, Failure> {
    // The heading that was asked about last, and what it cannot be.
    let mut last: (String, Vec<String>) = Default::default();
    let said_before = answers.columns.len();
    loop {
        let (file, error) = match read(answers) {
            Ok(plan) => {
                if answers.columns.len() > said_before {
                    tell(&t::columns_next_time(lang, answers.columns.join(",")));
                }
                return Ok(Ok(plan));
            }
            Err(unread) => unread,
        };
        let ReadError::Heading { heading, values, .. } = &error else { return Ok(Err((file, error))) };
        if last.0 == *heading && answers.columns.len() > said_before {
            // The list has such a column already.
            let word = answers.columns.pop().and_then(|word| word.rsplit_once('=').map(|(_, kind)| kind.to_owned())).unwrap_or_default();
            tell(&t::column_taken(lang, harmless(heading), harmless(&word)));
            last.1.push(word);
        } else {
            last = (heading.clone(), Vec::new());
        }
        let kinds: Vec<Kind> = likely(heading, values).into_iter().filter(|kind| !last.1.contains(&kind.word(lang))).collect();
        let Some(text) = question(lang, &file, &error, &kinds) else { return Ok(Err((file, error))) };
        tell(&text);
        let word = loop {
            let _ = write!(std::io::stderr(), "{} ", t::column_prompt(lang));
            let _ = std::io::stderr().flush();
            let line = typed()?;
            if line.is_empty() {
                return Ok(Err((file, error)));
            }
            match answered(lang, heading, &kinds, &line) {
                Some(word) => break word,
                None => tell(&t::column_not_clear(lang, harmless(&line))),
            }
        };
        answers.columns.push(word);
    }
}

fn tell(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}
