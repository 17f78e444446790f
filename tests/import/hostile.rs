//! What is no roster, is damaged, or means harm: one sentence, quickly, or the right content.

use caredesk::domain::register::Register;
use std::path::Path;

use caredesk::import::read::Cap;
use caredesk::import::words::read_error;
use caredesk::import::{Answers, ReadError, check};
use caredesk::texts::Lang;

use crate::support::{asked, cells, data, file, reader, refusal, sheet, workbook, zipped};

#[test]
fn files_that_are_no_rosters_are_refused_quickly() {
    let dir = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| {
        let file = dir.path().join(name);
        std::fs::write(&file, bytes).unwrap();
        file
    };
    let mut noise = vec![0_u8; 3_000_000];
    let mut state = 7_u32;
    for byte in &mut noise {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        *byte = state.to_le_bytes()[3];
    }
    assert!(matches!(check(&dir.path().join("missing.csv"), &reader()), Err(ReadError::NotFound)));
    assert!(matches!(check(dir.path(), &reader()), Err(ReadError::NotAFolderOfRosters)));
    assert!(matches!(check(&write("empty.csv", b""), &reader()), Err(ReadError::Empty)));
    assert!(matches!(check(&write("noise.xlsx", &noise), &reader()), Err(ReadError::NotText)));
    assert!(matches!(check(&write("zip.xlsx", b"PK\x03\x04nothing"), &reader()), Err(ReadError::DamagedWorkbook(_))));
    assert!(matches!(check(&write("one.txt", "只有一列\n没有分隔".as_bytes()), &reader()), Err(ReadError::NoHeadings)));
    let table = write("table.csv", b"a,b,c\n1,2,3\n");
    assert!(matches!(asked(&table, &Register::default(), &Answers::default()), Err((_, ReadError::NoHeadings))));
}

/// More parts than a list with a picture for every child has.
fn many_parts() -> Vec<u8> {
    let names: Vec<String> = (0..5_001).map(|n| format!("p{n}")).collect();
    zipped(&names.iter().map(|name| (&**name, Vec::new())).collect::<Vec<_>>())
}

const HEAD: [&str; 4] = ["姓名", "班级", "家长姓名", "家长电话"];
const CHILD: [&str; 4] = ["张三", "三1班", "张大", "13800130000"];

#[test]
fn workbooks_that_mean_harm_end_in_one_sentence() {
    let dir = tempfile::tempdir().unwrap();
    let good = cells(1, &HEAD) + &cells(2, &CHILD);
    let added = |name: &str, bytes: &[u8]| asked(&file(&dir, name, bytes), &Register::default(), &Answers::default()).map(|p| p.added.len());
    assert_eq!(added("good.xlsx", &workbook(&sheet(&good))).unwrap(), 1);
    let wide = |n: usize| format!("{},{}末列\n{}\n", HEAD.join(","), ",".repeat(n - HEAD.len() - 1), CHILD.join(","));
    let behind = |n: usize| format!("{}\n{},{}过敏\n", HEAD.join(","), CHILD.join(","), ",".repeat(n - CHILD.len() - 1));
    for (name, bytes, cap, number) in [
        ("blanks.xlsx", workbook(&sheet(&format!("<row r=\"1\">{}</row>", " ".repeat(40_000_000)))), Cap::Packed(200), "200"),
        ("cell.xlsx", workbook(&sheet(&cells(1, &[&"x".repeat(40_000_000)]))), Cap::Packed(200), "200"),
        ("rows.xlsx", workbook(&sheet(&"<row><c><v>1</v></c></row>".repeat(400_000))), Cap::Rows(100_000), "100000"),
        (
            "million.csv",
            format!("{}\n{}", HEAD.join(","), format!("{}\n", CHILD.join(",")).repeat(300_000)).into_bytes(),
            Cap::Rows(100_000),
            "100000",
        ),
        ("merged.xlsx", workbook(&merged_apart(10_001)), Cap::Merged(10_000), "10000"),
        ("large.csv", format!("{}\n{}", HEAD.join(","), " ".repeat(51 * 1024 * 1024)).into_bytes(), Cap::File(50), "50 MB"),
        ("wide.csv", wide(129).into_bytes(), Cap::Columns(128), "128"),
        ("behind.csv", behind(140).into_bytes(), Cap::Columns(128), "128"),
    ] {
        let at = file(&dir, name, &bytes);
        let refused = asked(&at, &Register::default(), &Answers::default()).unwrap_err();
        assert!(matches!(refused.1, ReadError::TooLarge(hit) if hit == cap), "{name}: {:?}", refused.1);
        let said = refusal(&at, &Register::default());
        assert!(said.contains(name) && said.contains(number) && !said.contains('\n'), "{said}");
    }
    // Blank columns behind the list are none, and the last that is read is read.
    assert_eq!(added("narrow.csv", wide(128).as_bytes()).unwrap(), 1);
    assert_eq!(added("blank.csv", format!("{}{}\n{}{}\n", HEAD.join(","), ",".repeat(200), CHILD.join(","), ",".repeat(200)).as_bytes()).unwrap(), 1);
    let at = file(&dir, "many.xlsx", many_parts());
    assert!(matches!(asked(&at, &Register::default(), &Answers::default()), Err((_, ReadError::TooManyParts(5_000)))));
    assert!(refusal(&at, &Register::default()).contains("5000"));
    // A size that lies changes nothing: what it really unpacks to is counted.
    let mut lying = workbook(&sheet(&format!("<row r=\"1\">{}</row>", " ".repeat(40_000_000))));
    let at = lying.windows(4).rposition(|w| w == b"PK\x01\x02").unwrap();
    lying[at + 24..at + 28].copy_from_slice(&100_u32.to_le_bytes());
    assert!(added("lying.xlsx", &lying).is_err());
    // Places at the end of the sheet, entities from elsewhere, laughs: nothing is fetched, nothing grows.
    let far = cells(1, &HEAD) + "<row r=\"1048576\"><c r=\"XFD1048576\" t=\"inlineStr\"><is><t>x</t></is></c></row>";
    assert_eq!(added("far.xlsx", &workbook(&sheet(&far))).unwrap(), 0);
    let laughs =
        "<?xml version=\"1.0\"?><!DOCTYPE l [<!ENTITY e SYSTEM \"file:///etc/passwd\"><!ENTITY a \"aaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>";
    let entity = format!("{laughs}<worksheet><sheetData>{}</sheetData></worksheet>", good.replace("张三", "张&e;&b;"));
    let read = asked(&file(&dir, "entity.xlsx", workbook(&entity)), &Register::default(), &Answers::default());
    assert!(read.as_ref().map_or(true, |p| p.added.iter().all(|n| !n.contains("root") && !n.contains("aa"))), "{read:?}");
    // Parts whose names point elsewhere are not written anywhere.
    let outside = std::env::temp_dir().join("caredesk-import-outside");
    let mut parts = vec![("../../../../../../tmp/caredesk-import-outside", b"x".to_vec())];
    parts.push(("users.csv", b"sourcedId,givenName,familyName,role\n".to_vec()));
    assert_eq!(added("outside.zip", &zipped(&parts)).unwrap(), 0);
    assert!(!outside.exists());
}

