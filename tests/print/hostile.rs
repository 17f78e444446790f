//! Names that are formulas, markup or control characters stay text in every file (trust T5, T6).

use std::collections::BTreeSet;

use calamine::{Data, Reader, Xlsx};
use caredesk::domain::card::CardNumber;
use caredesk::domain::custody::Card;
use caredesk::domain::fact::{Draft, Fact};
use caredesk::domain::people::{ChildId, Right};
use caredesk::domain::register::Register;
use caredesk::print::cards::{Which, chosen, sheet};
use caredesk::print::record::{History, Record};
use caredesk::print::table::{Form, Table};
use caredesk::print::{attendance, oneroster, register as tables};
use caredesk::store::{Recorded, Stamp, Store};
use caredesk::texts::Lang;

use crate::world::{child, collector, now, settings};

const TRIGGERS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// The names of the tests' collection, and what spreadsheets and browsers are attacked with.
fn names() -> Vec<String> {
    let file = include_str!("../data/hostile_names.txt").lines().map(str::to_owned);
    let more = [
        "=HYPERLINK(\"http://x\",\"y\")",
        "+1+1",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "＝1+1",
        "＋1",
        "－1",
        "＠x",
        " =1",
        "'=1",
        "=cmd|'/c calc'!A1",
        "</title><script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='x",
        "</style><style>*{display:none}",
        "<!--",
        "&lt;b&gt;",
        "]]>",
    ];
    file.chain(more.map(str::to_owned)).filter(|n| !n.is_empty()).collect()
}

fn world() -> (Register, usize) {
    let mut register = Register::default();
    let names = names();
    for (id, name) in (1..).zip(&names) {
        let mut one = child(id, name, 3, Some(1));
        one.health = Some(name.clone());
        one.note = Some(name.clone());
        one.student_no = Some(format!("{name}{id}"));
        register.put_child(one);
        register.put_collector(collector(id, id, 1, name, name, "13900000001", Right::Standing));
        register.put_card(Card::new(CardNumber::new(format!("{:06}", 100_000 + id)), ChildId(id), true));
    }
    (register, names.len())
}

fn all_tables(register: &Register) -> Vec<Table> {
    vec![
        tables::children(Lang::Zh, register, "0571"),
        tables::collectors(Lang::Zh, register, "0571"),
        tables::cards(Lang::En, register, "&L=1"),
        tables::staff(Lang::En, register, ""),
        attendance::attendance(Lang::Zh, "", None),
    ]
}

#[test]
fn no_cell_of_a_separated_file_begins_like_a_formula_and_every_text_comes_back() {
    let (register, n) = world();
    for table in all_tables(&register) {
        let bytes = table.bytes(Form::Separated, now()).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let text = text.strip_prefix('\u{feff}').unwrap();
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        let rows: Vec<Vec<String>> = reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect();
        assert_eq!(rows.len(), table.rows.len() + 1);
        for (cells, want) in rows.iter().zip(std::iter::once(&table.headings).chain(&table.rows)) {
            for (cell, want) in cells.iter().zip(want) {
                assert!(!cell.starts_with(TRIGGERS) && !cell.trim_start().starts_with(TRIGGERS), "{cell:?}");
                assert_eq!(caredesk::domain::formula::unguarded(cell), want);
            }
        }
    }
    assert!(n > 80, "{n}");
    let (files, _) = oneroster::files(Lang::Zh, &register, "=school", now().date(), false).unwrap();
    for (name, bytes) in files {
        for record in csv::ReaderBuilder::new().has_headers(false).from_reader(&bytes[..]).records() {
            for cell in &record.unwrap() {
                assert!(!cell.trim_start().starts_with(TRIGGERS), "{name}: {cell:?}");
            }
        }
    }
}

#[test]
fn a_workbook_holds_string_cells_only() {
    let (register, _) = world();
    for table in all_tables(&register) {
        let bytes = table.bytes(Form::Workbook, now()).unwrap();
        let mut book: Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
        let formulas = book.worksheet_formula(&table.name).unwrap();
        assert!(formulas.used_cells().next().is_none(), "{}", table.name);
        for (_, _, cell) in book.worksheet_range(&table.name).unwrap().used_cells() {
            assert!(matches!(cell, Data::String(_)), "{cell:?}");
        }
    }
}

