//! The first table of a page that calls itself a workbook: systems that "export to Excel" often hand out HTML named `.xls`.
//!
//! Only rows, cells and their text are read; nothing of the page is run, fetched or nested.

/// The rows of the first table with more than one row; `None` when the text is no page with a table.
#[must_use]
pub fn table(text: &str) -> Option<Vec<Vec<String>>> {
    let start = text.trim_start();
    if !start.starts_with('<') || !start.to_ascii_lowercase().contains("<table") {
        return None;
    }
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut cell: Option<String> = None;
    let mut rest = start;
    while let Some((before, after)) = rest.split_once('<') {
        if let Some(cell) = &mut cell {
            cell.push_str(before);
        }
        let (tag, after) = after.split_once('>')?;
        let name: String = tag.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '!')).collect::<String>().to_ascii_lowercase();
        match name.as_str() {
            "tr" => rows.push(Vec::new()),
            "td" | "th" => {
                finish(&mut rows, &mut cell);
                cell = Some(String::new());
            }
            "br" => cell.iter_mut().for_each(|c| c.push(' ')),
            "/td" | "/th" | "/tr" => finish(&mut rows, &mut cell),
            "/table" => {
                finish(&mut rows, &mut cell);
                if rows.len() > 1 {
                    return Some(rows);
                }
            }
            _ => {}
        }
        rest = after;
    }
    if let Some(cell) = &mut cell {
        cell.push_str(rest);
    }
    finish(&mut rows, &mut cell);
    Some(rows)
}

fn finish(rows: &mut [Vec<String>], cell: &mut Option<String>) {
    if let (Some(row), Some(text)) = (rows.last_mut(), cell.take()) {
        row.push(unescape(text.trim()));
    }
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
    use super::table;

    #[test]
    fn rows_and_cells_whatever_their_dress() {
        let page = "<html><style>td{}</style><TABLE border=1><tr><th>姓名</th><th>班级</th></tr>\
                    <tr><td style=\"x:'@'\">张&amp;三</td><td>三年级<br>1班</td></tr><tr><td>李四<td>&#19977;.1</table>tail</html>";
        let want = [["姓名", "班级"], ["张&三", "三年级 1班"], ["李四", "三.1"]];
        assert_eq!(table(page), Some(want.map(|row| row.map(str::to_owned).to_vec()).to_vec()));
        assert_eq!(table("姓名,班级\n张三,1"), None);
        assert_eq!(table("<p>no rows</p>"), None);
        assert_eq!(table("<table><tr><td>cut of"), Some(vec![vec!["cut of".to_owned()]]));
    }
}
