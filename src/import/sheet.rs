//! The rows of a sheet, one after the other: first its headings are found, then every row under them is a child, is refused,
//! or is left out because it is an example, a sum, a signature, the headings once more.
//!
//! Nothing is left out silently: each such row is counted with its place.

mod beside;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use beside::Loose;

use super::Answers;
use super::cells::{illness, read_class, tidy};
use super::header::{Columns, LEAST, NotRead, SEARCHED, Unread, again, find_with, named};
use super::headings::{Field, Whose, meaning, speaks_of_safety};
use super::read::{Cap, Cell, Event, MOST_COLUMNS, ReadError, SheetHead};
use super::roster::{Harvest, Lacking, LeftOut, Place, Reason, Refused, Remark, Spots};
use super::row::Row;
use super::spoken::forbids_somebody;

/// Rows that are looked at before the headings are decided.
const LOOKED_AT: usize = SEARCHED + 3;
/// So many values of a column that is not understood are shown.
const SHOWN: usize = 3;

/// Takes the rows of a file.
pub(super) struct Taker<'t> {
    file: usize,
    name: Arc<str>,
    answers: &'t Answers,
    /// What headings mean that are not known: from the settings, and as somebody named them.
    own: BTreeMap<String, String>,
    harvest: &'t mut Harvest,
    sheet: Option<Open>,
    found: bool,
    not_read: Vec<Remark>,
    /// A heading that may speak of a child's safety and is not understood.
    unsure: Option<ReadError>,
    /// What stands in sheets without headings.
    loose: Loose,
}

/// A sheet that is being read.
struct Open {
    name: Arc<str>,
    hidden: bool,
    /// Rows before the headings are known.
    head: Vec<(usize, Vec<Cell>)>,
    /// In which row the headings stand.
    headings: usize,
    /// What gives the class where no column does: the sheet's name, or a title over the list.
    title: Arc<str>,
    columns: Option<Columns>,
    spots: Arc<Spots>,
    lacking: Option<usize>,
    /// Areas merged downwards, by their first row: column and last row.
    merged: HashMap<usize, Vec<(usize, usize)>>,
    /// What stands in them, by column, and until which row.
    standing: BTreeMap<usize, (usize, Cell)>,
    /// Comments by their row: column and text.
    comments: HashMap<usize, Vec<(usize, String)>>,
    /// The first column of each row in which something is struck through.
    struck: HashMap<usize, usize>,
    /// Neither hidden nor under headings: nothing of it is read.
    unread: bool,
}

impl<'t> Taker<'t> {
    pub(super) fn new(file: usize, name: Arc<str>, answers: &'t Answers, harvest: &'t mut Harvest) -> Self {
        let mut own = answers.headings.clone();
        for (heading, word) in answers.columns.iter().filter_map(|said| said.rsplit_once('=')) {
            // What is understood stays what it is.
            if !word.trim().is_empty() && meaning(heading, &answers.headings).is_none() {
                own.insert(heading.to_owned(), word.trim().to_owned());
            }
        }
        Self { file, name, answers, own, harvest, sheet: None, found: false, not_read: Vec::new(), unsure: None, loose: Loose::default() }
    }

    /// Takes what reading gives.
    pub(super) fn take(&mut self, event: Event) {
        match event {
            Event::Unpacking => {}
            Event::Sheet(head) => {
                self.close();
                self.sheet = Some(Open::new(head));
            }
            Event::Row { number, cells, .. } => {
                let Some(mut sheet) = self.sheet.take() else { return };
                if sheet.columns.is_some() {
                    self.row(&mut sheet, number, cells);
                } else {
                    sheet.head.push((number, cells));
                    if sheet.head.len() >= LOOKED_AT {
                        self.begin(&mut sheet);
                    }
                }
                self.sheet = Some(sheet);
            }
        }
    }

    /// The file is at its end: whether it held a roster.
    pub(super) fn end(mut self) -> Result<(), ReadError> {
        self.close();
        if let Some(unsure) = self.unsure {
            return Err(unsure);
        }
        if !self.found {
            let hidden = self.not_read.iter().find_map(|r| if let Remark::SheetHidden { place } = r { Some(place.sheet.to_string()) } else { None });
            return Err(hidden.map_or(ReadError::NoHeadings, ReadError::OnlyHidden));
        }
        let children = self.harvest.children.iter().map(|child| child.name.as_str());
        let refused = self.harvest.refused.iter().map(|refused| refused.who.as_str()).filter(|who| !who.is_empty());
        if let Some(stops) = self.loose.stops(children.chain(refused)) {
            return Err(stops);
        }
        self.harvest.remarks.append(&mut self.not_read);
        Ok(())
    }

