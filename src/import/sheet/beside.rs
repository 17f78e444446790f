//! What stands beside the rows of a list and is read into no child: titles, comments on cells, rows that are struck through, sheets
//! without headings. Of a child's safety nothing of it is passed over: it refuses its row, or stops the import.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

use super::{Open, Taker};
use crate::import::cells::tidy;
use crate::import::header::Columns;
use crate::import::headings::meaning;
use crate::import::read::{Cell, ReadError};
use crate::import::roster::{Place, Reason, Refused, Remark, RosterChild};
use crate::import::spoken::{forbids_somebody, restriction};

/// So many different texts of sheets without headings are held against the names of the children; with more it is asked unseen.
const MOST_TEXTS: usize = 100_000;
/// Longest text that may be a name, bytes.
const LONGEST_NAME: usize = 64;

/// The texts of sheets without headings that may be names.
#[derive(Default)]
pub(super) struct Loose {
    hash: RandomState,
    /// Sheet, row and column of each text, by its hash.
    texts: HashMap<u64, (Place, usize)>,
    /// The first text that was one too many, or that tells of safety.
    stops: Option<ReadError>,
}

impl Loose {
    /// Takes in a row of a sheet without headings.
    pub(super) fn take(&mut self, place: &Place, cells: &[Cell]) {
        for (column, cell) in (1..).zip(cells) {
            let Cell::Text(text) = cell else { continue };
            if forbids_somebody(text) || self.texts.len() >= MOST_TEXTS {
                self.stops = self.stops.take().or_else(|| Some(unread(place, column, text)));
            }
            let name = tidy(text);
            if name.len() <= LONGEST_NAME && name.chars().filter(|c| c.is_alphabetic()).nth(1).is_some() {
                self.texts.entry(self.hash.hash_one(name.as_str())).or_insert_with(|| (place.clone(), column));
            }
        }
    }

    /// Why the import stops, where one of the texts is the name of one of these children, or tells of safety.
    pub(super) fn stops<'c>(self, mut children: impl Iterator<Item = &'c str>) -> Option<ReadError> {
        let Self { hash, texts, stops } = self;
        let named = |name: &str| texts.get(&hash.hash_one(name)).map(|(place, column)| unread(place, *column, name));
        stops.or_else(|| if texts.is_empty() { None } else { children.find_map(named) })
    }
}

fn unread(place: &Place, column: usize, text: &str) -> ReadError {
    ReadError::SheetUnread { sheet: place.sheet.to_string(), row: place.row, column, text: tidy(text).chars().take(40).collect() }
}

impl Taker<'_> {
    /// What titles say of who must not collect has to be settled; a heading among them is none.
    pub(super) fn titles(&mut self, place: &dyn Fn(usize) -> Place, head: &[(usize, Vec<Cell>)], columns: &Columns) {
        for (row, cells) in head.iter().take(columns.header.saturating_add(1)) {
            for (column, cell) in (1..).zip(cells) {
                let Cell::Text(text) = cell else { continue };
                if forbids_somebody(text) && meaning(text, &self.own).is_none() && !columns.is_heading(column - 1, text) {
                    self.refuse_beside(place(*row), column, String::new(), Reason::NoteRestricts(tidy(text).chars().take(40).collect()));
                }
            }
        }
    }

    /// Comments on cells that belong to no child, on headings and titles: one of safety is settled.
    pub(super) fn loose_comments(&mut self, place: &dyn Fn(usize) -> Place, sheet: &mut Open) {
        let mut left: Vec<_> = std::mem::take(&mut sheet.comments).into_iter().collect();
        left.sort_unstable_by_key(|(row, _)| *row);
        for (row, comments) in left {
            for (column, text) in comments {
                if forbids_somebody(&text) {
                    self.refuse_beside(place(row), column, String::new(), Reason::CommentRestricts(tidy(&text).chars().take(40).collect()));
                }
            }
        }
    }

    /// Why a row of a child is not taken although it can be read: something of it is struck through, or a comment on it may say that
    /// somebody must not collect. Other comments are counted.
    pub(super) fn marked(&mut self, sheet: &mut Open, place: &Place, child: &RosterChild) -> Option<(usize, Reason)> {
        if let Some(column) = sheet.struck.remove(&place.row) {
            return Some((column, Reason::Struck));
        }
        for (column, text) in sheet.comments.remove(&place.row).unwrap_or_default() {
            let names = child.collectors.iter().map(|c| c.name.as_str());
            if restriction(&text, names, &child.name).is_some() {
                return Some((column, Reason::CommentRestricts(tidy(&text).chars().take(40).collect())));
            }
            let text = tidy(&text).chars().take(60).collect();
            self.harvest.remarks.push(Remark::CommentNotRead { place: place.clone(), column, text });
        }
        None
    }

    fn refuse_beside(&mut self, place: Place, column: usize, who: String, reason: Reason) {
        self.harvest.refused.push(Refused { place, column, who, reason });
    }
}
