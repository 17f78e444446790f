//! The tables of a page that calls itself a workbook: systems that "export to Excel" often hand out HTML named `.xls`.
//!
//! Only rows, cells and their text are read; nothing of the page is run, fetched or nested.

/// Cells that one may stand over at most, across and down.
const MOST_SPANNED: (usize, usize) = (128, 10_000);

/// A cell, and how many columns and rows it stands for.
struct Td {
    text: String,
    across: usize,
    down: usize,
}

/// The rows of each table; a table of one row, as a title is, stands over the next one. `None` when the text is no page with a
/// table. A cell over several columns is followed by blank ones; one over several rows stands in each of them.
#[must_use]
pub fn tables(text: &str) -> Option<Vec<Vec<Vec<String>>>> {
    let start = text.trim_start();
    if !start.starts_with('<') || !start.to_ascii_lowercase().contains("<table") {
        return None;
    }
    let mut tables = Vec::new();
    let mut rows: Vec<Vec<Td>> = Vec::new();
    let mut cell: Option<Td> = None;
    let mut rest = start;
    while let Some((before, after)) = rest.split_once('<') {
        if let Some(cell) = &mut cell {
            cell.text.push_str(before);
        }
        let (tag, after) = after.split_once('>')?;
        let name: String = tag.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '!')).collect::<String>().to_ascii_lowercase();
        match name.as_str() {
            "tr" => {
                finish(&mut rows, &mut cell);
                rows.push(Vec::new());
            }
            "td" | "th" => {
                finish(&mut rows, &mut cell);
                cell = Some(Td { text: String::new(), across: span(tag, "colspan", MOST_SPANNED.0), down: span(tag, "rowspan", MOST_SPANNED.1) });
            }
            "br" => cell.iter_mut().for_each(|c| c.text.push(' ')),
            "/td" | "/th" | "/tr" => finish(&mut rows, &mut cell),
            "/table" => {
                finish(&mut rows, &mut cell);
                if rows.len() > 1 {
                    tables.push(spread(std::mem::take(&mut rows)));
                }
            }
            _ => {}
        }
        rest = after;
    }
    if let Some(cell) = &mut cell {
        cell.text.push_str(rest);
    }
    finish(&mut rows, &mut cell);
    if !rows.is_empty() {
        tables.push(spread(rows));
    }
    Some(tables)
}

fn finish(rows: &mut [Vec<Td>], cell: &mut Option<Td>) {
    if let (Some(row), Some(cell)) = (rows.last_mut(), cell.take()) {
        row.push(Td { text: unescape(cell.text.trim()), ..cell });
    }
}

fn span(tag: &str, name: &str, most: usize) -> usize {
    let lower = tag.to_ascii_lowercase();
    let value = lower.split_once(name).map_or("", |(_, v)| v.trim_start_matches([' ', '=', '"', '\'']));
    let digits: String = value.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().unwrap_or(1).clamp(1, most)
}

/// Every cell at its place.
fn spread(rows: Vec<Vec<Td>>) -> Vec<Vec<String>> {
    let mut out = Vec::with_capacity(rows.len());
    // By column: what stands down from above, and for how many rows still.
    let mut from_above: Vec<(usize, String)> = Vec::new();
    for row in rows {
        let mut line: Vec<String> = Vec::new();
        let fill = |line: &mut Vec<String>, from_above: &mut Vec<(usize, String)>| {
            while let Some((left, text)) = from_above.get_mut(line.len()).filter(|(left, _)| *left > 0) {
                *left -= 1;
                line.push(text.clone());
            }
        };
        for cell in row {
            fill(&mut line, &mut from_above);
            for n in 0..cell.across {
                let text = if n == 0 { cell.text.clone() } else { String::new() };
                if from_above.len() <= line.len() {
                    from_above.resize(line.len() + 1, (0, String::new()));
                }
                if let Some(slot) = from_above.get_mut(line.len()) {
                    *slot = (cell.down - 1, text.clone());
                }
                line.push(text);
            }
            if line.len() > 2 * MOST_SPANNED.0 {
                break;
            }
        }
        fill(&mut line, &mut from_above);
        out.push(line);
    }
    out
}

/// The characters behind the names and numbers that pages write for them.
fn unescape(text: &str) -> String {
    const NAMES: [(&str, char); 6] = [("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\''), ("nbsp", ' ')];
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let found = after.split_once(';').filter(|(name, _)| name.len() <= 8).and_then(|(name, after)| {
            let number =
                name.strip_prefix('#').and_then(|n| n.strip_prefix('x').map_or_else(|| n.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok()));
            let named = NAMES.iter().find(|(n, _)| *n == name).map(|(_, c)| *c);
            Some((number.and_then(char::from_u32).or(named)?, after))
        });
        if let Some((c, after)) = found {
            out.push(c);
            rest = after;
        } else {
            out.push('&');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::tables;

    #[test]
    fn rows_and_cells_whatever_their_dress() {
        let page = "<html><style>td{}</style><TABLE border=1><tr><th>姓名</th><th>班级</th></tr>\
                    <tr><td style=\"x:'@'\">张&amp;三</td><td>三年级<br>1班</td></tr><tr><td>李四<td>&#19977;.1</table>tail</html>";
        let want = [["姓名", "班级"], ["张&三", "三年级 1班"], ["李四", "三.1"]];
        let owned = |rows: &[&[&str]]| rows.iter().map(|row| row.iter().map(|t| (*t).to_owned()).collect::<Vec<_>>()).collect::<Vec<_>>();
        assert_eq!(tables(page), Some(vec![owned(&want.each_ref().map(|row| &row[..]))]));
        let spans = "<table><tr><td rowspan=2>姓名<td colspan='2'>家长<td rowspan=\"2\">班级</tr><tr><td>姓名<td>电话</tr>\
                     <tr><td>张三<td>张大<td>1380<td rowspan=2>三1</tr><tr><td>李四<td>李大<td>1381</tr></table>";
        let want = [["姓名", "家长", "", "班级"], ["姓名", "姓名", "电话", "班级"], ["张三", "张大", "1380", "三1"], ["李四", "李大", "1381", "三1"]];
        assert_eq!(tables(spans), Some(vec![owned(&want.each_ref().map(|row| &row[..]))]));
        let (title, list) = ("<table><tr><td>title</table>", "<table><tr><td>a<tr><td>b</table>");
        let long = "<table><tr><td>title<tr><td>more</table>";
        assert_eq!(tables(&[title, list].concat()), Some(vec![owned(&[&["title"], &["a"], &["b"]])]));
        assert_eq!(tables(&[long, list].concat()), Some(vec![owned(&[&["title"], &["more"]]), owned(&[&["a"], &["b"]])]));
        assert_eq!(tables(&[list, title].concat()), Some(vec![owned(&[&["a"], &["b"]]), owned(&[&["title"]])]));
        assert_eq!(tables("姓名,班级\n张三,1"), None);
        assert_eq!(tables("<p>no rows</p>"), None);
        assert_eq!(tables("<table><tr><td>cut of"), Some(vec![owned(&[&["cut of"]])]));
    }
}
