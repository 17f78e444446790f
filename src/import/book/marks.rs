//! What calamine does not tell of an `.xlsx`: the comments on cells, and the cells that are struck through.
//!
//! Looked at as text, like the repeats of an `.ods`: a part that does not read as it should has no comment and nothing struck.

use std::collections::{HashMap, HashSet};

use crate::import::archive::Archive;
use crate::import::read::ReadError;

/// What is marked in a sheet; rows and columns from 1.
#[derive(Default)]
pub(super) struct Marks {
    /// Comments: row, column, text.
    pub(super) comments: Vec<(usize, usize, String)>,
    /// Cells that hold something struck through: row, column.
    pub(super) struck: Vec<(usize, usize)>,
}

/// The marks of each sheet that has any, by its name.
///
/// # Errors
/// When a part that holds them cannot be unpacked.
pub(super) fn of(archive: &mut Archive) -> Result<HashMap<String, Marks>, ReadError> {
    let mut marks: HashMap<String, Marks> = HashMap::new();
    let styles = struck_styles(&last_part(archive, "/styles.xml")?);
    let texts = struck_texts(&last_part(archive, "/sharedStrings.xml")?);
    let commented = archive.names().iter().any(|name| name.to_lowercase().contains("comment"));
    if styles.is_empty() && texts.is_empty() && !commented {
        return Ok(marks);
    }
    for (name, path) in sheets(archive)? {
        let mut of_sheet = Marks::default();
        let rels = text(archive, &rels_of(&path))?;
        for target in rels.split("<Relationship ").skip(1).filter(|rel| rel.to_lowercase().contains("comment")).filter_map(|rel| said(rel, "Target"))
        {
            let comments = text(archive, &beside(&path, &target))?;
            of_sheet.comments.extend(comments_in(&comments).into_iter().map(|((row, column), words)| (row, column, words)));
        }
        // One comment may stand in two parts.
        of_sheet.comments.sort();
        of_sheet.comments.dedup();
        if !styles.is_empty() || !texts.is_empty() {
            of_sheet.struck = struck_cells(&text(archive, &path)?, &styles, &texts);
        }
        marks.insert(name, of_sheet);
    }
    Ok(marks)
}

/// A part as text; empty where there is none.
fn text(archive: &mut Archive, part: &str) -> Result<String, ReadError> {
    if !archive.names().iter().any(|name| name == part) {
        return Ok(String::new());
    }
    archive.part(part).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
}

/// The part whose name ends so, where it speaks of striking through.
fn last_part(archive: &mut Archive, end: &str) -> Result<String, ReadError> {
    let Some(name) = archive.names().iter().find(|name| name.ends_with(end)).cloned() else { return Ok(String::new()) };
    let part = text(archive, &name)?;
    Ok(if part.contains("trike") { part } else { String::new() })
}

/// Name and part of each sheet.
fn sheets(archive: &mut Archive) -> Result<Vec<(String, String)>, ReadError> {
    let package = text(archive, "_rels/.rels")?;
    let main = package.split("<Relationship ").skip(1).find(|rel| said(rel, "Type").is_some_and(|kind| kind.ends_with("/officeDocument")));
    let main = main.and_then(|rel| said(rel, "Target")).map_or_else(|| "xl/workbook.xml".to_owned(), |target| beside("", &target));
    let rels = text(archive, &rels_of(&main))?;
    let targets: HashMap<String, String> =
        rels.split("<Relationship ").skip(1).filter_map(|rel| Some((said(rel, "Id")?, beside(&main, &said(rel, "Target")?)))).collect();
    let book = text(archive, &main)?;
    let listed = book.split("<sheet ").skip(1).filter_map(|sheet| Some((said(sheet, "name")?, targets.get(&said(sheet, "r:id")?)?.clone())));
    Ok(listed.collect())
}

/// Where the relations of a part stand.
fn rels_of(path: &str) -> String {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    format!("{folder}/_rels/{name}.rels").trim_start_matches('/').to_owned()
}

/// A target as it is said in the relations of a part.
fn beside(path: &str, target: &str) -> String {
    if let Some(whole) = target.strip_prefix('/') {
        return whole.to_owned();
    }
    let mut folders: Vec<&str> = path.rsplit_once('/').map_or("", |(folder, _)| folder).split('/').filter(|f| !f.is_empty()).collect();
    for step in target.split('/') {
        match step {
            ".." => drop(folders.pop()),
            "." => {}
            step => folders.push(step),
        }
    }
    folders.join("/")
}

