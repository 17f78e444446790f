//! One part of a delivery: comma-separated, its columns found by their headings in any case and spacing.

use std::collections::HashMap;
use std::sync::Arc;

use crate::domain::formula::unguarded;
use crate::import::cells::tidy;
use crate::import::read::{ReadError, records};
use crate::import::roster::Place;

/// A part.
pub(super) struct Part {
    file: Arc<str>,
    name: String,
    text: String,
}

/// One of its lines.
pub(super) struct Line<'l> {
    columns: &'l HashMap<String, usize>,
    record: &'l csv::StringRecord,
    file: &'l Arc<str>,
    number: usize,
}

impl Part {
    pub(super) fn new(delivery: &str, name: String, text: String) -> Self {
        Self { file: format!("{delivery}/{name}").into(), name, text }
    }

    /// Reads its lines; `needed` are the columns that it cannot do without.
    pub(super) fn each(&self, needed: &[&str], take: &mut dyn FnMut(Line<'_>) -> Result<(), ReadError>) -> Result<(), ReadError> {
        let mut columns: Option<HashMap<String, usize>> = None;
        let in_part = |e: ReadError| ReadError::Part(self.name.clone(), Box::new(e));
        records(&self.text, &mut |number, record| {
            let Some(columns) = &columns else {
                let mut found = HashMap::new();
                for (at, heading) in record.iter().enumerate() {
                    found.entry(heading_key(heading)).or_insert(at);
                }
                if let Some(missing) = needed.iter().find(|n| !found.contains_key(**n)) {
                    return Err(ReadError::NoPartColumn { part: self.name.clone(), what: (*missing).to_owned() });
                }
                columns = Some(found);
                return Ok(());
            };
            take(Line { columns, record, file: &self.file, number })
        })
        .map_err(|e| if matches!(e, ReadError::NotATable | ReadError::TooLarge) { in_part(e) } else { e })
    }
}

impl Line<'_> {
    /// The text of a column (its heading in small letters without blanks); empty when there is none.
    pub(super) fn text(&self, column: &str) -> String {
        self.columns.get(column).and_then(|at| self.record.get(*at)).map(|text| tidy(unguarded(text))).unwrap_or_default()
    }

    /// The text of the first of these columns that says something.
    pub(super) fn first(&self, columns: &[&str]) -> String {
        columns.iter().map(|c| self.text(c)).find(|t| !t.is_empty()).unwrap_or_default()
    }

    /// The column from 1 as a spreadsheet counts it; 0 when there is none.
    pub(super) fn spot(&self, column: &str) -> usize {
        self.columns.get(column).map_or(0, |at| at + 1)
    }

    /// Where the line stands.
    pub(super) fn place(&self) -> Place {
        Place { file: self.file.clone(), sheet: "".into(), row: self.number }
    }
}

fn heading_key(heading: &str) -> String {
    heading.chars().filter(|c| !c.is_whitespace() && !matches!(c, '_' | '\u{feff}')).flat_map(char::to_lowercase).collect()
}
