//! Tables and tab-separated values. In: a JSON value. Out: an aligned table, also with wide characters, or TSV.

use huaweicloud_catalog::{Described, Shape};
use serde_json::Value;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::{
    messages,
    options::Options,
    problem::Problem,
    terminal::{HEAD, painted},
    text::did_you_mean,
};

/// The columns of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// The field of the answer that holds the items.
    pub items: String,
    /// The fields of an item that make good columns, the best first.
    pub names: Vec<String>,
}

/// Between two columns.
const GAP: &str = "  ";
/// Maximum width of a cell, unless it is alone in its row.
const WIDEST: usize = 48;

/// The columns of the list that an operation answers with: what names, identifies and tells the state of an item, then
/// its other plain values, in document order.
pub fn columns_of(described: &Described) -> Option<Columns> {
    let pagination = described.operation.pagination.as_ref()?;
    let fields = described.fields(&pagination.item)?;
    let is_plain = |shape: &Shape| {
        !matches!(shape, Shape::Array(_) | Shape::Map(_) | Shape::Any | Shape::Secret | Shape::File)
    };
    let plain = fields
        .iter()
        .filter(|field| is_plain(&field.schema.shape) && described.fields(&field.schema).is_none());
    let mut columns: Vec<&str> = plain.map(|field| field.name.as_str()).collect();
    // A stable sort keeps the document order among equals.
    columns.sort_by_key(|name| rank(name));
    let names = columns.into_iter().map(str::to_owned).collect();
    Some(Columns { items: pagination.items.clone(), names })
}

/// The rank of a column by its name; lower is better.
fn rank(name: &str) -> u8 {
    match name {
        "name" => 0,
        "id" => 1,
        "status" => 2,
        name if name.ends_with("_name") && !name.contains('.') => 4,
        name if name == "instance_id" || name == "key" || name == "code" => 1,
        "engine" | "engine_version" | "capacity" | "ip" | "port" | "value" | "type" => 3,
        name if name.ends_with("_at") || name.ends_with("_time") => 5,
        name if name.ends_with("_id") => 7,
        _ => 6,
    }
}

/// A table; its head is marked for a terminal if that `is_coloured`.
///
/// # Errors
///
/// There is no such column.
pub fn table(
    value: &Value,
    options: &Options,
    columns: Option<&Columns>,
    is_coloured: bool,
) -> Result<String, Problem> {
    let Some(mut grid) = grid(value, options, columns)? else { return Ok(text(value)) };
    if options.numbers {
        grid.head.insert(0, "#".to_owned());
        for (number, row) in (1..).zip(&mut grid.rows) {
            row.insert(0, number.to_string());
        }
    }
    let limit = terminal_width();
    if options.columns.is_empty() && options.query.is_none() {
        narrow(&mut grid, limit);
    }
    Ok(lay_out(&grid, is_coloured))
}

/// Tab-separated lines without a header.
///
/// # Errors
///
/// There is no such column.
pub fn tsv(value: &Value, options: &Options, columns: Option<&Columns>) -> Result<String, Problem> {
    let Some(grid) = grid(value, options, columns)? else { return Ok(text(value)) };
    let plain = |cell: &String| cell.replace(['\t', '\n', '\r'], " ");
    let line = |row: &Vec<String>| row.iter().map(plain).collect::<Vec<_>>().join("\t");
    Ok(grid.rows.iter().map(line).collect::<Vec<_>>().join("\n"))
}

/// A cell: a text as it is, anything else as JSON.
pub fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