#[test]
fn an_open_document_is_read_and_its_repeats_are_not_a_bomb() {
    let row = |texts: &[&str]| {
        let cell = |t: &&str| format!("<table:table-cell office:value-type=\"string\"><text:p>{t}</text:p></table:table-cell>");
        format!("<table:table-row>{}</table:table-row>", texts.iter().map(cell).collect::<Vec<_>>().concat())
    };
    let book = |rows: &str| {
        let content = format!(
            "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><office:body><office:spreadsheet>\
             <table:table table:name=\"名单\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
        );
        zipped(&[
            ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet".to_vec()),
            ("META-INF/manifest.xml", b"<manifest:manifest xmlns:manifest=\"m\"/>".to_vec()),
            ("content.xml", content.into_bytes()),
        ])
    };
    let dir = tempfile::tempdir().unwrap();
    let tail = "<table:table-row table:number-rows-repeated=\"1048570\"><table:table-cell table:number-columns-repeated=\"1024\"/></table:table-row>";
    let good = row(&["学生名单"]) + &row(&HEAD) + &row(&CHILD) + tail;
    let plan = asked(&file(&dir, "list.ods", book(&good)), &Register::default(), &Answers::default()).unwrap();
    assert_eq!((plan.added, plan.refused.len()), (vec!["张三".to_owned()], 0));
    let refused = row(&HEAD) + &row(&["张三", "九1班", "张大", "13800130000"]);
    let plan = asked(&file(&dir, "place.ods", book(&refused)), &Register::default(), &Answers::default()).unwrap();
    assert_eq!(plan.refused.iter().map(|r| (&*r.place.sheet, r.place.row, r.column)).collect::<Vec<_>>(), [("名单", 2, 2)]);
    for bomb in [
        row(&HEAD) + &row(&CHILD).replace("<table:table-row>", "<table:table-row table:number-rows-repeated=\"900000\">"),
        row(&HEAD) + &row(&CHILD).replace("<table:table-cell ", "<table:table-cell table:number-columns-repeated=\"16000\" "),
        row(&HEAD) + &tail.replace("1048570", "900000") + &row(&CHILD),
    ] {
        let read = asked(&file(&dir, "bomb.ods", book(&bomb)), &Register::default(), &Answers::default());
        assert!(matches!(read, Err((_, ReadError::TooLarge(Cap::Rows(100_000) | Cap::Columns(1_024))))), "{read:?}");
    }
}

