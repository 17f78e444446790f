//! Where the rosters are, the truth beside them, and a register after an import.

use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use caredesk::domain::day::Day;
use caredesk::domain::fact::{Entry, Seq};
use caredesk::domain::people::{Child, Right};
use caredesk::domain::register::Register;
use caredesk::domain::time::Moment;
use caredesk::import::roster::Reason;
use caredesk::import::{Answers, Plan, ReadError, plan, words};
use caredesk::shell::wall::Wall;
use caredesk::texts::Lang;
use serde_json::Value;

pub fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)
}

pub fn truth(room: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(data(room).join("truth_children.jsonl")).unwrap();
    text.lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

pub fn planned(file: &Path, register: &Register) -> Plan {
    asked(file, register, &Answers::default()).unwrap_or_else(|(file, e)| panic!("{}: {e}", file.display()))
}

pub fn asked(file: &Path, register: &Register, answers: &Answers) -> Result<Plan, (PathBuf, ReadError)> {
    delivered(&[file], register, answers)
}

/// What files of one delivery come to, over a register without a past.
pub fn delivered(files: &[&Path], register: &Register, answers: &Answers) -> Result<Plan, (PathBuf, ReadError)> {
    let files: Vec<PathBuf> = files.iter().map(|file| file.to_path_buf()).collect();
    plan(&files, (register, &|_| Vec::new()), answers, &reader(), &mut |_| ())
}

/// The program itself reads, as it does at school.
pub fn reader() -> Wall {
    Wall::of(env!("CARGO_BIN_EXE_caredesk").into())
}

/// How a plan is said, in Chinese.
pub fn said(plan: &Plan) -> String {
    plan.text(Lang::Zh, true, false)
}

/// Why a file is refused, in Chinese.
pub fn refusal(file: &Path, register: &Register) -> String {
    let (at, error) = asked(file, register, &Answers::default()).unwrap_err();
    words::read_error(Lang::Zh, &at, &error)
}

/// A roster under a name of its own, for as long as the folder lives.
pub fn file(dir: &tempfile::TempDir, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let file = dir.path().join(name);
    std::fs::write(&file, content).unwrap();
    file
}

/// The register after a plan was recorded.
pub fn after(plan: &Plan, mut register: Register) -> Register {
    let at = Moment { ms: 0, offset_min: 480 };
    for (n, draft) in (1..).zip(&plan.drafts) {
        let entry =
            Entry { seq: Seq(n), act: Seq(1), day: at.date(), at, entered_at: at, desk: String::new(), staff: None, fact: draft.fact.clone() };
        register.apply(&entry);
    }
    let _ = Day::new(at.date(), Vec::new());
    register
}

/// A file with these lines.
pub fn lines(text: &str, register: &Register, answers: &Answers) -> Plan {
    let dir = tempfile::tempdir().unwrap();
    asked(&file(&dir, "list.csv", text), register, answers).unwrap()
}

/// Row, column and reason of every refusal.
pub fn refusals(plan: &Plan) -> Vec<(usize, usize, Reason)> {
    plan.refused.iter().map(|r| (r.place.row, r.column, r.reason.clone())).collect()
}

/// The register after these lines were imported, of which none is refused.
pub fn imported(text: &str) -> Register {
    let plan = lines(text, &Register::default(), &Answers::default());
    assert_eq!(refusals(&plan), [], "{text}");
    after(&plan, Register::default())
}

pub fn child<'r>(register: &'r Register, name: &str) -> &'r Child {
    register.children().find(|c| c.name == name).unwrap()
}

/// `relation name phone right` of everybody listed for a child.
pub fn people(register: &Register, name: &str) -> Vec<String> {
    let right = |right: Right| match right {
        Right::Standing => "may",
        Right::Barred => "barred",
        Right::OneDay { .. } | Right::Ended => "other",
    };
    let id = child(register, name).id;
    register.collectors(id).map(|c| format!("{} {} {} {}", c.relation, c.name, c.phone.clone().unwrap_or_default(), right(c.right))).collect()
}

/// A zip with these parts.
pub fn zipped(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A workbook of one sheet.
pub fn workbook(sheet: &str) -> Vec<u8> {
    workbook_at("xl/workbook.xml", &[("S", "visible", sheet.to_owned())], &[])
}

/// A workbook of these sheets (name, state, content) whose main part has this name, with further parts.
pub fn workbook_at(main: &str, sheets: &[(&str, &str, String)], more: &[(String, Vec<u8>)]) -> Vec<u8> {
    let rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
    let (folder, name) = main.rsplit_once('/').unwrap();
    let kinds = format!(
        "<Types xmlns=\"{package}/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/{main}\" ContentType=\"{kind}\"/></Types>"
    );
    let root = format!(
        "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"r1\" Type=\"{rel}/officeDocument\" Target=\"{main}\"/></Relationships>"
    );
    let numbers = || 1..=sheets.len();
    let sheet =
        |(n, (name, state, _)): (usize, &(&str, &str, String))| format!("<sheet name=\"{name}\" sheetId=\"{n}\" state=\"{state}\" r:id=\"r{n}\"/>");
    let listed = numbers().zip(sheets).map(sheet).collect::<Vec<_>>().concat();
    let book = format!("<workbook xmlns:r=\"{rel}\"><sheets>{listed}</sheets></workbook>");
    let target = |n: usize| format!("<Relationship Id=\"r{n}\" Type=\"{rel}/worksheet\" Target=\"worksheets/sheet{n}.xml\"/>");
    let targets = numbers().map(target).collect::<Vec<_>>().concat();
    let rels = format!("<Relationships xmlns=\"{package}/relationships\">{targets}</Relationships>");
    let mut parts = vec![
        ("[Content_Types].xml".to_owned(), kinds.into_bytes()),
        ("_rels/.rels".to_owned(), root.into_bytes()),
        (main.to_owned(), book.into_bytes()),
        (format!("{folder}/_rels/{name}.rels"), rels.into_bytes()),
    ];
    parts.extend(numbers().zip(sheets).map(|(n, (_, _, sheet))| (format!("{folder}/worksheets/sheet{n}.xml"), sheet.as_bytes().to_vec())));
    parts.extend(more.iter().cloned());
    zipped(&parts.iter().map(|(name, content)| (&**name, content.clone())).collect::<Vec<_>>())
}

/// A row of texts.
pub fn cells(row: usize, texts: &[&str]) -> String {
    let cell = |(c, t): (char, &&str)| format!("<c r=\"{c}{row}\" t=\"inlineStr\"><is><t>{t}</t></is></c>");
    format!("<row r=\"{row}\">{}</row>", ('A'..).zip(texts).map(cell).collect::<Vec<_>>().concat())
}

/// A sheet of these rows.
pub fn sheet(rows: &str) -> String {
    format!("<?xml version=\"1.0\"?><worksheet><sheetData>{rows}</sheetData></worksheet>")
}