struct Grid {
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// Rows and columns of a value, if it has any: a list of objects or of lists, or the fields of one object.
fn grid(
    value: &Value,
    options: &Options,
    columns: Option<&Columns>,
) -> Result<Option<Grid>, Problem> {
    let items = match value {
        Value::Array(items) => items,
        Value::Object(fields) => {
            let listed = columns.and_then(|columns| fields.get(&columns.items));
            if let Some(items @ Value::Array(_)) = listed {
                return grid(items, options, columns);
            }
            let only = fields.values().filter(is_rows).collect::<Vec<_>>();
            return match (only.as_slice(), options.columns.is_empty()) {
                ([rows], _) => grid(rows, options, columns),
                _ => {
                    let row = |(name, value): (&String, &Value)| vec![name.clone(), text(value)];
                    let rows = fields.iter().map(row).collect();
                    Ok(Some(Grid { head: vec!["field".to_owned(), "value".to_owned()], rows }))
                }
            };
        }
        _ => return Ok(None),
    };
    let head = head(items, options, columns)?;
    let row = |item: &Value| match item {
        Value::Object(_) => head.iter().map(|name| text(at(item, name))).collect(),
        Value::Array(cells) => cells.iter().map(text).collect(),
        other => vec![text(other)],
    };
    let mut rows: Vec<Vec<String>> = items.iter().map(row).collect();
    if let Some(sort) = &options.sort {
        let (name, is_down) = match sort.strip_prefix('-') {
            Some(name) => (name, true),
            None => (sort.as_str(), false),
        };
        let mut order: Vec<(&Value, Vec<String>)> = items.iter().zip(rows).collect();
        order.sort_by(|(a, _), (b, _)| compare(at(a, name), at(b, name)));
        if is_down {
            order.reverse();
        }
        rows = order.into_iter().map(|(_, row)| row).collect();
    }
    Ok(Some(Grid { head, rows }))
}

fn is_rows(value: &&Value) -> bool {
    value.as_array().is_some_and(|items| items.iter().all(Value::is_object) && !items.is_empty())
}

/// The columns: those that were asked for, those of the document, or those that the first item has.
fn head(
    items: &[Value],
    options: &Options,
    columns: Option<&Columns>,
) -> Result<Vec<String>, Problem> {
    let first = items.iter().find_map(Value::as_object);
    let Some(first) = first else {
        if let (true, Some(columns)) = (items.is_empty(), columns) {
            return Ok(columns.names.clone());
        }
        let widest = items.iter().filter_map(Value::as_array).map(Vec::len).max();
        return Ok((1..=widest.unwrap_or(1)).map(|number| number.to_string()).collect());
    };
    let mut known: Vec<&str> = first.keys().map(String::as_str).collect();
    known.extend(columns.iter().flat_map(|columns| columns.names.iter().map(String::as_str)));
    for wanted in options.columns.iter().map(String::as_str).chain(options.sort.as_deref()) {
        let name = wanted.trim_start_matches('-').split('.').next().unwrap_or_default();
        if !known.contains(&name) {
            let hint = did_you_mean(name, known.iter().copied());
            return Err(Problem::usage(messages::no_column(name, hint)));
        }
    }
    if !options.columns.is_empty() {
        return Ok(options.columns.clone());
    }
    if options.query.is_some() {
        return Ok(first.keys().cloned().collect());
    }
    let has = |name: &&String| items.iter().any(|item| !text(at(item, name)).is_empty());
    let documented: Vec<String> =
        columns.iter().flat_map(|columns| &columns.names).filter(has).cloned().collect();
    Ok(match documented.is_empty() {
        true => first.keys().cloned().collect(),
        false => documented,
    })
}

/// A value by the names on the way to it.
fn at<'v>(item: &'v Value, path: &str) -> &'v Value {
    path.split('.').try_fold(item, |here, name| here.get(name)).unwrap_or(&Value::Null)
}

fn compare(a: &Value, b: &Value) -> std::cmp::Ordering {
    match (a.as_f64(), b.as_f64()) {
        (Some(a), Some(b)) => a.total_cmp(&b),
        _ => text(a).cmp(&text(b)),
    }
}

/// Drops columns from the right until the rest fits; two always stay.
fn narrow(grid: &mut Grid, limit: usize) {
    let width = |grid: &Grid| -> usize {
        let widths = widths(grid);
        widths.iter().sum::<usize>() + GAP.len() * widths.len().saturating_sub(1)
    };
    while grid.head.len() > 2 && width(grid) > limit {
        grid.head.pop();
        let left = grid.head.len();
        grid.rows.iter_mut().for_each(|row| row.truncate(left));
    }
}

fn widths(grid: &Grid) -> Vec<usize> {
    let columns = grid.rows.iter().map(Vec::len).max().unwrap_or(0).max(grid.head.len());
    let of = |column: usize| {
        let cells = grid.rows.iter().filter_map(|row| row.get(column));
        let cells = cells.map(|cell| one_line(cell).width().min(WIDEST));
        let head = grid.head.get(column).map_or(0, |name| name.width());
        cells.max().unwrap_or(0).max(head)
    };
    (0..columns).map(of).collect()
}