    fn close(&mut self) {
        let Some(mut sheet) = self.sheet.take() else { return };
        if sheet.columns.is_none() {
            self.begin(&mut sheet);
        }
        if !sheet.hidden {
            let (file, name) = (self.name.clone(), sheet.name.clone());
            self.loose_comments(&|row| Place { file: file.clone(), sheet: name.clone(), row }, &mut sheet);
        }
    }

    /// Decides the headings and reads the rows that were kept for it.
    fn begin(&mut self, sheet: &mut Open) {
        let head = std::mem::take(&mut sheet.head);
        let is_class = |text: &str| matches!(read_class(&tidy(text)), (Some(1..=6), Some(_)));
        if !is_class(&sheet.name)
            && let Some(class) = class_in_titles(&head, &self.own)
        {
            sheet.title = class.into();
        }
        let class_in_name = is_class(&sheet.title);
        let columns = find_with(&head, &self.own, LEAST - usize::from(class_in_name)).or_else(|| {
            let fields = named(&self.answers.columns, &self.own);
            // Headings that nobody understands are no child all the same.
            let name = fields.get(&Field::Name).copied().unwrap_or_default();
            let asks = |cells: &Vec<Cell>| cells.get(name).map(Cell::text).is_some_and(|t| t.contains("姓名") || t.contains(['?', '？']));
            let header = head.iter().take(2).position(|(_, cells)| asks(cells)).unwrap_or(usize::MAX);
            fields.contains_key(&Field::Name).then_some(Columns { header, fields, not_read: Vec::new(), yes: BTreeMap::new(), heads: Vec::new() })
        });
        let (file, name) = (self.name.clone(), sheet.name.clone());
        let place = |row: usize| Place { file: file.clone(), sheet: name.clone(), row };
        let Some(columns) = columns else {
            // An empty or hidden sheet holds nobody; of another one people should know that it was not read.
            if !sheet.hidden && !head.is_empty() {
                self.not_read.push(Remark::SheetNotRead { place: place(1) });
                sheet.unread = true;
                for (row, cells) in &head {
                    self.loose.take(&place(*row), cells);
                }
            }
            sheet.columns = Some(Columns { header: 0, fields: BTreeMap::new(), not_read: Vec::new(), yes: BTreeMap::new(), heads: Vec::new() });
            return;
        };
        if sheet.hidden {
            self.not_read.push(Remark::SheetHidden { place: place(1) });
            sheet.columns = Some(Columns { header: 0, fields: BTreeMap::new(), not_read: Vec::new(), yes: BTreeMap::new(), heads: Vec::new() });
            return;
        }
        self.found = true;
        let row = head.get(columns.header).map_or(1, |(row, _)| *row);
        sheet.headings = row;
        self.unsure = self.unsure.take().or_else(|| too_wide(head.get(columns.header).map_or(&[], |(_, cells)| cells)));
        let columns = columns.with(&self.answers.columns, &self.own);
        self.titles(&place, &head, &columns);
        let is = |other: &NotRead, field: Field| matches!(meaning(&other.heading, &self.own), Some((f, _)) if f == field);
        let family = columns.not_read.iter().any(|other| is(other, Field::FamilyName(Whose::Child)));
        let is_name = |other: &&NotRead| is(other, Field::Name) || (family && is(other, Field::GivenName(Whose::Child)));
        if let Some(second) = columns.not_read.iter().find(is_name) {
            self.unsure = self.unsure.take().or(Some(ReadError::SideBySide { sheet: sheet.name.to_string(), row, column: second.column + 1 }));
        }
        for NotRead { column, heading, why } in &columns.not_read {
            // A list of staff tells of no child.
            if *why == Unread::Unknown && !columns.of_staff() && speaks_of_safety(heading) {
                match &mut self.unsure {
                    None => self.unsure = Some(unknown(&sheet.name, row, *column, heading)),
                    Some(ReadError::Heading { sheet: of, row: at, others, .. }) if **of == *sheet.name && *at == row => {
                        others.0.push(format!("{} {heading}", super::words::letters(column + 1)));
                    }
                    Some(_) => {}
                }
                continue;
            }
            let aside = *why == Unread::Aside;
            self.not_read.push(Remark::ColumnNotRead { place: place(row), column: column + 1, heading: heading.clone(), aside });
        }
        if let Some(what) = columns.missing(&sheet.title).filter(|_| !columns.of_staff()) {
            sheet.lacking = Some(self.harvest.lacking.len());
            self.harvest.lacking.push(Lacking { file: self.file, place: place(row), what });
        }
        let first = columns.header.wrapping_add(1);
        sheet.spots = Arc::new(columns.spots());
        sheet.columns = Some(columns);
        for (number, cells) in head.into_iter().skip(first) {
            self.row(sheet, number, cells);
        }
    }