/// What the tag at the beginning says of itself under this name.
fn said(piece: &str, name: &str) -> Option<String> {
    let tag = piece.split_once('>').map_or(piece, |(tag, _)| tag);
    let is_own = |at: usize| at == 0 || tag.get(..at).is_some_and(|before| before.ends_with(char::is_whitespace));
    let (at, _) =
        tag.match_indices(name).find(|(at, _)| is_own(*at) && tag.get(at + name.len()..).is_some_and(|rest| rest.trim_start().starts_with('=')))?;
    let value = tag.get(at + name.len()..)?.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    value.strip_prefix(quote)?.split_once(quote).map(|(value, _)| plain(value))
}

/// Text without the escapes of XML.
fn plain(text: &str) -> String {
    ["&lt;|<", "&gt;|>", "&quot;|\"", "&apos;|'", "&#10;|\n", "&#xA;|\n", "&amp;|&"]
        .iter()
        .filter_map(|pair| pair.split_once('|'))
        .fold(text.to_owned(), |text, (escape, sign)| text.replace(escape, sign))
}

/// Row and column of a cell by its name, `C12`.
fn place(name: &str) -> Option<(usize, usize)> {
    let letters = name.len() - name.trim_start_matches(|c: char| c.is_ascii_uppercase()).len();
    let (letters, digits) = name.split_at_checked(letters).filter(|(letters, _)| (1..=3).contains(&letters.len()))?;
    let column = letters.bytes().fold(0, |sum, b| sum * 26 + usize::from(b.saturating_sub(b'A')) + 1);
    Some((digits.parse().ok()?, column))
}

/// The comments of a part: each with its place.
fn comments_in(part: &str) -> Vec<((usize, usize), String)> {
    let pieces = part.split(['<']).collect::<Vec<_>>();
    let is_comment = |piece: &&str| {
        let name = piece.split([' ', '>', '/']).next().unwrap_or_default();
        matches!(name.rsplit(':').next(), Some("comment" | "threadedComment"))
    };
    let mut list = Vec::new();
    let mut at = None;
    for piece in pieces {
        if is_comment(&piece) {
            at = said(piece, "ref").and_then(|name| place(&name));
            list.extend(at.map(|at| (at, String::new())));
        } else if at.is_some()
            && let Some((tag, words)) = piece.split_once('>')
            && matches!(tag.split(' ').next().unwrap_or_default().rsplit(':').next(), Some("t" | "text"))
            && let Some((_, known)) = list.last_mut()
        {
            known.push_str(&plain(words));
        }
    }
    list.retain(|(_, words): &((usize, usize), String)| !words.trim().is_empty());
    list
}

/// Whether these properties of a font strike it through.
fn strikes(font: &str) -> bool {
    ["<strike", "<x:strike"].iter().any(|tag| {
        font.split(tag).skip(1).any(|rest| {
            let value = said(rest.trim_start(), "val");
            rest.starts_with(['/', '>', ' ']) && !matches!(value.as_deref(), Some("0" | "false"))
        })
    })
}

/// Which cell formats strike through.
fn struck_styles(styles: &str) -> HashSet<usize> {
    let between = |from: &str, to: &str| styles.split_once(from).and_then(|(_, rest)| rest.split_once(to)).map_or("", |(inside, _)| inside);
    let fonts: Vec<bool> = between("<fonts", "</fonts>").split("<font").skip(1).map(strikes).collect();
    let is_struck = |format: &str| said(format, "fontId").and_then(|id| id.parse::<usize>().ok()).and_then(|id| fonts.get(id).copied()) == Some(true);
    between("<cellXfs", "</cellXfs>").split("<xf ").skip(1).enumerate().filter(|(_, format)| is_struck(format)).map(|(n, _)| n).collect()
}

/// Which shared texts are struck through, in whole or in part.
fn struck_texts(texts: &str) -> HashSet<usize> {
    texts.split("<si").skip(1).enumerate().filter(|(_, text)| strikes(text)).map(|(n, _)| n).collect()
}

/// The cells of a sheet that say something struck through.
fn struck_cells(sheet: &str, styles: &HashSet<usize>, texts: &HashSet<usize>) -> Vec<(usize, usize)> {
    let number = |cell: &str, name: &str| said(cell, name).and_then(|value| value.parse::<usize>().ok());
    let of_text = |cell: &str| {
        let value = cell.split_once("<v>").and_then(|(_, rest)| rest.split_once("</v>")).and_then(|(value, _)| value.parse().ok());
        said(cell, "t").as_deref() == Some("s") && value.is_some_and(|value: usize| texts.contains(&value))
    };
    let says_something = |cell: &str| cell.contains("<v>") || cell.contains("<t");
    let is_struck =
        |cell: &&str| says_something(cell) && (number(cell, "s").is_some_and(|style| styles.contains(&style)) || of_text(cell) || strikes(cell));
    let cells = sheet.split("<c ").skip(1).map(|cell| cell.split_once("</c>").map_or(cell, |(cell, _)| cell));
    cells.filter(is_struck).filter_map(|cell| place(&said(cell, "r")?)).collect()
}