/// The tags and the texts of a page, by a scanner as simple as a browser's is strict.
fn scan(page: &str) -> (BTreeSet<String>, String) {
    let active = [" src", " href", " on", "url("];
    let (mut tags, mut text) = (BTreeSet::new(), String::new());
    let mut rest = page;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        let (tag, after) = after.split_once('>').unwrap();
        assert!(active.iter().all(|a| !tag.contains(a)), "{tag}");
        tags.insert(tag.split_whitespace().next().unwrap_or_default().to_owned());
        rest = after;
    }
    (tags, text + rest)
}

fn unescaped(text: &str) -> String {
    [
        ("&lt;", "<"),
        ("&#60;", "<"),
        ("&gt;", ">"),
        ("&#62;", ">"),
        ("&quot;", "\""),
        ("&#34;", "\""),
        ("&#x27;", "'"),
        ("&#39;", "'"),
        ("&amp;", "&"),
        ("&#38;", "&"),
    ]
    .into_iter()
    .fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

#[test]
fn pages_hold_no_tag_that_is_not_ours() {
    let (register, _) = world();
    let mut settings = settings();
    settings.school = "</title><script>x</script>".to_owned();
    settings.room = "\"><b>".to_owned();
    settings.complaint_phone = "<i>&'".to_owned();
    let cards = chosen(&register, &Which::All, false, &BTreeSet::new());
    let page = sheet(Lang::Zh, &settings, &cards, true).unwrap();
    let ours = "!DOCTYPE html head meta title style body p section svg line circle path div article span /html /head /title /style /body /p /section \
        /svg /div /article /span h1 h2 dl dt dd table thead tbody tr th td /h1 /h2 /dl /dt /dd /table /thead /tbody /tr /th /td";
    let ours: BTreeSet<String> = ours.split_whitespace().map(str::to_owned).collect();
    let (mut tags, text) = scan(&page);
    // Lines and paths close themselves.
    tags = tags.into_iter().map(|t| t.trim_end_matches('/').to_owned()).collect();
    assert!(tags.is_subset(&ours), "{:?}", tags.difference(&ours).collect::<Vec<_>>());
    assert!(page.contains("default-src 'none'") && !page.contains("<script"));
    let text = unescaped(&text);
    for name in names() {
        assert!(text.contains(name.trim_end()), "{name:?} is shown as it is");
    }
    for person in register.children() {
        let history = History::default();
        let record = Record::of(Lang::En, &register, person.id, &history, now(), &settings.complaint_phone).unwrap();
        let (tags, text) = scan(&record.html().unwrap());
        assert!(tags.is_subset(&ours), "{:?}", tags.difference(&ours).collect::<Vec<_>>());
        assert!(unescaped(&text).contains(&person.name));
        serde_json::from_str::<serde_json::Value>(&record.json()).unwrap();
    }
}

#[test]
fn hostile_notes_in_the_journal_stay_text() {
    let mut store = Store::memory().unwrap();
    let register = &mut Register::default();
    register.put_child(child(1, "陈一诺", 4, Some(1)));
    let set = Fact::ChildSet { was: None, now: Box::new(register.child(ChildId(1)).unwrap().clone()) };
    let notes = names().into_iter().map(|text| Fact::NoteLeft { child: ChildId(1), text });
    let drafts: Vec<Draft> = std::iter::once(set).chain(notes).map(Draft::from).collect();
    let head = store.head().unwrap();
    assert!(matches!(store.record(head, &drafts, &Stamp { now: now(), desk: "<b>".to_owned(), staff: None }).unwrap(), Recorded::Done(_)));
    let history = store.history_of(ChildId(1)).unwrap();
    assert_eq!(history.entries.len(), drafts.len());
    let history = History::of(Lang::Zh, history.entries, &history.groups, history.written, history.head);
    let page = Record::of(Lang::Zh, register, ChildId(1), &history, now(), "").unwrap().html().unwrap();
    assert!(!page.contains("<script") && !page.contains("<img") && !page.contains("<b>"));
}