    fn row(&mut self, sheet: &mut Open, number: usize, mut cells: Vec<Cell>) {
        sheet.fill(number, &mut cells);
        if sheet.unread {
            self.loose.take(&Place { file: self.name.clone(), sheet: sheet.name.clone(), row: number }, &cells);
            return;
        }
        let Some(columns) = sheet.columns.as_ref().filter(|c| !c.fields.is_empty()) else { return };
        for cell in cells.iter_mut().filter(|cell| matches!(cell, Cell::Text(text) if is_form_mark(text))) {
            *cell = Cell::Text(String::new());
        }
        columns.join_names(&mut cells);
        let row = Row { cells: &cells, columns, spots: &sheet.spots, sheet_name: &sheet.title };
        if row.says_nothing() {
            return;
        }
        self.unsure = self.unsure.take().or_else(|| too_wide(&cells));
        // Nor may a column that is not read hold what a child's safety hangs on, whatever it is called.
        if let Some(NotRead { column, heading, .. }) = columns.not_read.iter().find(|n| row.is_unsafe(n)).filter(|_| !columns.of_staff()) {
            self.unsure = self.unsure.take().or_else(|| Some(unknown(&sheet.name, sheet.headings, *column, heading)));
        }
        if let Some(ReadError::Heading { sheet: of, column, values, .. }) = &mut self.unsure
            && **of == *sheet.name
            && values.len() < SHOWN
            && let Some(value) = cells.get(*column - 1).map(|cell| tidy(&cell.text())).filter(|text| !text.is_empty())
            && !values.contains(&value)
        {
            values.push(value);
        }
        let place = Place { file: self.name.clone(), sheet: sheet.name.clone(), row: number };
        if let Some(why) = left_out(&row, &self.own) {
            if why == LeftOut::Footer && !columns.of_staff() {
                self.below(&place, &cells);
            }
            self.harvest.left_out.push((place, why));
            return;
        }
        if columns.of_staff() {
            match row.staff(&place, &mut self.harvest.remarks) {
                Ok(staff) => self.harvest.staff.push(staff),
                Err((column, reason)) => self.harvest.refused.push(Refused { place, column, who: row.who(), reason }),
            }
            return;
        }
        match row.child(&place, &mut self.harvest.remarks) {
            Ok(mut child) => {
                child.lacking = sheet.lacking;
                match self.marked(sheet, &place, &child) {
                    Some((column, reason)) => self.harvest.refused.push(Refused { place, column, who: child.name, reason }),
                    None => self.harvest.children.push(Box::new(child)),
                }
            }
            Err((column, reason)) => self.harvest.refused.push(Refused { place, column, who: row.who(), reason }),
        }
    }
}

impl Taker<'_> {
    /// What stands under a list is about no child, but a remark may be: one of safety has to be settled, others are said.
    fn below(&mut self, place: &Place, cells: &[Cell]) {
        for (column, text) in (1..).zip(cells.iter().map(|cell| tidy(&cell.text()))) {
            let shown = text.chars().take(60).collect::<String>();
            if tells_of_safety(&text) {
                self.harvest.refused.push(Refused { place: place.clone(), column, who: String::new(), reason: Reason::NoteRestricts(shown) });
            } else if REMARKS.iter().any(|word| text.starts_with(word) && text.chars().count() > word.chars().count()) {
                self.harvest.remarks.push(Remark::SaidBelow { place: place.clone(), column, text: shown });
            }
        }
    }
}

/// How a remark under a list begins.
const REMARKS: [&str; 8] = ["注:", "注：", "说明：", "说明:", "备注：", "备注:", "注意：", "注意:"];

/// The class that the rows over the headings name, where they name one: `实验小学二年级（3）班学生名单`.
fn class_in_titles(head: &[(usize, Vec<Cell>)], own: &BTreeMap<String, String>) -> Option<String> {
    let header = find_with(head, own, 2)?.header;
    let titles = head.iter().take(header.saturating_add(1)).flat_map(|(_, cells)| cells).map(|cell| tidy(&cell.text()));
    let mut found: Vec<String> = titles.flat_map(|text| classes_within(&text)).collect();
    found.dedup();
    let one = found.pop()?;
    found.is_empty().then_some(one)
}