fn lay_out(grid: &Grid, is_coloured: bool) -> String {
    let widths = widths(grid);
    let upper: Vec<String> = grid.head.iter().map(|name| name.to_uppercase()).collect();
    let line = |row: &Vec<String>| {
        let mut line = String::new();
        for (i, (cell, width)) in row.iter().zip(&widths).enumerate() {
            let cell = cut(&one_line(cell), *width);
            let fill = width.saturating_sub(cell.width());
            line.push_str(if i == 0 { "" } else { GAP });
            line.push_str(&cell);
            line.push_str(&" ".repeat(fill));
        }
        line.trim_end().to_owned()
    };
    let head = line(&upper);
    let mut lines = vec![if is_coloured { painted(&head, HEAD) } else { head }];
    lines.extend(grid.rows.iter().map(line));
    lines.join("\n")
}

/// Removes control characters.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// Truncates a text to a width, with an ellipsis.
fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = 0;
    for c in text.chars() {
        let more = c.width().unwrap_or(0);
        if used + more + 1 > width {
            break;
        }
        used += more;
        kept.push(c);
    }
    kept.push('…');
    kept
}

/// The width of the terminal; 80 if unknown.
fn terminal_width() -> usize {
    let told = std::env::var("COLUMNS").ok().and_then(|text| text.parse().ok());
    told.or_else(|| terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)))
        .filter(|width| *width > 0)
        .unwrap_or(if std::io::IsTerminal::is_terminal(&std::io::stdout()) { 80 } else { 200 })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn options(columns: &[&str], sort: Option<&str>) -> Options {
        let columns = columns.iter().map(|name| (*name).to_owned()).collect();
        Options { columns, sort: sort.map(str::to_owned), ..Options::default() }
    }

    #[test]
    fn a_terminal_gets_a_bold_head() {
        let value = json!([{"name": "a"}]);
        let found = table(&value, &options(&[], None), None, true).unwrap();
        assert_eq!(found, "\u{1b}[1mNAME\u{1b}[0m\na");
    }

    #[test]
    fn wide_letters_line_up() {
        let value =
            json!([{"name": "缓存", "status": "RUNNING"}, {"name": "a", "status": "ERROR"}]);
        assert_eq!(
            table(&value, &options(&[], None), None, false).unwrap(),
            "NAME  STATUS\n缓存  RUNNING\na     ERROR"
        );
    }

    #[test]
    fn columns_are_chosen_and_rows_sorted() {
        let value = json!({"count": 2, "instances": [
            {"name": "b", "capacity": 10, "tags": {"key": "x"}}, {"name": "a", "capacity": 9},
        ]});
        let chosen = options(&["name", "tags.key"], Some("capacity"));
        assert_eq!(table(&value, &chosen, None, false).unwrap(), "NAME  TAGS.KEY\na\nb     x");
        let down = options(&["capacity"], Some("-capacity"));
        assert_eq!(tsv(&value, &down, None).unwrap(), "10\n9");
        let error = table(&value, &options(&["nam"], None), None, false).unwrap_err();
        assert_eq!(error.message, "there is no column \"nam\"; did you mean name?");
    }

    #[test]
    fn nothing_in_a_cell_breaks_a_line() {
        let value = json!([["a\tb\nc", 1, null, true]]);
        assert_eq!(tsv(&value, &options(&[], None), None).unwrap(), "a b c\t1\t\ttrue");
        assert_eq!(
            table(&json!([{"a": "x\u{1b}[31m\ny"}]), &options(&[], None), None, false).unwrap(),
            "A\nx [31m y"
        );
    }

    #[test]
    fn a_list_of_nothing_has_a_head_and_no_rows() {
        let columns = Columns { items: "things".to_owned(), names: vec!["name".to_owned()] };
        let value = json!({"count": 0, "things": []});
        assert_eq!(table(&value, &options(&[], None), Some(&columns), false).unwrap(), "NAME");
        assert_eq!(tsv(&value, &options(&[], None), Some(&columns)).unwrap(), "");
    }

    #[test]
    fn an_object_is_a_table_of_its_fields() {
        let value = json!({"name": "a", "tags": [1]});
        assert_eq!(
            table(&value, &options(&[], None), None, false).unwrap(),
            "FIELD  VALUE\nname   a\ntags   [1]"
        );
    }
}
