//! One child's whole record for its family: what is on file, and every entry of the journal about it, also those that were
//! taken back (PIPL §45).
//!
//! It is put together from words, never from the facts themselves, so that nothing is in it that has no words for a family:
//! no PIN, no pass phrase, no staff card, no other child.

use std::collections::BTreeMap;

use askama::Template;
use chrono::NaiveDate;
use serde_json::{Map, Value, json};

use crate::domain::activity::GroupId;
use crate::domain::fact::{Entry, Fact, GroupFact, Seq};
use crate::domain::people::ChildId;
use crate::domain::register::Register;
use crate::domain::time::Moment;
use crate::texts::{Lang, print as t, words};
use crate::wording::record::{Item, Teller, class_of, date_and_time, month};

/// What the journal says about a child.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct History {
    /// Every entry about the child, in the order of the journal, with the entry that took it back.
    pub entries: Vec<(Entry, Option<Entry>)>,
    /// Titles of the groups of the days on which the child joined one.
    pub groups: BTreeMap<(NaiveDate, GroupId), String>,
    /// Of entries whose time was set right: when they had happened as they were written.
    pub written: BTreeMap<Seq, Moment>,
    /// The journal's last number.
    pub head: Seq,
    /// The last day of which what was about it alone is not kept any more.
    pub forgotten_until: Option<NaiveDate>,
}

impl History {
    /// From the entries about a child, those that made the groups of its days, and the times of before of those that were set right;
    /// `head` is the journal's last number.
    #[must_use]
    pub fn of(lang: Lang, entries: Vec<(Entry, Option<Entry>)>, made: &[Entry], written: BTreeMap<Seq, Moment>, head: Seq) -> Self {
        let title = |entry: &Entry| {
            let Fact::Group(GroupFact::Made { group }) = &entry.fact else { return None };
            let title = if group.title.is_empty() { words::category(lang, group.category) } else { &group.title };
            Some(((entry.day, group.id), title.to_owned()))
        };
        Self { entries, groups: made.iter().filter_map(title).collect(), written, head, forgotten_until: None }
    }
}

/// A child's record, ready to be written.
#[derive(Template, Debug)]
#[template(path = "record.html")]
pub struct Record {
    lang: &'static str,
    title: String,
    made: String,
    why: String,
    complaints: String,
    about: (String, Vec<Item>),
    sections: [(String, Vec<Vec<Item>>); 2],
    journal: String,
    not_kept: Option<String>,
    headings: [String; 4],
    none: String,
    lines: Vec<Line>,
}

/// An entry in words.
#[derive(Debug)]
struct Line {
    seq: i64,
    at: String,
    entered: Option<String>,
    written: Option<String>,
    what: String,
    who: String,
    desk: String,
    kind: &'static str,
    undone: Option<String>,
}

impl Record {
    /// The record of a child as of `now`; `None` when there is no such child.
    #[must_use]
    pub fn of(lang: Lang, register: &Register, id: ChildId, history: &History, now: Moment, complaint_phone: &str) -> Option<Self> {
        let child = register.child(id)?;
        let teller = Teller::new(register, lang, &history.groups);
        let mut about = teller.child(child);
        if let Some(count) = register.no_card_count(id) {
            let value = t::record_no_card_count(lang, month(count), count.count);
            about.push(Item { key: "no_card", label: t::label_no_card(lang), value });
        }
        Some(Self {
            lang: lang.pick("zh-CN", "en"),
            title: t::record_title(lang, format!("{} {}", child.name, class_of(lang, child))),
            made: t::record_made(lang, date_and_time(now), history.head.0),
            why: t::record_why(lang),
            complaints: if complaint_phone.is_empty() { String::new() } else { crate::texts::complaints(lang, complaint_phone) },
            about: (t::record_about(lang), about),
            sections: [
                (t::record_collectors(lang), register.collectors(id).map(|c| teller.collector_items(c)).collect()),
                (t::record_cards(lang), register.cards().filter(|c| c.child == id).map(|c| teller.card(c)).collect()),
            ],
            journal: t::record_journal(lang, history.entries.len()),
            not_kept: history.forgotten_until.map(|until| t::record_not_kept(lang, until)),
            headings: [t::record_entry(lang), t::record_time(lang), t::record_what(lang), t::record_who(lang)],
            none: t::record_none(lang),
            lines: history
                .entries
                .iter()
                .map(|(entry, undone)| Line::of(lang, teller, entry, undone.as_ref(), history.written.get(&entry.seq)))
                .collect(),
        })
    }

    /// How many entries of the journal are in it.
    #[must_use]
    pub fn entries(&self) -> usize {
        self.lines.len()
    }

    /// As a page for a browser.
    ///
    /// # Errors
    /// When the page cannot be put together.
    pub fn html(&self) -> Result<String, askama::Error> {
        self.render()
    }

    /// As one JSON object.
    #[must_use]
    pub fn json(&self) -> String {
        let object = |items: &[Item]| Value::Object(items.iter().map(|i| (i.key.to_owned(), Value::from(i.value.as_str()))).collect::<Map<_, _>>());
        let all = |list: &[Vec<Item>]| list.iter().map(|items| object(items)).collect::<Vec<_>>();
        let journal: Vec<Value> = self
            .lines
            .iter()
            .map(|l| json!({ "entry": l.seq, "at": l.at, "entered": l.entered, "written": l.written, "kind": l.kind, "what": l.what, "by": l.who, "desk": l.desk, "taken_back": l.undone }))
            .collect();
        let [(_, collectors), (_, cards)] = &self.sections;
        let record = json!({
            "title": self.title, "made": self.made, "why": self.why, "complaints": self.complaints,
            "child": object(&self.about.1), "collectors": all(collectors), "cards": all(cards), "not_kept": self.not_kept, "journal": journal,
        });
        format!("{record:#}\n")
    }
}

impl Line {
    fn of(lang: Lang, teller: Teller<'_>, entry: &Entry, undone: Option<&Entry>, written: Option<&Moment>) -> Self {
        let later = entry.entered_at.minutes_since(entry.at) >= 1;
        Self {
            seq: entry.seq.0,
            at: date_and_time(entry.at),
            entered: later.then(|| t::record_entered(lang, date_and_time(entry.entered_at))),
            written: written.map(|at| t::record_written(lang, date_and_time(*at))),
            what: teller.entry(entry),
            who: teller.entered_by(entry),
            desk: entry.desk.clone(),
            kind: entry.fact.kind(),
            undone: undone.map(|by| t::record_undone(lang, date_and_time(by.entered_at), teller.entered_by(by))),
        }
    }
}
