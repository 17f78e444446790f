//! One part of a delivery: its columns found by their headings in any case and spacing.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::domain::formula::unguarded;
use crate::import::cells::tidy;
use crate::import::read::ReadError;
use crate::import::roster::Place;

/// A part, its headings in the first line. All cells stand one after the other in one text, for of a large delivery there are
/// millions of them.
pub(super) struct Part {
    file: Arc<str>,
    name: String,
    text: String,
    /// Where each cell ends in the text, bytes.
    ends: Vec<u32>,
    /// Of each line its number, and how many cells there are up to its end.
    lines: Vec<(u32, u32)>,
}

/// One of its lines.
pub(super) struct Line<'l> {
    columns: &'l HashMap<String, usize>,
    part: &'l Part,
    /// Index of its first cell, and of the one past its last.
    cells: (usize, usize),
    number: usize,
}

impl Part {
    pub(super) fn new(delivery: &str, name: String) -> Self {
        Self { file: format!("{delivery}/{name}").into(), name, text: String::new(), ends: Vec::new(), lines: Vec::new() }
    }

    /// Adds a line.
    pub(super) fn push<'c>(&mut self, number: usize, cells: impl Iterator<Item = &'c str>) {
        let whole = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        for cell in cells {
            self.text.push_str(cell);
            self.ends.push(whole(self.text.len()));
        }
        self.lines.push((whole(number), whole(self.ends.len())));
    }

    fn cell(&self, index: usize) -> &str {
        let end = |i: usize| self.ends.get(i).map_or(0, |end| *end as usize);
        let start = index.checked_sub(1).map_or(0, end);
        self.text.get(start..end(index)).unwrap_or_default()
    }

    /// Reads its lines; `needed` are the columns that it cannot do without.
    pub(super) fn each(&self, needed: &[&str], take: &mut dyn FnMut(Line<'_>) -> Result<(), ReadError>) -> Result<(), ReadError> {
        let mut columns: Option<HashMap<String, usize>> = None;
        let mut first = 0;
        for (number, last) in &self.lines {
            let (number, cells) = (*number as usize, (first, *last as usize));
            first = cells.1;
            let Some(columns) = &columns else {
                let mut found = HashMap::new();
                for (at, index) in (cells.0..cells.1).enumerate() {
                    found.entry(heading_key(self.cell(index))).or_insert(at);
                }
                if let Some(missing) = needed.iter().find(|n| !found.contains_key(**n)) {
                    return Err(ReadError::NoPartColumn { part: self.name.clone(), what: (*missing).to_owned() });
                }
                columns = Some(found);
                continue;
            };
            take(Line { columns, part: self, cells, number })?;
        }
        Ok(())
    }

    /// What a manifest says, property and value in small letters.
    pub(super) fn said(&self) -> Result<BTreeMap<String, String>, ReadError> {
        let mut said = BTreeMap::new();
        self.each(&["propertyname", "value"], &mut |line| {
            said.insert(line.text("propertyname").to_lowercase(), line.text("value").to_lowercase());
            Ok(())
        })?;
        Ok(said)
    }
}

impl Line<'_> {
    /// The text of a column (its heading in small letters without blanks); empty when there is none.
    pub(super) fn text(&self, column: &str) -> String {
        let index = self.columns.get(column).map(|at| self.cells.0 + at).filter(|index| *index < self.cells.1);
        index.map(|index| tidy(unguarded(self.part.cell(index)))).unwrap_or_default()
    }

    /// The text of the first of these columns that says something.
    pub(super) fn first(&self, columns: &[&str]) -> String {
        columns.iter().map(|c| self.text(c)).find(|t| !t.is_empty()).unwrap_or_default()
    }

    /// The column from 1 as a spreadsheet counts it; 0 when there is none.
    pub(super) fn spot(&self, column: &str) -> usize {
        self.columns.get(column).map_or(0, |at| at + 1)
    }

    /// Whether what it tells of is to be taken away.
    pub(super) fn is_gone(&self) -> bool {
        matches!(self.text("status").to_lowercase().as_str(), "tobedeleted" | "deleted")
    }

    /// Where the line stands.
    pub(super) fn place(&self) -> Place {
        Place { file: self.part.file.clone(), sheet: "".into(), row: self.number }
    }
}

fn heading_key(heading: &str) -> String {
    heading.chars().filter(|c| !c.is_whitespace() && !matches!(c, '_' | '\u{feff}')).flat_map(char::to_lowercase).collect()
}