/// Every grade and class inside a longer text.
fn classes_within(text: &str) -> Vec<String> {
    const LONGEST: usize = 9;
    let chars: Vec<char> = text.chars().collect();
    let ends = chars.iter().enumerate().filter(|(_, c)| **c == '班').map(|(at, _)| at);
    let is_class = |part: &String| part.contains("年级") && matches!(read_class(part), (Some(1..=6), Some(1..)));
    let longest = |end: usize| {
        let mut parts = (end.saturating_sub(LONGEST)..end).filter_map(|from| Some(chars.get(from..=end)?.iter().collect::<String>()));
        parts.find(is_class)
    };
    ends.filter_map(longest).collect()
}

/// Whether a text says that somebody must not collect, or that there is an allergy.
pub(super) fn tells_of_safety(text: &str) -> bool {
    forbids_somebody(text) || (text.contains("过敏") && illness(text).is_some())
}

/// What a form writes where nobody answered: `(空)`, `(跳过)`.
fn is_form_mark(text: &str) -> bool {
    matches!(text.trim(), "(空)" | "（空）" | "(跳过)" | "（跳过）")
}

/// A column (from 0) that may speak of a child's safety and is not understood.
fn unknown(sheet: &str, row: usize, column: usize, heading: &str) -> ReadError {
    ReadError::Heading { sheet: sheet.to_owned(), row, column: column + 1, heading: heading.to_owned(), values: Vec::new(), others: Box::default() }
}

/// A list that goes on behind the last column that is read is not read at all.
fn too_wide(cells: &[Cell]) -> Option<ReadError> {
    (cells.len() > MOST_COLUMNS).then_some(ReadError::TooLarge(Cap::Columns(MOST_COLUMNS as u64)))
}

impl Open {
    fn new(head: SheetHead) -> Self {
        let mut merged: HashMap<usize, Vec<(usize, usize)>> = HashMap::new();
        for (column, first, last) in head.merged {
            merged.entry(first).or_default().push((column, last));
        }
        let mut comments: HashMap<usize, Vec<(usize, String)>> = HashMap::new();
        for (row, column, text) in head.comments {
            comments.entry(row).or_default().push((column, text));
        }
        let struck = head.struck.into_iter().rev().collect();
        let (columns, lacking, standing) = (None, None, BTreeMap::new());
        let name: Arc<str> = head.name.into();
        let title = name.clone();
        let (hidden, headings, spots) = (head.hidden, 1, Arc::default());
        let head = Vec::new();
        Self { name, hidden, head, headings, title, columns, spots, lacking, merged, standing, comments, struck, unread: false }
    }

    /// What was written once for several rows stands in each of them.
    fn fill(&mut self, number: usize, cells: &mut Vec<Cell>) {
        for (column, last) in self.merged.remove(&number).unwrap_or_default() {
            if let Some(cell) = cells.get(column).filter(|c| !c.is_blank()) {
                self.standing.insert(column, (last, cell.clone()));
            }
        }
        self.standing.retain(|_, (last, _)| *last >= number);
        for (column, (_, cell)) in &self.standing {
            if cells.len() <= *column {
                cells.resize(column + 1, Cell::Text(String::new()));
            }
            if let Some(slot) = cells.get_mut(*column).filter(|c| c.is_blank()) {
                slot.clone_from(cell);
            }
        }
    }
}

/// Why a row holds no child, if so.
fn left_out(row: &Row<'_>, own: &BTreeMap<String, String>) -> Option<LeftOut> {
    if again(row.cells, row.columns, own) {
        return Some(LeftOut::Headings);
    }
    let texts: Vec<String> = row.cells.iter().map(|c| super::cells::tidy(&c.text())).filter(|t| !t.is_empty()).collect();
    if texts.iter().any(|t| is_example(t)) {
        return Some(LeftOut::Example);
    }
    // A sum may stand beside figures in any column.
    let is_sum = texts.first().is_some_and(|t| ["合计", "总计", "共计", "小计", "总人数"].iter().any(|word| t.starts_with(word)));
    let somebody = row.is_about_somebody() && !(is_sum && row.has_nobodys_phone());
    (!somebody && texts.iter().any(|t| is_footer(t))).then_some(LeftOut::Footer)
}

fn is_example(text: &str) -> bool {
    ["例:", "例：", "示例:", "示例：", "样例:", "样例：", "(例)", "此行为示例", "本行为示例"].iter().any(|w| text.starts_with(w))
}

fn is_footer(text: &str) -> bool {
    const WORDS: [&str; 16] = [
        "合计",
        "总计",
        "共计",
        "小计",
        "总人数",
        "填表人",
        "制表人",
        "制表",
        "审核",
        "班主任签",
        "签字",
        "签名",
        "填表日期",
        "填报人",
        "盖章",
        "注:",
    ];
    WORDS.iter().chain(&REMARKS).any(|w| text.starts_with(w))
}