#[test]
fn names_that_break_screens_are_refused_with_their_row() {
    let names = std::fs::read_to_string(data("hostile_names.txt")).unwrap();
    let dir = tempfile::tempdir().unwrap();
    for (n, line) in names.lines().enumerate().filter(|(_, l)| !l.starts_with('#')) {
        let name: String = serde_json::from_str(line).unwrap();
        let text = format!("姓名,班级,家长姓名,家长电话\n\"{}\",三1班,张大,13800130000\n", name.replace('"', "\"\""));
        let plan = asked(&file(&dir, "names.csv", text), &Register::default(), &Answers::default());
        let Ok(plan) = plan else { continue };
        let kept = plan.added.first().cloned().unwrap_or_default();
        assert!(
            !kept.chars().any(|c| c.is_control() || ('\u{200b}'..='\u{202e}').contains(&c) || ('\u{2060}'..='\u{206f}').contains(&c)),
            "line {n}: {kept:?}"
        );
        assert!(kept.len() <= 256 && kept.chars().count() <= 64);
        assert!(plan.added.len() + plan.refused.len() <= 1, "line {n}: {line}");
        let blank = name.trim().is_empty() || plan.refused.iter().all(|r| r.place.row == 2 && r.column == 1);
        assert!(blank && (plan.added.len() == 1 || plan.refused.len() == 1), "line {n}: {line}");
    }
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { failure_persistence: None, cases: 128, ..Default::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..2000), kind in 0_usize..3) {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("x");
        let mut content = [&b""[..], b"PK\x03\x04", &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]][kind].to_vec();
        content.extend(bytes);
        std::fs::write(&file, content).unwrap();
        let _ = asked(&file, &Register::default(), &Answers::default());
    }

    #[test]
    fn a_damaged_roster_is_read_or_refused(at in 0_usize..6000, byte in proptest::prelude::any::<u8>(), cut in 0_usize..6000) {
        let mut bytes = std::fs::read(data("n22").join("roster_utf8.csv")).unwrap();
        if let Some(b) = bytes.get_mut(at) { *b = byte; }
        bytes.truncate(bytes.len().saturating_sub(cut));
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("x.csv");
        std::fs::write(&file, bytes).unwrap();
        let _ = asked(&file, &Register::default(), &Answers::default());
    }

    #[test]
    fn a_damaged_workbook_is_read_or_refused(at in 0_usize..14000, byte in proptest::prelude::any::<u8>(), cut in 0_usize..14000, which in 0_usize..3) {
        let name = ["roster_messy.xls", "roster_messy.xlsx", "oneroster_v1p1.zip"][which];
        let mut bytes = std::fs::read(data("n22").join(name)).unwrap();
        if let Some(b) = bytes.get_mut(at) { *b = byte; }
        if cut % 3 == 0 { bytes.truncate(bytes.len().saturating_sub(cut)); }
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join(name);
        std::fs::write(&file, bytes).unwrap();
        let _ = asked(&file, &Register::default(), &Answers::default());
    }
}

/// A sheet of a good list with so many areas merged over two rows far below it.
fn merged_apart(areas: usize) -> String {
    let area = |n: usize| format!("<mergeCell ref=\"A{}:A{}\"/>", 100 + 2 * n, 101 + 2 * n);
    let merged = (0..areas).map(area).collect::<Vec<_>>().concat();
    let good = format!("{}{}", cells(1, &HEAD), cells(2, &CHILD));
    sheet(&good).replace("</sheetData>", &format!("</sheetData><mergeCells count=\"{areas}\">{merged}</mergeCells>"))
}

/// Each cap has a sentence of its own, with its number, the file and what to do.
#[test]
fn every_cap_says_which_it_is() {
    let caps = [
        (ReadError::TooLarge(Cap::File(50)), "50 MB"),
        (ReadError::TooLarge(Cap::Files(10_000)), "10000"),
        (ReadError::TooLarge(Cap::Rows(100_000)), "100000"),
        (ReadError::TooLarge(Cap::Columns(128)), "128"),
        (ReadError::TooLarge(Cap::Merged(10_000)), "10000"),
        (ReadError::TooLarge(Cap::Row(16)), "16 MB"),
        (ReadError::TooLarge(Cap::Sheets(256)), "256 MB"),
        (ReadError::TooLarge(Cap::Parts(64)), "64 MB"),
        (ReadError::TooLarge(Cap::Packed(200)), "200"),
        (ReadError::TooManyParts(5_000), "5000"),
        (ReadError::Broke { memory: 256, seconds: 120 }, "256 MB"),
        (ReadError::Broke { memory: 256, seconds: 120 }, "120"),
        (ReadError::Silent(5), "5"),
    ];
    for lang in [Lang::Zh, Lang::En] {
        let said: Vec<String> = caps.iter().map(|(cap, _)| read_error(lang, Path::new("名册.xlsx"), cap)).collect();
        for ((_, number), said) in caps.iter().zip(&said) {
            assert!(said.contains(number) && said.contains("名册.xlsx") && !said.contains('\n'), "{said}");
            assert!(said.contains(if lang == Lang::Zh { '；' } else { ':' }) || said.contains(';'), "what to do: {said}");
        }
        let own: std::collections::BTreeSet<&String> = said.iter().collect();
        assert_eq!(own.len(), caps.len() - 1, "no two caps say the same");
    }
}
